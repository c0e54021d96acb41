"""The review page and the report, as a browser shows them."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from novu_framework_testing.review import Refused, ReviewServer, ReviewStore
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.report import write_report
from novu_framework_testing.snapshots.context import StepContext
from novu_framework_testing.snapshots.spoken_names import step_name
from tests.axe import violations
from tests.integration.review_projects import (
    CHANNELS,
    matrix_records,
    matrix_to_review,
    packed,
    record,
    step,
    to_review,
)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = """<!doctype html><html><head>
<meta http-equiv="refresh" content="0; url=https://evil.test/refresh"><base href="https://evil.test/" target="_top">
<link rel="stylesheet" href="https://evil.test/link.css"><style>@import "https://evil.test/import.css";
 body{background:url(https://evil.test/css.png)} @font-face{font-family:x;src:url(https://evil.test/font)} p{font-family:x}</style>
<script>window.top.hacked = 1; fetch("https://evil.test/script")</script><script src="https://evil.test/script.js"></script></head>
<body onload="top.hacked=1" background="https://evil.test/background.png">
<img src="https://evil.test/open.gif" onerror="top.hacked=1" srcset="https://evil.test/open2.gif 2x" alt="Logo">
<img src=x onerror="parent.hacked=1"><svg onload="top.hacked=1"><image href="https://evil.test/svg.png"/><script>top.hacked=1</script></svg>
<p onmouseover="top.hacked=1" style="background:url('https://evil.test/inline.png')">Hello WORD</p>
<a href="javascript:top.hacked=1" id="js">click</a> <a href="https://evil.test/link" target="_top" accesskey="a">link</a>
<form action="https://evil.test/form" target="_top"><input name="q" autofocus><button accesskey="r">Send</button></form>
<iframe src="https://evil.test/frame"></iframe><object data="https://evil.test/object"></object><embed src="https://evil.test/embed">
<video src="https://evil.test/video" poster="https://evil.test/poster" autoplay></video><audio src="https://evil.test/audio" autoplay></audio>
<input type="image" src="https://evil.test/input.png"><table background="https://evil.test/table.png"><tr><td>x</td></tr></table>
<div style="position:fixed;inset:0;z-index:99999;background:red">over everything</div>
<template><img src="https://evil.test/template.png"></template><math href="javascript:top.hacked=1"><mi>x</mi></math>
<style>.a{background:\\75 rl(https://evil.test/escaped.png)} .b{background:image-set("https://evil.test/set.png" 1x)}
.c{background:\\75\\000072l("https://evil.test/twice.png")} .d{--later:\\u\\rl(https://evil.test/later.png);background:var(--later)}
@\\69mport "https://evil.test/import2.css";</style><p class="a">a</p><p class="b">b</p><p class="c">c</p><p class="d">d</p>
<svg><rect width="9" height="9" fill="url(https://evil.test/fill.svg#a)" filter="\\75rl(https://evil.test/filter.svg#a)"/></svg>
<div><template shadowrootmode="open"><img src="https://evil.test/shadow.png"></template></div>
<style>.e{background:url(https://evil.test/open.png</style><p class="e">e</p>
</body></html>"""


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    return to_review(tmp_path, {"test_all": CHANNELS})


@pytest.fixture
def server(tmp_path: Path, store: ReviewStore) -> Iterator[ReviewServer]:
    with ReviewServer(tmp_path) as server:
        yield server


async def at(page: Any, name: str) -> None:
    """Wait until a step is the one that is open."""
    await page.wait_for_selector(f"main h2:has-text('{name}')")


def saved(root: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (root / "__snapshots__").rglob("*") if path.is_file()}


async def test_a_review_by_the_keyboard(
    tmp_path: Path, server: ReviewServer, store: ReviewStore, open_page: Any
) -> None:
    opened = await open_page(server.url)
    page = opened.page
    await opened.normalized()
    before = saved(tmp_path)
    await page.keyboard.press("j")
    await at(page, "wait")
    assert await page.locator("main").get_by_text("Waits 6 hours.").count() == 1
    await page.keyboard.press("a")
    await at(page, "collect")
    assert "amount: 4" in saved(tmp_path)["02-wait-delay.txt"]
    assert {name for name, text in saved(tmp_path).items() if before.get(name) != text} == {
        "02-wait-delay.txt"
    }
    await page.keyboard.press("r")
    await page.get_by_label("Why is collect rejected? (optional)").press_sequentially("aru")
    await page.keyboard.press("Escape")
    assert len(store.pending()) == len(CHANNELS) - 1
    await page.keyboard.press("r")
    await page.keyboard.insert_text("<b>Say hello</b>, not hi")
    await page.keyboard.press("Enter")
    await at(page, "mail")
    await page.get_by_role("button", name="Rejected").click()
    await at(page, "collect")
    assert await page.locator(".comment blockquote").inner_text() == "<b>Say hello</b>, not hi"
    await page.get_by_role("button", name="Edit the comment").click()
    await page.get_by_role("textbox", name="Why is collect rejected?").fill("Hello")
    await page.keyboard.press("Control+Enter")
    await page.wait_for_selector("blockquote:text-is('Hello')")
    await page.keyboard.press("u")
    await page.wait_for_selector("blockquote:has-text('Say hello')")
    await page.keyboard.press("u")
    await page.wait_for_selector("#undo:not([aria-disabled=true])")  # it is not while one is being taken back
    await at(page, "collect")
    await page.keyboard.press("r")
    assert await page.locator("textarea").input_value() == "<b>Say hello</b>, not hi"
    await page.keyboard.press("Escape")
    await page.keyboard.press("u")
    await at(page, "wait")
    assert saved(tmp_path) == before
    await page.keyboard.press("k")
    await at(page, "bell")
    await page.keyboard.press("Shift+A")
    await page.wait_for_selector("text=All reviewed")
    assert not store.pending()
    assert "12-old-sms.txt" not in saved(tmp_path)
    assert saved(tmp_path)["11-tips-in_app.txt"].endswith("body: Three tips\n")
    assert not opened.problems


async def test_words_typed_into_the_filter_are_no_commands(
    server: ReviewServer, store: ReviewStore, open_page: Any
) -> None:
    opened = await open_page(server.url)
    await opened.normalized()
    await opened.page.get_by_label("Filter the changes").fill("")
    await opened.page.get_by_label("Filter the changes").press_sequentially("arua")
    assert await opened.page.locator(".row-change").count() == 0
    assert len(store.pending()) == len(CHANNELS)
    for long in ("x" * 199 + "\U0001f64f" * 9, "\U0001f64f" * 300):  # of which the server takes 200 letters
        async with opened.page.expect_response(re.compile(r"/api/search\?")) as answer:
            await opened.page.get_by_label("Filter the changes").fill(long)
        assert (await answer.value).status == 200
    assert not opened.problems
    await opened.page.get_by_label("Filter the changes").fill(
        "ann pots"
    )  # in the body of an email, with tags between
    await expect(opened.page.locator(".row-change .name")).to_have_text(["Mail"])
    await opened.page.get_by_role("button", name="Keys").click()
    keys = opened.page.get_by_role("dialog", name="Keys")
    assert "Accept all that the list shows of this workflow" in await keys.inner_text()
    await opened.page.keyboard.press("a")
    await opened.page.keyboard.press("Escape")
    await expect(opened.page.locator("#show-keys")).to_be_focused()
    await opened.page.keyboard.press("?")
    await expect(keys).to_be_visible()
    assert len(store.pending()) == len(CHANNELS)
    assert not opened.problems


@pytest.mark.parametrize("width", [1440, 390])
async def test_what_is_open_is_in_the_filtered_list(
    server: ReviewServer, store: ReviewStore, open_page: Any, width: int
) -> None:
    opened = await open_page(server.url, width=width)
    page, filter_ = opened.page, opened.page.get_by_label("Filter the changes")
    await opened.normalized()
    await at(page, "bell")
    await page.keyboard.press("/")
    await expect(filter_).to_be_focused()
    await page.keyboard.type("ann pots /aru")
    await at(page, "Nothing matches the filter")
    await expect(page.locator("#said")).to_have_text("Nothing matches the filter")
    await expect(page.locator("#accept")).to_have_attribute("aria-disabled", "true")
    assert await filter_.input_value() == "ann pots /aru"
    await page.keyboard.press("Escape")  # empties it
    await expect(filter_).to_have_value("")
    await expect(filter_).to_be_focused()
    await at(page, "bell")
    await page.keyboard.type("ann pots")  # in the body of an email, which is searched for on the server
    await at(page, "mail")
    await expect(page.locator("#said")).to_contain_text("1 of 1")
    await filter_.fill("")  # the same change is open, among all others again
    await expect(page.locator("#said")).not_to_contain_text("1 of 1")
    await filter_.fill("ann pots")
    await expect(page.locator("#said")).to_contain_text("1 of 1")
    await page.keyboard.press("Enter")
    if width == 1440:
        await expect(page.locator("#list")).to_be_focused()
        await page.keyboard.press("Enter")
    await expect(page.locator("#review")).to_be_focused()
    await expect(page.locator("main h2")).to_be_in_viewport()
    assert await page.evaluate(
        "document.querySelector('main').contains(document.elementFromPoint(innerWidth - 80, 200))"
    )
    assert len(store.pending()) == len(CHANNELS)
    await page.keyboard.press("a")
    await at(page, "Nothing matches the filter")
    await expect(page.locator("main")).to_contain_text(f"Empty it to see all {len(CHANNELS) - 1} changes.")
    assert len(store.pending()) == len(CHANNELS) - 1

    await page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    await expect(keys).to_contain_text("Filter the list")
    await page.get_by_label("Single letters do nothing").check()
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await expect(filter_).not_to_be_focused()
    assert not opened.problems


@pytest.mark.parametrize("width", [1440, 390])
async def test_escape_empties_the_filter_and_then_leaves_it(
    server: ReviewServer, store: ReviewStore, open_page: Any, width: int
) -> None:
    opened = await open_page(server.url, width=width)
    page, filter_ = opened.page, opened.page.get_by_label("Filter the changes")
    await at(page, "bell")
    for keys in (["Escape"], ["b", "Escape", "Escape"]):
        await page.keyboard.press("/")
        await expect(filter_).to_be_focused()
        for key in keys:
            await page.keyboard.press(key)
        await expect(page.locator("#list" if width == 1440 else "#review")).to_be_focused()
        await expect(filter_).to_have_value("")
        await at(page, "bell")
        await page.keyboard.press("a")
        await at(page, "wait")
        assert len(store.pending()) == len(CHANNELS) - 1
        await page.keyboard.press("u")
        await at(page, "bell")
        assert len(store.pending()) == len(CHANNELS)
    await page.keyboard.press("/")
    await page.keyboard.type("nothing has these words")
    await page.keyboard.press("Enter")
    await expect(page.locator("#said")).to_have_text("Nothing matches the filter")
    await expect(filter_).to_be_focused()
    assert not opened.problems


async def test_what_the_list_covers_is_seen_before_a_key_accepts_it(
    server: ReviewServer, store: ReviewStore, open_page: Any
) -> None:
    opened = await open_page(server.url, width=390)
    page = opened.page
    await at(page, "bell")
    await page.get_by_role("button", name="List", exact=True).press("Enter")
    await page.keyboard.press("j")
    await at(page, "wait")
    await page.keyboard.press("a")
    await expect(page.locator("#side")).to_be_hidden()
    await expect(page.locator("#review")).to_be_focused()
    assert len(store.pending()) == len(CHANNELS)
    await page.keyboard.press("a")
    await at(page, "collect")
    assert len(store.pending()) == len(CHANNELS) - 1
    assert not opened.problems


async def test_a_reason_is_never_taken_for_keys_while_the_list_is_over_the_change(
    server: ReviewServer, store: ReviewStore, open_page: Any
) -> None:
    opened = await open_page(server.url, width=390)
    page = opened.page
    await at(page, "bell")
    for on_the_way in (["/", "b", "e", "l", "l", "Enter"], []):  # by the filter, and by the list alone
        if not on_the_way:
            await page.get_by_label("Filter the changes").fill("", force=True)
            await page.get_by_role("button", name="List").click()
        for key in on_the_way:
            await page.keyboard.press(key)
        await expect(page.locator("#review" if on_the_way else "#list")).to_be_focused()
        await page.keyboard.press("r")
        await expect(page.locator("#why")).to_be_focused()
        await page.keyboard.type("Say yearly: a & u")
        await expect(page.locator("#why")).to_have_value("Say yearly: a & u")
        assert len(store.pending()) == len(CHANNELS)
        await page.keyboard.press("Escape")
        await expect(page.locator("#review")).to_be_focused()
    assert not opened.problems


async def test_a_reason_that_was_begun_waits_while_another_change_is_open(
    server: ReviewServer, store: ReviewStore, open_page: Any
) -> None:
    opened = await open_page(server.url)
    page = opened.page
    await at(page, "bell")
    await page.keyboard.press("r")
    await page.keyboard.type("Say yea")
    await page.get_by_label("Filter the changes").fill("mail")
    await expect(page.locator("#why")).to_have_count(0)
    await page.get_by_label("Filter the changes").fill("")
    await page.locator("#list").get_by_text("bell").first.click()
    await at(page, "bell")
    await page.keyboard.press("r")
    await expect(page.locator("#why")).to_have_value("Say yea")
    await page.keyboard.press("End")
    await page.keyboard.type("rly")
    await page.keyboard.press("Enter")
    await expect(page.locator("#count")).to_contain_text("1 of")
    [rejected] = [one for test in store.tests() for one in test.changes if one.status == "rejected"]
    assert rejected.why == "Say yearly"
    assert not opened.problems


MANY = {
    "test_shop": [
        (step("bell", "in_app", subject="a", body="old"), step("bell", "in_app", subject="a", body="new")),
        (step("mail", "email", subject="old", body="x"), step("mail", "email", subject="new", body="x")),
        (step("text", "sms", body="old"), step("text", "sms", body="new")),
    ],
    "test_club": [
        (step("bell", "in_app", workflow="club", subject="a", body="was"),
         step("bell", "in_app", workflow="club", subject="a", body="new")),
        (step("mail", "email", workflow="club", subject="was", body="x"),
         step("mail", "email", workflow="club", subject="new", body="x")),
    ],
}  # fmt: skip


async def test_a_decision_on_many_is_about_what_is_shown(tmp_path: Path, open_page: Any) -> None:
    store = to_review(tmp_path, MANY)
    ids = {change.id: f"{change.workflow} {change.step}" for _, change in store.pending()}
    sent: list[set[str]] = []

    def note(request: Any) -> None:
        if request.url.endswith("/decisions"):
            sent.append({ids[each["id"]] for each in request.post_data_json["changes"]})

    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        page.on("request", note)
        await opened.normalized()
        for search, act, shown, accepted in [
            ("", "Shift+A", 5, set(ids.values())),
            ("", "Shift+W", 5, {"club bell", "club mail"}),
            ("mail", "Shift+A", 2, {"shop mail", "club mail"}),
            ("in-app", "Shift+A", 2, {"shop bell", "club bell"}),
            ("mail", "Shift+W", 2, {"club mail"}),
            ("test_club", "Shift+A", 2, {"club bell", "club mail"}),
            ("shop text", "#accept-all", 1, {"shop text"}),
            ("mail", "#accept-all", 2, {"shop mail", "club mail"}),
            ("mail", ".row-workflow:has-text('shop') .acts", 2, {"shop mail"}),
            ("nothing is like this", "Shift+A", 0, set()),
            ("nothing is like this", "Shift+W", 0, set()),
        ]:
            await page.get_by_label("Filter the changes").fill(search)
            assert await page.locator(".row-change").count() == shown
            assert (await page.locator("#accept-all").inner_text()).split("\n")[0] == (
                f"Accept all {shown}" if shown else "Accept all"
            )
            assert await page.locator("#accept-all").is_enabled() is bool(shown)
            told = await page.locator("#accept-all").get_attribute("title")
            assert ("with everything that changed in" in told) is bool(search and shown)
            if shown:
                await page.locator(".row-change").first.click()
                await opened.normalized()
            await page.locator("#list").focus()
            if act.startswith("Shift"):
                await page.keyboard.press(act)
            else:
                await page.locator(act).click()
            await page.wait_for_selector(f"#count:has-text('{len(accepted)} of 5 decided')")
            if search and len(accepted) > 1:
                await page.wait_for_selector(
                    "#toast:text-is('Accepted 2 messages, with everything that changed in them.')"
                )
            assert sent == ([accepted] if accepted else []), (search, act)
            now = {ids[each.id]: each.status for test in store.tests() for each in test.changes}
            assert {name for name, status in now.items() if status == "accepted"} == accepted, (search, act)
            if accepted:
                await page.keyboard.press("u")
                await page.wait_for_selector("#count:has-text('0 of 5 decided')")
            sent.clear()
        assert not opened.problems


async def test_which_step_is_skipped_is_no_word_that_changed(server: ReviewServer, open_page: Any) -> None:
    page = (await open_page(server.url)).page
    await page.locator(".row-change", has_text="quiet").click()
    await at(page, "quiet")
    stop = page.locator(".side-new .is-here")
    await stop.locator("[data-mark]", has_text="turned off").first.wait_for()
    assert await stop.locator(".stop-name").inner_text() == "Quiet push"
    assert await stop.locator(".stop-name [data-mark]").count() == 0


async def test_what_was_decided_or_changed_since_it_was_shown_is_left_out(
    tmp_path: Path, open_page: Any
) -> None:
    store = to_review(tmp_path, MANY)
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await opened.normalized()
        by_name = {f"{change.workflow} {change.step}": change for _, change in store.pending()}
        rejected = by_name["shop text"]
        store.decide("reject", [(rejected.id, rejected.revision)])
        newer = [
            (MANY["test_club"][0][0], step("bell", "in_app", workflow="club", subject="a", body="newer"))
        ]
        to_review(tmp_path, {"test_club": [*newer, MANY["test_club"][1]]})
        await page.keyboard.press("Shift+A")
        await page.wait_for_selector("#count:has-text('4 of 5 decided')")
        assert "2 left out" in await page.locator("#toast").inner_text()
        now = {
            f"{change.workflow} {change.step}": change for test in store.tests() for change in test.changes
        }
        assert {name: change.status for name, change in now.items() if change.status != "accepted"} == {
            "shop text": "rejected",
            "club bell": "pending",
        }


async def test_what_is_accepted_is_what_is_on_the_screen(tmp_path: Path, open_page: Any) -> None:
    def texts(new: str) -> dict[str, Any]:
        return {"test_text": [(step("text", "sms", body="old"), step("text", "sms", body=new))]}

    store = to_review(tmp_path, texts("new"))
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await opened.normalized()
        to_review(tmp_path, texts("newer"))
        # The list is loaded again, and the screen still shows what was there before.
        await page.route("**/api/changes/*", lambda route: None)
        async with page.expect_response("**/api/changes"):
            await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await page.keyboard.press("a")
        await page.wait_for_selector(".toast.is-bad:has-text('changed in the meantime')")
        assert len(store.pending()) == 1
        assert saved(tmp_path)["01-text-sms.txt"].count("body: old\n")


async def test_each_channel_is_shown_as_it_is_seen(server: ReviewServer, open_page: Any) -> None:
    opened = await open_page(server.url)
    page = opened.page
    seen = {}
    for before, after in CHANNELS:
        name = (after or before).step_id
        await page.locator(".row-change", has=page.locator(f".name:text-is('{step_name(name)}')")).click()
        await at(page, name)
        await opened.normalized()
        seen[name] = " ".join((await page.locator(".side-new").inner_text()).split())
    assert "2 segments UCS-2" in seen["text"]
    assert "Fewer letters fit into each (UCS-2) because of ’" in seen["text"]
    assert "Cut on the lock screen. Opened:" in seen["ping"]
    assert "“Track it” leads to /orders/4711" in seen["bell"]
    assert "Waits 4 hours." in seen["wait"]
    assert "Collects events until the next of these times: at 09:00 every day." in seen["collect"]
    assert "Skipped: turned off" in seen["quiet"]
    assert "Accepting takes it off the list of what is expected." in seen["old"]
    assert "4 items" in seen["team"]
    assert not opened.problems
    assert not opened.strangers(server.url)


async def test_differences_are_marked_in_the_words_and_in_the_email(
    server: ReviewServer, open_page: Any
) -> None:
    opened = await open_page(server.url)
    page = opened.page
    await page.locator(".row-change", has=page.locator(".name:text-is('Mail')")).click()
    await at(page, "mail")
    await opened.normalized()
    assert await page.locator(".words del").all_inner_texts() == ["order", "order"]
    frames = [page.frame_locator(f".side-{side} iframe") for side in ("old", "new")]
    assert await frames[0].locator("[data-mark]").all_inner_texts() == ["order"]
    assert await frames[1].locator("[data-mark]").all_inner_texts() == ["pots"]
    await page.get_by_role("button", name="Source", exact=True).click()
    lines = await page.locator(".line.is-new code").all_inner_texts()
    assert lines == ["  subject: Your pots", "<h1>Your pots</h1><p>Thank you, <b>Ann</b>.</p>"]
    assert not opened.problems


async def test_what_is_wrong_is_told_in_words_and_what_was_before_is_folded(
    tmp_path: Path, open_page: Any
) -> None:
    pale = '<p style="color:#cccccc;background-color:#ffffff">{}</p>'.format
    dark = "<html><head><style>@media (prefers-color-scheme: dark){p{color:#eeeeee}}</style></head><body>"
    old, new = (
        step("mail", "email", subject="Your bill", body=f"{dark}{pale('The foot')}{more}</body></html>")
        for more in ("", pale("undefined <b>euros</b>"))
    )
    made, _ = record(tmp_path, "test_mail", [(old, new)])
    ReviewStore(tmp_path).replace(changes_of(tmp_path, [made], []), ran=[])
    write_report(tmp_path / "report.html", [made], root=tmp_path)
    with ReviewServer(tmp_path) as server:
        for address in (server.url, (tmp_path / "report.html").as_uri()):
            opened = await open_page(address)
            found = opened.page.get_by_role("group", name="What is wrong with the content")
            await found.wait_for()
            seen = await found.inner_text()
            assert "New with this change" in seen
            assert "“undefined euros” (text)" in seen
            assert not re.search("[<>{]|@media|[a-z]+[.][a-z]", seen), seen
            assert "The foot" not in seen
            await found.locator("summary", has_text="there before this change").click()
            assert "“The foot” (text)" in await found.inner_text()
            await found.locator("summary", has_text="For the developer").click()
            seen = await found.inner_text()
            assert "accessibility.contrast" in seen
            assert "@media (prefers-color-scheme: dark)" in seen
            assert not opened.problems


async def test_an_email_runs_nothing_fetches_nothing_and_takes_no_key(tmp_path: Path, open_page: Any) -> None:
    store = to_review(
        tmp_path,
        {"test_evil": [(step("mail", "email", subject="s", body=HOSTILE.replace("WORD", word[0])),
                        step("mail", "email", subject="s", body=HOSTILE.replace("WORD", word[1]))) for word in ["ab"]]},
    )  # fmt: skip
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await opened.normalized()
        for frame in await page.locator("iframe").all():
            assert await frame.get_attribute("sandbox") == ""
        for frame in page.frames[1:]:
            await frame.wait_for_load_state()
            assert "Hello" in await frame.locator("body").inner_text()
            assert await frame.locator("img").first.get_attribute("aria-label") == "Image, not loaded: Logo"
        # The bar below has buttons that decide.
        await page.locator(".side-new iframe").evaluate("(each) => each.scrollIntoView()")
        box = await page.locator(".side-new iframe").bounding_box()
        bar = await page.locator(".bar").bounding_box()
        for dx in range(20, int(box["width"]), 60):
            for dy in range(20, min(int(box["height"]), 400, int(bar["y"] - box["y"])), 40):
                await page.mouse.click(box["x"] + dx, box["y"] + dy)
        await page.get_by_role("button", name="Phone", exact=True).click()
        await opened.normalized()
        await page.get_by_role("button", name="Dark", exact=True).click()
        await opened.normalized()
        assert page.url == server.url
        assert await page.evaluate("window.hacked") is None
        assert await page.evaluate("document.activeElement.tagName") != "IFRAME"
        assert not opened.strangers(server.url)
        assert not opened.problems
        await page.keyboard.press("a")
        await page.wait_for_selector("text=All reviewed")
        assert not store.pending()


async def test_an_email_with_dark_styles_shows_them_whatever_the_system_prefers(
    tmp_path: Path, open_page: Any
) -> None:
    body = "<style>p{color:rgb(1,1,1)}@media (prefers-color-scheme: dark){p{color:rgb(2,2,2)}}</style><p>WORD</p><img src=x alt='The WORD door'>"
    to_review(tmp_path, {"test_dark": [(step("m", "email", subject="s", body=body.replace("WORD", "a")),
                                        step("m", "email", subject="s", body=body.replace("WORD", "b")))]})  # fmt: skip
    with ReviewServer(tmp_path) as server:
        for scheme in ("light", "dark"):
            opened = await open_page(server.url, scheme=scheme)
            for name, color in (("Dark", "rgb(2, 2, 2)"), ("Light", "rgb(1, 1, 1)")):
                await opened.page.get_by_role("button", name=name, exact=True).click()
                await opened.normalized()
                paragraph = opened.page.frame_locator(".side-new iframe").locator("p")
                assert await paragraph.evaluate("p => getComputedStyle(p).color") == color
                image = opened.page.frame_locator(".side-new iframe").locator("img")
                assert await image.get_attribute("aria-label") == "Image, not loaded: The b door"
                assert await image.evaluate("each => each.naturalHeight") == 38  # it is drawn


PICTURES = """<style>img{border-radius:7px}.dark{display:none}.phone{display:none}.narrow{width:80px}
@media (prefers-color-scheme:dark){.light{display:none!important}.dark{display:inline!important}}
@media (max-width:480px){.phone{display:block!important}.wide{display:none!important}.half{width:50%!important}}</style>
<p>WORD</p><div style="width:300px"><img src=/1 class=light alt=light><img src=/2 class=dark alt=dark><img src=/3 class=phone alt=phone>
<img src=/4 class=wide alt=wide><img src=/5 style="display:none" alt=none><img src=/6 hidden alt=hidden><img src=/7 class=narrow alt=narrow>
<img src=/8 class=half width=200 alt=half><img src=/9 alt="&quot;>]]>&amp;<i>&#xfffe;" id=signs><a href=/x><img src=/10 width=60 height=20 alt=sized></a></div>
<form name=head></form><form action=/12 style="background:url(/13)"><input name=attributes><input name=attributes>
<img id=style src=/14 alt=formed><button name=childNodes></button></form><input form=f name=parentNode><img name=body src=/11 alt=named style="width:100%">"""
SHOWN = """images => Object.fromEntries(images.filter((each) => each.offsetWidth && each.complete && each.naturalWidth).map(
    (each) => [each.id || each.alt, each.offsetWidth]))"""


async def test_pictures_that_are_not_loaded_are_drawn_as_the_styles_have_them(
    tmp_path: Path, open_page: Any
) -> None:
    old, new = (step("m", "email", subject="s", body=PICTURES.replace("WORD", word)) for word in "ab")
    to_review(tmp_path, {"test_pictures": [(old, new)]})
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        for screen, scheme, seen in (
            ("Desktop", "Light", {"light", "wide", "half", "narrow"}),
            ("Desktop", "Dark", {"dark", "wide", "half", "narrow"}),
            ("Phone", "Light", {"light", "phone", "half", "narrow"}),
        ):
            for each in (screen, scheme):
                await opened.page.get_by_role("button", name=each, exact=True).click()
            await opened.normalized()
            images = opened.page.frame_locator(".side-new iframe").locator("img")
            shown = await images.evaluate_all(SHOWN)
            assert {*shown} == seen | {"signs", "sized", "named", "formed"}
            half = 150 if screen == "Phone" else 200
            assert [shown[each] for each in ("narrow", "half", "sized")] == [80, half, 60]
        assert not opened.strangers(server.url)
        assert not opened.problems


async def test_two_reviewers_see_what_the_other_decided(
    server: ReviewServer, store: ReviewStore, open_page: Any
) -> None:
    one, other = await open_page(server.url), await open_page(server.url)
    await one.normalized()
    await other.normalized()
    await one.page.keyboard.press("a")
    await at(one.page, "wait")
    await other.page.keyboard.press("r")
    await other.page.keyboard.press("Enter")
    await other.page.wait_for_selector(".toast.is-bad:has-text('Someone has accepted this already.')")
    assert len(store.pending()) == len(CHANNELS) - 1
    assert store.tests()[0].changes[0].status != "rejected"


async def test_a_file_changed_meanwhile_is_said_and_not_overwritten(
    tmp_path: Path, server: ReviewServer, open_page: Any
) -> None:
    file = tmp_path / "__snapshots__/test_shop/test_all/01-bell-in_app.txt"
    file.write_text(file.read_text() + "# by hand\n")
    opened = await open_page(server.url)
    await opened.page.wait_for_selector("[role=alert]:has-text('cannot be accepted')")
    await opened.page.keyboard.press("a")
    await opened.page.wait_for_selector(".toast.is-bad:has-text('changed since the tests ran')")
    assert file.read_text().endswith("# by hand\n")


async def test_nothing_is_cut_off_and_nothing_complains_at_any_width(
    server: ReviewServer, open_page: Any
) -> None:
    for width in (1440, 1024, 390):
        for scheme in ("light", "dark"):
            opened = await open_page(server.url, width=width, scheme=scheme)
            await opened.normalized()
            for _ in range(len(CHANNELS)):
                wide = await opened.page.evaluate(
                    "[...document.querySelectorAll('main, .bar, .bar button, .sheet-of-change > *, .surface > *')]"
                    ".filter(each => each.getBoundingClientRect().right > innerWidth + 1 || each.scrollWidth > each.clientWidth + 1)"
                    ".map(each => each.className || each.tagName)"
                )
                assert not wide, (width, await opened.step.inner_text())
                await opened.page.keyboard.press("j")
                await opened.page.wait_for_timeout(20)
                await opened.normalized()
            assert not opened.problems


async def test_a_matrix_is_a_table_whose_cells_lead_to_their_changes(tmp_path: Path, open_page: Any) -> None:
    hello = ("Hello", "Hi")
    cases = {
        ("en_US", "usual"): hello,
        ("en_US", "long"): ("Hello", "Hello undefined"),
        ("de_DE", "usual"): hello,
    }
    matrix_to_review(tmp_path, cases)
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await page.wait_for_selector("main .matrix table")
        for role, names in [
            ("columnheader", ["Locale", "usual", "long"]),
            ("rowheader", ["American English en_US", "German (Germany) de_DE"]),
        ]:
            assert [
                " ".join((await each.inner_text()).split()) for each in await page.get_by_role(role).all()
            ] == names
        cells = page.get_by_role("cell")
        assert await cells.count() == 4
        assert "undefined" in await cells.nth(1).inner_text()
        assert "not run" in await cells.nth(3).inner_text()
        assert await cells.nth(2).inner_text() == "Same as American English"
        await cells.nth(1).get_by_role("button").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_selector("main td >> nth=1 >> [aria-current=true]")
        assert "en_US, long" in await page.locator("main .about-change").inner_text()
        await cells.nth(2).get_by_role("button").click()  # one of equal ones, which are an entry
        await page.wait_for_selector("main td >> nth=2 >> [aria-current=true]")
        await page.wait_for_selector(".together >> text=One of 2 messages")

        await page.set_viewport_size({"width": 390, "height": 844})
        assert await page.locator("thead").evaluate("(each) => each.offsetHeight") == 1
        assert await page.locator("td:visible").count() == 3
        assert await page.locator("main").evaluate("(each) => each.scrollWidth <= each.clientWidth")
        assert not opened.problems
    write_report(tmp_path / "report.html", matrix_records(tmp_path, cases), root=tmp_path)
    opened = await open_page((tmp_path / "report.html").as_uri())
    await opened.page.locator(".grids td a").nth(1).click()
    target = opened.page.locator(":target")
    assert "en_US, long" in await target.inner_text()
    assert not opened.problems


def footers(tests: int) -> dict[str, Any]:
    """Tests whose emails all got another footer, and each a price of its own in a text."""
    body = "<table>" + "<tr><td>Line of an email</td></tr>" * 60 + "</table>"
    return {
        f"test_{test:02d}": [
            *((step(f"mail-{number}", "email", workflow=f"workflow-{test:02d}", subject=f"To {test}", body=f"{body}<p>{test}</p><p>was</p>"),
               step(f"mail-{number}", "email", workflow=f"workflow-{test:02d}", subject=f"To {test}", body=f"{body}<p>{test}</p><p>now</p>"))
              for number in range(10)),
            (step("text", "sms", workflow=f"workflow-{test:02d}", body="Costs nothing"),
             step("text", "sms", workflow=f"workflow-{test:02d}", body=f"Costs {test} euros")),
        ]
        for test in range(tests)
    }  # fmt: skip


async def test_equal_changes_are_one_entry_that_can_be_opened(tmp_path: Path, open_page: Any) -> None:
    store = to_review(tmp_path, footers(3))
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await opened.normalized()

        async def counts(text: str) -> None:
            await page.wait_for_selector(f"#count:text-is('{text}')")

        rows = page.locator(".row-change")
        await counts("0 of 33 decided, 4 decisions for 33 changes")
        assert await rows.count() == 4
        entry = rows.first
        said = "Mail 0, Mail 1, … the same change in 30 messages in several workflows, Changed text after “0”: was → now"
        assert await page.get_by_role("treeitem", name=said).count() == 1
        assert (
            "The same change in 30 messages, in 3 workflows" in await page.locator(".together").inner_text()
        )
        await page.locator("#list").focus()
        await page.keyboard.press("ArrowRight")
        assert await entry.get_attribute("aria-expanded") == "true"
        members = page.locator(".row-member")
        assert await members.nth(1).get_attribute("aria-setsize") == "30"
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        # a key is about the change on the screen: until the next one is there, none can be decided
        await page.wait_for_selector("#reject:not([aria-disabled=true])")
        assert "about this one alone" in await page.locator(".together").inner_text()
        await page.keyboard.press("r")
        await page.keyboard.press("Enter")
        await counts("1 of 33 decided, 4 decisions for 32 changes")
        await page.wait_for_selector("#accept:not([aria-disabled=true])")
        await page.keyboard.press("ArrowLeft")
        assert await members.count() == 0
        await page.wait_for_selector(".together:has-text('in 29 messages')")
        await page.wait_for_selector("#accept:has-text('Accept 29'):not([aria-disabled=true])")
        await page.keyboard.press("a")
        await counts("30 of 33 decided")
        assert {change.channel for _, change in store.pending()} == {"sms"}
        now = [change.status for test in store.tests() for change in test.changes]
        assert (now.count("accepted"), now.count("rejected")) == (29, 1)
        await page.wait_for_selector("#accept:not([aria-disabled=true])")
        await page.keyboard.press("u")
        await counts("1 of 33 decided, 4 decisions for 32 changes")
        await page.get_by_label("Filter the changes").fill("workflow-01")
        assert await rows.first.locator(".times").inner_text() == "10 ×"
        assert (await rows.first.locator(".about").inner_text()).startswith("text after “1”: was → now")
        await rows.first.click()
        await page.wait_for_selector("#accept:has-text('Accept 10'):not([aria-disabled=true])")
        await page.locator("#accept").click()
        await counts("11 of 33 decided, 4 decisions for 22 changes")
        assert not opened.problems


async def test_nobody_takes_back_what_another_decided(tmp_path: Path, open_page: Any) -> None:
    store = to_review(tmp_path, footers(3))
    with ReviewServer(tmp_path) as server:
        earlier = store.decide("accept", [(store.pending()[0][1].id, None)]).id
        page = (await open_page(server.url, width=1440, scheme="light")).page
        await page.wait_for_selector("#undo:not([aria-disabled=true])")
        others = store.decide("reject", [(store.pending()[0][1].id, None)]).id
        await page.keyboard.press("u")
        await page.wait_for_selector("#undo[aria-disabled=true]")
        assert store.last_decision() == others
        with pytest.raises(Refused, match="already"):
            store.undo(earlier)
        await page.reload()
        await page.wait_for_selector("#undo:not([aria-disabled=true])")
        await page.keyboard.press("u")
        await page.wait_for_selector("#undo[aria-disabled=true]")
        assert store.last_decision() is None


async def test_entries_open_and_closed_are_for_everybody(tmp_path: Path, open_page: Any) -> None:
    to_review(tmp_path, footers(3))
    with ReviewServer(tmp_path) as server:
        for width, scheme in itertools.product((1440, 390), ("light", "dark")):
            opened = await open_page(server.url, width=width, scheme=scheme)
            page = opened.page
            await opened.normalized()
            assert await violations(page) == []
            await page.get_by_role("button", name="List them").click()
            await page.wait_for_selector(".row-member")
            assert await violations(page) == []
            if width == 390:
                await page.get_by_role("button", name="Close", exact=True).click()
            await page.keyboard.press("j")
            await page.wait_for_selector(".together:has-text('about this one alone')")
            await opened.normalized()
            assert await violations(page) == []
            wide = "[...document.querySelectorAll('main, .bar, .together')].filter(each => each.scrollWidth > each.clientWidth + 1).length"
            assert await page.evaluate(wide) == 0
            assert not opened.problems


async def test_who_hears_the_page_or_has_only_keys_knows_where_they_are(
    tmp_path: Path, open_page: Any
) -> None:
    texts = ("عيادة الشمس", "مركز الشمس")
    old, new = (step("sun", "sms", workflow="clinic", body=body) for body in texts)
    to_review(tmp_path, {**MANY, "test_sun": [(old, new)]})
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await opened.normalized()
        rows = page.get_by_role("treeitem")
        # a workflow is a part of the tree, and no two of its entries are called the same
        assert [await each.get_attribute("aria-level") for each in await rows.all()] == list("121221222")
        await expect(
            page.get_by_role(
                "treeitem",
                name=f"sun in clinic, Changed body: \u2068{texts[0]}\u2069 → \u2068{texts[1]}\u2069",
            )
        ).to_have_count(1)
        value = page.locator(".words .value").first
        assert await value.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
        await page.keyboard.press("j")
        await expect(page).to_have_title("Bell, club (2 of 6) · Review · " + tmp_path.name)
        said = page.locator("#said")
        await expect(said).to_have_text("2 of 6: Bell in club. Changed, body: was → new")
        await page.locator("#accept").focus()
        await page.keyboard.press("Enter")
        await expect(said).to_have_text("2 of 5: Mail in club. Changed, subject: was → new")
        await expect(page.locator("#toast")).to_have_text("Accepted Bell in club.")
        assert await page.evaluate("document.activeElement.id") == "accept"
        await page.keyboard.press("r")
        assert await page.locator("#toast").evaluate(
            "(toast) => toast.getBoundingClientRect().bottom <= document.querySelector('.why').getBoundingClientRect().top"
        )
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#count:has-text('2 of 6 decided')")
        await expect(said).to_have_text(re.compile("2 of 4: Bell in shop"))
        await page.keyboard.press("Shift+A")
        await page.wait_for_selector("text=5 accepted snapshots are written")
        assert "1 rejected change leaves its snapshot as before" in await page.locator("main").inner_text()

        await page.set_viewport_size({"width": 390, "height": 844})
        for act, place in (("Enter", "review"), ("Escape", "open-list")):
            await page.get_by_role("button", name="List", exact=True).press("Enter")
            await expect(page.locator("#list")).to_be_focused()
            await page.keyboard.press(act)
            await expect(page.locator(f"#{place}")).to_be_focused()
        assert not opened.problems


async def test_hundreds_of_changes_are_a_handful_of_elements(tmp_path: Path, open_page: Any) -> None:
    to_review(tmp_path, footers(50))
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        page = opened.page
        await opened.normalized()
        assert await page.locator("#count").inner_text() == "0 of 550 decided, 51 decisions for 550 changes"
        assert await page.locator("iframe").count() == 2
        await page.keyboard.press("o")
        for row, place in (("ArrowRight", "(1 of 51)"), ("End", "(51 of 51)")):
            await page.locator("#list").focus()
            await page.keyboard.press(row)
            await expect(page).to_have_title(re.compile(re.escape(place)))
            assert await page.locator(".row-change.is-selected").is_visible()
            assert await page.locator(".row").count() < 60


class TestReport:
    @pytest.fixture
    def report(self, tmp_path: Path) -> Path:
        evil = step("evil", "email", subject="</script><script>top.hacked=1</script>", body=HOSTILE)
        made, leftovers = record(tmp_path, "test_all", [*CHANNELS, (evil, evil)])
        write_report(tmp_path / "report.html", [made], root=tmp_path, leftovers=leftovers)
        return tmp_path / "report.html"

    async def test_opens_offline_with_every_message_the_changed_ones_first(
        self, report: Path, open_page: Any
    ) -> None:
        opened = await open_page(report.as_uri(), offline=True)
        page = opened.page
        await page.wait_for_selector("[data-complete]", state="attached")
        chips = await page.locator(".entry > summary .kind").all_text_contents()
        assert len(chips) == len(CHANNELS) + 1
        assert chips == sorted(chips, key=["Changed", "New", "Gone", "Unchanged"].index)
        # many changes are folded; what is opened is drawn
        assert await page.locator(".slot > *").count() == 0
        await page.locator(".entry > summary").first.click()
        await page.wait_for_selector(".entry[open] .slot > .sides")
        assert await page.locator(".slot > *").count() == 1
        await page.get_by_role("button", name="Open all").click()
        await page.locator(".rest > summary").click()
        await page.locator(".rest .entry > summary").click()
        await page.wait_for_selector(".rest .slot iframe")
        assert await page.evaluate("window.hacked") is None
        assert not opened.strangers(report.as_uri())
        assert not opened.problems
        for frame in await page.locator("iframe").all():
            assert await frame.get_attribute("sandbox") == ""

    async def test_the_table_of_contents_follows_the_search(self, report: Path, open_page: Any) -> None:
        page = (await open_page(report.as_uri(), offline=True)).page
        await page.wait_for_selector("[data-complete]", state="attached")
        links = page.locator(".contents li")
        every = await links.all_inner_texts()
        for words, shown in (("no such words", 0), ("", len(every))):
            await page.get_by_label("Search the messages").fill(words)
            await expect(page.locator(".contents li:visible")).to_have_count(shown)
        assert await links.all_inner_texts() == every

    async def test_can_be_read_with_a_keyboard_and_a_screen_reader(
        self, report: Path, open_page: Any
    ) -> None:
        page = (await open_page(report.as_uri(), offline=True)).page
        await page.wait_for_selector("[data-complete]", state="attached")
        levels = await page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3')].map(h => Number(h.tagName[1]))"
        )
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        assert await page.evaluate("[...document.querySelectorAll('iframe')].every(each => each.title)")
        assert await page.evaluate(
            "[...document.querySelectorAll('button')].every(each => each.innerText.trim())"
        )
        ids = await page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
        assert len(ids) == len(set(ids))
        links = await page.evaluate(
            "[...document.querySelectorAll('.contents a')].map(a => a.getAttribute('href').slice(1))"
        )
        assert set(links) <= set(ids)
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.textContent") == "Skip to the messages"
        for _ in range(7):  # the search, three filters, and the buttons before it
            await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        assert await page.get_by_role("button", name="Phone").get_attribute("aria-pressed") == "true"

    async def test_nothing_is_wider_than_the_window(self, report: Path, open_page: Any) -> None:
        for width in (1440, 390):
            page = (await open_page(report.as_uri(), width=width, offline=True)).page
            await page.wait_for_selector("[data-complete]", state="attached")
            assert await page.evaluate("document.documentElement.scrollWidth") <= width

    async def test_many_messages_are_a_few_entries_that_are_found_and_opened(
        self, tmp_path: Path, open_page: Any
    ) -> None:
        same = step("news", "email", subject="News", body="<p>Nothing happened</p>")
        tests = {**footers(12), **{f"test_same_{number}": [(same, same)] for number in range(3)}}
        made = [record(tmp_path, name, versions)[0] for name, versions in tests.items()]
        write_report(tmp_path / "report.html", made, root=tmp_path)
        for width, scheme in ((1440, "light"), (390, "dark")):
            opened = await open_page(
                (tmp_path / "report.html").as_uri(), width=width, scheme=scheme, offline=True
            )
            page = opened.page
            entry, found = page.locator(".entry:visible"), page.locator("#found")
            await page.wait_for_selector("[data-complete]", state="attached")
            assert (
                "132 changed, 3 unchanged. 13 different changes."
                in await page.locator("header").first.inner_text()
            )
            assert await page.evaluate("document.documentElement.scrollHeight") < 3000
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            assert await entry.count() == 13
            assert await violations(page) == []

            await page.get_by_label("Workflow", exact=True).select_option("workflow-07")
            await page.get_by_label("Channel", exact=True).select_option("email")
            assert await found.inner_text() == "1 of 14 entries"
            await entry.locator("summary").first.click()
            await entry.locator(".members > summary").click()
            await entry.get_by_role("button", name="workflow-07 · Mail 3").click()
            await page.wait_for_selector(".slot .client-subject >> text=To 7")
            assert (await entry.locator(".where").inner_text()).startswith("workflow-07 · Mail 3 · To 7")
            assert await entry.locator("fieldset legend").inner_text() == "Your decision on these 120"
            assert await violations(page) == []

            await page.get_by_label("Workflow", exact=True).select_option("")
            await page.get_by_label("Channel", exact=True).select_option("")
            await page.get_by_label("Search the messages").fill("HAPPENED nothing")  # which only a body says
            assert await found.inner_text() == "1 of 14 entries"
            assert await page.locator(".rest").get_attribute("open") is not None
            assert "3 messages" in await entry.text_content()
            await page.get_by_label("Search the messages").fill("")
            assert await page.locator(".rest").get_attribute("open") is None
            await page.evaluate("location.hash = 'message-100'")
            await page.wait_for_selector(".members li:target button[aria-pressed=true]")
            assert not opened.problems

    async def test_what_changed_is_read_without_scripts_and_in_a_browser_that_cannot_unpack(
        self, report: Path, chromium: Any
    ) -> None:
        for scripts in (False, True):
            context = await chromium.new_context(java_script_enabled=scripts, offline=True)
            page = await context.new_page()
            await page.add_init_script("delete window.DecompressionStream")
            await page.goto(report.as_uri())
            await page.locator(".entry > summary", has_text="wait").click()
            said = await page.locator(".entry[open] .words").inner_text()
            assert " ".join(said.split()).endswith("was 6 hours now 4 hours")
            if scripts:
                await page.wait_for_selector("#found:text('too old to draw')")
            else:
                assert "which does not run" in await page.locator("noscript").inner_text()
            assert await page.locator("#filters").is_visible() is scripts
            await context.close()

    async def test_needs_nothing_but_itself(self, report: Path) -> None:
        text = report.read_text()  # noqa: ASYNC240
        assert len(packed(text)) == len(CHANNELS) + 1
        assert text.count("<script") == 2
        assert " src=" not in text.split("<body>")[0]
        assert "<link" not in text


async def test_an_email_has_headers_a_plain_text_and_somebody_it_is_for(
    tmp_path: Path, open_page: Any
) -> None:
    old, new = (
        step(
            "mail",
            "email",
            subject="Hi",
            body=f"<p>{word} <a href='https://a.test'>shop</a></p>",
            replyTo="re@a.test",
        )
        for word in ("Our", "Your")
    )
    made, _ = record(tmp_path, "test_mail[10]", [(old, new)])
    context = StepContext(
        subscriber="ann", name="Ann <b>", locale="de_DE", workflow="shop", workflow_name="The shop",
        headers=(("to", "ann@acme.test"), ("cc", "boss@acme.test")), attachments=(("bill.pdf", "application/pdf", "12345"),),
    )  # fmt: skip
    known = dataclasses.replace(
        made, purpose="A mail.", steps=[dataclasses.replace(made.steps[0], context=context)]
    )
    ReviewStore(tmp_path).replace(changes_of(tmp_path, [known], []), ran=[])
    with ReviewServer(tmp_path) as server:
        opened = await open_page(server.url)
        await at(opened.page, "mail")
        about = await opened.page.locator("main .head").inner_text()
        for said in ("The shop", "Ann <b> (ann)", "German (Germany), de_DE", "A mail (10)"):
            assert said in about
        after = opened.page.locator("main .side-new")
        await after.locator("summary:has-text('Headers and 1 attachment')").click()
        assert [
            " ".join((await each.inner_text()).split())
            for each in await after.locator(".mail-headers > div").all()
        ] == [
            "Reply to re@a.test",
            "To ann@acme.test of this test run",
            "Cc boss@acme.test",
            "Subject Hi",
            "Attachment bill.pdf · application/pdf · 12 KB",
        ]
        await opened.page.get_by_role("button", name="Plain text").click()
        assert await after.locator("pre").inner_text() == "Your shop (https://a.test)"
        assert await after.locator("pre [data-mark]").inner_text() == "Your"
        assert not opened.problems
    write_report(tmp_path / "report.html", [known], root=tmp_path)
    opened = await open_page((tmp_path / "report.html").as_uri())
    assert "For Ann <b> (ann) · locale de_DE" in await opened.page.locator("main").inner_text()
    await opened.page.get_by_role("button", name="Plain text").click()
    await opened.page.wait_for_selector("pre:has-text('Your shop (https://a.test)')")
    assert not opened.problems
