"""Channel steps: who may send, who can be reached, what a failure stops and what it does not."""

import pytest

from novu_framework_testing import BridgeFailure

ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+49301234"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
TEXT = {"body": "Hi"}
HOUR = {"amount": 1, "unit": "hours"}
CAUSES = {
    None: None,
    "the workflow's default preference": "workflow-preference",
    "the subscriber's global preference": "subscriber-global-preference",
    "the subscriber's preference for this workflow": "subscriber-workflow-preference",
}


def statuses(run):
    return [step.status for step in run.steps]


def broken(event):
    raise BridgeFailure("boom", status=502, code="StepExecutionFailedError")


# --- skipped by the bridge ---


def test_a_step_that_the_bridge_skips_delivers_nothing_and_the_next_runs(served, skip):
    run = served("w", ("email", "mail", skip), ("sms", "text", TEXT)).trigger("w", ANN).run
    assert statuses(run) == ["skipped", "completed"]
    assert run.step("mail").skip_reason == "skipped by the bridge: its `skip` said so"
    assert [message.channel for message in run.messages] == ["sms"]


# --- preferences ---


def test_without_any_preference_a_channel_is_on(served):
    assert statuses(served("w", ("email", "mail", MAIL)).trigger("w", ANN).run) == ["completed"]


@pytest.mark.parametrize(
    ("default", "everywhere", "here", "on", "by"),
    [
        (None, None, None, True, None),
        (False, None, None, False, "the workflow's default preference"),
        (True, False, None, False, "the subscriber's global preference"),
        (True, True, False, False, "the subscriber's preference for this workflow"),
        (False, True, None, True, None),
        (False, False, True, True, None),
        (True, False, True, True, None),
        (False, True, False, False, "the subscriber's preference for this workflow"),
    ],
)
def test_the_last_preference_that_says_anything_decides_and_is_named(
    served, default, everywhere, here, on, by
):
    shown = {} if default is None else {"preferences": {"channels": {"email": {"enabled": default}}}}
    sim = served("w", ("email", "mail", MAIL), ("sms", "text", TEXT), **shown)
    preferences = sim.subscriber("ann").preferences
    if everywhere is not None:
        preferences.update(channels={"email": everywhere})
    if here is not None:
        preferences.update("w", channels={"email": here})
    run = sim.trigger("w", ANN).run
    assert statuses(run) == ["completed" if on else "skipped", "completed"]
    assert run.step("mail").skip_reason == (None if on else f"skipped by {by}: email is off")
    assert [line.cause for line in run.activity if line.step_id == "mail"] == [CAUSES[by]]


def test_a_preference_for_another_workflow_does_not_count(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.subscriber("ann").preferences.update("other", channels={"email": False})
    assert statuses(sim.trigger("w", ANN).run) == ["completed"]


def test_all_is_the_answer_for_channels_that_are_not_named(served):
    shown = {"preferences": {"all": {"enabled": False}, "channels": {"in_app": {"enabled": True}}}}
    run = served("w", ("in_app", "inbox", TEXT), ("email", "mail", MAIL), **shown).trigger("w", ANN).run
    assert statuses(run) == ["completed", "skipped"]


def test_the_npm_packages_name_of_in_app_is_understood(served):
    shown = {"preferences": {"channels": {"inApp": {"enabled": False}}}}
    assert statuses(served("w", ("in_app", "inbox", TEXT), **shown).trigger("w", ANN).run) == ["skipped"]


def test_turning_everything_off_forgets_what_was_said_of_single_channels(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.subscriber("ann").preferences.update("w", channels={"email": True})
    sim.subscriber("ann").preferences.update("w", enabled=False)
    assert statuses(sim.trigger("w", ANN).run) == ["skipped"]


def test_a_read_only_workflow_ignores_the_subscriber(served):
    shown = {"preferences": {"all": {"enabled": True, "readOnly": True}}}
    sim = served("w", ("email", "mail", MAIL), **shown)
    sim.subscriber("ann").preferences.update(channels={"email": False})
    sim.subscriber("ann").preferences.update("w", channels={"email": False})
    assert statuses(sim.trigger("w", ANN).run) == ["completed"]


def test_a_read_only_workflow_still_has_its_own_default(served):
    shown = {
        "preferences": {"all": {"enabled": True, "readOnly": True}, "channels": {"email": {"enabled": False}}}
    }
    sim = served("w", ("email", "mail", MAIL), **shown)
    sim.subscriber("ann").preferences.update("w", channels={"email": True})
    assert statuses(sim.trigger("w", ANN).run) == ["skipped"]


def test_a_preference_counts_as_it_is_when_the_step_runs(served):
    sim = served("w", ("delay", "wait", HOUR), ("email", "mail", MAIL))
    run = sim.trigger("w", ANN).run
    sim.subscriber("ann").preferences.update("w", channels={"email": False})
    sim.advance(hours=1)
    assert run.step("mail").status == "skipped"


def test_preferences_are_no_business_of_steps_that_send_nothing(served):
    sim = served("w", ("custom", "sum", {}), ("delay", "wait", HOUR), ("email", "mail", MAIL))
    sim.subscriber("ann").preferences.update(enabled=False)
    run = sim.trigger("w", ANN).run
    sim.advance(hours=1)
    assert statuses(run) == ["completed", "completed", "skipped"]


def test_an_unknown_channel_in_a_preference_is_an_error(sim):
    with pytest.raises(ValueError, match=r"'fax' is not a channel; the channels are in_app, email"):
        sim.subscriber("ann").preferences.update(channels={"fax": True})


# --- who can be reached ---


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("email", "the subscriber bob has no email address"),
        ("sms", "the subscriber bob has no phone number"),
        ("push", "the subscriber bob has no push credentials"),
        ("chat", "the subscriber bob has no chat channel"),
    ],
)
def test_who_lacks_what_the_channel_needs_is_left_out_and_the_next_runs(served, channel, why):
    run = served("w", (channel, "send", TEXT), ("in_app", "inbox", TEXT)).trigger("w", "bob").run
    assert statuses(run) == ["skipped", "completed"]
    assert run.step("send").skip_reason == why
    assert run.status == "completed"


