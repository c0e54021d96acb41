"""A bridge that does not answer is asked again, after 1, 2 and 4 virtual seconds."""

from datetime import timedelta

import pytest

from novu_framework_testing import BridgeFailure
from tests.unit.simulation.simulated import NOON

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}


class Flaky:
    """Fails with `status` for the first `times` calls, and notes when it was called."""

    def __init__(self, sim, status, times, outputs=MAIL):
        self.sim, self.status, self.times, self.outputs = sim, status, times, outputs
        self.called = []

    def __call__(self, event):
        self.called.append((self.sim.now - NOON).total_seconds())
        if len(self.called) <= self.times:
            raise BridgeFailure("down", status=self.status)
        return self.outputs


@pytest.mark.parametrize("status", [408, 429, 500, 503, 504, 521, 522, 524, None])
def test_these_failures_are_retried_three_times_after_1_2_and_4_seconds(sim, served, status):
    flaky = Flaky(sim, status, times=4)
    run = served("w", ("email", "mail", flaky)).trigger("w", ANN).run
    assert run.status == "running"
    assert run.step("mail").due_at == NOON + timedelta(seconds=1)
    sim.run_until_idle()
    assert flaky.called == [0, 1, 3, 7]
    assert (run.step("mail").status, run.step("mail").attempts) == ("failed", 4)
    assert "after 3 retries" in run.step("mail").error


@pytest.mark.parametrize("status", [400, 401, 404, 409, 502, 523, 505])
def test_any_other_failure_fails_the_step_at_once(sim, served, status):
    flaky = Flaky(sim, status, times=1)
    run = served("w", ("email", "mail", flaky)).trigger("w", ANN).run
    assert (run.step("mail").status, flaky.called) == ("failed", [0])


def test_a_bridge_that_comes_back_is_answered_and_the_run_goes_on(sim, served):
    flaky = Flaky(sim, 503, times=2)
    run = served("w", ("email", "mail", flaky), ("email", "next", MAIL)).trigger("w", ANN).run
    sim.advance(seconds=2.999)
    assert [step.status for step in run.steps] == ["pending", "pending"]
    sim.advance(seconds=0.001)
    assert [step.status for step in run.steps] == ["completed", "completed"]
    assert run.messages[0].sent_at == NOON + timedelta(seconds=3)


def test_the_activity_says_how_often_it_was_retried_and_why(sim, served):
    run = served("w", ("email", "mail", Flaky(sim, 503, times=4))).trigger("w", ANN).run
    sim.run_until_idle()
    retries = [line.text for line in run.activity if line.kind == "retry"]
    assert retries == [
        "the bridge failed (status 503: down); retry 1 of 3 in 1 s",
        "the bridge failed (status 503: down); retry 2 of 3 in 2 s",
        "the bridge failed (status 503: down); retry 3 of 3 in 4 s",
    ]


def test_each_step_has_retries_of_its_own(sim, served):
    first, second = Flaky(sim, 500, times=3), Flaky(sim, 500, times=3)
    run = served("w", ("email", "one", first), ("email", "two", second)).trigger("w", ANN).run
    sim.run_until_idle()
    assert run.status == "completed"
    assert second.called == [7, 8, 10, 14]


def test_a_digest_whose_bridge_call_is_retried_opens_when_it_is_answered(sim, served):
    flaky = Flaky(sim, 503, times=1, outputs={"amount": 1, "unit": "hours"})
    run = served("w", ("digest", "all", flaky), ("email", "mail", MAIL)).trigger("w", ANN).run
    sim.advance(seconds=1)
    assert run.step("all").due_at == NOON + timedelta(hours=1, seconds=1)
    sim.advance(hours=1)
    assert run.status == "completed"


@pytest.mark.parametrize("gone", ["workflow", "subscriber"])
def test_a_workflow_that_is_gone_by_then_is_not_asked_again_and_a_subscriber_may_be(sim, served, gone):
    flaky = Flaky(sim, 503, times=1)
    run = served("w", ("email", "mail", flaky), ("email", "next", MAIL)).trigger("w", ANN).run
    sim.workflows.remove("w") if gone == "workflow" else sim.delete_subscriber("ann")
    sim.advance(seconds=1)
    if gone == "workflow":
        said = "the workflow w is not there any more"
        assert (flaky.called, run.step("mail").status, run.step("mail").error) == ([0], "failed", said)
    else:
        said = "the subscriber ann is not there any more"
        assert (flaky.called, run.step("mail").status) == ([0, 1], "completed")
        assert (run.step("next").status, run.step("next").error) == ("failed", said)
