"""Columns of a table that moved, came or went: by their heads and the values below them."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.snapshots.table_columns import extra_columns, moved_columns
from tests.unit.test_snapshots_html_diff import in_a_line

Rows = list[list[str]]


def moved(was: Rows, now: Rows, are_heads: bool) -> tuple[list[int], list[str | None]]:
    order, changes = moved_columns(was, now, are_heads=are_heads)
    return order, [each.sentence for each in changes]


def extra(was: Rows, now: Rows, *words: tuple[int, int]) -> Any:
    """Which columns one version has more, if these hold words alone: the version and the number of each that does, or all."""
    found: Any = extra_columns(was, now, are_words=lambda *place: not words or place in words)
    return found and (found[0], found[1], [each[:3] for each in found[2]])


MOVED: list[tuple[Rows, Rows, bool, tuple[list[int], list[str | None]]]] = [
    ([["a", "b", "c"], ["1", "2", "3"]], [["b", "a", "c"], ["2", "1", "3"]], True, ([1, 0, 2], ["the column “b” now comes before “a”"])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["b", "a", "c"], ["2", "1", "3"]], False, ([1, 0, 2], ["the column with “b” now comes before “a”"])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["c", "a", "b"], ["3", "1", "2"]], True, ([2, 0, 1], ["the column “c” now comes before “a”"])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["b", "c", "a"], ["2", "3", "1"]], True, ([1, 2, 0], ["the column “a” now comes after “c”"])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["b", "a", "c"], ["1", "2", "3"]], True, ([], [])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["a", "b", "c"], ["1", "2", "3"]], True, ([], [])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["a", "b", "d"], ["1", "2", "3"]], True, ([], [])),
    ([["a", "b", "a"], ["1", "2", "3"]], [["b", "a", "a"], ["2", "1", "3"]], True, ([], [])),
    ([["a"], ["1"]], [["a"], ["1"]], True, ([], [])),
    ([["a", "b"]], [["b", "a"]], False, ([1, 0], ["“b” and “a” have changed places"])),
    ([["a", "b"]], [["b", "a"]], True, ([1, 0], ["the columns “b” and “a” have changed places"])),
    ([["a", "b", "c"]], [["c", "a", "b"]], False, ([2, 0, 1], ["the column with “c” now comes before “a”"])),
    ([["a", "5"]], [["5", "a"]], False, ([], [])),
    ([["a", "b", "c"]], [["c", "b", "a"]], False, ([2, 1, 0], ["“c” and “a” have changed places"])),
    ([["a", "b"], ["1", "2"]], [["b", "a"], ["2", "1"], ["3", "4"]], True, ([1, 0], ["the column “b” now comes before “a”"])),
    ([["a", "b"], ["1", "2"], ["5"]], [["b", "a"], ["2", "1"], ["5"]], True, ([1, 0], ["the column “b” now comes before “a”"])),
    ([["a", "b"], ["1", "1"]], [["b", "a"], ["1", "1"]], True, ([1, 0], ["the column “b” now comes before “a”"])),
    ([["a", "b"], ["1", "2"], ["3", "4"]], [["b", "a"], ["2", "1"], ["3", "4"]], True, ([1, 0], ["the column “b” now comes before “a”"])),
    ([["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]], [["b", "a"], ["2", "1"], ["4", "3"], ["5", "6"]], True, ([1, 0], ["the column “b” now comes before “a”"])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["a", "d", "b"], ["1", "3", "2"]], True, ([0, 2, 1], ["the column “d” now comes before “b”"])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["a", "d", "b"], ["1", "4", "2"]], True, ([], [])),
    ([["a", "b", "c"], ["1", "2", "3"]], [["a", "d", "e"], ["1", "3", "2"]], True, ([], [])),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "d", "e"], ["1", "3", "2"], ["4", "6", "5"]], True, ([], [])),
    ([["a", "b"], ["1", "2"], ["3", "4"]], [["b", "a"], ["4", "3"], ["2", "1"]], True, ([1, 0], ["the column “b” now comes before “a”"])),
    ([], [], True, ([], [])),
    ([["a", "b"], ["1", "2"]], [["b", "a"], ["2"]], True, ([], [])),
    ([["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "b"], ["1", "2"]], [["b", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"], ["2", "1"]], True, ([1, 0], ["the column “b” now comes before “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”"])),
]  # fmt: skip


def test_a_column_moved_with_its_values() -> None:
    assert [(*each[:-1], moved(*each[:3])) for each in MOVED] == MOVED


EXTRA: list[tuple[Rows, Rows, Any]] = [
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "c"], ["1", "3"], ["4", "6"]], (0, [0, 2], [("column “b”", "2\n5", None)])),
    ([["a", "c"], ["1", "3"], ["4", "6"]], [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], (1, [0, 2], [("column “b” before “c”", None, "2\n5")])),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], None),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "c"], ["1", "9"], ["4", "6"]], (0, [0, 2], [("column “b”", "2\n5", None)])),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "c"], ["1", "9"], ["8", "6"]], None),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "c"], ["1", "9"], ["8", "7"]], None),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "d"], ["1", "3"], ["4", "6"]], (0, [0, 2], [("column “b”", "2\n5", None)])),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["d", "e"], ["1", "3"], ["4", "6"]], (0, [0, 2], [("column “b”", "2\n5", None)])),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a"], ["1"], ["4"]], None),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "c"], ["1", "3"]], None),
    ([["a", "b", "c"]], [["a", "c"]], None),
    ([["a", "b", "c"], ["1", "2"]], [["a", "c"], ["1", "3"]], None),
    ([["a", "b", "c"], ["1", "2", "3"]], [["a", "c"], ["1"]], None),
    ([["a", "b", "b"], ["1", "2", "3"]], [["a", "b"], ["1", "2"]], None),
    ([["a", "b", "c"], ["1", "2", "3"]], [["c", "a"], ["3", "1"]], None),
    ([["a", "b", "c", "d"], ["1", "2", "3", "4"]], [["a", "d"], ["1", "4"]], (0, [0, 3], [("column “b”", "2", None), ("column “c”", "3", None)])),
    ([["h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7"], ["0", "1", "2", "3", "4", "5", "6", "7"]], [["h6", "h7"], ["6", "7"]], (0, [6, 7], [("column “h0”", "0", None), ("column “h1”", "1", None), ("column “h2”", "2", None), ("column “h3”", "3", None), ("column “h4”", "4", None), ("column “h5”", "5", None)])),
    ([["h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8"], ["0", "1", "2", "3", "4", "5", "6", "7", "8"]], [["h7", "h8"], ["7", "8"]], None),
    ([["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "b", "c"], ["1", "2", "3"]], [["b", "c"], ["2", "3"]], (0, [1, 2], [("column “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n1", None)])),
    ([], [], None),
    ([["a", "c"], ["1", "3"], ["4", "6"]], [["b", "a", "c"], ["2", "1", "3"], ["5", "4", "6"]], (1, [1, 2], [("column “b” at the beginning", None, "2\n5")])),
    ([["a", ""], ["1", "3"], ["4", "6"]], [["a", "b", ""], ["1", "2", "3"], ["4", "5", "6"]], (1, [0, 2], [("column “b” after “a”", None, "2\n5")])),
    ([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]], [["a", "b", "c", "d"], ["1", "2", "3", "7"], ["4", "5", "6", "8"]], (1, [0, 1, 2], [("column “d”", None, "7\n8")])),
]  # fmt: skip


def test_a_column_is_gone_or_new_where_that_is_sure() -> None:
    assert [(*each[:-1], extra(*each[:2])) for each in EXTRA] == EXTRA


def test_the_first_row_is_one_of_values_unless_heads_are_said() -> None:
    [change] = moved_columns([["a", "b"], ["1", "2"]], [["b", "a"], ["2", "1"]])[1]
    assert (change.part, change.sentence) == ("columns", "the column with “b” now comes before “a”")


def test_a_column_is_told_as_one_where_it_holds_words_alone() -> None:
    wide, narrow = [["a", "b", "c"], ["1", "2", "3"]], [["a", "c"], ["1", "3"]]
    assert extra(wide, narrow, (0, 1)) == (0, [0, 2], [("column “b”", "2", None)])
    assert extra(narrow, wide, (1, 1)) == (1, [0, 2], [("column “b” before “c”", None, "2")])
    assert extra(wide, narrow, (1, 1)) is extra(wide, narrow, (0, 0)) is None


def columns(*cells: str) -> str:
    """A table of one row: columns, each with a title and what stands below it."""
    held = (f"<td><b>{title}</b><br>{rest}" for title, _, rest in (each.partition("|") for each in cells))
    return f"<table><tr>{''.join(held)}</table>"


TWO = columns("Hi|Ann", "Bye|Bob").removesuffix("</table>")
HEADS = "<table><tr><th>Tea<th>Milk"
OUT, BACK = ("From|Rome", "To|Oslo"), ("From|Bonn", "To|Kiel")
FLIGHT = "<table><tr><th>From<th>To<tr><td>Rome<td>Oslo</table>"
BAGS = "<table><tr><th>From<th>To<th>Bag<tr><td>Rome<td>Oslo<td>1</table>"
NTH = ("in the 1st table with these columns", "in the 2nd table with these columns")
FLOWN = "<table><tr><th>To<th>From<tr><td>Oslo<td>Rome</table>"
SORRY = "We are very sorry that your order is late and you owe us €500 at once."


TABLES: list[tuple[str, str, str]] = [
    ("<table><tr><td><table><tr><td>Tea</tr></table><td><table><tr><td>Milk</tr></table></tr><tr><td><table><tr><td>Jam</tr></table><td><table><tr><td>Rice</tr></table></tr></table>", "<table><tr><td><table><tr><td>Milk</tr></table><td><table><tr><td>Tea</tr></table></tr><tr><td><table><tr><td>Rice</tr></table><td><table><tr><td>Jam</tr></table></tr></table>", "text: “Milk” now comes before “Tea”; text: “Rice” now comes before “Jam”"),
    ("<table><tr><th>Tea</th><th>Milk</th></tr><tr><td>1<td>2</tr></table>", "<table><tr><th>Milk</th><th>Tea</th></tr><tr><td>2<td>1</tr></table>", "columns: the column “Milk” now comes before “Tea”"),
    ("<table><tr><td>Tea<td>Milk</tr><tr><td>1<td>2</tr></table>", "<table><tr><td>Milk<td>Tea</tr><tr><td>2<td>1</tr></table>", "columns: the column with “Milk” now comes before “Tea”"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr><tr><td colspan=3>all</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr><tr><td colspan=2>all</tr></table>", "column “Milk”: 2 > -"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr><tr><td colspan=2>all<td>9</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr><tr><td>all<td>9</tr></table>", "column “Milk”: 2 > -"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr><tr><td colspan=1000>all</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr><tr><td colspan=999>all</tr></table>", "column “Milk”: 2 > -"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr><tr><td colspan=1001>all</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr><tr><td colspan=1000>all</tr></table>", "column “Milk”: 2 > -; layout: “all” spans 1000 columns now, and spanned 1001"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr><tr><td colspan=1>x<td>y<td>z</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr><tr><td colspan=1>x<td>z</tr></table>", "column “Milk”: 2\ny > -"),
    ("<table><tr><th colspan=2>Tea</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr></table>", "text after “1”: 2 > -; layout: “Tea” spans 1 column now, and spanned 2"),
    ("<table><tr><th>Tea</th><th>Milk</th></tr><tr><td>1<td>2</tr><tr><td>5<td>6<td>7</tr></table>", "<table><tr><th>Milk</th><th>Tea</th></tr><tr><td>2<td>1</tr><tr><td>5<td>6<td>7</tr></table>", "columns: the column “Milk” now comes before “Tea”"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr><tr><td>4<td>5<td>6</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>4<td>6</tr></table>", "column “Milk”: 5 > -; text beside “Tea”: 1 > -; text beside “Jam”: 3 > -"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr><tr><td>4<td>6</tr></table>", "column “Milk”: 2 > -; text beside “Tea”: - > 4; text beside “Jam”: - > 6"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td><a href=/a>2</a><td>3</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr></table>", "text beside “Tea”: Milk > -; link “2”: /a > -"),
    ("<table><tr><td>Tea<td>Milk</tr></table>", "<table><tr><td>Milk<td>Tea</tr></table>", "columns: “Milk” and “Tea” have changed places"),
    ("<table><tr><td><a href=/t>Tea</a><td><a href=/m>Milk</a></tr></table>", "<table><tr><td><a href=/m>Milk</a><td><a href=/t>Tea</a></tr></table>", "link: “Milk” now comes before “Tea”"),
    ("<table><tr><td><table><tr><th>Tea</th><th>Milk</th></tr><tr><td>1<td>2</tr></table></tr></table>", "<table><tr><td><table><tr><th>Milk</th><th>Tea</th></tr><tr><td>2<td>1</tr></table></tr></table>", "columns: the column “Milk” now comes before “Tea”"),
    ("<table><tr><td>x</tr></table><table><tr><th>Tea</th><th>Milk</th></tr><tr><td>1<td>2</tr></table>", "<table><tr><td>x</tr></table><table><tr><th>Milk</th><th>Tea</th></tr><tr><td>2<td>1</tr></table>", "columns: the column “Milk” now comes before “Tea”"),
    ("<table><tr><th>Tea</th><th>Milk</th></tr><tr><td>1<td>2</tr></table>", "<table><tr><th>Milk</th><th>Tea</th></tr><tr><td>2<td>3</tr></table>", "columns: the column “Milk” now comes before “Tea”; text beside “Tea”: 1 > 3"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td bgcolor=red>1<td>2<td>3</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td bgcolor=blue>1<td>3</tr></table>", "column “Milk”: 2 > -; colours: the background around “1” (Tea) changed: red #ff0000 became blue #0000ff"),
    ("<table><tr><td><table><tr><td>Tea</tr></table><td><table><tr><td>Milk</tr></table></tr></table>", "<table><tr><td><table><tr><td>Milk</tr></table><td><table><tr><td>Tea</tr></table></tr></table>", "text: “Milk” now comes before “Tea”"),
    (" <table> <tr> <th>Tea</th> <th>Milk</th></tr> <tr> <td>1 <td>2</tr></table>", " <table> <tr> <th>Milk</th> <th>Tea</th></tr> <tr> <td>2 <td>1</tr></table>", "columns: the column “Milk” now comes before “Tea”"),
    ("<table><tr></tr></table>", "<table><tr><td>x</tr></table>", "text: - > x"),
    ("<table></table>", "<table><tr></tr></table>", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<table><tr><th>Tea</th><th>Milk</th><th>Jam</th></tr><tr><td>1<td>2<td>3</tr><tr><td>4<td>5<td>6</tr><tr><td>7<td>8<td>9</tr></table>", "<table><tr><th>Tea</th><th>Jam</th></tr><tr><td>1<td>3</tr><tr><td>7<td>9</tr></table>", "column “Milk”: 2\n8 > -; text beside “Tea”: 4 > -; text beside “Jam”: 6 > -"),
    # a row of columns that each have a title
    (columns("Keys|Come.", "Meters|Read.", "Net|Order."), columns("Keys|Come.", "Net|Order.", "Meters|Read."), "columns: the columns “Net” and “Meters” have changed places"),
    (columns("1. Keys|Come.", "2. Meters|Read.", "3. Net|Order."), columns("1. Keys|Come.", "2. Net|Order.", "3. Meters|Read."), "columns: the columns “Net” and “Meters” have changed places; text: 3. Net > 2. Net; text: 2. Meters > 3. Meters"),
    (columns("1. Keys|Come.", "2. Meters|Read.", "3. Net|Order."), columns("1. Net|Order.", "2. Keys|Come.", "3. Meters|Read."), "columns: the column “Net” now comes before “Keys”; text: 3. Net > 1. Net; text: 1. Keys > 2. Keys; text: 2. Meters > 3. Meters"),
    (columns("Keys|Come in.", "Meters|Read."), columns("Meters|Read.", "Keys|Come by."), "columns: the columns “Meters” and “Keys” have changed places; text: Come in. > Come by."),
    (columns("Keys|Come.", "Meters|Read."), columns("Keys|Come.", "Meters|Read.", "Net|Order."), "column “Net”: - > Order."),
    (columns("Keys|Come.", "Meters|Read.", "Net|Order."), columns("Keys|Come.", "Net|Order."), "column “Meters”: Read. > -"),
    (columns("Keys|Come.", "Keys|Read."), columns("Keys|Read.", "Keys|Come."), "columns: “Keys Read.” and “Keys Come.” have changed places"),
    (columns("Keys|Come.", "Meters|Read."), columns("Keys|Come.", "Meters|Read.", "Net|Order.").replace("<td><b>Net", "<td bgcolor=red><b>Net"), "text: - > Net; text: - > Order.; boxes: the new box from “Net” to “Order.” has a red #ff0000 background"),
    (columns("5|open", "7|shut"), columns("5|open", "7|shut", "3|late"), "text after “shut”: - > 3; text: - > late"),
    ("<table><tr><td>Name<td>Ann<br>Bob</tr></table>", "<table><tr><td>Name<td>Ann<br>Bob<td>Cy</tr></table>", "text beside “Name”: - > Cy"),
    (columns("3. Mai|18 Uhr", "4. Juni|19 Uhr"), columns("2. Juni|20 Uhr", "1. Mai|21 Uhr"), "text: 3. Mai > 2. Juni; text: 18 Uhr > 20 Uhr; text: 4. Juni > 1. Mai; text: 19 Uhr > 21 Uhr"),
    (columns("1. Quartal|18 Uhr", "2. Halbjahr|19 Uhr"), columns("1. Halbjahr|20 Uhr", "2. Quartal|21 Uhr"), "text: 1. Quartal > 1. Halbjahr; text: 18 Uhr > 20 Uhr; text: 2. Halbjahr > 2. Quartal; text: 19 Uhr > 21 Uhr"),
    # a long sentence is no title, and a long head is told in full
    (columns("Hi|Ann", "Bye|Bob"), columns("Hi|Ann", "Bye|Bob", f"{SORRY}|Cid"), f"text: - > {SORRY}; text: - > Cid"),
    (columns("Hi|Ann", "Bye|Bob", f"{SORRY}|Cid"), columns("Hi|Ann", "Bye|Bob"), f"text: {SORRY} > -; text: Cid > -"),
    ("<table><tr><th>Hi<th>Bye<tr><td>Ann<td>Bob</table>", f"<table><tr><th>Hi<th>Bye<th>{SORRY}<tr><td>Ann<td>Bob<td>Cid</table>", f"column “We are very sorry that your order is…”: - > {SORRY}\nCid"),
    # a new or gone column is told with its look where this is another one, and with that of the others
    (TWO, f"{TWO}<td hidden><b>Max</b><br>99 GB", "hidden text: - > Max; hidden text: - > 99 GB"),
    *((f"<style>{css}</style>{TWO}", f"<style>{css}</style>{TWO}<td {name}><b>Max</b><br>99 GB", f"{what}text: - > Max; {what}text: - > 99 GB{more}") for css, name, what, more in (
        ("#k{display:none}", "id=k", "hidden ", ""), ("@media (max-width:600px){#k{display:none}}", "id=k", "", "; layout: the new “Max” and “99 GB” are hidden on small screens"),
        ("td:nth-child(3){background:#f00}", "", "", "; boxes: the new box from “Max” to “99 GB” has a red #ff0000 background"), ("td:last-child{padding-right:0}", "", "", "; spaces: the space right of “Bye” to “Bob” changed: 0 became 1px"),
        ("td:last-child{color:#f00}", "", "", "; colours: the colour of “Bye” and “Bob” is the usual one now, and was red #ff0000"), ("", "background=x.png", "", "; boxes: the new box from “Max” to “99 GB” has the background image x.png"),
        ("", "align=right", "", ""), ("", "dir=rtl", "", ""), ("", "height=90", "", ""), ("", "valign=top", "", ""))),
    *((f"<style>{css}</style>{TWO}", f"<style>{css}</style>{TWO}<td {name}><b>Max</b><br>99 GB", "column “Max”: - > 99 GB") for css, name in (("td{color:#f00}", ""), ("", "width=90"), ("", "id=k"))),
    (f"<style>@media (max-width:600px){{.c{{display:none}}}}</style>{HEADS}<tr><td>1<td>2</table>", f"<style>@media (max-width:600px){{.c{{display:none}}}}</style>{HEADS}<th class=c>Jam<tr><td>1<td>2<td class=c>3</table>", "text beside “Tea”: - > Jam; text beside “Jam”: - > 3; layout: the new “Jam” and “3” are hidden on small screens"),
    (f"<style>@media (max-width:600px){{.c{{display:none}}}}</style>{HEADS}<th class=c>Jam<tr><td>1<td>2<td class=c>3</table>", f"<style>@media (max-width:600px){{.c{{display:none}}}}</style>{HEADS}<tr><td>1<td>2</table>", "column “Jam”: 3 > -"),
    # the same columns in several tables: which table it is
    *((columns(*OUT) + columns(*BACK), columns(*out) + columns(*back), "; ".join(f"columns: {each} have changed places" for each in said)) for out, back, said in (
        (OUT[::-1], BACK, ["“To Oslo” and “From Rome”"]), (OUT, BACK[::-1], ["“To Kiel” and “From Bonn”"]), (OUT[::-1], BACK[::-1], ["“To Oslo” and “From Rome”", "“To Kiel” and “From Bonn”"]))),
    (columns(*OUT) + columns(*BACK), columns(*OUT) + columns(*BACK, "Bag|One"), "column “Bag” in the 2nd table with these columns: - > One"),
    *((FLIGHT + FLIGHT + "<p>Bye</p>", one + other + "<p>Bye</p>", "; ".join(f"columns: the column “To” now comes before “From”{each}" for each in said)) for one, other, said in (
        (FLOWN, FLIGHT, [", in the 1st table with these columns"]), (FLIGHT, FLOWN, [", in the 2nd table with these columns"]), (FLOWN, FLOWN, ["", ""]))),
    # a new or a gone one in one of several tables: by the words above it, or else by the columns that stay
    *((above.format(one, other), above.format(FLIGHT, FLIGHT), f"column “Bag” {said[at]}: 1 > -") for at, (one, other) in enumerate(((BAGS, FLIGHT), (FLIGHT, BAGS))) for above, said in (
        ("<h2>Out</h2>{}<h2>Back</h2>{}", ("under “Out”", "under “Back”")), ("<div>Out</div>{}<div>Back</div>{}", ("after “Out”", "after “Back”")),
        ("<h2>Trip</h2>{}<h2>Trip</h2>{}", NTH), ("{}{}", NTH), (f"<p>{SORRY}</p>{{}}<img src=x.png alt=Map>{{}}", NTH))),
    (f"<h2>Out</h2>{FLIGHT}<h2>Back</h2>{FLIGHT}", f"<h2>Out</h2>{BAGS}<h2>Back</h2>{BAGS}", "column “Bag”: - > 1; column “Bag”: - > 1"),
    (f"{HEADS}<tr><td>1<td>2</table>{FLIGHT}", f"{HEADS}<tr><td>1<td>2</table>{BAGS}", "column “Bag” beside “From”: - > 1"),
    (f"{FLIGHT}<table><tr><td>Bye<td><a href=/x>Site</a></table>", f"{BAGS}<table><tr><td>Bye<td><a href=/x>Site</a></table>", "column “Bag”: - > 1"),
    (columns("From|Rome", "To|Oslo") + FLIGHT, columns("From|Rome", "To|Oslo", "Bag|1") + FLIGHT, "column “Bag” in the 1st table with these columns: - > 1"),
    # what a new one looks like where most others look otherwise
    *((f"{HEADS}<tr><td align=left>1<td align=right>2</table>", f"{HEADS}<th {head}>Jam<tr><td align=left>1<td align=right>2<td {look}>3</table>", f"column “Jam”: - > 3{said}") for head, look, said in (
        ("", "align=right", "; column “Jam”: what is below the head of the new column stands on the right"), ("", "align=left", "; column “Jam”: what is below the head of the new column stands on the left"),
        ("bgcolor=red", "align=left bgcolor=red", "; column “Jam”: the head of the new column has the background red #ff0000; what is below the head of the new column stands on the left and has the background red #ff0000"),
        ("", "align=left style='font-weight:bold;color:red'", "; column “Jam”: what is below the head of the new column is bold, stands on the left and has the colour red #ff0000"),
        ("style='border:1px solid red'", "align=left", "; column “Jam”: the head of the new column has a style of its own; what is below the head of the new column stands on the left"))),
    *((f"<style>{css}</style>{HEADS}<tr><td>1<td>2</table>", f"<style>{css}</style>{HEADS}<th class=c>Jam<tr><td>1<td>2<td class=c>3</table>", f"column “Jam”: - > 3{said}") for css, said in (
        ("td,th{color:red;text-align:right}", ""), (".c{font-style:italic}", "; column “Jam”: the new column is in italics"), ("@media (max-width:600px){.c{color:red}}", "; column “Jam”: the new column looks otherwise at times, as on small screens"), (".c{width:90px}", ""), (".c{padding:0}", ""),
        (".c{width:90px;padding:4px}", "; column “Jam”: the new column has another space around its words"), (".c{opacity:.1}", "; column “Jam”: the new column has a style of its own"))),
    *((f"<body dir=rtl>{HEADS}<tr><td{side}>1<td{side}>2</table>", f"<body dir=rtl>{HEADS}<th>Jam<tr><td{side}>1<td{side}>2<td{own}>3</table>", f"column “Jam”: - > 3{said}") for side, own, said in (
        (" align=right", "", ""), ("", " align=right", ""), ("", " align=left", "; column “Jam”: what is below the head of the new column stands on the left"))),
    # in single rows, and in one of several tables
    *((f"{HEADS}<tr><td>1<td>2<tr><td>4<td>5<tr><td>7<td>8</table>", f"{HEADS}<th>Jam<tr><td>1<td>2<td{looks[0]}>3<tr><td>4<td>5<td{looks[1]}>6<tr><td>7<td>8<td{looks[2]}>9</table>", f"column “Jam”: - > 3\n6\n9; column “Jam”: {said}") for looks, said in (
        ((" align=right", "", ""), "its cell beside “1” stands on the right"), ((" align=right", "", " style='color:red'"), "its cell beside “1” stands on the right; its cell beside “7” has the colour red #ff0000"),
        ((" align=right", " align=center", " style='color:red'"), "the new column does not look the same in all rows"))),
    (f"<h2>Out</h2>{FLIGHT}<h2>Back</h2>{FLIGHT}", f"<h2>Out</h2>{BAGS.replace('<td>1', '<td align=right>1')}<h2>Back</h2>{BAGS}", "column “Bag” under “Out”: - > 1; column “Bag” under “Out”: what is below the head of the new column stands on the right; column “Bag” under “Back”: - > 1"),
    # beside a head that no other table has, or the number of it
    (FLIGHT + FLIGHT.replace("To", "Via"), BAGS + FLIGHT.replace("To", "Via"), "column “Bag” beside “To”: - > 1"),
    (FLIGHT + FLIGHT.replace("To", "Via"), FLIGHT + BAGS.replace("To", "Via"), "column “Bag” beside “Via”: - > 1"),
    (FLIGHT + FLIGHT.replace("To", "Via") + FLIGHT.replace("From", "Via"), FLIGHT + BAGS.replace("To", "Via") + FLIGHT.replace("From", "Via"), "column “Bag” beside the 2nd “From”: - > 1"),
    ("<table><tr><td>Tea<td>Milk</table>" * 2, "<table><tr><td>Tea<td>Milk</table><table><tr><td>Milk<td>Tea</table>", "columns: “Milk” and “Tea” have changed places, in the 2nd table with these columns"),
]  # fmt: skip


def test_a_table_is_compared_as_if_its_columns_had_always_stood_so() -> None:
    assert [(old, new, in_a_line(old, new)) for old, new, _ in TABLES] == TABLES
