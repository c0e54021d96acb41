"""What each move does in a story and how it is told, the letters of orders, and bridges with faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure
from novu_framework_testing.explore import moves, orders
from novu_framework_testing.explore.faults import Code, FaultyBridge
from novu_framework_testing.explore.moves import (
    at_once,
    bridge,
    cancel,
    deploy,
    own,
    prefer,
    provider_fails,
    read,
    read_newest,
    schedule,
    trigger,
    until_due,
    until_edge,
    wait,
    wait_until,
)
from novu_framework_testing.explore.orders import FIRST, Alphabet, _Sign, rounds
from novu_framework_testing.explore.story import Move
from tests.tables import walked
from tests.unit.explore.test_stories import told


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


NEWS, ALARM = trigger("news", "ann", {}), trigger("alarm", "bob", {})


@walked(
    ("played", "done", "notes"),
    [
        ([NEWS, read("ann"), read("ann")], "trigger('news', 'ann', {}), read('ann')", []),
        ([read("ann"), read("nobody"), read_newest()], "", []),
        ([NEWS, wait(seconds=1), ALARM, read_newest(), read_newest()], "trigger('news', 'ann', {}), wait(seconds=1), trigger('alarm', 'bob', {}), read('bob'), read('ann')", []),
        ([cancel(1), NEWS, cancel(0), cancel(2), cancel(-2)], "trigger('news', 'ann', {})", []),
        ([ALARM, ALARM, cancel(-1), cancel(1), cancel(-2)], "trigger('alarm', 'bob', {}), trigger('alarm', 'bob', {}), cancel(2), cancel(1)", []),
        ([ALARM, ALARM, cancel(-2)], "trigger('alarm', 'bob', {}), trigger('alarm', 'bob', {}), cancel(1)", []),
        ([prefer("ann", "sms", True), prefer("ann", "sms", False), prefer("ann", "sms", False), prefer("ann", "sms", True)],
         "prefer('ann', 'sms', False), prefer('ann', 'sms', True)", ["ann switches sms off", "ann switches sms on"]),
        ([prefer("ann", "sms", True, "news"), prefer("ann", "sms", False, "news"), prefer("ann", "sms", False, "news"), prefer("ann", "sms", False, "alarm")],
         "prefer('ann', 'sms', False, 'news'), prefer('ann', 'sms', False, 'alarm')", ["ann switches sms of news off", "ann switches sms of alarm off"]),
        ([schedule("ann", False), schedule("ann", True), schedule("ann", True), schedule("ann", False)],
         "schedule('ann', True), schedule('ann', False)", ["ann wants only from Monday to Friday between 9 and 17", "ann wants messages at any hour again"]),
        ([provider_fails("sms")], "provider_fails('sms')", ["the next sms will be refused by its provider"]),
        ([bridge("fails"), bridge("late"), bridge("twice")], "bridge('fails'), bridge('late'), bridge('twice')",
         ["the next request will find the bridge down", "the next request will be answered too late, and made again", "the next request will reach the bridge twice"]),
        ([deploy()], "", []),
        ([at_once(NEWS, read("nobody")), at_once(read("nobody")), at_once(NEWS, ALARM)],
         "trigger('news', 'ann', {}), at_once(trigger('news', 'ann', {}), trigger('alarm', 'bob', {}))", []),
        ([wait(minutes=10, seconds=0.5), wait_until("2026-03-10T00:00:00Z")], "wait(minutes=10, seconds=0.5), wait_until('2026-03-10T00:00:00Z')", []),
        ([until_due(0), ALARM, until_due(-1), until_due(0), until_due(0)], "trigger('alarm', 'bob', {}), wait(minutes=9, seconds=59), wait(seconds=1)", []),
        ([ALARM, wait(minutes=10, milliseconds=-1500), until_due(-1), until_due(-1)], "trigger('alarm', 'bob', {}), wait(minutes=10, milliseconds=-1500), wait(seconds=0.5)", []),
        ([ALARM, until_due(7201)], "trigger('alarm', 'bob', {}), wait(hours=2, minutes=10, seconds=1)", []),
        ([ALARM, until_due(2 * 86_400)], "trigger('alarm', 'bob', {}), wait(days=2, minutes=10)", []),
        ([until_edge("midnight", None), until_edge("midnight", None)], "wait_until('2026-03-09T23:59:59Z'), wait_until('2026-03-10T23:59:59Z')", []),
        ([until_edge("midnight", "Europe/Vienna")], "wait_until('2026-03-09T22:59:59Z')", []),
        ([until_edge("month", None), until_edge("month", None)], "wait_until('2026-03-31T23:59:59Z'), wait_until('2026-04-30T23:59:59Z')", []),
        ([until_edge("month", "America/New_York")], "wait_until('2026-04-01T03:59:59Z')", []),
        ([until_edge("clocks", "Europe/Vienna"), until_edge("clocks", "Europe/Vienna"), until_edge("clocks", "Europe/Vienna")],
         "wait_until('2026-03-29T00:59:59Z'), wait_until('2026-10-25T00:59:59Z'), wait_until('2027-03-28T00:59:59Z')", []),
        ([until_edge("clocks", "Asia/Tokyo")], "", []),
    ],
    ids=brief,
)  # fmt: skip
async def test_a_move_is_told_as_it_can_be_made_again(
    played: list[Move], done: str, notes: list[str]
) -> None:
    story = await told(*played)
    assert repr(story.moves) == f"[{done}]"
    if notes or not story.novu.triggers:
        assert [one.text for one in story.novu.activity] == notes


async def test_the_story_that_was_told_is_the_same_again() -> None:
    first = await told(
        NEWS, ALARM, until_due(0), read_newest(), schedule("ann", True), until_edge("midnight", None)
    )
    again = await told(*first.moves)
    assert repr(again.moves) == repr(first.moves)
    assert again.novu.timeline() == first.novu.timeline()
    assert [one.transaction_id for one in first.novu.triggers] == ["trigger-1", "trigger-2"]


async def test_a_move_stays_as_it_is_and_two_stories_are_two() -> None:
    with pytest.raises(FrozenInstanceError):
        NEWS.name = "other"  # type: ignore[misc]
    story = await told()
    assert story != replace(story)


async def test_wishes_are_kept_from_when_they_changed() -> None:
    story = await told(NEWS, prefer("ann", "sms", False), schedule("bob", True), provider_fails("sms"), NEWS)
    assert [one.since for one in story.wishes] == [0, 2, 2]
    sets = [one.overall.wants("sms") for one in story.wished(2, "ann")]
    assert (sets, [one.overall.wants("sms") for one in story.wished(1, "ann")]) == ([False], [None])
    assert [one.schedule is None for one in story.wished(9, "bob")] == [False]
    assert story.wished(9, "nobody") == []
    assert len(story.wished(9, "ann", since=story.novu.now - timedelta(days=1))) == 3
    assert len(story.wished(9, "ann", since=story.novu.now + timedelta(days=1))) == 1


async def test_what_a_function_of_ones_own_does_is_told_by_its_name() -> None:
    seen: list[Any] = []

    async def slow(novu: Any) -> None:
        seen.append(novu)

    def fails(novu: Any) -> None:
        raise ValueError("odd")

    story = await told(own(seen.append), own(slow))
    assert seen == [story.novu] * 2
    assert (repr(story.moves), [one.names for one in story.moves]) == ("[append, slow]", [set(), set()])
    assert [one.text for one in story.novu.activity] == ["append", "slow"]
    assert at_once(NEWS, own(slow), read("ann")).names == {"at_once", "trigger", "read"}
    with pytest.raises(ValueError, match="odd"):
        await story.play([own(fails)])
    assert repr(story.moves) == "[append, slow, fails]"


# --- orders ---


def spelt(*groups: tuple[float, list[Any]]) -> list[Any]:
    """The moves of each letter of an alphabet, without the letters."""
    return Alphabet(groups)._moves


def test_letters_are_as_many_as_the_shares_of_their_groups() -> None:
    a, b, c = (wait(seconds=number) for number in (1, 2, 3))
    assert spelt((1, [a]), (1, [b])) == [a, b]
    assert spelt((1, [a, b]), (2, [c])) == [a, b, *[c] * 4]
    assert spelt((1, [a, b]), (3, []), (0.1, [c])) == [*[a, b] * 5, c]
    assert spelt((6, [a, b, c]), (1, [c])) == [*[a, b, c] * 2, c]
    assert Alphabet([(1, [a, b, c])]).letters == "一丁丂"
    assert ord("一") == FIRST


def test_letters_between_moves_say_how_they_are_made() -> None:
    stop = wait(seconds=1)
    alphabet = Alphabet([(5, [NEWS, ALARM, stop, *_Sign])])

    def order(*places: int) -> str:
        return repr(alphabet.moves("".join(chr(FIRST + place) for place in places)))

    news, alarm, pause, join, again = 0, 1, 2, 3, 4
    n, a, w = repr(NEWS), repr(ALARM), repr(stop)
    assert order() == "[]"
    assert order(news, pause, alarm) == f"[{n}, {w}, {a}]"
    assert order(news, join, alarm) == f"[at_once({n}, {a})]"
    assert order(news, join, pause) == f"[{n}, {w}]"
    assert order(news, join, pause, alarm) == f"[{n}, {w}, {a}]"
    assert order(pause, join, alarm) == f"[{w}, {a}]"
    assert order(join, again, news, join) == f"[{n}]"
    assert order(news, again) == f"[{', '.join([n] * 5)}]"
    assert order(news, again, join, alarm) == f"[{', '.join([n] * 4)}, at_once({n}, {a})]"
    assert order(news, join, again, alarm) == f"[{', '.join([n] * 5)}, {a}]"
    assert order(pause, again) == f"[{w}]"
    for move in (read_newest(), read("ann"), cancel(1)):
        joined = Alphabet([(1, [move, *_Sign])]).moves("".join(chr(FIRST + place) for place in (0, 1, 0)))
        assert repr(joined) == f"[at_once({move!r}, {move!r})]"
    assert order(news, join, alarm, join, news) == f"[at_once(at_once({n}, {a}), {n})]"


TRIGGERS: Mapping[str, Any] = {"news": [{}, {"a": 1}], "alarm": [{}]}
CHANNELS = {"news": ["in_app", "email"], "alarm": ["email"]}
PEOPLE = {"ann": "Europe/Vienna", "bob": None}


def first_of(kinds: Any, *, triggers: Mapping[str, Any] = TRIGGERS, people: Any = PEOPLE) -> Counter[str]:
    """How many letters of the first round make each move."""
    (first, *_) = rounds(triggers, CHANNELS, people, kinds, 1, 0)
    return Counter(map(repr, first.alphabet._moves))


@walked(
    ("kind", "made"),
    [
        ("read", {"read_newest()"}),
        ("cancel", {"cancel(-1)", "cancel(1)", "cancel(-2)"}),
        ("provider", {"provider_fails('email')", "provider_fails('in_app')"}),
        ("bridge", {"bridge('fails')", "bridge('late')", "bridge('twice')"}),
        ("schedule", {f"schedule({who!r}, {hours})" for who in PEOPLE for hours in (True, False)}),
        ("opt-out", {
            f"prefer({who!r}, {channel!r}, {wanted}, {of!r})"
            for who in PEOPLE for wanted in (True, False)
            for of, channel in ((None, "email"), (None, "in_app"), ("news", "email"), ("news", "in_app"), ("alarm", "email"))
        }),
        (moves.deploy(), {"deploy()"}),
        (print, {"print"}),
    ],
    ids=brief,
)  # fmt: skip
def test_each_kind_has_its_moves(kind: Any, made: set[str]) -> None:
    assert first_of([kind]).keys() - first_of([]).keys() == made


def test_office_hours_are_from_monday_to_friday() -> None:
    assert {
        "isEnabled": True,
        "weeklySchedule": {
            day: {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
        },
    } == moves.OFFICE_HOURS


def test_letters_are_of_each_group_as_often_as_it_is_worth() -> None:
    found = first_of(["bridge"])
    shares = [
        sum(count for name, count in found.items() if name.startswith(names))
        for names in ("trigger", ("wait", "until"), "bridge", "<_Sign")
    ]
    assert shares == [45, 33, 33, 4]  # nearly 6, 4, 4 and 0.6


def test_triggers_are_for_everybody_and_all_at_once_most_often_for_the_first() -> None:
    found = first_of([])
    names = [one for one in found if one.startswith("trigger(")]
    to = ["'ann'", "'bob'", "['ann', 'bob']"]
    assert names == [
        f"trigger({of!r}, {whom}, {payload})"
        for payload, workflows in (({}, ["news", "alarm"]), ({"a": 1}, ["news"])) for whom in to for of in workflows
    ]  # fmt: skip
    times = [found[one] for one in names]
    assert times[0] == 3 * times[2]
    alone = first_of([], people={"ann": None})
    assert {one for one in alone if one.startswith("trigger(")} == {
        one for one in names if ", 'ann', " in one
    }


def test_time_passes_by_units_until_something_is_due_and_until_edges_of_the_calendar() -> None:
    found = first_of([])
    unit = found["wait(milliseconds=1)"] // 2
    waits = {f"wait({one}=1)": 2 for one in ("milliseconds", "seconds", "minutes", "hours", "days")}
    dues = {f"until_due({seconds})": 6 for seconds in (0, -1, 1)}
    edges = {
        f"until_edge({edge!r}, {zone!r})": 1
        for zone in (None, "Europe/Vienna")
        for edge in ("midnight", "month", "clocks")
    }
    del edges["until_edge('clocks', None)"]
    timed = {name: count // unit for name, count in found.items() if name.startswith(("wait", "until"))}
    assert timed == {**waits, **dues, **edges}
    assert [str(one) for one in _Sign if repr(one) not in found] == []


def test_orders_are_divided_into_rounds_of_a_hundred_that_leave_something_out() -> None:
    made = list(rounds(TRIGGERS, CHANNELS, PEOPLE, ["read", "cancel"], 250, 7))
    assert [one.orders for one in made] == [100, 100, 50]
    assert len({one.seed for one in made}) == 3
    assert [one.seed for one in rounds(TRIGGERS, CHANNELS, PEOPLE, ["read", "cancel"], 250, 7)] == [
        one.seed for one in made
    ]
    assert [one.seed for one in rounds(TRIGGERS, CHANNELS, PEOPLE, ["read", "cancel"], 1, 8)] != [
        made[0].seed
    ]
    assert list(rounds(TRIGGERS, CHANNELS, PEOPLE, [], 0, 7)) == []
    many: dict[str, list[dict[str, Any]]] = {f"w{number}": [{}] for number in range(9)}
    channels = {name: ["sms"] for name in many}
    counts, times, kinds = set(), set(), set()
    for one in list(rounds(many, channels, PEOPLE, ["cancel", "bridge", "schedule"], 6000, 7))[1:]:
        letters = {repr(move) for move in one.alphabet._moves}
        counts.add(len({name.split("'")[1] for name in letters if name.startswith("trigger(")}))
        times.add(len({name for name in letters if name.startswith(("wait", "until"))}))
        kinds.add(len({name.partition("(")[0] for name in letters} & {"cancel", "bridge", "schedule"}))
    assert (counts, kinds) == ({1, 2, 3}, {1, 2, 3})
    assert min(times) <= 2
    assert max(times) == 13
    with pytest.raises(ValueError, match="is not a kind") as refused:
        next(rounds(TRIGGERS, CHANNELS, PEOPLE, ["reed"], 1, 0))  # type: ignore[list-item]
    known = "read, cancel, opt-out, schedule, provider, bridge"
    assert (
        str(refused.value)
        == f"'reed' is not a kind of move; the kinds are {known}, and functions of your own."
    )
    assert orders.ROUND == 100
    assert list(moves.MOVES) == known.split(", ")


# --- bridges with faults ---


class Counting:
    """A bridge that changes the event that it gets, and counts how often it was asked."""

    def __init__(self) -> None:
        self.events: list[Any] = []

    async def discover(self) -> list[dict[str, Any]]:
        return [{"workflowId": "w"}]

    async def execute(self, workflow_id: str, step_id: str, event: Any, *, job_id: str) -> BridgeAnswer:
        self.events.append((workflow_id, step_id, job_id, dict(event["payload"])))
        event["payload"]["seen"] = len(self.events)
        return BridgeAnswer({"n": len(self.events)}, {}, skip=False)

    def location(self, workflow_id: str, step_id: str) -> str | None:
        return f"{workflow_id}/{step_id}"


async def test_each_request_has_the_next_fault() -> None:
    inner = Counting()
    code = Code([{"workflowId": "w"}], {"w": inner})
    faulty = FaultyBridge(code)
    faulty.faults[:] = ["fails", "late", "twice"]
    event: dict[str, Any] = {
        "payload": {"a": 1},
        "state": [
            {"stepId": "d", "outputs": {"eventCount": 1, "events": [{"id": "x"}]}},
            {"stepId": "e", "outputs": {}},
        ],
    }
    with pytest.raises(BridgeFailure) as down:
        await faulty.execute("w", "s", event, job_id="j")
    assert (down.value.message, down.value.status, down.value.timed_out) == ("the bridge is down", 503, False)
    assert inner.events == []
    with pytest.raises(BridgeFailure) as late:
        await faulty.execute("w", "s", event, job_id="j")
    assert (late.value.message, late.value.status, late.value.timed_out) == (
        "no answer came in time",
        None,
        True,
    )
    assert event["payload"] == {"a": 1}
    newer = faulty.deploy(Code([], {"w": inner}))
    assert await newer.execute("w", "s", event, job_id="k") == BridgeAnswer({"n": 3}, {}, skip=False)
    assert (await faulty.execute("w", "s", event, job_id="k")).outputs == {"n": 4}
    assert inner.events == [
        ("w", "s", "j", {"a": 1}), ("w", "s", "k", {"a": 1}), ("w", "s", "k", {"a": 1}), ("w", "s", "k", {"a": 1, "seen": 3})
    ]  # fmt: skip
    assert faulty.digests("j") == newer.digests("k") == {"d": [{"id": "x"}]}
    assert faulty.digests("none") == {}
    assert (await faulty.discover(), await newer.discover()) == ([{"workflowId": "w"}], [])
    assert faulty.location("w", "s") == "w/s"


def test_the_clocks_of_a_place_change_at_known_moments() -> None:
    def utc(*moment: int) -> datetime:
        return datetime(*moment, tzinfo=timezone.utc)  # type: ignore[arg-type, misc]

    assert list(moves._changes("America/New_York", 2026)) == [
        utc(2026, 3, 8, 7), utc(2026, 11, 1, 6), utc(2027, 3, 14, 7), utc(2027, 11, 7, 6)
    ]  # fmt: skip
    assert list(moves._changes(None, 2026)) == list(moves._changes("Asia/Kolkata", 2026)) == []
