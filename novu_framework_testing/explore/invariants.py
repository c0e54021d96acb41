"""Invariants: what holds in every order. Each is a function of the simulation, or of the story, that raises `AssertionError`."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.explore.story import Story, step_of
from novu_framework_testing.simulation.failures import failed_runs
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.runs import Run, StepRun
from novu_framework_testing.simulation.schedules import is_open
from novu_framework_testing.simulation.simulator import NovuSimulator
from novu_framework_testing.simulation.timeline import moment
from novu_framework_testing.simulation.waiting import at_path
from novu_framework_testing.simulation.worker import RETRY_AFTER

Invariant: TypeAlias = Callable[..., Any]
"""A function that takes the simulation or, by the name `story`, the story, when nothing waits any more."""


def check(invariant: Invariant, story: Story) -> Any:
    """Call an invariant with what its parameters name. Raises what it raises."""
    return invariant(*(story if name == "story" else story.novu for name in _parameters(invariant)))


@lru_cache(maxsize=256)
def _parameters(invariant: Invariant) -> tuple[str, ...]:
    parameters = inspect.signature(invariant).parameters.values()
    return tuple(one.name for one in parameters if one.default is one.empty)


def at_most_one(
    channel: str, of: str | None = None, *, per: timedelta | None, by: str | None = None
) -> Invariant:
    """Require that no one gets two messages of a channel and a workflow within a time.

    A message that came late since the bridge had to be asked again counts as if it had come in time.

    Args:
        channel: `email`, `sms`, `push`, `chat`, `in_app` or `tool`.
        of: The workflow; every one by itself if left out.
        per: The time; two exactly that far apart are well. None is for ever.
        by: A path in the payload, such as `post_id`: only messages with the same value there count together.

    Raises:
        ValueError: There is no such channel.
    """
    if channel not in CHANNELS:
        raise ValueError(f"{channel!r} is not a channel; the channels are {', '.join(CHANNELS)}")

    def at_most_one(novu: NovuSimulator) -> None:
        last: dict[tuple[str, str, str], Message] = {}
        for message in novu.messages:
            if message.channel != channel or of not in (None, message.workflow_id):
                continue
            value = "" if by is None else str(at_path(by, message.run.payload))
            key = message.subscriber_id, message.workflow_id, value
            earlier = last.get(key)
            last[key] = message
            if earlier is None:
                continue
            apart = _began(message) - _began(earlier) + _retries(_run(earlier))
            if per is None or apart < per:
                about = f" about {by} {value}" if by else ""
                allowed = "one" if per is None else f"one per {per}"
                raise AssertionError(
                    f"{key[0]} got two {channel} messages of {key[1]}{about}, at {moment(earlier.sent_at)} and at "
                    f"{moment(message.sent_at)}: at most {allowed} may come"
                )

    return at_most_one


def at_most_one_email(of: str | None = None, *, per: timedelta | None, by: str | None = None) -> Invariant:
    """Require that no one gets two emails of a workflow within a time; see `at_most_one`."""
    return at_most_one("email", of, per=per, by=by)


def opted_out_is_not_reached(story: Story) -> None:
    """Require that nobody gets what they had switched off, for all workflows or for one, unless the workflow is read-only."""
    for place, message in enumerate(story.novu.messages):
        if message.run.workflow.read_only:
            continue
        for wishes in story.wished(place, message.subscriber_id):
            of_workflow = wishes.workflows.get(message.workflow_id)
            wanted = None if of_workflow is None else of_workflow.wants(message.channel)
            if wanted is None:
                wanted = wishes.overall.wants(message.channel)
            if wanted is False:
                raise AssertionError(
                    f"{message.subscriber_id} had switched {message.channel} off, and got "
                    f"{message.step_id} of {message.workflow_id} at {moment(message.sent_at)}"
                )


def nothing_outside_schedule(story: Story) -> None:
    """Require that nobody gets anything but in-app messages outside of their schedule, unless the workflow is read-only."""
    for place, message in enumerate(story.novu.messages):
        run = _run(message)
        if message.channel == "in_app" or run.critical:
            continue
        began, zone = _began(message), run.subscriber.timezone
        schedules = [one.schedule for one in story.wished(place, message.subscriber_id, since=began)]
        if schedules and not any(is_open(schedule, began, zone) for schedule in schedules):
            raise AssertionError(
                f"{message.subscriber_id} got {message.step_id} of {message.workflow_id} at {moment(began)}, "
                f"outside of the schedule ({zone or 'UTC'})"
            )


def nothing_after_cancel(story: Story) -> None:
    """Require that nothing of a trigger is sent once it is canceled, by itself or within a digest."""
    if not story.canceled:
        return
    transactions = {step.id: step.run.transaction_id for step in _steps(story.novu)}
    for place, message in enumerate(story.novu.messages):
        step = step_of(message)
        events = [event["id"] for collected in story.bridge.digests(step.id).values() for event in collected]
        for transaction_id in (message.transaction_id, *(transactions.get(event, "") for event in events)):
            canceled = story.canceled.get(transaction_id)
            if canceled is not None and place >= canceled:
                raise AssertionError(
                    f"{message.subscriber_id} got {message.step_id} of {message.workflow_id} at {moment(message.sent_at)}, "
                    f"after {transaction_id} was canceled"
                )


def each_event_once(story: Story) -> None:
    """Require that every event that comes to a digest leaves it once: for its subscriber, with those of its `digestKey`.

    Left out is what was canceled, and what failed before it came to be collected.
    """
    steps = {
        step.id: step for step in _steps(story.novu) if step.type == "digest" and step.started_at is not None
    }
    homes: defaultdict[str, list[StepRun]] = defaultdict(list)
    for step in steps.values():
        if step.status in ("completed", "skipped"):
            for event in _collected(story, step):
                homes[event["id"]].append(step)
    for step in steps.values():
        if step.status in ("canceled", "failed"):
            continue
        told = f"the event of {step.run.transaction_id} for {step.run.subscriber_id}"
        where = f"{step.step_id} of {step.run.workflow_id}"
        found = homes[step.id]
        if not found:
            raise AssertionError(f"{told} was lost in {where}: no digest delivered it")
        if len(found) > 1:
            raise AssertionError(
                f"{told} left {where} {len(found)} times, with the digests of "
                + " and ".join(one.run.transaction_id for one in found)
            )
        if _home(found[0]) != _home(step):
            raise AssertionError(
                f"{told} came to {where}, and left with another digest: that of {found[0].step_id} "
                f"for {found[0].run.subscriber_id}, {found[0].outputs.get('digestKey')!r}"
            )


def escalated(of: str, *, within: timedelta, to: str | None = None) -> Invariant:
    """Require that people who do not read an in-app message of a workflow are reached by another channel within a time.

    Excused is what cannot be: canceled runs, channels that are switched off or out of hours, and providers and bridges
    that fail.

    Args:
        of: The workflow.
        within: How long after the in-app message.
        to: The other channel; any if left out.
    """

    def escalated(story: Story) -> None:
        for message in story.novu.messages:
            if message.channel != "in_app" or message.workflow_id != of:
                continue
            run = _carried_on_by(_run(message))
            until = message.sent_at + within + _retries(run)
            read = message.last_read_at
            if message.read and read is not None and read <= until:
                continue
            others = [step for step in run.steps if step.type in CHANNELS and step.type != "in_app"]
            steps = [step for step in others if to in (None, step.type)]
            if any(message.sent_at <= one.sent_at <= until for step in steps for one in step.messages):
                continue
            excused = run.status == "canceled" or any(_is_excused(step) for step in run.steps)
            if not excused:
                raise AssertionError(
                    f"{message.subscriber_id} did not read {message.step_id} of {of} from {moment(message.sent_at)}, "
                    f"and got no {to or 'message by another channel'} of it within {within}"
                )

    return escalated


def no_failed_run(novu: NovuSimulator) -> None:
    """Require that no run fails by the code of a workflow or by a payload."""
    if error := failed_runs(novu.triggers):
        raise error


def nothing_breaks_by_deploy(novu: NovuSimulator) -> None:
    """Require that no open run breaks by a new version of the code."""
    for finding in novu.findings:
        if finding.kind == "deployment":
            raise AssertionError(str(finding))


_EXCUSES = frozenset(
    {
        "schedule", "workflow-preference", "subscriber-global-preference", "subscriber-workflow-preference",
        "no-integration", "no-channel", "no-channel-of-context", "no-tokens", "no-endpoint",
    }
)  # fmt: skip


def _is_excused(step: StepRun) -> bool:
    ended = step.cause in _EXCUSES or step.status in ("failed", "canceled")
    return ended or bool(step.undelivered) or step.extensions > 0


def _retries(run: Run) -> timedelta:
    """Return how long the run was held up by a bridge that had to be asked again."""
    return timedelta(
        seconds=sum(sum(RETRY_AFTER[: step.attempts - 1]) for step in run.steps if step.attempts)
    )


def _carried_on_by(run: Run) -> Run:
    seen = {run.id}
    while run.status == "merged":
        run = next((step.merged_into.run for step in run.steps if step.merged_into is not None), run)
        if run.id in seen:
            break
        seen.add(run.id)
    return run


def _collected(story: Story, step: StepRun) -> list[dict[str, Any]]:
    """Return the events of a digest as the step after it was sent them, or as they would be sent."""
    later = iter(step.run.steps)
    for one in later:
        if one is step:
            break
    for one in later:
        if (events := story.bridge.digests(one.id).get(step.step_id)) is not None:
            return events
    events = step.result_data()["events"]
    return list(events)


def _home(step: StepRun) -> tuple[str, str, str, Any]:
    run = step.run
    return run.workflow_id, run.subscriber_id, step.step_id, step.outputs.get("digestKey") or ""


def _steps(novu: NovuSimulator) -> Iterator[StepRun]:
    for run in novu.runs:
        yield from run.steps


def _run(message: Message) -> Run:
    return step_of(message).run


def _began(message: Message) -> datetime:
    return step_of(message).started_at or message.sent_at


INVARIANTS: tuple[Invariant, ...] = (
    no_failed_run,
    each_event_once,
    opted_out_is_not_reached,
    nothing_after_cancel,
    nothing_outside_schedule,
    nothing_breaks_by_deploy,
)
"""Those that hold for every app."""
