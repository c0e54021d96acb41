"""Records: what Novu keeps and gives back without acting on it, such as domains and layouts."""

from __future__ import annotations

from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]
"""A record in the API's own words, with its `_id`."""


class Records(dict[str, dict[str, Record]]):
    """The records of each resource by their `_id`, in the order in which they were made.

    >>> records = Records()
    >>> records["layouts"]["2e01"] = {"_id": "2e01", "layoutId": "news"}
    >>> [layout["layoutId"] for layout in records["layouts"].values()]
    ['news']
    """

    def __missing__(self, resource: str) -> dict[str, Record]:
        return self.setdefault(resource, {})
