"""The summary as a part of the report of a run: a table of workflows and steps, which needs no script."""

from __future__ import annotations

from html import escape

from novu_framework_testing.coverage.summary import Summary, WorkflowCoverage
from novu_framework_testing.coverage.terminal import counted, shown_percent
from novu_framework_testing.coverage.words import Missing, missing_of

_HEAD = ("Step", "What became of it", "Locales", "Branches", "Never ran")


def coverage_section(summary: Summary, *, partial: str = "") -> str:
    """Return the part of the report as HTML.

    Args:
        summary: What happened.
        partial: Why the run was not of every test; empty where it was.
    """
    share = shown_percent(summary.ran, summary.total)
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEAD)
    note = f"<p>Of a part of the tests: {escape(partial)}.</p>" if partial else ""
    return f"""<section class="coverage" aria-labelledby="coverage-title"><details{" open" if summary.ran < summary.total else ""}>
<summary><h2 id="coverage-title">Coverage: {share}, {summary.ran} of {summary.total} branches ran</h2></summary>
{note}<div class="grid-scroll" tabindex="0" role="group" aria-labelledby="coverage-title"><table><thead><tr>{heads}</tr></thead>
{"".join(map(_workflow, summary.workflows))}</table></div></details></section>"""


def _workflow(each: WorkflowCoverage) -> str:
    missing = missing_of(each)
    runs = f"triggered {each.runs} time{'' if each.runs == 1 else 's'}" if each.runs else "never triggered"
    first = (
        f'<tr class="coverage-workflow"><th scope="rowgroup">{escape(each.workflow_id)}</th><td>{runs}</td><td></td>'
        f"<td>{each.ran}/{len(each.branches)} <span>{shown_percent(each.ran, len(each.branches))}</span></td>"
        f"<td>{'' if each.runs else f'<code>{escape(each.place)}</code>'}</td></tr>"
    )
    return f"<tbody>{first}{''.join(_step(each, step_id, missing) for step_id in each.steps)}</tbody>"


def _step(each: WorkflowCoverage, step_id: str, missing: list[Missing]) -> str:
    branches = [branch for branch in each.branches if branch.step_id == step_id]
    locales = ", ".join(sorted(name for name in each.locales[step_id] if name))
    never = "".join(
        f"<li>{escape(one.words)} <code>{escape(one.place)}</code></li>"
        for one in missing
        if one.step == f"{each.workflow_id}/{step_id}"
    )
    return (
        f'<tr><th scope="row">{escape(step_id)} <span>{escape(each.steps[step_id])}</span></th>'
        f"<td>{escape(counted(each.happened[step_id])) or 'nothing'}</td><td>{escape(locales)}</td>"
        f"<td>{sum(branch.ran for branch in branches)}/{len(branches)}</td>"
        f"<td>{f'<ul>{never}</ul>' if never else ''}</td></tr>"
    )
