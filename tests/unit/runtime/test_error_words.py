"""The words, the status and the data of each error, whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from novu_framework import errors
from novu_framework.errors import (
    AgentDeliveryError,
    AgentError,
    BridgeError,
    ExecutionProviderOutputInvalidError,
    ExecutionStateCorruptError,
    InvalidActionError,
    NovuApiAnswerError,
    NovuApiError,
    NovuApiUnreachableError,
    NovuError,
    ProviderExecutionFailedError,
    RequestTooLargeError,
    StepExecutionFailedError,
    StepNotAwaitedError,
    StepNotFoundError,
    StepTimeoutError,
    WorkflowAlreadyExistsError,
    WorkflowDiscoveryError,
    WorkflowPayloadInvalidError,
    message_of,
)
from tests.tables import walked


class Mute(Exception):
    """An exception whose message cannot be read."""

    def __str__(self) -> str:
        raise RuntimeError


def test_each_error_has_its_status_and_its_own_name() -> None:
    found: dict[int, list[str]] = {}
    for name in errors.__all__:
        cls = getattr(errors, name)
        found.setdefault(cls.status, []).append(name)
        assert cls.code == name
    assert found == {
        500: [
            *("AgentDeliveryError", "AgentError", "AgentInputError", "BridgeError", "MissingDependencyError"),
            *("NovuApiAnswerError", "NovuApiError", "NovuApiUnreachableError", "NovuError"),
            *("StepNotAwaitedError", "WorkflowDiscoveryError"),
        ],
        409: ["AgentAlreadyExistsError", "StepAlreadyExistsError", "WorkflowAlreadyExistsError"],
        400: [
            *("ExecutionEventControlInvalidError", "ExecutionEventPayloadInvalidError"),
            *("ExecutionProviderOutputInvalidError", "ExecutionStateControlInvalidError"),
            *("ExecutionStateCorruptError", "ExecutionStateOutputInvalidError"),
            *("ExecutionStateResultInvalidError", "InvalidActionError"),
            *("MissingSecretKeyError", "RequestInvalidError", "StepControlCompilationFailedError"),
            "WorkflowPayloadInvalidError",
        ],
        405: ["MethodNotAllowedError"],
        502: ["ProviderExecutionFailedError", "StepExecutionFailedError"],
        404: ["ProviderNotFoundError", "StepNotFoundError", "WorkflowNotFoundError"],
        413: ["RequestTooLargeError"],
        401: [
            *("SignatureExpiredError", "SignatureInvalidError", "SignatureMismatchError"),
            *("SignatureNotFoundError", "SigningKeyNotFoundError"),
        ],
        504: ["StepTimeoutError"],
    }


WORKFLOW = "Workflow with id: `w`"
PAYLOAD_WRONG = f"{WORKFLOW} has invalid `payload`. Please provide the correct payload."
SAID: dict[str, tuple[Callable[[], NovuError], str]] = {
    "too large": (
        lambda: RequestTooLargeError(7),
        "The body of the request is larger than 7 bytes. Send less, or allow more with `Client(max_body_bytes=...)`.",
    ),
    "action": (
        lambda: InvalidActionError("x", ("a", "b")),
        "Invalid query string: `action`=`x`. Please use one of `a`, `b`",
    ),
    "payload": (
        lambda: WorkflowPayloadInvalidError(
            "w", [{"path": "", "message": "a"}, {"path": "/b", "message": "c"}]
        ),
        f"{PAYLOAD_WRONG} `/` a; `/b` c",
    ),
    "payload, no more": (lambda: WorkflowPayloadInvalidError("w", []), PAYLOAD_WRONG),
    "declared wrong": (
        lambda: WorkflowDiscoveryError(
            "w", TypeError("no."), "a.py:1", declared_wrong=True, not_awaited=["x"]
        ),
        f"{WORKFLOW} could not be discovered: a.py:1 raised TypeError: no. "
        "That is how the step is declared, whatever the data.",
    ),
    "not awaited before": (
        lambda: WorkflowDiscoveryError("w", TypeError("no"), "a.py:1", not_awaited=["x", "y"]),
        f"{WORKFLOW} could not be discovered: a.py:1 raised TypeError: no. "
        "Before that, a step was called and not awaited: x; y.",
    ),
    "undiscovered": (
        lambda: WorkflowDiscoveryError("w", Mute(), "a.py:1"),
        f"{WORKFLOW} could not be discovered: a.py:1 raised Mute: Mute (its message cannot be read). Discovery runs "
        "the handler once with stand-ins for the data: move code that needs real values into a resolver.",
    ),
    "not awaited": (
        lambda: StepNotAwaitedError("w", ["a.py:1", "a.py:2"]),
        f"{WORKFLOW} calls a step and does not await it, so that it never runs: a.py:1; a.py:2. "
        "Write `await` in front of the call.",
    ),
    "step": (lambda: StepNotFoundError("s"), "Step with id: `s` does not exist. Please provide a valid id."),
    "hidden step": (
        lambda: StepNotFoundError.undiscovered("w", "s"),
        "Step with id: `s` does not exist. Please provide a valid id. A run of workflow `w` reached this step but "
        "discovery did not see it, so Novu does not know it: it is behind a condition or in a loop over the data. "
        "Declare every step on every run, and leave one out with its `skip` option: "
        '`step.<kind>("s", resolver, skip=lambda: ...)`.',
    ),
    "twice": (
        lambda: WorkflowAlreadyExistsError("w"),
        f"{WORKFLOW} already exists. Please provide a different workflow id.",
    ),
    "late": (
        lambda: StepTimeoutError("w", "s", 4.0),
        "Step with id: `s` of workflow with id: `w` took longer than 4 s. Novu waits for 5 s. "
        "Make its functions faster, or allow more with `Client(step_timeout=...)`.",
    ),
    "provider's output": (
        lambda: ExecutionProviderOutputInvalidError("w", "s", "p", []),
        f"{WORKFLOW} has an invalid state. Step with id: `s` and provider with id: `p` has invalid output. "
        "Please provide the correct provider output.",
    ),
    "bridge": (lambda: BridgeError(KeyError()), "Unknown BridgeError: KeyError"),
    "provider": (
        lambda: ProviderExecutionFailedError("p", "execute", ValueError("no")),
        "Failed to execute Provider with id: `p`: no",
    ),
    "error of ours in a step": (
        lambda: StepExecutionFailedError("s", "preview", ExecutionStateCorruptError("w", "s")),
        "Failed to preview Step with id: `s`: "
        + json.dumps(
            {
                "statusCode": 400,
                "code": "ExecutionStateCorruptError",
                "data": {"workflowId": "w", "stepId": "s"},
            },
            indent=2,
        ),
    ),
    "refused": (
        lambda: NovuApiError(429, "slow", call="GET /v1"),
        "The Novu API answered GET /v1 with 429: slow",
    ),
    "refused for a time": (
        lambda: NovuApiError(429, "slow", call="GET /v1", retry_after=7.4),
        "The Novu API answered GET /v1 with 429: slow It asks to be left alone for 7 s.",
    ),
    "no answer of Novu": (
        lambda: NovuApiAnswerError("<html>", host="https://a", call="GET /v1", wrong="is not JSON"),
        "GET /v1 was answered with what is not an answer of the Novu API: it is not JSON. It was `<html>`. "
        "Is https://a a Novu API? A proxy or its login page may stand in between.",
    ),
    "no answer": (
        lambda: NovuApiUnreachableError("gone", host="https://a", call="GET /v1", tries=1),
        "No answer from the Novu API at https://a to GET /v1 after 1 try: gone",
    ),
    "no answer ever": (
        lambda: NovuApiUnreachableError("gone", host="https://a", call="GET /v1", tries=2),
        "No answer from the Novu API at https://a to GET /v1 after 2 tries: gone",
    ),
}


@walked("case", SAID)
def test_an_error_says(case: str) -> None:
    make, said = SAID[case]
    error = make()
    assert (error.message, str(error)) == (said, said)


def test_an_error_of_the_api_is_passed_on_in_its_own_words() -> None:
    error = NovuApiError(
        422, "no", call="GET /v1", error="Unprocessable", errors={"to": ["no"]}, retry_after=0
    )
    assert error.to_dict() == {"message": "", "data": {"message": "no"}, "code": "Unprocessable"}
    assert (error.status, error.errors, error.retry_after, error.accepted) == (422, {"to": ["no"]}, 0, ())
    assert NovuApiError(422, "no", call="GET /v1").code == "NovuApiError"
    gone = NovuApiUnreachableError("gone", host="https://a", call="GET /v1", tries=1)
    assert (gone.status, gone.code, gone.data) == (502, "NovuApiUnreachableError", {"message": "gone"})


def deep(levels: int) -> None:
    if levels:
        deep(levels - 1)
    raise LookupError("not there")


def test_a_failure_of_the_users_code_has_the_places_that_it_came_through() -> None:
    with pytest.raises(LookupError) as raised:
        deep(7)
    error = StepExecutionFailedError("s", "execute", raised.value)
    line = deep.__code__.co_firstlineno
    places = [f"    at deep (test_error_words.py:{line + at})" for at in (3, 2, 2, 2, 2)]
    assert error.data == {"stack": "\n".join(["LookupError: not there", *places])}
    assert error.__cause__ is raised.value
    assert (error.step_id, error.workflow_id) == ("s", None)
    assert BridgeError(error).data == {"stack": "BridgeError"}
    assert error.to_dict() == {
        "message": error.message,
        "data": error.data,
        "code": "StepExecutionFailedError",
    }


def test_a_message_that_cannot_be_read_is_said_to_be_so() -> None:
    assert [message_of(one) for one in (Mute(), ValueError("no"), ValueError())] == [
        *("Mute (its message cannot be read)", "no", ""),
    ]


@walked(
    ("body", "said"),
    [
        ("", None),
        ("no JSON", None),
        ("[" * 100_000, None),
        ('["no"]', None),
        ("{}", None),
        ('{"message": "a", "error": "b", "errors": ["c"]}', "a"),
        ('{"message": " ", "error": "b", "errors": ["c"]}', "b"),
        ('{"message": 7, "error": null, "errors": ["c", "d"]}', "c"),
        ('{"message": {"message": {"message": "a"}}}', "a"),
        ('{"message": {}, "error": {"message": "b"}}', "b"),
        ('{"errors": []}', None),
        ('{"errors": "none"}', None),
        ('{"errors": [{"message": "c"}]}', "c"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_refused_delivery_says_what_novu_said(body: str, said: str | None) -> None:
    error = AgentDeliveryError(400, body)
    assert error.message == f"Delivery failed: Bad Request{f': {said}' if said else ''}"
    assert (error.status_code, error.response_body, error.status) == (400, body, 500)
    assert isinstance(error, AgentError)


@walked(
    ("status", "reason"),
    [
        (0, "0"),
        (400, "Bad Request"),
        (401, "Unauthorized"),
        (402, "Payment Required"),
        (403, "Forbidden"),
        (404, "Not Found"),
        (405, "405"),
        (408, "Request Timeout"),
        (409, "Conflict"),
        (422, "Unprocessable Entity"),
        (429, "Too Many Requests"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
        (503, "Service Unavailable"),
        (504, "Gateway Timeout"),
    ],
)
def test_a_refused_delivery_has_its_reason(status: int, reason: str) -> None:
    assert str(AgentDeliveryError(status, "")) == f"Delivery failed: {reason}"


def about(error: NovuError) -> list[Any]:
    return [error.workflow_id, error.step_id, error.provider_id]


def test_an_error_knows_what_it_is_about() -> None:
    assert about(StepNotAwaitedError("w", [], "s")) == ["w", "s", None]
    assert about(StepTimeoutError("w", "s", 4)) == ["w", "s", None]
    assert about(StepNotFoundError.undiscovered("w", "s")) == ["w", "s", None]
    assert about(ProviderExecutionFailedError("p", "execute", ValueError())) == [None, None, "p"]
    assert about(ExecutionProviderOutputInvalidError("w", "s", "p", [])) == ["w", "s", "p"]
