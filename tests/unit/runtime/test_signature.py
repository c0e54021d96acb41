"""Who may call the bridge."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novu_framework import signature
from novu_framework.errors import (
    SignatureExpiredError,
    SignatureInvalidError,
    SignatureMismatchError,
    SignatureNotFoundError,
    SigningKeyNotFoundError,
)

KEY, NOW = "s3cret", 1_800_000_000_000
BODY = b'{"payload":{"a":1}}'


def header(body: bytes = BODY, timestamp: object = NOW, key: str = KEY) -> str:
    digest = hmac.new(key.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def check(value: str | None, body: bytes = BODY, now: int = NOW, key: str | None = KEY) -> None:
    signature.verify(value, body, key, now=now)


def test_what_novu_signs_is_accepted():
    check(header())
    check(header(b"{}"), b"")
    check(" v1=" + header().split("v1=")[1] + f" , x=1, t= {NOW} ")


def test_replayed_after_six_minutes_it_is_refused():
    check(header(), now=NOW + 5 * 60_000)
    with pytest.raises(SignatureExpiredError):
        check(header(), now=NOW + 6 * 60_000)
    with pytest.raises(SignatureExpiredError):
        check(header(), now=NOW - 6 * 60_000)


@pytest.mark.parametrize("value", [None, ""])
def test_no_signature(value):
    with pytest.raises(SignatureNotFoundError):
        check(value)


def test_no_key():
    with pytest.raises(SigningKeyNotFoundError):
        check(header(), key="")


@pytest.mark.parametrize(
    "value",
    [
        "garbage",
        f"t={NOW}",
        "v1=abc",
        f"t=,v1={'0' * 64}",
        f"t={NOW},v1=",
        f"t=abc,v1={'0' * 64}",
        f"t=NaN,v1={'0' * 64}",
        f"t=Infinity,v1={'0' * 64}",
        f"t=inf,v1={'0' * 64}",
        f"t=1_800_000_000_000,v1={'0' * 64}",
        f"t={'9' * 5000},v1={'0' * 64}",
        f"T={NOW},V1={'0' * 64}",
        f"t={NOW};v1={'0' * 64}",
        "t=١٨٠٠٠٠٠٠٠٠٠٠٠,v1=abc",
    ],
)
def test_malformed(value):
    with pytest.raises(SignatureInvalidError):
        check(value)


@pytest.mark.parametrize(
    "value",
    [
        header(key="another"),
        header(b'{"payload":{"a":2}}'),
        header()[:-1],
        header().upper().replace("T=", "t=").replace("V1=", "v1="),
        f"t={NOW},v1=" + "0" * 64,
        f"t={NOW},v1=é",
        f"t={NOW},v1=wrong," + header().split(",")[1],  # the first of a name wins
        header().replace(f"t={NOW}", f"t={NOW + 1}"),
    ],
)
def test_another_signature(value):
    with pytest.raises(SignatureMismatchError):
        check(value)


def test_the_same_json_written_by_a_proxy_is_accepted():
    signed = '{"b":{"10":1,"a":[1e+21,0.1,1]},"text":"é\u2028"}'.encode()
    rewritten = json.dumps(json.loads(signed), indent=2).encode()
    assert rewritten != signed
    check(header(signed), rewritten)
    with pytest.raises(SignatureMismatchError):
        check(header(signed), rewritten.replace(b"0.1", b"0.2"))


@given(st.text(max_size=80), st.binary(max_size=80))
def test_no_header_and_no_body_ever_do_more_than_be_refused(value, body):
    with pytest.raises(
        (SignatureNotFoundError, SignatureInvalidError, SignatureExpiredError, SignatureMismatchError)
    ):
        check(value, body)


@given(st.binary(max_size=200))
def test_what_is_signed_here_is_accepted_here(body):
    check(signature.sign(body, KEY, now=NOW), body)
