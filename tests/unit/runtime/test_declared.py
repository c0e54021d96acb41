"""What is wrong with a workflow or a step as it is declared, and what is right about it."""

from __future__ import annotations

import functools
import operator
import os
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, Field

from novu_framework import Client, Step, SyncStep, Workflow, workflow
from novu_framework.bridge import RequestHandler
from novu_framework.discovery import is_users_file, one_loop, schema_pair
from novu_framework.errors import (
    BridgeError,
    ExecutionStateCorruptError,
    StepNotFoundError,
    WorkflowDiscoveryError,
)
from novu_framework.steps.base import provider_to_wire
from novu_framework.triggers import EVERYONE, trigger_arguments, trigger_event
from tests.tables import walked

SETTINGS = Client("test-secret", strict_authentication=False)


def handler(step: Step) -> None: ...


MISTAKES: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "no id": (lambda: workflow("")(handler), ValueError, "a workflow's id is a non-empty string, not ''"),
    "a number as id": (
        lambda: Workflow(7, handler),  # type: ignore[arg-type]
        ValueError,
        "a workflow's id is a non-empty string, not 7",
    ),
    "no call": (
        lambda: workflow(len),  # type: ignore[arg-type]
        TypeError,
        '@workflow takes the id of the workflow: @workflow("my-workflow"), not <built-in function len>',
    ),
    "tags that are one text": (
        lambda: workflow("w", tags="news")(handler),
        TypeError,
        "workflow `w`: tags is a list of strings, not one string",
    ),
    "no function": (
        lambda: workflow("w")(7),  # type: ignore[call-overload]
        TypeError,
        "workflow `w`: @workflow decorates a function, not 7",
    ),
    "a severity of one's own": (
        lambda: workflow("w", severity="grave")(handler),
        ValueError,
        "workflow `w`: severity is one of none, low, medium, high, not 'grave'",
    ),
    "no list": (
        lambda: RequestHandler(workflow("w")(handler), SETTINGS),  # type: ignore[arg-type]
        TypeError,
        "workflows is a list, also where there is one: serve(app, workflows=[my_workflow])",
    ),
    "a function that is no workflow": (
        lambda: RequestHandler([len], SETTINGS),  # type: ignore[list-item]
        TypeError,
        "workflows are functions decorated with @workflow, not <built-in function len>",
    ),
}


@walked("mistake", MISTAKES)
def test_a_mistake_is_told_when_it_is_made(mistake: str) -> None:
    make, kind, said = MISTAKES[mistake]
    with pytest.raises(kind) as raised:
        make()
    assert (type(raised.value), str(raised.value)) == (kind, said)


@pytest.mark.parametrize("step_id", ["", 7, None], ids=repr)
def test_the_id_of_a_step_is_a_text(step_id: Any) -> None:
    @workflow("w")
    async def made(step: Step) -> None:
        await step.sms(step_id, {"body": "Hi"})

    with pytest.raises(WorkflowDiscoveryError) as raised:
        made.discover()
    assert str(raised.value).startswith("Workflow with id: `w` could not be discovered: ")
    assert str(raised.value).endswith(
        f" raised TypeError: a step's id is a non-empty string, not {step_id!r}. "
        "That is how the step is declared, whatever the data."
    )
    assert type(raised.value.__cause__) is TypeError


def test_an_error_outside_of_the_users_code_is_the_handlers() -> None:
    made = workflow("w")(functools.partial(operator.truediv, 1, 0))
    with pytest.raises(WorkflowDiscoveryError) as raised:
        made.discover()
    assert str(raised.value) == (
        "Workflow with id: `w` could not be discovered: the handler raised ZeroDivisionError: division by zero. "
        "Discovery runs the handler once with stand-ins for the data: move code that needs real values into a resolver."
    )


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("takes_payload", [True, False])
def test_an_end_of_the_process_is_no_error_of_a_workflow(
    end: type[BaseException], takes_payload: bool
) -> None:
    def with_payload(payload: dict[str, str], step: SyncStep) -> None:
        raise end

    def without(step: SyncStep) -> None:
        raise end

    with pytest.raises(end):
        workflow("w")(with_payload if takes_payload else without).discover()


def ends() -> Any:
    raise GeneratorExit


async def ends_later() -> Any:
    raise GeneratorExit


