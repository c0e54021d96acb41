"""The worker: what it writes down of each job, in the feed and on the step, and what a cancel meets while it works."""

from datetime import timedelta

import pytest

from novu_framework_testing import BridgeAnswer, BridgeFailure, StillWaiting
from tests.unit.simulation.simulated import NOON

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
HOUR = {"amount": 1, "unit": "hours"}
LOOK_BACK = {**HOUR, "lookBackWindow": {"amount": 10, "unit": "minutes"}}


class Once:
    """Fails the first call in a way that is retried."""

    def __init__(self):
        self.calls = 0

    def __call__(self, event):
        self.calls += 1
        if self.calls == 1:
            raise BridgeFailure("down", status=503)
        return MAIL


def broken(event):
    raise BridgeFailure("boom", status=400)


def kinds(run):
    return [f"{line.kind} {line.step_id or ''}".strip() for line in run.activity]


@pytest.mark.parametrize(
    ("kind", "answer", "feed"),
    [
        ("custom", {}, ["completed do"]),
        ("delay", {"amount": 0, "unit": "hours"}, ["completed do"]),
        ("delay", HOUR, ["delayed do", "completed do"]),
        ("digest", HOUR, ["digest do", "completed do"]),
        ("digest", {**HOUR, "digestKey": "a"}, ["digest do", "completed do"]),
        ("digest", LOOK_BACK, ["skipped do"]),
        ("throttle", {"type": "fixed", **HOUR}, ["completed do"]),
        ("http_request", {}, ["completed do"]),
        ("email", Once, ["retry do", "delivered do"]),
        ("email", MAIL, ["delivered do"]),
        ("email", BridgeAnswer({}, {}, True), ["skipped do"]),
        ("email", broken, ["failed do"]),
        ("custom", broken, ["failed do", "canceled", "run"]),
    ],
)
def test_the_feed_has_a_line_for_all_that_happens_to_a_job(sim, served, kind, answer, feed):
    given = Once() if answer is Once else answer
    served("w", (kind, "do", given), ("in_app", "more", MAIL), ("in_app", "last", MAIL))
    run = sim.trigger("w", ANN).run
    sim.run_until_idle()
    rest = [] if feed[-1] == "run" else ["delivered more", "delivered last", "run"]
    assert kinds(run) == ["trigger", *feed, *rest]
    assert all(line.text for line in run.activity)
    assert [str(line) for line in sim.activity] == [str(line) for line in run.activity]


def test_the_feed_names_the_key_of_a_digest_and_how_many_events_it_had(sim, served):
    served("w", ("digest", "all", lambda e: {**HOUR, "digestKey": e["payload"].get("key")}))
    runs = [
        sim.trigger("w", ANN, payload).run for payload in ({"key": "red"}, {}, {"key": "red"}, {"key": "red"})
    ]
    sim.run_until_idle()
    told = [[line.text for line in run.activity if line.step_id] for run in runs]
    assert ["'red'" in lines[0] for lines in told[:2]] == [True, False]
    assert "for" not in told[1][0].split()
    assert [lines[-1] for lines in told[:2]] == [
        "digest is over with 3 events",
        "digest is over with 1 event",
    ]
    assert [[" event 2 " in lines[-1], " event 3 " in lines[-1]] for lines in told[2:]] == [
        [True, False],
        [False, True],
    ]


def test_the_feed_names_what_was_canceled(sim, served):
    served("w", ("delay", "wait", HOUR), ("email", "mail", MAIL), ("email", "more", MAIL))
    trigger = sim.trigger("w", ANN)
    trigger.cancel()
    (line,) = (line for line in trigger.run.activity if line.kind == "canceled")
    assert line.text == "canceled: wait, mail, more"
    assert kinds(trigger.run) == ["trigger", "delayed wait", "canceled", "run"]


