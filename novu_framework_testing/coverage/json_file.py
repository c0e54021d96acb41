"""The summary as a JSON file, for CI."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.coverage.summary import Branch, Summary, WorkflowCoverage, percent
from novu_framework_testing.coverage.words import missing_of


def summary_data(summary: Summary, *, partial: str = "") -> dict[str, Any]:
    """Return the summary as plain data; its shape is on the page of the options, and what is there stays there.

    Args:
        summary: What happened.
        partial: Why the run was not of every test; empty where it was.
    """
    return {
        "format": 1,
        "partial": partial or None,
        **_numbers(summary.ran, summary.total),
        "workflows": [_workflow(each) for each in summary.workflows],
    }


def _numbers(ran: int, total: int) -> dict[str, Any]:
    return {"branches": total, "ran": ran, "percent": round(percent(ran, total), 2)}


def _workflow(each: WorkflowCoverage) -> dict[str, Any]:
    return {
        "workflow": each.workflow_id,
        "place": each.place or None,
        "runs": each.runs,
        **_numbers(each.ran, len(each.branches)),
        "steps": [
            {
                "step": step_id,
                "type": kind,
                "happened": dict(sorted(each.happened[step_id].items())),
                "locales": dict(sorted(each.locales[step_id].items())),
                "branches": [_branch(one) for one in each.branches if one.step_id == step_id],
            }
            for step_id, kind in each.steps.items()
        ],
        "never": [one._asdict() for one in missing_of(each)],
    }


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "kind": branch.what,
        "name": branch.name,
        "role": branch.role or None,
        "place": branch.place or None,
        "ran": branch.ran,
    }
