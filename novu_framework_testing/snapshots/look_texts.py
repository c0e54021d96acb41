"""What the words of a text look like, compared word by word where both versions have them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import BACKGROUND, Styles, base
from novu_framework_testing.snapshots.look_difference import (
    IN_WORDS,
    NEVER_SEEN,
    LookDifference,
    Placed,
    always,
    seen_name,
    value_changes,
)
from novu_framework_testing.snapshots.look_parts import LinePart, LineParts, part_changes, parts_of_lines
from novu_framework_testing.snapshots.look_pieces import WordLine, WordPiece, WordRun, joined, runs_of
from novu_framework_testing.snapshots.reading import Place
from novu_framework_testing.snapshots.sentences import sentence_of
from novu_framework_testing.snapshots.sequences import changed_ranges


def new_struck_out(
    was: Styles,
    now: Styles,
    places: tuple[Sequence[Placed], Sequence[Placed]],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[LookDifference]:
    """Yield the words that are struck out in blocks that are new: without that, they say the opposite."""
    known = {after for _, after in pairs}
    left = {before for before, _ in pairs}
    stood, come = (
        [
            " ".join(text.split())
            for at, (block, place) in enumerate(blocks)
            if at not in paired and block.kind not in NEVER_SEEN
            for text, element in place.runs
            if text.strip() and _STRUCK in styles.text(element).get("text-decoration", "")
        ]
        for styles, blocks, paired in ((was, places[0], left), (now, places[1], known))
    )
    for words in come:
        if words not in stood:
            yield LookDifference("text-decoration", None, _STRUCK, words)


_STRUCK = "line-through"


def text_differences(was: Styles, now: Styles, old: Place, new: Place) -> Iterator[LookDifference]:
    """Yield what the words of a block look like that they did not, words that follow each other together."""
    lines = parts_of_lines((was, old), (now, new))
    if len(old.runs) == len(new.runs) and all(
        one == other
        and was.text(left) == now.text(right)
        and was.own(left) == now.own(right)
        and lines[0].looks(left) == lines[1].looks(right)
        for (one, left), (other, right) in zip(old.runs, new.runs, strict=True)
    ):
        return
    found = _WordLooks((was, now), lines, (_words(old), _words(new)))
    left = right = 0
    for a, b, c, d in [*found.ranges(), (len(found.old), len(found.old), len(found.new), len(found.new))]:
        found.stay(range(left, a), range(right, c))
        found.change(range(a, b), range(c, d))
        left, right = b, d
    yield from found.differences()


class _WordLooks:
    """What the words of a line look like that they did not.

    Args:
        styles: Both versions.
        lines: The parts of the line in both.
        words: The words of the line in both.
    """

    def __init__(
        self,
        styles: tuple[Styles, Styles],
        lines: tuple[LineParts, LineParts],
        words: tuple[Sequence[_Word], Sequence[_Word]],
    ) -> None:
        self.old, self.new = words
        self._was, self._now = styles
        self._lines = lines
        self._found: defaultdict[_TextLook, list[WordPiece]] = defaultdict(list)
        self._seen: dict[tuple[int, int], list[_TextLook]] = {}
        self._came: list[int] = []
        self._origins: dict[int, str] = {}

    def ranges(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield where the words differ."""
        return _changed_words([word.text for word in self.old], [word.text for word in self.new])

    def stay(self, olds: range, news: range) -> None:
        """Compare words that both versions have."""
        for one, other in zip(olds, news, strict=True):
            start = 0
            for text, *elements in self.old[one].beside(self.new[other]):
                for each in self._differences(*elements):
                    self._found[each].append(WordPiece(other, start, text))
                start += len(text)

    def _differences(self, one: Element, other: Element) -> Sequence[_TextLook]:
        """Return what is different of the words in two elements."""
        key = id(one), id(other)
        if key not in self._seen:
            was, now = self._was, self._now
            links = _is_in_link(one), _is_in_link(other)
            sides = _without_blue((was.text(one), now.text(other)), was, now, one, other)
            usual = _usual(one), _usual(other)
            drawn = part_changes(self._lines[0].around(one), self._lines[1].around(other))
            self._seen[key] = [
                *(
                    each
                    for each in _said_of_text(*sides, usual, now.behind(other), links)
                    if always(each[0]) != BACKGROUND or not _are_on_one_colour((was, one), (now, other))
                ),
                *(_TextLook(*each[:3], "", all(links), each.element) for each in drawn),
            ]
        return self._seen[key]

    def change(self, gone: range, come: range) -> None:
        """Compare words with those in the place of which they stand, if any."""
        were, are = self.old[gone.start : gone.stop], self.new[come.start : come.stop]
        is_said = bool(were and are) and self._replace(were, are, come)
        if not were:
            self._came += come
        if not is_said and not (were and all(_is_struck(self._was, word) for word in were)):
            # new words that are struck out do not hold
            struck = _TextLook("text-decoration", None, _STRUCK, "", in_link=False)
            pieces = (
                WordPiece(at, 0, self.new[at].text) for at in come if _is_struck(self._now, self.new[at])
            )
            self._found[struck] += [each for each in pieces if each not in self._found[struck]]

    def _replace(self, were: Sequence[_Word], are: Sequence[_Word], places: range) -> bool:
        """Compare what is the same in all of some words, and of those in the place of which they stand; tell whether they are said to be struck out."""
        gone, come, signs = _without_signs(were), _without_signs(are), _signs_apart([*were, *are])
        self._origins |= dict.fromkeys(places, " ".join(word.text.strip(signs) or word.text for word in gone))
        one, other = gone[0].parts[0][1], come[0].parts[0][1]
        sides = _without_blue(
            (_common(self._was, gone), _common(self._now, come)), self._was, self._now, one, other
        )
        links = _is_in_link(one), _is_in_link(other)
        around = _parts_around(self._lines[0], gone), _parts_around(self._lines[1], come)
        drawn = () if around[0] is None or around[1] is None else part_changes(around[0], around[1])
        is_struck = False
        for each in (
            *_said_of_text(*sides, (_usual(one), _usual(other)), self._now.behind(other), links),
            *(_TextLook(*each[:3], "", all(links), each.element, each.new is None) for each in drawn),
        ):
            if _MIXED not in each[1:3]:
                is_struck |= always(each[0]) == "text-decoration" and _STRUCK in (each[2] or "")
                self._found[each] += (
                    WordPiece(at, 0, word.text.strip(signs) or word.text)
                    for at, word in zip(places, come, strict=True)
                )
        return is_struck

    def differences(self) -> Iterator[LookDifference]:
        """Yield what is found, with the new words that look so, too."""
        for said, pieces in self._found.items():
            # words that came between others which look different, and look so too
            known = {piece.at for piece in pieces}
            pieces += (
                WordPiece(at, 0, self.new[at].text)
                for at in self._came
                if at not in known and self._is_so(said, self.new[at].parts[0][1])
            )
        yield from _differences_of(self._found, WordLine([word.text for word in self.new]), self._origins)

    def _is_so(self, said: _TextLook, element: Element) -> bool:
        """Tell whether the words in an element look as it is said of others."""
        if said.new is None or _is_in_link(element) != said.in_link:
            return False
        if said.part:
            return any(each.element == said.part for each in self._lines[1].around(element))
        return self._now.text(element).get(always(said.name)) == said.new


