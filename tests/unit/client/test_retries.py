"""When a call is tried again, and after how long: the policy by itself, value by value, and what the client makes of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from novu_framework._internal.retries import Retries
from novu_framework.client import Client
from novu_framework.errors import NovuApiError, NovuApiUnreachableError
from tests.tables import walked

from .conftest import NOW, SECRET, Waits, processed

LEAST, MOST = Retries(jitter=lambda: 0.0), Retries(jitter=lambda: 1.0)


def test_the_defaults_are_what_the_documentation_says() -> None:
    defaults = {field.name: getattr(Retries(), field.name) for field in fields(Retries)}
    sleep_async, jitter = defaults.pop("sleep_async"), defaults.pop("jitter")
    assert defaults == {
        "limit": 3,
        "first_pause": 0.5,
        "longest_pause": 30.0,
        "longest_asked": 60.0,
        "now": time.time,
        "sleep": time.sleep,
    }
    assert asyncio.run(sleep_async(0)) is None
    assert all(0 <= jitter() < 1 for _ in range(10))
    assert jitter() != jitter()


def test_a_policy_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Retries().limit = 9  # type: ignore[misc]


def test_a_pause_is_a_number_however_often_it_was_doubled() -> None:
    endless = Retries(first_pause=1, longest_pause=float("inf"), jitter=lambda: 1.0)
    assert endless.pause_before_retry(63) == 2**63
    assert endless.pause_before_retry(64) == endless.pause_before_retry(9**9) == 2**64


async def test_an_async_pause_lets_the_loop_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    await Retries().sleep_async(12.5)
    assert slept == [12.5]


@walked(
    ("retry", "full"), [(0, 0.5), (1, 1.0), (2, 2.0), (3, 4.0), (5, 16.0), (6, 30.0), (7, 30.0), (2000, 30.0)]
)
def test_a_pause_doubles_up_to_the_longest_and_jitter_takes_up_to_half_of_it(retry: int, full: float) -> None:
    assert MOST.pause_before_retry(retry) == full
    assert LEAST.pause_before_retry(retry) == full / 2
    assert Retries(jitter=lambda: 0.5).pause_before_retry(retry) == full * 0.75
    assert type(Retries(first_pause=1, jitter=lambda: 1).pause_before_retry(0)) is float


@pytest.mark.parametrize("asked", [0.0, 1.0, 20.0, 61.0])
def test_a_pause_that_was_asked_for_is_waited_whole_and_up_to_a_tenth_longer(asked: float) -> None:
    assert LEAST.pause_before_retry(3, asked) == asked
    assert MOST.pause_before_retry(3, asked) == pytest.approx(asked * 1.1)
    assert Retries(jitter=lambda: 0.5).pause_before_retry(0, asked) == pytest.approx(asked * 1.05)


HEADERS: list[tuple[str | None, float | None]] = [
    (None, None),
    ("", None),
    ("0", 0.0),
    ("7", 7.0),
    ("007", 7.0),
    (" 7 ", 7.0),
    ("3600", 3600.0),
    ("9" * 400, float("inf")),
    ("-3", None),
    ("+3", None),
    ("1.5", None),
    ("1e3", None),
    ("7 seconds", None),
    ("7, 8", None),
    ("²", None),
    ("٣", None),
    ("soon", None),
    ("Thu, 01 Jan 2026 12:00:20 GMT", 20.0),
    ("Thu, 01 Jan 2026 12:00:20 -0000", 20.0),
    ("Thu, 01 Jan 2026 13:00:20 +0100", 20.0),
    ("01 Jan 2026 12:00:20 GMT", 20.0),
    ("Thursday, 01-Jan-26 12:00:20 GMT", 20.0),
    ("Thu Jan  1 12:00:20 2026", 20.0),
    ("Thu, 01 Jan 2026 12:00:20", 20.0),
    ("Thu, 01 Jan 2026 11:59:59 GMT", 0.0),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ("Thu, 99 Foo 2026 25:00:00 GMT", None),
    ("Thu, 31 Feb 2026 12:00:00 GMT", None),
    ("Thu, 01 Jan 2026 12:00:20 +99999999999999", None),
    ("Thu, 01 Jan 99999 12:00:20 GMT", None),
    (f"Thu, 01 Jan {'9' * 20} 12:00:20 GMT", None),
    ("17 June , 2026", None),
    ("2026-01-01T12:00:20Z", None),
]


@walked(("header", "seconds"), HEADERS)
def test_retry_after_is_seconds_or_a_date_and_anything_else_is_as_if_it_were_not_there(
    header: str | None, seconds: float | None
) -> None:
    headers = {} if header is None else {"retry-after": header}
    asked = Retries(now=NOW.timestamp).retry_after(headers)
    assert asked == (None if seconds is None else pytest.approx(seconds))
    assert asked is None or type(asked) is float


@pytest.fixture(params=["ZONE-9", "ZONE+5"])
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """A machine that is hours ahead of UTC, or behind."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows cannot set the time zone of a process")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("zone")
@walked("end", [" GMT", " -0000", ""])
def test_a_date_is_in_utc_wherever_the_machine_is(end: str) -> None:
    headers = {"retry-after": f"Thu, 01 Jan 2026 12:00:20{end}"}
    assert Retries(now=NOW.timestamp).retry_after(headers) == 20.0


DATES = st.datetimes().map(format_datetime)


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, [0-9 A-Za-z:+-]{5,30}") | DATES)
def test_no_retry_after_is_an_exception(header: str) -> None:
    asked = Retries(now=NOW.timestamp).retry_after({"retry-after": header})
    assert asked is None or asked >= 0


RETRIED = {408, 429, *range(500, 600)}


