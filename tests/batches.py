"""Many small cases as a few tests: thousands of tests of a millisecond each cost more to start than to run."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import pytest


def batches(cases: Iterable[tuple[str, Any]], size: int = 40) -> list[Any]:
    """Return parameters for `pytest.mark.parametrize`: lists of named cases.

    Args:
        cases: Each with its name.
        size: So many are one test.

    >>> [one.id for one in batches([("a", 1), ("b", 2), ("c", 3)], 2)]
    ['a to b', 'c']
    """
    rest = iter(cases)
    found = iter(lambda: list(islice(rest, size)), [])
    return [
        pytest.param(batch, id=" to ".join(dict.fromkeys([batch[0][0], batch[-1][0]]))) for batch in found
    ]
