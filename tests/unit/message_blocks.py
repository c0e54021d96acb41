"""Messages in short, as what is read in them: a block for each part between `|`."""

from __future__ import annotations

import re

from novu_framework_testing.snapshots.block_changes import read_changes
from novu_framework_testing.snapshots.block_pairs import ranges_of
from novu_framework_testing.snapshots.html_change import HtmlChange
from novu_framework_testing.snapshots.reading import Block

_BLOCK = re.compile(r"(~?)(?:(#|-|\+|!)|<([^>]+)>)?\s*(.*?)(?:\s*> (\S+))?(?:\s*@ (.+))?")
_SIGNS = {"#": "heading", "-": "list item", "+": "button", "!": "image"}
_DIGEST = re.compile("[0-9a-f]{16}")


def blocks(text: str) -> list[Block]:
    """Return the blocks of a message.

    Of each the kind (`#` a heading, `-` a list item, `+` a button, `!` an image, `<kind>` any other; else a link where it
    leads somewhere, or a text), its words, `> ` where it leads, `@ ` its row; `~` before the words of a link in a text.
    """
    return [_block(each.strip()) for each in text.split("|")] if text else []


def _block(text: str) -> Block:
    found = _BLOCK.fullmatch(text)
    assert found
    inside, sign, kind, words, target, row = found.groups()
    kind = kind or _SIGNS.get(sign) or ("link" if target else "text")
    return Block(kind, words, target or "", bool(inside), row or "")


def changes_of(old: str, new: str, *fine_print: tuple[int, int]) -> list[HtmlChange]:
    olds, news = blocks(old), blocks(new)
    return read_changes(olds, news, ranges_of(olds, news), *fine_print)[0]


def told(old: str, new: str, *fine_print: tuple[int, int]) -> str:
    """Return what changed, and in brackets what tells it from the same elsewhere: its facts, what it is about, its place."""
    return "; ".join(map(_told, changes_of(old, new, *fine_print)))


def _told(change: HtmlChange) -> str:
    was, now = ("-" if each is None else each for each in (change.old, change.new))
    facts = "" if _DIGEST.fullmatch(change.detail) else change.detail
    more = " | ".join(filter(None, (facts.replace("\n", ", "), change.about, change.place)))
    return f"{change.part}: {change.sentence or f'{was} > {now}'}{f' [{more}]' if more else ''}"
