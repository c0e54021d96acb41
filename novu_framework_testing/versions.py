"""What differs between two versions of a workflow, as discovery shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeAlias

ChangeKind: TypeAlias = Literal[
    "workflow-removed", "step-removed", "step-added", "step-renamed", "step-moved", "step-type",
    "property-removed", "property-added", "required", "keyword", "code", "preferences",
]  # fmt: skip
"""What a change is about; those of properties, `required` and other keywords are in a schema."""

Part: TypeAlias = Literal["payload", "controls", "outputs", "results"]
"""Which schema it is: the workflow's payload, or the controls, outputs or results of a step."""

_SAID_ONLY = frozenset(
    {"title", "description", "examples", "$comment", "$schema", "$defs", "definitions", "$id"}
)
"""Keywords that check nothing."""
_NOTHING: dict[str, Any] = {}
_DEEPEST = 12


@dataclass(frozen=True)
class VersionChange:
    """One thing that is otherwise in the new version. `str(change)` says it in words.

    Attributes:
        kind: See `ChangeKind`.
        step_id: The step, by the old version's id where it has one; None for the workflow as a whole.
        part: The schema, for a change of one.
        path: The place in the data that the schema is about, as a JSON pointer.
        keyword: The keyword of the schema.
        old, new: What it was and what it is: a step's id or type, or a keyword's value; None where there is none.
    """

    kind: ChangeKind
    step_id: str | None = None
    part: Part | None = None
    path: str = ""
    keyword: str = ""
    old: Any = None
    new: Any = None

    def __hash__(self) -> int:  # the values may be objects of JSON
        return hash((self.kind, self.step_id, self.part, self.path, self.keyword))

    def __str__(self) -> str:
        return _SENTENCES[self.kind](self)


def changes(old: Mapping[str, Any], new: Mapping[str, Any] | None) -> list[VersionChange]:
    """Return what differs between two definitions of a workflow, the gravest first; None for `new` is a removed one."""
    if new is None:
        return [VersionChange("workflow-removed")]
    found = [*_schema_changes(old, new, "payload", None), *_step_changes(_steps(old), _steps(new))]
    if old.get("preferences") != new.get("preferences"):
        found.append(VersionChange("preferences", old=old.get("preferences"), new=new.get("preferences")))
    if old.get("code") != new.get("code"):
        found.append(VersionChange("code"))
    return found


