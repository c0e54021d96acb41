"""The order of texts in which people count."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=20_000)
def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return what to sort texts by so that `[2]` comes before `[10]`."""
    parts = re.split(r"([0-9]{1,18})", text)
    return tuple((int(part), "") if index % 2 else (-1, part) for index, part in enumerate(parts))
