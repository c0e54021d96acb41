"""Which snapshot files no test needs any more: the only files that `pytest --snapshot-update` deletes.

A file is left over in two cases:

- its test passed to its end in this run, and did not compare it;
- its test does not exist any more: its module does not name it, or its parameter is none of those collected, and
  the run collected all of the file's folder without an error, left no test out, came to the end of each, and none
  failed.

What a run does not know, it leaves alone: nothing is left over where Python takes `assert` out (`-O`), and tests pass
without having compared.
"""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from novu_framework_testing.snapshots.names import FileName, as_compared, escape, folded, is_same_file

COMPARED = pytest.StashKey[set[str]]()
"""On an item: the names of the files that its test compared, in its last try."""


@dataclasses.dataclass(frozen=True)
class Collected:
    """The tests and modules that one process of pytest collected.

    Attributes:
        tests: The folder of the snapshots of each test beside one of the `roots`, chosen or not, by its id.
        modules: The paths of the test modules that were collected without an error, and not skipped.
        roots: The snapshot folders (`__snapshots__`) that existed before the first test ran, each with the
            folder of its test modules; the latter is empty where modules of other folders share it.
        chosen: The number of the tests that were to run.
        whole: Whether all of it was collected without an error, and all tests were chosen.
    """

    tests: dict[str, str]
    modules: list[str]
    roots: dict[str, str]
    chosen: int
    whole: bool


@dataclasses.dataclass
class _Test:
    """What became of the last try of one test."""

    phases: set[str] = dataclasses.field(default_factory=set)
    outcomes: set[str] = dataclasses.field(default_factory=set)
    compared: set[str] = dataclasses.field(default_factory=set)
    is_over: bool = False

    @property
    def passed_to_its_end(self) -> bool:
        return self.phases == {"setup", "call", "teardown"} and self.outcomes == {"passed"}

    def has_compared(self, file: Path) -> bool:
        """Tell whether it compared a file, in whatever case and form of Unicode the file is listed."""
        return file.name in self.compared or any(
            is_same_file(file, file.with_name(name)) for name in self.compared
        )

    @property
    def stems(self) -> set[str]:
        """What the names of the files that it compared begin with."""
        return {name.stem for each in self.compared if (name := FileName.parse(each))}


