"""Overrides of providers, as the report and the review page draw them in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import ReviewServer
from novu_framework_testing.review.report import write_report
from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.spoken_names import step_name
from tests.axe import violations
from tests.integration.provider_overrides import CHAT, EVIL, MAIL, OVERRIDES
from tests.integration.review_projects import record, to_review

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOO_WIDE = """width => [...document.querySelectorAll(".slot, .slot *")].filter(each => {
  const box = each.getBoundingClientRect();
  const scrolls = getComputedStyle(each).overflowX !== "hidden" && each.clientWidth && each.scrollWidth > each.clientWidth + 1;
  return box.width && (box.right > width + 1 || scrolls);
}).map(each => `${each.tagName}.${each.className} ${each.textContent.slice(0, 40)}`)"""


def overridden(channel: str, outputs: dict[str, Any], providers: dict[str, Any]) -> RenderedStep:
    return RenderedStep("note", channel, "delivered", outputs, providers, workflow_id="shop")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of a test that sent one message for each override."""
    root = tmp_path_factory.mktemp("overrides")
    steps = [
        RenderedStep(name, channel, "delivered", outputs, providers, workflow_id="shop")
        for name, (channel, outputs, providers, _) in OVERRIDES.items()
    ]
    made, leftovers = record(root, "test_all", [(each, each) for each in steps])
    write_report(root / "report.html", [made], root=root, leftovers=leftovers)
    return (root / "report.html").as_uri()


async def drawn(page: Any) -> None:
    """Open every message of a report, and wait until each is drawn."""
    await page.wait_for_selector("[data-complete]", state="attached")
    # what is far from the window is not laid out, and has no text to be read by a test
    await page.add_style_tag(content=".report .entry { content-visibility: visible }")
    await page.get_by_role("button", name="Open all").click()
    await page.wait_for_selector("[data-complete]", state="attached")


async def test_each_override_is_read_as_its_provider_shows_it(report: str, open_page: Any) -> None:
    opened = await open_page(report, width=390, offline=True)
    page = opened.page
    await drawn(page)
    await page.evaluate("document.querySelectorAll('.not-drawn').forEach(each => { each.open = true; })")
    missing = {}
    names = {step_name(each): each for each in OVERRIDES}
    for entry in await page.locator(".entry").all():
        name = names[await entry.locator("summary h4").first.inner_text()]
        seen = " ".join(" ".join(await entry.locator(".replaced, .overrides").all_inner_texts()).split())
        if gone := [text for text in OVERRIDES[name][3] if text not in seen]:
            missing[name] = (gone, seen)
    assert not missing
    assert await page.locator(".entry").count() == len(OVERRIDES) >= 40
    assert await page.evaluate("window.hacked") is None
    # A message has no links, and its buttons and fields take neither the focus nor a press.
    assert (
        await page.locator(".override")
        .locator("a, button, input, select, textarea, form, [tabindex]:not(iframe)")
        .count()
        == 0
    )
    assert (
        await page.locator(".override img").evaluate_all(
            "all => all.filter(each => !each.src.startsWith('data:image/'))"
        )
        == []
    )
    assert not await page.evaluate(TOO_WIDE, 390)
    assert not opened.strangers(report)
    assert not opened.problems


async def test_a_browser_that_never_has_time_draws_every_message(report: str, open_page: Any) -> None:
    page = (await open_page(report, offline=True)).page
    await page.add_init_script(
        "requestIdleCallback = (act, { timeout } = {}) => { if (timeout) setTimeout(act, timeout); }"
    )
    await page.reload()
    await drawn(page)
    assert await page.locator(".slot:not(:has(.surface))").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nobody_is_kept_from_reading_an_override(report: str, open_page: Any, scheme: str) -> None:
    page = (await open_page(report, scheme=scheme, offline=True)).page
    await drawn(page)
    if scheme == "dark":
        await page.get_by_role("button", name="Dark", exact=True).click()
        await page.wait_for_selector("[data-complete]", state="attached")
        assert await page.locator(".slot:not(:has(.is-dark))").count() == 0
    assert await violations(page, ".slot") == []
    assert await page.get_by_role("group", name="Override for Slack").count() > 5
    assert await page.get_by_role("button", name="Track", exact=True, disabled=True).count() > 1


async def test_what_changed_in_an_override_is_marked_where_it_is_drawn(
    tmp_path: Path, open_page: Any
) -> None:
    def section(said: str, address: str, value: str) -> dict[str, Any]:
        button = {
            "type": "button",
            "text": {"type": "plain_text", "text": "Open"},
            "url": address,
            "value": value,
        }
        return {
            "slack": {
                "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": said}, "accessory": button}]
            }
        }

    def mailed(subject: str, word: str) -> dict[str, Any]:
        return {"mailgun": {"subject": subject, "html": f"<p>Hello {word}</p>{EVIL}"}}

    to_review(tmp_path, {"test_all": [
        (overridden("chat", CHAT, section("It *left*", "https://acme.test/a", "1")), overridden("chat", CHAT, section("It *arrived*", "https://acme.test/b", "2"))),
        (overridden("email", MAIL, mailed("Old", "there")), overridden("email", MAIL, mailed("New", "here"))),
    ]})  # fmt: skip
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await opened.normalized()
        new = page.locator(".side-new .override")
        assert await new.locator("ins").all_inner_texts() == ["arrived", "https://acme.test/b", "2"]
        assert await page.locator(".side-old .override del").all_inner_texts() == [
            "left",
            "https://acme.test/a",
            "1",
        ]
        assert await new.locator(".button[data-mark=new]").inner_text() == "Open"
        assert await new.locator("details").get_attribute("open") is not None
        await page.keyboard.press("j")
        await page.wait_for_selector(
            "text=Mailgun shows its own message, below, instead of this subject and body."
        )
        await opened.normalized()
        frame = page.frame_locator(".side-new .override iframe")
        assert await frame.locator("ins").all_inner_texts() == ["here"]
        assert await page.locator(".side-new .override .client-subject ins").inner_text() == "New"
        for each in await page.locator("iframe").all():
            assert await each.get_attribute("sandbox") == ""
        assert await page.evaluate("window.hacked") is None
        assert not opened.strangers(server.url)
        assert not opened.problems
