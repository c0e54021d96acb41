"""The command's subcommands, and how it ends."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from novu_framework import __version__
from novu_framework._internal.redaction import redaction
from novu_framework.cli import (
    catalog,
    check,
    cloud,
    compat,
    doctor,
    gallery,
    preview,
    review,
    review_changes,
    review_files,
    simulate,
    sync,
)
from novu_framework.cli.problems import MISTAKEN, Problem
from novu_framework.cli.terminal import console, show_any_letter, show_problem
from novu_framework.errors import NovuError
from novu_framework.settings import environment_keys


class _FlagsWithoutType:
    """What typer's commands and groups are made of here: a flag takes no value, so none is shown."""

    def get_params(self, ctx: Any) -> list[Any]:
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in found:
            if getattr(parameter, "is_flag", False):
                parameter.display_type_rich = lambda ctx: None
        return found


class _Command(_FlagsWithoutType, TyperCommand):
    """A subcommand."""


class _Group(_FlagsWithoutType, TyperGroup):
    """The command itself."""


app: typer.Typer = typer.Typer(
    name="novu-framework",
    cls=_Group,
    help="List, preview, dry-run, review and sync notification workflows.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _help(command: Callable[..., int | None]) -> str:
    """Return the help of a subcommand: its docstring, whose paragraphs flow; its examples stay as they are written."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(text if text.startswith("[dim]") else text.replace("\n", " ") for text in paragraphs)


def _add(name: str, command: Callable[..., int | None], to: typer.Typer = app) -> None:
    to.command(name, cls=_Command, help=_help(command))(command)


_reviewing = typer.Typer(cls=_Group, rich_markup_mode="rich")


@_reviewing.callback(invoke_without_command=True, help=_help(review.review))
def _review(
    ctx: typer.Context,
    in_terminal: review.InTerminal = False,
    port: review.Port = 0,
    no_open: review.NoOpen = False,
) -> int | None:
    return None if ctx.invoked_subcommand else review.review(in_terminal, port, no_open)


_add("list", catalog.list_workflows)
_add("preview", preview.preview)
_add("simulate", simulate.simulate)
app.add_typer(_reviewing, name="review")
_add("list", review_changes.list_changes, _reviewing)
_add("show", review_changes.show, _reviewing)
_add("accept", review_changes.accept, _reviewing)
_add("reject", review_changes.reject, _reviewing)
_add("summary", review_files.summary, _reviewing)
_add("apply", review_files.apply, _reviewing)
_add("gallery", gallery.gallery)
_add("sync", sync.sync)
_add("doctor", doctor.doctor)
_add("check", check.check)
_add("compat", compat.compat)
_add("cloud", cloud.cloud)


def _version(asked: bool) -> None:
    if asked:
        console.print(f"novu-framework {__version__}")
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
    redaction.hide(*environment_keys())  # what an app raises while it is loaded may quote one
    show_any_letter()
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
        if isinstance(said := getattr(error, "message", None), str):
            error.message = redaction.redacted(said)  # type: ignore[attr-defined]
        show()
        return int(getattr(error, "exit_code", MISTAKEN))
    return status if isinstance(status, int) else 0
