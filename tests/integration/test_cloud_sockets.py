"""The sockets of web pages with an inbox: who gets one, what they hear, and how much they may cost."""

from __future__ import annotations

import gc
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud, sockets, websocket
from novu_framework_testing.api import server as served
from novu_framework_testing.api.server import CloudServer
from tests.integration import workflows
from tests.integration.page_socket import PageSocket
from tests.tables import one_in

KEY = "sk-of-this-server"
ALLOWED = "https://app.acme.test"


@pytest.fixture
def server() -> Iterator[CloudServer]:
    with NovuSimulator(secret_key=KEY) as novu, CloudServer(Cloud(novu), origins=[ALLOWED]) as server:
        novu.register(*workflows.ALL)
        yield server


def token(server: CloudServer, **body: Any) -> str:
    body = {"applicationIdentifier": "app", "subscriber": "ann", **body}
    return str(httpx.post(f"{server.url}/v1/inbox/session", json=body).json()["data"]["token"])


@pytest.fixture
def page(server: CloudServer) -> Iterator[PageSocket]:
    with closing(PageSocket(server.url, token(server))) as page:
        yield page


def comment(novu: NovuSimulator, **more: Any) -> Any:
    event = {"to": "ann", "payload": {"comment": "Hi", "post_id": "1"}, **more}
    return novu.trigger("comment-notification", **event).run.messages[0]


def counts(unread: int, **severities: int) -> dict[str, Any]:
    by_severity = {"high": 0, "medium": 0, "low": unread, "none": 0, **severities}
    return {"unreadCount": unread, "hasMore": False, "counts": {"total": unread, "severity": by_severity}}


def test_a_trigger_is_heard(server: CloudServer, page: PageSocket) -> None:
    message = comment(server.novu)

    name, data = page.event()
    assert (name, data["message"]["_id"], data["message"]["content"]) == (
        "notification_received",
        message.id,
        "New comment: Hi",
    )
    assert data["message"]["cta"]["action"]["buttons"][0]["url"] == "https://acme.test/reply"
    assert page.event() == ("unseen_count_changed", {"unseenCount": 1, "hasMore": False})
    assert page.event() == ("unread_count_changed", counts(1))


def test_changes_are_heard_from_wherever_they_come(server: CloudServer, page: PageSocket) -> None:
    message = comment(server.novu)
    heard = [page.event()[0] for _ in range(3)]
    message.mark_seen()
    assert page.event() == ("unseen_count_changed", {"unseenCount": 0, "hasMore": False})
    with httpx.Client(base_url=server.url, headers={"authorization": f"ApiKey {KEY}"}) as client:
        client.patch(f"/v2/subscribers/ann/notifications/{message.id}/read")
    assert page.event() == ("unread_count_changed", counts(0))
    server.novu.messages.remove(message.id)
    assert page.event() == ("unread_count_changed", counts(0))
    assert heard == ["notification_received", "unseen_count_changed", "unread_count_changed"]


def test_only_the_subscriber_hears_and_only_in_the_context_of_the_page(server: CloudServer) -> None:
    acme = {"tenant": "acme"}
    with (
        closing(PageSocket(server.url, token(server, context=acme))) as in_context,
        closing(PageSocket(server.url, token(server, subscriber="bob"))) as bob,
    ):
        comment(server.novu)
        theirs = comment(server.novu, context=acme)
        for_bob = comment(server.novu, to="bob")
        names = [in_context.event() for _ in range(3)]
        received = [data["message"]["_id"] for name, data in names if name == "notification_received"]
        assert received == [theirs.id]
        assert bob.event()[1]["message"]["_id"] == for_bob.id


def until(condition: Callable[[], object]) -> None:
    while not condition():
        time.sleep(0.01)


def test_a_subscriber_is_online_while_a_page_is_open(server: CloudServer, page: PageSocket) -> None:
    ann = server.novu.subscribers["ann"]
    assert ann.is_online
    with closing(PageSocket(server.url, token(server))):
        pass
    assert ann.is_online
    page.close()
    until(lambda: ann.is_online is False)


@pytest.mark.parametrize(
    ("given", "headers", "status"),
    [("", {}, 401), ("x.y.z", {}, 401), (KEY, {}, 401), ("real", {"origin": "https://evil.test"}, 403), ("real", {"origin": "null"}, 403),
     ("real", {"origin": ALLOWED}, 101), ("real", {"origin": "http://localhost:5173"}, 101), ("", {"origin": "https://evil.test"}, 403)],
)  # fmt: skip
def test_who_gets_a_socket(server: CloudServer, given: str, headers: dict[str, str], status: int) -> None:
    ours = token(server) if given == "real" else given

    with closing(PageSocket(server.url, ours, **headers)) as page:
        assert page.status == status


