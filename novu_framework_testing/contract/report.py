"""The findings of a check, and the report that people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from novu_framework._internal.redaction import redaction

Level: TypeAlias = Literal["ok", "warning", "error"]
"""`error`: Novu would fail with it. `warning`: it may surprise. `ok`: what holds."""

_SIGNS: dict[Level, str] = {"ok": "✓", "warning": "!", "error": "✗"}


@dataclass(frozen=True)
class CheckFinding:
    """One thing that a check looked at.

    Attributes:
        level: `ok`; `warning` for what may surprise; `error` for what keeps Novu from working with the bridge.
        what: The finding in words.
        where: The workflow, step and path; empty for the bridge as a whole.
        advice: The remedy; empty where there is nothing to do.
    """

    level: Level
    what: str
    where: str = ""
    advice: str = ""

    def __post_init__(self) -> None:
        for name in ("what", "where", "advice"):  # a bridge may answer with its key
            object.__setattr__(self, name, redaction.redacted(getattr(self, name)))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"\n    → {self.advice}" if self.advice else ""
        return f"{_SIGNS[self.level]} {place}{self.what}{advice}"


@dataclass(frozen=True)
class Report:
    """The findings of a check in the order in which they were made. `str(report)` is text for people.

    >>> print(Report("A bridge", (CheckFinding("ok", "reachable"), CheckFinding("error", "no discovery", advice="Serve it"))))
    A bridge: 1 error
    ✓ reachable
    ✗ no discovery
        → Serve it
    """

    title: str
    findings: Sequence[CheckFinding]

    @property
    def errors(self) -> list[CheckFinding]:
        """The findings that keep Novu from working with the bridge."""
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def warnings(self) -> list[CheckFinding]:
        """The findings that may surprise."""
        return [finding for finding in self.findings if finding.level == "warning"]

    @property
    def ok(self) -> bool:
        """True if there are no errors; warnings do not count."""
        return not self.errors

    @property
    def summary(self) -> str:
        """One line with the title and the numbers of errors and warnings."""
        by_level = {"error": len(self.errors), "warning": len(self.warnings)}
        counts = [counted(number, level) for level, number in by_level.items() if number]
        return f"{self.title}: {', '.join(counts) or 'all good'}"

    def __str__(self) -> str:
        return "\n".join([self.summary, *map(str, self.findings)])


def counted(number: int, noun: str) -> str:
    """Return `1 step`, `2 steps`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
