"""What looks different, said in sentences: what and where, without the words of CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import takewhile
from typing import NamedTuple

from novu_framework_testing._internal.colours import colour_of, is_grey
from novu_framework_testing.snapshots.block_places import short, without_quotes
from novu_framework_testing.snapshots.look_borders import WHOLE_BORDER
from novu_framework_testing.snapshots.look_difference import (
    APART,
    BOX,
    BOX_ITSELF,
    BREAKPOINT,
    BUTTON_ITSELF,
    EXCHANGED,
    GAP,
    GROUND_WIDTH,
    HEAD,
    HEADING_SIZE,
    HIDDEN,
    IN_BOX,
    IN_ROW,
    LAYOUT,
    LEVEL,
    OWN_WIDTH,
    PLACE,
    ROW,
    STACKED,
    STICKS_OUT,
    TOGETHER,
    TURNED,
    WHOLE,
    LookDifference,
    size_of,
)
from novu_framework_testing.snapshots.look_heads import Look
from novu_framework_testing.snapshots.look_structure import said_of_structure
from novu_framework_testing.snapshots.look_values import (
    are_many,
    ground_of,
    is_lost,
    is_or_are,
    said_of_border,
    said_of_both,
    said_of_lost,
    said_of_paint,
    said_of_pictures,
    said_of_value,
    said_of_when,
)
from novu_framework_testing.snapshots.look_wheres import (
    EMAIL,
    FEW,
    SIDES,
    boxes_from,
    last_in,
    places_of,
    side_of,
    side_of_boxes,
    where_of,
)
from novu_framework_testing.snapshots.spoken_names import locale_name


class _Kind(NamedTuple):
    part: str
    what: str
    names: re.Pattern[str]


PLACED_IMAGE = re.compile("^background-(?:position|size|repeat|attachment|origin|clip)")
"""The properties that a background image has beside its address."""
_KINDS = (
    _Kind("boxes", "", re.compile(f"^{BOX_ITSELF}$|^{BUTTON_ITSELF}$")),
    _Kind("borders", "the colour of a line across", re.compile("^hr .*color$")),
    _Kind("borders", "the width of a line across", re.compile("^hr width$")),
    _Kind("borders", "the thickness of a line across", re.compile("^hr .*(?:width|height)$")),
    _Kind("borders", "the look of a line across", re.compile("^hr (?!margin|padding)")),
    _Kind("colours", "the background around {}", re.compile("^background-color$")),
    _Kind("colours", "the colour of {}", re.compile("^color$")),
    _Kind("colours", "the colour of a border of {}", re.compile("^border.*-color$")),
    _Kind("colours", "the colour of the line at {}", re.compile("^text-decoration-color$")),
    _Kind("colours", "a colour of {}", re.compile("color")),
    _Kind("borders", "the shadow around {}", re.compile("^box-shadow$")),
    _Kind("style of text", "the shadow of {}", re.compile("^text-shadow$")),
    _Kind("style of text", "the look of the line at {}", re.compile("^text-decoration-|^text-underline-")),
    _Kind("font", "the font of {}", re.compile("^font-family$|^font$")),
    _Kind("size of text", "the size of {}", re.compile("^font-size$")),
    _Kind("size of text", "the distance of lines of {}", re.compile("^line-height$")),
    _Kind("size of text", "the distance of letters of {}", re.compile("^letter-spacing$")),
    _Kind("style of text", "the style of {}", re.compile("^font-|^script$|^text-(?!align|overflow)")),
    _Kind("alignment", "the alignment around {}", re.compile("^part ")),
    _Kind("alignment", "the place of {} between top and bottom", re.compile("^vertical-align$|^valign$")),
    _Kind("alignment", "the alignment of {}", re.compile("align|^float$|^direction$")),
    _Kind("spaces", "the distance between the cells of {}", re.compile("^border-spacing$")),
    _Kind("spaces", "the space {side} {}", re.compile("^margin|^(?:cell )?padding")),
    _Kind("spaces", "the space {side} a line across", re.compile("^hr ")),
    _Kind("borders", "the roundness of the corners of {}", re.compile("radius$")),
    _Kind("borders", "the line of the border of {}", re.compile("^border.*-style$")),
    _Kind("borders", "the width of the border of {}", re.compile("^border.*-width$")),
    _Kind("borders", "the border of {}", re.compile("^border|^outline")),
    _Kind("size of an image", "the size of {}", re.compile("^image-size$")),
    _Kind("sizes", "", re.compile(f"^(?:{BREAKPOINT}|{STICKS_OUT})$")),
    _Kind("sizes", "the {name} of the part with {}", re.compile("^(?:max-|min-)?(?:width|height)$")),
    _Kind("size of an image", "the picture {} for some screens", re.compile("^srcset$")),
    _Kind("lists", "the signs of the list with {}", re.compile("^list-style")),
    _Kind("forms", "where the form with {} is sent", re.compile("^action$")),
    _Kind("lists", "the start of the list with {}", re.compile("^start$")),
    _Kind("language", "the language of {}", re.compile("^lang$")),
    _Kind("for screen readers", "what screen readers are told at {}", re.compile("^aria-|^role$|^scope$")),
    _Kind("for Outlook", "what only Outlook follows of {}", re.compile("^mso-")),
)
_LAYOUTS = (
    _Kind(LAYOUT, "the breaking of words and lines in {}", re.compile("^word-|^overflow-wrap$|^white-space|^hyphens$|^line-break$|^nowrap$")),
    _Kind(LAYOUT, "what is shown of {} where there is no room for it", re.compile("^overflow|^text-overflow$|^clip")),
    _Kind(LAYOUT, "the place of the background image behind {}", PLACED_IMAGE),
    _Kind(LAYOUT, "the way in which the picture {} fills its place", re.compile("^object-")),
    _Kind(LAYOUT, "the place of {}", re.compile("^position$|^top$|^left$|^right$|^bottom$|^inset|^z-index$")),
    _Kind(LAYOUT, "the way in which the parts of {} share the room", re.compile("^flex|^grid|gap$|^justify-|^place-|^order$|^column|^table-layout$")),
    _Kind(LAYOUT, "the pointer over {}", re.compile("^cursor$")),
    _Kind(LAYOUT, "the movement of {}", re.compile("^animation|^transition")),
    _Kind(LAYOUT, "the look of {}", re.compile("^(?:-webkit-)?(?:filter|backdrop-filter|transform|mask)|^opacity$|^mix-blend-mode$")),
    _Kind(LAYOUT, "the layout of {}", re.compile("")),
)  # fmt: skip
"""What has no values that a reader would know."""
_SHOWN = re.compile(
    "^(?:hr )?(?:background-color|color|.*-color|font-family|font-size|line-height|letter-spacing|text-decoration-.*|.*radius|border.*-(?:width|style)|border-spacing"
    "|image-size|lang|start|vertical-align|valign|float|(?:max-|min-)?(?:width|height)|(?:margin|(?:cell )?padding).*)$"
)
_SINGLE = frozenset(
    (
        HIDDEN,
        GAP,
        EXCHANGED,
        PLACE,
        GROUND_WIDTH,
        HEAD,
        IN_BOX,
        IN_ROW,
        LEVEL,
        STACKED,
        TURNED,
        "disabled",
        "display",
        "empty part",
        "hr",
        "open",
        "colspan",
        "rowspan",
        "transform",
        "hr",
        "tag",
        HEADING_SIZE,
        "opacity",
        "role",
    )
)
"""Differences of the layout that are said one by one."""
_LINE = "hr "
"""What the name of a difference in a line across begins with."""
_WITHOUT_WORDS = frozenset((BREAKPOINT, "hr", "empty part"))
"""What can be said where no words stand."""
_WIDTH = re.compile("^border.*-width$")
_USUAL = re.compile("^(?:color|font-family|font-size|line-height|letter-spacing)$")
"""What is never without a value: where none is said, it is the usual one."""
_VALUE = re.compile(
    r"#[0-9a-f]{6}|[\d.]+(?:px|pt|%|r?em|vw)?|[\d.]+%? × [\d.]+%?|[\d.]+%? (?:wide|high)|[a-z][\w -]{0,30}",
    re.IGNORECASE,
)
_STYLES = {
    "bold": "bold",
    "italic": "in italics",
    "oblique": "slanted",
    "underline": "underlined",
    "line-through": "struck out",
    "overline": "overlined",
    "uppercase": "in capitals",
    "lowercase": "in lower case",
    "capitalize": "written with a capital at the start of each word",
    "small-caps": "in small capitals",
    "super": "raised",
    "sub": "lowered",
}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(px|pt|em|rem|%)")
_MOST = 8
"""So many differences of a kind are said one by one; more are those of another design."""


def looks(found: Iterable[LookDifference]) -> Iterator[Look]:
    """Yield differences in sentences: equal ones at several places in one, and many of a kind in one."""
    by_part: dict[tuple[str, str], dict[tuple[object, ...], list[LookDifference]]] = {}
    for each in _replaced_alone(list(_without_repeats(list(found)))):
        kind = _kind_of(each.name)
        values = (
            (kind.what, each.when)
            if kind in _LAYOUTS and each.name not in _SINGLE
            else (
                kind.what,
                each.old,
                each.new,
                each.when,
                each.replaced,
                each.name
                if kind.part in ("boxes", "sizes", "for screen readers", "style of text", LAYOUT)
                else each.name
                if WHOLE_BORDER.fullmatch(each.name)
                else each.name.startswith("padding")  # inside of what margins are around
                if kind.part == "spaces"
                else "",
            )
        )
        by_part.setdefault((kind.part, said_of_when(each.when)), {}).setdefault(values, []).append(each)
    order = [kind.part for kind in _KINDS] + [LAYOUT]
    for part, when in sorted(by_part, key=lambda key: order.index(key[0])):
        groups = by_part[part, when]
        if len(groups) > _MOST:
            everything = [each for group in groups.values() for each in group]
            where = where_of([each._replace(until="") for each in everything])
            verb = f"of {len(groups)} looks are new or gone" if part == "boxes" else "changed"
            sentence = f"{part} {verb}{when}{f': {where}' if where else ''}"
            yield Look(part, sentence, _facts(everything), _about(everything), _place_of(everything))
        else:
            for group in groups.values():
                yield Look(part, _sentence(group), _facts(group), _about(group), _place_of(group))


def _facts(group: Sequence[LookDifference]) -> tuple[object, ...]:
    return tuple(
        sorted(
            {
                (
                    each.name,
                    *(_fact(each.name, value or "") for value in each[1:3]),
                    each.when,
                    ground_of(each.new, each.behind) if each.name == "color" and not each.is_of_rule else "",
                    *(("replaced",) if each.replaced else ()),
                )
                for each in group
            }
        )
    )


def _fact(name: str, value: str) -> str:
    """Return what is the same in all languages: of a box around something, not the words in it."""
    return value.rpartition("\n")[2] if name == IN_BOX else value


def _without_repeats(found: Sequence[LookDifference]) -> Iterator[LookDifference]:
    """Yield differences but for those that others say, at the same words or of the whole email."""
    is_turned = any(each.name == "part direction" and each.until == WHOLE for each in found)
    in_rows = {each.old for each in found if each.name in (APART, TOGETHER) and each.when == ROW}
    padded = {each.words for each in found if each.name.startswith("padding")}
    rounded = {each.words for each in found if each.name.endswith("radius")}
    high = {(each.beside, each.words) for each in found if each.name == "height"}
    grown = {(each.when, each.words, *each[1:3]) for each in found if each.name == "image-size"}
    grounds: dict[tuple[object, ...], str] = {}
    for each in found:
        sizes = (size_of(value, None) for value in each[1:3])
        is_said = (
            (each.name == "direction" and is_turned)
            # a part that holds nothing but a picture grew as that did
            or (each.name == "width" and each.alone and (each.when, each.words, *sizes) in grown)
            or (each.name in ("display", "align") and each.words in in_rows)
            or (each.name.startswith("mso-padding") and each.words in padded)  # the same for Outlook
            or (each.name == "border-collapse" and each.words in rounded)  # so that corners can be round
            # the colour of a button is written around it too, maybe without the rule that it has for some time
            or (
                (each.kind, each.name) == ("button", "background-color")
                and not each.is_of_rule
                and grounds.setdefault((*each[1:4], each.place), each.when) != each.when
            )
            # of a part without words, the same for some mail programs
            or (each.name == "line-height" and each.beside and (each.beside, each.words) in high)
        )
        if not is_said:
            yield each


def _replaced_alone(found: Sequence[LookDifference]) -> Iterator[LookDifference]:
    """Yield differences, as those of words that replaced others only where no words that stay look different in the same way."""
    stay = {(each.name, *each[1:3], each.when) for each in found if not each.replaced}
    for each in found:
        is_rule = (each.name, *each[1:3], each.when) in stay
        yield each._replace(replaced=each.replaced and not is_rule)


def _place_of(group: Sequence[LookDifference]) -> str:
    return " ".join(map(str, sorted({each.place if each.at < 0 else each.at for each in group})))


def _about(group: Sequence[LookDifference]) -> str:
    """Return the words that matter: of what is bold, aligned or hidden, and of another size, space or signal colour at one or two places.

    Where the words do not matter, which one of several equal ones it is still does.
    """
    first = group[0]
    if all(each.name.startswith(_LINE) for each in group):
        return ""
    words = sorted(
        {
            # the values of a table are the same ones in however many rows
            _SIGN.sub("", _ROW_OF.sub("", _NUMBERS.sub("*", each.sentence or each.words)))
            for each in group
            if each.until != WHOLE
        }
    )
    part = _kind_of(first.name).part
    is_few = len(words) <= FEW
    if part == "colours":  # text that turns red says something of what it says
        matters = is_few and any(
            _is_signal(each) or _is_unseen(each) or _is_one_of_several(each) for each in group
        )
    elif part in ("font", "boxes") or any(
        part in _ALIKE[kind] and all(each.kind == kind for each in group) for kind in _ALIKE
    ):
        matters = False  # the same rule for other words
    else:
        # a rule for some screens is one for all words that it picks out
        is_rule = first.is_of_rule
        matters = (is_few and not is_rule) or (part in _TELLING and not (is_rule and _is_of_any_words(group)))
    which = sorted({each.which for each in group if each.which and each.until != WHOLE})
    return "\n".join(words if matters else which if len(which) <= FEW else ())


_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_SIGN = re.compile(r"^[-−+]\s*")
_ROW_OF = re.compile(r"(?<=\*)([^\w()*]*) \([^()]*\)$")
_ALIKE = {
    "button": frozenset({"borders", "spaces", "sizes", "size of text"}),
    BOX: frozenset({"borders", "spaces", "sizes"}),
    "heading": frozenset({"size of text"}),
}
"""What makes all buttons or headings of a sender look alike, whatever they say."""
_TELLING = frozenset({"style of text", "alignment", LAYOUT})
"""The parts that say something of the words."""
_LETTERING = frozenset({"font-weight", "font-style", "text-transform"})


def _is_of_any_words(group: Sequence[LookDifference]) -> bool:
    """Tell whether a look says nothing of the words: how a button stands, or how it is written if it is not struck out."""
    first = group[0]
    is_shown = first.name == "display" and "none" not in (first.old, first.new)
    is_how = first.name in _LETTERING or _kind_of(first.name).part == "alignment"
    return is_shown or (is_how and all(each.kind == "button" for each in group))


_IN_LINES = frozenset({"text", "list item"})


def _is_signal(each: LookDifference) -> bool:
    """Whether plain text got a colour, or lost one, that is not one of greys."""
    sides = [colour_of(value or "") for value in (each.old, each.new)]
    return (
        each.name == "color"
        and not each.is_of_rule
        and each.kind in _IN_LINES
        and any(side and not is_grey(side) for side in sides)
    )


def _is_one_of_several(each: LookDifference) -> bool:
    """Whether a part without words is told from others, as the first of two empty ones."""
    return bool(each.beside and each.sentence)


def _is_unseen(each: LookDifference) -> bool:
    """Whether text has the colour that it stands on, now or before."""
    behind = colour_of(each.behind or "white")
    return each.name == "color" and behind in [colour_of(value) for value in (each.old, each.new) if value]


def _kind_of(name: str) -> _Kind:
    return next(kind for kind in (*_KINDS, *_LAYOUTS) if kind.names.search(name))


def _sentence(group: Sequence[LookDifference]) -> str:
    first = group[0]
    where, when, name = where_of(group), said_of_when(first.when), _name_of(group)
    if said := _whole_sentence(group, name, where):
        return said
    what = _subject(group, name, where)
    if _kind_of(name) in _LAYOUTS:
        return f"{what} changed{when}"
    return _said_of_values(first, name, what, where, is_box=bool(last_in(group)))


def _name_of(group: Sequence[LookDifference]) -> str:
    """Return the property that is said to be different: of what holds nothing but itself, its own."""
    name = group[0].name
    if name in ("part text-align", "align") and all(
        each.alone and each.kind in ("button", "image") for each in group
    ):
        return "text-align"
    return OWN_WIDTH if name == "display" and all(each.alone for each in group) else name


def _whole_sentence(group: Sequence[LookDifference], name: str, where: str) -> str:
    """Return the sentence of what is not said as a part with its values; empty for all else."""
    first, names = group[0], {each.name for each in group}
    old, new, when = first.old, first.new, said_of_when(first.when)
    if name in (APART, TOGETHER):
        return _said_of_places(first)
    if name in (BOX_ITSELF, BUTTON_ITSELF):
        return _said_of_box(first, where)
    if name == STICKS_OUT:
        return _said_of_sticking(f"the box from {where}" if last_in(group) else where, new) + when
    if first.replaced:
        return _said_of_replaced(first, where, side_of(names))
    if said := _said_of_others(group, where, when):
        return said
    for special in (_said_of_style, _said_of_size, _said_of_direction, said_of_structure):
        if (where or name in _WITHOUT_WORDS) and (said := special(name, old, new, where)):
            return _at(said, when)
    if "auto" in (old, new) and where and names <= _MARGINS:
        return _said_of_margins(names, new, f"the box from {where}" if last_in(group) else where) + when
    return ""


def _said_of_margins(names: Set[str], new: str | None, what: str) -> str:
    """Return where something stands that has all the room beside it, or no longer has."""
    side = "in the middle" if names == _MARGINS else f"on the {'right' if 'margin-left' in names else 'left'}"
    verb = "stand" if are_many(what) else "stands"
    return f"{what} {verb} {side} now" if new == "auto" else f"{what} no longer {verb} {side}"


def _subject(group: Sequence[LookDifference], name: str, where: str) -> str:
    """Return what is different, and of what: `the colour of “Hello”`."""
    first, kind, names = group[0], _kind_of(name), {each.name for each in group}
    side = side_of(names)
    what = kind.what.format(where, side=side, name=name.rpartition("-")[2])
    if all(each.name.startswith("padding") and each.kind == "button" for each in group):
        what = what.replace(where, f"the words in the button{'s' if are_many(where) else ''} {where}")
    are_boxes = len(places_of(group)) > 1 and all(each.until for each in group)
    if kind.what.startswith("the space ") and kind.part == "spaces" and (are_boxes or last_in(group)):
        what = _space_of_boxes(group, kind, where, are_boxes=are_boxes)
    elif where == EMAIL:
        what = what.replace(f"around {where}", f"of {where}").replace(
            f"of the part with {where}", f"of {where}"
        )
    elif are_boxes or last_in(group):
        box = f"of the {boxes_from(where) if are_boxes else f'box from {where}'}"
        what = what.replace(f"of {where}", box).replace(f"around {where}", box)
        if not are_boxes:
            what = what.replace(f"the part with {where}", f"the part from {where}")
    elif kind.what == "the background around {}" and all(each.kind == "button" for each in group):
        what = what.replace(f"around {where}", f"of the {'buttons' if are_many(where) else 'button'} {where}")
    borders = {part for each in names if (found := _OF_SIDES.match(each)) for part in found[1].split("-")[1:]}
    if 0 < len(borders) < len(SIDES) and all(map(_OF_SIDES.match, names)):
        what = _BORDER_OF.sub(f"the border {side_of(borders)}", what)
    if are_many(where):
        what = what.replace("the part with", "the parts with")
    if name.startswith(_LINE):
        line = f"the {'lines' if are_many(where) else 'line'} across {where}" if where else "a line across"
        what = what.replace("a line across", line)
    elif first.beside:  # it is the part without words itself that changed, and nothing in it
        what = what.replace("part with the ", "").replace("around the ", "of the ")
    what = what.replace("the picture the picture", "the picture").replace(" of  ", " ").replace("  ", " ")
    for end in (" of ", " with ", " at ", " around "):
        what = what.removesuffix(end)
    return what.rstrip()


def _space_of_boxes(group: Sequence[LookDifference], kind: _Kind, where: str, *, are_boxes: bool) -> str:
    """Return which space of boxes around several texts is different."""
    side = side_of({each.name for each in group})
    if all(each.name.startswith("cell ") for each in group):
        return f"the space in the cells from {where}"
    if side == "around":
        is_inside = all(each.name.startswith("padding") for each in group)
        box = boxes_from(where) if are_boxes else f"box from {where}"
        return f"the space {'in' if is_inside else 'around'} the {box}"
    return kind.what.format(side_of_boxes(group, where, side, are_boxes), side=side)


def _said_of_values(first: LookDifference, name: str, what: str, where: str, *, is_box: bool) -> str:
    """Return what a property was and is.

    Args:
        first: One of the differences.
        name: The property.
        what: What is different, and of what.
        where: Of what.
        is_box: Whether that is a box around several texts.
    """
    old, new, when = first.old, first.new, said_of_when(first.when)
    if name == "font-family":
        missing, old, new = _fonts(old, new)
        what += missing
    if _WIDTH.match(name) and not (old and new):  # a border without a width is none
        return f"{what.replace('the width of the border', 'the border')} is {f'new: {new}' if new else 'gone'}{when}"
    if WHOLE_BORDER.fullmatch(name) and not (old and new):
        what = what.replace("the border of", f"the border {_at_sides(name)}")
        return f"{what} is {'new' if new else 'gone'}{said_of_border(new or old or '')}{when}"
    if not _SHOWN.match(name) or not all(_VALUE.fullmatch(each) for each in (old, new) if each):
        return f"{what} {'changed' if old and new else 'is new' if new else 'is gone'}{when}"
    is_unread = name == "color" and not first.is_of_rule and is_lost(new, first.behind)
    lost = said_of_lost(first.behind) if is_unread else ""
    say = locale_name if name == "lang" else said_of_value
    is_pair = old and new and name != "lang"
    spoken = said_of_both(old or "", new or "") if is_pair else [value and say(value) for value in (old, new)]
    if spoken[0] != spoken[1]:  # 1rem and 16px are the same to a reader
        old, new = spoken
    if name == "width" and ("100%" in (old, new) or (old and new and "auto" in (old, new))):
        said = _said_of_width(old or "auto", new or "auto", where)
        return _at(said.replace("the part with", "the part from") if is_box else said, when)
    if name in _LIMITS and not (name == "max-width" and old and new):  # a column is as wide as it may be
        return _at(_said_of_limit(what.partition(" of ")[2], name, old, new), when)
    if old and new:
        return f"{what} changed: {old} became {new}{when}{lost}"
    if _USUAL.search(name):
        was, now = old or "the usual one", new or "the usual one"
        return f"{what}{when} is {now} now, and was {was}"
    return f"{what} {'is new' if new else 'is gone'}: {new or old}{when}"


def _said_of_limit(part: str, name: str, old: str | None, new: str | None) -> str:
    """Return how wide or high a part is at most, or at least."""
    part = part.replace("the part with the picture", "the picture")
    limit, side = _LIMITS[name]
    verb, past = ("are", "were") if part.startswith(("the parts", "the boxes")) else ("is", "was")
    around = f"as {side} as what is around {'them' if verb == 'are' else 'it'}"
    now, was = (around if value == "100%" else f"{value} {side}" for value in (new, old))
    if not new:
        return f"{part} {verb} no longer {limit} {was}"
    return f"{part} {verb} {limit} {now} now{f', and {past} {limit} {was}' if old else ''}"


_LIMITS = {
    "max-width": ("at most", "wide"),
    "min-width": ("at least", "wide"),
    "max-height": ("at most", "high"),
    "min-height": ("at least", "high"),
}


def _fonts(old: str | None, new: str | None) -> tuple[str, str | None, str | None]:
    """Return where the first fonts are seen in which two lists of them differ, and these: ` where arial is missing`."""
    names = [[font.strip(" '\"") for font in (value or "").split(",")] for value in (old, new)]
    fonts = [list(dict.fromkeys(map(_font, each))) for each in names]
    if fonts[0] == fonts[1]:  # other names of one font
        fonts = names
    same = list(takewhile(lambda pair: pair[0] == pair[1], zip(*fonts, strict=False)))
    was, now = (next(iter(each[len(same) :]), None) for each in fonts)
    missing = f"{same[0][0]} is" if len(same) == 1 else f"the first {len(same)} fonts are"
    return f" where {missing} missing" if same else "", was, now


def _font(name: str) -> str:
    """Return what a font is called; that of the system has a name for each kind of system."""
    return "the one of the system" if name.lower() in _OF_SYSTEM else name


_OF_SYSTEM = frozenset({"-apple-system", "blinkmacsystemfont", "system-ui", "ui-sans-serif"})


def _at(said: str, when: str) -> str:
    """Return a sentence with when it holds, before what was so then: `stands on the right in dark mode, and stood on the left`."""
    was = _WAS.search(said)
    return f"{said[: was.start()]}{when}{said[was.start() :]}" if was and when else said + when


_WAS = re.compile(r", and (?:stood|was|were|had|took|began) (?!.*”)")


def _said_of_width(old: str, new: str, where: str) -> str:
    """Return what part of the room something takes: `auto` is what it needs."""
    many = are_many(where)
    verbs = ("have" if many else "has", "take" if many else "takes"), ("had", "took")
    now, was = (
        f"{has} no width of {'their' if many else 'its'} own"
        if value == "auto"
        else f"{takes} {'all of the width' if value == '100%' else value}"
        for value, (has, takes) in zip((new, old), verbs, strict=True)
    )
    part = f"the {'parts' if many else 'part'} with {where}" if where else "the part"
    return f"{where if where == EMAIL else part} {now} now, and {was}"


def _said_of_sticking(what: str, side: str | None) -> str:
    """Return that something sticks out of what it stands in on a side now, or no longer does."""
    many = are_many(what)
    verb, box = ("stick", "the boxes around them") if many else ("sticks", "the box around it")
    if not side:
        return f"{what} no longer {verb} out of {box}"
    return f"{what} {is_or_are(what)} wider than {box} now, and {verb} out on the {side}"


def _at_sides(name: str) -> str:
    """Return at which sides of something the border is whose name that is: `above and left of`; `of` for all of them."""
    sides = {*name.split("-")} & SIDES.keys()
    return side_of(sides) if sides else "of"


_OF_SIDES = re.compile("(border(?:-(?:top|bottom|left|right))+)-(?:width|style|color)$")
_BORDER_OF = re.compile("(?:a|the) border of")
_MARGINS = frozenset({"margin-left", "margin-right"})


def _said_of_places(found: LookDifference) -> str:
    one, other = f"“{short(found.old or '')}”", f"“{short(found.new or '')}”"
    if found.when == ROW:
        now, was = ("below", "beside") if found.name == APART else ("beside", "below")
        return f"{other} stands {now} {one} now, and stood {was} it"
    now, was = ("two parts", "one") if found.name == APART else ("one part", "two")
    return f"{one} and {other} stand in {now} now, and stood in {was}"


def _said_of_box(found: LookDifference, where: str) -> str:
    """Return what the box looks like that something new stands in, or that is gone with what stood in it."""
    sides: dict[str, list[str]] = {}
    looks = []
    for part in (found.new or found.old or "").split("; "):
        name, _, value = part.partition(" ")
        if name == "background-color":
            looks.append(_with_article(f"{said_of_paint(value)} background"))
        elif name == "box-shadow":
            looks.append("a shadow")
        elif name == "background-image":
            looks += said_of_pictures(value)
        else:
            sides.setdefault(value, []).append(SIDES[name.removeprefix("border-")].removesuffix(" of"))
    for value, each in sides.items():
        width, _, rest = value.partition(" ")
        line, _, colour = rest.partition(" ")
        known = f"{width}{'' if line == 'solid' else f' {line}'}, {said_of_paint(colour)}"
        place = "around it" if len(each) == len(SIDES) else f"{' and '.join(_beside(each))}"
        looks.append(f"{'a line' if len(each) in (1, len(SIDES)) else 'lines'} {place} ({known})")
    said = " and ".join(filter(None, (", ".join(looks[:-1]), looks[-1])))
    many = are_many(where)
    what = "button" if found.name == BUTTON_ITSELF else "box from" if "” to “" in where else "box around"
    if many:
        what = {"button": "buttons", "box around": "boxes around"}.get(what, what)
    has, had = ("have" if many else "has"), f"that {is_or_are(where)} gone had"
    return f"the new {what} {where} {has} {said}" if found.new else f"the {what} {where} {had} {said}"


def _beside(sides: Sequence[str]) -> list[str]:
    """Return the sides of a box: `above`, `left of it`."""
    return (
        [*sides[:-1], f"{sides[-1]} it"]
        if set(sides) <= {"above", "below"}
        else [f"{each} of it" if each in ("left", "right") else f"{each} it" for each in sides]
    )


def _with_article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _said_of_style(name: str, old: str | None, new: str | None, where: str) -> str:
    if name not in _OF_STYLE:
        return ""
    was, now = _styles_in(old), _styles_in(new)
    gone, come = sorted(was - now), sorted(now - was)
    if not where or (not gone and not come):
        return ""
    said = [f"{' and '.join(come)} now"] if come else []
    said += [f"no longer {' and '.join(gone)}"] if gone else []
    return f"{where} {is_or_are(where)} {', '.join(said)}"


def _said_of_others(group: Sequence[LookDifference], where: str, when: str) -> str:
    """Return which style words have not that stand in the place of others which had it; empty where it is not about such words."""
    first = group[0]
    was, now = _styles_in(first.old), _styles_in(first.new)
    gone, come = (" and ".join(sorted(side)) for side in (was - now, now - was))
    if first.name not in _OF_STYLE or not gone or not any(each.instead for each in group):
        return ""
    is_one = len({each.instead for each in group}) == 1
    others = f"“{short(without_quotes(first.instead))}”" if is_one else "what stood there"
    if others == where:
        return ""  # with other quotation marks
    return f"{where} {is_or_are(where)} {come or f'not {gone}'}{when}, and {others} was{f' {gone}' if come else ''}"


def _said_of_replaced(found: LookDifference, where: str, side: str) -> str:
    """Return what new words look like, at some side of them, and what those looked like that they replaced."""
    many, when = are_many(where), said_of_when(found.when)
    new, others = f"the new {where}", f"what {'they' if many else 'it'} replaced"
    was, now = (_styles_in(value) for value in (found.old, found.new))
    gone, come = " and ".join(sorted(was - now)), " and ".join(sorted(now - was))
    if found.name in _OF_STYLE and (gone or come):
        had = f"was {gone}" if gone and come else "was" if gone else "was not"
        return f"{new} {is_or_are(where)}{when} {come or f'not {gone}'}, and {others} {had}"
    what = _kind_of(found.name).what.format(new, side=side, name=found.name.rpartition("-")[2])
    if WHOLE_BORDER.fullmatch(found.name):
        what = _BORDER_OF.sub(f"the border {_at_sides(found.name)}", what)
    if found.new is None and _MAY_BE_MISSING.fullmatch(found.name):
        return f"there is no {what.removeprefix('the ')}{when}, and {others} had one"
    values = [value.split(",")[0].strip(" '\"") if value else "" for value in (found.new, found.old)]
    value, old = (said_of_value(each) or "the usual one" for each in values)
    if old == value or not all(_VALUE.fullmatch(each) for each in values if each):
        return f"{what}{when} is another than that of {others}"
    is_unread = found.name == "color" and not found.is_of_rule and is_lost(found.new, found.behind)
    lost = said_of_lost(found.behind) if is_unread else ""
    return f"{what}{when} is {value}{lost}, and that of {others} was {old}"


_MAY_BE_MISSING = re.compile(f"{WHOLE_BORDER.pattern}|outline|box-shadow")
_OF_STYLE = frozenset(
    {"font-weight", "font-style", "font-variant", "text-decoration", "text-transform", "script"}
)


def _styles_in(value: str | None) -> set[str]:
    """Return the styles that a value names, as they are said."""
    return {_STYLES[one] for one in (value or "").split() if one in _STYLES}


def _said_of_size(name: str, old: str | None, new: str | None, where: str) -> str:
    sizes = [_SIZE.fullmatch(value or "") for value in (old, new)]
    if name != "font-size" or not where or not sizes[0] or not sizes[1] or sizes[0][2] != sizes[1][2]:
        return ""
    is_larger = float(sizes[1][1]) > float(sizes[0][1])
    return f"{where} {is_or_are(where)} {'larger' if is_larger else 'smaller'}: {said_of_value(old or '')} became {said_of_value(new or '')}"


def _said_of_direction(name: str, old: str | None, new: str | None, where: str) -> str:
    if name == "part direction" and where == EMAIL:
        return f"the email is written from {'right to left' if new == 'rtl' else 'left to right'} now"
    if name == "part direction":
        sides = ("right to left", "left to right")
        return f"what stands beside each other around {where} is in the other order now, from {sides[0] if new == 'rtl' else sides[1]}"
    if name == "direction":
        return f"{where} {is_or_are(where)} read from {'right to left' if new == 'rtl' else 'left to right'}"
    is_around = name in ("part text-align", "align")
    if not is_around and name != "text-align":
        return ""
    return _said_of_alignment(f"{_AROUND_IT}{where}" if is_around else where, old, new)


def _said_of_alignment(what: str, old: str | None, new: str | None) -> str:
    """Return on which side something stands, or that it is justified; empty where it has another value."""
    was, now = _ALIGNED.get(old or ""), _ALIGNED.get(new or "")
    many = are_many(what) and not what.startswith(_AROUND_IT)
    stands, verb, past = ("stand", "are", "were") if many else ("stands", "is", "was")
    if now:
        stood = f", and {was.format(stands='stood', verb=past)}" if was else ""
        return f"{what} {now.format(stands=stands, verb=verb)}{stood}"
    if was and new is None:
        return f"{what} {was.format(stands=f'no longer {stands}', verb=f'{verb} no longer')}"
    return ""


_AROUND_IT = "what is around "
_ALIGNED = {
    "left": "{stands} on the left",
    "right": "{stands} on the right",
    "center": "{stands} in the middle",
    "justify": "{verb} justified",
}
"""What is said of how texts are aligned."""
