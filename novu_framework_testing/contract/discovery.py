"""What a bridge says of its workflows: whether it has the shape that Novu reads, and what may surprise later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework.liquid import LiquidError, create_engine
from novu_framework.npm.ajv.validator import SchemaError, Validator
from novu_framework_testing.contract.report import Finding

STEP_TYPES = frozenset(
    {
        "email",
        "sms",
        "push",
        "chat",
        "in_app",
        "tool",
        "digest",
        "delay",
        "throttle",
        "custom",
        "http_request",
    }
)
SEVERITIES = frozenset({"none", "low", "medium", "high"})

_WORKFLOW: dict[str, type | tuple[type, ...]] = {
    "workflowId": str, "severity": str, "code": str, "tags": list, "preferences": dict, "steps": list,
    "payload": dict, "controls": dict,
}  # fmt: skip
_STEP: dict[str, type | tuple[type, ...]] = {
    "stepId": str, "type": str, "code": str, "options": dict, "providers": list, "controls": dict, "outputs": dict,
    "results": dict,
}  # fmt: skip


def step_name(workflow: Mapping[str, Any], step: Mapping[str, Any]) -> str:
    return f"{workflow.get('workflowId')} / {step.get('stepId')}"


def check_discovery(workflows: list[dict[str, Any]]) -> list[Finding]:
    """Everything that is wrong or odd in a discovery; one `ok` where nothing is wrong."""
    findings = list(_findings(workflows))
    if not any(finding.level == "error" for finding in findings):
        findings.insert(0, Finding("ok", "every workflow and step has the shape that Novu reads", "discover"))
    return findings


def _findings(workflows: list[dict[str, Any]]) -> Iterator[Finding]:
    for workflow_id, times in Counter(str(workflow.get("workflowId")) for workflow in workflows).items():
        if times > 1:
            yield Finding(
                "error", f"{times} workflows have this id", workflow_id, "Give each its own: Novu keeps one."
            )
    for workflow in workflows:
        where = str(workflow.get("workflowId"))
        yield from _shape(workflow, _WORKFLOW, where)
        if workflow.get("severity") not in SEVERITIES:
            yield Finding(
                "error", f"/severity is {workflow.get('severity')!r}", where, f"One of {sorted(SEVERITIES)}."
            )
        for part in ("payload", "controls", "env"):
            if part in workflow:
                yield from _schema(workflow[part], f"{where}: /{part}")
        steps = [step for step in workflow.get("steps") or [] if isinstance(step, dict)]
        if not steps:
            yield Finding("warning", "has no steps", where, "A trigger of it will do nothing.")
        for step_id, times in Counter(str(step.get("stepId")) for step in steps).items():
            if times > 1:
                yield Finding(
                    "error", f"{times} steps have this id", f"{where} / {step_id}", "Give each its own."
                )
        for step in steps:
            yield from _step(step, step_name(workflow, step))


def _step(step: Mapping[str, Any], where: str) -> Iterator[Finding]:
    yield from _shape(step, _STEP, where)
    if step.get("type") not in STEP_TYPES:
        yield Finding(
            "error", f"/type is {step.get('type')!r}", where, f"One of {', '.join(sorted(STEP_TYPES))}."
        )
    for part in ("controls", "outputs", "results"):
        yield from _schema(step.get(part), f"{where}: /{part}")
    for provider in step.get("providers") or []:
        if not isinstance(provider, dict) or not isinstance(provider.get("type"), str):
            yield Finding("error", "a provider without a type", where, "Each is {type, code, outputs}.")
    yield from _controls(step, where)


def _shape(value: Mapping[str, Any], keys: Mapping[str, Any], where: str) -> Iterator[Finding]:
    for key, kind in keys.items():
        if not isinstance(value.get(key), kind):
            found = "missing" if key not in value else f"a {type(value[key]).__name__}"
            yield Finding("error", f"/{key} is {found}", where, "Novu reads it when it syncs.")


def _schema(part: Any, where: str) -> Iterator[Finding]:
    schema = part.get("schema") if isinstance(part, dict) else None
    if not isinstance(schema, dict):
        yield Finding("error", "has no schema", where, "It has to be {schema, unknownSchema}.")
        return
    try:
        Validator(schema)
    except SchemaError as error:
        yield Finding(
            "error", f"its schema is no JSON Schema: {error}", f"{where}/schema", "Correct the schema."
        )


def _controls(step: Mapping[str, Any], where: str) -> Iterator[Finding]:
    """Controls that a colleague has to fill in before the step can run, and defaults that do not compile."""
    controls = step.get("controls")
    schema = controls.get("schema") if isinstance(controls, dict) else None
    if not isinstance(schema, dict):
        return
    properties = schema.get("properties")
    for name, control in properties.items() if isinstance(properties, dict) else ():
        if not isinstance(control, dict):
            continue
        place = f"{where}: control `{name}`"
        if "default" not in control and name in (schema.get("required") or []):
            yield Finding(
                "warning",
                "is required and has no default",
                place,
                "Until somebody fills it in on the dashboard, this step fails: give it a default.",
            )
        default = control.get("default")
        if isinstance(default, str) and "{" in default:
            try:
                create_engine().from_string(default)
            except LiquidError as error:
                yield Finding("error", f"its default does not compile: {error}", place, "Correct the Liquid.")


def step_output_issues(step: Mapping[str, Any], outputs: dict[str, Any]) -> list[str]:
    """Where outputs do not fit the schema that the step was discovered with."""
    try:
        _, issues = Validator(step["outputs"]["schema"]).validate(outputs)
    except (KeyError, TypeError, SchemaError):  # a schema that was complained about already
        return []
    return [f"{issue.path or '/'} {issue.message}" for issue in issues]
