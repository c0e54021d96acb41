"""The variables of a template while it renders, and what it has left to spend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, TypeVar

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import is_number
from novu_framework.npm.liquidjs.limits import ROUND, Limits, Meter

Filter: TypeAlias = Callable[..., Any]
"""A function of the value before the ``|`` and of the arguments behind the filter's name."""

F = TypeVar("F", bound=Filter)


def with_context(function: F) -> F:
    """Mark a filter that takes the `Context` of the render, as the keyword argument ``context``."""
    function.with_context = True  # type: ignore[attr-defined]
    return function


class Context(Meter):
    """The variables of one render, and what it has left to spend: loop scopes innermost, then what was assigned, then what was given.

    ``increment`` and ``decrement`` write among the given variables, as the npm package does, but into a copy of them.
    ``interrupted`` is set by ``break`` and ``continue`` until a loop takes notice; ``broken`` tells which it was.
    """

    __slots__ = (
        "_given_copy", "broken", "cycles", "filters", "given", "interrupted", "locals", "loop_scopes", "resume_at",
    )  # fmt: skip

    def __init__(self, given: Mapping[str, Any], limits: Limits, filters: Mapping[str, Filter]) -> None:
        super().__init__(limits.memory, limits.rounds * ROUND)
        self.given: Mapping[str, Any] = given
        self.filters: Final = filters
        self.locals: dict[str, Any] = {}
        self.loop_scopes: list[dict[str, Any]] = []
        self.interrupted: bool = False
        self.broken: bool = False
        self.cycles: dict[str, int] = {}
        self.resume_at: dict[str, float] = {}
        self._given_copy: dict[str, Any] | None = None

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
        # The npm package reads a variable as a property of its scope, and its empty outermost scope has a size.
        return 0 if name == "size" else UNDEFINED

    def count(self, name: str, step: int) -> tuple[float, float]:
        """Add ``step`` to the counter ``name``, and return its values before and after."""
        if self._given_copy is None:
            self.given = self._given_copy = dict(self.given)
        value = self._given_copy.get(name)
        before: float = value if is_number(value) else 0
        self._given_copy[name] = before + step
        return before, before + step

    def evaluate_in_scopes(
        self, evaluate: Callable[[Context], Any], scopes: list[Mapping[str, Any]]
    ) -> list[Any]:
        """Return what ``evaluate`` gives with each of ``scopes`` as the only variables."""
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
