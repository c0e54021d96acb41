"""A success answer is taken only for what the Novu API answers: no trigger vanishes behind a proxy's page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.client import Client, TriggerResult
from novu_framework.errors import NovuApiAnswerError, NovuApiError

from .conftest import SECRET, processed

LOGIN = "<!doctype html><title>Log in</title>" + "<p>Corporate proxy</p>" * 100


def client_of(status: int, text: str, content_type: str = "application/json") -> Client:
    """A client of something that answers every call with `text`."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers={"content-type": content_type}, text=text)

    transport = httpx.MockTransport(answer)
    return Client(SECRET, strict_authentication=False, transport=transport, async_transport=transport)


CALLS: dict[str, Callable[[Client], Any]] = {
    "trigger": lambda client: client.trigger("welcome", "ann"),
    "broadcast": lambda client: client.broadcast("welcome"),
    "bulk": lambda client: client.trigger_bulk([{"name": "welcome", "to": "ann"}]),
    "cancel": lambda client: client.cancel("t-1"),
}
NO_JSON = ["", " ", "OK", LOGIN, '{"data":', "{'data': true}", "\ufeff{}", "data: {}\n\n"]
NO_ANSWER = [None, [], {}, "", 0, 1, "ok", "true", [None], [[]], {"data": None}, {"data": []}, {"data": {}}]
NO_ANSWER += [
    {"data": ""},
    {"data": 7},
    {"data": "ok"},
    {"data": {"data": True}},
    {"error": "no"},
    {"ok": True},
]
NO_ANSWER += [
    {"status": "ok"},
    {"data": {"status": "processed"}},
    {"data": {"transactionId": "t"}},
    {"success": True},
]
NO_RESULT = [
    {key: value for key, value in processed("t").items() if key != missing} for missing in processed("t")
]
NO_RESULT += [{**processed("t"), "acknowledged": wrong} for wrong in (None, "true", 1, [], {})]
NO_RESULT += [{**processed("t"), "status": wrong} for wrong in (None, "", 201, True, [], {})]
NO_RESULT += [
    {**processed("t"), "transactionId": wrong} for wrong in (None, "", " ", 7, True, ["t"], {"id": "t"})
]
NO_RESULT += [{**processed("t"), "error": wrong} for wrong in (7, True, {"message": "no"})]
NO_RESULT += [
    {"acknowledged": True, "status": "error", "transactionId": 7},
    {"acknowledged": True, "status": "ok"},
    *({"acknowledged": True, "status": "error", "transactionId": wrong} for wrong in ("", " ", True, [], {})),
]


WRAPPED = [*NO_ANSWER, *NO_RESULT, *({"data": one} for one in NO_RESULT), *([one] for one in NO_RESULT)]
WRONG = [*NO_JSON, *map(json.dumps, WRAPPED)]


@pytest.mark.parametrize("status", [200, 201, 202, 204])
@pytest.mark.parametrize("call", CALLS)
def test_an_answer_that_is_not_the_apis_is_an_error_that_shows_it(call: str, status: int) -> None:
    for text in WRONG:
        with pytest.raises(NovuApiAnswerError) as caught, client_of(status, text) as client:
            CALLS[call](client)
        said = str(caught.value)
        shown = text if text in NO_JSON else json.dumps(json.loads(text), separators=(",", ":"))
        assert shown[:50] in said or shown in ("", "null"), said
        assert len(said) < 600
        assert "https://api.novu.co" in said
        assert "is not an answer of the Novu API" in said
        assert caught.value.status == 502


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("null", "nothing, or null"),
        ('"ok"', '"ok"'),
        ("1" * 200, "1" * 200),
        ("1" * 201, "1" * 200 + "..."),
    ],
)
def test_an_answer_is_shown_up_to_200_characters(text: str, shown: str) -> None:
    with pytest.raises(NovuApiAnswerError) as caught, client_of(200, text) as client:
        client.trigger("welcome", "ann")
    assert f"`{shown}`" in str(caught.value)


