"""What Novu's activity feed says of a job: its own words for what the simulation has noted, with ours beside them."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.simulation.activity import Activity, ActivityKind, Reason
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.runs import StepRun

Detail: TypeAlias = tuple[str, str]
"""Novu's words, and the status of them."""

_QUEUED: Detail = ("Step queued", "Pending")
_CREATED: Detail = ("Message created", "Pending")

_BY_REASON: dict[Reason, Detail] = {
    "bridge-failed": ("Bridge execution failed", "Failed"),
    "bridge-skipped": ("Bridge execution skipped", "Failed"),
    "condition": ("Step was skipped based on steps conditions", "Success"),
    "workflow": ("Step filtered by workflow preferences", "Success"),
    "subscriber-global": ("Step filtered by subscriber global preferences", "Success"),
    "subscriber-workflow": ("Step filtered by subscriber workflow preferences", "Success"),
    "schedule": ("The step was skipped as it fell outside the subscriber's schedule", "Success"),
    "extended": ("Step was extended to the next available time in the subscriber schedule", "Pending"),
    "look-back": ("Digest was skipped, first backoff event", "Success"),
    "request-failed": ("Action step execution failed", "Failed"),
    "no-integration": ("Subscriber does not have an active integration", "Failed"),
    "rules-withheld": ("Integration was skipped, its conditions were not met", "Warning"),
    "rules-invalid": ("Integration conditions are invalid", "Failed"),
    "no-channel": ("Subscriber does not have a configured channel", "Warning"),
    "no-channel-of-context": (
        "Subscriber does not have a configured channel with the given context",
        "Warning",
    ),
    "no-tokens": (
        "Subscriber credentials is missing the tokens for sending a push notification message",
        "Failed",
    ),
    "no-endpoint": ("Subscriber does not have an active integration", "Warning"),
    "no-content": ("Message content could not be generated", "Failed"),
}

_WARNED = {
    "email": "Subscriber missing email address",
    "sms": "Subscriber missing phone number",
    "chat": "Webhook URL for the chat channel is missing",
}

_BY_KIND: dict[tuple[ActivityKind, str], Detail] = {
    ("delayed", "delay"): ("Step delayed", "Pending"),
    ("digest", "digest"): ("Step digested", "Pending"),
    ("merged", "digest"): ("Digest was merged with other digest", "Success"),
    ("throttled", "throttle"): ("Throttle limit exceeded for the given window", "Success"),
    ("completed", "delay"): ("Delay is finished", "Success"),
    ("completed", "digest"): ("Digest triggered events", "Success"),
    ("completed", "http_request"): ("Step processed", "Success"),
    ("failed", "delay"): ("Invalid delay configuration", "Failed"),
    ("failed", "throttle"): ("Throttle window date is in the past", "Failed"),
}
"""By the kind of a line and the type of its step; what is in neither table keeps its text."""


def execution_details(step: StepRun) -> list[dict[str, Any]]:
    """Return the `executionDetails` of a job, oldest first."""
    if step.started_at is None:
        return []
    told = [(iso(step.started_at), *_QUEUED, "")]
    for message in sorted([*step.messages, *step.undelivered], key=lambda one: one.id):
        at, text = iso(message.delivered_at[0]), message.error_text or ""
        told.extend((at, *detail, text) for detail in (_CREATED, _of_message(message)))
    for line in step.run.activity:
        if line.job_id == step.id and line.kind != "inbox" and not _is_of_messages(line):
            told.append((iso(line.at), *_of_line(line), line.text))
    return [
        {
            "_id": f"{step.id[:-2]}{position % 256:02x}",
            "createdAt": at,
            "status": status,
            "detail": words,
            "isRetry": False,
            "isTest": False,
            "source": "Internal",
            **({"raw": json.dumps({"message": text})} if text else {}),
        }
        for position, (at, words, status, text) in enumerate(told)
    ]


def _of_message(message: Message) -> Detail:
    if message.status == "warning":
        return _WARNED.get(message.channel, _WARNED["chat"]), "Failed"
    return (
        ("Message sent", "Success") if message.status == "sent" else ("Unexpected provider error", "Failed")
    )


def _is_of_messages(line: Activity) -> bool:
    """Tell whether the messages of a step say already what the line says."""
    ended = line.kind in ("delivered", "skipped", "failed")
    return ended and line.reason is None and line.step_type in CHANNELS


def _of_line(line: Activity) -> Detail:
    known = _BY_REASON.get(line.reason) if line.reason else _BY_KIND.get((line.kind, line.step_type or ""))
    return known or (line.text, "Failed" if line.kind == "failed" else "Success")
