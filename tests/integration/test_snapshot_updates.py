"""Which snapshots `pytest --snapshot-update` deletes and writes, in real runs with the plugins that people use."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import ReviewStore
from novu_framework_testing.snapshots import files
from novu_framework_testing.snapshots.leftovers import Collected
from tests.tables import one_in

Runner = Callable[..., pytest.RunResult]
PLUGINS = ["syrupy", "novu_framework_testing.plugin"]

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
GONE = SHORT.replace("def test_b", "def test_c")
CONFTEST = """
import pytest

@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    yield
    items[:] = [item for item in items if not getattr(item.module, "LEFT_OUT", False)]

class Later(pytest.Class):
    def collect(self): pytest.skip("later")

def pytest_pycollect_makeitem(collector, name):
    if getattr(collector.obj, "NO_TESTS", False):
        return []
    if name == "TestLater":
        return Later.from_parent(collector, name=name)
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")

    def run(*arguments: str, cache: bool = False, plugins: Iterable[str] = ()) -> pytest.RunResult:
        without = ["no:randomly", "no:hypothesispytest", *([] if cache else ["no:cacheprovider"])]
        # What workers load, each in a process of its own, is what they need.
        if "-n" in arguments:
            plugins = ["xdist.plugin", *PLUGINS]
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
    "another is chosen by word": (lambda text: GONE, ["-k", "plain"]),
    "another is chosen by id": (lambda text: GONE, ["test_shop.py::test_plain"]),
    "another is chosen by a mark": (lambda text: GONE, ["-m", "nothing"]),
    "they are deselected": (lambda text: GONE, ["--deselect=test_shop.py::test_a", "--deselect=test_shop.py::test_c"]),
    "functions of another name are tests": (lambda text: text, ["-o", "python_functions=test_other"]),
    "functions of another name are tests of another file of settings": (lambda text: text, ["-c", "other.ini"]),
    "other files are tests": (lambda text: text, ["-o", "python_files=test_other.py"]),
    "other folders hold tests": (lambda text: text, ["--override-ini=testpaths=nowhere", "-o", "norecursedirs=*"]),
    "they are tests on another system only": (lambda text: text.replace("def test_b", "if not os:\n  def test_b"), []),
    "they are imported on another system only": (lambda text: text.replace("def test_b", "def unused") + "if not os:\n    from shop import shared as test_b\n", []),
    "a name is not that of a test now": (lambda text: text.replace("def test_b", "def unused") + "test_b = None\n", []),
    "a hook makes no tests of them": (lambda text: TEST + "NO_TESTS = True\n", []),
    "a plugin leaves them out": (lambda text: GONE + "LEFT_OUT = True\n", []),
    "their module is ignored": (lambda text: GONE, ["--ignore=test_shop.py"]),
    "another module is ignored": (lambda text: "", ["--ignore=test_other.py"]),
    "another module is ignored by a pattern": (lambda text: "", ["--ignore-glob=*other.py"]),
    "a class is skipped": (lambda text: "class TestLater: ...\n", []),
    "there are none, and they are only collected": (lambda text: "", ["--collect-only"]),
    "there are none, and they are only set up": (lambda text: "", ["--setup-only"]),
    "pytest exits": (lambda text: SHORT.replace("):\n", "):\n    pytest.exit('enough')\n", 1), []),
    "an option does not exist": (lambda text: SHORT, ["--no-such-option"]),
    "pytest keeps unused ones": (lambda text: SHORT, ["--snapshot-no-cleanup"]),
    "pytest looks for no unused ones": (lambda text: SHORT, ["--snapshot-disable-unused"]),
    "there are no parameters now": (lambda text: TEST.replace('["free", "FREE"]', "[]"), []),
    "a subtest fails": (
        lambda text: SHORT.replace("novu_snapshot, case):", "novu_snapshot, case, subtests):\n    with subtests.test(): assert 0"), []),
    "a try after the first fails too": (lambda text: TEST.replace(COMPARE % "a", "assert 0"), ["-prerunfailures", "--reruns=1"]),
}  # fmt: skip


