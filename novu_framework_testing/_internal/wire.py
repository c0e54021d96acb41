"""JSON as it travels, so that every bridge hands over the same data."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
"""Writes compact JSON. Raises `ValueError` for NaN or an infinity, `TypeError` for what JSON does not have."""


def to_plain_json(value: Any) -> Any:
    """Return `value` as JSON data of its own. Raises as `encode` does."""
    return json.loads(encode(value))


def decode(body: bytes) -> Any:
    """Read JSON as it arrived. Raises `ValueError` for what is not JSON."""
    try:
        return from_json(body)
    except ValueError:  # such as a lone surrogate, which Python's own parser lets through
        return json.loads(body)
