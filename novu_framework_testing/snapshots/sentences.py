"""Where the sentences of a text end, and which of them changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.months import ENGLISH, MONTHS
from novu_framework_testing.snapshots.sequences import same_ends

END = re.compile(
    r"(?<!\b[^\W\d_])(?<!\b(?:Dr|Mr|Ms|No|no|Nr|nr|St))(?<!\b(?:Mrs|Tel|tel))(?<!\bProf)\.(?=\s)"
    rf"(?!(?<=\d\.)\s(?:{'|'.join(sorted(MONTHS - ENGLISH))})\b)|[!?…؟۔।](?=\s)|[。！？\n]"
)
"""The end of a sentence, and not that of "e.g.", of "Dr." and of "12. Juni"."""


_SAYING_LITTLE = 4
LONGEST = 2_000
"""So many letters are more than a text of which single words are told by what is around them."""
_FEW, _MOST = 2, 50


def sentence_of(words: str, text: str) -> str:
    """Return what tells a few words from the same ones elsewhere: the sentence that they stand in; more words say it themselves.

    >>> sentence_of("not", "Cold water. Do not swim here.")
    'Do not swim here.'
    """
    if len(words.split()) >= _SAYING_LITTLE or len(text) > LONGEST:
        return words
    return next((one.strip() for one in END.split(text) if words in one), words)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, with the signs that end them.

    >>> sentences("Ask Dr. Lee. He is in!")
    ['Ask Dr. Lee.', 'He is in!']
    """
    ends = [0, *(found.end() for found in END.finditer(text)), len(text)]
    cut = (text[start:end].strip() for start, end in pairwise(ends))
    return [each for each in cut if each]


def moved_sentence(old: str, new: str) -> tuple[str, str] | None:
    """Return the one sentence that stands at another place of a text, and where; None unless that is all that changed.

    >>> moved_sentence("Watch Ruth. Breathe in. Sing!", "Breathe in. Sing! Watch Ruth.")
    ('Watch Ruth.', 'after “Sing!”')
    """
    was, now = sentences(old), sentences(new)
    if len(was) < _FEW or len(was) > _MOST or sorted(was) != sorted(now) or was == now:
        return None
    for at, one in enumerate(was):
        left = was[:at] + was[at + 1 :]
        to = now.index(one)
        if left == now[:to] + now[to + 1 :]:
            return one, place_in(now, to)
    return None


def place_in(said: Sequence[str], at: int) -> str:
    """Return where a sentence stands among others: after the one before it, or else before the one after it."""
    if at:
        return f"after “{short(said[at - 1])}”"
    return f"before “{short(said[1])}”" if len(said) > 1 else ""


def changed_sentences(old: str, new: str) -> tuple[str, str]:
    """Return the sentences of both texts from the first that differs to the last one.

    >>> changed_sentences("Dear Ann. It costs 5. Bye.", "Dear Ann. It costs 6. Bye.")
    (' It costs 5.', ' It costs 6.')
    """
    start, end = same_ends(old, new)
    ends = takewhile(lambda end: end <= start, (found.end() for found in END.finditer(old)))
    head = max(ends, default=0)
    found = END.search(old, len(old) - end) if end else None
    rest = len(old) - found.end() if found else 0
    return old[head : len(old) - rest], new[head : len(new) - rest]
