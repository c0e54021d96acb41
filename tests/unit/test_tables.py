"""A table that is walked tries every row, and names those that fail."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from tests import tables
from tests.tables import RowsFailed, one_in, walked


def chunks(test: Any) -> dict[str, range]:
    """Give what a test is parametrized with, by the names of its tests."""
    (mark,) = [one for one in test.pytestmark if one.name == "parametrize"]
    return dict(zip(mark.kwargs["ids"], mark.args[1], strict=True))


def run(test: Any, **fixtures: Any) -> None:
    for rows in chunks(test).values():
        test(walked_rows=rows, **fixtures)


def test_every_row_is_tried_once() -> None:
    tried = []

    @walked("number, word", [(number, str(number)) for number in range(90)])
    def each(number: int, word: str) -> None:
        tried.append((number, word))

    assert list(chunks(each)) == ["0-39", "40-79", "80-89"]
    run(each)
    assert tried == [(number, str(number)) for number in range(90)]


def test_each_row_that_fails_is_named_and_those_after_it_are_tried() -> None:
    tried = []

    @walked("number", range(5), ids=["zero", "one", "two", "three", "four"])
    def each(number: int) -> None:
        tried.append(number)
        assert number not in (1, 3), f"{number} is odd"
        if number == 4:
            pytest.fail("the last")

    with pytest.raises(RowsFailed) as failure:
        run(each)
    assert tried == [0, 1, 2, 3, 4]
    said = str(failure.value)
    assert said.startswith("3 of 5 rows failed: 1, 3, 4\n")
    for words in ("1: one (number=1)", "1 is odd", "3: three (number=3)", "3 is odd", "4: four", "the last"):
        assert words in said
    assert "two" not in said
    assert "NOVU_ROW=1 " in said
    assert "1 is odd" in str(failure.value.__cause__)


async def test_a_row_may_wait() -> None:
    @walked("number", range(3))
    async def each(number: int) -> None:
        assert number != 1

    with pytest.raises(RowsFailed, match="1 of 3 rows failed: 1"):
        await each(walked_rows=range(3))
    await each(walked_rows=range(2, 3))


def test_tables_above_each_other_are_walked_in_every_combination() -> None:
    tried = []

    @pytest.mark.skipif(False, reason="above")
    @walked("letter", ["a", "b"], ids=str.upper, size=2)
    @pytest.mark.skipif(False, reason="between")
    @walked(("number", "word"), [pytest.param(1, "x", id="first"), (2, "y")])
    @pytest.mark.skipif(False, reason="below")
    def each(letter: str, number: int, word: str) -> None:
        tried.append((letter, number, word))
        assert (letter, number) != ("a", 1)

    reasons = [one.kwargs["reason"] for one in each.pytestmark if one.name == "skipif"]
    assert sorted(reasons) == ["above", "below", "between"]
    with pytest.raises(RowsFailed, match="0: A-first "):
        each(walked_rows=range(4))
    assert tried == [("a", 1, "x"), ("a", 2, "y"), ("b", 1, "x"), ("b", 2, "y")]
    assert list(chunks(each)) == ["0-1", "2-3"]


def test_a_row_is_not_skipped_and_gives_nothing() -> None:
    @walked("number", range(2))
    def each(number: int) -> Any:
        if number:
            pytest.skip("unseen")
        return number == 0

    with pytest.raises(RowsFailed, match="rows failed: 0, 1"):
        run(each)


def test_the_end_of_a_session_ends_it() -> None:
    @walked("number", range(2))
    def each(number: int) -> None:
        pytest.exit("enough")

    with pytest.raises(pytest.exit.Exception):
        run(each)


@pytest.mark.parametrize(
    ("names", "rows", "words"),
    [
        ("number", [], "without rows"),
        ("number", [pytest.param(1, marks=pytest.mark.slow)], "with marks"),
        ("number, word", [(1, "a"), (2,)], "argument"),
        ("other", [1], "takes no other"),
    ],
)
def test_a_table_that_would_test_less_than_it_says_is_refused(
    names: str, rows: list[Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):

        @walked(names, rows)
        def each(number: int, word: str = "") -> None: ...


def test_names_are_as_many_as_rows() -> None:
    with pytest.raises(ValueError, match="shorter"):
        walked("number", range(2), ids=["one"])


@pytest.mark.parametrize(
    ("asked", "tried"), [("41", ["n41"]), ("n4", ["n4", *(f"n{n}" for n in range(40, 45))])]
)
def test_one_row_is_run_alone(asked: str, tried: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ONE", asked)
    found = []

    @walked("word", [f"n{number}" for number in range(45)], size=10)
    def each(word: str) -> None:
        found.append(word)

    for rows in chunks(each).values():
        with contextlib.suppress(pytest.skip.Exception):
            each(walked_rows=rows)
    assert found == tried
    with pytest.raises(pytest.skip.Exception, match=f"NOVU_ROW={asked} is none of these"):
        each(walked_rows=range(10, 20))


def test_pytest_gives_fixtures_and_says_which_row_failed_and_why(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="""
        import pytest
        from tests.tables import walked

        @pytest.fixture(params=["x", "y"])
        def letter(request): return request.param

        class TestWords:
            @walked("number", range(50))
            def test_word(self, letter, number):
                assert self and (letter, number) != ("y", 45)

            @walked("number", range(50))
            async def test_later(self, number, tmp_path):
                assert tmp_path.exists()
    """
    )
    result = pytester.runpytest(
        "-p",
        "no:cacheprovider",
        "-o",
        "asyncio_mode=auto",
        "-o",
        "asyncio_default_fixture_loop_scope=function",
    )
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*assert*",
            "*RowsFailed: 1 of 10 rows failed: 45",
            "*45: number=45",
            "FAILED test_it.py::TestWords::test_word[[]y-40-49] - *RowsFailed: 1*",
        ]
    )


def test_one_in_so_many_rows_is_quick_and_all_are_there() -> None:
    rows = one_in(3, [("a", 1), ["b"], None, pytest.param(7, id="seven", marks=pytest.mark.types), ("e",)])
    assert [row.values for row in rows] == [("a", 1), (["b"],), (None,), (7,), ("e",)]
    assert [[mark.name for mark in row.marks] for row in rows] == [
        [],
        ["slow"],
        ["slow"],
        ["types"],
        ["slow"],
    ]
    assert rows[3].id == "seven"
    (marked,) = one_in(2, [0, pytest.param(1, id="one", marks=pytest.mark.types)])[1:]
    assert ([mark.name for mark in marked.marks], marked.id) == (["types", "slow"], "one")
