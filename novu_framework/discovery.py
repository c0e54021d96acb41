"""Discovery: one run of a handler with stand-ins for the data, to learn its steps.

What is learned once here is used by every run after it: compiled schemas, and how each resolver is called.
"""

from __future__ import annotations

import inspect
import os
import traceback
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from novu_framework._internal.cached import cached_property
from novu_framework._internal.functions import (
    annotation,
    first_parameter,
    is_async,
    name_and_place,
    named_arguments,
    source,
    takes_controls,
    written_at,
)
from novu_framework._internal.redaction import redaction
from novu_framework._internal.standins import stand_in
from novu_framework.errors import (
    ProviderNotFoundError,
    StepAlreadyExistsError,
    StepNotAwaitedError,
    WorkflowDiscoveryError,
)
from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.schemas import ControlSchema, JsonSchema, PayloadSchema, Schema, Validator
from novu_framework.schemas.construction import construct
from novu_framework.schemas.python_types import is_untyped
from novu_framework.steps.awaiting import AwaitedStep
from novu_framework.steps.base import StepCall, StepKind
from novu_framework.steps.kinds import SyncStep

if TYPE_CHECKING:
    import asyncio


@dataclass(frozen=True)
class DiscoveredStep:
    """A step as discovery saw it.

    Attributes:
        controls: The schema of its controls.
        output: For a custom step, the schema of its output; None for the others.
        resolver_takes_controls, skip_takes_controls: How the functions are called.
        providers: For each provider id, the arguments that its function takes.
        call: The call itself, as the handler made it during discovery.
    """

    kind: StepKind
    step_id: str
    controls: ControlSchema
    output: Schema | None
    resolver_takes_controls: bool
    skip_takes_controls: bool
    providers: Mapping[str, tuple[str, ...]]
    call: StepCall

    @cached_property
    def outputs(self) -> Validator:
        """The check of what the resolver returned."""
        return self.output.validator if self.output else self.kind.outputs

    @cached_property
    def results(self) -> Validator:
        """The check of what the state says of this step."""
        return self.output.validator if self.output else self.kind.results

    def made_up_result(self) -> Any:
        """Make up a result for a preview, the same every time, as far as the schema says how."""
        return self.output.sample() if self.output else copy_json(self._made_up_result)

    @cached_property
    def _made_up_result(self) -> Any:
        from novu_framework.npm.mock_data import made_up  # slow to import, and only previews need it

        return made_up(self.results.schema)

    def build_result(self, data: dict[str, Any]) -> Any:
        """Return a checked result as the handler gets it: what `output_schema` says, or what the kind says."""
        return self.output.build(data) if self.output else self.kind.build_result(data)

    def build_preview_result(self, data: Any) -> Any:
        """Return a result that was not checked, for a preview: what does not fit is used as it is."""
        try:
            return self.build_result(data)
        except ValidationError:
            return construct(self.output.source if self.output else self.kind.result, data)

    def stand_in_result(self, payload: Any) -> Any:
        """Return a result of the right class while discovering, so that loops and attributes work."""
        return stand_in(self.output.json_schema) if self.output else self.kind.stand_in_result(payload)

    @cached_property
    def code(self) -> str:
        """The source text of the resolver."""
        return source(self.call.resolver)

    @cached_property
    def protocol(self) -> dict[str, Any]:
        """The step as `discover` shows it."""
        return {
            "stepId": self.step_id,
            "type": self.kind.type,
            "controls": schema_pair(self.controls.json_schema),
            "outputs": schema_pair(self.output.json_schema if self.output else self.outputs.schema),
            "results": schema_pair(self.output.json_schema if self.output else self.results.schema),
            "code": self.code,
            "options": self._options(),
            "providers": [
                {
                    "type": provider_id,
                    "code": source((self.call.providers or {})[provider_id]),
                    "outputs": schema_pair(self.kind.provider_schemas[provider_id]),
                }
                for provider_id in self.providers
            ],
        }

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {}
        if self.controls.source is not None:
            options["controlSchema"] = self.controls.json_schema
        if self.call.output_schema is not None and self.output:
            options["outputSchema"] = self.output.json_schema
        if self.call.providers is not None:
            options["providers"] = {}  # functions have no JSON
        if self.call.disable_output_sanitization is not None:
            options["disableOutputSanitization"] = self.call.disable_output_sanitization
        return options


