"""Subscribers: what is known of them, how they are reached, and what is in their inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
_SENT = [*PROFILE.items(), ("is_online", "isOnline")]
_ATTRIBUTES = {**{wire: name for name, wire in PROFILE.items()}, **{name: name for name in PROFILE}}


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


@dataclass(eq=False, repr=False)
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
        cleared: The names of what was set to None: Novu shows null for it, and nothing for what was never set.
    """

    id: str
    subscriber_id: str
    created_at: datetime
    updated_at: datetime
    inbox: Inbox
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    avatar: str | None = None
    locale: str | None = None
    timezone: str | None = None
    data: dict[str, Any] | None = None
    channels: list[ChannelCredentials] = field(default_factory=list)
    preferences: SubscriberPreferences = field(default_factory=SubscriberPreferences)
    is_online: bool | None = None
    last_online_at: datetime | None = None
    cleared: frozenset[str] = frozenset()
    _sent: dict[str, Any] | None = field(default=None, init=False, repr=False)

    if not TYPE_CHECKING:  # for a type checker, it would make any name assignable

        def __setattr__(self, name: str, value: Any) -> None:
            self.__dict__[name] = value
            self.__dict__["_sent"] = None

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
        if self._sent is None:  # every step of every run asks for it
            self.__dict__["_sent"] = self._to_send()
        answer = {**(self._sent or {}), "channels": [one.to_dict() for one in self.channels]}
        if self.data:
            answer["data"] = copy_json(self.data)
        return answer

    def _to_send(self) -> dict[str, Any]:
        known = self.__dict__
        answer: dict[str, Any] = {"_id": self.id, "subscriberId": self.subscriber_id}
        for name, wire in _SENT:
            if known[name] is not None or name in self.cleared:
                answer[wire] = known[name]
        answer["channels"] = []
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
        unknown = [name for name in profile if name not in _ATTRIBUTES and name != "channels"]
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
                now,
                Inbox(self._clock, subscriber_id, self.inbox_watchers),
            )
            self._by_id[subscriber_id] = subscriber
        for name, value in profile.items():
            if name == "channels":
                _set_channels(subscriber, value or ())
            else:
                attribute = _ATTRIBUTES[name]
                setattr(subscriber, attribute, value)
                if value is None:
                    subscriber.cleared |= {attribute}
                elif subscriber.cleared:
                    subscriber.cleared -= {attribute}
        if profile:
            subscriber.updated_at = now
        return subscriber

    def upsert_from(self, written: str | Mapping[str, Any]) -> SimulatedSubscriber:
        """Create or update from an id or a protocol dict (`{"subscriberId": ..., "email": ...}`).

        Keys that a subscriber does not have are left out, as Novu leaves them out.
        """
        if isinstance(written, str):
            return self._by_id.get(written) or self.upsert(written)
        profile = {key: value for key, value in written.items() if key in _ATTRIBUTES or key == "channels"}
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