@pytest.mark.parametrize("why", one_in(2, KEPT))
def test_nothing_goes_that_was_not_known_to_be_unused(project: Path, run: Runner, why: str) -> None:
    edit, options = KEPT[why]
    before = accepted(project)
    (project / "conftest.py").write_text(CONFTEST)
    if text := edit(TEST):
        (project / "test_other.py").write_text("def test_other(): ...\n")
    (project / "test_shop.py").write_text(text)
    (project / "other.ini").write_text(
        "[pytest]\npython_functions = test_other\nasyncio_default_fixture_loop_scope = function\n"
    )
    run("--snapshot-update", *options)
    assert accepted(project) == before


@pytest.mark.parametrize(
    "how",
    one_in(3, [[], ["-n", "1"], ["-prerunfailures", "--reruns=1"], ["test_shop.py"], ["-k", "test_a"]]),
    ids=str,
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


@pytest.mark.parametrize("how", one_in(3, [["."], [], ["-n", "2"]]), ids=str)
def test_the_snapshots_of_a_test_that_is_gone_go_after_a_whole_run_in_which_none_failed(
    project: Path, run: Runner, how: list[str]
) -> None:
    (project / "test_shop.py").write_text(
        TEST.replace('["free", "FREE"]', '["free"]').replace("def test_b", "def test_c")
    )
    (project / "test_broken.py").write_text("def test_broken(: ...")
    (project / "test_later.py").write_text("import pytest\npytest.skip('later', allow_module_level=True)\n")
    run("--snapshot-update", "--continue-on-collection-errors", *how)
    assert len(accepted(project)) == 6
    (project / "test_broken.py").write_text("def test_broken(): assert False\n")
    run("--snapshot-update", *how)
    assert len(accepted(project)) == 6
    (project / "test_broken.py").write_text("def test_broken(): pass\n")
    run("--snapshot-update", *how)
    assert [path.split("/")[1] for path in accepted(project)] == [
        "test_a[free]",
        "test_a[free]",
        "test_c",
    ]


def test_the_last_failed_tests_are_not_all(project: Path, run: Runner) -> None:
    (project / "test_shop.py").write_text(GONE + "\ndef test_d(): assert 0\n")
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
    (project / "test_shop.py").write_text(
        flaky.replace(COMPARE % "b", f"if not tried():\n        {COMPARE % 'b'}\n        assert 0")
    )
    run("--snapshot-update", "-prerunfailures", "--reruns=2").assert_outcomes(passed=4)
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
    (pytester.path / "test_shop.py").write_text(GONE)
    assert run("--snapshot-update", option).ret == 0
    assert len(accepted(pytester.path, dirname)) == 3


def test_a_folder_that_modules_share_is_cleared_of_no_test(pytester: pytest.Pytester, run: Runner) -> None:
    option = f"--snapshot-dirname={pytester.path / 'golden'}"
    (pytester.path / "test_shop.py").write_text(TEST)
    assert run("--snapshot-update", option).ret == 0
    (pytester.path / "test_shop.py").write_text(GONE)
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
    result = run("--snapshot-update", "--color=yes")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["\x1b[[]31mnovu: 2 unused snapshots cannot be deleted: Read-only file system: *02-b-sms.txt*"]
    )
    result.stdout.no_fnmatch_line("*unused and deleted*")
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
    if review:  # no statement failed
        result.stdout.no_fnmatch_line(">*")


def test_a_full_disk_is_the_reason_of_the_failure(
    project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "test_shop.py").write_text(TEST.replace("'x'", "'y'"))
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    before = accepted(project)
    result = run("--snapshot-update")
    monkeypatch.undo()
    result.assert_outcomes(failed=3, passed=1)
    result.stdout.fnmatch_lines(
        [
            'E*SnapshotFileError: the snapshot of SMS step "a" cannot be read or written: *No space left on device'
        ]
    )
    result.stdout.no_fnmatch_line("*snapshots/assertion.py:*")
    assert accepted(project) == before


