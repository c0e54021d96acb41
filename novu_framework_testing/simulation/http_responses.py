"""The answers to `http_request` steps, which a test gives: the simulation itself calls nothing."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from novu_framework.liquid import LiquidError, create_engine
from novu_framework.npm.ecmascript.json import json_text
from novu_framework.schemas import Schema
from novu_framework.workflow import Workflow
from novu_framework_testing.simulation.workflows import Workflows


def request_problem(controls: Mapping[str, Any], variables: Mapping[str, Any]) -> str | None:
    """Return why Novu could not make the request that is saved for a step, in words, or None.

    Novu compiles the controls as one JSON text, which a value may break; then it needs a URL.

    Args:
        controls: The values that are saved for the step. None at all say nothing: a test need not save any.
        variables: What their templates see.
    """
    if not controls:
        return None
    if not controls.get("url"):
        return "no URL is saved for the request"
    saved = {name: value for name, value in controls.items() if name != "skip"}
    try:
        compiled = json.loads(create_engine().from_string(json_text(saved)).render_with(variables))
        url, body = compiled.get("url"), compiled.get("body")
        if not url:
            return f"the URL {controls['url']!r} comes out empty"
        scheme = urlsplit(str(url)).scheme
    except (LiquidError, ValueError, AttributeError, RecursionError) as error:
        return f"the request that is saved does not compile: {error}"
    if scheme not in ("http", "https"):
        return f"{url!r} is not a URL of http or https"
    return _body_problem(body) if isinstance(body, str) and body.strip() else None


def _body_problem(text: str) -> str | None:
    """Say what is wrong with a body that is saved as a text, not as a list of keys and values."""
    try:
        fits = isinstance(json.loads(text), (dict, list))
    except ValueError as error:
        return f"the body that is saved is not JSON once it is compiled: {error}"
    return None if fits else "the body that is saved is neither a JSON object nor a list"


@dataclass(frozen=True)
class HttpResponse:
    """The answer to an `http_request` step: status, JSON body, headers. The body is what later steps get."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The answer in words, for the activity."""
        return f"the request was answered {self.status}"

    def error(self, controls: Mapping[str, Any]) -> str | None:
        """Return why the step fails with this answer, in words, or None.

        Args:
            controls: The values that are saved for the step.
        """
        if self.status >= 400:
            return self.text
        schema = controls.get("responseBodySchema")
        return _mismatch(schema, self.body) if schema and controls.get("enforceSchemaValidation") else None


def _mismatch(schema: Any, body: Any) -> str | None:
    issues = Schema.of(schema).check(body)[1]
    if not issues:
        return None
    return "the response is not as its schema says: " + "; ".join(
        f"{one.path or '/'} {one.message}" for one in issues
    )


class HttpResponses:
    """The answers to `http_request` steps, as `novu.http_responses`: the simulation itself makes no request.

    A step without an answer gets status 200 and an empty object.
    """

    def __init__(self, workflows: Workflows) -> None:
        self._workflows = workflows
        self._limited: dict[tuple[str, str], deque[HttpResponse]] = {}
        self._always: dict[tuple[str, str], HttpResponse] = {}

    def answer(
        self,
        workflow_id: str | Workflow[Any],
        step_id: str,
        body: Any = None,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        times: int | None = None,
    ) -> None:
        """Answer the requests of a step.

        Args:
            workflow_id: The workflow, by its id or as the decorated function.
            step_id: Its `http_request` step.
            body: What later steps get: anything that JSON has; an empty object if left out.
            status: The status. From 400 on, the step fails and the run ends, unless the control `continueOnFailure` is saved for it.
            headers: Headers of the answer.
            times: How many requests it answers. Such answers are used up in order, before the one without, which answers all others.

        Raises:
            UnknownStep: The workflow is known and has no such step.
            TypeError: An id is not a text.

        >>> from novu_framework import Step, workflow
        >>> from novu_framework_testing import NovuSimulator
        >>> @workflow("forecast")
        ... async def forecast(step: Step) -> None:
        ...     weather = await step.http_request("weather", {})
        ...     await step.sms("text", lambda: {"body": f"It is {weather['summary']}"})
        >>> with NovuSimulator() as novu:
        ...     novu.register(forecast)
        ...     novu.http_responses.answer(forecast, "weather", {"summary": "sunny"})
        ...     run = novu.trigger(forecast, to={"subscriberId": "ann", "phone": "+4312345"}).run
        ...     run.messages[0].body
        'It is sunny'
        """
        workflow_id = workflow_id.id if isinstance(workflow_id, Workflow) else workflow_id
        for name, value in (("workflow_id", workflow_id), ("step_id", step_id)):
            if not isinstance(value, str):
                raise TypeError(
                    f"{name} is {value!r}, not a text: call answer(workflow_id, step_id, body), "
                    'such as answer("forecast", "weather", {"summary": "sunny"})'
                )
        if (workflow := self._workflows.get(workflow_id)) is not None:
            workflow.step(step_id)
        response = HttpResponse(status, {} if body is None else body, headers or {})
        if times is None:
            self._always[workflow_id, step_id] = response
        else:
            self._limited.setdefault((workflow_id, step_id), deque()).extend([response] * times)

    def take(self, workflow_id: str, step_id: str) -> HttpResponse:
        """Return the next answer for a step."""
        limited = self._limited.get((workflow_id, step_id))
        return limited.popleft() if limited else self._always.get((workflow_id, step_id), HttpResponse())
