"""Where an app of this process seems to be: an address that its own checks of hosts and of HTTPS let through."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

HOST = "localhost"


def base_url_of(app: Any) -> str:
    """Return an address that the app takes requests for: `https://localhost`, unless it names other hosts.

    >>> base_url_of(object())
    'https://localhost'
    """
    hosts = [host for host in _allowed_hosts(app) if isinstance(host, str)]
    if not hosts or "*" in hosts or HOST in hosts:
        return f"https://{HOST}"
    return f"https://{hosts[0].replace('*', 'www').removeprefix('.')}"


def _allowed_hosts(app: Any) -> Iterator[Any]:
    """Find the hosts that middleware around an app, or its framework's settings, allow."""
    seen: list[Any] = []
    while app is not None and not any(app is one for one in seen):
        seen.append(app)
        yield from _listed(getattr(app, "allowed_hosts", None))
        for middleware in getattr(app, "user_middleware", ()):  # Starlette's
            options = getattr(middleware, "kwargs", None) or getattr(middleware, "options", None) or {}
            yield from _listed(options.get("allowed_hosts"))
        if type(app).__module__.startswith("django."):
            django: Any = sys.modules["django.conf"]
            yield from django.settings.ALLOWED_HOSTS
        app = getattr(app, "app", None)


def _listed(given: Any) -> Iterable[Any]:
    hosts = getattr(given, "allowed_hosts", given)  # Litestar keeps them in a configuration
    return hosts if isinstance(hosts, (list, tuple, set, frozenset)) else ()
