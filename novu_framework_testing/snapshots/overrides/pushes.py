"""Push: what the lock screen of a phone shows, and what the app gets besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from novu_framework_testing.snapshots.overrides.parts import Fields, Reader, Sheet, fold
from novu_framework_testing.snapshots.spoken_names import locale_name

_CALLED = {
    "color": "colour", "badge": "number on the icon", "clickaction": "what a tap opens", "ttl": "seconds for which it is kept",
    "notificationcount": "number on the icon", "channelid": "kind of notification", "sound": "sound", "collapsekey": "replaces those with the key",
    "threadid": "shown together with those of", "interruptionlevel": "how much it interrupts", "relevancescore": "weight in a summary",
    "mutablecontent": "the app may change it", "contentavailable": "the app is woken by it",
}  # fmt: skip
"""What fields do, where their names are words of code."""


def _called(rest: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields that are not read otherwise, called by what they do."""
    found = {_CALLED.get(fold(name), name): value for name, value in rest.items()}
    return found if len(found) == len(rest) else dict(rest)


_SHOWN = {"title": "title", "subtitle": "subtitle", "body": "text", "image": "image", "image_url": "image"}


def _alert(where: str = "") -> Reader:
    """Return the reader of what is shown; on one system only, if `where` names it."""

    def read(fields: Fields, sheet: Sheet) -> None:
        for name, kind in _SHOWN.items():
            words, called = fields.text(name), f"{kind}{where}"
            sheet.add(called, "" if kind == "image" else words, words if kind == "image" else "")

    return read


def fcm(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Firebase: https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages."""
    notification = Fields(fields.record("notification"))
    _alert()(notification, sheet)
    if rest := notification.rest():
        sheet.list("", _called(rest))
    for name, system in (("android", "Android"), ("apns", "Apple"), ("webpush", "the web")):
        own = Fields(fields.record(name))
        shown = Fields(own.record("notification"))
        _alert(f" on {system}")(shown, sheet)
        payload = Fields(own.record("payload"))
        if "aps" in payload:
            _aps(payload.record("aps"), sheet, " on Apple")
        for rest in (shown.rest(), own.rest(), payload.rest()):
            if rest:
                sheet.list(system, _called(rest))


def _aps(aps: object, sheet: Sheet, where: str = "") -> None:
    fields = Fields(aps)
    _apple_alert(fields, sheet, where)
    if rest := fields.rest():
        sheet.list("aps", _called(rest))


def _apple_alert(fields: Fields, sheet: Sheet, where: str = "") -> None:
    alert = fields.take("alert", (str, Mapping))
    if isinstance(alert, str):
        sheet.add(f"text{where}", alert)
    elif alert is not None:
        one = Fields(alert)
        _alert(where)(one, sheet)
        if rest := one.rest():
            sheet.list("alert", rest)


def apns(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Apple: https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification."""
    _alert()(fields, sheet)
    _apple_alert(fields, sheet)
    if "aps" in fields:
        _aps(fields.record("aps"), sheet)
    raw = Fields(fields.record("rawPayload"))
    if "aps" in raw:
        _aps(raw.record("aps"), sheet)
    if rest := raw.rest():
        sheet.list("", rest)


def one_signal(fields: Fields, sheet: Sheet) -> None:
    """Read a message for OneSignal, each language by itself: https://documentation.onesignal.com/reference/create-message."""
    for name, kind in (("headings", "title"), ("subtitle", "subtitle"), ("contents", "text")):
        for language, words in fields.record(name).items():
            sheet.list(f"{kind} in {locale_name(language)}", words)
    sheet.add("image", "", fields.text("big_picture"))
