"""Environments: the variables that workflows see as `env`."""

from __future__ import annotations

import pytest

from novu_framework_testing import NovuSimulator
from tests.rules import Source, rule
from tests.unit.simulation.simulated import NOON, ScriptedBridge

SEND_MESSAGE = Source("apps/worker/src/app/workflow/usecases/send-message/send-message.usecase.ts", "943f64b")

BELL = ("in_app", "bell", {"body": "x"})
DAY = ("delay", "day", {"amount": 1, "unit": "days"})


def seen(bridge, step_id="bell"):
    return bridge.events(step_id)[-1]["env"]


@rule(
    "environments.system-variables",
    "A workflow sees the name and the type of its environment, which no variable replaces.",
    SEND_MESSAGE,
)
@pytest.mark.parametrize(
    ("environment_type", "env", "expected"),
    [
        ("dev", None, {"name": "Development", "type": "dev"}),
        ("prod", None, {"name": "Production", "type": "prod"}),
        ("dev", {"API": "x"}, {"API": "x", "name": "Development", "type": "dev"}),
        ("prod", {"name": "Mine", "type": "staging"}, {"name": "Production", "type": "prod"}),
    ],
)
def test_a_workflow_sees_its_environment(bridge: ScriptedBridge, environment_type, env, expected):
    with NovuSimulator(NOON, environment_type=environment_type, env=env) as sim:
        bridge.add("w", BELL)
        sim.connect(bridge)
        sim.trigger("w", "ann")
        assert seen(bridge) == expected


@rule("environments.now", "A step sees the variables as they are when it runs.", SEND_MESSAGE)
@pytest.mark.parametrize(("value", "expected"), [("new", "new"), (None, None)])
def test_a_step_sees_the_variables_as_they_are(sim, served, bridge, value, expected):
    served("w", DAY, BELL)
    sim.env["HOST"] = "old"
    sim.trigger("w", "ann")
    assert seen(bridge, "day")["HOST"] == "old"
    if value is None:
        del sim.env["HOST"]
    else:
        sim.env["HOST"] = value
    sim.advance(days=1)
    assert seen(bridge).get("HOST") == expected


@rule(
    "environments.own-copy",
    "A workflow that changes its variables changes them for nobody else.",
    SEND_MESSAGE,
)
def test_a_workflow_gets_its_own_variables(sim, served):
    def spoil(event):
        event["env"]["HOST"] = "spoiled"
        return {"body": "x"}

    served("w", ("in_app", "first", spoil), BELL)
    sim.env["HOST"] = "acme.test"
    sim.trigger("w", "ann")
    assert sim.env["HOST"] == "acme.test"
