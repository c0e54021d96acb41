"""The walk over JSON data in which every string that is a value is HTML; keys are left alone."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from novu_framework.npm.sanitize_html.document import sanitize_html

T = TypeVar("T")


def sanitize_outputs(outputs: T) -> T:
    """Return a copy of ``outputs`` with each string in it sanitised, however deep in dicts and lists.

    Keys, numbers, booleans and ``None`` stay as they are. A list directly within a list comes out as a dict of its
    indices, as in the recorded answers.

    >>> sanitize_outputs({"body": "<b>Hi", "data": [1, None, {"<i>": "a < b"}, ["x"]]})
    {'body': '<b>Hi</b>', 'data': [1, None, {'<i>': 'a &lt; b'}, {'0': 'x'}]}
    """
    return cast("T", _clean(outputs))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return sanitize_html(value)
    if isinstance(value, dict):
        return {
            key: sanitize_html(item) if type(item) is str else _clean(item) for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [
            _clean(
                {str(index): inner for index, inner in enumerate(item)}
                if isinstance(item, (list, tuple))
                else item
            )
            for item in value
        ]
    return value
