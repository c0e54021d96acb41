"""`@workflow`, and what it makes of a function: a `Workflow`."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Generic, Protocol, TypeAlias, overload

from typing_extensions import TypeVar

from novu_framework._internal.cached import cached_property
from novu_framework._internal.functions import (
    NotDefinedYetError,
    annotation,
    enclosing_names,
    is_async,
    name_and_place,
    source,
)
from novu_framework._internal.json_data import NotJsonError
from novu_framework._internal.redaction import redaction
from novu_framework._internal.twins import Exchange, awaitable, blocking
from novu_framework._internal.watching import watchers
from novu_framework.client import Client, default_client
from novu_framework.discovery import DiscoveredStep, discover, schema_pair
from novu_framework.errors import WorkflowPayloadInvalidError
from novu_framework.preferences import Preferences, Severity, preferences_to_protocol
from novu_framework.schemas import ControlSchema, PayloadSchema, SchemaSource
from novu_framework.schemas.python_types import is_untyped
from novu_framework.triggers import Recipient, TriggerResult

PARAMETERS = ("payload", "step", "subscriber", "controls", "context", "env")

Handler: TypeAlias = Callable[..., Awaitable[None] | None]
"""A function that takes any of `payload, step, subscriber, controls, context, env`, by name."""

PayloadT = TypeVar("PayloadT", default=Any)
"""The type of a workflow's payload, as its handler is annotated."""

_PayloadT = TypeVar("_PayloadT", contravariant=True)


class _Payload1st(Protocol[_PayloadT]):
    def __call__(self, payload: _PayloadT, *args: Any, **kwargs: Any) -> Awaitable[None] | None: ...


class _Payload2nd(Protocol[_PayloadT]):
    def __call__(
        self, _1: Any, /, payload: _PayloadT, *args: Any, **kwargs: Any
    ) -> Awaitable[None] | None: ...


class _Payload3rd(Protocol[_PayloadT]):
    def __call__(
        self, _1: Any, _2: Any, /, payload: _PayloadT, *args: Any, **kwargs: Any
    ) -> Awaitable[None] | None: ...


class _Decorator(Protocol):
    """`@workflow(...)`: it knows the payload's type where `payload` is one of the handler's first three parameters."""

    @overload
    def __call__(self, handler: _Payload1st[PayloadT], /) -> Workflow[PayloadT]: ...
    @overload
    def __call__(self, handler: _Payload2nd[PayloadT], /) -> Workflow[PayloadT]: ...
    @overload
    def __call__(self, handler: _Payload3rd[PayloadT], /) -> Workflow[PayloadT]: ...
    @overload
    def __call__(self, handler: Handler, /) -> Workflow[Any]: ...  # pyright: ignore[reportOverlappingOverload]


def workflow(
    workflow_id: str,
    *,
    name: str | None = None,
    description: str | None = None,
    tags: Sequence[str] | None = None,
    severity: Severity | str = Severity.NONE,
    preferences: Preferences | Mapping[str, Any] | None = None,
    payload_schema: SchemaSource | None = None,
    control_schema: SchemaSource | None = None,
    env_schema: SchemaSource | None = None,
) -> _Decorator:
    """Turn a function into a `Workflow`.

    Args:
        workflow_id: How Novu and triggers name it; unique in the app.
        name: What people see; the id if left out.
        description: What it is for, shown in the dashboard.
        tags: Labels to group workflows by.
        severity: none, low, medium or high.
        preferences: Where it is delivered unless the subscriber says otherwise.
        payload_schema: What a trigger must carry; inferred from the annotation of `payload` if left out.
        control_schema: The schema of the handler's `controls`.
        env_schema: The schema of the handler's `env`.

    Raises:
        TypeError: The function takes a parameter that is not one of the six, one whose annotation is not a schema,
            or the id is missing.
        ValueError: The id is empty, severity or preferences are not understood, or values of an annotated type are
            not objects in JSON.

    >>> from novu_framework import Step, workflow
    >>> @workflow("welcome", name="Welcome")
    ... async def welcome(step: Step) -> None:
    ...     await step.in_app("hello", {"body": "Welcome!"})
    >>> [step["stepId"] for step in welcome.discover()["steps"]]
    ['hello']
    """
    if not isinstance(workflow_id, str):
        raise TypeError(
            f'@workflow takes the id of the workflow: @workflow("my-workflow"), not {workflow_id!r}'
        )
    names = enclosing_names(2)

    def decorate(handler: Handler) -> Workflow[Any]:
        return Workflow(
            workflow_id,
            handler,
            name=name,
            description=description,
            tags=tags,
            severity=severity,
            preferences=preferences,
            payload_schema=payload_schema,
            control_schema=control_schema,
            env_schema=env_schema,
            names=names,
        )

    return decorate


