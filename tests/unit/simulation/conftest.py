"""A simulation that starts at noon of New Year 2026, over a bridge whose answers the test writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from novu_framework_testing import BridgeAnswer, NovuSimulator
from tests.unit.simulation.simulated import NOON, SKIP, ScriptedBridge


@pytest.fixture
def bridge() -> ScriptedBridge:
    return ScriptedBridge()


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON, secret_key="test-secret") as simulator:
        yield simulator


@pytest.fixture
def served(sim: NovuSimulator, bridge: ScriptedBridge) -> Callable[..., NovuSimulator]:
    """`served("w", ("email", "mail", {...}), ...)`: the simulation with that workflow connected."""

    def serve(workflow_id: str, *steps: tuple[str, str, Any], **definition: Any) -> NovuSimulator:
        bridge.add(workflow_id, *steps, **definition)
        sim.connect(bridge)
        return sim

    return serve


@pytest.fixture
def skip() -> BridgeAnswer:
    """The answer of a step whose `skip` said so."""
    return SKIP
