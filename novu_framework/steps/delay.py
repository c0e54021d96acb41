"""The delay step: waits before what follows."""

from __future__ import annotations

from typing import Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework.steps.base import StepKind, StepOutput
from novu_framework.steps.digest import Unit


class DelayOutput(StepOutput):
    """How long to wait: `amount` and `unit`, until the next occurrence of `cron` (UTC), or what `dynamic_key` says.

    Args:
        amount: How many units.
        unit: seconds, minutes, hours, days, weeks or months.
        cron: A cron expression, instead of amount and unit.
        dynamic_key: A path such as `payload.when` to an ISO timestamp or to `{"amount", "unit"}`.
        extend_to_schedule: Wait for the subscriber's schedule.

    >>> DelayOutput(amount=6, unit="hours").unit
    'hours'
    """

    type: Literal["regular", "timed", "dynamic"] | None = None
    amount: int | float | None = None
    unit: Unit | None = None
    cron: str | None = None
    dynamic_key: str | None = None
    extend_to_schedule: bool | None = None


class DelayResult(ProtocolModel):
    """How long the delay took, in milliseconds."""

    duration: int | float


DELAY = StepKind("delay", "Delay", result=DelayResult)
