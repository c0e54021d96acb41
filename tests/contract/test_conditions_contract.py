"""The answers of json-logic-js, and of Novu's own operators in it, against ours. `conditions/record.mjs` recorded them."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from novu_framework.npm.ecmascript.json import same_json
from novu_framework_testing.simulation.conditions import apply, holds
from tests.tables import walked

NOW = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
FILES = [
    json.loads((Path(__file__).parent / "conditions" / name).read_text(encoding="utf-8"))
    for name in ("answers.json", "novu.json")
]
DATA = FILES[0]["data"]

BY_OPERATOR: dict[str, list[list[Any]]] = defaultdict(list)
for _condition, _answer in (pair for file in FILES for pair in file["answers"]):
    _one = _condition if isinstance(_condition, dict) and len(_condition) == 1 else {"no operator": None}
    BY_OPERATOR[next(iter(_one))].append([_condition, _answer])


def told(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"}
    return [told(one) for one in value] if isinstance(value, list) else value


def answer(condition: Any) -> Any:
    try:
        return told(apply(condition, DATA, NOW))
    except (ValueError, TypeError, ArithmeticError):
        return {"error": True}


@walked("operator", BY_OPERATOR)
def test_every_answer_is_the_one_that_was_recorded(operator: str) -> None:
    got = [[condition, answer(condition), theirs] for condition, theirs in BY_OPERATOR[operator]]
    assert [one for one in got if not same_json(one[1], one[2])] == []


def test_a_condition_that_is_too_deep_to_be_read_does_not_hold() -> None:
    deep: Any = True
    for _ in range(50_000):
        deep = {"!!": [deep]}
    assert holds(deep, {}, NOW) is False
