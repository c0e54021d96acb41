"""The report as a page: the whole document that a few messages make, and what becomes of other numbers of them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.report import write_report
from novu_framework_testing.review.report_page import (
    ReportEntry,
    ReportKind,
    anchors,
    arranged_entries,
    render,
)
from tests.integration.review_projects import packed, record, step
from tests.tables import walked


def message(kind: ReportKind, stem: str, **more: Any) -> dict[str, Any]:
    known = {"step": "mail", "stepName": "Mail", "channel": "email", "workflow": "shop", "workflowName": ""}
    about = {"test": "t.py::test_a", "testTitle": "A", "recipient": {}, "title": "Your <order>"}
    return {
        "kind": kind,
        "stem": stem,
        **known,
        **about,
        "gist": "",
        "differences": [],
        "pictures": [],
        **more,
    }


def entry(kind: ReportKind, *messages: dict[str, Any], changes: str = "") -> ReportEntry:
    return ReportEntry((kind, f"key of {messages[0]['stem']}"), messages, changes)


DIFFERENCES = [
    {"part": "subject", "old": [["Your ", False], ["<a>", True]], "new": [["Your b", False]], "hint": None},
    {"part": "look", "old": None, "new": None, "hint": "its look & more"},
    {"part": "body", "old": None, "new": [["", False]], "hint": "why"},
]
CHANGED = entry(
    "changed",
    message("changed", "01-a", differences=DIFFERENCES, gist="subject: <a> → b"),
    message("changed", "02-a", workflow="club", workflowName="The Club", recipient={"id": "ann"}),
    changes="id1:c1 id2:c2",
)
NEW = entry(
    "new", message("new", "03", stepName="Tips", channel="in_app", title="Tips", differences=DIFFERENCES)
)
SAME = entry(
    "same",
    message("same", "04"),
    message("same", "05", stepName="Other"),
    message("same", "06", stepName="Third"),
)
SENT = entry("message", message("message", "07", workflow=None))

BODY = """\
<body>
<a class="skip" href="#messages">Skip to the messages</a>
<div class="report">
<header>
<h1>Messages of A &amp; B</h1>
<p>7 messages and steps of a test run: 2 changed, 1 new, 3 unchanged, 1 sent. 2 different changes. Not looked at: a test.</p>
<form class="toolbar needs-script" id="filters" role="search">
<input type="search" name="text" aria-label="Search the messages" placeholder="Search" autocomplete="off" spellcheck="false">
<select name="workflow" aria-label="Workflow"><option value="">Every workflow</option><option value="No workflow">No workflow</option><option value="The Club">The Club</option><option value="shop">shop</option></select>
<select name="channel" aria-label="Channel"><option value="">Every channel</option><option value="email">email</option><option value="in_app">in-app</option></select>
<select name="kind" aria-label="Kind"><option value="">Changed or not</option><option value="changed">Changed</option><option value="new">New</option><option value="same">Unchanged</option><option value="message">Sent</option></select>
<button type="button" id="open-all">Open all</button>
<span class="views">
<span class="segments" role="group" aria-label="Width of emails"><button type="button" data-view="phone:off" aria-pressed="true">Desktop</button><button type="button" data-view="phone:on" aria-pressed="false">Phone</button></span>
<span class="segments" role="group" aria-label="Colours of messages"><button type="button" data-view="dark:off" aria-pressed="true">Light</button><button type="button" data-view="dark:on" aria-pressed="false">Dark</button></span>
<span class="segments" role="group" aria-label="Emails as"><button type="button" data-view="text:off" aria-pressed="true">HTML</button><button type="button" data-view="text:on" aria-pressed="false">Plain text</button></span>
</span>
</form>
<div id="decisions"></div>
<p id="found" role="status"></p>
<noscript><p class="warning">Messages are drawn by a script, which does not run here. What changed is below in words.</p></noscript>
</header>
<nav class="contents" aria-label="Changes by workflow"><ul><li><a href="#section-0">In several workflows</a> <span>1</span></li><li><a href="#section-2">shop</a> <span>1</span></li></ul></nav>
<main id="messages" tabindex="-1">
<i>c</i>

