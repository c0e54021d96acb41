"""The simulation under a state machine: no event of a digest is lost or doubled, whatever happens in which order."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from tests.fuzz import FUZZ

START = datetime(2026, 1, 31, 23, 50, tzinfo=timezone.utc)
PEOPLE = ["ann", "bob"]
ZONES = [None, "Asia/Kolkata", "America/New_York"]
OFFICE = {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
NIGHT = {"isEnabled": True, "hours": [{"start": "11:00 PM", "end": "01:00 AM"}]}
SCHEDULES: list[dict[str, Any] | None] = [
    None,
    {"isEnabled": True, "weeklySchedule": {"monday": OFFICE, "wednesday": OFFICE}},
    {"isEnabled": True, "weeklySchedule": {"saturday": NIGHT}},
    {"isEnabled": True, "weeklySchedule": {}},
]
COUNTED = {"mail", "text", "list", "pass"}
TERMINAL = {"completed", "failed", "canceled", "merged"}


@workflow("digested")
async def digested(payload: dict[str, Any], step: Step) -> None:
    """An in-app message at once, a digest of ten minutes, and an email with all that it has collected."""
    await step.in_app("now", lambda: {"body": str(payload["n"])})
    digest = await step.digest(
        "collect", lambda: {"amount": 10, "unit": "minutes", "digestKey": payload["key"]}
    )
    await step.email(
        "mail",
        lambda: {"subject": payload["key"], "body": ",".join(str(e.payload["n"]) for e in digest.events)},
    )


@workflow("delayed")
async def delayed(payload: dict[str, Any], step: Step) -> None:
    """A delay, then an SMS."""
    await step.delay("wait", {"amount": 5, "unit": "minutes"})
    await step.sms("text", lambda: {"body": str(payload["n"])})


@workflow("timed")
async def timed(payload: dict[str, Any], step: Step) -> None:
    """A digest until the next twenty minutes of the subscriber's clock, or until the schedule opens."""
    digest = await step.digest("until", {"cron": "*/20 * * * *", "extendToSchedule": True})
    await step.in_app("list", lambda: {"body": ",".join(str(e.payload["n"]) for e in digest.events)})


@workflow("calm")
async def calm(payload: dict[str, Any], step: Step) -> None:
    """A throttle of one in a quarter of an hour for each key."""
    await step.throttle("slow", {"type": "fixed", "amount": 15, "unit": "minutes", "throttleKey": "key"})
    await step.in_app("pass", lambda: {"body": str(payload["n"])})


WORKFLOWS = (digested, delayed, timed, calm)


