"""The subscriber, workflow or topic that a request's path names, or the 404 that Novu answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routing import Call
from novu_framework_testing.api.sessions import InboxSession, session_of
from novu_framework_testing.simulation.ids import is_novus_id

if TYPE_CHECKING:
    from novu_framework_testing.simulation.integrations import Integration
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
    from novu_framework_testing.simulation.topics import Topic
    from novu_framework_testing.simulation.workflows import SyncedWorkflow


def subscriber_of(call: Call) -> SimulatedSubscriber:
    """Return the subscriber of the path. Raises `ApiError` (404)."""
    subscriber = call.novu.subscribers.get(call["subscriberId"])
    if subscriber is None:
        raise ApiError(404, f"Subscriber: {call['subscriberId']} was not found")
    return subscriber


def topic_of(call: Call) -> Topic:
    """Return the topic of the path. Raises `ApiError` (404)."""
    topic = call.novu.topics.get(call["topicKey"])
    if topic is None:
        raise ApiError(404, f"Topic with key {call['topicKey']} not found")
    return topic


def workflow_of(call: Call) -> SyncedWorkflow:
    """Return the workflow of the path, by its id, Novu's own id, or its slug. Raises `ApiError` (404)."""
    return workflow_by(call, call["workflowId"])


def workflow_by(call: Call, asked: str) -> SyncedWorkflow:
    """Return the workflow of that id, Novu's own id or slug. Raises `ApiError` (404)."""
    for workflow in call.novu.workflows:
        if asked in (workflow.workflow_id, workflow.id) or asked.endswith(f"_wf_{workflow.id}"):
            return workflow
    raise ApiError(404, f"Workflow cannot be found: {asked}", extra={"workflowId": asked})


def novus_id(call: Call, name: str) -> str:
    """Return an id of Novu's that the path names. Raises `ApiError` (422) where it cannot be one."""
    if not is_novus_id(call[name]):
        raise ApiError.violated(name, f"{name} must be a mongodb id")
    return call[name]


def integration_of(call: Call, kind: str = "Entity") -> Integration:
    """Return the integration of the path, by its id. Raises `ApiError` (404), which calls it `kind`."""
    one = call.novu.integrations.get(call["integrationId"])
    if one is None:
        raise ApiError(404, f"{kind} with id {call['integrationId']} not found")
    return one


def unknown_step(call: Call, workflow: SyncedWorkflow) -> ApiError:
    """Return the 404 for a step of the path that `workflow` does not have."""
    return ApiError(404, f"No step with the id {call['stepId']} in the workflow {workflow.workflow_id}")


def inbox_session(call: Call) -> InboxSession:
    """Return the session whose token a page sends. Raises `ApiError` (401)."""
    scheme, _, token = call.request.headers.get("authorization", "").partition(" ")
    session = session_of(call.novu, token.strip()) if scheme == "Bearer" else None
    if session is None:
        raise ApiError(401, "Unauthorized")
    return session
