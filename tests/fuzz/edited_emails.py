"""Made-up emails, and what somebody made of them: parts that moved, came and went, have other words or look different.

No two texts of an email and of what it became are the same, or begin alike: whatever is said of a text is said of that one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "text",
    "heading",
    "link",
    "button",
    "image",
    "links",
    "list",
    "table",
    "columns",
    "boxed text",
    "card",
    "cell",
]
Styles: TypeAlias = "dict[str, str]"

_TREES = (
    "oak", "beech", "maple", "willow", "cedar", "poplar", "chestnut", "larch", "alder", "hazel", "rowan", "aspen", "birch", "elm", "fir", "spruce",
    "juniper",
)  # fmt: skip
_BEGINNINGS = (
    "We sell", "They plant", "You find", "People love", "Our team cuts", "The mill dries", "Nobody wastes", "The shop stores", "Children climb",
    "Artists carve",
)  # fmt: skip
_ENDS = (
    "in the large hall every day.", "for all of our guests.", "until the end of May.", "near the old river.", "with much care and time.",
    "from the northern hills.",
)  # fmt: skip
_SIGNS = (" | ", " · ", " ")
_SHOWN = 39
"""So many letters of a longer text are shown where it is named."""


class Item(NamedTuple):
    """A text with what belongs to it.

    Attributes:
        words: The text; of an image what is read aloud, of a row or a column its first words.
        more: The value of a row, the sentence of a column.
        target: Where a link leads, and which file an image is.
    """

    words: str
    more: str = ""
    target: str = ""


@dataclass(frozen=True)
class Part:
    """A part of an email: one text, or several that belong together.

    Attributes:
        kind: What it is.
        items: Its texts.
        sign: What stands between links.
        styles: What it looks like, besides what all of its kind look like.
    """

    kind: Kind
    items: tuple[Item, ...]
    sign: str = ""
    styles: tuple[tuple[str, str], ...] = ()


Email: TypeAlias = "list[Part]"


class Edited(NamedTuple):
    """An email, and what became of it.

    Attributes:
        old, new: Both versions.
        origins: Which text of the old version each one of the new was that has other words now.
    """

    old: Email
    new: Email
    origins: dict[str, str]


# What it is written as


def html_of(email: Email) -> str:
    """Return an email as HTML."""
    return "".join(map(_part_html, email))


def _part_html(part: Part) -> str:
    styles, items, first = dict(part.styles), part.items, part.items[0]
    match part.kind:
        case "text":
            return f"<p{_style(styles)}>{first.words}</p>"
        case "heading":
            return f"<h2{_style(styles)}>{first.words}</h2>"
        case "boxed text":
            return f"<div><p{_style(styles)}>{first.words}</p></div>"
        case "card":
            box = {name: value for name, value in styles.items() if name in _OF_A_BOX}
            text = {name: value for name, value in styles.items() if name not in _OF_A_BOX}
            return f"<div{_style(box)}><p{_style(text)}>{first.words}</p></div>"
        case "cell":
            return f"<table><tr><td{_style(styles)}>{first.words}</td></tr></table>"
        case "button":
            return f'<p><a href="{first.target}"{_style({**BUTTON, **styles})}>{first.words}</a></p>'
        case "image":
            return f'<img src="{first.target}" alt="{first.words}">'
        case "link" | "links":
            links = (f'<a href="{each.target}">{each.words}</a>' for each in items)
            return f"<p>{part.sign.join(links)}</p>"
        case "list":
            return f"<ul>{''.join(f'<li>{each.words}</li>' for each in items)}</ul>"
        case "table":
            rows = (f"<tr><td>{each.words}</td><td>{each.more}</td></tr>" for each in items)
            return f"<table>{''.join(rows)}</table>"
        case "columns":
            cells = (f"<td><h3>{each.words}</h3><p>{each.more}</p></td>" for each in items)
            return f"<table><tr>{''.join(cells)}</tr></table>"


def _style(styles: Styles) -> str:
    said = ";".join(f"{name}:{value}" for name, value in sorted(styles.items()))
    return f' style="{said}"' if said else ""


BUTTON = {"display": "inline-block", "background-color": "#224466", "color": "#ffffff"}
"""What all buttons look like of which nothing else is said."""


# What it is made of


class Writer:
    """Writes parts, and texts that begin like no other one."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.origins: dict[str, str] = {}
        self._known: set[str] = set()

    def part(self, kinds: Sequence[Kind]) -> Part:
        """Return a new part of one of some kinds."""
        kind = self.chance.choice(kinds)
        match kind:
            case "links":
                links = tuple(self._linked() for _ in range(self.chance.randint(2, 3)))
                return Part(kind, links, self.chance.choice(_SIGNS))
            case "list":
                return Part(kind, tuple(Item(self._sentence()) for _ in range(self.chance.randint(2, 4))))
            case "table":
                rows = range(self.chance.randint(2, 4))
                return Part(kind, tuple(Item(self._name(), self.amount()) for _ in rows))
            case "columns":
                return Part(kind, tuple(Item(self._name(), self._sentence()) for _ in range(2)))
            case "link" | "button":
                return Part(kind, (self._linked(),))
            case "image":
                return Part(kind, (Item(self._name(), target=f"{self.chance.choice(_TREES)}.png"),))
            case "heading":
                return Part(kind, (Item(self._name()),))
            case _:
                return Part(kind, (Item(self._sentence()),))

    def amount(self) -> str:
        return self._unlike_others(lambda: f"€{self.chance.randint(1, 999)}")

    def reworded(self, words: str) -> str:
        """Return a text with one word in the place of another."""
        made = self._unlike_others(lambda: self._with_other_word(words))
        self.origins[made] = self.origins.get(words, words)
        return made

    def _with_other_word(self, words: str) -> str:
        every = words.split()
        at = self.chance.randrange(len(every))
        every[at] = self.chance.choice(_TREES) + ("." if every[at].endswith(".") else "")
        return " ".join(every)

    def _linked(self) -> Item:
        return Item(self._name(), target=f"/{self.chance.choice(_TREES)}")

    def _name(self) -> str:
        chance = self.chance
        trees = [chance.choice(_TREES) for _ in range(3)]
        return self._unlike_others(
            lambda: " ".join(chance.choice(_TREES) for _ in trees[: chance.randint(2, 3)]).capitalize()
        )

    def _sentence(self) -> str:
        chance = self.chance
        return self._unlike_others(lambda: " ".join(map(chance.choice, (_BEGINNINGS, _TREES, _ENDS))))

    def _unlike_others(self, write: Callable[[], str]) -> str:
        while (text := write())[:_SHOWN] in self._known:
            pass
        self._known.add(text[:_SHOWN])
        return text


