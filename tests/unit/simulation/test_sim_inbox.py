"""The inbox: seen, read, archived, snoozed, actions; and what later steps make of it."""

from datetime import datetime, timedelta

import pytest

from novu_framework_testing import BridgeAnswer
from tests.unit.simulation.simulated import NOON

ACTIONS = {"body": "x", "primaryAction": {"label": "Open"}, "secondaryAction": {"label": "Later"}}
HOUR = {"amount": 1, "unit": "hours"}


@pytest.fixture
def ann(served):
    sim = served(
        "w", ("in_app", "note", lambda event: {**ACTIONS, "body": str(event["payload"].get("n", 0))})
    )
    for n in (1, 2, 3):
        sim.trigger("w", "ann", {"n": n})
    return sim.subscriber("ann")


def bodies(messages):
    return [message.body for message in messages]


def test_the_newest_message_is_first_and_all_are_unseen_and_unread(ann):
    assert bodies(ann.inbox) == ["3", "2", "1"]
    assert (len(ann.inbox.unread), len(ann.inbox.unseen)) == (3, 3)


def test_seeing_is_not_reading(ann):
    ann.inbox[0].mark_seen()
    assert (ann.inbox[0].seen, ann.inbox[0].read) == (True, False)


def test_reading_is_seeing(ann):
    ann.inbox[0].mark_read()
    assert (ann.inbox[0].seen, ann.inbox[0].read, ann.inbox[0].last_read_at) == (True, True, NOON)
    assert bodies(ann.inbox.unread) == ["2", "1"]


def test_unread_again_stays_seen(ann):
    ann.inbox[0].mark_read()
    ann.inbox[0].mark_unread()
    assert (ann.inbox[0].seen, ann.inbox[0].read, ann.inbox[0].last_read_at) == (True, False, None)


def test_an_archived_message_is_read_and_out_of_the_inbox(ann):
    message = ann.inbox[0]
    message.archive()
    assert bodies(ann.inbox) == ["2", "1"]
    assert (message.archived, message.read, bodies(ann.inbox.archived)) == (True, True, ["3"])
    message.unarchive()
    assert bodies(ann.inbox) == ["3", "2", "1"]


def test_a_snoozed_message_is_away_until_its_time_and_comes_back_unread(ann, sim):
    message = ann.inbox[0]
    message.mark_read()
    message.snooze(hours=2)
    assert (bodies(ann.inbox), bodies(ann.inbox.snoozed), message.snoozed) == (["2", "1"], ["3"], True)
    sim.advance(hours=1, minutes=59)
    assert message.snoozed
    sim.advance(minutes=1)
    assert (bodies(ann.inbox), message.snoozed, message.read) == (["3", "2", "1"], False, False)
    assert message.delivered_at == (NOON, NOON + timedelta(hours=2))


def test_a_snooze_can_be_ended_early_and_is_then_over(ann, sim):
    message = ann.inbox[0]
    message.snooze(until=datetime(2026, 1, 2))
    message.unsnooze()
    message.mark_read()
    sim.run_until_idle()
    assert (message.read, sim.now) == (True, NOON)


def test_a_snooze_must_be_ahead(ann):
    with pytest.raises(ValueError, match="snoozed until a moment ahead"):
        ann.inbox[0].snooze(until=datetime(2026, 1, 1))


def test_completing_an_action_is_reading(ann):
    message = ann.inbox[0]
    message.complete_action("secondary")
    assert (message.completed_actions, message.read) == ({"secondary"}, True)
    message.revert_action("secondary")
    assert message.completed_actions == frozenset()


def test_an_action_that_a_message_does_not_have_cannot_be_completed(served):
    sim = served("w", ("in_app", "note", {"body": "x", "primaryAction": {"label": "Open"}}))
    (message,) = sim.trigger("w", "ann").run.messages
    with pytest.raises(ValueError, match="no secondary action; it has primary"):
        message.complete_action("secondary")


def test_all_at_once(ann):
    ann.inbox.mark_all_seen()
    assert ann.inbox.unseen == []
    ann.inbox.mark_all_read()
    assert ann.inbox.unread == []
    ann.inbox.archive_all()
    assert (len(ann.inbox), len(ann.inbox.archived)) == (0, 3)


def test_a_message_that_is_not_there_is_an_error_that_says_what_is(ann):
    ann.inbox[0].archive()
    ann.inbox[0].snooze(hours=1)
    with pytest.raises(IndexError, match=r"inbox of ann has 1 messages \(1 more are archived, 1 snoozed\)"):
        ann.inbox[5]


def test_only_in_app_messages_are_in_an_inbox(served):
    sim = served("w", ("email", "mail", {"subject": "x", "body": "y"}))
    (message,) = sim.trigger("w", {"subscriberId": "ann", "email": "a@acme.test"}).run.messages
    assert len(sim.subscriber("ann").inbox) == 0
    with pytest.raises(ValueError, match="Only in-app messages are in an inbox; this one is email"):
        message.mark_read()


def test_a_deleted_message_is_gone_from_both(ann, sim):
    sim.messages.remove(ann.inbox[0].id)
    assert bodies(ann.inbox) == ["2", "1"]
    assert bodies(sim.messages) == ["1", "2"]


@pytest.mark.parametrize("read", [True, False])
def test_a_later_skip_reads_the_inbox_as_it_is_then(served, read):
    def unless_read(event):
        (inbox,) = (entry["outputs"] for entry in event["state"] if entry["stepId"] == "note")
        return BridgeAnswer({}, {}, True) if inbox["read"] else {"subject": "x", "body": "y"}

    sim = served(
        "w", ("in_app", "note", {"body": "x"}), ("delay", "wait", HOUR), ("email", "mail", unless_read)
    )
    run = sim.trigger("w", {"subscriberId": "ann", "email": "a@acme.test"}).run
    sim.advance(minutes=59)
    if read:
        sim.subscriber("ann").inbox[0].mark_read()
    sim.advance(minutes=1)
    assert run.step("mail").status == ("skipped" if read else "completed")


def test_what_the_subscriber_does_is_in_the_activity(ann, sim):
    ann.inbox[0].complete_action()
    assert [line.text for line in sim.activity if line.kind == "inbox"] == [
        "ann read the in-app message",
        "ann completed the primary action of the in-app message",
    ]
