"""The ``srcset`` of an image: candidates, each a URL with an optional size, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from novu_framework.npm.ecmascript.numbers import number_text
from novu_framework.npm.sanitize_html.policy import url_allowed

_BETWEEN_CANDIDATES = re.compile(r"[ \t\n\f\r,]*")
_URL = re.compile(r"[^ \t\n\f\r]+")
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*(?:\)|\Z))*")
_DESCRIPTOR = re.compile(r"(?:[^ \t\n\f\r(]|\([^)]*(?:\)|\Z))+")
_INTEGER = re.compile(r"[0-9]+\Z")
_FLOAT = re.compile(r"-?(?:[0-9]+|[0-9]*\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")


def sanitize_srcset(value: str) -> str:
    """Return a ``srcset`` without the candidates that are malformed or whose URL may not stay.

    >>> sanitize_srcset("a.png 1x,javascript:alert(1) 2x, b.png  1.50x")
    'a.png 1x, b.png 1.5x'
    """
    return ", ".join(url + size for url, size in _candidates(value) if url_allowed(url))


def _candidates(value: str) -> Iterator[tuple[str, str]]:
    position = 0
    while True:
        position = _end(_BETWEEN_CANDIDATES, value, position)
        if position == len(value):
            return
        start, position = position, _end(_URL, value, position)
        url, descriptors = value[start:position], ""
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            start, position = position, _end(_DESCRIPTORS, value, position)
            descriptors = value[start:position]
        if (size := _size(_DESCRIPTOR.findall(descriptors))) is not None:
            yield url, size


def _end(pattern: re.Pattern[str], value: str, position: int) -> int:
    match = pattern.match(value, position)
    return match.end() if match else position


def _size(descriptors: list[str]) -> str | None:
    """Return the descriptors as they are printed; None where one is malformed or contradicts another."""
    width = height = density = 0.0
    for descriptor in descriptors:
        number, unit = descriptor[:-1], descriptor[-1]
        if unit == "w" and _INTEGER.match(number) and not (width or density):
            width = float(number)
            valid = width > 0
        elif unit == "h" and _INTEGER.match(number) and not (height or density):
            height = float(number)
            valid = height > 0
        elif unit == "x" and _FLOAT.match(number) and not (width or height or density):
            density = float(number)
            valid = density >= 0
        else:
            valid = False
        if not valid:
            return None
    sizes = [(width, "w"), (height, "h"), (density, "x")]
    return "".join(f" {number_text(number)}{unit}" for number, unit in sizes if number)
