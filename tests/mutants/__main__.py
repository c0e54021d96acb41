"""Mutation testing, sampled: `make mutants`. What it says, and what may be asked of it, is told in CONTRIBUTING.md.

One run of the tests writes down which lines each reaches. Then every mutant is written into a copy of the project, and
the tests that reach its line run there, quickest first, in a process that was forked with every other package loaded.
Two things keep the score honest. Each module is run unchanged (its tests have to pass) and broken (they have
to fail). And a catch counts only when the tests that made it pass without the mutant.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import fnmatch
import functools
import hashlib
import importlib.util
import itertools
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

from tests.mutants.operators import Mutant, count, mutants

ROOT = Path.cwd()
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "site", "build", "dist")
OPTIONS = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--assert=plain")
SLOW = (
    "test_code_blocks_run",
    "pytrace",
    "tests/examples/",
    "test_typing",
    "tests/mutants/",
    "tests/performance/",
)
"""What is not asked: tests that start processes for seconds, that others of this suite stand for, or that trace as this does."""
FIRST = 3.0
"""Seconds of the tests that are asked first; most mutants get no further."""

LEAST_CPU = 8
"""Seconds of CPU that a mutant may use beside what its tests are known to need."""


@dataclass(frozen=True)
class Verdict:
    """How a mutant ended: what caught it, if anything did, and how many tests were asked."""

    caught_by: str | None
    asked: int


@dataclass(frozen=True)
class Result:
    """A mutant with its verdict, for people and as JSON."""

    module: str
    line: int
    old: str
    new: str
    caught_by: str | None
    asked: int


class Selection:
    """A pytest plugin that runs the given tests, in the given order, and sends word of the first that fails."""

    def __init__(self, tests: tuple[str, ...], pipe: int) -> None:
        self.rank = {test: place for place, test in enumerate(tests)}
        self.pipe = pipe

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (one for one in items if one.nodeid in self.rank), key=lambda one: self.rank[one.nodeid]
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self.pipe, report.nodeid.encode())

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            os.write(self.pipe, f"import of {report.nodeid}".encode())


def run(tree: Path, tests: tuple[str, ...], expected: float) -> str | None:
    """Run tests of a tree in a forked process; give the name of the one that failed, or what else went wrong."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        with contextlib.suppress(BaseException):
            os.setsid()
            status = _pytest(tree, tests, writing, expected)
            os._exit(status if status in (0, 1, 5) else 3)
        os._exit(3)
    os.close(writing)
    # the limit of CPU ends a loop; this one ends a wait, and so may be as long as a loaded machine needs
    deadline = time.monotonic() + 60 + 20 * expected
    status: int | None = None
    while status is None and time.monotonic() < deadline:
        ended, code = os.waitpid(process, os.WNOHANG)
        status = code if ended else time.sleep(0.01)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)  # with what it started
    if status is None:
        os.waitpid(process, 0)
    os.set_blocking(reading, False)
    with open(reading, "rb") as said, contextlib.suppress(BlockingIOError):
        if name := (said.read() or b"").decode():
            return name
    if status is None or os.WIFSIGNALED(status):
        return "the limit of time"
    return None if os.WEXITSTATUS(status) in (0, 5) else "an end of the process"


