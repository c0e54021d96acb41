"""Attachments of a trigger: the files of `payload.attachments`, as bridges, digests and emails have them.

Novu takes each file as base64 and keeps it in its storage while the trigger runs. A bridge gets the file's bytes in the JSON
that Node writes for a buffer, and the events of a digest are without them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any


def with_stored_files(payload: dict[str, Any], transaction_id: str) -> dict[str, Any]:
    """Return a payload as a bridge is sent it: the attachments with their bytes, and with their place in the storage.

    Raises:
        ValueError: An attachment is not an object, or its `file` is not base64.

    >>> with_stored_files({"attachments": [{"name": "a.txt", "mime": "text/plain", "file": "QUI="}]}, "t")["attachments"]
    [{'name': 'a.txt', 'mime': 'text/plain', 'storagePath': 't/0/a.txt', 'file': {'type': 'Buffer', 'data': [65, 66]}}]
    """
    attachments = payload.get("attachments")
    if not isinstance(attachments, list):
        return payload
    return {**payload, "attachments": list(_stored(attachments, transaction_id))}


def without_files(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what `with_stored_files` gave without the bytes, as the events of a digest have it."""
    attachments = payload.get("attachments")
    if not isinstance(attachments, list):
        return payload
    kept = [{name: value for name, value in one.items() if name != "file"} for one in attachments]
    return {**payload, "attachments": kept}


def of_email(payload: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return what an email takes of the attachments of a payload; None where there are none."""
    attachments = payload.get("attachments")
    if not isinstance(attachments, list):
        return None
    return [
        {name: one.get(name) for name in ("file", "mime", "name", "channels") if name in one}
        for one in attachments
    ]


def _stored(attachments: list[Any], transaction_id: str) -> Iterator[dict[str, Any]]:
    for index, one in enumerate(attachments):
        if not isinstance(one, Mapping):
            raise ValueError(
                f"`payload.attachments[{index}]` must be an object with `file`, `mime` and `name`."
            )
        data = _bytes(one.get("file"))
        if data is None:
            raise ValueError(
                f"`payload.attachments[{index}].file` must be the bytes of the file as base64 text: "
                "base64.b64encode(data).decode()."
            )
        rest = {name: value for name, value in one.items() if name != "file"}
        place = f"{transaction_id}/{index}/{one.get('name')}"
        yield {**rest, "storagePath": place, "file": {"type": "Buffer", "data": list(data)}}


def _bytes(file: Any) -> bytes | None:
    """Return what Node reads of a file: base64 in either alphabet, with or without padding, or a buffer in JSON."""
    if isinstance(file, Mapping):
        file = file.get("data")
    if isinstance(file, list):
        try:
            return bytes(file)
        except (TypeError, ValueError):
            return None
    if not isinstance(file, str):
        return None
    plain = file.rstrip("=").translate(str.maketrans("-_", "+/", "\n\r\t "))
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
