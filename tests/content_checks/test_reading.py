"""What a message is read as: what is a link, a colour, a word; and what is ordinary, and no finding."""

from __future__ import annotations

import pytest

from novu_framework_testing.checks import CheckSettings, Content, check_content
from novu_framework_testing.checks.clients import client_data
from novu_framework_testing.checks.content import email
from tests.tables import one_in, walked


def rules(content, **settings):
    return [finding.rule for finding in check_content(content, CheckSettings(**settings))]


@walked(
    "fragment",
    [
        '<div style="display:none;max-height:0;font-size:1px">It arrives on Monday ‌ ‌</div>',  # a hidden preheader
        '<td style="font-size:0"><p style="font-size:14px">A</p></td>',
        '<!--[if mso]><v:rect fill="true"><![endif]--><p style="background-image:url(https://acme.com/a.png)">A</p>',
        '<!--[if !mso]><!--><div style="display:flex">A</div><!--<![endif]-->',
        '<p style="width:200px;width:min(200px,50px)">A</p>',
        '<p style="background:#fff url(https://acme.com/a.png)">A</p>',
        '<video src="https://acme.com/a.mp4"><img src="https://acme.com/a.png" alt="A" width="8"></video>',
        "<p>Run <code>{{ name }}</code> and see <code>undefined</code>.</p>",
        "<table><tr><th>Allergies</th></tr><tr><td>None</td></tr></table>",
        "<p>None of your orders is late.</p>",
        '<p style="color:#fff">A</p>',  # on a background that nobody knows
        '<p><a href="mailto:?subject=Look">Share</a> <a href="sms:+431234">Text us</a></p>',
        '<img src="https://acme.com/o.gif" width="1" height="1">',  # counts openings
        '<a href="https://acme.com/u?next=https%3A%2F%2Facme.com">Go on</a>',
        "<p>Ends at 5 &lt; 6 {1, 2} 100% $5</p>",
    ],
)
def test_what_is_ordinary_is_no_finding(fragment):
    assert check_content(email(fragment)) == []


SAID = "<!date^1392734382^Posted {date_num} {time_secs}|Posted in 2014> Fish &amp; chips &lt;3"
BLOCKS = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": SAID}}]}


@walked(
    ("providers", "found"),
    [
        ({"slack": BLOCKS}, []),
        ({"novu-slack": {"text": SAID}}, []),
        ({"slack": {"text": "Hi {name}, fish &amp;amp; chips"}}, ["personalisation.brace", "personalisation.double-escape"]),
        ({"discord": {"content": SAID}}, ["personalisation.brace", "personalisation.double-escape"]),
        ({"telegram": {"text": "Fish &amp; <b>chips</b>", "parse_mode": "HTML"}}, []),
        ({"whatsapp-business": {"template": {"components": [{"type": "body", "text": "Hi {{1}}, {{2}}"}]}}}, []),
        ({"whatsapp-business": {"text": {"body": "Hi {{name}}"}}}, ["personalisation.liquid"]),
    ],
)  # fmt: skip
def test_the_notation_of_a_provider_is_read_as_it_is_shown(providers, found):
    message = Content("chat", {"body": "Your order is on its way."}, providers)
    rules = {one.rule for one in check_content(message) if one.rule.startswith("personalisation")}
    assert sorted(rules) == found


@walked(
    "text",
    [
        "Run web:8000 or web:8000/a, at 10:30/11:00, and/or w/o it.",
        "Write https:// before it, or https://... as www.",
        "See myapp://orders/12, or https://acme.com/a.",
        "See (https://en.wikipedia.org/wiki/Vienna_(Virginia)), please.",
        "It is on localhost, says the test of staging.",
        "item[0]() and [1] (see below)",
    ],
)
def test_what_only_looks_like_a_link_is_none(text):
    for content in (Content("sms", {"body": text}), Content("chat", {"body": text}), email(f"<p>{text}</p>")):
        assert check_content(content, CheckSettings(level="note")) == []