@pytest.mark.parametrize("plugins", [PLUGINS, PLUGINS[::-1]], ids=["syrupy first", "syrupy last"])
def test_other_plugins_are_not_needed_and_may_come_in_any_order(
    project: Path, run: Runner, plugins: list[str]
) -> None:
    (project / "test_shop.py").write_text(TEST.replace("'x'", "'y'"))
    result = run(plugins=plugins)
    result.assert_outcomes(failed=3, passed=1)
    result.stdout.fnmatch_lines(
        ["E * what a subscriber sees is not what the snapshots say", "3 snapshots failed. 1 snapshot passed."]
    )


ITEMS = """
import pytest

class Recipe(pytest.Item):
    def runtest(self): ...

class Recipes(pytest.File):
    def collect(self): yield Recipe.from_parent(self, name="recipe")

def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".recipe":
        return Recipes.from_parent(parent, path=file_path)
"""


def test_there_may_be_tests_that_are_no_functions(project: Path, run: Runner) -> None:
    (project / "conftest.py").write_text(ITEMS)
    (project / "cake.recipe").touch()
    (project / "test_shop.py").write_text(GONE)
    run("--snapshot-update").assert_outcomes(passed=5)
    assert len(accepted(project)) == 3


def test_where_there_were_no_snapshots_none_goes(pytester: pytest.Pytester, run: Runner) -> None:
    (pytester.path / "test_shop.py").write_text(
        "from pathlib import Path\n\ndef test_a():\n"
        "    file = Path(__file__).parent / '__snapshots__/test_shop/test_a/01-a-sms.txt'\n"
        "    file.parent.mkdir(parents=True)\n    file.touch()\n"
    )
    assert run("--snapshot-update").ret == 0
    assert accepted(pytester.path) == ["test_shop/test_a/01-a-sms.txt"]


@pytest.mark.parametrize("compare", ["assert {} == {}", "unittest.TestCase().assertEqual({}, {})"])
@pytest.mark.parametrize("number", [2, 3], ids=["short enough for pytest", "cut short by pytest"])
def test_a_difference_is_shown_whole_and_once(
    pytester: pytest.Pytester, run: Runner, number: int, compare: str
) -> None:
    (pytester.path / "test_shop.py").write_text(f"""
import unittest
import pytest
from novu_framework_testing.snapshots import RenderedStep

@pytest.fixture
def breaking():
    yield
    assert False

def test_a(novu_snapshot, breaking):
    steps = [RenderedStep("a", "sms", "preview", {{"body": "of a text"}})] * {number}
    {compare.format("steps", "novu_snapshot")}
""")
    result = run()
    result.assert_outcomes(failed=1, errors=1)
    errors, _, failures = result.stdout.str().partition("= FAILURES =")
    section = failures.count("Novu snapshots")
    assert (errors.count("Novu snapshots"), section) == (0, number == 3 or "unittest" in compare)
    assert failures.count(": of a text") == number


