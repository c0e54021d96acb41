from tests.unit.simulation.conftest import bridge, served, sim, skip

__all__ = ["bridge", "served", "sim", "skip"]
