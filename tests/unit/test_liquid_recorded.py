"""Every recorded Liquid case agrees with the answer of the real package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from novu_framework.liquid import ControlsError, LiquidError, compile_controls, create_engine
from tests.batches import batches
from tests.tables import walked

CASES = Path(__file__).parents[1] / "contract" / "liquid" / "cases"
WORKFLOW = {"workflowId": "recorded", "name": "Recorded", "tags": ["one", "two"]}


def recorded(kind: str) -> Iterator[tuple[str, Any]]:
    for path in sorted(CASES.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))
        for number, case in enumerate(file["cases"]):
            if kind in case:
                yield f"{path.stem}-{number}", (case, file["data"])


def test_more_than_six_hundred_cases_are_recorded() -> None:
    assert len([*recorded("template"), *recorded("controls")]) >= 600


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


@walked("cases", batches(recorded("template")))
def test_a_template_is_rendered_as_the_package_renders_it(cases: list[Any]) -> None:
    wrong = {}
    for name, (case, data) in cases:
        template = case["template"]
        answer = {key: case[key] for key in ("output", "error") if key in case}
        ours, theirs = (without_what_is_ours(one, template) for one in (rendered(template, data), answer))
        if ours != theirs:
            wrong[name] = template, ours, theirs
    assert wrong == {}


@walked("cases", batches(recorded("controls")), size=15)
def test_controls_are_compiled_as_the_package_compiles_them(cases: list[Any]) -> None:
    wrong = {}
    for name, (case, data) in cases:
        ours = compiled(case["controls"], data)
        theirs = {key: case[key] for key in ("compiled", "error") if key in case}
        if ours != theirs:
            wrong[name] = case["controls"], ours, theirs
    assert wrong == {}
