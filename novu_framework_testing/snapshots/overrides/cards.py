"""Novu's own cards for chats, which each chat draws in its own way."""

from __future__ import annotations

from novu_framework_testing.snapshots.overrides.parts import LINE, Fields, Reader, Sheet, plain


def card(fields: Fields, sheet: Sheet) -> None:
    """Read a card."""
    fields.take("type")
    sheet.add("heading", fields.text("title"))
    sheet.say(fields.text("subtitle"), "markdown")
    sheet.add("image", "", fields.text("image_url"))
    _parts(fields, sheet)


def _parts(fields: Fields, sheet: Sheet) -> None:
    sheet.read_all(_ELEMENTS, fields.list("children"))


def _menu(fields: Fields, sheet: Sheet) -> None:
    first, label = len(sheet.parts), fields.text("label") or fields.text("placeholder")
    sheet.add("menu", label)
    for each in fields.list("options"):
        sheet.read(_choice, each)
    sheet.belongs(first, "choice", label)


def _choice(fields: Fields, sheet: Sheet) -> None:
    sheet.add("choice", ": ".join(filter(None, (fields.text("label"), fields.text("description")))))


def _table(fields: Fields, sheet: Sheet) -> None:
    rows = [row if isinstance(row, list) else [row] for row in (fields.list("headers"), *fields.list("rows"))]
    sheet.add_table(
        [sheet.cells(row, lambda cell, on: on.add("cell", plain(cell))) for row in rows if row], ()
    )


_ELEMENTS: dict[str, Reader] = {
    "text": lambda fields, sheet: sheet.say(fields.text("content"), "markdown"),
    "image": lambda fields, sheet: sheet.add("image", fields.text("alt"), fields.text("url")),
    "divider": lambda _, sheet: sheet.add("divider", LINE),
    "link": lambda fields, sheet: sheet.add("link", fields.text("label"), fields.text("url")),
    "link-button": lambda fields, sheet: sheet.add("button", fields.text("label"), fields.text("url")),
    "button": lambda fields, sheet: sheet.add("button", fields.text("label"), fields.text("callback_url")),
    "select": _menu, "radio_select": _menu, "actions": _parts, "section": _parts, "fields": _parts, "table": _table,
    "field": lambda fields, sheet: sheet.add("text", f"{fields.text('label')}: {fields.text('value')}"),
    "text_input": lambda fields, sheet: sheet.add("field to write in", fields.text("label") or fields.text("placeholder")),
}  # fmt: skip
