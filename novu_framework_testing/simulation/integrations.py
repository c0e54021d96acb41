"""What carries the messages: one integration per channel, which a test may have fail; and HTTP answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from novu_framework_testing.simulation.preferences import CHANNELS

_DEFAULTS = {
    "in_app": "novu",
    "email": "novu-email",
    "sms": "novu-sms",
    "push": "fcm",
    "chat": "slack",
    "tool": "novu",
}


@dataclass(eq=False)
class ProviderFailure:
    """An integration that fails on purpose.

    Attributes:
        channel, provider_id: What fails; every provider of the channel when `provider_id` is None.
        error: What the provider says.
        times: How often it will still fail; None is always.
        count: How often it has failed.
    """

    channel: str
    provider_id: str | None
    error: str
    times: int | None
    count: int = field(default=0, init=False)

    def takes(self, channel: str, provider_id: str) -> bool:
        """Whether this delivery fails by it; counts it if so."""
        if self.times == 0 or channel != self.channel or self.provider_id not in (None, provider_id):
            return False
        if self.times is not None:
            self.times -= 1
        self.count += 1
        return True


class Integrations:
    """The provider that carries each channel, and those that fail on purpose."""

    def __init__(self) -> None:
        self._chosen: dict[str, str] = {}
        self._failures: list[ProviderFailure] = []

    def use(self, channel: str, provider_id: str) -> None:
        """Have `provider_id` carry `channel`. Raises `ValueError` for a channel that there is not."""
        self._chosen[_known(channel)] = provider_id

    def provider(self, channel: str, providers: dict[str, Any]) -> str:
        """Who carries a message: the chosen one, else the only one with overrides, else Novu's own."""
        if channel in self._chosen:
            return self._chosen[channel]
        if len(providers) == 1:
            return next(iter(providers))
        return _DEFAULTS[channel]

    def fail(
        self,
        channel: str,
        provider_id: str | None = None,
        *,
        times: int | None = None,
        error: str | None = None,
    ) -> ProviderFailure:
        """Have deliveries fail, from now on or `times` times. Raises `ValueError` for an unknown channel."""
        if times is not None and times < 1:
            raise ValueError(f"times={times}: a provider fails at least once; leave it out for always.")
        failure = ProviderFailure(
            _known(channel), provider_id, error or f"{provider_id or channel} failed", times
        )
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

    def failure(self, channel: str, provider_id: str) -> str | None:
        """The error of this delivery, or None when it goes through."""
        return next((one.error for one in self._failures if one.takes(channel, provider_id)), None)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Channel and the provider that carries it."""
        return ((channel, self._chosen.get(channel, _DEFAULTS[channel])) for channel in CHANNELS)


def _known(channel: str) -> str:
    if channel not in CHANNELS:
        raise ValueError(f"{channel!r} is not a channel; the channels are {', '.join(CHANNELS)}.")
    return channel


@dataclass(frozen=True)
class HttpResponse:
    """What an `http_request` step was answered: status, JSON body, headers."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"status": self.status, "body": self.body, "headers": dict(self.headers)}


class HttpResponses:
    """The answers to `http_request` steps: the simulation itself never calls anybody.

    `answer("order", "fetch-stock", {"left": 3})` answers every request of that step,
    `answer("order", "fetch-stock", status=503, times=1)` only the next one. A step without an answer gets
    status 200 and an empty object. A status of 400 and more fails the step.
    """

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], list[tuple[HttpResponse, int | None]]] = {}

    def answer(
        self,
        workflow_id: str,
        step_id: str,
        body: Any = None,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        times: int | None = None,
    ) -> None:
        """Answer a step; answers with `times` are used up in order, before the one without."""
        response = HttpResponse(status, {} if body is None else body, headers or {})
        answers = self._answers.setdefault((workflow_id, step_id), [])
        if times is None:
            answers[:] = [one for one in answers if one[1] is not None]
            answers.append((response, None))
        else:
            limited = sum(1 for one in answers if one[1] is not None)
            answers.insert(limited, (response, times))

    def take(self, workflow_id: str, step_id: str) -> HttpResponse | None:
        """The next answer for a step, or None."""
        answers = self._answers.get((workflow_id, step_id))
        if not answers:
            return None
        response, left = answers[0]
        if left is not None:
            if left > 1:
                answers[0] = (response, left - 1)
            else:
                answers.pop(0)
        return response
