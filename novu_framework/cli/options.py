"""Options that several subcommands have."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

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

SecretKeyOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--secret-key", "-s", help="The key of the Novu environment.", envvar="NOVU_SECRET_KEY"),
]
