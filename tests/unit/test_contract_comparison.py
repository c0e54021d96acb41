"""Two answers are compared: what counts, and how a difference is said."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.contract.comparison import ABSENT, Difference, differences
from novu_framework_testing.contract.recording import Response
from tests.tables import walked


def said(old: Any, new: Any, *, status: int = 200, made_up: Any = None) -> list[str]:
    one, other = Response(status, {}, old), Response(status, {}, new)
    return [str(each) for each in differences(one, other, made_up=made_up)]


@walked(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, ["/a: expected 1, got true"]),
        ({"a": None}, {}, ["/a: expected null, got nothing"]),
        ({}, {"a/b~c": "é"}, ["/a~1b~0c: expected nothing, got \"é\""]),
        ([1, 2], [1, 3], ["/1: expected 2, got 3"]),
        ([1], [1, 2], ["body: expected [1], got [1, 2]"]),
        ({"metadata": {"duration": 3}}, {"metadata": {"duration": 9}}, []),
        ({"metadata": {"duration": 3}}, {"metadata": {"duration": "9"}}, ["/metadata/duration: expected any number, got \"9\""]),
        ({"workflows": [{"code": "a"}]}, {"workflows": [{"code": "b"}]}, []),
        ({"workflows": [{"name": "a"}]}, {"workflows": [{"name": "b"}]}, ["/workflows/0/name: expected \"a\", got \"b\""]),
        ({"steps": [{"code": "a"}]}, {"steps": [{"code": "b"}]}, ["/steps/0/code: expected \"a\", got \"b\""]),
        ({"data": {"stack": "a"}}, {"data": {"stack": "b"}}, ["/data/stack: expected \"a\", got \"b\""]),
        ("x" * 400, "y", [f"body: expected \"{'x' * 299}…, got \"y\""]),
    ],
)  # fmt: skip
def test_a_difference_says_where_it_is(old: Any, new: Any, expected: list[str]) -> None:
    assert said(old, new) == expected


@pytest.mark.parametrize("status", [400, 404, 500])
def test_of_an_error_the_stack_may_differ_and_nothing_else(status: int) -> None:
    assert said({"data": {"stack": "a"}}, {"data": {"stack": "b"}}, status=status) == []
    assert said({"sdkVersion": "1"}, {"sdkVersion": "2"}, status=status) == [
        '/sdkVersion: expected "1", got "2"'
    ]


@walked(
    ("old", "new", "is_alike"),
    [
        ("Ann", "Bob", True),
        ("Ann", 7, False),
        ([1, 2], [7], True),
        ([1], ["a"], False),
        ([1], [], True),
        ({"a": 1, "b": 2}, {"a": 7, "c": ""}, True),
        ({"a": 1}, {"a": "x"}, False),
    ],
)
def test_of_what_is_made_up_the_shape_counts(old: Any, new: Any, is_alike: bool) -> None:
    kinds = ("string", "array", "object")
    found = said({"x": old}, {"x": new}, made_up={"/x": kinds})
    assert (found == []) is is_alike
    assert all(each.startswith("/x: expected a value like ") for each in found)


def test_status_and_headers_are_compared_but_for_those_of_the_transport() -> None:
    one = Response(
        200, {"content-type": "application/json; charset=utf-8", "allow": "GET", "x": "1", "date": "a"}, None
    )
    other = Response(
        404, {"content-type": "application/json", "allow": "PUT", "date": "b", "more": "x"}, None
    )
    assert differences(one, other) == [
        Difference("status", 200, 404),
        Difference("header allow", "GET", "PUT"),
        Difference("header x", "1", ABSENT),
    ]
