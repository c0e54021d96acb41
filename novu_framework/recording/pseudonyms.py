"""Texts of people with other words in their place: the same for the same word, so that equal values stay equal.

A pseudonym keeps the form: the length of a word and its capitals, the digits of a number, the `@` of an address. Nothing of the
word itself is left, and without the key nobody can make the same.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import date

MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?|wss?)://[^\s<>\"']+")
WORD = re.compile(r"[^\W_]+")
LONG_NUMBER = 7
"""A number with so many digits may be a phone, an account or a card."""
SPECIAL = re.compile(f"({_URL.pattern})|({_EMAIL.pattern})")
_ANY = re.compile(f"{SPECIAL.pattern}|{WORD.pattern}")
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"


class Pseudonyms:
    """Gives the words of people other words.

    Args:
        key: The same key gives the same words.

    >>> words = Pseudonyms(b"key")
    >>> words.text("Ann") == words.text("Ann") != "Ann"
    True
    >>> words.text("ann@acme.test").endswith("@example.com")
    True
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def text(self, said: str) -> str:
        """Return a text without anything of what it says; moments stay as they are."""
        if MOMENT.fullmatch(said):
            return said
        if _UUID.fullmatch(said):
            digest = self._stream(said.lower()).hex()
            return "-".join(
                (digest[:8], digest[8:12], f"4{digest[13:16]}", f"8{digest[17:20]}", digest[20:32])
            )
        return _ANY.sub(self._replaced, said)

    def birthday(self, said: str) -> str:
        """Return another day, up to ten years before, in the same form; what is no day of a calendar as it is."""
        try:
            day = date.fromisoformat(said[:10])
        except ValueError:
            return said
        days = 1 + int.from_bytes(self._stream(said[:10])[:4], "big") % 3650
        return date.fromordinal(max(day.toordinal() - days, 1)).isoformat() + said[10:]

    def number(self, value: int | float) -> int | float:
        """Return a number; a long one has other digits."""
        text = str(value)
        if isinstance(value, bool) or not isinstance(value, int) or len(text.lstrip("-")) < LONG_NUMBER:
            return value
        return int(self.digits(text))

    def digits(self, said: str) -> str:
        """Return a text with other digits; its letters stay."""
        return re.sub(r"\d+", lambda found: self._shaped(found[0]), said, flags=re.ASCII)

    def special(self, said: str, is_known: Callable[[str], bool]) -> str:
        """Return a text with other addresses in place of its email addresses and URLs, but for known ones."""
        return SPECIAL.sub(lambda found: found[0] if is_known(found[0]) else self._special(found), said)

    def _special(self, found: re.Match[str]) -> str:
        said = found[0]
        number = int.from_bytes(self._stream(said.lower())[:4], "big") % 10**6
        return f"https://example.com/{number:06d}" if found[1] else f"person.{number:06d}@example.com"

    def _replaced(self, found: re.Match[str]) -> str:
        return self._special(found) if found[1] or found[2] else self._shaped(found[0])

    def _shaped(self, said: str) -> str:
        """Return other letters and digits, each of the same sort: a vowel, a consonant, a capital, a digit."""
        stream = self._stream(said.lower())
        made = [_other(letter, stream[index % len(stream)], index) for index, letter in enumerate(said)]
        if "".join(made).lower() == said.lower():
            made = [
                _other(letter, stream[index % len(stream)] + 1, index) for index, letter in enumerate(said)
            ]
        return "".join(made)

    def _stream(self, said: str) -> bytes:
        return hmac.new(self._key, said.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _other(letter: str, chance: int, index: int) -> str:
    if letter.isdecimal():
        # a number that begins with a zero would be another type of number
        return str(1 + chance % 9) if index == 0 and letter != "0" else str(chance % 10) if index else letter
    lower = letter.lower()
    made = (_VOWELS if lower in _VOWELS else _CONSONANTS)[
        chance % (5 if lower in _VOWELS else len(_CONSONANTS))
    ]
    return made.upper() if letter.isupper() else made
