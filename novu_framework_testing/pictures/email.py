"""Taking pictures of an email as mail clients show it, the same on every machine.

The fonts are those of the folder `fonts`, whatever the email names and the machine has. Nothing is loaded, no script
runs, nothing moves; images that are not in the email itself are drawn as a placeholder.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from novu_framework_testing.pictures.chromium import CHROMIUM
from novu_framework_testing.pictures.views import VIEWS, View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route


_HEIGHT = 500  # of the window; a picture is as tall as its email
_TALLEST, _WIDEST = 12_000, 2_000
_ADDRESS = "https://email.invalid/"
_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src 'self'",
}
_DARK = re.compile("color-scheme", re.IGNORECASE)
_PLACEHOLDER = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='160' height='90' preserveAspectRatio='none' "
    "viewBox='0 0 160 90'%3E%3Cpath d='M0 0h160v90H0z' fill='%23d5d9e0'/%3E%3Cpath d='M0 90 60 35l35 32 25-20 40 43z' "
    "fill='%23aab2bf'/%3E%3C/svg%3E"
)


def take_pictures(html: str) -> dict[str, bytes]:
    """Return PNG files of an email, by the suffix of their view: `.phone.png`, `.desktop.png`, and in dark colours.

    An email that says nothing of colour schemes looks the same in dark mode: it has no pictures of it.

    Raises:
        MissingDependencyError: the extra `browser` is not installed.
        ChromiumNotFoundError: there is no Chromium, or it does not start.
        FontsNotFoundError: there is no font on the machine.
    """
    views = [view for view in VIEWS if not view.is_dark or _DARK.search(html)]
    return CHROMIUM.run(lambda browser: _pictures(browser, html, views))


def _pictures(browser: Browser, html: str, views: list[View]) -> dict[str, bytes]:
    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(_ADDRESS)
        if name == "":
            route.fulfill(body=html, headers=_HEADERS)
        elif name in _font_files():
            route.fulfill(body=_font_files()[name], content_type="font/woff2")
        else:
            route.abort()

    with browser.new_context(device_scale_factor=1, locale="en-US", timezone_id="UTC") as context:
        context.route("**", answer)
        page = context.new_page()
        return {view.suffix: _picture(page, view) for view in views}


def _picture(page: Page, view: View) -> bytes:
    page.set_viewport_size({"width": view.width, "height": _HEIGHT})
    page.emulate_media(
        media="screen", color_scheme="dark" if view.is_dark else "light", reduced_motion="reduce"
    )
    page.goto(_ADDRESS)
    page.add_style_tag(content=_style())
    width, height = page.evaluate(_PREPARE, _PLACEHOLDER)
    clip = {"x": 0, "y": 0, "width": min(width, _WIDEST), "height": min(height, _TALLEST)}
    return page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide", scale="css")  # type: ignore[arg-type, unused-ignore]


@cache
def _font_files() -> dict[str, bytes]:
    folder = resources.files("novu_framework_testing") / "pictures" / "fonts"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".woff2")}


@cache
def _style() -> str:
    faces = "".join(
        f'@font-face{{font-family:"novu {name.split("-")[0]}";font-weight:{name.split("-")[1][:3]};src:url({_ADDRESS}{name})}}'
        for name in sorted(_font_files())
    )
    parts = ",".join(
        f"*::{part}" for part in ("before", "after", "marker", "first-line", "first-letter", "placeholder")
    )
    return f"{faces}{parts}{{font-family:inherit!important}}"


_PREPARE = """async placeholder => {
  const serif = /serif|times|georgia|garamond|palatino|cambria|baskerville|playfair|merriweather|lora/i, mono = /mono|courier|consolas|menlo/i;
  const rest = ["sans", "arabic", "emoji", "symbols", "boxes"];
  for (const element of document.querySelectorAll("*")) {
    const first = getComputedStyle(element).fontFamily.split(",").map(name => name.replace(/["']/g, "").trim())
      .find(name => name && !/^(inherit|initial|unset)$/i.test(name)) || "serif";
    const own = mono.test(first) ? ["mono"] : /sans/i.test(first) || !serif.test(first) ? [] : ["serif"];
    element.dataset.novuFont = [...own, ...rest].map(name => `"novu ${name}"`).join();
  }
  for (const element of document.querySelectorAll("[data-novu-font]")) {
    element.style.setProperty("font-family", element.dataset.novuFont, "important");
    delete element.dataset.novuFont;
  }
  // A selector of the emoji form would ask for a font in colours, which is the machine's.
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.includes("\\ufe0f")) text.data = text.data.replaceAll("\\ufe0f", "");
  }
  for (const image of document.images) {
    for (const source of image.parentElement.querySelectorAll(":scope > source")) source.remove();
    image.removeAttribute("srcset");
    image.loading = "eager";
    if (!/^data:image\\//i.test(image.getAttribute("src") || "")) image.src = placeholder;
  }
  const drawn = Promise.allSettled([...document.images].map(image => image.decode())).then(() => document.fonts.ready);
  await Promise.race([drawn, new Promise(resolve => setTimeout(resolve, 10000))]);
  const root = document.documentElement, body = document.body;
  return [Math.max(root.scrollWidth, body ? body.scrollWidth : 0), Math.max(root.scrollHeight, body ? body.scrollHeight : 0)]
}"""
