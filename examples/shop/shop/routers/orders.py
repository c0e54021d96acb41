from datetime import date, datetime, timezone

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

from shop.models import Line, Order
from shop.routers.found import found
from shop.services import carts, orders
from shop.store import store

router = APIRouter(prefix="/orders", tags=["orders"])


class NewOrder(BaseModel):
    customer_id: str
    lines: list[Line] | None = None
    """What is ordered; the customer's cart if left out."""


class Delay(BaseModel):
    arrives_on: date
    reason: str


@router.post("", status_code=201)
async def place(new: NewOrder) -> Order:
    found(store.customers, new.customer_id, "customer")
    lines = new.lines or carts.lines(new.customer_id)
    if not lines:
        raise HTTPException(422, "There is nothing to order.")
    for line in lines:
        found(store.products, line.sku, "product")
    return await orders.place(new.customer_id, lines, datetime.now(timezone.utc).date())


@router.post("/{number}/delay")
async def postpone(number: str, delay: Delay) -> Order:
    found(store.orders, number, "order")
    return await orders.postpone(number, delay.arrives_on, delay.reason)
