"""Slack: blocks, attachments and text, as https://docs.slack.dev/reference/block-kit has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from novu_framework_testing.snapshots.overrides.looks import WORKS
from novu_framework_testing.snapshots.overrides.markup import emoji_of
from novu_framework_testing.snapshots.overrides.parts import (
    FIELD_KIND,
    LINE,
    Announced,
    Fields,
    Part,
    Reader,
    Sheet,
    fold,
    moment_in_words,
    plain,
)

_QUESTION, _ANSWER = "question", "answer to the question"
_LABELLED = re.compile(r"\A(\*[^*\n]+\*):?\n([^\n]+)\Z")


def _text(value: object, sheet: Sheet, kind: str = "text") -> None:
    """Read a text object, or text alone."""
    if not isinstance(value, Mapping):
        if value is not None:
            sheet.say(plain(value), "slack", kind)
        return
    fields, first = Fields(value), len(sheet.parts)
    is_plain = fields.take("type") == "plain_text"
    sheet.say(fields.text("text"), "slack without markup" if is_plain else "slack", kind)
    sheet.keep(fields.rest(), first)


def _words(value: object) -> str:
    return plain(value.get("text") or "") if isinstance(value, Mapping) else plain(value or "")


def _label(fields: Fields, name: str) -> str:
    value = fields.take(name)
    return "" if value is None else _words(value)


def _option(fields: Fields, sheet: Sheet) -> None:
    _text(fields.take("text"), sheet, "choice")
    _text(fields.take("description"), sheet, "choice")


def _options(fields: Fields, sheet: Sheet) -> None:
    for each in fields.list("options"):
        sheet.read(_option, each)
    for group in map(Fields, fields.list("option_groups")):
        sheet.add("group of choices", _label(group, "label"))
        for each in group.list("options"):
            sheet.read(_option, each)


def _initial(fields: Fields, sheet: Sheet, kind: str) -> None:
    """Read what is chosen or filled in before anybody has done so."""
    for name in [name for name in fields.rest() if name.startswith("initial_")]:
        value = fields.take(name)
        for each in value if isinstance(value, list) else [value]:
            is_option = isinstance(each, Mapping) and "text" in each
            sheet.add(kind, _words(each["text"] if is_option else each))


def _asked(fields: Fields, sheet: Sheet) -> None:
    """Read what is asked before something happens."""
    if asked := fields.record("confirm"):
        label, first = sheet.parts[-1].block.text, len(sheet.parts)
        for name in ("title", "text", "confirm", "deny"):
            _text(asked.get(name), sheet, _QUESTION if name in ("title", "text") else _ANSWER)
        for kind in (_QUESTION, _ANSWER):
            sheet.belongs(first, kind, label)
        if len(sheet.parts) > first and (style := asked.get("style")):
            sheet.parts[first].looks[sheet.depth, "style"] = style


def _button(fields: Fields, sheet: Sheet) -> None:
    sheet.add("button", _label(fields, "text") or "without a label", fields.text("url"))
    _asked(fields, sheet)


def _field(kind: str, start: str = "chosen from the start", chosen: str = "a menu") -> Reader:
    """Return the reader of what is chosen or filled in: what stands in it before, and from the start.

    Args:
        kind: What it is.
        start: What is said of what stands in it from the start.
        chosen: How its choices are chosen, which the first of them says.
    """

    def read(fields: Fields, sheet: Sheet) -> None:
        first, label = len(sheet.parts), _label(fields, "placeholder")
        sheet.add(kind, label)
        _initial(fields, sheet, start)
        _options(fields, sheet)
        for part in [part for part in sheet.parts[first:] if part.block.kind == "choice"][:1]:
            part.looks[sheet.depth, FIELD_KIND] = chosen
        _belong(sheet, first, label)
        if len(sheet.parts) == first and sheet.parts[-1].block.kind != "field":  # whose label says what it is
            sheet.add(kind, "without words")
        _asked(fields, sheet)

    return read


def _dots(fields: Fields, sheet: Sheet) -> None:
    """Read a menu that is three dots, and no words."""
    first = len(sheet.parts)
    _options(fields, sheet)
    for part in sheet.parts[first:]:
        part.block = part.block._replace(kind="choice of the ⋯ menu")
    _asked(fields, sheet)


def _belong(sheet: Sheet, first: int, label: str) -> None:
    for kind in ("choice", "group of choices", "chosen from the start"):
        sheet.belongs(first, kind, label)


def _image(fields: Fields, sheet: Sheet) -> None:
    file = fields.record("slack_file")
    sheet.add(
        "image",
        fields.text("alt_text"),
        fields.text("image_url") or plain(file.get("url") or file.get("id") or ""),
    )
    sheet.add("text", _label(fields, "title"))


def _feedback(fields: Fields, sheet: Sheet) -> None:
    for name in ("positive_button", "negative_button"):
        if button := fields.record(name):
            sheet.read(_button, button)


_MENUS = {
    "static_select": "menu", "external_select": "menu", "users_select": "menu of people",
    "conversations_select": "menu of conversations", "channels_select": "menu of channels",
    "multi_static_select": "menu of several choices", "multi_external_select": "menu of several choices",
    "multi_users_select": "menu of several people", "multi_conversations_select": "menu of several conversations",
    "multi_channels_select": "menu of several channels",
}  # fmt: skip
_KINDS = {
    **{kind: f"a {menu}" for kind, menu in _MENUS.items()},
    "datepicker": "a date", "timepicker": "a time", "datetimepicker": "a date and time", "checkboxes": "boxes to tick", "radio_buttons": "round buttons, one of which is chosen",
    "plain_text_input": "a text", "email_text_input": "an email address", "number_input": "a number", "url_text_input": "an address", "rich_text_input": "a text with bold and lists",
    "file_input": "files",
}  # fmt: skip


_BOX = _field("field", "filled in from the start")
ELEMENTS: dict[str, Reader] = {
    "button": _button, "workflow_button": _button, "image": _image, "overflow": _dots,
    **{kind: _field(menu) for kind, menu in _MENUS.items()},
    "datepicker": _field("date"), "timepicker": _field("time"), "datetimepicker": _field("date and time"), **{kind: _field("choice", chosen=_KINDS[kind]) for kind in ("checkboxes", "radio_buttons")},
    **dict.fromkeys(("plain_text_input", "email_text_input", "number_input", "url_text_input", "rich_text_input"), _BOX),
    "file_input": _field("field"), "feedback_buttons": _feedback, "icon_button": _button,
    "mrkdwn": lambda fields, sheet: sheet.say(fields.text("text"), "slack"),
    "plain_text": lambda fields, sheet: sheet.say(fields.text("text"), "slack without markup"),
}  # fmt: skip


# Rich text: its runs are put together to the markup that they stand for, and read as that.

_SIGNS = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}
_MEANT = {
    "user": ("@", "user_id"), "channel": ("#", "channel_id"), "usergroup": ("!subteam^", "usergroup_id"),
    "broadcast": ("!", "range"), "team": ("!team^", "team_id"),
}  # fmt: skip


def _run(run: object) -> tuple[str, list[str], str]:
    """Return the words of a run, its styles, and where it leads."""
    fields = Fields(run)
    kind = fields.text("type")
    style = fields.record("style")
    styles = [name for name in (*_SIGNS, "underline") if style.get(name) is True]
    if kind in _MEANT:
        sign, name = _MEANT[kind]
        return f"{'#' if sign == '#' else '@'}{fields.text(name)}", styles, ""
    if kind == "emoji":
        return emoji_of(fields.text("name")), styles, ""
    if kind == "date":
        return fields.text("fallback") or fields.text("timestamp"), styles, ""
    address = fields.text("url")
    return fields.text("text") or address or fields.text("value"), styles, address


_STYLES = {
    "bold": "bold",
    "italic": "in italics",
    "strike": "struck out",
    "code": "code",
    "underline": "underlined",
}


def _runs(kind: str) -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        runs = [_run(each) for each in fields.list("elements")]
        words = "".join(words for words, _, _ in runs)
        first = len(sheet.parts)
        sheet.say(words, "none", kind)
        if first < len(sheet.parts):
            sheet.parts[first].styles = tuple(
                (_STYLES[style], words) for words, styles, _ in runs for style in styles
            )
        for words, _, address in runs:
            sheet.add("link", words if address else "", address, inside=True)

    return read


def _rich_list(fields: Fields, sheet: Sheet) -> None:
    first, passed = len(sheet.parts), fields.take("offset", int)
    for each in fields.list("elements"):
        sheet.read(_runs("list item"), each)
    if passed and first < len(sheet.parts):
        sheet.parts[first].looks[sheet.depth, "starts_at"] = passed + 1


RICH: dict[str, Reader] = {
    "rich_text_section": _runs("text"), "rich_text_quote": _runs("quote"), "rich_text_preformatted": _runs("code"),
    "rich_text_list": _rich_list,
}  # fmt: skip


def _on_one_line(value: object) -> object:
    """Return a field whose first line is a label with what it labels beside it: `*Ward*` above `3` as `Ward: 3`."""
    if not isinstance(value, Mapping) or not isinstance(text := value.get("text"), str):
        return value
    found = _LABELLED.match(text)
    if not found:
        return value
    label, words = found.groups()
    return {**value, "text": f"{label}{'' if label.endswith(':*') else ':'} {words}"}


def _section(fields: Fields, sheet: Sheet) -> None:
    before = len(sheet.parts)
    _text(fields.take("text"), sheet)
    columns = fields.list("fields")
    first = len(sheet.parts)
    for each in columns:
        _text(_on_one_line(each), sheet)
    if len(columns) > 1:
        for part in sheet.parts[first:]:
            part.looks[sheet.depth, "columns"] = "yes"
    if accessory := fields.record("accessory"):
        has_words, first = first > before or columns, len(sheet.parts)
        sheet.read_all(ELEMENTS, [accessory])
        for part in sheet.parts[first : first + 1] if has_words else ():
            part.looks[0, "beside_text"] = True


def _elements(fields: Fields, sheet: Sheet) -> None:
    sheet.read_all(ELEMENTS, fields.list("elements"))


def _context(fields: Fields, sheet: Sheet) -> None:
    first = len(sheet.parts)
    _elements(fields, sheet)
    for part in sheet.parts[first:]:
        part.is_small = True
        if part.block.kind != "image":
            part.looks[0, "small_print"] = True


def _input(fields: Fields, sheet: Sheet) -> None:
    optional = " (optional)" if fields.take("optional", bool) else ""
    label, first = _label(fields, "label"), len(sheet.parts)
    sheet.add("field", f"{label}{optional}")
    if element := fields.record("element"):
        # what the field takes is said of it by its label
        own = {key: value for key, value in element.items() if fold(key) in WORKS}
        if label:
            own |= {FIELD_KIND: _KINDS.get(str(element.get("type")), "another field")}
            sheet.parts[first].looks |= {(sheet.depth, key): value for key, value in own.items()}
        sheet.read_all(
            ELEMENTS, [{key: value for key, value in element.items() if not label or key not in own}]
        )
        if label:
            _is_named(sheet.parts[first + 1 :], bool(element.get("placeholder")))
    sheet.add("hint", _label(fields, "hint"))
    for kind in (_EMPTY, "hint"):
        sheet.belongs(first, kind, label)
    _belong(sheet, first, label)


_EMPTY = "words in the empty field"


def _is_named(parts: Sequence[Part], has_words: bool) -> None:
    """Take what is in a field as such, since the field has a name: the words that stand in it while it is empty, its choices."""
    for part in parts[:1] if has_words else ():
        part.block = part.block._replace(kind=_EMPTY)
    for part in parts:
        part.looks = {key: value for key, value in part.looks.items() if key[1] != FIELD_KIND}


def _video(fields: Fields, sheet: Sheet) -> None:
    sheet.add("video", _label(fields, "title"), fields.text("title_url"))
    sheet.add("film of the video", "", fields.text("video_url"))
    sheet.add("image", "", fields.text("provider_icon_url"))
    for name in ("author_name", "provider_name"):
        sheet.add("text", fields.text(name))
    _text(fields.take("description"), sheet)
    sheet.add("image", fields.text("alt_text"), fields.text("thumbnail_url"))


def _card(fields: Fields, sheet: Sheet) -> None:
    for name in ("hero_image", "icon"):
        if image := fields.record(name):
            sheet.read_all(ELEMENTS, [image])
    _text(fields.take("title"), sheet, "heading")
    for name in ("subtitle", "body"):
        _text(fields.take(name), sheet)
    sheet.read_all(ELEMENTS, fields.list("actions"))


def _cell(cell: object, sheet: Sheet) -> None:
    if isinstance(cell, Mapping) and cell.get("type") == "rich_text":
        sheet.read_all(BLOCKS, [cell])
    else:
        _text(cell, sheet, "cell")


def _table(fields: Fields, sheet: Sheet) -> None:
    rows = [row if isinstance(row, list) else [row] for row in fields.list("rows")]
    columns = map(Fields, fields.list("column_settings"))
    sheet.add_table(
        [sheet.cells(row, _cell) for row in rows],
        [{"horizontal_alignment": each.take("align"), "wrap": each.take("is_wrapped")} for each in columns],
    )


BLOCKS: dict[str, Reader] = {
    "header": lambda fields, sheet: _text(fields.take("text"), sheet, "heading"),
    "section": _section, "divider": lambda fields, sheet: sheet.add("divider", LINE), "image": _image,
    "actions": _elements, "context_actions": _elements, "context": _context, "input": _input, "video": _video, "table": _table,
    "rich_text": lambda fields, sheet: sheet.read_all(RICH, fields.list("elements")),
    "markdown": lambda fields, sheet: sheet.say(fields.text("text"), "markdown"),
    "file": lambda fields, sheet: sheet.add("file", fields.text("external_id")),
    "alert": lambda fields, sheet: _text(fields.take("text"), sheet, "warning"), "card": _card,
    "carousel": lambda fields, sheet: sheet.read_all(BLOCKS, fields.list("elements")),
}  # fmt: skip


def _attachment(flavour: str) -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        first = len(sheet.parts)
        sheet.say(fields.text("pretext"), flavour)
        sheet.add("picture of the author", "", fields.text("author_icon"))
        for kind, name, target in (
            ("author", "author_name", "author_link"),
            ("heading", "title", "title_link"),
        ):
            words, address = fields.text(name), fields.text(target)
            sheet.add(kind if not address else "link", words, address)
        sheet.say(fields.text("text"), flavour)
        sheet.read_all(BLOCKS, fields.list("blocks"))
        for each in fields.list("fields"):
            sheet.read(_pair(flavour), each)
        alternative = fields.text("alt_text") or fields.text("fallback")
        for name in ("image_url", "thumb_url"):
            if address := fields.text(name):
                sheet.add("image", alternative, address)
        for each in fields.list("actions"):
            sheet.read(_button, each)
        sheet.add("footer", fields.text("footer"))
        sheet.add("picture of the footer", "", fields.text("footer_icon"))
        sheet.add("time of the footer", moment_in_words(fields.take("ts")))
        sheet.keep({"bar": fields.text("color")}, first, of_all=True)

    return read


def _pair(flavour: str) -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        sheet.say(f"{fields.text('title')}: {fields.text('value')}", flavour)

    return read


_CALLED = {
    "unfurllinks": "shows a preview of links", "unfurlmedia": "shows a preview of linked pictures and videos",
    "replybroadcast": "shown in the whole channel too", "threadts": "thread that it answers", "linknames": "turns names into mentions",
    "mrkdwn": "draws signs such as * as bold", "parse": "what it turns into links",
    "username": "name of the sender", "eventtype": "kind of event for the app",
    "iconurl": "picture of the sender", "iconemoji": "emoji of the sender", "asuser": "sent by a person", "responsetype": "who sees it",
    "replaceoriginal": "takes the place of the message before", "deleteoriginal": "removes the message before",
}  # fmt: skip


def message(flavour: str) -> Reader:
    """Return the reader of a message with blocks, attachments and text in the markup of a program."""

    def read(fields: Fields, sheet: Sheet) -> None:
        sheet.called = _CALLED
        blocks, words = fields.list("blocks"), fields.text("text")
        sheet.read_all(BLOCKS, blocks)
        first = len(sheet.parts)
        sheet.say(words, flavour, "notification" if blocks else "text")
        sheet.announced = Announced(words, first, len(sheet.parts), is_alone=not blocks)
        for each in fields.list("attachments"):
            sheet.read(_attachment(flavour), each)

    return read
