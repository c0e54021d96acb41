"""Decisions that somebody makes in the report, offline, and the project that carries them out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.decision_file import apply_decisions, read_decisions
from novu_framework_testing.review.report import write_report
from tests.integration.review_projects import CHANNELS, record

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.smoke
async def test_decisions_made_in_the_report_come_back(tmp_path: Path, open_page: Any) -> None:
    made, leftovers = record(tmp_path, "test_all", CHANNELS)
    store = ReviewStore(tmp_path)
    store.replace(changes_of(tmp_path, [made], leftovers), ran=[])
    report = tmp_path / "report.html"
    write_report(report, [made], root=tmp_path, leftovers=leftovers)

    opened = await open_page(report.as_uri(), width=390, offline=True)
    page = opened.page
    await page.get_by_role("button", name="Open all").click()
    places = page.locator("[data-changes]")
    assert await places.count() == len(CHANNELS)
    assert await page.get_by_role("button", name="Save decisions").is_disabled()
    steps = {change.id: change.step for _, change in store.pending()}
    order = [steps[(await each.get_attribute("data-changes")).split(":")[0]] for each in await places.all()]
    first, second, gone = places.nth(0), places.nth(1), places.nth(order.index("old"))
    await first.get_by_label("Reject").check()
    await first.get_by_label("Why? (optional)").fill("Say hello,\nnot </script><b>hi")
    await second.get_by_label("Accept").check()
    await gone.get_by_label("Accept").check()
    await places.nth(3).get_by_label("Accept").check()
    await places.nth(3).get_by_label("None yet").check()
    assert await page.get_by_text(f"3 of {len(CHANNELS)} decided").count() == 1

    await page.reload()
    await page.get_by_role("button", name="Open all").click()
    assert await first.get_by_label("Why? (optional)").input_value() == "Say hello,\nnot </script><b>hi"
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Save decisions").click()
    saved = await asyncio.to_thread((await (await download.value).path()).read_bytes)
    assert (await download.value).suggested_filename == "decisions.json"
    applied = apply_decisions(store, read_decisions(saved))
    assert not applied.refused
    now = {change.step: (change.status, change.why) for test in store.tests() for change in test.changes}
    assert {step: each for step, each in now.items() if each[0] != "pending"} == {
        order[0]: ("rejected", "Say hello,\nnot </script><b>hi"),
        order[1]: ("accepted", ""),
        "old": ("accepted", ""),
    }
    assert not opened.problems
    assert not opened.strangers(report.as_uri())
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
