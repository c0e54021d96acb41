"""Workflows: synced from a bridge, turned off and on, updated and deleted while runs wait."""

from __future__ import annotations

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.simulation.workflows import MadeInDashboard, UnknownWorkflow
from tests.rules import Source, rule
from tests.unit.simulation.simulated import NOON, ScriptedBridge

APRIL = "943f64b"
SYNC = Source("apps/api/src/app/bridge/usecases/sync/sync.usecase.ts", APRIL)
PARSE = Source("apps/api/src/app/events/usecases/parse-event-request/parse-event-request.usecase.ts", APRIL)
NOTIFICATION_JOBS = Source(
    "libs/application-generic/src/usecases/create-notification-jobs/create-notification-jobs.usecase.ts",
    APRIL,
)

BELL = ("in_app", "bell", {"body": "x"})
MAIL = ("email", "mail", {"subject": "s", "body": "b"})
DAY = ("delay", "day", {"amount": 1, "unit": "days"})
ANN = {"subscriberId": "ann", "email": "ann@acme.test"}


def synced(sim, bridge, *workflows):
    """Sync a bridge that now has these workflows: `("w", step, ..., {definition})`."""
    bridge.definitions.clear()
    for workflow_id, *steps in workflows:
        definition = steps.pop() if steps and isinstance(steps[-1], dict) else {}
        bridge.add(workflow_id, *steps, **definition)
    sim.connect(bridge)


@rule(
    "workflows.sync",
    "A sync takes what the bridge has: workflows that it no longer has are deleted, and others keep their ids.",
    SYNC,
)
@pytest.mark.parametrize(
    ("then", "known"),
    [(["w", "v"], {"w", "v"}), (["w"], {"w"}), ([], set()), (["w", "new"], {"w", "new"})],
)
def test_a_sync_takes_what_the_bridge_has(sim, bridge, then, known):
    synced(sim, bridge, ("w", BELL), ("v", BELL))
    before = {one.workflow_id: one.id for one in sim.workflows}
    synced(sim, bridge, *((name, BELL) for name in then))
    after = {one.workflow_id: one.id for one in sim.workflows}
    assert set(after) == known
    assert all(after[name] == before[name] for name in known & set(before))


@rule("workflows.sync-updates", "A sync updates name, tags, steps and preferences of a workflow.", SYNC)
@pytest.mark.parametrize(
    ("definition", "field", "value"),
    [
        ({"name": "New"}, "name", "New"),
        ({"tags": ["a"]}, "tags", ("a",)),
        ({"severity": "high"}, "severity", "high"),
        ({"description": "What it is for"}, "description", "What it is for"),
        ({"preferences": {"all": {"readOnly": True}}}, "read_only", True),
    ],
)
def test_a_sync_updates_a_workflow(sim, bridge, definition, field, value):
    synced(sim, bridge, ("w", BELL))
    assert getattr(sim.workflow("w"), field) != value
    synced(sim, bridge, ("w", BELL, definition))
    assert getattr(sim.workflow("w"), field) == value


@rule(
    "workflows.steps-at-trigger",
    "A run has the steps that its workflow had when it was triggered.",
    NOTIFICATION_JOBS,
)
@pytest.mark.parametrize(
    ("steps", "later"),
    [((DAY, BELL, MAIL), {"in_app", "email"}), ((DAY, MAIL), {"email"}), ((MAIL,), {"email"})],
)
def test_a_run_keeps_its_steps(sim, bridge, steps, later):
    synced(sim, bridge, ("w", DAY, BELL))
    waiting = sim.trigger("w", ANN)
    synced(sim, bridge, ("w", *steps))
    new = sim.trigger("w", ANN)
    sim.advance(days=1)
    assert {message.channel for message in waiting.messages} == {"in_app"}
    assert {message.channel for message in new.messages} == later


@rule(
    "workflows.controls-kept",
    "What the dashboard saved for a step stays when the workflow is synced again.",
    SYNC,
)
def test_saved_controls_stay(sim, bridge):
    synced(sim, bridge, ("w", BELL))
    sim.controls("w", "bell", {"subject": "Saved"})
    synced(sim, bridge, ("w", BELL, MAIL))
    sim.trigger("w", ANN)
    assert bridge.events("bell")[0]["controls"] == {"subject": "Saved"}


@rule("workflows.off", "A workflow that is turned off takes no new triggers; runs that wait go on.", PARSE)
def test_a_waiting_run_goes_on(sim, bridge):
    synced(sim, bridge, ("w", DAY, BELL))
    waiting = sim.trigger("w", ANN)
    sim.workflow("w").deactivate()
    refused = sim.trigger("w", ANN)
    sim.advance(days=1)
    assert (len(waiting.messages), refused.status, refused.runs) == (1, "trigger_not_active", [])
    with pytest.raises(LookupError, match="the workflow is not active"):
        _ = refused.run


@rule("workflows.sync-turns-on", "A sync turns a workflow on again.", SYNC)
def test_a_sync_turns_a_workflow_on(sim, bridge):
    synced(sim, bridge, ("w", BELL))
    sim.workflow("w").deactivate()
    synced(sim, bridge, ("w", BELL))
    assert sim.trigger("w", ANN).status == "processed"


@rule("workflows.deleted", "A workflow that is no longer synced takes no triggers.", PARSE)
def test_a_deleted_workflow_takes_no_triggers(sim, bridge, api):
    synced(sim, bridge, ("w", BELL), ("v", BELL))
    synced(sim, bridge, ("v", BELL))
    with pytest.raises(UnknownWorkflow):
        sim.trigger("w", ANN)
    assert api.post("/v1/events/trigger", {"name": "w", "to": "ann"}).status == 422


@rule(
    "workflows.bridge-url",
    "A trigger that brings its own bridge does not ask whether the workflow is active.",
    PARSE,
)
async def test_a_trigger_with_a_bridge_does_not_ask(sim, bridge, monkeypatch):
    synced(sim, bridge, ("w", BELL))
    sim.workflow("w").deactivate()
    trigger = await sim.trigger_async("w", "ann", bridge_url="http://127.0.0.1:4000/api/novu")
    assert (trigger.status, len(trigger.messages)) == ("processed", 1)


@rule(
    "workflows.environments",
    "Workflows, subscribers and their data belong to one environment.",
    PARSE,
)
def test_environments_share_nothing(sim, bridge):
    synced(sim, bridge, ("w", BELL))
    sim.trigger("w", ANN, context={"tenant": "acme"})
    sim.topic("team").add("ann")
    with NovuSimulator(NOON, environment_type="prod") as other:
        other.connect(ScriptedBridge())
        assert [
            list(each) for each in (other.workflows, other.subscribers, other.topics, other.contexts)
        ] == [[]] * 4
        with pytest.raises(UnknownWorkflow):
            other.trigger("w", ANN)


@rule("workflows.dashboard-origin", "A sync of a workflow whose id the dashboard has is a 400.", SYNC)
def test_a_sync_leaves_a_workflow_of_the_dashboard_alone(sim, api, bridge):
    synced(sim, bridge, ("old", BELL))
    made = {"workflowId": "w", "name": "W", "active": True, "steps": [{"name": "Bell", "type": "in_app"}]}
    assert api.post("/v2/workflows", made).status == 201
    bridge.add("new", BELL)
    bridge.add("w", BELL)
    with pytest.raises(MadeInDashboard, match="another id"):
        sim.connect(bridge)
    assert {one.workflow_id: one.in_code for one in sim.workflows} == {"old": True, "w": False}
