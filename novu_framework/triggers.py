"""Triggers: the events that are sent, who they are for, and what Novu said of them.

In Python a subscriber is a dict in snake_case or camelCase, or a model; the API takes one form. `recipients` (the
`to` of a trigger) and `recipient` (its `actor`) turn the first into the second.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

from typing_extensions import Self

from novu_framework._internal.json_data import json_data
from novu_framework.settings import environment_bridge_url


class Dumps(Protocol):
    """Anything with pydantic's `model_dump`: `Subscriber`, or a model of your own."""

    def model_dump(self, *, by_alias: bool | None = ..., exclude_none: bool = ...) -> dict[str, Any]:
        """Return the model as a dict."""
        ...


Recipient: TypeAlias = str | Mapping[str, Any] | Dumps
"""A subscriber id, a subscriber, or a topic `{"type": "Topic", "topicKey": "..."}`."""


class Triggerable(Protocol):
    """A workflow, as far as a trigger needs it."""

    @property
    def id(self) -> str:
        """The id that Novu knows it by."""
        ...

    def validate_payload(self, payload: Any) -> dict[str, Any]:
        """Return the payload as it is sent. Raises where it does not fit the workflow's schema."""
        ...


class Canceller(Protocol):
    """Something that cancels triggers: a `Client`."""

    def cancel(self, transaction_id: str) -> bool:
        """Stop a trigger."""
        ...

    def cancel_async(self, transaction_id: str) -> Awaitable[bool]:
        """Stop a trigger without blocking the event loop."""
        ...


@dataclass(frozen=True)
class TriggerResult:
    """Novu's answer to one trigger.

    Attributes:
        transaction_id: The id that `cancel` takes.
        status: `"processed"`, or why nothing was sent (`"trigger_not_active"`, `"subscriber_id_missing"`, `"error"`, ...).
        acknowledged: Whether Novu took the trigger.
        errors: What Novu said was wrong; empty where nothing was.
        data: The whole answer, in the API's names.
        client: The client that sent it, which `cancel` uses. A pickle of the result is without it, and so without the
            secret key: `cancel` then uses the client of the environment that it is in.
    """

    transaction_id: str
    status: str
    acknowledged: bool
    errors: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    client: Canceller | None = field(default=None, repr=False, compare=False)

    def cancel(self) -> bool:
        """Cancel the steps of this trigger that are still delayed or pending; tell whether there were any."""
        return self._client.cancel(self.transaction_id)

    async def cancel_async(self) -> bool:
        """Do what `cancel` does, without blocking the event loop."""
        return await self._client.cancel_async(self.transaction_id)

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "client": getattr(self.client, "of_environment", None)}

    def __copy__(self) -> Self:
        return self  # nothing of it changes

    def __deepcopy__(self, memo: object) -> Self:
        return replace(self, data=deepcopy(self.data))

    @property
    def _client(self) -> Canceller:
        if self.client is None:
            raise RuntimeError("This result was made without a client: use Client.cancel(transaction_id).")
        return self.client

    @classmethod
    def of_answer(cls, answer: Any, client: Canceller | None = None) -> TriggerResult:
        """Read the API's `{data: {acknowledged, status, transactionId, error?}}`, with or without the `data` around it.

        Raises:
            ValueError: The Novu API does not answer so; the message says what is wrong with it.
        """
        data = answer_data(answer)
        if not isinstance(data, Mapping):
            raise ValueError("is not a result of a trigger")
        acknowledged, status = data.get("acknowledged"), data.get("status")
        transaction_id, errors = data.get("transactionId"), data.get("error") or []
        if not isinstance(acknowledged, bool):
            raise ValueError("does not say whether the trigger is `acknowledged`")
        if not isinstance(status, str) or not status:
            raise ValueError("has no `status`")
        if transaction_id is None and status in _NOT_PROCESSED:
            transaction_id = ""
        elif not isinstance(transaction_id, str) or not transaction_id.strip():
            raise ValueError("has no `transactionId`")
        if not isinstance(errors, (str, list)):
            raise ValueError("has an `error` that is not a list of texts")
        return cls(
            transaction_id=transaction_id,
            status=status,
            acknowledged=acknowledged,
            errors=(errors,) if isinstance(errors, str) else tuple(map(str, errors)),
            data=data,
            client=client,
        )


_NOT_PROCESSED = frozenset(
    {
        "error",
        "invalid_recipients",
        "no_tenant_found",
        "no_workflow_active_steps_defined",
        "no_workflow_steps_defined",
        "subscriber_id_missing",
        "trigger_not_active",
    }
)
"""The statuses of triggers of which Novu makes nothing: such a result may lack a transaction id."""


def answer_data(answer: Any) -> Any:
    """Return what is inside the API's `{"data": ...}`, or the answer itself where it has none."""
    return answer.get("data", answer) if isinstance(answer, Mapping) else answer


