"""Orders, times and faults that no one wrote down: stories are tried until one breaks an invariant, which is shrunk.

>>> from novu_framework import workflow
>>> from novu_framework_testing.explore import at_most_one, explore
>>> @workflow("welcome")
... async def welcome(step):
...     await step.email("mail", {"subject": "Welcome", "body": "Hello!"})
>>> explore(welcome, invariants=[at_most_one("email", of="welcome", per=None)], orders=20)
Traceback (most recent call last):
    ...
novu_framework_testing.explore.exploring.BrokenInvariant: ...
"""

from __future__ import annotations

from novu_framework_testing.explore.exploring import BrokenInvariant, explore
from novu_framework_testing.explore.invariants import (
    INVARIANTS,
    Invariant,
    at_most_one,
    at_most_one_email,
    each_event_once,
    escalated,
    no_failed_run,
    nothing_after_cancel,
    nothing_outside_schedule,
    opted_out_is_not_reached,
)
from novu_framework_testing.explore.moves import (
    MOVES,
    bridge,
    cancel,
    prefer,
    provider_fails,
    read,
    schedule,
    trigger,
    wait,
    wait_until,
)
from novu_framework_testing.explore.story import Story

__all__ = [
    "INVARIANTS",
    "MOVES",
    "BrokenInvariant",
    "Invariant",
    "Story",
    "at_most_one",
    "at_most_one_email",
    "bridge",
    "cancel",
    "each_event_once",
    "escalated",
    "explore",
    "no_failed_run",
    "nothing_after_cancel",
    "nothing_outside_schedule",
    "opted_out_is_not_reached",
    "prefer",
    "provider_fails",
    "read",
    "schedule",
    "trigger",
    "wait",
    "wait_until",
]
