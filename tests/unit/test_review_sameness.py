"""Equal changes have the same key, and a change that says something else has another."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review.changes import Change, TestChanges
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.report import write_report
from novu_framework_testing.review.sameness import Version, _runs, joined, names_of, sameness, twin_of
from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.context import StepContext
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.pieces import pieces
from novu_framework_testing.snapshots.text_diff import content_changes
from tests.integration.review_projects import step
from tests.tables import walked

ORDER = "<p>Dear Ann,</p>\n<p>order 4711 is on its way.</p>\n<p>Acme, 1 High Street</p>"
TEXTS = [{"type": "TextBlock", "text": text} for text in ("Alpha", "Beta", "Gamma", "Delta")]
LONG = "There is more to read before and after it than a page shows of a long text. " * 3
CLUB = "<p>Welcome, Bob.</p>\n<p>Acme, 1 High Street</p>"


def version(step: RenderedStep | None, stem: str = "01-m-email") -> Version:
    return Version.read(stem, encoded_files(step) if step else {})


def key(change: tuple[Any, Any], *, names: str = "", data: tuple[str, ...] = ()) -> str:
    old, new = change
    kind = "new" if old is None else "gone" if new is None else "changed"
    return sameness(kind, version(old), version(new), names=frozenset(names.casefold().split()), data=data)


def mail(body: str, **more: Any) -> RenderedStep:
    return step("mail", "email", **{"subject": "s", **more}, body=body)


def text(body: str, **more: Any) -> RenderedStep:
    return step("text", "sms", **more, body=body)


def words(old: str, new: str, of: Any = text, **more: Any) -> tuple[RenderedStep, RenderedStep]:
    return of(old, **more), of(new, **more)


def footer(body: str, new: str = "2 Low Road", **more: Any) -> tuple[RenderedStep, RenderedStep]:
    return words(body, body.replace("1 High Street", new), mail, **more)


def pressed(*buttons: tuple[str, str]) -> RenderedStep:
    """Return a step of an inbox with two buttons, each with its words and where it leads."""
    made = ({"label": label, "redirect": {"url": url}} if url else {"label": label} for label, url in buttons)
    return step("a", "in_app", body="b", **dict(zip(("primaryAction", "secondaryAction"), made, strict=True)))


def inbox_of(first: dict[str, Any], second: dict[str, Any]) -> RenderedStep:
    """Return a step of an inbox with two buttons."""
    return step("a", "in_app", body="b", primaryAction=first, secondaryAction=second)


def chat_of(asked: str, said: str) -> RenderedStep:
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": asked}},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": said}}]},
    ]
    return dataclasses.replace(step("a", "chat", body=""), providers={"slack": {"blocks": blocks}})


def said_in(provider: str, override: dict[str, Any]) -> RenderedStep:
    return dataclasses.replace(step("a", "chat", body=""), providers={provider: override})


def two_of(kind: str, *values: Any) -> RenderedStep:
    """Return a chat step with two parts of the same words, each with one of the values."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Book"}}
    fact = {"type": "FactSet"}
    made: dict[str, tuple[str, Any]] = {
        "style": ("slack", lambda value: {"type": "actions", "elements": [{**button, "style": value}]}),
        "words": ("slack", lambda value: {"type": "actions", "elements": [{**button, "text": {"type": "plain_text", "text": value}}]}),
        "fact": ("msteams", lambda value: {**fact, "facts": [{"title": "Crew", "value": value}, {"title": "Van", "value": "1"}]}),
        "ground": ("msteams", lambda value: {"type": "Container", "style": value, "items": [{"type": "TextBlock", "text": "Total"}, {"type": "TextBlock", "text": "Rest"}]}),
        "alternative": ("msteams", lambda value: {"type": "Image", "url": "https://c.test/a", "altText": value}),
        "card": ("whatsapp-business", lambda value: {"components": [{"type": "body", "parameters": [{"type": "text", "text": value}]}]}),
        "hidden": ("msteams", lambda value: {"type": "TextBlock", "text": "Sold out", "isVisible": value}),
    }  # fmt: skip
    provider, one = made[kind]
    if provider == "whatsapp-business":
        return said_in(provider, {"template": {"name": "a", "components": [{"type": "carousel", "cards": [*map(one, values)]}]}})  # fmt: skip
    head = (lambda text: {"type": "header", "text": {"type": "plain_text", "text": text}}) if provider == "slack" else (lambda text: {"type": "TextBlock", "text": text})  # fmt: skip
    parts = [part for at, value in enumerate(values, 1) for part in (*([head(f"Room {at}")] if kind != "fact" else ()), one(value))]  # fmt: skip
    return said_in(provider, {"blocks" if provider == "slack" else "body": parts})


def box_of(*, first: dict[str, Any] | None = None, **looks: Any) -> RenderedStep:
    """Return a Teams message with two texts in a box; the first with looks of its own, or in a box of its own."""
    own = {"type": "TextBlock", "text": "Alpha text"}
    given = first or {}
    made = {"type": "Container", "style": given["box"], "items": [own]} if "box" in given else own | given
    rest = {"type": "TextBlock", "text": "Gamma text"}
    return said_in("msteams", {"body": [{"type": "Container", "items": [rest, made], **looks}]})


def boxed(start: int, end: int, ground: str = "good") -> RenderedStep:
    """Return a Teams message with three texts, of which those from one number to another are in a box."""
    texts: list[dict[str, Any]] = [{"type": "TextBlock", "text": text} for text in ("One", "Two", "Three")]
    inside = [{"type": "Container", "style": ground, "items": texts[start:end]}] if end else []
    return said_in("msteams", {"body": [*texts[:start], *inside, *texts[end:]]})


def equal_ones(kind: str, *values: str | bool | None) -> RenderedStep:
    """Return a message with equal parts below each other, each under a text of its own and with one of the values."""
    book = {"type": "button", "text": {"type": "plain_text", "text": "Book"}}
    made: dict[str, Any] = {
        "link": lambda value: {"type": "actions", "elements": [{**book, "url": f"https://c.test{value}"}]},
        "inside": lambda value: {"type": "section", "text": {"type": "mrkdwn", "text": f"<https://c.test{value}|See> now"}},
        "value": lambda value: {"type": "actions", "elements": [{**book, "value": value}]},
        "confirm": lambda value: {"type": "actions", "elements": [book | ({"confirm": {"title": {"type": "plain_text", "text": value}}} if value else {})]},
        "divider": lambda _: {"type": "divider"},
        "picture": lambda value: {"type": "image", "alt_text": "", "image_url": f"https://c.test{value}"},
    }  # fmt: skip
    heads = [
        {"type": "section", "text": {"type": "plain_text", "text": f"Room {of}"}} for of in ("one", "two")
    ]
    ones = [[made[kind](value)] if value or kind == "confirm" else [] for value in values]
    return said_in(
        "slack", {"blocks": [block for head, one in zip(heads, ones, strict=False) for block in (head, *one)]}
    )


def in_slack_blocks(*texts: str) -> RenderedStep:
    made = [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in texts]
    return said_in("slack", {"blocks": made})


def form_of(value: str, button: int, name: str = "t") -> RenderedStep:
    form = {"type": "action", "action": {"flow_action_data": {"id": value}}}
    button_of = {"type": "button", "sub_type": "flow", "index": button, "parameters": [form]}
    return said_in("whatsapp-business", {"template": {"name": name, "components": [button_of]}})


def table_of(provider: str, head: str, value: str) -> RenderedStep:
    rows = [["Day", head], ["Sat", value]]
    if provider == "slack":
        cells = [[{"type": "raw_text", "text": one} for one in row] for row in rows]
        return said_in(provider, {"blocks": [{"type": "table", "rows": cells}]})
    made = [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [{"type": "TextBlock", "text": one}]} for one in row]} for row in rows]  # fmt: skip
    return said_in(provider, {"type": "AdaptiveCard", "body": [{"type": "Table", "rows": made}]})


def in_slack(said: str) -> RenderedStep:
    return said_in("slack", {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]})


def in_html(said: str) -> RenderedStep:
    return mail(f"<p>{said}</p>")


def pushed(said: str, **more: Any) -> RenderedStep:
    return step("p", "push", **{"subject": "s", **more}, body=said)


def template_of(name: str, value: str) -> RenderedStep:
    given = [{"type": "text", "text": one} for one in ("Sat", value)]
    template = {
        "name": name,
        "language": {"code": "en"},
        "components": [{"type": "body", "parameters": given}],
    }
    return said_in("whatsapp-business", {"template": template})


def small_in(provider: str, title: str, said: str) -> RenderedStep:
    if provider == "slack":
        blocks = [{"type": "header", "text": {"type": "plain_text", "text": title}}, {"type": "context", "elements": [{"type": "mrkdwn", "text": said}]}, {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "On my way"}}]}]  # fmt: skip
        return said_in(provider, {"blocks": blocks})
    body = [{"type": "TextBlock", "style": "heading", "text": title}, {"type": "TextBlock", "isSubtle": True, "text": said}]  # fmt: skip
    return said_in(provider, {"type": "AdaptiveCard", "body": body})


