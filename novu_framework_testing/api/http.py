"""A request to the simulated Novu and its answer, free of any HTTP library.

Both doors speak in these two: the respx mock translates httpx's objects, the server translates ASGI's, and
everything between (authentication, idempotency, validation, the routes) sees only this page.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, unquote

from pydantic_core import from_json

from novu_framework._internal.cached import cached_property
from novu_framework._internal.redaction import redaction

_PHRASES = {
    413: "Payload Too Large",
    422: "Unprocessable Entity",
}  # named anew by Python 3.13, and not by Novu
MAX_PARAMETERS = 1_000
"""The parameters of a query that are read; others are left out, as by the parser that Novu uses."""

_HUGE = re.compile(rb"\d[eE]\+?\d{3}|\d{309}")  # what may be an infinity once it is a float


@dataclass(frozen=True)
class FormPart:
    """A field of a form, or a file with its name."""

    name: str
    filename: str | None
    content: bytes


@dataclass(frozen=True)
class ApiRequest:
    """One request as it reached the simulated Novu API.

    `path` is as it came, without the query; `headers` have lower-case names and are left out of the repr, since the API key
    is among them; `query` keeps repeated parameters.

        >>> request = ApiRequest("POST", "/v1/events/trigger", content=b'{"name": "welcome", "to": "ann"}')
        >>> request.json["name"]
        'welcome'
    """

    method: str
    path: str
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in ("method", "path", "query", "content"))
        return redaction.redacted(f"ApiRequest({', '.join(shown)})")

    @classmethod
    def parse(
        cls, method: str, target: str, headers: Sequence[tuple[str, str]], content: bytes
    ) -> ApiRequest:
        """Make a request from its HTTP parts; `target` is the path with its query, as on the request line."""
        path, _, query = target.partition("?")
        return cls(
            method=method.upper(),
            path=path,
            query=parse_qs(
                "&".join(query.split("&", MAX_PARAMETERS)[:MAX_PARAMETERS]), keep_blank_values=True
            ),
            headers={name.lower(): value for name, value in headers},
            content=content,
        )

    @cached_property
    def json(self) -> Any:
        """The body as JSON, whatever type it says to be; None for an empty body.

        Raises `ApiError` (400) for what `read_json` refuses.
        """
        if not self.content.strip():
            return None
        try:
            return read_json(self.content)
        except ValueError as error:
            sent_as = self.headers.get("content-type", "application/json")
            hint = "" if "json" in sent_as.lower() else f" (it was sent as {sent_as})"
            raise ApiError(400, f"The body is not valid JSON: {error}{hint}") from error

    @property
    def is_form(self) -> bool:
        """True where the body is a form with files, and not JSON."""
        return self.headers.get("content-type", "").lower().startswith("multipart/form-data")

    @property
    def form(self) -> list[FormPart]:
        """The parts of a multipart form. Raises `ApiError` (400) for another body."""
        sent_as = self.headers.get("content-type", "")
        if not self.is_form:
            raise ApiError(400, "The body must be a form with files (multipart/form-data)")
        head = f"content-type: {sent_as}\r\n\r\n".encode("latin-1", "replace")
        message = BytesParser(policy=HTTP).parsebytes(head + self.content)
        if not message.is_multipart():
            raise ApiError(400, "The form has no parts")
        return [
            FormPart(str(name), part.get_filename(), bytes(part.get_payload(decode=True) or b""))
            for part in message.iter_parts()
            if (name := part.get_param("name", header="content-disposition"))
        ]

    @property
    def segments(self) -> list[str]:
        """The path's segments, each decoded (`/v1/a%2Fb` has two: `v1` and `a/b`)."""
        return [unquote(segment) for segment in self.path.strip("/").split("/")]

    def first(self, name: str) -> str | None:
        """Return the first value of a query parameter, or None."""
        values = self.query.get(name)
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        """Return every value of a query parameter, written as `a=1&a=2`, `a[]=1&a[]=2`, `a[0]=1&a[1]=2` or `a=1,2`."""
        values = [one for key, given in self.query.items() if key.partition("[")[0] == name for one in given]
        return [part for value in values for part in value.split(",") if part]

    def asks(self, name: str) -> bool:
        """Tell whether the query has a parameter, in any of the ways of `all`, be it empty."""
        return any(key.partition("[")[0] == name for key in self.query)

    def flag(self, name: str) -> bool | None:
        """Return a boolean query parameter: True, False, or None where it is absent. Raises `ApiError` (422)."""
        value = self.first(name)
        if value is not None and value not in ("true", "false"):
            raise ApiError.invalid([f"{name} must be a boolean value"], value)
        return None if value is None else value == "true"

    def number(self, name: str, default: int, *, at_least: int = 0) -> int:
        """Return a numeric query parameter. Raises `ApiError` (422) where it is not a number, or less than `at_least`."""
        value = self.first(name)
        if value is None or value == "":
            return default
        try:
            number = int(float(value))
        except (ValueError, OverflowError):
            raise ApiError.invalid([f"{name} must be a number"], value) from None
        if number != float(value):
            raise ApiError.invalid([f"{name} must be an integer number"], value)
        if number < at_least:
            raise ApiError.invalid([f"{name} must not be less than {at_least}"], number)
        return number


