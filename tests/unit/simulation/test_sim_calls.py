"""Blocking and async calls, from anywhere; and nothing left behind."""

import asyncio
import gc
import sys
import threading
import warnings

import pytest
import trio

from novu_framework.answers import StepWarning
from novu_framework_testing import BridgeAnswer, Finding, FindingError, NovuSimulator
from novu_framework_testing._internal.loops import Loops

TEXT = {"body": "Hi"}
HOUR = {"amount": 1, "unit": "hours"}


class Awaiting:
    """A bridge that really suspends, and notes the loop it ran on."""

    def __init__(self, inside=None):
        self.loops = []
        self.inside = inside

    async def discover(self):
        steps = [{"stepId": "wait", "type": "delay"}, {"stepId": "note", "type": "in_app"}]
        return [{"workflowId": "w", "steps": steps}, {"workflowId": "other", "steps": steps[1:]}]

    async def execute(self, workflow_id, step_id, event, *, job_id):
        await asyncio.sleep(0)
        self.loops.append(asyncio.get_running_loop())
        if self.inside is not None and workflow_id == "w" and step_id == "note":
            await self.inside()
        return BridgeAnswer(HOUR if step_id == "wait" else TEXT, {}, False)

    def location(self, workflow_id, step_id):
        return None


def test_blocking_calls_share_one_loop_whichever_simulation_makes_them():
    bridge = Awaiting()
    for _ in range(2):
        with NovuSimulator() as sim:
            sim.connect(bridge)
            sim.trigger("w", "ann")
            sim.advance(hours=1)
    assert len(set(map(id, bridge.loops))) == 1
    assert not bridge.loops[0].is_closed()


def test_blocking_calls_run_on_the_loop_that_a_fixture_has_opened_until_it_is_closed():
    bridge, loops, fixtures = Awaiting(), Loops(), asyncio.new_event_loop()
    loops.adopt(fixtures)
    loops.run(bridge.execute("w", "wait", {}, job_id="1"))
    fixtures.close()
    loops.run(bridge.execute("w", "wait", {}, job_id="2"))
    assert bridge.loops[0] is fixtures
    assert bridge.loops[1] is not fixtures


def test_a_loop_that_another_thread_runs_is_not_waited_for():
    bridge, loops, busy = Awaiting(), Loops(), asyncio.new_event_loop()
    loops.adopt(busy)
    thread, runs = threading.Thread(target=busy.run_forever), threading.Event()
    busy.call_soon(runs.set)
    thread.start()
    runs.wait()
    loops.run(bridge.execute("w", "wait", {}, job_id="1"))
    busy.call_soon_threadsafe(busy.stop)
    thread.join()
    busy.close()
    assert bridge.loops[0] is not busy


async def test_async_calls_run_on_the_loop_that_awaits_them():
    bridge = Awaiting()
    async with NovuSimulator() as sim:
        await sim.connect_async(bridge)
        trigger = await sim.trigger_async("w", "ann")
        await sim.advance_async(hours=1)
        assert trigger.run.status == "completed"
        other = await sim.trigger_async("w", "bob")
        await sim.run_until_idle_async()
        assert other.run.status == "completed"
        assert await sim.cancel_async(other.transaction_id) is False
    assert set(bridge.loops) == {asyncio.get_running_loop()}


async def test_blocking_calls_in_async_code_run_on_the_loop_that_is_there():
    bridge, beside = Awaiting(), asyncio.ensure_future(asyncio.sleep(0, "beside"))
    with NovuSimulator() as sim:
        sim.connect(bridge)
        run = sim.trigger("w", "ann").run
        sim.advance(hours=1)
        assert run.status == "completed"
    assert set(bridge.loops) == {asyncio.get_running_loop()}
    assert await beside == "beside"


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop is not for Windows")
def test_blocking_calls_work_inside_a_loop_that_is_not_asyncios():
    uvloop = pytest.importorskip("uvloop")
    bridge = Awaiting()

    async def call():
        with NovuSimulator() as sim:
            sim.connect(bridge)
            return sim.trigger("other", "ann").run.status

    loop = uvloop.new_event_loop()
    assert loop.run_until_complete(call()) == "completed"
    assert loop not in bridge.loops
    loop.close()


def test_a_test_of_trio_may_call_and_await():
    bridge = Awaiting()

    async def call():
        with NovuSimulator() as sim:
            await sim.connect_async(bridge)
            run = (await sim.trigger_async("w", "ann")).run
            sim.advance(hours=1)
            return run.status

    assert trio.run(call) == "completed"
    assert len(set(map(id, bridge.loops))) == 1


async def test_triggers_that_run_at_the_same_time_do_not_disturb_each_other():
    async with NovuSimulator() as sim:
        await sim.connect_async(Awaiting())
        triggers = await asyncio.gather(*(sim.trigger_async("other", f"s{n}") for n in range(50)))
        assert [one.run.status for one in triggers] == ["completed"] * 50
        assert len({one.transaction_id for one in triggers}) == 50


def test_triggers_from_many_threads_do_not_disturb_each_other():
    with NovuSimulator() as sim:
        sim.connect(Awaiting())

        def work(n):
            for k in range(20):
                sim.trigger("other", f"s{n}-{k}")

        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(sim.messages) == 80
        assert len({message.id for message in sim.messages}) == 80
        assert {run.status for run in sim.runs} == {"completed"}


