"""The parts of an override: what a reader gathers of it, in the order of reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from novu_framework_testing.snapshots import json_text
from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.overrides.looks import LOOKS, WORKS, coloured
from novu_framework_testing.snapshots.overrides.markup import said
from novu_framework_testing.snapshots.reading import Block, readable_blocks, row_labels
from novu_framework_testing.snapshots.timing import length_in_words

_DEEPEST = 40
WHO = "who is meant by"
"""How the setting of a part begins that says who a name in it is."""
LINE = "a line across"
"""What a divider is called, which has no words."""
BESIDE = "is_beside"
"""What says in the looks of a button that it stands beside the one before; and how that begins which says so of a column."""
KIND = "kind_of_value"
FIELD_KIND = "field_kind"
"""What says in the looks of a listed value whether it is a text, a number or another kind of value."""
_PAGE = re.compile(r"<(?:html|body|table|div|p|br|h[1-6]|a|img|ul|td|span)\b[^<>]*>", re.IGNORECASE)
_TEXTS = frozenset(("text", "heading", "list item"))
# These say little by themselves: `id of data`.
_VAGUE = frozenset(
    (
        "id",
        "active",
        "disabled",
        "enable",
        "enabled",
        "mode",
        "on",
        "status",
        "value",
        "name",
        "type",
        "text",
        "key",
        "title",
        "code",
        "url",
        "body",
        "content",
        "label",
        "link",
        "email",
    )
)


@dataclass
class Part:
    """One part: what is read of it, and what is not.

    Attributes:
        block: What is read.
        styles: How some of its words are set: the style and the words.
        looks: What it looks like, by what the provider calls that and how deep that stood.
        unseen: The settings that nobody sees, in the same way.
        depth: How deep it stood.
        holders: What holds it, the innermost first; empty for what holds others.
        is_small: Whether it is drawn as what says less than the rest.
        number: The number that its words were made of, as of a moment; empty where they are as they stood.
    """

    block: Block
    styles: tuple[tuple[str, str], ...] = ()
    looks: dict[tuple[int, str], Any] = field(default_factory=dict)
    unseen: dict[tuple[int, str], Any] = field(default_factory=dict)
    depth: int = 0
    holders: list[Part] = field(default_factory=list, repr=False, compare=False)
    is_small: bool = False
    number: str = ""

    @property
    def name(self) -> str:
        """Its name inside a sentence."""
        if not self.block.kind:
            return ""
        return f"{self.block.kind} “{self.words}”" if self.block.text else self.block.kind

    @property
    def words(self) -> str:
        """Its words inside a sentence, or what it is where it has none."""
        words = self.block.text or self.block.kind
        return words if len(words) <= 40 else f"{words[:39]}…"


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Return a name as all its spellings have it: providers take camelCase and snake_case alike."""
    return name.replace("_", "").replace("-", "").lower()


class Fields:
    """A record of an override. What is taken is read; what is left has to be kept in another way.

    Args:
        record: The record; anything else has no fields.
    """

    def __init__(self, record: object) -> None:
        self._record: Mapping[str, Any] = record if isinstance(record, Mapping) else {}
        self._left: dict[str, str] = {}
        for key in self._record:
            self._left[key if fold(key) in self._left else fold(key)] = key

    def __contains__(self, name: str) -> bool:
        return fold(name) in self._left

    def take(self, name: str, kind: type | tuple[type, ...] = object) -> Any:
        """Return a value and take it, if it is of that kind; None otherwise."""
        key = self._left.get(fold(name))
        if key is None or not isinstance(self._record[key], kind):
            return None
        del self._left[fold(name)]
        return self._record[key]

    def text(self, name: str) -> str:
        """Take a text or a number, as text; empty where there is none."""
        value = self.take(name, (str, int, float, json_text.Placeholder))
        return "" if value is None else plain(value)

    def record(self, name: str) -> Mapping[str, Any]:
        """Take a record; an empty one where there is none."""
        return self.take(name, Mapping) or {}

    def list(self, name: str) -> Sequence[Any]:
        """Take a list; an empty one where there is none."""
        return self.take(name, list) or []

    def rest(self) -> dict[str, Any]:
        """Return what was not taken."""
        return {key: self._record[key] for key in self._left.values()}


class Announced(NamedTuple):
    """The text of a message that is its notification.

    Attributes:
        words: The text as it is written.
        first, end: The numbers of its parts.
        is_alone: Whether it is what is read in the message too, since there is nothing else.
    """

    words: str
    first: int
    end: int
    is_alone: bool


