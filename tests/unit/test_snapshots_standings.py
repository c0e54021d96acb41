"""Where the parts of a message stand: beside and under what, in which section, in the fine print; and what they are called."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.snapshots.block_places import (
    called,
    is_label,
    is_value,
    name_of,
    row_of,
    says_itself,
    short,
)
from novu_framework_testing.snapshots.block_standings import beside_of, standings, within
from novu_framework_testing.snapshots.reading import Block
from tests.unit.message_blocks import blocks


def stands(text: str, fine_print: int) -> list[dict[str, Any]]:
    """Where each block stands, as far as that is anywhere."""
    return [
        {name: value for name, value in each._asdict().items() if name not in ("block", "at") and value}
        for each in standings(blocks(text), fine_print)
    ]


STANDINGS: list[tuple[str, int, list[dict[str, Any]]]] = [
    ("# Open|Monday", 99, [{}, {"beside": "Open", "under": "Open", "head": "Open"}]),
    ("# Open|Monday to Friday|Some more", 99, [{}, {"under": "Open", "head": "Open"}, {"under": "Open", "title": "Monday to Friday"}]),
    ("# Open|Monday|Some more", 2, [{}, {"beside": "Open", "under": "Open", "head": "Open"}, {"is_fine_print": True}]),
    ("# Open|12|34", 2, [{}, {"beside": "Open", "under": "Open", "head": "Open"}, {"is_fine_print": True}]),
    ("a|<title> 12|<button> x|<image> y|<invisible image> z|<notification> w|- v|<amount> 5", 99, [{}, {}, {"beside": "12"}, {}, {}, {}, {"beside": "w"}, {}]),
    ("# A|<notification> x y|# B|<notification> x y", 99, [{}, {}, {"beside": "x y", "under": "A"}, {"section": "B"}]),
    ("Water bottle|12 for you", 99, [{}, {"title": "Water bottle"}]),
    ("Water bottle 2|12 for you", 99, [{}, {}]),
    ("Water: bottle|12 for you", 99, [{}, {}]),
    ("Water bottle.|12 for you", 99, [{}, {}]),
    ("ab|12 for you", 99, [{}, {}]),
    ("abc|12 for you", 99, [{}, {"title": "abc"}]),
    ("abcd|12 for you", 99, [{}, {"title": "abcd"}]),
    ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|12 for you", 99, [{}, {}]),
    ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|12 for you", 99, [{}, {}]),
    ("Water bottle|- 12 for you", 99, [{}, {"title": "Water bottle"}]),
    ("- Water bottle|12 for you", 99, [{}, {"title": "Water bottle"}]),
    ("- Water bottle|- 12 for you", 99, [{}, {}]),
    ("# Water bottle|12 for you", 99, [{}, {"under": "Water bottle", "head": "Water bottle"}]),
    ("Water bottle|! > /a|12 for you", 99, [{}, {}, {"title": "Water bottle"}]),
    ("Water bottle|~bottle > /a|12 for you", 99, [{}, {"beside": "Water bottle"}, {"title": "Water bottle"}]),
    ("Water bottle|! > /a|! > /b|! > /c|! > /d|12 for you", 99, [{}, {}, {}, {}, {}, {"title": "Water bottle"}]),
    ("Water bottle|! > /a|! > /b|! > /c|! > /d|! > /e|12 for you", 99, [{}, {}, {}, {}, {}, {}, {}]),
    ("Water bottle|12 for you", 1, [{}, {"is_fine_print": True}]),
    ("Water bottle|12 for you", 0, [{"is_fine_print": True}, {"title": "Water bottle", "is_fine_print": True}]),
    ("Water bottle|12 for you @ Tea", 99, [{}, {"beside": "Tea"}]),
    ("Water bottle @ Tea|12 for you @ Tea", 99, [{"beside": "Tea"}, {"beside": "Tea", "title": "Water bottle"}]),
    ("Bring:|- Dogs|- Cats", 99, [{}, {"beside": "Bring:", "title": "Bring:"}, {"beside": "Dogs", "title": "Bring:"}]),
    ("Bring|- Dogs", 99, [{}, {"beside": "Bring", "title": "Bring"}]),
    ("# Bring:|- Dogs", 99, [{}, {"beside": "Bring:", "under": "Bring:", "head": "Bring:"}]),
    ("Bring:|! > /a|- Dogs", 99, [{}, {}, {}]),
    ("Bring:|x y z|- Dogs", 99, [{}, {}, {"beside": "x y z", "title": "x y z"}]),
    ("# All|# Food|Tea|3 € @ Tea|Jam|5 € @ Jam|End here", 99, [{}, {"beside": "All", "under": "All", "head": "All"}, {"beside": "Food", "under": "Food", "section": "Food", "head": "Food"}, {"beside": "Tea", "under": "Food", "section": "Food", "head": "Food"}, {"beside": "3 €", "under": "Food", "section": "Food", "head": "Food"}, {"beside": "Jam", "under": "Food", "section": "Food", "head": "Food"}, {"under": "Food"}]),
    ("# All|# Food|- a|- b|c", 99, [{}, {"beside": "All", "under": "All", "head": "All"}, {"beside": "Food", "under": "Food", "section": "Food", "head": "Food"}, {"beside": "a", "under": "Food", "section": "Food", "head": "Food"}, {"beside": "b", "under": "Food"}]),
    ("# All|Text one|# Food|Text two", 99, [{}, {"under": "All", "head": "All"}, {"beside": "Text one", "under": "All"}, {"under": "Food", "section": "Food", "head": "Food"}]),
    ("# Food|- a", 99, [{}, {"beside": "Food", "under": "Food", "head": "Food"}]),
    ("# All|# Food|Tea|Milk|3 € @ Milk", 99, [{}, {"beside": "All", "under": "All", "head": "All"}, {"beside": "Food", "under": "Food", "section": "Food", "head": "Food"}, {"beside": "Tea", "under": "Food", "title": "Tea"}, {"beside": "Milk", "under": "Food"}]),
    ("# A|Same words|# B|Same words|Other words", 99, [{}, {"under": "A", "repeated": "A", "head": "A"}, {"beside": "Same words", "under": "A"}, {"under": "B", "section": "B", "repeated": "B", "head": "B"}, {"under": "B", "title": "Same words"}]),
    ("# A|Same words|Same words", 99, [{}, {"under": "A", "head": "A"}, {"under": "A", "title": "Same words"}]),
    ("# A|5 @ Tea|# B|5 @ Tea", 99, [{}, {"beside": "Tea", "under": "A", "head": "A"}, {"beside": "5", "under": "A"}, {"beside": "Tea", "under": "B", "section": "B", "head": "B"}]),
    ("Same words|# B|Same words", 99, [{}, {"beside": "Same words"}, {"under": "B", "repeated": "B", "head": "B"}]),
    ("Slot @ Slot|Price @ Price|Tea|3 € @ Tea, Price|1 @ Tea, Slot", 99, [{"beside": "Slot", "is_head": True}, {"beside": "Price", "is_head": True}, {"beside": "Price", "head": "Slot Price"}, {"beside": "Tea, Price", "head": "Slot Price"}, {"beside": "Tea, Slot", "head": "Slot Price"}]),
    ("Drink|Price @ Drink|Tea|3 € @ Tea, Price", 99, [{"is_head": True}, {"beside": "Drink", "is_head": True}, {"beside": "Price", "head": "Drink Price"}, {"beside": "Tea, Price", "head": "Drink Price"}]),
    ("Price|3 € @ Tea, Price", 99, [{}, {"beside": "Tea, Price"}]),
    ("Price|Price @ Price|3 € @ Tea, Price", 99, [{"is_head": True}, {"beside": "Price", "is_head": True}, {"beside": "Tea, Price", "head": "Price Price"}]),
    ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|12", 99, [{}, {"beside": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"}]),
    ("# xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|12", 99, [{}, {"beside": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", "under": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", "head": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"}]),
    ("12", 99, [{}]),
    ("One|Two|One more|a b", 99, [{}, {"beside": "One", "title": "One"}, {"title": "Two"}, {"title": "One more"}]),
    ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|12 for you", 99, [{}, {"title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}]),
    ("12 x y|a b", 99, [{}, {}]),
    ("a: b c|a b", 99, [{}, {}]),
    ("Bring:|- Dogs|Later text:", 99, [{}, {"beside": "Bring:", "title": "Bring:"}, {"title": "Dogs"}]),
]  # fmt: skip


def test_a_part_stands_beside_under_and_in_what_says_what_it_is_about() -> None:
    assert [(*each[:-1], stands(*each[:2])) for each in STANDINGS] == STANDINGS


def test_a_list_is_of_what_stands_above_it_up_to_fifty_items() -> None:
    titles = [stands("Bring:" + "|- Dogs" * count, 99)[-1].get("title") for count in (1, 50, 51)]
    assert titles == ["Bring:", "Bring:", None]


def test_a_block_has_its_number() -> None:
    assert [each.at for each in standings(blocks("a|b|c"), 9)] == [0, 1, 2]
    assert [beside_of(blocks("a b|5"), at) for at in (0, 1)] == ["", "a b"]
    assert beside_of(blocks("a b|5"), 1, 1) == ""
    assert [within("Food"), within("")] == [" under “Food”", ""]


NAMES: dict[str, str] = {
    "Hi": "Hi",
    "Hi > /a": "Hi",
    "! Hi > /a.png": "Hi",
    "! > /a/b%20c.png?v=1": "b c.png",
    "! > /a/b.png#x": "b.png",
    "! > /a/": "a",
    "! > a\\b.png": "",
    "! > data:image/png": "",
    "! > cid:a": "",
    "!": "",
    "<invisible image> > /o.gif": "o.gif",
    "> https://www.acme.test/a": "acme.test",
    "> http://acme.test:80": "acme.test",
    "> https://acme.test?a": "acme.test",
    "> /a": "/a",
    "+ > mailto:a@b.test": "mailto:a@b.test",
}  # fmt: skip


def test_a_block_is_called_by_its_words_its_file_or_its_site() -> None:
    assert {each: name_of(blocks(each)[0]) for each in NAMES} == NAMES


CALLED: dict[str, str] = {
    "! > /a|Dog > /a": "Dog",
    "> /a|! Dog > /b|Cat > /a": "Cat",
    "> /a|x|Cat > /a": "Cat",
    "> /a|x|y|Cat > /a": "/a",
    "Hi > /a|Dog > /a": "Hi",
    "! |Dog": "",
    "> /a|Dog > /b": "/a",
    "! > /a.png|! > /a.png": "a.png",
}  # fmt: skip


def test_a_picture_is_called_by_the_words_beside_it_that_lead_to_the_same_place() -> None:
    assert {each: called(blocks(each), 0) for each in CALLED} == CALLED


KNOWN: dict[str, tuple[bool, bool]] = {
    "Hi": (True, False),
    "5": (False, False),
    "Hi @ Tea": (False, True),
    "5 @ Tea": (False, True),
    "! > /a @ Tea": (True, True),
    "<invisible image>": (True, False),
    "Go > /a @ Tea": (True, True),
    "> /a @ Tea": (False, True),
    "> /5": (False, False),
    "<hint> 5": (True, False),
    "<hint> 5 @ Tea": (True, False),
    "<choice> @ Tea": (True, False),
    "<amount> 5": (False, False),
    "<answer to the question> 5": (True, False),
    "<question> 5": (True, False),
    "<what is filled in> 5": (True, False),
    "<chosen from the start> 5": (True, False),
    "<group of choices> 5": (True, False),
    "<what is said of a wrong entry> 5": (True, False),
    "<words in the empty field> 5": (True, False),
}  # fmt: skip


def test_a_block_is_known_wherever_it_stands_or_a_value_of_its_row() -> None:
    assert {each: (says_itself(blocks(each)[0]), is_value(blocks(each)[0])) for each in KNOWN} == KNOWN


def test_a_row_is_called_by_the_words_of_its_first_cell() -> None:
    assert {
        row: row_of(Block("text", "5", row=row)) for row in ("Tea", "Tea, Price", "Tea, hot, Price", "")
    } == {
        "Tea": "Tea",
        "Tea, Price": "Tea",
        "Tea, hot, Price": "Tea, hot",
        "": "",
    }
    labels = {
        "Tea|5 @ Tea": True,
        "Tea|5 @ Tea, Price": True,
        "Tea|5 @ Milk": False,
        "Tea": False,
        "! |5": False,
    }
    assert {text: is_label(blocks(text), 0) for text in labels} == labels


def test_the_beginning_of_a_text_has_forty_signs() -> None:
    assert [short("x" * 40), short("x" * 41), short("abc", 2)] == ["x" * 40, "x" * 39 + "…", "a…"]
