"""The words of a text, also of one whose writing has no blanks between them."""

from __future__ import annotations

import re
from functools import lru_cache

UNSPACED = (
    "々〆〇ぁ-ゖゝ-ゟァ-ヺー-ヿㇰ-ㇿｦ-ﾟ\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3"
)
"""The letters of writings without blanks between words, as inside of a class of an expression: Japanese, Chinese, Thai, Lao, Burmese, Khmer."""
AT_NUMBERS = f"{UNSPACED}가-힣"
"""Those and Korean ones: they follow a number without being part of it, as in `5本` and `5개`."""

_PARTS = re.compile(rf"(?P<unspaced>[{UNSPACED}]+)|[^\W{UNSPACED}]+")
_DIGITS = re.compile(r"\d+")
_LETTERS_OF_A_WORD = 3
"""So many letters say about as much as a word, where words are not told apart."""


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without its numbers; a few letters each where words have no blanks between them.

    >>> words_of("Bring all 5 keys"), words_of("鍵5本をご持参ください")
    (('Bring', 'all', 'keys'), ('鍵本を', 'ご持参', 'くださ', 'い'))
    """
    return tuple(
        part[0][start : start + size]
        for part in _PARTS.finditer(_DIGITS.sub("", text))
        for size in [_LETTERS_OF_A_WORD if part["unspaced"] else len(part[0])]
        for start in range(0, len(part[0]), size)
    )


@lru_cache(maxsize=256)
def features(text: str) -> frozenset[str]:
    """Return what texts that are alike have in common: words and numbers, and each two letters beside each other where words have no blanks.

    >>> sorted(features("Room 12")), sorted(features("鍵5本をご"))
    (['12', 'Room'], ['5', 'をご', '本を', '鍵'])
    """
    return frozenset(
        part[0][start : start + size]
        for part in _PARTS.finditer(text)
        for size, steps in [(2, len(part[0]) - 1 or 1) if part["unspaced"] else (len(part[0]), 1)]
        for start in range(steps)
    )


AS_LETTERS = str.maketrans("0123456789", "abcdefghij")
"""Numbers that count as what is no number of a text, of which one is as good as another."""
