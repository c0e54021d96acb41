"""While pytest runs with the plugin, no client reaches the real Novu: it fails at once and says which fixture to ask for."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from typing import Any

import httpx
import httpx2
import pytest
import respx

from novu_framework import Client
from novu_framework._internal.network import REFUSED as RUNTIMES_NAME
from novu_framework._internal.network import is_loopback, refuse_connection
from novu_framework.client import Retries
from novu_framework.errors import NovuApiUnreachableError
from novu_framework_testing.api.server import CloudServer
from novu_framework_testing.plugin.network import REFUSED, WHY, _without_novu

KEY = "nv-network-key"


def no_pause(seconds: float) -> None:
    raise AssertionError("a call that can never succeed is not tried again")


def client_of(url: str | None = None, **options: Any) -> Client:
    return Client(KEY, url, retries=Retries(sleep=no_pause, sleep_async=no_pause), **options)  # type: ignore[arg-type]


def in_a_thread(call: Callable[[], Any]) -> None:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    raise raised[0]


async def an_async_get() -> None:
    async with httpx.AsyncClient() as http:
        await http.get("https://eu.api.novu.co/v1")


def from_novu_py() -> None:
    import novu_py

    with novu_py.Novu(secret_key=KEY) as novu:
        novu.trigger(trigger_event_request_dto={"workflow_id": "w", "to": "ann"})


OURS: dict[str, Callable[[], Any]] = {
    "trigger": lambda: client_of().trigger("w", "ann"),
    "broadcast": lambda: client_of().broadcast("w"),
    "bulk": lambda: client_of().trigger_bulk([{"name": "w", "to": "ann"}]),
    "cancel": lambda: client_of().cancel("t"),
    "async": lambda: asyncio.run(client_of().trigger_async("w", "ann")),
    "a thread": lambda: in_a_thread(lambda: client_of().trigger("w", "ann")),
    "the other region": lambda: client_of("https://eu.api.novu.co").trigger("w", "ann"),
    "a host of one's own": lambda: client_of("https://novu.acme.test/api").trigger("w", "ann"),
    "an address": lambda: client_of("http://10.1.2.3:3000").trigger("w", "ann"),
    "an address, async": lambda: asyncio.run(client_of("http://10.1.2.3:3000").trigger_async("w", "ann")),
    "an address of six": lambda: client_of("http://[2001:db8::1]:3000").trigger("w", "ann"),
}
OTHERS: dict[str, Callable[[], Any]] = {
    "httpx": lambda: httpx.get("https://api.novu.co/v1"),
    "httpx, async": lambda: asyncio.run(an_async_get()),
    "urllib": lambda: urllib.request.urlopen("https://api.novu.co/v1"),
    "asyncio": lambda: asyncio.run(asyncio.open_connection("API.novu.co.", 443)),
    "a socket": lambda: socket.create_connection(("eu.api.novu.co", 443)),
    "a thread": lambda: in_a_thread(lambda: urllib.request.urlopen("https://api.novu.co")),
    "bytes": lambda: socket.getaddrinfo(b"api.novu.co", 443),
    "a bytearray": lambda: socket.getaddrinfo(bytearray(b"api.novu.co"), 443),
    "by name": lambda: socket.getaddrinfo(host="novu.co", port=443),
    "httpx2": lambda: httpx2.get("https://api.novu.co/v1"),
    "novu-py": from_novu_py,
}


@pytest.mark.parametrize(
    "call", [*OURS.values(), *OTHERS.values()], ids=[*OURS, *(f"others: {one}" for one in OTHERS)]
)
def test_a_call_fails_at_once_and_names_the_fixtures_and_the_key(call: Callable[[], Any]) -> None:
    with pytest.raises(RuntimeError, match=r"`novu_cloud`.*`novu_cloud_server`.*`novu_allow_network = true`"):
        call()


def test_a_proxy_is_no_way_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://10.1.2.3:3128")
    with pytest.raises(RuntimeError, match="novu_cloud"):
        client_of().trigger("w", "ann")


@pytest.mark.parametrize("through", ["connection", "socks", "proxy"])
@pytest.mark.parametrize("to", ["tcp", "unix_socket"])
def test_no_connection_is_opened_through_anything(through: str, to: str) -> None:
    with pytest.raises(RuntimeError, match="novu_cloud"):
        refuse_connection(f"{through}.connect_{to}.started", {})
    refuse_connection("http11.send_request_headers.started", {})  # of a connection that there is


def test_a_proxy_by_socks_is_no_way_around_it_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(RuntimeError, match="novu_cloud"):
        client_of().trigger("w", "ann")
    with pytest.raises(RuntimeError, match="novu_cloud"):
        asyncio.run(client_of().trigger_async("w", "ann"))


def test_a_test_that_clears_the_environment_does_not_open_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        monkeypatch.delenv(name)
    with pytest.raises(RuntimeError, match="novu_cloud"):
        client_of().trigger("w", "ann")


def test_a_process_that_a_test_starts_is_refused_as_well() -> None:
    code = "from novu_framework import Client; Client('nv-network-key').trigger('w', 'ann')"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f"RuntimeError: {WHY}" in ran.stderr


def test_the_host_of_the_environment_is_one_of_novus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVU_API_URL", "https://Novu.acme.test:8443/api")
    with pytest.raises(RuntimeError, match=r"looked up novu\.acme\.test"):
        urllib.request.urlopen("https://novu.acme.test:8443/api")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_may_be_called(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVU_API_URL", "http://localhost:1")
    assert socket.getaddrinfo(host, 80)
    url = f"http://[{host}]:1" if ":" in host else f"http://{host}:1"
    with pytest.raises(NovuApiUnreachableError):
        Client(KEY, url, max_retries=0).trigger("w", "ann")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("novu.localhost", True),
        ("api.novu.co", False),
        ("notlocalhost", False),
        ("localhost.test", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_this_machine_is_known_by_its_names_and_addresses(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize("host", ["novu.co.test", "notnovu.co", "api.novu.com", "xnovu.co"])
def test_hosts_that_only_look_like_novus_are_looked_up(host: str) -> None:
    asked = []
    guarded = _without_novu(lambda *args, **kwargs: asked.append((args, kwargs)) or "found")
    assert guarded(host, 443, type=1) == "found"
    assert asked == [((host, 443), {"type": 1})]


class TestMocks:
    """What answers in the place of Novu is not in the way of anything."""

    def test_the_fixture(self, novu_cloud: Any) -> None:
        assert Client(novu_cloud.secret_key).request("GET", "/v2/topics")["data"] == []
        assert httpx.get("https://api.novu.co/v2/topics").status_code == 401

    async def test_the_fixture_async(self, novu_cloud: Any) -> None:
        async with Client(novu_cloud.secret_key) as client:
            assert (await client.request_async("GET", "/v2/topics"))["data"] == []

    def test_the_server(self, novu_cloud_server: CloudServer) -> None:
        client = Client(novu_cloud_server.secret_key, novu_cloud_server.url)
        assert client.request("GET", "/v2/topics")["data"] == []

    @respx.mock
    def test_respx(self, respx_mock: respx.MockRouter) -> None:
        respx_mock.get("https://api.novu.co/v2/topics").respond(json={"data": [1]})
        assert Client(KEY).request("GET", "/v2/topics") == {"data": [1]}

    def test_a_transport(self) -> None:
        transport = httpx.MockTransport(lambda request: httpx.Response(200, json=[2]))
        assert Client(KEY, transport=transport).request("GET", "/v2/topics") == [2]

    def test_a_patched_transport_of_httpx_as_pytest_httpx_makes_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = httpx.Response(200, json=[3])
        monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda self, request: answer)
        assert Client(KEY).request("GET", "/v2/topics") == [3]


def test_the_variable_is_the_runtimes() -> None:
    assert REFUSED == RUNTIMES_NAME
    assert os.environ[REFUSED] == WHY


INNER = """
    import os, socket
    import pytest
    from novu_framework import Client
    from novu_framework.errors import NovuApiUnreachableError

    def test_it():
        assert ("NOVU_CALLS_REFUSED" in os.environ) is {refused}
        with pytest.raises(RuntimeError if {refused} else socket.gaierror):
            socket.getaddrinfo("api.novu.co", 443)
        with pytest.raises(RuntimeError if {refused} else NovuApiUnreachableError):
            Client("nv-network-key", max_retries=0).trigger("w", "ann")