def _differences_of(
    found: Mapping[_TextLook, Sequence[WordPiece]], line: WordLine, origins: Mapping[int, str]
) -> Iterator[LookDifference]:
    """Yield what looks different, words that follow each other together, be they in several parts of the line.

    Args:
        found: The words that look different in some way.
        line: All words of the line.
        origins: The words in the place of which some of these stand, by the numbers of these.
    """
    runs: dict[_TextLook, list[WordRun]] = {}
    for said, pieces in found.items():
        runs.setdefault(said._replace(part=min(said.part, 1)), []).extend(runs_of(pieces))
    for said, several in runs.items():
        together = list(joined(several)) if said.part else several
        times = Counter(text for text, _ in {(run.text, run.first) for run in together})
        for run in together:
            which = line.which(run, times[run.text])
            about = sentence_of(run.text, line.text), which.key, *(run.parts if said.part else ())
            are_others = all(at in origins for at in range(run.first.at, run.last.at + 1))
            yield LookDifference(
                *said[:3],
                f"{run.text}{IN_WORDS}{which.said}" if which.said else run.text,
                behind=said.behind,
                kind="link" if said.in_link else "",
                replaced=said.replaced,
                sentence="\n".join(filter(None, about)),
                instead=origins[run.first.at] if are_others else "",
            )


