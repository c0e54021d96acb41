"""What is read in an HTML body: its blocks in order, what is a button, hidden or a picture, and the row of each value."""

from __future__ import annotations

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.snapshots.reading import Block, blocks_of, places_of, readable, row_labels


def shown(block: Block) -> str:
    """A block in short: `~` before the words of a link in a text, `>` where it leads, `@` its row."""
    parts = [f"{'~' * block.inside}{block.kind}: {block.text}"]
    parts += [f"> {block.target}"] * bool(block.target)
    parts += [f"@ {block.row}"] * bool(block.row)
    parts += ["(ornament)"] * block.ornament
    return " ".join(parts)


def read(html: str) -> list[str]:
    return [shown(block) for block in blocks_of(parsed(html))]


READ: dict[str, list[str]] = {
    "": [],
    "Hi": ["text: Hi"],
    "<title>T</title><p>a</p>": ["title: T", "text: a"],
    "<p>a</p>b<p>c</p>": ["text: a", "text: b", "text: c"],
    "<p> a \n b&nbsp;c </p>": ["text: a b\u00a0c"],
    "<h1>a</h1><h6>b</h6>": ["heading: a", "heading: b"],
    "<ul><li>a<li><p>b</p></ul>": ["list item: a", "list item: b"],
    "<li><table><tr><td>a</table>": ["text: a"],
    "<button>a</button><summary>b</summary>": ["button: a", "button: b"],
    "<h2><b>a</b></h2>": ["heading: a"],
    "<p>a<br>b<hr>c</p>": ["text: a", "text: b", "text: c"],
    "<p>a<b>b</b>c</p>": ["text: abc"],
    "<p>a<b style='padding-right:4px'>b</b><i style='color:red'></i>c</p>": ["text: a b c"],
    "<p>a</p><p> </p><p>&nbsp;</p>": ["text: a", "text: \u00a0"],
    "<a href=/a>x</a>": ["link: x > /a"],
    "<p>a <a href=/a>x</a> b</p>": ["text: a x b", "~link: x > /a"],
    "<p><a href=/a>x</a> <a href=/b>y</a></p>": ["link: x > /a", "link: y > /b"],
    "<p><a href=/a>x</a> | <a href=/b>y</a></p>": ["text: x | y", "~link: x > /a", "~link: y > /b"],
    "<p><a href=/a>x</a></p>": ["link: x > /a"],
    "<a>x</a>": ["text: x"],
    "<a href=''>x</a>": ["text: x"],
    "<a href=/a></a>": ["link:  > /a"],
    "<p>x <a href=/a></a></p>": ["text: x", "link:  > /a"],
    "<a href=/a><p>x</p><p>y</p></a>": ["text: x", "text: y", "link: x y > /a"],
    "<p><b><a href=/a>x</a></b>.</p>": ["text: x.", "~link: x > /a"],
    "<area href=/a alt=Shop>": ["link: Shop > /a"],
    "<v:rect href=/a>x</v:rect>": ["link: x > /a"],
    "<v:roundrect href=/a>x</v:roundrect>": ["link: x > /a"],
    "<p>x y <a href=/a>z x</a></p>": ["text: x y z x", "~link: z x > /a"],
    "<a href=/a style='background:red'>x</a>": ["button: x > /a"],
    "<a href=/a style='background:none'>x</a>": ["link: x > /a"],
    "<a href=/a style='background-color:transparent'>x</a>": ["link: x > /a"],
    "<a href=/a style='background-color:inherit'>x</a>": ["link: x > /a"],
    "<a href=/a style='border:1px solid red'>x</a>": ["button: x > /a"],
    "<a href=/a style='border:none'>x</a>": ["link: x > /a"],
    "<a href=/a style='border-width:1px'>x</a>": ["link: x > /a"],
    "<a href=/a style='border-radius:3px'>x</a>": ["button: x > /a"],
    "<a href=/a style='background-image:url(a)'>x</a>": ["button: x > /a"],
    "<td bgcolor=red><a href=/a style='display:inline-block'>x</a>": ["button: x > /a"],
    "<td bgcolor=red><a href=/a style='display:block'>x</a>": ["link: x > /a"],
    "<td><a href=/a style='display:inline-block'>x</a>": ["link: x > /a"],
    "<td bgcolor=red><b><a href=/a style='display:inline-block'>x</a></b>": ["button: x > /a"],
    "<p style='background:red'>y <a href=/a style='display:inline-block'>x</a></p>": ["text: y x", "~button: x > /a"],
    "<style>a{background:red}</style><a href=/a>x</a>": ["button: x > /a"],
    "<style>b{background:red}</style><a href=/a>x</a>": ["link: x > /a"],
    "<img src=a.png alt=A>": ["image: A > a.png"],
    "<img src=a.png>": ["image:  > a.png"],
    "<img src=a.png alt=''>": ["image:  > a.png (ornament)"],
    "<img src=a.png alt=' A  b '>": ["image: A b > a.png"],
    "<img src=a.png width=1 height=1>": ["invisible image:  > a.png"],
    "<img src=a.png width=1>": ["image:  > a.png"],
    "<img src=a.png width=1 height=0 alt=''>": ["invisible image:  > a.png"],
    "<img src=a.png width=1 height=2>": ["image:  > a.png"],
    "<p>x <img src=a.png alt=A> y</p>": ["text: x y", "image: A > a.png"],
    "<p><img src=a.png alt=A> y</p>": ["image: A > a.png", "text: y"],
    "<p>y <img src=a.png alt=A></p>": ["text: y", "image: A > a.png"],
    "<a href=/a><img src=a.png alt=A></a>": ["link: A > /a", "image: A > a.png"],
    "<a href=/a><img src=a.png alt=A> x</a>": ["text: x", "link: A x > /a", "image: A > a.png"],
    "<a href=/a><img src=a.png alt=''></a> x": ["link:  > /a", "image:  > a.png (ornament)", "text: x"],
    "<p>x <a href=/a><img src=a.png alt=A></a></p>": ["text: x", "link: A > /a", "image: A > a.png"],
    "<a href=/a><img src=a.png alt=A></a> <a href=/b>x</a>": ["link: A > /a", "image: A > a.png", "link: x > /b"],
    "<video src=a.mp4></video>": ["video:  > a.mp4"],
    "<video><source src=a.mp4><source src=b.mp4></video>": ["video:  > a.mp4"],
    "<audio src=a.mp3></audio>": ["sound:  > a.mp3"],
    "<video src=a.mp4 poster=p.png></video>": ["video:  > a.mp4", "image:  > p.png"],
    "<p>x<video src=a></video>y</p>": ["text: x", "video:  > a", "text: y"],
    "<video></video>": ["video: "],
    "<p style='display:none'>a</p><p>b</p>": ["preview text: a", "text: b"],
    "<p>b</p><p style='display:none'>a</p>": ["text: b", "hidden text: a"],
    "<p style='display:none'>a &zwnj;&nbsp;&zwnj;&nbsp;</p><p>b</p>": ["preview text: a", "text: b"],
    "<p>a <span style='display:none'>b</span> c</p>": ["text: a c", "hidden text: b"],
    "<p>a <span style='display:none'>a</span></p>": ["text: a"],
    "<p><span style='display:none'>b</span> c</p>": ["preview text: b", "text: c"],
    "<p>a <a href=/a style='display:none'>b</a></p>": ["text: a", "link: b > /a"],
    "<div style='display:none'>a<p>b</p></div>c": ["preview text: a", "preview text: b", "text: c"],
    "<style>.a{display:none}</style><p class=a>x</p><p>y</p>": ["preview text: x", "text: y"],
    "<style>@media print{.a{display:none}}</style><p class=a>x</p><p>y</p>": ["text: x", "text: y"],
    "<p hidden>a</p>b": ["preview text: a", "text: b"],
    "<p style='font-size:1px'>a</p>b": ["preview text: a", "text: b"],
    "<p style='font-size:0'>a</p>b": ["preview text: a", "text: b"],
    "<style>b{color:red}</style><p style='font-size:0'>a</p>b": ["preview text: a", "text: b"],
    "<script>a</script><style>b</style>c": ["text: c"],
    "<head><meta></head>x": ["text: x"],
    "<p>x<sup>2</sup></p>": ["text: x2"],
    "<p>5<sup>2</sup></p>": ["text: 5²"],
    "<p>5<sub>2</sub></p>": ["text: 5₂"],
    "<p>5<span style='vertical-align:super'>2</span></p>": ["text: 5²"],
    "<p>5<b>2</b></p>": ["text: 52"],
    "<p>x<sub>2</sub></p>": ["text: x2"],
    "<p>5<sup>a2</sup></p>": ["text: 5a2"],
    "<p>5<sup>10</sup>6</p>": ["text: 5¹⁰6"],
    "<p><s>5</s>6</p>": ["text: 5 6"],
    "<p><del>5 €</del>6 €</p>": ["text: 5 €6 €"],
    "<p><s>5</s>€6</p>": ["text: 5 €6"],
    "<p>5<s>6</s></p>": ["text: 5 6"],
    "<p><strike>5</strike>EUR 6</p>": ["text: 5 EUR 6"],
    "<p><s>5</s>eur</p>": ["text: 5eur"],
    "<p><s>a</s>6</p>": ["text: a6"],
    "<p><s>5</s><s>6</s></p>": ["text: 56"],
    "<p><span style='padding-right:3px'>a</span><span>b</span></p>": ["text: a b"],
    "<p><span>a</span><span style='margin-left:3px'>b</span></p>": ["text: a b"],
    "<p><span style='margin-left:0'>a</span><span>b</span></p>": ["text: ab"],
    "<p><span style='margin-right:-3px'>a</span><span>b</span></p>": ["text: ab"],
    "<p><span style='padding-top:3px'>a</span><span>b</span></p>": ["text: ab"],
    "<p><span style='padding-right:3px'>a</span>.</p>": ["text: a."],
    "<p><span style='padding-right:3px'>a.</span>b</p>": ["text: a.b"],
    "<style>span{padding:0 2px}</style><p><span>a</span><span>b</span></p>": ["text: a b"],
    "<table><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: Tea", "text: 3 € @ Tea"],
    "<table><tr><td>Tea</td><td>3 €</td></tr><tr><td>Milk</td><td>1 €</td></tr></table>": ["text: Tea", "text: 3 € @ Tea", "text: Milk", "text: 1 € @ Milk"],
    "<table><tr><th>What</th><th>Price</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea, Price"],
    "<table><tr><th>What</th><th>Price</th><th>Size</th></tr><tr><td>Tea</td><td>3 €</td><td>big</td></tr></table>": ["text: What", "text: Price @ What", "text: Size @ What", "text: Tea", "text: 3 € @ Tea, Price", "text: big @ Tea, Size"],
    "<table><tr><td>What</td><td>Price</td><td>Size</td></tr><tr><td>Tea</td><td>3 €</td><td>big</td></tr></table>": ["text: What", "text: Price @ What", "text: Size @ What", "text: Tea", "text: 3 € @ Tea, Price", "text: big @ Tea, Size"],
    "<table><tr><td>What</td><td>Price</td></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea"],
    "<table><tr><td><b>What</b></td><td><b>Price</b></td></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea, Price"],
    "<table><tr><td><strong>What</strong></td><td>Price</td></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea"],
    "<table><thead><tr><td>What<td>Price</thead><tr><td>Tea<td>3 €</table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea, Price"],
    "<table><tr><td style='font-weight:700'>What<td style='font-weight:bold'>Price</tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea, Price"],
    "<table><tr><td style='font-weight:400'>What<td style='font-weight:bold'>Price</tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea"],
    "<table><tr style='font-weight:600'><td>What<td>Price<tr><td>Tea<td>3 €</table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea, Price"],
    "<style>.h{font-weight:bold}</style><table><tr class=h><td>What<td>Price<tr><td>Tea<td>3 €</table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea, Price"],
    "<table><tr><td>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</td><td>3 €</td></tr></table>": ["text: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "text: 3 € @ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
    "<table><tr><td>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</td><td>3 €</td></tr></table>": ["text: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "text: 3 €"],
    "<table><tr><th>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</th><th>yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "text: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy @ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "text: Tea", "text: 3 € @ Tea, yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"],
    "<table><tr><th>x</th><th>yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: x", "text: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy @ x", "text: Tea", "text: 3 € @ Tea"],
    "<table><tr><th>What</th><th>5</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: What", "text: 5 @ What", "text: Tea", "text: 3 € @ Tea"],
    "<table><tr><th>5</th><th>Price</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>": ["text: 5 @ Price", "text: Price @ 5", "text: Tea", "text: 3 € @ Tea, Price"],
    "<table><tr><th>What</th><th>Price</th></tr><tr><td>Tea</td><td>3 €</td><td>x</td></tr></table>": ["text: What", "text: Price @ What", "text: Tea", "text: 3 € @ Tea", "text: x @ Tea"],
    "<table><tr><td>Tea</td></tr></table>": ["text: Tea"],
    "<table><tr><td></td><td>3 €</td></tr></table>": ["text: 3 €"],
    "<table><tr><td><p>Tea</p><p>hot</p></td><td>3 €</td></tr></table>": ["text: Tea", "text: hot", "text: 3 €"],
    "<table><tr><td>Tea</td><td><p>3 €</p><p>4 €</p></td></tr></table>": ["text: Tea", "text: 3 € @ Tea", "text: 4 € @ Tea"],
    "<table><tr><td>1</td><td>Ann</td></tr></table>": ["text: 1 @ Ann", "text: Ann @ 1"],
    "<table><tr><th>No</th><th>Name</th></tr><tr><td>1</td><td>Ann</td></tr></table>": ["text: No", "text: Name @ No", "text: 1 @ Ann, No", "text: Ann @ 1, Name"],
    "<table><tr><th>Time</th><th>A</th><th>B</th></tr><tr><td>13:00</td><td>2</td><td>3</td></tr></table>": ["text: Time", "text: A @ Time", "text: B @ Time", "text: 13:00 @ Time", "text: 2 @ 13:00, A", "text: 3 @ 13:00, B"],
    "<table><tr><th>Time</th><th>A</th><th>B</th></tr><tr><td>13.00</td><td>2</td><td>3</td></tr></table>": ["text: Time", "text: A @ Time", "text: B @ Time", "text: 13.00 @ Time", "text: 2 @ A", "text: 3 @ B"],
    "<table><tr><th>Time</th><th>A</th><th>B</th></tr><tr><td>12.5.</td><td>2</td><td>3</td></tr></table>": ["text: Time", "text: A @ Time", "text: B @ Time", "text: 12.5. @ Time", "text: 2 @ 12.5., A", "text: 3 @ 12.5., B"],
    "<table><tr><th>Time</th><th>A</th><th>B</th></tr><tr><td>2026-05-01</td><td>2</td><td>3</td></tr></table>": ["text: Time", "text: A @ Time", "text: B @ Time", "text: 2026-05-01 @ Time", "text: 2 @ 2026-05-01, A", "text: 3 @ 2026-05-01, B"],
    "<table><tr><th>Time</th><th>A</th><th>B</th></tr><tr><td>9:30 a.m.</td><td>2</td><td>3</td></tr></table>": ["text: Time", "text: A @ Time", "text: B @ Time", "text: 9:30 a.m.", "text: 2 @ 9:30 a.m., A", "text: 3 @ 9:30 a.m., B"],
    "<table><tr><td>5</td><td>6</td></tr><tr><td>7</td><td>8</td></tr></table>": ["text: 5", "text: 6", "text: 7", "text: 8"],
    "<table><tr><td>Tea</td><td><table><tr><td>3 €</table></td></tr></table>": ["text: Tea", "text: 3 €"],
    "<table><tr><td><img src=a alt=A></td><td>Tea</td><td>3 €</td></tr></table>": ["image: A > a", "text: Tea @ A", "text: 3 € @ A"],
    "<a href=/a><h2>Big</h2><p>Sale</p></a>": ["heading: Big", "text: Sale", "link: Big Sale > /a"],
    "<p>x <a href=/a>y<br>z</a></p>": ["text: x y", "text: z", "link: y z > /a"],
    "<body><h1>a</h1></body>": ["heading: a"],
    "<h1><body>a</body></h1>": ["text: a"],
    "<h1><th>a</th></h1>": ["text: a"],
    "<p>a<span hidden>b<b>c</b></span>d</p>": ["text: ad", "hidden text: bc"],
    "<p>5<sup></sup>6</p>": ["text: 56"],
}  # fmt: skip


