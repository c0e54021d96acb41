"""The answers of json-logic-js to conditions, against ours. `conditions/record.mjs` recorded them."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from datetime import datetime, timezone
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from novu_framework.npm.ecmascript.json import same_json
from novu_framework_testing.simulation.conditions import apply, holds

RECORDED = json.loads((Path(__file__).parent / "conditions" / "answers.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)

BY_OPERATOR: dict[str, list[list[Any]]] = defaultdict(list)
for _condition, _answer in RECORDED["answers"]:
    _one = _condition if isinstance(_condition, dict) and len(_condition) == 1 else {"no operator": None}
    BY_OPERATOR[next(iter(_one))].append([_condition, _answer])


def told(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"}
    return [told(one) for one in value] if isinstance(value, list) else value


def answer(condition: Any) -> Any:
    try:
        return told(apply(condition, RECORDED["data"], NOW))
    except (ValueError, TypeError, ArithmeticError):
        return {"error": True}


@pytest.mark.parametrize("operator", BY_OPERATOR)
def test_every_answer_is_the_one_that_json_logic_gave(operator: str) -> None:
    got = [[condition, answer(condition), theirs] for condition, theirs in BY_OPERATOR[operator]]
    assert [one for one in got if not same_json(one[1], one[2])] == []


def test_a_condition_that_is_too_deep_to_be_read_does_not_hold() -> None:
    deep: Any = reduce(lambda inner, _: {"!!": [inner]}, range(50_000), True)
    assert holds(deep, {}, NOW) is False
