"""A bridge on this machine, by its URL: connections that stay open, and servers that do not keep to that."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from novu_framework_testing import BridgeFailure, NovuSimulator, UrlBridge

KEY = "test-secret"
STEPS = [{"stepId": f"note-{number}", "type": "in_app"} for number in range(5)]
DISCOVERY = {"workflows": [{"workflowId": "notes", "steps": STEPS}], "agents": []}
ANSWER = {"outputs": {"body": "x" * 100_000}, "providers": {}, "options": {"skip": False}}


class Answers(BaseHTTPRequestHandler):
    """Answers as a bridge does. Its server counts connections, and says how they are kept."""

    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        super().setup()
        self.server.opened.append(self.client_address)

    def do_GET(self) -> None:
        self._answer(DISCOVERY)

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self._answer(ANSWER)

    def _answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        if self.server.kept == "in chunks":
            body = (
                b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:9], body[9:])) + b"0\r\n\r\n"
            )
        self.send_response(200)
        if self.server.kept == "in chunks":
            self.send_header("transfer-encoding", "chunked")
        elif self.server.kept != "without a length":
            self.send_header("content-length", str(len(body)))
        if self.server.kept == "closed as it says":
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.server.kept not in ("kept", "in chunks")

    def log_message(self, *_arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 200

    def __init__(self, kept: str, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Answers)
        self.kept = kept
        self.opened: list[Any] = []
        self.bodies: list[Any] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/api/novu"


@contextlib.contextmanager
def serving(kept: str = "kept", port: int = 0) -> Iterator[Server]:
    with Server(kept, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("kept", "connections"),
    [("kept", 1), ("in chunks", 1), ("closed", 6), ("closed as it says", 6), ("without a length", 6)],
)
def test_one_connection_for_all_steps_unless_the_server_closes_it(kept, connections):
    with serving(kept) as server, NovuSimulator(secret_key=KEY) as novu:
        novu.connect(server.url)
        run = novu.trigger("notes", "ann", {"text": "\u00e9"}).run
        assert run.status == "completed", run
        assert [step.outputs["body"] for step in run.steps] == [ANSWER["outputs"]["body"]] * 5
        assert [body["payload"] for body in server.bodies] == [{"text": "\u00e9"}] * 5
        assert len(server.opened) == connections


def test_a_server_that_was_started_again_is_found_at_once():
    with NovuSimulator(secret_key=KEY) as novu:
        with serving("closed") as server:
            novu.connect(server.url)
        with serving(port=server.server_address[1]) as again:
            assert novu.trigger("notes", "ann", {}).run.status == "completed"
            assert len(again.opened) == 1


async def test_requests_at_once_have_a_connection_each_and_keep_it():
    with serving() as server:
        bridge = UrlBridge(server.url, secret_key=KEY, timeout=60)
        for _ in range(2):
            asked = [bridge.execute("notes", "note-0", {}, job_id=str(number)) for number in range(150)]
            answers = await asyncio.gather(*asked)
            assert {answer.outputs["body"] for answer in answers} == {ANSWER["outputs"]["body"]}
        assert 1 <= len(server.opened) <= 100
        await bridge.aclose()


async def test_a_connection_is_closed_with_the_last_bridge_that_needs_it():
    with serving() as server:
        first, second = (UrlBridge(server.url, secret_key=KEY) for _ in range(2))
        await first.discover()
        await second.discover()
        await first.aclose()
        await first.aclose()
        await second.discover()
        assert len(server.opened) == 1
        await second.aclose()
        await first.discover()
        assert len(server.opened) == 2
        await first.aclose()


def test_a_simulation_closes_its_connections():
    with serving() as server:
        for number in (1, 2):
            with NovuSimulator(secret_key=KEY) as novu:
                novu.connect(server.url)
                novu.trigger("notes", "ann", {})
            assert len(server.opened) == number


async def test_a_request_that_took_too_long_takes_its_connection_along():
    told = asyncio.Event()
    closed = asyncio.Semaphore(0)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                await reader.readuntil(b"\r\n\r\n")
                await told.wait()
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        closed.release()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/novu"
        bridge = UrlBridge(url, secret_key=KEY, timeout=0.1)
        with pytest.raises(BridgeFailure, match="did not answer within"):
            await bridge.ask("GET", {"action": "discover"}, None)
        told.set()
        for _ in range(3):  # the first answer, if it came at all, is nobody's
            assert await bridge.ask("GET", {"action": "health-check"}, None) == {}
        await bridge.aclose()
        for _connection in range(2):
            await closed.acquire()


@pytest.mark.filterwarnings("error")
def test_a_loop_that_ends_leaves_no_connection_open():
    async def asked(url: str) -> None:
        await UrlBridge(url, secret_key=KEY).discover()

    with serving() as server:
        asyncio.run(asked(server.url))
        asyncio.run(asked(server.url))
        gc.collect()
        assert len(server.opened) == 2