def test_an_email_is_read_in_blocks() -> None:
    assert {each: read(each) for each in READ} == READ


LINES: dict[str, str] = {
    "<p>Hi</p>": "Hi",
    "<h1>Hi</h1>": "[heading “Hi”]",
    "<a href=/a>Go</a>": "[link “Go”: /a]",
    "<img src=a.png>": "[image without words: a.png]",
    "<a href=/a></a>": "[link without words: /a]",
    "<p>a</p><img src=b alt=c>": "a\n[image “c”: b]",
    "": "",
}  # fmt: skip


def test_an_email_is_text_with_a_line_for_each_block() -> None:
    assert {each: readable(parsed(each)) for each in LINES} == LINES


GAPS: dict[str, list[int]] = {
    "<p>a</p><br><p>b</p>": [0, 1],
    "a<br><br><br>b": [0, 2],
    "a<br>b": [0, 0],
    "<br>a": [1],
    "<p>a</p><hr><br>b": [0, 1],
    "<img src=a><br>b": [0, 0],
    "<p>a</p><br><img src=a>b": [0, 1, 0],
}  # fmt: skip


def test_line_breaks_that_make_a_space_are_counted() -> None:
    assert {each: [place.gap for _, place in places_of(parsed(each))] for each in GAPS} == GAPS


