"""Triggers: whom they reach, what they make known, and how they are cancelled."""

import pytest

from novu_framework_testing import NovuSimulator, Topic, UnknownStep, UnknownWorkflow
from tests.unit.simulation.simulated import NOON

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
TEXT = {"body": "Hi"}
HOUR = {"amount": 1, "unit": "hours"}


@pytest.fixture
def inbox(served):
    return served("w", ("in_app", "inbox", TEXT))


def reached(trigger):
    return [run.subscriber_id for run in trigger.runs]


# --- subscribers ---


def test_a_trigger_makes_the_subscriber_and_updates_what_it_carries(inbox):
    inbox.trigger("w", {"subscriberId": "ann", "firstName": "Ann", "phone": "1"})
    inbox.trigger("w", {"subscriberId": "ann", "phone": "2"})
    ann = inbox.subscribers["ann"]
    assert (ann.first_name, ann.phone) == ("Ann", "2")
    inbox.trigger("w", "ann")
    assert inbox.subscribers["ann"] is ann


def test_an_unknown_subscriber_is_a_key_error_that_names_those_there_are(inbox):
    inbox.trigger("w", ["ann", "bob"])
    with pytest.raises(KeyError, match=r"no subscriber 'eve'.*There are: ann, bob"):
        inbox.subscribers["eve"]


def test_each_recipient_has_a_run_of_its_own(inbox):
    trigger = inbox.trigger("w", ["ann", {"subscriberId": "bob"}, "cid"])
    assert reached(trigger) == ["ann", "bob", "cid"]
    assert len({run.id for run in trigger.runs}) == 3
    assert [len(inbox.subscriber(one).inbox) for one in ("ann", "bob", "cid")] == [1, 1, 1]


def test_a_recipient_that_is_named_twice_is_reached_once(inbox):
    assert reached(inbox.trigger("w", ["ann", {"subscriberId": "ann", "firstName": "Ann"}])) == ["ann"]


def test_the_run_of_a_trigger_is_only_there_for_one_subscriber(inbox):
    with pytest.raises(LookupError, match=r"reached 2 subscribers \(ann, bob\), not one: use `trigger.runs`"):
        inbox.trigger("w", ["ann", "bob"]).run  # noqa: B018


def test_a_subscriber_of_the_simulation_or_of_the_runtime_is_a_recipient(inbox):
    from novu_framework import Subscriber

    ann = inbox.subscribers.upsert("ann", email="ann@acme.test")
    trigger = inbox.trigger("w", [ann, Subscriber(subscriber_id="bob", first_name="Bob")], actor=ann)
    assert reached(trigger) == ["ann", "bob"]
    assert (ann.email, inbox.subscribers["bob"].first_name) == ("ann@acme.test", "Bob")


def test_a_subscriber_is_asked_for_by_id_and_made_of_a_dict_or_a_model(inbox):
    from novu_framework import Subscriber

    ann = inbox.subscriber({"subscriber_id": "ann", "email": "ann@acme.test"})
    inbox.subscriber(Subscriber(subscriber_id="ann", first_name="Ann"))
    assert inbox.subscriber("ann") is ann
    assert (ann.email, ann.first_name) == ("ann@acme.test", "Ann")
    with pytest.raises(ValueError, match=r"is a topic, not a subscriber: see `novu.topic`"):
        inbox.subscriber({"type": "Topic", "topicKey": "news"})


@pytest.mark.parametrize("to", ["", {}, {"email": "a@acme.test"}, 5, [None]])
def test_what_is_no_recipient_is_an_error(inbox, to):
    with pytest.raises((ValueError, TypeError)):
        inbox.trigger("w", to)


# --- topics ---


def test_topics_reach_each_subscriber_once(inbox):
    inbox.topic("one").add("ann", "bob")
    inbox.topic("two").add("bob", "cid")
    trigger = inbox.trigger("w", [Topic("one"), {"type": "Topic", "topicKey": "two"}, "ann"])
    assert reached(trigger) == ["ann", "bob", "cid"]
    assert [run.topics for run in trigger.runs] == [(), ("one", "two"), ("two",)]


def test_the_actor_is_left_out_of_topics(inbox):
    inbox.topic("post").add("ann", "bob")
    trigger = inbox.trigger("w", inbox.topic("post"), actor="ann")
    assert reached(trigger) == ["bob"]
    assert "the topic post leaves out the actor ann" in str(inbox.activity[0])


