"""Routes as data: a method, a path, a status, and the function that answers.

A file of `routes` makes one `Routes` and adds its functions to it::

    routes = Routes()

    @routes("GET", "/v2/topics/{topicKey}")
    def get(call: Call) -> dict[str, Any]: ...

The function takes a `Call` and gives plain JSON, a `Page`, or an `ApiResponse`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from novu_framework_testing.api.http import ApiRequest
from novu_framework_testing.api.state import ApiState

if TYPE_CHECKING:
    from novu_framework_testing.simulation.simulator import NovuSimulator


@dataclass(frozen=True)
class Call:
    """A request that found its route, with the path's parameters: `call["subscriberId"]`.

    `patience` is how many seconds a trigger may keep its client waiting; None is as long as it takes.
    """

    state: ApiState
    request: ApiRequest
    params: Mapping[str, str]
    patience: float | None = None

    @property
    def novu(self) -> NovuSimulator:
        """The simulation."""
        return self.state.novu

    def __getitem__(self, name: str) -> str:
        return self.params[name]


Handler = Callable[[Call], "Any | Awaitable[Any]"]
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True)
class Route:
    """One line of the table. `query` are the names that it knows in a query; any where it is None."""

    method: str
    path: str
    handler: Handler
    status: int = 200
    query: tuple[str, ...] | None = None

    @property
    def segments(self) -> list[str]:
        """The parts of the path; a parameter is in braces."""
        return self.path.strip("/").split("/")

    def unknown(self, request: ApiRequest) -> list[str]:
        """Return the query names of a request that this route does not know; `tags[]` and `tags[0][]` are `tags`."""
        return (
            []
            if self.query is None
            else [name for name in request.query if name.partition("[")[0] not in self.query]
        )

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """Return the path's parameters, or None where `segments`, of the same number, are another path."""
        pairs = list(zip(self.segments, segments, strict=True))
        if any(own != given for own, given in pairs if not own.startswith("{")):
            return None
        return {own[1:-1]: given for own, given in pairs if own.startswith("{")}


class Routes(list[Route]):
    """The routes of one resource. Called with a method and a path, it gives a decorator that adds one."""

    def __call__(
        self, method: str, path: str, status: int = 200, *, query: Iterable[str] | None = None
    ) -> Callable[[H], H]:
        def add(handler: H) -> H:
            self.append(Route(method, path, handler, status, None if query is None else tuple(query)))
            return handler

        return add


class Table:
    """The routes, found by path; a path without parameters wins over one with."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = sorted(routes, key=lambda route: [part.startswith("{") for part in route.segments])
        self._by_length: dict[int, list[Route]] = {}
        for route in self.routes:
            self._by_length.setdefault(len(route.segments), []).append(route)

    def find(self, request: ApiRequest) -> tuple[Route | None, dict[str, str], list[str]]:
        """Return the route and its parameters, or None with the methods that this path does have."""
        segments = request.segments
        others = []
        for route in self._by_length.get(len(segments), ()):
            params = route.match(segments)
            if params is None:
                continue
            if route.method == request.method:
                return route, params, []
            others.append(route.method)
        return None, {}, others
