"""The review in a terminal: each answer, and a decision on many."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from novu_framework_testing.review import ReviewStore, TestChanges, terminal
from novu_framework_testing.review.changes import change_id
from novu_framework_testing.review.terminal_review import show_change
from tests.unit.test_review_store import FOLDER, change, kept, snapshot

STEMS = [f"{number:02d}-code-sms" for number in range(1, 5)]
WORKFLOWS = ["shop", "club", "shop", "shop"]


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    """Four changes, the second of another workflow."""
    for stem in STEMS:
        snapshot(tmp_path, stem, "old\n")
    return kept(tmp_path, *(change(tmp_path, stem, "new\n", workflow=workflow) for stem, workflow in zip(STEMS, WORKFLOWS, strict=True)))  # fmt: skip


def review(root: Path, *answers: str | Callable[[], str]) -> tuple[str, list[str], int]:
    """What is said, the prompts, and what is left; an answer may do something first."""
    out, prompts = io.StringIO(), []
    left: Iterator[str | Callable[[], str]] = iter(answers)

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        answer = next(left, None)
        if answer is None:
            raise EOFError
        return answer if isinstance(answer, str) else answer()

    remaining = terminal(root, ask=ask, out=out)
    return out.getvalue(), prompts, remaining


def texts(root: Path) -> str:
    """Which files have the new content, a letter each."""
    return "".join((root / FOLDER / f"{stem}.txt").read_text()[0] for stem in STEMS)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["a"], "nooo"),
        ([" Accept "], "nooo"),
        (["r", ""], "oooo"),
        (["w"], "nonn"),
        (["s", "w"], "onoo"),
        (["s", "s", "w"], "oonn"),
        (["r", "because", "w"], "onoo"),
        (["w", "u"], "oooo"),
        (["w", "a", "u"], "nonn"),
        (["f", "x", "", "A"], "nooo"),
        (["u", "q", "a"], "oooo"),
    ],
)
def test_what_is_accepted(tmp_path: Path, store: ReviewStore, answers: list[str], expected: str) -> None:
    review(tmp_path, *answers)
    assert texts(tmp_path) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [(["a"], "nnon"), (["o", "a"], "nooo"), (["s", "a"], "oono"), (["a", "u"], "oooo")],
)
def test_equal_changes_are_decided_on_together_or_one_by_one(
    tmp_path: Path, answers: list[str], expected: str
) -> None:
    for stem in STEMS:
        snapshot(tmp_path, stem, "old\n")
    keys = ["x", "x", "y", "x"]
    kept(tmp_path, *(dataclasses.replace(change(tmp_path, stem, "new\n"), same=key) for stem, key in zip(STEMS, keys, strict=True)))  # fmt: skip
    said, prompts, _ = review(tmp_path, *answers)
    assert texts(tmp_path) == expected
    assert "(4 to go), the same in 2 more" in said
    assert "[o]ne by one" in prompts[0]


def test_two_equal_changes_may_be_decided_on_one_by_one(tmp_path: Path) -> None:
    kept(tmp_path, *(dataclasses.replace(change(tmp_path, stem, "new\n"), same="x") for stem in STEMS[:2]))
    said, prompts, remaining = review(tmp_path, "o", "a", "q")
    assert ["[o]ne by one" in prompt for prompt in prompts] == [True, False, False]
    assert (", the same in 1 more" in said, remaining) == (True, 1)


def test_where_nothing_was_decided_there_is_nothing_to_take_back(tmp_path: Path, store: ReviewStore) -> None:
    said, _, remaining = review(tmp_path, "u", "q")
    assert "\nNothing was decided in this review yet.\n" in said
    assert remaining == 4


def test_the_prompt_says_how_many_a_workflow_has_left(tmp_path: Path, store: ReviewStore) -> None:
    said, prompts, remaining = review(tmp_path, "s", "s", "a", "q")
    assert [prompt.split("(")[1].split(")")[0] for prompt in prompts] == ["3", "1", "2", "1"]
    assert said.splitlines()[-1] == "1 accepted, 0 rejected, 3 still to review."
    assert remaining == 3


def test_a_change_that_is_only_shown_does_not_say_how_many_there_are(store: ReviewStore) -> None:
    (test, found), *_ = store.pending()
    out = io.StringIO()
    show_change(store, test, found, out=out, color=False)
    assert out.getvalue().splitlines()[1] == "shop › 01 code SMS"


def test_what_was_decided_since_it_was_shown_is_left_out(tmp_path: Path, store: ReviewStore) -> None:
    def another_rejects() -> str:
        store.decide("reject", [(change_id(FOLDER, STEMS[2]), None)])
        return "w"

    said, _, _ = review(tmp_path, another_rejects)
    assert texts(tmp_path) == "noon"
    assert "Left out: This has changed in the meantime" in said


def test_what_the_tests_gave_since_is_not_accepted(tmp_path: Path, store: ReviewStore) -> None:
    def tests_run() -> str:
        kept(tmp_path, *(change(tmp_path, stem, "quite new\n", workflow="shop") for stem in STEMS))
        return "w"

    said, _, remaining = review(tmp_path, tests_run)
    assert texts(tmp_path) == "oooo"
    assert "Not done: This has changed in the meantime" in said
    assert remaining == 4


def test_steps_that_moved_or_are_gone_say_so(tmp_path: Path) -> None:
    snapshot(tmp_path, STEMS[0], "what it said\n")
    gone = change(tmp_path, STEMS[0], None, kind="gone")
    moved = change(
        tmp_path, STEMS[1], "x\n", kind="moved", gist="it was the first step, and is now the second"
    )
    ReviewStore(tmp_path).replace([TestChanges("t", FOLDER, (gone, moved))], ran=[FOLDER])
    said, _, _ = review(tmp_path, "s", "s")
    assert "step is gone, in t" in said
    assert "step has moved, in t" in said
    assert (
        "Accepting takes it off the list of what is expected. It said:\n    nothing that can be read" in said
    )
    assert "  order\n    it was the first step, and is now the second\n" in said
