"""What of a run, a step, a message or an answer is in a snapshot, and what filters leave of it."""

from __future__ import annotations

import dataclasses
import enum
import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel, Field

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing._internal.sms import sms_size
from novu_framework_testing.snapshots import RenderedStep, rendered_steps
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.json_text import Placeholder
from novu_framework_testing.snapshots.pieces import Piece
from novu_framework_testing.snapshots.rendered import (
    UnfinishedStepError,
    json_leaf,
    plain_data,
    plain_mapping,
    refuse_unfinished,
)
from novu_framework_testing.snapshots.text_diff import content_changes
from tests.tables import walked

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


def step(**given: Any) -> SimpleNamespace:
    fields = {"step_id": "s", "type": "sms", "status": "completed", "outputs": {"body": "x"}}
    return SimpleNamespace(**{**fields, "skip_reason": "off", "error": "broken", **given})


def message(**given: Any) -> SimpleNamespace:
    fields = {"step_id": "m", "channel": "push", "content": {"body": "x"}, "status": "sent", "steps": None}
    return SimpleNamespace(**{**fields, "outputs": {}, **given})


class Kind(enum.Enum):
    SMS = "sms"


class Status(str, enum.Enum):
    FAILED = "failed"


@walked(
    ("value", "rendered"),
    [
        (step(), RenderedStep("s", "sms", "delivered", {"body": "x"})),
        (step(type="tool"), RenderedStep("s", "tool", "delivered", {"body": "x"})),
        (step(type="delay"), RenderedStep("s", "delay", "completed", {"body": "x"})),
        (step(status="pending"), RenderedStep("s", "sms", "pending", {"body": "x"})),
        (step(status="skipped"), RenderedStep("s", "sms", "skipped", {"body": "x"}, reason="off")),
        (step(status="failed"), RenderedStep("s", "sms", "failed", {"body": "x"}, reason="broken")),
        (step(status="failed", error=SimpleNamespace(message="m")), RenderedStep("s", "sms", "failed", {"body": "x"}, reason="m")),
        (step(status="failed", error=None), RenderedStep("s", "sms", "failed", {"body": "x"})),
        (step(status="failed", error=""), RenderedStep("s", "sms", "failed", {"body": "x"}, reason="")),
        (step(outputs=None, step_id=7), RenderedStep("7", "sms", "delivered")),
        (step(outputs=["a"]), RenderedStep("s", "sms", "delivered", {"value": ["a"]})),
        (step(providers={"p": {"x": (1,)}}), RenderedStep("s", "sms", "delivered", {"body": "x"}, {"p": {"x": [1]}})),
        (step(workflow_id="w"), RenderedStep("s", "sms", "delivered", {"body": "x"}, workflow_id="w")),
        (step(run=SimpleNamespace(workflow_id=8)), RenderedStep("s", "sms", "delivered", {"body": "x"}, workflow_id="8")),
        (step(workflow_id="w", run=SimpleNamespace(workflow_id="r")), RenderedStep("s", "sms", "delivered", {"body": "x"}, workflow_id="w")),
        (message(), RenderedStep("m", "push", "delivered", {"body": "x"})),
        (message(providers={"p": {}}, workflow_id="w"), RenderedStep("m", "push", "delivered", {"body": "x"}, {"p": {}}, "w")),
        (message(run=SimpleNamespace(workflow_id="r")), RenderedStep("m", "push", "delivered", {"body": "x"}, workflow_id="r")),
        (message(step_id=1, channel=2, content=None), RenderedStep("1", "2", "delivered")),
        ({"outputs": {}}, RenderedStep("preview", "message", "preview")),
        ({"outputs": {"a": 1}, "providers": {"p": {"x": 1}}}, RenderedStep("preview", "message", "preview", {"a": 1}, {"p": {"x": 1}})),
        ({"outputs": {}, "options": {"skip": True}}, RenderedStep("preview", "message", "skipped")),
        ({"outputs": {}, "options": {"skip": False}}, RenderedStep("preview", "message", "preview")),
        ({"outputs": {}, "options": True}, RenderedStep("preview", "message", "preview")),
        ({"outputs": {}, "stepId": "s", "type": "sms", "workflowId": "w"}, RenderedStep("s", "sms", "preview", workflow_id="w")),
        ({"outputs": {}, "step_id": "s", "channel": "sms", "workflow_id": 7}, RenderedStep("s", "sms", "preview", workflow_id="7")),
        ({"outputs": {}, "step_id": "", "stepId": "s", "channel": None, "type": "sms"}, RenderedStep("s", "sms", "preview")),
        ({"outputs": {"subject": "S", "body": "<p>"}}, RenderedStep("preview", "email", "preview", {"subject": "S", "body": "<p>"})),
        (RenderedStep("a", "b", "c"), RenderedStep("a", "b", "c")),
    ],
)  # fmt: skip
def test_what_is_compared_is_one_step(value: Any, rendered: RenderedStep) -> None:
    assert rendered_steps(value) == [rendered]
    assert rendered_steps([value, (each for each in [value])]) == [rendered, rendered]


