"""What tests of every kind share: Chromium, for those that look at what a browser makes of a page."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import settings
from syrupy.extensions.base import SnapshotCollectionStorage

# no test depends on time, and hypothesis's deadline would
settings.register_profile("novu", deadline=None)
settings.load_profile("novu")

# what the place of a run says of itself changes what pytest, rich and the command print: no test depends on it
AMBIENT = [
    "CI",
    "BUILD_NUMBER",
    "COLUMNS",
    "LINES",
    "FORCE_COLOR",
    "NO_COLOR",
    "PY_COLORS",
    "TTY_COMPATIBLE",
    "PYTEST_ADDOPTS",
]

# what pytest-randomly imports, and what a run with our plugin comes to
INSIDE = [
    "polyfactory",
    "fastapi.testclient",
    "novu_framework.fastapi",
    "novu_framework.schemas.samples",
    "novu_framework_testing.api.mock",
    "novu_framework_testing.api.server",
    "novu_framework_testing.bridges.client",
    "novu_framework_testing.coverage.collecting",
    "novu_framework_testing.coverage.json_file",
    "novu_framework_testing.coverage.terminal",
    "novu_framework_testing.matrix",
    "novu_framework_testing.review.collection",
    "novu_framework_testing.review.github",
    "novu_framework_testing.review.rejections",
    "novu_framework_testing.review.report",
    "novu_framework_testing.simulation.content",
    "novu_framework_testing.simulation.simulator",
    "novu_framework_testing.snapshots.assertion",
    "novu_framework_testing.snapshots.leftovers",
    "xdist.dsession",
]

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    for name in [
        *AMBIENT,
        *filter(lambda name: name.startswith(("GITHUB_", "NOVU_API_", "NOVU_SECRET_")), os.environ),
    ]:
        os.environ.pop(name, None)
    config.addinivalue_line(
        "markers", "browser: needs Chromium; skipped without, unless NOVU_REQUIRE_BROWSER is set"
    )


@pytest.fixture(scope="session")
def loaded() -> None:
    """Import what runs inside of this process would import each: pytester forgets what they did."""
    for name in INSIDE:
        importlib.import_module(name)


@pytest.fixture
def pytester(loaded: None, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Run pytest in the process; what syrupy keeps of such a run in a class is not there for the tests after it."""
    monkeypatch.setattr(
        SnapshotCollectionStorage, "snapshot_dirname", SnapshotCollectionStorage.snapshot_dirname
    )
    return pytester


def chromium_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def no_browser(reason: str) -> None:
    """Skip the test, or fail it where someone (CI) counts on it to run."""
    if os.environ.get("NOVU_REQUIRE_BROWSER"):
        pytest.fail(f"NOVU_REQUIRE_BROWSER is set, but {reason}")
    pytest.skip(reason)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Any]:
    """A running headless Chromium: a `playwright.async_api.Browser`, one for the whole session.

    It lives on the session's event loop, and so must the tests that use it:

        pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

        async def test_page(chromium):
            page = await chromium.new_page()

    (Playwright's blocking interface keeps an event loop running, and no async test could run beside it.)
    """
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        no_browser("Playwright is not installed: pip install playwright")
    if (path := chromium_path()) is None:
        no_browser("there is no Chromium on PATH: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        await browser.close()
