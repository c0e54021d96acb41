"""Which snapshots `pytest --snapshot-update` deletes and writes, in real runs with the plugins that people use."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from novu_framework_testing.snapshots import files

Runner = Callable[..., pytest.RunResult]

COMPARE = "assert {'outputs': {'body': 'x'}} == novu_snapshot(step=%r, channel='sms')"
TEST = f"""
import os, pytest

@pytest.mark.parametrize("case", ["free", "FREE"])
def test_a(novu_snapshot, case):
    {COMPARE % "a"}
    {COMPARE % "b"}

def test_b(novu_snapshot):
    {COMPARE % "a"}

def test_plain(snapshot):
    assert "x" == snapshot
"""
SHORT = TEST.replace(COMPARE % "b", "pass")


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")

    def run(*arguments: str, cache: bool = False) -> pytest.RunResult:
        without = ["no:randomly", "no:hypothesispytest", *([] if cache else ["no:cacheprovider"])]
        # What workers load, each in a process of its own, is what they need.
        plugins = ["xdist.plugin", "syrupy", "novu_framework_testing.plugin"] if "-n" in arguments else []
        with pytest.MonkeyPatch.context() as patch:
            if plugins:
                patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
            return pytester.runpytest_inprocess(
                *(part for name in (*without, *plugins) for part in ("-p", name)), *arguments
            )

    return run


@pytest.fixture(scope="module")
def accepted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the snapshots of the project are kept, once one of the tests has accepted them."""
    return tmp_path_factory.mktemp("accepted") / "__snapshots__"


@pytest.fixture
def project(pytester: pytest.Pytester, run: Runner, accepted_once: Path) -> Path:
    """A project with accepted snapshots, of ours and of syrupy's."""
    (pytester.path / "test_shop.py").write_text(TEST)
    if accepted_once.exists():
        shutil.copytree(accepted_once, pytester.path / "__snapshots__")
    else:
        assert run("--snapshot-update").ret == 0
        shutil.copytree(pytester.path / "__snapshots__", accepted_once)
    assert len(accepted(pytester.path)) == 5
    return pytester.path


def accepted(project: Path, dirname: str = "__snapshots__") -> list[str]:
    """The snapshots of ours; what syrupy does with its own is its own affair."""
    root = project / dirname
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.txt"))


def test_a_parameter_in_capitals_has_a_folder_of_its_own(project: Path) -> None:
    folders = {path.rsplit("/", 1)[0].lower() for path in accepted(project) if "test_a" in path}
    assert len(folders) == 2


# Each edits the tests, or has options; none of these tests comes to the end of what it compares.
KEPT: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "an assertion fails first": (lambda text: text.replace("novu_snapshot, case):", "novu_snapshot, case):\n    assert 0"), []),
    "a fixture fails": (lambda text: text + "\n@pytest.fixture(autouse=True)\ndef broken(): assert 0\n", []),
    "the module cannot be imported": (lambda text: "import nothing_of_that_name\n" + text, []),
    "the module is skipped": (lambda text: "import pytest\npytest.skip(allow_module_level=True)\n" + text, []),
    "a condition is not met": (lambda text: text + "\npytestmark = pytest.mark.skipif(True, reason='later')\n", []),
    "they are expected to fail": (lambda text: text.replace(COMPARE % "a", "assert 0") + "\npytestmark = pytest.mark.xfail\n", []),
    "they are only collected": (lambda text: SHORT, ["--collect-only"]),
    "they are only planned": (lambda text: SHORT, ["--setup-plan"]),
    "another is chosen by word": (lambda text: SHORT, ["-k", "plain"]),
    "another is chosen by id": (lambda text: SHORT, ["test_shop.py::test_plain"]),
    "they are deselected": (lambda text: SHORT, ["--deselect=test_shop.py::test_a", "--deselect=test_shop.py::test_b"]),
    "their module is ignored": (lambda text: SHORT, ["--ignore=test_shop.py"]),
    "pytest exits": (lambda text: SHORT.replace("):\n", "):\n    pytest.exit('enough')\n", 1), []),
    "an option does not exist": (lambda text: SHORT, ["--no-such-option"]),
    "pytest keeps unused ones": (lambda text: SHORT, ["--snapshot-no-cleanup"]),
    "pytest looks for no unused ones": (lambda text: SHORT, ["--snapshot-disable-unused"]),
    "there are no parameters now": (lambda text: TEST.replace('["free", "FREE"]', "[]"), []),
    "a subtest fails": (
        lambda text: SHORT.replace("novu_snapshot, case):", "novu_snapshot, case, subtests):\n    with subtests.test(): assert 0"), []),
    "a try after the first fails too": (lambda text: TEST.replace(COMPARE % "a", "assert 0"), ["--reruns=1"]),
}  # fmt: skip


