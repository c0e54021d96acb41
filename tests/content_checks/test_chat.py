"""Where the checks of chats begin and end: each limit of a provider, and each place in its data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from novu_framework_testing.checks import Content
from novu_framework_testing.checks.chat import chat, listed, provider
from tests.content_checks.hits import hits
from tests.tables import walked

SUBJECTS = ("chat.", "discord.", "teams.", "whatsapp.", "telegram.", "slack.")
FOUR, FIVE = "Slack, Discord, Telegram, WhatsApp", "Slack, Discord, Telegram, WhatsApp, Microsoft Teams"


def found(content: Content) -> list[str]:
    return hits(content, *SUBJECTS)


def expect(*cases: tuple[Content, list[str]]) -> None:
    assert [found(content) for content, _ in cases] == [expected for _, expected in cases]


def test_a_message_to_a_chat() -> None:
    expect(
        (chat(" \n"), ["chat.empty body"]),
        (chat("x"), []),
        (Content("chat", {"body": "", "card": {"type": "card"}}), []),
        (Content("chat", {"body": "", "card": {}}), ["chat.empty body"]),
        (chat("", zulip={"content": "Hi"}), []),
        (chat("a" * 4_000), []),
        (chat("a" * 4_001), [f"chat.long body: 4,001 characters [{FOUR}]"]),
        (chat("a" * 40_000), [f"chat.long body: 40,000 characters [{FOUR}]"]),
        (chat("a" * 40_001), [f"chat.too-long body: 40,001 characters [{FIVE}]"]),
        *((chat(f"It is{tag} here"), [f"chat.html body: {tag}"]) for tag in ("</p>", "</div>", "</b>", "</strong>", "</a>", "</ul>", "</li>", "</h1>", "</h6>", "</table>", "</span>", "<br>", "<br />")),
        *((chat(f"It is{tag} here"), []) for tag in ("<p>", "</h7>", "</i>", "<broken>", "<a|b>")),
        (chat("It is</b> here", telegram={}), []),
        (chat("It is</b> here", slack={}), ["chat.html body: </b>"]),
    )  # fmt: skip


@walked(
    ("name", "given"),
    [
        ("msteams", "msteams"), ("msteams", "ms-teams"), ("msteams", "ms_teams"), ("whatsapp", "whatsapp-business"), ("whatsapp", "whatsappBusiness"),
        ("whatsapp", "whatsapp_business"), ("whatsapp", "whatsapp"), ("slack", "slack"),
    ],
)  # fmt: skip
def test_the_data_of_a_provider_has_what_is_passed_through_over_it(name: str, given: str) -> None:
    passed = {"text": "a", "_passthrough": {"body": {"text": "b", "more": 1}}}
    cases: list[tuple[Any, dict[str, Any]]] = [
        ({"text": "a"}, {"text": "a"}),
        (passed, {**passed, "text": "b", "more": 1}),
        ({"a": 1, "_passthrough": {"body": ["x"]}}, {"a": 1, "_passthrough": {"body": ["x"]}}),
        ("a", {}),
    ]
    for data, expected in cases:
        assert provider(Content("chat", {}, {given: data}), name) == expected
    assert provider(Content("chat", {}, {"other": {"text": "a"}}), name) == {}


def test_only_a_list_is_listed() -> None:
    assert [listed(value) for value in ([1], [], (1,), "a", None, {"a": 1})] == [[1], [], [], [], [], []]


def discord(*embeds: Any, **more: Any) -> Content:
    return chat(discord={"embeds": list(embeds), **more})


def whatsapp(**more: Any) -> Content:
    return chat(whatsapp=more)


def slack(*blocks: Any) -> Content:
    return chat(slack={"blocks": list(blocks), "text": "Your order"})


def button(text: str = "Open", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, **more}


def actions(*elements: Any) -> Content:
    return slack(DIVIDER, {"type": "actions", "elements": [{"type": "datepicker"}, *elements]})


def accessory(**more: Any) -> Content:
    return slack(DIVIDER, {**section("Hi"), "accessory": button(**more)})


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://acme.com/a.png", **more}


DIVIDER = {"type": "divider"}
EMBED, BLOCK = "providers.discord.embeds[1]", "providers.slack.blocks[1]"
LIMITS: list[tuple[str, int, str, Callable[[str], Content]]] = [
    ("discord.content", 2000, "providers.discord.content", lambda text: discord(content=text)),
    ("discord.embed-title", 256, f"{EMBED}.title", lambda text: discord({}, {"title": text})),
    ("discord.embed-description", 4096, f"{EMBED}.description", lambda text: discord("x", {"description": text})),
    ("discord.embed-footer", 2048, f"{EMBED}.footer.text", lambda text: discord({}, {"footer": {"text": text}})),
    ("discord.embed-author", 256, f"{EMBED}.author.name", lambda text: discord({}, {"author": {"name": text}})),
    ("discord.field-name", 256, f"{EMBED}.fields[1].name", lambda text: discord({}, {"fields": [{}, {"name": text}]})),
    ("discord.field-value", 1024, f"{EMBED}.fields[1].value", lambda text: discord({}, {"fields": [{}, {"value": text}]})),
    ("whatsapp.text", 4096, "providers.whatsapp.text.body", lambda text: whatsapp(text={"body": text})),
    ("whatsapp.interactive-body", 1024, "providers.whatsapp.interactive.body.text", lambda text: whatsapp(interactive={"body": {"text": text}})),
    ("whatsapp.header", 60, "providers.whatsapp.interactive.header.text", lambda text: whatsapp(interactive={"header": {"text": text}})),
    ("whatsapp.footer", 60, "providers.whatsapp.interactive.footer.text", lambda text: whatsapp(interactive={"footer": {"text": text}})),
    ("telegram.text", 4096, "providers.telegram.text", lambda text: chat(telegram={"text": text})),
    ("telegram.caption", 1024, "providers.telegram.caption", lambda text: chat(telegram={"caption": text})),
    ("slack.section-text", 3000, f"{BLOCK}.text.text", lambda text: slack({"type": "header", "text": {"type": "plain_text"}}, section(text))),
    ("slack.header-text", 150, f"{BLOCK}.text.text", lambda text: slack(section("a" * 160), {"type": "header", "text": {"type": "plain_text", "text": text}})),
    ("slack.button-text", 75, f"{BLOCK}.elements[1].text.text", lambda text: actions(button(text))),
    ("slack.button-text", 75, f"{BLOCK}.accessory.text.text", lambda text: accessory(text=text)),
    ("slack.button-value", 2000, f"{BLOCK}.elements[1].value", lambda text: actions(button(value=text))),
    ("slack.button-value", 2000, f"{BLOCK}.accessory.value", lambda text: accessory(value=text)),
    ("slack.button-url", 3000, f"{BLOCK}.elements[1].url", lambda text: actions(button(url=text))),
    ("slack.action-id", 255, f"{BLOCK}.elements[1].action_id", lambda text: actions(button(action_id=text))),
    ("slack.block-id", 255, f"{BLOCK}.block_id", lambda text: slack(DIVIDER, {"type": "divider", "block_id": text})),
    ("slack.image-alt-long", 2000, f"{BLOCK}.alt_text", lambda text: slack(DIVIDER, image(alt_text=text))),
    ("slack.field-text", 2000, f"{BLOCK}.fields[1]", lambda text: slack(DIVIDER, {"type": "section", "fields": [{"type": "mrkdwn", "text": "a"}, {"type": "mrkdwn", "text": text}]})),
]  # fmt: skip


@walked(("rule", "limit", "where", "make"), LIMITS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_text_is_as_long_as_a_provider_takes(
    rule: str, limit: int, where: str, make: Callable[[str], Content]
) -> None:
    assert found(make("é" * limit)) == []
    assert found(make("é" * (limit + 1))) == [f"{rule} {where}: {limit + 1:,} characters"]


FIELD = {"type": "mrkdwn", "text": "Monday"}
COUNTS: list[tuple[str, int, str, Callable[[int], Content]]] = [
    ("discord.embeds", 10, "providers.discord.embeds", lambda count: discord(*[{"title": "a"}] * count)),
    ("discord.fields", 25, f"{EMBED}.fields", lambda count: discord({}, {"fields": [{"name": "a", "value": "b"}] * count})),
    ("slack.blocks", 50, "providers.slack.blocks", lambda count: slack(*[DIVIDER] * count)),
    ("slack.fields", 10, f"{BLOCK}.fields", lambda count: slack(DIVIDER, {"type": "section", "fields": [FIELD] * count})),
    ("slack.actions", 25, f"{BLOCK}.elements", lambda count: slack(DIVIDER, {"type": "actions", "elements": [button(action_id=f"a{at}") for at in range(count)]})),
    ("slack.context", 10, f"{BLOCK}.elements", lambda count: slack(DIVIDER, {"type": "context", "elements": [FIELD] * count})),
]  # fmt: skip


@walked(("rule", "limit", "where", "make"), COUNTS, ids=lambda value: value if isinstance(value, str) else "")
def test_there_are_as_many_as_a_provider_takes(
    rule: str, limit: int, where: str, make: Callable[[int], Content]
) -> None:
    assert found(make(limit)) == []
    assert found(make(limit + 1)) == [f"{rule} {where}: {limit + 1}"]


def embeds(more: str) -> Content:
    """Return embeds whose texts are 6,000 letters, and those of `more`."""
    fields = [
        {"name": "a" * 200, "value": "a" * 1000},
        {"name": "a" * 200, "value": "a" * 600, "inline": True},
    ]
    one = {"title": "a" * 200, "description": "a" * 2600, "url": "https://acme.com", "fields": fields}
    return discord(one, {"footer": {"text": "a" * 1000}, "author": {"name": "a" * 200}, "title": more})


def test_the_texts_of_all_embeds_are_counted_together() -> None:
    assert found(embeds("")) == []
    assert found(embeds("a")) == ["discord.embeds-long providers.discord.embeds: 6,001 characters"]
    assert found(discord({"title": 7, "fields": [{"name": None}]})) == []


def teams(*body: Any, **more: Any) -> Content:
    content = {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}
    return chat(msteams={"attachments": [{"content": {"body": "x"}}, {"content": content}]})


CARD = "providers.msteams.attachments[1].content"


def test_a_message_to_teams() -> None:
    expect(
        (chat(msteams={"text": "a" * 28_660}), []),
        (chat(msteams={"text": "a" * 28_661}), ["teams.size providers.msteams: 28,673 bytes"]),
        (chat(msteams={"text": "é" * 14_331}), ["teams.size providers.msteams: 28,674 bytes"]),
        (chat(msteams={"day": date(2026, 1, 1), "text": "\ud83d"}), []),
        *((teams({"text": "Hi"}, {"text": f"It is{tag} here"}), [f"teams.html {CARD}.body[1].text"]) for tag in ("</b>", "</p>", "</div>", "</strong>", "</a>", "</span>", "</i>", "<br>", "<br />")),
        (teams({"text": "<b>"}, {"text": 7}, {"title": "</b>"}), []),
        (teams({"text": "Hi"}, version=""), [f"teams.empty-card {CARD}"]),
        (teams(), [f"teams.empty-card {CARD}"]),
        (teams(actions=[{"title": "Open"}]), []),
        (teams(version="", actions=[{"title": "Open"}]), [f"teams.empty-card {CARD}"]),
        (teams(type="Other"), []),
        (chat(msteams={"attachments": ["x", {"content": "x"}]}), []),
    )  # fmt: skip


def parameter(text: Any) -> Content:
    body = {"type": "body", "parameters": [{"type": "text", "text": "a"}, {"type": "text", "text": text}]}
    return whatsapp(template={"components": [{"type": "header"}, body]})


PARAMETER = "whatsapp.parameter providers.whatsapp.template.components[1].parameters[1].text"
BUTTONS = ["whatsapp.buttons providers.whatsapp.interactive.action.buttons"]


def replies(*titles: Any) -> Content:
    return whatsapp(interactive={"action": {"buttons": [{"reply": {"title": title}} for title in titles]}})


def test_a_message_to_whatsapp() -> None:
    expect(
        (parameter("a    b"), []),
        (parameter("a     b"), [f"{PARAMETER}: 'a     b'"]),
        (parameter("a\tb"), [f"{PARAMETER}: 'a\\tb'"]),
        (parameter("a\nb"), [f"{PARAMETER}: 'a\\nb'"]),
        (parameter(" "), [f"{PARAMETER}: ' '"]),
        (parameter("\n" + "a" * 90), [f"{PARAMETER}: '\\n{'a' * 77}"]),
        (parameter(7), []),
        (whatsapp(template={"name": "order_2"}), []),
        (whatsapp(template={"name": "a" * 512}), []),
        (whatsapp(template={"name": "a" * 513}), [f"whatsapp.template-name providers.whatsapp.template.name: {'a' * 80}"]),
        (whatsapp(template={"name": ""}), ["whatsapp.template-name providers.whatsapp.template.name"]),
        (whatsapp(template={"name": 7}), []),
        *((whatsapp(template={"language": {"code": code}}), []) for code in ("en", "fil", "en_US", "zh_HKG", 7)),
        *((whatsapp(template={"language": {"code": code}}), [f"whatsapp.language providers.whatsapp.template.language.code: {code[:80]}"]) for code in ("e", "engl", "en-US", "en_us", "en_U", "EN", "x" * 90)),
        (replies("Yes", "No", "a" * 20), []),
        (replies("Yes", "No", "a", "b"), BUTTONS),
        (replies("Yes", "a" * 21), BUTTONS),
        (replies(7), []),
    )  # fmt: skip


def pressed(data: Any) -> Content:
    keys = [
        [{"text": "No", "callback_data": "no"}],
        [{"text": "Open"}, {"text": "Yes", "callback_data": data}],
    ]
    return chat(telegram={"reply_markup": {"inline_keyboard": keys}})


def marked(text: str, mode: str = "MarkdownV2") -> Content:
    return chat(telegram={"text": text, "parse_mode": mode})


CALLBACK = "telegram.callback-data providers.telegram.reply_markup.inline_keyboard"


def test_a_message_to_telegram() -> None:
    expect(
        (pressed("a"), []),
        (pressed("é" * 32), []),
        (pressed("é" * 33), [f"{CALLBACK}: {'é' * 33}"]),
        (pressed("a" * 65), [f"{CALLBACK}: {'a' * 40}"]),
        (pressed(""), [CALLBACK]),
        (pressed("\ud83d"), []),
        (pressed(7), []),
        *((marked(f"Now {sign} later"), [f"telegram.markdown providers.telegram.text: {sign!r}"]) for sign in ".!+={}-"),
        *((marked(f"Now \\{sign} later"), []) for sign in ".!+={}-"),
        (marked("Now!", "Markdown"), []),
        (marked("`a.b` ```\nc.d\n``` [e](https://f.g)"), []),
        (marked("*Now* (_later_)"), []),
    )  # fmt: skip


def test_a_message_to_slack() -> None:
    expect(
        (slack({"type": "section", "text": {"type": "mrkdwn"}}), ["slack.section-empty providers.slack.blocks[0]"]),
        (slack({"type": "section", "fields": [FIELD]}), []),
        (slack({"type": "section", "fields": []}), ["slack.section-empty providers.slack.blocks[0]"]),
        (slack({"type": "context"}), []),
        (slack({"type": "header", "text": {"text": "A"}}), ["slack.header-type providers.slack.blocks[0].text.type: None"]),
        (slack({"type": "header", "text": {"type": "mrkdwn", "text": "A"}}), ["slack.header-type providers.slack.blocks[0].text.type: mrkdwn"]),
        (actions({"type": "button", "text": {"type": "mrkdwn", "text": "A"}}), [f"slack.button-type {BLOCK}.elements[1].text.type"]),
        (actions({"type": "overflow", "text": {"type": "mrkdwn", "text": "A"}}), []),
        (slack({**DIVIDER, "block_id": "a" * 90}, DIVIDER, {**DIVIDER, "block_id": "a" * 90}), [f"slack.block-id-twice providers.slack.blocks[2].block_id: {'a' * 80}"]),
        (slack({**DIVIDER, "block_id": 7}, {**DIVIDER, "block_id": 7}), []),
        (actions(*(button(action_id=name) for name in ("b", "a", "b", "a", "c"))), [f"slack.action-id-twice {BLOCK}: a, b"]),
        (actions(*(button(action_id="a" * 90) for _ in range(2))), [f"slack.action-id-twice {BLOCK}: {'a' * 80}"]),
        (actions(button(), button(action_id=7), button(action_id=7)), []),
        (slack(DIVIDER, image()), [f"slack.image-alt {BLOCK}"]),
        (slack(DIVIDER, image(alt_text="")), []),
        (slack(DIVIDER, {"type": "context", "elements": [FIELD, image()]}), [f"slack.image-alt {BLOCK}.elements[1]"]),
        (slack(DIVIDER, {**section("Hi"), "accessory": image()}), [f"slack.image-alt {BLOCK}.accessory"]),
        (slack(DIVIDER, image(alt_text="A", image_url="/" + "a" * 90)), [f"slack.image-url {BLOCK}: /{'a' * 79}"]),
        (slack(DIVIDER, {"type": "context", "elements": [image(alt_text="A", image_url="a.png")]}), [f"slack.image-url {BLOCK}.elements[0]: a.png"]),
        *((slack(image(alt_text="A", image_url=url)), []) for url in ("http://acme.com/a.png", "https://acme.com/a.png", 7)),
        (slack({"type": "video", "image_url": "/a.png"}), []),
        *((slack(DIVIDER, section(text)), [f"slack.markdown {BLOCK}.text: {said}"]) for text, said in (
            ("It **is** here", "**is**"), ("See [it](https://acme.com)", "[it](https://"), (f"**{'a' * 90}**", f"**{'a' * 78}"))),
        *((slack(section(text)), []) for text in ("2 ** 3 ** 4", "a**b**", "** a**", "[it](acme)", "**a\nb**")),
        (slack(DIVIDER, {"type": "section", "text": {"type": "plain_text", "text": "**a**"}}), []),
        (slack(DIVIDER, {"type": "section", "text": {"type": "mrkdwn", "text": 7}}, section("**a**")), ["slack.markdown providers.slack.blocks[2].text: **a**"]),
        (chat("", slack={"blocks": [DIVIDER]}), ["slack.fallback providers.slack"]),
        (chat("Hi", slack={"blocks": [DIVIDER]}), []),
        (chat("", slack={"blocks": [DIVIDER], "text": "Hi"}), []),
        (chat("", slack={"blocks": ["x"]}), []),
        (slack(DIVIDER, {"type": "p" * 90}), [f"slack.unknown-block {BLOCK}: {'p' * 80}"]),
        (slack(DIVIDER, {}), [f"slack.unknown-block {BLOCK}: None"]),
    )  # fmt: skip


KINDS = ["actions", "alert", "call", "card", "carousel", "context", "context_actions", "data_table", "divider", "file", "header", "image", "input",
    "markdown", "plan", "rich_text", "section", "share_shortcut", "table", "task_card", "video"]  # fmt: skip


def test_a_block_that_slack_has_is_known() -> None:
    assert hits(slack(*({"type": kind} for kind in KINDS)), "slack.unknown-block") == []
