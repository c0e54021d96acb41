"""What a deployment changes for subscribers, on the review page: the old message beside the new one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.compat.findings import ChangedContent, CompatReport
from novu_framework_testing.review import ReviewStore
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.context import StepContext
from novu_framework_testing.snapshots.files import read_if_there, write_atomically
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.names import FileName, escape
from novu_framework_testing.snapshots.rendered import RenderedStep

HOME = ".novu/compat"


def keep_for_review(report: CompatReport, root: Path) -> int:
    """Keep the contents that change in `.novu/`, for `novu-framework review`; return how many are not accepted yet.

    Raises:
        Refused, OSError: Nothing can be written there.
    """
    store = ReviewStore(root)
    home = store.root / HOME
    folder_of = home / store.dirname / "compat"
    by_workflow: dict[str, list[ChangedContent]] = {}
    for content in report.contents:
        by_workflow.setdefault(content.workflow_id, []).append(content)
    records = [
        RecordedTest(f"deployment of {workflow_id}", str(folder_of / escape(workflow_id)),
                     [_step(each, number, folder_of / escape(workflow_id)) for number, each in enumerate(contents, 1)])
        for workflow_id, contents in by_workflow.items()
    ]  # fmt: skip
    kept = {escape(workflow_id) for workflow_id in by_workflow}
    for folder in folder_of.glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
    write_atomically(home / ".gitignore", b"*\n")
    earlier = [test.folder for test in store.tests() if test.folder.startswith(f"{HOME}/")]
    own = [Path(record.folder).relative_to(store.root).as_posix() for record in records]
    store.replace(changes_of(store.root, records, []), ran=[*earlier, *own])
    return sum(not step.kept for record in records for step in record.steps)


def _step(content: ChangedContent, number: int, folder: Path) -> StepFiles:
    """Write the old content, and return both; one that was accepted before stays so."""
    old, new = _files(content, content.old), _files(content, content.new)
    stem = str(FileName(number, escape(content.step_id), content.channel, ""))
    if all(read_if_there(folder / f"{stem}{suffix}") == data for suffix, data in new.items()):
        return StepFiles(stem, new, new, kept=True)
    for path in folder.glob(f"{stem}.*"):
        path.unlink(missing_ok=True)
    for suffix, data in old.items():
        write_atomically(folder / f"{stem}{suffix}", data)
    who = content.subscriber
    names = {
        "subscriber": "subscriberId",
        "email": "email",
        "phone": "phone",
        "locale": "locale",
        "timezone": "timezone",
    }
    about = {name: str(who.get(key) or "") for name, key in names.items()}
    name = " ".join(str(who[key]) for key in ("firstName", "lastName") if who.get(key))
    context = StepContext.of(
        {**about, "name": name, "workflow": content.workflow_id, "workflow_name": content.workflow_name}
    )
    return StepFiles(stem, new, old, context=context)


def _files(content: ChangedContent, answer: Any) -> dict[str, bytes]:
    done = "delivered" if content.channel in CHANNELS else "completed"
    status = "skipped" if answer["skip"] else done
    about = (
        content.step_id,
        content.channel,
        status,
        answer["outputs"],
        answer["providers"],
        content.workflow_id,
    )
    return encoded_files(Filters().apply(RenderedStep(*about)))
