"""A place in words, for who reads no markup."""

from __future__ import annotations

from typing import Any

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.checks.content import Content
from novu_framework_testing.checks.places import words_of
from tests.tables import walked

SLACK = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Order* <https://a.test|4711>"}}]}
TELEGRAM = {"reply_markup": {"inline_keyboard": [[{"text": "Pay", "url": "https://a.test"}, {"text": "Later", "callback_data": "x"}, {"text": "Only words"}]]}}  # fmt: skip
TEAMS = {"attachments": [{"content": {"body": [{"type": "Image", "alt_text": "Map"}, {"type": "TextBlock", "text": "Hi"}], "actions": [{"type": "Action.OpenUrl", "title": "Go"}]}}]}  # fmt: skip


def words(html: str, tag: str) -> str:
    element = next(each for each in parsed(html).elements if each.tag == tag)
    return words_of(element, Content("email", {"body": html}))


@walked(
    ("html", "tag", "said"),
    [
        ("<p>Your <b>or</b>der is here</p>", "p", "“Your order is here” (text)"),
        ("<td><p>One</p><p>Two</p></td>", "td", "“One Two” (text)"),
        ("<td>One<br>Two<code>!</code><i>x</i></td>", "td", "“One Two!x” (text)"),
        ("<h2>News</h2>", "h2", "“News” (heading)"),
        ("<ul><li>First</li></ul>", "li", "“First” (entry of a list)"),
        ("<a href='/x'>Pay</a>", "a", "“Pay” (link)"),
        ("<a href='/x' style='padding:9px;background:#000'>Pay</a>", "a", "“Pay” (button)"),
        ("<a href='/x' style='padding-left:9px;background-color:#000'>Pay</a>", "a", "“Pay” (button)"),
        ("<a href='/x' style='padding:9px;color:#000'>Pay</a>", "a", "“Pay” (link)"),
        ("<a href='/x' style='background:#000'>Pay</a>", "a", "“Pay” (link)"),
        ("<a href='/x' role='button'>Pay</a>", "a", "“Pay” (button)"),
        ("<a href='/x' class='main-CTA'>Pay</a>", "a", "“Pay” (button)"),
        ("<a href='/x' aria-label='Pay now'><img src='/p.png'></a>", "a", "“Pay now” (link)"),
        ("<p aria-label='Pay now'>Hi</p>", "p", "“Hi” (text)"),
        ("<img alt='Map' src='/m.png'>", "img", "“Map” (picture)"),
        ("<p>Below</p><img src='https://a.test/m.png?size=2'>", "img", "the picture m.png, beside “Below”"),
        ("<img src='https://a.test/m'>", "img", "a picture without words"),
        ("<p>See <a href='/x'></a> here</p>", "a", "a link without words, beside “See here”"),
        ("<td><a href='/x'><img alt='Map' src='/m.png'></a></td>", "a", "“Map” (link)"),
        ("<td><style>p{color:red}</style><p>Hi</p></td>", "td", "“Hi” (text)"),
        (f"<p>{'word ' * 20}</p>", "p", f"“{('word ' * 12)[:59].rstrip()}…” (text)"),
        ("<style>p{color:red}</style><p>x</p>", "style", "the styles of the email"),
        ("<html><head><title>Hi</title></head><body>x</body></html>", "title", "the whole email"),
        ("<input type='text'>", "input", "a field of a form without words"),
    ],
)  # fmt: skip
def test_an_element_is_what_is_read_there(html: str, tag: str, said: str) -> None:
    assert words(html, tag) == said


