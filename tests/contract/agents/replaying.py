"""Turns of described agents on our own bridge, with a stand-in for what they post to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import httpx

from novu_framework import Client
from novu_framework._internal.retries import Retries
from novu_framework.bridge import BridgeRequest, RequestHandler

from .described import from_description

SECRET_KEY = "contract-secret-key"
NOVU = "http://novu.test"
LONG = 400
IDS = re.compile(r"\b(hr_|msg_|run_)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


async def at_once(seconds: float) -> None:
    """Wait for nothing."""


class StandIn:
    """Novu as far as an agent posts to it: keeps what comes, and answers what the exchange says."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode()
        kind = request.headers["content-type"] if request.content else None
        post = {
            "method": request.method,
            "path": path,
            "key": request.headers.get("authorization"),
            "type": kind,
        }
        if request.content:
            post["body"] = json.loads(request.content)
        self.posts.append(post)
        answer = self.answers.pop(0) if self.answers else {}
        if answer.get("drop"):
            raise httpx.RemoteProtocolError("Server disconnected", request=request)
        ids = {"data": {"messageId": f"m-{len(self.posts)}", "platformThreadId": "t-1"}}
        text = answer["text"] if "text" in answer else compact(answer.get("body", ids))
        return httpx.Response(answer.get("status", 200), text=text, headers=answer.get("headers"))


class Bridge:
    """Our bridge with described agents."""

    def __init__(self, described: list[dict[str, Any]], *, is_async: bool) -> None:
        self._novu = StandIn()
        client = Client(
            SECRET_KEY,
            strict_authentication=False,
            retries=Retries(sleep_async=at_once),
            async_transport=httpx.MockTransport(self._novu),
        )
        agents = [from_description(one, is_async=is_async) for one in described]
        self._handler = RequestHandler([], client, agents=agents)

    async def turn(
        self, method: str, query: list[list[str]], body: Any, answers: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Ask for a turn, and give the response and the posts that came of it."""
        self._novu.posts, self._novu.answers = [], list(answers)
        if isinstance(body, dict):
            urls = {name: body[name] for name in ("replyUrl", "eventsUrl") if is_path(body.get(name))}
            body = {**body, **{name: NOVU + path for name, path in urls.items()}}
        content = b"" if body is None and method != "POST" else json.dumps(body).encode()
        pairs = [(name, value) for name, value in query]
        answer = await self._handler(BridgeRequest(method, pairs, {}, content))
        await self._handler.finish_turns()
        response = {"status": answer.status, "body": json.loads(answer.body)}
        return {"response": response, "posts": freed(self._novu.posts)}


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_path(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("/")


def freed(posts: list[dict[str, Any]]) -> Any:
    """What is posted, without what no two runs share."""
    known: dict[str, str] = {}

    def count(found: re.Match[str]) -> str:
        return known.setdefault(found[0], f"{found[1]}{len(known) + 1}")

    def free(value: Any, key: str = "") -> Any:
        if key == "timestamp":
            return "<now>"
        if isinstance(value, str):
            length = len(value.encode("utf-16-le", "surrogatepass")) // 2
            return f"<{length} characters>" if length > LONG else IDS.sub(count, value)
        if isinstance(value, list):
            return [free(item) for item in value]
        return (
            {name: free(item, name) for name, item in value.items()} if isinstance(value, Mapping) else value
        )

    return free(posts)
