"""What the runtime warns of while it answers, such as an output key that the protocol drops.

The runtime logs it; in the same process (directly, or through an ASGI app) the simulation listens.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar

from novu_framework_testing.bridges.base import BridgeWarning

_listening: ContextVar[tuple[list[BridgeWarning], Callable[[], str | None]] | None] = ContextVar(
    "novu_framework_testing_warnings", default=None
)


# What the runtime says, by the kind of finding it is; what else it logs is none of the simulation's business.
_KINDS = {"dropped-output": "dropped", "unreached-step": "ended without reaching"}


_WHERE = re.compile(r"^Workflow `[^`]*`, step `[^`]*`: ")  # a finding has them apart


class _Listener(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        listening = _listening.get()
        if listening is None or record.levelno != logging.WARNING:
            return
        kind = next((kind for kind, said in _KINDS.items() if said in str(record.msg)), None)
        if kind is not None:
            warnings, location = listening
            message = _WHERE.sub("", record.getMessage())
            warnings.append(BridgeWarning(kind, message, location()))


_LOGGER = logging.getLogger("novu_framework")


_LISTENER = _Listener(logging.WARNING)


class collected:
    """A context manager: the runtime's warnings while the block runs; `location` says where the step is written."""

    __slots__ = ("_location", "_token")

    def __init__(self, location: Callable[[], str | None]) -> None:
        self._location = location

    def __enter__(self) -> list[BridgeWarning]:
        if _LISTENER not in _LOGGER.handlers:
            _LOGGER.addHandler(_LISTENER)
        warnings: list[BridgeWarning] = []
        self._token = _listening.set((warnings, self._location))
        return warnings

    def __exit__(self, *_error: object) -> None:
        _listening.reset(self._token)
