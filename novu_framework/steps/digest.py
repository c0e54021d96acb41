"""The digest step: collects the events of a window into one run."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, SkipValidation, model_validator

from novu_framework._internal.models import ProtocolModel
from novu_framework.steps.base import StepKind, StepOutput

Unit = Literal["seconds", "minutes", "hours", "days", "weeks", "months"]


class LookBackWindow(ProtocolModel):
    """How far back another event makes this one worth digesting."""

    amount: int | float
    unit: Unit


class DigestOutput(StepOutput):
    """How long to collect: `amount` and `unit`, or until the next occurrence of `cron` (UTC).

    Args:
        amount: How many units the window is open.
        unit: seconds, minutes, hours, days, weeks or months.
        cron: A cron expression, instead of amount and unit.
        digest_key: Events with different values of this key are collected apart.
        look_back_window: The first event without another one in it goes straight through.
        extend_to_schedule: Wait for the subscriber's schedule.

    >>> DigestOutput(amount=1, unit="hours").amount
    1
    """

    type: Literal["regular", "timed"] | None = None
    amount: int | float | None = None
    unit: Unit | None = None
    cron: str | None = None
    digest_key: str | None = None
    look_back_window: LookBackWindow | None = None
    extend_to_schedule: bool | None = None


if TYPE_CHECKING:
    EventTime = datetime
else:  # Novu sends ISO timestamps; the protocol would allow any text, and what is none stays as it is
    EventTime = Annotated[datetime | str, Field(union_mode="left_to_right")]


class DigestEvent(ProtocolModel):
    """One collected event: its trigger's id, the moment it was triggered, and its payload."""

    id: str
    time: EventTime
    payload: SkipValidation[dict[str, Any]]  # it was checked already, and a digest may have thousands


class DigestResult(ProtocolModel):
    """The events that were collected, by time, and how many."""

    events: list[DigestEvent]
    event_count: int

    @model_validator(mode="before")
    @classmethod
    def _count(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("eventCount") is None and "event_count" not in data:
            return {**data, "eventCount": len(data.get("events", ()))}
        return data


DIGEST = StepKind("digest", "Digest", result=DigestResult)
