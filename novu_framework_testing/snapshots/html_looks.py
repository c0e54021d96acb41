"""What an HTML body looks like, compared where a reader would compare it: at the words and images that both versions have.

Each text is compared in what it is drawn with, wherever that is written: in the element, above it, in an attribute or
in a style sheet. What is around a text is compared from the text outwards. So a colour in other words, a class with
another name, or an element more that changes nothing is no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import INLINE, Document, Element
from novu_framework_testing.snapshots.block_places import name_of
from novu_framework_testing.snapshots.html_styles import (
    OF_BLOCK,
    WHEN,
    Styles,
    base,
    is_of_text,
    is_rare,
    pair_of,
    rule_changes,
)
from novu_framework_testing.snapshots.reading import Block, Place, places_of
from novu_framework_testing.snapshots.sequences import changed_ranges

LAYOUT, APART, TOGETHER = "layout", "apart", "together"
"""The names of differences in how the parts are put together; with the last two, `old` and `new` are words of two parts."""
ROW = "row"
"""The `when` of parts that stood, or stand, beside each other in the row of a table."""
BREAKPOINT = "breakpoint"
"""The name of a difference in the width of a screen from which other rules hold."""
MAIL_PROGRAMS = "@mail-programs"
"""The `when` of what only holds where a mail program puts its own parts around a message."""
PLACE = "place"
"""The name of a difference in where a part without words stands: `old` and `new` are its tag."""
STACKED = "stacked"
"""The name of a difference in how columns stand on small screens: `old` and `new` are `below` or `beside` each other."""
GAP = "gap"
"""The name of a difference in the line breaks that make a space before something."""
WHOLE = "\0whole"
"""The `until` of what is seen in all of the email."""
HIDDEN = "hidden"
"""The name of a difference in when something is hidden: `old` and `new` are `hidden` or `shown`, then a line for each exception."""


class LookDifference(NamedTuple):
    """One property that is not what it was.

    Attributes:
        name: The property of CSS, an attribute, or `layout`.
        old, new: Its value before and now; None where it had or has none.
        words: Where it is seen: some of the words there; empty where there are none.
        when: The @rule or the state for which it is so; empty for always.
        behind: What a text stands on now, where its colour is another: the same change may be read there, or not.
        beside: Where a part without words is: `the empty part below` the words; empty where it is seen at the words.
        place: The number of the text or the image at which it is seen, among all of the new version; -1 for none of them.
        until: The last words of a box around several texts, of which `words` are the first; `WHOLE` for all of the email.
    """

    name: str
    old: str | None
    new: str | None
    words: str = ""
    when: str = ""
    behind: str = ""
    beside: str = ""
    place: int = -1
    until: str = ""


_CLASS = re.compile(r"\.([\w-]+)")
_NUMBER = re.compile(r"\d[\d.]*[a-z]*")
_BORDER = re.compile("border.*-(?:width|style|color)")
_HEADING = re.compile("h[1-6]")


def differences(old: Document, new: Document, pairs: Iterable[tuple[int, int]]) -> Iterator[LookDifference]:
    """Yield what looks different.

    Args:
        old, new: The two versions.
        pairs: Which block of the new version (by its number in `places_of`) is which of the old, in order.
    """
    pairs, places = list(pairs), (places_of(old), places_of(new))
    if not _only_words(old, new, [(places[0][before], places[1][after]) for before, after in pairs]):
        was, now = pair_of(old, new)
        renamed = _breakpoints(was, now)
        for after, before in renamed.items():
            yield LookDifference(
                BREAKPOINT,
                " and ".join(_NUMBER.findall(before)),
                " and ".join(_NUMBER.findall(after)),
                when=after,
            )
        for each in _differences(was, Styles(new, renamed) if renamed else now, places, pairs):
            when, _, name = each.name.rpartition(WHEN)
            yield each._replace(name=name, when=when) if when else each


def _differences(
    was: Styles,
    now: Styles,
    places: tuple[Sequence[_Placed], Sequence[_Placed]],
    pairs: Iterable[tuple[int, int]],
) -> Iterator[LookDifference]:
    boxes = _Boxes(was, now, places[1])
    names = Counter(name_of(block) for block, _ in places[1] if block.is_image)
    pairs, said = list(pairs), set[tuple[str, str | None, str | None]]()
    for before, after in pairs:
        (block, right), (old_block, left) = places[1][after], places[0][before]
        if block.kind in _NEVER_SEEN and old_block.kind in _NEVER_SEEN:
            continue
        words = _words_of(block, right, names)
        for each in _place_differences(was, now, boxes, (left, right), block, words):
            said.add(each[:3])
            yield each._replace(place=after)
    yield from _new_struck_out(was, now, places, pairs)
    # an empty cell of a row that is said to have another border has it too
    yield from (each for each in _ornament_differences(was, now) if each[:3] not in said)
    yield from _rule_differences(was, now)


_NEVER_SEEN = frozenset({"preview text", "hidden text"})


def _words_of(block: Block, place: Place, names: Mapping[str, int]) -> str:
    """Return what a block is called: its words, or the file of its image; both where several images have the same words."""
    if not block.is_image:
        if not block.text.strip() and (image := next(iter(_images(place.element)), None)):
            return _called(image)
        return block.text
    words = name_of(block)
    if names[words] > 1 and (file := name_of(block._replace(text=""))):
        return f"{words} ({file})"  # as a logo for the light and one for the dark
    return words


def _images(element: Element) -> Iterator[Element]:
    return (each for each in element.inside() if isinstance(each, Element) and each.tag == "img")


def _place_differences(
    was: Styles, now: Styles, boxes: _Boxes, sides: tuple[Place, Place], block: Block, words: str
) -> Iterator[LookDifference]:
    """Yield what looks different at one block, and around it."""
    left, right = sides
    of_text = list(_text_differences(was, now, left, right))
    yield from of_text
    if block.is_image:
        aligned = [
            {"text-align": styles.text(place.element).get("text-align")}
            for styles, place in ((was, left), (now, right))
        ]
        yield from (LookDifference(*each, words) for each in _values(*aligned))
        yield from _image_differences(was.own(left.element), now.own(right.element), words)
        one, other = _sources(left.element), _sources(right.element)
        if one != other:
            yield LookDifference("srcset", one or None, other or None, words)
    if left.gap != right.gap and words.strip():
        yield LookDifference(GAP, str(left.gap), str(right.gap), words)
    yield from _hiding_differences(was, now, left.element, right.element, words)
    yield from boxes.compare(left.element, right.element, words, {each.name for each in of_text})


def _new_struck_out(
    was: Styles,
    now: Styles,
    places: tuple[Sequence[_Placed], Sequence[_Placed]],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[LookDifference]:
    """Yield the words that are struck out in blocks that are new: without that, they say the opposite."""
    known = {after for _, after in pairs}
    left = {before for before, _ in pairs}
    stood, come = (
        [
            " ".join(text.split())
            for at, (block, place) in enumerate(blocks)
            if at not in paired and block.kind not in _NEVER_SEEN
            for text, element in place.runs
            if text.strip() and _STRUCK in styles.text(element).get("text-decoration", "")
        ]
        for styles, blocks, paired in ((was, places[0], left), (now, places[1], known))
    )
    for words in come:
        if words not in stood:
            yield LookDifference("text-decoration", None, _STRUCK, words)


_STRUCK = "line-through"
_Placed: TypeAlias = "tuple[Block, Place]"


def _only_words(old: Document, new: Document, pairs: Sequence[tuple[_Placed, _Placed]]) -> bool:
    """Whether two versions have the same elements, with other words in the same places: then nothing looks different."""
    numbers: list[dict[int, int]] = []
    shapes = []
    for document in (old, new):
        number = {id(element): at for at, element in enumerate(document.elements)}
        shapes.append([(each.source, number.get(id(each.parent))) for each in document.elements])
        numbers.append(number)
    rules = ([(*each[:2], *each[4:]) for each in document.declarations] for document in (old, new))
    if shapes[0] != shapes[1] or next(rules) != next(rules):
        return False
    return all(
        numbers[0].get(id(left.element)) == numbers[1].get(id(right.element))
        and (one.text == other.text or len(left.runs) == len(right.runs) <= 1)
        for (one, left), (other, right) in pairs
    )


# ---- Texts


def _text_differences(was: Styles, now: Styles, old: Place, new: Place) -> Iterator[LookDifference]:
    if len(old.runs) == len(new.runs) and all(
        one == other and was.text(left) == now.text(right) and was.own(left) == now.own(right)
        for (one, left), (other, right) in zip(old.runs, new.runs, strict=True)
    ):
        return
    olds, news = _words(old), _words(new)
    found: dict[tuple[str, str | None, str | None, str], list[tuple[int, str]]] = {}
    seen: dict[tuple[int, int], list[tuple[str, str | None, str | None, str]]] = {}
    left = right = 0
    for a, b, c, d in [
        *changed_ranges([word.text for word in olds], [word.text for word in news]),
        (len(olds), len(olds), len(news), len(news)),
    ]:
        for step in range(a - left):
            for text, one, other in olds[left + step].beside(news[right + step]):
                key = id(one), id(other)
                if key not in seen:
                    in_link = _is_in_link(one) and _is_in_link(other)
                    sides = was.text(one), now.text(other)
                    seen[key] = list(_said_of_text(*sides, now.behind(other), in_link=in_link))
                    if _is_inside(one, old) and _is_inside(other, new):
                        boxes = (_own_box(styles, each) for styles, each in ((was, one), (now, other)))
                        seen[key] += [(*each, "") for each in _values(*boxes)]
                for each in seen[key]:
                    found.setdefault(each, []).append((right + step, text))
        if b > a and d > c:  # other words in the place of these: what is the same in all of them
            sides = (_common(was, olds[a:b]), _common(now, news[c:d]))
            behind = now.behind(news[c].parts[0][1])
            in_link = all(_is_in_link(word.parts[0][1]) for word in (olds[a], news[c]))
            for each in _said_of_text(*sides, behind, in_link=in_link):
                if _MIXED not in each[1:3]:
                    found.setdefault(each, []).extend((at, news[at].text) for at in range(c, d))
        if not (a < b and all(_is_struck(was, word) for word in olds[a:b])):
            # new words that are struck out do not hold
            struck = [(at, news[at].text) for at in range(c, d) if _is_struck(now, news[at])]
            known = found.setdefault(("text-decoration", None, _STRUCK, ""), [])
            known += [each for each in struck if each not in known]
        left, right = b, d
    for (name, old_value, new_value, behind), parts in found.items():
        words = [(at, "".join(text for _, text in word)) for at, word in groupby(parts, itemgetter(0))]
        for _, run in groupby(
            enumerate(words), lambda one: one[1][0] - one[0]
        ):  # words that follow each other
            said = " ".join(text for _, (_, text) in run)
            yield LookDifference(name, old_value, new_value, said, behind=behind)


def _said_of_text(
    old: Mapping[str, str], new: Mapping[str, str], behind: str, *, in_link: bool
) -> Iterator[tuple[str, str | None, str | None, str]]:
    for name, before, after in _values(old, new):
        if base(name) == _LINE:
            was, now = _line(name, old, in_link=in_link), _line(name, new, in_link=in_link)
            if was != now:
                yield name, was, now, ""
        else:
            yield name, before, after, behind if base(name) == "color" else ""


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


def _is_inside(element: Element, place: Place) -> bool:
    """Whether an element is a part of a line, and not what all of the line stands in."""
    return element.tag in INLINE - {"a", "img"} and element is not place.element


def _own_box(styles: Styles, element: Element) -> dict[str, str]:
    return {name: value for name, value in styles.own(element).items() if _BOX.match(base(name))}


_BOX = re.compile("border|padding")


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


def _values(
    old: Mapping[str, str | None], new: Mapping[str, str | None]
) -> Iterator[tuple[str, str | None, str | None]]:
    if old == new:
        return
    old, new = _with_borders(old), _with_borders(new)
    found = {name: (old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])}
    found = {name: each for name, each in found.items() if each[0] != each[1]}
    borders = [name for name in found if _BORDER.fullmatch(name)]
    if len(borders) > 1 and any(all(found[name][side] is None for name in borders) for side in (0, 1)):
        # a border that is new, or gone, is one thing
        is_new = found[borders[0]][0] is None
        said = " ".join(filter(None, (value for name in sorted(borders) for value in found.pop(name))))
        found["border"] = (None, said) if is_new else (said, None)
    for name, (before, after) in found.items():
        if (before, after) != found.get(name.replace("max-width", "width")) or "max-width" not in name:
            yield name, before, after


def _with_borders(values: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Return values without those of borders that are none: of width 0, or without a line."""
    gone = [
        side
        for side in ("border", *(f"border-{side}" for side in ("top", "right", "bottom", "left")))
        if values.get(f"{side}-width") == "0" or values.get(f"{side}-style") in ("none", "hidden")
    ]
    if not gone or ("border" not in gone and any(f"border-{each}" in values for each in ("width", "style"))):
        return values
    names = {f"{side}-{each}" for side in gone for each in ("width", "style", "color")}
    return {name: value for name, value in values.items() if name not in names}


