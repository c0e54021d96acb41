"""Carts, and the reminder of those that were left behind."""

from shop.models import Cart, Line
from shop.notifications.abandoned_cart import CartPayload, abandoned_cart
from shop.services import audience
from shop.store import store


def lines(customer_id: str) -> list[Line]:
    """What is in the cart of a customer now."""
    cart = store.carts.get(customer_id)
    return cart.lines if cart else []


async def add(customer_id: str, line: Line) -> Cart:
    """Put something into a cart. The first thing starts the clock of the reminder."""
    cart = store.carts.setdefault(customer_id, Cart(customer_id=customer_id))
    cart.lines.append(line)
    if len(cart.lines) == 1:
        await abandoned_cart.trigger_async(
            audience.subscriber(store.customers[customer_id]), CartPayload(customer_id=customer_id)
        )
    return cart


def empty(customer_id: str) -> None:
    store.carts.pop(customer_id, None)