@walked(
    ("text", "url"),
    [
        ("Open http://localhost:3000/x.", "http://localhost:3000/x"),
        ("(http://localhost/a_(b))!", "http://localhost/a_(b)"),
        ("*http://localhost/a*", "http://localhost/a"),
        ("See <http://localhost/a|the order>", "http://localhost/a"),
        ("See [the order](http://localhost/a).", "http://localhost/a"),
        ('<a href="http://localhost/a">the order</a>', "http://localhost/a"),
        ("www.a.localhost/undefined, please", "https://www.a.localhost/undefined"),
    ],
)
def test_an_address_ends_where_its_sentence_goes_on(text, url):
    found = [one for one in check_content(Content("chat", {"body": text})) if one.rule == "link.local"]
    assert [one.detail for one in found] == [url]


@walked(
    ("channel", "content", "providers", "where"),
    [
        ("sms", {"body": "See http://localhost/a"}, {}, "body"),
        ("in_app", {"body": "Hi", "primaryAction": {"label": "Go", "redirect": {"url": "http://localhost/a"}}}, {}, "primaryAction.redirect.url"),
        ("in_app", {"body": "Hi", "data": {"orderUrl": "http://localhost/a"}}, {}, "data.orderUrl"),
        ("push", {"subject": "Hi", "body": "Hi"}, {"apns": {"payload": {"deepLink": "http://localhost/a"}}}, "providers.apns.payload.deepLink"),
        ("push", {"subject": "Hi", "body": "Hi"}, {"one-signal": {"web_url": "http://localhost/a"}}, "providers.one-signal.web_url"),
        ("chat", {"body": "Hi"}, {"slack": {"_passthrough": {"body": {"text": "http://localhost/a"}}}}, "providers.slack._passthrough.body.text"),
        ("chat", {"body": "Hi"}, {"msteams": {"potentialAction": [{"targets": [{"uri": "http://localhost/a"}]}]}}, "providers.msteams.potentialAction[0].targets[0].uri"),
        ("email", {"subject": "http://localhost/a", "body": email("").content["body"]}, {}, "subject"),
        ("email", email("").content, {"sendgrid": {"dynamicTemplateData": {"cart": {"link": "http://localhost/a"}}}}, "providers.sendgrid.dynamicTemplateData.cart.link"),
        ("email", email("<!--[if mso]><v:roundrect href=\"http://localhost/a\"></v:roundrect><![endif]-->").content, {}, "body, what Outlook for Windows sees"),
        ("chat", {"body": "Hi"}, {"rocket-chat": {"webhookUrl": "http://mattermost:8065/hooks/a"}}, None),
        ("chat", {"body": "Hi"}, {"mattermost": {"actions": [{"name": "Ack", "integration": {"url": "http://bot:8000/ack"}}]}}, None),
    ],
)  # fmt: skip
def test_links_are_found_wherever_they_stand(channel, content, providers, where):
    found = check_content(Content(channel, content, providers))
    assert [(one.rule, one.where) for one in found] == ([("link.local", where)] if where else [])


def test_an_address_that_is_a_link_and_a_text_is_said_once():
    button = {
        "type": "button",
        "sub_type": "url",
        "parameters": [{"type": "text", "text": "orders/undefined"}],
    }
    assert rules(
        Content("chat", {"body": "Hi"}, {"whatsapp-business": {"template": {"components": [button]}}})
    ) == ["link.broken-value"]
    assert rules(email('<p><a href="http://localhost/a">http://localhost/a</a></p>')) == ["link.local"]
    assert rules(Content("sms", {"body": "See https://acme.com/{{ id }}/undefined"})) == [
        "link.broken-value",
        "link.template",
    ]


def test_a_style_for_phones_is_for_those_that_read_it():
    assert (
        check_content(email("", head="<style>@media (max-width:600px) { .a { display: flex } }</style>"))
        == []
    )


