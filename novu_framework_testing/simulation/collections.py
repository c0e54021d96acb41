"""What the collections of a simulation have in common: objects by id, and objects in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Generic, TypeVar, overload

from novu_framework_testing.simulation.clock import Clock
from novu_framework_testing.simulation.ids import Ids

T = TypeVar("T")

NOTHING: Final[dict[str, Any]] = {}
"""What all share that have no outputs, no overrides and the like, since most have none; nothing changes it."""


class ById(Generic[T]):
    """Objects by id, in the order in which they came. Iterating gives the objects."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._by_id: dict[str, T] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._by_id.values()))

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def get(self, id: str) -> T | None:
        """Return the one of that id, or None."""
        return self._by_id.get(id)

    def remove(self, id: str) -> bool:
        """Forget the one of that id; tell whether there was one. What it took part in stays."""
        return self._by_id.pop(id, None) is not None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(list(self._by_id)[:20]) or 'none'}{', ...' * (len(self) > 20)}>"


class InOrder(Sequence[T]):
    """Objects in the order in which they came, which equal a list of the same."""

    _key = "id"

    def __init__(self) -> None:
        self._by_id: dict[str, T] = {}
        self._items: list[T] = []

    def add(self, item: T) -> None:
        """Put an object at the end."""
        self._by_id[getattr(item, self._key)] = item
        self._items.append(item)

    def get(self, id: str) -> T | None:
        """Return the one of that id, or None."""
        return self._by_id.get(id)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._items))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (list, type(self))) else NotImplemented

    def __repr__(self) -> str:
        return repr(self._items)
