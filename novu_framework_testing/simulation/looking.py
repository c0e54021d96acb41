"""What a test reads of a simulation: its runs, its timeline, findings, failures, and what is wrong with content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from novu_framework_testing.simulation.activity import Finding, FindingError
from novu_framework_testing.simulation.assertions import Sent
from novu_framework_testing.simulation.connecting import Connecting
from novu_framework_testing.simulation.failures import unread_failures, unread_turns
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.runs import Run, Trigger
from novu_framework_testing.simulation.timeline import moment, timeline
from novu_framework_testing.simulation.triggers import Triggers

if TYPE_CHECKING:
    from novu_framework_testing.checks import CheckSettings, ContentFinding, Level


class Looking(Sent, Connecting):
    """The part of a simulator that shows what happened."""

    strict: bool
    triggers: Triggers
    check_settings: Callable[[], CheckSettings | None]
    checked: set[Message]
    _reported: int

    @property
    def runs(self) -> list[Run]:
        """Every run, in the order of the triggers."""
        return [run for trigger in self.triggers for run in trigger.runs]

    def _sent(self) -> tuple[Iterable[Message], list[Run], list[str]]:
        return self.messages, self.runs, [note for trigger in self.triggers for note in trigger.notes]

    @property
    def findings(self) -> list[Finding]:
        """The things that Novu would have told the developer, each once."""
        for trigger in self.triggers:  # a failure that a finding is about has been looked at
            if trigger.unread and any(run.findings for run in trigger.runs):
                trigger.unread = ()
        return list(self.found)

    def timeline(self, *, color: bool = False) -> str:
        """Return what happened in the whole simulation, one line each.

            print(novu.timeline())

        Args:
            color: Paint it for a terminal.
        """
        title = f"now {moment(self.now)}"
        return timeline(title, self.activity, self.clock.started_at, named=True, color=color)

    def _raise_new_findings(self) -> None:
        if self._reported == len(self.found):
            return
        fresh, self._reported = list(self.found)[self._reported :], len(self.found)
        fresh = [one for one in fresh if self.strict or one.kind == "not-awaited"]
        if fresh:
            for trigger in self.triggers:  # whose failures this tells
                trigger.unread = ()
            raise FindingError(fresh)

    def raise_unread_failures(self) -> None:
        """Raise `UnreadFailures` where runs, or turns of agents, failed by the code or the payload under test, and nobody looked.

        To look is to read the `status` of a failed run of that trigger, or a failed step's `status` or `error`, in Python
        or by the API; of an agent, the `failures` of the conversation. The pytest plugin calls it at the end of each test that has a Novu by the fixtures. What
        `fail_provider` asked for, and a bridge that does not answer, are not meant.
        """
        error = unread_failures(self.triggers) or unread_turns(self.conversations.values())
        if error is not None:
            raise error

    def check(
        self,
        what: Run | Trigger | Message | Iterable[Message] | None = None,
        *,
        level: Level | None = None,
        clients: Iterable[str] | None = None,
        ignore: Mapping[str, str] | None = None,
    ) -> list[ContentFinding]:
        """Return what is wrong with the content of messages: where, for which mail clients, and what to do.

            assert novu.check(run) == []

        `pytest --novu-check` leaves the messages to the test that asks here: what it chooses counts for them.

        Args:
            what: A run, a trigger, a message or several; every message of the simulation if left out. Messages that reached
                nobody are looked at too.
            level: Leave out findings below it: `error`, `warning` (the default) or `note`.
            clients: Mail clients, such as `gmail` or `outlook.windows`, instead of those of the settings.
            ignore: Rules that are set aside, each with why: `{"link.http": "our intranet has no TLS"}`.

        Raises:
            ValueError: There is no such level, mail client or rule, or no reason.
        """
        # which compiles hundreds of patterns
        from novu_framework_testing.simulation.content import checked_messages, every_message

        messages = list(every_message(self if what is None else what))
        found = checked_messages(messages, self.check_settings(), level=level, clients=clients, ignore=ignore)
        self.checked.update(messages)
        return found
