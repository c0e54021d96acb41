"""Every code block of README and docs runs, every example of a docstring holds, and links lead somewhere."""

from __future__ import annotations

import ast
import doctest
import importlib
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from opentelemetry.util._once import Once

from tests.tables import walked

from . import reference
from .page import Page, has_something_to_run

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
# one block and its links may run over lines
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


SLOW = {
    "tutorial",
    "explore",
    "test-a-matrix",
    "deploy-safely",
    "review-content",
    "test-with-a-database",
    "command",
    "agents-with-libraries",
    "web-frameworks",
    "steps",
    "test-agents",
    "gallery",
    "check-content",
    "providers",
    "trigger",
    "test-time",
    "coverage",
    "migrate-from-an-api-client",
    "celery",
    "tenants",
}
"""Pages whose code takes longest, but for the first that people read."""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=pytest.mark.slow if path.stem in SLOW else ())
        for path in PAGES
        if has_something_to_run(path.read_text(encoding="utf-8"))
    ],
    ids=name_of,
)
def test_code_blocks_run(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    # what a page sets for the whole process, and once: later tests would be traced
    monkeypatch.setattr("opentelemetry.trace._TRACER_PROVIDER", None)
    monkeypatch.setattr("opentelemetry.trace._TRACER_PROVIDER_SET_ONCE", Once())
    page = Page(path, tmp_path)
    with patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith("NOVU_")]:
            del os.environ[name]
        root = logging.root
        handlers, level = [*root.handlers], root.level
        try:
            page.run()
        finally:
            page.forget()
            # Litestar sets these for the whole process, and would say what later tests log
            root.handlers[:] = handlers
            root.setLevel(level)
    assert page.ran


@walked("path", [path for path in PAGES if _LINK.search(path.read_text(encoding="utf-8"))], ids=name_of)
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


def test_the_first_page_links_to_every_page():
    index = ROOT / "docs" / "index.md"
    links = {target.partition("#")[0] for target in _LINK.findall(index.read_text(encoding="utf-8"))}
    pages = {path.relative_to(index.parent).as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert pages - links == {"index.md"}


@pytest.mark.parametrize("path", reference.PAGES, ids=name_of)
def test_the_reference_shows_what_the_docstrings_say(path):
    text = path.read_text(encoding="utf-8")
    assert text == reference.filled(text), "write it anew: python -m tests.docs.reference"
    assert [one.name for one in reference.shown(text) if not one.doc] == []


def exporting_modules() -> Iterator[str]:
    """The modules of both packages that say by an `__all__` what they have for others; to import `load` patches the process."""
    for package in ("novu_framework", "novu_framework_testing"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            inner = (
                any(part.startswith("_") and part != "__init__" for part in parts)
                or "npm" in parts
                or parts[-1] == "load"
            )
            if not inner and re.search(r"^__all__ = ", path.read_text(encoding="utf-8"), re.M):
                yield ".".join(parts).removesuffix(".__init__")


@walked("module", list(exporting_modules()), size=15)
def test_every_exported_name_is_in_the_reference(module):
    texts = [path.read_text(encoding="utf-8") for path in reference.PAGES]
    documented = [one.value for text in texts for one in reference.shown(text)]
    loaded = importlib.import_module(module)
    missing = [name for name in loaded.__all__ if not any(getattr(loaded, name) is one for one in documented)]
    in_words = [
        name
        for name in missing
        if any(f"| `{name}` |" in text or f"`{module}.{name}`" in text for text in texts)
    ]
    assert sorted(missing) == sorted(in_words), (
        f"name them in a comment of a page of docs/reference/ (`from {module} import *` in more.md at least), "
        "then `python -m tests.docs.reference`"
    )


def modules_with_examples() -> list[tuple[str, int]]:
    """Modules whose docstrings hold examples, with the number of those docstrings."""
    modules = []
    for package in ("novu_framework", "novu_framework_testing"):
        for path in sorted((ROOT / package).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if ">>> " not in source:
                continue
            documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            nodes = ast.walk(ast.parse(source))
            texts = [ast.get_docstring(node) or "" for node in nodes if isinstance(node, documented)]
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            modules.append((name, sum(">>> " in text for text in texts)))
    return [(name, examples) for name, examples in modules if examples]


@pytest.mark.parametrize(("module", "examples"), modules_with_examples())
def test_examples_of_docstrings_hold(module, examples, monkeypatch):
    monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret")
    # before each example doctest would look whether any file of which lines are known has changed
    monkeypatch.setattr("linecache.checkcache", lambda *_: None)
    results = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0
    assert results.attempted >= examples, "doctest does not see an example"