Reader: TypeAlias = "Callable[[Fields, Sheet], None]"
"""Reads one record onto a sheet."""


class Sheet:
    """All that is read of one override.

    Attributes:
        parts: What was read; the first is the message itself.
        holders: What holds several parts, such as a card, each called by its first words.
        pages: The HTML in it, by what it is.
        tables: The tables in it, each the parts of its cells, by row.
        called: What fields that are listed do, where their names are words of code.
        own: What fields are called whose own fields are named by the app, and set nothing: each by how those are called.
        announced: The text of the message that its notification shows.
        lasting: How many seconds one is, of the fields that are listed and say how long something takes.
    """

    def __init__(self) -> None:
        self.parts: Final = [Part(Block("", ""))]
        self.holders: list[Part] = []
        self.pages: dict[str, str] = {}
        self.tables: list[list[list[list[Part]]]] = []
        self.depth: int = 0
        self.called: Mapping[str, str] = {}
        self.lasting: Mapping[str, float] = {}
        self.own: Mapping[str, str] = {}
        self.template = ""
        self.announced = Announced("", 0, 0, is_alone=False)
        self._are_headed: list[bool] = []

    def add(self, kind: str, words: str, target: str = "", *, inside: bool = False) -> None:
        """Read a part of one line, without markup; nothing where it has neither words nor an address."""
        if words or target:
            self._append(Block(kind, " ".join(words.split("\n")), target, inside))

    def announce_as(self, other: Sheet) -> None:
        """Take the text of a message of text alone as its notification too, as one with more than that has it by itself.

        Where the other one's notification says the same, it is left out there instead.
        """
        own, its = self.announced, other.announced
        if not own.is_alone or its.is_alone or not (own.words and its.words):
            return
        if own.words == its.words:
            del other.parts[its.first : its.end]
            return
        for part in other.parts[its.first : its.end]:
            part.styles = ()  # a notification shows none
        self.parts[own.end : own.end] = [
            Part(Block("notification", part.block.text), depth=part.depth)
            for part in self.parts[own.first : own.end]
            if not part.block.inside
        ]

    def add_beside(self, kind: str, words: str, target: str = "") -> None:
        """Read a part of one line that the other settings of its record are not about."""
        self.depth += 1
        self.add(kind, words, target)
        self.depth -= 1

    def say(self, words: str, flavour: str = "none", kind: str = "text") -> None:
        """Read a text in the markup of a program, a part for each line and each link in it.

        Args:
            words: The text.
            flavour: Whose markup it is, one of `markup.FLAVOURS`.
            kind: What its lines are called, unless the markup says it.
        """
        for line in said(words, flavour):
            self._append(Block(line.kind or kind, line.text), line.styles)
            if line.meant:
                self.parts[-1].unseen |= {(self.depth, f"{WHO} {name}"): who for name, who in line.meant}
            for label, target in line.links:
                whole = label == line.text
                if whole:
                    self.parts[-1].block = Block("link", label, target)
                else:
                    self.add("link", label, target, inside=label in line.text)
            for alternative, target in line.images:
                self.add("image", alternative, target)

    def _append(self, block: Block, styles: tuple[tuple[str, str], ...] = ()) -> None:
        self.parts.append(Part(block, styles, depth=self.depth))

    def belongs(self, first: int, kind: str, label: str) -> None:
        """Say of the parts of a kind, from the number `first` on, what they belong to, as the choices of a menu do."""
        for part in self.parts[first:]:
            if part.block.kind == kind:
                part.block = part.block._replace(row=short(label))

    def cells(self, row: Iterable[object], read: Callable[[object, Sheet], None]) -> list[list[Part]]:
        """Read the cells of a row of a table; return the parts of each."""
        found = []
        for cell in row:
            first = len(self.parts)
            read(cell, self)
            found.append(self.parts[first:])
        return found

    def add_table(
        self, rows: list[list[list[Part]]], columns: Iterable[Mapping[str, Any]], *, is_headed: bool = True
    ) -> None:
        """Say that rows of cells are a table, how each of its columns looks, and whether the first row says what is in them."""
        self.tables.append(rows)
        self._are_headed.append(is_headed)
        for cell, looks in zip(rows[0] if rows else (), columns, strict=False):
            for part in cell[:1]:
                part.looks |= {(self.depth, key): value for key, value in looks.items() if fold(key) in LOOKS}

    def label_tables(self) -> None:
        """Say of the parts of tables what they are about, as of the cells of an email."""
        for table, is_headed in zip(self.tables, self._are_headed, strict=True):
            of_cells = row_labels(words_of_cells(table), is_headed=is_headed)
            for row, labels in zip(table, of_cells, strict=True):
                for cell, label in zip(row, labels, strict=True):
                    for part in cell:
                        part.block = part.block._replace(row=part.block.row or label)

    def read(self, read: Reader, record: object) -> None:
        """Read a record; what its reader leaves is how its first part looks, or what nobody sees."""
        if not isinstance(record, Mapping) or self.depth > _DEEPEST:
            self.list("", record)
            return
        fields, first = Fields(record), len(self.parts)
        self.depth += 1
        read(fields, self)
        self.keep(fields.rest(), first)
        self.depth -= 1

    def read_all(
        self, table: Mapping[str, Reader], records: Iterable[object], type_name: str = "type"
    ) -> None:
        """Read records by what a table has for their type; of another type, each is listed."""
        for record in records:
            fields = Fields(record)
            kind = str(fields.take(type_name) or "")
            if kind in table:
                self.read(_typed(table[kind], type_name), record)
            else:
                self.list(words_of(kind), fields.rest() if kind else record)

    def keep(self, rest: Mapping[str, Any], first: int = 0, *, of_all: bool = False) -> None:
        """Keep what was not read, with what it is about.

        Args:
            rest: The fields that were not read. Those without a value say nothing.
            first: Where the parts of the record begin. One part of its own, or one that is no text, is what they are
                about; otherwise it is what holds them, and the message if there are none: of these, nothing is seen.
            of_all: Whether they are about all the parts together, whatever these are.
        """
        rest = {key: value for key, value in rest.items() if value not in (None, "")}
        parts = self.parts[first:] if first else []
        own = [part for part in parts if part.depth == self.depth and not part.block.inside]
        if own and not of_all and (len(own) == 1 or own[0].block.kind not in _TEXTS):
            part = own[0]
        elif parts:
            # one without settings too: the other version may have some
            words = next((part.block.text for part in parts if part.block.text), "")
            part = self._holder(parts, Block("part", words, str(self.depth)))
        else:
            part = self.parts[0]
        is_nothing = first and not parts
        for key, value in rest.items():
            is_seen = not is_nothing and (fold(key) in LOOKS or fold(key) in WORKS)
            (part.looks if is_seen else part.unseen)[self.depth, key] = value

    def _holder(self, parts: Sequence[Part], block: Block) -> Part:
        """Return what holds parts, which may be known already."""
        known = parts[0].holders[-1:]
        if known and known[0].block == block:
            return known[0]
        holder = Part(block)
        self.holders.append(holder)
        for part in parts:
            part.holders.append(holder)
        return holder

    def list_own(self, words: str, value: object, label: str = "", depth: int = 0) -> None:
        """Read JSON whose names are those of the app: no name in it sets anything.

        Args:
            words: How each value is called, such as `value {} of the template`.
            value: The values.
            label: What they are called together, if their names may say too little.
            depth: How deep it is in what is listed.
        """
        first, settings = len(self.parts), (self.called, self.lasting, self.own)
        self.called, self.lasting, self.own = {}, {}, {}
        self.list(label, value, depth)
        self.called, self.lasting, self.own = settings
        self.call(first, words)

    def call(self, first: int, words: str) -> None:
        """Call the parts from the number `first` on by more than their own names, such as `{} of the form`."""
        for part in self.parts[first:]:
            part.block = part.block._replace(kind=words.format(part.block.kind))

    def list(self, label: str, value: object, depth: int = 0) -> None:
        """Read any JSON: a part for each value, called by the last word of its path that says something.

        Args:
            label: What the value is called.
            value: The value.
            depth: How deep it is in what is listed.
        """
        if isinstance(value, Mapping) and (words := _file(value)):
            self.add("attachment", words)
            self.parts[-1].unseen |= {(depth, key): child for key, child in value.items()}
        elif isinstance(value, Mapping) and value and depth < _DEEPEST:
            for key, child in value.items():
                if isinstance(child, Mapping) and child and (own := self.own.get(fold(key))):
                    self.list_own(own, child, depth=depth + 1)
                    continue
                words = words_of(key)
                unit = self.lasting.get(fold(key))
                counted = _COUNTED.fullmatch(words) if unit is None and _length(child, 1) else None
                if counted:
                    words, unit = counted[1], _UNITS[counted[2]]
                name = self.called.get(fold(key)) or words
                vague = label and ((fold(key) in _VAGUE and name == words) or not any(map(str.isalpha, name)))
                first = len(self.parts)
                is_switch = fold(key) in _SWITCHES and isinstance(child, bool)
                named = label if is_switch or fold(key) == "email" else f"{name} of {label}"
                if self.called and fold(key) in _AS_NUMBERS and child in (0, 1):
                    child = bool(child)
                is_moment = bool(counted or _MOMENT.search(name) or _MOMENT.search(words))
                time = self._time(child, unit, is_moment=is_moment)
                self.list(named if vague else name, time or child, depth + 1)
                if time:
                    self.parts[-1].looks[0, KIND] = type(child).__name__
                    self.parts[-1].number = plain(child)
                # `orderId` and `order_id` are the same words, and not the same to an app
                for part in self.parts[first:]:
                    part.unseen[depth, "name in the data"] = key
        elif isinstance(value, list) and value and depth < _DEEPEST:
            for child in value:
                first = len(self.parts)
                self.list(label, child, depth + 1)
                if len(value) > 1 and isinstance(child, Mapping):
                    self._name_item(first)
        elif isinstance(value, str) and _PAGE.search(value) and label not in self.pages:
            self.pages[label] = value
        else:
            for line in coloured(_ADDRESS.sub(r"\1", _PLAIN.get(plain(value)) or plain(value))).split("\n"):
                is_address = label == "image" and "/" in line
                self._append(Block(label, "", line) if is_address else Block(label or "value", line))
                self.parts[-1].looks[0, KIND] = type(value).__name__

    def _name_item(self, first: int) -> None:
        """Call the parts of an item of a list, from the number `first` on, by its name, which is put first, as in a row of a table.

        That is what is called a name or a title, or else the first text that begins with a letter.
        """
        texts = [part for part in self.parts[first:] if part.block.text[:1].isalpha() and not part.number]
        names = [part for part in texts if _NAME.search(part.block.kind)] or texts
        if names:
            others = [part for part in self.parts[first:] if part is not names[0]]
            self.parts[first:] = [names[0], *others]
            for part in others:
                part.block = part.block._replace(row=part.block.row or short(names[0].block.text))

    def _time(self, value: object, unit: float | None, *, is_moment: bool) -> str | None:
        """Return a moment or a length of time in words; None for what is neither, as a text is in the data of an app.

        Args:
            value: The value.
            unit: How many seconds one is, where it may be a length.
            is_moment: Whether it may be a moment.
        """
        is_read = is_moment and bool(self.called or not isinstance(value, str))
        moment = _moment(value) if is_read else None
        return moment or (_length(value, unit) if unit else None)

    def fine_print(self) -> int:
        """Return the number of the first of the parts that end the message and are small, or are pressed; without the message itself."""
        parts = self.parts[1:]
        first = len(parts)
        for at in range(len(parts) - 1, -1, -1):
            if parts[at].is_small:
                first = at
            elif parts[at].block.kind in _TEXTS:
                break
        return first

    def text(self) -> str:
        """Return all that is read of it, a line for each part."""
        return readable_blocks(part.block for part in self.parts[1:])


