"""What the runtime warns of while it answers, such as an output key that the protocol drops.

The runtime logs it; in the same process (directly, or through an ASGI app) the simulation listens.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from novu_framework_testing.bridges.base import BridgeWarning

_listening: ContextVar[tuple[list[BridgeWarning], Callable[[], str | None]] | None] = ContextVar(
    "novu_framework_testing_warnings", default=None
)


class _Listener(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        listening = _listening.get()
        if listening is not None and record.levelno == logging.WARNING:
            warnings, location = listening
            warnings.append(BridgeWarning("dropped-output", record.getMessage(), location()))


_LOGGER = logging.getLogger("novu_framework")


@contextmanager
def collected(location: Callable[[], str | None]) -> Iterator[list[BridgeWarning]]:
    """The runtime's warnings while the block runs; `location` says where the step is written."""
    if not any(isinstance(handler, _Listener) for handler in _LOGGER.handlers):
        _LOGGER.addHandler(_Listener(logging.WARNING))
    warnings: list[BridgeWarning] = []
    token = _listening.set((warnings, location))
    try:
        yield warnings
    finally:
        _listening.reset(token)


