"""The walk over a step's outputs: every string that is a value is HTML, keys are left alone."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from novu_framework.sanitize.document import sanitize_html

T = TypeVar("T")


def sanitize_outputs(outputs: T) -> T:
    """A copy of ``outputs`` with each string in it sanitised, however deep in dicts and lists.

    Keys, numbers, booleans and ``None`` stay as they are (the package answers 500 to a ``None``).

    >>> sanitize_outputs({"body": "<b>Hi", "data": [1, None, {"<i>": "a < b"}]})
    {'body': '<b>Hi</b>', 'data': [1, None, {'<i>': 'a &lt; b'}]}
    """
    return cast(T, _clean(outputs))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return sanitize_html(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value
