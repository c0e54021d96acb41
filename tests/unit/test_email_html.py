"""What an email's HTML and CSS are read as: elements in elements, texts, blocks, declarations and their places."""

from __future__ import annotations

from typing import Any

from novu_framework_testing._internal.css import declarations, pieces_of
from novu_framework_testing._internal.html_document import Declaration, Element, StyleRule, hides, parsed
from tests.tables import walked

Shape = list[Any]


def shape(element: Element) -> Shape:
    """What is in an element: texts, and other elements with what is in them."""
    return [each if isinstance(each, str) else {each.tag: shape(each)} for each in element.children]


NESTED: dict[str, Shape] = {
    "<p>One<p>Two": [{"p": ["One"]}, {"p": ["Two"]}],
    "<a>x<a>y</a>": [{"a": ["x"]}, {"a": ["y"]}],
    "<p>a<div>b<p>c": [{"p": ["a", {"div": ["b", {"p": ["c"]}]}]}],
    "<ul><li>1<li>2<ul><li>3</ul><li>4": [
        {"ul": [{"li": ["1"]}, {"li": ["2", {"ul": [{"li": ["3"]}]}]}, {"li": ["4"]}]}
    ],
    "<select><option>1<option>2</select>": [{"select": [{"option": ["1"]}, {"option": ["2"]}]}],
    "<td>x<td>y": [{"td": ["x"]}, {"td": ["y"]}],
    "<table><tr><td>1<td>2<tr><th>3</table>": [
        {"table": [{"tbody": [{"tr": [{"td": ["1"]}, {"td": ["2"]}]}, {"tr": [{"th": ["3"]}]}]}]}
    ],
    "<table><thead><tr><th>a<tbody><tr><td>b<tfoot><tr><td>c</table>d": [
        {
            "table": [
                {"thead": [{"tr": [{"th": ["a"]}]}]},
                {"tbody": [{"tr": [{"td": ["b"]}]}]},
                {"tfoot": [{"tr": [{"td": ["c"]}]}]},
            ]
        },
        "d",
    ],
    "<table><caption>a<tr><td>b": [{"table": [{"caption": ["a", {"tr": [{"td": ["b"]}]}]}]}],
    "<table><tr><td><table><tr><td>in</table><tr><td>x": [
        {
            "table": [
                {
                    "tbody": [
                        {"tr": [{"td": [{"table": [{"tbody": [{"tr": [{"td": ["in"]}]}]}]}]}]},
                        {"tr": [{"td": ["x"]}]},
                    ]
                }
            ]
        }
    ],
    "<thead><table><tbody>": [{"thead": [{"table": [{"tbody": []}]}]}],
    "<div/>a": [{"div": ["a"]}],
    "<o:p/>a": [{"o:p": []}, "a"],
    "<o:p>a</o:p>b": [{"o:p": ["a"]}, "b"],
    "<img/>a<br>b<hr />c": [{"img": []}, "a", {"br": []}, "b", {"hr": []}, "c"],
    "<b>1<i>2</b>3": [{"b": ["1", {"i": ["2"]}]}, "3"],
    "1 &lt; 2 &amp;": ["1 < 2 &"],
    "a <b": ["a <b"],
    "<![foo bar]>x": ["x"],
    "x &a>": ["x &a>"],
    "<i>a</i> &amp; <b": [{"i": ["a"]}, " & <b"],
}


@walked("html", NESTED, ids=range(len(NESTED)))
def test_elements_are_in_each_other_as_in_a_browser(html: str) -> None:
    document = parsed(html)
    assert shape(document.root) == NESTED[html]
    inside = [each for each in document.root.inside() if isinstance(each, Element)]
    assert document.elements == inside
    assert all(each in each.parent.children for each in inside if each.parent)


VOID = "area base br col embed hr img input link meta param source track wbr"
INLINE = "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var"
MUTE = "style script title head template xml"


def test_elements_of_a_kind_are_read_alike() -> None:
    void, inline, mute = VOID.split(), INLINE.split(), MUTE.split()
    assert [shape(parsed(f"<{tag}>a").root) for tag in void] == [[{tag: []}, "a"] for tag in void]
    assert [parsed(f"a</{tag}>").stray for tag in (*void, "p", "i")] == [*[[]] * 15, [("i", 1)]]
    code = {"code", "kbd", "samp", "var"}
    assert {tag: [text for _, text in parsed(f"<p>a<{tag}>b</{tag}></p>").paragraphs] for tag in inline} == {
        tag: ["a" if tag in code else "ab"] for tag in inline
    }
    assert [text for _, text in parsed("<p>a<img>b<wbr>c<pre>d</pre></p>").paragraphs] == ["abc"]
    assert [parsed(f"<{tag}>a</{tag}>").texts for tag in (*mute, "i")][:6] == [[]] * 6


