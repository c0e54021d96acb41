"""What a trigger's overrides change: addresses, contents, the data for providers, the integration, the severity."""

from __future__ import annotations

import pytest

from novu_framework_testing import BridgeAnswer
from tests.rules import Source, rule
from tests.rules.novu_api import NovuApi

_SEND = "apps/worker/src/app/workflow/usecases/send-message"
BOUND = Source(
    "apps/worker/src/app/workflow/usecases/subscriber-job-bound/subscriber-job-bound.usecase.ts", "943f64b"
)
BASE = Source(f"{_SEND}/send-message.base.ts", "943f64b")
EMAIL = Source(f"{_SEND}/send-message-email.usecase.ts", "943f64b")
SMS = Source(f"{_SEND}/send-message-sms.usecase.ts", "06a7305")
PUSH = Source(f"{_SEND}/send-message-push.usecase.ts", "943f64b")
CHAT = Source(f"{_SEND}/send-message-chat.usecase.ts", "b46a637")
CHAT_SPEC = Source(f"{_SEND}/send-message-chat.usecase.spec.ts", "aca862a")
TOOL = Source(f"{_SEND}/send-message-tool.usecase.ts", "09195c8")
SEND = Source(f"{_SEND}/send-message.usecase.ts", "00a299e")
TRIGGER_E2E = Source("apps/api/src/app/events/e2e/trigger-event.e2e.ts", "943f64b")

MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+1"}


def first(sim, to=ANN, **options):
    (message,) = sim.trigger("w", to, **options).run.messages
    return message


# --- email -------------------------------------------------------------------------------------------------


@rule(
    "overrides.email-recipient", "`email.toRecipient` is sent to in place of the subscriber's address.", EMAIL
)
@rule("overrides.email-to", "`email.to` is sent to beside it, each address once.", EMAIL)
@pytest.mark.parametrize(
    ("email", "to"),
    [
        ({}, "ann@acme.test"),
        ({"toRecipient": "x@acme.test"}, "x@acme.test"),
        ({"toRecipient": ""}, "ann@acme.test"),
        ({"to": ["x@acme.test"]}, ["ann@acme.test", "x@acme.test"]),
        ({"to": ["ann@acme.test"]}, "ann@acme.test"),
        (
            {"to": ["x@acme.test", "x@acme.test", "y@acme.test"]},
            ["ann@acme.test", "x@acme.test", "y@acme.test"],
        ),
        ({"toRecipient": "x@acme.test", "to": ["y@acme.test"]}, ["x@acme.test", "y@acme.test"]),
    ],
)
def test_an_email_may_go_to_others(served, email, to):
    assert first(served("w", ("email", "mail", MAIL)), overrides={"email": email}).to == to


@rule(
    "overrides.email-to-needs-an-address",
    "`email.to` alone reaches nobody: the subscriber needs an address.",
    EMAIL,
)
@pytest.mark.parametrize(
    ("email", "status"),
    [({"to": ["x@acme.test"]}, "skipped"), ({"toRecipient": "x@acme.test"}, "completed"), ({}, "skipped")],
)
def test_who_has_no_address_needs_a_recipient(served, email, status):
    run = served("w", ("email", "mail", MAIL)).trigger("w", "bob", overrides={"email": email}).run
    assert run.step("mail").status == status


@rule(
    "overrides.email-envelope",
    "The sender, answers, copies, text, headers and custom data of an email come from overrides.",
    EMAIL,
)
@rule("overrides.email-of-provider", "What is said of the provider wins over what is said of email.", EMAIL)
@pytest.mark.parametrize(
    ("overrides", "envelope"),
    [
        ({}, {"from": "team@acme.test", "senderName": "Acme"}),
        ({"email": {"from": "x@acme.test"}}, {"from": "x@acme.test", "senderName": "Acme"}),
        ({"email": {"senderName": "X"}}, {"from": "team@acme.test", "senderName": "X"}),
        (
            {"email": {"from": "x@acme.test"}, "sendgrid": {"from": "y@acme.test"}},
            {"from": "y@acme.test", "senderName": "Acme"},
        ),
        ({"mailgun": {"from": "x@acme.test"}}, {"from": "team@acme.test", "senderName": "Acme"}),
    ],
)
def test_the_sender_of_an_email(served, overrides, envelope):
    sim = served("w", ("email", "mail", MAIL))
    sim.integrations.add("sendgrid", credentials={"from": "team@acme.test", "senderName": "Acme"})
    assert first(sim, overrides=overrides).envelope == envelope