THREE = "<p>Three are here now.</p>"
EQUAL = {
    **{f"something new after other words: {what}": tuple(words(f"<h1>Hi</h1>{said.format(one, '')}", f"<h1>Hi</h1>{said.format(one, new)}", mail) for one in ("Alpha words here", "Beta is another one")) for what, said, new in (
        ("a text", "<p>{}</p>{}", "<p>Bring a card with you.</p>"), ("an item", "<ul><li>{}</li>{}</ul>", "<li>Bring a card</li>"), ("a heading", "<p>{}</p>{}", "<h2>Bring a card</h2>"))},
    **{f"the second of two equal links in other emails: {what}": tuple(words(said.format(one, was), said.format(one, now), mail) for one in ("Alpha", "Beta")) for what, said, was, now in (
        ("hidden", "<p>A <a href=/a>Buy</a></p><p>{} {}</p>", "<a href=/a>Buy</a>", "<a href=/a style='opacity:.5'>Buy</a>"), ("another colour", "<p>A <a href=/a>Buy</a></p><p>{} {}</p>", "<a href=/a>Buy</a>", "<a href=/a style='color:#c00'>Buy</a>"),
        ("gone", "<p>A</p><a href=/a>Buy</a><p>{}</p>{}", "<a href=/a>Buy</a>", ""), ("new", "<p>A</p><a href=/a>Buy</a><p>{}</p>{}", "", "<a href=/a>Buy</a>"))},
    "a size on small screens, with wide ones from different widths on": tuple(words(*(f"<style>p{{font-size:{size}px}}@media (min-width:{width}px){{p{{font-size:30px}}}}</style><p>Hi</p>" for size in (14, 18)), mail) for width in (480, 600)),
    "a size on large screens, with small ones up to different widths": tuple(words(*(f"<style>@media (max-width:{width}px){{p{{font-size:9px!important}}}}</style><p style='font-size:{size}px'>Hi</p>" for size in (14, 18)), mail) for width in (480, 600)),
    "the same item once more, in two lists": tuple(words(*(f"<ul><li>Keys here</li>{rest}{more}</ul>" for more in ("", "<li>Keys here</li>")), mail) for rest in ("<li>Van here</li>", "<li>Box here</li><li>Van here</li>")),
    "joined lines, one of which got another word": tuple(words(f"{head}<p>The van comes at eight.</p><p>Keep it free.</p>", f"{head}<p>The van comes at nine. Keep it free.</p>", mail) for head in ("", "<h1>Move</h1>")),
    "a new column in which a total is not bold, below other numbers of items": tuple(words(*(f"<table><tr><th>Item<th>Qty{head}{''.join(f'<tr><td>{each}<td>1{value}' for each in items)}<tr><td><b>Total</b><td><b>9</b>{value}</table>" for head, value in (("", ""), ("<th>Fee", "<td>5"))), mail) for items in (("Tea",), ("Tea", "Jam"))),
    "heads exchanged above other values that stay": tuple(words(*(f"<table><tr><th>Item{heads}<tr><td>Van<td>{a}<td>{b}</table>" for heads in ("<th>Qty<th>Price", "<th>Price<th>Qty")), mail) for a, b in ((4, 5), (6, 7))),
    "a new column at the end of other tables": tuple(words(*(f"<table><tr><th>{head}<th>Price{more}<tr><td>Van<td>4{value}</table>" for more, value in (("", ""), ("<th>Qty", "<td>5"))), mail) for head in ("Item", "Service")),
    "columns exchanged of which one has another head, with other values": tuple(words(*(f"<table><tr><th>Item{heads}<tr><td>Van<td>{row[0]}<td>{row[1]}</table>" for heads, row in (("<th>Date<th>Price", values), ("<th>Amount<th>Date", values[::-1]))), mail) for values in (("12 June", "£4"), ("9 May", "£7"))),
    "the words of all of several equal buttons": tuple(words(*("".join(f"<p>{each}</p><a href=/a style='background:#036'>{said}</a>" for each in names) for said in ("Buy", "Get")), mail) for names in (("Mug", "Cup"), ("Hat",))),
    "the alternative text of all of several equal pictures": tuple(words(*(f"<img src=l.png alt='{said}'><p>{text}</p><img src=l.png alt='{said}'>" for said in ("Shop", "Our shop")), mail) for text in ("Hello to you", "Bye for now")),
    "where all of several equal links lead": tuple(words(*("".join(f"<p>{each}</p><a href=/{lead}>Open</a>" for each in names) for lead in "ab"), mail) for names in (("Mug", "Cup"), ("Hat",))),
    "a new column in all of several tables with the same heads": tuple(words(*("".join(f"<table><tr><th>From<th>To{head}<tr><td>{a}<td>{b}{value}</table>" for a, b in flights) for head, value in (("", ""), ("<th>Bag", "<td>One"))), mail) for flights in ((("Rome", "Oslo"), ("Oslo", "Rome")), (("Bonn", "Kiel"),))),
    **{f"a text that came into a box, in {other or 'none'} and in {one}": tuple(words(f"{start}<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p></div><p>Thanks a lot.</p></div>", f"{start}<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p><p>Thanks a lot.</p></div></div>", mail) for start in (one, other)) for one, other in (
        ("<div style='max-width:600px'>", ""), ("<div style='background:#fafafa'>", ""), ("<div style='background:#fafafa'>", "<div style='background:#f0f0f0'>"))},
    "a sentence without blanks between words, under another heading": tuple(words(f"<h1>お知らせ</h1><h2>{what}</h2><p>毎月のお支払い期限は5日までです。</p>", f"<h1>お知らせ</h1><h2>{what}</h2><p>毎月のお支払い期限は6日までです。</p>", mail) for what in ("家賃", "駐輪場")),
    **{f"a few words under a first heading that has {what}": tuple(words(f"<h1>{head.format(each)}</h1><p>See you soon</p>", f"<h1>{head.format(each)}</h1><p>See you later</p>", mail) for each in both) for what, head, both in
        (("a number", "Order {}", ("4711", "4712")), ("a price", "You paid {}", ("€5", "€6")), ("a date", "Your stay from {}", ("5 May", "9 June")), ("a count", "Thanks for {} orders", ("3", "2")), ("a code", "Order {}", ("A-11", "B-23")))},
    "a sentence with another date": tuple(words(f"We meet on {day} in the hall.", f"See you on {day} in the hall.") for day in ("12 March 2026", "3 April 2026")),
    "the time of another date": tuple(words(f"<table><tr><td>Termin<td>{day}, 18:00</table>", f"<table><tr><td>Termin<td>{day}, 18:30</table>", mail) for day in ("12. März 2026", "3. April 2026")),
    "the colour of a line across at other words": tuple(words(f"<p>{said}</p><hr style='border-color:#333'><p>x</p>", f"<p>{said}</p><hr style='border-color:#666'><p>x</p>", mail) for said in ("One", "Two")),
    "dates in Polish": tuple(words(f"<p>Hi</p><p><i>{day}</i></p>", f"<p>Hi</p><p>{day}</p>", mail) for day in ("4 marca 2026", "1 kwietnia 2026")),
    "dates in Spanish": tuple(words(f"Te esperamos el {day} en casa.", f"Nos vemos el {day} en casa.") for day in ("4 de marzo de 2026", "1 de abril de 2026")),
    "short dates": tuple(words(f"We meet on {day} in the hall.", f"See you on {day} in the hall.") for day in ("12 Mar 2026", "3 Apr 2026")),
    "dates in Czech, after a sentence": tuple(words(f"Ahoj! Sejdeme se {day} v sále.", f"Ahoj! Uvidíme se {day} v sále.") for day in ("12. března", "3. dubna")),
    "a long sentence under another line that is like a label": tuple(words(f"<p>{said}</p><p>You can come in free on Sunday.</p>", f"<p>{said}</p><p>You can come in free on Monday.</p>", mail) for said in ("Deposit", "Permit")),
    "a few words of a footer under another line that is like a label": tuple(words(f"<p>{LONG}</p><div style='font-size:12px'>{said}<br>Open on Sunday</div>", f"<p>{LONG}</p><div style='font-size:12px'>{said}<br>Open on Monday</div>", mail) for said in ("Acme Ltd", "Acme Oy")),
    "a short line under another sentence": tuple(words(f"<p>{said}</p><p>Free on Sunday</p>", f"<p>{said}</p><p>Free on Monday</p>", mail) for said in ("You parked at the quay.", "You can go to the pier now")),
    "a greeting under the title of another message": tuple(words(f"<h1>{head}</h1><p>Hi Ann,</p><p>All is well.</p>", f"<h1>{head}</h1><p>Hello Ann,</p><p>All is well.</p>", mail) for head in ("Booked", "On its way")),
    "one address and another one, whatever the words": tuple(words(f"<p>Hi</p><a href='https://x.test/rules'>{said}</a>", f"<p>Hi</p><a href='https://x.test/house'>{said}</a>", mail) for said in ("House rules", "Hausordnung")),
    "another picture, whatever it is called": tuple(words(f"<p>Hi</p><img src='/y.jpg' alt='{said}'>", f"<p>Hi</p><img src='/b.jpg' alt='{said}'>", mail) for said in ("Wall", "Wand")),
    "a sentence that stands small at the end, and one that does not": tuple(words(f"<p>{said}</p><p style='font-size:12px'>We are open every day from 9 am to 10 pm.</p>", f"<p>{said}</p><p style='font-size:12px'>We are open every day from 10 am to 11 pm.</p>", mail) for said in ("It costs 10 euros.", LONG)),
    "grey words of a footer on white and on a light grey": tuple(words(f"<div style='background:{on}'><p style='color:#777'>Quay Street</p></div>", f"<div style='background:{on}'><p style='color:#555'>Quay Street</p></div>", mail) for on in ("#fff", "#f4f4f0")),
    **{f"another link that leads {what}": tuple(words(f"<a href='{was.format(to)}'>{said}</a>", f"<a href='{now.format(to)}'>{said}</a>", mail) for said, to in (("Help", "help"), ("Orders", "o/1"))) for what, was, now in (
        ("to another server", "https://h.test/{}?a=b", "https://n.test/{}?a=b"), ("there with another mark", "https://h.test/{}?utm_source=mail", "https://h.test/{}?utm_source=news"))},
    **{f"a sentence {what}, in another channel: {said.__name__}": (words(was, now), words(was, now, said)) for said in (in_slack, in_html, pushed) for what, was, now in (
        ("with another day", "Hi. Come and collect it by Friday.", "Hi. Come and collect it by Sunday."), ("more", "Hi.", "Hi. Entry is free on every Sunday."), ("less", "Hi. Entry is free on every Sunday.", "Hi."))},
    "a subject in another channel": tuple(words("x", "x", of, subject="Your table is free tonight")[:1] + words("x", "x", of, subject="Your table is free today")[:1] for of in (mail, pushed)),
    **{f"fine print in {provider}, under another heading": tuple((small_in(provider, title, "Night shift: call 55"), small_in(provider, title, "Night shift: call 56")) for title in ("Rota", "Crane")) for provider in ("slack", "msteams")},
    "a line after whom to write to, under another heading": tuple(words(f"<h1>Marina</h1><h2>{title}</h2><p>x</p><p>Questions? <a href='mailto:office@acme.test'>office@acme.test</a></p><p>Phone: 55 12</p>", f"<h1>Marina</h1><h2>{title}</h2><p>x</p><p>Questions? <a href='mailto:office@acme.test'>office@acme.test</a></p><p>Phone: 55 13</p>", mail) for title in ("Berth", "Crane")),
    "a few words in bold in the same sentence": tuple(words(f"<h1>{title}</h1><p>Pay within 5 days, {name}.</p>", f"<h1>{title}</h1><p>Pay within <b>5 days</b>, {name}.</p>", mail) for title, name in (("Bill", "Ann"), ("Fees", "Ann"))),
    "a long sentence more, under another heading right above it": tuple(words(f"<h1>Rules</h1><h2>{what}</h2><p>x</p>", f"<h1>Rules</h1><h2>{what}</h2><p>You can change this until noon.</p><p>x</p>", mail) for what in ("Crane", "Berth")),
    **{
        f"fine print under another heading: {line}, {small}": tuple(words(f"<h1>{title}</h1><p>Here is what you asked for.</p>{more}{small.format(line)}", f"<h1>{title}</h1><p>Here is what you asked for.</p>{more}{small.format(line.replace('19', '18'))}", mail) for title, more in (("Your loan", "<ul><li>Bring it back</li></ul>"), ("Your fees", "<table><tr><td>Size</td><td>12 MB</td></tr></table>")))
        for line in ("Hill Road 19", "VAT GB 123 19", "Mon to Fri 19-21", "© 2019", "19")
        for small in ("<footer>{}</footer>", "<p><small>{}<br>Leeds</small></p>", "<div style='font-size:12px'>Acme<br>{}</div>", "<style>.f{{font-size:.8em}}</style><p class=f>{}</p><p class=f><a href=/s>Leave</a></p>")
    },
    "a number in a sentence of a footer, whatever follows it": tuple(words(f"<h1>{title}</h1><p>x</p><p>{before} trust, charity no. 20481. {rest}</p>", f"<h1>{title}</h1><p>x</p><p>{before} trust, charity no. 20418. {rest}</p>", mail) for title, before, rest in (("Rota", "Northfell", "Office: 9 to 16."), ("Your bill", "Northfell", "Registered in Leeds."))),
    "a number beside a short sentence of a longer text under another heading": tuple(words(f"<h1>{title}</h1><p>x</p><p>Hill Road 9. The observatory is open at night.</p>", f"<h1>{title}</h1><p>x</p><p>Hill Road 11. The observatory is open at night.</p>", mail) for title in ("Rota", "Bill")),
    "a mark before other words": (words("See you at 9", "[Acme] See you at 9"), words("The bill is here", "[Acme] The bill is here")),
    "a part of a footer that passed another": tuple(words(f"<p>{body}</p><p>Hill Road 9, in Leeds</p><p><a href=/s>All settings</a></p>", f"<p>{body}</p><p><a href=/s>All settings</a></p><p>Hill Road 9, in Leeds</p>", mail) for body in ("Your rota", "Your bill is here")),
    "a button of an inbox that only dismisses": tuple((step("a", "in_app", body=body, secondaryAction={"label": "Not now"}), step("a", "in_app", body=body, secondaryAction={"label": "Later"})) for body in ("Swap?", "Paid?")),
    "a footer, whatever stands above it, in whatever workflow": (footer(ORDER), footer(CLUB, workflow="club", subject="t")),
    "several words beside each other": (words("The order left us, 1 pm", "The parcel is out, 1 pm"), words("The order left us, 2 pm", "The parcel is out, 2 pm")),
    "a number in the same sentence": (words("Hurry, only 5 days left", "Hurry, only 6 days left"), words("Hi. Hurry, only 5 days left!", "Hi. Hurry, only 6 days left!")),
    **{
        f"the same sentence among others: {was}": (words(f"See us. {was} {LONG}", f"See us. {now} {LONG}", of), words(f"{LONG} {was} Yours, Acme", f"{LONG} {now} Yours, Acme", of))
        for of in (text, mail) for was, now in (("You must wear a helmet.", "You may wear a helmet."), ("Ask Dr. Lee, who opens at 8:00.", "Ask Dr. Lee, who opens at 9:00."), ("免费送达。", "免费取货。"), ("It is free, e.g. for a year!", "It is free, e.g. for a day!"), ("Hi.", "Hi. We ship on all days of the year."))
    },
    "a word beside a larger number": (words("Your bill over €42.00 is due soon", "Your bill over €42.00 is due later"), words("Your bill over €1,280.00 is due soon", "Your bill over €1,280.00 is due later")),
    "a row that is gone, whatever it came to": tuple(words(f"<table><tr><td>Oak</td><td>€9</td></tr><tr><td>Subtotal</td><td>{came_to}</td></tr></table>", "<table><tr><td>Oak</td><td>€9</td></tr></table>", mail) for came_to in ("€42.00", "€1,280.00")),
    "a number beside other numbers": (words("Total 10: 5 euros", "Total 10: 6 euros"), words("Total 22: 5 euros", "Total 22: 6 euros")),
    **{
        f"a number of a footer under another heading: {line}": tuple(words(f"<h1>{title}</h1><p>x</p><hr><p>{line}</p>", f"<h1>{title}</h1><p>x</p><hr><p>{line.replace('19', '18')}</p>", mail) for title in ("Your loan", "Your fees"))
        for line in ("© 2019 Birch Library", "Open Monday to Friday until 19:00", "A card costs €19 in a year", "Questions? Call 027 555 19 10.", "Tel. +43 (1) 5551900")
    },
    "an emoji more": (words("Your order left", "📦 Your order left"), words("The invoice is here", "📦 The invoice is here")),
    "a sentence more": (words("Hi Ann.", "Hi Ann. See you very soon."), words("Dear Bob.", "Dear Bob. See you very soon.")),
    "once in one and twice in the other": (words("Acme. Yes", "Emca. Yes"), words("Acme. Acme. No", "Emca. Emca. No")),
    "the amount of a delay": ((step("a", "delay", amount=1, unit="days"), step("a", "delay", amount=2, unit="days")),
                             (step("b", "delay", amount=1, unit="days"), step("b", "delay", amount=2, unit="days"))),
    **{f"a colour of {what}, in however many places": (words(f"{tag} style='{of}:{was}'>a</p>", f"{tag} style='{of}:{now}'>a</p>", mail), words(f"{tag} style='{of}:{was}'>b</p>" * 3, f"{tag} style='{of}:{now}'>b</p>" * 3, mail)) for what, tag, of, was, now in (
        ("links", "<p><a href=x", "color", "red", "blue"), ("headings", "<h2", "color", "red", "blue"), ("what stands behind", "<p", "background", "red", "blue"), ("text, from grey to grey", "<p", "color", "#333", "#222"))},
    "a colour of text, wherever there is much of it": tuple(words("".join(f"<p style='color:red'>{said} {at}</p>" for at in "abc"), "".join(f"<p style='color:blue'>{said} {at}</p>" for at in "abc"), mail) for said in ("One", "Two")),
    "the colour of a warning, with another number": tuple(words(f"<p>Only {left} days</p>", f"<p style='color:red'>Only {left} days</p>", mail) for left in (3, 4)),
    **{f"another look of a button, whatever it says: {was}": tuple(words(f"<a style='background:#111;{was}' href=x>{said}</a>", f"<a style='background:#111;{now}' href=x>{said}</a>", mail) for said in ("Pay", "Track")) for was, now in (("border-radius:4px", "border-radius:0"), ("padding:4px", "padding:8px"), ("font-size:20px", "font-size:24px"))},
    "words of a link, with the number of an order": tuple(words(f"<p>x {at}</p><a href='https://h.test/o/{at}?id={at}'>Cancel</a>", f"<p>x {at}</p><a href='https://h.test/o/{at}?id={at}'>Stop</a>", mail) for at in (1, 2)),
    "a heading that is larger, whoever is greeted": (words("<h1 style='font-size:20px'>Hello 1</h1>", "<h1 style='font-size:24px'>Hello 1</h1>", mail), words("<h1 style='font-size:20px'>Hello 2</h1>", "<h1 style='font-size:24px'>Hello 2</h1>", mail)),
    "a button in another colour, whatever it says": tuple(words(f"<a style='background:#111' href=x>{said}</a>", f"<a style='background:#222' href=x>{said}</a>", mail) for said in ("Pay", "Track")),
    "a link to another server, with the recipient's number": tuple(words(f"<a href='https://h.test/u?id={at}'>x</a>", f"<a href='https://n.test/u?id={at}'>x</a>", mail) for at in (1, 2)),
    **{f"a button on phones, whatever it says: {look}": tuple(words(f"<style>.a{{background:#036;padding:8px}}</style><a class=a href=/{said}>{said}</a>", f"<style>.a{{background:#036;padding:8px}}@media (max-width:480px){{.a{{{look}}}}}</style><a class=a href=/{said}>{said}</a>", mail) for said in ("Pay", "Track")) for look in ("text-align:center", "display:block", "float:right", "font-weight:bold", "text-transform:uppercase")},
    **{f"what nobody sees: {what}": tuple(words(f"<style>.u{{top:0}}.{said}{{top:0}}{was[0]}</style><p>{said}</p><a {was[1]} href=/{said}>{said}</a>{was[2]}", f"<style>.u{{top:0}}.{said}{{top:0}}{now[0]}</style><p>{said}</p><a {now[1]} href=/{said}>{said}</a>{now[2]}", mail) for said in ("Pay", "Track")) for what, was, now in (
        ("a rule", (".v{top:0}", "", ""), (".v{top:1px}", "", "")), ("a new rule", ("", "", ""), (".v{top:0}", "", "")), ("a class of a link", ("", "class=a", ""), ("", "class=b", "")),
        ("a rule and a comment", (".v{top:0}", "", "<!-- a -->"), (".v{top:1px}", "", "<!-- b -->")), ("a rule and a class of a link", (".v{top:0}", "class=a", ""), (".v{top:1px}", "class=b", "")))},
    "the words of the same picture, gone": tuple(words(f"<p>{said}</p><img src='/logo.png' alt='Acme'>", f"<p>{said}</p><img src='/logo.png' alt=''>", mail) for said in ("Hi", "Bye")),
    "a word in the data of another workflow": tuple((step("a", "in_app", body="b", data={"theme": "dark"}, workflow=of), step("a", "in_app", body="b", data={"theme": "light"}, workflow=of)) for of in ("a", "b")),
    **{f"a sentence of {of} with another title": tuple(words("Call us on any Monday.", "Call us on any Sunday.", lambda said, of=of, **more: step("a", of, **more, body=said), subject=title) for title in ("Pick-up", "Delivery")) for of in ("in_app", "push")},
    "a short line with another number in the title": tuple(words("Not paid", "Paid", pushed, subject=f"Order {number}") for number in (4711, 4712)),
    "a long row of a table whose columns have other names": tuple(words(f"<table><tr><th>{head}<th>Price<tr><td>Van<td>£60</table>", f"<table><tr><th>{head}<th>Price<tr><td>Van<td>£60<tr><td>Shipping to any other country<td>£90</table>", mail) for head in ("Fee", "Item")),
    "a new message": ((None, text("Hi")), (None, text("Hi", workflow="club"))),
    "a message that is gone": ((text("Hi"), None), (text("Hi", workflow="club"), None)),
    "a text of several with a row more above": tuple(tuple(in_slack_blocks(*rows, "Free", "Then", said) for said in ("Free", "Sold")) for rows in (("Row one",), ("Row one", "Row two"))),
    "all of two equal links, or of one": tuple((equal_ones("link", *["/book"] * count), equal_ones("link", *["/sold"] * count)) for count in (1, 2)),
    **{f"one of several links beside another number: {what}": tuple(words(was.format(number), now.format(number), mail) for number in ("1", "5")) for what, was, now in (
        ("where it leads", "<p>Order {0}: paid</p><a href=/u>Open</a><p>Order {0}: sent</p><a href=/u>Open</a>", "<p>Order {0}: paid</p><a href=/u>Open</a><p>Order {0}: sent</p><a href=/v>Open</a>"),
        ("its words", "<p>On {0} May</p><a href=/u>Open</a><p>Since {0} May</p><a href=/u>Open</a>", "<p>On {0} May</p><a href=/u>Open</a><p>Since {0} May</p><a href=/u>Get</a>"),
        ("a row", "<table><tr><td>Hall<td><a href=/u>Open</a><tr><td>Room {0}<td><a href=/u>Open</a></table>", "<table><tr><td>Hall<td><a href=/u>Open</a><tr><td>Room {0}<td><a href=/v>Open</a></table>"))},
    **{f"the first of several links under other words: {what}": tuple(words(f"<p>{said}</p>{was}<p>Bye for now.</p>{was}", f"<p>{said}</p>{now}<p>Bye for now.</p>{was}", mail) for said in ("Hello Ann", "Your order")) for what, was, now in (
        ("where it leads", "<a href=/h>Help</a>", "<a href=/i>Help</a>"), ("its words", "<a href=/h>Log in</a>", "<a href=/h>Sign in</a>"))},
    "the words of the last of two or three links": tuple(words(*("".join(f"<p><a href=/{each}>{each}</a></p><p>€5</p><p><a href=/{each}>{last if each == 'Pen' else 'Buy'}</a></p>" for each in names) for last in ("Buy", "Get")), mail) for names in (("Mug", "Pen"), ("Mug", "Hat", "Pen"))),
    **{f"a few words under a code: {first}": tuple((step("a", "in_app", subject=code, body="5"), step("a", "in_app", subject=code, body="6")) for code in (first, second)) for first, second in (("A-11", "A-12"), ("ORD-4711", "ORD-4712"))},
}  # fmt: skip

