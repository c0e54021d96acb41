"""The preferences of workflows and subscribers, and which of them has the last word.

Three layers, each overriding the one before: the workflow's default, the subscriber's global preference, and
the subscriber's preference for that workflow. A read-only workflow ignores the two of the subscriber.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from novu_framework.steps.kinds import CHANNELS

_NAMES = {"inApp": "in_app", **{channel: channel for channel in CHANNELS}}


@dataclass
class PreferenceLayer:
    """One layer of preferences.

    Attributes:
        enabled: The answer for the channels that are not in `channels`; None says nothing.
        channels: Channel (`in_app`, `email`, `sms`, `push`, `chat`, `tool`) to whether it is wanted.
    """

    enabled: bool | None = None
    channels: dict[str, bool] = field(default_factory=dict)

    def update(self, *, enabled: bool | None = None, channels: Mapping[str, bool] | None = None) -> None:
        """Change what is given; turning everything on or off forgets what was said of single channels.

        Raises `ValueError` for a channel that there is not.
        """
        named = channel_flags(channels or {})
        if enabled is not None:
            self.enabled = enabled
            self.channels.clear()
        self.channels.update(named)

    def wants(self, channel: str) -> bool | None:
        """Tell whether this layer wants the channel; None where it says nothing."""
        return self.channels.get(channel, self.enabled)


LayerName: TypeAlias = Literal["workflow", "subscriber-global", "subscriber-workflow"]
"""The workflow's default, the subscriber's global preference, the subscriber's for that workflow."""


@dataclass(frozen=True)
class Verdict:
    """The verdict on a channel: whether it is wanted, and which layer decided."""

    enabled: bool
    layer: LayerName


def channel_flags(channels: Mapping[str, Any]) -> dict[str, bool]:
    """Return flags by channel; `inApp` is `in_app`, and `{"enabled": False}` is `False`. Raises `ValueError`."""
    flags: dict[str, bool] = {}
    for name, flag in channels.items():
        if name not in _NAMES:
            raise ValueError(f"{name!r} is not a channel; the channels are {', '.join(CHANNELS)}.")
        value = flag.get("enabled") if isinstance(flag, Mapping) else flag
        if not isinstance(value, bool):
            raise ValueError(f"The preference of {name!r} must be True or False, not {value!r}.")
        flags[_NAMES[name]] = value
    return flags


def workflow_layer(preferences: Mapping[str, Any] | None) -> tuple[PreferenceLayer, bool]:
    """Return a workflow's default, from what discovery shows, and whether it is read-only."""
    given = preferences or {}
    everything = given.get("all") or {}
    layer = PreferenceLayer(
        enabled=everything.get("enabled", True),
        channels={
            _NAMES[name]: flag["enabled"]
            for name, flag in (given.get("channels") or {}).items()
            if name in _NAMES and isinstance(flag, Mapping) and isinstance(flag.get("enabled"), bool)
        },
    )
    return layer, bool(everything.get("readOnly", everything.get("read_only", False)))


class SubscriberPreferences:
    """A subscriber's preferences: `overall`, the global one, and `workflows`, those for single workflows by id.

    `schedule` is the weekly schedule of the global preference as the API writes it
    (`{"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": True, "hours": [...]}}}`), None without one.
    `update("comment-notification", channels={"email": False})` changes one workflow's,
    `update(channels={"email": False})` the global one.
    """

    def __init__(self) -> None:
        self.overall = PreferenceLayer()
        self.workflows: dict[str, PreferenceLayer] = {}
        self.schedule: dict[str, Any] | None = None

    def update(
        self,
        workflow_id: str | None = None,
        *,
        enabled: bool | None = None,
        channels: Mapping[str, bool] | None = None,
    ) -> PreferenceLayer:
        """Change a preference and return it. Raises `ValueError` for an unknown channel.

        Args:
            workflow_id: The workflow it is for; the global preference if absent.
            enabled: Every channel on or off.
            channels: Single channels on or off, by name.
        """
        if workflow_id is None:
            layer = self.overall
        else:
            layer = self.workflows.setdefault(workflow_id, PreferenceLayer())
        layer.update(enabled=enabled, channels=channels)
        return layer

    def resolve(self, channel: str, workflow_id: str, layer: PreferenceLayer, *, read_only: bool) -> Verdict:
        """Tell whether this subscriber gets `channel` of a workflow, by the last layer that says anything about it."""
        if not read_only:
            single = self.workflows.get(workflow_id)
            if single is not None and (wanted := single.wants(channel)) is not None:
                return Verdict(wanted, "subscriber-workflow")
            if (wanted := self.overall.wants(channel)) is not None:
                return Verdict(wanted, "subscriber-global")
        return Verdict(layer.wants(channel) is not False, "workflow")
