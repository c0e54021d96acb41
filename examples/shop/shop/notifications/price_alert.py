"""A product that someone follows is cheaper: at most two such messages a day, and not by email unless asked for."""

from novu_framework import ChatOutput, EmailOutput, InAppOutput, Step, workflow
from novu_framework.steps import Action, Redirect
from pydantic import BaseModel, Field

from shop.notifications import rendering, senders
from shop.notifications.rendering import money


class PricePayload(BaseModel):
    sku: str
    name: str
    was: int = Field(description="In cents")
    now: int = Field(description="In cents")


class ThrottleControls(BaseModel):
    per_day: int = Field(2, ge=1, le=20, description="How many price alerts a customer gets in a day")


class EmailControls(BaseModel):
    subject: str = Field("{{ payload.name }} is cheaper", description="The subject line")


@workflow(
    "price-alert",
    name="Price alert",
    tags=["marketing"],
    preferences={"channels": {"email": {"enabled": False}}},
)
async def price_alert(payload: PricePayload, step: Step) -> None:
    def limit(controls: ThrottleControls) -> dict[str, object]:
        return {"type": "fixed", "amount": 1, "unit": "days", "threshold": controls.per_day}

    await step.throttle("not-too-many", limit)

    page = f"/products/{payload.sku}"
    saving = f"{money(payload.now)} instead of {money(payload.was)}"

    await step.in_app(
        "inbox",
        lambda: InAppOutput(
            subject=f"{payload.name} is cheaper",
            body=f"Now {saving}.",
            primary_action=Action(label="Buy now", redirect=Redirect(url=f"{page}?buy")),
            secondary_action=Action(label="Stop following", redirect=Redirect(url=f"{page}?unfollow")),
            redirect=Redirect(url=page),
        ),
    )

    await step.chat(
        "chat",
        lambda: ChatOutput(
            body=f"{payload.name}: {saving}",
            card={
                "type": "card",
                "title": payload.name,
                "subtitle": saving,
                "children": [{"type": "link", "label": "See it", "url": f"{rendering.SHOP_URL}{page}"}],
            },
        ),
    )

    def email(controls: EmailControls) -> EmailOutput:
        return EmailOutput(
            from_=senders.NEWS,
            subject=controls.subject,
            body=rendering.html("price_alert.html", price=payload, page=page),
        )

    await step.email("email", email)
