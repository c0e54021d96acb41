"""Paths into a payload, as `delay` and digest keys have them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from novu_framework_testing.simulation.waiting import at_path, due_at
from tests.tables import walked
from tests.unit.simulation.simulated import NOON

PAYLOAD = {"items": [{"at": "first"}, {"at": "second"}], "payload": {"a": 1}, "a": {"b": None}, "text": "x"}


@walked(
    ("path", "value"),
    [
        ("items.1.at", "second"),
        ("items.2.at", None),
        ("items.-1.at", None),
        ("items.x.at", None),
        ("items.\u00b2.at", None),
        ("items.at", None),
        ("payload.a", 1),
        ("payload.items.0.at", None),
        ("a.b", None),
        ("a.b.c", None),
        ("text.0", None),
        ("a", {"b": None}),
    ],
)
def test_a_path_goes_through_objects_and_arrays(path: str, value: Any) -> None:
    assert at_path(path, PAYLOAD) == value


SPAN = {"amount": 2, "unit": "hours"}


@pytest.mark.parametrize(
    ("outputs", "due"),
    [
        (SPAN, 2),
        ({**SPAN, "cron": "", "dynamicKey": ""}, 2),
        ({**SPAN, "cron": "0 13 * * *", "dynamicKey": "payload.at"}, 1),
        ({**SPAN, "dynamicKey": "payload.at"}, 3),
        ({**SPAN, "dynamicKey": "payload.span"}, 2),
    ],
)
def test_a_cron_goes_before_a_path_and_a_path_before_an_amount(outputs: dict[str, Any], due: int) -> None:
    payload = {"at": "2026-01-01T15:00:00Z", "span": SPAN}
    assert due_at(outputs, payload, NOON) == NOON + timedelta(hours=due)


@pytest.mark.parametrize(
    "outputs", [{}, {"amount": 1}, {"unit": "hours"}, {"cron": ""}, {"dynamicKey": "payload.nothing"}]
)
def test_outputs_without_a_moment_are_an_error(outputs: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"neither `amount` and `unit`|nothing at `payload.nothing`"):
        due_at(outputs, {}, NOON)


@walked("value", [None, {}, {"amount": 1}, {"unit": "hours"}, 5, True, [], ["2027-01-01T00:00:00Z"]])
def test_a_path_to_something_else_than_a_moment_or_a_span_is_an_error(value: Any) -> None:
    with pytest.raises(ValueError, match=r"`payload\.at`"):
        due_at({"dynamicKey": "payload.at"}, {"at": value}, NOON)
