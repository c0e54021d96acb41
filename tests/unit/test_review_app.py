"""The page's own web app answers the page, and nobody else."""

from __future__ import annotations

import errno
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from novu_framework_testing.review import Change, ReviewServer, ReviewStore
from novu_framework_testing.review.assets import asset
from novu_framework_testing.review.changes import FileChange
from novu_framework_testing.review.search import WordSearch
from novu_framework_testing.review.view import list_entry
from tests.unit.test_review_store import change, kept, snapshot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return snapshot(
        tmp_path, "01-code-sms", "step: code\nchannel: sms\nstatus: delivered\n\ncontent:\n  body: old\n"
    )


@pytest.fixture
def store(tmp_path: Path, file: Path) -> ReviewStore:
    return kept(tmp_path, change(tmp_path, "01-code-sms", file.read_text().replace("old", "new")))


@pytest.fixture
def server(tmp_path: Path, store: ReviewStore) -> Iterator[ReviewServer]:
    with ReviewServer(tmp_path) as server:
        yield server


@pytest.fixture
def page(server: ReviewServer) -> Iterator[httpx.Client]:
    """Requests as the page makes them."""
    origin = f"http://127.0.0.1:{server.port}"
    with httpx.Client(base_url=server.url, headers={"origin": origin}, trust_env=False) as client:
        yield client


def decision(store: ReviewStore, action: str = "accept") -> dict[str, Any]:
    ((_, found),) = store.pending()
    return {"action": action, "changes": [{"id": found.id, "revision": found.revision}]}


