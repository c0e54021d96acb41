"""`novu-framework review`: what changed in the messages, to accept or reject."""

from __future__ import annotations

from typing import Annotated

import typer

from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import Project


def review(
    in_terminal: Annotated[
        bool, typer.Option("--terminal", help="Ask here, one change at a time, instead of opening a page.")
    ] = False,
    port: Annotated[
        int, typer.Option(help="The page's port on this machine; 0 takes a free one.", min=0, max=65535)
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
) -> int:
    """Review the messages that `pytest --novu-review` found changed, new or gone.

    [dim]Examples:[/]
    pytest --novu-review; novu-framework review
    novu-framework review --terminal
    """
    from novu_framework_testing import review as reviewing

    here = Project.here().root
    root = next((one for one in (here, *here.parents) if (one / ".novu" / "review").is_dir()), None)
    if root is None:
        raise Problem(
            f"Nothing to review in {here}: there is no folder .novu/review.",
            hint="Run `pytest --novu-review` first: it keeps there what differs from the snapshots.",
        )
    if in_terminal:
        return FAILED if reviewing.terminal(root) else 0
    try:
        reviewing.serve(root, port, not no_open)
    except reviewing.Refused as error:
        raise Problem(error.why, status=FAILED) from None
    except OSError as error:
        raise Problem.port_in_use(port, error, "Leave --port out to take a free one.") from None
    return 0