def test_in_app_needs_nothing(served):
    assert statuses(served("w", ("in_app", "inbox", TEXT)).trigger("w", "bob").run) == ["completed"]


def test_push_and_chat_reach_every_provider_with_credentials(served):
    sim = served("w", ("push", "push", TEXT), ("chat", "chat", TEXT))
    ann = sim.subscriber("ann")
    ann.set_credentials("fcm", {"deviceTokens": ["t1", "t2"]})
    ann.set_credentials("apns", {"deviceTokens": []})
    ann.set_credentials("slack", {"webhookUrl": "https://slack.test/1"})
    ann.set_credentials("discord", {"webhook_url": "https://discord.test/1"})
    run = sim.trigger("w", "ann").run
    assert [(one.channel, one.provider_id, one.to) for one in run.messages] == [
        ("push", "fcm", ["t1"]),
        ("push", "fcm", ["t2"]),
        ("chat", "slack", "https://slack.test/1"),
        ("chat", "discord", "https://discord.test/1"),
    ]


def test_the_credentials_of_a_channel_are_those_that_reach_somebody(served):
    ann = served("w", ("push", "push", TEXT)).subscriber("ann")
    ann.set_credentials("fcm", {"deviceTokens": ["t1"]})
    ann.set_credentials("apns", {"deviceTokens": []})
    ann.set_credentials("slack", {"webhookUrl": "https://slack.test/1"})
    reached = {
        channel: [one.provider_id for one in ann.credentials(channel)] for channel in ("push", "chat", "sms")
    }
    assert reached == {"push": ["fcm"], "chat": ["slack"], "sms": []}


def test_credentials_that_come_with_a_trigger_are_kept(served):
    sim = served("w", ("push", "push", TEXT))
    channels = [{"providerId": "fcm", "credentials": {"deviceTokens": ["t"]}}]
    sim.trigger("w", {"subscriberId": "ann", "channels": channels})
    assert statuses(sim.trigger("w", "ann").run) == ["completed"]


def test_messages_say_where_they_went(served):
    run = served("w", ("email", "mail", MAIL), ("sms", "text", TEXT)).trigger("w", ANN).run
    assert [message.to for message in run.messages] == ["ann@acme.test", "+49301234"]


def test_an_override_changes_the_address(served):
    overrides = {"email": {"toRecipient": "other@acme.test"}}
    run = served("w", ("email", "mail", MAIL)).trigger("w", "bob", overrides=overrides).run
    assert run.messages[0].to == "other@acme.test"


# --- failures ---


def test_a_failed_channel_step_does_not_stop_the_workflow(served):
    run = served("w", ("email", "mail", broken), ("sms", "text", TEXT)).trigger("w", ANN).run
    assert statuses(run) == ["failed", "completed"]
    assert run.status == "completed"


def test_a_run_whose_every_message_failed_is_failed(served):
    run = served("w", ("email", "mail", broken), ("custom", "sum", {})).trigger("w", ANN).run
    assert run.status == "failed"


