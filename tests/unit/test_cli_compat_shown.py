"""What `novu-framework compat` shows of a report, what it asks for, and how it ends."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from novu_framework.cli import compat
from novu_framework.cli.app import run
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.compat import CompatFinding, CompatReport, VersionProblem
from novu_framework_testing.review import Refused

LONG = ", and so on" * 12
FINDINGS = {
    "break": CompatFinding("break", "order", ("mail",), f"it fails{LONG}", f"Keep it{LONG}."),
    "change": CompatFinding("change", "order", (), "the message is another", "Look at it."),
    "unsure": CompatFinding("unsure", "order", ("text",), "it raises"),
    "safe": CompatFinding("safe", "bye", (), "a new workflow"),
}
BOLD, RED, YELLOW, GREEN, DIM, END = "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[2m", "\x1b[0m"
SHOWN = {
    "break": [f"{BOLD}Breaks open runs:{END}", f"{RED}✗ order/mail: it fails{LONG}{END}", f"{DIM}    → Keep it{LONG}.{END}", ""],
    "change": [f"{BOLD}Changes what subscribers or colleagues see:{END}", f"{YELLOW}~ order: the message is another{END}", f"{DIM}    → Look at it.{END}", ""],
    "unsure": [f"{BOLD}Could not be tried:{END}", "? order/text: it raises", ""],
    "safe": [f"{BOLD}Safe for open runs:{END}", f"{GREEN}✓ bye: a new workflow{END}", ""],
}  # fmt: skip


def report(*levels: str, tried: int = 0) -> CompatReport:
    return CompatReport("main", f"the working tree{LONG}", [FINDINGS[one] for one in levels], tried=tried)


@pytest.mark.parametrize(
    ("levels", "tried", "to_review", "end"),
    [
        ((), 0, 0, [f"{DIM}0 answers of old and new compared{END}"]),
        (("safe",), 1, 0, [f"{DIM}1 answer of old and new compared{END}"]),
        (("unsure", "safe"), 2, 0, [f"{DIM}2 answers of old and new compared{END}"]),
        (
            ("change",),
            3,
            1,
            [
                f"{DIM}3 answers of old and new compared{END}",
                f"1 message to look at, old next to new: {BOLD}novu-framework review{END}",
            ],
        ),
        (
            ("break", "change", "unsure", "safe"),
            4,
            2,
            [
                f"{DIM}4 answers of old and new compared{END}",
                f"2 messages to look at, old next to new: {BOLD}novu-framework review{END}",
            ],
        ),
    ],
)
def test_a_report_is_shown_by_what_it_does_to_runs(
    monkeypatch: pytest.MonkeyPatch, levels: tuple[str, ...], tried: int, to_review: int, end: list[str]
) -> None:
    shown = io.StringIO()
    coloured = Console(file=shown, force_terminal=True, color_system="standard", highlight=False, width=80)
    monkeypatch.setattr(compat, "console", coloured)
    made = report(*levels, tried=tried)
    compat._show(made, to_review)
    style = "\x1b[1;31m" if "break" in levels else "\x1b[1;32m"
    lines = [line for level in levels for line in SHOWN[level]]
    assert shown.getvalue() == "\n".join([*lines, f"{style}{made.summary}.{END}", *end, ""])


Asked = dict[str, Any]


@pytest.fixture
def ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in a project where the versions, the review and GitHub answer so."""
    monkeypatch.chdir(tmp_path)

    def answering(answer: Any, asked: list[Any]) -> Callable[..., Any]:
        def answered(*arguments: Any, **named: Any) -> Any:
            asked.append((*arguments, named) if named else arguments)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return answered

    def asking(
        *arguments: str, versions: Any = None, kept: Any = 0, told: Any = (), asked: Asked | None = None
    ) -> tuple[int, str, str]:
        asked = {} if asked is None else asked
        for name, place, answer in (
            ("versions", "novu_framework_testing.compat.compat", versions or report("change", tried=2)),
            ("kept", "novu_framework_testing.compat.review.keep_for_review", kept),
            ("told", "novu_framework_testing.compat.github.tell_github", told),
        ):
            monkeypatch.setattr(place, answering(answer, asked.setdefault(name, [])))
        status = run(["compat", *arguments])
        return (status, *capsys.readouterr())

    return asking


@pytest.mark.parametrize(
    ("settings", "arguments", "app", "default_app"),
    [
        ("", [], None, ""),
        ('[tool.novu]\napp = "main:app"\n', [], None, "main:app"),
        ('[tool.novu]\napp = "main:app"\n', ["--app", "other:app"], "other:app", "main:app"),
    ],
)
def test_both_versions_are_of_the_app_that_is_named_or_of_the_settings(
    ask: Any, tmp_path: Path, settings: str, arguments: list[str], app: str | None, default_app: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    asked: Asked = {}
    status, said, _ = ask("main", *arguments, asked=asked, kept=3)
    assert (status, said.splitlines()[-1]) == (
        0,
        "3 messages to look at, old next to new: novu-framework review",
    )
    assert asked["versions"] == [
        ("main", app, {"root": tmp_path, "app": app or "", "default_app": default_app})
    ]
    ((_, root),) = asked["kept"]
    assert root == tmp_path
    ((_, folder, _),) = asked["told"]
    assert folder == str(tmp_path)


def test_nothing_is_kept_for_a_review_where_none_is_wanted(ask: Any) -> None:
    asked: Asked = {}
    status, said, _ = ask("main", "--no-review", asked=asked, kept=3)
    assert (status, asked["kept"], "to look at" in said) == (0, [], False)


@pytest.mark.parametrize(("levels", "status"), [(("safe",), 0), (("change", "unsure"), 0), (("break",), 1)])
def test_programs_get_json_on_standard_output_and_annotations_beside_it(
    ask: Any, levels: tuple[str, ...], status: int
) -> None:
    made = report(*levels, tried=2)
    ended, out, err = ask("main", "--json", versions=made, kept=1, told=["::error::a", "::warning::b"])
    assert json.loads(out) == {**made.to_json(), "toReview": 1}
    assert (ended, err) == (status, "::error::a\n::warning::b\n")
    ended, out, err = ask("main", versions=made, told=["::error::a"])
    assert (ended, out.splitlines()[-1], err) == (status, "::error::a", "")


@pytest.mark.parametrize(
    ("answers", "status", "said"),
    [
        ({"versions": VersionProblem("No such version.", "Name another.")}, 2, "No such version.\nName another.\n"),
        ({"versions": BridgeFailure("it is gone")}, 1, "A version does not answer: no response"),
        ({"kept": Refused("conflict", "it changed since")}, 1, "What changes cannot be kept for the review: "),
        ({"kept": OSError(28, "No space left")}, 1, "What changes cannot be kept for the review: [Errno 28] No space left\n"),
        ({"told": OSError(28, "No space left")}, 1, "The summary of the job cannot be written: No space left.\n"),
        ({"told": OSError("it is full")}, 1, "The summary of the job cannot be written: it is full.\n"),
    ],
    ids=["no version", "no answer", "no review", "a full disk", "no summary", "no reason"],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_words(
    ask: Any, answers: dict[str, Exception], status: int, said: str
) -> None:
    ended, _, err = ask("main", **answers)
    assert (ended, err[: len(f"Error: {said}")]) == (status, f"Error: {said}")