@pytest.mark.parametrize("blocking", [True, False])
def test_a_workflow_can_trigger_another_one(blocking):
    sim = NovuSimulator()

    async def inside():
        if blocking:
            sim.trigger("other", "bob")
        else:
            await sim.trigger_async("other", "bob")

    with sim:
        sim.connect(Awaiting(inside))
        sim.trigger("w", "ann")
        sim.advance(hours=1)
        assert [message.subscriber_id for message in sim.messages] == ["bob", "ann"]


async def test_two_tasks_cannot_move_the_time_at_once():
    async with NovuSimulator() as sim:
        await sim.connect_async(Awaiting())
        await sim.trigger_async("w", "ann")
        moves = await asyncio.gather(
            sim.advance_async(hours=1), sim.advance_async(hours=1), return_exceptions=True
        )
        assert [type(move) for move in moves] == [type(None), RuntimeError]


def test_an_error_of_the_bridge_itself_comes_out_of_the_call():
    class Broken(Awaiting):
        async def execute(self, workflow_id, step_id, event, *, job_id):
            raise ZeroDivisionError("a bug")

    with NovuSimulator() as sim:
        sim.connect(Broken())
        with pytest.raises(ZeroDivisionError, match="a bug"):
            sim.trigger("w", "ann")


def test_nothing_is_left_behind_by_a_simulation_that_nobody_closed():
    threads = threading.active_count()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sim = NovuSimulator()
        sim.connect(Awaiting())
        sim.trigger("w", "ann")
        del sim
        gc.collect()
    assert threading.active_count() == threads


async def test_nothing_is_left_behind_in_async_code_either():
    threads = threading.active_count()
    sim = NovuSimulator()
    sim.connect(Awaiting())
    sim.trigger("w", "ann")
    sim.close()
    sim.close()
    assert threading.active_count() == threads


def test_a_task_that_a_call_left_running_goes_on_with_the_next_call_and_ends_with_the_loops():
    ended, tasks = [], []

    async def linger():
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            ended.append(True)
            raise

    async def leave():
        tasks.append(asyncio.ensure_future(linger()))
        await asyncio.sleep(0)

    loops = Loops()
    loops.run(leave())
    loops.run(asyncio.sleep(0))
    assert ended == []
    del loops
    gc.collect()
    assert ended == [True]


# --- findings ---


class Warned(Awaiting):
    async def execute(self, workflow_id, step_id, event, *, job_id):
        return BridgeAnswer(
            TEXT, {}, False, (StepWarning("dropped-output", workflow_id, step_id, "sms", ("x",)),)
        )

    def location(self, workflow_id, step_id):
        return "app.py:7"


DROPPED = "dropped `x`, which a step of type sms does not have."


def test_what_the_bridge_warns_of_is_a_finding_of_run_simulation_and_timeline():
    with NovuSimulator() as sim:
        sim.connect(Warned())
        runs = [sim.trigger("other", "ann").run for _ in range(2)]
        finding = Finding("dropped-output", DROPPED, "other", "note", "app.py:7")
        assert runs[0].findings == (finding,)
        assert sim.findings == [finding]
        assert f"? other/note ann: {DROPPED} (app.py:7)" in sim.timeline()
        assert f"? note [in_app]: {DROPPED} (app.py:7)" in runs[0].timeline()


def test_a_strict_simulation_raises_what_it_finds_once():
    with NovuSimulator(strict=True) as sim:
        sim.connect(Warned())
        with pytest.raises(FindingError, match=r"other/note \(app.py:7\): dropped `x`"):
            sim.trigger("other", "ann")
        sim.advance(hours=1)
        with pytest.raises(FindingError) as raised:
            sim.trigger("w", "ann")
        assert [finding.workflow_id for finding in raised.value.findings] == ["w"]
        assert len(sim.findings) == 2


# --- timelines ---


def test_a_timeline_reads_from_top_to_bottom():
    from datetime import datetime

    with NovuSimulator(datetime(2026, 1, 1, 12)) as sim:
        sim.connect(Awaiting())
        run = sim.trigger("w", "ann", transaction_id="t1").run
        assert run.timeline() == (
            "w for ann (t1): running\n"
            "2026-01-01 12:00:00 UTC\n"
            "  > triggered, transaction t1\n"
            "  . wait [delay]: delayed until 2026-01-01T13:00:00.000Z\n"
            "  waits for wait until 2026-01-01 13:00:00 UTC"
        )
        sim.advance(hours=1)
        assert sim.timeline() == (
            "now 2026-01-01 13:00:00 UTC\n"
            "2026-01-01 12:00:00 UTC\n"
            "  > w ann: triggered, transaction t1\n"
            "  . w/wait ann: delayed until 2026-01-01T13:00:00.000Z\n"
            "2026-01-01 13:00:00 UTC  (+1:00:00)\n"
            "  + w/wait ann: delay is over\n"
            "  + w/note ann: in_app delivered by novu\n"
            "  = w ann: run completed"
        )
        assert "\x1b[" not in sim.timeline()
        assert "\x1b[32m+\x1b[0m" in sim.timeline(color=True)
