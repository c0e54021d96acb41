"""Routes as data: a method, a path, a status, and the function that answers.

A file of `routes` makes one `Routes` and adds its functions to it::

    routes = Routes()

    @routes("GET", "/v2/topics/{topicKey}")
    def get(call: Call) -> dict[str, Any]: ...

The function takes a `Call` and gives plain JSON, a `Page`, or an `ApiResponse`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from novu_framework._internal.cached import cached_property
from novu_framework_testing.api.http import ApiError, ApiRequest
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


CONTEXTS = "contextKeys[]="
"""The contexts of a query: `contextKeys=` is for none."""

_BRACKETS = {"": "", "[]": r"(\[\d*\])?", "[][]": r"(\[\d*\]){0,2}"}
"""How a name of a query goes on, by how a route writes it."""

Handler = Callable[[Call], "Any | Awaitable[Any]"]
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True)
class Route:
    """One line of the table.

    Attributes:
        query: What it reads of a query. A bare name has one value; `tags[]` is a list (`tags=a&tags=b`, `tags[]=a`,
            `tags[0]=a`), `tags[][]` a list of lists too (`tags[0][]=a`). A list may be empty where `=` is at the end; an empty value is as none.
    """

    method: str
    path: str
    handler: Handler
    status: int = 200
    query: tuple[str, ...] = ()

    @cached_property
    def segments(self) -> list[str]:
        """The parts of the path; a parameter is in braces."""
        return self.path.strip("/").split("/")

    @property
    def query_names(self) -> list[str]:
        """The names that it reads of a query."""
        return [one.partition("[")[0].rstrip("=") for one in self.query]

    def check_query(self, request: ApiRequest) -> None:
        """Raise `ApiError` (400) for what this route would not read of the query: a filter counts, or is refused."""
        known = dict(zip(self.query_names, self.query, strict=True))
        if unknown := [key for key in request.query if key.partition("[")[0] not in known]:
            has = f"knows {', '.join(known)}" if known else "knows none"
            raise ApiError(
                400, f"Unknown in the query: {', '.join(unknown)}. {self.method} {self.path} {has}."
            )
        for key, values in request.query.items():
            name = key.partition("[")[0]
            written = known[name]
            brackets = written.rstrip("=")[len(name) :]
            if not re.fullmatch(_BRACKETS[brackets], key[len(name) :]):
                is_a = f"list: {name}=a&{name}=b" if brackets else f"single value: {name}=a"
                raise ApiError(400, f"Not understood in the query: {key}. {name} is a {is_a}.")
            if not brackets and len(values) > 1:
                raise ApiError(
                    400, f"Not understood in the query: {name}, {len(values)} times. It has one value."
                )
            if brackets and "" in values and not written.endswith("="):
                raise ApiError(400, f"Empty in the query: {key}. Leave it out, or give it a value.")

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """Return the path's parameters, or None where `segments`, of the same number, are another path."""
        for own, given in zip(self.segments, segments, strict=True):
            if own != given and own[:1] != "{":
                return None
        return {
            own[1:-1]: given for own, given in zip(self.segments, segments, strict=True) if own[:1] == "{"
        }


class Routes(list[Route]):
    """The routes of one resource. Called with a method and a path, it gives a decorator that adds one."""

    def __call__(
        self, method: str, path: str, status: int = 200, *, query: Iterable[str] = ()
    ) -> Callable[[H], H]:
        def add(handler: H) -> H:
            self.append(Route(method, path, handler, status, tuple(query)))
            return handler

        return add


class Table:
    """The routes, found by path; a path without parameters wins over one with."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes: Final = sorted(
            routes, key=lambda route: [part.startswith("{") for part in route.segments]
        )
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
