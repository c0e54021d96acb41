"""Channel steps: who is reached, who is left out, and what a provider that refuses leaves behind."""

from __future__ import annotations

import pytest

from novu_framework_testing import BridgeAnswer
from tests.rules import Source, left_out, rule

_SEND = "apps/worker/src/app/workflow/usecases/send-message"
EMAIL = Source(f"{_SEND}/send-message-email.usecase.ts", "943f64b")
SMS = Source(f"{_SEND}/send-message-sms.usecase.ts", "06a7305")
PUSH = Source(f"{_SEND}/send-message-push.usecase.ts", "943f64b")
CHAT = Source(f"{_SEND}/send-message-chat.usecase.ts", "b46a637")
CHAT_SPEC = Source(f"{_SEND}/send-message-chat.usecase.spec.ts", "aca862a")
TOOL = Source(f"{_SEND}/send-message-tool.usecase.ts", "09195c8")
IN_APP = Source(f"{_SEND}/send-message-in-app.usecase.ts", "015bfcd")
ENDPOINTS = Source(f"{_SEND}/channel-endpoint-resolution/resolve-channel-endpoints.usecase.ts", "5223ce4")
SEND = Source(f"{_SEND}/send-message.usecase.ts", "00a299e")
RUN_JOB = Source("apps/worker/src/app/workflow/usecases/run-job/run-job.usecase.ts", "943f64b")
PUSH_E2E = Source("apps/api/src/app/events/e2e/send-message-push.e2e.ts", "943f64b")

MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
TEXT = {"body": "Hi"}
ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
CHANNELS = ("email", "sms", "push", "chat")


def reached(run):
    return [(one.channel, one.provider_id, one.to) for one in run.messages]


def troubles(run):
    return [(one.channel, one.status, one.error_id) for one in run.undelivered]


def slack(url="https://slack.test/1"):
    return {"providerId": "slack", "credentials": {"webhookUrl": url}}


def fcm(*tokens, provider="fcm"):
    return {"providerId": provider, "credentials": {"deviceTokens": list(tokens)}}


# --- who lacks what the channel needs ----------------------------------------------------------------


@rule(
    "delivery.no-email-address",
    "Without an address, an email is skipped, and its message is a warning.",
    EMAIL,
)
@rule(
    "delivery.no-phone-number",
    "Without a phone number, an SMS is skipped, and its message is a warning.",
    SMS,
)
@rule(
    "delivery.no-push-channel",
    "Without a push channel, a push step is skipped, and no message is created.",
    PUSH,
)
@rule(
    "delivery.no-chat-channel",
    "Without any chat channel, a chat step is skipped, and no message is created.",
    CHAT_SPEC,
)
@pytest.mark.parametrize(
    ("channel", "why", "messages"),
    [
        ("email", "no email address", [("email", "warning", "mail_unexpected_error")]),
        ("sms", "no phone number", [("sms", "warning", "no_subscriber_phone")]),
        ("push", "no push credentials", []),
        ("chat", "no chat channel", []),
    ],
)
def test_who_lacks_what_the_channel_needs_is_left_out(served, channel, why, messages):
    run = served("w", (channel, "send", MAIL)).trigger("w", "bob").run
    step = run.step("send")
    assert (step.status, step.error, run.status) == ("skipped", None, "completed")
    assert step.skip_reason == f"the subscriber bob has {why}"
    assert (run.messages, troubles(run)) == ([], messages)


@rule(
    "delivery.left-out-goes-on",
    "The steps after a skipped one run, and the run is completed.",
    RUN_JOB,
)
@rule("delivery.left-out-job-is-canceled", "The job of a skipped channel is canceled.", RUN_JOB)
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_steps_after_one_that_was_left_out_run(served, bridge, channel):
    run = served("w", (channel, "send", MAIL), ("in_app", "bell", TEXT)).trigger("w", "bob").run
    assert [step.status for step in run.steps] == ["skipped", "completed"]
    assert bridge.events("bell")[0]["state"][0]["state"] == {"status": "canceled"}
    assert run.status == "completed"


@rule("delivery.in-app-needs-nothing", "An in-app message needs no address.", IN_APP)
@pytest.mark.parametrize("to", ["bob", ANN, {"subscriberId": "cid", "phone": "+1"}])
def test_an_in_app_message_needs_no_address(served, to):
    run = served("w", ("in_app", "bell", TEXT)).trigger("w", to).run
    assert (run.step("bell").status, reached(run)) == ("completed", [("in_app", "novu", None)])


