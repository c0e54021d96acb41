"""`step`, as a workflow's handler gets it: `Step` in an `async def`, `SyncStep` in a plain `def`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar, overload

from pydantic import BaseModel

from novu_framework.steps.base import StepKind
from novu_framework.steps.chat import CHAT, ChatOutput
from novu_framework.steps.custom import CUSTOM
from novu_framework.steps.delay import DELAY, DelayOutput, DelayResult
from novu_framework.steps.digest import DIGEST, DigestOutput, DigestResult
from novu_framework.steps.email import EMAIL, EmailOutput
from novu_framework.steps.http_request import HTTP_REQUEST
from novu_framework.steps.in_app import IN_APP, InAppOutput, InAppResult
from novu_framework.steps.push import PUSH, PushOutput
from novu_framework.steps.sms import SMS, SmsOutput
from novu_framework.steps.throttle import THROTTLE, ThrottleOutput, ThrottleResult
from novu_framework.steps.tool import TOOL, ToolOutput

T = TypeVar("T")
R = TypeVar("R")

Output: TypeAlias = T | Mapping[str, Any]
"""What a resolver returns: the step's output model, or a dict of it."""

Resolver: TypeAlias = (
    Output[T]
    | Callable[[], Output[T] | Awaitable[Output[T]]]
    | Callable[[Any], Output[T] | Awaitable[Output[T]]]
)
"""A value, or a function, sync or async, that takes the step's `controls` or nothing."""

Skip: TypeAlias = (
    bool | Callable[[], object | Awaitable[object]] | Callable[[Any], object | Awaitable[object]]
)
"""Whether to leave the step out: a bool, or a function of `controls` or of nothing, sync or async."""

SchemaSource: TypeAlias = type[Any] | Mapping[str, Any]
"""A pydantic model, a dataclass, a TypedDict, or a JSON Schema dict."""

Provider: TypeAlias = Callable[..., Mapping[str, Any] | BaseModel | Awaitable[Mapping[str, Any] | BaseModel]]
"""A function, sync or async, that takes `controls` and `outputs` by name (either, both or none)."""

Providers: TypeAlias = Mapping[str, Provider]
"""A function for each provider id, such as `{"sendgrid": lambda outputs: {"ipPoolName": "vip"}}`."""


class StepCall(NamedTuple):
    """One call of a method of `step`: what a handler declares of a step."""

    kind: StepKind
    step_id: str
    resolver: Any
    control_schema: SchemaSource | None = None
    skip: Skip | None = None
    providers: Providers | None = None
    disable_output_sanitization: bool | None = None
    output_schema: SchemaSource | None = None


class Run(Protocol):
    """What a handler's calls of `step` reach: a discovery, an execution or a preview."""

    async def reach(self, call: StepCall) -> Any:
        """Take one step and give its result."""


