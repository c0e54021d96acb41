"""JSON as it travels, so that every bridge hands over the same data."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def encode(value: Any) -> str:
    """Compact JSON. Raises `ValueError` for NaN and infinities, `TypeError` for what is no JSON."""
    return _encode(value)


def plain(value: Any) -> Any:
    """`value` as JSON data of its own. Raises as `encode` does."""
    return json.loads(_encode(value))


def read(body: bytes) -> Any:
    """JSON as it arrived. Raises `ValueError`."""
    try:
        return from_json(body)
    except ValueError:  # such as a lone surrogate, which Python's own parser lets through
        return json.loads(body)
