"""What is marked in the two drawings of a change: what differs, and nothing else."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from novu_framework_testing.snapshots.html_diff import html_changes

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

P = '<p style="color:#525f7f;margin:16px 0">'


def table(*rows: str) -> str:
    """A table of words, the first row one of heads."""
    cells = (f"<td>{'</td><td>'.join(row.split())}</td>" for row in rows)
    return f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>"


PAIRS = [
    # words
    ("<p>The old clinic</p>", "<p>The new clinic</p>", ["old"], ["new"]),
    (f"{P}Dear Ann,</p>{P}We sent your records.</p>{P}They will call you.</p>{P}Do not stop.</p>", f"{P}Dear Ann,</p>{P}Do not stop.</p>{P}We sent your records.</p>{P}They will call you.</p>", ["Do not stop."], ["Do not stop."]),
    (f"{P}One</p>{P}Two</p>", f"{P}Zero</p>{P}One</p>{P}Two</p>", [], ["Zero"]),
    (f"{P}One.</p>{P}Three.</p>", f"{P}One.</p>{P}Two.</p>{P}Three.</p>", [], ["Two."]),
    ("<p>Come <b>fasting</b>, please. Thanks.</p>", "<p>Come, please. Many thanks.</p>", ["<B> fasting", "fasting", "Thanks"], ["Many thanks"]),
    ("<td>Visit</td><td>€80</td>", "<td>Visit</td><td>€95</td>", ["80"], ["95"]),
    *((f"<p>{was}</p>", f"<p>{now}</p>", gone, come) for was, now, gone, come in (("2票をお持ちです", "1票をお持ちです", ["2"], ["1"]), ("手数料5ユーロが", "手数料7.50ユーロが", ["5"], ["7.50"]), ("20:00에 열쇠 5개", "20:00에 열쇠 4개", ["5"], ["4"]), ("ทั้ง5ดอก", "ทั้ง4ดอก", ["5"], ["4"]))),
    # columns
    (table("Item Amount", "Rent €640", "Heat €85"), table("Item March Amount", "Rent €640 €640", "Heat €81 €85"), [], ["March", "€640", "€81"]),
    (table("Item Amount", "Rent €640", "Heat €85"), table("Item Sum", "Rent €640", "Heat €86"), ["Amount", "€85"], ["Sum", "€86"]),
    (table("Item Amount", "Rent €640"), table("Item Amount", "Heat €85", "Rent €640"), [], ["Heat", "€85"]),
    # rows that are the first of their table now, or no longer: they are no heads
    (table("Tea €5", "Rum €9"), table("Rum €9", "Gin €7"), ["Tea", "€5"], ["Gin", "€7"]),
    (table("Tea €5", "Rum €5", "Gin €7"), table("Rum €5", "Gin €7"), ["Tea", "€5"], []),
    (table("Tea €5", "Rum €9"), table("Milk €2", "Tea €5", "Rum €9"), [], ["Milk", "€2"]),
    (table("Tea €5", "Rum €9"), table("Tea €6", "Rum €9"), ["€5"], ["€6"]),
    # looks
    ("<p style='color:#333'>Hi</p>", "<p style='color:#c00'>Hi</p>", ["<P> Hi"], ["<P> Hi"]),
    ("<p style='color:#333'>Hi</p><p>old</p>", "<p style='color:#c00'>Hi</p><p>new</p>", ["<P> Hi", "old"], ["<P> Hi", "new"]),
    ("<p>Come <b>fasting</b></p>", "<p>Come fasting</p>", ["<B> fasting"], []),
    ("<p>Now €90</p>", "<p>Now <s>€90</s></p>", [], ["<S> €90"]),
    ("<img src='data:,a' alt='A'>", "<img src='data:,b' alt='A'>", ["<IMG> "], ["<IMG> "]),
    ("<p><a data-leads-to='/a'>Keep</a></p>", "<p><a data-leads-to='/b'>Keep</a></p>", ["<A> Keep"], ["<A> Keep"]),
    ("<p>a</p>", "<p>a</p><hr>", [], ["<HR> "]),
    # a picture that is not loaded
    *((f"<p>Hi <img {one}></p>", f"<p>Hi <img {other}></p>", ["<IMG> "], ["<IMG> "])
      for one, other in (("data-image='/a'", "data-image='/b'"), ("data-image='/a' style='width:90px'", "data-image='/a' style='width:60px'"), ("data-image='/a' aria-label='A'", "data-image='/a' aria-label='B'"))),
    ("<img class='a' data-image='/a'>", "<img class='b' data-image='/a'>", [], []),
    # what is the same
    ("<p style='color:#ffffff;margin:0'>Hi</p>", "<p style='margin:0px; color:#fff'>Hi</p>", [], []),
    ("<p>Dear Ann, hello</p>", "<p><span>Dear Ann,</span> hello</p>", [], []),
    ("<p class='a'>Hi</p>", "<p id='x' class='b'>Hi</p>", [], []),
    ("<p>a</p><p>b</p>", "<div><p>a</p><p>b</p></div>", [], []),
    ("<a href='/a'>b</a>", "<a href='/a' target='_blank' rel='noopener'>b</a>", [], []),
]  # fmt: skip
MARKED = """([before, after]) => {
    const trees = [before, after].map((each) => new DOMParser().parseFromString(each, "text/html"));
    Marks.mark(trees[0].body, trees[1].body);
    return trees.map((each) => [...each.querySelectorAll("[data-mark]")].map(
        (one) => (["INS", "DEL"].includes(one.tagName) ? "" : `<${one.tagName}> `) + one.textContent));
}"""


async def test_what_differs_is_marked_and_nothing_else(open_page: Any) -> None:
    page = (await open_page("about:blank")).page
    await page.add_script_tag(
        content=files("novu_framework_testing").joinpath("review/page/marks.js").read_text("utf-8")
    )
    for old, new, gone, come in PAIRS:
        assert await page.evaluate(MARKED, [old, new]) == [gone, come], (old, new)
        assert await page.evaluate(MARKED, [new, old]) == [come, gone], (new, old)
    one, two = "<ol><li>Check in</li><li>Drop bags</li></ol>", "<ol><li>Drop bags</li><li>Check in</li></ol>"
    for old, new in ((one, two), (two, one)):  # what is marked is what the sentence says
        (said,) = html_changes(old, new)
        marks = await page.evaluate(MARKED, [old, new])
        assert marks[0] == marks[1]
        assert (said.sentence or "").startswith(f"“{marks[0][0]}” now comes ")
