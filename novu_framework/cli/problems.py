"""What may go wrong with a command, said in a line or two and never with a traceback."""

from __future__ import annotations

FAILED = 1
"""Exit status: the command did its work and what it looked at failed, or could not be reached."""

MISTAKEN = 2
"""Exit status: the command was asked for something that is not there or not understood."""


class Problem(Exception):
    """A message for the person at the terminal, and the exit status."""

    def __init__(self, message: str, *, hint: str = "", status: int = MISTAKEN) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.status = status
