"""A channel step: whether it is wanted, by which integration it goes, who can be reached; then its messages.

A subscriber without what the channel needs is left out: the step is skipped, and the message stays, with the status
`warning`. What a provider refuses fails the step and stays with the status `error`. Neither stops the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast

from novu_framework.steps.kinds import KINDS, ChannelType
from novu_framework_testing.simulation import overrides
from novu_framework_testing.simulation.channel_endpoints import (
    ChannelEndpoint,
    endpoint_address,
    endpoint_problem,
)
from novu_framework_testing.simulation.integrations import Integration
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.preferences import LayerName
from novu_framework_testing.simulation.runs import Run, StepRun
from novu_framework_testing.simulation.world import World

_LAYERS: dict[LayerName, str] = {
    "workflow": "the workflow's default preference",
    "subscriber-global": "the subscriber's global preference",
    "subscriber-workflow": "the subscriber's preference for this workflow",
}

Trouble: TypeAlias = Literal["skipped", "failed"]
"""Why a message, or a way to reach the subscriber, came to nothing."""

WHATSAPP = "whatsapp-business"
_BY_PHONE = (WHATSAPP, "sendblue")

_BY_ENDPOINT = ("pagerduty", "opsgenie")
"""Tools that reach a subscriber by a channel endpoint only."""


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
    _Delivery(world, run, step, channel).perform()


@dataclass
class _Delivery:
    """One delivery, while it lasts.

    Attributes:
        reasons: Why ways to reach the subscriber were left out, and why they failed.
    """

    world: World
    run: Run
    step: StepRun
    channel: ChannelType
    reasons: dict[Trouble, list[str]] = field(default_factory=lambda: {"skipped": [], "failed": []})

    def __post_init__(self) -> None:
        self.overrides = self.run.overrides
        self.subscriber = self.run.subscriber
        known = KINDS[self.channel].provider_schemas
        self.named = overrides.named_providers(self.step.providers, self.overrides, self.step.step_id, known)

    def perform(self) -> None:
        """Send by every way there is, and end the step."""
        _SEND[self.channel](self)
        step, left_out, failed = self.step, self.reasons["skipped"], self.reasons["failed"]
        if failed and self.channel == "tool":  # every tool has to take it
            step.end("failed", "; ".join(failed))
        elif step.messages:
            for outcome, reasons in self.reasons.items():
                for reason in reasons:
                    self.run.note(outcome, reason, step)
            step.end("completed", f"{self.channel} delivered by {step.messages[0].provider_id}", "delivered")
        elif left_out:
            step.end("skipped", "; ".join(left_out))
        else:
            step.end("failed", "; ".join(failed))

    # --- a way to reach the subscriber ----------------------------------------------------------------

    def left_out(self, reason: str) -> None:
        """Note a way that was left out."""
        self.reasons["skipped"].append(reason)

    def failed(self, reason: str) -> None:
        """Note a way that failed."""
        self.reasons["failed"].append(reason)

    def integration(
        self, provider_id: str | None = None, identifier: str | None = None
    ) -> Integration | None:
        """Return the integration that carries, or None after noting that there is none."""
        found = self.world.integrations.select(
            self.channel,
            provider_id=provider_id,
            identifier=identifier,
            tenant=self.run.trigger.tenant,
            named=self.named,
        )
        if found is None:
            which = f" {identifier!r}" if identifier else f" of {provider_id}" if provider_id else ""
            self.failed(f"there is no active {self.channel} integration{which}")
        return found

    def message(self, integration: Integration, to: Any, **facts: Any) -> Message:
        """Make a message for an integration; it is not sent yet."""
        step, provider_id = self.step, integration.provider_id
        data = {
            name: overrides.of_provider(step.providers, self.overrides, step.step_id, name)
            for name in dict.fromkeys([*step.providers, *self.named])
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
            to,
            integration.identifier,
            overrides.severity_of(self.overrides, self.run.workflow.severity),
            overrides.of_channel(self.overrides, self.channel, provider_id),
            **facts,
        )

    def send(self, message: Message, times: int = 1) -> None:
        """Hand a message to the provider, once for each address that it has."""
        delivered = False
        for _ in range(times):
            error = self.world.integrations.failure(self.channel, message.provider_id)
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

    # --- the channels -----------------------------------------------------------------------------------

    def in_app(self) -> None:
        """Put a message into the inbox."""
        integration = self.integration()
        if integration is None:
            return
        message = self.message(integration, None)
        self.send(message)
        if message.status == "sent":
            self.subscriber.inbox.deliver(message)

    def email(self) -> None:
        """Send an email to the subscriber's address, or to the one that an override names."""
        said = overrides.part(self.overrides, "email")
        integration = self.integration(identifier=said.get("integrationIdentifier"))
        if integration is None:
            return
        address = said.get("toRecipient") or self.subscriber.email
        message = self.message(integration, address)
        if not address:
            no_address = "Subscriber does not have an email address"
            reason = f"the subscriber {self.subscriber.subscriber_id} has no email address"
            self.warn(message, "mail_unexpected_error", no_address, reason)
            return
        mine, sender = message.overrides, overrides.part(self.step.outputs, "from")
        more = mine.get("to") or []
        everyone = list(dict.fromkeys([address, *([more] if isinstance(more, str) else more)]))
        message.to = everyone if len(everyone) > 1 else address
        message.content = _changed(
            self.step.outputs, subject=mine.get("subject"), body=mine.get("html") or mine.get("text")
        )
        message.envelope = {
            "from": mine.get("from") or sender.get("email") or integration.credentials.get("from"),
            "senderName": mine.get("senderName")
            or sender.get("name")
            or integration.credentials.get("senderName"),
            "replyTo": said.get("replyTo") or self.step.outputs.get("replyTo"),
            **{name: mine.get(name) for name in _MAIL},
            "attachments": self.run.payload.get("attachments"),
        }
        message.envelope = {name: value for name, value in message.envelope.items() if value}
        self.send(message)

    def sms(self) -> None:
        """Send a text to the subscriber's number, or to the one that the payload names."""
        identifier = overrides.part(self.overrides, "sms").get("integrationIdentifier")
        integration = self.integration(identifier=identifier)
        if integration is None:
            return
        number = self.run.payload.get("phone") or self.subscriber.phone
        message = self.message(integration, number)
        if not number:
            reason = f"the subscriber {self.subscriber.subscriber_id} has no phone number"
            self.warn(message, "no_subscriber_phone", "Subscriber does not have active phone", reason)
            return
        mine = message.overrides
        message.to = mine.get("to") or number
        if not self.step.outputs.get("body"):
            message.content = _changed(self.step.outputs, body=mine.get("content"))
        message.envelope = {
            name: value
            for name, value in {
                "from": mine.get("from") or integration.credentials.get("from"),
                "customData": mine.get("customData"),
            }.items()
            if value
        }
        self.send(message)

    def push(self) -> None:
        """Send to every device of every provider that the subscriber has tokens for."""
        ways: list[tuple[str, str | None, Any]] = [
            (one.provider_id, one.integration_identifier, one.credentials.get("deviceTokens"))
            for one in self.subscriber.channels
            if one.channel == "push"
        ]
        said = overrides.of_provider({}, self.overrides, self.step.step_id, "fcm")
        if any(provider_id == "fcm" for provider_id, _, _ in ways):
            said = {}  # the subscriber's own tokens win
        elif isinstance(said.get("tokens"), list):
            ways.append(("fcm", None, said["tokens"]))
        elif said.get("topic") and (integration := self.integration("fcm")):
            self.send(self.message(integration, None))
        if not ways and not said.get("topic"):
            self.left_out(f"the subscriber {self.subscriber.subscriber_id} has no push credentials")
        for provider_id, identifier, tokens in ways:
            if not tokens:
                who = self.subscriber.subscriber_id
                self.left_out(f"the subscriber {who} has no device tokens of {provider_id}")
                continue
            integration = self.integration(provider_id, identifier)
            if integration is None:
                continue
            others = overrides.part(self.overrides, provider_id).get("deviceTokens")
            target = list(others if isinstance(others, list) and others else tokens)
            for token in target:
                self.send(self.message(integration, [token], envelope={"deviceTokens": target}))

    def chat(self) -> None:
        """Send to every channel endpoint, every webhook and, where a provider goes by phone, the number."""
        keys = self.run.trigger.context_keys
        groups = self.world.channel_endpoints.of(self.subscriber.subscriber_id, "chat", keys)
        by_endpoint = {group[0].provider_id for group in groups.values()}
        ways = [
            (one.provider_id, one.integration_identifier, one.credentials)
            for one in self.subscriber.channels
            if one.channel == "chat"
        ]
        if self.subscriber.phone:
            phone = {"phoneNumber": self.subscriber.phone}
            ways += [(one, None, phone) for one in self._by_phone() if one not in by_endpoint]
        if not groups and not ways:
            within = " for this context" if keys else ""
            self.left_out(f"the subscriber {self.subscriber.subscriber_id} has no chat channel{within}")
        for identifier, endpoints in groups.items():
            if integration := self.integration(endpoints[0].provider_id, identifier):
                self._to_endpoints(integration, endpoints)
        for provider_id, said_by, credentials in ways:
            if integration := self.integration(provider_id, said_by):
                self._to_chat_channel(integration, credentials)

    def _by_phone(self) -> Iterator[str]:
        integrations = self.world.integrations
        if not integrations.is_set_up("chat"):
            yield WHATSAPP
            return
        for provider_id in _BY_PHONE:
            if integrations.select("chat", provider_id=provider_id, tenant=self.run.trigger.tenant):
                yield provider_id

    def _to_endpoints(self, integration: Integration, endpoints: list[ChannelEndpoint]) -> None:
        message = self.message(integration, None)
        data = message.providers.get(integration.provider_id, {})
        addresses = [
            endpoint_address(one.type, said)
            if (said := overrides.part(data, one.identifier, "endpoint"))
            and not endpoint_problem(one.type, said)
            else one.address
            for one in endpoints
        ]
        message.to = addresses if len(addresses) > 1 else addresses[0]
        self.send(message, len(addresses))

    def _to_chat_channel(self, integration: Integration, credentials: Mapping[str, Any]) -> None:
        message = self.message(integration, None)
        webhook = (
            message.providers.get(integration.provider_id, {}).get("webhookUrl")
            or message.overrides.get("webhookUrl")
            or self.run.payload.get("webhookUrl")
            or credentials.get("webhookUrl")
        )
        message.to = webhook or credentials.get("phoneNumber")
        if message.to:
            if credentials.get("channel"):
                message.envelope = {"channel": credentials["channel"]}
            self.send(message)
            return
        who = self.subscriber.subscriber_id
        if integration.provider_id == WHATSAPP:
            text = "Subscriber does not have phone number specified"
            reason = f"the subscriber {who} has no phone number"
            self.warn(message, "no_subscriber_chat_phone_number", text, reason)
        else:
            text = "Subscriber does not have active chat channel id"
            reason = f"the subscriber {who} has no webhook of {integration.provider_id}"
            self.warn(message, "no_subscriber_chat_channel_id", text, reason)

    def tool(self) -> None:
        """Send by every active tool integration: once, or to each endpoint where it is routed by endpoint."""
        if not self.step.outputs.get("body"):
            self.failed("the message has no content")
            return
        integrations = self.world.integrations.all_active("tool", self.named)
        if not integrations:
            self.failed("there is no active tool integration")
        keys = self.run.trigger.context_keys
        groups = self.world.channel_endpoints.of(self.subscriber.subscriber_id, "tool", keys)
        for integration in integrations:
            if not _is_routed_by_endpoint(integration):
                self._by_tool(integration, None)
                continue
            endpoints = groups.get(integration.identifier, [])
            if not endpoints:
                who = self.subscriber.subscriber_id
                self.left_out(f"the subscriber {who} has no channel endpoint of {integration.identifier}")
            for one in endpoints:
                self._by_tool(integration, one.address)

    def _by_tool(self, integration: Integration, to: Any) -> None:
        message = self.message(integration, to)
        message.content = _changed(self.step.outputs, body=message.overrides.get("content"))
        self.send(message)


def _is_routed_by_endpoint(integration: Integration) -> bool:
    if integration.provider_id == "tool-webhook":
        return integration.credentials.get("routingMode") == "dynamic"
    return integration.provider_id in _BY_ENDPOINT


def _changed(outputs: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return outputs with what an override says of them; the same object where it says nothing."""
    said = {name: value for name, value in changes.items() if value}
    return {**outputs, **said} if said else outputs


_MAIL = ("cc", "bcc", "text", "headers", "customData", "ipPoolName")
"""What an override may add to an email."""

_ERROR_IDS = {
    "email": "mail_unexpected_error",
    "sms": "unexpected_sms_error",
    "push": "unexpected_push_error",
    "chat": "unexpected_chat_error",
    "tool": "unexpected_tool_error",
    "in_app": "unexpected_in_app_error",
}
"""Novu's name for what a provider of each channel refused; the last two are ours, Novu has none."""

_SEND: dict[str, Callable[[_Delivery], None]] = {
    "in_app": _Delivery.in_app,
    "email": _Delivery.email,
    "sms": _Delivery.sms,
    "push": _Delivery.push,
    "chat": _Delivery.chat,
    "tool": _Delivery.tool,
}
