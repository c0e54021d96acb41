"""What is said of a difference."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from novu_framework_testing.snapshots import RenderedStep, content_changes
from novu_framework_testing.snapshots.content_change import excerpt
from novu_framework_testing.snapshots.pieces import pieces
from novu_framework_testing.snapshots.spoken_names import step_name
from novu_framework_testing.snapshots.text_diff import (
    all_content,
    as_pictures_show,
    channel_label,
    gone_content,
    headline,
)
from novu_framework_testing.snapshots.timing import cron_in_words, in_words, length_in_words
from tests.fuzz import examples
from tests.tables import walked
from tests.unit.test_snapshots import exactly, steps, text


def step(channel: str = "email", **outputs: Any) -> RenderedStep:
    return RenderedStep("a", channel, "delivered", outputs)


def said(old: RenderedStep, new: RenderedStep) -> list[str]:
    return [str(each) for each in content_changes(old, new)]


def test_a_part_is_named_with_what_it_was_and_is() -> None:
    assert said(step(subject="Hello Ann"), step(subject="Welcome Ann")) == [
        "subject\n  was: Hello Ann\n  now: Welcome Ann"
    ]


def test_nested_parts_are_named_by_their_path() -> None:
    old, new = (
        step("in_app", primaryAction={"label": label, "redirect": {"url": "/"}}) for label in ("Open", "Show")
    )
    assert said(old, new) == ["words of the first button\n  was: Open\n  now: Show"]


def test_a_sentence_that_went_to_another_paragraph_has_moved() -> None:
    moved = body("<p>Hi. It is hot.</p><p>Bye. So.</p>", "<p>Hi.</p><p>Bye. So. It is hot.</p>", "email")
    assert moved == ["body › text: “It is hot.” now stands after “So.”, and stood after “Hi.”"]


def test_what_is_new_and_what_is_gone_is_said() -> None:
    assert said(step("sms", body="x"), step("sms", text="y")) == [
        "body (is gone)\n  was: x",
        "text (was not there)\n  now: y",
    ]
    assert said(step("sms", body=None), step("sms", body="")) == ['body\n  was: none\n  now: ""']


def test_letters_that_look_alike_are_named() -> None:
    (found,) = content_changes(step("sms", body="Pаy now"), step("sms", body="Pay now"))
    assert found.hint == "they look alike: the Cyrillic letter а became the Latin letter a"
    (found,) = content_changes(step("sms", body="10 €"), step("sms", body="10\u00a0€"))
    assert found.hint is not None
    assert "a space that holds two words together" in found.hint


def test_a_long_line_is_cut_to_what_differs() -> None:
    old, new = ("x " * 200 + word + " y" * 200 for word in ("one", "two"))
    assert all(len(each) < 120 for each in excerpt(old, new))
    assert [each[0] + each[-1] for each in excerpt(old, new)] == ["……", "……"]


@settings(max_examples=examples(300), deadline=None)
@given(steps, steps)
def test_different_steps_differ_in_words_and_equal_ones_do_not(
    one: RenderedStep, other: RenderedStep
) -> None:
    assert bool(content_changes(one, other)) == (exactly(one) != exactly(other))


@given(text, text)
def test_the_pieces_of_a_difference_make_up_the_texts(old: str, new: str) -> None:
    left, right = pieces(old, new)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (old, new)
    assert [piece.text for piece in left if not piece.changed] == [
        piece.text for piece in right if not piece.changed
    ]


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        ("Ça va 👩‍👩‍👧‍👦 €", "Ça va 👩‍👩‍👧 €", "👩‍👩‍👧‍👦", "👩‍👩‍👧"),
        ("Hi 👍🏽!", "Hi 👍!", "👍🏽", "👍"),
        ("नमस्ते आप", "नमस्कार आप", "नमस्ते", "नमस्कार"),
    ],
)
def test_what_is_read_as_one_sign_changes_as_one(old: str, new: str, went: str, came: str) -> None:
    left, right = pieces(old, new)
    assert [piece.text for piece in left if piece.changed] == [went]
    assert [piece.text for piece in right if piece.changed] == [came]


def body(old: Any, new: Any, channel: str = "push") -> list[str]:
    return said(step(channel, body=old), step(channel, body=new))


def test_every_part_of_a_step_is_compared_in_the_order_of_reading() -> None:
    old = RenderedStep("a", "sms", "delivered", {"x": 1}, {"p": {"x": 1}}, details={"id": "1"})
    new = RenderedStep("b", "push", "skipped", {"x": 2}, {"p": {"x": 2}}, "w", "r", {"id": "2"})
    assert said(old, new) == [
        "workflow (was not there)\n  now: w",
        "step\n  was: a\n  now: b",
        "kind of step\n  was: SMS\n  now: push",
        "status\n  was: delivered\n  now: skipped",
        "why (was not there)\n  now: r",
        "x\n  was: 1\n  now: 2",
        "x in p\n  was: 1\n  now: 2",
        "details › id\n  was: 1\n  now: 2",
    ]
    # Whose step it is, a step that is new does not say again.
    # What it says comes first, and why nobody gets it last.
    assert [str(one) for one in all_content(new)] == [
        "x (was not there)\n  now: 2",
        "message for p (was not there)\n  now: [x “2”]",
        "details › id (was not there)\n  now: 2",
        "skipped (was not there)\n  now: r",
    ]
    assert [one.part for one in gone_content(new)][-1] == "skipped"
    assert [
        *map(str, content_changes(step("digest", amount=1), step("digest", amount=1, digestKey="class")))
    ] == [
        "one digest for each (was not there)\n  now: class",
    ]


@walked(
    ("old", "new", "parts"),
    [
        ([1, 2, 3, 4], [1, 9, 3], ["2\n  was: 2\n  now: 9", "4 (is gone)\n  was: 4"]),
        ([1, 2], [1, 2, 3, 4], ["3 (was not there)\n  now: 3", "4 (was not there)\n  now: 4"]),
        ([1, 2, 3, 4], [1, 2], ["3 (is gone)\n  was: 3", "4 (is gone)\n  was: 4"]),
        ([1, 2, 3], [5, 6, 3], ["1\n  was: 1\n  now: 5", "2\n  was: 2\n  now: 6"]),
        ([1, 2, 9], [5, 9], ["1\n  was: 1\n  now: 5", "2 (is gone)\n  was: 2"]),
        ([9, 0, 1], [8, 9, 1, 2], ["1 (was not there)\n  now: 8", "2 (is gone)\n  was: 0", "4 (was not there)\n  now: 2"]),
        (["a", {"k": [1]}], ["b", {"k": [2]}], ["1\n  was: a\n  now: b", "2 › k › 1\n  was: 1\n  now: 2"]),
        ([0, 1], [0, True], ["2\n  was: 1\n  now: yes"]),
        *(([{"type": kind, "a": 1}], [{"type": kind, "a": 2}], [f"{name} › a\n  was: 1\n  now: 2"])
          for kind, name in (("section", "section 1"), ("rich_text", "rich text 1"), ("my kind!", "1"), ("", "1"), (7, "1"))),
    ],
)  # fmt: skip
def test_items_of_a_list_are_named_by_their_number(old: Any, new: Any, parts: list[str]) -> None:
    assert body(old, new) == [f"body › {part}" for part in parts]


def test_a_step_of_another_kind_does_not_say_how_it_waited() -> None:
    waits = {"type": "regular", "amount": 1, "unit": "hours"}
    assert said(step("delay", **waits), step("sms", body="Hi")) == [
        "kind of step\n  was: delay\n  now: SMS",
        "duration (is gone)\n  was: 1 hour",
        "body (was not there)\n  now: Hi",
    ]


@pytest.mark.parametrize(
    ("message", "other", "part"),
    [
        ({"text": "Hi"}, {"text": "Ho"}, "text"),
        ({"buttons": ["A", "B"]}, {"buttons": ["A", "C"]}, "buttons 2"),
        ({"card": {"links": ["A"]}}, {"card": {"links": ["B"]}}, "links 1"),
    ],
)
def test_a_part_of_a_conversation_is_named_by_its_message(message: Any, other: Any, part: str) -> None:
    old, new = (step("conversation", talk=[{"from": "shop", **one}]) for one in (message, other))
    assert [one.part for one in content_changes(old, new)] == [f"message 1 (shop) › {part}"]


@walked(
    ("old", "new", "was", "now"),
    [
        ("1", 1, ' "1"', " 1"),
        (1, "x", " 1", " x"),
        (1, 1.0, " 1", " 1.0"),
        (True, 1, " yes", " 1"),
        (None, "none", " none", ' "none"'),
        ("a\nb", 1, "\n    a\n    b", " 1"),
        ({"k": "v"}, [1, {"x": "y"}], " k: v", "\n    - 1\n    - x: y"),
        ({"k": {"l": "v"}}, "x", "\n    k:\n      l: v", " x"),
        ({}, [], " (empty)", " (empty list)"),
        ("a ", " b", ' "a "', ' " b"'),
    ],
)
def test_a_value_of_another_kind_is_shown_as_the_files_have_it(
    old: Any, new: Any, was: str, now: str
) -> None:
    assert body(old, new) == [f"body\n  was:{was}\n  now:{now}"]


@walked(
    ("old", "new", "changes"),
    [
        ("a\nb\nc\nd", "a\nX\nc\nY", [", line 2\n  was: b\n  now: X", ", line 4\n  was: d\n  now: Y"]),
        ("a\nb\nc", "X\nY\nc", [", line 1\n  was: a\n  now: X", ", line 2\n  was: b\n  now: Y"]),
        ("a\nb\nc\nd", "a\nX\nY\nZ\nd", [", lines 2 to 4\n  was:\n    b\n    c\n  now:\n    X\n    Y\n    Z"]),
        ("a\nb\nc\nd", "a\nX\nd", [", line 2\n  was:\n    b\n    c\n  now: X"]),
        ("a\nb\nc\nd", "a\nd", [", lines 2 to 3 (is gone)\n  was:\n    b\n    c"]),
        ("a\nd", "a\nb\nd", [", line 2 (was not there)\n  now: b"]),
        ("a\nb\nd", "a\nd", [", line 2 (is gone)\n  was: b"]),
        ("0\na\nb", "a\nX", [", line 1 (is gone)\n  was: 0", ", line 2\n  was: b\n  now: X"]),
        ("a\n\n  b ", "x", [', line 1\n  was:\n    a\n    \n    "  b "\n  now: x']),
        ("a\n  b", "x", [", line 1\n  was:\n    a\n      b\n  now: x"]),
        ("a", "a\nb", [", line 2 (was not there)\n  now: b"]),
        ("a\nb", "a", [", line 2 (is gone)\n  was: b"]),
        ("a\n \u200bb", "a\n c", [', line 2\n  was: " \u200bb"\n  now: " c"']),
        ("a", "a", []),
        # a sentence that stands at another place
        ("Watch Ann. Sing on! Bye.", "Sing on! Watch Ann. Bye.", [": “Watch Ann.” now comes after “Sing on!”"]),
        ("Hi. Bring a pen.\nThe gate is open.", "Hi.\nThe gate is open. Bring a pen.", [", line 1: “Bring a pen.” now stands after “The gate is open.”, and stood after “Hi.”"]),
        ("We all sing. Dee.\nEe.", "Dee.\nWe all sing. Ee.", [", line 1: “We all sing.” now stands before “Ee.”, and stood before “Dee.”"]),
        ("Hi. Bring a pen.\nThe gate is open.", "Hi.\nThe gate is open. Bring two pens.", [", line 1\n  was: Hi. Bring a pen.\n  now: Hi.", ", line 2\n  was: The gate is open.\n  now: The gate is open. Bring two pens."]),
        ("One. Two. Three. Four.", "Two. One. Four. Three.", ["\n  was: One. Two. Three. Four.\n  now: Two. One. Four. Three."]),
        # however often a line stands, or a word
        ("x" + "\na" * 250, "a\n" * 250 + "y", [", line 1 (is gone)\n  was: x", ", line 251 (was not there)\n  now: y"]),
    ],
)  # fmt: skip
def test_lines_of_a_text_are_named_by_their_number(old: str, new: str, changes: list[str]) -> None:
    assert body(old, new) == [f"body{change}" for change in changes]


@pytest.mark.parametrize(
    ("old", "new", "said_of_body"),
    [
        ("<p>a&lt;</p>", "<p>b&lt;</p>", "body › text\n  was: a<\n  now: b<"),
        ("<p>a</p>", 1, "body\n  was: <p>a</p>\n  now: 1"),
        (2, "<p>a</p>", "body\n  was: 2\n  now: <p>a</p>"),
        ("a", "b", "body\n  was: a\n  now: b"),
    ],
)
def test_a_body_of_html_is_compared_as_it_is_read(old: Any, new: Any, said_of_body: str) -> None:
    assert body(old, new, "email") == body(old, new, "in_app") == [said_of_body]
    if isinstance(old, str) and isinstance(new, str):
        assert body(old, new, "push")[0] == f"body\n  was: {old}\n  now: {new}"
        for channels in (("email", "push"), ("push", "email")):
            one, other = (
                step(channel, body=html) for channel, html in zip(channels, (old, new), strict=True)
            )
            was, now = (
                html.replace("<p>", "").replace("&lt;</p>", "<") if channel == "email" else html
                for channel, html in zip(channels, (old, new), strict=True)
            )
            assert said(one, other)[1] == f"body\n  was: {was}\n  now: {now}"


@walked(
    ("text", "shown"),
    [
        ("Room\u00a04", "Room\u00a04"),
        ("", "(empty)"),
        ("مرحبا\u200f!", "مرحبا\u200f!"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (" a", '" a"'),
        ("a\u00a0", '"a\u00a0"'),
        ("a\x1b[2J", "a\\u001b[2J"),
        ("a\u202eb", "a\\u202eb"),
        ('say "hi"', 'say "hi"'),
    ],
)
def test_texts_are_shown_as_people_read_them(text: str, shown: str) -> None:
    assert body("x y z", text)[0].startswith(f"body\n  was: x y z\n  now: {shown}")


@walked(
    ("old", "new", "changes"),
    [
        ({"amount": 6, "unit": "hours"}, {"amount": 1, "unit": "days"}, ["duration\n  was: 6 hours\n  now: 1 day"]),
        ({"amount": 1, "unit": "hours"}, {"amount": 1, "unit": "hour"}, ["duration (is gone)\n  was: 1 hour", "amount (was not there)\n  now: 1", "unit (was not there)\n  now: hour"]),
        ({"amount": 1, "unit": "hours", "duration": 2}, {"amount": 2, "unit": "hours", "duration": 2}, ["amount\n  was: 1\n  now: 2"]),
        ({"lookBackWindow": {"amount": 5, "unit": "minutes"}}, {"lookBackWindow": {"amount": 1.0, "unit": "hours"}}, ["at once if nothing came in the last\n  was: 5 minutes\n  now: 1.0 hours"]),
        ({"cron": "0 9 * * 1"}, {"cron": "*/15 * * * *"}, ["when\n  was: at 09:00 on Monday\n  now: every 15 minutes"]),
        ({"cron": "0 9 * * 1"}, {"cron": "soon"}, ["when\n  was: at 09:00 on Monday\n  now: soon"]),
        ({"dynamicKey": "payload.day_before"}, {"dynamicKey": "payload.checkIn"}, ["until\n  was: the time given as “day before”\n  now: the time given as “check in”"]),
        ({"dynamicKey": "payload.check_in"}, {"dynamicKey": "payload.checkIn"}, ["until\n  was: payload.check_in\n  now: payload.checkIn"]),
        ({"dynamicKey": "payload.at"}, {"dynamicKey": "at"}, ["until\n  was: the time given as “at”\n  now: the time given as at"]),
        ({"amount": 6, "unit": "hours"}, {"type": "dynamic", "dynamicKey": "payload.check_in"}, ["when it goes on\n  was: after 6 hours\n  now: at the time given as “check in”"]),
        ({"type": "regular", "amount": 6, "unit": "hours", "cron": "0 9 * * 1"}, {"type": "timed", "cron": "0 9 * * 1"}, ["how its time is set\n  was: as a length of time\n  now: by the calendar", "duration (is gone)\n  was: 6 hours"]),
        ({"type": "timed", "cron": "0 9 * * 1"}, {"type": "regular", "amount": 6, "unit": "hours"}, ["when it goes on\n  was: at 09:00 on Monday\n  now: after 6 hours"]),
        ({"amount": 6, "unit": "hours"}, {"type": "regular", "amount": 6, "unit": "hours"}, ["how its time is set (was not there)\n  now: as a length of time"]),
        ({"amount": 6, "unit": "hours", "extendToSchedule": True}, {"amount": 6, "unit": "hours"}, ["waits for the hours that its reader has set (is gone)\n  was: yes"]),
        ({"cron": ""}, {"cron": "@daily"}, ['when\n  was: (empty)\n  now: @daily']),
    ],
)  # fmt: skip
def test_times_are_said_in_words(old: Any, new: Any, changes: list[str]) -> None:
    assert said(step("delay", **old), step("delay", **new)) == changes


@walked(
    ("cron", "words"),
    [
        ("0 */2 * * *", "every second hour"),
        ("5 */2 * * *", "at minute 5 of every second hour"),
        *((f"*/{number} * * * *", f"every {number} minutes") for number in (2, 3, 4, 5, 6, 10, 30)),
        ("*/7 * * * *", "every seventh minute of every hour"),
    ],
)
def test_a_cron_expression_is_said_in_words(cron: str, words: str) -> None:
    assert cron_in_words(cron) == words


@walked("unit", ["seconds", "minutes", "hours", "days", "weeks", "months"])
def test_a_duration_has_each_unit(unit: str) -> None:
    assert in_words({"amount": 2, "unit": unit}) == {"duration": f"2 {unit}"}
    assert in_words({"amount": 1, "unit": unit}) == {"duration": f"1 {unit[:-1]}"}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (0.5, "0.5 seconds"), (1, "1 second"), (1.0004, "1 second"), (90_061.25, "1 day 1 hour 1 minute 1.25 seconds")],
)  # fmt: skip
def test_a_length_of_time_is_said_to_the_fraction(seconds: float, words: str) -> None:
    assert length_in_words(seconds) == words


def test_a_throttle_is_said_in_words() -> None:
    old = {"amount": 1, "unit": "days", "threshold": 2, "throttleKey": "ann"}
    new = {"amount": 12, "unit": "hours", "threshold": 5, "throttleKey": "bob"}
    assert said(step("throttle", **old), step("throttle", **new)) == [
        "in how long a time\n  was: 1 day\n  now: 12 hours",
        "how many it lets through\n  was: 2\n  now: 5",
        "counted for each\n  was: ann\n  now: bob",
    ]


def test_a_new_email_is_shown_as_it_is_read() -> None:
    html = '<title>T</title><h1>Hi</h1><p>Your <a href="/o">order</a></p><a href="/p" style="background:red">Pay</a><img src="x.png" alt="Logo">'
    new = step(body=html)
    (change,) = all_content(new)
    assert change.lines() == [
        "body (was not there)",
        "  now:",
        "    [title “T”]",
        "    [heading “Hi”]",
        "    Your order",
        "    [link “order”: /o]",
        "    [button “Pay”: /p]",
        "    [image “Logo”: x.png]",
    ]


def test_the_other_outputs_of_an_email_come_before_its_body() -> None:
    old, new = step(body="<p>a</p>", subject="x"), step(body="<p>b</p>", subject="y")
    assert said(old, new) == ["subject\n  was: x\n  now: y", "body › text\n  was: a\n  now: b"]


ABC = "abcdefghijklmnopqrstuvwxyz" * 3


@walked(
    ("old", "new", "was", "now"),
    [
        ("aaaaXbbbb", "aaaaYbbbb", "…aaXbb…", "…aaYbb…"),
        ("aaXbb", "aaYbb", "aaXbb", "aaYbb"),
        ("aaaXbbbb", "aaaYbbbb", "…aaXbb…", "…aaYbb…"),
        ("aaXbbbb", "aaYbbbb", "aaXbb…", "aaYbb…"),
        ("aaaaXbb", "aaaaYbb", "…aaXbb", "…aaYbb"),
        ("aaaaX12Zbbbb", "aaaaY12bbbb", "…aaX12Zbb…", "…aaY12bb…"),
        ("aaaabbbb", "aaaaXbbbb", "…aabb…", "…aaXbb…"),
        ("abcdefg", "abcdefgh", "…fg", "…fgh"),
        ("abcdefgh", "abcdefg", "…fgh", "…fg"),
        ("aaaaaaaa", "aaaaaaa", "…aaa", "…aa"),
        ("aaaaaa", "aaaaab", "aaaaaa", "aaaaab"),
        ("aaaaaaa", "aaaaaab", "…aaa", "…aab"),
        ("bacadaba", "bada", "bacadaba", "bada"),
        ("aaaa\nbbb", "aaaa\nccc", "aaaa\nbbb", "aaaa\nccc"),
        ("aaaabbb", "aaaa\nbb", "aaaabbb", "aaaa\nbb"),
    ],
)
def test_an_excerpt_is_from_before_the_first_difference_to_after_the_last(
    old: str, new: str, was: str, now: str
) -> None:
    assert excerpt(old, new, context=2) == (was, now)
    assert excerpt(new, old, context=2) == (now, was)


def test_an_excerpt_has_forty_letters_around_a_difference() -> None:
    assert body(f"{ABC}1{ABC}", f"{ABC}2{ABC}") == [
        f"body\n  was: …{ABC[-40:]}1{ABC[:40]}…\n  now: …{ABC[-40:]}2{ABC[:40]}…"
    ]


@walked(
    ("old", "new", "hint"),
    [
        ("10 €", "10\u00a0€", "a space became a space that holds two words together"),
        ("ab", "a\u200bb", "an unseen place where a line may end is new"),
        ("a\u00adb", "ab", "a place where a word may be cut is gone"),
        ("a ", "a", "a space is gone"),
        ("a\tb", "a b", "a tab became a space"),
        ("a\u202fb", "a b", "a narrow space that holds two words together became a space"),
        ("a\u2009b", "a b", "a thin space became a space"),
        ("a\u3000b", "a b", "a wide space became a space"),
        ("a\u00a0\u00a0\u00a0b", "a b", "3 spaces that hold two words together became a space"),
        ("a\u200db", "ab", "an unseen sign that joins letters is gone"),
        ("a\u200cb", "ab", "an unseen sign that keeps letters apart is gone"),
        ("a\u2060b", "ab", "an unseen sign that holds words together is gone"),
        ("a\ufeffb", "ab", "an unseen sign at the start of files is gone"),
        ("a\u200fb", "ab", "an unseen sign for right to left is gone"),
        ("a\u200e–b", "a-b", "an unseen sign for left to right, a dash – became a hyphen -"),
        ("a\u2066–b", "a-b", "a sign that is not seen (left-to-right isolate), a dash – became a hyphen -"),
        ("a‐b", "a‑b", "a hyphen of another kind ‐ became a hyphen that holds a word together ‑"),
        ("‘a", "'a", "an opening single quotation mark ‘ became a straight apostrophe '"),
        ("a”", "a\"", "a closing quotation mark ” became a straight quotation mark \""),
        ("a…", "a...", "three dots in one sign … became 3 full stops ..."),
        ("It’s", "It's", "a curly apostrophe ’ became a straight apostrophe '"),
        ("a–b", "a-b", "a dash – became a hyphen -"),
        ("ﬁ", "fi", "the sign ﬁ (latin small ligature fi) became the Latin letter f, the Latin letter i"),
        ("x     y", "x y", "4 spaces are gone"),
        ("x      y", "x y", "5 spaces are gone"),
        ("9 — 5", "9 – 5", "a long dash — became a dash –"),
        ("−5", "-5", "a minus sign − became a hyphen -"),
        ("a\u00a0\u00a0b", "ab", None),
        ("“a”", "\"a\"", "an opening quotation mark “ became a straight quotation mark \""),
        ("a", "b", None),
    ],
)  # fmt: skip
def test_what_the_eye_would_miss_is_named(old: str, new: str, hint: str | None) -> None:
    (change,) = content_changes(step("sms", body=old), step("sms", body=new))
    assert change.hint == (hint and f"they look alike: {hint}")
    assert change.lines()[3:] == ([f"  {change.hint}"] if hint else [])


def test_a_line_that_breaks_elsewhere_is_named() -> None:
    (change,) = content_changes(step("sms", body="a\nb c"), step("sms", body="a b c"))
    assert change.hint == "a line break became a space"


@walked(
    ("step_id", "name"),
    [
        *((f"send-{word}", f"Send {word.upper()}") for word in ("faq", "id", "mms", "otp", "pdf", "sms", "url", "vip")),
        ("inApp", "In app"), ("order_Id", "Order ID"), ("go-EU", "Go EU"), ("plan-B", "Plan b"), ("send--welcome_email", "Send welcome email"),
        ("5", "5"), ("_", "_"), ("", ""),
    ],
)  # fmt: skip
def test_a_step_is_called_as_people_say_it(step_id: str, name: str) -> None:
    assert step_name(step_id) == name


@pytest.mark.parametrize(
    ("channel", "label"),
    [("in_app", "in-app"), ("sms", "SMS"), ("email", "email"), ("http_request", "HTTP request"), ("my_own", "my own")],
)  # fmt: skip
def test_a_kind_of_step_is_named_as_people_say_it(channel: str, label: str) -> None:
    assert channel_label(channel) == label
    assert headline(RenderedStep("x", channel, "completed")) == f'{label} step "x"'


@walked(
    ("old", "new", "left", "right"),
    [
        ("Hi Ann!", "Hi Bob!", "Hi |*Ann|!", "Hi |*Bob|!"),
        ("a b", "a  b", "a|* |b", "a|*  |b"),
        ("a", "", "*a", ""),
        ("a.b", "a,b", "a|*.|b", "a|*,|b"),
        ("a b c", "a c", "a |*b |c", "a |c"),
        # a mark belongs to the sign before it, but never to a space
        ("x e\u0301", "x e", "x |*e\u0301", "x |*e"),
        ("x \u0301y", "x y", "x |*\u0301y", "x |*y"),
        ("\u0301a", "a", "*\u0301a", "*a"),
        ("👍🏻 👍🏿", "👍 👍", "*👍🏻| |*👍🏿", "*👍| |*👍"),
        ("👍\U0001f3fa", "👍", "👍|*\U0001f3fa", "👍"),
        ("👍\U0001f400", "👍", "👍|*\U0001f400", "👍"),
        ("e\u0301 b", "e\u0301 c", "e\u0301 |*b", "e\u0301 |*c"),
        ("e\u0301!", "e\u0301?", "e\u0301|*!", "e\u0301|*?"),
        ("2票をお持ちです", "1票をお持ちです", "*2|票をお持ちです", "*1|票をお持ちです"),
        ("7.50ユーロ", "7.55ユーロ", "*7.50|ユーロ", "*7.55|ユーロ"),
        ("열쇠 5개", "열쇠 4개", "열쇠 |*5|개", "열쇠 |*4|개"),
        ("ที่5ดอก", "ที่4ดอก", "ที่|*5|ดอก", "ที่|*4|ดอก"),
        ("हि5", "हि4", "*हि5", "*हि4"),
        ("Room B5", "Room B4", "Room |*B5", "Room |*B4"),
        ("x" + ".a" * 200, ".a" * 200 + ".", "*x|" + ".a" * 200, ".a" * 200 + "|*."),
    ],
)
def test_a_difference_is_marked_by_words_and_signs(old: str, new: str, left: str, right: str) -> None:
    marked = ("|".join("*" * one.changed + one.text for one in side) for side in pieces(old, new))
    assert tuple(marked) == (left, right)


def keys(old: str, new: str, channel: str = "email") -> list[str]:
    return [one.key for one in content_changes(step(channel, body=old), step(channel, body=new))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("<p>Hello Ann</p>", "<p>Hi Ann</p>"), ("<h2>x</h2><p>Hello Bob, how are you?</p>", "<h2>x</h2><p>Hi Bob, how are you?</p>")),
        (("<h2 style='color:red'>a</h2>", "<h2 style='color:blue'>a</h2>"), ("<h2 style='color:red'>b</h2>" * 3, "<h2 style='color:blue'>b</h2>" * 3)),
        (("<p>a</p><i class=x>b</i>", "<p>a</p><i class=y>b</i>"), ("<h1>c</h1><i class=x>d</i>" * 2, "<h1>c</h1><i class=y>d</i>" * 2)),
        (("<a href='/x'>Go</a>", "<a href='/y'>Go</a>"), ("<p>Now</p><a href='/x'>Go</a>", "<p>Now</p><a href='/y'>Go</a>")),
    ],
)  # fmt: skip
def test_equal_changes_share_a_key_whatever_is_around_them(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert keys(*one) == keys(*other)
    assert len(keys(*one)) == 1


def test_equal_changes_of_lines_share_a_key() -> None:
    assert keys("a\nHello Ann", "a\nHi Ann", "sms") == keys("b\nc\nHello Bob", "b\nc\nHi Bob", "sms")


def test_other_changes_have_other_keys_even_under_the_same_sentence() -> None:
    pairs = [
        ("<p>Hello</p>", "<p>Hi</p>"), ("<p>Hi</p>", "<p>Hello</p>"), ("<h1>Hello</h1>", "<h1>Hi</h1>"), ("<p>Hello</p>", "<p>Hello Hi</p>"),
        ("<p style='color:red'>a</p>", "<p style='color:blue'>a</p>"), ("<p style='color:red'>a</p>", "<p style='color:green'>a</p>"),
        ("<p class=x>a</p>", "<p class=y>a</p>"), ("<p class=x>a</p>", "<p class=z>a</p>"), ("<!-- x -->a", "<!-- y -->a"), ("<!-- x -->a", "<!-- z -->a"),
        ("<!--[if mso]>a<![endif]--><p>c", "<!--[if mso]>b<![endif]--><p>c"), ("<!--[if mso]><hr><![endif]--><p>c", "<!--[if mso]><br><![endif]--><p>c"),
        ("<img src='data:,a'>", "<img src='data:,b'>"), ("<img src='data:,a'>", "<img src='data:,c'>"),
        ("<p>a</p><p>b</p><p>c</p>", "<p>c</p><p>a</p><p>b</p>"), ("<p>x</p><p>b</p><p>y</p>", "<p>y</p><p>x</p><p>b</p>"),
    ]  # fmt: skip
    found = [tuple(keys(*pair)) for pair in pairs]
    assert all(found)
    assert len(set(found)) == len(pairs)


BLOCKS = [{"type": "section", "fields": [{"type": "mrkdwn", "text": f"*Ward*\n{ward}"}]} for ward in "34"]


@walked(
    ("old", "new", "parts"),
    [
        (step("chat", blocks=BLOCKS[:1]), step("chat", blocks=BLOCKS[1:]), ["text in Slack: Ward: 3 > Ward: 4"]),
        (step("custom", blocks=BLOCKS[:1]), step("custom", blocks=BLOCKS[1:]), ["text in Slack: Ward: 3 > Ward: 4"]),
        (step("chat", body="Hi"), step("chat", body="Hi", blocks=BLOCKS[:1]), ["message for Slack: None > Ward: 3"]),
        (step("chat", body="Hi", attachments=[{"text": "*a*"}]), step("chat", body="Ho", attachments=[{"text": "*b*"}]), ["body: Hi > Ho", "text in Slack: a > b"]),
        (step("custom", blocks=[{"size": 1}]), step("custom", blocks=[{"size": 2}]), ["blocks › 1 › size: 1 > 2"]),
        (step("in_app", body="Hi", data={"orderId": "A1", "items": [{"unit_price": 3}]}), step("in_app", body="Hi", data={"orderId": "A2", "items": [{"unit_price": 4}]}),
         ["unit price in the data: 3 > 4", "order id in the data: A1 > A2"]),
        (step("in_app", body="<b>Hi</b>", data={"orderId": "A1"}), step("in_app", body="<b>Hi</b>"), ["order id in the data: A1 > None"]),
        (step("in_app", body="Hi", data={}), step("in_app", body="Hi"), []),
        (step("in_app", body="Ends on **31 March**."), step("in_app", body="Ends on 31 March."), ["body › style of text: “31 March” is no longer bold"]),
        (step("in_app", body="Ends on **31 March**."), step("in_app", body="Ends on **1 April**."), ["body: Ends on 31 March. > Ends on 1 April."]),
        (step("in_app", body="2 * 3"), step("in_app", body="2 *  3"), ["body: 2 * 3 > 2 *  3"]),
    ],
)  # fmt: skip
def test_what_is_no_text_of_the_message_is_read_as_its_reader_sees_it(
    old: RenderedStep, new: RenderedStep, parts: list[str]
) -> None:
    assert [
        f"{each.part}: {each.hint if each.old is each.new is None else f'{each.old} > {each.new}'}"
        for each in content_changes(old, new)
    ] == parts


def test_why_a_step_was_left_out_is_said_without_code() -> None:
    old, new = (
        step("sms", body="Hi"),
        RenderedStep("a", "sms", "skipped", reason="skipped by the bridge: its `skip` said so"),
    )
    assert said(old, new)[:2] == [
        "status\n  was: delivered\n  now: skipped",
        "why (was not there)\n  now: a condition in the code of the workflow says to leave it out",
    ]


def test_two_buttons_that_changed_places_are_one_change() -> None:
    first, second = {"label": "Open", "redirect": {"url": "/open", "target": "_self"}}, {"label": "Later"}
    elsewhere = {"label": "Later", "redirect": {"url": "/later", "target": "_blank"}}
    for later in (second, elsewhere):
        sides = ((first, later), (later, first), (later, {**first, "label": "Show"}))
        old, new, other = (
            step("in_app", body="b", primaryAction=one, secondaryAction=another) for one, another in sides
        )
        assert said(old, new) == [
            "buttons: “Later” and “Open” have changed places: the first button is “Later” now"
        ]
        assert said(old, old) == []
        assert len(said(old, other)) > 1


@pytest.mark.parametrize("url", [["/a"], {"b": 1}, 7])
def test_an_address_that_is_none_leads_nowhere(url: Any) -> None:
    first, second = {"label": "Open", "redirect": {"url": url}}, {"label": "Later"}
    old, new = (
        step("in_app", body="b", primaryAction=one, secondaryAction=another)
        for one, another in ((first, second), (second, first))
    )
    assert said(old, new) == [
        "buttons: “Later” and “Open” have changed places: the first button is “Later” now"
    ]


def test_what_pictures_show_is_not_called_unseen() -> None:
    old, new = (
        RenderedStep("a", "email", "delivered", outputs={"subject": "Hi", "body": body})
        for body in ("<p class=a>x</p>", "<p class=b>x</p>")
    )
    [change] = content_changes(old, new)
    assert change.part == "body › unseen"
    assert list(map(str, as_pictures_show([change]))) == [
        "body › layout: something looks different: the pictures show what"
    ]


@pytest.mark.parametrize(("target", "is_said"), [("_self", False), ("_blank", True)])
def test_the_usual_window_of_an_action_that_went_is_not_said(target: str, is_said: bool) -> None:
    action = {"label": "Later", "redirect": {"url": "/later", "target": target}}
    old, new = (
        RenderedStep("a", "in_app", "delivered", outputs=each) for each in ({"secondaryAction": action}, {})
    )
    parts = [each.part for each in content_changes(old, new)]
    assert parts[:2] == ["words of the second button", "where the second button leads"]
    assert (len(parts) == 3) is is_said


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        (("Your order", "Your order", "x"), ("Your new order", "Your new order", "x"), ["subject"]),
        (
            ("Hi", "Your order", "Your order"),
            ("Hi", "Our order", "Our order"),
            ["body › heading"],
        ),
        (("Hi", "Your order", "x"), ("Hi", "Our order", "x"), ["body › title"]),
        (("Hi", "Bye", "x"), ("Hi", "Ciao", "x"), ["body › text after “x” under “x”"]),
        (("Hi", "Your order", "x"), ("Ho", "Our order", "x"), ["subject", "body › title"]),
    ],
)
def test_the_title_of_an_email_is_not_told_beside_what_is_read_and_changed_so(
    old: tuple[str, ...], new: tuple[str, ...], parts: list[str]
) -> None:
    sides = [
        step(
            subject=subject,
            body=f"<title>{title}</title><h1>{heading}</h1><p>{title if len(title) < 5 else 'Bye'}</p>",
        )
        for subject, title, heading in (old, new)
    ]
    assert [each.part for each in content_changes(*sides)] == parts


def test_a_text_that_is_only_a_title_now_is_told_whatever_else_is_said_in_a_sentence() -> None:
    sides = [
        step(subject="Hi", body="<p>Pay within 3 days or lose it</p><p style='color:red'>x y</p>"),
        step(subject="Hi", body="<title>Pay within 3 days or lose it</title><p style='color:blue'>x y</p>"),
    ]
    assert {each.part for each in content_changes(*sides)} == {"body › title", "body › colours"}
