"""The workflows of an app, joined with the snapshots that its project has of them."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard
from urllib.parse import unquote

from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing._internal.natural_order import natural
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.files import read_if_there
from novu_framework_testing.snapshots.names import FileName, is_snapshot_path
from novu_framework_testing.snapshots.rendered import CONVERSATION, RenderedStep

_ELSEWHERE = frozenset({"node_modules", "site-packages", "build", "dist"})
UNSENT = ("skipped", "failed")
"""The statuses of a step that did nothing."""


@dataclasses.dataclass(frozen=True)
class AcceptedContent:
    """One content of a step, as snapshots have it.

    Attributes:
        step: The step.
        tests: The tests whose snapshots say it; none for a preview with made-up data.
    """

    step: RenderedStep
    tests: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class GalleryStep:
    """One step of a workflow.

    Attributes:
        id, channel: The step's id and type.
        contents: What is accepted, each content once: what is sent before what was skipped or failed, that of the test
            that sends the most of the workflow first, then what most tests say, then by the tests' names.
        is_known: True if the app has the step, or if no app was given.
    """

    id: str
    channel: str
    contents: tuple[AcceptedContent, ...] = ()
    is_known: bool = True

    @property
    def is_message(self) -> bool:
        """True for a step that delivers something, or of a type that is not known here."""
        return self.channel in CHANNELS or self.channel not in KINDS


@dataclasses.dataclass(frozen=True)
class GalleryWorkflow:
    """A workflow with its steps, in the order in which they run; or an agent with its conversations.

    Attributes:
        id: The workflow's id, or the agent's; empty for snapshots that name none.
        name, description, tags, severity, preferences: As the app's discovery says them.
        is_known: True if the app has the workflow, or if no app was given.
    """

    id: str
    steps: tuple[GalleryStep, ...]
    name: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    severity: str = "none"
    preferences: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    is_known: bool = True


@dataclasses.dataclass(frozen=True)
class Gallery:
    """The notifications of a project with their contents.

    Attributes:
        project: The project's name.
        workflows: Those of the app, then agents, then those that only snapshots know.
        unreadable: Snapshot files that cannot be read, below the project's root.
    """

    project: str
    workflows: tuple[GalleryWorkflow, ...]
    unreadable: tuple[str, ...] = ()

    @property
    def channels(self) -> Counter[str]:
        """The number of messages by channel."""
        return Counter(
            step.channel
            for each in self.workflows
            for step in each.steps
            if step.is_known and step.is_message
        )

    def missing(self, *, waits_too: bool = False) -> list[tuple[str, str]]:
        """Return the messages without accepted content, each as the ids of its workflow and its step.

        With `waits_too`, steps without a snapshot that send nothing come along.
        """
        return [
            (each.id, step.id)
            for each in self.workflows
            for step in each.steps
            if (step.is_message or waits_too) and not step.contents
        ]

    def with_previews(self, previews: Mapping[tuple[str, str], RenderedStep]) -> Gallery:
        """Return the same with previews, by the ids of workflow and step, where nothing is accepted."""
        workflows = []
        for each in self.workflows:
            steps = (
                dataclasses.replace(step, contents=(AcceptedContent(previews[each.id, step.id]),))
                if not step.contents and (each.id, step.id) in previews
                else step
                for step in each.steps
            )
            workflows.append(dataclasses.replace(each, steps=tuple(steps)))
        return dataclasses.replace(self, workflows=tuple(workflows))


class _Snapshot(NamedTuple):
    """A step of one assertion of a test."""

    workflow: str
    step: RenderedStep
    test: str
    order: int

    @property
    def key(self) -> tuple[str, str]:
        return self.step.step_id, self.step.channel


def gallery_of(
    root: Path, workflows: Sequence[Mapping[str, Any]] | None = None, *, dirname: str = "__snapshots__"
) -> Gallery:
    """Return what the snapshots of a project say, joined with the workflows of its app.

    Args:
        root: The project's root.
        workflows: What `Workflow.discover()` gives for each; None if no app was given.
        dirname: The name of snapshot folders.
    """
    owners: dict[tuple[str, str], set[str]] = {}
    for each in workflows or ():
        for key in _keys(each):
            owners.setdefault(key, set()).add(each["workflowId"])
    by_workflow: dict[str, list[_Snapshot]] = {}
    by_agent: dict[str, list[_Snapshot]] = {}
    unreadable = []
    for path, test, order, step in _snapshots(root.resolve(), dirname):
        if step is None:
            unreadable.append(path)
            continue
        if step.channel == CONVERSATION:
            by_agent.setdefault(step.step_id, []).append(_Snapshot("", step, test, order))
            continue
        owner = owners.get((step.step_id, step.channel), set())
        workflow = step.workflow_id or (next(iter(owner)) if len(owner) == 1 else "")
        by_workflow.setdefault(workflow, []).append(_Snapshot(workflow, step, test, order))
    made = [_workflow(each, by_workflow.pop(each["workflowId"], [])) for each in workflows or ()]
    made += [GalleryWorkflow(each, _steps(by_agent[each], None)) for each in sorted(by_agent, key=natural)]
    for workflow_id in sorted(by_workflow, key=lambda one: (not one, natural(one))):
        steps = _steps(by_workflow[workflow_id], None)
        made.append(GalleryWorkflow(workflow_id, steps, is_known=workflows is None))
    return Gallery(root.resolve().name, tuple(made), tuple(sorted(unreadable, key=natural)))


def _workflow(discovered: Mapping[str, Any], snapshots: list[_Snapshot]) -> GalleryWorkflow:
    return GalleryWorkflow(
        id=discovered["workflowId"],
        steps=_steps(snapshots, _keys(discovered)),
        name=discovered.get("name") or "",
        description=discovered.get("description") or "",
        tags=tuple(discovered.get("tags") or ()),
        severity=discovered.get("severity") or "none",
        preferences=discovered.get("preferences") or {},
    )


def _keys(discovered: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(step["stepId"], step["type"]) for step in discovered["steps"]]


def _steps(snapshots: list[_Snapshot], known: list[tuple[str, str]] | None) -> tuple[GalleryStep, ...]:
    contents: dict[tuple[str, str], dict[str, list[_Snapshot]]] = {}
    tests: dict[str, list[_Snapshot]] = {}
    for each in snapshots:
        contents.setdefault(each.key, {}).setdefault(_content_key(each.step), []).append(each)
        tests.setdefault(each.test, []).append(each)
    courses = [[one.key for one in sorted(course, key=lambda one: one.order)] for course in tests.values()]
    keys = [*known] if known is not None else _merged(courses)
    former = [key for key in _merged(courses) if key not in keys]
    first = _most_ordinary(contents)
    return tuple(
        GalleryStep(*key, _contents(contents.get(key, {}).values(), first), is_known=key in keys)
        for key in [*keys, *former]
    )


def _most_ordinary(contents: Mapping[tuple[str, str], Mapping[str, list[_Snapshot]]]) -> str:
    """Return the test that sends the most, and of several the one that most others agree with: its journey is shown."""
    sent: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for groups in contents.values():
        for group in groups.values():
            tests = {one.test for one in group}
            agreed.update(dict.fromkeys(tests, len(tests)))
            sent.update(tests if group[0].step.status not in UNSENT else ())
    return min(agreed, key=lambda test: (-sent[test], -agreed[test], _place(test)), default="")


def _place(test: str) -> Any:
    """Return what to sort tests by: their names in natural order, but the usual case of a matrix before its others."""
    name, _, parameters = test.partition("[")
    return natural(name), "usual" not in re.split(r"[]-]", parameters), natural(parameters)


def _merged(courses: Iterable[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return the steps of several tests in one order: that of the longest, with what others have put between."""
    merged: list[tuple[str, str]] = []
    for course in sorted(courses, key=len, reverse=True):
        place = 0
        for key in course:
            if key not in merged:
                merged.insert(place, key)
            place = merged.index(key) + 1
    return merged


