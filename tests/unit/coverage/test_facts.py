"""What is added up of a run of tests, and what is made of it: which branches there are, which ran, and what that is called."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from typing import Any

import pytest

from novu_framework_testing.coverage.facts import (
    Answered,
    CodePart,
    CoverageFacts,
    Happened,
    KnownWorkflow,
    StepFunction,
    Written,
    outcome_of,
)
from novu_framework_testing.coverage.json_file import summary_data
from novu_framework_testing.coverage.summary import Branch, Summary, WorkflowCoverage, percent, summary_of
from novu_framework_testing.coverage.words import Missing, missing_of
from novu_framework_testing.simulation.observing import StepEnd
from tests.tables import walked


def end(step_type: Any = "email", kind: str = "delivered", cause: Any = None, events: int = 0) -> StepEnd:
    return StepEnd("w", "s", step_type, kind, cause, events, "")


@walked(
    ("ended", "outcome"),
    [
        (end(), "delivered"),
        (end("in_app", "completed"), "delivered"),
        (end("custom", "completed"), "completed"),
        (end("delay", "completed"), "completed"),
        (end("digest", "completed", events=0), "one event"),
        (end("digest", "completed", events=1), "one event"),
        (end("digest", "completed", events=2), "many events"),
        (end("throttle", "completed"), "let through"),
        (end("throttle", "throttled"), "held back"),
        (end("email", "throttled"), "held back"),
        (end("email", "failed"), "failed"),
        (end("digest", "merged", events=3), "merged"),
        (end("digest", "canceled"), "canceled"),
        (end(kind="skipped", cause="bridge-skip"), "skipped"),
        (end(kind="skipped", cause="condition"), "skipped"),
        (end(kind="skipped", cause="workflow-preference"), "cut by preferences"),
        (end(kind="skipped", cause="subscriber-global-preference"), "cut by preferences"),
        (end(kind="skipped", cause="subscriber-workflow-preference"), "cut by preferences"),
        (end(kind="skipped", cause="schedule"), "outside the schedule"),
        (end("digest", "skipped", cause="look-back"), "straight through"),
        (end(kind="skipped", cause="no-channel"), "nobody to reach"),
        (end(kind="skipped"), "nobody to reach"),
    ],
)
def test_each_end_of_a_step_has_a_word(ended: StepEnd, outcome: str) -> None:
    assert outcome_of(ended) == outcome


# --- adding up ---

A, B = Written("a", "app.py:1"), Written("b", "")
ONE = CoverageFacts(
    {A: KnownWorkflow({"s": "sms"}, {"all": {}}, {"s": "app.py:2"})},
    Counter({Happened("a", "s", "delivered", "de"): 2}),
    {Answered("a", "s", True)},
    {StepFunction("a", "s", "skip", "app.py:3:0")},
    {"app.py:3:0": (CodePart(3), CodePart(4, "x", "true"))},
    {"app.py:3:0": {CodePart(3)}},
)
OTHER = CoverageFacts(
    {A: KnownWorkflow({"t": "email"}, {"other": 1}, {"t": "app.py:5"}), B: KnownWorkflow({}, {"all": 1})},
    Counter({Happened("a", "s", "delivered", "de"): 1, Happened("b", "", "triggered"): 1}),
    {Answered("a", "s", False)},
    {StepFunction("a", "t", "resolver", "app.py:6:0")},
    {"app.py:6:0": (CodePart(6),)},
    {"app.py:3:0": {CodePart(4, "x", "true")}, "app.py:6:0": {CodePart(6)}},
)
BOTH = CoverageFacts(
    {
        A: KnownWorkflow({"s": "sms", "t": "email"}, {"all": {}}, {"s": "app.py:2", "t": "app.py:5"}),
        B: KnownWorkflow({}, {"all": 1}),
    },
    Counter({Happened("a", "s", "delivered", "de"): 3, Happened("b", "", "triggered"): 1}),
    {Answered("a", "s", True), Answered("a", "s", False)},
    {StepFunction("a", "s", "skip", "app.py:3:0"), StepFunction("a", "t", "resolver", "app.py:6:0")},
    {"app.py:3:0": (CodePart(3), CodePart(4, "x", "true")), "app.py:6:0": (CodePart(6),)},
    {"app.py:3:0": {CodePart(3), CodePart(4, "x", "true")}, "app.py:6:0": {CodePart(6)}},
)


def test_two_parts_of_a_run_are_one_run() -> None:
    total = CoverageFacts()
    for part in (ONE, OTHER):
        text = part.to_json()
        assert CoverageFacts.from_json(text) == part
        total.add(CoverageFacts.from_json(text))
    assert total == BOTH
    assert CoverageFacts.from_json(total.to_json()) == BOTH


def test_facts_are_none_where_nothing_was_seen() -> None:
    assert not CoverageFacts()
    assert CoverageFacts.from_json(CoverageFacts().to_json()) == CoverageFacts()
    for one in dataclasses.fields(CoverageFacts):
        assert CoverageFacts(**{one.name: getattr(ONE, one.name)}), one.name


# --- what could have happened ---


def happened(step_id: str, outcome: str, locale: str = "", count: int = 1) -> dict[Happened, int]:
    return {Happened("w", step_id, outcome, locale): count}


def branches(kind: str, *, preferences: Any = None, **facts: Any) -> list[tuple[Any, ...]]:
    """The branches of a workflow with one step of a kind, each without its step."""
    known = KnownWorkflow({"s": kind}, preferences or {}, {"s": "app.py:2"})
    (found,) = summary_of(CoverageFacts({Written("w", "app.py:1"): known}, **facts)).workflows
    assert {one.step_id for one in found.branches} == {"s"}
    return [tuple(one)[1:] for one in found.branches]


@walked(
    ("kind", "preferences", "outcomes"),
    [
        ("email", {}, ["delivered"]),
        ("tool", {}, ["delivered"]),
        ("digest", {}, ["one event", "many events"]),
        ("throttle", {}, ["let through", "held back"]),
        ("delay", {}, ["completed"]),
        ("fax", {}, ["completed"]),
        ("email", {"channels": {"email": {"enabled": True}}}, ["delivered", "cut by preferences"]),
        ("email", {"channels": {"sms": {"enabled": False}}}, ["delivered"]),
        ("email", {"all": {"enabled": False}}, ["delivered", "cut by preferences"]),
        ("email", {"all": {"enabled": True}}, ["delivered"]),
        ("email", {"all": {"enabled": False, "readOnly": True}}, ["delivered"]),
        ("delay", {"all": {"enabled": False}}, ["completed"]),
    ],
)
def test_the_ends_that_a_step_should_meet(kind: str, preferences: Any, outcomes: list[str]) -> None:
    assert branches(kind, preferences=preferences) == [
        ("outcome", one, "app.py:2", False, "") for one in outcomes
    ]
    facts = Counter(happened("s", outcomes[-1]))
    found = branches(kind, preferences=preferences, happened=facts)
    assert [one[3] for one in found] == [False] * (len(outcomes) - 1) + [True]


def test_the_branches_of_functions_come_after_the_ends_of_their_step() -> None:
    place = "C:/app.py:4:8"
    parts = (CodePart(4), CodePart(5, "x > 1", "false"), CodePart(5, "x > 1", "true"))
    functions = {
        StepFunction("w", "s", "skip", "app.py:3:0"),
        StepFunction("w", "s", "resolver", place),
        StepFunction("w", "other", "skip", "app.py:9:0"),
        StepFunction("v", "s", "skip", "app.py:9:0"),
        StepFunction("w", "s", "sendgrid", "app.py:7:0"),
        StepFunction("w", "s", "twilio", "app.py:8:0"),
    }
    answers = {Answered("w", "s", False), Answered("w", "t", True), Answered("v", "s", True)}
    assert branches("delay", functions=functions, answers=answers, parts={place: parts, "app.py:8:0": (CodePart(8),)}, ran={place: {parts[2]}}) == [
        ("outcome", "completed", "app.py:2", False, ""),
        ("code", "line", "C:/app.py:4", False, "resolver"),
        ("code", "`x > 1` false", "C:/app.py:5", False, "resolver"),
        ("code", "`x > 1` true", "C:/app.py:5", True, "resolver"),
        ("skip", "true", "app.py:3", False, ""),
        ("skip", "false", "app.py:3", True, ""),
        ("code", "line", "app.py:8", False, "twilio"),
    ]  # fmt: skip


def test_what_happened_is_counted_by_step_and_locale() -> None:
    known = KnownWorkflow({"s": "email", "t": "sms", "u": "email", "v": "push"})
    facts = CoverageFacts(
        {Written("w", ""): known},
        Counter({
            **happened("", "triggered", count=3), **happened("s", "delivered", "de", 2), **happened("s", "delivered", "", 1),
            **happened("s", "skipped", "de", 4), **happened("u", "delivered", "en"), **happened("gone", "delivered"),
            Happened("v", "s", "delivered"): 7, Happened("v", "", "triggered"): 7,
        }),
    )  # fmt: skip
    (found,) = summary_of(facts).workflows
    assert (found.workflow_id, found.place, found.runs, found.steps) == ("w", "", 3, known.steps)
    assert found.happened == {"s": {"delivered": 3, "skipped": 4}, "t": {}, "u": {"delivered": 1}, "v": {}}
    assert found.locales == {"s": {"de": 2, "": 1}, "t": {}, "u": {"en": 1}, "v": {}}
    assert found.channels == ["email"]
    assert (found.ran, len(found.branches)) == (2, 4)
    assert [one.step_id for one in found.missing] == ["t", "v"]


@walked(
    ("places", "tests", "chosen"),
    [
        (["app.py:1"], [], ["app.py:1"]),
        (["", "app.py:1"], [], ["app.py:1"]),
        (["b.py:1", "a.py:1"], [], ["a.py:1"]),
        (["a.py:1", "tests/test_a.py:1"], ["tests/test_a.py"], ["a.py:1"]),
        (["tests/test_a.py:1"], ["tests/test_a.py"], ["tests/test_a.py:1"]),
        (["tests/conftest.py:1", "z.py:1"], [], ["z.py:1"]),
        (["conftest.py:1", "z.py:1"], [], ["z.py:1"]),
        (["myconftest.py:1", "z.py:1"], [], ["myconftest.py:1"]),
    ],
)
def test_a_workflow_that_is_made_up_for_a_test_is_left_out_where_there_are_others(
    places: list[str], tests: list[str], chosen: list[str]
) -> None:
    facts = CoverageFacts({Written("w", place): KnownWorkflow({"s": "sms"}) for place in places})
    assert [one.place for one in summary_of(facts, tests).workflows] == chosen


def test_workflows_are_in_the_order_of_their_ids_and_known_by_all_of_their_places() -> None:
    facts = CoverageFacts(
        {
            Written("b", "x.py:1"): KnownWorkflow({"s": "sms"}),
            Written("a", ""): KnownWorkflow({"s": "sms"}, {"all": {"enabled": False}}),
            Written("a", "y.py:1"): KnownWorkflow({"t": "email"}),
        }
    )
    summary = summary_of(facts)
    assert [(one.workflow_id, one.place, one.steps) for one in summary.workflows] == [
        ("a", "y.py:1", {"t": "email", "s": "sms"}),
        ("b", "x.py:1", {"s": "sms"}),
    ]
    assert (summary.ran, summary.total, summary.percent) == (0, 5, 0)
    assert facts.workflows[Written("a", "")].steps == {"s": "sms"}
    assert (percent(1, 3), percent(0, 0), percent(3, 3)) == (100 / 3, 100, 100)
    assert Summary(()).percent == 100


# --- words ---


def line(number: int, *, ran: bool = False, name: str = "line", role: str = "resolver") -> Branch:
    return Branch("s", "code", name, f"app.py:{number}", ran, role)


@walked(
    ("branches", "words"),
    [
        ([line(3, ran=True), line(4)], ["app.py:4 line 4 of its resolver never ran"]),
        ([line(3), line(4), line(5, ran=True)], ["app.py:3 lines 3-4 of its resolver never ran"]),
        ([line(3, ran=True), line(5), line(7), line(8)], ["app.py:5 line 5 of its resolver never ran", "app.py:7 lines 7-8 of its resolver never ran"]),
        ([line(1, ran=True), line(2, role="ses"), line(3, role="ses", ran=True)], ["app.py:2 line 2 of its function for ses never ran"]),
        ([line(9, name="`x` true"), line(9, ran=True), line(9, ran=True, name="`x` false")], ["app.py:9 `x` was never true"]),
        ([line(9, name="`x` true"), line(9, name="`x` false"), line(9, ran=True)], ["app.py:9 `x` was never evaluated"]),
        ([line(9, name="`x` true"), line(9), line(8, ran=True)], ["app.py:9 line 9 of its resolver never ran"]),
        ([line(12, name="`a b` false"), line(9), line(8, ran=True)], ["app.py:9 line 9 of its resolver never ran", "app.py:12 `a b` was never false"]),
        ([line(9, name="`x` true"), line(10, name="`x` false"), line(8, ran=True)], ["app.py:9 `x` was never true", "app.py:10 `x` was never false"]),
        ([Branch("s", "skip", "true", "app.py:2", False), Branch("s", "skip", "false", "app.py:2", True)], ["app.py:2 its `skip` was never true"]),
        ([Branch("s", "outcome", "one event", "", False), Branch("s", "outcome", "many events", "", False), Branch("s", "outcome", "held back", "", False)],
         [" never with one event", " never with many events", " never held back"]),
    ],
)  # fmt: skip
def test_what_never_ran_is_told_by_its_first_line(branches: list[Branch], words: list[str]) -> None:
    done = Branch("s", "outcome", "delivered", "app.py:1", True)
    workflow = WorkflowCoverage("w", "app.py:0", 1, {"s": "sms", "t": "sms"}, {}, {}, (done, *branches))
    assert [f"{one.place} {one.words}" for one in missing_of(workflow)] == words
    assert {one.step for one in missing_of(workflow)} == {"w/s"}


def test_a_workflow_that_was_never_triggered_says_that_alone() -> None:
    workflow = WorkflowCoverage("w", "", 0, {"s": "sms"}, {}, {}, (line(3),))
    assert [str(one) for one in missing_of(workflow)] == ["w: never triggered"]
    assert str(Missing("app.py:1", "w", "x")) == "app.py:1  w: x"


def test_the_file_has_nothing_where_nothing_is_known() -> None:
    done = Branch("s", "code", "line", "", True, "")
    workflow = WorkflowCoverage(
        "w", "", 1, {"s": "sms"}, {"s": Counter(b=1, a=2)}, {"s": Counter({"en": 1, "de": 3})}, (done, line(2), line(3))
    )  # fmt: skip
    data = summary_data(Summary((workflow,)), partial="-k x")
    assert json.dumps(data) == json.dumps(
        {
            "format": 1,
            "partial": "-k x",
            "branches": 3,
            "ran": 1,
            "percent": 33.33,
            "workflows": [
                {
                    "workflow": "w",
                    "place": None,
                    "runs": 1,
                    "branches": 3,
                    "ran": 1,
                    "percent": 33.33,
                    "steps": [
                        {
                            "step": "s",
                            "type": "sms",
                            "happened": {"a": 2, "b": 1},
                            "locales": {"de": 3, "en": 1},
                            "branches": [
                                {"kind": "code", "name": "line", "role": None, "place": None, "ran": True},
                                *(
                                    {"kind": "code", "name": "line", "role": "resolver", "place": f"app.py:{number}", "ran": False}
                                    for number in (2, 3)
                                ),
                            ],
                        }
                    ],
                    "never": [],
                }
            ],
        }
    )  # fmt: skip
    assert summary_data(Summary(())) == {
        "format": 1, "partial": None, "branches": 0, "ran": 0, "percent": 100.0, "workflows": []
    }  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [WorkflowCoverage("w", "", 0, {}, {}, {}, ()), Summary(())],
    ids=lambda one: type(one).__name__,
)
def test_what_was_summed_up_stays_as_it_is(value: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(value)[0].name, None)
