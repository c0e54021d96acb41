"""The body that Novu sends to a bridge for a step, from how everything is at that moment."""

from __future__ import annotations

from typing import Any

from novu_framework.npm.ecmascript.json import copy_json
from novu_framework_testing.bridges.base import Event
from novu_framework_testing.simulation.runs import Run, StepRun


def bridge_event(run: Run, step: StepRun) -> Event:
    """Return what the bridge is sent for the step that a run has come to; keep the controls in the step.

    Nothing of it is shared with the simulation: a workflow of this process may change what it gets.
    """
    world, trigger = run.world, run.trigger
    step.controls = run.workflow.controls.get(step.step_id) or step.controls
    state = [_entry(one) for one in reversed(run.steps[: run.position])]
    state.append(_triggered())
    return {
        "payload": copy_json(trigger.bridge_payload) if trigger.bridge_payload else {},
        "controls": copy_json(step.controls) if step.controls else {},
        "state": state,
        "subscriber": run.subscriber.to_dict(),
        "context": world.contexts.for_bridge(trigger.context_keys) if trigger.context_keys else {},
        "env": copy_json(world.env) if world.env else {},
    }


def _entry(step: StepRun) -> dict[str, Any]:
    state: dict[str, Any] = {"status": step.job_status}
    if step.error is not None:
        state["error"] = step.error
    outputs = step.result_data()
    return {"stepId": step.step_id, "outputs": copy_json(outputs) if outputs else outputs, "state": state}


def _triggered() -> dict[str, Any]:
    """Return the entry of the trigger itself, which is a job of Novu's and has no step id."""
    return {"stepId": "", "outputs": {}, "state": {"status": "completed"}}
