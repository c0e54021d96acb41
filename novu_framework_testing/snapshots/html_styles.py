"""What the elements of an HTML body are drawn with, in a form that can be compared: the cascade of its style sheets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.colours import paint_of
from novu_framework_testing._internal.css import declarations
from novu_framework_testing._internal.html_document import INLINE, Document, Element, hides, is_shown_by
from novu_framework_testing._internal.selectors import (
    Matcher,
    Selector,
    Tree,
    selector_of,
    split_list,
)
from novu_framework_testing.snapshots.css_values import declared, from_element, is_taken, pairs, resolved

OF_TEXT = frozenset(
    ("color", "background-color", "font-family", "font-size", "line-height", "letter-spacing", "font-weight", "font-style", "font-variant",
     "text-decoration", "text-decoration-color", "text-decoration-style", "text-decoration-thickness", "text-transform", "text-align", "direction", "lang", "font", "script")
)  # fmt: skip
"""What a text takes from the elements that it is in; a background only from those inside its line."""
BACKGROUND = "background-color"
WHITE = "#ffffff"
"""What an email stands on where nothing else is said."""
OF_BLOCK = frozenset({BACKGROUND, "text-align", "direction"})
"""What does something to a block besides, such as to a table inside it."""
WHEN = "\0"
"""What stands before the name of a property that holds sometimes: after the @rule, the state, or the part of an element."""
_MOST_WHENS, _MOST_AT_RULES, _MOST_WORK = 8, 60, 300_000
"""Emails need a tenth of these. What goes beyond is said by the rules that changed, not by what they are for."""
_ALWAYS = re.compile(r"@media (?:only )?(?:all|screen)|@layer.*")
_MEDIUM = re.compile(r"(?:only )?(?:all|screen) and |only ")
_WORD_BEFORE = re.compile(r"(@media|@supports)(?=\()")
"""A blank may be missing after these."""
_FUNCTION = re.compile(r"\b(?:and|or|not)\(", re.IGNORECASE)
"""After these words one may not: `and(` is a function to CSS, so that its part of a list never holds."""
_SIGN = re.compile(r"\s*([:,<>=])\s*")
_UNREAD = ("@font-face", "@keyframes", "@-webkit-keyframes", "@page", "@counter-style")
_RARE = re.compile(
    r"x-apple|#messageviewbody|externalclass|readmsgbody|\[owa|outlook-cycle|outlook-group-fix|^u\s*\+|moz-text-html|yahoo|office365",
    re.IGNORECASE,
)
"""Selectors for what single mail programs put around a message, which is not in it."""


class _Said(NamedTuple):
    """A value, and what it wins by: `!important`, what the element itself says, the selector, what comes later."""

    value: str
    rank: tuple[bool, int, tuple[int, int, int], int]


_Properties: TypeAlias = "dict[str, _Said]"


_Sides: TypeAlias = "tuple[_Properties, dict[str, _Properties]]"
"""What is said of an element always, and what sometimes."""


class _Rule(NamedTuple):
    """What a selector gives to the elements that it picks out."""

    matcher: Matcher
    when: str
    properties: _Properties


_BLUE = "#0000ee"
_SCHEME = re.compile("color-schemes?$", re.IGNORECASE)
_GROUND = re.compile("background|position$|opacity$|margin")


def base(name: str) -> str:
    """Return the name of a property, whenever it holds."""
    return name.rpartition(WHEN)[2]


def pair_of(old: Document, new: Document) -> tuple[Styles, Styles]:
    """Return the looks of two versions, so that they can be compared: both follow their style sheets, or neither does."""
    was, now = styles_of(old), styles_of(new)
    if was.is_followed == now.is_followed:
        return was, now
    return Styles(old, is_followed=False), Styles(new, is_followed=False)


@lru_cache(maxsize=4)
def styles_of(document: Document) -> Styles:
    """Return the looks of a document; where it says too much to be followed, without its style sheets."""
    found = Styles(document)
    return found if found.work <= _MOST_WORK else Styles(document, is_followed=False)


_HEADING_SIZES = {"h1": 2, "h2": 1.5, "h3": 1.17, "h4": 1, "h5": 0.83, "h6": 0.67}
"""How many times as large as what is around them headings are where nothing is said of their size, after the HTML Standard's section on rendering."""
_BOLD_ANYWAY = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th"})
"""The tags whose words are bold whatever is said around them."""


