"""How important a workflow is, and where it is delivered unless its subscriber says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar

from pydantic import ConfigDict, ValidationError, field_validator

from novu_framework._internal.models import ProtocolModel, to_camel
from novu_framework.steps.kinds import CHANNELS

_CHANNEL_OF = {to_camel(name): name for name in CHANNELS} | {name: name for name in CHANNELS}


class Severity(str, Enum):
    """The importance of a workflow's messages; the inbox shows it."""

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

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    enabled: bool | None = None
    read_only: bool | None = None


class Preferences(ProtocolModel):
    """A workflow's delivery preferences. A dict of the same form works too.

    Args:
        all: For every channel that `channels` leaves out.
        channels: By channel: email, sms, push, chat, in_app, tool.

    >>> Preferences(all=Preference(enabled=False), channels={"in_app": Preference(enabled=True)}).to_protocol()
    {'all': {'enabled': False}, 'channels': {'in_app': {'enabled': True}}}
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    all: Preference | None = None
    channels: dict[str, Preference] | None = None

    @field_validator("channels", mode="before")
    @classmethod
    def _known_channels(cls, channels: Any) -> Any:
        if not isinstance(channels, Mapping):
            return channels
        unknown = [name for name in channels if name not in _CHANNEL_OF]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not a channel")
        return {_CHANNEL_OF[name]: preference for name, preference in channels.items()}

    def to_protocol(self) -> dict[str, Any]:
        """Return the preferences as discovery shows them: only what was said, channels in snake_case."""
        shown = self.model_dump(by_alias=True, exclude_unset=True)
        if not shown.get("channels", True):
            del shown["channels"]
        return shown


def preferences_to_protocol(preferences: Preferences | Mapping[str, Any] | None) -> dict[str, Any]:
    """Return preferences as discovery shows them. Raises `ValueError`, naming a channel or key that does not exist."""
    if preferences is None:
        return {}
    try:
        return Preferences.model_validate(preferences).to_protocol()
    except ValidationError as error:
        problems = "; ".join(f"`{'.'.join(map(str, one['loc']))}`: {one['msg']}" for one in error.errors())
        raise ValueError(
            f"preferences are not understood: {problems}. The form is "
            '{"all": {"enabled": bool, "read_only": bool}, "channels": {<channel>: {"enabled": bool}}} '
            f"with the channels {', '.join(CHANNELS)}."
        ) from None
