"""Time moves when it is told, and only then."""

import gc
import random
import re
import time
import weakref
from datetime import datetime, timedelta, timezone

import pytest

from novu_framework_testing import NovuSimulator, StillWaiting
from novu_framework_testing.simulation.clock import Clock, duration, next_cron, parse_iso
from tests.tables import walked
from tests.unit.simulation.simulated import NOON

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}


def test_time_starts_where_the_test_says(sim):
    assert sim.now == NOON


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 1, 1, 12),
        datetime(2026, 1, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 1, 1, 12, 0, 0, 999, tzinfo=timezone.utc),
    ],
)
def test_a_start_is_taken_to_utc_and_to_the_millisecond(start):
    with NovuSimulator(start) as sim:
        assert sim.now == NOON
        assert sim.now.utcoffset() == timedelta()


def test_without_a_start_it_is_now():
    before = datetime.now(timezone.utc)
    with NovuSimulator() as sim:
        assert before - timedelta(milliseconds=1) <= sim.now <= datetime.now(timezone.utc)


def test_triggering_takes_no_time(served):
    sim = served("w", ("email", "mail", MAIL))
    sim.trigger("w", ANN)
    assert sim.now == NOON


def test_advance_takes_a_timedelta_or_its_parts(sim):
    sim.advance(timedelta(hours=1))
    sim.advance(days=1, minutes=30)
    sim.advance_to(datetime(2026, 1, 2, 14))
    assert sim.now == datetime(2026, 1, 2, 14, tzinfo=timezone.utc)


def test_time_does_not_go_back(sim):
    with pytest.raises(ValueError, match=r"Time only moves forward: it is 2026-01-01T12:00:00.000Z"):
        sim.advance_to(datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="Time only moves forward"):
        sim.advance(hours=-1)


def test_what_is_due_on_the_way_happens_at_its_own_moment_in_order(served):
    sim = served(
        "w",
        ("delay", "wait", lambda e: {"amount": e["payload"]["h"], "unit": "hours"}),
        ("email", "mail", MAIL),
    )
    for hours in (3, 1, 2):
        sim.trigger("w", ANN, {"h": hours})
    sim.advance(hours=10)
    assert [one.run.payload["h"] for one in sim.messages] == [1, 2, 3]
    assert [one.sent_at - NOON for one in sim.messages] == [timedelta(hours=h) for h in (1, 2, 3)]
    assert sim.now == NOON + timedelta(hours=10)


def test_what_is_due_at_the_same_moment_happens_in_the_order_of_the_triggers(served):
    sim = served("w", ("delay", "wait", {"amount": 1, "unit": "hours"}), ("in_app", "inbox", {"body": "x"}))
    for one in ("cid", "ann", "bob"):
        sim.trigger("w", one)
    sim.advance(hours=1)
    assert [message.subscriber_id for message in sim.messages] == ["cid", "ann", "bob"]


def test_a_run_that_waits_again_within_the_same_advance_goes_on(served):
    hour = {"amount": 1, "unit": "hours"}
    sim = served("w", ("delay", "one", hour), ("delay", "two", hour), ("email", "mail", MAIL))
    sim.trigger("w", ANN)
    sim.advance(hours=3)
    assert sim.messages[0].sent_at == NOON + timedelta(hours=2)


def test_run_until_idle_goes_to_the_last_thing_that_waits(served):
    sim = served("w", ("delay", "wait", {"amount": 3, "unit": "days"}), ("email", "mail", MAIL))
    sim.trigger("w", ANN)
    sim.run_until_idle()
    assert sim.now == NOON + timedelta(days=3)
    sim.run_until_idle()
    assert sim.now == NOON + timedelta(days=3)


def test_run_until_idle_stops_at_its_limit_and_names_what_waits(served):
    sim = served("w", ("delay", "wait", {"amount": 3, "unit": "days"}), ("email", "mail", MAIL))
    sim.trigger("w", ANN)
    with pytest.raises(StillWaiting) as raised:
        sim.run_until_idle(timedelta(days=2))
    assert str(raised.value) == (
        "The simulation is not idle after 2 days, 0:00:00 passed. Still waiting:\n"
        "  until 2026-01-04T12:00:00.000Z: w/wait of ann: it is delayed"
    )
    assert sim.now == NOON


