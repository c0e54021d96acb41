"""What tests of every kind share: Chromium, for those that look at what a browser makes of a page."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
import shutil
import ssl
from collections.abc import AsyncIterator, Iterator
from functools import cache
from itertools import count
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import pytest_asyncio
from execnet.gateway_base import Popen2IO
from execnet.gateway_io import Popen2IOMaster
from hypothesis import settings
from syrupy.extensions.base import SnapshotCollectionStorage

from tests.fuzz import examples
from tests.modules import installed, load, trust_fixtures
from tests.processes import can_fork, worker

# no test depends on time, and hypothesis's deadline would
settings.register_profile("novu", deadline=None, max_examples=examples(200))
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

_FINISHED = count(1)

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
    # a loaded machine is slow, and no failure: left alone, httpx waits 5 seconds
    patience = inspect.signature(httpx.Client).parameters["timeout"].default
    patience.connect = patience.read = patience.write = patience.pool = 120
    # no test pulls the plug, and some disks take long to be sure
    os.fsync = lambda file: None
    # no test speaks TLS, and each of hundreds of clients would read all certificates of the machine
    ssl.create_default_context = cache(ssl.create_default_context)
    config.addinivalue_line(
        "markers", "browser: needs Chromium; skipped without, unless NOVU_REQUIRE_BROWSER is set"
    )
    config.addinivalue_line("markers", "types: runs a type checker, as `make lint` does")
    config.addinivalue_line(
        "markers", "slow: takes long, or tries more of what quicker tests try; `make browser` and CI run it"
    )
    config.addinivalue_line("markers", "smoke: the browser tests that `make test` runs as well")


def _forked(self: Popen2IOMaster, _: list[str], execmodel: Any) -> None:
    self.popen = fork = worker()  # type: ignore[assignment]
    Popen2IO.__init__(self, fork.stdin, fork.stdout, execmodel=execmodel)


@pytest.fixture(scope="session", autouse=True)
def _servers_end_soon() -> Iterator[None]:
    """Let uvicorn look ten times as often whether it is to end: a server of a test lives for less than it pauses."""
    quick = SimpleNamespace(**{**vars(asyncio), "sleep": lambda seconds: asyncio.sleep(seconds / 10)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("uvicorn.server.asyncio", quick)
        yield


def keep() -> None:
    """Keep what there is now out of every search for garbage to come."""
    gc.collect()
    gc.freeze()


def pytest_collection_finish() -> None:
    keep()  # thousands of tests, and all modules


def pytest_runtest_logfinish() -> None:
    if next(_FINISHED) % 500 == 0:
        keep()  # what tests import, and pytest notes of each


@pytest.fixture(scope="session")
def loaded() -> None:
    """Import what runs inside of this process would import each: pytester forgets what they did."""
    load()
    keep()


@pytest.fixture
def pytester(loaded: None, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Run pytest in the process, and its workers as forks; what syrupy keeps of a run in a class is not there afterwards."""
    # What the first two import is forgotten after each run; the third starts a thread in each, which never ends and keeps all
    # that the run had; the others are a fifth of what a small run takes. A run that needs one names it: `-p rerunfailures`.
    without = ("langsmith_plugin", "django", "rerunfailures")
    without += ("anyio", "faker", "hypothesispytest", "locust", "pytest_httpx", "respx", "time_machine")
    monkeypatch.setenv("PYTEST_ADDOPTS", " ".join(f"-p no:{name}" for name in without))
    trust_fixtures(monkeypatch)
    monkeypatch.setattr("importlib.metadata.distributions", installed)
    if can_fork():
        monkeypatch.setattr("execnet.gateway_io.Popen2IOMaster.__init__", _forked)
    monkeypatch.setattr(
        SnapshotCollectionStorage, "snapshot_dirname", SnapshotCollectionStorage.snapshot_dirname
    )
    return pytester


def chromium_path() -> str | None:
    """The browser that is named, else the one on PATH that needs least: a headless shell opens a page in a quarter of the time."""
    names = (
        "chromium-headless-shell",
        "chrome-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    return os.environ.get("NOVU_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


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
