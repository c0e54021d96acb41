"""A change of a step as its reader is told of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from novu_framework_testing._internal.printable import printable
from novu_framework_testing.snapshots.alike import alike_hint
from novu_framework_testing.snapshots.html_change import HtmlChange
from novu_framework_testing.snapshots.pieces import changed_words, pieces
from novu_framework_testing.snapshots.sequences import same_ends

LINES = re.compile(r", lines? \d+(?: to \d+)?$")
"""What a part says of the lines of it."""
_CONTEXT = 40
_BLANKS = " \t\u00a0"


@dataclass(frozen=True)
class ContentChange:
    """One part of a step that is not what it was.

    Attributes:
        part: Which, such as `subject`, `primary action › label`, `body › button “Pay”`.
        old, new: What it was and what it is now; None where there was or is nothing, and both where `hint` says all.
        hint: What words do not show: another colour or layout, letters that look alike, or that cannot be seen.
        detail: Where `hint` says all, what exactly changed: words, or a digest; empty otherwise.
        about: Words that tell this change from others that are the same in all else.
        uncut: Both texts as they stand, where `old` and `new` are excerpts of long ones.
        stands: Of what is new in an email, after what it stands.
        place: Where it is in an email: in another language it may be the same change there. Empty where that is not known.
    """

    part: str
    old: str | None
    new: str | None
    hint: str | None = None
    detail: str = ""
    about: str = ""
    uncut: tuple[str, str] | None = None
    place: str = ""
    stands: str = ""

    @property
    def name(self) -> str:
        """The part, and where something new stands: `text, after “Hello”`."""
        return f"{self.part}, {self.stands}" if self.stands else self.part

    @property
    def key(self) -> str:
        """A digest of what changed, whatever is around it.

        Two changes share it if the same words went and came in the same part, at whatever line, or if the looks
        changed in the same way: the same colour became the same other one, in however many places.
        """
        part = LINES.sub("", self.part)
        said: list[Any]
        if self.detail:
            said = [part, self.detail, self.about]
        elif self.old is None or self.new is None:
            said = [part, self.old, self.new, self.hint]
        else:
            said = [part, self.about, *(changed_words(side) for side in pieces(self.old, self.new))]
        return sha256(json.dumps(said).encode()).hexdigest()[:16]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Return the part, then a line for what it was and one for what it is; one line where there are no words."""
        if self.old is None and self.new is None and self.hint:
            return [f"{self.part}: {self.hint}"]
        head = f"{self.name}{' (was not there)' if self.old is None else ''}{' (is gone)' if self.new is None else ''}"
        versions = (("was", self.old), ("now", self.new))
        lines = [line for name, text in versions if text is not None for line in _captioned(name, text)]
        return [head, *lines, f"  {self.hint}"] if self.hint else [head, *lines]


def change_of(found: HtmlChange, part: str = "") -> ContentChange:
    """Return what changed in the HTML of a part, as a change of the step."""
    change = replace(
        text_change(part_in(part, found.part), found.old, found.new),
        about=found.about,
        place=found.place,
        stands=found.stands,
    )
    return replace(change, hint=found.sentence, detail=found.detail) if found.sentence else change


def text_change(part: str, old: str | None, new: str | None) -> ContentChange:
    """Return a change of a text: from a little before it to a little after it, where the text is long."""
    if old is None or new is None:
        return ContentChange(part, old, new)
    short = excerpt(old, new)
    uncut = None if short == (old, new) else (old, new)
    return ContentChange(part, *short, hint=alike_hint(old, new), uncut=uncut)


def excerpt(old: str, new: str, *, context: int = _CONTEXT) -> tuple[str, str]:
    """Return the two texts from a little before their first difference to a little after their last."""
    if max(len(old), len(new)) <= 3 * context or "\n" in old + new:
        return old, new
    start, end = same_ends(old, new)
    return _cut(old, start, len(old) - end, context), _cut(new, start, len(new) - end, context)


def _cut(text: str, start: int, end: int, context: int) -> str:
    head, tail = max(start - context, 0), min(end + context, len(text))
    return ("…" if head else "") + text[head:tail] + ("…" if tail < len(text) else "")


def _captioned(caption: str, text: str) -> Iterable[str]:
    lines = text.split("\n")
    if len(lines) == 1:
        return [f"  {caption}: {_visible(text, text) or '(empty)'}"]
    # The indent of a line is seen where there are others.
    return [f"  {caption}:", *(f"    {_visible(line, line.lstrip(' '))}" for line in lines)]


def _visible(text: str, critical: str) -> str:
    """Return a text as people read it; in quotes where blanks at its ends would not be seen."""
    return f'"{printable(text)}"' if critical.strip(_BLANKS) != critical else printable(text)


def part_in(part: str, name: str) -> str:
    """Return what a part of a part is called: `redirect › url`."""
    return f"{part} › {name}" if part else name
