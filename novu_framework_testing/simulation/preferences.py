"""The preferences of workflows and subscribers, and which of them has the last word.

Four layers, each overriding the one before: what the workflow's code says, what the dashboard says of it, the
subscriber's global preference, and the subscriber's preference for that workflow. A read-only workflow ignores the two
of the subscriber. Those of a subscriber are for the context of the trigger, exactly: preferences without a context are
for triggers without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

from novu_framework._internal.suggestions import known_names
from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.simulation.contexts import ContextKeys, context_keys

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

    def forget(self, channels: Iterable[str]) -> None:
        """Forget what was said of these channels."""
        for channel in channels:
            self.channels.pop(channel, None)

    def wants(self, channel: str) -> bool | None:
        """Tell whether this layer wants the channel; None where it says nothing."""
        return self.channels.get(channel, self.enabled)


LayerName: TypeAlias = Literal["workflow", "subscriber-global", "subscriber-workflow"]
"""The workflow's default, the subscriber's global preference, the subscriber's for that workflow."""


class Verdict(NamedTuple):
    """The verdict on a channel: whether it is wanted, and which layer decided."""

    enabled: bool
    layer: LayerName


def channel_flags(channels: Mapping[str, Any]) -> dict[str, bool]:
    """Return flags by channel; `inApp` is `in_app`, and `{"enabled": False}` is `False`. Raises `ValueError`."""
    flags: dict[str, bool] = {}
    for name, flag in channels.items():
        if name not in _NAMES:
            raise ValueError(f"{name!r} is not a channel; the channels are {known_names(name, CHANNELS)}")
        value = flag.get("enabled") if isinstance(flag, Mapping) else flag
        if not isinstance(value, bool):
            raise ValueError(f"The preference of {name!r} must be True or False, not {value!r}.")
        flags[_NAMES[name]] = value
    return flags


def workflow_layer(
    code: Mapping[str, Any] | None, dashboard: Mapping[str, Any] | None = None
) -> tuple[PreferenceLayer, bool]:
    """Return a workflow's own preference, and whether it is read-only.

    Args:
        code: What discovery shows: `{"all": {"enabled", "readOnly"}, "channels": {"email": {"enabled"}}}`.
        dashboard: What was saved in the dashboard, in the same form; it has the last word on each channel. One of the
            two is enough to make the workflow read-only.
    """
    layer, read_only = _stored(code)
    if dashboard is not None:
        saved, saved_read_only = _stored(dashboard)
        channels = {channel: saved.wants(channel) is not False for channel in CHANNELS}
        layer, read_only = PreferenceLayer(saved.enabled, channels), read_only or saved_read_only
    return layer, read_only


def _stored(preferences: Mapping[str, Any] | None) -> tuple[PreferenceLayer, bool]:
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


@dataclass
class PreferenceSet:
    """The preferences of a subscriber in one context: globally, and for single workflows by id.

    Attributes:
        overall: The global preference.
        workflows: The preferences for single workflows, by id.
        schedule: The weekly schedule of the global preference as the API writes it
            (`{"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": True, "hours": [...]}}}`); None without one.
    """

    overall: PreferenceLayer = field(default_factory=PreferenceLayer)
    workflows: dict[str, PreferenceLayer] = field(default_factory=dict)
    schedule: dict[str, Any] | None = None


class SubscriberPreferences:
    """A subscriber's preferences, for triggers without a context and for each context that has its own.

    `update("comment-notification", channels={"email": False})` changes one workflow's,
    `update(channels={"email": False})` the global one. `overall`, `workflows` and `schedule` are those without a
    context; see `PreferenceSet`.
    """

    def __init__(self) -> None:
        self._sets: dict[ContextKeys, PreferenceSet] = {}  # most subscribers never prefer anything

    def _without_context(self) -> PreferenceSet:
        return self._sets.setdefault((), PreferenceSet())

    @property
    def overall(self) -> PreferenceLayer:
        """The global preference."""
        return self._without_context().overall

    @property
    def workflows(self) -> dict[str, PreferenceLayer]:
        """The preferences for single workflows, by id."""
        return self._without_context().workflows

    @property
    def schedule(self) -> dict[str, Any] | None:
        """The weekly schedule of the global preference; None without one."""
        return self.schedule_in(())

    @schedule.setter
    def schedule(self, schedule: dict[str, Any] | None) -> None:
        self._without_context().schedule = schedule

    def of(self, keys: ContextKeys) -> PreferenceSet:
        """Return what is preferred in exactly these contexts, `("tenant:acme",)`; nothing else stands in for it."""
        return self._sets.get(keys) or PreferenceSet()

    def schedule_in(self, keys: ContextKeys) -> dict[str, Any] | None:
        """Return the weekly schedule in exactly these contexts; None without one."""
        own = self._sets.get(keys)
        return None if own is None else own.schedule

    def update(
        self,
        workflow_id: str | None = None,
        *,
        enabled: bool | None = None,
        channels: Mapping[str, bool] | None = None,
        schedule: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> PreferenceLayer:
        """Change a preference and return it. A global one for a channel takes the place of those for workflows.

        Args:
            workflow_id: The workflow it is for; the global preference if absent.
            enabled: Every channel on or off.
            channels: Single channels on or off, by name.
            schedule: When messages may come, as the API writes it; part of the global preference.
            context: For triggers with exactly this context, such as `{"tenant": "acme"}`.

        Raises:
            ValueError: An unknown channel, or a context that Novu does not take.
        """
        flags = channel_flags(channels or {})
        own = self._sets.setdefault(context_keys(context), PreferenceSet())
        if workflow_id is None:
            layer = own.overall
            for one in self._sets.values():
                for single in one.workflows.values():
                    single.forget(flags)
            if schedule is not None:
                own.schedule = to_plain_json(dict(schedule))
        else:
            layer = own.workflows.setdefault(workflow_id, PreferenceLayer())
        layer.update(enabled=enabled, channels=flags)
        return layer

    def resolve(
        self,
        channel: str,
        workflow_id: str,
        layer: PreferenceLayer,
        *,
        read_only: bool,
        context_keys: ContextKeys = (),
    ) -> Verdict:
        """Tell whether this subscriber gets `channel` of a workflow, by the last layer that says anything about it."""
        own = self._sets.get(context_keys)
        if own is not None and not read_only:
            single = own.workflows.get(workflow_id)
            if single is not None and (wanted := single.wants(channel)) is not None:
                return Verdict(wanted, "subscriber-workflow")
            if (wanted := own.overall.wants(channel)) is not None:
                return Verdict(wanted, "subscriber-global")
        return Verdict(layer.wants(channel) is not False, "workflow")
