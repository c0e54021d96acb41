"""Which elements of an email a selector of CSS picks out, how much it counts, and what it does not know."""

from __future__ import annotations

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing._internal.selectors import Matcher, Tree, names_of, selector_of, split_list
from tests.tables import walked

EMAIL = """
<html><body id="b">
<div id="d" class="card  big" lang="en-US" title="Hot News">
  <h1 id="h">Order</h1>
  <p id="p1" class="lead">One</p>
  <p id="p2">Two <b id="x"></b><b id="y"> </b></p>
  <a id="a1" href="https://acme.test/a.png" TYPE="Text/HTML">Go</a>
  <p id="p3" class="last a.b">Three <span id="s">!</span></p>
  <a id="a2" title="">Anchor</a>
</div>
<ul id="u"><li id="l1">1</li><li id="l2">2</li><li id="l3">3</li><li id="l4">4</li><li id="l5">5</li></ul>
</body></html>
"""


def picked(selector: str, html: str = EMAIL) -> str:
    """The ids of the elements that a selector picks out, in order."""
    found = selector_of(selector)
    assert found is not None, selector
    document = parsed(html)
    tree = Tree(document)
    matcher = Matcher(tree, found)
    return " ".join(
        one.get("id") or one.tag for one in document.elements if matcher.picks(one, tree.names(one))
    )


PICKED = {
    "what it is": {
        "p": "p1 p2 p3", "P": "p1 p2 p3", " .lead ": "p1", "p.lead": "p1", "a.lead": "", ".card.big": "d",
        ".card.small": "", "#p2": "p2", "p#p2": "p2", "#p2.lead": "", r".a\.b": "p3", "*.lead": "p1",
        "ul *": "l1 l2 l3 l4 l5",
    },
    "what stands between": {
        "div p": "p1 p2 p3", "body > p": "", "body > div > p": "p1 p2 p3", "html p b": "x y", "html > b": "",
        "ul p": "", "p + p": "p2", "h1+p": "p1", "a + a": "", "p ~ a": "a1 a2", "a ~ p": "p3", "a ~ h1": "",
        "h1 + p + p": "p2", "h1 + p ~ a": "a1 a2", "h1 ~ p span": "s", "h1 + p span": "", "h1 + p ~ p > span": "s",
        "div ~ ul > li": "l1 l2 l3 l4 l5", "p ~ ul > li": "",
    },
    "attributes": {
        "[href]": "a1", "[HREF]": "a1", "a[title]": "a2", "[title='Hot News']": "d", '[title="Hot News" ]': "d",
        "[title='hot news']": "", "[title='hot news' i]": "d", "[title='hot news' s]": "", "[title~=Hot]": "d",
        "[title~=Ho]": "", "[lang|=en]": "d", "[lang|=en-US]": "d", "[lang|=e]": "", "[href^=https]": "a1",
        "[href^=ttps]": "", "[href$='.png']": "a1", "[href$='.pn']": "", "[href*=acme]": "a1", "[href*=nobody]": "",
        "[title^='']": "", "[title$='']": "", "[title*='']": "", "[title='']": "a2", "[type='text/html']": "a1",
        "[type^=TEXT]": "a1",
    },
    "places": {
        "p:first-child": "", "h1:first-child": "h", "a:last-child": "a2", "span:only-child": "s", "b:only-child": "",
        "b:first-child": "x", "h1:only-of-type": "h", "p:first-of-type": "p1", "p:last-of-type": "p3",
        "p:nth-of-type(2)": "p2", "p:nth-child(2)": "p1", "p:nth-last-child(2)": "p3", "p:nth-last-of-type(2)": "p2",
        "li:nth-child(odd)": "l1 l3 l5", "li:nth-child( EVEN )": "l2 l4", "li:nth-child(2n)": "l2 l4",
        "li:nth-child(2n + 1)": "l1 l3 l5", "li:nth-child(n)": "l1 l2 l3 l4 l5", "li:nth-child(+n+3)": "l3 l4 l5",
        "li:nth-child(-n+2)": "l1 l2", "li:nth-child(3n-1)": "l2 l5", "li:nth-child(-2N+5)": "l1 l3 l5",
        "li:nth-child(0n+3)": "l3", "li:nth-child(4)": "l4", "li:nth-child(+4)": "l4", "li:nth-child(-4)": "",
        "li:nth-last-child(-n+2)": "l4 l5", "li:nth-last-child(2n)": "l2 l4",
    },
    "classes": {
        "a:link": "a1", "a:any-link": "a1", "p:link": "", ":root": "html", "b:empty": "x", "p:empty": "",
        "p:not(.lead)": "p2 p3", "p:not(.lead, #p2)": "p3", "p:is(.lead, #p3)": "p1 p3", "p:where(.lead)": "p1",
        "li:NOT(:first-child):not(:last-child)": "l2 l3 l4", "p:not(:is(.lead, .last))": "p2",
    },
    "states": {
        "a:hover": "a1 a2", "p::before": "p1 p2 p3", "[data-ogsc] .lead": "p1",
    },
}  # fmt: skip


@walked("expected", PICKED.values(), ids=PICKED)
def test_a_selector_picks_out_elements(expected: dict[str, str]) -> None:
    assert {selector: picked(selector) for selector in expected} == expected


