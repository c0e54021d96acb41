"""Chat: Discord, Microsoft Teams, WhatsApp and Telegram, each by the data that its provider gets; Slack has a file of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework_testing.checks.content import Content
from novu_framework_testing.checks.rules import Hit, item, longer_than, rule

SLACK_TEXT = "https://docs.slack.dev/reference/methods/chat.postMessage"
_DISCORD = "https://discord.com/developers/docs/resources/message#embed-object-embed-limits"
_TEAMS = (
    "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook"
)
_WHATSAPP = (
    "https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components"
)
_TELEGRAM = "https://core.telegram.org/bots/api#sendmessage"
_NAMES = {
    "msteams": ("msteams", "ms-teams", "ms_teams"),
    "whatsapp": ("whatsapp-business", "whatsappBusiness", "whatsapp_business", "whatsapp"),
}


def chat(body: str = "Your order is on its way.", **providers: Any) -> Content:
    """Return a message to a chat, with data for single providers; for the examples of rules."""
    return Content("chat", {"body": body}, providers)


def provider(content: Content, name: str) -> Mapping[str, Any]:
    """Return the data of a provider, with what is passed through to its API over it."""
    for known in _NAMES.get(name, (name,)):
        data = content.providers.get(known)
        if isinstance(data, Mapping):
            inner = item(data, "_passthrough", "body")
            return {**data, **inner} if isinstance(inner, Mapping) else data
    return {}


def listed(value: object) -> list[Any]:
    """Return a list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


@rule("chat.empty", "error", "chat", "The message is empty.", "Write a body, or skip the step.", SLACK_TEXT,
      bad=chat(" "), good=chat())  # fmt: skip
def _empty(content: Content) -> Iterator[Hit]:
    if not content.text_of("body").strip() and not content.content.get("card") and not content.providers:
        yield Hit("body")


@rule("chat.too-long", "error", "chat", "The text is longer than 40,000 characters, which no chat takes.", "Make it shorter, and link to the rest.", SLACK_TEXT,
      bad=chat("word " * 9000), good=chat())  # fmt: skip
def _too_long(content: Content) -> Iterator[Hit]:
    if (length := len(content.text_of("body"))) > 40_000:
        yield Hit(
            "body", f"{length:,} characters", ("Slack", "Discord", "Telegram", "WhatsApp", "Microsoft Teams")
        )


@rule("chat.long", "warning", "chat", "The text is longer than 4,000 characters: Telegram and WhatsApp take 4,096, Discord 2,000, Slack advises 4,000.",
      "Make it shorter, and link to the rest.", SLACK_TEXT, bad=chat("word " * 900), good=chat("word " * 100))  # fmt: skip
def _long(content: Content) -> Iterator[Hit]:
    if 4_000 < (length := len(content.text_of("body"))) <= 40_000:
        yield Hit("body", f"{length:,} characters", ("Slack", "Discord", "Telegram", "WhatsApp"))


@rule("chat.html", "warning", "chat", "There is HTML in the message, shown as it is written.", "Write the Markdown of the chat.", "https://docs.slack.dev/messaging/formatting-message-text",
      bad=chat("<p>It is <b>here</b>.</p>"), good=chat("*It* is <https://acme.com|here>, 2 < 3."))  # fmt: skip
def _html(content: Content) -> Iterator[Hit]:
    if "telegram" in content.providers:
        return  # which has a mode of HTML
    if found := re.search(
        r"</(?:p|div|b|strong|a|ul|li|h[1-6]|table|span)>|<br\s*/?>", content.text_of("body")
    ):
        yield Hit("body", found[0])


# --- Discord ----------------------------------------------------------------------------------------------


def _discord(*embeds: Mapping[str, Any], **more: Any) -> Content:
    return chat(discord={"embeds": list(embeds), **more})


def _embeds(content: Content) -> list[Any]:
    return listed(provider(content, "discord").get("embeds"))


def _embed_text(*path: str) -> Any:
    return lambda content: (
        (f"providers.discord.embeds[{index}].{'.'.join(path)}", item(embed, *path))
        for index, embed in enumerate(_embeds(content))
    )