@pytest.mark.parametrize("kind", ["digest", "delay", "throttle", "custom"])
def test_any_other_failed_step_stops_the_run_and_cancels_what_is_left(served, bridge, kind):
    sim = served(
        "w", ("in_app", "inbox", TEXT), (kind, "act", broken), ("email", "mail", MAIL), ("sms", "text", TEXT)
    )
    run = sim.trigger("w", ANN).run
    assert statuses(run) == ["completed", "failed", "canceled", "canceled"]
    assert run.status == "failed"
    assert bridge.events("mail") == []


def test_a_failed_http_request_stops_the_run(served):
    sim = served("w", ("http_request", "call", {}), ("email", "mail", MAIL))
    sim.http_responses.answer("w", "call", status=500)
    run = sim.trigger("w", ANN).run
    assert statuses(run) == ["failed", "canceled"]
    assert run.step("call").error == "the request was answered 500"


def test_an_http_request_is_novus_and_not_the_bridges(served, bridge):
    sim = served("w", ("http_request", "call", {}), ("email", "mail", MAIL))
    sim.http_responses.answer("w", "call", {"left": 3})
    sim.http_responses.answer("w", "call", {"left": 2}, times=1)
    first, second = sim.trigger("w", ANN).run, sim.trigger("w", ANN).run
    assert (first.step("call").result, second.step("call").result) == ({"left": 2}, {"left": 3})
    assert [event["state"][0]["outputs"] for event in bridge.events("mail")] == [{"left": 2}, {"left": 3}]
    assert bridge.events("call") == []
    assert statuses(second) == ["completed", "completed"]


# --- providers that fail on purpose ---


def test_a_provider_fails_once(served):
    sim = served("w", ("email", "mail", MAIL), ("sms", "text", TEXT))
    failure = sim.fail_provider("email", times=1, error="boom")
    first, second = sim.trigger("w", ANN).run, sim.trigger("w", ANN).run
    assert statuses(first) == ["failed", "completed"]
    assert first.step("mail").error == "the provider novu-email failed: boom"
    assert statuses(second) == ["completed", "completed"]
    assert failure.count == 1


