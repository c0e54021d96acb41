"""What Novu does not have: the clock and the timeline, for those who reach the simulation by HTTP only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, iso_date, number
from novu_framework_testing.simulation.activity import Activity
from novu_framework_testing.simulation.clock import LATEST, iso, parse_iso
from novu_framework_testing.simulation.moving import StillWaiting

UNITS = ("weeks", "days", "hours", "minutes", "seconds")
ADVANCE_TO = Body(to=Field(iso_date, required=True))

routes: Final = Routes()


@routes("GET", "/simulation")
def status(call: Call) -> dict[str, Any]:
    """Show the time, and how much of everything there is."""
    novu = call.novu
    return {
        "now": iso(novu.now),
        "workflows": [workflow.workflow_id for workflow in novu.workflows],
        "subscribers": len(novu.subscribers),
        "topics": len(novu.topics),
        "triggers": len(novu.triggers),
        "messages": len(novu.messages),
    }


@routes("POST", "/simulation/advance")
async def advance(call: Call) -> dict[str, Any]:
    """Move the clock by `{weeks, days, hours, minutes, seconds}`, and run what is due on the way."""
    body = call.request.json or {}
    if not isinstance(body, dict) or not body or set(body) - set(UNITS):
        problem = f"the body must have one or more of {', '.join(UNITS)}, and nothing else"
        raise ApiError(400, problem)
    if any(map(number, body.values())):
        raise ApiError(400, f"{', '.join(UNITS)} must be numbers")
    try:
        moment = call.novu.now + timedelta(**body)
    except OverflowError:
        raise ApiError(400, f"{', '.join(body)}: more than a date can say") from None
    return await _advance(call, moment, ", ".join(body))


@routes("POST", "/simulation/advance-to")
async def advance_to(call: Call) -> dict[str, Any]:
    """Move the clock to `{to: "2026-01-02T09:00:00Z"}`, and run what is due on the way; `next` is the next thing that waits."""
    if call.request.json == {"to": "next"}:
        due = call.novu.clock.next_due()
        if due is None:
            raise ApiError(409, "Nothing waits.")
        return await _advance(call, due, "to")
    if problems := ADVANCE_TO.problems(call.request.json, ""):
        raise ApiError(400, "; ".join(problems))
    return await _advance(call, parse_iso(call.request.json["to"]), "to")


async def _advance(call: Call, moment: datetime, given: str) -> dict[str, Any]:
    """Move the clock. Raises `ApiError` (400) for a moment that has passed, or is too far away."""
    if moment < call.novu.now:
        raise ApiError(400, f"{given}: time only moves forward")
    if moment > LATEST:
        raise ApiError(400, f"{given}: time ends at {iso(LATEST)}")
    await call.novu.advance_to_async(moment)
    return status(call)


@routes("POST", "/simulation/run-until-idle")
async def run_until_idle(call: Call) -> dict[str, Any]:
    """Move the clock until nothing waits any more."""
    try:
        await call.novu.run_until_idle_async()
    except StillWaiting as error:
        raise ApiError(409, str(error)) from error
    return status(call)


@routes("GET", "/simulation/timeline")
def timeline(call: Call) -> dict[str, Any]:
    """Show what happened, as text, and as one object a line."""
    lines = [activity_line(line) for line in call.novu.activity]
    return {"text": call.novu.timeline(), "activity": lines}


def activity_line(line: Activity) -> dict[str, Any]:
    """Return a line of the feed."""
    return {
        "at": iso(line.at),
        "kind": line.kind,
        "text": line.text,
        "workflowId": line.workflow_id,
        "subscriberId": line.subscriber_id,
        "transactionId": line.transaction_id,
        "stepId": line.step_id,
    }
