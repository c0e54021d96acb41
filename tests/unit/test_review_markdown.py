"""A review as Markdown, and as what GitHub Actions understands: whatever messages and comments say."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.changes import Kind
from novu_framework_testing.review.github import tell_github
from novu_framework_testing.review.listing import changes_of_review
from novu_framework_testing.review.markdown import MAX_SIZE, code, summary
from novu_framework_testing.review.view import change_detail
from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.context import StepContext
from tests.integration.review_projects import step, to_review

HOSTILE = [
    "<script>alert(1)</script>", "</details><h1>", "@somebody #12 GH-1", "``` ` ``", "`", "[a](javascript:x) ![b](http://e.test/x)",
    "| a | b |\n|--|--|", "\n## Heading\n- list", "::error::no\n::stop-commands::x", "%0A::error::x", "\x1b[2J\u202e", "http://evil.test",
    "half of a sign \ud83d",
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
    assert lines[:3] == ["## Messages: 3 changes", "", "1 rejected, 2 to review: 3 changed."]
    assert [line for line in lines if line.startswith("- ")] == [
        "- SMS changed (**rejected**), in `2`: `something else here`",
        "- SMS changed, the same in 2 messages: `a footer of words`",
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


@pytest.mark.parametrize(("length", "shown"), [(160, "x" * 160), (161, "x" * 159 + "…")])
def test_what_others_wrote_has_160_signs_at_most(length: int, shown: str) -> None:
    assert code("x" * length) == f"`{shown}`"


@pytest.mark.slow
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
    assert warning.startswith("::warning file=tests/a%2Cb%3Ac.py,line=7,title=shop%3A SMS has changed::")
    assert error.isprintable()
    assert "%0A::" not in error
    assert (tmp_path / "summary.md").read_text().startswith("## Messages: 2 changes")


@pytest.mark.parametrize(("changes", "more"), [(10, 0), (11, 2), (12, 3)])
def test_annotations_are_as_many_as_are_shown(tmp_path: Path, changes: int, more: int) -> None:
    store = reviewed(tmp_path, *(f"text {number}" for number in range(changes)))
    lines = told(store, tmp_path / "summary.md")
    assert len(lines) == 10
    rest = [line for line in lines if "more messages" in line]
    said = f"::warning title=Messages::{more} more messages are in the summary of the job."
    assert rest == ([said] if more else [])
    assert lines[-1:] == (rest or lines[-1:])


@pytest.mark.parametrize(
    ("kind", "said"),
    [("changed", "has changed"), ("new", "is new"), ("gone", "is gone"), ("moved", "has moved")],
)
def test_an_annotation_says_what_became_of_a_step(tmp_path: Path, kind: Kind, said: str) -> None:
    (test,) = reviewed(tmp_path, "new").tests()
    changed = dataclasses.replace(test, changes=(dataclasses.replace(test.changes[0], kind=kind),))
    store = ReviewStore(tmp_path)
    store.replace([changed], ran=[test.folder])
    (line,) = told(store, tmp_path / "summary.md")
    assert f"title=shop%3A SMS {said}::" in line


def test_paths_begin_at_the_checkout(tmp_path: Path) -> None:
    store = reviewed(tmp_path / "apps" / "shop", "new")
    (line,) = told(store, tmp_path / "summary.md", str(tmp_path))
    assert "file=apps/shop/tests/a%2Cb%3Ac.py," in line


def test_a_summary_is_appended(tmp_path: Path) -> None:
    store = reviewed(tmp_path, "new")
    (tmp_path / "summary.md").write_text("before\n")
    told(store, tmp_path / "summary.md")
    told(store, tmp_path / "summary.md")
    text = (tmp_path / "summary.md").read_text()
    assert text.startswith("before\n## Messages: 1 change\n")
    assert (
        text.count("\n\n## Messages: 1 change\n") == 1
    )  # where no empty line is before it, it is no heading
    store.decide("accept", [(store.pending()[0][1].id, None)])
    assert told(store, tmp_path / "summary.md") == []
    assert (tmp_path / "summary.md").read_text() == text


def for_people(store: ReviewStore, workflow_name: str, *names: str) -> ReviewStore:
    """The same review, of a workflow with a name, each test with another recipient."""
    made = [
        dataclasses.replace(
            test,
            changes=tuple(
                dataclasses.replace(
                    change,
                    context=StepContext(subscriber=name.lower(), name=name, workflow_name=workflow_name),
                )
                for change in test.changes
            ),
        )
        for test, name in zip(store.tests(), names, strict=True)
    ]
    store.replace(made, ran=[test.folder for test in made])
    return store


def mail(body: str) -> RenderedStep:
    return step("mail", "email", subject="Your visit", body=body)


def chat(text: str, **button: str) -> RenderedStep:
    made = {"type": "button", "text": {"type": "plain_text", "text": "Take it"}, **button}
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [made]},
    ]
    return dataclasses.replace(step("chat", "chat", body="Hi"), providers={"slack": {"blocks": blocks}})


SAID = [
    (mail("<p style='color:#111'>Hello</p>"), mail("<p style='color:#222'>Hello</p>"), ["`body › colours`: `{sentence}`"]),
    (mail("<p>Hello</p>"), mail("<p>Hi</p>"), ["`body › text`: `Hello` → `Hi`"]),
    (mail("<p>Hello</p>"), mail("<p>Hello</p><p>You</p>"), ["`body › text, after “Hello”`, new: `You`"]),
    (mail("<p>Hello</p><p>You</p>"), mail("<p>Hello</p>"), ["`body › text`, gone: `You`"]),
    (mail("<p>10 €</p>"), mail("<p>10\u00a0€</p>"), ["`body › text`: `10 €` → `10 €` (`{sentence}`)"]),
    (chat("*Ann*"), chat("*Bob*", style="danger", action_id="a"),
     ["`text in Slack`: `Ann` → `Bob`", "`button “Take it” in Slack`: `its look changed (now red)`", "`settings in Slack`: `what nobody sees changed: action id of the button “Take it”`"]),
    (step("t", "sms", body="x"), step("t", "sms", body=""), ["`body`: `x` → *empty*"]),
    (None, mail("<p>Hello</p>"), []),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), SAID)
def test_what_changed_is_said_as_on_the_page(
    tmp_path: Path, old: RenderedStep | None, new: RenderedStep, said: list[str]
) -> None:
    store = for_people(to_review(tmp_path, {"test_a": [(old, new)]}), "Appointment booked", "Ann Lee")
    ((test, change),) = store.pending()
    sentences = [each["hint"] for each in change_detail(store, test, change)["differences"] if each["hint"]]
    heading, _, entry, *lines = summary(store, changes_of_review(store)).splitlines()[4:]
    assert heading == "### `Appointment booked`"
    title = "`Your visit`" if new.channel == "email" else ""
    assert re.match(rf"- (Email|SMS|Chat) (changed|is new), for `Ann Lee`: {title}", entry)
    assert lines == [f"  - {each.format(sentence=''.join(sentences))}" for each in said]


def test_an_entry_names_its_recipients(tmp_path: Path) -> None:
    store = for_people(reviewed(tmp_path, *["a footer of words"] * 4), "Farewell", "Ann", "Bob", "Cy", "Dee")
    assert "- SMS changed, the same in 4 messages, for `Ann, Bob and 2 more`: `a footer of words`" in summary(
        store, changes_of_review(store)
    )
    (line, *_) = told(store, tmp_path / "summary.md")
    assert line.endswith(
        "title=Farewell%3A SMS for Ann has changed::It is to be reviewed: body: old → a footer of words"
    )
