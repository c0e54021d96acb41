"""A cart was left behind: a reminder after four hours, and a last one after two days, unless it is empty by then."""

from novu_framework import EmailOutput, PushOutput, Step, workflow
from pydantic import BaseModel, Field

from shop.notifications import rendering, senders
from shop.store import store


class CartPayload(BaseModel):
    customer_id: str


class Item(BaseModel):
    name: str
    quantity: int
    price: int


class CartNow(BaseModel):
    """What is in the cart when the reminder is due."""

    # Novu leaves a custom step out where the customer's schedule is closed: then nobody has looked.
    items: list[Item] = []


class EmailControls(BaseModel):
    subject: str = Field("Did you forget something?", description="The subject line")
    headline: str = Field("Your plants are still waiting", description="The large first line")


class WaitControls(BaseModel):
    hours: int = Field(4, ge=1, le=72, description="After how many hours the customer is reminded")


@workflow("abandoned-cart", name="Abandoned cart", tags=["marketing"])
async def abandoned_cart(payload: CartPayload, step: Step) -> None:
    def wait(controls: WaitControls) -> dict[str, object]:
        return {"amount": controls.hours, "unit": "hours"}

    await step.delay("wait", wait)

    # The payload says what was so when the cart was filled; a custom step looks again.
    cart = await step.custom("look-again", lambda: cart_now(payload.customer_id), output_schema=CartNow)

    def email(controls: EmailControls) -> EmailOutput:
        return EmailOutput(
            from_=senders.NEWS,
            subject=controls.subject,
            body=rendering.html("abandoned_cart.html", items=cart.items, controls=controls),
        )

    await step.email("email", email, skip=lambda: not cart.items)

    await step.delay("wait-longer", {"amount": 2, "unit": "days"}, skip=lambda: not cart.items)

    await step.push(
        "push",
        lambda: PushOutput(
            subject="Your cart is still there",
            # The cart may have been empty then, and not be so now.
            body=f"{cart.items[0].name if cart.items else 'A plant'} waits for you.",
        ),
        skip=lambda: not cart_now(payload.customer_id).items,
    )


def cart_now(customer_id: str) -> CartNow:
    cart = store.carts.get(customer_id)
    lines = cart.lines if cart else []
    return CartNow(
        items=[
            Item(
                name=store.products[line.sku].name,
                quantity=line.quantity,
                price=store.products[line.sku].price,
            )
            for line in lines
        ]
    )
