"""Words of a line that look different: which of them follow each other, and which of several equal ones these are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.look_difference import AS_LETTERS
from novu_framework_testing.snapshots.sentences import LONGEST


class WordPiece(NamedTuple):
    """A word or a part of one: the number of the word in its line, where in it the part begins, and its letters."""

    at: int
    start: int
    text: str


class WordRun(NamedTuple):
    """Words that follow each other: the first and the last piece, all of them, and those of each part of the line."""

    first: WordPiece
    last: WordPiece
    text: str
    parts: tuple[str, ...]

    def goes_on_with(self, other: WordRun) -> bool:
        """Tell whether another run begins where this one ends."""
        is_next_word = other.first.at == self.last.at + 1
        end = self.last.start + len(self.last.text)
        return is_next_word or other.first[:2] == (self.last.at, end)


def runs_of(pieces: Sequence[WordPiece]) -> Iterator[WordRun]:
    """Yield the words that follow each other."""
    pieces = sorted(pieces, key=lambda piece: piece[:2])
    words = [list(word) for _, word in groupby(pieces, lambda piece: piece.at)]
    for _, numbered in groupby(enumerate(words), lambda one: one[1][0].at - one[0]):
        run = [word for _, word in numbered]
        text = " ".join("".join(piece.text for piece in word) for word in run)
        yield WordRun(run[0][0], run[-1][-1], text, (text,))


def joined(runs: Sequence[WordRun]) -> Iterator[WordRun]:
    """Yield runs, each in a part of its own, those that follow each other as one if they are many or say the same."""
    chains: list[list[WordRun]] = []
    for run in sorted(runs, key=lambda run: (run.first[:2], run.last[:2])):
        if chains and chains[-1][-1].goes_on_with(run):
            chains[-1].append(run)
        else:
            chains.append([run])
    for chain in chains:
        if len(chain) <= len({run.text for run in chain}) <= _FEW:
            yield from chain
        else:
            text = chain[0].text
            for one, other in pairwise(chain):
                text += other.text if one.last.at == other.first.at else f" {other.text}"
            yield WordRun(chain[0].first, chain[-1].last, text, tuple(run.text for run in chain))


_FEW = 2


class Which(NamedTuple):
    """The words that tell which of several equal ones some are: as it is said, and what is the same with other numbers; both empty for the only ones."""

    said: str
    key: str


class WordLine:
    """The words of a line.

    Args:
        words: The words.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.text = " ".join(words)
        self._words = words
        self._starts = [0, *accumulate(len(word) + 1 for word in words)]
        self._known: dict[str, list[int]] = {}

    def which(self, run: WordRun, times: int) -> Which:
        """Return which of several equal words those of a run are, by the words around these or by their number.

        Args:
            run: The words.
            times: How many runs of the same words look different in the same way: no matter which, if these are all.
        """
        places = self._places_of(run.text)
        if len(places) <= max(times, 1):
            return Which("", "")
        if len(places) <= _MOST_ALIKE:
            for more in range(1, _MOST_AROUND + 1):
                start = max(run.first.at - more, 0)
                around = " ".join(self._words[start : run.last.at + more + 1])
                if len(_places(run.text, around)) > 1:
                    break
                if len(_places(around, self.text)) == 1:
                    return Which(f"in “{short(around)}”", around)
        begin = self.text.find(run.first.text, self._starts[run.first.at] + run.first.start)
        number = bisect_right(places, begin)
        if not number or places[number - 1] != begin:  # in the midst of a word
            return Which("", "")
        said = f"number {number} of {len(places)}"
        return Which(said, said.translate(AS_LETTERS))

    def _places_of(self, words: str) -> list[int]:
        """Return where words stand in the line; nothing for those of a long line."""
        if len(self.text) > LONGEST:
            return []
        if words not in self._known:
            self._known[words] = _places(words, self.text)
        return self._known[words]


def _places(words: str, text: str) -> list[int]:
    """Return where words stand in a text, each time, and not as a part of others."""
    if words not in text:
        return []
    one = re.compile(rf"(?<!\w)(?={re.escape(words)}(?!\w))")
    return [found.start() for found in one.finditer(text)]


_MOST_AROUND = 3
"""So many words on each side of others are enough to tell these from the same ones."""
_MOST_ALIKE = 9
"""Of more equal words, nobody looks for what is around each."""
