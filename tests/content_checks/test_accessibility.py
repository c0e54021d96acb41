"""What readers with another eye, ear or hand need, and what an email's texts are drawn with."""

from __future__ import annotations

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing._internal.selectors import Tree
from novu_framework_testing.checks import Content
from novu_framework_testing.checks.cascade import Cascade, Winner
from novu_framework_testing.checks.colours import contrast, drawn_texts
from novu_framework_testing.checks.content import email
from tests.content_checks.hits import hits
from tests.tables import walked

Cases = list[tuple[Content, list[str]]]


def expect(cases: Cases, *subjects: str) -> None:
    found = [hits(content, *subjects) for content, _ in cases]
    shown = [
        [one.removeprefix("accessibility.").replace(" body, line 1: ", " ") for one in each] for each in found
    ]
    assert shown == [expected for _, expected in cases]


def html(
    attributes: str = 'lang="en"', text: str = "Hi", head: str = "<title>A</title>", body: str = ""
) -> Content:
    return email("", whole=f"<html {attributes}><head>{head}</head><body {body}>{text}</body></html>")


HEBREW = "\u05e9" * 11


def test_the_language_the_direction_and_the_title() -> None:
    cases: Cases = [
        (html(), []),
        (html("dir='ltr'"), ["lang-missing <html dir='ltr'>"]),
        (html("dir='ltr'", body='lang="en"'), []),
        (html('xml:lang="en"'), []),
        (email("", whole="<p>Hi</p>"), []),
        *((html(f'lang="{tag}"'), []) for tag in ("de-AT", "zh-Hant-TW", "deu", "en-12345678")),
        *((html(f'lang="{tag}"'), [f'lang-malformed <html lang="{tag}">']) for tag in ("e", "engl", "en_US", "en-", "en-123456789")),
        (html(body='lang="e"'), ['lang-malformed <body lang="e">']),
        (html(text=HEBREW), ["direction body: 11 of 11 letters"]),
        (html(text=HEBREW[1:]), []),
        (html(text=HEBREW + "a" * 10), ["direction body: 11 of 21 letters"]),
        (html(text=HEBREW + "a" * 11), []),
        (html(text=HEBREW + "1_" * 30), ["direction body: 11 of 11 letters"]),
        (html('lang="he" dir="RTL"', HEBREW), []),
        (html(head=""), ["title <head>"]),
        (html(head="<title> </title>"), ["title <head>"]),
        (html(head="<title></title><title>A</title>"), []),
        (html(head="<title> <!-- x -->A</title>"), []),
    ]  # fmt: skip
    expect(cases, "accessibility.lang", "accessibility.direction", "accessibility.title")


INNER = '<table role="none"><tr><td>A</td></tr></table>'
OUTER = "<table{}><tr><td>{}</td></tr></table>"


def test_tables_and_headings() -> None:
    cases: Cases = [
        (email(OUTER.format("", INNER)), ["table-role <table>"]),
        (email(OUTER.format("", f"<div>{INNER}</div>{INNER}")), ["table-role <table>"]),
        (email(OUTER.format(' role="none"', INNER)), []),
        (email(OUTER.format(' aria-hidden="true"', INNER)), []),
        (email(OUTER.format(' aria-hidden="false"', INNER)), ['table-role <table aria-hidden="false">']),
        (email(OUTER.format("", "A")), []),
        (email(OUTER.format(' class="a"', OUTER.format("", INNER))), ['table-role <table class="a">', "table-role <table>"]),
        # of goods and prices
        (email(f"<table><tr><th>A</th><th>B</th></tr><tr><td>{INNER}</td><td>1</td></tr></table>"), []),
        (email(f"<table><tr> <th>A</th>\n<th>B</th></tr><tr> <td>{INNER}</td>\n<td>1</td></tr></table>"), []),
        (email(f"<table><tr><th>A</th><th></th></tr><tr><td>{INNER}</td><td>1</td></tr></table>"), ["table-role <table>"]),
        *((email(f"<table role='{role}'><tr><th{attributes}>A</th></tr></table>"), [f"data-table-role <table role='{role}'>"] if found else []) for role, attributes, found in (
            ("presentation", "", True), ("none", "", True), ("grid", "", False), ("none", ' class="a"', False), ("none", ' style="color:red"', False), ("none", ' width="9"', False))),
        (email("<th>A</th>"), []),
        (email("<h1>A</h1><h2>B</h2><h3>C</h3><h1>D</h1><h2>E</h2><h2>F</h2>"), []),
        (email("<h2>A</h2><h4>B</h4><h6>C</h6>"), ["heading-skipped <h4>: after h2", "heading-skipped <h6>: after h4"]),
        (email("", whole="<h4>A</h4><h7>B</h7><h5>C</h5>"), []),
        *((email(f"<h2>A</h2><h3>B</h3><h4>C</h4><h5>D</h5><h6>E</h6><h{level}> </h{level}>"), [f"heading-empty <h{level}>"]) for level in range(1, 7)),
        (email('<h2><img alt="A"></h2><h2 style="display:none"></h2>'), []),
        (email("<h2><b></b></h2>"), ["heading-empty <h2>"]),
    ]  # fmt: skip
    expect(cases, "accessibility.table", "accessibility.data", "accessibility.heading")


