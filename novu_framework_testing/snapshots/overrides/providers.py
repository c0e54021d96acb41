"""The providers whose overrides are read as they show them, with the names that people know them by."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from novu_framework_testing.snapshots.formats import arranged
from novu_framework_testing.snapshots.overrides import chats, pushes, slack, teams
from novu_framework_testing.snapshots.overrides.parts import Fields, Reader, Sheet, fold, plain, words_of
from novu_framework_testing.snapshots.overrides.pushes import CALLED
from novu_framework_testing.snapshots.spoken_names import code_name


class Provider(NamedTuple):
    """A provider: its name, and how what it gets is read; what the reader leaves is listed."""

    name: str
    read: Reader


def _texts(**kinds: str) -> Reader:
    """Return the reader of fields of text: each what it is called, with the markup of its program before a colon."""

    def read(fields: Fields, sheet: Sheet) -> None:
        sheet.called = _TOLD
        for name, given in kinds.items():
            flavour, _, kind = given.rpartition(":")
            sheet.say(fields.text(name), flavour or "none", kind)

    return read


def _lasting(units: Mapping[str, float], read: Reader) -> Reader:
    """Return a reader of fields that say how long something takes, each in units of so many seconds."""

    def reads(fields: Fields, sheet: Sheet) -> None:
        sheet.lasting = units
        read(fields, sheet)

    return reads


_MAILED = {
    "listunsubscribe": "where to unsubscribe", "listunsubscribepost": "how to unsubscribe",
    **dict.fromkeys(("trackopens", "o:trackingopens"), "counts who opens it"), "o:tracking": "counts who opens it and follows its links",
    **dict.fromkeys(("trackclicks", "tracklinks", "o:trackingclicks"), "counts who follows its links"),
    "opentracking": "counts who opens it", "clicktracking": "counts who follows its links", "subscriptiontracking": "adds a link to unsubscribe",
    "trackingsettings": "what is counted", "ganalytics": "Google Analytics", "mailsettings": "how it is sent", "sandboxmode": "only a trial, sent to nobody",
    "o:testmode": "only a trial, sent to nobody", **dict.fromkeys(("o:tag", "tag", "tags", "customcampaign"), "label for statistics"),
    **dict.fromkeys(("sendat", "o:deliverytime", "scheduledat"), "when it is sent"), "o:requiretls": "sent only where nobody can read along",
    "from": "sender", "categories": "label for statistics", "groupid": "group to unsubscribe from", "groupstodisplay": "groups to choose from when unsubscribing",
    "batchid": "batch that it is sent with", "xpriority": "how urgent it is", "substitutiontag": "where it counts", "enabletext": "also in the plain text",
    "important": "marked as important", "autotext": "makes the plain text by itself", "inlinecss": "puts the style into the tags",
    "viewcontentlink": "counts who follows its links in full", "preserverecipients": "shows all recipients to each", "async": "sent in the background",
    "deduplicatecampaign": "sent once to each reader of a campaign", "templatelanguage": "fills in the template's words", "messagestream": "kind of mail",
    "ippoolname": "group of servers that send it", "asm": "group to unsubscribe from", "returnpath": "where it comes back to",
    "listmanagementoptions": "list to unsubscribe from", "bypasslistmanagement": "sent to those who unsubscribed too", "footer": "footer",
}  # fmt: skip
"""What the headers and settings of an email do, where their names are words of code."""
_TOLD = CALLED | {
    "shortenurls": "shortens links", "smartencoded": "takes letters that cost less", **dict.fromkeys(("validityperiod", "validity", "ttl"), "how long it is tried"),
    "sendasmms": "sent as a message with pictures", "maxprice": "highest price",
    **dict.fromkeys(("mediaurl", "mediaurls"), "pictures in it"), **dict.fromkeys(("senderid", "originator"), "sender"),
    **dict.fromkeys(("sendat", "scheduledatetime", "scheduletime"), "when it is sent"), "scheduletype": "sent at a time", "riskcheck": "checked for fraud",
    "smstype": "advertising, or news for the reader", "datacoding": "letters that it may have", "autodetect": "takes letters that cost less",
    "trackable": "counts who follows its links", "starred": "marked with a star", "urgent": "sent before others", "mclass": "shown at once, and not kept",
    "forcedelivery": "sent to numbers that may not exist too", "messagingservicesid": "group of senders", "powerpackuuid": "group of senders",
    "log": "kept by the provider", "from": "sender", "to": "who gets it", "statuscallback": "where its delivery is told", "attempt": "how often it was tried",
    "providefeedback": "counts who acts on it", "contentretention": "how its words are kept", "addressretention": "how its number is kept", "persistentaction": "place in it",
    "applicationsid": "app that sends it", "phonenumber": "who gets it",
}  # fmt: skip
"""What the settings of a text message do."""


_OWN_DATA = {
    **dict.fromkeys(("dynamictemplatedata", "templatemodel", "templatedata", "templatevariables", "variables", "params"), "value {} of the template"),
    **dict.fromkeys(("customargs", "metadata"), "{} of the statistics data"),
}  # fmt: skip
"""What an email takes whose names are those of the app, and no settings: how each value of that is called."""


def _mail(subject: str = "subject", body: str = "html", text: str = "text", template: str = "") -> Reader:
    """Return the reader of an email that is sent instead, by what the provider calls its fields."""

    def read(fields: Fields, sheet: Sheet) -> None:
        sheet.called, sheet.own = _MAILED, _OWN_DATA
        sheet.template = fields.text(template)
        sheet.add("subject", fields.text(subject))
        for name, kind in ((body, "body"), (text, "plain text"), ("content", "body")):
            value: Any = fields.take(name)
            if isinstance(value, list):
                for each in map(Fields, value):
                    is_html = "html" in each.text("type")
                    sheet.list("body" if is_html else "plain text", each.text("value"))
            elif value is not None:
                sheet.list(kind, value)
        sheet.add("template", code_name(sheet.template))

    return read


def _twilio(fields: Fields, sheet: Sheet) -> None:
    """Read a text message of Twilio, whose template has its values as a text of JSON."""
    sheet.template = Fields(fields.rest()).text("contentSid")
    _texts(body="text", contentSid="template")(fields, sheet)
    variables = fields.take("contentVariables")
    try:
        values = json.loads(variables) if isinstance(variables, str) else variables
    except (ValueError, RecursionError):
        values = variables
    if isinstance(values, Mapping):
        for name, value in values.items():
            sheet.add(f"value {name} of the template", plain(value))
    elif values not in (None, ""):
        sheet.list("values of the template", values)


def _sns(fields: Fields, sheet: Sheet) -> None:
    """Read a text message of Amazon, whose settings are attributes by their full names: `AWS.SNS.SMS.SenderID`."""
    _texts(message="text")(fields, sheet)
    for name, attribute in fields.record("messageAttributes").items():
        own, first = Fields(attribute), len(sheet.parts)
        value = own.take("StringValue")
        setting = _SETTING_OF_SMS.fullmatch(name)
        called = setting and (sheet.called.get(fold(setting[1])) or words_of(setting[1]))
        sheet.list(called or f"attribute {words_of(name)}".strip(), attribute if value is None else value)
        sheet.keep(own.rest() if value is not None else {}, first)


_SETTING_OF_SMS = re.compile(r"AWS\.(?:SNS|MM)\.SMS\.(.+)")


# As the page draws them (review/page/providers*.js), with where each is described.
PROVIDERS: dict[str, Provider] = {
    "slack": Provider("Slack", slack.message("slack")),
    "mattermost": Provider("Mattermost", slack.message("markdown")),
    "rocketchat": Provider("Rocket.Chat", slack.message("markdown")),
    "msteams": Provider("Microsoft Teams", teams.message),
    "whatsappbusiness": Provider("WhatsApp", chats.whatsapp),
    "discord": Provider("Discord", chats.discord),
    "telegram": Provider("Telegram", chats.telegram),
    "webexmessaging": Provider("Webex", _texts(markdown="markdown:text")),
    "zulip": Provider("Zulip", _texts(content="markdown:text")),
    "ryver": Provider("Ryver", _texts(body="markdown:text")),
    "twilio": Provider("Twilio", _lasting({"validityperiod": 1}, _twilio)),
    "nexmo": Provider("Vonage", _lasting({"ttl": 0.001}, _texts(text="text"))),
    "plivo": Provider("Plivo", _texts(text="text")),
    "telnyx": Provider("Telnyx", _texts(text="text")),
    "sns": Provider("Amazon SNS", _sns),
    "messagebird": Provider("MessageBird", _lasting({"validity": 1}, _texts(body="text"))),
    "sms77": Provider("seven", _texts(text="text")),
    "termii": Provider("Termii", _texts(sms="text")),
    "clickatell": Provider("Clickatell", _texts(text="text")),
    "brevosms": Provider("Brevo", _texts(content="text")),
    "fcm": Provider("Firebase (FCM)", pushes.fcm),
    "apns": Provider("Apple (APNs)", pushes.apns),
    "expo": Provider("Expo", pushes.expo),
    "onesignal": Provider("OneSignal", pushes.one_signal),
    "pushpad": Provider("Pushpad", pushes.pushpad),
    "appio": Provider("Appio", _texts(title="title", message="text")),
    "sendgrid": Provider("SendGrid", _mail(template="templateId")),
    "mailgun": Provider("Mailgun", _mail(template="template")),
    "mailjet": Provider("Mailjet", _mail(body="htmlPart", text="textPart", template="templateId")),
    "nodemailer": Provider("Nodemailer", _mail()),
    "ses": Provider("Amazon SES", _mail(template="templateName")),
    "postmark": Provider("Postmark", _mail(body="htmlBody", text="textBody", template="templateAlias")),
    "resend": Provider("Resend", _mail(template="template")),
    "sendinblue": Provider("Brevo", _mail(body="htmlContent", text="textContent", template="templateId")),
    "mailersend": Provider("MailerSend", _mail(template="templateId")),
    "mailtrap": Provider("Mailtrap", _mail(template="templateUuid")),
    "outlook365": Provider("Outlook 365", _mail()),
    "plunk": Provider("Plunk", _mail(body="body")),
    "mandrill": Provider("Mandrill", _mail(template="templateName")),
}
_ALIASES = {
    "novuslack": "slack", "whatsapp": "whatsappbusiness", "firebase": "fcm", "teams": "msteams", "brevo": "sendinblue", "amazonses": "ses",
}  # fmt: skip


def provider_of(provider_id: str) -> Provider | None:
    """Return a provider that is known by its id, in whatever spelling; None for another one."""
    folded = fold(provider_id)
    return PROVIDERS.get(_ALIASES.get(folded, folded))


def name_of(provider_id: str) -> str:
    """Return what people call a provider; its id, if it is not known."""
    known = provider_of(provider_id)
    return known.name if known else provider_id


def slack_of(channel: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a step gives in Slack's own form beside its text, or instead of one: `blocks` and `attachments`."""

    def holds(name: str) -> bool:
        value = outputs.get(name)
        return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)

    blocks = (
        channel in ("chat", "custom")
        and holds("blocks")
        and all(isinstance(each.get("type"), str) for each in outputs["blocks"])
    )
    found = {"blocks": blocks, "attachments": (blocks or channel == "chat") and holds("attachments")}
    return {name: outputs[name] for name, is_there in found.items() if is_there}


