"""One difference in what an HTML body looks like, and what tells two looks apart: values of CSS, and what a part is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from itertools import permutations
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.snapshots.block_places import name_of
from novu_framework_testing.snapshots.css_values import of_border
from novu_framework_testing.snapshots.html_styles import WHEN, base
from novu_framework_testing.snapshots.look_borders import (
    WHOLE_BORDER,
    all_of_border,
    are_at_times,
    by_side,
    with_borders_as_one,
)
from novu_framework_testing.snapshots.reading import Block, Place

LAYOUT, APART, TOGETHER = "layout", "apart", "together"
"""The names of differences in how the parts are put together; with the last two, `old` and `new` are words of two parts."""
GROUND_WIDTH = "width of what it stands on"
"""The name of a difference in how wide the background behind something is at most: one value is None, for as wide as the email."""
LEVEL = "level in lists and quotes"
"""The name of a difference in how deep something stands in lists and quotes: `old` and `new` are the tags of these around it."""
ROW = "row of parts"
"""The `when` of parts that stood, or stand, beside each other in the row of a table."""
BREAKPOINT = "break point"
"""The name of a difference in the width of a screen from which other rules hold."""
MAIL_PROGRAMS = "@mail-programs"
"""The `when` of what only holds where a mail program puts its own parts around a message."""
ON_SMALL_SCREENS, IN_DARK_MODE = "@media not (min-width)", "@media not (prefers-color-scheme:light)"
ON_LARGE_SCREENS, IN_LIGHT_MODE = "@media not (max-width)", "@media not (prefers-color-scheme:dark)"
"""The `when` of what is always said, and seen only where a rule for wide screens, light mode, small screens or dark mode does not hold."""
PLACE = "place of it"
"""The name of a difference in where a part without words stands: `old` and `new` are its tag."""
EXCHANGED = "places of two parts"
"""The name of a difference in the order of a line and an empty part, which have no words: `old` and `new` are the first of them."""
TURNED = "turned order"
"""The name of a difference in which end parts begin at that share the room: they stand in the opposite order now."""
STACKED = "stacked on phones"
"""The name of a difference in how columns stand on small screens: `old` and `new` are `below` or `beside` each other."""
IN_ROW = "in a row"
"""The name of a difference in whether something stands beside others in the row of a table: one value is None."""
IN_BOX = "in a box"
"""The name of a difference in which box something stands in: `old` and `new` are its name, as `Crossing` has it."""
STICKS_OUT = "sticks out"
"""The name of a difference in whether a part is wider than what it stands in: one value is None, the other the side."""
OWN_WIDTH = "width of its own"
"""The name of a difference in `display` of what stands in a line by itself, and is as wide as that or as its words."""
HEADING_SIZE = "size of a heading"
"""The name of a difference in the level of a heading of which nothing else says how large it is: `old` and `new` are its tags."""
HEAD = "head of a table"
"""The name of a difference in whether a cell is a head of its row or column: `old` and `new` are its tags."""
CELL_LINES = "border of cells"
"""The name of a difference in whether each cell of a table has a line around it, as the table says: one value is None."""
GAP = "empty lines"
"""The name of a difference in the line breaks that make a space before something."""
WHOLE = "\0whole"
"""The `until` of what is seen in all of the email."""
HIDDEN = "not shown"
"""The name of a difference in when something is hidden: `old` and `new` are `hidden` or `shown`, then a line for each exception."""

BOX_ITSELF = "box itself"
"""The name of a difference in a box that came or went with all that is in it: `old` or `new` is its look."""
BUTTON_ITSELF = "button itself"
"""The name of the same of a button."""


AS_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Makes letters of digits: numbers of what is told apart are taken for those of a text, of which one is as good as another."""
IN_WORDS = "\0in words"
"""What stands between the words at which a difference is seen and those around them, where the text has the same ones again."""
BOX = "box"
"""The kind of what is seen at a box that holds nothing but a button, and has a look of its own."""


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
        at: Of a part without words, how many lines of text and pictures stand before it; -1 for others.
        until: The last words of a box around several texts, of which `words` are the first; `WHOLE` for all of the email.
        kind: What it is seen at: `link`, the kind of a block, or `BOX`.
        sentence: Of a few words, the sentence that they stand in; of what stands in a box, all that tells it from others.
        alone: Whether the part at which it is seen holds nothing else; of `display`, whether it stands in a line by itself.
        replaced: Whether the words that had the value before are others, with which these have nothing to do.
        instead: Of words that stand in the place of others of their text, all of them, these others.
        which: Of several equal texts or links of which not all look different in this way, which one it is, in letters; empty for others.
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
    kind: str = ""
    sentence: str = ""
    alone: bool = False
    replaced: bool = False
    instead: str = ""
    which: str = ""
    at: int = -1

    @property
    def is_of_rule(self) -> bool:
        """True if a rule for some time says so, and not what always holds."""
        return bool(self.when) and not self.when.startswith(_OTHERWISE)


