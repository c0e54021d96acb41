"""Answers that a test arranges, and one answer for one `Idempotency-Key`, without a simulation around them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from novu_framework_testing.api.faults import ConnectionBroken, Faults
from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse, Latest
from novu_framework_testing.api.idempotency import Idempotency
from tests.tables import walked

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


# --- faults ---


def outcome(faults: Faults) -> Any:
    """What becomes of the next request: None where it is served, a status, or what its client sees raised."""
    try:
        answer = faults.take_fault()
    except ApiError as refused:
        return refused.status
    except ConnectionBroken as broken:
        return broken.error
    return None if answer is None else answer.status


def outcomes(faults: Faults, count: int) -> list[Any]:
    return [outcome(faults) for _ in range(count)]


def test_arranged_answers_come_in_their_order_and_each_once() -> None:
    faults, broken = Faults(), ConnectionError("slow")
    faults.respond_next(503)
    faults.fail_next(broken)
    faults.respond_next(500)
    assert outcomes(faults, 4) == [503, broken, 500, None]


def test_an_arranged_answer_has_what_the_test_gave_it() -> None:
    faults = Faults()
    faults.respond_next(503, json={"message": "Down"}, headers={"Retry-After": "1"})
    faults.respond_next(204)
    assert faults.take_fault() == ApiResponse(503, {"message": "Down"}, {"Retry-After": "1"})
    assert faults.take_fault() == ApiResponse(204, None, {})


@pytest.mark.parametrize("kind", [TimeoutError, KeyboardInterrupt])
def test_a_kind_of_failure_is_made_one_that_says_who_asked_for_it(kind: type[BaseException]) -> None:
    faults = Faults()
    faults.fail_next(kind)
    with pytest.raises(ConnectionBroken, match="asked for by fail_next") as raised:
        faults.take_fault()
    assert type(raised.value.error) is kind
    assert str(raised.value.error) == "asked for by fail_next"


@walked(
    ("limit", "statuses"),
    [
        ({}, [429, 429, 429, 429]),
        ({"after": 1}, [None, 429, 429, 429]),
        ({"after": 2}, [None, None, 429, 429]),
        ({"times": 0}, [None, None, None, None]),
        ({"times": 1}, [429, None, None, None]),
        ({"after": 1, "times": 2}, [None, 429, 429, None]),
    ],
)
def test_a_rate_limit_refuses_what_comes_after_and_as_often_as_it_was_told(
    limit: dict[str, Any], statuses: list[int | None]
) -> None:
    faults = Faults()
    faults.rate_limit(**limit)
    assert outcomes(faults, 4) == statuses


@pytest.mark.parametrize(
    ("given", "said"), [({}, "1"), ({"retry_after": 0.5}, "0.5"), ({"retry_after": 2.0}, "2")]
)
def test_a_rate_limit_says_when_to_come_again(given: dict[str, Any], said: str) -> None:
    faults = Faults()
    faults.rate_limit(**given)
    with pytest.raises(ApiError, match=r"^API rate limit exceeded$") as refused:
        faults.take_fault()
    assert refused.value.headers == {"Retry-After": said, "RateLimit-Remaining": "0"}


def test_an_arranged_answer_does_not_count_for_the_rate_limit() -> None:
    faults = Faults()
    faults.rate_limit(after=1)
    faults.respond_next(500)
    assert outcomes(faults, 3) == [500, None, 429]


def test_what_was_arranged_can_be_taken_back() -> None:
    faults = Faults()
    faults.rate_limit()
    faults.respond_next(500)
    faults.clear_faults()
    assert outcome(faults) is None


# --- idempotency ---


class Api:
    """Counts the requests that it answers; the answer is their number."""

    def __init__(self) -> None:
        self.now = NOON
        self.count = 0
        self.raised: BaseException | None = None
        self.latest = Latest()
        self.kept = Idempotency(lambda: self.now, self.latest)

    async def answer(self) -> ApiResponse:
        self.count += 1
        if self.raised is not None:
            raise self.raised
        return ApiResponse(201, self.count, {"X-Own": "kept"})

    async def ask(self, content: bytes = b"{}", key: str = "k", method: str = "POST", **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = ApiRequest(method, "/", headers={"idempotency-key": key, **given}, content=content)
        return await self.kept.once(request, self.answer)

    def asks(self, *content: bytes, **about: str) -> list[Any]:
        """The answers to several requests, of a refusal its status."""

        async def each() -> list[Any]:
            found: list[Any] = []
            for one in content:
                try:
                    found.append((await self.ask(one, **about)).json)
                except ApiError as refused:
                    found.append(refused.status)
            return found

        return asyncio.run(each())


def test_an_answer_that_cannot_be_written_leaves_no_key_behind() -> None:
    api = Api()
    answer = api.answer

    async def broken() -> ApiResponse:
        return replace(await answer(), json={"at": NOON} if api.count == 1 else api.count)

    api.answer = broken  # type: ignore[method-assign]
    with pytest.raises(TypeError):
        api.asks(b"{}")
    assert api.asks(b"{}", b"{}") == [2, 2]


def test_as_many_answers_are_kept_as_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Latest, "MAX_REQUESTS", 3)
    api = Api()
    for number in range(5):
        api.asks(b"{}", key=f"k{number}")
    assert [api.asks(b"{}", key=f"k{number}") for number in (4, 3, 2, 0)] == [[5], [4], [3], [6]]


FORM = {"content_type": "multipart/form-data; boundary=x"}


@walked(
    ("about", "contents", "answers"),
    [
        ({}, [b'{"a": 1, "b": 2}', b'{"b":2,"a":1}', b'{"a": 1, "b": 3}'], [1, 1, 422]),
        ({"method": "PATCH"}, [b"{}", b"{}"], [1, 1]),
        ({"method": "PUT"}, [b"{}", b"{}"], [1, 2]),
        ({"method": "DELETE"}, [b"{}", b"{}"], [1, 2]),
        ({"key": ""}, [b"{}", b"{}"], [1, 2]),
        ({"key": "k" * 255}, [b"{}", b"{}"], [1, 1]),
        ({"key": "k" * 256}, [b"{}", b"{}"], [400, 400]),
        (FORM, [b"--x no JSON", b"--x no JSON", b"--x other"], [1, 1, 422]),
    ],
)
def test_a_key_has_one_answer_for_one_body(
    about: dict[str, str], contents: list[bytes], answers: list[int]
) -> None:
    assert Api().asks(*contents, **about) == answers


@pytest.mark.parametrize(
    ("passed", "answers"),
    [
        (timedelta(hours=24) - timedelta(milliseconds=1), [1]),
        (timedelta(hours=24), [2]),
        (timedelta(days=3), [2]),
    ],
)
def test_a_key_is_free_again_after_a_day(passed: timedelta, answers: list[int]) -> None:
    api = Api()
    api.asks(b"{}")
    api.now += passed
    assert api.asks(b"{}") == answers


@pytest.mark.parametrize("raised", [ValueError("odd"), asyncio.CancelledError(), KeyboardInterrupt()])
async def test_a_key_is_free_again_after_an_answer_that_failed(raised: BaseException) -> None:
    api = Api()
    api.raised = raised
    with pytest.raises(type(raised)):
        await api.ask()
    api.raised = None
    assert (await api.ask()).json == 2


async def test_the_first_answer_says_its_key_and_the_next_that_it_is_the_same() -> None:
    api = Api()
    first, again = await api.ask(), await api.ask()
    assert first.headers == {"X-Own": "kept", "Idempotency-Key": "k"}
    assert again.headers == {"X-Own": "kept", "Idempotency-Key": "k", "Idempotency-Replay": "true"}
    assert (await api.ask(method="GET")).headers == {"X-Own": "kept"}


async def test_a_refusal_says_the_key_and_where_to_read_about_it() -> None:
    api = Api()
    docs = "https://docs.novu.co/additional-resources/idempotency"
    await api.ask()
    with pytest.raises(ApiError, match='key "k" is being reused for a different body') as other:
        await api.ask(b"[]")
    assert other.value.headers == {"Idempotency-Key": "k", "Link": docs}
    assert other.value.extra["errors"]["general"]["value"] == "k"
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow() -> ApiResponse:
        entered.set()
        await leave.wait()
        return ApiResponse(201, "slow")

    request = ApiRequest("POST", "/", headers={"idempotency-key": "slow"})
    working = asyncio.create_task(api.kept.once(request, slow))
    await entered.wait()
    with pytest.raises(ApiError, match='key "slow" is currently being processed') as busy:
        await api.ask(key="slow")
    assert busy.value.status == 409
    assert busy.value.headers == {"Idempotency-Key": "slow", "Retry-After": "1", "Link": docs}
    leave.set()
    assert (await working).json == "slow"


async def test_of_more_than_ten_thousand_keys_the_oldest_is_forgotten() -> None:
    api = Api()
    for number in range(10_000):
        await api.ask(key=str(number))
    assert (await api.ask(key="0")).json == 1
    await api.ask(key="one more")
    assert (await api.ask(key="1")).json == 2
    assert (await api.ask(key="0")).json == 10_002


async def test_answers_for_repeats_take_at_most_half_of_the_room_that_they_share_with_requests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Latest, "MAX_BYTES", 4_000)
    api, count = Api(), 0

    async def answer() -> ApiResponse:
        nonlocal count
        count += 1
        return ApiResponse(201, {"text": "x" * 500, "number": count})

    async def ask(key: str) -> int:
        request = ApiRequest("POST", "/", headers={"idempotency-key": key})
        return int((await api.kept.once(request, answer)).json["number"])

    assert [await ask(key) for key in "abcd"] == [1, 2, 3, 4]
    assert [await ask(key) for key in "bcd"] == [2, 3, 4]
    assert await ask("a") == 5  # the first one was forgotten
    for number in range(4):
        api.latest.append(ApiRequest("POST", f"/{number}", content=b"x" * 1_000))
    assert [one.path for one in api.latest] == ["/2", "/3"]
    assert await ask("d") == 4
