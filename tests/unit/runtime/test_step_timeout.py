"""A step's functions have a limited time together, and what is stuck keeps nobody waiting."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import threading

import pytest

from novu_framework import Client, Step, SyncStep, workflow
from novu_framework._internal.deadlines import DeadlineError, TimeLimit
from novu_framework._internal.threads import in_place, pool
from novu_framework.bridge import BridgeRequest, RequestHandler
from tests.tables import one_in

EVENT = json.dumps({"payload": {}, "controls": {}, "state": []}).encode()
BODY = {"body": "x"}
gate = threading.Event()


@pytest.fixture(autouse=True)
def let_go():
    gate.clear()
    yield
    gate.set()


def blocks(*_, **__):
    gate.wait(60)
    return BODY


async def waits(*_, **__):
    await asyncio.sleep(3600)
    return BODY


async def returns_in_spite_of_it():
    try:
        await waits()
    except asyncio.CancelledError:
        return BODY


async def fails_because_of_it():
    try:
        await waits()
    except asyncio.CancelledError:
        raise ValueError("interrupted") from None


async def waits_for_several():
    await asyncio.gather(waits(), waits())


async def waits_for_a_thread():
    await asyncio.shield(asyncio.ensure_future(asyncio.sleep(3600)))


async def has_a_longer_limit_of_its_own():
    await asyncio.wait_for(asyncio.sleep(3600), 1800)


NEVER = [
    blocks,
    waits,
    returns_in_spite_of_it,
    fails_because_of_it,
    waits_for_several,
    waits_for_a_thread,
    has_a_longer_limit_of_its_own,
]


def as_resolver(function):
    @workflow("w")
    async def stuck(step: Step):
        await step.sms("s", function)

    return stuck


def as_resolver_of_a_plain_workflow(function):
    @workflow("w")
    def stuck(step: SyncStep):
        step.sms("s", function)

    return stuck


def as_skip(function):
    @workflow("w")
    async def stuck(step: Step):
        await step.sms("s", BODY, skip=function)

    return stuck


def as_provider(function):
    async def provide():
        result = function()
        return await result if asyncio.iscoroutine(result) else result

    @workflow("w")
    async def stuck(step: Step):
        await step.sms("s", BODY, providers={"twilio": function if function is blocks else provide})

    return stuck


async def ask(handler: RequestHandler, action: str = "execute", workflow_id: str = "w") -> tuple[int, str]:
    query = [("action", action), ("workflowId", workflow_id), ("stepId", "s")]
    answer = await handler(BridgeRequest("POST", query, {}, EVENT))
    said = json.loads(answer.body)
    return answer.status, said.get("code") or said["outputs"]


def handler_with(*workflows, **options) -> RequestHandler:
    return RequestHandler(workflows, Client(strict_authentication=False, **options))


@pytest.mark.parametrize("function", NEVER)
@pytest.mark.parametrize(
    "place", one_in(2, [as_resolver, as_resolver_of_a_plain_workflow, as_skip, as_provider])
)
async def test_a_function_that_never_returns_is_answered_504(place, function, caplog):
    handler = handler_with(place(function), step_timeout=0.02)
    assert await ask(handler) == (504, "StepTimeoutError")
    assert pool.get() is None
    assert caplog.messages[-1].startswith(
        "Step with id: `s` of workflow with id: `w` took longer than 0.02 s."
    )
    task = asyncio.current_task()
    assert not hasattr(task, "cancelling") or task.cancelling() == 0
    assert await ask(handler) == (504, "StepTimeoutError")
    for _ in range(5):  # rounds in which what was cancelled ends
        await asyncio.sleep(0)
    gc.collect()
    assert "never retrieved" not in caplog.text


@pytest.mark.parametrize("action", ["execute", "preview"])
async def test_a_preview_has_the_same_time(action):
    assert await ask(handler_with(as_resolver(waits), step_timeout=0.02), action) == (504, "StepTimeoutError")


async def test_what_a_plain_workflow_awaits_on_the_loop_ends_with_its_request():
    ended = asyncio.Event()

    async def cleans_up():
        try:
            await waits()
        finally:
            ended.set()

    handler = handler_with(as_resolver_of_a_plain_workflow(cleans_up), step_timeout=0.02)
    assert await ask(handler) == (504, "StepTimeoutError")
    await asyncio.wait_for(ended.wait(), 30)


async def test_stuck_functions_leave_their_places_to_others():
    @workflow("quick")
    async def quick(step: Step):
        await step.sms("s", lambda: BODY)

    handler = handler_with(as_resolver(blocks), quick, step_timeout=0.02, max_threads=2)
    answers = await asyncio.gather(*(ask(handler) for _ in range(2)))
    assert answers == [(504, "StepTimeoutError")] * 2
    handler._limit = None  # so that nothing here depends on how fast the machine is
    assert await ask(handler, workflow_id="quick") == (200, BODY)


async def test_as_many_run_at_once_as_the_setting_says():
    running, most, lock = 0, 0, threading.Lock()
    both = threading.Event()

    def count():
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if running == 3:
                both.set()
        both.wait(30)
        with lock:
            running -= 1
        return BODY

    handler = handler_with(as_resolver(count), step_timeout=0, max_threads=3)
    assert await asyncio.gather(*(ask(handler) for _ in range(12))) == [(200, BODY)] * 12
    assert most == 3


@pytest.mark.parametrize("without", ["setting", "simulation"])
async def test_there_is_no_limit_without_the_setting_and_in_a_simulation(without):
    async def slow():
        await asyncio.sleep(0.05)
        return BODY

    handler = handler_with(as_resolver(slow), step_timeout=0 if without == "setting" else 0.001)
    token = in_place.set(without == "simulation")
    try:
        assert await ask(handler) == (200, BODY)
    finally:
        in_place.reset(token)


async def test_a_request_that_is_cancelled_is_not_answered():
    request = asyncio.ensure_future(ask(handler_with(as_resolver(waits), step_timeout=60)))
    await asyncio.sleep(0)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 does not count cancellations")
async def test_a_request_that_is_cancelled_as_its_time_ends_is_not_answered():
    async def is_cancelled_again():
        try:
            await waits()
        except asyncio.CancelledError:
            asyncio.current_task().cancel()
            raise

    async def in_time():
        await TimeLimit(0.01).keep(is_cancelled_again())

    with pytest.raises(asyncio.CancelledError):
        await asyncio.ensure_future(in_time())


@pytest.mark.parametrize("turns", [0, 2])
async def test_what_ends_in_time_gives_what_it_returns(turns):
    async def works():
        for _ in range(turns):
            await asyncio.sleep(0)
        return BODY

    assert await TimeLimit(60).keep(works()) is BODY


async def test_limits_nest_in_one_task():
    outer = TimeLimit(60)
    with pytest.raises(DeadlineError):
        await outer.keep(TimeLimit(0.01).keep(waits()))
    assert outer._newest is not None
    assert outer._newest.tasks == {}


async def test_one_timer_serves_all_and_ends_the_oldest_first():
    limit, ended = TimeLimit(0.02), []

    async def one(number: int):
        try:
            await limit.keep(waits())
        except DeadlineError:
            ended.append(number)

    await asyncio.wait_for(asyncio.gather(*(one(number) for number in range(50))), 30)
    assert ended == list(range(50))
    await asyncio.wait_for(one(50), 30)  # and the next, once none was left
    assert ended[-1] == 50


async def test_what_began_later_has_its_own_time_and_one_timer_at_a_time_serves_all(monkeypatch):
    loop, limit, passed, timers = asyncio.get_running_loop(), TimeLimit(60), 0, []
    began, call_at = loop.time(), loop.call_at

    def counted(when, *more, **named):
        timers.append(when - began)
        return call_at(when, *more, **named)

    monkeypatch.setattr(loop, "time", lambda: began + passed)
    monkeypatch.setattr(loop, "call_at", counted)
    tasks, ended = [], []
    for passed in (0, 30, 40, 61, 91, 101):
        if passed < 60:
            tasks.append(asyncio.ensure_future(limit.keep(waits())))
        for _ in range(10):
            await asyncio.sleep(0)
        ended.append(sum(task.done() for task in tasks))
    assert ended == [0, 0, 0, 1, 2, 3]
    assert [type(task.exception()) for task in tasks] == [DeadlineError] * 3
    assert [one for one in map(round, timers) if one < 3600] == [60, 90, 100]


def test_the_end_of_the_process_does_not_wait_for_what_is_stuck():
    code = """
import asyncio, time
from novu_framework import Client, Step, workflow
from novu_framework.bridge import BridgeRequest, RequestHandler

@workflow("w")
async def stuck(step: Step):
    await step.sms("s", lambda: time.sleep(3600))

handler = RequestHandler([stuck], Client(strict_authentication=False, step_timeout=0.1))
query = [("action", "execute"), ("workflowId", "w"), ("stepId", "s")]
body = b'{"payload":{},"controls":{},"state":[]}'
print(asyncio.run(handler(BridgeRequest("POST", query, {}, body))).status)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (ended.stdout, ended.returncode) == ("504\n", 0)
