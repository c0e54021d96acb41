"""What the elements of an HTML body are drawn with, in a form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.colours import colour_of
from novu_framework_testing._internal.html_document import INLINE, Document, Element

OF_TEXT = frozenset(
    ("color", "background-color", "font-family", "font-size", "line-height", "letter-spacing", "font-weight", "font-style",
     "text-decoration", "text-transform", "text-align", "direction", "lang", "font", "script")
)  # fmt: skip
"""What a text takes from the elements that it is in; a background only from those inside its line."""
BACKGROUND = "background-color"
OF_BLOCK = frozenset({BACKGROUND, "text-align", "direction"})
"""What does something to a block besides, such as to a table inside it."""
_FROM_TAG = (
    dict.fromkeys(("b", "strong"), ("font-weight", "bold"))
    | dict.fromkeys(("i", "em", "cite"), ("font-style", "italic"))
    | dict.fromkeys(("u", "ins"), ("text-decoration", "underline"))
    | dict.fromkeys(("s", "del", "strike"), ("text-decoration", "line-through"))
    | {"sup": ("script", "super"), "sub": ("script", "sub")}
)
_FROM_ATTRIBUTE = {
    "bgcolor": "background-color", "color": "color", "text": "color", "face": "font-family", "dir": "direction", "lang": "lang",
    "valign": "vertical-align", "width": "width", "height": "height", "cellpadding": "padding", "cellspacing": "border-spacing",
    "border": "border", "background": "background-image", "link": "link-color", "vlink": "link-color", "alink": "link-color",
    "fillcolor": "background-color", "strokecolor": "border-color", "arcsize": "border-radius",
}  # fmt: skip
UNSEEN = re.compile(
    "^(?:style|class|id|target|rel|name|content|charset|http-equiv|type|alt|href|src|title|placeholder|value|hidden"
    "|xml.*|data-.*|v:.*|o:.*|xmlns.*|-webkit-.*|-ms-.*|-moz-.*|on.*)$"
)
"""Attributes and properties that say nothing about looks, or are read as words and addresses."""
UNSEEN_PROPERTY = re.compile("^-(?:webkit|ms|moz|o)-")
_UNITLESS = re.compile(r"(?<![\d.])0(?:px|em|rem|pt|%)(?![\w%])")
_BLANKS = re.compile(r"\s+")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.IGNORECASE)
_BORDER = re.compile("border(?:-(?:top|right|bottom|left))?")
_LINES = frozenset(
    ("none", "hidden", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset")
)
_SIDES = ("top", "right", "bottom", "left")
_WEIGHTS = {"600": "bold", "700": "bold", "800": "bold", "900": "bold", "bolder": "bold", "400": "normal"}


def _plain(name: str, value: str) -> str:
    """Return a value as it can be compared: without other ways to write the same."""
    value = _BLANKS.sub(" ", value.replace("!important", "")).strip().lower()
    if name.endswith("color") and (colour := colour_of(value)):
        return "#{:02x}{:02x}{:02x}".format(*colour)
    if name in ("width", "height", "border", "padding", "border-spacing") and value.isdigit():
        value += "px"
    if name == "font-weight":
        return _WEIGHTS.get(value, value)
    return _UNITLESS.sub("0", value)


def _pairs(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a property in the parts that are compared."""
    if name == "background":
        if "url(" in value:
            yield "background-image", value
        else:
            yield "background-color", _plain("background-color", value)
    elif name in ("padding", "margin") and 1 <= len(sizes := _plain(name, value).split()) <= 4:
        top, right, bottom, left = (*sizes, *sizes[len(sizes) - 2 :] * 2)[:4] if len(sizes) > 1 else sizes * 4
        yield from zip((f"{name}-{side}" for side in _SIDES), (top, right, bottom, left), strict=True)
    elif _BORDER.fullmatch(name) and (parts := list(_border(name, _plain(name, value)))):
        yield from parts
    elif name == "text-decoration-line":
        yield "text-decoration", _plain(name, value)
    else:
        yield name, _plain(name, value)


