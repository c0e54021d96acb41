"""`novu-framework review list | show | accept | reject`: deciding from scripts, and over ssh."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table
from rich.text import Text

from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.review import AsJson, kept_review, say_refused
from novu_framework.cli.terminal import console, counted, print_json

if TYPE_CHECKING:
    from novu_framework_testing.review import ReviewStore
    from novu_framework_testing.review.listing import Found


class ReviewStatus(str, Enum):
    """The statuses that a change can have, as choices of an option."""

    pending = "pending"
    accepted = "accepted"
    rejected = "rejected"


OfWorkflow = Annotated[str | None, typer.Option("--workflow", help="Only changes of this workflow.")]
WithStatus = Annotated[ReviewStatus | None, typer.Option("--status", help="Only changes with this status.")]
Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID]...",
        help="Ids of changes, or how they begin; ID@REVISION refuses one that has changed since `list`.",
    ),
]
Every = Annotated[bool, typer.Option("--all", help="Decide on everything that is pending.")]
Equal = Annotated[
    bool, typer.Option("--equal", help="Also decide on the same change in other messages, at once.")
]


def list_changes(workflow: OfWorkflow = None, status: WithStatus = None, as_json: AsJson = False) -> int:
    """List what there is to review. The exit status is 1 while something of it is pending.

    [dim]Examples:[/]
    novu-framework review list --status rejected --json > rejected.json
    """
    from novu_framework_testing.review.listing import changes_of_review, list_json

    store = kept_review()
    found = changes_of_review(store, workflow=workflow, status=status.value if status else None)
    _check_workflow(store, workflow)
    if as_json:
        print_json(list_json(found, changes_of_review(store)))
    else:
        if found:
            console.print(_table(found))
        _print_counts(found, changes_of_review(store))
    return FAILED if any(change.status == "pending" for _, change in found) else 0


def _table(found: list[Found]) -> Table:
    """Return a row for each entry of equal changes: where, for whom, and what changed."""
    from novu_framework_testing._internal.printable import printable
    from novu_framework_testing.review.comments import quoted
    from novu_framework_testing.review.listing import channels_of, entries, said_of, whom, workflow_of

    table = Table(box=None, pad_edge=False, header_style="dim")
    rows: list[list[Text]] = []
    for entry in entries(found):
        change = entry[0][1]
        said = Text(printable(said_of(change)))
        if change.why:
            earlier = "" if change.status == "rejected" else "an earlier version: "
            said.append(f"\n{earlier}{quoted(change.why)}", "yellow")
        workflows = list(dict.fromkeys(workflow_of(each) for _, each in entry))
        more = f" and {len(workflows) - 1} more" if len(workflows) > 1 else ""
        times = f", in {len(entry)} messages" if len(entry) > 1 else ""
        message = f"{workflows[0]}{more}: {channels_of(entry)} {change.kind}{times}"
        cells = (change.id[:8], change.status, message, whom(entry))
        rows.append([*(Text(printable(cell)) for cell in cells), said])
    # a column in which every row says the same, or nothing, takes room only
    shown = {"Id": True, "Status": {row[1].plain for row in rows} != {"pending"}, "Message": True}
    shown |= {"For": any(row[3].plain for row in rows), "What changed": True}
    for heading in filter(shown.get, shown):
        table.add_column(heading, no_wrap=heading in ("Id", "Status"))
    for row in rows:
        table.add_row(*(cell for cell, is_shown in zip(row, shown.values(), strict=True) if is_shown))
    return table


def _print_counts(found: list[Found], every: list[Found]) -> None:
    from novu_framework_testing.review.changes import kinds_in_words
    from novu_framework_testing.review.listing import entries

    made = entries(found)
    others = f", of {counted(len(every), 'change')} in this review" if len(found) < len(every) else ""
    together = f" in {len(made)} {'entry' if len(made) == 1 else 'entries'}" if len(made) < len(found) else ""
    kinds = kinds_in_words(change.kind for _, change in found)
    console.print(f"{counted(len(found), 'change')}{f' ({kinds})' if kinds else ''}{together}{others}.")
    if together:
        console.print("`accept ID --equal` decides on every message of an entry.", style="dim")


def _check_workflow(store: ReviewStore, workflow: str | None) -> None:
    """Refuse a workflow that no change is of, and name those there are."""
    from novu_framework_testing.review.listing import changes_of_review, workflow_of

    known = {
        change.workflow: workflow_of(change) for _, change in changes_of_review(store) if change.workflow
    }
    if workflow is not None and workflow not in known:
        names = ", ".join(
            each if name == each else f"{each} ({name})" for each, name in sorted(known.items())
        )
        raise Problem(
            f"There is no workflow {workflow!r} in this review.",
            hint=f"There are: {names}." if names else "There is nothing to review.",
        )


def show(
    change_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a change, or how it begins.")],
    as_json: AsJson = False,
) -> int:
    """Show one change: what it was, what it is, and why it was rejected."""
    from novu_framework_testing.review.listing import changes_of_review, shown_json
    from novu_framework_testing.review.terminal_review import show_change

    store = kept_review()
    test, change = _one(changes_of_review(store), change_id)
    if as_json:
        print_json(shown_json(store, test, change))
    else:
        show_change(store, test, change)
    return 0


def accept(
    ids: Ids = None, every: Every = False, equal: Equal = False, workflow: OfWorkflow = None,
    status: WithStatus = None, as_json: AsJson = False,
) -> int:  # fmt: skip
    """Accept changes: their snapshots are written. The exit status is 1 if one of them was refused.

    [dim]Examples:[/]
    novu-framework review accept 3f2a 91bc
    novu-framework review accept --all --workflow order-shipped
    """
    store = kept_review()
    return _decide(store, "accept", _chosen(store, ids or [], every, equal, workflow, status), "", as_json)


def reject(
    ids: Ids = None,
    why: Annotated[str, typer.Option("--why", help="What is wrong with it, for whoever mends it.")] = "",
    every: Every = False, equal: Equal = False, workflow: OfWorkflow = None,
    status: WithStatus = None, as_json: AsJson = False,
) -> int:  # fmt: skip
    """Reject changes: their snapshots stay. The exit status is 1 if one of them was refused.

    [dim]Examples:[/]
    novu-framework review reject 3f2a --why "Say hello, not hi"
    """
    store = kept_review()
    return _decide(store, "reject", _chosen(store, ids or [], every, equal, workflow, status), why, as_json)


def _chosen(
    store: ReviewStore,
    ids: list[str],
    every: bool,
    equal: bool,
    workflow: str | None,
    status: ReviewStatus | None,
) -> list[tuple[str, str | None]]:
    """Return the ids and revisions that the arguments of a decision mean."""
    from novu_framework_testing.review.listing import changes_of_review, equal_changes

    filtered = every or workflow is not None or status is not None
    if filtered is bool(ids):
        raise Problem(
            "Name the changes, or choose them by --all, --workflow or --status, not both."
            if ids
            else "Which changes? Name their ids, or choose them by --all, --workflow or --status.",
            hint="`novu-framework review list` shows the ids.",
        )
    if filtered:
        _check_workflow(store, workflow)
        wanted = (status or ReviewStatus.pending).value
        found = changes_of_review(store, workflow=workflow, status=wanted)
        if not found:
            raise Problem(f"There is no {wanted} change{f' of {workflow}' if workflow else ''}.")
        return [(change.id, change.revision) for _, change in found]
    known = changes_of_review(store)
    chosen: dict[str, str | None] = {}
    for given in ids:
        name, _, revision = given.partition("@")
        change = _one(known, name)[1]
        # whoever names the revision has seen it: of one that is another by now, its equals are ones that nobody has seen
        if equal and revision in ("", change.revision):
            chosen |= {each.id: each.revision for _, each in equal_changes(known, change)}
        chosen[change.id] = revision or None
    return list(chosen.items())


def _one(known: list[Found], given: str) -> Found:
    from novu_framework_testing.review.listing import find_changes

    found = find_changes(known, given)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Problem(
            f"There is no change {given!r} in this review.",
            hint="`novu-framework review list` shows the ids.",
        )
    several = ", ".join(change.id for _, change in found[:5])
    raise Problem(f"{given!r} is how {len(found)} ids begin: {several}{', ...' if len(found) > 5 else ''}.")


def _decide(
    store: ReviewStore,
    action: Literal["accept", "reject"],
    changes: list[tuple[str, str | None]],
    why: str,
    as_json: bool,
) -> int:
    from novu_framework_testing.review import Refused

    if not changes:
        raise Problem("There is nothing to decide on.")
    decision: str | None = None
    done: tuple[str, ...] = ()
    try:
        decided = store.decide(action, changes, why=why)
        decision, done, refused = decided.id, decided.changes, dict(decided.refused)
    except Refused as error:
        refused = dict.fromkeys((change_id for change_id, _ in changes), error.why)
    except ValueError as error:
        raise Problem(f"--why: {error}.") from None
    if as_json:
        print_json(
            {
                "decision": decision,
                "action": action,
                "changes": list(done),
                "refused": [{"id": change_id, "why": reason} for change_id, reason in refused.items()],
            }
        )
    else:
        say_refused(refused)
        console.print(f"{counted(len(done), 'change')} {action}ed.")
    return FAILED if refused else 0
