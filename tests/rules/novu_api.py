"""Novu's API over a simulation, for rules that the API holds: `NovuApi(sim).post("/v2/topics", {"key": "a"})`."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.http import ApiRequest


class Answer(NamedTuple):
    """A status, and the body without the `data` that Novu puts around it."""

    status: int
    body: Any


class NovuApi:
    """The simulated API, asked with the right key."""

    def __init__(
        self, sim: NovuSimulator, authorization: str | None = None, cloud: Cloud | None = None
    ) -> None:
        self._sim = sim
        self._key = [("Authorization", authorization or f"ApiKey {sim.secret_key}")]
        self.cloud = cloud or Cloud(sim)

    def with_token(self, token: str) -> NovuApi:
        """Return the same API, asked by a page with the token of its inbox."""
        return NovuApi(self._sim, f"Bearer {token}", self.cloud)

    def __call__(self, method: str, target: str, body: Any = None) -> Answer:
        """Send a request; `body` is JSON data."""
        content = b"" if body is None else json.dumps(body).encode()
        response = self.cloud.handle(ApiRequest.parse(method, target, self._key, content))
        whole = response.json
        return Answer(
            response.status, whole["data"] if isinstance(whole, dict) and set(whole) == {"data"} else whole
        )

    def get(self, target: str) -> Answer:
        """Send a GET."""
        return self("GET", target)

    def post(self, target: str, body: Any = None) -> Answer:
        """Send a POST."""
        return self("POST", target, body)

    def patch(self, target: str, body: Any = None) -> Answer:
        """Send a PATCH."""
        return self("PATCH", target, body)

    def put(self, target: str, body: Any = None) -> Answer:
        """Send a PUT."""
        return self("PUT", target, body)

    def delete(self, target: str, body: Any = None) -> Answer:
        """Send a DELETE."""
        return self("DELETE", target, body)

    def messages(self, method: str, target: str, body: Any = None) -> list[str]:
        """Send a request that is refused with 422, and return what is wrong with it."""
        answer = self(method, target, body)
        assert answer.status == 422, answer
        return [text for one in answer.body["errors"].values() for text in one["messages"]]
