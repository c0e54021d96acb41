"""Workflows whose coverage the tests know beforehand. Lines are named by the comment that ends them."""

from __future__ import annotations

import asyncio
from functools import partial

from pydantic import BaseModel

from novu_framework import Step, SyncStep, workflow


class Order(BaseModel):
    name: str = ""
    total: int = 0
    items: list[str] = []


@workflow("order")
async def order(payload: Order, step: Step) -> None:
    await step.in_app(
        "bell",
        lambda: {
            "subject": "Big" if payload.total > 100 else "Small",  # subject
            "body": payload.name or "You",  # body
        },
    )
    await step.digest("collect", {"amount": 1, "unit": "hours"}, skip=lambda: payload.total == 1)

    async def mail() -> dict[str, str]:
        await asyncio.sleep(0)
        body = "Hello"
        if payload.total and not payload.items:  # if
            body += " nothing"  # nothing
        for item in payload.items:
            if item == "sold out":  # sold out
                continue  # continue
            body += item
        try:
            body += str(int(payload.name))  # int
        except ValueError:
            body += "no number"  # no number
        return {"subject": "Order", "body": body + shared(payload.total)}

    await step.email("mail", mail, skip=partial(is_free, payload), providers={"sendgrid": sendgrid})  # mail


@workflow("quiet", preferences={"channels": {"sms": {"enabled": False}}})
def quiet(payload: Order, step: SyncStep) -> None:
    step.throttle("often", {"type": "fixed", "amount": 1, "unit": "hours", "threshold": 1})
    step.delay("wait", lambda: {"amount": payload.total, "unit": "hours"})
    step.sms("text", {"body": "Hi"})
    named = lambda: {"names": [name for name in payload.items if name]}  # noqa: E731  # look
    step.custom("look", named, output_schema={"type": "object"})


@workflow("unused")
async def unused(step: Step) -> None:
    await step.push("push", {"subject": "Never", "body": "sent"}, skip=lambda: False)


async def is_free(payload: Order) -> bool:
    return payload.total == 0


def sendgrid() -> dict[str, object]:
    return {"categories": ["orders"]}


def shared(total: int) -> str:
    return "not a function of a step" if total > 5000 else "."
