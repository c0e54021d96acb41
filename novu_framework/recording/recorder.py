"""An ASGI app around another one, which records what Novu asks its bridge."""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
import os
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl

from novu_framework import __version__
from novu_framework.asgi import handler_of
from novu_framework.bridge import RequestHandler
from novu_framework.recording.redaction import EventRedaction
from novu_framework.workflow import Workflow

Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]

logger: Final = logging.getLogger("novu_framework")

SWITCH = "NOVU_RECORDING"
"""The variable of the environment that turns recordings off, where it is 0."""
MAX_BYTES = 250_000
"""A request or an answer that is longer is not recorded."""

_END = b"\n ]\n}\n"


class BridgeRecorder:
    """An ASGI app around another one, which records what Novu asks its bridge.

    Of every step, the first `per_step` requests that the bridge answered with success are appended to the file, each with its
    answer; everything else passes as it comes. What people said or are called is replaced: names, addresses, numbers, tokens and
    free text have pseudonyms, the same for the same value; what a message says beside that stays where it is the app's own
    text, and is blackened where it came from elsewhere, such as a database. Moments, short numbers, the choices of
    schemas, and the controls of the dashboard except for the addresses in them, stay.

    Nothing is recorded where the environment says `NOVU_RECORDING=0`, as `novu-framework compat` does.

    Args:
        app: The app that serves the bridge.
        file: The file. One that is there is not touched: the next start, or another process, takes `bridge-2.json`.
        route: The path of the bridge.
        per_step: How many requests of each step are recorded.
        redact: False to keep everything as it is: only where no data is of real people.
        keep: Names of members whose texts stay as they are, such as `sku`.
        key: The secret that pseudonyms are made with; that of the bridge if left out.

    >>> async def app(scope, receive, send): ...
    >>> BridgeRecorder(app, "bridge.json", per_step=5).recorded
    0
    """

    def __init__(
        self,
        app: Any,
        file: str | Path,
        *,
        route: str = "/api/novu",
        per_step: int = 20,
        redact: bool = True,
        keep: Iterable[str] = (),
        key: str | None = None,
    ) -> None:
        self.app = app
        self._file = Path(file)
        self._route = route.rstrip("/")
        self._per_step = per_step
        self._counts: Counter[tuple[str, str]] = Counter()
        self._seen: set[bytes] = set()
        self._lock = Lock()
        self._is_begun = False
        self._is_off = os.environ.get(SWITCH) == "0"
        handler = handler_of(app)
        self._workflows: Mapping[str, Workflow[Any]] = {} if handler is None else handler.workflows
        self._redaction = (
            EventRedaction(self._workflows, key or _key_of(handler), frozenset(keep)) if redact else None
        )

    @property
    def recorded(self) -> int:
        """The number of requests in the file."""
        return sum(self._counts.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        step = query.get("workflowId", ""), query.get("stepId", "")
        is_asked = scope["type"] == "http" and scope["method"] == "POST" and query.get("action") == "execute"
        if (
            self._is_off
            or not is_asked
            or scope["path"].rstrip("/") != self._route
            or self._counts[step] >= self._per_step
        ):
            await self.app(scope, receive, send)
            return
        asked, answered = bytearray(), bytearray()
        statuses: list[int] = []

        async def listening() -> dict[str, Any]:
            message = await receive()
            if len(asked) <= MAX_BYTES:
                asked.extend(message.get("body", b""))
            return message

        async def telling(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            elif len(answered) <= MAX_BYTES:
                answered.extend(message.get("body", b""))
            await send(message)

        await self.app(scope, listening, telling)
        if statuses == [200] and max(len(asked), len(answered)) <= MAX_BYTES:
            try:
                self._record(step, bytes(asked), bytes(answered))
            except Exception as error:  # whatever it is: production goes on
                # without its words, which may quote what is to be kept out
                logger.warning("A request of Novu could not be recorded: %s", type(error).__name__)

    def _record(self, step: tuple[str, str], asked: bytes, answered: bytes) -> None:
        event, answer = json.loads(asked), json.loads(answered)
        if self._redaction is not None:
            redacted = self._redaction.exchange(*step, event, answer)
            if redacted is None:
                return
            event, answer = redacted
        query = [["action", "execute"], ["workflowId", step[0]], ["stepId", step[1]]]
        digest = hashlib.sha256(json.dumps([query, event], sort_keys=True).encode()).digest()
        with self._lock:
            if digest in self._seen or self._counts[step] >= self._per_step:
                return
            self._seen.add(digest)
            self._counts[step] += 1
            name = f"{'/'.join(step)}, {self._counts[step]}"
            self._append(_exchange(name, "POST", query, answer, event))

    def _append(self, exchange: dict[str, Any]) -> None:
        """Put an exchange at the end of the file, which is whole JSON each time."""
        if not self._is_begun:
            self._file = _new_file(self._file, self._beginning())
            self._is_begun = True
        with self._file.open("r+b") as file:
            file.seek(-len(_END), 2)
            file.write(
                b",\n  " + json.dumps(exchange, ensure_ascii=False).encode("utf-8", "surrogatepass") + _END
            )

    def _beginning(self) -> bytes:
        discovered = {"workflows": [one.discover() for one in self._workflows.values()], "agents": []}
        head = {
            "format": 1,
            "name": self._file.stem,
            "about": "What Novu asked the bridge, and what it answered",
            "recordedWith": {"novu-framework": __version__},
            "bridge": {
                "secretKey": "recorded",
                "strictAuthentication": True,
                "workflows": list(self._workflows),
            },
            "headers": {},
        }
        text = json.dumps(head, indent=1)[:-2]
        first = _exchange("discovery", "GET", [["action", "discover"]], discovered)
        return f'{text},\n "exchanges": [\n  {json.dumps(first)}'.encode() + _END


def _new_file(path: Path, content: bytes) -> Path:
    """Write a file of this name, or of the name with the first number that is free; return its path."""
    for number in itertools.count(1):
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            with free.open("xb") as file:
                file.write(content)
            return free
        except FileExistsError:
            continue
    raise AssertionError


def _exchange(
    name: str, method: str, query: list[list[str]], answer: Any, event: Any = None
) -> dict[str, Any]:
    request: dict[str, Any] = {"method": method, "query": query, "headers": {}, "signature": {}}
    if event is not None:
        request |= {"headers": {"content-type": "application/json"}, "body": event}
    return {"name": name, "request": request, "response": {"status": 200, "body": answer}}


def _key_of(handler: RequestHandler | None) -> str:
    return (handler.client.secret_key if handler is not None else None) or secrets.token_hex(16)
