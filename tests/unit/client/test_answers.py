"""An attempt ends, and keeps a bounded part of its answer, whatever a server sends and however slowly."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from novu_framework import Client
from novu_framework._internal.answers import LONGEST
from novu_framework.client import TriggerResult
from novu_framework.errors import NovuApiError, NovuApiUnreachableError
from tests.tables import walked

SECRET = "test-secret-1234"
BODY = json.dumps({"data": {"acknowledged": True, "status": "processed", "transactionId": "t1"}}).encode()
CREATED = b"HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n"

Send = Callable[[bytes], None]


def endless_body(send: Send, ended: threading.Event) -> None:
    send(CREATED + b"transfer-encoding: chunked\r\n\r\n")
    while not ended.is_set():
        send(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def slow_body(send: Send, ended: threading.Event) -> None:
    send(CREATED + b"transfer-encoding: chunked\r\n\r\n")
    while not ended.wait(0.02):
        send(b"1\r\nx\r\n")


def slow_headers(send: Send, ended: threading.Event) -> None:
    send(CREATED + b"x: ")
    while not ended.wait(0.02):
        send(b"x")


def one_after_another(send: Send, ended: threading.Event) -> None:
    while not ended.wait(0.02):
        send(b"HTTP/1.1 100 Continue\r\n\r\n")


def much_in_little(send: Send, ended: threading.Event) -> None:
    packed = gzip.compress(bytes(64 * 1024 * 1024))
    send(CREATED + b"content-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(packed) + packed)


@contextmanager
def server(answer: Callable[[Send, threading.Event], None]) -> Iterator[str]:
    """Answer each connection by a function, until the test ends."""
    ended = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                answer(connection.sendall, ended)
                while connection.recv(65536):
                    pass
            except OSError:
                pass

    def accept() -> None:
        while not ended.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            ended.set()
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()


def trigger(client: Client, *, blocking: bool) -> TriggerResult:
    if blocking:
        return client.trigger("w", "ann", {})
    return asyncio.run(client.trigger_async("w", "ann", {}))


@pytest.mark.parametrize(
    ("answer", "blocking", "timeout", "said"),
    [
        (endless_body, True, 60, f"has more than {LONGEST:,} bytes"),
        (endless_body, False, 60, f"has more than {LONGEST:,} bytes"),
        (much_in_little, True, 60, f"has more than {LONGEST:,} bytes"),
        pytest.param(much_in_little, False, 60, f"has more than {LONGEST:,} bytes", marks=pytest.mark.slow),
        (slow_body, True, 0.3, "was not whole after 0.3 seconds"),
        (slow_body, False, 0.3, "was not whole after 0.3 seconds"),
        (slow_headers, False, 0.3, "was not whole after 0.3 seconds"),
        (one_after_another, False, 0.3, "was not whole after 0.3 seconds"),
    ],
)
def test_an_attempt_ends(
    answer: Callable[[Send, threading.Event], None], blocking: bool, timeout: float, said: str
) -> None:
    with (
        server(answer) as url,
        Client(SECRET, url, timeout=timeout, max_retries=0) as client,
        pytest.raises(NovuApiUnreachableError) as error,
    ):
        trigger(client, blocking=blocking)
    assert said in str(error.value)


@walked("blocking", [True, False])
@walked(
    ("packed", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("identity", BODY),
        ("utf-8", BODY),  # which is none, and some proxies write
    ],
    ids=["gzip", "deflate", "as it is", "no packing"],
)
def test_an_answer_may_be_packed_as_asked_for(packed: str, body: bytes, blocking: bool) -> None:
    asked = []

    def answered(send: Send, ended: threading.Event) -> None:
        asked.append(True)
        send(CREATED + f"content-encoding: {packed}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)

    with server(answered) as url, Client(SECRET, url, max_retries=0) as client:
        assert trigger(client, blocking=blocking).transaction_id == "t1"
    assert asked == [True]


@walked("blocking", [True, False])
@walked("packed", ["br", "zstd", "BR", "gzip, gzip", "gzip,br"], size=15)
def test_an_answer_that_is_packed_otherwise_is_not_read(packed: str, blocking: bool) -> None:
    def answered(request: httpx.Request) -> httpx.Response:
        assert request.headers["accept-encoding"] == "gzip, deflate"
        return httpx.Response(201, headers={"content-encoding": packed}, stream=httpx.ByteStream(b"x"))

    transport = httpx.MockTransport(answered)
    client = Client(SECRET, max_retries=0, transport=transport, async_transport=transport)
    with pytest.raises(NovuApiError, match=r"the answer is packed (by|more than once)"):
        trigger(client, blocking=blocking)


def test_an_error_of_a_transport_is_its_own() -> None:
    def failing(request: httpx.Request) -> httpx.Response:
        raise TimeoutError("mine")

    for timeout in (5, httpx.Timeout(5)):
        client = Client(SECRET, timeout=timeout, max_retries=0, async_transport=httpx.MockTransport(failing))
        with pytest.raises(TimeoutError, match="mine"):
            trigger(client, blocking=False)


async def test_what_an_agent_says_is_sent_on_as_often_as_httpx_does_and_each_answer_has_the_bound() -> None:
    asked: list[tuple[str, str, bytes]] = []
    sent_on = {"/see-other": 303, "/again": 307, "/round": 308}

    def answered(request: httpx.Request) -> httpx.Response:
        asked.append((request.method, request.url.path, request.content))
        path = request.url.path
        if path == "/much":
            return httpx.Response(307, headers={"location": "/end"}, content=b"x" * (LONGEST + 1))
        where = path if path == "/round" else "/end"
        return httpx.Response(sent_on.get(path, 200), headers={"location": where}, text="said")

    client = Client(SECRET, async_transport=httpx.MockTransport(answered))
    for path, method, content in (("/see-other", "GET", b""), ("/again", "POST", b"{}")):
        said = await client._calls.send_anywhere(f"http://agents.test{path}", b"{}", {"a": "b"})
        assert said == (200, "said")
        assert asked[-1] == (method, "/end", content)
    with pytest.raises(httpx.TooManyRedirects):
        await client._calls.send_anywhere("http://agents.test/round", b"{}", {})
    assert len(asked) == 4 + 21
    with pytest.raises(httpx.RemoteProtocolError, match="has more than"):
        await client._calls.send_anywhere("http://agents.test/much", b"{}", {})


def test_the_longest_answer_is_read() -> None:
    said = b'{"data": {"acknowledged": true, "status": "processed", "transactionId": "t1", "more": "%s"}}'
    answers = [said % (b"x" * (LONGEST - len(said) + 2)), said % (b"x" * (LONGEST - len(said) + 3))]
    assert [len(each) - LONGEST for each in answers] == [0, 1]
    transport = httpx.MockTransport(lambda request: httpx.Response(201, content=answers.pop(0)))
    client = Client(SECRET, max_retries=0, transport=transport)
    assert client.trigger("w", "ann", {}).transaction_id == "t1"
    with pytest.raises(NovuApiUnreachableError, match="has more than"):
        client.trigger("w", "ann", {})