def test_whoever_reads_the_address_may_connect_before_the_server_runs(tmp_path: Path) -> None:
    server = ReviewServer(tmp_path)
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as early, server:
        early.sendall(f"GET /{server.token}/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        assert early.recv(16).startswith(b"HTTP/1.1 200")


def test_the_page_shows_both_versions_and_accepts(page: httpx.Client, store: ReviewStore, file: Path) -> None:
    (listed,) = page.get("api/changes").json()["changes"]
    detail = page.get(f"api/changes/{listed['id']}").json()
    assert detail["old"]["outputs"] == {"body": "old"}
    assert detail["new"]["outputs"] == {"body": "new"}
    assert detail["new"]["facts"]["sms"]["encoding"] == "GSM-7"
    answer = page.post("api/decisions", json=decision(store))
    assert answer.status_code == 200
    assert "body: new" in file.read_text()
    accepted = page.get(f"api/changes/{listed['id']}").json()
    assert (accepted["status"], accepted["old"]["outputs"], accepted["stale"]) == (
        "accepted",
        {"body": "old"},
        False,
    )
    assert page.post(f"api/decisions/{answer.json()['decision']}/undo", json={}).status_code == 200
    assert "body: old" in file.read_text()


@pytest.mark.parametrize(
    ("change_request", "status"),
    [
        ({"headers": {"origin": "https://evil.test"}}, 403),
        ({"headers": {"origin": "null"}}, 403),
        ({"headers": {"origin": "http://127.0.0.1:1"}}, 403),
        ({"headers": {"origin": ""}}, 403),
        ({"headers": {"sec-fetch-site": "cross-site"}}, 403),
        ({"headers": {"host": "evil.test"}}, 403),
        ({"headers": {"host": "127.0.0.1.evil.test:80"}}, 403),
        ({"headers": {"sec-fetch-site": "same-site"}}, 403),
        ({"headers": {"content-type": "text/plain"}}, 415),
        ({"headers": {"content-type": "text/plain; application/json"}}, 415),
        ({"token": "wrong"}, 403),
        ({"token": ""}, 404),
        ({"method": "GET"}, 405),
    ],
)
def test_a_decision_from_elsewhere_is_refused(
    server: ReviewServer,
    page: httpx.Client,
    store: ReviewStore,
    file: Path,
    change_request: dict[str, Any],
    status: int,
) -> None:
    before = file.read_bytes()
    token = change_request.get("token", server.token)
    response = page.request(
        change_request.get("method", "POST"),
        f"http://127.0.0.1:{server.port}/{token}/api/decisions",
        json=decision(store),
        headers=change_request.get("headers", {}),
    )
    assert response.status_code == status
    assert file.read_bytes() == before
    assert len(store.pending()) == 1


def test_a_server_keeps_no_python_from_its_end_and_says_at_once_that_it_did_not_start(
    tmp_path: Path, server: ReviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(each.daemon for each in threading.enumerate() if each.name == "novu-review")
    monkeypatch.setattr(ReviewServer, "run", lambda self: None)
    other = ReviewServer(tmp_path)
    began = time.monotonic()
    with pytest.raises(RuntimeError, match=f"did not start on port {other.port}"):
        other.__enter__()
    other.__exit__()
    assert other._socket.fileno() == -1
    assert time.monotonic() - began < 5


def test_reading_needs_the_token_and_the_name_too(server: ReviewServer) -> None:
    root = f"http://127.0.0.1:{server.port}"
    for path in ("/", "/wrong/", "/wrong/api/changes", "/wrong/assets/review.js"):
        assert httpx.get(root + path, trust_env=False).status_code == (404 if path == "/" else 403)
    assert httpx.get(server.url, headers={"host": "evil.test"}, trust_env=False).status_code == 403


@pytest.mark.parametrize("name", ["..%2fapp.py", "%2e%2e/app.py", "app.py", "index.html", "..\\app.py"])
def test_only_the_pages_files_are_served(page: httpx.Client, name: str) -> None:
    assert page.get(f"assets/{name}").status_code == 404


def test_a_file_that_changed_since_is_refused_in_words(
    page: httpx.Client, store: ReviewStore, file: Path
) -> None:
    file.write_text("edited by hand\n")
    response = page.post("api/decisions", json=decision(store))
    assert response.status_code == 409
    assert "changed since the tests ran" in response.json()["detail"]
    assert file.read_text() == "edited by hand\n"
    assert page.get("api/changes").json()["changes"][0]["status"] == "pending"


def test_of_many_only_the_named_ones_are_decided_and_only_as_they_were_shown(
    page: httpx.Client, tmp_path: Path
) -> None:
    stems = [f"{number:02d}-code-sms" for number in range(1, 6)]
    files = [snapshot(tmp_path, stem, "old\n") for stem in stems]
    store = kept(tmp_path, *(change(tmp_path, stem, "new\n") for stem in stems))
    shown = {each["stem"]: each for each in page.get("api/changes").json()["changes"]}
    named = [{"id": shown[stem]["id"], "revision": shown[stem]["revision"]} for stem in stems[:4]]
    files[1].write_text("by hand\n")
    store.decide("reject", [(shown[stems[2]]["id"], None)])
    named[3]["revision"] = "another"
    answer = page.post("api/decisions", json={"action": "accept", "changes": named}).json()
    assert answer["changes"] == [shown[stems[0]]["id"]]
    assert answer["refused"].keys() == {each["id"] for each in named[1:]}
    assert [file.read_text() for file in files] == ["new\n", "by hand\n", "old\n", "old\n", "old\n"]
    for body in ({}, {"action": "accept"}, {"action": "accept", "changes": []},
                 {"action": "accept", "changes": "all"}, {"action": "accept", "changes": [{"id": named[3]["id"]}]},
                 {"action": "undo", "changes": named}):  # fmt: skip
        assert page.post("api/decisions", json=body).status_code == 422
    assert files[3].read_text() == "old\n"


def test_a_request_is_bounded(page: httpx.Client, store: ReviewStore) -> None:
    wanted = json.dumps(decision(store)).encode()
    headers = {"content-type": "application/json"}
    for body, status in [
        (wanted + b" " * 2_000_000, 413),
        (iter([wanted]), 413),  # which does not say how long it is
        (json.dumps({"action": "accept", "changes": [{"id": "a", "revision": "b"}] * 20_001}).encode(), 422),
        (json.dumps({"action": "accept", "changes": [{"id": "a" * 101, "revision": "b"}]}).encode(), 422),
    ]:
        assert page.post("api/decisions", content=body, headers=headers).status_code == status
    assert len(store.pending()) == 1
    assert page.post("api/decisions", content=wanted, headers=headers).status_code == 200


def test_a_full_disk_is_said_with_the_file(
    page: httpx.Client, store: ReviewStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    wanted = decision(store)
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    answer = page.post("api/decisions", json=wanted)
    assert answer.status_code == 500
    assert "No space left on device" in answer.json()["detail"]
    assert file.read_bytes() == before


def test_a_change_that_is_gone_is_not_found(page: httpx.Client) -> None:
    assert page.get("api/changes/nothing").status_code == 404
    request = {"action": "accept", "changes": [{"id": "nothing", "revision": "x"}]}
    assert page.post("api/decisions", json=request).status_code == 404
    for decision_id in ("nothing", "..%2f..%2fchanges%2fx"):
        assert page.post(f"api/decisions/{decision_id}/undo", json={}).status_code == 404


def test_nothing_is_left_to_the_browsers_kindness(page: httpx.Client) -> None:
    headers = page.get("").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    expected = {
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
    }
    assert expected.items() <= dict(headers).items()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html"),
        *((f"assets/{name}.js", "text/javascript") for name in ("review", "list", "previews", "marks")),
        *((f"assets/{name}.css", "text/css") for name in ("style", "previews")),
    ],
)
def test_the_page_and_its_files(page: httpx.Client, name: str, kind: str) -> None:
    answer = page.get(name)
    assert answer.text == asset(name.removeprefix("assets/") or "index.html")
    assert answer.headers["content-type"].split(";")[0] == kind


def test_what_the_page_is_told(page: httpx.Client, store: ReviewStore, tmp_path: Path) -> None:
    wanted = decision(store, "reject")
    (listed,) = store.tests()
    waiting = [list_entry(listed, each) for each in listed.changes]
    assert page.get("api/changes").json() == {
        "project": tmp_path.name,
        "changes": waiting,
        "lastDecision": None,
    }
    assert waiting[0] == {
        "id": wanted["changes"][0]["id"], "revision": wanted["changes"][0]["revision"], "kind": "changed",
        "status": "pending", "step": "01-code-sms", "stepName": "01 code SMS", "channel": "sms", "channelWord": "SMS", "workflow": "welcome",
        "title": "", "stem": "01-code-sms", "same": "", "gist": "", "test": "tests/test_shop.py::test_welcome",
        "testTitle": "Welcome", "testName": "Welcome", "testCase": "", "testPlace": "Shop", "workflowName": "", "recipient": {},
    }  # fmt: skip
    headers = {"content-type": "application/json ; charset=utf-8", "sec-fetch-site": "same-origin"}
    answer = page.post("api/decisions", content=json.dumps(wanted), headers=headers)
    told = answer.json()
    assert answer.status_code == 200
    assert told == {
        "decision": store.last_decision(),
        "action": "reject",
        "changes": [waiting[0]["id"]],
        "refused": {},
        "why": "",
    }
    assert page.get("api/changes").json()["lastDecision"] == told["decision"]
    assert page.post(f"api/decisions/{told['decision']}/undo", json={}).json() == told
    assert store.last_decision() is None


def test_changes_are_found_by_the_words_of_both_versions_and_by_no_markup(
    page: httpx.Client, tmp_path: Path
) -> None:
    html = "<style>p { color: tomato }</style><p class='hidden'>Your <b>B\u00dcCHER</b> &amp; more</p>"
    body = FileChange("__snapshots__/test_shop/test_welcome/02-mail-email.html", None, html)
    said = "colours\nthe colour of “Hello” changed: Red became blue"
    kept(tmp_path, Change("mail", "new", "mail", "email", None, "02-mail-email", "", (body,), said=said))

    def found(words: str) -> list[str]:
        return page.get("api/search", params={"words": words}).json()["found"]  # type: ignore[no-any-return]

    assert found("b\u00fccher your") == found("& more") == ["mail"]
    assert found("became blue") == found("red bücher") == ["mail"]  # what is said of it, too
    assert [found(words) for words in ("tomato", "hidden", "your novel")] == [[], [], []]
    assert page.get("api/search", params={"words": "a" * 201}).status_code == 422


@pytest.mark.parametrize(("action", "kept_as"), [("reject", "Say hello"), ("accept", "")])
def test_a_comment_comes_along_with_a_rejection_only(
    page: httpx.Client, store: ReviewStore, action: str, kept_as: str
) -> None:
    answer = page.post("api/decisions", json={**decision(store, action), "why": "Say hello"})
    assert answer.status_code == 200
    assert [change.why for test in store.tests() for change in test.changes] == [kept_as]


@pytest.mark.parametrize(("length", "is_read"), [(100, True), (101, False)])
def test_an_id_has_a_hundred_signs_at_most(
    page: httpx.Client, store: ReviewStore, length: int, is_read: bool
) -> None:
    asked = {"action": "accept", "changes": [{"id": "x" * length, "revision": "y"}]}
    assert (page.post("api/decisions", json=asked).status_code != 422) is is_read


def test_what_changes_say_is_read_once_while_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stems = [f"0{number}-step-sms" for number in range(3)]
    kept(tmp_path, *(change(tmp_path, stem, "x" * 99 + "\n") for stem in stems))
    read: list[str] = []
    monkeypatch.setattr(
        "novu_framework_testing.review.search._words", lambda files: read.append("") or "x" * 50
    )
    monkeypatch.setattr("novu_framework_testing.review.search._MOST_LETTERS", 303)
    search = WordSearch(ReviewStore(tmp_path))
    assert [len(search.found("x")) for _ in range(3)] == [3, 3, 3]
    assert len(read) == 3 * 2  # the old and the new version of each
    monkeypatch.setattr("novu_framework_testing.review.search._MOST_LETTERS", 302)
    search = WordSearch(ReviewStore(tmp_path))
    for known in (1, 2, 1):  # with the third everything before it is forgotten
        assert len(search.found("x")) == 3
        assert len(search._words) == known


def test_a_change_of_a_file_that_is_not_a_snapshot_is_forbidden(page: httpx.Client, tmp_path: Path) -> None:
    kept(tmp_path, Change("id", "new", "a", "sms", None, "s", "", (FileChange("setup.py", None, "x"),)))
    wanted = {"action": "accept", "changes": [{"id": "id", "revision": ""}]}
    wanted["changes"][0]["revision"] = page.get("api/changes").json()["changes"][0]["revision"]  # type: ignore[index]
    assert page.post("api/decisions", json=wanted).status_code == 403


def test_each_review_has_a_link_of_its_own(tmp_path: Path) -> None:
    with ReviewServer(tmp_path) as one, ReviewServer(tmp_path) as other:
        assert one.token != other.token
        assert len(one.token) >= 32
