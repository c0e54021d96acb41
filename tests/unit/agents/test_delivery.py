"""Where the posts of a turn go, what is in them, and which of them is sent again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from novu_framework import AgentContext, Client, SyncAgentContext, agent
from novu_framework._internal.retries import Retries
from novu_framework.agents import AgentMessage
from novu_framework.agents.delivery import (
    EventsDelivery,
    ReplyDelivery,
    SentMessage,
    TurnDelivery,
    delivery_of,
    sender,
)
from novu_framework.agents.effects import Effects
from novu_framework.bridge import RequestHandler
from novu_framework.errors import AgentDeliveryError, AgentError, MissingSecretKeyError

from .conftest import EVENT, Talk

URL = "https://novu.test/agents"
ABOUT = {"conversationId": "c-1", "agentId": "bot", "deliveryId": "d-1", "integrationIdentifier": "slack-1"}
SENT = '{"messageId": "m-1", "platformThreadId": "t-1"}'


class Novu:
    """What the posts come to. It answers what it was told, or raises it, and then what a delivered message has."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, Any, dict[str, str]]] = []
        self.answers: list[tuple[int, str] | Exception] = []
        self.pauses: list[float] = []

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        self.posts.append((url, json.loads(content), dict(headers)))
        answer = self.answers.pop(0) if self.answers else (200, SENT)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def client(self, key: str = "test-secret") -> Client:
        return Client(key, strict_authentication=False, retries=Retries(sleep_async=self.pause))

    def events(self) -> list[list[Any]]:
        return [[one["event"] for one in body["events"]] for _, body, _ in self.posts]

    def replies(self) -> TurnDelivery:
        return delivery_of(self.client(), {**ABOUT, "replyUrl": URL})

    def batches(self) -> TurnDelivery:
        return delivery_of(self.client(), {**ABOUT, "replyUrl": "other", "eventsUrl": URL})


@pytest.fixture
def novu(monkeypatch: pytest.MonkeyPatch) -> Iterator[Novu]:
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    made = Novu()
    token = sender.set(made.post)
    yield made
    sender.reset(token)


def queued() -> Effects:
    return Effects(signals=[{"type": "trigger"}])


def test_an_event_asks_for_one_of_two_modes(novu: Novu) -> None:
    assert type(novu.replies()) is ReplyDelivery
    assert type(novu.batches()) is EventsDelivery
    assert type(delivery_of(novu.client(), {"replyUrl": URL, "eventsUrl": ""})) is ReplyDelivery


# --- replies ----------------------------------------------------------------------------------------------

Sending = Callable[[TurnDelivery], Any]
POSTS: dict[str, tuple[Sending, dict[str, Any], Any]] = {
    "message": (
        lambda to: to.message({"markdown": "Hi"}, queued()),
        {"reply": {"markdown": "Hi"}, "signals": [{"type": "trigger"}]},
        SentMessage("m-1", "t-1"),
    ),
    "approval": (
        lambda to: to.approval({"type": "tool-approval-card"}, queued()),
        {"reply": {"toolApprovalCard": {"type": "tool-approval-card"}}, "signals": [{"type": "trigger"}]},
        None,
    ),
    "edit": (
        lambda to: to.edit("m-7", {"markdown": "Hi"}),
        {"edit": {"messageId": "m-7", "content": {"markdown": "Hi"}}},
        SentMessage("m-1", "t-1"),
    ),
    "delete": (lambda to: to.delete("m-7"), {"deleteMessages": [{"messageId": "m-7"}]}, None),
    "typing": (lambda to: to.typing(), {"typing": {}}, None),
    "typing with a text": (lambda to: to.typing(""), {"typing": {"status": ""}}, None),
    "typing no more": (lambda to: to.typing("Hm", stop=True), {"typing": "stop"}, None),
    "flush": (lambda to: to.flush(queued()), {"signals": [{"type": "trigger"}]}, None),
    "failed": (lambda to: to.failed("why"), {"error": True}, None),
}


