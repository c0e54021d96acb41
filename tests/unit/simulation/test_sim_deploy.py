"""A new version of the code, deployed while runs are open: they go on with it, and what it breaks is told."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from novu_framework import Client, workflow
from novu_framework.fastapi import serve
from novu_framework_testing import BridgeFailure, FindingError, NovuSimulator
from tests.unit.simulation.simulated import NOON, ScriptedBridge

ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+15555550100"}
COUNTED = {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]}


class Payload(BaseModel):
    name: str = "Ann"


class LongPayload(BaseModel):
    name: str = "Ann"
    city: str


class TextControls(BaseModel):
    subject: str = "Hello"


class ChoiceControls(BaseModel):
    subject: int = 1


def version(*steps, payload: Any = Payload, text="Hello", workflow_id="w"):
    """A version of the workflow, from the names of its steps."""
    make = {
        "bell": lambda step: step.in_app("bell", {"body": "Hello"}),
        "wait": lambda step: step.delay("wait", {"amount": 1, "unit": "days"}),
        "late-wait": lambda step: step.delay("wait", {"type": "dynamic", "dynamicKey": "payload.until"}),
        "pause": lambda step: step.delay("pause", {"amount": 1, "unit": "days"}),
        "look": lambda step: step.custom("look", lambda: {"count": 1}, output_schema=COUNTED),
        "mail": lambda step: step.email("mail", {"subject": text, "body": "b"}),
        "letter": lambda step: step.email("letter", {"subject": text, "body": "b"}),
        "mail-as-sms": lambda step: step.sms("mail", {"body": "b"}),
        "mail-with-text": lambda step: step.email(
            "mail", lambda controls: {"subject": controls.subject, "body": "b"}, control_schema=TextControls
        ),
        "mail-with-choice": lambda step: step.email(
            "mail", lambda controls: {"subject": "s", "body": "b"}, control_schema=ChoiceControls
        ),
        "text": lambda step: step.sms("text", {"body": "b"}),
    }

    @workflow(workflow_id, payload_schema=payload)
    async def handler(step):
        for name in steps:
            await make[name](step)

    return handler


@pytest.fixture
def sim():
    with NovuSimulator(start=NOON) as novu:
        novu.register(version("bell", "wait", "mail"))
        yield novu


BROKEN = [
    (version("bell", "look", "wait", "mail"), "the step `look` (custom) was added before `wait`"),
    (
        version("bell", "pause", "mail"),
        "the step `wait` (delay) was removed or renamed: there is `pause` now",
    ),
    (
        version("bell", "wait", "letter"),
        "the step `mail` (email) was removed or renamed: there is `letter` now",
    ),
    (version("bell", "wait"), "the step `mail` (email) was removed"),
    (version("bell", "wait", "mail-as-sms"), "the step `mail` was of the type email, it is sms"),
    (version("bell", "wait", "mail", payload=LongPayload), "`/city` of the payload is now required"),
]
SAFE = [
    version("bell", "wait", "mail"),
    version("bell", "wait", "mail", "text"),
    version("bell", "mail"),
    version("mail", "wait", "bell"),
    version("wait", "mail"),
]


@pytest.mark.parametrize(("new", "change"), BROKEN)
def test_what_breaks_is_a_finding_that_names_the_run_the_step_and_the_change(sim, new, change):
    run = sim.trigger("w", ANN).run
    sim.deploy(new)
    assert sim.findings == []
    sim.advance(days=1)
    (finding,) = sim.findings
    assert (finding.kind, finding.workflow_id, finding.step_id) == ("deployment", "w", "mail")
    assert f"the run of ann ({run.transaction_id})" in finding.message
    assert finding.message.split("What changed: ")[1].endswith(change)


@pytest.mark.parametrize("new", SAFE)
def test_a_change_that_open_runs_bear_is_none(sim, new):
    run = sim.trigger("w", ANN).run
    sim.deploy(new)
    sim.advance(days=1)
    assert sim.findings == []
    assert [message.channel for message in run.messages] == ["in_app", "email"]


def test_an_open_run_goes_on_with_the_new_code_and_its_old_steps(sim):
    old = sim.trigger("w", ANN).run
    sim.deploy(version("bell", "wait", "mail", "text", text="New"))
    new = sim.trigger("w", ANN).run
    sim.advance(days=1)
    assert [message.subject for message in old.messages[1:]] == ["New"]
    assert [message.channel for message in new.messages] == ["in_app", "email", "sms"]


def test_a_strict_simulation_raises_it():
    with NovuSimulator(start=NOON, strict=True) as sim:
        sim.register(version("wait", "mail"))
        sim.trigger("w", ANN)
        sim.deploy(version("wait"))
        with pytest.raises(FindingError, match="loses this step"):
            sim.advance(days=1)


def test_a_run_that_came_after_the_deployment_has_no_such_finding(sim):
    sim.deploy(version("bell", "wait", "mail", payload=LongPayload))
    run = sim.trigger("w", ANN).run
    assert run.status == "failed"
    assert sim.findings == []


def test_workflows_that_the_new_version_does_not_have_end_their_runs(sim):
    sim.deploy([version("bell", "wait", "mail"), version("wait", "mail", workflow_id="v")])
    first, second = sim.trigger("w", ANN).run, sim.trigger("v", ANN).run
    sim.deploy(version("bell", "wait", "mail"))
    sim.advance(days=1)
    assert (first.status, second.status) == ("completed", "failed")
    (finding,) = sim.findings
    assert (finding.workflow_id, finding.step_id) == ("v", "wait")
    assert finding.message.endswith("the workflow was removed, or its id changed")


def test_saved_controls_stay_with_their_steps_and_may_no_longer_fit():
    with NovuSimulator(start=NOON) as sim:
        sim.register(version("wait", "mail-with-text"))
        sim.controls("w", "mail", {"subject": "Edited"})
        kept, broken = (sim.trigger("w", ANN).run for _ in range(2))
        sim.deploy(version("wait", "mail-with-text"))
        sim.advance(days=1)
        assert [message.subject for message in kept.messages] == ["Edited"]
        broken = sim.trigger("w", ANN).run
        sim.deploy(version("wait", "mail-with-choice"))
        sim.advance(days=1)
        assert broken.status == "failed"
        (finding,) = sim.findings
        assert (
            "`/subject` of the controls of `mail`: `type` is `'integer'`, it was `'string'`"
            in finding.message
        )


def test_a_bridge_call_is_retried_on_the_new_code():
    def down(event):
        raise BridgeFailure("down", status=503)

    old, new = ScriptedBridge(), ScriptedBridge()
    old.add("w", ("in_app", "bell", down))
    new.add("w", ("in_app", "bell", {"body": "New"}))
    with NovuSimulator(start=NOON) as sim:
        sim.connect(old)
        run = sim.trigger("w", ANN).run
        sim.deploy(new)
        sim.advance(seconds=1)
        assert [message.body for message in run.messages] == ["New"]


def test_an_app_is_deployed_in_place_of_another():
    def app(*steps):
        made = FastAPI()
        serve(made, workflows=[version(*steps)], client=Client(secret_key="test-secret"))
        return made

    with NovuSimulator(start=NOON, secret_key="test-secret") as sim:
        sim.connect(app("bell", "wait", "mail"))
        sim.trigger("w", ANN)
        sim.deploy(app("bell", "wait"))
        sim.advance(days=1)
        (finding,) = sim.findings
        assert "the bridge answers with nothing" in finding.message


def test_a_delay_that_has_no_moment_to_wait_for_is_a_finding_too():
    def down(event):
        raise BridgeFailure("down", status=503)

    old = ScriptedBridge()
    old.add("w", ("delay", "wait", down))
    with NovuSimulator(start=NOON) as sim:
        sim.connect(old)
        sim.trigger("w", ANN)
        sim.deploy(version("late-wait"))
        sim.advance(seconds=1)
        (finding,) = sim.findings
        assert "fails: the payload has nothing at `payload.until`" in finding.message
        assert (finding.kind, finding.step_id) == ("deployment", "wait")


async def test_it_has_a_twin_for_async_code(sim):
    run = (await sim.trigger_async("w", ANN)).run
    await sim.deploy_async([version("bell", "wait", "mail", text="New")])
    await sim.advance_async(days=1)
    assert run.messages[-1].subject == "New"


def test_what_is_no_version_changes_nothing(sim):
    for wrong, error in (([1], TypeError), ([version("bell"), version("mail")], ValueError), (3, TypeError)):
        with pytest.raises(error):
            sim.deploy(wrong)
    assert [step.step_id for step in sim.workflow("w").steps] == ["bell", "wait", "mail"]


def test_the_timeline_tells_of_it(sim):
    sim.deploy(version("bell"))
    assert "a new version of the code was deployed: w" in sim.timeline()