@pytest.mark.parametrize("why", KEPT)
def test_nothing_goes_that_was_not_known_to_be_unused(project: Path, run: Runner, why: str) -> None:
    edit, options = KEPT[why]
    before = accepted(project)
    (project / "test_other.py").write_text("def test_other(): ...\n")
    (project / "test_shop.py").write_text(edit(TEST))
    run("--snapshot-update", *options)
    assert accepted(project) == before


@pytest.mark.parametrize(
    "how", [[], ["-n", "1"], ["--reruns=1"], ["test_shop.py"], ["-k", "test_a"]], ids=str
)
def test_what_a_test_compares_no_more_goes_when_it_passes(project: Path, run: Runner, how: list[str]) -> None:
    (project / "test_shop.py").write_text(SHORT)
    result = run(*how)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["novu: 2 snapshots unused; pytest --snapshot-update deletes them"])
    details = run("--snapshot-details", "--snapshot-warn-unused", *how)
    assert details.ret == 0
    details.stdout.fnmatch_lines(
        ["novu: 2 snapshots unused;*", "  __snapshots__*02-b-sms.txt", "  __snap*02-b-sms.txt"]
    )
    result = run("--snapshot-update", *how)
    assert result.ret == 0
    result.stdout.fnmatch_lines(["novu: 2 snapshots unused and deleted", "  __snapshots__*02-b-sms.txt"])
    assert [path for path in accepted(project) if "02-b" in path] == []
    assert len(accepted(project)) == 3
    clean = run(*how)
    assert clean.ret == 0
    clean.stdout.no_fnmatch_line("novu:*")


@pytest.mark.parametrize("how", [[], ["."], ["-n", "2"]], ids=str)
def test_the_snapshots_of_a_test_that_is_gone_go_after_a_whole_run(
    project: Path, run: Runner, how: list[str]
) -> None:
    (project / "test_shop.py").write_text(
        TEST.replace('["free", "FREE"]', '["free"]').replace("def test_b", "def test_c")
    )
    (project / "test_broken.py").write_text("def test_broken(: ...")
    run("--snapshot-update", "--continue-on-collection-errors", *how)
    assert len(accepted(project)) == 6
    (project / "test_broken.py").write_text("def test_broken(): assert False\n")
    run("--snapshot-update", *how)
    assert [path.split("/")[1] for path in accepted(project)] == [
        "test_a[free]",
        "test_a[free]",
        "test_c",
    ]


def test_the_last_failed_tests_are_not_all(project: Path, run: Runner) -> None:
    (project / "test_shop.py").write_text(
        SHORT.replace("def test_b", "def test_c") + "\ndef test_d(): assert 0\n"
    )
    run(cache=True)
    run("--snapshot-update", "--lf", cache=True)
    assert len(accepted(project)) == 6


def test_a_worker_that_crashes_knows_nothing(project: Path, run: Runner) -> None:
    crash = "def test_b(novu_snapshot):\n    os._exit(1)\n"
    (project / "test_shop.py").write_text(
        TEST.replace("def test_b(novu_snapshot):\n", crash).replace('"FREE"]', '"f"]')
    )
    run("--snapshot-update", "-n", "2")
    assert {path for path in accepted(project) if "test_b" in path or "FREE" in path}
    assert len([path for path in accepted(project) if "test_a" in path]) == 6


