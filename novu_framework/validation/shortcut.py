"""The short way through objects of which only the members and their values count, as they do of most.

The general way asks for each keyword by itself. Here one function asks for all of them, in the same order; a value
that breaks more than the rules of one member is left to the general way, which finds out what is wrong.
"""

from __future__ import annotations

from typing import Any

from .compilation import Check, Failures, Place
from .keywords import RULES, fill_defaults, is_always_valid, members_of

_KEYWORDS = frozenset({"type", "$comment", "properties", "required", "additionalProperties"})


def shortened(place: Place, schema: dict[str, Any], general: Check) -> Check:
    """``general``, the check of ``schema`` at ``place``, with the short way ahead of it where there is one."""
    extras = schema.get("additionalProperties", True)
    is_open = is_always_valid(extras)
    if schema.get("type") != "object" or place.references.meta or not (is_open or extras is False):
        return general
    if not _KEYWORDS.issuperset(RULES.intersection(schema)):
        return general

    properties = schema.get("properties", {})
    members = members_of(place, properties)
    known = None if is_open else frozenset(properties)
    required = frozenset(schema.get("required", ()))
    fill = fill_defaults(place, "object", schema)

    def check(data: Any, failures: Failures) -> bool:
        if type(data) is not dict:
            return general(data, failures)
        if fill is not None:
            fill(data, failures)
        if not data.keys() >= required or not (known is None or known.issuperset(data)):
            return general(data, failures)
        start = len(failures)
        for name, passing, member in members:
            if name in data and type(data[name]) not in passing and not member(data[name], failures):
                failures.locate(start, name)
                return False
        return True

    return check
