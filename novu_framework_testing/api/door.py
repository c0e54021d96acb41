"""What the doors to a simulator have of it: `novu_cloud.trigger` is `novu_cloud.novu.trigger`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.simulation.simulator import NovuSimulator

if TYPE_CHECKING:
    _Simulator = NovuSimulator  # so that its attributes and methods are known by name and type
else:
    _Simulator = object


class SimulatorDoor(_Simulator):
    """A way into a simulator, which has all that the simulator has. `novu` is the simulator itself."""

    def __init__(self, novu: NovuSimulator) -> None:
        self.novu = novu

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {vars(self).get('novu')!r}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or name == "novu":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return getattr(self.novu, name)

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *(name for name in dir(self.novu) if name[0] != "_")})
