"""What a bridge of another process answers: what is wrong is named, and what is only absent, null or new is not wrong."""

import pytest

from novu_framework.steps.kinds import KINDS
from novu_framework_testing.bridges import shapes
from novu_framework_testing.bridges.shapes import problem_of_discovery, problem_of_outputs

STEP = {"stepId": "s", "type": "sms"}
WORKFLOW = {"workflowId": "w", "steps": [STEP]}
NULLABLE = ("name", "description", "severity", "code", "tags", "preferences", "payload", "steps")


@pytest.fixture(autouse=True)
def nothing_compiled_yet():
    shapes._outputs.cache_clear()


def of(**members):
    return {"workflows": [{**WORKFLOW, **members}]}


@pytest.mark.parametrize(
    "discovery",
    [
        {"workflows": []},
        {"workflows": [{"workflowId": "w"}]},
        of(**dict.fromkeys(NULLABLE)),
        of(new=7),
        of(steps=[{**STEP, "controls": None, "new": 7}]),
        of(steps=[{**STEP, "controls": {"schema": None, "unknownSchema": 7}}]),
        of(steps=[{**STEP, "controls": {"schema": {"type": "object", "properties": {"a": True}}}}]),
        of(payload={"schema": {}}, preferences={"all": None, "channels": None}),
        of(preferences={"all": {"enabled": False, "readOnly": True}, "channels": {"email": {"enabled": False}}}),
    ],
)  # fmt: skip
def test_a_discovery_may_leave_out_and_add(discovery):
    assert problem_of_discovery(discovery) == ""


@pytest.mark.parametrize(
    ("discovery", "problem"),
    [
        ([], "/ must be object"),
        ({}, "/ must have required property 'workflows'"),
        ({"workflows": {}}, "/workflows must be array"),
        *((of(**{name: 7}), f"/workflows/0/{name} must be {kind},null") for name, kind in {
            "name": "string", "description": "string", "severity": "string", "code": "string", "tags": "array",
            "preferences": "object", "payload": "object", "steps": "array"}.items()),
        (of(workflowId=None), "/workflows/0/workflowId must be string"),
        (of(tags=[None]), "/workflows/0/tags/0 must be string"),
        (of(payload={"schema": True}), "/workflows/0/payload/schema must be object,null"),
        (of(payload={"schema": {"properties": 7}}), "/workflows/0/payload/schema/properties must be object,null"),
        (of(preferences={"all": {"readOnly": 1}}), "/workflows/0/preferences/all/readOnly must be boolean"),
        (of(preferences={"all": {"enabled": "yes"}}), "/workflows/0/preferences/all/enabled must be boolean"),
        ({"workflows": [], "agents": {}}, "/agents must be array,null"),
        ({"workflows": [], "agents": ["a"]}, "/agents/0 must be object"),
        ({"workflows": [], "agents": [{}]}, "/agents/0 must have required property 'agentId'"),
        ({"workflows": [], "agents": [{"agentId": 1}]}, "/agents/0/agentId must be string"),
        (of(preferences={"channels": []}), "/workflows/0/preferences/channels must be object,null"),
        (of(steps=[{**STEP, "stepId": 7}]), "/workflows/0/steps/0/stepId must be string"),
        (of(steps=[{"type": "sms"}]), "/workflows/0/steps/0 must have required property 'stepId'"),
        (of(steps=[{**STEP, "type": None}]), "/workflows/0/steps/0/type must be string"),
        (of(steps=[{**STEP, "controls": {"schema": []}}]), "/workflows/0/steps/0/controls/schema must be object,null"),
        (of(steps=[STEP, None]), "/workflows/0/steps/1 must be object"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_discovery_is_named(discovery, problem):
    assert problem_of_discovery(discovery) == problem


@pytest.mark.parametrize("kind", [*KINDS, "of-the-future", ""])
def test_outputs_may_leave_out_and_add(kind):
    assert problem_of_outputs({}, kind) == ""
    assert problem_of_outputs({"new": 7}, kind) == ""


@pytest.mark.parametrize(
    ("kind", "outputs", "problem"),
    [
        ("email", {"subject": 7, "body": "b"}, "/subject must be string"),
        ("in_app", {"primaryAction": {"redirect": []}}, "/primaryAction/redirect must be object"),
        ("in_app", {"redirect": {"url": 7}}, "/redirect/url must be string"),
        ("chat", {"card": []}, "/card must be object"),
        ("digest", {"amount": "1"}, "/amount must be number"),
        ("digest", {"cron": 7}, "/cron must be string"),
        ("digest", {"lookBackWindow": {"unit": 7}}, "/lookBackWindow/unit must be string"),
        ("delay", {"dynamicKey": 7}, "/dynamicKey must be string"),
        ("throttle", {"threshold": "5"}, "/threshold must be number"),
    ],
)
def test_an_output_of_a_wrong_type_is_named(kind, outputs, problem):
    assert problem_of_outputs(outputs, kind) == problem
    assert problem_of_outputs(outputs, "of-the-future") == ""
