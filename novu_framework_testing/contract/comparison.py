"""Whether two answers are the same, and where they are not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from novu_framework_testing.contract.recording import Response

NOT_COMPARED = frozenset(
    {
        # of the transport
        "connection", "content-length", "date", "etag", "keep-alive", "server", "transfer-encoding", "vary",
        "x-powered-by",
        # of the implementation: its versions, and the framework that serves it
        "novu-framework-sdk", "novu-framework-server", "user-agent",
    }
)  # fmt: skip
"""Headers that are no part of the contract."""

INVENTED = "[placeholder]"
"""The key of a made-up property, whose value may be anything."""

ABSENT = object()


@dataclass(frozen=True)
class Difference:
    """One place where two answers differ.

    Attributes:
        path: `status`, `header <name>`, or a JSON pointer into the body.
        expected, actual: The values; `ABSENT` for none.
    """

    path: str
    expected: Any
    actual: Any

    def __str__(self) -> str:
        return f"{self.path or 'body'}: expected {_shown(self.expected)}, got {_shown(self.actual)}"


def differences(
    expected: Response, actual: Response, *, made_up: Mapping[str, Sequence[str]] | None = None
) -> list[Difference]:
    """Where `actual` is not what `expected` says.

    Compares status, headers and the parsed body. Left out are headers of the transport and of the implementation
    (`NOT_COMPARED`, and the charset of the content type), durations, source code, stack traces and versions; they
    only have to be there. Of the values at the pointers of `made_up`, only the shape is compared.

    >>> one, two = Response(200, {}, {"a": [1]}), Response(200, {}, {"a": [2]})
    >>> [str(difference) for difference in differences(one, two)]
    ['/a/0: expected 1, got 2']
    """
    found: list[Difference] = []
    if expected.status != actual.status:
        found.append(Difference("status", expected.status, actual.status))
    for name, value in expected.headers.items():
        given = actual.headers.get(name)
        if name not in NOT_COMPARED and _header(name, given) != _header(name, value):
            found.append(Difference(f"header {name}", value, ABSENT if given is None else given))
    free = _free_of_errors if expected.status >= 400 else _free_of_answers
    _compare(expected.body, actual.body, "", made_up or {}, free, found)
    return found


def _header(name: str, value: str | None) -> str | None:
    return value.split(";")[0].strip() if value and name == "content-type" else value


def _free_of_errors(path: str) -> bool:
    return path == "/data/stack"


def _free_of_answers(path: str) -> bool:
    return path in ("/metadata/duration", "/sdkVersion", "/code") or (
        path.startswith("/workflows/") and path.endswith("/code")
    )


def _compare(
    expected: Any,
    actual: Any,
    path: str,
    made_up: Mapping[str, Sequence[str]],
    free: Any,
    found: list[Difference],
) -> None:
    if path in made_up:
        if kind(actual) not in made_up[path] or not _same_shape(expected, actual):
            found.append(Difference(path, f"a value like {_shown(expected)}", actual))
    elif free(path):
        if kind(expected) != kind(actual):
            found.append(Difference(path, f"any {kind(expected)}", actual))
    elif isinstance(expected, dict) and isinstance(actual, dict):
        for key in [*expected, *(key for key in actual if key not in expected)]:
            inner = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in actual:
                found.append(Difference(inner, expected[key], ABSENT))
            elif key not in expected:
                found.append(Difference(inner, ABSENT, actual[key]))
            else:
                _compare(expected[key], actual[key], inner, made_up, free, found)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, (one, other) in enumerate(zip(expected, actual, strict=True)):
            _compare(one, other, f"{path}/{index}", made_up, free, found)
    elif kind(expected) != kind(actual) or expected != actual:
        found.append(Difference(path, expected, actual))


def _same_shape(expected: Any, actual: Any) -> bool:
    """Whether made-up values are of one shape: lists by their first items, objects by what both have."""
    if isinstance(expected, list) and isinstance(actual, list):
        return not expected or not actual or _same_kind(expected[0], actual[0])
    if isinstance(expected, dict) and isinstance(actual, dict):
        shared = (expected.keys() & actual.keys()) - {INVENTED}
        return all(_same_kind(expected[key], actual[key]) for key in shared)
    return True


def _same_kind(expected: Any, actual: Any) -> bool:
    return kind(expected) == kind(actual) and _same_shape(expected, actual)


def kind(value: Any) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, (list, tuple)) else "object"


def _shown(value: Any) -> str:
    if value is ABSENT:
        return "nothing"
    text = (
        value
        if isinstance(value, str) and value.startswith(("a value", "any "))
        else json.dumps(value, ensure_ascii=False)
    )
    return text if len(text) <= 300 else f"{text[:300]}…"
