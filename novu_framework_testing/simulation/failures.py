"""Runs that failed by the code or the payload under test, and whether the test looked at that.

What Novu only writes into its activity feed is easily overlooked by a test: no message came, and none was expected. So
such a failure is kept with its trigger until somebody reads it. A failed run and its step become watched ones then, of a
class whose attributes note who reads them; all others cost nothing. A snapshot reads them too, but tells nobody: what it
would keep as the content of a failed step is refused instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from textwrap import indent
from traceback import StackSummary, TracebackException
from typing import TYPE_CHECKING, Any

from novu_framework._internal.redaction import redaction
from novu_framework.discovery import is_users_file
from novu_framework.errors import AgentDeliveryError
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.simulation.runs import Run, StepRun, Trigger, UnreadFailure

if TYPE_CHECKING:
    from novu_framework_testing.conversations.state import AgentFailure, State

SHOWN = 5
"""So many failures are told whole."""


class UnreadFailures(AssertionError):
    """Runs failed because of the code or the payload under test, and the test did not look at it."""


class _Watched:
    """An attribute of a failed run or step. To read it is to look at what failed, unless the simulation itself does.

    A run whose message failed is "completed", which tells nobody that something did: reading that does not count.
    """

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, instance: Run | StepRun | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = self._slot.__get__(instance)
        reader = str(sys._getframe(1).f_globals.get("__name__"))
        if value != "completed" and not reader.startswith(_NOBODY):
            (instance if isinstance(instance, Run) else instance.run).trigger.unread = ()
        return value

    def __set__(self, instance: Run | StepRun, value: Any) -> None:
        self._slot.__set__(instance, value)


_NOBODY = (__name__.rpartition(".")[0], "novu_framework_testing.snapshots")
"""The packages whose reading is not the test's."""


def _watched(kind: type, *names: str) -> Any:
    """Return `kind` with some of its attributes watched."""
    watched = {name: _Watched(getattr(kind, name)) for name in names}
    about = {"__slots__": (), "__module__": kind.__module__, "__doc__": kind.__doc__}
    return type(kind.__name__, (kind,), {**about, **watched})


_WATCHED_RUN = _watched(Run, "status", "findings")
_WATCHED_STEP = _watched(StepRun, "status", "error", "error_code", "error_data")


def blame(step: StepRun, failure: BridgeFailure | ValueError) -> None:
    """Note that a step failed by the code or the payload under test, so that somebody should look at it.

    Args:
        step: The step.
        failure: Why. An answer of a bridge that is not an error of the framework's (nobody is there, a 503 of a proxy) is
            not the fault of the code: only a snapshot minds it.
    """
    raised, is_of_the_code = None, True
    if isinstance(failure, BridgeFailure):
        is_of_the_code = failure.code is not None
        if failure.raised is not None:  # without its frames, which hold the variables of the code
            raised = TracebackException.from_exception(failure.raised, lookup_lines=False)
    run = step.run
    others = tuple(one for one in run.trigger.unread if one.step is not step)
    run.trigger.unread = (*others, UnreadFailure(step, str(failure), raised, is_of_the_code))
    run.__class__, step.__class__ = _WATCHED_RUN, _WATCHED_STEP


def unread_failures(triggers: Iterable[Trigger]) -> UnreadFailures | None:
    """Return the error of the failures that nobody has looked at, or None. A retry that succeeded settles its own."""
    return _error_of(_unread_in(triggers), "and the test did not look at {them}", _ADVICE)


def failed_runs(triggers: Iterable[Trigger]) -> AssertionError | None:
    """Return the error of the same failures for who wants none at all, or None."""
    return _error_of(_unread_in(triggers), "by the code or by a payload", "")


def unread_turns(conversations: Iterable[State]) -> UnreadFailures | None:
    """Return the error of what failed in turns of agents while nobody has looked at it, or None.

    What a platform did not deliver is not the fault of the code.
    """
    unread = [(one, failure) for one in conversations if not one.failures_read for failure in one.failures]
    told = [_told_of_turn(one, failure) for one, failure in unread if not _is_of_a_platform(failure)]
    if not told:
        return None
    number = len(told)
    title = f"{number} turn{'s' * (number > 1)} of agents failed, and the test did not look at {'them' if number > 1 else 'it'}:"
    more = [f"... and {number - SHOWN} more"] if number > SHOWN else []
    return UnreadFailures("\n\n".join([title, *told[:SHOWN], *more, _LOOK_AT_TURNS]))


