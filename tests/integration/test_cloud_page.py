"""The page of `novu-framework cloud`: who may open it and what it may do, and what a browser makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import Cloud, CloudServer, NovuSimulator
from novu_framework_testing.api.http import ApiRequest, ApiResponse
from novu_framework_testing.api.routes.page import FILES, page_path, page_token

from .opened import Opened

START = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
KEY = "a key that nobody knows"


@workflow("comment")
async def comment(payload: dict[str, Any], step: Step) -> None:
    reply = {"label": "Reply", "redirect": {"url": "/p/1"}}
    await step.in_app(
        "bell", lambda: {"subject": "**Ben** wrote", "body": payload["text"], "primaryAction": reply}
    )
    await step.delay("wait", {"amount": 3, "unit": "hours"})
    await step.email("mail", lambda: {"subject": "New comment", "body": f"<p>{payload['text']}</p>"})


ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@acme.test"}


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with NovuSimulator(START, secret_key=KEY) as novu:
        novu.register(comment)
        yield Cloud(novu)


def asked(cloud: Cloud, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> ApiResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, _, query = path.partition("?")
    given = {"subscriber": [query.partition("=")[2]]} if query else {}
    return cloud.handle(ApiRequest(method, path, given, {"host": "127.0.0.1:3000", **named}, body))


def of_page(cloud: Cloud, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> ApiResponse:
    own = {} if method == "GET" else {"origin": "http://127.0.0.1:3000"}
    return asked(cloud, path, method, body, **{"x_novu_page": page_token(cloud.novu), **own, **headers})


class TestWhoMayDoWhat:
    def test_the_page_and_its_files_are_for_everybody_and_hold_neither_the_key_nor_the_token(
        self, cloud: Cloud
    ) -> None:
        for path in ("/", *(f"/page/{name}" for name in FILES)):
            answer = asked(cloud, path)
            assert (answer.status, answer.headers["content-security-policy"][:18]) == (
                200,
                "default-src 'none'",
            )
            assert KEY not in answer.content.decode()
            assert page_token(cloud.novu) not in answer.content.decode()
        assert page_path(cloud.novu) == f"/#{page_token(cloud.novu)}"
        for stranger in ("/page/index.html", "/page/..%2F..%2Froutes%2Fpage.py", "/page/page.py"):
            assert asked(cloud, stranger).status == 404

    def test_with_the_key_that_everybody_knows_the_token_is_in_the_page(self) -> None:
        with NovuSimulator(secret_key="test-secret") as novu:
            assert page_path(novu) == "/"
            assert page_token(novu) in asked(Cloud(novu), "/").content.decode()

    @pytest.mark.parametrize("token", ["", "x", "ä", KEY])
    def test_a_wrong_token_opens_nothing(self, cloud: Cloud, token: str) -> None:
        assert of_page(cloud, "/simulation/overview", x_novu_page=token).status == 403
        assert of_page(cloud, "/simulation/advance", "POST", b'{"hours": 1}', x_novu_page=token).status == 403
        assert cloud.novu.now == START

    def test_the_token_opens_the_simulation_alone(self, cloud: Cloud) -> None:
        for path in (
            "/v2/subscribers",
            "/v1/events/trigger",
            "/simulation",
            "//simulation/overview",
            "/v1/../simulation/x",
        ):
            assert of_page(cloud, path).status in (401, 404)
        assert asked(cloud, "/simulation/overview").status == 401
        assert asked(cloud, "/simulation/overview", authorization=f"ApiKey {KEY}").status == 200

    @pytest.mark.parametrize(
        "origin", ["http://127.0.0.1:5173", "http://localhost:3000", "null", "https://evil.test"]
    )
    def test_other_pages_of_this_machine_may_not_act_even_with_the_token(
        self, cloud: Cloud, origin: str
    ) -> None:
        assert of_page(cloud, "/simulation/advance", "POST", b'{"hours": 1}', origin=origin).status == 403
        assert of_page(cloud, "/simulation/overview", origin=origin).status == 403

    def test_who_says_nothing_of_the_page_may_look_and_not_act(self, cloud: Cloud) -> None:
        token = page_token(cloud.novu)
        assert asked(cloud, "/simulation/overview", x_novu_page=token).status == 200
        acted = asked(cloud, "/simulation/advance", "POST", b'{"hours": 1}', x_novu_page=token)
        assert acted.status == 403
        assert cloud.novu.now == START


class TestWhatItAsks:
    def test_it_sees_people_messages_lines_and_calls_and_is_told_when_nothing_changed(
        self, cloud: Cloud
    ) -> None:
        cloud.novu.trigger("comment", to=[ANN, "bob"], payload={"text": f"quotes {KEY}"})
        asked(cloud, "/v2/subscribers/ann", authorization=f"ApiKey {KEY}")
        answer = of_page(cloud, "/simulation/overview?subscriber=ann")
        shown = answer.json["data"]
        assert shown["subscribers"] == [
            {"id": "ann", "name": "Ann", "unread": 1},
            {"id": "bob", "name": "", "unread": 1},
        ]
        assert [(one["channel"], one["step"], one["read"]) for one in shown["messages"]] == [
            ("in_app", "bell", False)
        ]
        assert shown["next"] == {
            "due": "2026-03-02T12:00:00.000Z",
            "what": "comment/wait of ann: it is delayed",
        }
        assert [(one["method"], one["path"], one["status"]) for one in shown["calls"]] == [
            ("GET", "/v2/subscribers/ann", 200)
        ]
        assert shown["lines"]["all"][0]["kind"] == "trigger"
        assert KEY not in answer.content.decode()
        again = of_page(cloud, "/simulation/overview?subscriber=ann", if_none_match=answer.headers["etag"])
        assert (again.status, again.json) == (304, None)
        cloud.novu.subscriber("ann").inbox[0].mark_read()
        later = of_page(cloud, "/simulation/overview?subscriber=ann", if_none_match=answer.headers["etag"])
        assert later.json["data"]["messages"][0]["read"]

    def test_it_leaves_no_trace_and_takes_no_fault_of_the_test(self, cloud: Cloud) -> None:
        cloud.respond_next(503)
        assert of_page(cloud, "/simulation/overview").status == 200
        assert asked(cloud, "/").status == 200
        assert cloud.requests == []
        assert asked(cloud, "/v2/topics", authorization=f"ApiKey {KEY}").status == 503

    def test_it_moves_the_clock_to_the_next_thing(self, cloud: Cloud) -> None:
        run = cloud.novu.trigger("comment", to=ANN, payload={"text": "Hi"}).run
        assert (
            of_page(cloud, "/simulation/advance-to", "POST", b'{"to": "next"}').json["data"]["now"]
            == "2026-03-02T12:00:00.000Z"
        )
        assert [one.channel for one in run.messages] == ["in_app", "email"]
        assert of_page(cloud, "/simulation/advance-to", "POST", b'{"to": "next"}').status == 409

    def test_it_does_what_a_subscriber_can_do(self, cloud: Cloud) -> None:
        cloud.novu.trigger("comment", to=ANN, payload={"text": "Hi"})
        cloud.novu.run_until_idle()
        message, mail = cloud.novu.messages

        def act(action: str) -> int:
            return of_page(
                cloud, f"/simulation/messages/{message.id}", "POST", json.dumps({"action": action}).encode()
            ).status

        assert (act("read"), message.read) == (200, True)
        assert (act("unread"), message.read) == (200, False)
        assert (act("archive"), message.archived) == (200, True)
        assert (act("unarchive"), message.archived) == (200, False)
        assert (act("snooze"), message.snoozed) == (200, True)
        assert (act("unsnooze"), message.snoozed) == (200, False)
        assert (act("primary"), message.completed_actions) == (200, {"primary"})
        assert act("secondary") == 400
        assert act("delete") == 422
        assert of_page(cloud, f"/simulation/messages/{mail.id}", "POST", b'{"action": "read"}').status == 400
        assert of_page(cloud, "/simulation/messages/none", "POST", b'{"action": "read"}').status == 404


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
class TestInABrowser:
    @pytest.mark.smoke
    async def test_what_comes_is_shown_and_what_is_done_is_done(self, open_page: Any) -> None:
        with NovuSimulator(START, secret_key=KEY) as novu, CloudServer(Cloud(novu)) as server:
            novu.register(comment)
            stranger: Opened = await open_page(f"{server.url}/")
            await stranger.page.get_by_text("Open the page by the link that").wait_for()
            opened: Opened = await open_page(f"{server.url}{page_path(novu)}")
            page = opened.page
            await page.get_by_text("Nothing has happened yet. There is comment to trigger.").wait_for()
            assert "#" not in page.url

            novu.trigger("comment", to=[ANN, "bob"], payload={"text": "<b>Is</b> this right?"})
            letter = page.locator("#box article")
            await letter.get_by_text("<b>Is</b> this right?").wait_for()
            assert await letter.get_by_role("heading", name="Ben wrote").inner_text() == "Ben wrote"
            assert await page.title() == "(2) Simulated Novu"
            await (
                page.locator("#timeline")
                .get_by_text("delayed until 2026-03-02T12:00:00.000Z")
                .first.wait_for()
            )

            await page.get_by_role("button", name="Mark as read").focus()
            await page.keyboard.press("Enter")
            await page.get_by_role("button", name="Mark as unread").wait_for()
            assert novu.subscriber("ann").inbox[0].read
            focused = "document.activeElement.closest('article') !== null"
            assert await page.evaluate(focused)
            await page.get_by_role("button", name="Reply").click()
            await page.get_by_role("button", name="Reply ✓").wait_for()
            assert novu.subscriber("ann").inbox[0].completed_actions == {"primary"}
            novu.subscriber("ann").inbox[0].archive()
            await page.get_by_text("The inbox is empty.").wait_for()
            await page.get_by_role("button", name="Put away").click()
            await page.get_by_role("button", name="Back to the inbox").click()
            await page.get_by_text("Nothing is archived or snoozed.").wait_for()

            await page.keyboard.press("h")
            await page.get_by_text("Mon 2026-03-02 10:00:00 UTC").wait_for()
            await page.keyboard.press("n")
            await page.get_by_text("Mon 2026-03-02 12:00:00 UTC").wait_for()
            await page.get_by_text("Nothing waits.").wait_for()
            assert await page.get_by_role("button", name="To the next").is_disabled()
            await page.get_by_role("button", name="Other channels").click()
            mail = page.locator("#box iframe[title*='mail']").content_frame
            await mail.get_by_text("Is this right?").wait_for()
            await page.get_by_role("button", name="A day").click()
            await page.get_by_text("Tue 2026-03-03 12:00:00 UTC").wait_for()

            await page.get_by_role("button", name="bob, 1 unread").click()
            await page.get_by_role("heading", name="bob").wait_for()
            assert opened.strangers(server.url) == []
            assert opened.problems == []
            assert server.requests == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_on_a_phone_nothing_sticks_out_and_everything_has_a_name(
        self,
        open_page: Any,
        scheme: str,
    ) -> None:
        with NovuSimulator(START, secret_key="test-secret") as novu, CloudServer(Cloud(novu)) as server:
            novu.register(comment)
            long = {"subscriberId": "a" * 80, "email": "a@acme.test"}
            novu.trigger("comment", to=[long, ANN], payload={"text": "w" * 200})
            novu.run_until_idle()
            opened: Opened = await open_page(f"{server.url}/", width=390, scheme=scheme)
            page = opened.page
            await page.locator("#box article").wait_for()
            nameless = """() => [...document.querySelectorAll("button, [role], main, nav, section")]
                .filter((each) => !(each.getAttribute("aria-label") || each.getAttribute("aria-labelledby") || each.textContent.trim() || each.role === "status"))
                .map((each) => each.outerHTML)"""
            wide = """() => [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility() && !each.closest(".people")
                && each.getBoundingClientRect().width && each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML.slice(0, 200))"""
            for view in ("Timeline", "API calls", "Inbox"):
                await page.locator(".views").get_by_role("button", name=view).click()
                assert await page.evaluate(nameless) == []
                assert await page.evaluate(wide) == []
            await page.get_by_role("button", name="Other channels").click()
            # visible once it is measured
            await page.locator("#box iframe").wait_for()
            assert await page.evaluate(wide) == []
            assert opened.problems == []