def test_a_run_is_its_steps_that_are_done_with_its_id() -> None:
    statuses = ["pending", "completed", "delayed", "skipped", "failed", "canceled", "merged"]
    run = SimpleNamespace(workflow_id="w", steps=[step(status=status) for status in statuses])
    done = rendered_steps(run)
    assert [(one.status, one.workflow_id) for one in done] == [
        ("delivered", "w"),
        ("skipped", "w"),
        ("failed", "w"),
    ]


@walked(
    "value",
    [None, 3, "text", b"bytes", {}, {"outputs": None}, {"steps": []}, object(), [3], SimpleNamespace(content={}),
     SimpleNamespace(channel="sms"), SimpleNamespace(outputs={}), SimpleNamespace(status="failed")],
)  # fmt: skip
def test_nothing_else_is_compared(value: Any) -> None:
    name = "int" if isinstance(value, list) else type(value).__name__
    with pytest.raises(TypeError, match=f"not a {name}"):
        rendered_steps(value)


def test_a_test_says_which_step_an_answer_is_of() -> None:
    answer = {"outputs": {}, "stepId": "a", "type": "chat"}
    assert rendered_steps(answer, step="b", channel="sms") == [RenderedStep("b", "sms", "preview")]
    assert rendered_steps(answer, step="b") == [RenderedStep("b", "chat", "preview")]
    assert rendered_steps(answer, channel="sms") == [RenderedStep("a", "sms", "preview")]
    assert answer == {"outputs": {}, "stepId": "a", "type": "chat"}


DETAILS = (
    "id", "transaction_id", "subscriber_id", "sent_at", "due_at", "controls", "result", "to", "provider_id",
)  # fmt: skip


@walked("name", DETAILS)
def test_a_detail_is_that_of_the_step_its_run_or_its_trigger(name: str) -> None:
    def shown(*values: Any) -> Any:
        of_step, of_run, of_trigger = ({} if value is None else {name: value} for value in values)
        run = SimpleNamespace(trigger=SimpleNamespace(**of_trigger), **of_run)
        run.steps = [step(**of_step)]
        (one,), (other,), (third,) = (
            rendered_steps(it, also=[name])
            for it in (run, step(run=run, **of_step), message(run=run, **of_step))
        )
        assert one.details == other.details == third.details
        (without,) = rendered_steps(run, also=[other for other in DETAILS if other != name])
        assert without.details == {}
        return dict(one.details)

    assert shown(1, 2, 3) == {name: 1}
    assert shown(None, 2, 3) == {name: 2}
    assert shown(None, None, (3,)) == {name: [3]}
    assert shown(0, 2, 3) == {name: 0}
    assert shown(None, None, None) == {}
    assert rendered_steps(step(run=None), also=[name])[0].details == {}


def test_several_details_are_in_the_order_that_was_asked_for() -> None:
    (one,) = rendered_steps(step(id=1, to="ann"), also=["to", "id"])
    assert list(one.details.items()) == [("to", "ann"), ("id", 1)]
    with pytest.raises(ValueError, match=r"also=\['name'\].* id, transaction_id"):
        rendered_steps(step(), also=["to", "name"])


