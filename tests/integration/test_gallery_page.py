"""The gallery, as a browser shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.gallery import gallery_of, write_gallery
from novu_framework_testing.snapshots import RenderedStep
from tests.integration.big_shop import workflows
from tests.integration.review_projects import CHANNELS, record, reviewed_shop, step
from tests.integration.test_review_page import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

EVIL = "</script><script>top.hacked=1</script>\"'><img src=https://evil.test/x onerror=top.hacked=1>"


async def opened_at(open_page: Any, path: Path, **options: Any) -> Any:
    opened = await open_page(path.as_uri(), offline=True, **options)
    await opened.page.wait_for_selector("[data-complete]", state="attached")
    return opened


@pytest.mark.smoke
async def test_what_an_app_sends_is_found_by_the_keyboard(tmp_path: Path, open_page: Any) -> None:
    reviewed_shop(tmp_path, ())
    write_gallery(tmp_path / "gallery.html", gallery_of(tmp_path, [each.discover() for each in workflows()]))
    opened = await opened_at(open_page, tmp_path / "gallery.html")
    page = opened.page
    shown = page.locator(".notification:visible h2")
    assert await shown.all_text_contents() == [each.name for each in workflows()]
    first = page.locator("#notification-order-confirmed")
    assert await first.locator(".leg h3").all_text_contents() == [
        "In-app inbox",
        "Email email",
        "Push ping",
        "Chat team",
    ]
    assert await first.locator(".is-pause p").inner_text() == "Waits for 24 hours. wait"
    assert await page.locator("[data-only=email]").get_attribute("data-count") == "16"

    await page.keyboard.press("/")
    await page.keyboard.type("#Billing 89,00")  # which only a German text says
    assert await shown.all_text_contents() == ["Refund issued"]
    assert await page.locator(".contents li:visible").all_inner_texts() == ["Refund issued"]
    found = page.locator("#found")
    assert await found.inner_text() == "4 messages in 1 notification; Enter goes to the next"
    for number in (1, 2):
        await page.keyboard.press("Enter")
        assert await found.inner_text() == f"Message {number} of 4"
    assert await page.locator(".is-current h3").text_content() == "Email email"
    await page.locator(".is-current .others .slot[data-drawn]").first.wait_for()  # where the German text is
    await page.keyboard.press("Shift+Enter")
    assert await page.locator(".is-current h3").text_content() == "In-app inbox"
    await page.keyboard.press("Escape")
    assert await shown.count() == 16

    await page.locator("[data-only=sms]").press("Enter")
    assert await shown.count() == 6
    assert set(await page.locator(".leg:visible h3").all_text_contents()) == {"SMS text"}
    await page.get_by_role("button", name="#critical").first.click()
    assert await shown.all_text_contents() == ["Payment failed", "Password changed"]
    await page.locator("[data-only='']").press("Enter")
    assert await shown.count() == 4
    assert not opened.problems


async def test_messages_are_drawn_once_they_are_in_sight(tmp_path: Path, open_page: Any) -> None:
    reviewed_shop(tmp_path, ())
    write_gallery(tmp_path / "gallery.html", gallery_of(tmp_path))
    page = (await opened_at(open_page, tmp_path / "gallery.html")).page
    first, last = (
        page.locator(f"#notification-{name} .slot").first for name in ("back-in-stock", "weekly-digest")
    )
    await first.locator(".inbox").wait_for()
    assert await last.locator(".plain").count() == 1
    await last.scroll_into_view_if_needed()
    await last.locator(".inbox").wait_for()
    other = page.locator("#notification-weekly-digest .others").first
    assert await other.locator(".inbox").count() == 0
    await other.locator("summary").first.click()
    await other.locator(".inbox").nth(1).wait_for()
    await page.get_by_role("group", name="Colours").get_by_role("button", name="Dark").click()
    await last.locator(".surface.is-dark").wait_for()


async def test_nothing_of_a_message_is_anything_but_text(tmp_path: Path, open_page: Any) -> None:
    evil = [
        step("evil", "email", subject=EVIL, body=HOSTILE, workflow=EVIL),
        step(EVIL, "in_app", body=EVIL, subject=EVIL, avatar=EVIL, data={EVIL: EVIL}, workflow=EVIL,
             primaryAction={"label": EVIL, "redirect": {"url": "javascript:top.hacked=1"}}),
        step("chat", "chat", body=EVIL, card={"title": EVIL, "children": [{"type": "table", "rows": 5}]}, workflow=EVIL),
        step("wait", "delay", type="dynamic", dynamicKey=EVIL, workflow=EVIL),
        RenderedStep("text", "sms", "skipped", reason=EVIL, workflow_id=EVIL),
        step("nan", "custom", number=float("nan"), workflow=EVIL),
        step("push", "push", subject="\ud800", body=float("inf"), workflow=EVIL),
    ]  # fmt: skip
    record(tmp_path, f"test_{EVIL}".replace("/", ""), [(one, one) for one in evil])
    record(tmp_path, "test_all", CHANNELS)
    app = {"workflowId": EVIL, "name": EVIL, "description": EVIL, "tags": [EVIL], "severity": EVIL,
           "steps": [{"stepId": one.step_id, "type": one.channel} for one in evil] + [{"stepId": EVIL, "type": "email"}]}  # fmt: skip
    path = tmp_path / "gallery.html"
    write_gallery(path, gallery_of(tmp_path, [app]))
    for width in (1440, 390):
        opened = await opened_at(open_page, path, width=width)
        page = opened.page
        await page.locator("iframe[title^='Email “Evil”']").wait_for()
        for slot in await page.locator("main > section > .journey .slot >> visible=true").all():
            await slot.scroll_into_view_if_needed()
            await page.wait_for_function("each => each.dataset.drawn", arg=await slot.element_handle())
        assert await page.evaluate("window.hacked") is None
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await page.locator("main img, main script, header img").count() == 0
        for frame in await page.locator("iframe:not(.measuring)").all():
            assert await frame.get_attribute("sandbox") == ""
        assert not opened.strangers(path.as_uri())
        assert not opened.problems
        ids = await page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
        assert len(ids) == len(set(ids))
        await page.fill("#search", "</script>")
        assert await page.locator(".notification:visible").count() == 1
