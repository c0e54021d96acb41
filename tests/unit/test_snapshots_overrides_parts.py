"""How records of providers are read: by which names, as which words, how deep; and what their looks are called."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.snapshots.overrides.looks import (
    coloured,
    is_seen,
    kind_sentence,
    look_sentence,
    works_sentences,
)
from novu_framework_testing.snapshots.overrides.parts import Fields, Part, Sheet, plain, put_columns, words_of
from novu_framework_testing.snapshots.overrides.providers import provider_of, sheet_of, slack_of
from novu_framework_testing.snapshots.reading import Block
from tests.tables import walked
from tests.unit.test_snapshots_overrides_read import said


def test_a_field_is_taken_by_any_spelling_of_its_name() -> None:
    record = {
        "iconUrl": "a",
        "image-url": "b",
        "TITLE": 7,
        "list": [1],
        "map": {"a": 1},
        "none": None,
        "yes": True,
    }
    fields = Fields(record)
    assert [name in fields for name in ("icon_url", "ICONURL", "imageUrl", "title", "other")] == [
        True
    ] * 4 + [False]
    assert (fields.text("list"), fields.record("list"), fields.list("map"), fields.text("none")) == (
        "",
        {},
        [],
        "",
    )
    assert (fields.text("icon_url"), fields.text("icon_url"), fields.text("Title")) == ("a", "", "7")
    assert (fields.text("yes"), fields.list("list"), fields.list("list"), fields.record("map")) == (
        "yes",
        [1],
        [],
        {"a": 1},
    )
    assert fields.take("none") is None
    assert fields.take("image_url", int) is None
    assert fields.rest() == {"image-url": "b"}
    assert Fields("x").rest() == Fields(None).rest() == {}
    twice = Fields({"a_b": 1, "aB": 2})
    assert (twice.take("ab"), twice.rest(), twice.take("aB")) == (1, {"aB": 2}, None)


@pytest.mark.parametrize(
    ("block", "name"),
    [
        (Block("", "x"), ""),
        (Block("button", ""), "button"),
        (Block("button", "a" * 40), f"button “{'a' * 40}”"),
        (Block("button", "a" * 41), f"button “{'a' * 39}…”"),
    ],
    ids=range(4),
)  # fmt: skip
def test_a_part_has_a_name_inside_a_sentence(block: Block, name: str) -> None:
    assert Part(block).name == name


def listed(value: Any, provider: str = "acme") -> list[str]:
    return [said(one) for one in sheet_of(provider, value).parts[1:]]


DATA: list[tuple[Any, list[str]]] = [
    (7, ["value: 7"]),
    ({"orderId": "A1", "open": True, "rate": 1.5, "no": None}, ["no: none", "open: yes", "order id: A1", "rate: 1.5"]),
    # names that say little by themselves
    *(({"user": {name: "x"}}, [f"{name} of user: x"]) for name in (
        "id", "active", "disabled", "enable", "enabled", "mode", "on", "status", "value", "name", "type", "text", "key", "title", "code", "url", "body", "content", "label", "link")),
    ({"user": {"email": "x"}}, ["user: x"]),
    ({"user": {"7": "x", "age": 7}}, ["7 of user: x", "age: 7"]),
    *(({"user": {name: True}}, ["user: yes"]) for name in ("enable", "enabled", "active", "on")),
    ({"user": {"status": True}}, ["status of user: yes"]),
    ({"id": 7}, ["id: 7"]),
    ({"a": [1, [2, {"b": 3}], []]}, ["a: 1", "a: 2", "b: 3", "a: (empty list)"]),
    ({"a": {}}, ["a: (empty)"]),
    ({"a": "b\nc"}, ["a: b", "a: c"]),
    ({"image": "https://c.test/a", "picture": "https://c.test/a"}, ["image:  > https://c.test/a", "picture: https://c.test/a"]),
    ({"image": "a"}, ["image: a"]),
    ({"a": "<https://c.test/a>, <mailto:a@b.c>, <x>"}, ["a: https://c.test/a, mailto:a@b.c, <x>"]),
    ({"a": "#ff0000", "b": "#f00", "c": "#ff00"}, ["a: red #ff0000", "b: red #f00", "c: #ff00"]),
    ({"a": "List-Unsubscribe=One-Click"}, ["a: with one click"]),
    # moments and lengths of time
    *(({name: 1780000000}, [f"{said}: 28 May 2026, 20:26 UTC"]) for name, said in (
        ("sendAt", "send at"), ("time", "time"), ("endDate", "end date"), ("timestamp", "timestamp"), ("expiry", "expiry"), ("expires", "expires"), ("tokenExpiration", "token expiration"))),
    ({"format": 1780000000, "atlas": 1780000000, "sendAt": "1780000000", "at": 1780000000.0}, ["at: 1780000000.0", "atlas: 1780000000", "format: 1780000000", "send at: 1780000000"]),
    *(({"at": number}, [f"at: {said}"]) for number, said in (
        (999_999_999, "999999999"), (1_000_000_000, "9 September 2001, 01:46 UTC"), (9_999_999_999, "20 November 2286, 17:46 UTC"), (10_000_000_000, "10000000000"),
        (999_999_999_999, "999999999999"), (1_000_000_000_000, "9 September 2001, 01:46 UTC"), (9_999_999_999_999, "20 November 2286, 17:46 UTC"), (True, "yes"))),
    *(({name: 60_000}, [said]) for name, said in (
        ("waitMs", "wait: 1 minute"), ("wait_millis", "wait: 1 minute"), ("waitInMilliseconds", "wait: 1 minute"), ("waitSeconds", "wait: 16 hours 40 minutes"), ("waitInSecs", "wait: 16 hours 40 minutes"), ("ms", "ms: 60000"))),
    ({"waitSeconds": "90s", "keepSeconds": "1.5", "restSeconds": "9" * 13, "lateSeconds": "soon"}, ["keep: 1.5 seconds", "late seconds: soon", f"rest seconds: {'9' * 13}", "wait: 1 minute 30 seconds"]),
    *(({"waitSeconds": number}, [said]) for number, said in ((0, "wait: 0 seconds"), (-1, "wait seconds: -1"), (10**13, f"wait seconds: {10**13}"), (True, "wait seconds: yes"))),
    # files
    ({"a": {"filename": "b.txt", "content": "YWJj", "disposition": "x"}}, ["attachment: b.txt, 3 bytes -content=YWJj -disposition=x -filename=b.txt"]),
    *(({"a": {"fileName": "b", "content": content, "contentType": "t"}}, [f"attachment: b, t, {size} -content={content} -contentType=t -fileName=b"]) for content, size in (
        ("YQ==", "1 byte"), ("YWI=", "2 bytes"), ("YWJjZA==", "4 bytes"), ("A" * 1368, "1,026 bytes"))),
    ({"a": {"filename": "b", "content": "no"}}, ["content of a: no", "filename: b"]),
    ({"a": {"filename": 7, "content": "YWJj"}}, ["content of a: YWJj", "filename: 7"]),
]  # fmt: skip


def test_any_data_is_listed_by_words_that_say_something() -> None:
    assert [listed(value) for value, _ in DATA] == [expected for _, expected in DATA]


def test_data_may_be_as_deep_as_it_likes() -> None:
    deep: Any = "x"
    for _ in range(40):
        deep = {"a": deep}
    assert listed(deep) == ["a: x"]
    assert listed({"a": deep}) == ["a:  a: x"]
    many: Any = "x"
    for _ in range(40):
        many = [many]
    assert listed(many) == ["value: x"]
    assert listed([many]) == ["value:  - x"]


def test_a_page_is_kept_as_one_and_is_no_part() -> None:
    for tag in ("html", "body", "table", "div", "p", "br", "h1", "H6", "a", "img", "ul", "td", "span"):
        sheet = sheet_of("acme", {"page": f"x <{tag}>"})
        assert (sheet.parts[1:], sheet.pages) == ([], {"page": f"x <{tag}>"})
    for fine in ("<h7>", "<b>", "<px>", "p>"):
        assert sheet_of("acme", {"page": fine}).pages == {}
    twice = sheet_of("acme", {"a": [{"page": "<p>1"}, {"page": "<p>2"}]})
    assert (twice.pages, [one.block.text for one in twice.parts[1:]]) == ({"page": "<p>1"}, ["<p>2"])


def test_a_link_is_a_line_of_its_own_or_inside_of_one() -> None:
    sheet = sheet_of("slack", {"text": "One\n<https://c.test/a|two>\nSee <https://c.test/b|three> <https://c.test/c>\n<@U1|ann>"})  # fmt: skip
    assert [
        (one.block.kind, one.block.text, one.block.target, one.block.inside) for one in sheet.parts[1:]
    ] == [
        ("text", "One", "", False),
        ("link", "two", "https://c.test/a", False),
        ("text", "See three https://c.test/c", "", False),
        ("link", "three", "https://c.test/b", True),
        ("link", "https://c.test/c", "https://c.test/c", True),
        ("text", "@ann", "", False),
    ]
    assert sheet.parts[-1].unseen == {(0, "who is meant by @ann"): "U1"}
    pictured = sheet_of("mattermost", {"text": "A ![b](https://c.test/b)"}).parts[1:]
    assert [(one.block.kind, one.block.inside) for one in pictured] == [("text", False), ("image", False)]


@walked(
    ("kinds", "first"),
    [
        ("text small", 1),
        ("small text", 2),
        ("small heading", 2),
        ("small list-item", 2),
        ("small button", 0),
        ("text small button small", 1),
        ("text button", 2),
        ("small", 0),
        ("", 0),
    ],
    ids=range(9),
)
def test_fine_print_is_what_is_small_at_the_end(kinds: str, first: int) -> None:
    sheet = Sheet()
    for kind in kinds.split():
        sheet.add("text" if kind == "small" else kind.replace("-", " "), "A")
        sheet.parts[-1].is_small = kind == "small"
    assert sheet.fine_print() == first


KEPT: list[tuple[str, str]] = [("button text", "button"), ("text", "text"), ("text text", "part"), ("list-item list-item", "part"), ("heading text", "part")]  # fmt: skip


@pytest.mark.parametrize(("kinds", "holder"), KEPT, ids=range(len(KEPT)))
def test_what_is_not_read_is_kept_by_the_part_it_is_about(kinds: str, holder: str) -> None:
    sheet = Sheet()
    for kind in kinds.split():
        sheet.add(kind.replace("-", " "), f"A {kind}")
    sheet.keep({"color": "red", "id": 7, "disabled": True, "empty": "", "none": None}, 1)
    kept = [one for one in (*sheet.parts, *sheet.holders) if one.looks]
    assert [(one.block.kind, one.looks, one.unseen) for one in kept] == [
        (holder, {(0, "color"): "red", (0, "disabled"): True}, {(0, "id"): 7})
    ]
    if holder == "part":
        assert kept[0].block == Block("part", f"A {kinds.split()[0]}", "0")


def test_what_has_no_parts_has_no_look_that_is_seen() -> None:
    sheet = Sheet()
    sheet.keep({"color": "red", "id": 7}, 1)
    assert (sheet.parts[0].looks, sheet.parts[0].unseen) == ({}, {(0, "color"): "red", (0, "id"): 7})
    sheet.keep({"color": "red"})
    assert sheet.parts[0].looks == {(0, "color"): "red"}


def test_a_value_keeps_its_kind_and_its_own_name() -> None:
    sheet = sheet_of("acme", {"orderId": 7, "a": {"b_c": "x"}})
    assert [(one.looks, one.unseen) for one in sheet.parts[1:]] == [
        ({(0, "kind_of_value"): "str"}, {(0, "name in the data"): "a", (1, "name in the data"): "b_c"}),
        ({(0, "kind_of_value"): "int"}, {(0, "name in the data"): "orderId"}),
    ]
    (at,) = sheet_of("acme", {"at": 1780000000}).parts[1:]
    assert at.looks == {(0, "kind_of_value"): "int"}


@walked(
    ("key", "words"),
    [("clickAction", "click action"), ("click_action", "click action"), ("URL", "URL"), ("A_B", "A B"), ("aB2C", "a b2 c"), ("_", "_"), ("Already", "already")],
)  # fmt: skip
def test_a_name_is_words(key: str, words: str) -> None:
    assert words_of(key) == words


def test_a_value_is_text() -> None:
    values: dict[str, Any] = {
        "a\n": "a\n",
        "yes": True,
        "no": False,
        "7": 7,
        "(empty list)": [],
        "none": None,
    }
    assert {text: plain(value) for text, value in values.items()} == {text: text for text in values}


def test_columns_are_put_in_another_order() -> None:
    def sheet() -> Sheet:
        made = Sheet()
        rows = [made.cells(row, lambda cell, on: on.add("cell", str(cell))) for row in (["a", "b", "c"], ["d", "e", "f"], ["g"])]  # fmt: skip
        made.add_table(rows, [])
        return made

    for order, words in (((2, 0, 1), "cabfdeg"), ((1,), "beg"), ((0, 1, 2), "abcdefg")):
        made = sheet()
        put_columns(made, 0, order)
        assert "".join(one.block.text for one in made.parts) == words
    empty = Sheet()
    empty.add_table([[[], []], [[], []]], [])
    put_columns(empty, 0, [1, 0])
    assert empty.tables == [[[[], []], [[], []]]]


def test_how_a_column_looks_its_first_cell_says() -> None:
    made = Sheet()
    made.add_table(
        [made.cells("ab", lambda cell, on: on.say(f"{cell}\n{cell}"))],
        [{"width": 1, "odd": 2}, {"wrap": True}],
    )
    assert [one.looks for one in made.parts[1:]] == [{(0, "width"): 1}, {}, {(0, "wrap"): True}, {}]
    made.add_table([], [{"width": 1}])
    assert made.tables[1] == []


SEEN: list[tuple[str, Any, Any, bool]] = [
    ("wrap", None, False, False), ("wrap", None, True, True), ("wrap", False, True, True), ("issubtle", True, None, True), ("bleed", None, "default", False), ("color", "Default", "default", False),
    ("color", None, "good", True), ("odd", None, "x", True), ("odd", True, False, False), ("style", "default", None, True),
]  # fmt: skip


def test_a_look_is_seen_that_is_not_so_without_it() -> None:
    assert [is_seen(name, old, new) for name, old, new, _ in SEEN] == [seen for *_, seen in SEEN]


LOOKED: list[tuple[dict[str, tuple[Any, Any]], str]] = [
    ({"color": (None, "Good")}, "its look changed (now green)"),
    ({"color": ("good", None)}, "its look changed (no longer green)"),
    ({"color": ("good", "attention"), "wrap": (None, True)}, "its look changed (now red instead of green, now on as many lines as it needs)"),
    ({"style": (None, "warning"), "color": (None, "warning")}, "its look changed (now on yellow, now yellow)"),
    ({"style": ("emphasis", "good")}, "its look changed (now on green, was on grey)"),
    ({"size": ("medium", "large")}, "its look changed (now large, was of medium size)"),
    ({"style": ("compact", "expanded")}, "its look changed (now with all choices in sight, was as a menu to open)"),
    ({"odd": ("a", "b")}, "its look changed"),
    ({"color": ("", "")}, "its look changed"),
    ({"indent": (0, 2)}, "its look changed (now further in by 2)"),
    ({"border": ("0", 1)}, "its look changed (now with a border of 1)"),
    ({"spacing": ("0", "Large")}, "its look changed (now with much space above instead of with 0 space above)"),
    ({"width": ("1", "2")}, "its look changed (now taking 2 shares of the width, was taking 1 share of the width)"),
    ({"width": ("auto", "stretch")}, "its look changed (now as wide as there is room, was as wide as what it holds)"),
    ({"width": (None, "50px")}, "its look changed (now of width 50px)"),
    ({"height": ("1", "stretch")}, "its look changed (now of height stretch, was of height 1)"),
    ({"bar": ("#ff0000", "Good")}, "the bar at its edge is green now, and was red #ff0000"),
    ({"bar": (None, "#ff0000")}, "the bar at its edge is new: red #ff0000"),
    ({"bar": ("danger", ""), "weight": (None, "Bolder")}, "its look changed (now bold); the bar at its edge is gone: red"),
    ({"weight": ("Bolder", "lighter"), "italic": (True, False)}, "its look changed (now thin instead of bold, no longer in italics)"),
    ({"color": (None, "good"), "gridstyle": (None, "good")}, "its look changed (now green)"),
]  # fmt: skip


def test_how_a_look_changed_is_said() -> None:
    assert [look_sentence(changed) for changed, _ in LOOKED] == [sentence for _, sentence in LOOKED]


WORKED: list[tuple[dict[str, tuple[Any, Any]], list[str]]] = [
    ({"ismultiselect": (None, True)}, ["several choices are possible now"]),
    ({"ismultiselect": ("True", None)}, ["only one choice is possible now"]),
    ({"ismultiselect": (None, False)}, []),
    ({"multiline": (False, "yes")}, ["it takes several lines now"]),
    ({"isenabled": (None, False)}, ["it can no longer be pressed"]),
    ({"isenabled": (None, True)}, []),
    ({"isenabled": (False, None)}, ["it can be pressed now"]),
    ({"maxlength": (80, 200)}, ["the most characters that it takes changed: 80 became 200"]),
    ({"maxlength": (None, 0)}, ["the most characters that it takes is new: 0"]),
    ({"maxlength": (9, None)}, ["the most characters that it takes is gone: 9"]),
    ({"filetypes": (["a", "b"], [])}, ["the files that it takes is gone: a, b"]),
    ({"regex": (None, "a")}, ["the entries that it takes changed"]),
    ({"targetelements": (["a"], ["b"]), "visibletouserids": ("a", None)}, ["what it shows or hides changed", "who sees it changed"]),
    ({"fieldkind": ("a text", "a date")}, ["the kind of field changed: a text became a date"]),
    ({"fieldkind": (None, "a date")}, []),
]  # fmt: skip


def test_what_works_in_another_way_is_said() -> None:
    assert [[*works_sentences(changed)] for changed, _ in WORKED] == [sentences for _, sentences in WORKED]


def test_a_kind_of_value_and_a_colour_are_said() -> None:
    kinds = {"str": "a text", "int": "a number", "float": "a number", "bool": "yes or no", "NoneType": "nothing", "x": "another value"}  # fmt: skip
    for kind, words in kinds.items():
        assert kind_sentence(kind, "int") == f"it is a number now, and was {words}"
        assert kind_sentence("int", kind) == f"it is {words} now, and was a number"
    assert [coloured(text) for text in ("#fff", "#FF0000", "#ffff", "red", "x #fff")] == ["white #fff", "red #FF0000", "#ffff", "red", "x #fff"]  # fmt: skip


PASSED: list[tuple[Any, list[str]]] = [
    ({"a": 1, "_passthrough": {"body": {"A": 2, "b": 3}, "headers": {"X-A": "1"}}}, ["a: 2", "b: 3", "X-A: 1"]),
    ({"list": [1], "_passthrough": {"body": {"list": [2]}}}, ["list: 1", "list: 2"]),
    ({"map": {"a_b": 1, "c": 2}, "_passthrough": {"body": {"map": {"aB": 3}}}}, ["a b: 3", "c: 2"]),
    ({"map": {"a": 1}, "_passthrough": {"body": {"map": "x"}}}, ["map: x"]),
    ({"list": [1], "_passthrough": {"body": {"list": "x"}}}, ["list: x"]),
    ({"a": 1, "_passthrough": {"body": "x", "query": {"q": 1}}}, ["a: 1", "body: x", "q: 1"]),
    ({"a": 1, "_passthrough": "x"}, ["passthrough: x", "a: 1"]),
]  # fmt: skip


PUSHED: list[tuple[str, Any, list[str]]] = [
    ("fcm", {name: {"id": "x", "notification": {"title": "A", "id": "y"}} for name in ("android", "apns", "webpush")}, [
        "title on Android: A", "id of Android: y", "id of Android: x", "title on Apple: A", "id of Apple: y", "id of Apple: x",
        "title on the web: A", "id of the web: y", "id of the web: x"]),
    ("fcm", {"data": {"id": "x"}, "notification": {"id": "y"}, "apns": {"payload": {"aps": {"id": "z"}}}}, ["id: y", "id of aps on Apple: z", "id of data: x"]),
    ("apns", {"payload": {"id": "x"}, "alert": {"id": "y"}, "aps": {"id": "z"}, "rawPayload": {"id": "w"}}, ["id of data: x", "id of alert: y", "id of aps: z", "id: w"]),
    ("expo", {"data": {"id": "x"}, "id": "y"}, ["id of data: x", "id: y"]),
    ("one-signal", {"headings": {"en": "A"}, "subtitle": {"de": "B"}, "contents": {"fr": "C"}}, ["title in English (en): A", "subtitle in German (de): B", "text in French (fr): C"]),
]  # fmt: skip


def test_what_an_app_gets_is_told_from_what_the_phone_does() -> None:
    assert [listed(message, provider) for provider, message, _ in PUSHED] == [told for *_, told in PUSHED]


def test_what_is_passed_through_lies_over_the_data() -> None:
    assert [listed(override) for override, _ in PASSED] == [expected for _, expected in PASSED]


def test_fields_may_be_text_alone_or_have_none() -> None:
    fields = ["alone", {"type": "mrkdwn", "text": "*Ward*\n3"}, {"type": "mrkdwn", "text": 7}, {"type": "mrkdwn"}, 8]  # fmt: skip
    sheet = sheet_of("slack", {"blocks": [{"type": "section", "fields": fields}]})
    assert [one.block.text for one in sheet.parts[1:]] == ["alone", "Ward: 3", "7", "8"]


def test_the_first_part_of_a_column_stands_beside_what_comes_before_it() -> None:
    columns = [{"items": [{"type": "TextBlock", "text": text} for text in texts]} for texts in ("AB", "CD", "E")]  # fmt: skip
    sheet = sheet_of("msteams", {"body": [{"type": "ColumnSet", "columns": columns}]})
    assert [(one.block.text, bool(one.looks)) for one in sheet.parts[1:]] == [("A", False), ("B", False), ("C", True), ("D", False), ("E", True)]  # fmt: skip


def test_blocks_of_a_step_are_slacks() -> None:
    blocks, attachments = [{"type": "divider"}], [{"text": "Hi"}]
    both = {"blocks": blocks, "attachments": attachments, "text": "Hi"}
    assert (
        slack_of("chat", both) == slack_of("custom", both) == {"blocks": blocks, "attachments": attachments}
    )
    assert slack_of("email", both) == {}
    assert slack_of("chat", {"attachments": attachments}) == {"attachments": attachments}
    assert slack_of("custom", {"attachments": attachments}) == {}
    for odd in ([], ["x"], [{"a": 1}], [*blocks, {"type": 7}], "x", None):
        assert slack_of("chat", {"blocks": odd, "attachments": attachments}) == {"attachments": attachments}
    for odd in ([], ["x"], "x"):
        assert slack_of("chat", {"blocks": blocks, "attachments": odd}) == {"blocks": blocks}
    assert provider_of("no-such") is None
