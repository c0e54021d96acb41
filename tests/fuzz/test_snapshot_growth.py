"""To compare two emails takes time in proportion to their length, whatever stands around their lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count, permutations

import pytest

from novu_framework_testing.snapshots.html_diff import html_changes
from tests.fuzz import FUZZ
from tests.fuzz.growth import Operation, too_steep

SIZE = 50 if FUZZ == 1 else 1_000
EMAILS: dict[str, Callable[[str, range], str]] = {
    "lines": lambda word, lines: "".join(f"<p>{word} {line}</p>" for line in lines),
    "coloured lines": lambda word, lines: "".join(
        f"<p style='color:red'>{word} {line}</p>" for line in lines
    ),
    "a table around them": lambda word, lines: (
        f"<table><tr><td>{EMAILS['lines'](word, lines)}</td></tr></table>"
    ),
    "a table around each": lambda word, lines: "".join(
        f"<table><tr><td><p>{word} {line}</p></td></tr></table>" for line in lines
    ),
    "a row around each": lambda word, lines: "".join(
        ["<table>", *(f"<tr><td><p>{word} {line}</p></td></tr>" for line in lines), "</table>"]
    ),
}
PAIRS = list(permutations(EMAILS, 2))
BOLD: dict[str, Callable[[str, range], str]] = {
    "lines with a bold number": lambda word, lines: "".join(
        f"<p>{word} <b>{line}</b> ok</p>" for line in lines
    ),
    "such lines that are one": lambda word, lines: (
        f"<p>{', '.join(f'{word} <b>{line}</b> ok' for line in lines)}</p>"
    ),
}
ONE_LINE: dict[str, Callable[[str, range], str]] = {
    "lines that are one": lambda word, lines: f"<p>{', '.join(f'{word} {line}' for line in lines)}</p>",
    "lines that are one with other numbers": lambda word, lines: (
        f"<p>{', '.join(f'{word} {line + 1}' for line in lines)}</p>"
    ),
}
JOINED = [*(pair for one in ONE_LINE for pair in (("lines", one), (one, "lines"))), *permutations(BOLD, 2)]
NUMBERS = count()


def comparing(old: str, new: str, size: int) -> partial[object]:
    """Return the comparison of two emails of so many lines."""
    word = f"word{next(NUMBERS)}"  # another email each time: what was compared is known
    sides = ({**EMAILS, **BOLD, **ONE_LINE}[each](word, range(size)) for each in (old, new))
    return partial(lambda *pair: list(html_changes(*pair)), *sides)


@pytest.mark.slow
def test_comparisons_of_emails() -> None:
    operations: dict[str, Operation] = {
        f"{old} and {new}": partial(comparing, old, new) for old, new in (PAIRS if FUZZ > 1 else PAIRS[::3])
    }
    assert too_steep(operations, SIZE) == {}


def test_lines_that_become_one() -> None:
    operations: dict[str, Operation] = {
        f"{old} and {new}": partial(comparing, old, new) for old, new in JOINED
    }
    assert too_steep(operations, SIZE) == {}
