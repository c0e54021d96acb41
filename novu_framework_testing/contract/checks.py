"""A check of any bridge: asks it what Novu would ask, and says in words what is wrong."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from novu_framework._internal.redaction import redaction
from novu_framework.npm.mock_data import made_up
from novu_framework.steps.kinds import KINDS
from novu_framework_testing._internal.twins import blocking
from novu_framework_testing.bridges.base import BridgeFailure, issues_text
from novu_framework_testing.contract.discovery import check_discovery, step_name, step_output_issues
from novu_framework_testing.contract.endpoint import Endpoint
from novu_framework_testing.contract.recording import Request, Response
from novu_framework_testing.contract.report import CheckFinding, Level, Report, counted
from novu_framework_testing.contract.requests import (
    DISCOVER,
    HEALTH_CHECK,
    PREFLIGHT,
    SAMPLE_EVENT,
    WRONG_SIGNATURES,
    Refusal,
    asked,
    first_step,
    wrong_requests,
)

EXPECTED_HEADERS = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "access-control-allow-private-network": "true",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "*",
    "access-control-max-age": "604800",
    "novu-framework-version": "2024-06-26",
}
"""The headers of every answer of a bridge, health checks and errors included."""

PRESENT_HEADERS = ("novu-framework-sdk", "novu-framework-server", "user-agent")
"""Headers whose value is the bridge's own."""


async def check_bridge_async(
    app_or_url: Any,
    *,
    secret_key: str,
    route: str = "/api/novu",
    strict_authentication: bool = True,
    previous_secret_keys: Sequence[str] = (),
    timeout: float = 10.0,
    event: Mapping[str, Any] | None = None,
) -> Report:
    """Ask a bridge what Novu would ask, and report what it gets wrong.

    Looks at the health check, the headers, the refusal of wrong signatures (none, of another key, stale, from the
    future, malformed), the discovery, a preview of every step, unknown workflows, actions and methods, and the
    shape of errors. Nothing is sent to subscribers: steps are previewed, never executed.

    Args:
        app_or_url: An app (FastAPI, Flask, ...), or the URL of the bridge in any language.
        secret_key: The key that the bridge shares with Novu.
        route: The path of the bridge in an app, if not where its routes say; a URL has its own.
        strict_authentication: True if it has to refuse unsigned requests; if False, what it lets through is a warning.
        previous_secret_keys: Keys that were used before: one that the bridge still accepts is a warning.
        timeout: Seconds to wait for each answer.
        event: The event that steps are previewed with, such as `{"context": {...}, "subscriber": {...}}`. Parts that
            are left out come from a sample; the payload is made up by the bridge.

    Returns:
        A report. `report.ok` is true if Novu can work with the bridge; `str(report)` says the rest in words.

    >>> from fastapi import FastAPI
    >>> from novu_framework import Client
    >>> from novu_framework.fastapi import serve
    >>> app = FastAPI()
    >>> serve(app, workflows=[], client=Client(secret_key="secret"))
    >>> check_bridge(app, secret_key="secret").ok
    True
    """
    async with Endpoint(app_or_url, route=route, timeout=timeout) as endpoint:
        redaction.hide(secret_key, *previous_secret_keys, of=endpoint)
        unsigned: Level = "error" if strict_authentication else "warning"
        check = _Check(endpoint, secret_key, previous_secret_keys, unsigned, event or {})
        try:
            await check.run()
        except BridgeFailure as failure:
            advice = (
                "Novu gives up after 5 s: see what takes so long."
                if failure.timed_out
                else "Is the app running, and is this its host and port?"
            )
            check.error(failure.message, "", advice)
    return Report(f"Bridge {endpoint.shown_url}", tuple(check.findings))


check_bridge: Final = blocking(check_bridge_async)


def _said(answer: Response) -> str:
    """Quote what a bridge says instead of its health: where it redirects to, or the first line of a text."""
    location = next((value for name, value in answer.headers.items() if name.lower() == "location"), None)
    text = str(answer.body or "").strip()
    line = (
        f"redirects to {location}"
        if location
        else ""
        if text[:1] == "<"
        else redaction.excerpt(text.partition("\n")[0], 100)
    )
    return f": {line}" if line else ""