def bulk_results(answer: Any, count: int, client: Canceller | None = None) -> list[TriggerResult]:
    """Read the API's answer to a bulk of `count` events: `{data: [...]}`, one result for each, in their order.

    Raises:
        ValueError: As for `TriggerResult.of_answer`.
    """
    data = answer_data(answer)
    if not isinstance(data, list):
        raise ValueError("is not a list of results")
    if len(data) != count:
        raise ValueError(f"has {len(data)} results for {count} events")
    results = []
    for position, one in enumerate(data):
        try:
            results.append(TriggerResult.of_answer(one, client))
        except ValueError as error:
            raise ValueError(f"{error} at position {position}") from None
    return results


def was_cancelled(answer: Any) -> bool:
    """Read the API's answer to a cancel: `{data: true}`, or false where there was nothing to stop.

    Raises:
        ValueError: It is neither.
    """
    data = answer_data(answer)
    if not isinstance(data, bool):
        raise ValueError("is neither true nor false")
    return data


class Event(dict[str, Any]):
    """The body of a trigger. It does not show its payload, which may hold secrets, to tools that print variables."""

    def __repr__(self) -> str:
        return f"<event for {self.get('name')!r}>"


EVERYONE: Any = object()
"""The `to` of a broadcast, which names no recipients."""


def trigger_event(
    workflow: str | Triggerable,
    to: Recipient | Iterable[Recipient],
    payload: Any,
    transaction_id: str | None = None,
    overrides: Mapping[str, Any] | None = None,
    actor: Recipient | None = None,
    context: Mapping[str, Any] | None = None,
    bridge_url: str | None = None,
    agent_id: str | None = None,
) -> dict[str, Any]:
    """Write the body of a trigger, without the arguments that are not given.

    The payload of a workflow object is validated; that of an id goes out as it is.

    Raises:
        NotJsonError: Something in it cannot be sent; a `TypeError` that names the place.
    """
    if not isinstance(workflow, str):
        if not hasattr(workflow, "validate_payload"):
            raise TypeError(
                f"A {type(workflow).__name__} is no workflow to trigger: give its id, or the Workflow."
            )
        payload = workflow.validate_payload(payload)
        workflow = workflow.id
    event: dict[str, Any] = {"name": workflow}
    if to is not EVERYONE:
        event["to"] = recipients(to)
    event["payload"] = {} if payload is None else payload
    optional = {
        "transactionId": transaction_id,
        "overrides": overrides,
        "actor": recipient(actor) if actor else None,
        "context": context,
        "bridgeUrl": bridge_url or environment_bridge_url(),
    }
    given = {name: value for name, value in optional.items() if value}
    if agent_id is not None:  # passed on as it is, unlike the others
        given["agentId"] = agent_id
    return Event(json_data(event | given))


_ARGUMENTS = (
    "workflow_id",
    "to",
    "payload",
    "transaction_id",
    "overrides",
    "actor",
    "context",
    "bridge_url",
    "agent_id",
)
_ARGUMENT_OF = {
    "name": "workflow_id",
    "workflow": "workflow_id",
    "workflowId": "workflow_id",
    "transactionId": "transaction_id",
    "bridgeUrl": "bridge_url",
    "agentId": "agent_id",
}


def trigger_arguments(event: Mapping[str, Any], position: int) -> dict[str, Any]:
    """Read one event of a bulk, written with the arguments of `trigger` or in the API's own names.

    Args:
        event: `{"workflow_id" | "workflow" | "name": ..., "to": ..., "payload": ...}`.
        position: Its place in the bulk, for the message of an error.

    Raises:
        ValueError: It lacks the workflow or the recipient, or has a key that a trigger does not take.
        TypeError: It is no dict.
    """
    if not isinstance(event, Mapping):
        raise TypeError(
            f"Event {position} of the bulk is a {type(event).__name__}: it is a dict of {', '.join(_ARGUMENTS)}."
        )
    given = {_ARGUMENT_OF.get(key, key): value for key, value in event.items()}
    unknown = [key for key in given if key not in _ARGUMENTS]
    missing = [key for key in ("workflow_id", "to") if not given.get(key)]
    if unknown or missing:
        wrong = f"lacks {missing}" if missing else f"has {unknown}"
        raise ValueError(f"Event {position} of the bulk {wrong}: an event has {', '.join(_ARGUMENTS)}.")
    return given


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
    """Write the `to` of a trigger as the API takes it; a list stays a list, one recipient stays one.

    Raises:
        ValueError, TypeError: Something in it cannot be a recipient; the message says what and why.

    >>> recipients(["ann", {"subscriber_id": "bob", "first_name": "Bob"}])
    ['ann', {'subscriberId': 'bob', 'firstName': 'Bob'}]
    """
    if isinstance(to, (str, Mapping)) or hasattr(to, "model_dump"):
        return recipient(to)
    if isinstance(to, Iterable):
        return [recipient(one) for one in to]
    raise TypeError(_not_a_recipient(to))


def recipient(one: object) -> str | dict[str, Any]:
    """Write one recipient, or the actor of a trigger, as the API takes it.

    Raises:
        ValueError, TypeError: It cannot be a recipient; the message says why.

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
        model: Any = one
        wired = _renamed(model.model_dump(by_alias=True, exclude_none=True))
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
