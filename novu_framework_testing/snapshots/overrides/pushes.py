"""Push: what the lock screen of a phone shows, and what the app gets besides."""

from __future__ import annotations

from collections.abc import Mapping

from novu_framework_testing.snapshots.overrides.parts import Fields, Reader, Sheet
from novu_framework_testing.snapshots.spoken_names import locale_name

CALLED = {
    "color": "colour", "badge": "number on the icon", "clickaction": "what a tap opens", "ttl": "how long it is kept",
    "notificationcount": "number on the icon", "channelid": "kind of notification", "sound": "sound", "collapsekey": "replaces those with the key",
    "threadid": "group of notifications", "interruptionlevel": "how much it interrupts", "relevancescore": "weight in a summary",
    "mutablecontent": "the app may change it", "contentavailable": "the app is woken by it", "tag": "replaces those with the tag",
    "requireinteraction": "stays until it is closed", "silent": "comes without sound and vibration", "renotify": "makes itself heard again when it replaces one",
    "vibrate": "how it vibrates", "timestamp": "time that it shows", "eventtime": "time that it shows", "dir": "side from which it is read", "sticky": "stays when it is tapped",
    "localonly": "only on this device", "visibility": "who sees it on a locked screen", "notificationpriority": "how much it interrupts",
    "defaultsound": "with the usual sound", "defaultvibratetimings": "vibrates as usual", "vibratetimings": "how it vibrates", "defaultlightsettings": "blinks as usual",
    "lightsettings": "how it blinks", "ticker": "what screen readers say", "category": "set of buttons", "expiry": "until when it is kept", "expiration": "until when it is kept",
    "apnspriority": "how urgent its delivery is", "apnsexpiration": "until when it is kept", "apnscollapseid": "replaces those with the key", "apnspushtype": "kind of push",
    "urgency": "how urgent its delivery is", "topic": "replaces those with the topic", "directbootok": "comes before the phone is unlocked",
    "critical": "heard although the phone is muted", "volume": "how loud it is", "lang": "language", "clickurl": "what a tap opens",
    "collapseid": "replaces those with the key", "pushtype": "kind of push", "priority": "how urgent its delivery is", "targetcontentidentifier": "what a tap opens",
    "androidgroup": "group of notifications", "delayedoption": "when it is sent", "isanyweb": "shown in browsers",
    "throttlerateperminute": "how many are sent in a minute", "androidaccentcolor": "colour behind the icon", "iosbadgecount": "number on the icon",
    "iosbadgetype": "how the number on the icon changes", "androidchannelid": "kind of notification", "existingandroidchannelid": "kind of notification",
    **dict.fromkeys(("categoryid", "ioscategory"), "set of buttons"), "actionlockey": "words of the button by key", "summaryarg": "name in a summary",
    "summaryargcount": "number in a summary", "truncateatwordend": "cut after a whole word", "mdm": "for the management of devices", "apnstopic": "app that gets it",
    "restrictedpackagename": "app that gets it", "token": "phone that gets it", "condition": "who gets it", "proxy": "may be shown by other phones' services",
    "bypassproxynotification": "not held back by battery saving", "lightonduration": "how long the light is on", "lightoffduration": "how long the light is off",
    "useraction": "what a tap opens", "navigate": "what a tap opens", "fcmoptions": "settings", "richcontent": "picture",
    "urlargs": "words in the address that it opens", "launchimage": "picture while the app opens",
    "link": "what a tap opens", "analyticslabel": "label for statistics", "targetcontentid": "what a tap opens", "staledate": "until when it is true",
    "dismissaldate": "until when it is shown", "contentstate": "state", "titlelockey": "title by key", "bodylockey": "text by key", "lockey": "text by key",
    "titlelocargs": "words in the title", "bodylocargs": "words in the text", "locargs": "words in the text", "subtitlelockey": "subtitle by key",
}  # fmt: skip
"""What fields do, where their names are words of code."""


_ON_THE_WEB = {"badge": "small icon"}


_SHOWN = {"title": "title", "subtitle": "subtitle", "body": "text", "image": "image", "image_url": "image"}


def _alert(where: str = "") -> Reader:
    """Return the reader of what is shown; on one system only, if `where` names it."""

    def read(fields: Fields, sheet: Sheet) -> None:
        for name, kind in _SHOWN.items():
            words, called = fields.text(name), f"{kind}{where}"
            sheet.add(called, "" if kind == "image" else words, words if kind == "image" else "")

    return read


def _icon(fields: Fields, sheet: Sheet) -> None:
    """Read the colour of the icon, which Android alone has; in other settings it is that of a light."""
    if colour := fields.text("color"):
        sheet.list("colour of the icon", colour)