class Usage:
    """A run of tests, as far as it shows which snapshot files are left over.

    Args:
        directories: What pytest was told to collect; folders are collected whole.

    Attributes:
        was_interrupted: Whether it was stopped, and not by its own tests.
    """

    was_interrupted = False

    def __init__(self, directories: Iterable[Path]) -> None:
        self._directories = [path.resolve() for path in directories]
        self._tests: defaultdict[str, _Test] = defaultdict(_Test)
        self._collected: Collected | None = None
        self._folders: defaultdict[str, set[str]] = defaultdict(set)
        self._functions: defaultdict[str, set[str]] = defaultdict(set)

    def add_collected(self, collected: Collected) -> None:
        """Take what a process has collected; several of one run have to agree."""
        if self._collected not in (None, collected):
            collected = dataclasses.replace(collected, whole=False)
        self._collected = collected
        for test, folder in collected.tests.items():
            self._folders[folded(folder)].add(test)
            for path in (_function(folder), _owner(folder)):
                self._functions[path].add(test)

    def add_report(self, test: str, when: str, outcome: str, compared: Iterable[str] = ()) -> None:
        """Take what pytest reports of one phase of a test: `setup`, `call` or `teardown`."""
        if when == "setup":
            self._tests[test] = _Test()
        state = self._tests[test]
        state.compared.update(compared)
        state.outcomes.add(outcome)
        state.phases.add(when)
        if when == "teardown":
            state.is_over = "call" in state.phases or state.outcomes != {"passed"}

    def left_over(self, file: Path) -> bool:
        """Tell whether no test needs a snapshot file any more."""
        return self._left_over(file, is_known=self.is_whole and self._is_clean)

    def _left_over(self, file: Path, *, is_known: bool) -> bool:
        """Do the same, where it is known already if a test that is not there is gone."""
        if sys.flags.optimize:
            return False
        tests = [self._tests[test] for test in self._folders.get(folded(file.parent), ())]
        if tests:
            return all(test.passed_to_its_end and not test.has_compared(file) for test in tests)
        return is_known and self._has_no_test(file.parent)

    def files(self) -> list[Path]:
        """Return the snapshot files that no test needs any more, in the order of their paths, as their tests spell them."""
        roots = self._collected.roots if self._collected else ()
        is_known = self.is_whole and self._is_clean
        files = (file for root in roots for file in _files_below(Path(root)))
        return sorted(self._spelled(file) for file in files if self._left_over(file, is_known=is_known))

    def _spelled(self, file: Path) -> Path:
        """Return a file by the names that a test uses for its folder and for the step."""
        assert self._collected is not None
        for test in sorted(self._folders.get(folded(file.parent), ())):
            file = as_compared(file, Path(self._collected.tests[test]), self._tests[test].stems)
        return file

    @property
    def not_run(self) -> int:
        """The number of tests that were to run and did not come to their end."""
        chosen = self._collected.chosen if self._collected else 0
        return max(0, chosen - sum(test.is_over for test in self._tests.values()))

    @property
    def is_deselected(self) -> bool:
        """True when the tests that were to run are not all that there are, or that is not known."""
        return self._collected is None or not self._collected.whole

    @property
    def is_whole(self) -> bool:
        """True when all was collected without an error, no test was left out, and each came to its end."""
        if self._collected is None or self.was_interrupted:
            return False
        return self._collected.whole and self.not_run == 0

    @property
    def _is_clean(self) -> bool:
        """True when no test failed."""
        return not any("failed" in test.outcomes for test in self._tests.values())

    def _has_no_test(self, folder: Path) -> bool:
        """Tell whether the test of a folder is gone, in a whole run: not skipped, and not collected elsewhere."""
        assert self._collected is not None
        modules = self._collected.roots.get(str(folder.parent.parent))
        if not modules or not any(Path(modules).resolve().is_relative_to(each) for each in self._directories):
            return False
        module = Path(modules, f"{folder.parent.name}.py")
        if module.is_file() and (
            folded(module) not in map(folded, self._collected.modules) or self._is_left_out(folder, module)
        ):
            return False
        # A parametrised test without parameters is skipped: that says nothing about those it had.
        return not any(
            "skipped" in self._tests[test].outcomes for test in self._functions.get(_function(folder), ())
        )

    def _is_left_out(self, folder: Path, module: Path) -> bool:
        """Tell whether a module has a function or a class of which nothing was collected: settings or a hook left it out."""
        try:
            names = _names_of(module.read_bytes())
        except (OSError, SyntaxError, ValueError, RecursionError):  # it was changed in the meantime
            return True
        function, owner = _function(folder), _owner(folder)
        if function in self._functions:
            return False
        name, first = os.path.basename(function), os.path.basename(owner)
        inherited = f"{name.rpartition('.')[0]}.*"
        return bool(
            names & {name, inherited, _MADE, f"{_MADE}.{name.rpartition('.')[2]}"}
            or (owner not in self._functions and names & {first, "*"})
        )


@lru_cache(maxsize=64)
def _names_of(code: bytes) -> frozenset[str]:
    module = ast.parse(code)
    made = {_MADE} if any(map(_makes_names, ast.walk(module))) else set()
    names = (*_bound(module), *_put_anywhere(module))
    return frozenset(made | {_function(escape(name, keep="_-~.*")) for name in names})


_MADE = "**"
"""In place of the names that a module makes while it runs; `**.test_it` for one that it puts somewhere."""

_MAKERS = frozenset({"setattr", "vars", "globals", "locals", "exec", "eval", "__import__"})
_MAKING_ATTRIBUTES = frozenset(
    {
        "__dict__",
        "__globals__",
        "__setattr__",
        "f_globals",
        "f_locals",
        "modules",
        "new_class",
        "import_module",
        "getmodule",
    }
)


