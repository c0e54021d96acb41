"""What a review says of an edited email is so, and nothing that was edited is left out."""

from __future__ import annotations

import pytest

from novu_framework_testing.snapshots.html_diff import html_changes
from tests.fuzz import FUZZ
from tests.fuzz.edited_emails import edited_looks, edited_words, enclosed, html_of
from tests.fuzz.review_truth import (
    PlacesTruth,
    box_faults,
    crossing_faults,
    explained,
    is_of_a_box,
    look_faults,
    look_of,
)
from tests.tables import one_in

MANY = 50 if FUZZ == 1 else 100 * FUZZ
"""So many emails are one test."""


@pytest.mark.parametrize("part", one_in(2, range(4)))
def test_what_is_said_of_words_and_places_is_so(part: int) -> None:
    wrong = []
    for seed in range(part * MANY, (part + 1) * MANY):
        edited = edited_words(seed)
        said = list(html_changes(html_of(edited.old), html_of(edited.new)))
        others = [one for one in said if not is_of_a_box(one)]
        if faults := [*box_faults(edited, said), *PlacesTruth(edited, others).faults()]:
            wrong.append(explained(seed, edited, said, faults))
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("part", one_in(2, range(4)))
def test_what_is_said_of_looks_is_so(part: int) -> None:
    wrong = []
    for seed in range(part * MANY, (part + 1) * MANY):
        edited = edited_looks(seed)
        said = list(html_changes(html_of(edited.old), html_of(edited.new)))
        rest = [one for one in said if not is_of_a_box(one)]
        others = [one for one in rest if not (one.sentence and look_of(one.sentence))]
        if faults := [
            *box_faults(edited, said),
            *look_faults(edited, rest),
            *PlacesTruth(edited, others).faults(),
        ]:
            wrong.append(explained(seed, edited, said, faults))
    assert not wrong, "\n\n".join(wrong)


def test_what_is_said_of_the_edges_of_boxes_is_so() -> None:
    wrong = []
    for seed in range(2 * MANY):
        email = enclosed(seed)
        said = list(html_changes(*email.html()))
        if faults := list(crossing_faults(email, said)):
            wrong.append("\n".join([f"seed {seed}", *email.html(), *faults]))
    assert not wrong, "\n\n".join(wrong)
