"""Novu's own Inbox (`@novu/react`, as npm has it) in Chromium, against the simulated Novu on a port."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from novu_framework import Severity, SyncStep, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.server import CloudServer
from tests.conftest import no_browser
from tests.integration import inbox_page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SCREENSHOTS = os.environ.get("NOVU_SCREENSHOTS")
"""The folder for the pictures of the documentation; without it, none are taken."""


@workflow("order-shipped", name="Order shipped", tags=["orders"])
def order_shipped(payload: dict[str, Any], step: SyncStep) -> None:
    step.in_app(
        "bell",
        {
            "subject": f"Order {payload['order']} is on its way",
            "body": f"It arrives on {payload['day']}.",
            "primaryAction": {"label": "Track"},
            "secondaryAction": {"label": "Not at home"},
        },
    )
    step.email("mail", {"subject": "Shipped", "body": "x"})


@workflow("sign-in", name="New sign-in", tags=["security"], severity=Severity.HIGH)
def sign_in(payload: dict[str, Any], step: SyncStep) -> None:
    step.in_app("bell", {"subject": "New sign-in", "body": f"From {payload['place']}. Was it you?"})


@pytest.fixture(scope="session")
def script() -> None:
    """The page's bundle, made once."""
    if shutil.which("npm") is None:
        no_browser("there is no npm on PATH, which fetches @novu/react")
    inbox_page.bundle()


@pytest.fixture
def novu() -> Iterator[NovuSimulator]:
    with NovuSimulator(datetime.now(timezone.utc) - timedelta(hours=10), secret_key="test-secret") as novu:
        novu.register(order_shipped, sign_in)
        novu.subscriber({"subscriberId": "ann", "email": "ann@acme.test", "firstName": "Ann"})
        yield novu


@pytest_asyncio.fixture(loop_scope="session")
async def open_inbox(chromium: Any, script: None, novu: NovuSimulator) -> AsyncIterator[Callable[..., Any]]:
    with ExitStack() as stack:
        server = stack.enter_context(CloudServer(Cloud(novu)))

        async def open_inbox(width: int = 900, **props: Any) -> Any:
            props = {"applicationIdentifier": "app", "subscriber": "ann", **props}
            url = stack.enter_context(
                inbox_page.served({"backendUrl": server.url, "socketUrl": server.url, **props})
            )
            context = await chromium.new_context(
                viewport={"width": width, "height": 700}, reduced_motion="reduce"
            )
            stack.callback(lambda: contexts.append(context))
            page = await context.new_page()
            page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
            await page.goto(url)
            await page.wait_for_selector(".nv-root", state="attached")
            return page

        contexts: list[Any] = []
        yield open_inbox
        stack.close()
    for context in contexts:
        await context.close()


def ship(novu: NovuSimulator, order: int = 1) -> Any:
    run = novu.trigger("order-shipped", to="ann", payload={"order": order, "day": "Friday"}).run
    return run.step("bell").messages[0]


async def until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110 (what is waited for happens in another thread)
        await asyncio.sleep(0.01)


async def click(page: Any, selector: str) -> None:
    """Click an element of the Inbox, whatever tooltip hangs over it."""
    await page.locator(selector).first.evaluate("element => element.click()")


async def picture(page: Any, name: str) -> None:
    if SCREENSHOTS:
        await asyncio.sleep(0.5)  # colours fade in
        await page.mouse.move(1, 1)
        await page.screenshot(path=Path(SCREENSHOTS) / f"inbox-{name}.png")