@pytest.mark.parametrize(
    "said",
    [
        {"replyTo": "help@acme.test"},
        {"cc": ["x@acme.test"], "bcc": ["y@acme.test"]},
        {"headers": {"X-A": "1"}, "customData": {"a": 1}},
        {"text": "Hi", "ipPoolName": "bulk"},
    ],
)
@rule(
    "overrides.email-envelope",
    "The sender, answers, copies, text, headers and custom data of an email come from overrides.",
    EMAIL,
)
def test_what_overrides_add_to_an_email(served, said):
    assert first(served("w", ("email", "mail", MAIL)), overrides={"email": said}).envelope == said


@rule("overrides.email-reply-to-of-email", "`replyTo` is read from `email` only.", EMAIL)
def test_an_answer_address_is_read_from_email_only(served):
    sim = served("w", ("email", "mail", MAIL))
    assert first(sim, overrides={"novu-email": {"replyTo": "x@acme.test"}}).envelope == {}


@rule(
    "overrides.email-bridge-sender",
    "The sender that the step answers wins over the integration's, and loses to an override.",
    EMAIL,
)
@pytest.mark.parametrize(
    ("overrides", "sender"),
    [
        ({}, ("step@acme.test", "Step")),
        ({"email": {"from": "x@acme.test"}}, ("x@acme.test", "Step")),
        ({"email": {"senderName": "X"}}, ("step@acme.test", "X")),
    ],
)
def test_the_sender_that_a_step_answers(served, overrides, sender):
    sim = served("w", ("email", "mail", {**MAIL, "from": {"email": "step@acme.test", "name": "Step"}}))
    sim.integrations.add("sendgrid", credentials={"from": "team@acme.test"})
    envelope = first(sim, overrides=overrides).envelope
    assert (envelope["from"], envelope["senderName"]) == sender


@rule(
    "overrides.email-content",
    "`subject`, `html` and `text` of an email replace what the step answered.",
    EMAIL,
)
@pytest.mark.parametrize(
    ("email", "content"),
    [
        ({"subject": "Other"}, ("Other", "<p>Hi</p>")),
        ({"html": "<b>Other</b>"}, ("Hi", "<b>Other</b>")),
        ({"text": "Other"}, ("Hi", "Other")),
        ({"html": "<b>1</b>", "text": "2"}, ("Hi", "<b>1</b>")),
        ({"body": "Other"}, ("Hi", "<p>Hi</p>")),
    ],
)
def test_an_override_replaces_the_content_of_an_email(served, email, content):
    sim = served("w", ("email", "mail", MAIL))
    message = first(sim, overrides={"email": email})
    assert (message.subject, message.body) == content
    assert sim.triggers[0].run.step("mail").outputs == MAIL
    assert NovuApi(sim)("GET", "/v1/messages")[1]["data"][0]["subject"] == "Hi"


# --- sms, push, tool -----------------------------------------------------------------------------------------


@rule(
    "overrides.sms",
    "`sms.to` and `sms.from` replace the number and the sender, of a subscriber who has a number.",
    SMS,
)
@rule("overrides.sms-content", "`sms.content` does not replace what the step answered.", SMS)
@pytest.mark.parametrize(
    ("sms", "to", "envelope"),
    [
        ({}, "+1", {"from": "+100"}),
        ({"to": "+2"}, "+2", {"from": "+100"}),
        ({"from": "+200"}, "+1", {"from": "+200"}),
        ({"content": "Other"}, "+1", {"from": "+100"}),
        ({"customData": {"a": 1}}, "+1", {"from": "+100", "customData": {"a": 1}}),
    ],
)
def test_what_overrides_change_of_a_text(served, sms, to, envelope):
    sim = served("w", ("sms", "text", {"body": "Hi"}))
    sim.integrations.add("twilio", credentials={"from": "+100"})
    message = first(sim, overrides={"sms": sms})
    assert (message.to, message.envelope, message.body) == (to, envelope, "Hi")


