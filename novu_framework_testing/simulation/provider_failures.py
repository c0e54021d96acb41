"""Providers that fail on purpose, for a test to see what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from novu_framework._internal.suggestions import known_names
from novu_framework.steps.kinds import CHANNELS


@dataclass(eq=False)
class ProviderFailure:
    """An integration that fails on purpose.

    Attributes:
        channel, provider_id: What fails; every provider of the channel when `provider_id` is left out.
        error: What the provider says.
        times: How often it will still fail; None is always.
        count: How often it has failed.
    """

    channel: str
    provider_id: str | None
    error: str
    times: int | None
    count: int = field(default=0, init=False)

    def applies(self, channel: str, provider_id: str) -> bool:
        """Tell whether this delivery fails by it; count it if so."""
        if self.times == 0 or channel != self.channel or self.provider_id not in (None, provider_id):
            return False
        if self.times is not None:
            self.times -= 1
        self.count += 1
        return True


class ProviderFailures:
    """The providers that fail on purpose."""

    def __init__(self) -> None:
        self._failures: list[ProviderFailure] = []

    def add(self, failure: ProviderFailure) -> ProviderFailure:
        """Have deliveries fail from now on. Raises `ValueError` for an unknown channel, or `times` below 1."""
        known_channel(failure.channel)
        times = failure.times
        if times is not None and times < 1:
            raise ValueError(f"times={times}: a provider fails at least once; leave it out for always.")
        self._failures.append(failure)
        return failure

    def restore(self, channel: str | None = None, provider_id: str | None = None) -> None:
        """Take failures back: all, those of a channel, or those of one provider."""
        self._failures = [
            one
            for one in self._failures
            if (channel is not None and one.channel != channel)
            or (provider_id is not None and one.provider_id != provider_id)
        ]

    def error(self, channel: str, provider_id: str) -> str | None:
        """Return the error of this delivery, or None when it goes through."""
        for one in self._failures:
            if one.applies(channel, provider_id):
                return one.error
        return None


def known_channel(channel: str) -> str:
    """Return the channel. Raises `ValueError` for one that there is not."""
    if channel not in CHANNELS:
        raise ValueError(f"{channel!r} is not a channel; the channels are {known_names(channel, CHANNELS)}")
    return channel
