"""Long texts that have much in common, kept once: thousands of emails are a few templates and some names."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"[^>\n]*[>\n]|[^>\n]+\Z")
_LONG = 200
_SHORTEST = 64
_LONGEST = 4096


def share(data: Any) -> dict[str, Any]:
    """Return JSON data whose long texts are cut into pieces, each kept once; `Shared.restore` makes them whole.

    Returns:
        `{"pieces": [...], "data": ...}`, where a long text is `{"$": [places of its pieces]}`, and a mapping that
        has a `$` of its own is `{"$": mapping}`.
    """
    places: dict[str, int] = {}

    def shared(value: Any) -> Any:
        if isinstance(value, str):
            if len(value) < _LONG:
                return value
            return {"$": [places.setdefault(piece, len(places)) for piece in pieces_of(value)]}
        if isinstance(value, Mapping):
            made = {key: shared(child) for key, child in value.items()}
            return {"$": made} if "$" in made else made
        if isinstance(value, (list, tuple)):
            return [shared(child) for child in value]
        return value

    made = shared(data)
    return {"pieces": list(places), "data": made}


def pieces_of(text: str) -> list[str]:
    """Cut a text where its own tags and lines say so, so that an insertion changes the pieces around it only."""
    pieces: list[str] = []
    start = end = 0
    for token in _TOKEN.finditer(text):
        end = token.end()
        length = end - start
        if length >= _LONGEST or (
            length >= _SHORTEST and zlib.crc32(token[0].encode("utf-8", "replace")) % 8 == 0
        ):
            pieces.append(text[start:end])
            start = end
    if start < len(text):
        pieces.append(text[start:])
    return pieces
