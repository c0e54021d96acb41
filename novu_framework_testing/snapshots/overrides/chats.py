"""WhatsApp, Discord and Telegram, each by what its API takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from novu_framework_testing.snapshots.overrides.parts import BESIDE, LINE, Fields, Reader, Sheet, plain
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


_OF_BUTTONS = {"url": "end of the address", "copy_code": "code to copy"}
"""What the value of a button of a template is, by the kind of the button; of another kind, it is what is answered."""
_COUNT = re.compile("[0-9]{1,8}")


def _component(of_card: str = "") -> Reader:
    """Return the reader of a part of a template, or of a card in it, if `of_card` says of which one."""

    def read(fields: Fields, sheet: Sheet) -> None:
        kind, words = fields.text("type").lower(), fields.text("text")
        given = fields.list("parameters")
        names = [Fields(each).text("parameter_name") or str(at) for at, each in enumerate(given, 1)]
        if kind in ("button", "buttons"):
            number, sort = fields.text("index"), fields.text("sub_type")
            for each in fields.list("buttons"):
                sheet.read(lambda one, on: on.add("button", one.text("text"), one.text("url")), each)
            where = f"{f'button {int(number) + 1}' if _COUNT.fullmatch(number) else 'a button'}{of_card}"
            for each in given:
                sheet.add(f"{_OF_BUTTONS.get(sort.lower(), 'answer')} of {where}", _value(each))
                if form := Fields(each).record("action"):
                    first = len(sheet.parts)
                    sheet.list("", form)
                    sheet.call(first, f"{{}} of the form of {where}")
            return
        for at, card in enumerate(map(Fields, fields.list("cards")), 1):
            for each in card.list("components"):
                sheet.read(_component(f" of card {at}"), each)
        values = [_value(each) for each in given]
        if words:
            filled = re.sub(
                r"\{\{\s*(\w+)\s*\}\}",
                lambda place: values[names.index(place[1])] if place[1] in names else place[0],
                words,
            )
            sheet.say(
                filled,
                "whatsapp",
                "heading" if kind == "header" else "footer" if kind == "footer" else "text",
            )
        for name, value, each in zip(names, values, given, strict=True):
            kind_of_value = Fields(each).text("type").lower()
            if kind_of_value in _MEDIA and isinstance(each.get(kind_of_value), Mapping):
                sheet.read(_media(kind_of_value), each[kind_of_value])
            elif not words:
                sheet.add(f"value {name} of the {kind or 'template'}{of_card}", value)
                # WhatsApp shows the words for a moment, whatever the numbers beside them say
                moment = Fields(Fields(each).record("date_time"))
                moment.take("fallback_value")
                price = Fields(Fields(each).record("currency")).text("fallback_value")
                unseen = moment.rest() | ({"fallback value": _AMOUNT.sub("*", price)} if price else {})
                if value:
                    sheet.parts[-1].unseen |= {(sheet.depth, key): said for key, said in unseen.items()}

    return read


def _template(fields: Fields, sheet: Sheet) -> None:
    sheet.template = fields.text("name")
    sheet.add("template", code_name(sheet.template))
    language = Fields(fields.record("language"))
    sheet.add("language of the template", locale_name(language.text("code")))
    sheet.keep({"what is done without this language": language.text("policy"), **language.rest()})
    for each in fields.list("components"):
        sheet.read(_component(), each)


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
    sheet.called = {
        "flowtoken": "mark for the app", "messageid": "message that it answers", "bizopaquecallbackdata": "mark for the app", "ttl": "how long it is tried", "messageactivitysharing": "tells when it was read",
    }  # fmt: skip
    sheet.lasting, sheet.own = {"ttl": 1}, {"flowactiondata": "{}"}
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
        sheet.add(f"picture of the {name}", "", one.text("icon_url"))
    title, address = fields.text("title"), fields.text("url")
    if address:
        sheet.add("link", title, address)
    else:
        sheet.say(title, "discord", "heading")
    sheet.say(fields.text("description"), "discord")
    for each in fields.list("fields"):
        sheet.read(_discord_field, each)
    for name, kind in (("thumbnail", "small picture"), ("image", "image")):
        sheet.add(kind, "", Fields(fields.record(name)).text("url"))
    footer = Fields(fields.record("footer"))
    sheet.add("footer", footer.text("text"))
    sheet.add("picture of the footer", "", footer.text("icon_url"))
    sheet.add("time", fields.text("timestamp"))
    sheet.keep({"bar": _colour(fields.text("color"))}, first, of_all=True)


def _colour(number: str) -> str:
    """Return a colour that is a number in the way of web pages.

    >>> _colour("65280"), _colour("")
    ('#00ff00', '')
    """
    return f"#{int(number):06x}" if _COUNT.fullmatch(number) else number


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


def _discord_section(fields: Fields, sheet: Sheet) -> None:
    _discord_parts(fields, sheet)
    if accessory := fields.record("accessory"):
        sheet.read_all(_COMPONENTS, [accessory])


def _discord_media(kind: str, name: str = "media") -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        sheet.add(kind, fields.text("description"), Fields(fields.record(name)).text("url"))

    return read


def _discord_gallery(fields: Fields, sheet: Sheet) -> None:
    for each in fields.list("items"):
        sheet.read(_discord_media("image"), each)


def _discord_divider(fields: Fields, sheet: Sheet) -> None:
    room = "much" if fields.text("spacing") == "2" else ""
    if fields.take("divider", bool) is False:
        sheet.add("empty line", room)
    else:
        first = len(sheet.parts)
        sheet.add("divider", LINE)
        sheet.keep({"spacing": room}, first)


def _discord_box(fields: Fields, sheet: Sheet) -> None:
    first = len(sheet.parts)
    _discord_parts(fields, sheet)
    sheet.keep({"bar": _colour(fields.text("accent_color"))}, first, of_all=True)


def _poll(fields: Fields, sheet: Sheet) -> None:
    sheet.add("question", Fields(fields.record("question")).text("text"))
    for each in fields.list("answers"):
        said = Fields(Fields(each).record("poll_media"))
        emoji = Fields(said.record("emoji")).text("name")
        sheet.add("choice", " ".join(filter(None, (emoji, said.text("text")))))
    hours = fields.text("duration")
    sheet.add_beside(
        "how long it can be answered", f"{hours} hour{'' if hours == '1' else 's'}" if hours else ""
    )


# https://discord.com/developers/docs/components/reference
_COMPONENTS: dict[str, Reader] = {
    "1": _discord_parts, "2": _discord_button, "3": _discord_menu, "9": _discord_section, "11": _discord_media("image"), "12": _discord_gallery,
    "13": _discord_media("file", "file"), "14": _discord_divider, "17": _discord_box,
    "10": lambda fields, sheet: sheet.say(fields.text("content"), "discord"),
}  # fmt: skip


def discord(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Discord."""
    sheet.called = {
        "tts": "read out loud", "avatarurl": "picture of the sender", "parse": "who is told of it",
        "username": "name of the sender", "roles": "groups who are told of it", "users": "people who are told of it", "messageid": "message that it answers",
        "stickerids": "stickers", "nonce": "mark against sending it twice", "enforcenonce": "never sent twice",
        "threadname": "name of the thread", "suppressembeds": "links without a preview", "replieduser": "tells who is answered", "appliedtags": "tags of the thread",
    }  # fmt: skip
    sheet.say(fields.text("content"), "discord")
    for each in fields.list("embeds"):
        sheet.read(_embed, each)
    _discord_parts(fields, sheet)
    if poll := fields.record("poll"):
        sheet.read(_poll, poll)
    flags = fields.take("flags", int) or 0
    for flag, kind, words in _FLAGS:
        sheet.add(kind, words if flags & flag else "")
        flags &= ~flag
    if flags & ~_PUT_TOGETHER:
        sheet.list("flags", flags)


