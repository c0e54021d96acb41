"""WhatsApp, Discord and Telegram, each by what its API takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from novu_framework_testing.snapshots.overrides.parts import BESIDE, Fields, Reader, Sheet, plain
from novu_framework_testing.snapshots.spoken_names import code_name, locale_name

# WhatsApp: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages

_MEDIA = {
    "image": "image", "video": "video", "document": "document", "audio": "sound", "sticker": "sticker", "gif": "moving image",
}  # fmt: skip


def _media(kind: str) -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        sheet.add(_MEDIA[kind], fields.text("filename"), fields.text("link") or fields.text("id"))
        sheet.say(fields.text("caption"), "whatsapp")

    return read


def _value(parameter: object) -> str:
    """Return what one value of a template says."""
    if not isinstance(parameter, Mapping):
        return plain(parameter)
    if isinstance(price := parameter.get("currency"), Mapping):
        return _price(price)
    if isinstance(moment := parameter.get("date_time"), Mapping):
        return plain(moment.get("fallback_value") or dict(moment))
    if isinstance(place := parameter.get("location"), Mapping):
        parts = ("name", "address", "latitude", "longitude")
        return ", ".join(plain(place[name]) for name in parts if place.get(name))
    if isinstance(offer := parameter.get("limited_time_offer"), Mapping):
        end: Any = offer.get("expiration_time_ms")
        return (
            f"until {datetime.fromtimestamp(end / 1000, timezone.utc):%Y-%m-%d %H:%M} UTC"
            if _is_moment(end)
            else ""
        )
    names = ("text", "coupon_code", "phone_number", "url", "payload")
    return next((plain(parameter[name]) for name in names if parameter.get(name)), "")


def _is_moment(value: object) -> bool:
    return type(value) is int and 0 < value < 10**14


def _price(price: Mapping[str, Any]) -> str:
    """Return an amount as WhatsApp has it in numbers, and the words that stand for it where these are not shown."""
    amount, words = price.get("amount_1000"), plain(price.get("fallback_value") or "")
    if not isinstance(amount, int):
        return words or plain(price.get("code") or "")
    code = plain(price.get("code") or "")
    said = f"{amount / 1000:,.2f} {code}".strip()
    differs = words and not _is_price(words, amount / 1000, code)
    return f"{said}, written as “{words}” where that cannot be shown" if differs else said


def _is_price(words: str, amount: float, code: str) -> bool:
    """Whether words say an amount, in whatever way: `CHF 60`, `60,00 CHF`, `€1.200`.

    >>> _is_price("CHF 60", 60, "CHF"), _is_price("1’200.50 francs", 1200.5, "CHF"), _is_price("€60", 60, "CHF"), _is_price("CHF 6", 60, "CHF")
    (True, True, False, False)
    """
    numbers = _AMOUNT.findall(words)
    currency = _CURRENCY.search(words)
    if len(numbers) != 1 or (currency and _SIGNS.get(currency[0], currency[0]) != code):
        return False
    whole, cents = re.fullmatch(r"(.*?)(?:[.,](\d\d?))?", numbers[0]).groups()  # type: ignore[union-attr]
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{cents or 0}") == round(amount, 2)


_AMOUNT = re.compile(r"\d+(?:[.,'’\s]\d+)*")
_CURRENCY = re.compile(r"[€£]|\b[A-Z]{3}\b")
_SIGNS = {"€": "EUR", "£": "GBP"}


def _component(fields: Fields, sheet: Sheet) -> None:
    kind, words = fields.text("type").lower(), fields.text("text")
    given = fields.list("parameters")
    names = [Fields(each).text("parameter_name") or str(at) for at, each in enumerate(given, 1)]
    if kind in ("button", "buttons"):
        number, sort = fields.text("index"), fields.text("sub_type")
        for each in fields.list("buttons"):
            sheet.read(lambda one, on: on.add("button", one.text("text"), one.text("url")), each)
        where = f"button {int(number) + 1}" if number.isdigit() else "a button"
        for each in given:
            what = "end of the address" if sort.lower() == "url" else "answer"
            sheet.add(f"{what} of {where}", _value(each))
        return
    for card in map(Fields, fields.list("cards")):
        for each in card.list("components"):
            sheet.read(_component, each)
    values = [_value(each) for each in given]
    if words:
        filled = re.sub(
            r"\{\{\s*(\w+)\s*\}\}",
            lambda place: values[names.index(place[1])] if place[1] in names else place[0],
            words,
        )
        sheet.say(
            filled, "whatsapp", "heading" if kind == "header" else "footer" if kind == "footer" else "text"
        )
    for name, value, each in zip(names, values, given, strict=True):
        kind_of_value = Fields(each).text("type").lower()
        if kind_of_value in _MEDIA and isinstance(each.get(kind_of_value), Mapping):
            sheet.read(_media(kind_of_value), each[kind_of_value])
        elif not words:
            sheet.add(f"value {name} of the {kind or 'template'}", value)
            # WhatsApp shows the words for a moment, whatever the numbers beside them say
            moment = Fields(Fields(each).record("date_time"))
            moment.take("fallback_value")
            price = Fields(Fields(each).record("currency")).text("fallback_value")
            unseen = moment.rest() | ({"fallback value": _AMOUNT.sub("*", price)} if price else {})
            if value:
                sheet.parts[-1].unseen |= {(sheet.depth, key): said for key, said in unseen.items()}


def _template(fields: Fields, sheet: Sheet) -> None:
    sheet.template = fields.text("name")
    sheet.add("template", code_name(sheet.template))
    sheet.add("language of the template", locale_name(Fields(fields.record("language")).text("code")))
    for each in fields.list("components"):
        sheet.read(_component, each)


def _interactive(fields: Fields, sheet: Sheet) -> None:
    header, action = Fields(fields.record("header")), Fields(fields.record("action"))
    fields.take("type")
    kind = header.text("type")
    sheet.say(header.text("text"), kind="heading")
    if kind in _MEDIA and (media := header.record(kind)):
        sheet.read(_media(kind), media)
    sheet.say(Fields(fields.record("body")).text("text"), "whatsapp")
    sheet.say(Fields(fields.record("footer")).text("text"), kind="footer")
    for each in action.list("buttons"):
        sheet.read(_reply, each)
    opened = Fields(action.record("parameters"))
    sheet.add("button", opened.text("display_text"), opened.text("url"))
    sheet.add("button", action.text("button") or opened.text("flow_cta"))
    for section in map(Fields, action.list("sections")):
        sheet.say(section.text("title"), kind="heading")
        for row in (*section.list("rows"), *section.list("product_items")):
            sheet.read(_row, row)
    sheet.keep({**action.rest(), **opened.rest()})


def _reply(fields: Fields, sheet: Sheet) -> None:
    fields.take("type")
    reply = Fields(fields.record("reply"))
    sheet.add("button", reply.text("title") or fields.text("title") or "without a label")
    sheet.keep(reply.rest(), len(sheet.parts) - 1)


def _row(fields: Fields, sheet: Sheet) -> None:
    title, first = fields.text("title") or fields.text("product_retailer_id"), len(sheet.parts)
    sheet.add("choice", title)
    sheet.add("text", fields.text("description"))
    sheet.belongs(first, "text", title)


def _place(fields: Fields, sheet: Sheet) -> None:
    names = [fields.text("name"), fields.text("address")]
    where = [fields.text("latitude"), fields.text("longitude")]
    sheet.add("place", ", ".join(filter(None, names)))
    sheet.add("position on the map", ", ".join(filter(None, where)))


_WHATSAPP: dict[str, Reader] = {
    "template": _template, "interactive": _interactive, **{kind: _media(kind) for kind in _MEDIA}, "location": _place,
    "reaction": lambda fields, sheet: sheet.add("reaction", fields.text("emoji")),
    "text": lambda fields, sheet: sheet.say(fields.text("body"), "whatsapp"),
}  # fmt: skip


def whatsapp(fields: Fields, sheet: Sheet) -> None:
    """Read a message for WhatsApp."""
    for kind, read in _WHATSAPP.items():
        if (value := fields.take(kind, Mapping)) is not None:
            sheet.read(read, value)
    for contact in fields.list("contacts"):
        sheet.list("contact", contact)
    sheet.say(fields.text("text") or fields.text("body"), "whatsapp")
    sheet.keep({name: fields.take(name) for name in ("type", "messaging_product", "recipient_type")})


# Discord: https://discord.com/developers/docs/resources/message#embed-object


def _embed(fields: Fields, sheet: Sheet) -> None:
    first = len(sheet.parts)
    fields.take("type")
    for name in ("author", "provider"):
        one = Fields(fields.record(name))
        address = one.text("url")
        sheet.add("link" if address else name, one.text("name"), address)
        sheet.add("image", "", one.text("icon_url"))
    title, address = fields.text("title"), fields.text("url")
    if address:
        sheet.add("link", title, address)
    else:
        sheet.say(title, "discord", "heading")
    sheet.say(fields.text("description"), "discord")
    for each in fields.list("fields"):
        sheet.read(_discord_field, each)
    for name in ("thumbnail", "image"):
        sheet.add("image", "", Fields(fields.record(name)).text("url"))
    footer = Fields(fields.record("footer"))
    sheet.add("footer", footer.text("text"))
    sheet.add("image", "", footer.text("icon_url"))
    sheet.add("time", fields.text("timestamp"))
    if color := fields.text("color"):
        sheet.keep({"bar": f"#{int(color):06x}" if color.isdigit() else color}, first)


def _discord_field(fields: Fields, sheet: Sheet) -> None:
    sheet.say(": ".join(filter(None, (fields.text("name"), fields.text("value")))), "discord")


def _discord_choice(fields: Fields, sheet: Sheet) -> None:
    label = fields.text("label")
    sheet.add("choice", ": ".join(filter(None, (label, fields.text("description")))))
    sheet.add("chosen from the start", label if fields.take("default", bool) else "")


def _discord_button(fields: Fields, sheet: Sheet) -> None:
    emoji = Fields(fields.record("emoji")).text("name")
    style = {"1": "accent", "2": "secondary", "3": "good", "4": "danger"}.get(fields.text("style"), "")
    first = len(sheet.parts)
    label = " ".join(filter(None, (emoji, fields.text("label")))) or "without a label"
    sheet.add("button", label, fields.text("url"))
    sheet.keep({"style": style}, first)


def _discord_menu(fields: Fields, sheet: Sheet) -> None:
    first, label = len(sheet.parts), fields.text("placeholder")
    sheet.add("menu", label)
    for each in fields.list("options"):
        sheet.read(_discord_choice, each)
    for kind in ("choice", "chosen from the start"):
        sheet.belongs(first, kind, label)


def _discord_parts(fields: Fields, sheet: Sheet) -> None:
    sheet.read_all(_COMPONENTS, fields.list("components"))


# https://discord.com/developers/docs/components/reference
_COMPONENTS: dict[str, Reader] = {
    "1": _discord_parts, "2": _discord_button, "3": _discord_menu, "17": _discord_parts,
    "10": lambda fields, sheet: sheet.say(fields.text("content"), "discord"),
}  # fmt: skip


def discord(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Discord."""
    sheet.called = {
        "tts": "read out loud", "avatarurl": "picture of the sender", "parse": "who is told of it",
        "threadname": "name of the thread", "suppressembeds": "links without a preview", "replieduser": "tells who is answered", "appliedtags": "tags of the thread",
    }  # fmt: skip
    sheet.say(fields.text("content"), "discord")
    for each in fields.list("embeds"):
        sheet.read(_embed, each)
    _discord_parts(fields, sheet)