def _file(record: Mapping[str, Any]) -> str:
    """Return a file as a reader sees it, where a record is one of base64: `terms.pdf, application/pdf, 2,048 bytes`.

    >>> _file({"filename": "terms.pdf", "content": "JVBERi0xLjQ=", "type": "application/pdf"})
    'terms.pdf, application/pdf, 8 bytes'
    """
    fields = {fold(key): value for key, value in record.items()}
    name, content = fields.get("filename"), fields.get("content")
    if not (isinstance(name, str) and isinstance(content, str) and _BASE64.fullmatch(content)):
        return ""
    size = len(content) * 3 // 4 - content.count("=")
    kind = fields.get("type") or fields.get("contenttype")
    return ", ".join(filter(None, (name, kind and str(kind), f"{size:,} byte{'' if size == 1 else 's'}")))


_BASE64 = re.compile(
    r"(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?|[A-Za-z0-9+/]{2,3}={1,2}"
)
_SWITCHES = frozenset(("enable", "enabled", "active", "on"))
_AS_NUMBERS = frozenset(("mutablecontent", "contentavailable", "critical"))
"""What Apple writes as 1 or 0 among its own settings, and is yes or no."""
_PLAIN = {"List-Unsubscribe=One-Click": "with one click"}
_NAME = re.compile(r"\b(?:name|title|label)\b")
_ADDRESS = re.compile(r"<((?:https?:|mailto:)[^<>\s]+)>")
"""An address as headers of an email have it."""
_MOMENT = re.compile(
    r"(?:^|\s)(?:at|time|date|timestamp|expiry|expires|expiration)$|^(?:until )?when it is |^until when "
)
_SECONDS = range(1_000_000_000, 10_000_000_000)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_UNITS = {"seconds": 1.0, "secs": 1.0, "milliseconds": 0.001, "millis": 0.001, "ms": 0.001}
_COUNTED = re.compile(rf"(.+?) (?:in )?({'|'.join(_UNITS)})")
_IN_SECONDS = re.compile(r"(\d{1,12}(?:\.\d+)?)s?")


