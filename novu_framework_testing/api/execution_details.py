"""What the activity feed says of a job, line by line, in Novu's words; our own explanation is in `raw`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.activity import Activity, ActivityKind, Cause
    from novu_framework_testing.simulation.messages import Message
    from novu_framework_testing.simulation.runs import StepRun

_QUEUED = ("Step queued", "Pending")
_CREATED = ("Message created", "Pending")
_SENT = ("Message sent", "Success")
_READ = ("Message read", "Success")
_REFUSED = ("Unexpected provider error", "Failed")

_WARNED = {
    "email": "Subscriber missing email address",
    "sms": "Subscriber missing phone number",
    "chat": "Webhook URL for the chat channel is missing",
}

_BY_CAUSE: dict[Cause, tuple[str, str]] = {
    "bridge-skip": ("Bridge execution skipped", "Failed"),
    "condition": ("Step was skipped based on steps conditions", "Success"),
    "schedule": ("The step was skipped as it fell outside the subscriber's schedule", "Success"),
    "schedule-extended": (
        "Step was extended to the next available time in the subscriber schedule",
        "Pending",
    ),
    "look-back": ("Digest was skipped, first backoff event", "Success"),
    "workflow-preference": ("Step filtered by workflow preferences", "Success"),
    "subscriber-global-preference": ("Step filtered by subscriber global preferences", "Success"),
    "subscriber-workflow-preference": ("Step filtered by subscriber workflow preferences", "Success"),
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

_BY_KIND: dict[ActivityKind, tuple[str, str]] = {
    "retry": ("Failed to get response from Bridge, will be retried", "Warning"),
    "delayed": ("Step delayed", "Pending"),
    "digest": ("Step digested", "Pending"),
    "merged": ("Digest was merged with other digest", "Success"),
    "throttled": ("Throttle limit exceeded for the given window", "Success"),
}

_FAILED = {
    "delay": "Invalid delay configuration",
    "http_request": "Action step execution failed",
    "throttle": "Throttle window date is in the past",
}

_DONE = {
    "delay": "Delay is finished",
    "digest": "Digest triggered events",
    "http_request": "Step processed",
}

_OURS: dict[ActivityKind, str] = {"finding": "Warning"}
"""Lines that Novu has no words for, and their status; the others of them are a "Success"."""


def execution_details(step: StepRun) -> list[dict[str, Any]]:
    """Return what the feed says of a step's job, oldest first; nothing of one whose turn has not come."""
    if step.started_at is None:
        return []
    lines = [line for line in step.run.activity if line.job_id == step.id]
    said: list[tuple[str, str, str, str | None, str | None]] = [(*_QUEUED, iso(step.started_at), None, None)]
    for message in sorted([*step.messages, *step.undelivered], key=lambda one: one.id):
        at = iso(message.delivered_at[0])
        said += [(*words, at, message.provider_id, message.error_text) for words in _of_message(message)]
    for line in lines:
        said += [(*words, iso(line.at), None, line.text) for words in _of_line(step, line)]
    read = (message.last_read_at for message in step.messages if message.read)
    said += [(*_READ, iso(at), None, None) for at in read if at is not None]
    return [
        {
            "_id": f"{step.id[:-2]}{position % 256:02x}",
            "createdAt": at,
            "status": status,
            "detail": detail,
            "isRetry": False,
            "isTest": False,
            "source": "Internal",
            **({"providerId": provider_id} if provider_id else {}),
            **({"raw": json.dumps({"reason": reason})} if reason else {}),
        }
        for position, (detail, status, at, provider_id, reason) in enumerate(said)
    ]


def _of_message(message: Message) -> Iterator[tuple[str, str]]:
    yield _CREATED
    if message.status == "warning":
        yield _WARNED.get(message.channel, "Subscriber does not have a configured channel"), "Failed"
    else:
        yield _SENT if message.status == "sent" else _REFUSED


def _of_line(step: StepRun, line: Activity) -> Iterator[tuple[str, str]]:
    if line.cause is not None:
        yield _BY_CAUSE[line.cause]
    elif line.kind in _BY_KIND:
        yield _BY_KIND[line.kind]
    elif line.kind == "failed":
        asked = step.error_code is not None or step.attempts > 1
        refused = step.type in CHANNELS and (step.messages or step.undelivered)
        if not refused:
            words = "Bridge execution failed" if asked else _FAILED.get(step.type, "Bridge execution failed")
            yield words, "Failed"
    elif line.kind == "completed":
        yield _DONE.get(step.type, "Step completed"), "Success"
    elif line.kind not in ("delivered", "skipped", "inbox"):
        yield line.text, _OURS.get(line.kind, "Success")
