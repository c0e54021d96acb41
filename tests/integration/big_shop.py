"""A big application to review: 16 notifications in three locales, and edits of 17 kinds.

Emails are one line as MJML makes them, or look as react-email's do; chat messages have Slack blocks. It is an app and a
generator: tests take `review_projects.reviewed_shop(root)`; for people, `python -m tests.integration.big_shop FOLDER` makes a project of it.

    cd FOLDER
    pytest --snapshot-update                          # what was accepted
    SHOP_EDITS=all pytest --novu-review               # about 200 changes: then `novu-framework review`
    SHOP_EDITS=subject,delay pytest --novu-report=report.html
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from novu_framework import Severity, Step, Subscriber, Workflow, workflow

EDITS = (
    "colour", "layout", "button", "link", "alt", "subject", "preheader", "words", "sms", "push", "action", "blocks",
    "delay", "digest", "new-step", "gone-step", "skip",
)  # fmt: skip
"""The kinds of edits, each of which changes a handful of messages, or all of a channel."""

LOCALES = {"en_US": ("en", "ltr"), "de_DE": ("de", "ltr"), "ar_EG": ("ar", "rtl")}


class Notification(NamedTuple):
    """A workflow of the big app: its names, how its emails are made, and its words by language."""

    id: str
    name: str
    description: str
    tags: list[str]
    template: str
    more: str
    texts: dict[str, tuple[str, str]]


def _notification(
    workflow_id: str, name: str, about: str, tags: str, more: str, en: str, de: str, ar: str
) -> Notification:
    texts = dict(zip(("en", "de", "ar"), (tuple(text.split(" | ")) for text in (en, de, ar)), strict=True))
    template = "react" if "account" in tags else "mjml"
    return Notification(workflow_id, name, about, tags.split(), template, more, texts)  # type: ignore[arg-type]


NOTIFICATIONS = [
    _notification("order-confirmed", "Order confirmed", "Sent once an order is paid.", "orders", "push",
        "Your order {n} is confirmed | Thank you, {first}! We pack your 3 items now.",
        "Ihre Bestellung {n} ist bestätigt | Danke, {first}! Wir packen Ihre 3 Artikel.",
        "تم تأكيد طلبك {n} | شكرا {first}! نجهز منتجاتك الثلاثة الآن."),
    _notification("order-shipped", "Order shipped", "Sent when the carrier has the parcel.", "orders", "sms",
        "Order {n} is on its way | It should arrive on Friday, {first}.",
        "Bestellung {n} ist unterwegs | Sie kommt voraussichtlich am Freitag, {first}.",
        "طلبك {n} في الطريق | سيصل يوم الجمعة يا {first}."),
    _notification("order-delayed", "Order delayed", "Sent when the carrier reports a delay.", "orders", "sms",
        "Order {n} is late | We are sorry, {first}: it comes two days later.",
        "Bestellung {n} verspätet sich | Es tut uns leid, {first}: sie kommt zwei Tage später.",
        "تأخر طلبك {n} | نعتذر يا {first}: سيصل بعد يومين."),
    _notification("order-delivered", "Order delivered", "Sent when the carrier says so.", "orders", "push",
        "Order {n} was delivered | Your neighbour has the parcel, {first}.",
        "Bestellung {n} wurde zugestellt | Ihr Nachbar hat das Paket, {first}.",
        "تم تسليم طلبك {n} | الطرد عند جارك يا {first}."),
    _notification("refund-issued", "Refund issued", "Sent when money goes back.", "orders billing", "sms",
        "We have refunded €89.00 | It takes up to five days, {first}.",
        "Wir haben 89,00 € erstattet | Es dauert bis zu fünf Tage, {first}.",
        "أعدنا لك 89 يورو | قد يستغرق ذلك خمسة أيام يا {first}."),
    _notification("invoice-ready", "Invoice", "The invoice of a month.", "billing", "push",
        "Your invoice for May | {first}, the invoice {n} is ready.",
        "Ihre Rechnung für Mai | {first}, die Rechnung {n} ist da.",
        "فاتورة شهر مايو | {first}، الفاتورة {n} جاهزة."),
    _notification("payment-failed", "Payment failed", "A card was refused.", "billing critical", "sms",
        "Your payment did not go through | {first}, please check your card.",
        "Ihre Zahlung ist fehlgeschlagen | {first}, bitte prüfen Sie Ihre Karte.",
        "لم تنجح عملية الدفع | {first}، تحقق من بطاقتك من فضلك."),
    _notification("trial-ends", "Trial ends", "Three days before a trial ends.", "billing", "push",
        "Your trial ends in 3 days | Keep your lists, {first}: choose a plan.",
        "Ihr Test endet in 3 Tagen | Behalten Sie Ihre Listen, {first}: wählen Sie einen Tarif.",
        "تنتهي تجربتك بعد 3 أيام | احتفظ بقوائمك يا {first} واختر خطة."),
    _notification("verify-email", "Confirm your address", "After signing up.", "account critical", "push",
        "Confirm your address | Hello {first}, your code is 481 516.",
        "Bestätigen Sie Ihre Adresse | Hallo {first}, Ihr Code ist 481 516.",
        "أكد بريدك | مرحبا {first}، رمزك هو 481 516."),
    _notification("password-changed", "Password changed", "So that a thief is noticed.", "account critical", "sms",
        "Your password was changed | If that was not you, {first}, tell us at once.",
        "Ihr Passwort wurde geändert | Falls Sie das nicht waren, {first}, melden Sie sich sofort.",
        "تم تغيير كلمة مرورك | إن لم تكن أنت يا {first} فأخبرنا فورا."),
    _notification("new-device", "New device", "A sign-in from an unknown device.", "account critical", "push",
        "A new sign-in from Lyon | Was that you, {first}?",
        "Neue Anmeldung aus Lyon | Waren Sie das, {first}?",
        "تسجيل دخول جديد من ليون | هل كان ذلك أنت يا {first}؟"),
    _notification("weekly-digest", "Your week", "What happened in a week.", "social marketing", "push",
        "Your week in 4 numbers | 12 new followers, {first}.",
        "Ihre Woche in 4 Zahlen | 12 neue Follower, {first}.",
        "أسبوعك في 4 أرقام | 12 متابعا جديدا يا {first}."),
    _notification("new-comment", "New comment", "Comments of an hour in one message.", "social", "push",
        "Bob commented on your photo | “What a view, {first}!”",
        "Bob hat Ihr Foto kommentiert | „Was für ein Blick, {first}!“",
        "علق بوب على صورتك | «يا له من منظر يا {first}!»"),
    _notification("mention", "Mention", "Somebody named you.", "social", "push",
        "Cleo mentioned you | “@{first}, have a look.”",
        "Cleo hat Sie erwähnt | „@{first}, schau mal.“",
        "ذكرتك كليو | «@{first}، انظر.»"),
    _notification("price-drop", "Price drop", "Something on a wish list is cheaper.", "marketing", "sms",
        "20 % off your wish list | The enamel pan is €40 now, {first}.",
        "20 % auf Ihre Wunschliste | Die Emaille-Pfanne kostet jetzt 40 €, {first}.",
        "خصم 20٪ على قائمتك | المقلاة الآن بسعر 40 يورو يا {first}."),
    _notification("back-in-stock", "Back in stock", "Something that was sold out.", "marketing", "push",
        "Back in stock: the blue teapot | Only 6 left, {first}.",
        "Wieder da: die blaue Teekanne | Nur noch 6 Stück, {first}.",
        "عاد إبريق الشاي الأزرق | بقي 6 فقط يا {first}."),
]  # fmt: skip

_OPEN = {"en": "Open", "de": "Öffnen", "ar": "افتح"}
_OPEN_NOW = {"en": "Open it now", "de": "Jetzt öffnen", "ar": "افتحه الآن"}
_FOOTER = {
    "en": "You get this because you have an account.",
    "de": "Sie erhalten dies, weil Sie ein Konto haben.",
    "ar": "تصلك هذه الرسالة لأن لديك حسابا.",
}

_MJML = """<!doctype html><html lang="{lang}" dir="{dir}" xmlns="http://www.w3.org/1999/xhtml"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>{title}</title>
<!--[if !mso]><!--><meta http-equiv="X-UA-Compatible" content="IE=edge"><!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">#outlook a {{ padding:0; }} body {{ margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }}
 table, td {{ border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }} img {{ border:0;height:auto;line-height:100%; }}</style>
