"""A channel step: whether it is wanted, the subscriber can be reached and the provider takes it; then a message."""

from __future__ import annotations

from typing import Any, cast

from novu_framework.steps.kinds import ChannelType
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.preferences import LayerName
from novu_framework_testing.simulation.runs import Run, StepRun
from novu_framework_testing.simulation.world import World

_LAYERS: dict[LayerName, str] = {
    "workflow": "the workflow's default preference",
    "subscriber-global": "the subscriber's global preference",
    "subscriber-workflow": "the subscriber's preference for this workflow",
}


class Unreachable(Exception):
    """The subscriber has nothing that the channel needs."""


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
        step.end("skipped", f"skipped by {_LAYERS[verdict.layer]}: {channel} is off")
        return
    try:
        targets = _targets(world, run, step)
    except Unreachable as missing:
        step.end("failed", str(missing))
        return
    errors = []
    for provider_id, to in targets:
        error = world.integrations.failure(channel, provider_id)
        if error is not None:
            errors.append(f"the provider {provider_id} failed: {error}")
            continue
        message_id, outputs, providers = world.ids("message"), step.outputs, step.providers
        message = Message(message_id, channel, run, step, outputs, world.clock, provider_id, providers, to)
        step.messages = (*step.messages, message)
        world.messages.add(message)
        if channel == "in_app":
            run.subscriber.inbox.deliver(message)
    if not step.messages:
        step.end("failed", "; ".join(errors))
        return
    for error in errors:
        run.note("failed", error, step)
    step.end("completed", f"{channel} delivered by {step.messages[0].provider_id}", "delivered")


def _targets(world: World, run: Run, step: StepRun) -> list[tuple[str, Any]]:
    """Return the provider and address of each message. Raises `Unreachable` in words."""
    subscriber = run.subscriber
    channel = step.type
    if channel in ("push", "chat"):
        credentials = subscriber.credentials(channel)
        if not credentials:
            raise Unreachable(f"the subscriber {subscriber.subscriber_id} has no {channel} credentials")
        return [(one.provider_id, one.address) for one in credentials]
    provider_id = world.integrations.provider(channel, step.providers)
    if channel == "email":
        address = run.trigger.overrides.get("email", {}).get("toRecipient") or subscriber.email
        if not address:
            raise Unreachable(f"the subscriber {subscriber.subscriber_id} has no email address")
        return [(provider_id, address)]
    if channel == "sms":
        number = run.trigger.overrides.get("sms", {}).get("to") or subscriber.phone
        if not number:
            raise Unreachable(f"the subscriber {subscriber.subscriber_id} has no phone number")
        return [(provider_id, number)]
    return [(provider_id, None)]
