"""`explore`: what it tries, finds, shrinks, tells and plays again."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from novu_framework import Client, Step, workflow
from novu_framework.fastapi import serve
from novu_framework_testing import NovuSimulator
from novu_framework_testing.explore import (
    MOVES,
    BrokenInvariant,
    Story,
    at_most_one,
    at_most_one_email,
    at_once,
    cancel,
    explore,
    read,
    trigger,
    wait,
    wait_until,
)


class Late(BaseModel):
    number: str


@workflow("shipping-delay")
async def racing(payload: Late, step: Step) -> None:
    """The shop's, with a race: who reads the inbox in the minute before the email gets another."""
    inbox = await step.in_app("inbox", lambda: {"body": f"Order {payload.number} is late"})
    digest = await step.digest("collect", {"amount": 1, "unit": "hours"})
    await step.email("email", lambda: {"subject": f"{digest.event_count} are late", "body": "<p>Sorry</p>"})
    await step.delay("a-minute", {"amount": 1, "unit": "minutes"})
    await step.email(
        "again", lambda: {"subject": "You saw it?", "body": "<p>Sorry</p>"}, skip=lambda: not inbox.read
    )


def found(app: Any, **options: Any) -> BrokenInvariant:
    with pytest.raises(BrokenInvariant) as broken:
        explore(app, **options)
    return broken.value


def test_a_race_is_found_and_shrunk_to_a_few_moves() -> None:
    one_email = at_most_one_email("shipping-delay", per=timedelta(minutes=30))
    broken = found(racing, invariants=[one_email], orders=10_000)
    assert len(broken.story.moves) <= 3
    assert {move.name for move in broken.story.moves} >= {"trigger", "read"}
    text = str(broken)
    assert (
        " got two email messages of shipping-delay, at 2026-03-12 10:00:00 UTC and at 2026-03-12 10:01:"
        in text
    )
    assert " read the in-app message" in text
    assert "from novu_framework_testing.explore import read, trigger" in text


def test_the_story_that_the_error_writes_down_breaks_the_same_to_the_same_timeline() -> None:
    one_email = at_most_one_email(per=timedelta(minutes=30))
    broken = found(racing, invariants=[one_email])
    code = str(broken).partition("story = ")[2]
    moves = eval(code, {"trigger": trigger, "wait": wait, "wait_until": wait_until, "read": read})
    again = found(racing, invariants=[one_email], story=moves)
    assert again.story.novu.timeline().encode() == broken.story.novu.timeline().encode()
    assert str(again) == str(broken).partition("\n\nThe seed 0")[0]


def test_a_story_in_which_nothing_happens_is_code_too() -> None:
    def broken_from_the_start(novu: NovuSimulator) -> None:
        raise AssertionError("broken")

    broken = found(racing, invariants=[broken_from_the_start])
    assert broken.story.moves == []
    lines = str(broken).partition("story=story), with\n\n")[2].splitlines()
    assert "\n".join(line.removeprefix("    ") for line in lines) == "story = [\n]"


@workflow("welcome")
async def welcome(step: Step) -> None:
    await step.in_app("inbox", {"body": "Welcome"})
    await step.delay("a-day", {"amount": 1, "unit": "days"})
    await step.email("tips", {"subject": "Tips", "body": "<p>Read the docs</p>"})


def never(step_id: str) -> Any:
    def never(novu: NovuSimulator) -> None:
        assert not [message for message in novu.messages if message.step_id == step_id]

    return never


def test_an_app_is_explored_without_http_and_its_lifespan_ends() -> None:
    phases: list[str] = []
    app = FastAPI(on_startup=[lambda: phases.append("up")], on_shutdown=[lambda: phases.append("down")])
    serve(app, workflows=[welcome], client=Client(secret_key="another"))
    assert found(app, invariants=[never("tips")]).story.moves == [trigger("welcome", "ann", {})]
    assert phases == ["up", "down"]


async def test_an_async_test_explores_on_its_own_loop() -> None:
    loops: set[Any] = set()

    @workflow("where")
    async def where(step: Step) -> None:
        async def body() -> dict[str, str]:
            loops.add(asyncio.get_running_loop())
            return {"body": "here"}

        await step.in_app("inbox", body)

    explore(where, orders=20)
    assert loops == {asyncio.get_running_loop()}


