"""What a message is read as: what is a link, a colour, a word; and what is ordinary, and no finding."""

from __future__ import annotations

import pytest

from novu_framework_testing.checks import CheckSettings, Content, check_content
from novu_framework_testing.checks.content import email


def rules(content, **settings):
    return [finding.rule for finding in check_content(content, CheckSettings(**settings))]


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
@pytest.mark.parametrize("channel", ["email", "sms", "chat"])
def test_a_text_of_one_piece_over_and_over_is_read_in_one_go(channel, piece):
    text = piece * (20_000 // len(piece))
    check_content(Content(channel, {"subject": "Hi", "body": text}), CheckSettings(level="note"))
    check_content(email("", head=f"<style>{text}</style>"), CheckSettings(level="note"))