"""


@pytest.mark.parametrize(
    ("ini", "refused"),
    [("", True), ("novu_allow_network = false", True), ("novu_allow_network = true", False)],
)
def test_the_ini_key_opens_the_way_and_the_end_of_a_run_puts_all_back(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ini: str, refused: bool
) -> None:
    def no_network(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror("asked")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    pytester.makeini(f"[pytest]\nasyncio_default_fixture_loop_scope = function\n{ini}\n")
    pytester.makepyfile(INNER.format(refused=refused))
    pytester.inline_run("-p", "no:randomly", "-p", "no:cacheprovider").assertoutcome(passed=1)
    assert socket.getaddrinfo is no_network
    assert os.environ[REFUSED] == WHY


APP = """
import os, socket
refused = os.environ.get("NOVU_CALLS_REFUSED", "").startswith("A test called the real Novu")
try:
    socket.getaddrinfo("api.novu.co", 443)
except Exception as error:
    refused = refused and type(error) is RuntimeError
def test_it():
    assert refused is {refused}
"""


@pytest.mark.parametrize("name", ["conftest", "an imported app"])
@pytest.mark.parametrize(("ini", "refused"), [("", True), ("novu_allow_network = true", False)])
def test_the_way_is_closed_before_an_app_is_imported(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, name: str, ini: str, refused: bool
) -> None:
    def no_network(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror("asked")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    monkeypatch.delenv(REFUSED)
    pytester.makeini(f"[pytest]\nasyncio_default_fixture_loop_scope = function\n{ini}\n")
    source = APP.format(refused=refused)
    pytester.makeconftest("from app_of_it import test_it" if name == "an imported app" else source)
    pytester.makepyfile(app_of_it=source, test_inner="from conftest import test_it")
    pytester.inline_run("-p", "no:randomly", "-p", "no:cacheprovider").assertoutcome(passed=1)
