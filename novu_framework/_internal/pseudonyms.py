"""Texts of people with other words in their place: the same for the same word, so that equal values stay equal.

A pseudonym keeps the form: the length of a word and its capitals, the digits of a number, the `@` of an address. Nothing of the
word itself is left, and without the key nobody can make the same.
"""

from __future__ import annotations

import calendar
import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

UNKNOWN = "\u2592"
"""Each letter of a word that came from nowhere: from no event, and from no text of the app."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?|wss?)://[^\s<>\"']+")
_WORD = re.compile(r"[^\W_]+")
_LONG_NUMBER = 7
"""A number with so many digits may be a phone, an account or a card."""
_SHORTEST = 2
_MOST_NAMES = 4
"""So many words may be the name of somebody."""
_LONG_WORD = 20
"""No word of a text is so long: it is a token."""
_SPECIAL = re.compile(f"({_URL.pattern})|({_EMAIL.pattern})")
_SPECIAL_OR_WORD = re.compile(f"{_SPECIAL.pattern}|{_WORD.pattern}")
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
        if _MOMENT.fullmatch(said):
            return said
        if _UUID.fullmatch(said):
            digest = self._stream(said.lower()).hex()
            return "-".join(
                (digest[:8], digest[8:12], f"4{digest[13:16]}", f"8{digest[17:20]}", digest[20:32])
            )
        return _SPECIAL_OR_WORD.sub(self._replaced, said)

    def number(self, value: int | float) -> int | float:
        """Return a number; a long one has other digits."""
        text = str(value)
        if isinstance(value, bool) or not isinstance(value, int) or len(text.lstrip("-")) < _LONG_NUMBER:
            return value
        return int(self.digits(text))

    def digits(self, said: str) -> str:
        """Return a text with other digits; its letters stay."""
        return re.sub(r"\d+", lambda found: self._shaped(found[0]), said, flags=re.ASCII)

    def special(self, said: str, is_known: Callable[[str], bool]) -> str:
        """Return a text with other addresses in place of its email addresses and URLs, but for known ones."""
        return _SPECIAL.sub(lambda found: found[0] if is_known(found[0]) else self._special(found), said)

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


# --- what the app itself says ----------------------------------------------------------------------------

_TEXTS = frozenset(
    {
        ".py",
        ".html",
        ".htm",
        ".mjml",
        ".txt",
        ".md",
        ".j2",
        ".jinja",
        ".jinja2",
        ".liquid",
        ".mustache",
        ".po",
    }
)
_TRANSLATIONS = frozenset({"locales", "locale", "i18n", "translations", "lang"})
_NOT_OF_THE_APP = frozenset(
    {"tests", "test", "node_modules", "__snapshots__", "__pycache__", "site-packages", "fixtures"}
)
_MOST_FILES, _MOST_BYTES = 3000, 1_000_000


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the words of texts, in small letters, and the names of days and months."""
    words = {word.lower() for text in texts for word in _WORD.findall(text)}
    dates = [*calendar.day_name, *calendar.day_abbr, *calendar.month_name, *calendar.month_abbr]
    return words | {one.lower() for one in dates if one}


def texts_below(folders: Iterable[Path]) -> Iterator[str]:
    """Give the code, templates and translations below some folders, as much as is bearable; no tests, and no packages."""
    left = _MOST_FILES
    for folder in dict.fromkeys(folders):
        for home, names, files in os.walk(folder):
            names[:] = [
                name for name in names
                if name not in _NOT_OF_THE_APP and not name.startswith(".") and not Path(home, name, "pyvenv.cfg").exists()
            ]  # fmt: skip
            for name in files:
                path = Path(home, name)
                is_text = path.suffix in _TEXTS and not name.startswith(("test_", "conftest"))
                if not (
                    is_text
                    or (path.suffix in (".json", ".yml", ".yaml") and path.parent.name in _TRANSLATIONS)
                ):
                    continue
                left -= 1
                if left < 0:
                    return
                try:
                    if path.stat().st_size <= _MOST_BYTES:
                        yield path.read_text(encoding="utf-8", errors="replace")
                except OSError:
                    continue


# --- what is said of an event --------------------------------------------------------------------------------

