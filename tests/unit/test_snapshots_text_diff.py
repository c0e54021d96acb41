"""What is said of a difference."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from novu_framework_testing.snapshots import RenderedStep, content_changes
from novu_framework_testing.snapshots.text_diff import excerpt, pieces
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
    assert said(old, new) == ["primary action › label\n  was: Open\n  now: Show"]


def test_a_line_of_an_email_is_shown_without_its_tags_when_they_are_the_same() -> None:
    old, new = (step(body=f"<p>Hi</p>\n<p class='x'>{word} &amp; Co</p>") for word in ("Fern", "Clay"))
    assert said(old, new) == ["body, line 2\n  was: Fern & Co\n  now: Clay & Co"]


def test_a_changed_tag_is_shown() -> None:
    old, new = (step(body=f'<a href="/{page}">Open</a>') for page in ("a", "b"))
    assert said(old, new) == ['body\n  was: <a href="/a">Open</a>\n  now: <a href="/b">Open</a>']


def test_what_is_new_and_what_is_gone_is_said() -> None:
    assert said(step("sms", body="x"), step("sms", text="y")) == [
        "body (is gone)\n  was: x",
        "text (was not there)\n  now: y",
    ]
    assert said(step("sms", body=None), step("sms", body="")) == ['body\n  was: none\n  now: ""']


def test_letters_that_look_alike_are_named() -> None:
    (found,) = content_changes(step("sms", body="Pаy now"), step("sms", body="Pay now"))
    assert found.hint == "they look alike: U+0430 CYRILLIC SMALL LETTER A became U+0061 LATIN SMALL LETTER A"
    (found,) = content_changes(step("sms", body="10 €"), step("sms", body="10\u00a0€"))
    assert found.hint is not None
    assert "U+00A0 NO-BREAK SPACE" in found.hint


def test_a_long_line_is_cut_to_what_differs() -> None:
    old, new = ("x " * 200 + word + " y" * 200 for word in ("one", "two"))
    assert all(len(each) < 120 for each in excerpt(old, new))
    assert [each[0] + each[-1] for each in excerpt(old, new)] == ["……", "……"]


@settings(max_examples=300, deadline=None)
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
