"""A check of any bridge: asks it what Novu would ask, and says in words what is wrong."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import anyio
import httpx

from novu_framework.npm.mock_data import made_up
from novu_framework_testing.contract.discovery import check_discovery, step_name, step_output_issues
from novu_framework_testing.contract.endpoint import Endpoint
from novu_framework_testing.contract.recording import Request, Response, Signature
from novu_framework_testing.contract.report import Finding, Level, Report

EXPECTED_HEADERS = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "access-control-allow-private-network": "true",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "604800",
    "novu-framework-version": "2024-06-26",
}
"""What every answer of a bridge carries, health checks and errors included."""

PRESENT_HEADERS = ("novu-framework-sdk", "novu-framework-server", "user-agent")
"""Headers whose value is the bridge's own."""

NOBODY = "a-workflow-that-nobody-has"
MINUTE = 60_000

SAMPLE = {
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

JSON_TYPE = {"content-type": "application/json"}


def check_bridge(
    app_or_url: Any,
    *,
    secret_key: str,
    route: str = "/api/novu",
    strict_authentication: bool = True,
    timeout: float = 10.0,
    event: Mapping[str, Any] | None = None,
) -> Report:
    """Check a bridge; see `check_bridge_async`, of which this is the blocking twin (await that one in async code).

    >>> from fastapi import FastAPI
    >>> from novu_framework import Client
    >>> from novu_framework.fastapi import serve
    >>> app = FastAPI()
    >>> serve(app, workflows=[], client=Client(secret_key="secret"))
    >>> check_bridge(app, secret_key="secret").ok
    True
    """
    return anyio.run(
        lambda: check_bridge_async(
            app_or_url,
            secret_key=secret_key,
            route=route,
            strict_authentication=strict_authentication,
            timeout=timeout,
            event=event,
        )
    )


async def check_bridge_async(
    app_or_url: Any,
    *,
    secret_key: str,
    route: str = "/api/novu",
    strict_authentication: bool = True,
    timeout: float = 10.0,  # noqa: ASYNC109 - of each answer, not of the whole
    event: Mapping[str, Any] | None = None,
) -> Report:
    """Ask a bridge what Novu would ask, and report what it gets wrong.

    Looks at the health check, the headers, the enforcement of signatures (none, wrong, stale, from the future,
    malformed), the discovery, a preview of every step, unknown workflows, actions and methods, and the shape of
    errors. Nothing is sent to anybody: steps are previewed, never executed.

    Args:
        app_or_url: An ASGI app (FastAPI, Starlette, ...), or the URL of the bridge in any language.
        secret_key: The key that the bridge shares with Novu.
        route: The path of the bridge in an app; a URL has its own.
        strict_authentication: Whether the bridge has to refuse unsigned requests. False for one in development:
            what it lets through is then a warning.
        timeout: Seconds to wait for each answer.
        event: What steps are previewed with, such as `{"context": {...}, "subscriber": {...}}`; what is not said
            is a sample, and the payload is made up by the bridge.

    Returns:
        A report; `report.ok` says whether Novu can work with the bridge, `str(report)` tells the rest.
    """
    endpoint = Endpoint(app_or_url, route=route, timeout=timeout)
    async with endpoint:
        check = _Check(endpoint, secret_key, "error" if strict_authentication else "warning", event or {})
        try:
            await check.run()
        except httpx.TimeoutException:
            check.error(
                f"no answer within {timeout:g} s", "", "Novu gives up after 5 s: see what takes so long."
            )
        except httpx.HTTPError as error:
            check.error(
                f"cannot be reached: {error or type(error).__name__}",
                "",
                "Is the app running, and is this its host and port?",
            )
    return Report(f"Bridge {endpoint.url}", tuple(check.findings))


class _Check:
    """One check: the requests in order, and what was found so far."""

    def __init__(
        self, endpoint: Endpoint, secret_key: str, unsigned: Level, event: Mapping[str, Any]
    ) -> None:
        self.findings: list[Finding] = []
        self._event = event
        self._endpoint = endpoint
        self._secret_key = secret_key
        self._unsigned: Level = unsigned

    def ok(self, what: str, where: str = "") -> None:
        self.findings.append(Finding("ok", what, where))

    def error(self, what: str, where: str, advice: str) -> None:
        self.findings.append(Finding("error", what, where, advice))

    async def run(self) -> None:
        counts = await self._health()
        if counts is None:
            return
        await self._preflight()
        workflows = await self._discovered()
        await self._signatures()
        if workflows is None:
            return
        self._counted(counts, workflows)
        self.findings += check_discovery(workflows)
        for workflow in workflows:
            for step in workflow.get("steps") or []:
                await self._previewed(workflow, step)
        await self._refusals(workflows)

    async def ask(self, method: str, query: Mapping[str, str], **request: Any) -> Response:
        """Send a request, signed unless it says otherwise."""
        parts = {"signature": Signature(), **request}
        return await self._send(Request(method, list(query.items()), **parts))

    async def _send(self, request: Request) -> Response:
        return await self._endpoint.send(
            request, secret_key=self._secret_key, now=time.time_ns() // 1_000_000
        )

    # --- the endpoint ---

    async def _health(self) -> Mapping[str, Any] | None:
        answer = await self.ask("GET", {"action": "health-check"}, signature=None)
        body = answer.body
        if not isinstance(body, dict) or "frameworkVersion" not in body:
            self.error(
                f"answers its health check with {answer.status} and no health",
                "",
                "Is this the path of the bridge? By convention it is /api/novu; give another as the route or in the URL.",
            )
            return None
        if answer.status != 200 or body.get("status") != "ok":
            self.error(
                f"answers its health check with {answer.status}, status {body.get('status')!r}",
                "",
                "Novu takes only status 200 with `ok` for healthy.",
            )
        else:
            self.ok(f"healthy, protocol {body['frameworkVersion']}, SDK {body.get('sdkVersion')}")
        self._headers(answer)
        discovered = body.get("discovered")
        if isinstance(discovered, dict):
            return discovered
        self.error(
            "its health check does not say what was discovered",
            "health check: /discovered",
            "It has to be {workflows, steps}, both counts.",
        )
        return {}

    def _headers(self, answer: Response) -> None:
        wrong = [
            f"{name}: {answer.headers.get(name)!r} instead of {value!r}"
            for name, value in EXPECTED_HEADERS.items()
            if (answer.headers.get(name) or "").split(";")[0].strip() != value
        ]
        wrong += [f"{name} is missing" for name in PRESENT_HEADERS if name not in answer.headers]
        if wrong:
            self.error(
                "; ".join(wrong),
                "headers",
                "Novu's dashboard reads them from the browser: see that no proxy or middleware takes them away.",
            )
        else:
            self.ok("every header that Novu reads", "headers")

    async def _preflight(self) -> None:
        headers = {"origin": "https://dashboard.novu.co", "access-control-request-method": "GET"}
        answer = await self.ask("OPTIONS", {}, headers=headers, signature=None)
        if answer.status == 200 and answer.headers.get("access-control-allow-origin"):
            self.ok("answers a browser's preflight", "OPTIONS")
        else:
            self.error(
                f"answers a browser's preflight with {answer.status}",
                "OPTIONS",
                "Without it the local dashboard cannot reach the bridge: let OPTIONS through to it unsigned.",
            )

    # --- signatures ---

    async def _signatures(self) -> None:
        cases = {
            "an unsigned request": (None, "SignatureNotFoundError"),
            "a request signed with another key": (
                Signature(key=self._secret_key + "-not"),
                "SignatureMismatchError",
            ),
            "a signature of another body": (Signature(over='{"other":true}'), "SignatureMismatchError"),
            "a signature six minutes old": (Signature(offset=-6 * MINUTE), "SignatureExpiredError"),
            "a signature from six minutes ahead": (Signature(offset=6 * MINUTE), "SignatureExpiredError"),
            "a malformed signature": (Signature(header="v1={v1}"), "SignatureInvalidError"),
        }
        for what, (signature, code) in cases.items():
            answer = await self.ask("GET", {"action": "discover"}, signature=signature)
            given = _code(answer)
            if answer.status == 401 and given == code:
                self.ok(f"refuses {what}", "signatures")
            elif answer.status < 400:  # of the others nothing new can be said
                self.findings.append(
                    Finding(
                        self._unsigned,
                        f"accepts {what}",
                        "signatures",
                        "Anybody who finds the URL can run your workflows: turn strict authentication on.",
                    )
                )
                return
            else:
                self.error(
                    f"answers {what} with {answer.status} {given or ''}".rstrip(),
                    "signatures",
                    f"It has to be 401 with the code {code}.",
                )

    # --- workflows ---

    async def _discovered(self) -> list[dict[str, Any]] | None:
        answer = await self.ask("GET", {"action": "discover"})
        if answer.status == 401:
            self.error(
                f"refuses a signed request: {_message(answer)}",
                "discover",
                "Is the secret key the one that the bridge has? If it is, compare the clocks of the two machines.",
            )
            return None
        body = answer.body
        workflows = body.get("workflows") if isinstance(body, dict) else None
        if answer.status != 200 or not isinstance(workflows, list):
            self.error(
                f"its discovery is {answer.status} {_message(answer)}".rstrip(),
                "discover",
                "It has to be {workflows: [...], agents: [...]}; the bridge's log says why it is not.",
            )
            return None
        self.ok(
            f"{len(workflows)} {'workflow' if len(workflows) == 1 else 'workflows'}: {', '.join(_ids(workflows)) or 'none'}",
            "discover",
        )
        return [workflow for workflow in workflows if isinstance(workflow, dict)]

    def _counted(self, counts: Mapping[str, Any], workflows: list[dict[str, Any]]) -> None:
        steps = sum(len(workflow.get("steps") or []) for workflow in workflows)
        found = {"workflows": len(workflows), "steps": steps}
        if counts and dict(counts) != found:
            self.error(
                f"its health check counts {dict(counts)}, its discovery has {found}",
                "health check: /discovered",
                "Both have to speak of the same workflows.",
            )

    async def _previewed(self, workflow: Mapping[str, Any], step: Any) -> None:
        if not isinstance(step, dict) or step.get("type") == "http_request":  # which Novu makes itself
            return
        where = step_name(workflow, step)
        query = {
            "action": "preview",
            "workflowId": str(workflow.get("workflowId")),
            "stepId": str(step.get("stepId")),
        }
        event = {**SAMPLE, "env": _sample_env(workflow), **self._event}
        answer = await self.ask("POST", query, headers=JSON_TYPE, body=event, has_body=True)
        if answer.status != 200:
            self.error(
                f"its preview fails: {answer.status} {_code(answer) or ''}: {_message(answer)}{_details(answer)}",
                where,
                "Novu previews a step with made-up data and default controls: "
                "the workflow has to cope with every value that its schemas allow.",
            )
            return
        problems = _answer_problems(answer.body) or step_output_issues(step, answer.body["outputs"])
        for problem in problems:
            self.error(
                f"its preview is not what it says: {problem}",
                where,
                "Compare the step's output with its schema.",
            )
        if not problems:
            self.ok("previewed", where)

    # --- refusals ---

    async def _refusals(self, workflows: list[dict[str, Any]]) -> None:
        event: dict[str, Any] = {
            "headers": JSON_TYPE,
            "body": {"payload": {}, "controls": {}, "state": []},
            "has_body": True,
        }
        nobody = {"action": "execute", "workflowId": NOBODY, "stepId": NOBODY}
        await self._refused("an unknown workflow", "POST", nobody, 404, "WorkflowNotFoundError", event)
        await self._refused("an unknown action", "GET", {"action": "nothing"}, 400, "InvalidActionError", {})
        await self._refused("a GET that should be a POST", "GET", nobody, 400, "InvalidActionError", {})
        await self._refused("a PUT", "PUT", {}, 405, "MethodNotAllowedError", {})
        if workflows and (steps := workflows[0].get("steps")):
            known = {"workflowId": str(workflows[0].get("workflowId"))}
            unknown = {"action": "code", **known, "stepId": NOBODY}
            await self._refused("the code of an unknown step", "GET", unknown, 404, "StepNotFoundError", {})
            step = {"action": "execute", **known, "stepId": str(steps[0].get("stepId"))}
            empty = {**event, "body": {}}
            await self._refused(
                "an event without a payload", "POST", step, 400, "ExecutionEventPayloadInvalidError", empty
            )
            broken = Request(
                "POST", list(step.items()), JSON_TYPE, body_text="{broken", signature=Signature()
            )
            answer = await self._send(replace(broken, has_body=True))
            if 400 <= answer.status < 500:
                self.ok(f"answers a body that is no JSON with {answer.status}", "errors")
            else:
                self.error(
                    f"answers a body that is no JSON with {answer.status}",
                    "errors",
                    "Novu tries again after a 5xx: what the caller got wrong is a 4xx.",
                )

    async def _refused(
        self,
        what: str,
        method: str,
        query: Mapping[str, str],
        status: int,
        code: str,
        parts: Mapping[str, Any],
    ) -> None:
        answer = await self.ask(method, query, **parts)
        body = answer.body
        shaped = (
            isinstance(body, dict)
            and isinstance(body.get("message"), str)
            and isinstance(body.get("code"), str)
        )
        if answer.status == status and shaped and body["code"] == code:
            self.ok(f"refuses {what}", "errors")
        else:
            given = f"{answer.status} {_code(answer) or 'without a code'}"
            self.error(
                f"answers {what} with {given}",
                "errors",
                f"It has to be {status} with {{message, code}}, the code {code}.",
            )


def _sample_env(workflow: Mapping[str, Any]) -> dict[str, Any]:
    """What Novu always gives, and what the workflow's own schema asks for."""
    env = workflow.get("env")
    schema = env.get("schema") if isinstance(env, dict) else None
    made = made_up(schema) if isinstance(schema, dict) else None
    return {**(made if isinstance(made, dict) else {}), "name": "Development", "type": "dev"}


def _answer_problems(body: Any) -> list[str]:
    """What keeps an answer to execute or preview from being one."""
    if not isinstance(body, dict):
        return ["it is no JSON object"]
    problems = [
        f"/{key} is no object"
        for key in ("outputs", "providers", "options", "metadata")
        if not isinstance(body.get(key), dict)
    ]
    if not problems and not isinstance(body["options"].get("skip"), bool):
        problems.append("/options/skip is no boolean")
    if not problems and body["metadata"].get("status") != "success":
        problems.append(f"/metadata/status is {body['metadata'].get('status')!r}")
    return problems


def _code(answer: Response) -> str | None:
    code = answer.body.get("code") if isinstance(answer.body, dict) else None
    return code if isinstance(code, str) else None


def _message(answer: Response) -> str:
    if isinstance(answer.body, dict):
        return str(answer.body.get("message", ""))
    return str(answer.body or "")[:200]


def _details(answer: Response) -> str:
    data = answer.body.get("data") if isinstance(answer.body, dict) else None
    if not isinstance(data, list):
        return ""
    return "".join(
        f" ({item.get('path') or '/'} {item.get('message')})" for item in data if isinstance(item, dict)
    )


def _ids(workflows: list[Any]) -> list[str]:
    return [str(workflow.get("workflowId")) for workflow in workflows if isinstance(workflow, dict)]
