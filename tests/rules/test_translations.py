"""Layouts and translations, where the workflows of a bridge meet them: Novu sends what the bridge answered."""

from __future__ import annotations

import pytest

from tests.rules import Source, rule

_SEND = "apps/worker/src/app/workflow/usecases/send-message"
EMAIL = Source(f"{_SEND}/send-message-email.usecase.ts", "943f64b")
SMS = Source(f"{_SEND}/send-message-sms.usecase.ts", "06a7305")
PUSH = Source(f"{_SEND}/send-message-push.usecase.ts", "943f64b")
CHAT = Source(f"{_SEND}/send-message-chat.usecase.ts", "b46a637")
IN_APP = Source(f"{_SEND}/send-message-in-app.usecase.ts", "015bfcd")

ANN = {
    "subscriberId": "ann",
    "email": "ann@acme.test",
    "phone": "+1",
    "channels": [{"providerId": "fcm", "credentials": {"deviceTokens": ["t"]}}],
}
KEYED = {"subject": "{{t.greeting}}", "body": "<p>{{t.mail.body}}</p>"}


@rule(
    "translations.email-as-answered",
    "An email is sent as the bridge answered it, its `{{t.key}}` included.",
    EMAIL,
)
@rule(
    "translations.sms-as-answered", "A text is sent as the bridge answered it, its `{{t.key}}` included.", SMS
)
@rule(
    "translations.push-as-answered",
    "A push is sent as the bridge answered it, its `{{t.key}}` included.",
    PUSH,
)
@rule(
    "translations.chat-as-answered",
    "A chat is sent as the bridge answered it, its `{{t.key}}` included.",
    CHAT,
)
@rule(
    "translations.in-app-as-answered",
    "An in-app message is as the bridge answered it, its `{{t.key}}` included.",
    IN_APP,
)
@pytest.mark.parametrize("locale", [None, "de_AT"])
@pytest.mark.parametrize("channel", ["email", "sms", "push", "chat", "in_app"])
def test_what_a_bridge_answers_is_sent_untranslated(served, channel, locale):
    sim = served("w", (channel, "send", KEYED))
    (message,) = sim.trigger("w", {**ANN, "locale": locale}).run.messages
    assert (message.subject, message.body) == ("{{t.greeting}}", "<p>{{t.mail.body}}</p>")


@rule(
    "translations.layout-override",
    "A layout that a trigger names does not change an email that a bridge answered, whether it exists or not.",
    EMAIL,
)
@pytest.mark.parametrize(
    "overrides",
    [
        {"layoutIdentifier": "news"},
        {"layoutIdentifier": "no-such-layout"},
        {"channels": {"email": {"layoutId": "news"}}},
        {"channels": {"email": {"layoutId": None}}},
        {"steps": {"mail": {"layoutId": "news"}}},
        {"steps": {"mail": {"layoutId": None}}, "layoutIdentifier": "news"},
    ],
)
def test_a_layout_does_nothing_to_what_a_bridge_answered(served, overrides):
    sim = served("w", ("email", "mail", {"subject": "Hi", "body": "<p>Hi</p>"}))
    run = sim.trigger("w", ANN, overrides=overrides).run
    assert (run.step("mail").status, run.messages[0].body) == ("completed", "<p>Hi</p>")
