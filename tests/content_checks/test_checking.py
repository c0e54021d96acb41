"""What is found, what is not, and what settings change."""

from __future__ import annotations

import pytest

from novu_framework_testing.checks import CheckSettings, Content, SetAside, check_content
from novu_framework_testing.checks.content import email
from tests.tables import walked


def rules(content, **settings):
    return [finding.rule for finding in check_content(content, CheckSettings(**settings))]


def test_a_finding_says_what_where_for_whom_and_what_to_do():
    content = Content("email", email('<p\n><a href="/orders">Orders</a></p>').content, {}, "shipped", "mail")
    (finding,) = check_content(content)
    assert (finding.rule, finding.level, finding.workflow_id, finding.step_id) == (
        "link.relative",
        "error",
        "shipped",
        "mail",
    )
    assert finding.where == 'body, line 2: <a href="/orders">'
    assert str(finding) == (
        'error link.relative: shipped/mail, body, line 2: <a href="/orders">: A link is relative: a message has no address that it '
        "could be relative to.\n    Write the whole address, with https:// and the host."
    )


BUTTON = 'style="background:#036;padding:8px 16px"'


@walked(
    ("content", "words"),
    [
        (email(f'<a href="" {BUTTON}><b>Pay</b> now</a>'), "“Pay now” (button)"),
        (email('<a class="btn" href="">Pay now</a>'), "“Pay now” (button)"),
        (email('<p>Read <a href="">the terms</a></p>'), "“the terms” (link)"),
        (email('<p>Read <a href=""><img src="https://acme.com/a.png" alt="Acme" width="8"></a></p>'), "“Acme” (link)"),
        (email('<div>Our offers <img src="https://acme.com/may.png?v=1" width="8"></div>'), "the picture may.png, beside “Our offers”"),
        (email("<p>Hello undefined</p>"), "“Hello undefined” (text)"),
        (email(f"<h2>Hello undefined! {'And so on. ' * 20}</h2>"), "“Hello undefined! And so on. And so on. And so on. And so on…” (heading)"),
        (email("", whole='<style>p { color: red }</style><title>Acme</title><script>1</script><p>Hi</p><a href=""></a>'), "a link without words, beside “Hi”"),
        (email("", subject=""), "the subject"),
        (email("", whole='<html dir="ltr"><head><title>A</title></head><body><p>Hi</p></body></html>'), "the whole email"),
        (email('<a href="https://ann:secret@acme.com">https://ann:secret@acme.com</a>'), "a link"),
        (email("<p>See https://ann:secret@acme.com</p>"), "a link"),
        (email("", head="<style>p { display: flex }</style>"), "the styles of the email"),
        (Content("sms", {"body": "Hello undefined"}), "the text"),
        (Content("in_app", {"body": "Hi", "primaryAction": {"label": " "}}), "the first button"),
        (Content("chat", {"body": "Hi"}, {"slack": {"blocks": [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}, "url": "http://localhost/a"}]}]}}), "Slack: “Open” (button)"),
        (Content("chat", {"body": "Hi"}, {"slack": {"text": "See https://ann:secret@acme.com"}}), "Slack: “See https://…”"),
        (Content("chat", {"body": "Hi"}, {"slack": {"text": "See http://localhost/a"}}), "Slack: “See http://localhost/a”"),
        (Content("chat", {"body": "Hi"}, {"msteams": {"attachments": [{"content": {"actions": [{"type": "Action.OpenUrl", "title": "Open", "url": "http://localhost/a"}]}}]}}), "Microsoft Teams: “Open” (button)"),
        (Content("chat", {"body": "Hi"}, {"slack": {"text": "See <http://localhost/a|the order>"}}), "Slack: “See the order”"),
        (Content("chat", {"body": "Hi"}, {"telegram": {"text": "See <a href='http://localhost/a'>it</a>, [too](http://localhost)"}}), "Telegram: “See it, too”"),
        (Content("push", {"body": "Hi"}, {"fcm": {"data": {"count": 3}}}), "the message to Firebase"),
    ],
)  # fmt: skip
def test_a_place_is_also_said_in_words(content, words):
    assert check_content(content)[0].words == words


def test_marks_of_letters_are_not_counted_as_letters():
    pointed = email(
        "", whole='<html lang="he"><head><title>A</title></head><body><p>שָׁלוֹם לְכֻלָּם, בְּרוּכִים</p></body></html>'
    )
    (finding,) = [one for one in check_content(pointed) if one.rule == "accessibility.direction"]
    assert finding.detail == "14 of 14 letters"


def test_errors_come_first_and_the_same_place_is_said_once():
    body = '<img src="https://acme.com/a.png" width="8"><p>Hello undefined, undefined</p>'
    assert rules(email(body)) == ["personalisation.undefined", "image.alt-missing"]


def test_a_rule_names_no_more_places_than_one_reads():
    links = "".join(f'<p><a href="/orders/{number}">Orders</a></p>' for number in range(500))
    assert len(check_content(email(links))) == 20


def test_notes_are_found_when_they_are_asked_for():
    content = email('<p style="border-radius:8px">A</p>')
    assert rules(content) == []
    assert rules(content, level="note") == ["client.css-border-radius"]


def test_only_the_chosen_clients_count():
    content = email('<p style="display:flex">A</p>')
    (finding,) = check_content(content)
    assert finding.clients == ("Outlook (Windows)",)
    assert rules(content, clients=("gmail", "apple-mail")) == []


def test_a_rule_is_set_aside_for_a_workflow_with_a_reason():
    content = Content("sms", {"body": "undefined"}, workflow_id="welcome")
    aside = SetAside("personalisation.*", "the word is the message", workflow="welcome")
    assert rules(content, ignore=(aside,)) == []
    assert rules(Content("sms", {"body": "undefined"}, workflow_id="other"), ignore=(aside,)) == [
        "personalisation.undefined"
    ]


def test_a_level_can_be_changed():
    content = email('<p><a href="http://acme.com">Acme</a></p>')
    (finding,) = check_content(content, CheckSettings(levels={"link.http": "error"}))
    assert finding.level == "error"
    assert rules(content, levels={"link.http": "note"}) == []


@walked(
    ("table", "says"),
    [
        ({"client": ["gmail"]}, r"has client: it takes clients"),
        ({"clients": ["gmial"]}, r"no mail client 'gmial'"),
        ({"level": "loud"}, r"no level 'loud'"),
        ({"levels": {"link.htp": "note"}}, r"no rule 'link.htp'. There are link"),
        ({"ignore": [{"rule": "link.http", "why": " "}]}, r"Say why the rule link.http"),
        ({"ignore": [{"rule": "link.http"}]}, r"`rule` and `why`"),
        ({"ignore": ["link.http"]}, r"`rule` and `why`"),
        ({"ignore": [{"rule": "link.http", "why": 3}]}, r"Say why the rule link.http"),
        ({"levels": ["link.http"]}, r"levels is a table"),
        ({"clients": "gmail"}, r"clients is a list"),
    ],
)
def test_settings_that_are_wrong_are_refused_in_words(table, says):
    with pytest.raises(ValueError, match=says):
        CheckSettings.of(table)
