"""The moves of stories: what happens, and what time passes in between."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeAlias

from novu_framework_testing.explore.faults import BridgeFault
from novu_framework_testing.explore.story import Move, Story
from novu_framework_testing.simulation.clock import UTC, iso, parse_iso, zone

P = ParamSpec("P")

MoveKind: TypeAlias = Literal["read", "cancel", "opt-out", "schedule", "provider", "bridge"]

MOVES: tuple[MoveKind, ...] = ("read", "cancel", "opt-out", "schedule", "provider", "bridge")
"""The kinds of moves that are tried besides triggers and time: an inbox is read, a trigger canceled, a channel switched off
or on, a schedule set; a provider fails; a bridge fails, is late or is asked twice."""

OFFICE_HOURS: dict[str, Any] = {
    "isEnabled": True,
    "weeklySchedule": {
        day: {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    },
}


def move(perform: Callable[Concatenate[Story, P], Awaitable[Move | None]]) -> Callable[P, Move]:
    """Make the function that makes a move of what performs it."""

    @wraps(perform)
    def make(*arguments: P.args, **keywords: P.kwargs) -> Move:
        return Move(perform.__name__, perform, arguments, keywords)

    _story, *parameters = inspect.signature(perform).parameters.values()
    vars(make)["__signature__"] = inspect.Signature(parameters, return_annotation="Move")
    return make


@move
async def trigger(
    story: Story, workflow_id: str, to: str | list[str], payload: Mapping[str, Any]
) -> Move | None:
    """Trigger a workflow for somebody, or for several at once."""
    name = f"trigger-{len(story.novu.triggers) + 1}"
    await story.novu.trigger_async(workflow_id, to, payload, transaction_id=name)
    return trigger(workflow_id, to, payload)


@move
async def at_once(story: Story, *moves: Move) -> Move | None:
    """Make moves while others are being made: what one waits for, such as an answer of the app's database, lets others go on."""
    performed = (each.perform(story, *each.arguments, **each.keywords) for each in moves)
    done = [one for one in await asyncio.gather(*performed) if one is not None]
    return at_once(*done) if len(done) > 1 else next(iter(done), None)


@move
async def read(story: Story, who: str) -> Move | None:
    """Read the newest unread message of somebody's inbox."""
    subscriber = story.novu.subscribers.get(who)
    unread = subscriber.inbox.unread if subscriber is not None else []
    if not unread:
        return None
    unread[0].mark_read()
    return read(who)


@move
async def read_newest(story: Story) -> Move | None:
    """Read the newest unread message of all inboxes."""
    unread = [message for one in story.novu.subscribers for message in one.inbox.unread[:1]]
    if not unread:
        return None
    newest = max(unread, key=lambda message: message.sent_at)
    newest.mark_read()
    return read(newest.subscriber_id)


@move
async def cancel(story: Story, number: int) -> Move | None:
    """Cancel a trigger: the first is 1, the last is -1."""
    triggers = story.novu.triggers
    place = number - 1 if number > 0 else len(triggers) + number
    if not 0 <= place < len(triggers):
        return None
    transaction_id = triggers[place].transaction_id
    before = len(story.novu.messages)
    if not story.novu.cancel(transaction_id):
        return None
    story.canceled[transaction_id] = before
    return cancel(place + 1)


@move
async def prefer(
    story: Story, who: str, channel: str, wanted: bool, workflow_id: str | None = None
) -> Move | None:
    """Switch a channel off or on, for one workflow or for all."""
    preferences = story.novu.subscriber(who).preferences
    layer = preferences.overall if workflow_id is None else preferences.workflows.get(workflow_id)
    is_wanted = None if layer is None else layer.wants(channel)
    if wanted is (is_wanted is not False):
        return None
    preferences.update(workflow_id, channels={channel: wanted})
    story.keep_wishes()
    of = f" of {workflow_id}" if workflow_id else ""
    story.novu.note(f"{who} switches {channel}{of} {'on' if wanted else 'off'}")
    return prefer(who, channel, wanted, *([workflow_id] if workflow_id else []))


@move
async def schedule(story: Story, who: str, office_hours: bool) -> Move | None:
    """Have messages come from Monday to Friday between 9 and 17 only, or at any hour again."""
    preferences = story.novu.subscriber(who).preferences
    if (preferences.schedule is not None) is office_hours:
        return None
    preferences.schedule = OFFICE_HOURS if office_hours else None
    story.keep_wishes()
    hours = "only from Monday to Friday between 9 and 17" if office_hours else "messages at any hour again"
    story.novu.note(f"{who} wants {hours}")
    return schedule(who, office_hours)


