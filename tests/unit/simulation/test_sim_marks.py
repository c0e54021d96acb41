"""The marks of an in-app message, each with its date, and what watchers of inboxes are told of each change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from novu_framework_testing import Message, NovuSimulator
from tests.unit.simulation.simulated import NOON

BELL = ("in_app", "bell", {"body": "x", "primaryAction": {"label": "Open"}})
DATES = {"first": "first_seen_at", "seen": "last_seen_at", "read": "last_read_at", "archived": "archived_at"}
Do = Callable[[Message], None]


@pytest.fixture
def bell(served: Callable[..., NovuSimulator]) -> Message:
    return served("w", BELL).trigger("w", "ann").run.messages[0]


def told(message: Message) -> str:
    """The marks that it has, and after each date the hour; then the dates that were taken away."""
    marks = [name for name in ("seen", "read", "archived", "snoozed") if getattr(message, name)]
    dates = {short: getattr(message, name) for short, name in DATES.items()}
    hours = [f"{short}@{(when - NOON) // timedelta(hours=1)}" for short, when in dates.items() if when]
    cleared = sorted(short for short, name in DATES.items() if name in message.cleared)
    return f"{' '.join(marks)} | {' '.join(hours)} | {' '.join(cleared)}"


@pytest.mark.parametrize(
    ("does", "marks", "changes"),
    [
        ([Message.mark_seen], "seen | first@1 seen@1 | ", ["seen"]),
        ([Message.mark_seen, Message.mark_seen], "seen | first@1 seen@2 | ", ["seen", "seen"]),
        ([Message.mark_read], "seen read | first@1 seen@1 read@1 | ", ["changed"]),
        ([Message.mark_read, Message.mark_read], "seen read | first@1 seen@2 read@2 | ", ["changed"] * 2),
        ([Message.mark_read, Message.mark_unread], "seen | first@1 seen@2 | archived read", ["changed"] * 2),
        ([Message.mark_unread], "seen | first@1 seen@1 | archived read", ["changed"]),
        ([Message.archive, Message.mark_unseen], " |  | archived first read seen", ["changed", "seen"]),
        ([Message.archive], "seen read archived | first@1 seen@1 read@1 archived@1 | ", ["changed"]),
        ([Message.archive, Message.unarchive], "seen read | first@1 seen@2 read@2 | archived", ["changed"] * 2),
        ([Message.archive, Message.mark_unread], "seen | first@1 seen@2 | archived read", ["changed"] * 2),
        ([Message.archive, lambda one: one.take_back("read")], "seen archived | first@1 seen@2 read@2 archived@1 | ", ["changed"] * 2),
        ([Message.mark_read, lambda one: one.take_back("seen")], "read | first@1 seen@2 read@1 | ", ["changed", "seen"]),
        ([lambda one: one.take_back("read")], "seen | seen@1 read@1 | ", ["changed"]),
        ([lambda one: one.put_marks(seen=True)], "seen | seen@1 | ", ["seen"]),
        ([lambda one: one.put_marks(read=True)], "read | read@1 | ", ["changed"]),
        ([Message.mark_read, lambda one: one.put_marks(seen=False, read=False)], " | first@1 seen@2 read@2 | ", ["changed"] * 2),
        ([Message.mark_read, lambda one: one.put_marks(seen=False)], "read | first@1 seen@2 read@1 | ", ["changed", "seen"]),
        ([lambda one: one.snooze(hours=5)], "seen snoozed | first@1 seen@1 | archived", ["changed"]),
        ([Message.archive, lambda one: one.snooze(hours=5)], "seen read snoozed | first@1 seen@2 read@1 | archived", ["changed"] * 2),
        ([lambda one: one.snooze(hours=5), Message.unsnooze], "seen | first@1 seen@2 | archived", ["changed"] * 2),
        ([Message.unsnooze], " |  | ", []),
        ([lambda one: one.snooze(hours=1), Message.mark_read], "seen read | first@1 seen@2 read@2 | archived read", ["changed", "received", "changed"]),
        ([Message.complete_action], "seen read | first@1 seen@1 read@1 | ", ["changed"]),
        ([Message.mark_read, Message.complete_action], "seen read | first@1 seen@1 read@1 | ", ["changed"] * 2),
        ([Message.revert_action], "seen read | first@1 seen@1 read@1 | ", ["changed"]),
    ],
)  # fmt: skip
def test_each_mark_has_its_date_and_is_told(
    sim: NovuSimulator, bell: Message, does: list[Do], marks: str, changes: list[str]
) -> None:
    seen: list[Any] = []
    sim.subscribers.inbox_watchers.append(lambda change, message: seen.append((change, message)))
    for do in does:
        sim.advance(hours=1)
        do(bell)
    assert told(bell) == marks
    assert seen == [(change, bell) for change in changes]


def test_a_message_that_comes_back_is_new_again_and_on_top(sim: NovuSimulator, bell: Message) -> None:
    other = sim.trigger("w", "ann").run.messages[0]
    inbox, hour = sim.subscriber("ann").inbox, timedelta(hours=1)
    bell.mark_read()
    bell.snooze(NOON + hour)
    assert (list(inbox), inbox.snoozed, inbox.everything, len(inbox)) == ([other], [bell], [other, bell], 1)
    assert [timer.description() for timer in sim.clock.waiting()] == [
        f"the snoozed in-app message {bell.id} of ann"
    ]
    bell.snooze(hours=2)  # which takes the place of the first
    sim.advance(hours=2)
    assert list(inbox) == [bell, other]
    assert (bell.delivered_at, bell.sent_at) == ((NOON, NOON + 2 * hour), NOON + 2 * hour)
    assert (bell.read, bell.seen, bell.snoozed, sim.clock.waiting()) == (False, True, False, [])
    bell.snooze(hours=1)
    bell.unsnooze()
    assert (list(inbox), bell.delivered_at) == ([bell, other], (NOON, NOON + 2 * hour))
    bell.snooze(hours=1)
    assert sim.messages.remove(bell.id)
    assert (inbox.everything, sim.clock.waiting()) == ([other], [])
    assert not sim.messages.remove(bell.id)


@pytest.mark.parametrize("until", [timedelta(), timedelta(microseconds=900), -timedelta(hours=1)])
def test_a_snooze_until_now_or_earlier_is_refused(bell: Message, until: timedelta) -> None:
    with pytest.raises(
        ValueError, match=r"until a moment ahead: it is 2026-01-01T12:00:00.000Z, not 2026-01-01T"
    ):
        bell.snooze(NOON + until)
    assert not bell.snoozed
    bell.snooze((NOON + timedelta(milliseconds=1)).replace(tzinfo=None))
    assert bell.snoozed_until == NOON + timedelta(milliseconds=1)


def test_one_action_counts_at_a_time_and_only_one_that_there_is(
    served: Callable[..., NovuSimulator],
) -> None:
    both = (
        "in_app",
        "both",
        {"body": "x", "primaryAction": {"label": "A"}, "secondaryAction": {"label": "B"}},
    )
    first, second = served("w", BELL, both).trigger("w", "ann").run.messages
    for action in ("secondary", "other", ""):
        with pytest.raises(ValueError, match=rf"^The message has no {action} action; it has primary\.$"):
            first.complete_action(action)
    with pytest.raises(ValueError, match=r"it has primary and secondary\.$"):
        second.revert_action("body")
    assert (first.completed_actions, first.read) == (frozenset(), False)
    second.complete_action()
    second.complete_action("secondary")
    assert second.completed_actions == {"secondary"}
    second.revert_action("primary")
    assert second.completed_actions == frozenset()


def test_a_message_says_what_became_of_it(sim: NovuSimulator, bell: Message) -> None:
    bell.archive()
    bell.archive()
    bell.unarchive()
    bell.snooze(hours=1)
    bell.unsnooze()
    bell.complete_action()
    assert [line.text for line in sim.activity if line.kind == "inbox"] == [
        "ann read the in-app message",
        "ann archived the in-app message",
        "ann archived the in-app message",
        "ann snoozed the in-app message until 2026-01-01T13:00:00.000Z",
        "ann has the snoozed in-app message back",
        "ann completed the primary action of the in-app message",
    ]
    assert bell.inbox_state() == {
        "seen": True,
        "read": True,
        "lastSeenDate": "2026-01-01T12:00:00.000Z",
        "lastReadDate": "2026-01-01T12:00:00.000Z",
    }


def test_only_messages_of_an_inbox_have_marks(served: Callable[..., NovuSimulator]) -> None:
    mail = served("w", ("email", "mail", {"subject": "x", "body": "y"})).trigger(
        "w", {"subscriberId": "ann", "email": "a@b.test"}
    ).run.messages[0]  # fmt: skip
    does: list[Do] = [
        *(Message.mark_seen, Message.mark_unseen, Message.mark_read, Message.mark_unread, Message.archive),
        *(
            Message.unarchive,
            Message.unsnooze,
            Message.complete_action,
            Message.revert_action,
            Message.put_marks,
        ),
        *(lambda one: one.take_back("read"), lambda one: one.snooze(hours=1)),
    ]
    for do in does:
        with pytest.raises(ValueError, match=r"^Only in-app messages are in an inbox; this one is email\.$"):
            do(mail)
    assert told(mail) == " |  | "


def test_messages_are_found_by_subscriber_and_channel(served: Callable[..., NovuSimulator]) -> None:
    sim = served("w", BELL, ("sms", "text", {"body": "x"}))
    sim.trigger("w", [{"subscriberId": "ann", "phone": "+1"}, "bob"])
    found = {channel: len(sim.messages.to("ann", channel=channel)) for channel in ("in_app", "sms", "email")}
    assert (found, len(sim.messages.to("ann")), len(sim.messages.to("bob"))) == ({"in_app": 1, "sms": 1, "email": 0}, 2, 1)  # fmt: skip
