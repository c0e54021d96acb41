"""What a rule of content is, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from novu_framework_testing.checks.addresses import Place
from novu_framework_testing.checks.content import Content

Level: TypeAlias = Literal["error", "warning", "note"]
"""`error`: subscribers see it broken. `warning`: many of them do, or it is against a standard. `note`: worth knowing."""

LEVELS: tuple[Level, ...] = ("note", "warning", "error")

RFC = "https://www.rfc-editor.org/rfc/rfc"
WCAG = "https://www.w3.org/WAI/WCAG22/Understanding/"


class Hit(NamedTuple):
    """A place where a rule does not hold, the fact that shows it, and the mail clients that it is about."""

    place: Place
    detail: str = ""
    clients: tuple[str, ...] = ()


Look: TypeAlias = Callable[[Content, frozenset[str]], Iterator[Hit]]
"""Finds the places where a rule does not hold, for the mail clients that were chosen."""


@dataclass(frozen=True)
class ContentRule:
    """A rule of content.

    Attributes:
        id: `subject.name`; the subject is the heading on the page.
        level: How bad it is, unless the settings say otherwise.
        channels: The channels that it is about.
        wrong: What is wrong, in a sentence.
        advice: What to do, in a sentence.
        source: Who says so.
        look: Finds the places.
        bad: Contents that the rule, and no other, finds something in.
        good: Contents that no rule finds anything in.
    """

    id: str
    level: Level
    channels: tuple[str, ...]
    wrong: str
    advice: str
    source: str
    look: Look
    bad: tuple[Content, ...]
    good: tuple[Content, ...]


RULES: dict[str, ContentRule] = {}
"""Every rule, by id. `novu_framework_testing.checks` fills it when it is imported."""

Example: TypeAlias = "Content | Sequence[Content]"
SimpleLook: TypeAlias = Callable[[Content], Iterator[Hit]]


def rule(
    id: str,
    level: Level,
    channels: str,
    wrong: str,
    advice: str,
    source: str,
    *,
    bad: Example,
    good: Example,
) -> Callable[[SimpleLook], SimpleLook]:
    """Put a rule into the table: the decorated function finds the places where it does not hold."""

    def add(look: SimpleLook) -> SimpleLook:
        add_rule(
            id, level, channels, wrong, advice, source, lambda content, _: look(content), bad=bad, good=good
        )
        return look

    return add


def add_rule(
    id: str,
    level: Level,
    channels: str,
    wrong: str,
    advice: str,
    source: str,
    look: Look,
    *,
    bad: Example,
    good: Example,
) -> None:
    """Put a rule into the table whose places depend on the mail clients that were chosen."""
    if id in RULES:
        raise ValueError(f"There are two rules {id}.")
    RULES[id] = ContentRule(
        id, level, tuple(channels.split()), wrong, advice, source, look, _examples(bad), _examples(good)
    )


def _examples(given: Example) -> tuple[Content, ...]:
    return (given,) if isinstance(given, Content) else tuple(given)


def longer_than(
    id: str,
    level: Level,
    channels: str,
    limit: int,
    what: str,
    read: Callable[[Content], Iterator[tuple[str, Any]]],
    advice: str,
    source: str,
    *,
    make: Callable[[str], Content],
    unit: Literal["characters", "bytes"] = "characters",
) -> None:
    """Put a rule into the table that a text has at most `limit` characters (code points) or bytes of UTF-8.

    `read` gives the places and their texts; `make` a content around a text, for the examples.
    """

    def look(content: Content) -> Iterator[Hit]:
        for where, text in read(content):
            if isinstance(text, str):
                size = len(text) if unit == "characters" else len(text.encode("utf-8", "replace"))
                if size > limit:
                    yield Hit(where, f"{size:,} {unit}")

    sentence = f"{what} is longer than {limit:,} {unit}."
    rule(
        id,
        level,
        channels,
        sentence,
        advice,
        source,
        bad=make("a " * (limit // 2 + 1)),
        good=make("A short text"),
    )(look)


def item(data: object, *path: str) -> Any:
    """Return what is at a path of keys, or None."""
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data