def test_the_last_try_of_a_test_says_what_it_compares(project: Path, run: Runner) -> None:
    flaky = TEST + "\nTRIED = []\ndef tried():\n    TRIED.append(1)\n    return len(TRIED) > 2\n"
    (project / "test_shop.py").write_text(flaky.replace(COMPARE % "b", "assert tried()"))
    run("--snapshot-update", "--reruns=2").assert_outcomes(passed=4)
    assert len(accepted(project)) == 3


def test_a_unittest_that_fails_has_not_come_to_its_end(project: Path, run: Runner) -> None:
    (project / "test_shop.py").write_text(f"""
import pytest, unittest

class TestIt(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _with(self, novu_snapshot): self.snapshot = novu_snapshot

    def test_a(self):
        if FAILS: self.fail()
        {COMPARE.replace("novu_snapshot", "self.snapshot") % "a"}

FAILS = False
""")
    run("--snapshot-update").assert_outcomes(passed=1)
    assert len(accepted(project)) == 1
    (project / "test_shop.py").write_text(
        (project / "test_shop.py").read_text().replace("FAILS = False", "FAILS = True")
    )
    run("--snapshot-update").assert_outcomes(failed=1)
    assert len(accepted(project)) == 1


@pytest.mark.parametrize("dirname", ["golden", "data/golden"])
def test_the_folder_has_the_name_that_pytest_is_given(
    pytester: pytest.Pytester, run: Runner, dirname: str
) -> None:
    (pytester.path / "test_shop.py").write_text(TEST)
    option = f"--snapshot-dirname={dirname}"
    assert run("--snapshot-update", option).ret == 0
    assert len(accepted(pytester.path, dirname)) == 5
    assert (pytester.path / dirname / ".gitattributes").exists()
    assert not (pytester.path / "__snapshots__").exists()
    assert run(option).ret == 0
    (pytester.path / "test_shop.py").write_text(SHORT.replace("def test_b", "def test_c"))
    assert run("--snapshot-update", option).ret == 0
    assert len(accepted(pytester.path, dirname)) == 3


def test_a_folder_that_modules_share_is_cleared_of_no_test(pytester: pytest.Pytester, run: Runner) -> None:
    option = f"--snapshot-dirname={pytester.path / 'golden'}"
    (pytester.path / "test_shop.py").write_text(TEST)
    assert run("--snapshot-update", option).ret == 0
    (pytester.path / "test_shop.py").write_text(SHORT.replace("def test_b", "def test_c"))
    run("--snapshot-update", option)
    folders = {path.split("/")[1] for path in accepted(pytester.path, "golden")}
    assert {"test_a[free]", "test_b", "test_c"} <= folders


def test_a_leftover_that_cannot_be_deleted_is_said_and_fails_the_run(
    project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "test_shop.py").write_text(SHORT)

    def refuse(path: Path) -> None:
        raise OSError(30, "Read-only file system", str(path))

    monkeypatch.setattr(files, "remove", refuse)
    result = run("--snapshot-update")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["novu: an unused snapshot cannot be deleted: *Read-only file system*02-b-sms.txt'"]
    )
    assert len(accepted(project)) == 5


@pytest.mark.parametrize("review", [[], ["--novu-review"]], ids=["a test", "a review"])
def test_the_diff_mode_says_how_much_of_a_difference_is_shown(
    project: Path, run: Runner, review: list[str]
) -> None:
    (project / "test_shop.py").write_text(TEST.replace("'x'", "'y'"))
    run(*review).stdout.fnmatch_lines(
        ["*is not what its snapshot 01-a-sms says", "*body", "*was: x", "*now: y"]
    )
    result = run("--snapshot-diff-mode=disabled", *review)
    result.stdout.fnmatch_lines(["*is not what its snapshot 01-a-sms says"])
    result.stdout.no_fnmatch_line("*was: x*")


def test_a_full_disk_is_the_reason_of_the_failure(
    project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "test_shop.py").write_text(TEST.replace("'x'", "'y'"))
    monkeypatch.setattr(
        files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    before = accepted(project)
    result = run("--snapshot-update")
    monkeypatch.undo()
    result.assert_outcomes(failed=3, passed=1)
    result.stdout.fnmatch_lines(
        [
            'E*SnapshotFileError: the snapshot of SMS step "a" cannot be read or written: *No space left on device'
        ]
    )
    assert accepted(project) == before