<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml></noscript><![endif]-->
<style type="text/css">@media only screen and (min-width:480px) {{ .mj-column-per-100 {{ width:100% !important; max-width: 100%; }} }}</style>
</head><body style="word-spacing:normal;background-color:#f4f4f4;"><div style="background-color:#f4f4f4;">
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:600px;" width="600"><tr><td><![endif]-->
<div style="margin:0px auto;max-width:600px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation"
 style="width:100%;background:#ffffff;"><tbody><tr><td style="direction:{dir};font-size:0px;padding:{padding};text-align:center;">
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:{dir};display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"><tbody>
<tr><td align="center" style="font-size:0px;padding:10px 25px;"><img alt="{alt}" height="auto"
 src="https://cdn.shop.example/logo.png" style="border:0;display:block;outline:none;width:120px;" width="120"></td></tr>
<tr><td align="start" style="font-size:0px;padding:10px 25px;"><div style="font-family:Helvetica;font-size:22px;line-height:1.4;color:#111111;">{title}</div></td></tr>
<tr><td align="start" style="font-size:0px;padding:10px 25px;"><div style="font-family:Helvetica;font-size:15px;line-height:1.6;color:#333333;">{text}</div></td></tr>
<tr><td align="center" style="font-size:0px;padding:10px 25px;"><table border="0" cellpadding="0" cellspacing="0" role="presentation"><tbody><tr>
<td align="center" bgcolor="{colour}" role="presentation" style="border-radius:6px;background:{colour};"><a href="{link}"
 style="display:inline-block;background:{colour};color:#ffffff;font-family:Helvetica;font-size:15px;padding:10px 25px;" target="_blank">{button}</a></td></tr></tbody></table></td></tr>
