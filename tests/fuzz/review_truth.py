"""What is true of an edited email, held against what a review says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from novu_framework_testing.snapshots.html_change import HtmlChange
from tests.fuzz.edited_emails import BUTTON, Edited, Email, Enclosed, Part, html_of

Span: TypeAlias = "range"
"""The numbers of texts that follow each other."""

_SHOWN = 40
"""So many letters of a text are shown where it is named."""


def explained(seed: int, edited: Edited, said: Sequence[HtmlChange], faults: Sequence[str]) -> str:
    """Return what a person needs to see that something said is not so."""
    told = [f"  {one.part}: {one.sentence or f'{one.old!r} became {one.new!r}'}" for one in said]
    return "\n".join(
        [
            f"seed {seed}",
            "old:",
            html_of(edited.old),
            "new:",
            html_of(edited.new),
            "said:",
            *told,
            "faults:",
            *faults,
        ]
    )


def _short(text: str) -> str:
    if len(text) <= _SHOWN:
        return text
    whole = re.match(rf".{{{_SHOWN // 2},{_SHOWN - 2}}}\S(?=\s)", text[:_SHOWN])
    return f"{whole[0] if whole else text[: _SHOWN - 1]}…"


# Where the texts of an email stand


class Place(NamedTuple):
    """What a sentence names: a kind of thing, the words of the first one, and how many parts more."""

    kind: str
    name: str
    more: int


_ROW, _TABLE, _COLUMN = "the row ", "the table that begins with ", "the column "
_LEVELS = {"heading": "2", "columns": "3"}


class Reading:
    """The texts of a version in order, and which of them a name stands for."""

    def __init__(self, email: Email) -> None:
        self.texts: list[str] = []
        self.values: set[str] = set()
        self.lines: set[str] = set()
        self.targets: dict[str, str] = {}
        self.places: dict[str, int] = {}
        self.in_rows: set[str] = set()
        self.levels: dict[str, str] = {}
        self.row_of: dict[str, str] = {}
        self._spans: dict[str, Span] = {}
        self._rows: dict[str, Span] = {}
        self._tables: dict[str, Span] = {}
        self._columns: dict[str, Span] = {}
        self._parts: tuple[list[Span], list[Span]] = [], []
        for part in email:
            self._read(part)
        self.at = {text: at for at, text in enumerate(self.texts)}

    def _read(self, part: Part) -> None:
        start = len(self.texts)
        for item in part.items:
            first = len(self.texts)
            self._add(item.words)
            if item.target:
                self.targets[item.words] = item.target
            if item.more:
                self._add(item.more)
            item_span = range(first, len(self.texts))
            if part.kind == "table":
                self.values.add(item.more)
                self.row_of[item.more] = item.words
                self._rows[_short(item.words)] = item_span
                self._parts[1][-2:] = [item_span]
            elif part.kind == "columns":
                self._columns[_short(item.words)] = item_span
            is_in_row = part.kind in ("table", "columns")
            if is_in_row:
                self.in_rows.update(self.texts[first:])
            for at in range(first, len(self.texts)):
                # the cells of a row are parts of their own, as the columns are
                self.places[self.texts[at]] = at if part.kind == "table" else first if is_in_row else start
            if part.kind in ("heading", "columns"):
                self.levels[item.words] = _LEVELS[part.kind]
        whole = range(start, len(self.texts))
        if part.kind == "table":
            self._tables[_short(part.items[0].words)] = whole
        elif part.kind == "links" and part.sign.strip():
            line = part.sign.join(each.words for each in part.items)
            self.lines.add(line)
            self._spans[_short(line)] = whole
            for parts in self._parts:
                parts[-len(whole) :] = [whole]

    def _add(self, text: str) -> None:
        at = len(self.texts)
        self.texts.append(text)
        self._spans[_short(text)] = range(at, at + 1)
        for parts in self._parts:
            parts.append(range(at, at + 1))

    def spans(self, place: Place) -> list[Span]:
        """Return what a name may stand for; nothing for what is not there.

        Parts after it are counted by the cells of a table, or by its rows: for one of these, what is said is to be so.
        """
        known = {_ROW: self._rows, _TABLE: self._tables, _COLUMN: self._columns}.get(place.kind, self._spans)
        found = known.get(place.name)
        if found is None or not place.more:
            return [found] if found else []
        made = []
        for parts in self._parts:
            first = next((at for at, part in enumerate(parts) if part.start == found.start), len(parts))
            if first + place.more < len(parts):
                made.append(range(found.start, parts[first + place.more].stop))
        return made


def _became(said: Sequence[HtmlChange]) -> dict[str, str]:
    """Return which text is told to have become which, by the new one."""
    return {one.new: one.old for one in said if one.old and one.new and not _TARGET.fullmatch(one.part)}


# What is said of places

_PLACE = (
    rf"({_ROW}|{_TABLE}|{_COLUMN}|the picture |the buttons )?“([^”]*)”"
    r"(?: and (the part|the \d+ parts|\d+ more)(?: after it)?)?"
)
_MOVED = re.compile(f"{_PLACE} now comes? (before|after) {_PLACE}")
_ROWS_MOVED = re.compile(f"the rows “([^”]*)” (?:and|to) “([^”]*)” now come (before|after) {_PLACE}")
_COLUMNS_EXCHANGED = re.compile("the columns “([^”]*)” and “([^”]*)” have changed places")
_EXCHANGED = re.compile(f"{_PLACE} and {_PLACE} have changed places")
_APART = re.compile("“([^”]*)” and “([^”]*)” stand in (one part|two parts) now, and stood in (?:two|one)")
_OUT_OF_ROW = re.compile("“([^”]*)” (?:no longer stands|stands) in a row beside others(?: now)?")
_OF_LEVEL = re.compile(
    r"the heading “([^”]*)” is (?:a (larger|smaller) one now: of level (\d)|of level (\d) now), "
    r"and was of (\d)(?: \(1 is the highest\))?"
)
_UNSEEN = "what is written in the HTML changed, and nothing that is read or seen"
_SURE = 0.5
"""So much of its words tells a text that was reworded from all others, as one of two words of a name does not."""


def _likeness(one: str, other: str) -> float:
    words = {*one.split()}, {*other.split()}
    return len(words[0] & words[1]) / len(words[0] | words[1])


def _place(kind: str | None, name: str, more: str | None) -> Place:
    number = re.search(r"\d+", more or "")
    return Place(kind or "", name, int(number[0]) if number else 1 if more else 0)


def _texts_of(part: str, value: str) -> list[str]:
    """Return the texts that are told in one: of a row its cells, of a column its title and what stands below it."""
    if column := re.fullmatch("column “([^”]*)”", part):
        return [column[1], *value.split("\n")]
    return value.split(", ") if part.startswith("row") else [value]


class PlacesTruth:
    """Holds what is said of texts and where they stand against an edit."""

    def __init__(self, edited: Edited, said: Sequence[HtmlChange]) -> None:
        self.old, self.new = Reading(edited.old), Reading(edited.new)
        self._said = said
        self._reworded = edited.origins
        self._became = _became(said)
        self._moved: set[str] = set()

    def faults(self) -> Iterator[str]:
        """Yield what is not so, what is said in words that no one knows, and what nothing is said of."""
        for one in self._said:
            if one.sentence:
                yield from self._faults_of_sentence(one.sentence)
        yield from self._untold_moves()
        yield from self._faults_of_words()

    def _faults_of_sentence(self, sentence: str) -> Iterator[str]:
        if found := _MOVED.fullmatch(sentence):
            moved = self.new.spans(_place(*found.group(1, 2, 3)))
            yield from self._not_passed(
                sentence, moved, found[4], self.new.spans(_place(*found.group(5, 6, 7)))
            )
        elif found := _ROWS_MOVED.fullmatch(sentence):
            ends = [self.new.spans(Place(_ROW, name, 0)) for name in found.group(1, 2)]
            rows = [range(first.start, last.stop) for first in ends[0] for last in ends[1]]
            yield from self._not_passed(
                sentence, rows, found[3], self.new.spans(_place(*found.group(4, 5, 6)))
            )
        elif found := _COLUMNS_EXCHANGED.fullmatch(sentence):
            yield from self._not_exchanged(
                sentence, *(self.new.spans(Place(_COLUMN, name, 0)) for name in found.groups())
            )
        elif found := _EXCHANGED.fullmatch(sentence):
            sides = [self.new.spans(_place(*found.group(*at))) for at in ((1, 2, 3), (4, 5, 6))]
            yield from self._not_exchanged(sentence, *sides)
        elif found := _APART.fullmatch(sentence):
            stand = [[side.places.get(text) for text in each] for side, each in self._both(found.group(1, 2))]
            if [len(set(each)) for each in stand] != ([2, 1] if found[3] == "one part" else [1, 2]):
                yield f"untrue: {sentence}"
        elif found := _OUT_OF_ROW.fullmatch(sentence):
            beside = [text in side.in_rows for side, (text,) in self._both((found[1],))]
            if beside != ["no longer" in sentence, "no longer" not in sentence]:
                yield f"untrue: {sentence}"
        elif found := _OF_LEVEL.fullmatch(sentence):
            levels = [side.levels.get(text) for side, (text,) in self._both((found[1],))]
            was, now, size = found[5], found[3] or found[4], found[2]
            is_size_so = size in (None, "larger" if now < was else "smaller")
            if levels != [was, now] or not is_size_so:
                yield f"untrue: {sentence}"
        elif sentence != _UNSEEN or len(self._said) > 1 or self.old.texts != self.new.texts:
            yield f"not understood: {sentence}"

    def _both(self, names: Sequence[str]) -> Iterator[tuple[Reading, list[str]]]:
        """Yield both versions, each with the texts in it that the new one has under some names.

        The look of a text is compared with that of the one that it is told to have been.
        """
        texts = [next((text for text in self.new.texts if _short(text) == name), name) for name in names]
        yield self.old, [self._became.get(text, text) for text in texts]
        yield self.new, texts

    def _stood(self, span: Span) -> list[int]:
        """Return where the texts of a part stood in the old version, as far as they are in it."""
        texts = [self._became.get(text, text) for text in self._texts(span)]
        return [self.old.at[text] for text in texts if text in self.old.at]

    def _texts(self, span: Span) -> list[str]:
        return self.new.texts[span.start : span.stop]

    def _not_passed(
        self, sentence: str, moved: Sequence[Span], side: str, others: Sequence[Span]
    ) -> Iterator[str]:
        """Yield whether a part is not on this side of another, or some of it was there before."""
        wrong = []
        for one in moved:
            for other in others:
                were, stood = self._stood(one), self._stood(other)
                if not (one.stop <= other.start if side == "before" else one.start >= other.stop):
                    wrong.append("not so")
                elif not were or not stood:
                    wrong.append("of what was not there before")
                elif any(at < min(stood) if side == "before" else at > max(stood) for at in were):
                    wrong.append("was so before")
                else:
                    self._moved.update(self._texts(one))
                    return
        yield f"{wrong[0] if wrong else 'names what is not there'}: {sentence}"

    def _not_exchanged(self, sentence: str, ones: Sequence[Span], others: Sequence[Span]) -> Iterator[str]:
        """Yield whether two parts stand in the order in which they stood."""
        for one in ones:
            for other in others:
                were = self._stood(one), self._stood(other)
                if were[0] and were[1] and (min(were[0]) < min(were[1])) != (one.start < other.start):
                    self._moved.update(self._texts(one), self._texts(other))
                    return
        yield f"untrue: {sentence}"

    def _untold_moves(self) -> Iterator[str]:
        """Yield the texts of which each now stands on another side of the other, and nothing is said of either.

        A value goes where its row goes, and is told with it.
        """
        kept = [
            (self.old.at[origin], text)
            for text in self.new.texts
            if (origin := self._became.get(text, text)) in self.old.at and text not in self.new.values
        ]
        for (one, before), (other, after) in combinations(kept, 2):
            if one > other and before not in self._moved and after not in self._moved:
                yield f"a move of which nothing is said: “{before}” now comes before “{after}”"

    def _faults_of_words(self) -> Iterator[str]:
        """Yield texts that are told to be gone or new and are not, or are and are not told, or twice; and what became what and did not.

        A line of links is told link by link: what is said of the whole line is only held to be there.
        """
        old, new = set(self.old.texts), set(self.new.texts)
        for text, other in self._became.items():
            origin = self._reworded.get(text, text)
            if origin in old and origin != other and _likeness(origin, text) >= _SURE:
                yield f"“{text}” was “{origin}”, and is told to have been “{other}”"
        told: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        for one in (each for each in self._said if not each.sentence):
            for reading, side, words in zip((self.old, self.new), told, self._told(one), strict=True):
                side.update(text for text in words if text not in reading.lines)
            yield from self._wrong_targets(one)
            row = re.search("beside “([^”]*)”", one.part)
            if row and one.new and _short(self.new.row_of.get(one.new, "")) != row[1]:
                yield f"not in this row: {one.part}, {one.new}"
        for verb, true, counted in (("gone", old - new, told[0]), ("new", new - old, told[1])):
            for text in sorted(true | set(counted)):
                if counted[text] != (text in true):
                    yield f"“{text}” is {'' if text in true else 'not '}{verb}, and that is told {counted[text]} times"

    def _told(self, one: HtmlChange) -> tuple[list[str], list[str]]:
        """Return the texts that are told to be gone, and to be new."""
        named = _TARGET.fullmatch(one.part)
        sides: list[list[str]] = []
        for reading, value, other in ((self.old, one.old, one.new), (self.new, one.new, one.old)):
            if value is None or (named and other is not None):
                sides.append([])
            elif named:
                sides.append([next((text for text in reading.texts if _short(text) == named[1]), named[1])])
            else:
                sides.append(_texts_of(one.part, value))
        return sides[0], sides[1]

    def _wrong_targets(self, one: HtmlChange) -> Iterator[str]:
        """Yield what is told of where a link leads, or which file an image is, and is not so."""
        if not (named := _TARGET.fullmatch(one.part)):
            return
        is_there = {_short(text): target for text, target in self.new.targets.items()}
        was_there = {_short(text): target for text, target in self.old.targets.items()}
        if one.new is not None and is_there.get(named[1]) != one.new:
            yield f"leads elsewhere: {one.part}, {one.new}"
        if one.new is None and was_there.get(named[1]) != one.old:
            yield f"led elsewhere: {one.part}, {one.old}"


_TARGET = re.compile("(?:link|button|image) “([^”]*)”")


# What is said of looks

Facet: TypeAlias = str
Values: TypeAlias = "tuple[str | None, str | None]"

_WHERE = r"((?:the new )?“[^”]*”(?: and “[^”]*”| and \d+ more)?)"
_LOOKS: tuple[tuple[Facet, re.Pattern[str]], ...] = tuple(
    (facet, re.compile(pattern.format(where=_WHERE)))
    for facet, pattern in (
        ("color", "the colour of {where} (.*)"),
        ("font-size", "the size of {where} (.*)"),
        ("font-size", "{where} (?:is|are) ((?:larger|smaller).*)"),
        ("background-color", "the background (?:around|of the buttons?) {where} (.*)"),
        ("padding", "the space around (?:the words in the buttons? )?{where} (.*)"),
        ("border-radius", "the roundness of the corners of {where} (.*)"),
        ("border", "the border of {where} (.*)"),
        ("border width", "the width of the border of {where} (.*)"),
        ("border colour", "the colour of a border of {where} (.*)"),
        ("font-weight", "{where} (?:is|are) (bold now|no longer bold)"),
        ("font-weight", "{where} (?:is|are) (bold, and .* was not|not bold, and .* was)"),
        ("text-align", "{where} ((?:no longer )?stands? (?:on the|in the) .*)"),
    )
)
_VALUE = re.compile(r"#[0-9a-f]{6}|\d+px")
_LOST = re.compile(r", which can hardly be read on [^,#]*(#[0-9a-f]{6})")
_REPLACED = re.compile("is (.*), and that of what (?:it|they) replaced was (.*)")
_PLACES = {"on the left": "left", "in the middle": "center", "on the right": "right"}
_STANDS = re.compile(r"(no longer )?stands? (on the left|on the right|in the middle)(?:, and stood (.*))?")


def look_of(sentence: str) -> tuple[Facet, str, str] | None:
    """Return what a sentence is about, where that is, and what it says of it; None if it is about no look."""
    for facet, pattern in _LOOKS:
        if found := pattern.fullmatch(sentence):
            return facet, found[1], found[2]
    return None


def _values(facet: Facet, told: str) -> Values | None:
    """Return the values before and now that a sentence tells; None for words that no one knows."""
    if facet == "font-weight":
        return ("bold", None) if told.startswith("no") else (None, "bold")
    if facet == "text-align":
        found = _STANDS.fullmatch(told)
        place = found and (_PLACES.get(found[2]), _PLACES.get(found[3] or "on the left"))
        if not found or not place or (found[1] and found[3]):
            return None
        left = [None if each == "left" else each for each in place]
        return (left[0], None) if found[1] else (left[1], left[0])
    said = ", ".join(_VALUE.findall(told)) or None
    if found := re.fullmatch("(?:changed|larger|smaller): (.*) became (.*)", told):
        one, other = (_VALUE.findall(each) for each in found.groups())
        if len(one) == len(other) == 1:
            is_grown = int(other[0][:-2]) > int(one[0][:-2]) if facet == "font-size" else None
            is_right = is_grown is None or told.startswith("larger" if is_grown else "smaller")
            return (one[0], other[0]) if is_right else None
    if found := _REPLACED.fullmatch(told):
        now, was = (next(iter(_VALUE.findall(each)), None) for each in found.groups())
        return was, now
    for way, values in (
        ("is the usual one now, and was .*", (said, None)),
        ("is .* now, and was the usual one", (None, said)),
        ("(?:is|are) new: .*", (None, said)),
        ("(?:is|are) gone: .*", (said, None)),
    ):
        if said and re.fullmatch(way, told):
            return values
    return None


def look_faults(edited: Edited, said: Sequence[HtmlChange]) -> Iterator[str]:
    """Yield looks that are told and were not changed so, or were and are not told, or twice.

    What is told to have become another text is compared with that.
    """
    origins = _became(said) | edited.origins
    left = _changed_looks(edited._replace(origins=origins))
    stay = {
        (facet, was, now) for text, facet, was, now in left if not _is_unlike(origins.get(text, text), text)
    }
    grounds = {part.items[0].words: _facets(part).get("background-color") or "#ffffff" for part in edited.new}
    texts = {_short(text): text for text in grounds}
    for one in said:
        if not one.sentence or not (look := look_of(one.sentence)):
            continue
        facet, where, told = look
        lost = _LOST.search(told)
        values = _values(facet, _LOST.sub("", told))
        if values is None:
            yield f"not understood: {one.sentence}"
            continue
        named = [texts.get(name, name) for name in re.findall("“([^”]*)”", where)]
        more = re.search(r"and (\d+) more$", where)
        alike = [text for text, *rest in left if rest == [facet, *values] and text not in named]
        for text in [*named, *alike[: int(more[1]) if more else 0]]:
            if (text, facet, *values) not in left:
                yield f"not so, or told twice, of “{text}”: {one.sentence}"
            left.discard((text, facet, *values))
            is_rule = (facet, *values) in stay
            is_unlike = _is_unlike(origins.get(text, text), text) and not is_rule
            if facet in _OF_WORDS and is_unlike != where.startswith("the new "):
                yield f"“{text}” is {'not ' if is_unlike else ''}what had another look before: {one.sentence}"
            if lost and grounds.get(text) != lost[1]:
                yield f"not on this ground: {one.sentence}"
        if more and len(alike) < int(more[1]):
            yield f"of more than there are: {one.sentence}"
    for text, facet, was, now in sorted(left, key=str):
        yield f"not told of “{text}”: the {facet} was {was} and is {now}"


_OF_WORDS = frozenset({"color", "font-size", "font-weight"})


def _is_unlike(one: str, other: str) -> bool:
    """Tell whether a text is a sentence that stands in the place of one with which it has little in common."""
    words = {*re.findall(r"\w+", one)}, {*re.findall(r"\w+", other)}
    is_sentence = max(len(one.split()), len(other.split())) >= _SENTENCE
    return is_sentence and len(words[0] & words[1]) < _REWORDED * len(words[0] | words[1])


_SENTENCE, _REWORDED = 4, 0.3


def _changed_looks(edited: Edited) -> set[tuple[str, Facet, str | None, str | None]]:
    """Return which looks of which texts changed, of those that both versions have."""
    before = {part.items[0].words: part for part in edited.old}
    changed = set()
    for part in edited.new:
        text = part.items[0].words
        if not (was := before.get(edited.origins.get(text, text))):
            continue
        sides = _facets(was), _facets(part)
        are_borders = all("border" in side for side in sides)
        for facet in sides[0].keys() | sides[1].keys():
            values = sides[0].get(facet), sides[1].get(facet)
            if values[0] != values[1] and (
                are_borders if facet.startswith("border ") else not (are_borders and facet == "border")
            ):
                changed.add((text, facet, *values))
    return changed


def _facets(part: Part) -> dict[Facet, str]:
    """Return what is seen of the looks of a part: what is said that all of its kind are anyway is no look of its own."""
    usual = {"text-align": "left", "font-weight": "bold" if part.kind == "heading" else "normal"}
    styles = {**(BUTTON if part.kind == "button" else {}), **dict(part.styles)}
    found = {name: value for name, value in styles.items() if name != "display" and usual.get(name) != value}
    if part.kind == "cell":
        found.setdefault("padding", "1px")  # which every cell has
    if part.kind == "heading":
        found["font-weight"] = "" if styles.get("font-weight") == "normal" else "bold"
    if border := found.get("border"):
        width, _, colour = border.split()
        found |= {"border": f"{width}, {colour}", "border width": width, "border colour": colour}
    return {name: value for name, value in found.items() if value}


# What is said of boxes that came or went


_BOX = re.compile(
    "the (?:new (?:box around|button) “([^”]*)” has|(?:box around|button) “([^”]*)” that is gone had) (.*)"
)


def is_of_a_box(change: HtmlChange) -> bool:
    """Tell whether a sentence says what a box looks like that came or went."""
    return _BOX.fullmatch(change.sentence or "") is not None


def box_faults(edited: Edited, said: Sequence[HtmlChange]) -> Iterator[str]:
    """Yield what is told of boxes that came or went and is not so; and looks that came or went with a text and are not told."""
    sides = edited.old, edited.new
    looks = [{_box_of(part) for part in side} - {()} for side in sides]
    texts = [{part.items[0].words for part in side} for side in sides]
    origins = _became(said) | edited.origins
    kept = {origins.get(text, text) for text in texts[1]}
    left = [
        {
            look: [each.items[0].words for each in email if _box_of(each) == look]
            for look in looks[side] - looks[1 - side]
        }
        for side, email in enumerate(sides)
    ]
    for one in filter(is_of_a_box, said):
        found = _BOX.fullmatch(one.sentence or "")
        assert found
        side, name = (1, found[1]) if found[1] else (0, found[2])
        true = [look for look, words in left[side].items() if name in map(_short, words)]
        if not true or list(_VALUE.findall(found[3])) != [value for value in true[0] if value]:
            yield f"untrue: {one.sentence}"
        else:
            del left[side][true[0]]
    for side in (0, 1):
        for look, words in left[side].items():
            # where a text was kept, or is told to have become another, its look is compared
            alone = [
                text
                for text in words
                if (text not in kept if side == 0 else origins.get(text, text) not in texts[0])
            ]
            if len(alone) == len(words):
                yield f"a box of which nothing is said: {look} at {words}"


def _box_of(part: Part) -> tuple[str, ...]:
    """Return what a part looks like as a box: its background, and the width and the colour of its border."""
    facets = _facets(part)
    found = (
        facets.get("background-color", ""),
        facets.get("border width", ""),
        facets.get("border colour", ""),
    )
    return found if any(found) else ()


# What is said of the edges of boxes

_CROSSED = re.compile(
    "“([^”]*)”(?: and (?:“([^”]*)”|[0-9]+ more))? stands? (outside|in) the box with “([^”]*)” now"
    "(?:, and stood in the one with “([^”]*)”)?"
)
_MORE = re.compile(r"and (\d+) more stand")


def crossing_faults(email: Enclosed, said: Sequence[HtmlChange]) -> Iterator[str]:
    """Yield what is told of boxes and is not so, and texts that came into a box, or left it, and are not told."""
    at = {_short(text): number for number, text in enumerate(email.texts)}
    left = {number for number in at.values() if email.was[number] != email.now[number]}
    for one in said:
        found = _CROSSED.fullmatch(one.sentence or "")
        if not found:
            if left or one.sentence != _UNSEEN:
                yield f"not understood: {one}"
            continue
        box, other = (at[name] if name else None for name in found.group(4, 5))
        outside = found[3] == "outside"
        gone, come = (box, None) if outside else (other, box)
        was, now = (None if text is None else email.was[text] for text in (gone, come))
        if any(email.was[text] != email.now[text] for text in (gone, come) if text is not None):
            yield f"a box that is called by what does not stay in it: {one.sentence}"
        named = [at[name] for name in found.group(1, 2) if name]
        alike = [text for text in sorted(left) if (email.was[text], email.now[text]) == (was, now)]
        more = _MORE.search(one.sentence or "")
        told = alike[: int(more[1]) + 1] if more else named
        if not set(named) <= set(told) <= set(alike) or (more and len(told) <= int(more[1])):
            yield f"untrue: {one.sentence}"
        left -= {*told}
    for text in sorted(left):
        yield f"crossed the edge of a box, and is not told: {email.texts[text]}"
