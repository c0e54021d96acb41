"""Triggers: one, many, to everybody; and their cancelling."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Final
from urllib.parse import urlsplit

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.contexts import named_contexts
from novu_framework_testing.api.routes.subscribers import WITH_CHANNELS
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, IdOrBody, Kind, a_list, an_object, string, url
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.bridges.ends import ENDS
from novu_framework_testing.simulation.payloads import PayloadRefused
from novu_framework_testing.simulation.workflows import UnknownWorkflow

MAX_EVENTS = 100
MAX_RECIPIENTS = 100


def _tenant(value: Any) -> str | None:
    named = value.get("identifier") if isinstance(value, dict) else value
    return None if isinstance(named, str) else "must be an identifier, or an object with one"


_NAME = Field(string, required=True)
_OPTIONS: dict[str, Field | Kind] = {
    "overrides": an_object,
    "transactionId": string,
    "context": named_contexts,
    "tenant": _tenant,
    "bridgeUrl": url,
    "actor": Field(nested=IdOrBody(**WITH_CHANNELS.fields)),
}
TRIGGER = Body(name=_NAME, to=Field(required=True), payload=an_object, **_OPTIONS)
BULK = Body(events=Field(a_list(), required=True))
BROADCAST = Body(name=_NAME, payload=Field(an_object, required=True), **_OPTIONS)

routes: Final = Routes()


@routes("POST", "/v1/events/trigger", 201)
async def trigger(call: Call) -> dict[str, Any]:
    """Trigger a workflow and run it to where it waits."""
    event = TRIGGER.check(call.request.json)
    if isinstance(event["to"], list) and len(event["to"]) > MAX_RECIPIENTS:
        raise ApiError.invalid([f"to must contain no more than {MAX_RECIPIENTS} elements"], len(event["to"]))
    return await _process(call, event)


@routes("POST", "/v1/events/trigger/bulk", 201)
async def trigger_bulk(call: Call) -> list[dict[str, Any]]:
    """Trigger several workflows, one after the other; one refused event does not refuse the others."""
    events = BULK.check(call.request.json)["events"]
    if not events:
        raise ApiError.violated("events", "events should not be empty")
    if len(events) > MAX_EVENTS:
        raise ApiError.violated("events", f"events must contain no more than {MAX_EVENTS} elements")
    return [await _outcome(call, event) for event in events]


async def _outcome(call: Call, event: Any) -> dict[str, Any]:
    given = event if isinstance(event, dict) else {}
    try:
        checked = TRIGGER.check(event)
        if checked.get("payload") is None:  # only here it has to be there
            raise ApiError(400, "Validation failed")
        return await _process(call, checked)
    except ApiError as error:
        failure = {"acknowledged": True, "status": "error", "error": error.messages}
        return (
            failure
            if given.get("transactionId") is None
            else {**failure, "transactionId": given["transactionId"]}
        )


@routes("POST", "/v1/events/trigger/broadcast", 201)
async def broadcast(call: Call) -> dict[str, Any]:
    """Trigger a workflow for every subscriber that there is."""
    event = BROADCAST.check(call.request.json)
    return await _process(
        call, {**event, "to": [subscriber.subscriber_id for subscriber in call.novu.subscribers]}
    )


@routes("DELETE", "/v1/events/trigger/{transactionId}")
async def cancel(call: Call) -> bool:
    """Stop what still waits of a trigger, and tell whether there was anything to stop."""
    return await call.novu.cancel_async(call["transactionId"])


def _check_bridge(address: str) -> None:
    """Refuse an address that Novu never calls: one with a password, or of a cloud's metadata."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    if "@" in parts.netloc or host == "metadata.google.internal" or host.startswith("169.254."):
        raise ApiError(400, "bridgeUrl must be a public address without credentials")


async def _process(call: Call, event: dict[str, Any]) -> dict[str, Any]:
    transaction_id = event.get("transactionId") or f"txn_{call.novu.ids('transaction')}"
    status = "processed"
    try:
        _check_bridge(event.get("bridgeUrl") or "")
        await _run(call, {**event, "to": _recipients(call, event)}, transaction_id)
        made = call.novu.triggers.get(transaction_id)
        if made is not None:
            status = made.status
    except UnknownWorkflow as error:
        call.novu.note(f"a trigger was refused. {error}")  # Novu's answer does not say which there are
        raise ApiError(422, "workflow_not_found") from error
    except BridgeFailure as failure:
        raise ApiError(422, f"Bridge URL is not valid. {failure}") from failure
    except PayloadRefused as error:
        # Novu's filter puts these into `ctx`; its clients read them beside the message, as its API is described.
        why = {"errors": error.errors, "schema": error.schema, "type": "PAYLOAD_VALIDATION_ERROR"}
        raise ApiError(400, str(error), extra={**why, "ctx": why}) from error
    except ValueError as error:
        raise ApiError.invalid([str(error)]) from error
    return {"acknowledged": True, "status": status, "transactionId": transaction_id}


def _recipients(call: Call, event: dict[str, Any]) -> list[Any]:
    """The recipients that Novu's worker reads: none at all where one of them has no id."""
    to = event["to"]
    wanted = [one for one in (to if isinstance(to, list) else [to]) if one]
    for one in wanted:
        is_topic = isinstance(one, dict) and one.get("type") == "Topic"
        if (
            not isinstance(one, str)
            and not is_topic
            and not (isinstance(one, dict) and one.get("subscriberId"))
        ):
            call.novu.note(
                f"{event['name']}: nobody is reached, since a recipient has no subscriberId: {one!r}"
            )
            return []
    return [
        one
        for one in wanted
        if isinstance(one, str) or isinstance(one.get("topicKey", one.get("subscriberId")), str)
    ]


async def _run(call: Call, event: dict[str, Any], transaction_id: str) -> None:
    """Run the trigger to where it waits, or for as long as the call's patience lasts; then it goes on without us."""
    names = ("to", "payload", "overrides", "actor", "context", "tenant")
    given = {name: event[name] for name in names if event.get(name) is not None}
    run = call.novu.trigger_async(
        event["name"], **given, bridge_url=event.get("bridgeUrl"), transaction_id=transaction_id
    )
    if call.patience is None:
        await run
        return
    task = asyncio.ensure_future(_keeping_ends(call, run))
    _unfinished.add(task)
    task.add_done_callback(_unfinished.discard)
    await asyncio.wait({task}, timeout=call.patience)
    if task.done():
        task.result()


async def _keeping_ends(call: Call, run: Awaitable[Any]) -> None:
    """Await a run. The end of a test that it raises is kept at once: from a task, an interruption ends the loop."""
    try:
        await run
    except ENDS as end:
        call.novu.ends.append(end)


# An event loop holds its tasks by weak references only.
_unfinished: set[asyncio.Future[Any]] = set()