def _contents(groups: Iterable[list[_Snapshot]], first: str) -> tuple[AcceptedContent, ...]:
    made = [
        AcceptedContent(group[0].step, tuple(sorted({one.test for one in group}, key=_place)))
        for group in groups
    ]

    def place(one: AcceptedContent) -> Any:
        return one.step.status in UNSENT, first not in one.tests, -len(one.tests), _place(one.tests[0])

    return tuple(sorted(made, key=place))


def _content_key(step: RenderedStep) -> str:
    content = [step.status, step.reason, dict(step.outputs), dict(step.providers)]
    return json.dumps(content, default=repr, sort_keys=True)


def _snapshots(root: Path, dirname: str) -> Iterator[tuple[str, str, int, RenderedStep | None]]:
    """Yield the path, the test, the place and the step of each snapshot of a project; None for one that cannot be read."""
    for folder, stems in _files(root, dirname):
        test = _test_name(folder.relative_to(root), len(Path(dirname).parts))
        for stem, suffixes in stems.items():
            step = _step(folder, stem, suffixes)
            name = FileName.of_stem(stem)
            assert name is not None
            label = f"{test} ({_unescaped(name.name)})" if name.name else test
            path = (folder / f"{stem}{suffixes[0]}").relative_to(root).as_posix()
            # What a test shows on top of the content (`also`) is for the test.
            yield (
                path,
                label,
                name.order,
                dataclasses.replace(step, details={}) if _is_readable(step) else None,
            )