class Model(BaseModel):
    by_alias: int = Field(1, alias="byAlias")
    nothing: int | None = None


@dataclasses.dataclass
class Made:
    it: Any


IDENTITY = uuid.UUID(int=1)
# a value, what a matcher sees of it, and what is written
VALUES: list[tuple[Any, Any, Any]] = [
    (None, None, None),
    (True, True, True),
    (1.5, 1.5, 1.5),
    (Kind.SMS, "sms", "sms"),
    (Status.FAILED, "failed", "failed"),
    (Model(), {"byAlias": 1}, {"byAlias": 1}),
    (Made(Made((Kind.SMS,))), {"it": {"it": ["sms"]}}, {"it": {"it": ["sms"]}}),
    ({1: (2, [3])}, {"1": [2, [3]]}, {"1": [2, [3]]}),
    (NOW, NOW, "2026-01-02T03:04:05+00:00"),
    (NOW.date(), date(2026, 1, 2), "2026-01-02"),
    (NOW.time(), time(3, 4, 5), "03:04:05"),
    (timedelta(hours=1), timedelta(hours=1), "1:00:00"),
    (Decimal("1.10"), Decimal("1.10"), "1.10"),
    (IDENTITY, IDENTITY, str(IDENTITY)),
    (Placeholder("x"), Placeholder("x"), Placeholder("x")),
]


@walked(("value", "plain", "written"), VALUES)
def test_a_value_is_plain_for_a_matcher_and_json_in_the_files(value: Any, plain: Any, written: Any) -> None:
    assert plain_data(value) == plain
    assert type(plain_data(value)) is type(plain)
    assert plain_mapping({"it": value}) == {"it": plain}
    (one,) = rendered_steps(step(outputs={"it": value}, providers={"it": value}, id=value), also=["id"])
    settled = Filters().apply(one)
    assert settled.outputs == settled.providers == {"it": written}
    assert settled.details == ({} if value is None else {"id": written})
    assert type(json_leaf(plain)) is type(written) or isinstance(plain, Mapping)


@walked("value", [object(), {1}, b"x", Made, Kind, [object()], {"a": {1}}])
def test_what_has_no_json_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="JSON"):
        plain_data(value)


@walked(
    "value",
    [RenderedStep("a", "b", "c"), Filters(), Placeholder("a"), ContentChange("a", "b", "c"), Piece("a", True), sms_size("a")],
)  # fmt: skip
def test_what_is_compared_is_never_changed(value: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(value)[0].name, "z")