def schema_pair(schema: JsonSchema | bool) -> dict[str, JsonSchema | bool]:
    """Return a schema as discovery shows it, twice: the package's validated and raw forms are one here."""
    return {"schema": schema, "unknownSchema": schema}


class _DeclarationError(TypeError):
    """A step that is declared wrong, whatever the data: a misuse that was found here, not an error of the user's code."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


def _discovered(call: StepCall, names: Mapping[str, Any]) -> DiscoveredStep:
    if not isinstance(call.step_id, str) or not call.step_id:
        raise _DeclarationError(TypeError(f"a step's id is a non-empty string, not {call.step_id!r}"))
    resolver, skip, control_schema = call.resolver, call.skip, call.control_schema
    try:
        resolver_takes_controls = callable(resolver) and takes_controls(resolver)
        if control_schema is None and resolver_takes_controls:
            parameter = first_parameter(resolver)
            written = annotation(resolver, parameter, names) if parameter else None
            control_schema = None if is_untyped(written) else written
        providers: dict[str, tuple[str, ...]] = {}
        for provider_id, function in (call.providers or {}).items():
            if provider_id not in call.kind.provider_schemas:
                raise ProviderNotFoundError(provider_id)
            providers[provider_id] = named_arguments(function, ("controls", "outputs"))
        return DiscoveredStep(
            kind=call.kind,
            step_id=call.step_id,
            controls=ControlSchema.of(control_schema),
            output=Schema.of(call.output_schema) if call.kind.has_output_schema else None,
            resolver_takes_controls=resolver_takes_controls,
            skip_takes_controls=callable(skip) and takes_controls(skip),
            providers=providers,
            call=call,
        )
    except (TypeError, ValueError) as error:
        said = redaction.redacted(f"step `{call.step_id}`: {error}")
        raise _DeclarationError(type(error)(said)) from None


def discover(
    workflow_id: str,
    handler: Callable[..., Any],
    parameters: tuple[str, ...],
    payload_schema: PayloadSchema,
    names: Mapping[str, Any],
) -> dict[str, DiscoveredStep]:
    """Run `handler` once with stand-ins, and return its steps by id, in order.

    Where the stand-ins do not do (`datetime.combine(payload.day, ...)`), it is run once more with a made-up payload.

    Raises:
        WorkflowDiscoveryError: The handler raised; the message names the line.
        StepNotAwaitedError: It called a step and did not await it; the message names the line.
        NovuError: Two steps of one id, or a provider that does not exist.
        TypeError: The handler is a generator, or an `async def` that a plain function hides.
    """

    left: list[str] = []

    def steps_with(payload: Any, collected: Any) -> dict[str, DiscoveredStep]:
        steps: dict[str, DiscoveredStep] = {}

        async def take(call: StepCall) -> Any:
            if call.step_id in steps:
                raise StepAlreadyExistsError(call.step_id)
            step = steps[call.step_id] = _discovered(call, names)
            return step.stand_in_result(collected)

        arguments = {name: payload if name == "payload" else stand_in() for name in parameters}
        step = AwaitedStep(take) if is_async(handler) else SyncStep(take)
        if "step" in arguments:
            arguments["step"] = step
        returned = handler(**arguments)
        if isinstance(step, SyncStep):
            _refuse_unsupported(workflow_id, handler, returned)
            return steps

        async def handle() -> None:
            try:
                await returned
            finally:
                left[:] = [call.place for call in step.not_awaited(tasks=True)]

        _run(handle())
        if left:
            raise StepNotAwaitedError(workflow_id, left)
        return steps

    stand_in_payload = stand_in(payload_schema.json_schema)
    try:
        return steps_with(stand_in_payload, stand_in_payload)
    except (StepAlreadyExistsError, ProviderNotFoundError, StepNotAwaitedError, _UnsupportedHandlerError):
        raise
    except _DeclarationError as error:
        place = _place(error, handler)
        failure = WorkflowDiscoveryError(workflow_id, error.cause, place, declared_wrong=True)
        raise redaction.quoting(failure) from error.cause
    except Exception as error:
        from novu_framework._internal.calling import is_failure  # seldom needed, and slow to import

        if not is_failure(error):
            raise
        place, not_awaited = _place(error, handler), left[:]
        plain, built, issues = payload_schema.validate(payload_schema.sample())
        if "payload" in parameters and not issues:
            try:
                return steps_with(built, plain)
            except StepNotAwaitedError:
                raise
            except Exception:
                pass  # it says less than the one with stand-ins
        failure = WorkflowDiscoveryError(workflow_id, error, place, not_awaited=not_awaited)
        raise redaction.quoting(failure) from error


class _UnsupportedHandlerError(TypeError):
    """A handler that is called like a plain function, and returns a coroutine or a generator."""


def _refuse_unsupported(workflow_id: str, handler: Callable[..., Any], returned: object) -> None:
    if inspect.iscoroutine(returned):
        returned.close()
        raise _UnsupportedHandlerError(
            f"workflow `{workflow_id}`: {name_and_place(handler)} is wrapped by a plain function, which hides that it is an "
            "`async def`. Make the wrapper an `async def` that awaits it, or put @workflow below the other decorator."
        )
    if inspect.isgenerator(returned) or inspect.isasyncgen(returned):
        raise _UnsupportedHandlerError(
            f"workflow `{workflow_id}`: {name_and_place(handler)} yields, which a handler cannot: call or await its steps."
        )


def _run(coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine to its end in a loop of its own; in another thread if a loop runs in this one."""
    import asyncio  # an app that only triggers discovers nothing, and spares 15 ms
    from concurrent.futures import ThreadPoolExecutor

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        if (kept := _kept_loops.get()) is None:
            asyncio.run(coroutine)
            return
        if not kept:
            kept.append(asyncio.new_event_loop())
        _run_on(kept[0], coroutine)
    else:
        with ThreadPoolExecutor(1, "novu-discovery") as executor:
            executor.submit(asyncio.run, coroutine).result()


