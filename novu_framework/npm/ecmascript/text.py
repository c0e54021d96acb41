"""Text: what is blank, and UTF-16, in which JavaScript counts and indexes."""

from __future__ import annotations

import re
from typing import Final

BLANKS: Final = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
r"""What `trim()` takes away and `\s` matches, which is not what Python's `strip()` and `\s` do."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def join_surrogates(text: str) -> str:
    """Return text with each pair of surrogates made the one character that it stands for."""
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def escape_lone_surrogates(text: str) -> str:
    r"""Return text with pairs of surrogates joined and lone ones written as `\ud800`, as `JSON.stringify` does."""
    if text.isascii():
        return text
    # Python escapes what UTF-8 cannot carry in the same way
    return join_surrogates(text).encode("utf-8", "backslashreplace").decode()


def utf16_length(text: str) -> int:
    """Return the length of text as JavaScript counts it: a character beyond U+FFFF is two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_units(text: str) -> list[str]:
    """Return text as JavaScript indexes it: one string for each UTF-16 unit."""
    if text.isascii() or max(text) <= "\uffff":
        return list(text)
    data = text.encode("utf-16-le", "surrogatepass")
    return [chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2)]


def utf16_sort_key(text: str) -> bytes:
    """Return a key that orders text as JavaScript does, by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")
