"""Colours as CSS writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

Colour: TypeAlias = "tuple[int, int, int]"

_NAMES: dict[str, Colour] = {
    "black": (0, 0, 0), "white": (255, 255, 255), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0), "navy": (0, 0, 128), "orange": (255, 165, 0),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "darkgray": (169, 169, 169), "darkgrey": (169, 169, 169), "whitesmoke": (245, 245, 245),
}  # fmt: skip


@lru_cache(maxsize=1024)
def colour_of(text: str) -> Colour | None:
    """Return an opaque colour; None for another one, or for a value that is none."""
    text = text.replace("!important", "").strip().lower()
    if found := re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", text):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := re.fullmatch(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", text):
        return int(found[1]), int(found[2]), int(found[3])
    return _NAMES.get(text)