def _field_text(key: str) -> Any:
    return lambda content: (
        (f"providers.discord.embeds[{index}].fields[{number}].{key}", item(field, key))
        for index, embed in enumerate(_embeds(content))
        for number, field in enumerate(listed(item(embed, "fields")))
    )


_SHORTER = "Make it shorter: Discord refuses the message."
for _id, _limit, _what, _read, _make in (
    ("content", 2000, "The content of the message", lambda content: iter([("providers.discord.content", provider(content, "discord").get("content"))]),
     lambda text: _discord(content=text)),
    ("embed-title", 256, "The title of an embed", _embed_text("title"), lambda text: _discord({"title": text})),
    ("embed-description", 4096, "The description of an embed", _embed_text("description"), lambda text: _discord({"description": text})),
    ("embed-footer", 2048, "The footer of an embed", _embed_text("footer", "text"), lambda text: _discord({"footer": {"text": text}})),
    ("embed-author", 256, "The author of an embed", _embed_text("author", "name"), lambda text: _discord({"author": {"name": text}})),
    ("field-name", 256, "The name of a field", _field_text("name"), lambda text: _discord({"fields": [{"name": text, "value": "a"}]})),
    ("field-value", 1024, "The value of a field", _field_text("value"), lambda text: _discord({"fields": [{"name": "a", "value": text}]})),
):  # fmt: skip
    longer_than(f"discord.{_id}", "error", "chat", _limit, _what, _read, _SHORTER, _DISCORD, make=_make)


def _discord_many(id: str, limit: int, what: str, found: Any, make: Any) -> None:
    @rule(
        f"discord.{id}",
        "error",
        "chat",
        f"There are more than {limit} {what}.",
        "Leave some out: Discord refuses the message.",
        _DISCORD,
        bad=make(limit + 1),
        good=make(1),
    )
    def look(content: Content) -> Iterator[Hit]:
        for where, many in found(content):
            if len(many) > limit:
                yield Hit(where, f"{len(many)}")


_discord_many(
    "embeds",
    10,
    "embeds in a message",
    lambda content: [("providers.discord.embeds", _embeds(content))],
    lambda count: _discord(*[{"title": "a"}] * count),
)
_discord_many("fields", 25, "fields in an embed", lambda content: [(f"providers.discord.embeds[{i}].fields", listed(item(one, "fields"))) for i, one in enumerate(_embeds(content))],
              lambda count: _discord({"fields": [{"name": "a", "value": "b"}] * count}))  # fmt: skip


@rule("discord.embeds-long", "error", "chat", "The texts of all embeds together are longer than 6,000 characters.", _SHORTER, _DISCORD,
      bad=_discord({"description": "word " * 700}, {"description": "word " * 700}), good=_discord({"description": "word"}))  # fmt: skip
def _all_embeds(content: Content) -> Iterator[Hit]:
    total = 0
    for embed in _embeds(content):
        texts = [
            item(embed, *path)
            for path in (("title",), ("description",), ("footer", "text"), ("author", "name"))
        ]
        texts += [item(field, key) for field in listed(item(embed, "fields")) for key in ("name", "value")]
        total += sum(len(text) for text in texts if isinstance(text, str))
    if total > 6000:
        yield Hit("providers.discord.embeds", f"{total:,} characters")


# --- Microsoft Teams, WhatsApp, Telegram ------------------------------------------------------------------


@rule("teams.size", "error", "chat", "The message is larger than the 28 KB that Microsoft Teams takes.", "Leave some out, and link to the rest.", _TEAMS,
      bad=chat(msteams={"attachments": [{"content": {"body": [{"type": "TextBlock", "text": "word " * 6000}]}}]}), good=chat(msteams={"attachments": []}))  # fmt: skip
def _teams(content: Content) -> Iterator[Hit]:
    size = len(
        json.dumps(provider(content, "msteams"), ensure_ascii=False, default=str).encode("utf-8", "replace")
    )
    if size > 28 * 1024:
        yield Hit("providers.msteams", f"{size:,} bytes")


