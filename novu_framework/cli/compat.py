"""`novu-framework compat`: what a deployment does to the runs that are open."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from novu_framework.cli.options import AppOption, JsonOption
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import Project
from novu_framework.cli.terminal import console, counted, print_json

if TYPE_CHECKING:
    from novu_framework_testing.compat import CompatReport

_STYLES = {"break": "red", "change": "yellow", "unsure": "", "safe": "green"}


def compat(
    base: Annotated[
        str,
        typer.Argument(
            metavar="BASE",
            help="What is deployed now: a revision of git, a file of `list --json`, or a recording of production.",
        ),
    ],
    app: AppOption = None,
    as_json: JsonOption = False,
    no_review: Annotated[
        bool, typer.Option("--no-review", help="Do not keep what changes for subscribers for `review`.")
    ] = False,
) -> int:
    """Say what deploying this does to runs that wait: what breaks, what changes, what is safe.

    A run that waits in a digest or a delay asks the new code with the old state. Asks both versions, each in a process of its
    own, for every step of every run that may be open: resolvers run, with made-up data or what was recorded. Exits with 1 when
    something breaks. In GitHub Actions it writes the job's summary, and an annotation each.

    [dim]Examples:[/]
    novu-framework compat origin/main
    novu-framework compat production.json --json
    """
    from novu_framework_testing.bridges import BridgeFailure
    from novu_framework_testing.compat import VersionProblem
    from novu_framework_testing.compat import compat as compared
    from novu_framework_testing.compat.github import tell_github

    project = Project.here()
    root, usual = project.root, str(project.settings.get("app") or "")
    try:
        report = compared(base, app, root=root, app=app or "", default_app=usual)
    except VersionProblem as problem:
        raise Problem(str(problem), hint=problem.hint) from None
    except BridgeFailure as failure:
        raise Problem(f"A version does not answer: {failure}", status=FAILED) from None
    to_review = 0 if no_review else _kept(report, root)
    if as_json:
        print_json({**report.to_json(), "toReview": to_review})
    else:
        _show(report, to_review)
    try:
        annotations = tell_github(report, str(root), os.environ)
    except OSError as error:
        raise Problem(
            f"The summary of the job cannot be written: {error.strerror or error}.", status=FAILED
        ) from None
    for line in annotations:
        typer.echo(line, err=as_json)
    return 0 if report.ok else FAILED


def _kept(report: CompatReport, root: os.PathLike[str]) -> int:
    from pathlib import Path

    from novu_framework_testing.compat.review import keep_for_review
    from novu_framework_testing.review import Refused

    try:
        return keep_for_review(report, Path(root))
    except (Refused, OSError) as error:
        raise Problem(f"What changes cannot be kept for the review: {error}", status=FAILED) from None


def _show(report: CompatReport, to_review: int) -> None:
    from novu_framework_testing.compat.findings import HEADS

    for level, head in HEADS.items():
        found = report.of(level)
        if found:
            console.print(Text(f"{head}:", style="bold"))
        for finding in found:
            first, *rest = str(finding).splitlines()
            console.print(Text(first, style=_STYLES[level]), soft_wrap=True)
            for line in rest:
                console.print(Text(line, style="dim"), soft_wrap=True)
        if found:
            console.print()
    style = "bold green" if report.ok else "bold red"
    console.print(Text(f"{report.summary}.", style=style), soft_wrap=True)
    console.print(f"[dim]{counted(report.tried, 'answer')} of old and new compared[/]")
    if to_review:
        what = counted(to_review, "message")
        console.print(f"{what} to look at, old next to new: [bold]novu-framework review[/]")
