"""`novu_snapshot`, `--novu-review` and `--novu-report` in real runs of pytest, on a real simulation."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from novu_framework.cli.app import run as command
from novu_framework_testing.review import ReviewStore, terminal
from novu_framework_testing.review.view import change_detail
from tests.integration.review_projects import packed
from tests.tables import one_in

Runner = Callable[..., pytest.RunResult]

WORKFLOWS = """
from pydantic import BaseModel
from novu_framework import workflow

class Payload(BaseModel):
    name: str = "Ann"

@workflow("welcome")
async def welcome(payload: Payload, step):
    await step.in_app("bell", lambda: {
        "subject": "Hello", "body": f"Good to see you, {payload.name}",
        "primary_action": {"label": "Look around", "redirect": {"url": "/start"}},
    })
    await step.delay("wait", lambda: {"amount": 1, "unit": "days"})
    await step.email("mail", lambda: {
        "subject": "Welcome to the shop", "body": f"<h1>Hello {payload.name}</h1>\\n<p>Nice that you are here.</p>",
    })
    await step.sms("text", lambda: {"body": "Welcome"}, skip=True)
"""

TEST = """
from workflows import welcome

ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+4912345"}

def test_welcome(novu, novu_snapshot):
    novu.register(welcome)
    run = novu.trigger("welcome", to=ANN, payload={"name": "Ann"}).run
    novu.advance(days=1)
    assert run == novu_snapshot
"""

FILES = [
    "01-bell-in_app.txt",
    "02-wait-delay.txt",
    "03-mail-email.html",
    "03-mail-email.txt",
    "04-text-sms.txt",
]


@pytest.fixture
def project(pytester: pytest.Pytester) -> Path:
    (pytester.path / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    (pytester.path / "workflows.py").write_text(WORKFLOWS)
    (pytester.path / "test_shop.py").write_text(TEST)
    return pytester.path


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Runner:
    # Each run is one of its own, also when this one is on several processes; and files are edited faster than
    # the time stamps of bytecode tell.
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def run(*arguments: str) -> pytest.RunResult:
        every = ("-p", "no:randomly", "-p", "no:cacheprovider", *arguments)
        return pytester.runpytest_inprocess(*every, no_reraise_ctrlc=True)

    return run


@pytest.fixture(scope="module")
def accepted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the snapshots of the project are kept, once one of the tests has accepted them."""
    return tmp_path_factory.mktemp("accepted") / "__snapshots__"


@pytest.fixture
def saved(project: Path, run: Runner, accepted_once: Path) -> Path:
    """The folder of the test's snapshots, as they were accepted."""
    if accepted_once.exists():
        shutil.copytree(accepted_once, project / "__snapshots__")
    else:
        assert run("--snapshot-update").ret == 0
        shutil.copytree(project / "__snapshots__", accepted_once)
    return project / "__snapshots__" / "test_shop" / "test_welcome"