@rule(
    "delivery.unwanted-makes-no-message",
    "A channel that is switched off or skipped makes no message at all.",
    SEND,
)
@pytest.mark.parametrize("channel", [*CHANNELS, "in_app", "tool"])
@pytest.mark.parametrize("off", ["preference", "bridge"])
def test_a_channel_that_nobody_wants_makes_no_message(served, skip, channel, off):
    sim = served("w", (channel, "send", skip if off == "bridge" else MAIL))
    if off == "preference":
        sim.subscriber("bob").preferences.update(channels={channel: False})
    run = sim.trigger("w", "bob").run
    assert (run.step("send").status, run.messages, run.undelivered) == ("skipped", [], [])


# --- what a provider refuses ---------------------------------------------------------------------------


EVERYWHERE = {"email": "ann@acme.test", "phone": "+1", "channels": [fcm("t1"), slack()]}


@rule(
    "delivery.email-refused",
    "An email that the provider rejects fails its step, and stays as an error.",
    EMAIL,
)
@rule("delivery.sms-refused", "A text that the provider refuses fails its step and stays as an error.", SMS)
@rule(
    "delivery.push-refused", "A push that every device rejects fails its step, and stays as an error.", PUSH
)
@rule(
    "delivery.chat-refused",
    "A chat message that every channel rejects fails its step, and stays as an error.",
    CHAT,
)
@rule("delivery.failed-channel-goes-on", "A channel step that fails does not stop the run.", RUN_JOB)
@pytest.mark.parametrize(
    ("channel", "kept"),
    [
        ("email", [("email", "error", "mail_unexpected_error")]),
        ("sms", [("sms", "error", "unexpected_sms_error")]),
        ("push", [("push", "error", "unexpected_push_error")]),
        ("chat", [("chat", "error", "unexpected_chat_error")] * 2),
    ],
)
def test_what_a_provider_refuses_fails_the_step_and_stays(served, channel, kept):
    sim = served("w", (channel, "send", MAIL), ("in_app", "bell", TEXT))
    sim.fail_provider(channel, error="quota")
    run = sim.trigger("w", {"subscriberId": "ann", **EVERYWHERE}).run
    assert [step.status for step in run.steps] == ["failed", "completed"]
    assert troubles(run) == kept
    assert {one.error_text for one in run.undelivered} == {"quota"}
    assert [one.channel for one in run.messages] == ["in_app"]
    assert run.status == "completed"


