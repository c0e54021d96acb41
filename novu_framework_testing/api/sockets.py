"""The sockets over which a web page learns what is new in its inbox: socket.io, as in Novu, over websockets.

A page connects with the token of its session, and is told `notification_received`, `unseen_count_changed` and
`unread_count_changed`. The protocol is python-socketio's, which is loaded for the first page that connects.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlencode

from novu_framework_testing.api.http import ApiRequest
from novu_framework_testing.api.notifications import MAX_COUNT, Mailbox, counted, unread_counts
from novu_framework_testing.api.serializers import received_message_json
from novu_framework_testing.api.sessions import InboxSession, session_of
from novu_framework_testing.api.state import ApiState

if TYPE_CHECKING:
    import socketio

    from novu_framework_testing.api.websocket import WebSocket
    from novu_framework_testing.simulation.messages import InboxChange, Message

PATH = "/socket.io/"

MAX_SOCKETS = 256
"""The sockets that are open at once; more are refused."""

MAX_MESSAGES = 100
"""The new messages that a page is told of at once; of more, the latest."""

log: Final = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())


@dataclass
class _News:
    """What the pages of a session have not been told yet."""

    messages: list[Message] = field(default_factory=list)
    changes: set[InboxChange] = field(default_factory=set)


class Sockets:
    """The open sockets of a simulation, in the event loop that it is made in.

    What happens in a moment is told in one go: to mark a hundred messages as read changes the count once.
    """

    def __init__(self, state: ApiState) -> None:
        self._state = state
        self._loop = asyncio.get_running_loop()
        self._open = 0
        self._listening: Counter[InboxSession] = Counter()
        self._news: dict[InboxSession, _News] = defaultdict(_News)
        self._telling: set[asyncio.Task[None]] = set()
        self._server: socketio.AsyncServer | None = None
        self._app: Any = None

    @property
    def full(self) -> bool:
        """True where no more sockets are opened."""
        return self._open >= MAX_SOCKETS

    def session(self, request: ApiRequest) -> InboxSession | None:
        """Return the session of the token in the query of a request for a socket; None without one."""
        return session_of(self._state.novu, request.first("token") or "")

    async def serve(self, socket: WebSocket, request: ApiRequest, session: InboxSession) -> None:
        """Keep a page's socket until one of the two ends it."""
        if self._server is None:
            self._start()
        scope: dict[str, Any] = {
            "type": "websocket",
            "path": PATH,
            "query_string": urlencode(request.query, doseq=True).encode(),
            "headers": [(b"connection", b"upgrade"), (b"upgrade", b"websocket")],
            "session": session,
        }

        async def receive() -> dict[str, Any]:
            while True:
                event = await socket.receive()
                if event["type"] != "websocket.receive":
                    return event
                meaning = _meaning(event.get("text"))
                if meaning == "none":
                    return await socket.end()
                if meaning == "told":
                    return event

        self._open += 1
        try:
            await self._app(scope, receive, socket.send)
        finally:
            self._open -= 1
            if scope.get("joined"):
                self._listening[session] -= 1
                self._listening += Counter()  # forgets those without a socket
                others = (one for one in self._listening if one.subscriber is session.subscriber)
                session.subscriber.is_online = any(others)

    def heard(self, change: InboxChange, message: Message) -> None:
        """Take note of a change in an inbox, in whatever thread it happens. Pages of its very context are told."""
        session = InboxSession(message.run.subscriber, message.context_keys)
        if session in self._listening:
            self._loop.call_soon_threadsafe(self._note, session, change, message)

    def _note(self, session: InboxSession, change: InboxChange, message: Message) -> None:
        if session not in self._news:
            task = self._loop.create_task(self._tell(session))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
        news = self._news[session]
        news.changes.add(change)
        if change == "received":
            news.messages = [*news.messages[1 - MAX_MESSAGES :], message]

    async def _tell(self, session: InboxSession) -> None:
        news = self._news.pop(session)
        for message in news.messages:
            shown = received_message_json(self._state, message)
            await self._emit(session, "notification_received", {"message": shown})
        notifications = Mailbox(session.subscriber, session.context_keys).notifications
        if news.changes != {"changed"}:
            await self._emit(session, "unseen_count_changed", _count(notifications, "unseen", seen=False))
        if news.changes != {"seen"}:
            counts = {"counts": unread_counts(notifications)}
            changed = {**_count(notifications, "unread", read=False), **counts}
            await self._emit(session, "unread_count_changed", changed)

    async def _emit(self, session: InboxSession, event: str, data: dict[str, Any]) -> None:
        assert self._server is not None
        await self._server.emit(event, data, room=_room(session))

    def _start(self) -> None:
        import socketio

        logger: Any = log  # its annotation knows only True and False
        self._server = socketio.AsyncServer(
            async_mode="asgi",
            transports=["websocket"],
            cors_allowed_origins=[],  # `Guard` has looked at the origin
            monitor_clients=False,
            logger=logger,
            engineio_logger=logger,
        )
        self._app = socketio.ASGIApp(self._server, socketio_path=PATH)
        self._server.on("connect", self._connected)

    async def _connected(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        assert self._server is not None
        scope = environ["asgi.scope"]
        session: InboxSession = scope["session"]
        await self._server.enter_room(sid, _room(session))
        if not scope.get("joined"):
            scope["joined"] = True
            self._listening[session] += 1
            session.subscriber.is_online = True


def _meaning(text: str | None) -> Literal["told", "unheard", "none"]:
    """Tell whether a page's packet means something to the server, is one that nobody here listens to, or is none.

    Nobody listens to events, to answers to events, and to bytes, which come along with those.
    """
    import engineio.packet
    import socketio.packet

    if text is None:
        return "unheard"
    try:
        outer = engineio.packet.Packet(encoded_packet=text)
        if outer.packet_type != engineio.packet.MESSAGE:
            return "told" if outer.packet_type <= engineio.packet.NOOP else "none"
        inner = socketio.packet.Packet(encoded_packet=outer.data) if isinstance(outer.data, str) else None
    except (ValueError, RecursionError):
        return "none"
    kinds = socketio.packet
    if inner is None or inner.packet_type not in range(kinds.BINARY_ACK + 1):
        return "none"
    if inner.packet_type in (kinds.CONNECT, kinds.DISCONNECT):
        return "told"
    is_list = isinstance(inner.data, list) and inner.packet_type != kinds.CONNECT_ERROR
    return "unheard" if is_list else "none"


def _count(notifications: Sequence[Message], name: str, **conditions: bool) -> dict[str, Any]:
    count = counted(notifications, conditions, at_most=MAX_COUNT + 1)
    return {f"{name}Count": min(count, MAX_COUNT), "hasMore": count > MAX_COUNT}


def _room(session: InboxSession) -> str:
    return " ".join((session.subscriber.id, *session.context_keys))
