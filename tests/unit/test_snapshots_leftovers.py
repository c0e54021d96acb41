"""Which snapshot files a run of tests leaves over: the one decision behind every deletion."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.snapshots import leftovers
from novu_framework_testing.snapshots.leftovers import Collected, Usage
from novu_framework_testing.snapshots.names import folder

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


@pytest.mark.parametrize(("name", "code", "goes"), WRITTEN)
def test_a_test_that_its_module_still_names_is_not_gone_where_nothing_of_it_was_collected(
    tmp_path: Path, name: str, code: str, goes: bool
) -> None:
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