# Telegram: https://core.telegram.org/bots/api#sendmessage


def telegram(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Telegram."""
    sheet.called = {
        **dict.fromkeys(("isdisabled", "disablewebpagepreview"), "links without a preview"), "protectcontent": "cannot be passed on",
        "preferlargemedia": "large preview of links", "prefersmallmedia": "small preview of links", "showabovetext": "preview of links above the text",
        "showcaptionabovemedia": "text above the picture", "hasspoiler": "picture hidden until it is tapped", "messagethreadid": "topic that it is in",
        "allowsendingwithoutreply": "sent although what it answers is gone", "messageeffectid": "effect when it arrives",
        "allowpaidbroadcast": "paid for to be sent faster",
    }  # fmt: skip
    mode: Any = fields.take("parse_mode")
    flavour = (
        "HTML" if str(mode).lower() == "html" else mode if mode in ("MarkdownV2", "Markdown") else "none"
    )
    sheet.add("image", "", fields.text("photo"))
    for name in ("text", "caption"):
        sheet.say(fields.text(name), flavour)
    if fields.take("disable_notification", bool):
        sheet.add("how it arrives", "without a sound")
    markup = Fields(fields.record("reply_markup"))
    is_first = True
    for row in (*markup.list("inline_keyboard"), *markup.list("keyboard")):
        for at, each in enumerate(row if isinstance(row, list) else [row]):
            looks = {} if is_first else {BESIDE: at > 0}
            sheet.read(_key(looks), each if isinstance(each, Mapping) else {"text": each})
            is_first = False
    sheet.keep({"parse_mode": mode, **markup.rest()})


def _key(looks: Mapping[str, Any]) -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        addresses = [
            fields.text("url"),
            *(Fields(fields.record(name)).text("url") for name in ("web_app", "login_url")),
        ]
        first = len(sheet.parts)
        sheet.add("button", fields.text("text"), next(filter(None, addresses), ""))
        sheet.keep(looks, first)

    return read