@rule("overrides.sms-to-shown", "`sms.to` is the provider's alone: the message shows its own number.", SMS)
@pytest.mark.parametrize(
    ("payload", "sms", "shown", "to"),
    [
        ({}, {}, "+1", "+1"),
        ({}, {"to": "+2"}, "+1", "+2"),
        ({"phone": "+9"}, {"to": "+2"}, "+9", "+2"),
        ({"phone": "+9"}, {}, "+9", "+9"),
    ],
)
def test_a_message_shows_its_own_number(served, payload, sms, shown, to):
    sim = served("w", ("sms", "text", {"body": "Hi"}))
    message = first(sim, payload=payload, overrides={"sms": sms})
    sim.subscribers.upsert(message.subscriber_id, phone="+7")
    (listed,) = NovuApi(sim)("GET", "/v1/messages").body["data"]
    assert (listed["phone"], message.to) == (shown, to)


@rule("overrides.sms-to-needs-a-number", "`sms.to` alone reaches nobody: the subscriber needs a number.", SMS)
def test_a_number_of_an_override_alone_reaches_nobody(served):
    run = (
        served("w", ("sms", "text", {"body": "Hi"})).trigger("w", "bob", overrides={"sms": {"to": "+2"}}).run
    )
    assert run.step("text").status == "skipped"


@rule("overrides.push-tokens", "The `deviceTokens` of a provider replace the subscriber's.", PUSH)
@rule(
    "overrides.push-fcm-tokens",
    "FCM reaches the `tokens` or the `topic` of an override where the subscriber has none of FCM.",
    PUSH,
)
@pytest.mark.parametrize(
    ("tokens", "overrides", "went_to"),
    [
        (["d1"], {"fcm": {"deviceTokens": ["d2"]}}, [["d2"]]),
        (["d1"], {"fcm": {"deviceTokens": ["d2", "d3"]}}, [["d2"], ["d3"]]),
        (["d1"], {"expo": {"deviceTokens": ["d2"]}}, [["d1"]]),
        (["d1"], {"push": {"deviceTokens": ["d2"]}}, [["d1"]]),
        (None, {"fcm": {"deviceTokens": ["d2"]}}, []),
        (None, {"providers": {"fcm": {"tokens": ["d2", "d3"]}}}, [["d2"], ["d3"]]),
        (None, {"steps": {"send": {"providers": {"fcm": {"tokens": ["d2"]}}}}}, [["d2"]]),
        (None, {"providers": {"fcm": {"topic": "news"}}}, [None]),
        (None, {"providers": {"expo": {"tokens": ["d2"]}}}, []),
        (["d1"], {"providers": {"fcm": {"tokens": ["d2"]}}}, [["d1"]]),
    ],
)
def test_where_a_push_goes(served, tokens, overrides, went_to):
    channels = [] if tokens is None else [{"providerId": "fcm", "credentials": {"deviceTokens": tokens}}]
    sim = served("w", ("push", "send", MAIL))
    run = sim.trigger("w", {"subscriberId": "ann", "channels": channels}, overrides=overrides).run
    assert [one.to for one in run.messages] == went_to
    assert run.step("send").status == ("completed" if went_to else "skipped")


@rule("overrides.tool-content", "`content` of a tool step's overrides replaces what the step answered.", TOOL)
@pytest.mark.parametrize("overrides", [{"tool": {"content": "Other"}}, {"grafana": {"content": "Other"}}])
def test_an_override_replaces_the_content_of_a_tool_step(served, overrides):
    sim = served("w", ("tool", "page", {"body": "Hi"}))
    sim.integrations.add("grafana")
    assert first(sim, overrides=overrides).body == "Other"


# --- chat ------------------------------------------------------------------------------------------------------