# What becomes of it


def edited_words(seed: int) -> Edited:
    """Return an email that somebody edited: what is read of it, and where it stands."""
    chance = random.Random(seed)
    writer = Writer(chance)
    old = [writer.part(_KINDS) for _ in range(chance.randint(2, 8))]
    new = list(old)
    while new == old:
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
            chance.choice(_EDITS)(new, writer)
    return Edited(old, new, writer.origins)


_KINDS: Sequence[Kind] = (
    "text", "text", "text", "text", "heading", "heading", "link", "button", "image", "links", "list", "table", "columns",
)  # fmt: skip
_ALONE = frozenset(("text", "heading", "link", "button", "image", "boxed text", "card", "cell"))
"""The kinds of parts that hold one text."""


def _swap(email: Email, writer: Writer) -> None:
    if len(email) > 1:
        at = writer.chance.randrange(len(email) - 1)
        email[at : at + 2] = email[at : at + 2][::-1]


def _move(email: Email, writer: Writer) -> None:
    part = email.pop(writer.chance.randrange(len(email)))
    email.insert(writer.chance.randint(0, len(email)), part)


def _add(email: Email, writer: Writer) -> None:
    email.insert(writer.chance.randint(0, len(email)), writer.part(_KINDS))


def _remove(email: Email, writer: Writer) -> None:
    if len(email) > 2:
        email.pop(writer.chance.randrange(len(email)))


def _reword(email: Email, writer: Writer) -> int | None:
    """Give a part other words, and return which."""
    places = [at for at, part in enumerate(email) if part.kind in _ALONE]
    if not places:
        return None
    at = writer.chance.choice(places)
    item = email[at].items[0]
    email[at] = replace(email[at], items=(item._replace(words=writer.reworded(item.words)),))
    return at


