import pytest

from tests.rules.novu_api import NovuApi
from tests.unit.simulation.conftest import bridge, served, sim, skip

__all__ = ["api", "bridge", "served", "sim", "skip"]


@pytest.fixture
def api(sim):
    """The API over the simulation of the test: `api.post("/v2/topics", {"key": "a"})`."""
    return NovuApi(sim)
