"""How each channel reaches a subscriber: by address, device, endpoint, webhook or inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from novu_framework_testing.simulation import attachments, overrides
from novu_framework_testing.simulation.channel_endpoints import (
    ChannelEndpoint,
    endpoint_address,
    endpoint_problem,
)
from novu_framework_testing.simulation.collections import NOTHING
from novu_framework_testing.simulation.integrations import Integration
from novu_framework_testing.simulation.outgoing import Delivery

WHATSAPP = "whatsapp-business"
_BY_PHONE = (WHATSAPP, "sendblue")

_BY_ENDPOINT = ("pagerduty", "opsgenie")
"""Tools that reach a subscriber by a channel endpoint only."""

_MAIL = ("from", "senderName", "cc", "bcc", "text", "headers", "customData", "ipPoolName")
"""What an override may add to an email."""


def in_app(delivery: Delivery) -> None:
    """Put a message into the inbox."""
    integration = delivery.integration()
    if integration is None:
        return
    message = delivery.message(integration, None)
    delivery.send(message)
    if message.status == "sent":
        delivery.subscriber.inbox.deliver(message)


def email(delivery: Delivery) -> None:
    """Send an email to the subscriber's address, or to the one that an override names."""
    said = overrides.part(delivery.overrides, "email")
    integration = delivery.integration(identifier=said.get("integrationIdentifier"))
    if integration is None:
        return
    address = said.get("toRecipient") or delivery.subscriber.email
    message = delivery.message(integration, address)
    if not address:
        no_address = "Subscriber does not have an email address"
        reason = f"the subscriber {delivery.subscriber.subscriber_id} has no email address"
        delivery.warn(message, "mail_unexpected_error", no_address, reason)
        return
    mine, outputs, own = message.overrides, delivery.step.outputs, integration.credentials
    sender = overrides.part(outputs, "from")
    envelope = {
        "from": sender.get("email") or own.get("from"),
        "senderName": sender.get("name") or own.get("senderName"),
        "replyTo": said.get("replyTo") or outputs.get("replyTo"),
        "attachments": attachments.of_email(delivery.run.payload),
    }
    if mine:
        envelope |= _given({name: mine.get(name) for name in _MAIL})
        more = mine.get("to") or []
        everyone = list(dict.fromkeys([address, *([more] if isinstance(more, str) else more)]))
        message.to = everyone if len(everyone) > 1 else address
        body = mine.get("html") or mine.get("text")
        message.content = _changed(outputs, subject=mine.get("subject"), body=body)
    message.envelope = _given(envelope)
    delivery.send(message)


def sms(delivery: Delivery) -> None:
    """Send a text to the subscriber's number, or to the one that the payload names."""
    identifier = overrides.part(delivery.overrides, "sms").get("integrationIdentifier")
    integration = delivery.integration(identifier=identifier)
    if integration is None:
        return
    number = delivery.run.payload.get("phone") or delivery.subscriber.phone
    message = delivery.message(integration, number)
    message.phone = number
    if not number:
        reason = f"the subscriber {delivery.subscriber.subscriber_id} has no phone number"
        delivery.warn(message, "no_subscriber_phone", "Subscriber does not have active phone", reason)
        return
    mine = message.overrides
    if mine:
        message.to = mine.get("to") or number
    if not delivery.step.outputs.get("body"):
        message.content = _changed(delivery.step.outputs, body=mine.get("content"))
    sender = mine.get("from") or integration.credentials.get("from")
    message.envelope = _given({"from": sender, "customData": mine.get("customData")})
    delivery.send(message)


def push(delivery: Delivery) -> None:
    """Send to every device of every provider that the subscriber has tokens for."""
    ways: list[tuple[str, str | None, Any]] = [
        (one.provider_id, one.integration_identifier, one.credentials.get("deviceTokens"))
        for one in delivery.subscriber.channels
        if one.channel == "push"
    ]
    said = overrides.of_provider({}, delivery.overrides, delivery.step.step_id, "fcm")
    if any(provider_id == "fcm" for provider_id, _, _ in ways):
        said = {}  # the subscriber's own tokens win
    elif isinstance(said.get("tokens"), list):
        ways.append(("fcm", None, said["tokens"]))
    elif said.get("topic") and (integration := delivery.integration("fcm")):
        delivery.send(delivery.message(integration, None))
    if not ways and not said.get("topic"):
        delivery.left_out(
            f"the subscriber {delivery.subscriber.subscriber_id} has no push credentials", "no-channel"
        )
    for provider_id, identifier, tokens in ways:
        if not tokens:
            who = delivery.subscriber.subscriber_id
            delivery.left_out(f"the subscriber {who} has no device tokens of {provider_id}", "no-tokens")
            continue
        integration = delivery.integration(provider_id, identifier)
        if integration is None:
            continue
        others = overrides.part(delivery.overrides, provider_id).get("deviceTokens")
        target = list(others if isinstance(others, list) and others else tokens)
        for token in target:
            delivery.send(delivery.message(integration, [token], envelope={"deviceTokens": target}))


