"""Digests: what collapses, when the window ends, and what the bridge is told."""

from __future__ import annotations

from tests.rules import Source, rule

MERGE = Source("apps/worker/src/app/workflow/usecases/add-job/merge-or-create-digest.usecase.ts", "baefab6")
HOUR = {"amount": 1, "unit": "hours"}


@rule(
    "digest.merged-runs",
    "An event that arrives while a window is open is merged, with its later steps.",
    MERGE,
)
def test_an_event_that_arrives_while_the_window_is_open_is_merged(sim, served):
    served("w", ("digest", "all", HOUR), ("in_app", "bell", {"body": "x"}))
    first, second = (sim.trigger("w", "ann", {"n": n}).run for n in (1, 2))
    assert [step.status for step in first.steps] == ["delayed", "pending"]
    assert [step.status for step in second.steps] == ["merged", "merged"]
