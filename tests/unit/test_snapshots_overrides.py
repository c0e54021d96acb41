"""What is said of a change in an override: what its provider shows, in words, and never JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novu_framework.agents.cards import (
    Actions,
    Button,
    Card,
    CardLink,
    CardText,
    Divider,
    Image,
    Select,
    SelectOption,
    TextInput,
)
from novu_framework_testing.snapshots.overrides.changes import card_changes, override_changes
from novu_framework_testing.snapshots.overrides.looks import LOOKS, WORKS, look_sentence, works_sentences
from novu_framework_testing.snapshots.overrides.parts import fold
from novu_framework_testing.snapshots.overrides.providers import PROVIDERS, name_of, sheet_of
from tests.integration.provider_overrides import OVERRIDES
from tests.tables import one_in, walked


def said(provider: str, old: Any, new: Any) -> list[str]:
    """What is said, a line for each part: `part: old > new`, or `part: sentence`."""
    return [
        f"{part.removesuffix(f' in {NAMES[provider]}')}: {sentence or f'{was} > {now}'}"
        for part, was, now, sentence, *_ in override_changes({provider: old}, {provider: new})
    ]


NAMES = {
    "postmark": "Postmark", "onesignal": "OneSignal", "slack": "Slack", "msteams": "Microsoft Teams", "whatsapp-business": "WhatsApp", "discord": "Discord", "telegram": "Telegram",
    "fcm": "Firebase (FCM)", "apns": "Apple (APNs)", "expo": "Expo", "one-signal": "OneSignal", "sendgrid": "SendGrid",
    "mattermost": "Mattermost", "webex-messaging": "Webex", "twilio": "Twilio", "pagerduty": "pagerduty", "nexmo": "Vonage", "termii": "Termii", "sns": "Amazon SNS",
}  # fmt: skip


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), **more}


def fields(*texts: str) -> dict[str, Any]:
    return {"type": "section", "fields": [{"type": "mrkdwn", "text": text} for text in texts]}


def actions(*elements: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def rich(*runs: Any) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(runs)}]}


def rich_list(passed: int) -> dict[str, Any]:
    items = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": said}]} for said in ("One", "Two")
    ]
    counted = {"type": "rich_text_list", "style": "ordered", "offset": passed, "elements": items}
    return blocks({"type": "rich_text", "elements": [counted]})


def blocks(*given: Any) -> dict[str, Any]:
    return {"blocks": list(given)}


def card(*body: Any, **more: Any) -> dict[str, Any]:
    content = {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": content}],
    }


def line(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, **more}


def opens(title: str, url: str, **more: Any) -> dict[str, Any]:
    return {"type": "Action.OpenUrl", "title": title, "url": url, **more}


def facts(**pairs: str) -> dict[str, Any]:
    return {"type": "FactSet", "facts": [{"title": title, "value": value} for title, value in pairs.items()]}


def template(name: str, *values: str, language: str = "en") -> dict[str, Any]:
    parameters = [{"type": "text", "text": value} for value in values]
    return {
        "type": "template",
        "template": {
            "name": name,
            "language": {"code": language},
            "components": [{"type": "body", "parameters": parameters}],
        },
    }


def replies(body: str, *titles: str, ids: str = "") -> dict[str, Any]:
    buttons = [
        {"type": "reply", "reply": {"id": f"{ids}{at}", "title": title}} for at, title in enumerate(titles)
    ]
    return {
        "type": "interactive",
        "interactive": {"type": "button", "body": {"text": body}, "action": {"buttons": buttons}},
    }


def filled(*components: Any) -> dict[str, Any]:
    return {"template": {"name": "visit", "components": list(components)}}


def headed(header: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "interactive",
        "interactive": {"type": "button", "header": header, "body": {"text": "Hi"}},
    }


def embed(**fields: Any) -> dict[str, Any]:
    return {"embeds": [fields]}


def keys(*buttons: Any) -> dict[str, Any]:
    return {"text": "Hi", "reply_markup": {"inline_keyboard": [list(buttons)]}}


def price(amount: int, words: str = "€77.00") -> dict[str, Any]:
    value = {
        "type": "currency",
        "currency": {"fallback_value": words, "code": "EUR", "amount_1000": amount},
    }
    return {"template": {"name": "visit", "components": [{"type": "body", "parameters": [value]}]}}


TAKE = {"action_id": "take", "value": "take"}


def menu(words: str, *choices: str) -> dict[str, Any]:
    """Return a message for Discord with a menu."""
    return {"components": [{"type": 1, "components": [{"type": 3, "placeholder": words, "options": [{"label": each} for each in choices]}]}]}  # fmt: skip


def raw(*rows: str) -> dict[str, Any]:
    """Return a table for Slack."""
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": cell} for cell in row.split("|")] for row in rows],
    }


def asks(label: str, **element: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(label), "element": element}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(each)} for each in names]


def choices(*names: str, **more: Any) -> dict[str, Any]:
    each = [{"title": name, "value": name} for name in names]
    return {"type": "Input.ChoiceSet", "id": "c", "label": "Who leads?", "choices": each, **more}


def columns(*given: dict[str, Any]) -> dict[str, Any]:
    return {"type": "ColumnSet", "columns": [{"type": "Column", **each} for each in given]}


def grid(*rows: str) -> dict[str, Any]:
    """Return a table for Teams."""
    cells = [[{"type": "TableCell", "items": [line(cell)]} for cell in row.split("|")] for row in rows]
    return {
        "type": "Table",
        "columns": [{"width": 1}, {"width": 2}],
        "rows": [{"type": "TableRow", "cells": each} for each in cells],
    }


def moment(**more: Any) -> dict[str, Any]:
    value = {"type": "date_time", "date_time": {"fallback_value": "6 July", **more}}
    return {"template": {"name": "visit", "components": [{"type": "body", "parameters": [value]}]}}


def pictured(name: str) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://c.test/a.png", "alt_text": name}


def room(**more: Any) -> dict[str, Any]:
    """Return a card for Slack."""
    parts = {"hero_image": pictured("Map"), "icon": pictured("Key"), "title": plain("Room"), "subtitle": plain("Sea"), "body": plain("Big"), "actions": [button("Book")]}  # fmt: skip
    return blocks({"type": "card", **parts, **more})


def described(said: str) -> dict[str, Any]:
    choice = {"text": plain("Now"), "description": plain(said)}
    return blocks(actions({"type": "radio_buttons", "options": [choice]}))


def chart(kind: str, value: int) -> dict[str, Any]:
    return card({"type": f"Chart.{kind}", "title": "Beds", "data": [{"legend": "Free", "value": value}, {"x": "Mon", "y": 3}]})  # fmt: skip


def message_card(picture: str = "a", name: str = "Open", url: str = "a") -> dict[str, Any]:
    pressed = {"@type": "OpenUri", "name": name, "targets": [{"os": "default", "uri": f"https://c.test/{url}"}]}  # fmt: skip
    return {"title": "Order", "sections": [{"activityTitle": "Ann", "activityImage": f"https://c.test/{picture}.png", "potentialAction": [pressed]}]}  # fmt: skip


def web(**more: Any) -> dict[str, Any]:
    return {"webpush": {"notification": {"title": "Hi", **more}}}


def box(*items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Container", "items": [*items], **more}


def bullets(style: str, *items: str) -> dict[str, Any]:
    runs = [{"type": "rich_text_section", "elements": [{"type": "text", "text": each}]} for each in items]
    return {"type": "rich_text_list", "style": style, "elements": runs}


def listed(*lists: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [*lists]}


def shows(title: str, *texts: str) -> dict[str, Any]:
    """Return a card with a button that shows texts."""
    shown = {"type": "AdaptiveCard", "body": [line(each) for each in texts]}
    return card(actions=[{"type": "Action.ShowCard", "title": title, "card": shown}])


def flow(data: dict[str, Any], button: int = 0, name: str = "a") -> dict[str, Any]:
    form = {"type": "action", "action": {"flow_action_data": data}}
    button_of = {"type": "button", "sub_type": "flow", "index": button, "parameters": [form]}
    return {"template": {"name": name, "components": [button_of]}}


def asked(question: str, *answers: str, hours: int, **more: Any) -> dict[str, Any]:
    said = [{"poll_media": {"text": each}} for each in answers]
    return {"poll": {"question": {"text": question}, "answers": said, "duration": hours, **more}}


TOGETHER = "message for {}: how it is put together changed, and none of its words, links and pictures"


PAIRS: list[tuple[str, Any, Any, list[str]]] = [
    # Slack
    ("slack", blocks(section("*R. Mendes* asked for a call back about _chest pain_."), actions(button("I take it", style="primary", **TAKE))),
     blocks(section("*R. Mendes* asked for an urgent call back about _chest pain_."), context("Answer within *15 minutes*, or it goes to <!subteam^S1|@backup>."), actions(button("I take it", style="danger", **TAKE))),
     ["text: R. Mendes asked for a call back about chest pain. > R. Mendes asked for an urgent call back about chest pain.", "text: None > Answer within 15 minutes, or it goes to @backup.", "button “I take it”: its look changed (now red instead of green)"]),
    ("slack", blocks(section("One"), section("Two"), actions(button("Take"))), blocks(section("Zero"), section("One"), section("Two"), actions(button("Take"))),
     ["text: None > Zero"]),
    ("slack", blocks(section("One"), {"type": "divider"}, section("Two")), blocks(section("One"), section("Two")),
     ["divider: a line across is gone"]),
    ("slack", blocks(section("One"), section("Two")), blocks(section("One"), {"type": "divider"}, section("Two")),
     ["divider: a line across is new"]),
    ("slack", blocks(actions(button("Take it", **TAKE))), blocks(actions(button("Take it", action_id="own", value="take"))),
     ["settings: what nobody sees changed: action id of the button “Take it”"]),
    ("slack", blocks(actions(button("Take it", style="primary"))), blocks(actions(button("Take it"))),
     ["button “Take it”: its look changed (no longer green)"]),
    ("slack", blocks({"type": "header", "text": plain("Low stock")}, section("Hi")), blocks({"type": "header", "text": plain(":bell: Low stock")}, section("Hi :wave: :party_parrot: `:bell:`")),
     ["heading: Low stock > 🔔 Low stock", "text: Hi > Hi 👋 :party_parrot: :bell:"]),
    ("msteams", {"body": [{"type": "TextBlock", "text": "We climb.", "size": "Small"}, {"type": "TextBlock", "text": "They plant."}, {"type": "TextBlock", "text": "You find."}]},
     {"body": [{"type": "TextBlock", "text": "You find."}, {"type": "TextBlock", "text": "They plant."}]},
     ["text: “You find.” now comes before “They plant.”", "text: We climb. > None"]),
    ("slack", blocks({"type": "divider"}, section("One"), section("Two")), blocks(section("One"), section("Two"), {"type": "divider"}),
     ["divider: a line across now comes after “Two”"]),
    ("slack", blocks(actions(button("Yes"), button("No"))), blocks(actions(button("No"), button("Yes"))),
     ["button: “No” now comes before “Yes”"]),
    ("slack", blocks(actions(button("Open", action_id="a"), button("Close", action_id="b"))), blocks(actions(button("Close", action_id="b"), button("Open it", action_id="a", url="https://c.test"))),
     ["button: “Open it” now comes after “Close”", "words of a button: Open > Open it", "button: “Open it” leads to https://c.test now"]),
    ("slack", blocks(actions(button("Open", url="https://c.test/a"))), blocks(actions(button("Open", url="https://c.test/b"))),
     ["button “Open”: https://c.test/a > https://c.test/b"]),
    ("slack", blocks(actions(button("Open", url="https://c.test/a?day=1"))), blocks(actions(button("Open", url="https://c.test/a?day=2"))),
     ["button “Open”, address, day: 1 > 2"]),
    ("slack", blocks(actions(button("Open"))), blocks(actions(button("Open the record"))),
     ["button: Open > Open the record"]),
    ("slack", blocks(actions(button("Delete"))), blocks(actions(button("Delete", confirm={"title": plain("Sure?"), "text": plain("It is gone then.")}))),
     ["question before “Delete”: None > Sure?", "question before “Delete”: None > It is gone then."]),
    ("slack", blocks(section("Come *fasting* please")), blocks(section("Come fasting please")),
     ["style of text: “fasting” is no longer bold"]),
    ("slack", blocks(section("Come fasting please")), blocks(section("Come ~fasting~ please")),
     ["style of text: “fasting” is struck out now"]),
    ("slack", blocks(section("One\nTwo", block_id="a")), blocks(section("One\nTwo\nThree", block_id="a")),
     ["text: None > Three"]),
    ("slack", blocks(section("One", block_id="a")), blocks(section("One", block_id="b")),
     ["settings: what nobody sees changed: block id of the text “One”"]),
    ("slack", blocks(section("See <https://c.test/a|the guide>.")), blocks(section("See <https://c.test/b|the guide>.")),
     ["link “the guide”: https://c.test/a > https://c.test/b"]),
    ("slack", blocks(section("For <@U1|ann>")), blocks(section("For <@U2|ann>")),
     ["settings: what nobody sees changed: who is meant by @ann"]),
    ("slack", blocks(section("For <@U1|ann>")), blocks(section("For <!here>")),
     ["text: For @ann > For @here"]),
    ("slack", blocks(section("Due <!date^1392734382^{date} at {time}|in February>")), blocks(section("Due <!date^1392820782^{date} at {time}|in February>")),
     ["text: Due 2014-02-18 at 14:39 UTC > Due 2014-02-19 at 14:39 UTC"]),
    ("slack", blocks({"type": "header", "text": plain("Call back")}), blocks({"type": "header", "text": plain("Urgent call back")}),
     ["heading: Call back > Urgent call back"]),
    ("slack", blocks({"type": "image", "image_url": "https://c.test/a.png", "alt_text": "Map"}), blocks({"type": "image", "image_url": "https://c.test/b.png", "alt_text": "Map"}),
     ["image “Map”: https://c.test/a.png > https://c.test/b.png"]),
    ("slack", blocks(section("Day?", accessory={"type": "static_select", "placeholder": plain("Choose"), "options": [{"text": plain("Monday"), "value": "1"}]})),
     blocks(section("Day?", accessory={"type": "static_select", "placeholder": plain("Choose"), "options": [{"text": plain("Monday"), "value": "m"}, {"text": plain("Friday"), "value": "f"}]})),
     ["choice of “Choose”: None > Friday", "settings: what nobody sees changed: value of the choice “Monday” (1 became m)"]),
    ("slack", blocks(rich({"type": "text", "text": "Pay "}, {"type": "text", "text": "now", "style": {"bold": True}})), blocks(rich({"type": "text", "text": "Pay now"})),
     ["style of text: “now” is no longer bold"]),
    ("slack", blocks(rich({"type": "user", "user_id": "U7"}, {"type": "text", "text": " asks"})), blocks(rich({"type": "user", "user_id": "U8"}, {"type": "text", "text": " asks"})),
     ["text: @U7 asks > @U8 asks"]),
    ("slack", {"text": "Hi", **blocks(section("One"))}, {"text": "Hello", **blocks(section("One"))},
     ["notification: Hi > Hello"]),
    ("slack", {"text": "Hi"}, {"text": "Hi", "username": "Clinic"},
     ["name of the sender: None > Clinic"]),
    ("slack", {"attachments": [{"color": "good", "title": "Order", "text": "It is here."}]}, {"attachments": [{"color": "danger", "title": "Order", "text": "It is lost."}]},
     ["text: It is here. > It is lost.", "part “Order”: the bar at its edge is red now, and was green"]),
    ("slack", {"attachments": [{"fields": [{"title": "Carrier", "value": "DHL", "short": True}]}]}, {"attachments": [{"fields": [{"title": "Carrier", "value": "UPS", "short": False}]}]},
     ["text: Carrier: DHL > Carrier: UPS", "text “Carrier: UPS”: its look changed (now on a line of its own instead of beside the others)"]),
    ("slack", {"text": "Hi"}, {"_passthrough": {"body": {"text": "Hello"}, "headers": {"X-A": "1"}}},
     ["text: Hi > Hello", "X-A: None > 1"]),
    ("slack", {"text": "Hi"}, {"text": "Hi", "_passthrough": {"body": ["x"]}}, ["body: None > x"]),
    ("slack", blocks({"type": "poll", "question": "Tea?"}), blocks({"type": "poll", "question": "Coffee?"}),
     ["question: Tea? > Coffee?"]),
    ("slack", blocks(section("One two")), blocks(section("One  two ")),
     ["text: One two > One  two "]),
    # Teams
    ("msteams", card(line("One"), line("Two")), card(line("Zero"), line("One"), line("Two")),
     ["text: None > Zero"]),
    ("msteams", card(line("One", color="Good")), card(line("One", color="Attention", size="Large")),
     ["text “One”: its look changed (now red instead of green, now large)"]),
    ("msteams", card(line("Total", weight="Bolder")), card(line("Total")),
     ["text “Total”: its look changed (no longer bold)"]),
    ("msteams", card(facts(Allergies="None")), card(facts(Allergies="Penicillin")),
     ["text: Allergies: None > Allergies: Penicillin"]),
    ("msteams", card(facts(Ward="3")), card(facts(Ward="3", Allergies="Penicillin")),
     ["text: None > Allergies: Penicillin"]),
    ("msteams", card(actions=[opens("Open", "https://c.test/a")]), card(actions=[opens("Open the chart", "https://c.test/a", style="destructive")]),
     ["words of a button: Open > Open the chart", "button “Open the chart”: its look changed (now red)"]),
    ("msteams", card(line("One")), card(line("One"), msteams={"width": "Full"}), ["message: its look changed (now as wide as the chat)"]),
    *(("slack", {"text": "Hi"}, {"text": "Hi", flag: value}, [f"{said}: None > {'yes' if value else 'no'}"]) for flag, value, said in (
        ("unfurl_links", False, "shows a preview of links"), ("unfurl_media", True, "shows a preview of linked pictures and videos"),
        ("reply_broadcast", True, "shown in the whole channel too"), ("link_names", True, "turns names into mentions"))),
    *(("slack", rich_list(passed), rich_list(3), said) for passed, said in ((0, ["list item “One”: its look changed (now numbered from 4)"]), (1, ["list item “One”: its look changed (now numbered from 4 instead of numbered from 2)"]))),
    ("telegram", {"text": "Hi"}, {"text": "Hi", "disable_web_page_preview": True}, ["links without a preview: None > yes"]),
    ("twilio", {"body": "Hi"}, {"body": "Hi", "shortenUrls": True}, ["shortens links: None > yes"]),
    ("postmark", {"subject": "Hi"}, {"subject": "Hi", "TrackOpens": True}, ["counts who opens it: None > yes"]),
    ("onesignal", {"contents": {}}, {"contents": {}, "isAnyWeb": True}, ["shown in browsers: None > yes"]),
    ("msteams", card(line("One")), card(line("One"), version="1.4"),
     ["settings: what nobody sees changed: version"]),
    ("msteams", card({"type": "Container", "style": "good", "items": [line("One"), line("Two")]}), card({"type": "Container", "style": "attention", "items": [line("One"), line("Two")]}),
     ["part “One”: its look changed (now on red, was on green)"]),
    ("msteams", card({"type": "Input.Text", "id": "why", "label": "Why", "placeholder": "A word"}), card({"type": "Input.Text", "id": "reason", "label": "Why", "isRequired": True}),
     ["field: Why > Why (required)", "words in the empty field of “Why”: A word > None", "settings: what nobody sees changed: id of the field “Why (required)”"]),
    ("msteams", {"title": "Order", "sections": [{"activityTitle": "Ann", "facts": [{"name": "Due", "value": "Monday"}]}]}, {"title": "Order", "sections": [{"activityTitle": "Ann", "facts": [{"name": "Due", "value": "Friday"}]}]},
     ["text under “Ann”: Due: Monday > Due: Friday"]),
    # WhatsApp
    ("whatsapp-business", template("visit", "Ann", "Dr. Okafor"), template("visit", "Ann", "Dr. Lindqvist"),
     ["value 2 of the body: Dr. Okafor > Dr. Lindqvist"]),
    ("whatsapp-business", template("visit", "Ann"), template("visit_v2", "Ann", language="de"),
     ["template: visit > visit v2 (visit_v2)", "language of the template: English (en) > German (de)"]),
    ("whatsapp-business", template("visit", "Ann"), template("visit", "Ann", "Dr. O"),
     ["value 2 of the body: None > Dr. O"]),
    ("whatsapp-business", replies("Is it fine?", "Yes", "No"), replies("Is it fine?", "Yes", "Not yet", "No"),
     ["button: None > Not yet", "settings: what nobody sees changed: id of the button “No”"]),
    ("whatsapp-business", replies("Is it fine?", "Yes"), replies("Is it *really* fine?", "Yes", ids="x"),
     ["text: Is it fine? > Is it really fine?", "settings: what nobody sees changed: id of the button “Yes”"]),
    ("whatsapp-business", {"type": "image", "image": {"link": "https://c.test/a.png", "caption": "Door"}}, {"type": "image", "image": {"link": "https://c.test/b.png", "caption": "The door"}},
     ["image b.png: https://c.test/a.png > https://c.test/b.png", "text: Door > The door"]),
    ("whatsapp-business", {"type": "template", "template": {"name": "a", "components": [{"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "4711"}]}]}},
     {"type": "template", "template": {"name": "a", "components": [{"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "4712"}]}]}},
     ["end of the address of button 1: 4711 > 4712"]),
    # Discord and Telegram
    ("discord", embed(title="Order", url="https://c.test/o", color=5814783), embed(title="Order", url="https://c.test/p", color=16711680),
     ["link “Order”: https://c.test/o > https://c.test/p", "part “Order”: the bar at its edge is red #ff0000 now, and was blue #58b9ff"]),
    ("discord", embed(description="It is **here**", fields=[{"name": "Due", "value": "Monday"}]), embed(description="It is here", fields=[{"name": "Due", "value": "Monday", "inline": True}, {"name": "Ward", "value": "3"}]),
     ["text: None > Ward: 3", "style of text: “here” is no longer bold", "text “Due: Monday”: its look changed (now beside the others)"]),
    ("discord", {"content": "Hi", "username": "Bot"}, {"content": "Hello <@1>", "username": "Clinic"},
     ["text: Hi > Hello @1", "name of the sender: Bot > Clinic"]),
    ("telegram", {"parse_mode": "HTML", "text": "<b>Visit</b> at 9\n<i>Ward 3</i>"}, {"parse_mode": "HTML", "text": "<b>Visit</b> at 10\nWard 3"},
     ["text: Visit at 9 > Visit at 10", "style of text: “Ward 3” is no longer in italics"]),
    ("telegram", {"parse_mode": "MarkdownV2", "text": "At 9\\."}, {"parse_mode": "MarkdownV2", "text": "*At* 9\\."},
     ["style of text: “At” is bold now"]),
    ("telegram", keys({"text": "Yes", "callback_data": "y"}, {"text": "Open", "url": "https://c.test/a"}), keys({"text": "Yes", "callback_data": "yes"}, {"text": "Open", "url": "https://c.test/b"}),
     ["button “Open”: https://c.test/a > https://c.test/b", "settings: what nobody sees changed: callback data of the button “Yes” (y became yes)"]),
    ("whatsapp-business", filled({"type": "buttons", "buttons": [{"type": "url", "text": "Pay", "url": "https://c.test/a"}]}), filled({"type": "buttons", "buttons": [{"type": "url", "text": "Pay", "url": "https://c.test/b"}, {"type": "phone", "text": "Call"}]}),
     ["button “Pay”: https://c.test/a > https://c.test/b", "button: None > Call"]),
    ("whatsapp-business", headed({"type": "image", "image": {"link": "https://c.test/a.png"}}), headed({"type": "image", "image": {"link": "https://c.test/b.png"}}),
     ["image b.png: https://c.test/a.png > https://c.test/b.png"]),
    ("whatsapp-business", headed({"type": "text", "text": "One"}), headed({"type": "text", "text": "Two"}), ["heading: One > Two"]),
    *(("discord", embed(title="Order", **{where: {name: "https://c.test/a.png"}}), embed(title="Order", **{where: {name: "https://c.test/b.png"}}), [f"{said}: https://c.test/a.png > https://c.test/b.png"])
      for where, name, said in (("author", "icon_url", "picture of the author"), ("provider", "icon_url", "picture of the provider"), ("thumbnail", "url", "small picture"),
                                ("image", "url", "image b.png"), ("footer", "icon_url", "picture of the footer"))),
    # Push
    ("fcm", {"data": {"screen": "home"}, "badge": 1}, {"data": {"screen": "bills", "id": "7"}, "badge": 2},
     ["id of data: None > 7", "screen: home > bills", "number on the icon: 1 > 2"]),
    ("fcm", {"notification": {"title": "Hi", "body": "There"}}, {"notification": {"title": "Hello", "body": "There", "image": "https://c.test/a.png"}},
     ["title: Hi > Hello", "image a.png: None > https://c.test/a.png"]),
    ("fcm", {"android": {"priority": "high", "notification": {"title": "Hi"}}}, {"android": {"priority": "normal", "notification": {"title": "Hello"}}},
     ["title on Android: Hi > Hello", "how urgent its delivery is on Android: high > normal"]),
    ("fcm", {"apns": {"payload": {"aps": {"alert": {"title": "Hi"}, "sound": "a"}}}}, {"apns": {"payload": {"aps": {"alert": {"title": "Hello"}, "sound": "b"}}}},
     ["title on Apple: Hi > Hello", "sound on Apple: a > b"]),
    ("apns", {"aps": {"alert": "Hi", "badge": 1}}, {"aps": {"alert": "Hello", "badge": 2}},
     ["text: Hi > Hello", "number on the icon: 1 > 2"]),
    ("expo", {"title": "Hi", "ttl": 60}, {"title": "Hello", "ttl": 90},
     ["title: Hi > Hello", "how long it is kept: 1 minute > 1 minute 30 seconds"]),
    ("one-signal", {"headings": {"en": "Hi", "de": "Hallo"}}, {"headings": {"en": "Hello", "de": "Hallo"}},
     ["title in English (en): Hi > Hello"]),
    # Emails, and providers that nothing is known of
    ("sendgrid", {"subject": "Hi", "html": "<p>Hello</p><a href='/a'>Pay</a>"}, {"subject": "Hi you", "html": "<p>Good day</p><a href='/b'>Pay</a>"},
     ["subject: Hi > Hi you", "text: Hello > Good day", "link “Pay”: /a > /b"]),
    ("sendgrid", {"sendAt": 1780000000}, {"sendAt": 1780086400}, ["when it is sent: 28 May 2026, 20:26 UTC > 29 May 2026, 20:26 UTC"]),
    ("sendgrid", {"headers": {"List-Unsubscribe": "<https://x.test/u>"}}, {"headers": {"List-Unsubscribe": "<https://x.test/u>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}},
     ["how to unsubscribe: None > with one click"]),
    ("fcm", {"data": {"expiresAt": 1780000000123, "time": 30}}, {"data": {"expiresAt": 1780086400123, "time": 60}}, ["expires at: 28 May 2026, 20:26 UTC > 29 May 2026, 20:26 UTC", "time: 30 > 60"]),
    ("sendgrid", {"templateId": "d-1", "categories": ["a", "b"]}, {"templateId": "d-2", "categories": ["new", "a", "b"]},
     ["template: d-1 > d-2", "label for statistics: None > new"]),
    ("mattermost", {"text": "**Now**"}, {"text": "**Later**"},
     ["text: Now > Later"]),
    ("webex-messaging", {"markdown": "- one\n- two"}, {"markdown": "- one\n- and\n- two"},
     ["list item: None > and"]),
    ("twilio", {"body": "Hi", "from": "+1"}, {"body": "Hello", "from": "+2"},
     ["text: Hi > Hello", "sender: +1 > +2"]),
    ("pagerduty", {"severity": "critical", "links": [{"href": "https://a.test", "text": "Runbook"}]}, {"severity": "warning", "links": [{"href": "https://b.test", "text": "Runbook"}]},
     ["href: https://a.test > https://b.test", "severity: critical > warning"]),
    ("pagerduty", {"count": 1, "open": True, "customDetails": {"id": "7"}}, {"count": "1", "open": False, "customDetails": {"id": "8"}},
     ["id of custom details: 7 > 8", "open: yes > no", "count “1”: it is a text now, and was a number"]),
    ("pagerduty", {"x": {}}, {"x": []},
     ["x: (empty) > (empty list)"]),
    *(("termii", {f"wait{unit}": was}, {f"wait{unit}": now}, ["wait: 2 hours > 1 hour"])
      for unit, was, now in (("Seconds", 7200, 3600), ("Secs", 7200, 3600), ("Milliseconds", 7_200_000, 3_600_000), ("Millis", 7_200_000, 3_600_000), ("Ms", 7_200_000, 3_600_000))),
    # markup
    ("mattermost", {"text": "See ![Map](https://c.test/a.png)"}, {"text": "See ![Map](https://c.test/b.png)"}, ["image “Map”: https://c.test/a.png > https://c.test/b.png"]),
    *(("slack", {"text": f"In {was}"}, {"text": f"In {now}"}, [f"text: In {before} > In {after}"])
      for was, now, before, after in (("<#C1|orders>", "<#C2|#news>", "#orders", "#news"), ("<@U1|@ann>", "<@U2>", "@ann", "@U2"), ("&gt; 1 &amp; &quot;2&quot;", "&gt; 2", '> 1 & "2"', "> 2"))),
    *(("slack", {"text": f"Due <!date^{seconds}^{{date}} {{time}}|soon>"}, {"text": "Due"}, [f"text: Due {shown} > Due"])
      for seconds, shown in ((1392734382, "2014-02-18 14:39 UTC"), (9999999999999, "9999999999999 9999999999999"), (10**18, f"{10**18} {10**18}"), (10**30, f"{10**30} {10**30}"))),
    # each part of what Slack and Teams have
    *(("slack", room(), room(**{part: now}), [said]) for part, now, said in (
        ("hero_image", pictured("Plan"), "alternative text of an image: Map > Plan"), ("icon", pictured("Lock"), "alternative text of an image: Key > Lock"),
        ("title", plain("Suite"), "heading after “Key”: Room > Suite"), ("subtitle", plain("Bay"), "text after “Room”: Sea > Bay"),
        ("body", plain("Small"), "text after “Sea”: Big > Small"), ("actions", [button("Take")], "button after “Big”: Book > Take"))),
    ("slack", described("today"), described("at once"), ["choice: today > at once"]),
    ("slack", blocks(actions({"type": "button", "action_id": "a"})), blocks(actions({"type": "button", "action_id": "a", "url": "https://c.test/a"})), ["button: “without a label” leads to https://c.test/a now"]),
    ("slack", blocks(asks("Floor", type="plain_text_input")), blocks(asks("Floor", type="plain_text_input") | {"optional": True}), ["field: Floor > Floor (optional)"]),
    *(("slack", {"text": "Hi", name: "a"}, {"text": "Hi", name: "b"}, [f"{words}: a > b"]) for name, words in (
        ("mrkdwn", "draws signs such as * as bold"), ("parse", "what it turns into links"), ("thread_ts", "thread that it answers"), ("icon_url", "picture of the sender"),
        ("icon_emoji", "emoji of the sender"), ("as_user", "sent by a person"), ("response_type", "who sees it"),
        ("replace_original", "takes the place of the message before"), ("delete_original", "removes the message before"))),
    *(("msteams", card({"type": f"Input.{was}", "id": "a", "label": "When?", "placeholder": "Now"}), card({"type": f"Input.{now}", "id": "a", "label": "When?", "placeholder": "Now"}), [f"field “When?”: the kind of field changed: {said}"])
      for was, now, said in (("Text", "Number", "a text became a number"), ("Number", "Toggle", "a number became a switch"), ("Toggle", "ChoiceSet", "a switch became a choice"), ("ChoiceSet", "Text", "a choice became a text"))),
    *(("msteams", chart(kind, 1), chart(kind, 2), ["value of the chart under “Beds”: Free: 1 > Free: 2"]) for kind in ("Pie", "Donut", "Line", "HorizontalBar", "VerticalBar", "Gauge")),
    ("msteams", card({"type": "Container", "items": [line("A")], "selectAction": opens("Open", "https://c.test/a")}), card({"type": "Container", "items": [line("A")], "selectAction": opens("Open", "https://c.test/b")}), ["link “Open”: https://c.test/a > https://c.test/b"]),
    ("msteams", card(choices("Ann", choices=["Ann", {"title": "Bo", "value": "b"}], value="b")), card(choices("Ann", choices=["Ann", {"title": "Bo", "value": "b"}], value="c")), ["chosen from the start in “Who leads?”: Bo > c"]),
    *(("msteams", {"title": "Order", "potentialAction": [{"name": "Open", "target": [was]}]}, {"title": "Order", "potentialAction": [{"name": "Open", "target": [now]}]}, [f"button “Open”: {was} > {now}"])
      for was, now in (("https://c.test/a", "https://c.test/b"),)),
    ("msteams", message_card(), message_card("b"), ["image b.png: https://c.test/a.png > https://c.test/b.png"]),
    ("msteams", message_card(), message_card(name="Show"), ["words of a button: Open > Show"]),
    ("msteams", message_card(), message_card(url="b"), ["button “Open”: https://c.test/a > https://c.test/b"]),
    # what else is changed by people
    ("slack", blocks({"type": "header", "text": plain("Alarm")}, section("x")), blocks(section("Alarm"), section("x")),
     ["text: “Alarm” is a text now, and was a heading"]),
    ("slack", blocks(section("First"), section("Second"), section("Third")), blocks(section("Third"), section("First"), section("Second")),
     ["text: “Third” now comes before “First”"]),
    ("slack", blocks(section("Come at nine. Bring your card.")), blocks(section("Come at nine."), section("Bring your card.")),
     ["text: “Bring your card.” stands on a line of its own now"]),
    ("slack", blocks(fields("*Ward*\n3", "*Doctor:*\nLee")), blocks(fields("*Ward*\n4", "*Doctor:*\nLee", "*Bed*\n2")),
     ["text: Ward: 3 > Ward: 4", "text: None > Bed: 2"]),
    ("slack", blocks(fields("Zone K2", "Until Friday")), blocks(section("Zone K2"), section("Until Friday")),
     [f"text “{one}”: its look changed (no longer in one of two columns)" for one in ("Zone K2", "Until Friday")]),
    ("slack", blocks(section("`code` & one\n> quoted")), blocks(section("`code2` & one\nquoted")),
     ["text: code & one > code2 & one", "style of text: “quoted” is no longer quoted"]),
    ("slack", blocks(section("Open", accessory=button("Go"))), blocks(section("Open")),
     ["button: Go > None"]),
    ("slack", blocks(section("One")), {"text": "One"},
     ["message for Slack: how it is put together changed, and none of its words, links and pictures"]),
    ("msteams", card(line("Come **fasting**, see [guide](https://a.test)")), card(line("Come fasting, see [guide](https://b.test)")),
     ["link “guide”: https://a.test > https://b.test", "style of text: “fasting” is no longer bold"]),
    ("msteams", card(line("A", id="x")), card(line("A", id="x", isVisible=False)),
     ["text “A”: its look changed (now hidden, unless a button shows it)"]),
    ("msteams", card({"type": "Image", "url": "https://a.test/a.png", "altText": "Map", "size": "Small"}), card({"type": "Image", "url": "https://a.test/a.png", "altText": "The map", "size": "Large"}),
     ["alternative text of an image: Map > The map", "image “The map”: its look changed (now large instead of small)"]),
    ("msteams", card(actions=[{"type": "Action.Submit", "title": "OK", "data": {"x": 1}}]), card(actions=[{"type": "Action.Submit", "title": "OK", "data": {"x": 2}}]),
     ["settings: what nobody sees changed: data of the button “OK”"]),
    ("whatsapp-business", {"type": "location", "location": {"name": "Clinic", "latitude": 1, "longitude": 2}}, {"type": "location", "location": {"name": "Clinic", "latitude": 1, "longitude": 3}},
     ["position on the map: 1, 2 > 1, 3"]),
    ("telegram", {"text": "*a*", "parse_mode": "Markdown"}, {"text": "*a*"},
     ["text: a > *a*", "style of text: “a” is no longer bold", "settings: what nobody sees changed: parse mode"]),
    ("fcm", {"data": {"orderId": "7"}}, {"data": {"order_id": "7"}},
     ["settings: what nobody sees changed: name in the data of the order id “7”"]),
    # what trials found
    ("whatsapp-business", price(77000), price(7700), ["value 1 of the body: 77.00 EUR > 7.70 EUR, written as “€77.00” where that cannot be shown"]),
    ("whatsapp-business", price(60000, "60 €"), price(65000, "65 €"), ["value 1 of the body: 60.00 EUR > 65.00 EUR"]),
    ("whatsapp-business", price(60000, "60 €"), price(60000, "60 euros"), ["settings: other settings changed: fallback value of the value 1 of the body “60.00 EUR”"]),
    ("fcm", {"android": {"ttl": 7_200_000}}, {"android": {"ttl": 86_400_000}}, ["how long it is kept on Android: 2 hours > 1 day"]),
    ("fcm", {"android": {"ttl": "7200s"}, "data": {"ttl": 5}}, {"android": {"ttl": "86400s"}, "data": {"ttl": 6}}, ["how long it is kept on Android: 2 hours > 1 day", "ttl: 5 > 6"]),
    ("one-signal", {"ttl": 259200}, {"ttl": 5400}, ["how long it is kept: 3 days > 1 hour 30 minutes"]),
    ("expo", {"ttl": 60}, {"ttl": "60"}, ["how long it is kept “1 minute”: it is a text now, and was a number"]),
    ("termii", {"createdMs": 1780000000000}, {"createdMs": 1780086400000}, ["created: 28 May 2026, 20:26 UTC > 29 May 2026, 20:26 UTC"]),
    ("twilio", {"validityPeriod": 600}, {"validityPeriod": 3600}, ["how long it is tried: 10 minutes > 1 hour"]),
    ("nexmo", {"ttl": 900000}, {"ttl": "soon"}, ["how long it is tried: 15 minutes > soon"]),
    ("termii", {"keepSeconds": 7200, "waitMs": -1}, {"keepSeconds": 86400, "waitMs": -2}, ["keep: 2 hours > 1 day", "wait ms: -1 > -2"]),
    ("msteams", card({"type": "Container", "style": "emphasis", "items": [line("A")]}), card({"type": "Container", "style": "warning", "items": [line("A")]}),
     ["part “A”: its look changed (now on yellow, was on grey)"]),
    ("whatsapp-business", template("visit", "Ann", "north", "€77"), template("visit", "Ann", "€77"), ["value 2 of the body: north > €77", "value 3 of the body: €77 > None"]),
    ("whatsapp-business", template("order_update_v2", "Ann", language="en_GB"), template("order_update_v3", "Ann", language="en_US"), ["template: order update v2 (order_update_v2) > order update v3 (order_update_v3)", "language of the template: English, United Kingdom (en_GB) > English, United States (en_US)"]),
    ("telegram", {"reply_markup": {"inline_keyboard": [[{"text": "A"}, {"text": "B"}]]}}, {"reply_markup": {"inline_keyboard": [[{"text": "A"}], [{"text": "B"}]]}}, ["button “B”: its look changed (now below the button before it instead of beside the button before it)"]),
    ("slack", blocks(rich({"type": "text", "text": "Shifts for ", "style": {"bold": True}}, {"type": "text", "text": "12 June"})), blocks(rich({"type": "text", "text": "Shifts for "}, {"type": "text", "text": "12 June"})), ["style of text: “Shifts for” is no longer bold"]),
    ("discord", menu("Day?", "Monday", "Friday"), menu("Day?", "Friday", "Monday"), ["choice: “Friday” now comes before “Monday”"]),
    ("discord", menu("Day?", "Monday", "Friday"), menu("Which day?", "Monday", "Friday"), ["menu: Day? > Which day?"]),
    ("telegram", {"text": "Hi", "disable_notification": False}, {"text": "Hi", "disable_notification": True}, ["how it arrives: None > without a sound"]),
    ("fcm", {"android": {"notification": {"color": "#2e7d32"}}}, {"android": {"notification": {"color": "#c62828"}}}, ["colour of the icon: dark green #2e7d32 > red #c62828"]),
    ("slack", blocks(section("A"), {"type": "new_kind", "text": "x", "z": [1, 2]}), blocks(section("A"), {"type": "new_kind", "text": "x", "z": [[1, 2]]}), ["message for Slack: how it is put together changed, and none of its words, links and pictures"]),
    # each kind of part, and each kind of edit
    ("slack", blocks(raw("Room|Guest", "412|Okafor", "413|Lind")), blocks(raw("Room|Guest", "413|Lind", "412|Okafor")),
     ["cell: the row “413” now comes before “412”"]),
    ("slack", blocks(raw("Room|Guest", "412|Okafor", "413|Lind")), blocks(raw("Guest|Room", "Okafor|412", "Lind|413")),
     ["columns: the column with “Guest” now comes before “Room”"]),
    ("slack", blocks(raw("Room|Guest", "412|Okafor", "413|Lind")), blocks(raw("Room|Beds|Guest", "412|2|Okafor", "413|1|Lind")),
     ["column “Beds” before “Guest”: None > 2\n1"]),
    ("slack", blocks(raw("Room|Beds|Guest", "412|2|Okafor", "413|1|Lind")), blocks(raw("Room|Guest", "412|Okafor", "413|Lee")),
     ["column “Beds”: 2\n1 > None", "cell beside “413, Guest”: Lind > Lee"]),
    ("slack", blocks(raw("Room|Guest", "412|Okafor")), blocks(raw("Room|Guest", "412|Okafor", "413|Lind")),
     ["row: None > 413, Lind"]),
    ("slack", blocks(raw("Room|Guest|Beds", "412|Okafor|2")), blocks(raw("Room|Guest|Beds", "412|Okafor|1")),
     ["cell beside “412, Beds”: 2 > 1"]),
    ("slack", blocks({**raw("Room|Guest"), "column_settings": [{"align": "left"}]}), blocks({**raw("Room|Guest"), "column_settings": [{"align": "right"}]}),
     ["cell “Room”: its look changed (now on the right, was on the left)"]),
    ("slack", blocks(actions(button("Open", url="https://c.test/a"))), blocks(actions(button("Open"))),
     ["button: “Open” no longer leads to https://c.test/a"]),
    ("slack", blocks(actions(button("Take", confirm={"title": plain("Sure?")}))), blocks(actions(button("Take it", confirm={"title": plain("Sure?"), "style": "danger"}))),
     ["button: Take > Take it", "question “Sure?”: its look changed (now red)"]),
    ("slack", blocks(actions({"type": "overflow", "options": options("Snooze", "Decline")})), blocks(actions({"type": "overflow", "options": options("Remind me", "Decline")})),
     ["choice of the ⋯ menu: Snooze > Remind me"]),
    ("slack", blocks(actions({"type": "radio_buttons", "options": options("Now", "Later"), "initial_option": options("Now")[0]})), blocks(actions({"type": "radio_buttons", "options": options("Now", "Later"), "initial_option": options("Later")[0]})),
     ["chosen from the start: Now > Later"]),
    ("slack", blocks(actions({"type": "users_select", "placeholder": plain("Who?"), "initial_user": "U1"})), blocks(actions({"type": "users_select", "placeholder": plain("Who?"), "initial_user": "U2"})),
     ["chosen from the start in “Who?”: U1 > U2"]),
    ("slack", blocks(actions({"type": "users_select", "placeholder": plain("Who?")})), blocks(actions({"type": "channels_select", "placeholder": plain("Who?")})),
     ["menu of channels: “Who?” is a menu of channels now, and was a menu of people"]),
    ("slack", blocks(actions({"type": "static_select", "placeholder": plain("Which?"), "options": options("A")})), blocks(actions({"type": "multi_static_select", "placeholder": plain("Which?"), "options": options("A")})),
     ["menu of several choices: “Which?” is a menu of several choices now, and was a menu"]),
    ("slack", blocks(asks("Floor", type="static_select", option_groups=[{"label": plain("North"), "options": options("1", "2")}])), blocks(asks("Floor", type="static_select", option_groups=[{"label": plain("East"), "options": options("2", "1")}])),
     ["choice: “2” now comes before “1”", "group of choices of “Floor”: North > East"]),
    ("slack", blocks(asks("Note", type="plain_text_input", initial_value="None", multiline=True, max_length=80)), blocks(asks("Note", type="plain_text_input", initial_value="None", max_length=200)),
     ["field “Note”: the most characters that it takes changed: 80 became 200", "field “Note”: it takes only one line now"]),
    ("slack", blocks(asks("Photo", type="file_input", filetypes=["png"])), blocks(asks("Photo", type="file_input", filetypes=["png", "jpg"], max_files=2)),
     ["field “Photo”: the files that it takes changed: png became png, jpg", "field “Photo”: the most files that it takes is new: 2"]),
    ("msteams", card(choices("Ann", "Bo", value="Ann")), card(choices("Ann", "Bo", value="Ann,Bo")), ["chosen from the start in “Who leads?”: Ann > Ann, Bo"]),
    ("msteams", card({"type": "Input.Toggle", "title": "Remind me", "value": "true"}), card({"type": "Input.Toggle", "title": "Remind me", "value": "false"}), ["what is filled in at “Remind me”: yes > no"]),
    ("sendgrid", {"trackingSettings": {"openTracking": {"enable": True}}}, {"trackingSettings": {"openTracking": {"enable": False}}}, ["counts who opens it: yes > no"]),
    ("msteams", card(actions=(two := [{"type": "Action.Submit", "title": "Pay"}, {"type": "Action.ShowCard", "title": "Refuse", "card": {"type": "AdaptiveCard", "body": [{"type": "Input.Text", "label": "Why?"}]}}])), card(actions=two[::-1]), ["button: “Pay” now comes after “Refuse”"]),
    ("fcm", {"data": {"amount": 1780000000}}, {"data": {"amount": 1780000001}}, ["amount: 1780000000 > 1780000001"]),
    ("whatsapp-business", {"document": {"link": "https://a.test/r.pdf", "filename": "rules.pdf"}}, {"document": {"link": "https://a.test/r.pdf", "filename": "regras.pdf"}}, ["file name of a document: rules.pdf > regras.pdf"]),
    ("slack", blocks({"type": "header", "text": plain("Rooms")}, section("Room 412 is free")) | {"text": "Room 412"}, blocks({"type": "header", "text": plain("Rooms")}, section("Room 413 is free")) | {"text": "Room 413"},
     ["text under “Rooms”: Room 412 is free > Room 413 is free", "notification: Room 412 > Room 413"]),
    ("slack", blocks({"type": "alert", "text": plain("Alarm"), "level": "warning"}), blocks({"type": "alert", "text": plain("Fire"), "level": "error"}),
     ["warning: Alarm > Fire", "warning “Fire”: its look changed (now red instead of yellow)"]),
    *(("slack", blocks(rich({"type": "text", "text": "Take "}, {"type": "text", "text": "the box", "style": was})), blocks(rich({"type": "text", "text": "Take "}, {"type": "text", "text": "the box", "style": now})), said)
      for was, now, said in (
          ({}, {"strike": True}, ["style of text: “the box” is struck out now"]), ({}, {"italic": True}, ["style of text: “the box” is in italics now"]), ({"code": True}, {}, ["style of text: “the box” is no longer code"]),
          ({}, {"underline": True}, ["style of text: “the box” is underlined now"]), ({"bold": True}, {"bold": True, "strike": True}, ["style of text: “the box” is struck out now"]), ({}, {"bold": True, "italic": True}, ["style of text: “the box” is bold now", "style of text: “the box” is in italics now"]))),
    ("slack", blocks({"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": each}]} for each in "AB"]}]}), blocks({"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "ordered", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": each}]} for each in "AB"]}]}),
     ["part “A”: its look changed (now with numbers instead of with points)"]),
    ("msteams", card(choices("Ada", "Bo")), card(choices("Ada", "Bo", "Cy", isMultiSelect=True, style="expanded")),
     ["choice of “Who leads?”: None > Cy", "field “Who leads?”: several choices are possible now", "field “Who leads?”: its look changed (now with all choices in sight)"]),
    ("msteams", card({"type": "Input.Number", "id": "n", "label": "Nights", "min": 1, "max": 9}), card({"type": "Input.Number", "id": "n", "label": "Nights", "max": 14, "errorMessage": "At most 14"}),
     ["what is said of a wrong entry of “Nights”: None > At most 14", "field “Nights”: the largest value that it takes changed: 9 became 14", "field “Nights”: the smallest value that it takes is gone: 1"]),
    ("msteams", card({"type": "Input.Text", "id": "n", "label": "Note", "isMultiline": False}), card({"type": "Input.Text", "id": "n", "label": "Note", "isMultiline": True, "regex": "^a", "inlineAction": {"type": "Action.Submit", "title": "Send"}}),
     ["button: None > Send", "field “Note”: it takes several lines now", "field “Note”: the entries that it takes changed"]),
    ("msteams", card(grid("Floor|Lead", "Floor 1|Ada", "Floor 2|Bo")), card(grid("Floor|Lead", "Floor 1|Bo", "Floor 2|Ada")),
     ["text beside “Floor 1, Lead”: Ada > Bo", "text beside “Floor 2, Lead”: Bo > Ada"]),
    ("msteams", card(grid("Floor|Lead", "Floor 1|Ada", "Floor 2|Bo")), card(grid("Floor|Lead", "Floor 2|Bo", "Floor 1|Ada")),
     ["text: the row “Floor 2” now comes before “Floor 1”"]),
    ("msteams", card({"type": "Container", "items": [line("A")], "backgroundImage": "https://c.test/a.png"}), card({"type": "Container", "items": [line("A")], "backgroundImage": {"url": "https://c.test/b.png"}}),
     ["background image: https://c.test/a.png > https://c.test/b.png"]),
    ("msteams", card({"type": "ColumnSet", "columns": [{"type": "Column", "width": "auto", "items": [line("Left")]}, {"type": "Column", "items": [line("Right")]}]}), card({"type": "ColumnSet", "columns": [{"type": "Column", "items": [line("Right")]}, {"type": "Column", "width": "auto", "items": [line("Left")]}]}),
     ["text: “Right” now comes before “Left”"]),
    ("msteams", card(line("A", maxLines=2)), card(line("A", maxLines=3, isSubtle=False)),
     ["text “A”: its look changed (now of 3 lines at most, was of 2 lines at most)"]),
    ("msteams", card(actions=[opens("Open", "https://c.test/a")]), card(actions=[opens("Open", "https://c.test/a", isEnabled=False, tooltip="Not yet", mode="secondary")]),
     ["button “Open”: it can no longer be pressed", "button “Open”: what is said under the pointer is new: Not yet", "button “Open”: its look changed (now in the menu of further buttons)"]),
    ("msteams", card({"type": "Carousel", "pages": [{"type": "CarouselPage", "items": [line("One")]}]}, {"type": "Rating", "value": 4, "count": 20}, {"type": "ProgressBar", "value": 40}), card({"type": "Carousel", "pages": [{"type": "CarouselPage", "items": [line("First")]}]}, {"type": "Rating", "value": 5, "count": 21}, {"type": "ProgressBar", "value": 60}),
     ["text: One > First", "stars: 4 of 5, by 20 > 5 of 5, by 21", "progress: 40 of 100 > 60 of 100"]),
    ("slack", blocks({"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input", "placeholder": plain("First name")}}), blocks({"type": "input", "label": plain("Name"), "hint": plain("As in your card"), "element": {"type": "plain_text_input", "placeholder": plain("Full name")}}),
     ["words in the empty field of “Name”: First name > Full name", "hint of “Name”: None > As in your card"]),
    ("slack", blocks({"type": "input", "label": plain("Food"), "element": {"type": "radio_buttons", "options": [{"text": plain("Meat"), "value": "m"}]}}), blocks({"type": "input", "label": plain("Food"), "element": {"type": "checkboxes", "options": [{"text": plain("Meat"), "value": "m"}]}}),
     ["field “Food”: the kind of field changed: round buttons, one of which is chosen became boxes to tick"]),
    ("msteams", card(line("Read it before Friday.")), card(line("New: 140"), {**line("Read it before Monday."), "color": "attention"}),
     ["text: None > New: 140", "text: Read it before Friday. > Read it before Monday.", "text “Read it before Monday.”: its look changed (now red)"]),
    ("whatsapp-business", moment(hour=11), moment(hour=12),
     ["settings: what nobody sees changed: hour of the value 1 of the body “6 July”"]),
    ("whatsapp-business", {"interactive": {"type": "list", "action": {"button": "Rooms", "sections": [{"rows": [{"id": "1", "title": "412", "description": "Sea"}, {"id": "2", "title": "413", "description": "Garden"}]}]}}}, {"interactive": {"type": "list", "action": {"button": "Rooms", "sections": [{"rows": [{"id": "2", "title": "413", "description": "Garden"}, {"id": "1", "title": "412", "description": "Sea side"}]}]}}},
     ["choice: “412” now comes after “413”", "text beside “412”: Sea > Sea side"]),
    ("whatsapp-business", {"interactive": {"type": "flow", "action": {"name": "flow", "parameters": {"flow_cta": "Start"}}}}, {"interactive": {"type": "flow", "action": {"name": "flow", "parameters": {"flow_cta": "Begin"}}}},
     ["button: Start > Begin"]),
    ("whatsapp-business", {"template": {"name": "rooms", "components": [{"type": "carousel", "cards": [{"components": [{"type": "body", "parameters": [{"type": "text", "text": "Sea"}]}]}]}]}}, {"template": {"name": "rooms", "components": [{"type": "carousel", "cards": [{"components": [{"type": "body", "parameters": [{"type": "text", "text": "Bay"}]}]}]}]}},
     ["value 1 of the body of card 1: Sea > Bay"]),
    ("whatsapp-business", {"text": {"body": "See https://c.test", "preview_url": True}}, {"text": {"body": "See https://c.test"}},
     ["text “See https://c.test”: the address is shown without a picture now"]),
    ("slack", {"blocks": [actions({"type": "datepicker", "action_id": "a"})]}, {"blocks": [actions({"type": "datetimepicker", "action_id": "a"})]}, ["date and time: “without words” is a date and time now, and was a date"]),
    *[("slack", {"blocks": [asks("When?", type=was)]}, {"blocks": [asks("When?", type=now)]}, [f"field “When?”: the kind of field changed: {said}"]) for was, now, said in (
        ("datepicker", "datetimepicker", "a date became a date and time"), ("plain_text_input", "number_input", "a text became a number"),
        ("plain_text_input", "email_text_input", "a text became an email address"), ("users_select", "multi_channels_select", "a menu of people became a menu of several channels"))],
    *[("slack", {"blocks": [actions({"type": was, "options": options("A", "B")})]}, {"blocks": [actions({"type": now, "options": options("A", "B")})]}, [f"choice “A”: the kind of field changed: {said}"]) for was, now, said in (
        ("checkboxes", "radio_buttons", "boxes to tick became round buttons, one of which is chosen"), ("static_select", "checkboxes", "a menu became boxes to tick"))],
    *[("msteams", card({"type": f"Input.{was}", "id": "a", "label": "When?"}), card({"type": f"Input.{now}", "id": "a", "label": "When?"}), [f"field “When?”: the kind of field changed: {said}"]) for was, now, said in (
        ("Text", "Date", "a text became a date"), ("Number", "Rating", "a number became stars"), ("Date", "Time", "a date became a time"))],
    ("sendgrid", {"replyTo": {"email": "a@c.test"}}, {"replyTo": {"email": "b@c.test"}, "attachments": [{"filename": "terms.pdf", "content": "JVBERi0xLjQ=", "type": "application/pdf", "disposition": "attachment"}]},
     ["attachment: None > terms.pdf, application/pdf, 8 bytes", "reply to: a@c.test > b@c.test"]),
    ("msteams", card(grid("Guest|Ann", "Seats|5") | {"firstRowAsHeader": False}), card(grid("Guest|Ann", "Seats|6") | {"firstRowAsHeader": False}), ["text beside “Seats”: 5 > 6"]),
    ("whatsapp-business", {"type": "sticker", "sticker": {"link": "https://c.test/a.webp"}}, {"type": "sticker", "sticker": {"link": "https://c.test/b.webp"}},
     ["sticker: https://c.test/a.webp > https://c.test/b.webp"]),
    ("fcm", web(requireInteraction=True, tag="a", badge="https://c.test/a.png"), web(requireInteraction=False, tag="b", silent=True, badge="https://c.test/b.png"),
     ["small icon on the web: https://c.test/a.png > https://c.test/b.png", "stays until it is closed on the web: yes > no", "comes without sound and vibration on the web: None > yes", "replaces those with the tag on the web: a > b"]),
    ("fcm", web(actions=[{"action": "a", "title": "Open"}]), web(actions=[{"action": "b", "title": "Open"}, {"action": "c", "title": "Later"}]),
     ["button on the web: None > Later", "settings: what nobody sees changed: action of the button on the web “Open”"]),
    ("fcm", {"data": {"link": "/a"}, "apns": {"fcm_options": {"image": "https://c.test/a.png"}}}, {"data": {"link": "/b"}, "apns": {"fcm_options": {"image": "https://c.test/b.png"}}},
     ["image on Apple: https://c.test/a.png > https://c.test/b.png", "link of data: /a > /b"]),
    ("apns", {"alert": "Hi", "category": "A", "threadId": "x", "payload": {"category": "y"}}, {"alert": "Hi", "category": "B", "threadId": "z", "payload": {"category": "w"}},
     ["category: y > w", "set of buttons: A > B", "group of notifications: x > z"]),
    # words that are bold in the place of others that were not
    *[(chat, old, new, ["text: Doors open at 18:45 today > Doors open at 18:30 today", *more])
      for chat, text, star in (("slack", lambda words: blocks(section(words)), "*"), ("msteams", lambda words: card(line(words)), "**"))
      for old, new, more in (
        (text("Doors open at 18:45 today"), text(f"Doors open at {star}18:30{star} today"), ["style of text: “18:30” is bold now"]),
        (text(f"Doors open at {star}18:45{star} today"), text(f"Doors open at {star}18:30{star} today"), []),
        (text(f"Doors open at {star}18:45{star} today"), text("Doors open at 18:30 today"), ["style of text: “18:30” is not bold, and “18:45” was"]))],
    *[("msteams", card(line(f"You owe {old} today")), card(line(f"You owe {new} today")), [f"text: You owe {was} today > You owe {now} today", f"style of text: “{now}” is {how}"])
      for old, new, was, now, how in (
        ("**802,00 €**", "812,00 €", "802,00 €", "812,00 €", "not bold, and “802,00 €” was"), ("**all of €802**", "all of €812", "all of €802", "all of €812", "not bold, and “all of €802” was"),
        ("802,00 €", "**812,00 €**", "802,00 €", "812,00 €", "bold now"))],
    # a field goes with its choices, and columns say how wide they are
    ("slack", blocks(asks("Shelf", type="static_select", options=options("Attic", "Cellar")), asks("Copies", type="number_input"), asks("Name", type="plain_text_input")),
     blocks(asks("Copies", type="number_input"), asks("Shelf", type="static_select", options=options("Attic", "Cellar")), asks("Name", type="plain_text_input")), ["field: “Copies” now comes before “Shelf”"]),
    ("slack", blocks(asks("Copies", type="number_input"), asks("Shelf", type="static_select", options=options("Attic", "Cellar")), asks("Name", type="plain_text_input")),
     blocks(asks("Shelf", type="static_select", options=options("Attic", "Cellar")), asks("Copies", type="number_input"), asks("Name", type="plain_text_input")), ["field: “Copies” now comes after “Shelf”"]),
    ("slack", blocks(asks("Shelf", type="static_select", options=options("Attic", "Cellar")), asks("Colour", type="static_select", options=options("Red", "Blue"))),
     blocks(asks("Colour", type="static_select", options=options("Red", "Blue")), asks("Shelf", type="static_select", options=options("Attic", "Cellar"))), ["field: “Colour” now comes before “Shelf”"]),
    ("msteams", card(columns({"width": "stretch", "items": [line("Ward")]}, {"width": "1", "items": [line("Bed")]}, {"width": "2", "items": [line("Nurse")]})),
     card(columns({"width": "auto", "items": [line("Ward")]}, {"width": "2", "items": [line("Bed")]}, {"width": "50px", "items": [line("Nurse")]})),
     ["column “Ward”: its look changed (now as wide as what it holds, was as wide as there is room)", "column “Bed”: its look changed (now taking 2 shares of the width, was taking 1 share of the width)", "column “Nurse”: its look changed (now of width 50px, was taking 2 shares of the width)"]),
    ("msteams", card(line("Ward"), line("Bed")), card(columns({"items": [line("Ward")]}, {"items": [line("Bed")]})), ["text “Bed”: its look changed (now beside what comes before it)"]),
    ("msteams", card(columns({"items": [line("Ward")]}, {"items": [line("Bed")]})), card(columns({"items": [line("Bed")]}, {"items": [line("Ward")]})), ["text: “Bed” now comes before “Ward”"]),
    # what holds a part: it looks as before, and stands on something else
    ("msteams", card(line("Ward", color="Attention"), line("Bed", isSubtle=True)), card({"type": "Container", "items": [line("Ward", color="Attention"), line("Bed", isSubtle=True)]}), [TOGETHER]),
    ("msteams", card(box(line("Ward", color="Attention"), style="emphasis"), line("Bed")), card(box(line("Ward", color="Attention"), line("Bed"), style="emphasis")), ["text “Bed”: its look changed (now on grey)"]),
    ("msteams", card(box(line("Ward"), line("Bed"), style="good"), box(line("Nurse"), style="warning")), card(box(line("Ward"), style="good"), box(line("Bed"), line("Nurse"), style="warning")),
     ["text “Bed”: its look changed (now on yellow, was on green)"]),
    ("msteams", card(box(line("Ward"), line("Bed"), style="good")), card(box(line("Ward"), line("Bed"), style="warning")), ["part “Ward”: its look changed (now on yellow, was on green)"]),
    ("msteams", card(box(line("Ward"), isVisible=False), line("Bed")), card(box(isVisible=False), line("Ward"), line("Bed")), ["text “Ward”: its look changed (no longer hidden, unless a button shows it)", "settings: other settings changed: is visible"]),
    ("msteams", card(columns({"items": [line("Ward"), line("Bed")]}, {"items": [line("Nurse")]})), card(columns({"items": [line("Ward")]}, {"items": [line("Bed"), line("Nurse")]})),
     ["text “Bed”: its look changed (now beside what comes before it)", "text “Nurse”: its look changed (no longer beside what comes before it)"]),
    ("msteams", card(line("Ward"), actions=[{"type": "Action.ShowCard", "title": "More", "card": {"body": [line("Bed")]}}]), card(line("Ward"), line("Bed"), actions=[{"type": "Action.Submit", "title": "More"}]),
     ["text: “Bed” now comes before “More”", "text “Bed”: its look changed (no longer shown only once “More” is pressed)"]),
    ("slack", blocks(section("One", block_id="a"), actions(button("Go", style="danger", **TAKE))), {"attachments": [{"color": "danger", **blocks(section("One", block_id="a"), actions(button("Go", style="danger", **TAKE)))}]},
     ["parts from “One” to “Go”: the bar at its edge is new: red"]),
    ("slack", blocks(section("One"), actions(button("Go"))), blocks(section("One", accessory=button("Go"))), ["button “Go”: its look changed (now beside the text before it)"]),
    ("slack", blocks(section("One"), section("Two")), blocks(section("One"), context("Two")), ["text “Two”: its look changed (now small and pale)"]),
    ("slack", blocks(section("*Ward:* 3\n*Bed:* 4")), blocks(fields("*Ward:*\n3", "*Bed:*\n4")), ["text “Ward: 3”: its look changed (now in one of two columns)", "text “Bed: 4”: its look changed (now in one of two columns)"]),
    # the text of a message of text alone is its notification, too
    ("slack", {"text": "One <https://c.test/a|two>"}, {"text": "One <https://c.test/a|two>", **blocks(section("One <https://c.test/a|two>"))}, [TOGETHER]),
    ("slack", {"text": "One"}, {"text": "Three", **blocks(section("One"), section("Two"))}, ["text: None > Two", "notification: One > Three"]),
    ("slack", {"text": "Three", **blocks(section("One"))}, {"text": "One"}, ["notification: Three > One"]),
    ("slack", {"text": "*One* two"}, {"text": "One _two_", **blocks(section("*One* two"))}, [TOGETHER]),
    ("slack", {"attachments": [{"color": "good", "title": "One", "title_link": "https://c.test", "ts": 1780000000}]}, {"attachments": [{"color": "good", "author_name": "Ann", "title": "One", "title_link": "https://c.test", "ts": "1780000060"}]},
     ["author: None > Ann", "time of the footer: 28 May 2026, 20:26 UTC > 28 May 2026, 20:27 UTC"]),
    ("whatsapp-business", template("visit", "Ann"), {"template": {**template("visit", "Ann")["template"], "language": {"code": "en", "policy": "fallback"}}}, ["settings: other settings changed: type, what is done without this language"]),
    ("discord", {"flags": 4}, {"flags": 4096 + 32768}, ["how it arrives: None > without a sound", "links: without a preview > None"]),
    ("discord", {"flags": 64}, {"flags": 128}, ["flags: 64 > 128"]),
    ("discord", asked("Day?", "Monday", hours=1), asked("Which day?", "Sunday", hours=24, allow_multiselect=True),
     ["question: Day? > Which day?", "choice: Monday > Sunday", "how long it can be answered: 1 hour > 24 hours", "question “Which day?”: several answers are possible now"]),
    ("discord", {"components": [{"type": 14}]}, {"components": [{"type": 14, "spacing": 2}]}, ["divider “a line across”: its look changed (now with much space above)"]),
    ("telegram", keys({"text": "A", "copy_text": {"text": "1"}}, {"text": "B", "login_url": {"url": "https://c.test", "request_write_access": True}}), keys({"text": "A", "copy_text": {"text": "2"}}, {"text": "B", "login_url": {"url": "https://c.test"}}),
     ["button “A”: what it copies changed: 1 became 2", "button “B”: it no longer asks if the bot may write"]),
    ("fcm", {"topic": "news", "android": {"notification": {"sound": "a"}}}, {"topic": "tips", "apns": {"payload": {"aps": {"sound": "a"}}}},
     ["sound on Apple: None > a", "topic whose readers get it: news > tips", "sound on Android: a > None"]),
    ("apns", {"aps": {"content-available": 0}, "topic": "a"}, {"aps": {"content-available": 1}, "topic": "b"}, ["the app is woken by it: no > yes", "app that gets it: a > b"]),
    ("onesignal", {"data": {"url": "a"}, "url": "b", "buttons": [{"id": "1", "text": "Go"}]}, {"data": {"url": "c"}, "url": "d", "buttons": [{"id": "1", "text": "Open"}]},
     ["button: Go > Open", "url of data: a > c", "what a tap opens: b > d"]),
    ("twilio", {"contentSid": "HX", "contentVariables": '{"1": "Ann"}'}, {"contentSid": "HX", "contentVariables": '{"1": "Bea"}'}, ["value 1 of the template: Ann > Bea"]),
    ("twilio", {"contentVariables": "["}, {"contentVariables": "]"}, ["values of the template: [ > ]"]),
    # names of the app set nothing
    ("whatsapp-business", flow({"id": "a"}), flow({"id": "b"}), ["id of the form of button 1: a > b"]),
    ("sendgrid", {"customArgs": {"plan": "a"}, "dynamicTemplateData": {"plan": "a", "from": "Ann"}}, {"customArgs": {"plan": "b"}, "dynamicTemplateData": {"plan": "c", "from": "Bob"}},
     ["plan of the statistics data: a > b", "value from of the template: Ann > Bob", "value plan of the template: a > c"]),
    ("sendgrid", {"personalizations": [{"dynamicTemplateData": {"from": "Ann"}}]}, {"personalizations": [{"dynamicTemplateData": {"from": "Bob"}}]}, ["value from of the template: Ann > Bob"]),
    ("one-signal", {"data": {"plan": "a"}, "custom_data": {"plan": "a"}}, {"data": {"plan": "b"}, "custom_data": {"plan": "c"}}, ["plan: a > b", "value plan of the template: a > c"]),
    ("fcm", {"apns": {"payload": {"condition": "rain"}}, "android": {"data": {"token": "x"}}}, {"apns": {"payload": {"condition": "sun"}}, "android": {"data": {"token": "y"}}},
     ["token of the data on Android: x > y", "condition on Apple: rain > sun"]),
    ("sns", {"messageAttributes": {"from": {"StringValue": "A"}, "AWS.SNS.SMS.SenderID": {"StringValue": "B"}}}, {"messageAttributes": {"from": {"StringValue": "C"}, "AWS.SNS.SMS.SenderID": {"StringValue": "D"}}},
     ["sender: B > D", "attribute from: A > C"]),
    ("apns", {"payload": {"critical": 1}, "aps": {"mutable-content": 0}}, {"payload": {"critical": 2}, "aps": {"mutable-content": 1}}, ["critical: 1 > 2", "the app may change it: no > yes"]),
    # moments in one minute, and texts that may be none
    ("fcm", {"data": {"orderDate": "2026113012"}}, {"data": {"orderDate": "2026113013"}}, ["order date: 2026113012 > 2026113013"]),
    ("one-signal", {"send_after": "1780000000"}, {"send_after": "1780000010"}, ["when it is sent: 1780000000 > 1780000010"]),
    ("one-signal", {"send_after": "1780000000"}, {"send_after": "1780003600"}, ["when it is sent: 28 May 2026, 20:26 UTC > 28 May 2026, 21:26 UTC"]),
    # what is no number, and no JSON
    *[("discord", {"embeds": [{"description": "a", "color": 5}]}, {"embeds": [{"description": "a", "color": color}]}, [f"part “a”: the bar at its edge is {color} now, and was black #000005"]) for color in ("²", "9" * 5000)],
    ("twilio", {"contentVariables": "x"}, {"contentVariables": "[" * 100_000}, [f"values of the template: x > {'[' * 100_000}"]),
    # parts that are hidden with what holds them, or stand on its ground
    ("msteams", card(box(line("Alpha"), line("Beta"), isVisible=False)), card(box(line("Alpha", isVisible=False), line("Beta"))), ["text “Beta”: its look changed (no longer hidden, unless a button shows it)"]),
    ("msteams", card(box(line("Alpha"), line("Beta"), isVisible=False)), card(box(line("Alpha"), line("Beta"))), ["part “Alpha”: its look changed (no longer hidden, unless a button shows it)"]),
    ("msteams", card(box(line("Alpha", isVisible=False), line("Beta", isVisible=False))), card(box(line("Alpha"), line("Beta"), isVisible=False)), [TOGETHER]),
    ("msteams", card(box(line("Alpha", isVisible=False), line("Beta"))), card(box(line("Alpha"), isVisible=False), line("Beta")), [TOGETHER]),
    ("msteams", card(box(line("Alpha", isVisible=True), line("Beta"), isVisible=False)), card(line("Alpha", isVisible=True), box(line("Beta"), isVisible=False)), ["text “Alpha”: its look changed (no longer hidden, unless a button shows it)"]),
    ("msteams", card(box(line("Gamma"), box(line("Alpha"), style="attention"), style="emphasis")), card(box(line("Gamma"), line("Alpha"), style="good")),
     ["text “Alpha”: its look changed (now on green, was on red)", "part “Gamma”: its look changed (now on green, was on grey)"]),
    ("msteams", card(box(line("Gamma"), box(line("Alpha"), style="good"), style="emphasis")), card(box(line("Gamma"), box(line("Alpha"), style="good"), style="good")), ["text “Gamma”: its look changed (now on green, was on grey)"]),
    ("msteams", card(box(line("Alpha"), line("Beta"), style="good")), card(box(box(line("Alpha"), style="good"), box(line("Beta"), style="good"))), ["part “Alpha”: its look changed"]),
    # a box that stays, in another one; and one around what stood alone
    *[("msteams", card(box(line("Alpha"), line("Beta"), **look)), card(box(box(line("Alpha"), line("Beta"), **look))), [TOGETHER]) for look in ({"isVisible": False}, {"style": "good"}, {"separator": True})],
    ("msteams", card(box(line("Alpha"), line("Beta"))), card(box(line("Alpha"), line("Beta"), separator=True)), ["part “Alpha”: its look changed (now below a line)"]),
    ("slack", blocks(listed(bullets("bullet", "One", "Two"))), {"attachments": [{"color": "danger", "blocks": [listed(bullets("bullet", "One", "Two"))]}]}, ["part “One”: the bar at its edge is new: red"]),
    ("msteams", card(line("One"), line("Two"), line("Three")), card(box(line("One"), line("Two"), line("Three"), style="emphasis")), ["parts from “One” to “Three”: its look changed (now on grey)"]),
    ("msteams", shows("More", "One", "Two"), shows("Details", "One", "Two"), ["button: More > Details"]),
    ("msteams", card(line("One"), line("Two")), shows("More", "One", "Two"), ["button: None > More", "parts from “One” to “Two”: its look changed (now shown only once “More” is pressed)"]),
    ("slack", blocks(listed(bullets("bullet", "One", "Two"))), blocks(listed(bullets("bullet", "One"), bullets("ordered", "Two"))), ["list item “Two”: its look changed (now with numbers instead of with points)"]),
    ("slack", blocks(listed(bullets("bullet", "One", "Two"))), blocks(listed(bullets("ordered", "One", "Two"))), ["part “One”: its look changed (now with numbers instead of with points)"]),
    ("slack", blocks(fields("*Ward:*\n3")), blocks(fields("*Ward*\n3")), [TOGETHER]),
    ("slack", blocks(fields("*Ward:*\n3")), blocks(fields("Ward: 3")), ["style of text: “Ward:” is no longer bold"]),
    ("msteams", card(line("One", color="Good")), card(line("One\n\nTwo", color="Good")), ["text: None > Two"]),
    ("msteams", card(line("One\n\nTwo", color="Good")), card(line("One", color="Attention")), ["text: Two > None", "text “One”: its look changed (now red instead of green)"]),
    ("msteams", card(line("One\n\nTwo", color="Good")), card(line("One\n\nTwo\n\nThree", color="Attention")), ["text: None > Three", "part “One”: its look changed (now red instead of green)"]),
    ("msteams", card(line("One\n\nTwo", color="Good")), card(line("One\n\nTwo\n\nThree")), ["text: None > Three", "part “One”: its look changed (no longer green)"]),
    ("twilio", {"contentVariables": ""}, {"contentVariables": None}, [TOGETHER]),
    ("fcm", {"android": {"ttl": 3600000}}, {"android": {"ttl": "3600s"}}, ["how long it is kept on Android “1 hour”: it is a text now, and was a number"]),
    ("slack", blocks(section("See <https://c.test|here> now")), {"attachments": [{"color": "danger", "text": "See <https://c.test|here> now"}]}, ["text “See here now”: the bar at its edge is new: red"]),
    ("msteams", card(box(line("One"), style="Good")), card(box(line("One"), style="good")), [TOGETHER]),
]  # fmt: skip


@walked(
    ("provider", "old", "new", "changes"), PAIRS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_changed_is_said_as_the_provider_shows_it(
    provider: str, old: Any, new: Any, changes: list[str]
) -> None:
    assert said(provider, old, new) == [
        each.format(NAMES[provider]) if each is TOGETHER else each for each in changes
    ]
    assert said(provider, old, json.loads(json.dumps(old))) == []
    assert len(said(provider, new, old)) >= 1
    for each in changes:
        assert each is TOGETHER or not any(sign in each for sign in ("›", "type:", "{", "mrkdwn", "<"))


def test_an_override_that_is_new_or_gone_is_one_part() -> None:
    override = blocks(section("*One*"), actions(button("Take it", url="https://c.test/a")))
    (change,) = override_changes({}, {"slack": override})
    assert change[:3] == ("message for Slack", None, "One\n[button “Take it”: https://c.test/a]")
    (change,) = override_changes({"sendgrid": {"subject": "Hi", "html": "<p>a</p>"}}, {})
    assert change[:3] == ("message for SendGrid", "[subject “Hi”]\na", None)
    assert next(override_changes({}, {"x": {}})).new == "nothing that is read"


@pytest.mark.parametrize("provider", one_in(3, PROVIDERS))
def test_what_a_setting_of_a_provider_does_is_said_in_words(provider: str) -> None:
    """Whatever its name is in the code of that provider: each is found by it, and has words."""
    for name, words in sheet_of(provider, {}).called.items():
        assert name
        assert words
        changes = override_changes({provider: {name: ["a"]}}, {provider: {name: ["b"]}})
        assert [each[:3] for each in changes] == [(f"{words} in {name_of(provider)}", "a", "b")], name


def test_how_each_look_and_each_way_to_work_is_said() -> None:
    for name, looks in LOOKS.items():
        assert fold(name) == name != ""
        for value, words in looks.items() if not isinstance(looks, str) else [("7px", looks.format("7px"))]:
            assert value
            if (name, value) != ("fonttype", "default"):  # which is what every text has
                assert words
                said_of_bar = f"the bar at its edge is new: {words}"
                expected = said_of_bar if name == "bar" else f"its look changed (now {words})"
                assert look_sentence({name: (None, value)}) == expected
    for name, works in WORKS.items():
        assert fold(name) == name != ""
        assert works
        if isinstance(works, str):
            (sentence,) = works_sentences({name: ("a", "b")})
            assert sentence.startswith(f"{works} changed")
        else:
            turned = [*works_sentences({name: (False, True)}), *works_sentences({name: (True, False)})]
            assert turned == [*works]
            assert all(works)


@walked(
    ("provider", "name"),
    [
        *((provider, known.name) for provider, known in PROVIDERS.items()), ("novu-slack", "Slack"), ("whatsapp", "WhatsApp"),
        ("firebase", "Firebase (FCM)"), ("teams", "Microsoft Teams"), ("brevo", "Brevo"), ("amazon-ses", "Amazon SES"), ("acme", "acme"),
    ],
)  # fmt: skip
def test_a_provider_is_called_as_people_call_it(provider: str, name: str) -> None:
    assert name
    assert name_of(provider) == name


NOBODY_SEES = (
    "id", "action_id", "block_id", "value", "callback_data", "callback_id", "callbackUrl", "custom_id", "data", "verb", "version", "$schema", "@context",
    "@type", "parse_mode", "messaging_product", "payload", "external_id", "recipient_type", "hour", "minute", "day_of_week", "day_of_month", "month", "year",
    "calendar", "message_id", "action", "associatedInputs", "valueOn", "valueOff", "source",
)  # fmt: skip


@walked(
    ("setting", "words"),
    [*((one, "what nobody sees") for one in NOBODY_SEES), ("target", "other settings"), ("emoji", "other settings")],
)  # fmt: skip
def test_a_setting_that_nobody_sees_is_said_to_be_one(setting: str, words: str) -> None:
    (sentence,) = said(
        "slack", blocks(section("One", **{setting: 1})), blocks(section("One", **{setting: 2}))
    )
    assert sentence.startswith(f"settings: {words} changed: ")


CALLED_IN_APIS = {
    "rocket-chat": {"text": "text"}, "webex-messaging": {"markdown": "text"}, "zulip": {"content": "text"}, "ryver": {"body": "text"},
    "twilio": {"body": "text", "contentSid": "template"}, "nexmo": {"text": "text"}, "plivo": {"text": "text"}, "telnyx": {"text": "text"},
    "sns": {"Message": "text"}, "messagebird": {"body": "text"}, "sms77": {"text": "text"}, "termii": {"sms": "text"}, "clickatell": {"text": "text"},
    "brevo-sms": {"content": "text"}, "pushpad": {"title": "title", "body": "text"}, "appio": {"title": "title", "message": "text"},
    "sendgrid": {"subject": "subject", "html": "body", "text": "plain text", "templateId": "template"},
    "mailgun": {"subject": "subject", "html": "body", "text": "plain text", "template": "template"},
    "mailjet": {"Subject": "subject", "HTMLPart": "body", "TextPart": "plain text", "TemplateID": "template"},
    "nodemailer": {"subject": "subject", "html": "body", "text": "plain text"}, "ses": {"html": "body", "TemplateName": "template"},
    "postmark": {"HtmlBody": "body", "TextBody": "plain text", "TemplateAlias": "template"}, "resend": {"html": "body", "template": "template"},
    "sendinblue": {"htmlContent": "body", "textContent": "plain text", "templateId": "template"}, "mailersend": {"text": "plain text", "template_id": "template"},
    "mailtrap": {"html": "body", "template_uuid": "template"}, "outlook365": {"html": "body", "content": "body"}, "plunk": {"body": "body"},
    "mandrill": {"html": "body", "template_name": "template"},
}  # fmt: skip
"""What fields of the APIs of providers are, by their names there."""


@walked("provider", CALLED_IN_APIS)
def test_the_fields_of_a_provider_are_read_as_what_they_are(provider: str) -> None:
    for name, called in CALLED_IN_APIS[provider].items():
        (change,) = override_changes({provider: {name: "One"}}, {provider: {name: "Two"}})
        assert change[:3] == (f"{called} in {name_of(provider)}", "One", "Two")


@pytest.mark.parametrize("provider", ["mattermost", "rocket-chat"])
def test_a_program_like_slack_has_markdown(provider: str) -> None:
    assert sheet_of(provider, {"text": "**Now** or [later](https://c.test)"}).parts[1].styles == (
        ("bold", "Now"),
    )


def holds(*children: Any, **head: Any) -> Card:
    return Card("Order", children=children, **head)


def select(*choices: str, label: str = "Day?", **more: Any) -> dict[str, Any]:
    parts = [each.split("|") for each in choices]
    options = [SelectOption(name, value, description=said or None) for name, value, said in parts]
    return Select("day", label, options, **more)


def leads(url: str, label: str = "Track") -> dict[str, Any]:
    return {"type": "link-button", "label": label, "url": url}


def rooms(*guests: str) -> dict[str, Any]:
    return {"type": "table", "headers": ["Room", "Guest"], "rows": [each.split() for each in guests]}


def labelled(value: str) -> dict[str, Any]:
    return {"type": "fields", "children": [{"type": "field", "label": "Ward", "value": value}]}


CARDS: list[tuple[Card, Card, list[str]]] = [
    (Card("Order"), Card("Order 7"), ["heading: Order > Order 7"]),
    (holds(subtitle="It is **here**"), holds(subtitle="It is here"), ["style of text: “here” is no longer bold"]),
    (holds(image_url="https://c.test/a.png"), holds(image_url="https://c.test/b.png"), ["image b.png: https://c.test/a.png > https://c.test/b.png"]),
    (holds(CardText("Pay **now**")), holds(CardText("Pay now", style="muted")), ["style of text: “now” is no longer bold", "text “Pay now”: its look changed (now pale)"]),
    (holds(Image("https://c.test/a", alt="Map")), holds(Image("https://c.test/b", alt="The map")), ["alternative text of an image: Map > The map", "image “The map”: https://c.test/a > https://c.test/b"]),
    (holds(CardText("A"), Divider(), CardText("B")), holds(CardText("A"), CardText("B")), ["divider: a line across is gone"]),
    (holds(CardLink("https://c.test/a", "Track")), holds(CardLink("https://c.test/b", "Track")), ["link “Track”: https://c.test/a > https://c.test/b"]),
    (holds(Actions([leads("https://c.test/a")])), holds(Actions([leads("https://c.test/b")])), ["button “Track”: https://c.test/a > https://c.test/b"]),
    (holds(Actions([leads("https://c.test/a")])), holds(Actions([leads("https://c.test/a", "Follow it")])), ["words of a button: Track > Follow it"]),
    (holds(Actions([Button("a", "Pay", style="primary")])), holds(Actions([Button("b", "Pay", style="danger", disabled=True)])),
     ["button “Pay”: it can no longer be pressed", "button “Pay”: its look changed (now red instead of green)", "settings: what nobody sees changed: id of the button “Pay”"]),
    (holds(Actions([Button("a", "Pay", callback_url="https://c.test/a")])), holds(Actions([Button("a", "Pay", callback_url="https://c.test/b")])), ["button “Pay”: https://c.test/a > https://c.test/b"]),
    (holds(Actions([select("Mon|m|", "Tue|t|late")])), holds(Actions([select("Mon|m|", "Tue|t|early", "Wed|w|")])),
     ["choice of “Day?”: Tue: late > Tue: early", "choice of “Day?”: None > Wed"]),
    (holds(Actions([select("Mon|m|")])), holds(Actions([select("Mon|m|", label="Which day?")])), ["menu: Day? > Which day?"]),
    (holds(Actions([select("Mon|m|") | {"type": "radio_select"}])), holds(Actions([select("Mon|mo|") | {"type": "radio_select"}])), ["settings: what nobody sees changed: value of the choice “Mon” (m became mo)"]),
    (holds(Actions([select("Mon|m|", placeholder="Choose")])), holds(Actions([select("Mon|m|", placeholder="Pick", initial_option="m")])),
     ["settings: other settings changed: placeholder of the menu “Day?”, initial option of the menu “Day?”"]),
    (holds(Actions([TextInput("note", "Note")])), holds(Actions([TextInput("note", "Your note", max_length=9)])),
     ["field to write in: Note > Your note", "field to write in “Your note”: the most characters that it takes is new: 9"]),
    (holds({"type": "section", "children": [CardText("It is here")]}), holds({"type": "section", "children": [CardText("It is there")]}), ["text: It is here > It is there"]),
    (holds(labelled("3")), holds(labelled("4")), ["text under “Order”: Ward: 3 > Ward: 4"]),
    (holds(rooms("412 Lee")), holds(rooms("412 Lind")), ["cell beside “412, Guest”: Lee > Lind"]),
    (holds(rooms("412 Lee")), holds(rooms("412 Lee", "413 Lind")), ["row: None > 413, Lind"]),
    (holds({"type": "map", "place": "A"}), holds({"type": "map", "place": "B"}), ["place: A > B"]),
]  # fmt: skip


@walked(("old", "new", "changes"), CARDS)
def test_what_changed_in_a_card_is_said_as_a_chat_shows_it(old: Card, new: Card, changes: list[str]) -> None:
    assert [
        f"{part.removesuffix(' in the card')}: {sentence or f'{was} > {now}'}"
        for part, was, now, sentence, *_ in card_changes(old, new)
    ] == changes
    assert list(card_changes(old, json.loads(json.dumps(old)))) == []


def test_signs_that_slack_has_names_for_are_read_as_signs() -> None:
    assert sheet_of("slack", {"text": "1 &lt; 2 &amp; 3 &gt; 2, &quot;so&quot; &nbsp;"}).text() == (
        '1 < 2 & 3 > 2, "so" &nbsp;'
    )


def leaves(value: Any, put: Any) -> list[Any]:
    """`value` with `put` in place of each of its leaves, one at a time."""
    if isinstance(value, dict) and value:
        return [{**value, key: each} for key in value for each in leaves(value[key], put)]
    if isinstance(value, list) and value:
        return [
            [*value[:at], each, *value[at + 1 :]]
            for at in range(min(len(value), 5))
            for each in leaves(value[at], put)
        ]
    return [put]


@pytest.mark.slow
@pytest.mark.parametrize("name", OVERRIDES)
def test_no_change_goes_unsaid(name: str) -> None:
    for provider, override in OVERRIDES[name][2].items():
        for put in ("another word", 7, None):
            for other in leaves(override, put)[: 30_000 // len(repr(override)) + 1]:
                found = list(override_changes({provider: override}, {provider: other}))
                assert bool(found) == (repr(other) != repr(override)), other
                assert not any("›" in each.part for each in found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.text("a*_<>|`[]( \n", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "blocks", "elements", "body", "items", "fields", "url"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(NAMES)), JSON, JSON)
def test_whatever_is_set_is_read_and_compared(provider: str, old: Any, new: Any) -> None:
    assert isinstance(sheet_of(provider, old).text(), str)
    is_same = json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)
    assert bool(list(override_changes({provider: old}, {provider: new}))) != is_same
