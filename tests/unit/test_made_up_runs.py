"""Runs that are made up for a load test: what a bridge is sent for their steps is what Novu would send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import BaseModel

from novu_framework import Client, Step, workflow
from novu_framework.bridge import RequestHandler
from novu_framework_testing.bridges.base import BridgeAnswer
from novu_framework_testing.bridges.made_up_runs import MadeUpRun, made_up_runs
from novu_framework_testing.factories import NovuFaker


class Payload(BaseModel):
    post_id: int
    email: str


COUNTED = {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]}


@workflow("everything")
async def everything(payload: Payload, step: Step) -> None:
    inbox = await step.in_app("inbox", lambda: {"body": f"{payload.post_id}"})
    await step.delay("wait", lambda: {"amount": 1, "unit": "hours"})
    throttle = await step.throttle("hold", lambda: {"type": "fixed", "amount": 1, "unit": "days"})
    await step.http_request("ask", lambda: {"url": "https://a.test", "method": "GET"})
    digest = await step.digest("collect", lambda: {"amount": 1, "unit": "hours"})
    counted = await step.custom("count", lambda: {"count": digest.event_count}, output_schema=COUNTED)
    for kind in (step.push, step.chat, step.tool):
        await kind(kind.__name__, lambda: {"subject": "Hi", "body": "Hi", "message": "Hi"})

    async def render() -> dict[str, Any]:
        posts = ", ".join(str(event.payload["post_id"]) for event in digest.events)
        return {"subject": f"{counted['count']} posts", "body": f"{posts} {inbox.read} {throttle.throttled}"}

    await step.email("mail", render)


HANDLER = RequestHandler([everything], Client(secret_key="test-secret"))


async def carried_out(run: MadeUpRun) -> dict[str, dict[str, Any]]:
    """The outputs of the steps that the bridge is asked for."""
    state: list[dict[str, Any]] = []
    outputs = {}
    for step in run.steps:
        answer = None
        if step.asks_bridge:
            event = run.event(state)
            answer = BridgeAnswer.of(await HANDLER.execute(run.workflow_id, step.step_id, event))
            outputs[step.step_id] = answer.outputs
        state.insert(0, step.entry(answer))
    assert [entry["stepId"] for entry in run.event(state)["state"]] == [
        *reversed([step.step_id for step in run.steps]),
        "",
    ]
    return outputs


def runs(
    count: int = 5, digest_events: int = 3, payloads: Sequence[Any] = (), **discovered: Any
) -> list[MadeUpRun]:
    workflow = {**everything.discover(), **discovered}
    faker = NovuFaker(seed=1)
    return list(made_up_runs(workflow, faker, count=count, digest_events=digest_events, payloads=payloads))


async def test_a_bridge_answers_every_step_but_what_novu_does_itself():
    for run in runs():
        outputs = await carried_out(run)
        assert list(outputs) == [step.step_id for step in run.steps if step.step_id != "ask"]
        assert outputs["inbox"]["body"] == f"{run.payload['post_id']}"


async def test_a_digest_has_so_many_events_and_later_steps_get_what_a_custom_step_answered():
    (run,) = runs(count=1, digest_events=20)
    outputs = await carried_out(run)
    assert outputs["count"] == {"count": 20}
    assert outputs["mail"]["subject"] == "20 posts"


async def test_no_throttle_holds_back():
    for run in runs():
        assert (await carried_out(run))["mail"]["body"].endswith(" False")


def test_they_differ_in_payload_and_subscriber():
    made = runs(count=20)
    assert len({run.payload["post_id"] for run in made}) > 10
    assert len({run.subscriber["subscriberId"] for run in made}) > 10


async def test_payloads_may_be_given():
    given = [{"post_id": 1, "email": "a"}, {"post_id": 2, "email": "b"}]
    made = runs(count=3, payloads=given)
    assert [run.payload["post_id"] for run in made] == [1, 2, 1]
    assert "1, 2, 1" in (await carried_out(made[0]))["mail"]["body"]


def test_a_kind_of_step_that_is_not_known_is_asked_for():
    discovered = everything.discover()
    (run,) = runs(count=1, steps=[{**discovered["steps"][0], "type": "telepathy"}])
    assert run.steps[0].asks_bridge


def test_a_payload_that_cannot_be_made_up_is_said():
    never = {"schema": {"type": "object", "required": ["x"], "properties": {"x": False}}}
    with pytest.raises(ValueError, match="No payload"):
        runs(payload=never)
