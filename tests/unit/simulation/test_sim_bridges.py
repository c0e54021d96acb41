"""In process, over ASGI and by URL: one run for one workflow; and what Novu would have said of its code."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import logging.config
import socket
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl

import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.middleware.base import BaseHTTPMiddleware

from novu_framework import InAppResult, Step, SyncStep, Workflow, workflow
from novu_framework._internal.threads import MAX_THREADS, pool, threads_of
from novu_framework.fastapi import Client, serve
from novu_framework.settings import DEFAULT_STEP_TIMEOUT
from novu_framework.signature import verify
from novu_framework_testing import BridgeFailure, FindingError, NovuSimulator
from novu_framework_testing.bridges import AsgiBridge, UrlBridge
from tests.tables import walked

START = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
KEY = "test-secret"
ANN = {"subscriberId": "ann", "email": "ann@acme.test", "firstName": "Ann"}


class CommentPayload(BaseModel):
    comment: str
    post_id: str = "post-0"


class EmailControls(BaseModel):
    subject: str = (
        "{{ steps.collect.eventCount }} comments on {{ payload.post_id }}, {{ subscriber.firstName }}"
    )


def comments() -> Workflow:
    @workflow("comments", name="Comments", tags=["social"], severity="low")
    async def comments(payload: CommentPayload, step: Step) -> None:
        inbox: InAppResult = await step.in_app("note", lambda: {"body": f"<b>{payload.comment}</b>"})
        digest = await step.digest(
            "collect", lambda: {"amount": 1, "unit": "hours", "digestKey": payload.post_id}
        )
        await step.delay("wait", {"amount": 6, "unit": "hours"})

        async def render(controls: EmailControls) -> dict[str, str]:
            lines = "".join(f"<li>{event.payload['comment']}</li>" for event in digest.events)
            return {"subject": controls.subject, "body": f"<ul>{lines}</ul><script>1</script>"}

        await step.email(
            "mail", render, skip=lambda: inbox.read, providers={"sendgrid": lambda: {"ipPoolName": "hot"}}
        )
        await step.sms("text", lambda: 1 / 0)
        await step.push("push", lambda: {"subject": "x", "body": "y"})

    return comments


def app_of(*workflows: Workflow) -> FastAPI:
    app = FastAPI()
    serve(app, workflows=list(workflows), client=Client(secret_key=KEY))
    return app


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[str]:
    # not without its protocol: asyncio would let small parts of an answer wait for each other
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as taken:
        taken.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", loop="asyncio"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        taken.listen()
        thread.start()
        try:
            while not server.started:
                time.sleep(0.005)
            yield f"http://127.0.0.1:{taken.getsockname()[1]}/api/novu"
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def simulation(kind: str, *workflows: Workflow) -> Iterator[NovuSimulator]:
    with contextlib.ExitStack() as stack:
        sim = stack.enter_context(NovuSimulator(START, secret_key=KEY))
        if kind == "process":
            sim.register(*workflows)
        elif kind == "asgi":
            sim.connect(app_of(*workflows))
        else:
            sim.connect(stack.enter_context(served(app_of(*workflows))))
        yield sim


KINDS = ["process", "asgi", "url"]


def story(kind: str) -> dict[str, object]:
    with simulation(kind, comments()) as sim:
        for n in range(3):
            sim.trigger("comments", {**ANN, "phone": "1"}, {"comment": f"No. {n}"})
            sim.advance(minutes=1)
        sim.trigger("comments", ANN, {"comment": "elsewhere", "post_id": "post-1"})
        sim.trigger("comments", ANN, {"no": "comment"})
        sim.controls("comments", "mail", {"subject": "Edited by {{ env.type }}"})
        sim.run_until_idle()
        sim.subscriber("ann").inbox.mark_all_read()
        sim.trigger("comments", ANN, {"comment": "read"})
        sim.subscriber("ann").inbox.mark_all_read()
        sim.run_until_idle()
        return {
            "steps": [
                (
                    step.id,
                    step.status,
                    step.outputs,
                    step.providers,
                    step.result,
                    step.skip_reason,
                    step.error_code,
                )
                for run in sim.runs
                for step in run.steps
            ],
            "runs": [run.status for run in sim.runs],
            "messages": [(one.id, one.content, one.sent_at, one.provider_id) for one in sim.messages],
            "timeline": sim.timeline(),
        }


def test_the_three_bridges_give_the_same_run():
    in_process = story("process")
    assert in_process["runs"] == ["completed", "merged", "merged", "completed", "failed", "completed"]
    assert json.loads(json.dumps(in_process["messages"][4][1])) == {
        "subject": "Edited by dev",
        "body": "<ul><li>No. 0</li><li>No. 1</li><li>No. 2</li></ul>",
    }
    assert story("asgi") == in_process
    assert story("url") == in_process


@pytest.mark.parametrize("kind", KINDS)
def test_workflows_and_their_steps_come_from_discovery(kind):
    with simulation(kind, comments()) as sim:
        shown = sim.workflows["comments"]
        assert (shown.name, shown.tags, shown.severity) == ("Comments", ("social",), "low")
        assert [(step.step_id, step.type) for step in shown.steps] == [
            ("note", "in_app"),
            ("collect", "digest"),
            ("wait", "delay"),
            ("mail", "email"),
            ("text", "sms"),
            ("push", "push"),
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_resolver_cannot_change_what_the_simulation_knows(kind):
    @workflow("vandal")
    async def vandal(payload: dict, context: dict, step: Step) -> None:
        def spoil() -> dict[str, str]:
            data = context["tenant"]["data"]
            payload["items"].append("spoiled")
            data["spoiled"] = data.get("spoiled", 0) + 1
            return {"body": f"{len(payload['items'])}, {data['spoiled']}"}

        await step.in_app("one", spoil)
        await step.in_app("two", spoil)

    with simulation(kind, vandal) as sim:
        given = {"tenant": {"id": "acme", "data": {"plan": "pro"}}}
        trigger = sim.trigger("vandal", "ann", {"items": []}, context=given)
        assert [message.body for message in trigger.messages] == ["1, 1", "1, 1"]
        assert (trigger.payload, trigger.context) == ({"items": []}, given)


@pytest.mark.parametrize("kind", KINDS)
def test_an_exception_outside_of_a_resolver_is_a_500_and_is_retried(kind, caplog):
    calls = []

    @workflow("shaky")
    async def shaky(payload: dict, step: Step) -> None:
        calls.append(1)
        if payload.get("boom") and len(calls) < 4:
            raise ZeroDivisionError
        await step.in_app("note", lambda: {"body": "x"})

    with simulation(kind, shaky) as sim:
        del calls[:]
        run = sim.trigger("shaky", "ann", {"boom": 1}).run
        assert (run.step("note").status, run.step("note").attempts) == ("pending", 1)
        sim.run_until_idle()
        assert (run.step("note").status, run.step("note").attempts) == ("completed", 4)
        assert sim.now.second == 7


# --- what is sent over HTTP ---


class Recorder:
    """An ASGI app that keeps each request, and answers a step with an in-app body."""

    def __init__(self, answer: tuple[int, bytes] | None = None) -> None:
        self.requests: list[tuple[str, dict[str, str], dict[str, str], bytes]] = []
        self.answer = answer

    async def __call__(self, scope, receive, send) -> None:
        body = (await receive())["body"]
        query = dict(parse_qsl(scope["query_string"].decode()))
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.requests.append((scope["method"], query, headers, body))
        discovery = {"workflows": [{"workflowId": "w", "steps": [{"stepId": "note", "type": "in_app"}]}]}
        outputs = {"outputs": {"body": "x"}, "providers": {}, "options": {"skip": False}}
        status, content = 200, json.dumps(discovery if query["action"] == "discover" else outputs).encode()
        if self.answer is not None and query["action"] == "execute":
            status, content = self.answer
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": content})


def test_the_endpoint_is_called_as_novu_calls_it():
    app = Recorder()
    with NovuSimulator(START, secret_key=KEY, environment_type="prod") as sim:
        sim.connect(app, route="/bridge")
        run = sim.trigger("w", "ann", {"né": 1.5, "__source": "x"}).run
    (method, query, headers, body), (post, asked, sent, event) = app.requests
    assert (method, query, body) == ("GET", {"action": "discover"}, b"")
    verify(headers["novu-signature"], b"", KEY)
    assert post == "POST"
    assert asked == {
        "action": "execute",
        "workflowId": "w",
        "stepId": "note",
        "jobId": run.step("note").id,
        "environmentType": "prod",
    }
    verify(sent["novu-signature"], event, KEY)
    assert sent["content-type"] == "application/json"
    assert json.loads(event)["payload"] == {"né": 1.5}
    assert b": " not in event
    assert "né".encode() in event


@walked(
    ("status", "content", "code", "text"),
    [
        (
            400,
            b'{"message":"no","code":"ExecutionEventPayloadInvalidError","data":[1]}',
            "ExecutionEventPayloadInvalidError",
            "no",
        ),
        (404, b"nothing", None, "there is no bridge at https://localhost/api/novu"),
        (405, b"", None, "does not take POST requests"),
        (401, b"<html>", None, "answered 401: <html>"),
        (200, b"not json", None, "answered 200: not json"),
        (200, b"[]", None, "the bridge's answer is not a valid one: []"),
        (200, b'{"outputs":null}', None, "the bridge's answer is not a valid one"),
    ],
)
def test_what_is_no_answer_fails_the_step_in_words(status, content, code, text):
    app = Recorder((status, content))
    with NovuSimulator(START, secret_key=KEY) as sim:
        sim.connect(app)
        step = sim.trigger("w", "ann").run.step("note")
    assert (step.status, step.error_code, step.attempts) == ("failed", code, 1)
    assert text in step.error


@pytest.mark.parametrize(
    "bridge", [AsgiBridge(Recorder(), secret_key=KEY), UrlBridge("http://127.0.0.1:9", secret_key=KEY)]
)
def test_a_bridge_repeats_nothing_of_the_key(bridge):
    assert KEY not in repr(bridge)
    assert KEY not in str(bridge)


def test_a_url_where_nothing_listens_is_a_clear_error_and_would_be_retried():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/novu"
        with (
            NovuSimulator(secret_key=KEY) as sim,
            pytest.raises(BridgeFailure, match="cannot be reached") as raised,
        ):
            sim.connect(url)
    assert raised.value.retryable


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 9, "did not answer within 0.2 s"),
        (b"HTTP/1.1 200 OK\r\nx: ", b"y" * 9, "did not answer within 0.2 s"),
        (b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n", None, "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nhalf", None, "cannot be reached"),
        (b"SSH-2.0", None, "cannot be reached"),
    ],
)
async def test_what_does_not_come_to_its_end_is_a_failure_in_words(head, body, said):
    ended = asyncio.Event()

    async def answer(reader, writer):
        with contextlib.suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head)
            while body is not None:  # in pieces that never end
                await asyncio.sleep(0.01)
                writer.write(body)
                await writer.drain()
            writer.write(b"nothing of gzip")
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        ended.set()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/novu"
        with pytest.raises(BridgeFailure, match=said) as raised:
            await UrlBridge(url, secret_key=KEY, timeout=0.2).discover()
        await ended.wait()
    assert raised.value.retryable
    assert raised.value.timed_out == said.startswith("did not answer")


async def test_a_resolver_that_never_returns_is_a_bridge_that_did_not_answer():
    @workflow("slow")
    async def slow(step: Step) -> None:
        async def render() -> dict[str, str]:
            await asyncio.Event().wait()
            return {"body": "Never"}

        await step.in_app("note", render)

    app = FastAPI()
    serve(app, workflows=[slow], client=Client(KEY))
    bridge = AsgiBridge(app, secret_key=KEY, timeout=0.2)
    event = {"payload": {}, "controls": {}, "state": [], "subscriber": {}}
    with pytest.raises(BridgeFailure, match="did not answer") as raised:
        await bridge.execute("slow", "note", event, job_id="1")
    assert raised.value.timed_out
    await bridge.aclose()


async def test_an_id_that_no_url_holds_is_a_failure_in_words():
    bridge = AsgiBridge(Recorder(), secret_key=KEY)
    with pytest.raises(BridgeFailure, match="cannot be asked"):
        await bridge.execute("w", "x" * 70_000, {}, job_id="1")


@pytest.mark.parametrize("providers", [7, "x", [1]])
def test_providers_that_are_none_are_no_answer(providers):
    content = json.dumps({"outputs": {"body": "x"}, "providers": providers}).encode()
    with NovuSimulator(secret_key=KEY) as sim:
        sim.connect(Recorder((200, content)))
        step = sim.trigger("w", "ann").run.step("note")
    assert "the bridge's answer is not a valid one" in step.error


def test_another_secret_key_is_a_clear_error():
    with (
        NovuSimulator(secret_key="other") as sim,
        pytest.raises(BridgeFailure, match="SignatureMismatchError"),
    ):
        sim.connect(app_of(comments()))


@pytest.mark.parametrize(
    ("key", "previous", "accepted"),
    [
        ("new", ["old"], "old and new"),
        ("old", ["new"], "old and new"),
        ("old", [], "old"),
        ("new", [], "new"),
    ],
)
def test_the_key_is_rotated_while_runs_wait(key, previous, accepted):
    @workflow("waits")
    async def waits(step: Step) -> None:
        await step.in_app("first", {"body": "1"})
        await step.delay("wait", {"amount": 1, "unit": "hours"})
        await step.in_app("second", {"body": "2"})

    app = FastAPI()
    serve(app, workflows=[waits], client=Client(key, previous_secret_keys=previous))
    with NovuSimulator(START, secret_key="old") as sim:
        if accepted == "new":
            with pytest.raises(BridgeFailure, match="SignatureMismatchError"):
                sim.connect(app)
            sim.rotate_secret_key("new")
        sim.connect(app)
        run = sim.trigger("waits", "ann").run
        sim.rotate_secret_key("new")
        sim.advance(hours=1)
        assert sim.secret_key == "new"
        if accepted == "old":
            assert "SignatureMismatchError" in run.step("second").error
        else:
            assert run.status == "completed"
        assert len(sim.messages) == (1 if accepted == "old" else 2)


def test_what_is_no_url_is_an_error():
    with NovuSimulator() as sim, pytest.raises(ValueError, match="no URL of a bridge"):
        sim.connect("localhost:4010")


def test_a_workflow_is_registered_and_not_connected():
    with NovuSimulator() as sim, pytest.raises(TypeError, match="Register a workflow of this process"):
        sim.connect(comments())


def test_connecting_again_takes_the_workflows_anew_and_keeps_saved_controls():
    with served(app_of(comments())) as url, NovuSimulator(secret_key=KEY) as sim:
        sim.connect(url)
        sim.controls("comments", "mail", {"subject": "Saved"})
        before = sim.workflows["comments"].id
        sim.connect(url)
        assert sim.workflows["comments"].id == before
        assert sim.controls("comments", "mail") == {"subject": "Saved"}


def test_a_trigger_may_bring_its_own_bridge():
    with served(app_of(comments())) as url, NovuSimulator(START, secret_key=KEY) as sim:
        run = sim.trigger("comments", ANN, {"comment": "x"}, bridge_url=url).run
        assert run.step("note").status == "completed"
        assert "comments" not in sim.workflows


def test_registering_twice_is_nothing_and_another_workflow_of_that_id_an_error():
    first = comments()
    with NovuSimulator() as sim:
        sim.register(first)
        sim.register(first)
        with pytest.raises(ValueError, match="There is a workflow 'comments' here already"):
            sim.register(comments())


# --- what Novu would have said ---


def written(controls: dict[str, str]) -> dict[str, str]:
    return {"subject": controls["s"], "body": "y"}


def careless() -> Workflow:
    @workflow("careless")
    async def careless(payload: dict, step: Step) -> None:
        await step.in_app("dropped", lambda: {"body": "x", "colour": "red"})
        await step.email("control", written, control_schema=CONTROLS)
        if payload.get("secret"):
            await step.in_app("hidden", {"body": "x"})
        await step.in_app("last", {"body": "x"})

    return careless


CONTROLS = {"type": "object", "properties": {"s": {"type": "string", "default": "a\n{% if %}"}}}


@pytest.mark.parametrize("kind", KINDS)
def test_findings_name_the_workflow_the_step_and_the_line(kind):
    flow = careless()
    first = flow.handler.__code__.co_firstlineno
    with simulation(kind, flow) as sim:
        sim.trigger("careless", ANN, {"secret": True})
        found = {finding.kind: finding for finding in sim.findings}
    expected = {"control", "undiscovered-step"} | ({"dropped-output"} if kind != "url" else set())
    assert set(found) == expected  # from another process, nobody says that a key was dropped
    assert found["control"].message.startswith(
        "the control `s`, by its default, does not compile: invalid value expression"
    )
    assert "line:2" in found["control"].message
    hidden = found["undiscovered-step"].message
    if kind == "url":  # the protocol has no field for it, so the bridge's own sentence is quoted
        assert "discovery did not see (Step with id: `hidden` does not exist" in hidden
    else:
        assert "'hidden' that discovery did not see" in hidden
    hiding = ("last", 6) if kind == "url" else ("hidden", 5)
    lines = {"dropped-output": ("dropped", 2), "control": ("control", 3), "undiscovered-step": hiding}
    for name, finding in found.items():
        step_id, line = lines[name]
        assert (finding.workflow_id, finding.step_id) == ("careless", step_id)
        if kind == "process":
            assert finding.location.endswith(f"test_sim_bridges.py:{first + line}")
        else:
            assert finding.location == f"the code of careless, line {line + 1}"


def test_a_workflow_whose_only_step_is_hidden_is_a_finding():
    @workflow("hidden")
    async def hidden(payload: dict, step: Step) -> None:
        if payload.get("vip"):
            await step.in_app("inbox", {"body": "Hello"})

    with simulation("process", hidden) as sim:
        run = sim.trigger("hidden", ANN, {"vip": True}).run
    assert [(finding.kind, finding.workflow_id) for finding in run.findings] == [("no-steps", "hidden")]
    assert "discovery saw no steps" in sim.timeline()


def test_a_control_that_was_saved_and_does_not_compile_is_named():
    with simulation("process", careless()) as sim:
        sim.controls("careless", "control", {"s": "{{ x", "other": "fine"})
        sim.trigger("careless", ANN, {})
        (finding,) = [finding for finding in sim.findings if finding.kind == "control"]
    assert finding.message.startswith("the control `s`, saved in the dashboard, does not compile")


def test_a_control_with_double_quotes_in_liquid_is_named_with_what_to_write():
    with simulation("process", careless()) as sim:
        sim.controls("careless", "control", {"s": '{{ payload.n | default: "none" }}', "other": 'a "quote"'})
        sim.trigger("careless", ANN, {})
        (finding,) = [finding for finding in sim.findings if finding.kind == "control"]
    assert finding.message.startswith("the control `s`, saved in the dashboard, does not compile")
    assert "Write single quotes inside {{ }} and {% %}" in finding.message


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_json_yet_becomes_json_as_it_does_on_the_wire(kind):
    @workflow("dated")
    async def dated(step: Step) -> None:
        await step.in_app("note", lambda: {"body": "é", "data": {"at": START, "n": 1.0}})
        await step.in_app("broken", lambda: {"body": "\ud800"})

    with simulation(kind, dated) as sim:
        run = sim.trigger("dated", "ann").run
    assert run.step("note").outputs == {"body": "é", "data": {"at": "2026-01-01T12:00:00Z", "n": 1}}
    assert run.step("broken").outputs == {"body": "\ud800"}


def test_what_a_workflow_changes_of_what_it_gets_is_its_own() -> None:
    @workflow("changer")
    async def changer(payload: dict, step: Step, subscriber, context: dict, env: dict) -> None:
        payload["lines"].append("more")
        context["tenant"]["data"]["plan"] = "free"
        env["region"]["name"] = "us"
        subscriber.data["plan"] = "free"
        made = await step.custom("make", {"parts": ["a"]}, output_schema=PARTS)
        made["parts"].append("b")
        digest = await step.digest("collect", {"amount": 1, "unit": "hours"})
        for event in digest.events:
            event.payload["lines"].append("event")
        await step.in_app("note", lambda: {"body": f"{payload['lines']} {made['parts']}"})

    with NovuSimulator(START, env={"region": {"name": "eu"}}) as novu:
        novu.register(changer)
        run = novu.trigger(
            "changer",
            {**ANN, "data": {"plan": "pro"}},
            {"lines": ["one"]},
            context={"tenant": {"id": "acme", "data": {"plan": "pro"}}},
        ).run
        novu.run_until_idle()

        assert [message.body for message in run.messages] == ["['one', 'more'] ['a', 'b']"]
        assert run.payload == {"lines": ["one"]}
        assert run.trigger.context["tenant"]["data"] == {"plan": "pro"}
        assert novu.env["region"] == {"name": "eu"}
        assert novu.subscriber("ann").data == {"plan": "pro"}
        assert run.step("make").outputs == {"parts": ["a"]}
        assert [event["payload"] for event in run.step("collect").result.events] == [{"lines": ["one"]}]


PARTS = {"type": "object", "properties": {"parts": {"type": "array", "items": {"type": "string"}}}}


# --- findings are facts, whatever the logging is set to ---


def reset_logging() -> None:
    logging.config.dictConfig({"version": 1})


def errors_only() -> None:
    logging.getLogger("novu_framework").setLevel(logging.ERROR)


def disabled() -> None:
    logging.disable(logging.CRITICAL)


def silent_logger() -> None:
    logger = logging.getLogger("novu_framework")
    logger.disabled, logger.propagate = True, False


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    logger, root = logging.getLogger("novu_framework"), logging.getLogger()
    before = logger.level, logger.disabled, logger.propagate, root.level, root.handlers[:]
    yield
    logging.disable(logging.NOTSET)
    logger.level, logger.disabled, logger.propagate, root.level, root.handlers[:] = before
    logger.setLevel(logger.level)  # levels are cached by each logger


@pytest.mark.usefixtures("logging_as_it_was")
@pytest.mark.parametrize("configure", [reset_logging, errors_only, disabled, silent_logger])
@pytest.mark.parametrize("middleware", [False, True])
@pytest.mark.parametrize("kind", ["process", "asgi"])
def test_findings_do_not_depend_on_logging(kind, middleware, configure):
    flow = careless()
    configure()
    with NovuSimulator(START, secret_key=KEY, strict=True) as sim:
        if kind == "process":
            sim.register(flow)
        else:
            app = FastAPI()
            serve(app, workflows=[flow], client=Client(secret_key=KEY))
            if middleware:
                app.add_middleware(BaseHTTPMiddleware, dispatch=passed_on)
            sim.connect(app)
        with pytest.raises(FindingError):
            sim.trigger("careless", ANN, {"secret": True})
        assert {finding.kind for finding in sim.findings} == {
            "control",
            "undiscovered-step",
            "dropped-output",
        }


def test_a_failure_over_asgi_says_what_was_answered_without_the_secret_key():
    @workflow("leaky")
    async def leaky(step: Step) -> None:
        def resolver() -> dict[str, str]:
            raise RuntimeError(f"401 for {KEY}")

        await step.in_app("inbox", resolver)

    app = FastAPI()
    serve(app, workflows=[leaky], client=Client(secret_key=KEY))
    with NovuSimulator(START, secret_key=KEY) as sim:
        sim.connect(app)
        step = sim.trigger("leaky", "ann").run.step("inbox")
        sim.run_until_idle()
        assert "401 for [secret key]" in str(step.error)
        assert KEY not in f"{step.error}{step.error_data}"


async def passed_on(request: Any, call_next: Any) -> Any:
    return await call_next(request)


async def test_plain_functions_run_in_threads_that_the_end_of_the_process_waits_for_no_longer_than_a_step_may_take(
    novu: NovuSimulator,
) -> None:
    pools = []

    @workflow("plain")
    def plain(step: SyncStep) -> None:
        step.in_app("message", lambda: (pools.append(pool.get()), {"body": "Hi"})[1])

    novu.register(plain)
    await novu.trigger_async("plain", "ann")

    assert pools == [threads_of(MAX_THREADS, DEFAULT_STEP_TIMEOUT)]
