"""The requests that a check of a bridge sends, and the answers that the wrong ones have to get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from novu_framework_testing.contract.recording import Request, Signature

UNKNOWN_ID = "an-id-that-does-not-exist"
MINUTE = 60_000

SAMPLE_EVENT: dict[str, Any] = {
    "payload": {},
    "controls": {},
    "state": [],
    "subscriber": {
        "subscriberId": "sample-subscriber",
        "firstName": "Ann",
        "lastName": "Sample",
        "email": "ann@example.com",
        "phone": "+15555550100",
        "avatar": None,
        "locale": "en_US",
        "data": {},
    },
    "context": {},
}
"""The event that steps are previewed with, but for its `env`."""


def asked(method: str, action: str, workflow_id: Any = None, step_id: Any = None, **body: Any) -> Request:
    """Make a signed request for an action; `body` is what the fields of `Request` say of it."""
    query = {"action": action, "workflowId": workflow_id, "stepId": step_id}
    pairs = [(name, str(value)) for name, value in query.items() if value is not None]
    headers = {"content-type": "application/json"} if body else {}
    return Request(method, pairs, headers, has_body=bool(body), signature=Signature(), **body)


HEALTH_CHECK = replace(asked("GET", "health-check"), signature=None)
DISCOVER = asked("GET", "discover")
PREFLIGHT = Request(
    "OPTIONS", headers={"origin": "https://dashboard.novu.co", "access-control-request-method": "GET"}
)


class Refusal(NamedTuple):
    """A request that a bridge has to refuse, and the error that it has to answer with."""

    what: str
    status: int
    code: str
    request: Request


WRONG_SIGNATURES = tuple(
    Refusal(what, 401, code, replace(DISCOVER, signature=signature))
    for what, code, signature in (
        ("an unsigned request", "SignatureNotFoundError", None),
        ("a request signed with another key", "SignatureMismatchError", Signature(key="another key")),
        ("a signature of another body", "SignatureMismatchError", Signature(over='{"other":true}')),
        ("a signature six minutes old", "SignatureExpiredError", Signature(offset=-6 * MINUTE)),
        ("a signature from six minutes ahead", "SignatureExpiredError", Signature(offset=6 * MINUTE)),
        ("a malformed signature", "SignatureInvalidError", Signature(header="v1={v1}")),
    )
)


def wrong_requests(workflows: list[dict[str, Any]]) -> Iterator[Refusal]:
    """Make the requests that are signed well and wrong otherwise."""
    event: dict[str, Any] = {"payload": {}, "controls": {}, "state": []}
    unknown = (UNKNOWN_ID, UNKNOWN_ID)
    execute = asked("POST", "execute", *unknown, body=event)
    yield Refusal("an unknown workflow", 404, "WorkflowNotFoundError", execute)
    yield Refusal("an unknown action", 400, "InvalidActionError", asked("GET", "nothing"))
    get = asked("GET", "execute", *unknown)
    yield Refusal("a GET that should be a POST", 400, "InvalidActionError", get)
    yield Refusal("a PUT", 405, "MethodNotAllowedError", Request("PUT", signature=Signature()))
    if step := first_step(workflows):
        code = asked("GET", "code", step[0], UNKNOWN_ID)
        yield Refusal("the code of an unknown step", 404, "StepNotFoundError", code)
        empty = asked("POST", "execute", *step, body={})
        yield Refusal("an event without a payload", 400, "ExecutionEventPayloadInvalidError", empty)


def first_step(workflows: list[dict[str, Any]]) -> tuple[Any, Any] | None:
    """Find the ids of the first workflow and of its first step."""
    steps = workflows[0].get("steps") if workflows else None
    return (workflows[0].get("workflowId"), steps[0].get("stepId")) if steps else None
