"""What is going out for one channel step: its integration, its messages, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from novu_framework.steps.kinds import KINDS, ChannelType
from novu_framework_testing.simulation import overrides
from novu_framework_testing.simulation.activity import Cause
from novu_framework_testing.simulation.collections import NOTHING
from novu_framework_testing.simulation.integrations import Integration
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.runs import Run, StepRun
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
from novu_framework_testing.simulation.tenants import Tenant
from novu_framework_testing.simulation.world import World

Trouble: TypeAlias = Literal["skipped", "failed"]
"""What became of a message, or of a way to reach the subscriber, that came to nothing."""

Reason: TypeAlias = tuple[str, "Cause | None"]
"""Why, in words, and the cause where Novu has a name for it."""

_ERROR_IDS = {
    "email": "mail_unexpected_error",
    "sms": "unexpected_sms_error",
    "push": "unexpected_push_error",
    "chat": "unexpected_chat_error",
    "tool": "unexpected_tool_error",
    "in_app": "unexpected_in_app_error",
}
"""Novu's name for what a provider of each channel refused; the last two are ours, Novu has none."""


@dataclass(slots=True)
class Delivery:
    """The delivery of one channel step, while it lasts.

    Attributes:
        reasons: Why ways to reach the subscriber were left out, and why they failed.
    """

    world: World
    run: Run
    step: StepRun
    channel: ChannelType
    reasons: dict[Trouble, list[Reason]] = field(init=False)
    overrides: dict[str, Any] = field(init=False)
    subscriber: SimulatedSubscriber = field(init=False)
    named: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.reasons = {}
        self.overrides = self.run.overrides
        self.subscriber = self.run.subscriber
        self.named = []
        if self.step.providers or self.overrides:
            known = KINDS[self.channel].provider_schemas
            self.named = overrides.named_providers(
                self.step.providers, self.overrides, self.step.step_id, known
            )

    @property
    def tenant(self) -> Tenant | None:
        """The tenant of the trigger, which conditions of integrations are asked about."""
        return self.run.trigger.tenant

    def rule_data(self) -> dict[str, Any]:
        """Return what rules of integrations are asked about."""
        run, workflow = self.run, self.run.workflow
        about = {"workflowId": workflow.workflow_id, "name": workflow.name, "tags": list(workflow.tags)}
        return {
            "subscriber": self.subscriber.to_dict(),
            "context": self.world.contexts.for_bridge(run.trigger.context_keys),
            "workflow": {**about, "severity": workflow.severity},
            "payload": run.trigger.bridge_payload,
        }

    # --- a way to reach the subscriber ----------------------------------------------------------------

    def left_out(self, reason: str, cause: Cause | None = None) -> None:
        """Note a way that was left out."""
        self.reasons.setdefault("skipped", []).append((reason, cause))

    def failed(self, reason: str, cause: Cause | None = None) -> None:
        """Note a way that failed."""
        self.reasons.setdefault("failed", []).append((reason, cause))

    def integration(
        self, provider_id: str | None = None, identifier: str | None = None
    ) -> Integration | None:
        """Return the integration that carries, or None after noting that there is none."""
        choice = self.world.integrations.select(
            self.channel, self, provider_id=provider_id, identifier=identifier, named=self.named
        )
        if choice.integration is None:
            which = f" {identifier!r}" if identifier else f" of {provider_id}" if provider_id else ""
            what = f"{self.channel} integration{which}"
            if choice.why == "withheld":
                self.left_out(f"the rules of the {what} do not hold", "rules-withheld")
            elif choice.why == "invalid":
                self.failed(f"the rules of the {what} cannot be read", "rules-invalid")
            else:
                self.failed(f"there is no active {what}", "no-integration")
        return choice.integration

    def message(self, integration: Integration, to: Any, envelope: dict[str, Any] = NOTHING) -> Message:
        """Make a message for an integration; it is not sent yet."""
        step, provider_id = self.step, integration.provider_id
        data = NOTHING
        if step.providers or self.named:
            names = dict.fromkeys([*step.providers, *self.named])
            data = {
                name: overrides.of_provider(step.providers, self.overrides, step.step_id, name)
                for name in names
            }
        return Message(
            self.world.ids("message"),
            self.channel,
            self.run,
            step,
            step.outputs,
            self.world.clock,
            provider_id,
            data,
            overrides.of_channel(self.overrides, self.channel, provider_id),
            envelope,
            to,
            integration.identifier,
            self.run.severity,
        )

    def send(self, message: Message, times: int = 1) -> None:
        """Hand a message to the provider, once for each address that it has."""
        delivered = False
        for _ in range(times):
            error = self.world.integrations.failures.error(self.channel, message.provider_id)
            if error is None:
                delivered = True
                continue
            message.status, message.error_id, message.error_text = "error", _ERROR_IDS[self.channel], error
            self.failed(f"the provider {message.provider_id} failed: {error}")
        self._keep(message, delivered=delivered)

    def warn(self, message: Message, error_id: str, error_text: str, reason: str) -> None:
        """Keep a message that has nowhere to go."""
        message.status, message.error_id, message.error_text = "warning", error_id, error_text
        self._keep(message, delivered=False)
        self.left_out(reason)

    def _keep(self, message: Message, *, delivered: bool) -> None:
        if delivered:
            self.step.messages = (*self.step.messages, message)
            self.world.messages.add(message)
        else:
            self.step.undelivered = (*self.step.undelivered, message)
            self.world.undelivered.add(message)
