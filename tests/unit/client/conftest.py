"""A real server on loopback in the place of the Novu API, and a client of it that waits for nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from novu_framework._internal.retries import Retries
from novu_framework.client import Client

SECRET = "nv-5ecret-key"
DROP = object()
NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=timezone.utc)


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Api:
    """A server that gives the answers it was told, then 201s, and remembers what it was asked."""

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, *answers: Any) -> None:
        self.answers.extend(answers)

    @property
    def last(self) -> Any:
        return self.asked[-1].body


@pytest.fixture
def api() -> Iterator[Api]:
    state = Api()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout: ClassVar[int] = 60

        def do(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, json.loads(raw) if raw else None)
            with state.lock:
                state.asked.append(asked)
                number = len(state.asked)
                answer = state.answers.pop(0) if state.answers else None
            if answer is DROP:
                self.close_connection = True
                return
            if answer is None:
                answer = (201, {}, usual_answer(asked, number))
            status, extra, content = answer
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            for name, value in extra.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = do

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def usual_answer(asked: Asked, number: int) -> Any:
    if asked.method == "DELETE":
        return {"data": True}
    if asked.path.endswith("/bulk"):
        return {"data": [processed(event.get("transactionId", "?")) for event in asked.body["events"]]}
    return {"data": processed(f"txn-{number}")}


def processed(transaction_id: str) -> dict[str, Any]:
    return {"acknowledged": True, "status": "processed", "transactionId": transaction_id}


@dataclass
class Waits:
    """Pauses that were asked for, and not waited."""

    seconds: list[float] = field(default_factory=list)

    async def sleep_async(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def policy(self, **changed: Any) -> Retries:
        return Retries(
            **{
                "jitter": lambda: 1.0,
                "now": NOW.timestamp,
                "sleep": self.seconds.append,
                "sleep_async": self.sleep_async,
                **changed,
            }
        )


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "NOVU_SECRET_KEY",
        "NOVU_API_KEY",
        "NOVU_API_URL",
        "NOVU_BRIDGE_ORIGIN",
        "NOVU_STRICT_AUTHENTICATION_ENABLED",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def client(api: Api, waits: Waits) -> Iterator[Client]:
    with Client(SECRET, api.url, retries=waits.policy()) as client:
        yield client
