"""Inbox sessions: the token with which a web page speaks for one subscriber, and the hashes that prove who asks for one.

A token is a JSON Web Token as Novu's, signed with a key that is derived from the simulator's secret key, so it names the
subscriber by itself and nothing is kept for it.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import read_json

if TYPE_CHECKING:
    from novu_framework_testing.simulation.simulator import NovuSimulator
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber

AUDIENCE = "widget_user"


@dataclass(frozen=True)
class InboxSession:
    """The inbox that a token opens: a subscriber's, of one context. Only what has exactly these keys, `tenant:acme`, is in it."""

    subscriber: SimulatedSubscriber
    context_keys: tuple[str, ...] = ()

    def token(self, novu: NovuSimulator, scope: Mapping[str, str]) -> str:
        """Return the token. `scope` are the ids of the environment and the organization."""
        claims = {
            "aud": AUDIENCE,
            "iss": "novu_api",
            "_id": self.subscriber.id,
            "subscriberId": self.subscriber.subscriber_id,
            "organizationId": scope["_organizationId"],
            "environmentId": scope["_environmentId"],
            "contextKeys": self.context_keys,
            "iat": int(novu.now.timestamp()),
        }
        signed = f"{_encoded({'alg': 'HS256', 'typ': 'JWT'})}.{_encoded(claims)}"
        return f"{signed}.{_signature(novu, signed)}"


def session_of(novu: NovuSimulator, token: str) -> InboxSession | None:
    """Return the session of a token; None for a token of someone else, or of a subscriber who is gone."""
    signed, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), _signature(novu, signed).encode()):
        return None
    payload = signed.partition(".")[2]
    claims = read_json(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    subscriber = novu.subscribers.get(claims["subscriberId"])
    if subscriber is None or subscriber.id != claims["_id"]:
        return None
    return InboxSession(subscriber, tuple(claims["contextKeys"]))


def subscriber_hash(secret_key: str, subscriber_id: str) -> str:
    """Return the hash that proves that a subscriber's id comes from a server with the key."""
    return hmac.new(secret_key.encode(), subscriber_id.encode("utf-8", "replace"), sha256).hexdigest()


def context_hash(secret_key: str, context: Mapping[str, Any]) -> str:
    """Return the hash that proves the same of a context: of its JSON with sorted keys and no spaces."""
    text = json.dumps(context, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return subscriber_hash(secret_key, text)


def _encoded(value: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=").decode()


def _signature(novu: NovuSimulator, signed: str) -> str:
    key = hmac.new(novu.secret_key.encode(), b"inbox sessions", sha256).digest()
    digest = hmac.new(key, signed.encode("utf-8", "replace"), sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
