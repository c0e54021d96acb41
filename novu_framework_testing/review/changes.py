"""What waits for a review: the snapshots of a test that differ, are new, are gone or have moved."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from novu_framework_testing.review.cases import Case
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.files import decode, encode, fingerprint
from novu_framework_testing.snapshots.names import PICTURES, suffix_of

Kind = Literal["changed", "new", "gone", "moved"]
Status = Literal["pending", "accepted", "rejected"]
_Made = TypeVar("_Made")
KINDS: Mapping[Kind, str] = {"changed": "changed", "new": "is new", "moved": "has moved", "gone": "is gone"}
"""What is said of a step that changed in such a way, in the order in which kinds are listed."""
_OPTIONAL = ("base", "new", "workflow")


@dataclasses.dataclass(frozen=True)
class FileChange:
    """One file of a change.

    Attributes:
        path: Below the project's root, with `/` between its parts.
        base: The fingerprint of the file when the tests ran; None when there was no file.
        new: What accepting writes, that of a picture in base64; None removes the file.
    """

    path: str
    base: str | None
    new: str | None

    @property
    def new_bytes(self) -> bytes | None:
        """The content that accepting writes, or None."""
        if self.new is None:
            return None
        return b64decode(self.new) if self.suffix in PICTURES else encode(self.new)

    @classmethod
    def of(cls, path: str, old: bytes | None, new: bytes | None) -> FileChange:
        """Return the change of a file that holds `old` to one that holds `new`."""
        is_picture = suffix_of(PurePosixPath(path).name) in PICTURES
        kept = None if new is None else b64encode(new).decode() if is_picture else decode(new)
        return cls(path, fingerprint(old), kept)

    @property
    def suffix(self) -> str:
        """The end of the file's name, such as `.txt`."""
        return suffix_of(PurePosixPath(self.path).name)

    @property
    def stem(self) -> str:
        """The beginning of the file's name, as those of all files of a step do."""
        return PurePosixPath(self.path).name.removesuffix(self.suffix)

    @cached_property
    def target(self) -> str | None:
        """The fingerprint of the file after accepting."""
        return fingerprint(self.new_bytes)


@dataclasses.dataclass(frozen=True)
class Change:
    """One step of one test, before and after.

    Attributes:
        id: Its name in a review; the same for the same step of the same test.
        kind: `changed`, `new`, `gone`, or `moved`: the same content at another place in the order.
        step, channel: The step's id and type.
        workflow: The workflow's id, where it is known.
        stem: What the names of the step's files begin with (the new ones, if it moved).
        title: The content in a line, to tell it in a list.
        files: The files that accepting writes or removes: those of the step, and also those of the steps that only have
            another number for it, or stand in another order with it.
        status: The decision of a reviewer, or `pending`.
        why: The comment of the one who rejected it; of one that is not rejected, why an earlier version was.
        same: A key that equal changes share, so that they are decided on as one; "" where an earlier version kept it.
        exact: A key that changes share of which every word is the same, those from the payload too: they are equal as well.
        twin: A key that changes of the same step share that are the same one in another language: see `sameness.twin_of`.
        context: For whom the step ran, and the like.
        gist: What changed, in a line; of one that moved, past what.
        order: Past what a step moved that changed, too.
        said: The parts that changed and the sentences that say so, to be searched beside the words of both versions.
    """

    id: str
    kind: Kind
    step: str
    channel: str
    workflow: str | None
    stem: str
    title: str
    files: tuple[FileChange, ...]
    status: Status = "pending"
    same: str = ""
    exact: str = ""
    twin: str = ""
    gist: str = ""
    order: str = ""
    said: str = ""
    why: str = ""
    context: StepContext = NO_CONTEXT

    @property
    def own_files(self) -> tuple[FileChange, ...]:
        """The files of the step itself, without those of steps that only have another number for it."""
        return tuple(file for file in self.files if file.stem in (self.stem, self.stem_before))

    @cached_property
    def stem_before(self) -> str:
        """The beginning of the names of the files that it had before: at the place where it was, or as a step of another kind."""
        gone = (file.stem for file in self.files if file.new is None and file.stem != self.stem)
        return next(gone, self.stem) if self.kind in ("moved", "changed") else self.stem

    @cached_property
    def content(self) -> str:
        """A digest of its content."""
        return digest([[file.path, file.base, file.target] for file in self.files])

    @property
    def revision(self) -> str:
        """A digest of its content, status and comment. A reviewer's decision names the one that was on the screen."""
        return digest([self.content, self.status, self.why])


