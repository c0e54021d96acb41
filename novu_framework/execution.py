"""One step of one workflow, for one event: execute or preview.

The handler runs from its start. A step before the requested one gives the result that the state has for it, the
requested one calls its resolver, and nothing after it runs. Knows nothing of HTTP.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Final, Literal, NoReturn

from novu_framework._internal.calling import FromThread, FunctionCaller, from_loop, is_failure
from novu_framework._internal.log_fields import step_fields
from novu_framework._internal.redaction import redaction
from novu_framework._internal.threads import retrieve
from novu_framework._internal.watching import watchers
from novu_framework.answers import StepAnswer, StepWarning, observe
from novu_framework.discovery import DiscoveredStep
from novu_framework.errors import (
    BridgeError,
    ExecutionEventPayloadInvalidError,
    ExecutionStateControlInvalidError,
    ExecutionStateCorruptError,
    ExecutionStateOutputInvalidError,
    ExecutionStateResultInvalidError,
    NovuError,
    ProviderExecutionFailedError,
    StepControlCompilationFailedError,
    StepExecutionFailedError,
    StepNotAwaitedError,
    StepNotFoundError,
    message_of,
)
from novu_framework.liquid import ControlsError, compile_controls
from novu_framework.npm.sanitize_html import sanitize_outputs
from novu_framework.schemas import Issue
from novu_framework.schemas.absent_members import validate_given
from novu_framework.steps.awaiting import AwaitedStep
from novu_framework.steps.base import StepCall, provider_to_wire
from novu_framework.steps.kinds import SyncStep
from novu_framework.subscriber import Subscriber
from novu_framework.workflow import Workflow

Mode = Literal["execute", "preview"]

logger: Final = logging.getLogger("novu_framework")


class _Reached(BaseException):
    """Ends a handler at the requested step; no `except Exception` of the handler stops it."""


async def execute(
    workflow: Workflow, step_id: str, event: Mapping[str, Any], mode: Mode = "execute"
) -> StepAnswer:
    """Run one step.

    Args:
        workflow: The workflow.
        step_id: The step that Novu requests.
        event: `{payload, controls, state, subscriber, context, env, actor}` as Novu sends it. It is the
            run's own: checking fills in defaults, and the workflow may change what it gets of it.
        mode: `preview` makes up what is missing of payload and earlier results, and skips nothing.

    Raises:
        NovuError: One of `novu_framework.errors`, as the protocol answers it.
        Exception: What the handler raised outside a resolver.
    """
    return await _Execution(workflow, step_id, event, mode).answer()


_TASKS_NEST = sys.version_info >= (3, 12)
"""Whether a task may start inside another. Before, current_task() asked the system for the process id: 2% of an execute."""

_resolving: ContextVar[tuple[_Execution, str] | None] = ContextVar("novu_framework_resolving", default=None)
"""The run whose requested step is running its functions, and that step's id."""


