"""What Novu's activity feed says of a job: its own words for what the simulation has noted, with ours beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeAlias

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.simulation.activity import Activity, ActivityKind, Reason
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.runs import StepRun

Detail: TypeAlias = tuple[str, str]
"""Novu's words, and the status of them."""

_QUEUED: Detail = ("Step queued", "Pending")

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
}

_BY_KIND: dict[tuple[ActivityKind, str], Detail] = {
    ("skipped", "email"): ("Subscriber missing email address", "Failed"),
    ("skipped", "sms"): ("Subscriber missing phone number", "Failed"),
    ("skipped", "push"): ("Subscriber does not have a configured channel", "Failed"),
    ("skipped", "chat"): ("Subscriber does not have a configured channel", "Failed"),
    ("delayed", "delay"): ("Step delayed", "Pending"),
    ("digest", "digest"): ("Step digested", "Pending"),
    ("merged", "digest"): ("Digest was merged with other digest", "Success"),
    ("throttled", "throttle"): ("Throttle limit exceeded for the given window", "Success"),
    ("completed", "delay"): ("Delay is finished", "Success"),
    ("completed", "digest"): ("Digest triggered events", "Success"),
    ("completed", "http_request"): ("Step processed", "Success"),
    ("failed", "delay"): ("Invalid delay configuration", "Failed"),
    ("failed", "throttle"): ("Throttle window date is in the past", "Failed"),
    **{("delivered", channel): ("Message sent", "Success") for channel in CHANNELS},
    **{("failed", channel): ("Unexpected provider error", "Failed") for channel in CHANNELS},
}
"""By the kind of a line and the type of its step; what is in neither table keeps its text."""


def execution_details(step: StepRun) -> list[dict[str, Any]]:
    """Return the `executionDetails` of a job, oldest first."""
    if step.started_at is None:
        return []
    told = [(iso(step.started_at), *_QUEUED, "")]
    for line in step.run.activity:
        if line.job_id == step.id and line.kind != "inbox":
            told.extend((iso(line.at), *detail, line.text) for detail in _of_line(line))
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


def _of_line(line: Activity) -> Iterable[Detail]:
    if line.kind == "delivered":
        yield "Message created", "Pending"
    known = _BY_REASON.get(line.reason) if line.reason else _BY_KIND.get((line.kind, line.step_type or ""))
    yield known or (line.text, "Failed" if line.kind == "failed" else "Success")