def _times(factor: float, known: Mapping[str, str]) -> dict[str, str]:
    """Return the sizes that a heading has where these are said around it, always and at some times."""
    sizes = {name: _SIZED.fullmatch(value) for name, value in known.items() if base(name) == "font-size"}
    return {name: f"{float(size[1]) * factor:.4g}{size[2]}" for name, size in sizes.items() if size}


_SIZED = re.compile(r"(\d*\.?\d+)([a-z]+|%)")


class Styles:
    """The looks of the elements of a document.

    Args:
        document: The document.
        renamed: What the @rules of its style sheets are called, where another version has other names for the same.
        is_followed: Whether it is looked up which elements the style sheets are for.

    Attributes:
        document: The document.
        is_followed: Whether it is looked up which elements the style sheets are for.
        other_rules: What is said for selectors that are not followed, by the @rule and the selector.
        at_rules: The rules inside of each @rule, by selector.
        link_colour: The colour of links of which nothing is said: they do not have that of the text around them.
        work: How much there is to look up: the elements that selectors may be for, by their parts and properties.
    """

    def __init__(
        self, document: Document, renamed: Mapping[str, str] | None = None, *, is_followed: bool = True
    ) -> None:
        self.document = document
        self.other_rules: dict[tuple[str, str], dict[str, str]] = {}
        self.at_rules: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self.is_followed = is_followed
        self._tree = Tree(document)
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        self._said: dict[int, _Sides] = {}
        self._shared: dict[tuple[object, ...], _Sides] = {}
        self._own: dict[int, dict[str, str]] = {}
        self._alike: dict[int, dict[str, str]] = {}
        self._hiding: dict[int, dict[str, dict[str, str]]] = {}
        self._texts: dict[int, Mapping[str, str]] = {}
        self._hidden: dict[int, Mapping[str, bool]] = {}
        self._variables: dict[tuple[int, str], Mapping[str, str]] = {}
        self._read_sheets(renamed or {})
        bodies = (each for each in document.elements if each.tag == "body")
        schemes = [each.get("content") for each in document.all("meta") if _SCHEME.search(each.get("name"))]
        schemes += [each.value for each in document.declarations if _SCHEME.search(each.name)]
        self._is_dark_at_times = any("dark" in each.lower() for each in schemes)
        self.link_colour = next(
            (dict(pairs("color", each.get("link"))) for each in bodies if each.get("link")), {}
        ).get("color", _BLUE)

    # What the style sheets say

    def _read_sheets(self, renamed: Mapping[str, str]) -> None:
        made: dict[tuple[str, str], _Properties] = {}
        for order, each in enumerate(self.document.declarations):
            if not each.selector or each.at_rule.startswith(_UNREAD):
                continue
            if (readable := _readable(each.at_rule)) is None:
                continue
            at_rule = at_rule_of(readable)
            is_important, values = declared(each.name, each.value)
            for text in split_list(each.selector):
                properties = made.setdefault((renamed.get(at_rule, at_rule), text), {})
                for name, value in values:
                    known = properties.get(name)
                    if known is None or is_important >= known.rank[0]:
                        properties[name] = _Said(value, (is_important, 0, (0, 0, 0), order))
        found = [(key, selector_of(key[1]), properties) for key, properties in made.items()]
        self.work = self._work(found)
        whens: list[str] = []
        for (at_rule, text), selector, properties in found:
            values_of = {name: said.value for name, said in properties.items()}
            if at_rule:
                self.at_rules[at_rule][text] = values_of
            if selector is None or is_rare(text) or not self.is_followed:
                self.other_rules[at_rule, text] = values_of
                continue
            when = f"{at_rule} {selector.when}".strip()
            ranked = {
                name: said._replace(rank=(said.rank[0], 0, selector.weight, said.rank[3]))
                for name, said in properties.items()
            }
            self._rules[selector.key].append(_Rule(Matcher(self._tree, selector), when, ranked))
            if any(name.startswith("--") for name in ranked):
                whens.append(when)
        self._has_variables = bool(whens) or any("var(" in each.value for each in self.document.declarations)
        self._variable_whens = tuple(dict.fromkeys(whens))[:_MOST_WHENS]

    def _work(self, found: Sequence[tuple[tuple[str, str], Selector | None, _Properties]]) -> int:
        if len({at_rule for (at_rule, _), _, _ in found}) > _MOST_AT_RULES:
            return _MOST_WORK + 1
        counts: dict[str, int] = defaultdict(int)
        counts[""] = len(self.document.elements)
        for element in self.document.elements:
            counts[element.tag] += 1
            for name in self._tree.names(element):
                counts[name] += 1
        return sum(
            counts[selector.key] * (len(selector.compounds) + len(properties))
            for _, selector, properties in found
            if selector
        )

    # What an element says itself

    def own(self, element: Element) -> dict[str, str]:
        """Return what is said of an element itself: by its attributes, the style sheets and its style; the strongest counts."""
        known = self._own.get(id(element))
        if known is None:
            known = self._own[id(element)] = self._read(element)
        return known

    def _read(self, element: Element) -> dict[str, str]:
        said = self._of(element)
        if self._has_variables:
            return self._values(element, said)
        # without variables, elements that are written alike and are picked out by the same rules have the same
        known = self._alike.get(id(said))
        if known is None:
            known = self._alike[id(said)] = self._values(element, said)
        return known

    def _values(self, element: Element, said: _Sides) -> dict[str, str]:
        always, sometimes = said
        found = self._world(element, "", always)
        whens = list(sometimes)
        if self._variable_whens and any("var(" in each.value for each in always.values()):
            whens += [when for when in self._variable_whens if when and when not in sometimes]
        if whens:
            usual = dict(found)
            for when in whens:
                for name, value in self._otherwise(element, when, always, sometimes.get(when, {})).items():
                    if "::" in when or usual.get(name) != value:
                        found[f"{when}{WHEN}{name}"] = value
        if element.tag in INLINE and found.get("vertical-align") in ("super", "sub"):
            found["script"] = found.pop("vertical-align")
        return found

    def _otherwise(
        self, element: Element, when: str, always: _Properties, sometimes: _Properties
    ) -> dict[str, str]:
        """Return the values that count at some time, and may be other ones than always."""
        if (
            "::" in when
        ):  # a part that the style sheet adds has what is said for it, and nothing of the element
            return self._world(element, when, sometimes)
        if self._has_variables:
            return self._world(element, when, _strongest(always, sometimes))
        stronger = {
            name: each
            for name, each in sometimes.items()
            if name not in always or each.rank >= always[name].rank
        }
        for name, each in sometimes.items():
            sides = [one for one in _OF_SIDES.get(name, ()) if one in always and one not in sometimes]
            stronger |= {one: each for one in sides if each.rank >= always[one].rank}
        return self._world(element, when, stronger)

    def _of(self, element: Element) -> _Sides:
        """Return what is said of an element always, and sometimes; by name, with what it wins by."""
        if (known := self._said.get(id(element))) is not None:
            return known
        rules: list[_Rule] = []
        if self._rules:
            names = self._tree.names(element)
            tags = (element.tag, "", *self._tree.absent) if element.tag == "#root" else (element.tag, "")
            for key in (*sorted(names), *tags):
                rules += [rule for rule in self._rules.get(key, ()) if rule.matcher.picks(element, names)]
        key_of_all = (element.source, element.tag, *map(id, rules))
        known = self._shared.get(key_of_all)
        if known is None:
            known = self._shared[key_of_all] = _put_together(element, rules)
        self._said[id(element)] = known
        return known

    def _world(self, element: Element, when: str, said: _Properties) -> dict[str, str]:
        """Return the values that count, with what variables stand for."""
        if not any(name.startswith("--") or "var(" in each.value for name, each in said.items()):
            found = {name: each.value for name, each in said.items()}
        else:
            plain = {name: each for name, each in said.items() if "var(" not in each.value}
            for name, each in said.items():
                if "var(" in each.value and not name.startswith("--"):
                    value = resolved(each.value, self._variables_of(element, when))
                    _put(plain, {one: each._replace(value=part) for one, part in pairs(name, value) if value})
            found = {name: each.value for name, each in plain.items() if not name.startswith("--")}
        return {
            name: value
            for name, value in found.items()
            if value not in ("inherit", "unset") or name not in OF_TEXT
        }

    def _variables_of(self, element: Element, when: str) -> Mapping[str, str]:
        missing: list[Element] = []
        at: Element | None = element
        while at is not None and (id(at), when) not in self._variables:
            missing.append(at)
            at = at.parent
        known = self._variables[id(at), when] if at is not None else {}
        for each in reversed(missing):
            always, sometimes = self._of(each)
            said = _strongest(always, sometimes.get(when, {})) if when in sometimes else always
            own = {name: one.value for name, one in said.items() if name.startswith("--")}
            known = {**known, **own} if own else known
            self._variables[id(each), when] = known
        return known

    # What is above it

    def behind(self, element: Element) -> str:
        """Return the background that a text stands on, the nearest that is said; empty if none is."""
        return next((found for each in element.above() if (found := self.own(each).get(BACKGROUND))), "")

    def ground(self, element: Element) -> str | None:
        """Return the one colour that is always seen behind what stands in an element.

        None where that is not sure, as where any part of the email may lie over others, or over a drawing for Outlook.
        """
        if self._has_layers:
            return None
        for each in element.above():
            own = self.own(each)
            if own.get("opacity", "1") != "1" or any(
                WHEN in name and _GROUND.match(base(name)) for name in own
            ):
                return None
            colour = own.get(BACKGROUND)
            paint = paint_of(colour) if colour else None
            if paint is not None and paint.alpha == 1 and "background-image" not in own:
                return colour
            if "background-image" in own or (colour and (paint is None or paint.alpha > 0)):
                return None
        return None if self._is_dark_at_times else WHITE

    @cached_property
    def _has_layers(self) -> bool:
        elements = self.document.elements
        return "<v:" in self.document.outlook or any(_leaves_its_place(self.own(each)) for each in elements)

    def text(self, element: Element) -> Mapping[str, str]:
        """Return what the text in an element is drawn with: what it says itself, then what is said above it."""
        missing: list[Element] = []
        at: Element | None = element
        while at is not None and id(at) not in self._texts:
            missing.append(at)
            at = at.parent
        known = self._texts[id(at)] if at is not None else {}
        for each in reversed(missing):
            own = {name: value for name, value in self.own(each).items() if is_of_text(name)}
            if (
                each.tag == "a"
                and "color" not in own
                and each.get("href")
                and not self._inherits(each, "color")
            ):
                own["color"] = self.link_colour
            if each.tag not in INLINE:  # what is around is compared by itself
                own = {name: value for name, value in own.items() if base(name) != BACKGROUND}
                if BACKGROUND in known:
                    own[BACKGROUND] = "transparent"
            if (line := own.get("text-decoration")) and line != "none" and "text-decoration" in known:
                own["text-decoration"] = " ".join(sorted({line, known["text-decoration"]} - {"none"}))
            if each.tag in _HEADING_SIZES and not ("font-size" in own or self._inherits(each, "font-size")):
                own |= _times(_HEADING_SIZES[each.tag], known)
            elif size := own.get("font-size"):
                own = {**own, **_stepped(size, known, own)}
            if each.tag == "table" and "text-align" in known and self._is_aligned_by_attribute(each):
                known = {name: value for name, value in known.items() if name != "text-align"}
            if each.tag in _BOLD_ANYWAY and not self._inherits(each, "font-weight"):
                known = {name: value for name, value in known.items() if base(name) != "font-weight"}
            if each.tag == "th":
                known = self._as_head(each, known)
            known = _over(known, own) if own else known
            self._texts[id(each)] = known
        return known

    def _as_head(self, cell: Element, known: Mapping[str, str]) -> Mapping[str, str]:
        """Return what the words of a head of a table are drawn with: bold, and in the middle where nothing around it says otherwise."""
        usual = {"text-align": "center"}
        if not self._inherits(cell, "font-weight"):
            usual["font-weight"] = "bold"
        return usual | dict(known)

    def _is_aligned_by_attribute(self, table: Element) -> bool:
        """Whether a table stands in what is aligned by an attribute, which browsers do not follow for the words in it."""
        for each in table.above():
            if each is not table and "text-align" in self.own(each):
                return self._of(each)[0]["text-align"].rank == _WEAKEST
        return False

    def _inherits(self, element: Element, name: str) -> bool:
        """Whether an element says of a property that it is as around it, be there a usual one for its tag or not."""
        said = self._of(element)[0].get(name)
        return said is not None and said.value in ("inherit", "unset", "currentcolor")

    def hidden(self, element: Element) -> Mapping[str, bool]:
        """Return when an element is hidden, by itself or with what is around it: always (""), and what is otherwise when."""
        missing: list[Element] = []
        at: Element | None = element
        while at is not None and id(at) not in self._hidden:
            missing.append(at)
            at = at.parent
        known = self._hidden[id(at)] if at is not None else {"": False}
        for each in reversed(missing):
            own = self.own(each)
            mine = self._hiding.get(id(own))
            if mine is None:
                mine = self._hiding[id(own)] = _hiding_of(own)
            if len(mine) > 1 or mine[""]:
                always = hides(mine[""], {})
                whens = [when for when in {**mine, **known} if when and ":" not in when.rpartition(")")[2]]
                others = {
                    when: hides({**mine[""], **mine.get(when, {})}, {}) or known.get(when, known[""])
                    for when in whens
                }
                here = always or known[""]
                known = {"": here} | {when: is_so for when, is_so in others.items() if is_so != here}
            self._hidden[id(each)] = known
        return known


