"""A review as Markdown, and as what GitHub Actions understands: whatever messages and comments say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.github import tell_github
from novu_framework_testing.review.listing import changes_of_review
from novu_framework_testing.review.markdown import MAX_SIZE, summary
from tests.integration.review_projects import step, to_review

HOSTILE = [
    "<script>alert(1)</script>", "</details><h1>", "@somebody #12 GH-1", "``` ` ``", "`", "[a](javascript:x) ![b](http://e.test/x)",
    "| a | b |\n|--|--|", "\n## Heading\n- list", "::error::no\n::stop-commands::x", "%0A::error::x", "\x1b[2J\u202e", "http://evil.test",
]  # fmt: skip


def reviewed(root: Path, *texts: str) -> ReviewStore:
    """A review with one changed message for each text, which it says now."""
    tests = {
        f"test_{number}": [(step("text", "sms", body="old"), step("text", "sms", body=text))]
        for number, text in enumerate(texts)
    }
    return to_review(root, tests)


def outside_code(markdown: str) -> str:
    """What Markdown gives a meaning to: all but code."""
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", markdown)


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_what_others_wrote_means_nothing(tmp_path: Path, hostile: str) -> None:
    store = reviewed(tmp_path, hostile)
    ((_, change),) = store.pending()
    store.decide("reject", [(change.id, None)], why=f"no {hostile}")
    made = summary(store, changes_of_review(store), report="messages")
    assert [line for line in made.splitlines() if line.startswith("  - ")]
    assert all(line.isprintable() for line in made.splitlines())
    assert not re.search(r"[<`@|\[]|http|::|Heading", outside_code(made)), outside_code(made)
    assert "**rejected**" in made


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("", None),
        ("messages", "The report is the artifact `messages`."),
        ("https://ci.test/1/artifacts/2", "[Look at the report](https://ci.test/1/artifacts/2)"),
        ("javascript:alert(1)", "The report is the artifact `javascript:alert(1)`."),
        ("https://x.test/)<b>", "The report is the artifact `https://x.test/)<b>`."),
    ],
)
def test_the_report_is_named(tmp_path: Path, report: str, said: str | None) -> None:
    store = reviewed(tmp_path, "new")
    found = [
        line
        for line in summary(store, changes_of_review(store), report=report).splitlines()
        if "report" in line
    ]
    assert found == ([said] if said else [])


def test_equal_changes_are_one_entry_and_what_was_rejected_comes_first(tmp_path: Path) -> None:
    store = reviewed(tmp_path, "a footer of words", "a footer of words", "something else here")
    other = store.pending()[2][1]
    store.decide("reject", [(other.id, None)], why="Say hello")
    lines = summary(store, changes_of_review(store)).splitlines()
    assert lines[:3] == ["## Messages: 3 changes", "", "1 rejected, 2 to review."]
    assert [line for line in lines if line.startswith("- ")] == [
        "- `text` (SMS, changed, **rejected**): `test_shop.py::test_2`",
        "- `text` (SMS, changed): the same change in 2 messages",
    ]
    assert "  - Rejected: `Say hello`" in lines


def test_a_long_text_is_shown_where_it_differs(tmp_path: Path) -> None:
    before = "word " * 100
    store = to_review(
        tmp_path, {"test_a": [(step("t", "sms", body=f"{before}cat"), step("t", "sms", body=f"{before}dog"))]}
    )
    (line,) = [line for line in summary(store, changes_of_review(store)).splitlines() if "→" in line]
    assert "cat`" in line
    assert "dog`" in line
    assert len(line) < 200


def test_a_summary_fits_into_a_comment(tmp_path: Path) -> None:
    words = ["ä" * 150 + str(number) for number in range(400)]
    store = reviewed(tmp_path, *words)
    made = summary(store, changes_of_review(store))
    assert MAX_SIZE - 2_000 < len(made.encode()) <= MAX_SIZE + 100
    shown = made.count("\n- ")
    assert made.endswith(f"\nAnd {400 - shown} more, which are in the report.\n")


def told(store: ReviewStore, target: Path, workspace: str = "") -> list[str]:
    lines = {test.test: ("tests/a,b:c.py", 6) for test in store.tests()}
    return tell_github(store, store.tests(), lines, target, workspace)


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_an_annotation_is_one_command(tmp_path: Path, hostile: str) -> None:
    store = reviewed(tmp_path, hostile, "harmless")
    store.decide("reject", [(store.pending()[0][1].id, None)], why=hostile)
    error, warning = told(store, tmp_path / "summary.md")
    assert re.fullmatch(
        r"::error file=tests/a%2Cb%3Ac.py,line=7,title=[^:,]*::Rejected in review: '.*", error
    )
    assert warning.startswith(
        "::warning file=tests/a%2Cb%3Ac.py,line=7,title=shop › text (SMS) has changed::"
    )
    assert error.isprintable()
    assert "%0A::" not in error
    assert (tmp_path / "summary.md").read_text().startswith("## Messages: 2 changes")


def test_annotations_are_as_many_as_are_shown(tmp_path: Path) -> None:
    store = reviewed(tmp_path, *(f"text {number}" for number in range(12)))
    lines = told(store, tmp_path / "summary.md")
    assert len(lines) == 10
    assert lines[-1] == "::warning title=Messages::3 more messages are in the summary of the job."


def test_paths_begin_at_the_checkout(tmp_path: Path) -> None:
    store = reviewed(tmp_path / "apps" / "shop", "new")
    (line,) = told(store, tmp_path / "summary.md", str(tmp_path))
    assert "file=apps/shop/tests/a%2Cb%3Ac.py," in line


def test_a_summary_is_appended(tmp_path: Path) -> None:
    store = reviewed(tmp_path, "new")
    (tmp_path / "summary.md").write_text("before\n")
    told(store, tmp_path / "summary.md")
    assert (tmp_path / "summary.md").read_text().startswith("before\n## Messages: 1 change\n")
    store.decide("accept", [(store.pending()[0][1].id, None)])
    assert told(store, tmp_path / "summary.md") == []
