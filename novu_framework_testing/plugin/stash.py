"""What the hooks of snapshots keep on a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from novu_framework_testing import NovuSnapshot

SNAPSHOTS = pytest.StashKey[list["NovuSnapshot"]]()
"""On an item: the snapshots that its test compares with."""

COMPLETE = pytest.StashKey[bool]()
"""On an item: whether its test came to its end, so that what it did not compare is left over."""
