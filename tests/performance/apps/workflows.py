"""The workflows that are measured, as a user would write them; `npm/server.mjs` has their twins."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from novu_framework import EmailOutput, Step, SyncStep, Workflow, workflow


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Comment(Strict):
    comment: str
    post_id: str


class CommentControls(Strict):
    subject: str = "New comment on {{ payload.post_id }}"
    greeting: str = "Hello {{ subscriber.firstName }},"


def plain(workflow_id: str) -> Workflow:
    @workflow(workflow_id, name="New comment", tags=["social"])
    async def new_comment(payload: Comment, step: Step) -> None:
        async def render(controls: CommentControls) -> EmailOutput:
            return EmailOutput(subject=controls.subject, body=f"<p>{controls.greeting} {payload.comment}</p>")

        await step.in_app("inbox", lambda: {"body": f"New comment: {payload.comment}"})
        await step.email("email", render)

    return new_comment


@workflow("sync", name="New comment", tags=["social"])
def sync(payload: Comment, step: SyncStep) -> None:
    def render(controls: CommentControls) -> EmailOutput:
        return EmailOutput(subject=controls.subject, body=f"<p>{controls.greeting} {payload.comment}</p>")

    step.in_app("inbox", lambda: {"body": f"New comment: {payload.comment}"})
    step.email("email", render)


class Item(Strict):
    name: str
    quantity: int


class Order(Strict):
    shop: str = ""
    order: str = ""
    boxes: int = 0
    total: float = 0
    at: str = ""
    gift: bool = False
    note: str = ""
    items: list[Item] = []


class OrderControls(Strict):
    subject: str = "{{ payload.shop | capitalize }}: your order {{ payload.order }}"
    greeting: str = "Hello {{ subscriber.firstName | default: 'friend' }},"
    items: str = (
        "{% for item in payload.items %}{{ forloop.index }}. {{ item.name | upcase }} x {{ item.quantity }}"
        "{% unless forloop.last %}, {% endunless %}{% endfor %}"
    )
    count: str = "{{ payload.items | size | pluralize: 'item', 'items' }} in {{ payload.boxes }} boxes"
    names: str = "{{ payload.items | toSentence: 'name', 3, 'other' }}"
    total: str = "{{ payload.total | times: 1.19 | round: 2 }} EUR"
    date: str = "{{ payload.at | date: '%d.%m.%Y %H:%M', 0 }}"
    note: str = "{% if payload.gift %}Wrapped as a gift{% else %}{{ payload.note | truncate: 20 }}{% endif %}"
    code: str = "{% assign code = payload.order | split: '-' | last %}{{ code | prepend: '#' }}"
    footer: str = "{{ workflow.name }}, {{ payload.missing }}{{ payload.items[0].name | json }}"


@workflow("liquid", name="Order")
async def liquid(payload: Order, step: Step) -> None:
    async def render(controls: OrderControls) -> EmailOutput:
        lines = [
            controls.greeting,
            controls.items,
            controls.count,
            controls.names,
            controls.total,
            controls.date,
            controls.note,
            controls.code,
            controls.footer,
        ]
        return EmailOutput(subject=controls.subject, body="".join(f"<p>{line}</p>" for line in lines))

    await step.email("email", render)


class Score(Strict):
    score: int


class FifthControls(Strict):
    subject: str = "New comment on {{ payload.post_id }}"


@workflow("fifth")
async def fifth(payload: Comment, step: Step) -> None:
    inbox = await step.in_app("inbox", lambda: {"body": payload.comment})
    await step.delay("wait", {"amount": 1, "unit": "hours"})
    looked_up = await step.custom("look-up", lambda: {"score": 7}, output_schema=Score)
    await step.sms("sms", lambda: {"body": payload.comment})

    async def render(controls: FifthControls) -> EmailOutput:
        return EmailOutput(subject=controls.subject, body=f"<p>{payload.comment}: {looked_up.score}</p>")

    await step.email("email", render, skip=lambda: inbox.read)


class DigestControls(Strict):
    subject: str = "{{ steps.digest.events | digest: 2, 'payload.name', ', ' }} wrote {{ steps.digest.eventCount }} comments"


@workflow("digest")
async def digest(payload: Comment, step: Step) -> None:
    collected = await step.digest("digest", {"amount": 1, "unit": "hours"})

    async def render(controls: DigestControls) -> EmailOutput:
        items = "".join(f"<li>{event.payload['comment']}</li>" for event in collected.events)
        return EmailOutput(subject=controls.subject, body=f"<ul>{items}</ul>")

    await step.email("email", render)


HTML = Path(os.environ["BENCH_EMAIL"]).read_text() if "BENCH_EMAIL" in os.environ else "<p>no email</p>"


@workflow("html")
async def html(payload: Comment, step: Step) -> None:
    await step.email("email", lambda: EmailOutput(subject=payload.comment, body=HTML))


def sleepy(workflow_id: str) -> Workflow:
    @workflow(workflow_id)
    def waits(payload: Comment, step: SyncStep) -> None:
        def render() -> EmailOutput:
            time.sleep(0.020)
            return EmailOutput(subject="Waited", body=payload.comment)

        step.email("email", render)

    return waits


def measured(count: int) -> list[Workflow]:
    """`count` workflows: five that differ, the plain one in plain functions, and copies of the plain one."""
    different = [plain("plain"), liquid, fifth, digest, html, sync][:count]
    return [*different, *(plain(f"plain-{n}") for n in range(count - len(different)))]