EVERY_CLIENT = tuple(client_data().clients)
OFF = {
    "text-shadow": ("none", "initial", "0 0 0 #000", "0 0 transparent", "0 0 hsl(0, 50%, 50%)"),
    "box-shadow": ("none !important", "unset", "inset 0 0 #0000, 0 0 0 0 #000"),
    "border-radius": ("0", "0px", "0 0 0 0", "0.0em / 0", "0 !important", "initial"),
    "transition": ("none", "none 0s ease 0s", "all 0s", "0s"),
    "animation": ("none", "none 0s"),
    "transform": ("none", "translate(0, 0)", "rotate(0deg) scale(1)", "translateZ(0)"),
    "filter": ("none", "revert"),
    "clip-path": ("none",),
    "mask-image": ("none",),
    "list-style-image": ("none", "inherit"),
    "opacity": ("1", "1.0"),
    "mix-blend-mode": ("normal",),
    "object-fit": ("fill",),
    "gap": ("0", "normal", "0 0px"),
    "inset": ("auto",),
    "aspect-ratio": ("auto",),
    "column-count": ("auto", "1"),
}
ON = {
    "text-shadow": ("0 1px 0 #fff", "0 0 .5px #000", "var(--shadow)"),
    "box-shadow": ("0 0 0 1px #000", "0 0 #000, 0 0 2px #000"),
    "border-radius": ("8px", "0 0 8px 8px", "50%", "0.5em"),
    "transition": ("all 0.2s", "color 1s"),
    "animation": ("noneSuch 1s",),
    "transform": ("rotate(3deg)", "translate(0, 4px)", "scale(1.1)"),
    "filter": ("blur(1px)",),
    "opacity": ("0.5", ".9"),
    "gap": ("0 8px",),
    "padding-inline-start": ("0",),  # lists have a padding of their own
}


@walked("name", OFF)
def test_what_is_switched_off_is_missed_by_nobody(name):
    for value in OFF[name]:
        content = email(f'<p style="{name}:{value}">A</p>')
        assert rules(content, level="note", clients=EVERY_CLIENT) == [], value


@walked("name", ON)
def test_what_is_on_is_missed(name):
    for value in ON[name]:
        found = rules(email(f'<p style="{name}:{value}">A</p>'), level="note", clients=EVERY_CLIENT)
        assert any(one.startswith(f"client.css-{name}") for one in found), value


@walked(
    ("css", "missed"),
    [
        ("p { border-radius: 8px }", True),
        (".a { border-radius: 8px }", True),
        (".b { border-radius: 8px }", False),
        (".b, .a { border-radius: 8px }", True),
        ("div > .a { border-radius: 8px }", True),
        ("ul > .a { border-radius: 8px }", False),
        (".a:hover { border-radius: 8px }", True),
        (".b:hover { border-radius: 8px }", False),
        (".a::selection { border-radius: 8px }", True),
        ("body { border-radius: 8px }", True),
        (".m { border-radius: 8px }", True),  # which Outlook sees
        (".a .m { border-radius: 8px }", True),
        (".b .m { border-radius: 8px }", False),
        ("{ border-radius: 8px }", True),  # what cannot be read is no less a fault
        ("p:unheard-of { border-radius: 8px }", True),
        (".b:unheard-of(x) { border-radius: 8px }", False),
        (".a { & b { border-radius: 8px } }", True),
        ("@keyframes k { from { border-radius: 8px } }", True),
    ],
)
def test_a_style_that_is_for_nothing_in_the_email_is_missed_by_nobody(css, missed):
    outlook = '<!--[if mso]><table class="m"><tr><td>A</td></tr></table><![endif]-->'
    content = email(f'<div><p class="a">A</p></div>{outlook}', head=f"<style>{css}</style>")
    clients = ("outlook.windows", "orange.ios")
    found = rules(content, level="note", clients=clients)
    assert ("client.css-border-radius" in found) is (missed and "keyframes" not in css)


