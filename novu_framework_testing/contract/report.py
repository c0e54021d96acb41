"""What a check found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["ok", "warning", "error"]

_SIGNS: dict[Level, str] = {"ok": "✓", "warning": "!", "error": "✗"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        level: `error` for what keeps Novu from working with the bridge, `warning` for what may surprise.
        what: What was found.
        where: The workflow, step and path it is about; empty for the bridge as a whole.
        advice: What to do about it; empty where there is nothing to do.
    """

    level: Level
    what: str
    where: str = ""
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"\n    → {self.advice}" if self.advice else ""
        return f"{_SIGNS[self.level]} {place}{self.what}{advice}"


@dataclass(frozen=True)
class Report:
    """Findings, in the order in which they were made. `str(report)` is made to be read.

    >>> print(Report("A bridge", (Finding("ok", "reachable"), Finding("error", "no discovery", advice="Serve it"))))
    A bridge: 1 error
    ✓ reachable
    ✗ no discovery
        → Serve it
    """

    title: str
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == "warning"]

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self.errors

    @property
    def summary(self) -> str:
        """One line: how many errors and warnings."""
        counts = [_counted(len(self.errors), "error"), _counted(len(self.warnings), "warning")]
        return f"{self.title}: {', '.join(filter(None, counts)) or 'all good'}"

    def __str__(self) -> str:
        return "\n".join([self.summary, *map(str, self.findings)])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
