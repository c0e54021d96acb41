"""Ten thousand triggers to a Novu that fails at random: none is lost, none is doubled, and every failure is said.

The Novu here keeps an `Idempotency-Key` as the real one does, and fails before it has read a request, while it works on it or
after, in every way that a network, a proxy or Novu itself can. The same faults are asked for inside the process and, as
broken bytes, over a loopback socket.
"""

from __future__ import annotations

import asyncio
import json
import random
import socketserver
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

import httpx
import pytest

from novu_framework.client import Client, Retries
from novu_framework.errors import NovuApiAnswerError, NovuApiError, NovuApiUnreachableError
from tests.fuzz import FUZZ
from tests.tables import one_in

KEY = "nv-key-of-the-fuzz"
RETRIED = {408, 409, 429, 500, 502, 503, 504, 520}
REFUSED = {301, 302, 307, 308, 400, 401, 402, 403, 404, 413, 422, 426, 451}
RETRY_AFTERS = [
    "0",
    "1",
    "59",
    "61",
    "99999999999",
    "",
    "soon",
    "-1",
    "1.5",
    "Thu, 01 Jan 2026 00:00:09 GMT",
    "Mon, 99",
]
NOW = 1767225600.0  # 2026-01-01
WRONG = [
    "",
    "null",
    "[]",
    "{}",
    '""',
    '{"data":null}',
    '{"data":{}}',
    "<html>Log in</html>",
    '{"data":{"status":',
    "true",
]
BROKEN: list[tuple[type[httpx.RequestError], str]] = [
    (httpx.ConnectError, "before"),
    (httpx.ConnectTimeout, "before"),
    (httpx.WriteError, "before"),
    (httpx.ProxyError, "before"),
    (httpx.ReadError, "after"),
    (httpx.ReadTimeout, "after"),
    (httpx.RemoteProtocolError, "after"),
]


@dataclass
class Fault:
    """One way to fail. `when` it happens says whether Novu has acted on the request by then."""

    when: str = "after"
    error: type[httpx.RequestError] | None = None
    status: int = 201
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        """Whether the client has to give up at once."""
        return self.error is None and (self.body is not None or self.status in REFUSED)

    @property
    def is_none(self) -> bool:
        return self.error is None and self.status == 201 and self.body is None


def a_fault(dice: random.Random, rate: float) -> Fault:
    """Return a fault, or one that is none."""
    when = dice.choice(["before", "after"])
    if dice.random() > rate:
        return Fault()
    kind = dice.randrange(8)
    if kind < 3:
        error, when = dice.choice(BROKEN)
        return Fault(when, error)
    if kind < 6:
        status = dice.choice([*RETRIED])
        headers = {"retry-after": dice.choice(RETRY_AFTERS)} if status == 409 or dice.random() < 0.5 else {}
        return Fault(when, status=status, headers=headers, body=None)
    if kind == 6:
        headers = dice.choice(
            [{}, {"retry-after": dice.choice(RETRY_AFTERS)}, {"location": "https://elsewhere.test/"}]
        )
        return Fault("before", status=dice.choice([*REFUSED]), headers=headers)
    return Fault(when, status=dice.choice([200, 201, 202, 204]), body=dice.choice(WRONG))


