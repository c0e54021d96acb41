"""Fewer searches of the whole memory for garbage while a simulation makes objects that stay.

Python looks at all objects whenever a quarter of them is new. In a simulation most of them stay, so that this finds
nothing and takes a fifth of the time. Young garbage is collected as ever.
"""

from __future__ import annotations

import gc
import threading
from types import TracebackType

_SELDOM = 100
"""The third threshold of `gc` meanwhile: a full search after some 700,000 objects more, and not after 70,000."""


class _FewFullCollections:
    """A context in which full collections are rare, in all threads; it may be entered again inside, or beside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._before = 10

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                young, middle, self._before = gc.get_threshold()
                gc.set_threshold(young, middle, max(self._before, _SELDOM))
            self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                gc.set_threshold(*gc.get_threshold()[:2], self._before)


FEW_FULL_COLLECTIONS = _FewFullCollections()
