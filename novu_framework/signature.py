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
import re
import time
from functools import lru_cache
from typing import Any

from novu_framework.errors import (
    SignatureExpiredError,
    SignatureInvalidError,
    SignatureMismatchError,
    SignatureNotFoundError,
    SigningKeyNotFoundError,
)

HEADER = "novu-signature"
TOLERANCE = 5 * 60 * 1000
"""How far a timestamp may be from now, before or after, in milliseconds."""


def sign(body: bytes, secret_key: str, *, now: int | None = None) -> str:
    """The header that signs `body` with `secret_key`.

    Args:
        body: The bytes that are sent; empty for a request without a body.
        now: Unix milliseconds; the machine's clock if absent.
    """
    timestamp = str(_now() if now is None else now)
    return f"t={timestamp},v1={_digest(timestamp, body, secret_key)}"


def verify(header: str | None, body: bytes, secret_key: str | None, *, now: int | None = None) -> None:
    """Check a header against the bytes that arrived; returns nothing, raises if it does not hold.

    Novu signs the compact JSON that it sends. A proxy may have written the same JSON anew, so where the bytes
    do not match, the compact form that JavaScript gives the parsed body is tried too.

    Args:
        header: The value of `novu-signature`, or None.
        body: The bytes of the body.
        secret_key: The key shared with Novu.
        now: Unix milliseconds; the machine's clock if absent.

    Raises:
        SigningKeyNotFoundError: There is no key.
        SignatureNotFoundError: There is no header.
        SignatureInvalidError: The header has no `t`, no `v1`, or a `t` that is no number.
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
    if _matches(signature, timestamp, body, secret_key):
        return
    rewritten = _as_javascript_writes(body)
    if rewritten is None or rewritten == body or not _matches(signature, timestamp, rewritten, secret_key):
        raise SignatureMismatchError


# what JavaScript's Number() takes, Infinity aside
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_INTEGER_OF_BASE = re.compile(r"0(?:x[0-9a-f]+|o[0-7]+|b[01]+)", re.ASCII | re.IGNORECASE)
_LONGEST_TIMESTAMP = 32


def _parse(header: str) -> tuple[float, str]:
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
    if len(text) > _LONGEST_TIMESTAMP:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    if _INTEGER_OF_BASE.fullmatch(text):
        return int(text, 0)
    if _NUMBER.fullmatch(text) and math.isfinite(value := float(text)):
        return value
    return None


def _matches(signature: str, timestamp: float, body: bytes, secret_key: str) -> bool:
    expected = _digest(javascript_number(timestamp), body, secret_key)
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass"))


def _digest(timestamp: str, body: bytes, secret_key: str) -> str:
    message = timestamp.encode() + b"." + (body or b"{}")
    keyed = _keyed(secret_key).copy()
    keyed.update(message)
    return keyed.hexdigest()


@lru_cache(maxsize=8)
def _keyed(secret_key: str) -> hmac.HMAC:
    return hmac.new(secret_key.encode(), digestmod="sha256")


def _now() -> int:
    return time.time_ns() // 1_000_000


def _as_javascript_writes(body: bytes) -> bytes | None:
    try:
        return javascript_json(json.loads(body)).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return None


def javascript_json(value: Any) -> str:
    """`value` as JavaScript's `JSON.stringify` writes it: compact, non-ASCII as it is, its own numbers.

    >>> javascript_json({"b": 1.0, "a": [1e21, "\\u00e9"], "10": None})
    '{"10":null,"b":1,"a":[1e+21,"é"]}'
    """
    if isinstance(value, dict):
        items = ",".join(f"{_string(key)}:{javascript_json(value[key])}" for key in _key_order(value))
        return "{" + items + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(javascript_json, value)) + "]"
    if isinstance(value, str):
        return _string(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return javascript_number(value)


def _string(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    if written.isascii():
        return written
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ARRAY_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)


def _key_order(value: dict[str, Any]) -> list[str]:
    # JavaScript lists keys that look like array indices first, by value
    indices = [key for key in value if _ARRAY_INDEX.fullmatch(key) and int(key) < 2**32 - 1]
    if not indices:
        return list(value)
    taken = set(indices)
    return sorted(indices, key=int) + [key for key in value if key not in taken]


def javascript_number(value: float) -> str:
    """A number as JavaScript prints it.

    >>> [javascript_number(n) for n in (1.0, 0.1, 1e21, 1e-7, -0.0, 12345678901234567890)]
    ['1', '0.1', '1e+21', '1e-7', '0', '12345678901234567000']
    """
    if isinstance(value, int):
        if -(2**53) <= value <= 2**53:
            return str(value)
        try:
            value = float(value)
        except OverflowError:
            return "null"
    if not math.isfinite(value):
        return "null"
    if value == 0:
        return "0"
    sign, digits, exponent = _shortest(value)
    point = len(digits) + exponent
    if 0 < point <= 21:
        text = digits.ljust(point, "0") if point >= len(digits) else f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
        text = f"{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return sign + text


def _shortest(value: float) -> tuple[str, str, int]:
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    stripped = digits.rstrip("0")
    power = int(exponent or 0) - len(fraction) + len(digits) - len(stripped)
    return ("-" if value < 0 else ""), stripped, power
