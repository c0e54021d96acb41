"""The simulated Novu on a port: who is answered, and how much of what they send is looked at."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud, http
from novu_framework_testing.api import server as served
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.http import ApiRequest, Latest
from novu_framework_testing.api.server import CloudServer
from tests.tables import one_in

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


def test_it_has_no_address_before_it_starts() -> None:
    with NovuSimulator(secret_key=KEY) as novu:
        server = CloudServer(Cloud(novu))
        with pytest.raises(RuntimeError, match="The server is not running: use it as a context manager"):
            server.url  # noqa: B018


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
    assert {"GET", "POST", "PUT", "PATCH", "DELETE"} <= set(
        preflight.headers["access-control-allow-methods"].split(", ")
    )
    assert answer.headers["content-length"] == str(len(answer.content))
    for each in (preflight, answer):
        assert each.headers["access-control-allow-origin"] == origin
        assert each.headers["vary"] == "origin"


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 200), ("none", 200)])
def test_pages_of_other_sites_may_not_show_an_answer_as_an_image_either(
    server: CloudServer, site: str, status: int
) -> None:
    headers = {**AUTHORIZED, "sec-fetch-site": site}

    assert httpx.get(f"{server.url}/simulation", headers=headers).status_code == status


@pytest.mark.parametrize(
    "origin", ["*", "app.acme.test", "https://", "https://app.acme.test/page", "https://*.acme.test", ""]
)
def test_what_is_not_an_origin_is_not_allowed_by_mistake(server: CloudServer, origin: str) -> None:
    with pytest.raises(ValueError, match="is not an origin"):
        CloudServer(server.cloud, origins=[origin])
    CloudServer(server.cloud, origins=["HTTPS://app.acme.test/", "chrome-extension://abc"])


def test_what_moves_the_clock_or_shows_the_timeline_needs_the_key(server: CloudServer) -> None:
    before = server.novu.now
    simulation = [route for route in TABLE.routes if route.path.startswith("/simulation")]

    for route in simulation:
        answer = httpx.request(route.method, server.url + route.path, content=b'{"days": 1}')
        assert answer.status_code == 401
    assert {route.path.removeprefix("/simulation") for route in simulation} == {
        *("", "/advance", "/advance-to", "/run-until-idle", "/timeline", "/overview"),
        "/messages/{messageId}",
    }
    assert server.novu.now == before


def test_no_url_is_called_for_a_caller_without_the_key_and_none_is_shown_a_signature_to_validate_it(
    server: CloudServer,
) -> None:
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
        body = {"bridgeUrl": f"http://127.0.0.1:{bridge.server_port}/api/novu"}
        refused = httpx.post(f"{server.url}/v1/bridge/validate", json=body)
        assert (refused.status_code, seen) == (401, [])
        answer = httpx.post(f"{server.url}/v1/bridge/validate", json=body, headers=AUTHORIZED)

    assert answer.json() == {"data": {"isValid": True}}
    [headers] = seen
    assert "novu-signature" not in headers
    assert KEY not in str(headers)


@pytest.mark.parametrize("chunked", one_in(2, [True, False]))
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


@pytest.mark.parametrize("headers", [{}, AUTHORIZED, {**AUTHORIZED, "origin": "https://evil.test"}])
def test_whoever_sends_too_much_gets_to_read_why(server: CloudServer, headers: dict[str, str]) -> None:
    named = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST /v2/topics HTTP/1.1\r\nhost: localhost\r\n{named}content-length: 30000000\r\n\r\n"

    answer = spoken(server, head.encode() + b"x" * 30_000_000)

    status = 403 if "origin" in headers else 413
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    if status == 413:
        limit = (
            "10485760 bytes" if headers else "65536 bytes, which is the limit of a request without the key"
        )
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["message"] == f"The body is larger than {limit}."
    assert server.requests == []


def test_a_page_that_may_call_may_read_a_refusal_too(server: CloudServer) -> None:
    headers = {**AUTHORIZED, "origin": ALLOWED}
    answer = httpx.post(
        f"{server.url}/v2/topics", content=b"x" * (served.MAX_BODY_BYTES + 1), headers=headers
    )

    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (413, ALLOWED)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "TRACE", "BREW"])
@pytest.mark.parametrize("status", [200, 204, 304, 400, 404, 520, 599])
def test_each_method_and_status_is_answered_on_a_connection_that_stays(
    server: CloudServer, method: str, status: int
) -> None:
    with httpx.Client(headers=AUTHORIZED) as client:
        for _ in range(2):
            server.respond_next(status, json={"message": "as asked"}, headers={"x-name": "Zo\xe9"})
            answer = client.request(method, f"{server.url}/v2/topics")
            assert (answer.status_code, answer.headers["x-name"]) == (status, "Zo\xe9")
            assert (answer.content == b"") == (method == "HEAD" or status in (204, 304))
        assert client.get(f"{server.url}/v2/topics").json()["data"] == []


def test_headers_of_any_letters_are_sent_back_as_they_came(server: CloudServer) -> None:
    with httpx.Client(base_url=server.url) as client:
        headers = [(b"authorization", AUTHORIZED["authorization"].encode()), (b"idempotency-key", b"Zo\xe9")]
        answer = client.post("/v2/topics", json={"key": "post"}, headers=headers)
        assert (answer.status_code, answer.headers["idempotency-key"]) == (201, "Zo\xe9")


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


def connected(server: CloudServer) -> socket.socket:
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=60)


def closed(connection: socket.socket, data: bytes) -> bool:
    try:
        connection.sendall(data)
    except ConnectionError:
        return True
    return False


def test_a_client_that_does_not_read_its_answers_loses_its_connection_and_holds_nobody_up(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100):
        server.novu.subscribers.upsert(f"s{number}", first_name="x" * 10_000)
    asked = (
        f"GET /v2/subscribers?limit=100 HTTP/1.1\r\nhost: localhost\r\nauthorization: ApiKey {KEY}\r\n\r\n"
    )
    with connected(server) as first:  # the server is stopped while it waits for this one
        first.sendall(asked.encode() * 20)
        while not server.requests:
            time.sleep(0.01)
        monkeypatch.setattr(served, "MAX_SECONDS_TO_END", 3600)
        monkeypatch.setattr(served, "MAX_SECONDS_TO_SEND", 0.1)
        with connected(server) as second:
            second.sendall(asked.encode() * 20)
            while not closed(second, asked.encode()):
                time.sleep(0.05)
        server.stop()


def test_more_connections_than_may_wait_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "MAX_CONNECTIONS", 1)
    monkeypatch.setattr(served, "MAX_WAITING", 1)
    with NovuSimulator(secret_key=KEY) as novu, CloudServer(Cloud(novu)) as server:
        with connected(server), connected(server), connected(server) as third:
            try:
                assert third.recv(1) == b""
            except ConnectionError:
                pass
        assert httpx.get(f"{server.url}/v2/topics", headers=AUTHORIZED, timeout=60).status_code == 200


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


@pytest.mark.parametrize("headers", [{}, AUTHORIZED])
def test_a_body_that_says_to_be_too_large_is_refused_before_it_is_sent(
    server: CloudServer, headers: dict[str, str]
) -> None:
    named = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST /v2/topics HTTP/1.1\r\nhost: localhost\r\n{named}expect: 100-continue\r\ncontent-length: 300000000\r\n\r\n"

    assert spoken(server, head.encode()).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("pieces", [1, 2, 9])
@pytest.mark.parametrize(("size", "status"), [(65_536, 401), (65_537, 431), (300_000, 431)])
def test_the_headers_have_a_limit_in_however_many_pieces_they_come(
    server: CloudServer, size: int, status: int, pieces: int
) -> None:
    start = b"GET /v2/topics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx: "
    head = start + b"a" * (size - len(start) - 4) + b"\r\n\r\n"
    length = -(-len(head) // pieces)
    with connected(server) as client:
        for at in range(0, len(head), length):
            with contextlib.suppress(ConnectionError):  # it does not read to the end what is too long
                client.sendall(head[at : at + length])
                time.sleep(0.01)
        answer = client.recv(65536)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert (status == 431) == (b"larger than 64 KB" in answer)


def test_a_server_that_stops_while_a_client_leaves_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with NovuSimulator(secret_key=KEY) as novu:
        for _ in range(20):
            with CloudServer(Cloud(novu)) as server:
                port = int(server.url.rpartition(":")[2])
                with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
                    client.sendall(b"GET /nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n")
                    assert client.recv(65536).startswith(b"HTTP/1.1 404")

    assert caplog.records == []


def test_a_server_that_stops_while_clients_connect_leaves_no_connection() -> None:
    with NovuSimulator(secret_key=KEY) as novu:
        for _ in range(20):
            with CloudServer(Cloud(novu)) as server:
                clients = [connected(server) for _ in range(10)]
            for client in clients:
                client.close()
    gc.collect()  # what was left open warns now, and a warning is an error


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
    sized: list[str] = []
    monkeypatch.setattr(http, "_size", lambda request: sized.append(request.path) or 5)
    requests.clear()  # a test may
    for number in range(100):
        requests.append(ApiRequest("GET", f"/{number}"))
    assert [request.path for request in requests] == ["/98", "/99"]
    assert len(sized) <= 2 * 100 + 1, "what is kept is measured again for each request"
    monkeypatch.undo()
    monkeypatch.setattr(Latest, "MAX_REQUESTS", 3)
    monkeypatch.setattr(Latest, "MAX_BYTES", 10)
    requests.clear()
    for number in range(4):
        requests.append(ApiRequest("GET", f"/{number}"))
    assert [request.path for request in requests] == ["/1", "/2", "/3"]
    assert (requests[-1].path, len(requests[:2])) == ("/3", 2)


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


def test_what_ended_the_server_is_raised_where_it_is_stopped() -> None:
    async def ends() -> None:
        raise SystemExit(3)

    @workflow("leaves")
    async def leaves(step: Step) -> None:
        async def resolver() -> Any:
            return await asyncio.create_task(ends())

        await step.in_app("a", resolver)

    with NovuSimulator(secret_key=KEY) as novu:
        novu.register(leaves)
        server = CloudServer(Cloud(novu)).start()
        with pytest.raises(httpx.HTTPError):
            httpx.post(
                f"{server.url}/v1/events/trigger",
                json={"name": "leaves", "to": "ann"},
                headers=AUTHORIZED,
            )
        with pytest.raises(SystemExit, match="3"):
            server.stop()
        server.stop()


def test_the_key_is_in_no_answer_log_or_timeline(
    server: CloudServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    body = json.dumps({"bridgeUrl": "http://127.0.0.1:1/api/novu", "name": "x", "to": "ann"}).encode()
    said = [
        spoken(server, f"GET / HTTP/1.1\r\nauthorization: ApiKey {KEY}\r\n: {KEY}\r\n\r\n".encode()).decode()
    ]
    with httpx.Client(base_url=server.url) as client:
        for value in (KEY, f"Bearer {KEY}", f"{KEY} {KEY}", f"ApiKey {KEY}x", f"ApiKey {KEY}"):
            said.append(client.get("/", headers={"authorization": value, "origin": "http://evil.test"}).text)
            for route in TABLE.routes[::2]:
                answer = client.request(
                    route.method, route.path, content=body, headers={"authorization": value}
                )
                said.append(answer.text + str(answer.headers))

    said += [server.novu.timeline(), caplog.text, *capfd.readouterr()]
    said += map(repr, (server, server.cloud, server.novu, server.requests))
    assert [text for text in said if KEY in text] == []
    assert len(said) > 2 * len(TABLE.routes)