def sheet_of(provider_id: str, override: object) -> Sheet:
    """Return what is read of an override: as its provider shows it, and what else is set as a list."""
    sheet, known = Sheet(), provider_of(provider_id)
    data: Any = arranged(override)
    if not isinstance(data, Mapping):
        sheet.list("", data)
        return sheet
    data, request = _data_and_request(data)
    fields = Fields(data)
    if known:
        known.read(fields, sheet)
    for rest in (fields.rest(), request):
        if rest:
            sheet.list("", rest)
    return sheet


def _data_and_request(override: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what a provider gets, with what is passed through to its API over it; and what goes with the request."""
    data, passed = dict(override), override.get("_passthrough")
    if not isinstance(passed, Mapping):
        return data, {}
    del data["_passthrough"]
    body = passed.get("body")
    if not isinstance(body, Mapping):
        return data, passed
    return _merged(data, body), {name: value for name, value in passed.items() if name != "body"}


def _merged(under: Any, over: Any, depth: int = 0) -> Any:
    """Return one value over another as Novu does it: records are merged, lists joined, anything else replaced."""
    if isinstance(under, list) and isinstance(over, list):
        return [*under, *over]
    if not isinstance(under, Mapping) or not isinstance(over, Mapping) or depth > 40:
        return over
    made, names = dict(under), {fold(key): key for key in under}
    for key, value in over.items():
        same = key if key in made else names.get(fold(key), key)
        made[same] = _merged(made[same], value, depth + 1) if same in made else value
    return made
