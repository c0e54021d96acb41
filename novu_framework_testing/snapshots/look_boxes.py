"""What is around texts and images: boxes, columns, rows, the whole email; compared from the text outwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import islice, permutations, takewhile

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import BACKGROUND, OF_BLOCK, WHEN, Styles, base, is_of_text
from novu_framework_testing.snapshots.look_chains import (
    HOLDERS,
    Chain,
    Chains,
    are_alike,
    depth_of,
    elements_of,
    is_beside,
    parts_of,
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
    HEAD,
    HEADING_SIZE,
    IN_BOX,
    IN_ROW,
    LAYOUT,
    LEVEL,
    ROW,
    STACKED,
    STICKS_OUT,
    TOGETHER,
    TURNED,
    WHOLE,
    LookDifference,
    Placed,
    always,
    seen_name,
    seen_when,
    size_of,
    value_changes,
    words_of,
)
from novu_framework_testing.snapshots.look_lines import (
    COLUMNS,
    fills_alone,
    has_columns,
    stands_alone,
    stands_between_blocks,
    takes_its_line,
    usual_display,
)
from novu_framework_testing.snapshots.look_sizes import without_inner_sizes
from novu_framework_testing.snapshots.look_stripes import is_stripe
from novu_framework_testing.snapshots.look_widths import (
    ARRANGING,
    fills_line,
    lines_of,
    most_width,
    side_of_sticking,
    sticks_out,
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
        self._blocks = places[1]
        self._stay = {after for _, after in stay}
        self._inside = Inside(now.document, self._blocks)
        self._inside_before = Inside(was.document, places[0])
        self._became = dict([*moved, *stay])
        self._were = {after: before for before, after in self._became.items()}
        self._crossings = Crossings(self.styles, places, (self._inside_before, self._inside), stay)
        self._company = Company((was.document, now.document), places, stay, moved) if moved else None
        self._told: set[int] = set()
        self._chains = Chains(was), Chains(now)
        self._partners: tuple[dict[int, int], dict[int, int]] = {}, {}
        self._words: dict[int, str] = {}
        self._of_one_cell: dict[int, bool] = {}
        self._widths: dict[tuple[str, str | None, str | None], tuple[set[int], set[int]]] = {}
        self._crossed: dict[tuple[int, int, bool], bool] = {}
        self._layout = False

    def is_of_all(self, found: LookDifference) -> bool:
        """Tell whether a width is that of outermost boxes, below each other, that hold all of the email between them."""
        name, was, now = always(found.name), found.old, found.new
        held, inside = self._widths.get((name, was, now), (set(), set()))
        others = [at for at in self._inside.seen if at not in inside]
        gone = [at for at in self._inside_before.seen if at not in held and at not in self._became]
        return (
            len(inside) > 1
            and all(at not in self._stay and self._is_in(1, at, name, now) for at in others)
            and all(self._is_in(0, at, name, was) for at in gone)
        )

    def _is_in(self, side: int, at: int, name: str, value: str | None) -> bool:
        """Tell whether a block that one version has alone, or at another place, stands in an outermost box that has some width."""
        return any(
            self.styles[side].own(each).get(name) == value and self._is_outermost(each, side)
            for each in self._places[side][at][1].element.above()
        )

    def _is_outermost(self, element: Element, side: int = 1) -> bool:
        """Tell whether a box stands in none that has a width of its own, and beside no other."""
        for each in element.above():
            own = self.styles[side].own(each)
            has_width = any(own.get(name, "").endswith("px") for name in ("width", "max-width"))
            if each is not element and (has_width or own.get("display", "") in ARRANGING):
                return False
            if is_beside(each) or self._is_column(side, each) or each.get("align") in ("left", "right"):
                return False
        return element.tag in ("div", "table")

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
            around = wrapped(*untold, self._only_holds)
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
                found += [(one.tag, each) for each in self._own(one, other, words, said)]
            elif partners != (id(other), id(one)):
                # what stood in one part stands in two now, or the other way round
                is_apart = partners[0] is not None
                first = self._words.get(id(one) if is_apart else id(other), "")
                if self._layout or not first.strip() or not words.strip():
                    yield from self._layout_difference(left, right, words)
                else:
                    self._layout = True
                    side = 0 if is_apart else 1
                    is_row = one.tag == "tr" or (inner and self._is_column(side, inner[side]))
                    # columns that became the rows of a table, or were these
                    part = (other, one)[side]
                    table = part.parent if part.tag == "tbody" and part.parent else part
                    is_turned = inner and inner[side].tag == "tr" and self._is_column(1 - side, table)
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
            found += [(one.tag, each) for each in self._own(one, other, words, said)]
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
        found = [(one.tag, each) for one, other in pairs for each in self._own(one, other, words, said)]
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
                    name.startswith(each.name) for name in names
                ):
                    yield each

    def _around(self, side: int, element: Element, words: str, said: Set[str]) -> Iterator[LookDifference]:
        """Yield what is seen of a part that only one version has around a block."""
        is_whole = self.styles[side].own(element).get("width") == "100%"
        before, after = (None, element) if side else (element, None)
        for each in self._own(before, after, self._words.get(id(element), words), said):
            is_seen = _OF_A_HOLDER.match(base(each.name)) and each[1:3] not in _NOTHING_SEEN
            if is_seen and not (is_whole and each.name == "align"):
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

    def _only_holds(self, element: Element) -> bool:
        """Whether an element does nothing but hold what is in it, as a table does whose rows have one cell each."""
        if element.tag in HOLDERS:
            return True
        table = next((each for each in element.above() if each.tag == "table"), None)
        if table is None or element.tag not in ("table", "tr", "td"):
            return False
        if id(table) not in self._of_one_cell:
            rows = (each for part in (table, *parts_of(table)) for each in parts_of(part) if each.tag == "tr")
            self._of_one_cell[id(table)] = all(len(parts_of(row)) == 1 for row in rows)
        return self._of_one_cell[id(table)]

    def _is_as_high_as_its_words(self, side: int, cell: Element) -> bool:
        """Tell whether nothing makes a cell higher than what is in it: no cell beside it, and no height that is said."""
        if cell.tag not in _CELLS:
            return False
        table = next((each for each in cell.above() if each.tag == "table"), cell)
        outside = next(iter(table.above()), table)
        is_stretched = "flex" in self.styles[side].own(outside).get("display", "")
        if is_stretched or cell.attributes.get("rowspan", "1") != "1":
            return False
        around = (*takewhile(lambda one: one is not table, cell.above()), table)
        heights = (name for each in around for name in self.styles[side].own(each))
        return self._only_holds(cell) and not any(base(name).endswith("height") for name in heights)

    def _untold(self, left: Chain | None, right: Chain | None) -> tuple[list[Element], list[Element]]:
        """Return the elements around a block, the outermost first, up to those of which it is known which is which."""
        olds, news = elements_of(left), elements_of(right)
        places = {id(element): at for at, element in enumerate(news)}
        for at in range(len(olds) - 1, -1, -1):
            known = places.get(self._partners[0].get(id(olds[at]), _NOTHING))
            if known is not None:
                return olds[at + 1 :], news[known + 1 :]
        return olds, news

    def _is_column(self, side: int, element: Element) -> bool:
        """Whether an element stands beside the others of its part."""
        own = self.styles[side].own(element)
        return own.get("display", "") in COLUMNS or own.get("float", "none") != "none"

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

    def _own(
        self, old: Element | None, new: Element | None, words: str, said: Set[str]
    ) -> Iterator[LookDifference]:
        """Yield what is different of an element itself; of one that came or went, what it looks like."""
        is_of_box = self._look_around_a_button(new)
        before, after = (
            {
                name: value
                for name, value in (styles.own(element).items() if element is not None else ())
                if not is_of_text(name)
                or (
                    base(name) in OF_BLOCK
                    and (
                        name not in said
                        or base(name) == BACKGROUND
                        or is_of_box(name)
                        # the order of columns is another matter than how their words are read
                        or (base(name) == "direction" and element is not None and has_columns(element))
                    )
                    and element
                    and element.tag not in INLINE
                )
            }
            for styles, element in zip(self.styles, (old, new), strict=True)
        )
        is_same, is_gone = old is not None and new is not None, new is None
        sides = old, new
        old, new = old or new, new or old
        if old is None or new is None:
            return
        if is_same:
            is_high = not all(map(self._is_as_high_as_its_words, (0, 1), (old, new)))
            before, after = (
                {name: value for name, value in each.items() if name != "vertical-align"}
                | self._vertical(side, element, is_high=is_high)
                for side, (each, element) in enumerate(((before, old), (after, new)))
            )
        if {old.tag, new.tag} == {"td", "th"}:
            if not (_is_of_layout(old) or _is_of_layout(new)):
                yield LookDifference(HEAD, old.tag, new.tag, words)
        elif old.tag != new.tag:
            are_usual = all(map(_has_usual_size, self.styles, (old, new)))
            yield LookDifference(HEADING_SIZE if are_usual else "tag", old.tag, new.tag, words)
        has_height = any(base(each).endswith("height") for each in (*before, *after))
        sized = {"width"} if has_height else {"width", "box-sizing"}
        sticking = list(self._sticking(old, new, words, [*before, *after])) if is_same else []
        for name, was, now in value_changes(before, after):
            if (
                base(name).startswith(("margin", "padding"))
                and {was, now} == {None, "0"}
                and not _SPACED.fullmatch(new.tag)
            ):
                continue
            displays = before.get("display"), after.get("display")
            values = (was, now, *displays) if base(name) == "display" else (was, now)
            if _is_hiding(name, values):
                continue  # said where it is hidden
            if base(name) == "display":
                was = was or before.get("display") or usual_display(old.tag)
                now = now or after.get("display") or usual_display(new.tag)
            if was == now or (base(name) == "float" and {was, now} == {None, "none"}):
                continue
            if name == "text-align" and self._aligned(0, old) == self._aligned(1, new):
                continue  # as what it is in was
            if base(name) == "direction" and is_same and not self._is_other_way(old, new, name):
                continue
            if name == BACKGROUND and self._is_unseen_ground(sides):
                continue
            if base(name) == "flex-direction" and is_same and len(self._inside.of(new)) > 1:
                flows = self._flows(old, new, name.removesuffix(base(name)))
                if len({flow.endswith("-reverse") for flow in flows}) > 1:
                    last = self._until(old, new, self._inside.of(new), base(name), words)
                    yield LookDifference(
                        f"{seen_name(name, before, after).removesuffix(base(name))}{TURNED}",
                        was,
                        now,
                        words,
                        until=last,
                    )
                    if len({flow.startswith("column") for flow in flows}) == 1:
                        continue
            if base(name) == "box-sizing" and sticking and not has_height:
                continue
            if base(name) in sized and is_same and self._fill(old, new, name.removesuffix(base(name))):
                continue
            is_size = old.tag == "img" and name in ("width", "height")
            if not is_size and not is_stripe(self.styles, old, new, name):
                aligns = name == "text-align" or base(name) == "direction"
                is_of_cells = (
                    "cellpadding" in new.attributes
                    and base(name).startswith("padding")
                    and not any(each.startswith("padding") for each in new.style)
                )
                inside = self._held_before(new) if is_gone else self._inside.of(new)
                is_all = False
                if base(name) in ("width", "max-width"):
                    is_all = self._holds_all(old, new, inside)
                    if f"{was}{now}".count("px") > 1 and self._is_outermost(new):
                        held, holds = self._widths.setdefault((name, was, now), (set(), set()))
                        held.update(self._inside_before.of(old))
                        holds.update(inside)
                until = (
                    self._until(old, new, inside, base(name), words) if _OF_A_BOX.search(base(name)) else ""
                )
                of_what = "part " if aligns else "cell " if is_of_cells else ""
                seen = (seen_name(name, before, after) if is_same else name).removesuffix(base(name))
                if name == "width" and was and now and self._is_filled(inside):
                    yield LookDifference(f"{seen}image-size", size_of(was, None), size_of(now, None), words)
                    continue
                has_width = any(
                    base(each) == "width" and value != "100%"
                    for side in (before, after)
                    for each, value in side.items()
                )
                if (
                    base(name) == "height"
                    and {was, now} == {None, "auto"}
                    and before.get("height") in (None, "auto")
                ):
                    continue
                when = name.removesuffix(base(name))
                if (
                    base(name) in ("width", "display")
                    and not has_width
                    and _is_in_line(new)
                    and (stands_alone(new) or takes_its_line(old, new, after, when))
                ):
                    fills = [
                        fills_alone(side, when, element.tag)
                        for side, element in ((before, old), (after, new))
                    ]
                    if fills[0] != fills[1]:  # as wide as the line, or as what it holds
                        name, was, now = (
                            f"{when}display",
                            *("block" if each else "inline-block" for each in fills),
                        )
                    elif fills[0]:
                        continue
                are_blocks_around = (
                    base(name) == "display"
                    and {was, now} in _LINE_OR_BLOCK
                    and all(map(stands_between_blocks, self.styles, (old, new)))
                )
                if are_blocks_around and (
                    has_width or fills_alone(before, when, old.tag) == fills_alone(after, when, new.tag)
                ):
                    continue
                is_alone = (
                    are_blocks_around
                    or (not has_width and (stands_alone(new) or takes_its_line(old, new, after, when)))
                    if base(name) == "display"
                    # a picture and the link around it are one
                    else len({self._blocks[at][0].text for at in inside}) == 1
                )
                kind = BOX if is_of_box(name) else ""
                yield LookDifference(
                    f"{seen}{of_what}{base(name)}",
                    was,
                    now,
                    words,
                    until=WHOLE if is_all else until,
                    kind=kind,
                    alone=is_alone,
                )
        yield from sticking
        yield from self._other_lines(old, new)

    def _vertical(self, side: int, element: Element, *, is_high: bool) -> dict[str, str]:
        """Return how a part stands between top and bottom, where that is seen of it and not of the cells in it.

        Args:
            side: The version.
            element: The part.
            is_high: Whether it has more room than it needs, if it is a cell.
        """
        own = self.styles[side].own(element)
        is_table = element.tag == "table" and not any(base(name) == "display" for name in own)
        if is_table or element.tag in _ROWS or (element.tag in _CELLS and not is_high):
            return {}
        said = _stands(self.styles[side], element) if element.tag in _CELLS else own.get("vertical-align")
        return {"vertical-align": said} if said else {}

    def _flows(self, old: Element, new: Element, when: str) -> list[str]:
        """Return in which direction the parts of an element follow each other in both versions, at some time; nothing if they do not share the room by flex."""
        sides = [
            [own.get(f"{when}{each}", own.get(each, "")) for each in ("display", "flex-direction")]
            for own in map(Styles.own, self.styles, (old, new))
        ]
        are_flex = all(display in ("flex", "inline-flex") for display, _ in sides)
        return [flow for _, flow in sides] if are_flex else []

    def _is_unseen_ground(self, sides: tuple[Element | None, Element | None]) -> bool:
        """Tell whether a part stands on one colour in the versions that have it, which is also that around it."""
        grounds = {
            styles.ground(each)
            for styles, part in zip(self.styles, sides, strict=True)
            if part is not None
            for each in (part, part.parent or part)
        }
        return len(grounds) == 1 and None not in grounds

    def _held_before(self, element: Element) -> list[int]:
        """Return the numbers of the blocks of the new version that stood in an element of the old."""
        numbers = self._inside_before.of(element)
        return sorted(self._became[at] for at in numbers if at in self._became)

    def _holds_all(self, old: Element, new: Element, inside: Sequence[int]) -> bool:
        """Tell whether an element that has blocks of the new version in it has all of them, and had all others that are gone."""
        before = self._inside_before
        # none: it is of the new version
        had_all = all(len(before.ranks(each)) in (0, len(before.seen)) for each in (old, new))
        return had_all and 1 < len(inside) == len(self._inside.seen)

    def _other_lines(self, old: Element, new: Element) -> Iterator[LookDifference]:
        """Yield the first part that shares the room with others and stands below the first of them now, or no longer does."""
        sides = list(zip(parts_of(old), parts_of(new), strict=False))
        lines = [lines_of(*side) for side in zip(self.styles, (old, new), strict=True)]
        if lines[0] == lines[1] or {*map(len, lines)} != {len(sides)}:
            return
        if any(one.text != other.text for one, other in sides) or self._share_otherwise((old, new), *sides):
            return
        named = ((self._first_words(part), *at) for (_, part), *at in zip(sides, *lines, strict=True))
        first, *others = [each for each in named if each[0].strip() and None not in each] or [("", 0, 0)]
        if first[1:] != (0, 0):
            return
        for words, was, now in others:
            if bool(was) != bool(now):
                yield LookDifference(APART if now else TOGETHER, first[0], words, words, ROW)
                return

    def _share_otherwise(self, *pairs: tuple[Element, Element]) -> bool:
        """Tell whether parts that share the room, or what they stand in, are changed for small screens, or for dark mode, alone."""
        owns = ([styles.own(each) for styles, each in zip(self.styles, pair, strict=True)] for pair in pairs)
        return any(
            seen_name(name, *sides) != name and sides[0].get(name) != sides[1].get(name)
            for sides in owns
            for name in ("display", "width", "flex", "flex-basis", "flex-wrap")
        )

    def _sticking(
        self, old: Element, new: Element, words: str, names: Sequence[str]
    ) -> Iterator[LookDifference]:
        """Yield where a part sticks out of what it stands in now, or no longer does: always, and at times for which that is otherwise."""
        whens = {name.removesuffix(base(name)) for name in names if WHEN in name and "::" not in name}
        changes = {
            when: [sticks_out(*side, when) for side in zip(self.styles, (old, new), strict=True)]
            for when in ("", *sorted(whens))
        }
        stays = {when.removesuffix(WHEN) for when, (was, now) in changes.items() if when and was == now}
        for when, (was, now) in changes.items():
            if was != now and (not when or [was, now] != changes[""]):
                side = side_of_sticking(self.styles[1], new, when)
                until = self._until(old, new, self._inside.of(new), "width", words)
                before, after = (side if each else None for each in (was, now))
                name = f"{when or seen_when(stays)}{STICKS_OUT}"
                yield LookDifference(name, before, after, words, until=until)

    def _fill(self, old: Element, new: Element, when: str) -> bool:
        """Tell whether a part takes all of its line in both versions, whatever is said of its width."""
        return all(fills_line(*side, when) for side in zip(self.styles, (old, new), strict=True))

    def _until(self, old: Element, element: Element, inside: Sequence[int], name: str, words: str) -> str:
        """Return the last words in a box that holds several texts; `WHOLE` for what all of the email stands on or in."""
        is_page = name in _OF_THE_PAGE and not any(
            base(one) == name
            for each in element.above()
            if each is not element
            for one in self.styles[1].own(each)
        )
        # columns in the other order are not an email that is written the other way
        is_around_all = self._holds_all(old, element, inside) and (name != "direction" or element.get("dir"))
        if is_page and (element.tag in ("body", "html") or is_around_all):
            return WHOLE
        if name in OF_BLOCK - {"background-color"} or len(inside) < 2:
            return ""
        last = self._blocks[inside[-1]]
        return next((said for said in [words_of(*last, Counter())] if said != words), "")

    def _look_around_a_button(self, element: Element | None) -> Callable[[str], bool]:
        """Return what tells which properties of an element are of a box around a button, and not of the button itself.

        Mail programs need what a button looks like around it, too: so it is where the button says the same, or nothing.
        """
        inside = self._inside.of(element) if element is not None else ()
        held = self._blocks[inside[0]] if len(inside) == 1 else None
        if element is None or held is None or held[0].kind != "button" or held[1].element is element:
            return lambda name: False
        own, button = (self.styles[1].own(one) for one in (element, held[1].element))
        has_look = any(_OF_A_BUTTON.match(name) for name in button)

        def is_of_box(name: str) -> bool:
            if not has_look or base(name) == "direction" or not _OF_A_BOX.search(base(name)):
                return False
            # a border that came or went has one name for all that is said of it
            long = next((one for one in (*own, *button) if one == name or one.startswith(f"{name}-")), name)
            return button.get(long) != own.get(long)

        return is_of_box

    def _first_words(self, element: Element) -> str:
        """Return the first words in an element that are seen."""
        return next((self._blocks[at][0].text for at in self._inside.of(element)), "")

    def _aligned(self, side: int, element: Element) -> str | None:
        return self.styles[side].text(element).get("text-align")

    def _is_other_way(self, old: Element, new: Element, name: str) -> bool:
        """Tell whether a part is read the other way now, at the time that is in the name of the property, whatever is said around it."""
        around = (styles.text(each) for styles, each in zip(self.styles, (old, new), strict=True))
        ways = {each.get(name, each.get("direction")) == "rtl" for each in around}
        return len(ways) > 1

    def _is_filled(self, inside: Sequence[int]) -> bool:
        """Whether all that is in a part is a picture that is as wide as it, be it in a link."""
        pictures = [self._blocks[at] for at in inside if self._blocks[at][0].is_image]
        if len(pictures) != 1 or any(self._blocks[at][0].text != pictures[0][0].text for at in inside):
            return False
        return self.styles[1].own(pictures[0][1].element).get("width") == "100%"

    def _steps(self, left: Chain | None, right: Chain | None) -> Iterator[tuple[Element, Element]]:
        while left is not None and right is not None:
            yield left.element, right.element
            if self._partners[0].get(id(left.element)) == id(right.element) and are_alike(
                left.element.tag, right.element.tag
            ):
                return  # and so are those above
            left, right = left.above, right.above


def _stands(styles: Styles, cell: Element) -> str:
    """Return how a cell stands between top and bottom: as it says itself, or what it stands in within its table."""
    around = takewhile(lambda one: one.tag in _CELLS | _ROWS, cell.above())
    said = (styles.own(each).get("vertical-align", "inherit") for each in around)
    return next((value for value in said if value not in ("inherit", "unset")), "middle")


_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})


def _is_of_layout(cell: Element) -> bool:
    """Tell whether a cell is there for the layout: it holds a table, or is said to be, or its table has nothing but heads."""
    table = next((each for each in cell.above() if each.tag == "table"), cell)
    holds = any(isinstance(each, Element) and each.tag == "table" for each in cell.inside())
    is_alone = cell.tag == "th" and all(isinstance(each, str) or each.tag != "td" for each in table.inside())
    return holds or is_alone or table.get("role") in ("presentation", "none")


def _is_hiding(name: str, values: Sequence[str | None]) -> bool:
    """Tell whether one of the values of a property hides a part, other than in a state, as under the pointer."""
    when, _, of_what = name.rpartition(WHEN)
    return of_what in _HIDES and _HIDES[of_what] in values and ":" not in when.rpartition(")")[2]


_OF_A_BUTTON = re.compile("^background-color$|^border-(?:top|left)-width$")
_OF_THE_PAGE = frozenset({"background-color", "direction"})
_HIDES = {"display": "none", "visibility": "hidden", "opacity": "0", "max-height": "0", "mso-hide": "all"}
"""What hides a part, by property."""
_OF_A_BOX = re.compile(
    "^border(?!-spacing)|^outline|^box-shadow$|^background-color$|^direction$|^padding|^margin|^(?:max-)?width$"
)
"""What is seen around all that a part holds."""
_OF_A_HOLDER = re.compile(
    "^background|^border(?!-collapse|-spacing)|^outline|^box-shadow|^padding|^(?:max-)?width$|^align$"
)
"""What is seen of a part that only holds another: how the words stand is seen, and said, at the words."""
_LINE_OR_BLOCK = [{"block", "inline"}, {"block", "inline-block"}]
_NOTHING_SEEN = [*permutations((None, "0"), 2), *permutations((None, "100%"), 2)]
_SPACED = re.compile("p|h[1-6]|[uod]l|dd|blockquote|body|figure|pre|form|hr|td|th|fieldset|a|button")
"""The tags of what has a space of its own, unless something else is said."""
_LEVELS = frozenset({"ul", "ol", "blockquote"})


_NOTHING = 0
"""The partner of an element that came, or went, around others."""


def _sum(spaces: Sequence[str]) -> str | None:
    """Return how much some spaces are together, their values where these cannot be added; None for nothing."""
    seen = [space for space in spaces if space != "0"]
    if all(_PIXELS.fullmatch(space) for space in seen):
        return f"{sum(float(space[:-2]) for space in seen):g}px" if seen else None
    return " + ".join(seen)


_PIXELS = re.compile(r"\d+(?:\.\d+)?px")


def _has_usual_size(styles: Styles, part: Element) -> bool:
    """Tell whether the words of a heading are as large as those of its level are, where nothing else is said."""
    inside = list(islice(part.inside(), _IN_A_HEADING + 1))
    parts = (part, *(each for each in inside if isinstance(each, Element)))
    return (
        part.tag not in ("ul", "ol")
        and len(inside) <= _IN_A_HEADING
        and not any("font-size" in styles.text(each) for each in parts)
    )


_IN_A_HEADING = 20
"""With more in it, nobody looks whether all of its words have the same size."""


def _is_in_line(element: Element) -> bool:
    return element.tag in ("a", "button", "span")
