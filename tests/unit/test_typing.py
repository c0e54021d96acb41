"""What type checkers say of users' code: mypy --strict and pyright's strict mode, each on every file of `typing/`.

Files named `right` have to be accepted; in those named `wrong` each line that says `# wrong` is reported, and no other.
So is each import of a misspelt name, of every package and sub-package.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from _pytest.fixtures import FixtureFunctionDefinition

import novu_framework
import novu_framework_testing
import novu_framework_testing.plugin

HERE = Path(__file__).parent / "typing"
RIGHT = sorted(HERE.glob("*right.py"))
WRONG = sorted(HERE.glob("*wrong.py"))

Reports = dict[Path, dict[int, str]]
"""File to line to what is said of it."""


def run(*command: str) -> str:
    # pyright looks for the types of a package on the path, and not where an editable installation leads
    root = str(Path(novu_framework.__file__).parents[1])
    # and where it verifies types, it asks the Python on the system's path, whichever it is told of
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {
        **os.environ,
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
        "PYTHONPATH": root,
        "PATH": path,
    }
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, timeout=300, env=environment
    )
    assert done.returncode in (0, 1), done.stderr or done.stdout
    return done.stdout


def mypy(paths: Iterable[Path]) -> Reports:
    options = ["--strict", "--no-error-summary", "--hide-error-context", "--config-file="]
    reports: Reports = {}
    for line in run("mypy", *options, *map(str, paths)).splitlines():
        if found := re.match(r"(.+):(\d+): error: (.*)", line):
            reports.setdefault(Path(found[1]), {})[int(found[2])] = found[3]
    return reports


def pyright(paths: Iterable[Path]) -> Reports:
    reports: Reports = {}
    output = run("pyright", "--pythonpath", sys.executable, "--outputjson", *map(str, paths))
    for found in json.loads(output)["generalDiagnostics"]:
        if found["severity"] == "error":
            line = found["range"]["start"]["line"] + 1
            reports.setdefault(Path(found["file"]), {})[line] = found["message"]
    return reports


def misspelt_imports() -> list[str]:
    lines = []
    for root in (novu_framework, novu_framework_testing):
        below = pkgutil.walk_packages(root.__path__, f"{root.__name__}.", onerror=print)
        for package in [root.__name__, *(each.name for each in below if each.ispkg)]:
            names = getattr(importlib.import_module(package), "__all__", ["Nothing"])
            lines += [f"from {package} import {name}er as {name}{len(lines)}  # wrong" for name in names]
    return lines


@pytest.mark.types
@pytest.mark.parametrize("checker", [mypy, pyright])
def test_code_that_uses_every_public_name_is_accepted_and_every_wrong_use_is_reported_on_its_line(
    checker: Callable[[Iterable[Path]], Reports], tmp_path: Path
):
    imports = tmp_path / "imports_wrong.py"
    imports.write_text("\n".join(misspelt_imports()))
    files = [*WRONG, imports]
    reports = {path.name: reported for path, reported in checker([*RIGHT, *files]).items()}
    assert RIGHT
    assert {path.name for path in RIGHT}.isdisjoint(reports), reports
    for path in files:
        wrong = {n for n, line in enumerate(path.read_text().splitlines(), 1) if "# wrong" in line}
        assert len(wrong) > 8
        assert reports[path.name].keys() == wrong, reports[path.name]


@pytest.mark.types
@pytest.mark.parametrize("package", ["novu_framework", "novu_framework_testing"])
def test_the_types_of_a_package_are_known_to_its_users(package: str):
    output = run(
        "pyright",
        "--pythonpath",
        sys.executable,
        "--verifytypes",
        package,
        "--ignoreexternal",
        "--outputjson",
    )
    found = json.loads(output)["typeCompleteness"]
    unknown = [each["name"] for each in found["symbols"] if each["isExported"] and not each["isTypeKnown"]]
    assert found["completenessScore"] >= 0.98, "\n".join(unknown)


def test_the_type_of_every_fixture_is_exported_and_on_the_page() -> None:
    page = (HERE.parents[2] / "docs/how-to/type-checkers.md").read_text(encoding="utf-8")
    for name, fixture in fixtures():
        written = str(inspect.signature(fixture).return_annotation)
        kind = re.sub(r"^Iterator\[(.*)\]$", r"\1", written)
        assert kind == "Any" or kind.startswith("Callable[") or kind in novu_framework_testing.__all__, (
            f"{name}: {kind}"
        )
        assert f"| `{name}` | " + ("" if kind == "Any" else f"`{kind}`") in page, name


def fixtures() -> Iterator[tuple[str, Callable[..., object]]]:
    """The fixtures of the plugin, but for those with an underscore, by name."""
    for module in (
        importlib.import_module(f"novu_framework_testing.plugin.{name}")
        for name in novu_framework_testing.plugin.SUBJECTS
    ):
        for name, value in vars(module).items():
            if isinstance(value, FixtureFunctionDefinition) and name.startswith("novu"):
                yield name, value._get_wrapped_function()