def test_an_actor_who_is_named_himself_is_reached(inbox):
    inbox.topic("post").add("ann", "bob")
    assert reached(inbox.trigger("w", ["ann", Topic("post")], actor={"subscriberId": "ann"})) == [
        "ann",
        "bob",
    ]


def test_the_actor_becomes_a_subscriber(inbox):
    inbox.trigger("w", "bob", actor={"subscriberId": "ann", "firstName": "Ann"})
    assert inbox.subscribers["ann"].first_name == "Ann"


def test_who_left_a_topic_is_not_reached(inbox):
    inbox.topic("post").add("ann", "bob").remove("ann")
    assert reached(inbox.trigger("w", Topic("post"))) == ["bob"]


def test_a_topic_without_subscribers_reaches_nobody_and_says_so(inbox):
    trigger = inbox.trigger("w", Topic("nobody"))
    assert trigger.runs == []
    assert "the topic nobody has no subscribers" in inbox.activity[0].text


def test_a_topic_that_a_test_filled_itself_becomes_known(inbox):
    assert reached(inbox.trigger("w", Topic("post").add("ann", "bob"))) == ["ann", "bob"]
    assert list(inbox.topics["post"]) == ["ann", "bob"]


def test_a_broadcast_reaches_every_subscriber(inbox):
    for one in ("ann", "bob"):
        inbox.subscriber(one)
    assert reached(inbox.broadcast("w", {"n": 1})) == ["ann", "bob"]


# --- transactions ---


def test_a_transaction_id_is_made_up_or_the_callers(inbox):
    assert inbox.trigger("w", "ann").transaction_id == "txn_7a0000000000000000000001"
    assert inbox.trigger("w", "ann", transaction_id="mine").transaction_id == "mine"


def test_a_transaction_that_was_there_before_is_not_run_again(inbox):
    first = inbox.trigger("w", "ann", transaction_id="once")
    assert inbox.trigger("w", "ann", transaction_id="once") is first
    assert len(inbox.triggers) == len(inbox.messages) == 1


def test_a_bulk_takes_events_of_the_api_and_arguments(inbox):
    triggers = inbox.trigger_bulk(
        [
            {"name": "w", "to": "ann", "payload": {"n": 1}, "transactionId": "a"},
            {"workflow_id": "w", "to": ["bob"], "payload": {"n": 2}},
        ]
    )
    assert [(reached(one), one.payload) for one in triggers] == [(["ann"], {"n": 1}), (["bob"], {"n": 2})]
    assert triggers[0].transaction_id == "a"


def test_an_unknown_workflow_is_an_error_that_names_those_there_are(inbox):
    with pytest.raises(UnknownWorkflow, match=r"no workflow 'v' here.*There are: w"):
        inbox.trigger("v", "ann")


def test_an_unknown_step_is_an_error_that_names_those_there_are(inbox):
    run = inbox.trigger("w", "ann").run
    with pytest.raises(UnknownStep, match="'w' has no step 'mail'; it has inbox"):
        run.step("mail")
    with pytest.raises(UnknownStep):
        inbox.controls("w", "mail", {})


@pytest.mark.parametrize(
    ("payload", "error"), [({"x": float("nan")}, ValueError), ({"x": object()}, TypeError), ([1], TypeError)]
)
def test_a_payload_that_is_no_json_object_is_an_error(inbox, payload, error):
    with pytest.raises(error):
        inbox.trigger("w", "ann", payload)
    assert len(inbox.triggers) == 0


def test_the_payload_is_what_it_was_when_it_was_triggered(served, bridge):
    sim = served("w", ("delay", "wait", HOUR), ("email", "mail", MAIL))
    payload = {"items": [1]}
    sim.trigger("w", ANN, payload)
    payload["items"].append(2)
    sim.advance(hours=1)
    assert bridge.events("mail")[0]["payload"] == {"items": [1]}


# --- cancel ---