async def test_a_trigger_rings_the_bell_and_what_is_done_in_the_page_is_seen_by_novu(
    open_inbox: Callable[..., Any], novu: NovuSimulator
) -> None:
    page = await open_inbox()
    await until(lambda: novu.subscriber("ann").is_online)
    assert await page.locator(".nv-bellDot").count() == 0

    message = ship(novu)
    await page.wait_for_selector(".nv-bellDot")
    await click(page, ".nv-inbox__popoverTrigger")
    await page.get_by_text("Order 1 is on its way").wait_for()
    await until(lambda: message.seen)
    assert not message.read

    await click(page, ".nv-notificationRead__button")
    await until(lambda: message.read)
    await page.wait_for_selector(".nv-bellDot", state="detached")
    await click(page, ".nv-notificationUnread__button")
    await until(lambda: not message.read)

    await click(page, ".nv-notificationPrimaryAction__button")
    await until(lambda: message.completed_actions == {"primary"} and message.read)
    await click(page, ".nv-notificationSecondaryAction__button")
    await until(lambda: message.completed_actions == {"secondary"})

    await page.hover(".nv-notification")
    await page.focus(".nv-notificationSnooze__button")
    await page.keyboard.press("Enter")
    await page.get_by_text("An hour from now").click()
    await until(lambda: message.snoozed)
    await page.get_by_text("Order 1 is on its way").wait_for(state="detached")
    assert message.snoozed_until > datetime.now(timezone.utc)  # a page has the real time
    novu.advance_to(message.snoozed_until)
    await page.get_by_text("Order 1 is on its way").wait_for()

    await click(page, ".nv-notificationArchive__button")
    await until(lambda: message.archived)
    await page.get_by_text("Order 1 is on its way").wait_for(state="detached")


async def test_what_novu_does_is_seen_in_the_page(
    open_inbox: Callable[..., Any], novu: NovuSimulator
) -> None:
    first, second = ship(novu, 1), ship(novu, 2)
    page = await open_inbox()
    await page.wait_for_selector(".nv-bellDot")
    await until(lambda: novu.subscriber("ann").is_online)

    novu.subscriber("ann").inbox.mark_all_read()
    await page.wait_for_selector(".nv-bellDot", state="detached")
    second.snooze(hours=1)
    first.archive()
    await click(page, ".nv-inbox__popoverTrigger")
    await page.wait_for_selector(".nv-notificationList__empty, .nv-notificationListEmptyNotice")
    novu.advance(hours=1)
    await page.wait_for_selector(".nv-bellDot")
    await page.get_by_text("Order 2 is on its way").wait_for()


async def test_preferences_and_tabs(open_inbox: Callable[..., Any], novu: NovuSimulator) -> None:
    novu.trigger("sign-in", to="ann", payload={"place": "Zurich"})
    ship(novu)
    tabs = [{"label": "All", "filter": {}}, {"label": "Security", "filter": {"tags": ["security"]}}]
    page = await open_inbox(tabs=tabs)
    await click(page, ".nv-inbox__popoverTrigger")
    await page.get_by_role("tab", name="Security").click()
    await page.get_by_text("From Zurich.").wait_for()
    await page.get_by_text("Order 1 is on its way").wait_for(state="hidden")

    await click(page, ".nv-preferences__button")
    await page.get_by_text("Order shipped").wait_for()
    ours = next(one for one in novu.workflows if one.workflow_id == "order-shipped")
    await click(page, f"#channel-{ours.id}-email")
    preferences = novu.subscriber("ann").preferences
    await until(lambda: "order-shipped" in preferences.workflows)
    assert preferences.workflows["order-shipped"].channels == {"email": False}
    run = novu.trigger("order-shipped", to="ann", payload={"order": 2, "day": "Monday"}).run
    assert [message.channel for message in run.messages] == ["in_app"]


async def test_the_inbox_in_a_page_of_its_own_and_in_the_dark(
    open_inbox: Callable[..., Any], novu: NovuSimulator
) -> None:
    for order in (1041, 1042):
        ship(novu, order).mark_read()
        novu.advance(hours=5)
    novu.trigger("sign-in", to="ann", payload={"place": "Zurich"})
    ship(novu, 1043)
    for name, width, props in (
        ("desktop", 460, {}), ("dark", 460, {"theme": "dark"}), ("phone", 390, {"wholePage": True})
    ):  # fmt: skip
        page = await open_inbox(width=width, **props)
        if name != "phone":
            await click(page, ".nv-inbox__popoverTrigger")
        await page.get_by_text("Order 1043 is on its way").wait_for()
        assert await page.locator(".nv-notification").count() == 4
        await picture(page, name)
        if name == "desktop":
            await click(page, ".nv-preferences__button")
            await page.get_by_text("New sign-in").wait_for()
            await picture(page, "preferences")
