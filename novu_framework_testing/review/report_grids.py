"""The matrices of a run, as grids at the top of its report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from novu_framework_testing.checks import CheckSettings
from novu_framework_testing.review.collection import named
from novu_framework_testing.review.grid import GridCell, shown_cells
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.spoken_names import step_name
from novu_framework_testing.snapshots.text_diff import channel_label

Anchors = Mapping[tuple[str, str], str]
"""The id of the element that shows a message, by its test and the stem of its files."""


def report_grids(
    records: Iterable[RecordedTest], checks: CheckSettings, anchors: Anchors
) -> list[dict[str, Any]]:
    """Return a grid of each step of each matrix of which more than one case ran: `test`, `about` and `cells`."""
    grids: dict[tuple[str, str], list[GridCell]] = {}
    for record in records:
        if record.case is None:
            continue
        for step in (*record.steps, *record.messages):
            kind = (
                "same"
                if step.old == step.new or step in record.messages
                else "changed"
                if step.old
                else "new"
            )
            cell = GridCell(record.case, step.stem, step.new, kind, anchors.get((record.test, step.stem)))
            grids.setdefault((record.case.matrix, step.stem), []).append(cell)
    return [
        {"test": matrix, "about": _about(cells[0]), "cells": shown_cells(cells, checks)}
        for (matrix, _), cells in sorted(grids.items(), key=lambda item: item[0])
        if len(cells) > 1
    ]


def grids_section(grids: Sequence[Mapping[str, Any]]) -> str:
    """Return the part of the report that `report_grids.js` fills with grids; nothing without any."""
    if not grids:
        return ""
    data = json.dumps(grids).replace("<", "\\u003c")
    return f"""<section class="grids" id="grids" aria-labelledby="grids-title"><h2 id="grids-title">In each case</h2>
<script type="application/json">{data}</script></section>"""


def _about(cell: GridCell) -> str:
    step = read_step(cell.stem, cell.files)
    known = named(cell.stem, step)
    parts = (step.workflow_id if step else None, step_name(known.step), channel_label(known.channel))
    return " · ".join(dict.fromkeys(filter(None, parts)))