def _pytest(tree: Path, tests: tuple[str, ...], pipe: int, expected: float) -> int:
    seconds = int(LEAST_CPU + 6 * expected)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (4 << 30, 4 << 30))
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree)
    sys.path[:] = [str(tree), *(one for one in sys.path if one not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    hypothesis = ["--hypothesis-seed=0"] if importlib.util.find_spec("_hypothesis_pytestplugin") else []
    return int(pytest.main([*OPTIONS, *hypothesis, "-x", *files], plugins=[Selection(tests, pipe)]))


class Tree:
    """A copy of the project, whose modules change one at a time."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="mutants-")) / "tree"
        shutil.copytree(ROOT, self.path, ignore=NOT_COPIED)
        compileall.compile_dir(self.path, quiet=2)
        self.distrusted: set[str] = set()
        self._passes = functools.cache(functools.partial(run, self.path))

    def judge(self, module: str, text: str, waves: list[tuple[tuple[str, ...], float]]) -> Verdict:
        """Run the waves of tests over the module with another text, until a test that is to be trusted fails."""
        asked = 0
        for wave, expected in waves:
            tests = tuple(one for one in wave if one not in self.distrusted)
            while tests and (caught_by := self._with(module, text, tests, expected)):
                doubted = (caught_by,) if caught_by in tests else tests
                if self._passes(doubted, expected) is None:
                    return Verdict(caught_by, asked + len(tests))
                # red without a mutant as well
                self.distrusted.add(caught_by)
                tests = tuple(one for one in tests if one != caught_by) if caught_by in tests else ()
            asked += len(tests)
        return Verdict(None, asked)

    def _with(self, module: str, text: str, tests: tuple[str, ...], expected: float) -> str | None:
        file = self.path / module
        original, stat = file.read_bytes(), file.stat()
        try:
            file.write_text(text, encoding="utf-8")
            # another second than that of the compiled file, whatever the clock says
            os.utime(file, (stat.st_atime, stat.st_mtime + 10))
            return run(self.path, tests, expected)
        finally:
            file.write_bytes(original)
            os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


class Reach:
    """Which tests run which lines; asked of the tests once, and kept until a file changes."""

    def __init__(self, folder: Path, packages: list[str], tests: list[str], jobs: int) -> None:
        self.folder = folder
        if not (folder / "coverage").exists():  # written last
            print(f"Running the tests once to see what each reaches (kept in {folder}) ...", flush=True)
            shutil.rmtree(folder.parent, ignore_errors=True)
            folder.mkdir(parents=True)
            (folder.parent / ".gitignore").write_text("*\n")
            path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
            variables = {
                **os.environ,
                "PYTHONPATH": path,
                "NOVU_MUTANTS": str(folder),
                "NOVU_MUTANTS_PACKAGES": " ".join(packages),
            }
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-p",
                "tests.mutants.reach",
                *OPTIONS,
                f"-n{jobs}",
                "--dist=worksteal",
            ]
            slow = " and ".join(f"not {one}" for one in SLOW if "/" not in one)
            ignored = [f"--ignore={one}" for one in SLOW if "/" in one]
            left_out = [*ignored, "-k", slow, "-m", "not browser"]
            done = subprocess.run([*command, *left_out, *tests], env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # fmt: skip
            if done.returncode not in (0, 1):
                sys.exit(done.stdout)
            parts = [str(one) for one in folder.glob("coverage.*")]
            measured = coverage.Coverage(data_file=str(folder / "coverage"), config_file=False)
            measured.combine(parts)
            measured.save()
        known = json.loads((folder / "tests.json").read_text())
        self.failed: list[str] = known["failed"]
        self.seconds: dict[str, float] = {
            test: seconds for test, seconds in known["seconds"].items() if test not in self.failed
        }
        self.by_file: dict[str, set[str]] = defaultdict(set)
        for test in self.seconds:
            self.by_file[test.partition("::")[0]].add(test)
        self.data = coverage.CoverageData(str(folder / "coverage"))
        self.data.read()
        self.packages = packages

    @functools.cache  # noqa: B019
    def lines(self, module: str) -> dict[int, set[str]]:
        """Give the tests that run each line of a module."""
        contexts = self.data.contexts_by_lineno(str(ROOT / module))
        return {
            line: {
                test
                for name in names
                for test in ({name} & self.seconds.keys() or self.by_file.get(name, ()))
            }
            for line, names in contexts.items()
        }

    @functools.cache  # noqa: B019
    def imported(self, module: str) -> set[int]:
        """Give the lines of a module that run while modules are imported, such as those of a decorator of others."""
        contexts = self.data.contexts_by_lineno(str(ROOT / module))
        return {line for line, names in contexts.items() if "" in names}

    @functools.cache  # noqa: B019
    def mentions(self, name: str) -> set[str]:
        """Give the tests that run a line which mentions a name, and those whose file mentions it."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        found = {
            test
            for module in modules(self.packages)
            for number, line in enumerate((ROOT / module).read_text(encoding="utf-8").splitlines(), 1)
            if word.search(line)
            for test in self.lines(module).get(number, ())
        }
        for file, tests in self.by_file.items():
            if word.search((ROOT / file).read_text(encoding="utf-8")):
                found |= tests
        return found

    def tests(self, module: str, mutant: Mutant) -> list[set[str]]:
        """Give the tests that may notice a mutant: those to be asked first, and those to be asked after them."""
        reached = self.lines(module)
        near = {test for line in mutant.lines for test in reached.get(line, ())}
        near |= {test for name in mutant.names for test in self.mentions(name)}
        if not mutant.at_import and self.imported(module).isdisjoint(mutant.lines):
            return [near]
        # what a class or a constant is, a test may notice that runs no line of the module
        wide = set().union(*reached.values())
        return [near, wide - near, self.seconds.keys() - wide - near]

    def waves(self, tests: set[str]) -> list[tuple[tuple[str, ...], float]]:
        """Order tests, the quickest files first and slow tests last, into a small first run and one of the rest."""
        files: dict[str, list[float]] = defaultdict(list)
        for test in tests:
            files[test.partition("::")[0]].append(self.seconds[test])
        # to collect a file costs too, by its number of tests
        cost = {
            file: statistics.mean(times) + len(self.by_file[file]) / 5000 for file, times in files.items()
        }
        place = {test: number for number, test in enumerate(self.seconds)}
        chosen = sorted(
            tests, key=lambda one: (self.seconds[one] > 1, cost[one.partition("::")[0]], place[one])
        )
        spent = itertools.accumulate(self.seconds[test] + 0.02 for test in chosen)
        cut = max(1, sum(one < FIRST for one in spent))
        parts = [part for part in (chosen[:cut], chosen[cut:]) if part]
        return [(tuple(part), sum(self.seconds[test] for test in part)) for part in parts]


def modules(packages: Iterable[str]) -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix() for one in packages for path in (ROOT / one).rglob("*.py")
    )


