"""The summary as pytest prints it: a table of the workflows of which something never ran, and what that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from novu_framework_testing.coverage.summary import Summary, WorkflowCoverage, percent
from novu_framework_testing.coverage.words import missing_of

_HEAD = ("Workflow", "Runs", "Steps", "Branches", "Cover", "Delivered", "Locales")
_NUMBERS = range(1, 5)
_SHOWN = 40


class CoverageLine(NamedTuple):
    """A line of text; `bold` for what counts most."""

    text: str
    bold: bool = False


def coverage_lines(summary: Summary, *, verbose: bool = False) -> list[CoverageLine]:
    """Return the lines; only the total where everything ran. `verbose` has every workflow, step and branch."""
    gaps = [each for each in summary.workflows if each.missing]
    shown = summary.workflows if verbose else gaps
    if not shown:
        return [CoverageLine(_total(summary), bold=True)]
    rows = [_HEAD, *(_row(each) for each in shown), _total_row(summary)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    table = [_aligned(row, widths) for row in rows]
    rule = CoverageLine("-" * max(map(len, table)))
    lines = [CoverageLine(table[0], bold=True), rule]
    for workflow, text in zip(shown, table[1:-1], strict=True):
        lines.append(CoverageLine(text))
        if verbose:
            lines += [CoverageLine(f"    {text}") for text in _steps(workflow)]
    lines += [rule, CoverageLine(table[-1], bold=True)]
    if left_out := len(summary.workflows) - len(shown):
        every = (
            "1 workflow of which every branch ran is"
            if left_out == 1
            else f"{left_out} workflows of which every branch ran are"
        )
        lines.append(CoverageLine(f"{every} left out."))
    missing = [str(one) for each in gaps for one in missing_of(each)]
    if missing:
        listed = missing if verbose else missing[:_SHOWN]
        lines += [
            CoverageLine(""),
            CoverageLine("Never ran:", bold=True),
            *(CoverageLine(f"  {text}") for text in listed),
        ]
        if len(listed) < len(missing):
            lines.append(CoverageLine(f"  and {len(missing) - len(listed)} more: pytest -v has them all"))
    return lines


def counted(counts: Counter[str]) -> str:
    """Say how often things happened: `delivered 3, skipped 1`."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def shown_percent(ran: int, total: int) -> str:
    """Return a percentage without decimals, 100% only where everything ran and 0% only where nothing did."""
    share = percent(ran, total)
    whole = min(round(share), 99) if ran < total else 100
    return f"{max(whole, 1) if ran else whole}%"


def _total(summary: Summary) -> str:
    if not summary.workflows:
        return "novu: coverage: no test of this run knew a workflow"
    count = f"{len(summary.workflows)} workflow{'s' * (len(summary.workflows) != 1)}"
    return f"novu: coverage 100%: all {summary.total} branches of {count} ran"


def _row(each: WorkflowCoverage) -> tuple[str, ...]:
    reached = sum(any(happened.values()) for happened in each.happened.values())
    delivered: Counter[str] = Counter()
    locales: Counter[str] = Counter()
    for step_id, kind in each.steps.items():
        if count := each.happened[step_id]["delivered"]:
            delivered[kind] += count
        locales.update({name or "none": count for name, count in each.locales[step_id].items()})
    return (
        each.workflow_id,
        str(each.runs),
        f"{reached}/{len(each.steps)}",
        f"{each.ran}/{len(each.branches)}",
        shown_percent(each.ran, len(each.branches)),
        counted(delivered) or "-",
        ", ".join(sorted(locales)) if set(locales) - {"none"} else "-",
    )


def _total_row(summary: Summary) -> tuple[str, ...]:
    every = summary.workflows
    reached = sum(any(happened.values()) for each in every for happened in each.happened.values())
    steps = sum(len(each.steps) for each in every)
    runs = sum(each.runs for each in every)
    share = shown_percent(summary.ran, summary.total)
    return "TOTAL", str(runs), f"{reached}/{steps}", f"{summary.ran}/{summary.total}", share, "", ""


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        text.rjust(width) if column in _NUMBERS else text.ljust(width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _steps(workflow: WorkflowCoverage) -> Iterator[str]:
    width = max(map(len, workflow.steps), default=0)
    for step_id, kind in workflow.steps.items():
        yield f"{step_id.ljust(width)}  {kind}: {counted(workflow.happened[step_id]) or 'never came to it'}"