@pytest.mark.parametrize("post", POSTS)
async def test_a_post_says_one_thing(novu: Novu, post: str) -> None:
    send, body, given = POSTS[post]
    assert await send(novu.replies()) == given
    about = {"conversationId": "c-1", "integrationIdentifier": "slack-1"}
    headers = {"authorization": "ApiKey test-secret", "content-type": "application/json"}
    assert novu.posts == [(URL, {**about, **body}, headers)]


async def test_a_post_says_no_more_of_the_conversation_than_is_known(novu: Novu) -> None:
    await delivery_of(novu.client(), {"replyUrl": URL, "conversationId": "c-1"}).typing()
    assert novu.posts[0][1] == {"conversationId": "c-1", "typing": {}}


async def test_an_end_and_events_of_ones_own_are_no_posts(novu: Novu) -> None:
    await novu.replies().completed()
    await novu.replies().emit("score", 7)
    assert novu.posts == []


@pytest.mark.parametrize(
    "answer", [SENT, f'{{"data": {SENT}}}', '{"messageId": "m-1", "platformThreadId": "t-1", "a": 1}']
)
async def test_a_delivered_message_has_its_ids(novu: Novu, answer: str) -> None:
    novu.answers = [(299, answer)]
    assert await novu.replies().message({"markdown": "Hi"}, Effects()) == ("m-1", "t-1")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no JSON",
        "[" * 100_000,
        "null",
        "[]",
        "{}",
        '{"messageId": "m-1"}',
        '{"messageId": 7, "platformThreadId": "t"}',
        '{"messageId": "m-1", "platformThreadId": null}',
        '{"data": null, "messageId": "m", "platformThreadId": "t"}',
    ],
    ids=lambda answer: answer[:50],
)
@pytest.mark.parametrize(
    ("send", "what"),
    [
        (POSTS["message"][0], "reply"),
        (POSTS["approval"][0], "approval card reply"),
        (POSTS["edit"][0], "edit"),
    ],
    ids=["reply", "approval", "edit"],
)
async def test_an_answer_without_the_ids_of_the_message_fails(
    novu: Novu, answer: str, send: Sending, what: str
) -> None:
    novu.answers = [(200, answer)]
    with pytest.raises(AgentError) as raised:
        await send(novu.replies())
    assert (type(raised.value), str(raised.value)) == (
        AgentError,
        f"Agent {what} did not return a message handle",
    )
    assert len(novu.posts) == 1


@pytest.mark.parametrize("status", [0, 199, 300, 408, 429, 500, 503])
async def test_a_post_that_is_refused_is_not_sent_again(novu: Novu, status: int) -> None:
    novu.answers = [(status, '{"message": "no"}')]
    with pytest.raises(AgentDeliveryError) as raised:
        await novu.replies().delete("m-7")
    assert (raised.value.status_code, raised.value.response_body) == (status, '{"message": "no"}')
    assert (len(novu.posts), novu.pauses) == (1, [])


async def test_a_post_without_an_answer_says_why(novu: Novu) -> None:
    novu.answers = [OSError("gone"), AgentDeliveryError(418, "")]
    with pytest.raises(AgentError) as raised:
        await novu.replies().delete("m-7")
    assert str(raised.value) == "The post to replyUrl failed: OSError: gone"
    assert isinstance(raised.value.__cause__, OSError)
    with pytest.raises(AgentDeliveryError, match=r"^Delivery failed: 418$"):  # it says all by itself
        await novu.replies().delete("m-7")


@pytest.mark.parametrize("url", [None, "", "novu.test/reply", "ftp://novu.test", 7, "/reply"])
async def test_another_url_gets_nothing(novu: Novu, url: Any) -> None:
    with pytest.raises(AgentError) as raised:
        await delivery_of(novu.client(), {"replyUrl": url}).typing()
    assert str(raised.value) == f"The post to replyUrl failed: ValueError: {url!r} is no URL to post to"
    assert novu.posts == []


