"""Recordings: the requests to a bridge and its answers, as a JSON file.

A file has::

    {
      "format": 1,
      "name": "greetings",                       what the file is called
      "about": "What it shows",
      "recordedWith": {"@novu/framework": "2.13.2"},
      "bridge": {"secretKey": "...", "strictAuthentication": true, "workflows": ["hello"]},
      "described": [...],                        optional: workflows as data
      "headers": {"access-control-allow-origin": "*"},   that every response has
      "exchanges": [
        {
          "name": "hello, executed",             unique in the file
          "request": {
            "method": "POST",
            "query": [["action", "execute"], ["workflowId", "hello"], ["stepId", "a"]],
            "headers": {"content-type": "application/json"},
            "body": {"payload": {}},             JSON, sent compact and in this order; or
            "bodyText": "{\"payload\":",         text, sent as it is; or neither for no body
            "signature": {"offset": -360000}     optional, see `Signature`
          },
          "api": {"request": {...}, "response": {...}},   what the bridge asked of the Novu API meanwhile
          "response": {"status": 200, "headers": {...}, "body": {...}},   headers beside the file's
          "madeUp": {"/outputs/total": ["number"]}   pointers to made-up values, and the JSON types seen there
        }
      ]
    }

The time of a signature is stored as an offset in milliseconds from the time of the request, so a replay signs anew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from novu_framework.npm.ecmascript.json import json_text
from novu_framework.signature import HEADER
from novu_framework_testing.contract.prose import without_prose

FORMAT = 1


@dataclass(frozen=True)
class Signature:
    """The way in which a request is signed when it is sent.

    Attributes:
        offset: Milliseconds from now, negative for the past.
        key: The key to sign with; the bridge's own if None.
        header: The header's text, with `{t}` for the timestamp, `{v1}` for the hex digest, `{V1}` for it in capitals.
        over: The text to sign instead of the body.
    """

    offset: int = 0
    key: str | None = None
    header: str = "t={t},v1={v1}"
    over: str | None = None

    def sign(self, body: bytes, secret_key: str, *, now: int) -> str:
        """Make the signature header for `body`, with `now` in Unix milliseconds.

        >>> Signature(header="t={t}").sign(b"{}", "secret", now=5)
        't=5'
        """
        timestamp = str(now + self.offset)
        signed = (body or b"{}") if self.over is None else self.over.encode()
        key = secret_key if self.key is None else self.key
        v1 = hmac.new(key.encode(), timestamp.encode() + b"." + signed, hashlib.sha256).hexdigest()
        return self.header.replace("{t}", timestamp).replace("{v1}", v1).replace("{V1}", v1.upper())


@dataclass(frozen=True)
class Request:
    """A request to a bridge. At most one of `body` (JSON) and `body_text` is sent."""

    method: str
    query: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    body_text: str | None = None
    has_body: bool = False
    signature: Signature | None = None

    @property
    def content(self) -> bytes:
        """The bytes of the body; JSON as JavaScript writes it."""
        if self.body_text is not None:
            return self.body_text.encode()
        return json_text(self.body).encode("utf-8", "surrogatepass") if self.has_body else b""

    def signed_headers(self, secret_key: str, *, now: int) -> dict[str, str]:
        """Return the headers to send, with a signature for `now` (Unix milliseconds) if the request is signed."""
        headers = dict(self.headers)
        if self.signature is not None:
            headers[HEADER] = self.signature.sign(self.content, secret_key, now=now)
        return headers

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Request:
        """Read the `request` of a recording file."""
        return cls(
            method=data["method"],
            query=[(name, value) for name, value in data["query"]],
            headers=data["headers"],
            body=data.get("body"),
            body_text=data.get("bodyText"),
            has_body="body" in data or "bodyText" in data,
            signature=Signature(**data["signature"]) if "signature" in data else None,
        )

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads back as an equal request."""
        data: dict[str, Any] = {
            "method": self.method,
            "query": [list(pair) for pair in self.query],
            "headers": dict(self.headers),
        }
        if self.body_text is not None:
            data["bodyText"] = self.body_text
        elif self.has_body:
            data["body"] = self.body
        if self.signature is not None:
            usual = vars(Signature())
            given = vars(self.signature)
            data["signature"] = {name: value for name, value in given.items() if value != usual[name]}
        return data


