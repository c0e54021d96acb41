"""The command `novu-framework`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; it exits with 0, with 1 (something failed) or with 2 (the command was not understood)."""
    try:
        from novu_framework.cli.app import run
    except ModuleNotFoundError as missing:
        if missing.name not in ("typer", "rich", "click"):
            raise
        from novu_framework.errors import install_command

        print(f"The command needs `{missing.name}`: {install_command('cli')}", file=sys.stderr)
        sys.exit(2)
    sys.exit(run())
