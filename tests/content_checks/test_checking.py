"""What is found, what is not, and what settings change."""

from __future__ import annotations

import json
import sys

import pytest

from novu_framework import Step, workflow
from novu_framework.cli.app import run
from novu_framework_testing.checks import CheckSettings, Content, SetAside, check_content
from novu_framework_testing.checks.content import email


def rules(content, **settings):
    return [finding.rule for finding in check_content(content, CheckSettings(**settings))]


def test_a_finding_says_what_where_for_whom_and_what_to_do():
    content = Content("email", email('<p\n><a href="/orders">Orders</a></p>').content, {}, "shipped", "mail")
    (finding,) = check_content(content)
    assert (finding.rule, finding.level, finding.workflow_id, finding.step_id) == (
        "link.relative",
        "error",
        "shipped",
        "mail",
    )
    assert finding.where == 'body, line 2: <a href="/orders">'
    assert str(finding) == (
        'error link.relative: shipped/mail, body, line 2: <a href="/orders">: A link is relative: a message has no address that it '
        "could be relative to.\n    Write the whole address, with https:// and the host."
    )


BUTTON = 'style="background:#036;padding:8px 16px"'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (email(f'<a href="" {BUTTON}><b>Pay</b> now</a>'), "“Pay now” (button)"),
        (email('<a class="btn" href="">Pay now</a>'), "“Pay now” (button)"),
        (email('<p>Read <a href="">the terms</a></p>'), "“the terms” (link)"),
        (email('<p>Read <a href=""><img src="https://acme.com/a.png" alt="Acme" width="8"></a></p>'), "“Acme” (link)"),
        (email('<div>Our offers <img src="https://acme.com/may.png?v=1" width="8"></div>'), "the picture may.png, beside “Our offers”"),
        (email("<p>Hello undefined</p>"), "“Hello undefined” (text)"),
        (email(f"<h2>Hello undefined! {'And so on. ' * 20}</h2>"), "“Hello undefined! And so on. And so on. And so on. And so on…” (heading)"),
        (email("", subject=""), "the subject"),
        (email("", whole='<html dir="ltr"><head><title>A</title></head><body><p>Hi</p></body></html>'), "the whole email"),
        (email('<a href="https://ann:secret@acme.com">https://ann:secret@acme.com</a>'), "a link"),
        (email("<p>See https://ann:secret@acme.com</p>"), "a link"),
        (email("", head="<style>.a { display: flex }</style>"), "the styles of the email"),
        (Content("sms", {"body": "Hello undefined"}), "the text"),
        (Content("in_app", {"body": "Hi", "primaryAction": {"label": " "}}), "the first button"),
        (Content("chat", {"body": "Hi"}, {"slack": {"blocks": [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}, "url": "http://localhost/a"}]}]}}), "Slack: “Open” (button)"),
        (Content("chat", {"body": "Hi"}, {"slack": {"text": "See https://ann:secret@acme.com"}}), "Slack: “See https://…”"),
        (Content("chat", {"body": "Hi"}, {"slack": {"text": "See http://localhost/a"}}), "Slack: “See http://localhost/a”"),
        (Content("chat", {"body": "Hi"}, {"msteams": {"attachments": [{"content": {"actions": [{"type": "Action.OpenUrl", "title": "Open", "url": "http://localhost/a"}]}}]}}), "Microsoft Teams: “Open” (button)"),
        (Content("push", {"body": "Hi"}, {"fcm": {"data": {"count": 3}}}), "the message to Firebase"),
    ],
)  # fmt: skip
def test_a_place_is_also_said_in_words(content, words):
    assert check_content(content)[0].words == words


def test_marks_of_letters_are_not_counted_as_letters():
    pointed = email(
        "", whole='<html lang="he"><head><title>A</title></head><body><p>שָׁלוֹם לְכֻלָּם, בְּרוּכִים</p></body></html>'
    )
    (finding,) = [one for one in check_content(pointed) if one.rule == "accessibility.direction"]
    assert finding.detail == "14 of 14 letters"


def test_errors_come_first_and_the_same_place_is_said_once():
    body = '<img src="https://acme.com/a.png" width="8"><p>Hello undefined, undefined</p>'
    assert rules(email(body)) == ["personalisation.undefined", "image.alt-missing"]


def test_a_rule_names_no_more_places_than_one_reads():
    links = "".join(f'<p><a href="/orders/{number}">Orders</a></p>' for number in range(500))
    assert len(check_content(email(links))) == 20


def test_notes_are_found_when_they_are_asked_for():
    content = email('<p style="border-radius:8px">A</p>')
    assert rules(content) == []
    assert rules(content, level="note") == ["client.css-border-radius"]


def test_only_the_chosen_clients_count():
    content = email('<p style="display:flex">A</p>')
    (finding,) = check_content(content)
    assert finding.clients == ("Outlook (Windows)",)
    assert rules(content, clients=("gmail", "apple-mail")) == []


