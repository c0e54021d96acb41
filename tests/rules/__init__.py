"""The ledger of Novu's rules: what the simulation follows, where Novu says it, and the test that holds it.

A test says which rule it holds, and a module what it leaves out:

    ADD_JOB = Source("apps/worker/src/app/workflow/usecases/add-job/add-job.usecase.ts", "4fae506")

    @rule("delay.cron-timezone", "A timed delay waits in the subscriber's timezone, in UTC without one.", ADD_JOB)
    @pytest.mark.parametrize(("timezone", "due"), [...])
    def test_a_timed_delay_waits_in_the_timezone_of_its_subscriber(novu, timezone, due): ...

    left_out("delay.tier-limits", "A delay longer than the plan allows fails.", TIERS, why="Plans are the cloud's.")

`python -m tests.rules` writes them to docs/reference/novu-rules.md; `test_ledger.py` holds the page to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Source:
    """A file of Novu's repository, and the commit at which it was read (seven digits)."""

    path: str
    commit: str


@dataclass(frozen=True)
class Rule:
    """A rule of Novu.

    Attributes:
        id: `subject.name`; the subject is the heading on the page.
        text: One sentence in our own words.
        sources: Where it was read.
        since: The version or the month that brought it, where it is known.
        held_by: The test that holds it; empty for one that is left out.
        why: Why it is left out; empty for one that is followed.
    """

    id: str
    text: str
    sources: tuple[Source, ...]
    since: str = ""
    held_by: str = ""
    why: str = ""


LEDGER: list[Rule] = []


def rule(id: str, text: str, *sources: Source, since: str = "") -> Callable[[F], F]:
    """Say that a test holds a rule."""

    def add(test: F) -> F:
        held_by = f"{test.__module__.replace('.', '/')}.py::{test.__name__}"
        LEDGER.append(Rule(id, text, sources, since, held_by))
        return test

    return add


def left_out(id: str, text: str, source: Source, *, why: str, since: str = "") -> None:
    """Say that the simulation does not follow a rule, and why."""
    LEDGER.append(Rule(id, text, (source,), since, why=why))
