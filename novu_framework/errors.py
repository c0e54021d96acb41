"""Every error of the bridge protocol, with its code and HTTP status.

The code of an error is the name of its class, as the npm package `@novu/framework` 2.13.2 answers it.
Catch `NovuError` for all of them::

    >>> from novu_framework.errors import NovuError, WorkflowNotFoundError
    >>> error = WorkflowNotFoundError("welcome")
    >>> isinstance(error, NovuError), error.status, error.code
    (True, 404, 'WorkflowNotFoundError')
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Sequence
from typing import Any

__all__ = [
    "AgentAlreadyExistsError",
    "AgentDeliveryError",
    "AgentError",
    "AgentInputError",
    "BridgeError",
    "ExecutionEventControlInvalidError",
    "ExecutionEventPayloadInvalidError",
    "ExecutionProviderOutputInvalidError",
    "ExecutionStateControlInvalidError",
    "ExecutionStateCorruptError",
    "ExecutionStateOutputInvalidError",
    "ExecutionStateResultInvalidError",
    "InvalidActionError",
    "MethodNotAllowedError",
    "MissingDependencyError",
    "MissingSecretKeyError",
    "NovuApiAnswerError",
    "NovuApiError",
    "NovuApiUnreachableError",
    "NovuError",
    "ProviderExecutionFailedError",
    "ProviderNotFoundError",
    "RequestInvalidError",
    "RequestTooLargeError",
    "SignatureExpiredError",
    "SignatureInvalidError",
    "SignatureMismatchError",
    "SignatureNotFoundError",
    "SigningKeyNotFoundError",
    "StepAlreadyExistsError",
    "StepControlCompilationFailedError",
    "StepExecutionFailedError",
    "StepNotAwaitedError",
    "StepNotFoundError",
    "StepTimeoutError",
    "WorkflowAlreadyExistsError",
    "WorkflowDiscoveryError",
    "WorkflowNotFoundError",
    "WorkflowPayloadInvalidError",
]


def new_of(cls: type[BaseException], *args: Any) -> BaseException:
    """Make an exception of a pickle, whatever its constructor takes."""
    return cls.__new__(cls, *args)


class NovuError(Exception):
    """The base of every error of this package.

    Attributes:
        message: What was wrong, where, and what to do.
        data: What the protocol sends as well (for a validation error a list of `{"path", "message"}`), or None.
        code: The protocol's name of the error.
        status: The HTTP status that it is answered with.
        workflow_id, step_id, provider_id: What it is about, as far as it says.
    """

    status: int = 500
    code: str = "NovuError"
    workflow_id: str | None = None
    step_id: str | None = None
    provider_id: str | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in cls.__dict__:
            cls.code = cls.__name__

    def __init__(self, message: str, data: Any = None, **about: str | None) -> None:
        super().__init__(message)
        self.message = message
        self.data = data
        vars(self).update(about)  # workflow_id, step_id, provider_id

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy without a call of the constructor, which takes other things than an error keeps.

        As of every exception, its cause and its traceback stay behind.
        """
        return new_of, (type(self), *self.args), vars(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the error as the protocol answers it: `{"message", "data", "code"}`, data only where there is some."""
        answer: dict[str, Any] = {"message": self.message}
        if self.data is not None:
            answer["data"] = self.data
        answer["code"] = self.code
        return answer


class _Fixed(NovuError):
    """An error that always says the same."""

    template = ""

    def __init__(self) -> None:
        super().__init__(self.template)


class _OfOne(NovuError):
    """An error about one workflow, step or provider, which its template names as `{id}`."""

    template = ""
    about = ""

    def __init__(self, id: str) -> None:
        super().__init__(self.template.format(id=id), **{self.about: id})


class BadRequest(NovuError):
    """The request, or the state that it brought along, is wrong."""

    status = 400


class Unauthorized(NovuError):
    """The request is not signed as it must be."""

    status = 401


class NotFound(NovuError):
    """The id that was given does not exist."""

    status = 404


class AlreadyExists(NovuError):
    """An id that must be unique is there twice."""

    status = 409


class _OfWorkflow(BadRequest):
    """An error about something of a workflow, with what is wrong as `data`."""

    template = ""

    def __init__(self, workflow_id: str, data: Any) -> None:
        super().__init__(self.template.format(workflow_id=workflow_id), data, workflow_id=workflow_id)


class _OfStep(BadRequest):
    """An error about something of a step, with what is wrong as `data`."""

    template = ""

    def __init__(self, workflow_id: str, step_id: str, data: Any) -> None:
        message = self.template.format(workflow_id=workflow_id, step_id=step_id)
        super().__init__(message, data, workflow_id=workflow_id, step_id=step_id)


class UserCodeFailed(NovuError):
    """The workflow's own code raised."""

    status = 502

    def __init__(self, prefix: str, cause: BaseException, **about: str | None) -> None:
        super().__init__(f"{prefix}: {_reason(cause)}", {"stack": _stack(cause, prefix)}, **about)
        self.__cause__: BaseException | None = cause


def _reason(cause: BaseException) -> str:
    if isinstance(cause, NovuError):  # as the package prints its own errors inside another
        return json.dumps({"statusCode": cause.status, "code": cause.code, "data": cause.data}, indent=2)
    return message_of(cause) or type(cause).__name__


def message_of(cause: BaseException) -> str:
    """Return the message of an exception of the user's, whose `__str__` may itself raise."""
    try:
        return str(cause)
    except Exception:
        return f"{type(cause).__name__} (its message cannot be read)"


def _stack(cause: BaseException, prefix: str) -> str:
    """Return name, message and place of what was raised: base names and lines only, no paths and no values."""
    if isinstance(cause, NovuError):
        return prefix
    frames = [
        f"    at {frame.name} ({os.path.basename(frame.filename)}:{frame.lineno})"
        for frame in reversed(traceback.extract_tb(cause.__traceback__))
        if os.sep + "novu_framework" + os.sep not in frame.filename
    ]
    return "\n".join([f"{type(cause).__name__}: {message_of(cause)}", *frames[:5]])


# --- the request ---------------------------------------------------------------------------------


class RequestInvalidError(BadRequest):
    """The body of a request is not JSON that the bridge takes. Status 400; ours, not the package's."""


class RequestTooLargeError(RequestInvalidError):
    """The body of a request is larger than the client's `max_body_bytes`; it was not read to its end."""

    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The body of the request is larger than {limit} bytes. "
            "Send less, or allow more with `Client(max_body_bytes=...)`."
        )


