"""What breaks, what is lost and what is safe, in words, with what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.bridges.base import issues_text
from novu_framework_testing.compat.findings import ChangedContent, CompatFinding, Witness
from novu_framework_testing.versions import VersionChange

Trouble: TypeAlias = Literal["refused", "lost", "other-type", "no-wait", "gone"]
"""How a step breaks: the bridge refuses it, has no such step, has it as another type, gives no moment to wait for, or the workflow is gone."""


@dataclass
class Break:
    """Breaks of one reason.

    Attributes:
        trouble: See `Trouble`.
        code: The code of the bridge's error.
        changes: What it comes from.
        witness: A run that it happens to.
        failure: The error itself.
        saved: The values of the dashboard that it is about; empty where it is about none.
        places: The steps before which a run may be waiting, each with the step that breaks.
    """

    trouble: Trouble
    code: str | None
    changes: tuple[VersionChange, ...]
    witness: Witness
    failure: BridgeFailure | ValueError | None = None
    saved: Mapping[str, Any] = field(default_factory=dict)
    places: set[tuple[str, str]] = field(default_factory=set)


_KEEP_ID = (
    "Keep the old step, with its id and its place, until no run waits before it; or give the workflow a new id and "
    "leave the old one until its runs have ended."
)
_ADVICE: Mapping[str, str] = {
    "ExecutionEventPayloadInvalidError": "Take what open runs carry: make it optional, with a default, until they have ended.",
    "ExecutionStateCorruptError": (
        "Add a step after all that remain, or give the workflow a new id and leave the old one until its runs have ended."
    ),
    "ExecutionStateControlInvalidError": "Allow what may be saved, or change what is saved in the dashboard before you deploy.",
    "ExecutionStateResultInvalidError": "Take the results that open runs have: make what is new optional, or name the step anew.",
    "lost": _KEEP_ID,
    "other-type": "Give the step of the other type a new id, after all that remain, and keep the old one.",
    "gone": "Keep the workflow until its runs have ended, also where another id takes over.",
    "no-wait": "Let it give a moment to wait for with what open runs carry, too.",
}
_STEPS = frozenset({"step-removed", "step-renamed", "step-moved"})


def broken(workflow_id: str, steps: Sequence[str], found: Break, location: str | None) -> CompatFinding:
    """Return the finding about what breaks for one reason; `steps` are all of the workflow, in order."""
    step_ids = [one for one in steps if any(one == step for _, step in found.places)]
    advice = _ADVICE.get(found.code or found.trouble, "Let it work with what open runs carry.")
    if found.code == "ExecutionStateCorruptError" and any(one.kind in _STEPS for one in found.changes):
        advice = _KEEP_ID
    what = _SENTENCES[found.trouble](found)
    return CompatFinding(
        "break", workflow_id, tuple(step_ids), f"{_waiting(found, steps)} {what}", advice, found.code, found.changes,
        frozenset(found.places), found.witness, location,
    )  # fmt: skip


def _waiting(found: Break, steps: Sequence[str]) -> str:
    """Say which runs it happens to: by the steps that they come to next."""
    waits = [one for one in steps if any(one == place for place, _ in found.places)]
    if len(waits) > 1 and waits == list(steps[: len(waits)]):
        return f"every open run that has not come past `{waits[-1]}`"
    return f"an open run that comes to {' or '.join(f'`{one}`' for one in waits)} next"


def _refused(found: Break) -> str:
    if found.code == "ExecutionEventPayloadInvalidError":
        return (
            f"is refused for its payload, such as {_short(found.witness.event.get('payload'))}{_error(found)}"
        )
    if found.code == "ExecutionStateControlInvalidError" and not found.saved:
        return f"is refused for the controls' own defaults{_error(found)}"
    if found.code == "ExecutionStateControlInvalidError":
        return (
            f"is refused for what may be saved in the dashboard, such as {_short(found.saved)}{_error(found)}"
        )
    if found.code == "ExecutionStateResultInvalidError":
        return f"is refused for the result of an earlier step{_error(found)}"
    return f"fails: {found.failure}"


def _error(found: Break) -> str:
    data = found.failure.data if isinstance(found.failure, BridgeFailure) else None
    return f" ({found.code}{issues_text(data).replace(' (', ': ', 1).removesuffix(')')})"


_SENTENCES: Mapping[Trouble, Callable[[Break], str]] = {
    "refused": _refused,
    "lost": lambda found: "loses this step: the bridge answers with nothing, and no error tells of it",
    "other-type": lambda found: "has a job of the old type here, and gets the outputs of another",
    "no-wait": lambda found: f"cannot wait here, so it stops: {found.failure}",
    "gone": lambda found: "ends: its workflow is deleted at the next sync",
}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else f"{text[:119]}…"


def controls_lost(
    workflow_id: str,
    then: Mapping[str, Any],
    found: Iterable[VersionChange],
    location: Callable[[str], str | None],
) -> Iterator[CompatFinding]:
    """Give the controls that colleagues may have saved, and that nothing reads any more."""
    shown = {step["stepId"]: _controls(step) for step in then.get("steps") or ()}
    for change in found:
        step_id = change.step_id or ""
        if change.kind == "property-removed" and change.part == "controls":
            what = (
                f"what was saved in the dashboard for `{change.path}` is ignored: what the code says counts"
            )
        elif change.kind in ("step-removed", "step-renamed") and shown.get(step_id):
            names = ", ".join(f"`{name}`" for name in shown[step_id])
            gone = (
                f"it does not come along to `{change.new}`"
                if change.kind == "step-renamed"
                else "nothing reads it any more"
            )
            what = f"what was saved in the dashboard for {names}: {gone}"
        else:
            continue
        advice = "Ask those who edit it, and save it again where it belongs."
        yield CompatFinding(
            "change", workflow_id, (step_id,), what, advice, changes=(change,), location=location(step_id)
        )


def _controls(step: Mapping[str, Any]) -> list[str]:
    return list(((step.get("controls") or {}).get("schema") or {}).get("properties") or ())


def content_changed(
    content: ChangedContent, found: Iterable[VersionChange], location: str | None
) -> CompatFinding:
    """Return the finding about a step that gives something else."""
    old, new = content.old, content.new
    names = [
        f"`{name}`"
        for name in dict.fromkeys([*old["outputs"], *new["outputs"]])
        if old["outputs"].get(name) != new["outputs"].get(name)
    ]
    if old["skip"] != new["skip"]:
        what = "is left out now" if new["skip"] else "is no longer left out"
    else:
        what = f"gives another {', '.join(names)}" if names else "overrides providers otherwise"
    subject = "the message" if content.channel in CHANNELS else f"the {content.channel}"
    own = tuple(one for one in found if one.step_id == content.step_id and one.part != "results")
    step_ids = (content.step_id,)
    return CompatFinding(
        "change", content.workflow_id, step_ids, f"{subject} {what}", changes=own, location=location
    )


def not_tried(
    workflow_id: str, step_id: str, failure: BridgeFailure, location: str | None, *, is_old_here: bool
) -> CompatFinding:
    """Return the finding about a step whose content nobody could look at."""
    whose = "neither version renders it" if is_old_here else "the new version does not render it"
    what = f"{whose} with made-up data: {failure}"
    return CompatFinding("unsure", workflow_id, (step_id,), what, code=failure.code, location=location)


def safe(workflow_id: str, found: Iterable[VersionChange]) -> Iterator[CompatFinding]:
    """Give the changes that open runs bear."""
    for change in found:
        lost = change.kind == "property-removed" and change.part == "controls"
        is_content = change.kind in ("code", "preferences") or change.keyword == "default"
        if not is_content and not lost:
            step_ids = (change.step_id,) if change.step_id else ()
            yield CompatFinding("safe", workflow_id, step_ids, str(change), changes=(change,))