def _leaves_its_place(own: Mapping[str, str]) -> bool:
    """Tell whether something may, at whatever time, stand on other things than what it is written in."""
    said = [(base(name), value) for name, value in own.items()]
    return any(
        (name == "position" and value != "static")
        or name == "transform"
        or (name.startswith("margin") and "-" in value)
        for name, value in said
    )


def _put_together(element: Element, rules: Sequence[_Rule]) -> _Sides:
    always: _Properties = {name: _Said(value, _WEAKEST) for name, value in from_element(element)}
    sometimes: dict[str, _Properties] = {}
    for rule in rules:
        _put(sometimes.setdefault(rule.when, {}) if rule.when else always, rule.properties)
    for order, (name, value) in enumerate(_written(element)):
        is_important, values = declared(name, value)
        _put(always, {one: _Said(plain, (is_important, 1, (0, 0, 0), order)) for one, plain in values})
    if "hidden" in element.attributes and not is_shown_by(always["display"].value):
        always["display"] = _Said("none", _WEAKEST)
    return always, sometimes


def _written(element: Element) -> Iterable[tuple[str, str]]:
    """Return what the `style` of an element says, with what stands before a value that is none."""
    if all(is_taken(name, value) for name, value in element.style.items()):
        return element.style.items()
    return declarations(element.get("style"))


