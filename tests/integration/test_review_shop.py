"""One word of an email in the example project: seen, decided on, and in the git diff."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import ReviewServer
from tests.processes import python

SHOP = Path(__file__).parents[2] / "examples" / "shop"
TESTS = "tests/test_order_confirmation.py"


class Shop:
    """A copy of the example project under version control."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(
            SHOP, root, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache", ".novu", ".venv")
        )
        self.run("git", "init", "-q")
        self.run("git", "add", "-A")
        self.run("git", "-c", "user.name=a", "-c", "user.email=a@acme.test", "commit", "-qm", "start")

    def run(self, *command: str, input: str = "") -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        variables = {**environment, "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
        if command[0] == sys.executable:
            return python(*command[1:], cwd=self.root, env=variables, input=input)
        return subprocess.run(
            command, cwd=self.root, env=variables, input=input, capture_output=True, text=True, timeout=300
        )

    def pytest(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            TESTS,
            *arguments,
        )

    def changed_words(self) -> set[str]:
        """The words that the snapshots differ by in `git diff`."""
        diff = self.run(
            "git", "diff", "--word-diff=plain", "--word-diff-regex=[A-Za-z]+", "--", "tests"
        ).stdout
        return set(re.findall(r"\[-.*?-\]|\{\+.*?\+\}", diff))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    pytest.importorskip("jinja2")
    shop = Shop(tmp_path / "shop")
    assert shop.pytest().returncode == 0
    template = shop.root / "shop/notifications/templates/order_confirmation.html"
    text = template.read_text(encoding="utf-8")
    assert text.count("Arrives on") == 1
    template.write_text(text.replace("Arrives on", "Expected on"), encoding="utf-8")
    reviewed = shop.pytest("--novu-review")
    assert reviewed.returncode == 1
    assert "was: Arrives on" in reviewed.stdout
    assert "now: Expected on" in reviewed.stdout
    assert "2 changes to review (2 changed): run `novu-framework review`" in reviewed.stdout
    assert not shop.changed_words()
    assert ".novu" not in shop.run("git", "status", "--short").stdout
    return shop


@pytest.mark.browser
@pytest.mark.smoke
@pytest.mark.asyncio(loop_scope="session")
async def test_accepting_on_the_page_by_the_keyboard(shop: Shop, chromium: Any) -> None:
    from playwright.async_api import expect

    page = await chromium.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    with ReviewServer(shop.root) as server:
        await page.goto(server.url)
        await page.wait_for_selector("#count:has-text('0 of 2 decided, 1 decision for 2 changes')")
        # a key is about the change on the screen: until it is there, none can be decided
        await page.wait_for_selector("#accept:not([aria-disabled=true])")
        await page.wait_for_selector(".sides[data-ready]")
        await expect(page.frame_locator(".side-old iframe").locator("del")).to_have_text(["Arrives"])
        await expect(page.frame_locator(".side-new iframe").locator("ins")).to_have_text(["Expected"])
        await page.keyboard.press("a")
        await page.wait_for_selector("text=All reviewed")
    await page.close()
    assert not problems
    assert shop.pytest().returncode == 0
    assert shop.changed_words() == {"[-Arrives-]", "{+Expected+}"}


@pytest.mark.parametrize("command", [("review", "--terminal")])
def test_accepting_in_the_terminal(shop: Shop, command: tuple[str, ...]) -> None:
    said = shop.run(sys.executable, "-m", "novu_framework", *command, input="a\nq\n")
    assert "the same in 1 more" in said.stdout
    assert "was: [-Arrives-] on" in said.stdout
    assert "2 accepted, 0 rejected, 0 still to review." in said.stdout
    assert said.returncode == 0
    assert shop.pytest().returncode == 0
    assert shop.changed_words() == {"[-Arrives-]", "{+Expected+}"}


@pytest.mark.slow
def test_rejecting_leaves_the_snapshots_and_the_tests_failing(shop: Shop) -> None:
    said = shop.run(sys.executable, "-m", "novu_framework", "review", "--terminal", input="r\nr\nq\n")
    assert "0 accepted, 2 rejected, 0 still to review." in said.stdout
    assert shop.pytest().returncode == 1
    assert not shop.changed_words()
