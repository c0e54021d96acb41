"""Workflows as a team writes them: the twins of `recorder/themes/comments.mjs`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field

from novu_framework import (
    ChatOutput,
    CronExpression,
    DelayOutput,
    EmailOutput,
    InAppOutput,
    Severity,
    SmsOutput,
    Step,
    Subscriber,
    SyncStep,
    workflow,
)


class Closed(BaseModel):
    """A schema that allows no other keys."""

    model_config = ConfigDict(extra="forbid")


# --- comments ------------------------------------------------------------------------------------


class CommentPayload(Closed):
    comment: str
    post_id: str


class CommentControls(Closed):
    subject: str = "New comment on {{ payload.post_id }}"
    include_footer: bool = True


@workflow("comment-notification", name="New comment", tags=["social"], severity=Severity.LOW)
async def comment_notification(payload: CommentPayload, step: Step) -> None:
    inbox = await step.in_app(
        "new-comment",
        lambda: InAppOutput(
            subject=f"Comment on {payload.post_id}",
            body=f"New comment: {payload.comment}",
            redirect={"url": f"/posts/{payload.post_id}"},
        ),
    )

    await step.delay("wait", {"amount": 6, "unit": "hours"})

    async def render(controls: CommentControls) -> EmailOutput:
        footer = "<footer>Acme</footer>" if controls.include_footer else ""
        return EmailOutput(subject=controls.subject, body=f"<p>{payload.comment}</p>{footer}")

    await step.email("comment-email", render, skip=lambda: inbox.read)


# --- a digest ------------------------------------------------------------------------------------


class UpdatePayload(TypedDict, total=False):
    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    title: str


DIGEST_CONTROLS = {
    "type": "object",
    "properties": {"cron": {"type": "string", "default": CronExpression.EVERY_WEEK}},
    "required": ["cron"],
    "additionalProperties": False,
}


class SummaryControls(Closed):
    headline: str = "{{ steps.collect.events | size | pluralize: 'update' }} for you"


COUNT = {
    "type": "object",
    "properties": {"total": {"type": "integer"}, "said": {"type": "number"}},
    "required": ["total"],
    "additionalProperties": False,
}


@workflow("weekly-digest", preferences={"all": {"enabled": True}, "channels": {"sms": {"enabled": False}}})
async def weekly_digest(payload: UpdatePayload, step: Step, subscriber: Subscriber) -> None:
    digest = await step.digest(
        "collect",
        lambda controls: {"cron": controls["cron"], "digest_key": "team"},
        control_schema=DIGEST_CONTROLS,
    )

    def summary(controls: SummaryControls) -> dict[str, Any]:
        items = "".join(f"<li>{event.payload.get('title', 'Untitled')}</li>" for event in digest.events)
        return {
            "subject": f"{subscriber.first_name or 'Friend'}, {controls.headline}",
            "body": f"<ul>{items}</ul>",
        }

    await step.email("summary", summary, skip=lambda: not digest.events)
    await step.custom(
        "count", lambda: {"total": len(digest.events), "said": digest.event_count}, output_schema=COUNT
    )


# --- onboarding ----------------------------------------------------------------------------------


class Newcomer(Closed):
    name: str = Field(min_length=1)
    plan: Literal["trial", "team", "enterprise"] = "trial"
    projects: list[str] = []


class Usage(Closed):
    projects: int
    names: list[str]


@workflow("onboarding")
def onboarding(step: SyncStep, payload: Newcomer) -> None:
    step.email(
        "welcome",
        lambda: EmailOutput(
            subject=f"Welcome to Acme, {payload.name}!",
            body=f"<html><body><h1>Hello {payload.name}</h1><p>Your plan: <b>{payload.plan}</b></p></body></html>",
            from_={"email": "hello@acme.test", "name": "Acme"},
            preheader="Good to have you",
        ),
    )
    step.delay("settle", DelayOutput(amount=1, unit="days"))
    usage = step.custom(
        "usage",
        lambda: Usage(projects=len(payload.projects), names=payload.projects),
        output_schema=Usage,
    )

    def tips() -> dict[str, Any]:
        return {
            "body": f"Invite somebody to {', '.join(usage.names)}"
            if usage.projects
            else "Create your first project",
            "avatar": "https://acme.test/tip.png",
            "primary_action": {"label": "Open", "redirect": {"url": "/projects"}},
            "data": {"projects": usage.projects, "tier": payload.plan},
        }

    async def is_settled() -> bool:
        return usage.projects > 3

    step.in_app("tips", tips, skip=is_settled)
    step.push(
        "nudge",
        lambda: {"subject": "Still there?", "body": f"{payload.name}, your trial ends soon"},
        skip=lambda: payload.plan != "trial",
    )


# --- orders --------------------------------------------------------------------------------------


class Item(Closed):
    name: str
    count: int = Field(1, ge=1)


class Order(Closed):
    order_id: str = Field(pattern=r"^[A-Z]-\d+$")
    items: list[Item] = Field(min_length=1)


class ReceiptControls(TypedDict):
    subject: str
    body: str


RECEIPT_CONTROLS = {
    "type": "object",
    "properties": {
        "subject": {"type": "string", "default": "Order {{ payload.order_id }} shipped"},
        "body": {
            "type": "string",
            "default": "<table>{% for item in payload.items %}<tr><td>{{ item.name }}</td><td>{{ item.count }}"
            "</td></tr>{% endfor %}</table><!-- {{ payload.items | size }} -->",
        },
    },
    "required": ["subject", "body"],
    "additionalProperties": False,
}


@workflow("order-shipped")
async def order_shipped(step: Step, payload: Order) -> None:
    url = f"https://acme.test/orders/{payload.order_id}"

    await step.sms(
        "text",
        lambda: SmsOutput(body=f"Order {payload.order_id} is on its way: {url}"),
        providers={
            "twilio": lambda outputs: {"to": "+4930123456", "body": f"{outputs['body']} (STOP to opt out)"}
        },
    )

    def card() -> ChatOutput:
        return ChatOutput(
            card={
                "type": "card",
                "title": f"Order {payload.order_id}",
                "children": [
                    {"type": "text", "content": f"{len(payload.items)} items", "style": "bold"},
                    {
                        "type": "fields",
                        "children": [
                            {"type": "field", "label": item.name, "value": f"{item.count} pcs"}
                            for item in payload.items
                        ],
                    },
                    {
                        "type": "actions",
                        "children": [
                            {"type": "link-button", "label": "Track", "url": url, "style": "primary"}
                        ],
                    },
                ],
            }
        )

    def slack() -> dict[str, Any]:
        return {"text": "Order shipped", "_passthrough": {"body": {"unfurl_links": False}}}

    await step.chat("team", card, providers={"slack": slack})

    def receipt(controls: ReceiptControls) -> dict[str, str]:
        return {"subject": controls["subject"], "body": controls["body"]}

    await step.email(
        "receipt",
        receipt,
        control_schema=RECEIPT_CONTROLS,
        disable_output_sanitization=True,
        providers={"sendgrid": lambda controls: {"categories": ["orders", controls["subject"]]}},
    )


# --- incidents -----------------------------------------------------------------------------------


@dataclass
class Incident:
    __pydantic_config__ = ConfigDict(extra="forbid")

    service: str


@workflow(
    "incident",
    severity="high",
    description="Somebody should look",
    preferences={"all": {"enabled": True, "read_only": True}},
)
async def incident(step: Step, payload: Incident) -> None:
    limit = await step.throttle(
        "limit",
        {"type": "fixed", "amount": 10, "unit": "minutes", "threshold": 1, "throttle_key": "service"},
    )
    await step.tool(
        "page",
        lambda: {"body": f"{payload.service} is down"},
        skip=lambda: limit.throttled,
        providers={"pagerduty": lambda: {"severity": "critical"}},
    )
    await step.chat(
        "war-room",
        lambda: {"body": f"*{payload.service}* is down, seen {limit.execution_count or 0} times"},
    )


# --- reminders -----------------------------------------------------------------------------------


class Reminder(Closed):
    what: str
    when: datetime


ENV = {
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "required": ["name"],
    "additionalProperties": True,
}


@workflow("reminder", env_schema=ENV)
async def reminder(payload: Reminder, step: Step, subscriber: Subscriber, context: Any, env: Any) -> None:
    await step.delay("until", {"type": "dynamic", "dynamicKey": "payload.when"})
    await step.in_app(
        "remind",
        lambda: {
            "body": f"{payload.what} for {subscriber.first_name} at {context['tenant']['id']} ({env['name']})",
            "data": {"plan": context["tenant"]["data"]["plan"]},
        },
    )


WORKFLOWS = [comment_notification, weekly_digest, onboarding, order_shipped, incident, reminder]
