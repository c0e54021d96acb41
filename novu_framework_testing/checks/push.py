"""Push and in-app: payloads, what screens show, and where a click leads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework_testing.checks.content import Content
from novu_framework_testing.checks.rules import Hit, item, longer_than, rule

_APNS = "https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification"
_FCM = "https://firebase.google.com/docs/cloud-messaging/concept-options"
_INBOX = "https://docs.novu.co/platform/inbox/overview"
_LIMIT = 4096


def _push(subject: str = "Your order", body: str = "It is on its way.", **providers: Any) -> Content:
    return Content("push", {"subject": subject, "body": body}, providers)


def _carried(provider: str, data: Any) -> Content:
    return Content("push", {"subject": "Your order", "body": "It is on its way."}, {provider: data})


def _data(content: Content, provider: str) -> Mapping[str, Any]:
    data = item(content.providers, provider)
    return data if isinstance(data, Mapping) else {}


def _size(content: Content, provider: str) -> int:
    """The bytes of the JSON that goes out: at least those of the title, the body and the provider's data."""
    data = {"title": content.text_of("subject"), "body": content.text_of("body"), **_data(content, provider)}
    return len(
        json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace")
    )


def _too_large(id: str, provider: str, who: str, source: str) -> None:
    @rule(
        id, "error", "push", f"The payload is larger than the {_LIMIT:,} bytes that {who} takes.",
        "Send an id, and let the app fetch the rest.", source,
        bad=_carried(provider, {"data": {"text": "a" * 5000}}), good=_carried(provider, {"data": {"id": "12"}}),
    )  # fmt: skip
    def look(content: Content) -> Iterator[Hit]:
        size = _size(content, provider)
        # A title and a body alone that are too large are `push.size`, whoever carries them.
        if provider in content.providers and size > _LIMIT and _size(content, "") <= _LIMIT:
            yield Hit(f"providers.{provider}", f"{size:,} bytes")


_too_large("push.apns-size", "apns", "APNs", _APNS)
_too_large("push.fcm-size", "fcm", "FCM", _FCM)


@rule(
    "push.size", "error", "push", f"The title and the body are larger than the {_LIMIT:,} bytes that APNs, FCM and browsers take.",
    "Make the body shorter; the app can show the rest.", _APNS,
    bad=_push(body="word " * 1000), good=_push(),
)  # fmt: skip
def _size_of_all(content: Content) -> Iterator[Hit]:
    if (size := _size(content, "")) > _LIMIT:
        yield Hit("body", f"{size:,} bytes")


@rule(
    "push.body-cut", "note", "push", "The body is longer than lock screens show (about 178 characters on iOS, 240 on Android).",
    "Put what matters first, or make it shorter.", "https://batch.com/blog/posts/push-notification-character-limits",
    bad=_push(body="word " * 60), good=_push(body="word " * 30),
)  # fmt: skip
def _body_cut(content: Content) -> Iterator[Hit]:
    if len(content.text_of("body")) > 240 and _size(content, "") <= _LIMIT:
        yield Hit("body", f"{len(content.text_of('body'))} characters")


longer_than(
    "push.title-cut", "note", "push", 65, "The title", lambda content: iter([("subject", content.text_of("subject"))]),
    "Make it shorter: lock screens cut it.", "https://batch.com/blog/posts/push-notification-character-limits",
    make=lambda text: _push(subject=text),
)  # fmt: skip


@rule(
    "push.empty", "error", "push", "The notification has neither a title nor a body, so phones show nothing.",
    "Write one, or skip the step.", _APNS, bad=_push("", " "), good=_push("", "It is on its way."),
)  # fmt: skip
def _empty(content: Content) -> Iterator[Hit]:
    if not (content.text_of("subject") + content.text_of("body")).strip():
        yield Hit("subject, body")


@rule(
    "push.html", "error", "push", "There is HTML in the notification, which phones show as it is written.", "Write plain text.", _FCM,
    bad=_push(body="It is <b>here</b>.<br>Open it."), good=_push(body="2 < 3 and 4 > 1"),
)  # fmt: skip
def _html(content: Content) -> Iterator[Hit]:
    for key in ("subject", "body"):
        text = content.text_of(key).lower()
        if any(tag in text for tag in ("<br", "</p>", "</b>", "</a>", "</strong>", "</div>", "</i>")):
            yield Hit(key)


@rule(
    "push.fcm-data-text", "error", "push", "A value in FCM's data is not a text, which FCM rejects.", "Make it a text: str(value).",
    "https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages",
    bad=_push(fcm={"data": {"count": 3}}), good=_push(fcm={"data": {"count": "3"}}),
)  # fmt: skip
def _fcm_data(content: Content) -> Iterator[Hit]:
    data = _data(content, "fcm").get("data")
    for key, value in data.items() if isinstance(data, Mapping) else ():
        if not isinstance(value, str):
            yield Hit(f"providers.fcm.data.{key}", f"{value!r}"[:60])