async def test_without_a_key_nothing_is_posted(novu: Novu) -> None:
    with pytest.raises(AgentError) as raised:
        await delivery_of(novu.client(""), {"replyUrl": URL}).typing()
    assert isinstance(raised.value.__cause__, MissingSecretKeyError)
    await delivery_of(novu.client(), {"replyUrl": "http://novu.test"}).typing()
    assert [url for url, *_ in novu.posts] == ["http://novu.test"]


# --- events -----------------------------------------------------------------------------------------------

FILES = [
    {"filename": "a.txt", "mimeType": "text/plain", "data": "QQ=="},
    {"url": "https://acme.test/b", "data": None},
    {"filename": "", "url": None, "data": "QQ=="},
]
AS_EVENT = {
    "content": {"markdown": "Hi"},
    "files": [
        {"fileId": "a.txt", "name": "a.txt", "mediaType": "text/plain", "data": "QQ=="},
        {"fileId": "file_1", "url": "https://acme.test/b"},
        {"fileId": "file_2", "name": "", "data": "QQ==", "url": None},
    ],
}
EVENTS: dict[str, tuple[Sending, list[dict[str, Any]]]] = {
    "message": (
        lambda to: to.message({"markdown": "Hi", "files": FILES}, queued()),
        [
            {"type": "signal", "signal": {"type": "trigger"}},
            {"type": "message", "role": "assistant", **AS_EVENT},
        ],
    ),
    "approval": (
        lambda to: to.approval({}, Effects(tool_approval_request={"approvalId": "a"})),
        [{"type": "tool-approval-request", "approvalId": "a", "deliverCard": True}],
    ),
    "edit": (
        lambda to: to.edit("m-7", {"card": {}}),
        [{"type": "channel.edit", "messageId": "m-7", "content": {"card": {}}}],
    ),
    "delete": (lambda to: to.delete("m-7"), [{"type": "channel.delete", "messageId": "m-7"}]),
    "typing": (lambda to: to.typing(), [{"type": "channel.typing", "state": "on"}]),
    "typing with a text": (
        lambda to: to.typing(""),
        [{"type": "channel.typing", "state": "on", "status": ""}],
    ),
    "typing no more": (lambda to: to.typing(stop=True), [{"type": "channel.typing", "state": "off"}]),
    "emit": (lambda to: to.emit("score", None), [{"type": "custom", "name": "score", "data": None}]),
    "flush": (lambda to: to.flush(queued()), [{"type": "signal", "signal": {"type": "trigger"}}]),
    "completed": (lambda to: to.completed(), [{"type": "run-finish", "outcome": "completed"}]),
    "failed": (lambda to: to.failed("why"), [{"type": "run-error", "message": "why"}]),
}


@pytest.mark.parametrize("sent", EVENTS)
async def test_a_batch_has_the_events_of_one_thing(novu: Novu, sent: str) -> None:
    send, events = EVENTS[sent]
    given = await send(novu.batches())
    [batch] = novu.events()
    assert batch[0] == {"type": "run-start"}
    if sent == "message":
        message_id = batch[-1].pop("messageId")
        assert (message_id[:4], given) == ("msg_", (message_id, ""))
    else:
        assert given == (("m-7", "") if sent == "edit" else None)
    assert batch[1:] == events


