"""Character references: decoded as a browser does, then escaped as the package prints them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5
from typing import Final

_NAMED: Final[dict[str, str]] = {name[:-1]: value for name, value in html5.items() if name.endswith(";")}
# Those that old pages may write without a semicolon, longest first, so that "&notit;" is "¬it;".
_BARE: Final[dict[str, str]] = {name: value for name, value in html5.items() if not name.endswith(";")}
_MAX_BARE_LENGTH: Final = max(map(len, _BARE))

# What the numbers of Windows-1252 mean, that pages use where Unicode has control characters.
_WINDOWS_1252: Final[dict[int, str]] = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}

_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([0-9A-Za-z]+)(;?))")
_REFERENCE_IN_ATTRIBUTE = re.compile(r"&(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([0-9A-Za-z]+)(;?)(=?))")


_ESCAPED = re.compile('[&<>"]')


def decode_text(text: str) -> str:
    """Return a text with its character references resolved.

    >>> decode_text("&lt;&nbsp;&copy 2026 &bogus;")
    '<\\xa0© 2026 &bogus;'
    """
    return _decoded(text, _REFERENCE, _in_text)


def decode_attribute(value: str) -> str:
    """Return the value of an attribute with its references resolved; ``?a=1&copy=2`` has none.

    >>> decode_attribute("?a=1&copy=2&amp;b=3")
    '?a=1&copy=2&b=3'
    """
    return _decoded(value, _REFERENCE_IN_ATTRIBUTE, _in_attribute)


def _decoded(text: str, reference: re.Pattern[str], meaning: Callable[[re.Match[str]], str]) -> str:
    if (count := text.count("&")) == text.count("&amp;"):  # most often
        return text.replace("&amp;", "&") if count else text
    return reference.sub(meaning, text)


def escape_text(text: str) -> str:
    """Return a text with ``&``, ``<`` and ``>`` escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(value: str) -> str:
    """Return the value of an attribute, escaped to stand in double quotes."""
    if _ESCAPED.search(value) is None:
        return value
    return escape_text(value).replace('"', "&quot;")


def _in_text(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name, semicolon = reference.groups()
    if name is None:
        return _character(hexadecimal, decimal)
    if semicolon and name in _NAMED:
        return _NAMED[name]
    return _longest_bare(name) + semicolon


def _longest_bare(name: str) -> str:
    for length in range(min(len(name), _MAX_BARE_LENGTH), 1, -1):
        if (value := _BARE.get(name[:length])) is not None:
            return value + name[length:]
    return "&" + name


def _in_attribute(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name, semicolon, equals = reference.groups()
    if name is None:
        return _character(hexadecimal, decimal)
    if semicolon and name in _NAMED:
        return _NAMED[name] + equals
    if not semicolon and not equals and name in _NAMED:
        return _longest_bare(name)
    return reference[0]


def _character(hexadecimal: str | None, decimal: str | None) -> str:
    digits, base, max_digits = (hexadecimal, 16, 6) if hexadecimal else (decimal or "", 10, 7)
    digits = digits.lstrip("0")
    code = int(digits, base) if digits and len(digits) <= max_digits else 0
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return _WINDOWS_1252.get(code) or chr(code)