@rule(
    "push.fcm-reserved", "error", "push", "A key of FCM's data is one that FCM keeps for itself.", "Give it another name.",
    "https://firebase.google.com/docs/cloud-messaging/concept-options",
    bad=[_push(fcm={"data": {"from": "shop"}}), _push(fcm={"data": {"google.x": "1"}})], good=_push(fcm={"data": {"sender": "shop"}}),
)  # fmt: skip
def _fcm_reserved(content: Content) -> Iterator[Hit]:
    data = _data(content, "fcm").get("data")
    for key in data if isinstance(data, Mapping) else ():
        if key in ("from", "message_type", "notification") or str(key).startswith(("google.", "gcm.")):
            yield Hit(f"providers.fcm.data.{key}")


@rule(
    "push.apns-badge", "warning", "push", "The badge for APNs is not a number.", "Give a whole number.", _APNS,
    bad=_push(apns={"payload": {"aps": {"badge": "3"}}}), good=_push(apns={"payload": {"aps": {"badge": 3}}}),
)  # fmt: skip
def _badge(content: Content) -> Iterator[Hit]:
    data = _data(content, "apns")
    for path in (("payload", "aps"), ("aps",), ()):
        badge = item(data, *path, "badge")
        if badge is not None and (isinstance(badge, bool) or not isinstance(badge, int)):
            yield Hit(".".join(("providers", "apns", *path, "badge")), repr(badge))


# --- in-app -----------------------------------------------------------------------------------------------


def _in_app(body: str = "It is on its way.", **more: Any) -> Content:
    return Content("in_app", {"body": body, **more})


@rule(
    "in-app.empty", "error", "in_app", "The notification has no text.", "Write a body, or skip the step.", _INBOX,
    bad=_in_app(" "), good=_in_app(),
)  # fmt: skip
def _in_app_empty(content: Content) -> Iterator[Hit]:
    if not (content.text_of("body") + content.text_of("subject")).strip():
        yield Hit("body")


longer_than(
    "in-app.body-long", "note", "in_app", 500, "The body", lambda content: iter([("body", content.text_of("body"))]),
    "Say it in a sentence, and let the click lead to the rest.", _INBOX, make=_in_app,
)  # fmt: skip
longer_than(
    "in-app.label-long", "note", "in_app", 30, "The label of a button",
    lambda content: ((f"{key}.label", item(content.content, key, "label")) for key in ("primaryAction", "secondaryAction")),
    "Use two or three words.", _INBOX,
    make=lambda text: _in_app(primaryAction={"label": text, "redirect": {"url": "/orders"}}),
)  # fmt: skip


@rule(
    "in-app.label-empty", "error", "in_app", "A button has no label.", "Write one.", _INBOX,
    bad=_in_app(primaryAction={"label": " ", "redirect": {"url": "/orders"}}),
    good=_in_app(primaryAction={"label": "Open", "redirect": {"url": "/orders"}}),
)  # fmt: skip
def _label_empty(content: Content) -> Iterator[Hit]:
    for key in ("primaryAction", "secondaryAction"):
        label = item(content.content, key, "label")
        if isinstance(label, str) and not label.strip():
            yield Hit(f"{key}.label")


def _redirects(content: Content) -> Iterator[tuple[str, str]]:
    for path in (("redirect",), ("primaryAction", "redirect"), ("secondaryAction", "redirect")):
        url = item(content.content, *path, "url")
        if isinstance(url, str):
            yield ".".join((*path, "url")), url.strip()


@rule(
    "in-app.redirect-host", "error", "in_app", "The address begins with //, so the click leads to another host.",
    "Write one / for a path, or https:// for a host.", "https://url.spec.whatwg.org/#scheme-relative-special-url-string",
    bad=_in_app(redirect={"url": "//orders/12"}), good=_in_app(redirect={"url": "/orders/12"}),
)  # fmt: skip
def _redirect_host(content: Content) -> Iterator[Hit]:
    for where, url in _redirects(content):
        if url.startswith("//"):
            yield Hit(where, url[:80])


@rule(
    "in-app.html", "warning", "in_app", "There is HTML beyond bold and italic in the text, which the Inbox shows as it is written.",
    "Write plain text, **bold** or *italic*.", "https://docs.novu.co/platform/inbox/react/components/inbox",
    bad=_in_app("<div><a href='/orders'>It is here</a></div>"), good=_in_app("It is **here**, 2 < 3."),
)  # fmt: skip
def _in_app_html(content: Content) -> Iterator[Hit]:
    text = content.text_of("body").lower()
    if any(tag in text for tag in ("</div>", "</p>", "<br", "</a>", "<img", "</table>", "</ul>", "</span>")):
        yield Hit("body")


@rule(
    "in-app.avatar", "warning", "in_app", "The avatar is not an https address, so the Inbox of an https page does not show it.",
    "Serve it by https.", "https://developer.mozilla.org/docs/Web/Security/Mixed_content",
    bad=_in_app(avatar="http://cdn.acme.com/a.png"), good=_in_app(avatar="https://cdn.acme.com/a.png"),
)  # fmt: skip
def _avatar(content: Content) -> Iterator[Hit]:
    if content.text_of("avatar").startswith("http://"):
        yield Hit("avatar", content.text_of("avatar")[:80])
