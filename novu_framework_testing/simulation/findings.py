"""From a bridge's warnings and errors to what the developer should know: which step, which line, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from novu_framework._internal.redaction import redaction
from novu_framework.answers import StepWarning
from novu_framework.errors import StepControlCompilationFailedError, StepNotFoundError
from novu_framework.steps.kinds import KINDS
from novu_framework_testing._internal.templates import template_error
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.simulation.activity import Finding, FindingKind
from novu_framework_testing.simulation.runs import Run, StepRun
from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow
from novu_framework_testing.versions import VersionChange, explaining

_HIDDEN = "a step must not hide behind a condition, give it a `skip` instead"


def findings_of(failure: BridgeFailure, workflow: SyncedWorkflow, step: SyncedStep) -> list[Finding]:
    """Return what a failed bridge call says about the code, if it says anything."""
    if failure.code == StepControlCompilationFailedError.code:
        return [
            _finding("control", f"the control {broken}", workflow, step.step_id)
            for broken in _broken_controls(workflow, step)
        ] or [_finding("control", f"a control does not compile: {failure.message}", workflow, step.step_id)]
    known = {one.step_id for one in workflow.steps}
    hidden = failure.undiscovered_step_id
    if hidden is not None and hidden not in known:
        unseen = f"a step {hidden!r} that discovery did not see, so Novu has no job for it"
        message = f"the run reached {unseen}: {_HIDDEN}"
        return [_finding("undiscovered-step", message, workflow, hidden)]
    if failure.code == StepNotFoundError.code and hidden is None:  # the protocol does not name it
        message = f"the run reached a step that discovery did not see ({failure.message}): {_HIDDEN}"
        return [_finding("undiscovered-step", message, workflow, step.step_id)]
    return []


def finding_of(warning: StepWarning, workflow: SyncedWorkflow) -> Finding:
    """Return what a warning of the runtime says about the code."""
    return _finding(warning.kind, warning.message, workflow, warning.step_id)


def path_as_key(
    workflow: SyncedWorkflow, step_id: str, output: Literal["digestKey", "throttleKey"], key: object
) -> Finding | None:
    """Return the finding about a key that was written as a path where Novu takes none."""
    if not isinstance(key, str) or not (_PATH if output == "digestKey" else _PAYLOAD_PATH).fullmatch(key):
        return None
    together = f"the {output} is the text {key!r}, so Novu takes all events of a subscriber together"
    if output == "digestKey":
        advice = f"it is the value itself that it groups by, such as that of `{key}`"
    else:
        advice = (
            f"a path into the payload is written without its `payload.`: {key.removeprefix('payload.')!r}"
        )
    return _finding("grouping-key", f"{together}: {advice}", workflow, step_id)


_PATH = re.compile(r"(payload|subscriber|context|env|steps)(\.[\w-]+)+", re.ASCII)
_PAYLOAD_PATH = re.compile(r"payload(\.[\w-]+)+", re.ASCII)


def broken_by_deployment(
    run: Run, step: StepRun, failure: BridgeFailure | ValueError | None = None
) -> Finding | None:
    """Return the finding about a step that a deployment broke while its run was open, or None.

    Args:
        run: The run, which has the workflow as it is now; its trigger has it as it was.
        step: The step that was asked for, or that would have been.
        failure: How the bridge failed, or why its answer is nothing to wait by; None where it answered otherwise, or where
            the workflow is gone.
    """
    then = run.trigger.workflow
    now = None if run.workflow_id in run.world.workflows.dropped else run.workflow
    if now is then:
        return None
    if now is None:
        what, why = "ends here, since its workflow was deleted", [VersionChange("workflow-removed")]
    elif failure is None:
        shown = now.type_of(step.step_id)
        if shown == step.type or (shown is None and (step.outputs or step.type in _WITHOUT_BRIDGE)):
            return None
        what = _LOST if shown is None else _OTHER_TYPE.format(step.type, shown)
        why = explaining(now.changes_since(then), step.step_id, None)
    else:
        what, why = f"fails: {failure}".rstrip("."), _reasons(then, now, step, failure)
        if not why and now.bridge is then.bridge:
            return None
        if isinstance(failure, ValueError) and (not why or now.type_of(step.step_id) != step.type):
            return None
        if isinstance(failure, BridgeFailure) and failure.code is None:  # nobody answered
            return None
    reasons = [str(one) for one in why[:_MOST_REASONS]] or ["the code behind it changed"]
    if len(why) > _MOST_REASONS:
        reasons.append(f"and {len(why) - _MOST_REASONS} more")
    text = f"the run of {run.subscriber_id} ({run.transaction_id}), open at the deployment, {what}"
    return _finding("deployment", f"{text}. What changed: {'; '.join(reasons)}", run.workflow, step.step_id)


def _reasons(
    then: SyncedWorkflow, now: SyncedWorkflow, step: StepRun, failure: BridgeFailure | ValueError
) -> list[VersionChange]:
    """Return what changed that explains a failure."""
    found = now.changes_since(then)
    if isinstance(failure, ValueError):
        return [one for one in found if one.step_id == step.step_id]
    issues = failure.data if isinstance(failure.data, list) else []
    paths = [str(one.get("path")) for one in issues if isinstance(one, Mapping)]
    return explaining(found, step.step_id, failure.code, paths=paths)


_MOST_REASONS = 5
_LOST = "loses this step: the bridge answers with nothing"
_OTHER_TYPE = "has a job of the type {} here, and the bridge answers with the outputs of {}"
_WITHOUT_BRIDGE = frozenset(kind.type for kind in KINDS.values() if not kind.asks_bridge)


def no_steps(workflow: SyncedWorkflow) -> Finding:
    """Return the finding about a workflow that does nothing, whatever it is triggered with."""
    message = f"discovery saw no steps, so nothing is ever sent: {_HIDDEN}"
    return Finding("no-steps", message, workflow.workflow_id)


def _finding(kind: FindingKind, message: str, workflow: SyncedWorkflow, step_id: str) -> Finding:
    location = workflow.bridge.location(workflow.workflow_id, step_id)
    return Finding(kind, redaction.redacted(message), workflow.workflow_id, step_id, location)


def _broken_controls(workflow: SyncedWorkflow, step: SyncedStep) -> Iterator[str]:
    """Each control that does not parse: its name, where it comes from, and the line in it."""
    saved = workflow.controls.get(step.step_id, {})
    schema = (step.definition.get("controls") or {}).get("schema") or {}
    defaults = {
        name: shown["default"]
        for name, shown in (schema.get("properties") or {}).items()
        if isinstance(shown, Mapping) and "default" in shown and name not in saved
    }
    for values, origin in ((saved, "saved in the dashboard"), (defaults, "by its default")):
        for name, template in _templates(values):
            if error := template_error(template):
                advice = _QUOTES if error.by_quotes else ""
                yield f"`{name}`, {origin}, does not compile: {error.message}{advice}"


_QUOTES = ". Write single quotes inside {{ }} and {% %}: double quotes are escaped there, as in any JSON"


def _templates(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _templates(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _templates(inner, f"{path}[{index}]")
