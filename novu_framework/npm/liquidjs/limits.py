"""How much a template may ask for, and the meter that counts what it has asked for.

There is one rule for all filters, tags and operators: what is about to be built is charged by its size, worked out from
lengths, and what is about to be done by the time it takes. Both are charged *before*, so nothing has to be undone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

from novu_framework.npm.liquidjs.errors import LiquidError

F = TypeVar("F", bound=Callable[..., Any])

ITEM_WEIGHT: Final = 64
"""What an item of an array weighs, in characters."""

# Work is counted in nanoseconds of an ordinary machine, rounded up.
ROUND: Final = 800
PART: Final = 200
"""The work of one tag, value, property, operator or filter that is written in a template."""


@dataclass(frozen=True)
class Limits:
    """Bounds on one template. Beyond any of them a LiquidError is raised.

    The defaults leave whole emails and lists of thousands of items alone, and stop everything else within a tenth of a
    second of CPU and 64 MB.

    - ``source``: characters of template text, markup or not.
    - ``parts``: tags, outputs, values and filters written in the template.
    - ``nesting``: blocks inside blocks.
    - ``rounds``: all work, in units of a simple tag: what loops multiply, and what filters and comparisons read.
    - ``memory``: characters produced by text, outputs, captures and filters together; an item of an array counts as 64.
    """

    source: int = 1_000_000
    parts: int = 5_000
    nesting: int = 100
    rounds: int = 100_000
    memory: int = 4_000_000


class Cost(NamedTuple):
    """The cost of a filter in nanoseconds: of a call, and of each character and item that it is given.

    What takes no time for an item makes nothing of the items either, so they are not charged as memory.
    """

    call: int = 500
    character: int = 5
    item: int = 300


def costs(call: int = Cost().call, *, character: int = Cost().character, item: int = Cost().item) -> Callable[[F], F]:  # fmt: skip
    """Mark a filter that takes longer, or less long, than filters do."""

    def mark(function: F) -> F:
        function.cost = Cost(call, character, item)  # type: ignore[attr-defined]
        return function

    return mark


def cost_of(function: Callable[..., Any]) -> Cost:
    """Return what `costs` says of a filter, or else what filters take."""
    cost: Cost = getattr(function, "cost", Cost())
    return cost


class Meter:
    """The time and memory that one render has left to spend.

    Args:
        memory: Characters.
        work: Nanoseconds.

    Attributes:
        character: What each character takes in the filter that runs, of texts that it makes itself, too.
    """

    __slots__ = ("character", "memory_left", "work_left")

    def __init__(self, memory: float, work: float) -> None:
        self.memory_left: float = memory
        self.work_left: float = work
        self.character: int = Cost().character

    def check(self) -> None:
        """Raise LiquidError when more has been spent than there was."""
        if self.work_left < 0:
            raise LiquidError("template render limit exceeded", kind="RenderError")
        if self.memory_left < 0:
            raise LiquidError("memory alloc limit exceeded", kind="RenderError")

    def charge(self, size: int) -> None:
        """Spend memory: ``size`` characters. Raises LiquidError when that is more than is left."""
        self.memory_left -= size
        self.check()

    def settle(self, size: int, before: float) -> None:
        """Spend memory for a result, save what has been spent on it since ``before`` was left."""
        unpaid = size - (before - self.memory_left)
        if unpaid > 0:
            self.memory_left -= unpaid
            self.check()

    def work(self, nanoseconds: float) -> None:
        """Spend work. Raises LiquidError when that is more than is left."""
        self.work_left -= nanoseconds
        self.check()

    def call(self, cost: Cost, values: Iterable[Any]) -> None:
        """Spend what a filter takes for these values, and the memory for a result as large as they are together."""
        call, character, item = cost
        self.character = character
        size = 0
        for value in values:
            if type(value) is str:
                call += character * len(value)
                size += len(value) if character else 0
            elif type(value) is list:
                call += item * len(value)
                size += ITEM_WEIGHT * len(value) if item else 0
        self.work_left -= call
        self.memory_left -= size
        if self.work_left < 0 or self.memory_left < 0:
            self.check()


# Filters and operators do not know the render that they are part of. They find its meter here.
current: Final[ContextVar[Meter]] = ContextVar("current", default=Meter(math.inf, math.inf))  # noqa: B039


def charge(size: int) -> None:
    """Spend memory, ``size`` characters, in the render that runs now."""
    current.get().charge(size)


def work(nanoseconds: float) -> None:
    """Spend work in the render that runs now."""
    current.get().work(nanoseconds)


def charge_text(size: int) -> None:
    """Spend what a text of ``size`` characters weighs, and takes in the filter that runs."""
    meter = current.get()
    meter.memory_left -= size
    meter.work(meter.character * size)


def charge_items(count: int) -> None:
    """Spend what going through ``count`` items weighs and takes, in the render that runs now."""
    meter = current.get()
    meter.memory_left -= ITEM_WEIGHT * count
    meter.work(Cost().item * count)
