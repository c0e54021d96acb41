"""Users' tests that type checkers have to accept (checked by test_typing.py, not run)."""
# pyright: strict

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import httpx
from pydantic import BaseModel

from novu_framework import Step, workflow
from novu_framework_testing import (
    Activity,
    BridgeClient,
    BridgeFailure,
    ChannelCredentials,
    Cloud,
    CloudServer,
    Finding,
    FindingError,
    Inbox,
    Message,
    NovuFaker,
    NovuSimulator,
    NovuSnapshot,
    Result,
    Run,
    StepRun,
    StillWaiting,
    Topic,
    Trigger,
    UnknownStep,
    UnknownWorkflow,
)


class Payload(BaseModel):
    name: str


@workflow("welcome")
async def welcome(payload: Payload, step: Step) -> None:
    await step.in_app("hello", lambda: {"body": payload.name})


def test_simulation(novu: NovuSimulator, novu_snapshot: NovuSnapshot, novu_faker: NovuFaker) -> None:
    novu.register(welcome)
    trigger: Trigger = novu.trigger(
        "welcome", to={"subscriberId": "ann", "email": "a@b.test"}, payload={"name": "x"}
    )
    novu.trigger(welcome, to=[Topic("team"), novu_faker.subscriber()], payload=Payload(name="x"))
    run: Run = trigger.run
    step: StepRun = run.step("hello")
    result: Result = step.result
    assert run.status == "completed"
    assert step.status != "skipped"
    assert result["seen"] is False
    novu.advance(hours=6)
    novu.advance(timedelta(days=1))
    novu.advance_to(datetime(2026, 1, 1, tzinfo=timezone.utc))
    novu.run_until_idle()
    inbox: Inbox = novu.subscriber("ann").inbox
    message: Message = inbox[0]
    message.mark_read()
    assert message.channel == "in_app"
    assert message.content["body"] == novu.messages[0].body
    novu.subscriber("ann").preferences.update("welcome", channels={"email": False})
    credentials: ChannelCredentials = novu.subscriber("ann").set_credentials("fcm", {"deviceTokens": ["t"]})
    assert credentials.provider_id == "fcm"
    novu.controls("welcome", "hello", {"subject": "x"})
    novu.topic("post-1").add("ann", "bob")
    novu.fail_provider("email", times=1, error="boom")
    assert novu.cancel(trigger.transaction_id)
    lines: list[Activity] = novu.activity
    findings: list[Finding] = novu.findings
    print(novu.timeline(), novu.now, lines, findings, novu.triggers[0].runs)
    assert run == novu_snapshot
    assert run.step("hello") == novu_snapshot(name="hello")


async def test_async(novu: NovuSimulator) -> None:
    trigger = await novu.trigger_async("welcome", to="ann", payload={"name": "x"})
    await novu.advance_async(hours=1)
    await novu.run_until_idle_async()
    assert await novu.cancel_async(trigger.transaction_id)


def test_api(
    novu_cloud: Cloud, novu_cloud_server: CloudServer, novu_bridge: Callable[..., BridgeClient]
) -> None:
    novu_cloud.register(welcome)
    novu_cloud.respond_next(503, headers={"retry-after": "1"})
    novu_cloud.fail_next(httpx.ConnectTimeout("slow"))
    novu_cloud.rate_limit(after=10)
    novu_cloud.advance(hours=1)
    assert novu_cloud.triggers[0].run.step("hello").status == "completed"
    print(novu_cloud_server.url, novu_cloud.requests[0].json, novu_cloud.messages)
    try:
        print(novu_bridge(welcome).discover(), novu_bridge().execute("welcome", "hello", {"name": "x"}))
    except (BridgeFailure, FindingError, StillWaiting, UnknownStep, UnknownWorkflow):
        raise
