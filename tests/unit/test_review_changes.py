"""What a review keeps of a change: its files, its name, its JSON; and what is said of steps in another order."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.checks import CheckSettings
from novu_framework_testing.review import Change, ReviewStore, TestChanges
from novu_framework_testing.review.cases import Case
from novu_framework_testing.review.changes import FileChange, kinds_in_words
from novu_framework_testing.review.findings import content_findings, plain_values
from novu_framework_testing.review.grid import GridCell, grid_of, shown_cells
from novu_framework_testing.review.order import with_order
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.report_grids import grids_section, report_grids
from novu_framework_testing.review.sharing import pieces_of, share
from novu_framework_testing.review.titles import place_of_test, title_of_test
from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.files import fingerprint
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.json_text import Placeholder
from tests.integration.review_projects import matrix_to_review, step
from tests.tables import walked

PNG = b"\x89PNG\r\n\x1a\n\xff"


@pytest.mark.parametrize(
    ("path", "old", "new", "kept", "suffix"),
    [
        ("f/01-a-sms.txt", b"old", "n\ud83dew".encode("utf-8", "surrogatepass"), "n\ud83dew", ".txt"),
        ("f/01-a-email.html", None, b"x", "x", ".html"),
        ("f/01-a-sms.txt", b"old", None, None, ".txt"),
        ("f/01-a-email.phone.png", b"old", PNG, "iVBORw0KGgr/", ".phone.png"),
        ("f/01-a-email.phone.png", PNG, None, None, ".phone.png"),
    ],
)
def test_a_file_is_kept_as_text_and_a_picture_in_base64(
    path: str, old: bytes | None, new: bytes | None, kept: str | None, suffix: str
) -> None:
    file = FileChange.of(path, old, new)
    assert (file.path, file.base, file.new) == (path, fingerprint(old), kept)
    assert (file.new_bytes, file.suffix, file.stem) == (new, suffix, path[2:].removesuffix(suffix))
    assert file.target == fingerprint(new)


def made(kind: Any, stem: str, *files: FileChange, **more: Any) -> Change:
    known = {"step": stem[3:].rpartition("-")[0], "channel": stem.rpartition("-")[2], "workflow": "w"}
    return Change(**{"id": stem, "kind": kind, "stem": stem, "title": "", "files": files, **known, **more})


def written(stem: str, text: str | None = "x") -> FileChange:
    return FileChange(f"f/{stem}.txt", None, text)


@walked(
    ("kind", "files", "before", "own"),
    [
        ("moved", ["+02-a-sms", "-01-a-sms", "-07-z-sms"], "01-a-sms", 2),
        ("changed", ["+02-a-sms", "-02-a-email"], "02-a-email", 2),
        ("changed", ["+02-a-sms"], "02-a-sms", 1),
        ("changed", ["-02-a-sms", "+01-a-sms"], "02-a-sms", 1),
        ("new", ["+02-a-sms", "-01-a-sms"], "02-a-sms", 1),
        ("gone", ["-02-a-sms", "-03-b-sms", "+02-b-sms"], "02-a-sms", 1),
    ],
)
def test_a_step_has_its_own_files_and_those_that_it_had_before(
    kind: Any, files: list[str], before: str, own: int
) -> None:
    one = made(kind, "02-a-sms", *(written(each[1:], "x" if each[0] == "+" else None) for each in files))
    assert one.stem_before == before
    assert one.own_files == one.files[:own]


WHOLE = TestChanges(
    "t.py::t[x]",
    "f",
    (made("new", "01-a-sms", written("01-a-sms")),),
    cases=(Case("m", "l", 0, (("locale", "de"),), "f"),),
    asides=(("rule", "why", "w"),),
    purpose="Why",
    parameters=("x",),
)


def test_changes_come_back_from_json_and_what_earlier_versions_did_not_have_is_empty() -> None:
    assert TestChanges.from_json(WHOLE.to_json()) == WHOLE
    data = json.loads(WHOLE.to_json())
    data["changes"][0]["workflow"] = None
    assert TestChanges.from_json(json.dumps(data)).changes[0].workflow is None
    data = json.loads(WHOLE.to_json())
    for name in ("cases", "asides", "purpose", "parameters"):
        del data[name]
    del data["changes"][0]["context"]
    assert TestChanges.from_json(json.dumps(data)) == TestChanges("t.py::t[x]", "f", WHOLE.changes)


@walked(
    ("place", "value"),
    [
        (["test"], None),
        (["folder"], 1),
        (["changes"], None),
        (["changes", 0, "id"], None),
        (["changes", 0, "title"], ["x"]),
        (["changes", 0, "status"], None),
        (["changes", 0, "files", 0, "path"], None),
        (["changes", 0, "files", 0, "base"], 1),
        (["changes", 0, "why"], None),
        (["changes", 0, "more"], "x"),
        (["cases", 0, "place"], "0"),
        (["parameters"], 1),
    ],
)
def test_what_is_no_text_where_a_text_is_kept_is_refused(place: list[Any], value: Any) -> None:
    data = inside = json.loads(WHOLE.to_json())
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = value
    with pytest.raises((TypeError, ValueError, KeyError)):
        TestChanges.from_json(json.dumps(data))


def test_kinds_are_counted_in_the_order_in_which_they_are_listed() -> None:
    kinds = ["gone", "same", "moved", "new", "changed", "new", "odd"]
    assert kinds_in_words(kinds) == "1 changed, 2 new, 1 moved, 1 gone"
    assert kinds_in_words(kinds, {"same": "unchanged"}) == "1 changed, 2 new, 1 moved, 1 gone, 1 unchanged"
    assert kinds_in_words([]) == ""


# --- steps in another order ---------------------------------------------------------------------------------


def ordered(now: str, before: str) -> list[Change]:
    """The changes of a test whose steps, a letter each, are in another order now; a capital sends an email."""

    def stem(order: str, name: str) -> str:
        return f"{order.index(name) + 1:02d}-{name}-{'email' if name.isupper() else 'sms'}"

    names = [name for name in now if name in before]
    moved = [name for name in names if now.index(name) != before.index(name)]
    changes = [
        made(
            "moved",
            stem(now, name),
            written(stem(now, name)),
            written(stem(before, name), None),
            same=name,
            title=name,
        )
        for name in moved
    ]
    changes += [made("new", stem(now, name), written(stem(now, name))) for name in now if name not in before]
    changes += [
        made("gone", stem(before, name), written(stem(before, name), None))
        for name in before
        if name not in now
    ]
    steps = {one.stem: (one.step, one.channel) for one in changes if one.kind != "gone"}
    stay = [stem(now, name) for name in names if name not in moved]
    steps |= {each: (each[3], each.rpartition("-")[2]) for each in stay}
    return with_order(changes, steps, stay)


@walked(
    ("before", "now", "gists"),
    [
        ("ab", "ba", ["the SMS “B” now comes before the SMS “A”: it was the second step, and is now the first"]),
        ("aB", "Ba", ["the email now comes before the SMS: it was the second step, and is now the first"]),
        ("abc", "cab", ["the SMS “C” now comes before the SMS “A”: it was the third step, and is now the first"]),
        ("abc", "bca", ["the SMS “A” now comes after the SMS “C”: it was the first step, and is now the third"]),
        ("abcd", "dcba", ["the SMS “D” now comes before the SMS “A”; the SMS “C” now comes before the SMS “A”; the SMS “B” now comes before the SMS “A”"]),
        ("abcde", "edcba", ["the SMS “E” now comes before the SMS “A”; the SMS “D” now comes before the SMS “A”; the SMS “C” now comes before the SMS “A”; and 1 more"]),
        ("bcdefghijka", "abcdefghijk", ["the SMS “A” now comes before the SMS “B”: it was the 11th step, and is now the first"]),
        ("abcdefghij", "bcdefghija", ["the SMS “A” now comes after the SMS “J”: it was the first step, and is now the tenth"]),
    ],
)  # fmt: skip
def test_what_is_said_of_steps_in_another_order(before: str, now: str, gists: list[str]) -> None:
    found = ordered(now, before)
    moved = [one for one in found if one.kind == "moved"]
    assert [one.gist for one in moved] == gists
    assert len(moved[0].files) == 2 * sum(one != other for one, other in zip(before, now, strict=True))


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [("ab", "xab", ["new"]), ("xab", "ab", ["gone"]), ("ab", "xba", ["new", "moved"])],
)
def test_steps_that_only_have_another_number_go_with_the_one_that_came_or_went(
    before: str, now: str, kinds: list[str]
) -> None:
    first, *more = ordered(now, before)
    assert [one.kind for one in (first, *more)] == kinds
    assert len(first.files) == (1 if more else 5)
    assert [one.gist.partition(":")[0] for one in more] == [
        "the SMS “B” now comes before the SMS “A”" for _ in more
    ]


def test_a_step_that_moved_under_its_number_is_told_with_the_number_of_another() -> None:
    *gone, moved = ordered("zbca", "zxyabc")
    assert [one.kind for one in gone] == ["gone", "gone"]
    assert moved.gist == (
        "the SMS “A” now comes after the SMS “C”: the SMS “B” was the fifth step, and is now the second"
    )
    assert (moved.stem, len(moved.files)) == ("02-b-sms", 4)


def test_steps_that_are_only_renumbered_are_one_change_that_says_how_many(tmp_path: Path) -> None:
    moved = [made("moved", f"{at + 1:02d}-{name}-sms", written(f"{at + 1:02d}-{name}-sms"), written(f"{at:02d}-{name}-sms", None), same=name) for at, name in ((2, "a"), (3, "b"))]  # fmt: skip
    steps = {one.stem: (one.step, "sms") for one in moved}
    (one,) = with_order(moved, steps, [])
    assert one.gist == "it was the second step, and is now the third, as 1 more have another number"
    assert (one.stem, len(one.files)) == ("03-a-sms", 4)
    (alone,) = with_order(moved[:1], steps, [])
    assert (alone.gist, alone.same) == ("it was the second step, and is now the third", "a")
    assert one.same not in ("a", "b")


# --- grids --------------------------------------------------------------------------------------------------


def cell(
    place: int, files: dict[str, bytes], kind: str = "same", *, stem: str = "01-a-sms", **more: Any
) -> GridCell:
    return GridCell(Case("m", f"case {place}", place, (("locale", "de"), ("data", str(place)))), stem, files, kind, **more)  # fmt: skip


def test_cells_are_shown_by_place_equal_ones_once() -> None:
    hello, long = (
        encoded_files(step("a", "email", subject="Hi", body="<p>Hello</p>")),
        step("a", "sms", body="w " * 100),
    )
    cells = [
        cell(5, {}, "gone", link="id", status="rejected"),
        cell(2, hello, "changed", stem="01-a-email"),
        cell(1, hello, stem="01-a-email"),
        cell(3, {".txt": b"<<"}),
        cell(4, encoded_files(long)),
        cell(6, {}),
        cell(7, {".txt": b"<<"}),
    ]
    axes = [{"locale": "de", "data": str(place)} for place in range(1, 8)]
    usual = [{"axes": axes[at], "label": f"case {at + 1}", "kind": "same", "status": "", "link": None, "equal": None} for at in range(7)]  # fmt: skip
    shown = shown_cells(cells, CheckSettings())
    assert shown == [
        {**usual[0], "title": "Hi", "body": "Hello", "findings": []},
        {**usual[1], "kind": "changed", "equal": "case 1"},
        {**usual[2], "title": "This snapshot cannot be read.", "body": "", "findings": []},
        {**usual[3], "title": ("w " * 40)[:79].strip() + "…", "body": "", "findings": []},
        {**usual[4], "kind": "gone", "link": "id", "status": "rejected"},
        usual[5],
        {**usual[6], "equal": "case 3"},
    ]


def test_the_words_of_a_long_email_are_cut() -> None:
    files = encoded_files(step("a", "email", subject="Hi", body=f"<p>{'x' * 161}</p>"))
    (shown,) = shown_cells([cell(1, files, stem="01-a-email")], CheckSettings())
    assert shown["body"] == "x" * 160


def test_a_case_without_a_change_is_as_its_files_are_and_one_without_files_is_left_out(
    tmp_path: Path,
) -> None:
    same = ("Hello", "Hello")
    store = matrix_to_review(tmp_path, {("en", "a"): ("Hello", "Hi"), ("de", "a"): same, ("ar", "a"): same})
    ((test, one),) = store.pending()
    lost = test.cases[2].folder
    for file in (tmp_path / lost).iterdir():
        file.unlink()
    grid = grid_of(ReviewStore(tmp_path), test, one)
    assert [(each["label"], each["kind"], each["status"], each["title"], each["link"]) for each in grid] == [
        ("en-a", "changed", "pending", "Hi", one.id),
        ("de-a", "same", "", "Hello", None),
    ]
    assert grid_of(store, dataclasses.replace(test, cases=()), one) == []


def test_a_report_has_a_grid_of_each_step_that_several_cases_have() -> None:
    def ran(label: str, *steps: StepFiles, messages: tuple[StepFiles, ...] = ()) -> RecordedTest:
        case = Case("t.py::test_it", label, len(label), (("locale", label),))
        return RecordedTest(f"t.py::test_it[{label}]", "f", steps, messages, case)

    new, old = (encoded_files(step("a", "sms", body=body)) for body in ("Hi", "Hello"))
    sent = StepFiles("01-a-sms", new, old)
    records = [
        ran("a", StepFiles("01-a-sms", new, new), StepFiles("02-a-sms", new)),
        ran("ab", StepFiles("01-a-sms", new, old), StepFiles("03-b-sms", new)),
        ran("abc", StepFiles("01-a-sms", new), StepFiles("03-b-sms", new)),
        ran("abcd", messages=(sent,)),
        RecordedTest("t.py::test_other", "f", [sent]),
    ]
    grid, of_two = report_grids(records, CheckSettings(), {("t.py::test_it[ab]", "01-a-sms"): "message-1"})
    assert (grid["test"], grid["about"]) == ("t.py::test_it", "shop · A · SMS")
    assert [(each["label"], each["kind"], each["link"]) for each in grid["cells"]] == [
        ("a", "same", None),
        ("ab", "changed", "message-1"),
        ("abc", "new", None),
        ("abcd", "same", None),
    ]
    assert [each["label"] for each in of_two["cells"]] == ["ab", "abc"]
    assert grids_section([]) == ""
    assert grids_section([{"a": "</script>"}]) == (
        '<section class="grids" id="grids" aria-labelledby="grids-title"><h2 id="grids-title">In each case</h2>\n'
        '<script type="application/json">[{"a": "\\u003c/script>"}]</script></section>'
    )


# --- words and pieces ---------------------------------------------------------------------------------------


@walked(
    ("test", "place", "name", "case"),
    [
        ("tests/test_shop.py::test_it", "Shop", "It", ""),
        ("tests/shop_tests.py::TestShop::tests_of_HTML", "Shop", "Of HTML", ""),
        ("tests/test_shop.py::TestHTMLMail::test_sendsOneMail", "Shop › HTML mail", "Sends one mail", ""),
        ("tests/test_shop.py::OrderTests::SmallTest::test_a_B_c", "Shop › Order › Small", "A b c", ""),
        ("testing.py::testing", "Testing", "Testing", ""),
        ("a.py::test2_x", "A", "2 x", ""),
        ("a.py::latest", "A", "Latest", ""),
        ("a.py::test_x[]", "A", "X", ""),
        ("a.py::test_x[a-1--1-b]", "A", "X", "a, 1--1, b"),
        ("a.py::test_x[\\x41\\u0042\\U00000043\\u00e9]", "A", "X", "ABCé"),
        ("a.py::test_x[\\udfff\\U00110000]", "A", "X", "\\udfff\\U00110000"),
        ("test_x", "", "X", ""),
    ],
)
def test_a_test_is_called_by_words(test: str, place: str, name: str, case: str) -> None:
    title = title_of_test(test)
    assert (place_of_test(test), title.name, title.case, title.is_sentence) == (place, name, case, False)
    said = title_of_test(test, "It sells.", ("p",))
    assert (str(said), said.is_sentence) == ("It sells (p)", True)


def test_a_text_is_cut_at_its_tags_and_lines_into_pieces_of_a_bounded_size() -> None:
    text = "".join(f"<td class='c{number % 7}'>cell {number}</td>\n" for number in range(400)) + "end"
    pieces = pieces_of(text)
    assert "".join(pieces) == text
    assert 10 < len(pieces) < 120
    assert all(piece[-1] in ">\n" for piece in pieces[:-1])
    assert all(len(piece) >= 64 for piece in pieces[:-1])
    around = pieces_of(text.replace("cell 200", "another cell"))
    assert len(set(around) ^ set(pieces)) <= 6
    assert pieces_of("") == []
    assert pieces_of("x" * 5000) == ["x" * 5000]
    assert pieces_of("x" * 4095 + ">\n") == ["x" * 4095 + ">", "\n"]


def test_only_long_texts_are_shared() -> None:
    short, long = "x" * 199, "y" * 200
    assert share([short, long, (long, 1, None)]) == {
        "pieces": [long],
        "data": [short, {"$": [0]}, [{"$": [0]}, 1, None]],
    }
    assert share({"$": {"a": short}}) == {"pieces": [], "data": {"$": {"$": {"a": short}}}}


def test_what_stands_for_anything_is_text_for_the_checks() -> None:
    value = {"a": (Placeholder("str"), [1, "x"]), "b": None}
    assert plain_values(value) == {"a": ["(any: str)", [1, "x"]], "b": None}
    sent = RenderedStep("a", "sms", "delivered", {"body": Placeholder("str")})
    assert content_findings(sent, CheckSettings()) == []
