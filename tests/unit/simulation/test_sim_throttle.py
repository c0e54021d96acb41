"""Throttles: so many executions in a window, and no more."""

from datetime import timedelta

import pytest

from tests.unit.simulation.simulated import NOON

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
BOB = {"subscriberId": "bob", "email": "bob@acme.test"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}


@pytest.fixture
def throttled(served):
    def serve(**outputs):
        fixed = {"type": "fixed", "amount": 1, "unit": "hours"}
        return served(
            "w", ("throttle", "calm", {**fixed, **outputs}), ("email", "mail", MAIL), ("email", "more", MAIL)
        )

    return serve


def statuses(run):
    return [step.status for step in run.steps]


def held_back(run):
    return run.steps[0].status == "skipped"


def test_beyond_the_threshold_the_job_and_the_rest_are_skipped_and_the_run_is_completed(throttled):
    sim = throttled(threshold=2)
    runs = [sim.trigger("w", ANN).run for _ in range(3)]
    assert [statuses(run) for run in runs[:2]] == [["completed"] * 3] * 2
    assert statuses(runs[2]) == ["skipped", "skipped", "skipped"]
    assert runs[2].status == "completed"
    assert runs[2].messages == []


def test_a_throttled_result_says_so(throttled):
    sim = throttled(threshold=2)
    runs = [sim.trigger("w", ANN).run for _ in range(3)]
    assert runs[2].step("calm").result == {
        "throttled": True,
        "executionCount": 2,
        "threshold": 2,
        "windowStart": "2026-01-01T12:00:00.000Z",
        "throttledUntil": "2026-01-01T13:00:00.000Z",
    }
    assert "2 of 2 executions since 2026-01-01T12:00:00.000Z" in runs[2].step("calm").skip_reason


def test_the_threshold_is_one_if_absent(throttled):
    sim = throttled()
    assert [held_back(sim.trigger("w", ANN).run) for _ in range(2)] == [False, True]


def test_the_window_opens_with_its_first_execution_and_ends_after_its_amount(throttled):
    sim = throttled()
    sim.advance(minutes=20)
    assert not held_back(sim.trigger("w", ANN).run)
    sim.advance(minutes=59, seconds=59)
    run = sim.trigger("w", ANN).run
    assert held_back(run)
    assert run.step("calm").result.window_start == "2026-01-01T12:20:00.000Z"
    sim.advance(seconds=1)
    assert not held_back(sim.trigger("w", ANN).run)


def test_a_refused_execution_is_not_counted(throttled):
    sim = throttled(threshold=1)
    for _ in range(3):
        run = sim.trigger("w", ANN).run
    assert run.step("calm").result.execution_count == 1


def test_subscribers_are_counted_apart(throttled):
    sim = throttled()
    assert [held_back(sim.trigger("w", to).run) for to in (ANN, BOB, ANN)] == [False, False, True]


def test_workflows_are_counted_apart(sim, bridge):
    for workflow_id in ("v", "w"):
        bridge.add(workflow_id, ("throttle", "calm", {"type": "fixed", "amount": 1, "unit": "hours"}))
    sim.connect(bridge)
    assert [held_back(sim.trigger(one, ANN).run) for one in ("v", "w", "v")] == [False, False, True]


def test_throttle_keys_are_counted_apart_by_value(sim, served):
    served(
        "w",
        (
            "throttle",
            "calm",
            lambda e: {"type": "fixed", "amount": 1, "unit": "hours", "throttleKey": e["payload"]["post"]},
        ),
    )
    held = [held_back(sim.trigger("w", ANN, {"post": post}).run) for post in ("a", "b", "a")]
    assert held == [False, False, True]


def test_a_throttle_key_may_be_a_path_into_the_payload(throttled):
    sim = throttled(throttleKey="post.id")
    held = [held_back(sim.trigger("w", ANN, {"post": {"id": post}}).run) for post in (1, 2, 1)]
    assert held == [False, False, True]


@pytest.mark.parametrize("until", ["2026-01-01T15:00:00Z", {"amount": 3, "unit": "hours"}])
def test_a_dynamic_window_ends_where_the_payload_says(throttled, until):
    sim = throttled(type="dynamic", dynamicKey="payload.until", amount=None, unit=None)
    assert not held_back(sim.trigger("w", ANN, {"until": until}).run)
    sim.advance_to(NOON + timedelta(hours=3, milliseconds=-1))
    assert held_back(sim.trigger("w", ANN, {"until": "2027-01-01T00:00:00Z"}).run)
    sim.advance(milliseconds=1)
    assert not held_back(sim.trigger("w", ANN, {"until": "2027-01-01T00:00:00Z"}).run)


@pytest.mark.parametrize("until", ["2025-01-01T00:00:00Z", "2026-01-01T12:00:00Z"])
def test_a_dynamic_window_that_is_not_ahead_fails_and_stops_the_run(throttled, until):
    sim = throttled(type="dynamic", dynamicKey="payload.until", amount=None, unit=None)
    run = sim.trigger("w", ANN, {"until": until}).run
    assert statuses(run) == ["failed", "canceled", "canceled"]
    assert "`payload.until` must end ahead" in run.step("calm").error


@pytest.mark.parametrize(
    "outputs",
    [
        {"type": "fixed"},
        {"type": "fixed", "amount": 1},
        {"type": "fixed", "unit": "hours"},
        {"type": "fixed", "amount": 0, "unit": "hours"},
        {"type": "fixed", "amount": 1, "unit": "eons"},
        {"type": "other", "amount": 1, "unit": "hours"},
        {"type": "dynamic", "amount": 1, "unit": "hours"},
        {"type": "dynamic", "dynamicKey": "", "amount": 1, "unit": "hours"},
        {"type": "dynamic", "dynamicKey": "payload.until"},
        {"type": "dynamic", "dynamicKey": "payload.soon"},
    ],
)
def test_outputs_that_give_no_window_let_every_run_through(served, outputs):
    sim = served("w", ("throttle", "calm", outputs), ("email", "mail", MAIL))
    runs = [sim.trigger("w", ANN, {"soon": "tomorrow"}).run for _ in range(3)]
    assert [statuses(run) for run in runs] == [["completed", "completed"]] * 3


def test_only_a_dynamic_throttle_asks_for_its_path(throttled):
    sim = throttled(dynamicKey="payload.until")
    assert sim.trigger("w", ANN, {"until": "2027-01-01T00:00:00Z"}).run.status == "completed"
    sim.advance(hours=1)
    assert sim.trigger("w", ANN).run.status == "completed"


def test_what_is_let_through_is_counted_one_by_one(throttled):
    sim = throttled(threshold=3)
    results = [sim.trigger("w", ANN).run.step("calm").result for _ in range(4)]
    assert results[:3] == [{"throttled": False}] * 3
    assert (results[3].execution_count, results[3].throttled) == (3, True)
