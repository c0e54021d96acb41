"""Digests: the jobs of one subscriber, workflow, step and `digestKey` that collapse into one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from novu_framework_testing.simulation.clock import duration
from novu_framework_testing.simulation.waiting import bucket

if TYPE_CHECKING:
    from novu_framework_testing.simulation.runs import StepRun

Key: TypeAlias = "tuple[str, str, str, str]"


class Digest:
    """A window: its master, and those that were merged into it while it was open.

    Attributes:
        key: `(subscriber_id, workflow_id, step_id, digest_key)`.
        master: The step that waits, and whose run carries on.
        followers: The merged ones, in the order in which they came.
    """

    __slots__ = ("followers", "key", "master")

    def __init__(self, key: Key, master: StepRun) -> None:
        self.key = key
        self.master = master
        self.followers: list[StepRun] = []

    def events(self, step: StepRun) -> list[dict[str, Any]]:
        """The master's own event and the merged ones', by time; a merged step has its own only."""
        if step is not self.master or not self.followers:
            return [step.event()]
        members = sorted([*self.followers, step], key=lambda one: (one.created_at, one.id))
        return [one.event() for one in members]

    def hand_over(self) -> StepRun | None:
        """Make the first follower the master in place of the present one; None when there is no follower."""
        if not self.followers:
            return None
        self.master = self.followers.pop(0)
        return self.master


class Digests:
    """The windows that are open, and what passed recently."""

    def __init__(self) -> None:
        self._open: dict[Key, Digest] = {}
        self._recent: dict[Key, list[StepRun]] = {}

    def key(self, step: StepRun, outputs: dict[str, Any]) -> Key:
        run = step.run
        return (
            run.subscriber.id,
            run.workflow_id,
            step.step_id,
            bucket(outputs.get("digestKey"), run.payload),
        )

    def join(self, step: StepRun, key: Key) -> Digest | None:
        """Merge the step into the window that is open for its key, if one is."""
        digest = self._open.get(key)
        if digest is not None:
            digest.followers.append(step)
            step.digest = digest
        return digest

    def open(self, step: StepRun, key: Key) -> Digest:
        """Open a window with the step as its master."""
        digest = self._open[key] = step.digest = Digest(key, step)
        return digest

    def close(self, digest: Digest) -> None:
        """No more are merged into it."""
        if self._open.get(digest.key) is digest:
            del self._open[digest.key]

    def alone(self, step: StepRun, key: Key, look_back: dict[str, Any]) -> bool:
        """Whether no other event of the key came within the look-back window; notes that this one did.

        Raises `ValueError` for a window that is no amount of time.
        """
        window: timedelta = duration(look_back.get("amount", 0), look_back.get("unit", ""))
        since = step.run.simulator.clock.now - window
        recent = [
            one for one in self._recent.get(key, ()) if one.created_at >= since and one.status != "canceled"
        ]
        self._recent[key] = [*recent, step]
        return not recent
