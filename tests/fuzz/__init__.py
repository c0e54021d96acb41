"""Harnesses that try inputs that no one wrote down: state machines, faults, kills, growing sizes.

`make test` gives each a bounded try. `make fuzz` multiplies it: the environment variable NOVU_FUZZ is the factor.
"""

from __future__ import annotations

import os

FUZZ = max(1, int(os.environ.get("NOVU_FUZZ", "1")))


def examples(many: int) -> int:
    """Give how many examples a property is to get: a quarter of what it deserves in `make test`, more in `make fuzz`."""
    return max(25, many // 4) * FUZZ
