"""What a caller without a key can make the bridge do: read the body, hash it, and little besides."""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time

import pytest

from novu_framework import Client, signature
from novu_framework.asgi import BridgeEndpoint, BridgeRequest
from novu_framework.bridge import MAX_HASHED_AT_ONCE
from tests.fuzz import FUZZ

from .conftest import SECRET

MIB = 1024 * 1024
QUERY = b"action=execute&workflowId=w&stepId=s"
UNITS = {
    "objects": b'{"a":1.5}',
    "ints": b"1",
    "floats": b"1.5e-7",
    "integers with more digits than int() takes": b"9" * 5000,
    "escapes": rb'"\n\u00e9\/"',
    "lone surrogates": rb'"\ud800\uDFFF"',
    "pairs": rb'"\ud83d\ude00"',
    "not UTF-8": b'"\xff\xfe"',
    "UTF-8": '"é\u2028😀"'.encode(),
    "strings": b'"' + b"x" * 500 + b'"',
    "many keys": b'{"10":0,"9":0,"a":0,"8":0}',
    "duplicate keys": b'{"a":0,"a":0,"a":0}',
    "empty ones": b"[],{}",
    "nested": b"[" * 90 + b"]" * 90,
    "nested too deep": b"[" * 2000 + b"]" * 2000,
    "spaces": b" " * 99 + b"0",
    "quotes": rb'"\"\\\""',
    "NaN": b"NaN,Infinity",
    "not JSON": b"{[}]",
    "nulls": b"\0\0\0\0",
    "one number": b"",
}