def edit(project: Path, old: str, new: str, *, file: str = "workflows.py") -> None:
    text = (project / file).read_text()
    assert old in text
    (project / file).write_text(text.replace(old, new))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class TestSnapshots:
    def test_each_step_has_a_file_named_by_order_step_and_channel(self, saved: Path, run: Runner) -> None:
        assert sorted(path.name for path in saved.iterdir()) == FILES
        assert (
            (saved / "03-mail-email.html")
            .read_text()
            .endswith("<h1>Hello Ann</h1>\n<p>Nice that you are here.</p>\n")
        )
        assert (
            (saved / "04-text-sms.txt")
            .read_text()
            .startswith("workflow: welcome\nstep: text\nchannel: sms\nstatus: skipped\n")
        )
        run().assert_outcomes(passed=1)

    def test_they_are_the_same_in_every_run(self, saved: Path, run: Runner) -> None:
        before = contents(saved)
        assert run("--snapshot-update").ret == 0
        assert contents(saved) == before

    def test_a_missing_snapshot_fails_and_says_what_to_do(self, project: Path, run: Runner) -> None:
        result = run()
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(
            ['*email step "mail" has no snapshot yet; `pytest --snapshot-update` would write 03-mail-email']
        )
        assert not (project / "__snapshots__").exists()

    def test_a_failure_names_the_step_and_the_part_with_old_and_new(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(project, "Nice that you are here", "Nice that you came")
        result = run()
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(
            [
                '*email step "mail" is not what its snapshot 03-mail-email says',
                "*body › text",
                "*was: Nice that you are here.",
                "*now: Nice that you came.",
            ]
        )
        result.stdout.no_fnmatch_line("*bell*is not what*")

    def test_a_step_that_moved_is_said_to_have_moved(self, saved: Path, project: Path, run: Runner) -> None:
        edit(
            project,
            "    await step.delay",
            '    await step.sms("early", lambda: {"body": "Hi"})\n    await step.delay',
        )
        run().stdout.fnmatch_lines(
            [
                '*delay step "wait" comes at another place: its snapshot was 02-wait-delay, and would be 03-wait-delay'
            ]
        )

    @pytest.mark.parametrize(
        "extra", one_in(3, [((),), (("test_shop.py",),), ((".",),)]), ids=["all", "a file", "a folder"]
    )
    def test_what_no_step_needs_any_more_is_found_and_removed(
        self, saved: Path, project: Path, run: Runner, extra: tuple[str, ...]
    ) -> None:
        edit(project, '    await step.sms("text", lambda: {"body": "Welcome"}, skip=True)\n', "")
        result = run(*extra)
        assert result.ret == 1
        result.stdout.fnmatch_lines(["*1 snapshot unused*"])
        assert run("--snapshot-warn-unused", *extra).ret == 0
        assert run("--snapshot-update", *extra).ret == 0
        assert sorted(path.name for path in saved.iterdir()) == FILES[:-1]
        assert run(*extra).ret == 0

    def test_the_snapshots_of_a_test_that_is_gone_are_found(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(project, "def test_welcome(novu, novu_snapshot)", "def test_other(novu)", file="test_shop.py")
        edit(project, "assert run == novu_snapshot", "assert run", file="test_shop.py")
        assert run().ret == 1
        assert run("--snapshot-update").ret == 0
        assert not saved.exists()

    def test_a_test_that_is_skipped_or_not_chosen_keeps_its_snapshots(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(
            project,
            "def test_welcome",
            "import pytest\n\n@pytest.mark.skip\ndef test_welcome",
            file="test_shop.py",
        )
        (project / "test_other.py").write_text("def test_plain(snapshot):\n    assert 1 == snapshot\n")
        for arguments in ((), ("test_other.py",), ("-k", "plain")):
            assert run("--snapshot-update", *arguments).ret == 0
            assert sorted(path.name for path in saved.iterdir()) == FILES

    def test_on_several_processes(self, saved: Path, project: Path, run: Runner) -> None:
        edit(
            project,
            "def test_welcome",
            "def test_another(novu_snapshot):\n    assert {'outputs': {'body': 'x'}} == novu_snapshot\n\ndef test_welcome",
            file="test_shop.py",
        )
        assert run("--snapshot-update").ret == 0
        edit(project, '    await step.sms("text", lambda: {"body": "Welcome"}, skip=True)\n', "")
        result = run("-n", "2")
        assert result.ret == 1
        result.stdout.fnmatch_lines(["*1 snapshot unused*"])
        assert run("-n", "2", "--snapshot-update").ret == 0
        assert sorted(path.name for path in saved.iterdir()) == FILES[:-1]

    def test_steps_messages_previews_and_options(self, project: Path, run: Runner) -> None:
        (project / "test_shop.py").write_text(
            TEST.replace(
                "assert run == novu_snapshot",
                """assert run.step("mail") == novu_snapshot
    assert novu.messages[0] == novu_snapshot(name="the bell")
    assert run == novu_snapshot(include=props("subject"), name="subjects")
    assert run.step("bell") == novu_snapshot(also=["transaction_id"], exclude=props("body"), matcher=path_type({"details.transaction_id": (str,)}))
    assert {"outputs": {"body": "1"}, "providers": {}} == novu_snapshot(step="code", channel="sms")""",
            ).replace(
                "from workflows",
                "from syrupy.filters import props\nfrom syrupy.matchers import path_type\nfrom workflows",
            )
        )
        assert run("--snapshot-update").ret == 0
        run().assert_outcomes(passed=1)
        folder = project / "__snapshots__" / "test_shop" / "test_welcome"
        assert (
            (folder / "02-bell-in_app.txt").read_text().endswith("details:\n  transaction_id: (any: str)\n")
        )
        assert "body" not in (folder / "02-bell-in_app.txt").read_text()
        assert "step: code\nchannel: sms\nstatus: preview" in (folder / "03-code-sms.txt").read_text()
        assert (folder / "the%20bell.01-bell-in_app.txt").exists()
        assert "body" not in (folder / "subjects.03-mail-email.txt").read_text()


class TestReview:
    def git(self, project: Path, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=project, check=True, capture_output=True, text=True
        ).stdout

    @pytest.fixture
    def changed(self, saved: Path, project: Path, run: Runner) -> Path:
        """The project with one word of the email changed and kept for review."""
        self.git(project, "init", "-q")
        self.git(project, "add", "-A")
        self.git(project, "-c", "user.name=a", "-c", "user.email=a@acme.test", "commit", "-qm", "start")
        edit(project, "Nice that", "Lovely that")
        result = run("--novu-review")
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(["*1 change to review (1 changed): run `novu-framework review`"])
        assert ".novu" not in self.git(project, "status", "--short")
        return project

    def review(self, project: Path, *answers: str) -> str:
        out = io.StringIO()
        left = iter(answers)

        def ask(prompt: str) -> str:
            try:
                return next(left)
            except StopIteration:
                raise EOFError from None

        terminal(project, ask=ask, out=out)
        return out.getvalue()

    def test_accepting_in_the_terminal_makes_the_test_pass_and_the_diff_is_the_word(
        self, changed: Path, run: Runner
    ) -> None:
        said = self.review(changed, "a")
        assert "was: [-Nice-] that you are here." in said
        assert "now: {+Lovely+} that you are here." in said
        assert "1 accepted, 0 rejected, 0 still to review." in said
        run().assert_outcomes(passed=1)
        diff = self.git(changed, "diff", "--word-diff=plain", "--unified=0", "--", "__snapshots__")
        assert [line for line in diff.splitlines() if "[-" in line or "{+" in line] == [
            "[-<p>Nice-]{+<p>Lovely+} that you are here.</p>"
        ]

    def test_rejecting_leaves_everything_as_it_was(self, changed: Path, run: Runner) -> None:
        before = contents(changed / "__snapshots__")
        assert "0 accepted, 1 rejected, 0 still to review." in self.review(changed, "r", "")
        assert contents(changed / "__snapshots__") == before
        run().assert_outcomes(failed=1)
        run("--novu-review")
        assert "nothing to review" in self.review(changed)

    def test_the_next_runs_say_why_it_was_rejected(
        self, changed: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.review(changed, "r", "Say nice, not \x1b[31mlovely")
        said = "Rejected in review: 'Say nice, not \\u001b[31mlovely' (mail, 03-mail-email)"
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(changed / "summary.md"))
        for options in ((), ("-n1",), ("--novu-review",)):
            output = run(*options).stdout.str()
            assert output.count(said) == output.count("- Novu review -") == 1
        (annotation,) = [line for line in output.splitlines() if line.startswith("::")]
        assert annotation == (
            "::error file=test_shop.py,line=6,title=welcome%3A email for ann has changed::"
            "Rejected in review: 'Say nice, not \\u001b[31mlovely'"
        )
        assert "**rejected**" in (changed / "summary.md").read_text()
        workflows = (changed / "workflows.py").read_text().replace("Lovely", "Good")
        (changed / "workflows.py").write_text(workflows)
        output = run("--novu-review").stdout.str()
        assert "An earlier version was rejected in review: 'Say nice" in output
        assert "You rejected an earlier version: 'Say nice" in self.review(changed, "q")

    def test_a_decision_is_taken_back(self, changed: Path) -> None:
        before = contents(changed / "__snapshots__")
        said = self.review(changed, "a", "u", "q")
        assert "Taken back." in said
        assert "0 accepted, 0 rejected, 1 still to review." in said
        assert contents(changed / "__snapshots__") == before

    def test_each_comparison_of_a_test_is_kept_not_only_the_first(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(
            project,
            "assert run == novu_snapshot",
            "for step in run.steps:\n        assert step == novu_snapshot",
            file="test_shop.py",
        )
        run("--novu-review").assert_outcomes(passed=1)
        edit(project, "Good to see you", "Great to see you")
        edit(project, "Nice that", "Lovely that")
        run("--novu-review").assert_outcomes(failed=1)
        assert [(change.kind, change.step) for _, change in ReviewStore(project).pending()] == [
            ("changed", "bell"),
            ("changed", "mail"),
        ]

    @pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one process", "two processes"])
    def test_what_is_new_gone_and_moved_is_kept_and_accepting_it_all_makes_the_tests_pass(
        self, saved: Path, project: Path, run: Runner, processes: tuple[str, ...]
    ) -> None:
        edit(project, '    await step.sms("text", lambda: {"body": "Welcome"}, skip=True)\n', "")
        edit(
            project,
            "    await step.delay",
            '    await step.push("ping", lambda: {"subject": "Hi", "body": "there"}, skip=True)\n    await step.delay',
        )
        run("--novu-review", *processes)
        assert [(change.kind, change.stem) for _, change in ReviewStore(project).pending()] == [
            ("new", "02-ping-push"),  # the steps after it have another number, and are not to be reviewed
            ("gone", "04-text-sms"),
        ]
        self.review(project, "w")
        result = run()
        result.assert_outcomes(passed=1)
        assert result.ret == 0
        assert sorted(path.name for path in saved.iterdir()) == [
            "01-bell-in_app.txt",
            "02-ping-push.txt",
            "03-wait-delay.txt",
            "04-mail-email.html",
            "04-mail-email.txt",
        ]

    def test_a_step_that_one_of_another_kind_stands_in_the_place_of_is_one_change(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(project, 'step.delay("wait"', 'step.digest("collect"')
        run("--novu-review", "--novu-report", "report.html")
        store = ReviewStore(project)
        ((test, change),) = store.pending()
        assert (change.kind, change.stem, change.stem_before) == (
            "changed",
            "02-collect-digest",
            "02-wait-delay",
        )
        said = [(each["part"], each["old"]) for each in change_detail(store, test, change)["differences"]]
        assert said == [("step", [["wait", True]]), ("kind of step", [["delay", True]])]
        assert ("collect", "changed") in shown(project / "report.html")
        assert ("wait", "gone") not in shown(project / "report.html")
        self.review(project, "w")
        run().assert_outcomes(passed=1)
        assert "02-wait-delay.txt" not in {path.name for path in saved.iterdir()}

    def test_a_test_that_broke_off_does_not_count_its_later_steps_as_gone(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(
            project,
            "    assert run == novu_snapshot",
            "    assert run.step('bell') == novu_snapshot\n    raise RuntimeError",
            file="test_shop.py",
        )
        run("--novu-review").assert_outcomes(failed=1)
        assert not ReviewStore(project).pending()

    @pytest.mark.parametrize("processes", one_in(2, [((),), (("-n", "1"),)]), ids=["alone", "xdist"])
    def test_what_a_run_never_came_to_is_not_gone_and_stays_kept(
        self, changed: Path, project: Path, run: Runner, processes: tuple[str, ...]
    ) -> None:
        (project / "test_a_first.py").write_text("def test_first():\n    assert False\n")
        before = ReviewStore(changed).tests()
        assert before
        run("--novu-review", "-x", "-p", "no:randomly", *processes)
        assert ReviewStore(changed).tests() == before

    def test_messages_cannot_steer_the_terminal(self, saved: Path, project: Path, run: Runner) -> None:
        edit(project, '"subject": "Hello"', '"subject": "\\x1b[2J\\x1b]0;owned\\x07"')
        run("--novu-review")
        assert "\x1b" not in self.review(project, "f", "q")


RERUN = """
from pathlib import Path
from workflows import welcome

def test_welcome(novu, novu_snapshot):
    tries = Path("tries")
    number = len(tries.read_text()) if tries.exists() else 0
    tries.write_text("x" * (number + 1))
    novu.register(welcome)
    name = NAMES[number]
    run = novu.trigger("welcome", to={"subscriberId": "ann", "email": "ann@acme.test"}, payload={"name": name}).run
    novu.advance(days=1)
    assert run.step("bell") == novu_snapshot
    if number == 0:
        assert run.step("mail") == novu_snapshot
    assert number, "the first try fails"
"""


class TestRerun:
    """With pytest-rerunfailures: what counts is the last try of a test, in the process and from a worker."""

    @pytest.fixture(params=one_in(2, [((),), (("-n", "1"),)]), ids=["one process", "a worker"])
    def rerun(self, request: pytest.FixtureRequest, project: Path, run: Runner) -> Callable[..., Any]:
        def rerun(
            names: list[str], *arguments: str, processes: tuple[str, ...] = request.param
        ) -> pytest.RunResult:
            (project / "tries").unlink(missing_ok=True)
            (project / "test_shop.py").write_text(RERUN.replace("NAMES", repr(names)))
            return run("-prerunfailures", "--reruns", "1", *processes, *arguments)

        rerun(["Ann", "Ann"], "--snapshot-update", processes=())
        (project / "__snapshots__/test_shop/test_welcome/02-mail-email.txt").unlink(missing_ok=True)
        (project / "__snapshots__/test_shop/test_welcome/02-mail-email.html").unlink(missing_ok=True)
        return rerun

    def test_a_test_that_passes_on_its_second_try_passes_and_has_nothing_to_review(
        self, project: Path, rerun: Callable[..., Any]
    ) -> None:
        result = rerun(["Zoe", "Ann"], "--novu-review", "--novu-report=report.html")
        assert result.ret == 0
        assert result.parseoutcomes()["passed"] == 1
        assert not ReviewStore(project).tests()
        assert shown(project / "report.html").count(("bell", "same")) == 1

    def test_what_is_kept_is_what_the_last_try_saw_once(
        self, project: Path, rerun: Callable[..., Any]
    ) -> None:
        result = rerun(["Ann", "Zoe"], "--novu-review", "--novu-report=report.html")
        assert result.ret == 1
        ((_, change),) = ReviewStore(project).pending()
        assert change.step == "bell"
        assert "Good to see you, Zoe" in str(change.files[0].new)
        assert [step for step, kind in shown(project / "report.html") if kind == "changed"] == ["bell"]

    def test_what_only_the_first_try_compared_is_gone(self, project: Path, rerun: Callable[..., Any]) -> None:
        (project / "__snapshots__/test_shop/test_welcome/02-mail-email.txt").write_text("what it was\n")
        rerun(["Ann", "Ann"], "--novu-review")
        assert [(each.kind, each.stem) for _, each in ReviewStore(project).pending()] == [
            ("gone", "02-mail-email")
        ]

    def test_a_last_try_that_fails_before_it_compares_proposes_nothing(
        self, project: Path, rerun: Callable[..., Any]
    ) -> None:
        (project / "conftest.py").write_text(
            "import pytest\nfrom pathlib import Path\n\n@pytest.fixture(autouse=True)\n"
            "def second_fails():\n    assert not Path('tries').exists()\n"
        )
        before = contents(project / "__snapshots__")
        assert rerun(["Zoe", "Zoe"], "--novu-review").ret == 1
        assert not ReviewStore(project).tests()
        assert contents(project / "__snapshots__") == before


def shown(report: Path) -> list[tuple[str, str]]:
    """The steps of a report, with what is said of each."""
    text = report.read_text()
    return [(each["step"], each["kind"]) for each in packed(text)]


class TestWhatARunCannotKnow:
    """A run that did not come to a test says nothing about its snapshots, and keeps what waits for a review."""

    @pytest.mark.parametrize(
        ("edit", "arguments"),
        [
            ("", ("--collect-only",)),
            ("import pytest\npytest.skip('later', allow_module_level=True)\n", ()),
            ("import nothing_of_this_name\n", ("--continue-on-collection-errors",)),
            ("import nothing_of_this_name\n", ()),
            ("import pytest\n@pytest.fixture\ndef novu():\n    assert False\n", ()),
            ("import pytest\n@pytest.fixture\ndef novu():\n    pytest.skip('later')\n", ()),
            ("import pytest\n@pytest.fixture\ndef novu():\n    pytest.skip('later')\n", ("test_shop.py",)),
            ("import os, pytest\n@pytest.fixture\ndef novu():\n    raise KeyboardInterrupt\n", ()),
        ],
        ids=["collect-only", "skipped module", "broken module", "stopped by it", "fixture", "skipping fixture", "only skipped", "ctrl-c"],
    )  # fmt: skip
    def test_nothing_is_gone_and_what_waits_stays(
        self, saved: Path, project: Path, run: Runner, edit: str, arguments: tuple[str, ...]
    ) -> None:
        workflows = (project / "workflows.py").read_text()
        (project / "workflows.py").write_text(workflows.replace("Nice that", "Lovely that"))
        run("--novu-review")
        waiting = ReviewStore(project).pending()
        assert len(waiting) == 1
        for name in ("other", "zebra"):
            (project / f"test_{name}.py").write_text("def test_other(novu_snapshot):\n    pass\n")
        (project / "test_shop.py").write_text(edit + TEST)
        run("--novu-review", *arguments)
        assert not [change for _, change in ReviewStore(project).pending() if change.kind == "gone"]
        assert ReviewStore(project).pending() == waiting

    @pytest.mark.parametrize(
        ("arguments", "kept"), [((), False), (("test_other.py",), True), (("-k", "plain"), True)]
    )
    def test_what_waits_of_a_test_that_is_gone_goes_once_all_tests_ran(
        self, saved: Path, project: Path, run: Runner, arguments: tuple[str, ...], kept: bool
    ) -> None:
        edit(project, "Nice that", "Lovely that")
        run("--novu-review")
        assert ReviewStore(project).pending()
        for path in (project / "test_shop.py", *saved.iterdir()):
            path.unlink()
        (project / "test_other.py").write_text("def test_plain():\n    pass\ndef test_more():\n    pass\n")
        assert run("--novu-review", *arguments).ret == 0
        assert bool(ReviewStore(project).pending()) is kept


def disk_is_full(*arguments: Any) -> None:
    raise OSError(28, "No space left on device", "some file")


class TestWhatCannotBeWritten:
    @pytest.fixture
    def broken(self, saved: Path, project: Path) -> Path:
        edit(project, "Nice that", "Lovely that")
        edit(project, "ANN =", "def test_plain():\n    assert 1 == 2\n\nANN =", file="test_shop.py")
        return project

    @pytest.mark.parametrize("cause", ["a full disk", "a folder in the way"])
    def test_each_file_says_so_in_a_line_and_the_results_are_all_there(
        self, broken: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, cause: str
    ) -> None:
        if cause == "a full disk":
            monkeypatch.setattr("novu_framework_testing.snapshots.files.stage", disk_is_full)
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(broken))
        (broken / "test_shop.py").write_text(
            (broken / "test_shop.py").read_text() + "\ndef test_way():\n"
            "    import pathlib\n    pathlib.Path('.novu').write_text('')\n    pathlib.Path('report.html').mkdir()\n"
        )
        result = run("--novu-review", "--novu-report=report.html", "--color=yes")
        result.assert_outcomes(failed=2, passed=1)
        assert result.ret == 1
        lines = [line for line in result.outlines if line.startswith("\x1b[31mnovu: ")]
        assert [re.sub("/.*/", "", line[5:-4]).partition(":")[2].partition(":")[0] for line in lines] == [
            " what there is to review could not be kept",
            " the report report.html could not be written",
            " the summary of the job could not be written",
        ]
        result.stdout.fnmatch_lines(["*FAILED* test_shop.py::*test_plain*", "*2 failed*1 passed*"])
        assert "Traceback" not in result.stderr.str() + result.stdout.str()

    @pytest.mark.parametrize("option", ["--novu-review", "--novu-report=report.html"])
    def test_a_run_of_tests_that_passed_fails_of_it(
        self, saved: Path, run: Runner, option: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert run(option).ret == 0
        monkeypatch.setattr("novu_framework_testing.snapshots.files.stage", disk_is_full)
        result = run(option)
        result.assert_outcomes(passed=1)
        assert result.ret == 1

    @pytest.mark.parametrize(
        ("target", "wrong"),
        [
            ("", "it is a folder"),
            (".", "it is a folder"),
            ("reports/", "it is a folder"),
            ("there", "it is a folder"),
            ("workflows.py/report.html", "*workflows.py is no folder"),
        ],
    )
    def test_what_can_be_no_report_is_said_before_a_test_runs(
        self, project: Path, run: Runner, target: str, wrong: str
    ) -> None:
        (project / "there").mkdir()
        result = run(f"--novu-report={target}")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(
            [f"ERROR: --novu-report={target}: {wrong}. Name a file, such as report.html."]
        )

    @pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
    def test_a_device_is_not_replaced_by_a_report(self, project: Path, run: Runner) -> None:
        os.mkfifo(project / "pipe")
        assert run("--novu-report=pipe").ret == pytest.ExitCode.USAGE_ERROR


class TestSnapshotDirname:
    @pytest.mark.parametrize("dirname", one_in(2, ["data/accepted", "accepted"]))
    @pytest.mark.parametrize("where", ["ini", "command line"])
    def test_what_is_accepted_goes_where_the_tests_look(
        self,
        project: Path,
        run: Runner,
        dirname: str,
        where: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        arguments = [f"--snapshot-dirname={dirname}"] if where == "command line" else []
        if where == "ini":
            with (project / "pytest.ini").open("a") as file:
                file.write(f"addopts = --snapshot-dirname={dirname}\n")
        assert run("--snapshot-update", *arguments).ret == 0
        edit(project, "Nice that", "Lovely that")
        assert run("--novu-review", *arguments).ret == 1
        monkeypatch.setattr("sys.stdin", io.StringIO("w\n"))
        assert command(["review", "--terminal"]) == 0
        assert "1 accepted" in capsys.readouterr().out
        assert run(*arguments).ret == 0
        assert "Lovely" in (project / dirname / "test_shop/test_welcome/03-mail-email.html").read_text()
        assert not (project / "__snapshots__").exists()


class TestReport:
    @pytest.mark.parametrize("fixture", ["novu", "novu_cloud", "novu_cloud_server"])
    def test_has_the_messages_of_a_test_however_it_reaches_the_simulation(
        self, project: Path, run: Runner, fixture: str
    ) -> None:
        (project / "test_shop.py").write_text(
            f"from workflows import welcome\n\ndef test_sent({fixture}):\n    {fixture}.register(welcome)\n"
            f"    {fixture}.trigger('welcome', to={{'subscriberId': 'ann'}}, payload={{'name': 'Zoë'}})\n"
        )
        assert run("--novu-report", "report.html").ret == 0
        assert ("bell", "message") in shown(project / "report.html")

    def test_has_each_message_once_and_none_that_was_compared(self, project: Path, run: Runner) -> None:
        (project / "conftest.py").write_text(
            "import pytest\n\n@pytest.fixture\ndef same(novu):\n    return novu\n"
        )
        (project / "test_shop.py").write_text(
            "from workflows import welcome\n\ndef test_sent(novu, same, novu_snapshot):\n    novu.register(welcome)\n"
            "    run = novu.trigger('welcome', to={'subscriberId': 'ann', 'email': 'a@b.test'}, payload={}).run\n"
            "    novu.advance(days=1)\n    assert run.step('mail') == novu_snapshot\n"
        )
        assert run("--snapshot-update", "--novu-report", "report.html").ret == 0
        assert shown(project / "report.html") == [("mail", "new"), ("bell", "message")]

    def test_is_written_where_pytest_was_started(
        self, saved: Path, project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (project / "below").mkdir()
        monkeypatch.chdir(project / "below")
        assert run("--novu-report", "report.html", "..").ret == 0
        assert ("mail", "same") in shown(project / "below" / "report.html")

    def test_names_a_snapshot_that_is_gone_and_cannot_be_read_by_its_step(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(project, '    await step.sms("text", lambda: {"body": "Welcome"}, skip=True)\n', "")
        (saved / "04-text-sms.txt").write_text("<<<<<<< HEAD\n")
        run("--novu-report", "report.html")
        assert ("text", "gone") in shown(project / "report.html")

    def test_has_every_message_of_the_run_the_changed_ones_first(
        self, saved: Path, project: Path, run: Runner
    ) -> None:
        edit(project, "Nice that", "Lovely that")
        with (project / "test_shop.py").open("a") as file:
            file.write(
                "\ndef test_not_compared(novu):\n    novu.register(welcome)\n    novu.trigger('welcome', to=ANN, payload={'name': 'Zoë'})\n"
            )
        run("--novu-report", "out/report.html").stdout.fnmatch_lines(
            ["*every message of this run is in out/report.html"]
        )
        text = (project / "out" / "report.html").read_text()
        assert text.index('data-channel="email">Mail<') < text.index("without a change</h2>")
        assert text.index("without a change</h2>") < text.index('data-channel="in_app">Bell<')
        assert '<del data-mark="old">Nice</del> that you are here.' in text
        assert "Good to see you, Zoë" in str(packed(text))
        # nothing that a browser would fetch: addresses stand in comments and in the packed data only
        assert not re.search(r"""(?:src|href)\s*=\s*["']?https?:|url\(\s*["']?https?:""", text)