# ---- What is around


def _hiding_differences(
    was: Styles, now: Styles, old: Element, new: Element, words: str
) -> Iterator[LookDifference]:
    sides = [styles.hidden(element) for styles, element in ((was, old), (now, new))]
    if sides[0] != sides[1] and words.strip():
        was_said, now_said = ("\n".join(_when_hidden(side)) for side in sides)
        yield LookDifference(HIDDEN, was_said, now_said, words)


def _when_hidden(hidden: Mapping[str, bool]) -> list[str]:
    """Return whether something is hidden, and then each time for which that is not so."""
    return ["hidden" if hidden[""] else "shown", *sorted(filter(None, hidden))]


def _image_differences(
    old: Mapping[str, str], new: Mapping[str, str], words: str
) -> Iterator[LookDifference]:
    before, after = (_size(each.get("width"), each.get("height")) for each in (old, new))
    if before != after:
        yield LookDifference("image-size", before, after, words)


def _sources(image: Element) -> str:
    """Return the pictures that a `picture` has for some screens, as they are written."""
    beside = image.parent.children if image.parent and image.parent.tag == "picture" else ()
    return " ".join(each.source for each in beside if isinstance(each, Element) and each.tag == "source")


def _size(width: str | None, height: str | None) -> str | None:
    if width and height:
        return f"{width} × {height}".replace("px", "")
    return (
        f"{width} wide".replace("px", "") if width else f"{height} high".replace("px", "") if height else None
    )


