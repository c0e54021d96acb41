"""Delays: how long they are, in whose timezone, and what fails."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from tests.rules import Source, left_out, rule
from tests.unit.simulation.simulated import NOON

ADD_JOB = Source("apps/worker/src/app/workflow/usecases/add-job/add-job.usecase.ts", "c91d024")
DURATION = Source("libs/application-generic/src/utils/duration-utils.ts", "480abca")
BRIDGE = Source("libs/application-generic/src/utils/bridge.ts", "943f64b")
WAIT = Source(
    "libs/application-generic/src/services/calculate-delay/compute-job-wait-duration.service.ts", "943f64b"
)
E2E = Source("apps/api/src/app/events/e2e/delay-events.e2e.ts", "943f64b")
TIERS = Source(
    "libs/application-generic/src/usecases/tier-restrictions-validate/tier-restrictions-validate.usecase.ts",
    "943f64b",
)

BELL = ("in_app", "bell", {"body": "x"})


def delayed(sim, served, outputs, payload=None, *, zone=None, overrides=None):
    sim.subscribers.upsert("ann", timezone=zone)
    served("w", ("delay", "wait", outputs), BELL)
    return sim.trigger("w", "ann", payload, overrides=overrides).run


def statuses(run):
    return [step.status for step in run.steps]


def at(day, hour=0, minute=0, second=0, *, month=1):
    return datetime(2026, month, day, hour, minute, second, tzinfo=timezone.utc)


@rule("delay.units", "A regular delay is an amount of a unit; a week has 7 days and a month 30.", WAIT)
@pytest.mark.parametrize(
    ("amount", "unit", "wait"),
    [
        (45, "seconds", timedelta(seconds=45)),
        (1.5, "minutes", timedelta(seconds=90)),
        (7, "hours", timedelta(hours=7)),
        (3, "days", timedelta(days=3)),
        (2, "weeks", timedelta(days=14)),
        (2, "months", timedelta(days=60)),
    ],
)
def test_a_regular_delay_is_its_amount_of_a_unit(sim, served, amount, unit, wait):
    run = delayed(sim, served, {"type": "regular", "amount": amount, "unit": unit})
    assert run.step("wait").due_at == NOON + wait
    sim.advance(wait)
    assert statuses(run) == ["completed", "completed"]


@rule("delay.zero", "A regular delay of zero is over at once.", WAIT)
def test_a_delay_of_nothing_is_over_at_once(sim, served):
    assert statuses(delayed(sim, served, {"amount": 0, "unit": "days"})) == ["completed", "completed"]


@rule("delay.later-steps", "What comes after a delay is pending until it is over.", ADD_JOB)
def test_what_comes_after_a_delay_is_pending(sim, served):
    run = delayed(sim, served, {"amount": 1, "unit": "hours"})
    assert (run.status, statuses(run)) == ("running", ["delayed", "pending"])


@rule(
    "delay.overrides",
    "The trigger's `delay {amount, unit}` takes precedence over the amount of a regular delay.",
    WAIT,
)
@pytest.mark.parametrize(
    ("override", "wait"),
    [
        ({"amount": 5, "unit": "minutes"}, timedelta(minutes=5)),
        ({"amount": 2, "unit": "weeks"}, timedelta(days=14)),
        ({"amount": "5", "unit": "minutes"}, timedelta(hours=1)),
        ({"amount": 5, "unit": "eons"}, timedelta(hours=1)),
        ({"amount": 5}, timedelta(hours=1)),
        ({"unit": "minutes"}, timedelta(hours=1)),
        ("5 minutes", timedelta(hours=1)),
    ],
)
def test_an_override_goes_before_the_amount_where_it_can_be_read(sim, served, override, wait):
    run = delayed(sim, served, {"amount": 1, "unit": "hours"}, overrides={"delay": override})
    assert run.step("wait").due_at == NOON + wait


@rule("delay.overrides-zero", "An override of zero ends a regular delay at once.", WAIT)
def test_an_override_of_zero_ends_the_delay(sim, served):
    override = {"delay": {"amount": 0, "unit": "seconds"}}
    run = delayed(sim, served, {"amount": 1, "unit": "hours"}, overrides=override)
    assert statuses(run) == ["completed", "completed"]


@rule("delay.overrides-regular-only", "An override does not change a timed or a dynamic delay.", WAIT)
@pytest.mark.parametrize("outputs", [{"cron": "0 13 * * *"}, {"type": "dynamic", "dynamicKey": "payload.at"}])
def test_an_override_says_nothing_to_a_timed_or_dynamic_delay(sim, served, outputs):
    override = {"delay": {"amount": 5, "unit": "minutes"}}
    run = delayed(sim, served, outputs, {"at": "2026-01-01T13:00:00Z"}, overrides=override)
    assert run.step("wait").due_at == at(1, 13)


@rule("delay.cron-timezone", "A timed delay waits in the subscriber's timezone, in UTC without one.", ADD_JOB)
@pytest.mark.parametrize(
    ("cron", "zone", "due"),
    [
        ("0 9 * * *", None, at(2, 9)),
        ("0 9 * * *", "", at(2, 9)),
        ("0 9 * * *", "UTC", at(2, 9)),
        ("0 9 * * *", "America/New_York", at(1, 14)),
        ("0 9 * * *", "America/Los_Angeles", at(1, 17)),
        ("0 9 * * *", "Asia/Tokyo", at(2, 0)),
        ("0 9 * * *", "Asia/Kolkata", at(2, 3, 30)),
        ("0 13 * * *", "Europe/Vienna", at(2, 12)),  # it is 13:00 there: the next one
        ("1 13 * * *", "Europe/Vienna", at(1, 12, 1)),
        ("0 9 * * 1", "Pacific/Auckland", at(4, 20)),  # Monday comes there first
        ("0 0 1 2 *", "Pacific/Kiritimati", at(31, 10)),
        ("0 9 1 7 *", "America/New_York", at(1, 13, month=7)),  # in summer
        ("30 12 * * * *", "Asia/Kolkata", at(1, 12, 42, 30)),
    ],
)
def test_a_timed_delay_waits_in_the_timezone_of_its_subscriber(sim, served, cron, zone, due):
    assert delayed(sim, served, {"type": "timed", "cron": cron}, zone=zone).step("wait").due_at == due


@rule(
    "delay.cron-clock-change",
    "A time that is skipped when clocks move forward is as much later; an hour that occurs twice counts once if it is named.",
    ADD_JOB,
)
@pytest.mark.parametrize(
    ("cron", "zone", "now", "due"),
    [
        ("30 2 * * *", "Europe/Vienna", "2026-03-28T20:00", "2026-03-29T01:30"),
        ("0 * * * *", "Europe/Vienna", "2026-03-29T00:30", "2026-03-29T01:00"),
        ("0 9 * * *", "Europe/Vienna", "2026-03-28T20:00", "2026-03-29T07:00"),
        ("30 1 * * *", "America/New_York", "2026-11-01T04:00", "2026-11-01T05:30"),
        ("30 1 * * *", "America/New_York", "2026-11-01T05:45", "2026-11-02T06:30"),
        ("30 1 * * *", "America/New_York", "2026-11-01T06:10", "2026-11-01T06:30"),
        ("*/15 * * * *", "America/New_York", "2026-11-01T05:45", "2026-11-01T06:00"),
        ("0 12 * * *", "America/New_York", "2026-11-01T04:00", "2026-11-01T17:00"),
    ],
)
def test_a_timed_delay_goes_by_the_clock_where_it_is_moved(sim, served, cron, zone, now, due):
    sim.advance_to(datetime.fromisoformat(now))
    run = delayed(sim, served, {"cron": cron}, zone=zone)
    assert run.step("wait").due_at == datetime.fromisoformat(due).replace(tzinfo=timezone.utc)


@rule(
    "delay.cron-next", "A timed delay waits for the next occurrence, never for the present moment.", ADD_JOB
)
@pytest.mark.parametrize(
    ("cron", "due"), [("0 12 * * *", at(2, 12)), ("* * * * *", at(1, 12, 1)), ("0 0 29 2 *", None)]
)
def test_a_timed_delay_waits_for_the_next_occurrence(sim, served, cron, due):
    expected = due or datetime(2028, 2, 29, tzinfo=timezone.utc)
    assert delayed(sim, served, {"cron": cron}).step("wait").due_at == expected


@rule(
    "delay.cron-first",
    "A `cron` takes precedence over a `dynamicKey`, and that over an amount, whatever the type says.",
    BRIDGE,
)
@pytest.mark.parametrize(
    ("outputs", "due"),
    [
        ({"type": "regular", "amount": 5, "unit": "hours", "cron": "0 13 * * *"}, at(1, 13)),
        ({"cron": "0 13 * * *", "dynamicKey": "payload.at"}, at(1, 13)),
        ({"type": "regular", "amount": 5, "unit": "hours", "dynamicKey": "payload.at"}, at(1, 15)),
    ],
)
def test_a_cron_goes_first_then_a_path(sim, served, outputs, due):
    assert delayed(sim, served, outputs, {"at": "2026-01-01T15:00:00Z"}).step("wait").due_at == due


@rule(
    "delay.cron-unreadable",
    "A cron that does not parse, or a timezone that does not exist, fails the step.",
    ADD_JOB,
)
@pytest.mark.parametrize(
    ("cron", "zone"), [("every day", None), ("61 * * * *", None), ("0 9 * * *", "Mars/Olympus")]
)
def test_a_cron_that_cannot_be_read_fails(sim, served, cron, zone):
    assert statuses(delayed(sim, served, {"cron": cron}, zone=zone)) == ["failed", "canceled"]


@rule(
    "delay.dynamic-timestamp",
    "A dynamic delay follows its path to a timestamp, in UTC without a Z.",
    DURATION,
)
@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2026-01-01T12:00:01Z", at(1, 12, 0, 1)),
        ("2026-01-02T08:30:00.5Z", at(2, 8, 30) + timedelta(milliseconds=500)),
        ("2026-01-02T08:30:00.125", at(2, 8, 30) + timedelta(milliseconds=125)),
        ("2026-01-02T08:30:00", at(2, 8, 30)),
    ],
)
def test_a_dynamic_delay_follows_its_path_to_a_timestamp(sim, served, when, due):
    run = delayed(sim, served, {"type": "dynamic", "dynamicKey": "payload.a.when"}, {"a": {"when": when}})
    assert run.step("wait").due_at == due


@rule("delay.dynamic-span", "A dynamic delay follows its path to an amount of a unit.", E2E)
@pytest.mark.parametrize(
    ("span", "wait"),
    [
        ({"amount": 30, "unit": "seconds"}, timedelta(seconds=30)),
        ({"amount": 1, "unit": "minutes"}, timedelta(minutes=1)),
        ({"amount": 2, "unit": "hours", "note": "extra"}, timedelta(hours=2)),
        ({"amount": 1, "unit": "months"}, timedelta(days=30)),
    ],
)
def test_a_dynamic_delay_follows_its_path_to_an_amount(sim, served, span, wait):
    run = delayed(sim, served, {"type": "dynamic", "dynamicKey": "payload.span"}, {"span": span})
    assert run.step("wait").due_at == NOON + wait


@rule("delay.dynamic-prefix", "The path of a dynamic delay starts with `payload.`.", WAIT)
@pytest.mark.parametrize("path", ["when", "order.when", "subscriber.data.when", "steps.first.when"])
def test_the_path_of_a_dynamic_delay_starts_with_payload(sim, served, path):
    payload = {"when": "2026-01-02T00:00:00Z", "order": {"when": "2026-01-02T00:00:00Z"}}
    assert statuses(delayed(sim, served, {"type": "dynamic", "dynamicKey": path}, payload)) == [
        "failed",
        "canceled",
    ]


@rule("delay.dynamic-list", "A path may go through lists by their indexes.", WAIT)
def test_a_path_goes_through_lists(sim, served):
    payload = {"times": [{"at": "2026-01-01T13:00:00Z"}, {"at": "2026-01-01T14:00:00Z"}]}
    run = delayed(sim, served, {"type": "dynamic", "dynamicKey": "payload.times.1.at"}, payload)
    assert run.step("wait").due_at == at(1, 14)


@rule("delay.dynamic-missing", "A dynamic delay whose path leads to nothing fails.", E2E)
@pytest.mark.parametrize("payload", [None, {}, {"when": None}, {"when": ""}, {"when": 0}, {"when": False}])
def test_a_dynamic_delay_to_nothing_fails(sim, served, payload):
    run = delayed(sim, served, {"type": "dynamic", "dynamicKey": "payload.when"}, payload)
    assert (statuses(run), run.messages) == (["failed", "canceled"], [])


@rule(
    "delay.dynamic-past",
    "A dynamic delay to a past or present moment, or of zero length, fails.",
    ADD_JOB,
)
@pytest.mark.parametrize(
    "when",
    [
        "2025-12-31T23:59:59Z",
        "2026-01-01T11:59:59.999Z",
        "2026-01-01T12:00:00Z",
        {"amount": 0, "unit": "hours"},
        {"amount": -1, "unit": "hours"},
    ],
)
def test_a_dynamic_delay_that_is_not_ahead_fails(sim, served, when):
    run = delayed(sim, served, {"type": "dynamic", "dynamicKey": "payload.when"}, {"when": when})
    assert statuses(run) == ["failed", "canceled"]


@rule(
    "delay.dynamic-unreadable",
    "A dynamic delay whose path leads to anything but a timestamp or an amount fails.",
    DURATION,
)
@pytest.mark.parametrize(
    "when",
    [
        "tomorrow",
        "2026-01-02",
        "2026-01-02 08:30:00",
        "2026-01-02T08:30Z",
        "2026-01-02T08:30:00+02:00",
        "2026-02-30T08:30:00Z",
        "2026-01-02T08:30:00.1234Z",
        1767340800000,
        ["2026-01-02T08:30:00Z"],
        {"amount": 1},
        {"amount": "1", "unit": "hours"},
        {"amount": 1, "unit": "hour"},
    ],
)
def test_a_dynamic_delay_to_something_unreadable_fails(sim, served, when):
    run = delayed(sim, served, {"type": "dynamic", "dynamicKey": "payload.when"}, {"when": when})
    assert statuses(run) == ["failed", "canceled"]


@rule("delay.failure-stops", "A delay that fails stops its run, and no other one.", ADD_JOB)
def test_a_delay_that_fails_stops_its_run_only(sim, served):
    served("w", ("delay", "wait", {"type": "dynamic", "dynamicKey": "payload.when"}), BELL)
    trigger = sim.trigger("w", ["ann", "bob"])
    good = sim.trigger("w", "eve", {"when": {"amount": 1, "unit": "hours"}}).run
    assert [run.status for run in trigger.runs] == ["failed", "failed"]
    assert good.status == "running"


@rule(
    "delay.skipped",
    "A delay whose `skip` is true does not wait: its job is skipped and the next one runs.",
    ADD_JOB,
)
def test_a_skipped_delay_does_not_wait(sim, served, skip):
    run = delayed(sim, served, skip)
    assert (run.status, [step.job_status for step in run.steps]) == ("completed", ["skipped", "completed"])


@rule("delay.before-digest", "Events whose delay ends during a digest's window are digested together.", E2E)
@pytest.mark.parametrize("gap", [0, 30])
def test_events_are_digested_together_after_their_delays(sim, served, gap):
    hour = {"amount": 1, "unit": "hours"}
    served("w", ("delay", "wait", hour), ("digest", "all", {"amount": 1, "unit": "minutes"}), BELL)
    first = sim.trigger("w", "ann").run
    sim.advance(seconds=gap)
    sim.trigger("w", "ann")
    sim.run_until_idle()
    assert (first.step("all").result.event_count, len(sim.messages)) == (2, 1)


left_out(
    "delay.pending-forever",
    "After a delay or a throttle with a wrong configuration, the later jobs stay pending.",
    ADD_JOB,
    why="The simulation cancels them, as Novu does after any other failure: nothing will ever run them.",
)
left_out(
    "delay.tier-limits",
    "A delay or a digest that is longer than the plan allows fails.",
    TIERS,
    why="Plans are the cloud's; a test should not depend on what was paid for.",
)
left_out(
    "delay.scheduled-v1",
    "A delay of type `scheduled` waits for the date under `delayPath`.",
    WAIT,
    why="Only workflows of the first version have it; a bridge cannot answer it.",
)
