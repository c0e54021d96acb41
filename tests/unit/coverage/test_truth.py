"""What ran and what never did, beside what is known beforehand of each story: told in hand-made tables."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage
import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.bridges.client import BridgeClient
from novu_framework_testing.coverage.collecting import Collector
from novu_framework_testing.coverage.facts import CoverageFacts
from novu_framework_testing.coverage.summary import Branch, Summary, WorkflowCoverage, summary_of
from novu_framework_testing.coverage.words import missing_of
from tests.unit.coverage import app

ROOT = Path(app.__file__).parent
SOURCE = Path(app.__file__).read_text(encoding="utf-8").splitlines()
SEES_CONDITIONS = sys.version_info >= (3, 11)
"""Whether this Python says in which column an instruction was written."""

ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+43123456", "locale": "de_AT"}
BOB = {"subscriberId": "bob"}
UNREAD = {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None}

Story = Callable[[NovuSimulator], object]


@pytest.fixture
def collector() -> Iterator[Collector]:
    one = Collector(ROOT)
    one.start()
    yield one
    one.stop()


def told(collector: Collector, *stories: Story) -> CoverageFacts:
    """Tell stories to simulations of their own, and return what happened in all of them."""
    for story in stories:
        with NovuSimulator() as novu:
            novu.register(app.order, app.quiet, app.unused)
            story(novu)
    return collector.take()


def order(to: object = ANN, **payload: object) -> Story:
    def story(novu: NovuSimulator) -> None:
        novu.trigger("order", to, payload=payload)
        novu.run_until_idle()

    return story


def two_orders(novu: NovuSimulator) -> None:
    for number in range(2):
        novu.trigger("order", ANN, payload={"name": str(number), "total": 200, "items": ["a", "b"]})
    novu.run_until_idle()


def quiet(*, wants: bool = False, times: int = 1) -> Story:
    def story(novu: NovuSimulator) -> None:
        if wants:
            novu.subscriber("ann").preferences.update("quiet", channels={"sms": True})
        for _ in range(times):
            novu.trigger("quiet", ANN, payload={"total": 1, "items": ["a"]})
        novu.run_until_idle()

    return story


def of(summary: Summary, workflow_id: str) -> WorkflowCoverage:
    (found,) = (each for each in summary.workflows if each.workflow_id == workflow_id)
    return found


def never(workflow: WorkflowCoverage) -> set[str]:
    """Return what never ran: step and words, with the comment that ends the line, if one does, in place of the line."""
    found = set()
    for place, step, words in missing_of(workflow):
        _, mark, comment = SOURCE[int(place.rpartition(":")[2]) - 1].rpartition("  # ")
        kept = [word for word in words.split() if not word.replace("-", "").isdigit()]
        found.add(" ".join([step.partition("/")[2], *kept, *([f"[{comment}]"] if mark else [])]).strip())
    return found


UNTESTED_BELL = {
    "bell `payload.total > 100` was never true [subject]",
    "bell `payload.name` was never false [body]",
}
ORDERS: dict[str, tuple[list[Story], set[str]]] = {
    "no story at all": ([], {"never triggered"}),
    "an order of nothing, by a number": (
        [order(name="7", total=5)],
        UNTESTED_BELL
        | {
            "collect never with many events",
            "collect its `skip` was never true",
            "mail `payload.total` was never false [if]",
            "mail `payload.items` was never true [if]",
            "mail lines of its resolver never ran [sold out]",
            "mail line of its resolver never ran [no number]",
            "mail its `skip` was never true",
        },
    ),
    "two large orders within an hour": (
        [two_orders],
        {
            "bell `payload.total > 100` was never false [subject]",
            "bell `payload.name` was never false [body]",
            "collect never with one event",
            "collect its `skip` was never true",
            "mail `payload.total` was never false [if]",
            "mail `payload.items` was never false [if]",
            "mail line of its resolver never ran [nothing]",
            'mail `item == "sold out"` was never true [sold out]',
            "mail line of its resolver never ran [continue]",
            "mail line of its resolver never ran [no number]",
            "mail its `skip` was never true",
        },
    ),
    "an order that is free, whose email is skipped": (
        [order()],
        {
            "bell `payload.total > 100` was never true [subject]",
            "bell `payload.name` was never true [body]",
            "collect never with many events",
            "collect its `skip` was never true",
            "mail never delivered [mail]",
            "mail its `skip` was never false",
        },
    ),
    "an order whose digest is skipped": (
        [order(total=1)],
        {
            "bell `payload.total > 100` was never true [subject]",
            "bell `payload.name` was never true [body]",
            "collect never with one event",
            "collect never with many events",
            "collect its `skip` was never false",
            "mail `payload.total` was never false [if]",
            "mail `payload.items` was never true [if]",
            "mail lines of its resolver never ran [sold out]",
            "mail its `skip` was never true",
        },
    ),
    "an order of somebody without an email address": (
        [order(BOB, name="x", total=7, items=["a", "sold out"])],
        UNTESTED_BELL
        | {
            "collect never with many events",
            "collect its `skip` was never true",
            "mail never delivered [mail]",
            "mail `payload.total` was never false [if]",
            "mail `payload.items` was never false [if]",
            "mail line of its resolver never ran [nothing]",
            "mail its `skip` was never true",
        },
    ),
    "all of that": (
        [
            order(name="7", total=5),
            two_orders,
            order(),
            order(total=1),
            order(BOB, name="x", total=7, items=["a", "sold out"]),
        ],
        # an order without a total is free, and has no email
        {"mail `payload.total` was never false [if]"},
    ),
}
QUIETS: dict[str, tuple[list[Story], set[str]]] = {
    "one, to somebody who takes the default": (
        [quiet()],
        {"often never held back", "text never delivered", "look `name` was never false [look]"},
    ),
    "two, to somebody who wants it": (
        [quiet(wants=True, times=2)],
        {"text never cut by preferences", "look `name` was never false [look]"},
    ),
    "both": ([quiet(), quiet(wants=True, times=2)], {"look `name` was never false [look]"}),
}
CASES = [
    pytest.param(workflow_id, *case, id=f"{workflow_id}: {name}")
    for workflow_id, cases in (("order", ORDERS), ("quiet", QUIETS))
    for name, case in cases.items()
]


def seen(truth: set[str]) -> set[str]:
    """Return what this Python can see of a truth: without columns it sees no conditions."""
    return {words for words in truth if SEES_CONDITIONS or " `" not in words.replace("its `skip`", "")}


@pytest.mark.parametrize(("workflow_id", "stories", "truth"), CASES)
def test_what_never_ran_is_said(
    collector: Collector, workflow_id: str, stories: list[Story], truth: set[str]
) -> None:
    facts = told(collector, *stories, lambda novu: None)

    assert never(of(summary_of(facts), workflow_id)) == seen(truth)


@pytest.mark.parametrize(
    ("delivered", "words"),
    [
        (
            True,
            [
                "app.py:3  w/mail: its `skip` never answered",
                "app.py:4  w/mail: its resolver never ran",
                "app.py:6  w/mail: its function for sendgrid never ran",
            ],
        ),
        (False, ["app.py:2  w/mail: never delivered"]),
    ],
)
def test_of_functions_that_never_ran_is_said_so_once_and_only_where_their_step_came_to_an_end(
    delivered: bool, words: list[str]
) -> None:
    branches = (  # as where another version of the workflow, without these functions, is what ran
        Branch("mail", "outcome", "delivered", "app.py:2", delivered),
        Branch("mail", "skip", "true", "app.py:3", False),
        Branch("mail", "skip", "false", "app.py:3", False),
        Branch("mail", "code", "line", "app.py:4", False, "resolver"),
        Branch("mail", "code", "line", "app.py:5", False, "resolver"),
        Branch("mail", "code", "line", "app.py:6", False, "sendgrid"),
    )
    workflow = WorkflowCoverage("w", "app.py:1", 1, {"mail": "email"}, {}, {}, branches)
    assert [str(one) for one in missing_of(workflow)] == words


def test_how_often_each_step_ended_in_which_way_and_for_whom(collector: Collector) -> None:
    def a_provider_that_fails_and_a_cancel(novu: NovuSimulator) -> None:
        novu.fail_provider("in_app")
        novu.trigger("order", ANN, payload={"total": 5}).cancel()

    facts = told(
        collector,
        two_orders,
        order(),
        order(BOB, total=5),
        quiet(times=2),
        a_provider_that_fails_and_a_cancel,
    )

    summary = summary_of(facts)
    assert {name: dict(counts) for name, counts in of(summary, "order").happened.items()} == {
        "bell": {"delivered": 4, "failed": 1},
        "collect": {"many events": 1, "merged": 1, "one event": 2, "canceled": 1},
        "mail": {"delivered": 1, "skipped": 1, "nobody to reach": 1},
    }
    assert {name: dict(counts) for name, counts in of(summary, "quiet").happened.items()} == {
        "often": {"let through": 1, "held back": 1},
        "wait": {"completed": 1, "held back": 1},
        "text": {"cut by preferences": 1, "held back": 1},
        "look": {"completed": 1, "held back": 1},
    }
    assert dict(of(summary, "order").locales["bell"]) == {"de_AT": 3, "": 1}
    assert [(each.workflow_id, each.runs) for each in summary.workflows] == [
        ("order", 5),
        ("quiet", 2),
        ("unused", 0),
    ]


def test_a_bridge_that_is_asked_without_a_simulation_runs_branches_too(collector: Collector) -> None:
    unread = {"bell": UNREAD, "collect": {"events": [], "eventCount": 0}}

    with BridgeClient([app.order], secret_key="test-secret") as bridge:
        bridge.execute("order", "mail", {"total": 0}, state=unread)
        bridge.preview("order", "bell", {"total": 5, "name": "Ann"})

    branches = {
        (branch.step_id, branch.name)
        for branch in of(summary_of(collector.take()), "order").branches
        if branch.ran and (SEES_CONDITIONS or branch.name == "true")
    }
    assert {("mail", "true")} | ({("bell", "`payload.name` true")} if SEES_CONDITIONS else set()) <= branches
    assert ("mail", "false") not in branches


def test_parts_of_a_run_are_added_up_as_text_that_travels(collector: Collector) -> None:
    stories = [story for one in (*ORDERS.values(), *QUIETS.values()) for story in one[0]]
    whole, total = CoverageFacts(), CoverageFacts()
    for story in stories:
        part = told(collector, story)
        whole.add(part)
        total.add(CoverageFacts.from_json(part.to_json()))
    again = Collector(ROOT)  # as in another process, to which nothing has been told

    again.start()
    try:
        at_once = told(again, *stories)
    finally:
        again.stop()

    assert total == whole == at_once


@pytest.mark.parametrize(
    "core", ["ctrace", "pytrace", "sysmon"] if sys.version_info >= (3, 12) else ["ctrace", "pytrace"]
)
def test_coverage_py_sees_the_same_with_it_and_without(
    collector: Collector, core: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(stories: list[Story]) -> tuple[CoverageFacts, list[int]]:
        measured = coverage.Coverage(
            data_file=None, config_file=False, include=[app.__file__], branch=core != "sysmon"
        )
        measured.start()
        try:
            facts = told(collector, *stories)
        finally:
            measured.stop()
        return facts, measured.analysis2(app.__file__)[3]

    monkeypatch.setenv("COVERAGE_CORE", core)
    stories, truth = ORDERS["two large orders within an hour"]
    collector.stop()
    missing(stories)  # the first time, the workflows are discovered as well
    _, alone = missing(stories)
    collector.start()

    facts, both = missing(stories)

    assert both == alone
    assert never(of(summary_of(facts), "order")) == seen(truth)


def test_functions_that_run_side_by_side_are_told_apart(collector: Collector) -> None:
    async def story() -> None:
        with NovuSimulator() as novu:
            novu.register(app.order, app.quiet, app.unused)
            for who in "abc":
                await novu.trigger_async(
                    "order", {"subscriberId": who, "email": "x@acme.test"}, {"total": 5, "name": "7"}
                )
            await asyncio.gather(*(run.workflow.bridge.execute(*asked(run), job_id="1") for run in novu.runs))
            await novu.run_until_idle_async()

    def asked(run: object) -> tuple[str, str, dict[str, object]]:
        state = [
            {"stepId": "bell", "outputs": UNREAD, "state": {}},
            {"stepId": "collect", "outputs": {"events": [], "eventCount": 0}, "state": {}},
        ]
        return (
            "order",
            "mail",
            {"payload": {"total": 5, "name": "7"}, "controls": {}, "state": state, "subscriber": {}},
        )

    asyncio.run(story())

    assert never(of(summary_of(collector.take()), "order")) == seen(
        ORDERS["an order of nothing, by a number"][1]
    )