def test_some_elements_end_before_another_of_their_kind_but_not_around_a_scope() -> None:
    alone = ("a", "p", "li", "option", "td", "th", "tr")
    scopes = ("table", "ul", "ol", "select", "td", "th", "div", "body", "html")
    inside = {
        (tag, scope): len(list(parsed(f"<{tag}><{scope}><{tag}>").elements[-1].above())) - 2
        for tag in (*alone, "b")
        for scope in (*scopes, "i")
        if tag != scope and (tag, scope) != ("tr", "table")
    }
    assert {pair for pair, above in inside.items() if above == 0} == {
        *((tag, "i") for tag in alone), ("tr", "td"), ("tr", "th"), ("td", "th"), ("th", "td"),
    }  # fmt: skip
    sections = ("thead", "tbody", "tfoot", "caption", "colgroup")
    assert [shape(parsed(f"<table><{tag}><{tag}>").root) for tag in sections] == [
        [{"table": [{tag: []}, {tag: []}]}] for tag in sections
    ]
    must_close = ("a", "table", "div", "span", "strong", "b", "em", "i", "h1", "h2", "h3", "h4", "style")
    assert [one.tag for tag in (*must_close, "h5", "p") for one in parsed(f"<{tag}>").unclosed] == [
        *must_close
    ]


def test_elements_are_nested_up_to_a_depth_and_stand_beside_each_other_below() -> None:
    deep = parsed("<div>" * 600 + "x").elements
    assert len(deep) == 600
    assert [len(list(each.above())) for each in (deep[0], deep[498], deep[499], deep[599])] == [
        2,
        500,
        501,
        501,
    ]
    assert "tbody" in {one.tag for one in parsed("<div>" * 497 + "<table><tr>").elements}
    assert "tbody" not in {one.tag for one in parsed("<div>" * 498 + "<table><tr>").elements}


def test_what_is_not_closed_and_what_is_closed_without_a_start_is_known() -> None:
    document = parsed("<div><p>1\n<span><b>2</div></b></p></br></div><table><a>3<strong>4")
    assert [one.tag for one in document.unclosed] == ["span", "b", "table", "a", "strong"]
    assert document.stray == [("b", 2), ("div", 2)]


def test_a_document_has_its_doctype_and_what_only_outlook_sees() -> None:
    document = parsed(
        "<!DOCTYPE html><!-- a --><!--[if mso]><p>b</p><![endif]--><i>c</i><!--[if !mso]><!--><b>d</b><!--<![endif]-->"
        "<!-- [if gte mso 9]>e<![endif]--><s>f</s><!--[if ! mso]><!--><u>g</u><!--<![endif]--><!--[if mso]><!--><q>h</q>"
        "<!-- !mso --><ins>i</ins><![if !mso]><del>j</del><![endif]><sub>k</sub>"
    )
    assert document.doctype == "DOCTYPE html"
    assert document.outlook == "[if mso]><p>b</p><![endif] [if gte mso 9]>e<![endif]"
    assert {one.tag: one.not_for_outlook for one in document.elements} == {
        "i": False, "b": True, "s": False, "u": True, "q": False, "ins": False, "del": True, "sub": False,
    }  # fmt: skip
    assert parsed("<p>Hi</p>").doctype == parsed("<p>Hi</p>").outlook == ""


def test_an_element_says_where_it_is_and_what_is_in_it() -> None:
    document = parsed(
        f"Hi\n<p\n class=' a '  id='x' class=b>One <b>two</b><img alt=' three '> <i> </i></p>\n<a title='{'y' * 90}'></a>"
    )
    text, bold, image, _, link = document.elements
    assert (text.line, bold.line, link.line) == (2, 3, 4)
    assert (text.get("class"), text.get("id"), text.get("style"), text.attributes) == (
        "a", "x", "", {"class": " a ", "id": "x"},
    )  # fmt: skip
    assert text.where == "body, line 2: <p class=' a ' id='x' class=b>"
    assert link.where == f"body, line 4: <a title='{'y' * 79}…"
    assert parsed(f"<a title='{'y' * 78}'>").elements[0].where == f"body, line 1: <a title='{'y' * 78}'>"
    assert text.text == "One two three"
    assert [one.tag for one in image.above()] == ["img", "p", "#root"]
    assert document.all("b", "p", "u") == [bold, text]


