"""The simulated API, asked in the process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import ApiRequest, Cloud

Door = Callable[..., tuple[int, Any]]


def door(sim: NovuSimulator) -> Door:
    """Return `ask(method, target, body=None)`, which gives the status and the JSON of the answer."""
    cloud, headers = Cloud(sim), [("authorization", f"ApiKey {sim.secret_key}")]

    def ask(method: str, target: str, body: Any = None) -> tuple[int, Any]:
        content = b"" if body is None else json.dumps(body).encode()
        response = cloud.handle(ApiRequest.parse(method, target, headers, content))
        answer = response.json
        return response.status, answer["data"] if isinstance(answer, dict) and set(answer) == {
            "data"
        } else answer

    return ask
