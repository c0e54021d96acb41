"""Discovery: one run of a handler with stand-ins for the data, to learn its steps.

What is learned once here is used by every run after it: compiled schemas, and how each resolver is called.
"""

from __future__ import annotations

import asyncio
import inspect
import linecache
import os
import sysconfig
import traceback
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from novu_framework._internal.functions import (
    annotation,
    described,
    finished,
    first_parameter,
    is_async,
    named_arguments,
    source,
    takes_controls,
)
from novu_framework._internal.standins import stand_in
from novu_framework.errors import (
    ProviderNotFoundError,
    StepAlreadyExistsError,
    WorkflowDiscoveryError,
)
from novu_framework.schemas import ControlSchema, JsonSchema, PayloadSchema, Schema, Validator
from novu_framework.schemas.construction import construct
from novu_framework.schemas.python_types import is_schema_type
from novu_framework.steps.base import StepKind
from novu_framework.steps.delay import DelayResult
from novu_framework.steps.digest import DigestEvent, DigestResult
from novu_framework.steps.in_app import InAppResult
from novu_framework.steps.step import Step, StepCall, SyncStep
from novu_framework.steps.throttle import ThrottleResult


@dataclass(frozen=True)
class DiscoveredStep:
    """What discovery learned of a step.

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
        """Checks what the resolver returned."""
        return Validator(self.output.json_schema) if self.output else self.kind.outputs

    @cached_property
    def results(self) -> Validator:
        """Checks what the state says of this step."""
        return Validator(self.output.json_schema) if self.output else self.kind.results

    def result(self, plain: dict[str, Any]) -> Any:
        """A checked result as the handler gets it: the kind's model, what `output_schema` says, or None."""
        if self.output:
            return self.output.build(plain)
        if self.kind.result:
            return self.kind.result.model_validate(plain)
        return plain if self.kind.type == "http_request" else None

    def loose_result(self, plain: Any) -> Any:
        """The same of a result that was not checked, for a preview: what does not fit is used as it is."""
        try:
            return self.result(plain)
        except ValidationError:
            result = self.output.source if self.output else self.kind.result
            return construct(result, plain)

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
            "controls": twice(self.controls.json_schema),
            "outputs": twice(self.outputs.schema),
            "results": twice(self.results.schema),
            "code": self.code,
            "options": self._options(),
            "providers": [
                {
                    "type": provider_id,
                    "code": source((self.call.providers or {})[provider_id]),
                    "outputs": twice(self.kind.provider_schemas[provider_id]),
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


def twice(schema: JsonSchema | bool) -> dict[str, JsonSchema | bool]:
    """A schema as discovery shows it: the package's validated and raw forms are one here."""
    return {"schema": schema, "unknownSchema": schema}


class Discovery:
    """The run of a handler that collects its steps (a `novu_framework.steps.step.Run`)."""

    def __init__(self, payload: Any, names: Mapping[str, Any]) -> None:
        self.steps: dict[str, DiscoveredStep] = {}
        self._payload = payload
        self._names = names

    async def reach(self, call: StepCall) -> Any:
        if call.step_id in self.steps:
            raise StepAlreadyExistsError(call.step_id)
        step = self.steps[call.step_id] = discovered_step(call, self._names)
        return _stand_in_result(step, self._payload)


def discovered_step(call: StepCall, names: Mapping[str, Any]) -> DiscoveredStep:
    """Look at one call of a `step` method.

    Raises:
        TypeError, ValueError: Something of the call cannot be used; the message names the step.
        ProviderNotFoundError: The channel has no such provider.
    """
    if not isinstance(call.step_id, str) or not call.step_id:
        raise TypeError(f"a step's id is a non-empty string, not {call.step_id!r}")
    resolver, skip = call.resolver, call.skip
    control_schema = call.control_schema
    try:
        if control_schema is None and callable(resolver):
            parameter = first_parameter(resolver)
            written = annotation(resolver, parameter, names) if parameter else None
            control_schema = written if is_schema_type(written) else None
        output = None
        if call.kind.type == "custom":
            output = Schema.of(call.output_schema)
        providers: dict[str, tuple[str, ...]] = {}
        for provider_id, function in (call.providers or {}).items():
            if provider_id not in call.kind.provider_schemas:
                raise ProviderNotFoundError(provider_id)
            providers[provider_id] = named_arguments(function, ("controls", "outputs"))
        return DiscoveredStep(
            kind=call.kind,
            step_id=call.step_id,
            controls=ControlSchema.of(control_schema),
            output=output,
            resolver_takes_controls=callable(resolver) and takes_controls(resolver),
            skip_takes_controls=callable(skip) and takes_controls(skip),
            providers=providers,
            call=call,
        )
    except (TypeError, ValueError) as error:
        raise type(error)(f"step `{call.step_id}`: {error}") from None


_EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)


def _stand_in_result(step: DiscoveredStep, payload: Any) -> Any:
    """The result of a step while discovering: of the right class, so that loops and attributes work."""
    kind = step.kind.type
    if kind == "in_app":
        return InAppResult.model_construct(
            seen=False, read=False, last_seen_date=stand_in(), last_read_date=stand_in()
        )
    if kind == "digest":
        event = DigestEvent.model_construct(id="1", time=_EPOCH, payload=payload)
        return DigestResult.model_construct(events=[event], event_count=1)
    if kind == "delay":
        return DelayResult.model_construct(duration=1)
    if kind == "throttle":
        return ThrottleResult.model_construct(
            throttled=False, execution_count=1, threshold=1, window_start=_EPOCH
        )
    if step.output:
        return stand_in(step.output.json_schema)
    return stand_in() if kind == "http_request" else None


def discover(
    workflow_id: str,
    handler: Callable[..., Any],
    parameters: tuple[str, ...],
    payload_schema: PayloadSchema,
    names: Mapping[str, Any],
) -> dict[str, DiscoveredStep]:
    """Run `handler` once with stand-ins, and give its steps by id, in order.

    Where the stand-ins do not do (`datetime.combine(payload.day, ...)` takes nothing but a date), it is run once
    more with a payload made up from its schema.

    Raises:
        WorkflowDiscoveryError: The handler raised; the message names the line.
        NovuError: Two steps of one id, or a provider that does not exist.
        TypeError: The handler is a generator, or an `async def` that a plain function hides.
    """

    def steps(payload: Any, collected: Any) -> dict[str, DiscoveredStep]:
        run = Discovery(collected, names)
        arguments = {name: payload if name == "payload" else stand_in() for name in parameters}
        if is_async(handler):
            if "step" in arguments:
                arguments["step"] = Step(run)
            _run(handler(**arguments))
        else:
            if "step" in arguments:
                arguments["step"] = SyncStep(lambda call: finished(run.reach(call)))
            _require_plain(workflow_id, handler, handler(**arguments))
        return run.steps

    stand_in_payload = stand_in(payload_schema.json_schema)
    try:
        return steps(stand_in_payload, stand_in_payload)
    except (StepAlreadyExistsError, ProviderNotFoundError, _NotPlainError):
        raise
    except Exception as error:
        if _is_of_the_declaration(error):
            raise WorkflowDiscoveryError(
                workflow_id, error, _place(error, handler), declared_wrong=True
            ) from error
        from novu_framework.npm.mock_data import made_up  # seldom needed, and slow to import

        plain, built, issues = payload_schema.validate(made_up(payload_schema.json_schema))
        if "payload" in parameters and not issues:
            with suppress(Exception):
                return steps(built, plain)
        raise WorkflowDiscoveryError(workflow_id, error, _place(error, handler)) from error


class _NotPlainError(TypeError):
    """A handler that is called like a plain function and is none."""


def _require_plain(workflow_id: str, handler: Callable[..., Any], returned: object) -> None:
    if inspect.iscoroutine(returned):
        returned.close()
        raise _NotPlainError(
            f"workflow `{workflow_id}`: {described(handler)} is wrapped by a plain function, which hides that it is an "
            "`async def`. Make the wrapper an `async def` that awaits it, or put @workflow below the other decorator."
        )
    if inspect.isgenerator(returned) or inspect.isasyncgen(returned):
        raise _NotPlainError(
            f"workflow `{workflow_id}`: {described(handler)} yields, which a handler cannot: call or await its steps."
        )


def _run(coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine to its end in a loop of its own; in another thread if a loop runs in this one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(coroutine)
    else:
        with ThreadPoolExecutor(1, "novu-discovery") as executor:
            executor.submit(asyncio.run, coroutine).result()


def _is_of_the_declaration(error: BaseException) -> bool:
    """Whether it was this package that refused a step, and no code of the user's that failed."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(f.name == discovered_step.__name__ and f.filename == __file__ for f in frames)


def _place(error: BaseException, handler: Callable[..., Any]) -> str:
    """The last line of the user's own code that an error passed through."""
    file = getattr(getattr(inspect.unwrap(handler), "__code__", None), "co_filename", None)
    frames = traceback.extract_tb(error.__traceback__)
    users = [f for f in frames if f.filename == file or not f.filename.startswith(_NOT_THE_USERS)]
    if not users:
        return "the handler"
    frame = users[-1]
    line = (frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()
    return f"{frame.filename}:{frame.lineno} (`{line}`)"


_NOT_THE_USERS = (
    os.path.dirname(__file__),
    "<frozen ",
    *(sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")),
)
