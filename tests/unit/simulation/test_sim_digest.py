"""Digests: collapse, windows, keys, look-back, and who takes over."""

from datetime import datetime, timedelta, timezone

import pytest

from tests.unit.simulation.simulated import NOON

HOUR = {"amount": 1, "unit": "hours"}
LOOK_BACK = {**HOUR, "lookBackWindow": {"amount": 10, "unit": "minutes"}}


def ann(**profile):
    return {"subscriberId": "ann", "email": "ann@acme.test", **profile}


def mail(event):
    (digest,) = (entry["outputs"] for entry in event["state"] if entry["stepId"] == "all")
    return {
        "subject": str(digest["eventCount"]),
        "body": ",".join(str(e["payload"]["n"]) for e in digest["events"]),
    }


@pytest.fixture
def digesting(served):
    def serve(outputs):
        return served("w", ("digest", "all", outputs), ("email", "mail", mail))

    return serve


def trigger(sim, n, to=None, **payload):
    return sim.trigger("w", to or ann(), {"n": n, **payload}).run


def bodies(sim):
    return [message.body for message in sim.messages]


def test_what_arrives_while_the_window_is_open_is_merged_with_all_its_later_steps(sim, digesting):
    digesting(HOUR)
    first, second = trigger(sim, 1), trigger(sim, 2)
    assert (first.status, first.step("all").status) == ("running", "delayed")
    assert (second.status, [step.status for step in second.steps]) == ("merged", ["merged", "merged"])
    assert second.step("all").merged_into is first.step("all")


def test_when_the_window_ends_the_later_steps_run_once_with_all_events(sim, digesting):
    digesting(HOUR)
    runs = [trigger(sim, n) for n in (1, 2, 3)]
    sim.advance(minutes=59, seconds=59, milliseconds=999)
    assert bodies(sim) == []
    sim.advance(milliseconds=1)
    assert bodies(sim) == ["1,2,3"]
    assert [run.status for run in runs] == ["completed", "merged", "merged"]


def test_the_window_is_the_masters_and_followers_do_not_prolong_it(sim, digesting):
    digesting(HOUR)
    trigger(sim, 1)
    sim.advance(minutes=50)
    trigger(sim, 2)
    sim.advance(minutes=10)
    assert bodies(sim) == ["1,2"]


def test_after_the_window_the_next_one_opens_another(sim, digesting):
    digesting(HOUR)
    trigger(sim, 1)
    sim.advance(hours=1)
    trigger(sim, 2)
    sim.advance(hours=1)
    assert bodies(sim) == ["1", "2"]


def test_subscribers_do_not_share_a_digest(sim, digesting):
    digesting(HOUR)
    trigger(sim, 1)
    trigger(sim, 2, to={"subscriberId": "bob", "email": "bob@acme.test"})
    sim.advance(hours=1)
    assert bodies(sim) == ["1", "2"]


def test_workflows_do_not_share_a_digest(sim, bridge):
    for workflow_id in ("w", "v"):
        bridge.add(workflow_id, ("digest", "all", HOUR), ("email", "mail", mail))
    sim.connect(bridge)
    trigger(sim, 1)
    sim.trigger("v", ann(), {"n": 2})
    sim.advance(hours=1)
    assert bodies(sim) == ["1", "2"]


def test_the_digests_of_one_workflow_share_what_is_open(sim, served):
    served("w", ("digest", "all", HOUR), ("digest", "again", HOUR), ("email", "mail", mail))
    first = trigger(sim, 1)
    sim.advance(hours=1)
    second = trigger(sim, 2)
    assert second.step("all").merged_into is first.step("again")  # Novu looks for the value, not for the step
    sim.run_until_idle()
    assert first.step("again").result.event_count == 2
    assert bodies(sim) == ["1"]


def test_digest_keys_do_not_share_a_digest(sim, digesting):
    digesting(lambda event: {**HOUR, "digestKey": event["payload"]["post"]})
    for n, post in ((1, "a"), (2, "b"), (3, "a")):
        trigger(sim, n, post=post)
    sim.advance(hours=1)
    assert bodies(sim) == ["1,3", "2"]


