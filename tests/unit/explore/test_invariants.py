"""The invariants that are ready to use: each finds what breaks it, and nothing in what is right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from novu_framework import Step, Workflow, workflow
from novu_framework_testing.explore import (
    INVARIANTS,
    BrokenInvariant,
    at_most_one,
    at_most_one_email,
    cancel,
    deploy,
    each_event_once,
    escalated,
    explore,
    nothing_after_cancel,
    nothing_breaks_by_deploy,
    nothing_outside_schedule,
    opted_out_is_not_reached,
    trigger,
)
from novu_framework_testing.simulation import worker
from novu_framework_testing.simulation.preferences import SubscriberPreferences, Verdict
from novu_framework_testing.simulation.runs import Digest, StepRun
from novu_framework_testing.simulation.worker import Worker
from tests.tables import one_in

TEN_MINUTES = timedelta(minutes=10)


@workflow("comments")
async def comments(payload: dict[str, Any], step: Step) -> None:
    await step.in_app("inbox", {"body": "A comment"})
    digest = await step.digest(
        "collect", lambda: {"amount": 10, "unit": "minutes", "digestKey": payload.get("post", "")}
    )
    await step.email(
        "email", lambda: {"subject": f"{digest.event_count} comments", "body": "<p>See them</p>"}
    )


@workflow("reminder")
async def reminder(step: Step) -> None:
    await step.delay("a-day", {"amount": 1, "unit": "days"})
    await step.sms("sms", {"body": "Remember"})


@workflow("incident")
async def incident(step: Step) -> None:
    inbox = await step.in_app("inbox", {"body": "It burns"})
    await step.delay("ten-minutes", {"amount": 10, "unit": "minutes"})
    await step.sms("sms", {"body": "It burns"}, skip=lambda: inbox.read)


@workflow("incident")
async def throttled_incident(step: Step) -> None:
    inbox = await step.in_app("inbox", {"body": "It burns"})
    await step.delay("ten-minutes", {"amount": 10, "unit": "minutes"})
    await step.throttle("calm", {"type": "fixed", "amount": 1, "unit": "hours", "threshold": 1})
    await step.sms("sms", {"body": "It burns"}, skip=lambda: inbox.read)


def found(app: Any, invariant: Any, **options: Any) -> BrokenInvariant:
    with pytest.raises(BrokenInvariant) as broken:
        explore(app, invariants=[invariant], orders=2000, **options)
    return broken.value


def names(broken: BrokenInvariant) -> list[str]:
    return [move.name for move in broken.story.moves]


def test_who_opted_out_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = SubscriberPreferences.resolve

    def of_workflows_only(self: SubscriberPreferences, *about: Any, **more: Any) -> Verdict:
        verdict = resolve(self, *about, **more)
        return verdict._replace(enabled=True) if verdict.layer == "subscriber-global" else verdict

    monkeypatch.setattr(SubscriberPreferences, "resolve", of_workflows_only)
    broken = found(comments, opted_out_is_not_reached)
    assert sorted(names(broken)) == ["prefer", "trigger"]
    assert " had switched " in str(broken)


def test_nothing_comes_outside_of_a_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "is_open", lambda *_: True)
    broken = found(reminder, nothing_outside_schedule)
    assert set(names(broken)) <= {"schedule", "trigger", "wait", "wait_until"}
    assert "outside of the schedule (" in str(broken)


def test_nothing_comes_after_a_cancel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "cancel", lambda self, run: True)
    broken = found(reminder, nothing_after_cancel)
    assert names(broken) == ["trigger", "cancel"]
    assert "after trigger-1 was canceled" in str(broken)


def test_a_canceled_event_is_in_no_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    withdraw = Worker._withdraw

    def keep_in_the_digest(self: Worker, step: StepRun) -> None:
        digest = step.digest
        withdraw(self, step)
        if digest is not None and step is not digest.master and step not in digest.followers:
            digest.followers.append(step)

    monkeypatch.setattr(Worker, "_withdraw", keep_in_the_digest)
    broken = found(comments, nothing_after_cancel, moves=["cancel"])
    assert names(broken) == ["trigger", "trigger", "cancel"]
    assert "after trigger-2 was canceled" in str(broken)


def test_an_event_is_lost_with_the_first_of_its_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Digest, "hand_over", lambda self: None)
    broken = found(comments, each_event_once)
    assert broken.story.moves[-1] == cancel(1)
    assert "was lost in collect of comments: no digest delivered it" in str(broken)


def test_who_does_not_read_is_reached_by_another_channel() -> None:
    within = timedelta(minutes=10)
    broken = found(throttled_incident, escalated("incident", within=within, to="sms"))
    assert names(broken) == ["trigger", "trigger"]
    assert (
        "did not read inbox of incident from 2026-03-12 09:00:00 UTC, and got no sms of it within 0:10:00"
        in str(broken)
    )
    explore(incident, invariants=[escalated("incident", within=within)], orders=150)


def test_one_email_about_each_value_of_the_payload() -> None:
    payloads = {comments: [{"post": "a"}, {"post": "b"}]}
    found(comments, at_most_one_email(per=TEN_MINUTES), triggers=payloads)
    explore(
        comments, invariants=[at_most_one_email(per=TEN_MINUTES, by="post")], triggers=payloads, orders=150
    )
    assert names(found(reminder, at_most_one("sms", "reminder", per=None))) == ["trigger", "trigger"]
    explore(reminder, invariants=[at_most_one("sms", "comments", per=None)], orders=50)


def test_a_deployment_breaks_no_open_run() -> None:
    @workflow("reminder")
    async def without_the_delay(step: Step) -> None:
        await step.sms("text", {"body": "Remember"})

    broken = found(reminder, nothing_breaks_by_deploy, new_app=without_the_delay)
    assert broken.story.moves == [trigger("reminder", "ann", {}), deploy()]
    assert "open at the deployment" in str(broken).partition("\n")[0]
    explore(reminder, new_app=reminder, orders=100)


@pytest.mark.parametrize("workflow", one_in(3, [reminder, comments, incident]), ids=lambda one: one.id)
def test_what_is_right_breaks_nothing(workflow: Workflow[Any]) -> None:
    explore(workflow, invariants=INVARIANTS, orders=150)