class Step:
    """The steps of an `async def` handler: each method is awaited and gives the step's result.

    Every method takes the step's id, a resolver and options. On each request of Novu the handler runs up to the
    asked step: the steps before it give the results that Novu knows, the asked one calls its resolver, and
    nothing after it runs.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    async def email(
        self,
        step_id: str,
        resolver: Resolver[EmailOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
        disable_output_sanitization: bool | None = None,
    ) -> None:
        """An email. Its result is None: nothing is known of it later."""
        call = StepCall(
            EMAIL, step_id, resolver, control_schema, skip, providers, disable_output_sanitization
        )
        await self._run.reach(call)

    async def in_app(
        self,
        step_id: str,
        resolver: Resolver[InAppOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
        disable_output_sanitization: bool | None = None,
    ) -> InAppResult:
        """A message in the subscriber's inbox. Its result says whether it was seen and read."""
        call = StepCall(
            IN_APP, step_id, resolver, control_schema, skip, providers, disable_output_sanitization
        )
        result: InAppResult = await self._run.reach(call)
        return result

    async def sms(
        self,
        step_id: str,
        resolver: Resolver[SmsOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """A text message. Its result is None."""
        call = StepCall(SMS, step_id, resolver, control_schema, skip, providers)
        await self._run.reach(call)

    async def push(
        self,
        step_id: str,
        resolver: Resolver[PushOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """A push notification. Its result is None."""
        call = StepCall(PUSH, step_id, resolver, control_schema, skip, providers)
        await self._run.reach(call)

    async def chat(
        self,
        step_id: str,
        resolver: Resolver[ChatOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """A chat message, a text or a card. Its result is None."""
        call = StepCall(CHAT, step_id, resolver, control_schema, skip, providers)
        await self._run.reach(call)

    async def tool(
        self,
        step_id: str,
        resolver: Resolver[ToolOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """An incident or alert in a tool. Its result is None."""
        call = StepCall(TOOL, step_id, resolver, control_schema, skip, providers)
        await self._run.reach(call)

    async def digest(
        self,
        step_id: str,
        resolver: Resolver[DigestOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> DigestResult:
        """Collect the events of a window. Its result has them."""
        call = StepCall(DIGEST, step_id, resolver, control_schema, skip)
        result: DigestResult = await self._run.reach(call)
        return result

    async def delay(
        self,
        step_id: str,
        resolver: Resolver[DelayOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> DelayResult:
        """Wait. Its result says for how long."""
        call = StepCall(DELAY, step_id, resolver, control_schema, skip)
        result: DelayResult = await self._run.reach(call)
        return result

    async def throttle(
        self,
        step_id: str,
        resolver: Resolver[ThrottleOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> ThrottleResult:
        """Let only so many runs of a window through. Its result says whether this one passed."""
        call = StepCall(THROTTLE, step_id, resolver, control_schema, skip)
        result: ThrottleResult = await self._run.reach(call)
        return result

    @overload
    async def custom(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        output_schema: type[R],
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> R: ...

    @overload
    async def custom(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        output_schema: Mapping[str, Any] | None = None,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> Any: ...

    async def custom(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        output_schema: SchemaSource | None = None,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> Any:
        """Any code of your own. Its result is what `output_schema` says: an instance of that class, or a dict."""
        call = StepCall(CUSTOM, step_id, resolver, control_schema, skip, output_schema=output_schema)
        return await self._run.reach(call)

    async def http_request(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> Any:
        """A request that Novu itself makes: discovered here, never executed. Its result is Novu's."""
        call = StepCall(HTTP_REQUEST, step_id, resolver, control_schema, skip)
        return await self._run.reach(call)


class SyncStep:
    """The steps of a plain `def` handler: each method gives the step's result directly.

    The handler runs in a worker thread, so it may block; the methods and options are those of `Step`.
    """

    def __init__(self, reach: Callable[[StepCall], Any]) -> None:
        self._reach = reach

    def email(
        self,
        step_id: str,
        resolver: Resolver[EmailOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
        disable_output_sanitization: bool | None = None,
    ) -> None:
        """An email. Its result is None: nothing is known of it later."""
        call = StepCall(
            EMAIL, step_id, resolver, control_schema, skip, providers, disable_output_sanitization
        )
        self._reach(call)

    def in_app(
        self,
        step_id: str,
        resolver: Resolver[InAppOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
        disable_output_sanitization: bool | None = None,
    ) -> InAppResult:
        """A message in the subscriber's inbox. Its result says whether it was seen and read."""
        call = StepCall(
            IN_APP, step_id, resolver, control_schema, skip, providers, disable_output_sanitization
        )
        result: InAppResult = self._reach(call)
        return result

    def sms(
        self,
        step_id: str,
        resolver: Resolver[SmsOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """A text message. Its result is None."""
        call = StepCall(SMS, step_id, resolver, control_schema, skip, providers)
        self._reach(call)

    def push(
        self,
        step_id: str,
        resolver: Resolver[PushOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """A push notification. Its result is None."""
        call = StepCall(PUSH, step_id, resolver, control_schema, skip, providers)
        self._reach(call)

    def chat(
        self,
        step_id: str,
        resolver: Resolver[ChatOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """A chat message, a text or a card. Its result is None."""
        call = StepCall(CHAT, step_id, resolver, control_schema, skip, providers)
        self._reach(call)

    def tool(
        self,
        step_id: str,
        resolver: Resolver[ToolOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
        providers: Providers | None = None,
    ) -> None:
        """An incident or alert in a tool. Its result is None."""
        call = StepCall(TOOL, step_id, resolver, control_schema, skip, providers)
        self._reach(call)

    def digest(
        self,
        step_id: str,
        resolver: Resolver[DigestOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> DigestResult:
        """Collect the events of a window. Its result has them."""
        call = StepCall(DIGEST, step_id, resolver, control_schema, skip)
        result: DigestResult = self._reach(call)
        return result

    def delay(
        self,
        step_id: str,
        resolver: Resolver[DelayOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> DelayResult:
        """Wait. Its result says for how long."""
        call = StepCall(DELAY, step_id, resolver, control_schema, skip)
        result: DelayResult = self._reach(call)
        return result

    def throttle(
        self,
        step_id: str,
        resolver: Resolver[ThrottleOutput],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> ThrottleResult:
        """Let only so many runs of a window through. Its result says whether this one passed."""
        call = StepCall(THROTTLE, step_id, resolver, control_schema, skip)
        result: ThrottleResult = self._reach(call)
        return result

    @overload
    def custom(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        output_schema: type[R],
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> R: ...

    @overload
    def custom(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        output_schema: Mapping[str, Any] | None = None,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> Any: ...

    def custom(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        output_schema: SchemaSource | None = None,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> Any:
        """Any code of your own. Its result is what `output_schema` says: an instance of that class, or a dict."""
        call = StepCall(CUSTOM, step_id, resolver, control_schema, skip, output_schema=output_schema)
        return self._reach(call)

    def http_request(
        self,
        step_id: str,
        resolver: Resolver[Any],
        *,
        control_schema: SchemaSource | None = None,
        skip: Skip | None = None,
    ) -> Any:
        """A request that Novu itself makes: discovered here, never executed. Its result is Novu's."""
        call = StepCall(HTTP_REQUEST, step_id, resolver, control_schema, skip)
        return self._reach(call)
