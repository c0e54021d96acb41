"""The big application that reviews are tried with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.integration.review_projects import reviewed_shop


@pytest.mark.slow
def test_its_edits_are_two_hundred_changes_of_every_channel(tmp_path: Path) -> None:
    changes = [change for _, change in reviewed_shop(tmp_path).pending()]
    assert Counter(change.kind for change in changes) == {"changed": 177, "new": 12, "gone": 12}
    assert {change.channel for change in changes} == {
        "in_app", "email", "sms", "push", "chat", "delay", "digest",
    }  # fmt: skip
