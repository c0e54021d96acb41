"""Overrides of providers, each with what a page shows of it: name -> (channel, content, overrides, visible texts)."""

from __future__ import annotations

from typing import Any

EVIL = '</script><script>top.hacked=1</script><img src="https://evil.test/a.png" onerror="top.hacked=1">'
CHAT = {"body": "Order 4711 left."}
PUSH = {"subject": "Sent", "body": "Order 4711 left."}
MAIL = {"subject": "Your order", "body": "<p>It left.</p>"}


def _text(said: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": said}


def _plain(said: str) -> dict[str, Any]:
    return _text(said, "plain_text")


def _slack(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"slack": {"blocks": list(blocks), **more}}


def _card(*body: Any, **more: Any) -> dict[str, Any]:
    content = {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    return {"msteams": {"type": "message", "attachments": [attachment]}}


def _nested(depth: int) -> Any:
    value: Any = "the bottom"
    for _ in range(depth):
        value = {"inside": [value]}
    return value


def _containers(depth: int) -> Any:
    value: Any = {"type": "TextBlock", "text": "the bottom"}
    for _ in range(depth):
        value = {"type": "Container", "items": [value]}
    return value


Override = tuple[str, dict[str, Any], dict[str, Any], list[str]]

OVERRIDES: dict[str, Override] = {
    "slack-order": ("chat", CHAT, _slack(
        {"type": "header", "text": _plain("Order :package: on its way")},
        {"type": "section", "text": _text("Hi *Ann*, _it_ ~was~ `left` <https://acme.test/o/4711|Track it> &amp; <!date^1392734382^on {date_short}|in February>"),
         "fields": [_text("*Carrier*\nDHL"), _text("*Due*\nMonday")],
         "accessory": {"type": "button", "text": _plain("Track"), "url": "https://acme.test/track", "style": "primary", "action_id": "track-it"}},
        {"type": "divider"},
        {"type": "image", "image_url": "https://cdn.test/box.png", "alt_text": "A box", "title": _plain("The parcel")},
        {"type": "context", "elements": [_text("for <@U123> and <!here> in <#C1|orders>")]},
        text="Order 4711"),
        ["Slack shows its own message, below, instead of this text.", "Order 📦 on its way", "Hi Ann, it was left Track it & on Feb 18, 2014",
         "Carrier", "DHL", "Track", "A box", "https://cdn.test/box.png", "The parcel", "for @U123 and @here in #orders", "Its notification says: Order 4711",
         "“Track it” leads to https://acme.test/o/4711", "“Track” leads to https://acme.test/track"]),
    "slack-actions": ("chat", CHAT, _slack(
        {"type": "actions", "elements": [
            {"type": "button", "text": _plain("Approve"), "style": "primary", "value": "yes", "action_id": "approve",
             "confirm": {"title": _plain("Sure?"), "text": _plain("It is sent.")}},
            {"type": "button", "text": _plain("Deny"), "style": "danger"},
            {"type": "static_select", "placeholder": _plain("Choose a day"), "options": [{"text": _plain("Monday"), "value": "1"}, {"text": _plain("Tuesday"), "value": "2"}]},
            {"type": "datepicker", "initial_date": "2026-01-31"},
            {"type": "overflow", "options": [{"text": _plain("Archive"), "value": "a"}]}]},
        {"type": "input", "label": _plain("Why"), "optional": True, "hint": _plain("A word will do."), "element": {"type": "plain_text_input", "placeholder": _plain("Your words")}},
        {"type": "section", "text": _text("Which?"), "accessory": {"type": "checkboxes", "options": [{"text": _text("*All* of them"), "value": "all", "description": _text("takes longer")}]}}),
        ["Approve", "Deny", "Choose a day", "Monday", "Tuesday", "2026-01-31", "More", "Archive", "Why (optional)", "Your words", "A word will do.", "All of them takes longer",
         "Not seen in the message: settings of"]),
    "slack-rich-text": ("chat", CHAT, _slack(
        {"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "Bold", "style": {"bold": True}}, {"type": "text", "text": " then "}, {"type": "link", "url": "https://acme.test/a", "text": "a link"},
                                                       {"type": "emoji", "name": "tada"}, {"type": "user", "user_id": "U7"}]},
            {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}, {"type": "rich_text_section", "elements": [{"type": "text", "text": "second"}]}]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]}]},
        {"type": "video", "title": _plain("How to open it"), "title_url": "https://video.test/1", "thumbnail_url": "https://video.test/1.png", "alt_text": "A box opens", "video_url": "https://video.test/1.mp4"},
        {"type": "file", "external_id": "F9", "source": "remote"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "Item"}, {"type": "raw_text", "text": "Price"}], [{"type": "raw_text", "text": "Pot"}, {"type": "raw_text", "text": "9 €"}]]},
        {"type": "markdown", "text": "# Head\n- **one**\n- two"}),
        ["Bold then a link🎉@U7", "first", "second", "quoted", "x = 1", "How to open it", "Video: A box opens", "File F9", "Pot", "9 €", "Head", "one"]),
    "slack-markup": ("chat", CHAT, _slack(
        {"type": "section", "text": _text("> quoted *bold*\nplain\n```code *not bold*```\n<mailto:a@acme.test|write> snake_case_name 2 * 3 * 4 :no_such_emoji: <https://acme.test/?a=1&amp;b=2>")}),
        ["quoted bold", "code *not bold*", "write", "snake_case_name 2 * 3 * 4 :no_such_emoji:", "https://acme.test/?a=1&b=2", "“write” leads to mailto:a@acme.test"]),
    "slack-attachments": ("chat", CHAT, {"slack": {"attachments": [{
        "color": "good", "pretext": "Before", "author_name": "Ann", "title": "Order", "title_link": "https://acme.test/o", "text": "It is *here*.",
        "fields": [{"title": "Carrier", "value": "DHL", "short": True}], "footer": "Shop", "ts": 1392734382, "image_url": "https://cdn.test/i.png", "actions": [{"type": "button", "text": "Open", "url": "https://acme.test/open"}]}]}},
        ["Order 4711 left.", "Before", "Ann", "Order", "It is here.", "Carrier", "DHL", "Open", "Shop · Feb 18, 2014"]),
    "slack-settings": ("chat", CHAT, {"slack": {"webhookUrl": "https://hooks.slack.test/services/T1", "unfurlLinks": False, "iconEmoji": ":ghost:"}},
        ["webhook URL", "unfurl links", "no", "icon emoji", ":ghost:"]),
    "slack-passthrough": ("chat", CHAT, {"slack": {"text": "Known", "_passthrough": {"body": {"text": "Passed through", "thread_ts": "1.2"}, "headers": {"X-Trace": "7"}}}},
        ["Slack shows its own message, below, instead of this text.", "Passed through", "thread ts", "request", "X-Trace"]),
    "slack-many": ("chat", CHAT, _slack(*({"type": "section", "text": _plain(f"Line {number}")} for number in range(10_000))), ["Line 0", "Line 99", "and 9,900 more"]),
    "slack-malformed": ("chat", CHAT, _slack(
        {"type": "section", "text": 7}, {"type": "section"}, "words alone", None, [1, 2], {"type": "poll", "question": "Tea or coffee?"}, {"typ": "x"}, {"type": "actions", "elements": {"type": "button"}},
        {"type": "__proto__"}, {"type": "constructor"}, {"type": "image"}),
        ["7", "words alone", "“poll”, not drawn here:", "question", "Tea or coffee?", "Of no known kind:", "Image without a description"]),
    "slack-not-blocks": ("chat", CHAT, {"slack": {"blocks": "none", "text": {"a": 1}}}, ["Also set", "blocks", "none"]),
    "slack-hostile": ("chat", {"body": EVIL}, _slack(
        {"type": "header", "text": _plain(EVIL)},
        {"type": "section", "text": _text(f"<javascript:top.hacked=1|press> <data:text/html,{'x'}|data> {EVIL}"),
         "accessory": {"type": "button", "text": _plain("Go"), "url": "javascript:top.hacked=1"}},
        {"type": "image", "image_url": "data:image/svg+xml,<svg onload='top.hacked=1'>", "alt_text": EVIL},
        {"type": "image", "image_url": "https://evil.test/b.png", "alt_text": "\u202egnp.exe"},
        {"type": "section", "text": _plain("\u202eright to left")}),
        ["top.hacked=1</script>", "“press” leads to javascript:top.hacked=1", "“Go” leads to javascript:top.hacked=1"]),
    "teams-card": ("chat", CHAT, _card(
        {"type": "TextBlock", "text": "Order **4711**", "size": "Large", "weight": "Bolder", "color": "Accent", "wrap": True},
        {"type": "ColumnSet", "columns": [
            {"type": "Column", "width": "auto", "items": [{"type": "Image", "url": "https://cdn.test/ann.png", "altText": "Ann", "style": "Person"}]},
            {"type": "Column", "width": "stretch", "items": [{"type": "TextBlock", "text": "Ann Lee", "isSubtle": True}]}]},
        {"type": "FactSet", "facts": [{"title": "Carrier", "value": "DHL"}, {"title": "Due", "value": "Monday"}]},
        {"type": "Input.Text", "id": "why", "label": "Why", "placeholder": "Your words", "isRequired": True},
        {"type": "Input.ChoiceSet", "id": "day", "choices": [{"title": "Monday", "value": "1"}, {"title": "Tuesday", "value": "2"}], "value": "2"},
        {"type": "Table", "columns": [{"width": 1}], "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [{"type": "TextBlock", "text": "Item"}]}]}, {"type": "TableRow", "cells": [{"type": "TableCell", "items": [{"type": "TextBlock", "text": "Pot"}]}]}]},
        {"type": "ImageSet", "images": [{"type": "Image", "url": "https://cdn.test/1.png", "altText": "One"}]},
        actions=[{"type": "Action.OpenUrl", "title": "Track", "url": "https://acme.test/t"}, {"type": "Action.Submit", "title": "Done", "data": {"x": 1}},
                 {"type": "Action.ShowCard", "title": "Comment", "card": {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Say it"}]}}]),
        ["Microsoft Teams shows its own message, below, instead of this text.", "Order 4711", "Ann Lee", "Carrier", "DHL", "Why (required)", "Your words", "Tuesday", "Pot", "One", "Track", "Done", "Comment",
         "Shown when it is pressed:", "Say it", "“Track” leads to https://acme.test/t"]),
    "teams-message-card": ("chat", CHAT, {"msteams": {"@type": "MessageCard", "themeColor": "0076D7", "summary": "Order", "sections": [
        {"activityTitle": "**Ann** ordered", "activitySubtitle": "today", "activityImage": "https://cdn.test/ann.png", "facts": [{"name": "Carrier", "value": "DHL"}], "markdown": True}],
        "potentialAction": [{"@type": "OpenUri", "name": "Open", "targets": [{"os": "default", "uri": "https://acme.test/open"}]}]}},
        ["Order", "Order 4711 left.", "Ann ordered", "today", "Carrier", "DHL", "Open", "“Open” leads to https://acme.test/open"]),
    "teams-unknown": ("chat", CHAT, _card({"type": "Chart.Donut", "title": "Share"}, {"type": "TextBlock", "text": EVIL}, _containers(40), {"type": "TextBlock", "text": "later", "isVisible": False}),
        ["“Chart.Donut”, not drawn here:", "Share", "<script>top.hacked=1</script>", "nested deeper than is shown here", "Hidden until a button shows it:"]),
    "whatsapp-template": ("chat", CHAT, {"whatsapp-business": {"type": "template", "template": {"name": "order_shipped", "language": {"code": "en_US"}, "components": [
        {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://cdn.test/h.png"}}]},
        {"type": "body", "parameters": [{"type": "text", "text": "Ann"}, {"type": "currency", "currency": {"fallback_value": "9 €", "code": "EUR", "amount_1000": 9000}}]},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "4711"}]}]}}},
        ["WhatsApp shows its own message, below, instead of this text.", "Template order_shipped, in en_US", "{{1}}", "Ann", "{{2}}", "9 €", "Button 1 (URL): 4711", "The text of the template is at WhatsApp."]),
    "whatsapp-filled": ("chat", CHAT, {"whatsapp-business": {"template": {"name": "hello", "language": {"code": "de"}, "components": [
        {"type": "BODY", "text": "Hallo {{1}}, Nr. *{{2}}*", "parameters": [{"type": "text", "text": "Ann"}, {"type": "text", "text": "4711"}]}, {"type": "FOOTER", "text": "Der Laden"}, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Ansehen", "url": "https://acme.test/a"}]}]}}},
        ["Hallo Ann, Nr.", "4711", "Der Laden", "Ansehen", "Its type is not set"]),
    "whatsapp-interactive": ("chat", CHAT, {"whatsapp-business": {"type": "interactive", "interactive": {"type": "list", "header": {"type": "text", "text": "Menu"}, "body": {"text": "*Choose*"}, "footer": {"text": "Shop"},
        "action": {"button": "Open", "sections": [{"title": "Days", "rows": [{"id": "1", "title": "Monday", "description": "morning"}]}]}}}},
        ["Menu", "Choose", "Shop", "Open", "Days", "Monday", "morning"]),
    "whatsapp-buttons": ("chat", CHAT, {"whatsapp": {"type": "interactive", "interactive": {"type": "button", "body": {"text": "Is it fine?"}, "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}]}}}},
        ["Is it fine?", "Yes"]),
    "discord-embed": ("chat", CHAT, {"discord": {"content": "**Hi** ||secret|| <@99>", "embeds": [{"title": "Order", "url": "https://acme.test/o", "description": "It is *here*", "color": 5814783, "fields": [{"name": "Carrier", "value": "DHL", "inline": True}],
        "footer": {"text": "Shop"}, "image": {"url": "https://cdn.test/i.png"}, "author": {"name": "Ann"}}], "components": [{"type": 1, "components": [{"type": 2, "label": "Open", "style": 5, "url": "https://acme.test/open"}]}]}},
        ["Discord shows its own message, below, instead of this text.", "Hi secret @99", "Order", "It is here", "Carrier", "DHL", "Shop", "Ann", "Open"]),
    "discord-embed-only": ("chat", CHAT, {"discord": {"embeds": [{"description": "More"}], "username": "Bot"}}, ["Order 4711 left.", "Bot", "More"]),
    "telegram-html": ("chat", CHAT, {"telegram": {"text": f"<b>Order</b> <a href=\"https://acme.test/o\">4711</a> &lt;3 {EVIL}", "parseMode": "HTML", "replyMarkup": {"inline_keyboard": [[{"text": "Track", "url": "https://acme.test/t"}, {"text": "Later", "callback_data": "later"}]]}}},
        ["Telegram shows its own message, below, instead of this text.", "Order 4711 <3", "Track", "Later", "callback data", "<script>"]),
    "telegram-markdown": ("chat", CHAT, {"telegram": {"text": "*It* is __here__\\. [Track](https://acme.test/t)", "parse_mode": "MarkdownV2"}}, ["It is here. Track"]),
    "webex": ("chat", CHAT, {"webex-messaging": {"markdown": "**Now** in Webex"}}, ["Webex shows its own message, below, instead of this text.", "Now in Webex"]),
    "fcm": ("push", PUSH, {"fcm": {"notification": {"title": "Sent at last", "image": "https://cdn.test/p.png", "clickAction": "OPEN"}, "data": {"orderId": "4711", "deep_link": "acme://o/4711"}, "android": {"priority": "high", "notification": {"title": "On Android", "color": "#7c3aed"}},
        "apns": {"payload": {"aps": {"sound": "ping", "badge": 3}}}}},
        ["Firebase (FCM) shows its own message, below, instead of this title.", "Sent at last", "Order 4711 left.", "https://cdn.test/p.png", "orderId", "deep_link", "On Android", "priority", "high", "colour of the icon", "#7c3aed", "badge", "3"]),
    "fcm-data": ("push", PUSH, {"fcm": {"data": {"a": "1"}, "timeToLive": 60}}, ["time to live", "60"]),
    "apns": ("push", PUSH, {"apns": {"aps": {"alert": {"title": "Sent", "subtitle": "Today", "body": "Look"}, "badge": 2, "sound": "ping"}, "topic": "test.acme", "payload": {"orderId": 4711}}},
        ["Apple (APNs) shows its own message, below, instead of this title and text.", "Today", "Look", "2", "topic", "test.acme", "orderId"]),
    "expo": ("push", PUSH, {"expo": {"title": "Expo says", "badge": 1, "ttl": 60}}, ["Expo shows its own message, below, instead of this title.", "Expo says", "Order 4711 left.", "TTL", "60"]),
    "one-signal": ("push", PUSH, {"one-signal": {"headings": {"en": "Hello", "de": "Hallo"}, "contents": {"en": "English", "de": "Deutsch"}}}, ["OneSignal shows its own message, below, instead of this title and text.", "In de:", "Hallo", "Deutsch"]),
    "sendgrid-settings": ("email", MAIL, {"sendgrid": {"from": {"email": "shop@acme.test", "name": "The shop"}, "replyTo": {"email": "help@acme.test"}, "categories": ["orders", "spring"], "headers": {"X-Order-Id": "4711"}, "ipPoolName": "fast",
        "customArgs": {"order_id": "4711"}, "attachments": [{"filename": "a.pdf", "type": "application/pdf"}, {"filename": "b.pdf", "type": "application/pdf"}]}},
        ["The shop <shop@acme.test>", "reply to", "help@acme.test", "orders, spring", "X-Order-Id", "IP pool name", "fast", "order_id", "a.pdf"]),
    "sendgrid-template": ("email", MAIL, {"sendgrid": {"templateId": "d-12345", "personalizations": [{"dynamicTemplateData": {"firstName": "Ann"}}]}}, ["SendGrid shows its own message, below, instead of this email.", "template ID", "d-12345", "firstName", "Ann"]),
    "mailgun-body": ("email", MAIL, {"mailgun": {"subject": "For Mailgun alone", "html": f"<h1>Another body</h1>{EVIL}", "oTag": ["a", "b"]}}, ["Mailgun shows its own message, below, instead of this subject and body.", "For Mailgun alone", "o tag"]),
    "ses-passthrough": ("email", MAIL, {"ses": {"_passthrough": {"headers": {"X-SES-CONFIGURATION-SET": "receipts"}, "body": {"subject": "From SES"}}}}, ["Amazon SES shows its own message, below, instead of this subject.", "From SES", "X-SES-CONFIGURATION-SET", "receipts"]),
    "twilio": ("sms", {"body": "Order left"}, {"twilio": {"body": "Sent by Twilio", "from": "+15550100", "mediaUrl": ["https://cdn.test/m.png"]}}, ["Twilio shows its own message, below, instead of this text.", "Sent by Twilio", "+15550100"]),
    "mattermost": ("chat", CHAT, {"mattermost": {"text": "**Now** | [Track](https://acme.test/t)", "attachments": [{"text": "below"}, 7]}}, ["Mattermost shows its own message, below, instead of this text.", "Now | Track", "below", "7"]),
    "chats-malformed": ("chat", CHAT, {"discord": {"content": ["x"], "embeds": ["y", {"fields": "z"}]}, "telegram": {"text": 7, "reply_markup": {"inline_keyboard": [7, [None]]}}, "whatsapp-business": {"template": {"components": [3]}, "text": 5},
        "msteams": {"attachments": [1, {"content": {"type": "AdaptiveCard", "body": "words"}}]}}, ["Discord", "content", "x", "y", "z", "Telegram", "7", "WhatsApp", "3", "5", "Microsoft Teams", "words"]),
    "apns-malformed": ("push", PUSH, {"apns": {"aps": {"alert": [1], "badge": {"a": 1}}, "alert": "Words"}, "fcm": {"notification": "words"}, "expo": {"title": {"en": "x"}}, "one-signal": {"headings": "words"}}, ["Words", "words", "OneSignal"]),
    "plivo": ("sms", {"body": "Order left"}, {"plivo": {"text": "By Plivo"}}, ["Plivo shows its own message, below, instead of this text.", "By Plivo"]),
    "pagerduty": ("tool", {"body": "down"}, {"pagerduty": {"severity": "critical", "dedupKey": "db", "links": [{"href": "https://acme.test", "text": "Runbook"}]}}, ["pagerduty", "severity", "critical", "dedup key", "Runbook"]),
    "unknown-deep": ("chat", CHAT, {"zz-new-chat": {"outer": _nested(60), "long": "word " * 5000, "none": None, "yes": True, "empty": {}, "list": [], "rows": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}},
        ["zz-new-chat", "nested deeper than is shown here", "more characters", "none", "yes", "empty list"]),
    "unknown-huge": ("chat", CHAT, {"line": {"messages": [{"type": "text", "text": f"message {number}"} for number in range(5000)]}}, ["messages", "message 0", "and 4,900 more"]),
    "not-a-record": ("chat", CHAT, {"slack": "words", "discord": None, "telegram": [1, 2], "msteams": {}}, ["words", "none", "1, 2", "Nothing is set."]),
}  # fmt: skip