def _steps(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {step["stepId"]: step for step in definition.get("steps") or ()}


def _step_changes(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[VersionChange]:
    before, after = [one for one in old if one in new], [one for one in new if one in old]
    matches = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {step_id for start, _, size in matches for step_id in before[start : start + size]}
    added = dict(_gaps(new, kept, old))
    for removed, gap in _gaps(old, kept, new):
        twin = next(
            (
                one
                for one, there in added.items()
                if there == gap and new[one]["type"] == old[removed]["type"]
            ),
            None,
        )
        if twin is None:
            yield VersionChange("step-removed", removed, old=old[removed]["type"])
        else:
            del added[twin]
            yield VersionChange("step-renamed", removed, old=old[removed]["type"], new=twin)
    for step_id in added:
        later = _following(new, step_id, old)
        yield VersionChange("step-added", step_id, old=later, new=new[step_id]["type"])
    for step_id in before:
        if step_id not in kept:
            yield VersionChange("step-moved", step_id, new=_following(new, step_id, old))
        if old[step_id]["type"] != new[step_id]["type"]:
            yield VersionChange("step-type", step_id, old=old[step_id]["type"], new=new[step_id]["type"])
    for step_id in before:
        if old[step_id]["type"] != new[step_id]["type"]:
            continue  # its schemas are those of another kind
        for part in ("controls", "results", "outputs"):
            yield from _schema_changes(old[step_id], new[step_id], part, step_id)
        if old[step_id].get("code") != new[step_id].get("code"):
            yield VersionChange("code", step_id)


def _gaps(steps: Iterable[str], kept: set[str], others: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Give the steps that the other version does not have, each with how many of the kept ones come before it."""
    passed = 0
    for step_id in steps:
        if step_id in kept:
            passed += 1
        elif step_id not in others:
            yield step_id, passed


def _following(steps: Mapping[str, Any], step_id: str, known: Mapping[str, Any]) -> str | None:
    """Return the next step that the old version has too."""
    names = list(steps)
    return next((one for one in names[names.index(step_id) + 1 :] if one in known), None)


# --- schemas -------------------------------------------------------------------------------------------


def _schema_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], part: Part, step_id: str | None
) -> Iterator[VersionChange]:
    before, after = ((one.get(part) or _NOTHING).get("schema") or _NOTHING for one in (old, new))
    if before != after:
        for kind, path, keyword, was, now in _within(before, after, "", _Roots(before, after), 0):
            yield VersionChange(kind, step_id, part, path, keyword, was, now)


@dataclass(frozen=True)
class _Roots:
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def _within(
    old: Any, new: Any, path: str, roots: _Roots, depth: int
) -> Iterator[tuple[ChangeKind, str, str, Any, Any]]:
    old, new = resolved(old, roots.old), resolved(new, roots.new)
    if depth > _DEEPEST or not isinstance(old, Mapping) or not isinstance(new, Mapping):
        if old != new:
            yield "keyword", path, "schema", old, new
        return
    before, after = old.get("properties") or _NOTHING, new.get("properties") or _NOTHING
    was, now = set(old.get("required") or ()), set(new.get("required") or ())
    for name in dict.fromkeys([*before, *after, *sorted(was ^ now)]):
        inner = f"{path}/{name}"
        if name in before and name not in after:
            yield "property-removed", inner, "properties", before[name], None
        elif name in after and name not in before:
            yield "property-added", inner, "properties", None, after[name]
        elif name in before:
            yield from _within(before[name], after[name], inner, roots, depth + 1)
        if (name in was) != (name in now) and (name in after or name not in before):
            yield "required", inner, "required", name in was, name in now
    if isinstance(old.get("items"), Mapping) and isinstance(new.get("items"), Mapping):
        yield from _within(old["items"], new["items"], f"{path}/*", roots, depth + 1)
        walked = {"properties", "required", "items"}
    else:
        walked = {"properties", "required"}
    for keyword in dict.fromkeys([*old, *new]):
        if keyword not in walked | _SAID_ONLY and old.get(keyword) != new.get(keyword):
            yield "keyword", path, keyword, old.get(keyword), new.get(keyword)


def resolved(schema: Any, root: Mapping[str, Any]) -> Any:
    """Return what a schema's `$ref` means, where it points into its own document."""
    for _ in range(_DEEPEST):
        reference = schema.get("$ref") if isinstance(schema, Mapping) else None
        if not isinstance(reference, str) or not reference.startswith("#/"):
            break
        target: Any = root
        for name in reference[2:].split("/"):
            key = name.replace("~1", "/").replace("~0", "~")
            target = target.get(key) if isinstance(target, Mapping) else None
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**target, **rest} if isinstance(target, Mapping) else rest
    return schema


# --- words ---------------------------------------------------------------------------------------------


def _place(change: VersionChange) -> str:
    of = f"{change.part} of `{change.step_id}`" if change.step_id else f"{change.part}"
    return f"`{change.path or '/'}` of the {of}"


def _value(value: Any) -> str:
    text = repr(value)
    return f"`{text if len(text) <= 60 else text[:59] + '…'}`"


def _keyword(change: VersionChange) -> str:
    was = "absent" if change.old is None else _value(change.old)
    now = "gone" if change.new is None else _value(change.new)
    return f"{_place(change)}: `{change.keyword}` is {now}, it was {was}"


def _before(step_id: str | None) -> str:
    return f"before `{step_id}`" if step_id else "at the end"


_SENTENCES: Mapping[ChangeKind, Callable[[VersionChange], str]] = {
    "workflow-removed": lambda one: "the workflow was removed, or its id changed",
    "step-removed": lambda one: f"the step `{one.step_id}` ({one.old}) was removed",
    "step-added": lambda one: f"the step `{one.step_id}` ({one.new}) was added {_before(one.old)}",
    "step-renamed": lambda one: (
        f"the step `{one.step_id}` ({one.old}) was removed or renamed: there is `{one.new}` now"
    ),
    "step-moved": lambda one: f"the step `{one.step_id}` was moved {_before(one.new)}",
    "step-type": lambda one: f"the step `{one.step_id}` was of the type {one.old}, it is {one.new}",
    "property-removed": lambda one: f"{_place(one)} was removed",
    "property-added": lambda one: f"{_place(one)} is new",
    "required": lambda one: f"{_place(one)} is {'now' if one.new else 'no longer'} required",
    "keyword": _keyword,
    "code": lambda one: f"the code of {f'`{one.step_id}`' if one.step_id else 'the workflow'} changed",
    "preferences": lambda one: "the default preferences changed",
}


# --- what explains a failure ---------------------------------------------------------------------------

_STEPS = frozenset({"step-removed", "step-added", "step-renamed", "step-moved", "workflow-removed"})
_EXPLAINED_BY_STEPS = frozenset({"ExecutionStateCorruptError", "WorkflowNotFoundError", "StepNotFoundError"})
_EXPLAINED_BY_PART: Mapping[str, Part] = {
    "ExecutionEventPayloadInvalidError": "payload",
    "ExecutionStateControlInvalidError": "controls",
    "ExecutionStateResultInvalidError": "results",
    "ExecutionStateOutputInvalidError": "outputs",
}


def explaining(
    found: Sequence[VersionChange], step_id: str, code: str | None, *, paths: Iterable[str] = ()
) -> list[VersionChange]:
    """Return those of the changes that explain why a bridge refused a step, or did nothing for it.

    Args:
        found: The changes of the workflow.
        step_id: The step that was asked for.
        code: The protocol's code of the error; None where the bridge answered, and had no such step.
        paths: Where the data was refused, as JSON pointers.
    """
    part = _EXPLAINED_BY_PART.get(code or "")
    if code is None:
        chosen = [
            one
            for one in found
            if one.step_id == step_id and one.kind in ("step-removed", "step-renamed", "step-type")
        ]
    elif code in _EXPLAINED_BY_STEPS:
        chosen = [one for one in found if one.kind in _STEPS]
    elif part is not None:
        own = [one for one in found if one.part == part and (part != "controls" or one.step_id == step_id)]
        wrong = {_pattern(path) for path in paths}
        chosen = [one for one in own if any(_touches(one.path, path) for path in wrong)] or own
    else:
        chosen = [one for one in found if one.kind == "code" and one.step_id in (step_id, None)]
    return chosen or list(found)


def _pattern(path: str) -> str:
    return "/".join("*" if name.isdecimal() else name for name in path.split("/"))


def _touches(changed: str, wrong: str) -> bool:
    """Tell whether a change is at a place of the data, around it, or just within (what is missing is said of its parent)."""
    return f"{wrong}/".startswith(f"{changed}/") or changed.rpartition("/")[0] == wrong
