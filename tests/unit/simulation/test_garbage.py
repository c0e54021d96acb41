"""A simulation asks for few full searches for garbage while it works, and leaves Python's settings as they were."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing._internal.garbage import FEW_FULL_COLLECTIONS

USUAL = (601, 11, 12)


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_they_are_seldom_while_steps_run_and_as_before_afterwards() -> None:
    seen = []

    @workflow("welcome")
    async def welcome(step: Step) -> None:
        await step.delay("wait", {"amount": 1, "unit": "hours"})
        await step.in_app("bell", lambda: seen.append(gc.get_threshold()) or {"body": "Hi"})

    with NovuSimulator() as novu:
        novu.trigger(welcome, to="ann")
        assert gc.get_threshold() == USUAL
        novu.run_until_idle()
    assert seen == [(601, 11, 100)]
    assert gc.get_threshold() == USUAL


def test_one_inside_another_and_an_error_change_nothing_of_it() -> None:
    def failing() -> None:
        with FEW_FULL_COLLECTIONS:
            with FEW_FULL_COLLECTIONS:
                pass
            assert gc.get_threshold() == (601, 11, 100)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert gc.get_threshold() == USUAL


def test_who_wants_fewer_or_none_is_left_alone() -> None:
    gc.set_threshold(0, 10, 5000)
    with FEW_FULL_COLLECTIONS:
        assert gc.get_threshold() == (0, 10, 5000)
    assert gc.get_threshold() == (0, 10, 5000)
