"""Triggers: one, many, to everybody; and their cancelling."""

from __future__ import annotations

import asyncio
from typing import Any

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.subscribers import CHANNELS
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, string, url
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.simulation.workflows import UnknownWorkflow

MAX_EVENTS = 100
MAX_RECIPIENTS = 100


def _tenant(value: Any) -> str | None:
    named = value.get("identifier") if isinstance(value, dict) else value
    return None if isinstance(named, str) else "must be an identifier, or an object with one"


_NAME = Field(string, required=True)
_OPTIONS = {
    "overrides": an_object,
    "transactionId": string,
    "context": an_object,
    "tenant": _tenant,
    "bridgeUrl": url,
}
TRIGGER = Body(name=_NAME, to=Field(required=True), payload=an_object, **_OPTIONS)
BULK = Body(events=Field(a_list(at_least=1, at_most=MAX_EVENTS), required=True, each=TRIGGER))
BROADCAST = Body(name=_NAME, payload=Field(an_object, required=True), **_OPTIONS)
_PROFILE = Body(channels=CHANNELS)

routes = Routes()


@routes("POST", "/v1/events/trigger", 201)
async def trigger(call: Call) -> dict[str, Any]:
    """Trigger a workflow and run it to where it waits."""
    return await _process(call, TRIGGER.check(call.request.json))


@routes("POST", "/v1/events/trigger/bulk", 201)
async def trigger_bulk(call: Call) -> list[dict[str, Any]]:
    """Trigger several workflows, one after the other; one refused event does not refuse the others."""
    outcomes = []
    for event in BULK.check(call.request.json)["events"]:
        try:
            outcomes.append(await _process(call, event))
        except ApiError as error:
            outcomes.append({"acknowledged": True, "status": "error", "error": error.messages})
    return outcomes


@routes("POST", "/v1/events/trigger/broadcast", 201)
async def broadcast(call: Call) -> dict[str, Any]:
    """Trigger a workflow for every subscriber that there is."""
    event = BROADCAST.check(call.request.json)
    subscribers = [subscriber.subscriber_id for subscriber in call.novu.subscribers]
    return await _process(call, {**event, "to": subscribers}, max_recipients=None)


@routes("DELETE", "/v1/events/trigger/{transactionId}")
async def cancel(call: Call) -> bool:
    """Stop what still waits of a trigger, and tell whether there was anything to stop."""
    return await call.novu.cancel_async(call["transactionId"])


async def _process(
    call: Call, event: dict[str, Any], *, max_recipients: int | None = MAX_RECIPIENTS
) -> dict[str, Any]:
    _check_recipients(event["to"], max_recipients)
    if event.get("actor") is not None:
        _check_recipient(event["actor"], "actor", may_be_topic=False)
    name, bridge_url = event["name"], event.get("bridgeUrl")
    workflow = call.novu.workflows.get(name)
    if workflow is None and not bridge_url:
        raise ApiError(422, "workflow_not_found")
    if workflow is not None and not bridge_url and not workflow.steps:
        return {"acknowledged": True, "status": "no_workflow_steps_defined"}
    transaction_id = event.get("transactionId") or f"txn_{call.novu.ids('transaction')}"
    try:
        await _run(call, event, transaction_id)
    except UnknownWorkflow as error:
        raise ApiError(422, "workflow_not_found") from error
    except BridgeFailure as failure:
        raise ApiError(422, f"Bridge URL is not valid. {failure}") from failure
    except ValueError as error:
        raise ApiError.invalid([str(error)]) from error
    made = call.novu.triggers.get(transaction_id)  # None while it runs on without us
    status = "processed" if made is None else made.status
    return {"acknowledged": True, "status": status, "transactionId": transaction_id}


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
    task = asyncio.ensure_future(run)
    _unfinished.add(task)
    task.add_done_callback(_unfinished.discard)
    await asyncio.wait({task}, timeout=call.patience)
    if task.done():
        task.result()


# An event loop holds its tasks by weak references only.
_unfinished: set[asyncio.Future[Any]] = set()


def _check_recipients(to: Any, limit: int | None) -> None:
    if isinstance(to, list):
        if limit is not None and len(to) > limit:
            raise ApiError.invalid([f"to must contain no more than {limit} elements"], len(to))
        for index, one in enumerate(to):
            _check_recipient(one, f"to.{index}")
    else:
        _check_recipient(to, "to")


def _check_recipient(one: Any, where: str, *, may_be_topic: bool = True) -> None:
    """A recipient is an id, a subscriber with one, or a topic with its key; an actor is not a topic."""
    if isinstance(one, str):
        if not one:
            raise ApiError.invalid([f"{where} should not be empty"], one)
        return
    if not isinstance(one, dict):
        raise ApiError.invalid([f"{where} must be a string, a subscriber or a topic"], one)
    is_topic = may_be_topic and one.get("type") == "Topic"
    named = one.get("topicKey" if is_topic or (may_be_topic and "topicKey" in one) else "subscriberId")
    if not isinstance(named, str) or not named:
        missing = f"{where}.{'topicKey' if is_topic else 'subscriberId'}"
        raise ApiError.invalid([f"{missing} must be a string", f"{missing} should not be empty"], one)
    if problems := _PROFILE.problems(one, f"{where}."):
        raise ApiError.invalid(problems, one)
