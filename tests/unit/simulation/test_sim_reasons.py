"""Why a channel step sent nothing: the words, Novu's name for the cause, and what the message that stays says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from novu_framework_testing import BridgeAnswer, NovuSimulator
from novu_framework_testing.simulation.integrations import Integrations

TEXT = {"subject": "Hi", "body": "Hi"}
NEVER, UNREADABLE = {"==": [1, 2]}, {"log": 1}
Served = Callable[..., NovuSimulator]
Change = Callable[[Integrations], Any]


def ruled(provider_id: str, rules: Any, channel: str | None = None) -> Change:
    return lambda all: all.add(provider_id, channel, identifier="ruled", rules=rules)


def nothing(all: Integrations) -> None:
    """Leave the integrations as they are."""


def without(channel: str) -> Change:
    def remove(all: Integrations) -> None:
        for one in [one for one in all if one.channel == channel] or [all.add("x", channel)]:
            all.remove(one.id)

    return remove


def fcm(*tokens: str) -> dict[str, Any]:
    return {"channels": [{"providerId": "fcm", "credentials": {"deviceTokens": list(tokens)}}]}


def chat(provider_id: str, **credentials: str) -> dict[str, Any]:
    return {"channels": [{"providerId": provider_id, "credentials": credentials}]}


@pytest.mark.parametrize(
    ("channel", "profile", "change", "ended", "kept"),
    [
        ("email", {}, nothing, ("skipped", "the subscriber ann has no email address", None), ("mail_unexpected_error", "Subscriber does not have an email address")),
        ("sms", {}, nothing, ("skipped", "the subscriber ann has no phone number", None), ("no_subscriber_phone", "Subscriber does not have active phone")),
        ("push", {}, nothing, ("skipped", "the subscriber ann has no push credentials", "no-channel"), None),
        ("push", fcm(), nothing, ("skipped", "the subscriber ann has no device tokens of fcm", "no-tokens"), None),
        ("chat", {}, nothing, ("skipped", "the subscriber ann has no chat channel", "no-channel"), None),
        ("chat", chat("slack"), nothing, ("skipped", "the subscriber ann has no webhook of slack", None), ("no_subscriber_chat_channel_id", "Subscriber does not have active chat channel id")),
        ("chat", chat("whatsapp-business"), nothing, ("skipped", "the subscriber ann has no phone number", None), ("no_subscriber_chat_phone_number", "Subscriber does not have phone number specified")),
        ("in_app", {}, without("in_app"), ("failed", "there is no active in_app integration", "no-integration"), None),
        ("push", fcm("a"), without("push"), ("failed", "there is no active push integration of fcm", "no-integration"), None),
        ("tool", {}, without("tool"), ("failed", "there is no active tool integration", "no-integration"), None),
        ("email", {"email": "a@b.test"}, ruled("sendgrid", NEVER), None, None),
        ("chat", chat("slack", webhookUrl="u"), ruled("slack", NEVER), ("skipped", "the rules of the chat integration of slack do not hold", "rules-withheld"), None),
        ("chat", chat("slack", webhookUrl="u"), ruled("slack", UNREADABLE), ("failed", "the rules of the chat integration of slack cannot be read", "rules-invalid"), None),
        ("tool", {}, lambda all: all.add("tool-webhook", identifier="hook", credentials={"routingMode": "dynamic"}), ("skipped", "the subscriber ann has no channel endpoint of hook", "no-endpoint"), None),
        ("tool", {}, lambda all: all.add("pagerduty", identifier="pd"), ("skipped", "the subscriber ann has no channel endpoint of pd", "no-endpoint"), None),
        ("tool", {}, lambda all: all.add("opsgenie", identifier="og"), ("skipped", "the subscriber ann has no channel endpoint of og", "no-endpoint"), None),
        ("tool", {}, lambda all: all.add("tool-webhook", identifier="hook", credentials={"routingMode": "static"}), None, None),
    ],
)  # fmt: skip
def test_a_step_that_sends_nothing_says_why(
    served: Served,
    channel: str,
    profile: dict[str, Any],
    change: Change,
    ended: tuple[str, str, str | None] | None,
    kept: tuple[str, str] | None,
) -> None:
    sim = served("w", (channel, "send", TEXT))
    change(sim.integrations)
    run = sim.trigger("w", {"subscriberId": "ann", **profile}).run
    step = run.step("send")
    why = step.error if step.status == "failed" else step.skip_reason
    cause = next(line.cause for line in run.activity if line.step_id == "send")
    assert (step.status, why, cause) == (ended or ("completed", None, None))
    assert [(one.status, one.error_id, one.error_text) for one in run.undelivered] == (
        [("warning", *kept)] if kept else []
    )


@pytest.mark.parametrize(
    ("rules", "ended"),
    [
        (NEVER, ("skipped", "the rules of the email integration 'ruled' do not hold", "rules-withheld")),
        (
            UNREADABLE,
            ("failed", "the rules of the email integration 'ruled' cannot be read", "rules-invalid"),
        ),
    ],
)
def test_an_integration_that_is_asked_for_by_its_identifier_is_named_by_it(
    served: Served, rules: Any, ended: tuple[str, str, str]
) -> None:
    sim = served("w", ("email", "send", TEXT))
    ruled("sendgrid", rules)(sim.integrations)
    to, overrides = (
        {"subscriberId": "ann", "email": "a@b.test"},
        {"email": {"integrationIdentifier": "ruled"}},
    )
    run = sim.trigger("w", to, overrides=overrides).run
    (line,) = [line for line in run.activity if line.step_id == "send"]
    step = run.step("send")
    assert (step.status, step.error or step.skip_reason, line.cause) == ended
    overrides["email"]["integrationIdentifier"] = "none"
    run = sim.trigger("w", to, overrides=overrides).run
    assert run.step("send").error == "there is no active email integration 'none'"


def test_reasons_of_several_ways_are_told_together_and_beside_what_was_sent(served: Served) -> None:
    sim = served("w", ("push", "send", TEXT))
    sim.fail_provider("push", "expo", error="gone")
    apns = {"providerId": "apns", "credentials": {"deviceTokens": ["a"]}}
    expo = {"providerId": "expo", "credentials": {"deviceTokens": ["b"]}}
    run = sim.trigger("w", {"subscriberId": "ann", "channels": [*fcm()["channels"], expo]}).run
    assert run.step("send").skip_reason == "the subscriber ann has no device tokens of fcm"
    run = sim.trigger("w", {"subscriberId": "ann", "channels": [apns]}).run
    assert [(line.kind, line.text, line.cause) for line in run.activity if line.step_id] == [
        ("skipped", "the subscriber ann has no device tokens of fcm", "no-tokens"),
        ("failed", "the provider expo failed: gone", None),
        ("delivered", "push delivered by apns", None),
    ]
    run = sim.trigger(
        "w", {"subscriberId": "bob", "channels": [expo, {**expo, "providerId": "one-signal"}]}
    ).run
    assert run.step("send").status == "completed"
    sim.fail_provider("push", "one-signal")
    run = sim.trigger("w", "bob").run
    assert (
        run.step("send").error
        == "the provider expo failed: gone; the provider one-signal failed: one-signal failed"
    )


def test_every_tool_has_to_take_a_message(served: Served) -> None:
    sim = served("w", ("tool", "send", TEXT))
    for name in ("a", "b"):
        sim.integrations.add(f"tool-{name}", "tool", identifier=name)
    sim.fail_provider("tool", "tool-b", error="no")
    run = sim.trigger("w", "ann").run
    assert (run.step("send").status, run.step("send").error) == ("failed", "the provider tool-b failed: no")
    assert [one.provider_id for one in run.messages] == ["tool-a"]
    assert [(one.provider_id, one.error_id) for one in run.undelivered] == [
        ("tool-b", "unexpected_tool_error")
    ]


@pytest.mark.parametrize(
    ("credentials", "to", "envelope"),
    [
        ({"webhookUrl": "u", "channel": "C1"}, "u", {"channel": "C1"}),
        ({"webhookUrl": "u"}, "u", {}),
        ({"phoneNumber": "+2", "channel": "C1"}, "+2", {"channel": "C1"}),
        ({"webhookUrl": "u", "phoneNumber": "+2"}, "u", {}),
    ],
)
def test_a_chat_names_the_channel_of_the_credentials(
    served: Served, credentials: dict[str, str], to: str, envelope: dict[str, str]
) -> None:
    run = (
        served("w", ("chat", "send", TEXT))
        .trigger("w", {"subscriberId": "ann", **chat("slack", **credentials)})
        .run
    )
    assert [(one.to, one.envelope) for one in run.messages] == [(to, envelope)]


@pytest.mark.parametrize(
    ("outputs", "content"),
    [
        ({"body": "Hi", "x": 1}, {"body": "Hi", "x": 1}),
        ({"body": "", "x": 1}, {"body": "Other", "x": 1}),
        ({}, {"body": "Other"}),
    ],
)
def test_a_text_without_a_body_takes_the_one_of_an_override(
    served: Served, outputs: dict[str, Any], content: dict[str, Any]
) -> None:
    sim = served("w", ("sms", "send", BridgeAnswer(outputs, {}, False)))
    overrides = {"sms": {"content": "Other"}}
    run = sim.trigger("w", {"subscriberId": "ann", "phone": "+1"}, overrides=overrides).run
    assert [(one.content, one.overrides) for one in run.messages] == [(content, overrides["sms"])]


@pytest.mark.parametrize(
    "rules",
    [
        {"==": [{"var": "workflow.workflowId"}, "w"]},
        {"==": [{"var": "workflow.name"}, "Words"]},
        {"==": [{"var": "workflow.severity"}, "high"]},
        {"in": ["a", {"var": "workflow.tags"}]},
        {"==": [{"var": "subscriber.subscriberId"}, "ann"]},
        {"==": [{"var": "context.tenant.id"}, "acme"]},
        {"==": [{"var": "payload.n"}, 7]},
    ],
    ids=str,
)
def test_rules_of_an_integration_look_into_all_that_a_run_is_of(served: Served, rules: Any) -> None:
    sim = served("w", ("chat", "send", TEXT), name="Words", severity="high", tags=["a", "b"])
    ruled("slack", rules)(sim.integrations)
    to = {"subscriberId": "ann", **chat("slack", webhookUrl="u")}
    run = sim.trigger("w", to, {"n": 7}, context={"tenant": "acme"}).run
    assert [one.integration for one in run.messages] == ["ruled"]
