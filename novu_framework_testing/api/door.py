"""What the doors to a simulator have of it: `novu_cloud.trigger` is `novu_cloud.novu.trigger`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

from novu_framework_testing.simulation.simulator import NovuSimulator

T = TypeVar("T")


class _OfSimulator(Generic[T]):
    """An attribute or a method of the simulator, with its type."""

    def __init__(self, get: Callable[[NovuSimulator], T]) -> None:
        self._get = get

    @overload
    def __get__(self, door: None, owner: type) -> _OfSimulator[T]: ...
    @overload
    def __get__(self, door: SimulatorDoor, owner: type) -> T: ...
    def __get__(self, door: SimulatorDoor | None, owner: type) -> Any:
        return self if door is None else self._get(door.novu)


class SimulatorDoor:
    """A way into a simulator, which has all that the simulator has. `novu` is the simulator itself."""

    def __init__(self, novu: NovuSimulator) -> None:
        self.novu = novu

    activity = _OfSimulator(lambda novu: novu.activity)
    advance = _OfSimulator(lambda novu: novu.advance)
    advance_async = _OfSimulator(lambda novu: novu.advance_async)
    advance_to = _OfSimulator(lambda novu: novu.advance_to)
    advance_to_async = _OfSimulator(lambda novu: novu.advance_to_async)
    broadcast = _OfSimulator(lambda novu: novu.broadcast)
    broadcast_async = _OfSimulator(lambda novu: novu.broadcast_async)
    cancel = _OfSimulator(lambda novu: novu.cancel)
    cancel_async = _OfSimulator(lambda novu: novu.cancel_async)
    clock = _OfSimulator(lambda novu: novu.clock)
    close = _OfSimulator(lambda novu: novu.close)
    connect = _OfSimulator(lambda novu: novu.connect)
    connect_async = _OfSimulator(lambda novu: novu.connect_async)
    contexts = _OfSimulator(lambda novu: novu.contexts)
    controls = _OfSimulator(lambda novu: novu.controls)
    env = _OfSimulator(lambda novu: novu.env)
    environment_type = _OfSimulator(lambda novu: novu.environment_type)
    fail_provider = _OfSimulator(lambda novu: novu.fail_provider)
    findings = _OfSimulator(lambda novu: novu.findings)
    http_responses = _OfSimulator(lambda novu: novu.http_responses)
    integrations = _OfSimulator(lambda novu: novu.integrations)
    messages = _OfSimulator(lambda novu: novu.messages)
    now = _OfSimulator(lambda novu: novu.now)
    register = _OfSimulator(lambda novu: novu.register)
    restore_provider = _OfSimulator(lambda novu: novu.restore_provider)
    run_until_idle = _OfSimulator(lambda novu: novu.run_until_idle)
    run_until_idle_async = _OfSimulator(lambda novu: novu.run_until_idle_async)
    runs = _OfSimulator(lambda novu: novu.runs)
    secret_key = _OfSimulator(lambda novu: novu.secret_key)
    started_at = _OfSimulator(lambda novu: novu.started_at)
    strict = _OfSimulator(lambda novu: novu.strict)
    subscriber = _OfSimulator(lambda novu: novu.subscriber)
    subscribers = _OfSimulator(lambda novu: novu.subscribers)
    timeline = _OfSimulator(lambda novu: novu.timeline)
    topic = _OfSimulator(lambda novu: novu.topic)
    topics = _OfSimulator(lambda novu: novu.topics)
    trigger = _OfSimulator(lambda novu: novu.trigger)
    trigger_async = _OfSimulator(lambda novu: novu.trigger_async)
    trigger_bulk = _OfSimulator(lambda novu: novu.trigger_bulk)
    trigger_bulk_async = _OfSimulator(lambda novu: novu.trigger_bulk_async)
    triggers = _OfSimulator(lambda novu: novu.triggers)
    workflows = _OfSimulator(lambda novu: novu.workflows)
