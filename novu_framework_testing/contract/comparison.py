"""A comparison of two answers: the places where they differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from novu_framework._internal.redaction import redaction
from novu_framework.npm.mock_data import PLACEHOLDER
from novu_framework_testing.contract.prose import without_prose
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
"""Headers that do not belong to the contract."""

ABSENT = object()
"""The value of what is not there."""


class Description(str):
    """Words for what is expected where more than one value will do."""


@dataclass(frozen=True)
class Difference:
    """One place where two answers differ.

    Attributes:
        path: `status`, `header <name>`, or a JSON pointer into the body.
        expected: The expected value: `ABSENT` for none, a `Description` where more than one will do.
        actual: The value that came; `ABSENT` for none.
    """

    path: str
    expected: Any
    actual: Any

    def __str__(self) -> str:
        return f"{self.path or 'body'}: expected {_shown(self.expected)}, got {_shown(self.actual)}"


def differences(
    expected: Response, actual: Response, *, made_up: Mapping[str, Sequence[str]] | None = None
) -> list[Difference]:
    """List the places where `actual` is not what `expected` says.

    Compares status, headers and the parsed body. Left out are headers of the transport and of the implementation
    (`NOT_COMPARED`, and the charset of the content type), and descriptions in schemas that are the package's own.
    Durations, source code, stack traces and versions only have to be there.

    Args:
        made_up: JSON pointers into the body whose values differ from call to call, each with the JSON types that
            are allowed there. Of these values only the shape is compared.

    >>> one, two = Response(200, {}, {"a": [1]}), Response(200, {}, {"a": [2]})
    >>> [str(difference) for difference in differences(one, two)]
    ['/a/0: expected 1, got 2']
    """
    listed: list[Difference] = []
    if expected.status != actual.status:
        listed.append(Difference("status", expected.status, actual.status))
    for name, value in expected.headers.items():
        given = actual.headers.get(name)
        if name not in NOT_COMPARED and _header(name, given) != _header(name, value):
            listed.append(Difference(f"header {name}", value, ABSENT if given is None else given))
    is_free = _is_free_in_errors if expected.status >= 400 else _is_free_in_answers
    return [
        *listed,
        *_compared(without_prose(expected.body), without_prose(actual.body), "", made_up or {}, is_free),
    ]


def _header(name: str, value: str | None) -> str | None:
    return value.split(";")[0].strip() if value and name == "content-type" else value


def _is_free_in_errors(path: str) -> bool:
    return path == "/data/stack"


def _is_free_in_answers(path: str) -> bool:
    return path in ("/metadata/duration", "/sdkVersion", "/code") or (
        path.startswith("/workflows/") and path.endswith("/code")
    )


def _compared(
    expected: Any,
    actual: Any,
    path: str,
    made_up: Mapping[str, Sequence[str]],
    is_free: Callable[[str], bool],
) -> Iterator[Difference]:
    if path in made_up:
        if json_type(actual) not in made_up[path] or not _have_one_shape(expected, actual):
            yield Difference(path, Description(f"a value like {_shown(expected)}"), actual)
    elif is_free(path):
        if json_type(expected) != json_type(actual):
            yield Difference(path, Description(f"any {json_type(expected)}"), actual)
    elif isinstance(expected, dict) and isinstance(actual, dict):
        for key in {**expected, **actual}:
            inner = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in actual or key not in expected:
                yield Difference(inner, expected.get(key, ABSENT), actual.get(key, ABSENT))
            else:
                yield from _compared(expected[key], actual[key], inner, made_up, is_free)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from _compared(one, other, f"{path}/{index}", made_up, is_free)
    elif json_type(expected) != json_type(actual) or expected != actual:
        yield Difference(path, expected, actual)


def _have_one_shape(expected: Any, actual: Any) -> bool:
    """Tell whether made-up values are alike: lists by their first items, objects by the members of both."""
    if isinstance(expected, list) and isinstance(actual, list):
        return not expected or not actual or _are_alike(expected[0], actual[0])
    if isinstance(expected, dict) and isinstance(actual, dict):
        # a made-up name: its value may be anything
        shared = (expected.keys() & actual.keys()) - {PLACEHOLDER}
        return all(_are_alike(expected[key], actual[key]) for key in shared)
    return True


def _are_alike(expected: Any, actual: Any) -> bool:
    return json_type(expected) == json_type(actual) and _have_one_shape(expected, actual)


def json_type(value: Any) -> str:
    """Return the JSON type of a value: null, boolean, number, string, array or object.

    >>> json_type(1.5)
    'number'
    """
    return _JSON_TYPES.get(type(value), "object")


_JSON_TYPES = {type(None): "null", bool: "boolean", str: "string"}
_JSON_TYPES |= {int: "number", float: "number", list: "array", tuple: "array"}


def _shown(value: Any) -> str:
    if value is ABSENT:
        return "nothing"
    text = redaction.redacted(
        str(value) if isinstance(value, Description) else json.dumps(value, ensure_ascii=False)
    )
    return text if len(text) <= 300 else f"{text[:300]}…"
