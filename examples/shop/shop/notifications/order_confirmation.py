"""Thank you for your order: an inbox message and an email, at once."""

from datetime import date
from typing import Any

from novu_framework import EmailOutput, InAppOutput, Severity, Step, Subscriber, workflow
from novu_framework.steps import Action, Redirect
from pydantic import BaseModel, Field

from shop.notifications import rendering, senders


class OrderLine(BaseModel):
    name: str
    quantity: int = Field(ge=1)
    price: int = Field(ge=0, description="Of one piece, in cents")

    @property
    def cost(self) -> int:
        return self.quantity * self.price


class OrderPayload(BaseModel):
    number: str
    lines: list[OrderLine] = Field(min_length=1)
    shipping: int = Field(ge=0, description="In cents")
    arrives_on: date
    address: list[str]

    @property
    def total(self) -> int:
        return sum(line.cost for line in self.lines) + self.shipping


class EmailControls(BaseModel):
    """What colleagues edit in the dashboard, without a deployment."""

    subject: str = Field("Your order {{ payload.number }} is confirmed", description="The subject line")
    headline: str = Field(
        "Thank you, {{ subscriber.firstName | default: 'dear customer' }}!",
        description="The large first line",
    )
    intro: str = Field(
        "We are packing your order with care, and tell you as soon as it is on its way.",
        description="The paragraph under the headline",
    )
    show_help: bool = Field(True, description="Whether to show how to reach us")


@workflow(
    "order-confirmation",
    name="Order confirmation",
    description="Sent once an order is placed",
    tags=["orders"],
    severity=Severity.HIGH,
    # The law wants it sent: customers cannot switch it off.
    preferences={"all": {"enabled": True, "read_only": True}},
)
async def order_confirmation(payload: OrderPayload, step: Step, subscriber: Subscriber) -> None:
    order_page = f"/orders/{payload.number}"

    await step.in_app(
        "inbox",
        lambda: InAppOutput(
            subject=f"Order {payload.number} is confirmed",
            body=f"It should arrive on {rendering.day(payload.arrives_on)}.",
            primary_action=Action(label="View order", redirect=Redirect(url=order_page)),
            redirect=Redirect(url=order_page),
            data={"order": payload.number},
        ),
    )

    def email(controls: EmailControls) -> EmailOutput:
        return EmailOutput(
            from_=senders.ORDERS,
            subject=controls.subject,
            preheader=f"It should arrive on {rendering.day(payload.arrives_on)}.",
            body=rendering.html("order_confirmation.html", order=payload, controls=controls),
        )

    def sendgrid() -> dict[str, Any]:
        return {"categories": ["orders"], "ipPoolName": "transactional"}

    await step.email("email", email, providers={"sendgrid": sendgrid})