@dataclass
class _Check:
    """One check: sends the requests in order and collects the findings."""

    endpoint: Endpoint
    secret_key: str
    previous_secret_keys: Sequence[str]
    unsigned: Level
    event: Mapping[str, Any]
    findings: list[CheckFinding] = field(default_factory=list)

    def ok(self, what: str, where: str = "") -> None:
        self.findings.append(CheckFinding("ok", what, where))

    def error(self, what: str, where: str, advice: str) -> None:
        self.findings.append(CheckFinding("error", what, where, advice))

    def expect(self, met: bool, ok: str, wrong: str, where: str, advice: str) -> None:
        """Note that an expectation was met, or what came instead and what to do."""
        if met:
            self.ok(ok, where)
        else:
            self.error(wrong, where, advice)

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
        for refusal in wrong_requests(workflows):
            self._refused(refusal, await self._send(refusal.request), "errors")
        await self._broken_body(workflows)

    async def _send(self, request: Request, secret_key: str | None = None) -> Response:
        now = time.time_ns() // 1_000_000
        return await self.endpoint.send(request, secret_key=secret_key or self.secret_key, now=now)

    # --- the endpoint ---

    async def _health(self) -> Mapping[str, Any] | None:
        answer = await self._send(HEALTH_CHECK)
        body = answer.body
        if not isinstance(body, dict) or "frameworkVersion" not in body:
            self.error(
                f"answers its health check with {answer.status} and no health{_said(answer)}",
                "",
                "Is this the path of the bridge? By convention it is /api/novu; give another as the route or in the URL. "
                "And does the app take requests for this host?",
            )
            return None
        self.expect(
            answer.status == 200 and body.get("status") == "ok",
            f"healthy, protocol {body['frameworkVersion']}, SDK {body.get('sdkVersion')}",
            f"answers its health check with {answer.status}, status {body.get('status')!r}",
            "",
            "Novu takes only status 200 with `ok` for healthy.",
        )
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
        self.expect(
            not wrong,
            "every header that Novu reads",
            "; ".join(wrong),
            "headers",
            "Novu's dashboard reads them from the browser: see that no proxy or middleware takes them away.",
        )

    async def _preflight(self) -> None:
        answer = await self._send(PREFLIGHT)
        self.expect(
            answer.status == 200 and bool(answer.headers.get("access-control-allow-origin")),
            "answers a browser's preflight",
            f"answers a browser's preflight with {answer.status}",
            "OPTIONS",
            "Without it the local dashboard cannot reach the bridge: let OPTIONS through to it unsigned.",
        )

    # --- refusals ---

    async def _signatures(self) -> None:
        for refusal in WRONG_SIGNATURES:
            answer = await self._send(refusal.request)
            if answer.status < 400:  # the other signatures would tell nothing new
                advice = (
                    "Anybody who finds the URL can run your workflows: turn strict authentication on. "
                    "(@novu/framework before 2.11 never looks at a signature's age: upgrade it.)"
                )
                what = f"accepts {refusal.what}"
                self.findings.append(CheckFinding(self.unsigned, what, "signatures", advice))
                return
            self._refused(refusal, answer, "signatures")
        count = len(self.previous_secret_keys)
        for place, key in enumerate(self.previous_secret_keys, 1):
            which = "the previous secret key" if count == 1 else f"previous secret key {place} of {count}"
            if (await self._send(DISCOVER, key)).status == 401:
                self.ok(f"refuses {which}", "signatures")
            else:
                advice = (
                    "Once Novu signs with the new key, and every instance has it, take the previous one out."
                )
                self.findings.append(CheckFinding("warning", f"still accepts {which}", "signatures", advice))

    def _refused(self, refusal: Refusal, answer: Response, where: str) -> None:
        what, status, code, _ = refusal
        has_message = isinstance(answer.body, dict) and isinstance(answer.body.get("message"), str)
        self.expect(
            answer.status == status and _code(answer) == code and has_message,
            f"refuses {what}",
            f"answers {what} with {answer.status} {_code(answer) or 'without a code'}",
            where,
            f"It has to be {status} with {{message, code}}, the code {code}.",
        )

    async def _broken_body(self, workflows: list[dict[str, Any]]) -> None:
        if step := first_step(workflows):
            answer = await self._send(asked("POST", "execute", *step, body_text="{broken"))
            what = f"answers a body that is not JSON with {answer.status}"
            advice = "Novu tries again after a 5xx: what the caller got wrong is a 4xx."
            self.expect(400 <= answer.status < 500, what, what, "errors", advice)

    # --- workflows ---

    async def _discovered(self) -> list[dict[str, Any]] | None:
        answer = await self._send(DISCOVER)
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
        workflows = [workflow for workflow in workflows if isinstance(workflow, dict)]
        ids = ", ".join(str(workflow.get("workflowId")) for workflow in workflows)
        self.ok(f"{counted(len(workflows), 'workflow')}: {ids or 'none'}", "discover")
        return workflows

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
        if not isinstance(step, dict):
            return
        kind = KINDS.get(str(step.get("type")))
        if kind and not kind.asks_bridge:
            return
        where = step_name(workflow, step)
        event = {**SAMPLE_EVENT, "env": _sample_env(workflow), **self.event}
        request = asked("POST", "preview", workflow.get("workflowId"), step.get("stepId"), body=event)
        answer = await self._send(request)
        if answer.status != 200:
            advice = "the workflow has to cope with every value that its schemas allow."
            if not _names_fields(workflow.get("payload")):
                advice += (
                    " The payload's schema names no fields, so there are none: give the payload a model."
                )
            self.error(
                f"its preview fails: {answer.status} {_code(answer) or ''}: {_message(answer)}{_details(answer)}",
                where,
                f"Novu previews a step with made-up data and default controls: {advice}",
            )
            return
        problems = _answer_problems(answer.body) or step_output_issues(step, answer.body["outputs"])
        for problem in problems:
            advice = "Compare the step's output with its schema."
            self.error(f"its preview is not what it says: {problem}", where, advice)
        if not problems:
            self.ok("previewed", where)


def _sample_env(workflow: Mapping[str, Any]) -> dict[str, Any]:
    """Make the env that Novu always gives, and what the workflow's own schema requires."""
    env = workflow.get("env")
    schema = env.get("schema") if isinstance(env, dict) else None
    made = made_up(schema) if isinstance(schema, dict) else None
    return {**(made if isinstance(made, dict) else {}), "name": "Development", "type": "dev"}


def _names_fields(payload: object) -> bool:
    schema = payload.get("schema") if isinstance(payload, dict) else None
    return isinstance(schema, dict) and bool(
        schema.keys() & {"properties", "$ref", "allOf", "anyOf", "oneOf"}
    )


def _answer_problems(body: Any) -> list[str]:
    """List what is wrong with the shape of an answer to execute or preview."""
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
    return redaction.excerpt(str(answer.body or ""), 200)


def _details(answer: Response) -> str:
    return issues_text(answer.body.get("data")) if isinstance(answer.body, dict) else ""
