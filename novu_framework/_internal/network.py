"""Whether calls of the Novu API may leave this machine. Under pytest they may not: see `novu_framework_testing.plugin.network`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

REFUSED = "NOVU_CALLS_REFUSED"
"""The variable that refuses calls, here and in the processes that this one starts; its value says why."""


def refuse_connection(event: str, info: Mapping[str, Any]) -> None:
    """Raise where a connection is about to be opened: httpcore calls it as its `trace`, and a mock never gets there."""
    if ".connect_" in event:  # what is before it says through what: a proxy by HTTP, one by SOCKS, nothing
        raise RuntimeError(os.environ.get(REFUSED))


async def refuse_connection_async(event: str, info: Mapping[str, Any]) -> None:
    """Do what `refuse_connection` does, for an async client."""
    refuse_connection(event, info)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine itself.

    >>> is_loopback("127.0.0.1"), is_loopback("api.novu.co")
    (True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