@walked(
    ("selector", "tags"),
    [
        ("body > p", "p"),
        ("html p", "p"),
        ("html body p", ""),
        ("body body p", ""),
        ("table p", ""),
        ("body p:first-child", "p"),
        (":root > p", "p"),
        ("* > p", "p"),
        (".a p", ""),
    ],
)
def test_what_is_not_written_around_an_email_is_there_all_the_same(selector: str, tags: str) -> None:
    assert picked(selector, "<p>Hi</p>") == tags


def test_a_body_that_is_written_is_the_only_one() -> None:
    assert picked("body > p", "<body><div><p id='p'></p></div></body><p id='q'></p>") == ""
    assert picked("html > p", "<body></body><p id='q'></p>") == "q"
    assert picked(":root > p", "<html></html><p id='q'></p>") == ""


@walked(
    ("selector", "weight", "when", "key"),
    [
        ("p", (0, 0, 1), "", "p"),
        ("*", (0, 0, 0), "", ""),
        ("#a .b.c p", (1, 2, 1), "", "p"),
        ("#a#b", (2, 0, 0), "", "#a"),
        ("p.b.a", (0, 2, 1), "", ".a"),
        ("ul li > a", (0, 0, 3), "", "a"),
        ("[href][title].a", (0, 3, 0), "", ".a"),
        ("p:first-child:nth-child(2)", (0, 2, 1), "", "p"),
        ("p:where(.a)", (0, 0, 1), "", "p"),
        ("p:not(.a)", (0, 1, 1), "", "p"),
        ("a:hover", (0, 1, 1), ":hover", "a"),
        ("a:Focus-Within:ACTIVE", (0, 2, 1), ":focus-within:active", "a"),
        ("p::first-line", (0, 0, 2), "::first-line", "p"),
        ("p:after", (0, 0, 2), "::after", "p"),
        ("a:hover::before", (0, 1, 2), ":hover::before", "a"),
        ("[data-ogsc] .a", (0, 2, 0), "[data-ogsc]", ".a"),
        ("[data-ogsb].a", (0, 2, 0), "[data-ogsb]", ".a"),
    ],
)
def test_how_much_a_selector_counts_and_when(
    selector: str, weight: tuple[int, int, int], when: str, key: str
) -> None:
    found = selector_of(selector)
    assert found is not None
    assert (found.weight, found.when, found.key) == (weight, when, key)


def test_a_selector_is_read_part_by_part() -> None:
    found = selector_of("div  .A>p ~ b+*")
    assert found is not None
    assert found.steps == (" ", ">", "~", "+")
    assert [(one.tag, sorted(one.names)) for one in found.compounds] == [
        ("div", []), ("", [".A"]), ("p", []), ("b", []), ("", []),
    ]  # fmt: skip


UNKNOWN = (
    "", ">", "> p", "p >", "p > > b", "p,b", "p:has(b)", "p:unheard-of", "p:unheard-of(2)", "p:not(a b)", "p:not(:hover)",
    "p:is", "p:not(p:has(b))", "li:nth-child", "li:nth-child(x)", "li:nth-child(2n+)", "{", "p&", "[href",
    ":hover .a > ", "a*", "p" * 1_001, "b " * 31 + "b",
)  # fmt: skip


def test_what_asks_for_something_unknown_is_no_selector() -> None:
    assert [each for each in UNKNOWN if selector_of(each) is not None] == []


def test_a_selector_is_read_up_to_a_length() -> None:
    assert selector_of("p" * 1_000) is not None
    assert selector_of(" ".join(["b"] * 30)) is not None
    assert selector_of(" ".join(["b"] * 31)) is None


@walked(
    ("text", "parts"),
    [
        (" p ", ["p"]),
        ("p, b ,i", ["p", "b", "i"]),
        ("p:is(a, b), i", ["p:is(a, b)", "i"]),
        ("p:not(:is(a, b), c), i", ["p:not(:is(a, b), c)", "i"]),
        ("[title='a, b'], i", ["[title='a, b']", "i"]),
        ('[a="1,2"],[b=1]', ['[a="1,2"]', "[b=1]"]),
        ("(" + "a" * 995 + ",b)", ["(" + "a" * 995 + ",b)"]),
        ("(" + "a" * 1_000 + ", b)", ["(" + "a" * 1_000, "b)"]),
    ],
    ids=range(8),
)
def test_a_list_of_selectors_is_split_at_its_own_commas(text: str, parts: list[str]) -> None:
    assert split_list(text) == parts


def test_the_names_of_an_element_are_its_classes_and_its_id() -> None:
    one, two, three = parsed("<p class=' a  b ' id=c></p><p></p><p id=' '></p>").elements
    assert [sorted(names_of(each)) for each in (one, two, three)] == [["#c", ".a", ".b"], [], []]
    tree = Tree(parsed("<p class=a><b id=c><i></i></b></p>"))
    assert sorted(tree.above(tree.document.elements[2])) == ["#c", "#root", ".a", "b", "body", "html", "p"]


def test_the_place_of_an_element_among_those_beside_it() -> None:
    tree = Tree(parsed("<div>Hi<p></p><b></b>and<p></p></div>"))
    _, first, bold, second = tree.document.elements
    assert [tree.place(each) for each in (first, bold, second)] == [(1, 3, 1, 2), (2, 3, 1, 1), (3, 3, 2, 2)]
    assert [tree.before(each) for each in (first, bold, second)] == [None, first, bold]
    assert tree.place(tree.document.root) == (1, 1, 1, 1)
    assert tree.before(tree.document.root) is None
