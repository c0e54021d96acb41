"""What single mail programs read in an email and others do not: Outlook's pictures behind a text, what Gmail is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework_testing._internal.html_document import Document
from novu_framework_testing.snapshots.block_links import address_about, numbers_aside
from novu_framework_testing.snapshots.html_change import HtmlChange, digest_of

_PART = "for Gmail"
_BUTTON = "button in Gmail’s list"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DEEPEST = 12


def gmail_changes(old: Document, new: Document) -> Iterator[HtmlChange]:
    """Yield what changed of what Gmail is told of an email: the button beside its subject, an offer, a journey."""
    sources = _sources(old), _sources(new)
    if sources[0] == sources[1]:
        return
    found = list(_compared(*(dict(_told(side)) for side in sources)))
    yield from found
    if not found and None in map(_read, sources[0] + sources[1]):
        sentence = "what Gmail is told of the email cannot be read"
        yield HtmlChange(_PART, sentence=sentence, detail=digest_of(sources))


def _compared(was: dict[str, str], now: dict[str, str]) -> Iterator[HtmlChange]:
    names, targets = ((was.pop(key, None), now.pop(key, None)) for key in (_NAME, _TARGET))
    if None in names:
        if names != (None, None):
            was_said, now_said = map(_whole, names, targets)
            yield HtmlChange(_BUTTON, was_said, now_said)
    else:
        if names[0] != names[1]:
            yield HtmlChange(f"words of the {_BUTTON}", *names, about=numbers_aside(address_about(*targets)))
        if targets[0] != targets[1]:
            yield HtmlChange(f"{_BUTTON} “{names[1]}”", *targets, about=address_about(*targets))
    for label in dict.fromkeys((*was, *now)):
        if was.get(label) != now.get(label):
            yield HtmlChange(f"{_PART} › {label}", was.get(label), now.get(label))


def _whole(name: str | None, target: str | None) -> str | None:
    return f"{name}, which leads to {target}" if name and target else name


_NAME, _TARGET = "\0name", "\0target"


def _sources(document: Document) -> list[str]:
    return [
        "".join(each for each in script.children if isinstance(each, str))
        for script in document.all("script")
        if script.get("type").lower() == "application/ld+json"
    ]


def _read(source: str) -> Any:
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        return None


def _told(sources: list[str]) -> Iterator[tuple[str, str]]:
    for source in sources:
        yield from _values(_read(source), ())


def _values(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each value with the words of its name; those of an action by what its button says and where it leads."""
    if len(path) > _DEEPEST:
        return
    if isinstance(value, list):
        for at, each in enumerate(value, 1):
            yield from _values(each, (*path, str(at)) if len(value) > 1 else path)
    elif isinstance(value, Mapping):
        rest = dict(value)
        if path[-1:] == ("potentialAction",):
            kind = str(rest.pop("@type", "")).removesuffix("Action")
            yield _NAME, str(rest.pop("name", "") or kind)
            places = [rest.pop(key, None) for key in ("url", "target", "handler")]
            yield _TARGET, next(filter(None, map(_address, places)), "")
            if kind and kind != "View":
                yield "what the button does", _words(kind)
        for key, each in rest.items():
            if key not in _UNSAID:
                yield from _values(each, (*path, key))
    elif value is not None and path:
        yield " › ".join(map(_words, path[-2:])), value if isinstance(value, str) else json.dumps(value)


_UNSAID = frozenset({"@context", "@type", "@id"})


def _address(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("urlTemplate") or value.get("url")
    return value if isinstance(value, str) else ""


def _words(name: str) -> str:
    return _HUMP.sub(" ", name).lower()
