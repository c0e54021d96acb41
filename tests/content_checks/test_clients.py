"""Which HTML and CSS is missed by mail clients that do not support it, and what only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from novu_framework_testing.checks import RULES, CheckSettings, check_content
from novu_framework_testing.checks.clients import DEFAULT_CLIENTS, chosen_clients, client_data
from novu_framework_testing.checks.content import email
from tests.content_checks.hits import hits
from tests.tables import walked

DISPLAY, SIZE = "display:{}", "width:{}"
BOTH: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    # a declaration with a hole, what is found in it, and what is not
    "css-display-flex": (DISPLAY, ("flex", "inline-flex"), ("block", "grid", "none")),
    "css-display-grid": (DISPLAY, ("grid", "inline-grid"), ("block", "flex", "inline")),
    "css-position": ("position:{}", ("absolute", "fixed", "sticky"), ("relative", "static")),
    "css-variables": (SIZE, ("var(--w)", "calc(var(--w) + 1px)"), ("9px",)),
    "css-linear-gradient": ("background:{}", ("linear-gradient(red,blue)", "repeating-linear-gradient(red,blue)"), ("red", "radial-gradient(red,blue)")),
    "css-radial-gradient": ("background:{}", ("radial-gradient(red,blue)",), ("red", "linear-gradient(red,blue)")),
    "css-conic-gradient": ("background:{}", ("conic-gradient(red,blue)",), ("red", "linear-gradient(red,blue)")),
    "css-function-clamp": (SIZE, ("clamp(1px,2px,3px)",), ("9px", "min(1px)")),
    "css-function-min": (SIZE, ("min(1px,2px)",), ("min-content", "a-min(1px)", "max(1px)")),
    "css-function-max": (SIZE, ("max(1px,2px)",), ("max-content", "a-max(1px)", "min(1px)")),
    "css-function-light-dark": ("color:{}", ("light-dark(red,blue)",), ("red",)),
    "css-modern-color": ("color:{}", ("lch(1% 2 3)", "lab(1% 2 3)", "oklch(1% 2 3)", "oklab(1% 2 3)"), ("red", "hsl(1,2%,3%)")),
    "css-unit-calc": (SIZE, ("calc(1px + 2px)",), ("9px", "-x-calc")),
    "css-rgba": ("color:{}", ("rgba(1,2,3,.4)",), ("rgb(1,2,3)", "red")),
    "css-unit-rem": (SIZE, ("1rem", ".5rem", "1.5rem"), ("1em", "a1rem", "1remote")),
    "css-unit-vw": (SIZE, ("1vw", ".5vw"), ("1vh", "#1vw")),
    "css-unit-vh": (SIZE, ("1vh", ".5vh"), ("1vw", "a-1vh")),
    "css-unit-vmin": (SIZE, ("1vmin",), ("1vmax", "1px")),
    "css-intrinsic-size": (SIZE, ("fit-content", "min-content", "max-content"), ("content", "fit")),
    "css-opacity": ("opacity:{}", ("0.5", ".9"), ("0", "1", "1.5")),
    "css-writing-mode": ("writing-mode:{}", ("vertical-rl", "vertical-lr"), ("horizontal-tb",)),
    "css-margin-inline-start-end": ("margin-inline-start:{}", ("8px", "0"), ("unset",)),
    "css-padding-inline-start-end": ("padding-inline-start:{}", ("8px",), ("inherit",)),
    # what is switched off
    "css-transform": ("transform:{}", ("rotate(1deg)", "skewX(1deg) none", "scale(1, 2)", "translate(0, 1px)"), ("none", "scale(1, 1)", "translate(0px, -0.0em) scaleX(1)", "skew(+.0deg)", "inherit")),
    "css-transition": ("transition:{}", ("all 1s", "color 0s"), ("none", "none 1s", "all 0s", "0s ease", "all .0s ease")),
    "css-animation": ("animation:{}", ("a 1s",), ("none", "none 1s", "0s", "0")),
    "css-gap": ("gap:{}", ("1px", "normal 1px", "0 0 0"), ("0", "normal", "0 normal", "normal 0px")),
    "css-inset": ("inset:{}", ("0", "auto 0"), ("auto", "auto auto")),
    "css-column-count": ("column-count:{}", ("2", "11"), ("auto", "1")),
    "css-border-radius": ("border-radius:{}", ("1px", "0 1px"), ("0", "0px 0em", "0 / 0%", "revert-layer")),
    "css-box-shadow": ("box-shadow:{}", ("0 0 1px red", "var(--a)", "red", "0 0 .1px rgb(0,0,0)"), ("none", "0 0 0 #123", "0 0 hsl(1,2%,3%)", "0 0 rgba(9,9,9,9)", "revert")),
    "css-text-shadow": ("text-shadow:{}", ("0 0 1px red",), ("none", "0 0 oklch(9% 9 9)")),
    "css-object-fit": ("object-fit:{}", ("cover",), ("fill", "initial")),
    "css-filter": ("filter:{}", ("blur(1px)",), ("none",)),
    "css-clip-path": ("clip-path:{}", ("circle(1px)",), ("none",)),
    "css-mask-image": ("mask-image:{}", ("url(a)",), ("none",)),
    "css-mix-blend-mode": ("mix-blend-mode:{}", ("multiply",), ("normal",)),
    "css-aspect-ratio": ("aspect-ratio:{}", ("1",), ("auto",)),
    "css-list-style-image": ("list-style-image:{}", ("url(a)",), ("none",)),
}  # fmt: skip


@walked("slug", BOTH)
def test_a_value_is_missed_that_does_something(slug: str) -> None:
    declaration, found, fine = BOTH[slug]
    rule = f"client.{slug}"
    for value in (*found, *fine):
        said = declaration.format(value)
        for important in ("", " !important"):
            style = f"{said}{important}"
            lines = hits(email(f'<p style="{style}">A</p>'), rule)
            where = f'{rule} body, line 1: <p style="{style}"> ['
            assert [line.startswith(where) for line in lines if line.startswith(f"{rule} ")] == [True] * (value in found), style  # fmt: skip


HEAD = "<style>{}</style>"
PIECES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # what is found, and what is not; what begins with a brace goes into a style sheet
    "css-at-import": (("{@import url(https://a.b/c.css);",), ("{@import url(https://fonts.googleapis.com/a);", "{@import url(https://use.typekit.net/a);")),
    "css-at-font-face": (("{@font-face { font-family: A }",), ("{@media print {}",)),
    "css-at-supports": (("{@supports (gap: 1px) { p { margin: 0 } }",), ("{@media print { p { margin: 0 } }",)),
    "css-nesting": (("{p { & b { color: red } }",), ("{p { color: red }",)),
    "css-pseudo-class-has": (("{body:has(p) { color: red }",), ("{p:not(b) { color: red }",)),
    "css-pseudo-class-nth-child": (("{p:nth-child(2) { color: red }",), ("{p:first-child { color: red }", "{b:nth-child(1) { color: red }")),
    "css-pseudo-class-hover": (("{p:hover { color: red }",), ("{p:focus { color: red }",)),
    "css-pseudo-element-before": (("{p::before { content: 'a' }", "{p:before { content: 'a' }"), ("{p::after { content: 'a' }", "{p::before { color: red }", "{b::before { content: 'a' }", "{p::before { content: none }")),
    "css-pseudo-element-after": (("{p::after { content: 'a' }",), ("{p::before { content: 'a' }", "{p::after { content: normal }")),
    "css-selector-attribute": (("{html[lang] { color: red }",), ("{.a { color: red }",)),
    "html-svg": (("<svg></svg>",), ('<svg style="display:none"></svg>', "<img>")),
    **{f"html-{tag}": ((f"<{tag}></{tag}>", f"<{tag}> <b>A</b></{tag}>"), (f"<{tag}>A</{tag}>", f"<{tag}><img></{tag}>", f"<{tag}><a href='x'></a></{tag}>", f"<{tag}><p></p></{tag}>")) for tag in ("video", "audio", "object", "meter", "progress")},
    **{f"html-{tag}": ((f"<{tag}>A</{tag}>",), (f"<{tag} hidden>A</{tag}>",)) for tag in ("form", "select", "textarea", "dialog", "marquee", "picture")},
    "html-base": (("<base>",), ()),
    **{f"html-input-{kind}": ((f'<input type="{kind}">', f'<input type="{kind.upper()}">'), ('<input type="email">', "<input>")) for kind in ("text", "checkbox", "radio", "submit")},
    "html-link": (('<link rel="stylesheet" href="https://a.b/c">', '<link rel="preload StyleSheet" href="c">'), ('<link rel="icon" href="a">', '<link rel="stylesheet" href="https://fonts.googleapis.com/a">', '<link rel="stylesheet" href="https://use.typekit.net/a">')),
    **{f"image-{kind}": (tuple(f'<img src="https://a.b/c{ending}{more}">' for ending in endings for more in ("", "?d", "#d")), ('<img src="https://a.b/c.png">', f'<img src="https://a.b/{endings[0]}/c">', f'<img src="https://a.b/c?d{endings[0]}">')) for kind, endings in {
        "svg": (".svg", ".SVG"), "webp": (".webp",), "avif": (".avif",), "heif": (".heic", ".heif"), "tiff": (".tif", ".tiff"), "mp4": (".mp4",)}.items()},
    "image-base64": (('<img src="DATA:image/png;base64,a">',), ('<img src="https://a.b/data:">',)),
}  # fmt: skip


@walked("slug", PIECES)
def test_a_piece_of_an_email_is_missed(slug: str) -> None:
    rule, (found, fine) = f"client.{slug}", PIECES[slug]
    for piece in (*found, *fine):
        in_head = HEAD.format(piece[1:]) if piece.startswith("{") else ""
        content = email("" if in_head else piece, head=in_head)
        assert bool(hits(content, rule)) is (piece in found), piece


def test_every_feature_that_is_sought_has_near_misses() -> None:
    sought = {id.removeprefix("client.") for id in RULES if id.startswith("client.")}
    assert sought == {*BOTH, *PIECES, "css-background-image"}


@walked(
    ("body", "is_found"),
    [
        ('<p style="background-image:url(a)">A</p>', True),
        ('<p style="background:url(a)">A</p>', True),
        *((f'<p style="background:{colour} url(a)">A</p>', False) for colour in ("#123", "#abcdef", "rgb(1,2,3)", "white", "black", "gray", "grey", "navy", "red", "green", "blue")),
        ('<p style="background:whitesmoke url(a)">A</p>', True),
        ('<p style="background:url(#123red)">A</p>', True),
        ('<p style="background-color:#fff;background-image:url(a)">A</p>', False),
        ('<p bgcolor="#fff" style="background-image:url(a)">A</p>', False),
        ('<p style="background:none">A</p>', False),
        ('<p style="list-style-image:url(a)">A</p>', False),
        ("<style>p { background: url(a) }</style><p>A</p>", False),
        *((f'<p style="background:url(a)">A</p><!--[if mso]><v:{tag}></v:{tag}><![endif]-->', False) for tag in ("rect", "fill", "image")),
        ('<p style="background:url(a)">A</p><!--[if mso]><v:oval></v:oval><![endif]-->', True),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_a_background_picture_needs_a_colour(body: str, is_found: bool) -> None:
    assert bool(hits(email(body), "client.css-background-image")) is is_found


@walked(
    ("style", "is_found"),
    [
        ("width:1rem", True),
        ("width:9px;width:1rem", False),
        ("width:1rem;width:9px", True),
        ("width:2rem;width:1rem", True),
        ("height:9px;width:1rem", True),
        (f"width:9px;{'color:red;' * 19}width:1rem", False),
        (f"width:9px;{''.join(f'--a{number}:b;' for number in range(19))}width:1rem", False),
        (f"width:9px;{''.join(f'--a{number}:b;' for number in range(20))}width:1rem", True),
        ("--w:1rem", False),
        ("mso-width:1rem", False),
    ],
    ids=range(10),
)
def test_a_value_that_every_client_knows_may_stand_before(style: str, is_found: bool) -> None:
    assert bool(hits(email(f'<p style="{style}">A</p>'), "client.css-unit-rem")) is is_found
    other = f'<b style="width:9px">A</b><p style="{style}">A</p>'
    assert bool(hits(email(other), "client.css-unit-rem")) is is_found


def test_a_value_before_counts_under_the_same_selector_alone() -> None:
    for css, is_found in (("p { width: 9px; width: 1rem }", False), ("p { width: 9px } p { width: 1rem }", False), ("b { width: 9px } p { width: 1rem }", True)):  # fmt: skip
        assert bool(hits(email("", head=HEAD.format(css)), "client.css-unit-rem")) is is_found, css


def missed(fragment: str, rule: str, head: str = "") -> list[str]:
    """Give the clients of each hit."""
    return [
        line.rpartition("[")[2].rstrip("]") for line in hits(email(fragment, head=head), f"client.{rule}")
    ]


def test_the_clients_of_a_hit_are_those_without_the_feature() -> None:
    data = client_data()
    said = ", ".join(sorted(data.clients[one] for one in data.features["css-transform"].missing))
    assert missed('<p style="transform:rotate(3deg)">A</p>', "css-transform") == [said]
    spared = '<!--[if !mso]><!--><p style="transform:rotate(3deg)">A</p><!--<![endif]-->'
    assert missed(spared, "css-transform") == [said.replace("Outlook (Windows), ", "")] != [said]
    sheet = HEAD.format("p { transform: rotate(3deg) }")
    assert missed("", "css-transform", sheet) == [said]
    assert missed("", "css-transform", f"<!--[if !mso]><!-->{sheet}<!--<![endif]-->") == [said.replace("Outlook (Windows), ", "")]  # fmt: skip
    (url,) = {data.features["css-transform"].url}
    assert url == "https://www.caniemail.com/features/css-transform/" == RULES["client.css-transform"].source


@walked(
    ("name", "slug"),
    [
        ("-webkit-transform", "css-transform"), ("-moz-transform", "css-transform"), ("-ms-transform", "css-transform"), ("-o-transform", "css-transform"),
        ("border-top-left-radius", "css-border-radius"), ("-webkit-border-top-left-radius", "css-border-radius"), ("transform", "css-transform"), ("border-image-width", "css-border-image"), ("padding-top", "css-padding"),
    ],
)  # fmt: skip
def test_who_does_not_know_a_property_misses_no_value_of_it(name: str, slug: str) -> None:
    data = client_data()
    spared = data.features[slug].missing | ({"outlook.windows", "outlook.windows-mail"} if name[0] == "-" else set())  # fmt: skip
    left = sorted(data.clients[one] for one in data.features["css-unit-rem"].missing - spared)
    assert missed(f'<p style="{name}:1rem">A</p>', "css-unit-rem") == ([", ".join(left)] if left else [])


def test_outlook_for_windows_knows_no_property_of_one_engine() -> None:
    for name, knows in (("width", True), ("-webkit-width", False), ("-moz-width", False)):
        (clients,) = missed(f'<p style="{name}:1rem">A</p>', "css-unit-rem")
        assert ("Outlook (Windows)" in clients) is knows


def test_what_moves_is_missed_where_keyframes_are_read() -> None:
    rules = "@keyframes k { from { width: 1rem } }", "p { width: 1rem }"
    moving, standing = ({*missed("", "css-unit-rem", HEAD.format(css))[0].split(", ")} for css in rules)
    data = client_data()
    assert moving == standing - {data.clients[one] for one in data.features["css-at-keyframes"].missing} != standing  # fmt: skip


def test_a_colour_stands_in_for_a_gradient() -> None:
    gradient = "background-image:linear-gradient(red,blue)"
    for before, is_found in (("", True), ("background-color:red;", False), ("color:red;", True)):
        found = hits(email(f'<p style="{before}{gradient}">A</p>'), "client.css-linear-gradient")
        assert bool(found) is is_found


def test_clients_are_chosen_by_family_and_platform() -> None:
    known = client_data().clients
    assert chosen_clients(("gmail",)) == {one for one in known if one.startswith("gmail.")} != set()
    assert chosen_clients(("outlook.windows",)) == {"outlook.windows"}
    assert chosen_clients(("gmail", "outlook.ios")) == chosen_clients(("gmail",)) | {"outlook.ios"}
    assert chosen_clients() == chosen_clients(DEFAULT_CLIENTS)
    assert DEFAULT_CLIENTS == ("gmail", "apple-mail", "yahoo", "outlook.windows", "outlook.outlook-com", "outlook.macos", "outlook.ios", "outlook.android")  # fmt: skip
    families = sorted({one.partition(".")[0] for one in known})
    assert all(one < other for one, other in pairwise(families))
    outlooks = ", ".join(f"outlook.{platform}" for platform in ("android", "ios", "macos", "outlook-com", "windows", "windows-mail"))  # fmt: skip
    for name in ("outlook.win", "gmai", "windows", ""):
        with pytest.raises(ValueError, match=rf"^There is no mail client '{name}'. There are {', '.join(families)}, each also as family.platform: {outlooks}, ...$"):  # fmt: skip
            chosen_clients((name,))


def test_a_place_is_said_for_those_that_were_chosen_and_miss_it() -> None:
    content = email('<p style="display:flex;display:inline-flex">A</p><p style="display:flex">B</p>')
    for clients, said in (("outlook.windows", [("Outlook (Windows)",)] * 2), ("apple-mail", [])):
        found = check_content(content, CheckSettings(clients=(clients,)))
        assert [one.clients for one in found] == said
