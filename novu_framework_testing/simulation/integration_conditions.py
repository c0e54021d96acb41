"""What an integration is chosen by: filters over the tenant of a trigger, or rules in JSON-Logic.

    {"==": [{"var": "context.tenant.id"}, "acme"]}

Rules see the subscriber, the context and the workflow; and the payload too, in rules that were not made by the API.
"""

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


def rules_problem(
    rules: Any, namespaces: Sequence[str] = ("subscriber", "context", "workflow")
) -> str | None:
    """Return what is wrong with rules, or None: an operator or a name that they cannot have.

    >>> rules_problem({"==": [{"var": "tenant.identifier"}, "acme"]})
    'Value is not valid'
    """
    if isinstance(rules, list):
        return next((problem for one in rules if (problem := rules_problem(one, namespaces))), None)
    if not isinstance(rules, Mapping):
        return None
    if len(rules) != 1:
        return f"Invalid rule node with {len(rules)} keys, expected a single operator"
    [(name, given)] = rules.items()
    if name not in _RULE_OPERATORS:
        return f'Unsupported operator "{name}"'
    if name != "var":
        return rules_problem(given, namespaces)
    namespace, _, rest = given.partition(".") if isinstance(given, str) else ("", "", "")
    return None if rest and namespace in namespaces else "Value is not valid"


RUNTIME_NAMESPACES = ("subscriber", "context", "workflow", "payload")
"""What rules may look into when they are asked."""

_RULE_OPERATORS = {
    *("and", "or", "!", "!!", "==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "var"),
    *("contains", "notContains", "doesNotContain", "beginsWith", "doesNotBeginWith", "startsWith"),
    *("endsWith", "doesNotEndWith", "null", "notNull", "notIn", "between", "notBetween", "=", "exists"),
}

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