def _length(value: object, unit: float) -> str | None:
    """Return how long a number of a unit takes, in words; a text is one of seconds. None for what is neither.

    >>> _length(7_200_000, 0.001), _length("3600s", 0.001), _length("soon", 1)
    ('2 hours', '1 hour', None)
    """
    if isinstance(value, str):
        found = _IN_SECONDS.fullmatch(value)
        return length_in_words(float(found[1])) if found else None
    if type(value) not in (int, float) or not 0 <= value < _ENDLESS:  # type: ignore[operator]
        return None
    return length_in_words(value * unit)  # type: ignore[operator]


_ENDLESS = 10**13
_DIGITS = re.compile(r"[0-9]{10,13}")


def moment_in_words(value: object) -> str:
    """Return a moment that is a number of seconds in words; another value as text, and nothing for none.

    >>> moment_in_words("1780000000"), moment_in_words("soon"), moment_in_words(None)
    ('28 May 2026, 20:26 UTC', 'soon', '')
    """
    return "" if value is None else _moment(value) or plain(value)


def _moment(value: object) -> str | None:
    """Return a moment that is a number of seconds, or of milliseconds, in words; None for another number.

    >>> _moment(1780000000)
    '28 May 2026, 20:26 UTC'
    """
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if not isinstance(value, int):
        return None
    seconds = value if value in _SECONDS else value // 1000
    if seconds not in _SECONDS:
        return None
    at = datetime.fromtimestamp(seconds, timezone.utc)
    return f"{at.day} {_MONTHS[at.month - 1]} {at:%Y, %H:%M} UTC"


