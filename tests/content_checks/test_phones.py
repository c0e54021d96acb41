"""Where the checks of what phones show begin and end: push, SMS and the Inbox."""

from __future__ import annotations

from datetime import date
from typing import Any

from novu_framework_testing.checks import Content
from tests.content_checks.hits import hits


def push(subject: Any = "", body: Any = "x", **providers: Any) -> Content:
    return Content("push", {"subject": subject, "body": body}, providers)


def data(**values: Any) -> Content:
    return push(fcm={"data": values})


FCM = "providers.fcm.data"
RESERVED, TEXT = f"push.fcm-reserved {FCM}.", f"push.fcm-data-text {FCM}."
SIZE = 4096 - len('{"title":"","body":""}')
CARRIED = 4096 - len('{"title":"","body":"x","data":""}')
PUSH: list[tuple[Content, list[str]]] = [
    (push(), []),
    # in bytes, of the JSON that goes out
    (push(body="é" * (SIZE // 2)), [f"push.body-cut body: {SIZE // 2} characters"]),
    (push(body="é" * (SIZE // 2) + "a"), ["push.size body: 4,097 bytes"]),
    (push(body="a" * (SIZE - 1), subject="é"), ["push.size body: 4,097 bytes"]),
    (push(apns={"data": "a" * CARRIED}), []),
    (push(apns={"data": "é" + "a" * (CARRIED - 1)}), ["push.apns-size providers.apns: 4,097 bytes"]),
    (push(fcm={"android": {"x": date(2026, 1, 1)}, "data": {"text": "a" * 5000}}), ["push.fcm-size providers.fcm: 5,071 bytes"]),
    (push(fcm="a" * 5000), []),
    (push(expo={"data": "a" * 5000}), []),
    (push(body="a" * 4100, apns={"aps": {}}), ["push.size body: 4,122 bytes"]),
    (push(apns={"title": "", "body": "", "data": "a" * 4064}), []),
    (push(body="\ud83d"), []),
    # what screens show
    (push(body="a" * 240), []),
    (push(body="a" * 241), ["push.body-cut body: 241 characters"]),
    (push("a" * 65), []),
    (push("a" * 66), ["push.title-cut subject: 66 characters"]),
    (push(" ", "\n"), ["push.empty subject, body"]),
    (push("a", " "), []),
    (push(7, 7), ["push.empty subject, body"]),
    *((push(body=f"It is{tag} here"), ["push.html body"]) for tag in ("<br>", "<BR/>", "</p>", "</b>", "</a>", "</strong>", "</div>", "</i>")),
    (push("It is</b> here"), ["push.html subject"]),
    (push("It is <b here", "2 < 3"), []),
    # Firebase and Apple
    (data(a="1", b=2, c=None, d="a"), [f"{TEXT}b: 2", f"{TEXT}c: None"]),
    (data(a=["b" * 90]), [f"{TEXT}a: ['{'b' * 58}"]),
    (push(fcm={"data": ["from", 7]}), []),
    (push(fcm=["from"]), []),
    (data(**dict.fromkeys(("from", "message_type", "notification", "google.a", "gcm.b"), "x")), [f"{RESERVED}{name}" for name in ("from", "message_type", "notification", "google.a", "gcm.b")]),
    (data(sender="x", a_google="x", google="x", fromage="x"), []),
    (push(apns={"payload": {"aps": {"badge": "1"}}, "aps": {"badge": 1.5}, "badge": True}), ["push.apns-badge providers.apns.payload.aps.badge: '1'", "push.apns-badge providers.apns.aps.badge: 1.5", "push.apns-badge providers.apns.badge: True"]),
    (push(apns={"payload": {"aps": {"badge": 1}}, "aps": {"badge": 0}, "badge": None}), []),
]  # fmt: skip


def test_a_push() -> None:
    assert [hits(content, "push.") for content, _ in PUSH] == [expected for _, expected in PUSH]


def inbox(body: Any = "Hi", **more: Any) -> Content:
    return Content("in_app", {"body": body, **more})


def leads(url: Any) -> Content:
    return inbox(redirect={"url": url}, primaryAction={"redirect": {"url": url}}, secondaryAction={"redirect": {"url": url}})  # fmt: skip


LEADS = ("redirect.url", "primaryAction.redirect.url", "secondaryAction.redirect.url")
INBOX: list[tuple[Content, list[str]]] = [
    (inbox(), []),
    (inbox(" "), ["in-app.empty body"]),
    (inbox("", subject="Hi"), []),
    (inbox("", subject=" "), ["in-app.empty body"]),
    (inbox("a" * 500), []),
    (inbox("a" * 501), ["in-app.body-long body: 501 characters"]),
    *((inbox(**{action: {"label": "a" * 30}}), []) for action in ("primaryAction", "secondaryAction")),
    *((inbox(**{action: {"label": "a" * 31}}), [f"in-app.label-long {action}.label: 31 characters"]) for action in ("primaryAction", "secondaryAction")),
    *((inbox(**{action: {"label": " "}}), [f"in-app.label-empty {action}.label"]) for action in ("primaryAction", "secondaryAction")),
    (inbox(primaryAction={"label": None}, secondaryAction="x"), []),
    (leads(" //acme.com "), [f"in-app.redirect-host {where}: //acme.com" for where in LEADS]),
    (leads("//" + "a" * 90), [f"in-app.redirect-host {where}: //{'a' * 78}" for where in LEADS]),
    (leads("/orders//"), []),
    (leads(7), []),
    *((inbox(f"It is{tag} here"), ["in-app.html body"]) for tag in ("</div>", "</p>", "<BR>", "</a>", "<img src='a'>", "</table>", "</ul>", "</span>")),
    (inbox("It is <b>here</b>, 2 < 3"), []),
    (inbox(avatar="http://acme.com/" + "a" * 90), [f"in-app.avatar avatar: http://acme.com/{'a' * 64}"]),
    *((inbox(avatar=avatar), []) for avatar in ("https://acme.com", "a.http://", "")),
]  # fmt: skip


def test_a_message_in_the_inbox() -> None:
    assert [hits(content, "in-app.") for content, _ in INBOX] == [expected for _, expected in INBOX]


LATIN = "a" * 69
SMS: list[tuple[str, list[str]]] = [
    ("Hi", []),
    (" \n", ["sms.empty body"]),
    ("a" * 459, []),
    ("a" * 460, ["sms.segments body: 4 segments, GSM-7"]),
    ("a" * 1600, ["sms.segments body: 11 segments, GSM-7"]),
    ("a" * 1601, ["sms.too-long body: 1,601 characters"]),
    ("a" * 1590 + "€" * 9, []),
    (f"{LATIN}’", []),
    (f"{LATIN}’’", ["sms.one-letter-costs body: ’: 2 segments, without 1"]),
    (f"{LATIN}’–", ["sms.one-letter-costs body: ’ –: 2 segments, without 1"]),
    (f"{LATIN}’–…", []),
    (f"{'a' * 160}’", ["sms.one-letter-costs body: ’: 3 segments, without 2"]),
    (f"{'a' * 200}’", ["sms.one-letter-costs body: ’: 3 segments, without 2"]),
    (f"{'a' * 201}’", ["sms.segments body: 4 segments, UCS-2"]),
    (f"{'a' * 66}{'€' * 67}’", []),
    *((f"Is{tag} it", [f"sms.html body: {tag}"]) for tag in ("<p>", "</b>", "<br/>", "<i>", "<strong>", "</em>", '<a href="x">', "<div>", "</span>", "<h1>", "</h6>", "<ul>", "<li>")),
    *((f"Is{tag} it", []) for tag in ("<u>", "<px>", "<h7>", "< b>", "<b", "b>")),
    ("It is **here**", ["sms.markdown body: **here**"]),
    ("It is [here](https://acme.com)", ["sms.markdown body: [here](https://"]),
    ("It ** is**, [here](acme)", []),
    *((f"See https://{host}/a1?b", [f"sms.shortener body: {host}/a1"]) for host in ("bit.ly", "tinyurl.com", "goo.gl", "t.co", "is.gd", "ow.ly", "buff.ly", "rebrand.ly", "cutt.ly")),
    ("See https://rabbit.ly/a, bit.ly and bit.ly/", []),
]  # fmt: skip


def test_an_sms() -> None:
    found = [hits(Content("sms", {"body": body}), "sms.") for body, _ in SMS]
    assert found == [expected for _, expected in SMS]
