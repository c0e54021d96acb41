"""One thing that changed in an email's body, and what tells it from others that are the same."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

MOVED = "moved "
"""What the `place` of a block begins with that stands at another place: its numbers there follow."""
LINED = "lines "
"""What the `place` of lines begins with that are one now, or were: their numbers, before and now, follow."""

ONE_OF = "one of several "
"""What the `place` of a link begins with that is told from others that led, or lead, where it leads or led: its number follows."""


class HtmlChange(NamedTuple):
    """One thing that changed.

    Attributes:
        part: What it is about, such as `text`, `button “Pay”`, `colours`.
        old, new: Its words before and now; None where it was not there or is gone, and both for a sentence.
        sentence: What changed besides words, said in one.
        detail: What the sentence does not say, such as which rules of the layout: equal for equal changes, whatever
            is around them.
        about: Words that tell this change from others that are the same in all else.
        stands: Of a text, an item of a list or a row that is new, after what it stands: what its reader is told besides.
        place: Where it is, as numbers of blocks; of what moved, `MOVED` and both numbers, and of links of one text their
            order and where they lead; of one of several links, `ONE_OF` and its number; of lines that were joined or split, `LINED`
            and those. The same there in another language may be the same change.
    """

    part: str
    old: str | None = None
    new: str | None = None
    sentence: str | None = None
    detail: str = ""
    about: str = ""
    place: str = ""
    stands: str = ""


def digest_of(*facts: object) -> str:
    """Return a digest of what changed exactly, for `HtmlChange.detail`."""
    return sha256(repr(facts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def facts_of(*facts: object) -> str:
    """Return what changed exactly where words tell it, in which those of a payload are told from the others."""
    return "\n".join(map(str, facts))
