"""Cards as people see them: their text, and what of them can be pressed, chosen or filled in.

A card comes from the agent, so nothing is taken for granted of it: Novu looks only at its type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Card = Mapping[str, Any]


class Control(NamedTuple):
    """Something of a card that a person can use.

    Attributes:
        kind: `button`, `select` or `text_input`.
        id, label: As the card has them.
        value: What a press of a button sends along.
        options: The choices of a select: each its label and its value.
        disabled: Whether it can be seen only.
    """

    kind: str
    id: str
    label: str
    value: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    disabled: bool = False

    def is_named(self, name: str) -> bool:
        """Tell whether it has this label or id."""
        return name in (self.label, self.id) or name.casefold() == self.label.casefold()

    def value_of(self, option: str) -> str | None:
        """Return the value of a select's option, by its label or its value; None where it has no such option."""
        found = (value for label, value in self.options if option in (label, value))
        return next(found, None)


def controls_of(card: Card | None) -> list[Control]:
    """Return what can be used of a card, in order."""
    return [_control(child) for child in _children(card) if child.get("type") in _USED] if card else []


_USED = ("button", "select", "text_input")


def _control(child: Card) -> Control:
    value = child.get("value")
    return Control(
        str(child["type"]),
        text_of(child.get("id")),
        text_of(child.get("label")),
        None if value is None else text_of(value),
        tuple(
            (text_of(one.get("label")), text_of(one.get("value"))) for one in mappings(child.get("options"))
        ),
        bool(child.get("disabled")),
    )


def plain_text(content: Card) -> str:
    """Return the text of a message's content as Novu keeps it in the history: of a card, that of its text children."""
    card = content.get("card")
    if not isinstance(card, Mapping):
        return text_of(content.get("markdown"))
    texts = [
        text_of(one.get("content")).strip()
        for one in mappings(card.get("children"))
        if one.get("type") == "text"
    ]
    return "\n".join(filter(None, texts)) or text_of(card.get("title")).strip() or "[Card]"


def lines_of(card: Card) -> list[str]:
    """Write a card for people, a line for each part of it."""
    title, subtitle, image = (text_of(card.get(name)) for name in ("title", "subtitle", "imageUrl"))
    lines = [f"# {title}"] if title else []
    lines += [subtitle] if subtitle else []
    lines += [f"[image: {image}]"] if image else []
    for child in mappings(card.get("children")):
        lines += _lines(child)
    return lines


def _lines(child: Card) -> list[str]:
    kind, label = child.get("type"), text_of(child.get("label"))
    if kind == "text":
        return text_of(child.get("content")).strip("\n").split("\n")
    if kind == "divider":
        return ["---"]
    if kind == "image":
        return [f"[image: {text_of(child.get('alt')) or text_of(child.get('url'))}]"]
    if kind in ("link", "link-button"):
        return [f"{label} -> {text_of(child.get('url'))}"]
    if kind == "button":
        return [_button(child)]
    if kind == "select":
        options = " | ".join(label for label, _ in _control(child).options)
        return [f"{label or text_of(child.get('id'))}: ({options})"]
    if kind == "text_input":
        return [f"{label or text_of(child.get('id'))}: ______"]
    if kind == "actions":
        rows = [_lines(one) for one in mappings(child.get("children"))]
        buttons = [line for row in rows for line in row if line.startswith("[")]
        others = [line for row in rows for line in row if not line.startswith("[")]
        return [*others, *([" ".join(buttons)] if buttons else [])]
    inner = [line for one in mappings(child.get("children")) for line in _lines(one)]
    return inner or [f"({text_of(kind) or 'something else'})"]


def _button(child: Card) -> str:
    return f"[{text_of(child.get('label')) or text_of(child.get('id'))}]{' (disabled)' * bool(child.get('disabled'))}"


def _children(part: Card) -> Iterator[Card]:
    for child in mappings(part.get("children")):
        yield child
        yield from _children(child)


def mappings(value: Any) -> list[Card]:
    """Return the mappings in a list; none where it is something else."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, (list, tuple)) else []


def text_of(value: Any) -> str:
    """Return a value as text; nothing for None."""
    return value if isinstance(value, str) else "" if value is None else str(value)
