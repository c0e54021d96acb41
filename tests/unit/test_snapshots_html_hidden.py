"""What Gmail is told of an email beside what is read in it, and how it is said when that changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from novu_framework_testing._internal.html_document import Document, parsed
from novu_framework_testing.snapshots.html_hidden import gmail_changes
from tests.tables import walked


def told(*data: Any) -> Document:
    """An email that tells Gmail this: each a JSON value, or a text as it stands."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in data]
    return parsed("".join(f'<script type="application/ld+json">{one}</script>' for one in texts))


def changes(old: Document, new: Document) -> list[str]:
    return [f"{one.part}: {one.sentence or f'{one.old} > {one.new}'}" for one in gmail_changes(old, new)]


def presses(**action: Any) -> dict[str, Any]:
    return {"@type": "EmailMessage", "potentialAction": action}


VOTE = {"@type": "ViewAction", "name": "Vote", "url": "https://c.test/v"}
BUTTON = "button in Gmail’s list"


@walked(
    ("action", "said"),
    [
        (VOTE, "Vote, which leads to https://c.test/v"),
        ({**VOTE, "name": ""}, "View, which leads to https://c.test/v"),
        ({"@type": "ViewAction", "name": "Vote"}, "Vote"),
        ({"name": "Vote", "target": "https://c.test/t"}, "Vote, which leads to https://c.test/t"),
        ({"name": "Vote", "target": ["https://c.test/a", "b"]}, "Vote, which leads to https://c.test/a"),
        ({"name": "Vote", "target": []}, "Vote"),
        ({"name": "Vote", "url": 7}, "Vote"),
        (
            {"name": "Vote", "handler": {"@type": "HttpActionHandler", "url": "https://c.test/h"}},
            "Vote, which leads to https://c.test/h",
        ),
        (
            {"name": "Vote", "target": [{"urlTemplate": "https://c.test/u", "url": "https://c.test/x"}]},
            "Vote, which leads to https://c.test/u",
        ),
        (
            {"name": "Vote", "url": "https://c.test/1", "target": "https://c.test/2"},
            "Vote, which leads to https://c.test/1",
        ),
    ],
)
def test_a_button_is_new_with_where_it_leads(action: dict[str, Any], said: str) -> None:
    assert changes(told(), told(presses(**action))) == [f"{BUTTON}: None > {said}"]
    assert changes(told(presses(**action)), told()) == [f"{BUTTON}: {said} > None"]


@walked(
    ("other", "said"),
    [
        ({"name": "Vote now"}, [f"words of the {BUTTON}: Vote > Vote now"]),
        ({"url": "https://c.test/w"}, [f"{BUTTON} “Vote”: https://c.test/v > https://c.test/w"]),
        (
            {"name": "Go", "url": "https://c.test/w"},
            [
                f"words of the {BUTTON}: Vote > Go",
                f"{BUTTON} “Go”: https://c.test/v > https://c.test/w",
            ],
        ),
        ({"@type": "ConfirmAction"}, ["for Gmail › what the button does: None > confirm"]),
        ({"@type": "TrackOrderAction"}, ["for Gmail › what the button does: None > track order"]),
        (
            {"endTime": "2026-01-01"},
            ["for Gmail › potential action › end time: None > 2026-01-01"],
        ),
    ],
)
def test_what_changed_of_a_button_is_said(other: dict[str, Any], said: list[str]) -> None:
    assert changes(told(presses(**VOTE)), told(presses(**{**VOTE, **other}))) == said


def test_other_words_of_a_button_are_one_change_wherever_it_leads_by_number() -> None:
    def about(number: int) -> list[str]:
        old, new = ({**VOTE, "name": name, "url": f"https://c.test/v/{number}"} for name in ("A", "B"))
        return [one.about for one in gmail_changes(told(presses(**old)), told(presses(**new)))]

    assert about(1) == about(2) != [""]


@walked(
    ("old", "new", "said"),
    [
        ({"offer": {"discountCode": "A"}}, {"offer": {"discountCode": "B"}}, ["offer › discount code: A > B"]),
        ({"offer": {"discountCode": "A"}}, {"offer": {}}, ["offer › discount code: A > None"]),
        ({"price": 1}, {"price": 2.5}, ["price: 1 > 2.5"]),
        ({"isOpen": True}, {"isOpen": False}, ["is open: true > false"]),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}, ["b › c: 1 > 2"]),
        ({"legs": [{"to": "A"}, {"to": "B"}]}, {"legs": [{"to": "A"}, {"to": "C"}]}, ["2 › to: B > C"]),
        ({"legs": [{"to": "A"}]}, {"legs": [{"to": "B"}]}, ["legs › to: A > B"]),
        ({"a": 1, "b": 1}, {"b": 2, "c": 2}, ["a: 1 > None", "b: 1 > 2", "c: None > 2"]),
        ({"a": None}, {"a": "x"}, ["a: None > x"]),
        ({"": 1}, {"": 2}, [": 1 > 2"]),
        ({"@type": "A", "@id": "1", "@context": "x", "a": 1}, {"@type": "B", "@id": "2", "a": 2}, ["a: 1 > 2"]),
        ({"@type": "A"}, {"@type": "B"}, []),
        ([{"a": 1}], [{"a": 2}], ["a: 1 > 2"]),
    ],
)  # fmt: skip
def test_what_else_gmail_is_told_is_said_by_its_name(old: Any, new: Any, said: list[str]) -> None:
    assert changes(told(old), told(new)) == [f"for Gmail › {one}" for one in said]


@pytest.mark.parametrize(("depth", "is_read"), [(11, True), (12, True), (13, False)])
def test_what_lies_too_deep_is_not_read(depth: int, is_read: bool) -> None:
    def deep(value: int) -> Any:
        held: Any = value
        for _ in range(depth):
            held = {"a": held}
        return held

    name = "a › a"
    assert changes(told(deep(1)), told(deep(2))) == ([f"for Gmail › {name}: 1 > 2"] if is_read else [])


UNREAD = "for Gmail: what Gmail is told of the email cannot be read"


@walked(
    ("old", "new", "said"),
    [
        (told("{"), told("{{"), [UNREAD]),
        (told(), told("{"), [UNREAD]),
        (told("{"), told(), [UNREAD]),
        (told({"a": 1}), told("{"), ["for Gmail › a: 1 > None"]),
        (told("[" * 100_000), told(), [UNREAD]),
        (told({"a": 1}), told('{"a":   1}'), []),
        (told("{"), told("{"), []),
        (told("7"), told("8"), []),
        (told({"a": 1}, {"b": 1}), told({"a": 1}, {"b": 2}), ["for Gmail › b: 1 > 2"]),
        (told(), parsed('<script type="Application/LD+JSON">{"a": 1}</script>'), ["for Gmail › a: None > 1"]),
        (told(), parsed('<script type="text/javascript">{"a": 1}</script><script>{"a": 1}</script>'), []),
    ],
)  # fmt: skip
def test_what_gmail_cannot_read_is_said_where_nothing_else_is(
    old: Document, new: Document, said: list[str]
) -> None:
    assert changes(old, new) == said


def test_what_cannot_be_read_is_told_apart_by_what_it_says() -> None:
    details = [next(gmail_changes(told("{"), told(other))).detail for other in ("{{", "{{{")]
    assert details[0] != details[1]
