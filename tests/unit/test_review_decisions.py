"""Decisions that come back from a report as a file: what such a file may be, and what becomes of each of them."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import ReviewStore, TestChanges
from novu_framework_testing.review.comments import MAX_COMMENT, comment, quoted
from novu_framework_testing.review.decision_file import (
    MAX_BYTES,
    FileDecision,
    apply_decisions,
    changes_by_place,
    read_decisions,
)
from tests.tables import walked
from tests.unit.review_stores import FOLDER, change, kept, snapshot

STEMS = ["01-a-sms", "02-b-sms", "03-c-sms"]
ONE = {"id": "a", "content": "c", "action": "accept"}


def written(*decisions: Any, **about: Any) -> bytes:
    file = {"format": "novu-review-decisions", "version": 1, "decisions": list(decisions), **about}
    return json.dumps(file).encode()


@pytest.mark.parametrize(
    ("decision", "read"),
    [
        (ONE, {"why": ""}),
        ({**ONE, "action": "reject", "why": "x" * 2000, "more": 1}, {"action": "reject", "why": "x" * 2000}),
        ({**ONE, "id": "i" * 64, "content": "c" * 64}, {"id": "i" * 64, "content": "c" * 64, "why": ""}),
    ],
)
def test_a_decision_is_read_as_it_was_saved(decision: dict[str, Any], read: dict[str, Any]) -> None:
    assert [one.model_dump() for one in read_decisions(written(decision, more=1))] == [{**ONE, **read}]
    assert read_decisions(written()) == []


@walked(
    ("data", "said"),
    [
        (b"{", "it is not a file of decisions that a report saved: Invalid JSON"),
        (b"[]", "it is not a file of decisions that a report saved: Input should be an object"),
        (written(format="x"), "saved: format: Input should be 'novu-review-decisions'"),
        (written(version=2), "saved: version: Input should be 1"),
        (written({**ONE, "id": ""}), r"saved: decisions\.0\.id: String should have at least 1 character"),
        (written({**ONE, "id": "i" * 65}), r"saved: decisions\.0\.id: String should have at most 64 char"),
        (written(ONE, {**ONE, "content": ""}), r"saved: decisions\.1\.content: String should have at least 1"),
        (written({**ONE, "content": "c" * 65}), r"saved: decisions\.0\.content: String should have at most 64"),
        (written({**ONE, "action": "undo"}), r"saved: decisions\.0\.action: Input should be 'accept' or 'reject'"),
        (written({**ONE, "why": "x" * 2001}), r"saved: decisions\.0\.why: String should have at most 2000"),
        (written({"id": "a", "action": "accept"}), r"saved: decisions\.0\.content: Field required"),
        (written(ONE, {**ONE, "id": "b"}, {**ONE, "content": "d"}), "^it decides twice on 'a'$"),
        (b" " * (MAX_BYTES + 1), "^it has more than 20,000,000 bytes, which no file of decisions needs$"),
    ],
    ids=range(13),
)  # fmt: skip
def test_a_file_that_is_something_else_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_decisions(data)


def test_a_file_may_be_as_large_as_it_may_be() -> None:
    whole = written(ONE)
    assert len(read_decisions(whole + b" " * (MAX_BYTES - len(whole)))) == 1


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    for stem in STEMS:
        snapshot(tmp_path, stem, "old\n")
    return kept(tmp_path, *(change(tmp_path, stem, "new\n") for stem in STEMS))


def decision(store: ReviewStore, at: int, action: Any, why: str = "", **more: str) -> FileDecision:
    one = store.tests()[0].changes[at]
    return FileDecision(**{"id": one.id, "content": one.content, "action": action, "why": why, **more})


def state(store: ReviewStore) -> list[tuple[str, str]]:
    return [(one.status, one.why) for one in store.tests()[0].changes]


GONE = "This change is not there any more: the tests have run again since."
OTHER = "The message is another one by now than in that report. Look at it again."


def test_decisions_are_carried_out_together_by_what_they_say(store: ReviewStore) -> None:
    ids = [one.id for one in store.tests()[0].changes]
    decisions = [
        decision(store, 0, "reject", " no\r\nno "),
        decision(store, 1, "accept", "left out"),
        decision(store, 2, "reject", "no\nno"),
    ]
    done = apply_decisions(store, decisions)
    assert (done.done, done.already, done.refused) == (
        {"accept": [ids[1]], "reject": [ids[0], ids[2]]},
        [],
        {},
    )
    assert len(done.decisions) == 2
    assert state(store) == [("rejected", "no\nno"), ("accepted", ""), ("rejected", "no\nno")]
    # twice is as good as once
    again = apply_decisions(store, decisions)
    assert dataclasses.astuple(again) == ([], {"accept": [], "reject": []}, ids, {})
    for decided in reversed(done.decisions):
        store.undo(decided)
    assert state(store) == [("pending", "")] * 3


def test_a_comment_is_put_below_the_one_before_unless_that_says_it(store: ReviewStore) -> None:
    apply_decisions(store, [decision(store, 0, "reject", "one"), decision(store, 1, "reject")])
    second = apply_decisions(
        store, [decision(store, 0, "reject", "two"), decision(store, 1, "reject", "two"), decision(store, 2, "reject")]
    )  # fmt: skip
    assert [len(second.done["reject"]), second.already] == [3, []]
    assert state(store) == [("rejected", "one\ntwo"), ("rejected", "two"), ("rejected", "")]
    third = apply_decisions(store, [decision(store, 0, "reject", "one"), decision(store, 1, "reject")])
    assert (third.done, len(third.already)) == ({"accept": [], "reject": []}, 2)
    long = apply_decisions(store, [decision(store, 0, "reject", "x" * MAX_COMMENT)])
    (why,) = long.refused.values()
    assert why.startswith("a comment has at most 2,000 characters, this one has 2,008")
    assert (long.decisions, long.done) == ([], {"accept": [], "reject": []})
    assert state(store)[0] == ("rejected", "one\ntwo")


def test_what_cannot_be_carried_out_is_refused_with_the_reason(store: ReviewStore) -> None:
    apply_decisions(store, [decision(store, 0, "accept"), decision(store, 1, "reject")])
    wrong = [
        decision(store, 0, "reject"),
        decision(store, 1, "accept"),
        decision(store, 2, "accept", content="other"),
        decision(store, 2, "accept", id="nobody"),
    ]
    ids = [one.id for one in store.tests()[0].changes]
    done = apply_decisions(store, wrong)
    assert dataclasses.astuple(done) == (
        [],
        {"accept": [], "reject": []},
        [],
        {
            ids[0]: "Someone has accepted this already.",
            ids[1]: "Someone has rejected this already.",
            ids[2]: OTHER,
            "nobody": GONE,
        },
    )
    (store.root / FOLDER / f"{STEMS[2]}.txt").write_text("by hand")
    edited = apply_decisions(store, [decision(store, 2, "accept")])
    assert (edited.decisions, list(edited.refused)) == ([], [ids[2]])


def test_a_change_is_known_by_its_test_and_by_its_folder() -> None:
    one = change(Path("none"), "01-a-sms", "x")
    test = TestChanges("tests/test_shop.py::test_welcome[de]", FOLDER, (one,))
    other = TestChanges("x", "lonely", (one,))
    assert changes_by_place([test, other]) == {
        ("tests/test_shop.py::test_welcome[de]", "01-a-sms"): one,
        ("test_shop::test_welcome", "01-a-sms"): one,
        ("x", "01-a-sms"): one,
        ("lonely", "01-a-sms"): one,
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "''"),
        (" a \n b\t", "'a b'"),
        ("x" * 300, f"'{'x' * 300}'"),
        ("x" * 301, f"'{'x' * 299}…'"),
        ("x" * 298 + " yyyy", f"'{'x' * 298}…'"),
    ],
)
def test_a_comment_is_quoted_in_a_line(text: str, line: str) -> None:
    assert quoted(text) == line
    assert quoted("abc", most=3) == "'abc'"
    assert quoted("abcd", most=3) == "'ab…'"


def test_a_comment_has_two_thousand_characters_at_most_as_it_is_kept() -> None:
    assert comment(f"  {'x' * 1998}\r\ny \n") == f"{'x' * 1998}\ny"
    with pytest.raises(
        ValueError, match=r"^a comment has at most 2,000 characters, this one has 2,001: say the"
    ):
        comment(f"{'x' * 1998}\r\nyy")