def test_a_rule_is_set_aside_for_a_workflow_with_a_reason():
    content = Content("sms", {"body": "undefined"}, workflow_id="welcome")
    aside = SetAside("personalisation.*", "the word is the message", workflow="welcome")
    assert rules(content, ignore=(aside,)) == []
    assert rules(Content("sms", {"body": "undefined"}, workflow_id="other"), ignore=(aside,)) == [
        "personalisation.undefined"
    ]


def test_a_level_can_be_changed():
    content = email('<p><a href="http://acme.com">Acme</a></p>')
    (finding,) = check_content(content, CheckSettings(levels={"link.http": "error"}))
    assert finding.level == "error"
    assert rules(content, levels={"link.http": "note"}) == []


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"client": ["gmail"]}, r"has client: it takes clients"),
        ({"clients": ["gmial"]}, r"no mail client 'gmial'"),
        ({"level": "loud"}, r"no level 'loud'"),
        ({"levels": {"link.htp": "note"}}, r"no rule 'link.htp'. There are link"),
        ({"ignore": [{"rule": "link.http", "why": " "}]}, r"Say why the rule link.http"),
        ({"ignore": [{"rule": "link.http"}]}, r"`rule` and `why`"),
        ({"ignore": ["link.http"]}, r"`rule` and `why`"),
        ({"ignore": [{"rule": "link.http", "why": 3}]}, r"Say why the rule link.http"),
        ({"levels": ["link.http"]}, r"levels is a table"),
        ({"clients": "gmail"}, r"clients is a list"),
    ],
)
def test_settings_that_are_wrong_are_refused_in_words(table, says):
    with pytest.raises(ValueError, match=says):
        CheckSettings.of(table)


# --- the doors ------------------------------------------------------------------------------------------------


@workflow("shipped", tags=["orders"])
async def shipped(payload: dict, step: Step) -> None:
    await step.email("mail", lambda: {"subject": "Your order", "body": payload["body"]})
    await step.sms("text", lambda: {"body": "It is on its way."})


def test_a_simulation_checks_a_run_a_message_and_all_that_it_delivered(novu):
    novu.register(shipped)
    ann = {"subscriberId": "ann", "email": "ann@acme.test", "firstName": "Ann"}
    fine = novu.trigger("shipped", to=ann, payload={"body": "<p>It is on its way.</p>"})
    broken = novu.trigger("shipped", to=ann, payload={"body": "<p>Hello ANN, [object Object] is late</p>"})
    assert novu.check(fine) == novu.check(fine.run) == []
    (finding,) = novu.check(broken.run)
    assert (finding.rule, finding.workflow_id, finding.step_id) == (
        "personalisation.object-object",
        "shipped",
        "mail",
    )
    assert novu.check(broken.run.messages[0]) == novu.check(broken.run.messages) == novu.check() == [finding]
    assert [one.rule for one in novu.check(broken, level="note")] == [
        "personalisation.object-object",
        "personalisation.name-case",
    ]
    assert novu.check(ignore={"personalisation.object-object": "it is the message"}) == []


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"ignore": ["link.http"]}, r"""a reason for each rule: {"link.http": "our intranet has no TLS"}, not \['link.http'\]"""),
        ({"ignore": "link.http"}, r"a reason for each rule"),
        ({"ignore": {"link.http": None}}, r"Say why the rule link.http"),
        ({"ignore": {3: "it is odd"}}, r"no rule '3'"),
        ({"ignore": {"link.htp": "it is odd"}}, r"no rule 'link.htp'. There are link"),
        ({"clients": "gmail"}, r"clients are several"),
        ({"clients": ["gmial"]}, r"no mail client 'gmial'"),
        ({"level": "loud"}, r"no level 'loud'"),
    ],
)  # fmt: skip
def test_choices_of_a_test_that_are_wrong_are_refused_in_words(novu, choices, says):
    with pytest.raises(ValueError, match=says):
        novu.check(**choices)


def test_what_reached_nobody_is_checked_too(novu):
    novu.register(shipped)
    run = novu.trigger("shipped", to="nobody", payload={"body": "<p>undefined</p>"}).run
    assert run.messages == []
    assert [one.rule for one in novu.check(run)] == ["personalisation.undefined"]


QUIET = ("-p", "no:randomly", "-o", "asyncio_default_fixture_loop_scope=function")
TESTS = """
    from novu_framework import workflow

    @workflow("w")
    async def w(payload: dict, step):
        await step.sms("text", lambda: {"body": payload["body"]})

    def test_broken(novu):
        novu.register(w)
        novu.trigger("w", to={"subscriberId": "ann", "phone": "+431"}, payload={"body": "Hello undefined!"})

    def test_fine(novu):
        novu.register(w)
        novu.trigger("w", to={"subscriberId": "ann", "phone": "+431"}, payload={"body": "Hello Ann!"})
"""


def test_pytest_checks_every_message_of_every_test(pytester):
    pytester.makepyfile(TESTS)
    pytester.runpytest_inprocess(*QUIET).assert_outcomes(passed=2)
    result = pytester.runpytest_inprocess("--novu-check", *QUIET)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "1 thing is wrong with the content of its messages.",
            "error personalisation.undefined: w/text, body:*",
        ]
    )