@dataclasses.dataclass(frozen=True)
class TimelineStep:
    """One step in the timeline of a test, before or after."""

    stem: str
    step: str
    channel: str
    status: str
    summary: str = ""


@dataclasses.dataclass(frozen=True)
class TestChanges:
    """The changes of one test.

    Attributes:
        test: The test's id, as pytest names it.
        folder: Where its snapshots are, below the project's root.
        purpose: The first paragraph of its docstring.
        parameters: The ids of its parameters.
        changes: In the order of the steps.
        old, new: The timelines of the test's steps, before and after.
        cases: The cases of the matrix that the test is one of, itself among them.
        asides: What comments in the code of its workflows set aside of the checks: each the rule, why, and the workflow.
    """

    __test__ = False

    test: str
    folder: str
    changes: tuple[Change, ...]
    old: tuple[TimelineStep, ...] = ()
    new: tuple[TimelineStep, ...] = ()
    cases: tuple[Case, ...] = ()
    asides: tuple[tuple[str, ...], ...] = ()
    purpose: str = ""
    parameters: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the file that keeps these changes."""
        return digest(self.folder)

    def with_decisions(self, decisions: Mapping[str, tuple[Status, str]]) -> TestChanges:
        """Return the same with the status and the comment of some changes, by their ids, set."""
        changes = tuple(
            dataclasses.replace(change, status=decisions[change.id][0], why=decisions[change.id][1])
            if change.id in decisions
            else change
            for change in self.changes
        )
        return dataclasses.replace(self, changes=changes)

    def to_json(self) -> str:
        """Return what `.novu/review/changes/` keeps."""
        return json.dumps(self, default=_fields)

    @classmethod
    def from_json(cls, text: str | bytes) -> TestChanges:
        """Return the changes that `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: `text` is something else.
        """
        data: dict[str, Any] = json.loads(text)
        changes = tuple(
            _made(
                Change,
                {
                    **change,
                    "files": tuple(_made(FileChange, file) for file in change["files"]),
                    "context": StepContext.of(change.get("context", {})),
                },
            )
            for change in data["changes"]
        )
        old, new = (tuple(_made(TimelineStep, step) for step in data[side]) for side in ("old", "new"))
        cases = tuple(Case.of(case) for case in data.get("cases", ()))
        asides = tuple(tuple(map(str, aside)) for aside in data.get("asides", ()))
        known = {
            "changes": changes,
            "old": old,
            "new": new,
            "cases": cases,
            "asides": asides,
            "parameters": tuple(map(str, data.get("parameters", ()))),
        }
        return _made(cls, {**data, **known})


def kinds_in_words(kinds: Iterable[str], more: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return how many changes there are of each kind; `more` has the names of kinds that are none of a change.

    >>> kinds_in_words(["new", "changed", "new"])
    '1 changed, 2 new'
    """
    counts = Counter(kinds)
    names: dict[str, str] = {kind: kind for kind in KINDS}
    names |= more
    return ", ".join(f"{counts[kind]} {name}" for kind, name in names.items() if counts[kind])


def change_id(folder: str, stem: str) -> str:
    """Return the id of the change of one step of the test whose snapshots are in `folder`."""
    return digest(str(PurePosixPath(folder) / stem))


def _fields(one: Any) -> dict[str, Any]:
    """Return the fields of a dataclass. Unlike `dataclasses.asdict` it copies nothing, which takes five times as long."""
    return {field.name: getattr(one, field.name) for field in dataclasses.fields(one)}


def _made(cls: type[_Made], data: Mapping[str, Any]) -> _Made:
    """Return an object of ours from JSON data, which is text all through."""
    for name, value in dict(data).items():
        if not isinstance(value, (str, tuple, StepContext)) and (value is not None or name not in _OPTIONAL):
            raise TypeError(f"{name} of a {cls.__name__} is {value!r}")
    return cls(**data)


def digest(value: Any) -> str:
    """Return a short name of JSON data: the same for equal data."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