def equivalents() -> dict[tuple[str, str, str], str]:
    """Read the mutants that change nothing: the module, what the line was and becomes, and why."""
    if not EQUIVALENT.is_relative_to(ROOT):
        return {}
    found = re.findall(r"^(\S+\.py)\n- (.*)\n\+ ?(.*)\n= (.+)$", EQUIVALENT.read_text(encoding="utf-8"), re.M)
    return {(module, old, new): why for module, old, new, why in found}


def sample(module: str, wanted: int, chance: random.Random) -> list[Mutant]:
    """Choose mutants of a module by chance, but for those that are known to change nothing."""
    known = equivalents()
    every = mutants((ROOT / module).read_text(encoding="utf-8"), chance)
    chosen = itertools.islice((one for one in every if (module, one.old, one.new) not in known), wanted)
    return sorted(chosen, key=lambda one: one.line)


def survivors() -> set[tuple[str, str, str]]:
    """Read which mutants survived the last run: the module, what the line was and becomes."""
    report = ROOT / ".mutants" / "report.json"
    last = json.loads(report.read_text())["mutants"] if report.exists() else []
    return {(one["module"], one["old"], one["new"]) for one in last if not one["caught_by"]}


tree: Tree


def _begin() -> None:
    global tree
    tree = Tree()


def _judge(module: str, text: str, waves: list[Any]) -> tuple[Verdict, set[str]]:
    return tree.judge(module, text, waves), tree.distrusted


def _end() -> str:
    return str(tree.path.parent)


def preload(folder: Path, packages: list[str]) -> None:
    """Import what the tests import, but for the project itself, so that a forked process has it already."""
    ours = (*packages, "tests", "conftest", "__main__")
    with contextlib.suppress(ImportError):
        # first: no process could load it after what uses hypothesis
        importlib.import_module("_hypothesis_pytestplugin")
    for name in json.loads((folder / "loaded.json").read_text()):
        # (in the order of the tests: what is below asyncio has to come after it)
        if name.partition(".")[0] not in ours and not name.startswith("_"):
            with contextlib.suppress(BaseException), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                importlib.import_module(name)