def test_another_name_that_leads_here_gets_none(server: CloudServer) -> None:
    asked = {"host": "evil.test", "upgrade": "websocket", "connection": "upgrade"}
    answer = httpx.get(f"{server.url}/socket.io/?token={token(server)}", headers=asked)

    assert answer.status_code == 403


def test_polling_is_refused_with_what_to_do(server: CloudServer) -> None:
    answer = httpx.get(f"{server.url}/socket.io/?EIO=4&transport=polling&token={token(server)}")

    assert answer.status_code == 400
    assert 'transports: ["websocket"]' in answer.json()["message"]


def test_no_more_sockets_than_may_be_open(server: CloudServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "MAX_SOCKETS", 1)
    with closing(PageSocket(server.url, token(server))) as first:
        assert PageSocket(server.url, token(server)).status == 503
        first.close()

    def opened() -> bool:
        with closing(PageSocket(server.url, token(server))) as page:
            return page.status == 101

    until(opened)


def test_a_socket_takes_no_turn_of_others(server: CloudServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "MAX_CONNECTIONS", 1)
    with NovuSimulator(secret_key=KEY) as novu, CloudServer(Cloud(novu)) as other:
        ours = token(other)
        with closing(PageSocket(other.url, ours)):
            headers = {"authorization": f"ApiKey {KEY}"}
            assert httpx.get(f"{other.url}/v2/topics", headers=headers, timeout=60).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [b"\x00", b"\xff" * 100, b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff" + b"x" * 100, b"\x81\x05hello", b"GET / HTTP/1.1\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_websocket_ends_the_socket_and_nothing_else(
    server: CloudServer, page: PageSocket, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(PageSocket(server.url, token(server))) as other:
        page.send(sent + b"\0" * 10)
        page.close()
        comment(server.novu)
        assert other.event()[0] == "notification_received"
    assert [record for record in caplog.records if record.name == "asyncio"] == []


@pytest.mark.parametrize(
    "text", ["4", "9", "42", '42["x"]', "4{", "451-", "\0", "é", "41", '40/admin,{"a":1}', "5", "6"]
)
def test_what_is_no_socket_io_does_no_harm(server: CloudServer, page: PageSocket, text: str) -> None:
    page.say(text)
    with closing(PageSocket(server.url, token(server))) as other:
        comment(server.novu)
        assert other.event()[0] == "notification_received"


KEY_SENT = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
SHAKE = ["Connection: keep-alive, Upgrade", "Upgrade: websocket", KEY_SENT, "Sec-WebSocket-Version: 13"]
ODD_UPGRADES: dict[str, tuple[str, list[str], int]] = {
    "a right one": ("GET", SHAKE, 101),
    "no Connection": ("GET", SHAKE[1:], 400),
    "another Connection": ("GET", ["Connection: keep-alive", *SHAKE[1:]], 400),
    "a Connection that is no ASCII": ("GET", ["Connection: \xe9", *SHAKE[1:]], 400),
    "no key": ("GET", [*SHAKE[:2], SHAKE[3]], 400),
    "a short key": ("GET", [*SHAKE[:2], "Sec-WebSocket-Key: abc", SHAKE[3]], 400),
    "a key that is no ASCII": ("GET", [*SHAKE[:2], "Sec-WebSocket-Key: \xe9", SHAKE[3]], 400),
    "version 8": ("GET", [*SHAKE[:3], "Sec-WebSocket-Version: 8"], 426),
    "a version that is no number": ("GET", [*SHAKE[:3], "Sec-WebSocket-Version: \xe9"], 426),
    "no version": ("GET", SHAKE[:3], 400),
    "a POST": ("POST", [*SHAKE, "Content-Length: 0"], 400),
    "an extension that is no ASCII": ("GET", [*SHAKE, "Sec-WebSocket-Extensions: \xe9"], 101),
}


def is_well(server: CloudServer, caplog: pytest.LogCaptureFixture) -> None:
    """The API answers, and nothing was logged as an error, also of what nobody has waited for."""
    headers = {"authorization": f"ApiKey {KEY}"}
    assert httpx.get(f"{server.url}/v2/topics", headers=headers, timeout=60).status_code == 200
    gc.collect()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("how", one_in(3, ODD_UPGRADES))
def test_an_odd_upgrade_is_answered(server: CloudServer, how: str, caplog: pytest.LogCaptureFixture) -> None:
    method, headers, status = ODD_UPGRADES[how]
    host, port = server.url.removeprefix("http://").split(":")
    target = f"/socket.io/?EIO=4&transport=websocket&token={token(server)}"
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}:{port}", *headers, "", ""]
    with socket.create_connection((host, int(port)), timeout=60) as client:
        client.sendall("\r\n".join(lines).encode("latin-1"))
        answer = client.recv(65536).decode("latin-1").lower()
    assert answer.startswith(f"http/1.1 {status} ")
    assert ("sec-websocket-version: 13" in answer) is (status != 101)
    is_well(server, caplog)


NO_PACKETS = ["", "z9", "7", "9", "b!!", "-1", "4", "4{", '4{"a":1}', "4true", "4null", "42", "42{[", "427", '42{"a":1}', "42[",
              "43", "44", "47", "4é", "4²", "451-", "4[" + "[" * 30_000, "40{", "42" + "1" * 200, "4" + "9" * 50 + "-"]  # fmt: skip
UNHEARD = ["0", "2", "3", "5", "6", '42["x"]', "42[]", "42[{}]", '42["connect"]', '42["connect",{}]', '42["disconnect"]', '427["x"]', "43[]",
           '439["x"]', '451-["x",{"_placeholder":true,"num":7}]', "461-[]", "40", '40{"token":1}', "40/admin,", "41/admin,", "0{", "2probe"]  # fmt: skip


@pytest.mark.parametrize("packet", one_in(3, NO_PACKETS))
def test_what_is_no_packet_ends_the_socket(
    server: CloudServer, page: PageSocket, packet: str, caplog: pytest.LogCaptureFixture
) -> None:
    page.say(packet)
    assert page.ended() == 1002
    is_well(server, caplog)


@pytest.mark.parametrize("packet", one_in(3, UNHEARD))
def test_what_nobody_listens_to_is_passed_over(
    server: CloudServer, page: PageSocket, packet: str, caplog: pytest.LogCaptureFixture
) -> None:
    page.say(packet)
    page.send(b"\x82\x81\0\0\0\0x")  # and bytes
    comment(server.novu)
    while "notification_received" not in page.text():
        assert page.closed is None
    is_well(server, caplog)


def test_a_message_has_so_many_pieces(
    server: CloudServer, page: PageSocket, caplog: pytest.LogCaptureFixture
) -> None:
    start, piece, end = b"\x01\x80\0\0\0\0", b"\0\x80\0\0\0\0", b"\x80\x81\0\0\0\x003"
    for _ in range(2):  # each message has as many
        page.send(start + piece * (websocket.MAX_PIECES - 2) + end)
    comment(server.novu)
    assert page.event()[0] == "notification_received"
    page.send(start + piece * websocket.MAX_PIECES)
    assert page.ended() == 1009
    is_well(server, caplog)


def test_a_message_has_a_limit(
    server: CloudServer, page: PageSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket, "MAX_MESSAGE_BYTES", 1000)
    page.say("3" + "x" * 999)
    page.say("3" + "x" * 1000)

    assert page.ended() == 1009


def test_a_page_that_does_not_read_loses_its_socket_and_holds_nobody_up(
    server: CloudServer, page: PageSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket, "MAX_SECONDS_TO_TAKE", 0.1)
    ann = server.novu.subscribers["ann"]
    while ann.is_online:
        comment(server.novu, payload={"comment": "x" * 1_000_000, "post_id": "1"})
    assert httpx.get(f"{server.url}/v2/topics", timeout=60).status_code == 401


def test_a_server_that_stops_with_open_sockets_logs_nothing(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with NovuSimulator(secret_key=KEY) as novu:
        novu.register(*workflows.ALL)
        with CloudServer(Cloud(novu)) as server:
            pages = [PageSocket(server.url, ours := token(server)) for _ in range(5)]
            comment(novu)
        assert [page.ended() for page in pages]
        assert novu.subscribers.inbox_watchers == []

    assert not [thread for thread in threading.enumerate() if thread.name == "novu-cloud"]
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
    said = caplog.text + "".join(capfd.readouterr())
    assert ours not in said
    assert KEY not in said
