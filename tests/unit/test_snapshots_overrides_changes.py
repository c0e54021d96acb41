"""What tells one change in an override from another, or says that both are the same: its detail, what it is about, its place."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.snapshots.html_change import HtmlChange
from novu_framework_testing.snapshots.overrides.changes import (
    card_changes,
    data_changes,
    inbox_text,
    override_changes,
    style_changes,
)
from tests.tables import walked
from tests.unit.test_snapshots_overrides import (
    actions,
    blocks,
    button,
    card,
    columns,
    filled,
    line,
    opens,
    raw,
    section,
    template,
)


def changes(provider: str, old: Any, new: Any) -> list[HtmlChange]:
    return list(override_changes({provider: old}, {provider: new}))


def only(provider: str, old: Any, new: Any) -> HtmlChange:
    (change,) = changes(provider, old, new)
    return change


def bold(words: str, sign: str = "*", before: str = "") -> HtmlChange:
    """Make one word bold that is between others."""
    return only("slack", blocks(section(f"Come at {before}{words}{before} today. Bring it.")), blocks(section(f"Come at {sign}{words}{sign} today. Bring it.")))  # fmt: skip


def test_words_in_another_style_are_about_their_sentence() -> None:
    assert (bold("18:30").sentence, bold("18:30").about, bold("18:30").place) == (
        "“18:30” is bold now",
        "Come at 18:30 today",
        "1",
    )
    gone = bold("18:30", "", "*")
    assert (gone.sentence, gone.about, gone.place) == ("“18:30” is no longer bold", "Come at 18:30 today", "1")  # fmt: skip


def test_the_same_style_at_other_numbers_is_the_same_change() -> None:
    assert bold("18:30").detail == bold("9:05").detail
    assert bold("1,200.50 EUR").detail == bold("7 EUR").detail
    for signs in (("*", ""), ("", "*")):
        assert bold("A7", *signs).detail == bold("A8", *signs).detail != bold("A", *signs).detail
    others = [bold("18:30"), bold("noon"), bold("18:30", "_"), bold("18:30", "", "*"), bold("18:30", "", "_")]
    assert len({each.detail for each in others}) == len(others)


@walked(
    ("old", "new", "said"),
    [
        ("a *b* c", "a _b_ c", ["“b” is no longer bold", "“b” is in italics now"]),
        ("a *b* c *d*", "a b c d", ["“b” is no longer bold", "“d” is no longer bold"]),
        ("a *b c* d", "a e d", ["“e” is not bold, and “b c” was"]),
        ("a b c d", "a *e* d", ["“e” is bold now"]),
        ("a *b* d", "a *e* d", []),
        ("a *b* d", "a *e f* d", []),
        ("a d", "a *e* d", []),
        ("a *e* d", "a d", []),
        ("*ab* cd", "abx cd", ["“abx” is not bold, and “ab” was"]),
        ("a *1.50* b", "a 1.60 b", ["“1.60” is not bold, and “1.50” was"]),
        ("*a* b", "a *b*", ["“a” is no longer bold", "“b” is bold now"]),
        ("*a b* c", "*a x* c", []),
        ("* a", "* a b", []),
        ("x k *b*", "z k c", ["“c” is not bold, and “b” was"]),
        ("z k c", "x k *b*", ["“b” is bold now"]),
    ],
)
def test_words_that_take_the_place_of_others_keep_their_style(old: str, new: str, said: list[str]) -> None:
    found = changes("slack", blocks(section(old)), blocks(section(new)))
    assert [one.sentence for one in found if one.sentence] == said


def test_a_heading_that_is_a_text_now_is_not_told_by_its_style_too() -> None:
    heading = {"type": "header", "text": {"type": "plain_text", "text": "Alarm"}}
    for other in ([], [section("x")]):
        found = changes("slack", blocks(heading, *other), blocks(section("*Alarm*"), *other))
        assert [one.sentence for one in found] == ["“Alarm” is a text now, and was a heading"]
    moved = changes("slack", blocks(heading, section("x"), section("y")), blocks(section("x"), section("y"), section("*Alarm*")))  # fmt: skip
    assert "“Alarm” is bold now" not in [one.sentence for one in moved]


def test_the_text_of_an_inbox_is_read_line_by_line() -> None:
    words, part = inbox_text("**a**\n\n*b* c\n_d_")
    assert (words, part.block.kind, part.block.text) == ("a\n\nb c\n_d_", "text", words)
    assert part.styles == (("bold", "a"), ("in italics", "b"))
    assert [one.sentence for one in style_changes(part, inbox_text("a\n\n*b* c\n_d_")[1])] == ["“a” is no longer bold"]  # fmt: skip


def styled(style: str, words: str = "A", above: int = 0) -> Any:
    return blocks(*[section("x")] * above, actions(button(words, style=style)))


def test_a_look_is_told_by_what_it_was_and_is_and_where() -> None:
    red = only("slack", styled("primary"), styled("danger"))
    assert (red.part, red.place, red.about) == ("button “A” in Slack", "1", "")
    again = only("slack", styled("primary", "B", 2), styled("danger", "B", 2))
    assert (again.detail, again.place) == (red.detail, "3")
    gone = only("slack", styled("primary"), blocks(actions(button("A"))))
    assert gone.sentence == "its look changed (no longer green)"
    assert gone.detail != red.detail
    holder = [card({"type": "Container", "style": style, "items": [line("One"), line("Two")]}) for style in ("good", "attention")]  # fmt: skip
    assert only("msteams", *holder).place == "part 0"


def test_what_works_in_another_way_is_told_by_all_of_it() -> None:
    pressed = card(actions=[opens("Open", "u")])
    found = changes("msteams", pressed, card(actions=[opens("Open", "u", isEnabled=False, tooltip="x")]))
    assert [one.sentence for one in found] == ["it can no longer be pressed", "what is said under the pointer is new: x"]  # fmt: skip
    assert len({one.detail for one in found}) == 1
    other = only("msteams", pressed, card(actions=[opens("Open", "u", isEnabled=False)]))
    assert other.detail != found[0].detail
    assert {one.place for one in found} == {other.place} == {"1"}


def test_a_value_of_another_kind_is_told_by_the_kinds() -> None:
    number, switch = only("expo", {"a": "1"}, {"a": 1}), only("expo", {"a": "yes"}, {"a": True})
    assert (number.part, number.sentence, number.place) == ("a “1” in Expo", "it is a number now, and was a text", "1")  # fmt: skip
    assert number.detail == only("expo", {"b": "2"}, {"b": 2}).detail != switch.detail
    assert only("expo", {"a": "1"}, {"a": 2})[:4] == ("a in Expo", "1", "2", None)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        (template("visit", "Ann"), template("visit", "Bo"), "value 1 of the body"),
        *((filled({"type": "button", "sub_type": sort, "index": 0, "parameters": [{"text": "a"}]}), filled({"type": "button", "sub_type": sort, "index": 0, "parameters": [{"text": "b"}]}), f"{said} of button 1")
          for sort, said in (("url", "end of the address"), ("quick_reply", "answer"))),
    ],
    ids=["value", "address", "answer"],
)  # fmt: skip
def test_a_value_of_a_template_is_about_it(old: Any, new: Any, part: str) -> None:
    change = only("whatsapp-business", old, new)
    assert (change.part, change.about.split()) == (f"{part} in WhatsApp", ["visit", *part.split()])
    text = [{"interactive": {"type": "button", "body": {"text": words}}} for words in ("value 1 of the body", "b")]  # fmt: skip
    assert only("whatsapp-business", *text).about == ""


def ids(count: int, start: int, **more: Any) -> Any:
    return blocks(*(section(chr(97 + at), block_id=f"{start + at}", **more) for at in range(count)))


@pytest.mark.parametrize(
    ("count", "more"), [(1, ""), (3, ""), (4, " and 1 more"), (5, " and 2 more")], ids=range(4)
)
def test_three_settings_that_nobody_sees_are_named(count: int, more: str) -> None:
    change = only("slack", ids(count, 0), ids(count, 50))
    named = ", ".join(f"block id of the text “{chr(97 + at)}”" for at in range(min(count, 3)))
    assert change[:4] == ("settings in Slack", None, None, f"what nobody sees changed: {named}{more}")
    assert change.detail == only("slack", ids(count, 0), ids(count, 50)).detail
    assert change.detail != only("slack", ids(count, 0), ids(count, 60)).detail


def test_one_setting_that_may_be_seen_is_another_setting() -> None:
    change = only("slack", ids(1, 0, target="x"), ids(1, 50, target="y"))
    assert change.sentence == "other settings changed: target of the text “a”, block id of the text “a”"


def test_who_is_meant_is_said_where_both_versions_say_it() -> None:
    change = only("slack", {"text": "<@U1|ann> <@U2|bob>"}, {"text": "<@U3|ann> <@U2|bob>"})
    assert change.sentence == "what nobody sees changed: who is meant by @ann"
    together = only("slack", {"text": "<@U1|ann> x"}, {"text": "@ann x"})
    assert together[:2] == ("message for Slack", None)
    assert str(together.sentence).startswith("how it is put together changed")
    assert together.detail != only("slack", {"text": "<@U9|ann> x"}, {"text": "@ann x"}).detail


def of_items(*items: str) -> Any:
    """Data with a list of items, each of a title, a count and a code."""
    return {"items": [dict(zip(("title", "count", "code"), item.split(), strict=True)) for item in items]}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({}, {"a": 1}, [("a in the data", None, "1", None)]),
        ({"a": 1}, {}, [("a in the data", "1", None, None)]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a": [1]}, {"a": [[1]]}, [("the data", None, None, "how it is put together changed, and none of its words, links and pictures")]),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, [("b in the data", "2", "3", None)]),
        (of_items("Salt 1 a", "Tides 1 b"), of_items("Salt 1 a", "Tides 2 b"), [("count beside “Tides” in the data", "1", "2", None)]),
        (of_items("Salt 1 a", "Salt 1 a"), of_items("Salt 1 a", "Salt 2 a"), [("count beside the 2nd “Salt, a” in the data", "1", "2", None)]),
        (of_items("Salt 1 a", "Tides 2 b"), of_items("Salt 2 a", "Tides 1 b"), [("count beside “Salt” in the data", "1", "2", None), ("count beside “Tides” in the data", "2", "1", None)]),
        (of_items("Salt 1 a", "Tides 2 b"), of_items("Tides 2 b", "Salt 1 a"), [("title of items in the data", None, None, "the row “Tides” now comes before “Salt”")]),
        (of_items("Salt 1 a", "Tides 2 b"), of_items("Salt 1 a"), [("row in the data", "Tides, b, 2", None, None)]),
        (of_items("Salt 1 a", "Tides 2 b"), of_items("Salt 1 a", "Low 2 b"), [("title of items in the data", "Tides", "Low", None)]),
        (of_items("7 1 a", "8 2 b"), of_items("7 1 a", "8 3 b"), [("count beside “b” in the data", "2", "3", None)]),
        (of_items("7 1 5", "8 2 6"), of_items("7 1 5", "8 3 6"), [("count in the data", "2", "3", None)]),
        (of_items("Salt 1 a"), of_items("Salt 2 a"), [("count in the data", "1", "2", None)]),
    ],
    ids=range(14),
)  # fmt: skip
def test_data_changed_value_by_value(old: Any, new: Any, found: list[Any]) -> None:
    assert [change[:4] for change in data_changes(old, new)] == found
    assert all(change.detail or not change.sentence for change in data_changes(old, new))


def test_a_card_that_is_put_together_in_another_way_is_said_to_be() -> None:
    old, new = {"title": "A", "children": []}, {"title": "A", "children": None}
    (change,) = card_changes(old, new)
    assert change[:4] == ("the card", None, None, "how it is put together changed, and none of its words, links and pictures")  # fmt: skip
    assert change.detail
    assert list(card_changes(old, {"children": [], "title": "A"})) == []


def test_a_page_in_an_override_comes_and_goes_as_its_words() -> None:
    without, with_page = {"subject": "a"}, {"subject": "a", "html": "<p>Hi</p>"}
    assert only("sendgrid", without, with_page)[:4] == ("body in SendGrid", None, "Hi", None)
    assert only("sendgrid", with_page, without)[:4] == ("body in SendGrid", "Hi", None, None)


def test_providers_are_told_in_order_and_one_that_is_the_same_is_not() -> None:
    old = {"slack": {"text": "a"}, "telegram": {"text": "a"}, "expo": {"title": "a"}}
    new = {"fcm": {"title": "b"}, "telegram": {"text": "b"}, "expo": {"title": "a"}}
    assert [change[:3] for change in override_changes(old, new)] == [
        ("message for Slack", "a", None),
        ("text in Telegram", "a", "b"),
        ("message for Firebase (FCM)", None, "[title “b”]"),
    ]


def test_a_column_of_pictures_or_links_is_no_column_of_words() -> None:
    def table(*rows: str, image: bool = False) -> Any:
        made = raw(*rows)
        if image:
            made["rows"][1].append({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "text": "See", "url": "https://c.test"}]}]})  # fmt: skip
        return blocks(made)

    plain = only("slack", table("Room|Guest", "412|Lee"), table("Room|Guest|Bed", "412|Lee|2"))
    assert (plain.part, plain.new) == ("column “Bed” in Slack", "2")
    linked = changes("slack", table("Room|Guest", "412|Lee"), table("Room|Guest|See", "412|Lee", image=True))
    assert "column “See” in Slack" not in [one.part for one in linked]


def test_columns_that_changed_places_stand_beside_each_other_as_before() -> None:
    ward, bed = {"items": [line("Ward")]}, {"items": [line("Bed")]}
    swapped = only("msteams", card(columns(ward, bed)), card(columns(bed, ward)))
    assert swapped.sentence == "“Bed” now comes before “Ward”"


def test_a_field_that_got_a_label_has_the_identifier_that_it_had() -> None:
    empty = {"type": "Input.Text", "id": "c", "placeholder": "A comment"}
    labelled, other = empty | {"label": "Comment"}, empty | {"label": "Comment", "id": "d"}
    (got,) = changes("msteams", card(empty), card(labelled))
    (lost,) = changes("msteams", card(labelled), card(empty))
    assert (got.new, lost.old) == ("Comment", "Comment")
    unseen = "what nobody sees changed: id of the words in the empty field “A comment”"
    assert [one.sentence for one in changes("msteams", card(empty), card(other))] == [None, unseen]