class InvalidActionError(BadRequest):
    """The query names no action of the protocol."""

    def __init__(self, action: str, actions: tuple[str, ...]) -> None:
        known = ", ".join(f"`{name}`" for name in actions)
        super().__init__(f"Invalid query string: `action`=`{action}`. Please use one of {known}")


class MethodNotAllowedError(_Fixed):
    """The HTTP method is not one of POST, GET and OPTIONS."""

    status = 405

    template = "Method not allowed. Please use one of `POST`, `GET`, `OPTIONS`"


class BridgeError(NovuError):
    """Anything that no other error names."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(f"Unknown BridgeError: {_reason(cause)}", {"stack": _stack(cause, "BridgeError")})
        self.__cause__: BaseException | None = cause


# --- the signature -------------------------------------------------------------------------------


class SignatureNotFoundError(Unauthorized, _Fixed):
    """A signature is required and the request has none."""

    template = "Signature not found. Please provide a signature in the `novu-signature` header"


class SignatureInvalidError(Unauthorized, _Fixed):
    """The header has no `t`, no `v1`, or a `t` that is not a number."""

    template = "Signature is invalid. Please provide a valid signature in the `novu-signature` header"


class SignatureExpiredError(Unauthorized, _Fixed):
    """The timestamp is more than five minutes from now, before or after."""

    template = (
        "Signature expired. Please provide a signature with a timestamp no older than 5 minutes "
        "in the `novu-signature` header"
    )


class SignatureMismatchError(Unauthorized, _Fixed):
    """The signature is not the one of this body and this key."""

    template = (
        "Signature does not match the expected signature. Please ensure the signature provided "
        "in the `novu-signature` header is correct and try again."
    )


class SigningKeyNotFoundError(Unauthorized, _Fixed):
    """A signature is required and the bridge has no key to check it with."""

    template = (
        "Signature key not found. Pass it as `Client(secret_key=...)`, or set the environment variable "
        "`NOVU_SECRET_KEY`."
    )


# --- settings ------------------------------------------------------------------------------------


class MissingSecretKeyError(BadRequest, _Fixed):
    """A secret key is needed and none was given."""

    template = (
        "Missing secret key. Set the environment variable `NOVU_SECRET_KEY`, or pass "
        "`Client(secret_key=...)`. To serve unsigned requests while developing, pass "
        "`Client(strict_authentication=False)` or set `NOVU_STRICT_AUTHENTICATION_ENABLED=false`."
    )


class MissingDependencyError(NovuError):
    """An optional package is needed and not installed."""

    def __init__(self, usage: str, package: str, extra: str) -> None:
        super().__init__(
            f"Tried to use {usage} but `{package}` is not installed. "
            f"Install it with `{install_command(extra)}`."
        )


def install_command(extra: str) -> str:
    """Return the command that installs an extra of this package from where the package itself came from (PEP 610)."""
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        origin = json.loads(distribution("novu-framework").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = {}
    name, url = f"novu-framework[{extra}]", origin.get("url", "")
    if "vcs_info" in origin:
        url = f"{origin['vcs_info']['vcs']}+{url}@{origin['vcs_info']['commit_id']}"
    if origin.get("dir_info", {}).get("editable"):
        return f"pip install --editable '{url2pathname(urlsplit(url).path)}[{extra}]'"
    return f"pip install '{name} @ {url}'" if url else f"pip install '{name}'"


# --- the Novu API --------------------------------------------------------------------------------


class NovuApiError(NovuError):
    """The Novu API refused a call.

    Attributes:
        status: The status of its answer.
        errors: Its `errors`, in its own shape (by field, for a body that it finds invalid), or None.
        retry_after: The seconds it asked to be left alone for, or None.
        accepted: The results (`TriggerResult`) of the chunks of a bulk that it had taken before this one.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        *,
        call: str,
        error: str = "",
        errors: Any = None,
        retry_after: float | None = None,
    ) -> None:
        wait = f" It asks to be left alone for {retry_after:.0f} s." if retry_after else ""
        super().__init__(f"The Novu API answered {call} with {status}: {reason}{wait}", {"message": reason})
        self.status = status
        self.code: str = error or type(self).__name__
        self.errors = errors
        self.retry_after = retry_after
        self.accepted: tuple[Any, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the error as a bridge passes it on: the API's own words as `data`, its own name as `code`."""
        return {"message": "", "data": self.data, "code": self.code}


class NovuApiAnswerError(NovuApiError):
    """A call succeeded, and its answer is not the Novu API's: a proxy or another service may have answered.

    Whether Novu got the call is not known.
    """

    def __init__(self, answer: str, *, host: str, call: str, wrong: str) -> None:
        super().__init__(502, f"an answer that {wrong}: {answer}", call=call)
        self.message: str = (
            f"{call} was answered with what is not an answer of the Novu API: it {wrong}. It was `{answer}`. "
            f"Is {host} a Novu API? A proxy or its login page may stand in between."
        )
        self.args: tuple[Any, ...] = (self.message,)


class NovuApiUnreachableError(NovuApiError):
    """No answer came from the Novu API: no connection, or a timeout, at every try."""

    def __init__(self, reason: str, *, host: str, call: str, tries: int) -> None:
        super().__init__(502, reason, call=call)
        after = "1 try" if tries == 1 else f"{tries} tries"
        self.message: str = f"No answer from the Novu API at {host} to {call} after {after}: {reason}"
        self.args: tuple[Any, ...] = (self.message,)


# --- workflows and steps -------------------------------------------------------------------------


class WorkflowNotFoundError(NotFound, _OfOne):
    """No workflow of that id is served."""

    template = "Workflow with id: `{id}` does not exist. Please provide a valid id."
    about = "workflow_id"


class WorkflowAlreadyExistsError(AlreadyExists, _OfOne):
    """Two workflows have one id."""

    template = "Workflow with id: `{id}` already exists. Please provide a different workflow id."
    about = "workflow_id"


class WorkflowPayloadInvalidError(BadRequest):
    """A payload given to `trigger` does not fit the workflow's payload schema; nothing was sent."""

    def __init__(self, workflow_id: str, data: Any) -> None:
        details = "; ".join(f"`{issue['path'] or '/'}` {issue['message']}" for issue in data)
        super().__init__(
            f"Workflow with id: `{workflow_id}` has invalid `payload`. "
            f"Please provide the correct payload. {details}".rstrip(),
            data,
            workflow_id=workflow_id,
        )


class WorkflowDiscoveryError(NovuError):
    """A workflow's handler raised while it was being discovered.

    Discovery runs the handler once with stand-ins for the data. Code outside resolvers may touch them, but
    where it needs real values it belongs in a resolver.
    """

    def __init__(
        self,
        workflow_id: str,
        cause: BaseException,
        place: str,
        *,
        declared_wrong: bool = False,
        not_awaited: Sequence[str] = (),
    ) -> None:
        if declared_wrong:
            hint = "That is how the step is declared, whatever the data."
        elif not_awaited:
            hint = f"Before that, a step was called and not awaited: {'; '.join(not_awaited)}."
        else:
            hint = (
                "Discovery runs the handler once with stand-ins for the data: "
                "move code that needs real values into a resolver."
            )
        super().__init__(
            f"Workflow with id: `{workflow_id}` could not be discovered: {place} raised "
            f"{type(cause).__name__}: {message_of(cause).rstrip('.')}. {hint}",
            workflow_id=workflow_id,
        )
        self.__cause__: BaseException | None = cause


class StepNotAwaitedError(NovuError):
    """An `async def` handler called a step and nobody awaited it, so that it never runs. Ours, not the package's."""

    def __init__(self, workflow_id: str, places: Sequence[str], step_id: str | None = None) -> None:
        super().__init__(
            f"Workflow with id: `{workflow_id}` calls a step and does not await it, so that it never runs: "
            f"{'; '.join(places)}. Write `await` in front of the call.",
            workflow_id=workflow_id,
            step_id=step_id,
        )


class StepNotFoundError(NotFound):
    """The workflow has no step of that id, or discovery did not see it."""

    def __init__(self, step_id: str, hint: str = "", workflow_id: str | None = None) -> None:
        message = f"Step with id: `{step_id}` does not exist. Please provide a valid id.{hint}"
        super().__init__(message, step_id=step_id, workflow_id=workflow_id)

    @classmethod
    def undiscovered(cls, workflow_id: str, step_id: str) -> StepNotFoundError:
        """Make the error of a step that a run reached and discovery did not see."""
        hint = (
            f" A run of workflow `{workflow_id}` reached this step but discovery did not see it, "
            "so Novu does not know it: it is behind a condition or in a loop over the data. "
            "Declare every step on every run, and leave one out with its `skip` option: "
            f'`step.<kind>("{step_id}", resolver, skip=lambda: ...)`.'
        )
        return cls(step_id, hint, workflow_id)


class StepAlreadyExistsError(AlreadyExists, _OfOne):
    """Two steps of one workflow have one id."""

    template = "Step with id: `{id}` already exists. Please provide a different step id."
    about = "step_id"


class StepControlCompilationFailedError(_OfStep):
    """A control is not a template that compiles, or it goes beyond the limits of the engine."""

    template = (
        "Workflow with id: `{workflow_id}` has invalid controls syntax in step with id: `{step_id}`. "
        "Please correct step control syntax."
    )


class StepExecutionFailedError(UserCodeFailed):
    """A resolver raised."""

    def __init__(self, step_id: str, action: str, cause: BaseException) -> None:
        super().__init__(f"Failed to {action} Step with id: `{step_id}`", cause, step_id=step_id)


class StepTimeoutError(NovuError):
    """The functions of a step took longer than the client's `step_timeout`. Status 504; ours, not the package's."""

    status = 504

    def __init__(self, workflow_id: str, step_id: str, seconds: float) -> None:
        super().__init__(
            f"Step with id: `{step_id}` of workflow with id: `{workflow_id}` took longer than {seconds:g} s. "
            "Novu waits for 5 s. Make its functions faster, or allow more with `Client(step_timeout=...)`.",
            workflow_id=workflow_id,
            step_id=step_id,
        )


class ProviderNotFoundError(NotFound, _OfOne):
    """The channel has no provider of that id."""

    template = "Provider with id: `{id}` does not exist. Please provide a valid id."
    about = "provider_id"


class ProviderExecutionFailedError(UserCodeFailed):
    """A provider's function raised, or what it returned does not fit the provider's schema."""

    def __init__(self, provider_id: str, action: str, cause: BaseException) -> None:
        super().__init__(
            f"Failed to {action} Provider with id: `{provider_id}`", cause, provider_id=provider_id
        )


# --- execution -----------------------------------------------------------------------------------


class ExecutionEventPayloadInvalidError(_OfWorkflow):
    """The payload of an event is missing or does not fit the workflow's payload schema."""

    template = (
        "Workflow with id: `{workflow_id}` has invalid `payload`. Please provide the correct event payload."
    )


class ExecutionEventControlInvalidError(_OfWorkflow):
    """The controls of an event do not fit the workflow's control schema.

    A code of the protocol that neither the package nor this bridge answers with today.
    """

    template = (
        "Workflow with id: `{workflow_id}` has invalid `controls`. Please provide the correct event controls."
    )


class ExecutionStateCorruptError(_OfStep):
    """The state of an event has no entry for a step before the asked one."""

    template = (
        "Workflow with id: `{workflow_id}` has a corrupt state. Step with id: `{step_id}` does not exist. "
        "Please provide the missing state."
    )

    def __init__(self, workflow_id: str, step_id: str) -> None:
        super().__init__(workflow_id, step_id, {"workflowId": workflow_id, "stepId": step_id})


class ExecutionStateControlInvalidError(_OfStep):
    """The controls of a step do not fit its control schema."""

    template = (
        "Workflow with id: `{workflow_id}` has an invalid state. Step with id: `{step_id}` has invalid "
        "`controls`. Please provide the correct step controls."
    )


class ExecutionStateOutputInvalidError(_OfStep):
    """A resolver's output does not fit the step's output schema."""

    template = (
        "Workflow with id: `{workflow_id}` has an invalid state. Step with id: `{step_id}` has invalid "
        "output. Please provide the correct step output."
    )


class ExecutionStateResultInvalidError(_OfStep):
    """The result of an earlier step, as the state gives it, does not fit the step's result schema."""

    template = (
        "Workflow with id: `{workflow_id}` has an invalid state. Step with id: `{step_id}` has invalid "
        "result. Please provide the correct step result."
    )


class ExecutionProviderOutputInvalidError(BadRequest):
    """The output of a provider's function does not fit the provider's schema.

    A code of the protocol that neither the package nor this bridge answers with today.
    """

    def __init__(self, workflow_id: str, step_id: str, provider_id: str, data: Any) -> None:
        super().__init__(
            f"Workflow with id: `{workflow_id}` has an invalid state. Step with id: `{step_id}` and provider "
            f"with id: `{provider_id}` has invalid output. Please provide the correct provider output.",
            data,
            workflow_id=workflow_id,
            step_id=step_id,
            provider_id=provider_id,
        )


# --- agents --------------------------------------------------------------------------------------

_REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    408: "Request Timeout",
    409: "Conflict",
    422: "Unprocessable Entity",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class AgentError(NovuError):
    """A turn of an agent failed. What `on_error` gets: what the handler raised is its `__cause__`."""


class AgentDeliveryError(AgentError):
    """Novu did not take what an agent sent.

    Attributes:
        status_code: The status of its answer; 0 where none came.
        response_body: The text of its answer.
    """

    def __init__(self, status_code: int, response_body: str) -> None:
        said = _said(response_body)
        reason = _REASONS.get(status_code, str(status_code))
        super().__init__(f"Delivery failed: {reason}{f': {said}' if said else ''}")
        self.status_code = status_code
        self.response_body = response_body


class AgentInputError(AgentError, ValueError):
    """Something that a handler wanted to send is not as it must be: content, a file, or a request to a person."""


class AgentAlreadyExistsError(AlreadyExists):
    """Two agents of one bridge have the same id."""

    def __init__(self, agent_id: str) -> None:
        super().__init__(f"Agent with id: `{agent_id}` already exists. Please use a different id.")


def _said(body: str) -> str | None:
    """Return what the body of an answer says is wrong, or None."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    errors = answer.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    texts = (_text_of(one) for one in (answer.get("message"), answer.get("error"), first))
    return next(filter(None, texts), None)


def _text_of(value: Any) -> str | None:
    while isinstance(value, dict):
        value = value.get("message")
    return value if isinstance(value, str) and value.strip() else None
