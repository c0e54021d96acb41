"""Where each environment's Novu and bridge are. What is secret comes from the environment's variables alone."""

import os
from dataclasses import dataclass

from novu_framework import Client


@dataclass(frozen=True)
class Settings:
    """One environment.

    Attributes:
        name: dev, staging or production.
        novu_url: The API of its Novu. A self-hosted one is where you put it; nothing else changes.
        bridge_url: This service's bridge, as that Novu reaches it.
    """

    name: str
    novu_url: str
    bridge_url: str

    @classmethod
    def of_this_process(cls) -> "Settings":
        """The environment that APP_ENV names; dev if it is not set.

        NOVU_API_URL, where it is set, stands instead of the environment's own: for tests, and for `novu-framework
        cloud` on a developer's machine.
        """
        name = os.environ.get("APP_ENV", "dev")
        if name not in ENVIRONMENTS:
            raise ValueError(f"APP_ENV is {name!r}; there are {', '.join(ENVIRONMENTS)}.")
        settings = ENVIRONMENTS[name]
        return cls(name, os.environ.get("NOVU_API_URL", settings.novu_url), settings.bridge_url)

    def client(self) -> Client:
        """The client of this environment; its key is in NOVU_SECRET_KEY."""
        return Client(api_url=self.novu_url)


ENVIRONMENTS = {
    one.name: one
    for one in (
        Settings("dev", "http://127.0.0.1:3000", "http://127.0.0.1:4000/api/novu"),
        Settings(
            "staging", "https://novu.staging.acme.example", "https://billing.staging.acme.example/api/novu"
        ),
        Settings("production", "https://novu.acme.example", "https://billing.acme.example/api/novu"),
    )
}
