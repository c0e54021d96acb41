"""What a warning, a failure or a deployment says about the code: of which step, and in which words."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from novu_framework.answers import StepWarning
from novu_framework_testing import BridgeFailure, NovuSimulator
from novu_framework_testing.simulation.findings import finding_of, findings_of, no_steps, path_as_key
from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow
from tests.unit.simulation.simulated import ScriptedBridge

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
MAIL = {"subject": "Hi", "body": "<p>Hi</p>"}
DAY = {"amount": 1, "unit": "days"}


def synced(sim: NovuSimulator, saved: Any = None, **properties: Any) -> tuple[SyncedWorkflow, SyncedStep]:
    """The workflow `w`, whose step `mail` has controls."""
    bridge = ScriptedBridge()
    bridge.add("w", ("email", "mail", MAIL))
    bridge.definitions[0]["steps"][0]["controls"] = {"schema": {"properties": properties}}
    sim.connect(bridge)
    if saved is not None:
        sim.controls("w", "mail", saved)
    found = sim.workflow("w")
    return found, found.steps[0]


@pytest.mark.parametrize(
    ("output", "key", "advice"),
    [
        ("digestKey", "payload.id", "it is the value itself that it groups by, such as that of `payload.id`"),
        ("digestKey", "payload.post.some-id", "such as that of `payload.post.some-id`"),
        ("digestKey", "subscriber.locale", "such as that of `subscriber.locale`"),
        ("digestKey", "context.tenant", "such as that of `context.tenant`"),
        ("digestKey", "env.NAME", "such as that of `env.NAME`"),
        ("digestKey", "steps.look.id", "such as that of `steps.look.id`"),
        ("digestKey", "id", None),
        ("digestKey", "payload", None),
        ("digestKey", "payload.", None),
        ("digestKey", "my payload.id", None),
        ("digestKey", "payload.id or so", None),
        ("digestKey", "payload.größe", None),
        ("digestKey", "", None),
        ("digestKey", None, None),
        ("throttleKey", "payload.id", "a path into the payload is written without its `payload.`: 'id'"),
        ("throttleKey", "payload.a.payload.b", "without its `payload.`: 'a.payload.b'"),
        ("throttleKey", "payload.größe", None),
        ("throttleKey", "subscriber.locale", None),
        ("throttleKey", "id", None),
        ("throttleKey", None, None),
    ],
)
def test_a_key_that_is_written_as_a_path_is_a_finding_where_novu_takes_none(
    sim: NovuSimulator, output: Literal["digestKey", "throttleKey"], key: str | None, advice: str | None
) -> None:
    workflow, _ = synced(sim)
    found = path_as_key(workflow, "mail", output, key)
    if advice is None:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.workflow_id, found.step_id, found.location) == (
        "grouping-key", "w", "mail", "w.py:1",
    )  # fmt: skip
    assert found.message.startswith(f"the {output} is the text {key!r}, so Novu takes all events")
    assert found.message.endswith(advice)


def test_a_workflow_without_steps_and_a_warning_are_told_of_what_they_are_about(sim: NovuSimulator) -> None:
    workflow, _ = synced(sim)
    empty = no_steps(workflow)
    assert (empty.kind, empty.workflow_id, empty.step_id, empty.location) == ("no-steps", "w", None, None)
    assert empty.message.startswith("discovery saw no steps, so nothing is ever sent")
    warning = StepWarning("unreached-step", "w", "mail", "email")
    told = finding_of(warning, workflow)
    assert (told.kind, told.message, told.step_id) == ("unreached-step", warning.message, "mail")


SUBJECT = {"type": "string"}
BROKEN = "{{ x"


@pytest.mark.parametrize(
    ("saved", "properties", "starts"),
    [
        ({"subject": BROKEN}, {"subject": SUBJECT}, ["the control `subject`, saved in the dashboard, does not compile: "]),
        (None, {"subject": {**SUBJECT, "default": BROKEN}}, ["the control `subject`, by its default, does not compile: "]),
        ({"subject": "fine"}, {"subject": {**SUBJECT, "default": BROKEN}}, ["a control does not compile: odd"]),
        ({"subject": BROKEN}, {"subject": {**SUBJECT, "default": BROKEN}}, ["the control `subject`, saved in the dashboard"]),
        (
            {"a": {"b": ["fine", BROKEN]}, "c": [{"d": BROKEN}], "e": BROKEN, "f": 7},
            {"a": {}, "c": {}, "e": {}, "f": {}},
            ["the control `a.b[1]`", "the control `c[0].d`", "the control `e`"],
        ),
        ({"subject": BROKEN}, {"body": {"default": BROKEN}}, ["the control `subject`, saved", "the control `body`, by"]),
        (None, {"subject": SUBJECT, "body": True}, ["a control does not compile: odd"]),
    ],
)  # fmt: skip
def test_each_control_that_does_not_compile_is_named_with_where_it_comes_from(
    sim: NovuSimulator, saved: Any, properties: dict[str, Any], starts: list[str]
) -> None:
    workflow, step = synced(sim, saved, **properties)
    failure = BridgeFailure("odd", code="StepControlCompilationFailedError")
    found = findings_of(failure, workflow, step)
    assert [one.message[: len(start)] for one, start in zip(found, starts, strict=True)] == starts
    assert {(one.kind, one.step_id) for one in found} == {("control", "mail")}


@pytest.mark.parametrize(
    ("control", "advised"), [('{{ x | append: "y" }}', True), ("{{ x | append: 'y' }} {{", False)]
)
def test_double_quotes_are_advised_against_where_they_are_what_is_wrong(
    sim: NovuSimulator, control: str, advised: bool
) -> None:
    workflow, step = synced(sim, {"subject": control}, subject=SUBJECT)
    (found,) = findings_of(BridgeFailure("odd", code="StepControlCompilationFailedError"), workflow, step)
    assert found.message.endswith("double quotes are escaped there, as in any JSON") is advised


@pytest.mark.parametrize(
    ("failure", "step_id", "says"),
    [
        (BridgeFailure("odd", undiscovered_step_id="late"), "late", "a step 'late' that discovery did not see"),
        (BridgeFailure("odd", undiscovered_step_id="mail"), None, None),
        (BridgeFailure("odd", code="StepNotFoundError", undiscovered_step_id="mail"), None, None),
        (BridgeFailure("odd", code="StepNotFoundError"), "mail", "a step that discovery did not see (odd)"),
        (BridgeFailure("odd", code="StepExecutionFailedError"), None, None),
        (BridgeFailure("odd"), None, None),
    ],
)  # fmt: skip
def test_a_step_that_discovery_did_not_see_must_not_hide(
    sim: NovuSimulator, failure: BridgeFailure, step_id: str | None, says: str | None
) -> None:
    found = findings_of(failure, *synced(sim))
    assert [(one.kind, one.step_id) for one in found] == [("undiscovered-step", step_id)] * (says is not None)
    assert all(says in one.message and "give it a `skip` instead" in one.message for one in found if says)


# --- deployments ---


def payload(*names: str) -> dict[str, Any]:
    return {"schema": {"type": "object", "properties": {name: {"type": "string"} for name in names}}}


def deployed(sim: NovuSimulator, answer: Any, new: dict[str, Any], steps: Any = ()) -> list[str]:
    """What is found of a run that waits for a day, when `new` is deployed and its last step answers so."""

    def answering(event: dict[str, Any]) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    for served, last in (({}, MAIL), (new, answering)):
        bridge = ScriptedBridge()
        own = steps if served and steps else [("delay", "wait", DAY), ("email", "mail", last)]
        bridge.add("w", *own, **served)
        if served:
            sim.deploy(bridge)
        else:
            sim.connect(bridge)
            run = sim.trigger("w", ANN).run
    sim.advance(days=1)
    assert all(one.kind == "deployment" and one.step_id == "mail" for one in sim.findings)
    start = f"the run of ann ({run.transaction_id}), open at the deployment, "
    assert all(one.message.startswith(start) for one in sim.findings)
    return [one.message.removeprefix(start) for one in sim.findings]


INVALID = "ExecutionEventPayloadInvalidError"


@pytest.mark.parametrize(
    ("failure", "new", "found"),
    [
        (
            BridgeFailure("odd.", code="StepExecutionFailedError", status=400),
            {"code": "2"},
            ["fails: StepExecutionFailedError: odd. What changed: the code of the workflow changed"],
        ),
        (
            BridgeFailure("odd", code="StepExecutionFailedError", status=400),
            {"tags": ["new"]},
            ["fails: StepExecutionFailedError: odd. What changed: the code behind it changed"],
        ),
        (BridgeFailure("odd", status=404), {"code": "2"}, []),
        (
            BridgeFailure("odd", code=INVALID, status=400, data=["x", {"path": "/b", "message": "bad"}]),
            {"payload": payload("a", "b")},
            [
                f"fails: {INVALID}: odd (/b bad). What changed: `/b` of the payload is new; "
                "`/` of the payload: `type` is `'object'`, it was absent"
            ],
        ),
        (
            BridgeFailure("odd", code=INVALID, status=400),
            {"payload": payload("a", "b", "c", "d")},
            [
                f"fails: {INVALID}: odd. What changed: `/a` of the payload is new; `/b` of the payload is new; "
                "`/c` of the payload is new; `/d` of the payload is new; "
                "`/` of the payload: `type` is `'object'`, it was absent"
            ],
        ),
        (
            BridgeFailure("odd", code=INVALID, status=400, data={"path": "/a"}),
            {"payload": payload(*"abcdef")},
            [
                f"fails: {INVALID}: odd. What changed: `/a` of the payload is new; `/b` of the payload is new; "
                "`/c` of the payload is new; `/d` of the payload is new; `/e` of the payload is new; and 2 more"
            ],
        ),
        (MAIL, {"code": "2"}, []),
    ],
)
def test_what_fails_after_a_deployment_is_told_with_what_changed(
    sim: NovuSimulator, failure: Any, new: dict[str, Any], found: list[str]
) -> None:
    assert deployed(sim, failure, new) == found


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (("email", "mail", MAIL), []),
        (
            ("sms", "mail", {"body": "Hi"}),
            [
                "has a job of the type email here, and the bridge answers with the outputs of sms. "
                "What changed: the step `mail` was of the type email, it is sms"
            ],
        ),
    ],
)
def test_a_step_that_is_of_another_type_now_is_told(sim: NovuSimulator, step: Any, found: list[str]) -> None:
    assert deployed(sim, None, {"code": "2"}, [("delay", "wait", DAY), step]) == found


@pytest.mark.parametrize(
    ("outputs", "found"),
    [
        (
            {},
            [
                "loses this step: the bridge answers with nothing. "
                "What changed: the step `mail` (email) was removed"
            ],
        ),
        (MAIL, []),
    ],
)
def test_a_step_that_is_gone_is_lost_only_where_the_bridge_has_nothing_for_it(
    sim: NovuSimulator, outputs: Any, found: list[str]
) -> None:
    bridge = ScriptedBridge()
    bridge.add("w", ("delay", "wait", DAY), ("email", "mail", MAIL))
    sim.connect(bridge)
    run = sim.trigger("w", ANN).run
    new = ScriptedBridge()
    new.add("w", ("delay", "wait", DAY))
    new.answers["w", "mail"] = outputs
    sim.deploy(new)
    sim.advance(days=1)
    told = [one.message.split("open at the deployment, ")[1] for one in sim.findings]
    assert told == found
    assert run.step("mail").attempts == 1
