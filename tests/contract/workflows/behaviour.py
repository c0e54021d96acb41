"""What the code of a workflow may do: the twins of `recorder/themes/behaviour.mjs`."""

from __future__ import annotations

import asyncio
from typing import Any

from pydantic import BaseModel, ConfigDict

from novu_framework import Step, Subscriber, SyncStep, workflow

ANYTHING = {"type": "object", "additionalProperties": True}


class Closed(BaseModel):
    """A schema that allows no other keys."""

    model_config = ConfigDict(extra="forbid")


def failing(message: str) -> Any:
    raise RuntimeError(message)


@workflow("failing-resolvers")
async def failing_resolvers(step: Step) -> None:
    async def boom() -> dict[str, str]:
        raise ValueError("boom")

    async def late_boom() -> dict[str, str]:
        await asyncio.sleep(0.002)
        raise LookupError("late boom")

    await step.sms("error", boom)
    await step.sms("sync-error", lambda: failing("sync boom"))
    await step.email("unicode-error", lambda: failing('Schöner Fehler 💥 "quoted"\nsecond line'))
    await step.delay("delay-error", lambda: failing("no time"))
    await step.custom("custom-error", late_boom, output_schema=ANYTHING)


SKIP_PAYLOAD = {
    "type": "object",
    "properties": {"name": {"type": "string", "default": "Ann"}},
    "additionalProperties": False,
}


class TextControls(Closed):
    text: str = "Hello {{ payload.name }}"
    mute: bool = False


@workflow("skips", payload_schema=SKIP_PAYLOAD)
async def skips(step: Step, payload: dict[str, Any]) -> None:
    async def late() -> bool:
        await asyncio.sleep(0.002)
        return True

    await step.sms("always", {"body": "never sent"}, skip=True)
    await step.sms("never", {"body": "sent"}, skip=False)
    await step.sms("late", {"body": "never sent"}, skip=late)
    await step.sms(
        "by-control",
        lambda controls: {"body": controls.text},
        control_schema=TextControls,
        skip=lambda controls: controls.mute,
    )
    await step.sms("by-payload", {"body": "x"}, skip=lambda: payload["name"] == "nobody")
    await step.sms("throws", {"body": "x"}, skip=lambda: failing("cannot decide"))
    await step.sms("skipped-and-broken", lambda: failing("not reached"), skip=lambda: True)
    await step.digest("digest", {"amount": 1, "unit": "hours"}, skip=lambda: True)
    await step.custom("custom", {"a": 1}, skip=lambda: True, output_schema=ANYTHING)


FAIL_PAYLOAD = {"type": "object", "properties": {"fail": {"type": "string"}}, "additionalProperties": False}


@workflow("handler-throws", payload_schema=FAIL_PAYLOAD)
def handler_throws(step: SyncStep, payload: dict[str, Any]) -> None:
    if payload.get("fail") == "before":
        raise RuntimeError("before the step")
    step.sms("a", {"body": "A"})
    if payload.get("fail") == "between":
        raise RuntimeError("between the steps")
    step.sms("b", {"body": "B"})
    if payload.get("fail") == "after":
        raise RuntimeError("after the steps")


@workflow("looped")
async def looped(step: Step) -> None:
    async def send_to(name: str) -> None:
        await step.chat(f"to-{name}", {"body": f"Hello {name}"})

    for name in ["ann", "bob", "cid"]:
        await send_to(name)
    total = 0
    for i in range(3):
        result = await step.custom(
            f"round-{i}", lambda i=i, before=total: {"n": i * 10, "before": before}, output_schema=ANYTHING
        )
        total += result["n"]
    await step.sms("total", lambda: {"body": f"Total {total}"})


@workflow("parallel")
async def parallel(step: Step) -> None:
    first, second = await asyncio.gather(
        step.in_app("one", {"body": "one"}), step.in_app("two", {"body": "two"})
    )
    await step.sms("both", lambda: {"body": f"{first.read:d} of 1, {second.read:d} of 1"})


class Risk(Closed):
    ok: bool


@workflow("careful")
async def careful(step: Step) -> None:
    log = []
    try:
        await step.custom("risky", lambda: {"ok": True}, output_schema=Risk)
        log.append("fine")
    except Exception:
        log.append("caught")
    finally:
        log.append("done")
    await step.sms("report", lambda: {"body": " ".join(log)})


VIP_PAYLOAD = {"type": "object", "properties": {"vip": {"type": "boolean"}}, "additionalProperties": False}


@workflow("conditional", payload_schema=VIP_PAYLOAD)
async def conditional(step: Step, payload: dict[str, Any]) -> None:
    await step.sms("first", {"body": "first"})
    if payload.get("vip") is True:
        await step.sms("hidden", {"body": "hidden"})
    await step.sms("last", {"body": "last"})


@workflow(
    "given",
    payload_schema={
        "type": "object",
        "properties": {"a": {"type": "string", "default": "A"}},
        "additionalProperties": True,
    },
    control_schema={
        "type": "object",
        "properties": {"brand": {"type": "string", "default": "Acme"}},
        "additionalProperties": False,
    },
    env_schema={"type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": True},
)
async def given(
    step: Step, payload: dict[str, Any], subscriber: Subscriber, context: Any, env: Any, controls: Any
) -> None:
    await step.custom(
        "all",
        lambda: {
            "payload": payload,
            "subscriber": subscriber.model_dump(by_alias=True, exclude_unset=True),
            "context": context,
            "env": env,
            "controls": controls,
        },
        output_schema=ANYTHING,
    )


@workflow("results")
async def results(step: Step) -> None:
    await step.email("email", {"subject": "s", "body": "b"})
    await step.sms("sms", {"body": "b"})
    await step.push("push", {"subject": "s", "body": "b"})
    await step.chat("chat", {"body": "b"})
    await step.tool("tool", {"body": "b"})
    in_app = await step.in_app("in-app", {"body": "b"})
    digest = await step.digest("digest", {"amount": 1, "unit": "minutes"})
    delay = await step.delay("delay", {"amount": 1, "unit": "minutes"})
    throttle = await step.throttle(
        "throttle", {"type": "fixed", "amount": 1, "unit": "minutes", "threshold": 1}
    )
    custom = await step.custom(
        "custom",
        {"a": 1},
        output_schema={
            "type": "object",
            "properties": {"a": {"type": "integer"}},
            "additionalProperties": False,
        },
    )
    await step.custom(
        "all",
        lambda: {
            "inApp": written(in_app),
            "events": [written(event) for event in digest.events],
            "duration": delay.duration,
            "throttle": written(throttle),
            "custom": custom,
        },
        output_schema=ANYTHING,
    )


def written(model: BaseModel) -> dict[str, Any]:
    """A result as it came: by the protocol's names, without what was not said."""
    return model.model_dump(by_alias=True, exclude_unset=True, mode="json")


@workflow("http")
async def http(step: Step) -> None:
    await step.sms("before", {"body": "before"})
    await step.http_request(
        "call",
        dict,
        control_schema={
            "type": "object",
            "properties": {"url": {"type": "string"}},
            "additionalProperties": False,
        },
    )


WORKFLOWS = [
    failing_resolvers,
    skips,
    handler_throws,
    looped,
    parallel,
    careful,
    conditional,
    given,
    results,
    http,
]
