"""What is said of a change in an override: what its provider shows, in words, and never JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novu_framework_testing.snapshots.overrides.changes import override_changes
from novu_framework_testing.snapshots.overrides.providers import sheet_of
from tests.integration.provider_overrides import OVERRIDES


def said(provider: str, old: Any, new: Any) -> list[str]:
    """What is said, a line for each part: `part: old > new`, or `part: sentence`."""
    return [
        f"{part.removesuffix(f' in {NAMES[provider]}')}: {sentence or f'{was} > {now}'}"
        for part, was, now, sentence, *_ in override_changes({provider: old}, {provider: new})
    ]


NAMES = {
    "slack": "Slack", "msteams": "Microsoft Teams", "whatsapp-business": "WhatsApp", "discord": "Discord", "telegram": "Telegram",
    "fcm": "Firebase (FCM)", "apns": "Apple (APNs)", "expo": "Expo", "one-signal": "OneSignal", "sendgrid": "SendGrid",
    "mattermost": "Mattermost", "webex-messaging": "Webex", "twilio": "Twilio", "pagerduty": "pagerduty",
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


def embed(**fields: Any) -> dict[str, Any]:
    return {"embeds": [fields]}


def keys(*buttons: Any) -> dict[str, Any]:
    return {"text": "Hi", "reply_markup": {"inline_keyboard": [list(buttons)]}}


def price(amount: int) -> dict[str, Any]:
    value = {
        "type": "currency",
        "currency": {"fallback_value": "€77.00", "code": "EUR", "amount_1000": amount},
    }
    return {"template": {"name": "visit", "components": [{"type": "body", "parameters": [value]}]}}


TAKE = {"action_id": "take", "value": "take"}


def menu(words: str, *choices: str) -> dict[str, Any]:
    """Return a message for Discord with a menu."""
    return {"components": [{"type": 1, "components": [{"type": 3, "placeholder": words, "options": [{"label": each} for each in choices]}]}]}  # fmt: skip


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
    ("slack", blocks(actions(button("Yes"), button("No"))), blocks(actions(button("No"), button("Yes"))),
     ["button: “No” now comes before “Yes”"]),
    ("slack", blocks(actions(button("Open", url="https://c.test/a"))), blocks(actions(button("Open", url="https://c.test/b"))),
     ["button “Open”: https://c.test/a > https://c.test/b"]),
    ("slack", blocks(actions(button("Open", url="https://c.test/a?day=1"))), blocks(actions(button("Open", url="https://c.test/a?day=2"))),
     ["button “Open”, day: 1 > 2"]),
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
     ["choice of “Choose”: None > Friday", "settings: what nobody sees changed: value of the choice “Monday”"]),
    ("slack", blocks(rich({"type": "text", "text": "Pay "}, {"type": "text", "text": "now", "style": {"bold": True}})), blocks(rich({"type": "text", "text": "Pay now"})),
     ["style of text: “now” is no longer bold"]),
    ("slack", blocks(rich({"type": "user", "user_id": "U7"}, {"type": "text", "text": " asks"})), blocks(rich({"type": "user", "user_id": "U8"}, {"type": "text", "text": " asks"})),
     ["text: @U7 asks > @U8 asks"]),
    ("slack", {"text": "Hi", **blocks(section("One"))}, {"text": "Hello", **blocks(section("One"))},
     ["notification: Hi > Hello"]),
    ("slack", {"text": "Hi"}, {"text": "Hi", "username": "Clinic"},
     ["username: None > Clinic"]),
    ("slack", {"attachments": [{"color": "good", "title": "Order", "text": "It is here."}]}, {"attachments": [{"color": "danger", "title": "Order", "text": "It is lost."}]},
     ["text: It is here. > It is lost.", "part “Order”: its look changed (now with a red bar instead of with a green bar)"]),
    ("slack", {"attachments": [{"fields": [{"title": "Carrier", "value": "DHL", "short": True}]}]}, {"attachments": [{"fields": [{"title": "Carrier", "value": "UPS", "short": False}]}]},
     ["text: Carrier: DHL > Carrier: UPS", "text “Carrier: UPS”: its look changed (now on a line of its own instead of beside the others)"]),
    ("slack", {"text": "Hi"}, {"_passthrough": {"body": {"text": "Hello"}, "headers": {"X-A": "1"}}},
     ["text: Hi > Hello", "X-A: None > 1"]),
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
    ("msteams", card(line("One")), card(line("One"), version="1.4"),
     ["settings: what nobody sees changed: version"]),
    ("msteams", card({"type": "Container", "style": "good", "items": [line("One"), line("Two")]}), card({"type": "Container", "style": "attention", "items": [line("One"), line("Two")]}),
     ["part “One”: its look changed (now red instead of green)"]),
    ("msteams", card({"type": "Input.Text", "id": "why", "label": "Why", "placeholder": "A word"}), card({"type": "Input.Text", "id": "reason", "label": "Why", "isRequired": True}),
     ["field: Why > Why (required)", "hint: A word > None"]),
    ("msteams", {"title": "Order", "sections": [{"activityTitle": "Ann", "facts": [{"name": "Due", "value": "Monday"}]}]}, {"title": "Order", "sections": [{"activityTitle": "Ann", "facts": [{"name": "Due", "value": "Friday"}]}]},
     ["text: Due: Monday > Due: Friday"]),
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
     ["link “Order”: https://c.test/o > https://c.test/p", "link “Order”: its look changed (now with a red #ff0000 bar instead of with a blue #58b9ff bar)"]),
    ("discord", embed(description="It is **here**", fields=[{"name": "Due", "value": "Monday"}]), embed(description="It is here", fields=[{"name": "Due", "value": "Monday", "inline": True}, {"name": "Ward", "value": "3"}]),
     ["text: None > Ward: 3", "style of text: “here” is no longer bold", "text “Due: Monday”: its look changed (now beside the others)"]),
    ("discord", {"content": "Hi", "username": "Bot"}, {"content": "Hello <@1>", "username": "Clinic"},
     ["text: Hi > Hello @1", "username: Bot > Clinic"]),
    ("telegram", {"parse_mode": "HTML", "text": "<b>Visit</b> at 9\n<i>Ward 3</i>"}, {"parse_mode": "HTML", "text": "<b>Visit</b> at 10\nWard 3"},
     ["text: Visit at 9 > Visit at 10", "style of text: “Ward 3” is no longer in italics"]),
    ("telegram", {"parse_mode": "MarkdownV2", "text": "At 9\\."}, {"parse_mode": "MarkdownV2", "text": "*At* 9\\."},
     ["style of text: “At” is bold now"]),
    ("telegram", keys({"text": "Yes", "callback_data": "y"}, {"text": "Open", "url": "https://c.test/a"}), keys({"text": "Yes", "callback_data": "yes"}, {"text": "Open", "url": "https://c.test/b"}),
     ["button “Open”: https://c.test/a > https://c.test/b", "settings: what nobody sees changed: callback data of the button “Yes”"]),
    # Push
    ("fcm", {"data": {"screen": "home"}, "badge": 1}, {"data": {"screen": "bills", "id": "7"}, "badge": 2},
     ["id of data: None > 7", "screen: home > bills", "number on the icon: 1 > 2"]),
    ("fcm", {"notification": {"title": "Hi", "body": "There"}}, {"notification": {"title": "Hello", "body": "There", "image": "https://c.test/a.png"}},
     ["title: Hi > Hello", "image a.png: None > https://c.test/a.png"]),
    ("fcm", {"android": {"priority": "high", "notification": {"title": "Hi"}}}, {"android": {"priority": "normal", "notification": {"title": "Hello"}}},
     ["title on Android: Hi > Hello", "how fast it is delivered: high > normal"]),
    ("fcm", {"apns": {"payload": {"aps": {"alert": {"title": "Hi"}, "sound": "a"}}}}, {"apns": {"payload": {"aps": {"alert": {"title": "Hello"}, "sound": "b"}}}},
     ["title on Apple: Hi > Hello", "sound: a > b"]),
    ("apns", {"aps": {"alert": "Hi", "badge": 1}}, {"aps": {"alert": "Hello", "badge": 2}},
     ["text: Hi > Hello", "number on the icon: 1 > 2"]),
    ("expo", {"title": "Hi", "ttl": 60}, {"title": "Hello", "ttl": 90},
     ["title: Hi > Hello", "seconds for which it is kept: 60 > 90"]),
    ("one-signal", {"headings": {"en": "Hi", "de": "Hallo"}}, {"headings": {"en": "Hello", "de": "Hallo"}},
     ["title in English (en): Hi > Hello"]),
    # Emails, and providers that nothing is known of
    ("sendgrid", {"subject": "Hi", "html": "<p>Hello</p><a href='/a'>Pay</a>"}, {"subject": "Hi you", "html": "<p>Good day</p><a href='/b'>Pay</a>"},
     ["subject: Hi > Hi you", "text: Hello > Good day", "link “Pay”: /a > /b"]),
    ("sendgrid", {"templateId": "d-1", "categories": ["a", "b"]}, {"templateId": "d-2", "categories": ["new", "a", "b"]},
     ["template: d-1 > d-2", "categories: None > new"]),
    ("mattermost", {"text": "**Now**"}, {"text": "**Later**"},
     ["text: Now > Later"]),
    ("webex-messaging", {"markdown": "- one\n- two"}, {"markdown": "- one\n- and\n- two"},
     ["list item: None > and"]),
    ("twilio", {"body": "Hi", "from": "+1"}, {"body": "Hello", "from": "+2"},
     ["text: Hi > Hello", "from: +1 > +2"]),
    ("pagerduty", {"severity": "critical", "links": [{"href": "https://a.test", "text": "Runbook"}]}, {"severity": "warning", "links": [{"href": "https://b.test", "text": "Runbook"}]},
     ["href: https://a.test > https://b.test", "severity: critical > warning"]),
    ("pagerduty", {"count": 1, "open": True, "customDetails": {"id": "7"}}, {"count": "1", "open": False, "customDetails": {"id": "8"}},
     ["id of custom details: 7 > 8", "open: yes > no", "count “1”: it is a text now, and was a number"]),
    ("pagerduty", {"x": {}}, {"x": []},
     ["x: (empty) > (empty list)"]),
    # what else is changed by people
    ("slack", blocks({"type": "header", "text": plain("Alarm")}, section("x")), blocks(section("Alarm"), section("x")),
     ["text: “Alarm” is a text now, and was a heading"]),
    ("slack", blocks(section("First"), section("Second"), section("Third")), blocks(section("Third"), section("First"), section("Second")),
     ["text: “Third” now comes before “First”"]),
    ("slack", blocks(section("Come at nine. Bring your card.")), blocks(section("Come at nine."), section("Bring your card.")),
     ["text: “Bring your card.” stands on a line of its own now"]),
    ("slack", blocks(fields("*Ward*\n3", "*Doctor:*\nLee")), blocks(fields("*Ward*\n4", "*Doctor:*\nLee", "*Bed*\n2")),
     ["text: Ward: 3 > Ward: 4", "text: None > Bed: 2"]),
    ("slack", blocks(section("`code` & one\n> quoted")), blocks(section("`code2` & one\nquoted")),
     ["text: code & one > code2 & one", "style of text: “quoted” is no longer quoted"]),
    ("slack", blocks(section("Open", accessory=button("Go"))), blocks(section("Open")),
     ["button: Go > None"]),
    ("slack", blocks(section("One")), {"text": "One"},
     ["message for Slack: how it is put together changed, and none of its words, links and pictures"]),
    ("msteams", card(line("Come **fasting**, see [guide](https://a.test)")), card(line("Come fasting, see [guide](https://b.test)")),
     ["link “guide”: https://a.test > https://b.test", "style of text: “fasting” is no longer bold"]),
    ("msteams", card(line("A", id="x")), card(line("A", id="x", isVisible=False)),
     ["text “A”: its look changed (now hidden until a button shows it)"]),
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
    ("whatsapp-business", price(77000), price(7700), ["value 1 of the body: 77.00 EUR, or else “€77.00” > 7.70 EUR, or else “€77.00”"]),
    ("whatsapp-business", template("visit", "Ann", "north", "€77"), template("visit", "Ann", "€77"), ["value 2 of the body: north > €77", "value 3 of the body: €77 > None"]),
    ("whatsapp-business", template("order_update_v2", "Ann", language="en_GB"), template("order_update_v3", "Ann", language="en_US"), ["template: order update v2 (order_update_v2) > order update v3 (order_update_v3)", "language of the template: English, United Kingdom (en_GB) > English, United States (en_US)"]),
    ("telegram", {"reply_markup": {"inline_keyboard": [[{"text": "A"}, {"text": "B"}]]}}, {"reply_markup": {"inline_keyboard": [[{"text": "A"}], [{"text": "B"}]]}}, ["button “B”: its look changed (now below the button before it instead of beside the button before it)"]),
    ("slack", blocks(rich({"type": "text", "text": "Shifts for ", "style": {"bold": True}}, {"type": "text", "text": "12 June"})), blocks(rich({"type": "text", "text": "Shifts for "}, {"type": "text", "text": "12 June"})), ["style of text: “Shifts for” is no longer bold"]),
    ("discord", menu("Day?", "Monday", "Friday"), menu("Day?", "Friday", "Monday"), ["choice: “Friday” now comes before “Monday”"]),
    ("discord", menu("Day?", "Monday", "Friday"), menu("Which day?", "Monday", "Friday"), ["menu: Day? > Which day?"]),
    ("telegram", {"text": "Hi", "disable_notification": False}, {"text": "Hi", "disable_notification": True}, ["how it arrives: None > without a sound"]),
    ("fcm", {"android": {"notification": {"color": "#2e7d32"}}}, {"android": {"notification": {"color": "#c62828"}}}, ["colour: dark green #2e7d32 > red #c62828"]),
    ("slack", blocks(section("A"), {"type": "new_kind", "text": "x", "z": [1, 2]}), blocks(section("A"), {"type": "new_kind", "text": "x", "z": [[1, 2]]}), ["message for Slack: how it is put together changed, and none of its words, links and pictures"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("provider", "old", "new", "changes"), PAIRS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_changed_is_said_as_the_provider_shows_it(
    provider: str, old: Any, new: Any, changes: list[str]
) -> None:
    assert said(provider, old, new) == changes
    assert said(provider, old, json.loads(json.dumps(old))) == []
    assert len(said(provider, new, old)) >= 1
    for each in changes:
        assert not any(sign in each for sign in ("›", "type:", "{", "mrkdwn", "<"))


def test_an_override_that_is_new_or_gone_is_one_part() -> None:
    override = blocks(section("*One*"), actions(button("Take it", url="https://c.test/a")))
    (change,) = override_changes({}, {"slack": override})
    assert change[:3] == ("message for Slack", None, "One\n[button “Take it”: https://c.test/a]")
    (change,) = override_changes({"sendgrid": {"subject": "Hi", "html": "<p>a</p>"}}, {})
    assert change[:3] == ("message for SendGrid", "[subject “Hi”]\na", None)
    assert next(override_changes({}, {"x": {}})).new == "nothing that is read"


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
