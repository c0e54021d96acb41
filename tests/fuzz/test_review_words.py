"""Whatever HTML a message holds, a review can say what changed in it, name it, and show its text."""

from __future__ import annotations

import pytest

from novu_framework_testing.review.collection import gist_of
from novu_framework_testing.review.sameness import Version, sameness
from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.plain_text import plain_text
from novu_framework_testing.snapshots.text_diff import content_changes
from tests.fuzz import FUZZ
from tests.fuzz.html_grammar import versions
from tests.tables import one_in


@pytest.mark.parametrize("part", one_in(4, range(4)))
def test_no_html_is_too_odd(part: int) -> None:
    many = 100 * FUZZ
    for seed in range(part * many, (part + 1) * many):
        bodies = versions(seed)
        old, new = (
            RenderedStep("s", "email", "delivered", outputs={"subject": "S", "body": body}) for body in bodies
        )
        changes = content_changes(old, new)
        assert bool(changes) == (bodies[0] != bodies[1]), seed
        assert bool(gist_of(changes)) == bool(changes), seed
        assert sameness("changed", Version("x", {}, old), Version("x", {}, new), changes=changes), seed
        plain_text(bodies[1])
