"""Reviewing what changed in the messages: a page, a terminal, and a report to hand on.

`pytest --novu-review` keeps what is to be reviewed in `.novu/review/`. `serve` opens the page, `terminal` shows
one change at a time; both decide through `ReviewStore`, which scripts can use too.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from novu_framework_testing.review.changes import Change, TestChanges
from novu_framework_testing.review.store import Decision, Refused, ReviewStore

if TYPE_CHECKING:
    from novu_framework_testing.review.server import ReviewServer, serve
    from novu_framework_testing.review.terminal_review import terminal

__all__ = ["Change", "Decision", "Refused", "ReviewServer", "ReviewStore", "TestChanges", "serve", "terminal"]

if not TYPE_CHECKING:  # it would make any name one that there is

    def __getattr__(name: str) -> Any:
        # The page needs FastAPI and uvicorn, which a run of the tests does not load.
        if name in ("ReviewServer", "serve", "terminal"):
            module = "terminal_review" if name == "terminal" else "server"
            return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
