"""The table of rules: each example is found by its rule, and by no other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from novu_framework_testing.checks import RULES, CheckSettings, Content, check_content
from novu_framework_testing.checks.clients import client_data
from novu_framework_testing.checks.content import email
from tests.content_checks.page import PAGE, page
from tests.tables import walked

EVERYTHING = CheckSettings(clients=tuple(client_data().clients), level="note")


def found(content: Content) -> set[str]:
    return {finding.rule for finding in check_content(content, EVERYTHING)}


@walked("rule", RULES.values(), ids=RULES)
def test_a_bad_example_is_found_by_its_rule_and_by_no_other(rule):
    assert [found(content) for content in rule.bad] == [{rule.id}] * len(rule.bad)


@walked("rule", RULES.values(), ids=RULES)
def test_in_a_good_example_nothing_is_found(rule):
    assert [check_content(content, EVERYTHING) for content in rule.good] == [[]] * len(rule.good)


PARTS = {
    "body",
    "subject",
    "preheader",
    "headers",
    "replyTo",
    "avatar",
    "redirect",
    "primaryAction",
    "providers",
}


@walked("rule", RULES.values(), ids=RULES)
def test_a_finding_says_where_in_the_message_it_is(rule):
    for content in rule.bad:
        for finding in check_content(content, EVERYTHING):
            first, *path = re.findall(r"[^.\[\]]+", finding.where.partition(", ")[0])
            assert first in PARTS
            value = content.providers if first == "providers" else content.content.get(first)
            for at, name in enumerate(path[:-1]):  # what the last one names may be missing
                if ".".join(path[at:]) not in value:  # as `google.a` among the data of a push
                    value = value[int(name) if isinstance(value, list) else name]
            assert not path or isinstance(value, (dict, list))


def test_every_rule_has_a_sentence_advice_a_source_and_both_examples():
    for rule in RULES.values():
        assert re.fullmatch(r"[a-z-]+\.[a-z0-9-]+", rule.id), rule.id
        assert rule.wrong[0].isupper() or rule.wrong[0] == "`", rule.id
        assert rule.wrong.endswith("."), rule.id
        assert rule.advice.endswith((".", ">", "One-Click.")), rule.id
        assert rule.source.startswith("https://"), rule.id
        assert rule.bad, rule.id
        assert rule.good, rule.id


def words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from itertools.chain(value, *map(words, value.values()))
    elif isinstance(value, (list, tuple)):
        yield from itertools.chain(*map(words, value))


ABOUT_NOTHING = {"email.body-empty", "push.empty", "slack.fallback", "slack.section-empty", "sms.empty", "subject.empty", "whatsapp.parameter"}  # fmt: skip
ABOUT_ONE_LINE = {"preheader.boilerplate", "subject.empty", "subject.line-break"}


def test_an_example_is_a_message_as_people_write_it():
    examples = {rule.id: (*rule.bad, *rule.good) for rule in RULES.values()}
    empty = {id for id, every in examples.items() if any("" in words([one.content, one.providers, one.tags]) for one in every)}  # fmt: skip
    assert empty == ABOUT_NOTHING
    assert {id for id, every in examples.items() if email("") in every} == ABOUT_ONE_LINE
    assert [id for id, every in examples.items() if any(every.count(one) > 1 for one in every)] == []


def test_the_page_says_what_the_table_says():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again with `python -m tests.content_checks`"
