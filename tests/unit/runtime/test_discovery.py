"""What discovery learns of a workflow, and what a handler may do to its data meanwhile."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from datetime import datetime, timedelta, timezone
from typing import Any, TypedDict

import pytest
from pydantic import BaseModel, Field

from novu_framework import NovuError, Preferences, Severity, Step, Subscriber, SyncStep, Workflow, workflow
from novu_framework.errors import ProviderNotFoundError, StepAlreadyExistsError, WorkflowDiscoveryError


def step_ids(w: Workflow) -> list[str]:
    return [step["stepId"] for step in w.discover()["steps"]]


class Line(BaseModel):
    name: str
    price: float


class Order(BaseModel):
    number: int
    kind: str = Field(json_schema_extra={"enum": ["gift", "plain"]})
    due: datetime
    days: int
    lines: list[Line]
    note: str | None = None


class TestWhatAHandlerMayDoToItsData:
    def test_touching_looping_formatting_computing_and_unpacking(self):
        labels = {"gift": "A gift", "plain": "An order"}

        @workflow("w")
        async def w(
            payload: Order, step: Step, subscriber: Subscriber, context: dict, env: dict, controls: dict
        ):
            title = f"{labels[payload.kind]} {payload.number:05d} for {subscriber.first_name.title()}"
            total = sum(line.price * 1.19 for line in payload.lines)
            names = ", ".join(line.name for line in payload.lines)
            due = payload.due.astimezone(timezone.utc) + timedelta(days=payload.days)
            _, *rest = payload.lines
            (a, b), c = payload.note, payload.note[0]
            json.dumps({"t": title, "n": names, "c": c, "e": env["name"], "tenant": context["tenant"]["id"]})
            if payload.days > 3 or max(line.price for line in payload.lines) < 2:
                await step.sms("behind-a-condition", {"body": "x"})
            for line in payload.lines:
                line.name.strip().split(" ", 1)
            round(total, 2), divmod(payload.days, 7), float(payload.days), a + b, due, rest, controls
            digest = await step.digest("collect", {"amount": 1, "unit": "days"})
            newest = max(event.time for event in digest.events)
            f"{newest:%d %B}: {digest.events[0].payload['comment']['author']}, {digest.event_count} in all"
            if not digest.events:
                return
            inbox = await step.in_app("inbox", {"body": title})
            inbox.last_seen_date.isoformat()
            delay = await step.delay("wait", {"amount": 1, "unit": "hours"})
            timedelta(milliseconds=delay.duration)
            score = await step.custom("score", lambda: {"points": 1}, output_schema={"type": "object"})
            score["points"] + 1
            await step.email("mail", {"subject": title, "body": names})

        assert step_ids(w) == ["collect", "inbox", "wait", "score", "mail"]

    def test_where_it_cannot_go_on_the_error_names_the_line(self):
        @workflow("w")
        async def w(payload: dict, step: Step):
            datetime.fromisoformat(payload["when"])
            await step.sms("s", {"body": "x"})

        with pytest.raises(WorkflowDiscoveryError) as caught:
            w.discover()
        assert "`w`" in str(caught.value)
        assert 'datetime.fromisoformat(payload["when"])' in str(caught.value)
        assert "test_discovery.py:" in str(caught.value)
        assert "resolver" in str(caught.value)

    async def test_it_works_while_an_event_loop_runs_and_with_code_that_waits(self):
        @workflow("w")
        async def w(step: Step):
            await asyncio.sleep(0)
            await asyncio.gather(step.sms("a", {"body": "a"}), step.sms("b", {"body": "b"}))

        assert step_ids(w) == ["a", "b"]

    def test_a_plain_function(self):
        @workflow("w")
        def w(payload: Order, step: SyncStep):
            inbox = step.in_app("i", lambda: {"body": payload.lines[0].name})
            step.sms("s", lambda: {"body": "x"}, skip=lambda: inbox.read)

        assert step_ids(w) == ["i", "s"]

    def test_a_resolver_is_not_called(self):
        called = []

        @workflow("w")
        async def w(step: Step):
            await step.sms("s", lambda: called.append(1), skip=lambda: called.append(2))

        w.discover()
        assert called == []


class TestWhatIsShown:
    def test_every_option(self):
        @workflow(
            "w",
            name="Name",
            description="What for",
            tags=["a", "b"],
            severity=Severity.HIGH,
            preferences={
                "all": {"enabled": False, "read_only": True},
                "channels": {"in_app": {"enabled": True}},
            },
            env_schema={"type": "object", "properties": {"KEY": {"type": "string"}}},
        )
        async def w(step: Step):
            pass

        shown = w.discover()
        assert {key: shown[key] for key in ("workflowId", "name", "description", "tags", "severity")} == {
            "workflowId": "w",
            "name": "Name",
            "description": "What for",
            "tags": ["a", "b"],
            "severity": "high",
        }
        assert shown["preferences"] == {
            "all": {"enabled": False, "readOnly": True},
            "channels": {"in_app": {"enabled": True}},
        }
        assert shown["env"]["schema"] == {"type": "object", "properties": {"KEY": {"type": "string"}}}

    def test_what_was_not_given_is_absent(self):
        @workflow("w")
        async def w(step: Step):
            pass

        assert "name" not in w.discover()
        assert w.name == "w"
        assert w.discover()["preferences"] == {}

    def test_the_code_of_handler_and_resolver(self):
        @workflow("w")
        async def w(step: Step):
            async def render():
                return {"body": "x"}

            await step.sms("s", render)

        shown = w.discover()
        assert "await step.sms" in shown["code"]
        assert shown["steps"][0]["code"].startswith("async def render():")

    def test_schemas_of_every_form(self):
        @dataclasses.dataclass
        class Data:
            a: int

        class Typed(TypedDict):
            a: int

        as_dict = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
        for source in (Data, Typed, as_dict):

            @workflow("w", payload_schema=source)
            async def w(step: Step):
                pass

            shown = w.discover()["payload"]["schema"]
            assert shown["properties"] == {"a": {"type": "integer"}}
            assert shown["required"] == ["a"]

    def test_schemas_are_inferred_from_string_annotations_of_local_classes(self):
        class Local(BaseModel):
            word: str

        class LocalControls(BaseModel):
            subject: str = "Hi"

        @workflow("w")
        async def w(payload: Local, step: Step):
            async def render(controls: LocalControls) -> dict[str, Any]:
                return {"subject": controls.subject, "body": payload.word}

            await step.email("e", render)

        assert w.discover()["payload"]["schema"]["properties"] == {"word": {"type": "string"}}
        controls = w.discover()["steps"][0]["controls"]["schema"]
        assert controls["properties"] == {"subject": {"type": "string", "default": "Hi"}}


class TestMistakes:
    @pytest.mark.parametrize(
        "source", ["def w(payload, stepp): pass", "def w(*args): pass", "def w(**kw): pass"]
    )
    def test_a_parameter_that_is_none_of_the_six(self, source):
        scope: dict[str, Any] = {}
        exec(source, scope)
        with pytest.raises(TypeError, match="payload, step, subscriber, controls, context, env"):
            workflow("w")(scope["w"])

    def test_two_steps_of_one_id(self):
        @workflow("w")
        async def w(step: Step):
            await step.sms("s", {"body": "x"})
            await step.email("s", {"subject": "x", "body": "x"})

        with pytest.raises(StepAlreadyExistsError, match="`s`"):
            w.discover()

    def test_a_provider_that_the_channel_does_not_have(self):
        @workflow("w")
        async def w(step: Step):
            await step.sms("s", {"body": "x"}, providers={"sendgrid": lambda: {}})

        with pytest.raises(ProviderNotFoundError, match="`sendgrid`"):
            w.discover()

    def test_a_resolver_with_too_many_arguments_names_the_step(self):
        @workflow("w")
        async def w(step: Step):
            await step.sms("s", lambda controls, other: {"body": "x"})

        with pytest.raises(WorkflowDiscoveryError, match=r"step `s`.*takes the controls, or nothing"):
            w.discover()

    def test_preferences_of_an_unknown_channel(self):
        with pytest.raises(ValueError, match="carrier_pigeon"):
            workflow("w", preferences={"channels": {"carrier_pigeon": {"enabled": True}}})(lambda step: None)

    def test_models_of_preferences_and_dicts_say_the_same(self):
        given = {"all": {"enabled": True}, "channels": {"email": {"enabled": False}}}

        async def handler(step: Step) -> None: ...

        by_dict = workflow("w", preferences=given)(handler)
        by_model = workflow("w", preferences=Preferences.model_validate(given))(handler)
        assert by_dict.discover()["preferences"] == by_model.discover()["preferences"] == given

    def test_every_error_is_a_novu_error(self):
        assert issubclass(WorkflowDiscoveryError, NovuError)
