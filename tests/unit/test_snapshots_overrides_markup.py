"""What is read of a text in the markup of each chat: its words, how they are set, where they lead, who is meant."""

from __future__ import annotations

import pytest

from novu_framework_testing.snapshots.overrides.cards import card
from novu_framework_testing.snapshots.overrides.markup import FLAVOURS, Line, emoji_of, said
from novu_framework_testing.snapshots.overrides.parts import Sheet
from tests.tables import walked
from tests.unit.test_snapshots_overrides_read import said as part


def told(line: Line) -> str:
    return "".join(
        (
            f"{line.kind}: " if line.kind else "",
            line.text,
            *(f" [{style}: {words}]" for style, words in line.styles),
            *(f" ({label} > {target})" for label, target in line.links),
            *(f" (image {words} > {target})" for words, target in line.images),
            *(f" ({name} is {who})" for name, who in line.meant),
        )
    )


TEXTS: dict[str, dict[str, list[str]]] = {
    "none": {"*a* _b_ `c` &lt; :bell:": ["*a* _b_ `c` &lt; :bell:"], "# a\n\n- b\n> c": ["# a", "- b", "> c"], "```a```": ["```a```"], " \n": []},
    "slack without markup": {"*a* :bell: &lt;": ["*a* 🔔 &lt;"], "> a": ["> a"]},
    "slack": {
        "*a* _b_ ~c~ `d`": ["a b c d [bold: a] [in italics: b] [struck out: c] [code: d]"],
        "*_a_ b*": ["a b [in italics: a] [bold: a b]"],
        "a*b* _ c _ *d *": ["a*b* _ c _ *d *"],
        "x*b*y *b*y": ["x*b*y *b*y"],
        "*<https://a.b|c>*": ["c [bold: c] (c > https://a.b)"],
        "`*a* &lt;`": ["*a* &lt; [code: *a* &lt;]"],
        "<https://a.b?c&amp;d>": ["https://a.b?c&d (https://a.b?c&d > https://a.b?c&d)"],
        "<mailto:a@b.c>": ["a@b.c (a@b.c > mailto:a@b.c)"],
        "<MAILTO:a|*b*>": ["b [bold: b] (b > MAILTO:a)"],
        "<a>": ["<a>"],
        "<@U1> <#C1> <!here> <!subteam^S1>": ["@U1 #C1 @here @S1"],
        "<@U1|ann> <#C1|#news> <!subteam^S1|@ops>": ["@ann #news @ops (@ann is U1) (#news is C1) (@ops is S1)"],
        "<!date^0^{date} at {time}|x>": ["1970-01-01 at 00:00 UTC"],
        "<!date^-1^{date_short}^https://a.b|x>": ["1969-12-31"],
        "<!date^x^{date}|y>": ["@y (@y is {date})"],
        "&lt;&gt;&amp;&quot;&nbsp;": ["<>&\"&nbsp;"],
        "> a\n&gt; *b*\n>c": ["a [quoted: a]", "b [quoted: b] [bold: b]", "c [quoted: c]"],
        "- a\n# b": ["- a", "# b"],
        "a ```b c\n d``` e": ["a ", "b c [code: b c]", " d [code:  d]", " e"],
        "```py\na```": ["a [code: a]"],
        "```a b\nc```": ["a b [code: a b]", "c [code: c]"],
        ":bell: :a b:": ["🔔 :a b:"],
        "*a\nb*": ["*a", "b*"],
    },
    "inbox": {"**a** *b* _c_ `d`": ["a b _c_ `d` [bold: a] [in italics: b]"], "- a": ["- a"], "&lt;": ["&lt;"]},
    "whatsapp": {
        "*a* _b_ ~c~ `d`": ["a b c d [bold: a] [in italics: b] [struck out: c] [code: d]"],
        "- a\n* b\n1. c\n12) d\n• e\n+ f\n1234. g\n-h": ["list item: a", "list item: b", "list item: c", "list item: d", "list item: e", "list item: f", "1234. g", "-h"],
        "# a\n###### b\n####### c\n#d": ["heading: a", "heading: b", "####### c", "#d"],
        "  - a\n  # b": ["list item: a", "  # b"],
    },
    "markdown": {
        "**a** __b__ ~~c~~ *d* _e_ `f`": ["a b c d e f [bold: a] [bold: b] [struck out: c] [in italics: d] [in italics: e] [code: f]"],
        "![a](https://b.c) [d](e)": [" d (d > e) (image a > https://b.c)"],
        "[**a**](<b>) ![](c)": ["a  [bold: a] (a > b) (image  > c)"],
        "[a](b c) [](d)": ["[a](b c) [](d)"],
        "- *a*": ["list item: a [in italics: a]"],
        "*a **b** c*": ["*a b c* [bold: b]"],
    },
    "discord": {
        "**a** __b__ ~~c~~ *d* _e_ `f` ||g|| [h](i)": ["a b c d e f g h [bold: a] [underlined: b] [struck out: c] [in italics: d] [in italics: e] [code: f] [hidden until it is pressed: g] (h > i)"],
        "<@1> <@!2> <@&3> <#4> <:a:5> <a:b:6>": ["@1 @2 @3 #4 :a: :b:"],
        "<t:0:R> <t:60>": ["1970-01-01 00:00 UTC 1970-01-01 00:01 UTC"],
    },
    "MarkdownV2": {
        "*a* _b_ __c__ ~d~ ||e|| `f` [g](h) \\*i\\*": ["a b c d e f g *i* [bold: a] [in italics: b] [underlined: c] [struck out: d] [hidden until it is pressed: e] [code: f] (g > h)"],
        "\\a \\\\ \\!": ["\\a \\ !"],
        "- a": ["- a"],
    },
    "Markdown": {"*a* _b_ ~c~ `d` [e](f)": ["a b ~c~ d e [bold: a] [in italics: b] [code: d] (e > f)"]},
    "HTML": {
        "<b>a</b> <STRONG>b</STRONG> <i>c</i> <em>d</em>": ["a b c d [bold: a] [bold: b] [in italics: c] [in italics: d]"],
        "<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>": ["abcde [underlined: a] [underlined: b] [struck out: c] [struck out: d] [struck out: e]"],
        "<code>a</code><pre>b</pre><blockquote>c</blockquote>": ["abc [code: a] [code: b] [quoted: c]"],
        "<tg-spoiler>a</tg-spoiler><span>b</span><tg-emoji>c</tg-emoji>": ["abc [hidden until it is pressed: a] [hidden until it is pressed: b] [an emoji: c]"],
        "<a href='b&amp;c'>a</a> <A HREF = \"d\">e</A> <a>f</a>": ["a e f (a > b&c) (e > d) (f > )"],
        "<b class='x'>a <i>b</i></b> &lt;": ["a b < [in italics: b] [bold: a b]"],
        "<b>a\nb</b>": ["a [bold: a]", "b [bold: b]"],
        "<x>a</x> <b>c": ["<x>a</x> <b>c"],
    },
}  # fmt: skip


