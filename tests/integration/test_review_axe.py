"""The review page and the report keep nobody from reading or deciding: axe finds nothing, at any width, in any colours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from novu_framework_testing.review import ReviewServer
from novu_framework_testing.review.report import write_report
from novu_framework_testing.snapshots import RenderedStep
from tests.axe import violations
from tests.integration.review_projects import CHANNELS, record, step, to_review

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WAYS = pytest.mark.parametrize(
    ("width", "scheme", "forced"),
    [(1440, "light", False), (1440, "dark", False), (320, "dark", False), (390, "light", True)],
    ids=["wide", "wide and dark", "a small phone", "forced colours"],
)
EQUAL = [
    (step(f"mail-{number}", "email", subject=f"To {number}", body=f"<p>{number}</p><p>was</p>"),
     step(f"mail-{number}", "email", subject=f"To {number}", body=f"<p>{number}</p><p>now</p>"))
    for number in range(3)
]  # fmt: skip
FOUND = (
    step("found", "in_app", body="Hello", primaryAction={"label": "Open", "redirect": {"url": "/a"}}),
    step("found", "in_app", body="Hello undefined", primaryAction={"label": "Pay", "redirect": {"url": ""}}),
)


def talk(answer: str) -> RenderedStep:
    """A conversation with an agent, with a card."""
    card = {
        "title": "Order 7",
        "parts": [{"text": "**Arrives** on Friday"}, {"actions": [{"button": "Track"}]}, {"field": "Why?"}],
    }
    said = [
        {"from": "Ann Berg", "text": "Where is order 7?", "files": ["a.pdf"], "reactions": ["eyes by shop"]},
        {"from": "shop (edited)", "text": answer},
        {"later": "1 hour", "note": "Ann Berg presses [Track]"},
        {"from": "shop", "card": card},
    ]
    outputs = {"platform": "slack", "subject": "Order 7", "people": ["Ann Berg"], "talk": said}
    return RenderedStep("helper", "conversation", "active", outputs, workflow_id="shop")


CHANGES = [*EQUAL, FOUND, (talk("On its way"), talk("On its way today")), *CHANNELS]


@WAYS
async def test_the_page(tmp_path: Path, open_page: Any, width: int, scheme: str, forced: bool) -> None:
    to_review(tmp_path, {"test_all": CHANGES})
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url, width=width, scheme=scheme, forced=forced)
        page = opened.page
        await opened.normalized()
        seen = {"an entry": await violations(page)}
        await page.keyboard.press("o")
        if width < 800:
            await page.get_by_role("button", name="List", exact=True).click()
        await page.wait_for_selector(".row-member >> nth=2")
        seen["its members"] = await violations(page)
        await page.locator(".row-change", has_text="found").click()
        await page.wait_for_selector("main h2:has-text('found')")
        await opened.normalized()
        assert await page.get_by_text("undefined").count() > 1
        seen["a finding"] = await violations(page)
        await page.keyboard.press("r")
        await page.wait_for_selector("textarea")
        seen["a comment"] = await violations(page)
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Source", exact=True).click()
        await page.wait_for_selector(".line .number >> nth=1")
        seen["files"] = await violations(page)
        await page.get_by_role("button", name="Rendered", exact=True).click()
        for old, new in CHANGES[CHANGES.index(FOUND) + 1 :]:
            await page.keyboard.press("j")
            await page.wait_for_selector(f"main h2:has-text('{(new or old).step_id}')")
            await opened.normalized()
            seen[f"{(new or old).step_id}, as it is shown"] = await violations(page, "main")
            if old is None:
                await page.get_by_role("button", name="Source", exact=True).click()
                await page.wait_for_selector(".line .number")
                seen["the file of a new message"] = await violations(page, "main")
                await page.get_by_role("button", name="Rendered", exact=True).click()
        if width < 800:
            await page.get_by_role("button", name="List", exact=True).click()
        await page.locator("#list").focus()
        active = await page.locator("#list").get_attribute("aria-activedescendant")
        await expect(page.locator(f"#{active}")).to_be_in_viewport()
        seen["the list at its end"] = await violations(page)
        await page.get_by_label("Filter the changes").fill("no change is like this")
        await page.wait_for_selector("text=Nothing matches the filter.")
        await page.wait_for_selector("main h2:text-is('Nothing matches the filter')", state="attached")
        seen["a list with nothing"] = await violations(page)
        await page.get_by_label("Filter the changes").fill("")
        await page.locator("#list").focus()
        await page.keyboard.press("?")
        await page.wait_for_selector("dialog[open]")
        seen["the keys"] = await violations(page)
        await page.get_by_role("dialog").get_by_role("button", name="Close").click()
        await page.keyboard.press("Escape")
    assert {state: found for state, found in seen.items() if found} == {}
    for button in await page.locator(".bar button:visible").all():
        box = await button.bounding_box()
        assert box["x"] >= 0, box
        assert box["x"] + box["width"] <= width, box


async def test_who_uses_the_keyboard_stays_where_they_are(tmp_path: Path, open_page: Any) -> None:
    to_review(tmp_path, {"test_all": CHANGES})
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url, width=320)
        page, focused = opened.page, opened.page.locator(":focus")
        await opened.normalized()
        dark = page.get_by_role("button", name="Dark", exact=True)
        await dark.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".side-new .surface.is-dark")).to_be_visible()
        await expect(focused).to_have_text("Dark")
        await page.get_by_role("button", name="Accept 3", exact=True).focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#count")).to_contain_text("3 of")
        await expect(page.locator("main h2")).not_to_contain_text("Mail")
        await expect(focused).to_have_attribute("id", "accept")
        shown = await page.locator("main h2").text_content()

        await page.get_by_role("button", name="List", exact=True).click()
        assert await page.locator("main[inert], footer[inert]").count() == 2, "the list is over them"
        await page.keyboard.press("Escape")
        assert await page.locator("[inert]").count() == 0
        await expect(focused).to_have_attribute("id", "open-list")

        await page.keyboard.press("?")
        await page.get_by_label("Single letters do nothing").check()
        await page.keyboard.press("Escape")
        before = await page.locator("#count").text_content()
        await page.keyboard.press("a")
        await page.keyboard.press("j")
        await page.reload()
        await opened.normalized()
        await page.keyboard.press("j")
        assert await page.locator("main h2").text_content() == shown
        assert await page.locator("#count").text_content() == before


@WAYS
async def test_the_report(tmp_path: Path, open_page: Any, width: int, scheme: str, forced: bool) -> None:
    made, leftovers = record(tmp_path, "test_all", CHANGES)
    write_report(tmp_path / "report.html", [made], root=tmp_path, leftovers=leftovers)
    page = (
        await open_page((tmp_path / "report.html").as_uri(), width=width, scheme=scheme, forced=forced)
    ).page
    await page.wait_for_selector("[data-complete]", state="attached")
    seen = {"closed": await violations(page)}
    # what is far from the window is not laid out, and axe cannot look at it
    await page.add_style_tag(content=".report .entry { content-visibility: visible }")
    await page.get_by_role("button", name="Open all").click()
    await page.wait_for_selector("[data-complete]", state="attached")
    assert await page.locator(".entry:not([open])").count() == 0
    seen["opened"] = await violations(page)
    assert {state: found for state, found in seen.items() if found} == {}
