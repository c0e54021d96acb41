"""What customers get beside the conversation."""

from __future__ import annotations

from novu_framework import Step, workflow
from pydantic import BaseModel


class Refund(BaseModel):
    """A refund."""

    number: str
    amount: str


@workflow("refund-issued", name="Refund issued", payload_schema=Refund)
async def refund_issued(payload: Refund, step: Step) -> None:
    """Tell a customer that the money is on its way."""
    await step.email(
        "email",
        {
            "subject": f"Your refund for order {payload.number}",
            "body": f"<p>{payload.amount} for order {payload.number} is on its way back to you.</p>",
        },
    )