ROWS: list[tuple[list[list[str]], bool, list[list[str]]]] = [
    ([["Room", "Guest"], ["412", "Okafor"]], True, [["", "Room"], ["Okafor, Room", "412, Guest"]]),
    ([["Room", "Guest"], ["412", "Okafor"]], False, [["", "Room"], ["Okafor", "412"]]),
    ([["What", "Price"], ["Tea", "3 €"]], True, [["", "What"], ["", "Tea, Price"]]),
    ([["What", "5"], ["Tea", "3 €"]], True, [["", "What"], ["", "Tea"]]),
    ([["What", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"], ["Tea", "3 €"]], True, [["", "What"], ["", "Tea"]]),
    ([["What", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"], ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "3 €"]], True, [["", "What"], ["", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]]),
    ([["What", "Price"], ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "3 €"]], True, [["", "What"], ["", ""]]),
    ([["Time", "A", "B"], ["13:00", "2", "3"]], True, [["", "Time", "Time"], ["Time", "13:00, A", "13:00, B"]]),
    ([["Time", "A", "B"], ["13.50", "2", "3"]], True, [["", "Time", "Time"], ["Time", "A", "B"]]),
    ([["Time", "A"], ["12.5.2026", "2"]], True, [["", "Time"], ["Time", "12.5.2026, A"]]),
    ([["1", "2"], ["3", "4"]], True, [["", ""], ["", ""]]),
    ([["Tea"], ["Milk"]], True, [[""], [""]]),
    ([["What", "Price"], ["Tea"], ["Tea", "3", "x"]], True, [["", "What"], [""], ["", "Tea", "Tea"]]),
    ([["No", "Name", "Town"], ["1", "", "Ann"]], True, [["", "No", "No"], ["Ann, No", "1, Name", "1, Town"]]),
    ([["No", "Name"], ["1", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]], True, [["", "No"], ["No", "1, Name"]]),
    ([], True, []),
    ([[]], True, [[]]),
    ([["What", "Price"], ["", "3 €"]], True, [["", "What"], ["What", "Price"]]),
]  # fmt: skip


def test_what_each_cell_is_about_is_told_by_the_words_of_all() -> None:
    assert [(rows, headed, row_labels(rows, is_headed=headed)) for rows, headed, _ in ROWS] == ROWS
