"""Which elements a selector of CSS picks out, in work that grows with the number of elements and of its parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from novu_framework_testing._internal.html_document import Document, Element

_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\.)+"
_TOKEN = re.compile(
    rf"""(?P<step>\s*[>+~]\s*|\s+)|(?P<tag>\*|{_NAME})|(?P<name>[.#]{_NAME})
    |\[\s*(?P<attribute>[\w:-]+)\s*(?:(?P<test>[~|^$*]?=)\s*(?P<value>"[^"]*"|'[^']*'|[^\]\s]+)\s*(?P<case>[iIsS])?\s*)?\]
    |(?P<pseudo>::?[\w-]+)(?:\((?P<argument>[^()]*(?:\([^()]*\)[^()]*)*)\))?""",
    re.VERBOSE,
)
_COMMA = re.compile(r""",(?=(?:[^()\[\]"']|\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]|"[^"]*"|'[^']*')*\Z)""")
_NTH = re.compile(r"([+-]?\d*)n(?:([+-]\d+))?|([+-]?\d+)")
_ESCAPE = re.compile(r"\\(.)")
_ELEMENTS = frozenset(("before", "after", "first-line", "first-letter", "marker", "placeholder", "selection"))
_STATES = frozenset(
    ("hover", "active", "focus", "focus-within", "focus-visible", "visited", "checked", "target")
)
_PLACES = frozenset(
    f"{each}-{kind}" for kind in ("child", "of-type") for each in ("first", "last", "only", "nth", "nth-last")
)
_OUTLOOK = re.compile("data-og(?:sc|sb|ab|ac)")
"""The attributes that Outlook puts around a message in its dark mode."""
_LONGEST, _MOST_STEPS = 1_000, 30


class SiblingPlace(NamedTuple):
    """Where an element stands among those beside it: its number from 1 and how many there are; the same of its tag alone."""

    at: int
    of: int
    at_of_tag: int
    of_tag: int


class Tree:
    """The elements of a document, with what selectors ask of their places.

    Attributes:
        document: The document.
        absent: Which of `html` and `body` are not written: a browser adds them, and here the root is both.
    """

    def __init__(self, document: Document) -> None:
        self.document: Final = document
        self.absent: Final = frozenset(tag for tag in ("html", "body") if not document.all(tag))
        self._places: dict[int, SiblingPlace] = {}
        self._before: dict[int, Element | None] = {}
        self._names: dict[int, frozenset[str]] = {}
        self._above: dict[int, frozenset[str]] = {}

    def names(self, element: Element) -> frozenset[str]:
        """Return the classes and the id of an element, as selectors write them."""
        known = self._names.get(id(element))
        if known is None:
            known = self._names[id(element)] = names_of(element)
        return known

    def above(self, element: Element) -> frozenset[str]:
        """Return the tags, classes and ids of all that an element is in."""
        missing: list[Element] = []
        at = element.parent
        while at is not None and id(at) not in self._above:
            missing.append(at)
            at = at.parent
        known = self._above[id(at)] if at is not None else self.absent
        for each in reversed(missing):
            own = self.names(each) | {each.tag}
            known = known if own <= known else known | own
            self._above[id(each)] = known
        return known

    def place(self, element: Element) -> SiblingPlace:
        """Return where an element stands among those beside it."""
        self._read(element)
        return self._places[id(element)]

    def before(self, element: Element) -> Element | None:
        """Return the element that stands before another one, inside the same; None for the first."""
        self._read(element)
        return self._before[id(element)]

    def _read(self, element: Element) -> None:
        if id(element) in self._places:
            return
        parent = element.parent
        beside = [each for each in parent.children if isinstance(each, Element)] if parent else [element]
        totals: dict[str, int] = {}
        for each in beside:
            totals[each.tag] = totals.get(each.tag, 0) + 1
        counts: dict[str, int] = {}
        last: Element | None = None
        for at, each in enumerate(beside, 1):
            counts[each.tag] = counts.get(each.tag, 0) + 1
            self._places[id(each)] = SiblingPlace(at, len(beside), counts[each.tag], totals[each.tag])
            self._before[id(each)] = last
            last = each


_Test = Callable[[Element, Tree], bool]


class CompoundSelector(NamedTuple):
    """What a selector asks of one element: `td.total:first-child`."""

    tag: str
    names: frozenset[str]  # of classes and of the id, with their sign
    tests: tuple[_Test, ...]

    def fits(self, element: Element, names: frozenset[str], tree: Tree) -> bool:
        """Tell whether an element with these names is such a one."""
        return (
            (self.tag in ("", element.tag) or (element.tag == "#root" and self.tag in tree.absent))
            and self.names <= names
            and (not self.tests or all(test(element, tree) for test in self.tests))
        )


class Selector(NamedTuple):
    """A selector.

    Attributes:
        compounds: What it asks for, the outermost first.
        steps: What is between them: ` `, `>`, `+` or `~`.
        weight: How specific it is.
        when: The state or the part of an element that it is for, such as `:hover` or `::before`; empty for always.
    """

    compounds: tuple[CompoundSelector, ...]
    steps: tuple[str, ...]
    weight: tuple[int, int, int]
    when: str

    @property
    def key(self) -> str:
        """A class, an id or a tag that an element has to have; empty if it may have any."""
        last = self.compounds[-1]
        return min(last.names, default=last.tag)


def names_of(element: Element) -> frozenset[str]:
    """Return the classes and the id of an element, as selectors write them."""
    classes, identity = element.get("class"), element.get("id")
    if not classes and not identity:
        return _NO_NAMES
    return frozenset((*(f".{name}" for name in classes.split()), *([f"#{identity}"] if identity else [])))


_NO_NAMES: frozenset[str] = frozenset()


def split_list(text: str) -> list[str]:
    """Return the selectors of a list."""
    if "," not in text:
        return [text.strip()]
    if len(text) > _LONGEST or ("(" not in text and "[" not in text):
        return [each.strip() for each in text.split(",")]
    return [each.strip() for each in _COMMA.split(text)]


@lru_cache(maxsize=4_096)
def selector_of(text: str) -> Selector | None:
    """Return a selector; None for one that asks for what is not known here."""
    if len(text) > _LONGEST:
        return None
    compounds, steps, when = [], [], ""
    tag, names, tests, is_open = "", set[str](), list[_Test](), False
    ids = classes = tags = at = 0
    text = text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return None
        at = found.end()
        if step := found["step"]:
            if is_open:
                compounds.append(CompoundSelector(tag, frozenset(names), tuple(tests)))
                steps.append(step.strip() or " ")
            elif not when:  # a state around it, as `[data-ogsc] .a`, is no element here
                return None
            tag, names, tests, is_open = "", set(), [], False
            continue
        if found["tag"]:
            if is_open:
                return None
            tag = "" if found["tag"] == "*" else found["tag"].lower()
            tags += bool(tag)
        elif name := found["name"]:
            names.add(_ESCAPE.sub(r"\1", name))
            ids, classes = ids + name.startswith("#"), classes + name.startswith(".")
        elif attribute := found["attribute"]:
            classes += 1
            if _OUTLOOK.fullmatch(attribute):
                when += f"[{attribute}]"
                continue
            tests.append(
                _attribute(attribute, found["test"] or "", found["value"] or "", found["case"] or "")
            )
        else:
            pseudo, argument = found["pseudo"].lstrip(":").lower(), found["argument"]
            if pseudo in _ELEMENTS or pseudo in _STATES:
                when += f"::{pseudo}" if pseudo in _ELEMENTS else f":{pseudo}"
                tags, classes = tags + (pseudo in _ELEMENTS), classes + (pseudo in _STATES)
            else:
                test = _pseudo(pseudo, argument)
                if test is None:
                    return None
                tests.append(test)
                classes += pseudo != "where"
        is_open = True
    if not is_open:
        return None
    compounds.append(CompoundSelector(tag, frozenset(names), tuple(tests)))
    if len(compounds) > _MOST_STEPS:
        return None
    return Selector(tuple(compounds), tuple(steps), (ids, classes, tags), when)


def _attribute(name: str, operator: str, value: str, case: str) -> _Test:
    name = name.lower()
    if value[:1] in "\"'":
        value = value[1:-1]
    fold = case.lower() == "i" or name in ("type", "align", "valign", "dir")
    wanted = value.lower() if fold else value

    def test(element: Element, _: Tree) -> bool:
        if name not in element.attributes:
            return False
        has = element.attributes[name].lower() if fold else element.attributes[name]
        match operator:
            case "":
                return True
            case "=":
                return has == wanted
            case "~=":
                return wanted in has.split()
            case "|=":
                return has == wanted or has.startswith(f"{wanted}-")
            case "^=":
                return bool(wanted) and has.startswith(wanted)
            case "$=":
                return bool(wanted) and has.endswith(wanted)
            case _:
                return bool(wanted) and wanted in has

    return test


def _pseudo(name: str, argument: str | None) -> _Test | None:
    """Return what a pseudo-class asks for; None for one that is not known here."""
    if name in _PLACES:
        return _nth(name, argument)
    if name in ("link", "any-link"):
        return lambda element, _: element.tag == "a" and "href" in element.attributes
    if name == "root":
        return lambda element, tree: element.tag == ("#root" if "html" in tree.absent else "html")
    if name == "empty":
        return lambda element, _: not any(isinstance(each, Element) or each for each in element.children)
    if name in ("not", "is", "where") and argument is not None:
        inner = [selector_of(each) for each in split_list(argument)]
        if any(one is None or one.when or len(one.compounds) > 1 for one in inner):
            return None
        parts = [one.compounds[0] for one in inner if one]
        wanted = name != "not"
        return lambda element, tree: (
            wanted == any(part.fits(element, tree.names(element), tree) for part in parts)
        )
    return None


def _nth(name: str, argument: str | None) -> _Test | None:
    of_tag, is_last = name.endswith("of-type"), "last" in name
    if name.startswith("only"):
        return lambda element, tree: (tree.place(element)[3 if of_tag else 1]) == 1
    if name.startswith("nth"):
        said = {"odd": "2n+1", "even": "2n"}.get((argument or "").strip().lower(), argument or "")
        found = _NTH.fullmatch(said.replace(" ", "").lower())
        if found is None:
            return None
        factor = "0" if found[3] else found[1]
        step = int(f"{factor}1") if factor in ("", "+", "-") else int(factor)
        first = int(found[3] or found[2] or 0)
    else:
        step, first = 0, 1

    def test(element: Element, tree: Tree) -> bool:
        place = tree.place(element)
        at, of = (place.at_of_tag, place.of_tag) if of_tag else (place.at, place.of)
        number = of - at + 1 if is_last else at
        return (
            number == first if step == 0 else (number - first) % step == 0 and (number - first) // step >= 0
        )

    return test


class Matcher:
    """Tells which elements of a document a selector picks out; what it has found out it does not ask again."""

    def __init__(self, tree: Tree, selector: Selector) -> None:
        self._tree = tree
        self._selector = selector
        self._known: dict[tuple[int, int, bool], bool] = {}
        self._around: frozenset[str] = _NO_NAMES
        if not {"+", "~"}.intersection(selector.steps):
            for one in selector.compounds[:-1]:
                self._around |= one.names | ({one.tag} - {""})

    def picks(self, element: Element, names: frozenset[str]) -> bool:
        """Tell whether an element with these names is picked out."""
        if self._around and not self._around <= self._tree.above(element):
            return False
        last = len(self._selector.compounds) - 1
        fits = self._selector.compounds[last].fits(element, names, self._tree)
        return fits and (last == 0 or self._is_led_to(element, last))

    def _is_led_to(self, element: Element, index: int) -> bool:
        """Tell whether what stands before the compound at `index` is there, seen from an element that this one fits."""
        step = self._selector.steps[index - 1]
        is_beside = step in "+~"
        is_far = step in " ~"
        passed: list[tuple[int, int, bool]] = []
        at = self._tree.before(element) if is_beside else element.parent
        found = False
        while at is not None:
            key = id(at), index - 1, is_far
            if key in self._known:
                found = self._known[key]
                break
            passed.append(key)
            if self._selector.compounds[index - 1].fits(at, self._tree.names(at), self._tree) and (
                index == 1 or self._is_led_to(at, index - 1)
            ):
                found = True
                break
            if not is_far:
                break
            at = self._tree.before(at) if is_beside else at.parent
        for key in passed:
            self._known[key] = found
        return found