def test_cancel_stops_what_is_delayed_and_what_is_pending(served):
    sim = served("w", ("in_app", "inbox", TEXT), ("delay", "wait", HOUR), ("email", "mail", MAIL))
    trigger = sim.trigger("w", ANN)
    assert sim.cancel(trigger.transaction_id) is True
    sim.run_until_idle()
    assert [step.status for step in trigger.run.steps] == ["completed", "canceled", "canceled"]
    assert trigger.run.status == "canceled"
    assert sim.now == trigger.created_at  # nothing waited any more


def test_cancel_reaches_every_subscriber_of_the_trigger_and_no_other_trigger(served):
    sim = served("w", ("delay", "wait", HOUR), ("in_app", "inbox", TEXT))
    canceled, kept = sim.trigger("w", ["ann", "bob"]), sim.trigger("w", "ann")
    assert canceled.cancel()
    sim.run_until_idle()
    assert [run.status for run in canceled.runs] == ["canceled", "canceled"]
    assert kept.run.status == "completed"


def test_cancel_says_when_there_is_nothing_to_stop(inbox):
    assert inbox.cancel(inbox.trigger("w", "ann").transaction_id) is False
    assert inbox.cancel("unknown") is False


def test_cancel_stops_a_retry(served, bridge):
    from novu_framework_testing import BridgeFailure

    def down(event):
        raise BridgeFailure("down", status=503)

    sim = served("w", ("email", "mail", down))
    trigger = sim.trigger("w", ANN)
    trigger.cancel()
    sim.run_until_idle()
    assert len(bridge.calls) == 1
    assert trigger.run.step("mail").status == "canceled"


# --- the same test, the same ids ---


def test_two_simulations_that_do_the_same_have_the_same_ids_and_timelines(bridge):
    bridge.add("w", ("digest", "all", HOUR), ("in_app", "inbox", TEXT))
    seen = []
    for _ in range(2):
        with NovuSimulator(NOON, secret_key="s") as sim:
            sim.connect(bridge)
            sim.trigger_bulk({"name": "w", "to": ["ann", "bob"]} for _ in range(3))
            sim.run_until_idle()
            jobs = [step.id for run in sim.runs for step in run.steps]
            seen.append((jobs, [one.id for one in sim.messages], sim.timeline()))
    assert seen[0] == seen[1]
    assert len(set(seen[0][0])) == len(seen[0][0])


# --- what a trigger leaves out and goes on after ---


def test_empty_topics_and_left_out_people_are_noted_and_the_others_reached(inbox):
    inbox.topic("empty")
    inbox.topic("post").add("ann", "bob", "cid", "dan")
    to = [Topic("empty"), Topic("nobody"), Topic("post", exclude=("cid",)), "eve", {"subscriberId": "fay"}]
    trigger = inbox.trigger("w", to, actor="ann")
    assert reached(trigger) == ["eve", "fay", "bob", "dan"]
    assert [line.text for line in inbox.activity[:3]] == [
        "w: the topic empty has no subscribers",
        "w: the topic nobody has no subscribers",
        "w: the topic post leaves out the actor ann",
    ]
    assert [run.topics for run in trigger.runs] == [(), (), ("post",), ("post",)]


def test_a_topic_of_the_test_adds_to_the_one_of_the_simulation_also_in_a_list(inbox):
    inbox.topic("post").add("ann")
    assert reached(inbox.trigger("w", (Topic("post").add("bob"), Topic("new", "News").add("cid")))) == [
        "ann",
        "bob",
        "cid",
    ]
    assert (list(inbox.topics["post"]), inbox.topics["new"].name) == (["ann", "bob"], "News")
    inbox.trigger("w", Topic("later"))
    assert inbox.topics.get("later") is None


def test_a_run_is_found_by_its_id_among_all_triggers(inbox):
    runs = [run for to in (["ann", "bob"], "cid") for run in inbox.trigger("w", to).runs]
    assert list(inbox.triggers.runs()) == runs
    assert [inbox.triggers.run(run.id) for run in runs] == runs
    assert inbox.triggers.run("unknown") is None


# --- what a trigger, a run and a step tell ---