def test_the_same_seed_tries_the_same_orders_and_another_seed_others() -> None:
    def orders(seed: int) -> list[str]:
        tried: list[str] = []
        explore(
            [welcome, racing],
            invariants=[lambda story: tried.append(repr(story.moves))],
            orders=50,
            seed=seed,
        )
        return tried

    tried = [orders(seed) for seed in (1, 1, 2)]
    assert tried[0] == tried[1] != tried[2]
    assert len(tried[0]) == 50


def test_nothing_is_left_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hypothesis.configuration

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(hypothesis.configuration, "__hypothesis_home_directory_default", tmp_path)
    found(welcome, invariants=[never("tips")], orders=100)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_every_kind_of_move_is_tried_at_edges_of_windows_and_of_the_calendar() -> None:
    names: set[str] = set()
    moments: set[str] = set()

    def tried(story: Story) -> None:
        names.update(move.name for move in story.moves)
        moments.update(move.arguments[0] for move in story.moves if move.name == "wait_until")
        for move in story.moves:
            if move.name == "wait" and move.keywords.get("seconds") == 59:
                names.add("wait until a second before")

    explore(welcome, new_app=welcome, invariants=[tried], moves=[*MOVES, tidy], orders=400)
    assert names == {
        "trigger", "at_once", "wait", "wait_until", "read", "cancel", "prefer", "schedule", "provider_fails", "bridge", "deploy",
        "tidy", "wait until a second before",
    }  # fmt: skip
    assert {"2026-03-12T22:59:59Z", "2026-03-31T21:59:59Z", "2026-03-29T00:59:59Z"} <= moments


def tidy(novu: NovuSimulator) -> None:
    """Do nothing."""


def test_own_moves_are_told_by_their_names() -> None:
    drawer: list[str] = []

    async def fill_the_drawer(novu: NovuSimulator) -> None:
        drawer.append(novu.now.isoformat())

    @workflow("remind")
    async def remind(step: Step) -> None:
        await step.in_app("inbox", {"body": "Your drawer is full"}, skip=lambda: not drawer)

    broken = found(
        remind,
        moves=[fill_the_drawer],
        setup=lambda _: drawer.clear(),
        invariants=[never("inbox")],
    )
    assert [repr(move) for move in broken.story.moves] == ["fill_the_drawer", "trigger('remind', 'ann', {})"]
    assert "  > fill_the_drawer\n" in str(broken)
    assert found(
        remind,
        setup=lambda _: drawer.clear(),
        invariants=[never("inbox")],
        story=[fill_the_drawer, trigger("remind", "ann", {})],
    )


def test_what_was_not_to_do_is_no_part_of_moves_at_once() -> None:
    def nothing(story: Story) -> None:
        told.append(list(story.moves))

    told: list[Any] = []
    welcomed = trigger("welcome", "ann", {})
    for moves in (
        [at_once(read("ann"), cancel(1))],
        [at_once(welcomed, read("bob"))],
        [welcomed, at_once(read("ann"), cancel(-1))],
    ):
        explore(welcome, invariants=[nothing], story=moves)
    assert told == [[], [welcomed], [welcomed, at_once(read("ann"), cancel(1))]]


def test_state_that_orders_leave_to_the_next_is_named_as_the_cause() -> None:
    drawer: list[int] = []

    def only_once(novu: NovuSimulator) -> None:
        if len(novu.runs) > 1 and not drawer:
            drawer.append(1)
            raise AssertionError("the drawer was empty")

    with pytest.raises(AssertionError, match="bring it back to how it was in `setup`"):
        explore(welcome, invariants=[only_once])


def test_an_error_of_an_own_move_or_invariant_is_a_finding_with_its_traceback() -> None:
    def unfold(novu: NovuSimulator) -> None:
        novu.messages[0].mark_read()

    broken = found(welcome, invariants=[], moves=[unfold])
    assert [repr(move) for move in broken.story.moves] == ["unfold"]
    assert str(broken).startswith("IndexError: list index out of range\n\nnow 2026-03-12 09:00:00 UTC\n")
    assert isinstance(broken.__cause__, IndexError)
    assert isinstance(found(welcome, invariants=[unfold], triggers=[]).__cause__, IndexError)


