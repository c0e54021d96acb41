"""Subscribers: what is known of them, how they are reached, and what is in their inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from novu_framework._internal.suggestions import known_names
from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.steps.kinds import KINDS
from novu_framework_testing.simulation.clock import Clock, iso
from novu_framework_testing.simulation.collections import ById
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.messages import Inbox, InboxChange, Message
from novu_framework_testing.simulation.preferences import SubscriberPreferences

# Attribute to the protocol's name of it.
PROFILE = {
    "first_name": "firstName",
    "last_name": "lastName",
    "email": "email",
    "phone": "phone",
    "avatar": "avatar",
    "locale": "locale",
    "timezone": "timezone",
    "data": "data",
}
_WIRE_NAMES = {**PROFILE, **{wire: wire for wire in PROFILE.values()}}


@dataclass
class ChannelCredentials:
    """The credentials with which one provider reaches a subscriber.

    Attributes:
        provider_id: The provider, such as `fcm` or `slack`.
        credentials: `deviceTokens` for push, `webhookUrl` (or `channel`, `phoneNumber`...) for chat.
        integration_identifier: Which integration of that provider, where there are several.
    """

    provider_id: str
    credentials: dict[str, Any]
    integration_identifier: str | None = None

    @property
    def channel(self) -> str:
        """The channel that they are for: `push` or `chat`."""
        return "push" if self.provider_id in KINDS["push"].provider_schemas else "chat"

    @property
    def address(self) -> Any:
        """The address of a message: device tokens, a webhook, or all there is."""
        return self.credentials.get("deviceTokens") or self.credentials.get("webhookUrl") or self.credentials

    @property
    def usable(self) -> bool:
        """True where a message can be sent with them."""
        return any(value for value in self.credentials.values())

    def to_dict(self) -> dict[str, Any]:
        """Return them in the API's names."""
        answer: dict[str, Any] = {"providerId": self.provider_id, "credentials": copy_json(self.credentials)}
        if self.integration_identifier is not None:
            answer["integrationIdentifier"] = self.integration_identifier
        return answer


T = TypeVar("T")


class _Known(Generic[T]):
    """An attribute of a subscriber that is kept as Novu sends it: absent until it is set, and null once it is set to None."""

    def __init__(self, wire_name: str) -> None:
        self._wire_name = wire_name

    def __get__(self, subscriber: SimulatedSubscriber | None, owner: type) -> T | None:
        return None if subscriber is None else subscriber.known.get(self._wire_name)

    def __set__(self, subscriber: SimulatedSubscriber, value: T | None) -> None:
        subscriber.known[self._wire_name] = value


class SimulatedSubscriber:
    """A subscriber of the simulation.

    >>> from novu_framework_testing import NovuSimulator
    >>> with NovuSimulator() as novu:
    ...     ann = novu.subscribers.upsert("ann", email="ann@acme.test", data={"plan": "pro"})
    ...     ann.email, ann.data["plan"], len(ann.inbox)
    ('ann@acme.test', 'pro', 0)

    Attributes:
        subscriber_id: The id that triggers use.
        preferences: What the subscriber wants; see `SubscriberPreferences`.
        inbox: The in-app messages; see `Inbox`.
        channels: Credentials of push and chat providers.
        is_online, last_online_at: Whether the subscriber is online, and when that ended.
        known: What was set of the profile, in the protocol's names; None where it was taken away, which Novu shows as null.
    """

    first_name: _Known[str] = _Known("firstName")
    last_name: _Known[str] = _Known("lastName")
    email: _Known[str] = _Known("email")
    phone: _Known[str] = _Known("phone")
    avatar: _Known[str] = _Known("avatar")
    locale: _Known[str] = _Known("locale")
    timezone: _Known[str] = _Known("timezone")
    data: _Known[dict[str, Any]] = _Known("data")
    is_online: _Known[bool] = _Known("isOnline")

    def __init__(self, id: str, subscriber_id: str, created_at: datetime, inbox: Inbox) -> None:
        self.id = id
        self.subscriber_id = subscriber_id
        self.created_at = created_at
        self.updated_at: datetime = created_at
        self.inbox = inbox
        self.known: dict[str, Any] = {}
        self.channels: list[ChannelCredentials] = []
        self.preferences: SubscriberPreferences = SubscriberPreferences()
        self.last_online_at: datetime | None = None

    def __repr__(self) -> str:
        known = {name: getattr(self, name) for name in PROFILE if getattr(self, name) is not None}
        profile = "".join(f", {name}={value!r}" for name, value in known.items())
        return f"<SimulatedSubscriber {self.subscriber_id!r}{profile}, inbox: {len(self.inbox)} messages>"

    def credentials(self, channel: str) -> list[ChannelCredentials]:
        """Return the usable credentials for `push` or `chat`."""
        return [one for one in self.channels if one.channel == channel and one.usable]

    def set_credentials(
        self,
        provider_id: str,
        credentials: Mapping[str, Any],
        *,
        integration_identifier: str | None = None,
        append: bool = False,
    ) -> ChannelCredentials:
        """Set how a provider reaches this subscriber. What was known of it stays; its device tokens are the new ones.

        Args:
            provider_id: Such as `fcm` or `slack`.
            credentials: `{"deviceTokens": [...]}` or `{"webhookUrl": ...}`; snake_case is understood.
            integration_identifier: Which integration of the provider.
            append: Let new device tokens join the old ones; an empty list takes them away.
        """
        given = {_CREDENTIALS.get(key, key): value for key, value in credentials.items()}
        for one in self.channels:
            if (one.provider_id, one.integration_identifier) == (provider_id, integration_identifier):
                if given != one.credentials:
                    tokens = given.get("deviceTokens")
                    earlier = one.credentials.get("deviceTokens") if append and tokens else None
                    known = {**one.credentials, **given}
                    if tokens is not None or "deviceTokens" in known:
                        known["deviceTokens"] = list(dict.fromkeys([*(earlier or ()), *(tokens or ())]))
                    one.credentials = known
                return one
        added = ChannelCredentials(provider_id, given, integration_identifier)
        self.channels.append(added)
        return added

    def remove_credentials(self, provider_id: str) -> bool:
        """Forget a provider's credentials; tell whether there were any."""
        before = len(self.channels)
        self.channels = [one for one in self.channels if one.provider_id != provider_id]
        return len(self.channels) < before

    def model_dump(self, *, by_alias: bool = True, exclude_none: bool = True) -> dict[str, Any]:
        """Return the subscriber as a recipient: `novu.trigger(..., to=novu.subscriber("ann"))`."""
        return {"subscriberId": self.subscriber_id}

    def to_dict(self) -> dict[str, Any]:
        """Return the subscriber as Novu sends it to a bridge; what is not set is absent."""
        answer: dict[str, Any] = {"_id": self.id, "subscriberId": self.subscriber_id, **self.known}
        if self.data:
            answer["data"] = copy_json(self.data)
        answer["channels"] = [one.to_dict() for one in self.channels]
        if self.last_online_at is not None:
            answer["lastOnlineAt"] = iso(self.last_online_at)
        answer["createdAt"] = iso(self.created_at)
        answer["updatedAt"] = iso(self.updated_at)
        return answer


