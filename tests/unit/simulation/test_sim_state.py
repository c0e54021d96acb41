"""What a bridge is sent for each job."""

from novu_framework_testing import BridgeAnswer, BridgeFailure

ANN = {"subscriberId": "ann", "email": "ann@acme.test", "firstName": "Ann"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
HOUR = {"amount": 1, "unit": "hours"}


def test_a_job_is_asked_with_exactly_the_keys_that_novu_sends(served, bridge):
    served("w", ("email", "mail", MAIL)).trigger("w", ANN, {"n": 1})
    assert set(bridge.events("mail")[0]) == {"payload", "controls", "state", "subscriber", "context", "env"}


def test_the_payload_loses_source_on_the_way_to_the_bridge_but_the_trigger_keeps_it(served, bridge):
    trigger = served("w", ("email", "mail", MAIL)).trigger("w", ANN, {"n": 1, "__source": "dashboard"})
    assert bridge.events("mail")[0]["payload"] == {"n": 1}
    assert trigger.payload == {"n": 1, "__source": "dashboard"}


def test_controls_are_what_was_saved_for_that_step_and_nothing_before_that(served, bridge):
    sim = served("w", ("email", "mail", MAIL), ("sms", "text", {"body": "x"}))
    sim.trigger("w", ANN)
    sim.controls("w", "mail", {"subject": "Saved"})
    run = sim.trigger("w", ANN).run
    assert [event["controls"] for event in bridge.events("mail")] == [{}, {"subject": "Saved"}]
    assert [event["controls"] for event in bridge.events("text")] == [{}, {}]
    assert run.step("mail").controls == {"subject": "Saved"}


def test_the_state_has_the_earlier_jobs_nearest_first_with_their_status(served, bridge, skip):
    sim = served(
        "w",
        ("custom", "one", {"a": 1}),
        ("email", "two", MAIL),
        ("email", "three", skip),
        ("email", "four", MAIL),
    )
    sim.trigger("w", ANN)
    state = bridge.events("four")[0]["state"]
    assert [(entry["stepId"], entry["state"]["status"]) for entry in state] == [
        ("three", "canceled"),
        ("two", "completed"),
        ("one", "completed"),
        ("", "completed"),  # the trigger itself
    ]


def test_a_failed_job_leaves_its_error_in_the_state(served, bridge):
    sim = served("w", ("email", "first", MAIL), ("email", "mail", MAIL))
    sim.fail_provider("email", times=1, error="boom")
    sim.trigger("w", ANN)
    entry = bridge.events("mail")[0]["state"][0]
    assert entry["state"] == {"status": "failed", "error": "the provider novu-email failed: boom"}
    assert entry["outputs"] == {}


def test_custom_leaves_its_outputs_and_other_channels_leave_nothing(served, bridge):
    sim = served("w", ("custom", "sum", {"total": 3}), ("email", "mail", MAIL), ("email", "last", MAIL))
    sim.trigger("w", ANN)
    assert bridge.state("last", "sum") == {"total": 3}
    assert bridge.state("last", "mail") == {}


def test_in_app_leaves_the_inbox_as_it_is_when_the_later_job_is_asked(served, bridge):
    sim = served("w", ("in_app", "inbox", {"body": "x"}), ("delay", "wait", HOUR), ("email", "mail", MAIL))
    sim.trigger("w", ANN)
    assert bridge.state("wait", "inbox") == {
        "seen": False,
        "read": False,
        "lastSeenDate": None,
        "lastReadDate": None,
    }
    sim.advance(minutes=10)
    sim.subscriber("ann").inbox[0].mark_seen()
    sim.advance(minutes=10)
    sim.subscriber("ann").inbox[0].mark_read()
    sim.advance(hours=1)
    assert bridge.state("mail", "inbox") == {
        "seen": True,
        "read": True,
        "lastSeenDate": "2026-01-01T12:20:00.000Z",  # reading is seeing again
        "lastReadDate": "2026-01-01T12:20:00.000Z",
    }


def test_an_in_app_step_that_delivered_nothing_is_unseen_and_unread(served, bridge, skip):
    sim = served("w", ("in_app", "inbox", skip), ("email", "mail", MAIL))
    sim.trigger("w", ANN)
    assert bridge.state("mail", "inbox") == {
        "seen": False,
        "read": False,
        "lastSeenDate": None,
        "lastReadDate": None,
    }


def test_delay_leaves_the_milliseconds_since_its_job_was_made(served, bridge):
    sim = served("w", ("delay", "first", HOUR), ("delay", "second", HOUR), ("email", "mail", MAIL))
    run = sim.trigger("w", ANN).run
    sim.advance(hours=2)
    # jobs are made when the run is: the first delay is as old as the second by the time of the email
    assert bridge.state("second", "first") == {"duration": 3_600_000}
    assert bridge.state("mail", "first") == {"duration": 7_200_000}
    assert run.step("second").result.duration == 7_200_000


def test_digest_leaves_events_by_time_and_their_count(served, bridge):
    sim = served("w", ("digest", "all", HOUR), ("email", "mail", MAIL))
    first = sim.trigger("w", ANN, {"n": 1}).run
    sim.advance(minutes=5)
    second = sim.trigger("w", ANN, {"n": 2, "__source": "x"}).run
    sim.advance(hours=1)
    assert bridge.state("mail", "all") == {
        "eventCount": 2,
        "events": [
            {"id": first.step("all").id, "time": "2026-01-01T12:00:00.000Z", "payload": {"n": 1}},
            {"id": second.step("all").id, "time": "2026-01-01T12:05:00.000Z", "payload": {"n": 2}},
        ],
    }


def test_a_throttle_that_lets_through_leaves_that_it_did(served, bridge):
    sim = served(
        "w", ("throttle", "calm", {"type": "fixed", "threshold": 2, **HOUR}), ("email", "mail", MAIL)
    )
    sim.trigger("w", ANN)
    sim.advance(minutes=1)
    sim.trigger("w", ANN)
    assert bridge.state("mail", "calm") == {"throttled": False}


def test_a_throttle_that_was_skipped_is_not_throttled(served, bridge, skip):
    sim = served("w", ("throttle", "calm", skip), ("email", "mail", MAIL))
    sim.trigger("w", ANN)
    assert bridge.state("mail", "calm") == {"throttled": False}


def test_the_subscriber_is_sent_as_known_at_that_time(served, bridge):
    sim = served("w", ("delay", "wait", HOUR), ("email", "mail", MAIL))
    sim.trigger("w", {**ANN, "data": {"plan": "free"}})
    sim.subscribers.upsert("ann", data={"plan": "pro"}, locale="de")
    sim.advance(hours=1)
    sent = bridge.events("mail")[0]["subscriber"]
    assert (sent["subscriberId"], sent["firstName"], sent["data"], sent["locale"]) == (
        "ann",
        "Ann",
        {"plan": "pro"},
        "de",
    )
    assert "phone" not in sent


def test_the_context_keeps_the_data_that_was_last_given_for_its_id(served, bridge):
    sim = served("w", ("email", "mail", MAIL))
    sim.trigger("w", ANN, context={"tenant": {"id": "acme", "data": {"plan": "pro"}}})
    sim.trigger("w", ANN, context={"tenant": "acme"})
    sim.trigger("w", ANN, context={"tenant": "other"})
    assert [event["context"] for event in bridge.events("mail")] == [
        {"tenant": {"id": "acme", "data": {"plan": "pro"}}},
        {"tenant": {"id": "acme", "data": {"plan": "pro"}}},
        {"tenant": {"id": "other", "data": {}}},
    ]


def test_env_has_novus_own_variables_and_the_simulations(served, bridge):
    sim = served("w", ("email", "mail", MAIL))
    sim.env["SHOP"] = "acme"
    sim.trigger("w", ANN)
    assert bridge.events("mail")[0]["env"] == {"name": "Development", "type": "dev", "SHOP": "acme"}


def test_outputs_and_providers_are_kept_on_step_and_message(served):
    answer = BridgeAnswer(MAIL, {"sendgrid": {"ipPoolName": "hot"}}, False)
    run = served("w", ("email", "mail", answer)).trigger("w", ANN).run
    (message,) = run.messages
    assert (run.step("mail").outputs, run.step("mail").providers) == (
        MAIL,
        {"sendgrid": {"ipPoolName": "hot"}},
    )
    assert (message.content, message.providers, message.provider_id) == (
        MAIL,
        run.step("mail").providers,
        "sendgrid",
    )


def test_a_bridge_error_keeps_its_code_and_data(served):
    def fail(event):
        raise BridgeFailure(
            "no",
            status=400,
            code="ExecutionEventPayloadInvalidError",
            data=[{"path": "/n", "message": "must be number"}],
        )

    step = served("w", ("email", "mail", fail)).trigger("w", ANN).run.step("mail")
    assert (step.status, step.error_code, step.error_data) == (
        "failed",
        "ExecutionEventPayloadInvalidError",
        [{"path": "/n", "message": "must be number"}],
    )
    assert step.error == "the bridge failed: ExecutionEventPayloadInvalidError: no (/n must be number)"
