"""A parcel is late: the inbox knows at once, and one email and one text message tell of all parcels of an hour."""

from datetime import date

from novu_framework import EmailOutput, InAppOutput, Severity, SmsOutput, Step, Subscriber, workflow
from novu_framework.steps import Redirect
from pydantic import BaseModel, Field

from shop.notifications import rendering, senders


class ParcelPayload(BaseModel):
    number: str = Field(description="The order's number")
    was: date
    now: date
    reason: str


class EmailControls(BaseModel):
    subject: str = Field(
        "{{ steps.collect.eventCount | pluralize: 'parcel' }} of yours will be late",
        description="The subject line",
    )
    apology: str = Field(
        "We are sorry for the wait. You need not do anything.", description="The paragraph above the parcels"
    )


@workflow("shipping-delay", name="Shipping delay", tags=["orders", "shipping"], severity=Severity.MEDIUM)
async def shipping_delay(payload: ParcelPayload, step: Step, subscriber: Subscriber) -> None:
    inbox = await step.in_app(
        "inbox",
        lambda: InAppOutput(
            subject=f"Order {payload.number} is late",
            body=f"{payload.reason}. It should arrive on {rendering.day(payload.now)}.",
            redirect=Redirect(url=f"/orders/{payload.number}"),
        ),
    )

    digest = await step.digest("collect", {"amount": 1, "unit": "hours"})

    def email(controls: EmailControls) -> EmailOutput:
        # An event's payload is the JSON that was triggered; the model makes dates of its texts.
        parcels = [ParcelPayload.model_validate(event.payload) for event in digest.events]
        return EmailOutput(
            from_=senders.ORDERS,
            subject=controls.subject,
            body=rendering.mjml("shipping_delay.mjml", parcels=parcels, controls=controls),
        )

    await step.email(
        "email",
        email,
        skip=lambda: inbox.read,
        # Sanitising drops comments, and MJML's are what Outlook lays the email out by. The template escapes
        # all that it is given.
        disable_output_sanitization=True,
    )

    await step.sms(
        "sms",
        lambda: SmsOutput(
            body=f"Birch & Bloom: {digest.event_count} of your parcels will be late, see your inbox."
        ),
        # One late parcel is no reason to make a phone ring.
        skip=lambda: digest.event_count < 2,
    )
