"""A check of what a bridge says of its workflows: the shape that Novu reads, and what may surprise later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework.npm.ajv.validator import SchemaError, Validator
from novu_framework.preferences import Severity
from novu_framework.steps.kinds import KINDS
from novu_framework_testing._internal.templates import template_error
from novu_framework_testing.contract.report import CheckFinding

SEVERITIES = sorted(severity.value for severity in Severity)

_WORKFLOW: dict[str, type | tuple[type, ...]] = {
    "workflowId": str, "severity": str, "code": str, "tags": list, "preferences": dict, "steps": list,
    "payload": dict, "controls": dict,
}  # fmt: skip
_STEP: dict[str, type | tuple[type, ...]] = {
    "stepId": str, "type": str, "code": str, "options": dict, "providers": list, "controls": dict, "outputs": dict,
    "results": dict,
}  # fmt: skip


def step_name(workflow: Mapping[str, Any], step: Mapping[str, Any]) -> str:
    """Name a step for a report: `workflow-id / step-id`."""
    return f"{workflow.get('workflowId')} / {step.get('stepId')}"


def check_discovery(workflows: list[dict[str, Any]]) -> list[CheckFinding]:
    """List everything that is wrong or odd in the workflows of a discovery; one `ok` where nothing is wrong."""
    findings = list(_findings(workflows))
    if not any(finding.level == "error" for finding in findings):
        ok = CheckFinding("ok", "every workflow and step has the shape that Novu reads", "discover")
        findings.insert(0, ok)
    return findings


def _findings(workflows: list[dict[str, Any]]) -> Iterator[CheckFinding]:
    names = Counter(str(workflow.get("workflowId")) for workflow in workflows)
    yield from _repeated("workflows", names, "Give each its own: Novu keeps one.")
    for workflow in workflows:
        where = str(workflow.get("workflowId"))
        yield from _members(workflow, _WORKFLOW, where)
        yield from _one_of(workflow, "severity", SEVERITIES, where)
        for part in ("payload", "controls", "env"):
            if part in workflow:
                yield from _schema(workflow[part], f"{where}: /{part}")
        steps = [step for step in workflow.get("steps") or [] if isinstance(step, dict)]
        if not steps:
            yield CheckFinding("warning", "has no steps", where, "A trigger of it will do nothing.")
        names = Counter(step_name(workflow, step) for step in steps)
        yield from _repeated("steps", names, "Give each its own.")
        for step in steps:
            yield from _step(step, step_name(workflow, step))


def _step(step: Mapping[str, Any], where: str) -> Iterator[CheckFinding]:
    yield from _members(step, _STEP, where)
    yield from _one_of(step, "type", sorted(KINDS), where)
    for part in ("controls", "outputs", "results"):
        yield from _schema(step.get(part), f"{where}: /{part}")
    for provider in step.get("providers") or []:
        if not isinstance(provider, dict) or not isinstance(provider.get("type"), str):
            yield CheckFinding("error", "a provider without a type", where, "Each is {type, code, outputs}.")
    yield from _controls(step, where)


def _repeated(things: str, names: Counter[str], advice: str) -> Iterator[CheckFinding]:
    for name, times in names.items():
        if times > 1:
            yield CheckFinding("error", f"{times} {things} have this id", name, advice)


def _members(value: Mapping[str, Any], types: Mapping[str, Any], where: str) -> Iterator[CheckFinding]:
    for key, expected in types.items():
        if not isinstance(value.get(key), expected):
            given = "missing" if key not in value else f"a {type(value[key]).__name__}"
            yield CheckFinding("error", f"/{key} is {given}", where, "Novu reads it when it syncs.")


def _one_of(value: Mapping[str, Any], key: str, allowed: list[str], where: str) -> Iterator[CheckFinding]:
    if value.get(key) not in allowed:
        advice = f"One of {', '.join(allowed)}."
        yield CheckFinding("error", f"/{key} is {value.get(key)!r}", where, advice)


def _schema(part: Any, where: str) -> Iterator[CheckFinding]:
    schema = part.get("schema") if isinstance(part, dict) else None
    if not isinstance(schema, dict):
        yield CheckFinding("error", "has no schema", where, "It has to be {schema, unknownSchema}.")
        return
    try:
        Validator(schema)
    except SchemaError as error:
        what = f"its schema is no JSON Schema: {error}"
        yield CheckFinding("error", what, f"{where}/schema", "Correct the schema.")


def _controls(step: Mapping[str, Any], where: str) -> Iterator[CheckFinding]:
    """Find controls that have to be filled in before the step can run, and defaults that do not compile."""
    controls = step.get("controls")
    schema = controls.get("schema") if isinstance(controls, dict) else None
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(properties, dict):
        return
    for name, control in properties.items():
        if not isinstance(control, dict):
            continue
        place = f"{where}: control `{name}`"
        if "default" not in control and name in (schema.get("required") or []):
            what = f"the control `{name}` has no default, so the step fails until someone sets it in the dashboard"
            yield CheckFinding("warning", what, place, "Give it a default.")
        default = control.get("default")
        if isinstance(default, str) and (error := template_error(default)):
            what = (
                f"the default of the control `{name}` does not parse, so it does not compile: {error.message}"
            )
            advice = (
                "In Liquid, write single quotes inside {{ }} and {% %}." if error.by_quotes else "Correct it."
            )
            yield CheckFinding("error", what, place, advice)


def step_output_issues(step: Mapping[str, Any], outputs: dict[str, Any]) -> list[str]:
    """List where outputs do not fit the schema that the step was discovered with, as `path message`."""
    try:
        _, issues = Validator(step["outputs"]["schema"]).validate(outputs)
    except (KeyError, TypeError, SchemaError):  # a schema that was complained about already
        return []
    return [f"{issue.path or '/'} {issue.message}" for issue in issues]
