"""Generated edits of the examples: what a comparison says, against old runs that really go on with the new code."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.fuzz import FUZZ
from tests.fuzz.compat_edits import EXAMPLES, pairs
from tests.fuzz.compat_truth import judged
from tests.tables import one_in

PAIRS = 6 if FUZZ == 1 else 10 * FUZZ
EACH = 3 if FUZZ == 1 else 5
"""So many pairs are one test."""


@pytest.fixture
def _shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the modules of the shop be imported, and leave none of them to other tests."""
    monkeypatch.syspath_prepend(EXAMPLES / "shop")
    known = set(sys.modules)
    yield
    for name in [one for one in sys.modules if one not in known and one.partition(".")[0] == "shop"]:
        del sys.modules[name]


@pytest.mark.usefixtures("_shop")
@pytest.mark.parametrize("first", one_in(2, range(0, PAIRS, EACH)))
async def test_every_break_is_named_and_nothing_else(first: int) -> None:
    wrong: list[str] = []
    for pair in pairs(range(first, first + EACH)):
        verdict = await judged(pair)
        told = [f"missed: {one}" for one in verdict.missed] + [f"false: {one}" for one in verdict.false]
        wrong += [f"seed {pair.seed}, {pair.source}, {'; '.join(pair.edits)}: {one}" for one in told]
    assert not wrong, "\n".join(wrong)