<tr><td align="center" style="font-size:0px;padding:10px 25px;"><div style="font-family:Helvetica;font-size:12px;color:#777777;">{footer}</div></td></tr>
</tbody></table></div></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>""".replace(
    "\n", ""
)
_REACT = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html dir="{dir}" lang="{lang}"><head><link rel="preload" as="image" href="https://cdn.shop.example/logo.png"/><meta content="text/html; charset=UTF-8" http-equiv="Content-Type"/><meta name="x-apple-disable-message-reformatting"/></head><div style="display:none;overflow:hidden;line-height:1px;opacity:0;max-height:0;max-width:0">{preheader}<div>{filler}</div></div>
<body style="background-color:#ffffff;font-family:-apple-system,BlinkMacSystemFont,&quot;Segoe UI&quot;,sans-serif"><!--$-->
<table align="center" width="100%" border="0" cellPadding="0" cellSpacing="0" role="presentation" style="max-width:37.5em;margin:0 auto;padding:{padding}"><tbody><tr style="width:100%"><td>
<img alt="{alt}" height="40" src="https://cdn.shop.example/logo.png" style="display:block;outline:none;border:none;text-decoration:none" width="40"/>
<h1 style="color:#1d1c1d;font-size:24px;margin:24px 0">{title}</h1>
<p style="font-size:16px;line-height:26px;margin:16px 0">{text}</p>
<a href="{link}" style="line-height:100%;text-decoration:none;display:inline-block;max-width:100%;background-color:{colour};border-radius:4px;color:#fff;padding:12px 20px" target="_blank"><span><!--[if mso]><i style="mso-font-width:300%;mso-text-raise:18" hidden>&#8202;&#8202;</i><![endif]--></span><span style="max-width:100%;display:inline-block">{button}</span></a>
<hr style="width:100%;border:none;border-top:1px solid #eaeaea;margin:26px 0"/><p style="color:#666666;font-size:12px;line-height:24px">{footer}</p>
</td></tr></tbody></table><!--/$--></body></html>"""


