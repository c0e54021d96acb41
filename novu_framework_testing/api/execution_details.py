"""What came of a job, line by line, in the words of Novu's activity feed; the simulation's own words are in `raw`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.activity import Activity, ActivityKind
    from novu_framework_testing.simulation.messages import Message
    from novu_framework_testing.simulation.runs import StepRun

_SENT = (("Start sending message", "Pending"), ("Message created", "Pending"), ("Message sent", "Success"))
# What a line of that kind is in the feed; `None` stands for a kind of step without words of its own.
_WORDS: dict[tuple[ActivityKind, str | None], tuple[tuple[str, str], ...]] = {
    ("delivered", None): _SENT,
    ("retry", None): (("Failed to get response from Bridge, will be retried", "Warning"),),
    ("delayed", None): (("Step delayed", "Pending"),),
    ("digest", None): (("Step digested", "Pending"),),
    ("merged", None): (("Digest was merged with other digest", "Success"),),
    ("throttled", None): (("Step throttled", "Warning"),),
    ("skipped", None): (("Step was filtered based on steps filters", "Success"),),
    ("completed", None): (("Step completed", "Success"),),
    ("completed", "delay"): (("Delay is finished", "Success"),),
    ("completed", "digest"): (("Digest triggered events", "Success"),),
    ("failed", None): (("There was one or more errors when trying to execute the notification", "Failed"),),
    ("failed", "delay"): (("Invalid delay configuration", "Failed"),),
}
_NO_RECIPIENT = ("Subscriber missing recipient details", "Warning")
_PROVIDER = ("Unexpected provider error", "Failed")
_BRIDGE = ("Bridge execution failed", "Failed")


@dataclass(frozen=True)
class _Detail:
    at: datetime
    text: str
    status: str
    raw: str | None = None
    is_retry: bool = False


def execution_details(step: StepRun) -> list[dict[str, Any]]:
    """Return what came of a step's job, in order."""
    return [
        {
            "_id": f"{step.id[:-2]}{position % 256:02x}",
            "createdAt": iso(one.at),
            "status": one.status,
            "detail": one.text,
            "isRetry": one.is_retry,
            "isTest": False,
            "source": "Internal",
            "raw": one.raw,
        }
        for position, one in enumerate(_details(step))
    ]


def _details(step: StepRun) -> Iterator[_Detail]:
    if step.started_at is not None:
        yield _Detail(step.started_at, "Step queued", "Pending")
    for line in step.run.activity:
        if line.job_id == step.id:
            for text, status in _words(step, line):
                yield _Detail(line.at, text, status, line.text, line.kind == "retry")
    for message in step.messages:
        yield from _of_inbox(message)


def _words(step: StepRun, line: Activity) -> tuple[tuple[str, str], ...]:
    if line.kind == "failed" and step.undelivered:
        return (*_SENT[:2], _PROVIDER)
    if line.kind == "failed" and step.error_code is not None:
        return (_BRIDGE,)
    if line.kind == "skipped" and step.undelivered:
        return (*_SENT[:2], _NO_RECIPIENT)
    return _WORDS.get((line.kind, step.type), _WORDS.get((line.kind, None), ()))


def _of_inbox(message: Message) -> Iterator[_Detail]:
    """What the subscriber did with an in-app message, as it is now."""
    if message.last_read_at is not None:
        yield _Detail(message.last_read_at, "Message read", "Success")
    elif message.last_seen_at is not None:
        yield _Detail(message.last_seen_at, "Message seen", "Success")
    if message.snoozed_until is not None:
        yield _Detail(message.last_seen_at or message.sent_at, "Message snoozed", "Success")
    if message.archived_at is not None:
        yield _Detail(message.archived_at, "Message archived", "Success")