class _Chain(NamedTuple):
    """An element and what it is in, as far as it counts."""

    element: Element
    above: _Chain | None
    depth: int


class _Boxes:
    """Compares what is around blocks, from the inside out; each pair of elements once."""

    def __init__(self, was: Styles, now: Styles, blocks: Sequence[_Placed]) -> None:
        self.styles = was, now
        self._blocks = blocks
        self._chains: tuple[dict[tuple[int, bool], _Chain | None], dict[tuple[int, bool], _Chain | None]] = (
            {},
            {},
        )
        self._partners: tuple[dict[int, int], dict[int, int]] = {}, {}
        self._words: dict[int, str] = {}
        self._layout = False

    def compare(self, old: Element, new: Element, words: str, said: Set[str]) -> Iterator[LookDifference]:
        for is_whole in (True, False):
            left, right = self._chain(0, old, is_whole), self._chain(1, new, is_whole)
            steps = list(self._steps(left, right))
            if all(_alike(one.tag, other.tag) for one, other in steps) and _depth(left) == _depth(right):
                break
        else:
            sides = self._is_stacked(0, old), self._is_stacked(1, new)
            if self._layout or None in sides or sides[0] == sides[1] or not words.strip():
                yield from self._layout_difference(left, right, words)
            else:
                self._layout = True
                was, now = ("below" if is_stacked else "beside" for is_stacked in sides)
                yield LookDifference(STACKED, was, now, words)
            return
        inner = None
        found: list[tuple[str, LookDifference]] = []
        for one, other in steps:  # from the text outwards
            partners = self._partners[0].get(id(one)), self._partners[1].get(id(other))
            if partners == (None, None):
                self._partners[0][id(one)], self._partners[1][id(other)] = id(other), id(one)
                self._words[id(one)] = self._words[id(other)] = words
                found += [(one.tag, each) for each in self._own(one, other, words, said)]
            elif partners != (id(other), id(one)):
                # what stood in one part stands in two now, or the other way round
                is_apart = partners[0] is not None
                first = self._words[id(one) if is_apart else id(other)]
                if self._layout or not first.strip() or not words.strip():
                    yield from self._layout_difference(left, right, words)
                else:
                    self._layout = True
                    side = 0 if is_apart else 1
                    is_row = one.tag == "tr" or (inner and self._is_column(side, inner[side]))
                    yield LookDifference(
                        APART if is_apart else TOGETHER, first, words, words, ROW if is_row else ""
                    )
            inner = one, other
        yield from _without_inner_sizes(found)

    def _is_column(self, side: int, element: Element) -> bool:
        """Whether an element stands beside the others of its part."""
        own = self.styles[side].own(element)
        return own.get("display", "") in _COLUMNS or own.get("float", "none") != "none"

    def _is_stacked(self, side: int, element: Element) -> bool | None:
        """Whether an element is in a column that is as wide as a small screen, and not as a large one; None in no column."""
        for each in element.above():
            own = self.styles[side].own(each)
            large = {
                own[name] for name in own if base(name) in ("width", "max-width") and "min-width" in name
            }
            if own.get("display") in _COLUMNS and own.get("width", "").endswith("%"):
                if own["width"] != "100%":
                    return False
                if large - {"100%"}:
                    return True
        return None

    def _layout_difference(
        self, left: _Chain | None, right: _Chain | None, words: str
    ) -> Iterator[LookDifference]:
        if not self._layout:
            self._layout = True
            yield LookDifference(LAYOUT, _tags(left), _tags(right), words)

    def _own(self, old: Element, new: Element, words: str, said: Set[str]) -> Iterator[LookDifference]:
        if old.tag != new.tag:
            yield LookDifference("tag", old.tag, new.tag, words)
        before, after = (
            {
                name: value
                for name, value in styles.own(element).items()
                if not is_of_text(name)
                or (base(name) in OF_BLOCK and name not in said and element.tag not in INLINE)
            }
            for styles, element in zip(self.styles, (old, new), strict=True)
        )
        for name, was, now in _values(before, after):
            if (
                base(name).startswith(("margin", "padding"))
                and {was, now} == {None, "0"}
                and not _SPACED.fullmatch(new.tag)
            ):
                continue
            displays = was, now, before.get("display"), after.get("display")
            if (base(name) == "display" and "none" in displays) or (
                base(name) == "opacity" and "0" in (was, now)
            ):
                continue  # said where it is hidden
            if base(name) == "display":
                was = was or before.get("display") or _usual_display(old.tag)
                now = now or after.get("display") or _usual_display(new.tag)
            if was == now or (base(name) == "float" and {was, now} == {None, "none"}):
                continue
            is_size = old.tag == "img" and name in ("width", "height")
            if not is_size and not (_STRIPED.search(base(name)) and self._is_stripe(old, new, name)):
                aligns = name in ("text-align", "direction")
                until = self._until(new, base(name), words) if _OF_A_BOX.search(base(name)) else ""
                yield LookDifference(f"part {name}" if aligns else name, was, now, words, until=until)

    def _until(self, element: Element, name: str, words: str) -> str:
        """Return the last words in a box that holds several texts; `WHOLE` for what all of the email stands on or in."""
        inside = self._inside(element)
        is_page = name in _OF_THE_PAGE and not any(
            base(one) == name
            for each in element.above()
            if each is not element
            for one in self.styles[1].own(each)
        )
        # columns in the other order are not an email that is written the other way
        is_around_all = 1 < len(inside) == len(self._seen) and (name != "direction" or element.get("dir"))
        if is_page and (element.tag in ("body", "html") or is_around_all):
            return WHOLE
        if name in OF_BLOCK or len(inside) < 2:
            return ""
        last = self._blocks[inside[-1]]
        return next((said for said in [_words_of(*last, Counter())] if said != words), "")

    def _inside(self, element: Element) -> Sequence[int]:
        """Return the numbers of the blocks in an element that are seen."""
        start = self._numbers.get(id(element), 0)
        ends = bisect_left(self._starts, start), bisect_left(self._starts, self._ends.get(id(element), 0))
        return [at for _, at in self._seen[slice(*ends)]]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(each): at for at, each in enumerate(self.styles[1].document.elements)}

    @cached_property
    def _ends(self) -> dict[int, int]:
        """The number of the first element after each element, and all that is in it."""
        found: dict[int, int] = {}
        for at, each in reversed(list(enumerate(self.styles[1].document.elements))):
            end = found[id(each)] = max(found.get(id(each), 0), at + 1)
            if each.parent is not None:
                found[id(each.parent)] = max(found.get(id(each.parent), 0), end)
        return found

    @cached_property
    def _seen(self) -> list[tuple[int, int]]:
        """Where each block stands that is seen in the email: the number of its element, and its own."""
        return sorted(
            (self._numbers[id(place.element)], at)
            for at, (block, place) in enumerate(self._blocks)
            if block.kind not in _NOT_IN_IT and id(place.element) in self._numbers
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._seen]

    def _is_stripe(self, old: Element, new: Element, name: str) -> bool:
        """Whether a row has another colour for standing at another place only, where the places have the same colours as before."""
        rows = _row(old), _row(new)
        if None in rows:
            return False
        sides = []
        for side, (row, element) in enumerate(zip(rows, (old, new), strict=True)):
            assert row is not None
            assert row.parent is not None
            every = [
                each for each in row.parent.children if isinstance(each, Element) and each.tag == row.tag
            ]
            at = _place(row, element)
            values = [self.styles[side].own(_cell(each, at)).get(name, "") for each in every]
            sides.append((every.index(row), values))
        (was_at, olds), (now_at, news) = sides
        return was_at != now_at and _alternates(olds) and _alternates(news) and _agree(olds, news)

    def _steps(self, left: _Chain | None, right: _Chain | None) -> Iterator[tuple[Element, Element]]:
        while left is not None and right is not None:
            yield left.element, right.element
            if self._partners[0].get(id(left.element)) == id(right.element) and _alike(
                left.element.tag, right.element.tag
            ):
                return  # and so are those above
            left, right = left.above, right.above

    def _chain(self, side: int, element: Element, is_whole: bool) -> _Chain | None:
        known = self._chains[side]
        missing: list[Element] = []
        at: Element | None = element
        while at is not None and (id(at), is_whole) not in known:
            missing.append(at)
            at = at.parent
        chain = known[id(at), is_whole] if at is not None else None
        for each in reversed(missing):
            if self._counts(side, each, is_whole):
                chain = _Chain(each, chain, _depth(chain) + 1)
            known[id(each), is_whole] = chain
        return chain

    def _counts(self, side: int, element: Element, is_whole: bool) -> bool:
        """Whether an element is seen: one without a look of its own only holds others."""
        if element.tag == "head":
            return False
        if (
            element.tag in _HOLDERS
            or element.tag in ("#root", "html")
            or element.tag in INLINE - {"a", "img"}
        ):
            own = self.styles[side].own(element)
            bases = {base(name) for name in own}
            is_plain = all(map(is_of_text, own)) and (element.tag in INLINE or OF_BLOCK.isdisjoint(bases))
            return not is_plain or (is_whole and element.tag not in INLINE | {"#root", "html"})
        return True


