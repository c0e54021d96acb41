"""The short way through objects of which only the members and their values count, as they do of most.

The general way asks for each keyword by itself. Here one function asks for all of them, in the same order, and leaves a
value that has too many or too few members to the general way, which finds out what is wrong.
"""

from __future__ import annotations

from typing import Any

from novu_framework.npm.ajv.compilation import Check, Failures, Place
from novu_framework.npm.ajv.keywords import RULES, check_properties, fill_defaults, is_always_valid

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
    members = check_properties(place, properties)
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
        return members is None or members(data, failures)

    return check
