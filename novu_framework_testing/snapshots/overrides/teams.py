"""Microsoft Teams: Adaptive Cards (https://adaptivecards.io/explorer) and the older MessageCards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from novu_framework_testing.snapshots.overrides.parts import (
    BESIDE,
    FIELD_KIND,
    Fields,
    Part,
    Reader,
    Sheet,
    plain,
)
from novu_framework_testing.snapshots.spoken_names import locale_name

_MARKUP = "markdown"


def _select(fields: Fields, sheet: Sheet) -> None:
    """Read what happens when a part is pressed that is no button."""
    if action := Fields(fields.record("selectAction")):
        sheet.add_beside("link", action.text("title"), action.text("url"))


def _items(*names: str) -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        picture = fields.take("backgroundImage", (str, Mapping))
        sheet.add_beside(
            "background image", "", picture if isinstance(picture, str) else Fields(picture).text("url")
        )
        for name in names:
            sheet.read_all(ELEMENTS, fields.list(name))
        sheet.read_all(ACTIONS, fields.list("actions"))
        _select(fields, sheet)

    return read


def _rich(fields: Fields, sheet: Sheet) -> None:
    runs = [Fields(each if isinstance(each, Mapping) else {"text": each}) for each in fields.list("inlines")]
    said = [
        (each.text("text"), each.rest(), plain(each.record("selectAction").get("url") or "")) for each in runs
    ]
    first = len(sheet.parts)
    sheet.say("".join(words for words, _, _ in said))
    for words, rest, address in said:
        sheet.keep(
            {name: value for name, value in rest.items() if name not in ("type", "selectAction")}, first
        )
        sheet.add("link", words if address else "", address, inside=True)


def _image(fields: Fields, sheet: Sheet) -> None:
    sheet.add("image", fields.text("altText"), fields.text("url"))
    _select(fields, sheet)


def _media(fields: Fields, sheet: Sheet) -> None:
    words = fields.text("altText")
    for source in fields.list("sources"):
        sheet.add("film or sound", words, Fields(source).text("url"))
    sheet.add("image", "", fields.text("poster"))


def _columns(fields: Fields, sheet: Sheet) -> None:
    for at, each in enumerate(fields.list("columns")):
        first, holders = len(sheet.parts), len(sheet.holders)
        sheet.read(_column, each)
        for part in sheet.holders[holders:][-1:]:
            part.block = part.block._replace(kind="column")
        for part in sheet.parts[first : first + 1] if at else ():
            part.looks[0, f"{BESIDE}_column"] = True
    _items()(fields, sheet)


def _column(fields: Fields, sheet: Sheet) -> None:
    fields.take("type")
    _items("items")(fields, sheet)


def _facts(fields: Fields, sheet: Sheet) -> None:
    for each in fields.list("facts"):
        sheet.read(_fact, each)


def _fact(fields: Fields, sheet: Sheet) -> None:
    words = fields.text("title") or fields.text("name"), fields.text("value")
    sheet.say(": ".join(filter(None, words)), _MARKUP)


def _text(fields: Fields, sheet: Sheet) -> None:
    first, rest = len(sheet.parts), fields.rest()
    sheet.say(fields.text("text"), _MARKUP, "heading" if fields.take("style", str) == "heading" else "text")
    if rest.get("isSubtle") is True or str(rest.get("size")).lower() == "small":
        for part in sheet.parts[first:]:
            part.is_small = True


def _table(fields: Fields, sheet: Sheet) -> None:
    rows: list[list[list[Part]]] = []

    def read(row: Fields, on: Sheet) -> None:
        row.take("type")
        rows.append(on.cells(row.list("cells"), lambda cell, on: on.read(_column, cell)))

    for row in fields.list("rows"):
        sheet.read(read, row)
    columns = [each for each in fields.list("columns") if isinstance(each, Mapping)]
    sheet.add_table(rows, columns, is_headed=fields.rest().get("firstRowAsHeader") is not False)


_INPUTS = {
    "Text": "a text", "Number": "a number", "Date": "a date", "Time": "a time", "Toggle": "a switch", "ChoiceSet": "a choice", "Rating": "stars",
}  # fmt: skip


def _input(kind: str) -> Reader:
    """Return the reader of a field that takes what `kind` says."""

    def read(fields: Fields, sheet: Sheet) -> None:
        first = len(sheet.parts)
        _field(fields, sheet)
        for part in sheet.parts[first : first + 1]:
            part.looks[sheet.depth, FIELD_KIND] = kind

    return read


def _field(fields: Fields, sheet: Sheet) -> None:
    required = " (required)" if fields.take("isRequired", bool) else ""
    label, first = fields.text("label") or fields.text("title"), len(sheet.parts)
    sheet.add("field", f"{label}{required}")
    sheet.add("field", fields.text("title"))
    choices = fields.list("choices")
    sheet.add(
        "chosen from the start" if choices else "what is filled in", _filled(fields.text("value"), choices)
    )
    sheet.add("words in the empty field", fields.text("placeholder"))
    sheet.add("what is said of a wrong entry", fields.text("errorMessage"))
    for choice in choices:
        sheet.read(_choice, choice)
    for kind in (
        "choice",
        "chosen from the start",
        "what is filled in",
        "words in the empty field",
        "what is said of a wrong entry",
    ):
        sheet.belongs(first, kind, label)
    if button := fields.record("inlineAction"):
        sheet.read_all(ACTIONS, [button])


def _filled(value: str, choices: Sequence[Any]) -> str:
    """Return what a person sees for a value: the titles of the choices, and yes or no for a switch."""
    titles = {"true": "yes", "false": "no"} | {
        plain(each.get("value", "")): plain(each.get("title", ""))
        for each in choices
        if isinstance(each, Mapping)
    }
    return ", ".join(titles.get(each) or each for each in value.split(","))


def _choice(fields: Fields, sheet: Sheet) -> None:
    sheet.add("choice", fields.text("title"))


def _share(fields: Fields, whole: str) -> str:
    return f"{fields.text('value') or '0'} of {fields.text('max') or whole}"


def _stars(fields: Fields, sheet: Sheet) -> None:
    votes = fields.text("count")
    sheet.add("stars", f"{_share(fields, '5')}{f', by {votes}' if votes else ''}")


def _compound(fields: Fields, sheet: Sheet) -> None:
    action = Fields(fields.record("selectAction"))
    sheet.add("button", fields.text("title") or "without a label", action.text("url"))
    sheet.say(fields.text("description"))
    sheet.add("badge", fields.text("badge"))


def _chart(fields: Fields, sheet: Sheet) -> None:
    sheet.add("heading", fields.text("title"))
    for each in map(Fields, (*fields.list("data"), *fields.list("segments"))):
        names = [each.text(name) for name in ("legend", "x", "value", "y", "size")]
        sheet.add("value of the chart", ": ".join(filter(None, names)))


ELEMENTS: dict[str, Reader] = {
    "TextBlock": _text,
    "RichTextBlock": _rich, "Image": _image, "ImageSet": _items("images"), "Media": _media, "Container": _items("items"),
    "ColumnSet": _columns, "FactSet": _facts, "ActionSet": _items(), "Table": _table,
    "CodeBlock": lambda fields, sheet: sheet.say(fields.text("codeSnippet"), kind="code"),
    "Badge": lambda fields, sheet: sheet.add("badge", fields.text("text")),
    **{f"Input.{kind}": _input(what) for kind, what in _INPUTS.items()},
    "Rating": _stars, "ProgressBar": lambda fields, sheet: sheet.add("progress", _share(fields, "100")),
    "Icon": lambda fields, sheet: sheet.add("icon", fields.text("name")), "CompoundButton": _compound,
    "Carousel": lambda fields, sheet: sheet.read_all({"CarouselPage": _items("items")}, fields.list("pages")),
    **dict.fromkeys([f"Chart.{kind}" for kind in ("Pie", "Donut", "Line", "HorizontalBar", "VerticalBar", "Gauge")], _chart),
}  # fmt: skip


def _action(fields: Fields, sheet: Sheet) -> None:
    title = fields.text("title") or "without a label"
    sheet.add("button", title, fields.text("url"))
    if card := fields.record("card"):
        first = len(sheet.parts)
        sheet.read(_card, card)
        for part in sheet.parts[first:]:
            part.looks.setdefault((0, "shown_by"), title)


ACTIONS: dict[str, Reader] = dict.fromkeys(
    [f"Action.{kind}" for kind in ("OpenUrl", "Submit", "Execute", "ToggleVisibility", "ShowCard")], _action
)


def _card(fields: Fields, sheet: Sheet) -> None:
    fields.take("type")
    _items("body")(fields, sheet)
    sheet.add_beside("text where cards cannot be shown", fields.text("fallbackText"))
    sheet.add_beside("what is read out loud", fields.text("speak"))
    sheet.add_beside("language of the card", locale_name(fields.text("lang")))
    settings = (
        "version",
        "$schema",
        "msteams",
        "refresh",
        "authentication",
        "metadata",
    )
    kept = {name: fields.take(name) for name in settings}
    if isinstance(host := kept["msteams"], Mapping):
        rest = {name: value for name, value in host.items() if name not in ("width", "entities")}
        people = {"people who are mentioned": host.get("entities")}
        kept |= {"msteams": rest or None, "card_width": host.get("width")} | people
    sheet.keep(kept)


def _attachment(fields: Fields, sheet: Sheet) -> None:
    card = fields.record("content")
    if card.get("type", "AdaptiveCard") == "AdaptiveCard":
        sheet.read(_card, card)
    else:
        sheet.list("", card)


# https://learn.microsoft.com/outlook/actionable-messages/message-card-reference


def _message_card(fields: Fields, sheet: Sheet) -> None:
    first = len(sheet.parts)
    sheet.say(fields.text("title"), _MARKUP, "heading")
    sheet.say(fields.text("summary"), _MARKUP, "notification")
    sheet.say(fields.text("text"), _MARKUP)
    for each in fields.list("sections"):
        sheet.read(_part_of_card, each)
    _pressed(fields, sheet)
    sheet.keep({"bar": fields.text("themeColor")}, first, of_all=True)


def _part_of_card(fields: Fields, sheet: Sheet) -> None:
    sheet.add("image", "", fields.text("activityImage"))
    for name in ("title", "activityTitle", "activitySubtitle", "activityText", "text"):
        sheet.say(fields.text(name), _MARKUP, "heading" if name in ("title", "activityTitle") else "text")
    _facts(fields, sheet)
    _pressed(fields, sheet)


def _pressed(fields: Fields, sheet: Sheet) -> None:
    for each in fields.list("potentialAction"):
        sheet.read(_old_action, each)


def _old_action(fields: Fields, sheet: Sheet) -> None:
    targets = [Fields(each).text("uri") for each in fields.list("targets")]
    addresses = [*targets, *map(plain, fields.list("target")), fields.text("target")]
    sheet.add("button", fields.text("name") or "without a label", next(filter(None, addresses), ""))


def message(fields: Fields, sheet: Sheet) -> None:
    """Read a message: a text, cards, or one card alone."""
    sheet.keep({name: fields.take(name) for name in ("type", "@type", "@context")})
    if "body" in fields:
        _card(fields, sheet)
    elif any(name in fields for name in ("sections", "potentialAction", "themeColor")):
        _message_card(fields, sheet)
    else:
        sheet.say(fields.text("text"), _MARKUP)
        for each in fields.list("attachments"):
            sheet.read(_attachment, each)
