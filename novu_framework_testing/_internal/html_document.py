"""An email's HTML and CSS, parsed once for all who read it, in time that grows with its length.

Python's own parser is quick enough (7 ms for 100 KB), knows lines, and gives conditional comments as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import Final, NamedTuple

from novu_framework_testing._internal.css import declarations, pieces_of

VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
_MUTE = frozenset({"style", "script", "title", "head", "template", "xml"})
INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "q", "s",
     "small", "span", "strike", "strong", "sub", "sup", "time", "u", "wbr", "kbd", "samp", "tt", "var", "dfn", "acronym")
)  # fmt: skip
_CODE = frozenset({"code", "pre", "kbd", "samp", "var"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot", "caption", "colgroup"})
_CLOSED_BY_ITSELF = frozenset({"a", "p", "li", "option", "td", "th", "tr"})
_CELLS = frozenset({"td", "th"})
_SCOPES = frozenset({"table", "ul", "ol", "select", "td", "th", "div", "body", "html"})
_DEEPEST = 500
"""Elements nested more deeply are kept beside each other, so that nothing grows with the square of their number."""


class StyleRule(NamedTuple):
    """A selector or an @rule of a stylesheet, its line, the @rules around it, and whether Outlook is kept away from it."""

    text: str
    line: int
    around: tuple[str, ...] = ()
    not_for_outlook: bool = False


class Declaration(NamedTuple):
    """`name: value` of CSS, where it stands, and what it is for."""

    name: str
    value: str
    where: str
    element: Element | None = None
    selector: str = ""
    at_rule: str = ""
    not_for_outlook: bool = False

    @property
    def conditional(self) -> bool:
        """True inside @media or @supports."""
        return self.at_rule.startswith(("@media", "@supports"))


class Element:
    """An element, with what follows from its place."""

    __slots__ = (
        "_gone",
        "_tiny",
        "attributes",
        "children",
        "code",
        "line",
        "muted",
        "not_for_outlook",
        "parent",
        "source",
        "style",
        "tag",
    )

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str],
        parent: Element | None,
        line: int,
        source: str,
        style: dict[str, str],
    ) -> None:
        self.tag: str = tag
        self.attributes: dict[str, str] = attributes
        self.parent: Final = parent
        self.line: int = line
        self.source: str = source
        self.style: dict[str, str] = style
        self.children: list[Element | str] = []
        self.not_for_outlook: bool = False
        self.code: bool = tag in _CODE or (parent is not None and parent.code)
        self.muted: bool = tag in _MUTE or (parent is not None and parent.muted)
        self._gone: bool = hides(style, attributes) or (parent is not None and parent._gone)
        size = style.get("font-size")  # layouts set 0 around texts that set their own
        self._tiny: bool = size in _TINY if size else parent is not None and parent._tiny

    @property
    def hidden(self) -> bool:
        """True where nobody sees it."""
        return self._gone or self._tiny

    @property
    def tiny(self) -> bool:
        """True where its text has no size that could be read."""
        return self._tiny

    @property
    def where(self) -> str:
        """The line and the start of the element, as they are shown."""
        source = " ".join(self.source.split())
        return f"body, line {self.line}: {source if len(source) <= 90 else source[:89] + '…'}"

    def get(self, name: str) -> str:
        """Return an attribute without blanks around it, empty where there is none."""
        return self.attributes.get(name, "").strip()

    def inside(self) -> Iterator[Element | str]:
        """Give everything inside it, in order."""
        stack = self.children[::-1]
        while stack:
            child = stack.pop()
            yield child
            if isinstance(child, Element):
                stack += child.children[::-1]

    @property
    def text(self) -> str:
        """Its text on one line, with the alternative texts of its images."""
        parts = [
            child if isinstance(child, str) else child.get("alt") if child.tag == "img" else ""
            for child in self.inside()
        ]
        return " ".join(" ".join(parts).split())

    def above(self) -> Iterator[Element]:
        """Give it and what it is in, the nearest first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


_TINY = frozenset({"0", "0px", "1px"})


def hides(style: Mapping[str, str], attributes: Mapping[str, str]) -> bool:
    """Tell whether an element with this style and these attributes is not seen."""
    return (
        style.get("display") == "none"
        or ("hidden" in attributes and not is_shown_by(style.get("display", "")))
        or style.get("visibility") == "hidden"
        or style.get("opacity") == "0"
        or style.get("max-height") in ("0", "0px")
        or style.get("mso-hide") == "all"
    )


