"""What is said once of cells that are heads of a table now, or no longer: that mail programs draw heads bold, and in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Look(NamedTuple):
    """Differences of one kind, said.

    Attributes:
        part: What it is about.
        sentence: What changed.
        facts: What exactly, whatever is around it.
        about: Words that tell it from the same look elsewhere. A colour is the same change at other words.
        place: The numbers of the texts and images at which it is seen.
    """

    part: str
    sentence: str
    facts: tuple[object, ...]
    about: str = ""
    place: str = ""


def with_heads(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks, with that of cells that are heads now, or no longer, whether they are bold and in the middle, too."""
    looks = list(looks)
    told: set[Look] = set()
    whole: dict[Look, Look] = {}
    for each in looks:
        if heads := _HEADS.fullmatch(each.sentence):
            drawn = [one for one in looks if one[3:] == each[3:] and one.sentence in _as_heads(heads)]
            told.update(drawn)
            whole[each] = _drawn(each, drawn, is_gone=bool(heads[2]))
    yield from (whole.get(each, each) for each in looks if each not in told)


_HEADS = re.compile(r"(.*) (?:is|are) (?:(no longer) )?(?:a head|heads) of the table(?: now)?", re.DOTALL)
_IN_THE_MIDDLE = " in the middle"


def _as_heads(heads: re.Match[str]) -> set[str]:
    """Return what is said of the same cells where they begin to look as heads do, or no longer do."""
    where, is_gone = heads[1], heads[2]
    verbs = ("is no longer", "are no longer", "no longer stands", "no longer stand")
    verbs = verbs if is_gone else ("is", "are", "stands", "stand")
    bold = "bold" if is_gone else "bold now"
    return {f"{where} {verb} {bold}" for verb in verbs[:2]} | {
        f"{where} {verb}{_IN_THE_MIDDLE}" for verb in verbs[2:]
    }


def _drawn(look: Look, drawn: list[Look], *, is_gone: bool) -> Look:
    """Return the look of heads with what they look like now, or no longer."""
    said = ["in the middle" if each.sentence.endswith(_IN_THE_MIDDLE) else "bold" for each in drawn]
    if not said:
        return look
    sentence = f"{look.sentence}: {' and '.join(f'not {each}' if is_gone else each for each in said)}"
    facts = tuple(fact for each in (look, *drawn) for fact in each.facts)
    return look._replace(sentence=sentence, facts=facts)