def body_of(unit: bytes, size: int) -> bytes:
    if not unit:
        return b"1." + b"3" * size
    return b"[" + b",".join([unit] * max(1, size // (len(unit) + 1))) + b"]"


@pytest.fixture
def endpoint() -> BridgeEndpoint:
    return BridgeEndpoint([], Client(secret_key=SECRET))


class Work:
    """What was hashed and written anew, and in which thread."""

    def __init__(self, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        self.body = body
        self.hashed_on_the_loop = self.written_on_the_loop = self.hashed = self.written = 0
        loop_thread = threading.get_ident()
        digest, write = signature._digest, signature._as_javascript_writes

        def count_digest(timestamp: str, body: bytes, key: str) -> str:
            self.hashed += len(body) * (body is self.body)
            self.hashed_on_the_loop += len(body) * (threading.get_ident() == loop_thread)
            return digest(timestamp, body, key)

        def count_write(body: bytes) -> bytes | None:
            self.written += len(body)
            self.written_on_the_loop += len(body) * (threading.get_ident() == loop_thread)
            return write(body)

        monkeypatch.setattr(signature, "_digest", count_digest)
        monkeypatch.setattr(signature, "_as_javascript_writes", count_write)


async def ask(
    endpoint: BridgeEndpoint, parts: list[bytes], query: bytes = QUERY, headers=None
) -> tuple[int, str]:
    sent: list = []
    waiting = [*parts]

    async def receive():
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)

    if headers is None:
        headers = [(b"novu-signature", f"t={time.time_ns() // 1_000_000},v1={'00' * 32}".encode())]
    scope = {"type": "http", "method": "POST", "query_string": query, "headers": headers}
    await endpoint(scope, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])["code"]


REFUSED = (401, "SignatureMismatchError")


@pytest.mark.parametrize("kind", UNITS)
@pytest.mark.parametrize("size", [MIB // 8, MAX_HASHED_AT_ONCE, MIB // 2 - 6000, 3 * MIB])
async def test_a_body_costs_a_hash_or_two_and_at_most_one_bounded_writing(endpoint, monkeypatch, kind, size):
    body = body_of(UNITS[kind], size)
    if size == MAX_HASHED_AT_ONCE:
        body = body[:size].ljust(size)
    work = Work(body, monkeypatch)
    is_small, is_rewritten = len(body) <= MAX_HASHED_AT_ONCE, signature.may_be_rewritten(body)
    assert await ask(endpoint, [body]) == REFUSED
    assert work.hashed_on_the_loop == (len(body) if is_small else 0)
    assert work.written_on_the_loop == 0
    assert work.written == (len(body) if is_rewritten else 0)
    assert work.written <= MIB // 2
    assert work.hashed == len(body) * (2 if is_small and is_rewritten else 1)


@pytest.mark.parametrize("size", [MAX_HASHED_AT_ONCE // 4, MAX_HASHED_AT_ONCE // 4 + 1, MIB // 2 - 6000])
async def test_with_previous_keys_the_loop_hashes_no_more_and_all_is_written_once(monkeypatch, size):
    endpoint = BridgeEndpoint([], Client(secret_key=SECRET, previous_secret_keys=["a", "b", "c"]))
    body = b"[" + b" " * (size - 2) + b"]"
    work = Work(body, monkeypatch)
    assert await ask(endpoint, [body]) == REFUSED
    is_small = len(body) * 4 <= MAX_HASHED_AT_ONCE
    assert work.hashed_on_the_loop == (4 * len(body) if is_small else 0)
    assert (work.written_on_the_loop, work.written) == (0, len(body))
    assert work.hashed == len(body) * (8 if is_small else 4)


@pytest.mark.parametrize("seed", range(5 * FUZZ))
async def test_a_body_of_all_kinds_is_refused_like_any_other(endpoint, seed):
    chance = random.Random(seed)
    units = list(UNITS.values())
    body = (
        b"["
        + b",".join(chance.choice(units)[: chance.randint(1, 6000)] for _ in range(chance.randint(1, 300)))
        + b"]"
    )
    at = sorted(chance.randrange(len(body)) for _ in range(chance.randint(0, 20)))
    parts = [body[start:end] for start, end in zip([0, *at], [*at, len(body)], strict=True)]
    assert await ask(endpoint, parts) == REFUSED


async def test_what_is_checked_beside_the_loop_is_checked_one_at_a_time(endpoint, monkeypatch):
    at_once, most, lock = 0, 0, threading.Lock()
    write = signature._as_javascript_writes

    def count(body):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        result = write(body)
        with lock:
            at_once -= 1
        return result

    monkeypatch.setattr(signature, "_as_javascript_writes", count)
    answers = await asyncio.gather(*(ask(endpoint, [body_of(b"1.5", 20_000)]) for _ in range(20)))
    assert answers == [REFUSED] * 20
    assert most == 1


@pytest.mark.parametrize("size", [100, MAX_HASHED_AT_ONCE + 1, 2 * MIB])
async def test_what_novu_signed_is_accepted_whatever_its_size(endpoint, size):
    body = body_of(b'{"a":1.5}', size)
    signed = [(b"novu-signature", signature.sign(body, SECRET).encode())]
    assert await ask(endpoint, [body], headers=signed) == (404, "WorkflowNotFoundError")


@pytest.mark.parametrize("size", [100, MAX_HASHED_AT_ONCE + 1, MIB // 2 - 100])
async def test_what_a_proxy_wrote_anew_is_accepted_up_to_the_limit(endpoint, size):
    sentence = "Ann was here, and said: é! " + "More of it. " * 8
    text = {"items": [{"text": sentence}] * (size // 200)}
    signed = json.dumps(text, separators=(",", ":"), ensure_ascii=False).encode()
    headers = [(b"novu-signature", signature.sign(signed, SECRET).encode())]
    assert await ask(endpoint, [json.dumps(text, indent=1).encode()], headers=headers) == (
        404,
        "WorkflowNotFoundError",
    )


@pytest.mark.parametrize(
    ("query", "headers", "answer"),
    [
        (b"a" * 8193, [], (400, "RequestInvalidError")),
        (b"a&" * 4_000_000, [], (400, "RequestInvalidError")),
        (QUERY + b"&" * (8192 - len(QUERY)), [], (401, "SignatureNotFoundError")),
        (QUERY, [(b"novu-signature", b"a=,")] * 1_000_000, (401, "SignatureInvalidError")),
        (QUERY, [(b"x", b"y")] * 100_000, (401, "SignatureNotFoundError")),
        (QUERY, [(b"content-length", b"9" * 100_000)], (413, "RequestTooLargeError")),
        (QUERY, [(b"content-length", b"10485761")], (413, "RequestTooLargeError")),
        (QUERY, [(b"content-length", b"10485760")], (401, "SignatureNotFoundError")),
        (QUERY, [(b"content-length", b"0" * 100_000)], (401, "SignatureNotFoundError")),
        (QUERY, [(b"content-length", b"-1")], (401, "SignatureNotFoundError")),
        (QUERY, [(b"content-length", "²".encode("latin-1"))], (401, "SignatureNotFoundError")),
    ],
)
async def test_headers_and_query_are_bounded_too(endpoint, query, headers, answer):
    assert await ask(endpoint, [b"{}"], query, headers) == answer


async def test_signatures_in_several_headers_are_one_as_http_has_it(endpoint):
    time_of, digest = signature.sign(b"{}", SECRET).encode().split(b",")
    headers = [(b"novu-signature", time_of), (b"x", b"y"), (b"novu-signature", digest)]
    assert await ask(endpoint, [b"{}"], headers=headers) == (404, "WorkflowNotFoundError")


@pytest.mark.parametrize(
    "parts", [[b"x" * 1001], [b"x"] * 1001, [b"x" * 1000, b"", b"x"], [b"", b"x" * 1001]]
)
async def test_a_body_over_the_limit_is_refused_however_it_comes(parts):
    endpoint = BridgeEndpoint([], Client(secret_key=SECRET, max_body_bytes=1000))
    assert await ask(endpoint, parts) == (413, "RequestTooLargeError")
    assert await ask(endpoint, [b"x" * 1000]) == REFUSED
    assert await ask(endpoint, [b"x" * 999, b"x", b""]) == REFUSED


@pytest.mark.parametrize("before", [[], [b"{"]])
async def test_a_client_that_leaves_before_the_end_is_not_answered_with_its_half(endpoint, before):
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in before]
    messages.append({"type": "http.disconnect"})

    async def receive():
        return messages.pop(0)

    scope = {"method": "POST", "query_string": QUERY, "headers": []}
    answer = await endpoint.answer(scope, receive)
    assert (answer.status, json.loads(answer.body)["code"]) == (400, "RequestInvalidError")


async def test_a_get_signs_no_body(endpoint):
    headers = {"novu-signature": signature.sign(b"", SECRET)}
    answer = await endpoint.handler(BridgeRequest("GET", [("action", "discover")], headers, b"anything"))
    assert answer.status == 200
