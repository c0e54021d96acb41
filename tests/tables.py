"""Tables of cheap cases, forty to a test: a test of its own costs each more than it takes.

    @walked("old, new, said", PAIRS)
    def test_a_change_is_said(old, new, said): ...

It reads as `pytest.mark.parametrize` does, and every row is tried, whatever became of those before it. What fails names each row that
did. One of them alone, by its number or by a part of its name: `NOVU_ROW=17 pytest "tests/unit/test_x.py::test_a_change_is_said"`.

The rows of a test share its fixtures and its event loop. Where that matters, or where a row takes long, each is to be a test:
parametrize.
"""

from __future__ import annotations

import functools
import inspect
import itertools
import os
import reprlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from _pytest.mark import ParameterSet

ONE = os.environ.get("NOVU_ROW", "")

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 60

Row = tuple[str, dict[str, Any]]
"""The name of a row, which may be empty, and its values."""


class RowsFailed(AssertionError):
    """Which rows of a table failed, and how; the first of their errors is the cause."""


def walked(
    names: str | Sequence[str],
    rows: Iterable[Any],
    *,
    ids: Callable[[Any], Any] | Iterable[Any] | None = None,
    size: int = 40,
) -> Callable[[Any], Any]:
    """Call a test with each row of a table; one above another walks every combination.

    Args:
        names: What the values of a row are called, as for `pytest.mark.parametrize`.
        rows: Their values, or `pytest.param` with an `id`. A row that has marks is a test by itself, and refused.
        ids: What the rows are called, or a function that says it of a value.
        size: So many are one test.
    """
    split = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    table = _read(split, list(rows), ids)
    if not table:
        raise ValueError("A table without rows tests nothing")

    def decorate(test: Any) -> Any:
        below = getattr(test, "walks", None)
        if below is None:
            return _in_chunks(test, table, size, [])
        inner, others, size_below, mark = below
        both = [
            ("-".join(filter(None, (left, right))), {**mine, **its})
            for (left, mine), (right, its) in itertools.product(table, others)
        ]
        marks = [one for one in test.pytestmark if one is not mark]
        return _in_chunks(inner, both, min(size, size_below), marks)

    return decorate


def _read(names: list[str], rows: list[Any], ids: Any) -> list[Row]:
    called = itertools.repeat(None, len(rows)) if ids is None or callable(ids) else ids
    found = []
    for row, name in zip(rows, called, strict=True):
        values = ParameterSet.extract_from(row, force_tuple=len(names) == 1)
        if values.marks:
            raise ValueError(f"A row with marks is a test by itself, so parametrize: {row!r}")
        if callable(ids):
            name = "-".join(str(said) for value in values.values if (said := ids(value)) is not None)
        said = values.id if isinstance(values.id, str) else name
        found.append((str(said or ""), dict(zip(names, values.values, strict=True))))
    return found


def _in_chunks(test: Any, rows: list[Row], size: int, marks: list[Any]) -> Any:
    names = rows[0][1].keys()
    signature = inspect.signature(test)
    if missing := names - signature.parameters.keys():
        raise ValueError(f"The test takes no {', '.join(sorted(missing))}")
    given = [one for one in signature.parameters.values() if one.name not in names]
    chunk = inspect.Parameter("walked_rows", inspect.Parameter.KEYWORD_ONLY)

    if inspect.iscoroutinefunction(test):

        @functools.wraps(test)
        async def walk(*args: Any, walked_rows: range, **fixtures: Any) -> None:
            __tracebackhide__ = True
            failed = []
            for number in _asked(rows, walked_rows):
                try:
                    await test(*args, **fixtures, **rows[number][1])
                except pytest.exit.Exception:
                    raise
                except _FAILS as error:
                    failed.append((number, error))
            _tell(rows, walked_rows, failed)

    else:

        @functools.wraps(test)
        def walk(*args: Any, walked_rows: range, **fixtures: Any) -> None:
            __tracebackhide__ = True
            failed = []
            for number in _asked(rows, walked_rows):
                try:
                    result = test(*args, **fixtures, **rows[number][1])
                    assert result is None, f"a test gave {result!r}"
                except pytest.exit.Exception:
                    raise
                except _FAILS as error:
                    failed.append((number, error))
            _tell(rows, walked_rows, failed)

    walk.__signature__ = signature.replace(parameters=[*given, chunk])  # type: ignore[attr-defined]
    chunks = [range(len(rows))[start : start + size] for start in range(0, len(rows), size)]
    said = [f"{one[0]}-{one[-1]}" for one in chunks]
    walk.pytestmark = marks or list(getattr(test, "pytestmark", []))  # type: ignore[attr-defined]
    walk = pytest.mark.parametrize("walked_rows", chunks, ids=said)(walk)
    walk.walks = (test, rows, size, walk.pytestmark[-1])  # type: ignore[attr-defined]
    return walk


# a row cannot be skipped: nobody would see it
_FAILS = (Exception, pytest.fail.Exception, pytest.skip.Exception)


def _name(rows: list[Row], number: int) -> str:
    name, values = rows[number]
    told = ", ".join(f"{one}={_SHORT.repr(value)}" for one, value in values.items())
    return f"{number}: {name} ({told})" if name else f"{number}: {told}"


def _asked(rows: list[Row], chunk: range) -> Iterable[int]:
    """Give the rows of a chunk that the environment asks for: all, unless it names one."""
    if not ONE:
        return chunk
    if ONE.isdigit():
        found = [one for one in chunk if one == int(ONE)]
    else:
        found = [one for one in chunk if ONE in _name(rows, one)]
    if not found:
        pytest.skip(f"NOVU_ROW={ONE} is none of these")
    return found


def _tell(rows: list[Row], chunk: range, failed: list[tuple[int, BaseException]]) -> None:
    """Raise what failed, if anything did: the names and errors of all, because of the first."""
    __tracebackhide__ = True
    if not failed:
        return
    first = failed[0][0]
    lines = [f"{len(failed)} of {len(chunk)} rows failed: {', '.join(str(number) for number, _ in failed)}"]
    for number, error in failed:
        said = " ".join(str(error).split())
        said = f"{said[:197]}..." if len(said) > 200 else said
        lines.append(f"  {_name(rows, number)}\n      {type(error).__name__}: {said}")
    lines.append(f"(the traceback above is of {first}; NOVU_ROW={first} runs it alone)")
    raise RowsFailed("\n".join(lines)) from failed[0][1]


def one_in(many: int, rows: Iterable[Any]) -> list[Any]:
    """Return rows for `pytest.mark.parametrize`, of which `make test` tries one in so many, the first among them: others are `slow`.

    Args:
        many: How many are one.
        rows: Tuples of values, one of each name, or values of a single name, which are no tuples.

    >>> [(one.values, bool(one.marks)) for one in one_in(2, ["a", "b", "c"])]
    [(('a',), False), (('b',), True), (('c',), False)]
    """
    return [_marked(row, pytest.mark.slow if number % many else ()) for number, row in enumerate(rows)]


def _marked(row: Any, marks: Any) -> Any:
    if isinstance(row, ParameterSet):
        return pytest.param(*row.values, id=row.id, marks=[*row.marks, marks] if marks else row.marks)
    return pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=marks)
