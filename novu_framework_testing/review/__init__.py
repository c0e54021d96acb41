"""Reviewing what changed in the messages: a page, a terminal, and a report to hand on.

`pytest --novu-review` keeps what is to be reviewed in `.novu/review/`. `serve` opens the page, `terminal` shows
one change at a time; both decide through `ReviewStore`, which scripts can use too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novu_framework_testing._internal.lazy import lazy
from novu_framework_testing.review.changes import Change, TestChanges
from novu_framework_testing.review.store import Decision, Refused, ReviewStore

if TYPE_CHECKING:
    from novu_framework_testing.review.server import ReviewServer, serve
    from novu_framework_testing.review.terminal_review import terminal

__all__ = ["Change", "Decision", "Refused", "ReviewServer", "ReviewStore", "TestChanges", "serve", "terminal"]

if not TYPE_CHECKING:  # it would make any name one that there is
    # the page needs FastAPI and uvicorn, which a run of tests does not load
    __getattr__ = lazy(__name__, {"server": "ReviewServer serve", "terminal_review": "terminal"})
