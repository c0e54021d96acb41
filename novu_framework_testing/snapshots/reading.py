"""What a reader meets in an HTML body, in order: texts, headings, buttons, links, images, and what is hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import INLINE, Document, Element
from novu_framework_testing.snapshots.css_values import from_element, pairs
from novu_framework_testing.snapshots.html_styles import styles_of

BlockKind: TypeAlias = Literal[
    "title",
    "preview text",
    "heading",
    "text",
    "list item",
    "button",
    "link",
    "image",
    "invisible image",
    "hidden text",
]
"""What a block is to its reader. The preview text is what stands hidden at the beginning, for the inbox's list."""

_BLANKS = re.compile("[ \t\n\r\f]+")  # not the no-break space, which is seen
_KINDS: dict[str, BlockKind] = {"li": "list item", "button": "button", "summary": "button"} | dict.fromkeys(
    ("h1", "h2", "h3", "h4", "h5", "h6"), "heading"
)  # type: ignore[assignment]
_LETTER = re.compile(r"[^\W\d_]")
_BREAKS = frozenset({"br", "hr"})
_LINKS = frozenset({"a", "area", "v:roundrect", "v:rect"})  # the last two are Outlook's buttons
_CELLS = frozenset({"td", "th"})
_LABEL = 40
_WHEN = re.compile(r"\d{1,4}(?:[:/-]\d{1,2}){1,2}(?: ?[ap]\.?m\.?)?|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?")
"""A time or a date, which a row of numbers is called by; a price is one of the numbers."""
_BOLD = re.compile("bold|[6-9]00")
_TINY = frozenset({"0", "1"})
_FILLED = frozenset({"background", "background-color", "background-image", "border-radius"})
_FILLING = re.compile(
    "[\\s\u00a0\u00ad\u034f\u061c\u115f\u2007\u200b-\u200f\u2028\u202f\u2060-\u2064\u2800\u3164\ufeff]+\\Z"
)
"""What a preview text is filled up with, so that nothing of the message follows it in the list."""


class Block(NamedTuple):
    """One block.

    Attributes:
        kind: What it is.
        text: Its words; of an image, the alternative text.
        target: Where a link or a button leads; the address of an image.
        inside: Whether the words of a link stand in a block before it already.
        row: What the row of a table is about: the words of its first cell, for a block in one of the others.
        ornament: Whether an image says by an empty alternative text that it has nothing to say.
    """

    kind: BlockKind | str
    text: str
    target: str = ""
    inside: bool = False
    row: str = ""
    ornament: bool = False

    @property
    def is_image(self) -> bool:
        """True for an image, seen or not."""
        return self.kind in ("image", "invisible image")


class Place(NamedTuple):
    """The place of a block.

    Attributes:
        element: Its element.
        runs: Its words, each with the element that it stands in.
        gap: How many line breaks before it make a space.
    """

    element: Element
    runs: tuple[tuple[str, Element], ...] = ()
    gap: int = 0


@lru_cache(maxsize=4)
def places_of(document: Document) -> tuple[tuple[Block, Place], ...]:
    """Return the blocks of a body in the order of reading, each with where it stands."""
    reader = _BlockReader(document)
    reader.read(document.root)
    return tuple(reader.blocks)


def blocks_of(document: Document) -> tuple[Block, ...]:
    """Return the blocks of a body, in the order of reading."""
    return tuple(block for block, _ in places_of(document))


def readable(document: Document) -> str:
    """Return a body as text, a line for each block."""
    return readable_blocks(blocks_of(document))