@dataclass
class Novu:
    """What Novu makes of requests: it acts once on each key. `handled` is how often it acted on each transaction."""

    dice: random.Random
    rate: float
    seen: dict[str, Any] = field(default_factory=dict)
    handled: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str, content: bytes) -> tuple[Fault, str]:
        """Return how to fail, and what to answer where that is not at all."""
        with self.lock:
            assert self.bodies.setdefault(key, content) == content, "one key, two bodies"
            fault = a_fault(self.dice, self.rate)
            self.faults.setdefault(key, []).append(fault)
            answer = self._act(key, json.loads(content)) if fault.when == "after" else None
            if fault.body is not None:
                return fault, fault.body
            return fault, json.dumps(
                {"data": answer} if fault.status == 201 else {"message": "it is a fault"}
            )

    def _act(self, key: str, body: Any) -> Any:
        if key not in self.seen:
            events = body.get("events", [body])
            results = []
            for event in events:
                results.append(
                    {"acknowledged": True, "status": "processed", "transactionId": event["transactionId"]}
                )
                self.handled[event["transactionId"]] += 1
            self.seen[key] = results if "events" in body else results[0]
        return self.seen[key]

    def answer(self, request: httpx.Request) -> httpx.Response:
        fault, text = self.take(request.headers["idempotency-key"], request.content)
        if fault.error is not None:
            raise fault.error("it broke", request=request)
        return httpx.Response(fault.status, headers=fault.headers, text=text)

    async def answer_async(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        return self.answer(request)


@dataclass
class Pauses:
    """The pauses that were asked for; none is waited."""

    seconds: list[float] = field(default_factory=list)

    async def sleep_async(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)

    def policy(self, dice: random.Random) -> Retries:
        return Retries(
            jitter=dice.random, now=lambda: NOW, sleep=self.seconds.append, sleep_async=self.sleep_async
        )


def client_of(novu: Novu, pauses: Pauses, url: str | None = None) -> Client:
    mocks: dict[str, Any] = (
        {}
        if url
        else {
            "transport": httpx.MockTransport(novu.answer),
            "async_transport": httpx.MockTransport(novu.answer_async),
        }
    )
    # a loop that begins 25,000 calls at once comes back to the first of them late: no test depends on time
    return Client(KEY, url, retries=pauses.policy(random.Random(1)), timeout=3600, **mocks)


def check_failure(error: NovuApiError) -> None:
    """Each failure says what it is, and none shows the key."""
    assert KEY not in f"{error!r} {error} {error.__cause__}"
    kind = type(error)
    if kind is NovuApiAnswerError:
        assert "is not an answer of the Novu API" in str(error)
    elif kind is NovuApiUnreachableError:
        assert "No answer from the Novu API" in str(error)
        assert " after 4 tries: " in str(error)
    else:
        assert error.status in RETRIED | REFUSED
        assert str(error.status) in str(error)


def check_tries(novu: Novu, pauses: Pauses) -> None:
    """No call was tried more than four times, nor after an answer that another try would not change."""
    for faults in novu.faults.values():
        assert len(faults) <= 4
        assert not any(fault.is_final or fault.is_none for fault in faults[:-1])
    assert all(0 <= pause <= 66 for pause in pauses.seconds)
    assert len(pauses.seconds) == sum(len(faults) - 1 for faults in novu.faults.values())


@pytest.mark.parametrize("rate", one_in(3, [0.5, 0.1, 0.9]))
def test_one_by_one(rate: float) -> None:
    novu, pauses, failures = Novu(random.Random(rate), rate), Pauses(), Counter[type[NovuApiError]]()
    with client_of(novu, pauses) as client:
        for number in range(500 * FUZZ):
            transaction = f"t{number}"
            try:
                result = client.trigger("welcome", "ann", {"n": number}, transaction_id=transaction)
            except NovuApiError as error:
                check_failure(error)
                failures[type(error)] += 1
                assert novu.handled[transaction] <= 1
            else:
                assert (result.transaction_id, result.status) == (transaction, "processed")
                assert novu.handled[transaction] == 1
    check_tries(novu, pauses)
    if rate == 0.9:
        assert set(failures) == {NovuApiError, NovuApiAnswerError, NovuApiUnreachableError}


async def test_many_at_once() -> None:
    novu, pauses = Novu(random.Random(3), 0.6), Pauses()

    async def send(client: Client, number: int) -> tuple[str, Any]:
        transaction = f"t{number}"
        try:
            return transaction, await client.trigger_async(
                "welcome", "ann", {"n": number}, transaction_id=transaction
            )
        except NovuApiError as error:
            check_failure(error)
            return transaction, error

    async with client_of(novu, pauses) as client:
        outcomes = await asyncio.gather(*(send(client, number) for number in range(500 * FUZZ)))
    for transaction, outcome in outcomes:
        assert novu.handled[transaction] <= 1
        if not isinstance(outcome, NovuApiError):
            assert (outcome.transaction_id, novu.handled[transaction]) == (transaction, 1)
    assert len({type(outcome) for _, outcome in outcomes}) == 4
    check_tries(novu, pauses)


@pytest.mark.parametrize("is_async", one_in(2, [True, False]))
async def test_in_bulks(is_async: bool) -> None:
    novu, pauses, dice = Novu(random.Random(4), 0.5), Pauses(), random.Random(5)
    client = client_of(novu, pauses)
    for number in range(33 * FUZZ):
        count = dice.choice([1, 99, 100, 101, 200, 250])
        names = [f"{is_async}-{number}-{n}" for n in range(count)]
        events = [{"name": "welcome", "to": "ann", "transactionId": name} for name in names]
        try:
            results = await client.trigger_bulk_async(events) if is_async else client.trigger_bulk(events)
            sent = count
        except NovuApiError as error:
            check_failure(error)
            results = list(error.accepted)
            sent = (
                len(results) + 100
            )  # the call that failed may have been acted on, those after it were not made
            assert len(results) % 100 == 0
        assert [result.transaction_id for result in results] == names[: len(results)]
        assert all(novu.handled[name] == 1 for name in names[: len(results)])
        assert all(novu.handled[name] <= 1 for name in names[len(results) : sent])
        assert not any(novu.handled[name] for name in names[sent:])
    check_tries(novu, pauses)
    client.close()
    await client.aclose()


# --- over a socket -------------------------------------------------------------------------------


def reset(connection: Any) -> None:
    """Close a connection with an RST instead of a FIN."""
    connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))