def digest(paths: Iterable[str], *more: str) -> str:
    """Give a name for the state of some files."""
    found = hashlib.sha256(repr(more).encode())
    for folder in paths:
        for path in sorted((ROOT / folder).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument(
        "--modules", nargs="*", default=[], help="files or patterns; else modules are sampled"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=8, help="how many modules to sample")
    parser.add_argument("--mutants", type=int, default=15, help="how many mutants of each module")
    parser.add_argument("--tests", nargs="*", default=[], help="only these files or folders of tests")
    parser.add_argument("--again", action="store_true", help="only those that survived the last run")
    parser.add_argument("--packages", nargs="*", default=["novu_framework", "novu_framework_testing"])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


def main() -> int:
    options = parse()
    chance = random.Random(options.seed)
    every = modules(options.packages)
    if options.modules:
        chosen = [one for one in every if any(fnmatch.fnmatch(one, pattern) for pattern in options.modules)]
    else:
        worth = [one for one in every if count((ROOT / one).read_text(encoding="utf-8")) >= 5]
        chosen = sorted(chance.sample(worth, min(options.count, len(worth))))
    left = survivors() if options.again else None
    if left is not None:
        chosen = sorted({module for module, _, _ in left} & set(every))
        if not chosen:
            sys.exit("No mutant survived the last run.")
    if not chosen:
        sys.exit(f"No module is named so: {' '.join(options.modules)}")
    folder = ROOT / ".mutants" / digest([*options.packages, "tests"], *options.tests)
    reach = Reach(folder, options.packages, options.tests, options.jobs if options.jobs > 1 else 0)
    for test in reach.failed:
        print(f"red without a mutant, and so not asked: {test}")
    preload(folder, options.packages)
    fork = multiprocessing.get_context("fork")
    results: list[Result] = []
    distrusted: set[str] = set()
    unsaid: list[str] = []
    began = time.monotonic()
    with ProcessPoolExecutor(options.jobs, fork, _begin) as pool:
        waiting = []
        for module in chosen:
            text = (ROOT / module).read_text(encoding="utf-8")
            wanted = options.mutants if left is None else sys.maxsize
            changed = sample(module, wanted, random.Random(f"{options.seed} {module}"))
            if left is not None:
                changed = [one for one in changed if (module, one.old, one.new) in left]
            tests = [
                [wave for tests in reach.tests(module, one) for wave in reach.waves(tests)] for one in changed
            ]
            # of those that run it: where a mutant's name is only mentioned, the module may not even be imported
            asked = reach.waves(set().union(*reach.lines(module).values()))[:1]
            control_texts = (text, f"raise RuntimeError\n{text}") if asked else (text,)
            controls = [pool.submit(_judge, module, one, asked) for one in control_texts]
            waiting.append((module, controls, changed, [pool.submit(_judge, module, one.text, waves) for one, waves in zip(changed, tests, strict=True)]))  # fmt: skip
        for module, controls, changed, verdicts in waiting:
            unchanged, *broken = (one.result()[0] for one in controls)
            if unchanged.caught_by or not all(one.caught_by for one in broken):
                why = f"red unchanged: {unchanged.caught_by}" if unchanged.caught_by else "green broken"
                unsaid.append(f"{module}: nothing may be said of it, since its tests are {why}")
                print(unsaid[-1], flush=True)
                continue
            mine = []
            for mutant, future in zip(changed, verdicts, strict=True):
                verdict, doubtful = future.result()
                distrusted |= doubtful
                mine.append(
                    Result(module, mutant.line, mutant.old, mutant.new, verdict.caught_by, verdict.asked)
                )
            results += mine
            report(module, mine)
        for path in {one.result() for one in [pool.submit(_end) for _ in range(4 * options.jobs)]}:
            shutil.rmtree(path, ignore_errors=True)
    for test in sorted(distrusted):
        print(f"failed without a mutant too, and so was not believed: {test}")
    report("all", results)
    print(
        f"seed {options.seed}, {time.monotonic() - began:.0f} s; the whole story is in .mutants/report.json"
    )
    (ROOT / ".mutants" / "report.json").write_text(
        json.dumps({"seed": options.seed, "mutants": [asdict(one) for one in results]}, indent=1)
    )
    return 1 if unsaid else 0


def report(name: str, results: list[Result]) -> None:
    """Print a score; for a module, its survivors as well."""
    caught = sum(one.caught_by is not None for one in results)
    print(f"{name:60} {caught:4} of {len(results):4}  {100 * caught / max(1, len(results)):5.1f}%")
    for one in results if name != "all" else ():
        if one.caught_by is None:
            asked = f"{one.asked} tests pass" if one.asked else "no test runs it"
            print(f"  {one.module}:{one.line} ({asked})\n    - {one.old}\n    + {one.new}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