@rule("delivery.refused-once", "The next trigger is tried anew.", EMAIL)
def test_the_next_trigger_is_tried_anew(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.fail_provider("email", times=1)
    runs = [sim.trigger("w", ANN).run for _ in range(2)]
    assert [run.step("mail").status for run in runs] == ["failed", "completed"]
    assert (len(sim.messages), len(sim.undelivered)) == (1, 1)


# --- push ------------------------------------------------------------------------------------------------


@rule("delivery.push-every-device", "A push makes a message for each device token of each provider.", PUSH)
@pytest.mark.parametrize(
    ("channels", "went_to"),
    [
        ([fcm("a")], [("fcm", ["a"])]),
        ([fcm("a", "b")], [("fcm", ["a"]), ("fcm", ["b"])]),
        ([fcm("a"), fcm("b", provider="expo")], [("fcm", ["a"]), ("expo", ["b"])]),
        (
            [fcm("a", "b"), fcm("c", "d", provider="apns")],
            [*[("fcm", [x]) for x in "ab"], *[("apns", [x]) for x in "cd"]],
        ),
        ([slack(), fcm("a")], [("fcm", ["a"])]),
    ],
)
def test_a_push_makes_a_message_for_each_device(served, channels, went_to):
    sim = served("w", ("push", "push", MAIL))
    run = sim.trigger("w", {"subscriberId": "ann", "channels": channels}).run
    assert [(one.provider_id, one.to) for one in run.messages] == went_to
    assert run.step("push").status == "completed"


@rule("delivery.push-without-tokens", "A push provider without device tokens gets no message.", PUSH_E2E)
@pytest.mark.parametrize(
    ("channels", "status", "count"),
    [
        ([fcm()], "skipped", 0),
        ([fcm(), fcm(provider="expo")], "skipped", 0),
        ([fcm(), fcm("b", provider="expo")], "completed", 1),
        ([{"providerId": "fcm", "credentials": {}}], "skipped", 0),
    ],
)
def test_a_push_provider_without_tokens_gets_no_message(served, channels, status, count):
    run = served("w", ("push", "push", MAIL)).trigger("w", {"subscriberId": "ann", "channels": channels}).run
    assert (run.step("push").status, len(run.messages), run.undelivered) == (status, count, [])


@rule("delivery.push-one-device-is-enough", "A push step is successful if one device is reached.", PUSH)
@pytest.mark.parametrize(
    ("failing", "status", "delivered"),
    [
        ({"times": 1}, "completed", 2),
        ({"times": 2}, "completed", 1),
        ({"times": 3}, "failed", 0),
        ({}, "failed", 0),
    ],
)
def test_a_push_that_reaches_one_device_is_done(served, failing, status, delivered):
    sim = served("w", ("push", "push", MAIL))
    sim.fail_provider("push", **failing)
    run = sim.trigger("w", {"subscriberId": "ann", "channels": [fcm("a", "b", "c")]}).run
    assert (run.step("push").status, len(run.messages)) == (status, delivered)
    assert len(run.undelivered) == 3 - delivered


@rule(
    "delivery.push-skipped-wins",
    "A push step without tokens for one provider and rejected by another is skipped.",
    PUSH,
)
def test_a_push_without_tokens_and_refused_is_left_out(served):
    sim = served("w", ("push", "push", MAIL))
    sim.fail_provider("push", "expo")
    channels = [fcm(), fcm("b", provider="expo")]
    run = sim.trigger("w", {"subscriberId": "ann", "channels": channels}).run
    assert (run.step("push").status, troubles(run)) == (
        "skipped",
        [("push", "error", "unexpected_push_error")],
    )


left_out(
    "delivery.push-removes-invalid-tokens",
    "A token that the provider calls invalid is taken from the subscriber.",
    PUSH,
    why="It is behind a flag that is off, and what a provider calls invalid is the provider's own text.",
)
left_out(
    "delivery.push-unread-count",
    "A push may carry the number of unread messages.",
    PUSH,
    why="It is behind a flag that is off.",
)

# --- chat ------------------------------------------------------------------------------------------------

PHONE = ("whatsapp-business", "+1")


@rule("delivery.chat-every-webhook", "A chat makes a message for each webhook of the subscriber.", CHAT)
@rule("delivery.chat-phone-is-whatsapp", "A phone number is a WhatsApp channel.", CHAT)
@pytest.mark.parametrize(
    ("profile", "went_to"),
    [
        ({"channels": [slack("u1")]}, [("slack", "u1")]),
        (
            {"channels": [slack("u1"), {"providerId": "discord", "credentials": {"webhookUrl": "u2"}}]},
            [("slack", "u1"), ("discord", "u2")],
        ),
        ({"phone": "+1"}, [PHONE]),
        ({"phone": "+1", "channels": [slack("u1")]}, [("slack", "u1"), PHONE]),
        ({"channels": [fcm("t"), slack("u1")]}, [("slack", "u1")]),
    ],
)
def test_a_chat_goes_to_every_webhook_and_to_the_phone(served, profile, went_to):
    run = served("w", ("chat", "chat", TEXT)).trigger("w", {"subscriberId": "ann", **profile}).run
    assert [(one.provider_id, one.to) for one in run.messages] == went_to
    assert run.step("chat").status == "completed"


@rule(
    "delivery.chat-without-webhook",
    "A chat channel without a webhook is skipped, and its message is a warning.",
    CHAT,
)
@pytest.mark.parametrize(
    ("credentials", "status", "warned"),
    [
        ({"channel": "C1"}, "skipped", ["no_subscriber_chat_channel_id"]),
        ({}, "skipped", ["no_subscriber_chat_channel_id"]),
        ({"webhookUrl": "u", "channel": "C1"}, "completed", []),
        ({"phoneNumber": "+2"}, "completed", []),
    ],
)
def test_a_chat_channel_without_a_webhook_is_left_out(served, credentials, status, warned):
    channels = [{"providerId": "slack", "credentials": credentials}]
    run = served("w", ("chat", "chat", TEXT)).trigger("w", {"subscriberId": "ann", "channels": channels}).run
    assert run.step("chat").status == status
    assert [(one.status, one.error_id) for one in run.undelivered] == [("warning", one) for one in warned]


@rule("delivery.chat-one-is-enough", "A chat step is successful if one channel is reached.", CHAT)
@rule(
    "delivery.chat-skipped-wins",
    "A chat step is skipped if one channel rejects it and another has no webhook.",
    CHAT,
)
@pytest.mark.parametrize(
    ("second", "failing", "status"),
    [
        ({"webhookUrl": "u2"}, ("slack",), "completed"),
        ({"webhookUrl": "u2"}, ("slack", "discord"), "failed"),
        ({}, (), "completed"),
        ({}, ("slack",), "skipped"),
    ],
)
def test_a_chat_that_reaches_one_channel_is_done(served, second, failing, status):
    sim = served("w", ("chat", "chat", TEXT))
    for provider_id in failing:
        sim.fail_provider("chat", provider_id)
    channels = [slack("u1"), {"providerId": "discord", "credentials": second}]
    assert sim.trigger("w", {"subscriberId": "ann", "channels": channels}).run.step("chat").status == status


@rule("delivery.payload-webhook", "A webhook in the payload replaces those of the subscriber.", CHAT)
@rule("delivery.payload-phone", "A phone number in the payload replaces the subscriber's, for SMS.", SMS)
@pytest.mark.parametrize(
    ("channel", "profile", "payload", "to"),
    [
        ("chat", {"channels": [slack("u1")]}, {"webhookUrl": "u9"}, ["u9"]),
        ("chat", {}, {"webhookUrl": "u9"}, []),
        ("chat", {"phone": "+1"}, {"webhookUrl": "u9"}, ["u9"]),
        ("sms", {"phone": "+1"}, {"phone": "+9"}, ["+9"]),
        ("sms", {}, {"phone": "+9"}, ["+9"]),
        ("sms", {"phone": "+1"}, {"telephone": "+9"}, ["+1"]),
        ("email", {"email": "ann@acme.test"}, {"email": "x@acme.test"}, ["ann@acme.test"]),
    ],
)
def test_a_payload_may_say_where_to(served, channel, profile, payload, to):
    run = served("w", (channel, "send", MAIL)).trigger("w", {"subscriberId": "ann", **profile}, payload).run
    assert [one.to for one in run.messages] == to


# --- channel endpoints -------------------------------------------------------------------------------------


def with_endpoints(sim, *endpoints):
    """A simulation with a Slack and a WhatsApp integration, and endpoints `(integration, type, endpoint, more)`."""
    sim.integrations.add("slack", identifier="team")
    sim.integrations.add("whatsapp-business", identifier="wa")
    for integration, kind, endpoint, more in endpoints:
        sim.channel_endpoints.add("ann", integration, kind, endpoint, **more)
    return sim


C1, C2 = {"channelId": "C1"}, {"channelId": "C2"}


@rule(
    "delivery.chat-every-endpoint",
    "A chat makes one message for each integration with endpoints, for all of them.",
    CHAT,
)
@rule("delivery.chat-endpoint-and-webhook", "Endpoints and webhooks are both reached.", CHAT)
@rule(
    "delivery.chat-phone-not-twice",
    "A phone number is not reached as WhatsApp where the subscriber has an endpoint of it.",
    CHAT_SPEC,
)
@pytest.mark.parametrize(
    ("endpoints", "profile", "went_to"),
    [
        ([("team", "slack_channel", C1, {})], {}, [("slack", C1)]),
        (
            [("team", "slack_channel", C1, {}), ("team", "slack_user", {"userId": "U"}, {})],
            {},
            [("slack", [C1, {"userId": "U"}])],
        ),
        ([("team", "slack_channel", C1, {})], {"channels": [slack("u")]}, [("slack", C1), ("slack", "u")]),
        ([("wa", "phone", {"phoneNumber": "+2"}, {})], {"phone": "+1"}, [("whatsapp-business", "+2")]),
        ([("team", "slack_channel", C1, {})], {"phone": "+1"}, [("slack", C1), PHONE]),
        ([("team", "webhook", {"url": "https://hook.test"}, {})], {}, [("slack", "https://hook.test")]),
    ],
)
def test_a_chat_goes_to_every_endpoint(served, endpoints, profile, went_to):
    sim = with_endpoints(served("w", ("chat", "chat", TEXT)), *endpoints)
    run = sim.trigger("w", {"subscriberId": "ann", **profile}).run
    assert [(one.provider_id, one.to) for one in run.messages] == went_to


@rule("delivery.endpoint-context", "Only endpoints of exactly the trigger's context are reached.", ENDPOINTS)
@pytest.mark.parametrize(
    ("context", "went_to"),
    [
        (None, [C1]),
        ({"tenant": "acme"}, [C2]),
        ({"tenant": "other"}, []),
        ({"tenant": "acme", "app": "web"}, []),
        ({"tenant": {"id": "acme", "data": {"plan": "pro"}}}, [C2]),
    ],
)
def test_only_endpoints_of_exactly_this_context_are_reached(served, context, went_to):
    sim = with_endpoints(
        served("w", ("chat", "chat", TEXT)),
        ("team", "slack_channel", C1, {}),
        ("team", "slack_channel", C2, {"context": {"tenant": "acme"}}),
    )
    run = sim.trigger("w", "ann", context=context).run
    assert [one.to for one in run.messages] == went_to
    assert run.step("chat").status == ("completed" if went_to else "skipped")


@rule(
    "delivery.endpoint-without-integration",
    "An endpoint whose integration is gone or not active fails.",
    CHAT,
)
@pytest.mark.parametrize("change", ["deactivate", "remove"])
def test_an_endpoint_whose_integration_is_gone_fails(served, change):
    sim = with_endpoints(served("w", ("chat", "chat", TEXT)), ("team", "slack_channel", C1, {}))
    if change == "remove":
        sim.integrations.remove("team")
    else:
        sim.integrations.update(sim.integrations["team"], active=False)
    step = sim.trigger("w", "ann").run.step("chat")
    assert (step.status, step.messages) == ("failed", ())
    assert step.error == "there is no active chat integration 'team'"


@rule(
    "delivery.endpoint-one-is-enough",
    "A message to several endpoints is delivered where one takes it, and is an error where one refuses it.",
    CHAT,
)
@pytest.mark.parametrize(
    ("refused", "status", "shown"),
    [(0, "completed", "sent"), (1, "completed", "error"), (2, "failed", "error")],
)
def test_a_message_to_several_endpoints_is_delivered_where_one_takes_it(served, refused, status, shown):
    sim = with_endpoints(
        served("w", ("chat", "chat", TEXT)),
        ("team", "slack_channel", C1, {}),
        ("team", "slack_channel", C2, {}),
    )
    if refused:
        sim.fail_provider("chat", times=refused)
    run = sim.trigger("w", "ann").run
    (message,) = [*run.messages, *run.undelivered]
    assert (run.step("chat").status, message.status) == (status, shown)
    assert len(run.messages) == (status == "completed")


@rule("delivery.endpoint-of-another", "An endpoint reaches its own subscriber only.", ENDPOINTS)
def test_an_endpoint_reaches_its_own_subscriber_only(served):
    sim = with_endpoints(served("w", ("chat", "chat", TEXT)), ("team", "slack_channel", C1, {}))
    assert sim.trigger("w", "bob").run.messages == []


@rule("delivery.endpoint-removed", "An endpoint that was deleted is not reached.", ENDPOINTS)
def test_an_endpoint_that_was_deleted_is_not_reached(served):
    sim = with_endpoints(
        served("w", ("chat", "chat", TEXT)), ("team", "slack_channel", C1, {"identifier": "e"})
    )
    assert sim.channel_endpoints.remove("e")
    assert sim.trigger("w", "ann").run.step("chat").status == "skipped"


# --- tools -------------------------------------------------------------------------------------------------


PAGERDUTY = {"routingKey": "k", "region": "us"}
HOOK = {"url": "https://hook.test"}


@rule("delivery.tool-every-integration", "A tool step sends by every active tool integration.", TOOL)
@rule(
    "delivery.tool-by-endpoint",
    "PagerDuty, Opsgenie and a dynamic webhook send to each endpoint of the subscriber.",
    TOOL,
)
@rule("delivery.tool-by-credentials", "Another tool sends once, whatever endpoints there are.", TOOL)
@rule("delivery.tool-without-endpoint", "A tool that is routed by endpoint is left out without one.", TOOL)
@pytest.mark.parametrize(
    ("integrations", "endpoints", "status", "went_to"),
    [
        ([], [], "completed", ["novu"]),
        (["grafana"], [], "completed", ["grafana"]),
        (["grafana", "tool-webhook"], [], "completed", ["grafana", "tool-webhook"]),
        (["pagerduty"], [], "skipped", []),
        (["opsgenie"], [], "skipped", []),
        (["pagerduty"], [("pagerduty", "pagerduty_service", PAGERDUTY)], "completed", ["pagerduty"]),
        (["pagerduty"], [("pagerduty", "pagerduty_service", PAGERDUTY)] * 2, "completed", ["pagerduty"] * 2),
        (["pagerduty", "grafana"], [], "completed", ["grafana"]),
        (["tool-webhook"], [("tool-webhook", "tool_webhook", HOOK)] * 2, "completed", ["tool-webhook"]),
        (["dynamic"], [], "skipped", []),
        (["dynamic"], [("dynamic", "tool_webhook", HOOK)] * 2, "completed", ["tool-webhook"] * 2),
    ],
)
def test_a_tool_sends_by_every_integration(served, integrations, endpoints, status, went_to):
    sim = served("w", ("tool", "page", TEXT))
    for one in integrations:
        routing = {"routingMode": "dynamic"} if one == "dynamic" else {}
        sim.integrations.add(
            "tool-webhook" if one == "dynamic" else one, "tool", identifier=one, credentials=routing
        )
    for integration, kind, endpoint in endpoints:
        sim.channel_endpoints.add("ann", integration, kind, endpoint)
    run = sim.trigger("w", "ann").run
    assert (run.step("page").status, [one.provider_id for one in run.messages]) == (status, went_to)


@rule(
    "delivery.tool-named-by-the-step", "Without integrations a tool that the step has data for is used.", TOOL
)
@pytest.mark.parametrize(("provider", "status"), [("grafana", "completed"), ("pagerduty", "skipped")])
def test_a_tool_that_the_step_names_is_used(served, provider, status):
    answer = BridgeAnswer(TEXT, {provider: {"a": 1}}, False)
    assert served("w", ("tool", "page", answer)).trigger("w", "ann").run.step("page").status == status


@rule("delivery.tool-one-refusal-fails", "A tool step fails where one of its tools refuses.", TOOL)
@rule("delivery.tool-none-active", "A tool step fails where no tool integration is active.", TOOL)
@pytest.mark.parametrize(
    ("active", "failing", "status", "delivered"),
    [
        (["grafana", "tool-webhook"], "grafana", "failed", ["tool-webhook"]),
        (["grafana", "tool-webhook"], None, "completed", ["grafana", "tool-webhook"]),
        (["grafana", "pagerduty"], "grafana", "failed", []),
        ([], None, "failed", []),
    ],
)
def test_a_tool_step_fails_where_one_refuses_or_none_is_active(served, active, failing, status, delivered):
    sim = served("w", ("tool", "page", TEXT), ("in_app", "bell", TEXT))
    sim.integrations.add("opsgenie", active=False)
    for provider_id in active:
        sim.integrations.add(provider_id)
    if failing:
        sim.fail_provider("tool", failing)
    run = sim.trigger("w", "ann").run
    assert [step.status for step in run.steps] == [status, "completed"]
    assert [one.provider_id for one in run.step("page").messages] == delivered


@rule("delivery.tool-without-content", "A tool step without a body fails.", TOOL)
@pytest.mark.parametrize("outputs", [{}, {"body": ""}])
def test_a_tool_step_without_a_body_fails(served, outputs):
    step = served("w", ("tool", "page", outputs)).trigger("w", "ann").run.step("page")
    assert (step.status, step.error) == ("failed", "the message has no content")


# --- in-app --------------------------------------------------------------------------------------------------


@rule(
    "delivery.in-app-as-answered",
    "An in-app message has the subject, body, avatar, actions, redirect and data of its step.",
    IN_APP,
)
@pytest.mark.parametrize(
    "outputs",
    [
        {"body": "b"},
        {"subject": "s", "body": "b", "avatar": "https://a.test/1.png"},
        {
            "body": "b",
            "primaryAction": {"label": "Go", "redirect": {"url": "/go"}},
            "redirect": {"url": "/x"},
        },
        {"body": "b", "data": {"order": 7}},
    ],
)
def test_an_in_app_message_is_as_its_step_answered(served, outputs):
    sim = served("w", ("in_app", "bell", outputs), tags=["news"])
    sim.trigger("w", "ann")
    (message,) = sim.subscriber("ann").inbox
    assert (message.content, message.tags, message.status) == (outputs, ("news",), "sent")


@rule("delivery.in-app-refused", "An in-app message that fails is in no inbox.", IN_APP)
def test_an_in_app_message_that_fails_is_in_no_inbox(served):
    sim = served("w", ("in_app", "bell", TEXT))
    sim.fail_provider("in_app")
    run = sim.trigger("w", "ann").run
    assert (run.step("bell").status, list(sim.subscriber("ann").inbox)) == ("failed", [])
