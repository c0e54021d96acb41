"""Users' code with mistakes that type checkers have to report, each on its line."""
# pyright: strict

from pydantic import BaseModel

from novu_framework import EmailOutput, InAppOutput, Severity, SmsOutput, Step, Workflow, workflow


@workflow("w", tagz=["a"])  # wrong
async def misspelt_option(step: Step) -> None: ...


@workflow(1)  # wrong
async def number_as_id(step: Step) -> None: ...


@workflow("w", severity=3)  # wrong
async def number_as_severity(step: Step) -> None: ...


def returns_int() -> int:
    return 1


async def returns_int_later() -> int:
    return 1


@workflow("w")
async def wrong(step: Step) -> None:
    await step.sms("a", returns_int)  # wrong
    await step.sms("b", returns_int_later)  # wrong
    await step.sms("c", 5)  # wrong
    await step.sms("d", lambda: EmailOutput(subject="s", body="b"))  # wrong
    await step.sms("e", {"body": "x"}, skipp=True)  # wrong
    await step.digest("f", {"amount": 1, "unit": "hours"}, providers={})  # wrong
    await step.sms("g", SmsOutput(text="x"))  # wrong
    await step.fax("h", {"body": "x"})  # wrong
    await step.in_app("i", InAppOutput(body=5))  # wrong
    inbox = await step.in_app("j", {"body": "x"})
    inbox.reed  # wrong
    await step.sms({"body": "x"})  # wrong


class Payload(BaseModel):
    comment: str


@workflow("w")
async def typed(payload: Payload, step: Step) -> None: ...


typed.trigger("ann", 5)  # wrong
typed.trigger("ann", Severity.HIGH)  # wrong
typed.trigger("ann", Payload(comment="Hi"), transactionid="1")  # wrong


def not_a_workflow(item: Workflow) -> None:
    item.triger("ann")  # wrong
    item.severity = Severity.HIGH
