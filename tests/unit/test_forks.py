"""A forked process starts with threads, loops, connections and locks of its own."""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
import json
import multiprocessing
import os
import pkgutil
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

import novu_framework
import novu_framework_testing.api
import novu_framework_testing.bridges
import novu_framework_testing.simulation
from novu_framework import Client, Step, SyncStep, workflow
from novu_framework._internal import forks
from novu_framework._internal.cached import cached_property
from novu_framework._internal.loops import PerLoop
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.liquid import controls
from novu_framework_testing import NovuSimulator

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


@workflow("greeting")
async def greeting(payload: dict, step: Step) -> None:
    await step.in_app("inbox", lambda controls: {"body": "Hello!"}, control_schema=CONTROLS)


@workflow("plain")
def plain(payload: dict, step: SyncStep) -> None:
    step.in_app("inbox", lambda controls: {"body": "Hello!"}, control_schema=CONTROLS)


CONTROLS = {"type": "object", "properties": {"text": {"type": "string", "default": "{{ payload.a }}"}}}
QUERY = [("action", "execute"), ("workflowId", "greeting"), ("stepId", "inbox")]
EVENT = json.dumps({"payload": {}, "controls": {}, "state": []}).encode()


def in_a_fork(action: Callable[[], Any]) -> None:
    """Run `action` in a forked process. One that hangs is ended by a signal, and fails."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # Python 3.12 says that other threads are not copied
        child = os.fork()
    if child == 0:
        signal.alarm(30)
        try:
            action()
        except BaseException:
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def new_loop(stack: ExitStack) -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    stack.callback(loop.close)
    stack.callback(lambda: loop.run_until_complete(loop.shutdown_asyncgens()))
    return loop


def bridge_on_a_loop_that_stays_open(stack: ExitStack) -> Callable[[], None]:
    handler = RequestHandler([greeting, plain], Client(strict_authentication=False))
    loop = new_loop(stack)

    def use() -> None:
        for workflow_id in ("greeting", "plain"):
            query = [QUERY[0], ("workflowId", workflow_id), QUERY[2]]
            answer = loop.run_until_complete(handler(BridgeRequest("POST", query, {}, EVENT)))
            assert answer.status == 200

    return use


def bridge_on_a_loop_of_its_own(stack: ExitStack) -> Callable[[], None]:
    handler = RequestHandler([greeting], Client(strict_authentication=False))
    return lambda: assert_200(asyncio.run(handler(BridgeRequest("POST", QUERY, {}, EVENT))).status)


def assert_200(status: int) -> None:
    assert status == 200


def simulator(stack: ExitStack) -> Callable[[], None]:
    novu = NovuSimulator(secret_key="test-secret")
    stack.callback(novu.close)
    novu.register(greeting, plain)

    def use() -> None:
        for workflow_id in ("greeting", "plain"):
            assert novu.trigger(workflow_id, to="ann", payload={}).run.messages[0].body == "Hello!"

    return use


def simulator_inside_a_loop(stack: ExitStack) -> Callable[[], None]:
    use_it = simulator(stack)

    async def use() -> None:
        use_it()

    return lambda: asyncio.run(use())


def client(stack: ExitStack) -> Callable[[], None]:
    def api(request: httpx.Request) -> httpx.Response:
        return httpx.Response(
            201, json={"data": {"acknowledged": True, "status": "processed", "transactionId": "t"}}
        )

    novu = Client(
        secret_key="test-secret",
        transport=httpx.MockTransport(api),
        async_transport=httpx.MockTransport(api),
    )
    loop = new_loop(stack)

    def use() -> None:
        assert novu.trigger("greeting", "ann").acknowledged
        assert loop.run_until_complete(novu.trigger_async("greeting", "ann")).acknowledged

    return use


USES = [
    bridge_on_a_loop_that_stays_open,
    bridge_on_a_loop_of_its_own,
    simulator,
    simulator_inside_a_loop,
    client,
]


@pytest.fixture(params=USES)
def use(request: pytest.FixtureRequest) -> Iterator[Callable[[], None]]:
    with ExitStack() as stack:
        yield request.param(stack)


def test_what_was_used_before_a_fork_works_on_both_sides(use: Callable[[], None]) -> None:
    use()
    in_a_fork(use)
    use()
    in_a_fork(lambda: in_a_fork(use))
    use()


def test_what_is_used_only_after_a_fork_works(use: Callable[[], None]) -> None:
    in_a_fork(use)


def test_multiprocessing_may_fork(use: Callable[[], None]) -> None:
    use()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        process = multiprocessing.get_context("fork").Process(target=use)
        process.start()
    process.join(30)
    process.kill()
    assert process.exitcode == 0


def test_locks_that_another_thread_held_are_free(use: Callable[[], None]) -> None:
    use()
    held, go_on = threading.Event(), threading.Event()
    locks = [owner for owner in list(forks._resets) if hasattr(owner, "release")]
    assert controls._cache._lock in locks

    def hold() -> None:
        taken = [lock for lock in locks if lock.acquire(timeout=0.1)]
        held.set()
        go_on.wait(30)
        for lock in taken:
            lock.release()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(30)
        in_a_fork(use)
    finally:
        go_on.set()
        holder.join()
    use()


def test_the_parent_keeps_its_connections() -> None:
    """A fork that closed what it was given would end the parent's connection, and its loop."""
    parent, child = [], []
    closed = parent

    async def close(thing: object) -> None:
        closed.append(thing)

    stack = ExitStack()
    loop = new_loop(stack)
    things = PerLoop(object, close)
    loop.run_until_complete(things.get())

    def in_child() -> None:
        nonlocal closed
        closed = child
        assert len(things) == 0
        gc.collect()
        loop.run_until_complete(asyncio.sleep(0))
        assert not child

    in_a_fork(in_child)
    assert len(things) == 1
    stack.close()
    assert len(parent) == 1


