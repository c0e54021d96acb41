"""Every recorded Liquid case agrees with the answer of the real package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from novu_framework.liquid import ControlsError, LiquidError, compile_controls, create_engine

CASES = Path(__file__).parents[1] / "contract" / "liquid" / "cases"
WORKFLOW = {"workflowId": "recorded", "name": "Recorded", "tags": ["one", "two"]}


def recorded(kind: str) -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))
        for number, case in enumerate(file["cases"]):
            if kind in case:
                found.append(pytest.param(case, file["data"], id=f"{path.stem}-{number}"))
    return found


def test_more_than_six_hundred_cases_are_recorded() -> None:
    assert len(recorded("template")) + len(recorded("controls")) >= 600


def rendered(template: str, data: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"output": create_engine().from_string(template).render(data)}
    except LiquidError as error:
        return {"error": {"name": error.kind, "message": str(error)}}


def compiled(controls: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    variables = {"workflow": WORKFLOW, "subscriber": {}, "context": {}, "env": {}, "steps": {}, **data}
    try:
        return {"compiled": compile_controls(controls, variables)}
    except ControlsError as error:
        return {"error": {"code": "StepControlCompilationFailedError", "data": error.data}}


def without_what_is_ours(answer: dict[str, Any], template: str) -> dict[str, Any]:
    """An answer without the words that differ: lines inside ``liquid`` are counted anew, and there are no files here."""
    if "error" not in answer:
        return answer
    message = answer["error"]["message"]
    if "lookup" in message or "startsWith" in message:
        message = "no such template"
    elif "{% liquid" in template:
        message = message.partition(", line:")[0]
    return {"error": {"name": answer["error"]["name"], "message": message}}


@pytest.mark.parametrize(("case", "data"), recorded("template"))
def test_a_template_is_rendered_as_the_package_renders_it(case: dict[str, Any], data: dict[str, Any]) -> None:
    answer = {key: case[key] for key in ("output", "error") if key in case}
    template = case["template"]
    assert without_what_is_ours(rendered(template, data), template) == without_what_is_ours(answer, template)


@pytest.mark.parametrize(("case", "data"), recorded("controls"))
def test_controls_are_compiled_as_the_package_compiles_them(
    case: dict[str, Any], data: dict[str, Any]
) -> None:
    assert compiled(case["controls"], data) == {
        key: case[key] for key in ("compiled", "error") if key in case
    }