_CREDENTIALS = {"device_tokens": "deviceTokens", "webhook_url": "webhookUrl", "phone_number": "phoneNumber"}


class Subscribers(ById[SimulatedSubscriber]):
    """The subscribers by id, in the order in which they came. Iterating gives the subscribers.

    Attributes:
        inbox_watchers: What is called, in the thread in which it happens, for each change in an inbox.
    """

    def __init__(self, clock: Clock, ids: Ids) -> None:
        super().__init__(clock, ids)
        self.inbox_watchers: list[Callable[[InboxChange, Message], None]] = []

    def __getitem__(self, subscriber_id: str) -> SimulatedSubscriber:
        """Raises `KeyError` naming the subscribers that there are."""
        try:
            return self._by_id[subscriber_id]
        except KeyError:
            raise KeyError(
                f"There is no subscriber {subscriber_id!r}; a trigger or `novu.subscribers.upsert` makes one. "
                f"There are: {known_names(subscriber_id, self._by_id)}"
            ) from None

    def upsert(self, subscriber_id: str, **profile: Any) -> SimulatedSubscriber:
        """Create the subscriber, or change what is given. Raises `TypeError` for a name that a subscriber does not have.

        Args:
            subscriber_id: The id.
            profile: `first_name, last_name, email, phone, avatar, locale, timezone, data`, in snake_case or
                camelCase; None takes a value away. `channels`: a list of `{"providerId", "credentials"}`.
        """
        unknown = [name for name in profile if name not in _WIRE_NAMES and name != "channels"]
        if unknown:
            known = ", ".join(PROFILE)
            raise TypeError(f"A subscriber has no {', '.join(unknown)}; it has {known} and channels.")
        subscriber = self._by_id.get(subscriber_id)
        now = self._clock.now
        if subscriber is None:
            subscriber = SimulatedSubscriber(
                self._ids("subscriber"),
                subscriber_id,
                now,
                Inbox(self._clock, subscriber_id, self.inbox_watchers),
            )
            self._by_id[subscriber_id] = subscriber
        for name, value in profile.items():
            if name == "channels":
                _set_channels(subscriber, value or ())
            else:
                subscriber.known[_WIRE_NAMES[name]] = value
        if profile:
            subscriber.updated_at = now
        return subscriber

    def upsert_from(self, written: str | Mapping[str, Any]) -> SimulatedSubscriber:
        """Create or update from an id or a protocol dict (`{"subscriberId": ..., "email": ...}`).

        Keys that a subscriber does not have are left out, as Novu leaves them out.
        """
        if isinstance(written, str):
            return self._by_id.get(written) or self.upsert(written)
        profile = {key: value for key, value in written.items() if key in _WIRE_NAMES or key == "channels"}
        return self.upsert(str(written["subscriberId"]), **profile)


def _set_channels(subscriber: SimulatedSubscriber, channels: Iterable[Mapping[str, Any]]) -> None:
    if not isinstance(channels, (list, tuple)) or not all(isinstance(one, Mapping) for one in channels):
        raise ValueError(
            f"`channels` of subscriber {subscriber.subscriber_id} is a list such as "
            f'[{{"providerId": "fcm", "credentials": {{"deviceTokens": ["..."]}}}}], not {channels!r}'
        )
    for channel in channels:
        subscriber.set_credentials(
            channel.get("providerId") or channel["provider_id"],
            channel.get("credentials") or {},
            integration_identifier=channel.get("integrationIdentifier")
            or channel.get("integration_identifier"),
            append=True,
        )