@pytest.mark.parametrize(
    ("cron", "due"),
    [
        ("0 18 * * *", datetime(2026, 1, 1, 18)),
        ("0 8 * * *", datetime(2026, 1, 2, 8)),
        ("0 9 * * 1", datetime(2026, 1, 5, 9)),
        ("0 12 * * *", datetime(2026, 1, 2, 12)),
    ],
)
def test_a_timed_window_ends_with_the_next_cron_occurrence_in_utc(sim, digesting, cron, due):
    digesting({"cron": cron})
    due = due.replace(tzinfo=timezone.utc)
    first = trigger(sim, 1)
    assert first.step("all").due_at == due
    sim.advance_to(due - timedelta(seconds=1))
    trigger(sim, 2)
    sim.advance_to(due)
    assert bodies(sim) == ["1,2"]
    assert sim.messages[0].sent_at == due


def test_events_carry_id_time_and_payload_by_time(sim, digesting):
    digesting(HOUR)
    first = trigger(sim, 1)
    sim.advance(minutes=1)
    second = trigger(sim, 2)
    sim.advance(hours=1)
    assert first.step("all").result.events == [
        {"id": first.step("all").id, "time": "2026-01-01T12:00:00.000Z", "payload": {"n": 1}},
        {"id": second.step("all").id, "time": "2026-01-01T12:01:00.000Z", "payload": {"n": 2}},
    ]


@pytest.mark.parametrize("minutes", [0, 1])
def test_events_are_ordered_by_when_they_were_triggered_not_by_when_they_reached_the_digest(
    sim, served, minutes
):
    served(
        "w",
        ("delay", "wait", lambda e: {"amount": e["payload"]["wait"], "unit": "minutes"}),
        ("digest", "all", HOUR),
        ("email", "mail", mail),
    )
    trigger(sim, 1, wait=30)
    sim.advance(minutes=minutes)
    last = trigger(sim, 2, wait=5)
    trigger(sim, 3, wait=20)
    sim.run_until_idle()
    assert bodies(sim) == ["1,2,3"]
    assert [one.run for one in sim.messages] == [last]
    assert [event["payload"]["n"] for event in sim.runs[0].step("all").result.events] == [1]


def test_look_back_is_over_all_that_were_triggered_whenever_they_reached_the_digest(sim, served):
    served(
        "w",
        ("delay", "wait", lambda e: {"amount": e["payload"]["wait"], "unit": "minutes"}),
        (
            "digest",
            "all",
            lambda e: {**HOUR, "lookBackWindow": {"amount": e["payload"]["back"], "unit": "minutes"}},
        ),
        ("email", "mail", mail),
    )
    for n, (after, wait, back) in enumerate([(4, 90, 20), (12, 90, 120), (13, 5, 60)]):
        sim.advance(minutes=after)
        trigger(sim, n, wait=wait, back=back)
    sim.run_until_idle()
    assert [run.step("all").status for run in sim.runs] == ["skipped", "completed", "skipped"]


def test_a_skipped_digest_does_not_wait_and_merges_nothing(sim, digesting, skip):
    digesting(lambda event: skip if event["payload"]["n"] == 2 else HOUR)
    trigger(sim, 1)
    run = trigger(sim, 2)
    assert [step.status for step in run.steps] == ["skipped", "completed"]
    assert bodies(sim) == ["2"]


def test_a_digest_that_is_not_set_up_right_fails(sim, digesting):
    digesting({"cron": "nonsense"})
    run = trigger(sim, 1)
    assert [step.status for step in run.steps] == ["failed", "canceled"]


# --- look-back ---


def test_with_look_back_the_first_event_goes_straight_through_and_the_next_opens_a_digest(sim, digesting):
    digesting(LOOK_BACK)
    first = trigger(sim, 1)
    assert [step.status for step in first.steps] == ["skipped", "completed"]
    assert "10 minutes: straight through" in first.step("all").skip_reason
    assert bodies(sim) == ["1"]
    sim.advance(minutes=5)
    second, third = trigger(sim, 2), trigger(sim, 3)
    assert (second.step("all").status, third.status) == ("delayed", "merged")
    sim.advance(hours=1)
    assert bodies(sim) == ["1", "2,3"]


