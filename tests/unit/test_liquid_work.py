"""What each filter, property, operator and tag pays is at least what it was measured to take, over values of every kind.

`tests/fuzz/work_costs.py` measures it. Nothing here looks at a clock.
"""

from __future__ import annotations

import json

import pytest

from novu_framework.liquid import Limits
from novu_framework.npm.liquidjs.limits import ROUND
from tests.batches import batches
from tests.fuzz.work_costs import COSTS, price, templates

RECORDED: dict[str, dict[str, int]] = json.loads(COSTS.read_text(encoding="utf-8"))
MOST = 150e6 / (Limits().rounds * ROUND)
"""How many times what it pays a template may take: all work there is has to be done in 150 ms."""


@pytest.mark.parametrize(
    "cases", batches(((str(number), one) for number, one in enumerate(RECORDED.items())), 100)
)
def test_nothing_takes_longer_than_it_pays_for(cases: list[tuple[str, tuple[str, dict[str, int]]]]) -> None:
    cheap = {
        (template, value): (paid, cost)
        for _, (template, costs) in cases
        for value, cost in costs.items()
        if (paid := price(template, value)) * MOST < cost
    }
    assert cheap == {}


def test_all_templates_are_measured() -> None:
    assert set(RECORDED) == set(templates())
