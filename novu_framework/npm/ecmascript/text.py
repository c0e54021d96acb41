"""Text: what is blank, and UTF-16, in which JavaScript counts and indexes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

BLANKS: Final = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
r"""What `trim()` takes away and `\s` matches, which is not what Python's `strip()` and `\s` do."""

# All bytes but the first one of a character beyond U+FFFF, in UTF-8.
_NO_LEADS: Final = bytes(range(0xF0))
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TWO_UNITS = re.compile("[^\x00-\uffff]")


def join_surrogates(text: str, work: Callable[[int], None] = lambda nanoseconds: None) -> str:
    """Return text with each pair of surrogates made the one character that it stands for.

    ``work`` is told the time of each pair before it is joined.
    """
    if text.isascii() or _PAIR.search(text) is None:
        return text

    def character(pair: re.Match[str]) -> str:
        work(500)
        high, low = map(ord, pair[0])
        return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)

    return _PAIR.sub(character, text)


def escape_lone_surrogates(text: str) -> str:
    r"""Return text with pairs of surrogates joined and lone ones written as `\ud800`, as `JSON.stringify` does."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = join_surrogates(text)
        # Python escapes what UTF-8 cannot carry in the same way; in pieces, since each is held in four forms meanwhile
        pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
        return "".join([piece.encode("utf-8", "backslashreplace").decode() for piece in pieces])
    return text


_PIECE: Final = 65_536


def utf16_length(text: str) -> int:
    """Return the length of text as JavaScript counts it: a character beyond U+FFFF is two."""
    if text.isascii() or _TWO_UNITS.search(text) is None:
        return len(text)
    data = text.encode("utf-8", "surrogatepass")
    return len(text) + len(data.translate(None, _NO_LEADS))


def utf16_unit(text: str, index: int, work: Callable[[int], None] = lambda nanoseconds: None) -> str | None:
    """Return the UTF-16 unit at ``index``, counted from the end where it is negative, or None.

    ``work`` is told the time of what takes longer than `utf16_length` does.
    """
    if text.isascii() or _TWO_UNITS.search(text) is None:
        return text[index] if -len(text) <= index < len(text) else None
    data = _utf16(text, work)
    start = 2 * index if index >= 0 else len(data) + 2 * index
    return chr(data[start] | data[start + 1] << 8) if 0 <= start < len(data) else None


def _utf16(text: str, work: Callable[[int], None]) -> bytes:
    try:
        return text.encode("utf-16-le")
    except UnicodeEncodeError:  # Python takes long over each half of a pair
        work(200 * len(text))
        return text.encode("utf-16-le", "surrogatepass")


def utf16_units(text: str) -> list[str]:
    """Return text as JavaScript indexes it: one string for each UTF-16 unit."""
    if text.isascii() or _TWO_UNITS.search(text) is None:
        return list(text)
    data = text.encode("utf-16-le", "surrogatepass")
    return [chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2)]


def utf16_sort_key(text: str) -> bytes:
    """Return a key that orders text as JavaScript does, by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")