def chat(delivery: Delivery) -> None:
    """Send to every channel endpoint, every webhook and, where a provider goes by phone, the number."""
    keys = delivery.run.trigger.context_keys
    groups = delivery.world.channel_endpoints.of(delivery.subscriber.subscriber_id, "chat", keys)
    by_endpoint = {group[0].provider_id for group in groups.values()}
    ways = [
        (one.provider_id, one.integration_identifier, one.credentials)
        for one in delivery.subscriber.channels
        if one.channel == "chat"
    ]
    if delivery.subscriber.phone:
        phone = {"phoneNumber": delivery.subscriber.phone}
        ways += [(one, None, phone) for one in _by_phone(delivery) if one not in by_endpoint]
    if not groups and not ways:
        reason = f"the subscriber {delivery.subscriber.subscriber_id} has no chat channel"
        if keys:
            delivery.left_out(f"{reason} for this context", "no-channel-of-context")
        else:
            delivery.left_out(reason, "no-channel")
    for identifier, endpoints in groups.items():
        if integration := delivery.integration(endpoints[0].provider_id, identifier):
            _to_endpoints(delivery, integration, endpoints)
    for provider_id, said_by, credentials in ways:
        if integration := delivery.integration(provider_id, said_by):
            _to_chat_channel(delivery, integration, credentials)


def _by_phone(delivery: Delivery) -> Iterator[str]:
    integrations = delivery.world.integrations
    if not integrations.is_set_up("chat"):
        yield WHATSAPP
        return
    for provider_id in _BY_PHONE:
        if integrations.select("chat", delivery, provider_id=provider_id).integration:
            yield provider_id


def _to_endpoints(delivery: Delivery, integration: Integration, endpoints: list[ChannelEndpoint]) -> None:
    message = delivery.message(integration, None)
    data = message.providers.get(integration.provider_id, {})
    addresses = [
        endpoint_address(one.type, said)
        if (said := overrides.part(data, one.identifier, "endpoint")) and not endpoint_problem(one.type, said)
        else one.address
        for one in endpoints
    ]
    message.to = addresses if len(addresses) > 1 else addresses[0]
    delivery.send(message, len(addresses))


def _to_chat_channel(delivery: Delivery, integration: Integration, credentials: Mapping[str, Any]) -> None:
    message = delivery.message(integration, None)
    webhook = (
        message.providers.get(integration.provider_id, {}).get("webhookUrl")
        or message.overrides.get("webhookUrl")
        or delivery.run.payload.get("webhookUrl")
        or credentials.get("webhookUrl")
    )
    message.to = webhook or credentials.get("phoneNumber")
    if message.to:
        if credentials.get("channel"):
            message.envelope = {"channel": credentials["channel"]}
        delivery.send(message)
        return
    who = delivery.subscriber.subscriber_id
    if integration.provider_id == WHATSAPP:
        text = "Subscriber does not have phone number specified"
        reason = f"the subscriber {who} has no phone number"
        delivery.warn(message, "no_subscriber_chat_phone_number", text, reason)
    else:
        text = "Subscriber does not have active chat channel id"
        reason = f"the subscriber {who} has no webhook of {integration.provider_id}"
        delivery.warn(message, "no_subscriber_chat_channel_id", text, reason)


def tool(delivery: Delivery) -> None:
    """Send by every active tool integration: once, or to each endpoint where it is routed by endpoint."""
    if not delivery.step.outputs.get("body"):
        delivery.failed("the message has no content", "no-content")
        return
    integrations = delivery.world.integrations.all_active("tool", delivery.named)
    if not integrations:
        delivery.failed("there is no active tool integration", "no-integration")
    keys = delivery.run.trigger.context_keys
    groups = delivery.world.channel_endpoints.of(delivery.subscriber.subscriber_id, "tool", keys)
    for integration in integrations:
        if not _is_routed_by_endpoint(integration):
            _by_tool(delivery, integration, None)
            continue
        endpoints = groups.get(integration.identifier, [])
        if not endpoints:
            who = delivery.subscriber.subscriber_id
            reason = f"the subscriber {who} has no channel endpoint of {integration.identifier}"
            delivery.left_out(reason, "no-endpoint")
        for one in endpoints:
            _by_tool(delivery, integration, one.address)


def _by_tool(delivery: Delivery, integration: Integration, to: Any) -> None:
    message = delivery.message(integration, to)
    message.content = _changed(delivery.step.outputs, body=message.overrides.get("content"))
    delivery.send(message)


def _is_routed_by_endpoint(integration: Integration) -> bool:
    if integration.provider_id == "tool-webhook":
        return integration.credentials.get("routingMode") == "dynamic"
    return integration.provider_id in _BY_ENDPOINT


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that there are."""
    return {name: value for name, value in values.items() if value} or NOTHING


def _changed(outputs: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return outputs with what an override says of them; the same object where it says nothing."""
    said = _given(changes)
    return {**outputs, **said} if said else outputs


SEND: dict[str, Callable[[Delivery], None]] = {
    "in_app": in_app,
    "email": email,
    "sms": sms,
    "push": push,
    "chat": chat,
    "tool": tool,
}
"""What sends the messages of each channel."""
