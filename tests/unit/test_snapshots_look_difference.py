"""What tells two looks apart, and what a part is called."""

from __future__ import annotations

from collections import Counter

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.snapshots.look_difference import called, size_of, value_changes, words_of
from novu_framework_testing.snapshots.reading import Block, Place

Values = dict[str, str | None]
Changes = list[tuple[str, str | None, str | None]]


CHANGES: list[tuple[Values, Values, Changes]] = [
    ({"color": "red"}, {"color": "red"}, []),
    ({"color": "red", "width": "5px"}, {"color": "blue", "width": "5px"}, [("color", "red", "blue")]),
    ({"a": "1"}, {}, [("a", "1", None)]),
    ({}, {"a": "1"}, [("a", None, "1")]),
    # what begins on the left stands there, unless it is written from the right
    ({"text-align": "left"}, {}, []),
    ({}, {"text-align": "start"}, []),
    ({"text-align": "left"}, {"text-align": "start"}, []),
    ({"text-align": "left"}, {"text-align": "right"}, [("text-align", "left", "right")]),
    ({"text-align": "left", "direction": "rtl"}, {}, [("text-align", "left", None), ("direction", "rtl", None)]),
    ({"text-align": "left"}, {"direction": "rtl"}, [("text-align", "left", None), ("direction", None, "rtl")]),
    # a border is one thing where it came or went
    ({"border-top-width": "1px", "border-top-style": "solid", "border-top-color": "#111111"}, {}, [("border-top", "#111111 solid 1px", None)]),
    ({}, {"border-top-width": "1px", "border-top-style": "solid", "border-top-color": "#111111"}, [("border-top", None, "#111111 solid 1px")]),
    ({"border-left-width": "1px", "border-left-style": "solid"}, {}, [("border-left", "solid 1px", None)]),
    ({"border-right-width": "1px", "border-right-style": "solid"}, {}, [("border-right", "solid 1px", None)]),
    ({"border-bottom-width": "1px", "border-bottom-style": "solid"}, {}, [("border-bottom", "solid 1px", None)]),
    ({"border-top-width": "1px", "border-left-width": "1px"}, {}, [("border-top-left-width", "1px", None)]),
    ({"border-top-width": "1px"}, {}, [("border-top-width", "1px", None)]),
    ({"border-width": "1px", "border-style": "solid"}, {}, [("border", "solid 1px", None)]),
    ({"border-width": "1px", "border-color": "#111111"}, {"border-style": "solid"}, [("border-width", "1px", None), ("border-color", "#111111", None), ("border-style", None, "solid")]),
    ({"border-radius": "1px", "border-width": "1px", "border-style": "solid"}, {}, [("border-radius", "1px", None), ("border", "solid 1px", None)]),
    # what went to another side with all of its values
    ({"border-right-width": "1px", "border-right-style": "solid"}, {"border-left-width": "1px", "border-left-style": "solid"}, [("border-side", "right", "left")]),
    ({"border-right-width": "1px", "border-right-style": "solid"}, {"border-left-width": "2px", "border-left-style": "solid"}, [("border-left", None, "solid 2px"), ("border-right", "solid 1px", None)]),
    ({"padding-left": "1px"}, {"padding-right": "1px"}, [("padding-side", "left", "right")]),
    ({"padding-top": "1px"}, {"padding-bottom": "1px"}, [("padding-side", "top", "bottom")]),
    ({"padding-left": "1px"}, {"padding-right": "2px"}, [("padding-left", "1px", None), ("padding-right", None, "2px")]),
    ({"margin-top": "1px"}, {"margin-left": "1px"}, [("margin-side", "top", "left")]),
    ({"border-left": "1px"}, {"border-right": "1px"}, [("border-side", "left", "right")]),
    ({"padding-left": "1px", "padding-right": "2px"}, {"padding-right": "1px"}, [("padding-left", "1px", None), ("padding-right", "2px", "1px")]),
    ({"padding-leftmost": "1px"}, {"padding-rightmost": "1px"}, [("padding-leftmost", "1px", None), ("padding-rightmost", None, "1px")]),
    # a column is as wide as it may be
    ({"max-width": "1px"}, {"max-width": "2px"}, [("max-width", "1px", "2px")]),
    ({"max-width": "1px", "width": "1px"}, {"max-width": "2px", "width": "2px"}, [("width", "1px", "2px")]),
    ({"max-width": "1px"}, {"max-width": "2px", "width": "2px"}, [("width", "1px", "2px")]),
    ({"max-width": "1px", "width": "5px"}, {"max-width": "2px", "width": "2px"}, [("max-width", "1px", "2px"), ("width", "5px", "2px")]),
    ({"max-width": "1px", "width": "1px"}, {"max-width": "2px", "width": "5px"}, [("max-width", "1px", "2px"), ("width", "1px", "5px")]),
    ({"max-width": "1px", "width": "1px"}, {"max-width": "2px", "width": "1px"}, [("max-width", "1px", "2px")]),
    ({"width": "1px"}, {"max-width": "2px"}, [("width", "1px", "2px")]),
    ({"@media print\0max-width": "1px", "@media print\0width": "1px"}, {"@media print\0max-width": "2px", "@media print\0width": "2px"}, [("@media print\0width", "1px", "2px")]),
    # what is said for a time, and what is always so
    ({"a\0color": "red", "color": "blue"}, {"color": "blue"}, [("a\0color", "red", "blue")]),
    ({"a\0color": "red", "color": "red"}, {"color": "red"}, []),
    ({"a::before\0color": "red", "color": "red"}, {"color": "red"}, [("a::before\0color", "red", None)]),
    ({"a\0color": "red"}, {"color": "red"}, [("color", None, "red")]),
    # a border without a width, or without a line, is none
    ({"border-width": "0", "border-style": "solid", "border-color": "#111111"}, {}, []),
    ({"border-width": "1px", "border-style": "none", "border-color": "#111111"}, {}, []),
    ({"border-width": "1px", "border-style": "hidden"}, {}, []),
    ({"border-top-width": "0", "border-top-color": "#111111"}, {}, []),
    ({"border-left-width": "0", "border-left-color": "#111111"}, {}, []),
    ({"border-right-width": "0", "border-right-color": "#111111"}, {}, []),
    ({"border-bottom-width": "0", "border-bottom-color": "#111111"}, {}, []),
    ({"border-top-width": "0", "border-width": "1px"}, {}, [("border-bottom-left-right-width", "1px", None)]),
    ({"border-left-style": "none", "border-style": "solid"}, {}, [("border-top-bottom-right-style", "solid", None)]),
    ({"border-bottom-style": "none"}, {"border-right-width": "0"}, []),
    ({"border-width": "0", "border-top-width": "1px"}, {}, [("border-top-width", "1px", None)]),
    ({"border-width": "0", "color": "red"}, {"color": "blue"}, [("color", "red", "blue")]),
]  # fmt: skip


