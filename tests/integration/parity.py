"""One workflow on three bridges: the Python twin of `recorded/parity.mjs`, and the story that both are run through."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from novu_framework import Step, Subscriber, workflow
from novu_framework_testing import NovuSimulator

KEY = "recorded-secret"
START = datetime(2026, 1, 1, 9, 30, tzinfo=timezone.utc)

PAYLOAD = {
    "type": "object",
    "properties": {
        "number": {"type": "string"},
        "shop": {"type": "string", "default": "main"},
        "total": {"type": "number", "default": 0},
    },
    "required": ["number"],
    "additionalProperties": False,
}
CONTROLS = {
    "type": "object",
    "properties": {
        "subject": {
            "type": "string",
            "default": '{{ steps.collect.eventCount | pluralize: "order" }} for {{ subscriber.firstName | upcase }}',
        }
    },
    "additionalProperties": False,
}


@workflow("order-news", payload_schema=PAYLOAD)
async def order_news(payload: dict[str, Any], step: Step, subscriber: Subscriber) -> None:
    inbox = await step.in_app(
        "placed",
        lambda: {
            "subject": f"Order {payload['number']}",
            "body": f"Thanks, {subscriber.first_name}: {payload['total']} EUR & <b>free</b> shipping",
            "primaryAction": {
                "label": "Track",
                "redirect": {"url": "https://acme.test/orders", "target": "_self"},
            },
            "data": {"number": payload["number"], "tags": ["order", "<i>new", 1.5]},
        },
    )
    pause = await step.delay("pause", lambda: {"amount": 2, "unit": "hours"})
    digest = await step.digest(
        "collect", lambda: {"amount": 1, "unit": "hours", "digestKey": payload["shop"]}
    )

    def summary(controls: dict[str, Any]) -> dict[str, Any]:
        orders = ", ".join(f"{event.payload['number']} at {wire(event.time)}" for event in digest.events)
        text = f"After {pause.duration} ms: {orders} ({digest.event_count})"
        return {
            "subject": controls["subject"],
            "body": f'<p onclick="x()">{text}</p><script>x()</script>',
        }

    await step.email("summary", summary, control_schema=CONTROLS, skip=lambda: inbox.read)


def wire(time: datetime | str) -> str:
    """A digest event's time as JavaScript has it: the text that Novu sent."""
    if isinstance(time, str):
        return time
    return time.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def story(novu: NovuSimulator) -> None:
    """Everything that the four steps do: a merge, another digest key, a skip by what was read, a refused payload."""
    ann = {"subscriberId": "ann", "email": "ann@acme.test", "firstName": "Ann"}
    bob = {"subscriberId": "bob", "email": "bob@acme.test", "firstName": "Böb"}
    novu.trigger("order-news", ann, {"number": "A-1", "total": 12.5, "gift": True})
    novu.advance(minutes=20)
    novu.trigger("order-news", ann, {"number": "A-2", "total": 1e21})
    novu.trigger("order-news", ann, {"number": "A-3", "shop": "outlet"})
    novu.trigger("order-news", bob, {"number": "B-1"})
    novu.subscriber("bob").inbox[0].mark_read()
    novu.trigger("order-news", bob, {"total": "many"})
    novu.controls("order-news", "summary", {"subject": "{{ payload.shop }}: {{ payload | json }}"})
    novu.run_until_idle()


def delivered(novu: NovuSimulator) -> list[Any]:
    """The messages, in full."""
    return [
        (one.channel, one.subscriber_id, one.step_id, one.content, one.providers, one.to, one.sent_at)
        for one in novu.messages
    ]


def outcome(novu: NovuSimulator) -> list[Any]:
    """How each step ended."""
    return [(run.status, [(step.step_id, step.status) for step in run.steps]) for run in novu.runs]