HIDDEN = {
    "display:none": True,
    "display:block": False,
    "visibility:hidden": True,
    "visibility:visible": False,
    "opacity:0": True,
    "opacity:1": False,
    "max-height:0": True,
    "max-height:0px": True,
    "max-height:1px": False,
    "mso-hide:all": True,
    "mso-hide:none": False,
    "font-size:0": True,
    "font-size:0px": True,
    "font-size:1px": True,
    "font-size:2px": False,
    "color:red": False,
}


def test_what_nobody_sees_is_hidden_with_all_that_is_in_it() -> None:
    found = {
        style: {one.hidden for one in parsed(f"<p style='{style}'><b></b></p>").elements} for style in HIDDEN
    }
    assert found == {style: {hidden} for style, hidden in HIDDEN.items()}
    assert [one.hidden for one in parsed("<p hidden><b></b></p><i></i>").elements] == [True, True, False]
    assert (hides({}, {"hidden": ""}), hides({}, {}), hides({"opacity": "0"}, {})) == (True, False, True)


def test_a_text_of_no_size_may_hold_one_that_has_some() -> None:
    sizes = [
        (one.tiny, one.hidden)
        for one in parsed(
            "<p style='font-size:0'><b style='font-size:9px'><i></i></b><u></u></p><s style='display:none'></s>"
        ).elements
    ]
    assert sizes == [(True, True), (False, False), (False, False), (True, True), (False, True)]


def test_texts_are_those_that_are_read() -> None:
    document = parsed(
        "<head><title>T</title><style>p{}</style></head>Hi <p>One <b>two</b></p> \n<code>x <i>y</i></code>"
        "<p style='display:none'>Preview</p><template>z</template><ul><li>Three</ul>"
    )
    assert [(one.tag, text) for one, text in document.texts] == [
        ("#root", "Hi "), ("p", "One "), ("b", "two"), ("code", "x "), ("i", "y"), ("p", "Preview"), ("li", "Three"),
    ]  # fmt: skip
    assert document.shown_text == "Hi One two x y Three"
    assert [(one.tag, text) for one, text in document.paragraphs] == [
        ("#root", "Hi"), ("p", "One two"), ("p", "Preview"), ("li", "Three"),
    ]  # fmt: skip
    assert document.paragraphs is document.paragraphs
    assert [(one.tag, text) for one, text in parsed("<b>a <i>b</i></b> c").paragraphs] == [("#root", "a b c")]


def test_a_document_whose_elements_were_moved_is_put_in_order() -> None:
    document = parsed("<p>One</p><div> <b>two</b><style>x</style></div>")
    document.root.children.reverse()
    document.put_in_order()
    assert [one.tag for one in document.elements] == ["div", "b", "style", "p"]
    assert [(one.tag, text) for one, text in document.texts] == [("b", "two"), ("p", "One")]
    assert [one.tag for one in document.all("p", "style")] == ["p", "style"]
    document.root.children.pop()
    document.put_in_order()
    assert document.all("p") == []


DECLARED: dict[str, list[tuple[str, str]]] = {
    "": [],
    "color": [],
    ": red": [],
    "Color: RED": [("color", "red")],
    "a:1;;b:2;": [("a", "1"), ("b", "2")],
    "--Main: Red": [("--Main", "red")],
    "a: b:c": [("a", "b:c")],
    "font-family: 'Open Sans', ARIAL": [("font-family", "'Open Sans', arial")],
    'content: "A;B"; a: B': [("content", '"A;B"'), ("a", "b")],
    "content: 'A;B'; a: B": [("content", "'A;B'"), ("a", "b")],
    "background: URL(Https://A.test/B;c) RED; a:b": [
        ("background", "url(Https://A.test/B;c) red"),
        ("a", "b"),
    ],
    "color: RGB(1, 2, 3); a:b": [("color", "rgb(1, 2, 3)"), ("a", "b")],
    "a:1; /* b:2; */ c:3": [("a", "1"), ("c", "3")],
    "a:1; /* b:2": [("a", "1")],
    "content: 'A": [("content", "'A")],
}


def test_the_declarations_of_a_style() -> None:
    assert {text: list(declarations(text)) for text in DECLARED} == DECLARED


