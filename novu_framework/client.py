"""`Client`: the settings of a bridge, and calls to the Novu API."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote, urlsplit

from typing_extensions import Self

from novu_framework._internal.retries import Retries
from novu_framework.errors import MissingSecretKeyError, NovuApiError
from novu_framework.triggers import Recipient, recipient, recipients

if TYPE_CHECKING:
    import httpx

    from novu_framework._internal.calls import Calls
    from novu_framework.workflow import Workflow

Json: TypeAlias = Any
"""What `json.loads` gives."""

DEFAULT_API_URL = "https://api.novu.co"
DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024
EVENTS_PER_BULK_CALL = 100

_BROADCAST_TO_ALL = object()


@dataclass(frozen=True)
class TriggerResult:
    """What Novu said about one trigger.

    `status` is `"processed"`, or why nothing was sent (`"trigger_not_active"`, `"subscriber_id_missing"`,
    `"error"`, ...), and `errors` says more. `data` is the whole answer, in the API's names.
    """

    transaction_id: str
    status: str
    acknowledged: bool
    errors: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    client: Client | None = field(default=None, repr=False, compare=False)

    def cancel(self) -> bool:
        """Stop what of this trigger is still delayed or pending; whether there was anything to stop."""
        return self._client.cancel(self.transaction_id)

    async def cancel_async(self) -> bool:
        """The async twin of `cancel`."""
        return await self._client.cancel_async(self.transaction_id)

    @property
    def _client(self) -> Client:
        if self.client is None:
            raise RuntimeError("This result was made without a client: use Client.cancel(transaction_id).")
        return self.client

    @classmethod
    def read(cls, data: Any, client: Client | None = None) -> TriggerResult:
        """From the API's `{acknowledged, status, transactionId, error?}`."""
        if not isinstance(data, Mapping):
            data = {}
        errors = data.get("error") or ()
        return cls(
            transaction_id=str(data.get("transactionId", "")),
            status=str(data.get("status", "")),
            acknowledged=bool(data.get("acknowledged", False)),
            errors=(errors,) if isinstance(errors, str) else tuple(map(str, errors)),
            data=data,
            client=client,
        )


