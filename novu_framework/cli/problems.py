"""The mistakes and failures that a command reports, in a line or two and never with a traceback."""

from __future__ import annotations

FAILED = 1
"""Exit status: the command did its work and what it looked at failed, or could not be reached."""

MISTAKEN = 2
"""Exit status: an argument names something that is not there, or is not understood."""


class Problem(Exception):
    """A message for the person at the terminal, a hint at what to do, and the exit status."""

    def __init__(self, message: str, *, hint: str = "", status: int = MISTAKEN) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.status = status

    @classmethod
    def port_in_use(cls, port: int, error: OSError, hint: str) -> Problem:
        """Make the problem of a port on which this machine cannot serve."""
        message = f"Port {port} of this machine cannot be used: {error.strerror or error}."
        return cls(message, hint=hint, status=FAILED)
