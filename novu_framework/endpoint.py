"""A request within its limits, whatever the web framework: what every adapter is made of."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qsl

from novu_framework import signature
from novu_framework._internal.background import background
from novu_framework.bridge import BridgeRequest, BridgeResponse, RequestHandler
from novu_framework.client import Client
from novu_framework.errors import RequestInvalidError, RequestTooLargeError
from novu_framework.workflow import Workflow

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
"""The methods to route to the endpoint: all of them, since the bridge itself answers what it does not allow."""

MAX_QUERY_LENGTH = 8192
MAX_CACHED_QUERY_LENGTH = 512

_APPS = {
    "fastapi": ("FastAPI", "APIRouter"),
    "starlette": ("Starlette", "Router"),
    "litestar": ("Litestar", "Router"),
    "flask": ("Flask", "Blueprint"),
    "django": ("WSGIHandler", "ASGIHandler"),
}
"""What the apps of each framework are called; its adapter is the module of the same name."""


def check_app(app: Any, adapter: str) -> None:
    """Raise `TypeError` for an app of another framework than the adapter's. It names the module that serves it.

    >>> check_app("app", "flask")
    Traceback (most recent call last):
    TypeError: serve() of novu_framework.flask takes Flask or Blueprint, not str. ...
    """
    for cls in type(app).__mro__:
        package = cls.__module__.partition(".")[0]
        if cls.__name__ in _APPS.get(package, ()):
            if package == adapter:
                return
            raise TypeError(
                f"serve() of novu_framework.{adapter} takes no {type(app).__name__} of {package}: "
                f"write `from novu_framework.{package} import serve`."
            )
    takes = " or ".join(_APPS[adapter])
    raise TypeError(
        f"serve() of novu_framework.{adapter} takes {takes}, not {type(app).__name__}. "
        "Any other ASGI app can mount novu_framework.asgi.BridgeEndpoint."
    )


class WebEndpoint:
    """The bridge behind a web framework, with the limits of a request.

    Args:
        workflows: The decorated functions.
        agents: The agents, as `@agent` makes them.
        client: The settings; `Client()`, from the environment, if left out. Bodies above its `max_body_bytes` are
            refused before they are read whole.
        server: The name of the web framework, for the header `novu-framework-server`.

    Raises:
        MissingSecretKeyError, WorkflowAlreadyExistsError, AgentAlreadyExistsError, WorkflowDiscoveryError: As `RequestHandler` does.
    """

    def __init__(
        self,
        workflows: Iterable[Workflow] = (),
        client: Client | None = None,
        *,
        agents: Iterable[AgentLike] = (),
        server: str,
    ) -> None:
        client = client or Client()
        is_first = client.gc_freeze and _is_first()
        if is_first:
            _collect_seldom()
        self.handler: Final = RequestHandler(workflows, client, agents=agents, server=server)
        self.limit: int = client.max_body_bytes
        if is_first:
            _leave_out_what_is_loaded()

    def check_length(self, announced: str | bytes) -> None:
        """Raise `RequestTooLargeError` for a `content-length` above the limit."""
        # not int(), which refuses thousands of digits; "²" is a digit, and no number
        if announced.isascii() and announced.isdigit() and float(announced) > self.limit:
            raise RequestTooLargeError(self.limit)


_served = False

_YOUNG = 50_000
"""The new objects that begin a collection. At Python's own 700 or 2,000, a request of 100 KB is looked through while it is read:
more than half of its time."""


def _is_first() -> bool:
    """Tell whether this is the first bridge of the process: the apps that tests make, one after the other, have to be collected."""
    global _served
    is_first, _served = gc.isenabled() and not _served, _served or gc.isenabled()
    return is_first


def _collect_seldom() -> None:
    """Begin collections later: before the workflows are discovered, which makes many objects that stay."""
    young, *older = gc.get_threshold()
    if 0 < young < _YOUNG:  # at 0 there are none
        gc.set_threshold(_YOUNG, *older)


def _leave_out_what_is_loaded() -> None:
    """Leave what the app has loaded out of garbage collections from now on, which took 20 to 50 ms each time.

    Only what is young is looked through before, since nothing loads an app and leaves much garbage that is old.
    """
    gc.collect(1)
    gc.freeze()


class ReadableRequest(NamedTuple):
    """A request of a framework that gives the body as a file.

    Attributes:
        method: In capitals.
        query: The query string.
        signature: The header `novu-signature`; empty for none, several joined with commas.
        content_length: The header; empty for none.
        read: Reads so many bytes of the body, or up to its end. May raise `OSError`.
    """

    method: str
    query: bytes
    signature: str
    content_length: str
    read: Callable[[int], bytes]


class FileEndpoint(WebEndpoint):
    """The bridge behind a framework that gives a request's body as a file, for blocking code and async code.

    A response has a `content-length`, and no body where the request is a HEAD.
    """

    def answer(self, request: ReadableRequest) -> BridgeResponse:
        """Answer a request, and wait for that, unlike `answer_async`. Does not raise: errors become answers."""
        whole = self._whole(request)
        response = background.run(self.handler(whole)) if isinstance(whole, BridgeRequest) else whole
        return _finished(response, request.method)

    async def answer_async(self, request: ReadableRequest) -> BridgeResponse:
        """Answer a request. Does not raise: errors become answers."""
        whole = self._whole(request)
        response = await self.handler(whole) if isinstance(whole, BridgeRequest) else whole
        return _finished(response, request.method)

    def _whole(self, request: ReadableRequest) -> BridgeRequest | BridgeResponse:
        try:
            query = parsed_query(request.query)
            self.check_length(request.content_length)
            try:
                body = request.read(self.limit + 1)
            except OSError:
                raise client_gone() from None
            if len(body) > self.limit:
                raise RequestTooLargeError(self.limit)
        except RequestInvalidError as error:
            return self.handler.refuse(error)
        return BridgeRequest(request.method, query, {signature.HEADER: request.signature}, body)


def client_gone() -> RequestInvalidError:
    """Make the error of a body that ends before it is whole."""
    return RequestInvalidError("The client closed the connection before the request was whole.")


def _finished(response: BridgeResponse, method: str) -> BridgeResponse:
    headers = {**response.headers, "content-length": str(len(response.body))}
    return BridgeResponse(response.status, headers, b"" if method == "HEAD" else response.body)


def parsed_query(query: bytes) -> tuple[tuple[str, str], ...]:
    """Parse a query string.

    Raises:
        RequestInvalidError: It is too long.

    >>> parsed_query(b"action=execute&stepId=")
    (('action', 'execute'), ('stepId', ''))
    """
    if len(query) > MAX_QUERY_LENGTH:
        raise RequestInvalidError(f"The query of the request is longer than {MAX_QUERY_LENGTH} bytes.")
    # an app has about one for each of its steps, and they come over and over
    return (_cached_query if len(query) <= MAX_CACHED_QUERY_LENGTH else _parse_query)(query)


def _parse_query(query: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(query.decode("latin-1"), keep_blank_values=True))


_cached_query = lru_cache(1024)(_parse_query)
