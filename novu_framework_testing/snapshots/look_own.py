"""What is different of the very element around a text, as its ground, its width and the way its parts share the room."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise, takewhile

from novu_framework_testing._internal.colours import colour_of
from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import BACKGROUND, OF_BLOCK, WHEN, Styles, base, is_of_text
from novu_framework_testing.snapshots.look_chains import HOLDERS, cells_of, is_beside, parts_of, rows_of
from novu_framework_testing.snapshots.look_company import Inside
from novu_framework_testing.snapshots.look_difference import (
    APART,
    BOX,
    CELL_LINES,
    HEAD,
    HEADING_SIZE,
    IN_DARK_MODE,
    ON_SMALL_SCREENS,
    ROW,
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
    fills_alone,
    has_columns,
    is_column,
    stands_alone,
    stands_between_blocks,
    takes_its_line,
    usual_display,
)
from novu_framework_testing.snapshots.look_stripes import is_stripe
from novu_framework_testing.snapshots.look_widths import (
    ARRANGING,
    fills_line,
    lines_of,
    side_of_sticking,
    sticks_out,
)


@dataclass
class _Two:
    """An element in both versions; the same one twice where one version has it alone.

    Attributes:
        sides: The element in each version, None where it is not.
        before, after: What is said of it in each, by property.
        words: What the first text in it is called.
        is_of_box: Tells which properties are of a box around a button.
        sticking: Where it sticks out of what it stands in, or no longer does.
    """

    sides: tuple[Element | None, Element | None]
    before: Mapping[str, str]
    after: Mapping[str, str]
    words: str
    is_of_box: Callable[[str], bool]
    sticking: list[LookDifference] = field(default_factory=list)

    def __post_init__(self) -> None:
        one = self.sides[0] or self.sides[1]
        assert one is not None
        self.old, self.new = one, self.sides[1] or one
        self.is_same = None not in self.sides

    @cached_property
    def has_height(self) -> bool:
        return any(base(each).endswith("height") for each in (*self.before, *self.after))

    @cached_property
    def has_width(self) -> bool:
        return any(
            base(each) == "width" and value != "100%"
            for side in (self.before, self.after)
            for each, value in side.items()
        )

    def seen(self, name: str) -> str:
        """Return when a property is seen that differs, as its name begins."""
        return seen_name(name, self.before, self.after).removesuffix(base(name))

    def fills_alone(self, when: str) -> tuple[bool, bool]:
        """Tell whether it is as wide as its line in each version, at some time."""
        return fills_alone(self.before, when, self.old.tag), fills_alone(self.after, when, self.new.tag)

    def is_in_its_line(self, when: str) -> bool:
        """Tell whether it stands in a line by itself."""
        return stands_alone(self.new) or takes_its_line(self.old, self.new, self.after, when)


class OwnLooks:
    """Compares single elements, of those that stand around what is read.

    Args:
        styles: Both versions.
        places: What is read in them.
        inside: What each element of them holds.
        became: Which block of the old version is which of the new.
        stay: The blocks of the new version that stand where they stood.
    """

    def __init__(
        self,
        styles: tuple[Styles, Styles],
        places: tuple[Sequence[Placed], Sequence[Placed]],
        inside: tuple[Inside, Inside],
        became: Mapping[int, int],
        stay: Set[int],
    ) -> None:
        self._styles = styles
        self._places = places
        self._blocks = places[1]
        self._inside_before, self._inside = inside
        self._became = became
        self._stay = stay
        self._of_one_cell: dict[int, bool] = {}
        self._widths: dict[tuple[str, str | None, str | None], tuple[set[int], set[int]]] = {}

    def compare(
        self, old: Element | None, new: Element | None, words: str, said: Set[str]
    ) -> Iterator[LookDifference]:
        """Yield what is different of an element itself; of one that came or went, what it looks like.

        Args:
            old, new: The element in both versions; None where one has none.
            words: What the first text in it is called.
            said: The properties that were said of that.
        """
        two = self._two((old, new), words)
        if {two.old.tag, two.new.tag} == {"td", "th"}:
            if not (_is_of_layout(two.old) or _is_of_layout(two.new)):
                yield LookDifference(HEAD, two.old.tag, two.new.tag, words)
        elif two.old.tag != two.new.tag:
            are_usual = all(map(_has_usual_size, self._styles, (two.old, two.new)))
            yield LookDifference(HEADING_SIZE if are_usual else "tag", two.old.tag, two.new.tag, words)
        has_gaps = two.is_same and {two.old.tag, two.new.tag} == {"table"}
        for name, was, now in value_changes(two.before, two.after):
            is_gap = has_gaps and base(name) in _OF_GAPS
            if not is_gap and (said.isdisjoint((name, base(name))) or _is_own(two, name)):
                yield from self._said_of(two, name, *_with_usual(two, name, was, now))
        if has_gaps:
            yield from self._gaps(two)
        yield from self._cell_lines(two)
        yield from two.sticking
        yield from self._other_lines(two.old, two.new)

    def _two(self, sides: tuple[Element | None, Element | None], words: str) -> _Two:
        is_of_box = self._look_around_a_button(sides[1])

        def counts(element: Element, name: str) -> bool:
            return not is_of_text(name) or (base(name) in OF_BLOCK and element.tag not in INLINE)

        before, after = (
            {name: value for name, value in styles.own(element).items() if counts(element, name)}
            if element is not None
            else {}
            for styles, element in zip(self._styles, sides, strict=True)
        )
        two = _Two(sides, before, after, words, is_of_box)
        if two.is_same:
            is_high = not all(map(self._is_as_high_as_its_words, (0, 1), (two.old, two.new)))
            for side, (own, element) in enumerate(((before, two.old), (after, two.new))):
                own.pop("vertical-align", None)
                own.update(self._vertical(side, element, is_high=is_high))
            two.sticking = list(self._sticking(two))
        return two

    def _said_of(self, two: _Two, name: str, was: str | None, now: str | None) -> Iterator[LookDifference]:
        """Yield what is said of one property that has another value now."""
        kind, when = base(name), name.removesuffix(base(name))
        if was == now or _is_of_no_matter(two, name, was, now):
            return
        if kind == "display":
            was = was or two.before.get("display") or usual_display(two.old.tag)
            now = now or two.after.get("display") or usual_display(two.new.tag)
        if was == now or self._is_unseen(two, name, was, now):
            return
        inside = self._inside.of(two.new) if two.sides[1] is not None else self._held_before(two.new)
        if kind == "flex-direction" and two.is_same and len(inside) > 1:
            flows = self._flows(two.old, two.new, when)
            if len({flow.endswith("-reverse") for flow in flows}) > 1:
                last = self._until(two.old, two.new, inside, kind, two.words)
                yield LookDifference(f"{two.seen(name)}{TURNED}", was, now, two.words, until=last)
                if len({flow.startswith("column") for flow in flows}) == 1:
                    return
        if two.old.tag == "img" and name in ("width", "height"):
            return
        is_all = kind in ("width", "max-width") and self._is_width_of_all(two, name, (was, now), inside)
        seen = two.seen(name)
        if name == "width" and was and now and self._is_filled(inside):
            yield LookDifference(f"{seen}image-size", size_of(was, None), size_of(now, None), two.words)
            return
        until = self._until(two.old, two.new, inside, kind, two.words) if _OF_A_BOX.search(kind) else ""
        of_what = _of_what(two, name)
        is_in_line = kind in ("width", "display") and not two.has_width and _is_in_line(two.new)
        if is_in_line and two.is_in_its_line(when):
            fills = two.fills_alone(when)
            if fills[0] != fills[1]:  # as wide as the line, or as what it holds
                kind, (was, now) = "display", ("block" if each else "inline-block" for each in fills)
            elif fills[0]:
                return
        alone = self._is_alone(two, kind, when, (was, now), inside)
        if alone is None:
            return
        yield LookDifference(
            f"{seen}{of_what}{kind}",
            was,
            now,
            two.words,
            until=WHOLE if is_all else until,
            kind=BOX if two.is_of_box(f"{when}{kind}") else "",
            alone=alone,
        )

    def _gaps(self, two: _Two) -> Iterator[LookDifference]:
        """Yield how far the cells of a table are apart now, and whether the lines of those beside each other are one."""
        inside = self._inside.of(two.new)
        until = self._until(two.old, two.new, inside, "border", two.words)
        found = [each for each in (*two.before, *two.after) if base(each) in _OF_GAPS]
        known: list[tuple[str, str]] = []
        for when in sorted({name.removesuffix(base(name)) for name in found}):
            gaps = _gap(two.before, when), _gap(two.after, when)
            if gaps[0] != gaps[1] and gaps not in known:
                known.append(gaps)
                name = when or two.seen("border-spacing")
                yield LookDifference(f"{name}border-spacing", *gaps, two.words, until=until)
        was, now = (own.get("border-collapse", "separate") for own in (two.before, two.after))
        if was != now and self._meet(0, two.old) and self._meet(1, two.new):
            yield LookDifference("border-collapse", was, now, two.words, until=until)

    def _cell_lines(self, two: _Two) -> Iterator[LookDifference]:
        """Yield whether a table gives each of its cells a line, of several that say nothing of their borders themselves."""
        was, now = ("line" if table is not None and _gives_lines(table) else None for table in two.sides)
        if was == now:
            return
        sides = zip(self._styles, two.sides, strict=True)
        cells = [(styles, cells_of(table)) for styles, table in sides if table is not None]
        owns = [styles.own(each) for styles, several in cells for each in several]
        if all(len(several) > 1 for _, several in cells) and not any(
            _LINE_OF_CELL.match(base(name)) for own in owns for name in own
        ):
            until = self._until(two.old, two.new, self._inside.of(two.new), "border", two.words)
            yield LookDifference(CELL_LINES, was, now, two.words, until=until)

    def _meet(self, side: int, table: Element) -> bool:
        """Tell whether two lines meet: of cells beside each other, of one above the other, or of a cell and the table around it."""
        rows: dict[int, list[set[str]]] = defaultdict(list)
        for cell in cells_of(table):
            rows[id(cell.parent)].append(_lines_of(self._styles[side].own(cell)))
        beside = (pair for row in rows.values() for pair in pairwise(row))
        stacked = ([set().union(*row) for row in pair] for pair in pairwise(rows.values()))
        around = _lines_of(self._styles[side].own(table))
        every = list(rows.values())
        edges = {
            "top": every[0] if every else [],
            "bottom": every[-1] if every else [],
            "left": [row[0] for row in every],
            "right": [row[-1] for row in every],
        }
        has_lines = table.get("border") not in ("", "0") and sum(map(len, rows.values())) > 1
        return (
            has_lines
            or any(edge in around and edge in lines for edge, cells in edges.items() for lines in cells)
            or any("right" in left and "left" in right for left, right in beside)
            or any("bottom" in above and "top" in below for above, below in stacked)
        )

    def _is_unseen(self, two: _Two, name: str, was: str | None, now: str | None) -> bool:
        """Tell whether another value of a property is not seen of an element, or is said of others."""
        kind, when = base(name), name.removesuffix(base(name))
        if name == "text-align":
            return self._aligned(0, two.old) == self._aligned(1, two.new)  # as what it is in was
        if kind == "direction" and two.is_same and not self._is_other_way(two.old, two.new, name):
            return True
        if name == BACKGROUND and self._is_unseen_ground(two.sides):
            return True
        if (
            kind == BACKGROUND
            and two.is_same
            and self._is_covered(0, two.old, when)
            and self._is_covered(1, two.new, when)
        ):
            return True
        if kind.startswith("padding") and _has_cellpadding(two) and not self._has_usual_cells(two, kind):
            return True
        if kind == "box-sizing" and not two.has_height and (two.sticking or self._fill(two, when)):
            return True
        if kind == "width" and self._fill(two, when):
            return True
        is_of_image = {was, now} == {None, "auto"} and two.before.get("height") in (None, "auto")
        return (kind == "height" and is_of_image) or is_stripe(self._styles, two.old, two.new, name)

    def _is_width_of_all(
        self, two: _Two, name: str, values: tuple[str | None, str | None], inside: Sequence[int]
    ) -> bool:
        """Tell whether a width is that of what holds all of the email; an outermost box is kept for `is_of_all`."""
        if "".join(filter(None, values)).count("px") > 1 and self._is_outermost(two.new):
            held, holds = self._widths.setdefault((name, *values), (set(), set()))
            held.update(self._inside_before.of(two.old))
            holds.update(inside)
        return self._holds_all(two.old, two.new, inside)

    def _is_alone(
        self, two: _Two, kind: str, when: str, values: tuple[str | None, str | None], inside: Sequence[int]
    ) -> bool | None:
        """Tell whether what a property is about holds nothing else, or stands in a line by itself; None where nothing is seen of it."""
        if kind != "display":
            # a picture and the link around it are one
            return len({self._blocks[at][0].text for at in inside}) == 1
        if {*values} in _LINE_OR_BLOCK and all(map(stands_between_blocks, self._styles, (two.old, two.new))):
            fills = two.fills_alone(when)
            return None if two.has_width or fills[0] == fills[1] else True
        return not two.has_width and two.is_in_its_line(when)

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
            self._styles[side].own(each).get(name) == value and self._is_outermost(each, side)
            for each in self._places[side][at][1].element.above()
        )

    def _is_outermost(self, element: Element, side: int = 1) -> bool:
        """Tell whether a box stands in none that has a width of its own, and beside no other."""
        for each in element.above():
            own = self._styles[side].own(each)
            has_width = any(own.get(name, "").endswith("px") for name in ("width", "max-width"))
            if each is not element and (has_width or own.get("display", "") in ARRANGING):
                return False
            if (
                is_beside(each)
                or is_column(self._styles[side], each)
                or each.get("align") in ("left", "right")
            ):
                return False
        return element.tag in ("div", "table")

    def only_holds(self, element: Element) -> bool:
        """Tell whether an element does nothing but hold what is in it, as a table does whose rows have one cell each."""
        if element.tag in HOLDERS:
            return True
        table = next((each for each in element.above() if each.tag == "table"), None)
        if table is None or element.tag not in ("table", "tr", "td"):
            return False
        if id(table) not in self._of_one_cell:
            self._of_one_cell[id(table)] = all(len(parts_of(row)) == 1 for row in rows_of(table))
        return self._of_one_cell[id(table)]

    def _is_as_high_as_its_words(self, side: int, cell: Element) -> bool:
        """Tell whether nothing makes a cell higher than what is in it: no cell beside it, and no height that is said."""
        if cell.tag not in _CELLS:
            return False
        table = next((each for each in cell.above() if each.tag == "table"), cell)
        outside = next(iter(table.above()), table)
        is_stretched = "flex" in self._styles[side].own(outside).get("display", "")
        if is_stretched or cell.attributes.get("rowspan", "1") != "1":
            return False
        around = (*takewhile(lambda one: one is not table, cell.above()), table)
        heights = (name for each in around for name in self._styles[side].own(each))
        return self.only_holds(cell) and not any(base(name).endswith("height") for name in heights)

    def _vertical(self, side: int, element: Element, *, is_high: bool) -> dict[str, str]:
        """Return how a part stands between top and bottom, where that is seen of it and not of the cells in it.

        Args:
            side: The version.
            element: The part.
            is_high: Whether it has more room than it needs, if it is a cell.
        """
        own = self._styles[side].own(element)
        is_table = element.tag == "table" and not any(base(name) == "display" for name in own)
        if is_table or element.tag in _ROWS or (element.tag in _CELLS and not is_high):
            return {}
        if (
            element.tag not in _CELLS
            and not any(base(name) == "display" for name in own)
            and element.tag not in INLINE
        ):
            return {}  # it moves what stands in a line, and a block does not
        said = _stands(self._styles[side], element) if element.tag in _CELLS else own.get("vertical-align")
        return {"vertical-align": said} if said else {}

    def _flows(self, old: Element, new: Element, when: str) -> list[str]:
        """Return in which direction the parts of an element follow each other in both versions, at some time; nothing if they do not share the room by flex."""
        sides = [
            [own.get(f"{when}{each}", own.get(each, "")) for each in ("display", "flex-direction")]
            for own in map(Styles.own, self._styles, (old, new))
        ]
        are_flex = all(display in ("flex", "inline-flex") for display, _ in sides)
        return [flow for _, flow in sides] if are_flex else []

    def _is_unseen_ground(self, sides: tuple[Element | None, Element | None]) -> bool:
        """Tell whether a part stands on one colour in the versions that have it, which is also that around it."""
        grounds = {
            styles.ground(each)
            for styles, part in zip(self._styles, sides, strict=True)
            if part is not None
            for each in (part, part.parent or part)
        }
        return len(grounds) == 1 and None not in grounds

    def _has_usual_cells(self, two: _Two, side: str) -> bool:
        """Tell whether a table has cells of whose space at a side nothing is said but by the table, in both versions."""
        return all(
            any({side, "padding"}.isdisjoint(styles.own(cell)) for cell in cells_of(table))
            for styles, table in zip(self._styles, (two.old, two.new), strict=True)
        )

    def _is_covered(self, side: int, element: Element, when: str) -> bool:
        """Tell whether a part holds nothing but a table that is always as wide as it, and has a ground of its own at some time."""
        inside = [
            each
            for each in element.children
            if (each.tag != "style" if isinstance(each, Element) else each.strip())
        ]
        table = inside[0] if len(inside) == 1 else None
        if not isinstance(table, Element) or table.tag != "table" or element.tag in _OF_THE_WINDOW:
            return False
        own, cover = (self._styles[side].own(each) for each in (element, table))
        edges = [
            name
            for name, value in cover.items()
            if _EDGE.search(base(name)) and value not in ("0", "auto") and (base(name), value) not in _WIDEST
        ]
        edges += [
            name for name in own if _EDGE.search(base(name)) and not base(name).startswith(("margin", "max-"))
        ]
        if element.tag in _CELLS and _usual_padding(element) != "0":
            edges.append("padding")
        ground = cover.get(f"{when}{BACKGROUND}", cover.get(BACKGROUND))
        is_whole = cover.get("width") == "100%" and not any(
            WHEN in name and _COVERING.fullmatch(base(name)) for name in cover
        )
        return is_whole and colour_of(ground or "") is not None and not edges

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
        lines = [lines_of(*side) for side in zip(self._styles, (old, new), strict=True)]
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
        owns = ([styles.own(each) for styles, each in zip(self._styles, pair, strict=True)] for pair in pairs)
        return any(
            seen_name(name, *sides).startswith((ON_SMALL_SCREENS, IN_DARK_MODE))
            and sides[0].get(name) != sides[1].get(name)
            for sides in owns
            for name in ("display", "width", "flex", "flex-basis", "flex-wrap")
        )

    def _sticking(self, two: _Two) -> Iterator[LookDifference]:
        """Yield where a part sticks out of what it stands in now, or no longer does: always, and at times for which that is otherwise."""
        names = (*two.before, *two.after)
        whens = {name.removesuffix(base(name)) for name in names if WHEN in name and "::" not in name}
        changes = {
            when: [sticks_out(*side, when) for side in zip(self._styles, (two.old, two.new), strict=True)]
            for when in ("", *sorted(whens))
        }
        stays = {when.removesuffix(WHEN) for when, (was, now) in changes.items() if when and was == now}
        for when, (was, now) in changes.items():
            if was != now and (not when or [was, now] != changes[""]):
                side = side_of_sticking(self._styles[1], two.new, when)
                until = self._until(two.old, two.new, self._inside.of(two.new), "width", two.words)
                before, after = (side if each else None for each in (was, now))
                name = f"{when or seen_when(stays)}{STICKS_OUT}"
                yield LookDifference(name, before, after, two.words, until=until)

    def _fill(self, two: _Two, when: str) -> bool:
        """Tell whether a part takes all of its line in both versions, whatever is said of its width."""
        sides = zip(self._styles, (two.old, two.new), strict=True)
        return two.is_same and all(fills_line(*side, when) for side in sides)

    def _until(self, old: Element, element: Element, inside: Sequence[int], name: str, words: str) -> str:
        """Return the last words in a box that holds several texts; `WHOLE` for what all of the email stands on or in."""
        is_page = name in _OF_THE_PAGE and not any(
            base(one) == name
            for each in element.above()
            if each is not element
            for one in self._styles[1].own(each)
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
        own, button = (self._styles[1].own(one) for one in (element, held[1].element))
        has_look = any(_OF_A_BUTTON.match(name) for name in button)

        def is_of_box(name: str) -> bool:
            if not has_look or base(name) == "direction" or not _OF_A_BOX.search(base(name)):
                return False
            # a border that came or went has one name for all that is said of it
            long = next((one for one in (*own, *button) if one == name or one.startswith(f"{name}-")), "")
            if not long and name.startswith("border"):
                return _borders(own) != _borders(button)  # the name is of several sides
            return button.get(long) != own.get(long)

        return is_of_box

    def _first_words(self, element: Element) -> str:
        """Return the first words in an element that are seen."""
        return next((self._blocks[at][0].text for at in self._inside.of(element)), "")

    def _aligned(self, side: int, element: Element) -> str | None:
        return self._styles[side].text(element).get("text-align")

    def _is_other_way(self, old: Element, new: Element, name: str) -> bool:
        """Tell whether a part is read the other way now, at the time that is in the name of the property, whatever is said around it."""
        around = (styles.text(each) for styles, each in zip(self._styles, (old, new), strict=True))
        ways = {each.get(name, each.get("direction")) == "rtl" for each in around}
        return len(ways) > 1

    def _is_filled(self, inside: Sequence[int]) -> bool:
        """Whether all that is in a part is a picture that is as wide as it, be it in a link."""
        pictures = [self._blocks[at] for at in inside if self._blocks[at][0].is_image]
        if len(pictures) != 1 or any(self._blocks[at][0].text != pictures[0][0].text for at in inside):
            return False
        return self._styles[1].own(pictures[0][1].element).get("width") == "100%"


def _gives_lines(table: Element) -> bool:
    """Tell whether a table gives each of its cells a line, after the HTML Standard's section on rendering."""
    width = table.get("border")
    has_all = table.get("rules").lower() in ("", "all")
    return table.tag == "table" and has_all and width.isdecimal() and width.strip("0") != ""


