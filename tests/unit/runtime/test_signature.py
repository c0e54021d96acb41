"""Who may call the bridge."""

from __future__ import annotations

import contextlib
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
from tests.tables import walked

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
    check("t,v1," + header())  # a name without a value is not one
    check(header().replace("t=", "t=" + " " * 30))


@pytest.mark.parametrize("late", [-1, 1])
def test_it_holds_for_five_minutes_to_the_millisecond(late):
    check(header(), now=NOW + late * 300_000)
    with pytest.raises(SignatureExpiredError):
        check(header(), now=NOW + late * 300_001)
    # whatever the body, and whatever the digest
    with pytest.raises(SignatureExpiredError):
        check(f"t={NOW},v1=00", now=NOW + late * 300_001)


def test_the_clock_of_the_machine_counts_in_milliseconds(monkeypatch):
    monkeypatch.setattr(signature.time, "time_ns", lambda: NOW * 1_000_000 + 999_999)
    assert signature.sign(BODY, KEY) == header()
    signature.verify(header(), BODY, KEY)
    with pytest.raises(SignatureExpiredError):
        signature.verify(header(timestamp=NOW - 300_001), BODY, KEY)


@pytest.mark.parametrize("value", [None, ""])
def test_no_signature(value):
    with pytest.raises(SignatureNotFoundError):
        check(value)


def test_no_key():
    with pytest.raises(SigningKeyNotFoundError):
        check(header(), key="")


@walked(
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
        header() + " " * (8193 - len(header())),
        f"t={'1' * 33},v1={'0' * 64}",
        f"T={NOW},V1={'0' * 64}",
        f"t={NOW};v1={'0' * 64}",
        "t=١٨٠٠٠٠٠٠٠٠٠٠٠,v1=abc",
    ],
)
def test_malformed(value):
    with pytest.raises(SignatureInvalidError):
        check(value)


