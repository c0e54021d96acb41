"""`python record.py URL`: ask the TypeScript bridge all that matters, and keep its answers in recording.json.

It knows nothing of TypeScript: any bridge can be recorded before it is rewritten.
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from novu_framework_testing.contract import Endpoint, Exchange, Recording, Request, Signature

TASK = {"taskId": "7", "title": "Water the plants", "assignedBy": "Bob"}
ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@acme.test"}
UNREAD = {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None}
READ = {"seen": True, "read": True, "lastSeenDate": "2026-01-01T09:10:00.000Z", "lastReadDate": None}
EVENTS = [
    {"id": "1", "time": "2026-01-01T09:00:00.000Z", "payload": TASK},
    {"id": "2", "time": "2026-01-01T09:20:00.000Z", "payload": {**TASK, "title": "Sweep <b>all</b> floors"}},
]
ONE, TWO = {"events": EVENTS[:1], "eventCount": 1}, {"events": EVENTS, "eventCount": 2}
WAITED = {"duration": 7200000}


def questions() -> Iterator[tuple[str, Request]]:
    yield "discover", Request("GET", [("action", "discover")], signature=Signature())
    yield "unsigned", Request("GET", [("action", "discover")])
    yield "stale", Request("GET", [("action", "discover")], signature=Signature(offset=-360_000))
    yield "inbox", asked("inbox")
    yield "inbox, a wrong payload", asked("inbox", payload={"taskId": 7, "title": ""})
    yield "inbox, a wrong priority", asked("inbox", payload={**TASK, "priority": "huge"})
    yield "digest", asked("collect", inbox=UNREAD)
    yield "delay", asked("wait", inbox=UNREAD, collect=ONE)
    yield "delay, edited", asked("wait", controls={"hours": 12}, inbox=UNREAD, collect=ONE)
    yield "delay, edited wrongly", asked("wait", controls={"hours": 0}, inbox=UNREAD, collect=ONE)
    yield "email", asked("email", inbox=UNREAD, collect=ONE, wait=WAITED)
    yield "email, two tasks", asked("email", inbox=UNREAD, collect=TWO, wait=WAITED)
    yield "email, inbox read", asked("email", inbox=READ, collect=ONE, wait=WAITED)
    yield (
        "email, edited",
        asked(
            "email",
            controls={"subject": "{{ payload.title | upcase }}", "greeting": "<script>1</script>Hi"},
            inbox=UNREAD,
            collect=ONE,
            wait=WAITED,
        ),
    )
    yield (
        "email, a template that does not parse",
        asked("email", controls={"subject": "{% if %}"}, inbox=UNREAD, collect=ONE, wait=WAITED),
    )
    yield "email, no state", asked("email")
    for priority in ("normal", "urgent"):
        yield (
            f"sms, {priority}",
            asked(
                "sms",
                payload={**TASK, "priority": priority},
                inbox=UNREAD,
                collect=ONE,
                wait=WAITED,
                email={},
            ),
        )
    yield "unknown step", asked("fax")


def asked(
    step_id: str, *, payload: object = TASK, controls: object = None, **state: dict[str, object]
) -> Request:
    """Novu's request for a step; `state` is what the steps before it left."""
    return Request(
        "POST",
        [("action", "execute"), ("workflowId", "task-assigned"), ("stepId", step_id)],
        {"content-type": "application/json"},
        body={
            "payload": payload,
            "controls": controls or {},
            "state": [{"stepId": one, "outputs": left, "state": {}} for one, left in state.items()],
            "subscriber": ANN,
            "context": {},
            "env": {},
        },
        has_body=True,
        signature=Signature(),
    )


def is_protocol(header: str) -> bool:
    """Whether a header is Novu's business, and not that of Express or of the connection."""
    return header.startswith("access-control-") or header in ("content-type", "novu-framework-version")


async def record(url: str, secret_key: str) -> Recording:
    exchanges = []
    async with Endpoint(url) as endpoint:
        for name, request in questions():
            now = time.time_ns() // 1_000_000
            response = await endpoint.send(request, secret_key=secret_key, now=now)
            kept = {header: text for header, text in response.headers.items() if is_protocol(header)}
            exchanges.append(Exchange(name, request, replace(response, headers=kept)))
    return Recording(
        name="task-assigned",
        about="The TypeScript workflow, before it moved to Python",
        recorded_with={"@novu/framework": "2.13.2"},
        secret_key=secret_key,
        strict_authentication=True,
        workflows=["task-assigned"],
        headers=exchanges[0].response.headers,
        exchanges=exchanges,
    )


if __name__ == "__main__":
    recorded = asyncio.run(record(sys.argv[1], os.environ["NOVU_SECRET_KEY"]))
    recorded.dump(Path(__file__).parent / "recording.json")
    print(f"{len(recorded.exchanges)} answers recorded")
