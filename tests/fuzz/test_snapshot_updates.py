"""Runs of `pytest --snapshot-update` in which tests fail, are skipped, are left out or break off, at random.

What each run may delete is worked out from what its tests wrote down of themselves, not from pytest's reports.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.storage import replace_all
from tests.fuzz import FUZZ
from tests.tables import one_in

STEPS = ("a", "b")
COMPARES = "    assert {'outputs': {'body': '%s'}} == novu_snapshot(step='%s', channel='sms')\n"
BOTH = "".join(COMPARES % (step, step) for step in STEPS)
FIRST = COMPARES % ("a", "a")

# What a test does, and whether that is passing to its end; it says itself that it came there.
ACTS = {
    "compares both": (BOTH, True),
    "compares one": (FIRST, True),
    "compares one that changed": (COMPARES % ("new", "a"), True),
    "compares none": ("", True),
    "fails first": ("    assert False\n", False),
    "fails between": (FIRST + "    assert False\n", False),
    "skips": ("    pytest.skip('later')\n", False),
    "fails as expected": ("    pytest.xfail('later')\n", False),
    "exits": ("    pytest.exit('enough')\n", False),
    "is interrupted": ("    raise KeyboardInterrupt\n", False),
    "a fixture fails": ("", False),
    "a fixture fails at the end": ("", False),
    "is marked to be skipped": ("", False),
    "is marked to fail": ("    assert False\n", False),
    "passes at the second try": ("    retry()\n" + FIRST, True),
}
MARKS = {
    "is marked to be skipped": "@pytest.mark.skip\n",
    "is marked to fail": "@pytest.mark.xfail\n",
    "a fixture fails": "@pytest.mark.usefixtures('broken')\n",
    "a fixture fails at the end": "@pytest.mark.usefixtures('breaking')\n",
}
HEAD = """
import pytest
from pathlib import Path
LOG = Path(__file__).with_name("log")
TRIED = []
def retry():
    if not TRIED:
        TRIED.append(1)
        assert False
@pytest.fixture
def broken(): assert False
@pytest.fixture
def breaking():
    yield
    assert False
"""
TEST = """
{mark}@pytest.mark.parametrize("case", {cases})
def test_{number}(novu_snapshot, case):
{body}    with LOG.open("a") as file: file.write("test_{module}/test_{number}[" + case + "]\\n")
"""
MODULES = {"is imported": "", "cannot be imported": "import nothing_of_that_name\n",
           "is skipped": "pytest.skip(allow_module_level=True)\n"}  # fmt: skip
# None of these makes a test that is not there one that is gone, but for those of `WHOLE`.
OPTIONS: list[list[str]] = [
    [], ["."], ["-x"], ["--maxfail=2"], ["-k", "x"], ["-k", "test_0"], ["test_0.py"], ["test_0.py::test_0"], ["--collect-only"],
    ["--deselect", "test_0.py::test_0"], ["--ignore", "test_1.py"], ["-m", "not skip"], ["--setup-only"], ["--stepwise"],
    ["--continue-on-collection-errors"], ["--no-such-option"],
]  # fmt: skip
WHOLE = ([], ["."], ["-x"], ["--maxfail=2"], ["--continue-on-collection-errors"], ["--stepwise"])
# These may choose all tests that there are.
CHOOSING = (
    ["-k", "x"],
    ["-k", "test_0"],
    ["--deselect", "test_0.py::test_0"],
    ["--ignore", "test_1.py"],
    ["-m", "not skip"],
)


ENDS = {"exits", "is interrupted"}
FAILS = {"fails first", "fails between", "a fixture fails", "a fixture fails at the end"}


class Case:
    """A project with accepted snapshots, and what its tests do now."""

    def __init__(self, seed: int, root: Path) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.tests: dict[str, str] = {}
        calm, clean = (self.random.random() < chance for chance in (0.7, 0.5))
        acts = [act for act in ACTS if not (calm and act in ENDS) and not (clean and act in FAILS)]
        kinds = self.random.choices([*MODULES], weights=[8, 1, 1], k=2)
        self.is_whole = True
        for module in range(2):
            source = HEAD + MODULES[kinds[module]]
            self.is_whole &= kinds[module] != "cannot be imported"
            for number in range(3):
                act = self.random.choice(acts)
                cases = self.random.choice([["x"], ["x", "y"], ["x", "y", "z"]])
                body, _ = ACTS[act]
                gone = self.random.random() < 0.2
                for case in ("x", "y", "z"):
                    name = f"test_{module}/test_{number}[{case}]"
                    self.accept(name)
                    if gone or case not in cases:
                        self.tests[name] = "kept" if kinds[module] == "is skipped" else "gone"
                    else:
                        self.tests[name] = act if kinds[module] == "is imported" else "kept"
                if not gone:
                    source += TEST.format(
                        mark=MARKS.get(act, ""), cases=cases, number=number, body=body, module=module
                    )
            (root / f"test_{module}.py").write_text(source)
        self.options = self.random.choice(OPTIONS if calm else OPTIONS[:2])
        self.is_whole &= self.options in WHOLE

    def accept(self, test: str) -> None:
        folder = self.root / "__snapshots__" / test
        for number, step in enumerate(STEPS, 1):
            rendered = RenderedStep(step, "sms", "preview", {"body": step})
            replace_all(
                folder,
                {
                    f"{number:02d}-{step}-sms{suffix}": data
                    for suffix, data in encoded_files(rendered).items()
                },
            )

    def expected(self) -> dict[str, list[str]]:
        """Return the files that each test has after the run."""
        log = self.root / "log"
        ended = log.read_text().split("\n") if log.exists() else []
        acts = self.tests.values()
        # A test that came to nothing else came to an end of its own, but for these.
        clean = self.is_whole and not (ENDS | FAILS) & {*acts}
        files: dict[str, list[str]] = {}
        for test, act in self.tests.items():
            names = ["01-a-sms.txt", "02-b-sms.txt"]
            if act == "gone":
                # A case that was skipped speaks for all that its test had.
                skipped = {"skips", "is marked to be skipped", "fails as expected", "is marked to fail"}
                siblings = {self.tests[f"{test.partition('[')[0]}[{case}]"] for case in "xyz"}
                files[test] = [] if clean and not siblings & skipped else names
            elif test in ended and ACTS[act][1]:
                files[test] = names[: {"compares both": 2, "compares none": 0}.get(act, 1)]
            else:
                files[test] = names
        return files

    def found(self) -> dict[str, list[str]]:
        """Return the files that each test has."""
        folders = {test: self.root / "__snapshots__" / test for test in self.tests}
        return {test: sorted(path.name for path in folder.glob("*")) for test, folder in folders.items()}


@pytest.mark.parametrize("seed", one_in(3, range(15 * FUZZ)))
def test_only_what_no_test_needs_goes(
    seed: int, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    case = Case(seed, pytester.path)
    pytester.runpytest_inprocess(
        "--snapshot-update", "-prerunfailures", "--reruns=1", *case.options, "-p", "no:hypothesispytest", "-p", "no:randomly",
        no_reraise_ctrlc=True,
    )  # fmt: skip
    found, expected = case.found(), case.expected()
    if case.options in CHOOSING:
        found |= {test: expected[test] for test, act in case.tests.items() if act == "gone"}
    assert found == expected, (case.options, case.tests)
