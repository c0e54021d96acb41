"""The settings that are texts and switches: the argument, then the environment's, then the default."""

from __future__ import annotations

import logging
import math
import re
import traceback
from typing import Any

import httpx
import pytest

from novu_framework import Client
from novu_framework.errors import MissingSecretKeyError
from novu_framework.settings import Settings, environment_bridge_url
from tests.tables import walked


@pytest.mark.parametrize(
    ("argument", "variable", "expected"),
    [
        *((None, variable, False) for variable in ("false", "0", "no", "off", " FALSE ")),
        *((None, variable, True) for variable in (None, "", "true", "1", "nothing")),
        (True, "false", True),
        (False, "true", False),
    ],
)
def test_requests_are_signed_unless_it_is_said(
    monkeypatch: pytest.MonkeyPatch, argument: Any, variable: str | None, expected: Any
) -> None:
    name = "NOVU_STRICT_AUTHENTICATION_ENABLED"
    monkeypatch.delenv(name, raising=False)
    if variable is not None:
        monkeypatch.setenv(name, variable)
    assert Settings.resolve("key", strict_authentication=argument).strict_authentication is expected


@pytest.mark.parametrize(
    ("argument", "variable", "expected"),
    [
        (None, None, "https://api.novu.co"),
        (None, "", "https://api.novu.co"),
        ("", "http://novu.test:3000//", "http://novu.test:3000"),
        (" https://eu.api.novu.co/ ", "http://novu.test", "https://eu.api.novu.co"),
    ],
)
def test_the_url_of_the_api(
    monkeypatch: pytest.MonkeyPatch, argument: Any, variable: str | None, expected: Any
) -> None:
    monkeypatch.delenv("NOVU_API_URL", raising=False)
    if variable is not None:
        monkeypatch.setenv("NOVU_API_URL", variable)
    assert Settings.resolve("key", argument).api_url == expected


SCHEME = "it does not begin with http:// or https://"
PORT = "its port is no number up to 65535"
HOST = "its host is neither a name nor an address"
USER = "it has a user name or a password, which would stand where the secret key does in every call"
QUERY = "it has a query or a fragment, behind which no path of the API can stand"
REFUSED_URLS = {
    "api.s3cret.test": SCHEME, "ftp://api.s3cret.test": SCHEME, "s3cret:pass@api.novu.co": SCHEME, "//s3cret.test": SCHEME,
    "https://": "it names no host", "http://:80": "it names no host", "http://@/": "it names no host", "http://[::1": HOST,
    "http://127.0.0.1:s3cret": PORT, "http://127.0.0.1:99999": PORT, "http://127.0.0.1:-1": PORT, "http://user:s3cret/1@novu.test": PORT,
    "http://[::s3cret]:80": HOST, "http://[s3cret]": HOST, "http://[127.0.0.1]": HOST, "http://[v1.s3cret]": HOST, "http://999.1.1.1": HOST, "http://1": HOST, "http://-.test": HOST, "http://a..test": HOST,
    f"http://{'a' * 64}.test": HOST, "http://ex\u00e4mple..test": HOST, "http://xn--a.test": HOST, "http://%": HOST, "http://a b.test": HOST,
    "http://a,b.test": HOST, "http://*.test": HOST, "http://\ud800.test": "it has characters that are not seen",
    "http://novu.test/\u200bs3cret": "it has characters that are not seen",
    f"http://novu.test/{'s3cret' * 2000}": "it has more than 8,000 characters",
    "https://ann:s3cret@novu.test": USER, "https://s3cret@novu.test/v": USER,
    "https://novu.test?key=s3cret": QUERY, "https://novu.test/v#s3cret": QUERY,
}  # fmt: skip


@walked("url, problem", REFUSED_URLS.items())
def test_a_url_that_is_none_is_refused_without_a_word_of_it(url: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r"^api_url .or NOVU_API_URL. ") as raised:
        Settings.resolve("key", url)
    assert str(raised.value) == (
        f"api_url (or NOVU_API_URL) cannot be used: {problem}. It is the URL of a Novu API, as 'https://api.novu.co'."
    )
    frames = [frame for frame, _ in traceback.walk_tb(raised.tb)][1:]
    assert not any("s3cret" in str(value) for frame in frames for value in frame.f_locals.values())


@walked(
    "url",
    [
        "http://localhost:3000", "http://novu_api:3000/v0", "https://api.novu.co.", "http://127.0.0.1:65535", "http://[::1]:3000", "https://b\u00fccher.test",
        "https://xn--bcher-kva.test", "https://API.Novu.CO/api/", f"http://{'a' * 63}.test", "http://1.a",
    ],
)  # fmt: skip
def test_any_other_url_is_one_that_httpx_asks(url: str) -> None:
    asked: list[httpx.URL] = []
    transport = httpx.MockTransport(lambda request: asked.append(request.url) or httpx.Response(200, json={"data": True}))  # fmt: skip
    assert Client("key", url, transport=transport).cancel("t") is True
    assert [each.host for each in asked] == [httpx.URL(url).host]


