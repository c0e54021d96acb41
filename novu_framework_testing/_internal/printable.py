"""Texts of others at a terminal, to which control characters would be commands."""

from __future__ import annotations

import unicodedata

# They turn the order of what follows on the line, also of what is not theirs.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    r"""Return text as people read it, with what a terminal would take for a command spelled out.

    >>> print(printable("Room\u00a04\x1b[2J"))
    Room 4\u001b[2J
    """
    if text.isprintable():
        return text
    return "".join(one if _is_text(one) else f"\\u{ord(one):04x}" for one in text)


def _is_text(sign: str) -> bool:
    if sign.isprintable() or sign == "\n":
        return True
    return unicodedata.category(sign) in ("Zs", "Cf") and sign not in _TURNS