<section id="section-0" aria-labelledby="heading-0"><h2 id="heading-0">In several workflows</h2><details class="entry" id="entry-0" data-kind="changed" data-changes="id1:c1 id2:c2" data-messages="0:2" open>
<summary><h3 data-channel="email">Mail</h3><span class="kind kind-changed">Changed</span>
<span class="times">2 messages</span><span class="gist" dir="auto">subject: &lt;a&gt; → b</span></summary>
<section class="words"><h4>What changed</h4><dl class="differences"><div class="difference"><dt>subject</dt><dd class="was"><span class="caption">was</span><span class="value" dir="auto">Your <del data-mark="old">&lt;a&gt;</del></span></dd><dd class="now"><span class="caption">now</span><span class="value" dir="auto">Your b</span></dd></div><div class="difference"><dt>look</dt><dd class="said" dir="auto">its look &amp; more</dd></div><div class="difference"><dt>body</dt><dd class="was"><span class="caption">was</span><em>not there</em></dd><dd class="now"><span class="caption">now</span><span class="value" dir="auto"><em>empty</em></span></dd><dd class="hint">why</dd></div></dl></section>
<details class="members"><summary>The same change in 2 messages, in 2 workflows</summary><ol><li id="message-0" data-member="0"><span>shop · Mail · Your &lt;order&gt; · A</span></li><li id="message-1" data-member="1"><span>The Club · Mail · Your &lt;order&gt; · A · For ann</span></li></ol></details>
<p class="where">shop · Mail · Your &lt;order&gt; · A</p>
<div class="slot" data-message="0"></div>
<details class="files needs-script"><summary>The files of this message</summary></details>
</details></section>
<section id="section-2" aria-labelledby="heading-2"><h2 id="heading-2">shop</h2><details class="entry" id="message-3" data-kind="new" data-messages="3:4" open>
<summary><h3 data-channel="in_app">Tips</h3><span class="kind kind-new">New</span>
<span class="gist" dir="auto">Tips</span></summary>


<p class="where">shop · Tips · Tips · A</p>
<div class="slot" data-message="3"></div>
<details class="files needs-script"><summary>The files of this message</summary></details>
</details></section>
<details class="rest"><summary><h2>4 messages without a change</h2></summary><section id="section-1" aria-labelledby="heading-1"><h3 id="heading-1">No workflow</h3><details class="entry" id="message-2" data-kind="message" data-messages="2:3">
<summary><h4 data-channel="email">Mail</h4><span class="kind kind-message">Sent</span>
<span class="gist" dir="auto">Your &lt;order&gt;</span></summary>


<p class="where">No workflow · Mail · Your &lt;order&gt; · A</p>
<div class="slot" data-message="2"></div>
<details class="files needs-script"><summary>The files of this message</summary></details>
</details></section>
<section id="section-3" aria-labelledby="heading-3"><h3 id="heading-3">shop</h3><details class="entry" id="entry-3" data-kind="same" data-messages="4:7">
<summary><h4 data-channel="email">Mail, Other, …</h4><span class="kind kind-same">Unchanged</span>
<span class="times">3 messages</span><span class="gist" dir="auto">Your &lt;order&gt;</span></summary>

<details class="members"><summary>The same content in 3 messages</summary><ol><li id="message-4" data-member="4"><span>shop · Mail · Your &lt;order&gt; · A</span></li><li id="message-5" data-member="5"><span>shop · Other · Your &lt;order&gt; · A</span></li><li id="message-6" data-member="6"><span>shop · Third · Your &lt;order&gt; · A</span></li></ol></details>
<p class="where">shop · Mail · Your &lt;order&gt; · A</p>
<div class="slot" data-message="4"></div>
<details class="files needs-script"><summary>The files of this message</summary></details>
</details></section></details>

