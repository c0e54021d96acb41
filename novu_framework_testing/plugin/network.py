"""Tests stay off the real Novu: what would connect to it fails at once, and says which fixture answers instead.

Two doors are shut. The client of `novu_framework` is refused any connection that leaves this machine, in the processes that
a test starts as well (`novu_framework._internal.network`). For every other client in the process, Novu's hosts cannot be
looked up. Mocks answer before either, so they need not be known here.
"""

from __future__ import annotations

import functools
import os
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

ALLOWED = "novu_allow_network"
REFUSED = "NOVU_CALLS_REFUSED"  # as in novu_framework._internal.network, which is not imported for a name
WHY = (
    "A test called the real Novu. Ask for the fixture `novu_cloud`, which answers instead of it to httpx and httpx2 in this "
    "process, or `novu_cloud_server`, which does so for all that has a URL to set: other processes, and other clients such as "
    "requests, aiohttp and urllib. If the test means the real one, the ini key "
    f"`{ALLOWED} = true` opens the way."
)


_reasons: list[str] = []
"""Why each run of pytest in this process refuses calls, empty where it allows them: a test may clear the environment."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini key."""
    parser.addini(ALLOWED, "let tests call the real Novu", type="bool", default=False)


_SHUT = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Shut the doors before any `conftest.py` is imported, and the app with it, until pytest ends."""
    _shut(early_config)


def pytest_configure(config: pytest.Config) -> None:
    """Shut the doors where this plugin comes later, as from a `conftest.py`."""
    if not config.stash.get(_SHUT, False):
        _shut(config)


def _shut(config: pytest.Config) -> None:
    config.stash[_SHUT] = True
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    _reasons.append("" if config.getini(ALLOWED) else WHY)
    config.add_cleanup(_end_of_run)
    if config.getini(ALLOWED):
        patch.delenv(REFUSED, raising=False)
    else:
        patch.setenv(REFUSED, WHY)
        patch.setattr(socket, "getaddrinfo", _without_novu(socket.getaddrinfo))


def _end_of_run() -> None:
    del _reasons[-1]


def _without_novu(getaddrinfo: Any) -> Any:
    @functools.wraps(getaddrinfo)
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        why = _reasons[-1] if _reasons else os.environ.get(REFUSED)  # that of the innermost run
        if why and _is_novu(host):
            raise RuntimeError(f"{why} (It looked up {_name(host)}.)")
        return getaddrinfo(host, *args, **kwargs)

    return guarded


def _is_novu(host: Any) -> bool:
    name = _name(host)
    if f".{name}".endswith(".novu.co"):
        return True
    configured = os.environ.get("NOVU_API_URL")
    if not configured or name != urlsplit(configured).hostname:
        return False
    from novu_framework._internal.network import is_loopback

    return not is_loopback(name)


def _name(host: Any) -> str:
    text = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else str(host)
    return text.rstrip(".").lower()