def link(text: str, more: str = "") -> Content:
    return email(f'<a href="https://acme.com"{more}>{text}</a>')


LINK = '<a href="https://acme.com"{}>'.format


def test_links_and_fields() -> None:
    cases: Cases = [
        *((link(words), [f"link-text {LINK('')}: “{words}”"]) for words in (
            "click here", "Click", "HERE", "click this link", "this link", "link", "tap here", "hier", "hier klicken", "klicken sie hier", "cliquez ici", "ici", "aquí", "haz clic aquí",
            "clicca qui", "qui", "clique aqui", "aqui", "klik hier", "» Here! →", "«here:>.")),
        *((link(words), []) for words in ("Click here now", "there")),
        *((link("here", more), []) for more in (' aria-label="A"', ' title="A"')),
        (email('<a name="a">here</a>'), []),
        *((link(words), [f"link-more {LINK('')}"]) for words in (
            "more", "Read more", "learn more", "see more", "view more…", "mehr", "Mehr erfahren", "en savoir plus", "leer más", "scopri di più", "leggi di più", "saiba mais", "» More")),
        *((link(words), []) for words in ("more of it", "no more")),
        (link("more", ' aria-label="A"'), []),
        (link("more", ' title="A"'), [f"link-more {LINK(' title=' + chr(34) + 'A' + chr(34))}"]),
        (link(" "), [f"link-without-text {LINK('')}"]),
        (link("<b></b>"), [f"link-without-text {LINK('')}"]),
        *((link("", more), []) for more in (' aria-label="A"', ' title="A"', ' style="display:none"')),
        *((link(f"<b><{tag}></{tag}></b>"), []) for tag in ("img", "svg")),
        (email("<a></a>"), []),
        *((email(f"<{tag}></{tag}>"), [f"input-label <{tag}>"]) for tag in ("select", "textarea")),
        (email('<input type="text">'), ['input-label <input type="text">']),
        *((email(f'<input type="{kind}">'), []) for kind in ("hidden", "submit", "button", "image", "reset")),
        *((email(f'<input {attribute}="A">'), []) for attribute in ("aria-label", "title", "placeholder")),
        (email('<label for="a">A</label><input id="a"><input id="b">'), ['input-label <input id="b">']),
        (email("<label>A <b><input></b></label>"), []),
        (email("<blink>A</blink>"), ["blinking <blink>"]),
        (link("A", ' aria-hidden="true"'), ['hidden-focus <a href="https://acme.com" aria-hidden="true">']),
        (email('<button href="#" aria-hidden="true">A</button>'), ['hidden-focus <button href="#" aria-hidden="true">']),
        *((email(f"<a {attributes}>A</a>"), []) for attributes in ('aria-hidden="true"', 'href="https://acme.com" aria-hidden="false"', 'href="https://acme.com" aria-hidden="true" tabindex="-1"')),
    ]  # fmt: skip
    expect(
        cases, "accessibility.link", "accessibility.input", "accessibility.blinking", "accessibility.hidden"
    )


def sized(size: str, text: str = "Pay by Monday", more: str = "") -> Content:
    return email(f'<p style="font-size:{size}{more}">{text}</p>')


def test_the_size_of_texts() -> None:
    cases: Cases = [
        *((sized(size), [f'small-text <p style="font-size:{size}">']) for size in ("10.9px", "2.1px", "8pt", "1.6pt")),
        *((sized(size), []) for size in ("11px", "2px", "8.25pt", "1.5pt", "0.5em", "small")),
        (sized("8px", "Two words"), []),
        (sized("8px", more=";display:none"), []),
        (email('<p style="text-align:justify">A</p><p style="text-align:left">B</p>'), ['justified <p style="text-align:justify">']),
        (email("", head="<style>p { text-align: justify }</style>"), ["justified body, style, line 1: p { text-align: justify }"]),
        (email("", head="<style>p { text-justify: justify }</style>"), []),
    ]  # fmt: skip
    expect(cases, "accessibility.small", "accessibility.justified")


def pale(colour: str, more: str = "", text: str = "Pay by Monday") -> Content:
    return email(f'<p style="color:{colour};background:#fff{more}">{text}</p>')