def test_triggers_at_once_meet_where_the_code_waits() -> None:
    sent: set[str] = set()

    @workflow("once")
    async def once(step: Step) -> None:
        async def body() -> dict[str, str]:
            await asyncio.sleep(0)  # a database answers
            sent.add("ann")
            return {"body": "Only once"}

        await step.in_app("inbox", body, skip=lambda: "ann" in sent)

    broken = found(
        once, setup=lambda _: sent.clear(), invariants=[at_most_one("in_app", per=None)], people=["ann"]
    )
    one = trigger("once", "ann", {})
    assert broken.story.moves == [at_once(one, one)]
    assert "import at_once, trigger\n" in str(broken)


def test_a_run_that_fails_is_told_once_with_its_lines_and_not_logged_for_each_order(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @workflow("failing")
    async def failing(step: Step) -> None:
        inbox = await step.in_app("inbox", {"body": "Hello"})
        await step.delay("a-minute", {"amount": 1, "unit": "minutes"})
        await step.push("push", lambda: {"subject": "Read", "body": "x" * (1 // (not inbox.read))})

    broken = found(failing)
    assert [move.name for move in broken.story.moves] == ["trigger", "read"]
    assert "ZeroDivisionError" in str(broken)
    assert "1 // (not inbox.read)" in str(broken)
    assert not caplog.records
    assert not logging.getLogger("novu_framework").disabled


def test_payloads_come_from_the_schema_or_from_the_test() -> None:
    seen: set[str] = set()

    def numbers(novu: NovuSimulator) -> None:
        seen.update(trigger.payload["number"] for trigger in novu.triggers)

    explore(racing, invariants=[numbers], orders=60)
    assert 1 < len(seen) <= 3
    seen.clear()
    explore([racing, welcome], triggers={racing: {"number": "A"}}, invariants=[numbers], orders=30)
    explore(
        racing,
        triggers={"shipping-delay": [{"number": "B"}, {"number": "C"}]},
        invariants=[numbers],
        orders=30,
    )
    assert seen == {"A", "B", "C"}


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match=r"There is no workflow 'welcom' here; there is .*welcome"):
        explore(welcome, triggers=["welcom"])
    with pytest.raises(ValueError, match="'reed' is not a kind of move; the kinds are read, cancel"):
        explore(welcome, moves=["reed"])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="is not a subscriber"):
        explore(welcome, people=[{"type": "Topic", "topicKey": "post-1"}])
    with pytest.raises(ValueError, match="'mail' is not a channel; the channels are"):
        at_most_one("mail", per=None)


async def test_an_invariant_may_be_async() -> None:
    async def never(novu: NovuSimulator) -> None:
        await asyncio.sleep(0)
        assert not novu.messages

    assert found(welcome, invariants=[never]).story.moves == [trigger("welcome", "ann", {})]


PROJECT = """
from fastapi import FastAPI
from novu_framework import workflow
from novu_framework.fastapi import serve

@workflow("welcome")
async def welcome(step):
    await step.in_app("inbox", {"body": "Welcome"})

app = FastAPI()
serve(app, workflows=[welcome])
"""
TEST = """
import pytest

def at_most_one(novu):
    assert len(novu.messages) < 2, "two welcomes"

@pytest.mark.novu(start="2026-05-01T12:00:00Z")
def test_two(novu_explore):
    novu_explore(invariants=[at_most_one], people=["zoe"])
"""


def test_the_fixture_takes_the_app_and_the_settings_of_the_project(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(the_app=PROJECT, test_it=TEST)
    pytester.makeini("[pytest]\nnovu_app = the_app:app\nasyncio_default_fixture_loop_scope = function")
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            ">*novu_explore(invariants=*zoe*",
            "E *BrokenInvariant: two welcomes",
            "E * 2026-05-01 12:00:00 UTC",
            "E * > welcome zoe: triggered, transaction trigger-2",
            "E * trigger('welcome', 'zoe', {}),",
        ]
    )
    result.stdout.no_fnmatch_line("*explore/exploring.py*")
    result.stdout.no_fnmatch_line("*plugin/fixtures.py*")
