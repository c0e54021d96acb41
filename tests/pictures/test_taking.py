"""What Chromium is asked for, and what is said where it cannot be asked."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework.errors import MissingDependencyError
from novu_framework_testing.pictures import chromium
from novu_framework_testing.pictures.chromium import (
    CHROMIUM,
    Chromium,
    ChromiumNotFoundError,
    FontsNotFoundError,
)
from novu_framework_testing.pictures.email import take_pictures

sync_api = pytest.importorskip("playwright.sync_api")


class Tab:
    """A page that notes what it is asked, and is as large as `size`."""

    def __init__(self, size: tuple[int, int], asked: list[Any]) -> None:
        self.size = size
        self.asked = asked

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*given: Any, **named: Any) -> Any:
            self.asked.append((name, *given, named))
            return {"evaluate": self.size, "screenshot": f"{len(self.asked)}".encode()}.get(name)

        return ask


class Window:
    """A browser with one page, which notes what its pages may load."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.asked: list[Any] = []
        self.tab = Tab(size, self.asked)

    def new_context(self, **settings: Any) -> Window:
        self.settings = settings
        return self

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        self.asked.append("closed")

    def route(self, pattern: str, answer: Callable[[Any], None]) -> None:
        self.pattern, self.answer = pattern, answer

    def new_page(self) -> Tab:
        return self.tab

    def answered(self, url: str) -> Any:
        given: list[Any] = []
        route = SimpleNamespace(request=SimpleNamespace(url=url), fulfill=lambda **answer: given.append(answer), abort=lambda: given.append(None))  # fmt: skip
        self.answer(route)
        (answer,) = given
        return answer


def taken(html: str, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] = (390, 700)) -> tuple[dict[str, bytes], Window]:  # fmt: skip
    window = Window(size)
    monkeypatch.setattr(CHROMIUM, "run", lambda act: act(window))
    return take_pictures(html), window


@pytest.mark.parametrize(
    ("html", "views"),
    [
        ("<p>Hi</p>", ["phone", "desktop"]),
        ('<meta name="Color-Scheme" content="dark">', ["phone", "desktop", "phone-dark", "desktop-dark"]),
        ("@media (prefers-color-scheme: dark) {}", ["phone", "desktop", "phone-dark", "desktop-dark"]),
    ],
    ids=["plain", "meta", "media"],
)
def test_an_email_that_says_nothing_of_dark_colours_has_no_pictures_in_them(
    html: str, views: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures, window = taken(html, monkeypatch)
    assert [*pictures] == [f".{view}.png" for view in views]
    assert len({*pictures.values()}) == len(views)
    assert window.asked[-1] == "closed"
    assert window.settings == {"device_scale_factor": 1, "locale": "en-US", "timezone_id": "UTC"}


def test_a_page_is_drawn_as_a_mail_client_does(monkeypatch: pytest.MonkeyPatch) -> None:
    _, window = taken("color-scheme", monkeypatch)
    schemes = []
    for at, (width, scheme) in enumerate(((390, "light"), (800, "light"), (390, "dark"), (800, "dark"))):
        size, media, goto, style, prepare, screenshot = window.asked[at * 6 : at * 6 + 6]
        assert size == ("set_viewport_size", {"width": width, "height": 500}, {})
        schemes.append(media[1]["color_scheme"] == scheme)
        assert media[1] == {"media": "screen", "color_scheme": scheme, "reduced_motion": "reduce"}
        assert goto == ("goto", "https://email.invalid/", {})
        assert prepare[2].startswith("data:image/svg+xml,%3Csvg xmlns=")
        assert screenshot[1] == {
            "full_page": True, "clip": {"x": 0, "y": 0, "width": 390, "height": 700}, "animations": "disabled", "caret": "hide", "scale": "css",
        }  # fmt: skip
        faces = style[1]["content"]
        assert re.findall(r'font-family:"novu (\w+)";font-weight:(\d{3});src:url\(https://email\.invalid/\1-\2', faces) == FACES  # fmt: skip
        assert faces.endswith("}*::before,*::after,*::marker,*::first-line,*::first-letter,*::placeholder{font-family:inherit!important}")  # fmt: skip
    assert all(schemes)


FONTS = Path(chromium.__file__).with_name("fonts")
FACES = [
    (file.name.split("-")[0], file.name.split("-")[1][:3])
    for file in sorted(FONTS.glob("*.woff2"), key=lambda file: file.name)
]


@pytest.mark.parametrize(
    ("size", "clip"), [((2000, 12_000), (2000, 12_000)), ((2001, 12_001), (2000, 12_000)), ((9, 8), (9, 8))]
)
def test_a_picture_has_a_largest_size(
    size: tuple[int, int], clip: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, window = taken("", monkeypatch, size)
    shot = window.asked[5][1]["clip"]
    assert (shot["width"], shot["height"]) == clip


def test_a_page_gets_itself_and_the_fonts_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    _, window = taken("<p>Hi</p>", monkeypatch)
    assert window.pattern == "**"
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src 'self'"
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy}
    assert window.answered("https://email.invalid/") == {"body": "<p>Hi</p>", "headers": headers}
    font = sorted(FONTS.glob("*.woff2"))[0]
    answer = {"body": font.read_bytes(), "content_type": "font/woff2"}
    assert window.answered(f"https://email.invalid/{font.name}") == answer
    for other in ("https://email.invalid/a.png", "https://acme.com/", f"https://acme.com/{font.name}"):
        assert window.answered(other) is None
    assert window.answered("https://email.invalid/LICENSE-arimo.txt") is None


class Started:
    """What Playwright starts: each browser that is launched behaves as the next of `ways` says."""

    def __init__(self, *ways: str) -> None:
        self.ways, self.said = list(ways), list[Any]()
        self.chromium = SimpleNamespace(executable_path="/nowhere", launch=self.launch)

    def start(self) -> Started:
        self.said.append("start")
        return self

    def stop(self) -> None:
        self.said.append("stop")

    def launch(self, **settings: Any) -> Any:
        way = self.ways.pop(0)
        self.said.append(way)
        self.settings = settings
        if way == "missing":
            raise sync_api.Error("Not there\nat all")

        def new_page() -> Any:
            if way == "broken":
                raise sync_api.Error("No page")
            return SimpleNamespace(evaluate=lambda _: 0 if way == "no fonts" else 9.5, close=lambda: self.said.append("page closed"))  # fmt: skip

        def close() -> None:
            self.said.append(f"{way} closed")
            if way == "broken":
                raise sync_api.Error("Gone")

        return SimpleNamespace(new_page=new_page, close=close, is_connected=lambda: way != "lost", way=way)


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Started]:
    def begin(*ways: str, places: str = "/a") -> Started:
        started = Started(*ways)
        monkeypatch.setattr("playwright.sync_api.sync_playwright", lambda: started)
        monkeypatch.delenv("NOVU_CHROMIUM", raising=False)
        monkeypatch.setattr(chromium, "_places", lambda _: iter([{"executable_path": one} for one in places.split()]))  # fmt: skip
        return started

    return begin


