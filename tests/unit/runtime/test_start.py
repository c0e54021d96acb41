"""What happens once when a bridge is made: for one workflow as for two thousand."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import BaseModel

from novu_framework import Step, Workflow, workflow
from novu_framework.bridge import RequestHandler
from novu_framework.client import Client
from novu_framework.errors import WorkflowDiscoveryError

OPEN = Client(strict_authentication=False)


class Payload(BaseModel):
    name: str


def greeting(number: int) -> Workflow:
    @workflow(f"greeting-{number}")
    async def greet(payload: Payload, step: Step) -> None:
        await step.sms("text", {"body": payload.name})  # as a factory makes them

    return greet


def test_workflows_of_one_model_share_its_schema_and_each_has_its_own_answer():
    handler = RequestHandler([greeting(1), greeting(2)], OPEN)
    first, second = handler.workflows.values()
    assert first.payload_schema is second.payload_schema
    assert [one["workflowId"] for one in asyncio.run(handler.discover())["workflows"]] == [
        "greeting-1",
        "greeting-2",
    ]
    assert first.code == second.code
    assert first.code.endswith("# as a factory makes them")


def test_the_discovery_of_one_workflow_leaves_no_task_to_that_of_the_next():
    told: list[str] = []

    async def lingers() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            told.append("ended")

    @workflow("first")
    async def first(step: Step) -> None:
        task = asyncio.create_task(lingers())
        await asyncio.sleep(0)
        told.append(f"first, {task.done()}")
        await step.sms("text", {"body": "x"})

    @workflow("second")
    async def second(step: Step) -> None:
        told.append(f"second, {len(asyncio.all_tasks())} task")
        await step.sms("text", {"body": "x"})

    RequestHandler([first, second], OPEN)
    assert told == ["first, False", "ended", "second, 1 task"]


async def test_a_bridge_can_be_made_while_a_loop_runs():
    assert list(RequestHandler([greeting(1)], OPEN).workflows) == ["greeting-1"]


def test_a_workflow_that_cannot_be_discovered_is_told_at_once_and_its_loop_is_closed(recwarn):
    @workflow("broken")
    async def broken(step: Step) -> None:
        raise LookupError("no such template")

    with pytest.raises(WorkflowDiscoveryError, match="no such template"):
        RequestHandler([greeting(1), broken], OPEN)
    assert not [warning for warning in recwarn if issubclass(warning.category, ResourceWarning)]


def test_a_schema_of_controls_that_is_none_is_told_at_once():
    @workflow("wrong", control_schema={"type": "object", "properties": {"a": {"type": "nothing"}}})
    async def wrong(step: Step) -> None: ...

    with pytest.raises(ValueError, match="schema is invalid"):
        RequestHandler([wrong], OPEN)
