"""What a handler gets as `controls`: its own defaults, whatever a step's controls are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field

from novu_framework import Step, workflow
from novu_framework.execution import execute
from tests.tables import walked


class Model(BaseModel):
    greeting: str = "Hello"
    times: int = Field(default=2, alias="howOften")


class Shown(BaseModel):
    """Discovery shows another default than Python has: what it shows holds, as for a step."""

    greeting: str = Field(default="Hi", json_schema_extra={"default": "Hello"})


@dataclass
class Data:
    greeting: str = "Hello"


SCHEMA = {"type": "object", "properties": {"greeting": {"type": "string", "default": "Hello"}}}


@walked(
    ("annotation", "schema", "expected"),
    [
        (Model, None, Model()),
        (Data, None, Data()),
        (Shown, None, Shown(greeting="Hello")),
        (Any, Model, Model()),
        (Any, SCHEMA, {}),
        (Any, None, {}),
    ],
)
async def test_the_handler_gets_the_defaults_of_its_own_controls(
    annotation: Any, schema: Any, expected: object
) -> None:
    seen: list[object] = []

    async def handler(step: Step, controls: Any) -> None:
        seen.append(controls)
        await step.sms("sms", lambda controls: {"body": str(controls)}, control_schema=SCHEMA)

    handler.__annotations__.update(controls=annotation, step=Step)
    made = workflow("w", control_schema=schema)(handler) if schema else workflow("w")(handler)
    made.discover()
    seen.clear()

    answer = await execute(made, "sms", {"payload": {}, "controls": {"greeting": "Bye"}, "state": []})

    assert seen == [expected]
    assert type(seen[0]) is type(expected)
    assert answer.outputs["body"] == "{'greeting': 'Bye'}"
