"""Who a trigger is for: ids, subscribers and topics, written as the Novu API takes them.

Inside Python a subscriber is a dict in snake_case or camelCase, or a model; on the wire there is one form.
`recipients` (the `to` of a trigger) and `recipient` (its `actor`) turn the first into the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeAlias


class Dumps(Protocol):
    """Anything with pydantic's `model_dump`: `Subscriber`, or a model of your own."""

    def model_dump(self, *, by_alias: bool | None = ..., exclude_none: bool = ...) -> dict[str, Any]: ...


Recipient: TypeAlias = str | Mapping[str, Any] | Dumps
"""A subscriber id, a subscriber, or a topic `{"type": "Topic", "topicKey": "..."}`."""

# Only these are renamed: a subscriber's `data` and the keys of the user's own go out as they were written.
_WIRE_NAMES = {
    "subscriber_id": "subscriberId",
    "first_name": "firstName",
    "last_name": "lastName",
    "topic_key": "topicKey",
    "provider_id": "providerId",
    "integration_id": "integrationId",
    "integration_identifier": "integrationIdentifier",
    "webhook_url": "webhookUrl",
    "device_tokens": "deviceTokens",
}


def recipients(to: Recipient | Iterable[Recipient]) -> Any:
    """`to` of a trigger, for the wire: a list stays a list, one recipient stays one.

    Raises `ValueError` or `TypeError` that says which recipient cannot be one, and why.

    >>> recipients(["ann", {"subscriber_id": "bob", "first_name": "Bob"}])
    ['ann', {'subscriberId': 'bob', 'firstName': 'Bob'}]
    """
    if isinstance(to, (str, Mapping)) or hasattr(to, "model_dump"):
        return recipient(to)
    if isinstance(to, Iterable):
        return [recipient(one) for one in to]
    raise TypeError(_not_a_recipient(to))


def recipient(one: object) -> str | dict[str, Any]:
    """One recipient, or the actor of a trigger, for the wire.

    >>> recipient({"type": "topic", "topic_key": "post-1"})
    {'type': 'Topic', 'topicKey': 'post-1'}
    """
    if isinstance(one, str):
        if not one:
            raise ValueError("A recipient's id is an empty string: give the subscriberId of a subscriber.")
        return one
    if isinstance(one, Mapping):
        wired = _renamed(one)
    elif hasattr(one, "model_dump"):
        wired = _renamed(one.model_dump(by_alias=True, exclude_none=True))
    else:
        raise TypeError(_not_a_recipient(one))

    if "topicKey" in wired:
        return {**wired, "type": "Topic"}
    if "subscriberId" not in wired:
        raise ValueError(
            f"A recipient has neither `subscriberId` nor `topicKey`, only {sorted(map(str, wired))}: "
            "a subscriber is {'subscriberId': 'ann', ...}, a topic {'type': 'Topic', 'topicKey': 'post-1'}."
        )
    if isinstance(wired.get("channels"), (list, tuple)):
        wired["channels"] = [_channel(channel) for channel in wired["channels"]]
    return wired


def _channel(channel: Any) -> Any:
    if not isinstance(channel, Mapping):
        return channel
    wired = _renamed(channel)
    if isinstance(wired.get("credentials"), Mapping):
        wired["credentials"] = _renamed(wired["credentials"])
    return wired


def _renamed(written: Mapping[str, Any]) -> dict[str, Any]:
    return {_WIRE_NAMES.get(key, key): value for key, value in written.items()}


def _not_a_recipient(value: object) -> str:
    return (
        f"`to` got a {type(value).__name__}: a recipient is a subscriber id, a subscriber, "
        "a topic {'type': 'Topic', 'topicKey': 'post-1'}, or a list of these."
    )
