"""What changed in an HTML body is said in what its reader sees, never in markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novu_framework_testing.snapshots.html_diff import html_changes
from tests.unit.html_emails import mjml, react_email

PAIRS = [
    # what MJML makes, on one line
    (mjml(), mjml(words="Thank you, Bob."), "text: Thank you, Ann. > Thank you, Bob."),
    (mjml(), mjml(colour="#222222"), "colours: a colour changed: #111111 became #222222"),
    (mjml(), mjml(words="Hi.", colour="#222222"), "text: Thank you, Ann. > Hi.; colours: a colour changed: #111111 became #222222"),
    (mjml(), mjml(size="15px"), "size of text: the size of text changed: 13px became 15px"),
    (mjml(), mjml(preview="Your parcel"), "preview text: Your order > Your parcel"),
    (mjml(), mjml(button="Track it"), "words of a button: See it > Track it"),
    (mjml(), mjml(link="https://acme.test/o/1?utm_source=b"), "button “See it” › utm_source: a > b"),
    (mjml(), mjml(link="https://acme.test/o/1?utm_source=a&ref=x"), "button “See it” › ref: - > x"),
    (mjml(), mjml(link="https://acme.test/o/2?utm_source=a"), "button “See it”: https://acme.test/o/1?utm_source=a > https://acme.test/o/2?utm_source=a"),
    (mjml(), mjml().replace("<title>Order", "<title>Your order"), "title: Order > Your order"),
    (mjml(), mjml().replace('width="600"', 'width="640"'), "for Outlook: what only Outlook for Windows shows changed"),
    (mjml(), mjml().replace("padding:10px 25px", "padding:12px 25px"), "spaces: the spacing changed: 10px 25px became 12px 25px"),
    (mjml(), mjml().replace("Ubuntu, Helvetica", "Inter, Helvetica"), "font: the font changed: ubuntu, helvetica became inter, helvetica"),
    (mjml(), mjml().replace('lang="en"', 'lang="de"'), "language: the language changed: en became de, in 2 places"),
    (mjml(), mjml().replace("480px", "500px"), "layout: the layout changed"),
    (mjml(), mjml().replace("text-align:center", "text-align:left"), "alignment: the alignment changed: center became left"),
    # what react-email makes
    (react_email(), react_email(name="Zoë"), "text: Hi Ann, > Hi Zoë,"),
    (react_email(), react_email(heading="Hello there"), "heading: Welcome > Hello there"),
    (react_email(), react_email(alternative=""), "alternative text of an image: Acme > "),
    (react_email(), react_email(picture="https://cdn.test/new.png"), "image “Acme”: https://cdn.test/logo.png > https://cdn.test/new.png"),
    (react_email(), react_email(height="60"), "size of an image: the size of an image changed: 120 × 40 became 120 × 60"),
    (react_email(), react_email(button="Start"), "words of a button: Get started > Start"),
    (react_email(), react_email(foot=""), "text: You get this since you signed up. > -"),
    (react_email(), react_email(preview="Start today"), "preview text: Welcome > Start today"),
    (react_email(), react_email().replace("#656ee8", "#0055ff").replace("#f6f9fc", "#ffffff"), "colours: a colour changed: #656ee8 and #f6f9fc became #0055ff and #ffffff"),
    (react_email(), react_email().replace('role="presentation"', ""), "for screen readers: what screen readers are told is gone: presentation"),
    (react_email(), react_email().replace('<hr style="border-top:1px solid #eaeaea"/>', ""), "borders: a border is gone: 1px solid #eaeaea; layout: the layout changed"),
    (react_email(), react_email().replace("<p>You", "<p>New line.</p><p>You"), "text: - > New line."),
    (react_email(), react_email().replace("<!--$-->", "<!--$?-->"), "markup: something changed that is not seen, such as blanks or comments"),
    (react_email(), react_email().replace("font-size:16px;line-height:24px", "font-size:18px;line-height:28px"), "size of text: the size of text changed: 16px and 24px became 18px and 28px"),
    # templates whose data did not arrive
    ("<p>Hello {{ user }}</p>", "<p>Hello {{ user.name }}</p>", "text: Hello {{ user }} > Hello {{ user.name }}"),
    ("<ul><li>{% for a in b %}</ul>", "<ul><li>{% for a in c %}</ul>", "list item: {% for a in b %} > {% for a in c %}"),
    # words
    ('<td style="color:#111">Hello</td><td>old</td>', '<td style="color:#222">Hello</td><td>new</td>', "text: old > new; colours: a colour changed: #111 became #222"),
    ('<p dir="rtl">مرحبا آن</p>', '<p dir="rtl">مرحبا بوب</p>', "text: مرحبا آن > مرحبا بوب"),
    ("<p>Hi 👩‍👩‍👧</p>", "<p>Hi 👩‍👩‍👦</p>", "text: Hi 👩‍👩‍👧 > Hi 👩‍👩‍👦"),
    ("<p>Fish &amp; chips</p>", "<p>Fish &amp; peas</p>", "text: Fish & chips > Fish & peas"),
    ("<p>A&nbsp;b</p>", "<p>A b</p>", "text: A\xa0b > A b"),
    ("<p>x < y</p>", "<p>x < z</p>", "text: x < y > x < z"),
    ("<p>a<br>b</p>", "<p>a<br>c</p>", "text: b > c"),
    ("<p>One</p><p>Two</p>", "<p>Two, too</p>", "text: Two > Two, too; text: One > -"),
    ("<h1>a</h1><p>b</p>", "<h2>a</h2><p>b</p>", "layout: the layout changed"),
    ("<p>One</p><p>Two</p><p>Three</p>", "<p>Three</p><p>One</p><p>Two</p>", "text: “Three” stands at another place"),
    ("<table><tr><td>Tea<td>3 €</table>", "<table><tr><td>Tea<td>4 €<tr><td>Milk<td>1 €</table>", "text: 3 € > 4 €; text: - > Milk; text: - > 1 €"),
    ("<button>Buy</button>", "<button>Buy now</button>", "button: Buy > Buy now"),
    ('<p>a</p><p style="display:none">b</p>', '<p>a</p><p style="display:none">c</p>', "hidden text: b > c"),
    # links and images
    ("<p>See <a href='/a'>this</a> and <a href='/b'>that</a>.</p>", "<p>See <a href='/a'>this</a> and <a href='/c'>that</a>.</p>", "link “that”: /b > /c"),
    ("<p>See <a href='/a'>this</a>.</p>", "<p>See <a href='/a'>that</a>.</p>", "text: See this. > See that."),
    ("<p>See <a href='/a'>this</a>.</p>", "<p>See this.</p>", "link “this”: /a > -"),
    ("<a href='/a#top'>Up</a>", "<a href='/a#end'>Up</a>", "link “Up”: /a#top > /a#end"),
    ("<a href='mailto:a@b.test'>Write</a>", "<a href='mailto:c@b.test'>Write</a>", "link “Write”: mailto:a@b.test > mailto:c@b.test"),
    ("<a href='javascript:a()'>x</a>", "<a href='https://[bad'>x</a>", "link “x”: javascript:a() > https://[bad"),
    ("<a href='/?a=1&a=2'>x</a>", "<a href='/?a=2&a=1'>x</a>", "link “x”: /?a=1&a=2 > /?a=2&a=1"),
    ("<a href='/a'><img src='a.png' alt='Go'></a>", "<a href='/b'><img src='a.png' alt='Go'></a>", "link “Go”: /a > /b"),
    ("<img src='data:image/png;base64,AA' alt=''>", "<img src='data:image/png;base64,BB' alt=''>", "image without words: it is another picture"),
    ("<img src='cid:a' alt='A'>", "<img src='/a.png' alt='A'>", "image “A”: an image inside the message > /a.png"),
    # looks alone
    ("<p style='color:red'>a</p>", "<p>a</p>", "colours: a colour is gone: red"),
    ("<p>a</p><p>b</p>", "<p>a</p><p style='color:red'>b</p>", "colours: a colour is new: red"),
    ("<p style='color:red'>a</p><p>b</p>", "<p style='color:red'>a</p><p style='color:red'>b</p>", "colours: a colour is in more places"),
    ("<p style='color:red'>a</p><p style='color:blue'>b</p>", "<p style='color:blue'>a</p><p style='color:red'>b</p>", "markup: the layout changed: the same parts are put together in another way"),
    ("<style>p{color:red}</style>a", "<style>p{color:blue}</style>a", "colours: a colour changed: red became blue"),
    ("<style>p{color:red}</style>a", "<style>b{color:red}</style>a", "layout: the layout changed"),
    ("<td bgcolor=red>a", "<td bgcolor=blue>a", "colours: a colour changed: red became blue"),
    ("<p style='color:<b>'>a", "<p style='color:red'>a", "colours: a colour changed"),
    ("<b>Hi</b>", "<i>Hi</i>", "layout: the layout changed"),
    ("<p>a</p>", "<p aria-label='b'>a</p>", "for screen readers: what screen readers are told is new: b"),
    ("<p>a</p>", "<p>a</p> ", "markup: something changed that is not seen, such as blanks or comments"),
    ("<script>a</script>", "<script>b</script>", "markup: something changed that is not seen, such as blanks or comments"),
]  # fmt: skip


def in_a_line(old: str, new: str) -> str:
    def shown(text: str | None) -> str:
        return "-" if text is None else text

    return "; ".join(
        f"{part}: {sentence if sentence else f'{shown(was)} > {shown(now)}'}"
        for part, was, now, sentence in html_changes(old, new)
    )


@pytest.mark.parametrize(("old", "new", "said"), PAIRS)
def test_a_change_is_said_as_its_reader_sees_it(old: str, new: str, said: str) -> None:
    assert in_a_line(old, new) == said
    assert in_a_line(new, new) == ""


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "a", "b", " ", "<b>", "</b>", "<a href='/x?y=1'>", "</a>", "<img src=z alt=w>", "<!-- c -->",
         "<td style='color:red'>", "<table>", "</table>", "<style>p{top:1px}</style>", "<br>", "&lt; ", "< ", "<div hidden>", "</div>"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(PIECES, PIECES)
def test_other_markup_is_always_a_change_and_no_tag_is_ever_shown(old: str, new: str) -> None:
    changes = list(html_changes(old, new))
    assert bool(changes) == (old != new)
    for change in changes:
        assert not re.search(r"<(/?(p|b|a|img|td|table|style|div|br)\b|!--)", " ".join(filter(None, change)))


@pytest.mark.parametrize(
    "piece", ["<p>{n}</p>", "<td style='color:#{n}'>x</td>", "<a href='/{n}?q={n}'>x</a>", "<b>x</b> "]
)
def test_a_long_body_is_compared_in_bounded_work(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in what pairs of blocks are weighed: time would depend on the machine."""
    from novu_framework_testing.snapshots import html_diff

    weighed = 0
    likeness = html_diff._likeness

    def counted(*blocks: html_diff.Block) -> float:
        nonlocal weighed
        weighed += 1
        return likeness(*blocks)

    monkeypatch.setattr(html_diff, "_likeness", counted)
    old = "".join(piece.format(n=n) for n in range(2_000))
    new = "".join(piece.format(n=n) for n in range(1_000, 3_500, 2))
    assert len(list(html_changes(old, new))) >= 1
    assert weighed <= 2 * html_diff._PAIRS * 60