def test_of_a_property_that_is_set_twice_the_last_counts_unless_one_is_important() -> None:
    styles = {
        "a:1;b:2;a:3": {"b": "2", "a": "3"},
        "a:1 !important;a:2": {"a": "1 !important"},
        "a:1 !important;a:2 !important": {"a": "2 !important"},
        "a:1;a:2 !important": {"a": "2 !important"},
    }
    assert {style: parsed(f"<p style='{style}'>").elements[0].style for style in styles} == styles
    assert [list(parsed(f"<p style='{style}'>").elements[0].style) for style in ("a:1;b:2;a:3",)] == [
        ["b", "a"]
    ]


SHEET = """
@import url(x.css);
p, .a { color: RED;
  margin: 0 } /* not
this { */ @media print { @supports (gap: 1px) { b { top: 1px; } } i { top: 2px } }
@font-face { src: url(a.woff) }
q { content: "};" ; bottom: 3px }
"""


def test_a_stylesheet_is_read_part_by_part_with_the_line_of_each() -> None:
    parts = [
        ("at-rule", "@import url(x.css)", 11, "", "", "", ()),
        ("selector", "p, .a", 12, "", "", "", ()),
        ("declaration", "color", 12, "red", "p, .a", "", ()),
        ("declaration", "margin", 13, "0", "p, .a", "", ()),
        ("at-rule", "@media print", 14, "", "", "", ()),
        ("at-rule", "@supports (gap: 1px)", 14, "", "", "", ("@media print",)),
        ("selector", "b", 14, "", "", "", ("@media print", "@supports (gap: 1px)")),
        ("declaration", "top", 14, "1px", "b", "@media print", ()),
        ("selector", "i", 14, "", "", "", ("@media print",)),
        ("declaration", "top", 14, "2px", "i", "@media print", ()),
        ("at-rule", "@font-face", 15, "", "", "", ()),
        ("declaration", "src", 15, "url(a.woff)", "@font-face", "@font-face", ()),
        ("selector", "q", 16, "", "", "", ()),
        ("declaration", "content", 16, '"};"', "q", "", ()),
        ("declaration", "bottom", 16, "3px", "q", "", ()),
    ]
    assert list(map(tuple, pieces_of(SHEET, 10))) == parts
    assert list(pieces_of("color: red; } a { b", 1)) == list(pieces_of("}} a {", 1))


def test_so_many_rules_around_a_selector_are_told() -> None:
    sheet = "".join(f"@media m{number} {{" for number in range(10)) + "@import x; p {"
    told = [len(each.around) for each in pieces_of(sheet, 1)]
    assert told == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8]


def test_the_styles_of_a_document_are_those_of_its_sheets_and_its_elements() -> None:
    document = parsed(
        "\n<style>p { color: red } @media print { p { top: 0 } }</style><p style='left:1px'>"
        "<!--[if !mso]><!--><style>@import x; b { a: c }</style><i style='right:2px'></i><!--<![endif]-->"
    )
    style, text, spared, italic = document.elements
    assert document.declarations == [
        Declaration("color", "red", "body, style, line 2: p { color: red }", None, "p", "", False),
        Declaration("top", "0", "body, style, line 2: p { top: 0 }", None, "p", "@media print", False),
        Declaration("left", "1px", "", text),
        Declaration("a", "c", "body, style, line 2: b { a: c }", None, "b", "", True),
        Declaration("right", "2px", "", italic, not_for_outlook=True),
    ]
    assert document.selectors == [
        StyleRule("p", 2), StyleRule("p", 2, ("@media print",)), StyleRule("b", 2, (), True),
    ]  # fmt: skip
    assert document.at_rules == [StyleRule("@media print", 2), StyleRule("@import x", 2, (), True)]
    table = parsed("<!--[if !mso]><!--><table>\n<tr><!--<![endif]--><td>").elements
    assert [(one.where, one.not_for_outlook) for one in table] == [
        ("body, line 1: <table>", True), ("body, line 2: <tbody>", True), ("body, line 2: <tr>", True), ("body, line 2: <td>", False),
    ]  # fmt: skip
    assert (style.muted, text.muted, spared.not_for_outlook) == (True, False, True)
    conditions = ("", "@media print", "@supports (gap: 1px)", "@font-face")
    assert [Declaration("a", "b", "", at_rule=one).conditional for one in conditions] == [
        False,
        True,
        True,
        False,
    ]
