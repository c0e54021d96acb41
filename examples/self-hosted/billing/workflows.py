from html import escape

from novu_framework import EmailOutput, InAppOutput, Step, workflow
from pydantic import BaseModel, Field


class InvoicePayload(BaseModel):
    number: str
    amount: str
    due: str


class ReminderControls(BaseModel):
    subject: str = Field(
        "Invoice {{ payload.number }} is due on {{ payload.due }}", description="The subject line"
    )


@workflow("invoice", name="Invoice", tags=["billing"], preferences={"all": {"read_only": True}})
async def invoice(payload: InvoicePayload, step: Step) -> None:
    inbox = await step.in_app(
        "inbox",
        lambda: InAppOutput(
            subject=f"Invoice {payload.number}", body=f"{payload.amount}, due on {payload.due}"
        ),
    )

    await step.delay("wait", {"amount": 3, "unit": "days"})

    def remind(controls: ReminderControls) -> EmailOutput:
        text = f"Invoice {payload.number} over {payload.amount} is due on {payload.due}."
        return EmailOutput(subject=controls.subject, body=f"<p>{escape(text)}</p>")

    await step.email("reminder", remind, skip=lambda: inbox.read)


WORKFLOWS = [invoice]