def _usual_display(tag: str) -> str:
    return "table-cell" if tag in ("td", "th") else "inline" if tag in INLINE else "block"


_OF_THE_PAGE = frozenset({"background-color", "direction"})
_OF_A_BOX = re.compile("^border(?!-spacing)|^outline|^box-shadow$|^background-color$|^direction$")
"""What is seen around all that a part holds."""
_NOT_IN_IT = _NEVER_SEEN | {"title", "invisible image"}
_SPACED = re.compile("p|h[1-6]|[uod]l|dd|blockquote|body|figure|pre|form|hr|td|th|fieldset|a|button")
"""The tags of what has a space of its own, unless something else is said."""
_COLUMNS = frozenset({"inline-block", "inline-table", "table-cell", "inline-flex"})
_HOLDERS = frozenset(
    {"div", "center", "section", "article", "main", "header", "footer", "tbody", "thead", "tfoot", "figure"}
)


_STRIPED = re.compile("^background|color$")


def _row(element: Element) -> Element | None:
    return next((each for each in element.above() if each.tag in ("tr", "li") and each.parent), None)


def _place(row: Element, element: Element) -> int | None:
    """Return which of the cells of a row an element is; None for the row itself, or what is inside of a cell."""
    return next((at for at, each in enumerate(row.children) if each is element), None)


