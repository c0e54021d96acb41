"""How the time of an operation grows with its input.

CPU time is measured, not the clock's, and only a growth far from a straight line counts: what takes less than a few
milliseconds at the largest size is not looked at, and what looks bad is measured again.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Callable
from random import Random
from time import process_time
from typing import TypeAlias

from tests.fuzz import FUZZ

Operation: TypeAlias = Callable[[int], Callable[[], object]]
"""Makes an input of a size, and returns what is to be measured on it."""

_TOO_SHORT_TO_TELL = 0.004
_TRIES = 4
_SAMPLE = 24


def exponent(operation: Operation, size: int) -> float:
    """Return the power of the size that the time grows with, from ``size`` to eight times as much; 0 where it is short.

    The smallest of some tries is what counts.
    """
    sizes = [size, size * 8] if FUZZ == 1 else [size, size * 2, size * 4, size * 8]
    lowest = math.inf
    for attempt in range(_TRIES):
        if attempt == _TRIES // 2:  # perhaps a cache was full in between, which is one step up and no growth
            sizes = [4 * each for each in sizes]
        longest = measured(operation, sizes[-1])
        if longest < _TOO_SHORT_TO_TELL:
            return 0
        times = [*(measured(operation, size) for size in sizes[:-1]), longest]
        lowest = min(lowest, _slope(sizes, times))
        if lowest < _most():
            break
    return lowest


def measured(operation: Operation, size: int) -> float:
    """Return the CPU that an operation takes at a size."""
    best = math.inf
    for _ in range(2):
        run = operation(size)  # a second time with the same input might be answered from memory
        started = process_time()
        run()
        best = min(best, process_time() - started)
        if best > 0.02 or best < _TOO_SHORT_TO_TELL:
            break
    return best


def _slope(sizes: list[int], times: list[float]) -> float:
    """Return the slope of the line through the logarithms, by least squares."""
    points = [(math.log(size), math.log(max(time, 1e-6))) for size, time in zip(sizes, times, strict=True)]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / sum(
        (x - middle_x) ** 2 for x, _ in points
    )


def _most() -> float:
    return 1.6 if FUZZ == 1 else 1.2


def too_steep(operations: dict[str, Operation], size: int) -> dict[str, float]:
    """Return the operations that grow faster than nearly linear, with the power."""
    # Some of them, the same at each run.
    names = Random(len(operations)).sample(sorted(operations), min(len(operations), _SAMPLE * FUZZ))
    operations = {name: operations[name] for name in names}
    gc.collect()
    gc.disable()
    try:
        found = {name: exponent(operation, size) for name, operation in operations.items()}
    finally:
        gc.enable()
    return {name: round(power, 2) for name, power in found.items() if power > _most()}
