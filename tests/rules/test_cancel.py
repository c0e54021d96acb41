"""Cancel: what is stopped, what is not, and who goes on in place of a canceled digest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rules import Source, left_out, rule
from tests.unit.simulation.simulated import NOON

CANCEL = Source("apps/api/src/app/events/usecases/cancel-delayed/cancel-delayed.usecase.ts", "943f64b")
BRIDGE = Source(
    "apps/worker/src/app/workflow/usecases/execute-bridge-job/execute-bridge-job.usecase.ts", "943f64b"
)
RUN = Source("apps/worker/src/app/workflow/usecases/run-job/run-job.usecase.ts", "0f3f28d")
E2E = Source("apps/api/src/app/events/e2e/cancel-event.e2e.ts", "943f64b")

HOUR = {"amount": 1, "unit": "hours"}
BELL = ("in_app", "bell", {"body": "x"})


@pytest.fixture
def digest(sim, served):
    """Serves a digest of an hour, and gives a trigger of it for Ann."""
    served("w", ("digest", "all", HOUR), BELL)
    return lambda n: sim.trigger("w", "ann", {"n": n}).run


def statuses(run):
    return [step.status for step in run.steps]


def collected(run):
    return [event["payload"]["n"] for event in run.step("all").result.events]


@rule(
    "cancel.delayed",
    "A delay or digest that is waiting is canceled with all steps after it, and nothing is sent.",
    E2E,
)
@pytest.mark.parametrize("kind", ["delay", "digest"])
def test_what_waits_is_canceled(sim, served, kind):
    served("w", (kind, "wait", HOUR), BELL, ("email", "mail", {}))
    run = sim.trigger("w", "ann").run
    assert sim.cancel(run.transaction_id) is True
    assert (run.status, statuses(run)) == ("canceled", ["canceled"] * 3)
    sim.run_until_idle()
    assert (sim.messages == [], sim.now) == (True, NOON)


@rule(
    "cancel.every-subscriber", "A cancel reaches every subscriber of its trigger, and no other trigger.", E2E
)
def test_a_cancel_reaches_every_subscriber(sim, served):
    served("w", ("delay", "wait", HOUR), BELL)
    trigger, other = sim.trigger("w", ["ann", "bob"]), sim.trigger("w", "ann")
    sim.cancel(trigger.transaction_id)
    assert [run.status for run in [*trigger.runs, other.run]] == ["canceled", "canceled", "running"]


@rule(
    "cancel.done-stays",
    "Steps that have ended and messages that were delivered stay.",
    CANCEL,
)
def test_what_is_done_stays(sim, served):
    served("w", ("in_app", "first", {"body": "x"}), ("delay", "wait", HOUR), BELL)
    run = sim.trigger("w", "ann").run
    sim.cancel(run.transaction_id)
    assert (statuses(run), len(run.messages)) == (["completed", "canceled", "canceled"], 1)


@rule(
    "cancel.nothing",
    "If nothing is delayed, pending or merged, or the id is unknown, the answer is false.",
    CANCEL,
)
@pytest.mark.parametrize("which", ["completed", "failed", "canceled", "unknown", "throttled"])
def test_where_nothing_waits_the_answer_is_false(sim, served, which):
    hour = {"type": "fixed", **HOUR}
    served("w", ("throttle", "calm", hour), BELL)
    served("bad", ("digest", "all", {}), BELL)
    served("slow", ("delay", "wait", HOUR), BELL)
    runs = {
        "completed": sim.trigger("w", "ann"),
        "throttled": sim.trigger("w", "ann"),
        "failed": sim.trigger("bad", "ann"),
    }
    runs["canceled"] = sim.trigger("slow", "ann")
    sim.cancel(runs["canceled"].transaction_id)
    before = sim.timeline()
    assert sim.cancel(runs[which].transaction_id if which in runs else "nobody") is False
    assert sim.timeline() == before


@rule("cancel.follower", "A merged event that is canceled leaves the digest.", E2E)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_merged_event_that_is_canceled_leaves_the_digest(sim, digest, number):
    runs = [digest(n) for n in range(4)]
    assert sim.cancel(runs[number].transaction_id) is True
    assert statuses(runs[number]) == ["canceled", "canceled"]
    sim.run_until_idle()
    assert collected(runs[0]) == [n for n in range(4) if n != number]


@rule(
    "cancel.merged-later",
    "A merged event can be canceled after its digest was sent: the answer is true, and later steps of that run have it no more.",
    BRIDGE,
)
def test_a_merged_event_can_be_canceled_after_its_digest_was_sent(sim, served):
    served("w", ("digest", "all", HOUR), BELL, ("delay", "wait", HOUR), ("in_app", "again", {"body": "x"}))
    first, second = (sim.trigger("w", "ann", {"n": n}).run for n in range(2))
    sim.advance(hours=1)
    assert (first.step("bell").status, collected(first)) == ("completed", [0, 1])
    assert sim.cancel(second.transaction_id) is True
    sim.run_until_idle()
    assert (second.status, first.status, collected(first)) == ("canceled", "completed", [0])


@rule(
    "cancel.takes-over",
    "If the first event of a digest is canceled, the first merged event takes over.",
    CANCEL,
)
def test_the_first_that_was_merged_goes_on(sim, digest):
    first, second, third = (digest(n) for n in range(3))
    sim.advance(minutes=20)
    sim.cancel(first.transaction_id)
    assert [run.status for run in (first, second, third)] == ["canceled", "running", "merged"]
    assert (statuses(second), third.step("all").merged_into) == (["delayed", "pending"], second.step("all"))
    sim.run_until_idle()
    assert (collected(second), [one.run for one in sim.messages]) == ([1, 2], [second])


@rule("cancel.same-window", "The event that took over ends when the first would have ended.", RUN)
def test_whoever_goes_on_ends_when_the_first_would_have(sim, digest):
    first = digest(0)
    sim.advance(minutes=20)
    second = digest(1)
    sim.cancel(first.transaction_id)
    assert second.step("all").due_at == NOON + timedelta(hours=1)


@rule("cancel.joins-the-new", "An event that arrives later is merged into the one that took over.", E2E)
def test_a_later_event_is_merged_into_the_one_that_goes_on(sim, digest):
    first, second = digest(0), digest(1)
    sim.cancel(first.transaction_id)
    assert digest(2).step("all").merged_into is second.step("all")
    sim.run_until_idle()
    assert collected(second) == [1, 2]


@rule("cancel.takes-over-again", "An event that took over may be canceled as well, until none is left.", E2E)
@pytest.mark.parametrize("canceled", [1, 2, 3, 4])
def test_each_that_goes_on_may_be_canceled(sim, digest, canceled):
    runs = [digest(n) for n in range(4)]
    for run in runs[:canceled]:
        sim.cancel(run.transaction_id)
    sim.run_until_idle()
    assert [one.run for one in sim.messages] == runs[canceled : canceled + 1]
    assert [collected(run) for run in runs[canceled : canceled + 1]] == [list(range(canceled, 4))][
        : 4 - canceled
    ]


@rule("cancel.fresh-window", "After all events were canceled, the next event opens a new window.", CANCEL)
def test_after_all_were_canceled_the_next_opens_a_window(sim, digest):
    sim.cancel(digest(0).transaction_id)
    sim.advance(minutes=30)
    assert digest(1).step("all").due_at == NOON + timedelta(minutes=90)


@rule("cancel.extended", "A step that waits for a schedule to open can be canceled.", CANCEL)
def test_what_waits_for_a_schedule_can_be_canceled(sim, served):
    hours = {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
    sim.subscriber("ann").preferences.schedule = {"isEnabled": True, "weeklySchedule": {"friday": hours}}
    served("w", ("delay", "wait", {**HOUR, "extendToSchedule": True}), BELL)
    run = sim.trigger("w", "ann").run
    sim.advance(hours=2)
    assert sim.cancel(run.transaction_id) is True
    sim.run_until_idle()
    assert (run.status, run.messages) == ("canceled", [])


@rule("cancel.feed", "The activity feed shows canceled steps as `canceled`.", CANCEL)
def test_what_was_canceled_is_canceled_in_the_feed(sim, digest):
    run = digest(0)
    sim.cancel(run.transaction_id)
    assert [step.job_status for step in run.steps] == ["canceled", "canceled"]


left_out(
    "cancel.running",
    "A job whose bridge call is being retried is not canceled, nor are the jobs after it.",
    CANCEL,
    why="A cancel stops whatever has not been delivered yet: nothing else can be meant by a test that cancels then.",
)
left_out(
    "cancel.traces",
    "A cancel is traced as done by the user.",
    CANCEL,
    why="The feed says what was canceled; who did it is the test.",
)
