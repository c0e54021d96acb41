"""The report for a pull request: Markdown for the summary of a job, and annotations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from novu_framework_testing._internal.github import annotation, append_summary, at_most
from novu_framework_testing.compat.findings import HEADS, CompatFinding, CompatLevel, CompatReport
from novu_framework_testing.review.markdown import bounded, code

_LEVELS: Mapping[CompatLevel, Literal["error", "warning", "notice"]] = {
    "break": "error",
    "change": "warning",
    "unsure": "notice",
}
_PLACE = re.compile(r"(.+\.py):(\d+)")


def tell_github(report: CompatReport, root: str, environment: Mapping[str, str]) -> list[str]:
    """Append the report to the summary of a job, where there is one, and return the annotations, which are lines to print.

    Args:
        report: The report.
        root: The folder of the project, which locations are below.
        environment: The environment's variables.

    Raises:
        OSError: The summary cannot be written.
    """
    summary_file = environment.get("GITHUB_STEP_SUMMARY")
    if not summary_file:
        return []
    append_summary(summary_file, markdown(report))
    base = os.path.relpath(root, environment.get("GITHUB_WORKSPACE") or root)
    lines: list[str] = []
    for level, shown in _LEVELS.items():
        found = [_annotation(one, shown, base) for one in report.of(level)]
        lines += at_most(found, shown, "Deployment", "findings")
    return lines


def _annotation(finding: CompatFinding, level: Literal["error", "warning", "notice"], base: str) -> str:
    place = _PLACE.fullmatch(finding.location or "")
    properties = {"title": f"{HEADS[finding.level]}: {finding.where}"}
    if place is not None:
        file = os.path.normpath(os.path.join(base, place[1])).replace(os.sep, "/")
        properties = {"file": file, "line": place[2], **properties}
    because = f" Because {finding.because}." if finding.changes else ""
    return annotation(level, properties, f"{finding.what}.{because} {finding.advice}".strip())


def markdown(report: CompatReport) -> str:
    """Return the report as Markdown, short enough for the comment on a pull request."""
    head = [f"## Deployment: {report.counts}", "", f"{code(report.new)} over {code(report.old)}."]
    return bounded(head, list(_blocks(report)))


def _blocks(report: CompatReport) -> Iterator[Sequence[str]]:
    for level, title in HEADS.items():
        for number, finding in enumerate(report.of(level)):
            lines = [] if number else ["", f"### {title}", ""]
            lines.append(f"- {code(finding.where)}: {code(finding.what, most=1000)}")
            if finding.changes and level != "safe":
                lines.append(f"  - because {code(finding.because, most=1000)}")
            if finding.advice:
                lines.append(f"  - {finding.advice}")
            yield lines