class TestFilters:
    STEP = RenderedStep(
        "a",
        "in_app",
        "delivered",
        {"body": "x", "list": ("a", {"k": 1, "l": 2}), "data": {"at": NOW}},
        {"p": {"k": 1}},
        details={"k": 1, "at": NOW},
    )

    def paths(self, **kind: Any) -> list[tuple[str, ...]]:
        """The paths at which a filter of this kind is asked, by names only."""
        asked: list[tuple[str, ...]] = []

        def ask(*, path: Any, **given: Any) -> Any:
            asked.append(tuple(str(name) for name, _ in path) + tuple(str(each) for each in given.values()))
            return kind["answer"] if "prop" in given else given["data"]

        Filters(**{kind["name"]: ask}).apply(self.STEP)
        return asked

    @pytest.mark.parametrize(("name", "answer"), [("exclude", False), ("include", True)])
    def test_a_choice_is_asked_at_both_spellings_of_a_path(self, name: str, answer: bool) -> None:
        asked = self.paths(name=name, answer=not answer)
        assert ("outputs", "body") in asked
        asked = self.paths(name=name, answer=answer)
        assert ("outputs", "list", "1", "k") in asked or name == "include"
        assert ("providers", "p", "k") in asked
        assert ("p", "k") not in asked

    @pytest.mark.parametrize(
        ("left_out", "outputs"),
        [
            ("outputs", {"body": "x", "list": ["a", {"k": 1, "l": 2}], "data": {"at": NOW.isoformat()}}),
            ("body", {"list": ["a", {"k": 1, "l": 2}], "data": {"at": NOW.isoformat()}}),
            ("k", {"body": "x", "list": ["a", {"l": 2}], "data": {"at": NOW.isoformat()}}),
            (0, {"body": "x", "list": [{"k": 1, "l": 2}], "data": {"at": NOW.isoformat()}}),
            ("data", {"body": "x", "list": ["a", {"k": 1, "l": 2}]}),
        ],
    )
    def test_exclude_leaves_out_names_and_numbers(self, left_out: Any, outputs: Any) -> None:
        settled = Filters(exclude=lambda prop, path: prop == left_out).apply(self.STEP)
        assert settled.outputs == outputs
        assert settled.providers == {"p": {} if left_out == "k" else {"k": 1}}
        assert settled.details == {"at": NOW.isoformat(), **({} if left_out == "k" else {"k": 1})}

    @pytest.mark.parametrize("first", ["outputs", "list"])
    def test_a_path_is_that_of_the_step_or_of_its_content(self, first: str) -> None:
        excluded = Filters(exclude=lambda prop, path: prop == "k" and path[0][0] == first).apply(self.STEP)
        assert excluded.outputs["list"] == ["a", {"l": 2}]
        assert excluded.details["k"] == 1
        matched = Filters(
            matcher=lambda data, path: 7 if path[0][0] == first and path[-1][0] == "k" else data
        )
        assert matched.apply(self.STEP).outputs["list"] == ["a", {"k": 7, "l": 2}]
        assert matched.apply(self.STEP).details["k"] == 1

    @pytest.mark.parametrize("place", ["outputs", "body"])
    def test_include_keeps_what_either_spelling_names(self, place: str) -> None:
        included = Filters(include=lambda prop, path: place in (prop, *(name for name, _ in path)))
        outputs = {"body": "x", "list": ["a", {"k": 1, "l": 2}], "data": {"at": NOW.isoformat()}}
        settled = included.apply(self.STEP)
        assert settled.outputs == (outputs if place == "outputs" else {"body": "x"})
        assert (settled.providers, settled.details) == ({}, {})

    def test_include_and_exclude_both_count(self) -> None:
        both = Filters(
            include=lambda prop, path: prop in ("k", "p", "at"), exclude=lambda prop, path: prop == "at"
        )
        settled = both.apply(self.STEP)
        assert (settled.outputs, settled.providers, settled.details) == ({}, {"p": {"k": 1}}, {"k": 1})

    def test_a_path_says_the_type_at_each_place(self) -> None:
        seen: dict[str, Any] = {}

        def matcher(data: Any, path: Any) -> Any:
            seen[".".join(str(name) for name, _ in path)] = [kind for _, kind in path]
            return data

        Filters(matcher=matcher).apply(self.STEP)
        assert seen["outputs.list.1.k"] == [dict, tuple, dict, int]
        assert seen["list.1.k"] == [tuple, dict, int]
        assert seen["outputs.data.at"] == [dict, dict, datetime]
        assert seen["providers.p.k"] == [dict, dict, int]
        assert seen["details.at"] == [dict, datetime]
        assert set(seen) == {
            *("body", "list", "list.0", "list.1", "list.1.k", "list.1.l", "data", "data.at"),
            *(f"outputs.{name}" for name in ("body", "list", "list.0", "list.1", "list.1.k", "list.1.l", "data", "data.at")),
            *("providers.p", "providers.p.k", "details.k", "details.at"),
        }  # fmt: skip

    @walked(
        ("replacement", "written"),
        [
            (None, None),
            ("y", "y"),
            (Decimal("1.0"), "1.0"),
            ({"k": NOW}, {"k": NOW.isoformat()}),
            ((1, 2), [1, 2]),
            (SimpleNamespace(k=1), Placeholder("namespace(k=1)")),
        ],
    )
    def test_a_matcher_may_answer_anything(self, replacement: Any, written: Any) -> None:
        def matcher(data: Any, path: Any) -> Any:
            return replacement if path[-1][0] == "body" else data

        settled = Filters(matcher=matcher).apply(self.STEP)
        assert settled.outputs["body"] == written
        assert settled.outputs["list"] == ["a", {"k": 1, "l": 2}]


