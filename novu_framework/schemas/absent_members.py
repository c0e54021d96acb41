"""None for a member that is not given, as Python writes it and JSON Schema does not."""

from __future__ import annotations

from typing import Any

from novu_framework.npm.ajv.references import pointer_token
from novu_framework.npm.ajv.validator import Issue, Validator

_MOST_ROUNDS = 100
"""How many members, in different places, may be None: each costs a validation."""


def validate_given(validator: Validator, data: Any) -> tuple[Any, list[Issue]]:
    """Validate data in which None may stand for a member that is left out: `{"body": "Hi", "avatar": None}`.

    A None that the schema allows stays. One that it refuses is left out. Where the data still does not fit, the issues are
    those of what is left, and of a None in place of a member that is required.

    >>> text = {"type": "string"}
    >>> schema = {"type": "object", "properties": {"body": text, "avatar": text}, "required": ["body"]}
    >>> validate_given(Validator(schema), {"body": "Hi", "avatar": None})
    ({'body': 'Hi'}, [])
    >>> validate_given(Validator(schema), {"avatar": None, "body": None})[1]
    [Issue(path='/body', message='must be string')]
    """
    checked, issues = validator.validate(data)
    if not issues:
        return checked, issues
    given = data
    for _ in range(_MOST_ROUNDS):
        paths = {issue.path for issue in issues}
        fewer = given
        for path in paths:
            fewer = _without_null(fewer, path.split("/")[1:])
        if fewer is given:  # of several branches, the one that was meant may have been told of something else
            for key in data if isinstance(data, dict) else ():
                fewer = _without_null(fewer, [pointer_token(key)])
        if fewer is given:
            break
        given = fewer
        fitting, left = validator.validate(given)
        if not left:
            return fitting, []
        if {issue.path for issue in left} & {path.rpartition("/")[0] for path in paths} - paths:
            break  # it is missed where it was
        issues = left
    return checked, issues


def _without_null(data: Any, path: list[str]) -> Any:
    """Return the data without the member that a path leads to, if that is None; else the same data.

    Every element of a list is taken for the one that the path names: they are alike, and there may be many.
    """
    if isinstance(data, list) and len(path) > 1:
        elements = [_without_null(element, path[1:]) for element in data]
        return data if all(new is old for new, old in zip(elements, data, strict=True)) else elements
    key = path[0].replace("~1", "/").replace("~0", "~") if path else None
    if not isinstance(data, dict) or key not in data:
        return data
    if len(path) == 1:
        return {name: value for name, value in data.items() if name != key} if data[key] is None else data
    inner = _without_null(data[key], path[1:])
    return data if inner is data[key] else {**data, key: inner}
