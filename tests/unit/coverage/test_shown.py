"""The summary in a terminal and in the report, of workflows that are made by hand."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from novu_framework_testing.coverage.page import coverage_section
from novu_framework_testing.coverage.summary import Branch, Summary, WorkflowCoverage
from novu_framework_testing.coverage.terminal import coverage_lines, shown_percent
from tests.tables import walked


def branches(step_id: str, ran: int, total: int) -> list[Branch]:
    """The ends of a step that the first tests met."""
    return [Branch(step_id, "outcome", f"end {place}", "app.py:9", place < ran) for place in range(total)]


def made(
    workflow_id: str, runs: int, *steps: tuple[str, str, int, int], locales: Any = None, **happened: Any
) -> WorkflowCoverage:
    """A workflow of steps `(step_id, kind, ran, total)`."""
    return WorkflowCoverage(
        workflow_id,
        "app.py:1",
        runs,
        {step_id: kind for step_id, kind, _, _ in steps},
        {step_id: Counter(happened.get(step_id, {})) for step_id, *_ in steps},
        {step_id: Counter((locales or {}).get(step_id, {})) for step_id, *_ in steps},
        tuple(one for step_id, _, ran, total in steps for one in branches(step_id, ran, total)),
    )


ORDER = made(
    "order",
    3,
    ("bell", "in_app", 1, 1),
    ("mail", "email", 1, 3),
    ("letter", "email", 1, 2),
    bell={"delivered": 3},
    mail={"delivered": 2, "canceled": 1},
    letter={"skipped": 3},
    locales={"bell": {"de_AT": 2, "": 1}, "mail": {"en_US": 2}},
)
QUIET = made("quiet", 0, ("text", "sms", 0, 2))
WHOLE = made("whole", 12, ("a", "sms", 2, 2), a={"delivered": 12}, locales={"a": {"": 12}})
EMPTY = made("empty", 1)


def lines(*workflows: WorkflowCoverage, verbose: bool = False) -> list[str]:
    return [line.text for line in coverage_lines(Summary(workflows), verbose=verbose)]


def test_the_table_has_a_line_for_each_workflow_of_which_something_never_ran() -> None:
    summary = Summary((ORDER, QUIET, WHOLE))
    shown = coverage_lines(summary)
    assert [line.text for line in shown] == [
        "Workflow  Runs  Steps  Branches  Cover  Delivered          Locales",
        "-" * 77,
        "order        3    3/3       3/6    50%  email 2, in_app 3  de_AT, en_US, none",
        "quiet        0    0/1       0/2     0%  -                  -",
        "-" * 77,
        "TOTAL       15    4/5      5/10    50%",
        "1 workflow of which every branch ran is left out.",
        "",
        "Never ran:",
        "  app.py:9  order/mail: never end 1",
        "  app.py:9  order/mail: never end 2",
        "  app.py:9  order/letter: never end 1",
        "  app.py:1  quiet: never triggered",
    ]
    assert [line.text for line in shown if line.bold] == [shown[0].text, shown[5].text, "Never ran:"]


def test_more_words_show_every_workflow_and_step() -> None:
    assert lines(ORDER, WHOLE, EMPTY, verbose=True)[2:12] == [
        "order        3    3/3       3/6    50%  email 2, in_app 3  de_AT, en_US, none",
        "    bell    in_app: delivered 3",
        "    mail    email: canceled 1, delivered 2",
        "    letter  email: skipped 3",
        "whole       12    1/1       2/2   100%  sms 12             -",
        "    a  sms: delivered 12",
        "empty        1    0/0       0/0   100%  -                  -",
        "-" * 77,
        "TOTAL       16    4/4       5/8    62%",
        "",
    ]
    assert "    text  sms: never came to it" in lines(QUIET, verbose=True)
    assert not any("left out" in line for line in lines(ORDER, WHOLE, verbose=True))


def test_what_several_steps_of_a_channel_delivered_is_added_up() -> None:
    steps = ("a", "email", 0, 1), ("b", "sms", 0, 1), ("c", "email", 0, 1)
    happened: dict[str, Any] = {name: {"delivered": count} for name, count in (("a", 2), ("b", 1), ("c", 3))}
    assert "email 5, sms 1" in lines(made("w", 1, *steps, **happened))[2]


@pytest.mark.parametrize(
    ("workflows", "said"),
    [
        ([], "novu: coverage: no test of this run knew a workflow"),
        ([WHOLE], "novu: coverage 100%: all 2 branches of 1 workflow ran"),
        ([WHOLE, EMPTY], "novu: coverage 100%: all 2 branches of 2 workflows ran"),
    ],
)
def test_where_everything_ran_one_line_says_so(workflows: list[WorkflowCoverage], said: str) -> None:
    (line,) = coverage_lines(Summary(tuple(workflows)))
    assert line == (said, True)


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (0, []),
        (1, ["1 workflow of which every branch ran is left out."]),
        (2, ["2 workflows of which every branch ran are left out."]),
    ],
)
def test_what_is_left_out_is_counted(whole: int, said: list[str]) -> None:
    found = lines(QUIET, *[WHOLE] * whole)
    assert [line for line in found if "left out" in line] == said


@pytest.mark.parametrize(
    ("missing", "verbose", "shown", "more"),
    [
        (40, False, 40, []),
        (41, False, 40, ["  and 1 more: pytest -v has them all"]),
        (41, True, 41, []),
    ],
)
def test_forty_of_what_never_ran_are_listed(missing: int, verbose: bool, shown: int, more: list[str]) -> None:
    found = lines(made("w", 1, ("s", "sms", 0, missing)), verbose=verbose)
    assert len([line for line in found if ": never end" in line]) == shown
    assert [line for line in found if " more: " in line] == more


@walked(
    ("ran", "total", "text"),
    [
        (0, 0, "100%"),
        (0, 9, "0%"),
        (1, 1000, "1%"),
        (1, 3, "33%"),
        (2, 3, "67%"),
        (999, 1000, "99%"),
        (9, 9, "100%"),
    ],
)
def test_a_percentage_is_whole_and_only_everything_is_a_hundred(ran: int, total: int, text: str) -> None:
    assert shown_percent(ran, total) == text


# --- the report ---


def words(html: str) -> list[list[str]]:
    """The rows of a table, each cell's words."""
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    cells = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in rows]
    return [[re.sub(r"<[^>]*>", "|", cell).strip("|") for cell in row] for row in cells]