def _reword_and_swap(email: Email, writer: Writer) -> None:
    at = _reword(email, writer)
    if at is not None and len(email) > 1:
        start = max(at - 1, 0)
        email[start : start + 2] = email[start : start + 2][::-1]


def _reverse_items(email: Email, writer: Writer) -> None:
    at = _several(email, writer)
    if at is not None:
        email[at] = replace(email[at], items=email[at].items[::-1])


def _swap_items(email: Email, writer: Writer) -> None:
    at = _several(email, writer)
    if at is not None:
        items = list(email[at].items)
        first = writer.chance.randrange(len(items) - 1)
        items[first : first + 2] = items[first : first + 2][::-1]
        email[at] = replace(email[at], items=tuple(items))


def _remove_item(email: Email, writer: Writer) -> None:
    at = _several(email, writer)
    if at is not None and len(email[at].items) > 2:
        items = list(email[at].items)
        items.pop(writer.chance.randrange(len(items)))
        email[at] = replace(email[at], items=tuple(items))


def _reword_item(email: Email, writer: Writer) -> None:
    """Give an item of a list other words, a row another value, or a column another sentence."""
    at = _several(email, writer)
    if at is None or email[at].kind == "links":
        return
    items = list(email[at].items)
    place = writer.chance.randrange(len(items))
    item = items[place]
    match email[at].kind:
        case "list":
            items[place] = item._replace(words=writer.reworded(item.words))
        case "table":
            amount = writer.amount()
            writer.origins[amount] = writer.origins.get(item.more, item.more)
            items[place] = item._replace(more=amount)
        case _:
            items[place] = item._replace(more=writer.reworded(item.more))
    email[at] = replace(email[at], items=tuple(items))


def _several(email: Email, writer: Writer) -> int | None:
    """Return the place of a part that holds several texts."""
    places = [at for at, part in enumerate(email) if part.kind not in _ALONE]
    return writer.chance.choice(places) if places else None


_EDITS: Sequence[Callable[[Email, Writer], object]] = (
    _swap, _move, _reword, _reword_and_swap, _remove, _add, _reverse_items, _swap_items, _remove_item, _reword_item,
)  # fmt: skip


# What becomes of its looks


def edited_looks(seed: int) -> Edited:
    """Return an email of which somebody changed what it looks like, and mostly one thing that is read too."""
    chance = random.Random(seed)
    writer = Writer(chance)
    old = [_styled(writer) for _ in range(chance.randint(3, 8))]
    new = list(old)
    while new == old:
        for _ in range(chance.choice((1, 1, 2, 3))):
            _restyle(new, writer)
        for _ in range(chance.choice((0, 1, 1))):
            chance.choice(_EDITS_OF_STYLED)(new, writer)
    return Edited(old, new, writer.origins)


_STYLED: Sequence[Kind] = ("text", "text", "text", "heading", "boxed text", "card", "cell", "button")
_VALUES = {
    "color": ("#cc0000", "#0b7a3e", "#1f4e8c", "#7a1fa2", "#e65100", "#222222", "#777777", "#00838f"),
    "font-size": ("12px", "14px", "16px", "18px", "20px", "24px", "32px"),
    "text-align": ("left", "center", "right"),
    "background-color": ("#fff3cd", "#e3f2fd", "#e8f5e9", "#fce4ec", "#eeeeee"),
    "font-weight": ("bold", "normal"),
    "padding": ("4px", "8px", "12px", "20px"),
    "border": ("1px solid #999999", "2px solid #cc0000"),
    "border-radius": ("4px", "12px"),
}
_OF_A_BOX = frozenset(("background-color", "padding", "border", "border-radius"))
_NOT_OF_BUTTONS = frozenset(("text-align", "font-weight"))


def _styled(writer: Writer) -> Part:
    part = writer.part(_STYLED)
    names = writer.chance.sample(_names_for(part), writer.chance.choice((0, 1, 2)))
    return _with_styles(part, {name: writer.chance.choice(_VALUES[name]) for name in names})


def _names_for(part: Part) -> list[str]:
    return [name for name in _VALUES if not (part.kind == "button" and name in _NOT_OF_BUTTONS)]


def _with_styles(part: Part, styles: Styles) -> Part:
    return replace(part, styles=tuple(sorted(styles.items())))


