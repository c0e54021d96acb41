"""The command's subcommands, and how it ends."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from novu_framework.bridge import SDK_VERSION
from novu_framework.cli import catalog, cloud, doctor, preview, review, simulate, sync
from novu_framework.cli.problems import MISTAKEN, Problem
from novu_framework.cli.terminal import console, show_problem
from novu_framework.errors import NovuError

app = typer.Typer(
    name="novu-framework",
    help="List, preview, dry-run, review and sync notification workflows.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("list")(catalog.list_workflows)
app.command("preview")(preview.preview)
app.command("simulate")(simulate.simulate)
app.command("review")(review.review)
app.command("sync")(sync.sync)
app.command("doctor")(doctor.doctor)
app.command("cloud")(cloud.cloud)


def _version(asked: bool) -> None:
    if asked:
        console.print(f"novu-framework {SDK_VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def run(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit status."""
    logging.getLogger("novu_framework").addHandler(logging.NullHandler())  # a failure is said once, by us
    try:
        status = app(arguments, standalone_mode=False)
    except Problem as problem:
        show_problem(problem)
        return problem.status
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return 130
    except NovuError as error:
        show_problem(Problem(error.message))
        return MISTAKEN
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # click's own errors: a missing argument, an unknown option
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", MISTAKEN))
    return status if isinstance(status, int) else 0
