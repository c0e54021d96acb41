"""Whom a notification is for, as a workflow's handler and a trigger see it."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ConfigDict, ValidationError

from novu_framework._internal.models import ProtocolModel


class Subscriber(ProtocolModel):
    """A subscriber: what Novu knows of the person. Keys of your own are kept as attributes.

    Every attribute but `subscriber_id` may be None: a subscriber often has only an id.

    >>> Subscriber(subscriber_id="ann", first_name="Ann", email="ann@acme.test").first_name
    'Ann'
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")

    subscriber_id: str = ""
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    avatar: str | None = None
    locale: str | None = None
    timezone: str | None = None
    data: dict[str, Any] | None = None

    @classmethod
    def from_event(cls, data: Any) -> Subscriber:
        """Read the subscriber of an event, as it came: Novu is the authority, so nothing is refused."""
        if not isinstance(data, dict):
            return cls()
        try:
            return cls.model_validate(data)
        except ValidationError:
            return cls.model_construct(None, **{k: v for k, v in data.items() if not k.startswith("_")})
