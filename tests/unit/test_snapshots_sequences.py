"""Where two sequences differ: what stays, what is told, and how the work grows."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novu_framework_testing.snapshots.pieces import pieces
from novu_framework_testing.snapshots.sequences import changed_ranges


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)), st.integers(0, 600))
def test_the_changed_ranges_lead_from_the_old_to_the_new(old: list[int], new: list[int], same: int) -> None:
    old, new = [*range(same), *old, *range(same)], [*range(same), *new, *range(same)]
    made: list[int] = []
    at = 0
    for a, b, c, d in changed_ranges(old, new):
        made += [*old[at:a], *new[c:d]]
        at = b
    assert made + old[at:] == new


def test_one_word_in_a_long_text_is_marked_alone() -> None:
    words = [f"word{number}" for number in range(5_000)]
    old, new = " ".join([*words, "old", *words]), " ".join([*words, "new", *words])
    assert [[one.text for one in side if one.changed] for side in pieces(old, new)] == [["old"], ["new"]]


def test_two_words_far_apart_in_a_long_text_are_marked_alone() -> None:
    words = " ".join(f"word{number}" for number in range(2_000))
    marked = pieces(f"red {words} red", f"blue {words} green")
    assert [[one.text for one in side if one.changed] for side in marked] == [
        ["red", "red"],
        ["blue", "green"],
    ]


class _Word:
    """A word that counts how often it is looked up, which is the work of a comparison, whatever the machine's load."""

    looked_up = 0

    def __init__(self, number: int) -> None:
        self.number = number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Word) and self.number == other.number

    def __hash__(self) -> int:
        _Word.looked_up += 1
        return hash(self.number)


@pytest.mark.parametrize("vocabulary", [2, 40, 400, 4_000])
@pytest.mark.parametrize("size", [500, 2_000, 8_000, 32_000])
def test_the_work_grows_with_the_length_however_often_words_come_again(size: int, vocabulary: int) -> None:
    chance = random.Random(size)
    old, new = ([_Word(chance.randrange(vocabulary)) for _ in range(size)] for _ in range(2))
    _Word.looked_up = 0
    assert list(changed_ranges(old, new))
    assert _Word.looked_up < 60 * size


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([], [(7, 8, 7, 9), (10_008, 10_009, 10_009, 10_010)]),
        (["once more"], [(7, 10_010, 7, 10_011)]),
    ],
)
def test_above_a_hundred_thousand_pairs_all_between_the_ends_is_one_change(
    more: list[str], told: list[tuple[int, int, int, int]]
) -> None:
    ends, between = ["same"] * 7, [*map(str, [*range(1_000)] * 10), *more]
    old, new = [*ends, "old", *between, "older", *ends], [*ends, "new", "2nd", *between, "newer", *ends]
    assert list(changed_ranges(old, new)) == told


def test_what_is_a_hundredth_of_the_whole_is_not_yet_frequent() -> None:
    between = [*range(100)] * 101
    assert list(changed_ranges([-1, *between, -2], [-3, *between, -4])) == [(0, 10_102, 0, 10_102)]


@pytest.mark.parametrize("words", [499, 500, 501])
def test_a_word_more_is_all_that_is_told_at_any_length(words: int) -> None:
    assert list(changed_ranges(["a"] * words, ["b", *["a"] * words])) == [(0, 0, 0, 1)]


def among(size: int) -> list[Any]:
    """A sequence of as many items, in which one comes ten times."""
    return ["often" if at % 50 == 25 else at for at in range(size)]


def test_what_comes_often_is_no_place_to_begin_from_above_five_hundred_items() -> None:
    assert list(changed_ranges(["often"], among(500))) == [(0, 0, 0, 25), (1, 1, 26, 500)]
    assert list(changed_ranges(["often"], among(501))) == [(0, 1, 0, 501)]


def around(words: int, times: int) -> tuple[list[Any], list[Any]]:
    """Two texts of the same words, each as often, in another order but for the one in the middle."""
    text = [at for _ in range(times) for at in range(words)]
    half = len(text) // 2
    return [*text[:half], "middle", *text[half:]], [*text[:half][::-1], "middle", *text[half:][::-1]]


def test_what_is_more_than_a_hundredth_of_the_whole_is_not_tried() -> None:
    assert len(list(changed_ranges(*around(97, 33)))) == 1  # of 3,202 words
    assert len(list(changed_ranges(*around(94, 33)))) == 2  # of 3,103
