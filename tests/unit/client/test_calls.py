"""How a call gets there: what is tried again, which errors come of it, which connections it takes."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import respx

from novu_framework._internal.connections import Lanes
from novu_framework.client import Client
from novu_framework.errors import (
    NovuApiError,
    NovuApiUnreachableError,
    NovuError,
)

from .conftest import DROP, SECRET, Api, Waits, processed


class TestRetries:
    @pytest.mark.parametrize(
        "failure", [DROP, *[(status, {}, {}) for status in (408, 429, 500, 502, 503, 504)]]
    )
    def test_a_failure_on_the_way_is_tried_again_under_one_key(
        self, api: Api, client: Client, waits: Waits, failure: Any
    ) -> None:
        api.answer(failure, failure)
        assert client.trigger("welcome", "ann").transaction_id == "txn-3"
        assert waits.seconds == [0.5, 1.0]
        assert len(api.asked) == 3
        assert len({asked.headers["idempotency-key"] for asked in api.asked}) == 1
        assert len({json.dumps(asked.body) for asked in api.asked}) == 1

    async def test_async_is_tried_again_under_one_key(self, api: Api, client: Client, waits: Waits) -> None:
        api.answer(DROP, (503, {}, {}))
        async with client:
            assert (await client.trigger_async("welcome", "ann")).transaction_id == "txn-3"
        assert waits.seconds == [0.5, 1.0]
        assert len({asked.headers["idempotency-key"] for asked in api.asked}) == 1

    def test_two_triggers_have_two_keys(self, api: Api, client: Client) -> None:
        client.trigger("welcome", "ann")
        client.trigger("welcome", "ann")
        assert api.asked[0].headers["idempotency-key"] != api.asked[1].headers["idempotency-key"]

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422, 301])
    def test_an_answer_that_would_not_change_is_not_asked_for_again(
        self, api: Api, client: Client, waits: Waits, status: int
    ) -> None:
        api.answer((status, {}, {"message": "no"}))
        with pytest.raises(NovuApiError) as caught:
            client.trigger("welcome", "ann")
        assert caught.value.status == status
        assert (len(api.asked), waits.seconds) == (1, [])

    def test_a_first_try_still_running_at_novu_is_waited_for(
        self, api: Api, client: Client, waits: Waits
    ) -> None:
        api.answer((409, {"Retry-After": "1"}, {"message": "is currently being processed"}))
        assert client.trigger("welcome", "ann").transaction_id == "txn-2"
        assert waits.seconds == [pytest.approx(1.1)]

    def test_the_tries_are_bounded_and_the_pauses_grow(self, api: Api, waits: Waits) -> None:
        api.answer(*[(500, {}, {"message": "down"})] * 9)
        with (
            Client(SECRET, api.url, retries=waits.policy(longest_pause=3.0), max_retries=5) as client,
            pytest.raises(NovuApiError, match="down") as caught,
        ):
            client.trigger("welcome", "ann")
        assert (caught.value.status, len(api.asked)) == (500, 6)
        assert waits.seconds == [0.5, 1.0, 2.0, 3.0, 3.0]

    def test_without_retries_one_failure_is_the_end(self, api: Api) -> None:
        api.answer((503, {}, {}))
        with Client(SECRET, api.url, max_retries=0) as client, pytest.raises(NovuApiError):
            client.trigger("welcome", "ann")
        assert len(api.asked) == 1

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("7", 7.0),
            ("0", 0.0),
            ("Thu, 01 Jan 2026 12:00:20 GMT", 20.0),
            ("Thu, 01 Jan 2026 11:59:00 GMT", 0.0),
        ],
    )
    @pytest.mark.parametrize("status", [429, 503])
    def test_retry_after_is_honoured(
        self, api: Api, waits: Waits, header: str, seconds: float, status: int
    ) -> None:
        api.answer((status, {"Retry-After": header}, {}))
        with Client(SECRET, api.url, retries=waits.policy(jitter=lambda: 0.0)) as client:
            client.trigger("welcome", "ann")
        assert waits.seconds == [pytest.approx(seconds)]

    def test_a_retry_after_too_long_to_wait_for_is_reported(
        self, api: Api, client: Client, waits: Waits
    ) -> None:
        api.answer((429, {"Retry-After": "3600"}, {"message": "Too many requests"}))
        with pytest.raises(NovuApiError, match="Too many requests") as caught:
            client.trigger("welcome", "ann")
        assert (caught.value.status, caught.value.retry_after) == (429, 3600.0)
        assert waits.seconds == []

    def test_a_cancel_is_tried_again_too(self, api: Api, client: Client) -> None:
        api.answer((503, {}, {}))
        assert client.cancel("t-1") is True
        assert len(api.asked) == 2

    def test_no_server_is_an_error_that_says_so(self, waits: Waits) -> None:
        with (
            Client(SECRET, "http://127.0.0.1:1", retries=waits.policy()) as client,
            pytest.raises(NovuApiUnreachableError, match=r"127\.0\.0\.1:1") as caught,
        ):
            client.trigger("welcome", "ann")
        assert "4 tries" in str(caught.value)
        assert isinstance(caught.value.__cause__, httpx.ConnectError)

    def test_a_timeout_is_tried_again(self, waits: Waits) -> None:
        answers: list[Any] = [httpx.ReadTimeout("slow"), httpx.Response(201, json={"data": processed("t")})]

        def answer(request: httpx.Request) -> httpx.Response:
            given = answers.pop(0)
            if isinstance(given, Exception):
                raise given
            return given  # type: ignore[no-any-return]

        with Client(SECRET, retries=waits.policy(), transport=httpx.MockTransport(answer)) as client:
            assert client.trigger("welcome", "ann").transaction_id == "t"
        assert waits.seconds == [0.5]


class TestErrors:
    def test_carry_what_the_api_said(self, api: Api, client: Client) -> None:
        errors = {"to.email": {"messages": ["must be an email"], "value": "x"}}
        api.answer((422, {}, {"statusCode": 422, "message": "Validation Error", "errors": errors}))
        with pytest.raises(NovuError) as caught:
            client.trigger("welcome", "ann")
        error = caught.value
        assert isinstance(error, NovuApiError)
        assert (error.status, error.errors) == (422, errors)
        assert "Validation Error" in error.message
        assert "Validation Error" in str(error)
        assert "422" in str(error)

    def test_read_a_list_of_messages(self, api: Api, client: Client) -> None:
        api.answer((400, {}, {"message": ["name is empty", "to is empty"], "error": "Bad Request"}))
        with pytest.raises(NovuApiError, match="name is empty; to is empty"):
            client.trigger("welcome", "ann")

    @pytest.mark.parametrize(
        ("said", "message", "code"),
        [
            ({"message": "no", "error": "Forbidden"}, "no", "Forbidden"),
            ({"message": "no"}, "no", "NovuApiError"),
            ({"message": "", "error": "Forbidden"}, "Forbidden", "Forbidden"),
            ({"message": ["a", 7], "error": None}, "a; 7", "NovuApiError"),
            ({"message": {"a": 1}}, "{'a': 1}", "NovuApiError"),
            ({"message": None, "error": ""}, "Bad Request", "NovuApiError"),
        ],
    )
    def test_pass_on_the_words_of_the_api_and_its_name_of_the_error(
        self, api: Api, client: Client, said: Any, message: str, code: str
    ) -> None:
        api.answer((400, {}, said))
        with pytest.raises(NovuApiError) as caught:
            client.trigger("welcome", "ann")
        assert caught.value.to_dict() == {"message": "", "data": {"message": message}, "code": code}

    @pytest.mark.parametrize(
        ("text", "reason"), [("", "ConnectError"), ("no route: ", "ConnectError: no route")]
    )
    def test_name_what_broke_even_if_it_says_nothing(self, text: str, reason: str) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError(text)

        with (
            pytest.raises(NovuApiUnreachableError) as caught,
            Client(SECRET, max_retries=0, transport=httpx.MockTransport(answer)) as client,
        ):
            client.trigger("welcome", "ann")
        assert caught.value.data == {"message": reason}

    @pytest.mark.parametrize("content", [b"<html>gateway</html>", b"", b"[]", b'"no"', b"null"])
    def test_survive_a_body_of_any_kind(self, api: Api, client: Client, content: bytes) -> None:
        api.answer((400, {}, content))
        with pytest.raises(NovuApiError, match="Bad Request"):
            client.trigger("welcome", "ann")

    def test_a_good_status_without_json_is_an_error_too(self, api: Api, client: Client) -> None:
        api.answer((200, {}, b"<html>a login page</html>"))
        with pytest.raises(NovuApiError, match="not JSON"):
            client.trigger("welcome", "ann")

    def test_never_show_the_secret(self, api: Api, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        api.answer(
            (503, {}, {"message": f"upstream of {SECRET}"}),
            (401, {}, {"message": f"ApiKey {SECRET} is unknown", "error": SECRET}),
        )
        with pytest.raises(NovuApiError) as caught:
            client.trigger("welcome", "ann")
        shown = (
            f"{caught.value} {caught.value!r} {caught.value.to_dict()} {caught.value.message} {caplog.text}"
        )
        assert "is unknown" in shown
        assert SECRET not in shown


class Transport(httpx.MockTransport):
    """Answers that a transaction was cancelled, and remembers what became of it and what time it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.timeouts: list[dict[str, float | None]] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.seen.append("called")
        self.timeouts.append(request.extensions["timeout"])
        return httpx.Response(200, json={"data": True})

    def close(self) -> None:
        self.seen.append("closed")

    async def aclose(self) -> None:
        self.seen.append("closed")


