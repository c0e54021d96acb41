"""The short way through the objects that most payloads, controls and outputs are.

Where a schema asks of an object only which members it has and of which types they are, one pass over the members
tells that a value is valid. Whatever is not plainly so goes the general way, which finds out what is wrong.
"""

from __future__ import annotations

from typing import Any

from .compilation import Check, Failures, Place, types_of
from .keywords import FOR_TYPE, RULES, fill_defaults, is_always_valid

# Classes whose values are all of the type. A value of another class may be (1.0 is an integer): the general way knows.
_CLASSES: dict[str, frozenset[type]] = {
    "number": frozenset({int, float}),
    "integer": frozenset({int}),
    "string": frozenset({str}),
    "array": frozenset({list}),
    "object": frozenset({dict}),
    "boolean": frozenset({bool}),
    "null": frozenset({type(None)}),
}
_EVERY = frozenset[type]().union(*_CLASSES.values())
_NONE = frozenset[type]()

_TYPE_RULES = frozenset({"type", "nullable", "$comment"})
_OBJECT_RULES = frozenset({"type", "$comment", "properties", "required", "additionalProperties"})
# Those without a schema of their own, so that their checks write nothing.
_SCALAR_RULES = _TYPE_RULES.union(("enum", "const"), FOR_TYPE["number"], FOR_TYPE["string"])


def shortened(place: Place, schema: dict[str, Any], general: Check) -> Check:
    """``general``, the check of ``schema`` at ``place``, with the short way ahead of it where there is one."""
    extras = schema.get("additionalProperties", True)
    is_open = is_always_valid(extras)
    if schema.get("type") != "object" or place.references.meta or not (is_open or extras is False):
        return general
    if not _OBJECT_RULES.issuperset(RULES.intersection(schema)):
        return general

    classes: dict[str, frozenset[type]] = {}
    checks: dict[str, Check] = {}
    for name, member in schema.get("properties", {}).items():
        classes[name] = _classes(member)
        if not classes[name] and _is_scalar(member) and (check := place.compile(member)) is not None:
            checks[name] = check
    others = _EVERY if is_open else _NONE
    required = frozenset(schema.get("required", ()))
    fill = fill_defaults(place, "object", schema)

    def check_shortly(data: Any, failures: Failures) -> bool:
        if type(data) is dict:
            if fill is not None:
                fill(data, failures)
            if data.keys() >= required:
                for name, value in data.items():
                    if type(value) not in classes.get(name, others):
                        check = checks.get(name)
                        if check is None:
                            break
                        known = len(failures)
                        if not check(value, failures):
                            del failures[known:]  # the general way finds it again, in its turn
                            failures.closed = False
                            break
                else:
                    return True
        return general(data, failures)

    return check_shortly


def _classes(member: Any) -> frozenset[type]:
    """The classes whose values ``member`` lets pass, all of them; none where more than the type counts."""
    if is_always_valid(member):
        return _EVERY
    if member is False or not _TYPE_RULES.issuperset(RULES.intersection(member)):
        return _NONE
    return _NONE.union(*(_CLASSES[name] for name in types_of(member)))


def _is_scalar(member: Any) -> bool:
    return isinstance(member, dict) and _SCALAR_RULES.issuperset(RULES.intersection(member))
