"""Where two sequences differ, in time that grows with their length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

_LONG = 500
"""Above this, what comes often (a blank, a full stop) is no place to begin from: it is the same by chance."""
_MOST_PAIRS = 100_000
"""Equal items to try, one of each side. With more, nobody reads which of them stayed, and it would take seconds."""


def changed_ranges(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """Yield from where to where the old differs, and from where to where the new does.

    >>> list(changed_ranges("one", "once"))
    [(2, 2, 2, 3)]
    """
    start = 0
    if max(len(old), len(new)) > _LONG:
        start, end = same_ends(old, new)
        old, new = old[start : len(old) - end], new[start : len(new) - end]
    is_long = max(len(old), len(new)) > _LONG
    if is_long and _pairs(old, new) > _MOST_PAIRS:
        yield start, start + len(old), start, start + len(new)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=is_long).get_opcodes():
        if kind != "equal":
            yield start + a, start + b, start + c, start + d


def kept_between(
    ranges: Iterable[tuple[int, int, int, int]], old: int, new: int
) -> Iterator[tuple[int, int]]:
    """Yield which items of two sequences are the same, by their places: all between the ranges where these differ.

    Args:
        ranges: Where they differ, as `changed_ranges` has it.
        old, new: How long they are.

    >>> list(kept_between(changed_ranges("one", "once"), 3, 4))
    [(0, 0), (1, 1), (2, 3)]
    """
    left = right = 0
    for a, b, c, d in [*ranges, (old, old, new, new)]:
        yield from zip(range(left, a), range(right, c), strict=True)
        left, right = b, d


def same_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many items are the same at the beginning, and how many of the others are at the end."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    return start, end


def _pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return how many pairs of equal items there are, without those that difflib passes over as frequent."""
    often = len(new) // 100 + 1
    news = Counter(new)
    return sum(count * news[item] for item, count in Counter(old).items() if news[item] <= often)
