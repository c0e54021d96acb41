"""The npm package's answers about JSON Schemas, against ours. `schema/record.cjs` recorded them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from novu_framework.cron import CronExpression
from novu_framework.npm.mock_data import made_up
from novu_framework.schemas import SchemaError, Validator
from tests.batches import batches

RECORDED = Path(__file__).parent / "schema"


def recorded(name: str) -> list[Any]:
    lines = (RECORDED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return batches((f"{name}-{number}", json.loads(line)) for number, line in enumerate(lines, start=1))


def answer(schema: dict[str, Any], value: Any) -> dict[str, Any]:
    try:
        filled, issues = Validator(schema).validate(value)
    except SchemaError as error:
        return {"invalid": str(error)}
    return {"issues": [issue.to_dict() for issue in issues]} if issues else {"value": filled}


def shape(value: Any) -> Any:
    """What of a made-up value does not change from call to call: its keys and its types."""
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    if isinstance(value, dict):
        return {key: shape(member) for key, member in value.items()}
    names = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null"}
    return names[type(value)]


@pytest.mark.parametrize("questions", recorded("cases"))
def test_data_is_checked_and_filled_in_as_by_the_package(questions: list[Any]) -> None:
    wrong = {}
    for name, question in questions:
        answers = [answer(question["schema"], value) for value in question["values"]]
        if answers != question["answers"]:
            wrong[name] = question, answers
    assert wrong == {}


@pytest.mark.parametrize("questions", recorded("departures"))
def test_where_we_depart_from_the_package_it_is_for_a_reason(questions: list[Any]) -> None:
    for name, question in questions:
        answers = [answer(question["schema"], value) for value in question["values"]]
        assert question["why"], name
        assert answers == question["ours"], name
        assert answers != question["answers"], name


@pytest.mark.parametrize("questions", recorded("previews"))
def test_a_preview_is_made_up_in_a_shape_that_the_package_gives(questions: list[Any]) -> None:
    for name, question in questions:
        answers = [given for given in question["answers"] if "invalid" not in given]
        if not answers:
            assert "invalid" in answer(question["schema"], {}), name
            continue
        got = answer(question["schema"], made_up(question["schema"]))
        mine = {"value": shape(got["value"])} if "value" in got else got
        assert mine in question.get("accepted", answers), name


def test_cron_expressions_are_named_as_by_the_package() -> None:
    ours = {name: str(expression) for name, expression in CronExpression.__members__.items()}
    assert ours == json.loads((RECORDED / "cron.json").read_text(encoding="utf-8"))
    assert [f"{expression}" for expression in CronExpression] == [*dict.fromkeys(ours.values())]