@pytest.mark.parametrize(("minutes", "status"), [(9, "delayed"), (10, "delayed"), (11, "skipped")])
def test_look_back_reaches_as_far_as_its_window(sim, digesting, minutes, status):
    digesting(LOOK_BACK)
    trigger(sim, 1)
    sim.advance(minutes=minutes)
    assert trigger(sim, 2).step("all").status == status


def test_an_event_that_was_merged_counts_for_the_look_back_too(sim, digesting):
    digesting(LOOK_BACK)
    trigger(sim, 1)
    sim.advance(minutes=1)
    trigger(sim, 2)
    sim.advance(minutes=58)
    trigger(sim, 3)
    sim.advance(minutes=3)  # the window is over, and number 3 came three minutes ago
    assert trigger(sim, 4).step("all").status == "delayed"


def test_a_canceled_event_does_not_count_for_the_look_back(sim, digesting):
    digesting(LOOK_BACK)
    trigger(sim, 1)
    sim.advance(minutes=9)
    sim.cancel(trigger(sim, 2).transaction_id)
    sim.advance(minutes=5)
    assert trigger(sim, 3).step("all").status == "skipped"


def test_look_back_is_by_digest_key(sim, digesting):
    digesting(lambda event: {**LOOK_BACK, "digestKey": event["payload"]["post"]})
    assert trigger(sim, 1, post="a").step("all").status == "skipped"
    assert trigger(sim, 2, post="b").step("all").status == "skipped"
    assert trigger(sim, 3, post="a").step("all").status == "delayed"


# --- cancel ---


def test_when_the_master_is_canceled_the_first_follower_takes_its_place(sim, digesting):
    digesting(HOUR)
    first = trigger(sim, 1)
    sim.advance(minutes=10)
    second, third = trigger(sim, 2), trigger(sim, 3)
    assert sim.cancel(first.transaction_id)
    assert (first.status, [step.status for step in first.steps]) == ("canceled", ["canceled", "canceled"])
    assert (second.status, [step.status for step in second.steps]) == ("running", ["delayed", "pending"])
    assert (third.status, third.step("all").merged_into) == ("merged", second.step("all"))
    assert second.step("all").due_at == NOON + timedelta(hours=1)
    trigger(sim, 4)
    sim.advance(minutes=50)
    assert bodies(sim) == ["2,3,4"]
    assert [one.run for one in sim.messages] == [second]


def test_a_follower_that_took_over_can_be_canceled_as_well(sim, digesting):
    digesting(HOUR)
    runs = [trigger(sim, n) for n in (1, 2, 3)]
    for run in runs[:2]:
        sim.cancel(run.transaction_id)
    sim.advance(hours=1)
    assert bodies(sim) == ["3"]


def test_when_all_are_canceled_nothing_is_sent_and_the_next_opens_a_new_window(sim, digesting):
    digesting(HOUR)
    for run in [trigger(sim, n) for n in (1, 2)]:
        sim.cancel(run.transaction_id)
    sim.advance(minutes=30)
    fresh = trigger(sim, 3)
    assert fresh.step("all").due_at == NOON + timedelta(minutes=90)
    sim.run_until_idle()
    assert bodies(sim) == ["3"]


def test_a_canceled_follower_leaves_the_digest(sim, digesting):
    digesting(HOUR)
    runs = [trigger(sim, n) for n in (1, 2, 3)]
    assert sim.cancel(runs[1].transaction_id)
    assert runs[1].status == "canceled"
    sim.advance(hours=1)
    assert bodies(sim) == ["1,3"]


def test_the_activity_says_into_which_digest_a_trigger_was_merged(sim, digesting):
    digesting(HOUR)
    first, second = trigger(sim, 1), trigger(sim, 2)
    lines = [line.text for line in second.activity if line.kind == "merged"]
    assert lines == [f"merged into the digest of trigger {first.transaction_id}, event 2 of it"]
