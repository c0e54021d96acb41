"""The activity feed: what came of each trigger, for each subscriber, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError, Page
from novu_framework_testing.api.pages import by_number
from novu_framework_testing.api.routes.subscribers import brief
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.simulation.clock import iso, parse_iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.activity import Activity
    from novu_framework_testing.simulation.runs import Run, StepRun

_STATUS = {
    "failed": "Failed",
    "finding": "Warning",
    "skipped": "Warning",
    "throttled": "Warning",
    "retry": "Warning",
}


def shape(call: Call, run: Run) -> dict[str, Any]:
    """A run as Novu's activity feed shows a notification."""
    workflow = run.workflow
    return {
        "_id": run.id,
        "_environmentId": call.cloud.environment_id,
        "_organizationId": call.cloud.organization_id,
        "_subscriberId": run.subscriber.id,
        "_templateId": workflow.id,
        "transactionId": run.transaction_id,
        "createdAt": iso(run.created_at),
        "updatedAt": iso(run.finished_at or call.novu.now),
        "channels": list(dict.fromkeys(step.type for step in run.steps)),
        "subscriber": brief(run.subscriber),
        "template": {
            "_id": workflow.id,
            "name": workflow.name,
            "origin": "external",
            "triggers": [{"type": "event", "identifier": workflow.workflow_id, "variables": []}],
        },
        "jobs": [_job(call, step) for step in run.steps],
        "payload": run.payload,
        "tags": list(workflow.tags),
        "to": {"subscriberId": run.subscriber_id},
        "topics": [_topic(call, key) for key in run.topics],
        "severity": workflow.severity,
        "critical": workflow.read_only,
    }


def _topic(call: Call, key: str) -> dict[str, Any]:
    topic = call.novu.topics.get(key)
    return {"_topicId": topic.id if topic and topic.id else key, "topicKey": key}


def _job(call: Call, step: StepRun) -> dict[str, Any]:
    provider = step.messages[0].provider_id if step.messages else "novu"
    job: dict[str, Any] = {
        "_id": step.id,
        "type": step.type,
        "status": step.status,
        "providerId": provider,
        "payload": step.run.payload,
        "updatedAt": iso(step.finished_at or step.started_at or step.created_at),
        "step": {
            "_id": step.synced.id,
            "active": True,
            "filters": [],
            "_templateId": step.synced.id,
            "name": step.step_id,
        },
        "executionDetails": [
            _detail(step, position, line)
            for position, line in enumerate(one for one in step.run.activity if one.step is step)
        ],
    }
    if step.type == "digest" and step.outputs:
        job["digest"] = _digest(step)
    return job


def _digest(step: StepRun) -> dict[str, Any]:
    said = {name: step.outputs[name] for name in ("amount", "unit", "digestKey") if step.outputs.get(name)}
    timed = {"cronExpression": step.outputs["cron"]} if step.outputs.get("cron") else None
    return {
        "type": "timed" if timed else "regular",
        **said,
        **({"timed": timed} if timed else {}),
        "events": [event["payload"] for event in step.leaves()["events"]],
    }


def _detail(step: StepRun, position: int, line: Activity) -> dict[str, Any]:
    return {
        "_id": f"{step.id[:-2]}{position % 256:02x}",
        "createdAt": iso(line.at),
        "status": _STATUS.get(line.kind, "Success"),
        "detail": line.text,
        "isRetry": line.kind == "retry",
        "isTest": False,
        "source": "Internal",
    }


def listing(call: Call) -> Page:
    """The notifications, newest first, that match every filter of the query."""
    request = call.request
    channels, templates = set(request.all("channels")), set(request.all("templates"))
    emails, subscribers = set(request.all("emails")), set(request.all("subscriberIds"))
    severities, transaction_id = set(request.all("severity")), request.first("transactionId")
    topic_key, search = request.first("topicKey"), request.first("search")
    after, before = _moment(request.first("after"), "after"), _moment(request.first("before"), "before")

    def matches(run: Run) -> bool:
        return (
            (not channels or bool(channels & {step.type for step in run.steps}))
            and (not templates or bool(templates & {run.workflow.id, run.workflow_id}))
            and (not emails or run.subscriber.email in emails)
            and (not subscribers or run.subscriber_id in subscribers)
            and (not severities or run.workflow.severity in severities)
            and transaction_id in (None, "", run.transaction_id)
            and (not topic_key or topic_key in run.topics)
            and (not search or search in (run.transaction_id, run.subscriber_id, run.subscriber.email))
            and (after is None or run.created_at >= after)
            and (before is None or run.created_at <= before)
        )

    runs = [run for trigger in reversed(call.novu.triggers) for run in reversed(trigger.runs) if matches(run)]
    return by_number(runs, request, shape=lambda run: shape(call, run))


def _moment(text: str | None, name: str) -> Any:
    if not text:
        return None
    try:
        return parse_iso(text)
    except ValueError:
        raise ApiError.invalid([f"{name} must be a valid ISO 8601 date string"], text) from None


def get(call: Call) -> dict[str, Any]:
    for trigger in call.novu.triggers:
        for run in trigger.runs:
            if run.id == call["notificationId"]:
                return shape(call, run)
    raise ApiError(404, f"Notification not found for id: {call['notificationId']}")


ROUTES = [
    Route("GET", "/v1/notifications", listing),
    Route("GET", "/v1/notifications/{notificationId}", get),
]
