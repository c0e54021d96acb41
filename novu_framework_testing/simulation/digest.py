"""Digests: the events of one subscriber, workflow and digest value that collapse into one."""

from __future__ import annotations

from bisect import bisect_left, insort
from datetime import timedelta
from operator import attrgetter

from novu_framework_testing.simulation.clock import moment_before
from novu_framework_testing.simulation.runs import Digest, DigestKey, StepRun
from novu_framework_testing.simulation.waiting import text_of

_COUNTS = ("skipped", "completed")
_triggered = attrgetter("created_at")


def digest_key(step: StepRun) -> DigestKey:
    """Return what a digest is collected by: its `digestKey` is the value, and nothing means all together. Raises `ValueError` for no text."""
    return step.run.subscriber.id, step.run.workflow_id, text_of(step.outputs, "digestKey")


class Digests:
    """The windows that are open, and the events that have passed."""

    def __init__(self) -> None:
        self._open: dict[DigestKey, Digest] = {}
        self._passed: dict[DigestKey, list[StepRun]] = {}  # by when they were triggered

    def join(self, step: StepRun, key: DigestKey) -> Digest | None:
        """Count the step among those of the window that is open for its key, if one is; return that."""
        digest = self._open.get(key)
        if digest is not None:
            digest.followers.append(step)
        return digest

    def open(self, step: StepRun, key: DigestKey) -> None:
        """Open a window with the step as its master."""
        self._open[key] = step.digest = Digest(key, step)

    def close(self, digest: Digest) -> None:
        """End a window: nothing more is merged into it."""
        if self._open.get(digest.key) is digest:
            del self._open[digest.key]

    def passes(self, step: StepRun, key: DigestKey, window: timedelta) -> bool:
        """Tell whether an event has none before it within its look-back, which is until now.

        What counts is by when it was triggered. What was merged, or still waits in an open window, does not.
        """
        passed = self._passed.get(key, [])
        since = moment_before(step.run.world.clock.now, window)
        for at in range(bisect_left(passed, since, key=_triggered), len(passed)):
            earlier = passed[at]
            if earlier.status in _COUNTS and earlier.run is not step.run:
                return step.created_at < earlier.created_at
        return True

    def note(self, step: StepRun, key: DigestKey) -> None:
        """Keep an event that was not merged, for the look-back of those that come later."""
        insort(self._passed.setdefault(key, []), step, key=_triggered)
