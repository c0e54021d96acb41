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


def test_beyond_the_threshold_the_job_is_skipped_and_the_rest_canceled(throttled):
    sim = throttled(threshold=2)
    runs = [sim.trigger("w", ANN).run for _ in range(3)]
    assert [statuses(run) for run in runs[:2]] == [["completed"] * 3] * 2
    assert statuses(runs[2]) == ["skipped", "canceled", "canceled"]
    assert runs[2].status == "canceled"
    assert runs[2].messages == []


def test_a_throttled_result_says_so(throttled):
    sim = throttled(threshold=2)
    runs = [sim.trigger("w", ANN).run for _ in range(3)]
    assert runs[2].step("calm").result == {
        "throttled": True,
        "executionCount": 2,
        "threshold": 2,
        "windowStart": "2026-01-01T12:00:00.000Z",
    }
    assert "2 of 2 executions since 2026-01-01T12:00:00.000Z" in runs[2].step("calm").skip_reason


def test_the_threshold_is_one_if_absent(throttled):
    sim = throttled()
    assert [sim.trigger("w", ANN).run.status for _ in range(2)] == ["completed", "canceled"]


def test_the_window_opens_with_its_first_execution_and_ends_after_its_amount(throttled):
    sim = throttled()
    sim.advance(minutes=20)
    assert sim.trigger("w", ANN).run.status == "completed"
    sim.advance(minutes=59, seconds=59)
    assert sim.trigger("w", ANN).run.status == "canceled"
    sim.advance(seconds=1)
    run = sim.trigger("w", ANN).run
    assert run.status == "completed"
    assert run.step("calm").result.window_start == "2026-01-01T13:20:00.000Z"


def test_a_refused_execution_is_not_counted(throttled):
    sim = throttled(threshold=1)
    for _ in range(3):
        run = sim.trigger("w", ANN).run
    assert run.step("calm").result.execution_count == 1


def test_subscribers_are_counted_apart(throttled):
    sim = throttled()
    assert [sim.trigger("w", to).run.status for to in (ANN, BOB, ANN)] == [
        "completed",
        "completed",
        "canceled",
    ]


def test_workflows_are_counted_apart(sim, bridge):
    for workflow_id in ("v", "w"):
        bridge.add(workflow_id, ("throttle", "calm", {"type": "fixed", "amount": 1, "unit": "hours"}))
    sim.connect(bridge)
    assert [sim.trigger(one, ANN).run.status for one in ("v", "w", "v")] == [
        "completed",
        "completed",
        "canceled",
    ]


def test_throttle_keys_are_counted_apart_by_value(sim, served):
    served(
        "w",
        (
            "throttle",
            "calm",
            lambda e: {"type": "fixed", "amount": 1, "unit": "hours", "throttleKey": e["payload"]["post"]},
        ),
    )
    ends = [sim.trigger("w", ANN, {"post": post}).run.status for post in ("a", "b", "a")]
    assert ends == ["completed", "completed", "canceled"]


def test_a_throttle_key_may_be_a_path_into_the_payload(throttled):
    sim = throttled(throttleKey="payload.post.id")
    ends = [sim.trigger("w", ANN, {"post": {"id": post}}).run.status for post in (1, 2, 1)]
    assert ends == ["completed", "completed", "canceled"]


@pytest.mark.parametrize("until", ["2026-01-01T15:00:00Z", {"amount": 3, "unit": "hours"}])
def test_a_dynamic_window_ends_where_the_payload_says(throttled, until):
    sim = throttled(type="dynamic", dynamicKey="payload.until", amount=None, unit=None)
    assert sim.trigger("w", ANN, {"until": until}).run.status == "completed"
    sim.advance_to(NOON + timedelta(hours=3, milliseconds=-1))
    assert sim.trigger("w", ANN, {"until": "2027-01-01T00:00:00Z"}).run.status == "canceled"
    sim.advance(milliseconds=1)
    assert sim.trigger("w", ANN, {"until": "2027-01-01T00:00:00Z"}).run.status == "completed"


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ({}, "the payload has nothing at `payload.until`"),
        ({"until": "2025-01-01T00:00:00Z"}, "which is past"),
        ({"until": "2026-01-01T12:00:00Z"}, "must end in the future"),
    ],
)
def test_a_dynamic_window_that_is_not_ahead_fails_and_stops_the_run(throttled, payload, why):
    sim = throttled(type="dynamic", dynamicKey="payload.until", amount=None, unit=None)
    run = sim.trigger("w", ANN, payload).run
    assert statuses(run) == ["failed", "canceled", "canceled"]
    assert why in run.step("calm").error


@pytest.mark.parametrize(
    "outputs",
    [
        {"type": "fixed"},
        {"type": "fixed", "amount": 1},
        {"type": "fixed", "unit": "hours"},
        {"type": "fixed", "amount": 0, "unit": "hours"},
        {"type": "dynamic", "amount": 1, "unit": "hours"},
        {"type": "dynamic", "dynamicKey": "", "amount": 1, "unit": "hours"},
    ],
)
def test_outputs_that_give_no_window_fail_the_step_in_words(served, outputs):
    run = served("w", ("throttle", "calm", outputs), ("email", "mail", MAIL)).trigger("w", ANN).run
    assert statuses(run) == ["failed", "canceled"]
    assert "the throttle is not set up right: " in run.step("calm").error
    assert "'amount'" not in run.step("calm").error


def test_only_a_dynamic_throttle_asks_for_its_path(throttled):
    sim = throttled(dynamicKey="payload.until")
    assert sim.trigger("w", ANN, {"until": "2027-01-01T00:00:00Z"}).run.status == "completed"
    sim.advance(hours=1)
    assert sim.trigger("w", ANN).run.status == "completed"


def test_what_is_let_through_is_counted_one_by_one(throttled):
    sim = throttled(threshold=3)
    results = [sim.trigger("w", ANN).run.step("calm").result for _ in range(4)]
    assert [(one.execution_count, one.throttled) for one in results] == [
        (1, False),
        (2, False),
        (3, False),
        (3, True),
    ]
