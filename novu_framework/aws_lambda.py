"""The AWS Lambda adapter: `serve` makes a function that answers API Gateway, function URLs and load balancers.

from novu_framework.aws_lambda import serve

lambda_handler = serve(workflows=[comment_notification])
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from novu_framework import signature
from novu_framework.client import Client
from novu_framework.endpoint import FileEndpoint, ReadableRequest
from novu_framework.errors import RequestInvalidError
from novu_framework.workflow import Workflow

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

__all__ = ["Client", "serve"]

Event: TypeAlias = Mapping[str, Any]


def serve(
    *, workflows: Iterable[Workflow] = (), agents: Iterable[AgentLike] = (), client: Client | None = None
) -> Callable[[Event, Any], dict[str, Any]]:
    """Make the function that AWS Lambda calls with an event and a context.

    It takes the events of an API Gateway (REST and HTTP APIs: payload formats 1.0 and 2.0), of a function URL and of
    an Application Load Balancer, with its multi-value headers or without. Async functions run on one event loop, which
    stays from one call to the next.

    Args:
        workflows: The decorated functions.
        agents: The agents, as `@agent` makes them.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (the default) and no key is set.
        WorkflowAlreadyExistsError, AgentAlreadyExistsError, WorkflowDiscoveryError: Something is wrong with a workflow or an agent.
    """
    endpoint = FileEndpoint(workflows, client, agents=agents, server="aws-lambda")

    def lambda_handler(event: Event, context: Any = None) -> dict[str, Any]:
        answer = endpoint.answer(_readable(event))
        headers = dict(answer.headers)
        body = {"statusCode": answer.status, "body": answer.body.decode(), "isBase64Encoded": False}
        if event.get("multiValueHeaders") and "elb" in event.get("requestContext", ()):
            return {**body, "multiValueHeaders": {name: [value] for name, value in headers.items()}}
        return {**body, "headers": headers}

    lambda_handler.endpoint = endpoint  # type: ignore[attr-defined]  # where `handler_of` looks
    return lambda_handler


def _readable(event: Event) -> ReadableRequest:
    about = event.get("requestContext", {})
    method = event.get("httpMethod") or about.get("http", {}).get("method")
    if not method:
        raise ValueError(
            f"This function answers the HTTP requests of an API Gateway, a function URL or a load balancer; "
            f"the event has the keys {sorted(event)}."
        )
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    for name, values in (event.get("multiValueHeaders") or {}).items():
        headers[name.lower()] = ", ".join(values)
    body = (event.get("body") or "").encode("utf-8", "surrogatepass")

    def read(_size: int) -> bytes:
        try:
            return b64decode(body, validate=True) if event.get("isBase64Encoded") else body
        except ValueError:
            raise RequestInvalidError("The body of the event is not base64, as it says.") from None

    return ReadableRequest(method, _query(event, about), headers.get(signature.HEADER, ""), "", read)


def _query(event: Event, about: Mapping[str, Any]) -> bytes:
    if "rawQueryString" in event:
        return str(event["rawQueryString"]).encode()
    many = event.get("multiValueQueryStringParameters")
    pairs = {name: [value] for name, value in (event.get("queryStringParameters") or {}).items()}
    pairs.update(many or {})
    if "elb" in about:  # a load balancer hands over what it was sent, still encoded
        return "&".join(f"{name}={value}" for name, values in pairs.items() for value in values).encode()
    return urlencode(pairs, doseq=True).encode()
