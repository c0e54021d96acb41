"""Where the checks of what stands around an email begin and end: its subject, preview line, addresses and headers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from novu_framework_testing.checks import RULES, CheckSettings, Content, check_content
from novu_framework_testing.checks.content import SKELETON, email
from novu_framework_testing.checks.envelope import headers_of
from tests.tables import walked

AROUND = ("subject.", "preheader.", "address.", "bulk.")


def found(content: Content) -> list[str]:
    """What is found of these subjects, each with where it is and what it says."""
    every = check_content(content, CheckSettings(level="note"))
    return [
        f"{one.rule} {one.where}{f': {one.detail}' if one.detail else ''}"
        for one in every
        if one.rule.startswith(AROUND)
    ]


@walked(
    ("subject", "expected"),
    [
        ("", ["subject.empty subject"]),
        (" \t", ["subject.empty subject"]),
        ("x", []),
        ("a" * 78, []),
        ("a" * 79, ["subject.cut subject: 79 characters"]),
        (f"  {'a' * 78}  ", []),
        ("a" * 990, ["subject.cut subject: 990 characters"]),
        ("a" * 991, []),
        ("Your order\nBcc", ["subject.line-break subject"]),
        ("Your order\rBcc", ["subject.line-break subject"]),
        ("\nYour order\n", []),
        ("Your <b>order</b>", ["subject.html subject: <b>"]),
        ("Your order</B2 >", []),
        ("Your order<br/>", ["subject.html subject: <br/>"]),
        ('A <a href="x">b', ['subject.html subject: <a href="x">']),
        ("A <B> b", []),
        ("A < b > c", []),
        ("Shipped!!", ["subject.shouting subject: Shipped!!"]),
        ("Shipped! Really!", []),
        ("YOUR ORDER HAS SHIPPED", ["subject.shouting subject: YOUR ORDER HAS SHIPPED"]),
        ("YOUR ORDER HAS", []),
        ("LOUD " * 17, ["subject.cut subject: 84 characters", f"subject.shouting subject: {'LOUD ' * 16}"]),
        ("YOUR ORDER HAS SHIPPEd", []),
        ("YOUR ORDER IS A", []),
        ("YOUR ORDER 12 HAS", []),
        (f"{'A' * 30} {'B' * 30} {'C' * 10} DD EE", [f"subject.shouting subject: {'A' * 30} {'B' * 30} {'C' * 10} DD EE"]),
        *((word, ["subject.test subject"]) for word in ("test", "Testing", " asdf", "foo!", "bar", "subject", "Hello World.", "test - ")),
        *((f"[{word}] Your order", ["subject.test subject"]) for word in ("TEST", "dev", "Staging", "LOCAL", "draft")),
        ("[Test Your order", []),
        ("[TESTS] Your order", []),
        ("Your [TEST] order", []),
        ("test results", []),
        *((f"{word}: Your order", ["subject.false-reply subject"]) for word in ("Re", "FWD", "fw", " aw", "WG")),
        ("Re:Your order", []),
        ("Your order re: x", []),
    ],
)  # fmt: skip
def test_a_subject(subject: str, expected: list[str]) -> None:
    assert found(email("", subject=subject)) == expected


@walked(
    "tag",
    ["reply", "replies", "Thread", "conversation", "comment", "answer", "ticket", "support", "forward",
     "mention", "discussion", "chat"],
)  # fmt: skip
def test_an_answer_may_begin_as_one(tag: str) -> None:
    assert found(email("", subject="Re: Your order", tags=(f"new-{tag}",))) == []
    for name in ("workflow_id", "step_id"):
        content = email("", subject="Re: Your order")
        assert found(_with(content, **{name: f"new-{tag}"})) == []


def _with(content: Content, **more: Any) -> Content:
    return replace(content, **more)


@pytest.mark.parametrize("name", ["In-Reply-To", "references", "REFERENCES"])
def test_an_answer_says_what_it_answers(name: str) -> None:
    said = {"mailgun": {"headers": [{"name": name, "value": "<1@acme.com>"}]}}
    assert found(email("", subject="Re: Your order", providers=said)) == []
    other = {"mailgun": {"headers": [{"name": f"X-{name}", "value": "<1@acme.com>"}]}}
    assert found(email("", subject="Re: Your order", providers=other)) == ["subject.false-reply subject"]


def lines(*paragraphs: str) -> str:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return SKELETON.format(head="", body="").replace("<h1>", f"{body}<h1>")


@walked(
    "first",
    ["View online", "View this email in your browser", "view message in a web browser", "View in browser",
     "View it in webbrowser", "If you can't see this", "If you can’t read it", "If you cannot view this",
     "If you cant view this", "Having trouble viewing this?", "Im Browser ansehen", "Im Browser öffnen",
     "Unsubscribe", "Acme logo", "Logo"],
)  # fmt: skip
def test_the_preview_line_is_a_sentence_for_people(first: str) -> None:
    is_found = [f"preheader.boilerplate body: “{first}”"]
    assert found(email("", whole=lines(first))) == ([] if first == "Acme logo" else is_found)
    assert found(email("", whole=lines("It arrives on Monday", first))) == []
    assert found(email("", whole=lines(" – ", first))) == found(email("", whole=lines(first)))
    assert found(email("", whole=lines(first), preheader="It arrives on Monday")) == []


def test_of_a_long_preview_line_the_beginning_is_said() -> None:
    text = "View online " + "a" * 100
    assert found(email("", whole=lines(text))) == [f"preheader.boilerplate body: “{text[:80]}”"]


@walked(
    ("preheader", "expected"),
    [
        ("Your order", ["preheader.same preheader"]),
        (" Your order ", ["preheader.same preheader"]),
        ("Your orders", []),
        ("", []),
        ("a" * 140, []),
        ("a" * 141, ["preheader.long preheader: 141 characters"]),
    ],
)
def test_a_preheader(preheader: str, expected: list[str]) -> None:
    assert found(email("", preheader=preheader, subject="Your order")) == expected


def test_nothing_is_not_the_same_as_nothing() -> None:
    assert found(email("", preheader=" ", subject=" ")) == ["subject.empty subject"]


MALFORMED, PLACEHOLDER = "address.malformed", "address.placeholder"


@walked(
    ("given", "expected"),
    [
        ({"replyTo": "help@acme.com"}, []),
        ({"replyTo": "Acme <help@acme.com> "}, []),
        ({"replyTo": " help@mail.acme.co.at "}, []),
        ({"replyTo": "help@acme"}, [f"{MALFORMED} replyTo: help@acme"]),
        ({"replyTo": "a,b@acme.com"}, [f"{MALFORMED} replyTo: a,b@acme.com"]),
        ({"replyTo": "Acme <help>"}, [f"{MALFORMED} replyTo: Acme <help>"]),
        ({"replyTo": ["help@acme.com", "no", ""]}, [f"{MALFORMED} replyTo: no"]),
        ({"replyTo": 7}, []),
        ({"from": "Acme <hi@acme>"}, [f"{MALFORMED} from: Acme <hi@acme>"]),
        ({"from": {"name": "Acme", "email": "hi@acme"}}, [f"{MALFORMED} from: hi@acme"]),
        ({"from": {"name": "Acme"}}, []),
        ({"from": {"email": ""}}, []),
        ({"from": "hi@acme.com", "replyTo": "x"}, [f"{MALFORMED} replyTo: x"]),
        *(
            ({"replyTo": f"help@{host}"}, [f"{PLACEHOLDER} replyTo: help@{host}"])
            for host in ("example.com", "mail.example.org", "example.net", "yourdomain.com", "domain.com")
        ),
        ({"from": "hi@example.com"}, [f"{PLACEHOLDER} from: hi@example.com"]),
        ({"replyTo": f"{'a' * 90}@example.com"}, [f"{PLACEHOLDER} replyTo: {'a' * 80}"]),
        ({"replyTo": "help@example.community"}, []),
        ({"replyTo": "help@mydomain.com"}, []),
        *(
            ({"replyTo": f"{name}@acme.com"}, [f"address.no-reply replyTo: {name}@acme.com"])
            for name in ("noreply", "No-Reply", "no_reply", "no.reply", "do-not-reply", "donotreply")
        ),
        ({"replyTo": "reply@acme.com"}, []),
        ({"from": "noreply@acme.com"}, []),
        ({"replyTo": "a" * 90}, [f"{MALFORMED} replyTo: {'a' * 80}"]),
    ],
)
def test_an_address(given: dict[str, Any], expected: list[str]) -> None:
    assert found(email("", **given)) == expected


ONE_CLICK = {
    "List-Unsubscribe": "<https://acme.com/u/1>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}
LINK = '<p><a href="https://acme.com/u">{}</a></p>'


def bulk(body: str = LINK.format("Unsubscribe"), tag: str = "marketing", **headers: str) -> Content:
    given = {**ONE_CLICK, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return email(body, tags=(tag, "x"), providers={"sendgrid": {"headers": {k: v for k, v in given.items() if v}}})  # fmt: skip


@walked(
    "tag",
    ["marketing", "Newsletter", "promotion", "promotional", "promotions", "bulk", "CAMPAIGN"],
)
def test_bulk_mail_is_known_by_its_tag(tag: str) -> None:
    assert found(bulk("", tag)) == [f"bulk.unsubscribe-link body: tagged {tag}, x"]
    missing = [f"bulk.one-click-missing headers: tagged {tag}, x"]
    assert found(bulk(tag=tag, List_Unsubscribe="", List_Unsubscribe_Post="")) == missing
    assert found(bulk("", "order")) == []


@walked(
    "words",
    ["Unsubscribe", "unsubscribing", "opt out", "Opt-out", "optout", "Manage your email preferences", "Manage preferences",
     "manage subscription", "Email preferences", "e-mail preferences", "communication preferences", "Notification settings",
     "Unfollow", "Stop receiving these", "stop getting mail", "Stop these", "Abmelden", "abbestellen", "Se désabonner",
     "désinscrire", "Cancelar suscripción", "cancelar la suscripción", "Darse de baja", "disiscriviti", "Annulla iscrizione",
     "annulla l'iscrizione", "Descadastrar", "cancelar a inscrição", "cancelar subscrição", "Uitschrijven", "Afmelden"],
)  # fmt: skip
def test_a_link_to_unsubscribe_is_known_in_many_words(words: str) -> None:
    assert found(bulk(LINK.format(words))) == []
    assert found(bulk(f"<p>{words}</p>")) == ["bulk.unsubscribe-link body: tagged marketing, x"]


@walked(
    ("link", "is_one"),
    [
        ('<a href="https://acme.com/unsubscribe">Here</a>', True),
        ('<a href="https://acme.com/x" title="Unsubscribe">Here</a>', True),
        ('<a href="https://acme.com/account/notifications">Here</a>', True),
        ('<a href="https://acme.com/notifications?x=1">Here</a>', True),
        ('<a href="https://acme.com/preferences">Here</a>', True),
        ('<a href="https://acme.com/x">Here</a>', False),
    ],
)
def test_a_link_to_unsubscribe_is_known_by_where_it_leads(link: str, is_one: bool) -> None:
    missing = ["bulk.unsubscribe-link body: tagged marketing, x"]
    assert found(bulk(f"<p>{link}</p>")) == ([] if is_one else missing)


POST, ADDRESS = "bulk.one-click-post headers: ", "bulk.one-click-address headers: "


@walked(
    ("headers", "expected"),
    [
        ({}, []),
        ({"List_Unsubscribe": "<mailto:u@acme.com>, <https://acme.com/u>"}, []),
        ({"List_Unsubscribe_Post": " List-Unsubscribe=One-Click "}, []),
        ({"List_Unsubscribe_Post": "one-click"}, [f"{POST}one-click"]),
        ({"List_Unsubscribe_Post": ""}, [f"{POST}it is missing"]),
        ({"List_Unsubscribe": "<mailto:u@acme.com>"}, [f"{ADDRESS}<mailto:u@acme.com>"]),
        ({"List_Unsubscribe": "<mailto:u@acme.com>", "List_Unsubscribe_Post": ""}, [f"{ADDRESS}<mailto:u@acme.com>"]),
        ({"List_Unsubscribe": "https://acme.com/u"}, [f"{ADDRESS}https://acme.com/u"]),
        ({"List_Unsubscribe": "x" * 90}, [f"{ADDRESS}{'x' * 80}"]),
    ],
)  # fmt: skip
def test_one_click_unsubscribes(headers: dict[str, str], expected: list[str]) -> None:
    assert found(bulk(**headers)) == expected


@walked(
    ("data", "headers"),
    [
        ({"headers": {"List-Unsubscribe": "<a>"}}, {"list-unsubscribe": "<a>"}),
        ({"a": [{"b": {"list-unsubscribe-post": "x"}}]}, {"list-unsubscribe-post": "x"}),
        ({"Headers": [{"Name": "List-Unsubscribe", "Value": 7}]}, {"list-unsubscribe": "7"}),
        ([{"name": "LIST-UNSUBSCRIBE", "value": "<a>"}, {"name": "X", "value": "y"}], {"list-unsubscribe": "<a>"}),
        ({"name": 7, "value": "x"}, {}),
        ({"List-Unsubscribe": {"List-Unsubscribe": "<a>"}}, {"list-unsubscribe": "<a>"}),
        ({"X-List-Unsubscribe": "<a>"}, {}),
        ("List-Unsubscribe", {}),
    ],
)  # fmt: skip
def test_headers_are_found_wherever_a_provider_has_them(data: Any, headers: dict[str, str]) -> None:
    assert headers_of(data) == headers


LEVELS = {
    "error": ["subject.empty", "subject.too-long", "subject.line-break", "subject.html", "address.malformed",
              "bulk.one-click-post", "bulk.one-click-address"],
    "warning": ["subject.cut", "subject.shouting", "subject.test", "preheader.boilerplate", "address.placeholder",
                "bulk.unsubscribe-link", "bulk.one-click-missing"],
    "note": ["subject.false-reply", "preheader.long", "preheader.same", "address.no-reply"],
}  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_found_weighs_as_much_as_it_harms(level: str) -> None:
    around = [name for name, rule in RULES.items() if name.startswith(AROUND) and rule.level == level]
    assert sorted(around) == sorted(LEVELS[level])
    assert all(RULES[name].channels == ("email",) for name in around)