@rule(
    "overrides.chat-webhook",
    "The `webhookUrl` of a provider's overrides comes before the payload's and the subscriber's.",
    CHAT,
)
@pytest.mark.parametrize(
    ("answered", "overrides", "payload", "to"),
    [
        ({}, {"providers": {"slack": {"webhookUrl": "u2"}}}, {}, "u2"),
        ({}, {"steps": {"chat": {"providers": {"slack": {"webhookUrl": "u2"}}}}}, {}, "u2"),
        ({}, {"steps": {"other": {"providers": {"slack": {"webhookUrl": "u2"}}}}}, {}, "u1"),
        ({}, {"slack": {"webhookUrl": "u2"}}, {}, "u2"),
        ({}, {"chat": {"webhookUrl": "u2"}}, {}, "u2"),
        ({}, {"discord": {"webhookUrl": "u2"}}, {}, "u1"),
        ({"slack": {"webhookUrl": "u3"}}, {}, {"webhookUrl": "u4"}, "u3"),
        ({"slack": {"webhookUrl": "u3"}}, {"providers": {"slack": {"webhookUrl": "u2"}}}, {}, "u2"),
        ({}, {}, {"webhookUrl": "u4"}, "u4"),
    ],
)
def test_which_webhook_a_chat_goes_to(served, answered, overrides, payload, to):
    sim = served("w", ("chat", "chat", BridgeAnswer({"body": "Hi"}, answered, False)))
    channels = [{"providerId": "slack", "credentials": {"webhookUrl": "u1"}}]
    who = {"subscriberId": "ann", "channels": channels}
    assert first(sim, who, payload=payload, overrides=overrides).to == to


@rule(
    "overrides.chat-endpoint",
    "A provider's overrides may lead an endpoint elsewhere, if its type allows it.",
    CHAT,
)
@pytest.mark.parametrize(
    ("said", "to"),
    [
        ({"e": {"endpoint": {"channelId": "C9"}}}, {"channelId": "C9"}),
        ({"e": {"endpoint": {"userId": "U9"}}}, {"channelId": "C1"}),
        ({"e": {"endpoint": "C9"}}, {"channelId": "C1"}),
        ({"f": {"endpoint": {"channelId": "C9"}}}, {"channelId": "C1"}),
    ],
)
def test_an_override_leads_an_endpoint_elsewhere(served, said, to):
    sim = served("w", ("chat", "chat", {"body": "Hi"}))
    sim.integrations.add("slack", identifier="team")
    sim.channel_endpoints.add("ann", "team", "slack_channel", {"channelId": "C1"}, identifier="e")
    assert first(sim, "ann", overrides={"providers": {"slack": said}}).to == to


# --- data for providers ------------------------------------------------------------------------------------------


@rule(
    "overrides.providers-merged",
    "Data for a provider is the step's, then the trigger's, then the trigger's for that step.",
    BASE,
)
@rule("overrides.providers-lists", "In data for a provider objects are merged and lists replaced.", CHAT_SPEC)
@pytest.mark.parametrize(
    ("answered", "providers", "steps", "data"),
    [
        ({}, {}, {}, None),
        ({"a": 1}, {}, {}, {"a": 1}),
        ({"a": 1}, {"b": 2}, {"c": 3}, {"a": 1, "b": 2, "c": 3}),
        ({"a": 1}, {"a": 2}, {}, {"a": 2}),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 3}),
        (
            {"_passthrough": {"body": {"x": 1}}},
            {"_passthrough": {"body": {"y": 2}}},
            {},
            {"_passthrough": {"body": {"x": 1, "y": 2}}},
        ),
        ({"tags": [1, 2]}, {"tags": [3]}, {}, {"tags": [3]}),
        ({"a": {"x": 1}}, {"a": None}, {}, {"a": None}),
    ],
)
def test_data_for_a_provider_is_merged(served, answered, providers, steps, data):
    sim = served("w", ("email", "mail", BridgeAnswer(MAIL, {"ses": answered} if answered else {}, False)))
    sim.integrations.add("ses")
    overrides = {}
    if providers:
        overrides["providers"] = {"ses": providers}
    if steps:
        overrides["steps"] = {"mail": {"providers": {"ses": steps}}}
    assert first(sim, overrides=overrides).providers.get("ses") == data