@walked("end", [ends, ends_later])
@walked("role", ["resolver", "skip", "provider"])
@walked("mode", ["execute", "preview"])
async def test_an_end_in_a_function_of_a_step_is_let_through(end: Any, role: str, mode: Any) -> None:
    @workflow("w")
    async def made(step: Step) -> None:
        await step.email(
            "mail",
            end if role == "resolver" else {"subject": "A", "body": "B"},
            skip=end if role == "skip" else None,
            providers={"sendgrid": end} if role == "provider" else None,
        )

    bridge = RequestHandler([made], SETTINGS)
    event: dict[str, Any] = {"payload": {}, "controls": {}, "state": []}
    if (role, mode) == ("skip", "preview"):  # which skips nothing
        assert (await bridge.execute("w", "mail", event, mode))["options"] == {"skip": False}
        return
    with pytest.raises(GeneratorExit):
        await bridge.execute("w", "mail", event, mode)


class NeverMadeUp(BaseModel):
    code: str = Field(pattern="^a$", min_length=3)


def test_a_handler_is_run_once_more_where_a_made_up_payload_may_help() -> None:
    runs: list[Any] = []

    def without(step: SyncStep) -> None:
        runs.append(step)
        raise KeyError("order")

    def made_up(payload: dict[str, str], step: SyncStep) -> None:
        runs.append(step)
        raise KeyError("order")

    def not_made_up(payload: NeverMadeUp, step: SyncStep) -> None:
        runs.append(step)
        raise KeyError("order")

    for made, count in ((without, 1), (made_up, 2), (not_made_up, 1)):
        runs.clear()
        with pytest.raises(WorkflowDiscoveryError, match="raised KeyError: 'order'"):
            workflow("w")(made).discover()
        assert len(runs) == count


async def test_a_result_that_does_not_fit_is_used_as_it_is_in_a_preview() -> None:
    got: list[Any] = []

    @workflow("w")
    async def made(step: Step) -> None:
        inbox = await step.in_app("inbox", {"body": "Hi"})
        score = await step.custom(
            "score",
            {"points": 1},
            output_schema={"type": "object", "properties": {"points": {"type": "integer"}}},
        )
        got.append((type(inbox).__name__, inbox.seen, inbox.read, score))
        await step.sms("sms", {"body": "Hi"})

    state = [
        {"stepId": "inbox", "outputs": {"seen": "perhaps", "read": True}},
        {"stepId": "score", "outputs": {"points": "many"}},
    ]
    bridge = RequestHandler([made], SETTINGS)
    event = {"payload": {}, "controls": {}, "state": state}
    await bridge.execute("w", "sms", event, "preview")
    assert got[-1:] == [("InAppResult", "perhaps", True, {"points": "many"})]


async def test_a_bridge_without_http_raises_what_http_would_answer() -> None:
    @workflow("w")
    async def made(step: Step) -> None:
        await step.sms("sms", {"body": "Hi"})
        if broken:
            raise KeyError("order")

    broken: list[bool] = []
    bridge = RequestHandler([made], SETTINGS)
    broken.append(True)
    event: dict[str, Any] = {"payload": {}, "controls": {}, "state": []}
    with pytest.raises(StepNotFoundError):
        bridge._code("w", "no-step")
    answer = await bridge.execute("w", "sms", event)
    assert (answer["outputs"], answer["options"]) == ({"body": "Hi"}, {"skip": False})
    with pytest.raises(ExecutionStateCorruptError):
        await bridge.execute("w", "no-step", event)
    event["state"] = [{"stepId": "sms", "outputs": {}}]
    with pytest.raises(BridgeError) as raised:
        await bridge.execute("w", "no-step", event)
    assert isinstance(raised.value.__cause__, KeyError)
    assert raised.value.message == "Unknown BridgeError: 'order'"


def test_one_schema_is_shown_twice() -> None:
    assert schema_pair({"type": "object"}) == {
        "schema": {"type": "object"},
        "unknownSchema": {"type": "object"},
    }


def test_what_python_and_packages_bring_is_no_file_of_the_users() -> None:
    files = [
        __file__,
        "app.py",
        os.__file__,
        pytest.__file__,
        workflow.__code__.co_filename,
        "<frozen os>",
        "<string>",
    ]
    assert [is_users_file(file) for file in files] == [True, True, False, False, False, False, True]


def test_discoveries_leave_no_loop_behind() -> None:
    with one_loop():
        made = workflow("w")(_awaiting)
        assert list(made.steps) == ["sms"]


