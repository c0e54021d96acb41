"""What tells a look from the same one elsewhere: what changed exactly, the words that matter, and the places."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.snapshots.look_difference import BOX, WHOLE, LookDifference
from novu_framework_testing.snapshots.look_sentences import looks

PRINT = "@media print"
Facts = tuple[tuple[str, str, str, str, str], ...]


def at(words: str, place: int = -1, **more: Any) -> dict[str, Any]:
    """Where a difference is seen."""
    return {"words": words, "place": place, **more}


# what tells a change from the same one elsewhere: the facts, the words, the places
TOLD: list[tuple[list[tuple[str, str | None, str | None, dict[str, Any]]], tuple[Facts, str, str]]] = [
    ([("color", "#111111", "#ff0000", at("Hi", 4))], ((("color", "#111111", "#ff0000", "", "True False"),), "", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, kind="text"))], ((("color", "#111111", "#ff0000", "", "True False"),), "Hi", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, kind="list item"))], ((("color", "#111111", "#ff0000", "", "True False"),), "Hi", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, kind="heading"))], ((("color", "#111111", "#ff0000", "", "True False"),), "", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, kind="text", when=PRINT))], ((("color", "#111111", "#ff0000", "@media print", ""),), "", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, kind="text", sentence="Say Hi."))], ((("color", "#111111", "#ff0000", "", "True False"),), "Say Hi.", "4")),
    ([("color", "#111111", "#ff0000", at("Hi 5 € (Tea)", 4, kind="text"))], ((("color", "#111111", "#ff0000", "", "True False"),), "Hi *", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, behind="#ff0000"))], ((("color", "#111111", "#ff0000", "", "True True"),), "Hi", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, behind="#000000"))], ((("color", "#111111", "#ff0000", "", "False False"),), "", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, behind="#ffffff", when=PRINT))], ((("color", "#111111", "#ff0000", "@media print", ""),), "", "4")),
    ([("color", "#111111", "#ff0000", at("Hi", 4, kind="text", until=WHOLE))], ((("color", "#111111", "#ff0000", "", "True False"),), "", "4")),
    ([("color", "#111111", "#222222", at("Hi", 4, kind="text"))], ((("color", "#111111", "#222222", "", "True False"),), "", "4")),
    ([("color", "#ff0000", "#222222", at("Hi", 4, kind="text"))], ((("color", "#ff0000", "#222222", "", "True False"),), "Hi", "4")),
    ([("color", None, "#ffffff", at("Hi", 4))], ((("color", "", "#ffffff", "", "True False"),), "Hi", "4")),
    ([("color", "#ffffff", None, at("Hi", 4))], ((("color", "#ffffff", "", "", "True False"),), "Hi", "4")),
    ([("background-color", "#111111", "#ff0000", at("Hi", 4, kind="text"))], ((("background-color", "#111111", "#ff0000", "", ""),), "", "4")),
    ([("color", "#111111", "#ff0000", at("b", 0, kind="text")), ("color", "#111111", "#ff0000", at("a", 1, kind="text"))], ((("color", "#111111", "#ff0000", "", "True False"),), 'a\nb', "0 1")),
    ([("color", "#111111", "#ff0000", at("b", 0, kind="text")), ("color", "#111111", "#ff0000", at("a", 1, kind="text")), ("color", "#111111", "#ff0000", at("c", 2, kind="text"))], ((("color", "#111111", "#ff0000", "", "True False"),), "", "0 1 2")),
    ([("color", "#111111", "#ff0000", at("Buy 1", 1, kind="text")), ("color", "#111111", "#ff0000", at("Buy 2", 2, kind="text")), ("color", "#111111", "#ff0000", at("Buy 3", 3, kind="text"))], ((("color", "#111111", "#ff0000", "", "True False"),), "Buy *", "1 2 3")),
    ([("font-family", "a", "b", at("Hi", 4))], ((("font-family", "a", "b", "", ""),), "", "4")),
    ([("font-family", "a", "b", at("Hi", 4, kind="button"))], ((("font-family", "a", "b", "", ""),), "", "4")),
    ([("font-family", "a", "b", at("Hi", 4, kind=BOX))], ((("font-family", "a", "b", "", ""),), "", "4")),
    ([("font-family", "a", "b", at("Hi", 4, kind="heading"))], ((("font-family", "a", "b", "", ""),), "", "4")),
    ([("margin-top", "1px", "2px", at("Hi", 4))], ((("margin-top", "1px", "2px", "", ""),), "Hi", "4")),
    ([("margin-top", "1px", "2px", at("Hi", 4, kind="button"))], ((("margin-top", "1px", "2px", "", ""),), "", "4")),
    ([("margin-top", "1px", "2px", at("Hi", 4, kind=BOX))], ((("margin-top", "1px", "2px", "", ""),), "", "4")),
    ([("margin-top", "1px", "2px", at("Hi", 4, kind="heading"))], ((("margin-top", "1px", "2px", "", ""),), "Hi", "4")),
    ([("margin-top", "1px", "2px", at("Hi", 4, when=PRINT))], ((("margin-top", "1px", "2px", "@media print", ""),), "", "4")),
    ([("margin-top", "1px", "2px", at("c", 0)), ("margin-top", "1px", "2px", at("a", 1)), ("margin-top", "1px", "2px", at("b", 2))], ((("margin-top", "1px", "2px", "", ""),), "", "0 1 2")),
    ([("border-radius", "1px", "2px", at("Hi", 4))], ((("border-radius", "1px", "2px", "", ""),), "Hi", "4")),
    ([("border-radius", "1px", "2px", at("Hi", 4, kind="button"))], ((("border-radius", "1px", "2px", "", ""),), "", "4")),
    ([("border-radius", "1px", "2px", at("Hi", 4, kind=BOX))], ((("border-radius", "1px", "2px", "", ""),), "", "4")),
    ([("border-radius", "1px", "2px", at("Hi", 4, kind="heading"))], ((("border-radius", "1px", "2px", "", ""),), "Hi", "4")),
    ([("width", "1px", "2px", at("Hi", 4))], ((("width", "1px", "2px", "", ""),), "Hi", "4")),
    ([("width", "1px", "2px", at("Hi", 4, kind="button"))], ((("width", "1px", "2px", "", ""),), "", "4")),
    ([("width", "1px", "2px", at("Hi", 4, kind=BOX))], ((("width", "1px", "2px", "", ""),), "", "4")),
    ([("width", "1px", "2px", at("Hi", 4, kind="heading"))], ((("width", "1px", "2px", "", ""),), "Hi", "4")),
    ([("font-size", "1px", "2px", at("Hi", 4))], ((("font-size", "1px", "2px", "", ""),), "Hi", "4")),
    ([("font-size", "1px", "2px", at("Hi", 4, kind="button"))], ((("font-size", "1px", "2px", "", ""),), "", "4")),
    ([("font-size", "1px", "2px", at("Hi", 4, kind=BOX))], ((("font-size", "1px", "2px", "", ""),), "Hi", "4")),
    ([("font-size", "1px", "2px", at("Hi", 4, kind="heading"))], ((("font-size", "1px", "2px", "", ""),), "", "4")),
    ([("align", "left", "right", at("Hi", 4))], ((("align", "left", "right", "", ""),), "Hi", "4")),
    ([("align", "left", "right", at("Hi", 4, kind="button"))], ((("align", "left", "right", "", ""),), "Hi", "4")),
    ([("align", "left", "right", at("Hi", 4, kind=BOX))], ((("align", "left", "right", "", ""),), "Hi", "4")),
    ([("align", "left", "right", at("Hi", 4, kind="heading"))], ((("align", "left", "right", "", ""),), "Hi", "4")),
    ([("align", "left", "right", at("Hi", 4, when=PRINT))], ((("align", "left", "right", "@media print", ""),), "Hi", "4")),
    ([("align", "left", "right", at("c", 0)), ("align", "left", "right", at("a", 1)), ("align", "left", "right", at("b", 2))], ((("align", "left", "right", "", ""),), 'a\nb\nc', "0 1 2")),
    ([("zoom", "1", "2", at("Hi", 4))], ((("zoom", "1", "2", "", ""),), "Hi", "4")),
    ([("zoom", "1", "2", at("Hi", 4, kind="button"))], ((("zoom", "1", "2", "", ""),), "Hi", "4")),
    ([("zoom", "1", "2", at("Hi", 4, kind=BOX))], ((("zoom", "1", "2", "", ""),), "Hi", "4")),
    ([("zoom", "1", "2", at("Hi", 4, kind="heading"))], ((("zoom", "1", "2", "", ""),), "Hi", "4")),
    ([("zoom", "1", "2", at("Hi", 4, when=PRINT))], ((("zoom", "1", "2", "@media print", ""),), "Hi", "4")),
    ([("zoom", "1", "2", at("c", 0)), ("zoom", "1", "2", at("a", 1)), ("zoom", "1", "2", at("b", 2))], ((("zoom", "1", "2", "", ""),), 'a\nb\nc', "0 1 2")),
    ([("hr width", "1px", "2px", at("Hi", 4))], ((("hr width", "1px", "2px", "", ""),), "", "4")),
    ([("hr width", "1px", "2px", at("Hi", 4, kind="button"))], ((("hr width", "1px", "2px", "", ""),), "", "4")),
    ([("hr width", "1px", "2px", at("Hi", 4, kind=BOX))], ((("hr width", "1px", "2px", "", ""),), "", "4")),
    ([("hr width", "1px", "2px", at("Hi", 4, kind="heading"))], ((("hr width", "1px", "2px", "", ""),), "", "4")),
    ([("margin-top", "1px", "2px", at("Hi", 1, kind="button")), ("margin-top", "1px", "2px", at("Bye", 3))], ((("margin-top", "1px", "2px", "", ""),), 'Bye\nHi', "1 3")),
    ([("margin-top", "1px", "2px", at("12.50", 4))], ((("margin-top", "1px", "2px", "", ""),), "*", "4")),
    ([("margin-top", "1px", "2px", at("- 5", 4))], ((("margin-top", "1px", "2px", "", ""),), "*", "4")),
    ([("margin-top", "1px", "2px", at("−5 € (Tea)", 4))], ((("margin-top", "1px", "2px", "", ""),), "*", "4")),
    ([("margin-top", "1px", "2px", at("+12,5", 4))], ((("margin-top", "1px", "2px", "", ""),), "*", "4")),
    ([("margin-top", "1px", "2px", at("5 5 (Tea) x", 4))], ((("margin-top", "1px", "2px", "", ""),), "* * (Tea) x", "4")),
    ([("margin-top", "1px", "2px", at("a (5)", 4))], ((("margin-top", "1px", "2px", "", ""),), "a (*)", "4")),
]  # fmt: skip


def test_a_look_is_told_from_others() -> None:
    for found, told in TOLD:
        [look] = looks(LookDifference(*each[:3], **each[3]) for each in found)
        assert look[2:] == told, found


def test_many_of_a_kind_are_one_look() -> None:
    [look] = looks(
        LookDifference("font-size", f"{at}px", None, f"Line {at % 2}", place=at // 2) for at in range(1, 10)
    )
    assert look[:2] == ("size of text", "size of text changed: “Line 1” and 8 more")
    assert look.facts == tuple(("font-size", f"{at}px", "", "", "") for at in range(1, 10))
    assert look[3:] == ("Line *", "0 1 2 3 4")


def test_what_is_seen_at_no_text_has_no_place() -> None:
    [look] = looks([LookDifference("hr", None, "hr", "Hi")])
    assert look.place == "-1"
