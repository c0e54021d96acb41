"""The three ways in which Novu pages through a listing: by cursor, by page number, and by offset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from novu_framework_testing.api.http import ApiError, ApiRequest, Page

T = TypeVar("T")

MAX_PAGE = 100
CURSOR = ("limit", "after", "before", "orderBy", "orderDirection", "includeCursor")
"""The query names of a listing that is paged by cursor."""
NUMBERED = ("limit", "page")
"""The query names of a listing that is paged by number."""
OFFSET = ("limit", "offset", "orderBy", "orderDirection")
"""The query names of a listing that is paged by offset."""


def limit(request: ApiRequest, *, default: int = 10, at_most: int = MAX_PAGE) -> int:
    """Return the `limit` of a request. Raises `ApiError` (422) out of bounds."""
    asked = request.number("limit", default, at_least=1)
    if asked > at_most:
        raise ApiError.invalid([f"limit must not be greater than {at_most}"], asked)
    return asked


def by_cursor(
    items: Sequence[T], request: ApiRequest, serialize: Callable[[T], Any], *, id_of: Callable[[T], str]
) -> Page:
    """Return one page of `items` (oldest first), newest first unless the query has `orderDirection=ASC` or `orderBy`.

    `after` and `before` are ids of items; `next` and `previous` are what to pass there for the pages around.
    """
    size = limit(request)
    ordered = _ordered(items, request.first("orderBy"), serialize)
    if _direction(request) == "DESC":
        ordered.reverse()
    ids = [id_of(item) for item in ordered]
    inclusive = request.flag("includeCursor") is True
    after, before = request.first("after"), request.first("before")
    if after and before:
        raise ApiError(400, 'Cannot specify both "before" and "after" cursors at the same time.')
    if after:
        start = _position(ids, after, "after") + (0 if inclusive else 1)
        end = start + size
    elif before:
        end = _position(ids, before, "before") + (1 if inclusive else 0)
        start = max(0, end - size)
    else:
        start, end = 0, size
    chosen = ordered[start:end]
    return Page(
        [serialize(item) for item in chosen],
        {
            "next": ids[end - 1] if chosen and end < len(ordered) else None,
            "previous": ids[start] if chosen and start > 0 else None,
            "totalCount": len(ordered),
            "totalCountCapped": False,
        },
    )


def _ordered(items: Sequence[T], field: str | None, serialize: Callable[[T], Any]) -> list[T]:
    """Return `items` by a field that their JSON has. Raises `ApiError` (422) where it has not."""
    if field in (None, "", "_id", "createdAt"):
        return list(items)
    keys = [serialize(item) for item in items]
    if keys and field not in keys[0]:
        raise ApiError.invalid([f"orderBy must be one of the following values: {', '.join(keys[0])}"], field)
    places = sorted(range(len(keys)), key=lambda place: str(keys[place].get(field) or ""))
    return [items[place] for place in places]


def by_number(
    items: Sequence[T], request: ApiRequest, serialize: Callable[[T], Any], *, at_most: int = MAX_PAGE
) -> Page:
    """Return one page of `items` in the order given, by the request's `page` (from 0) and `limit`."""
    size = limit(request, at_most=at_most)
    page = request.number("page", 0)
    start = page * size
    return Page(
        [serialize(item) for item in items[start : start + size]],
        {"page": page, "pageSize": size, "hasMore": start + size < len(items), "totalCount": len(items)},
    )


def by_offset(
    items: Sequence[dict[str, Any]], request: ApiRequest, *, order: Sequence[str], at_most: int = MAX_PAGE
) -> tuple[list[dict[str, Any]], int]:
    """Return one page of `items` (oldest first) and how many there are, newest first unless the query says otherwise.

    Raises `ApiError` (422) where `orderBy` is none of `order`, whose first is the default.
    """
    by = request.first("orderBy") or order[0]
    if by not in order:
        raise ApiError.invalid([f"orderBy must be one of the following values: {', '.join(order)}"], by)
    ordered = sorted(items, key=lambda item: str(item.get(by) or ""))
    if _direction(request) == "DESC":
        ordered.reverse()
    start = request.number("offset", 0)
    return ordered[start : start + limit(request, default=50, at_most=at_most)], len(items)


def _direction(request: ApiRequest) -> str:
    direction = request.first("orderDirection") or "DESC"
    if direction not in ("ASC", "DESC"):
        raise ApiError.invalid(["orderDirection must be one of the following values: ASC, DESC"], direction)
    return direction


def _position(ids: list[str], cursor: str, name: str) -> int:
    try:
        return ids.index(cursor)
    except ValueError:
        raise ApiError(400, f'Invalid cursor: there is no item with the id "{cursor}" ({name})') from None
