"""The walk over a step's outputs: every string that is a value is HTML, keys are left alone."""

from __future__ import annotations

from typing import Any, TypeVar

from novu_framework.npm.sanitize_html.document import sanitize_html

T = TypeVar("T")


def sanitize_outputs(outputs: T) -> T:
    """A copy of ``outputs`` with each string in it sanitised, however deep in dicts and lists.

    Keys, numbers, booleans and ``None`` stay as they are. A list directly within a list comes out
    as a dict of its indexes, since that is what the package makes of it.

    >>> sanitize_outputs({"body": "<b>Hi", "data": [1, None, {"<i>": "a < b"}, ["x"]]})
    {'body': '<b>Hi</b>', 'data': [1, None, {'<i>': 'a &lt; b'}, {'0': 'x'}]}
    """
    cleaned: T = _clean(outputs)
    return cleaned


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return sanitize_html(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(_indexed(item) if isinstance(item, (list, tuple)) else item) for item in value]
    return value


def _indexed(items: list[Any] | tuple[Any, ...]) -> dict[str, Any]:
    return {str(index): item for index, item in enumerate(items)}
