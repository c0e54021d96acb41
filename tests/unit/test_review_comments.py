"""Why a change is rejected: kept with it, across runs and decisions, and shown as text of a stranger."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import Change, Refused, ReviewStore
from novu_framework_testing.review.comments import MAX_COMMENT, quoted
from novu_framework_testing.review.journal import Action
from novu_framework_testing.snapshots import files
from tests.unit.review_stores import change, kept, only, snapshot
from tests.unit.test_review_terminal import review

STEM = "01-code-sms"


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    snapshot(tmp_path, STEM, "old\n")
    return kept(tmp_path, change(tmp_path, STEM, "hi\n"))


def now(store: ReviewStore) -> tuple[str, str]:
    (found,) = [change for test in ReviewStore(store.root).tests() for change in test.changes]
    return found.status, found.why


def decide(store: ReviewStore, action: Action, why: str = "") -> str:
    (found,) = [change for test in store.tests() for change in test.changes]
    return store.decide(action, [(found.id, found.revision)], why=why).id


def run(store: ReviewStore, text: str) -> None:
    """Another run of the tests, that finds this text."""
    changes: list[Change] = [change(store.root, STEM, text)]
    kept(store.root, *changes)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (["reject: no"], ("rejected", "no")),
        (["reject: "], ("rejected", "")),
        (["reject: \n one\r\ntwo\r "], ("rejected", "one\ntwo")),
        (["reject: no", "run: hi\n"], ("rejected", "no")),
        (["reject: no", "run: hi\n", "run: hi\n"], ("rejected", "no")),
        (["reject: no", "run: hello\n"], ("pending", "no")),
        (["reject: no", "run: hello\n", "run: hey\n"], ("pending", "no")),
        (["reject: no", "run: hello\n", "accept: "], ("accepted", "")),
        (["reject: no", "run: hello\n", "accept: ", "undo"], ("pending", "no")),
        (["reject: no", "run: hello\n", "reject: "], ("rejected", "")),
        (["reject: no", "run: hello\n", "reject: ", "undo"], ("pending", "no")),
        (["reject: no", "reject: better so"], ("rejected", "better so")),
        (["reject: no", "reject: better so", "undo"], ("rejected", "no")),
        (["reject: no", "reject: better so", "undo", "undo"], ("pending", "")),
        (["reject: no", "accept: ", "undo"], ("rejected", "no")),
    ],
    ids=lambda value: " > ".join(map(repr, value)),
)
def test_a_comment_goes_with_its_change(
    store: ReviewStore, acts: list[str], expected: tuple[str, str]
) -> None:
    decisions: list[str] = []
    for act in acts:
        what, _, text = act.partition(": ")
        if what == "run":
            run(store, text)
        elif what == "undo":
            store.undo(decisions.pop())
        else:
            decisions.append(decide(store, "reject" if what == "reject" else "accept", text))
    assert now(store) == expected


def test_a_comment_that_somebody_has_edited_meanwhile_is_not_written_over(store: ReviewStore) -> None:
    decide(store, "reject", "mine")
    (seen,) = [change for test in store.tests() for change in test.changes]
    decide(store, "reject", "theirs")
    with pytest.raises(Refused, match="changed in the meantime"):
        store.decide("reject", [(seen.id, seen.revision)], why="mine again")
    assert now(store) == ("rejected", "theirs")


def test_a_comment_of_two_thousand_characters_is_kept(store: ReviewStore) -> None:
    decide(store, "reject", f" {'x' * 2_000} ")
    assert now(store) == ("rejected", "x" * 2_000)


@pytest.mark.parametrize(("action", "why"), [("reject", "x" * (MAX_COMMENT + 1)), ("accept", "no")])
def test_a_comment_that_cannot_be_kept_is_no_decision(store: ReviewStore, action: Action, why: str) -> None:
    with pytest.raises(ValueError, match="comment"):
        store.decide(action, [only(store)], why=why)
    assert now(store) == ("pending", "")


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b]0;owned\x07",
        "\u202egnp.exe",
        "\ud800",
        "<script>alert(1)</script>",
        "a\x00b",
        "\x85\u2028",
    ],
    ids=ascii,
)
def test_a_hostile_comment_is_kept_and_shown_as_text(store: ReviewStore, hostile: str) -> None:
    decide(store, "reject", f"no {hostile} more")
    run(store, "hello\n")
    said, _, _ = review(store.root, "q")
    (line,) = [line for line in said.splitlines() if line.startswith("You rejected an earlier version: ")]
    assert line.isprintable()
    assert line.endswith(" more'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "'no'"),
        ("one\n two", "'one two'"),
        ("\x1b[31m", "'\\u001b[31m'"),
        ("x" * 400, f"'{'x' * 299}…'"),
    ],
)
def test_a_comment_in_a_line(text: str, expected: str) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize("after", range(4))
def test_a_full_disk_is_said_and_loses_no_comment(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    decide(store, "reject", "first")
    operation, calls = os.fsync, itertools.count()

    def refuse(*given: Any, **options: Any) -> Any:
        if next(calls) >= after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return operation(*given, **options)

    said = None
    with monkeypatch.context() as patch:
        patch.setattr(files, "PAUSES", [])
        patch.setattr(os, "fsync", refuse)
        try:
            decide(store, "reject", "second")
        except Refused as error:
            said = error
    ReviewStore(store.root).finish_interrupted()
    assert now(store) == ("rejected", "first" if said else "second")
    assert said is None or (said.code, "No space left" in said.why) == ("failed", True)
    # the decision is written twice: in the journal, and with its change
    assert (said is None) is (after >= 2)


def test_the_terminal_asks_why(store: ReviewStore) -> None:
    _, prompts, remaining = review(store.root, "r", "Say hello, not hi")
    assert prompts[1] == "why? (Enter to leave out): "
    assert remaining == 0
    assert now(store) == ("rejected", "Say hello, not hi")


def test_a_review_that_ends_at_the_question_rejects_nothing(store: ReviewStore) -> None:
    review(store.root, "r")
    assert now(store) == ("pending", "")
