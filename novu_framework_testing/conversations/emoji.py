"""Emoji by the names that agents get: `thumbs_up` for 👍."""

from __future__ import annotations

import unicodedata

_NAMES = {
    "❤": "heart",
    "✅": "check",
    "❌": "x",
    "🎉": "party",
    "🔥": "fire",
    "⚠": "warning",
    "😀": "smile",
    "😂": "laugh",
    "💯": "100",
}


def emoji_name(emoji: str) -> str:
    """Return the name of an emoji; a name stays as it is.

    >>> emoji_name("👍"), emoji_name(":eyes:"), emoji_name("rocket"), emoji_name("🚀")
    ('thumbs_up', 'eyes', 'rocket', 'rocket')
    """
    first = emoji[:1]
    if not first or first.isascii():
        return emoji.strip(":")
    name = _NAMES.get(first) or unicodedata.name(first, emoji).removesuffix(" SIGN")
    return name.lower().replace(" ", "_").replace("-", "_")