def test_a_trigger_tells_its_runs_and_messages(inbox):
    trigger = inbox.trigger("w", ["ann", "bob"])
    assert (trigger.status, trigger.acknowledged, trigger.workflow_id) == ("processed", True, "w")
    assert list(trigger) == trigger.runs
    assert [message.subscriber_id for message in trigger.messages] == ["ann", "bob"]
    assert trigger.run_for("bob") is trigger.runs[1]
    with pytest.raises(LookupError, match="did not reach 'eve', but ann, bob"):
        trigger.run_for("eve")
    with pytest.raises(LookupError, match=r"reached 0 subscribers \(nobody\)"):
        inbox.trigger("w", []).run  # noqa: B018
    crowd = inbox.trigger("w", [f"s{n:02}" for n in range(11)])
    with pytest.raises(LookupError, match=r"reached 11 subscribers \(s00, .*, s09\), not one"):
        crowd.run  # noqa: B018


def test_a_run_knows_what_it_is_of(served):
    sim = served("w", ("in_app", "note", TEXT), ("email", "mail", MAIL))
    trigger = sim.trigger("w", ANN, {"n": 1}, overrides={"email": {"x": 1}})
    run = trigger.run
    assert (run.workflow, run.workflow_id, run.transaction_id) == (
        sim.workflows["w"],
        "w",
        trigger.transaction_id,
    )
    assert (run.subscriber, run.subscriber_id, run.created_at) == (sim.subscriber("ann"), "ann", NOON)
    assert (run.payload, run.overrides) == ({"n": 1}, {"email": {"x": 1}})
    assert [run.step(name) for name in ("note", "mail")] == run.steps
    assert [len(one) for one in (run.id, *(step.id for step in run.steps))] == [24] * 3
    assert (run.waiting, run.finished_at) == (None, NOON)
    assert [(step.created_at, step.has_ended, step.attempts) for step in run.steps] == [(NOON, True, 1)] * 2
    for one in (trigger, run, run.steps[0]):
        with pytest.raises(AttributeError):
            one.misspelled = 1


def test_what_waits_has_not_ended_and_the_timeline_says_until_when(served):
    sim = served("w", ("delay", "wait", HOUR), ("email", "mail", MAIL))
    run = sim.trigger("w", ANN).run
    assert [step.has_ended for step in run.steps] == [False, False]
    assert run.timeline().splitlines()[-1] == "  waits for wait until 2026-01-01 13:00:00 UTC"
    assert (run.timeline(color=True) == run.timeline(), "\x1b" in run.timeline()) == (False, False)
    sim.run_until_idle()
    assert [step.has_ended for step in run.steps] == [True, True]
    assert "waits for" not in run.timeline()
    assert "mail [email]: " in run.timeline()
    assert sim.cancel(run.transaction_id) is False


def test_a_result_is_read_by_key_and_by_name_and_says_what_it_has(served):
    sim = served("w", ("digest", "all", HOUR), ("email", "mail", MAIL), ("custom", "sum", {"a": {"b": 1}}))
    first, second = (sim.trigger("w", ANN, {"n": n}).run for n in range(2))
    sim.run_until_idle()
    result = first.step("all").result
    assert result.event_count == result["eventCount"] == len(result.events) == 2
    assert (second.step("all").result.event_count, second.step("all").merged_into) == (1, first.step("all"))
    assert (first.step("all").merged_into, first.step("mail").result) == (None, {})
    assert first.step("sum").result.a == {"b": 1}
    with pytest.raises(AttributeError, match="no 'count'; it has events, eventCount"):
        result.count  # noqa: B018
    with pytest.raises(AttributeError, match="it has none"):
        first.step("mail").result.count  # noqa: B018


def test_a_finding_is_told_once_a_run_and_kept_once(sim, served):
    served("w")
    runs = [sim.trigger("w", ANN).run for _ in range(2)]
    assert [[line.kind for line in run.activity] for run in runs] == [["trigger", "finding", "run"]] * 2
    assert [list(run.findings) for run in runs] == [sim.findings] * 2
    runs[0].find(sim.findings[0])
    assert len(runs[0].findings) == len(sim.findings) == 1
    assert all("(" not in line.text for run in runs for line in run.activity if line.kind == "finding")


def test_triggers_runs_and_steps_are_told_apart_by_which_they_are(served):
    sim = served("w", ("email", "mail", {"subject": "Hi", "body": "Hi"}))
    triggers = [sim.trigger("w", "ann") for _ in range(2)]
    things = [one for trigger in triggers for one in (trigger, trigger.run, *trigger.run.steps)]
    assert len(set(things)) == 6
