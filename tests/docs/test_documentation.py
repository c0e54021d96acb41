"""Every code block of README and docs runs, every example of a docstring holds, and links lead somewhere."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .page import Page, has_something_to_run

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
FIRST_PAGES = ("README.md", "docs/getting-started.md")
_KEY = re.compile(r"^\$ export NOVU_SECRET_KEY=test-secret", re.M)
# one block and its links may run over lines
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_AUTODOC = re.compile(r"^ *(\.\. (?:currentmodule|auto\w+)::|:members:) *(.*?) *$", re.M)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "path", [path for path in PAGES if has_something_to_run(path.read_text(encoding="utf-8"))], ids=name_of
)
def test_code_blocks_run(path, tmp_path, monkeypatch):
    for name in ("NOVU_SECRET_KEY", "NOVU_API_URL", "NOVU_API_KEY", "NOVU_STRICT_AUTHENTICATION_ENABLED"):
        monkeypatch.delenv(name, raising=False)
    # A first page is all that its reader has: it has to say that a key is needed, and which one will do.
    if name_of(path) not in FIRST_PAGES or _KEY.search(path.read_text(encoding="utf-8")):
        monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    page = Page(path, tmp_path)
    page.run()
    assert page.ran


@pytest.mark.parametrize(
    "path", [path for path in PAGES if _LINK.search(path.read_text(encoding="utf-8"))], ids=name_of
)
def test_links_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    for target in _LINK.findall(text):
        if target.startswith(("http://", "https://", "mailto:", "#")):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve()
        assert found.exists(), f"{name_of(path)} links to {target}"
        if anchor and found.suffix == ".md":
            headings = re.findall(r"^#+ +(.+)$", found.read_text(encoding="utf-8"), re.M)
            slugs = {
                re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
            }
            assert anchor in slugs, f"{name_of(path)} links to {target}"


def referenced(text: str) -> Iterator[str]:
    """Yield the dotted names, members too, that a page of the reference shows the docstrings of."""
    module, name = "", ""
    for directive, argument in _AUTODOC.findall(text):
        names = [one.strip() for one in argument.removesuffix("()").split(",") if one.strip()]
        if directive == ".. currentmodule::":
            module = argument
        elif directive == ":members:":
            yield from (f"{name}.{member}" for member in names)
        else:
            name = names[0] if "." in names[0] else f"{module}.{names[0]}"
            yield name


@pytest.mark.parametrize(
    "path", [path for path in PAGES if _AUTODOC.search(path.read_text(encoding="utf-8"))], ids=name_of
)
def test_what_the_reference_shows_exists_and_has_a_docstring(path):
    names = list(referenced(path.read_text(encoding="utf-8")))
    assert names
    assert [name for name in names if not pkgutil.resolve_name(name).__doc__] == []


def modules_with_examples() -> list[tuple[str, int]]:
    """Modules whose docstrings hold examples, with the number of those docstrings."""
    modules = []
    for package in ("novu_framework", "novu_framework_testing"):
        for path in sorted((ROOT / package).rglob("*.py")):
            documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            texts = [ast.get_docstring(node) or "" for node in nodes if isinstance(node, documented)]
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            modules.append((name, sum(">>> " in text for text in texts)))
    return [(name, examples) for name, examples in modules if examples]


@pytest.mark.parametrize(("module", "examples"), modules_with_examples())
def test_examples_of_docstrings_hold(module, examples, monkeypatch):
    monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret")
    results = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0
    assert results.attempted >= examples, "doctest does not see an example"
