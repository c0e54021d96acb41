"""Numbers that count: which one of several something is, and those in front of texts, which say where these stand, and not what they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from novu_framework_testing.snapshots.months import without_months

_ORDINAL = re.compile(r"^(\d{1,2})[.)]\s+(?=[^\W\d_])")


def without_ordinals(texts: Sequence[str]) -> list[str]:
    """Return texts without the numbers in front that count them: the one before or after it stands in front of another text.

    That of a date counts days, and one of several in front of the same words, as of floors, tells these apart.

    >>> without_ordinals(["1. Keys", "2. Meters", "4. Net", "Cat"])
    ['Keys', 'Meters', '4. Net', 'Cat']
    >>> without_ordinals(["3. Mai", "4. Juni", "1. floor", "2. floor"])
    ['3. Mai', '4. Juni', '1. floor', '2. floor']
    """
    found = [None if without_months(text) != text else _ORDINAL.match(text) for text in texts]
    numbers = defaultdict[str, set[int]](set)
    for text, ordinal in zip(texts, found, strict=True):
        if ordinal:
            numbers[text[ordinal.end() :]].add(int(ordinal[1]))
    counting = {number for each in numbers.values() if len(each) == 1 for number in each}
    bare = []
    for text, ordinal in zip(texts, found, strict=True):
        rest = text[ordinal.end() :] if ordinal else text
        beside = {int(ordinal[1]) - 1, int(ordinal[1]) + 1} if ordinal else set[int]()
        bare.append(rest if beside & counting and len(numbers[rest]) == 1 else text)
    return bare


def ordinal(number: int) -> str:
    """Return a number that says which one of several something is.

    >>> [*map(ordinal, (1, 2, 3, 4, 11, 21, 112))]
    ['1st', '2nd', '3rd', '4th', '11th', '21st', '112th']
    """
    is_teen = number // 10 % 10 == 1
    return f"{number}{'th' if is_teen else _ENDINGS.get(number % 10, 'th')}"


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
