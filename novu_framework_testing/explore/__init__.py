"""Orders, times and faults that no one wrote down: stories are tried until one breaks an invariant, which is shrunk.

>>> from novu_framework import workflow
>>> from novu_framework_testing.explore import explore, trigger
>>> @workflow("welcome")
... async def welcome(step):
...     await step.email("mail", {"subject": "Welcome", "body": "Hello!"})
>>> def only_one(novu):
...     assert len(novu.messages) <= 1
>>> try:
...     explore(welcome, invariants=[only_one])
... except BrokenInvariant as broken:
...     print(broken.story.moves)
[trigger('welcome', 'ann', {}), trigger('welcome', 'ann', {})]
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
    nothing_breaks_by_deploy,
    nothing_outside_schedule,
    opted_out_is_not_reached,
)
from novu_framework_testing.explore.moves import (
    MOVES,
    at_once,
    bridge,
    cancel,
    deploy,
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
    "at_once",
    "bridge",
    "cancel",
    "deploy",
    "each_event_once",
    "escalated",
    "explore",
    "no_failed_run",
    "nothing_after_cancel",
    "nothing_breaks_by_deploy",
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