_FLAGS = ((4, "links", "without a preview"), (4096, "how it arrives", "without a sound"))
"""What a number of Discord's stands for, by its bits."""
_PUT_TOGETHER = 32768
"""The bit that says that the message has components, which these say themselves."""


# Telegram: https://core.telegram.org/bots/api#sendmessage


def telegram(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Telegram."""
    sheet.called = {
        **dict.fromkeys(("isdisabled", "disablewebpagepreview"), "links without a preview"), "protectcontent": "cannot be passed on",
        "preferlargemedia": "large preview of links", "prefersmallmedia": "small preview of links", "showabovetext": "preview of links above the text",
        "showcaptionabovemedia": "text above the picture", "hasspoiler": "picture hidden until it is tapped", "messagethreadid": "topic that it is in",
        "allowsendingwithoutreply": "sent although what it answers is gone", "messageeffectid": "effect when it arrives",
        "messageid": "message that it answers", "linkpreviewoptions": "preview of links", "businessconnectionid": "account that sends it",
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
    sheet.add("words in the empty field", markup.text("input_field_placeholder"))
    sheet.keep({"parse_mode": mode, **markup.rest()})


def _key(looks: Mapping[str, Any]) -> Reader:
    def read(fields: Fields, sheet: Sheet) -> None:
        opened = [Fields(fields.record(name)) for name in ("web_app", "login_url")]
        addresses = [fields.text("url"), *(each.text("url") for each in opened)]
        copied = Fields(fields.record("copy_text")).text("text")
        first = len(sheet.parts)
        sheet.add("button", fields.text("text"), next(filter(None, addresses), ""))
        sheet.keep({**looks, "copy_text": copied, **opened[0].rest(), **opened[1].rest()}, first)

    return read