class Workflow(Generic[PayloadT]):
    """A notification workflow, made by `@workflow` of a function. `Workflow[MyPayload]` is one whose payload is that type.

    Args:
        workflow_id, name, description, tags, severity, preferences, payload_schema, control_schema, env_schema: As of
            `workflow`.
        handler: The function.
        names: Names that its annotations may use, beside those of its module.

    >>> async def handler(step):
    ...     await step.in_app("hello", {"body": "Welcome!"})
    >>> list(Workflow("welcome", handler).steps)
    ['hello']

    Attributes:
        id: Its id.
        name: What people see; the id if left out.
        handler: The function.
        tags, severity, description: As given.
    """

    def __init__(
        self,
        workflow_id: str,
        handler: Handler,
        *,
        name: str | None = None,
        description: str | None = None,
        tags: Sequence[str] | None = None,
        severity: Severity | str = Severity.NONE,
        preferences: Preferences | Mapping[str, Any] | None = None,
        payload_schema: SchemaSource | None = None,
        control_schema: SchemaSource | None = None,
        env_schema: SchemaSource | None = None,
        names: Mapping[str, Any] | None = None,
    ) -> None:
        if not isinstance(workflow_id, str) or not workflow_id:
            raise ValueError(f"a workflow's id is a non-empty string, not {workflow_id!r}")
        if isinstance(tags, str):
            raise TypeError(f"workflow `{workflow_id}`: tags is a list of strings, not one string")
        self.id = workflow_id
        self.handler = handler
        self.name: str = name or workflow_id
        self.description = description
        self.tags: list[str] = list(tags or ())
        self.severity: Severity = _severity(workflow_id, severity)
        self.is_async: bool = is_async(handler)
        self.parameters: tuple[str, ...] = _parameters(workflow_id, handler)
        self._given_name = name
        self._preferences = preferences_to_protocol(preferences)
        self._payload_source = payload_schema
        self._control_source = control_schema
        self._env_source = env_schema
        self._names = names or {}
        self._refuse_wrong_types()

    def __repr__(self) -> str:
        return f"<Workflow {vars(self).get('id')!r}>"  # none yet, where it was refused

    @cached_property
    def payload_schema(self) -> PayloadSchema:
        """The schema of the payload: the one given, or the annotation of `payload`."""
        return PayloadSchema.of(self._schema_source("payload", self._payload_source))

    @cached_property
    def control_schema(self) -> ControlSchema:
        """The schema of the handler's `controls`."""
        return ControlSchema.of(self._schema_source("controls", self._control_source))

    @cached_property
    def env_schema(self) -> ControlSchema:
        """The schema of the handler's `env`."""
        return ControlSchema.of(self._schema_source("env", self._env_source))

    def _schema_source(self, parameter: str, given: SchemaSource | None) -> SchemaSource | None:
        if given is not None or parameter not in self.parameters:
            return given
        written = annotation(self.handler, parameter, self._names)
        return None if is_untyped(written) else written

    def _refuse_wrong_types(self) -> None:
        """Raise for an annotation or a type of which no schema can be made, while the module is imported."""
        given = (self._payload_source, self._control_source, self._env_source)
        for name, schema in zip(("payload", "controls", "env"), given, strict=True):
            if isinstance(schema, Mapping) or (schema is None and name not in self.parameters):
                continue  # compiled on first use: an app that only triggers spares the time
            try:
                getattr(self, f"{name.removesuffix('s')}_schema")
            except NotDefinedYetError:
                pass  # perhaps further down in the module; the first use tells
            except (TypeError, ValueError) as error:
                taker = "" if schema else f" of {name_and_place(self.handler)}"
                said = redaction.redacted(f"workflow `{self.id}`: `{name}`{taker}: {error}")
                raise type(error)(said) from None

    @cached_property
    def steps(self) -> Mapping[str, DiscoveredStep]:
        """The steps by id, in order. The first access runs the handler once with placeholders for its data."""
        return discover(self.id, self.handler, self.parameters, self.payload_schema, self._names)

    @cached_property
    def variables(self) -> dict[str, Any]:
        """The variable `workflow` of the templates in controls."""
        return {
            "workflowId": self.id,
            "name": self._given_name,
            "description": self.description,
            "tags": self.tags,
            "severity": self.severity.value,
        }

    def default_controls(self) -> Any:
        """Return what the handler gets as `controls`: Novu sends controls to steps only, so these are the defaults."""
        if isinstance(self.control_schema.source, Mapping) or self.control_schema.source is None:
            return {}
        return self.control_schema.build(self.control_schema.check({})[0])

    @cached_property
    def code(self) -> str:
        """The source text of the handler."""
        return source(self.handler)

    def prepare(self) -> None:
        """Run the handler once, and read the schemas: all that `discover` does but for the source texts.

        Raises:
            WorkflowDiscoveryError, StepNotAwaitedError, StepAlreadyExistsError: As `discover` does.
        """
        if watchers:
            watchers[-1].discovered(self)
        _ = self.steps, self.payload_schema, self.control_schema, self.env_schema

    def discover(self) -> dict[str, Any]:
        """Return the workflow as the protocol's `discover` shows it.

        Raises:
            WorkflowDiscoveryError: The handler raised; the message names the line.
            StepNotAwaitedError: The handler called a step and did not await it.
            StepAlreadyExistsError: Two steps have one id.
        """
        if watchers:
            watchers[-1].discovered(self)
        return self._protocol

    @cached_property
    def _protocol(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "workflowId": self.id,
            "severity": self.severity.value,
            "steps": [step.protocol for step in self.steps.values()],
            "code": self.code,
            "payload": schema_pair(self.payload_schema.json_schema),
            "controls": schema_pair(self.control_schema.json_schema),
            "env": schema_pair(self.env_schema.json_schema),
            "tags": self.tags,
            "preferences": self._preferences,
        }
        if self._given_name is not None:
            shown["name"] = self._given_name
        if self.description is not None:
            shown["description"] = self.description
        return shown

    def _trigger(
        self,
        to: Recipient | Iterable[Recipient],
        payload: PayloadT | Mapping[str, Any] | None = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Recipient | None = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
        agent_id: str | None = None,
        client: Client | None = None,
    ) -> Exchange[TriggerResult]:
        """Trigger the workflow at Novu.

            result = welcome.trigger("ann", {"name": "Ann"}, transaction_id="welcome-ann")
            result.cancel()

        Args:
            to: A subscriber id, a `Subscriber` or dict, a topic `{"type": "Topic", "topicKey": ...}`, or a list of these.
            payload: What `payload_schema` says, or a dict of it; validated before anything is sent.
            transaction_id: Your own id, so that Novu acts once and you can cancel; Novu creates one if left out.
            overrides: Overrides of providers and the like, as the Novu API takes them.
            actor: Who caused it: a subscriber id or a subscriber; left out of topics.
            context: The contexts of the event.
            bridge_url: The bridge that Novu calls back, if it is not the one that was synced.
            agent_id: The agent that answers if people reply to the notification.
            client: The settings to use; `Client()`, from the environment, if left out.

        Raises:
            WorkflowPayloadInvalidError: The payload does not match its schema.
            NovuApiError: The API refused the trigger.
            NovuApiUnreachableError: No answer came.
        """
        return (
            yield from (client or default_client())._trigger(
                self,
                to,
                payload,
                transaction_id=transaction_id,
                overrides=overrides,
                actor=actor,
                context=context,
                bridge_url=bridge_url,
                agent_id=agent_id,
            )
        )

    trigger: Final = blocking(_trigger)
    trigger_async: Final = awaitable(_trigger)

    def validate_payload(self, payload: PayloadT | Mapping[str, Any] | None) -> dict[str, Any]:
        """Return a payload as it is sent, with its defaults.

            welcome.validate_payload({"name": "Ann"})

        A type that forbids unknown fields refuses them here; the bridge, and a JSON Schema, drop them as AJV does.

        Args:
            payload: What the workflow's payload schema says, or a dict of it.

        Raises:
            WorkflowPayloadInvalidError: It does not fit; `data` lists what is wrong, by JSON pointer.
        """
        schema = self.payload_schema
        try:
            dumped = {} if payload is None else schema.dump(payload)
        except NotJsonError as error:
            raise WorkflowPayloadInvalidError(
                self.id, [{"path": error.path, "message": error.reason}]
            ) from None
        plain, _, issues = schema.validate(dumped)
        issues = issues or schema.forbidden(dumped, plain)
        if issues:
            del dumped, plain  # tools that report errors print variables, and a payload may hold secrets
            raise WorkflowPayloadInvalidError(self.id, [issue.to_dict() for issue in issues])
        data: dict[str, Any] = plain
        return data


def _severity(workflow_id: str, severity: Severity | str) -> Severity:
    try:
        return Severity(severity)
    except ValueError:
        known = ", ".join(one.value for one in Severity)
        raise ValueError(f"workflow `{workflow_id}`: severity is one of {known}, not {severity!r}") from None


def _parameters(workflow_id: str, handler: Handler) -> tuple[str, ...]:
    if not callable(handler):
        raise TypeError(f"workflow `{workflow_id}`: @workflow decorates a function, not {handler!r}")
    for parameter in inspect.signature(handler).parameters.values():
        by_name = parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        if not by_name or parameter.name not in PARAMETERS:
            raise TypeError(
                f"workflow `{workflow_id}`: {name_and_place(handler)} takes `{parameter}`, which a handler cannot have. "
                f"It takes any of {', '.join(PARAMETERS)}, by name, in any order."
            )
    return tuple(inspect.signature(handler).parameters)