def _cell(row: Element, at: int | None) -> Element:
    child = row.children[at] if at is not None and at < len(row.children) else row
    return child if isinstance(child, Element) else row


def _alternates(values: Sequence[str]) -> bool:
    """Whether the values of rows come in turn; of the first row, which may be one of heads, whatever it is."""
    body = values[1:] if len(values) > 2 and values[0] not in values[1:3] else values
    return len(body) > 1 and body[0] != body[1] and all(map(str.__eq__, body, body[2:]))


def _agree(olds: Sequence[str], news: Sequence[str]) -> bool:
    return all(map(str.__eq__, olds, news))


def _without_inner_sizes(found: Sequence[tuple[str, LookDifference]]) -> Iterator[LookDifference]:
    """Yield differences but for the size of what is inside another part that got, or lost, a size too: that is one thing."""
    for at, (tag, each) in enumerate(found):
        is_told = base(each.name) in _SIZES and any(
            other.name == each.name
            and (tag in INLINE or _is_new(each) or _is_new(other) or _grows(each) == _grows(other))
            for _, other in found[at + 1 :]
        )
        is_twin = WHEN in each.name and any(
            base(each.name) in (other.name, f"max-{other.name}")
            and other.name in _SIZES
            and other[1:3] == each[1:3]
            for _, other in found
        )
        if not is_told and not is_twin:
            yield each


