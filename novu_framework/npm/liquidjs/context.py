"""The variables of a template while it renders, and what it has left to spend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import is_number
from novu_framework.npm.liquidjs.errors import LiquidError
from novu_framework.npm.liquidjs.limits import Limits

# What an item of an array weighs, in characters.
ITEM = 64


class Context:
    """The variables of one render: loop scopes innermost, then what was assigned, then what was given.

    ``increment`` and ``decrement`` write among the given variables, as the reference does, but into a copy of them.
    ``interrupted`` is set by ``break`` and ``continue`` until a loop takes notice; ``broken`` tells which it was.
    """

    __slots__ = ("broken", "cycles", "filters", "given", "given_copy", "interrupted", "locals", "loop_scopes", "memory_left", "resume_at", "rounds_left")  # fmt: skip

    def __init__(
        self, given: Mapping[str, Any], limits: Limits, filters: Mapping[str, Callable[..., Any]]
    ) -> None:
        self.filters = filters
        self.locals: dict[str, Any] = {}
        self.given = given
        self.given_copy: dict[str, Any] | None = None
        self.loop_scopes: list[dict[str, Any]] = []
        self.interrupted = False
        self.broken = False
        self.cycles: dict[str, int] = {}
        self.resume_at: dict[str, float] = {}
        self.rounds_left = limits.rounds
        self.memory_left = limits.memory

    def find(self, name: str) -> Any:
        """Return the variable ``name``, or `UNDEFINED`."""
        if self.loop_scopes:
            for scope in reversed(self.loop_scopes):
                if name in scope:
                    return scope[name]
        if name in self.locals:
            return self.locals[name]
        if name in self.given:
            return self.given[name]
        # The reference reads a variable as a property of the scope it is in, and its empty outermost scope has a size.
        return 0 if name == "size" else UNDEFINED

    def count(self, name: str, step: int) -> tuple[float, float]:
        """Add ``step`` to the counter ``name``, and return its values before and after."""
        if self.given_copy is None:
            self.given = self.given_copy = dict(self.given)
        found = self.given_copy.get(name)
        before: float = found if is_number(found) else 0
        self.given_copy[name] = before + step
        return before, before + step

    def each_alone(self, evaluate: Callable[[Context], Any], scopes: list[dict[str, Any]]) -> list[Any]:
        """Return what ``evaluate`` gives in each of ``scopes``, where none of the template's own variables are seen."""
        saved = self.given, self.locals, self.loop_scopes
        self.locals, self.loop_scopes = {}, []
        values = []
        try:
            for scope in scopes:
                self.given = scope
                values.append(evaluate(self))
        finally:
            self.given, self.locals, self.loop_scopes = saved
        return values

    def charge(self, size: int) -> None:
        """Spend ``size`` units of memory. Raises LiquidError when nothing is left."""
        self.memory_left -= size
        if self.memory_left < 0:
            raise LiquidError("memory alloc limit exceeded", kind="RenderError")

    def charge_items(self, count: int) -> None:
        """Spend what ``count`` items of an array weigh."""
        self.charge(ITEM * count)

    def charge_value(self, value: Any) -> None:
        """Spend what a value that goes into or comes out of a filter weighs."""
        if type(value) is str:
            self.charge(len(value))
        elif type(value) is list:
            self.charge(ITEM * len(value))