@walked(
    ("place", "said"),
    [
        ("subject", "the subject"),
        ("primaryAction.url", "the first button"),
        ("body, line 3: <p>", "the whole email"),
        ("body, style, line 2: @import", "the styles of the email"),
        ("body, what Outlook shows, line 2", "the part that only Outlook for Windows shows"),
        ("body, line 3: a link of <https://a.test>", "a link"),
        ("providers.slack.blocks[0].text.text", "Slack: “*Order* 4711”"),
        ("providers.telegram.reply_markup.inline_keyboard[0][0].url", "Telegram: “Pay” (button)"),
        ("providers.telegram.reply_markup.inline_keyboard[0][1].text", "Telegram: “Later” (button)"),
        ("providers.telegram.reply_markup.inline_keyboard[0][2].text", "Telegram: “Only words”"),
        ("providers.msteams.attachments[0].content.body[0].url", "Microsoft Teams: “Map” (picture)"),
        ("providers.msteams.attachments[0].content.body[1].text", "Microsoft Teams: “Hi”"),
        ("providers.msteams.attachments[0].content.actions[0].url", "Microsoft Teams: “Go” (button)"),
        ("providers.fcm.data.x", "the message to Firebase"),
    ],
)
def test_a_place_in_an_output_is_named(place: str, said: str) -> None:
    providers: dict[str, Any] = {"slack": SLACK, "telegram": TELEGRAM, "msteams": TEAMS, "fcm": {"data": {}}}
    assert words_of(place, Content("email", {"body": "<p>Hi</p>"}, providers)) == said


def test_what_has_no_name_is_the_text_of_a_channel_without_html() -> None:
    assert words_of("body, line 1", Content("sms", {"body": "Hi"})) == "the text"


TAGS = {
    "link": "area", "heading": "h1 h2 h3 h4 h5 h6", "field of a form": "select textarea", "entry of a list": "li dt dd", "button": "button", "picture": "svg",
    "table": "table", "video": "video", "sound": "audio", "text": "p b section",
}  # fmt: skip


@walked("kind", TAGS)
def test_an_element_is_called_what_it_is(kind: str) -> None:
    for tag in TAGS[kind].split():
        assert words(f"<{tag}>Hi</{tag}>", tag) == (f"“Hi” ({kind})" if tag != "area" else "a link without words, beside “Hi”")  # fmt: skip
        assert words(f"<{tag}></{tag}>", tag) == f"a {kind} without words"


OUTPUTS = {
    "subject": "the subject", "preheader": "the preview line in the inbox", "replyTo": "the address that answers go to", "from": "the sender's address",
    "avatar": "the picture beside the message", "primaryAction": "the first button", "secondaryAction": "the second button",
    "redirect": "where a click on the message leads", "headers": "what mail programs read and nobody sees", "data": "data that only the app reads", "card": "the card",
}  # fmt: skip
NAMES = {
    "msteams": "Microsoft Teams", "whatsapp": "WhatsApp", "whatsapp-business": "WhatsApp", "apns": "Apple", "fcm": "Firebase", "one-signal": "OneSignal",
    "rocket-chat": "Rocket.Chat", "sendgrid": "SendGrid", "mail-jet": "Mail jet",
}  # fmt: skip


def test_outputs_and_providers_are_called_as_people_call_them() -> None:
    message = Content("sms", {}, {name: {} for name in NAMES})
    for end in ("", ".a", "[0]", ", line 1"):
        assert {name: words_of(f"{name}{end}", message) for name in OUTPUTS} == OUTPUTS
    assert {name: words_of(f"providers.{name}.a", message) for name in NAMES} == {
        name: f"the message to {said}" for name, said in NAMES.items()
    }


@walked("tag", ["html", "body", "head", "title", "meta", "base", "style", "link"])
def test_what_is_of_no_place_is_the_whole_email_or_its_styles(tag: str) -> None:
    of_styles = tag in ("style", "link")
    assert words(f"<{tag}>Hi", tag) == ("the styles of the email" if of_styles else "the whole email")