@rule("overrides.providers-of-another-step", "Overrides for one step do not touch another.", BASE)
def test_overrides_for_one_step_do_not_touch_another(served):
    sim = served("w", ("email", "one", MAIL), ("email", "two", MAIL))
    sim.integrations.add("ses")
    overrides = {"steps": {"two": {"providers": {"ses": {"a": 1}}}}}
    run = sim.trigger("w", ANN, overrides=overrides).run
    assert [one.providers for one in run.messages] == [{}, {"ses": {"a": 1}}]


@rule(
    "overrides.kept-on-the-message",
    "A message keeps what is said of its channel, with what is said of its provider over it.",
    SMS,
)
@pytest.mark.parametrize(
    ("channel", "overrides", "kept"),
    [
        ("email", {"email": {"a": 1}, "novu-email": {"b": 2}, "sms": {"c": 3}}, {"a": 1, "b": 2}),
        ("email", {"email": {"a": 1}, "novu-email": {"a": 2}}, {"a": 2}),
        ("sms", {"sms": {"c": 3}, "severity": "high"}, {"c": 3}),
        ("in_app", {"email": {"a": 1}}, {}),
    ],
)
def test_a_message_keeps_its_overrides(served, channel, overrides, kept):
    sim = served("w", (channel, "send", MAIL))
    assert first(sim, overrides=overrides).overrides == kept
    assert NovuApi(sim)("GET", "/v1/messages")[1]["data"][0]["overrides"] == kept


# --- the integration, the severity -----------------------------------------------------------------------------------


@rule(
    "overrides.integration",
    "`integrationIdentifier` of email and sms names the integration that carries.",
    TRIGGER_E2E,
)
@rule(
    "overrides.integration-unknown",
    "An `integrationIdentifier` that does not exist, not active or of another channel fails the step.",
    EMAIL,
)
@pytest.mark.parametrize(
    ("channel", "identifier", "provider"),
    [
        ("email", "eu", "mailgun"),
        ("email", "us", "sendgrid"),
        ("email", "novu-email", "novu-email"),
        ("email", "typo", None),
        ("email", "off", None),
        ("email", "texts", None),
        ("sms", "texts", "twilio"),
        ("sms", "eu", None),
        ("sms", "typo", None),
    ],
)
def test_an_override_names_the_integration(served, channel, identifier, provider):
    sim = served("w", (channel, "send", MAIL), ("in_app", "bell", {"body": "b"}))
    for name, of in (("eu", "mailgun"), ("us", "sendgrid"), ("texts", "twilio")):
        sim.integrations.add(of, identifier=name)
    sim.integrations.add("ses", identifier="off", active=False)
    run = sim.trigger("w", ANN, overrides={channel: {"integrationIdentifier": identifier}}).run
    assert [one.provider_id for one in run.step("send").messages] == ([provider] if provider else [])
    assert [step.status for step in run.steps] == ["completed" if provider else "failed", "completed"]
    if provider is None:
        assert run.step("send").error == f"there is no active {channel} integration {identifier!r}"
        assert run.undelivered == []


@rule("overrides.severity", "`severity` is that of the run and of its messages.", BOUND)
@pytest.mark.parametrize(
    ("workflow", "said", "severity"),
    [
        ("low", "high", "high"),
        ("high", "none", "none"),
        ("low", None, "low"),
        ("low", "", "low"),
        (None, "medium", "medium"),
    ],
)
@pytest.mark.parametrize("channel", ["in_app", "email"])
def test_an_override_changes_the_severity(served, workflow, said, severity, channel):
    sim = served("w", (channel, "send", MAIL), **({"severity": workflow} if workflow else {}))
    assert first(sim, overrides={"severity": said}).severity == severity
    assert NovuApi(sim)("GET", "/v1/notifications")[1]["data"][0]["severity"] == severity


@rule("overrides.malformed", "Overrides that are not objects change nothing.", BASE)
@pytest.mark.parametrize(
    "overrides", [{"email": None}, {"email": "x"}, {"providers": []}, {"steps": {"mail": 3}}, {"severity": 3}]
)
def test_overrides_that_are_no_objects_change_nothing(served, overrides):
    assert first(served("w", ("email", "mail", MAIL)), overrides=overrides).to == "ann@acme.test"