def test_the_report_has_a_table_of_workflows_and_steps() -> None:
    assert words(coverage_section(Summary((ORDER, QUIET)))) == [
        ["Step", "What became of it", "Locales", "Branches", "Never ran"],
        ["order", "triggered 3 times", "", "3/6 |50%", ""],
        ["bell |in_app", "delivered 3", "de_AT", "1/1", ""],
        ["mail |email", "canceled 1, delivered 2", "en_US", "1/3", "never end 1 |app.py:9|||never end 2 |app.py:9"],
        ["letter |email", "skipped 3", "", "1/2", "never end 1 |app.py:9"],
        ["quiet", "never triggered", "", "0/2 |0%", "app.py:1"],
        ["text |sms", "nothing", "", "0/2", ""],
    ]  # fmt: skip
    several = made("w", 1, ("s", "sms", 1, 1), locales={"s": {"en": 1, "de": 1}})
    assert words(coverage_section(Summary((several,))))[1:] == [
        ["w", "triggered 1 time", "", "1/1 |100%", ""],
        ["s |sms", "nothing", "de, en", "1/1", ""],
    ]


@pytest.mark.parametrize(
    ("workflow", "title", "is_open"),
    [
        (ORDER, "Coverage: 50%, 3 of 6 branches ran", True),
        (WHOLE, "Coverage: 100%, 2 of 2 branches ran", False),
    ],
)
def test_the_report_is_open_where_something_is_missing(
    workflow: WorkflowCoverage, title: str, is_open: bool
) -> None:
    html = coverage_section(Summary((workflow,)))
    assert f">{title}</h2>" in html
    assert ("<details open>" in html) is is_open
    assert "Of a part of the tests" not in html


def test_what_stands_in_the_report_is_text() -> None:
    workflow = made("<w>", 1, ("<s>", "<k>", 0, 1), locales={"<s>": {"<l>": 1}}, **{"<s>": {"<h>": 1}})
    html = coverage_section(Summary((workflow,)), partial="-k '<x>'")
    assert "<p>Of a part of the tests: -k &#x27;&lt;x&gt;&#x27;.</p>" in html
    for letter in "wsklhx":
        assert f"&lt;{letter}&gt;" in html
        assert f"<{letter}>" not in html