class TestConnections:
    def test_are_reused(self, api: Api, client: Client) -> None:
        ports = []
        original = client._calls.connections.http()._transport
        for _ in range(3):
            client.trigger("welcome", "ann")
            ports.append(str(original._pool.connections))  # type: ignore[attr-defined]
        assert ["Request Count: 3" in ports[2], len(original._pool.connections)] == [True, 1]  # type: ignore[attr-defined]

    def test_serve_several_event_loops_and_close_with_each(self, api: Api) -> None:
        client = Client(SECRET, api.url)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for _ in range(3):
                asyncio.run(self.trigger_twice(client))
            gc.collect()
        assert len(api.asked) == 6
        assert len(client._calls.connections._lanes) == 0

    @staticmethod
    async def trigger_twice(client: Client) -> None:
        await asyncio.gather(client.trigger_async("welcome", "a"), client.trigger_async("welcome", "b"))

    def test_serve_loops_of_several_threads_at_once(self, api: Api) -> None:
        client = Client(SECRET, api.url)
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda _: asyncio.run(self.trigger_twice(client)), range(8)))
        assert len(api.asked) == 16
        assert len(client._calls.connections._lanes) == 0

    async def test_closed_open_again_when_used(self, api: Api) -> None:
        client = Client(SECRET, api.url)
        for _ in range(2):
            async with client:
                await client.trigger_async("welcome", "ann")
        with client:
            client.trigger("welcome", "ann")
        client.trigger("welcome", "ann")
        client.close()
        assert len(api.asked) == 4

    async def test_are_closed_at_the_end_of_a_with_block(self) -> None:
        transport = Transport()
        with Client(SECRET, transport=transport, async_transport=transport) as client:
            client.cancel("t")
        assert transport.seen == ["called", "closed"]
        async with client:
            await client.cancel_async("t")
        assert transport.seen[2:] == ["called", "closed"]

    @pytest.mark.parametrize(
        ("given", "waits_for_a_lane"),
        [({}, None), ({"timeout": 10.0}, None), ({"timeout": httpx.Timeout(10.0)}, 10.0)],
    )
    async def test_wait_ten_seconds_for_an_answer_and_for_a_free_one_without_end(
        self, given: dict[str, Any], waits_for_a_lane: float | None
    ) -> None:
        transport = Transport()
        client = Client(SECRET, transport=transport, async_transport=transport, **given)
        client.cancel("t")
        await client.cancel_async("t")
        limits = {"connect": 10.0, "read": 10.0, "write": 10.0, "pool": waits_for_a_lane}
        assert transport.timeouts == [limits, limits]

    @pytest.mark.parametrize(("calls", "connections"), [(2, 2), (99, 99), (100, 100), (101, 100), (250, 100)])
    async def test_are_as_many_as_calls_at_once_up_to_a_hundred(self, calls: int, connections: int) -> None:
        opened: list[object] = []

        def open_lane() -> Any:
            opened.append(object())
            return opened[-1]

        lanes, used, go_on = Lanes(open_lane), [], asyncio.Event()
        for _ in range(3):
            async with lanes.lane():
                pass
        assert len(opened) == 1

        async def call() -> None:
            async with lanes.lane() as http:
                used.append(http)
                await go_on.wait()

        tasks = [asyncio.create_task(call()) for _ in range(calls)]
        for _ in range(5):
            await asyncio.sleep(0)
        assert len(used) == len({*map(id, used)}) == len(opened) == connections
        go_on.set()
        await asyncio.gather(*tasks)
        assert (len(used), len(opened)) == (calls, connections)

    def test_of_a_client_that_is_gone_are_closed(self, api: Api) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            client = Client(SECRET, api.url)
            client.trigger("welcome", "ann")
            del client
            gc.collect()

    async def test_a_thousand_triggers_at_once_arrive_once_each(self) -> None:
        arrived: list[str] = []

        async def answer(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(0)
            arrived.append(json.loads(request.content)["to"])
            return httpx.Response(201, json={"data": processed(arrived[-1])})

        async with Client(SECRET, async_transport=httpx.MockTransport(answer)) as client:
            results = await asyncio.gather(
                *(client.trigger_async("welcome", f"s{n}", {"n": n}) for n in range(1000))
            )
        assert [result.transaction_id for result in results] == [f"s{n}" for n in range(1000)]
        assert sorted(arrived) == sorted(f"s{n}" for n in range(1000))

    @respx.mock
    async def test_pass_through_respx(self, respx_mock: respx.MockRouter) -> None:
        route = respx_mock.post("https://api.novu.co/v1/events/trigger").respond(
            201, json={"data": processed("t")}
        )
        client = Client(SECRET)
        assert client.trigger("welcome", "ann").transaction_id == "t"
        async with client:
            assert (await client.trigger_async("welcome", "ann")).transaction_id == "t"
        assert route.call_count == 2
        client.close()
