"""`novu-framework review list | show | accept | reject | summary | apply`, in this process."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework.cli.app import run as cli_run
from novu_framework.cli.review import review_root
from novu_framework_testing.review import Refused, ReviewStore
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.comments import MAX_COMMENT
from novu_framework_testing.review.decision_file import read_decisions
from novu_framework_testing.review.listing import changes_of_review
from novu_framework_testing.review.markdown import summary as markdown
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from tests.integration.review_projects import record, step, to_review

Command = Callable[..., tuple[int, str, str]]

STEPS = {
    "test_a": [
        (step("text", "sms", body="hi"), step("text", "sms", body="hello")),
        (step("foot", "sms", body="old foot"), step("foot", "sms", body="new foot")),
    ],
    "test_b": [
        (step("foot", "sms", workflow="club", body="old foot"), step("foot", "sms", workflow="club", body="new foot")),
        (step("gone", "sms", workflow="club", body="bye"), None),
    ],
}  # fmt: skip
TEXT, FOOT, CLUB, GONE = range(4)


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    return to_review(tmp_path, STEPS)


@pytest.fixture
def command(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.chdir(store.root)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        status = cli_run(["review", *arguments])
        written = capsys.readouterr()
        return status, written.out, written.err

    return run


def ids(store: ReviewStore) -> list[str]:
    return [change.id for test in store.tests() for change in test.changes]


def statuses(store: ReviewStore) -> str:
    """The first letters of the statuses of all changes."""
    return "".join(change.status[0] for test in ReviewStore(store.root).tests() for change in test.changes)


def given(store: ReviewStore, argument: str) -> str:
    """An argument, in which `{0}` is the id of the first change, and `{0r}` its revision."""
    every = [change for test in store.tests() for change in test.changes]
    for number, change in enumerate(every):
        argument = argument.replace(f"{{{number}}}", change.id).replace(f"{{{number}r}}", change.revision)
    return argument


@pytest.mark.parametrize(
    ("arguments", "after", "status"),
    [
        (["accept", "{0}"], "appp", 0),
        (["reject", "{0}", "{1}"], "rrpp", 0),
        (["accept", "{0}", "{0}"], "appp", 0),
        (["accept", "{0}@{0r}"], "appp", 0),
        (["accept", "{0}@{1r}"], "pppp", 1),
        (["accept", "{0}@{1r}", "{1}"], "papp", 1),
        (["accept", "--equal", "{1}"], "paap", 0),
        (["reject", "--equal", "{1}@{1r}", "--why", "no"], "prrp", 0),
        (["accept", "--equal", "{1}@{2r}"], "pppp", 1),
        (["accept", "--equal", "{1}@none"], "pppp", 1),
        (["accept", "--equal", "{1}@{1r}"], "paap", 0),
        (["accept", "--all"], "aaaa", 0),
        (["reject", "--all", "--workflow", "club"], "pprr", 0),
        (["accept", "--workflow", "club"], "ppaa", 0),
        (["accept", "--status", "pending"], "aaaa", 0),
        (["accept", "--status", "rejected"], "pppp", 2),
        (["accept", "--status", "odd"], "pppp", 2),
        (["accept", "--workflow", "nobody"], "pppp", 2),
        (["accept"], "pppp", 2),
        (["accept", "{0}", "--all"], "pppp", 2),
        (["accept", "nobody"], "pppp", 2),
        (["accept", ""], "pppp", 2),
        (["accept", "{0}", "nobody"], "pppp", 2),
        (["accept", "{0}", "--why", "no"], "pppp", 2),
        (["reject", "{0}", "--why", "x" * (MAX_COMMENT + 1)], "pppp", 2),
    ],
    ids=lambda value: " ".join(map(str, value))[:60] if isinstance(value, list) else None,
)
def test_a_decision(
    command: Command, store: ReviewStore, arguments: list[str], after: str, status: int
) -> None:
    found = command(*(given(store, each) for each in arguments))
    assert (statuses(store), found[0]) == (after, status)
    assert "Traceback" not in "".join(found[1:])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "Which changes?"), (["{0}", "--all"], "not both"), (["{0}", "--status", "pending"], "not both")],
)
def test_changes_that_are_chosen_in_no_way_or_in_two_are_asked_for(
    command: Command, store: ReviewStore, arguments: list[str], said: str
) -> None:
    assert said in command("accept", *(given(store, each) for each in arguments))[2]


def test_a_decision_for_a_script(command: Command, store: ReviewStore) -> None:
    first, second = ids(store)[:2]
    command("accept", first)
    status, out, _ = command("reject", first, second, "--why", "Say hello", "--json")
    answer = json.loads(out)
    assert (status, answer) == (
        1,
        {
            "decision": store.last_decision(),
            "action": "reject",
            "changes": [second],
            "refused": [{"id": first, "why": "Someone has accepted this already."}],
        },
    )
    status, out, _ = command("accept", f"{second}@old", "--json")
    assert (status, json.loads(out)["decision"]) == (1, None)


def test_an_id_may_be_cut_short_while_it_says_which(command: Command, store: ReviewStore) -> None:
    first = ids(store)[0]
    assert command("reject", first[:8])[0] == 0
    assert statuses(store) == "rppp"
    beginnings = [each[0] for each in ids(store)]
    twice = next((each for each in beginnings if beginnings.count(each) > 1), None)
    if twice:
        status, _, err = command("show", twice)
        assert (status, "ids begin" in err) == (2, True)


@pytest.mark.parametrize(
    ("options", "expected", "status"),
    [
        ([], [TEXT, FOOT, CLUB, GONE], 1),
        (["--workflow", "club"], [CLUB, GONE], 1),
        (["--status", "rejected"], [TEXT], 0),
        (["--status", "accepted"], [], 0),
        (["--status", "pending", "--workflow", "shop"], [FOOT], 1),
    ],
)
def test_the_list_for_a_script(
    command: Command, store: ReviewStore, options: list[str], expected: list[int], status: int
) -> None:
    command("reject", ids(store)[TEXT], "--why", "Say hi")
    found, out, _ = command("list", "--json", *options)
    listed = json.loads(out)
    assert ([ids(store).index(each["id"]) for each in listed["changes"]], found) == (expected, status)
    assert listed["counts"] == {
        "pending": 3,
        "accepted": 0,
        "rejected": 1,
    }  # of the project, whatever is asked for
    assert (listed["kinds"], listed["different"]) == ({"changed": 3, "gone": 1}, 3)
    for each in listed["changes"]:
        assert each.keys() == {
            "id", "revision", "status", "why", "kind", "workflow", "step", "channel", "title", "gist", "same", "content", "test", "files",
                "testTitle", "testName", "testCase", "testPlace", "workflowName", "recipient",
        }  # fmt: skip
        assert each["why"] == ("Say hi" if each["status"] == "rejected" else "")


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["accept"], ["reject"]], ids=" ".join)
def test_a_workflow_that_is_not_there(command: Command, store: ReviewStore, arguments: list[str]) -> None:
    status, out, err = command(*arguments, "--workflow", "nope")
    assert (status, out) == (2, "")
    assert "There is no workflow 'nope' in this review." in err
    assert "There are: club, shop." in err


def test_the_list_for_a_person_has_equal_changes_once(command: Command, store: ReviewStore) -> None:
    status, out, _ = command("list")
    rows = [re.split(r" {2,}", line.strip()) for line in out.splitlines()]
    assert status == 1
    assert [row[1:] for row in rows[:4]] == [
        ["Message", "What changed"],
        ["shop: SMS changed", "body: hi → hello"],
        ["shop and 1 more: SMS changed, in 2 messages", "body: old foot → new foot"],
        ["club: SMS gone", "bye"],
    ]
    assert [row[0] for row in rows[1:4]] == [ids(store)[at][:8] for at in (TEXT, FOOT, GONE)]
    assert rows[4:] == [
        ["4 changes (3 changed, 1 gone) in 3 entries."],
        ["`accept ID --equal` decides on every message of an entry."],
    ]


@pytest.mark.parametrize(
    ("body", "said"), [("hello", "'Say hey'"), ("hi there", "an earlier version: 'Say hey'")]
)
def test_the_list_for_a_person_says_which_version_a_comment_is_about(
    command: Command, store: ReviewStore, body: str, said: str
) -> None:
    command("reject", ids(store)[TEXT], "--why", "Say hey")
    to_review(store.root, {"test_a": [(step("text", "sms", body="hi"), step("text", "sms", body=body))]})
    lines = [re.split(r" {2,}", line.strip())[-1] for line in command("list")[1].splitlines()]
    assert lines[lines.index(f"body: hi → {body}") + 1] == said


@pytest.mark.parametrize("known", [[True, True], [True, False], [False, False]])
def test_the_list_for_a_person_says_for_whom_a_message_is_where_that_is_known_of_any(
    command: Command, store: ReviewStore, known: list[bool]
) -> None:
    steps = [step(f"text-{number}", "sms", body="hi") for number in (0, 1)]
    made, _ = record(
        store.root,
        "test_a",
        [(each, dataclasses.replace(each, outputs={"body": each.step_id})) for each in steps],
    )
    of_somebody = [
        dataclasses.replace(files, context=StepContext(subscriber=f"ann-{number}") if known[number] else NO_CONTEXT)
        for number, files in enumerate(made.steps)
    ]  # fmt: skip
    changes = changes_of(store.root, [dataclasses.replace(made, steps=of_somebody)], [])
    store.replace(changes, ran=["__snapshots__/test_shop/test_a"])
    out = command("list")[1]
    assert ("For" in out.splitlines()[0].split()) is any(known)
    assert [f"ann-{number}" in out for number in (0, 1)] == known


def test_an_id_is_whole_however_narrow_the_terminal_is(
    command: Command, store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("novu_framework.cli.terminal.console._width", 20)
    words = command("list")[1].split()
    assert [ids(store)[at][:8] in words for at in (TEXT, FOOT, GONE)] == [True, True, True]


HOSTILE = "\x1b[2J[red]no[/] <b>@bob</b> `x`\n::error::no\u202e"


def test_what_a_person_reads_has_no_commands_to_the_terminal(command: Command, store: ReviewStore) -> None:
    command("reject", ids(store)[TEXT], "--why", HOSTILE)
    for arguments in (["list"], ["show", ids(store)[TEXT]], ["summary"]):
        status, out, _ = command(*arguments)
        assert all(line.isprintable() for line in out.splitlines()), arguments
        assert "[red]no[/]" in out.replace("\n", "")
        assert status == (1 if arguments == ["list"] else 0)
    assert "hello" in command("show", ids(store)[TEXT])[1]


@pytest.mark.parametrize(
    ("which", "differences", "old", "new"),
    [
        (TEXT, [{"part": "body", "old": "hi", "new": "hello", "hint": None}], True, True),
        (GONE, [{"part": "body", "old": "bye", "new": None, "hint": None}], True, False),
    ],
)
def test_one_change_for_a_script(
    command: Command, store: ReviewStore, which: int, differences: list[Any], old: bool, new: bool
) -> None:
    status, out, _ = command("show", ids(store)[which], "--json")
    shown = json.loads(out)
    assert status == 0
    assert shown["differences"] == differences
    assert (bool(shown["old"]), bool(shown["new"])) == (old, new)
    command("accept", ids(store)[which])
    again = json.loads(command("show", ids(store)[which], "--json")[1])
    assert (again["differences"], again["old"], again["status"]) == (differences, shown["old"], "accepted")


# --- decisions that come back from a report ---


def file_of(store: ReviewStore, *decisions: tuple[int, str, str], **changed: Any) -> bytes:
    every = [change for test in store.tests() for change in test.changes]
    listed = [
        {"id": every[index].id, "content": every[index].content, "action": action, "why": why}
        for index, action, why in decisions
    ]
    return json.dumps(
        {"format": "novu-review-decisions", "version": 1, "decisions": listed, **changed}
    ).encode()


def test_the_decisions_of_a_report_are_carried_out_once(command: Command, store: ReviewStore) -> None:
    data = file_of(store, (TEXT, "reject", "Say hi"), (FOOT, "accept", ""), (GONE, "reject", ""))
    first = json.loads(command("apply", "-", "--json", stdin=data)[1])
    assert (first["accepted"], set(first["rejected"])) == (
        [ids(store)[FOOT]],
        {ids(store)[TEXT], ids(store)[GONE]},
    )
    assert statuses(store) == "rapr"
    assert store.find(ids(store)[TEXT])[1].why == "Say hi"
    status, out, _ = command("apply", "-", "--json", stdin=data)
    again = json.loads(out)
    assert (status, again["decisions"], len(again["already"]), again["refused"]) == (0, [], 3, [])
    (store.root / "decisions.json").write_bytes(data)
    assert "3 decided like this already" in command("apply", "decisions.json")[1]


@pytest.mark.parametrize("how", ["accept", "apply"])
def test_a_reason_of_many_is_said_once(
    command: Command, store: ReviewStore, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def refuse(*arguments: Any) -> None:
        raise OSError(28, "No space left on device", "some file")

    data = file_of(store, *((each, "accept", "") for each in range(4)))
    monkeypatch.setattr("novu_framework_testing.snapshots.files.stage", refuse)
    status, out, _ = command("accept", "--all") if how == "accept" else command("apply", "-", stdin=data)
    assert status == 1
    assert out.count("No space left on device") == 1
    assert f"{', '.join(ids(store)[:3])} and 1 more: some file could not be written" in out
    assert statuses(store) == "pppp"


def test_what_became_another_message_is_left_alone(command: Command, store: ReviewStore) -> None:
    data = file_of(
        store, (TEXT, "accept", ""), (FOOT, "accept", ""), (CLUB, "reject", "no"), (GONE, "accept", "")
    )
    command("reject", ids(store)[FOOT])
    command("accept", ids(store)[CLUB])
    other = json.loads(data)
    other["decisions"][0]["content"] = "0" * 16
    other["decisions"][3]["id"] = "0" * 16
    status, out, _ = command("apply", "-", "--json", stdin=json.dumps(other).encode())
    reasons = [each["why"].split(":")[0] for each in json.loads(out)["refused"]]
    assert status == 1
    assert reasons == [
        "The message is another one by now than in that report. Look at it again.",
        "Someone has rejected this already.",
        "Someone has accepted this already.",
        "This change is not there any more",
    ]
    assert statuses(store) == "prap"


def test_comments_of_several_people_are_all_kept(command: Command, store: ReviewStore) -> None:
    for why in ("too short", "no name", "too short", ""):
        assert command("apply", "-", stdin=file_of(store, (TEXT, "reject", why)))[0] == 0
    assert store.find(ids(store)[TEXT])[1].why == "too short\nno name"
    status, out, _ = command("apply", "-", stdin=file_of(store, (TEXT, "reject", "x" * MAX_COMMENT)))
    assert (status, "at most 2,000 characters" in out) == (1, True)
    assert store.find(ids(store)[TEXT])[1].why == "too short\nno name"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a file of decisions"),
        (b"\x00\xff", "not a file of decisions"),
        (b"[" * 100_000, "not a file of decisions"),
        (b"[]", "not a file of decisions"),
        (b"{}", "format"),
        ({"version": 2}, "version"),
        ({"format": "other"}, "format"),
        ({"decisions": [{}]}, "decisions.0.id"),
        ({"decisions": [{"id": "x", "content": "y", "action": "delete"}]}, "decisions.0.action"),
        ({"decisions": [{"id": 7, "content": "y", "action": "accept"}]}, "decisions.0.id"),
        ({"decisions": [{"id": "x" * 65, "content": "y", "action": "accept"}]}, "decisions.0.id"),
        ({"decisions": [{"id": "x", "content": "y", "action": "reject", "why": "z" * 2001}]}, "decisions.0.why"),
        ({"decisions": [{"id": "\x1b[2J", "content": "y", "action": "reject"}] * 2}, "twice on '\\x1b[2J'"),
        (b" " * 20_000_001, "20,000,000 bytes"),
    ],
    ids=lambda value: repr(value)[:50] if isinstance(value, (bytes, dict)) else None,
)  # fmt: skip
def test_a_file_that_no_report_saved_is_refused(
    command: Command, store: ReviewStore, data: Any, said: str
) -> None:
    status, _, err = command("apply", "-", stdin=file_of(store, **data) if isinstance(data, dict) else data)
    assert (status, said in err) == (2, True), err
    assert len(err) < 1_000
    assert statuses(store) == "pppp"


def test_a_decision_is_read_whose_parts_are_as_long_as_they_may_be(store: ReviewStore) -> None:
    longest = {"id": "x" * 64, "content": "y" * 64, "action": "reject", "why": "z" * 2_000}
    (read,) = read_decisions(file_of(store, decisions=[longest]))
    assert read.model_dump() == longest


def test_a_file_has_at_most_twenty_thousand_decisions(store: ReviewStore) -> None:
    listed = [{"id": str(number), "content": "x", "action": "accept"} for number in range(20_001)]
    assert len(read_decisions(file_of(store, decisions=listed[1:]))) == 20_000
    with pytest.raises(ValueError, match=r"decisions: .*at most 20000 items"):
        read_decisions(file_of(store, decisions=listed))


def test_a_file_that_is_not_there_is_said(command: Command) -> None:
    assert "none.json cannot be read" in command("apply", "none.json")[2]


def test_a_summary_is_the_markdown_of_the_review_and_nothing_more(
    command: Command, store: ReviewStore
) -> None:
    status, out, err = command("summary", "--report", "messages")
    assert (status, out, err) == (0, markdown(store, changes_of_review(store), report="messages"), "")


@pytest.mark.parametrize("refused", [None, Refused("failed", "the disk is full")], ids=["done", "refused"])
def test_what_was_interrupted_is_finished_before_anything_is_listed(
    command: Command, store: ReviewStore, monkeypatch: pytest.MonkeyPatch, refused: Refused | None
) -> None:
    finished: list[Path] = []

    def finish(self: ReviewStore) -> None:
        finished.append(self.root)
        if refused:
            raise refused

    monkeypatch.setattr(ReviewStore, "finish_interrupted", finish)
    assert "4 changes" in command("list")[1]
    assert finished == [store.root]


def test_a_review_is_in_the_nearest_folder_that_has_one(store: ReviewStore) -> None:
    inner = store.root / "inner"
    (inner / ".novu").mkdir(parents=True)
    (store.root / "pyproject.toml").write_text("[tool.novu]\n")
    for folder in (inner, inner / ".novu"):
        assert nearest(folder) == store.root
    (inner / ".novu" / "review").mkdir()
    assert nearest(inner) == inner


def nearest(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return review_root()