def test_what_a_throttle_holds_back_is_in_the_feed_as_throttled(sim, served):
    served(
        "w", ("throttle", "calm", {"type": "fixed", **HOUR}), ("email", "mail", MAIL), ("email", "more", MAIL)
    )
    first, second = sim.trigger("w", ANN).run, sim.trigger("w", ANN).run
    assert kinds(second) == ["trigger", "throttled calm", "throttled mail", "throttled more", "run"]
    assert second.step("mail").skip_reason == "skipped: calm is throttled"
    assert (first.status, second.finished_at) == ("completed", NOON)


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [("delay", HOUR, "delayed"), ("digest", HOUR, "digest"), ("email", Once, "retried")],
)
def test_what_waits_is_told_with_the_reason(sim, served, kind, answer, words):
    given = Once() if answer is Once else answer
    served("w", (kind, "do", given)).trigger("w", ANN)
    with pytest.raises(StillWaiting, match=f"w/do of ann: .*{words}"):
        sim.run_until_idle(timedelta(0))


# --- the moments of a job ---


def moments(step):
    return tuple(
        None if at is None else (at - NOON).total_seconds()
        for at in (step.started_at, step.due_at, step.finished_at)
    )


def test_a_job_knows_when_it_began_until_when_it_waits_and_when_it_ended(sim, served):
    served(
        "w",
        ("delay", "wait", HOUR),
        ("http_request", "call", {}),
        ("email", "mail", Once()),
        ("custom", "sum", {}),
    )
    run = sim.trigger("w", ANN).run
    wait, _, mail, _ = run.steps
    assert [moments(step) for step in run.steps] == [(0, 3600, None), *[(None, None, None)] * 3]
    assert (run.finished_at, run.waiting) == (None, wait)
    sim.advance(hours=1)
    assert [moments(step) for step in run.steps[:3]] == [
        (0, None, 3600),
        (3600, None, 3600),
        (3600, 3601, None),
    ]
    assert (run.waiting, mail.status) == (mail, "pending")
    sim.advance(hours=1)
    assert [moments(step) for step in run.steps[2:]] == [(3600, None, 3601), (3601, None, 3601)]
    assert [step.attempts for step in run.steps] == [1, 0, 2, 1]
    assert run.finished_at == NOON + timedelta(seconds=3601)


def test_a_run_ends_where_it_is_merged_stopped_or_canceled_and_so_do_its_jobs(sim, served):
    served(
        "w",
        ("digest", "all", HOUR),
        ("custom", "next", lambda e: broken(e) if e["payload"] else {}),
        ("email", "mail", MAIL),
    )
    first, merged, canceled = (sim.trigger("w", ANN, {"n": n}) for n in range(3))
    sim.advance(minutes=1)
    canceled.cancel()
    assert [moments(step) for step in merged.run.steps] == [(0, None, 0), (None, None, 0), (None, None, 0)]
    assert [moments(step) for step in canceled.run.steps] == [
        (0, None, 60),
        (None, None, 60),
        (None, None, 60),
    ]
    assert (merged.run.finished_at, canceled.run.finished_at) == (NOON, NOON + timedelta(minutes=1))
    sim.advance(hours=1)
    assert [moments(step)[2] for step in first.run.steps] == [3600, 3600, 3600]
    assert [step.status for step in first.run.steps] == ["completed", "failed", "canceled"]


def test_what_takes_over_a_digest_is_open_again_and_alone(sim, served):
    served("w", ("in_app", "note", MAIL), ("digest", "all", HOUR), ("email", "mail", MAIL))
    first, second, third = (sim.trigger("w", ANN) for _ in range(3))
    assert first.cancel()
    run = second.run
    assert [moments(step) for step in run.steps] == [(0, None, 0), (0, 3600, None), (None, None, None)]
    assert [step.status for step in run.steps] == ["completed", "delayed", "pending"]
    assert (run.finished_at, run.waiting) == (None, run.steps[1])
    assert run.steps[2].digest is None
    assert kinds(run)[-2:] == ["run", "digest all"]
    assert f"trigger {first.transaction_id}" in run.activity[-1].text
    assert [moments(step) for step in first.run.steps] == [(0, None, 0)] * 2 + [(None, None, 0)]
    with pytest.raises(StillWaiting, match="w/all of ann: its digest window is open"):
        sim.run_until_idle(timedelta(0))
    assert [step.merged_into for step in third.run.steps[1:]] == [run.steps[1]] * 2
    sim.run_until_idle()
    assert [trigger.run.status for trigger in (first, second, third)] == ["canceled", "completed", "merged"]
    assert len([one for one in sim.messages if one.channel == "email"]) == 1