_OTHERWISE = (ON_SMALL_SCREENS, IN_DARK_MODE, ON_LARGE_SCREENS, IN_LIGHT_MODE)
_BORDER = re.compile("border.*-(?:width|style|color)")
_LETTER = re.compile(r"[^\W\d_]")
NEVER_SEEN = frozenset({"preview text", "hidden text"})
"""The kinds of blocks that have no look."""


def words_of(block: Block, place: Place, names: Mapping[tuple[bool, str], int]) -> str:
    """Return what a block is called: its words, or the file of its image; with its row or its file where others have the same."""
    if not block.is_image:
        if not block.text.strip() and (image := next(iter(_images(place.element)), None)):
            return called(image)
        says_little = names[False, block.text] > 1 or not _LETTER.search(block.text)
        return f"{block.text} ({block.row})" if block.row and says_little else block.text
    words = name_of(block)
    if names[True, words] > 1 and (file := name_of(block._replace(text=""))) not in ("", words):
        return f"{words} ({file})"  # as a logo for the light and one for the dark
    return words


def _images(element: Element) -> Iterator[Element]:
    return (each for each in element.inside() if isinstance(each, Element) and each.tag == "img")


Placed: TypeAlias = "tuple[Block, Place]"
"""What is read, and where it stands."""


def value_changes(
    old: Mapping[str, str | None], new: Mapping[str, str | None], *, is_line: bool = False
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each property that is not what it was, with both values; None where it was not there. A border is one thing.

    What changed at some time as it did always is no other change.

    Args:
        old, new: The values of both versions.
        is_line: Whether they are those of a line across, of which the sides are not told one by one.

    >>> list(value_changes({"color": "red", "width": "5px"}, {"color": "blue", "width": "5px"}))
    [('color', 'red', 'blue')]
    """
    if old == new:
        return
    old, new = (_with_borders(each) for each in by_side(old, new))
    found = {name: (_at(old, name), _at(new, name)) for name in dict.fromkeys([*old, *new])}
    found = {
        name: each
        for name, each in found.items()
        if each[0] != each[1] and not _is_said_always(name, old, new)
    }
    if "rtl" not in (old.get("direction"), new.get("direction")):
        # what begins on the left stands there
        found = {
            name: each
            for name, each in found.items()
            if base(name) != "text-align" or not _LEFT.issuperset(each)
        }
    found |= _other_sides(found)
    found = with_borders_as_one(found, are_apart=not (is_line or are_at_times(old, new)))
    if is_line and "border" in found:
        found["border"] = all_of_border(old), all_of_border(new)
    for name in [name for name in found if name.endswith("max-width")]:
        width = f"{name.removesuffix('max-width')}width"
        pairs = list(zip(found[name], found.get(width, ()), strict=False))
        if pairs and all(most == wide or None in (most, wide) for most, wide in pairs):
            # a column is as wide as it may be
            found[width] = pairs[0][0] or pairs[0][1], pairs[1][0] or pairs[1][1]
            del found[name]
    for name, (was, now) in found.items():
        yield name, was, now


def _is_said_always(name: str, old: Mapping[str, str | None], new: Mapping[str, str | None]) -> bool:
    """Tell whether a property changed at some time as it did always."""
    plain = base(name)
    is_at_time = WHEN in name and "::" not in name
    return is_at_time and (_at(old, name), _at(new, name)) == (old.get(plain), new.get(plain))


def _at(values: Mapping[str, str | None], name: str) -> str | None:
    """Return the value of a property: what is said for the time, or always, or of all sides of a border then, or always."""
    when, _, always = name.rpartition(WHEN)
    if "::" in when or name in values:
        return values.get(name)
    of_all_sides = _SIDE_OF_BORDER.sub("border", always)
    at_time = f"{when}{WHEN}{of_all_sides}" if when else of_all_sides
    for each in (always, at_time, of_all_sides):
        if (value := values.get(each)) is not None:
            return dict(of_border(of_all_sides, value))[always] if " " in value and each != always else value
    return None


def seen_name(name: str, old: Mapping[str, str | None], new: Mapping[str, str | None]) -> str:
    """Return the name of a property that is not what it was, with the time for which that is seen.

    What always holds is seen on small screens only where the same property did not change so on wide ones, and in dark
    mode only where it did not change so in light mode; and the other way round.

    >>> old, new = ({"color": each, f"@media (min-width:480px){WHEN}color": "blue"} for each in ("red", "green"))
    >>> seen_name("color", old, new).split(WHEN)
    ['@media not (min-width)', 'color']
    """
    if WHEN in name:
        return name
    return f"{seen_when(_times_of(name, old, new))}{name}"


def seen_when(others: Set[str]) -> str:
    """Return what the name of a property begins with that always holds, but has another value, or is as it was, at some times.

    Args:
        others: The `when` of these times.
    """
    is_of_wide, is_of_small = (any(f"{edge}-" in when for when in others) for edge in ("min", "max"))
    is_of_light, is_of_dark = (any(f"scheme:{mode}" in when for when in others) for mode in ("light", "dark"))
    seen = []
    if any(map(_is_wide, others)) and not is_of_small:
        seen.append(ON_SMALL_SCREENS)
    elif any(map(_is_small, others)) and not is_of_wide:
        seen.append(ON_LARGE_SCREENS)
    if _LIGHT in others and not is_of_dark:
        seen.append(IN_DARK_MODE)
    elif _DARK in others and not is_of_light:
        seen.append(IN_LIGHT_MODE)
    return f"{' and '.join(seen).replace(' and @media', ' and')}{WHEN}" if seen else ""


def _times_of(name: str, old: Mapping[str, str | None], new: Mapping[str, str | None]) -> set[str]:
    """Return the times at which a property did not change as it did always; of a border, at which none came or went."""
    times = {each.rpartition(WHEN)[0] for each in (*old, *new) if WHEN in each and "::" not in each}

    def is_other(time: str) -> bool:
        at = f"{time}{WHEN}{name}"
        if WHOLE_BORDER.fullmatch(name):
            return _lines(old, at) == _lines(new, at)
        if _BORDER.fullmatch(name):
            border = at.rpartition("-")[0]
            if not any((*_lines(old, border), *_lines(new, border))):
                return True  # there is no border at that time
        return (_at(old, at), _at(new, at)) != (old.get(name), new.get(name))

    return set(filter(is_other, times))


def _lines(values: Mapping[str, str | None], name: str) -> list[bool]:
    """Return whether there is a line at a side of something, or at each side, at the time that is in the name of the border."""
    time, border = name.removesuffix(base(name)), base(name)
    sides = [f"border-{each}" for each in border.split("-")[1:] or _SIDES]
    known = (
        [
            _at(values, f"{time}{side}-{what}") or _at(values, f"{time}border-{what}")
            for what in ("width", "style")
        ]
        for side in sides
    )
    return [width not in (None, "0") and style not in (None, "none", "hidden") for width, style in known]


_SIDE_OF_BORDER = re.compile("border-(?:top|bottom|left|right)(?=-(?:width|style|color)$)")


def always(name: str) -> str:
    """Return the name of a property as it is said always, of what is only seen where no other rule holds."""
    return base(name) if name.startswith(_OTHERWISE) else name


def _is_wide(when: str) -> bool:
    """Tell whether a rule holds for all screens but those of phones."""
    return _is_at_width("min", when)


def _is_small(when: str) -> bool:
    """Tell whether a rule holds for the screens of phones, and for none as wide as a desk's."""
    return _is_at_width("max", when)


def _is_at_width(edge: str, when: str) -> bool:
    """Tell whether a rule holds for all screens from a width on, or up to it, that no phone and any desk's goes beyond."""
    found = _WIDTH.fullmatch(when)
    if found is None or found[1] != edge:
        return False
    width = float(found[2]) * (1 if found[3] == "px" else _EM)
    return width >= _WIDER_THAN_PHONES and (edge == "min" or width < _OF_DESKS)


_WIDTH = re.compile(r"@media \((min|max)-(?:device-)?width:(\d+(?:\.\d+)?)(px|r?em)\)")
_EM, _WIDER_THAN_PHONES, _OF_DESKS = 16, 400, 900
_LIGHT, _DARK = (f"@media (prefers-color-scheme:{mode})" for mode in ("light", "dark"))
_LEFT = frozenset({None, "left", "start"})


def _other_sides(found: dict[str, tuple[str | None, str | None]]) -> dict[str, tuple[str | None, str | None]]:
    """Take out what went from one side to another with all of its values, as a bar beside a text; return it as one thing."""
    made: dict[str, tuple[str | None, str | None]] = {}
    for what in ("border", "padding", "margin"):
        moves = []
        for was, now in permutations(_SIDES, 2):
            gone = [
                name for name in found if re.match(f"{what}-{was}(?:-|$)", name) and found[name][1] is None
            ]
            twins = [name.replace(was, now, 1) for name in gone]
            if gone and all(
                found.get(twin) == found[name][::-1] for name, twin in zip(gone, twins, strict=True)
            ):
                moves.append(((was, now), (*gone, *twins)))
        if len(moves) == 1:  # of several sides it cannot be told which went where
            made[f"{what}-side"], names = moves[0]
            for name in names:
                del found[name]
    return made


_SIDES = ("left", "right", "top", "bottom")


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


def size_of(width: str | None, height: str | None) -> str | None:
    """Return the size of a picture in a few words, or None; `auto` is what follows from the other side."""
    width, height = (None if value == "auto" else value for value in (width, height))
    if width and height:
        return f"{width} × {height}".replace("px", "")
    return (
        f"{width} wide".replace("px", "") if width else f"{height} high".replace("px", "") if height else None
    )


PICTURES = frozenset({"img", "video", "audio"})


def called(picture: Element) -> str:
    """Return what a picture is called: its alternative text, or its file."""
    return picture.get("alt") or name_of(Block("image", "", picture.get("src")))
