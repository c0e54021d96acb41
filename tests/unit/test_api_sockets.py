"""The sockets of pages with an inbox, in one event loop and without a network: who hears of what, and who is online."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import Any, cast

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import sockets as module
from novu_framework_testing.api.http import ApiRequest
from novu_framework_testing.api.sessions import InboxSession
from novu_framework_testing.api.sockets import Sockets
from novu_framework_testing.api.state import ApiState
from novu_framework_testing.api.websocket import WebSocket

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


@workflow("bell", payload_schema={"type": "object", "additionalProperties": True})
async def bell(payload: dict[str, Any], step: Step) -> None:
    await step.in_app("bell", lambda: {"body": str(payload["n"])})


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON) as simulator:
        simulator.register(bell)
        yield simulator


class Page:
    """A page's end of a websocket: what it is told, as pairs of an event and its data."""

    def __init__(self) -> None:
        self._sends: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._told: asyncio.Queue[str] = asyncio.Queue()
        for text in (None, "40"):
            self.send_text(text)

    def send_text(self, text: str | None) -> None:
        event = {"type": "websocket.connect"} if text is None else {"type": "websocket.receive", "text": text}
        self._sends.put_nowait(event)

    def leave(self) -> None:
        self._sends.put_nowait({"type": "websocket.disconnect", "code": 1000})

    async def receive(self) -> dict[str, Any]:
        return await self._sends.get()

    async def send(self, event: dict[str, Any]) -> None:
        if "text" in event:
            self._told.put_nowait(event["text"])

    async def hear(self, count: int) -> list[Any]:
        """The next things that it is told, but for those of the protocol."""
        heard: list[Any] = []
        while len(heard) < count:
            text = await self._told.get()
            if text.startswith("42"):
                heard.append(json.loads(text[2:]))
        return heard

    async def joined(self) -> None:
        while not (await self._told.get()).startswith("40"):
            pass


@asynccontextmanager
async def opened(sockets: Sockets, session: InboxSession) -> AsyncIterator[Page]:
    """A page with a socket, until the end of the block."""
    page = Page()
    request = ApiRequest("GET", module.PATH, {"EIO": ["4"], "transport": ["websocket"]})
    serving = asyncio.create_task(sockets.serve(cast(WebSocket, page), request, session))
    await page.joined()
    try:
        yield page
    finally:
        page.leave()
        await serving


def counts(unread: int, *, none: int | None = None) -> list[Any]:
    severity = {"high": 0, "medium": 0, "low": 0, "none": unread if none is None else none}
    total = {"total": unread, "severity": severity}
    return ["unread_count_changed", {"unreadCount": unread, "hasMore": False, "counts": total}]


def unseen(number: int) -> list[Any]:
    return ["unseen_count_changed", {"unseenCount": number, "hasMore": False}]


async def test_a_page_hears_of_messages_and_of_what_is_done_with_them(sim: NovuSimulator) -> None:
    ann = sim.subscriber("ann")
    sockets = Sockets(ApiState(sim))
    sim.subscribers.upsert("bob")
    async with opened(sockets, InboxSession(ann)) as page:
        for name in ("ann", "bob"):
            message = (await sim.trigger_async("bell", name, {"n": 1})).run.messages[0]
            sockets.heard("received", message)
        received, *others = await page.hear(3)
        assert (received[0], received[1]["message"]["content"]) == ("notification_received", "1")
        assert others == [unseen(1), counts(1)]
        mine = ann.inbox.everything[0]
        mine.mark_seen()
        sockets.heard("seen", mine)
        assert await page.hear(1) == [unseen(0)]
        mine.mark_read()
        for _ in range(3):  # told in one go
            sockets.heard("changed", mine)
        assert await page.hear(1) == [counts(0)]
        mine.archive()
        sockets.heard("changed", mine)
        sockets.heard("seen", mine)
        assert await page.hear(2) == [unseen(0), counts(0)]


async def test_of_very_many_messages_a_page_hears_the_latest_and_counts_end_at_a_hundred(
    sim: NovuSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (module.MAX_MESSAGES, module.MAX_SOCKETS) == (100, 256)
    monkeypatch.setattr(module, "MAX_MESSAGES", 2)
    monkeypatch.setattr(module, "MAX_COUNT", 2)
    ann, sockets = sim.subscriber("ann"), Sockets(ApiState(sim))
    triggers = [await sim.trigger_async("bell", "ann", {"n": number}) for number in range(4)]
    async with opened(sockets, InboxSession(ann)) as page:
        for trigger in triggers:
            sockets.heard("received", trigger.run.messages[0])
        heard = await page.hear(4)
    assert [one[1]["message"]["content"] for one in heard[:2]] == ["2", "3"]
    assert [(one[0], [*one[1].values()][:2]) for one in heard[2:]] == [
        ("unseen_count_changed", [2, True]), ("unread_count_changed", [2, True]),
    ]  # fmt: skip


async def test_so_many_sockets_are_open_at_once_and_each_is_closed_once(
    sim: NovuSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_SOCKETS", 2)
    ann, bob, sockets = sim.subscriber("ann"), sim.subscriber("bob"), Sockets(ApiState(sim))
    assert not sockets.full
    async with opened(sockets, InboxSession(ann)):
        assert (sockets.full, ann.is_online) == (False, True)
        async with opened(sockets, InboxSession(ann, ("shop:a",))):
            assert sockets.full
        assert (sockets.full, ann.is_online) == (False, True)
        async with opened(sockets, InboxSession(bob)):
            assert (sockets.full, bob.is_online) == (True, True)
        assert (ann.is_online, bob.is_online) == (True, False)
    assert (sockets.full, ann.is_online) == (False, False)


async def test_a_subscriber_is_online_as_long_as_one_of_the_pages_of_a_session_is_open(
    sim: NovuSimulator,
) -> None:
    ann, sockets = sim.subscriber("ann"), Sockets(ApiState(sim))
    session = InboxSession(ann)
    async with opened(sockets, session):
        async with opened(sockets, session), opened(sockets, session):
            assert ann.is_online
        assert ann.is_online
    assert not ann.is_online


async def test_a_token_in_the_query_opens_a_session(sim: NovuSimulator) -> None:
    session, sockets = InboxSession(sim.subscriber("ann")), Sockets(ApiState(sim))
    token = session.token(sim, {"_environmentId": "e", "_organizationId": "o"})
    assert sockets.session(ApiRequest("GET", module.PATH, {"token": [token]})) == session
    assert sockets.session(ApiRequest("GET", module.PATH, {"token": ["x"]})) is None
    assert sockets.session(ApiRequest("GET", module.PATH)) is None