def test_settings_show_no_secret() -> None:
    settings = Settings.resolve("s3cret", "https://novu.test", False, previous_secret_keys=["s3cret-2"])
    assert repr(settings) == "Settings(api_url='https://novu.test', strict_authentication=False)"


@pytest.mark.parametrize(
    ("secret", "api", "expected"),
    [("a", "b", "a"), ("", "b", "b"), (None, " b ", "b"), (None, None, ""), ("", "", "")],
)
def test_the_key_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, secret: str | None, api: str | None, expected: Any
) -> None:
    for name, value in {"NOVU_SECRET_KEY": secret, "NOVU_API_KEY": api}.items():
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    settings = Settings.resolve()
    assert settings.secret_key == expected
    assert Settings.resolve(" c ").secret_key == "c"
    if expected:
        assert settings.require_secret_key() == expected
    else:
        with pytest.raises(MissingSecretKeyError):
            settings.require_secret_key()


@pytest.mark.parametrize("key", ["kéy", "a\nb", "a\x7f"])
def test_a_key_that_no_header_carries_is_refused_unseen(key: str) -> None:
    said = "A secret key has characters that no HTTP header can carry: was it cut and pasted?"
    given: Any
    for given in ({"secret_key": key}, {"secret_key": "a", "previous_secret_keys": [key]}):
        with pytest.raises(ValueError, match=r"^A secret key has") as raised:
            Settings.resolve(**given)
        assert str(raised.value) == said


@pytest.mark.parametrize(("size", "is_one"), [(1, True), (0, False), (-1, False)])
def test_the_largest_body_is_a_number_of_bytes(size: int, is_one: bool) -> None:
    if is_one:
        assert Settings.resolve("key", max_body_bytes=size).max_body_bytes == size
        assert Settings.resolve("key").max_body_bytes == 10 * 1024 * 1024
    else:
        with pytest.raises(ValueError, match=f"^max_body_bytes is {size}: it is a number of bytes above 0.$"):
            Settings.resolve("key", max_body_bytes=size)


@walked("seconds", [0, -1, -0.5, math.nan, math.inf, 1e300])
def test_a_timeout_is_a_number_of_seconds(seconds: float) -> None:
    said = re.escape(f"timeout is {seconds}: it is a number of seconds above 0.")
    with pytest.raises(ValueError, match=f"^{said}$"):
        Client("key", timeout=seconds)
    for phase in ("connect", "read", "write", "pool"):
        with pytest.raises(ValueError, match=f"^{phase} of the {said}$"):
            Client("key", timeout=httpx.Timeout(5, **{phase: seconds}))


@walked(
    "options, said",
    [
        ({"timeout": "10"}, "timeout is a str: it is a number of seconds above 0, or an httpx.Timeout."),
        ({"timeout": True}, "timeout is a bool: it is a number of seconds above 0, or an httpx.Timeout."),
        ({"timeout": [10]}, "timeout is a list: it is a number of seconds above 0, or an httpx.Timeout."),
        ({"timeout": httpx.Timeout("10")}, "connect of the timeout is a str: it is a number of seconds above 0, or an httpx.Timeout."),
        ({"max_retries": "3"}, "limit of retries is a str: it is a number."),
        ({"max_retries": [3]}, "limit of retries is a list: it is a number."),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_when_the_client_is_made(options: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(said)}$"):
        Client("key", **options)


def test_a_timeout_may_be_short() -> None:
    assert Client("key", timeout=0.001).secret_key == "key"


@pytest.mark.parametrize("timeout", [60, 3600.0, httpx.Timeout(60, read=None)])
def test_any_other_timeout_is_taken(timeout: float | httpx.Timeout) -> None:
    client = Client(
        "key",
        timeout=timeout,
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json={"data": True})),
    )
    assert client.cancel("t-1") is True


def test_what_is_logged_goes_to_the_logger_that_is_given() -> None:
    logger = logging.getLogger("mine")
    assert Settings.resolve("key", logger=logger).logger is logger
    assert Settings.resolve("key").logger is logging.getLogger("novu_framework")
    assert [Settings.resolve("key", verbose=verbose).verbose for verbose in (True, False)] == [True, False]
    assert (Settings.resolve("key").verbose, Client("key").verbose) == (False, False)


@pytest.mark.parametrize(
    ("origin", "url"), [(None, None), ("", None), ("https://acme.test", "https://acme.test/api/novu")]
)
def test_the_bridge_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, origin: str | None, url: str | None
) -> None:
    monkeypatch.delenv("NOVU_BRIDGE_ORIGIN", raising=False)
    if origin is not None:
        monkeypatch.setenv("NOVU_BRIDGE_ORIGIN", origin)
    assert environment_bridge_url() == url
