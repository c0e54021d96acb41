"""What a reply holds, checked and in Novu's own form: a text or a card, and files."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from novu_framework._internal.json_data import json_types, written
from novu_framework.errors import AgentInputError

Content: TypeAlias = str | Mapping[str, Any]
"""A text in Markdown, or a card."""

Files: TypeAlias = Sequence[Mapping[str, Any]]
"""Files of a reply: `FileRef`, or dicts of the same members."""

MAX_FILE_BYTES = 5 * 1024 * 1024
"""The most that the data of a reply's files may be, one or all together."""

_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")


def plain(value: Any) -> Any:
    """Return a copy of a value as JSON data: models, dates and the like as pydantic writes them.

    Raises:
        NotJsonError: Something in it has no JSON; the message names the place.
    """
    return written(json_types(value))


def is_card(value: Any) -> bool:
    """Tell whether a value is a card: any object whose type is `card`."""
    return isinstance(value, Mapping) and value.get("type") == "card"


def content_of(content: Any, files: Files | None = None) -> dict[str, Any]:
    """Return the content of a message as it is sent.

    Raises:
        AgentInputError: It is no text and no card, or a file cannot be sent.

    >>> content_of("Hi", [{"filename": "a.txt", "data": b"A"}])
    {'markdown': 'Hi', 'files': [{'filename': 'a.txt', 'data': 'QQ=='}]}
    """
    listed = {"files": _files(files)} if files else {}
    if isinstance(content, str):
        return {"markdown": plain(content), **listed}
    if is_card(content):
        return {"card": plain(content), **listed}
    raise AgentInputError("Invalid message content — expected string or CardElement")


def _files(files: Files) -> list[dict[str, Any]]:
    sent, total = [], 0
    for index, file in enumerate(files):
        name = file.get("filename")
        named = f'"{name}"' if name else f"at index {index}"
        entry, size = _file(dict(file), named)
        total += size
        if total > MAX_FILE_BYTES:
            raise AgentInputError(
                "Invalid files: total inline data must be 5 MB or smaller. "
                "Use publicly-accessible URLs for larger files."
            )
        sent.append(plain(entry))
    return sent


def _file(entry: dict[str, Any], named: str) -> tuple[dict[str, Any], int]:
    """Return an entry as it is sent, and the bytes of its data."""
    data, url = entry.get("data"), entry.get("url")
    if (data is None) == (url is None):
        raise AgentInputError(f"Invalid file {named}: provide exactly one of data or url.")
    if data is None:
        if not isinstance(url, str):
            raise AgentInputError(f"Invalid file {named}: url must be a string.")
        return entry, 0
    if isinstance(data, (bytes, bytearray, memoryview)):
        size = memoryview(data).nbytes
    else:
        size = _decoded_size(data, named)
    if size > MAX_FILE_BYTES:
        raise AgentInputError(
            f"Invalid file {named}: inline data must be 5 MB or smaller. "
            "Use a publicly-accessible URL for larger files."
        )
    return (entry if isinstance(data, str) else {**entry, "data": b64encode(data).decode()}), size


def _decoded_size(data: Any, named: str) -> int:
    text = re.sub(r"\s", "", data) if isinstance(data, str) else ""
    if not text or not _BASE64.fullmatch(text) or len(text) % 4 == 1:
        raise AgentInputError(f"Invalid file {named}: data must be a base64-encoded string.")
    return len(text) * 3 // 4 - (len(text) - len(text.rstrip("=")))