def _grows(each: LookDifference) -> bool | None:
    """Whether a size became a larger one; None where that cannot be told."""
    sizes = [_LENGTH.fullmatch(value or "") for value in (each.old, each.new)]
    if sizes[0] is None or sizes[1] is None or sizes[0][2] != sizes[1][2]:
        return None
    return float(sizes[1][1]) > float(sizes[0][1])


_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(px|em|rem|%)")


def _is_new(each: LookDifference) -> bool:
    return None in (each.old, each.new)


_SIZES = frozenset({"width", "height", "max-width", "min-width"})


def _tags(chain: _Chain | None) -> str:
    tags = []
    while chain:
        tags.append(chain.element.tag)
        chain = chain.above
    return " ".join(tags)


def _depth(chain: _Chain | None) -> int:
    return chain.depth if chain else 0


def _alike(one: str, other: str) -> bool:
    return (
        one == other
        or bool(_HEADING.fullmatch(one) and _HEADING.fullmatch(other))
        or {one, other} == {"ul", "ol"}
    )


class _Ornament(NamedTuple):
    """A part without words: its tag, what it looks like, the words next to it, and on which side of these it is."""

    tag: str
    own: tuple[tuple[str, str], ...]
    words: str
    beside: str


def _ornament_differences(was: Styles, now: Styles) -> Iterator[LookDifference]:
    """Yield what changed of what holds no words: lines, empty cells that keep a distance."""
    olds, news = _ornaments(was), _ornaments(now)
    said = [
        [text for _, text in styles.document.texts if text.strip()]
        + [_called(each) for each in styles.document.elements if each.tag in _PICTURES]
        for styles in (was, now)
    ]
    if said[0] == said[1] and [each[:2] for each in olds] == [each[:2] for each in news]:
        for one, other in zip(olds, news, strict=True):
            if one[2:] != other[2:]:
                yield LookDifference(PLACE, one.tag, other.tag, other.words, beside=other.beside)
    for a, b, c, d in changed_ranges([each[:2] for each in olds], [each[:2] for each in news]):
        gone, come = olds[a:b], news[c:d]
        near = come[0] if come else gone[0]
        if [each.tag for each in gone] == [each.tag for each in come]:
            for one, other in zip(gone, come, strict=True):
                for name, before, after in _values(dict(one.own), dict(other.own)):
                    if other.tag == "hr":
                        yield LookDifference(f"hr {name}", before, after)
                    else:
                        is_picture = any("background-image" in each for each, _ in (*one.own, *other.own))
                        what = f"the {'background image' if is_picture else 'empty part'} {other.beside}"
                        yield LookDifference(name, before, after, other.words, beside=what)
        elif "hr" in {each.tag for each in (*gone, *come)}:
            yield LookDifference(
                "hr", "hr" if gone else None, "hr" if come else None, near.words, beside=near.beside
            )
        elif gone or come:
            yield LookDifference(
                "empty part", "" if gone else None, "" if come else None, near.words, beside=near.beside
            )