def is_shown_by(display: str) -> bool:
    """Tell whether a value of `display` shows what is `hidden`: browsers pass over values that they do not know."""
    return _SHOWN.fullmatch(_IMPORTANT.sub("", display)) is not None


_SHOWN = re.compile(
    "inline|contents|flow-root|list-item|initial|unset|inherit|(?:inline-)?(?:block|flex|grid|table)"
    "|table-(?:row|cell|column|caption|(?:row|column|header|footer)-group)"
)
_IMPORTANT = re.compile(r"\s*!\s*important$", re.IGNORECASE)


class Document:
    """An email's body.

    Attributes:
        elements: In order; `all("img")` gives those of a tag.
        texts: Each text that is shown, or hidden for the preview line, with the element it is in.
        declarations: The CSS of `style` elements and attributes.
        selectors: The selectors of `style` elements.
        at_rules: The @rules of `style` elements.
        outlook: What only Outlook for Windows sees, in conditional comments.
        doctype: As written, empty without one.
        root: What all of it is in.
        unclosed: Elements whose end is missing; `stray`, ends without a start.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.root: Final = Element("#root", {}, None, 1, "", {})
        self.elements: list[Element] = []
        self.texts: list[tuple[Element, str]] = []
        self.declarations: list[Declaration] = []
        self.selectors: list[StyleRule] = []
        self.at_rules: list[StyleRule] = []
        self.outlook = ""
        self.doctype = ""
        self.unclosed: list[Element] = []
        self.stray: list[tuple[str, int]] = []
        self._by_tag: dict[str, list[Element]] = defaultdict(list)
        self._paragraphs: list[tuple[Element, str]] | None = None

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of the tags."""
        return [element for tag in tags for element in self._by_tag.get(tag, ())]

    def add(self, element: Element) -> None:
        """Add an element."""
        self.elements.append(element)
        self._by_tag[element.tag].append(element)

    def put_in_order(self) -> None:
        """Put the elements and texts in the order in which they stand, after some were moved or taken out."""
        self.elements, self.texts = [], []
        stack: list[tuple[Element | str, Element]] = [
            (each, self.root) for each in reversed(self.root.children)
        ]
        while stack:
            node, parent = stack.pop()
            if isinstance(node, Element):
                self.elements.append(node)
                stack += [(each, node) for each in reversed(node.children)]
            elif not parent.muted and node.strip():
                self.texts.append((parent, node))
        self._by_tag.clear()
        for element in self.elements:
            self._by_tag[element.tag].append(element)

    @property
    def shown_text(self) -> str:
        """All that is read, on one line."""
        return " ".join(" ".join(text for element, text in self.texts if not element.hidden).split())

    @property
    def paragraphs(self) -> list[tuple[Element, str]]:
        """The text of each block, joined over inline elements, and the block."""
        if self._paragraphs is None:
            blocks: dict[int, tuple[Element, list[str]]] = {}
            for element, text in self.texts:
                if element.code:
                    continue
                block = element
                while block.tag in INLINE and block.parent is not None:
                    block = block.parent
                blocks.setdefault(id(block), (block, []))[1].append(text)
            self._paragraphs = [(block, " ".join("".join(parts).split())) for block, parts in blocks.values()]
        return self._paragraphs


@lru_cache(maxsize=4)  # what compares two versions reads them again to name, to check and to show them
def parsed(source: str) -> Document:
    """Parse an email's body. What is not HTML is text, as in a browser."""
    document = Document(source)
    parser = _Parser(document)
    # A tag that never ends is text. Python's parser looks for its end again at each one that begins.
    end = source.rfind(">") + 1
    parser.feed(source[:end])
    parser.close()
    if source[end:]:
        parser.handle_data(unescape(source[end:]))
    parser.end()
    return document