class OrderPayload(BaseModel):
    """What each of the notifications is about."""

    number: int


def workflows(edits: Collection[str] = ()) -> list[Workflow]:
    """Return the app's workflows, as they are after `edits` (of `EDITS`)."""
    return [_workflow(index, one, frozenset(edits)) for index, one in enumerate(NOTIFICATIONS)]


def _workflow(index: int, about: Notification, edits: frozenset[str]) -> Workflow:
    some = edits if index % 4 == 0 else frozenset()  # an edit of words is made in some of the messages

    async def handler(payload: OrderPayload, step: Step, subscriber: Subscriber) -> None:
        language, direction = LOCALES.get(subscriber.locale or "", LOCALES["en_US"])
        title, text = (
            line.format(n=payload.number, first=subscriber.first_name) for line in about.texts[language]
        )
        link = f"https://{'my.' if 'link' in some else ''}shop.example/{about.id}?n={payload.number}"
        if "words" in some:
            text = text.replace("!", ".").replace(", ", " – ", 1)

        def in_app() -> dict[str, Any]:
            label = (_OPEN_NOW if "action" in edits and about.more == "sms" else _OPEN)[language]
            return {"subject": title, "body": f"**{title}.** {text}", "avatar": "https://cdn.shop.example/shop.png",
                    "primaryAction": {"label": label, "redirect": {"url": link}}, "data": {"number": payload.number}}  # fmt: skip

        def email() -> dict[str, Any]:
            body = (_MJML if about.template == "mjml" else _REACT).format(
                lang=language, dir=direction, title=escape(title), text=escape(text), link=escape(link),
                alt="Pots & Pans" if "alt" in some else "Shop", footer=_FOOTER[language],
                button=(_OPEN_NOW if "button" in some else _OPEN)[language],
                preheader=escape(f"{title}: {text}" if "preheader" in some else title), filler="\u00a0\u200c\u200b" * 20,
                colour="#1f7a4d" if "colour" in edits else "#2456c7", padding="32px 0" if "layout" in some else "20px 0",
            )  # fmt: skip
            subject = f"{title} 🎉" if "subject" in some else title
            sender = {"name": "Shop", "email": "hello@shop.example"}
            return {"subject": subject, "from": sender, "replyTo": "help@shop.example", "body": body}

        def chat() -> dict[str, Any]:
            return {"body": f"{title}: {text}"}

        def slack() -> dict[str, Any]:
            button = {"type": "button", "text": {"type": "plain_text", "text": "Open"}, "url": link}
            if "blocks" in edits and about.template == "mjml":
                button["style"] = "primary"
            return {"text": title, "blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": title}},
                {"type": "section", "text": {"type": "mrkdwn", "text": f"*{text}*\n<{link}|{payload.number}>"},
                 "fields": [{"type": "mrkdwn", "text": "*Channel*\nWeb"}, {"type": "mrkdwn", "text": "*Total*\n€89.00"}]},
                {"type": "divider"}, {"type": "actions", "elements": [button]},
                {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Sent by _{about.name}_"}]}]}  # fmt: skip

        await step.in_app("inbox", in_app)
        if "marketing" in about.tags or "social" in about.tags:
            cron = "0 8 * * 1" if "digest" in edits else "0 9 * * 1-5"
            await step.digest("collect", lambda: {"cron": cron})
        else:
            await step.delay("wait", lambda: {"amount": 48 if "delay" in some else 24, "unit": "hours"})
        await step.email("email", email, skip=lambda: "skip" in some and language == "ar")
        if about.more == "sms":
            await step.sms("text", lambda: {"body": f"{title}. {text}{' 📦' if 'sms' in edits else ''}"})
        else:
            shown = f"{title} – {about.name}" if "push" in edits else title
            await step.push("ping", lambda: {"subject": shown, "body": text})
        if "gone-step" not in some:
            await step.chat("team", chat, providers={"slack": slack})
        if "new-step" in some:
            await step.in_app("reminder", lambda: {"subject": title, "body": text})

    return workflow(
        about.id,
        name=about.name,
        description=about.description,
        tags=about.tags,
        severity=Severity.HIGH if "critical" in about.tags else Severity.NONE,
    )(handler)


def chosen_edits(text: str) -> Collection[str]:
    """Return the edits that `SHOP_EDITS` names: `all`, or some of `EDITS` with commas between."""
    return EDITS if text == "all" else [one for one in text.split(",") if one]


app = workflows(chosen_edits(os.environ.get("SHOP_EDITS", "")))
"""For `[tool.novu] app = "big_shop:app"`, and `novu_app`."""


def runs(edits: Collection[str] = ()) -> Iterable[tuple[str, Any]]:
    """Run every notification for a subscriber of each locale; yield the name of a test, and its run."""
    from novu_framework_testing import NovuSimulator

    novu = NovuSimulator()
    novu.register(*workflows(edits))
    names = {"en_US": "Ann", "de_DE": "Jörg", "ar_EG": "ليلى"}
    for about in NOTIFICATIONS:
        for number, (locale, first) in enumerate(names.items()):
            to = {"subscriberId": locale, "firstName": first, "locale": locale, "email": f"{number}@shop.example",
                  "phone": "+491700000000", "channels": [{"providerId": "fcm", "credentials": {"deviceTokens": ["a"]}},
                  {"providerId": "slack", "credentials": {"webhookUrl": "https://hooks.slack.example/a"}}]}  # fmt: skip
            run = novu.trigger(about.id, to=to, payload={"number": 4711 + number}).run
            novu.run_until_idle()
            yield f"test_{about.id.replace('-', '_')}[{locale}]", run


_TEST = '''import pytest
from big_shop import LOCALES, NOTIFICATIONS

FIRST_NAMES = {"en_US": "Ann", "de_DE": "Jörg", "ar_EG": "ليلى"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("notification", NOTIFICATIONS, ids=lambda one: one.id)
def test_notification(novu, novu_snapshot, notification, locale):
    """Every message of a notification, in every language."""
    to = {"subscriberId": locale, "firstName": FIRST_NAMES[locale], "locale": locale, "email": "a@shop.example",
          "phone": "+491700000000"}
    run = novu.trigger(notification.id, to=to, payload={"number": 4711}).run
    novu.run_until_idle()
    assert run == novu_snapshot
'''
_PROJECT = '[project]\nname = "big-shop"\nversion = "1"\n\n[tool.novu]\napp = "big_shop:app"\n\n[tool.pytest.ini_options]\nnovu_app = "big_shop:app"\npythonpath = ["."]\ntestpaths = ["tests"]\n'


def write_project(folder: Path) -> None:
    """Write the app as a project with tests of its own, to be run and reviewed as in the module's docstring."""
    (folder / "tests").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(__file__, folder / "big_shop.py")
    (folder / "pyproject.toml").write_text(_PROJECT, encoding="utf-8")
    (folder / "tests" / "test_notifications.py").write_text(_TEST, encoding="utf-8")


if __name__ == "__main__":
    write_project(Path(sys.argv[1]))
