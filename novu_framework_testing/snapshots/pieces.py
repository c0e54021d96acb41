"""A text in words and signs, to mark which of them changed."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from novu_framework_testing.snapshots.sequences import changed_ranges
from novu_framework_testing.snapshots.words import AT_NUMBERS

# An address, a price with its sign, a time, a number to call, the number of a room are one piece each.
_ADDRESS = r"https?://[^\s<>\"'?#]*[^\s<>\"'?#.,;:!)]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_OF_A_WORD = rf"[^\W{AT_NUMBERS}]"
_NUMBER = (
    rf"(?:(?<!\w)[-+$€£¥])?\d+(?:(?:[.,:/٫٬-]|[ \u00a0\u202f](?=\d))\d+){{1,6}}(?!{_OF_A_WORD})"
    rf"|(?<!\w)[-+$€£¥]\d+(?!{_OF_A_WORD})"
)
_PIECES = re.compile(rf"\s+|{_ADDRESS}|{_NUMBER}|\d+-{_OF_A_WORD}+|{_OF_A_WORD}+|[{AT_NUMBERS}]+|[^\w\s]")
_AT_NUMBERS = re.compile(f"[{AT_NUMBERS}]")
_JOINER = "\u200d"


@dataclass(frozen=True)
class Piece:
    """A run of text that is the same in both versions, or is only in one of them."""

    text: str
    changed: bool


def changed_words(side: Iterable[Piece]) -> list[str]:
    """Return the runs of a text that are in no other version."""
    return [piece.text.strip() or piece.text for piece in side if piece.changed]


def _signs(text: str) -> list[str]:
    """Return `text` in words and signs. What is seen as one sign, such as a family in emoji, stays one."""
    signs: list[str] = []
    for piece in _PIECES.findall(text):
        if signs and (_continues(piece[0]) or signs[-1].endswith(_JOINER)) and not signs[-1].isspace():
            signs[-1] += piece
        elif signs and piece.isalnum() and _ends_with_mark(signs[-1]):
            # The rest of a word that a mark inside it has cut, as vowels are written in Hindi.
            signs[-1] += piece
        else:
            signs.append(piece)
    return signs


def _ends_with_mark(sign: str) -> bool:
    """Tell whether a sign ends with a mark, as vowels are, and is of a writing that has blanks between words."""
    return unicodedata.category(sign[-1])[0] == "M" and not _AT_NUMBERS.match(sign[0])


def _continues(letter: str) -> bool:
    return (
        letter == _JOINER or unicodedata.category(letter)[0] == "M" or "\U0001f3fb" <= letter <= "\U0001f3ff"
    )


def pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return the two texts cut into words, each with whether it changed, to mark them in colour."""
    olds, news = _signs(old), _signs(new)
    ranges = list(changed_ranges(olds, news))
    left = _marked(olds, [(a, b) for a, b, _, _ in ranges])
    right = _marked(news, [(c, d) for _, _, c, d in ranges])
    return left, right


def _marked(signs: list[str], changed: list[tuple[int, int]]) -> list[Piece]:
    ends = [0, *(end for each in changed for end in each), len(signs)]
    runs = zip(ends, ends[1:], itertools.cycle((False, True)), strict=False)
    return [Piece("".join(signs[start:end]), is_changed) for start, end, is_changed in runs if end > start]
