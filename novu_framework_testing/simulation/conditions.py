"""Conditions: JSON-Logic as Novu reads it, with the operators that Novu adds and those that it compares in its own way.

    holds({"==": [{"var": "payload.status"}, "failed"]}, {"payload": {"status": "failed"}}, now)

No library of it on PyPI is looked after, and none compares as Novu does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from novu_framework.npm.ecmascript.keys import is_array_index
from novu_framework_testing.simulation.condition_operators import (
    OF_TIME,
    OPERATORS,
    Operator,
    as_text,
    of_time,
    truthy,
)


class UnknownOperator(ValueError):
    """A condition uses an operator that Novu does not have."""


def holds(condition: Any, data: Any, now: datetime) -> bool:
    """Tell whether a condition gives true itself; what gives anything else, or cannot be read, does not hold.

    Args:
        condition: JSON-Logic.
        data: What `var` looks into.
        now: The moment that `withinLast` and the like count from.
    """
    try:
        return apply(condition, data, now) is True
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return False


def apply(logic: Any, data: Any, now: datetime) -> Any:
    """Return what JSON-Logic gives. Raises `UnknownOperator`, and what Python raises for arguments that do not fit."""
    if isinstance(logic, list):
        return [apply(one, data, now) for one in logic]
    if not isinstance(logic, dict) or len(logic) != 1:
        return logic
    [(name, given)] = logic.items()
    values = given if isinstance(given, list) else [given]
    if name in _BRANCHES:
        return _BRANCHES[name](values, data, now)
    if name in _OVER_LISTS:
        return _over_list(name, values, data, now)
    arguments = [apply(value, data, now) for value in values]
    if name in _OF_DATA:
        return _OF_DATA[name](data, *arguments)
    if name in OF_TIME:
        return of_time(name, now, *arguments[:2])
    if name not in OPERATORS:
        raise UnknownOperator(f"Unrecognized operation {name}")
    return OPERATORS[name](*arguments)


# --- what decides what is read: if, and, or ----------------------------------------------------------------


def _if(values: list[Any], data: Any, now: datetime) -> Any:
    for index in range(0, len(values) - 1, 2):
        if truthy(apply(values[index], data, now)):
            return apply(values[index + 1], data, now)
    return apply(values[-1], data, now) if len(values) % 2 else None


def _until(stop: bool) -> Callable[[list[Any], Any, datetime], Any]:
    def read(values: list[Any], data: Any, now: datetime) -> Any:
        current = None
        for value in values:
            current = apply(value, data, now)
            if truthy(current) is stop:
                return current
        return current

    return read


_BRANCHES = {"if": _if, "?:": _if, "and": _until(False), "or": _until(True)}


# --- lists ---------------------------------------------------------------------------------------------------

_OVER_LISTS = ("filter", "map", "reduce", "all", "none", "some")


def _over_list(name: str, values: list[Any], data: Any, now: datetime) -> Any:
    found = apply(values[0], data, now)
    items = found if isinstance(found, list) else []
    logic = values[1] if len(values) > 1 else None
    if name == "reduce":
        total = apply(values[2], data, now) if len(values) > 2 else None
        for item in items:
            total = apply(logic, {"current": item, "accumulator": total}, now)
        return total
    if name == "map":
        return [apply(logic, item, now) for item in items]
    if name == "filter":
        return [item for item in items if truthy(apply(logic, item, now))]
    chosen = (truthy(apply(logic, item, now)) for item in items)
    if name == "all":
        return bool(items) and all(chosen)
    return any(chosen) is (name == "some")


# --- looking into the data -------------------------------------------------------------------------------------


def _var(data: Any, path: Any = None, otherwise: Any = None, *_: Any) -> Any:
    if path is None or path == "":
        return data
    for part in as_text(path).split("."):
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, (list, str)) and is_array_index(part) and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, (list, str)) and part == "length":
            data = len(data)
        else:
            return otherwise
    return data


def _missing(data: Any, *paths: Any) -> list[Any]:
    wanted = paths[0] if paths and isinstance(paths[0], list) else paths
    return [path for path in wanted if _var(data, path) in (None, "")]


def _missing_some(data: Any, needed: Any, paths: Any, *_: Any) -> list[Any]:
    missing = _missing(data, paths)
    return [] if len(paths) - len(missing) >= needed else missing


_OF_DATA: dict[str, Operator] = {"var": _var, "missing": _missing, "missing_some": _missing_some}
