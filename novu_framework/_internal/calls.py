"""The calls to the Novu API: each with its tries, over connections that stay open."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from pydantic_core import from_json, to_json

from novu_framework._internal.answers import PACKED, whole, whole_async
from novu_framework._internal.api_spans import api_span
from novu_framework._internal.connections import Connections
from novu_framework._internal.json_data import json_data
from novu_framework._internal.log_fields import log_fields
from novu_framework._internal.network import (
    REFUSED,
    is_loopback,
    refuse_connection,
    refuse_connection_async,
)
from novu_framework._internal.redaction import without_keys, without_keys_in_errors
from novu_framework._internal.retries import Retries
from novu_framework.errors import NovuApiAnswerError, NovuApiError, NovuApiUnreachableError
from novu_framework.settings import Settings

PATIENCE: Final = httpx.Timeout(300, connect=10, pool=None)
"""The seconds that a delivery of an agent may take: the limits of `fetch` in Node, which the npm package leaves as they are."""


class ApiCalls:
    """What a `Client` calls the Novu API with."""

    def __init__(
        self,
        settings: Settings,
        retries: Retries,
        timeout: float | httpx.Timeout,
        transport: httpx.BaseTransport | None,
        async_transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self._settings = settings
        self._retries = retries
        self._seconds = timeout if isinstance(timeout, (int, float)) else None
        self.connections = Connections(timeout, transport, async_transport)

    def not_novu(self, method: str, path: str, answer: Any, wrong: str) -> NovuApiAnswerError:
        """Make the error of an answer that is JSON and not the Novu API's."""
        said = "nothing, or null" if answer is None else to_json(answer).decode()
        return _not_novu(
            self._settings, without_keys(f"{method} {path}", self._settings.secret_keys), said, wrong
        )

    def send(self, method: str, path: str, body: Any) -> Any:
        with api_span(method, path, body) as span:
            call = _Call(self._settings, self._retries, method, path, span.body, refuse_connection)
            http = self.connections.http()
            while True:
                try:
                    answer: httpx.Response | httpx.RequestError = whole(http, call.sent, self._seconds)
                except httpx.RequestError as error:
                    answer = error
                if call.succeeded(answer):
                    return span.answered(call.answer(answer), call.retries_made)
                self._retries.sleep(call.pause_or_raise(answer))

    async def send_async(self, method: str, path: str, body: Any) -> Any:
        with api_span(method, path, body) as span:
            call = _Call(self._settings, self._retries, method, path, span.body, refuse_connection_async)
            connections = await self.connections.of_this_loop()
            while True:
                try:
                    async with connections.lane() as http:
                        answer: httpx.Response | httpx.RequestError = await whole_async(
                            http, call.sent, self._seconds
                        )
                except httpx.RequestError as error:
                    answer = error
                if call.succeeded(answer):
                    return span.answered(call.answer(answer), call.retries_made)
                await self._retries.sleep_async(call.pause_or_raise(answer))

    async def send_anywhere(self, url: str, content: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Post to any URL, once, with as much patience as `fetch` of Node has; follow redirects as it does."""
        connections = await self.connections.of_this_loop()
        # whose `repr` hides the key
        sent: dict[str, Any] = {"method": "POST", "url": url, "content": content}
        sent["headers"] = httpx.Headers({"accept-encoding": PACKED, **headers})
        async with connections.lane() as http:
            for _ in range(http.max_redirects + 1):
                address = str(sent["url"])
                refusing = _refusing(address, refuse_connection_async)
                answer = await whole_async(http, {**sent, "timeout": PATIENCE, "extensions": refusing}, None)
                # httpx follows them itself, but reads all that each of them has to say
                if (redirected := answer.next_request) is None:
                    break
                sent |= {"method": redirected.method, "url": redirected.url, "headers": redirected.headers}
                sent["content"] = content if redirected.method == "POST" else None
            else:
                raise httpx.TooManyRedirects("it was sent on too often", request=answer.request)
        return answer.status_code, _text(answer)


def _refusing(url: str, refuse: Any) -> dict[str, Any]:
    """Return the extensions of a request that keep it from the network where a test allows none."""
    refused = os.environ.get(REFUSED) and not is_loopback(urlsplit(url).hostname or "")
    return {"trace": refuse} if refused else {}


class _Call:
    """One call and its tries: what is sent each time, and what an answer means."""

    def __init__(
        self, settings: Settings, retries: Retries, method: str, path: str, body: Any, refuse: Any
    ) -> None:
        # httpx's own class does not show the key: tools that report errors print the variables of every frame
        headers = httpx.Headers(
            {
                "authorization": f"ApiKey {settings.require_secret_key()}",
                "accept": "application/json",
                "accept-encoding": PACKED,
                "user-agent": "novu-framework-python",
            }
        )
        if method == "POST":
            headers["idempotency-key"] = uuid.uuid4().hex
        self.sent: dict[str, Any] = {"method": method, "url": _url(settings, path), "headers": headers}
        if body is not None:
            headers["content-type"] = "application/json"
            with without_keys_in_errors(settings.secret_keys):
                self.sent["content"] = to_json(json_data(body))
        self.sent["extensions"] = _refusing(settings.api_url, refuse)
        self._settings = settings
        self._retries = retries
        self._name: str = without_keys(f"{method} {path}", settings.secret_keys)
        about = body if isinstance(body, dict) and "payload" in body else {}  # an event
        self._fields = log_fields(workflow_id=about.get("name"), transaction_id=about.get("transactionId"))
        self.retries_made = 0

    def succeeded(self, answer: httpx.Response | httpx.RequestError) -> bool:
        if not isinstance(answer, httpx.Response):
            return False
        # what the `repr` of an answer shows: it is a variable of the frames of errors
        answer.extensions["reason_phrase"] = without_keys(
            answer.reason_phrase, self._settings.secret_keys
        ).encode()
        return answer.is_success

    def answer(self, answer: httpx.Response | httpx.RequestError) -> Any:
        assert isinstance(answer, httpx.Response)
        if not answer.content:
            return None
        try:
            return from_json(answer.content)
        except ValueError:
            raise _not_novu(
                self._settings,
                self._name,
                f"{answer.headers.get('content-type', 'without a content type')}: {_text(answer)}",
                "is not JSON",
            ) from None

    def pause_or_raise(self, answer: httpx.Response | httpx.RequestError) -> float:
        """The seconds to wait before the next try, or the error if there is to be none."""
        policy = self._retries
        asked = policy.retry_after(answer.headers) if isinstance(answer, httpx.Response) else None
        too_long = asked is not None and asked > policy.longest_asked
        if self.retries_made >= policy.limit or too_long or not _is_worth_retrying(answer):
            raise self._error(answer, asked) from (
                _without_secrets(self._settings, answer) if isinstance(answer, httpx.RequestError) else None
            )
        pause = policy.pause_before_retry(self.retries_made, asked)
        self.retries_made += 1
        self._settings.logger.warning(
            "Novu API: %s to %s, trying again in %.1f s (retry %d of %d)",
            answer.status_code if isinstance(answer, httpx.Response) else type(answer).__name__,
            self._name,
            pause,
            self.retries_made,
            policy.limit,
            extra=self._fields,
        )
        return pause

    def _error(self, answer: httpx.Response | httpx.RequestError, asked: float | None) -> NovuApiError:
        if isinstance(answer, httpx.RequestError):
            return NovuApiUnreachableError(
                without_keys(f"{type(answer).__name__}: {answer}".rstrip(": "), self._settings.secret_keys),
                host=_host(self._settings.api_url),
                call=self._name,
                tries=self.retries_made + 1,
            )
        try:
            said = without_keys(from_json(answer.content), self._settings.secret_keys)
        except ValueError:
            said = None
        if not isinstance(said, Mapping):
            said = {}
        message = said.get("message") or said.get("error") or answer.reason_phrase
        if isinstance(message, Sequence) and not isinstance(message, str):
            message = "; ".join(map(str, message))
        return NovuApiError(
            answer.status_code,
            str(message),
            call=self._name,
            error=str(said.get("error") or ""),
            errors=said.get("errors"),
            retry_after=asked,
        )


def _url(settings: Settings, path: str) -> httpx.URL:
    """Return the URL of a call. Raises `ValueError` for a path that no URL can have."""
    try:
        return httpx.URL(settings.api_url + path)
    except (httpx.InvalidURL, UnicodeError) as error:
        wrong = without_keys(str(error), settings.secret_keys)
    raise ValueError(f"There is no such path at the Novu API: {wrong}")


def _is_worth_retrying(answer: httpx.Response | httpx.RequestError) -> bool:
    """Whether another try of the same call might be answered differently."""
    if isinstance(answer, httpx.RequestError):
        return not isinstance(answer, (httpx.UnsupportedProtocol, httpx.LocalProtocolError))
    status = answer.status_code
    return status >= 500 or status in (408, 429) or (status == 409 and "retry-after" in answer.headers)


SHOWN: Final = 200
"""So many characters of an answer that is not the Novu API's are in its error."""


def _not_novu(settings: Settings, call: str, said: str, wrong: str) -> NovuApiAnswerError:
    said = without_keys(said, settings.secret_keys)
    shown = said if len(said) <= SHOWN else f"{said[:SHOWN]}..."
    return NovuApiAnswerError(shown, host=_host(settings.api_url), call=call, wrong=wrong)


def _text(answer: httpx.Response) -> str:
    """Return the text of an answer; in UTF-8 where it names a way of writing that is none, or not that of its bytes."""
    try:
        return answer.text
    except (
        ValueError,
        TypeError,
        AssertionError,
        LookupError,
        Warning,
    ):  # `charset=base64`, `charset=undefined`
        return answer.content.decode(errors="replace")


def _without_secrets(settings: Settings, error: BaseException) -> BaseException:
    """Return an error of httpx without the key in its text, nor the frames, whose variables hold the request."""
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__ = None
        cause.args = tuple(without_keys(argument, settings.secret_keys) for argument in cause.args)
        cause = cause.__cause__ or cause.__context__
    return error


def _host(url: str) -> str:
    """Return the origin of a URL, without what comes after it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