UNEQUAL = {
    **{f"what nobody sees: {what}": tuple(words("<style>.u{top:0}.v{top:0}</style><a class=a href=/>x</a>", now, mail) for now in news) for what, news in (
        ("the rule of another class", ("<style>.u{top:1px}.v{top:0}</style><a class=a href=/>x</a>", "<style>.u{top:0}.v{top:1px}</style><a class=a href=/>x</a>")),
        ("another class", ("<style>.u{top:0}.v{top:0}</style><a class=b href=/>x</a>", "<style>.u{top:0}.v{top:0}</style><a class=c href=/>x</a>")),
        ("a class, and a rule, too", ("<style>.u{top:0}.v{top:0}</style><a class=b href=/>x</a>", "<style>.u{top:0}.v{top:1px}</style><a class=b href=/>x</a>")))},
    "a size on small screens, and on all": tuple(words(*(f"<style>p{{font-size:{size}px}}{wide}</style><p>Hi</p>" for size in (14, 18)), mail) for wide in ("@media (min-width:480px){p{font-size:30px}}", "")),
    "a size on large screens, and on all": tuple(words(*(f"<style>{small}</style><p style='font-size:{size}px'>Hi</p>" for size in (14, 18)), mail) for small in ("@media (max-width:480px){p{font-size:9px!important}}", "")),
    "a size on large screens, and in light mode": tuple(words(*(f"<style>@media ({rule}){{p{{font-size:9px!important}}}}</style><p style='font-size:{size}px'>Hi</p>" for size in (14, 18)), mail) for rule in ("max-width:480px", "prefers-color-scheme:dark")),
    "a size on large screens, and on small ones": tuple(words(*(f"<style>@media ({rule}){{p{{font-size:9px!important}}}}</style><p style='font-size:{size}px'>Hi</p>" for size in (14, 18)), mail) for rule in ("max-width:480px", "min-width:480px")),
    "a size of other words on small screens": tuple(words(*(f"<style>p{{font-size:{size}px}}@media (min-width:480px){{p{{font-size:30px}}}}</style><p>{said}</p>" for size in (14, 18)), mail) for said in ("Pay", "Small print")),
    "a number below one of two texts that quotation marks tell apart": tuple(words("<p>“Plan”</p><p>£5</p><p>Plan</p><p>£5</p>", now, mail) for now in ("<p>“Plan”</p><p>£6</p><p>Plan</p><p>£5</p>", "<p>“Plan”</p><p>£5</p><p>Plan</p><p>£6</p>")),
    "a second copy of a text at another place": tuple(words("<p>K</p><p>V</p><p>X</p>", now, mail) for now in ("<p>K</p><p>V</p><p>K</p><p>X</p>", "<p>K</p><p>V</p><p>X</p><p>K</p>")),
    "the same item once more, and for the first time": tuple(words(f"<ul>{first}<li>Van here</li></ul>", f"<ul>{first}<li>Van here</li><li>Keys here</li></ul>", mail) for first in ("<li>Keys here</li>", "")),
    "one of two items once more": tuple(words("<ul><li>Keys here</li><li>Van here</li></ul>", f"<ul><li>Keys here</li><li>Van here</li><li>{more} here</li></ul>", mail) for more in ("Keys", "Van")),
    "one break in a line, and two": tuple(words("<p>Hello, the van comes.</p>", f"<p>Hello,{breaks}the van comes.</p>", mail) for breaks in ("<br>", "<br><br>")),
    "lines that were joined with one break between them, and with two": tuple(words(f"<p>Hello,{breaks}the van comes.</p>", "<p>Hello, the van comes.</p>", mail) for breaks in ("<br>", "<br><br>")),
    "joined lines, one of which got one of two words": tuple(words("<p>The van comes at eight.</p><p>Keep it free.</p>", f"<p>The van comes at {time}. Keep it free.</p>", mail) for time in ("nine", "ten")),
    **{f"a new column with another end of its long {what}": tuple(words(was, now.format(f"We are very sorry that your order is late and {end} at once."), mail) for end in ("you owe us €500", "we give you €500")) for what, was, now in (
        ("title", "<table><tr><td>Hi<br>Ann<td>Bye<br>Bob</table>", "<table><tr><td>Hi<br>Ann<td>Bye<br>Bob<td>{}<br>Cid</table>"),
        ("head", "<table><tr><th>Hi<th>Bye<tr><td>Ann<td>Bob</table>", "<table><tr><th>Hi<th>Bye<th>{}<tr><td>Ann<td>Bob<td>Cid</table>"))},
    **{f"a new column that is shown, and one {what}": tuple(words(f"<style>{css}</style><table><tr><th>Tea<th>Milk<tr><td>1<td>2</table>", f"<style>{css}</style><table><tr><th>Tea<th>Milk<th {name}>Jam<tr><td>1<td>2<td {name}>3</table>", mail) for name in ("", "class=c")) for what, css in (("that never is", ".c{display:none}"), ("hidden on phones", "@media (max-width:600px){.c{display:none}}"))},
    **{f"a new column with a title, and one {what}": tuple(words(f"<style>{css}</style><table><tr><td>Hi<br>Ann<td>Bye<br>Bob</table>", f"<style>{css}</style><table><tr><td>Hi<br>Ann<td>Bye<br>Bob<td {name}>Cy<br>Cid</table>", mail) for css, name in (("", ""), look)) for what, *look in (("that never is shown", ".c{display:none}", "class=c"), ("hidden by itself", "", "hidden"), ("on red by its place", "td:nth-child(3){background:#f00}", ""), ("with a picture behind it", "", "background=x.png"))},
    **{f"a new column in the first of two {what}, and in the second": tuple(words(*(above.format(*each) for each in (was, now)), mail) for now in ((one, was[1]), (was[0], other))) for what, above, was, one, other in (
        ("sections", "<h2>Out</h2>{}<h2>Back</h2>{}", ("<table><tr><th>From<th>To<tr><td>Rome<td>Oslo</table>",) * 2, *("<table><tr><th>From<th>To<th>Bag<tr><td>Rome<td>Oslo<td>1</table>",) * 2),
        ("sections with a number", "<h2>Order 1</h2>{}<h2>Order 2</h2>{}", ("<table><tr><th>From<th>To<tr><td>Rome<td>Oslo</table>",) * 2, *("<table><tr><th>From<th>To<th>Bag<tr><td>Rome<td>Oslo<td>1</table>",) * 2),
        ("tables with other heads", "{}{}", ("<table><tr><th>From<th>To<tr><td>Rome<td>Oslo</table>", "<table><tr><th>Day<th>Room<tr><td>Mon<td>5</table>"), "<table><tr><th>From<th>To<th>Bag<tr><td>Rome<td>Oslo<td>1</table>", "<table><tr><th>Day<th>Room<th>Bag<tr><td>Mon<td>5<td>1</table>"),
        ("rows of titles", "{}{}", ("<table><tr><td>From<br>Rome<td>To<br>Oslo</table>", "<table><tr><td>From<br>Bonn<td>To<br>Kiel</table>"), "<table><tr><td>From<br>Rome<td>To<br>Oslo<td>Bag<br>1</table>", "<table><tr><td>From<br>Bonn<td>To<br>Kiel<td>Bag<br>1</table>"))},
    **{f"a box around the words of a line and one across it: {style}": tuple(words("<p>Sale now</p><p>z</p>", new, mail) for new in (f"<p><span style='{style}'>Sale now</span></p><p>z</p>", f"<p style='{style}'>Sale now</p><p>z</p>"))
        for style in ("border:1px solid red", "border-bottom:1px solid red", "padding:9px", "border-radius:4px;background:#fee")},
    "a border that moved from around a line to its words, and back": tuple(words(f"<p{old}>Sale now</span></p>", f"<p{new}>Sale now</span></p>", mail) for one, other in [("><span style='border:1px solid red'>", " style='border:1px solid red'><span>")] for old, new in ((one, other), (other, one))),
    **{f"which of the empty parts {'has' if new else 'lost'} a background": tuple(words(*("".join(f"<p>{above}</p><div style='height:20px{value if above == which else other}'>&nbsp;</div>" for above in ("Alpha", "Beta")) for value, other in ((old, old), (new, old))), mail) for which in ("Alpha", "Beta"))
        for old, new in (("", ";background:red"), (";background:red", ""), (";background:red", ";background:blue"))},
    **{f"a text that left the {what}": tuple(words(was, "<div style='padding:9px;border:1px solid #ccc'>" + now, mail) for was, now in (
        (f"<div style='padding:9px;border:1px solid #ccc'>{one}", to), (f"<div style='padding:9px;border:1px solid #ccc'>{other}", there))) for what, one, to, other, there in (
        ("inner of two boxes, and both", "<div style='background:#ff0'><p>One</p><p>Two</p></div></div><p>End</p>", "<div style='background:#ff0'><p>One</p></div><p>Two</p></div><p>End</p>", "<div style='background:#ff0'><p>One</p><p>Two</p></div></div><p>End</p>", "<div style='background:#ff0'><p>One</p></div></div><p>Two</p><p>End</p>"),
        ("outer of two boxes, and both", "<p>Zero</p><div style='background:#ff0'><p>One</p></div><p>Two</p></div><p>End</p>", "<p>Zero</p><div style='background:#ff0'><p>One</p></div></div><p>Two</p><p>End</p>", "<p>Zero</p><div style='background:#ff0'><p>One</p><p>Two</p></div></div><p>End</p>", "<p>Zero</p><div style='background:#ff0'><p>One</p></div></div><p>Two</p><p>End</p>"),)},
    **{f"a new column, and one {what}": tuple(words("<table><tr><th>Tea<th>Milk<tr><td>1<td>2</table>", f"<table><tr><th>Tea<th>Milk<th {head}>Jam<tr><td>1<td>2<td {look}>3</table>", mail) for head, look in (("", ""), (each, each))) for what, each in (
        ("on the right", "align=right"), ("on red", "bgcolor=red"), ("that is struck out", "style=text-decoration:line-through"), ("with a border", "style='border:1px solid red'"))},
    **{f"columns {what} in the first of two tables with the same heads, and in the second": tuple(words(was + was, bodies, mail) for bodies in (now + was, was + now)) for what, was, now in (
        ("exchanged", "<table><tr><th>From<th>To<tr><td>Rome<td>Oslo</table>", "<table><tr><th>To<th>From<tr><td>Oslo<td>Rome</table>"), ("of one row exchanged", "<table><tr><td>From<br>Rome<td>To<br>Oslo</table>", "<table><tr><td>To<br>Oslo<td>From<br>Rome</table>"),
        ("with numbers exchanged", "<table><tr><td>1. From<br>Rome<td>2. To<br>Oslo</table>", "<table><tr><td>1. To<br>Oslo<td>2. From<br>Rome</table>"),
        ("new", "<table><tr><th>From<th>To<tr><td>Rome<td>Oslo</table>", "<table><tr><th>From<th>To<th>Bag<tr><td>Rome<td>Oslo<td>One</table>"), ("gone", "<table><tr><th>From<th>To<th>Bag<tr><td>Rome<td>Oslo<td>One</table>", "<table><tr><th>From<th>To<tr><td>Rome<td>Oslo</table>"))},
    "a new column of one title with other words below it": tuple(words(*(f"<table><tr><td>Keys<br>Come in.<td>Meters<br>Read them.{more}</table>" for more in ("", f"<td>Net<br>{what} it.")), mail) for what in ("Order", "Cancel")),
    "a gone column of one title with other words below it": tuple(words(*(f"<table><tr><td>Keys<br>Come in.<td>Meters<br>Read them.{more}</table>" for more in (f"<td>Net<br>{what} it.", "")), mail) for what in ("Order", "Cancel")),
    **{f"{was} twice in a message, under another heading": tuple(words(was.join(["<h1>Rules</h1><h2>Fire</h2><p>", "</p><h2>Flood</h2><p>", "</p>"]), f"<h1>Rules</h1><h2>Fire</h2><p>{one}</p><h2>Flood</h2><p>{other}</p>", mail) for one, other in ((now, was), (was, now))) for was, now in (
        ("Leave by the nearest exit.", "Leave by the north exit."), ("One seat, two years.", "One seat, three years."), ("Open on 5 days in a week.", "Open on 6 days in a week."), ("With Ann", "With Eva"))},
    **{f"another link that leads {what}": tuple(words(f"<a href='{was.format(to)}'>{said}</a>", f"<a href='{now.format(to)}'>{said}</a>", mail) for said, to in (("Help", "help"), ("Orders", "o/1"))) for what, was, now in (
        ("to another page", "https://h.test/{}", "https://h.test/{}/new"), ("to another server and page", "https://h.test/{}", "https://n.test/{}/new"), ("there with another value", "https://h.test/{}?plan=a", "https://h.test/{}?plan=b"))},
    "links to two other servers": tuple(words("<a href='https://h.test/a'>Help</a>", f"<a href='https://{to}.test/a'>Help</a>", mail) for to in ("m", "n")),
    **{f"{was} that became {now} in another sentence: {of.__name__}, {LONG[:size]}": tuple(words(f"{LONG[:size]} {said.format(was)}", f"{LONG[:size]} {said.format(now)}", of) for said in sentences) for of in (text, mail) for size in (0, 200) for was, now, *sentences in (
        ("must", "may", "You {} wear a helmet.", "You {} pay the fee."), ("always", "never", "We {} store your data.", "We {} refund your fee."), ("can", "cannot", "You {} cancel.", "You {} ride at night."),
        ("Monday", "Sunday", "Open on {}", "Closed on {}"), ("members", "guests", "Free for {}", "Closed for {}"), ("free", "paid", "The ride is {}", "The helmet is {}"),
        ("June", "July", "Your plan ends in {}.", "Your trial ends in {}."), ("before", "after", "Pay {} the ride", "Return {} the ride"), ("card", "account", "The refund goes to your {}", "The fee goes to your {}"),
        ("not allowed", "allowed", "It is {} to smoke", "It is {} to park"), ("is closed", "opens at last today", "The gate {}", "The till {}"), ("5", "6", "Members of the club pay €{}", "Guests of the club pay €{}"),
        ("free", "paid", "If you are a member, it is {}", "If you are a guest, it is {}"), ("ride", "ride at any time you like", "Members can {}", "Guests can {}"), ("مجاني", "مدفوع", "الدخول {}", "الخروج {}"))},
    "a word of another sentence far from it": tuple(words(f"{who} {LONG[:100].replace('.', ',')} must pay", f"{who} {LONG[:100].replace('.', ',')} may pay") for who in ("Members", "Guests")),
    "a line that stands alone, and one that no longer does": (words("<p>Ann<br>Hamburg</p>", "<p>Ann Hamburg</p>", mail), words("<p>Ann Hamburg</p>", "<p>Ann<br>Hamburg</p>", mail)),
    "another layout, under the same sentence": (words("<p class=x>a</p>", "<p class=y>a</p>", mail), words("<p class=x>a</p>", "<p class=z>a</p>", mail)),
    "another part that only Outlook shows": (words("<!--[if mso]><u></u><![endif]-->a", "<!--[if mso]><br><![endif]-->a", mail), words("<!--[if mso]><u></u><![endif]-->a", "<!--[if mso]><i></i><![endif]-->a", mail)),
    "another number before": (words("Ann 5", "Ann 6"), words("Bob 4", "Bob 6")),
    "another number now": (words("Ann 5", "Ann 6"), words("Bob 5", "Bob 7")),
    "the same number of something else": (words("Costs 5 euros", "Costs 6 euros"), words("Saves 5 euros", "Saves 6 euros")),
    "one more word that turns a sentence round": (words("You are late", "You are not late"), words("We will pay", "We will not pay")),
    "a sign that turns a number round": (words("You get 5 euros", "You get -5 euros"), words("You pay 5 euros", "You pay -5 euros")),
    "one change more": (footer(ORDER), words(ORDER, ORDER.replace("1 High", "2 Low").replace("Street", "Road").replace("Dear", "Hi"), mail)),
    "another part": (words("old news", "new news", mail, subject="old news"), (mail("old news", subject="old news"), mail("old news", subject="new news"))),
    "another channel": (words("old", "new"), words("old", "new", mail)),
    "a few words in another channel": (words("Gate: 5", "Gate: 6"), words("Gate: 5", "Gate: 6", in_html)),
    "a sentence of a subject and of a body": (words("Your table is free tonight", "Your table is free today"), (mail("x", subject="Your table is free tonight"), mail("x", subject="Your table is free today"))),
    "the other way round": (words("old", "new"), words("new", "old")),
    "not there, and empty": ((text("x", a="b"), text("x")), (text("x", a="b"), text("x", a=""))),
    "another new message": ((None, text("Hi")), (None, text("Ho"))),
    "new and gone": ((None, text("Hi")), (text("Hi"), None)),
    "skipped for another reason": tuple((text("Hi"), dataclasses.replace(text("Hi"), status="skipped", reason=why)) for why in ("off", "late")),
    "a link that leads elsewhere": tuple(words('<a href="/a">Go</a>', f'<a href="/{to}">Go</a>', mail) for to in "bc"),
    "a month beside another day": (words("You can cancel until 10 June.", "You can cancel until 10 July."), words("On Sunday, 20 June at 8:00 with Paul.", "On Sunday, 20 July at 8:00 with Paul.")),
    "a line across at other words": tuple(words(f"<p>{said}</p><hr><p>x</p>", f"<p>{said}</p><p>x</p>", mail) for said in ("One", "Two")),
    "spaces": (words("a b", "a  b"), words("a b", "a   b")),
    **{f"words without blanks between them under another heading: {was}": tuple(words(f"<h1>お知らせ</h1><h2>{what}</h2><p>{was}</p>", f"<h1>お知らせ</h1><h2>{what}</h2><p>{now}</p>", mail) for what in ("行き", "帰り")) for was, now in (("出発時刻は9時です。", "出発時刻は10時です。"), ("5ユーロです。", "6ユーロです。"), ("利用可能", "利用不可"), ("9時から", "10時から"))},
    "words without blanks between them in another sentence": tuple(words(f"<p>{what}の料金は毎月5ユーロをお支払いください。</p>", f"<p>{what}の料金は毎月6ユーロをお支払いください。</p>", mail) for what in ("駐車", "駐輪")),
    **{f"a value in another column of two, whose heads are {head}": tuple(words(f"<table><tr>{head.format('Day')}{head.format(what)}</tr><tr><td>Sat</td><td>5</td></tr></table>", f"<table><tr>{head.format('Day')}{head.format(what)}</tr><tr><td>Sat</td><td>6</td></tr></table>", mail) for what in ("Seats", "Price")) for head in ("<th>{}</th>", "<td><b>{}</b></td>", "<td style='font-weight:700'>{}</td>")},
    "a value in another column of two, in a head": tuple(words(f"<table><thead><tr><td>Day</td><td>{what}</td></tr></thead><tr><td>Sat</td><td>5</td></tr></table>", f"<table><thead><tr><td>Day</td><td>{what}</td></tr></thead><tr><td>Sat</td><td>6</td></tr></table>", mail) for what in ("Seats", "Price")),
    **{f"a value in another column of two, in {provider}": tuple((table_of(provider, what, "5"), table_of(provider, what, "6")) for what in ("Seats", "Price")) for provider in ("slack", "msteams")},
    "a value of the same row of a table under another heading": tuple(words(f"<h1>Visit</h1><h2>{what}</h2><table><tr><td>Adults</td><td>5</td></tr></table>", f"<h1>Visit</h1><h2>{what}</h2><table><tr><td>Adults</td><td>6</td></tr></table>", mail) for what in ("Fees", "Seats")),
    **{f"a short line under another heading right above it: {was}": tuple(words(f"<h1>Rules</h1><h2>{what}</h2>{was}", f"<h1>Rules</h1><h2>{what}</h2>{now}", mail) for what in ("Allowed", "Forbidden")) for was, now in (
        ("<ul><li>Cats</li></ul>", "<ul><li>Cats</li><li>Dogs</li></ul>"), ("<ul><li>Cats</li><li>Dogs</li></ul>", "<ul><li>Cats</li></ul>"), ("<p>x</p>", "<p>Entry is free.</p><p>x</p>"), ("<p>Monday to Friday</p>", "<p>Monday to Saturday</p>"),
        ("<table><tr><td>Water</td><td>yes</td></tr><tr><td>Bed</td><td>yes</td></tr></table>", "<table><tr><td>Bed</td><td>yes</td></tr></table>"))},
    **{f"the same few words in another sentence: {tag}": tuple(words(f"<p>{said}</p>", f"<p>{said.replace(few, '<' + tag + '>' + few + '</' + tag.split()[0] + '>')}</p>", mail) for said in sentences) for tag, few, *sentences in (
        ("b", "not", "Do not swim here.", "Do not pay cash."), ("s", "€40", "The crane is €40 a day", "A berth is €40 a night"), ("span style='color:#fff'", "not", "Do not swim here.", "Do not pay cash."))},
    "text that is no longer seen": tuple(words(f"<p>{said}</p>", f"<p style='color:#fff'>{said}</p>", mail) for said in ("Fee €40", "Not refundable")),
    "a few words in bold in another sentence of a chat": tuple((chat_of(said, "Go"), chat_of(said.replace("not", "*not*"), "Go")) for said in ("Do not swim here", "Do not pay cash")),
    "only the link, and all but the link": (words("<p style='color:#000'>See <a href=/t>Terms</a></p>", "<p style='color:#000'>See <a href=/t style='color:#f00'>Terms</a></p>", mail), words("<p style='color:#000'>See <a href=/t>Terms</a></p>", "<p style='color:#f00'>See <a href=/t>Terms</a></p>", mail)),
    "a value of another template": tuple((template_of(name, "5"), template_of(name, "6")) for name in ("seats", "price")),
    "a few words and a number under another heading, and no fine print": tuple(words(f"<h1>{title}</h1><p style='font-size:20px'>From</p><p>Gate 4</p>", f"<h1>{title}</h1><p style='font-size:20px'>From</p><p>Gate 5</p>", mail) for title in ("To Oslo", "To Rome")),
    "a price in another row": tuple(words(f"<table><tr><td>{row}</td><td>€80</td></tr></table>", f"<table><tr><td>{row}</td><td>€95</td></tr></table>", mail) for row in ("Visit", "Refund")),
    "a price in another column": tuple(words("<table><tr><th></th><th>Adult</th><th>Child</th></tr><tr><td>Fare</td><td>€9</td><td>€9</td></tr></table>", f"<table><tr><th></th><th>Adult</th><th>Child</th></tr><tr><td>Fare</td><td>{a}</td><td>{b}</td></tr></table>", mail) for a, b in (("€8", "€9"), ("€9", "€8"))),
    "an answer to something else": tuple(words(f"<p>{asked}</p><p>No</p>", f"<p>{asked}</p><p>Yes</p>", mail) for asked in ("Allergic?", "May drive?")),
    "a time under another heading": tuple(words(f"<h2>{way}</h2><p>Departs 9:00</p>", f"<h2>{way}</h2><p>Departs 10:00</p>", mail) for way in ("Outbound", "Return")),
    **{f"a few words and a number under another heading: {was}": tuple(words(f"<h1>{title}</h1><p>Hello,</p><p>Here it is.</p><p>{was}</p>", f"<h1>{title}</h1><p>Hello,</p><p>Here it is.</p><p>{now}</p>", mail) for title in titles) for was, now, *titles in (
        ("Departs at 9:00", "Departs at 10:00", "Outbound", "Return"), ("Gate number 4", "Gate number 5", "To Oslo", "To Rome"), ("Fee 12 kr", "Fee 15 kr", "Late loan", "Lost book"),
        ("Total 12 000 USD", "Total 15 000 USD", "Rent", "Deposit"), ("Order 123456", "Order 123457", "Sent", "Cancelled"), ("Balance 120 000", "Balance 150 000", "Savings", "Loan"))},
    "an image that is passed over, and one that has no words": tuple(words('<img src="a.png" alt="X"><p>a</p>', f'<img src="a.png"{alt}><p>a</p>', mail) for alt in (' alt=""', "")),
    "a number in another sentence under another heading": tuple(words(f"<h1>{who}</h1><p>{who} pay €5 at the door</p>", f"<h1>{who}</h1><p>{who} pay €6 at the door</p>", mail) for who in ("Adults", "Children")),
    "a number gone from another place": tuple(words(f"<p>{what}: allowed</p><p>€20</p>", f"<p>{what}: allowed</p>", mail) for what in ("Pets", "Bikes")),
    "heads of a table that are none now, and those that stay bold": tuple(words("<table><tr><th align=left>Item<th align=left>Price<tr><td>Van<td>£4</table>", f"<table><tr><td align=left>{now.format('Item')}<td align=left>{now.format('Price')}<tr><td>Van<td>£4</table>", mail) for now in ("{}", "<b>{}</b>")),
    "heads exchanged, and columns": tuple(words("<table><tr><th>Item<th>Qty<th>Price<tr><td>Van<td>4<td>5</table>", f"<table><tr><th>Item<th>Price<th>Qty<tr><td>Van{values}</table>", mail) for values in ("<td>4<td>5", "<td>5<td>4")),
    **{f"a new column {at}, and {other}": tuple(words("<table><tr><th>Item<th>Price<tr><td>Van<td>4</table>", f"<table><tr>{now[0]}<tr>{now[1]}</table>", mail) for now in news) for at, other, news in (
        ("at the beginning", "at the end", (("<th>Qty<th>Item<th>Price", "<td>5<td>Van<td>4"), ("<th>Item<th>Price<th>Qty", "<td>Van<td>4<td>5"))),
        ("in the middle", "at the end", (("<th>Item<th>Qty<th>Price", "<td>Van<td>5<td>4"), ("<th>Item<th>Price<th>Qty", "<td>Van<td>4<td>5"))),
        ("at the beginning", "in the middle", (("<th>Qty<th>Item<th>Price", "<td>5<td>Van<td>4"), ("<th>Item<th>Qty<th>Price", "<td>Van<td>5<td>4"))))},
    "the first of two equal rows, and the second": tuple(words("<table><tr><td>Fee<td>£10<tr><td>Rent<td>£7<tr><td>Fee<td>£10</table>", f"<table><tr><td>Fee<td>£{one}<tr><td>Rent<td>£7<tr><td>Fee<td>£{other}</table>", mail) for one, other in ((11, 10), (10, 11))),
    "one of two equal rows, and both": tuple(words("<table><tr><td>Fee<td>£10<tr><td>Fee<td>£10</table>", f"<table><tr><td>Fee<td>£{one}<tr><td>Fee<td>£11</table>", mail) for one in (10, 11)),
    "columns exchanged of which one is gone, or another is": tuple(words("<table><tr><th>Item<th>Day<th>Hours<th>Price<th>Sum<tr><td>Van<td>Mon<td>6<td>£4<td>£24<tr><td>Box<td>Tue<td>2<td>£1<td>£2</table>", now, mail) for now in ("<table><tr><th>Item<th>Price<th>Hours<th>Sum<tr><td>Van<td>£4<td>6<td>£24<tr><td>Box<td>£1<td>2<td>£2</table>", "<table><tr><th>Item<th>Day<th>Price<th>Hours<tr><td>Van<td>Mon<td>£4<td>6<tr><td>Box<td>Tue<td>£1<td>2</table>")),
    "a word and the layout": (words("<table><tr><td>L</td><td>R</td></tr></table><p>old</p>", "<table><tr><td>L</td><td>R</td></tr></table><p>new</p>", mail), words("<table><tr><td>L</td><td>R</td></tr></table><p>old</p>", "<table><tr><td>L</td></tr><tr><td>R</td></tr></table><p>new</p>", mail)),
    "a colour of the text and of what it stands on": tuple(words(f"<p style='{of}:#333'>a</p>", f"<p style='{of}:#eee'>a</p>", mail) for of in ("color", "background")),
    "a colour that cannot be read there": tuple(words(f"<p style='background:{on};color:#000'>a</p>", f"<p style='background:{on};color:#fff'>a</p>", mail) for on in ("#fff", "#00f")),
    "other words that are bold": tuple(words(f"<p>{said}</p>", f"<p><b>{said}</b></p>", mail) for said in ("Allowed", "Not allowed")),
    **{f"other words that are {what} on phones": tuple(words(f"<style>@media (max-width:9px){{.a{{color:red}}}}</style><p class=a>{said}</p>", f"<style>@media (max-width:9px){{.a{{color:red;{look}}}}}</style><p class=a>{said}</p>", mail) for said in ("Fee one", "Fee two")) for what, look in (("bold", "font-weight:bold"), ("struck out", "text-decoration:line-through"))},
    **{f"other buttons that are {what} on phones": tuple(words(f"<style>.a{{background:#036;padding:8px}}</style><a class=a href=/{said}>{said}</a>", f"<style>.a{{background:#036;padding:8px}}@media (max-width:480px){{.a{{{look}}}}}</style><a class=a href=/{said}>{said}</a>", mail) for said in ("Pay", "Track")) for what, look in (("hidden", "display:none"), ("struck out", "text-decoration:line-through"))},
    "other words that are hidden on phones": tuple(words(f"<style>@media (max-width:9px){{.a{{color:red}}}}</style><p class=a>{said}</p>", f"<style>@media (max-width:9px){{.a{{display:none}}}}</style><p class=a>{said}</p>", mail) for said in ("Fee one", "Fee two")),
    "other parts that moved to the left": tuple(words(f"<td align='right'><table><tr><td align='left'>{said}</td></tr></table></td>", f"<td align='left'><table><tr><td align='left'>{said}</td></tr></table></td>", mail) for said in ("Pay", "Small print")),
    **{f"a part of {was}": (words(f"is {was} now", f"is {now} now"), words(f"is {was2} now", f"is {now2} now")) for was, now, was2, now2 in (
        ("£5.99", "£5.49", "£8.99", "£8.49"), ("£1,350", "£1,400", "£9,350", "£9,400"), ("1.350,00 €", "1.400,00 €", "9.350,00 €", "9.400,00 €"),
        ("10:30", "10:45", "14:30", "14:45"), ("020 555 0101", "020 555 0102", "030 777 0101", "030 777 0102"), ("2026-03-01", "2026-03-08", "2027-11-01", "2027-11-08"),
        ("01.03.2026", "01.04.2026", "15.03.2026", "15.04.2026"), ("3.5%", "3.9%", "7.5%", "7.9%"), ("GB29 6016 1331", "GB29 6016 1332", "GB29 7777 1331", "GB29 7777 1332"),
        ("https://h.test/a", "https://h.test/b", "https://evil.test/a", "https://evil.test/b"), ("ann@h.test", "bob@h.test", "ann@k.test", "bob@k.test"),
        ("+44 20 1", "+44 20 2", "+49 20 1", "+49 20 2"), ("$5", "$6", "€5", "€6"), ("room 12-A", "room 12-B", "room 19-A", "room 19-B"), ("٣٫٥", "٣٫٩", "٧٫٥", "٧٫٩"))},
    "another hour of a cron expression": tuple((step("a", "digest", cron=f"0 {hour} * * 1"), step("a", "digest", cron=f"0 {hour} * * 2")) for hour in (9, 17)),
    **{f"words of {what} under another question that leads elsewhere": tuple(words(f"<p>Cancel your {of}?</p><a {look} href=/{of}>Cancel</a>", f"<p>Cancel your {of}?</p><a {look} href=/{of}>Stop</a>", mail) for of in ("course", "club")) for what, look in (("a link", ""), ("a button", "style='background:#111;padding:9px'"))},
    "words of a button of an inbox that leads elsewhere": tuple((step("a", "in_app", body="Sure?", primaryAction={"label": "Cancel", "redirect": {"url": f"/{to}"}}), step("a", "in_app", body="Sure?", primaryAction={"label": "Stop", "redirect": {"url": f"/{to}"}})) for to in ("course", "club")),
    "words of a button of an inbox under another question": tuple((step("a", "in_app", body=asked, primaryAction={"label": "Yes"}), step("a", "in_app", body=asked, primaryAction={"label": "Go"})) for asked in ("Ship it?", "Cancel it?")),
    "a number in the same row of a table of two columns with another head": tuple(words(f"<table><tr><th>Day</th><th>{head}</th></tr><tr><td>Sat</td><td>5</td></tr></table>", f"<table><tr><th>Day</th><th>{head}</th></tr><tr><td>Sat</td><td>6</td></tr></table>", mail) for head in ("Seats", "Price")),
    "words of a button of a chat under another question": tuple(tuple(chat_of(asked, said) for said in ("Yes", "Go")) for asked in ("Ship the order?", "Cancel the order?")),
    "the colour of a warning, and that of praise": tuple(words(f"<p style='color:#333'>{said}</p>", f"<p style='color:#c00'>{said}</p>", mail) for said in ("Do not open it.", "Well done.")),
    "a path of another server": tuple(words(f"<a href='https://{host}/a'>x</a>", f"<a href='https://{host}/b'>x</a>", mail) for host in ("h.test", "evil.test")),
    "a click that leads to another server": tuple((step("a", "in_app", body="b", redirect={"url": f"https://{host}/claims/1"}), step("a", "in_app", body="b", redirect={"url": f"https://{host}/claim/1"})) for host in ("h.test", "evil.test")),
    "another picture of another folder": tuple(words(f"<img alt=A src='/{at}/x.png'>", f"<img alt=A src='/{at}/y.png'>", mail) for at in "ab"),
    "moved to another place": tuple(words("<ul><li>One<li>Two<li>Three</ul>", f"<ul>{''.join(f'<li>{each}' for each in order)}</ul>", mail) for order in (("Three", "One", "Two"), ("One", "Three", "Two"))),
    **{f"{was} under another first heading, {tag}": tuple(words(f"<{tag}>{head}</{tag}>{was}", f"<{tag}>{head}</{tag}>{now}", mail) for head in ("Packing", "Insurance")) for tag in ("h1", "h2", "h3") for was, now in (
        ("<p>Not included</p>", "<p>Included</p>"), ("<ul><li>Keys</li><li>Lamp</li></ul>", "<ul><li>Lamp</li></ul>"), ("<ul><li>Lamp</li></ul>", "<ul><li>Lamp</li><li>House keys</li></ul>"), ("<p>It is free.</p>", "<p>It is closed.</p>"))},
    **{f"a short line of {of} with another title: {was}": tuple(words(was, now, lambda said, of=of, **more: step("a", of, **more, body=said), subject=title) for title in ("Pick-up", "Delivery")) for of in ("in_app", "push") for was, now in (("Today", "Tomorrow"), ("Not paid", "Paid"), ("Not **paid**", "**Paid**"))},
    **{f"a {what} row of a table whose columns have other names": tuple(words(f"<table><tr><th>{head}<th>Price<tr><td>Van<td>£60{was}</table>", f"<table><tr><th>{head}<th>Price<tr><td>Van<td>£60{now}</table>", mail) for head in ("Fee", "Refund")) for what, was, now in (("new", "", "<tr><td>Piano<td>£90"), ("gone", "<tr><td>Piano<td>£90", ""))},
    "a row of a table under another first heading": tuple(words(f"<h2>{head}</h2><table><tr><td>Van<td>£60</table>", f"<h2>{head}</h2><table><tr><td>Van<td>£60<tr><td>Piano<td>£90</table>", mail) for head in ("Fees", "Refunds")),
    **{f"the words of another picture, {what}": tuple(words(f"<p>Hi</p><img src='/{file}.png' alt='{was}'>", f"<p>Hi</p><img src='/{file}.png' alt='{now}'>", mail) for file in "ab") for what, was, now in (("gone", "Van", ""), ("new", "", "Van"))},
    "a delay of another workflow": tuple((step("a", "delay", amount=6, unit="hours", workflow=of), step("a", "delay", amount=4, unit="hours", workflow=of)) for of in ("a", "b")),
    "a time of a digest of another workflow": tuple((step("a", "digest", cron="0 9 * * 1", workflow=of), step("a", "digest", cron="0 9 * * 2", workflow=of)) for of in ("a", "b")),
    "a number in the data of another workflow": tuple((step("a", "in_app", body="b", data={"amount": 100}, workflow=of), step("a", "in_app", body="b", data={"amount": 10}, workflow=of)) for of in ("a", "b")),
    "a price under another heading": tuple(words(f"<h2>{head}</h2><table><tr><td>Price<td>€18</table>", f"<h2>{head}</h2><table><tr><td>Price<td>€20</table>", mail) for head in ("Day ticket", "Kids ticket")),
    "a short line under another heading": tuple(words(f"<h1>Tickets</h1><h2>{head}</h2><p>Open on Sunday</p>", f"<h1>Tickets</h1><h2>{head}</h2><p>Closed on Sunday</p>", mail) for head in ("Day ticket", "Kids ticket")),
    **{f"a short line under another one that is like a label: {was}": tuple(words(f"<p>{said}</p>{was}", f"<p>{said}</p>{now}", mail) for said in ("Deposit", "Permit")) for was, now in (
        ("<p>Free on Sunday</p>", "<p>Free on Monday</p>"), ("<p>x</p>", "<p>Entry is free.</p><p>x</p>"), ("<p>Entry is free.</p><p>x</p>", "<p>x</p>"), ("<img src=a.png alt=A><p>Paid today</p>", "<img src=a.png alt=A><p>Open today</p>"),
        ("<img src=a.png alt=A><p>Paid</p>", "<img src=a.png alt=A><p>Open</p>"), ("<img src=a.png alt=A><p>€5</p>", "<img src=a.png alt=A><p>€6</p>"), ("<ul><li>Your bag<li>Your dog</ul>", "<ul><li>Your bag<li>Your cat</ul>"), ("<ul><li>Your bag<li>5 dogs</ul>", "<ul><li>Your bag<li>6 dogs</ul>"),
        ("<ul><li>Your bag</ul>", "<ul><li>Your bag<li>Your cat</ul>"))},
    "a short line of a chat under another one that is like a label": tuple(tuple(said_in("slack", {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": one}} for one in (title, said)]}) for said in ("Free on Sunday", "Free on Monday")) for title in ("Deposit", "Permit")),
    "an item of another list": tuple(words(f"<p>{head}:</p><ul><li>Your bag<li>Your dog</ul>", f"<p>{head}:</p><ul><li>Your bag<li>Your cat</ul>", mail) for head in ("You may bring", "You must leave at home")),
    "a move, and one with words made tiny": tuple(words(f"<p>One is here now.</p><p>Two are here now.</p>{THREE}", f"<p{style}>Three are here now.</p><p>One is here now.</p><p>Two are here now.</p>", mail) for style in ("", " style='font-size:9px'")),
    "the size of other words": tuple(words(f"<p style='font-size:20px'>{said}</p>", f"<p style='font-size:24px'>{said}</p>", mail) for said in ("Title", "terms")),
    "another sentence in its place, of another look": tuple(words("<p style='font-size:13px;color:#111827'>The credit is valid for 90 days.</p>", f"<p style='{style}'>Teams of five get a free weekend.</p>", mail) for style in ("font-style:italic", "font-weight:bold;font-size:20px")),
    **{f"another name of a row that stands elsewhere: {values[0]}": tuple(words(f"<table><tr><td>A</td><td>x</td></tr><tr><td>Due</td><td>{value}</td></tr><tr><td>B</td><td>y</td></tr></table>", f"<table><tr><td>A</td><td>x</td></tr><tr><td>B</td><td>y</td></tr><tr><td>Pay by</td><td>{value}</td></tr></table>", mail) for value in values) for values in (("88120", "88121"), ("15 Dec", "16 Dec"), ("15.12.2026", "16.12.2026"))},
    **{f"a text that came into a box: {what}": tuple(words(f"<div style='background:{colour}'><p>{name}</p></div><p>{said}</p>", f"<div style='background:{colour}'><p>{name}</p><p>{said}</p></div>", mail) for colour, name, said in sides) for what, sides in (
        ("of another look", (("#eef6f2", "Keys", "Keep it."), ("#b00020", "Keys", "Keep it."))),
        ("with other words", (("#eef6f2", "Keys", "Keep it."), ("#eef6f2", "Maps", "Keep it."))),
        ("another text", (("#eef6f2", "Keys", "Keep it."), ("#eef6f2", "Keys", "Burn it."))))},
    **{f"a text that came into a box{what}": tuple(words(f"{was}<p>On its way.</p><table style='background:#eee'><tr><td style='padding:{pads[0]}'><p>Thanks a lot.</p></td></tr></table><p>Acme</p></div>", f"{now}<table style='background:#eee'><tr><td style='padding:{pads[1]}'><p>On its way.</p><p>Thanks a lot.</p></td></tr></table><p>Acme</p></div>", mail) for was, now, pads in sides) for what, sides in (
        (", in a container of another colour", (("<div style='background:#fafafa'>", "<div style='background:#fafafa'>", ("8px", "8px")), ("<div style='background:#fafafa'>", "<div style='background:#dff'>", ("8px", "8px")))),
        (", in containers that had other colours", (("<div style='background:#fafafa'>", "<div style='background:#dff'>", ("8px", "8px")), ("<div style='background:#ddd'>", "<div style='background:#dff'>", ("8px", "8px")))),
        (" that had another space in it", (("<div>", "<div>", ("2px", "30px")), ("<div>", "<div>", ("8px", "30px")))),
        (" whose space is new", (("<div>", "<div>", ("8px", "8px")), ("<div>", "<div>", ("0", "8px")))))},
    **{f"{was} that became {now} in a box, or beside it, and {where} before": tuple(words(f"<p>Hi you</p><div style='background:#eee'><p>Order one</p>{old.format(was)}", f"<p>Hi you</p><div style='background:#eee'><p>Order one</p>{new.format(now)}", mail) for new in ("<p>{}</p></div>", "</div><p>{}</p>")) for where, old in (("in it", "<p>{}</p></div>"), ("beside it", "</div><p>{}</p>")) for was, now in (("Pay", "Go"), ("Yes", "No"), ("€ 5", "€ 6"), ("123456", "654321"), ("We thank you for your patience.", "Merci beaucoup pour tout."))},
    "one of two equal texts that came into a box with another word, or has that beside it": tuple(words("<p>Pay now please</p><div style='background:#eee'><p>Dear Ann</p></div><p>Pay now please</p>", f"<p>Pay now please</p><div style='background:#eee'><p>Dear Ann</p>{new}", mail) for new in ("<p>Pay here now please</p></div>", "</div><p>Pay here now please</p>")),
    **{f"a text that left a box, with {one} around it or {other}": tuple(words("<div style='background:#eef'><p>Praise</p><p>Kind</p></div>", f"<div style='{look}'><p>Praise</p></div><div style='background:#eef'><p>Kind</p></div>", mail) for look in (one, other)) for one, other in (
        ("margin-left:80px", ""), ("margin-left:80px", "margin-left:40px"), ("opacity:.5", ""), ("height:200px", ""), ("position:absolute", ""), ("transform:rotate(5deg)", "transform:rotate(9deg)"), ("text-indent:30px", ""))},
    "a text in a box of its own now, of two colours": tuple(words("<div style='background:#eef'><p>Praise</p><p>Kind</p></div>", f"<div style='background:#eef'><p>Praise</p></div><div style='border:2px solid {colour}'><p>Kind</p></div>", mail) for colour in ("#111111", "#222222")),
    "a new border around all that came into a box, or around one that stood there": tuple(words("<p>One</p><div style='background:#eef'><p>Two</p><p>Three</p></div>", f"<div style='background:#eef'>{new}<p>Three</p></div>", mail) for new in ("<div style='border:2px solid red'><p>One</p><p>Two</p></div>", "<p>One</p><div style='border:2px solid red'><p>Two</p></div>")),
    "a text with a new border, in the box before it or beside that": tuple(words("<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p></div><p>Thanks a lot.</p>", f"<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p>{new}", mail) for new in ("<div style='border:1px solid red'><p>Thanks a lot.</p></div></div>", "</div><div style='border:1px solid red'><p>Thanks a lot.</p></div>")),
    **{f"a few words under the first headings {one} and {other}": tuple(words(f"<h1>{head}</h1><p>See you soon</p>", f"<h1>{head}</h1><p>See you later</p>", mail) for head in (one, other)) for one, other in (
        ("ご注文4711を発送しました", "ご注文4712をキャンセルしました"), ("您的订单4711已发货", "您的订单4712已取消"), ("2FA", "3DS"), ("iPhone15", "Pixel9"), ("C++11", "Java8"), ("5G", "4G"),
        ("www.acme1.com", "www.zeta2.com"), ("MP3 files", "PS5 files"), ("Your 1:1", "Your 24h"), ("50% off", "€50 off"))},
    "a few words in an inbox under two titles with numbers": tuple(words("Turned on", "Turned off", lambda body, title=title: step("bell", "push", subject=title, body=body)) for title in ("2FA", "3DS")),
    "a text that left one of two parts with a space, and both": tuple(words("<div style='padding:9px'><div style='padding:9px'><p>Keys</p><p>Keep it.</p></div></div><p>Maps</p>", new, mail) for new in ("<div style='padding:9px'><div style='padding:9px'><p>Keys</p></div><p>Keep it.</p></div><p>Maps</p>", "<div style='padding:9px'><div style='padding:9px'><p>Keys</p></div></div><p>Keep it.</p><p>Maps</p>")),
    "a text that came into one of two parts with the same space": tuple(words("<div style='padding:9px'><p>Keys</p></div><p>Keep it.</p><div style='padding:9px'><p>Maps</p></div>", new, mail) for new in ("<div style='padding:9px'><p>Keys</p><p>Keep it.</p></div><div style='padding:9px'><p>Maps</p></div>", "<div style='padding:9px'><p>Keys</p></div><div style='padding:9px'><p>Keep it.</p><p>Maps</p></div>")),
    "a text that came into a box, and one that left it": tuple(words(*(f"<div style='background:#eef6f2'><p>Keys</p>{body}" for body in order), mail) for order in (("</div><p>Keep it.</p>", "<p>Keep it.</p></div>"), ("<p>Keep it.</p></div>", "</div><p>Keep it.</p>"))),
    "a text that came into one of two boxes with the same words": tuple(words("<div style='background:#eef6f2'><p>Keys</p></div><p>Keep it.</p><div style='background:#eef6f2'><p>Keys</p></div>", new.format("Keys", "Keep it.", "Keys"), mail) for new in ("<div style='background:#eef6f2'><p>{}</p><p>{}</p></div><div style='background:#eef6f2'><p>{}</p></div>", "<div style='background:#eef6f2'><p>{}</p></div><div style='background:#eef6f2'><p>{}</p><p>{}</p></div>")),
    **{f"a replaced word before a comma that {verb} bold": tuple(words(f"<p>Pay by {was}, please.</p>", f"<p>Pay by {now}, please.</p>", mail) for was, now in sides) for verb, sides in (
        ("loses what was", (("<b>Friday</b>", "Monday"), ("<b>Friday</b>", "<b>Monday</b>"))),
        ("becomes", (("Friday", "<b>Monday</b>"), ("Friday", "Monday"))))},
    "a form of another button": tuple(tuple(form_of(value, at) for value in "ab") for at in (0, 1)),
    "a form of another template": tuple(tuple(form_of(value, 0, of) for value in "ab") for of in ("t", "u")),
    **{f"{one} or {other} of {provider}": tuple((said_in(provider, {of: {"plan": "a"}}), said_in(provider, {of: {"plan": "b"}})) for of in (one, other)) for provider, one, other in (
        ("sendgrid", "customArgs", "dynamicTemplateData"), ("postmark", "metadata", "templateModel"), ("one-signal", "data", "custom_data"))},
    "attributes of Amazon's with one last name": tuple(tuple(said_in("sns", {"messageAttributes": {of: {"StringValue": value}}}) for value in "AB") for of in ("shop.id2", "customer.id2")),
    **{f"a value of another template of {provider}": tuple(tuple(said_in(provider, {name: of, own: {"guest name": value}}) for value in "AB") for of in ("x", "y")) for provider, name, own in (
        ("twilio", "contentSid", "contentVariables"), ("sendgrid", "templateId", "dynamicTemplateData"), ("one-signal", "template_id", "custom_data"))},
    "a text is hidden in a box that is shown, or the box alone is": tuple((box_of(isVisible=False), box_of(**of_first)) for of_first in ({"first": {"isVisible": False}}, {})),
    "a text on another ground in a box with another one, or the box alone is": tuple((box_of(first=first, style="emphasis"), box_of(style="good")) for first in ({"box": "attention"}, {})),
    "two of three texts in a box": tuple((boxed(0, 0), boxed(*ends)) for ends in ((0, 2), (1, 3))),
    "a box of another ground around texts": tuple((boxed(0, 0), boxed(0, 2, ground)) for ground in ("good", "attention")),
    **{f"one of two equal parts: {kind}": tuple((equal_ones(kind, was, was), equal_ones(kind, *order)) for order in ((now, was), (was, now))) for kind, was, now in (
        ("link", "/book", "/sold"), ("link", "/book", None), ("inside", "/book", "/sold"), ("value", "1", "2"), ("confirm", None, "Sure?"), ("divider", True, None), ("picture", "/a", "/b"))},
    **{f"one of two parts with the same words: {kind}": ((two_of(kind, a, a), two_of(kind, b, a)), (two_of(kind, a, a), two_of(kind, a, b))) for kind, a, b in (
        ("style", "primary", "danger"), ("words", "Book", "Take"), ("fact", "Milo", "Rui"), ("ground", "good", "warning"), ("alternative", "Van", "Car"), ("card", "Sea", "Bay"), ("hidden", True, False))},
    **{f"two links that exchanged where they lead the other way round: {one}, {other}": tuple(words(*(f"<p>Rooms: <a href=/{each[0]}>{one}</a>. Meals: <a href=/{each[1]}>{other}</a>.</p>" for each in order), mail) for order in (("ab", "ba"), ("ba", "ab"))) for one, other in (("here", "here"), ("card", "transfer"))},
    **{f"a colour that moved from around {what}, and one that is gone": tuple(words(old, new, mail) for new in news) for what, old, news in (
        ("a page to a card", "<body style='background:#eee'><div style='padding:9px'><h1>Hi</h1><p>Ann</p></div></body>", ("<body><div style='padding:9px;background:#eee'><h1>Hi</h1><p>Ann</p></div></body>", "<body><div style='padding:9px'><h1>Hi</h1><p>Ann</p></div></body>")),
        ("three texts to one", "<div style='background:#eee'><p>One</p><p>Two</p><p>Six</p></div>", ("<div><p style='background:#eee'>One</p><p>Two</p><p>Six</p></div>", "<div><p>One</p><p>Two</p><p>Six</p></div>")),
        ("a table to its first row", "<table bgcolor=#eeeeee><tr><td>A<td>B<tr><td>C<td>D</table>", ("<table><tr bgcolor=#eeeeee><td>A<td>B<tr><td>C<td>D</table>", "<table><tr><td>A<td>B<tr><td>C<td>D</table>")),
        ("a table to its first cell", "<table bgcolor=#eeeeee><tr><td>A<td>B<tr><td>C<td>D</table>", ("<table><tr><td bgcolor=#eeeeee>A<td>B<tr><td>C<td>D</table>", "<table><tr><td>A<td>B<tr><td>C<td>D</table>")),
        ("a text to its words", "<div style='background:#eee'>Pay your <span>bill</span> now</div>", ("<div>Pay your <span style='background:#eee'>bill</span> now</div>", "<div>Pay your <span>bill</span> now</div>")))},
    **{f"parts of a line: {what}": tuple(words(f"<p>A {old} b</p>", f"<p>A {new} b</p>", mail) for new in news) for what, old, news in (
        ("one around two words, and one around each", "new thing", ("<span style='border:1px solid red'>new thing</span>", "<span style='border:1px solid red'>new</span> <span style='border:1px solid red'>thing</span>")),
        ("the inner one is gone, and the outer one", "<span style='border:1px solid red'><i style='border:3px solid blue'>new</i></span>", ("<span style='border:1px solid red'><i>new</i></span>", "<span><i style='border:3px solid blue'>new</i></span>")),
        ("two that became others", "<span style='border:1px solid red'><i style='padding:3px'>new</i></span>", ("<span style='border:2px solid red'><i style='padding:9px'>new</i></span>", "<span style='border:2px solid red'><i style='padding:99px'>new</i></span>")),
        ("one that is gone from other words, and one that stays", "<span style='border:1px solid red'>new</span>", ("hot", "<span style='border:1px solid red'>hot</span>")),
        ("one that is gone from other words that looked otherwise, and one that stays", "<span style='border:1px solid red'>new <b>thing</b></span>", ("hot", "<span style='border:1px solid red'>hot</span>")),
        ("equal ones, all and some", " ".join("<i style='border:1px solid red'>★</i>" for _ in range(5)), ("★ ★ ★ ★ ★", " ".join("★" if at in (1, 2) else "<i style='border:1px solid red'>★</i>" for at in range(5)))),
        ("the second and the third of equal ones", " ".join("<i style='border:1px solid red'>★</i>" for _ in range(5)), tuple(" ".join("★" if at == gone else "<i style='border:1px solid red'>★</i>" for at in range(5)) for gone in (1, 2))),
        ("the tenth and the eleventh of equal ones", " ".join("<i style='border:1px solid red'>★</i>" for _ in range(12)), tuple(" ".join("★" if at == gone else "<i style='border:1px solid red'>★</i>" for at in range(12)) for gone in (9, 10))),
        ("two around one of equal words, and around both", " or ".join(["<i style='border:1px solid red'><b style='border:1px solid red'>new</b></i>"] * 2), ("<b>new</b> or <i style='border:1px solid red'><b style='border:1px solid red'>new</b></i>", "<b>new</b> or <b>new</b>")),
        ("a new word in one, and beside it", "new", ("<span style='border:1px solid red'>new thing</span>", "<span style='border:1px solid red'>new</span> thing")))},
    **{f"a new column {what}": tuple(words(*("".join(f"<table>{rows}</table>" for rows in each) for each in (old, new)), mail) for new in news) for what, old, news in (
        ("of one of two tables that begin alike", ("<tr><th>Item<th>Qty<tr><td>Tea<td>1", "<tr><th>Item<th>Fee<tr><td>Post<td>5"), (("<tr><th>Item<th>Qty<th>Note<tr><td>Tea<td>1<td>4", "<tr><th>Item<th>Fee<tr><td>Post<td>5"), ("<tr><th>Item<th>Qty<tr><td>Tea<td>1", "<tr><th>Item<th>Fee<th>Note<tr><td>Post<td>5<td>4"))),
        ("on the right in one of two tables", ("<tr><th>Item<th>Qty<tr><td>Tea<td>1", "<tr><th>Cost<th>Fee<tr><td>Post<td>5"), (("<tr><th>Item<th>Qty<th>Note<tr><td>Tea<td>1<td align=right>4", "<tr><th>Cost<th>Fee<th>Note<tr><td>Post<td>5<td>4"), ("<tr><th>Item<th>Qty<th>Note<tr><td>Tea<td>1<td>4", "<tr><th>Cost<th>Fee<th>Note<tr><td>Post<td>5<td align=right>4"))),
        ("that is red in one row", ("<tr><th>Item<th>Qty<tr><td>Tea<td>1<tr><td>Jam<td>2",), (("<tr><th>Item<th>Qty<th>Fee<tr><td>Tea<td>1<td style=color:red>3<tr><td>Jam<td>2<td>4",), ("<tr><th>Item<th>Qty<th>Fee<tr><td>Tea<td>1<td>3<tr><td>Jam<td>2<td style=color:red>4",))),
        ("that is red in one of two rows that begin alike", ("<tr><th>Item<th>Qty<tr><td>Tea<td>1<tr><td>Tea<td>2",), (("<tr><th>Item<th>Qty<th>Fee<tr><td>Tea<td>1<td style=color:red>3<tr><td>Tea<td>2<td>4",), ("<tr><th>Item<th>Qty<th>Fee<tr><td>Tea<td>1<td>3<tr><td>Tea<td>2<td style=color:red>4",))),
        ("in which old values are struck out, or not", ("<tr><th>Item<th>Qty<tr><td>Tea<td>1",), (("<tr><th>Item<th>Qty<th>Fee<tr><td>Tea<td>1<td>3 <s>4</s>",), ("<tr><th>Item<th>Qty<th>Fee<tr><td>Tea<td>1<td>3 4",))),
        *((f"with {look}", ("<tr><th>Item<th>Qty<tr><td>Tea<td>1",), tuple((f"<tr><th>Item<th>Qty<th>Fee<tr><td>Tea<td>1<td style='{each}'>3",) for each in (look, ""))) for look in ("padding:40px", "opacity:.1")))},
    "a colour of an empty part, and with another new one": tuple(words("<p>A</p><div>&nbsp;</div><p>B</p>", f"<p>A</p><div style='background:red'>&nbsp;</div>{more}<p>B</p>", mail) for more in ("", "<div style='background:#00f;height:99px'></div>")),
    **{f"two buttons of an inbox that changed places the other way round: {what}": ((pressed(*two), pressed(*two[::-1])), (pressed(*two[::-1]), pressed(*two))) for what, two in (
        ("called alike", (("Go", "/v?a=1"), ("Go", "/v?a=2"))), ("with the same beginning", (("Show what is new in this long week of May", "/a"), ("Show what is new in this long week of June", "/b"))))},
    "a delay by the calendar, set so in words or not": tuple((step("a", "delay", amount=5, unit="minutes", **was), step("a", "delay", amount=5, unit="minutes", cron="0 9 * * 1", **now)) for was, now in (({"type": "regular"}, {"type": "timed"}), ({}, {}))),
    **{f"links of the same words that exchanged where they lead the other way round: {what}": tuple(words(*(said.format(*(f"<a href='{each}'>Book</a>" for each in order)) for order in (one, one[::-1])), mail) for one in (leads, leads[::-1])) for what, leads, said in (
        ("after the same line", ("/a", "/b"), "<h2>Paris</h2><p>Per night</p>{}<h2>Rome</h2><p>Per night</p>{}"), ("after the same line, with parameters", ("/v?i=1", "/v?i=2"), "<h2>Paris</h2><p>Per night</p>{}<h2>Rome</h2><p>Per night</p>{}"),
        ("in rows", ("?i=1", "?i=2"), "<table><tr><td>A room<td>{}<tr><td>B room<td>{}</table>"), ("in one line", ("/a", "/b"), "<p>{} | {}</p>"), ("in equal lines", ("/a", "/b"), "<ul><li>Go {}<li>Go {}</ul>"), ("on other servers", ("https://a.test/", "https://b.test/"), "<p>Paris</p>{}<p>Rome</p>{}"))},
    "links that exchanged where they lead, in two emails": tuple(words(*("".join(f"<h2>{town}</h2><p>Per night</p><a href=/{lead}>Book</a>" for town, lead in zip(towns, order, strict=True)) for order in ("ab", "ba")), mail) for towns in (("Paris", "Rome"), ("Oslo", "Bern"))),
    "links of a line that exchanged where they lead beside a word that changed, and that word alone": tuple(words("<p>See <a href=/a>here</a> for rooms and <a href=/b>here</a> for cars.</p>", f"<p>See <a href=/{one}>here</a> for rooms and <a href=/{other}>here</a> for bikes.</p>", mail) for one, other in ("ab", "ba")),
    **{f"one of two links to the same page: {what}": tuple(words(*(said.format(*(f"<a href=/{each}>Book</a>" for each in order)) for order in ("aa", now)), mail) for now in ("za", "az")) for what, said in (("in a line", "<p>See {} for rooms and {} for cars.</p>"), ("in lines", "<p>Paris</p>{}<p>Rome</p>{}"))},
    **{f"the words of one of two buttons: {what}": tuple(words(*(said.format(*(f"<a href=/a style='background:#036'>{each}</a>" for each in order)) for order in (("Buy", "Buy"), now)), mail) for now in (("Get", "Buy"), ("Buy", "Get"))) for what, said in (
        ("in rows", "<table><tr><td>A room<td>{}<tr><td>B room<td>{}</table>"), ("after one text", "<p>Now</p>{} {}"), ("after numbers", "<p>Room 1</p>{}<p>Room 2</p>{}"), ("after long texts", "".join(f"<p>This is a text that has more than forty letters, and ends with {each}</p>{{}}" for each in ("one", "two"))))},
    "equal links in lines, of which two exchanged where they lead": tuple(words(*("".join(f"<p><a href=/{each}>Open</a></p>" for each in order) for order in ("121", now)), mail) for now in ("211", "112")),
    **{f"a look at all times, or where a rule stands over it: {rule}": tuple(words(*(f"<style>{own}</style><p style='{now}'>Hi there</p>" for now in ("color:#060", "color:#600")), mail) for own in ("", f"@media ({rule}){{p{{color:#333!important}}}}")) for rule in ("max-width:480px", "prefers-color-scheme:dark")},
    "texts in one box, or in two": tuple((said_in("msteams", {"body": TEXTS}), said_in("msteams", {"body": [{"type": "Container", "style": "good", "items": TEXTS[start:end]} for start, end in pairwise(ends)]})) for ends in ((0, 4), (0, 2, 4))),
    "texts that were in one box, or in two": tuple((said_in("msteams", {"body": [{"type": "Container", "style": "good", "items": TEXTS[start:end]} for start, end in pairwise(ends)]}), said_in("msteams", {"body": TEXTS})) for ends in ((0, 4), (0, 2, 4))),
    **{f"two buttons of an inbox that changed places: {what}": tuple((inbox_of(first, second), inbox_of(second, first)) for first, second in (({"label": "A", "redirect": one}, {"label": "B", "redirect": other}), ({"label": "A", "redirect": other}, {"label": "B", "redirect": one}))) for what, one, other in (
        ("another window", {"url": "/a", "target": "_blank"}, {"url": "/a"}), ("a mark of each", {"url": "/y?utm_source=a"}, {"url": "/y?utm_source=b"}))},
    "the words of one or the other of a line of links": tuple(words("<p><a href=/b>Book</a> | <a href=/b>Book</a></p>", "<p><a href=/b>{}</a> | <a href=/b>{}</a></p>".format(*now), mail) for now in (("Get", "Book"), ("Book", "Get"))),
    "the words of one or all of a line of links": tuple(words("<p><a href=/b>Book</a> | <a href=/b>Book</a></p>", "<p><a href=/b>{}</a> | <a href=/b>{}</a></p>".format(*now), mail) for now in (("Get", "Book"), ("Get", "Get"))),
    **{f"where one of several leads, told by a number: {what}": tuple(words(*(said.format(*(f"<a href=/{each}>{named}</a>" for each, named in zip(order, names, strict=True))) for order in (was, now)), mail) for now in nows) for what, said, names, was, nows in (
        ("texts", "<p>Room 1</p>{}<p>Room 2</p>{}<p>Room 3</p>{}", ("Open",) * 3, "aaa", ("aba", "aab")), ("the first", "<p>Room 1</p>{}<p>Room 2</p>{}", ("Open",) * 2, "aa", ("ba", "ab")),
        ("rows", "<table><tr><td>Room 1<td>{}<tr><td>Room 2<td>{}</table>", ("Open",) * 2, "aa", ("ba", "ab")), ("words", "<p>{}</p><p>{}</p><p>Or</p><p>{}</p><p>{}</p>", ("Room 1", "Room 2") * 2, "aaaa", ("baaa", "abaa")))},
    "an exchange of where links with numbers lead, and its reverse": tuple(words(*("<p><a href=/{}>Room 1</a></p><p><a href=/{}>Room 2</a></p>".format(*order) for order in orders), mail) for orders in (("ab", "ba"), ("ba", "ab"))),
    **{f"one or the other of two equal links: {what}": tuple(words(said.format(was, was), said.format(*now), mail) for now in ((new, was), (was, new))) for what, said, was, new in (
        ("the colour", "<p>A {}</p><p>B {}</p>", "<a href=/a>Buy</a>", "<a href=/a style='color:#c00'>Buy</a>"), ("of texts", "<p>A</p><p>{}</p><p>B</p><p>{}</p>", "<a href=/a>Buy</a>", "<a href=/a style='color:#c00'>Buy</a>"),
        ("gone", "<p>Salt</p>{}<p>Low</p>{}", "<a href=/a>Buy</a>", ""))},
    "which pictures called alike changed places": tuple(words(*("".join(f"<p><img src=/{each}.png alt=Cover> {name}</p>" for each, name in zip(order, ("Salt", "Low", "Ember"), strict=True)) for order in ("abc", now)), mail) for now in ("acb", "cba")),
    "before which card another moved": tuple(words(*("".join(f"<p><img src=/{each}.png alt=Cover></p><p>{each}</p><p>More of it</p>" for each in order) for order in ("abc", now)), mail) for now in ("acb", "cab")),
    "which cards changed places": tuple(words(*("".join(f"<h2>{each}</h2><p>Per night</p><a href=/a>Book</a>" for each in order) for order in ("ABC", now)), mail) for now in ("ACB", "CBA")),
    "the space around other words": tuple(words(f"<p style='padding:4px'>{said}</p>", f"<p style='padding:8px'>{said}</p>", mail) for said in ("Alpha", "Beta")),
}  # fmt: skip


@walked(("one", "other"), EQUAL.values(), ids=EQUAL)
def test_equal(one: Any, other: Any) -> None:
    assert key(one) == key(other)


@walked(("one", "other"), UNEQUAL.values(), ids=UNEQUAL)
def test_unequal(one: Any, other: Any) -> None:
    assert key(one) != key(other)


def test_nothing_hangs_on_the_name_of_the_recipient() -> None:
    ann, bob = words("For Ann 5 a day", "For Ann 6 a day"), words("For Bob 5 a day", "For Bob 6 a day")
    assert key(ann) != key(bob)
    assert key(ann, names="Ann") == key(bob, names="Bob")
    again = [
        words(f"<p>For {each}</p><p>Hello.</p>", f"<p>For {each}</p><p>Hello.</p><p>For {each}</p>", mail)
        for each in ("Ann", "Bob")
    ]
    assert key(again[0]) != key(again[1])
    assert key(again[0], names="ann") == key(again[1], names="bob")
    greeted = [words(f"<p>Dear {name},</p><p>Hello.</p>", "<p>Hello.</p>", mail) for name in ("Ann", "Bob")]
    assert key(greeted[0]) != key(greeted[1])
    hello = (
        words("Hello Ann, all is well", "Hi Ann, all is well"),
        words("Hello BOB, all is well", "Hi BOB, all is well"),
    )
    assert key(hello[0]) != key(hello[1])
    assert key(hello[0], names="ann") == key(hello[1], names="bob")
    assert key(greeted[0], names="Ann") == key(greeted[1], names="Bob")
    moved = [
        words(f"<p>{name}</p><p>All is well.</p>", "<p>Sir</p><p>All is well.</p>", mail)
        for name in ("Ann", "Bob")
    ]
    assert key(moved[0], names="Ann") == key(moved[1], names="Bob") != key(moved[1])
    known = StepContext(subscriber="in", name="Ann De", email="ann.lee@acme.test")
    assert names_of(known) == {"ann", "lee"}


SHOWS = ("Hamlet",), ("The Snow Queen",)
DATA: dict[str, Any] = {
    "beside a word": lambda show: words(f"{show} is tomorrow", f"{show} is near"),
    "in what is new": lambda show: words(f"{show} is tomorrow", f"Don't forget: {show} is tomorrow"),
    "in a short sentence": lambda show: words(f"*{show}* starts at 19:30. Doors open at 18:45.", f"*{show}* starts at 20:00. Doors open at 18:45.", lambda said: chat_of(said, "Go")),
    "in a heading": lambda show: words(f"<p>Hi</p><h2>{show}</h2><p>Ushers: 6</p>", f"<p>Hi</p><h2>{show}</h2><p>Ushers: 8</p>", mail),
    "in words of another size": lambda show: words(f"<p style='font-size:20px'>{show}</p>", f"<p style='font-size:24px'>{show}</p>", mail),
    "in a part of a card": lambda show: tuple(said_in("msteams", {"body": [{"type": "TextBlock", "text": show, "size": size}]}) for size in ("Large", "Small")),
    "in a line that went": lambda show: words(f"<p>Hi</p><p>See {show}</p>", "<p>Hi</p>", mail),
    "in a paragraph that moved": lambda show: words(f"<p>Now on: {show}</p><p>Bring a friend along.</p>", f"<p>Bring a friend along.</p><p>Now on: {show}</p>", mail),
    "in facts of a card that changed places": lambda show: tuple(said_in("msteams", {"body": [{"type": "FactSet", "facts": facts[::way]}]}) for facts in [[{"title": "Play", "value": show}, {"title": "Kind", "value": "Free"}]] for way in (1, -1)),
    "in words that lead somewhere now": lambda show: words(f"<p>Hi</p><p>{show}</p>", f"<p>Hi</p><p><a href='https://x.test/'>{show}</a></p>", mail),
    "in links that changed places": lambda show: words(f"<p><a href='/1'>{show}</a> <a href='/2'>All plays</a></p>", f"<p><a href='/2'>All plays</a> <a href='/1'>{show}</a></p>", mail),
    "in long text": lambda show: words(f"{LONG} See {show} in {LONG}", f"{LONG} Visit {show} in {LONG}"),
}  # fmt: skip


@walked("made", DATA.values(), ids=DATA, size=15)
def test_nothing_hangs_on_what_comes_from_the_payload(made: Any) -> None:
    changes = [(made(data[0]), data) for data in SHOWS]
    assert key(changes[0][0]) != key(changes[1][0])
    assert len({key(change, data=data) for change, data in changes}) == 1


def test_a_value_of_the_payload_in_the_place_of_another_is_a_change() -> None:
    data = ("Hamlet", "Linden")
    said = [words("See Hamlet at 19:30 in Linden today", f"See {show} at 20:00 in Linden today") for show in ("Hamlet", "Linden")]  # fmt: skip
    assert key(said[0], data=data) != key(said[1], data=data)
    mails = [words("<p>See Hamlet</p><p>It is 5 euros today.</p>", f"<p>See {show}</p><p>It is 6 euros today.</p>", mail) for show in ("Hamlet", "Linden")]  # fmt: skip
    assert key(mails[0], data=data) != key(mails[1], data=data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>See Hamlet</p><p>See Linden</p><p>x</p>", "<p>See Linden</p><p>See Hamlet</p><p>x</p>"),
        ("<p><a href='/1'>Hamlet</a> and Linden</p>", "<p>Hamlet and <a href='/1'>Linden</a></p>"),
        ("<p><a href='/1'>Hamlet</a> <a href='/2'>Linden</a></p>", "<p><a href='/2'>Linden</a> <a href='/1'>Hamlet</a></p>"),
        ("<p>True</p>", "<p><a href='/1'>True</a></p>"),
    ],
)  # fmt: skip
def test_a_move_of_one_value_of_the_payload_past_another_is_not_its_reverse(one: str, other: str) -> None:
    data = ("Hamlet", "Linden", "True", "False")
    assert key(words(one, other, mail), data=data) != key(words(other, one, mail), data=data)


MONTHS = {
    "another month in two sentences": (("Ihr Vertrag endet am 12. Mai um acht.", "Ihr Vertrag endet am 12. Juni um acht."), ("Die Lieferung kommt am 12. Mai um acht.", "Die Lieferung kommt am 12. Juni um acht.")),
    "a name that is a month elsewhere": (("Ask Jan to send the new contract today", "Ask Jan to send the old contract today"), ("Ask Dec to send the new contract today", "Ask Dec to send the old contract today")),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), MONTHS.values(), ids=MONTHS)
def test_a_month_is_one_of_a_date(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert key(words(*one)) != key(words(*other))


def test_a_column_is_one_however_many_rows_it_had() -> None:
    def without(rows: int, head: str = "Category") -> tuple[RenderedStep, RenderedStep]:
        cells = "".join(f"<tr><td>F {at}<td>A<td>40" for at in range(rows))
        table = f"<table><tr><th>Seat<th>{head}<th>Price{cells}</table>"
        return words(table, table.replace(f"<th>{head}", "").replace("<td>A", ""), mail)

    assert key(without(2)) == key(without(4))
    assert key(without(2)) != key(without(2, "Class"))


INTO_FIRST = (
    "<div style='background:#eef6f2'><p>{}</p><p>{}</p></div><div style='background:#eef6f2'><p>{}</p></div>"
)
INTO_SECOND = (
    "<div style='background:#eef6f2'><p>{}</p></div><div style='background:#eef6f2'><p>{}</p><p>{}</p></div>"
)


def in_locale(locale: str, change: tuple[RenderedStep, RenderedStep], data: tuple[str, ...] = ()) -> Change:
    old, new = change
    changes = content_changes(old, new)
    return Change(
        f"{locale} {key(change)}", "changed", "mail", "email", "shop", "01-m-email", "", (),
        same=key(change, data=data), exact=key(change), twin=twin_of(new, changes, test="test[*]", locale=locale), context=StepContext(locale=locale),
    )  # fmt: skip


def grouped(*changes: Any) -> list[int]:
    """Return which of the changes are decided on as one: the number of the first that each is equal to."""
    tests = joined([TestChanges("test", "test", tuple(in_locale(*each) for each in changes))])
    keys = [each.same for each in tests[0].changes]
    return list(map(keys.index, keys))


def larger(said: str, size: str = "24px", more: str = "") -> tuple[RenderedStep, RenderedStep]:
    return words(f"<h1>A</h1><p style='font-size:20px'>{said}</p>", f"{more}<h1>A</h1><p style='font-size:{size}'>{said}</p>", mail)  # fmt: skip


def priced(said: str, price: str) -> tuple[RenderedStep, RenderedStep]:
    rows = "<table><tr><td>A</td><td>9</td></tr><tr><td>{}</td><td>{}</td></tr></table>"
    return words(rows.format(said, "4"), rows.format(said, price), mail)


def skipped(said: str, reason: str = "skipped_by_skip") -> tuple[RenderedStep, RenderedStep]:
    old = mail(f"<p>{said}</p>")
    return old, dataclasses.replace(old, status="skipped", outputs={}, reason=reason)


def subject(said: str) -> RenderedStep:
    return mail("<p>x</p>", subject=said)


def inbox(said: str) -> RenderedStep:
    return step("a", "in_app", body=said)


def fact(said: str) -> RenderedStep:
    title, _, value = said.partition(": ")
    return said_in("msteams", {"type": "AdaptiveCard", "body": [{"type": "FactSet", "facts": [{"title": title, "value": value}]}]})  # fmt: skip


def buttons_of(said: tuple[str, ...], ids: tuple[str, ...]) -> RenderedStep:
    """Return a chat step with buttons, by their words and by what nobody sees of them."""
    made = [{"type": "button", "text": {"type": "plain_text", "text": one}, "action_id": each} for one, each in zip(said, ids, strict=True)]  # fmt: skip
    return said_in("slack", {"blocks": [{"type": "actions", "elements": made}]})


def in_place(texts: tuple[str, ...], at: int, style: str) -> tuple[RenderedStep, RenderedStep]:
    old = "".join(f"<p>{text}</p>" for text in texts)
    return words(old, old.replace(f"<p>{texts[at]}", f"<p style='{style}'>{texts[at]}"), mail)


def ordered(texts: tuple[str, ...], *places: int) -> tuple[RenderedStep, RenderedStep]:
    return words("".join(f"<p>{one}</p>" for one in texts), "".join(f"<p>{texts[at]}</p>" for at in places), mail)  # fmt: skip


ENGLISH = ("Praise for you", "Your last warning", "Bye to all", "And so on", "The very end")
GERMAN = ("Lob für Sie", "Ihre letzte Mahnung", "An alle Leser", "Und so weiter", "Das Ende davon")
TWINS = {
    **{f"in the same place: {style}": ([("en", in_place(ENGLISH, 1, style)), ("de", in_place(GERMAN, 1, style))], [0, 0]) for style in ("color:red", "font-weight:bold", "display:none")},
    **{f"in another place: {style}": ([("en", in_place(ENGLISH, 1, style)), ("de", in_place(GERMAN, 3, style))], [0, 1]) for style in ("color:red", "font-weight:bold", "display:none")},
    "moved to the same place": ([("en", ordered(ENGLISH, 0, 2, 3, 1, 4)), ("de", ordered(GERMAN, 0, 2, 3, 1, 4))], [0, 0]),
    **{f"the same few words under what other languages call otherwise: {made[0]}": ([(locale, words(*(each.format(h=head) for each in made), mail)) for locale, head in (("en", "Fees"), ("de", "Kosten"))], [0, 0]) for made in (
        ("<h2>{h}</h2><p>Als PDF</p>", "<h2>{h}</h2><p>Als ZIP</p>"), ("<h2>{h}</h2><table><tr><td>Visa<td>5</table>", "<h2>{h}</h2><table><tr><td>Visa<td>5<tr><td>PayPal<td>6</table>"), ("<table><tr><th>Art<th>{h}<tr><td>Visa<td>5</table>", "<table><tr><th>Art<th>{h}<tr><td>Visa<td>5<tr><td>PayPal<td>6</table>"))},
    "the same few words under another title of a push": ([(locale, words("PDF", "ZIP", pushed, subject=head)) for locale, head in (("en", "Fees"), ("de", "Kosten"))], [0, 0]),
    "the same few words under another heading of the message": ([(locale, words("<h2>A</h2><p>Als PDF</p><h2>B</h2><p>Als PDF</p>".replace(*head), "<h2>A</h2><p>Als PDF</p><h2>B</h2><p>Als PDF</p>".replace(*head).replace(*now), mail)) for locale, head, now in (("en", ("A", "A"), ("A</h2><p>Als PDF", "A</h2><p>Als ZIP")), ("de", ("B", "C"), ("C</h2><p>Als PDF", "C</h2><p>Als ZIP")))], [0, 1]),
    "moved from elsewhere": ([("en", ordered(ENGLISH, 0, 2, 3, 1, 4)), ("de", ordered(GERMAN, 2, 0, 1, 3, 4))], [0, 1]),
    "one moved and two": ([("en", ordered(ENGLISH, 0, 2, 3, 1, 4)), ("de", ordered(GERMAN, 4, 0, 2, 3, 1))], [0, 1]),
    "a step that is skipped in three languages": ([("en", skipped("Hello")), ("de", skipped("Hallo")), ("fr", skipped("Salut"))], [0, 0, 0]),
    **{f"columns that {what} in three languages": ([(locale, words(*(f"<table><tr><th>{name}<th>{day}<th>{price}<tr><td>Van<td>6<td>€ 4<tr><td>Box<td>2<td>€ 1</table>", f"<table><tr>{heads.format(n=name, d=day, p=price)}</table>"), mail)) for locale, name, day, price in (("en", "Item", "Day", "Price"), ("de", "Ware", "Tag", "Preis"), ("it", "Cosa", "Giorno", "Prezzo"))], [0, 0, 0]) for what, heads in (
        ("changed places", "<th>{n}<th>{p}<th>{d}<tr><td>Van<td>€ 4<td>6<tr><td>Box<td>€ 1<td>2"),
        ("changed places and rows", "<th>{p}<th>{n}<th>{d}<tr><td>€ 4<td>Van<td>6<tr><td>€ 1<td>Box<td>2"))},
    "other columns that changed places in another language": ([(locale, words("<table><tr><th>A one<th>B two<th>C three<tr><td>Van<td>6<td>4<tr><td>Box<td>2<td>1</table>", now, mail)) for locale, now in (("en", "<table><tr><th>A one<th>C three<th>B two<tr><td>Van<td>4<td>6<tr><td>Box<td>1<td>2</table>"), ("de", "<table><tr><th>B two<th>A one<th>C three<tr><td>6<td>Van<td>4<tr><td>2<td>Box<td>1</table>"))], [0, 1]),
    "a paragraph that moved in three languages": ([(locale, words(f"<p>1</p><p>{one}</p><p>{two}</p>", f"<p>1</p><p>{two}</p><p>{one}</p>", mail)) for locale, one, two in (("en", "Hello", "Good bye, all"), ("de", "Hallo", "Tschüs zusammen"), ("fr", "Salut", "Au revoir à tous"))], [0, 0, 0]),
    "one that moved to another place": ([(locale, words(f"<p>{one}</p><p>{two}</p><p>3</p>", said, mail)) for locale, one, two, said in (("en", "Hello all", "Good bye, all", "<p>Good bye, all</p><p>Hello all</p><p>3</p>"), ("de", "Hallo alle", "Tschüs zusammen", "<p>Hallo alle</p><p>3</p><p>Tschüs zusammen</p>"))], [0, 1]),
    "one that is skipped for another reason": ([("en", skipped("Hello")), ("de", skipped("Hallo", "subscriber_preference"))], [0, 1]),
    "one that is no longer skipped": ([("en", skipped("Hello")[::-1]), ("de", skipped("Hallo")[::-1])], [0, 1]),
    "the same size in three languages": ([("en", larger("Hello")), ("de", larger("Hallo")), ("fr", larger("Salut"))], [0, 0, 0]),
    "another size": ([("en", larger("Hello")), ("de", larger("Hallo", "30px"))], [0, 1]),
    **{f"a part without words in two languages: {what}, {where}": ([(locale, words(said.format(*names, was, was), said.format(*names, *now), mail)) for (locale, *names), now in zip((("en", "One", "Two"), ("fr", "Un", "Deux")), sides, strict=True)], groups) for what, was, new in (
        ("a line gone", "<hr>", ""), ("a higher one", "<div style='height:10px'></div>", "<div style='height:60px'></div>"))
        for said in ["<p>{0}</p>{2}<p>{1}</p>{3}<p>x</p>"] for where, sides, groups in (("the same one", ((new, was), (new, was)), [0, 0]), ("another one", ((new, was), (was, new)), [0, 1]))},
    **{f"one of two equal links in two languages: {what}": ([(locale, words(said.format(*names, was, was), said.format(*names, *now), mail)) for (locale, *names), now in zip((("en", "Sea", "Hill"), ("de", "Meer", "Berg")), sides, strict=True)], groups) for what, said, was, sides, groups in (
        ("the same colour", "<p>{0} {2}</p><p>{1} {3}</p>", "<a href=/a>VIP</a>", (("<a href=/a style='color:#c00'>VIP</a>", "<a href=/a>VIP</a>"),) * 2, [0, 0]),
        ("the same one gone", "<p>{0}</p>{2}<p>{1}</p>{3}", "<a href=/a>VIP</a>", (("", "<a href=/a>VIP</a>"),) * 2, [0, 0]),
        ("another one gone", "<p>{0}</p>{2}<p>{1}</p>{3}", "<a href=/a>VIP</a>", (("", "<a href=/a>VIP</a>"), ("<a href=/a>VIP</a>", "")), [0, 1]))},
    "in another place": ([("en", larger("Hello")), ("de", larger("Hallo", more="<p>Neu</p>"))], [0, 1]),
    "two texts of one language": ([("en", larger("Hello")), ("en", larger("Bye")), ("de", larger("Hallo"))], [0, 1, 2]),
    "of another step": ([("en", larger("Hello")), ("de", tuple(dataclasses.replace(each, step_id="b") for each in larger("Hallo")))], [0, 1]),
    "of another workflow": ([("en", larger("Hello")), ("de", tuple(dataclasses.replace(each, workflow_id="b") for each in larger("Hallo")))], [0, 1]),
    "a value beside words of the language": ([("en", priced("Fee", "5")), ("de", priced("Gebühr", "5")), ("fr", priced("Frais", "7"))], [0, 0, 2]),
    "two values of one language": ([("en", priced("Fee", "5")), ("en", priced("Gift", "5")), ("de", priced("Gebühr", "5"))], [0, 1, 2]),
    "a title of the payload that others have in what is always written": ([("en", words(f"<p>{said}</p><p>Acme, High Road 1, Leeds, in England</p>", f"<p>{said}</p><p>Acme, High Road 2, Leeds, in England</p>", mail), data) for said, data in (("Hi", ("Leeds",)), ("Bye", ()))], [0, 0]),
    "gates of two names": ([("en", words("You must go to Gate B12 now", "You may go to Gate B12 now")), ("en", words("You must go to Gate B7 now", "You may go to Gate B7 now"))], [0, 1]),
    **{f"a number in a sentence: {what}": ([(locale, words(f"<p>A</p><p>{said.format(pair[0])}</p>", f"<p>A</p><p>{said.format(pair[1])}</p>", mail)) for locale, said, pair in rows], groups) for what, rows, groups in (
        ("the same", (("en", "Coffee from € {} a cup", ("1,90", "2,10")), ("de", "Kaffee ab € {}", ("1.90", "2.10"))), [0, 0]),
        ("another", (("en", "Coffee from € {} a cup", (1, 2)), ("de", "Kaffee ab € {}", (1, 3))), [0, 1]),
        ("another one of two", (("en", "2 cups from {} on", (3, 4)), ("de", "{} Tassen ab 2", (3, 4))), [0, 1]),
        ("with words that changed", (("en", "Coffee from {}", ("1 a cup", "2 each")), ("de", "Kaffee ab {}", ("1 je", "2 je"))), [0, 1]),
    )},
    **{f"numbers that are not the same: {one} and {other}": ([(locale, words(each, each.replace(was, now))) for locale, each in (("en", one), ("de", other))], [0, 1]) for one, other, was, now in (
        ("at 10:30", "um 14:30", "30", "45"), ("2 of 5", "2 von 900", "2", "3"), ("€ 1.50", "€ 150", "50", "60"), ("gate B1", "Tor C1", "1", "2"), ("minus -5", "plus 5", "5", "6"),
        ("from $5", "ab €5", "5", "6"), ("plus 5%", "mehr 5 €", "5", "6"), ("https://a.test/1", "https://b.test/1", "1", "2"), ("a1@a.test", "b1@b.test", "1", "2"), ("Fee 5, tax 5.", "Steuer 5, Gebühr 5.", "5, ", "6, "),
    )},
    **{f"a link of which a number changed: {one} and {other}": ([(locale, words(f"<p>a</p><a href='{each}1'>Hi</a>", f"<p>a</p><a href='{each}2'>Hi</a>", mail)) for locale, each in (("en", one), ("de", other))], [0, 1]) for one, other in (("https://a.test/pay/", "https://b.test/pay/"), ("/pay/", "/stop/"))},
    "a button of which a number changed": ([("en", words("<a href='/1'>Pay 5</a>", "<a href='/1'>Pay 6</a>", mail)), ("de", words("<a href='/2'>Stop 5</a>", "<a href='/2'>Stop 6</a>", mail))], [0, 1]),
    **{f"words of one of two buttons: {what}": ([(locale, words(*(mail("".join(f"<p>{name}</p><p><a href='/a' style='background:#036'>{said}</a></p>" for name, said in zip(names, each, strict=True))) for each in (("VIP", "VIP"), now)), lambda made: made)) for (locale, *names), now in zip((("en", "Sea", "Hill"), ("de", "Meer", "Berg")), sides, strict=True)], groups) for what, sides, groups in (
        ("the same one", (("VIP", "Pass"), ("VIP", "Pass")), [0, 0]), ("another one", (("VIP", "Pass"), ("Pass", "VIP")), [0, 1]))},
    "a value in another row": ([(locale, words("".join(f"<tr><td>{each}</td><td>Yes</td></tr>" for each in rows).join(("<table>", "</table>")), "".join(f"<tr><td>{each}</td><td>{'No' if at == place else 'Yes'}</td></tr>" for at, each in enumerate(rows)).join(("<table>", "</table>")), mail)) for locale, rows, place in (("en", ("Refund", "Pets"), 0), ("de", ("Erstattung", "Tiere"), 1))], [0, 1]),
    "words under another heading": ([("en", words("<h2>Kids</h2><p>Open</p><h2>All</h2><p>Open</p>", "<h2>Kids</h2><p>OK</p><h2>All</h2><p>Open</p>", mail)), ("de", words("<h2>Kinder</h2><p>Open</p><h2>Alle</h2><p>Open</p>", "<h2>Kinder</h2><p>Open</p><h2>Alle</h2><p>OK</p>", mail))], [0, 1]),
    "a locale that is not known": ([("en", larger("Hello")), ("", larger("Hallo"))], [0, 1]),
    "two of one language": ([("en_GB", larger("Hello")), ("en-US", larger("Hallo"))], [0, 1]),
    "a number of an SMS": ([(locale, words(f"{said} 39", f"{said} 49")) for locale, said in (("en", "From €"), ("de", "Ab €"))], [0, 0]),
    **{f"what is gone: {what}": ([(locale, words(f"<p>{said}</p>{part}", f"<p>{said}</p>", mail)) for locale, said, part in rows], groups) for what, rows, groups in (
        ("an item", (("en", "We run:", "<ul><li>08:05 Hull</ul>"), ("de", "Wir fahren:", "<ul><li>08:05 Hull</ul>")), [0, 0]),
        ("another item", (("en", "We run:", "<ul><li>08:05 Hull</ul>"), ("de", "Wir fahren:", "<ul><li>09:05 Hull</ul>")), [0, 1]),
        ("a link", (("en", "Hi", "<a href='https://a.test/x'>More</a>"), ("de", "Hallo", "<a href='https://a.test/x'>Mehr</a>")), [0, 0]),
    )},
    "a link that leads elsewhere": ([(locale, words(f"<p>{said}</p><a href='https://a.test/x'>{said}</a>", f"<p>{said}</p><a href='https://a.test/y'>{said}</a>", mail)) for locale, said in (("en", "More"), ("de", "Mehr"))], [0, 0]),
    **{f"a link with its language that leads elsewhere: {what}": ([(locale, words(f"<p>{said}</p><a href='{was}'>{said}</a>", f"<p>{said}</p><a href='{now}'>{said}</a>", mail)) for locale, said, was, now in sides], groups) for what, sides, groups in (
        ("another path", (("en", "Pay", "https://a.test/en/pay", "https://a.test/en/pay2"), ("de", "Zahlen", "https://a.test/de/pay", "https://a.test/de/pay2"), ("ja", "払う", "https://a.test/ja/pay", "https://a.test/ja/pay2")), [0, 0, 0]),
        ("another server", (("en_GB", "Pay", "https://a.test/en/pay", "https://b.test/pay"), ("de", "Zahlen", "https://a.test/de/pay", "https://b.test/pay")), [0, 0]),
        ("one without", (("en", "Pay", "/en/pay?lang=en", "/pay?lang=en"), ("de", "Zahlen", "/de/pay?lang=de", "/pay?lang=de")), [0, 0]),
        ("another one", (("en", "Pay", "/en/pay", "/en/bill"), ("de", "Zahlen", "/de/pay", "/de/bills")), [0, 1]),
        ("from another one", (("en", "Pay", "/en/pay", "/en/bill"), ("de", "Zahlen", "/de/stop", "/de/bill")), [0, 1]),
        ("that of another language", (("en", "Pay", "/en/pay", "/de/pay"), ("de", "Zahlen", "/de/pay", "/en/pay")), [0, 1]),
        ("with its region", (("en_GB", "Pay", "/en/pay", "/en-gb/pay"), ("de_DE", "Zahlen", "/de/stop", "/de-de/stop")), [0, 1]),
        ("a part of a word", (("en", "Pay", "/a-en/pay", "/a-en/bill"), ("de", "Zahlen", "/a-de/pay", "/a-de/bill")), [0, 1]))},
    **{f"an address with its language in an SMS: {what}": ([(locale, words(f"{said} {was}", f"{said} {now}")) for locale, said, was, now in sides], groups) for what, sides, groups in (
        ("the same one", (("en", "See", "https://a.test/en/p", "https://b.test/en/p"), ("de", "Siehe", "https://a.test/de/p", "https://b.test/de/p")), [0, 0]),
        ("another one", (("en", "See", "https://a.test/en/p", "https://b.test/en/p"), ("de", "Siehe", "https://a.test/de/p", "https://b.test/de/q")), [0, 1]))},
    "a link that is new, in the words of each language": ([(locale, words(f"<p>{said}</p>", f"<p>{said}</p><a href='https://a.test/x'>{said}</a>", mail)) for locale, said in (("en", "More"), ("de", "Mehr"))], [0, 1]),
    "a picture behind a text": ([(locale, words(f"<div style='background-image:url(a.jpg)'>{said}</div>", f"<div style='background-image:url(b.jpg)'>{said}</div>", mail)) for locale, said in (("en", "Summer"), ("de", "Sommer"))], [0, 0]),
    "with words that differ": ([("en", words("<p>Hi</p>", "<p>Ho</p>", mail)), ("de", words("<p>He</p>", "<p>Ha</p>", mail))], [0, 1]),
    "with equal words in one": ([("en", larger("Hello")), ("en", larger("Hello")), ("de", larger("Hallo"))], [0, 0, 0]),
    **{f"words that are the same in two languages: {what}": ([(locale, words(f"{was}", f"{now}", of)) for locale, was, now in rows], groups) for what, of, rows, groups in (
        ("at the end of a subject", subject, (("en", "Invoice 2026-118", "Invoice 2026-118 (Otso Oy)"), ("fi", "Lasku 2026-118", "Lasku 2026-118 (Otso Oy)")), [0, 0]),
        ("another number in it", subject, (("en", "Invoice 2026-118", "Invoice 2026-118 (Otso Oy)"), ("fi", "Lasku 2026-119", "Lasku 2026-119 (Otso Oy)")), [0, 1]),
        ("other words", subject, (("en", "Invoice 2026-118", "Invoice 2026-118 (Otso Oy)"), ("fi", "Lasku 2026-118", "Lasku 2026-118 (Lumi Oy)")), [0, 1]),
        ("at another end", subject, (("en", "Your bill is here", "(Acme) Your bill is here"), ("fi", "Lasku on tullut", "Lasku on tullut (Acme)")), [0, 1]),
        ("after another word", subject, (("en", "Pay the bill today", "Pay the bill (Otso Oy) today"), ("fi", "Maksa lasku nyt", "Maksa (Otso Oy) lasku nyt")), [0, 1]),
        ("in one of two sentences", text, (("en", "Fee 5. Tax 6.", "Fee 5 (Acme). Tax 6."), ("fi", "Vero 5. Maksu 6.", "Vero 5. Maksu 6 (Acme).")), [0, 1]),
        ("for one of two that are the same", subject, (("en", "Acme or Acme", "Otso or Acme"), ("fi", "Acme tai Acme", "Acme tai Otso")), [0, 1]),
        ("a sign at the end", subject, (("en", "You have paid", "You have paid!"), ("de", "Sie haben bezahlt", "Sie haben bezahlt!")), [0, 0]),
        ("a short name", subject, (("en", "Your bill", "Your bill Ö"), ("de", "Rechnung", "Rechnung Ö")), [0, 0]),
        ("a word that means another thing", subject, (("en", "Let them die", "Let them"), ("de", "Nur die", "Nur")), [0, 1]),
        ("a word that means another thing in a mark", subject, (("en", "Let them", "Let them (die)"), ("de", "Nur", "Nur (die)")), [0, 1]),
        ("a word with a capital for standing first", subject, (("en", "they go", "Die: they go"), ("de", "Frauen", "Die: Frauen")), [0, 1]),
        ("sentences that end with a letter", text, (("en", "One a. Two b.", "One a. Two b. (Acme)"), ("fi", "Yksi a. Kaksi b.", "Yksi a. Kaksi b. (Acme)")), [0, 1]),
        ("a number after its sign", subject, (("en", "Bill No. 5", "Bill No. 5 (Acme)"), ("de", "Rechnung Nr. 5", "Rechnung Nr. 5 (Acme)")), [0, 0]),
        ("a time in a card", fact, (("en", "Due: 14 Dec 2026", "Due: 14 Dec 2026 16:00"), ("fi", "Eräpäivä: 14 Dec 2026", "Eräpäivä: 14 Dec 2026 16:00")), [0, 0]),
        ("another time in a card", fact, (("en", "Due: 14 Dec 2026", "Due: 14 Dec 2026 16:00"), ("fi", "Eräpäivä: 14 Dec 2026", "Eräpäivä: 14 Dec 2026 17:00")), [0, 1]),
        ("bold in an inbox", inbox, (("en", "**€80** for the road", "€80 for the road"), ("fi", "**€80**: tie", "€80: tie")), [0, 0]),
        ("others in bold in an inbox", inbox, (("en", "**€80** for the road", "€80 for the road"), ("fi", "**€90**: tie", "€90: tie")), [0, 1]),
        ("one of two in bold in an inbox", inbox, (("en", "**5** fee, 5 tax", "5 fee, 5 tax"), ("fi", "Vero **5**, maksu 5", "Vero 5, maksu 5")), [0, 1]),
    )},
    **{f"what is the same in whatever writing: {what}": ([(locale, words(was, now, of)) for locale, was, now in rows], groups) for what, of, rows, groups in (
        ("a number at Japanese letters", text, (("en", "Bring all 5 keys.", "Bring all 4 keys."), ("ja", "鍵5本をご持参ください。", "鍵4本をご持参ください。"), ("zh", "请带5把钥匙。", "请带4把钥匙。"), ("ko", "열쇠 5개를", "열쇠 4개를"), ("th", "กุญแจ5ดอก", "กุญแจ4ดอก")), [0, 0, 0, 0, 0]),
        ("another number at Japanese letters", text, (("en", "Bring all 5 keys.", "Bring all 4 keys."), ("ja", "鍵5本をご持参ください。", "鍵3本をご持参ください。")), [0, 1]),
        ("a number with a letter after Japanese ones", text, (("en", "Door B1", "Door B2"), ("ja", "扉B1へ", "扉B2へ"), ("zh", "门C1", "门C2"), ("pt", "Porta 1", "Porta 2")), [0, 0, 2, 3]),
        ("a number of many", text, (("en", "5 left", "6 left"), ("ja", "残り5万", "残り6万"), ("zh", "剩5千", "剩6千")), [0, 1, 2]),
        ("an hour written in another way", text, (("en", "It closes at 20:00.", "It closes at 18:00."), ("ja", "20時に締切", "18時に締切")), [0, 1]),
        ("an amount", text, (("en", "€1,802.00 is due", "€1,812.00 is due"), ("pt", "1.802,00 € em atraso", "1.812,00 € em atraso"), ("ja", "1,802.00ユーロ未払い", "1,812.00ユーロ未払い")), [0, 0, 0]),
        ("an amount of another currency", text, (("en", "¥500 is due", "¥600 is due"), ("ja", "500円", "600円"), ("zh", "500美元", "600美元")), [0, 0, 2]),
        ("a number after an address and an amount", text, (("en", "€802.00 is due. Pay: https://l.test/pay or call 0800 221 330.", "€802.00 is due. Pay: https://l.test/pay or call 0800 221 331."), ("ja", "802.00ユーロ未払い。支払い: https://l.test/pay 電話 0800 221 330", "802.00ユーロ未払い。支払い: https://l.test/pay 電話 0800 221 331")), [0, 0]),
        ("a number in the same line", text, (("en", "Hi\nCall 0800 221 330.", "Hi\nCall 0800 221 331."), ("ja", "やあ\n電話 0800 221 330", "やあ\n電話 0800 221 331")), [0, 0]),
        ("a number in another line", text, (("en", "Hi\nFee 5", "Hi\nFee 6"), ("pt", "Preço 5\nOi", "Preço 6\nOi")), [0, 1]),
        ("a number after another address", text, (("en", "See https://l.test/pay or call 55.", "See https://l.test/pay or call 56."), ("pt", "Ver https://l.test/stop ou 55.", "Ver https://l.test/stop ou 56.")), [0, 1]),
        ("an address", inbox, (("en", "€2 on it. [See it](https://l.test/april)", "€2 on it. [See it](https://l.test/archive)"), ("pt", "2 € nele. [Ver](https://l.test/april)", "2 € nele. [Ver](https://l.test/archive)"), ("ja", "2ユーロ。[明細を見る](https://l.test/april)", "2ユーロ。[明細を見る](https://l.test/archive)")), [0, 0, 0]),
        ("an address and an amount", inbox, (("en", "€2. [See it](https://l.test/april)", "€3. [See it](https://l.test/archive)"), ("pt", "2 €. [Ver](https://l.test/april)", "3 €. [Ver](https://l.test/archive)")), [0, 0]),
        ("an address of another query", text, (("en", "See https://l.test/a?p=x", "See https://l.test/b?p=x"), ("pt", "Ver https://l.test/a?p=y", "Ver https://l.test/b?p=y")), [0, 1]),
        ("another address", text, (("en", "See https://l.test/a", "See https://l.test/b"), ("pt", "Ver https://l.test/a", "Ver https://l.test/c"), ("ja", "明細 https://k.test/a", "明細 https://k.test/b")), [0, 1, 2]),
        ("an address of mail", text, (("en", "Write to a@l.test", "Write to b@l.test"), ("de", "Schreiben Sie an a@l.test", "Schreiben Sie an b@l.test")), [0, 0]),
        ("an address that became words", text, (("en", "See https://l.test/a", "See below"), ("pt", "Ver https://l.test/a", "Ver abaixo")), [0, 1]),
        ("a name that comes first", text, (("en", "Rui Matos comes between 8 and 12.", "Eva Pinto comes between 8 and 12."), ("pt", "Rui Matos vai entre as 8 e as 12.", "Eva Pinto vai entre as 8 e as 12."), ("ja", "Rui Matos が8時から12時の間に伺います。", "Eva Pinto が8時から12時の間に伺います。")), [0, 0, 0]),
        ("another name that comes first", text, (("en", "Rui Matos comes.", "Eva Pinto comes."), ("pt", "Rui Matos vai.", "Ana Pinto vai.")), [0, 1]),
        ("a short word that comes first", text, (("en", "Die they must", "Sie they must"), ("de", "Die Frauen", "Sie Frauen")), [0, 1]),
        ("two words of which the first is short", text, (("en", "Die hard they must", "Sie hard they must"), ("de", "Die hard Frauen", "Sie hard Frauen")), [0, 1]),
        ("someone who is named in a chat", in_slack, (("en", "On call: @ines", "On call: @rui"), ("pt", "De serviço: @ines", "De serviço: @rui"), ("ja", "当番:@ines", "当番:@rui")), [0, 0, 0]),
        ("someone else who is named in a chat", in_slack, (("en", "On call: @ines", "On call: @rui"), ("pt", "De serviço: @ines", "De serviço: @eva")), [0, 1]),
    )},
    **{f"links of a line in another order: {orders}": ([(locale, words(*(f"<p>x</p><p>{' | '.join(f'<a href=/{at}>{said[at]}</a>' for at in order)}</p>" for order in ((0, 1, 2), now)), mail)) for (locale, *said), now in zip((("en", "Good", "Fair", "Bad"), ("ja", "良い", "普通", "悪い")), orders, strict=True)], groups) for orders, groups in (
        (((2, 1, 0), (2, 1, 0)), [0, 0]), (((2, 1, 0), (2, 0, 1)), [0, 1]), (((1, 2, 0), (2, 0, 1)), [0, 1]))},
    "links of a line in another order, which stood in another one": ([(locale, words(*("<p>x</p><p>" + " | ".join(f"<a href=/{to}>{each}</a>" for to, each in side) + "</p>" for side in (said, said[::-1])), mail)) for locale, *said in (("en", ("pay", "Pay now"), ("stop", "Stop it")), ("de", ("stop", "Kündigen"), ("pay", "Bezahlen")))], [0, 1]),
    "lines that are one now": ([(locale, words(f"<h2>A</h2><p>{one}<br>{two}</p>", f"<h2>A</h2><p>{one} {two}</p>", mail)) for locale, one, two in (("en", "Parked for 6 hours.", "40 minutes left."), ("fi", "Pysäköity 6 tuntia.", "40 minuuttia."))], [0, 0]),
    "lines that are one now, and others that are": ([("en", words("<p>One<br>Two</p><p>Three<br>Four</p>", "<p>One Two</p><p>Three<br>Four</p>", mail)), ("de", words("<p>Eins<br>Zwei</p><p>Drei<br>Vier</p>", "<p>Eins<br>Zwei</p><p>Drei Vier</p>", mail))], [0, 1]),
    "lines that are one, and one that is two": ([("en", words("<p>One<br>Two</p>", "<p>One Two</p>", mail)), ("de", words("<p>Eins Zwei</p>", "<p>Eins<br>Zwei</p>", mail))], [0, 1]),
    **{f"what nobody sees of a button: {what}": ([(locale, tuple(buttons_of(said, each) for each in (("a", "b"), ids))) for locale, said, ids in rows], groups) for what, rows, groups in (
        ("the same one", (("en", ("Take it", "Leave it"), ("c", "b")), ("fi", ("Ota", "Jätä"), ("c", "b"))), [0, 0]),
        ("another one", (("en", ("Take it", "Leave it"), ("c", "b")), ("fi", ("Ota", "Jätä"), ("a", "c"))), [0, 1]),
        ("another id", (("en", ("Take it", "Leave it"), ("c", "b")), ("fi", ("Ota", "Jätä"), ("d", "b"))), [0, 1]),
    )},
    **{f"a text that came into a box: {what}": ([(locale, words(f"<div style='background:#eef6f2'><p>{one}</p></div><p>{other}</p><div style='background:#eef6f2'><p>{third}</p></div>", new.format(one, other, third), mail)) for (locale, one, other, third), new in zip((("en", "Bring the keys.", "Keep a space free.", "Pay by Friday."), ("de", "Bringen Sie die Schlüssel mit.", "Halten Sie einen Platz frei.", "Zahlen Sie bis Freitag.")), news, strict=True)], groups) for what, news, groups in (
        ("the same one", (INTO_FIRST, INTO_FIRST), [0, 0]), ("another box", (INTO_FIRST, INTO_SECOND), [0, 1]))},
    **{f"a text of a card: {what}": ([(locale, tuple(said_in("msteams", {"body": place(one, other)}) for place in places)) for locale, one, other in (("en", "Hello", "Good day"), ("de", "Hallo", "Guten Tag"))], [0, 0]) for what, places in (
        ("that stands on a colour", (lambda one, other: [{"type": "TextBlock", "text": one}, {"type": "TextBlock", "text": other}], lambda one, other: [{"type": "TextBlock", "text": one}, {"type": "Container", "style": "good", "items": [{"type": "TextBlock", "text": other}]}])),
        ("that a button shows", (lambda one, other: [{"type": "ActionSet", "actions": [{"type": "Action.ShowCard", "title": one, "card": {"body": [{"type": "TextBlock", "text": other}]}}]}], lambda one, other: [{"type": "ActionSet", "actions": [{"type": "Action.Submit", "title": one}]}, {"type": "TextBlock", "text": other}])))},
    **{f"two buttons of an inbox that changed places: {what}": ([("en", (pressed(*one), pressed(*one[::-1]))), ("de", (pressed(*other), pressed(*other[::-1])))], groups) for what, one, other, groups in (
        ("the same way", (("Yes", "/y"), ("No", "/n")), (("Ja", "/y"), ("Nein", "/n")), [0, 0]), ("the other way", (("Yes", "/y"), ("No", "/n")), (("Nein", "/n"), ("Ja", "/y")), [0, 1]),
        ("the other way, one leads nowhere", (("Yes", "/y"), ("No", "")), (("Nein", ""), ("Ja", "/y")), [0, 1]), ("the other way, to the same page", (("Yes", "/y?a=1"), ("No", "/y?a=2")), (("Nein", "/y?a=2"), ("Ja", "/y?a=1")), [0, 1]))},
    "a look on large screens": ([(locale, tuple(mail(f"<style>@media (max-width:480px){{p{{font-size:14px!important}}}}</style><p style='font-size:{size}'>{said}</p>") for size in ("20px", "30px"))) for locale, said in (("en", "Hello there"), ("de", "Hallo zusammen"))], [0, 0]),
    **{f"one of the items in the data: {what}": ([(locale, tuple(step("a", "in_app", body="b", data={"items": [{"title": title, "count": count} for title, count in zip(titles, counts, strict=True)]}) for counts in ((1, 1), now))) for locale, titles, now in (("en", ("Salt", "Sea"), (2, 1)), ("de", ("Salz", "Meer"), other))], groups) for what, other, groups in (
        ("the same one", (2, 1), [0, 0]), ("another", (1, 2), [0, 1]))},
    "a part of a card": ([(locale, tuple(said_in("msteams", {"body": [{"type": "TextBlock", "text": said, "size": size}]}) for size in ("Large", "Small"))) for locale, said in (("en", "Hello"), ("de", "Hallo"))], [0, 0]),
}  # fmt: skip


@walked(("changes", "groups"), TWINS.values(), ids=TWINS, size=15)
def test_a_look_is_one_change_in_all_languages(changes: Any, groups: list[int]) -> None:
    assert grouped(*changes) == groups


def test_a_link_to_what_is_no_address_is_a_change_like_another() -> None:
    first, again, other = (
        words(f"<a href='https://a.test'>{said}</a>", f"<a href='{now}'>{said}</a>", mail)
        for said, now in (("Shop", "https://[a"), ("Shop", "https://[a"), ("Shop", "https://[b"))
    )
    assert key(first) == key(again) != key(other)


def test_a_look_of_a_run_in_two_languages_is_one_change(tmp_path: Path) -> None:
    records = []
    for locale, said in (("en", "Hello"), ("de", "Hallo")):
        old, new = map(encoded_files, larger(said))
        steps = [StepFiles("01-m-email", new, old, context=StepContext(locale=locale))]
        records.append(RecordedTest(f"test_shop.py::test_it[{locale}]", str(tmp_path / locale), steps=steps))
    english, german = (test.changes[0] for test in changes_of(tmp_path, records, []))
    assert english.same == german.same
    write_report(tmp_path / "r.html", records, root=tmp_path)
    assert "The same change in 2 messages" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("tests", "count"),
    [
        ((("test_bill[en-paid]", "en", 1), ("test_bill[de-paid]", "de_DE", 1)), 1),
        ((("test_bill[en_GB-paid]", "en_GB", 1), ("test_bill[de-DE-paid]", "de_DE", 1)), 1),
        ((("test_bill[paid-en]", "en", 1), ("test_bill[paid-de]", "de", 1)), 1),
        ((("test_bill[en-paid]", "en", 1), ("test_bill[de-due]", "de", 1)), 2),
        ((("test_bill[en-paid]", "en", 1), ("test_bill[paid-de]", "de", 1)), 2),
        ((("test_bill[en-paid]", "en", 1), ("test_bill[de-paid]", "de", 2)), 2),
        ((("test_bill[en-en]", "en", 1), ("test_bill[en-de]", "de", 1)), 2),
        ((("test_bill[0]", "en", 1), ("test_bill[1]", "de", 1)), 2),
        ((("test_bill", "en", 1), ("test_bill", "de", 1)), 2),
    ],
)
def test_words_in_two_languages_are_one_change_where_the_rest_of_the_test_is_the_same(
    tests: tuple[tuple[str, str, int], ...], count: int, tmp_path: Path
) -> None:
    records = []
    for place, (name, locale, order) in enumerate(tests):
        said = {"en": "Invoice paid"}.get(locale[:2], "Rechnung überfällig")
        new, old = (encoded_files(subject(f"{said}{more}")) for more in (" – 10% VIP", ""))
        steps = [StepFiles(f"{order:02d}-m-email", new, old, context=StepContext(locale=locale))]
        records.append(RecordedTest(f"test_shop.py::{name}", str(tmp_path / str(place)), steps=steps))
    assert len({test.changes[0].same for test in changes_of(tmp_path, records, [])}) == count


@pytest.mark.parametrize(
    ("tests", "count"),
    [
        ((("test_bill[en]", "Bill"), ("test_bill[fi]", "Lasku")), 1),
        ((("test_bill[en_GB]", "Bill"), ("test_bill[de_DE]", "Rechnung"), ("test_bill[fi]", "Lasku")), 1),
        ((("test_bill[paid@en]", "Bill"), ("test_bill[paid@fi]", "Lasku")), 1),
        ((("test_bill[paid-en]", "Bill"), ("test_bill[due-fi]", "Lasku")), 2),
        ((("test_bill[en]", "Bill"), ("test_due[fi]", "Lasku")), 2),
        ((("test_bill[it]", "Laptops"), ("test_bill[hr]", "Contracts")), 2),
        ((("test_bill[en]", "Bill"), ("test_bill[paid]", "Lasku")), 2),
        ((("test_bill_en", "Bill"), ("test_bill_fi", "Lasku")), 2),
        ((("test_bill[en-en]", "Bill"), ("test_bill[en-fi]", "Lasku")), 2),
    ],
)
@pytest.mark.parametrize("what", ["a look", "words"])
def test_the_id_of_a_test_tells_its_language_beside_english(
    what: str, tests: tuple[tuple[str, str], ...], count: int, tmp_path: Path
) -> None:
    records = []
    for place, (name, said) in enumerate(tests):
        change = larger(said) if what == "a look" else (subject(said), subject(f"{said} – 10% VIP"))
        old, new = map(encoded_files, change)
        steps = [StepFiles("01-m-email", new, old)]
        records.append(RecordedTest(f"test_shop.py::{name}", str(tmp_path / str(place)), steps=steps))
    assert len({test.changes[0].same for test in changes_of(tmp_path, records, [])}) == count


def test_two_changes_of_one_language_in_the_id_are_two(tmp_path: Path) -> None:
    records = []
    for place, (name, new) in enumerate((("en", "30px"), ("fi", "30px"), ("fi", "40px"))):
        sides = (mail(f"<p>{name}</p><p style='font-size:{size}'>{name}!</p>") for size in ("20px", new))
        was, now = map(encoded_files, sides)
        steps = [StepFiles("01-m-email", now, was)]
        records.append(
            RecordedTest(f"test_shop.py::test_it[{name}]", str(tmp_path / str(place)), steps=steps)
        )
    keys = [test.changes[0].same for test in changes_of(tmp_path, records, [])]
    assert len({*keys}) == 2
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("tests", "groups"),
    [
        (("en-paid Paid", "de-paid Bezahlt", "en-due Due", "de-due Fällig"), [0, 0, 1, 1]),
        (("en-paid Paid", "de-paid Bezahlt", "en-due Due"), [0, 0, 1]),
        (("en-paid Paid", "de-paid Bezahlt", "de-due Fällig", "en-due Paid"), [0, 1, 2, 0]),
        (("en Paid", "de Bezahlt"), [0, 0]),
        (("en-1-en Paid", "de-1-de Bezahlt", "en-2-en Due", "de-2-de Fällig"), [0, 1, 2, 3]),
    ],
)
def test_a_change_under_two_headings_of_each_language_is_one_in_each_test(
    tests: tuple[str, ...], groups: list[int], tmp_path: Path
) -> None:
    assert groups_under_headings(tests, tmp_path, has_locale=True) == groups


def test_two_changes_in_english_are_two_where_another_language_has_one_heading_for_both(
    tmp_path: Path,
) -> None:
    tests = ("en-paid Paid", "de-paid Konto", "en-due Due", "de-due Konto")
    assert groups_under_headings(tests, tmp_path) == [0, 1, 2, 1]
    assert groups_under_headings((*tests[:3], "de-due Offen"), tmp_path) == [0, 0, 1, 1]


def groups_under_headings(tests: tuple[str, ...], root: Path, *, has_locale: bool = False) -> list[int]:
    """Return which changes of a fee are one, of tests by their language and name, each with the heading that the fee is under."""
    records = []
    for place, (name, heading) in enumerate(each.split() for each in tests):
        old, new = (
            encoded_files(mail(f"<h1>A</h1><p>x</p><h2>{heading}</h2><p>€{fee}</p>")) for fee in (5, 6)
        )
        context = StepContext(locale=name[:2] if has_locale else "")
        steps = [StepFiles("01-m-email", new, old, context=context)]
        records.append(RecordedTest(f"test_shop.py::test_it[{name}]", str(root / str(place)), steps=steps))
    keys = [test.changes[0].same for test in changes_of(root, records, [])]
    return [[*dict.fromkeys(keys)].index(key) for key in keys]


def left_out(root: Path, *tests: tuple[str, str]) -> list[TestChanges]:
    """Return the changes of tests that send an email no more, each of a language and with what it said; an SMS stays."""
    records, leftovers = [], []
    for place, (locale, said) in enumerate(tests):
        folder = root / f"__snapshots__/test_shop/test_it-{place}"
        folder.mkdir(parents=True)
        for name, content in encoded_files(mail(f"<p>{said}</p>")).items():
            leftovers.append(folder / f"01-m-email{name}")
            leftovers[-1].write_bytes(content)
        stays = encoded_files(text("Hi"))
        context = StepContext(subscriber="ann", name="Ann", locale=locale, headers=(("to", "1"),))
        steps = [StepFiles("02-t-sms", stays, stays, context=context, kept=True)]
        records.append(RecordedTest(f"test_shop.py::test_it[{place}]", str(folder), steps=steps))
    return changes_of(root, records, leftovers)


@pytest.mark.parametrize(
    ("tests", "count"),
    [
        ((("en", "Hello"), ("de", "Hallo")), 1),
        ((("en", "Hello"), ("en", "Bye")), 2),
        ((("en", "Hello"), ("en", "Hello"), ("de", "Hallo")), 1),
        ((("en", "Hello"), ("", "Bye")), 2),
    ],
)
def test_a_step_that_is_gone_is_one_change_in_all_languages(
    tests: tuple[tuple[str, str], ...], count: int, tmp_path: Path
) -> None:
    made = left_out(tmp_path, *tests)
    gone = [change for test in made for change in test.changes]
    assert [change.kind for change in gone] == ["gone"] * len(tests)
    assert len({change.same for change in gone}) == count
    # for whom it was, the other step of its test knows, and nothing else of that step is told
    assert [change.context for change in gone] == [
        StepContext(subscriber="ann", name="Ann", locale=locale) for locale, _ in tests
    ]


def test_a_leftover_of_a_deleted_test_is_its_own_change(tmp_path: Path) -> None:
    known = left_out(tmp_path, ("en", "Your trial ends"))
    folder = tmp_path / "__snapshots__/test_shop/test_old"
    folder.mkdir(parents=True)
    for name, content in encoded_files(mail("<p>Thanks</p>")).items():
        (folder / f"01-m-email{name}").write_bytes(content)
    both = joined([*known, *changes_of(tmp_path, [], sorted(folder.iterdir()))])
    assert len({change.same for test in both for change in test.changes}) == 2


def test_a_step_that_is_skipped_says_so_first(tmp_path: Path) -> None:
    records = []
    for place, said in enumerate(("Tea", "Rum")):
        old = mail(f"<p>{said}</p>", subject=said)
        new = dataclasses.replace(old, status="skipped", outputs={}, reason="skipped_by_skip")
        steps = [StepFiles("01-m-email", encoded_files(new), encoded_files(old))]
        records.append(RecordedTest(f"test_shop.py::test_it[{place}]", str(tmp_path / said), steps=steps))
    lines = [test.changes[0].gist for test in changes_of(tmp_path, records, [])]
    assert [line.startswith("status: delivered → skipped") for line in lines] == [True, True]


def test_the_line_of_a_change_begins_with_what_others_have_not(tmp_path: Path) -> None:
    records = []
    for place, pair in enumerate((("Tea", "Milk"), ("Rum", "Gin"))):
        old, new = (
            encoded_files(mail(f"<p>{said}</p>", subject=subject))
            for said, subject in zip(pair, ("Shop", "The shop"), strict=True)
        )
        steps = [StepFiles("01-m-email", new, old)]
        records.append(RecordedTest(f"test_shop.py::test_it[{place}]", str(tmp_path / pair[0]), steps=steps))
    lines = [test.changes[0].gist for test in changes_of(tmp_path, records, [])]
    assert lines == ["text: Tea → Milk and 1 more", "text: Rum → Gin and 1 more"]
    said = [test.changes[0].said for test in changes_of(tmp_path, records[:1], [])]
    assert said == ["subject\nbody › text"]


def test_moved_steps_are_equal_if_they_moved_between_the_same_places() -> None:
    def moved(old: int, new: int, said: RenderedStep) -> str:
        return sameness("moved", Version(f"{old:02d}-m-email"), version(said, f"{new:02d}-m-email"))

    one = moved(1, 2, mail("a"))
    assert one == moved(1, 2, mail("b"))
    assert (
        len({one, moved(1, 3, mail("a")), moved(2, 3, mail("a")), moved(1, 2, mail("a", workflow="club"))})
        == 4
    )


def test_what_cannot_be_read_is_equal_only_byte_for_byte() -> None:
    def broken(data: bytes) -> str:
        return sameness("changed", Version.read("01-m-email", {".txt": data}), version(mail("a")))

    assert broken(b"<<<<") == broken(b"<<<<") != broken(b"<<<")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Pay Anna Lee now", "Pay Bo Ray now", [("Pay ", "Anna Lee", "Bo Ray", " now")]),
        ("Pay Anna now", "Pay now", [("Pay ", "Anna ", "", "now")]),
        ("Pay Anna\n", "Pay\n", [("Pay", " Anna\n", "\n", "")]),
        ("Pay\n", "Pay Anna\n", [("Pay", "\n", " Anna\n", "")]),
        ("Pay now", "Pay now", []),
    ],
)
def test_words_that_changed_beside_each_other_are_one_run(
    old: str, new: str, found: list[tuple[str, ...]]
) -> None:
    assert list(_runs(*pieces(old, new))) == found
