"""Who may call the simulated Novu on a port: by which names, and from which web pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from novu_framework_testing.api.http import ApiRequest

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine, as they are written in `Host` and `Origin`."""


class Guard:
    """Looks at the `Host` and the `Origin` of requests, before anything else is.

    Args:
        host: The address that is listened at, beside this machine's names.
        origins: Origins of web pages that may call, such as `https://app.acme.test`, besides this machine's.

    Raises:
        ValueError: One of `origins` is not an origin.
    """

    def __init__(self, host: str, origins: Iterable[str]) -> None:
        self._hosts = LOOPBACK | {host, f"[{host}]"}
        self._origins = frozenset(map(_origin, origins))

    def refusal(self, request: ApiRequest) -> str | None:
        """Return why a request is not answered, whatever it asks; None for one that is."""
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        if _name(host) not in self._hosts:
            return f"The simulated Novu is not served under the name {host!r}; call it as 127.0.0.1 or localhost."
        of_elsewhere = request.headers.get("sec-fetch-site") == "cross-site"
        if origin is None and of_elsewhere:  # an image, a script, a link
            return "Pages of other sites may not call the simulated Novu."
        if origin is None or origin in self._origins:
            return None
        scheme, _, at = origin.partition("://")
        if scheme in ("http", "https") and (_name(at) in LOOPBACK or _name(at).endswith(".localhost")):
            return None
        return f"Pages of {origin} may not call the simulated Novu; `--allow-origin {origin}` lets them."


def _origin(text: str) -> str:
    """Return an origin as browsers write it. Raises `ValueError`."""
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/\s*]+/?", text, re.IGNORECASE):
        raise ValueError(f"{text!r} is not an origin; write one such as https://app.acme.test.")
    return text.rstrip("/").lower()


def _name(host: str) -> str:
    """Return a host without its port, in lower case."""
    return re.sub(r":\d*\Z", "", host).lower()