class _Execution:
    """The run of a handler that ends at the requested step."""

    def __init__(self, workflow: Workflow, step_id: str, event: Mapping[str, Any], mode: Mode) -> None:
        self._started = time.perf_counter()
        self._workflow = workflow
        self._steps = workflow.steps
        self._step_id = step_id
        self._event = event
        self._mode = mode
        self._payload, self._built_payload = self._checked_payload()
        self._call: FunctionCaller = from_loop
        self._claimed = False
        self._entries: dict[str, Mapping[str, Any]] | None = None
        self._outcome: StepAnswer | BaseException | None = None
        self._last: BaseException | type[BaseException] = _Reached
        self._ended: asyncio.Event | None = None
        self._handling: Any = None
        self._task: asyncio.Task[Any] | None = None

    async def answer(self) -> StepAnswer:
        workflow = self._workflow
        arguments = self._arguments()
        step = AwaitedStep(self.take)  # kept nowhere else: a circle would wait for the garbage collector
        try:
            if workflow.is_async:
                if "step" in arguments:
                    arguments["step"] = step
                if _TASKS_NEST:
                    self._task = asyncio.current_task()
                self._handling = workflow.handler(**arguments)
                await self._handling
            else:
                self._call = FromThread(asyncio.get_running_loop())
                await from_loop(self._in_thread, arguments)
        except BaseException as error:  # with an outcome, `_Reached` mostly
            if self._outcome is None:
                grouped = _inner_error(error)
                if grouped is None:
                    raise
                raise grouped from None
            if not (is_failure(error) or _is_reached(error)):
                raise
        left = step.not_awaited(tasks=False)
        if self._outcome is None:  # as the package answers where the handler never came to the step
            for call in left:
                if call.step_id == self._step_id:  # an answer would be an empty message
                    raise StepNotAwaitedError(workflow.id, [call.place], call.step_id)
            warnings = self._warned(StepWarning("unreached-step", workflow.id, self._step_id))
            self._outcome = StepAnswer({}, {}, duration=self._elapsed(), warnings=warnings)
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        for call in left:
            # others may be awaited later, on the request that is for them
            if call.step_id not in self._steps:
                warning = StepWarning("not-awaited", workflow.id, call.step_id, place=call.place)
                more = self._warned(warning)
                self._outcome = self._outcome._replace(warnings=self._outcome.warnings + more)
        return self._outcome

    def _in_thread(self, arguments: dict[str, Any]) -> None:
        if "step" in arguments:
            arguments["step"] = SyncStep(self.take)
        try:
            self._workflow.handler(**arguments)
        except _Reached:
            pass

    def _arguments(self) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        for name in self._workflow.parameters:
            if name == "payload":
                arguments[name] = self._built_payload
            elif name == "subscriber":
                arguments[name] = Subscriber.from_event(self._event.get("subscriber"))
            elif name == "controls":
                arguments[name] = self._workflow.default_controls()
            elif name == "env":
                arguments[name] = self._workflow.env_schema.build(_object(self._event.get("env")))
            elif name == "context":
                arguments[name] = _object(self._event.get("context"))
            else:
                arguments[name] = None  # `step`, which depends on how the handler runs
        return arguments

    def _checked_payload(self) -> tuple[Any, Any]:
        schema = self._workflow.payload_schema
        payload = self._event.get("payload")
        if self._mode == "preview":
            payload = {**_object(schema.sample()), **_object(payload)}
        elif not payload and not isinstance(payload, (dict, list)):  # as JavaScript says no
            data = {"message": "Event `payload` is required"}
            raise ExecutionEventPayloadInvalidError(self._workflow.id, data)
        plain, built, issues = schema.validate(payload, copy=False)
        if issues:
            if self._mode == "preview":
                issues = schema.with_hints(issues, _object(self._event.get("payload")))
            raise ExecutionEventPayloadInvalidError(self._workflow.id, _as_data(issues))
        return plain, built

    async def take(self, call: StepCall) -> Any:
        if (resolving := _resolving.get()) is not None and resolving[0] is self:
            raise RuntimeError(
                f"step `{call.step_id}` is called inside a function of step `{resolving[1]}`: Novu runs each step by "
                "itself, so call both in the handler, one after the other."
            )
        if self._claimed:
            await self._wait_for_outcome()
        step = self._steps.get(call.step_id)
        if step is not None and call.step_id != self._step_id:
            return self._earlier_result(step)
        self._claimed = True
        token = _resolving.set((self, call.step_id))
        try:
            if step is None:
                raise StepNotFoundError.undiscovered(self._workflow.id, call.step_id)
            self._outcome = await self._answer_to(step, call)
        except Exception as error:
            self._outcome = error
        except BaseException as error:
            # no outcome: a cancellation, or what only `except BaseException` stops
            self._last = error
        finally:
            _resolving.reset(token)
            if self._ended is not None:
                self._ended.set()
        self._end()

    async def _wait_for_outcome(self) -> None:
        """Hold back a step that runs beside the requested one, such as the next one of an `asyncio.gather`."""
        if self._outcome is None and self._last is _Reached and self._call is from_loop:
            self._ended = self._ended or asyncio.Event()
            await self._ended.wait()
        self._end()

    def _end(self) -> NoReturn:
        # unless tasks nest, a handler that does not run now is waiting for another task than its own
        if self._call is from_loop and (_TASKS_NEST or not getattr(self._handling, "cr_running", False)):
            task = asyncio.current_task()
            if task is not None and task is not self._task:
                task.add_done_callback(retrieve)
        # where a step was cancelled, one that comes later in a `finally` is too, and does not take its place
        raise self._last

    def _earlier_result(self, step: DiscoveredStep) -> Any:
        """Return the result of a step before the requested one."""
        entry = self._state_of(step.step_id)
        if self._mode == "preview":  # as the package: made up where missing, and not checked where there
            from novu_framework.npm.mock_data import completed  # slow to import

            given = entry.get("outputs") if entry is not None else None
            made = step.kind.complete_made_up(step.made_up_result(), self._payload)
            return step.build_preview_result(completed({} if given is None else given, made))
        if entry is None:
            raise ExecutionStateCorruptError(self._workflow.id, step.step_id)
        if not step.kind.asks_bridge:
            # what somebody else's server answered: the package's schema keeps none of it
            return entry.get("outputs")
        plain, issues = step.results.validate(entry.get("outputs"), copy=False)  # a digest may be large
        if issues:
            raise ExecutionStateResultInvalidError(self._workflow.id, step.step_id, _as_data(issues))
        return step.build_result(plain)

    def _state_of(self, step_id: str) -> Mapping[str, Any] | None:
        if self._entries is None:
            self._entries = entries = {}
            state = self._event.get("state")
            for one in state if isinstance(state, list) else ():
                if (
                    isinstance(one, dict)
                    and isinstance(name := one.get("stepId"), str)
                    and name not in entries
                ):
                    entries[name] = one
        return self._entries.get(step_id)

    async def _answer_to(self, step: DiscoveredStep, call: StepCall) -> StepAnswer:
        if not step.kind.asks_bridge:
            what = f"step.{step.kind.type} is discovered only: Novu itself makes the request"
            raise BridgeError(TypeError(what))
        controls = self._controls(step)
        skip = call.skip if self._mode == "execute" else None
        if skip is not None and await self._value_of(step, "skip", skip, step.skip_takes_controls, controls):
            return StepAnswer({}, {}, skip=True, duration=self._elapsed())
        output = step.kind.to_wire(await self._resolved(step, call, controls))
        outputs, issues = validate_given(step.outputs, output)
        if issues:
            error = ExecutionStateOutputInvalidError(self._workflow.id, step.step_id, _as_data(issues))
            self._log_failure(step, error, error.code)
            raise error
        warnings: tuple[StepWarning, ...] = ()
        if outputs is not output and isinstance(output, dict) and not output.keys() <= outputs.keys():
            place = (self._workflow.id, step.step_id, step.kind.type)
            # None is nothing to miss
            dropped = tuple(str(key) for key in output if key not in outputs and output[key] is not None)
            warnings = self._warned(StepWarning("dropped-output", *place, dropped)) if dropped else ()
        providers: dict[str, Any] = {}
        for provider_id in step.providers:
            providers[provider_id] = await self._provided(step, call, provider_id, controls, outputs)
        if step.kind.sanitized and not call.disable_output_sanitization:
            outputs = sanitize_outputs(outputs)
        return StepAnswer(outputs, providers, duration=self._elapsed(), warnings=warnings)

    def _warned(self, warning: StepWarning) -> tuple[StepWarning, ...]:
        """Log a warning and hand it to a tool that observes; it travels with the answer as well."""
        logger.warning(
            "Workflow `%s`, step `%s`: %s",
            warning.workflow_id,
            warning.step_id,
            warning.message,
            extra=step_fields(warning.workflow_id, warning.step_id, self._mode, self._event),
        )
        observe(warning)
        return (warning,)

    def _elapsed(self) -> float:
        return (time.perf_counter() - self._started) * 1000

    def _controls(self, step: DiscoveredStep) -> Any:
        """Return the requested step's controls: checked and defaulted, compiled, and as their schema says."""
        plain, issues = step.controls.check(self._event.get("controls"), copy=False)
        if issues:
            raise ExecutionStateControlInvalidError(self._workflow.id, step.step_id, _as_data(issues))
        state = self._event.get("state")
        if not isinstance(state, str) and (not isinstance(state, list) or None in state):
            raise StepControlCompilationFailedError(self._workflow.id, step.step_id, {})
        if plain:
            try:
                plain = compile_controls(plain, self._variables(state))
            except ControlsError as error:
                raise StepControlCompilationFailedError(
                    self._workflow.id, step.step_id, error.data
                ) from error
        return step.controls.build(plain)

    def _variables(self, state: list[Any] | str) -> dict[str, Any]:
        event = self._event
        return {
            "payload": self._payload,
            "subscriber": event.get("subscriber"),
            "context": event.get("context"),
            "env": event.get("env"),
            "actor": event.get("actor"),
            "workflow": self._workflow.variables,
            "steps": {one.get("stepId"): one.get("outputs") for one in state if isinstance(one, dict)},
        }

    async def _value_of(
        self, step: DiscoveredStep, role: str, given: Any, takes_controls: bool, controls: Any
    ) -> Any:
        """Return a resolver's or a skip's value: itself, or what a function of the controls or of nothing returns."""
        if not callable(given):
            return given
        function = self._watched(step, role, given) if watchers else given
        return await self._call(function, *([controls] if takes_controls else []))

    def _watched(self, step: DiscoveredStep, role: str, function: Any) -> Any:
        return watchers[-1].watched(self._workflow, step.step_id, role, function) if watchers else function

    async def _resolved(self, step: DiscoveredStep, call: StepCall, controls: Any) -> Any:
        try:
            takes_controls = step.resolver_takes_controls
            return await self._value_of(step, "resolver", call.resolver, takes_controls, controls)
        except BaseException as error:
            if not is_failure(error):
                raise
            self._log_failure(step, error, StepExecutionFailedError.code)
            raise redaction.quoting(StepExecutionFailedError(step.step_id, self._mode, error)) from error

    async def _provided(
        self,
        step: DiscoveredStep,
        call: StepCall,
        provider_id: str,
        controls: Any,
        outputs: Mapping[str, Any],
    ) -> Any:
        function = self._watched(step, provider_id, (call.providers or {})[provider_id])
        available = {"controls": controls, "outputs": outputs}
        arguments = {name: available[name] for name in step.providers[provider_id]}
        try:
            provided = await self._call(function, **arguments)
            value, issues = validate_given(step.kind.provider(provider_id), provider_to_wire(provided))
            if issues:  # the package names the step's error here, not the provider's
                raise ExecutionStateOutputInvalidError(self._workflow.id, step.step_id, _as_data(issues))
            return value
        except BaseException as error:
            if not is_failure(error):
                raise
            if self._mode == "preview":
                from novu_framework.npm.mock_data import made_up  # slow to import

                return made_up(step.kind.provider_schemas[provider_id])
            self._log_failure(step, error, ProviderExecutionFailedError.code)
            raise redaction.quoting(ProviderExecutionFailedError(provider_id, self._mode, error)) from error

    def _log_failure(self, step: DiscoveredStep, error: BaseException, code: str) -> None:
        issues = error.data if isinstance(error, ExecutionStateOutputInvalidError) else ()
        logger.error(
            "Workflow `%s`, step `%s` failed: %s: %s%s",
            self._workflow.id,
            step.step_id,
            type(error).__name__,
            message_of(error),
            "".join(f" `{issue['path'] or '/'}` {issue['message']}." for issue in issues),
            exc_info=None if isinstance(error, NovuError) else error,
            extra=step_fields(self._workflow.id, step.step_id, self._mode, self._event, error_code=code),
        )


def _is_reached(error: BaseException) -> bool:
    """Tell whether a handler was ended by `_Reached`, perhaps in the group that a TaskGroup makes of it."""
    if isinstance(error, _Reached):
        return True
    inner = getattr(error, "exceptions", None)  # BaseExceptionGroup, which Python 3.10 does not have
    return inner is not None and all(isinstance(e, Exception) or _is_reached(e) for e in inner)


def _inner_error(error: BaseException) -> BaseException | None:
    """Return the error to answer, or the end to let through, in the group that a TaskGroup makes of what its steps raise."""
    for inner in getattr(error, "exceptions", ()):
        found = inner if isinstance(inner, NovuError) or not is_failure(inner) else _inner_error(inner)
        if found is not None:
            return found
    return None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_data(issues: list[Issue]) -> list[dict[str, str]]:
    return [issue.to_dict() for issue in issues]
