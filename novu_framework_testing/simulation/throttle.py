"""Throttles: at most so many executions for one subscriber, workflow, step and `throttleKey` in a window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from novu_framework_testing.simulation.clock import duration, iso
from novu_framework_testing.simulation.runs import StepRun, WindowKey
from novu_framework_testing.simulation.waiting import dynamic_due, window_key


@dataclass
class Window:
    """A window that opened with its first execution: from `start`, until `end` (not included)."""

    start: datetime
    end: datetime
    count: int = 0


@dataclass(frozen=True)
class ThrottleVerdict:
    """The verdict on an execution: whether it is held back, and the window it was counted in."""

    throttled: bool
    count: int
    threshold: int
    start: datetime
    end: datetime

    def result(self) -> dict[str, Any]:
        """Return the step's result."""
        return {
            "throttled": self.throttled,
            "executionCount": self.count,
            "threshold": self.threshold,
            "windowStart": iso(self.start),
        }


class Throttles:
    """The windows, by subscriber, workflow, step and throttle key."""

    def __init__(self) -> None:
        self._windows: dict[WindowKey, Window] = {}

    def pass_through(self, step: StepRun, outputs: Mapping[str, Any]) -> ThrottleVerdict:
        """Count an execution, or hold it back. Raises `ValueError` where the outputs give no window."""
        run = step.run
        now = run.world.clock.now
        payload = run.trigger.bridge_payload
        threshold = outputs.get("threshold", 1)
        key = window_key(step, outputs.get("throttleKey"))
        window = self._windows.get(key)
        if window is None or now >= window.end:
            window = self._windows[key] = Window(now, window_end(outputs, payload, now))
        throttled = window.count >= threshold
        window.count += not throttled
        return ThrottleVerdict(throttled, window.count, threshold, window.start, window.end)


def window_end(outputs: Mapping[str, Any], payload: Mapping[str, Any], now: datetime) -> datetime:
    """Return when a window that opens now ends. Raises `ValueError` where the outputs give none that ends ahead."""
    if outputs.get("type") == "dynamic":
        if not outputs.get("dynamicKey"):
            raise ValueError("a dynamic throttle needs `dynamicKey`, a path such as `payload.until`")
        end = dynamic_due(outputs["dynamicKey"], payload, now)
    else:
        if "amount" not in outputs or "unit" not in outputs:
            raise ValueError("a fixed throttle needs `amount` and `unit`")
        end = now + duration(outputs["amount"], outputs["unit"])
    if end <= now:
        raise ValueError("the throttle window must end in the future")
    return end