@rule("teams.html", "note", "chat", "There is HTML in a card's text, which Microsoft Teams shows as it is written.", "Write Markdown.",
      "https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format",
      bad=chat(msteams={"attachments": [{"content": {"body": [{"type": "TextBlock", "text": "It is <b>here</b>"}]}}]}), good=chat(msteams={"attachments": [{"content": {"body": [{"type": "TextBlock", "text": "It is **here**"}]}}]}))  # fmt: skip
def _teams_html(content: Content) -> Iterator[Hit]:
    for index, attachment in enumerate(listed(provider(content, "msteams").get("attachments"))):
        for number, part in enumerate(listed(item(attachment, "content", "body"))):
            text = item(part, "text")
            if isinstance(text, str) and re.search(r"</(?:b|p|div|strong|a|span|i)>|<br\s*/?>", text):
                yield Hit(f"providers.msteams.attachments[{index}].content.body[{number}].text")


@rule("teams.empty-card", "error", "chat", "An adaptive card has no version or no body, and Teams refuses it.", "Give it a version, such as 1.4, and a body.",
      "https://adaptivecards.io/explorer/AdaptiveCard.html", bad=chat(msteams={"attachments": [{"content": {"type": "AdaptiveCard"}}]}),
      good=chat(msteams={"attachments": [{"content": {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "TextBlock", "text": "Hi"}]}}]}))  # fmt: skip
def _card(content: Content) -> Iterator[Hit]:
    for index, attachment in enumerate(listed(provider(content, "msteams").get("attachments"))):
        card = item(attachment, "content")
        if item(card, "type") == "AdaptiveCard" and not (
            card.get("version") and (card.get("body") or card.get("actions"))
        ):
            yield Hit(f"providers.msteams.attachments[{index}].content")


def _whatsapp(
    *components: Mapping[str, Any], name: str = "order_shipped", language: str = "en_US"
) -> Content:
    return chat(
        whatsapp={"template": {"name": name, "language": {"code": language}, "components": list(components)}}
    )


def _parameter(text: str) -> dict[str, Any]:
    return {"type": "body", "parameters": [{"type": "text", "text": text}]}


def _parameters(content: Content) -> Iterator[tuple[str, str]]:
    for index, component in enumerate(listed(item(provider(content, "whatsapp"), "template", "components"))):
        for number, parameter in enumerate(listed(item(component, "parameters"))):
            if isinstance(text := item(parameter, "text"), str):
                yield f"providers.whatsapp.template.components[{index}].parameters[{number}].text", text


@rule("whatsapp.parameter", "error", "chat", "A parameter of a template is empty, or has a line break, a tab or more than four blanks in a row.", "Write it in one line.", _WHATSAPP,
      bad=[_whatsapp(_parameter("")), _whatsapp(_parameter("Line\nbreak"))], good=_whatsapp(_parameter("Monday")))  # fmt: skip
def _parameter_text(content: Content) -> Iterator[Hit]:
    for where, text in _parameters(content):
        if not text.strip() or re.search(r"[\n\t]| {5}", text):
            yield Hit(where, repr(text)[:80])


@rule("whatsapp.template-name", "error", "chat", "The name of a template has other letters than a-z, digits and underscores, or more than 512.", "Write it as in WhatsApp's manager.", _WHATSAPP,
      bad=_whatsapp(name="Order-Shipped"), good=_whatsapp())  # fmt: skip
def _template_name(content: Content) -> Iterator[Hit]:
    name = item(provider(content, "whatsapp"), "template", "name")
    if isinstance(name, str) and not re.fullmatch(r"[a-z0-9_]{1,512}", name):
        yield Hit("providers.whatsapp.template.name", name[:80])


@rule("whatsapp.language", "error", "chat", "The language of a template is written with a hyphen or as a word.", "Write en, en_US, pt_BR.", _WHATSAPP,
      bad=[_whatsapp(language="en-US"), _whatsapp(language="english")], good=_whatsapp(language="pt_BR"))  # fmt: skip
def _language(content: Content) -> Iterator[Hit]:
    code = item(provider(content, "whatsapp"), "template", "language", "code")
    if isinstance(code, str) and not re.fullmatch(r"[a-z]{2,3}(?:_[A-Z]{2,3}|_[A-Z]{3})?", code):
        yield Hit("providers.whatsapp.template.language.code", code[:80])


