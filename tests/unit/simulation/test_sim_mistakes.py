"""How workflows, times and keys may be named in a call, and what a mistake in one is told."""

import re

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import BridgeFailure, NovuSimulator, UnknownStep, UnknownWorkflow
from novu_framework_testing.bridges import connect


@workflow("welcome")
async def welcome(step: Step) -> None:
    await step.in_app("hello", {"body": "Welcome!"})


@workflow("later")
async def later(step: Step) -> None:
    await step.delay("wait", {"amount": 1, "unit": "hours"})


def test_a_workflow_is_named_by_its_function_too():
    with NovuSimulator() as sim:
        assert sim.trigger(welcome, "ann").run.status == "completed"
        assert sim.trigger("welcome", "bob").run.status == "completed"
        for name in ("workflow", "workflow_id", "name"):
            assert sim.trigger_bulk([{name: welcome, "to": "ann"}, {name: "welcome", "to": "bob"}])[
                1
            ].run.messages
        assert sim.controls(welcome, "hello", {"subject": "Hi"}) == {"subject": "Hi"}
        assert len(sim.broadcast(welcome).runs) == 2


def test_another_function_of_a_known_id_is_refused():
    @workflow("welcome")
    async def other(step: Step) -> None:
        await step.in_app("hello", {"body": "Another welcome"})

    with NovuSimulator() as sim:
        sim.register(welcome)
        with pytest.raises(ValueError, match="There is a workflow 'welcome' here already"):
            sim.trigger(other, "ann")


def test_a_function_that_a_bridge_serves_runs_there():
    with NovuSimulator() as sim:
        bridge = connect(welcome, secret_key=sim.secret_key)
        sim.connect(bridge)
        assert sim.trigger(welcome, "ann").workflow.bridge is bridge
    with NovuSimulator() as sim, pytest.raises(BridgeFailure, match="cannot be reached"):
        sim.trigger(welcome, "ann", bridge_url="http://127.0.0.1:9/api/novu")


def test_a_bulk_says_which_event_is_wrong():
    with NovuSimulator() as sim:
        with pytest.raises(ValueError, match=r"Event 1 of the bulk lacks \['to'\]"):
            sim.trigger_bulk([{"workflow": welcome, "to": "ann"}, {"workflow": welcome}])
        assert not sim.triggers


def test_workflows_are_registered_one_by_one_or_as_a_list():
    with NovuSimulator() as sim:
        sim.register([welcome, later])
        sim.register(welcome, [later])
        sim.register(one for one in (welcome, later))
        assert {one.workflow_id for one in sim.workflows} == {"welcome", "later"}
        for wrong in (print, "welcome", None):
            with pytest.raises(TypeError, match="register takes functions that are decorated with @workflow"):
                sim.register(wrong)


@pytest.mark.parametrize(
    ("args", "kwargs", "said"),
    [
        (("2h",), {}, "advance got '2h'. Write the unit: novu.advance"),
        ((6,), {}, "advance got 6. Write the unit: novu.advance"),
        ((), {"month": 1}, "advance does not know 'month'. Write novu.advance"),
        ((), {}, "advance needs an amount of time"),
        ((), {"hours": "6"}, "advance got"),
    ],
)
def test_an_amount_of_time_that_is_not_one_is_told_how_to_write_it(args, kwargs, said):
    with NovuSimulator() as sim, pytest.raises(TypeError, match=re.escape(said)):
        sim.advance(*args, **kwargs)


def test_time_moves_to_a_datetime():
    with NovuSimulator() as sim, pytest.raises(TypeError, match="advance_to takes a datetime"):
        sim.advance_to("2026-01-01")


def test_a_misspelt_id_is_told_the_nearest_one():
    with NovuSimulator() as sim:
        sim.register(welcome, later)
        with pytest.raises(UnknownWorkflow, match="did you mean 'welcome'"):
            sim.trigger("welcom", "ann")
        with pytest.raises(UnknownStep, match="did you mean 'hello'"):
            sim.trigger("welcome", "ann").run.step("helo")
        with pytest.raises(UnknownStep, match="did you mean 'hello'"):
            sim.controls("welcome", "helo", {})
        with pytest.raises(UnknownStep, match="did you mean 'hello'"):
            sim.http_responses.answer("welcome", "helo", {})
        with pytest.raises(LookupError, match=r"did not reach 'anne', but ann; did you mean 'ann'\?"):
            sim.trigger("welcome", "ann").run_for("anne")
        with pytest.raises(KeyError, match="There are: ann; did you mean 'ann'"):
            sim.subscribers["anne"]
        with pytest.raises(ValueError, match="did you mean 'sendgrid'"):
            sim.integrations.add("sendgird")
        sim.http_responses.answer("unknown-yet", "any", {})
        sim.http_responses.answer(welcome, "hello", {})
        for ids in [("hello", {"left": 3}), ({"left": 3}, "hello")]:
            with pytest.raises(
                TypeError, match=r"_id is \{'left': 3\}, not a text: call answer\(workflow_id,"
            ):
                sim.http_responses.answer(*ids)


@pytest.mark.parametrize(
    ("environment", "key"),
    [
        ({}, "test-secret"),
        ({"NOVU_API_KEY": "api"}, "api"),
        ({"NOVU_API_KEY": "api", "NOVU_SECRET_KEY": "secret"}, "secret"),
    ],
)
def test_the_key_comes_from_the_environment(monkeypatch, environment, key):
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with NovuSimulator() as sim:
        assert sim.secret_key == key