def readable_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as text, a line for each."""
    return "\n".join(map(_line, blocks))


def _line(block: Block) -> str:
    if block.kind == "text":
        return block.text
    what = f"{block.kind} " + (f"“{block.text}”" if block.text else "without words")
    return f"[{what}: {block.target}]" if block.target else f"[{what}]"


class _Link:
    def __init__(self, element: Element, look: Callable[[Element], Mapping[str, str]]) -> None:
        self.element = element
        self.target = element.get("href")
        style = look(element)
        # a link that is a box may be drawn on what is around it
        is_box = "inline-block" in style.get("display", "") and _is_filled(look(_holder(element)))
        is_framed = any(
            name.startswith("border-") and name.endswith("style") and style[name] != "none" for name in style
        )
        self.is_button = is_box or is_framed or _is_filled(style)
        self.words: list[str] = [element.get("alt")]
        self.runs: list[tuple[str, Element]] = []


def _is_raised(element: Element) -> bool:
    return element.tag == "sup" or element.style.get("vertical-align") == "super"


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
"""Figures that would be read as those of the number before them."""
_STRUCK = frozenset({"s", "del", "strike"})
_AMOUNT = re.compile(r"[\d£$€¥]|[A-Z]{3} ?\d")


_SIDES = re.compile("(?:padding|margin)-(?:left|right)")


def _is_set_apart(style: Mapping[str, str]) -> bool:
    """Whether there is room beside an element, as between two that stand in one line without a blank."""
    return any(_SIDES.fullmatch(name) and value[:1] not in ("0", "-") for name, value in style.items())


def _is_filled(style: Mapping[str, str]) -> bool:
    return any(style.get(name, "none") not in ("none", "transparent", "inherit") for name in _FILLED)


def _holder(link: Element) -> Element:
    return next((each for each in link.above() if each is not link and each.tag not in INLINE), link)


def _written(element: Element) -> Mapping[str, str]:
    """Return what an element says of its own look."""
    said = dict(from_element(element))
    for name, value in element.style.items():
        said |= dict(pairs(name, value))
    return said


class _BlockReader:
    def __init__(self, document: Document) -> None:
        self.blocks: list[tuple[Block, Place]] = []
        self._styles = styles_of(document) if document.selectors else None
        self._gap = 0
        self._runs: list[tuple[str, Element]] = []
        self._unseen: list[tuple[str, Element]] = []
        self._holder: Element | None = None
        self._hidden = False
        self._shown = False
        self._apart = False
        self._open: list[_Link] = []
        self._links: list[_Link] = []
        self._images: list[tuple[Block, Element]] = []
        self._leading: list[tuple[Block, Element]] = []
        self._rows: dict[int, str] = {}
        self._cells: Counter[int] = Counter()
        self._heads: dict[int, tuple[Element, list[str]]] = {}

    def read(self, root: Element) -> None:
        """Read everything inside an element, without recursion: emails nest deeply."""
        stack: list[tuple[Element | str, Element, bool]] = [(root, root, False)]
        while stack:
            node, parent, is_end = stack.pop()
            if isinstance(node, str):
                self._say(node, parent)
            elif is_end:
                self._leave(node)
            elif self._enter(node):
                stack.append((node, parent, True))
                stack += [(child, node, False) for child in reversed(node.children)]
        self._flush()

    def _say(self, text: str, parent: Element) -> None:
        if parent.muted:
            return
        is_hidden = self._is_hidden(parent)
        if (
            is_hidden
            and not self._hidden
            and not self._open
            and _has_words(self._runs)
            and parent.tag in INLINE
        ):
            self._unseen.append((text, parent))  # a sentence goes on after what nobody sees of it
            return
        if is_hidden != self._hidden:
            self._flush()
            self._hidden = is_hidden
        self._holder = self._holder or parent
        before = self._runs[-1][0][-1:] if self._runs else ""
        if before.isdigit() and text[:1].isdigit():
            text = text.translate(_RAISED if _is_raised(parent) else _LOWERED if parent.tag == "sub" else {})
        tags = {parent.tag, self._runs[-1][1].tag} if self._runs else {parent.tag}
        if before.isdigit() and _AMOUNT.match(text) and len(tags) > 1 and tags & _STRUCK:
            text = f" {text}"  # a price in the place of another
        if self._apart and before.isalnum() and text[:1].isalnum():
            text = f" {text}"
        self._apart = self._apart and not text
        self._runs.append((text, parent))
        for link in self._open:
            link.words.append(text)
            link.runs.append((text, parent))

    def _is_hidden(self, element: Element) -> bool:
        """Whether nobody ever sees an element: not what a phone or the dark shows."""
        if self._styles is None:
            return element.hidden
        return element.tiny or self._styles.hidden(element) == {"": True}

    def _enter(self, element: Element) -> bool:
        if element.muted:
            if element.tag == "title" and (title := _flat(element.children)):
                self._flush()
                self.blocks.append((Block("title", title), Place(element)))
            return element.tag in ("head", "#root")
        if element.tag == "img":
            alternative = _flat([element.get("alt")])
            is_pixel = _TINY.issuperset((element.get("width"), element.get("height")))
            kind: BlockKind = "invisible image" if is_pixel else "image"
            is_ornament = kind == "image" and not alternative and "alt" in element.attributes
            image = Block(kind, alternative, element.get("src"), ornament=is_ornament), element
            is_first = not self._open and all(text.isspace() for text, _ in self._runs)
            (self._leading if is_first else self._images).append(image)
            for link in self._open:
                link.words.append(f" {alternative} ")
        elif element.tag in ("video", "audio"):
            self._flush()
            sources = [each.get("src") for each in element.inside() if isinstance(each, Element)]
            address = next(filter(None, (element.get("src"), *sources)), "")
            self._add(Block("video" if element.tag == "video" else "sound", "", address), Place(element))
            if poster := element.get("poster"):
                self._add(Block("image", "", poster), Place(element))
        elif element.tag in _BREAKS:
            is_line = self._images or self._leading or _has_words(self._runs)
            self._flush()
            self._gap += element.tag == "br" and not is_line
        else:
            if element.tag not in INLINE:
                self._flush()
            elif self._runs:
                self._set_apart(element)
            if element.tag in _LINKS:
                self._open.append(_Link(element, self._styles.own if self._styles else _written))
            return True
        return False

    def _leave(self, element: Element) -> None:
        if element.tag in _LINKS and self._open:
            self._links.append(self._open.pop())
            if self._images and not self._open and all(text.isspace() for text, _ in self._runs):
                self._flush()  # a picture that leads somewhere, before the words of its line
        if element.tag not in INLINE:
            self._flush()
        elif self._runs:
            self._set_apart(element)

    def _set_apart(self, element: Element) -> None:
        if element.style or self._styles:
            self._apart |= _is_set_apart(self._styles.own(element) if self._styles else _written(element))

    def _flush(self) -> None:
        """End the block that has been read."""
        if not self._runs and not self._links and not self._images and not self._leading:
            return
        for image, element in self._leading:  # what stands before the words of its line
            self._add(image, Place(element))
        text, links = _flat([run for run, _ in self._runs]), [link for link in self._links if link.target]
        if self._hidden:
            text = _FILLING.sub("", text)
        # links beside each other, with nothing between them, are no text
        are_all = bool(text) and sum(
            len(run) for link in links for run, _ in link.runs if run.strip()
        ) == sum(len(run) for run, _ in self._runs if run.strip())
        whole = (
            are_all if len(links) > 1 else len(links) == 1 and bool(text) and _flat(links[0].words) == text
        )
        runs = tuple(self._runs)
        if text and not whole and self._holder is not None:
            self._add(Block(self._kind(), text), Place(self._holder, runs))
        for link in links:
            words = _flat(link.words)
            kind: BlockKind = "button" if link.is_button else "link"
            block = Block(kind, words, link.target, inside=bool(words) and not whole and words in text)
            own = tuple(link.runs) if len(links) > 1 else runs
            self._add(block, Place(link.element, own if whole else ()))
        for image, element in self._images:
            self._add(image, Place(element))
        self._shown = self._shown or bool(text and not self._hidden)
        unseen = _flat([run for run, _ in self._unseen])
        # the same words once more are for a program that does not show the first ones
        if unseen and unseen not in {run.strip() for run, _ in runs}:
            self._add(Block("hidden text", unseen), Place(self._unseen[0][1], tuple(self._unseen)))
        self._runs, self._links, self._images, self._leading, self._holder = [], [], [], [], None
        self._apart = False
        self._unseen = []
        for link in self._open:
            link.words.append(" ")  # a link around several parts

    def _add(self, block: Block, place: Place) -> None:
        place, self._gap = place._replace(gap=self._gap), 0
        self.blocks.append((block._replace(row=self._row(place.element, block.text)), place))
        for above in place.element.above():
            if above.tag in _CELLS:
                self._cells[id(above)] += 1  # what holds several stands for itself, as a column does
                break

    def _row(self, element: Element, text: str) -> str:
        """Return what a cell is about: the words of the first in its row, or of the first in its column; empty if they are many."""
        inner: Element | None = None
        for outer in element.above():
            if outer.tag == "tr":
                break
            inner = outer
        else:
            return ""
        cells = _cells_of(outer)
        if len(cells) < 2:
            return ""
        is_first = inner is cells[0]
        are_values = not any(_LETTER.search(each.text) for each in cells)
        is_number = inner is not None and is_first and not _LETTER.search(f"{text}{inner.text}")
        if inner in cells and (are_values or is_number):
            # a row of values, or a number that heads one
            column = self._column(outer, len(cells), cells.index(inner))
            if are_values and not is_first and _WHEN.fullmatch(cells[0].text):
                return _named_cell(cells[0].text, column)
            said = next((each.text for each in cells if _LETTER.search(each.text)), "") if is_number else ""
            return _named_cell(said, column)
        if is_first:
            return ""
        if id(outer) not in self._rows:
            words = cells[0].text if self._cells[id(cells[0])] <= 1 else ""
            self._rows[id(outer)] = words if len(words) <= _LABEL else ""
        label = self._rows[id(outer)]
        if (
            label
            and inner in cells
            and (len(cells) > 2 or self._is_head(_first_row(outer)))
            and (column := self._column(outer, len(cells), cells.index(inner)))
        ):
            return f"{label}, {column}"
        return label

    def _is_head(self, row: Element) -> bool:
        """Whether a row is drawn as one of headings: in a head, or in bold."""
        cells = _cells_of(row)
        if all(each.tag == "th" for each in cells) or any(each.tag == "thead" for each in row.above()):
            return True
        styles = self._styles
        return all(
            any(
                each.tag in ("b", "strong")
                or _BOLD.match((styles.own(each) if styles else each.style).get("font-weight", ""))
                for each in (*row.above(), cell, *(one for one in cell.children if isinstance(one, Element)))
            )
            for cell in cells
        )

    def _column(self, row: Element, cells: int, at: int) -> str:
        """Return what the first row of a table says above a cell; empty if that is no head."""
        table = next((each for each in row.above() if each.tag == "table"), None)
        if table is None:
            return ""
        if id(table) not in self._heads:
            first = _first_row(row)
            head = [each.text for each in _cells_of(first)]
            self._heads[id(table)] = (first, head if _are_heads(head) else [])
        first, head = self._heads[id(table)]
        return head[at] if first is not row and len(head) == cells else ""

    def _kind(self) -> BlockKind:
        if self._hidden:
            return "hidden text" if self._shown else "preview text"
        element = self._holder
        while element is not None and element.tag in INLINE:
            element = element.parent
        for above in element.above() if element is not None else ():
            if above.tag in _KINDS:
                return _KINDS[above.tag]
            if above.tag in ("td", "th", "table", "body"):
                break
        return "text"


def _cells_of(row: Element) -> list[Element]:
    return [each for each in row.children if isinstance(each, Element) and each.tag in _CELLS]


def _first_row(row: Element) -> Element:
    """Return the first row of the table that a row is of."""
    table = next((each for each in row.above() if each.tag == "table"), row)
    return next((each for each in table.inside() if isinstance(each, Element) and each.tag == "tr"), row)


def row_labels(rows: Sequence[Sequence[str]], *, is_headed: bool = True) -> list[list[str]]:
    """Return what each cell of a table is about, as `Block.row` has it, by the words of all cells.

    Args:
        rows: The words of each cell.
        is_headed: Whether the first row may say what is in the columns.

    >>> row_labels([["Room", "Guest"], ["412", "Okafor"]])
    [['', 'Room'], ['Okafor, Room', '412, Guest']]
    """
    head = list(rows[0]) if is_headed and rows and _are_heads(list(rows[0])) else []
    found = []
    for at, cells in enumerate(rows):
        columns = head if at and len(head) == len(cells) else [""] * len(cells)
        are_values = not any(map(_LETTER.search, cells))
        first = cells[0] if cells and len(cells[0]) <= _LABEL else ""
        labels: list[str] = []
        for column, text in zip(columns, cells, strict=True):
            if are_values:
                labels.append(_named_cell(first, column) if labels and _WHEN.fullmatch(first) else column)
            elif not labels and not _LETTER.search(text):
                said = next((each for each in cells if _LETTER.search(each)), "")
                labels.append(_named_cell(said, column))
            elif not labels:
                labels.append("")
            else:
                labels.append(f"{first}, {column}" if first and column else first)
        found.append(labels if len(cells) > 1 else [""] * len(cells))
    return found


def _named_cell(said: str, column: str) -> str:
    """Return what a number at the beginning of a row is about: the first words of the row, and its column."""
    return ", ".join(each for each in (said if len(said) <= _LABEL else "", column) if each)


def _are_heads(words: list[str]) -> bool:
    """Whether the first row of a table says what is below it: in words, and few of them."""
    return all(len(each) <= _LABEL for each in words) and all(map(_LETTER.search, words[1:]))


def _has_words(runs: Iterable[tuple[str, Element]]) -> bool:
    return any(not text.isspace() for text, _ in runs)


def _flat(texts: list[Element | str] | list[str]) -> str:
    words = "".join(text for text in texts if isinstance(text, str))
    return _BLANKS.sub(" ", words).strip(" ")
