"""From what a run of tests compared to what waits for a review."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from novu_framework_testing.review.cases import Case
from novu_framework_testing.review.changes import (
    Change,
    FileChange,
    Kind,
    TestChanges,
    TimelineStep,
    change_id,
    digest,
)
from novu_framework_testing.review.order import with_move, with_order
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.run_summary import NotLookedAt, closing_lines
from novu_framework_testing.review.sameness import (
    Version,
    in_all_languages,
    joined,
    locale_in,
    names_of,
    sameness,
    twin_of,
)
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.snapshots.assertion import StepFiles, read_step
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.context import StepContext
from novu_framework_testing.snapshots.files import fingerprint, read_if_there, refusal
from novu_framework_testing.snapshots.formats import visible_body
from novu_framework_testing.snapshots.look_values import when_of
from novu_framework_testing.snapshots.names import PICTURES, SUFFIXES, FileName, as_compared, suffix_of
from novu_framework_testing.snapshots.pieces import Piece, pieces
from novu_framework_testing.snapshots.rendered import RenderedStep
from novu_framework_testing.snapshots.sequences import same_ends
from novu_framework_testing.snapshots.spoken_names import reason_name
from novu_framework_testing.snapshots.text_diff import as_pictures_show, content_changes
from novu_framework_testing.snapshots.timing import in_words


class NamedStep(NamedTuple):
    """The name and channel of a step, for a list of steps."""

    step: str
    channel: str


def keep_for_review(
    config: pytest.Config,
    records: Sequence[RecordedTest],
    leftovers: Iterable[Path],
    *,
    untold: Iterable[RecordedTest] = (),
    all_ran: bool,
    rest: NotLookedAt,
    tests: Sequence[TestChanges] | None = None,
) -> list[str]:
    """Keep the changes that a run found in `.novu/review/`.

    Args:
        config: The run's.
        records: What each test compared.
        leftovers: The snapshot files that the tests do not compare with any more.
        untold: Those of the tests that broke off, or were skipped, before they compared anything: what is kept of
            them stays.
        all_ran: Whether the run came to the end of all tests; else what is kept of the others stays.
        rest: What the run knows nothing of.
        tests: The changes of these records, where they are known already.

    Returns:
        Lines for the end of pytest's output.

    Raises:
        Refused: nothing can be written there.
    """
    root = config.rootpath
    tests = changes_of(root, records, leftovers) if tests is None else tests
    store = ReviewStore(root, dirname=str(config.getoption("snapshot_dirname")))
    store.replace(
        tests,
        ran=[_below(root, record.folder) for record in records],
        untold=[_below(root, record.folder) for record in untold],
        all_ran=all_ran,
    )
    own = {test.folder for test in tests}
    changes: dict[bool, list[Change]] = {True: [], False: []}
    for test in store.tests():
        changes[test.folder in own] += test.changes
    return closing_lines(changes[True], changes[False], rest)


def changes_of(root: Path, records: Iterable[RecordedTest], leftovers: Iterable[Path]) -> list[TestChanges]:
    """Return the changes of each test that has some.

    `records` say what each test compared; `leftovers` are the snapshot files that nothing compares with any
    more, of these tests or of tests that are gone.
    """
    records = list(records)
    names = _workflow_names(records)
    matrices = _matrices(root, records)
    folders: dict[str, list[Path]] = {}
    for path in leftovers:
        folders.setdefault(str(path.parent), []).append(path)
    told: dict[str, Sequence[ContentChange]] = {}
    tests = [_test_changes(root, record, folders.pop(record.folder, []), names, told) for record in records]
    for folder, paths in folders.items():
        module, test = Path(folder).parent.name, Path(folder).name
        tests.append(_test_changes(root, RecordedTest(f"{module}::{test}", folder), paths, names, told))
    tests = _with_their_own_first(joined(test for test in tests if test.changes), told)
    return [dataclasses.replace(test, cases=matrices.get(test.folder, ())) for test in tests]


def _with_their_own_first(
    tests: Sequence[TestChanges], told: Mapping[str, Sequence[ContentChange]]
) -> list[TestChanges]:
    """Return changes whose line begins with what few others have: not with the sender of every email, where that changed too."""
    have: dict[str, set[str]] = defaultdict(set)
    for change in (each for test in tests for each in test.changes):
        for each in told.get(change.id, ()):
            have[each.key].add(change.same)

    def named(change: Change) -> Change:
        changes = told.get(change.id, ())
        if change.kind != "changed" or not changes[1:] or changes[0].part == "status":
            return change  # whether it is sent at all comes first
        own = min(changes, key=lambda each: len(have[each.key]))
        gist = gist_of([own, *(each for each in changes if each is not own)])
        return dataclasses.replace(change, gist=with_move(gist, change.order))

    return [dataclasses.replace(test, changes=tuple(map(named, test.changes))) for test in tests]


def _matrices(root: Path, records: Iterable[RecordedTest]) -> dict[str, tuple[Case, ...]]:
    """Return the cases of the matrix that each test is one of, by the folder of its snapshots."""
    matrices: dict[str, list[Case]] = {}
    for record in records:
        if record.case is not None:
            case = dataclasses.replace(record.case, folder=_below(root, record.folder))
            matrices.setdefault(case.matrix, []).append(case)
    return {
        case.folder: tuple(sorted(cases, key=lambda each: each.place))
        for cases in matrices.values()
        for case in cases
    }


def _workflow_names(records: Iterable[RecordedTest]) -> dict[str | None, str]:
    """Return the names of the workflows that have one, by their ids: what is gone has no run that could say it."""
    contexts = (step.context for record in records for step in (*record.steps, *record.messages))
    return {each.workflow: each.workflow_name for each in contexts if each.workflow_name}


def _test_changes(
    root: Path,
    record: RecordedTest,
    leftovers: Sequence[Path],
    names: Mapping[str | None, str],
    told: dict[str, Sequence[ContentChange]],
) -> TestChanges:
    folder = _below(root, record.folder)
    gone = _by_stem(leftovers)
    replaced = _replaced(record, gone)
    changes = [
        _step_change(folder, step, gone, told, replaced.get(step.stem), test=record.test)
        for step in record.steps
        if not step.kept
    ]
    recipients = {step.context.recipient() for step in record.steps}
    # a step that is gone was for whom the others of its test are
    whom = recipients.pop() if len(recipients) == 1 else StepContext()
    for stem, paths in gone.items():
        old = Version.read(stem, _contents(paths))
        context = dataclasses.replace(
            whom, workflow_name=names.get(old.step.workflow_id, "") if old.step else ""
        )
        removals = _removals(folder, paths)
        changes.append(
            _change(
                folder, "gone", old, Version(stem), removals, context=context, told=told, test=record.test
            )
        )
    compared = {step.stem: read_step(step.stem, step.new) for step in record.steps}
    known = {stem: named(stem, step) for stem, step in compared.items()}
    changes = with_order(changes, known, (step.stem for step in record.steps if step.old))
    there = Path(record.folder)
    files = (as_compared(file, there, compared) for file in there.glob("*"))
    saved = {stem: read_step(stem, _contents(paths)) for stem, paths in _by_stem(files).items()}
    return TestChanges(
        test=record.test,
        folder=folder,
        changes=tuple(sorted(changes, key=lambda change: _order(change.stem))),
        old=tuple(_timeline_step(stem, saved[stem]) for stem in sorted(saved, key=_order)),
        new=tuple(_timeline_step(stem, step) for stem, step in compared.items()),
        asides=tuple(record.asides),
        purpose=record.purpose,
        parameters=tuple(record.parameters),
    )


def _replaced(record: RecordedTest, gone: Mapping[str, Sequence[Path]]) -> dict[str, str]:
    """Return which leftover each step was, by its stem: at another place, where both are the only ones of the step, else of another kind or id at this place."""
    steps = {step.stem: name for step in record.steps if (name := FileName.of_stem(step.stem))}
    lefts = {stem: name for stem in gone if (name := FileName.of_stem(stem)) and stem not in steps}
    fresh = {
        step.stem: name
        for step in record.steps
        if not step.old and (name := steps.get(step.stem)) and _same_elsewhere(step, gone) is None
    }
    identities = [Counter(name.identity for name in names.values()) for names in (steps, lefts)]
    is_single = {one for one in identities[0] if identities[0][one] == identities[1][one] == 1}
    places = {old.identity: stem for stem, old in lefts.items()}
    elsewhere = {stem: places[name.identity] for stem, name in fresh.items() if name.identity in is_single}
    lefts = {stem: old for stem, old in lefts.items() if old.identity not in is_single}
    return elsewhere | {
        stem: left
        for stem, name in fresh.items()
        if stem not in elsewhere
        for left, old in lefts.items()
        if (old.order, old.name) == (name.order, name.name)
        and (old.step == name.step or not (old.identity in identities[0] or name.identity in identities[1]))
    }


def _step_change(
    folder: str,
    step: StepFiles,
    gone: dict[str, list[Path]],
    told: dict[str, Sequence[ContentChange]],
    replaced: str | None = None,
    *,
    test: str,
) -> Change:
    """Return the change of a step of a test; what it explains of the leftovers in `gone` is taken from them.

    `replaced` is the leftover that it stands in the place of.
    """
    old, new = Version.read(step.stem, step.old), Version.read(step.stem, step.new)
    files = [
        FileChange.of(f"{folder}/{step.stem}{suffix}", step.old.get(suffix), step.new.get(suffix))
        for suffix in SUFFIXES
        if suffix in step.new or suffix in step.old
    ]
    kind: Kind = "changed" if step.old else "new"
    source = None if step.old else _same_elsewhere(step, gone)
    if source is not None:
        kind = "moved"
        old = Version(source)
        files += _removals(folder, gone.pop(source))
    elif replaced is not None:
        kind = "changed"
        old = Version.read(replaced, _contents(gone[replaced]))
        files += _removals(folder, gone.pop(replaced))
    # What the step has left behind, such as the body of an email that has none now, goes with it.
    elif step.stem in gone:
        known = {file.path for file in files}
        files += [file for file in _removals(folder, gone.pop(step.stem)) if file.path not in known]
    return _change(folder, kind, old, new, files, context=step.context, told=told, test=test)


def _change(
    folder: str,
    kind: Kind,
    old: Version,
    new: Version,
    files: list[FileChange],
    *,
    context: StepContext,
    told: dict[str, Sequence[ContentChange]],
    test: str = "",
) -> Change:
    """Return a change. What it is in words is noted in `told`, by its id."""
    stem, step = (old.stem, old.step) if kind == "gone" else (new.stem, new.step)
    known = named(stem, step)
    changes = content_changes(old.step, new.step) if kind == "changed" and old.step and new.step else []
    is_pictured = kind == "changed" and any(old.files.get(each) != new.files.get(each) for each in PICTURES)
    told[change_id(folder, stem)] = shown = as_pictures_show(changes) if is_pictured else changes
    return Change(
        id=change_id(folder, stem),
        kind=kind,
        step=known.step,
        channel=known.channel,
        workflow=step.workflow_id if step else None,
        stem=stem,
        title=title_of(step) if step else "",
        files=tuple(files),
        same=sameness(kind, old, new, names=names_of(context), data=context.data, changes=changes),
        exact=sameness(kind, old, new, changes=changes),
        twin=_twin(kind, old, new, changes, context, test),
        gist=gist_of(shown),
        said="\n".join(filter(None, (text for each in shown for text in (each.part, each.hint))))[
            :_MOST_SAID
        ],
        context=context,
    )


_MOST_SAID = 4_000
"""So many letters of what is said of a change are kept to be searched."""


def _twin(
    kind: Kind,
    old: Version,
    new: Version,
    changes: Sequence[ContentChange],
    context: StepContext,
    test: str,
) -> str:
    """Return the key of a change that is the same one in another language, if it has one; of a step that is gone, in the same test."""
    if kind == "gone" and old.step and test:
        if not context.locale:
            return ""
        return digest(
            [kind, test.partition("[")[0], old.step.workflow_id, old.step.step_id, old.step.channel]
        )
    if changes and new.step:
        locale = context.locale or locale_in(test)
        place = in_all_languages(test, new.stem, locale)
        twin = twin_of(
            new.step, changes, names=names_of(context), data=context.data, test=place, locale=locale
        )
        if context.locale or not twin:
            return twin
        return digest([twin, place]) if place else ""  # the id has to tell what it is besides its language
    return ""


def named(stem: str, step: RenderedStep | None) -> NamedStep:
    """Return the id and the channel of a step; if its files cannot be read, as their name has them."""
    name = FileName.of_stem(stem)
    if step:
        return NamedStep(step.step_id, step.channel)
    return NamedStep(name.step, name.channel) if name else NamedStep(stem, "message")


_QUOTED = re.compile("“([^”]*)”")


def gist_of(changes: Sequence[ContentChange], *, max_length: int = 90) -> str:
    """Return what changed in a line: the first part with its words, or what is said of it, and how much more there is."""
    if not changes:
        return ""
    first, *more = changes
    said = _said_of(first.old, first.new, max_length // 3)
    # of a part of something that has a name, as a parameter of a link, with that name
    path = first.part.split(" › ")
    at = next((at for at, each in enumerate(path) if "“" in each), len(path) - 1)
    part = _QUOTED.sub(lambda quoted: f"“{_isolated(quoted[1])}”", " › ".join(path[at:]))
    hint = _QUOTED.sub(lambda quoted: f"“{_isolated(quoted[1])}”", first.hint or "")
    words = f"{part}: {said if first.old or first.new else hint or said}"
    words = " ".join(words.split())
    more_words = f" and {len(more)} more" if more else ""
    # a colour of the dark mode is another one than that of the light
    when = when_of(words) if hint and len(words) > max_length else ""
    return _cut(words.removesuffix(when), max_length - len(when)) + when + more_words


def _said_of(old: str | None, new: str | None, most: int) -> str:
    """Return both texts; of longer ones what is not in both."""
    if old is None or new is None or len(old) + len(new) <= 2 * most:
        return " → ".join("nothing" if text is None else _isolated(text) or "empty" for text in (old, new))
    left, right = pieces(old, new)
    was, now = _changed_runs(left), _changed_runs(right)
    # of a number that came or went, the word after it stays
    alone = _changed_runs(left, numbers_with_units=False), _changed_runs(right, numbers_with_units=False)
    for run, other, others, verb in ((alone[1], alone[0], left, "new"), (alone[0], alone[1], right, "gone")):
        # a comma that went for a word is no news
        is_alone = not any(each.changed for each in others) or (other and not other.strip(f"{_POINTS}…"))
        if run.strip(_POINTS) and is_alone:
            return f"“{_isolated(run)}” is {verb}"
    went, came = (
        {word for each in side if each.changed for word in each.text.split()} for side in (left, right)
    )
    if any(map(_LETTER.search, went & came)):  # words that stand elsewhere
        was, now = (_cut(text, most) for text in _middles(left, right))
    if not (was and now):
        was, now = _cut(old, most), _cut(new, most)
    elif _ADDRESS.fullmatch(was) and _ADDRESS.fullmatch(now):
        start, _ = same_ends(was, now)
        shared = len(was[:start].rpartition("/")[0])
        if shared > len("https://"):
            was, now = f"…{was[shared:]}", f"…{now[shared:]}"
    return f"{_isolated(was) or 'empty'} → {_isolated(now) or 'empty'}"


_ADDRESS = re.compile(r"https?://\S+")


def _changed_runs(side: Sequence[Piece], *, numbers_with_units: bool = True) -> str:
    """Return the one or two places that changed; empty for more, which nobody could put together.

    A number has the sign before it and the word after it, unless it is asked for alone: `£5.99`, `8 May`.
    """
    runs = "".join(
        one.text if one.changed or one.text.isspace() else f"\0{one.text}\0" for one in side
    ).split("\0")
    found = []
    for at in range(0, len(runs), 2):
        if run := runs[at].strip():
            if numbers_with_units and _DIGIT.search(run) and not _LETTER.search(run):
                before, after = (runs[each] if 0 <= each < len(runs) else "" for each in (at - 1, at + 1))
                run = f"{_SIGN.search(before)[0]}{run}{_NEXT.match(after)[0]}"  # type: ignore[index]
            found.append(run.lstrip(_POINTS) or run)
    return " … ".join(found) if len(found) <= 2 else ""


def _middles(left: Sequence[Piece], right: Sequence[Piece]) -> Iterator[str]:
    """Yield each side from the first place that changed to the last."""
    begins = int(not (left[0].changed or right[0].changed))
    ends = int(not (left[-1].changed or right[-1].changed))
    for side in (left, right):
        yield "".join(each.text for each in side[begins : len(side) - ends]).strip()


_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_POINTS = ",;:. "
_SIGN = re.compile(r"[^\w\s]?$")
_NEXT = re.compile(r"(?:\s?[^\W\d_]+|[%€$£])?")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _isolated(text: str) -> str:
    """Return words so that those written from right to left do not turn round what stands beside them."""
    is_turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"\u2068{text}\u2069" if is_turned else text


def title_of(step: RenderedStep, *, max_length: int = 80) -> str:
    """Return the content of a step in a line: a subject, the first words of a body, how long a delay is."""
    outputs = step.outputs
    why = f"{step.status}{': ' + reason_name(step.reason) if step.reason else ''}"
    if step.status == "failed" or (step.status == "skipped" and not outputs):
        text = why
    elif isinstance(talk := outputs.get("talk"), list):
        said = [one for one in talk if isinstance(one, Mapping) and "from" in one]
        text = f"{len(said)} messages on {outputs.get('platform')}"
    elif isinstance(outputs.get("subject"), str):
        text = outputs["subject"]
    elif (body := visible_body(step)) is not None:
        text = body
    elif "duration" in (timed := in_words(outputs)):
        text = str(timed["duration"])
    elif "cron" in timed:
        text = str(timed["cron"])
    else:
        text = next(
            (f"{key}: {value}" for key, value in outputs.items() if isinstance(value, (str, int))), ""
        )
    text = " ".join(text.split())
    return _cut(f"{text} ({why})" if step.status == "skipped" and text != why else text, max_length)


def _same_elsewhere(step: StepFiles, gone: Mapping[str, Sequence[Path]]) -> str | None:
    """Return the leftover that is this step with the same content, at another place in the order."""
    name = FileName.of_stem(step.stem)
    content = {suffix: fingerprint(data) for suffix, data in step.new.items()}
    for stem, paths in gone.items():
        old = FileName.of_stem(stem)
        same_step = name and old and name.identity == old.identity
        if same_step and {suffix: fingerprint(data) for suffix, data in _contents(paths).items()} == content:
            return stem
    return None


def _removals(folder: str, paths: Iterable[Path]) -> list[FileChange]:
    return [FileChange(f"{folder}/{path.name}", fingerprint(read_if_there(path)), None) for path in paths]


def _contents(paths: Iterable[Path]) -> dict[str, bytes]:
    """Return what files hold, by suffix, without those that somebody has removed meanwhile or the system refuses."""
    read = {suffix_of(path.name): read_if_there(path) for path in paths if not refusal(path)}
    return {suffix: data for suffix, data in read.items() if data is not None}


def _by_stem(paths: Iterable[Path]) -> dict[str, list[Path]]:
    stems: dict[str, list[Path]] = {}
    for path in sorted(paths):
        if name := FileName.parse(path.name):
            stems.setdefault(name.stem, []).append(path)
    return stems


def _timeline_step(stem: str, step: RenderedStep | None) -> TimelineStep:
    known = named(stem, step)
    if step is None:
        return TimelineStep(stem, known.step, known.channel, "unreadable")
    return TimelineStep(stem, known.step, known.channel, step.status, title_of(step))


def _order(stem: str) -> tuple[str, int, str]:
    name = FileName.of_stem(stem)
    return (name.name or "", name.order, stem) if name else ("", 0, stem)


def _below(root: Path, folder: str | Path) -> str:
    path = Path(folder)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
