"""The throttle step: lets only so many runs of a window through."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework.steps.base import StepKind, StepOutput


class ThrottleOutput(StepOutput):
    """How many runs may pass in a window.

    Args:
        type: `fixed` (amount and unit) or `dynamic` (dynamic_key).
        amount: How many units the window is long.
        unit: minutes, hours or days.
        dynamic_key: A path such as `payload.until` to an ISO timestamp or to `{"amount", "unit"}`.
        threshold: How many runs pass; 1 if left out.
        throttle_key: Runs with different values of this key are counted apart.

    >>> ThrottleOutput(type="fixed", amount=1, unit="days").threshold is None
    True
    """

    type: Literal["fixed", "dynamic"]
    amount: int | float | None = None
    unit: Literal["minutes", "hours", "days"] | None = None
    dynamic_key: str | None = None
    threshold: int | None = None
    throttle_key: str | None = None


class ThrottleResult(ProtocolModel):
    """Whether this run was one too many, and of how many in which window."""

    throttled: bool
    execution_count: int | None = None
    threshold: int | None = None
    window_start: datetime | None = None


THROTTLE = StepKind("throttle", "Throttle", result=ThrottleResult)
