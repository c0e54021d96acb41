"""The review page shows a conversation as a chat: old beside new, what changed marked, nothing in it trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from novu_framework_testing.review import ReviewServer
from novu_framework_testing.review.report import write_report
from novu_framework_testing.snapshots import RenderedStep
from tests.integration.review_projects import record, to_review
from tests.integration.test_review_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

EVIL = '<img src=x onerror="window.evil=1"><script>window.evil=1</script>'


def conversation(answer: str, button: str, **more: Any) -> RenderedStep:
    """A conversation of a shop; `more` is what else the card has."""
    card = {
        "title": "Order 7",
        "subtitle": "Shipped",
        "image": "https://cdn.test/a.png",
        "parts": [
            {"text": "**Arrives** on Friday"},
            "---",
            {"link": "Track it", "url": "javascript:window.evil=1"},
            {"select": "Speed", "options": ["Fast", "Slow"]},
            {"field": "Why?"},
            {"actions": [{"button": button, "style": "primary"}, {"button": "Cancel", "disabled": True}]},
            {"section": [{"text": EVIL}]},
            {"image": EVIL, "url": EVIL},
        ],
        **more,
    }
    talk = [
        {
            "from": "Ann Berg",
            "text": f"Where is order 7? {EVIL}",
            "files": ["a.pdf", EVIL],
            "reactions": ["eyes by shop"],
        },
        {"note": f"shop is at work: {EVIL}"},
        {"from": "shop (edited)", "text": answer},
        {"from": "shop (deleted)", "text": "Oops"},
        {"from": "shop", "card": card},
        {"later": "1 hour", "note": "Ann Berg presses [Track]"},
        EVIL,
        {"from": EVIL, "text": {"a": EVIL}},
    ]
    outputs = {"platform": "slack", "subject": "Order 7", "people": ["Ann Berg", EVIL], "talk": talk}
    return RenderedStep("shop", "conversation", "active", outputs)


CHANGE = (conversation("It is on its way", "Track"), conversation("It is on its way today", "Track it"))


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
async def test_a_conversation_is_a_chat_old_beside_new(
    tmp_path: Path, open_page: Any, width: int, scheme: str
) -> None:
    to_review(tmp_path, {"test_talk": [CHANGE]})
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url, width=width, scheme=scheme)
        page = opened.page
        await opened.normalized()

        await expect(page.locator(".talk")).to_have_count(2)
        assert await page.locator(".talk ins[data-mark]").all_inner_texts() == ["today", "it"]
        assert await page.locator(".difference > dt").all_inner_texts() == [
            "message 3 (shop, edited) › text",
            "message 5 (shop) › button",
        ]
        now = page.locator(".talk").last
        assert await now.locator(".talk-message.is-agent > .talk-name").all_inner_texts() == [
            "shop (edited)",
            "shop (deleted)",
            "shop",
        ]
        assert await now.locator(".talk-later").all_inner_texts() == ["1 hour later"]
        assert await now.locator(".button").all_inner_texts() == ["Track it", "Cancel (disabled)"]
        assert await now.locator("img, script, a").count() == 0
        assert await page.evaluate("window.evil") is None
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert opened.strangers(server.url) == []


@pytest.mark.smoke
async def test_the_report_shows_it_too(tmp_path: Path, open_page: Any) -> None:
    made, leftovers = record(tmp_path, "test_talk", [CHANGE])
    write_report(tmp_path / "report.html", [made], root=tmp_path, leftovers=leftovers)
    page = (await open_page((tmp_path / "report.html").as_uri(), offline=True)).page
    await page.wait_for_selector("[data-complete]", state="attached")
    await page.wait_for_selector(".talk:visible")
    assert await page.evaluate("window.evil") is None