def tell_numbers_apart(old: Sheet, new: Sheet) -> None:
    """Have moments and lengths of time as their numbers where the same words stand for several, as for two in one minute."""
    numbers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    timed = [part for sheet in (old, new) for part in sheet.parts if part.number]
    for part in timed:
        numbers[part.block.kind, part.block.text, part.looks[0, KIND]].add(part.number)
    for part in timed:
        if len(numbers[part.block.kind, part.block.text, part.looks[0, KIND]]) > 1:
            part.block = part.block._replace(text=part.number)


def words_of_cells(table: Sequence[Sequence[Sequence[Part]]]) -> list[list[str]]:
    """Return the words of the cells of a table."""
    return [
        [" ".join(part.block.text for part in cell if not part.block.inside) for cell in row] for row in table
    ]


def put_columns(sheet: Sheet, at: int, order: Sequence[int]) -> None:
    """Put the columns of a table in another order, and leave out those that are not in it."""
    width = len(sheet.tables[at][0])
    for row in sheet.tables[at]:
        if len(row) == width and (parts := [part for cell in row for part in cell]):
            start = next(place for place, part in enumerate(sheet.parts) if part is parts[0])
            row[:] = [row[source] for source in order]
            sheet.parts[start : start + len(parts)] = [part for cell in row for part in cell]


def words_of(key: str) -> str:
    """Return the name of a field in words: `clickAction` and `click_action` as `click action`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).replace("_", " ").strip()
    return spaced if spaced.isupper() else spaced.lower() or key


def plain(value: object) -> str:
    """Return a value as text: `yes` for true, a list or a record as the files have it."""
    if isinstance(value, str):
        return value
    text = json_text.write({"it": value}).removeprefix("it:").strip("\n")
    return text.removeprefix(" ")


def _typed(read: Reader, type_name: str) -> Reader:
    def reads(fields: Fields, sheet: Sheet) -> None:
        fields.take(type_name)
        read(fields, sheet)

    return reads