class _Parser(HTMLParser):
    def __init__(self, document: Document) -> None:
        super().__init__(convert_charrefs=True)
        self.document = document
        self.open = [document.root]
        self.not_for_outlook = False
        self.styles: dict[str, list[tuple[str, str]]] = {}

    def parse_html_declaration(self, i: int) -> int:
        try:
            return super().parse_html_declaration(i)
        except AssertionError:  # what `<![` begins and Python does not know: to a browser, a comment
            return self.parse_bogus_comment(i)

    def handle_decl(self, decl: str) -> None:
        if decl.lower().startswith("doctype"):
            self.document.doctype = decl

    def unknown_decl(self, data: str) -> None:
        self._condition(data)

    def handle_comment(self, data: str) -> None:
        if data.lstrip().startswith("[if") and "![endif]" in data and "!mso" not in data.split("]")[0]:
            self.document.outlook += data
        else:
            self._condition(data)

    def _condition(self, data: str) -> None:
        if "endif" in data:
            self.not_for_outlook = False
        elif "[if" in data or data.startswith("if"):
            self.not_for_outlook = "!mso" in data.replace(" ", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSED_BY_ITSELF:
            self._close_itself(tag)
        elif tag in _SECTIONS:
            self._close_section()
        if tag == "tr" and self.open[-1].tag == "table" and len(self.open) < _DEEPEST:
            self._open_body()
        parent = self.open[-1]
        attributes = {name: value or "" for name, value in reversed(attrs)}  # the first of a name counts
        written = attributes.get("style", "")
        pairs = self.styles.get(written)
        if pairs is None:
            pairs = self.styles[written] = list(declarations(written))
        line = self.getpos()[0]
        element = Element(
            tag, attributes, parent, line, self.get_starttag_text() or f"<{tag}>", _strongest(pairs)
        )
        element.not_for_outlook = self.not_for_outlook
        for name, value in pairs:
            self.document.declarations.append(
                Declaration(name, value, "", element, not_for_outlook=self.not_for_outlook)
            )
        parent.children.append(element)
        self.document.add(element)
        if tag not in VOID and len(self.open) < _DEEPEST:
            self.open.append(element)

    def _close_section(self) -> None:
        for position in range(len(self.open) - 1, 0, -1):
            if self.open[position].tag == "table":
                return
            if self.open[position].tag in _SECTIONS:
                del self.open[position:]
                return

    def _open_body(self) -> None:
        """Put a row that stands in a table itself into a `<tbody>`, as browsers do: selectors go by it."""
        table = self.open[-1]
        body = Element("tbody", {}, table, self.getpos()[0], "<tbody>", {})
        body.not_for_outlook = self.not_for_outlook
        table.children.append(body)
        self.document.add(body)
        self.open.append(body)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open[-1].tag == tag and tag not in VOID and ":" in tag:  # HTML takes <div/> for a start
            self.open.pop()

    def _close_itself(self, tag: str) -> None:
        for position in range(len(self.open) - 1, 0, -1):
            found = self.open[position].tag
            if found == tag or (found in _CELLS and tag in _CELLS):
                del self.open[position:]
                return
            if found in _SCOPES and not (tag == "tr" and found in ("td", "th")):
                return

    def handle_endtag(self, tag: str) -> None:
        for position in range(len(self.open) - 1, 0, -1):
            if self.open[position].tag == tag:
                self.document.unclosed += [one for one in self.open[position + 1 :] if one.tag in _MUST_CLOSE]
                del self.open[position:]
                return
        if tag not in VOID and tag != "p":
            self.document.stray.append((tag, self.getpos()[0]))

    def handle_data(self, data: str) -> None:
        element = self.open[-1]
        if element.tag == "style":
            self._read_stylesheet(data, element)
        element.children.append(data)
        if not element.muted and data.strip():
            self.document.texts.append((element, data))

    def _read_stylesheet(self, text: str, element: Element) -> None:
        spared = element.not_for_outlook
        for kind, name, line, value, selector, at_rule, around in pieces_of(text, element.line):
            if kind == "at-rule":
                self.document.at_rules.append(StyleRule(name, line, around, spared))
            elif kind == "selector":
                self.document.selectors.append(StyleRule(name, line, around, spared))
            else:
                where = f"body, style, line {line}: {selector} {{ {name}: {value} }}"
                self.document.declarations.append(
                    Declaration(name, value, where, None, selector, at_rule, spared)
                )

    def end(self) -> None:
        """Note what was never closed."""
        self.document.unclosed += [one for one in self.open[1:] if one.tag in _MUST_CLOSE]


def _strongest(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the properties of a style: the last of a name, or the last that is `!important`."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if "!" in value or "!" not in found.get(name, ""):
            found.pop(name, None)  # what comes later counts more, also than a property that sets several
            found[name] = value
    return found


_MUST_CLOSE = frozenset(
    {"a", "table", "div", "span", "strong", "b", "em", "i", "h1", "h2", "h3", "h4", "style"}
)