def test_a_message_of_a_canceled_run_stays_and_a_second_cancel_says_that_nothing_was_left(sim, served):
    served("w", ("in_app", "note", MAIL), ("delay", "wait", HOUR), ("email", "mail", MAIL))
    trigger = sim.trigger("w", ANN)
    assert [trigger.cancel(), trigger.cancel()] == [True, False]
    assert [step.status for step in trigger.run.steps] == ["completed", "canceled", "canceled"]
    assert kinds(trigger.run).count("run") == 1


# --- a cancel that comes while the bridge is asked ---


@pytest.mark.parametrize("answer", [MAIL, BridgeFailure("down", status=503), BridgeFailure("no", status=400)])
def test_an_answer_that_comes_after_a_cancel_changes_nothing(sim, served, answer):
    def cancel_meanwhile(event):
        sim.cancel("mine")
        if isinstance(answer, BridgeFailure):
            raise answer
        return answer

    served("w", ("email", "mail", cancel_meanwhile), ("email", "next", MAIL))
    run = sim.trigger("w", ANN, transaction_id="mine").run
    sim.run_until_idle()
    assert [(step.status, step.error) for step in run.steps] == [("canceled", None)] * 2
    assert (run.status, run.messages, sim.now) == ("canceled", [], NOON)
    assert kinds(run) == ["trigger", "canceled", "run"]


# --- what later jobs are told, and what is asked of whom ---


@pytest.mark.parametrize(
    ("kind", "answer", "status"),
    [
        ("custom", {"a": 1}, "completed"),
        ("digest", LOOK_BACK, "skipped"),
        ("digest", BridgeAnswer({}, {}, True), "skipped"),
        ("delay", BridgeAnswer({}, {}, True), "skipped"),
        ("custom", BridgeAnswer({}, {}, True), "canceled"),
        ("in_app", BridgeAnswer({}, {}, True), "canceled"),
        ("email", broken, "failed"),
    ],
)
def test_the_state_says_how_an_earlier_job_ended(served, bridge, kind, answer, status):
    served("w", (kind, "first", answer), ("email", "mail", MAIL), ("email", "last", MAIL)).trigger("w", ANN)
    entry, _ = bridge.events("mail")[0]["state"]
    assert set(entry) == {"stepId", "outputs", "state"}
    assert entry["state"] == {
        "status": status,
        **({"error": entry["state"]["error"]} if status == "failed" else {}),
    }
    assert [one["stepId"] for one in bridge.events("last")[0]["state"]] == ["mail", "first", ""]


@pytest.mark.parametrize(
    ("status", "ends"),
    [(200, "completed"), (399, "completed"), (400, "failed"), (401, "failed"), (503, "failed")],
)
def test_a_request_fails_its_step_from_400_on(served, status, ends):
    sim = served("w", ("http_request", "call", {}))
    sim.http_responses.answer("w", "call", status=status)
    run = sim.trigger("w", ANN).run
    assert (run.step("call").status, run.status) == (ends, ends)
    assert str(status) in run.activity[1].text


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ((("email", "mail", broken), ("email", "more", broken)), "failed"),
        ((("email", "mail", broken), ("email", "more", MAIL)), "completed"),
        ((("email", "mail", broken), ("custom", "sum", {})), "failed"),
        ((("custom", "sum", {}),), "completed"),
        ((("email", "mail", BridgeAnswer({}, {}, True)),), "completed"),
        ((), "completed"),
    ],
)
def test_a_run_fails_where_something_failed_and_nothing_was_delivered(served, steps, status):
    assert served("w", *steps).trigger("w", ANN).run.status == status


@pytest.mark.parametrize(
    ("window", "status"),
    [
        ({"amount": 10}, "delayed"),
        ({"unit": "minutes"}, "delayed"),
        ({"amount": 10, "unit": "eons"}, "failed"),
    ],
)
def test_a_look_back_is_an_amount_and_a_unit_and_fails_its_step_where_that_is_no_span(served, window, status):
    sim = served("w", ("digest", "all", {**HOUR, "lookBackWindow": window}))
    run = sim.trigger("w", ANN).run
    unread = sim.triggers[0].unread  # what is not set up right, somebody has to look at
    assert len(unread) == (status == "failed")
    assert run.step("all").status == status
    assert status == "delayed" or "the digest is not set up right" in run.step("all").error