@walked(
    ("css", "rule", "missed"),
    [
        (".a:hover { color: #111111 }", "pseudo-class-hover", True),
        (".b:hover { color: #111111 }", "pseudo-class-hover", False),
        (".b, .a:hover { color: #111111 }", "pseudo-class-hover", True),
        (".a, .b:hover { color: #111111 }", "pseudo-class-hover", False),
        (".a::after { content: '' }", "pseudo-element-after", True),
        (".b:after { content: '' }", "pseudo-element-after", False),
        (".a::after { color: #111111 }", "pseudo-element-after", False),
        ("*, *:after { margin: 0 } .b:after { content: '' }", "pseudo-element-after", False),
        ("*, *:after { margin: 0 } .a:after { content: '' }", "pseudo-element-after", True),
        (".a::after { content: none }", "pseudo-element-after", False),
        (
            ".a::after { content: normal !important } .a::before { content: '' }",
            "pseudo-element-after",
            False,
        ),
        ("@media screen { .a::before { content: '' } }", "pseudo-element-before", True),
        ("p[class=a] { color: #111111 }", "selector-attribute", True),
        ("p[class=b] { color: #111111 }", "selector-attribute", False),
        ("p:has(+ .a) { color: #111111 }", "pseudo-class-has", True),
        ("p:has(+ .b) { color: #111111 }", "pseudo-class-has", False),
        ("p:not(:has(.b)):has(p) { color: #111111 }", "pseudo-class-has", True),
    ],
)
def test_a_selector_counts_by_what_it_is_for_whatever_its_state(css, rule, missed):
    content = email('<div><p class="a">A</p></div>', head=f"<style>{css}</style>")
    found = rules(content, level="note", clients=EVERY_CLIENT)
    assert (f"client.css-{rule}" in found) is missed


MEDIA = "@media (max-width: 600px)"
NO_MEDIA, READS_MEDIA = "outlook.windows", "gmx.desktop-webmail"  # neither knows attributes, or :hover


@walked(
    ("css", "clients"),
    [
        ("p[class=a] {}", [NO_MEDIA, READS_MEDIA]),
        (f"{MEDIA} {{ p[class=a] {{}} }}", [READS_MEDIA]),
        (f"{MEDIA} {{ p:hover {{}} }}", [READS_MEDIA]),
        (f"{MEDIA} {{ @font-face {{}} }}", [READS_MEDIA]),
        (f"@supports (gap: 1px) {{ {MEDIA} {{ p:hover {{}} }} }}", [None]),
        ("@media (prefers-color-scheme: dark) { p:hover {} }", []),  # which it does not know
        ("@media screen, (prefers-color-scheme: dark) { p:hover {} }", [READS_MEDIA]),
        ("@media print { p:hover {} }", []),
        ("@media screen { p::after { content: '' } }", [READS_MEDIA]),
        (f"{MEDIA} {{ p {{ opacity: 0.5; display: flex; width: 2rem }} }}", []),
        (f"{MEDIA} {{ }} p:hover {{}}", [NO_MEDIA, READS_MEDIA]),
    ],
)
def test_what_a_client_passes_over_it_does_not_miss(css, clients):
    content = email('<p class="a">A</p>', head=f"<style>{css}</style>")
    settings = CheckSettings(level="note", clients=(NO_MEDIA, READS_MEDIA))
    names = {client_data().clients[one] for one in clients if one}
    found = [one for one in check_content(content, settings) if one.rule.startswith("client.")]
    assert {name for one in found if "@supports" not in one.where for name in one.clients} == names


@walked(
    ("css", "missed"),
    [
        ("border-color:rgba(0,0,0,.5)", True),
        ("color:rgba(0,0,0,.5)", True),
        ("box-shadow:0 0 2px rgba(0,0,0,.5)", False),
        ("text-shadow:0 0 2px rgba(0,0,0,.5)", False),
        ("-webkit-box-shadow:0 0 2px rgba(0,0,0,.5)", False),
        ("-webkit-tap-highlight-color:rgba(0,0,0,.5)", False),
        ("outline:1px solid rgba(0,0,0,.5)", False),
    ],
)
def test_a_value_is_not_missed_where_the_property_is_not_known(css, missed):
    content = email(f'<p style="{css}">A</p>')
    assert ("client.css-rgba" in rules(content, level="note", clients=("outlook.windows",))) is missed


def test_a_stylesheet_that_outlook_is_kept_away_from_is_not_missed_there():
    style = "<style>p:hover { color: #111111; border-radius: 8px } @font-face { font-family: Acme }</style>"
    for head, found in ((style, True), (f"<!--[if !mso]><!-->{style}<!--<![endif]-->", False)):
        assert bool(rules(email("", head=head), level="note", clients=("outlook.windows",))) is found


