"""The conditions of an integration: filters over the tenant of a trigger, as Novu's API has them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any


def conditions_match(conditions: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]) -> bool:
    """Tell whether one of the groups matches: all of its parts (`value: "AND"`), or any of them (`"OR"`).

    >>> equal = {"on": "tenant", "field": "identifier", "operator": "EQUAL", "value": "acme"}
    >>> conditions_match([{"value": "AND", "children": [equal]}], {"tenant": {"identifier": "acme"}})
    True
    """
    return any(_group_matches(group, facts) for group in conditions)


def _group_matches(group: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    parts = group.get("children") or []
    matches = (_part_matches(part, facts) for part in parts)
    if len(parts) > 1 and group.get("value") == "OR":
        return any(matches)
    return all(matches)


def _part_matches(part: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    actual = _at(facts, f"{part.get('on')}.{part.get('field')}")
    if part.get("operator") == "IS_DEFINED":
        return actual is not _UNDEFINED
    compare = _OPERATORS.get(str(part.get("operator")))
    if compare is None:
        return False
    with suppress(TypeError):  # an amount against a text, or a list where there is none
        return bool(compare(actual, _like(actual, part.get("value"))))
    return False


_UNDEFINED = object()


def _at(facts: Any, path: str) -> Any:
    for key in path.split("."):
        if not isinstance(facts, Mapping) or key not in facts:
            return _UNDEFINED
        facts = facts[key]
    return facts


def _like(actual: Any, expected: Any) -> Any:
    """Return the value of a condition, which is text, as the kind that the tenant has."""
    if isinstance(actual, bool):
        return expected == "true"
    if isinstance(actual, (int, float)):
        with suppress(TypeError, ValueError):
            return float(expected)
        return _UNDEFINED
    return str(expected) if isinstance(actual, str) else expected


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "EQUAL": operator.eq,
    "NOT_EQUAL": operator.ne,
    "LARGER": operator.gt,
    "SMALLER": operator.lt,
    "LARGER_EQUAL": operator.ge,
    "SMALLER_EQUAL": operator.le,
    "IN": operator.contains,
    "NOT_IN": lambda actual, expected: expected not in actual,
}