def test_every_flavour_is_tried() -> None:
    assert TEXTS.keys() == FLAVOURS.keys()


@walked("flavour", TEXTS)
def test_a_text_is_read_as_its_program_shows_it(flavour: str) -> None:
    texts = TEXTS[flavour]
    assert {text: [told(line) for line in said(text, flavour)] for text in texts} == texts


@pytest.mark.parametrize("seconds", ["9" * 12, "9" * 30, f"-{'9' * 20}"])
def test_a_moment_that_no_calendar_has_stays_a_number(seconds: str) -> None:
    (line,) = said(f"<!date^{seconds}^{{date}} {{time}}|x>", "slack")
    assert line.text == f"{seconds} {seconds}"


def test_an_emoji_without_a_picture_stays_a_name() -> None:
    assert [emoji_of(name) for name in ("bell", "wave", "no_such", "")] == ["🔔", "👋", ":no_such:", "::"]


CARDS = [
    (
        {"type": "card", "title": "T", "subtitle": "**S**", "image_url": "u", "id": "c"},
        ["heading: T", "text: S [bold: S]", "image:  > u", "= part: T > 1 -id=c"],
    ),
    (
        {"children": [{"type": "table", "rows": [["412", "Lee"], ["413", "Lind"]]}, {"type": "table", "headers": ["A"], "rows": ["x"]}]},
        ["cell: 412 (of Lee)", "cell: Lee (of 412)", "cell: 413 (of Lind, 412)", "cell: Lind (of 413, Lee)", "cell: A", "cell: x"],
    ),
    (
        {"children": [{"type": "select", "label": "L", "placeholder": "P", "options": [{"label": "a", "description": "b"}, {"label": "c"}]}]},
        ["menu: L -placeholder=P", "choice: a: b (of L)", "choice: c (of L)"],
    ),
    ({"children": [{"type": "radio_select", "placeholder": "P", "options": [{"label": "a"}]}]}, ["menu: P", "choice: a (of P)"]),
    ({"children": [{"type": "text_input", "placeholder": "P"}, {"type": "text_input", "label": "L", "placeholder": "P"}]}, ["field to write in: P", "field to write in: L -placeholder=P"]),
    (
        {"children": [{"type": "actions", "children": [{"type": "button", "label": "B", "callback_url": "u"}, {"type": "link-button", "label": "C", "url": "v"}]}, {"type": "link", "label": "D", "url": "w"}]},
        ["button: B > u", "button: C > v", "link: D > w"],
    ),
    ({"children": [{"type": "divider"}, {"type": "image", "alt": "a", "url": "u"}, {"type": "text", "content": "**b**"}]}, ["divider: a line across", "image: a > u", "text: b [bold: b]"]),
    ({"children": [{"type": "field", "label": "a", "value": "b"}, {"type": "fields", "children": [{"type": "field", "label": "c", "value": 1}]}, {"type": "section", "children": ["x"]}]}, ["text: a: b", "text: c: 1", "value: x"]),
]  # fmt: skip


@walked(("given", "parts"), CARDS, ids=range(len(CARDS)))
def test_a_card_is_read_as_chats_show_it(given: dict[str, object], parts: list[str]) -> None:
    sheet = Sheet()
    sheet.read(card, given)
    sheet.label_tables()
    holders = [f"= {part(one)}" for one in sheet.holders if one.unseen]
    assert [*map(part, sheet.parts[1:]), *holders] == parts
    assert part(sheet.parts[0]) == ": "