def _borders(own: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of the borders of an element."""
    return {name: value for name, value in own.items() if base(name).startswith("border-")}


def _stands(styles: Styles, cell: Element) -> str:
    """Return how a cell stands between top and bottom: as it says itself, or what it stands in within its table."""
    around = takewhile(lambda one: one.tag in _CELLS | _ROWS, cell.above())
    said = (styles.own(each).get("vertical-align", "inherit") for each in around)
    return next((value for value in said if value not in ("inherit", "unset")), "middle")


def _gap(own: Mapping[str, str], when: str) -> str:
    """Return how far the cells of a table are apart at some time, by what is said of it."""
    joined, apart = (
        own.get(f"{when}{name}", own.get(name)) for name in ("border-collapse", "border-spacing")
    )
    return "0" if joined == "collapse" else apart or "2px"


def _with_usual(two: _Two, name: str, was: str | None, now: str | None) -> tuple[str | None, str | None]:
    """Return values of a property, of the space in cells with the usual one where nothing is said of it."""
    if base(name) in _NO_LIMITS:
        no_limit = _NO_LIMITS[base(name)]
        return (None if was == no_limit else was), (None if now == no_limit else now)
    if not (two.is_same and base(name).startswith("padding")):
        return was, now
    if two.new.tag in _CELLS:
        return was or _usual_padding(two.old), now or _usual_padding(two.new)
    if _has_cellpadding(two):
        return was or "1px", now or "1px"
    return was, now


_NO_LIMITS = {"max-width": "none", "max-height": "none", "min-width": "0", "min-height": "0"}
"""What says that there is no limit, as if nothing were said."""


def _usual_padding(cell: Element) -> str:
    """Return the space in a cell of which nothing is said: that of all cells of its table, or 1px, after the HTML Standard."""
    table = next((each for each in cell.above() if each.tag == "table"), cell)
    said = _NUMBER.match(table.get("cellpadding"))
    return "1px" if said is None else "0" if int(said[1]) == 0 else f"{int(said[1])}px"


def _has_cellpadding(two: _Two) -> bool:
    """Tell whether a table says what space is in its cells, and its style nothing of that around them."""
    sides = [each for each in (two.old, two.new) if "cellpadding" in each.attributes]
    return bool(sides) and not any(each.startswith("padding") for side in sides for each in side.style)


def _lines_of(own: Mapping[str, str]) -> set[str]:
    """Return the sides of a cell that have a line."""
    return {
        side
        for side in ("left", "right", "top", "bottom")
        if all(
            own.get(f"border-{side}-{what}", own.get(f"border-{what}", "0")) not in ("0", "none", "hidden")
            for what in ("width", "style")
        )
    }


_LINE_OF_CELL = re.compile("border-.*(?:width|style)$")
_NUMBER = re.compile(r"\s*(\d+)(?![\d.%])")
_EDGE = re.compile(
    "(?:padding|border(?!-collapse|-spacing)|margin).*$|radius$|^(?:min-|max-)?height$|^(?:min-|max-)width$|^opacity$|^float$|^position$|^transform$"
)
_COVERING = re.compile("width|display|visibility|background.*")
"""What decides, besides edges, whether a table covers what it stands in."""
_WIDEST = {
    ("max-width", "100%"),
    ("max-width", "none"),
    ("min-width", "100%"),
    ("opacity", "1"),
    ("float", "none"),
    ("position", "relative"),
}
_OF_THE_WINDOW = frozenset({"body", "html"})
"""What fills the window of a mail program, whatever it holds."""
_OF_GAPS = frozenset({"border-collapse", "border-spacing"})
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


def _is_own(two: _Two, name: str) -> bool:
    """Tell whether a property is seen of a part itself, be it said of its words or not."""
    kind = base(name)
    if kind not in OF_BLOCK or kind == BACKGROUND or two.is_of_box(name):
        return True
    # the order of columns is another matter than how their words are read
    return kind == "direction" and any(map(has_columns, (two.old, two.new)))


def _is_of_no_matter(two: _Two, name: str, was: str | None, now: str | None) -> bool:
    """Tell whether a value says what is so in any case, or whether something is hidden, which is said of that."""
    kind = base(name)
    if kind.startswith(("margin", "padding")):
        return {was, now} == {None, "0"} and not _SPACED.fullmatch(two.new.tag)
    displays = (two.before.get("display"), two.after.get("display")) if kind == "display" else ()
    is_no_float = kind == "float" and {was, now} == {None, "none"}
    is_no_width = kind == "width" and {was, now} == {None, "auto"}
    # where nothing is said, only these have a border
    is_no_border = (
        _BORDER_WIDTH.fullmatch(kind) and {was, now} == {None, "0"} and two.new.tag not in _BORDERED
    )
    return is_no_float or is_no_width or bool(is_no_border) or _is_hiding(name, (was, now, *displays))


def _of_what(two: _Two, name: str) -> str:
    """Return what a property is said of, as its name begins: of the cells of a table, or of a part and not of its words."""
    kind = base(name)
    if name == "text-align" or kind == "direction":
        return "part "
    return "cell " if kind.startswith("padding") and _has_cellpadding(two) else ""


_BORDER_WIDTH = re.compile("border(?:-(?:top|bottom|left|right))?-width")
_BORDERED = frozenset({"button", "fieldset", "table", "td", "th"})
_LINE_OR_BLOCK = [{"block", "inline"}, {"block", "inline-block"}]
_SPACED = re.compile("p|h[1-6]|[uod]l|dd|blockquote|body|figure|pre|form|hr|td|th|fieldset|a|button")
"""The tags of what has a space of its own, unless something else is said."""


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