@walked(
    "value",
    [
        header(key="another"),
        header(b'{"payload":{"a":2}}'),
        header()[:-1],
        header().upper().replace("T=", "t=").replace("V1=", "v1="),
        f"t={NOW},v1=" + "0" * 64,
        f"t={NOW},v1=é",
        f"t={NOW},v1=\ud800",
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


def test_a_header_may_have_8192_characters_and_its_time_32():
    check(header() + " " * (8192 - len(header())))
    check(header().replace(f"t={NOW}", f"t={NOW}.{'0' * 18}"))  # 32, and the same number


REWRITTEN = [
    ('{"a":1}', '{ "a" : 1.0 }'),
    ('{"a":1e+21,"b":1e-7,"c":0,"d":100}', '{"a":1E21,"b":0.0000001,"c":-0,"d":1e2}'),
    ('{"1":0,"2":0,"b":0}', '{"b":0,"2":0,"1":0}'),
    ('{"a":2}', '{"a":1,"a":2}'),
    ('{"a":null}', '{"a":1e999}'),
    ('{"a":null}', '{"a":' + "9" * 5000 + "}"),
    ('{"a":9007199254740992}', '{"a":9007199254740993}'),
    ('["é","/","\u2028","😀","\\ud800","\\n"]', r'["\u00e9","\/","\u2028","\ud83d\ude00","\uD800","\u000a"]'),
    ("[[[]],{}]", " [ [ [ ] ] , { } ] "),
    ('"text"', ' "text"'),
    ("null", "\nnull\n"),
]


@walked(("signed", "arrived"), REWRITTEN)
def test_json_written_anew_is_compared_as_javascript_writes_it(signed, arrived):
    check(header(signed.encode()), arrived.encode())
    with pytest.raises(SignatureMismatchError):
        signature.verify(header(signed.encode()), arrived.encode(), KEY, now=NOW, rewritten=False)


NOT_JSON = [
    b"not json",
    b"{",
    b" ",
    b"\xff",
    b'"\xff"',
    b"\xef\xbb\xbf{}",
    "{}".encode("utf-16"),
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"[" * 10_000 + b"]" * 10_000,
]


@walked("body", NOT_JSON)
@walked("signed", [b"", b"{}", b"null", b"None", b"undefined"])
def test_what_cannot_be_written_anew_is_compared_as_it_came(body, signed):
    with pytest.raises(SignatureMismatchError):
        check(header(signed), body)
    check(header(body), body)


def test_other_threads_have_their_turn_before_each_number(monkeypatch):
    """The parser of the standard library is one call of C else: nothing else runs until its end."""
    read = []
    monkeypatch.setattr(signature, "_double", lambda text: read.append(text) or float(text))
    check(header(b'[1,2.5,0.1,"7"]'), b'[1, 2.5, 1e-1, "7"]')
    assert read == ["1", "2.5", "1e-1"]


def test_a_body_is_written_anew_up_to_a_size(monkeypatch):
    """What a caller without a key can ask for is bounded, in bytes and in what costs time for few bytes."""
    asked = []
    monkeypatch.setattr(signature, "_as_javascript_writes", lambda body: asked.append(body))
    largest = [
        b'"' + b"x" * (512 * 1024 - 2) + b'"',
        *(b"[" + item * (16_000 - 1) + b"]" for item in (b",", b"[", b"{", b"\\ud800", b"\\uDC00")),
    ]
    for body in largest:
        with pytest.raises(SignatureMismatchError):
            check(header(key="another"), body)
    assert asked == largest
    assert signature.may_be_rewritten(b"0")
    for body in (largest[0] + b" ", *(body.replace(b"]", b",]") for body in largest[1:]), b""):
        assert not signature.may_be_rewritten(body)
        with pytest.raises(SignatureMismatchError):
            check(header(key="another"), body)
    assert asked == largest


KEYS = {
    ("current", ()): {"current"},
    ("current", ("old",)): {"current", "old"},
    ("current", ("old", "older", "oldest")): {"current", "old", "older", "oldest"},
    ("old", ("current",)): {"current", "old"},
    ("current", ("current",)): {"current"},
}
SIGNED = {"as it came": BODY, "written anew": b'{ "payload": {"a": 1} }'}


@walked("arrived", SIGNED)
@walked("signer", ["current", "old", "older", "oldest", "other", "curren", "current,old", ""])
@walked("keys", KEYS)
def test_a_previous_key_is_as_good_as_the_current_one(keys, signer, arrived):
    key, previous = keys

    def verify():
        signature.verify(header(key=signer), SIGNED[arrived], key, previous_secret_keys=previous, now=NOW)

    if signer in KEYS[keys]:
        verify()
    else:
        with pytest.raises(SignatureMismatchError):
            verify()


@pytest.mark.parametrize("signer", ["current", "old", "older", "other"])
def test_every_key_is_compared_whichever_matches(monkeypatch, signer):
    compared = []
    compare = hmac.compare_digest
    monkeypatch.setattr(signature.hmac, "compare_digest", lambda *two: compared.append(two) or compare(*two))
    with contextlib.suppress(SignatureMismatchError):
        signature.verify(
            header(key=signer),
            BODY,
            "current",
            previous_secret_keys=("old", "older"),
            now=NOW,
            rewritten=False,
        )
    assert len(compared) == 3


@pytest.mark.parametrize("late", [-1, 1])
def test_a_previous_key_has_no_more_time(late):
    with pytest.raises(SignatureExpiredError):
        signature.verify(
            header(key="old"), BODY, KEY, previous_secret_keys=("old",), now=NOW + late * 300_001
        )


def test_previous_keys_without_a_current_one():
    with pytest.raises(SigningKeyNotFoundError):
        signature.verify(header(key="old"), BODY, "", previous_secret_keys=("old",), now=NOW)


@given(st.text(max_size=80), st.binary(max_size=80))
def test_no_header_and_no_body_ever_do_more_than_be_refused(value, body):
    with pytest.raises(
        (SignatureNotFoundError, SignatureInvalidError, SignatureExpiredError, SignatureMismatchError)
    ):
        check(value, body)


@given(st.binary(max_size=200))
def test_what_is_signed_here_is_accepted_here(body):
    check(signature.sign(body, KEY, now=NOW), body)