def fcm(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Firebase: https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages."""
    sheet.lasting = {"ttl": 0.001}  # a number, as Novu hands it to Google's own library; texts have seconds
    notification = Fields(fields.record("notification"))
    _alert()(notification, sheet)
    _icon(notification, sheet)
    sheet.called = CALLED
    if rest := notification.rest():
        sheet.list("", rest)
    for name, system in (("android", "Android"), ("apns", "Apple"), ("webpush", "the web")):
        own = Fields(fields.record(name))
        shown = Fields(own.record("notification"))
        _alert(f" on {system}")(shown, sheet)
        sheet.called = CALLED | _ON_THE_WEB if name == "webpush" else CALLED
        if name == "android":
            _icon(shown, sheet)
        for each in shown.list("actions"):
            sheet.read(_web_button, each)
        first = len(sheet.parts)
        sheet.own = {"data": "{} of the data"}
        payload = Fields(own.record("payload"))
        if "aps" in payload:
            _aps(payload.record("aps"), sheet, " on Apple")
        for rest in (shown.rest(), own.rest()):
            if rest:
                sheet.list(system, rest)
        if rest := payload.rest():
            sheet.list_own("{}", rest, system)
        for part in sheet.parts[first:]:
            if not part.block.kind.endswith((f" on {system}", f" of {system}")):
                part.block = part.block._replace(kind=f"{part.block.kind} on {system}")
    if data := fields.record("data"):
        sheet.list_own("{}", data, "data")
    sheet.called, sheet.lasting, sheet.own = CALLED | _TO_READERS, {}, {}


_TO_READERS = {"topic": "topic whose readers get it"}


def _web_button(fields: Fields, sheet: Sheet) -> None:
    sheet.add("button on the web", fields.text("title") or "without a label")


def _aps(aps: object, sheet: Sheet, where: str = "") -> None:
    fields = Fields(aps)
    _apple_alert(fields, sheet, where)
    if rest := fields.rest():
        sheet.list("aps", rest)


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
    if data := fields.record("payload"):
        sheet.list("data", data)
    sheet.called = CALLED | {"topic": "app that gets it"}
    _alert()(fields, sheet)
    _apple_alert(fields, sheet)
    if "aps" in fields:
        _aps(fields.record("aps"), sheet)
    raw = Fields(fields.record("rawPayload"))
    if "aps" in raw:
        _aps(raw.record("aps"), sheet)
    if rest := raw.rest():
        sheet.list_own("{}", rest)


def expo(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Expo: https://docs.expo.dev/push-notifications/sending-notifications."""
    _alert()(fields, sheet)
    if data := fields.record("data"):
        sheet.list("data", data)
    sheet.lasting = {"ttl": 1}
    sheet.called = CALLED


def one_signal(fields: Fields, sheet: Sheet) -> None:
    """Read a message for OneSignal, each language by itself: https://documentation.onesignal.com/reference/create-message."""
    sheet.lasting = {"ttl": 1}
    for name, kind in (("headings", "title"), ("subtitle", "subtitle"), ("contents", "text")):
        for language, words in fields.record(name).items():
            sheet.list(f"{kind} in {locale_name(language)}", words)
    sheet.add("image", "", fields.text("big_picture"))
    for name, kind in (("buttons", "button"), ("web_buttons", "button on the web")):
        for each in fields.list(name):
            sheet.read(_button(kind), each)
    if data := fields.record("data"):
        sheet.list("data", data)
    sheet.template = Fields(fields.rest()).text("template_id")
    sheet.own = {"customdata": "value {} of the template"}
    sheet.called = CALLED | _OF_ONE_SIGNAL


def _button(kind: str) -> Reader:
    return lambda fields, sheet: sheet.add(kind, fields.text("text") or "without a label", fields.text("url"))


_OF_ONE_SIGNAL = {
    "url": "what a tap opens", "weburl": "what a tap opens on the web", "appurl": "what a tap opens in the app", "largeicon": "large icon", "iosattachments": "picture on Apple",
    "iossound": "sound on Apple", "androidsound": "sound on Android", "androidledcolor": "colour of the light", "androidvisibility": "who sees it on a locked screen",
    "sendafter": "when it is sent", "deliverytimeofday": "time of day at which it is sent", "chromewebicon": "icon in Chrome", "chromewebimage": "picture in Chrome",
    "chromewebbadge": "small icon in Chrome", "firefoxicon": "icon in Firefox", "iosinterruptionlevel": "how much it interrupts", "iosrelevancescore": "weight in a summary",
    "contentavailable": "the app is woken by it", "templateid": "template", "name": "name for statistics", "includedsegments": "who gets it", "excludedsegments": "who does not get it",
    "filters": "who gets it", "field": "who gets it, by", "apnspushtypeoverride": "kind of push", "admsound": "sound on Amazon", "huaweichannelid": "kind of notification on Huawei",
    "huaweisound": "sound on Huawei", "enablefrequencycap": "left out for who gets too many", "externalid": "mark against sending it twice", "idempotencykey": "mark against sending it twice",
    "isandroid": "sent to Android", "isios": "sent to Apple", "appid": "app that gets it", "globalimage": "picture",
}  # fmt: skip


def pushpad(fields: Fields, sheet: Sheet) -> None:
    """Read a message for Pushpad: https://pushpad.xyz/docs/rest_api."""
    sheet.lasting = {"ttl": 1}
    _alert()(fields, sheet)
    for each in fields.list("actions"):
        sheet.read(lambda one, on: on.add("button", one.text("title"), one.text("target_url")), each)
    sheet.called = CALLED | {
        "targeturl": "what a tap opens", "iconurl": "icon", "badgeurl": "small icon", "customdata": "data for the app", "custommetrics": "label for statistics",
        "uids": "who gets it", "tags": "who gets it, by their tags", "urgent": "sent before others", "starred": "marked with a star", "sendat": "when it is sent",
    }  # fmt: skip
