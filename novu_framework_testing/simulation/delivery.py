"""A channel step: whether it is wanted, by which integration it goes, who can be reached; then its messages.

A subscriber without what the channel needs is left out: the step is skipped, and the message stays, with the status
`warning`. What a provider refuses fails the step and stays with the status `error`. Neither stops the run.
"""

from __future__ import annotations

from functools import cache
from typing import cast

from novu_framework.steps.kinds import ChannelType
from novu_framework_testing.simulation.activity import Cause
from novu_framework_testing.simulation.channels import SEND
from novu_framework_testing.simulation.outgoing import Delivery, Reason, Trouble
from novu_framework_testing.simulation.preferences import LayerName
from novu_framework_testing.simulation.runs import Run, StepRun
from novu_framework_testing.simulation.world import World

_LAYERS: dict[LayerName, tuple[str, Cause]] = {
    "workflow": ("the workflow's default preference", "workflow-preference"),
    "subscriber-global": ("the subscriber's global preference", "subscriber-global-preference"),
    "subscriber-workflow": (
        "the subscriber's preference for this workflow",
        "subscriber-workflow-preference",
    ),
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
        layer, cause = _LAYERS[verdict.layer]
        step.end("skipped", f"skipped by {layer}: {channel} is off", cause=cause)
        return
    delivery = Delivery(world, run, step, channel)
    SEND[channel](delivery)
    _end(delivery)


def _end(delivery: Delivery) -> None:
    """End the step by what came of its messages."""
    step, reasons = delivery.step, delivery.reasons
    left_out, failed = reasons.get("skipped", []), reasons.get("failed", [])
    if failed and delivery.channel == "tool":  # every tool has to take it
        _end_without(step, "failed", failed)
    elif step.messages:
        for reason, cause in left_out:
            delivery.run.note("skipped", reason, step, cause)
        for reason, cause in failed:
            delivery.run.note("failed", reason, step, cause)
        step.end("completed", _delivered(delivery.channel, step.messages[0].provider_id), "delivered")
    elif left_out:
        _end_without(step, "skipped", left_out)
    else:
        _end_without(step, "failed", failed)


def _end_without(step: StepRun, status: Trouble, reasons: list[Reason]) -> None:
    """End a step without a message, with all the reasons and the first cause."""
    causes: list[Cause] = [cause for _, cause in reasons if cause is not None]
    step.end(status, "; ".join(reason for reason, _ in reasons), cause=causes[0] if causes else None)


@cache
def _delivered(channel: str, provider_id: str) -> str:
    # one text for all runs: a simulation may keep 100,000
    return f"{channel} delivered by {provider_id}"