_PICTURES = frozenset({"img", "video", "audio"})


def _called(picture: Element) -> str:
    return picture.get("alt") or name_of(Block("image", "", picture.get("src")))


_SEEN = re.compile(r"\w")


def _ornaments(styles: Styles) -> list[_Ornament]:
    """Return the parts without words, each with the last words above it; with those below where none are above."""
    full: set[int] = set()
    for element in styles.document.elements:
        is_full = element.tag == "img" or any(
            isinstance(each, str) and each.strip() for each in element.children
        )
        at: Element | None = element if is_full else None
        while at is not None and id(at) not in full:
            full.add(id(at))
            at = at.parent
    said = {
        id(element): words
        for element, text in styles.document.texts
        if not styles.hidden(element)[""]
        and not element.tiny
        and _SEEN.search(words := " ".join(text.split()))
    }
    said |= {
        id(each): name
        for each in styles.document.elements
        if each.tag in _PICTURES and (name := _called(each))
    }
    first = next((said[id(element)] for element in styles.document.elements if id(element) in said), "")
    found: list[_Ornament] = []
    last = ""
    for element in styles.document.elements:
        last = said.get(id(element), last)
        if (
            id(element) not in full
            and not element.muted
            and element.tag not in ("html", "body", "br", "wbr", "col", "source", "video", "audio", "track")
        ):
            own = tuple(sorted(styles.own(element).items()))
            if own or element.tag in ("hr", "td", "th"):
                is_line = element.tag == "p" and any(name.startswith("border") for name, _ in own)
                tag = "hr" if is_line else element.tag
                found.append(_Ornament(tag, own, last or first, "below" if last else "above"))
    return found


