"""When the browser starts, in which thread, with which settings, and when it ends: asked of a stand-in for Playwright."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from novu_framework.errors import MissingDependencyError
from novu_framework_testing.pictures.chromium import (
    CHROMIUM,
    Chromium,
    ChromiumNotFoundError,
    FontsNotFoundError,
)
from novu_framework_testing.plugin.snapshots import pytest_unconfigure


class StandIn(Exception):
    """Playwright's error."""

    message = "No such file\nand more of it"


class Machine:
    """A machine with Playwright: what is done with it, and whether what it has at a place starts."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.threads: set[int] = set()
        self.fonts: list[str | None] = []
        self.broken: set[str] = set()
        self.width_of_a_letter = 16.5
        self.is_connected = True

    def start(self) -> Any:
        self.note("start")
        chromium = SimpleNamespace(executable_path="/nowhere/own", launch=self.launch)
        return SimpleNamespace(chromium=chromium, stop=lambda: self.note("stop"))

    def launch(self, *, args: list[str], env: dict[str, str] | None, **where: str) -> Any:
        (place,) = where.values()
        self.note(f"launch {place}")
        if place in self.broken:
            raise StandIn(place)
        settings = Path(env["FONTCONFIG_FILE"]) if env is not None else None
        self.fonts.append(settings and settings.read_text())

        def open_page() -> Any:
            assert settings is None or settings.exists(), "Chromium has not read them yet"
            self.note("page")
            return SimpleNamespace(evaluate=lambda _: self.width_of_a_letter, close=lambda: None)

        return SimpleNamespace(
            new_page=open_page,
            is_connected=lambda: self.is_connected,
            close=lambda: self.note("close"),
        )

    def note(self, what: str) -> None:
        self.done.append(what)
        self.threads.add(threading.get_ident())


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made, module = Machine(), ModuleType("playwright.sync_api")
    vars(module).update(Error=StandIn, sync_playwright=lambda: made)
    monkeypatch.setitem(sys.modules, "playwright.sync_api", module)
    monkeypatch.setenv("NOVU_CHROMIUM", "/opt/one")
    return made


def test_it_starts_once_in_a_thread_of_its_own_and_ends_with_it(machine: Machine) -> None:
    chromium = Chromium()
    browser = chromium.run(lambda browser: browser)
    assert chromium.run(lambda browser: browser) is browser
    assert machine.done == ["start", "launch /opt/one", "page"]
    assert len(machine.threads) == 1
    assert threading.get_ident() not in machine.threads
    (thread,) = machine.threads
    chromium.close()
    chromium.close()
    assert machine.done[3:] == ["close", "stop"]
    assert machine.threads == {thread}
    assert thread not in {one.ident for one in threading.enumerate()}
    chromium.run(lambda _: None)
    chromium.close()
    assert machine.done[5:] == ["start", "launch /opt/one", "page", "close", "stop"]


def test_without_any_font_it_is_said_what_to_install(machine: Machine) -> None:
    machine.width_of_a_letter = 0
    chromium = Chromium()
    with pytest.raises(FontsNotFoundError, match=r"would have no text.*fonts-dejavu-core"):
        chromium.run(lambda _: None)
    assert machine.done == ["start", "launch /opt/one", "page", "close"]
    machine.width_of_a_letter = 16.5
    chromium.run(lambda _: None)  # once there is one
    chromium.close()


def test_callers_at_once_wait_for_each_other(machine: Machine) -> None:
    chromium, begun = Chromium(), threading.Barrier(9)

    def call(number: int) -> int:
        begun.wait()
        return chromium.run(lambda _: threading.get_ident())

    with ThreadPoolExecutor(8) as callers:
        calls = callers.map(call, range(8))
        chromium.run(lambda _: begun.wait())
        assert {*calls} == machine.threads
    chromium.close()


def test_that_of_a_run_of_pytest_ends_with_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(CHROMIUM, "close", lambda: closed.append(True))
    pytest_unconfigure()
    assert closed == [True]


def test_one_that_was_never_asked_has_nothing_to_close(machine: Machine) -> None:
    Chromium().close()
    assert machine.done == []


def test_a_browser_that_has_died_is_started_again(machine: Machine) -> None:
    chromium = Chromium()
    chromium.run(lambda _: None)
    machine.is_connected = False
    chromium.run(lambda _: None)
    chromium.close()
    assert machine.done == ["start", *["launch /opt/one", "page"] * 2, "close", "stop"]


@pytest.mark.parametrize(("platform", "has_settings"), [("linux", True), ("darwin", False), ("win32", False)])
def test_on_linux_letters_are_drawn_in_one_way(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, platform: str, has_settings: bool
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/own & other.conf")
    monkeypatch.setattr(sys, "platform", platform)
    chromium = Chromium()
    chromium.run(lambda _: None)
    chromium.close()
    (settings,) = machine.fonts
    assert (settings is not None) is has_settings
    assert settings is None or "/etc/own &amp; other.conf</include>" in settings


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chromium-headless-shell"])  # fmt: skip
def test_it_is_found_by_each_of_its_names(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("NOVU_CHROMIUM")
    monkeypatch.setattr("shutil.which", {name: f"/usr/bin/{name}"}.get)
    chromium = Chromium()
    chromium.run(lambda _: None)
    chromium.close()
    assert machine.done[1] == f"launch /usr/bin/{name}"


def test_what_does_not_start_is_named_and_the_next_is_tried(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOVU_CHROMIUM")
    monkeypatch.setattr("shutil.which", {"chromium": "/usr/bin/chromium"}.get)
    machine.broken = {"/usr/bin/chromium", "chrome"}
    chromium = Chromium()
    chromium.run(lambda _: None)
    assert machine.done == ["start", "launch /usr/bin/chromium", "launch chrome", "launch msedge", "page"]
    chromium.close()
    machine.broken |= {"msedge"}
    with pytest.raises(
        ChromiumNotFoundError,
        match=r"/usr/bin/chromium does not start: No such file\. chrome does not start: No such file\. msedge does",
    ):
        chromium.run(lambda _: None)
    chromium.close()
    assert machine.done[-1] == "stop"


def test_without_playwright_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    chromium = Chromium()
    with pytest.raises(MissingDependencyError, match=r"\[browser\]"):
        chromium.run(lambda _: None)
    chromium.close()
