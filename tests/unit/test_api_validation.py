"""What a body, a page of a listing and a filter of notifications may be, and what is said of any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from novu_framework_testing.api import validation as kinds
from novu_framework_testing.api.http import ApiError, ApiRequest, Page
from novu_framework_testing.api.notifications import FILTER, SELECTION, queried, read_data, tag_groups
from novu_framework_testing.api.pages import by_cursor, by_number, by_offset, limit
from novu_framework_testing.api.routes import records
from novu_framework_testing.api.routes.preferences import SCHEDULE
from novu_framework_testing.api.validation import Body, Field, IdOrBody, Kind, Sentence
from tests.tables import walked

TOO_MANY = (
    "must be an object with at most 2 string keys and string values, with combined key+value length at most 6 "
    "characters."
)
KINDS: dict[str, tuple[Kind, list[Any], str, list[Any]]] = {
    "string": (kinds.string, ["", "a"], "must be a string", [None, 1, [], {}]),
    "boolean": (kinds.boolean, [True, False], "must be a boolean value", [None, 0, "true"]),
    "object": (kinds.an_object, [{}, {"a": 1}], "must be an object", [None, [], "a"]),
    "number": (kinds.number, [0, -1, 2.5], "must be a number", [None, True, "1"]),
    "email": (kinds.email, ["a@b", "a.b@c.d"], "must be an email", ["", "a", "@b", "a@", "a@b@c", "a b@c", " a@b", None]),
    "url": (
        kinds.url,
        ["http://a", "https://a.test/b?c=d", "http://127.0.0.1:4000/api", "http://a:65535", "http://a:1"],
        "must be a URL address",
        ["", "a.test", "ftp://a", "http://", "http:///a", "http://a b", "http://a/ b", "http://a:65536", "http://a:0", "http://a:x", "http://a\x01", None],
    ),
    "iso date": (
        kinds.iso_date,
        ["2026-01-01T09:00:00Z"],
        "must be a valid ISO 8601 date string",
        ["", "yesterday", "2026-13-01", None, 2026],
    ),
    "one of": (kinds.one_of("a", "b"), ["a", "b"], "must be one of the following values: a, b", ["", "c", None, ["a"]]),
    "at most": (kinds.at_most(2), ["", "ab", 100], "must be shorter than or equal to 2 characters", ["abc"]),
    "of length": (
        kinds.of_length(2, 3),
        ["ab", "abc"],
        "must be longer than or equal to 2 and shorter than or equal to 3 characters",
        ["", "a", "abcd", None, 22],
    ),
    "schema": (
        kinds.json_schema,
        [{}, {"type": "object"}],
        "must be a valid JSON schema",
        [{"type": "thing"}, None, "a", True],
    ),
    "distinct": (
        kinds.distinct, [[], [1, "1", True]], "All {name}'s elements must be unique", [[1, 1], [{"a": 1}, {"a": 1}]],
    ),
    "slug": (
        kinds.slug,
        ["a", "A-b_c.d9"],
        "must be a valid slug format (letters, numbers, hyphens, dot and underscores only)",
        ["", "-a", "a-", "a--b", "a b", "ü", None],
    ),
    "strings": (
        kinds.strings(keys=2, characters=6),
        [{}, {"a": "b", "c": "def"}],
        TOO_MANY,
        [{"a": "b", "c": "defg"}, {"a": "", "b": "", "c": ""}, {"a": 1}, None, []],
    ),
    "list": (kinds.a_list(), [[], [1]], "must be an array", [None, "a", {}]),
    "long list": (kinds.a_list(at_least=2), [[1, 2]], "must contain at least 2 elements", [[], [1]]),
    "short list": (kinds.a_list(at_most=1), [[], [1]], "must contain no more than 1 elements", [[1, 2]]),
    "list of strings": (kinds.a_list(of=kinds.string), [[], ["a"]], "each value in {name} must be a string", [[1], ["a", 1]]),
    "list by key": (
        kinds.a_list(unique="a"),
        [[{"a": 1}, {"a": 2}, 1, 1], [{"a": 1}, {"b": 1}]],
        "must not have the same a twice",
        [[{"a": 1}, {"a": 1}], [{}, {}]],
    ),
    "all": (kinds.all_of(kinds.string, kinds.at_most(1)), ["a"], "must be a string", [1, None]),
    "trimmed": (kinds.trimmed(kinds.of_length(1, 1)), [" a "], kinds.of_length(1, 1)("") or "", ["  ", " ab", 1]),
    "domain": (
        records._domain_name,
        ["a.test", "A-1.b2.test"],
        "must be a valid domain name",
        ["", "test", "a.t", "-a.test", "a-.test", "a..test", "a.test.", "a.te5t", "a b.test"],
    ),
    "local part": (
        records._local_part,
        ["*", "a", " a.b ", "a+b"],
        "must be the part of an email address before the @, or *",
        ["", ".a", "a.", "a..b", "a@b", "a b"],
    ),
    "key": (
        kinds.all_of(records._KEY),
        ["A", "a_9"],
        "must start with a letter and contain only letters, digits, and underscores",
        ["", "9a", "_a", "a-b", "a b"],
    ),
}  # fmt: skip


@walked(("kind", "good", "said", "bad"), KINDS.values(), ids=KINDS)
def test_a_kind_accepts_some_values_and_says_of_others_what_they_must_be(
    kind: Kind, good: list[Any], said: str, bad: list[Any]
) -> None:
    assert [(one, kind(one)) for one in good] == [(one, None) for one in good]
    assert [(one, kind(one)) for one in bad] == [(one, said) for one in bad]


def test_anything_is_accepted_by_a_field_without_a_kind() -> None:
    values: list[Any] = [None, "", 1, {}]
    assert [Field().problems("a", one) for one in values] == [[]] * 4
    assert (
        kinds.all_of(kinds.string, kinds.at_most(1))("ab") == "must be shorter than or equal to 1 characters"
    )


INNER = Body(id=Field(kinds.string, required=True), more=kinds.number)
WHOLE = Body(
    name=Field(kinds.string, required=True, not_empty=True),
    note=Field(kinds.string, not_empty=True),
    tags=kinds.a_list(of=kinds.string),
    own=lambda value: Sentence("Own words") if value == 1 else None,
    inner=Field(kinds.an_object, nested=INNER),
    items=Field(kinds.a_list(), each=INNER),
    who=Field(nested=IdOrBody(id=Field(kinds.string, required=True))),
)
PROBLEMS: list[tuple[Any, list[str]]] = [
    ({"name": "a", "unknown": 1}, []),
    (
        None,
        [
            "name should not be null or undefined",
            "name should not be empty",
            "name must be a string",
        ],
    ),
    ({"name": ""}, ["name should not be empty"]),
    ({"name": "a", "note": ""}, ["note should not be empty"]),
    ({"name": "a", "note": None, "tags": None, "own": None, "inner": None, "items": None}, []),
    ({"name": "a", "tags": [1], "own": 1}, ["each value in tags must be a string", "Own words"]),
    ({"name": "a", "inner": 1}, ["inner must be an object"]),
    (
        {"name": "a", "inner": {"more": "x"}},
        [
            "inner.id should not be null or undefined",
            "inner.id must be a string",
            "inner.more must be a number",
        ],
    ),
    ({"name": "a", "items": []}, []),
    (
        {"name": "a", "items": [{"id": "x"}, 1, {"id": 2}]},
        ["items.1 must be an object", "items.2.id must be a string"],
    ),
    ({"name": "a", "who": "ann"}, []),
    ({"name": "a", "who": {"id": "ann"}}, []),
    ({"name": "a", "who": {"id": 1}}, ["who.id must be a string"]),
    ({"name": "a", "who": 1}, ["who must be an object"]),
    ([], ["the body must be an object"]),
    ("a", ["the body must be an object"]),
]


def test_a_body_is_refused_with_everything_that_is_wrong_with_it() -> None:
    def problems(body: Any) -> list[str]:
        try:
            WHOLE.check(body)
        except ApiError as error:
            return error.messages
        return []

    assert [problems(body) for body, _ in PROBLEMS] == [said for _, said in PROBLEMS]
    body = {"name": "a", "unknown": 1}
    assert WHOLE.check(body) == body
    assert Body(a=kinds.string).check(None) == {}


# --- pages -----------------------------------------------------------------------------------------------

ITEMS = [{"_id": str(number), "name": name} for number, name in enumerate("bdaec")]


def paged(page: Callable[[ApiRequest], Any], query: str) -> Any:
    try:
        return page(ApiRequest.parse("GET", f"/?{query}", [], b""))
    except ApiError as error:
        return error.status, error.messages[0]


def cursor(query: str) -> Any:
    page = paged(lambda request: by_cursor(ITEMS, request, dict, id_of=lambda one: one["_id"]), query)
    if not isinstance(page, Page):
        return page
    assert (page.pagination["totalCount"], page.pagination["totalCountCapped"]) == (5, False)
    return "".join(one["_id"] for one in page.data), page.pagination["previous"], page.pagination["next"]


def test_a_listing_is_paged_by_cursor() -> None:
    pages = {
        "": ("43210", None, None),
        "limit=2": ("43", None, "3"),
        "limit=5": ("43210", None, None),
        "limit=2&after=3": ("21", "2", "1"),
        "limit=2&after=1": ("0", "0", None),
        "limit=2&after=0": ("", None, None),
        "limit=2&after=3&includeCursor=true": ("32", "3", "2"),
        "limit=2&after=3&includeCursor=false": ("21", "2", "1"),
        "limit=2&before=1": ("32", "3", "2"),
        "limit=2&before=3": ("4", None, "4"),
        "limit=2&before=4": ("", None, None),
        "limit=2&before=1&includeCursor=true": ("21", "2", "1"),
        "limit=2&orderDirection=ASC": ("01", None, "1"),
        "limit=2&orderDirection=ASC&after=1": ("23", "2", "3"),
        "orderBy=_id": ("43210", None, None),
        "orderBy=createdAt": ("43210", None, None),
        "orderBy=": ("43210", None, None),
        "orderBy=name": ("31402", None, None),
        "orderBy=name&orderDirection=ASC": ("20413", None, None),
        "orderBy=shoe": (422, "orderBy must be one of the following values: _id, name"),
        "orderDirection=asc": (422, "orderDirection must be one of the following values: ASC, DESC"),
        "limit=0": (422, "limit must not be less than 1"),
        "limit=101": (422, "limit must not be greater than 100"),
        "limit=100": ("43210", None, None),
        "after=1&before=2": (400, 'Cannot specify both "before" and "after" cursors at the same time.'),
        "after=x": (400, 'Invalid cursor: there is no item with the id "x" (after)'),
        "before=x": (400, 'Invalid cursor: there is no item with the id "x" (before)'),
    }
    assert {query: cursor(query) for query in pages} == pages
    empty = by_cursor([], ApiRequest("GET", "/", {"orderBy": ["shoe"]}), dict, id_of=str)
    assert empty.to_json() == {
        "data": [], "next": None, "previous": None, "totalCount": 0, "totalCountCapped": False,
    }  # fmt: skip
    with pytest.raises(ApiError) as refused:
        by_cursor([{"_id": "0"}], ApiRequest("GET", "/", {"orderBy": ["shoe"]}), dict, id_of=str)
    assert refused.value.messages == ["orderBy must be one of the following values: _id"]


def test_a_listing_is_paged_by_number() -> None:
    def page(query: str) -> Any:
        page = paged(lambda request: by_number(ITEMS, request, lambda one: one["_id"], at_most=4), query)
        return page.to_json() if isinstance(page, Page) else page

    def shown(data: str, number: int, size: int, *, more: bool) -> dict[str, Any]:
        return {"data": list(data), "page": number, "pageSize": size, "hasMore": more, "totalCount": 5}

    pages = {
        "limit=4": shown("0123", 0, 4, more=True),
        "limit=4&page=1": shown("4", 1, 4, more=False),
        "limit=4&page=2": shown("", 2, 4, more=False),
        "limit=2&page=1": shown("23", 1, 2, more=True),
        "limit=1&page=4": shown("4", 4, 1, more=False),
        "limit=5": (422, "limit must not be greater than 4"),
        "page=-1": (422, "limit must not be greater than 4"),
        "limit=1&page=-1": (422, "page must not be less than 0"),
    }
    assert {query: page(query) for query in pages} == pages
    assert (limit(ApiRequest("GET", "/")), limit(ApiRequest("GET", "/"), default=3)) == (10, 3)


def test_a_listing_is_paged_by_offset() -> None:
    def page(query: str) -> Any:
        found = paged(
            lambda request: by_offset(ITEMS, request, order=("_id", "name", "none"), at_most=60), query
        )
        return ("".join(one["_id"] for one in found[0]), found[1]) if isinstance(found[0], list) else found

    pages = {
        "": ("43210", 5),
        "orderBy=": ("43210", 5),
        "orderBy=name": ("31402", 5),
        "orderBy=name&orderDirection=ASC": ("20413", 5),
        "orderBy=none": ("43210", 5),
        "offset=1&limit=2": ("32", 5),
        "offset=4": ("0", 5),
        "orderBy=shoe": (422, "orderBy must be one of the following values: _id, name, none"),
        "limit=61": (422, "limit must not be greater than 60"),
        "offset=-1": (422, "offset must not be less than 0"),
    }
    assert {query: page(query) for query in pages} == pages
    many = [{"_id": f"{number:03}"} for number in range(60)]
    shown, total = by_offset(many, ApiRequest("GET", "/"), order=("_id",))
    assert (len(shown), total) == (50, 60)


# --- filters of notifications ----------------------------------------------------------------------------


def test_tags_are_groups_of_which_one_each_is_needed() -> None:
    groups: list[tuple[Any, list[list[str]] | None]] = [
        (None, []),
        ([], []),
        (["a", "b"], [["a", "b"]]),
        ({"or": ["a"]}, [["a"]]),
        ({"or": []}, []),
        ({"and": [{"or": ["a"]}, {"or": ["b", "c"]}]}, [["a"], ["b", "c"]]),
        ({"and": []}, []),
        ({"and": [{"or": []}]}, None),
        ({"and": [{"or": "a"}]}, None),
        ({"and": [{"and": ["a"]}]}, None),
        ({"and": [{"or": ["a"], "x": 1}]}, None),
        ({"and": [["a"]]}, None),
        ({"and": {"or": ["a"]}}, None),
        ({"or": "a"}, None),
        ({"nor": ["a"]}, None),
        ({"or": ["a"], "and": []}, None),
        ({}, None),
        ("a", None),
        ([1], None),
        ({"or": [["a"]]}, None),
        (["a"] * 100, [["a"] * 100]),
        (["a"] * 101, None),
        ({"and": [{"or": ["a"]}] * 30}, [["a"]] * 30),
        ({"and": [{"or": ["a"]}] * 31}, None),
        ({"and": [{"or": ["a"] * 100}] * 2}, [["a"] * 100] * 2),
        ({"and": [{"or": ["a"] * 67}] * 3}, None),
    ]

    def read(tags: Any) -> list[list[str]] | None:
        try:
            return tag_groups(tags)
        except ValueError:
            return None

    assert [read(tags) for tags, _ in groups] == [expected for _, expected in groups]
    said = (
        "tags must be string[] (OR), { or: string[] }, or { and: [{ or: string[] }, ...] } (AND of OR-groups)"
    )
    assert SELECTION.problems({"tags": {}}, "") == FILTER.problems({"tags": {}}, "") == [said]


def test_a_filter_has_flags_moments_severities_and_data() -> None:
    severity = "severity must be one of the following values: high, medium, low, none"
    wrong: dict[str, tuple[Any, str]] = {
        **{name: (1, f"{name} must be a boolean value") for name in ("read", "seen", "archived", "snoozed")},
        **{name: ("1", f"{name} must be a number") for name in ("createdGte", "createdLte")},
        "severity": (["high", "huge"], severity),
        "data": ("{}", "data must be an object"),
    }
    assert {name: FILTER.problems({name: value}, "") for name, (value, _) in wrong.items()} == {
        name: [said] for name, (_, said) in wrong.items()
    }
    assert [FILTER.problems({"severity": one}, "") for one in ("none", ["low", "medium"], "huge", 1)] == [
        [], [], [severity], [severity],
    ]  # fmt: skip
    assert SELECTION.problems({"data": {}}, "") == ["data must be a string"]


def test_the_data_of_a_filter_has_two_levels() -> None:
    data: dict[str | None, Any] = {
        None: None,
        "": None,
        "{}": {},
        '{"a": 1, "b": {"c": [true, null, "d"]}}': {"a": 1, "b": {"c": [True, None, "d"]}},
        '{"a": ["b"]}': {"a": ["b"]},
        "{": "Invalid JSON format for data parameter",
        "[]": "Data must be an object",
        '{"a": {"b": {}}}': "Maximum nesting level exceeded (2 levels max)",
        '{"a": [{}]}': "Value for a must be a scalar (string, number, boolean, or null)",
        '{"a": {"b": [[]]}}': "Value for b must be a scalar (string, number, boolean, or null)",
        f'{{"a": "{"x" * 256}"}}': {"a": "x" * 256},
        f'{{"a": {{"b": ["{"x" * 257}"]}}}}': "String value for b exceeds 256 characters",
    }

    def read(text: str | None) -> Any:
        try:
            return read_data(text)
        except ApiError as error:
            return error.message if error.status == 400 else error.status

    assert {text: read(text) for text in data} == data


def test_a_query_is_read_as_a_filter() -> None:
    mixed = "Not understood in the query: tags, as a list and as a list of lists."
    unread = "Filtering for unread and archived notifications is not supported."
    queries: dict[str, Any] = {
        "": {},
        "read=true&seen=false&archived=false&snoozed=true": {
            "read": True, "seen": False, "archived": False, "snoozed": True,
        },
        "tags=a&tags=b": {"tags": ["a", "b"]},
        "tags[]=a": {"tags": ["a"]},
        "tags[1][]=b&tags[0][]=a&tags[1][1]=c": {"tags": {"and": [{"or": ["a"]}, {"or": ["b", "c"]}]}},
        "tags[10][]=b&tags[9][]=a": {"tags": {"and": [{"or": ["a"]}, {"or": ["b"]}]}},
        "tags[0][]=a&tags=b": (400, mixed),
        "severity=high&severity[]=low": {"severity": ["high", "low"]},
        "severity=huge": (422, "severity must be one of the following values: high, medium, low, none"),
        "createdGte=1&createdLte=": {"createdGte": 1},
        "createdLte=2": {"createdLte": 2},
        "createdLte=x": (422, "createdLte must be a number"),
        'data={"a":1}': {"data": {"a": 1}},
        "read=false&archived=true": (400, unread),
        "read=true&archived=true": {"read": True, "archived": True},
        "archived=true": {"archived": True},
    }  # fmt: skip
    assert {query: paged(queried, query) for query in queries} == queries


def test_a_schedule_has_days_with_hours_where_it_is_enabled() -> None:
    body = Body(schedule=SCHEDULE)
    hours = [{"start": "09:00 AM", "end": "5:00pm"}]

    def problems(schedule: Any) -> list[str]:
        return body.problems({"schedule": schedule}, "")

    def day(**given: Any) -> list[str]:
        return problems(
            {"isEnabled": True, "weeklySchedule": {"monday": {"isEnabled": True, "hours": hours, **given}}}
        )

    def time(text: Any) -> list[str]:
        return day(hours=[{"start": text, "end": "12:59 PM"}])

    assert [problems(one) for one in (None, {"isEnabled": False}, {"isEnabled": True})] == [[], [], []]
    assert problems("x") == ["schedule must be an object"]
    assert problems({}) == [
        "schedule.isEnabled should not be null or undefined", "schedule.isEnabled must be a boolean value",
    ]  # fmt: skip
    assert problems({"isEnabled": False, "weeklySchedule": {"monday": {"isEnabled": True}}}) == [
        "schedule weeklySchedule should not be provided when isEnabled is false"
    ]
    assert problems({"isEnabled": True, "weeklySchedule": {}}) == [
        "schedule weeklySchedule must contain at least one day configuration when isEnabled is true"
    ]
    assert (day(), day(hours=None)) == ([], [])
    assert (
        day(isEnabled=None)[0] == "schedule.weeklySchedule.monday.isEnabled should not be null or undefined"
    )
    assert [time(one) for one in ("1:00 AM", "01:59am", "12:00 PM", "10:30\u0020pm")] == [[]] * 4
    where = "schedule.weeklySchedule.monday.hours.0.start"
    said = f"{where} must be in 12-hour format (e.g., 09:00 AM or 9:00 AM)"
    assert [time(one) for one in ("0:00 AM", "13:00 PM", "1:60 AM", "9 AM", "09:00", "09:00  AM", "")] == [
        [said]
    ] * 7
    assert time(9) == [f"{where} must be a string"]