class Slow:
    """A property that one thread is at while the process forks."""

    def __init__(self, event: threading.Event | None = None) -> None:
        self.event = event

    @cached_property
    def value(self) -> int:
        if self.event:
            self.event.set()
            GO_ON.wait(30)
        return 1


GO_ON = threading.Event()


def test_a_property_that_another_thread_computes_holds_up_no_fork() -> None:
    at_it = threading.Event()
    thread = threading.Thread(target=lambda: Slow(at_it).value)
    thread.start()
    try:
        assert at_it.wait(30)
        in_a_fork(lambda: assert_equal(Slow().value, 1))
    finally:
        GO_ON.set()
        thread.join()
    assert isinstance(vars(Slow)["value"], functools.cached_property)


def assert_equal(value: object, expected: object) -> None:
    assert value == expected


SLOW = """
from tests.unit import test_forks
test_forks.IMPORTING.set()
test_forks.IMPORTED.wait(30)
raises = {raises}
"""
IMPORTING, IMPORTED = threading.Event(), threading.Event()


@pytest.mark.parametrize("raises", ["None", "1 / 0"])
def test_a_module_that_another_thread_imports_is_there_in_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raises: str
) -> None:
    (tmp_path / "novu_framework_slow.py").write_text(SLOW.format(raises=raises))
    monkeypatch.syspath_prepend(tmp_path)
    IMPORTING.clear()
    IMPORTED.clear()

    def use() -> None:
        with suppress(ZeroDivisionError):
            importlib.import_module("novu_framework_slow")

    thread = threading.Thread(target=use)
    thread.start()
    assert IMPORTING.wait(30)
    done = threading.Timer(0.1, IMPORTED.set)
    done.start()
    in_a_fork(use)
    thread.join()
    done.join()
    sys.modules.pop("novu_framework_slow", None)


APART = tuple(f"novu_framework.{name}." for name in (
    "agents.adapters", "cli", "fastapi", "starlette", "litestar", "django", "flask", "aws_lambda",
))  # fmt: skip
"""What needs an extra, or is no part of what runs in a worker."""


def test_no_property_of_what_is_used_after_a_fork_has_a_lock_for_all_instances() -> None:
    """As `functools.cached_property` has until Python 3.11."""
    names = [
        module.name
        for package in (
            novu_framework,
            novu_framework_testing.simulation,
            novu_framework_testing.api,
            novu_framework_testing.bridges,
        )
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not f"{module.name}.".startswith(APART) and not module.name.endswith("__main__")
    ]
    found = {
        f"{name}.{each.__name__}.{attribute}": type(value)
        for name in names
        for each in vars(importlib.import_module(name)).values()
        if isinstance(each, type) and each.__module__ == name
        for attribute, value in vars(each).items()
        if isinstance(value, functools.cached_property)
    }
    assert len(found) > 15
    assert {name for name, kind in found.items() if kind is not cached_property} == set()
