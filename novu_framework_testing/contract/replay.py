"""A replay: the requests of a recording sent to a bridge, its answers compared with the recorded ones."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, Final

from novu_framework._internal.redaction import redaction
from novu_framework_testing._internal.twins import blocking
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.contract.comparison import differences
from novu_framework_testing.contract.endpoint import Endpoint
from novu_framework_testing.contract.recording import Exchange, Recording, Request, Signature
from novu_framework_testing.contract.report import CheckFinding, Report


async def replay_async(
    recording: Recording, app_or_url: Any, *, route: str = "/api/novu", secret_key: str | None = None
) -> Report:
    """Send every request of `recording` to a bridge, and report each answer that is not the recorded one.

    The bridge has to serve the same workflows. Requests that were signed are signed anew; those of a recording that
    was made without strict authentication are all signed, so that it can be replayed on a strict bridge too.
    Exchanges in which the bridge asks the Novu API are left out: they need an API that answers as recorded.

    Args:
        recording: The requests to send and the answers to expect.
        app_or_url: An app, or the URL of the bridge.
        route: The path of the bridge in an app.
        secret_key: The bridge's key; the recording's if left out.
    """
    findings: list[CheckFinding] = []
    asked = 0
    async with Endpoint(app_or_url, route=route) as endpoint:
        redaction.hide(secret_key or recording.secret_key, of=endpoint)
        for exchange in recording.exchanges:
            if exchange.api is None:
                asked += 1
                request = exchange.request
                if request.signature is None and not recording.strict_authentication:
                    request = replace(request, signature=Signature())
                findings += await _findings(endpoint, exchange, request, secret_key or recording.secret_key)
    return Report(f"{recording.name}: {asked} recorded requests to {endpoint.shown_url}", tuple(findings))


replay: Final = blocking(replay_async)


async def _findings(
    endpoint: Endpoint, exchange: Exchange, request: Request, secret_key: str
) -> list[CheckFinding]:
    now = time.time_ns() // 1_000_000
    try:
        answer = await endpoint.send(request, secret_key=secret_key, now=now)
    except BridgeFailure as failure:
        return [CheckFinding("error", f"no answer: {failure.message}", exchange.name)]
    return [
        CheckFinding("error", str(difference), exchange.name)
        for difference in differences(exchange.response, answer, made_up=exchange.made_up)
    ]
