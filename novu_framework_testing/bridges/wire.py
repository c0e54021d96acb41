"""JSON as it travels, so that every bridge hands over the same data."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
decode = json.loads


def encode(value: Any) -> str:
    """Compact JSON. Raises `ValueError` for NaN and infinities, `TypeError` for what is no JSON."""
    return _encode(value)


def copied(value: Any) -> Any:
    """`value` after a journey over the wire."""
    return decode(_encode(value))
