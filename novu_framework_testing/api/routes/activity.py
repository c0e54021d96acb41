"""The activity feed: what came of each trigger, for each subscriber, step by step."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from novu_framework_testing.api.execution_details import execution_details
from novu_framework_testing.api.http import ApiError, Page
from novu_framework_testing.api.lookups import integration_of, novus_id
from novu_framework_testing.api.notifications import SEVERITY
from novu_framework_testing.api.pages import NUMBERED, by_number
from novu_framework_testing.api.routes.contexts import asked_contexts
from novu_framework_testing.api.routing import CONTEXTS, Call, Routes
from novu_framework_testing.api.serializers import (
    subscriber_summary_json,
    workflow_origin,
    workflow_triggers,
)
from novu_framework_testing.simulation.clock import iso, parse_iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.runs import Run, StepRun

routes: Final = Routes()


MAX_RUNS = 50
FILTERS = (
    "channels[]", "templates[]", "emails[]", "search", "subscriberIds[]", "severity[]", "transactionId", "topicKey",
    CONTEXTS, "after", "before",
)  # fmt: skip


@routes("GET", "/v1/notifications", query=(*NUMBERED, *FILTERS))
def list_notifications(call: Call) -> Page:
    """Show the runs, newest first, that match every filter of the query."""
    request = call.request
    channels, templates = set(request.all("channels")), set(request.all("templates"))
    emails, subscribers = set(request.all("emails")), set(request.all("subscriberIds"))
    severities, transaction_id = set(request.all("severity")), request.first("transactionId")
    if problem := next(filter(None, map(SEVERITY, sorted(severities))), None):
        raise ApiError.invalid([f"severity {problem}"], sorted(severities))
    topic_key, search = request.first("topicKey"), request.first("search")
    contexts = asked_contexts(call)
    after, before = _moment(request.first("after"), "after"), _moment(request.first("before"), "before")

    def matches(run: Run) -> bool:
        return (
            (not channels or bool(channels & {step.type for step in run.steps}))
            and (not templates or bool(templates & {run.workflow.id, run.workflow_id}))
            and (not emails or run.subscriber.email in emails)
            and (not subscribers or run.subscriber_id in subscribers)
            and (not severities or run.severity in severities)
            and transaction_id in (None, "", run.transaction_id)
            and contexts in (None, run.trigger.context_keys)
            and (not topic_key or topic_key in run.topics)
            and (not search or search in (run.transaction_id, run.subscriber_id, run.subscriber.email))
            and (after is None or run.created_at >= after)
            and (before is None or run.created_at <= before)
        )

    runs = [run for trigger in reversed(call.novu.triggers) for run in reversed(trigger.runs) if matches(run)]
    return by_number(runs, request, lambda run: _notification(call, run), at_most=MAX_RUNS)


# What providers say of a message, in Novu's words; other words stay.
_PROVIDER_EVENTS = {
    "open": "opened",
    "click": "clicked",
    "bounce": "bounced",
    "processed": "sent",
    "spamreport": "spam",
    "unsubscribe": "unsubscribed",
}
_MESSAGE_IDS = ("id", "messageId", "MessageID", "sg_message_id")


@routes("POST", "/v2/inbound-webhooks/delivery-providers/{environmentId}/{integrationId}", query=())
def track(call: Call) -> list[dict[str, Any]]:
    """Take what a provider says of its messages: one object, or a list of them."""
    integration_of(call)
    body = call.request.json
    events = body if isinstance(body, list) else [body or {}]
    return [_provider_event(call, event) for event in events if isinstance(event, dict)]


def _provider_event(call: Call, event: dict[str, Any]) -> dict[str, Any]:
    said = str(event.get("event") or event.get("status") or event.get("type") or "delivered")
    message_id = next((str(event[name]) for name in _MESSAGE_IDS if event.get(name)), "")
    status = _PROVIDER_EVENTS.get(said, said)
    return {
        "id": message_id,
        "event": {"status": status, "date": iso(call.novu.now), "row": json.dumps(event)},
    }


def _moment(text: str | None, name: str) -> datetime | None:
    try:
        return parse_iso(text) if text else None
    except ValueError:
        raise ApiError.invalid([f"{name} must be a valid ISO 8601 date string"], text) from None


@routes("GET", "/v1/notifications/{notificationId}", query=())
def get_notification(call: Call) -> dict[str, Any]:
    """Show one run."""
    run = call.novu.triggers.run(novus_id(call, "notificationId"))
    if run is None:
        raise ApiError(404, f"Notification not found for id: {call['notificationId']}")
    return _notification(call, run)


def _notification(call: Call, run: Run) -> dict[str, Any]:
    workflow = run.workflow
    merged_into = next((step.merged_into for step in run.steps if step.merged_into is not None), None)
    return {
        **call.state.scope,
        "_id": run.id,
        "_subscriberId": run.subscriber.id,
        "_templateId": workflow.id,
        "transactionId": run.transaction_id,
        "createdAt": iso(run.created_at),
        "updatedAt": iso(run.finished_at or call.novu.now),
        "channels": list(dict.fromkeys(step.type for step in run.steps)),
        **_still_there(call, run),
        "jobs": [_job(step) for step in run.steps],
        "payload": run.payload,
        "tags": list(workflow.tags),
        "to": {"subscriberId": run.subscriber_id},
        "topics": [_topic(call, key) for key in run.topics],
        "severity": run.severity,
        "critical": run.critical,
        **({"_digestedNotificationId": merged_into.run.id} if merged_into is not None else {}),
    }


def _still_there(call: Call, run: Run) -> dict[str, Any]:
    """The subscriber and the workflow of a run; one that was deleted is not shown."""
    workflow, shown = run.workflow, {}
    if run.subscriber_id in call.novu.subscribers:
        shown["subscriber"] = subscriber_summary_json(run.subscriber)
    if workflow.workflow_id in call.novu.workflows:
        shown["template"] = {
            "_id": workflow.id,
            "name": workflow.name,
            "origin": workflow_origin(workflow),
            "triggers": workflow_triggers(workflow),
        }
    return shown


def _topic(call: Call, key: str) -> dict[str, Any]:
    topic = call.novu.topics.get(key)
    return {"_topicId": topic.id if topic and topic.id else key, "topicKey": key}


def _job(step: StepRun) -> dict[str, Any]:
    job: dict[str, Any] = {
        "_id": step.id,
        "type": step.type,
        "status": step.job_status,
        "providerId": next((one.provider_id for one in step.messages + step.undelivered), "novu"),
        "payload": step.run.payload,
        "updatedAt": iso(step.finished_at or step.started_at or step.created_at),
        "step": {
            "_id": step.synced.id,
            "active": True,
            "filters": [],
            "_templateId": step.synced.id,
            "name": step.step_id,
        },
        "executionDetails": execution_details(step),
    }
    if step.type == "digest" and step.outputs:
        job["digest"] = _digest(step)
    return job


def _digest(step: StepRun) -> dict[str, Any]:
    options = {name: step.outputs[name] for name in ("amount", "unit", "digestKey") if step.outputs.get(name)}
    cron = step.outputs.get("cron")
    return {
        "type": "timed" if cron else "regular",
        **options,
        **({"timed": {"cronExpression": cron}} if cron else {}),
        "events": [event["payload"] for event in step.result["events"]],
    }
