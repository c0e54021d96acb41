"""A channel step: whether it is wanted, by which integration it goes, who can be reached; then its messages.

A subscriber without what the channel needs is left out: the step is skipped, and the message stays, with the status
`warning`. What a provider refuses fails the step and stays with the status `error`. Neither stops the run.
"""

from __future__ import annotations

from typing import Literal, cast

from novu_framework.steps.kinds import ChannelType
from novu_framework_testing.simulation.channels import SEND
from novu_framework_testing.simulation.outgoing import Delivery, Trouble
from novu_framework_testing.simulation.preferences import LayerName
from novu_framework_testing.simulation.runs import Run, StepRun
from novu_framework_testing.simulation.world import World

_LAYERS: dict[LayerName, str] = {
    "workflow": "the workflow's default preference",
    "subscriber-global": "the subscriber's global preference",
    "subscriber-workflow": "the subscriber's preference for this workflow",
}


def deliver(world: World, run: Run, step: StepRun) -> None:
    """Deliver what the bridge answered for a channel step: completed, skipped or failed, with the reason."""
    channel = cast("ChannelType", step.type)
    workflow = run.workflow
    verdict = run.subscriber.preferences.resolve(
        channel,
        workflow.workflow_id,
        workflow.preferences,
        read_only=workflow.read_only,
        context_keys=run.trigger.context_keys,
    )
    if not verdict.enabled:
        text = f"skipped by {_LAYERS[verdict.layer]}: {channel} is off"
        step.end("skipped", text, reason=verdict.layer)
        return
    delivery = Delivery(world, run, step, channel)
    SEND[channel](delivery)
    _end(delivery)


def _end(delivery: Delivery) -> None:
    """End the step by what came of its messages."""
    step, left_out, failed = delivery.step, delivery.troubles["skipped"], delivery.troubles["failed"]
    if failed and delivery.channel == "tool":  # every tool has to take it
        _end_without(step, "failed", failed)
    elif step.messages:
        for kind, troubles in delivery.troubles.items():
            for trouble in troubles:
                delivery.run.note(kind, trouble.text, step, reason=trouble.reason)
        step.end("completed", f"{delivery.channel} delivered by {step.messages[0].provider_id}", "delivered")
    elif left_out:
        _end_without(step, "skipped", left_out)
    else:
        _end_without(step, "failed", failed)


def _end_without(step: StepRun, status: Literal["skipped", "failed"], troubles: list[Trouble]) -> None:
    """End a step that delivered nothing, with every text and the first reason."""
    reason = next((trouble.reason for trouble in troubles if trouble.reason is not None), None)
    step.end(status, "; ".join(trouble.text for trouble in troubles), reason=reason)