class Client:
    """The settings of a bridge, and calls to the Novu API.

    What is not given is read from the environment when the client is made: `secret_key` from
    `NOVU_SECRET_KEY` (then `NOVU_API_KEY`), `api_url` from `NOVU_API_URL`, `strict_authentication` from
    `NOVU_STRICT_AUTHENTICATION_ENABLED`. Requests to the bridge must be signed unless
    `strict_authentication=False` or that variable is `false`; unlike in the npm package, no development
    mode turns it off.

    `timeout` is in seconds, for each try; `max_retries` counts the tries after the first. One client keeps
    its connections and may be used from many threads and event loops. `transport` and `async_transport` are
    given to httpx as they are.

    >>> client = Client(secret_key="nv-secret")
    >>> client
    Client(api_url='https://api.novu.co', strict_authentication=True)

        result = client.trigger("comment-notification", "ann", {"comment": "Hi!", "post_id": "1"})
        result.cancel()
    """

    def __init__(
        self,
        secret_key: str | None = None,
        api_url: str | None = None,
        strict_authentication: bool | None = None,
        verbose: bool = False,
        logger: logging.Logger | None = None,
        max_body_bytes: int = DEFAULT_MAX_BODY_BYTES,
        *,
        timeout: float | httpx.Timeout = 10.0,
        max_retries: int | None = None,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
        async_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        if max_body_bytes <= 0:
            raise ValueError(f"max_body_bytes is {max_body_bytes}: it is a number of bytes above 0.")
        environ = os.environ
        self.secret_key = _usable_key(
            secret_key or environ.get("NOVU_SECRET_KEY") or environ.get("NOVU_API_KEY") or ""
        )
        self.api_url = _usable_url(api_url or environ.get("NOVU_API_URL") or DEFAULT_API_URL)
        if strict_authentication is None:
            strict_authentication = _strict_unless_switched_off(
                environ.get("NOVU_STRICT_AUTHENTICATION_ENABLED", "")
            )
        self.strict_authentication = strict_authentication
        self.verbose = verbose
        self.logger = logger or logging.getLogger("novu_framework")
        self.max_body_bytes = max_body_bytes
        self.retries = retries or Retries()
        if max_retries is not None:
            self.retries = replace(self.retries, limit=max_retries)
        self._transports = (timeout, transport, async_transport)

    def __repr__(self) -> str:
        return f"Client(api_url={self.api_url!r}, strict_authentication={self.strict_authentication})"

    def require_secret_key(self) -> str:
        """The secret key, or `MissingSecretKeyError` that says how to set one."""
        if not self.secret_key:
            raise MissingSecretKeyError()
        return self.secret_key

    def log(self, message: str, *args: object) -> None:
        """Log at level INFO, if this client is `verbose`."""
        if self.verbose:
            self.logger.info(message, *args)

    # Triggers

    def trigger(
        self,
        workflow_id: str | Workflow,
        to: Recipient | Iterable[Recipient],
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Recipient | None = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> TriggerResult:
        """Trigger a workflow by its id, for a subscriber id, a subscriber, a topic or a list of these.

        The payload of an id goes out as it is; that of a `Workflow` is validated first.
        `bridge_url` is the bridge that Novu should ask, if not the environment's own; without it
        `NOVU_BRIDGE_ORIGIN` + `/api/novu` is sent where that variable is set.

        Raises `NovuApiError` with the API's status and message, and `NovuApiUnreachableError` if no answer
        came. A try that failed on the way is repeated under the same `Idempotency-Key`, so Novu acts once.
        """
        body = _event(workflow_id, to, payload, transaction_id, overrides, actor, context, bridge_url)
        return TriggerResult.read(_data(self.request("POST", "/v1/events/trigger", body)), self)

    async def trigger_async(
        self,
        workflow_id: str | Workflow,
        to: Recipient | Iterable[Recipient],
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Recipient | None = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> TriggerResult:
        """The async twin of `trigger`."""
        body = _event(workflow_id, to, payload, transaction_id, overrides, actor, context, bridge_url)
        return TriggerResult.read(_data(await self.request_async("POST", "/v1/events/trigger", body)), self)

    def trigger_bulk(self, events: Iterable[Mapping[str, Any]]) -> list[TriggerResult]:
        """Trigger many events, 100 a call, and give their results in the same order.

        An event is a dict of the arguments of `trigger`: `{"workflow_id": "welcome", "to": "ann",
        "payload": {...}, "transaction_id": ...}`, also in the API's own names. `workflow` is another name of
        `workflow_id`, and takes the `Workflow` as well, whose payload is then validated. All are checked before
        the first call. If a later call fails, the error's `accepted` holds the results of those before it.
        """
        results: list[TriggerResult] = []
        for chunk in _chunks([_bulk_event(position, event) for position, event in enumerate(events)]):
            try:
                answer = self.request("POST", "/v1/events/trigger/bulk", {"events": chunk})
            except NovuApiError as error:
                error.accepted = tuple(results)
                raise
            results += self._results(answer)
        return results

    async def trigger_bulk_async(self, events: Iterable[Mapping[str, Any]]) -> list[TriggerResult]:
        """The async twin of `trigger_bulk`."""
        results: list[TriggerResult] = []
        for chunk in _chunks([_bulk_event(position, event) for position, event in enumerate(events)]):
            try:
                answer = await self.request_async("POST", "/v1/events/trigger/bulk", {"events": chunk})
            except NovuApiError as error:
                error.accepted = tuple(results)
                raise
            results += self._results(answer)
        return results

    def broadcast(
        self,
        workflow_id: str | Workflow,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Recipient | None = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> TriggerResult:
        """Trigger a workflow for every subscriber of the environment; the workflow as in `trigger`."""
        body = _event(
            workflow_id, _BROADCAST_TO_ALL, payload, transaction_id, overrides, actor, context, bridge_url
        )
        return TriggerResult.read(_data(self.request("POST", "/v1/events/trigger/broadcast", body)), self)

    async def broadcast_async(
        self,
        workflow_id: str | Workflow,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Recipient | None = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> TriggerResult:
        """The async twin of `broadcast`."""
        body = _event(
            workflow_id, _BROADCAST_TO_ALL, payload, transaction_id, overrides, actor, context, bridge_url
        )
        answer = await self.request_async("POST", "/v1/events/trigger/broadcast", body)
        return TriggerResult.read(_data(answer), self)

    def cancel(self, transaction_id: str) -> bool:
        """Stop what of a trigger is still delayed or pending; whether there was anything to stop."""
        return bool(_data(self.request("DELETE", _event_path(transaction_id))))

    async def cancel_async(self, transaction_id: str) -> bool:
        """The async twin of `cancel`."""
        return bool(_data(await self.request_async("DELETE", _event_path(transaction_id))))

    def _results(self, answer: Json) -> list[TriggerResult]:
        data = _data(answer)
        return [TriggerResult.read(one, self) for one in (data if isinstance(data, list) else [data])]

    # The calls themselves

    @functools.cached_property
    def _calls(self) -> Calls:
        from novu_framework._internal.calls import (
            Calls,  # httpx is slow to import, and a bridge does not need it
        )

        return Calls(self, *self._transports)

    def request(self, method: str, path: str, body: Json = None) -> Json:
        """Any call to the Novu API: `path` begins with `/v1` or `/v2`, `body` is sent as JSON.

        Gives the parsed answer. Retries as `Retries` says; raises `NovuApiError`,
        `NovuApiUnreachableError`, and `MissingSecretKeyError` before anything is sent.
        """
        return self._calls.send(method, path, body)

    async def request_async(self, method: str, path: str, body: Json = None) -> Json:
        """The async twin of `request`."""
        return await self._calls.send_async(method, path, body)

    def close(self) -> None:
        """Close the connections of the sync methods. A later call opens new ones."""
        self._calls.connections.close()

    async def aclose(self) -> None:
        """Close the connections of the async methods in the running event loop.

        A loop that ends as `asyncio.run` ends it closes them by itself.
        """
        await self._calls.connections.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def default_client() -> Client:
    """The client of triggers that name none: one for each set of environment variables met."""
    environ = os.environ
    return _client_of_environment(
        environ.get("NOVU_SECRET_KEY"), environ.get("NOVU_API_KEY"), environ.get("NOVU_API_URL")
    )


@functools.lru_cache(maxsize=8)
def _client_of_environment(*settings: str | None) -> Client:
    return Client()


def _event(
    workflow_id: str | Workflow,
    to: Any,
    payload: Any,
    transaction_id: str | None,
    overrides: Mapping[str, Any] | None,
    actor: Recipient | None,
    context: Mapping[str, Any] | None,
    bridge_url: str | None,
) -> dict[str, Any]:
    """The body of a trigger; of what was not given, nothing."""
    if not isinstance(workflow_id, str):
        payload = workflow_id.checked(payload)
        workflow_id = workflow_id.id
    event: dict[str, Any] = {"name": workflow_id}
    if to is not _BROADCAST_TO_ALL:
        event["to"] = recipients(to)
    event["payload"] = {} if payload is None else payload
    if transaction_id:
        event["transactionId"] = transaction_id
    if overrides:
        event["overrides"] = overrides
    if actor:
        event["actor"] = recipient(actor)
    if context:
        event["context"] = context
    if bridge_url := bridge_url or _bridge_of_environment():
        event["bridgeUrl"] = bridge_url
    return event


_BULK_NAMES = {
    "name": "workflow_id",
    "workflow": "workflow_id",
    "workflowId": "workflow_id",
    "transactionId": "transaction_id",
    "bridgeUrl": "bridge_url",
}
_BULK_ARGUMENTS = (
    "workflow_id",
    "to",
    "payload",
    "transaction_id",
    "overrides",
    "actor",
    "context",
    "bridge_url",
)


def _bulk_event(position: int, written: Mapping[str, Any]) -> dict[str, Any]:
    given = {_BULK_NAMES.get(key, key): value for key, value in written.items()}
    unknown = [key for key in given if key not in _BULK_ARGUMENTS]
    missing = [key for key in ("workflow_id", "to") if not given.get(key)]
    if unknown or missing:
        wrong = f"lacks {missing}" if missing else f"has {unknown}"
        raise ValueError(f"Event {position} of the bulk {wrong}: an event has {', '.join(_BULK_ARGUMENTS)}.")
    try:
        return _event(*(given.get(name) for name in _BULK_ARGUMENTS))  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise ValueError(f"Event {position} of the bulk: {error}") from error


def _chunks(events: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    return (events[at : at + EVENTS_PER_BULK_CALL] for at in range(0, len(events), EVENTS_PER_BULK_CALL))


def _bridge_of_environment() -> str | None:
    origin = os.environ.get("NOVU_BRIDGE_ORIGIN")
    return f"{origin}/api/novu" if origin else None


def _event_path(transaction_id: str) -> str:
    if not transaction_id:
        raise ValueError("The transaction id to cancel is empty.")
    return f"/v1/events/trigger/{quote(transaction_id, safe='')}"


def _data(answer: Json) -> Any:
    """What is inside the API's `{"data": ...}`."""
    return answer.get("data", answer) if isinstance(answer, Mapping) else answer


def _usable_key(key: str) -> str:
    key = key.strip()
    # httpx would refuse such a key too, with the key in its message.
    if not (key.isascii() and key.isprintable()):
        raise ValueError(
            "The secret key has characters that no HTTP header can carry: was it cut and pasted?"
        )
    return key


def _usable_url(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            f"api_url (or NOVU_API_URL) is {url!r}: it is the URL of a Novu API, as {DEFAULT_API_URL!r}."
        )
    return url.strip().rstrip("/")


def _strict_unless_switched_off(setting: str) -> bool:
    return setting.strip().lower() not in ("false", "0", "no", "off")