def test_the_contrast_of_texts() -> None:
    def said(rule: str, style: str, contrast: str) -> list[str]:
        return [f'{rule} <p style="{style}">: {contrast}:1, “Pay by Monday”']

    cases: Cases = [
        (pale("#949494"), said("contrast-low", "color:#949494;background:#fff", "3.03")),
        (pale("#959595"), said("contrast", "color:#959595;background:#fff", "3.00")),
        (pale("#767676"), []),
        (pale("#777777"), said("contrast-low", "color:#777777;background:#fff", "4.48")),
        (pale("#777777", ";font-size:18.6px"), said("contrast-low", "color:#777777;background:#fff;font-size:18.6px", "4.48")),
        *((pale("#777777", f";font-size:{size}"), []) for size in ("18.66px", "14pt", "2em")),
        (pale("#777777", ";font-size:13pt"), said("contrast-low", "color:#777777;background:#fff;font-size:13pt", "4.48")),
        (pale("#ccc", text=f"A  {'b ' * 40}<br>c"), [f'contrast <p style="color:#ccc;background:#fff">: 1.61:1, “A {"b " * 19}”']),
        (email('<h1 style="color:#777;background:#fff">A</h1><h2 style="color:#777;background:#fff">A</h2><h3 style="color:#777;background:#fff">A</h3>'), []),
        (email('<h4 style="color:#777;background:#fff">A</h4>'), ['contrast-low <h4 style="color:#777;background:#fff">: 4.48:1, “A”']),
    ]  # fmt: skip
    expect(cases, "accessibility.contrast")


@walked(
    ("one", "other", "expected"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((255, 255, 255), (0, 0, 0), 21.0),
        ((9, 9, 9), (9, 9, 9), 1.0),
        ((255, 0, 0), (255, 255, 255), 3.998),
        ((0, 255, 0), (255, 255, 255), 1.372),
        ((0, 0, 255), (255, 255, 255), 8.592),
        ((10, 10, 10), (0, 0, 0), 1.061),
        ((11, 11, 11), (0, 0, 0), 1.067),
        ((119, 119, 119), (255, 255, 255), 4.478),
    ],
)
def test_the_contrast_of_two_colours(
    one: tuple[int, int, int], other: tuple[int, int, int], expected: float
) -> None:
    assert round(contrast(one, other), 3) == expected


def drawn(html: str) -> list[str]:
    """Give each text whose colours are certain: the text, the colour, the background and the size."""
    return [
        f"{text.strip()} #{bytes(colour).hex()} #{bytes(ground).hex()} {size and round(size, 2)}"
        for _, text, colour, ground, size in drawn_texts(parsed(html))
    ]


ON = '<div style="color:#111;background:#eee">{}</div>'.format
PLAIN = "A #111111 #eeeeee "


DRAWN: list[tuple[str, list[str]]] = [
    (ON("A"), [f"{PLAIN}16.0"]),
    (ON("-<p>A</p>"), [f"{PLAIN}16.0"]),
    (ON("<p>A<b>B</b></p>"), [f"{PLAIN}16.0", "B #111111 #eeeeee 16.0"]),
    ('<p style="color:#111">A</p>', []),
    ('<p style="background:#eee">A</p>', []),
    # colours
    (ON('<p style="color:inherit">A</p>'), [f"{PLAIN}16.0"]),
    (ON('<p style="color:odd">A</p>'), []),
    (ON('<font color="#222">A</font>'), ["A #222222 #eeeeee 16.0"]),
    (ON('<p color="#222">A</p>'), [f"{PLAIN}16.0"]),
    (ON("<font>A</font>"), [f"{PLAIN}16.0"]),
    (ON('<a href="x">A</a>'), []),
    (ON('<a href="x" style="color:#222">A</a>'), ["A #222222 #eeeeee 16.0"]),
    (ON('<p style="color:rgba(0,0,0,.5)">A</p>'), ["A #777777 #eeeeee 16.0"]),
    # grounds
    (ON('<p style="background:inherit">A</p>'), [f"{PLAIN}16.0"]),
    (ON('<p style="background:url(a.png)">A</p>'), []),
    (ON('<p style="background-image:url(a.png)">A</p>'), []),
    (ON('<p style="background-image:none">A</p>'), [f"{PLAIN}16.0"]),
    (ON('<p background="a.png">A</p>'), []),
    (ON('<p style="background-color:rgba(0,0,0,.5)">A</p>'), ["A #111111 #777777 16.0"]),
    (ON('<p bgcolor="#ddd">A</p>'), ["A #111111 #dddddd 16.0"]),
    (ON('<p bgcolor="odd">A</p>'), []),
    (ON('<p bgcolor="#ddd" style="background:#ccc">A</p>'), ["A #111111 #cccccc 16.0"]),
    (ON('<p style="opacity:.5">A</p>'), []),
    *((ON(f'<p style="opacity:{opacity}">A</p>'), [f"{PLAIN}16.0"]) for opacity in ("1", "1.0", "100%")),
    # sizes
    *((ON(f'<p style="font-size:{size}">A</p>'), [f"{PLAIN}{said}"]) for size, said in (("9px", 9.0), ("9.5px", 9.5), ("12pt", 16.0), ("2em", None), ("large", None))),
    (ON('<p style="font:bold 9px/1 Arial">A</p>'), [f"{PLAIN}9.0"]),
    *((ON(f"<h{level}>A</h{level}>"), [f"{PLAIN}{size}"]) for level, size in ((1, 24.0), (3, 24.0), (4, 16.0))),
    # what nobody sees
    *((f"<style>.a {{ {css} }}</style>" + ON('<p class="a">A<b>B</b></p>'), []) for css in (
        "display: none", "display: none !important", "visibility: hidden", "opacity: 0", "max-height: 0", "max-height: 0px", "mso-hide: all", "font-size: 0", "font-size: 0px", "font-size: 1px")),
    ("<style>.a { display: block; font-size: 2px }</style>" + ON('<p class="a">A</p>'), [f"{PLAIN}2.0"]),
    (ON('<p style="display:none">A</p>'), []),
    # what may be otherwise
    *((f"<style>@media print {{ .a {{ {css} }} }}</style>" + ON('<p class="a">A</p>'), [f"{PLAIN}16.0"]) for css in ("color: #222", "background: #ddd")),
    *((f"<style>@layer a {{ .a {{ {css} }} }}</style>" + ON('<p class="a">A</p>'), expected) for css, expected in (
        ("color: #222", []), ("background: #ddd", []), ("font-size: 9px", [f"{PLAIN}None"]), ("background: inherit", [f"{PLAIN}16.0"]))),
]  # fmt: skip