def _changed_words(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where two texts differ: place by place where as many words are the same so, as where one of two equal prices became another.

    Where a word of one place stands at another of them now, words have changed places, and are no others.
    """
    ranges = list(changed_ranges(old, new))
    same = [one == other for one, other in zip(old, new, strict=False)]
    gone, come = ({word for word, stays in zip(side, same, strict=False) if not stays} for side in (old, new))
    if len(old) != len(new) or gone & come or sum(same) < len(old) - sum(b - a for a, b, _, _ in ranges):
        yield from ranges
        return
    for is_same, run in groupby(range(len(same)), same.__getitem__):
        if not is_same:
            places = list(run)
            yield places[0], places[-1] + 1, places[0], places[-1] + 1


def _are_on_one_colour(*sides: tuple[Styles, Element]) -> bool:
    """Tell whether words stand on one colour in both versions, which is also that of their line."""
    grounds = {
        styles.ground(each)
        for styles, element in sides
        for each in (element, next(one for one in element.above() if one.tag not in INLINE))
    }
    return len(grounds) == 1 and None not in grounds


_Drawn: TypeAlias = "tuple[Mapping[str, str], Mapping[str, str]]"


def _without_blue(drawn: _Drawn, was: Styles, now: Styles, old: Element, new: Element) -> _Drawn:
    """Return what words are drawn with in both versions, without the colour that they have for being a link in one of them."""
    are_links = _is_in_link(old), _is_in_link(new)
    at, styles = (0, was) if are_links[0] else (1, now)
    if are_links[0] == are_links[1] or drawn[at].get("color") != styles.link_colour:
        return drawn
    one, other = ({name: value for name, value in each.items() if name != "color"} for each in drawn)
    return one, other


class _TextLook(NamedTuple):
    """A property, both values, what the words stand on now, and whether they are those of a link, and replaced others.

    Of what a part of the line draws, also the identity of the element of that; 0 for all else.
    """

    name: str
    old: str | None
    new: str | None
    behind: str
    in_link: bool
    part: int = 0
    replaced: bool = False


def _said_of_text(
    old: Mapping[str, str],
    new: Mapping[str, str],
    usual: tuple[Mapping[str, str], Mapping[str, str]],
    behind: str,
    links: tuple[bool, bool],
) -> Iterator[_TextLook]:
    in_link = all(links)
    named = {base(name) for name in (*old, *new)}
    old, new = (
        {**side, **{name: value for name, value in each.items() if name in named and name not in side}}
        for side, each in zip((old, new), usual, strict=True)
    )
    for name, before, after in value_changes(old, new):
        if base(name) == BACKGROUND and {before, after} == {None, "transparent"}:
            continue
        if base(name) == _LINE:
            was, now = (
                _line(name, each, in_link=is_in) for each, is_in in zip((old, new), links, strict=True)
            )
            if was != now:
                yield _TextLook(seen_name(name, old, new), was, now, "", in_link)
        else:
            ground = behind if base(name) == "color" else ""
            yield _TextLook(seen_name(name, old, new), before, after, ground, in_link)


def _usual(element: Element) -> Mapping[str, str]:
    """Return what a browser draws words with of which nothing is said."""
    return _IN_BOLD if any(_BOLD.fullmatch(each.tag) for each in element.above()) else _USUAL


_BOLD = re.compile("h[1-6]|th")
_USUAL = {
    "font-weight": "normal",
    "font-style": "normal",
    "font-variant": "normal",
    "text-transform": "none",
}
_IN_BOLD = {**_USUAL, "font-weight": "bold"}


def _line(name: str, values: Mapping[str, str], *, in_link: bool) -> str | None:
    """Return which lines a text has: where nothing is said for a time what it always has, and a link is underlined."""
    said = values.get(name, values.get(_LINE, "underline" if in_link else "none"))
    return None if said == "none" else said


def _is_in_link(element: Element) -> bool:
    return any(each.tag == "a" for each in element.above())


_LINE = "text-decoration"
_MIXED = "\0mixed"


def _common(styles: Styles, words: Sequence[_Word]) -> dict[str, str]:
    """Return what words are drawn with, `_MIXED` where that is not the same of all."""
    every = [
        styles.text(element) for element in {id(one): one for word in words for _, one in word.parts}.values()
    ]
    return {
        name: every[0][name] if all(each.get(name) == every[0].get(name) for each in every) else _MIXED
        for each in every
        for name in each
    }


class _Word(NamedTuple):
    """A word, and its parts, each with the element that it stands in: `m` and `2` of `m<sup>2</sup>`."""

    text: str
    parts: tuple[tuple[str, Element], ...]

    def beside(self, other: _Word) -> Iterator[tuple[str, Element, Element]]:
        """Yield the parts of this word and of the same word in the other version, with both elements."""
        if len(self.parts) == len(other.parts) == 1:
            yield self.text, self.parts[0][1], other.parts[0][1]
            return
        mine, others = list(self.parts), list(other.parts)
        while mine and others:
            (one, element), (another, its) = mine.pop(0), others.pop(0)
            size = min(len(one), len(another))
            yield one[:size], element, its
            if one[size:]:
                mine.insert(0, (one[size:], element))
            if another[size:]:
                others.insert(0, (another[size:], its))


def _without_signs(words: Sequence[_Word]) -> list[_Word]:
    """Return words without the signs beside them that stand in other elements: a comma is not what is bold, or is not."""
    read = [tuple(each for each in word.parts if _READ.search(each[0])) or word.parts for word in words]
    return [_Word("".join(text for text, _ in parts), parts) for parts in read]


def _signs_apart(words: Sequence[_Word]) -> str:
    """Return the signs that stand in other elements than the words that they touch."""
    return "".join(
        text for word in words if _READ.search(word.text) for text, _ in word.parts if not _READ.search(text)
    )


_READ = re.compile(r"\w")


def _parts_around(line: LineParts, words: Sequence[_Word]) -> tuple[LinePart, ...] | None:
    """Return the parts of a line that all of some words stand in; None where some stand in others."""
    first, *others = (line.around(element) for word in words for _, element in word.parts)
    return first if all(each == first for each in others) else None


def _is_struck(styles: Styles, word: _Word) -> bool:
    return all(_STRUCK in styles.text(one).get("text-decoration", "") for _, one in word.parts)


def _words(place: Place) -> list[_Word]:
    found: list[list[tuple[str, Element]]] = []
    goes_on = False
    for text, element in place.runs:
        words = text.split()
        if goes_on and words and not text[0].isspace():
            found[-1].append((words.pop(0), element))
        found += [[(word, element)] for word in words]
        goes_on = bool(found) and (not text[-1:].isspace() if text else goes_on)
    return [_Word("".join(text for text, _ in parts), tuple(parts)) for parts in found]
