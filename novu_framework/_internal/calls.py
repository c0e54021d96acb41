"""The calls to the Novu API: each with its tries, over connections that stay open."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
from pydantic_core import PydanticSerializationError, from_json, to_json

from novu_framework._internal.connections import Connections
from novu_framework._internal.retries import Retries
from novu_framework.errors import NovuApiError, NovuApiUnreachableError
from novu_framework.settings import Settings


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
        self.connections = Connections(timeout, transport, async_transport)

    def send(self, method: str, path: str, body: Any) -> Any:
        call = _Call(self._settings, self._retries, method, path, body)
        http = self.connections.http()
        while True:
            try:
                answer: httpx.Response | httpx.RequestError = http.request(**call.sent)
            except httpx.RequestError as error:
                answer = error
            if call.succeeded(answer):
                return call.answer(answer)
            self._retries.sleep(call.pause_or_raise(answer))

    async def send_async(self, method: str, path: str, body: Any) -> Any:
        call = _Call(self._settings, self._retries, method, path, body)
        connections = await self.connections.of_this_loop()
        while True:
            try:
                async with connections.lane() as http:
                    answer: httpx.Response | httpx.RequestError = await http.request(**call.sent)
            except httpx.RequestError as error:
                answer = error
            if call.succeeded(answer):
                return call.answer(answer)
            await self._retries.sleep_async(call.pause_or_raise(answer))


class _Call:
    """One call and its tries: what is sent each time, and what an answer means."""

    def __init__(self, settings: Settings, retries: Retries, method: str, path: str, body: Any) -> None:
        headers = {
            "authorization": f"ApiKey {settings.require_secret_key()}",
            "accept": "application/json",
            "user-agent": "novu-framework-python",
        }
        if method == "POST":
            headers["idempotency-key"] = uuid.uuid4().hex
        self.sent: dict[str, Any] = {"method": method, "url": settings.api_url + path, "headers": headers}
        if body is not None:
            headers["content-type"] = "application/json"
            self.sent["content"] = _encoded(body)
        self._settings = settings
        self._retries = retries
        self._name = f"{method} {path}"
        self._tries = 0

    def succeeded(self, answer: httpx.Response | httpx.RequestError) -> bool:
        return isinstance(answer, httpx.Response) and answer.is_success

    def answer(self, answer: httpx.Response | httpx.RequestError) -> Any:
        assert isinstance(answer, httpx.Response)
        if not answer.content:
            return None
        try:
            return from_json(answer.content)
        except ValueError:
            raise NovuApiError(
                answer.status_code,
                f"an answer that is not JSON ({answer.headers.get('content-type', 'no content type')}). "
                f"Is {_host(self._settings.api_url)} a Novu API?",
                call=self._name,
            ) from None

    def pause_or_raise(self, answer: httpx.Response | httpx.RequestError) -> float:
        """The seconds to wait before the next try, or the error if there is to be none."""
        policy = self._retries
        asked = policy.retry_after(answer.headers) if isinstance(answer, httpx.Response) else None
        too_long = asked is not None and asked > policy.longest_asked
        if self._tries >= policy.limit or too_long or not _is_worth_retrying(answer):
            # httpx quotes a header that it refuses
            quotes_the_key = self._settings.secret_key in str(answer)
            is_cause = isinstance(answer, httpx.RequestError) and not quotes_the_key
            raise self._error(answer, asked) from (cast("httpx.RequestError", answer) if is_cause else None)
        pause = policy.pause_before_retry(self._tries, asked)
        self._tries += 1
        self._settings.logger.warning(
            "Novu API: %s to %s, trying again in %.1f s (retry %d of %d)",
            answer.status_code if isinstance(answer, httpx.Response) else type(answer).__name__,
            self._name,
            pause,
            self._tries,
            policy.limit,
        )
        return pause

    def _error(self, answer: httpx.Response | httpx.RequestError, asked: float | None) -> NovuApiError:
        if isinstance(answer, httpx.RequestError):
            return NovuApiUnreachableError(
                self._without_secret(f"{type(answer).__name__}: {answer}".rstrip(": ")),
                host=_host(self._settings.api_url),
                call=self._name,
                tries=self._tries + 1,
            )
        try:
            said = from_json(answer.content)
        except ValueError:
            said = None
        if not isinstance(said, Mapping):
            said = {"message": answer.reason_phrase}
        message = said.get("message") or said.get("error") or answer.reason_phrase
        if isinstance(message, Sequence) and not isinstance(message, str):
            message = "; ".join(map(str, message))
        return NovuApiError(
            answer.status_code,
            self._without_secret(str(message)),
            call=self._name,
            error=self._without_secret(str(said.get("error") or "")),
            errors=said.get("errors"),
            retry_after=asked,
        )

    def _without_secret(self, text: str) -> str:
        return text.replace(self._settings.secret_key, "[secret key]")


def _is_worth_retrying(answer: httpx.Response | httpx.RequestError) -> bool:
    """Whether another try of the same call might be answered differently."""
    if isinstance(answer, httpx.RequestError):
        return not isinstance(answer, (httpx.UnsupportedProtocol, httpx.LocalProtocolError))
    status = answer.status_code
    return status >= 500 or status in (408, 429) or (status == 409 and "retry-after" in answer.headers)


def _encoded(body: Any) -> bytes:
    try:
        return to_json(body, inf_nan_mode="null")
    except (PydanticSerializationError, ValueError) as error:
        raise TypeError(f"A trigger is sent as JSON, and this one cannot be: {error}") from None


def _host(url: str) -> str:
    """The host of a URL, without the user and password that may be in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