_LOOK_AT_TURNS = (
    "Where the failure is meant, look at it: read `conversation.failures`. To let agents fail unseen: "
    "@pytest.mark.novu(allow_failures=True), or the ini key `novu_allow_failures = true`."
)


def _is_of_a_platform(failure: AgentFailure) -> bool:
    """Tell whether a delivery failed, with what answer but the simulation's own. 0 is none."""
    refused = failure.raised
    return isinstance(refused, AgentDeliveryError) and (
        refused.status_code == 0 or refused.status_code >= 500
    )


def _told_of_turn(conversation: State, failure: AgentFailure) -> str:
    text = f"{conversation.agent_id}, {failure.event}: {failure.text}"
    if failure.raised is None or isinstance(failure.raised, BridgeFailure):
        return redaction.redacted(text)
    return _with_calls(text, TracebackException.from_exception(failure.raised))


def refuse_failed(value: Any) -> None:
    """Raise `UnreadFailures` for a failed step that nobody has looked at, or a run, a trigger or a list with one.

    What a provider did not deliver is not meant. A snapshot of a broken resolver would be as green as any other.
    """
    if hasattr(value, "state"):  # only then is it worth the import
        from novu_framework_testing.conversations import Conversation

        if isinstance(value, Conversation) and (error := unread_turns([value.state])):
            raise error
    unread = {id(one): one for one in _unread_of(value)}
    if error := _error_of(unread.values(), "which is not content to keep in a snapshot", _LOOK_FIRST):
        raise error


def _unread_in(triggers: Iterable[Trigger]) -> list[UnreadFailure]:
    return [one for trigger in triggers for one in trigger.unread if one.is_of_the_code]


def _unread_of(value: Any) -> Iterator[UnreadFailure]:
    if isinstance(value, StepRun):
        yield from (one for one in value.run.trigger.unread if one.step is value)
    elif isinstance(value, Run):
        yield from (one for one in value.trigger.unread if one.step.run is value)
    elif isinstance(value, (Trigger, list, tuple)):
        for each in value:
            yield from _unread_of(each)


def _error_of(unread: Iterable[UnreadFailure], what: str, advice: str) -> UnreadFailures | None:
    runs_of: dict[str, list[str]] = {}
    for one in unread:
        if one.step.status in ("failed", "pending", "delayed"):
            runs_of.setdefault(_told(one), []).append(one.step.run.subscriber_id)
    if not runs_of:
        return None
    number = sum(map(len, runs_of.values()))
    them = "them" if number > 1 else "it"
    lines = [f"{number} run{'s' * (number > 1)} failed, {what.format(them=them)}:"]
    for told, subscribers in list(runs_of.items())[:SHOWN]:
        more = f" and {len(subscribers) - 1} more" if len(subscribers) > 1 else ""
        lines.append(f"for {subscribers[0]}{more}, {told}")
    if len(runs_of) > SHOWN:
        lines.append(f"... and {len(runs_of) - SHOWN} more")
    return UnreadFailures("\n\n".join([*lines, advice]).rstrip())


_WAYS = (
    "the step's `status` or `error`, or a `run.status` that tells of it. To let runs fail unseen: "
    "@pytest.mark.novu(allow_failures=True), or the ini key `novu_allow_failures = true`."
)
_ADVICE = f"Where the failure is meant, look at it: {_WAYS}"
_LOOK_FIRST = f"Where the failure is meant, look at it before you compare it: {_WAYS}"


def _told(failure: UnreadFailure) -> str:
    """Return where a step failed and why, with the lines of the user's code that the exception came through."""
    step, why, raised, _ = failure
    workflow = step.run.workflow
    location = workflow.bridge.location(workflow.workflow_id, step.step_id)
    text = f"{workflow.workflow_id}/{step.step_id}{f' ({location})' if location else ''}: {why}"
    return redaction.redacted(text) if raised is None else _with_calls(text, raised)


def _with_calls(text: str, raised: TracebackException) -> str:
    """Return what failed with the lines of the user's code that the exception came through, without secret keys."""
    _keep_users_calls(raised)
    return redaction.redacted(f"{text}\n{indent(''.join(raised.format()).rstrip(), '  ')}")


def _keep_users_calls(raised: TracebackException | None) -> None:
    """Leave the calls within packages out, of what it was raised from too. The log has them."""
    if raised is not None:
        calls = [call for call in raised.stack if is_users_file(call.filename)]
        raised.stack = StackSummary.from_list(calls or raised.stack[-1:])
        _keep_users_calls(raised.__cause__)
        _keep_users_calls(raised.__context__)
