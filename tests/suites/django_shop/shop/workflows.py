"""Workflows over the ORM: plain and async."""

from __future__ import annotations

from pydantic import BaseModel

from novu_framework import Step, SyncStep, workflow


class Payload(BaseModel):
    order_id: int = 1


@workflow("order-placed")
def order_placed(payload: Payload, step: SyncStep) -> None:
    from shop.models import Order

    def body() -> dict[str, str]:
        order = Order.objects.get(pk=payload.order_id)
        Order.objects.filter(pk=order.pk).update(item=order.item.upper())
        return {"body": f"You ordered {order.item}"}

    step.in_app("note", body)
    step.delay("a-day", {"amount": 1, "unit": "days"})
    step.sms("text", lambda: {"body": Order.objects.get(pk=payload.order_id).item})


@workflow("order-paid")
async def order_paid(payload: Payload, step: Step) -> None:
    from shop.models import Order

    async def body() -> dict[str, str]:
        order = await Order.objects.aget(pk=payload.order_id)
        return {"body": f"You paid for {order.item}"}

    await step.in_app("note", body)


@workflow("mixed")
def mixed_workflow(payload: Payload, step: SyncStep) -> None:
    from shop.models import Order

    async def ask() -> dict[str, str]:
        order = await Order.objects.aget(pk=payload.order_id)
        return {"body": f"You paid for {order.item}"}

    step.in_app("plain", lambda: {"body": Order.objects.get(pk=payload.order_id).item})
    step.in_app("async", ask)
    step.in_app("last", lambda: {"body": f"paid: {Order.objects.get(pk=payload.order_id).item}"})
