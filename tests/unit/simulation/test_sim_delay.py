"""Delays: regular, timed and dynamic."""

from datetime import datetime, timedelta, timezone

import pytest

from tests.unit.simulation.simulated import NOON

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}


def delayed(served, outputs, payload=None):
    return served("w", ("delay", "wait", outputs), ("email", "mail", MAIL)).trigger("w", ANN, payload).run


@pytest.mark.parametrize(
    ("amount", "unit", "wait"),
    [
        (90, "seconds", timedelta(seconds=90)),
        (5, "minutes", timedelta(minutes=5)),
        (6, "hours", timedelta(hours=6)),
        (2, "days", timedelta(days=2)),
        (1, "weeks", timedelta(days=7)),
        (1, "months", timedelta(days=30)),
        (0.5, "hours", timedelta(minutes=30)),
    ],
)
def test_a_regular_delay_is_over_after_its_amount_and_not_before(sim, served, amount, unit, wait):
    run = delayed(served, {"type": "regular", "amount": amount, "unit": unit})
    assert (run.step("wait").status, run.step("wait").due_at) == ("delayed", NOON + wait)
    sim.advance(wait - timedelta(milliseconds=1))
    assert run.step("wait").status == "delayed"
    sim.advance(milliseconds=1)
    assert [step.status for step in run.steps] == ["completed", "completed"]
    assert run.messages[0].sent_at == NOON + wait


@pytest.mark.parametrize(
    ("cron", "due"),
    [
        ("0 9 * * *", datetime(2026, 1, 2, 9)),
        ("0 12 * * *", datetime(2026, 1, 2, 12)),  # it is noon: the next one, not this one
        ("30 12 * * *", datetime(2026, 1, 1, 12, 30)),
        ("*/30 * * * * *", datetime(2026, 1, 1, 12, 0, 30)),
        ("0 9 * * 1", datetime(2026, 1, 5, 9)),
        ("0 9 ? * MON", datetime(2026, 1, 5, 9)),
        ("@daily", datetime(2026, 1, 2)),
        ("0 0 L * *", datetime(2026, 1, 31)),
    ],
)
def test_a_timed_delay_waits_for_the_next_occurrence_in_utc(served, cron, due):
    run = delayed(served, {"type": "timed", "cron": cron})
    assert run.step("wait").due_at == due.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("cron", "due"),
    [
        ("30 12 * * *", datetime(2026, 1, 2, 12, 30)),  # a quarter of an hour ago
        ("0 * * * *", datetime(2026, 1, 1, 13)),
        ("* * * * *", datetime(2026, 1, 1, 12, 46)),
    ],
)
def test_a_timed_delay_counts_from_the_present_moment(sim, served, cron, due):
    sim.advance(minutes=45, seconds=10)
    run = delayed(served, {"cron": cron})
    assert run.step("wait").due_at == due.replace(tzinfo=timezone.utc)


def test_a_timed_delay_is_of_the_subscribers_timezone(sim, served):
    sim.subscribers.upsert("ann", timezone="America/New_York")
    due = datetime(2026, 1, 1, 14, tzinfo=timezone.utc)
    assert delayed(served, {"cron": "0 9 * * *"}).step("wait").due_at == due


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2026-01-03T08:30:00Z", datetime(2026, 1, 3, 8, 30)),
        ("2026-01-03T08:30:00.250Z", datetime(2026, 1, 3, 8, 30, 0, 250_000)),
        ("2026-01-03T08:30:00.5Z", datetime(2026, 1, 3, 8, 30, 0, 500_000)),
        ("2026-01-03T08:30:00", datetime(2026, 1, 3, 8, 30)),
        ({"amount": 3, "unit": "days"}, datetime(2026, 1, 4, 12)),
    ],
)
def test_a_dynamic_delay_follows_its_path_to_a_timestamp_or_an_amount(sim, served, when, due):
    run = delayed(served, {"type": "dynamic", "dynamicKey": "payload.order.when"}, {"order": {"when": when}})
    assert run.step("wait").due_at == due.replace(tzinfo=timezone.utc)
    sim.run_until_idle()
    assert run.status == "completed"


@pytest.mark.parametrize(
    ("outputs", "payload", "why"),
    [
        ({"dynamicKey": "payload.when"}, {}, "the payload has nothing at `payload.when`"),
        (
            {"dynamicKey": "payload.when"},
            {"when": "soon"},
            "`payload.when` is 'soon': it must be a timestamp",
        ),
        (
            {"dynamicKey": "payload.when"},
            {"when": {"amount": 1, "unit": "eons"}},
            "`payload.when`: 'eons' is not",
        ),
        ({"dynamicKey": "payload.when"}, {"when": "2025-12-31T00:00:00Z"}, "must be ahead"),
        ({"dynamicKey": "payload.when"}, {"when": {"amount": 1}}, "must be a timestamp"),
        ({"dynamicKey": "payload.when"}, {"when": 5}, "must be a timestamp"),
        ({"dynamicKey": "payload.when"}, {"when": "2026-01-03T08:30:00+02:00"}, "must be a timestamp"),
        ({"cron": "not a cron"}, {}, "the cron expression 'not a cron' does not parse"),
        ({"cron": "0 0 30 2 *"}, {}, "the cron expression '0 0 30 2 *'"),
        ({"amount": -1, "unit": "hours"}, {}, "-1 is not an amount of time"),
        ({"amount": 1, "unit": "eons"}, {}, "'eons' is not a unit of time"),
        ({}, {}, "neither `amount` and `unit`, nor `cron`, nor `dynamicKey`"),
    ],
)
def test_a_delay_that_says_no_moment_fails_and_stops_the_run(served, outputs, payload, why):
    run = delayed(served, outputs, payload)
    assert [step.status for step in run.steps] == ["failed", "canceled"]
    assert why in run.step("wait").error


def test_a_delay_of_nothing_is_over_at_once(served):
    assert delayed(served, {"amount": 0, "unit": "seconds"}).status == "completed"


def test_a_skipped_delay_does_not_wait(served, skip):
    run = delayed(served, skip)
    assert [step.status for step in run.steps] == ["skipped", "completed"]
