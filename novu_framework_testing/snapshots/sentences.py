"""Where the sentences of a text end, and which of them changed."""

from __future__ import annotations

import re

from novu_framework_testing.snapshots.sequences import same_ends

END = re.compile(
    r"(?<!\b[^\W\d_])(?<!\b(?:Dr|Mr|Ms|No|no|Nr|nr|St))(?<!\b(?:Mrs|Tel|tel))(?<!\bProf)\.(?=\s)|[!?…؟۔।](?=\s)|[。！？\n]"
)
"""The end of a sentence, and not that of "e.g." and "Dr."."""


_SAYING_LITTLE = 4
_LONGEST = 2_000


def sentence_of(words: str, text: str) -> str:
    """Return what tells a few words from the same ones elsewhere: the sentence that they stand in; more words say it themselves.

    >>> sentence_of("not", "Cold water. Do not swim here.")
    'Do not swim here.'
    """
    if len(words.split()) >= _SAYING_LITTLE or len(text) > _LONGEST:
        return words
    return next((one.strip() for one in END.split(text) if words in one), words)


def changed_sentences(old: str, new: str) -> tuple[str, str]:
    """Return the sentences of both texts from the first that differs to the last one.

    >>> changed_sentences("Dear Ann. It costs 5. Bye.", "Dear Ann. It costs 6. Bye.")
    (' It costs 5.', ' It costs 6.')
    """
    start, end = same_ends(old, new)
    head = max((found.end() for found in END.finditer(old[: start + 1]) if found.end() <= start), default=0)
    found = END.search(old, len(old) - end) if end else None
    rest = len(old) - found.end() if found else 0
    return old[head : len(old) - rest], new[head : len(new) - rest]
