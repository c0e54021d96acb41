"""The command `novu-framework`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; exits with 0, 1 (what was asked for failed) or 2 (it was asked for wrongly)."""
    try:
        from novu_framework.cli.app import run
    except ModuleNotFoundError as missing:
        if missing.name not in ("typer", "rich", "click"):
            raise
        print(
            f"The command needs `{missing.name}`: pip install 'novu-framework[cli]'",
            file=sys.stderr,
        )
        sys.exit(2)
    sys.exit(run())