_kept_loops: ContextVar[list[asyncio.AbstractEventLoop] | None] = ContextVar(
    "novu_framework_discovery_loops", default=None
)


@contextmanager
def one_loop() -> Iterator[None]:
    """Run the discoveries within on one event loop: to open and to close one takes a fifth of a small discovery."""
    loops: list[asyncio.AbstractEventLoop] = []
    token = _kept_loops.set(loops)
    try:
        yield
    finally:
        _kept_loops.reset(token)
        for loop in loops:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()


def _run_on(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine as `asyncio.run` does, which leaves no task behind."""
    import asyncio

    try:
        loop.run_until_complete(coroutine)
    finally:
        for task in (left := asyncio.all_tasks(loop)):
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))


def _place(error: BaseException, handler: Callable[..., Any]) -> str:
    """Return the last line of the user's own code that an error passed through."""
    file = getattr(getattr(inspect.unwrap(handler), "__code__", None), "co_filename", None)
    frames = traceback.extract_tb(error.__traceback__)
    users = [frame for frame in frames if frame.filename == file or is_users_file(frame.filename)]
    if not users:
        return "the handler"
    return written_at(users[-1].filename, users[-1].lineno)


def is_users_file(name: str) -> bool:
    """Tell whether a file is neither of this package nor of an installed one, nor Python's."""
    return not name.startswith(_not_the_users())


@cache
def _not_the_users() -> tuple[str, ...]:
    import sysconfig  # slow to import and to ask, and needed where something went wrong

    paths = sysconfig.get_paths()
    installed = (paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    return (os.path.dirname(__file__), "<frozen ", *installed)
