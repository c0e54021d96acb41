"""The support agent: it tells where an order is, cancels what has not left, and refunds what a colleague approves."""

from __future__ import annotations

import re

from novu_framework import Agent, AgentContext, agent
from novu_framework.agents import Actions, AgentAction, AgentMessage, Button, Card, CardText
from novu_framework.errors import AgentError

from support.orders import Order, OrderSystem, Refused
from support.workflows import refund_issued

LEAD = "support-lead"
"""The subscriber who approves refunds. They take part in the channel in which customers write."""

HOUR = 3600


def create_agent(orders: OrderSystem) -> Agent:
    """Return the agent, over an order system."""

    @agent("support-bot")
    async def support(message: AgentMessage, ctx: AgentContext) -> str | Card | None:
        number = found[0] if (found := re.findall(r"\d{4,}", message.text)) else ctx.metadata.get("order")
        if ctx.subscriber is None:
            return "Please sign in to our shop first, so that I know whose orders to look at."
        if number is None:
            return "Which order is it about? Its number is in your confirmation email."
        await ctx.typing(f"Looking at order {number}")
        order = orders.find(number, ctx.subscriber.subscriber_id)
        ctx.metadata.set("order", number)
        if "refund" in message.text.lower() or "money back" in message.text.lower():
            return ask_for_refund(order, ctx)
        return order_card(order)

    @support.on_action
    async def pressed(action: AgentAction, ctx: AgentContext) -> str | Card | None:
        if ctx.human_response is not None:
            return decided(ctx)
        customer = ctx.subscriber.subscriber_id if ctx.subscriber else ""
        if action.id == "cancel":
            return order_card(orders.cancel(action.value or "", customer))
        if action.id == "refund":
            return ask_for_refund(orders.find(action.value or "", customer), ctx)
        return None

    @support.on_error
    async def failed(error: AgentError, ctx: AgentContext) -> str | None:
        return str(error.__cause__) if isinstance(error.__cause__, Refused) else None

    @support.on_resolve
    async def resolved(ctx: AgentContext) -> str:
        return "Anything else? Just write."

    def ask_for_refund(order: Order, ctx: AgentContext) -> str:
        prompt = f"Refund €{order.total} for order {order.number} ({order.item})?"
        ctx.metadata.set("customer", order.customer)
        ctx.approve(prompt, to=LEAD, from_="support-bot", ttl=HOUR)
        return "A colleague has to approve a refund. I have asked them."

    def decided(ctx: AgentContext) -> str:
        response, number = ctx.human_response, ctx.metadata.get("order")
        assert response is not None
        if response.expired:
            return f"Nobody has looked at the refund for order {number} in time. Please ask again."
        if response.status == "denied":
            return f"I am sorry, {response.responded_by} did not approve the refund for order {number}."
        order = orders.refund(number, ctx.metadata.get("customer"))
        ctx.trigger(refund_issued, to=order.customer, payload={"number": number, "amount": f"€{order.total}"})
        ctx.resolve(f"Refunded order {number}")
        return f"Done: €{order.total} for order {number} is on its way back to you."

    return support


def order_card(order: Order) -> Card:
    """Return an order as people see it, with what can be done about it."""
    buttons = {"packing": ("cancel", "Cancel order"), "shipped": ("refund", "Money back")}
    actions = [Button(*buttons[order.status], value=order.number)] if order.status in buttons else []
    return Card(
        f"Order {order.number}",
        subtitle=f"{order.item}, €{order.total}",
        children=[CardText(f"It is **{order.status}**."), *([Actions(actions)] if actions else [])],
    )
