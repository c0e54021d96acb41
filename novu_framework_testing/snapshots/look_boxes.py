"""What is around texts and images: boxes, columns, rows, the whole email; compared from the text outwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import permutations, takewhile

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.snapshots.html_styles import BACKGROUND, Styles, base, is_of_text
from novu_framework_testing.snapshots.look_chains import (
    Chain,
    Chains,
    are_alike,
    depth_of,
    elements_of,
    is_beside,
    tags_of,
    wrapped,
)
from novu_framework_testing.snapshots.look_company import Company, Inside, same_parts
from novu_framework_testing.snapshots.look_crossings import Crossing, Crossings
from novu_framework_testing.snapshots.look_difference import (
    APART,
    AS_LETTERS,
    BOX,
    GROUND_WIDTH,
    IN_BOX,
    IN_ROW,
    LAYOUT,
    LEVEL,
    ROW,
    STACKED,
    TOGETHER,
    LookDifference,
    Placed,
    always,
)
from novu_framework_testing.snapshots.look_lines import (
    COLUMNS,
    is_column,
)
from novu_framework_testing.snapshots.look_own import OwnLooks
from novu_framework_testing.snapshots.look_sizes import without_inner_sizes
from novu_framework_testing.snapshots.look_widths import (
    most_width,
)
from novu_framework_testing.snapshots.reading import Block


class Boxes:
    """Compares what is around blocks, from the inside out; each pair of elements once.

    Args:
        was, now: Both versions.
        places: What is read in them.
        stay: Which block of the new one is which of the old, of those that stand where they stood.
        moved: The same of those that stand elsewhere.
    """

    def __init__(
        self,
        was: Styles,
        now: Styles,
        places: tuple[Sequence[Placed], Sequence[Placed]],
        stay: Sequence[tuple[int, int]],
        moved: Sequence[tuple[int, int]],
    ) -> None:
        self.styles = was, now
        self._places = places
        self._inside = Inside(now.document, places[1])
        self._inside_before = Inside(was.document, places[0])
        self._became = dict([*moved, *stay])
        self._were = {after: before for before, after in self._became.items()}
        self._crossings = Crossings(self.styles, places, (self._inside_before, self._inside), stay)
        self._company = Company((was.document, now.document), places, stay, moved) if moved else None
        self._told: set[int] = set()
        self._chains = Chains(was), Chains(now)
        inside = self._inside_before, self._inside
        self._own = OwnLooks(self.styles, places, inside, self._became, {after for _, after in stay})
        self._partners: tuple[dict[int, int], dict[int, int]] = {}, {}
        self._words: dict[int, str] = {}
        self._crossed: dict[tuple[int, int, bool], bool] = {}
        self._layout = False

    def is_of_all(self, found: LookDifference) -> bool:
        """Tell whether a width is that of outermost boxes, below each other, that hold all of the email between them."""
        return self._own.is_of_all(found)

    def compare(
        self, old: Element, new: Element, words: str, said: Set[str], blocks: tuple[Block, Block]
    ) -> Iterator[LookDifference]:
        """Yield what is different around a block.

        Args:
            old, new: What the block stands in, in both versions.
            words: What it is called.
            said: The properties that were said of its text.
            blocks: What is read of it in both versions.
        """
        if crossing := self._crossings.of(old, new, blocks):
            yield from self._across(old, new, crossing, words, said)
            return
        for is_whole in (True, False):
            left, right = self._chains[0].around(old, is_whole), self._chains[1].around(new, is_whole)
            steps = list(self._steps(left, right))
            if all(are_alike(one.tag, other.tag) for one, other in steps) and depth_of(left) == depth_of(
                right
            ):
                break
        else:
            untold = self._untold(left, right)
            around = wrapped(*untold, self._own.only_holds)
            sides = self._is_stacked(0, old), self._is_stacked(1, new)
            if None not in sides and sides[0] != sides[1]:
                if words.strip() and not self._layout:
                    self._layout = True
                    was, now = ("below" if is_stacked else "beside" for is_stacked in sides)
                    yield LookDifference(STACKED, was, now, words)
                return
            if around is None:
                in_row = [any(map(is_beside, elements)) for elements in untold]
                if in_row[0] != in_row[1] and words.strip() and not self._layout:
                    self._layout = True
                    was_row, now_row = ("row" if each else None for each in in_row)
                    yield LookDifference(IN_ROW, was_row, now_row, words)
                    return
                yield from self._layout_difference(left, right, words)
                return
            steps, extra = around
            crossed: tuple[list[Element], list[Element]] = [], []
            for side, element in extra:
                if id(element) not in self._partners[side]:
                    self._partners[side][id(element)] = _NOTHING
                    yield from self._around(side, element, words, said)
                elif self._partners[side][id(element)] != _NOTHING:
                    crossed[side].append(element)
            if words.strip():
                yield from self._beside(crossed, words)
        inner = None
        found: list[tuple[str, LookDifference]] = []
        for one, other in steps:  # from the text outwards
            partners = self._partners[0].get(id(one)), self._partners[1].get(id(other))
            if partners == (None, None):
                self._partners[0][id(one)], self._partners[1][id(other)] = id(other), id(one)
                self._words[id(one)] = self._words[id(other)] = words
                found += [(one.tag, each) for each in self._own.compare(one, other, words, said)]
            elif partners != (id(other), id(one)) and not self._are_groups_of_one(one, other):
                # what stood in one part stands in two now, or the other way round
                is_apart = partners[0] is not None
                first = self._words.get(id(one) if is_apart else id(other), "")
                if self._layout or not first.strip() or not words.strip():
                    yield from self._layout_difference(left, right, words)
                else:
                    self._layout = True
                    side = 0 if is_apart else 1
                    is_row = one.tag == "tr" or (inner and is_column(self.styles[side], inner[side]))
                    # columns that became the rows of a table, or were these
                    part = (other, one)[side]
                    table = part.parent if part.tag == "tbody" and part.parent else part
                    is_turned = inner and inner[side].tag == "tr" and is_column(self.styles[1 - side], table)
                    yield LookDifference(
                        APART if is_apart != bool(is_turned) else TOGETHER,
                        first,
                        words,
                        words,
                        ROW if is_row or is_turned else "",
                        sentence="\n".join((words, *self._unsaid_of(1 - side, part))),
                    )
            inner = one, other
        yield from without_inner_sizes(found)

    def _are_groups_of_one(self, one: Element, other: Element) -> bool:
        """Tell whether two elements are groups of rows of a table that both versions have, of which nothing is seen: without a look or lines of their own."""
        tables = one.parent, other.parent
        return (
            tables[0] is not None
            and tables[1] is not None
            and self._partners[0].get(id(tables[0])) == id(tables[1])
            and all(each.tag == "tbody" for each in (one, other))
            and not any(each.get("rules") for each in tables if each)
            and not self.styles[0].own(one)
            and not self.styles[1].own(other)
        )

    def _across(
        self, old: Element, new: Element, crossing: Crossing, words: str, said: Set[str]
    ) -> Iterator[LookDifference]:
        """Yield which box a block came into or left, and what else is different around it up to the edge of that."""
        places = old, new
        rest = self._below(0, old, crossing.edges[0]), self._below(1, new, crossing.edges[1])
        found: list[tuple[str, LookDifference]] = []
        while all(rest) and self._are_each_other(rest[0][0], rest[1][0]):
            one, other = (elements.pop(0) for elements in rest)
            self._partners[0][id(one)], self._partners[1][id(other)] = id(other), id(one)
            found += [(one.tag, each) for each in self._own.compare(one, other, words, said)]
        untold: list[str] = []
        for side, elements in enumerate(rest):
            names = set[str]().union(*(self._seen_of(1 - side, each) for each in rest[1 - side]))
            for each in elements:
                if id(each) in self._partners[side]:
                    continue
                is_whole = self._crossed_with(1 - side, each, crossing, places[1 - side])
                if not is_whole and words.strip():
                    self._words.setdefault(id(each), words)
                seen = self._seen_of(side, each)
                is_said = is_whole and bool(seen) and names.isdisjoint(seen)
                if is_said:
                    self._partners[side][id(each)] = _NOTHING
                    found += [(each.tag, one) for one in self._around(side, each, words, said)]
                untold += self._unsaid_of(side, each, seen if is_said else frozenset())
        if words.strip():
            yield from self._said_of_crossing(old, new, crossing, words, untold)
        yield from without_inner_sizes(found)

    def _said_of_crossing(
        self, old: Element, new: Element, crossing: Crossing, words: str, untold: Sequence[str]
    ) -> Iterator[LookDifference]:
        """Yield which box a block came into or left, and how it stands there; that its layout changed, where no box has a name.

        Args:
            old, new: What the block stands in, in both versions.
            crossing: Which edges it crossed.
            words: What it is called.
            untold: What is around it in one version, and is not said.
        """
        if not crossing.was and not crossing.now:
            chains = self._chains[0].around(old, is_whole=True), self._chains[1].around(new, is_whole=True)
            for each in self._layout_difference(*chains, words):
                yield each._replace(sentence="\n".join((words, *untold)))
            return
        about = "\n".join((words, crossing.about, *untold))
        yield LookDifference(IN_BOX, crossing.was, crossing.now, words, sentence=about)
        was, now = (
            " ".join(each.tag for each in reversed([*element.above()]) if each.tag in _LEVELS)
            for element in (old, new)
        )
        if was != now:
            yield LookDifference(LEVEL, was, now, words)
        was_row, now_row = ("row" if any(map(is_beside, element.above())) else None for element in (old, new))
        if was_row != now_row:
            yield LookDifference(IN_ROW, was_row, now_row, words)

    def _below(self, side: int, element: Element, edge: Element) -> list[Element]:
        """Return what counts around a block, from the inside out, up to the edge of a box that it stands in, or beside."""
        inside = (self._inside_before, self._inside)[side]
        return [
            each
            for each in takewhile(lambda one: not inside.holds(one, edge), element.above())
            if self._chains[side].counts(each, is_whole=True)
        ]

    def _seen_of(self, side: int, element: Element) -> set[str]:
        """Return the names of what is said of an element that holds others."""
        return {name for name in self.styles[side].own(element) if _OF_A_HOLDER.match(base(name))}

    def _unsaid_of(self, side: int, element: Element, said: Set[str] = frozenset()) -> list[str]:
        """Return what is around all that an element holds, with its values, but for the properties that are said."""
        own = self.styles[side].own(element)
        return [
            f"{side} {name} {own[name]}".translate(AS_LETTERS)
            for name in sorted(own.keys() - said)
            if base(name) == BACKGROUND or not is_of_text(name)
        ]

    def _crossed_with(self, side: int, element: Element, crossing: Crossing, place: Element) -> bool:
        """Tell whether all that an element holds crossed the same edges as a block in it.

        Args:
            side: The other version.
            element: The element.
            crossing: The edges.
            place: What the block stands in, in the other version.
        """
        inside = (self._inside_before, self._inside)
        edge = crossing.edges[side]
        where = inside[side].holds(edge, place)
        key = id(element), id(edge), where
        if key not in self._crossed:
            held = inside[1 - side].ranks(element)
            places = (self._place_in(side, inside[1 - side].seen[at]) for at in held)
            self._crossed[key] = all(one is None or inside[side].holds(edge, one) == where for one in places)
        return self._crossed[key]

    def _place_in(self, side: int, at: int) -> Element | None:
        """Return what a block of the other version stands in, in this one; None if it is not in it."""
        number = (self._were, self._became)[side].get(at)
        return None if number is None else self._places[side][number][1].element

    def _are_each_other(self, one: Element, other: Element) -> bool:
        """Tell whether two parts, of which nothing is known yet, are the same one."""
        is_known = id(one) in self._partners[0] or id(other) in self._partners[1]
        return not is_known and (
            self._crossings.are_twins(one, other)
            or (are_alike(one.tag, other.tag) and self._hold_the_same(one, other))
        )

    def _hold_the_same(self, one: Element, other: Element) -> bool:
        """Tell whether two parts begin and end with the same blocks."""
        ranks = self._inside_before.ranks(one), self._inside.ranks(other)
        return len(ranks[0]) == len(ranks[1]) > 0 and all(
            self._became.get(self._inside_before.seen[ranks[0][at]]) == self._inside.seen[ranks[1][at]]
            for at in (0, -1)
        )

    def compare_own(self, old: Element, new: Element, words: str, said: Set[str]) -> Iterator[LookDifference]:
        """Yield what is different of what a block that moved stands in, as far as that holds nothing but what moved with it."""
        is_told = id(new) in self._told
        parts = self._own_parts(0, old), self._own_parts(1, new)
        pairs = self._own_steps(parts)
        if not pairs and not is_told and are_alike(old.tag, new.tag):
            pairs = [(old, new)]
        found = [
            (one.tag, each) for one, other in pairs for each in self._own.compare(one, other, words, said)
        ]
        yield from without_inner_sizes(found)
        paired = {id(each) for pair in pairs for each in pair}
        extra = [
            [each for held in sides.values() for each in held if id(each) not in paired] for sides in parts
        ]
        for side, holder in enumerate((new, old)):
            if extra[side]:
                around = self._beyond(1 - side, holder)
                around |= {
                    value for each in extra[1 - side] for value in self.styles[1 - side].own(each).items()
                }
                yield from self._of_one_version(side, extra[side], around, words, said)

    def _beyond(self, side: int, element: Element) -> set[str | tuple[str, str]]:
        """Return the names of what is said of the parts around a block that moved that hold others, too."""
        parts = (each for each in element.above() if id(each) not in self._told)
        return {name for each in parts for name in self.styles[side].own(each)}

    def _of_one_version(
        self,
        side: int,
        extra: Sequence[Element],
        around: Set[str | tuple[str, str]],
        words: str,
        said: Set[str],
    ) -> Iterator[LookDifference]:
        """Yield what is seen of parts that one version has around a block that moved.

        Args:
            side: The version.
            extra: The parts.
            around: The names, and the names with values, of what is around the block in the other version.
            words, said: The block, and what was said of its text.
        """
        for element in extra:
            names = [
                value[0]
                for value in self.styles[side].own(element).items()
                if around.isdisjoint((value, value[0]))
            ]
            for each in self._around(side, element, words, said):
                # a background is compared by what the block stands on
                if base(each.name) != "background-color" and any(
                    name.startswith(always(each.name)) for name in names
                ):
                    yield each

    def _around(self, side: int, element: Element, words: str, said: Set[str]) -> Iterator[LookDifference]:
        """Yield what is seen of a part that only one version has around a block."""
        is_whole = self.styles[side].own(element).get("width") == "100%"
        before, after = (None, element) if side else (element, None)
        for each in self._own.compare(before, after, self._words.get(id(element), words), said):
            is_seen = _OF_A_HOLDER.match(base(each.name)) and each[1:3] not in _NOTHING_SEEN
            if is_seen and not (is_whole and always(each.name) == "align"):
                # a box that is gone from around a button was none of it: that is as it was
                yield each if side else each._replace(kind=BOX)

    def _beside(self, crossed: tuple[list[Element], list[Element]], words: str) -> Iterator[LookDifference]:
        """Yield the space left and right of a block in the parts of both versions that it stands in in one of them alone."""
        about = "\n".join((words, *(self._words.get(id(each), "") for side in crossed for each in side)))
        for name in ("padding-left", "padding-right"):
            was, now = (
                _sum([styles.own(each).get(name, "0") for each in elements])
                for styles, elements in zip(self.styles, crossed, strict=True)
            )
            if was or now:
                yield LookDifference(name, was, now, words, sentence=about)

    def _own_steps(
        self, sides: tuple[Mapping[tuple[int, int], list[Element]], Mapping[tuple[int, int], list[Element]]]
    ) -> list[tuple[Element, Element]]:
        """Return which parts around a block that moved are which, from the inside out.

        Args:
            sides: The parts in both versions, by what they hold.
        """
        pairs: list[tuple[Element, Element]] = []
        for company, olds in sides[0].items():
            news = sides[1].get(company, [])
            for is_whole in (True, False):
                left, right = (
                    [each for each in parts if self._chains[side].counts(each, is_whole)]
                    for side, parts in enumerate((olds, news))
                )
                if len(left) == len(right) and all(
                    are_alike(one.tag, other.tag) for one, other in zip(left, right, strict=True)
                ):
                    pairs += zip(left, right, strict=True)
                    break
            else:
                pairs += same_parts(left, right)
        return pairs

    def _own_parts(self, side: int, element: Element) -> dict[tuple[int, int], list[Element]]:
        """Return the parts around a block that hold nothing but what moved with it, by what they hold."""
        found: dict[tuple[int, int], list[Element]] = {}
        for each in element.above():
            company = self._company.of(side, each) if self._company else None
            if company is None or id(each) in self._told:
                break
            self._told.add(id(each))
            found.setdefault(company, []).append(each)
        return found

    def _untold(self, left: Chain | None, right: Chain | None) -> tuple[list[Element], list[Element]]:
        """Return the elements around a block, the outermost first, up to those of which it is known which is which."""
        olds, news = elements_of(left), elements_of(right)
        places = {id(element): at for at, element in enumerate(news)}
        for at in range(len(olds) - 1, -1, -1):
            known = places.get(self._partners[0].get(id(olds[at]), _NOTHING))
            if known is not None:
                return olds[at + 1 :], news[known + 1 :]
        return olds, news

    def _is_stacked(self, side: int, element: Element) -> bool | None:
        """Whether an element is in a column that is as wide as a small screen, and not as a large one; None in no column."""
        for each in element.above():
            own = self.styles[side].own(each)
            large = {
                own[name] for name in own if base(name) in ("width", "max-width") and "min-width" in name
            }
            if own.get("display") in COLUMNS and own.get("width", "").endswith("%"):
                if own["width"] != "100%":
                    return False
                if large - {"100%"}:
                    return True
        return None

    def _layout_difference(
        self, left: Chain | None, right: Chain | None, words: str
    ) -> Iterator[LookDifference]:
        tags = tags_of(left), tags_of(right)
        old, new = (
            [tag for tag in tags_of(chain, self.styles[side]).split() if tag != "a"]
            for side, chain in enumerate((left, right))
        )
        if old == new:
            return  # that it leads somewhere now, or no longer, is said of the link
        was, now = (" ".join(tag for tag in side if tag in _LEVELS) for side in (old, new))
        # how deep it stands is seen of each of the texts, and no matter of all that is around them
        if was != now:
            yield LookDifference(LEVEL, was, now, words)
            return
        room = self._rooms(left, right)
        if room[0] != room[1] and None in room and "" not in room:
            self._layout = True
            yield LookDifference(GROUND_WIDTH, *room, words)
        elif not self._layout:
            self._layout = True
            yield LookDifference(LAYOUT, *tags, words)

    def _rooms(self, left: Chain | None, right: Chain | None) -> tuple[str | None, str | None]:
        """Return how wide at most the background behind a text is in both versions, None for as wide as the email; the same where it has another colour."""
        grounds = [
            next((each for each in reversed(elements_of(chain)) if BACKGROUND in styles.own(each)), None)
            for styles, chain in zip(self.styles, (left, right), strict=True)
        ]
        was, now = grounds
        if (
            was is None
            or now is None
            or self.styles[0].own(was)[BACKGROUND] != self.styles[1].own(now)[BACKGROUND]
        ):
            return None, None
        return most_width(self.styles[0], was), most_width(self.styles[1], now)

    def _steps(self, left: Chain | None, right: Chain | None) -> Iterator[tuple[Element, Element]]:
        while left is not None and right is not None:
            yield left.element, right.element
            if self._partners[0].get(id(left.element)) == id(right.element) and are_alike(
                left.element.tag, right.element.tag
            ):
                return  # and so are those above
            left, right = left.above, right.above


def _sum(spaces: Sequence[str]) -> str | None:
    """Return how much some spaces are together, their values where these cannot be added; None for nothing."""
    seen = [space for space in spaces if space != "0"]
    if all(_PIXELS.fullmatch(space) for space in seen):
        return f"{sum(float(space[:-2]) for space in seen):g}px" if seen else None
    return " + ".join(seen)


_PIXELS = re.compile(r"\d+(?:\.\d+)?px")


_OF_A_HOLDER = re.compile(
    "^background|^border(?!-collapse|-spacing)|^outline|^box-shadow|^padding|^(?:max-)?width$|^align$"
)
"""What is seen of a part that only holds another: how the words stand is seen, and said, at the words."""
_NOTHING_SEEN = [*permutations((None, "0"), 2), *permutations((None, "100%"), 2)]
_LEVELS = frozenset({"ul", "ol", "blockquote"})
_NOTHING = 0
"""The partner of an element that came, or went, around others."""