def test_what_a_text_is_drawn_with() -> None:
    assert [drawn(html) for html, _ in DRAWN] == [expected for _, expected in DRAWN]


SURE, UNSURE = True, False


@walked(
    ("css", "style", "expected"),
    [
        ("p { color: #111 } .a { color: #222 } #x { color: #333 }", "", ("#333", SURE)),
        ("#x { color: #333 } .a { color: #222 } p { color: #111 }", "", ("#333", SURE)),
        ("p { color: #111 } p { color: #222 }", "", ("#222", SURE)),
        ("#x { color: #333 }", "color:#444", ("#444", SURE)),
        ("p { color: #333 !important }", "color:#444", ("#333", SURE)),
        ("p { color: #333 !important }", "color:#444 !important", ("#444", SURE)),
        ("p { color: #333 !important } #x { color: #111 }", "", ("#333", SURE)),
        ("p, b { color: #111 }", "", ("#111", SURE)),
        ("b, p { color: #111 } p { margin: 0 }", "", ("#111", SURE)),
        ("* { color: #111 }", "", ("#111", SURE)),
        ("b { color: #111 }", "", None),
        ("p:hover { color: #111 }", "", None),
        ("p:unheard-of { color: #111 }", "", ("#111", UNSURE)),
        ("p:unheard-of { color: #111 } p { color: #222 }", "", ("#222", SURE)),
        ("p:unheard-of { color: #111 } p { color: #222 } p:unheard-of { color: #333 }", "", ("#333", UNSURE)),
        ("b:unheard-of(x) { color: #111 }", "", None),
        ("@media print { p { color: #111 } }", "", None),
        ("@keyframes k { from { color: #111 } p { color: #111 } }", "", None),
        ("@layer a { p { color: #111 } }", "", ("#111", UNSURE)),
        ("p { font: 9px Arial }", "", None),
    ],
)  # fmt: skip
def test_which_declaration_counts(css: str, style: str, expected: tuple[str, bool] | None) -> None:
    document = parsed(f'<style>{css}</style><p id="x" class="a" style="{style}">A</p>')
    cascade = Cascade(Tree(document), ("color",))
    (element,) = document.all("p")
    assert cascade.of(element) == ({"color": Winner(*expected)} if expected else {})


def test_of_properties_that_set_the_same_the_later_one_counts() -> None:
    document = parsed(
        '<style>p { background: #111; font: 9px Arial } p { background-color: #222 }</style><p style="font-size: 8px">A</p>'
    )
    cascade = Cascade(Tree(document), ("background", "background-color", "font", "font-size"))
    (element,) = document.all("p")
    assert cascade.of(element) == {"background": Winner("#222", True), "font-size": Winner("8px", True)}
    assert [*cascade.values(element)] == [
        ("background", "#111"),
        ("font", "9px arial"),
        ("background-color", "#222"),
    ]
    assert [*Cascade(Tree(document), ("color",)).values(element)] == []
