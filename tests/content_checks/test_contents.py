"""What is asked of a content: its texts and their places, its settings, what is set aside, and how a finding says itself."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.checks import (
    RULES,
    CheckSettings,
    CommentAside,
    Content,
    ContentFinding,
    SetAside,
    check_content,
    comments_of,
    project_settings,
)
from novu_framework_testing.checks.checking import SUBJECTS, content_of, unknown_rule
from novu_framework_testing.checks.clients import DEFAULT_CLIENTS
from novu_framework_testing.checks.content import SKELETON, email
from novu_framework_testing.checks.reach import Reach
from novu_framework_testing.checks.rules import LEVELS, Hit, add_rule, item, longer_than, rule
from tests.tables import walked


def texts(content: Content) -> list[tuple[str, str]]:
    return [(place if isinstance(place, str) else f"<{place.tag}>", text) for place, text in content.texts]


def test_the_texts_of_a_message_are_what_people_read() -> None:
    unread = dict.fromkeys(("data", "avatar", "from", "replyTo", "redirect", "card", "attachments"), "x")
    outputs = {
        "subject": "A", "body": "<p>B</p><p>C</p>", **unread, "number": 7,
        "primaryAction": {"label": "D", "url": "x", "target": "x", "redirect": "x"}, "list": ["E", ("F", {"g": "G"})],
    }  # fmt: skip
    common = [("subject", "A"), ("primaryAction.label", "D"), ("list[0]", "E"), ("list[1][0]", "F"), ("list[1][1].g", "G")]  # fmt: skip
    assert texts(Content("in_app", outputs)) == [common[0], ("body", "<p>B</p><p>C</p>"), *common[1:]]
    assert texts(Content("email", outputs)) == [*common, ("<p>", "B"), ("<p>", "C")]


READ = ("text", "title", "body", "subject", "content", "alt_text", "description", "subtitle", "fallback", "caption", "alert", "label", "pretext")  # fmt: skip


def test_the_texts_of_a_provider_are_what_it_shows() -> None:
    data = dict.fromkeys((*READ, "id", "url", "textual"), "A")
    shown = [(f"providers.zulip.{name}", "A") for name in READ]
    assert texts(Content("chat", {}, {"zulip": data})) == shown
    more = {"a": {"text": "B"}, "body": ["C"], "text": {"x": "D"}}
    assert texts(Content("chat", {}, {"zulip": more})) == [("providers.zulip.a.text", "B"), ("providers.zulip.body[0]", "C")]  # fmt: skip
    button = {"sub_type": "url", "parameters": [{"text": "A"}], "text": "B"}
    assert texts(Content("chat", {}, {"zulip": button})) == [("providers.zulip.text", "B")]
    assert texts(Content("chat", {}, {"zulip": {**button, "sub_type": "reply"}}))[0][1] == "A"


SLACK = "<!date^1^{date}|Monday> <!date^1^{date}> &lt;a&gt; &amp;amp; &quot;"
NOTATIONS = {
    **dict.fromkeys(("slack", "novu-slack", "mattermost", "rocket-chat"), "Monday  <a> &amp; &quot; {{1}}"),
    "telegram": '<!date^1^{date}|Monday> <!date^1^{date}> <a> &amp; " {{1}}',
    "whatsapp-business": f"{SLACK} …",
    "discord": f"{SLACK} {{{{1}}}}",
}


@walked("provider", NOTATIONS)
def test_a_text_is_read_in_the_notation_of_its_provider(provider: str) -> None:
    given = Content("chat", {}, {provider: {"text": f"{SLACK} {{{{1}}}}"}})
    assert texts(given) == [(f"providers.{provider}.text", NOTATIONS[provider])]


def test_a_message_is_data() -> None:
    content = Content("sms", {"body": 7, "subject": "A https://a.b"})
    assert (content.text_of("body"), content.text_of("subject"), content.text_of("x")) == ("", "A https://a.b", "")  # fmt: skip
    assert content.prose == [("subject", "A https://…")]
    assert content.document.elements == Content("sms", {"body": "<p>A</p>"}).document.elements == []
    assert content_of(content) is content
    message: Any = SimpleNamespace(channel="sms", content={"body": "undefined"}, providers={"a": {}}, workflow_id="w", step_id="s", tags=("t",))  # fmt: skip
    assert content_of(message) == Content("sms", {"body": "undefined"}, {"a": {}}, "w", "s", ("t",))
    assert [one.rule for one in check_content(message)] == ["personalisation.undefined"]


def test_an_email_of_an_example_is_fine_but_for_its_fragment() -> None:
    plain = SKELETON.format(head="", body="")
    assert email("") == Content("email", {"subject": "Your order", "body": plain})
    more = email(
        "<p>", head="<b>", subject="A", replyTo="x", providers={"a": 1}, tags=("t",), first_name="Ann"
    )
    body = SKELETON.format(head="<b>", body="<p>")
    assert more == Content("email", {"subject": "A", "body": body, "replyTo": "x"}, {"a": 1}, tags=("t",), first_name="Ann")  # fmt: skip
    assert email("<p>", whole="").content["body"] == ""
    assert check_content(email(""), CheckSettings(level="note")) == []


def finding(**more: Any) -> ContentFinding:
    known = {"rule": "link.http", "level": "error", "channel": "sms", "workflow_id": "w", "step_id": "s", "where": "body", "wrong": "It is wrong.", "advice": "Mend it.", "source": "x"}  # fmt: skip
    return ContentFinding(**{**known, **more})


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "error link.http: w/s, body: It is wrong.\n    Mend it."),
        ({"detail": "9 bytes", "clients": ("A", "B")}, "error link.http: w/s, body: It is wrong. (9 bytes) [A, B]\n    Mend it."),
        ({"step_id": ""}, "error link.http: w, body: It is wrong.\n    Mend it."),
        ({"workflow_id": "", "step_id": ""}, "error link.http: sms, body: It is wrong.\n    Mend it."),
    ],
    ids=["plain", "more", "workflow", "channel"],
)  # fmt: skip
def test_a_finding_says_itself(more: dict[str, Any], said: str) -> None:
    assert str(finding(**more)) == said


@walked(
    ("aside", "covers"),
    [
        (SetAside("link.http", "x"), True),
        (SetAside("link.htt", "x"), False),
        (SetAside("link.*", "x"), True),
        (SetAside("lin*", "x"), True),
        (SetAside("*", "x"), True),
        (SetAside("image.*", "x"), False),
        (SetAside("link.http", "x", workflow="w"), True),
        (SetAside("link.http", "x", workflow="v"), False),
        (SetAside("link.http", "x", step="s"), True),
        (SetAside("link.http", "x", step="t"), False),
        (SetAside("link.http", "x", workflow="w", step="t"), False),
    ],
    ids=range(11),
)
def test_a_rule_is_set_aside_for_what_is_named(aside: SetAside, covers: bool) -> None:
    assert aside.covers(finding()) is covers


def test_a_level_is_the_least_that_is_said() -> None:
    content = email('<p style="border-radius:8px"><a href="http://acme.com">A</a><a href="">B</a></p>')
    found = {level: [one.rule for one in check_content(content, CheckSettings(level=level))] for level in LEVELS}  # fmt: skip
    assert found == {
        "error": ["link.empty"],
        "warning": ["link.empty", "link.http"],
        "note": ["link.empty", "link.http", "client.css-border-radius"],
    }


def test_what_was_set_aside_for_something_is_told() -> None:
    used: set[SetAside] = set()
    asides = (SetAside("link.*", "x"), SetAside("link.http", "y"), SetAside("image.*", "z"))
    content = Content("sms", {"body": "http://acme.com"})
    assert check_content([content, content], CheckSettings(ignore=asides), used=used) == []
    assert used == {*asides[:2]}
    assert len(check_content([content, content])) == 1
    assert len(check_content(iter([content, Content("sms", {"body": ""})]))) == 2


@walked(
    ("name", "said"),
    [
        ("link.http", None),
        ("link.*", None),
        ("link.h*", None),
        ("*", None),
        ("link", "There is no rule 'link'. There are "),
        ("sms.none", "There is no rule 'sms.none'. There are sms.empty, sms.html, sms.markdown, sms.one-letter-costs, sms.segments, sms.shortener, sms.too-long."),
        ("odd.*", "There is no rule 'odd.*'."),
        ("im", "There is no rule 'im'."),
        ("odd", "There is no rule 'odd'."),
    ],
)  # fmt: skip
def test_a_rule_that_there_is_not_is_told_with_those_like_it(name: str, said: str | None) -> None:
    told = unknown_rule(name)
    assert told == said or (name == "link" and told is not None and told.startswith(f"{said}link.anchor-missing, link.blank, "))  # fmt: skip


TABLE = {
    "clients": ["gmail"], "level": "note", "levels": {"link.http": "error"},
    "ignore": [{"rule": "link.*", "why": "x", "workflow": "w", "step": "s"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [CheckSettings(), Content("sms", {}), finding(), SetAside("link.*", "x"), RULES["link.http"]],
    ids=lambda value: type(value).__name__,
)
def test_what_was_given_stays_as_it_is(given: Any) -> None:
    for name in ("level", "channel", "rule", "id"):
        with pytest.raises(FrozenInstanceError):
            setattr(given, name, "x")


def test_settings_are_read_from_a_table() -> None:
    aside = SetAside("link.*", "x", "w", "s")
    assert CheckSettings.of(TABLE) == CheckSettings(("gmail",), "note", {"link.http": "error"}, (aside,))
    assert CheckSettings.of({}) == CheckSettings() == CheckSettings(DEFAULT_CLIENTS, "warning", {}, ())


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"level": "loud"}, "There is no level 'loud'. There are note, warning, error."),
    ({"levels": {"link.http": "loud"}}, "There is no level 'loud'. There are note, warning, error."),
    ({"b": 1, "a": 1}, "[tool.novu.checks] has a, b: it takes clients, level, levels, ignore."),
    ({"levels": []}, '[tool.novu.checks] levels is a table, such as { "link.shortener" = "warning" }.'),
    ({"clients": {}}, '[tool.novu.checks] clients is a list, such as ["gmail", "outlook.windows"].'),
    ({"ignore": [{"rule": "link.http", "why": ""}]}, "Say why the rule link.http is set aside."),
    ({"ignore": [{"rule": "odd", "why": "x"}]}, "There is no rule 'odd'."),
    ({"ignore": [{"rule": "link.http", "why": "x", "when": "y"}]}, "[tool.novu.checks] ignore is a list of tables with `rule` and `why`, and `workflow` and `step` where it is not for all."),
]  # fmt: skip


@walked(("table", "said"), REFUSED, ids=range(len(REFUSED)))
def test_settings_that_are_wrong_are_refused_with_the_right_ones(table: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        CheckSettings.of(table)


def test_the_settings_of_a_project_are_in_its_file(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    assert project_settings(tmp_path) == CheckSettings()
    for text, level in (("", "warning"), ("[tool.novu]\n", "warning"), ('[tool.novu.checks]\nlevel = "note"\n', "note")):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        assert project_settings(tmp_path) == CheckSettings(level=level)  # type: ignore[arg-type]
    for text in ("[tool", '[tool.novu.checks]\nlevel = "loud"\n'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=f"^{re.escape(str(path))}: "):
            project_settings(tmp_path)


def test_every_subject_is_in_the_table() -> None:
    named = {look.__module__.rpartition(".")[2] for look in (one.look for one in RULES.values())}
    assert [one.__name__.rpartition(".")[2] for one in SUBJECTS] == [
        "accessibility", "chat", "clients", "emails", "envelope", "images", "links", "personalisation", "push", "slack", "sms",
    ]  # fmt: skip
    assert named <= {one.__name__.rpartition(".")[2] for one in SUBJECTS} | {"rules"}


def test_a_rule_is_put_into_the_table_once(monkeypatch: pytest.MonkeyPatch) -> None:
    table: dict[str, Any] = {}
    monkeypatch.setattr("novu_framework_testing.checks.rules.RULES", table)
    content = Content("sms", {"body": "x"})

    @rule("a.b", "note", "sms push", "Wrong.", "Mend.", "x", bad=content, good=[content, content])
    def look(_: Content) -> Any:
        return iter([Hit("body")])

    made = table["a.b"]
    assert (made.id, made.level, made.channels, made.wrong, made.advice, made.source) == ("a.b", "note", ("sms", "push"), "Wrong.", "Mend.", "x")  # fmt: skip
    assert (made.bad, made.good) == ((content,), (content, content))
    assert [*made.look(content, frozenset())] == [*look(content)] == [("body", "", ())]
    with pytest.raises(ValueError, match=r"^There are two rules a\.b\.$"):
        add_rule("a.b", "note", "sms", "", "", "", lambda content, _: iter(()), bad=content, good=content)


@pytest.mark.parametrize(("unit", "fits"), [("characters", "é" * 1000), ("bytes", "é" * 500)])
def test_a_text_may_be_counted_in_bytes(monkeypatch: pytest.MonkeyPatch, unit: Any, fits: str) -> None:
    table: dict[str, Any] = {}
    monkeypatch.setattr("novu_framework_testing.checks.rules.RULES", table)
    longer_than(
        "a.b", "note", "sms", 1000, "It", lambda content: iter(content.content.items()), "Cut it.", "x",
        make=lambda text: Content("sms", {"body": text, "number": 7}), unit=unit,
    )  # fmt: skip
    made = table["a.b"]
    assert made.wrong == f"It is longer than 1,000 {unit}."
    assert made.good[0].content["body"] == "A short text"
    assert [*made.look(made.bad[0], frozenset())] == [("body", f"1,002 {unit}", ())]
    assert [*made.look(Content("sms", {"body": fits, "other": 7}), frozenset())] == []
    longer = Content("sms", {"body": f"{fits}a\ud83d"[: len(fits) + 1]})
    assert [*made.look(longer, frozenset())] == [("body", f"1,001 {unit}", ())]


def test_what_is_at_a_path_is_given() -> None:
    data = {"a": {"b": {"c": 1}}, "d": [1]}
    assert [item(data, *path.split()) for path in ("a b c", "a x c", "d 0", "a b c d")] == [
        1,
        None,
        None,
        None,
    ]
    assert item(data) is data
    assert item("a", "b") is None


# --- comments in the code of a workflow -------------------------------------------------------------------

FORM = "Write `# novu-check: ignore[rule-id] because ...`, anywhere in the workflow's function."
SAID = {
    "# novu-check: ignore[link.http]": ("ignore.reason", "A rule is ignored without a reason.", FORM),
    "# novu-check: mute": ("ignore.form", "A comment to novu-check says something else than ignore.", FORM),
    "# novu-check: ignore[ , ] because x": ("ignore.form", "A comment to novu-check says something else than ignore.", FORM),
    "# novu-check: ignore[odd] because x": ("ignore.unknown", "There is no rule 'odd'.", "docs/reference/content-checks.md lists the rules."),
}  # fmt: skip


@pytest.mark.parametrize("comment", SAID)
def test_a_comment_that_is_wrong_is_told_with_the_right_form(comment: str) -> None:
    rule, wrong, advice = SAID[comment]
    told = ContentFinding(rule, "error", "", "w", "", "line 1 of its code", wrong, advice, "docs/how-to/check-content.md")  # fmt: skip
    assert comments_of(f"x = 1  {comment}\n", "w") == ((), (told,))


def test_one_comment_that_is_wrong_does_not_hide_the_next() -> None:
    code = "\n".join((*SAID, "# a comment", "# novu-check: ignore[link.http, odd, image.*]: it is so", "#  novu-check :ignore [sms.empty] because\ty"))  # fmt: skip
    asides, findings = comments_of(code, "w")
    assert [(one.rule, one.why, one.line) for one in asides] == [
        ("link.http", "it is so", 6), ("image.*", "it is so", 6), ("sms.empty", "y", 7),
    ]  # fmt: skip
    assert [(one.rule, one.where) for one in findings] == [
        ("ignore.reason", "line 1 of its code"), ("ignore.form", "line 2 of its code"), ("ignore.form", "line 3 of its code"),
        ("ignore.unknown", "line 4 of its code"), ("ignore.unknown", "line 6 of its code"),
    ]  # fmt: skip
    assert [str(one) for one in asides][:1] == ["w, line 6 of its code: ignore[link.http]"]
    assert CommentAside("link.http", "x").line == 0


@pytest.mark.parametrize(("length", "is_read"), [(200_000, True), (200_001, False)])
def test_code_is_read_up_to_a_length(length: int, is_read: bool) -> None:
    code = "# novu-check: ignore[link.http] because x\n"
    assert bool(comments_of(f"{code}#{'a' * (length - len(code) - 1)}", "w").asides) is is_read


# --- what the selectors of a stylesheet are for -----------------------------------------------------------

HTML = '<div class="a"><p id="b" class="c d" data-x="y:z">A</p><i>B</i></div><!--[if mso]><v:rect class="m"></v:rect><![endif]-->'
REACHED = {
    True: (
        "p", ".a", "#b", ".c.d", "div p", "div > p", "p + i", "p ~ i", "p:hover", "*", "body", "html", ".m", ".a .m", "p::before", "p:has(+ i)", ":has(p)", "p:not(.x)", "p:odd(.x)",
        'p[data-x="y:z"]', 'p[data-x="y:z"]:odd', "p:has(.x:odd, + i)", "{",
    ),
    False: (
        "b", ".x", "#x", ".c.x", "p div", "i > p", "i + p", "i ~ p", "b:hover", ".x .m", ".m .x", "b::before", "p:has(+ b)", ":has(b)", "b:odd", 'p[data-x="x"]', 'p[data-x="y:x"]:odd', "p:HAS(.x:odd)", ".x:odd(p)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reached", REACHED)
def test_a_selector_is_for_something_in_the_email(reached: bool) -> None:
    reach = Reach(parsed(HTML))
    assert {text: reach.has(text) for text in REACHED[reached]} == dict.fromkeys(REACHED[reached], reached)


def test_one_selector_of_a_list_is_enough() -> None:
    reach = Reach(parsed(HTML))
    assert reach.has_any(".x, p")
    assert not reach.has_any(".x, b")


def test_a_selector_may_name_all_that_there_is() -> None:
    assert Reach(parsed("<html><body><div><div>A</div></div></body></html>")).has("html body div *")


def test_in_a_long_email_every_selector_may_be_for_something() -> None:
    many = Reach(parsed("<i></i>" * 400))
    assert [many.has(f"b + i[x='{number}']") for number in range(2)] == [False, False]
    assert [many.has(f"i + i[x='{number}']") for number in range(2)] == [False, True]
