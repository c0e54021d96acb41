"""A page in a browser, and what went wrong on it."""

from __future__ import annotations

from typing import Any


class Opened:
    """A page, and everything that went wrong on it or left it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.problems.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    async def normalized(self) -> None:
        await self.page.wait_for_selector(".sides[data-ready], .sources, .blank")

    @property
    def step(self) -> Any:
        return self.page.locator("main h2")

    def strangers(self, *own: str) -> list[str]:
        """Requests that went anywhere but to the page's own server."""
        return [url for url in self.requests if not url.startswith((*own, "data:", "about:", "blob:"))]
