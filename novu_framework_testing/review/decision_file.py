"""Decisions that were made in a report, far from the project, and come back as a file."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from novu_framework_testing.review.changes import Change, TestChanges
from novu_framework_testing.review.comments import MAX_COMMENT, comment
from novu_framework_testing.review.journal import Action
from novu_framework_testing.review.store import Refused, ReviewStore

MAX_BYTES = 20_000_000
"""The size of a file of decisions that is read."""

_GONE = "This change is not there any more: the tests have run again since."
_OTHER = "The message is another one by now than in that report. Look at it again."


class FileDecision(BaseModel):
    """A decision on one change of a report; `content` is the digest of what was on the screen."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    id: str = Field(min_length=1, max_length=64)
    content: str = Field(min_length=1, max_length=64)
    action: Literal["accept", "reject"]
    why: str = Field("", max_length=MAX_COMMENT)


class DecisionFile(BaseModel):
    """A file of decisions, as the report saves it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    format: Literal["novu-review-decisions"]
    version: Literal[1]
    decisions: list[FileDecision] = Field(max_length=20_000)


@dataclasses.dataclass(frozen=True)
class Applied:
    """The result of carrying out the decisions of a file.

    Attributes:
        decisions: The ids of what was carried out, to undo it by, the earliest first.
        done: The ids of the changes that it was carried out on, by action.
        already: The ids of those that were decided on like this before.
        refused: Why not, by id, for the others.
    """

    decisions: Sequence[str]
    done: Mapping[Action, Sequence[str]]
    already: Sequence[str]
    refused: Mapping[str, str]


def changes_by_place(tests: Iterable[TestChanges]) -> dict[tuple[str, str], Change]:
    """Return each change by its test and stem; a message that is gone is known by the names of its folders, too."""
    return {
        (name, change.stem): change
        for test in tests
        for name in (test.test, "::".join(PurePosixPath(test.folder).parts[-2:]))
        for change in test.changes
    }


def read_decisions(data: bytes) -> list[FileDecision]:
    """Return the decisions of a file that a report has saved.

    Raises:
        ValueError: it is something else; the message says what is wrong with it.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES:,} bytes, which no file of decisions needs")
    try:
        file = DecisionFile.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(
            f"it is not a file of decisions that a report saved: {place + ': ' if place else ''}{first['msg']}"
        ) from None
    twice = [each for each, count in Counter(each.id for each in file.decisions).items() if count > 1]
    if twice:
        raise ValueError(f"it decides twice on {twice[0]!r}")
    return file.decisions


def apply_decisions(store: ReviewStore, decisions: Sequence[FileDecision]) -> Applied:
    """Carry out decisions that were made on a report; what is another message by now is refused.

    Twice is as good as once. A comment is put below the one that a change was rejected with before.
    """
    known = {change.id: change for test in store.tests() for change in test.changes}
    groups: dict[tuple[Action, str], list[tuple[str, str | None]]] = {}
    already: list[str] = []
    refused: dict[str, str] = {}
    for decision in decisions:
        change, why = known.get(decision.id), comment(decision.why)
        if (reason := _reason(change, decision)) is not None:
            refused[decision.id] = reason
        elif change is not None and (said := _together(change, decision.action, why)) is not None:
            groups.setdefault((decision.action, said), []).append((change.id, change.revision))
        else:
            already.append(decision.id)
    made: list[str] = []
    done: dict[Action, list[str]] = {"accept": [], "reject": []}
    for (action, why), changes in groups.items():
        try:
            decided = store.decide(action, changes, why=why)
        except (Refused, ValueError) as error:
            refused |= dict.fromkeys((change_id for change_id, _ in changes), str(error))
        else:
            made.append(decided.id)
            done[action] += decided.changes
            refused |= decided.refused
    return Applied(made, done, already, refused)


def _reason(change: Change | None, decision: FileDecision) -> str | None:
    """Return why a decision cannot be carried out, if that is so."""
    if change is None:
        return _GONE
    if change.content != decision.content:
        return _OTHER
    wanted = "accepted" if decision.action == "accept" else "rejected"
    if change.status not in ("pending", wanted):
        return f"Someone has {change.status} this already."
    return None


def _together(change: Change, action: Action, why: str) -> str | None:
    """Return the comment to decide with: that of the file and that of the change; None if nothing is left to do."""
    if change.status == "pending":
        return why if action == "reject" else ""
    if action == "accept" or why in change.why:
        return None
    return f"{change.why}\n{why}".strip()
