"""What can be asked of a subscriber's in-app notifications, and done to them: the filters, the counts and the changes.

Both ways to an inbox use it, the API's `/v2/subscribers/{subscriberId}/notifications` and a web page's
`/v1/inbox/notifications`; see `routes.notifications`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError, ApiRequest, read_json
from novu_framework_testing.api.serializers import present
from novu_framework_testing.api.validation import Body, an_object, boolean, number, one_of, string

if TYPE_CHECKING:
    from novu_framework_testing.simulation.messages import Message
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber

SEVERITIES = ("high", "medium", "low", "none")
SEVERITY = one_of(*SEVERITIES)
MAX_COUNTS = 30
MAX_COUNT = 100
"""Novu counts no further."""

_FLAGS = ("read", "seen", "archived", "snoozed")
_MAX_GROUPS, _MAX_TAGS_OF_GROUP, _MAX_TAGS = 30, 100, 200
_MAX_TEXT = 256


def tag_groups(tags: Any) -> list[list[str]]:
    """Return tags as groups, of each of which one is needed: `["a", "b"]` is one group, as is `{"or": [...]}`;
    `{"and": [{"or": [...]}, ...]}` are several. Raises `ValueError` for anything else, and for too many.
    """
    groups: list[Any]
    if isinstance(tags, dict):
        [(key, value)] = tags.items() if len(tags) == 1 else [("", None)]
        if key not in ("or", "and") or not isinstance(value, list):
            raise ValueError("neither or nor and")
        groups = [value] if key == "or" else [_group(one) for one in value]
    elif tags is None or isinstance(tags, list):
        groups = [tags or []]
    else:
        raise ValueError("no tags")
    groups = [group for group in groups if group != []]
    fits = len(groups) <= _MAX_GROUPS and all(
        isinstance(group, list)
        and len(group) <= _MAX_TAGS_OF_GROUP
        and all(isinstance(tag, str) for tag in group)
        for group in groups
    )
    if not fits or sum(map(len, groups)) > _MAX_TAGS:
        raise ValueError("not lists of tags, or too many")
    return groups


def _group(one: Any) -> list[Any]:
    if not isinstance(one, dict) or list(one) != ["or"] or not one["or"]:
        raise ValueError("not a group")
    return list(one["or"]) if isinstance(one["or"], list) else [None]


def _tags(value: Any) -> str | None:
    try:
        tag_groups(value)
    except ValueError:
        return (
            "must be string[] (OR), { or: string[] }, or { and: [{ or: string[] }, ...] } (AND of OR-groups)"
        )
    return None


def _severity(value: Any) -> str | None:
    return next(filter(None, map(SEVERITY, _listed(value))), None)


FILTER = Body(
    **dict.fromkeys(_FLAGS, boolean),
    **dict.fromkeys(("createdGte", "createdLte"), number),
    tags=_tags,
    severity=_severity,
    data=an_object,
)
SELECTION = Body(data=string, tags=_tags)


@dataclass(frozen=True)
class Mailbox:
    """The notifications that a request is about: a subscriber's, in one context (`()` is none), or in any (None)."""

    subscriber: SimulatedSubscriber
    context_keys: tuple[str, ...] | None = None

    @property
    def notifications(self) -> list[Message]:
        """The notifications of exactly this context, newest first."""
        everything = self.subscriber.inbox.everything
        if self.context_keys is None:
            return everything
        return [message for message in everything if message.context_keys == self.context_keys]

    def selected(self, body: dict[str, Any], **conditions: bool) -> list[Message]:
        """Return those that the `tags` and the `data` of a body select, archived and snoozed ones too.

        Where Novu changes many at once, one key in common is enough, and without a key any context is meant.
        """
        wanted = present(tags=body.get("tags"), data=read_data(body.get("data")), **conditions)
        return [
            message for message in self._in_common(self.subscriber.inbox.everything) if meets(message, wanted)
        ]

    def of_ids(self, ids: Iterable[str]) -> list[Message]:
        """Return those of these ids."""
        wanted = set(ids)
        return [one for one in self._in_common(self.subscriber.inbox.everything) if one.id in wanted]

    def _in_common(self, messages: list[Message]) -> list[Message]:
        if not self.context_keys:
            return messages
        return [one for one in messages if not set(self.context_keys).isdisjoint(one.context_keys)]


