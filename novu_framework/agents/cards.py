"""Cards: messages with texts, images, buttons and menus, for replies of agents and for chat steps.

Each builder makes a dict in Novu's own form, so a card is equal to one that is written as a dict::

    Card(
        "Order 7",
        children=[
            CardText("Refund **12 €**?"),
            Actions([Button("refund", "Refund", style="primary"), Button("keep", "Keep", style="danger")]),
        ],
    )
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class CardPart(dict[str, Any]):
    """The base of a card and of what is in it: a dict without what was left out."""

    def __init__(self, **members: Any) -> None:
        super().__init__({name: value for name, value in members.items() if value is not None})


class Card(CardPart):
    """A card, the whole message.

    Args:
        title, subtitle: Its head.
        image_url: The image above it.
        children: What is in it, from top to bottom.

    >>> Card("Hi", children=[CardText("How are you?")])
    {'type': 'card', 'title': 'Hi', 'children': [{'type': 'text', 'content': 'How are you?'}]}
    """

    def __init__(
        self,
        title: str | None = None,
        *,
        subtitle: str | None = None,
        image_url: str | None = None,
        children: Sequence[CardPart | dict[str, Any]] = (),
    ) -> None:
        super().__init__(
            type="card", title=title, subtitle=subtitle, imageUrl=image_url, children=list(children)
        )


class CardText(CardPart):
    """A text in Markdown; its `style` is `plain`, `bold` or `muted`."""

    def __init__(self, content: str, *, style: str | None = None) -> None:
        super().__init__(type="text", content=content, style=style)


class Button(CardPart):
    """A button of `Actions`. A press of it comes as an action with its `id` and `value`.

    Args:
        id: What the action is called.
        label: What people read.
        style: `primary`, `danger` or `default`.
        value: What the action brings along.
        disabled: Whether it cannot be pressed.
        action_type: `action` or `modal`.
        callback_url: A URL that is called as well.
    """

    def __init__(
        self,
        id: str,
        label: str,
        *,
        style: str | None = None,
        value: str | None = None,
        disabled: bool | None = None,
        action_type: str | None = None,
        callback_url: str | None = None,
    ) -> None:
        super().__init__(
            type="button",
            id=id,
            label=label,
            style=style,
            value=value,
            disabled=disabled,
            actionType=action_type,
            callbackUrl=callback_url,
        )


class Actions(CardPart):
    """A row of buttons, menus and fields."""

    def __init__(self, children: Sequence[CardPart | dict[str, Any]]) -> None:
        super().__init__(type="actions", children=list(children))


class SelectOption(CardPart):
    """An option of a `Select`."""

    def __init__(self, label: str, value: str, *, description: str | None = None) -> None:
        super().__init__(label=label, value=value, description=description)


class Select(CardPart):
    """A menu of `Actions`.

    Args:
        id: What the action is called.
        label: What people read next to it.
        options: What there is to choose; at least one.
        placeholder: What it shows before a choice.
        initial_option: The value that is chosen at first.
        optional: Whether it may stay empty.

    Raises:
        ValueError: There are no options.
    """

    def __init__(
        self,
        id: str,
        label: str,
        options: Sequence[SelectOption | dict[str, Any]],
        *,
        placeholder: str | None = None,
        initial_option: str | None = None,
        optional: bool | None = None,
    ) -> None:
        if not options:
            raise ValueError("Select requires at least one option")
        super().__init__(
            type="select",
            id=id,
            label=label,
            placeholder=placeholder,
            options=list(options),
            initialOption=initial_option,
            optional=optional,
        )


class TextInput(CardPart):
    """A field to write in; `max_length` is in characters."""

    def __init__(
        self,
        id: str,
        label: str,
        *,
        placeholder: str | None = None,
        initial_value: str | None = None,
        multiline: bool | None = None,
        optional: bool | None = None,
        max_length: int | None = None,
    ) -> None:
        super().__init__(
            type="text_input",
            id=id,
            label=label,
            placeholder=placeholder,
            initialValue=initial_value,
            multiline=multiline,
            optional=optional,
            maxLength=max_length,
        )


class Image(CardPart):
    """An image, by its public URL."""

    def __init__(self, url: str, *, alt: str | None = None) -> None:
        super().__init__(type="image", url=url, alt=alt)


class Divider(CardPart):
    """A line between two parts."""

    def __init__(self) -> None:
        super().__init__(type="divider")


class CardLink(CardPart):
    """A link in the text."""

    def __init__(self, url: str, label: str) -> None:
        super().__init__(type="link", url=url, label=label)


class FileRef(CardPart):
    """A file of a reply: its data, or a public URL; exactly one of them.

    Args:
        filename: Its name.
        data: Its bytes, or the same as a base64 text; up to 5 MiB.
        url: Where it is; up to 25 MB.
        mime_type: Its type, such as `application/pdf`.
    """

    def __init__(
        self,
        filename: str,
        *,
        data: bytes | str | None = None,
        url: str | None = None,
        mime_type: str | None = None,
    ) -> None:
        super().__init__(filename=filename, data=data, url=url, mimeType=mime_type)