class Simulation(RuleBasedStateMachine):
    """Triggers, cancels and time in any order, beside a model of what has to arrive."""

    def __init__(self) -> None:
        super().__init__()
        self.novu = NovuSimulator(secret_key="k", start=START)
        self.novu.register(*WORKFLOWS)
        self.story: list[tuple[Any, ...]] = []
        self.events: dict[int, tuple[str, str]] = {}
        self.canceled_unsent: set[int] = set()
        self.muted: set[str] = set()
        self.held_back: set[int] = set()
        self.windows: dict[tuple[str, str], datetime] = {}
        self.ended: dict[str, str] = {}
        self.last = self.novu.now

    def act(self, *what: Any) -> None:
        """Do something, and keep it to be done again in another simulation."""
        self.story.append(what)
        perform(self.novu, *what)

    @rule(
        name=st.sampled_from([one.id for one in WORKFLOWS]),
        who=st.sampled_from(PEOPLE),
        key=st.sampled_from(["x", "y"]),
    )
    def trigger(self, name: str, who: str, key: str) -> None:
        number = len(self.events)
        self.events[number] = (name, who)
        if name == "calm":
            now = self.novu.now
            if now < self.windows.get((who, key), now):
                self.held_back.add(number)
            else:
                self.windows[who, key] = now + timedelta(minutes=15)
        self.act("trigger", name, who, number, key)

    @rule(number=st.integers(0, 12))
    def cancel(self, number: int) -> None:
        if number in self.events:
            if number not in sent(self.novu):
                self.canceled_unsent.add(number)
            self.act("cancel", number)

    @rule(seconds=st.sampled_from([0, 1, 59, 299, 300, 301, 599, 600, 601, 899, 900, 7200, 86_400]))
    def advance(self, seconds: int) -> None:
        self.act("advance", seconds)

    @rule(who=st.sampled_from(PEOPLE), on=st.booleans())
    def prefer(self, who: str, on: bool) -> None:
        self.act("prefer", who, on)
        if not on:
            self.muted.add(who)

    @rule(who=st.sampled_from(PEOPLE), zone=st.sampled_from(ZONES))
    def move(self, who: str, zone: str | None) -> None:
        self.act("move", who, zone)

    @rule(who=st.sampled_from(PEOPLE), which=st.integers(0, len(SCHEDULES) - 1))
    def schedule(self, who: str, which: int) -> None:
        self.act("schedule", who, which)
        if SCHEDULES[which] is not None:
            self.muted.add(who)

    @rule()
    def idle(self) -> None:
        self.act("idle")

    @invariant()
    def time_goes_forward(self) -> None:
        assert self.novu.now >= self.last
        self.last = self.novu.now

    @invariant()
    def what_has_ended_stays_so(self) -> None:
        for run in (run for trigger in self.novu.triggers for run in trigger.runs):
            if (before := self.ended.get(run.id)) is not None and before != "merged":
                assert run.status == before
            if run.status in TERMINAL:
                self.ended[run.id] = run.status

    @invariant()
    def nothing_arrives_twice_or_after_it_was_canceled(self) -> None:
        counted = sent(self.novu)
        assert not [number for number, times in counted.items() if times > 1]
        assert not (self.canceled_unsent | self.held_back) & counted.keys()

    def teardown(self) -> None:
        self.act("idle")
        counted = sent(self.novu)
        for number, (name, who) in self.events.items():
            left_out = who in self.muted and name in (
                "digested",
                "delayed",
            )  # in-app messages know no schedule
            if number not in self.canceled_unsent | self.held_back and not left_out:
                assert counted[number] == 1, f"event {number} was lost"
        assert all(run.status in TERMINAL for trigger in self.novu.triggers for run in trigger.runs)
        self.nothing_arrives_twice_or_after_it_was_canceled()
        with NovuSimulator(secret_key="k", start=START) as again:
            again.register(*WORKFLOWS)
            for what in self.story:
                perform(again, *what)
            assert again.timeline().encode() == self.novu.timeline().encode()
        self.novu.close()


def perform(novu: NovuSimulator, what: str, *arguments: Any) -> None:
    """Do one thing of a story."""
    match what, *arguments:
        case "trigger", name, who, number, key:
            to = {"subscriberId": who, "email": f"{who}@acme.test", "phone": "+43123"}
            payload = {"n": number, "key": key}
            novu.trigger(name, to=to, payload=payload, transaction_id=f"t{number}")
        case "cancel", number:
            novu.cancel(f"t{number}")
        case "advance", seconds:
            novu.advance(seconds=seconds)
        case "prefer", who, on:
            novu.subscriber(who).preferences.update("digested", channels={"email": on})
        case "move", who, zone:
            novu.subscribers.upsert(who, timezone=zone)
        case "schedule", who, which:
            novu.subscriber(who).preferences.schedule = SCHEDULES[which]
        case _:
            novu.run_until_idle()


def sent(novu: NovuSimulator) -> Counter[int]:
    """Count how often each event has arrived, in the message that is at the end of its workflow."""
    return Counter(
        int(number)
        for message in novu.messages
        if message.step_id in COUNTED
        for number in str(message.body).split(",")
    )


TestSimulation = Simulation.TestCase
TestSimulation.settings = settings(max_examples=20 * FUZZ, stateful_step_count=30, deadline=None)