def _stepped(size: str, known: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Return how large a text is that is so many times as large as what is around it, always and at some times.

    Args:
        size: What is said of its size.
        known: What is said around it.
        own: What it says itself, which counts at the times that it names.
    """
    step = _STEP.fullmatch(size)
    times = _STEPS.get(size) or (float(step[1]) * _UNITS[step[2]] if step else None)
    around = {name: _PIXELS.fullmatch(value) for name, value in known.items() if base(name) == "font-size"}
    if times is None or not around.get("font-size"):
        return {}
    return {
        name: f"{float(found[1]) * times:.4g}px"
        for name, found in around.items()
        if found and (name == "font-size" or name not in own)
    }


_PIXELS = re.compile(r"(\d*\.?\d+)px")
_STEPS = {"smaller": 1 / 1.2, "larger": 1.2}
"""What browsers make of the size around it, as of what is in `<small>`."""
_STEP, _UNITS = re.compile(r"(\d*\.?\d+)(em|%)"), {"em": 1, "%": 0.01}
_WEAKEST = (False, 0, (0, 0, 0), -1)
_HIDING = frozenset({"display", "visibility", "opacity", "max-height", "mso-hide"})


def _hiding_of(own: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what may hide an element, by the time for which it is said."""
    found: dict[str, dict[str, str]] = {"": {}}
    for name in own:
        if base(name) in _HIDING:
            found.setdefault(name.rpartition(WHEN)[0], {})[base(name)] = own[name]
    return found


def is_of_text(name: str) -> bool:
    """Tell whether a property is one of the text inside, and not of a part that the style sheet adds."""
    return base(name) in OF_TEXT and "::" not in name


def is_rare(selector: str) -> bool:
    """Tell whether a selector is for what a single mail program puts around a message."""
    return _RARE.search(selector) is not None


def _readable(at_rule: str) -> str | None:
    """Return an @rule without the parts of its list that never hold; None where none of them does."""
    if not at_rule.startswith("@media") or not _FUNCTION.search(at_rule):
        return at_rule
    queries = at_rule.removeprefix("@media").split(",")
    held = [each.strip() for each in queries if not _FUNCTION.search(each)]
    return f"@media {', '.join(held)}" if held else None


def at_rule_of(text: str) -> str:
    """Return an @rule as it can be compared; empty for one that always holds in an email."""
    if not text:
        return ""
    said = _SIGN.sub(r"\1", " ".join(_WORD_BEFORE.sub(r"\1 ", text.lower()).split()))
    said = said.replace("( ", "(").replace(" )", ")")
    return "" if _ALWAYS.fullmatch(said) else _MEDIUM.sub("", said)


def _put(found: _Properties, said: Mapping[str, _Said]) -> None:
    for name, each in said.items():
        known = found.get(name)
        if known is None or each.rank >= known.rank:
            found[name] = each
        for one in _OF_SIDES.get(
            name, ()
        ):  # what is said of all sides is said of one that had a border of its own
            if one in found and each.rank >= found[one].rank:
                found[one] = each


_OF_SIDES = {
    f"border-{what}": tuple(f"border-{side}-{what}" for side in ("top", "right", "bottom", "left"))
    for what in ("width", "style", "color")
}


def _strongest(one: _Properties, other: Mapping[str, _Said]) -> _Properties:
    found = dict(one)
    _put(found, other)
    return found


def _over(known: Mapping[str, str], own: Mapping[str, str]) -> Mapping[str, str]:
    """Return what holds inside: what an element says of a property is also said for the times for which it says nothing."""
    if any(WHEN in name for name in known):
        said = {name for name in own if WHEN not in name}
        known = {name: value for name, value in known.items() if WHEN not in name or base(name) not in said}
    return {**known, **own}


def rule_changes(
    old: Styles, new: Styles
) -> Iterator[tuple[tuple[str, str], dict[str, str], dict[str, str]]]:
    """Yield the rules for selectors that are not followed which are not what they were: the @rule and selector, and both sides."""
    for key in dict.fromkeys([*old.other_rules, *new.other_rules]):
        was, now = old.other_rules.get(key, {}), new.other_rules.get(key, {})
        if was != now:
            yield key, was, now
