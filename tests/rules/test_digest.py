"""Digests: what collapses, when the window ends, and what the bridge is told."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from tests.rules import Source, left_out, rule
from tests.unit.simulation.simulated import NOON

MERGE = Source("apps/worker/src/app/workflow/usecases/add-job/merge-or-create-digest.usecase.ts", "baefab6")
ADD_JOB = Source("apps/worker/src/app/workflow/usecases/add-job/add-job.usecase.ts", "c91d024")
VALIDATION = Source("apps/worker/src/app/workflow/usecases/add-job/validation.ts", "943f64b")
JOBS = Source("libs/dal/src/repositories/job/job.repository.ts", "943f64b")
WAIT = Source(
    "libs/application-generic/src/services/calculate-delay/compute-job-wait-duration.service.ts", "943f64b"
)
STATE = Source(
    "apps/worker/src/app/workflow/usecases/execute-bridge-job/execute-bridge-job.usecase.ts", "943f64b"
)
E2E = Source("apps/api/src/app/events/e2e/digest-events.e2e.ts", "943f64b")

HOUR = {"amount": 1, "unit": "hours"}
LOOK_BACK = {**HOUR, "lookBackWindow": {"amount": 10, "unit": "minutes"}}
BELL = ("in_app", "bell", {"body": "x"})


@pytest.fixture
def digest(sim, served):
    """`digest(outputs)` serves the workflow `w`; `digest.event(n, **payload)` triggers it for Ann."""

    def serve(outputs):
        served("w", ("digest", "all", outputs), BELL)
        return lambda n, to="ann", **payload: sim.trigger("w", to, {"n": n, **payload}).run

    return serve


def statuses(run):
    return [step.status for step in run.steps]


def collected(sim):
    """The numbers of the events in each digest that has ended, digest by digest."""
    ended = [run.step("all") for run in sim.runs if run.step("all").status == "completed"]
    return [[event["payload"]["n"] for event in step.result.events] for step in ended]


def by_post(event):
    return {**HOUR, "digestKey": event["payload"]["post"]}


@rule(
    "digest.merged-runs",
    "An event that arrives while a window is open is merged, with its later steps.",
    MERGE,
)
def test_an_event_that_arrives_while_the_window_is_open_is_merged(digest):
    event = digest(HOUR)
    first, second = event(1), event(2)
    assert [statuses(run) for run in (first, second)] == [["delayed", "pending"], ["merged", "merged"]]
    assert (first.status, second.status) == ("running", "merged")


@rule("digest.once", "When the window ends its later steps run once, for all events.", E2E)
@pytest.mark.parametrize("followers", [0, 1, 5])
def test_when_the_window_ends_the_later_steps_run_once(sim, digest, followers):
    event = digest(HOUR)
    for n in range(followers + 1):
        event(n)
    sim.advance(hours=1)
    assert (len(sim.messages), collected(sim)) == (1, [list(range(followers + 1))])


@rule("digest.window", "The window is the first event's: those that follow do not prolong it.", MERGE)
def test_followers_do_not_prolong_the_window(sim, digest):
    event = digest(HOUR)
    first = event(1)
    sim.advance(minutes=59)
    event(2)
    sim.advance(minutes=1)
    assert (first.status, collected(sim)) == ("completed", [[1, 2]])


@rule("digest.next-window", "An event after the window opens another.", MERGE)
def test_an_event_after_the_window_opens_another(sim, digest):
    event = digest(HOUR)
    event(1)
    sim.advance(hours=1)
    assert event(2).step("all").due_at == NOON + timedelta(hours=2)
    sim.run_until_idle()
    assert collected(sim) == [[1], [2]]


@rule("digest.by-subscriber", "Subscribers do not share a digest.", JOBS)
def test_subscribers_do_not_share_a_digest(sim, digest):
    event = digest(HOUR)
    runs = [event(n, to) for n, to in enumerate(["ann", "bob", "ann", "eve"])]
    assert [run.step("all").status for run in runs] == ["delayed", "delayed", "merged", "delayed"]


@rule("digest.by-workflow", "Workflows do not share a digest.", JOBS)
def test_workflows_do_not_share_a_digest(sim, bridge):
    for workflow_id in ("v", "w"):
        bridge.add(workflow_id, ("digest", "all", HOUR))
    sim.connect(bridge)
    assert [sim.trigger(one, "ann").run.status for one in ("v", "w", "v")] == ["running", "running", "merged"]


@rule(
    "digest.by-value",
    "The `digestKey` that the bridge answers is the value to group by, whatever it says.",
    ADD_JOB,
)
@pytest.mark.parametrize(
    ("posts", "groups"),
    [
        (["a", "b", "a", "b", "c"], [[0, 2], [1, 3], [4]]),
        (["a", "A", "a "], [[0], [1], [2]]),
        (["payload.n", "payload.n", "n"], [[0, 1], [2]]),
        (["1", "1", "1.0"], [[0, 1], [2]]),
    ],
)
def test_a_digest_key_is_the_value_to_group_by(sim, digest, posts, groups):
    event = digest(by_post)
    for n, post in enumerate(posts):
        event(n, post=post)
    sim.run_until_idle()
    assert collected(sim) == groups


@rule(
    "digest.path-as-value",
    "A `digestKey` that looks like a path is used as text: everything is digested together.",
    ADD_JOB,
)
@pytest.mark.parametrize("key", ["payload.post", "payload.author.id", "subscriber.data.team"])
def test_a_path_as_digest_key_digests_everything_together_and_is_found(sim, digest, key):
    event = digest({**HOUR, "digestKey": key})
    runs = [event(n, post=post) for n, post in enumerate("ab")]
    assert [run.status for run in runs] == ["running", "merged"]
    (finding,) = sim.findings
    assert (finding.kind, finding.step_id) == ("grouping-key", "all")
    assert repr(key) in finding.message


@rule(
    "digest.no-value", "An empty `digestKey` is the same as none: such events are digested together.", ADD_JOB
)
def test_an_empty_digest_key_is_none(sim, digest):
    event = digest(lambda event: {**HOUR, **event["payload"]["key"]})
    runs = [event(n, key=key) for n, key in enumerate([{}, {"digestKey": ""}, {"digestKey": "x"}])]
    assert [run.status for run in runs] == ["running", "merged", "running"]
    assert sim.findings == []


@rule(
    "digest.by-value-not-step",
    "The digests of one workflow share what is open for a value, also across steps.",
    JOBS,
)
def test_digests_of_one_workflow_share_what_is_open(sim, served):
    served("w", ("digest", "all", HOUR), ("digest", "again", HOUR), BELL)
    first = sim.trigger("w", "ann", {"n": 1}).run
    sim.advance(hours=1)
    second = sim.trigger("w", "ann", {"n": 2}).run
    assert (second.status, second.step("all").merged_into) == ("merged", first.step("again"))
    sim.run_until_idle()
    assert [event["payload"]["n"] for event in first.step("again").result.events] == [1, 2]


@rule(
    "digest.not-itself",
    "A digest whose own step is asked again is not merged into itself.",
    JOBS,
    since="2026",
)
def test_a_digest_is_not_merged_into_itself(sim, served):
    served("w", ("digest", "all", HOUR), ("digest", "again", HOUR), BELL)
    run = sim.trigger("w", "ann", {"n": 1}).run
    sim.run_until_idle()
    assert (run.status, statuses(run)) == ("completed", ["completed"] * 3)


@rule(
    "digest.events",
    "A digest leaves its own event and the merged ones, each with id, time and payload.",
    STATE,
)
def test_a_digest_leaves_its_events(sim, digest, bridge):
    event = digest(HOUR)
    first = event(1)
    sim.advance(minutes=5)
    second = event(2)
    sim.run_until_idle()
    assert bridge.state("bell", "all") == {
        "events": [
            {"id": first.step("all").id, "time": "2026-01-01T12:00:00.000Z", "payload": {"n": 1}},
            {"id": second.step("all").id, "time": "2026-01-01T12:05:00.000Z", "payload": {"n": 2}},
        ],
        "eventCount": 2,
    }


@rule(
    "digest.events-order",
    "Events are in the order in which they were triggered, not in which they arrived.",
    STATE,
)
def test_events_are_in_the_order_of_their_triggers(sim, served):
    wait = ("delay", "wait", lambda event: {"amount": event["payload"]["wait"], "unit": "minutes"})
    served("w", wait, ("digest", "all", HOUR), BELL)
    for n, minutes in enumerate([30, 5, 20]):
        sim.trigger("w", "ann", {"n": n, "wait": minutes})
        sim.advance(minutes=1)
    sim.run_until_idle()
    assert sorted(len(events) for events in collected(sim)) == [3]
    assert collected(sim) == [[0, 1, 2]]


@rule(
    "digest.cron-timezone", "A timed digest ends in the subscriber's timezone, in UTC without one.", ADD_JOB
)
@pytest.mark.parametrize(
    ("cron", "zone", "due"),
    [
        ("0 18 * * *", None, datetime(2026, 1, 1, 18)),
        ("0 18 * * *", "Asia/Tokyo", datetime(2026, 1, 2, 9)),
        ("0 18 * * *", "America/New_York", datetime(2026, 1, 1, 23)),
        ("0 8 * * MON", "Europe/Vienna", datetime(2026, 1, 5, 7)),
        ("@daily", "Australia/Sydney", datetime(2026, 1, 1, 13)),
        ("0 9 1 * *", "America/Sao_Paulo", datetime(2026, 2, 1, 12)),
    ],
)
def test_a_timed_digest_ends_in_the_timezone_of_its_subscriber(sim, digest, cron, zone, due):
    sim.subscribers.upsert("ann", timezone=zone)
    assert digest({"cron": cron})(1).step("all").due_at == due.replace(tzinfo=timezone.utc)


@rule(
    "digest.overrides",
    "The trigger's `delay {amount, unit}` takes precedence over the amount of a regular digest.",
    WAIT,
)
@pytest.mark.parametrize(
    ("outputs", "minutes"),
    [(HOUR, 5), ({"cron": "0 13 * * *"}, 60), ({**HOUR, "digestKey": "a"}, 5)],
)
def test_an_override_goes_before_the_amount_of_a_regular_digest(sim, served, outputs, minutes):
    served("w", ("digest", "all", outputs), BELL)
    run = sim.trigger("w", "ann", overrides={"delay": {"amount": 5, "unit": "minutes"}}).run
    assert run.step("all").due_at == NOON + timedelta(minutes=minutes)


@rule(
    "digest.invalid",
    "A digest without an amount or a unit, or whose cron does not parse, fails and stops.",
    VALIDATION,
)
@pytest.mark.parametrize(
    "outputs",
    [
        {},
        {"amount": 1},
        {"unit": "hours"},
        {"amount": 0, "unit": "hours"},
        {"amount": 1, "unit": ""},
        {"cron": "whenever"},
        {"lookBackWindow": {"amount": 1, "unit": "hours"}},
    ],
)
def test_a_digest_that_is_not_set_up_right_fails(sim, digest, outputs):
    run = digest(outputs)(1)
    assert (run.status, statuses(run)) == ("failed", ["failed", "canceled"])


@rule(
    "digest.skipped",
    "A digest whose `skip` is true collects nothing: its job is skipped and the next one runs.",
    ADD_JOB,
)
def test_a_skipped_digest_collects_nothing(sim, digest, skip):
    event = digest(lambda event: skip if event["payload"]["n"] == 2 else HOUR)
    event(1)
    run = event(2)
    assert (run.status, [step.job_status for step in run.steps]) == ("completed", ["skipped", "completed"])
    sim.run_until_idle()
    assert collected(sim) == [[1]]


@rule(
    "digest.look-back", "With a look-back, an event without another before it goes straight through.", MERGE
)
def test_an_event_without_another_goes_straight_through(sim, digest, bridge):
    run = digest(LOOK_BACK)(1)
    assert (run.status, statuses(run)) == ("completed", ["skipped", "completed"])
    assert [event["payload"]["n"] for event in bridge.state("bell", "all")["events"]] == [1]


@rule("digest.look-back-window", "The look-back reaches from now to its window ago, both included.", JOBS)
@pytest.mark.parametrize(
    ("seconds", "status"),
    [(0, "delayed"), (599, "delayed"), (600, "delayed"), (601, "skipped"), (86400, "skipped")],
)
def test_the_look_back_reaches_as_far_as_its_window(sim, digest, seconds, status):
    event = digest(LOOK_BACK)
    event(1)
    sim.advance(seconds=seconds)
    assert event(2).step("all").status == status


@rule(
    "digest.look-back-open",
    "An event without another in its look-back goes straight through also while a digest is open.",
    MERGE,
)
def test_an_event_goes_straight_through_while_a_digest_is_open(sim, digest):
    event = digest(LOOK_BACK)
    event(1)
    sim.advance(minutes=5)
    event(2)
    sim.advance(minutes=20)
    late = event(3)
    assert (late.status, late.step("all").status) == ("completed", "skipped")
    merged = event(4)
    assert merged.status == "merged"
    sim.run_until_idle()
    assert collected(sim) == [[2, 4]]


@rule("digest.look-back-merged", "What was merged does not count for the look-back.", JOBS)
def test_what_was_merged_does_not_count(sim, digest):
    event = digest(LOOK_BACK)
    event(1)
    sim.advance(minutes=1)
    event(2)
    sim.advance(minutes=8)
    event(3)  # merged, as number 1 is not ten minutes ago
    sim.advance(minutes=8)
    assert event(4).step("all").status == "skipped"


@rule(
    "digest.look-back-waiting",
    "An event that waits in an open window counts for the look-back once that is over.",
    JOBS,
)
@pytest.mark.parametrize(("window", "status"), [(1, "delayed"), (20, "skipped")])
def test_an_event_counts_once_its_window_is_over(sim, digest, window, status):
    event = digest({**LOOK_BACK, "amount": window, "unit": "minutes"})
    event(1)
    sim.advance(minutes=8)
    event(2)
    sim.advance(minutes=4)
    assert event(3).step("all").status == status


@rule("digest.look-back-value", "The look-back is by digest value and by subscriber.", JOBS)
def test_the_look_back_is_by_value_and_subscriber(sim, digest):
    event = digest(lambda event: {**LOOK_BACK, "digestKey": event["payload"]["post"]})
    runs = [
        event(n, to, post=post)
        for n, (to, post) in enumerate([("ann", "a"), ("ann", "b"), ("bob", "a"), ("ann", "a")])
    ]
    assert [run.step("all").status for run in runs] == ["skipped", "skipped", "skipped", "delayed"]


@rule(
    "digest.look-back-earlier",
    "An event that was triggered before all others in its look-back goes straight through.",
    MERGE,
)
def test_the_earliest_trigger_goes_straight_through(sim, served):
    wait = ("delay", "wait", lambda event: {"amount": event["payload"]["wait"], "unit": "minutes"})
    served("w", wait, ("digest", "all", LOOK_BACK), BELL)
    slow = sim.trigger("w", "ann", {"n": 1, "wait": 5}).run
    sim.advance(minutes=1)
    sim.trigger("w", "ann", {"n": 2, "wait": 1})
    sim.advance(minutes=4)
    assert (slow.status, slow.step("all").status) == ("completed", "skipped")


@rule(
    "digest.look-back-needs-both",
    "A look-back window without an amount or without a unit is ignored.",
    Source("libs/application-generic/src/utils/bridge.ts", "943f64b"),
)
@pytest.mark.parametrize("window", [{}, {"amount": 10}, {"unit": "minutes"}, None])
def test_a_look_back_needs_an_amount_and_a_unit(sim, digest, window):
    assert digest({**HOUR, "lookBackWindow": window})(1).step("all").status == "delayed"


@rule("digest.look-back-canceled", "A canceled event does not count for the look-back.", JOBS)
def test_a_canceled_event_does_not_count(sim, digest):
    event = digest(LOOK_BACK)
    event(1)
    sim.advance(minutes=9)
    sim.cancel(event(2).transaction_id)
    sim.advance(minutes=5)
    assert event(3).step("all").status == "skipped"


@rule("digest.look-back-own", "An earlier digest of the same run does not count for the look-back.", JOBS)
def test_an_earlier_digest_of_the_same_run_does_not_count(sim, served):
    served("w", ("digest", "all", LOOK_BACK), ("digest", "again", LOOK_BACK), BELL)
    assert statuses(sim.trigger("w", "ann").run) == ["skipped", "skipped", "completed"]


@rule(
    "digest.look-back-took-over",
    "An event that goes on for a canceled one counts for the look-back afterwards.",
    JOBS,
)
def test_an_event_that_went_on_counts(sim, digest):
    event = digest({**LOOK_BACK, "amount": 1, "unit": "minutes"})
    event(1)
    sim.advance(minutes=9)
    master, _ = event(2), event(3)
    sim.cancel(master.transaction_id)
    sim.advance(minutes=5)
    assert event(4).step("all").status == "delayed"


@rule("digest.overrides-zero", "An override of zero ends a digest at once, with its own event.", WAIT)
def test_an_override_of_zero_ends_a_digest(sim, served):
    served("w", ("digest", "all", HOUR), BELL)
    runs = [
        sim.trigger("w", "ann", overrides={"delay": {"amount": 0, "unit": "hours"}}).run for _ in range(2)
    ]
    assert [(run.status, run.step("all").result.event_count) for run in runs] == [("completed", 1)] * 2


left_out(
    "digest.two-digests-double",
    "A merged run that has a second digest after the first counts twice in what it was merged into.",
    STATE,
    why="An oversight: the later digest job carries the mark of the merge as well, and nobody wants an event twice.",
)
left_out(
    "digest.look-back-months",
    "A look-back window of months goes by the calendar.",
    JOBS,
    why="Every other duration of Novu has months of 30 days, and so has this one here.",
)
left_out(
    "digest.timed-v1",
    "A timed digest by `atTime`, `weekDays`, `monthDays` and `ordinal`.",
    Source("libs/application-generic/src/services/calculate-delay/timed-digest-delay.service.ts", "943f64b"),
    why="Only workflows of the first version have it; a bridge answers a cron.",
)
