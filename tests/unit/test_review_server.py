"""The server of the review page, what is found by words, and the document that needs no server."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
import re
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from novu_framework_testing.review import Change, ReviewServer, ReviewStore
from novu_framework_testing.review.changes import FileChange
from novu_framework_testing.review.document import offline_document, pack
from novu_framework_testing.review.search import WordSearch
from novu_framework_testing.review.server import serve
from tests.unit.review_stores import FOLDER, change, kept, snapshot

# --- the server ----------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_not_taken_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[socket.socket] = []
    real = socket.socket

    def counted(*given: Any) -> socket.socket:
        made.append(real(*given))
        return made[-1]

    with real() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setattr(socket, "socket", counted)
        with pytest.raises(OSError):  # noqa: PT011  # its words are of the system
            ReviewServer(tmp_path, port=other.getsockname()[1])
    assert [one.fileno() for one in made] == [-1]


def test_a_server_listens_on_this_machine_while_it_is_entered(tmp_path: Path) -> None:
    with ReviewServer(tmp_path, dirname="__mine__") as server:
        assert re.fullmatch(rf"http://127\.0\.0\.1:{server.port}/[\w-]{{32}}/", server.url)
        assert server.token in server.url
        for host in ("127.0.0.1", "localhost"):
            headers = {"host": f"{host}:{server.port}"}
            assert httpx.get(server.url, headers=headers, trust_env=False).status_code == 200
        thread = server._thread
    assert not thread.is_alive()
    assert server._socket.fileno() == -1


@pytest.mark.parametrize("opens", [True, False])
def test_serving_says_where_the_page_is_and_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    said: list[str] = []
    opened: list[Any] = []
    served: list[ReviewServer] = []

    class Timer:
        def __init__(self, seconds: float, call: Any, given: list[Any]) -> None:
            self.call, self.given = call, given

        def start(self) -> None:
            self.call(*self.given)

    monkeypatch.setattr("threading.Timer", Timer)
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(ReviewServer, "run", lambda self: served.append(self))
    serve(tmp_path, 0, opens, announce=said.append)
    (server,) = served
    server._socket.close()
    assert said == [
        f"Reviewing {tmp_path.resolve()} at {server.url}",
        "Anyone with this link can accept changes. Stop with Ctrl-C.",
    ]
    assert opened == ([server.url] if opens else [])


def test_the_page_is_of_this_folder_and_opened_unless_it_is_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[Any] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("threading.Timer.start", lambda self: started.append(self))
    monkeypatch.setattr(ReviewServer, "run", lambda self: self._socket.close())
    serve()
    assert f"Reviewing {tmp_path.resolve()} at http://127.0.0.1:" in capsys.readouterr().out
    assert len(started) == 1


# --- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("old", True),
        ("NEW", True),
        ("old new", True),
        ("old other", False),
        ("", True),
        ("straße", True),
        ("STRASSE", True),
        ("a & b", True),
        ("amp", False),
        ("tomato", False),
        ("p>", False),
        ("boldtext", False),
        ("bold text", True),
        ("iVBO", False),
    ],
)
def test_changes_are_found_by_what_is_read_in_either_version(tmp_path: Path, words: str, found: bool) -> None:
    snapshot(tmp_path, "01-mail-email", "old Straße")
    html = "<STYLE>p > a { color: tomato }\n</STYLE><p\nclass='amp'>a &amp; b <b>bold</b>text</p>"
    picture = base64.b64encode(b"iVBOR").decode()
    one = change(tmp_path, "01-mail-email", "new")
    files = (
        *one.files,
        FileChange(f"{FOLDER}/01-mail-email.html", None, html),
        FileChange(f"{FOLDER}/01-mail-email.phone.png", None, picture),
    )
    both = (Change(**{**vars_of(one), "files": files}), change(tmp_path, "02-text-sms", "nothing of it"))
    kept(tmp_path, *both)
    expected = [one.id for one in both if found and (one is both[0] or not words)]
    assert WordSearch(ReviewStore(tmp_path)).found(words) == expected


@pytest.mark.parametrize(
    ("said", "words", "found"),
    [
        ("body › image\n“Fuel pump” now comes before “Hello”", "pump.png", True),
        ("body › image “Fuel pump”", "PUMP.png", True),
        ("body › sizes\nthe image “Fuel pump” changed", "pump.png", True),
        ("body › sizes\nthe image “Fuel pump” changed", "c.test", False),
        ("body › sizes\nthe image “Fuel pump” changed", "card.png", False),
        ("body › text after “Fuel pump”", "pump.png", False),
        ("body › text", "pump.png", False),
    ],
)
def test_what_a_picture_is_called_finds_a_change_of_it(
    tmp_path: Path, said: str, words: str, found: bool
) -> None:
    html = "<img src='https://c.test/a/pump.png?v=1' alt='Fuel pump'><img src='/card.png' alt=Card><p>Hi</p>"
    one = change(tmp_path, "01-mail-email", "new")
    files = (*one.files, FileChange(f"{FOLDER}/01-mail-email.html", None, html))
    kept(tmp_path, Change(**{**vars_of(one), "files": files, "said": said}))
    assert bool(WordSearch(ReviewStore(tmp_path)).found(words)) is found


def test_an_accepted_change_is_found_by_what_it_said_before(tmp_path: Path) -> None:
    snapshot(tmp_path, "01-text-sms", "it was here\n")
    one = change(tmp_path, "01-text-sms", "it is there\n")
    store = kept(tmp_path, one)
    decision = store.decide("accept", [(one.id, None)])
    found = {words: bool(WordSearch(store).found(words)) for words in ("was here", "is there", "elsewhere")}
    assert found == {"was here": True, "is there": True, "elsewhere": False}
    store.undo(decision.id)
    assert WordSearch(store).found("was here is there") == [one.id]


def vars_of(one: Change) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


# --- the document --------------------------------------------------------------------------------------


def unpacked(text: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(text)))


@pytest.mark.parametrize(
    ("data", "read"),
    [
        ({"a": [1, "é", None, True, 1.5]}, {"a": [1, "é", None, True, 1.5]}),
        ({"a": [math.nan, (math.inf, 1)], "b": -math.inf}, {"a": ["nan", ["inf", 1]], "b": "-inf"}),
        ({"a": {"b": math.nan, "c": 2.5, "d": "x"}}, {"a": {"b": "nan", "c": 2.5, "d": "x"}}),
    ],
)
def test_data_is_packed_the_same_each_time_whatever_numbers_it_has(data: Any, read: Any) -> None:
    assert unpacked(pack(data)) == read
    assert pack(data) == pack(data)
    assert base64.b64decode(pack(data))[4:8] == bytes(4)  # no time in it
    assert b" " not in gzip.decompress(base64.b64decode(pack(data)))


def test_the_document_loads_nothing_and_runs_its_own_scripts_alone() -> None:
    page = offline_document("A & <b>", "<main></main>", styles="p{}", scripts="run('é')", data={"a": 1})
    digest = base64.b64encode(hashlib.sha256("run('é')".encode()).digest()).decode()
    assert "<title>A &amp; &lt;b&gt;</title>\n<style>p{}</style>" in page
    assert (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        in page
    )
    assert "form-action 'none'; base-uri 'none'\">" in page
    assert "<body>\n<main></main>\n<script" in page
    (packed,) = re.findall(r'<script type="text/plain" id="packed">(.+)</script>', page)
    assert unpacked(packed) == {"a": 1}
    assert page.startswith("<!doctype html>\n<html")
    assert page.endswith("<script>run('é')</script>\n</body>\n</html>\n")