@pytest.mark.parametrize(
    "charset", ["undefined", "hex", "base64", "zlib", "rot13", "idna", "punycode", "utf-7", "none", "utf-16"]
)
def test_an_answer_in_no_way_of_writing_is_none_of_the_apis_either(charset: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        kind = {"content-type": f"text/html; charset={charset}"}
        return httpx.Response(200, headers=kind, content=b"<html>Log in\xff")

    transport = httpx.MockTransport(answer)
    client = Client(SECRET, strict_authentication=False, transport=transport, async_transport=transport)
    with pytest.raises(NovuApiAnswerError, match="an answer of the Novu API"):
        client.trigger("welcome", "ann")
    status, text = asyncio.run(client._send_anywhere("https://novu.test/reply", b"{}", {}))
    assert (status, isinstance(text, str)) == (200, True)


def test_what_an_agent_sends_follows_redirects() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        moved = request.url.path == "/old"
        return (
            httpx.Response(308, headers={"location": "/new"})
            if moved
            else httpx.Response(200, content=request.content)
        )

    client = Client(SECRET, strict_authentication=False, async_transport=httpx.MockTransport(answer))
    assert asyncio.run(client._send_anywhere("https://novu.test/old", b"{}", {})) == (200, "{}")


def test_the_kind_of_page_that_came_is_named() -> None:
    with (
        pytest.raises(NovuApiAnswerError, match=r"It was `text/html; .*Log in.*\.\.\.`\. Is") as caught,
        client_of(200, LOGIN, "text/html; charset=utf-8") as client,
    ):
        client.trigger("welcome", "ann")
    assert caught.value.data["message"].startswith("an answer that is not JSON")


@pytest.mark.parametrize(
    "status",
    [
        "error",
        "invalid_recipients",
        "no_tenant_found",
        "no_workflow_active_steps_defined",
        "no_workflow_steps_defined",
        "subscriber_id_missing",
        "trigger_not_active",
    ],
)
@pytest.mark.parametrize("transaction", [{}, {"transactionId": None}, {"transactionId": "t"}])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_trigger_of_which_novu_makes_nothing_needs_no_transaction_id(
    status: str, transaction: dict[str, Any], wrapped: bool
) -> None:
    said = {"acknowledged": True, "status": status, **transaction}
    with client_of(201, json.dumps({"data": said} if wrapped else said)) as client:
        for result in (client.trigger("welcome", "ann"), client.broadcast("welcome")):
            assert result == TriggerResult(transaction.get("transactionId") or "", status, True)
            assert result.data == said


def test_what_novu_adds_to_an_answer_is_no_reason_to_refuse_it() -> None:
    said = {**processed("t"), "activityFeedLink": "https://x", "jobData": {"a": 1}, "error": None, "new": [1]}
    with client_of(201, json.dumps({"data": said})) as client:
        assert client.trigger("welcome", "ann") == TriggerResult("t", "processed", True)
    with client_of(201, json.dumps({"data": {**said, "status": "queued", "acknowledged": False}})) as client:
        assert client.trigger("welcome", "ann") == TriggerResult("t", "queued", False)


@pytest.mark.parametrize(
    ("error", "errors"),
    [("no", ("no",)), (["a", "b"], ("a", "b")), ([], ()), (None, ()), ([7], ("7",)), ("", ())],
)
def test_what_novu_says_was_wrong_is_a_tuple_of_texts(error: Any, errors: tuple[str, ...]) -> None:
    said = {"acknowledged": True, "status": "error", "error": error}
    assert TriggerResult.of_answer({"data": said}).errors == errors


@pytest.mark.parametrize("answer", [True, False, {"data": True}, {"data": False}])
def test_a_cancel_is_answered_with_true_or_false(answer: Any) -> None:
    with client_of(200, json.dumps(answer)) as client:
        assert client.cancel("t") is (answer is True or answer == {"data": True})


class TestBulk:
    EVENTS = tuple({"name": "welcome", "to": f"s{n}"} for n in range(3))

    def test_each_event_has_its_own_result_and_its_own_error(self) -> None:
        failed = {"acknowledged": True, "status": "error", "error": ["no such workflow"]}
        with client_of(201, json.dumps({"data": [processed("a"), failed, processed("c")]})) as client:
            results = client.trigger_bulk(self.EVENTS)
        assert [(one.transaction_id, one.status) for one in results] == [
            ("a", "processed"),
            ("", "error"),
            ("c", "processed"),
        ]
        assert results[1].errors == ("no such workflow",)

    @pytest.mark.parametrize("count", [0, 1, 2, 4, 100])
    def test_as_many_results_as_events_or_an_error(self, count: int) -> None:
        with (
            pytest.raises(NovuApiAnswerError, match=f"has {count} results for 3 events"),
            client_of(201, json.dumps({"data": [processed("a")] * count})) as client,
        ):
            client.trigger_bulk(self.EVENTS)

    @pytest.mark.parametrize("wrong", [*NO_RESULT, None, [], "t", True])
    def test_one_wrong_result_is_named_by_its_position(self, wrong: Any) -> None:
        with (
            pytest.raises(NovuApiAnswerError, match="at position 1"),
            client_of(201, json.dumps({"data": [processed("a"), wrong, processed("c")]})) as client,
        ):
            client.trigger_bulk(self.EVENTS)

    async def test_the_error_holds_the_results_of_the_calls_before(self) -> None:
        answers = [{"data": [processed(f"t{n}") for n in range(100)]}, {"data": [processed("late")]}]

        def answer(request: httpx.Request) -> httpx.Response:
            return httpx.Response(201, json=answers.pop(0))

        events = [{"name": "welcome", "to": "ann"}] * 150
        async with Client(SECRET, async_transport=httpx.MockTransport(answer)) as client:
            with pytest.raises(NovuApiError) as caught:
                await client.trigger_bulk_async(events)
        assert [one.transaction_id for one in caught.value.accepted] == [f"t{n}" for n in range(100)]


@pytest.mark.parametrize("text", [*NO_JSON, *map(json.dumps, NO_ANSWER)])
async def test_a_trigger_through_the_bridge_does_not_vanish_either(text: str) -> None:
    async with client_of(201, text) as client:
        query = [("action", "trigger"), ("workflowId", "welcome")]
        response = await RequestHandler([], client)(BridgeRequest("POST", query, {}, b'{"to":"ann"}'))
    assert (response.status, json.loads(response.body)["code"]) == (502, "NovuApiAnswerError")