CUTS: dict[type[httpx.RequestError], Callable[[bytes], bytes]] = {
    httpx.ReadError: lambda answer: b"",
    httpx.ReadTimeout: lambda answer: answer[: len(answer) - 1],
    httpx.RemoteProtocolError: lambda answer: answer[:20],
}
"""What of an answer is sent before the connection breaks: nothing, all but a byte, half of the first line."""


@contextmanager
def served(novu: Novu) -> Iterator[str]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while head := self._head():
                content = self.rfile.read(int(head.get("content-length", 0)))
                fault, text = novu.take(head["idempotency-key"], content)
                answer = _written(fault, text)
                if fault.error is None:
                    self.wfile.write(answer)
                    continue
                self.wfile.write(b"" if fault.when == "before" else CUTS[fault.error](answer))
                if fault.error is not httpx.RemoteProtocolError:
                    reset(self.connection)
                return

        def _head(self) -> dict[str, str]:
            lines = []
            try:
                while line := self.rfile.readline().strip():
                    lines.append(line.decode().lower())
            except OSError:
                return {}
            return dict(line.split(": ", 1) for line in lines[1:])

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _written(fault: Fault, text: str) -> bytes:
    body = b"" if fault.status == 204 else text.encode()
    headers = {**fault.headers, "content-type": "application/json", "content-length": str(len(body))}
    if fault.status == 204:
        del headers["content-length"]
    lines = [f"HTTP/1.1 {fault.status} Fault", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.mark.parametrize("is_async", one_in(2, [True, False]))
async def test_over_a_socket_that_breaks(is_async: bool) -> None:
    novu, pauses, failed = Novu(random.Random(6), 0.6), Pauses(), 0
    with served(novu) as url:
        client = client_of(novu, pauses, url)
        for number in range(120 * FUZZ):
            transaction = f"{is_async}-{number}"
            try:
                if is_async:
                    result = await client.trigger_async("welcome", "ann", transaction_id=transaction)
                else:
                    result = client.trigger("welcome", "ann", transaction_id=transaction)
            except NovuApiError as error:
                check_failure(error)
                failed += 1
                assert novu.handled[transaction] <= 1
            else:
                assert (result.transaction_id, novu.handled[transaction]) == (transaction, 1)
        client.close()
        await client.aclose()
    assert 0 < failed < 120 * FUZZ
    check_tries(novu, pauses)