def test_one_browser_is_started_and_closed_for_all_that_is_asked(start: Callable[..., Started]) -> None:
    started, browser = start("fine", "lost", "fine"), Chromium()
    browser.close()
    threads = {browser.run(lambda one: (one.way, threading.current_thread().name)) for _ in range(3)}  # type: ignore[attr-defined]
    ((way, thread),) = threads
    assert (way, thread.rpartition("_")[0]) == ("fine", "novu-chromium")
    assert started.said == ["start", "fine", "page closed"]
    browser.close()
    browser.close()
    assert started.said[3:] == ["fine closed", "stop"]
    # one that is lost is started again, by the same Playwright
    assert [browser.run(lambda one: one.way) for _ in range(2)] == ["lost", "fine"]  # type: ignore[attr-defined]
    assert started.said[5:] == ["start", "lost", "page closed", "fine", "page closed"]
    browser.close()
    assert started.said[10:] == ["fine closed", "stop"]
    assert started.settings["args"] == [
        "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--disable-gpu", "--blink-settings=imageAnimationPolicy=2",
    ]  # fmt: skip


def test_the_next_browser_is_tried_where_one_does_not_start(start: Callable[..., Started]) -> None:
    started, browser = start("missing", "broken", "fine", places="/a /b /c"), Chromium()
    assert browser.run(lambda one: one.way) == "fine"  # type: ignore[attr-defined]
    assert started.said == ["start", "missing", "broken", "broken closed", "fine", "page closed"]
    browser.close()


def test_what_does_not_start_is_told_with_what_to_do(start: Callable[..., Started]) -> None:
    start("missing", "broken", places="/a /b")
    browser = Chromium()
    said = (
        "Pictures of emails need Chromium. Install one with `playwright install chromium`, or name one that is there: "
        "NOVU_CHROMIUM=/usr/bin/chromium. /a does not start: Not there. /b does not start: No page."
    )
    with pytest.raises(ChromiumNotFoundError, match=f"^{re.escape(said)}$"):
        browser.run(lambda _: None)
    browser.close()


def test_without_a_font_no_other_browser_is_tried(start: Callable[..., Started]) -> None:
    started, browser = start("no fonts", "fine", places="/a /b"), Chromium()
    with pytest.raises(FontsNotFoundError, match=r"^Pictures of emails would have no text: .* which one does not matter\.$"):  # fmt: skip
        browser.run(lambda _: None)
    assert started.said == ["start", "no fonts", "page closed", "no fonts closed"]
    browser.close()


def test_without_playwright_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    browser = Chromium()
    with pytest.raises(
        MissingDependencyError, match=r"use pictures of emails but `playwright` .*\[browser\]"
    ):
        browser.run(lambda _: None)
    browser.close()


@pytest.mark.parametrize(("named", "included"), [(None, "/etc/fonts/fonts.conf"), ("", "/etc/fonts/fonts.conf"), ("/a&b", "/a&amp;b")])  # fmt: skip
def test_letters_are_drawn_in_one_way_on_linux(
    named: str | None, included: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(chromium, "sys", SimpleNamespace(platform="linux"))
    if named is None:
        monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    else:
        monkeypatch.setenv("FONTCONFIG_FILE", named)
    path = tmp_path / "fonts.conf"
    assert chromium._font_settings(tmp_path) == {**os.environ, "FONTCONFIG_FILE": str(path)}
    assert path.read_text().startswith(f'<fontconfig><include ignore_missing="yes">{included}</include>')


def test_other_systems_have_no_such_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(chromium, "sys", SimpleNamespace(platform="darwin"))
    assert chromium._font_settings(tmp_path) is None
    assert [*tmp_path.iterdir()] == []


def test_chromium_is_looked_for_by_each_of_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOVU_CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    found = [*chromium._places(SimpleNamespace(chromium=SimpleNamespace(executable_path="/nowhere")))]  # type: ignore[arg-type]
    names = (
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chromium-headless-shell",
    )  # fmt: skip
    assert found == [*({"executable_path": f"/bin/{name}"} for name in names), {"channel": "chrome"}, {"channel": "msedge"}]  # fmt: skip