def _step(folder: Path, stem: str, suffixes: Iterable[str]) -> RenderedStep | None:
    """Return the step of a snapshot, None if it cannot be read: by its content, or because the system refuses."""
    try:
        read = {suffix: read_if_there(folder / f"{stem}{suffix}") for suffix in suffixes}
    except OSError:
        return None
    return read_step(stem, {suffix: data for suffix, data in read.items() if data is not None})


def _is_readable(step: RenderedStep | None) -> TypeGuard[RenderedStep]:
    """Tell whether a step is what a snapshot says, also where somebody has edited its file."""
    if step is None:
        return False
    texts = step.step_id, step.channel, step.status, step.workflow_id or "", step.reason or ""
    return all(isinstance(text, str) for text in texts) and all(
        isinstance(part, Mapping) for part in (step.outputs, step.providers)
    )


def _files(root: Path, dirname: str) -> Iterator[tuple[Path, dict[str, list[str]]]]:
    """Yield the folders of tests that have snapshots, each with the suffixes of its files by stem."""
    for parent, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _ELSEWHERE
            and not name.startswith(".")
            and not os.path.exists(os.path.join(parent, name, "pyvenv.cfg"))
        )
        folder = Path(parent)
        yield from _stems(folder, names, dirname)
        for link in _linked(root, folder, folders, dirname):
            for test in sorted(
                path for path in link.glob("*/*") if not (path.is_symlink() or path.parent.is_symlink())
            ):
                yield from _stems(test, next(os.walk(test), ("", [], []))[2], dirname)


def _stems(folder: Path, names: Iterable[str], dirname: str) -> Iterator[tuple[Path, dict[str, list[str]]]]:
    """Yield a folder, if it is a test's, with the suffixes of its snapshots by stem."""
    stems: dict[str, list[str]] = {}
    for name in sorted(names, reverse=True):
        file = FileName.parse(name)
        # A link may lead anywhere: what is shown is what the project holds.
        if file and is_snapshot_path(folder / name, dirname=dirname) and not (folder / name).is_symlink():
            stems.setdefault(file.stem, []).append(file.suffix)
    if stems:
        yield folder, dict(reversed(stems.items()))


def _linked(root: Path, folder: Path, names: Iterable[str], dirname: str) -> list[Path]:
    """Return the snapshot folders in a folder that are links to others of the project."""
    links = [folder / name for name in names if name == Path(dirname).name and (folder / name).is_symlink()]
    return [link for link in links if Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))]


def _test_name(folder: Path, depth: int) -> str:
    """Return the name of a test by its folder: `tests/test_shop.py::test_order[en]`."""
    *above, module, test = folder.parts
    return "/".join([*above[: len(above) - depth], f"{_unescaped(module)}.py::{_unescaped(test)}"])


def _unescaped(name: str) -> str:
    return unquote(name.partition("%-")[0], errors="replace")
