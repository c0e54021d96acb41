"""Digest bugs that Novu's users reported, planted in the simulation's rules: each is found, and again from its seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing.explore import (
    BrokenInvariant,
    at_most_one_email,
    each_event_once,
    explore,
    nothing_after_cancel,
)
from novu_framework_testing.simulation import worker
from novu_framework_testing.simulation.digest import Digests
from novu_framework_testing.simulation.runs import Digest, DigestKey, Run, StepRun
from novu_framework_testing.simulation.worker import Worker
from tests.tables import one_in

TEN_MINUTES = timedelta(minutes=10)


@workflow("comments")
async def comments(step: Step) -> None:
    digest = await step.digest("collect", {"amount": 10, "unit": "minutes"})
    await step.email(
        "email", lambda: {"subject": f"{digest.event_count} comments", "body": "<p>See them</p>"}
    )


@workflow("scheduled")
async def scheduled(step: Step) -> None:
    await step.delay("until-then", {"amount": 1, "unit": "hours"})
    digest = await step.digest("collect", {"amount": 10, "unit": "seconds"})
    await step.email("email", lambda: {"subject": f"{digest.event_count} updates", "body": "<p>See them</p>"})


@workflow("by-post")
async def by_post(payload: dict[str, Any], step: Step) -> None:
    digest = await step.digest(
        "collect", lambda: {"amount": 10, "unit": "minutes", "digestKey": payload["post"]}
    )
    await step.email(
        "email", lambda: {"subject": f"{digest.event_count} comments", "body": "<p>See them</p>"}
    )


@workflow("two-digests")
async def two_digests(step: Step) -> None:
    minute = await step.digest("a-minute", {"amount": 60, "unit": "seconds"})
    await step.in_app("inbox", lambda: {"body": f"{minute.event_count} comments"})
    hour = await step.digest("an-hour", {"amount": 60, "unit": "minutes"})
    await step.email("email", lambda: {"subject": f"{hour.event_count} comments", "body": "<p>See them</p>"})


def two_open_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """#2569: of two triggers in the same second, neither sees the other's digest."""
    join = Digests.join

    def join_if_older(self: Digests, step: StepRun, key: DigestKey) -> Digest | None:
        digest = self._open.get(key)
        if digest is not None and step.created_at - digest.master.created_at < timedelta(seconds=1):
            return None
        return join(self, step, key)

    monkeypatch.setattr(Digests, "join", join_if_older)


def every_delayed_run_sends_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """#1633: after a delay, each run opens a digest of its own, and sends the events of all."""
    open_digest = Digests.open

    def join_before_a_delay(self: Digests, step: StepRun, key: DigestKey) -> Digest | None:
        digest = self._open.get(key)
        if digest is None:
            return None
        digest.followers.append(step)
        return digest if step.run.steps[0] is step else None

    def open_with_those_before(self: Digests, step: StepRun, key: DigestKey) -> None:
        before = self._open.get(key)
        open_digest(self, step, key)
        if before is not None:
            self._open[key].followers.append(before.master)

    monkeypatch.setattr(Digests, "join", join_before_a_delay)
    monkeypatch.setattr(Digests, "open", open_with_those_before)


def keys_are_forgotten_for_several_subscribers(monkeypatch: pytest.MonkeyPatch) -> None:
    """#3893: a trigger for several subscribers forgets the digest key of all but the first."""
    join = Digests.join

    def join_any(self: Digests, step: StepRun, key: DigestKey) -> Digest | None:
        if len(step.run.trigger.runs) > 1:
            for known in self._open:
                if known[:2] == key[:2]:
                    return join(self, step, known)
        return join(self, step, key)

    monkeypatch.setattr(Digests, "join", join_any)


def nothing_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """#2699: a workflow with two digests. The simulation does that as Novu does."""


def a_digest_merges_into_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """#12373: a digest step that is executed again finds its own digest, and is merged into it."""
    digest = Worker._digest

    def again(self: Worker, run: Run, step: StepRun) -> None:
        digest(self, run, step)
        if step.attempts > 1 and step.status == "delayed":
            digest(self, run, step)

    monkeypatch.setitem(worker._ACTIONS, "digest", again)


def the_next_digest_takes_the_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """#4439, as far as it is known by the repair that came next (#4765): what a digest has collected is written over by a later one."""
    last: dict[tuple[int, str], Digest] = {}
    open_digest = Digests.open

    def open_over(self: Digests, step: StepRun, key: DigestKey) -> None:
        open_digest(self, step, key)
        digest = self._open[key]
        earlier = last.get((id(self), key[0]))
        if earlier is not None and earlier.key != key:
            digest.followers += earlier.followers
            earlier.followers.clear()
        last[id(self), key[0]] = digest

    monkeypatch.setattr(Digests, "open", open_over)


Plant = Callable[[pytest.MonkeyPatch], None]

BUGS = [
    pytest.param(two_open_within_a_second, comments, None, at_most_one_email(per=TEN_MINUTES), id="2569"),
    pytest.param(every_delayed_run_sends_the_digest, scheduled, None, each_event_once, id="1633"),
    pytest.param(
        keys_are_forgotten_for_several_subscribers,
        by_post,
        [{"post": "a"}, {"post": "b"}],
        each_event_once,
        id="3893",
    ),
    pytest.param(nothing_planted, two_digests, None, each_event_once, id="2699"),
    pytest.param(a_digest_merges_into_itself, comments, None, each_event_once, id="12373"),
    pytest.param(
        the_next_digest_takes_the_events, by_post, [{"post": "a"}, {"post": "b"}], each_event_once, id="4439"
    ),
]


@pytest.mark.parametrize(("plant", "workflow", "payloads", "invariant"), one_in(2, BUGS))
def test_a_reported_bug_is_found_and_found_again(
    monkeypatch: pytest.MonkeyPatch, plant: Plant, workflow: Any, payloads: Any, invariant: Any
) -> None:
    plant(monkeypatch)
    found = []
    for _ in range(2):
        with pytest.raises(BrokenInvariant) as broken:
            explore(workflow, triggers={workflow: payloads}, invariants=[invariant], orders=10_000)
        found.append(broken.value)
    assert len(found[0].story.moves) <= 3
    assert str(found[0]).encode() == str(found[1]).encode()


@pytest.mark.parametrize("workflow", one_in(2, [comments, scheduled]), ids=["comments", "scheduled"])
def test_without_a_bug_nothing_is_found(workflow: Any) -> None:
    explore(workflow, invariants=[each_event_once, nothing_after_cancel], orders=150)