def _border(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the width, the style and the colour of a border."""
    for one in value.split():
        if one in _LINES:
            yield f"{name}-style", one
        elif one[0].isdigit() or one in ("thin", "medium", "thick"):
            yield f"{name}-width", one
        else:
            yield f"{name}-color", _plain("color", one)


WHEN = "\0"
"""What stands before the name of a property that holds sometimes: after the @rule, or the selector with a state."""
_STATE = re.compile(r"::?[\w-]+(?:\([^)]*\))?")
_COMBINED = re.compile(r"\s*[\s>]\s*")
_COMPOUND = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_RuleKey: TypeAlias = "tuple[str, str]"


def base(name: str) -> str:
    """Return the name of a property, whenever it holds."""
    return name.rpartition(WHEN)[2]


class _Compound(NamedTuple):
    """One part of a selector: `td.total#sum`."""

    tag: str
    names: frozenset[str]  # of classes and of the id, with their sign

    @classmethod
    def all_of(cls, selector: str) -> list[_Compound]:
        """Return the parts of a selector, what is below last; nothing for one that asks for more than tags, classes and ids."""
        found = [
            _COMPOUND.fullmatch(part) for part in _COMBINED.split(_STATE.sub("", selector).strip()) if part
        ]
        if not all(found):
            return []
        parts = [(one[1] or "", one[2]) for one in found if one]
        return [
            cls(tag.lower().strip("*"), frozenset(re.findall(r"[.#][\w-]+", names))) for tag, names in parts
        ]

    def fits(self, element: Element) -> bool:
        return self.tag in ("", element.tag) and self.names <= _names(element)


def _names(element: Element) -> set[str]:
    found = {f".{name}" for name in element.get("class").split()}
    return found | {f"#{element.get('id')}"} if element.get("id") else found


class Styles:
    """The looks of the elements of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.rules: dict[tuple[str, str], dict[str, str]] = {}
        self.other_rules: dict[tuple[str, str], dict[str, str]] = {}
        for each in document.declarations:
            if not each.selector:
                continue
            for selector in each.selector.split(","):
                selector = selector.strip()
                simple = _SIMPLE.fullmatch(selector)
                if UNSEEN_PROPERTY.match(each.name):
                    continue
                if simple and selector and not each.at_rule:
                    key = (simple[1] or "").lower(), simple[2] or ""
                    self.rules.setdefault(key, {}).update(_pairs(each.name, each.value))
                elif "outlook" not in selector.lower():
                    others = self.other_rules.setdefault((each.at_rule, selector), {})
                    others.update(_pairs(each.name, each.value))
        self.classes: set[str] = {
            name for element in document.elements for name in element.get("class").split()
        }
        self._shared: dict[str, list[tuple[_RuleKey, list[_Compound]]]] = {}
        self.seen_in_elements: set[_RuleKey] = set()
        self._own: dict[int, dict[str, str]] = {}
        self._texts: dict[int, Mapping[str, str]] = {}

    def compare_with(self, other: Styles) -> None:
        """See in elements the rules that hold sometimes, or below others: those of both documents, and those of a class of one.

        So an element looks different to one that such a rule is for no more, or that has another class now. What changed in
        a rule is said once, not here.
        """
        others = {name for element in other.document.elements for name in _names(element)}
        for key, rule in self.other_rules.items():
            compounds = _Compound.all_of(key[1])
            if compounds and (rule == other.other_rules.get(key) or not compounds[-1].names <= others):
                last = compounds[-1]
                self.seen_in_elements.add(key)
                for name in sorted(last.names)[:1] or [last.tag]:
                    self._shared.setdefault(name, []).append((key, compounds))

    def own(self, element: Element) -> dict[str, str]:
        """Return what is said of an element itself: by its attributes, the style sheet and its style, the last counts."""
        known = self._own.get(id(element))
        if known is None:
            known = self._own[id(element)] = self._read(element)
        return known

    def _read(self, element: Element) -> dict[str, str]:
        tag, found = element.tag, {}
        if tag in _FROM_TAG:
            name, value = _FROM_TAG[tag]
            found[name] = value
        for name, value in element.attributes.items():
            if name == "align" and tag not in ("table", "img"):
                found["text-align"] = value.lower()
            elif name in _FROM_ATTRIBUTE:
                found.update(_pairs(_FROM_ATTRIBUTE[name], value))
            elif not UNSEEN.match(name):
                found[name] = value
        if self._shared:
            found.update(self._held(element))
        if self.rules:
            names = ("", *element.get("class").split())
            for key in [(tag, ""), *(("", name) for name in names[1:]), *((tag, name) for name in names[1:])]:
                found.update(self.rules.get(key, ()))
        for name, value in element.style.items():
            if not UNSEEN_PROPERTY.match(name):
                found.update(_pairs(name, value))
        if tag in INLINE and found.get("vertical-align") in ("super", "sub"):
            found["script"] = found.pop("vertical-align")
        return found

    def _held(self, element: Element) -> Iterator[tuple[str, str]]:
        """Yield what the rules that hold sometimes, or below others, say of an element."""
        for name in (*sorted(_names(element)), element.tag):
            for (at_rule, selector), (*outer, last) in self._shared.get(name, ()):
                above = element.above()
                if last.fits(element) and all(any(map(one.fits, above)) for one in reversed(outer)):
                    when = at_rule or (selector if ":" in selector else "")
                    for prop, value in self.other_rules[at_rule, selector].items():
                        yield (f"{when}{WHEN}{prop}" if when else prop), value

    def behind(self, element: Element) -> str:
        """Return the background that a text stands on, the nearest that is said; empty if none is."""
        return next((found for each in element.above() if (found := self.own(each).get(BACKGROUND))), "")

    def text(self, element: Element) -> Mapping[str, str]:
        """Return what the text in an element is drawn with: what it says itself, then what is said above it."""
        missing: list[Element] = []
        at: Element | None = element
        while at is not None and id(at) not in self._texts:
            missing.append(at)
            at = at.parent
        known = self._texts[id(at)] if at is not None else {}
        for each in reversed(missing):
            own = {name: value for name, value in self.own(each).items() if base(name) in OF_TEXT}
            if each.tag not in INLINE:  # what is around is compared by itself
                own.pop(BACKGROUND, None)
                if BACKGROUND in known:
                    own[BACKGROUND] = "transparent"
            if (line := own.get("text-decoration")) and line != "none" and "text-decoration" in known:
                own["text-decoration"] = " ".join(sorted({line, known["text-decoration"]} - {"none"}))
            known = {**known, **own} if own else known
            self._texts[id(each)] = known
        return known
