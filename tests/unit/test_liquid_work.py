"""What each filter, property, operator and tag pays is at least what it was measured to take, over values of every kind.

`tests/fuzz/work_costs.py` measures it. Nothing here looks at a clock.
"""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import pytest

from novu_framework.liquid import Limits
from novu_framework.npm.liquidjs.limits import ROUND
from tests.batches import batches
from tests.fuzz.work_costs import COSTS, price, templates
from tests.tables import one_in

RECORDED: dict[str, dict[str, int]] = json.loads(COSTS.read_text(encoding="utf-8"))
MOST = 150e6 / (Limits().rounds * ROUND)
"""How many times what it pays a template may take: all work there is has to be done in 150 ms."""


LONG = 500_000
"""To ask what is paid takes as long as what takes so many nanoseconds or more: a twelfth of all takes most of the time."""

Case: TypeAlias = tuple[str, str, int]
CASES: list[Case] = [
    (template, value, cost) for template, costs in RECORDED.items() for value, cost in costs.items()
]
ALL_LONG = [case for case in CASES if case[2] >= LONG]
SOME_LONG = ALL_LONG[::8]


def of(cases: list[Case], size: int) -> list[Any]:
    return batches(((str(number), one) for number, one in enumerate(cases)), size)


@pytest.mark.parametrize("cases", one_in(3, of([case for case in CASES if case[2] < LONG] + SOME_LONG, 400)))
def test_nothing_takes_longer_than_it_pays_for(cases: list[tuple[str, Case]]) -> None:
    assert too_cheap(cases) == {}


@pytest.mark.slow
@pytest.mark.parametrize("cases", of(ALL_LONG, 50))
def test_nothing_that_takes_long_takes_longer_than_it_pays_for(cases: list[tuple[str, Case]]) -> None:
    assert too_cheap(cases) == {}


def too_cheap(cases: list[tuple[str, Case]]) -> dict[tuple[str, str], tuple[float, int]]:
    return {
        (template, value): (paid, cost)
        for _, (template, value, cost) in cases
        if (paid := price(template, value)) * MOST < cost
    }


def test_all_templates_are_measured() -> None:
    assert set(RECORDED) == set(templates())
