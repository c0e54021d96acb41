"""Paths into a payload, as `delay` and digest keys have them."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.simulation.waiting import at_path

PAYLOAD = {"items": [{"at": "first"}, {"at": "second"}], "payload": {"a": 1}, "a": {"b": None}, "text": "x"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("payload.items.1.at", "second"),
        ("items.0.at", "first"),
        ("payload.items.2.at", None),
        ("payload.items.-1.at", None),
        ("payload.items.x.at", None),
        ("payload.items.\u00b2.at", None),
        ("payload.items.at", None),
        ("payload.payload.a", 1),
        ("payload.a.b", None),
        ("payload.a.b.c", None),
        ("payload.text.0", None),
        ("payload.a", {"b": None}),
    ],
)
def test_a_path_goes_through_objects_and_arrays(path: str, value: Any) -> None:
    assert at_path(path, PAYLOAD) == value