@move
async def provider_fails(story: Story, channel: str) -> Move | None:
    """Have the next message of a channel refused by its provider."""
    story.novu.fail_provider(channel, times=1)
    story.novu.note(f"the next {channel} will be refused by its provider")
    return provider_fails(channel)


_FAULTS: Mapping[BridgeFault, str] = {
    "fails": "will find the bridge down",
    "late": "will be answered too late, and made again",
    "twice": "will reach the bridge twice",
}


@move
async def bridge(story: Story, fault: BridgeFault) -> Move | None:
    """Have the next request to the bridge fail, be answered late, or arrive twice."""
    story.bridge.faults.append(fault)
    story.novu.note(f"the next request {_FAULTS[fault]}")
    return bridge(fault)


@move
async def deploy(story: Story) -> Move | None:
    """Deploy the new version of the app."""
    if story.new is None:
        return None
    story.bridge, story.new = story.bridge.deploy(story.new), None
    await story.novu.deploy_async(story.bridge)
    return deploy()


def own(function: Callable[..., Any]) -> Move:
    """Make a move of a function of the user's, plain or async, that takes the simulation."""

    async def perform(story: Story) -> Move | None:
        story.novu.note(function.__name__)
        done = function(story.novu)
        if inspect.isawaitable(done):
            await done
        story.keep_wishes()
        return made

    made = Move(function.__name__, perform, is_ours=False)
    return made


# --- time ----------------------------------------------------------------------------------------------------

_UNITS = (("days", timedelta(days=1)), ("hours", timedelta(hours=1)), ("minutes", timedelta(minutes=1)))


@move
async def wait(story: Story, /, **amount: float) -> Move | None:
    """Let time pass: `wait(minutes=10)`, in the units of `novu.advance`."""
    await story.novu.advance_async(**amount)  # type: ignore[arg-type]
    return wait(**amount)


@move
async def wait_until(story: Story, moment: str) -> Move | None:
    """Let time pass until a moment, such as "2026-03-29T00:59:59Z"."""
    await story.novu.advance_to_async(parse_iso(moment))
    return wait_until(moment)


@move
async def until_due(story: Story, seconds: int) -> Move | None:
    """Let time pass until what waits next is due, or seconds before or after that."""
    due = story.novu.clock.next_due()
    target = None if due is None else due + timedelta(seconds=seconds)
    if target is None or target <= story.novu.now:
        return None
    return await _pass(story, target)


@move
async def until_edge(story: Story, edge: CalendarEdge, timezone: str | None) -> Move | None:
    """Let time pass until a second before an edge of the calendar: a midnight, the end of a month, a change of the clocks."""
    target = _EDGES[edge](story.novu.now, timezone)
    if target is None:
        return None
    await story.novu.advance_to_async(target)
    return wait_until(iso(target).replace(".000Z", "Z"))


async def _pass(story: Story, target: datetime) -> Move:
    rest = target - story.novu.now
    await story.novu.advance_to_async(target)
    amount: dict[str, float] = {}
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            amount[unit] = count
    if rest:
        seconds = rest.total_seconds()
        amount["seconds"] = int(seconds) if seconds == int(seconds) else seconds
    return wait(**amount)


CalendarEdge: TypeAlias = Literal["midnight", "month", "clocks"]
_SECOND = timedelta(seconds=1)


def _midnight(now: datetime, timezone: str | None) -> datetime:
    local = (now + _SECOND).astimezone(zone(timezone)).replace(tzinfo=None)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return midnight.replace(tzinfo=zone(timezone)).astimezone(UTC) - _SECOND


def _month(now: datetime, timezone: str | None) -> datetime:
    local = (now + _SECOND).astimezone(zone(timezone)).replace(tzinfo=None)
    first = (local.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)).replace(
        day=1
    )
    return first.replace(tzinfo=zone(timezone)).astimezone(UTC) - _SECOND


def _clocks(now: datetime, timezone: str | None) -> datetime | None:
    return next((change - _SECOND for change in _changes(timezone, now.year) if change - _SECOND > now), None)


_EDGES: Mapping[CalendarEdge, Callable[[datetime, str | None], datetime | None]] = {
    "midnight": _midnight,
    "month": _month,
    "clocks": _clocks,
}


@lru_cache(maxsize=256)
def _changes(timezone: str | None, year: int) -> Sequence[datetime]:
    """Return the moments at which the clocks of a place change, in a year and the next, to the minute."""
    there, found = zone(timezone), []
    day, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 2, 1, 1, tzinfo=UTC)
    while day < end:
        after = day + timedelta(days=1)
        if day.astimezone(there).utcoffset() != after.astimezone(there).utcoffset():
            low, high = 0, 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                same = (day + timedelta(minutes=middle)).astimezone(there).utcoffset() == day.astimezone(
                    there
                ).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(day + timedelta(minutes=high))
        day = after
    return found