def _restyle(email: Email, writer: Writer) -> None:
    """Give a part another value of a property, or none."""
    chance = writer.chance
    at = chance.randrange(len(email))
    name = chance.choice(_names_for(email[at]))
    value = chance.choice((*_VALUES[name], None))
    styles = {one: said for one, said in email[at].styles if one != name}
    email[at] = _with_styles(email[at], styles | ({name: value} if value else {}))


def _add_unstyled(email: Email, writer: Writer) -> None:
    email.insert(writer.chance.randint(0, len(email)), writer.part(_STYLED))


def _replace(email: Email, writer: Writer) -> None:
    """Put another sentence, of another colour and another size, in the place of one with which it has no word in common."""
    places = [at for at, part in enumerate(email) if part.kind == "text"]
    if not places:
        return
    at = writer.chance.choice(places)
    styles, words = dict(email[at].styles), {*email[at].items[0].words.split()}
    part = writer.part(("text",))
    while not words.isdisjoint(part.items[0].words.split()):
        part = writer.part(("text",))
    others = {
        name: writer.chance.choice([each for each in _VALUES[name] if each != styles.get(name)])
        for name in ("color", "font-size")
    }
    email[at] = _with_styles(part, styles | others)


_EDITS_OF_STYLED: Sequence[Callable[[Email, Writer], object]] = (
    _swap, _move, _reword, _add_unstyled, _remove, _replace,
)  # fmt: skip


# What becomes of the edges of its boxes


class Enclosed(NamedTuple):
    """An email of sentences in two versions, and in which box each of them stands.

    Attributes:
        texts: The sentences, which stay where they are.
        was, now: The number of the box around each of them in both versions; None for none.
        container: The tags around all of them, in both.
    """

    texts: list[str]
    was: list[int | None]
    now: list[int | None]
    container: tuple[str, str]

    def html(self) -> tuple[str, str]:
        """Return both versions as HTML."""
        return self._html(self.was), self._html(self.now)

    def _html(self, around: Sequence[int | None]) -> str:
        made, inside = [], None
        for text, box in zip([*self.texts, ""], [*around, None], strict=True):
            if box != inside:
                made += [_BOXES[inside][1]] if inside is not None else []
                made += [_BOXES[box][0]] if box is not None else []
            inside = box
            made.append(f"<p>{text}</p>" if text else "")
        return "".join(made).join(self.container)


_BOXES = (
    ('<div style="background-color:#fff3cd;padding:8px">', "</div>"),
    ('<div style="border:2px solid #cc0000">', "</div>"),
    ('<table><tr><td bgcolor="#e3f2fd">', "</td></tr></table>"),
    ('<table style="border-left:4px solid #0b7a3e"><tbody><tr><td>', "</td></tr></tbody></table>"),
)
_CONTAINERS = (
    ("", ""),
    ('<body style="background-color:#f6f9fc;padding:20px">', "</body>"),
    ('<div style="background-color:#fafafa;max-width:600px;margin:0 auto">', "</div>"),
    (
        '<table width="600" align="center" bgcolor="#fafafa"><tr><td style="padding:24px">',
        "</td></tr></table>",
    ),
    (
        '<div style="padding:20px;border:1px solid #cccccc;border-radius:9px"><img src="a.png" alt="Logo">',
        "</div>",
    ),
)


def enclosed(seed: int) -> Enclosed:
    """Return an email with boxes that hold one text or more of those that they held, and others."""
    chance = random.Random(seed)
    writer = Writer(chance)
    boxes = chance.sample(range(len(_BOXES)), chance.randint(1, 3))
    kept = sorted(chance.sample(range(3 * len(boxes) + 2), len(boxes)))
    texts = [writer.part(("text",)).items[0].words for _ in range(3 * len(boxes) + 2)]
    sides: list[list[int | None]] = []
    for _ in range(2):
        around: list[int | None] = [None] * len(texts)
        start = 0
        for at, box, after in zip(kept, boxes, [*kept[1:], len(texts)], strict=True):
            first, last = chance.randint(start, at), chance.randrange(at, after)
            around[first : last + 1] = [box] * (last + 1 - first)
            start = last + 1
        sides.append(around)
    return Enclosed(texts, sides[0], sides[1], chance.choice(_CONTAINERS))
