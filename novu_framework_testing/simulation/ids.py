"""Ids that look like Novu's (24 hex digits) and are the same in every run of the same test."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from itertools import count

# A digit pair per kind keeps ids of different kinds apart, as a database would.
_KINDS = {
    "subscriber": "51",
    "topic": "70",
    "subscription": "71",
    "workflow": "30",
    "step": "31",
    "transaction": "7a",
    "notification": "4e",
    "job": "0b",
    "message": "60",
    "integration": "1e",
    "record": "2e",
    "context": "c0",
    "tenant": "7e",
    "endpoint": "ce",
    "connection": "cc",
    "activity": "ac",
    "environment": "e0",
    "organization": "09",
    "conversation": "ca",
    "post": "cb",
    "interaction": "cd",
}


def is_novus_id(text: str) -> bool:
    """Tell whether a text looks like an id that Novu gave: an ObjectId of MongoDB."""
    return re.fullmatch(r"[0-9a-fA-F]{24}", text) is not None


class Ids:
    """A counter for each kind of thing.

    >>> ids = Ids()
    >>> ids("job"), ids("job"), ids("message")
    ('0b0000000000000000000001', '0b0000000000000000000002', '600000000000000000000001')
    """

    def __init__(self) -> None:
        self._counts: defaultdict[str, count[int]] = defaultdict(partial(count, 1))

    def __call__(self, kind: str) -> str:
        return f"{_KINDS[kind]}{next(self._counts[kind]):022x}"