@walked(
    ("fragment", "found"),
    [
        ('<p><a href="undefined">Go on</a></p>', ["link.broken-value"]),
        ('<p><a href="/orders/undefined">Go on</a></p>', ["link.broken-value"]),
        ('<img src="undefined" alt="A" width="8">', ["link.broken-value"]),
        ('<p><a href="http://">Go on</a></p>', ["link.malformed"]),
        ('<p style="color:#ccc;background:#fff">One<br>two<br>three</p>', ["accessibility.contrast"]),
        ('<p style="color:#ccc;background:#fff">One <b>two</b></p>', ["accessibility.contrast"] * 2),
    ],
)
def test_one_fault_is_said_once(fragment, found):
    assert rules(email(fragment)) == found


def test_an_element_is_said_once_for_all_the_clients_that_miss_something_in_it():
    content = email('<p style="border-radius:1rem;padding:1rem">A</p>')
    found = [one for one in check_content(content, CheckSettings(level="note")) if "rem" in one.rule]
    assert [one.rule for one in found] == ["client.css-unit-rem"]
    assert "Outlook (Windows)" in found[0].clients  # which has no round corners, but paddings


def test_a_name_in_bold_belongs_to_its_greeting():
    assert rules(email("<p>Hello <b></b>, welcome.</p>")) == ["personalisation.empty-greeting"]
    assert rules(email("<p>Hello <b>None</b>, welcome.</p>")) == ["personalisation.none"]


def test_the_size_of_a_text_may_be_in_font():
    grey = "color:#888888;background:#ffffff"
    for size, found in (("13px", True), ("bold 30px/1.2 Arial", False)):
        content = email(
            f'<p class="a" style="{grey}">Pay by Monday</p>', head=f"<style>.a {{ font: {size} }}</style>"
        )
        assert ("accessibility.contrast-low" in rules(content, level="note")) is found


PALE = "<p style='color:{};background:{}'>Pay by Monday</p>"


