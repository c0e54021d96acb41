"""Spans of time that no date can say, and outputs of delays, digests and throttles that are not what they should be.

The step fails in words, whatever it was given; the runs of others go on, and time goes on.
"""

from datetime import datetime, timedelta, timezone

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.simulation.clock import EARLIEST, FARTHEST, LATEST, next_cron
from tests.fuzz.test_cloud_door import VALUES
from tests.tables import walked
from tests.unit.simulation.simulated import NOON, ScriptedBridge

FAR = {"amount": 3_000_000, "unit": "days"}
FARTHER = {"amount": 1e300, "unit": "months"}
HOUR = {"amount": 1, "unit": "hours"}
REACH = "further away than a date can say"
BODY = {"body": "one"}


def trigger_both(kind, outputs, **event):
    """Trigger a workflow with this step, and one that only waits an hour; return their runs, that of the second last."""
    bridge = ScriptedBridge()
    bridge.add("odd", ("in_app", "first", BODY), (kind, "it", outputs), ("in_app", "last", BODY))
    bridge.add("even", ("delay", "hour", HOUR), ("in_app", "last", BODY))
    with NovuSimulator(NOON) as sim:
        sim.connect(bridge)
        runs = [*sim.trigger("odd", ["ann", "bob"], **event).runs, sim.trigger("even", "ann").run]
        sim.run_until_idle()
        return runs


@walked(
    "kind, outputs, event, said",
    [
        ("delay", FAR, {}, REACH),
        ("delay", FARTHER, {}, REACH),
        ("delay", HOUR, {"overrides": {"delay": FAR}}, REACH),
        ("delay", {"type": "dynamic", "dynamicKey": "payload.when"}, {"payload": {"when": FAR}}, REACH),
        ("delay", {"type": "dynamic", "dynamicKey": "payload.when"}, {"payload": {"when": FARTHER}}, REACH),
        ("delay", {"type": "dynamic", "dynamicKey": "payload.when"}, {"payload": {"when": "9999-12-31T23:59:59Z"}}, REACH),
        ("delay", {"dynamicKey": 5}, {}, "its `dynamicKey` must be a text, not 5"),
        ("delay", {"cron": ["* * * * *"]}, {}, "its `cron` must be a text, not ['* * * * *']"),
        ("digest", FAR, {}, REACH),
        ("digest", {**HOUR, "dynamicKey": 5}, {}, "its `dynamicKey` must be a text, not 5"),
        ("digest", {"cron": True}, {}, "its `cron` must be a text, not True"),
        ("digest", {**HOUR, "digestKey": ["a"]}, {}, "its `digestKey` must be a text, not ['a']"),
        ("digest", {**HOUR, "lookBackWindow": 7}, {}, "its `lookBackWindow` must be an amount and a unit, not 7"),
        ("throttle", FAR, {}, REACH),
        ("throttle", {**HOUR, "threshold": None}, {}, "its `threshold` must be a number, not None"),
        ("throttle", {**HOUR, "threshold": "5"}, {}, "its `threshold` must be a number, not '5'"),
        ("throttle", {**HOUR, "throttleKey": {"a": 1}}, {}, "its `throttleKey` must be a text, not {'a': 1}"),
        ("throttle", {"type": "dynamic", "dynamicKey": "when"}, {"payload": {"when": FAR}}, REACH),
        ("throttle", {"type": "dynamic", "dynamicKey": [1]}, {}, "its `dynamicKey` must be a text, not [1]"),
    ],
)  # fmt: skip
def test_the_step_fails_in_words_and_others_go_on(kind, outputs, event, said):
    *odd, even = trigger_both(kind, outputs, **event)

    for run in odd:
        assert [step.status for step in run.steps] == ["completed", "failed", "canceled"]
        assert run.status == "failed"
        assert said in run.step("it").error
    assert even.status == "completed"


def test_a_digest_looks_back_no_further_than_time_goes():
    outputs = {**HOUR, "lookBackWindow": {"amount": 999_999, "unit": "days"}}
    first, second, _ = trigger_both("digest", outputs)

    assert [run.step("it").status for run in (first, second)] == ["skipped", "skipped"]


@walked("value", VALUES)
@walked(
    "kind, name",
    [
        (kind, name)
        for kind in ("delay", "digest", "throttle")
        for name in ("type", "amount", "unit", "cron", "dynamicKey", "digestKey", "lookBackWindow", "throttleKey", "threshold", "extendToSchedule")
    ],
)  # fmt: skip
def test_whatever_an_output_is_every_run_ends(kind, name, value):
    runs = trigger_both(kind, {**HOUR, name: value}, payload={"x": value})

    assert all(run.status != "running" for run in runs)
    assert runs[-1].status == "completed"


@walked(
    "when", [datetime.max, datetime.min, datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=5)))]
)
def test_a_simulation_starts_within_reach(when):
    with pytest.raises(ValueError, match=r"out of reach|further away than a date can say"):
        NovuSimulator(when)


@walked("moment", [EARLIEST, LATEST])
@walked("zone", ["Pacific/Kiritimati", "America/Adak", "Europe/Vienna", None])
@walked("outputs", [HOUR, {"cron": "0 9 * * *"}, {"cron": "@yearly"}, {"cron": "0 0 29 2 *"}])
def test_what_is_triggered_at_either_end_of_time_can_wait(moment, zone, outputs):
    bridge = ScriptedBridge()
    bridge.add("w", ("digest", "d", outputs), ("in_app", "i", BODY))
    with NovuSimulator(moment) as sim:
        sim.connect(bridge)
        run = sim.trigger("w", {"subscriberId": "ann", "timezone": zone}).run
        assert run.status == "running"
        sim.run_until_idle(timedelta(days=5000))
        assert run.status == "completed"


@walked("cron", ["* * * * *", "@yearly", "0 0 29 2 *"])
def test_there_is_no_next_time_of_a_cron_after_the_end(cron):
    with pytest.raises(ValueError, match=r"out of reach|never occurs"):
        next_cron(cron, FARTHEST)


@walked(
    "move",
    [
        lambda sim: sim.advance(days=99_999_999),
        lambda sim: sim.advance(days=1e300),
        lambda sim: sim.advance(days=float("nan")),
        lambda sim: sim.advance(days=-99_999_999),
        lambda sim: sim.advance(timedelta.max),
        lambda sim: sim.advance(timedelta.max, days=1),
        lambda sim: sim.advance_to(datetime.max),
        lambda sim: sim.subscriber("ann").inbox[0].snooze(datetime.max),
        lambda sim: sim.subscriber("ann").inbox[0].snooze(days=99_999_999),
        lambda sim: sim.subscriber("ann").inbox[0].snooze(days=1e300),
    ],
)
def test_time_moves_within_reach(move):
    bridge = ScriptedBridge()
    bridge.add("w", ("in_app", "i", BODY))
    with NovuSimulator(NOON) as sim:
        sim.connect(bridge)
        sim.trigger("w", "ann")
        with pytest.raises(ValueError, match=r"out of reach|further away than a date can say"):
            move(sim)
        assert sim.now == NOON


def test_until_idle_takes_any_limit():
    with NovuSimulator(NOON) as sim:
        sim.run_until_idle(timedelta.max)