def _in(*path: str) -> Any:
    return lambda content: iter(
        [(f"providers.{'.'.join(path)}", item(provider(content, path[0]), *path[1:]))]
    )


def _interactive(**more: Any) -> Content:
    return chat(whatsapp={"interactive": more})


for _id, _limit, _what, _read, _source, _make in (
    ("whatsapp.text", 4096, "The text of a message to WhatsApp", _in("whatsapp", "text", "body"), "https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages",
     lambda text: chat(whatsapp={"text": {"body": text}})),
    ("whatsapp.interactive-body", 1024, "The body of an interactive message", _in("whatsapp", "interactive", "body", "text"), _WHATSAPP, lambda text: _interactive(body={"text": text})),
    ("whatsapp.header", 60, "The header of an interactive message", _in("whatsapp", "interactive", "header", "text"), _WHATSAPP, lambda text: _interactive(header={"text": text})),
    ("whatsapp.footer", 60, "The footer of an interactive message", _in("whatsapp", "interactive", "footer", "text"), _WHATSAPP, lambda text: _interactive(footer={"text": text})),
    ("telegram.text", 4096, "The text of a message to Telegram", _in("telegram", "text"), _TELEGRAM, lambda text: chat(telegram={"text": text})),
    ("telegram.caption", 1024, "The caption of a picture", _in("telegram", "caption"), _TELEGRAM, lambda text: chat(telegram={"caption": text})),
):  # fmt: skip
    longer_than(
        _id, "error", "chat", _limit, _what, _read, "Make it shorter: it is refused.", _source, make=_make
    )


@rule("whatsapp.buttons", "error", "chat", "An interactive message has more than 3 reply buttons, or one whose title is longer than 20 characters.", "Use three short ones, or a list.",
      "https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages",
      bad=[_interactive(action={"buttons": [{"reply": {"title": "Yes"}}] * 4}), _interactive(action={"buttons": [{"reply": {"title": "Yes, on Monday afternoon"}}]})],
      good=_interactive(action={"buttons": [{"reply": {"title": "Yes"}}]}))  # fmt: skip
def _buttons(content: Content) -> Iterator[Hit]:
    buttons = listed(item(provider(content, "whatsapp"), "interactive", "action", "buttons"))
    titles = [item(button, "reply", "title") for button in buttons]
    if len(buttons) > 3 or any(isinstance(title, str) and len(title) > 20 for title in titles):
        yield Hit("providers.whatsapp.interactive.action.buttons")


@rule("telegram.callback-data", "error", "chat", "The callback_data of a button is empty, or larger than 64 bytes.", "Send an id.", "https://core.telegram.org/bots/api#inlinekeyboardbutton",
      bad=chat(telegram={"reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "a" * 65}]]}}), good=chat(telegram={"reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}}))  # fmt: skip
def _callback(content: Content) -> Iterator[Hit]:
    for row in listed(item(provider(content, "telegram"), "reply_markup", "inline_keyboard")):
        for button in listed(row):
            data = item(button, "callback_data")
            if isinstance(data, str) and not 1 <= len(data.encode("utf-8", "replace")) <= 64:
                yield Hit("providers.telegram.reply_markup.inline_keyboard", data[:40])


@rule("telegram.markdown", "error", "chat", "A . ! - or another sign of MarkdownV2 is not escaped, and Telegram refuses the message.", "Write \\ before each of them, or use the mode of HTML.",
      "https://core.telegram.org/bots/api#markdownv2-style", bad=chat(telegram={"text": "It is here.", "parse_mode": "MarkdownV2"}), good=chat(telegram={"text": "It is *here*\\.", "parse_mode": "MarkdownV2"}))  # fmt: skip
def _markdown_v2(content: Content) -> Iterator[Hit]:
    data = provider(content, "telegram")
    text = data.get("text")
    if data.get("parse_mode") == "MarkdownV2" and isinstance(text, str):
        outside = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", text, flags=re.DOTALL)
        if found := re.search(r"(?<!\\)[.!+={}-]", outside):
            yield Hit("providers.telegram.text", f"{found[0]!r}")