_MARKUP = re.compile(r"(<style\b.*?</style\s*>|<!--.*?-->|<[^<>]*>)", re.DOTALL | re.IGNORECASE)
_SAYING = re.compile(
    r"""(\b(?:alt|title|href|src|content|aria-label)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE
)


class Masked:
    """The texts of one event and of its answer, with pseudonyms in the place of what people said.

    Args:
        pseudonyms: Gives them.
        kept: Texts that stay as they are: the choices of schemas.
        known: The words that the app itself says, in small letters.
    """

    def __init__(self, pseudonyms: Pseudonyms, kept: frozenset[str], known: set[str]) -> None:
        self._pseudonyms, self._kept, self._known = pseudonyms, kept, known
        self._said: dict[str, str] = {}
        self._phrases: re.Pattern[str] | None = None
        self._spelled: dict[str, str] = {}

    def given(self, value: Any) -> Any:
        """Return JSON data that came with an event, with nothing in it of what people said."""
        if isinstance(value, str):
            if value in self._kept or not value.strip():
                return value
            masked = self._pseudonyms.text(value)
            self.note(value, masked)
            return masked
        if isinstance(value, dict):
            return {
                (self._pseudonyms.text(key) if _SPECIAL.search(key) or _is_long(key) else key): self.given(
                    one
                )
                for key, one in value.items()
            }
        if isinstance(value, list):
            return [self.given(one) for one in value]
        return self._pseudonyms.number(value) if isinstance(value, (int, float)) else value

    def note(self, said: str, masked: str) -> None:
        """Take a pseudonym for a text of the event: the answer has it too, and the words of a name have theirs."""
        if masked == said or len(said) < _SHORTEST:
            return
        self._said[said] = masked
        words, others = _WORD.findall(said), _WORD.findall(masked)
        if len(words) == len(others) and len(words) <= _MOST_NAMES:
            for word, other in zip(words, others, strict=True):
                if word[:1].isupper() and len(word) >= _SHORTEST:
                    self._said.setdefault(word, other)

    def answered(self, value: Any) -> Any:
        """Return JSON data of an answer: what came with the event is masked, and so is what came from nowhere."""
        if isinstance(value, str):
            return value if value in self._kept else self._answered(value)
        if isinstance(value, dict):
            return {key: self.answered(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.answered(one) for one in value]
        return self._pseudonyms.number(value) if isinstance(value, (int, float)) else value

    def _answered(self, said: str) -> str:
        if _MOMENT.fullmatch(said):
            return said
        parts = _MARKUP.split(said) if "<" in said else [said]
        return "".join(
            self._in_markup(part) if index % 2 else self._in_text(part) for index, part in enumerate(parts)
        )

    def _in_markup(self, said: str) -> str:
        if said[:6].lower() == "<style" or said.startswith("<!--"):
            return self._pseudonyms.special(
                self._with_phrases(said, lambda rest: rest), self._is_known_address
            )
        return _SAYING.sub(
            lambda found: f"{found[1]}{found[2][0]}{self._in_text(found[2][1:-1])}{found[2][0]}", said
        )

    def _in_text(self, said: str) -> str:
        return self._with_phrases(said, self._unknown_words)

    def _with_phrases(self, said: str, rest: Callable[[str], str]) -> str:
        """Put pseudonyms in the place of what the event said, word by word, and do `rest` with what is between."""
        phrases = self._pattern()
        if phrases is None:
            return rest(said)
        made, end = [], 0
        for found in phrases.finditer(said):
            made += [rest(said[end : found.start()]), self._spelled[found[0]]]
            end = found.end()
        return "".join([*made, rest(said[end:])])

    def _pattern(self) -> re.Pattern[str] | None:
        if self._phrases is None and self._said:
            for said, masked in self._said.items():
                for spell in (str, escape, _html, str.upper, str.title):
                    self._spelled.setdefault(spell(said), spell(masked))
            longest = sorted(self._spelled, key=len, reverse=True)
            self._phrases = re.compile("|".join(rf"(?<![^\W_]){re.escape(one)}(?![^\W_])" if one[-1:].isalnum() and one[:1].isalnum()
                                                else re.escape(one) for one in longest))  # fmt: skip
        return self._phrases

    def _is_known_address(self, address: str) -> bool:
        return all(
            word.lower() in self._known or not _is_long(word) for word in _WORD.findall(address)
        ) and all(word.lower() in self._known for word in _WORD.findall(address) if not word.isdecimal())

    def _unknown_words(self, said: str) -> str:
        said = self._pseudonyms.special(said, self._is_known_address)
        return _WORD.sub(self._unknown_word, said)

    def _unknown_word(self, found: re.Match[str]) -> str:
        word = found[0]
        if word.isdecimal():
            return word if len(word) < _LONG_NUMBER else UNKNOWN * len(word)
        if word.lower() in self._known or word in ("person", "example", "com", "https"):
            return word
        return UNKNOWN * len(word)


def _html(said: str) -> str:
    return escape(said, quote=False)


def _is_long(word: str) -> bool:
    return len(word) >= _LONG_WORD or sum(letter.isdecimal() for letter in word) >= _LONG_NUMBER