def _makes_names(node: ast.AST) -> bool:
    """Tell whether a part of a module may make names that are not written in it, be it of the module or of a class.

    Attributes of these names are nearly always methods of other things: pytest's `monkeypatch.setattr`, a database's `exec`.
    """
    if isinstance(node, ast.Name):
        return node.id in _MAKERS
    if isinstance(node, ast.Attribute):
        return node.attr in _MAKING_ATTRIBUTES or (node.attr in _MAKERS and _is_named(node.value, "builtins"))
    if isinstance(node, ast.ImportFrom):
        return any(
            alias.name in _MAKERS | _MAKING_ATTRIBUTES or (node.module, alias.name) == ("types", "*")
            for alias in node.names
        )
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        # `spaces()[name] = ...`: what a call returns may be the names of a module; `d[name] = ...` is a dict's own affair
        return not isinstance(node.slice, ast.Constant) and any(
            isinstance(part, ast.Call) for part in ast.walk(node.value)
        )
    return isinstance(node, ast.Call) and _is_named(node.func, "type") and len(node.args) == 3


def _is_named(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _put_anywhere(module: ast.Module) -> Iterator[str]:
    """Yield each name that code at any level assigns in another place, which may be the module or a class in it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield f"{_MADE}.{node.attr}"
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                yield f"{_MADE}.{node.slice.value}"
        elif isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.NamedExpr):
            yield node.target.id


_NO_TESTS = re.compile(r"^(object|ABC|unittest\.(IsolatedAsyncio)?TestCase|(IsolatedAsyncio)?TestCase)$")
"""Base classes that have no tests."""

_MARK = re.compile(r"(pytest\.)?mark\.")
"""Decorators that leave a class as it is."""


def _bound(node: ast.AST, prefix: str = "") -> Iterator[str]:
    """Yield the name of each function, class, method, import and variable, whatever it depends on.

    What a star import and a base class bring along may be anything: `*`, `TestIt.*`; so may what a class has that is
    not written here, or that a decorator or a metaclass has made another one.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + child.name
        elif isinstance(child, ast.ClassDef):
            yield prefix + child.name
            yield from _bound(child, f"{prefix}{child.name}.")
            is_plain = all(_NO_TESTS.search(ast.unparse(base)) for base in child.bases) and all(
                _MARK.match(ast.unparse(decorator)) for decorator in child.decorator_list
            )
            if child.keywords or not is_plain:
                yield f"{prefix}{child.name}.*"
        elif isinstance(child, ast.alias):
            yield prefix + (child.asname or child.name)
            yield f"{prefix}{child.asname or child.name}.*"
        elif isinstance(child, (ast.Name, ast.Attribute)) and isinstance(child.ctx, ast.Store):
            yield prefix + ast.unparse(child)
            yield f"{prefix}{ast.unparse(child)}.*"
        else:
            name = getattr(child, "rest" if isinstance(child, ast.MatchMapping) else "name", None)
            if isinstance(child, ast.pattern | ast.ExceptHandler) and name:
                yield from (prefix + name, f"{prefix}{name}.*")
            yield from _bound(child, prefix)


def _files_below(root: Path) -> Iterator[Path]:
    for folder in root.glob("*/*"):
        # A folder that cannot be read has nothing that can be deleted.
        names = next(os.walk(folder), (None, [], []))[2]
        yield from (folder / name for name in names if FileName.parse(name))


def _function(folder: str | Path) -> str:
    """Return the path of a test's folder without its parameters, and without the digest of its name."""
    above, name = os.path.split(folded(folder))
    return os.path.join(above, name.partition("[")[0].partition("%-")[0])


def _owner(folder: str | Path) -> str:
    """Return the same without what follows the name of its class; the function itself where there is none."""
    above, name = os.path.split(_function(folder))
    return os.path.join(above, name.partition(".")[0])
