"""`novu-framework review`: what changed in the messages, to accept or reject in a page or in the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.terminal import console

if TYPE_CHECKING:
    from novu_framework_testing.review import ReviewStore

_NAMED = 3
"""So many changes that were refused for the same reason are named."""

InTerminal = Annotated[
    bool, typer.Option("--terminal", help="Ask here, one change at a time, instead of opening a page.")
]
Port = Annotated[
    int, typer.Option("--port", help="The page's port on this machine; 0 takes a free one.", min=0, max=65535)
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]


def review(in_terminal: InTerminal = False, port: Port = 0, no_open: NoOpen = False) -> int:
    """Review the messages that `pytest --novu-review` found changed, new or gone.

    [dim]Examples:[/]
    pytest --novu-review; novu-framework review
    novu-framework review --terminal
    """
    from novu_framework_testing import review as reviewing

    root = review_root()
    if in_terminal:
        return FAILED if reviewing.terminal(root) else 0
    try:
        reviewing.serve(root, port, not no_open)
    except reviewing.Refused as error:
        raise Problem(error.why, status=FAILED) from None
    except OSError as error:
        raise Problem.port_in_use(port, error, "Leave --port out to take a free one.") from None
    return 0


def review_root() -> Path:
    """Return the nearest folder, here or above, with a review. Raises `Problem` if there is none."""
    here = Path.cwd()
    root = next((one for one in (here, *here.parents) if (one / ".novu" / "review").is_dir()), None)
    if root is None:
        raise Problem(
            f"Nothing to review in {here}: there is no folder .novu/review.",
            hint="Run `pytest --novu-review` first: it keeps there what differs from the snapshots.",
        )
    return root


def say_refused(refused: Mapping[str, str]) -> None:
    """Print why changes, by their ids, were not decided on: a reason of many, such as a full disk, once."""
    from novu_framework_testing._internal.printable import printable

    reasons: dict[str, list[str]] = {}
    for change_id, why in refused.items():
        reasons.setdefault(why, []).append(printable(change_id))
    for why, ids in reasons.items():
        more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
        text = f"{', '.join(ids[:_NAMED])}{more}: {why}"
        console.print(text, style="yellow", markup=False, soft_wrap=True)


def kept_review() -> ReviewStore:
    """Return the review of the project here, with what was interrupted in it finished. Raises `Problem`."""
    from novu_framework_testing.review import Refused, ReviewStore

    store = ReviewStore(review_root())
    # one that can only be read can be read; a decision says itself that it cannot be written
    with contextlib.suppress(Refused):
        store.finish_interrupted()
    return store