ELEMENTS: list[tuple[str, str, str]] = [
    (f"<p>{'a' * 60}</p>", "p", f"“{'a' * 60}” (text)"),
    (f"<p>{'a' * 61}</p>", "p", f"“{'a' * 59}…” (text)"),
    (f"<p>{'a' * 58} b c</p>", "p", f"“{'a' * 58}…” (text)"),
    (f"<p>{' ' * 180}a<b>b</b></p>", "p", "“a” (text)"),
    (f"<p>{' ' * 179}a<b>b</b></p>", "p", "“ab” (text)"),
    ("<p>See https://ann:x@a.b</p>", "p", "“See https://…” (text)"),
    (f"<img src='/a/{'b' * 70}.png?c/d'>", "img", f"the picture {'b' * 60}"),
    ("<img src='a.b/c'>", "img", "a picture without words"),
    ("<td src='a.png'></td>", "td", "a text without words"),
    ("<div>A<p></p></div>", "p", "a text without words, beside “A”"),
    *((f"<td>A<{tag}>B</{tag}>C</td>", "td", "“ABC” (text)") for tag in ("b", "i", "em", "strong", "span", "a", "u", "font", "code")),
    *((f"<td>A<{tag}>B</{tag}></td>", "td", "“A B” (text)") for tag in ("p", "small", "div")),
    ("<td>A<img alt='B'>C</td>", "td", "“A B C” (text)"),
    ("<td><p>A<b>B</b>C</p></td>", "td", "“ABC” (text)"),
    ("<td>A<script>b</script><title>c</title></td>", "td", "“A” (text)"),
    ("<td alt='A' aria-label='B'>C</td>", "td", "“C” (text)"),
    *((f"<a class='{name}'>A</a>", "a", "“A” (button)") for name in ("btn", "myBTN-1", "a button", "a-cta", "CTA")),
    *((f"<a class='{name}'>A</a>", "a", "“A” (link)") for name in ("nav", "acta")),
    ("<p class='btn'>A</p>", "p", "“A” (text)"),
    ("<a role='link'>A</a>", "a", "“A” (link)"),
]  # fmt: skip


def test_of_an_element_its_first_words_are_shown() -> None:
    assert [words(html, tag) for html, tag, _ in ELEMENTS] == [said for *_, said in ELEMENTS]


NEAREST: list[tuple[Any, str, str]] = [
    *(({name: "Hi", "x": 1}, "x", "“Hi”") for name in ("text", "title", "label", "display_text", "alt_text", "reply", "name", "description", "content", "body")),
    ({"text": "A", "title": "B", "x": 1}, "x", "“A”"),
    ({"text": " ", "title": "B", "x": 1}, "x", "“B”"),
    ({"text": {"text": "A", "title": "B"}, "x": 1}, "x", "“A”"),
    ({"reply": {"title": "B"}, "x": 1}, "x", "“B”"),
    ({"text": {"a": "A"}, "title": 7, "x": 1}, "x", ""),
    *(({"text": "A", "type": kind}, "type", f"“A” ({shape})") for kind, shape in (
        ("button", "button"), ("Action.OpenUrl", "button"), ("Action.Submit", "button"), ("image", "picture"), ("header", "heading"), ("LINK", "link"))),
    *(({"text": "A", "sub_type": "button"}, path, "“A” (button)") for path in ("sub_type", "other")),
    *(({"text": "A", name: "b"}, name, "“A” (button)") for name in ("url", "callback_data")),
    ({"text": "A", "type": "section", "b": {"c": [{"d": 1}]}}, "b.c[0].d", "“A”"),
    ({"text": "A", "b": [{"text": "B"}, {"text": "C"}]}, "b[1].text", "“C”"),
    ({"text": "A", "b": [{"text": "B"}]}, "b[1].text", "“A”"),
    ({"text": "A", "b": [{"text": "B"}]}, "b.x.text", "“A”"),
    ({"text": "A", "b": ({"text": "B"},)}, "b[0].text", "“B”"),
    ({"text": "<https://a.b|it> <b>now</b> [see](https://a.b)"}, "text", "“it now see”"),
]  # fmt: skip


def test_of_a_providers_data_the_nearest_words_are_shown() -> None:
    found = [
        words_of(f"providers.slack.{path}", Content("chat", {}, {"slack": data})) for data, path, _ in NEAREST
    ]
    assert found == [f"Slack: {said}" if said else "the message to Slack" for *_, said in NEAREST]
