"""Every public definition explains itself, and no two classes of the project share a name.

Read from the source, so that what is optional or loaded late is looked at too. That the examples in docstrings hold
is tested in `tests/docs`.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

import novu_framework
import novu_framework.fastapi
import novu_framework_testing

ROOT = Path(__file__).parents[2]

QUESTIONS = "as how if in it of that there what when where whether which who whom whose why"
"""Words that no docstring begins with."""

DESCRIPTIONS = "a all an any are at each every for from is no not on one only the this to"
"""Words that a function's docstring does not begin with either: they begin a noun phrase, not a command."""

IMPERATIVES = "address bypass dismiss express focus pass process"
"""Commands that end with an s."""

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Public(NamedTuple):
    """A public definition: where it is, and what it says of itself."""

    place: str
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.node) or ""

    @property
    def first_word(self) -> str:
        return self.docstring.split()[0].strip("`.,:").lower()

    @property
    def is_command(self) -> bool:
        """True for what is called in order to do something: not a class, a property or a fixture."""
        decorators = " ".join(map(ast.unparse, self.node.decorator_list))
        nouns = isinstance(self.node, ast.ClassDef) or "property" in decorators or "fixture" in decorators
        return not nouns


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    return [
        (path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8")))
        for package in ("novu_framework", "novu_framework_testing")
        for path in sorted((ROOT / package).rglob("*.py"))
    ]


def definitions(path: Path, body: list[ast.stmt], owner: str = "") -> Iterator[Public]:
    for node in body:
        if isinstance(node, (ast.If, ast.Try)):
            yield from definitions(path, node.body, owner)
        elif isinstance(node, DEFINITIONS) and not node.name.startswith("_"):
            decorators = {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}
            if not decorators & {"overload", "setter"}:
                yield Public(f"{path}:{node.lineno} {owner}{node.name}", node)
            if isinstance(node, ast.ClassDef):
                yield from definitions(path, node.body, f"{owner}{node.name}.")


def inherited() -> set[tuple[str, str]]:
    """Class and method, for each method that a base of the class explains: `help` shows that docstring."""
    classes = {
        node.name: node for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    }

    def explained(name: str) -> set[str]:
        node = classes.get(name)
        if node is None:
            return set()
        own = {one.name for one in node.body if isinstance(one, DEFINITIONS) and ast.get_docstring(one)}
        return own.union(*(explained(ast.unparse(base).split("[")[0]) for base in node.bases))

    return {
        (node.name, method)
        for node in classes.values()
        for base in node.bases
        for method in explained(ast.unparse(base).split("[")[0])
    }


@cache
def public_definitions() -> list[Public]:
    overrides = inherited()
    return [
        definition
        for path, tree in trees()
        if not any(part.startswith("_") and not part.startswith("__") for part in path.parts)
        for definition in definitions(path, tree.body)
        if definition.docstring or tuple(definition.place.split()[-1].split(".")[-2:]) not in overrides
    ]


def is_imperative(word: str) -> bool:
    """Tell whether a word may be one: it begins no description and is not in the third person."""
    third_person = word.endswith("s") and not word.endswith("ss") and word not in IMPERATIVES.split()
    return word not in DESCRIPTIONS.split() and not third_person


def report(places: list[str]) -> str:
    return "\n".join([f"{len(places)}:", *places])


def test_every_module_has_a_docstring() -> None:
    without = [str(path) for path, tree in trees() if not ast.get_docstring(tree)]
    assert not without, report(without)


def test_every_public_definition_has_a_docstring() -> None:
    without = [one.place for one in public_definitions() if not one.docstring]
    assert not without, report(without)


def test_docstrings_begin_with_a_command_or_a_noun() -> None:
    documented = [one for one in public_definitions() if one.docstring]
    assert len(documented) > 300
    wrong = [
        f"{one.place}: {one.docstring.splitlines()[0]}"
        for one in documented
        if one.first_word in QUESTIONS.split() or (one.is_command and not is_imperative(one.first_word))
    ]
    assert not wrong, report(wrong)


def test_first_paragraphs_end_with_a_full_stop() -> None:
    open_ended = [
        one.place
        for one in public_definitions()
        if one.docstring and not one.docstring.split("\n\n")[0].endswith((".", ":", "?"))
    ]
    assert not open_ended, report(open_ended)


@pytest.mark.parametrize(
    "module",
    [novu_framework, novu_framework_testing, novu_framework.fastapi],
    ids=lambda module: module.__name__,
)
def test_every_exported_name_has_a_docstring(module: ModuleType) -> None:
    exported = {name: getattr(module, name) for name in module.__all__}
    without = [
        name
        for name, value in exported.items()
        if inspect.isroutine(value) or inspect.isclass(value)
        if not value.__doc__
    ]
    assert exported
    assert not without, report(without)


def test_one_name_is_one_class() -> None:
    places: dict[str, list[str]] = {}
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(f"{path}:{node.lineno}")
    shared = [f"{name}: {', '.join(homes)}" for name, homes in places.items() if len(homes) > 1]
    assert not shared, report(shared)
