"""How values of CSS are said, and whether a place is one or several."""

from __future__ import annotations

from novu_framework_testing.snapshots.look_difference import ROW
from novu_framework_testing.snapshots.look_values import (
    are_many,
    ground_of,
    is_lost,
    is_number,
    is_or_are,
    said_of_border,
    said_of_both,
    said_of_lost,
    said_of_value,
    said_of_when,
    when_of,
)

VALUES: dict[str, str] = {
    "#ff0000": "red #ff0000",
    "#ff000": "#ff000",
    "red": "red",
    "1.5rem": "24px",
    "0.25rem": "4px",
    ".5rem": "8px",
    "x1rem": "x1rem",
    "2rems": "2rems",
    "1rem 2rem": "16px 32px",
    "1.2345px": "1.23px",
    "1.999px": "2px",
    "2.500px": "2.5px",
    "10.000%": "10%",
    "1.25em": "1.25em",
    "1.234 2.345": "1.23 2.35",
}  # fmt: skip


def test_a_value_is_said_as_a_reader_takes_it() -> None:
    assert {each: said_of_value(each) for each in VALUES} == VALUES


BOTH: dict[tuple[str, str], tuple[str, str]] = {
    ("#eeeeee", "#cccccc"): ("light grey #eeeeee", "a darker grey #cccccc"),
    ("#cccccc", "#eeeeee"): ("light grey #cccccc", "a lighter grey #eeeeee"),
    ("#fafafa", "#ffffff"): ("white #fafafa", "a slightly lighter white #ffffff"),
    ("#ffffff", "#fafafa"): ("white #ffffff", "a slightly darker white #fafafa"),
    ("#0b5394", "#0d47a1"): ("blue #0b5394", "another blue #0d47a1"),
    ("#3366cc", "#3355cc"): ("blue #3366cc", "a darker blue #3355cc"),
    ("#0000ff", "#0000ee"): ("blue #0000ff", "a darker blue #0000ee"),
    ("#0000ff", "#0000fe"): ("blue #0000ff", "a slightly darker blue #0000fe"),
    ("#111111", "#1f1f1f"): ("dark grey #111111", "a lighter grey #1f1f1f"),
    ("#111111", "#151515"): ("dark grey #111111", "a slightly lighter grey #151515"),
    ("#111111", "#111111"): ("dark grey #111111", "dark grey #111111"),
    ("#111111", "#ff0000"): ("dark grey #111111", "red #ff0000"),
    ("#111111", "red"): ("dark grey #111111", "red"),
    ("red", "#111111"): ("red", "dark grey #111111"),
    ("1rem", "2rem"): ("16px", "32px"),
}  # fmt: skip


def test_of_two_colours_of_one_name_is_said_what_tells_them_apart() -> None:
    assert {each: said_of_both(*each) for each in BOTH} == BOTH


BORDERS: dict[str, str] = {
    "1px solid #111111": ": 1px, dark grey #111111",
    "1px dashed #111111": ": 1px dashed, dark grey #111111",
    "1.5px double #111111": ": 1.5px double, dark grey #111111",
    "#111111 1px": ": 1px, dark grey #111111",
    "1px 1px solid #111111": ": 1px, dark grey #111111",
    "1px 2px solid #111111": "",
    "1px solid dashed #111111": "",
    "1px solid #111111 #222222": "",
    "1px": "",
    "#111111": "",
    "": "",
    "2px dotted #ff0000": ": 2px dotted, red #ff0000",
    "2px groove #ff0000": ": 2px groove, red #ff0000",
    "2px ridge #ff0000": ": 2px ridge, red #ff0000",
    "2px inset #ff0000": ": 2px inset, red #ff0000",
    "2px outset #ff0000": ": 2px outset, red #ff0000",
}  # fmt: skip


def test_a_border_is_said_where_it_is_one() -> None:
    assert {each: said_of_border(each) for each in BORDERS} == BORDERS


READ: dict[tuple[str | None, str], tuple[bool, str]] = {
    ("#ffffff", "#fefefe"): (True, "True True"),
    ("#e0e0e0", "#ffffff"): (True, "True True"),
    ("#dddddd", "#ffffff"): (False, "True False"),
    ("#111111", "#ffffff"): (False, "True False"),
    ("#888888", "#000000"): (False, "False False"),
    ("#888888", "#777777"): (True, "True True"),
    ("#888888", "#ffffff"): (False, "True False"),
    (None, "#ffffff"): (False, "True False"),
    ("#ffffff", ""): (False, "True False"),
    ("#ffffff", "url(x)"): (False, "url(x)"),
}  # fmt: skip


def test_what_a_text_stands_on_matters_where_it_is_dark_or_hides_it() -> None:
    assert {each: (is_lost(*each), ground_of(*each)) for each in READ} == READ


def test_what_is_lost_is_lost_on_a_colour() -> None:
    assert said_of_lost("#ffffff") == ", which can hardly be read on white #ffffff"


RULES: dict[str, str] = {
    "@mail-programs": " in some mail programs",
    "@media (prefers-color-scheme: dark)": " in dark mode",
    "@media (max-width: 600px)": " on small screens",
    "@media (max-device-width:1px)": " on small screens",
    "@media (min-width:1px)": " on large screens",
    "@media (min-width:1px) and (max-width:2px)": " on small screens",
    "@media print": " when printed",
    "@supports (x)": " for some readers",
    "a:hover": " under the pointer",
    "a:visited": " once it was followed",
    "a:focus": " for some readers",
    "p::before": " in what the style sheet adds",
    "p::after": " in what the style sheet adds",
    "[data-ogsc] p": " in the dark mode of Outlook",
    "[data-ogsb]:hover": " in the dark mode of Outlook",
    "p": "",
    "": "",
}  # fmt: skip


def test_a_rule_is_said_by_when_it_holds() -> None:
    assert {each: said_of_when(each) for each in RULES} == RULES


def test_parts_of_a_row_are_so_always() -> None:
    assert said_of_when(ROW) == ""


SENTENCES: dict[str, str] = {
    "x changed in dark mode": " in dark mode",
    "x stands on small screens, and stood left": " on small screens",
    "x in dark mode is red now": "",
    "x on large screens": " on large screens",
    "x on small screens in dark mode, and stood left": " on small screens in dark mode",
    "x on small screens and in dark mode": " on small screens and in dark mode",
    "x when printed": " when printed",
    "x for some readers": "",
    "in dark mode": "",
    "x": "",
}  # fmt: skip


def test_when_a_sentence_holds_is_read_of_it() -> None:
    assert {each: when_of(each) for each in SENTENCES} == SENTENCES


WHERE: dict[str, tuple[bool, str]] = {
    "“Hi”": (False, "is"),
    "“Hi” and “Bye”": (True, "are"),
    "“Hi” and 2 more": (True, "are"),
    "“5” (Tea) and “6” (Milk)": (True, "are"),
    "the picture “a” and “b”": (True, "are"),
    "“Hi” and “Bye” x": (False, "is"),
    "“Hi and “Bye”": (False, "is"),
    "“Hi” and “B”ye”": (False, "is"),
}  # fmt: skip


def test_a_place_is_one_or_several() -> None:
    assert {each: (are_many(each), is_or_are(each)) for each in WHERE} == WHERE


NUMBERS: dict[str | None, bool] = {
    None: True,
    "1": True,
    ".5": True,
    "1.5": True,
    "": False,
    "1px": False,
    "-1": False,
    "a": False,
    "1.": False,
}  # fmt: skip


def test_a_number_has_no_unit() -> None:
    assert {each: is_number(each) for each in NUMBERS} == NUMBERS
