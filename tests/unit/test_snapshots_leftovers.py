"""Which snapshot files a run of tests leaves over: the one decision behind every deletion."""

from __future__ import annotations

import dataclasses
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.snapshots import leftovers
from novu_framework_testing.snapshots.leftovers import Collected, Usage
from novu_framework_testing.snapshots.names import as_compared, folded, folder
from tests.tables import walked

PASSED = [("setup", "passed"), ("call", "passed"), ("teardown", "passed")]
FILE = "01-a-sms.txt"
OTHER = "02-b-sms.txt"

TRIES: dict[str, tuple[list[tuple[str, str]], bool]] = {
    "passed": (PASSED, True),
    "failed": ([("setup", "passed"), ("call", "failed"), ("teardown", "passed")], False),
    "a fixture failed": ([("setup", "failed"), ("teardown", "passed")], False),
    "teardown failed": ([("setup", "passed"), ("call", "passed"), ("teardown", "failed")], False),
    "marked to be skipped": ([("setup", "skipped"), ("teardown", "passed")], False),
    "skipped itself, or failed as expected": (
        [("setup", "passed"), ("call", "skipped"), ("teardown", "passed")],
        False,
    ),
    "one of its subtests failed": (
        [("setup", "passed"), ("call", "failed"), ("call", "passed"), ("teardown", "passed")],
        False,
    ),
    "only planned (--setup-only)": ([("setup", "passed"), ("teardown", "passed")], False),
    "interrupted": ([("setup", "passed"), ("call", "passed")], False),
    "its worker crashed": ([("setup", "passed"), ("???", "failed")], False),
    "never ran": ([], False),
    "passed at the second try": (
        [("setup", "passed"), ("call", "rerun"), ("teardown", "passed"), *PASSED],
        True,
    ),
    "a fixture passed at the second try": ([("setup", "rerun"), ("teardown", "passed"), *PASSED], True),
    "failed at the second try": (
        [*PASSED[:1], ("call", "rerun"), PASSED[2], *PASSED[:1], ("call", "failed"), PASSED[2]],
        False,
    ),
    "is still to be tried again": ([("setup", "passed"), ("call", "rerun"), ("teardown", "passed")], False),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The snapshots of three tests of a module: two that exist, and one that is gone."""
    (tmp_path / "test_shop.py").touch()
    for test in ("test_one", "test_two", "test_gone"):
        folder = tmp_path / "__snapshots__" / "test_shop" / test
        folder.mkdir(parents=True)
        for name in (FILE, OTHER, "notes.md", ".novu-1-a.tmp"):
            (folder / name).touch()
    (tmp_path / "__snapshots__" / ".gitattributes").touch()
    return tmp_path


def collected(root: Path, **changed: Any) -> Collected:
    snapshots = root / "__snapshots__"
    facts: dict[str, Any] = {
        "tests": {f"t::{name}": str(snapshots / "test_shop" / name) for name in ("test_one", "test_two")},
        "modules": [str(root / "test_shop.py")],
        "roots": {str(snapshots): str(root)},
        "chosen": 2,
        "whole": True,
    }
    return Collected(**facts | changed)


def run_of(
    root: Path,
    *facts: Collected,
    one: Iterable[tuple[str, str]] = PASSED,
    two: Iterable[tuple[str, str]] = PASSED,
    directories: Iterable[Path] | None = None,
) -> Usage:
    run = Usage([root] if directories is None else directories)
    for name, reports in (("test_one", one), ("test_two", two)):
        for when, outcome in reports:
            run.add_report(f"t::{name}", when, outcome, [FILE] if when == "call" else [])
    for each in facts:
        run.add_collected(each)
    return run


def left(run: Usage, root: Path) -> list[str]:
    return [file.relative_to(root / "__snapshots__" / "test_shop").as_posix() for file in run.files()]


GONE = [f"test_gone/{name}" for name in (FILE, OTHER)]


@pytest.mark.parametrize("name", TRIES)
def test_a_file_that_its_test_did_not_compare_goes_only_if_the_test_passed_to_its_end(
    root: Path, name: str
) -> None:
    reports, goes = TRIES[name]
    run = run_of(root, collected(root, whole=False), one=reports)
    assert left(run, root) == ([f"test_one/{OTHER}"] if goes else []) + [f"test_two/{OTHER}"]


def test_nothing_goes_where_python_takes_asserts_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(root, collected(root))
    assert left(run, root) == [*GONE, f"test_one/{OTHER}", f"test_two/{OTHER}"]
    monkeypatch.setattr(leftovers, "sys", SimpleNamespace(flags=SimpleNamespace(optimize=1)))
    assert left(run, root) == []


def test_the_last_try_says_what_a_test_compares(root: Path) -> None:
    run = Usage([root])
    for compared in (OTHER, FILE):
        for when, outcome in PASSED:
            run.add_report("t::test_one", when, outcome, [compared] if when != "setup" else [])
    run.add_collected(collected(root, chosen=1))
    assert left(run, root) == [*GONE, f"test_one/{OTHER}"]


def test_of_a_folder_that_two_tests_share_a_file_goes_if_neither_needs_it(root: Path) -> None:
    folder = str(root / "__snapshots__" / "test_shop" / "test_one")
    # On some systems these are one folder: by case, and by how é is written.
    facts = collected(root, tests={"t::test_one": folder, "t::test_two": folder.replace("one", "ONE")})
    run = run_of(root, facts, two=[])
    assert left(run, root) == []
    for when, outcome in PASSED:
        run.add_report("t::test_two", when, outcome, [OTHER])
    assert left(run, root) == [*GONE, *(f"test_two/{name}" for name in (FILE, OTHER))]


class NoCase:
    """A system on which case and the form of Unicode do not count, and that lists each name as `listed` spells it.

    It may number a file anew for each of its spellings.
    """

    def __init__(self, patch: pytest.MonkeyPatch, listed: Callable[[str], str], *, numbers: bool) -> None:
        self._listed, self._numbers = listed, numbers
        self._real = SimpleNamespace(walk=os.walk, listdir=os.listdir, samefile=os.path.samefile)
        patch.setattr(os, "walk", self.walk)
        patch.setattr(os, "listdir", self.listdir)
        patch.setattr(os.path, "samefile", self.samefile)

    def walk(self, top: Path) -> Iterator[Any]:
        for path, folders, names in self._real.walk(top):
            yield path, folders, [*map(self._listed, names)]

    def listdir(self, folder: Path) -> list[str]:
        return [*map(self._listed, self._real.listdir(folder))]

    def _spelled(self, path: Path) -> Path:
        """The path as it was written first."""
        names = self._real.listdir(path.parent)
        alike = [name for name in names if folded(name) == folded(path.name)]
        return path.parent / alike[0] if alike else path

    def samefile(self, one: Path, other: Path) -> bool:
        is_same = bool(self._real.samefile(self._spelled(one), self._spelled(other)))
        return is_same and (self._numbers or one.name == other.name)


SPELT: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "renamed by hand": ("later.01-x-sms.txt", "Later.01-x-sms.txt", str),
    "listed in lower case": ("01-a%2Fb-sms.txt", "01-a%2Fb-sms.txt", str.lower),
    "listed in upper case": ("01-a%2fb-sms.txt", "01-a%2Fb-sms.txt", str),
    "listed in the other form of Unicode": ("01-é-sms.txt", "01-é-sms.txt", partial(unicodedata.normalize, "NFD")),
}  # fmt: skip


def compared_by(root: Path, name: str) -> Usage:
    run = Usage([root])
    for when, outcome in PASSED:
        run.add_report("t::test_one", when, outcome, [name] if when == "call" else [])
    run.add_collected(collected(root, whole=False))
    return run


@pytest.mark.parametrize("numbers", [True, False], ids=["", "numbered anew"])
@pytest.mark.parametrize("how", SPELT)
def test_a_file_that_was_compared_stays_however_it_is_spelt(
    root: Path, how: str, monkeypatch: pytest.MonkeyPatch, *, numbers: bool
) -> None:
    compared, written, listed = SPELT[how]
    folder = root / "__snapshots__" / "test_shop" / "test_one"
    (folder / written).write_text("x")
    NoCase(monkeypatch, listed, numbers=numbers)
    run = compared_by(root, compared)
    assert [run.left_over(folder / name) for name in (listed(written), FILE)] == [False, True]
    assert left(run, root) == [f"test_one/{FILE}", f"test_one/{OTHER}"]


@pytest.mark.parametrize("numbers", [True, False], ids=["", "numbered anew"])
def test_what_is_left_over_of_a_step_is_spelt_as_its_test_spells_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, numbers: bool
) -> None:
    folder = root / "__snapshots__" / "test_shop" / "test_one"
    for suffix in (".txt", ".html"):
        (folder / f"Later.01-x-email{suffix}").touch()
    NoCase(monkeypatch, str, numbers=numbers)
    run = compared_by(root, "later.01-x-email.txt")
    assert left(run, root) == [f"test_one/{name}" for name in (FILE, OTHER, "later.01-x-email.html")]


@pytest.mark.parametrize("beside", [True, False])
def test_where_case_counts_the_other_spelling_is_another_file(root: Path, *, beside: bool) -> None:
    folder = root / "__snapshots__" / "test_shop" / "test_one"
    (folder / "Later.01-x-sms.txt").touch()
    if (folder / "later.01-x-sms.txt").exists():
        pytest.skip("case does not count here")
    if beside:
        (folder / "later.01-x-sms.txt").touch()
    run = compared_by(root, "later.01-x-sms.txt")
    assert left(run, root) == [f"test_one/{name}" for name in (FILE, OTHER, "Later.01-x-sms.txt")]


def test_a_file_that_cannot_be_looked_at_is_not_left_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Path) -> bool:
        raise PermissionError

    file = root / "__snapshots__" / "test_shop" / "test_one" / "Later.01-x-sms.txt"
    monkeypatch.setattr(os.path, "samefile", refused)
    assert compared_by(root, "later.01-x-sms.txt").left_over(file) is False


def test_a_folder_that_is_listed_otherwise_is_that_of_the_test(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = root / "__snapshots__" / "test_shop" / "test_one"
    monkeypatch.setattr(os.path, "samefile", lambda one, other: folded(one) == folded(other))
    listed = folder.with_name("TEST_ONE") / "01-A%2FB-sms.html"
    assert as_compared(listed, folder, ["01-a%2fb-sms"]) == folder / "01-a%2fb-sms.html"
    assert as_compared(listed, folder, []) == folder / listed.name
    assert as_compared(folder / "notes.md", folder, ["01-a%2fb-sms"]) == folder / "notes.md"


WRITTEN: list[tuple[str, str, bool]] = [
    ("test_gone", "", True),
    ("test_gone", "def test_gone_too(): ...\n# def test_gone(): ...\n'def test_gone()'", True),
    ("test_gone", "class TestIt:\n    def test_gone(self): ...", True),
    ("test_gone", "if HERE:\n    async def test_gone(): ...", False),
    ("test_gone[a.b]", "try:\n    from shop import test_x as test_gone\nexcept ImportError: pass", False),
    ("test_gone", "with it:\n    test_gone = made()", False),
    ("TestIt.test_gone", "class TestOther:\n    def test_gone(self): ...", True),
    ("TestIt.test_gone", "class TestIt(Base): ...", False),
    ("TestIt.test_gone", "class TestIt:\n    if HERE:\n        def test_gone(self): ...", False),
    ("TestIt.test_gone[FREE-1.2]", "class TestIt(Base):\n    def test_gone(self, plan): ...", False),
    ("TestSome.test_gone", "class TestSome: ...", True),
    ("TestSome.test_gone", "class TestSome(unittest.TestCase, ABC): ...", True),
    ("TestSome.test_gone", "class TestSome(bases.Base): ...", False),
    ("TestSome.test_gone", "class TestSome(Base if HERE else object): ...", False),
    ("TestSome.test_gone", "class TestOther(Base): ...", True),
    ("TestSome.test_gone", "class TestSome: ...\nif HERE:\n    TestSome.test_gone = made()", False),
    ("test_gone", "if HERE:\n    from common import *", False),
    ("TestIt.test_gone", "from common import *", False),
    ("TestSome.test_gone", "from common import *", True),
    ("TestIt.TestIn.test_gone", "class TestIt:\n    class TestIn(Base): ...", False),
    ("test_größe[é.x]", "def test_größe(plan): ...", False),
    (f"test_{'long' * 40}", f"def test_{'long' * 40}(): ...", False),
    ("test_gone", "def test_other(:", False),
    ("TestSome.test_gone", "from shop import TestSome", False),
    ("TestSome.test_gone", "TestSome = made()", False),
    ("TestSome.test_gone", "@with_cases\nclass TestSome: ...", False),
    ("TestSome.test_gone", "@pytest.mark.slow\n@mark.fast(1)\nclass TestSome: ...", True),
    ("TestSome.test_gone", "class TestSome(metaclass=Cases): ...", False),
    ("test_gone", "def test_other(monkeypatch):\n    monkeypatch.setattr(os, 'name', 'x')", True),
    ("test_gone", "type(shop)", True),
    *(
        (name, code, False)
        for name in ("test_gone", "test_gone[a]", "TestIt.test_gone", "TestSome.test_gone")
        for code in (
            "setattr(sys.modules[__name__], 'test_s', made())",
            "if HERE:\n    for each in 'xy':\n        vars()['test_' + each] = made(each)",
            "globals().update(tests())",
            "globals()['test_s'] = made()",
            "locals()['test_s'] = made()",
            "exec('def test_s(): ...')",
            "def make():\n    exec(CODE, globals())\nmake()",
            "sys.modules[__name__].__dict__['test_s'] = made()",
            "module = sys.modules[__name__]\nmake(module)",
            "import builtins\nbuiltins.setattr(module, 'test_s', made())",
            "from builtins import setattr as put\nput(module, 'test_s', made())",
            "put = setattr\nput(module, 'test_s', made())",
            "sys._getframe().f_globals['test_s'] = made()",
            "class TestIt:\n    for each in 'xy':\n        vars()['test_' + each] = made(each)",
            "class TestIt: ...\nsetattr(TestIt, 'test_s', made())",
            "class TestIt: ...\ntype.__setattr__(TestIt, 'test_s', made())",
            "make(type('TestIt', (), {'test_s': made()}))",
            "make(types.new_class('TestIt', (), {}, fill))",
            "me = importlib.import_module(__name__)\nme.test_s = made()",
            "made.__globals__['test_s'] = made()",
            "made.__globals__.update(tests())",
            "__import__(__name__).test_s = made()",
            "import inspect\ninspect.getmodule(made).test_s = made()",
            "from inspect import getmodule as of\nput(of(made), 'test_s')",
            "for each in 'xy':\n    space()['test_' + each] = made(each)",
            "for each in 'xy':\n    made().names['test_' + each] = made(each)",
        )
    ),
    *(
        (name, code, False)
        for name in ("test_gone", "test_gone[a]", "TestSome.test_gone")
        for code in (
            "import test_shop as me\nme.test_gone = made()",
            "import test_shop\nif HERE: test_shop.test_gone = made()",
            "from shop import me\nme.inner.test_gone = made()",
            "def make():\n    me = find()\n    me.test_gone = made()\nmake()",
            "for found().test_gone in made(): ...",
            "with made() as me[0].test_gone: ...",
            "space()['test_gone'] = made()",
            "from shop import names\nnames['test_gone'] = made()",
            "(me.test_gone, other), *rest = made()",
            "me.test_gone: object = made()",
            "me.test_gone |= made()",
        )
    ),
    *(
        ("test_gone", code, False)
        for code in (
            "match made():\n    case None: ...\n    case test_gone: ...",
            "match made():\n    case [int() as test_gone]: ...",
            "match made():\n    case [_, *test_gone]: ...",
            "match made():\n    case {'a': 1, **test_gone}: ...",
            "match made():\n    case It(a=[1 | 2, test_gone]): ...",
            "if HERE:\n    match made():\n        case 1:\n            test_gone = made()",
            "def make():\n    global test_gone\n    test_gone = made()\nmake()",
            "def make(case=(test_gone := made())): ...",
            "(test_p, test_gone), *test_r = made()",
            "for test_gone in made(): ...",
        )
    ),
    *(
        (name, code, True)
        for name in ("test_gone", "test_gone[a]", "TestSome.test_gone")
        for code in (
            "def test_other(monkeypatch):\n    monkeypatch.setattr(os, 'name', 'x')",
            "class TestOther:\n    def setup_method(self):\n        self.x = 1\n        self.all['a'] = self.x",
            "d = {}\nd['a'] = 1\nfor each in 'xy':\n    d[each] = 1\n    d['in'][each] = 1",
            "import os\nos.environ['HOME'] = '/'\nos.environ[made()] = '/'",
            "import settings\nsettings.DEBUG = True",
            "made().debug = True\nspace()['debug'] = True",
            "match made():\n    case {'test_gone': 1, **rest}: ...\n    case test.gone: ...\n    case _: ...",
            "def make():\n    test_gone = made()\n    return test_gone",
        )
    ),
]


@walked(("name", "code", "goes"), WRITTEN)
def test_a_test_that_its_module_still_names_is_not_gone_where_nothing_of_it_was_collected(
    tmp_path_factory: pytest.TempPathFactory, name: str, code: str, goes: bool
) -> None:
    tmp_path = tmp_path_factory.mktemp("shop")
    (tmp_path / "test_shop.py").write_text(code, encoding="utf-8")
    snapshots = tmp_path / "__snapshots__"
    folders = {each: snapshots / "test_shop" / folder(each) for each in (name, "TestSome.test_here[a]")}
    for each in folders.values():
        each.mkdir(parents=True)
        (each / FILE).touch()
    tests = {"t::here": str(folders["TestSome.test_here[a]"])}
    run = Usage([tmp_path])
    for when, outcome in PASSED:
        run.add_report("t::here", when, outcome, [FILE])
    modules, roots = [str(tmp_path / "test_shop.py")], {str(snapshots): str(tmp_path)}
    run.add_collected(Collected(tests=tests, modules=modules, roots=roots, chosen=1, whole=True))
    assert run.files() == ([folders[name] / FILE] if goes else [])


STAYS: dict[str, dict[str, Any]] = {
    "a test was left out, or a module was not imported": {"facts": {"whole": False}},
    "a test never ran": {"two": []},
    "a test was interrupted": {"two": PASSED[:2]},
    "tests were only planned": {"one": [PASSED[0], PASSED[2]]},
    "a module was skipped": {"facts": {"modules": []}},
    "other files were named": {"directories": []},
    "another folder was named": {"directories": ["elsewhere"]},
    "modules of other folders share the snapshot folder": {"facts": {"roots": "shared"}},
    "pytest was interrupted": {"interrupted": True},
}


@pytest.mark.parametrize("why", [None, *STAYS])
def test_the_files_of_a_test_that_is_gone_go_only_after_a_whole_run(root: Path, why: str | None) -> None:
    case = {**STAYS[why]} if why else {}
    facts = case.pop("facts", {})
    if facts.get("roots") == "shared":
        facts = {"roots": {str(root / "__snapshots__"): ""}}
    (root / "elsewhere").mkdir()
    if "directories" in case:
        case["directories"] = [root / each for each in case["directories"]]
    interrupted = case.pop("interrupted", None)
    run = run_of(root, collected(root, **facts), **case)
    if interrupted:
        run.was_interrupted = True
    found = left(run, root)
    assert [each for each in found if "gone" in each] == ([] if why else GONE)
    assert run.left_over(root / "__snapshots__" / "test_shop" / GONE[0]) is (why is None)


@pytest.mark.parametrize("name", [name for name, (reports, _) in TRIES.items() if reports])
def test_a_run_is_whole_when_all_tests_came_to_an_end_and_clean_when_none_failed(
    root: Path, name: str
) -> None:
    reports = TRIES[name][0]
    run = run_of(root, collected(root), one=reports)
    over = name not in ("interrupted", "its worker crashed", "only planned (--setup-only)")
    assert run.is_whole is over
    assert [each for each in left(run, root) if "gone" in each] == (
        GONE if over and "failed" not in _last(reports) else []
    )


def _last(reports: list[tuple[str, str]]) -> list[str]:
    """Return the outcomes of a test's last try."""
    setups = [index for index, (when, _) in enumerate(reports) if when == "setup"]
    return [outcome for _, outcome in reports[setups[-1] :]]


def test_the_files_of_a_module_that_is_gone_go_too(root: Path) -> None:
    (root / "test_shop.py").unlink()
    run = run_of(root, collected(root, tests={}, modules=[str(root / "test_other.py")]))
    assert len(left(run, root)) == 6


def test_a_parametrised_test_keeps_its_files_while_it_has_no_parameters(root: Path) -> None:
    snapshots = root / "__snapshots__" / "test_shop"
    for name in ("test_two[a]", "test_two[b]"):
        (snapshots / "test_two").rename(snapshots / name) if name.endswith("[a]") else (
            snapshots / name
        ).mkdir()
    facts = collected(root)
    facts.tests["t::test_two"] = str(snapshots / "test_two[NOTSET]")
    skipped, empty = TRIES["marked to be skipped"][0], [f"test_two[a]/{name}" for name in (FILE, OTHER)]
    assert left(run_of(root, facts, two=skipped), root) == [*GONE, f"test_one/{OTHER}"]
    # With other parameters, those that it had are gone.
    assert left(run_of(root, facts), root) == [*GONE, f"test_one/{OTHER}", *empty]


def test_workers_that_do_not_agree_make_no_whole_run(root: Path) -> None:
    facts = collected(root)
    assert [each for each in left(run_of(root, facts, facts), root) if "gone" in each] == GONE
    other = collected(root, chosen=3)
    for order in ((facts, other), (other, facts)):
        assert [each for each in left(run_of(root, *order), root) if "gone" in each] == []


def test_a_run_of_some_tests_or_of_nobody_knows_which_says_so(root: Path) -> None:
    runs = (run_of(root, collected(root)), run_of(root, collected(root, whole=False)), run_of(root))
    assert [run.is_deselected for run in runs] == [False, True, True]


def test_a_run_that_collected_nothing_leaves_nothing_over(root: Path) -> None:
    assert run_of(root).files() == []
    file = root / "__snapshots__" / "test_shop" / "test_one" / OTHER
    assert run_of(root).left_over(file) is False


def test_what_a_process_collected_does_not_change(root: Path) -> None:
    facts: Any = collected(root)
    with pytest.raises(dataclasses.FrozenInstanceError):
        facts.whole = False
