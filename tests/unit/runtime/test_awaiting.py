"""A step that nobody awaited never runs: that is an error which names the line, or a warning where the answer stays."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from typing import Any

import pytest

from novu_framework import Client, Step, workflow
from novu_framework.answers import StepAnswer
from novu_framework.bridge import RequestHandler
from novu_framework.errors import StepNotAwaitedError, WorkflowDiscoveryError
from novu_framework.execution import execute
from novu_framework_testing import FindingError, NovuSimulator

SMS = {"body": "x"}


async def alone(step: Step) -> None:
    await step.sms("first", SMS)
    step.sms("never", SMS)  # type: ignore[unused-coroutine]


async def over_lines(step: Step) -> None:
    step.email(  # type: ignore[unused-coroutine]
        "never",
        {"subject": "x", "body": "x"},
    )


async def kept(step: Step) -> None:
    calls = [step.sms("never", SMS), step.sms("last", SMS)]
    await calls[1]


async def as_a_task(step: Step) -> None:
    asyncio.create_task(step.sms("never", SMS))  # noqa: RUF006


def in_a_helper(step: Step) -> Any:
    return step.sms("never", SMS)


async def by_a_helper(step: Step) -> None:
    in_a_helper(step)


@pytest.mark.parametrize("handler", [alone, over_lines, kept, as_a_task, by_a_helper])
def test_a_workflow_with_a_step_that_nobody_awaited_does_not_start(handler: Callable[..., Any]) -> None:
    code = (in_a_helper if handler is by_a_helper else handler).__code__
    with open(__file__, encoding="utf-8") as file:
        lines = list(enumerate(file, 1))[code.co_firstlineno - 1 :]
    number, line = next(
        (number, line.strip()) for number, line in lines if "step." in line and "first" not in line
    )
    starts: list[Callable[[Any], Any]] = [
        lambda made: made.discover(),
        lambda made: RequestHandler([made], Client(secret_key="key")),
        lambda made: NovuSimulator().register(made),
    ]
    for start in starts:
        with pytest.raises(StepNotAwaitedError) as raised:
            start(workflow("forgets")(handler))
        assert f"{__file__}:{number} (`{line}`)" in str(raised.value)
        assert "`forgets`" in str(raised.value)


def test_what_fails_for_want_of_an_await_names_both_lines() -> None:
    @workflow("forgets")
    async def forgets(step: Step) -> None:
        digest = step.digest("hourly", {"amount": 1, "unit": "hours"})
        await step.sms("text", {"body": f"{digest.event_count} comments"})  # type: ignore[attr-defined]

    with pytest.raises(
        WorkflowDiscoveryError, match=r"event_count.*AttributeError.*not awaited: .*step\.digest"
    ):
        forgets.discover()


@pytest.mark.filterwarnings("error")
def test_steps_that_are_awaited_late_together_or_as_tasks_are_awaited() -> None:
    @workflow("late")
    async def late(step: Step) -> None:
        first, second = step.sms("first", SMS), step.sms("second", SMS)
        await second
        await first
        await asyncio.gather(step.sms("third", SMS), asyncio.create_task(step.sms("fourth", SMS)))

    assert set(late.steps) == {"first", "second", "third", "fourth"}
    done = [{"stepId": one, "outputs": {}, "state": {"status": "completed"}} for one in late.steps]
    for step_id in late.steps:
        answer = asyncio.run(execute(late, step_id, {"payload": {}, "controls": {}, "state": done}))
        assert answer.outputs == SMS
        assert answer.warnings == ()
    gc.collect()


@workflow("vip")
async def vip(payload: dict[str, Any], step: Step) -> None:
    if payload["vip"] is True:
        step.sms("hidden", SMS)  # type: ignore[unused-coroutine]
        step.email("mail", {"subject": "Dear", "body": "x"})  # type: ignore[unused-coroutine]
    if payload["vip"] != "last":
        await step.in_app("inbox", SMS)
    if payload["vip"] is not True:
        await step.email("mail", {"subject": "Hello", "body": "x"})


def asked(step_id: str) -> StepAnswer:
    state = [
        {
            "stepId": "inbox",
            "outputs": {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None},
        }
    ]
    return asyncio.run(execute(vip, step_id, {"payload": {"vip": True}, "controls": {}, "state": state}))


@pytest.mark.filterwarnings("error")
def test_a_request_is_answered_though_another_step_was_not_awaited(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        answer = asked("inbox")
    assert answer.outputs == SMS
    assert [(one.kind, one.step_id) for one in answer.warnings] == [("not-awaited", "hidden")]
    assert "test_awaiting.py" in caplog.text
    assert '`step.sms("hidden", SMS)' in caplog.text
    gc.collect()


def test_a_request_for_a_step_that_was_not_awaited_is_refused() -> None:
    with pytest.raises(StepNotAwaitedError, match=r"test_awaiting.py:\d+ \(`step.email"):
        asked("mail")


def test_the_simulation_raises_for_a_step_that_was_not_awaited() -> None:
    with NovuSimulator() as novu, pytest.raises(FindingError, match=r"vip/hidden.*step\.sms\(\"hidden\""):
        novu.trigger(vip, to="ann", payload={"vip": True})
