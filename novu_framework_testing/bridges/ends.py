"""The exceptions that end a test or a session.

What a resolver raises is the failure of its step, which Novu is told. These are meant for who runs the code, so bridges
of this process let them through.
"""

from __future__ import annotations

import sys
from bdb import BdbQuit

from novu_framework._internal.calling import let_through

_ends: list[type[BaseException]] = [KeyboardInterrupt, BdbQuit]
if "pytest" in sys.modules:
    import pytest

    _ends += [pytest.fail.Exception, pytest.skip.Exception, pytest.exit.Exception]  # xfail is a kind of fail

ENDS = tuple(_ends)
"""The interruption of a process, a debugger that was quit, and where pytest runs, `fail`, `skip`, `xfail` and `exit`."""

let_through(*ENDS)
