"""One Chromium for a whole run of tests, in a thread of its own: Playwright's blocking interface refuses a running loop."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from xml.sax.saxutils import escape

from novu_framework.errors import MissingDependencyError, NovuError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

_Result = TypeVar("_Result")

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "chromium-headless-shell",
)
_ARGUMENTS = [
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--disable-gpu",
    "--blink-settings=imageAnimationPolicy=2",  # the first picture of an animated GIF
]


_FONT_SETTINGS = """<fontconfig><include ignore_missing="yes">{}</include><match target="font">
<edit name="antialias" mode="assign"><bool>true</bool></edit><edit name="autohint" mode="assign"><bool>false</bool></edit>
<edit name="hinting" mode="assign"><bool>false</bool></edit><edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
<edit name="rgba" mode="assign"><const>none</const></edit></match></fontconfig>
"""


class ChromiumNotFoundError(NovuError):
    """No Chromium to take pictures with, or none that starts."""

    def __init__(self, problems: str) -> None:
        super().__init__(
            "Pictures of emails need Chromium. Install one with `playwright install chromium`, or name one that is "
            f"there: NOVU_CHROMIUM=/usr/bin/chromium. {problems}"
        )


class FontsNotFoundError(NovuError):
    """No font on the machine, so that Chromium draws no text, or draws it only sometimes."""

    def __init__(self) -> None:
        super().__init__(
            "Pictures of emails would have no text: there is no font on this machine, and without any Chromium does not draw "
            "those that come with the package either. Install one, such as the package fonts-dejavu-core of Debian and Ubuntu "
            "(dejavu-sans-fonts of Fedora, font-dejavu of Alpine); which one does not matter."
        )


_WIDTH_OF_A_LETTER = """() => {
  document.body.innerHTML = '<span style="font: 20px sans-serif">M</span>';
  return document.body.firstChild.getBoundingClientRect().width;
}"""
"""No letter has a width where there is no font. Fonts of a page are drawn then too, but only now and again."""


class Chromium:
    """A browser that starts when it is first asked for something, and is closed by `close`."""

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def run(self, act: Callable[[Browser], _Result]) -> _Result:
        """Return what `act` returns; it is called with the browser, in the browser's thread.

        Raises:
            MissingDependencyError: Playwright is not installed.
            ChromiumNotFoundError: there is no Chromium, or it does not start.
            FontsNotFoundError: there is no font.
        """
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "novu-chromium")
        return self._thread.submit(lambda: act(self._started())).result()

    def close(self) -> None:
        """Close the browser, if it was started. It starts again when it is asked for something."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.submit(self._stop).result()
            thread.shutdown()

    def _started(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            try:
                from playwright.sync_api import sync_playwright
            except ModuleNotFoundError:
                raise MissingDependencyError("pictures of emails", "playwright", "browser") from None
            self._playwright = self._playwright or sync_playwright().start()
            self._browser = _launched(self._playwright)
        return self._browser

    def _stop(self) -> None:
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        if browser is not None:
            browser.close()
        if playwright is not None:
            playwright.stop()


def _launched(playwright: Playwright) -> Browser:
    from playwright.sync_api import Error

    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="novu-fonts-") as folder:
        settings = _font_settings(Path(folder))
        for where in _places(playwright):
            browser = None
            try:
                browser = playwright.chromium.launch(args=_ARGUMENTS, env=settings, **where)
                page = browser.new_page()  # by then it has read its settings
                has_fonts = bool(page.evaluate(_WIDTH_OF_A_LETTER))
                page.close()
                if not has_fonts:
                    browser.close()
                    raise FontsNotFoundError
                return browser
            except Error as error:
                if browser is not None:
                    with suppress(Error):
                        browser.close()
                problems.append(
                    f"{next(iter(where.values()))} does not start: {error.message.splitlines()[0]}."
                )
    raise ChromiumNotFoundError(" ".join(problems))


def _font_settings(folder: Path) -> dict[str, str | float | bool] | None:
    """Return an environment in which letters are drawn in one way, whatever the fonts of a Linux machine are set to."""
    if sys.platform != "linux":
        return None
    path = folder / "fonts.conf"
    path.write_text(
        _FONT_SETTINGS.format(escape(os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"))
    )
    return {**os.environ, "FONTCONFIG_FILE": str(path)}


def _places(playwright: Playwright) -> Iterator[dict[str, Any]]:
    """Return where to look for Chromium: the one that is named, else Playwright's own, else what the system has."""
    if named := os.environ.get("NOVU_CHROMIUM"):
        yield {"executable_path": named}
        return
    if Path(playwright.chromium.executable_path).exists():
        yield {"executable_path": playwright.chromium.executable_path}
    yield from ({"executable_path": found} for name in _NAMES if (found := shutil.which(name)))
    # where they are on macOS and Windows, Playwright knows
    yield from ({"channel": name} for name in ("chrome", "msedge"))


CHROMIUM = Chromium()
"""The one of this process."""
