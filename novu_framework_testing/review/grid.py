"""The grid of a matrix: what each of its cases says at the same step, equal results once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from novu_framework_testing.checks import CheckSettings
from novu_framework_testing.review.cases import Case
from novu_framework_testing.review.changes import Change, TestChanges
from novu_framework_testing.review.collection import title_of
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.review.view import content_findings, new_files, settings_of
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.formats import visible_body
from novu_framework_testing.snapshots.names import SUFFIXES
from novu_framework_testing.snapshots.rendered import RenderedStep

_MAX_BODY = 160


@dataclass(frozen=True)
class GridCell:
    """The result of one case at one step.

    Attributes:
        case: The case.
        stem: What the names of its files begin with.
        files: Their contents now, by suffix; empty where the step is gone.
        kind: What kind of change it is, or `same`.
        link: What leads to it: the id of its change, or its place in a report.
        status: A reviewer's decision.
    """

    case: Case
    stem: str
    files: Mapping[str, bytes]
    kind: str
    link: str | None = None
    status: str = ""


def grid_of(store: ReviewStore, test: TestChanges, change: Change) -> list[dict[str, Any]]:
    """Return the cells of the matrix that a change is of, those without a change as their files are; none if it is of no matrix."""
    if not test.cases:
        return []
    folders = {case.folder for case in test.cases}
    changes = {
        (other.folder, each.stem): each
        for other in store.tests()
        if other.folder in folders
        for each in other.changes
    }
    cells = []
    for case in test.cases:
        one = changes.get((case.folder, change.stem))
        if one is not None:
            cells.append(GridCell(case, one.stem, new_files(one), one.kind, one.id, one.status))
            continue
        found = {suffix: store.content(f"{case.folder}/{change.stem}{suffix}") for suffix in SUFFIXES}
        files = {suffix: data for suffix, data in found.items() if data is not None}
        if files:
            cells.append(GridCell(case, change.stem, files, "same"))
    return shown_cells(cells, settings_of(store.root, test.asides))


def shown_cells(cells: Iterable[GridCell], checks: CheckSettings) -> list[dict[str, Any]]:
    """Return cells as a page shows them; of equal ones, each later one says which it equals.

    A cell has `axes`, `label`, `kind`, `status`, `link`; then `equal`, the label of the first with the same content, or `title`, `body`
    and `findings`, what is wrong with its content.
    """
    first: dict[tuple[tuple[str, bytes], ...], str] = {}
    shown = []
    for cell in sorted(cells, key=lambda each: each.case.place):
        content = tuple(sorted(cell.files.items()))
        made: dict[str, Any] = {
            "axes": dict(cell.case.axes),
            "label": cell.case.label,
            "kind": cell.kind,
            "status": cell.status,
            "link": cell.link,
            "equal": first.get(content) if content else None,
        }
        if content and made["equal"] is None:
            first[content] = cell.case.label
            made |= _content(read_step(cell.stem, cell.files), checks)
        shown.append(made)
    return shown


def _content(step: RenderedStep | None, checks: CheckSettings) -> dict[str, Any]:
    if step is None:
        return {"title": "This snapshot cannot be read.", "body": "", "findings": []}
    title, body = title_of(step), " ".join((visible_body(step) or "").split())
    findings = content_findings(step, checks)
    return {
        "title": title,
        "body": "" if title.startswith(body[:40]) else body[:_MAX_BODY],
        "findings": [
            {"level": one.level, "wrong": one.wrong, "detail": one.detail, "words": one.words}
            for one in findings
        ],
    }