async def _awaiting(step: Step) -> None:
    await step.sms("sms", {"body": "Hi"})


# --- what providers are given -----------------------------------------------------------------------------


class Sendgrid(BaseModel):
    ip_pool: str = Field(alias="ipPoolName")
    batch: int | None = None


@pytest.mark.parametrize(
    ("provided", "sent"),
    [
        (Sendgrid(ipPoolName="vip"), {"ipPoolName": "vip"}),
        (Sendgrid(ipPoolName="vip", batch=7), {"ipPoolName": "vip", "batch": 7}),
        ({"ip_pool_name": "vip", "batch": None}, {"ip_pool_name": "vip", "batch": None}),
        (["vip"], ["vip"]),
        (None, None),
    ],
)
def test_what_a_provider_gets_is_written_as_it_was_given(provided: Any, sent: Any) -> None:
    assert provider_to_wire(provided) == sent


# --- events -----------------------------------------------------------------------------------------------

GIVEN: dict[str, Any] = {
    "transaction_id": "t-1",
    "overrides": {"email": {}},
    "actor": {"subscriber_id": "bob"},
    "context": {"tenant": "acme"},
    "bridge_url": "https://acme.test/api/novu",
    "agent_id": "bot",
}


def test_an_event_has_all_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOVU_BRIDGE_ORIGIN", raising=False)
    assert trigger_event("wf", ["ann", {"topic_key": "all"}], {"a": 1}, **GIVEN) == {
        "name": "wf",
        "to": ["ann", {"topicKey": "all", "type": "Topic"}],
        "payload": {"a": 1},
        "transactionId": "t-1",
        "overrides": {"email": {}},
        "actor": {"subscriberId": "bob"},
        "context": {"tenant": "acme"},
        "bridgeUrl": "https://acme.test/api/novu",
        "agentId": "bot",
    }


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({}, {}),
        ({"agent_id": ""}, {"agentId": ""}),
        ({"transaction_id": "", "overrides": {}, "actor": "", "context": {}, "bridge_url": ""}, {}),
        ({"actor": "bob"}, {"actor": "bob"}),
    ],
)
def test_an_event_has_nothing_that_was_not_given(
    given: dict[str, Any], more: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOVU_BRIDGE_ORIGIN", raising=False)
    assert trigger_event("wf", EVERYONE, None, **given) == {"name": "wf", "payload": {}, **more}
    monkeypatch.setenv("NOVU_BRIDGE_ORIGIN", "https://acme.test")
    url = {"bridgeUrl": "https://acme.test/api/novu"}
    assert trigger_event("wf", "ann", {}, **given) == {
        "name": "wf",
        "to": "ann",
        "payload": {},
        **url,
        **more,
    }


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ({"name": "wf", "to": "ann"}, {"workflow_id": "wf", "to": "ann"}),
        ({"workflow": "wf", "to": "ann"}, {"workflow_id": "wf", "to": "ann"}),
        (
            {"workflowId": "wf", "to": "ann", "transactionId": "t", "bridgeUrl": "u", "agentId": "a"},
            {"workflow_id": "wf", "to": "ann", "transaction_id": "t", "bridge_url": "u", "agent_id": "a"},
        ),
        (
            {"workflow_id": "wf", "to": "ann", "payload": {}, "overrides": {}, "actor": "b", "context": {}},
            {"workflow_id": "wf", "to": "ann", "payload": {}, "overrides": {}, "actor": "b", "context": {}},
        ),
    ],
)
def test_an_event_of_a_bulk_takes_either_names(event: dict[str, Any], arguments: dict[str, Any]) -> None:
    assert trigger_arguments(event, 0) == arguments


KNOWN = (
    "an event has workflow_id, to, payload, transaction_id, overrides, actor, context, bridge_url, agent_id."
)


@pytest.mark.parametrize(
    ("event", "wrong"),
    [
        ({}, "lacks ['workflow_id', 'to']"),
        ({"name": "wf", "to": ""}, "lacks ['to']"),
        ({"to": "ann", "other": 1}, "lacks ['workflow_id']"),
        ({"name": "wf", "to": "ann", "other": 1, "more": 2}, "has ['other', 'more']"),
    ],
)
def test_an_event_of_a_bulk_that_is_wrong_is_told_with_its_place(event: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^Event 3 of the bulk ") as raised:
        trigger_arguments(event, 3)
    assert str(raised.value) == f"Event 3 of the bulk {wrong}: {KNOWN}"