@pytest.mark.parametrize("header", [None, "1", "Thu, 01 Jan 2026 12:00:01 GMT", "soon", ""])
def test_the_statuses_that_are_tried_again_are_these_and_no_others(header: str | None, waits: Waits) -> None:
    """A 4xx is not tried again because it carries a Retry-After; only 409 is, which Novu answers while it is at work."""
    tries: list[int] = []
    status = 0
    headers = {} if header is None else {"retry-after": header}

    def answer(request: httpx.Request) -> httpx.Response:
        tries.append(status)
        return httpx.Response(status, headers=headers, json={"message": "no"})

    transport = httpx.MockTransport(answer)
    with Client(SECRET, retries=waits.policy(limit=1, jitter=lambda: 0.0), transport=transport) as client:
        for status in [*range(300, 600)]:
            tries.clear()
            waits.seconds.clear()
            with pytest.raises(NovuApiError) as caught:
                client.trigger("welcome", "ann")
            again = status in RETRIED or (status == 409 and header is not None)
            pause = 1.0 if header and header != "soon" else 0.25
            assert (caught.value.status, len(tries)) == (status, 1 + again)
            assert waits.seconds == [pause] * again


UNREACHABLE: list[tuple[type[httpx.RequestError], bool]] = [
    (httpx.ConnectError, True),
    (httpx.ConnectTimeout, True),
    (httpx.ReadError, True),
    (httpx.ReadTimeout, True),
    (httpx.WriteError, True),
    (httpx.WriteTimeout, True),
    (httpx.PoolTimeout, True),
    (httpx.RemoteProtocolError, True),
    (httpx.ProxyError, True),
    (httpx.DecodingError, True),
    (httpx.CloseError, True),
    (httpx.LocalProtocolError, False),
    (httpx.UnsupportedProtocol, False),
]


@pytest.mark.parametrize(("error", "again"), UNREACHABLE)
async def test_a_connection_that_broke_is_tried_again_and_a_request_that_cannot_be_sent_is_not(
    error: type[httpx.RequestError], again: bool, waits: Waits
) -> None:
    tries = []

    def answer(request: httpx.Request) -> httpx.Response:
        tries.append(request.headers["idempotency-key"])
        raise error("it broke")

    transport = httpx.MockTransport(answer)
    client = Client(SECRET, retries=waits.policy(limit=2), transport=transport, async_transport=transport)
    with pytest.raises(NovuApiUnreachableError, match=f"{error.__name__}: it broke") as blocking, client:
        client.trigger("welcome", "ann")
    async with client:
        with pytest.raises(NovuApiUnreachableError) as awaited:
            await client.trigger_async("welcome", "ann")
    assert str(blocking.value) == str(awaited.value)
    assert ("3 tries" if again else "1 try:") in str(blocking.value)
    assert (len(tries), len(set(tries))) == (6 if again else 2, 2)
    assert waits.seconds == ([0.5, 1.0] * 2 if again else [])
    assert isinstance(blocking.value.__cause__, error)


@pytest.mark.parametrize(("asked", "waited"), [("59", 1), ("60", 1), ("61", 0), ("9" * 400, 0)])
def test_a_retry_after_is_waited_out_up_to_a_minute(asked: str, waited: int, waits: Waits) -> None:
    answers = [
        httpx.Response(503, headers={"retry-after": asked}, json={"message": "busy"}),
        httpx.Response(201, json={"data": processed("t")}),
    ]
    transport = httpx.MockTransport(lambda request: answers.pop(0))
    with Client(SECRET, retries=waits.policy(jitter=lambda: 0.0), transport=transport) as client:
        if waited:
            assert client.trigger("welcome", "ann").transaction_id == "t"
        else:
            with pytest.raises(NovuApiError, match="busy It asks to be left alone for") as caught:
                client.trigger("welcome", "ann")
            assert caught.value.retry_after == float(asked)
    assert waits.seconds == [float(asked)] * waited


@pytest.mark.parametrize("limit", [0, 1, 5])
@pytest.mark.parametrize("given", ["max_retries", "retries"])
def test_as_many_tries_follow_the_first_as_the_limit_says(limit: int, given: str, waits: Waits) -> None:
    tries: list[Any] = []
    options: dict[str, Any] = (
        {"max_retries": limit, "retries": waits.policy(limit=9)}
        if given == "max_retries"
        else {"retries": waits.policy(limit=limit)}
    )

    def answer(request: httpx.Request) -> httpx.Response:
        tries.append(request)
        return httpx.Response(500)

    with (
        pytest.raises(NovuApiError),
        Client(SECRET, transport=httpx.MockTransport(answer), **options) as client,
    ):
        client.trigger("welcome", "ann")
    assert len(tries) == 1 + limit
    assert len(waits.seconds) == limit


WARNED: list[tuple[Callable[[httpx.Request], httpx.Response], str]] = [
    (lambda request: httpx.Response(503), "503"),
    (lambda request: _raise(httpx.ReadTimeout(f"slow {SECRET}")), "ReadTimeout"),
]


def _raise(error: Exception) -> httpx.Response:
    raise error


@pytest.mark.parametrize(("answer", "name"), WARNED)
def test_each_retry_is_a_warning_that_says_why_and_how_soon(
    answer: Callable[[httpx.Request], httpx.Response],
    name: str,
    waits: Waits,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with (
        pytest.raises(NovuApiError),
        Client(SECRET, retries=waits.policy(limit=2), transport=httpx.MockTransport(answer)) as client,
    ):
        client.cancel("t")
    assert [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name == "novu_framework"
    ] == [
        ("WARNING", f"Novu API: {name} to DELETE /v1/events/trigger/t, trying again in 0.5 s (retry 1 of 2)"),
        ("WARNING", f"Novu API: {name} to DELETE /v1/events/trigger/t, trying again in 1.0 s (retry 2 of 2)"),
    ]
