"""How values are printed into controls: as they may stand inside a JSON string, since controls are one JSON text."""

from __future__ import annotations

import re
from typing import Any, Final

from novu_framework.npm.ecmascript.numbers import MAX_SAFE_INTEGER
from novu_framework.npm.liquidjs.values import Drop, is_nil, js_text, liquid_json, replaced

_ESCAPED: Final = re.compile(r'[\\"\n\r\t]')
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printed(value: Any) -> str:
    """Return a value as ``@novu/framework`` prints it.

    Text is escaped for JSON, arrays and objects are JSON with single quotes, and nil is nothing.

    >>> print(printed('say "hi"'), printed({"a": [1.0, None]}))
    say \\"hi\\" {'a':[1,null]}
    """
    if type(value) is str:
        return value if _ESCAPED.search(value) is None else _escaped(value)
    if type(value) is int and -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return str(value)
    if isinstance(value, str):
        return _escaped(js_text(value))
    return json_or_text(value)


def _escaped(text: str) -> str:
    for character, escape in _ESCAPES.items():  # the first is the backslash
        text = replaced(text, character, escape)
    return text


def json_or_text(value: Any, indent: str = "") -> str:
    """Return arrays and objects as `quoted_json`, anything else as JavaScript's text, and nothing of nil."""
    if isinstance(value, (list, dict, Drop)):
        return quoted_json(value, indent)
    return "" if is_nil(value) else js_text(value)


def quoted_json(value: Any, indent: str = "") -> str:
    """Return JSON with single quotes, and its line breaks written as ``\\n``."""
    return liquid_json(value, indent).replace('"', "'").replace("\n", "\\n")