def test_a_property_changed_from_one_value_to_another() -> None:
    assert [(*each[:-1], list(value_changes(*each[:2]))) for each in CHANGES] == CHANGES


SIZES: dict[tuple[str | None, str | None], str | None] = {
    ("1px", "2px"): "1 × 2",
    ("1px", None): "1 wide",
    (None, "2px"): "2 high",
    (None, None): None,
    ("50%", "2px"): "50% × 2",
    ("", ""): None,
}  # fmt: skip


def test_a_size_of_a_picture_is_said_in_a_few_words() -> None:
    assert {each: size_of(*each) for each in SIZES} == SIZES


PICTURES: dict[str, str] = {
    "<img alt=A src=/b.png>": "A",
    "<img src=/b.png>": "b.png",
    "<img src='/a/b%20c.png?v=1'>": "b c.png",
    "<img>": "",
    "<video src=/a/b.mp4>": "b.mp4",
}  # fmt: skip


def test_a_picture_is_called_by_its_words_or_its_file() -> None:
    assert {each: called(parsed(each).elements[-1]) for each in PICTURES} == PICTURES


CALLED: list[tuple[str, Block, dict[tuple[bool, str], int], str]] = [
    ("", Block("text", "Tea"), {}, "Tea"),
    ("", Block("text", "Tea", row="Drinks"), {}, "Tea"),
    ("", Block("text", "Tea", row="Drinks"), {(False, "Tea"): 2}, "Tea (Drinks)"),
    ("", Block("text", "Tea", row="Drinks"), {(False, "Tea"): 1}, "Tea"),
    ("", Block("text", "Tea"), {(False, "Tea"): 2}, "Tea"),
    ("", Block("text", "3 €", row="Tea"), {}, "3 € (Tea)"),
    ("", Block("text", "3 €"), {}, "3 €"),
    ("<p><b>x</b><img alt=A></p>", Block("link", "", "/a"), {}, "A"),
    ("<p><img alt=A><img alt=B></p>", Block("link", " ", "/a"), {}, "A"),
    ("<p>x</p>", Block("link", " ", "/a"), {}, " "),
    ("<img alt=A>", Block("link", "Go", "/a"), {}, "Go"),
    ("", Block("image", "Logo", "/a.png"), {}, "Logo"),
    ("", Block("image", "Logo", "/a.png"), {(True, "Logo"): 2}, "Logo (a.png)"),
    ("", Block("image", "Logo", "/a.png"), {(True, "Logo"): 1}, "Logo"),
    ("", Block("image", "Logo", "cid:a"), {(True, "Logo"): 2}, "Logo"),
    ("", Block("image", "", "/a.png"), {}, "a.png"),
    ("", Block("image", "", "/a.png"), {(True, "a.png"): 2}, "a.png"),
]  # fmt: skip


def test_a_block_is_called_by_its_words_and_its_row_where_they_say_little() -> None:
    found = [
        (html, block, names, words_of(block, Place(parsed(html).root), Counter(names)))
        for html, block, names, _ in CALLED
    ]
    assert found == CALLED
