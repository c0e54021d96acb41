"""`Client`: the settings of a bridge, and calls to the Novu API."""

from __future__ import annotations

import functools
import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar
from urllib.parse import quote

from typing_extensions import Self

from novu_framework._internal.cached import cached_property
from novu_framework._internal.redaction import without_keys_in_errors
from novu_framework._internal.retries import Retries
from novu_framework._internal.twins import Exchange, PendingCall, awaitable, blocking
from novu_framework.errors import NovuApiError
from novu_framework.settings import DEFAULT_MAX_BODY_BYTES, Settings
from novu_framework.triggers import (
    EVERYONE,
    Canceller,
    Recipient,
    Triggerable,
    TriggerResult,
    bulk_results,
    trigger_arguments,
    trigger_event,
    was_cancelled,
)

if TYPE_CHECKING:
    import httpx

    from novu_framework._internal.calls import ApiCalls

__all__ = ["Client", "Retries", "TriggerResult", "default_client"]

Json: TypeAlias = Any
"""What `json.loads` gives."""

T = TypeVar("T")

EVENTS_PER_BULK_CALL = 100


class Client(Settings, Canceller):
    """The settings of a bridge, and calls to the Novu API.

    Settings that are not given are read from the environment when the client is created. Requests to the bridge must be signed
    unless `strict_authentication=False` or the variable is `false`; unlike in the npm package, no development mode
    turns it off. One client keeps its connections and may be used from many threads and event loops.

    A client can be pickled, for a pool of processes for example: with its settings, the secret key among them, and without
    its connections. Treat such a pickle as the key itself. Results and errors are pickled without the key.

    Args:
        secret_key: The key shared with Novu; `NOVU_SECRET_KEY`, then `NOVU_API_KEY`, if left out.
        api_url: The Novu API; `NOVU_API_URL`, then `https://api.novu.co`, if left out.
        strict_authentication: Whether the bridge requires signatures; `NOVU_STRICT_AUTHENTICATION_ENABLED`, then
            True, if left out.
        verbose: Log each request at level INFO.
        logger: Where to log; `novu_framework` if left out.
        max_body_bytes: The largest request that the bridge reads, in bytes.
        step_timeout: The seconds that the functions of a step may take together, 0 for no limit; `NOVU_STEP_TIMEOUT`,
            then 4, if left out. The bridge then answers 504, before Novu stops waiting after 5 seconds.
        max_threads: The number of plain functions that run at once, more of them wait; `NOVU_MAX_THREADS`, then 40,
            if left out.
        previous_secret_keys: Keys whose signatures the bridge accepts too while you change the key, at most three;
            `NOVU_PREVIOUS_SECRET_KEYS`, separated by commas, if left out. Calls to the API are made with `secret_key`.
        gc_freeze: Whether garbage collections leave out what the app holds when its first bridge is made (`gc.freeze`), and
            begin after 50,000 new objects (`gc.set_threshold`), for even and fast answers; `NOVU_GC_FREEZE`, then True,
            if left out.
        timeout: Seconds for each attempt of a call, up to the end of its answer. In a blocking call, each piece of the answer's
            headers may take as long. An `httpx.Timeout` has its own meanings.
        max_retries: How many attempts may follow the first; 3 if left out.
        retries: The complete retry policy; see `Retries`.
        transport, async_transport: Passed to httpx.

    Raises:
        ValueError: A setting cannot be used; the message says which and why.
        TypeError: `timeout` or `max_retries` is no number, or `previous_secret_keys` one text instead of a list.

    >>> client = Client(secret_key="nv-secret")
    >>> client
    Client(api_url='https://api.novu.co', strict_authentication=True)

        result = client.trigger("new-comment", "ann", {"comment": "Hi!", "post_id": "1"})
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
        step_timeout: float | None = None,
        max_threads: int | None = None,
        previous_secret_keys: Iterable[str] | None = None,
        gc_freeze: bool | None = None,
        timeout: float | httpx.Timeout = 10.0,
        max_retries: int | None = None,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
        async_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        try:
            settings = Settings.resolve(
                secret_key,
                api_url,
                strict_authentication,
                verbose,
                logger,
                max_body_bytes,
                step_timeout,
                max_threads,
                previous_secret_keys,
                gc_freeze,
            )
            policy = retries or Retries()
            if max_retries is not None:
                policy = replace(policy, limit=max_retries)
            _check_timeout(timeout)
        except BaseException:
            secret_key = previous_secret_keys = api_url = (
                None  # whoever reports errors shows the variables of frames
            )
            raise
        options = timeout, transport, async_transport
        vars(self).update(vars(settings), retries=policy, _connection_options=options)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_calls"}

    @property
    def of_environment(self) -> Canceller:
        """The stand-in for this client in the pickle of a result: the client of the environment where that is opened."""
        return _OfEnvironment()

    retries: Retries
    """When a call is tried again."""

    _connection_options: tuple[
        float | httpx.Timeout, httpx.BaseTransport | None, httpx.AsyncBaseTransport | None
    ]

    # Triggers

    def _trigger(
        self,
        workflow_id: str | Triggerable,
        to: Recipient | Iterable[Recipient],
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Recipient | None = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
        agent_id: str | None = None,
    ) -> Exchange[TriggerResult]:
        """Trigger a workflow. Failed attempts are retried, and Novu acts once.

            result = client.trigger("welcome", {"subscriberId": "ann", "email": "ann@acme.test"}, {"plan": "pro"})
            result.transaction_id

        Args:
            workflow_id: Its id, whose payload goes out as it is; or the `Workflow`, whose payload is validated first.
            to: A subscriber id, a subscriber, a topic, or a list of these.
            payload: JSON data, or what the workflow's payload schema says.
            transaction_id: Your own id, so that Novu acts once and you can cancel; Novu creates one if left out.
            overrides: Overrides of providers and the like, as the Novu API takes them.
            actor: Who caused it: a subscriber id or a subscriber; left out of topics.
            context: The contexts of the event.
            bridge_url: The bridge that Novu asks, if not the environment's own; `NOVU_BRIDGE_ORIGIN` + `/api/novu` if
                left out, where that variable is set.
            agent_id: The agent that answers if people reply to the notification.

        Raises:
            NovuApiError: The API refused it, with its status and message.
            NovuApiUnreachableError: No answer came.
            NovuApiAnswerError: The answer is not the Novu API's.
            WorkflowPayloadInvalidError: The payload of a `Workflow` does not fit; nothing was sent.
        """
        with without_keys_in_errors(self.secret_keys):
            event = trigger_event(
                workflow_id, to, payload, transaction_id, overrides, actor, context, bridge_url, agent_id
            )
        return (yield from self._outcome("/v1/events/trigger", event))

    trigger: Final = blocking(_trigger)
    trigger_async: Final = awaitable(_trigger)

    def _outcome(self, path: str, event: Json) -> Exchange[TriggerResult]:
        return (
            yield from self._read(
                PendingCall(self, "POST", path, event), lambda answer: TriggerResult.of_answer(answer, self)
            )
        )

    def _pass_on(self, event: Json) -> Exchange[Json]:
        """Trigger by a body in the API's own form, and return the API's own answer once it is known to be one."""
        call = PendingCall(self, "POST", "/v1/events/trigger", event)
        return (yield from self._read(call, lambda answer: TriggerResult.of_answer(answer) and answer))

    _pass_on_async = awaitable(_pass_on)

    def _read(self, call: PendingCall, read: Callable[[Json], T]) -> Exchange[T]:
        """Make a call and return what `read` makes of its answer; where it cannot, the answer is not the Novu API's."""
        answer = yield call
        try:
            return read(answer)
        except ValueError as error:
            wrong = str(error)
        failure = self._calls.not_novu(call.method, call.path, answer, wrong)
        del answer  # it may quote the key, and tools that report errors print the variables of every frame
        raise failure

    def _trigger_bulk(self, events: Iterable[Mapping[str, Any]]) -> Exchange[list[TriggerResult]]:
        """Trigger many events, 100 a call, and give their results in the same order.

        All are checked before the first call. If a later call fails, the error's `accepted` holds the results of those
        before it.

            results = client.trigger_bulk({"workflow_id": "welcome", "to": name} for name in ("ann", "bob"))

        Args:
            events: Dicts of the arguments of `trigger`: `{"workflow_id": "welcome", "to": "ann", "payload": {...},
                "transaction_id": ...}`, also in the API's own names. `workflow` is another name of `workflow_id`, and
                takes the `Workflow` as well, whose payload is then validated.

        Raises:
            ValueError: An event is invalid; the message names its position.
            NovuApiError, NovuApiUnreachableError, NovuApiAnswerError: As for `trigger`.
        """
        with without_keys_in_errors(self.secret_keys):
            bodies = [_bulk_event(event, position) for position, event in enumerate(events)]
        results: list[TriggerResult] = []
        for start in range(0, len(bodies), EVENTS_PER_BULK_CALL):
            chunk = bodies[start : start + EVENTS_PER_BULK_CALL]
            call = PendingCall(self, "POST", "/v1/events/trigger/bulk", {"events": chunk})
            try:
                results += yield from self._read(
                    call, functools.partial(bulk_results, count=len(chunk), client=self)
                )
            except NovuApiError as error:
                error.accepted = tuple(results)
                raise
        return results

    trigger_bulk: Final = blocking(_trigger_bulk)
    trigger_bulk_async: Final = awaitable(_trigger_bulk)

    def _broadcast(
        self,
        workflow_id: str | Triggerable,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Recipient | None = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> Exchange[TriggerResult]:
        """Trigger a workflow for every subscriber of the environment.

            client.broadcast("maintenance", {"at": "22:00"}, transaction_id="maintenance-2026-01")

        Args:
            workflow_id, payload, transaction_id, overrides, actor, context, bridge_url: As of `trigger`, and its errors.
        """
        with without_keys_in_errors(self.secret_keys):
            event = trigger_event(
                workflow_id, EVERYONE, payload, transaction_id, overrides, actor, context, bridge_url
            )
        return (yield from self._outcome("/v1/events/trigger/broadcast", event))

    broadcast: Final = blocking(_broadcast)
    broadcast_async: Final = awaitable(_broadcast)

    def _cancel(self, transaction_id: str) -> Exchange[bool]:
        """Cancel the steps of a trigger that are still delayed or pending; tell whether there were any.

            client.cancel("order-7")

        Args:
            transaction_id: The one that the trigger was given, or that its `TriggerResult` has.

        Raises:
            ValueError: The id is empty, or nothing that a URL can hold.
            NovuApiError, NovuApiUnreachableError, NovuApiAnswerError: As for `trigger`.
        """
        if not transaction_id:
            raise ValueError("The transaction id to cancel is empty.")
        if transaction_id in (".", ".."):
            raise ValueError(
                f"{transaction_id!r} is no transaction id that can be canceled: in a URL it is a way to another path."
            )
        path = f"/v1/events/trigger/{quote(transaction_id, safe='', errors='surrogatepass')}"
        return (yield from self._read(PendingCall(self, "DELETE", path), was_cancelled))

    # pyright compares what these are with what the protocol has, not what they give
    cancel: Final = blocking(_cancel)  # pyright: ignore[reportAssignmentType]
    cancel_async: Final = awaitable(_cancel)  # pyright: ignore[reportAssignmentType]

    # The calls themselves

    @cached_property
    def _calls(self) -> ApiCalls:
        from novu_framework._internal.calls import (
            ApiCalls,  # httpx is slow to import, and a bridge does not need it
        )

        return ApiCalls(self, self.retries, *self._connection_options)

    def request(self, method: str, path: str, body: Json = None) -> Json:
        """Make any call to the Novu API and return its parsed answer. Retries as `Retries` says.

            client.request("PATCH", "/v2/subscribers/ann", {"locale": "de_AT"})

        Args:
            method: `GET`, `POST`, ...
            path: Begins with `/v1` or `/v2`.
            body: Sent as JSON.

        Raises:
            MissingSecretKeyError: The client has no key; nothing was sent.
            NovuApiError: The API refused it.
            NovuApiUnreachableError: No answer came.
        """
        return self._calls.send(method, path, body)

    async def request_async(self, method: str, path: str, body: Json = None) -> Json:
        """Make any call to the Novu API, without blocking the event loop, and return its parsed answer.

            await client.request_async("PATCH", "/v2/subscribers/ann", {"locale": "de_AT"})

        Args:
            method, path, body: As of `request`, and its errors.
        """
        return await self._calls.send_async(method, path, body)

    async def _send_anywhere(self, url: str, content: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Post JSON to any URL, once, with this client's connections; return the status and the text of the answer."""
        return await self._calls.send_anywhere(url, content, headers)

    def close(self) -> None:
        """Close the connections of the blocking methods. A later call opens new ones."""
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
    """Return the client of triggers that name none: one for each set of environment variables met."""
    names = ("NOVU_SECRET_KEY", "NOVU_API_KEY", "NOVU_API_URL")
    return _client_of_environment(*map(os.environ.get, names))


class _OfEnvironment:
    """The client of the environment, looked up when it is needed."""

    def cancel(self, transaction_id: str) -> bool:
        """Cancel the steps that are still waiting; `cancel_async` is awaited."""
        return default_client().cancel(transaction_id)

    async def cancel_async(self, transaction_id: str) -> bool:
        """Do what `cancel` does, without blocking the event loop."""
        return await default_client().cancel_async(transaction_id)


@functools.lru_cache(maxsize=8)
def _client_of_environment(*settings: str | None) -> Client:
    return Client()


_PHASES = ("connect", "read", "write", "pool")
"""What an `httpx.Timeout` has seconds for, or None."""


def _check_timeout(timeout: float | httpx.Timeout | None) -> None:
    """Raise ValueError for seconds that no attempt can take, or that no socket can count, and TypeError for what is none."""
    if not all(hasattr(timeout, phase) for phase in _PHASES):
        _check_seconds("timeout", timeout)
        return
    for phase in _PHASES:
        _check_seconds(f"{phase} of the timeout", getattr(timeout, phase))


def _check_seconds(name: str, seconds: object) -> None:
    if seconds is None:
        return
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(
            f"{name} is a {type(seconds).__name__}: it is a number of seconds above 0, or an httpx.Timeout."
        )
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise ValueError(f"{name} is {seconds}: it is a number of seconds above 0.")


def _bulk_event(event: Mapping[str, Any], position: int) -> dict[str, Any]:
    arguments = trigger_arguments(event, position)
    try:
        return trigger_event(
            arguments.pop("workflow_id"), arguments.pop("to"), arguments.pop("payload", None), **arguments
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"Event {position} of the bulk: {error}") from error