def test_run_until_idle_stops_after_so_many_jobs(sim, bridge):
    hour = {"amount": 1, "unit": "hours"}
    bridge.add("w", *[("delay", f"wait-{n}", hour) for n in range(5)])
    sim.connect(bridge)
    sim.trigger("w", ANN)
    with pytest.raises(StillWaiting, match=r"after 3 jobs went on. Still waiting:\n.*w/wait-3 of ann"):
        sim.run_until_idle(max_jobs=3)
    sim.run_until_idle(max_jobs=2)
    assert sim.runs[0].status == "completed"


def test_a_workflow_cannot_move_the_time(sim, served):
    errors = []

    def meddle(event):
        try:
            sim.advance(hours=1)
        except RuntimeError as error:
            errors.append(str(error))
        return MAIL

    served("w", ("delay", "wait", {"amount": 1, "unit": "hours"}), ("email", "mail", meddle))
    sim.trigger("w", ANN)
    sim.advance(hours=1)
    assert errors == ["Time is moving already: a workflow, or another task, cannot move it as well."]


@walked("text", ["", "tomorrow", "2026-01-01", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", 1])
def test_what_is_no_iso_timestamp_is_an_error(text):
    with pytest.raises((ValueError, TypeError)):
        parse_iso(text)


@walked("amount", [-1, "5", None, True, float("nan"), float("inf"), 1e300])
def test_what_is_no_amount_of_time_is_an_error(amount):
    with pytest.raises(ValueError, match=r"amount of time|further away"):
        duration(amount, "months")


def test_every_named_cron_expression_has_a_next_occurrence_but_the_one_that_novu_cannot_read_either():
    from novu_framework.cron import CronExpression

    unread = []
    for expression in CronExpression:
        try:
            assert next_cron(expression.value, NOON) > NOON
        except ValueError:
            unread.append(expression.name)
    assert unread == ["EVERY_YEAR"]  # month 0: its parser refuses it as well


@walked(
    ("nickname", "fields"),
    [
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
        ("@monthly", "0 0 1 * *"),
        ("@weekly", "0 0 * * 0"),
        ("@daily", "0 0 * * *"),
        (" @Hourly ", "0 * * * *"),
        ("@minutely", "* * * * *"),
        ("@secondly", "* * * * * *"),
        ("@weekdays", "0 0 * * 1-5"),
        ("@weekends", "0 0 * * 0,6"),
        ("? ? ? ? ?", "* * * * *"),
    ],
)
def test_a_nickname_occurs_whenever_its_fields_do(nickname, fields):
    when = NOON
    for _ in range(9):
        after, when = when, next_cron(fields, when)
        assert next_cron(nickname, after) == when


@pytest.mark.parametrize("expression", ["", "@never", "61 * * * *", "0 0 30 2 *"])
def test_what_never_occurs_is_an_error(expression):
    with pytest.raises(ValueError, match="the cron expression"):
        next_cron(expression, NOON)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"])
def test_a_moment_beyond_all_dates_is_an_error(text):
    with pytest.raises(ValueError, match="further away than a date can say"):
        parse_iso(text)


@walked("unit", ["", "second", "years", None, [], {}])
def test_what_is_not_a_unit_of_time_is_an_error(unit):
    with pytest.raises(ValueError, match="is not a unit of time"):
        duration(1, unit)


@pytest.mark.parametrize(
    "value", [{"amount": 1, "unit": []}, {"amount": {}, "unit": "hours"}, {"amount": 1}, [], 7, "soon"]
)
def test_a_payload_that_gives_no_moment_fails_the_step(served, value):
    sim = served("w", ("delay", "wait", {"type": "dynamic", "dynamicKey": "payload.when"}))
    step = sim.trigger("w", ANN, {"when": value}).run.steps[0]
    assert step.status == "failed"
    assert "the delay is not set up right: `payload.when`" in step.error


def test_time_may_stay_where_it_is_and_what_is_due_then_happens(sim):
    sim.advance(hours=0)
    sim.clock.call_at(NOON, _note(sim, fired := [], "now"), str)
    sim.advance_to(NOON)
    assert fired == [("now", 0)]


# --- timers ---


def _note(sim, fired, name):
    async def action():
        fired.append((name, (sim.now - NOON).total_seconds()))

    return action


def test_timers_fire_by_moment_then_by_when_they_were_set_and_never_once_canceled(sim):
    """A thousand timers at fifty moments, two of three canceled: in any order, before and while time moves."""
    chance, fired, clock = random.Random(0), [], sim.clock
    timers = {}
    for number in range(1000):
        seconds = chance.randrange(50)
        timers[number] = clock.call_at(
            NOON + timedelta(seconds=seconds), _note(sim, fired, number), lambda number=number: str(number)
        )
    canceled = set(chance.sample(range(1000), 666))
    for number in canceled:
        clock.cancel(timers[number])
        clock.cancel(timers[number])  # again: that of another is not taken for it
    expected = sorted((timers[number].due, number) for number in timers.keys() - canceled)
    assert [timer.description() for timer in clock.waiting()] == [str(number) for _, number in expected]
    assert clock.next_due() == expected[0][0]
    sim.advance(seconds=25)
    for timer in timers.values():
        if timer.due <= sim.now:
            clock.cancel(timer)  # it has fired, or was canceled: no matter
    sim.run_until_idle()
    assert fired == [(number, (due - NOON).total_seconds()) for due, number in expected]
    assert (clock.next_due(), clock.waiting()) == (None, [])


def test_what_is_set_and_canceled_all_day_leaves_nothing_behind(sim):
    kept = sim.clock.call_at(NOON + timedelta(days=1), _note(sim, [], "kept"), str)
    gone = []
    for _ in range(9):
        action = _note(sim, [], "gone")
        gone.append(weakref.ref(action))
        sim.clock.cancel(sim.clock.call_at(NOON + timedelta(hours=1), action, str))
    del action
    gc.collect()
    assert [one() for one in gone] == [None] * 9
    assert sim.clock.waiting() == [kept]


def test_a_timer_for_a_moment_that_is_past_fires_next_and_time_stays(sim):
    sim.advance(hours=1)
    sim.clock.call_at(NOON, _note(sim, fired := [], "late"), str)
    sim.run_until_idle()
    assert fired == [("late", 3600)]


async def test_nothing_fires_where_nothing_waits(sim):
    await sim.clock.fire_next()
    assert sim.now == NOON


# --- moments, amounts and expressions ---


@walked(
    ("text", "moment"),
    [
        ("2026-01-01T09:00Z", (9, 0, 0, 0)),
        ("2026-01-01T09:00", (9, 0, 0, 0)),
        ("2026-01-01T09:00:05Z", (9, 0, 5, 0)),
        ("2026-01-01T09:00:05.5Z", (9, 0, 5, 500)),
        ("2026-01-01T09:00:05.12", (9, 0, 5, 120)),
        ("2026-01-01T09:00:05.123999999Z", (9, 0, 5, 123)),
        ("2026-01-01T09:00:05+02:00", (7, 0, 5, 0)),
        ("2026-01-01T09:00:05.25-0130", (10, 30, 5, 250)),
    ],
)
def test_a_timestamp_is_read_in_utc_to_the_millisecond(text, moment):
    hour, minute, second, thousandths = moment
    expected = datetime(2026, 1, 1, hour, minute, second, thousandths * 1000, tzinfo=timezone.utc)
    assert parse_iso(text) == expected
    assert parse_iso(text).utcoffset() == timedelta()


@walked(
    "text",
    [
        "2026-01-01T09:00:05.Z",
        "2026-01-01T09:00:05.1234567890Z",
        "2026-01-01 09:00:05Z",
        "2026-01-01T09Z",
        "2026-01-01T09:00:05z",
        "2026-01-01T09:00:05+2:00",
        "٢٠٢٦-01-01T09:00Z",
        "2026-01-01T09:00Z\n",
        " 2026-01-01T09:00Z",
    ],
)
def test_a_timestamp_that_novu_would_not_read_is_told_how_to_write_it(text):
    with pytest.raises(ValueError, match="is not an ISO 8601 timestamp such as '2026-01-01T09:00:00Z'"):
        parse_iso(text)


@walked(
    ("amount", "unit", "lasts"),
    [
        (0, "seconds", timedelta()),
        (1.5, "seconds", timedelta(seconds=1, milliseconds=500)),
        (2, "minutes", timedelta(minutes=2)),
        (1, "hours", timedelta(hours=1)),
        (0.5, "days", timedelta(hours=12)),
        (1, "weeks", timedelta(days=7)),
        (1, "months", timedelta(days=30)),
    ],
)
def test_an_amount_of_time_lasts_as_novu_counts_it(amount, unit, lasts):
    assert duration(amount, unit) == lasts


@walked(
    ("expression", "zone", "after", "occurs"),
    [
        ("0 9 * * *", None, "2026-01-01T09:00", "2026-01-02T09:00"),
        ("0 9 * * *", "", "2026-01-01T08:59", "2026-01-01T09:00"),
        ("0 9 * * *", "Europe/Vienna", "2026-01-01T08:00", "2026-01-02T08:00"),
        ("30 0 9 * * *", "Europe/Vienna", "2026-01-01T08:00", "2026-01-01T08:00:30"),
        # clocks go forward on 29 March at 01:00 UTC, from 2:00 to 3:00
        ("30 2 * * *", "Europe/Vienna", "2026-03-29T00:00", "2026-03-29T01:30"),
        ("30 * * * *", "Europe/Vienna", "2026-03-29T00:30", "2026-03-29T01:30"),
        # and back on 25 October at 01:00 UTC, from 3:00 to 2:00
        ("30 2 * * *", "Europe/Vienna", "2026-10-25T00:00", "2026-10-25T00:30"),
        ("30 2 * * *", "Europe/Vienna", "2026-10-25T00:30", "2026-10-26T01:30"),
        ("30 * * * *", "Europe/Vienna", "2026-10-25T00:00", "2026-10-25T00:30"),
        ("30 * * * *", "Europe/Vienna", "2026-10-25T00:30", "2026-10-25T01:30"),
        ("30 * * * *", "Europe/Vienna", "2026-10-25T01:30", "2026-10-25T02:30"),
        ("0 */20 * * * *", "Europe/Vienna", "2026-10-25T00:50", "2026-10-25T01:00"),
        ("15 30 * * * *", "Europe/Vienna", "2026-10-25T00:30:15", "2026-10-25T01:30:15"),
    ],
)
def test_an_expression_occurs_by_the_clocks_of_its_place(expression, zone, after, occurs):
    moments = [datetime.fromisoformat(one).replace(tzinfo=timezone.utc) for one in (after, occurs)]
    found = next_cron(expression, moments[0], zone)
    assert found == moments[1]
    assert found.utcoffset() == timedelta()


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc", "Europe", "/Europe/Vienna", "\0"])
def test_what_is_no_timezone_is_an_error(name):
    with pytest.raises(ValueError, match="is not a timezone such as 'Europe/Vienna'"):
        next_cron("0 9 * * *", NOON, name)


@pytest.mark.parametrize(
    ("expression", "said"),
    [("61 * * * *", "does not parse: "), ("0 0 30 2 *", "never occurs$|does not parse")],
)
def test_an_expression_that_does_not_occur_says_why(expression, said):
    with pytest.raises(ValueError, match=rf"^the cron expression '{re.escape(expression)}' ({said})"):
        next_cron(expression, NOON)


def test_a_clock_without_a_start_goes_until_it_has_to_stand_still(monkeypatch):
    machine = [NOON.timestamp() + 0.0019]
    monkeypatch.setattr(time, "time", lambda: machine[0])
    clock = Clock()
    assert (clock.now, clock.iso, clock.started_at) == (
        NOON + timedelta(milliseconds=1),
        "2026-01-01T12:00:00.001Z",
        NOON + timedelta(milliseconds=1),
    )
    machine[0] += 60
    assert clock.now == clock.started_at == NOON + timedelta(minutes=1, milliseconds=1)
    clock.begin()
    began = clock.now
    machine[0] += 60
    clock.begin()  # once is enough
    assert clock.now == clock.started_at == began
    assert clock.iso == "2026-01-01T12:01:00.001Z"
    with pytest.raises(AttributeError, match=r"^later$"):
        clock.later  # noqa: B018


def test_a_clock_remembers_where_it_started(sim):
    sim.advance(hours=1)
    assert (sim.clock.started_at, sim.clock.iso) == (NOON, "2026-01-01T13:00:00.000Z")
    sim.clock.begin()
    assert sim.now == NOON + timedelta(hours=1)


@pytest.mark.parametrize("then", ["call_at", "move_to"])
async def test_the_first_thing_that_waits_makes_the_clock_stand_still(monkeypatch, then):
    machine = [NOON.timestamp()]
    monkeypatch.setattr(time, "time", lambda: machine[0])
    clock = Clock()
    if then == "call_at":
        timer = clock.call_at(NOON + timedelta(hours=1), _note(clock, [], "x"), lambda: "it waits")
        assert (timer.waits, timer.description(), clock.waiting()) == (True, "it waits", [timer])
    else:
        await clock.move_to(NOON)
    machine[0] += 60
    assert clock.now == NOON
