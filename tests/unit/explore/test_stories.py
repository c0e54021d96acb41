"""Invariants of single stories, at the edges of what they allow; and the app that a story is told with."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from fastapi import FastAPI

from novu_framework import Client, Step, workflow
from novu_framework.fastapi import serve
from novu_framework_testing import NovuSimulator
from novu_framework_testing.explore import (
    at_most_one,
    at_most_one_email,
    cancel,
    each_event_once,
    escalated,
    nothing_after_cancel,
    nothing_outside_schedule,
    opted_out_is_not_reached,
    trigger,
)
from novu_framework_testing.explore.invariants import INVARIANTS, check, no_failed_run
from novu_framework_testing.explore.moves import own, prefer, schedule, wait
from novu_framework_testing.explore.story import Move, Story
from novu_framework_testing.explore.subject import Subject, code_of
from novu_framework_testing.simulation.preferences import SubscriberPreferences
from tests.tables import walked

MONDAY = datetime(2026, 3, 9, 12, tzinfo=timezone.utc)
KEY = "test-secret"
MINUTE = timedelta(minutes=1)
TEN = 10 * MINUTE
ANY = {"type": "object", "additionalProperties": True}


@workflow("news", payload_schema=ANY)
async def news(payload: dict[str, Any], step: Step) -> None:
    await step.in_app("bell", {"body": "News"})
    await step.email("mail", {"subject": "News", "body": "<p>News</p>"}, skip=lambda: "no-mail" in payload)


@workflow("alarm", payload_schema=ANY)
async def alarm(payload: dict[str, Any], step: Step) -> None:
    inbox = await step.in_app("bell", {"body": "It burns"})
    await step.delay("wait", {"amount": 10, "unit": "minutes"})
    await step.sms("sms", {"body": "It burns"}, skip=lambda: inbox.read or "quiet" in payload)


@workflow("collected", payload_schema=ANY)
async def collected(payload: dict[str, Any], step: Step) -> None:
    digest = await step.digest(
        "digest", lambda: {"amount": 10, "unit": "minutes", "digestKey": str(payload.get("key", ""))}
    )
    await step.in_app("bell", lambda: {"body": f"{digest.event_count} events"})


@workflow("grouped")
async def grouped(step: Step) -> None:
    await step.in_app("bell", {"body": "Something"})
    await step.digest("digest", {"amount": 10, "unit": "minutes"})
    await step.email("mail", {"subject": "Some", "body": "<p>Some</p>"})


APP = [news, alarm, collected, grouped]


def subject(code: Any, people: Sequence[Any] = ("ann", "bob"), setup: Any = None) -> Subject:
    return Subject([code], people, secret_key=KEY, start=MONDAY, setup=setup)


async def told(*moves: Move, setup: Any = None) -> Story:
    story = await subject(await code_of(APP, "/api/novu", KEY), setup=setup).story()
    await story.play(moves)
    return story


def holds(invariant: Callable[..., Any], story: Story) -> str | None:
    """What an invariant says of a story; None where it holds."""
    try:
        check(invariant, story)
    except AssertionError as error:
        return str(error)
    return None


def news_for(who: str, **payload: Any) -> Move:
    return trigger("news", who, payload)


TWO = (news_for("ann", id=1), wait(minutes=10), news_for("ann", id=2))


@walked(
    ("moves", "invariant", "said"),
    [
        (TWO, at_most_one("email", per=TEN), None),
        (TWO, at_most_one("email", per=TEN + timedelta(milliseconds=1)), "ann got two email messages of news, at "),
        (TWO, at_most_one("email", "news", per=None), "at most one may come"),
        (TWO, at_most_one_email("news", per=11 * MINUTE), "at most one per 0:11:00 may come"),
        (TWO, at_most_one("in_app", per=11 * MINUTE), "ann got two in_app messages of news"),
        (TWO, at_most_one("email", "alarm", per=None), None),
        (TWO, at_most_one("sms", per=None), None),
        (TWO, at_most_one("email", per=None, by="id"), None),
        (TWO, at_most_one("email", per=None, by="other"), "two email messages of news about other None, at "),
        ((news_for("ann"), news_for("bob")), at_most_one("email", per=None), None),
        ((news_for("ann"), trigger("alarm", "ann", {})), at_most_one("in_app", per=None), None),
        ((news_for("ann"), news_for("ann", **{"no-mail": 1})), at_most_one("email", per=None), None),
        ((news_for("ann", a={"b": 1}), news_for("ann", a={"b": 1})), at_most_one("email", per=TEN, by="a.b"), "about a.b 1"),
        # it is the one before that counts, not the first
        ((*TWO, wait(minutes=5), news_for("ann")), at_most_one("email", per=6 * MINUTE), "at most one per 0:06:00"),
        ((*TWO, wait(minutes=10), news_for("ann")), at_most_one("email", per=TEN), None),
    ],
)  # fmt: skip
async def test_two_messages_within_a_time_are_one_too_many(
    moves: Sequence[Move], invariant: Any, said: str | None
) -> None:
    found = holds(invariant, await told(*moves))
    assert found is None if said is None else said in str(found)


def reading(novu: NovuSimulator) -> None:
    novu.subscriber("ann").inbox[0].mark_read()


def unreading(novu: NovuSimulator) -> None:
    novu.subscriber("ann").inbox[0].mark_unread()


def smsless(novu: NovuSimulator) -> None:
    novu.fail_provider("sms")


ALARM = trigger("alarm", "ann", {})
QUIET = trigger("alarm", "ann", {"quiet": True})


@walked(
    ("moves", "invariant", "holds_true"),
    [
        ((ALARM,), escalated("alarm", within=TEN), True),
        ((ALARM,), escalated("alarm", within=TEN, to="sms"), True),
        ((ALARM,), escalated("alarm", within=TEN, to="email"), False),
        ((ALARM,), escalated("alarm", within=TEN - timedelta(milliseconds=1)), False),
        ((ALARM,), escalated("news", within=timedelta(0)), True),
        ((QUIET,), escalated("alarm", within=TEN), False),
        ((QUIET, wait(minutes=10), own(reading)), escalated("alarm", within=TEN), True),
        ((QUIET, wait(minutes=11), own(reading)), escalated("alarm", within=TEN), False),
        ((QUIET, wait(minutes=1), own(reading), own(unreading)), escalated("alarm", within=TEN), False),
        ((own(smsless), ALARM), escalated("alarm", within=TEN), True),
        ((prefer("ann", "sms", False, "alarm"), ALARM), escalated("alarm", within=TEN), True),
        ((ALARM, wait(minutes=1), cancel(1)), escalated("alarm", within=TEN), True),
        ((news_for("ann"),), escalated("news", within=timedelta(0)), True),
        ((news_for("ann", **{"no-mail": 1}),), escalated("news", within=TEN), False),
    ],
)  # fmt: skip
async def test_who_does_not_read_has_to_be_reached_in_time(
    moves: Sequence[Move], invariant: Any, holds_true: bool
) -> None:
    found = holds(invariant, await told(*moves))
    assert (found is None) is holds_true
    assert holds_true or re.match(
        r"ann did not read bell of \w+ from 2026-03-09 12:00:00 UTC, and got no (message by another channel|email) of it within ",
        str(found),
    )


@walked(
    ("cause", "is_excused"),
    [
        *(("schedule", True), ("workflow-preference", True), ("subscriber-global-preference", True)),
        *(("subscriber-workflow-preference", True), ("no-integration", True), ("no-channel", True)),
        *(("no-channel-of-context", True), ("no-tokens", True), ("no-endpoint", True)),
        *(("bridge-skip", False), ("condition", False), ("throttled", False), (None, False)),
    ],
    size=15,
)
async def test_who_cannot_be_reached_need_not_be(cause: Any, is_excused: bool) -> None:
    story = await told(QUIET)
    step = story.novu.runs[0].step("sms")
    step.cause = cause
    assert (holds(escalated("alarm", within=TEN), story) is None) is is_excused
    step.cause, step.status = None, "failed"
    assert holds(escalated("alarm", within=TEN), story) is None
    step.status, step.extensions = "completed", 1
    assert holds(escalated("alarm", within=TEN), story) is None


async def test_the_run_that_a_digest_carries_on_reaches_for_the_others() -> None:
    moves = (trigger("grouped", "ann", {}), wait(minutes=1), trigger("grouped", "ann", {}))
    story = await told(*moves)
    assert [run.status for run in story.novu.runs] == ["completed", "merged"]
    assert holds(escalated("grouped", within=TEN), story) is None
    assert "ann did not read bell of grouped" in str(holds(escalated("grouped", within=8 * MINUTE), story))


WISHES = [
    (
        (prefer("ann", "email", False), news_for("ann")),
        "ann had switched email off, and got mail of news at ",
    ),
    ((prefer("ann", "email", False, "news"), news_for("ann")), "ann had switched email off"),
    ((prefer("ann", "email", False, "alarm"), news_for("ann")), None),
    ((prefer("ann", "sms", False), news_for("ann")), None),
    (
        (
            prefer("ann", "email", False),
            prefer("ann", "email", False, "news"),
            prefer("ann", "email", True, "news"),
            news_for("ann"),
        ),
        None,
    ),
    ((prefer("ann", "email", False), prefer("ann", "email", True), news_for("ann")), None),
    ((prefer("bob", "email", False), news_for("ann")), None),
    ((news_for("ann"), prefer("ann", "email", False)), None),
]


@pytest.mark.parametrize(("moves", "said"), WISHES)
async def test_what_somebody_has_switched_off_must_not_come(
    monkeypatch: pytest.MonkeyPatch, moves: Sequence[Move], said: str | None
) -> None:
    resolve = SubscriberPreferences.resolve

    def all_on(self: SubscriberPreferences, *about: Any, **more: Any) -> Any:
        return resolve(self, *about, **more)._replace(enabled=True)

    assert holds(opted_out_is_not_reached, await told(*moves)) is None
    monkeypatch.setattr(SubscriberPreferences, "resolve", all_on)
    found = holds(opted_out_is_not_reached, await told(*moves))
    assert found is None if said is None else str(found).startswith(said)

    def read_only(novu: NovuSimulator) -> None:
        novu.workflow("news").save_preferences({"all": {"enabled": True, "readOnly": True}})

    assert holds(opted_out_is_not_reached, await told(*moves, setup=read_only)) is None


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (10, None),
        (20, "ann got mail of news at 2026-03-09 20:01:00 UTC, outside of the schedule (Europe/Vienna)"),
    ],
)
async def test_out_of_hours_there_is_the_inbox_alone(
    monkeypatch: pytest.MonkeyPatch, hour: int, said: str | None
) -> None:
    moves = [schedule("ann", True), wait(minutes=1), news_for("ann")]
    if hour > 12:
        moves.insert(0, wait(hours=hour - 12))
    assert holds(nothing_outside_schedule, await told(*moves)) is None
    monkeypatch.setattr("novu_framework_testing.simulation.worker.is_open", lambda *_: True)
    assert holds(nothing_outside_schedule, await told(*moves)) == said
    assert holds(nothing_outside_schedule, await told(*moves[:-3], moves[-1])) is None


async def test_a_cancel_ends_what_is_to_come_and_leaves_what_has_come() -> None:
    story = await told(ALARM, wait(minutes=1), cancel(1))
    assert [message.channel for message in story.novu.messages] == ["in_app"]
    assert holds(nothing_after_cancel, story) is None
    story.canceled["trigger-1"] = 0  # as if it had come before the first message
    found = str(holds(nothing_after_cancel, story))
    assert found.startswith("ann got bell of alarm at 2026-03-09 12:00:00 UTC, after trigger-1 was canceled")
    story.canceled = {"trigger-2": 0}
    assert holds(nothing_after_cancel, story) is None


EVENTS = tuple(trigger("collected", "ann", {"key": key}) for key in ("a", "b", "a"))


async def test_every_event_leaves_its_digest_once() -> None:
    story = await told(*EVENTS, wait(minutes=20), *EVENTS, cancel(5))
    assert [one.body for one in story.novu.messages] == ["2 events", "1 events", "2 events"]
    assert [holds(one, story) for one in INVARIANTS] == [None] * len(INVARIANTS)
    first, second, third = (run.step("digest") for run in story.novu.runs[:3])
    assert first.digest is not None
    (sent,) = story.bridge.digests(story.novu.runs[0].step("bell").id).values()
    kept = sent.pop()  # a bridge that was sent less than there is
    assert "the event of trigger-3 for ann was lost in digest" in str(holds(each_event_once, story))
    sent.append(kept)
    assert holds(each_event_once, story) is None
    first.digest.followers.remove(third)
    story.bridge._states.clear()
    assert "the event of trigger-3 for ann was lost in digest of collected" in str(
        holds(each_event_once, story)
    )
    first.digest.followers += [third, second]
    assert "the event of trigger-2 for ann left digest of collected 2 times, with the digests of trigger-1 and trigger-2" in str(
        holds(each_event_once, story)
    )  # fmt: skip
    first.digest.followers.remove(second)
    third.outputs = {**first.outputs, "digestKey": "b"}
    found = str(holds(each_event_once, story))
    assert found.endswith("left with another digest: that of digest for ann, 'a'")


async def test_a_run_that_failed_is_an_error() -> None:
    def failing(novu: NovuSimulator) -> None:
        raise AssertionError("of our own")

    @workflow("broken")
    async def broken(step: Step) -> None:
        await step.in_app("bell", lambda: {"body": 1 / 0})  # type: ignore[dict-item]

    story = await subject(await code_of(broken, "/api/novu", KEY)).story()
    await story.play([trigger("broken", "ann", {})])
    assert "division by zero" in str(holds(no_failed_run, story))
    assert holds(failing, story) == "of our own"


# --- the app, and its people ---


async def test_people_have_what_every_channel_needs_and_time_zones_in_turn() -> None:
    given = {"subscriberId": "cid", "timezone": "Asia/Tokyo"}
    explored = subject(
        await code_of(APP, "/api/novu", KEY), ["ann", "bob", given, "dan", {"subscriber_id": "eve"}]
    )
    assert explored.zones == {
        "ann": "Europe/Vienna",
        "bob": "America/New_York",
        "cid": "Asia/Tokyo",
        "dan": "America/New_York",
        "eve": None,
    }
    story = await explored.story()
    ann, cid, dan = (story.novu.subscribers[name] for name in ("ann", "cid", "dan"))
    assert (ann.first_name, ann.email, ann.phone, dan.phone) == (
        "Ann", "ann@example.com", "+15550000000", "+15550000003",
    )  # fmt: skip
    assert [one.address for channel in ("push", "chat") for one in ann.credentials(channel)] == [
        ["a-device"],
        "https://example.com/webhook",
    ]
    assert (cid.email, cid.channels, story.novu.now) == (None, [], MONDAY)
    assert (story.new, story.moves) == (None, [])
    ann.channels[0].credentials.clear()
    again = await explored.story()
    assert again.novu is not story.novu
    assert again.novu.subscribers["ann"].credentials("push")
    await explored.aclose()


@pytest.mark.parametrize("is_async", [False, True])
async def test_each_story_is_prepared_and_a_new_version_may_be_deployed(is_async: bool) -> None:
    prepared: list[NovuSimulator] = []

    async def setup_async(novu: NovuSimulator) -> None:
        prepared.append(novu)

    code, new = await code_of(APP, "/api/novu", KEY), await code_of(news, "/api/novu", KEY)
    setup = setup_async if is_async else prepared.append
    explored = Subject([code, new], ["ann"], secret_key=KEY, start=MONDAY, setup=setup)
    stories = [await explored.story() for _ in range(2)]
    assert prepared == [story.novu for story in stories]
    assert [story.new for story in stories] == [new, new]
    assert stories[0].novu.secret_key == KEY


@walked(
    ("triggers", "payloads"),
    [
        (None, {"news": None, "alarm": None, "collected": None, "grouped": None}),
        ([news, "alarm"], {"news": None, "alarm": None}),
        ([], {"news": None, "alarm": None, "collected": None, "grouped": None}),
        ({news: {"a": 1}}, {"news": [{"a": 1}]}),
        ({"news": ({"a": 1}, {"a": 2}), alarm: None}, {"news": [{"a": 1}, {"a": 2}], "alarm": None}),
        ({"news": []}, {"news": []}),
    ],
)
async def test_payloads_are_given_or_made_up(triggers: Any, payloads: dict[str, Any]) -> None:
    explored = subject(await code_of(APP, "/api/novu", KEY))
    found = explored.payloads(triggers, 1)
    assert list(found) == list(payloads)
    for name, given in payloads.items():
        assert found[name] == given or given is None
    assert found == explored.payloads(triggers, 1)


async def test_payloads_that_are_made_up_differ_and_are_three_at_most() -> None:
    numbered = {"type": "object", "properties": {"n": {"type": "number"}}, "required": ["n"]}
    one = {"type": "object", "properties": {"n": {"const": 1}}, "required": ["n"]}

    @workflow("numbered", payload_schema=numbered)
    async def many(step: Step) -> None:
        await step.in_app("bell", {"body": "x"})

    @workflow("fixed", payload_schema=one)
    async def fixed(step: Step) -> None:
        await step.in_app("bell", {"body": "x"})

    @workflow("plain")
    async def plain(step: Step) -> None:
        await step.in_app("bell", {"body": "x"})

    explored = subject(await code_of([many, fixed, plain], "/api/novu", KEY))
    found = explored.payloads(None, 1)
    assert len({payload["n"] for payload in found["numbered"]}) == len(found["numbered"]) == 3
    assert (found["fixed"], found["plain"]) == ([{"n": 1}], [{}])
    assert explored.payloads(["numbered"], 2) != explored.payloads(["numbered"], 1)


async def test_the_channels_of_a_workflow_are_told_once_each() -> None:
    explored = subject(await code_of([*APP, doubled, stepless], "/api/novu", KEY))
    assert explored.channels(["news", "collected", "doubled", "stepless"]) == {
        "news": ["in_app", "email"],
        "collected": ["in_app"],
        "doubled": ["sms", "email"],
        "stepless": [],
    }


@workflow("doubled")
async def doubled(step: Step) -> None:
    for name in ("a", "b"):
        await step.sms(f"sms-{name}", {"body": "x"})
        await step.email(f"mail-{name}", {"subject": "x", "body": "x"})


@workflow("stepless")
async def stepless(step: Step) -> None:
    pass


@pytest.mark.parametrize("is_list", [False, True])
async def test_workflows_and_apps_of_this_process_run_without_http(is_list: bool) -> None:
    app = FastAPI()
    serve(app, workflows=[news, alarm], client=Client(secret_key=KEY))
    for given, names in ((app, ["news", "alarm"]), (news, ["news"]), ([news, alarm], ["news", "alarm"])):
        code = await code_of(given if not is_list else lambda given=given: given, "/api/novu", KEY)
        assert [one["workflowId"] for one in code.definitions] == list(code.bridges) == names
        assert {type(bridge).__name__ for bridge in code.bridges.values()} == {"ProcessBridge"}
    with pytest.raises((TypeError, ValueError)):
        await code_of(7, "/api/novu", KEY)


@walked("is_wrapped", [False, True])
@walked(
    ("options", "log"),
    [({}, ["start", "stop"]), ({"lifespan": True}, ["start", "stop"]), ({"lifespan": False}, [])],
    size=15,
)
async def test_the_lifespan_of_an_app_lasts_until_the_exploring_ends(
    is_wrapped: bool, options: Any, log: list[str]
) -> None:
    noted: list[str] = []

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        noted.append("start")
        yield
        noted.append("stop")

    app = FastAPI(lifespan=lifespan)
    serve(app, workflows=[news], client=Client(secret_key=KEY))

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    code = await code_of(wrapped if is_wrapped else app, "/api/novu", KEY, **options)
    assert [one["workflowId"] for one in code.definitions] == list(code.bridges) == ["news"]
    explored = subject(code)
    for _ in range(2):
        story = await explored.story()
        await story.play([news_for("ann")])
        assert len(story.novu.messages) == 2
    assert noted == log[:1]
    await explored.aclose()
    assert noted == log
