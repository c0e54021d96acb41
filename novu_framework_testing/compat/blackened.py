"""What a recording has blackened, since it came from elsewhere than the event: any word may have been there."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from novu_framework.recording import UNKNOWN

_PARTS = re.compile(r"[^\W_]+|\u2592+|\s+|.", re.DOTALL)


def uncovered(recorded: Any, now: Any) -> Any:
    """Return what was recorded, with the words that are there now in the place of blackened ones.

    >>> uncovered({"body": f"Dear {UNKNOWN * 4}, welcome"}, {"body": "Dear Ann, hello"})
    {'body': 'Dear Ann, welcome'}
    """
    if isinstance(recorded, str) and isinstance(now, str):
        return _text(recorded, now) if UNKNOWN in recorded else recorded
    if isinstance(recorded, dict) and isinstance(now, dict):
        return {key: uncovered(one, now.get(key)) for key, one in recorded.items()}
    if isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        return [uncovered(one, other) for one, other in zip(recorded, now, strict=True)]
    return recorded


def _text(recorded: str, now: str) -> str:
    old, new = _PARTS.findall(recorded), _PARTS.findall(now)
    made: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, is_now = old[start:end], new[first:last]
        if kind == "replace" and len(was) == len(is_now):
            was = [two if one.startswith(UNKNOWN) else one for one, two in zip(was, is_now, strict=True)]
        elif kind == "replace" and all(one.startswith(UNKNOWN) or one.isspace() for one in was):
            was = is_now
        made += was
    return "".join(made)