DONE = SimpleNamespace(step_id="a", has_ended=True, status="completed", due_at=None)
WAITS = SimpleNamespace(step_id="b", has_ended=False, status="delayed", due_at=datetime(2026, 1, 1, 12, 30))
PENDING = SimpleNamespace(step_id="c", has_ended=False, status="pending", due_at=None)


@walked(
    ("value", "said"),
    [
        (DONE, None),
        (SimpleNamespace(steps=[DONE]), None),
        ([SimpleNamespace(steps=[]), DONE, {"body": "a preview"}, None], None),
        (WAITS, "'b' is delayed until 2026-01-01 12:30:00 UTC"),
        (PENDING, "'c' is pending"),
        (
            SimpleNamespace(steps=[DONE, WAITS, PENDING]),
            "'b' is delayed until 2026-01-01 12:30:00 UTC, 'c' is pending",
        ),
        ([DONE, PENDING], "'c' is pending"),
        (([SimpleNamespace(steps=[PENDING])],), "'c' is pending"),
    ],
)
def test_what_has_not_ended_is_refused_wherever_it_stands(value: Any, said: str | None) -> None:
    if said is None:
        refuse_unfinished(value)
        return
    with pytest.raises(UnfinishedStepError, match=re.escape(f"was delivered, and {said}. Let time pass")):
        refuse_unfinished(value)


def test_the_attachments_of_an_email_are_content_that_a_reviewer_is_told_of() -> None:
    @workflow("policy")
    async def policy(step: Step) -> None:
        await step.email("terms", lambda: {"subject": "Your policy", "body": "<p>Attached.</p>"})

    def sent(*files: dict[str, str]) -> RenderedStep:
        with NovuSimulator() as novu:
            novu.register(policy)
            to = {"subscriberId": "ann", "email": "ann@acme.test"}
            run = novu.trigger("policy", to, {"attachments": list(files)} if files else {}).run
            return next(iter(rendered_steps(run)))

    old = {"name": "terms-2025.pdf", "mime": "application/pdf", "file": "QUJD"}
    none, one, other = sent(), sent(old), sent({**old, "name": "terms-2026.pdf"})
    assert none.details == {}
    assert [str(each) for each in content_changes(none, one)] == [
        "attachment (was not there)\n  now: terms-2025.pdf, application/pdf, 3 bytes"
    ]
    assert [str(each) for each in content_changes(one, other)] == [
        "attachment\n  was: terms-2025.pdf, application/pdf, 3 bytes\n  now: terms-2026.pdf, application/pdf, 3 bytes"
    ]


def test_who_gets_a_copy_of_an_email_is_content_that_a_reviewer_is_told_of() -> None:
    @workflow("invoice")
    async def invoice(step: Step) -> None:
        await step.email("mail", lambda: {"subject": "Your invoice", "body": "<p>Attached.</p>"})

    def sent(**copies: list[str]) -> RenderedStep:
        with NovuSimulator() as novu:
            novu.register(invoice)
            to = {"subscriberId": "ann", "email": "ann@acme.test"}
            return next(
                iter(
                    rendered_steps(
                        novu.trigger("invoice", to, overrides={"email": copies} if copies else {}).run
                    )
                )
            )

    none, one = sent(), sent(cc=["books@acme.test"])
    other = sent(cc=["books@acme.test", "boss@acme.test"], bcc=["audit@acme.test"])
    assert [each.details for each in (none, one)] == [{}, {"cc": ["books@acme.test"]}]
    assert [str(each) for each in content_changes(none, one)] == [
        "copy to (was not there)\n  now: books@acme.test"
    ]
    assert [str(each) for each in content_changes(one, other)] == [
        "copy to (was not there)\n  now: boss@acme.test",
        "blind copy to (was not there)\n  now: audit@acme.test",
    ]
