"""How emails are looked at."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """A part of a screen: its name, its width in pixels, and whether its colours are dark."""

    name: str
    width: int
    is_dark: bool

    @property
    def suffix(self) -> str:
        """The end of the name of a snapshot file of it."""
        return f".{self.name}.png"

    @property
    def words(self) -> str:
        """Its name where people read it."""
        return f"{self.name.partition('-')[0]}, {'dark' if self.is_dark else 'light'}"


VIEWS = (
    View("phone", 390, False),
    View("desktop", 800, False),
    View("phone-dark", 390, True),
    View("desktop-dark", 800, True),
)
"""A phone, and what a mail client leaves to a message of a window that is 1440 pixels wide."""
