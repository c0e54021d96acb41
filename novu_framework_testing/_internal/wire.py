"""JSON as it travels, so that every bridge hands over the same data."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def encode(value: Any) -> str:
    """Write compact JSON.

    Raises:
        ValueError: NaN or an infinity.
        TypeError: A value that JSON does not have.
    """
    return _encode(value)


def to_plain_json(value: Any) -> Any:
    """Return `value` as JSON data of its own. Raises as `encode` does."""
    return json.loads(_encode(value))


def decode(body: bytes) -> Any:
    """Read JSON as it arrived.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        return from_json(body)
    except ValueError:  # such as a lone surrogate, which Python's own parser lets through
        return json.loads(body)