def meets(message: Message, conditions: dict[str, Any]) -> bool:
    """Tell whether a notification meets every condition.

    They are `read`, `seen`, `archived`, `snoozed`, `tags`, `severity`, `data`, `createdGte` and `createdLte` (unix ms).
    """
    sent = message.sent_at.timestamp() * 1000
    severities = conditions.get("severity")
    return (
        all(getattr(message, name) == conditions[name] for name in _FLAGS if name in conditions)
        and all(any(tag in message.tags for tag in group) for group in tag_groups(conditions.get("tags")))
        and (not severities or message.severity in _listed(severities))
        and conditions.get("createdGte", sent) <= sent <= conditions.get("createdLte", sent)
        and _has_data(message.content.get("data"), conditions.get("data") or {})
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _has_data(data: Any, wanted: dict[str, Any]) -> bool:
    """Tell whether data holds every wanted value, or one of a list of them, at the path of its keys."""
    for key, value in wanted.items():
        found = data
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if isinstance(value, dict):
            if not _has_data(found, value):
                return False
        elif not any(_is(found, one) for one in _listed(value)):
            return False
    return True


def _is(found: Any, wanted: Any) -> bool:
    """Tell whether a value is the wanted one, or a list with it; null is also what is not there."""
    values = (found, *found) if isinstance(found, list) else (found,)
    return any(one == wanted and isinstance(one, bool) == isinstance(wanted, bool) for one in values)


def read_data(text: str | None) -> dict[str, Any] | None:
    """Read the condition `data`, a JSON object of two levels. Raises `ApiError` (400)."""
    if not text:
        return None
    try:
        data = read_json(text)
    except ValueError:
        raise ApiError(400, "Invalid JSON format for data parameter") from None
    if not isinstance(data, dict):
        raise ApiError(400, "Data must be an object")
    for key, value in data.items():
        for name, inner in value.items() if isinstance(value, dict) else [(key, value)]:
            if isinstance(inner, dict):
                raise ApiError(400, "Maximum nesting level exceeded (2 levels max)")
            for one in _listed(inner):
                if isinstance(one, (dict, list)):
                    raise ApiError(
                        400, f"Value for {name} must be a scalar (string, number, boolean, or null)"
                    )
                if isinstance(one, str) and len(one) > _MAX_TEXT:
                    raise ApiError(400, f"String value for {name} exceeds {_MAX_TEXT} characters")
    return data


def queried(request: ApiRequest) -> dict[str, Any]:
    """Read the conditions of a listing from the query parameters of their names. Raises `ApiError`."""
    asked = present(
        **{name: request.flag(name) for name in _FLAGS},
        tags=_queried_tags(request),
        severity=request.all("severity") or None,
        **{
            name: request.number(name, 0) if request.first(name) else None
            for name in ("createdGte", "createdLte")
        },
    )
    if problems := FILTER.problems(asked, ""):
        raise ApiError.invalid(problems)
    check_supported(asked)
    return {**asked, **present(data=read_data(request.first("data")))}


_GROUP = re.compile(r"tags\[(\d+)\]\[\d*\]")
QUERIED = (*_FLAGS, "tags[][]", "severity[]", "createdGte", "createdLte", "data")
"""The query names of these conditions."""


def _queried_tags(request: ApiRequest) -> Any:
    """Read `tags[]=a&tags[]=b`, of which one is enough, or `tags[0][]=a&tags[1][]=b`, of each of which one is."""
    groups: dict[int, list[str]] = {}
    for name, values in request.query.items():
        if found := _GROUP.fullmatch(name):
            groups.setdefault(int(found[1]), []).extend(values)
    if not groups:
        return request.all("tags") or None
    if any(name.partition("[")[0] == "tags" and not _GROUP.fullmatch(name) for name in request.query):
        raise ApiError(400, "Not understood in the query: tags, as a list and as a list of lists.")
    return {"and": [{"or": groups[number]} for number in sorted(groups)]}


def check_supported(conditions: dict[str, Any]) -> None:
    """Raise `ApiError` (400) for what Novu does not look for: nothing unread is archived."""
    if conditions.get("read") is False and conditions.get("archived") is True:
        raise ApiError(400, "Filtering for unread and archived notifications is not supported.")


def count(messages: Sequence[Message], given: str | None) -> list[dict[str, Any]]:
    """Count the notifications that pass each of the given filters, a JSON array. Raises `ApiError`."""
    if given is None:
        raise ApiError.invalid(["filters should not be null or undefined"])
    try:
        filters = read_json(given)
    except ValueError:
        raise ApiError(400, "Invalid filters, the JSON object should be provided.") from None
    if not isinstance(filters, list):
        raise ApiError.invalid(["filters must be an array"], given)
    if len(filters) > MAX_COUNTS:
        raise ApiError.invalid([f"filters must contain no more than {MAX_COUNTS} elements"], len(filters))
    if problems := [text for one in filters for text in FILTER.problems(one, "filters.")]:
        raise ApiError.invalid(problems, given)
    for one in filters:
        check_supported(one)
    return [{"count": counted(messages, present(**one)), "filter": one} for one in filters]


def counted(messages: Sequence[Message], conditions: dict[str, Any], at_most: int = MAX_COUNT) -> int:
    """Count the notifications that meet every condition, up to `at_most`."""
    return min(at_most, sum(meets(message, conditions) for message in messages))


def unread_counts(messages: Sequence[Message]) -> dict[str, Any]:
    """Count what is unread and not snoozed, in all and by severity."""
    unread = {"read": False, "snoozed": False}
    severities = {name: counted(messages, {**unread, "severity": [name]}) for name in SEVERITIES}
    return {"total": counted(messages, unread), "severity": severities}
