"""Signing and verifying the `novu-signature` header.

The header is `t=<unix milliseconds>,v1=<hex HMAC-SHA256 of "<t>.<body>" with the secret key>`; a request
without a body is signed as `{}`::

    >>> header = sign(b'{"a":1}', "secret", now=1_700_000_000_000)
    >>> verify(header, b'{"a":1}', "secret", now=1_700_000_000_000)
    >>> verify(header, b'{"a":2}', "secret", now=1_700_000_000_000)
    Traceback (most recent call last):
    novu_framework.errors.SignatureMismatchError: Signature does not match the expected signature. Please ensure the signature provided in the `novu-signature` header is correct and try again.
"""

from __future__ import annotations

import hmac
import json
import math
import time
from collections.abc import Iterable
from functools import lru_cache

from novu_framework.errors import (
    SignatureExpiredError,
    SignatureInvalidError,
    SignatureMismatchError,
    SignatureNotFoundError,
    SigningKeyNotFoundError,
)
from novu_framework.npm.ecmascript.json import json_text
from novu_framework.npm.ecmascript.numbers import number_text, text_number

HEADER = "novu-signature"
TOLERANCE = 5 * 60 * 1000
"""How far a timestamp may be from now, before or after, in milliseconds."""

MAX_HEADER_LENGTH = 8192
MAX_TIMESTAMP_LENGTH = 32

MAX_REWRITTEN_BYTES = 512 * 1024
MAX_REWRITTEN_ITEMS = 16_000
"""The largest body that is written anew to be compared: in bytes; in commas, opening brackets and escaped surrogates.

Whoever has no key can ask for this work: these limits bound it to some 45 ms of CPU, during which the interpreter lets
other threads run every 5 ms.
"""


def sign(body: bytes, secret_key: str, *, now: int | None = None) -> str:
    """Return the header that signs `body` with `secret_key`.

    Args:
        body: The bytes that are sent; empty for a request without a body.
        now: Unix milliseconds; the machine's clock if absent.
    """
    timestamp = str(_now() if now is None else now)
    return f"t={timestamp},v1={_digest(timestamp, body, secret_key)}"


def verify(
    header: str | None,
    body: bytes,
    secret_key: str | None,
    *,
    previous_secret_keys: Iterable[str] = (),
    now: int | None = None,
    rewritten: bool = True,
) -> None:
    """Check a header against the bytes that arrived; returns nothing, raises if it does not hold.

    Novu signs the compact JSON that it sends. A proxy may have written the same JSON anew, so where the bytes
    do not match, the compact form that JavaScript gives the parsed body is tried too, up to 512 KiB and 16,000 items.

    Args:
        header: The value of `novu-signature`, or None.
        body: The bytes of the body.
        secret_key: The key shared with Novu.
        previous_secret_keys: Keys that are accepted too; whichever matches, all of them are compared.
        now: Unix milliseconds; the machine's clock if absent.
        rewritten: Whether the compact form is tried too. Without it, the work is one hash of the body for each key.

    Raises:
        SigningKeyNotFoundError: The key is missing.
        SignatureNotFoundError: The header is missing.
        SignatureInvalidError: The header has no `t`, no `v1`, or a `t` that is not a number, or more than 8192
            characters.
        SignatureExpiredError: The timestamp is more than five minutes old or ahead.
        SignatureMismatchError: Another key or another body was signed.
    """
    if not header:
        raise SignatureNotFoundError
    if not secret_key:
        raise SigningKeyNotFoundError
    timestamp, signature = _parse(header)
    if abs((_now() if now is None else now) - timestamp) > TOLERANCE:
        raise SignatureExpiredError
    keys = (secret_key, *previous_secret_keys)
    if _matches(signature, timestamp, body, keys):
        return
    compact = _as_javascript_writes(body) if rewritten and may_be_rewritten(body) else None
    if compact is None or not _matches(signature, timestamp, compact, keys):
        raise SignatureMismatchError


def may_be_rewritten(body: bytes) -> bool:
    """Tell whether a body is small enough to be written anew for a caller who is not known yet."""
    return 0 < len(body) <= MAX_REWRITTEN_BYTES and sum(map(body.count, _ITEMS)) <= MAX_REWRITTEN_ITEMS


_ITEMS = (b",", b"[", b"{", b"\\ud", b"\\uD")


def _parse(header: str) -> tuple[float, str]:
    if len(header) > MAX_HEADER_LENGTH:
        raise SignatureInvalidError
    parts: dict[str, str] = {}
    for part in header.split(","):
        name, separator, value = part.strip().partition("=")
        if separator:
            parts.setdefault(name, value)
    written, signature = parts.get("t", ""), parts.get("v1", "")
    timestamp = _number(written.strip())
    if not signature or timestamp is None:
        raise SignatureInvalidError
    return timestamp, signature


def _number(text: str) -> float | None:
    if not text or len(text) > MAX_TIMESTAMP_LENGTH:
        return None
    number = text_number(text)
    return number if math.isfinite(number) else None


def _matches(signature: str, timestamp: float, body: bytes, keys: Iterable[str]) -> bool:
    given, written = signature.encode("utf-8", "surrogatepass"), number_text(timestamp)
    # all of them, so that the time does not say which key matched
    equal = [hmac.compare_digest(_digest(written, body, key).encode(), given) for key in keys]
    return any(equal)


def _digest(timestamp: str, body: bytes, secret_key: str) -> str:
    keyed = _keyed(secret_key).copy()
    keyed.update(f"{timestamp}.".encode())
    keyed.update(body or b"{}")  # by itself: a large body is not copied
    return keyed.hexdigest()


@lru_cache(maxsize=16)
def _keyed(secret_key: str) -> hmac.HMAC:
    return hmac.new(secret_key.encode(), digestmod="sha256")


def _now() -> int:
    return time.time_ns() // 1_000_000


def _as_javascript_writes(body: bytes) -> bytes | None:
    try:
        # every number is a double in JavaScript; an int of Python's has a limit of digits besides
        return json_text(json.loads(body.decode(), parse_int=_double, parse_float=_double)).encode()
    except (ValueError, RecursionError):
        return None


def _double(text: str) -> float:
    """Read a number. Other threads have their turn before each: those that lie between two doubles take long."""
    return float(text)
