"""What a comparison of two versions is told as: text, JSON, Markdown, annotations, and messages on the review page."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest

from novu_framework.recording import UNKNOWN
from novu_framework_testing.compat import ChangedContent, CompatFinding, CompatReport, Witness
from novu_framework_testing.compat.blackened import uncovered
from novu_framework_testing.compat.github import markdown, tell_github
from novu_framework_testing.compat.review import keep_for_review
from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.markdown import MAX_SIZE, code
from novu_framework_testing.versions import VersionChange
from tests.tables import walked

GONE = VersionChange("step-removed", "text", old="sms")
MOVED = VersionChange("step-moved", "mail", new="bell")
ADDED = VersionChange("step-added", "tips", new="email")
BREAK = CompatFinding(
    "break",
    "welcome",
    ("text", "mail"),
    "an open run loses it",
    "Keep it.",
    "SomeError",
    (GONE, MOVED),
    frozenset({("wait", "text"), ("text", "text"), ("wait", "mail")}),
    Witness("wait", "text", {"payload": {"name": "Ann"}}),
    "app/flows.py:12",
)
CHANGE = CompatFinding("change", "welcome", (), "the message is other", changes=(MOVED,))
UNSURE = CompatFinding("unsure", "bye", ("bell",), "it fails", changes=(GONE,))
SAFE = CompatFinding("safe", "bye", ("tips",), str(ADDED), changes=(ADDED,), location="flows.py:3")


def report(*findings: CompatFinding, **about: Any) -> CompatReport:
    return CompatReport("main", "the working tree", findings, **about)


# --- text and JSON -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            BREAK,
            f"✗ welcome/text, mail (app/flows.py:12): an open run loses it\n    because {GONE}; {MOVED}\n    → Keep it.",
        ),
        (CHANGE, f"~ welcome: the message is other\n    because {MOVED}"),
        (UNSURE, "? bye/bell: it fails"),
        (SAFE, f"✓ bye/tips (flows.py:3): {ADDED}"),
    ],
    ids=lambda one: one.level if isinstance(one, CompatFinding) else "",
)
def test_a_finding_says_where_what_why_and_what_to_do(finding: CompatFinding, text: str) -> None:
    assert str(finding) == text


def test_a_report_says_the_findings_below_the_heads_of_their_levels() -> None:
    whole = report(BREAK, CHANGE, UNSURE, SAFE)
    assert str(whole).split("\n\n") == [
        "the working tree, deployed over main: 1 break, 1 change, 1 not tried, 1 safe",
        f"Breaks open runs:\n{BREAK}",
        f"Changes what subscribers or colleagues see:\n{CHANGE}",
        f"Could not be tried:\n{UNSURE}",
        f"Safe for open runs:\n{SAFE}",
    ]


@pytest.mark.parametrize(
    ("findings", "counts", "ok"),
    [
        ([], "nothing changed", True),
        ([BREAK], "1 break", False),
        ([BREAK, BREAK, CHANGE, CHANGE, CHANGE], "2 breaks, 3 changes", False),
        ([UNSURE, UNSURE, SAFE, SAFE], "2 not tried, 2 safe", True),
    ],
)
def test_the_numbers_of_findings_are_said_in_words(
    findings: list[CompatFinding], counts: str, ok: bool
) -> None:
    found = report(*findings)
    assert (found.counts, found.ok) == (counts, ok)


def test_two_findings_are_the_same_whichever_run_shows_them() -> None:
    assert replace(BREAK, witness=None) == BREAK
    assert "Ann" not in repr(BREAK)


@pytest.mark.parametrize("one", [BREAK, BREAK.witness, report(BREAK)], ids=["finding", "witness", "report"])
def test_what_was_found_stays_as_it_is(one: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(one, next(iter(vars(one))), "other")


def test_the_report_as_json_has_all_of_each_finding() -> None:
    assert report().to_json()["tried"] == 0
    assert report(BREAK, SAFE, tried=7).to_json() == {
        "ok": False,
        "old": "main",
        "new": "the working tree",
        "tried": 7,
        "findings": [
            {
                "level": "break",
                "workflowId": "welcome",
                "stepIds": ["text", "mail"],
                "what": "an open run loses it",
                "advice": "Keep it.",
                "code": "SomeError",
                "changes": [str(GONE), str(MOVED)],
                "waitsBefore": ["text", "wait"],
                "location": "app/flows.py:12",
                "witness": {
                    "waitsBefore": "wait",
                    "stepId": "text",
                    "event": {"payload": {"name": "Ann"}},
                },
            },
            {
                "level": "safe",
                "workflowId": "bye",
                "stepIds": ["tips"],
                "what": str(ADDED),
                "advice": "",
                "code": None,
                "changes": [str(ADDED)],
                "waitsBefore": [],
                "location": "flows.py:3",
                "witness": None,
            },
        ],
    }


# --- GitHub --------------------------------------------------------------------------------------------


def test_as_markdown_each_level_has_a_title_and_each_finding_its_reason_and_advice() -> None:
    second = replace(CHANGE, step_ids=("bell",), changes=(), advice="Tell them.")
    assert markdown(report(BREAK, CHANGE, second, UNSURE, SAFE)).splitlines() == [
        "## Deployment: 1 break, 2 changes, 1 not tried, 1 safe",
        "",
        "`the working tree` over `main`.",
        "",
        "### Breaks open runs",
        "",
        "- `welcome/text, mail`: `an open run loses it`",
        f"  - because {code(f'{GONE}; {MOVED}')}",
        "  - Keep it.",
        "",
        "### Changes what subscribers or colleagues see",
        "",
        "- `welcome`: `the message is other`",
        f"  - because {code(str(MOVED))}",
        "- `welcome/bell`: `the message is other`",
        "  - Tell them.",
        "",
        "### Could not be tried",
        "",
        "- `bye/bell`: `it fails`",
        f"  - because {code(str(GONE))}",
        "",
        "### Safe for open runs",
        "",
        f"- `bye/tips`: {code(str(ADDED))}",
    ]


def test_markdown_is_short_enough_for_a_comment_and_a_long_text_is_cut() -> None:
    long = replace(CHANGE, what="word " * 300, changes=(replace(MOVED, step_id="mail" * 300),))
    text = markdown(report(*[long] * 100))
    assert len(text.encode()) < MAX_SIZE + 100
    assert "more, which are in the report." in text
    what, because = next(
        (one, other)
        for one, other in zip(text.splitlines(), text.splitlines()[1:], strict=False)
        if other.startswith("  - because")
    )
    assert 950 < len(what) < 1050
    assert 950 < len(because) < 1050


def test_without_a_summary_of_a_job_nothing_is_told(tmp_path: Path) -> None:
    assert tell_github(report(BREAK), str(tmp_path), {"GITHUB_WORKSPACE": str(tmp_path)}) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("workspace", "file"),
    [(None, "app/flows.py"), ("", "app/flows.py"), ("..", "service/app/flows.py"), (".", "app/flows.py")],
)
def test_annotations_are_of_files_below_the_workspace(
    tmp_path: Path, workspace: str | None, file: str
) -> None:
    root = tmp_path / "service"
    environment = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    if workspace is not None:
        environment["GITHUB_WORKSPACE"] = str((root / workspace).resolve()) if workspace else ""
    (tmp_path / "summary.md").write_text("Before\n", encoding="utf-8")
    reported = report(BREAK, CHANGE, UNSURE, SAFE)
    assert tell_github(reported, str(root), environment) == [
        f"::error file={file},line=12,title=Breaks open runs%3A welcome/text%2C mail::"
        f"an open run loses it. Because {GONE}; {MOVED}. Keep it.",
        "::warning title=Changes what subscribers or colleagues see%3A welcome::"
        f"the message is other. Because {MOVED}.",
        f"::notice title=Could not be tried%3A bye/bell::it fails. Because {GONE}.",
    ]
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary == f"Before\n{markdown(reported)}\n"


@pytest.mark.parametrize("location", [None, "", "flows.py", "flows.txt:3", "flows.py:3 or so"])
def test_an_annotation_has_no_place_where_none_is_known(tmp_path: Path, location: str | None) -> None:
    finding = replace(BREAK, location=location, changes=(), advice="")
    environment = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    (told,) = tell_github(report(finding), str(tmp_path), environment)
    assert told == "::error title=Breaks open runs%3A welcome/text%2C mail::an open run loses it."


def test_of_each_level_as_many_annotations_are_told_as_github_shows(tmp_path: Path) -> None:
    environment = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    told = tell_github(report(*[BREAK] * 10, *[CHANGE] * 12), str(tmp_path), environment)
    assert [one.split()[0] for one in told] == ["::error"] * 10 + ["::warning"] * 10
    assert told[-1] == "::warning title=Deployment::3 more findings are in the summary of the job."


# --- what a recording has blackened --------------------------------------------------------------------

BLACK = UNKNOWN * 5


@walked(
    ("recorded", "now", "shown"),
    [
        (f"Dear {BLACK}, welcome", "Dear Ann, hello", "Dear Ann, welcome"),
        (f"Dear {BLACK}", "Dear Ann Smith", "Dear Ann Smith"),
        (f"Dear {BLACK} {BLACK}!", "Dear Ann!", "Dear Ann!"),
        (f"Dear {BLACK}_{BLACK}", "Dear Ann_Smith", "Dear Ann_Smith"),
        (f"Dear {BLACK} or", "Dear Ann and", "Dear Ann or"),
        (f"{BLACK}, hi", "Ann; ho", "Ann, hi"),
        (f"{BLACK}\nBye", "Ann\nBye", "Ann\nBye"),
        (f"a {BLACK}", "a ", f"a {BLACK}"),
        ("Dear Ann", "Dear Joe", "Dear Ann"),
        ("it's all_in one", "it is all in", "it's all_in one"),
        ({"body": BLACK, "gone": BLACK}, {"body": "Ann", "more": "Joe"}, {"body": "Ann", "gone": BLACK}),
        ([{"to": BLACK}, "same"], [{"to": "Ann"}, "other"], [{"to": "Ann"}, "same"]),
        ([BLACK], ["Ann", "Joe"], [BLACK]),
        ([BLACK], "Ann", [BLACK]),
        (BLACK, ["Ann"], BLACK),
        (BLACK, None, BLACK),
        ({"to": BLACK}, ["Ann"], {"to": BLACK}),
        (7, "Ann", 7),
        (None, "Ann", None),
    ],
)
def test_a_blackened_word_may_be_the_one_that_is_there_now(recorded: Any, now: Any, shown: Any) -> None:
    assert uncovered(recorded, now) == shown


def test_blackened_words_are_found_in_a_long_text() -> None:
    parts = [f"line {number} of it\n" for number in range(15)]
    recorded, now = "".join([*parts, f"{BLACK} ", *parts]), "".join([*parts, "Ann ", *parts])
    assert uncovered(recorded, now) == now
    often = "yes and no " * 100
    assert uncovered(f"{BLACK} {often}", f"Ann Smith {often}") == f"Ann Smith {often}"


# --- the review page -----------------------------------------------------------------------------------

MAIL = ChangedContent(
    "welcome",
    "Welcome",
    "mail",
    "email",
    {
        "subscriberId": "ann", "firstName": "Ann", "lastName": "Example", "email": "ann@acme.test", "phone": "+1",
        "locale": "en", "timezone": "Europe/Vienna",
    },
    {"outputs": {"subject": "Hello", "body": "<p>Old</p>"}, "providers": {}, "skip": False},
    {"outputs": {"subject": "Hello", "body": "<p>New</p>"}, "providers": {}, "skip": False},
)  # fmt: skip


def text_of(old: str, new: str, **about: Any) -> ChangedContent:
    """A text message of another workflow, before and now."""
    content = ChangedContent("bye", "", "text", "sms", {"subscriberId": "joe", "firstName": "Joe"},
                             *({"outputs": {"body": body}, "providers": {}, "skip": False} for body in (old, new)))  # fmt: skip
    return replace(content, **about)


def changed(root: Path, *contents: ChangedContent) -> int:
    return keep_for_review(report(contents=contents), root)


def test_each_message_that_changes_is_reviewed_with_whom_it_is_for(tmp_path: Path) -> None:
    assert changed(tmp_path, MAIL, text_of("Bye", "See you"), replace(MAIL, step_id="mail two")) == 3
    store = ReviewStore(tmp_path)
    found = {(test.test, each.stem): each for test, each in store.pending()}
    assert set(found) == {
        ("deployment of welcome", "01-mail-email"),
        ("deployment of welcome", "02-mail%20two-email"),
        ("deployment of bye", "01-text-sms"),
    }
    mail, text = found["deployment of welcome", "01-mail-email"], found["deployment of bye", "01-text-sms"]
    assert (mail.kind, mail.step, mail.channel, mail.workflow) == ("changed", "mail", "email", "welcome")
    assert {file.suffix: store.content(file.path) is not None for file in mail.files} == {
        ".txt": True,
        ".html": True,
    }
    about = mail.context
    assert (about.subscriber, about.name, about.email, about.phone) == (
        "ann", "Ann Example", "ann@acme.test", "+1"
    )  # fmt: skip
    assert (about.locale, about.timezone) == ("en", "Europe/Vienna")
    assert (about.workflow, about.workflow_name) == ("welcome", "Welcome")
    assert (text.context.subscriber, text.context.name, text.context.email) == ("joe", "Joe", "")
    (file,) = text.files
    assert file.path == ".novu/compat/__snapshots__/compat/bye/01-text-sms.txt"
    assert "Bye" in str(store.content(file.path))
    assert "See you" in str(file.new)
    assert (tmp_path / ".novu/compat/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    ("channel", "skip", "status"),
    [
        ("sms", False, "delivered"),
        ("sms", True, "skipped"),
        ("custom", False, "completed"),
        ("custom", True, "skipped"),
    ],
)
def test_a_message_that_is_left_out_now_is_shown_so(
    tmp_path: Path, channel: str, skip: bool, status: str
) -> None:
    content = text_of("Bye", "See you", channel=channel)
    changed(tmp_path, replace(content, new={**content.new, "skip": skip}))
    ((_, found),) = ReviewStore(tmp_path).pending()
    new = next(file.new for file in found.files if file.suffix == ".txt")
    assert f"status: {status}" in str(new)


def test_of_the_last_comparison_alone_something_is_left(tmp_path: Path) -> None:
    changed(tmp_path, MAIL, text_of("Bye", "See you"))
    folder = tmp_path / ".novu/compat/__snapshots__/compat"
    assert {one.name for one in folder.iterdir()} == {"welcome", "bye"}
    assert changed(tmp_path, text_of("Ciao", "See you")) == 1
    assert {one.name for one in folder.iterdir()} == {"bye"}
    store = ReviewStore(tmp_path)
    ((_, found),) = store.pending()
    assert "Ciao" in str(store.content(found.files[0].path))
    assert changed(tmp_path) == 0
    assert ReviewStore(tmp_path).pending() == []


def test_a_message_that_was_accepted_stays_so_until_it_changes_again(tmp_path: Path) -> None:
    assert changed(tmp_path, MAIL) == 1
    store = ReviewStore(tmp_path)
    ((_, found),) = store.pending()
    store.decide("accept", [(found.id, found.revision)])
    assert changed(tmp_path, MAIL) == 0
    assert ReviewStore(tmp_path).pending() == []
    further = {**MAIL.new, "outputs": {"subject": "Hi", "body": "<p>New</p>"}}
    assert changed(tmp_path, replace(MAIL, new=further)) == 1
    ((_, found),) = ReviewStore(tmp_path).pending()
    assert found.kind == "changed"


def test_an_email_that_is_a_text_now_leaves_no_file_of_its_html(tmp_path: Path) -> None:
    changed(tmp_path, MAIL)
    without = {"outputs": {"subject": "Hello"}, "providers": {}, "skip": False}
    changed(tmp_path, replace(MAIL, old=without))
    assert [path.name for path in (tmp_path / ".novu/compat/__snapshots__/compat/welcome").iterdir()] == [
        "01-mail-email.txt"
    ]


def test_the_tests_of_the_project_that_wait_for_a_review_still_do(tmp_path: Path) -> None:
    from tests.unit.review_stores import change, kept, snapshot

    snapshot(tmp_path, "01-text-sms", "old")
    kept(tmp_path, change(tmp_path, "01-text-sms", "new"))
    changed(tmp_path, MAIL)
    changed(tmp_path)
    ((test, _),) = ReviewStore(tmp_path).pending()
    assert test.test == "tests/test_shop.py::test_welcome"
