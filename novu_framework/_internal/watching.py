"""Who watches which workflows there are, and which functions of their steps run: a tool that measures coverage, if any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Watcher(Protocol):
    """A tool of this process that is told and asked while it is the last of `watchers`."""

    def discovered(self, workflow: Any) -> None:
        """Note that a `Workflow` is there, as often as somebody asks what it is."""
        ...

    def watched(
        self, workflow: Any, step_id: str, role: str, function: Callable[..., Any]
    ) -> Callable[..., Any]:
        """Return what is called in place of a function of a step: itself, or one that answers the same.

        Args:
            workflow: The `Workflow`.
            step_id: The step.
            role: `resolver`, `skip`, or the id of the provider whose function it is.
            function: The function, which is about to be called.
        """
        ...


watchers: list[Watcher] = []
