"""Reading the answer of a call whole, within a bound of size and of time."""

from __future__ import annotations

import time
from typing import Any, Final

import anyio
import httpx

LONGEST: Final = 8 * 1024 * 1024
"""So many bytes of an answer are read, unpacked; the Novu API's have a few thousand."""

PACKED: Final = "gzip, deflate"
"""How an answer may be packed. A piece of 64 KB unpacks to 64 MB at most; with Brotli or Zstandard there is no such bound."""


def whole(http: httpx.Client, sent: dict[str, Any], seconds: float | None) -> httpx.Response:
    """Send a request and read its answer, with so many seconds for it.

    Until the answer's headers are there, each piece may take as long: a socket that blocks has no other clock.

    Raises:
        httpx.RequestError: there is no answer, it took too long, or it has more than `LONGEST` bytes.
    """
    limit = _Limit(seconds)
    with http.stream(**sent) as answer:
        _check_packing(answer)
        return _read(answer, [limit.kept(piece) for piece in answer.iter_bytes()])


async def whole_async(http: httpx.AsyncClient, sent: dict[str, Any], seconds: float | None) -> httpx.Response:
    """Send a request and read its answer, with so many seconds for all of it.

    Raises:
        httpx.RequestError: there is no answer, it took too long, or it has more than `LONGEST` bytes.
    """
    limit = _Limit(seconds)
    with anyio.move_on_after(seconds):
        async with http.stream(**sent) as answer:
            _check_packing(answer)
            return _read(answer, [limit.kept(piece) async for piece in answer.aiter_bytes()])
    raise limit.too_slow()


class _Limit:
    """What is left of an answer's bytes and seconds."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._until = None if seconds is None else time.monotonic() + seconds
        self._left = LONGEST

    def kept(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise httpx.RemoteProtocolError(f"the answer has more than {LONGEST:,} bytes")
        if self._until is not None and time.monotonic() > self._until:
            raise self.too_slow()
        return piece

    def too_slow(self) -> httpx.ReadTimeout:
        return httpx.ReadTimeout(f"the answer was not whole after {self._seconds:g} seconds")


def _check_packing(answer: httpx.Response) -> None:
    packed = answer.headers.get("content-encoding", "").lower().strip()
    if "," in packed or packed in ("br", "zstd"):
        way = "more than once" if "," in packed else f"by {packed!r}"
        raise httpx.DecodingError(f"the answer is packed {way}, and {PACKED} was asked for")


_OF_THE_WAY = ("content-encoding", "content-length", "transfer-encoding")


def _read(answer: httpx.Response, pieces: list[bytes]) -> httpx.Response:
    read = httpx.Response(
        answer.status_code,
        headers=[
            (name, value) for name, value in answer.headers.raw if name.lower().decode() not in _OF_THE_WAY
        ],
        content=b"".join(pieces),
        request=answer.request,
        extensions=answer.extensions,
    )
    read.next_request = answer.next_request
    return read