# ---- Style sheets


def _rule_differences(was: Styles, now: Styles) -> Iterator[LookDifference]:
    """Yield what changed in the rules for what single mail programs put around a message, or for selectors that are not followed."""
    changes = list(rule_changes(was, now))
    first = {**_first_words(was.document), **_first_words(now.document)} if changes else {}
    for (at_rule, selector), before, after in changes:
        twin = _OF_PROGRAMS.sub("", selector)
        if twin != selector and all(
            not said or any(rules.get(twin) == said for rules in styles.at_rules.values())
            for styles, said in ((was, before), (now, after))
        ):
            continue  # the same for a program that does not follow the @rule
        when = MAIL_PROGRAMS if is_rare(selector) else at_rule or selector
        words = next((text for name in _CLASS.findall(selector)[-1:] if (text := first.get(name))), "")
        for each in _values(before, after):
            yield LookDifference(*each, words, when)


_OF_PROGRAMS = re.compile(r"^\.moz-text-html\s+")


def _first_words(document: Document) -> dict[str, str]:
    """Return the words of the first element of each class."""
    found: dict[str, Element] = {}
    for element in document.elements:
        if not element.muted:
            for name in element.get("class").split():
                found.setdefault(name, element)
    return {name: element.text for name, element in found.items()}


def _breakpoints(old: Styles, new: Styles) -> dict[str, str]:
    """Return what the @rules of the new version are called in the old: those that hold from another width of the screen."""
    gone = [when for when in old.at_rules if when not in new.at_rules]
    found: dict[str, str] = {}
    for when in new.at_rules:
        if when not in old.at_rules:
            same = [one for one in gone if _NUMBER.sub("", one) == _NUMBER.sub("", when)]
            best = max(same, key=lambda one: len(_rules_in(old, one) & _rules_in(new, when)), default=None)
            if best is not None and _rules_in(old, best) & _rules_in(new, when):
                found[when] = best
                gone.remove(best)
    return found


def _rules_in(styles: Styles, when: str) -> set[tuple[str, ...]]:
    return {(selector, *map(str, rule.items())) for selector, rule in styles.at_rules[when].items()}