async def test_events_are_numbered_through_a_run(novu: Novu) -> None:
    run = novu.batches()
    await run.typing()
    await run.flush(Effects(delete_messages=[{"messageId": "m-1"}, {"messageId": "m-2"}]))
    everything = [one for _, body, _ in novu.posts for one in body["events"]]
    assert [(one["sequence"], one["event"]["type"]) for one in everything] == [
        (1, "run-start"),
        (2, "channel.typing"),
        (3, "channel.delete"),
        (4, "channel.delete"),
    ]
    assert {one["runId"] for one in everything} == {everything[0]["runId"]}
    first = everything[0]
    assert first.pop("runId").startswith("run_")
    stamp = first.pop("timestamp")
    assert (len(stamp), stamp[10], stamp[19], stamp[-1]) == (24, "T", ".", "Z")
    assert first == {
        "version": 1,
        "conversationId": "c-1",
        "agentId": "bot",
        "turnId": "d-1",
        "sequence": 1,
        "event": {"type": "run-start"},
    }


@pytest.mark.parametrize("failed", [(0, ""), (408, ""), (429, ""), (500, ""), (599, ""), OSError()], ids=repr)
async def test_a_batch_that_failed_on_the_way_is_sent_again(novu: Novu, failed: Any) -> None:
    novu.answers = [failed, failed, (299, "")]
    await novu.batches().typing()
    first, second, third = novu.posts
    assert first == second == third
    assert novu.pauses == [0.25, 0.5]


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([(400, "no")], 400),
        ([(300, "no")], 300),
        ([(199, "no")], 199),
        ([(499, "no")], 499),
        ([(500, ""), (404, "no")], 404),
        ([(500, ""), (500, ""), (503, "no")], 503),
        ([OSError(), OSError(), OSError()], 0),
    ],
)
async def test_after_a_batch_that_is_lost_nothing_is_sent(novu: Novu, answers: Any, status: int) -> None:
    novu.answers = list(answers)
    run = novu.batches()
    with pytest.raises(AgentDeliveryError) as raised:
        await run.typing()
    with pytest.raises(AgentDeliveryError) as again:
        await run.completed()
    assert again.value is raised.value
    assert (raised.value.status_code, raised.value.response_body) == (status, "no" if status else "")
    assert (len(novu.posts), len(novu.pauses)) == (len(answers), len(answers) - 1)


# --- the end of a turn ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_async", [True, False])
async def test_an_end_of_the_process_in_on_error_is_no_failure_of_the_turn(
    talk: Talk, is_async: bool
) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        raise KeyError("order")

    async def fails(error: AgentError, ctx: AgentContext) -> None:
        raise GeneratorExit

    def fails_too(error: AgentError, ctx: SyncAgentContext) -> None:
        raise GeneratorExit

    if is_async:
        bot.on_error(fails)
    else:
        bot.on_error(fails_too)
    handler = RequestHandler([], Client("test-secret", strict_authentication=False), agents=[bot])
    with pytest.raises(GeneratorExit):
        await handler.turn("bot", "onMessage", EVENT)
    assert talk.posts == []


@pytest.mark.parametrize(
    ("returned", "posts"),
    [
        ({"suppress": True}, []),
        ({"suppress": "yes"}, [{"error": True}]),
        (None, [{"error": True}]),
        (7, [{"error": True}]),
        ({"type": "text"}, [{"error": True}]),
        ("", [{"reply": {"markdown": ""}}]),
        ("Sorry", [{"reply": {"markdown": "Sorry"}}]),
        ({"type": "card"}, [{"reply": {"card": {"type": "card"}}}]),
        ({"markdown": "Sorry"}, [{"error": True}]),  # it looks like a content, and is none
    ],
    ids=repr,
)
async def test_on_error_says_what_becomes_of_a_failure(
    talk: Talk, returned: Any, posts: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        raise KeyError("order")

    @bot.on_error
    async def failed(error: AgentError, ctx: AgentContext) -> Any:
        return returned

    assert await talk.tell(bot) == posts
    said = [record.getMessage() for record in caplog.records]
    refused = ["[agent:bot] onError failed: Invalid message content — expected string or CardElement"]
    assert said == [
        "[agent:bot] Turn failed (onMessage): 'order'",
        *(refused if returned == {"markdown": "Sorry"} else []),
    ]
    assert talk.posts[-1] == {"typing": "stop"}