@walked(
    ("head", "fragment", "judged"),
    [
        # colours in every notation, and what shines through
        ("", PALE.format("rgba(0,0,0,.2)", "#fff"), True),
        ("", PALE.format("rgba(0,0,0,.9)", "#fff"), False),
        ("", PALE.format("rgb(0 0 0 / 20%)", "white"), True),
        ("", PALE.format("hsl(0, 0%, 85%)", "hsl(0deg 0% 100%)"), True),
        ("", PALE.format("hsla(210, 50%, 40%, .2)", "#ffff"), True),
        ("", PALE.format("hwb(0 85% 15%)", "snow none"), True),
        ("", PALE.format("#fff", "rgba(0, 0, 0, 0.1)"), False),  # over what nobody knows
        ("", '<div style="background:#000">' + PALE.format("#000", "rgba(0,0,0,.5)") + "</div>", True),
        ("", '<div style="background:#000">' + PALE.format("#222", "transparent") + "</div>", True),
        ("", PALE.format("#ccc", "#fff url(https://acme.com/a.png)"), False),
        ("", PALE.format("oklch(90% 0 0)", "#fff"), False),
        ("", '<p style="color:#ccc;background:#fff;opacity:.5">Pay by Monday</p>', False),
        # classes, tags and ids
        (".a { color: #ccc; background: #fff }", '<p class="a">Pay by Monday</p>', True),
        ("p.a, td { color: #ccc } .b { background-color: #fff }", '<div class="b"><p class="a">Pay by Monday</p></div>', True),
        ("p { color: #ccc }", '<div style="background:#fff"><p>Pay by Monday</p></div>', True),
        ("#x { color: #ccc; background: #fff }", '<p id="x">Pay by Monday</p>', True),
        (".b .a { color: #ccc; background: #fff }", '<div class="b"><p class="a">Pay by Monday</p></div>', True),
        (".c .a { color: #ccc; background: #fff }", '<div class="b"><p class="a">Pay by Monday</p></div>', False),
        (".a { color: #ccc }", '<p class="a" style="color:#000;background:#fff">Pay by Monday</p>', False),
        (".a { color: #ccc !important }", '<p class="a" style="color:#000;background:#fff">Pay by Monday</p>', True),
        (".a { color: #ccc } p { color: #000 }", '<p class="a" style="background:#fff">Pay by Monday</p>', True),
        (".a { color: #ccc } .b { color: #000 }", '<p class="b a" style="background:#fff">Pay by Monday</p>', False),
        (".a { color: #ccc; background: #fff } .a:hover { color: #000 }", '<p class="a">Pay by Monday</p>', True),
        (".a { color: #ccc; background: #fff } [data-ogsc] .a { color: #000 }", '<p class="a">Pay by Monday</p>', True),
        (".a { color: #ccc; background: #fff } @media (prefers-color-scheme: dark) { .a { color: #000 } }", '<p class="a">Pay by Monday</p>', True),
        # places among others
        (".a { color: #ccc; background: #fff } .a:first-child { color: #000 }", '<div><p>Hi</p><p class="a">Pay by Monday</p></div>', True),
        (".a { color: #ccc; background: #fff } div > .a:first-child { color: #000 }", '<div><p class="a">Pay by Monday</p></div>', False),
        # where it may be otherwise
        (".a { color: #ccc; background: #fff } .a:has(b) { color: #000 }", '<p class="a">Pay by Monday</p>', False),
        (".a { color: #ccc; background: #fff } p + .a { color: #000 }", '<p class="a">Pay by Monday</p>', False),
        (".a { background: #fff } a { color: inherit }", '<p class="a">See <a href="https://acme.com/a">the order</a></p>', False),
        (".a { color: #fff; background: #fff; display: none }", '<p class="a">Pay by Monday</p>', False),
        ("@media print { .a { color: #ccc; background: #fff } }", '<p class="a">Pay by Monday</p>', False),
    ],
)  # fmt: skip
def test_a_contrast_is_judged_where_the_email_alone_says_both_colours(head, fragment, judged):
    content = email(fragment, head=f"<style>{head}</style>" if head else "")
    assert ("accessibility.contrast" in rules(content)) is judged


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "{{ ",
        "{",
        "<",
        "<a ",
        "<a>",
        "<div>",
        "</div>",
        "a",
        " ",
        "None ",
        "<!--",
        "<p style='",
        "**a ",
        "=",
        "http://",
        "www.",
        "https://a.b/",
        "[a](",
        "A.BBB",
        "A(a",
        "<A: ",
        '{"a": ',
        "{a_",
        "\u200c",
    ],
)
@pytest.mark.parametrize("channel", one_in(3, ["email", "sms", "chat"]))
def test_a_text_of_one_piece_over_and_over_is_read_in_one_go(channel, piece):
    text = piece * (10_000 // len(piece))
    check_content(Content(channel, {"subject": "Hi", "body": text}), CheckSettings(level="note"))
    check_content(email("", head=f"<style>{text}</style>"), CheckSettings(level="note"))


_INNER = '<table role="presentation"><tr><td>A</td></tr></table>'


@walked(
    ("rows", "is_layout"),
    [
        ([["Item", "Total"], [_INNER, "$9"], [_INNER, "$7"]], False),
        ([["Item", "Qty", "Total"], [_INNER, "1", "$9"]], False),
        ([[_INNER], ["Order", "7"], ["Date", "1 May"]], True),
        ([[_INNER, "$9"]], True),
        ([[_INNER, "$9"], [_INNER, "$7"]], True),
        ([["Item", "Total"], [_INNER, _INNER]], True),
        ([["Item", "Total"], [_INNER, "$9"], [_INNER, _INNER]], True),
        ([["Item", "Total"], [_INNER, ""]], True),
        ([["Item", "Total"], [_INNER, "$9", "7"]], True),
        ([["Item"], [_INNER], ["$9"]], True),
    ],
)
def test_a_table_of_goods_and_prices_is_no_layout(rows: list[list[str]], is_layout: bool) -> None:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    found = rules(email(f"<table>{lines}</table>"), level="note")
    assert ("accessibility.table-role" in found) is is_layout
