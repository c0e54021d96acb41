"""The workflows that are measured, as a user would write them; `npm/server.mjs` has their twins.

Resolvers are `async` as those of the twins are; `sync` measures what plain functions cost, which run in threads.
"""

from __future__ import annotations

import asyncio
import os
import time
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from novu_framework import AgentContext, EmailOutput, Step, SyncStep, Workflow, agent, workflow
from novu_framework.agents import AgentMessage


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Comment(Strict):
    comment: str
    post_id: str


class CommentControls(Strict):
    subject: str = "New comment on {{ payload.post_id }}"
    greeting: str = "Hello {{ subscriber.firstName }},"


def body_of(greeting: str, payload: Comment) -> str:
    """An email as people write them: an ampersand, a line break, a link and two pictures."""
    return (
        f'<p><img src="https://acme.test/logo.png" alt="Acme" width="120"></p><p>{greeting}<br>{payload.comment}</p>'
        f'<p>Questions & answers: <a href="https://acme.test/p?id={payload.post_id}&ref=mail">the post</a></p>'
        '<img src="https://acme.test/open.gif" alt="" width="1" height="1">'
    )


def plain(workflow_id: str) -> Workflow:
    @workflow(workflow_id, name="New comment", tags=["social"])
    async def new_comment(payload: Comment, step: Step) -> None:
        async def render(controls: CommentControls) -> EmailOutput:
            return EmailOutput(subject=controls.subject, body=body_of(controls.greeting, payload))

        await step.in_app("inbox", lambda: {"body": f"New comment: {payload.comment}"})
        await step.email("email", render)

    return new_comment


@workflow("sync", name="New comment", tags=["social"])
def sync(payload: Comment, step: SyncStep) -> None:
    def render(controls: CommentControls) -> EmailOutput:
        return EmailOutput(subject=controls.subject, body=body_of(controls.greeting, payload))

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


# by size in KB: `html-60.html`
EMAILS = {
    path.stem.partition("-")[2]: path.read_text()
    for path in Path(os.environ.get("BENCH_FOLDER", ".")).glob("html-*.html")
}


@workflow("html")
async def html(payload: Comment, step: Step) -> None:
    await step.email(
        "email",
        lambda: EmailOutput(subject=payload.comment, body=EMAILS.get(payload.post_id, "<p>no email</p>")),
    )


@workflow("concurrent")
async def concurrent(payload: Comment, step: Step) -> None:
    async def render(controls: FifthControls) -> EmailOutput:
        return EmailOutput(subject=controls.subject, body=f"<p>{payload.comment}</p>")

    notes = (step.in_app(f"note-{n}", lambda: {"body": payload.comment}) for n in range(4))
    await asyncio.gather(*notes, step.email("email", render))


def earlier(steps: int) -> Workflow:
    @workflow(f"earlier-{steps}")
    async def many_steps(payload: Comment, step: Step) -> None:
        for n in range(steps):
            await step.in_app(f"note-{n}", lambda: {"body": payload.comment})

        async def render(controls: FifthControls) -> EmailOutput:
            return EmailOutput(subject=controls.subject, body=f"<p>{payload.comment}</p>")

        await step.email("email", render)

    return many_steps


class Rows(Strict):
    rows: list[dict[str, Any]]


@workflow("rows")
async def rows(payload: Rows, step: Step) -> None:
    async def render() -> EmailOutput:
        return EmailOutput(subject=f"{len(payload.rows)} rows", body="<p>Rows</p>")

    await step.email("email", render)


class Row(Strict):
    id: int
    name: str
    quantity: int
    price: float
    tags: list[str]


class Models(Strict):
    rows: list[Row]


@workflow("models")
async def models(payload: Models, step: Step) -> None:
    async def render() -> EmailOutput:
        return EmailOutput(subject=f"{len(payload.rows)} rows", body="<p>Rows</p>")

    await step.email("email", render)


class Colour(str, Enum):
    red = "red"
    green = "green"
    blue = "blue"


class Fields(Strict):
    name: str
    count: int
    price: float
    active: bool
    label: str | int
    limit: int | None
    nickname: str | None
    at: datetime
    until: datetime | None
    kind: Literal["a", "b", "c"]
    colour: Colour
    words: list[str]
    mixed: list[int | str]
    day: date
    one_or_many: str | list[str]
    sent: datetime
    amount: float | str
    names: dict[str, str]
    flag: bool | str
    times: int = 3


@workflow("fields")
async def fields(payload: Fields, step: Step) -> None:
    async def render() -> EmailOutput:
        return EmailOutput(subject=f"{payload.name} {payload.at.year}", body="<p>Fields</p>")

    await step.email("email", render)


class Address(Strict):
    street: str
    city: str
    code: str = Field(pattern="^[0-9]{5}$")
    country: Literal["DE", "AT", "CH"]


class Line(Strict):
    sku: str = Field(min_length=3)
    title: str
    quantity: int = Field(ge=1)
    price: float
    options: list[str] = []


class Parcel(Strict):
    carrier: str
    address: Address
    lines: list[Line]


class Person(Strict):
    first: str
    last: str
    email: str
    born: date | None = None
    address: Address


class Shipment(Strict):
    order: str
    at: datetime
    customer: Person
    parcels: list[Parcel]
    billing: Address | None = None
    colour: Colour = Colour.red
    notes: list[str] = []
    extra: dict[str, str] = {}
    total: float
    paid: bool


class ShipmentControls(Strict):
    subject: str = "Order {{ payload.order }}"
    greeting: str = "Hello {{ payload.customer.first }},"


@workflow("shipment")
async def shipment(payload: Shipment, step: Step) -> None:
    async def render(controls: ShipmentControls) -> EmailOutput:
        body = f"<p>{controls.greeting} {len(payload.parcels)} parcels</p>"
        return EmailOutput(subject=controls.subject, body=body)

    await step.email("email", render)


@workflow("waits")
def waits(payload: Comment, step: SyncStep) -> None:
    def render() -> EmailOutput:
        time.sleep(0.020)
        return EmailOutput(subject="Waited", body=payload.comment)

    step.email("email", render)


@agent("assistant")
async def assistant(message: AgentMessage, ctx: AgentContext) -> None:
    """An agent that has nothing to say: what is measured is the acknowledgement and the course of a turn."""


DIFFERENT = [
    plain("plain"),
    liquid,
    fifth,
    digest,
    html,
    sync,
    concurrent,
    rows,
    models,
    fields,
    shipment,
    waits,
    *(earlier(steps) for steps in (20, 200, 800)),
]


def measured(count: int = 0) -> list[Workflow]:
    """Return `count` workflows, those that differ and copies of the plain one after them; without a count, those that differ."""
    if not count:
        return DIFFERENT
    copies = (plain(f"plain-{n}") for n in range(count - 5))
    return [*DIFFERENT[:5], *copies]
