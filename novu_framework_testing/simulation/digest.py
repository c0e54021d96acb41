"""Digests: the jobs of one subscriber, workflow, step and `digestKey` that collapse into one."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.simulation.clock import duration
from novu_framework_testing.simulation.runs import Digest, StepRun, WindowKey


class Digests:
    """The windows that are open, and the events that passed recently."""

    def __init__(self) -> None:
        self._open: dict[WindowKey, Digest] = {}
        self._recent: dict[WindowKey, list[StepRun]] = {}

    def join(self, step: StepRun, key: WindowKey) -> Digest | None:
        """Count the step among those of the window that is open for its key, if one is; return that."""
        digest = self._open.get(key)
        if digest is not None:
            digest.followers.append(step)
        return digest

    def open(self, step: StepRun, key: WindowKey) -> None:
        """Open a window with the step as its master."""
        self._open[key] = step.digest = Digest(key, step)

    def close(self, digest: Digest) -> None:
        """End a window: nothing more is merged into it."""
        if self._open.get(digest.key) is digest:
            del self._open[digest.key]

    def note_and_check_first(self, step: StepRun, key: WindowKey, look_back: dict[str, Any]) -> bool:
        """Note an event; tell whether it is the first of its key in the look-back window. Raises `ValueError`."""
        window = duration(look_back.get("amount"), look_back.get("unit"))
        since = step.run.world.clock.now - window
        earlier = self._recent.get(key, ())
        recent = [one for one in earlier if one.created_at >= since and one.status != "canceled"]
        self._recent[key] = [*recent, step]
        return not recent
