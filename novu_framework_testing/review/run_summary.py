"""What a run of tests says at its end: what there is to review, and what it knows nothing of."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from novu_framework_testing.review.changes import Change, kinds_in_words


@dataclasses.dataclass(frozen=True)
class NotLookedAt:
    """Tests of which a run says nothing, or not all, in numbers.

    Attributes:
        failed: Tests that failed before they compared anything.
        broke_off: Tests that compared something, and failed for another reason.
        skipped: Tests with snapshots that were skipped, or expected to fail.
        modules: Test modules that were not collected.
        not_run: Tests that the run did not come to.
        chosen: What chose the tests, as on the command line: `tests/test_shop.py -k price`; empty where all were.
        deselected: Whether something else chose the tests, such as a plugin.
        compared: How many tests did compare something.
    """

    failed: int = 0
    broke_off: int = 0
    skipped: int = 0
    modules: int = 0
    not_run: int = 0
    chosen: str = ""
    deselected: bool = False
    compared: int = 0

    def __str__(self) -> str:
        counted = (
            (self.failed, "{0} that failed before {1} compared anything"),
            (self.broke_off, "the rest of {0} that failed half way"),
            (self.skipped, "{0} that {2} skipped or expected to fail"),
            (self.not_run, "{0} that did not run"),
        )
        parts = [
            text.format(
                _several(count, "test"), "it" if count == 1 else "they", "was" if count == 1 else "were"
            )
            for count, text in counted
            if count
        ]
        if self.modules:
            parts.append(f"{_several(self.modules, 'module')} that could not be collected")
        if self.deselected:
            parts.append("tests that were deselected")
        if self.chosen:
            parts.append(f"what `{self.chosen}` leaves out")
        return ", ".join(parts)


def closing_lines(own: Iterable[Change], earlier: Iterable[Change], rest: NotLookedAt) -> list[str]:
    """Return the lines for the end of pytest's output.

    Args:
        own: The changes of this run.
        earlier: Those that were kept before, of tests of which this run says nothing.
        rest: What this run knows nothing of.
    """
    own = list(own)
    fresh = [each for each in own if each.status != "rejected"]
    rejected = len(own) - len(fresh)
    waiting = sum(each.status == "pending" for each in earlier)
    unseen = str(rest)
    parts = []
    if fresh:
        kinds = kinds_in_words(each.kind for each in fresh)
        where = " of this run" if waiting else ""
        parts.append(f"{_several(len(fresh), 'change')}{where} to review ({kinds})")
    elif not own and rest.compared and not unseen:
        parts.append("every message is what its snapshot says")
    elif not own:
        what = "every message that was compared is what its snapshot says"
        parts.append(what if rest.compared else "no test of this run compared a message with a snapshot")
    if rejected:
        parts.append(f"{_several(rejected, 'change')} as rejected before")
    if waiting:
        parts.append(
            f"{_several(waiting, 'change')} of earlier runs still {'waits' if waiting == 1 else 'wait'}"
        )
    elif not own:
        parts.append("there is nothing to review")
    end = ": run `novu-framework review`" if fresh or rejected or waiting else ""
    return [f"novu: {'; '.join(parts)}{end}", *([f"novu: not looked at: {unseen}"] if unseen else [])]


def _several(count: int, word: str) -> str:
    return f"{count} {word if count == 1 else word + 's'}"