@dataclass(frozen=True)
class Response:
    """An answer: its status, its headers by lower-case name, and its parsed body (None for an empty one)."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class ApiCall:
    """A call that a bridge made to the Novu API while it answered, with the API's response.

    Attributes:
        request: `{method, path, headers: {authorization, content-type}, body}`.
        response: `{status, body}`.
    """

    request: Mapping[str, Any]
    response: Mapping[str, Any]


@dataclass(frozen=True)
class Exchange:
    """A request and the answer that it got.

    Attributes:
        name: The name of the exchange, unique in its recording.
        made_up: JSON pointers into the body whose values differ from call to call, with the JSON types seen there.
    """

    name: str
    request: Request
    response: Response
    made_up: Mapping[str, Sequence[str]] = field(default_factory=dict)
    api: ApiCall | None = None


@dataclass(frozen=True)
class Recording:
    """The exchanges of one file, and the bridge that they were recorded from.

    Attributes:
        recorded_with: Packages with their versions, such as `{"@novu/framework": "2.13.2"}`.
        workflows: The ids of the workflows that the bridge served.
        headers: The headers that every response of the file has.
        described: The workflows as data, for a program that builds them from it; empty if they are code.
    """

    name: str
    about: str
    recorded_with: Mapping[str, str]
    secret_key: str
    strict_authentication: bool
    workflows: Sequence[str]
    headers: Mapping[str, str]
    exchanges: Sequence[Exchange]
    described: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def load(cls, path: str | Path) -> Recording:
        """Read a file. Raises `OSError`, or `ValueError` for a file that is not a recording of this format."""
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            found = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(f"{path} is not a recording of format {FORMAT}: its format is {found!r}")
        headers = data["headers"]
        return cls(
            name=data["name"],
            about=data["about"],
            recorded_with=data["recordedWith"],
            secret_key=data["bridge"]["secretKey"],
            strict_authentication=data["bridge"]["strictAuthentication"],
            workflows=data["bridge"]["workflows"],
            headers=headers,
            exchanges=[_exchange(exchange, headers) for exchange in data["exchanges"]],
            described=data.get("described", ()),
        )

    def dump(self, path: str | Path) -> None:
        """Write a file that `load` reads back as an equal recording, except for the package's own descriptions of schemas."""
        data = {
            "format": FORMAT,
            "name": self.name,
            "about": self.about,
            "recordedWith": dict(self.recorded_with),
            "bridge": {
                "secretKey": self.secret_key,
                "strictAuthentication": self.strict_authentication,
                "workflows": list(self.workflows),
            },
            **({"described": list(self.described)} if self.described else {}),
            "headers": dict(self.headers),
            "exchanges": [_as_json(exchange, self.headers) for exchange in self.exchanges],
        }
        Path(path).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _exchange(data: Mapping[str, Any], headers: Mapping[str, str]) -> Exchange:
    response = data["response"]
    return Exchange(
        name=data["name"],
        request=Request.from_json(data["request"]),
        response=Response(response["status"], {**headers, **response.get("headers", {})}, response["body"]),
        made_up=data.get("madeUp", {}),
        api=ApiCall(**data["api"]) if "api" in data else None,
    )


def _as_json(exchange: Exchange, headers: Mapping[str, str]) -> dict[str, Any]:
    response = exchange.response
    own = {name: value for name, value in response.headers.items() if headers.get(name) != value}
    return {
        "name": exchange.name,
        "request": exchange.request.to_json(),
        **({"api": vars(exchange.api)} if exchange.api else {}),
        "response": {
            "status": response.status,
            **({"headers": own} if own else {}),
            "body": without_prose(response.body),
        },
        **({"madeUp": dict(exchange.made_up)} if exchange.made_up else {}),
    }