</main>
</div>
"""


def body(page: str) -> str:
    return page.partition('<script type="text/plain"')[0][page.index("<body>") :].rstrip("\n") + "\n"


def test_a_report_of_a_few_messages_is_this_page() -> None:
    entries = arranged_entries([SENT, SAME, NEW, CHANGED])
    assert entries == [CHANGED, SENT, NEW, SAME]
    assert list(anchors(entries).items()) == [
        (("t.py::test_a", stem), f"message-{number}")
        for number, stem in enumerate(("01-a", "02-a", "07", "03", "04", "05", "06"))
    ]
    page = render(entries, project="A & B", unseen="a test", coverage="<i>c</i>")
    assert body(page) == BODY
    assert "<title>Messages of A &amp; B</title>" in page
    assert [each["stem"] for each in packed(page)] == ["01-a", "02-a", "07", "03", "04", "05", "06"]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "0 messages and steps of a test run: none."),
        ([NEW], "1 message and steps of a test run: 1 new."),
        ([NEW, NEW], "2 messages and steps of a test run: 2 new."),
        ([CHANGED], "2 messages and steps of a test run: 2 changed. 1 different change."),
        ([SAME, SENT], "4 messages and steps of a test run: 3 unchanged, 1 sent."),
    ],
)
def test_a_report_says_how_much_there_is(entries: list[ReportEntry], said: str) -> None:
    page = render(entries, project="A")
    assert f"<p>{said}</p>" in page
    assert ("<p>No test of this run sent a message.</p>" in page) == (not entries)
    # what did not change is open where nothing changed
    opened = re.findall(r'<details class="rest"( open)?>', page)
    assert opened == ([" open"] if SAME in entries else [])
    assert ('<nav class="contents"' in page) is any(each in (NEW, CHANGED) for each in entries)


@pytest.mark.parametrize(("count", "opened"), [(6, 6), (7, 0)])
def test_of_many_changes_none_is_open(count: int, opened: int) -> None:
    page = render([NEW] * count, project="A")
    assert page.count('<details class="entry"') == count
    assert len(re.findall(r'<details class="entry"[^>]* open>', page)) == opened


def test_entries_stand_by_workflow_and_kind_those_of_several_workflows_first() -> None:
    kinds: list[ReportKind] = ["message", "same", "gone", "moved", "new", "changed"]
    ours = [entry(kind, message(kind, f"{kind}1", workflow="b", workflowName="Baker")) for kind in kinds]
    others = [entry(kind, message(kind, f"{kind}2", workflow="a")) for kind in kinds]
    shared = entry("message", message("message", "x", workflow="z"), message("message", "y", workflow="y"))
    assert arranged_entries([*others, *ours, shared]) == [shared, *ours[::-1], *others[::-1]]
    assert (shared.section, ours[0].section, others[0].section) == ("In several workflows", "Baker", "a")
    assert (shared.workflows, CHANGED.workflows, shared.kind) == (["z", "y"], ["shop", "The Club"], "message")


@walked(
    ("kind", "differences", "pictures"),
    [("changed", 1, 1), ("moved", 1, 0), ("new", 0, 0), ("gone", 0, 0), ("same", 0, 0), ("message", 0, 0)],
)
def test_words_are_shown_of_what_changed_or_moved_and_pictures_of_what_changed(
    kind: ReportKind, differences: int, pictures: int
) -> None:
    one = message(kind, "01", differences=DIFFERENCES, pictures=["p"])
    page = render([entry(kind, one)], project="A")
    assert page.count("<h4>What changed</h4>") + page.count("<h5>What changed</h5>") == differences
    (drawn,) = packed(page)
    del one["differences"]
    assert drawn == {**one, "pictures": ["p"] * pictures}


def test_an_entry_is_named_by_two_of_its_steps_at_most() -> None:
    def name(*steps: str) -> str:
        made = [message("new", str(number), stepName=each) for number, each in enumerate(steps)]
        return str(
            re.findall(r'data-channel="email">(.*?)</h3>', render([entry("new", *made)], project="A"))[0]
        )

    assert [name("A"), name("A", "A"), name("A", "B"), name("A", "B", "A"), name("A", "B", "C")] == [
        "A", "A", "A, B", "A, B", "A, B, …",
    ]  # fmt: skip


@pytest.mark.parametrize(("keys", "entries"), [(["k", "k"], 1), (["k", "l"], 2), (["", ""], 2)])
def test_changes_are_one_entry_where_the_review_takes_them_as_equal(
    tmp_path: Path, keys: list[str], entries: int
) -> None:
    texts = [
        (step("a", "sms", body=old), step("a", "sms", body=new)) for old, new in (("x", "y"), ("1", "2"))
    ]
    made, _ = record(tmp_path, "test_a", texts)
    (test,) = changes_of(tmp_path, [made], [])
    changes = tuple(
        dataclasses.replace(change, same=key) for change, key in zip(test.changes, keys, strict=True)
    )
    known = [dataclasses.replace(test, changes=changes)]
    write_report(tmp_path / "r.html", [made], root=tmp_path, tests=known)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count('<details class="entry"') == entries
