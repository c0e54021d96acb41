"""A place in words, for who reads no markup."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.checks.content import Content
from novu_framework_testing.checks.places import words_of

SLACK = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Order* <https://a.test|4711>"}}]}
TELEGRAM = {"reply_markup": {"inline_keyboard": [[{"text": "Pay", "url": "https://a.test"}, {"text": "Later", "callback_data": "x"}, {"text": "Only words"}]]}}  # fmt: skip
TEAMS = {"attachments": [{"content": {"body": [{"type": "Image", "alt_text": "Map"}, {"type": "TextBlock", "text": "Hi"}], "actions": [{"type": "Action.OpenUrl", "title": "Go"}]}}]}  # fmt: skip


def words(html: str, tag: str) -> str:
    element = next(each for each in parsed(html).elements if each.tag == tag)
    return words_of(element, Content("email", {"body": html}))


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