def test_a_provider_fails_until_it_is_restored(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.fail_provider("email")
    assert [sim.trigger("w", ANN).run.step("mail").status for _ in range(3)] == ["failed"] * 3
    sim.restore_provider("email")
    assert sim.trigger("w", ANN).run.step("mail").status == "completed"


def test_only_the_named_provider_fails(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.fail_provider("email", "sendgrid")
    assert sim.trigger("w", ANN).run.step("mail").status == "completed"
    sim.integrations.use("email", "sendgrid")
    assert sim.trigger("w", ANN).run.step("mail").status == "failed"


def test_one_failing_provider_of_two_fails_no_step_but_is_told(served):
    sim = served("w", ("chat", "chat", TEXT))
    sim.subscriber("ann").set_credentials("slack", {"webhookUrl": "https://slack.test/1"})
    sim.subscriber("ann").set_credentials("discord", {"webhookUrl": "https://discord.test/1"})
    sim.fail_provider("chat", "slack", error="channel_not_found")
    run = sim.trigger("w", "ann").run
    assert (run.step("chat").status, [one.provider_id for one in run.messages]) == ("completed", ["discord"])
    assert "the provider slack failed: channel_not_found" in [line.text for line in run.activity]


def test_an_unknown_channel_cannot_fail(sim):
    with pytest.raises(ValueError, match="'fax' is not a channel"):
        sim.fail_provider("fax")


# --- what a message knows ---


def test_a_message_knows_what_sent_it(served):
    sim = served("w", ("email", "mail", MAIL), severity="high", tags=["billing"])
    trigger = sim.trigger("w", ANN)
    (message,) = trigger.run.messages
    assert (message.subject, message.body, message.sent_at) == ("Hi", "<p>Hi</p>", sim.now)
    assert (message.workflow_id, message.step_id, message.subscriber_id) == ("w", "mail", "ann")
    assert (message.severity, message.tags, message.transaction_id) == (
        "high",
        ("billing",),
        trigger.transaction_id,
    )
    assert list(sim.messages) == [message]


def test_what_every_provider_says_of_a_failed_step_is_kept_apart(served):
    sim = served("w", ("chat", "chat", TEXT))
    for provider_id in ("slack", "discord"):
        sim.subscriber("ann").set_credentials(provider_id, {"webhookUrl": f"https://{provider_id}.test"})
        sim.fail_provider("chat", provider_id, error="down")
    run = sim.trigger("w", "ann").run
    assert run.step("chat").error.split("; ") == [
        "the provider slack failed: down",
        "the provider discord failed: down",
    ]
    assert [line.kind for line in run.activity] == ["trigger", "failed", "run"]
    sim.restore_provider("chat", "discord")
    again = sim.trigger("w", "ann").run
    assert [line.kind for line in again.activity] == ["trigger", "failed", "delivered", "run"]


@pytest.mark.parametrize(
    ("channel", "overrides", "to"),
    [
        ("email", {"email": {"toRecipient": "x@acme.test"}}, "x@acme.test"),
        ("sms", {"sms": {"to": "+1"}}, "+1"),
        ("email", {"sms": {"to": "+1"}, "email": {}}, "ann@acme.test"),
        ("sms", {"email": {"toRecipient": "x@acme.test"}}, "+49301234"),
        ("in_app", {"email": {"toRecipient": "x@acme.test"}, "sms": {"to": "+1"}}, None),
    ],
)
def test_an_override_is_for_its_own_channel(served, channel, overrides, to):
    run = served("w", (channel, "send", TEXT)).trigger("w", ANN, overrides=overrides).run
    assert [message.to for message in run.messages] == [to]


def test_only_in_app_messages_are_in_the_inbox(served):
    sim = served("w", ("email", "mail", MAIL), ("in_app", "note", TEXT), ("sms", "text", TEXT))
    run = sim.trigger("w", ANN).run
    assert list(sim.subscriber("ann").inbox) == [run.messages[1]]
    assert len({message.id for message in run.messages}) == 3


# --- what discovery says of preferences ---


@pytest.mark.parametrize(
    ("shown", "wanted", "read_only"),
    [
        (None, [True, True], False),
        ({}, [True, True], False),
        ({"all": None, "channels": None}, [True, True], False),
        ({"all": {"readOnly": True}}, [True, True], True),
        ({"all": {"read_only": True}}, [True, True], True),
        ({"all": {"readOnly": False, "read_only": True}}, [True, True], False),
        ({"all": {"enabled": False}}, [False, False], False),
        ({"all": {"enabled": False}, "channels": {"inApp": {"enabled": True}}}, [True, False], False),
        ({"channels": {"email": {"enabled": False}}}, [True, False], False),
        ({"channels": {"email": None, "in_app": {}, "fax": {"enabled": False}}}, [True, True], False),
        ({"channels": {"email": False, "in_app": {"enabled": "no"}}}, [True, True], False),
    ],
)
def test_the_default_is_on_but_where_discovery_says_otherwise(served, shown, wanted, read_only):
    sim = served("w", ("in_app", "note", TEXT), ("email", "mail", MAIL), preferences=shown)
    assert sim.workflows["w"].read_only is read_only
    assert [status == "completed" for status in statuses(sim.trigger("w", ANN).run)] == wanted


def test_a_preference_is_a_flag_or_a_mapping_with_one(sim):
    preferences = sim.subscriber("ann").preferences
    layer = preferences.update(channels={"inApp": {"enabled": False}, "sms": True})
    assert (layer.channels, layer) == ({"in_app": False, "sms": True}, preferences.overall)
    assert preferences.update("w", enabled=False) == preferences.workflows["w"]
    assert [preferences.overall.wants(one) for one in ("in_app", "sms", "email")] == [False, True, None]
    for wrong in ("no", None, 1, {}, {"enabled": None}):
        with pytest.raises(ValueError, match="The preference of 'email' must be True or False"):
            preferences.update(channels={"email": wrong})
    assert "email" not in preferences.overall.channels


@pytest.mark.parametrize(
    ("everything", "channel", "layer"),
    [(None, False, "overall"), (True, False, "overall"), (None, False, "w"), (True, False, "w")],
)
def test_single_channels_may_be_set_in_the_same_call_as_all(served, everything, channel, layer):
    sim = served("w", ("email", "mail", MAIL), ("sms", "text", TEXT))
    name = None if layer == "overall" else layer
    sim.subscriber("ann").preferences.update(name, enabled=everything, channels={"email": channel})
    run = sim.trigger("w", ANN).run
    assert statuses(run) == ["skipped", "completed"]
    assert ("this workflow" in run.step("mail").skip_reason) is (layer == "w")


def test_of_several_reasons_the_feed_gives_the_first_that_novu_has_words_for(served):
    sim = served("w", ("chat", "chat", TEXT))
    for provider_id in ("slack", "discord"):
        sim.subscriber("ann").set_credentials(provider_id, {"webhookUrl": f"https://{provider_id}.test"})
    sim.integrations.add("slack")
    sim.fail_provider("chat", "slack")
    run = sim.trigger("w", "ann").run
    assert [(line.kind, line.cause) for line in run.activity if line.step_id] == [
        ("failed", "no-integration")
    ]
