"""`novu-framework review summary | apply`: a review for a pull request, and the decisions that come back from a report."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.review import AsJson, kept_review, say_refused
from novu_framework.cli.terminal import console, counted, print_json


def summary(
    report: Annotated[
        str, typer.Option("--report", help="Where the report is: a URL, or the name of an artifact.")
    ] = "",
) -> int:
    """Print what there is to review as Markdown, for a comment on a pull request.

    [dim]Examples:[/]
    novu-framework review summary --report messages | gh pr comment 12 --body-file -
    """
    from novu_framework_testing.review.listing import changes_of_review
    from novu_framework_testing.review.markdown import summary as markdown

    store = kept_review()
    typer.echo(markdown(store, changes_of_review(store), report=report), nl=False)
    return 0


def apply(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="What a report has saved; - for standard input.")
    ],
    as_json: AsJson = False,
) -> int:
    """Carry out the decisions that somebody made in a report and saved.

    A message that is another one by now than in that report is left alone, and said; the exit status is 1 then.

    [dim]Examples:[/]
    novu-framework review apply decisions.json
    """
    from novu_framework_testing._internal.printable import printable
    from novu_framework_testing.review.decision_file import MAX_BYTES, apply_decisions, read_decisions

    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
            decisions = read_decisions(stream.read(MAX_BYTES + 1))
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror or error}.") from None
    except ValueError as error:
        raise Problem(f"{file}: {printable(str(error))}.") from None
    done = apply_decisions(kept_review(), decisions)
    if as_json:
        print_json(
            {
                "decisions": list(done.decisions),
                "accepted": list(done.done["accept"]),
                "rejected": list(done.done["reject"]),
                "already": list(done.already),
                "refused": [{"id": change_id, "why": why} for change_id, why in done.refused.items()],
            }
        )
    else:
        say_refused(done.refused)
        parts = [f"{counted(len(done.done[action]), 'change')} {action}ed" for action in ("accept", "reject")]
        if done.already:
            parts.append(f"{len(done.already)} decided like this already")
        console.print(f"{', '.join(parts)}.")
    return FAILED if done.refused else 0
