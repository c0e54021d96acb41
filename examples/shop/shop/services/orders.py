"""Orders: placed, and late."""

from datetime import date, timedelta

from shop.models import Line, Order
from shop.notifications.order_confirmation import OrderLine, OrderPayload, order_confirmation
from shop.notifications.shipping_delay import ParcelPayload, shipping_delay
from shop.services import audience, carts
from shop.store import store

SHIPPING = 490
FREE_SHIPPING_FROM = 6000
DELIVERY = timedelta(days=4)


async def place(customer_id: str, lines: list[Line], today: date) -> Order:
    """Make an order, empty the cart and confirm.

    The order's number is the trigger's transaction id: a request that is sent twice confirms once.
    """
    number = f"BB-{1001 + len(store.orders)}"
    order = Order(
        number=number,
        customer_id=customer_id,
        lines=lines,
        placed_on=today,
        arrives_on=today + DELIVERY,
    )
    store.orders[number] = order
    carts.empty(customer_id)
    await order_confirmation.trigger_async(
        audience.subscriber(store.customers[customer_id]), confirmation(order), transaction_id=number
    )
    return order


def confirmation(order: Order) -> OrderPayload:
    customer = store.customers[order.customer_id]
    lines = [
        OrderLine(
            name=store.products[line.sku].name, quantity=line.quantity, price=store.products[line.sku].price
        )
        for line in order.lines
    ]
    subtotal = sum(line.quantity * line.price for line in lines)
    return OrderPayload(
        number=order.number,
        lines=lines,
        shipping=0 if subtotal >= FREE_SHIPPING_FROM else SHIPPING,
        arrives_on=order.arrives_on,
        address=[customer.first_name, customer.street, customer.city],
    )


async def postpone(number: str, arrives_on: date, reason: str) -> Order:
    """A parcel is late: the customer gets to know, once for all parcels of the hour."""
    order = store.orders[number]
    payload = ParcelPayload(number=number, was=order.arrives_on, now=arrives_on, reason=reason)
    order.arrives_on = arrives_on
    await shipping_delay.trigger_async(order.customer_id, payload)
    return order