def read_json(text: bytes | str) -> Any:
    """Return the value of a JSON text. Of a key that is there twice, the last counts, as in `JSON.parse`.

    Raises `ValueError` for what is not JSON: also NaN, a number that no float holds, half a surrogate pair, text that is
    not UTF-8, and more than 200 levels.
    """
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    value = from_json(content, allow_inf_nan=False)
    if _HUGE.search(content):
        json.dumps(value, allow_nan=False)
    return value


class Latest(list[ApiRequest]):
    """The latest requests, and the answers that are kept for repeats: `append` forgets the oldest above a limit.

    10,000 requests and 10,000 answers at most, and 64 MB of both together, of which answers have at most a half.
    """

    MAX_REQUESTS = 10_000
    MAX_BYTES = 64 * 2**20
    _bytes = 0
    _counted = 0  # the requests that these are of; a test may have taken some out since

    def __init__(self) -> None:
        super().__init__()
        self._answers: deque[tuple[int, Callable[[], object]]] = deque()
        self._answered = 0

    def append(self, request: ApiRequest) -> None:
        """Add a request."""
        super().append(request)
        self._bytes += _size(request)
        self._counted += 1
        self._make_room()

    def count_answer(self, size: int, forget: Callable[[], object]) -> None:
        """Count the bytes of an answer that is kept; `forget` is called once there is no room for it."""
        self._answers.append((size, forget))
        self._answered += size
        self._make_room()

    def _make_room(self) -> None:
        while len(self._answers) > self.MAX_REQUESTS or self._answered > self.MAX_BYTES // 2:
            size, forget = self._answers.popleft()
            self._answered -= size
            forget()
        if self._counted != len(self):
            self._bytes, self._counted = sum(map(_size, self)), len(self)
        while len(self) > 1 and (
            len(self) > self.MAX_REQUESTS or self._bytes + self._answered > self.MAX_BYTES
        ):
            self._bytes -= _size(self.pop(0))
            self._counted -= 1


def _size(request: ApiRequest) -> int:
    """Return the bytes that a request occupies, about."""
    named = [
        *request.headers.items(),
        *((name, value) for name, values in request.query.items() for value in values),
    ]
    return (
        len(request.content)
        + len(request.path)
        + sum(len(name) + len(value) + ENTRY for name, value in named)
    )


ENTRY = 300
"""The bytes of a header or a parameter, about, without what is written in it."""


@dataclass(frozen=True)
class ApiResponse:
    """An answer: a status, a JSON value (or `None` for no body) and extra headers. `text` is a body that is not JSON."""

    status: int
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None

    @cached_property
    def content(self) -> bytes:
        """The body's bytes: compact JSON, empty for a 204."""
        if self.status == 204:
            return b""
        if self.text is not None:
            return self.text.encode()
        try:
            return json.dumps(self.json, separators=(",", ":"), ensure_ascii=False).encode()
        except UnicodeEncodeError:  # half of a surrogate pair, from a workflow of this process
            return json.dumps(self.json, separators=(",", ":")).encode()

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers to send, content type and length included."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.status != 204:
            headers.setdefault("content-type", "application/json; charset=utf-8")
            headers["content-length"] = str(len(self.content))
        return headers


@dataclass(frozen=True)
class Page:
    """One page of a listing: its items, and the keys of its kind of pagination.

    Novu sends such an answer as it is, and wraps any other value in `{"data": ...}`.
    """

    data: list[Any]
    pagination: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        return {"data": self.data, **self.pagination}


class ApiError(Exception):
    """A refusal, answered in the shape of Novu's exception filter.

    The body is `{statusCode, timestamp, path, message, error}` and what is in `extra`; for a 422 that is
    `errors`, with the `messages` and the `value` they are about. The timestamp and the path are the request's,
    so `to_json` takes them.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        messages: Sequence[str] = (),
        value: Any = None,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.messages: list[str] = list(messages) or [message]
        self.extra: dict[str, Any] = dict(extra or {})
        if status == 422:
            value = "No Value Recorded" if value is None else value
            self.extra["errors"] = {"general": {"messages": self.messages, "value": value}}
        self.headers: dict[str, str] = dict(headers or {})

    @classmethod
    def invalid(cls, messages: Sequence[str], value: Any = None) -> ApiError:
        """Make a 422 that lists what is wrong with a request, as class-validator words it."""
        return cls(422, "Validation Error", messages=messages, value=value)

    @classmethod
    def violated(cls, field: str, message: str) -> ApiError:
        """Make a 422 of a use case, which says what is wrong by the name of the field."""
        error = cls.invalid([message])
        error.extra["errors"] = {field: {"messages": [message], "value": "No Value Recorded"}}
        return error

    def to_json(self, path: str, timestamp: str) -> dict[str, Any]:
        """Return the body of the answer to a request of that path, at that moment."""
        return {
            "statusCode": self.status,
            "timestamp": timestamp,
            "path": path,
            "message": self.message,
            "error": _PHRASES.get(self.status) or HTTPStatus(self.status).phrase,
            **self.extra,
        }
