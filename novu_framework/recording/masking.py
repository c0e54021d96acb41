"""The texts of one event and of its answer, with pseudonyms in the place of what people said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from novu_framework.recording.pseudonyms import LONG_NUMBER, MOMENT, SPECIAL, WORD, Pseudonyms

UNKNOWN = "\u2592"
"""Each letter of a word that came from nowhere: from no event, and from no text of the app."""
_SHORTEST = 2
_MOST_NAMES = 4
"""So many words may be the name of somebody."""
_MOST_PHRASES = 200
_LONG_WORD = 20
"""No word of a text is so long: it is a token."""
_BIRTH = re.compile("birth|born|dob", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!]")
_END_OF_STYLE = re.compile(r"</style\s*>", re.IGNORECASE)
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
        self._by_first_word: dict[str, dict[str, tuple[str, int]]] = {}
        self._birthdays: dict[str, str] = {}

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
                self._member(key): self._birthday(one)
                if _BIRTH.search(key) and isinstance(one, str) and MOMENT.fullmatch(one)
                else self.given(one)
                for key, one in value.items()
            }
        if isinstance(value, list):
            return [self.given(one) for one in value]
        return self._pseudonyms.number(value) if isinstance(value, (int, float)) else value

    def _member(self, key: str) -> str:
        """Return the name of a member: that of a field as it is, and what somebody is called by with a pseudonym."""
        is_said = any(word.lower() not in self._known for word in WORD.findall(key)) and " " in key.strip()
        return self._pseudonyms.text(key) if is_said or SPECIAL.search(key) or _is_long(key) else key

    def _birthday(self, said: str) -> str:
        if said not in self._birthdays:
            self._birthdays[said] = self._pseudonyms.birthday(said)
            self.note(said, self._birthdays[said])
        return self._birthdays[said]

    def note(self, said: str, masked: str) -> None:
        """Take a pseudonym for a text of the event: the answer has it too, and the words of a name have theirs."""
        if masked == said or len(said) < _SHORTEST:
            return
        self._remember(said, masked)
        words, others = WORD.findall(said), WORD.findall(masked)
        if len(words) == len(others) and len(words) <= _MOST_NAMES:
            for word, other in zip(words, others, strict=True):
                if (
                    word[:1].isupper()
                    and len(word) >= _SHORTEST
                    and word not in self._by_first_word.get(word, ())
                ):
                    self._remember(word, other)

    def _remember(self, said: str, masked: str) -> None:
        """Keep a phrase by its first word, as an answer may spell it. Raises `ValueError` for too many to look for."""
        for spell in (str, escape, _html, str.upper, str.title):
            phrase = spell(said)
            first = WORD.search(phrase)
            if first is not None:
                known = self._by_first_word.setdefault(first[0], {})
                known[phrase] = spell(masked), first.start()
                if len(known) > _MOST_PHRASES:
                    raise ValueError("too many texts begin alike")

    def answered(self, value: Any) -> Any:
        """Return JSON data of an answer: what came with the event is masked, and so is what came from nowhere."""
        if isinstance(value, str):
            return value if value in self._kept else self._answered(value)
        if isinstance(value, dict):
            return {self._member(key): self.answered(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.answered(one) for one in value]
        return self._pseudonyms.number(value) if isinstance(value, (int, float)) else value

    def _answered(self, said: str) -> str:
        if MOMENT.fullmatch(said):
            return self._birthdays.get(said, said)
        return "".join(
            self._in_markup(part) if is_markup else self._in_text(part) for is_markup, part in _parts(said)
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
        made, end = [], 0
        for word in WORD.finditer(said):
            candidates = self._by_first_word.get(word[0], {})
            for phrase in sorted(candidates, key=len, reverse=True):
                masked, offset = candidates[phrase]
                start = word.start() - offset
                after = start + len(phrase)
                is_whole = not phrase[-1].isalnum() or not said[after : after + 1].isalnum()
                if start >= end and is_whole and said.startswith(phrase, start):
                    made += [rest(said[end:start]), masked]
                    end = after
                    break
        return "".join([*made, rest(said[end:])])

    def _is_known_address(self, address: str) -> bool:
        return all(
            word.lower() in self._known or not _is_long(word) for word in WORD.findall(address)
        ) and all(word.lower() in self._known for word in WORD.findall(address) if not word.isdecimal())

    def _unknown_words(self, said: str) -> str:
        said = self._pseudonyms.special(said, self._is_known_address)
        return WORD.sub(self._unknown_word, said)

    def _unknown_word(self, found: re.Match[str]) -> str:
        word = found[0]
        if word.isdecimal():
            return word if len(word) < LONG_NUMBER else UNKNOWN * len(word)
        if word.lower() in self._known or word in ("person", "example", "com", "https"):
            return word
        return UNKNOWN * len(word)


def _parts(said: str) -> Iterator[tuple[bool, str]]:
    """Give the parts of a text in order: whether each is markup (a tag, a comment, a whole style sheet), and what it is."""
    end = 0
    for tag in _TAG.finditer(said):
        start = tag.start()
        if start < end:
            continue
        if said.startswith("<!--", start):
            found = said.find("-->", start)
            after = found + 3 if found >= 0 else 0
        elif said[start : start + 6].lower() == "<style":
            closing = _END_OF_STYLE.search(said, start)
            after = closing.end() if closing else 0
        else:
            after = said.find(">", start) + 1
        if not after:  # it does not end, so nothing after it is looked at as markup
            break
        yield False, said[end:start]
        yield True, said[start:after]
        end = after
    yield False, said[end:]


def _html(said: str) -> str:
    return escape(said, quote=False)


def _is_long(word: str) -> bool:
    return len(word) >= _LONG_WORD or sum(letter.isdecimal() for letter in word) >= LONG_NUMBER
