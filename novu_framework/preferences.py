"""How important a workflow is, and where it is delivered unless its subscriber says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from pydantic import ConfigDict, ValidationError

from novu_framework._internal.models import ProtocolModel


class Severity(str, Enum):
    """How important a workflow's messages are; the inbox shows it."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Preference(ProtocolModel):
    """One preference.

    Args:
        enabled: Whether it is delivered; true at Novu if left out.
        read_only: Whether the subscriber may not change it (only in `Preferences.all`).
    """

    model_config = ConfigDict(extra="forbid")

    enabled: bool | None = None
    read_only: bool | None = None


class ChannelPreferences(ProtocolModel):
    """A preference for each channel; a channel left out follows `Preferences.all`."""

    model_config = ConfigDict(extra="forbid")

    email: Preference | None = None
    sms: Preference | None = None
    push: Preference | None = None
    chat: Preference | None = None
    in_app: Preference | None = None
    tool: Preference | None = None


class Preferences(ProtocolModel):
    """A workflow's delivery preferences.

    >>> Preferences(all=Preference(enabled=False), channels=ChannelPreferences(in_app=Preference(enabled=True)))
    ... # doctest: +ELLIPSIS
    Preferences(all=Preference(enabled=False, ...)...)

    A dict does as well: `{"all": {"read_only": True}, "channels": {"email": {"enabled": False}}}`.
    """

    model_config = ConfigDict(extra="forbid")

    all: Preference | None = None
    channels: ChannelPreferences | None = None

    def to_protocol(self) -> dict[str, Any]:
        """As discovery shows it: only what was said, and the one channel of two words in snake_case."""
        shown = self.model_dump(by_alias=True, exclude_unset=True)
        channels = shown.pop("channels", None)
        if channels:
            shown["channels"] = {_CHANNELS.get(name, name): one for name, one in channels.items()}
        return shown


_CHANNELS = {"inApp": "in_app"}


def as_preferences(preferences: Preferences | Mapping[str, Any] | None) -> dict[str, Any]:
    """What `@workflow(preferences=...)` was given, as discovery shows it.

    Raises:
        ValueError: A channel or a key that does not exist; the message names it.
    """
    if preferences is None:
        return {}
    if isinstance(preferences, Preferences):
        return preferences.to_protocol()
    try:
        return Preferences.model_validate(preferences).to_protocol()
    except ValidationError as error:
        problems = "; ".join(
            f"`{'.'.join(map(str, issue['loc']))}`: {issue['msg']}" for issue in error.errors()
        )
        raise ValueError(
            f"preferences are not understood: {problems}. The form is "
            '{"all": {"enabled": bool, "read_only": bool}, "channels": {<channel>: {"enabled": bool}}} '
            "with the channels email, sms, push, chat, in_app and tool."
        ) from None
