"""What each filter, tag and operator pays, of values of every kind.

`liquid_costs.json` has, for each template of `tests/contract/liquid/cases/every_kind.json`, its work in nanoseconds and its
memory in characters. A price that is changed on purpose is changed there as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from novu_framework.liquid import Limits, create_engine
from novu_framework.npm.liquidjs.limits import current
from tests.batches import batches

COSTS = json.loads(Path(__file__).with_name("liquid_costs.json").read_text(encoding="utf-8"))
CASES = Path(__file__).parents[1] / "contract" / "liquid" / "cases" / "every_kind.json"
DATA = json.loads(CASES.read_text(encoding="utf-8"))["data"]


def cost(template: str) -> list[float]:
    """Return what a template spends of its work and of its memory."""
    left: list[tuple[float, float]] = []

    def note(value: Any) -> Any:
        meter = current.get()
        left.append((meter.work_left, meter.memory_left))
        return value

    engine = create_engine()
    engine.add_filter("note", note)
    engine.from_string(f"{{{{ '' | note }}}}{template}{{{{ '' | note }}}}").render(DATA)
    (work, memory), (work_left, memory_left) = left
    return [work - work_left, memory - memory_left]


NUMBERED = ((str(number), one) for number, one in enumerate(COSTS.items()))


@pytest.mark.parametrize("cases", batches(NUMBERED, 200))
def test_a_template_pays_by_what_it_is_given(cases: list[tuple[str, tuple[str, list[float]]]]) -> None:
    wrong = {template: (paid, price) for _, (template, price) in cases if (paid := cost(template)) != price}
    assert wrong == {}


def test_every_template_that_is_recorded_has_a_price() -> None:
    recorded = {one["template"] for one in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}
    assert recorded == COSTS.keys()


def test_a_template_may_have_so_much_where_nothing_else_is_said() -> None:
    assert Limits() == Limits(source=1_000_000, parts=5_000, nesting=100, rounds=100_000, memory=4_000_000)
