"""Users' code that type checkers have to accept (checked by test_typing.py, not run)."""
# pyright: strict

from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from novu_framework import (
    ChatOutput,
    Client,
    CronExpression,
    DelayOutput,
    DelayResult,
    DigestOutput,
    DigestResult,
    EmailOutput,
    InAppOutput,
    InAppResult,
    NovuError,
    Preference,
    Preferences,
    PushOutput,
    Severity,
    SmsOutput,
    Step,
    Subscriber,
    SyncStep,
    ThrottleOutput,
    ThrottleResult,
    ToolOutput,
    TriggerResult,
    Workflow,
    workflow,
)
from novu_framework.errors import WorkflowPayloadInvalidError
from novu_framework.fastapi import novu_router, serve
from novu_framework.liquid import create_engine
from novu_framework.steps import Action, EmailAddress, Redirect


class Payload(BaseModel):
    comment: str
    post_id: str


class Controls(BaseModel):
    subject: str = "New comment on {{ payload.post_id }}"


@dataclass
class Score:
    points: int


class Named(NamedTuple):
    word: str


class Typed(TypedDict):
    word: str


@workflow(
    "comments",
    name="Comments",
    description="d",
    tags=["a"],
    severity=Severity.HIGH,
    preferences={"all": {"enabled": True, "read_only": False}, "channels": {"email": {"enabled": False}}},
    env_schema={"type": "object"},
)
async def comments(
    payload: Payload,
    step: Step,
    subscriber: Subscriber,
    controls: dict[str, Any],
    context: dict[str, Any],
    env: dict[str, Any],
) -> None:
    inbox: InAppResult = await step.in_app("a", lambda: {"body": payload.comment})
    await step.in_app(
        "b",
        InAppOutput(
            subject="s",
            body="b",
            primary_action=Action(label="Go", redirect=Redirect(url="/x", target="_self")),
            data={"a": 1},
        ),
    )
    delay: DelayResult = await step.delay("c", {"amount": 6, "unit": "hours"})
    await step.delay("c2", DelayOutput(cron=CronExpression.EVERY_DAY_AT_8AM))
    digest: DigestResult = await step.digest("d", lambda: DigestOutput(amount=1, unit="days"))
    throttle: ThrottleResult = await step.throttle("e", ThrottleOutput(type="fixed", amount=1, unit="hours"))
    score: Score = await step.custom("f", lambda: {"points": 1}, output_schema=Score)
    score_dict = await step.custom("f2", lambda: {"points": 1}, output_schema={"type": "object"})

    async def render(controls: Controls) -> EmailOutput:
        return EmailOutput(
            subject=controls.subject, body="b", from_=EmailAddress(email="a@b.test"), reply_to="c@d.test"
        )

    async def by_name(*, outputs: dict[str, Any], controls: Controls) -> dict[str, Any]:
        return {"subject": outputs["subject"], "tag": controls.subject}

    def skipped(controls: Controls) -> bool:
        return inbox.read or throttle.throttled or score.points > score_dict["points"] or delay.duration > 1

    await step.email("g", render, skip=skipped, providers={"sendgrid": lambda outputs: {"ipPoolName": "x"}})
    await step.email(
        "g1",
        render,
        providers={
            "sendgrid": lambda controls, outputs: {"ipPoolName": controls.subject, "to": outputs["subject"]},
            "mailgun": lambda outputs, controls: {"o:tag": [controls.subject, outputs["body"]]},
            "ses": lambda controls: {"subject": controls.subject},
            "postmark": lambda: {"tag": "x"},
            "resend": by_name,
        },
    )
    await step.email(
        "g2", lambda controls: EmailOutput(subject="s", body=controls.x), control_schema=Controls
    )
    await step.sms("h", lambda: SmsOutput(body=f"{digest.event_count} {subscriber.first_name}"), skip=True)
    await step.push("i", {"subject": "s", "body": "b"}, skip=lambda: inbox.seen)
    await step.chat("j", lambda: ChatOutput(body="b", card={"type": "card", "children": []}))
    await step.tool("k", ToolOutput(body="b"))
    await step.http_request("l", {"url": "https://a.test"})
    await step.push("m", PushOutput(subject="s", body="b"), control_schema={"type": "object"})


@workflow("plain", payload_schema=Typed, preferences=Preferences(all=Preference(enabled=True)))
def plain(payload: Typed, step: SyncStep) -> None:
    inbox = step.in_app("a", lambda: {"body": payload["word"]})
    step.sms("b", SmsOutput(body="x"), skip=lambda: inbox.read)
    score: Score = step.custom("c", lambda: {"points": 1}, output_schema=Score)
    score.points.bit_length()


@workflow("maybe", payload_schema=Payload | None, env_schema=dict[str, str])
async def maybe(step: Step, payload: Payload | None, env: dict[str, str]) -> None:
    await step.sms("a", {"body": env["name"] if payload is None else payload.comment})


@workflow("named")
def named(step: SyncStep, payload: Named) -> None:
    step.sms("a", lambda: {"body": payload.word}, providers={"twilio": lambda controls, outputs: {"a": 1}})


maybe.trigger("ann")
maybe.trigger("ann", Payload(comment="hi", post_id="1"))
named.trigger("ann", Named("hi"))
workflows: list[Workflow] = [comments, plain, maybe, named]
client = Client(secret_key="k", strict_authentication=False)
app = FastAPI()
serve(app, route="/api/novu", workflows=workflows, client=client)
serve(APIRouter(), workflows=workflows)
app.include_router(novu_router(workflows=workflows))
subscriber = Subscriber(subscriber_id="ann", first_name="Ann")


async def trigger() -> None:
    try:
        result: TriggerResult = comments.trigger("ann", {"comment": "hi", "post_id": "1"}, client=client)
        result.cancel()
        comments.trigger("ann", Payload(comment="hi", post_id="1"))
        other = await comments.trigger_async(
            [subscriber, {"type": "Topic", "topicKey": "t"}], {"comment": "hi"}
        )
        await other.cancel_async()
        print(other.transaction_id, other.status, other.acknowledged)
    except WorkflowPayloadInvalidError as error:
        print(error.data, error.code, error.status)
    except NovuError:
        raise


text: str = create_engine().from_string("{{ a }}").render(a=1)
