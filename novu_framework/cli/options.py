"""Options that several subcommands have."""

from __future__ import annotations

import os
from contextlib import redirect_stderr, redirect_stdout
from typing import Annotated, TypeAlias

import typer

from novu_framework._internal.redaction import redaction
from novu_framework.cli.project import Project


def workflow_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of the app's workflows that begin like this, for the shell's completion; none where there is no app."""
    try:
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            known = Project.here().app(ctx.params.get("app")).handler.workflows
    except Exception:  # whatever is wrong is said when the command runs
        return []
    return [one for one in known if one.startswith(incomplete)]


def step_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of the steps of the workflow that stands before."""
    try:
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            steps = Project.here().app(ctx.params.get("app")).workflow(ctx.params["workflow"]).steps
    except Exception:
        return []
    return [one for one in steps if one.startswith(incomplete)]


AppOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--app",
        metavar="MODULE:ATTRIBUTE",
        help="The app, a function that makes it, a workflow or several. Default: \\[tool.novu] app in pyproject.toml.",
    ),
]

JsonOption: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Write JSON to standard output, for other programs.")
]

ApiUrlOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--api-url", "-a", help="The Novu API.", envvar="NOVU_API_URL", show_default="https://api.novu.co"
    ),
]


def _hidden(key: str | None) -> str | None:
    """Keep a key out of all that is said from now on."""
    redaction.hide(key or "")
    return key


SecretKeyOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--secret-key",
        "-s",
        help="The key of the Novu environment.",
        envvar="NOVU_SECRET_KEY",
        callback=_hidden,
    ),
]
