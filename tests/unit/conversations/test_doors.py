"""Agents in the process, in an app, at a URL; with the API open and closed: the same conversation."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from flask import Flask

from novu_framework import Client, agent, flask
from novu_framework.agents import AgentContext, AgentMessage, SyncAgentContext
from novu_framework.fastapi import serve
from novu_framework_testing import Cloud, CloudServer, NovuSimulator, UnreadFailures
from novu_framework_testing.api import ApiRequest
from novu_framework_testing.bridges import connect_http
from tests.integration.bridge_server import running


@agent("support")
async def support(message: AgentMessage, ctx: AgentContext) -> str | None:
    if message.text == "fail":
        raise RuntimeError("no")
    handle = await ctx.reply("Hm")
    await ctx.typing.stop()
    await handle.edit("Well")
    ctx.metadata.set("asked", message.text)
    return "Done"


@agent("plain")
def plain(message: AgentMessage, ctx: SyncAgentContext) -> str:
    ctx.reply("Hm").edit("Well")
    ctx.metadata.set("asked", message.text)
    return "Done"


def fastapi_app(novu: NovuSimulator) -> Any:
    app = FastAPI()
    serve(app, agents=[support, plain], client=Client(secret_key=novu.secret_key))
    return app


def flask_app(novu: NovuSimulator) -> Any:
    app = Flask("shop")
    flask.serve(app, agents=[support, plain], client=Client(secret_key=novu.secret_key))
    return app


def open_by(door: str, novu: NovuSimulator) -> None:
    if door == "process":
        novu.register(support, [plain])
    else:
        novu.connect({"fastapi": fastapi_app, "flask": flask_app}[door](novu))


@pytest.mark.parametrize("events", [False, True], ids=["replies", "events"])
@pytest.mark.parametrize("api", [False, True], ids=["alone", "with the API"])
@pytest.mark.parametrize("name", ["support", "plain"])
@pytest.mark.parametrize("door", ["process", "fastapi", "flask"])
def test_a_conversation_is_the_same_by_every_door(
    novu: NovuSimulator, door: str, name: str, api: bool, events: bool
) -> None:
    cloud = Cloud(novu) if api else None
    open_by(door, novu)
    conversation = novu.agent(name, events=events)

    assert [one.text for one in conversation.say("Hi")] == ["Well", "Done"]
    assert (conversation.metadata, conversation.failures) == ({"asked": "Hi"}, [])
    if cloud is not None:
        path = "/v1/agents/events/ingest" if events else f"/v1/agents/{name}/reply"
        assert {one.path for one in cloud.requests} == {path}


@pytest.mark.parametrize("door", ["process", "fastapi", "flask"])
@pytest.mark.parametrize("events", [False, True])
def test_what_an_agent_raises_is_known_by_every_door_of_this_process(
    novu: NovuSimulator, door: str, events: bool
) -> None:
    open_by(door, novu)
    conversation = novu.agent("support", events=events)
    conversation.say("fail")

    with pytest.raises(
        UnreadFailures, match=r'(?s)support, onMessage: RuntimeError: no\n.*raise RuntimeError\("no"\)'
    ):
        novu.raise_unread_failures()
    assert len(conversation.failures) == 1


def test_an_agent_at_a_url_answers_by_the_server(novu: NovuSimulator) -> None:
    with running(fastapi_app(novu)) as origin:
        novu.connect(f"{origin}/api/novu")
        with pytest.raises(RuntimeError, match="open the API to it, by the fixture `novu_cloud_server`"):
            novu.agent("support")
    with CloudServer(Cloud(novu)), running(fastapi_app(novu)) as origin:
        novu.connect(f"{origin}/api/novu")
        conversation = novu.agent("plain")
        assert [one.text for one in conversation.say("Hi")] == ["Well", "Done"]
        assert conversation.metadata == {"asked": "Hi"}


def test_faults_of_the_api_reach_the_agent(novu: NovuSimulator) -> None:
    cloud = Cloud(novu)
    novu.register(support)
    conversation = novu.agent("support")
    cloud.fail_next(httpx.ConnectError("no route"))
    conversation.say("Hi")

    [failure] = conversation.failures
    assert isinstance(failure.raised, httpx.ConnectError)
    assert [json.loads(one.content).get("error") for one in cloud.requests] == [None, True, None]


@pytest.mark.parametrize(
    ("text", "told"),
    [("fail", "RuntimeError: no"), ("Hi", "AgentDeliveryError: Delivery failed: Service Unavailable")],
)
def test_what_novu_cannot_be_told_of_is_known_here(novu: NovuSimulator, text: str, told: str) -> None:
    cloud = Cloud(novu)
    novu.register(support)
    conversation = novu.agent("support")
    for _ in range(4):
        cloud.respond_next(503)
    conversation.say(text)

    assert [one.text for one in conversation.failures] == [told]
    assert conversation.replies == []


def test_a_message_that_was_delivered_is_not_posted_again(novu: NovuSimulator) -> None:
    cloud = Cloud(novu)
    novu.register(support)
    conversation = novu.agent("support", events=True)
    cloud.respond_next(503)  # the batch comes again
    conversation.say("Hi")

    assert [one.text for one in conversation.replies] == ["Well", "Done"]


def test_a_post_whose_acknowledgement_is_lost_is_taken_once(novu: NovuSimulator) -> None:
    Cloud(novu)
    novu.register(support)
    take, answers = novu.deliver_post, iter([503])

    async def lossy(*post: Any) -> tuple[int, str]:
        status, text = await take(*post)
        return next(answers, status), text

    novu.deliver_post = lossy
    conversation = novu.agent("support", events=True)
    conversation.say("Hi")
    assert [one.text for one in conversation.replies] == ["Well", "Done"]


def test_an_unknown_conversation_or_key_is_refused(novu: NovuSimulator) -> None:
    cloud = Cloud(novu)
    novu.register(support)
    conversation = novu.agent("support")
    for agent_id, known, key, status in (
        ("support", conversation.id, novu.secret_key, 200),
        ("support", "other", novu.secret_key, 404),
        ("other", conversation.id, novu.secret_key, 403),
        ("support", conversation.id, "wrong", 401),
    ):
        body = {"conversationId": known, "integrationIdentifier": "x", "typing": "stop"}
        headers = {"authorization": f"ApiKey {key}"}
        path = f"/v1/agents/{agent_id}/reply"
        assert (
            cloud.handle(ApiRequest("POST", path, headers=headers, content=json.dumps(body).encode())).status
            == status
        )


def test_what_a_platform_does_not_deliver_reaches_the_agent_and_fails_no_test(novu: NovuSimulator) -> None:
    novu.register(support)
    conversation = novu.agent("support", platform="slack")
    novu.fail_provider("chat", "slack", times=1, error="token_revoked")
    [apology] = conversation.say("Hi")

    assert "went wrong" in apology.text
    assert "! not delivered: token_revoked" in conversation.transcript
    novu.raise_unread_failures()


def test_a_bridge_that_does_not_answer_is_told_to_people(novu: NovuSimulator) -> None:
    app = FastAPI()
    serve(app, agents=[support], client=Client(secret_key="another"))
    novu.agents["support"] = connect_http(app, secret_key=novu.secret_key)
    conversation = novu.agent("support")
    [told] = conversation.say("Hi")

    assert ("cannot be reached" in told.text, told.role) == (True, "system")
    assert "the bridge does not take the event" in conversation.failures[0].text


def test_a_new_version_of_the_app_goes_on_with_the_conversation(novu: NovuSimulator) -> None:
    @agent("support")
    async def another(message: AgentMessage, ctx: AgentContext) -> str:
        return f"{len(ctx.history)} entries"

    app = FastAPI()
    serve(app, agents=[another], client=Client(secret_key=novu.secret_key))
    novu.connect(fastapi_app(novu))
    conversation = novu.agent("support")
    conversation.say("Hi")
    novu.deploy(app)

    assert [one.text for one in conversation.say("Hi")] == ["6 entries"]


async def test_people_may_write_at_once(novu: NovuSimulator) -> None:
    novu.register(support)
    conversations = [novu.agent("support", subscriber=f"s{number}") for number in range(5)]
    await asyncio.gather(*(one.say_async("Hi") for one in conversations))
    assert [[reply.text for reply in one.replies] for one in conversations] == [["Well", "Done"]] * 5


def test_an_agent_is_known_once_under_its_id(novu: NovuSimulator) -> None:
    @agent("support")
    async def another(message: AgentMessage, ctx: AgentContext) -> str:
        return "no"

    novu.register(support)
    novu.register(support)
    for mistake in (lambda: novu.register(another), lambda: novu.agent(another)):
        with pytest.raises(ValueError, match="There is an agent 'support' here already; ids are unique"):
            mistake()
    assert novu.agent(support).say("Hi")[-1].text == "Done"


def test_the_lifespan_of_an_app_is_open_while_an_agent_of_its_own_answers() -> None:
    seen: list[str] = []

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        seen.append("open")
        yield
        seen.append("closed")

    with NovuSimulator() as sim:
        sim.register([support], app=FastAPI(lifespan=lifespan))
        assert seen == []
        sim.register(support)  # which it is
        sim.agent(support).say("Hi")
        assert seen == ["open"]
    assert seen == ["open", "closed"]
