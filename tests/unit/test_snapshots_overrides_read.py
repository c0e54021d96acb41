"""What is read of a whole message for a chat or a phone, part by part, in the order in which people see it."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.snapshots.overrides.parts import Part
from novu_framework_testing.snapshots.overrides.providers import sheet_of
from tests.tables import walked


def said(part: Part) -> str:
    """Tell a part in a line: what it is, its words, where it leads, what it belongs to, how it looks, what nobody sees."""
    block, more = part.block, []
    if block.target:
        more.append(f" > {block.target}")
    if block.row:
        more.append(f" (of {block.row})")
    more += [f" [{style}: {words}]" for style, words in part.styles]
    more += [f" {key}={value}" for (_, key), value in part.looks.items() if key != "kind_of_value"]
    more += [f" -{key}={value}" for (_, key), value in part.unseen.items() if key != "name in the data"]
    return f"{'small ' if part.is_small else ''}{block.kind}: {block.text}{''.join(more)}"


def read(provider: str, message: Any) -> list[str]:
    sheet = sheet_of(provider, message)
    first, *parts = sheet.parts
    about = said(first)
    return [
        *([] if about == ": " else [about]),
        *map(said, parts),
        *(f"= {said(one)}" for one in sheet.holders),
    ]


def teams(*body: Any, **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "body": list(body), **more}


def line(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, **more}


LINK = {"type": "Action.OpenUrl", "title": "Open", "url": "https://c.test/o"}


def slack(*blocks: Any) -> dict[str, Any]:
    return {"blocks": list(blocks)}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name)} for name in names]


def asks(**element: Any) -> dict[str, Any]:
    return slack({"type": "input", "label": plain("Day"), "element": element})


def template(*parameters: Any) -> dict[str, Any]:
    return {"template": {"name": "visit", "components": [{"type": "body", "parameters": list(parameters)}]}}


READ: list[tuple[str, Any, list[str]]] = [
    ("msteams", teams(line("One", isSubtle=True), line("Two", size="small"), line("Three", size="Large"), line("Four", style="heading"), line("Five **now**")), [':  -type=AdaptiveCard', 'small text: One isSubtle=True', 'small text: Two size=small', 'text: Three size=Large', 'heading: Four', 'text: Five now [bold: now]']),
    ("msteams", teams({"type": "RichTextBlock", "inlines": ["One ", {"type": "TextRun", "text": "two", "weight": "Bolder"}, {"type": "TextRun", "text": " three", "selectAction": LINK}]}), [':  -type=AdaptiveCard', 'text: One two three weight=Bolder', 'link:  three > https://c.test/o']),
    ("msteams", teams({"type": "Image", "altText": "Map", "url": "https://c.test/m", "selectAction": LINK}, {"type": "ImageSet", "images": [{"type": "Image", "url": "https://c.test/n"}]}), [':  -type=AdaptiveCard', 'image: Map > https://c.test/m', 'link: Open > https://c.test/o', 'image:  > https://c.test/n', '= part:  > 1']),
    ("msteams", teams({"type": "Media", "altText": "Tour", "poster": "https://c.test/p", "sources": [{"mimeType": "video/mp4", "url": "https://c.test/v"}, {"url": "https://c.test/w"}]}), [':  -type=AdaptiveCard', 'film or sound: Tour > https://c.test/v', 'film or sound: Tour > https://c.test/w', 'image:  > https://c.test/p']),
    ("msteams", teams({"type": "Container", "items": [line("One")], "backgroundImage": "https://c.test/b", "selectAction": LINK}), [":  -type=AdaptiveCard", "background image:  > https://c.test/b", "text: One", "link: Open > https://c.test/o", "= part: One > 1"]),
    ("msteams", teams(line("One"), backgroundImage={"url": "https://c.test/b", "fillMode": "cover"}, actions=[LINK, {"type": "Action.Submit", "title": ""}], selectAction=LINK), [':  -type=AdaptiveCard', 'background image:  > https://c.test/b', 'text: One', 'button: Open > https://c.test/o', 'button: without a label', 'link: Open > https://c.test/o']),
    ("msteams", teams({"type": "ColumnSet", "columns": [{"type": "Column", "items": [line("One"), line("Two")], "width": "auto"}, {"type": "Column", "items": [line("Three")]}], "selectAction": LINK}), [":  -type=AdaptiveCard", "text: One", "text: Two", "text: Three is_beside_column=True", "link: Open > https://c.test/o", "= column: One > 2 width=auto", "= column: Three > 2", "= part: One > 1"]),
    ("msteams", teams({"type": "FactSet", "facts": [{"title": "Ward", "value": "3"}, {"name": "Bed", "value": "4"}, {"title": "Alone"}, {"value": "9"}]}), [':  -type=AdaptiveCard', 'text: Ward: 3', 'text: Bed: 4', 'text: Alone', 'text: 9', '= part: Ward: 3 > 1']),
    ("msteams", teams({"type": "ActionSet", "actions": [{"type": f"Action.{kind}", "title": kind} for kind in ("OpenUrl", "Submit", "Execute", "ToggleVisibility")]}), [':  -type=AdaptiveCard', 'button: OpenUrl', 'button: Submit', 'button: Execute', 'button: ToggleVisibility', '= part: OpenUrl > 1']),
    ("msteams", teams(actions=[{"type": "Action.ShowCard", "title": "More", "card": teams(line("Inside"))}, {"type": "Action.Other", "title": "Else"}]), [":  -type=AdaptiveCard", "button: More", "text: Inside shown_by=More", "title of action.other: Else", "= part: Inside > 2"]),
    ("msteams", teams({"type": "Table", "columns": [{"width": 1}], "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [line("Room")]}, {"type": "TableCell", "items": [line("Guest")]}]}, {"type": "TableRow", "cells": [{"type": "TableCell", "items": [line("1")]}, {"type": "TableCell", "items": [line("Ann")]}]}]}), [':  -type=AdaptiveCard', 'text: Room width=1', 'text: Guest', 'text: 1', 'text: Ann', '= part: Room > 3', '= part: Guest > 3', '= part: Room > 2', '= part: 1 > 3', '= part: Ann > 3', '= part: 1 > 2', '= part: Room > 1']),
    ("msteams", teams({"type": "Table", "firstRowAsHeader": False, "rows": [{"cells": [{"items": [line("1")]}, {"items": [line("Ann")]}]}, {"cells": [{"items": [line("2")]}, {"items": [line("Bob")]}]}]}), [':  -type=AdaptiveCard', 'text: 1', 'text: Ann', 'text: 2', 'text: Bob', '= part: 1 > 3', '= part: Ann > 3', '= part: 1 > 2', '= part: 2 > 3', '= part: Bob > 3', '= part: 2 > 2', '= part: 1 > 1 firstRowAsHeader=False']),
    ("msteams", teams({"type": "CodeBlock", "codeSnippet": "a = 1", "language": "Python"}, {"type": "Badge", "text": "New"}, {"type": "Icon", "name": "Bell"}, {"type": "Carousel", "pages": [{"type": "CarouselPage", "items": [line("Page")]}]}), [':  -type=AdaptiveCard', 'code: a = 1 -language=Python', 'badge: New', 'icon: Bell', 'text: Page', '= part: Page > 2', '= part: Page > 1']),
    ("msteams", teams({"type": "Rating", "value": 3}, {"type": "Rating", "value": 3, "max": 10, "count": 7}, {"type": "ProgressBar", "value": 20}, {"type": "ProgressBar", "max": 50}), [':  -type=AdaptiveCard', 'stars: 3 of 5', 'stars: 3 of 10, by 7', 'progress: 20 of 100', 'progress: 0 of 50']),
    ("msteams", teams({"type": "CompoundButton", "title": "Ask", "description": "A person", "badge": "New", "selectAction": LINK}, {"type": "CompoundButton"}), [':  -type=AdaptiveCard', 'button: Ask > https://c.test/o', 'text: A person', 'badge: New', 'button: without a label']),
    ("msteams", teams({"type": "Chart.Pie", "title": "Beds", "data": [{"legend": "Free", "value": 3}]}, {"type": "Chart.Line", "title": "Week", "data": [{"x": "Mon", "y": 3}]}, {"type": "Chart.Gauge", "segments": [{"legend": "Low", "size": 5}]}), [':  -type=AdaptiveCard', 'heading: Beds', 'value of the chart: Free: 3', 'heading: Week', 'value of the chart: Mon: 3', 'value of the chart: Low: 5', '= part: Beds > 1', '= part: Week > 1']),
    ("msteams", teams({"type": "Input.Text", "label": "Day", "value": "a", "placeholder": "Say", "errorMessage": "Wrong", "isRequired": True}), [':  -type=AdaptiveCard', 'field: Day (required) field_kind=a text', 'what is filled in: a (of Day)', 'words in the empty field: Say (of Day)', 'what is said of a wrong entry: Wrong (of Day)']),
    ("msteams", teams({"type": "Input.Number", "label": "Day", "value": "a", "placeholder": "Say", "errorMessage": "Wrong", "isRequired": True}), [':  -type=AdaptiveCard', 'field: Day (required) field_kind=a number', 'what is filled in: a (of Day)', 'words in the empty field: Say (of Day)', 'what is said of a wrong entry: Wrong (of Day)']),
    ("msteams", teams({"type": "Input.Date", "label": "Day", "value": "a", "placeholder": "Say", "errorMessage": "Wrong", "isRequired": True}), [':  -type=AdaptiveCard', 'field: Day (required) field_kind=a date', 'what is filled in: a (of Day)', 'words in the empty field: Say (of Day)', 'what is said of a wrong entry: Wrong (of Day)']),
    ("msteams", teams({"type": "Input.Time", "label": "Day", "value": "a", "placeholder": "Say", "errorMessage": "Wrong", "isRequired": True}), [':  -type=AdaptiveCard', 'field: Day (required) field_kind=a time', 'what is filled in: a (of Day)', 'words in the empty field: Say (of Day)', 'what is said of a wrong entry: Wrong (of Day)']),
    ("msteams", teams({"type": "Input.Rating", "label": "Day", "value": "a", "placeholder": "Say", "errorMessage": "Wrong", "isRequired": True}), [':  -type=AdaptiveCard', 'field: Day (required) field_kind=stars', 'what is filled in: a (of Day)', 'words in the empty field: Say (of Day)', 'what is said of a wrong entry: Wrong (of Day)']),
    ("msteams", teams({"type": "Input.Toggle", "title": "Now", "value": "true"}, {"type": "Input.Toggle", "label": "Mail", "title": "Send", "value": "false", "inlineAction": LINK}), [':  -type=AdaptiveCard', 'field: Now field_kind=a switch', 'what is filled in: yes (of Now)', 'field: Mail field_kind=a switch', 'field: Send', 'what is filled in: no (of Mail)', 'button: Open > https://c.test/o']),
    ("msteams", teams({"type": "Input.ChoiceSet", "label": "Day", "value": "m,x", "choices": [{"title": "Monday", "value": "m"}, {"title": "Friday", "value": "f"}]}), [':  -type=AdaptiveCard', 'field: Day field_kind=a choice', 'chosen from the start: Monday, x (of Day)', 'choice: Monday (of Day) -value=m', 'choice: Friday (of Day) -value=f']),
    ("msteams", {"type": "message", "text": "Hi **you**", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": teams(line("One"), lang="en", msteams={"width": "Full", "entities": [1]})}, {"content": {"type": "Other", "title": "Else"}}]}, [":  card_width=Full -type=message -people who are mentioned=[1]", "text: Hi you [bold: you]", "text: One", "language of the card: English (en)", "type: Other", "title: Else", "= part: One > 2", "= part: One > 1 -contentType=application/vnd.microsoft.card.adaptive"]),
    ("msteams", {"@type": "MessageCard", "@context": "x", "title": "Order", "summary": "An order", "text": "It is **here**", "themeColor": "ff0000", "sections": [{"title": "About", "activityTitle": "Ann", "activitySubtitle": "Nurse", "activityText": "Asks", "activityImage": "https://c.test/i", "text": "Hm", "facts": [{"name": "Bed", "value": "4"}], "potentialAction": [{"@type": "OpenUri", "name": "Open", "targets": [{"os": "default", "uri": "https://c.test/t"}]}]}], "potentialAction": [{"@type": "ViewAction", "name": "See", "target": ["https://c.test/s"]}, {"@type": "HttpPOST", "target": "https://c.test/h"}]}, [':  -@type=MessageCard -@context=x', 'heading: Order', 'notification: An order', 'text: It is here [bold: here]', 'image:  > https://c.test/i', 'heading: About', 'heading: Ann', 'text: Nurse', 'text: Asks', 'text: Hm', 'text: Bed: 4', 'button: Open > https://c.test/t -@type=OpenUri', 'button: See > https://c.test/s -@type=ViewAction', 'button: without a label > https://c.test/h -@type=HttpPOST', '= part: Order > 0 bar=ff0000']),
    ("msteams", {"themeColor": "ff0000", "text": "Only"}, ["text: Only", "= part: Only > 0 bar=ff0000"]),
    ("msteams", {"potentialAction": [{"@type": "OpenUri", "name": "Open"}]}, ['button: Open -@type=OpenUri', '= part: Open > 0']),
    ("whatsapp-business", {"image": {"link": "https://c.test/image", "caption": "*Now*", "filename": "a.bin"}}, ['image: a.bin > https://c.test/image', 'text: Now [bold: Now]']),
    ("whatsapp-business", {"video": {"link": "https://c.test/video", "caption": "*Now*", "filename": "a.bin"}}, ['video: a.bin > https://c.test/video', 'text: Now [bold: Now]']),
    ("whatsapp-business", {"document": {"link": "https://c.test/document", "caption": "*Now*", "filename": "a.bin"}}, ['document: a.bin > https://c.test/document', 'text: Now [bold: Now]']),
    ("whatsapp-business", {"audio": {"link": "https://c.test/audio", "caption": "*Now*", "filename": "a.bin"}}, ['sound: a.bin > https://c.test/audio', 'text: Now [bold: Now]']),
    ("whatsapp-business", {"sticker": {"link": "https://c.test/sticker", "caption": "*Now*", "filename": "a.bin"}}, ['sticker: a.bin > https://c.test/sticker', 'text: Now [bold: Now]']),
    ("whatsapp-business", {"image": {"id": "77"}, "reaction": {"message_id": "m", "emoji": "👍"}, "text": {"body": "Hi *you*", "preview_url": True}, "type": "text", "messaging_product": "whatsapp", "recipient_type": "individual"}, [':  -type=text -messaging_product=whatsapp -recipient_type=individual', 'image:  > 77', 'reaction: 👍 -message_id=m', 'text: Hi you [bold: you] preview_url=True']),
    ("whatsapp-business", {"location": {"name": "Clinic", "address": "Street 1", "latitude": 47.1, "longitude": 8.2}}, ['place: Clinic, Street 1', 'position on the map: 47.1, 8.2']),
    ("whatsapp-business", {"location": {"latitude": 47.1, "longitude": 8.2}, "contacts": [{"name": {"formatted_name": "Ann"}}]}, ['position on the map: 47.1, 8.2', 'formatted name: Ann']),
    ("whatsapp-business", template("word", 7, {"type": "text", "text": "Ann"}, {"type": "text", "parameter_name": "day", "text": "Monday"}), ['template: visit', 'value 1 of the body: word', 'value 2 of the body: 7', 'value 3 of the body: Ann', 'value day of the body: Monday']),
    ("whatsapp-business", template({"type": "currency", "currency": {"fallback_value": "€77.00", "code": "EUR", "amount_1000": 77000}}, {"type": "currency", "currency": {"fallback_value": "€70", "code": "EUR", "amount_1000": 77000}}), ['template: visit', 'value 1 of the body: 77.00 EUR -fallback value=€*', 'value 2 of the body: 77.00 EUR, written as “€70” where that cannot be shown -fallback value=€*']),
    ("whatsapp-business", template({"type": "currency", "currency": {"code": "EUR", "amount_1000": 77500}}, {"type": "currency", "currency": {"fallback_value": "much", "code": "EUR"}}, {"type": "currency", "currency": {"code": "EUR"}}, {"type": "currency", "currency": {"amount_1000": 1000}}), ['template: visit', 'value 1 of the body: 77.50 EUR', 'value 2 of the body: much -fallback value=much', 'value 3 of the body: EUR', 'value 4 of the body: 1.00']),
    ("whatsapp-business", template({"type": "date_time", "date_time": {"fallback_value": "6 July", "year": 2026}}), ['template: visit', 'value 1 of the body: 6 July -year=2026']),
    ("whatsapp-business", template({"type": "location", "location": {"name": "Clinic", "address": "Street 1", "latitude": 47.1, "longitude": 8.2}}, {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1767258000000}}, {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 0}}, {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": "x"}}), ['template: visit', 'value 1 of the body: Clinic, Street 1, 47.1, 8.2', 'value 2 of the body: until 2026-01-01 09:00 UTC']),
    ("whatsapp-business", template(*({"type": "x", name: name} for name in ("text", "coupon_code", "phone_number", "url", "payload", "other"))), ['template: visit', 'value 1 of the body: text', 'value 2 of the body: coupon_code', 'value 3 of the body: phone_number', 'value 4 of the body: url', 'value 5 of the body: payload']),
    ("whatsapp-business", template({"type": "image", "image": {"link": "https://c.test/i"}}, {"type": "document", "document": {"link": "https://c.test/d", "filename": "d.pdf"}}), ["template: visit", "image:  > https://c.test/i", "document: d.pdf > https://c.test/d", "= part: d.pdf > 2"]),
    ("whatsapp-business", {"template": {"name": "visit_day", "language": {"code": "de"}, "components": [{"type": "HEADER", "text": "For {{1}}", "parameters": [{"type": "text", "text": "Ann"}]}, {"type": "BODY", "text": "Hi {{ who }}, {{none}}", "parameters": [{"type": "text", "parameter_name": "who", "text": "Bob"}]}, {"type": "FOOTER", "text": "Bye"}]}}, ['template: visit day (visit_day)', 'language of the template: German (de)', 'heading: For Ann', 'text: Hi Bob, {{none}}', 'footer: Bye']),
    ("whatsapp-business", {"template": {"name": "visit", "components": [{"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "abc"}]}, {"type": "button", "sub_type": "quick_reply", "index": 1, "parameters": [{"type": "payload", "payload": "yes"}]}, {"type": "button", "sub_type": "copy_code", "parameters": [{"type": "coupon_code", "coupon_code": "SALE"}]}, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Open", "url": "https://c.test/o"}]}]}}, ["template: visit", "end of the address of button 1: abc", "answer of button 2: yes", "code to copy of a button: SALE", "button: Open > https://c.test/o -type=URL", "= part: Open > 2"]),
    ("whatsapp-business", {"template": {"name": "visit", "components": [{"type": "carousel", "cards": [{"card_index": 0, "components": [{"type": "header", "parameters": [{"type": "image", "image": {"link": "https://c.test/i"}}]}]}]}, {"parameters": ["x"]}]}}, ['template: visit', 'image:  > https://c.test/i', 'value 1 of the template: x', '= part:  > 3', '= part:  > 2']),
    ("whatsapp-business", {"interactive": {"type": "button", "header": {"type": "image", "image": {"link": "https://c.test/i"}}, "body": {"text": "Come *now*"}, "footer": {"text": "Bye"}, "action": {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "Yes"}}, {"type": "reply", "title": "No"}, {"type": "reply"}]}}}, ["image:  > https://c.test/i", "text: Come now [bold: now]", "footer: Bye", "button: Yes -id=a", "button: No", "button: without a label", "= part: Come now > 1"]),
    ("whatsapp-business", {"interactive": {"type": "list", "header": {"type": "text", "text": "Rooms"}, "body": {"text": "Which?"}, "action": {"button": "Choose", "sections": [{"title": "Sea", "rows": [{"id": "1", "title": "One", "description": "Big"}]}, {"product_items": [{"product_retailer_id": "P7"}]}]}}}, ['heading: Rooms', 'text: Which?', 'button: Choose', 'heading: Sea', 'choice: One -id=1', 'text: Big (of One)', 'choice: P7', '= part: Rooms > 1']),
    ("whatsapp-business", {"interactive": {"type": "cta_url", "body": {"text": "See"}, "action": {"name": "cta_url", "parameters": {"display_text": "Open", "url": "https://c.test/o", "x": 1}}}}, [':  -name=cta_url -x=1', 'text: See', 'button: Open > https://c.test/o', '= part: See > 1']),
    ("whatsapp-business", {"interactive": {"type": "flow", "action": {"name": "flow", "parameters": {"flow_cta": "Start", "flow_id": "7"}}}}, [':  -name=flow -flow_id=7', 'button: Start']),
    ("discord", {"content": "Hi **you**", "embeds": [{"type": "rich", "author": {"name": "Ann", "url": "https://c.test/a", "icon_url": "https://c.test/ai"}, "provider": {"name": "Clinic"}, "title": "Order", "url": "https://c.test/t", "description": "It is *here*", "fields": [{"name": "Ward", "value": "3", "inline": True}, {"value": "4"}], "thumbnail": {"url": "https://c.test/th"}, "image": {"url": "https://c.test/im"}, "footer": {"text": "Bye", "icon_url": "https://c.test/fi"}, "timestamp": "2026-01-01T09:00:00Z", "color": 255}]}, ["text: Hi you [bold: you]", "link: Ann > https://c.test/a", "picture of the author:  > https://c.test/ai", "provider: Clinic", "link: Order > https://c.test/t", "text: It is here [in italics: here]", "text: Ward: 3 inline=True", "text: 4", "small picture:  > https://c.test/th", "image:  > https://c.test/im", "footer: Bye", "picture of the footer:  > https://c.test/fi", "time: 2026-01-01T09:00:00Z", "= part: Ann > 1 bar=#0000ff"]),
    ("discord", {"embeds": [{"title": "**Order**", "color": "red"}, {"title": "Two", "color": "16711680"}]}, ["heading: Order [bold: Order]", "heading: Two", "= part: Order > 1 bar=red", "= part: Two > 1 bar=#ff0000"]),
    ("discord", {"components": [{"type": 1, "components": [{"type": 2, "style": style, "label": f"B{style}"} for style in range(1, 7)]}, {"type": 2, "emoji": {"name": "🔔"}, "label": "Ring", "url": "https://c.test/r"}, {"type": 2}]}, ['button: B1 style=accent', 'button: B2 style=secondary', 'button: B3 style=good', 'button: B4 style=danger', 'button: B5', 'button: B6', 'button: 🔔 Ring > https://c.test/r', 'button: without a label', '= part: B1 > 1']),
    ("discord", {"components": [{"type": 17, "components": [{"type": 10, "content": "Say *it*"}, {"type": 3, "placeholder": "Day?", "options": [{"label": "Mon", "description": "early", "default": True}, {"label": "Tue"}]}]}, {"type": 99, "x": 1}]}, ['text: Say it [in italics: it]', 'menu: Day?', 'choice: Mon: early (of Day?)', 'chosen from the start: Mon (of Day?)', 'choice: Tue (of Day?)', 'x: 1', '= part: Say it > 1']),
    ("discord", {"content": "Hi", "tts": True, "avatar_url": "https://c.test/a", "allowed_mentions": {"parse": ["users"], "replied_user": True}, "thread_name": "T", "suppress_embeds": True, "applied_tags": ["7"]}, ['text: Hi', 'who is told of it: users', 'tells who is answered: yes', 'tags of the thread: 7', 'picture of the sender: https://c.test/a', 'links without a preview: yes', 'name of the thread: T', 'read out loud: yes']),
    ("telegram", {"photo": "https://c.test/p", "caption": "<b>Now</b>", "parse_mode": "HTML", "disable_notification": True}, [':  -parse_mode=HTML', 'image:  > https://c.test/p', 'text: Now [bold: Now]', 'how it arrives: without a sound']),
    ("telegram", {"text": "*Now*", "parse_mode": "MarkdownV2", "reply_markup": {"inline_keyboard": [[{"text": "A", "url": "https://c.test/a"}, {"text": "B", "web_app": {"url": "https://c.test/b"}}], [{"text": "C", "login_url": {"url": "https://c.test/c"}}, {"text": "D", "callback_data": "d"}]]}}, [':  -parse_mode=MarkdownV2', 'text: Now [bold: Now]', 'button: A > https://c.test/a', 'button: B > https://c.test/b is_beside=True', 'button: C > https://c.test/c is_beside=False', 'button: D is_beside=True -callback_data=d']),
    ("telegram", {"text": "*Now*", "parse_mode": "Markdown", "reply_markup": {"keyboard": [["Yes", {"text": "No"}], "Maybe"], "resize_keyboard": True}}, [":  resize_keyboard=True -parse_mode=Markdown", "text: Now [bold: Now]", "button: Yes", "button: No is_beside=True", "button: Maybe is_beside=False"]),
    ("telegram", {"text": "*Now*", "parse_mode": "other"}, [':  -parse_mode=other', 'text: *Now*']),
    ("telegram", {"text": "*Now*", "link_preview_options": {"is_disabled": True, "prefer_large_media": True, "prefer_small_media": False, "show_above_text": True}, "protect_content": True, "show_caption_above_media": True, "has_spoiler": True, "message_thread_id": 7, "reply_parameters": {"allow_sending_without_reply": True}, "message_effect_id": "9", "allow_paid_broadcast": True}, ['text: *Now*', 'paid for to be sent faster: yes', 'picture hidden until it is tapped: yes', 'links without a preview: yes', 'large preview of links: yes', 'small preview of links: no', 'preview of links above the text: yes', 'effect when it arrives: 9', 'topic that it is in: 7', 'cannot be passed on: yes', 'sent although what it answers is gone: yes', 'text above the picture: yes']),
    ("fcm", {"notification": {"title": "Hi", "body": "You", "image": "https://c.test/i", "x": "1"}, "data": {"orderId": "7", "badge": "b"}, "android": {"ttl": 5000, "notification": {"title": "A", "body": "B", "color": "#ff0000", "click_action": "OPEN"}}, "apns": {"payload": {"aps": {"alert": {"title": "C", "subtitle": "S", "body": "D", "loc-key": "k"}, "badge": 3, "sound": "ping"}, "more": "m"}, "headers": {"apns-priority": "5"}}, "webpush": {"notification": {"title": "E", "image": "https://c.test/w", "badge": "https://c.test/b", "data": {"a": 1}, "actions": [{"action": "x", "title": "Go"}], "vibrate": [1]}}}, ["title: Hi", "text: You", "image:  > https://c.test/i", "x: 1", "title on Android: A", "text on Android: B", "colour of the icon: red #ff0000", "what a tap opens on Android: OPEN", "how long it is kept on Android: 5 seconds", "title on Apple: C", "subtitle on Apple: S", "text on Apple: D", "text by key on Apple: k", "number on the icon on Apple: 3", "sound on Apple: ping", "how urgent its delivery is on Apple: 5", "more on Apple: m", "title on the web: E", "image on the web:  > https://c.test/w", "button on the web: Go -action=x", "small icon on the web: https://c.test/b", "a of the data on the web: 1", "how it vibrates on the web: 1", "badge: b", "order id: 7"]),
    ("fcm", {"notification": {"title": "Hi"}, "apns": {"payload": {"aps": {"alert": "Alone"}}}, "data": {"ttl": 5000}}, ['title: Hi', 'text on Apple: Alone', 'ttl: 5000']),
    ("apns", {"title": "Hi", "body": "You", "payload": {"orderId": 7}, "badge": 3, "aps": {"alert": {"title": "A", "title-loc-key": "k"}, "sound": "ping"}, "rawPayload": {"aps": {"alert": "Raw", "thread-id": "t"}, "other": "o"}}, ['order id: 7', 'title: Hi', 'text: You', 'title: A', 'title by key: k', 'sound: ping', 'text: Raw', 'group of notifications: t', 'other: o', 'number on the icon: 3']),
    ("apns", {"alert": "Alone", "rawPayload": {"x": 1}}, ['text: Alone', 'x: 1']),
    ("apns", {"alert": {"title": "T", "subtitle": "S", "body": "B", "x": 1}}, ['title: T', 'subtitle: S', 'text: B', 'x: 1']),
    ("expo", {"title": "Hi", "subtitle": "Sub", "body": "You", "data": {"ttl": 60}, "ttl": 60, "channelId": "c"}, ['title: Hi', 'subtitle: Sub', 'text: You', 'ttl: 60', 'kind of notification: c', 'how long it is kept: 1 minute']),
    ("one-signal", {"headings": {"en": "Hi", "de": "Hallo"}, "subtitle": {"en": "Sub"}, "contents": {"en": "You"}, "big_picture": "https://c.test/i", "ttl": 60, "data": {"a": 1}}, ['title in German (de): Hallo', 'title in English (en): Hi', 'subtitle in English (en): Sub', 'text in English (en): You', 'image:  > https://c.test/i', 'a: 1', 'how long it is kept: 1 minute']),
    ("slack", slack({"type": "section", "text": marked("One *two*"), "fields": [marked("*Ward*\n3"), marked("*Bed:*\n4"), marked("*Three*\nlines\nhere"), plain("x")], "accessory": {"type": "button", "text": plain("Go"), "url": "https://c.test/g"}}), ["text: One two [bold: two]", "text: Ward: 3 [bold: Ward] columns=yes", "text: Bed: 4 [bold: Bed:] columns=yes", "text: Three [bold: Three] columns=yes", "text: lines columns=yes", "text: here columns=yes", "text: x columns=yes", "button: Go > https://c.test/g beside_text=True", "= part: Three > 1", "= part: One two > 1"]),
    ("slack", slack({"type": "section", "text": "alone"}, {"type": "header", "text": plain("Head *1*")}, {"type": "divider"}, {"type": "context", "elements": [marked("small"), plain("*raw*"), {"type": "image", "image_url": "https://c.test/i", "alt_text": "Map"}]}), ["text: alone", "heading: Head *1*", "divider: a line across", "small text: small small_print=True", "small text: *raw* small_print=True", "small image: Map > https://c.test/i", "= part: small > 1"]),
    ("slack", slack({"type": "actions", "elements": [{"type": "button", "style": "danger", "confirm": {"title": plain("Sure?"), "text": marked("It is *gone*"), "confirm": plain("Yes"), "deny": plain("No"), "style": "danger"}}, {"type": "workflow_button", "text": plain("Flow")}, {"type": "icon_button", "text": plain("Bin")}, {"type": "feedback_buttons", "positive_button": {"text": plain("Good")}, "negative_button": {"text": plain("Bad")}}]}), ['button: without a label style=danger', 'question: Sure? (of without a label) style=danger', 'question: It is gone (of without a label) [bold: gone]', 'answer to the question: Yes (of without a label)', 'answer to the question: No (of without a label)', 'button: Flow', 'button: Bin', 'button: Good', 'button: Bad', '= part: Good > 2', '= part: without a label > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "static_select", "placeholder": plain("Choose")}]}), ['menu: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "external_select", "placeholder": plain("Choose")}]}), ['menu: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "users_select", "placeholder": plain("Choose")}]}), ['menu of people: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "conversations_select", "placeholder": plain("Choose")}]}), ['menu of conversations: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "channels_select", "placeholder": plain("Choose")}]}), ['menu of channels: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "multi_static_select", "placeholder": plain("Choose")}]}), ['menu of several choices: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "multi_external_select", "placeholder": plain("Choose")}]}), ['menu of several choices: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "multi_users_select", "placeholder": plain("Choose")}]}), ['menu of several people: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "multi_conversations_select", "placeholder": plain("Choose")}]}), ['menu of several conversations: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "multi_channels_select", "placeholder": plain("Choose")}]}), ['menu of several channels: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "datepicker", "placeholder": plain("Choose")}]}), ['date: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "timepicker", "placeholder": plain("Choose")}]}), ['time: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "datetimepicker", "placeholder": plain("Choose")}]}), ['date and time: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "plain_text_input", "placeholder": plain("Choose")}]}), ['field: Choose', '= part: Choose > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "file_input", "placeholder": plain("Choose")}]}), ['field: Choose', '= part: Choose > 1']),
    ("slack", asks(type="static_select"), ['field: Day field_kind=a menu']),
    ("slack", asks(type="multi_users_select"), ['field: Day field_kind=a menu of several people']),
    ("slack", asks(type="datepicker"), ['field: Day field_kind=a date']),
    ("slack", asks(type="timepicker"), ['field: Day field_kind=a time']),
    ("slack", asks(type="datetimepicker"), ['field: Day field_kind=a date and time']),
    ("slack", asks(type="plain_text_input"), ['field: Day field_kind=a text']),
    ("slack", asks(type="email_text_input"), ['field: Day field_kind=an email address']),
    ("slack", asks(type="number_input"), ['field: Day field_kind=a number']),
    ("slack", asks(type="url_text_input"), ['field: Day field_kind=an address']),
    ("slack", asks(type="rich_text_input"), ['field: Day field_kind=a text with bold and lists']),
    ("slack", asks(type="file_input"), ['field: Day field_kind=files']),
    ("slack", asks(type="unknown"), ['field: Day field_kind=another field', 'unknown: (empty)']),
    ("slack", slack({"type": "actions", "elements": [{"type": "static_select", "placeholder": plain("Day"), "options": options("Mon", "Tue"), "initial_option": options("Tue")[0]}, {"type": "multi_static_select", "placeholder": plain("Days"), "option_groups": [{"label": plain("Early"), "options": options("Mon")}], "initial_options": options("Mon", "Tue")}, {"type": "datepicker", "initial_date": "2026-01-01"}, {"type": "datepicker"}]}), ['menu: Day', 'chosen from the start: Tue (of Day)', 'choice: Mon (of Day) field_kind=a menu', 'choice: Tue (of Day)', 'menu of several choices: Days', 'chosen from the start: Mon (of Days)', 'chosen from the start: Tue (of Days)', 'group of choices: Early (of Days)', 'choice: Mon (of Days) field_kind=a menu', 'chosen from the start: 2026-01-01', 'date: without words', '= part: Day > 1']),
    ("slack", slack({"type": "actions", "elements": [{"type": "radio_buttons", "options": [{"text": plain("A"), "description": plain("first")}]}, {"type": "overflow", "options": options("Edit", "Drop"), "confirm": {"title": plain("Sure?")}}]}), ['choice: A field_kind=round buttons, one of which is chosen', 'choice: first', 'choice of the ⋯ menu: Edit', 'choice of the ⋯ menu: Drop', 'question: Sure? (of Drop)', '= part: A > 2', '= part: A > 1']),
    ("slack", slack({"type": "input", "label": plain("Note"), "optional": True, "hint": plain("Short"), "element": {"type": "plain_text_input", "placeholder": plain("Say"), "initial_value": "Hm", "multiline": True}}), ['field: Note (optional) multiline=True field_kind=a text', 'words in the empty field: Say (of Note)', 'filled in from the start: Hm', 'hint: Short (of Note)']),
    ("slack", slack({"type": "input", "element": {"type": "static_select", "placeholder": plain("Say"), "options": options("A")}}, {"type": "input", "label": plain("Alone")}), ['menu: Say', 'choice: A field_kind=a menu', 'field: Alone', '= part: Say > 1']),
    ("slack", slack({"type": "input", "label": plain("Which"), "element": {"type": "checkboxes", "options": options("A", "B")}}), ['field: Which field_kind=boxes to tick', 'choice: A (of Which)', 'choice: B (of Which)', '= part: A > 2']),
    ("slack", slack({"type": "video", "title": plain("Tour"), "title_url": "https://c.test/t", "video_url": "https://c.test/v", "provider_icon_url": "https://c.test/p", "author_name": "Ann", "provider_name": "Tube", "description": plain("All"), "alt_text": "Start", "thumbnail_url": "https://c.test/th"}), ['video: Tour > https://c.test/t', 'film of the video:  > https://c.test/v', 'image:  > https://c.test/p', 'text: Ann', 'text: Tube', 'text: All', 'image: Start > https://c.test/th']),
    ("slack", slack({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "Map", "title": plain("The map")}, {"type": "image", "slack_file": {"url": "https://c.test/f"}}, {"type": "file", "external_id": "E1"}, {"type": "markdown", "text": "**b**"}, {"type": "alert", "text": marked("Look")}), ['image: Map > F1', 'text: The map', 'image:  > https://c.test/f', 'file: E1', 'text: b [bold: b]', 'warning: Look']),
    ("slack", slack({"type": "card", "hero_image": {"type": "image", "image_url": "https://c.test/h"}, "icon": {"type": "image", "image_url": "https://c.test/i"}, "title": plain("Room"), "subtitle": plain("Sea"), "body": marked("*Big*"), "actions": [{"type": "button", "text": plain("Book")}]}, {"type": "carousel", "elements": [{"type": "card", "title": plain("Two")}]}), ["image:  > https://c.test/h", "image:  > https://c.test/i", "heading: Room", "text: Sea", "text: Big [bold: Big]", "button: Book", "heading: Two", "= part: Room > 1", "= part: Two > 1"]),
    ("slack", slack({"type": "table", "rows": [[{"type": "raw_text", "text": "Room"}, "Guest"], [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "1"}]}]}, plain("Ann")], "loose"], "column_settings": [{"align": "right", "is_wrapped": True}, {"align": "center"}]}), ['cell: Room horizontal_alignment=right wrap=True', 'cell: Guest horizontal_alignment=center wrap=None', 'text: 1', 'cell: Ann', 'cell: loose', '= part: 1 > 2']),
    ("slack", slack({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a", "style": {"bold": True, "italic": True}}, {"type": "text", "text": "b", "style": {"strike": True, "code": True, "underline": True}}, {"type": "user", "user_id": "U1"}, {"type": "channel", "channel_id": "C1"}, {"type": "usergroup", "usergroup_id": "S1"}, {"type": "broadcast", "range": "here"}, {"type": "team", "team_id": "T1"}, {"type": "emoji", "name": "bell"}, {"type": "date", "timestamp": 7, "fallback": "then"}, {"type": "date", "timestamp": 1767258000}, {"type": "link", "url": "https://c.test/l", "text": "there"}, {"type": "link", "url": "https://c.test/m"}, {"type": "color", "value": "#F00"}]}]}), ['text: ab@U1#C1@S1@here@T1🔔then1767258000therehttps://c.test/m#F00 [bold: a] [in italics: a] [struck out: b] [code: b] [underlined: b]', 'link: there > https://c.test/l', 'link: https://c.test/m > https://c.test/m', '= part: ab@U1#C1@S1@here@T1🔔then1767258000therehttps://c.test/m#F00 > 1']),
    ("slack", slack({"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "q"}]}, {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]}, {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "i"}]}, {"type": "rich_text_section", "elements": [{"type": "text", "text": "j"}]}]}, {"type": "rich_text_list", "style": "bullet", "offset": 1, "elements": []}, {"type": "rich_text_section", "elements": []}]}), [':  -style=bullet', 'quote: q', 'code: code', 'list item: i starts_at=3 -type=rich_text_section', 'list item: j -type=rich_text_section', '= part: i > 2 style=ordered', '= part: q > 1']),
    ("slack", {"text": "Hi", "attachments": [{"pretext": "Before", "author_name": "Ann", "author_link": "https://c.test/a", "title": "Order", "title_link": "https://c.test/t", "text": "It *is*", "fields": [{"title": "Ward", "value": "3", "short": True}], "image_url": "https://c.test/i", "thumb_url": "https://c.test/th", "fallback": "pic", "actions": [{"type": "button", "text": "Go", "url": "https://c.test/g"}], "footer": "Bye", "color": "#ff0000", "blocks": [{"type": "divider"}]}, {"author_name": "Bob", "title": "Alone", "alt_text": "alt", "fallback": "fb", "thumb_url": "https://c.test/u"}]}, ["text: Hi", "text: Before", "link: Ann > https://c.test/a", "link: Order > https://c.test/t", "text: It is [bold: is]", "divider: a line across", "text: Ward: 3 short=True", "image: pic > https://c.test/i", "image: pic > https://c.test/th", "button: Go > https://c.test/g -type=button", "footer: Bye", "author: Bob -fallback=fb", "heading: Alone", "image: alt > https://c.test/u", "= part: Before > 1 bar=#ff0000", "= part: Bob > 1"]),
    ("slack", {"text": "Hi", "thread_ts": "1", "mrkdwn": False, "parse": "full", "icon_url": "https://c.test/i", "icon_emoji": ":bell:", "as_user": True, "response_type": "ephemeral", "replace_original": True, "delete_original": True}, ['text: Hi', 'sent by a person: yes', 'removes the message before: yes', 'emoji of the sender: :bell:', 'picture of the sender: https://c.test/i', 'draws signs such as * as bold: no', 'what it turns into links: full', 'takes the place of the message before: yes', 'who sees it: ephemeral', 'thread that it answers: 1']),
    ("slack", {**slack({"type": "divider"}), "text": "Note"}, ['divider: a line across', 'notification: Note']),
    ("mattermost", {"text": "**b**", "attachments": [{"title": "Order", "text": "**c**"}]}, ["text: b [bold: b]", "heading: Order", "text: c [bold: c]", "= part: Order > 1"]),
]  # fmt: skip


@walked(("provider", "message", "parts"), READ)
def test_a_message_is_read_as_people_see_it(provider: str, message: Any, parts: list[str]) -> None:
    assert read(provider, message) == parts


MEANT: dict[str, list[str]] = {
    "colour": ["color"],
    "colour behind the icon": ["android_accent_color"],
    "number on the icon": ["badge", "notification_count", "iosBadgeCount"],
    "how the number on the icon changes": ["ios_badgeType"],
    "what a tap opens": ["click_action", "clickUrl", "target-content-id", "targetContentIdentifier"],
    "how long it is kept": ["ttl"],
    "kind of notification": ["channelId", "android_channel_id", "existing_android_channel_id"],
    "sound": ["sound"],
    "replaces those with the key": ["collapseKey", "collapse_id", "apns-collapse-id"],
    "replaces those with the tag": ["tag"],
    "replaces those with the topic": ["topic"],
    "group of notifications": ["thread-id", "android_group"],
    "how much it interrupts": ["interruption-level", "notification_priority"],
    "weight in a summary": ["relevance-score"],
    "the app may change it": ["mutable-content"],
    "the app is woken by it": ["content-available"],
    "stays until it is closed": ["requireInteraction"],
    "comes without sound and vibration": ["silent"],
    "makes itself heard again when it replaces one": ["renotify"],
    "how it vibrates": ["vibrate", "vibrateTimings"],
    "vibrates as usual": ["default_vibrate_timings"],
    "time that it shows": ["timestamp", "event_time"],
    "side from which it is read": ["dir"],
    "stays when it is tapped": ["sticky"],
    "only on this device": ["localOnly"],
    "who sees it on a locked screen": ["visibility"],
    "with the usual sound": ["default_sound"],
    "blinks as usual": ["default_light_settings"],
    "how it blinks": ["light_settings"],
    "what screen readers say": ["ticker"],
    "set of buttons": ["category"],
    "until when it is kept": ["expiry", "expiration", "apns-expiration"],
    "how urgent its delivery is": ["priority", "urgency", "apns-priority"],
    "kind of push": ["pushType", "apns-push-type"],
    "comes before the phone is unlocked": ["direct_boot_ok"],
    "heard although the phone is muted": ["critical"],
    "how loud it is": ["volume"],
    "language": ["lang"],
    "when it is sent": ["delayed_option"],
    "shown in browsers": ["isAnyWeb"],
    "how many are sent in a minute": ["throttle_rate_per_minute"],
    "words in the address that it opens": ["url-args"],
    "picture while the app opens": ["launch-image"],
    "label for statistics": ["analytics_label"],
    "until when it is true": ["stale-date"],
    "until when it is shown": ["dismissal-date"],
    "state": ["content-state"],
    "title by key": ["title-loc-key"],
    "subtitle by key": ["subtitle-loc-key"],
    "text by key": ["loc-key", "body_loc_key"],
    "words in the title": ["title-loc-args"],
    "words in the text": ["loc-args", "body_loc_args"],
}
"""What settings of phones do, with the names that Firebase, Apple, Expo and OneSignal have for them."""


@walked("meaning", MEANT)
def test_a_setting_of_a_phone_is_called_by_what_it_does(meaning: str) -> None:
    for name in MEANT[meaning]:
        assert read("fcm", {"android": {name: "x"}}) == [f"{meaning} on Android: x"]
        assert read("expo", {name: "x"}) == [f"{meaning}: x"]


@walked(
    ("words", "amount", "code", "is_said"),
    [
        ("€77.00", 77_000, "EUR", False),
        ("77,00 EUR", 77_000, "EUR", False),
        ("77", 77_000, "EUR", False),
        ("£77.5", 77_500, "GBP", False),
        ("€1.200", 1_200_000, "EUR", False),
        ("1’200.50 CHF", 1_200_500, "CHF", False),
        ("EUR 1 200", 1_200_000, "EUR", False),
        ("77 dollars", 77_000, "USD", False),
        ("CHF 77.00", 77_000, "EUR", True),
        ("€77", 77_000, "GBP", True),
        ("€77.01", 77_000, "EUR", True),
        ("7 or 70", 77_000, "EUR", True),
        ("a lot", 77_000, "EUR", True),
    ],
)
def test_the_words_for_a_price_are_told_where_they_say_another_one(
    words: str, amount: int, code: str, is_said: bool
) -> None:
    value = {"currency": {"fallback_value": words, "code": code, "amount_1000": amount}}
    said = f"value 1 of the body: {amount / 1000:,.2f} {code}"
    if is_said:
        said += f", written as “{words}” where that cannot be shown"
    assert read("whatsapp-business", template(value))[1].partition(" -fallback")[0] == said


@pytest.mark.parametrize("name", ["text", "body"])
def test_a_text_alone_is_a_message_for_whatsapp(name: str) -> None:
    assert read("whatsapp-business", {name: "Hi *you*"}) == ["text: Hi you [bold: you]"]


@pytest.mark.parametrize(("end", "said"), [(1, True), (10**14 - 1, True), (10**14, False), (-1, False)])
def test_an_offer_ends_at_a_moment_that_there_is(end: int, said: bool) -> None:
    offer = {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": end}}
    parts = read("whatsapp-business", template(offer))
    assert [one.startswith("value 1 of the body: until ") for one in parts[1:]] == [True] * said


def test_settings_of_a_card_are_those_of_the_message() -> None:
    settings = dict.fromkeys(("version", "$schema", "fallbackText", "speak", "lang"), "x")
    more = {name: {"a": 1} for name in ("msteams", "refresh", "authentication", "metadata")}
    first, *parts = read("msteams", teams(line("One"), line("Two"), **settings, **more))
    told = ["text where cards cannot be shown: x", "what is read out loud: x", "language of the card: x"]
    assert parts == ["text: One", "text: Two", *told]
    for name in ("fallbackText", "speak", "lang"):
        del settings[name]
    unseen = sorted(one.partition("=")[0] for one in first.split(" -")[1:])
    assert unseen == sorted([*settings, *more, "type"])


def test_a_question_without_words_is_none() -> None:
    pressed = {"type": "button", "text": plain("Go"), "confirm": {"style": "danger"}}
    assert read("slack", slack({"type": "actions", "elements": [pressed]})) == [
        "button: Go",
        "= part: Go > 1",
    ]
