"""Keys of objects: JavaScript lists those that look like array indices first, by value."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

MAX_ARRAY_INDEX: Final = 2**32 - 2

_ARRAY_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)


def is_array_index(key: str) -> bool:
    """Tell whether a property name is an array index: `"0"` and `"12"` are, `"01"` and `"-1"` are not."""
    return _ARRAY_INDEX.fullmatch(key) is not None and int(key) <= MAX_ARRAY_INDEX


def in_key_order(keys: Collection[str]) -> Collection[str]:
    """Return keys in the order in which JavaScript enumerates them: array indices ascending, the rest as they came.

    >>> list(in_key_order({"b": 1, "10": 2, "9": 3, "a": 4}))
    ['9', '10', 'b', 'a']
    """
    if not keys or min(keys) >= ":":  # no key starts with a digit, which is nearly always so
        return keys
    indices: list[str] = []
    others: list[str] = []
    for key in keys:
        (indices if is_array_index(key) else others).append(key)
    return [*sorted(indices, key=int), *others]
