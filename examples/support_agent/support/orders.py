"""The order system: what was ordered, where it is, and the money that went back."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Order:
    """An order. `status` is `packing`, `shipped`, `canceled` or `refunded`."""

    number: str
    customer: str
    item: str
    total: Decimal
    status: str


class Refused(Exception):
    """What the order system does not do; the message says why, for the customer."""


@dataclass
class OrderSystem:
    """Orders in memory. A real one is a client of the shop's API with these three methods."""

    orders: dict[str, Order] = field(default_factory=dict)

    def find(self, number: str, customer: str) -> Order:
        """Return an order of a customer. Raises `Refused` for one that the customer does not have."""
        order = self.orders.get(number)
        if order is None or order.customer != customer:
            raise Refused(f"I cannot find an order {number} of yours.")
        return order

    def cancel(self, number: str, customer: str) -> Order:
        """Cancel an order that has not left. Raises `Refused` for one that has."""
        order = self.find(number, customer)
        if order.status != "packing":
            raise Refused(f"Order {number} is {order.status}: it cannot be canceled any more.")
        order.status = "canceled"
        return order

    def refund(self, number: str, customer: str) -> Order:
        """Give the money back. Raises `Refused` where that was done before."""
        order = self.find(number, customer)
        if order.status in ("canceled", "refunded"):
            raise Refused(f"Order {number} is {order.status}: nothing is left to pay back.")
        order.status = "refunded"
        return order


def demo_orders() -> OrderSystem:
    """Return an order system with a few orders."""
    orders = [
        Order("4711", "ann", "Boston fern", Decimal("49.00"), "packing"),
        Order("4712", "ann", "Clay pot", Decimal("12.50"), "shipped"),
        Order("4713", "bob", "Monstera", Decimal("89.00"), "shipped"),
    ]
    return OrderSystem({order.number: order for order in orders})
