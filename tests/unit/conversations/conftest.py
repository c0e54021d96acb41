"""The simulation of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from novu_framework_testing import NovuSimulator
from tests.unit.conversations.people import NINE


@pytest.fixture
def novu() -> Iterator[NovuSimulator]:
    with NovuSimulator(NINE) as simulator:
        yield simulator
