"""What a comparison of two versions finds, and the report that people and programs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from novu_framework_testing.versions import VersionChange

CompatLevel: TypeAlias = Literal["break", "change", "unsure", "safe"]
"""What a change does to open runs: it breaks them, it changes what the subscriber gets, it could not be tried, or nothing."""

_SIGNS: dict[CompatLevel, str] = {"break": "✗", "change": "~", "unsure": "?", "safe": "✓"}
HEADS: dict[CompatLevel, str] = {
    "break": "Breaks open runs",
    "change": "Changes what subscribers or colleagues see",
    "unsure": "Could not be tried",
    "safe": "Safe for open runs",
}


@dataclass(frozen=True)
class Witness:
    """An open run that shows it: it comes to `waits_before` next, and breaks at `step_id`, for which Novu sends `event`."""

    waits_before: str
    step_id: str
    event: Mapping[str, Any]


@dataclass(frozen=True)
class CompatFinding:
    """One thing about a deployment.

    Attributes:
        level: See `CompatLevel`.
        workflow_id: The workflow.
        step_ids: The steps that it happens to; none for the workflow as a whole.
        what: What happens, in words.
        advice: What to do; empty where there is nothing.
        code: The code of the bridge's error, such as `ExecutionStateCorruptError`; None without.
        changes: What differs between the versions that it comes from.
        places: Where a run may be waiting that it happens to, each with the step that it happens to: the step that comes next
            for the run, and the one that breaks.
        witness: A run that it happens to; None where it is not about one.
        location: `file.py:12`, as near as it is known.
    """

    level: CompatLevel
    workflow_id: str
    step_ids: tuple[str, ...]
    what: str
    advice: str = ""
    code: str | None = None
    changes: tuple[VersionChange, ...] = ()
    places: frozenset[tuple[str, str]] = frozenset()
    witness: Witness | None = field(default=None, compare=False, repr=False)
    location: str | None = None

    @property
    def where(self) -> str:
        """The workflow and the steps: `welcome/email, text`."""
        return f"{self.workflow_id}/{', '.join(self.step_ids)}" if self.step_ids else self.workflow_id

    @property
    def because(self) -> str:
        """The changes, in words."""
        return "; ".join(map(str, self.changes))

    def __str__(self) -> str:
        place = f" ({self.location})" if self.location else ""
        lines = [f"{_SIGNS[self.level]} {self.where}{place}: {self.what}"]
        if self.changes and self.level in ("break", "change"):
            lines.append(f"    because {self.because}")
        return "\n".join([*lines, *([f"    → {self.advice}"] if self.advice else [])])

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        witness = self.witness
        return {
            "level": self.level,
            "workflowId": self.workflow_id,
            "stepIds": list(self.step_ids),
            "what": self.what,
            "advice": self.advice,
            "code": self.code,
            "changes": [str(one) for one in self.changes],
            "waitsBefore": sorted({place for place, _ in self.places}),
            "location": self.location,
            "witness": witness
            and {"waitsBefore": witness.waits_before, "stepId": witness.step_id, "event": witness.event},
        }


@dataclass(frozen=True)
class ChangedContent:
    """A step that delivers something else: `old` and `new` are the answers of the two versions for the same event."""

    workflow_id: str
    workflow_name: str
    step_id: str
    channel: str
    subscriber: Mapping[str, Any]
    old: Mapping[str, Any]
    new: Mapping[str, Any]


@dataclass(frozen=True)
class CompatReport:
    """The effects of a new version on the runs that are open. `str(report)` is text for people.

    Attributes:
        old, new: What was compared, in words.
        findings: The gravest first.
        contents: The steps that deliver something else, for a review.
        tried: How many steps of open runs were tried.
    """

    old: str
    new: str
    findings: Sequence[CompatFinding]
    contents: Sequence[ChangedContent] = ()
    tried: int = 0

    def of(self, level: CompatLevel) -> list[CompatFinding]:
        """Return the findings of a level."""
        return [one for one in self.findings if one.level == level]

    @property
    def breaks(self) -> list[CompatFinding]:
        """The findings that break open runs."""
        return self.of("break")

    @property
    def ok(self) -> bool:
        """True if no open run breaks."""
        return not self.breaks

    @property
    def counts(self) -> str:
        """The numbers of findings: `2 breaks, 1 change`."""
        words = {"break": "break{}", "change": "change{}", "unsure": "not tried", "safe": "safe"}
        numbers = {level: len(self.of(level)) for level in _SIGNS}
        said = (
            f"{number} {words[level].format('' if number == 1 else 's')}"
            for level, number in numbers.items()
            if number
        )
        return ", ".join(said) or "nothing changed"

    @property
    def summary(self) -> str:
        """One line with the numbers."""
        return f"{self.new}, deployed over {self.old}: {self.counts}"

    def __str__(self) -> str:
        lines = [self.summary]
        for level, head in HEADS.items():
            if found := self.of(level):
                lines += ["", f"{head}:", *map(str, found)]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "ok": self.ok,
            "old": self.old,
            "new": self.new,
            "tried": self.tried,
            "findings": [one.to_json() for one in self.findings],
        }
