"""The simulated Novu on a port: who is answered, and how much of what they send is looked at."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api import server as served
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.http import ApiRequest, Latest
from novu_framework_testing.api.server import CloudServer

KEY = "sk-of-this-server"
AUTHORIZED = {"authorization": f"ApiKey {KEY}"}
ALLOWED = "https://app.acme.test"


@pytest.fixture
def server() -> Iterator[CloudServer]:
    with NovuSimulator(secret_key=KEY) as novu, CloudServer(Cloud(novu), origins=[ALLOWED]) as server:
        yield server


def spoken(server: CloudServer, data: bytes) -> bytes:
    """Send bytes as they are, and return all that comes back until the connection is closed."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(data)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
        return received


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:3000", "[::1]:3000"])
def test_the_names_of_this_machine_are_answered(server: CloudServer, host: str) -> None:
    assert httpx.get(f"{server.url}/v2/topics", headers={**AUTHORIZED, "host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:80", "127.0.0.1.evil.test", "localhost@evil.test", "", "127.0.0.1:x"]
)
def test_another_name_that_leads_here_is_not(server: CloudServer, host: str) -> None:
    answer = httpx.post(
        f"{server.url}/simulation/advance", json={"days": 1}, headers={**AUTHORIZED, "host": host}
    )

    assert answer.status_code == 403
    assert "is not served under the name" in answer.json()["message"]
    assert server.requests == []


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "origin",
    ["https://evil.test", "null", "http://localhost.evil.test", "http://127.0.0.1@evil.test", "file://", "", "http://app.acme.test", "chrome-extension://localhost"],
)  # fmt: skip
def test_pages_of_other_sites_may_not_call(server: CloudServer, origin: str, method: str) -> None:
    answer = httpx.request(method, f"{server.url}/simulation", headers={**AUTHORIZED, "origin": origin})

    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert server.requests == []


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:5173",
        "https://127.0.0.1:8443",
        "http://[::1]:3000",
        "http://shop.localhost",
        ALLOWED,
    ],
)
def test_pages_of_this_machine_and_those_named_may(server: CloudServer, origin: str) -> None:
    asked = {"origin": origin, "access-control-request-headers": "authorization,content-type"}
    preflight = httpx.options(f"{server.url}/v2/topics", headers=asked)
    answer = httpx.get(f"{server.url}/v2/topics", headers={**AUTHORIZED, "origin": origin})

    assert (preflight.status_code, answer.status_code) == (204, 200)
    assert preflight.headers["access-control-allow-headers"] == "authorization,content-type"
    for each in (preflight, answer):
        assert each.headers["access-control-allow-origin"] == origin
        assert each.headers["vary"] == "origin"


def test_what_moves_the_clock_or_shows_the_timeline_needs_the_key(server: CloudServer) -> None:
    before = server.novu.now
    simulation = [route for route in TABLE.routes if route.path.startswith("/simulation")]

    for route in simulation:
        answer = httpx.request(route.method, server.url + route.path, content=b'{"days": 1}')
        assert answer.status_code == 401
    assert len(simulation) == 5
    assert server.novu.now == before


def test_nothing_is_signed_for_a_caller_without_the_key(server: CloudServer) -> None:
    seen: list[dict[str, str]] = []

    class Bridge(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status": "ok"}')

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Bridge) as bridge:
        threading.Thread(target=bridge.handle_request, daemon=True).start()
        url = f"http://127.0.0.1:{bridge.server_port}/api/novu"
        answer = httpx.post(f"{server.url}/v1/bridge/validate", json={"bridgeUrl": url})

    assert answer.json() == {"data": {"isValid": True}}
    [headers] = seen
    assert "novu-signature" not in headers
    assert KEY not in str(headers)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("headers", "limit"),
    [({}, served.MAX_BODY_BYTES_WITHOUT_KEY), ({"authorization": "ApiKey wrong"}, served.MAX_BODY_BYTES_WITHOUT_KEY), (AUTHORIZED, served.MAX_BODY_BYTES)],
)  # fmt: skip
def test_a_body_has_a_limit_that_is_lower_without_the_key(
    server: CloudServer, headers: dict[str, str], limit: int, chunked: bool
) -> None:
    def answered(size: int) -> int:
        content = b'"' + b"x" * (size - 2) + b'"'
        named = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        length = "transfer-encoding: chunked" if chunked else f"content-length: {size}"
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (size, content) if chunked else content
        head = f"POST /v1/events/trigger HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{named}{length}\r\n\r\n"
        return int(spoken(server, head.encode() + body).split()[1])

    assert answered(limit) == (422 if headers == AUTHORIZED else 401)
    assert len(server.requests) == 1
    assert answered(limit + 1) == 413
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"nonsense\r\n\r\n", 400), (b"GET / HTTP/1.1\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nhost: localhost\r\nx: " + b"y" * 70_000, 431),
     (b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n", 400)],
)  # fmt: skip
def test_what_is_not_a_request_is_refused(server: CloudServer, sent: bytes, status: int) -> None:
    answer = spoken(server, sent)

    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["statusCode"] == status


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nhalf"]
)
def test_a_client_that_does_not_go_on_loses_its_connection(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(served, "MAX_SECONDS_TO_SEND", 0.05)

    assert spoken(server, sent) == b""
    assert server.requests == []


def test_more_connections_than_are_served_at_once_wait_for_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(served, "MAX_CONNECTIONS", 2)
    monkeypatch.setattr(served, "MAX_SECONDS_TO_SEND", 0.2)
    with NovuSimulator(secret_key=KEY) as novu, CloudServer(Cloud(novu)) as server:
        port = int(server.url.rpartition(":")[2])
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(5)]
        try:
            answer = httpx.get(f"{server.url}/v2/topics", headers=AUTHORIZED, timeout=60)
        finally:
            for each in idle:
                each.close()

    assert answer.status_code == 200


def test_of_very_many_requests_the_latest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Latest, "MAX_REQUESTS", 3)
    monkeypatch.setattr(Latest, "MAX_BYTES", 10)
    requests = Latest()

    for number in range(5):
        requests.append(ApiRequest("GET", f"/{number}"))
    assert [request.path for request in requests] == ["/2", "/3", "/4"]
    requests.append(ApiRequest("POST", "/five", content=b"12345"))
    requests.append(ApiRequest("POST", "/six", content=b"123456"))
    assert [request.path for request in requests] == ["/six"]
    requests.append(ApiRequest("POST", "/large", content=b"1" * 11))
    assert [request.path for request in requests] == ["/large"]


def test_a_stopped_server_leaves_neither_its_port_nor_a_thread() -> None:
    with NovuSimulator(secret_key=KEY) as novu:
        cloud = Cloud(novu)
        with CloudServer(cloud) as server:
            port = int(server.url.rpartition(":")[2])
            kept = httpx.Client(headers=AUTHORIZED)
            assert kept.get(f"{server.url}/v2/topics").status_code == 200
        with CloudServer(cloud, port=port) as again:
            assert kept.get(f"{again.url}/v2/topics").status_code == 200
        kept.close()

    assert not [thread for thread in threading.enumerate() if thread.name == "novu-cloud"]