def test_other_comparisons_are_explained_by_others(
    project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = "\ndef test_z(): assert [1] == [2]\n"
    (project / "test_shop.py").write_text(TEST.replace("==", "!=") + plain)
    result = run()
    result.assert_outcomes(failed=5)
    result.stdout.no_fnmatch_line("*what a subscriber sees is not what the snapshots say*")
    result.stdout.fnmatch_lines(["*At index 0 diff: 1 != 2"])
    # a run that has not come to a snapshot yet, and did not load them
    monkeypatch.delitem(sys.modules, "novu_framework_testing.snapshots.assertion", raising=False)
    (project / "test_shop.py").write_text(plain)
    run().stdout.fnmatch_lines(["*At index 0 diff: 1 != 2"])


def test_a_worker_tells_what_it_collected_in_plain_data(project: Path) -> None:
    told: dict[str, Any] = {}

    class Worker:
        def pytest_configure(self, config: pytest.Config) -> None:
            config.workeroutput = told  # type: ignore[attr-defined]

    pytest.main(["--collect-only", "-q", "-p", "no:randomly", str(project)], plugins=[Worker()])
    collected = Collected(**json.loads(json.dumps(told["novu_collected"])))
    root = project / "__snapshots__"
    assert {Path(folder).parent for folder in collected.tests.values()} == {root / "test_shop"}
    assert len(collected.tests) == collected.chosen == 4
    assert (collected.modules, collected.roots) == (
        [str(project / "test_shop.py")],
        {str(root): str(project)},
    )


@pytest.mark.parametrize("how", one_in(2, [[], ["-n", "2"], ["--novu-review"], ["--snapshot-update"]]))
def test_a_run_with_changes_says_how_to_look_at_them(project: Path, run: Runner, how: list[str]) -> None:
    before, test_b, after = TEST.partition("def test_b")
    (project / "test_shop.py").write_text(before + test_b + after.replace("'body': 'x'", "'body': 'y'"))
    told = (
        run(*how)
        .stdout.str()
        .count("novu: a message is not as accepted: look at it with `pytest --novu-review` and")
    )
    assert told == (how in ([], ["-n", "2"]))


ODD: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda path: os.mkfifo(path),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a link to a pipe": lambda path: (
        os.mkfifo(path.with_name("pipe")),
        path.with_name("link").symlink_to("pipe"),
        path.symlink_to("link"),
    ),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes that have a path")
@pytest.mark.parametrize("made", ODD)
@pytest.mark.parametrize(
    "mode", one_in(3, [[], ["--snapshot-update"], ["--novu-review"]]), ids=["plain", "update", "review"]
)
def test_what_is_no_file_is_said_and_not_read(project: Path, run: Runner, mode: list[str], made: str) -> None:
    file = next(project.glob("__snapshots__/*/test_b/*.txt"))
    file.unlink()
    ODD[made](file)
    result = run(*mode)
    assert result.ret == 1
    result.stdout.fnmatch_lines([f"*{file} is not a regular file*"])
    assert not file.is_file()


REFUSED: dict[str, Callable[[Path], object]] = {
    **ODD,
    "a folder": lambda path: path.mkdir(),
    "a folder that holds something": lambda path: (path / "in" / "it").mkdir(parents=True),
    "a link in a circle": lambda path: path.symlink_to(path.name),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes that have a path")
@pytest.mark.parametrize("made", REFUSED)
@pytest.mark.parametrize("place", ["of a test", "unused"])
def test_a_snapshot_that_the_system_refuses_keeps_no_other_from_the_review(
    project: Path, run: Runner, made: str, place: str
) -> None:
    file = next(project.glob("__snapshots__/*/test_b/*.txt"))
    if place == "of a test":
        file.unlink()
    else:
        file = file.with_name("09-unused-sms.txt")
    REFUSED[made](file)
    text = (project / "test_shop.py").read_text()
    (project / "test_shop.py").write_text(text.replace("'body': 'x'", "'body': 'y'"))
    result = run("--novu-review")
    assert result.ret == 1
    told = result.stdout.str()
    assert "could not be kept" not in told
    waiting = {test.test.partition("::")[2].partition("[")[0] for test, _ in ReviewStore(project).pending()}
    assert waiting == ({"test_a"} if place == "of a test" else {"test_a", "test_b"})
    if place == "of a test" or file.is_fifo():
        assert file.name in told  # folders and circles are no snapshots, where no test compares with them


def test_a_snapshot_that_is_listed_otherwise_than_its_test_spells_it_stays(
    project: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, samefile = os.walk, os.path.samefile

    def upper(top: Path) -> Any:
        for path, folders, names in walk(top):
            yield path, folders, [re.sub(r"^01-a", "01-A", name) for name in names]

    monkeypatch.setattr(os, "walk", upper)
    monkeypatch.setattr(
        os.path,
        "samefile",
        lambda one, other: samefile(*(str(path).replace("01-A", "01-a") for path in (one, other))),
    )
    before = accepted(project)
    for how in ([], ["--novu-review"], ["--snapshot-update"]):
        result = run(*how)
        assert result.ret == 0
        result.stdout.no_fnmatch_line("*unused*")
    assert accepted(project) == before
