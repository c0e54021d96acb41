"""Throttles: at most so many executions for one subscriber, workflow, step and `throttleKey` in a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from novu_framework._internal.redaction import redaction
from novu_framework_testing.simulation.clock import duration, iso, moment_after
from novu_framework_testing.simulation.runs import StepRun
from novu_framework_testing.simulation.waiting import at_path, span_at, text_of

ThrottleKey: TypeAlias = tuple[str, str, str, str, str]
"""Subscriber, workflow, step, `throttleKey` and the value at it."""


@dataclass
class Window:
    """A window that opened with its first execution: from `start`, until `end` (not included)."""

    start: datetime
    end: datetime
    count: int = 0


@dataclass(frozen=True)
class ThrottleVerdict:
    """The verdict on an execution: whether it is held back, and the window it was counted in.

    Attributes:
        throttled: Whether it is held back.
        count, threshold: How many were let through in this window, and how many may be.
        start, end: The window.
        until: When Novu says that an execution is held back to: its own window's length from now.
    """

    throttled: bool
    count: int
    threshold: float
    start: datetime
    end: datetime
    until: datetime

    def result(self) -> dict[str, Any]:
        """Return the step's result where it is held back; where it is let through, Novu keeps nothing."""
        return {
            "throttled": True,
            "executionCount": self.count,
            "threshold": self.threshold,
            "windowStart": iso(self.start),
            "throttledUntil": iso(self.until),
        }


class Throttles:
    """The windows, by subscriber, workflow, step and throttle key."""

    def __init__(self) -> None:
        self._windows: dict[ThrottleKey, Window] = {}

    def verdict(self, step: StepRun) -> ThrottleVerdict | None:
        """Count an execution, or hold it back; None where the outputs give no window, which lets it through.

        Raises `ValueError` for a window that would be over already or ends out of reach, and for a threshold that is no number.
        """
        now = step.run.world.clock.now
        length = _length(step, now)
        if length is None:
            return None
        until, threshold = moment_after(now, length), _threshold(step)
        key = _key(step)
        window = self._windows.get(key)
        if window is None or now >= window.end:
            window = self._windows[key] = Window(now, until)
        throttled = window.count >= threshold
        window.count += not throttled
        return ThrottleVerdict(throttled, window.count, threshold, window.start, window.end, until)


def _threshold(step: StepRun) -> float:
    threshold = step.outputs.get("threshold", 1)
    if isinstance(threshold, bool) or not isinstance(threshold, (int, float)):
        raise ValueError(f"its `threshold` must be a number, not {redaction.excerpt(repr(threshold), 100)}")
    return threshold


def _key(step: StepRun) -> ThrottleKey:
    run = step.run
    path = text_of(step.outputs, "throttleKey")
    value = at_path(path, run.trigger.bridge_payload) if path else None
    return run.subscriber.id, run.workflow_id, step.step_id, path, "" if value is None else str(value)


def _length(step: StepRun, now: datetime) -> timedelta | None:
    """Return how long a window that opens now is, None for nothing readable. Raises `ValueError` for a past one, and for a path that is no text."""
    outputs, payload = step.outputs, step.run.trigger.bridge_payload
    kind, path = outputs.get("type", "fixed"), text_of(outputs, "dynamicKey")
    try:
        if kind == "dynamic" and path:
            length = span_at(path.replace("payload.", "", 1), payload, now)
        elif kind == "fixed" and outputs.get("amount"):
            return duration(outputs["amount"], outputs.get("unit"))
        else:
            return None
    except ValueError:
        return None
    if length <= timedelta():
        raise ValueError(f"the window of `{path}` must end ahead, it is past or now: {iso(now)}")
    return length
