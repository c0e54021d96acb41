"""Every code block of README and docs runs, every example of a docstring holds, and links lead somewhere."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import novu_framework
import novu_framework_testing

from .page import Page, blocks

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
FIRST_PAGES = ("README.md", "docs/getting-started.md")
_KEY = re.compile(r"^\$ export NOVU_SECRET_KEY=test-secret", re.M)
# one block and its links may run over lines
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
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
    runnable = [block for block in blocks(path.read_text(encoding="utf-8")) if block.language == "python"]
    assert page.ran or not runnable


@pytest.mark.parametrize("path", PAGES, ids=name_of)
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


def modules() -> list[str]:
    return [
        found.name
        for package in (novu_framework, novu_framework_testing)
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        if not found.name.endswith("__main__")
    ]


@pytest.mark.parametrize("module", modules())
def test_examples_of_docstrings_hold(module, monkeypatch):
    monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret")
    results = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0