def test_what_a_test_chooses_for_its_messages_counts(pytester):
    pytester.makepyfile(
        """
        import pytest
        from novu_framework import workflow

        BROKEN = {"text": "Hello undefined!", "html": "<p style='display:flex'>Hello</p>"}

        @workflow("w")
        async def w(payload: dict, step):
            await step.sms("text", lambda: {"body": payload["text"]})
            await step.email("mail", lambda: {"subject": "Hi", "body": payload["html"]})

        @pytest.fixture
        def sent(novu):
            novu.register(w)
            return novu.trigger("w", to={"subscriberId": "ann", "phone": "+431", "email": "a@acme.test"}, payload=BROKEN)

        def test_nothing_chosen(novu, sent):
            pass

        def test_set_aside_and_clients(novu, sent):
            assert novu.check(clients=["gmail"], ignore={"personalisation.undefined": "a lesson"}) == []

        def test_the_findings_are_what_it_is_about(novu, sent):
            assert len(novu.check(sent)) == 2

        def test_about_one_of_two(novu, sent):
            (mail,) = [one for one in sent.run.messages if one.channel == "email"]
            assert novu.check(mail, clients=["gmail"]) == []

        def test_a_later_message(novu, sent):
            novu.check(ignore={"personalisation.*": "a lesson", "client.*": "a lesson"})
            novu.trigger("w", to="ann", payload=BROKEN)
        """
    )
    result = pytester.runpytest_inprocess("--novu-check", *QUIET)
    failed = {line.split("::")[1].split()[0] for line in result.outlines if line.startswith("FAILED")}
    assert failed == {"test_nothing_chosen", "test_about_one_of_two", "test_a_later_message"}
    result.assert_outcomes(passed=2, failed=3)


def test_pytest_reads_the_settings_of_the_project(pytester):
    pytester.makepyfile(TESTS)
    pytester.makepyprojecttoml("""
        [tool.novu.checks]
        ignore = [{ rule = "personalisation.undefined", why = "a lesson about JavaScript", workflow = "w" }]
    """)
    pytester.runpytest_inprocess("--novu-check", *QUIET).assert_outcomes(passed=2)
    pytester.makepyprojecttoml("[tool.novu.checks]\nlevel = 'loud'")
    result = pytester.runpytest_inprocess("--novu-check", *QUIET)
    result.stderr.fnmatch_lines(
        ["*pyproject.toml: There is no level 'loud'. There are note, warning, error."]
    )


APP = """
from novu_framework import workflow

@workflow("fine")
async def fine(payload: dict, step):
    await step.sms("text", {"body": "Hello Ann!"})
    await step.delay("a-day", {"type": "regular", "amount": 1, "unit": "days"})

@workflow("broken")
async def broken(payload: dict, step):
    await step.sms("text", lambda: {"body": "Hello undefined!"})

@workflow("raising")
async def raising(payload: dict, step):
    await step.sms("text", lambda: 1 / 0)

workflows = [fine, broken]
"""


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    (tmp_path / "checked_app.py").write_text(APP, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.novu]\napp = "checked_app:workflows"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [*sys.path])
    monkeypatch.delitem(sys.modules, "checked_app", raising=False)
    yield lambda *arguments: (run(["check", *arguments]), capsys.readouterr().out)
    sys.modules.pop("checked_app", None)


def test_the_command_checks_every_workflow_and_says_what_it_found(command):
    status, out = command()
    assert status == 1
    assert (
        "error personalisation.undefined: broken/text, body: The word `undefined` stands where a value was meant."
        in out
    )
    assert out.splitlines()[-1] == "1 finding in 2 workflows."
    status, out = command("fine")
    assert (status, out) == (0, "Nothing found in 1 workflow.\n")


def test_the_command_gives_json(command):
    status, out = command("--json")
    answer = json.loads(out)
    assert (status, answer["ok"], answer["notRendered"]) == (1, False, [])
    assert [(one["rule"], one["workflow_id"]) for one in answer["findings"]] == [
        ("personalisation.undefined", "broken")
    ]


def test_a_workflow_that_cannot_be_rendered_is_said_beside_the_findings(command):
    status, out = command("--app", "checked_app:raising", "--json")
    assert status == 1
    assert "raising/text" in json.loads(out)["notRendered"][0]


def test_the_command_reads_the_settings_of_the_project(command, tmp_path):
    table = '[tool.novu]\napp = "checked_app:workflows"\n[tool.novu.checks]\nlevels = { "personalisation.undefined" = "note" }\n'
    (tmp_path / "pyproject.toml").write_text(table, encoding="utf-8")
    assert command()[0] == 0
    assert command("--level", "note")[0] == 1
    assert command("--level", "loud")[0] == 2
    assert command("--client", "gmial")[0] == 2


# --- no false alarms ------------------------------------------------------------------------------------------


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
        # where it may be otherwise
        (".a { color: #ccc; background: #fff } .a:first-child { color: #000 }", '<p class="a">Pay by Monday</p>', False),
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
