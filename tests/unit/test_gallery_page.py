"""The page of a gallery: all that is written there, and what its scripts are given."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
import re
from typing import Any

import pytest

from novu_framework_testing.gallery import Gallery, render
from novu_framework_testing.gallery.contents import (
    AcceptedContent,
    GalleryStep,
    GalleryWorkflow,
    _content_key,
    _is_readable,
)
from novu_framework_testing.gallery.document import _apart, sentence_of
from novu_framework_testing.review.sharing import share
from novu_framework_testing.review.view import drawn
from novu_framework_testing.snapshots import RenderedStep
from tests.integration.review_projects import step
from tests.tables import walked


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


def sms(body: str, *tests: str, status: str = "delivered", reason: str | None = None) -> AcceptedContent:
    outputs = {"body": body} if body else {}
    return AcceptedContent(
        RenderedStep("text", "sms", status, outputs, workflow_id="shop", reason=reason), tests
    )


def content(kind: str, *tests: str, **outputs: Any) -> AcceptedContent:
    return AcceptedContent(step(kind, kind, **outputs), tests)


FAX = AcceptedContent(RenderedStep("fax", "fax_machine", "skipped", {}, workflow_id="shop"))
SENT = [
    sms("Hi <b>", "t.py::t[de]", "t.py::u"),
    sms("x" * 401, "t.py::t[en]", "t.py::v", "t.py::w"),
    sms("Bye", "t.py::t[fr]"),
]
UNSENT = [
    sms("", "t.py::t[no]", status="skipped", reason="off & on"),
    sms("", "t.py::x", status="failed"),
]
SHOP = GalleryWorkflow(
    "shop/<1>",
    (
        GalleryStep("text", "sms", (*SENT, *UNSENT)),
        GalleryStep("wait", "delay", (content("delay", amount=2, unit="days"),)),
        GalleryStep("<push>", "push"),
        GalleryStep("fax", "fax_machine", (FAX,)),
        GalleryStep("old", "chat", (content("chat", "t.py::o", body="Old"),), is_known=False),
    ),
    name="The <shop>",
    description="Why & how",
    tags=("a b", "<c>"),
    severity="high",
    preferences={"all": {"readOnly": True}},
)
BELL = GalleryStep("bell", "in_app", (content("in_app", "t.py::p", body="Ding"),), is_known=False)
NAMELESS = GalleryWorkflow("", (BELL,), is_known=False)
PAGE = """\
<header>
<h1>What A &amp; B sends</h1>
<p>1 notification with 3 messages, 1 of them with accepted content.</p>
<div class="toolbar" role="search">
<input id="search" type="search" placeholder="Search words, names, #tags" aria-label="Search the notifications" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<div class="segments" role="group" aria-label="Channel">
<button type="button" data-only="" data-count="3" aria-pressed="true">All</button>
<button type="button" data-only="sms" data-count="1" aria-pressed="false">SMS</button>
<button type="button" data-only="push" data-count="1" aria-pressed="false">Push</button>
<button type="button" data-only="fax_machine" data-count="1" aria-pressed="false">Fax machine</button></div>
<div class="segments" role="group" aria-label="Width of emails">
<button type="button" data-view="phone:off" aria-pressed="true">Desktop</button>
<button type="button" data-view="phone:on" aria-pressed="false">Phone</button></div>
<div class="segments" role="group" aria-label="Colours of messages">
<button type="button" data-view="dark:off" aria-pressed="true">Light</button>
<button type="button" data-view="dark:on" aria-pressed="false">Dark</button></div>
<p id="found" role="status"></p>
</div>
</header>
<details class="contents" open><summary>Notifications</summary>
<nav aria-label="Notifications"><ul>
<li><a href="#notification-shop%2F%3C1%3E">The &lt;shop&gt;</a></li></ul>
<p>Not in the app any more</p><ul>
<li><a href="#notification-">Snapshots that name no notification</a></li></ul></nav></details>
<main id="notifications" tabindex="-1">
<details class="how"><summary>1 message without accepted content: how to get it</summary>
<p>A test compares what is sent with a snapshot; <code>pytest --snapshot-update</code> writes the first one, and <code>novu-framework review</code> shows each later change to whoever accepts it.</p>
<pre>def test_what_a_subscriber_sees(novu, novu_snapshot):
run = novu.trigger(&quot;shop/&lt;1&gt;&quot;, to=&quot;ann&quot;, payload={...}).run
novu.run_until_idle()
assert run == novu_snapshot</pre></details>
<section class="notification" id="notification-shop%2F%3C1%3E" aria-labelledby="notification-shop%2F%3C1%3E-name" data-head="The &lt;shop&gt; shop/&lt;1&gt; Why &amp; how" data-tags="a-b &lt;c&gt;">
<header>
<h2 id="notification-shop%2F%3C1%3E-name">The &lt;shop&gt;</h2><span class="kind">high severity</span>
<p class="path"><code>shop/&lt;1&gt;</code>
<button type="button" class="tag" data-tag="a-b">#a b</button>
<button type="button" class="tag" data-tag="&lt;c&gt;">#&lt;c&gt;</button></p>
<p>Why &amp; how</p>
<p>Subscribers cannot turn it off.</p></header>
<ol class="journey">
<li class="leg" data-channel="sms" data-step="text"><span class="leg-icon" data-icon="sms"></span>
<article tabindex="-1">
<h3>SMS <code>text</code></h3>
<div class="content">
<div class="slot" data-content="1"><dl class="plain">
<div><dt>body</dt><dd>Hi &lt;b&gt;</dd></div></dl></div>
<details class="from"><summary>From t.py::t[de] and 1 other test</summary><ul>
<li>t.py::u</li></ul></details></div>
<details class="others"><summary>2 other contents: en · fr</summary>
<div class="content">
<div class="slot" data-content="2"><dl class="plain">
<div><dt>body</dt><dd>[x]…</dd></div></dl></div>
<details class="from"><summary>From t.py::t[en] and 2 other tests</summary><ul>
<li>t.py::v</li>
<li>t.py::w</li></ul></details></div>
<div class="content">
<div class="slot" data-content="3"><dl class="plain">
<div><dt>body</dt><dd>Bye</dd></div></dl></div>
<p class="from">From t.py::t[fr]</p></div></details>
<details class="others"><summary>Not always sent</summary>
<p>Skipped: off &amp; on.</p>
<p class="from">From t.py::t[no]</p>
<p>Failed.</p>
<p class="from">From t.py::x</p></details></article></li>
<li class="leg is-pause" data-channel="delay" data-step="wait"><span class="leg-icon" data-icon="delay"></span>
<p>Waits for 2 days. (With made-up data.) <code>wait</code></p></li>
<li class="leg" data-channel="push" data-step="&lt;push&gt;"><span class="leg-icon" data-icon="push"></span>
<article tabindex="-1">
<h3>Push <code>&lt;push&gt;</code></h3>
<p class="none">No accepted content yet. With made-up data: <code>novu-framework preview shop/&lt;1&gt; &lt;push&gt;</code></p></article></li>
<li class="leg" data-channel="fax_machine" data-step="fax"><span class="leg-icon" data-icon="fax_machine"></span>
<article tabindex="-1">
<h3>Fax machine <code>fax</code></h3>
<p class="none">No test shows it being sent.</p>
<details class="others"><summary>Not always sent</summary>
<p>Skipped.</p>
<p class="from">A preview with made-up data: no one has accepted it.</p></details></article></li></ol>
<p class="group-note">Not in this notification any more:</p><ol class="journey">
<li class="leg" data-channel="chat" data-step="old"><span class="leg-icon" data-icon="chat"></span>
<article tabindex="-1">
<h3>Chat <code>old</code></h3>
<div class="content">
<div class="slot" data-content="0"><dl class="plain">
<div><dt>body</dt><dd>Old</dd></div></dl></div>
<p class="from">From t.py::o</p></div></article></li></ol>
</section>
<h2 class="group">Not in the app any more</h2>
<p class="group-note">Snapshots of these are left; <code>pytest --snapshot-update</code> removes those that no test uses.</p>
<section class="notification" id="notification-" aria-labelledby="notification--name" data-head="  " data-tags="">
<header>
<h2 id="notification--name">Snapshots that name no notification</h2>
<p class="path"></p></header>
<ol class="journey"></ol>
<p class="group-note">Not in this notification any more:</p><ol class="journey">
<li class="leg" data-channel="in_app" data-step="bell"><span class="leg-icon" data-icon="in_app"></span>
<article tabindex="-1">
<h3>In-app <code>bell</code></h3>
<div class="content">
<div class="slot" data-content="4"><dl class="plain">
<div><dt>body</dt><dd>Ding</dd></div></dl></div>
<p class="from">From t.py::p</p></div></article></li></ol>
</section>
<details class="how"><summary>1 snapshot cannot be read</summary>
<p>They were edited, or come from another version.</p><ul>
<li><code>a/&lt;1&gt;.txt</code></li></ul></details>
<p id="nothing" hidden>No notification is like that.</p>
</main>
</div>
"""


def laid_out(page: str) -> str:
    """The body of a page without its scripts, an element on a line."""
    body = page[page.index("<header>") : page.index('<script type="text/plain"')]
    lines = re.sub(r"\s*(<(?:section|h[123]|li|details|div|nav|main|p|pre|button|input)\b)", r"\n\1", body)
    return re.sub(r"\s*\n\s*", "\n", lines).strip().replace("x" * 399, "[x]")


def given(page: str) -> Any:
    """The data that the scripts of a page are given."""
    packed = re.search(r'id="packed">([^<]*)<', page)
    assert packed is not None
    return json.loads(gzip.decompress(base64.b64decode(packed[1])))


def test_all_that_is_known_of_a_project_is_on_its_page() -> None:
    page = render(Gallery("A & B", (SHOP, NAMELESS), ("a/<1>.txt",)))
    assert laid_out(page) == PAGE.strip()
    assert "<title>What A &amp; B sends</title>" in page
    contents = [
        {"side": drawn(one.step), "texts": [one.step.outputs["body"]]}
        for one in (*SHOP.steps[-1].contents, *SENT, *BELL.contents)
    ]
    assert given(page) == json.loads(json.dumps(share(contents)))


def test_no_paragraph_is_within_another() -> None:
    page = laid_out(render(Gallery("A & B", (SHOP, NAMELESS), ("a/<1>.txt",))))
    paragraphs = re.split(r"<p[ >]", page)[1:]
    assert [one for one in paragraphs if "</p>" not in one or "<details" in one.partition("</p>")[0]] == []
    assert len(paragraphs) == page.count("</p>")


def test_a_page_without_anything_says_so_in_numbers() -> None:
    page = render(Gallery("B", ()))
    assert "<p>0 notifications with 0 messages, 0 of them with accepted content.</p>" in page
    assert '<nav aria-label="Notifications"><ul></ul></nav>' in page
    main = page.partition('tabindex="-1">')[2].partition("</main>")[0].split("\n")
    assert [line for line in main if line] == ['<p id="nothing" hidden>No notification is like that.</p>']
    assert given(page)["data"] == []


def test_notifications_are_counted_with_the_messages_that_the_app_has() -> None:
    tests = [f"t{number}" for number in range(1001)]
    steps = (GalleryStep("s0", "sms", (sms("Hi", "t"),)), GalleryStep("s1", "sms", (sms("Hi", *tests),)))
    old = GalleryStep("old", "sms", (sms("Hi", "t"),), is_known=False)
    wait = GalleryStep("wait", "delay", (content("delay", "t", amount=1, unit="days"),))
    preview = GalleryStep("new", "email", (content("email", subject="Hi"),))
    tool = GalleryStep("tool", "tool", ())
    made = Gallery(
        "B", (GalleryWorkflow("a", (old, *steps, wait)), GalleryWorkflow("b", (preview, tool)), NAMELESS)
    )
    page = render(made)
    assert made.channels == {"sms": 2, "email": 1, "tool": 1}
    assert "<p>2 notifications with 4 messages, 2 of them with accepted content.</p>" in page
    assert "<summary>From t0 and 1,000 other tests</summary>" in page
    buttons = re.findall(r'data-only="(\w*)" data-count="(\d+)" aria-pressed="(\w+)">([^<]*)<', page)
    assert buttons == [
        ("", "4", "true", "All"),
        ("email", "1", "false", "Email"),
        ("sms", "2", "false", "SMS"),
        ("tool", "1", "false", "Tool"),
    ]


def test_what_has_no_content_can_be_filled_in() -> None:
    wait, text = GalleryStep("wait", "delay"), GalleryStep("text", "sms", (sms("Hi", "t"),))
    bare, odd = GalleryStep("mail", "email"), GalleryStep("fax", "fax_machine")
    made = Gallery("B", (GalleryWorkflow("a", (wait, text, bare)), GalleryWorkflow("", (odd,))))
    assert made.missing() == [("a", "mail"), ("", "fax")]
    assert made.missing(waits_too=True) == [("a", "wait"), ("a", "mail"), ("", "fax")]
    previews = {("a", name): step(name, "email", subject="Hi") for name in ("wait", "text", "other")}
    filled = made.with_previews(previews)
    assert filled.workflows == (
        GalleryWorkflow(
            "a", (dataclasses.replace(wait, contents=(AcceptedContent(previews["a", "wait"]),)), text, bare)
        ),
        GalleryWorkflow("", (odd,)),
    )
    assert "how to get it" in render(made)
    assert (
        "shop"
        not in render(Gallery("B", (GalleryWorkflow("", (odd,)),)))
        .partition("<main")[2]
        .partition("</main>")[0]
    )
    assert "how to get it" not in render(Gallery("B", (GalleryWorkflow("", (odd,)),)))


WAITS = content("delay", amount=2, unit="days")
ACCEPTED = dataclasses.replace(WAITS, tests=("t",))
LONGER = content("delay", "u", amount=3, unit="days")
SKIPPED = AcceptedContent(RenderedStep("delay", "delay", "skipped", workflow_id="shop"), ("v",))


@walked(
    ("channel", "contents", "said"),
    [
        ("delay", [], "Waits."),
        ("throttle", [], "Lets only so many through."),
        ("http_request", [], "Sends a request."),
        ("delay", [WAITS], "Waits for 2 days. (With made-up data.)"),
        ("delay", [ACCEPTED], "Waits for 2 days."),
        ("delay", [ACCEPTED, ACCEPTED, LONGER], "Waits for 2 days. Waits for 3 days."),
        ("delay", [WAITS, LONGER], "Waits for 2 days. Waits for 3 days."),
        ("delay", [ACCEPTED, SKIPPED], "Waits for 2 days. Not always."),
        ("delay", [SKIPPED], "Skipped."),
    ],
    ids=brief,
)
def test_a_step_that_sends_nothing_is_a_sentence(
    channel: str, contents: list[AcceptedContent], said: str
) -> None:
    page = render(Gallery("B", (GalleryWorkflow("a", (GalleryStep("s", channel, tuple(contents)),)),)))
    assert f'data-icon="{channel}"></span><p>{said} <code>s</code></p></li>' in page


@walked(
    ("of", "sentence"),
    [
        (step("a", "delay"), "Waits."),
        (step("a", "throttle"), "Lets only so many through."),
        (step("a", "http_request"), "Sends a request."),
        (step("a", "fax_machine"), "Fax machine."),
        (step("a", "throttle", amount=1, unit="days"), "Lets 1 through in 1 day."),
        (
            step("a", "throttle", cron="odd", threshold=2),
            "Lets 2 through until the next of these times: odd.",
        ),
        (RenderedStep("a", "delay", "failed", {"amount": 1, "unit": "days"}, reason="odd"), "Failed: odd."),
    ],
    ids=brief,
)
def test_what_a_step_without_more_does(of: RenderedStep, sentence: str) -> None:
    assert sentence_of(of) == sentence


@walked(
    ("tests", "apart"),
    [
        (["t.py::t[de]", "t.py::t[en]"], ["de", "en"]),
        (["t.py::t[a-de]", "t.py::t[a-en]", "t.py::t[a-en-x]"], ["de", "en", "en-x"]),
        (["a/t.py::one", "a/t.py::other"], ["one", "other"]),
        (["a/t.py::one", "a/u.py::one[x]"], ["t.py::one", "u.py::one[x]"]),
        (["one", "other"], ["one", "other"]),
        (["x/b", "x/a", "x/c"], ["b", "a", "c"]),
        (["t.py::t", "t.py::t[de]"], ["t", "t[de]"]),
        (["same", "same"], ["same", "same"]),
    ],
)
def test_contents_are_named_by_what_tells_their_tests_apart(tests: list[str], apart: list[str]) -> None:
    assert _apart(tests) == apart


@pytest.mark.parametrize(
    ("preferences", "said"),
    [
        ({"all": {"enabled": True}, "channels": {"sms": {"enabled": True}, "inApp": {"enabled": False}}}, "<p>Off at first for in-app.</p>"),
        ({"all": {"enabled": False}, "channels": {"sms": {"enabled": True}, "push": {"enabled": False}, "chat": {"enabled": True}}}, "<p>Off at first, but on for SMS, chat.</p>"),
        ({"channels": {"sms": {"enabled": False}}, "all": {"readOnly": True}}, "<p>Off at first for SMS. Subscribers cannot change that.</p>"),
        ({"channels": {"sms": {}}}, ""),
    ],
    ids=brief,
)  # fmt: skip
def test_who_gets_a_notification_is_said_channel_by_channel(preferences: dict[str, Any], said: str) -> None:
    page = render(Gallery("B", (GalleryWorkflow("a", (), preferences=preferences),)))
    assert page.partition("<code>a</code> </p>")[2].partition("</header>")[0] == said


# --- what snapshots say ---


def test_contents_are_the_same_whatever_the_order_of_their_parts() -> None:
    one = RenderedStep("a", "sms", "sent", {"x": 1, "y": {"a": 1, "b": 2}}, {"p": {}, "q": {}})
    other = RenderedStep(
        "b", "push", "sent", {"y": {"b": 2, "a": 1}, "x": 1}, {"q": {}, "p": {}}, workflow_id="w"
    )
    assert _content_key(one) == _content_key(other)
    changes: list[dict[str, Any]] = [
        {"status": "x"}, {"reason": "x"}, {"outputs": {"x": {1}}}, {"providers": {}}
    ]  # fmt: skip
    assert len({_content_key(dataclasses.replace(one, **each)) for each in ({}, *changes)}) == 5


@walked(
    "wrong",
    [
        {"step_id": 5},
        {"channel": None},
        {"status": 1},
        {"workflow_id": 7},
        {"reason": ["x"]},
        {"outputs": ["x"]},
        {"providers": "x"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_step_that_somebody_has_edited_wrongly_is_not_read(wrong: dict[str, Any]) -> None:
    right = RenderedStep("a", "sms", "sent", {"body": "x"}, workflow_id=None, reason=None)
    assert _is_readable(right)
    assert not _is_readable(dataclasses.replace(right, **wrong))
    assert not _is_readable(None)


@pytest.mark.parametrize(
    "value",
    [WAITS, BELL, SHOP, Gallery("B", ())],
    ids=lambda one: type(one).__name__,
)
def test_what_was_read_stays_as_it_is(value: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(value)[0].name, None)
    assert (GalleryStep("a", "sms").is_known, GalleryWorkflow("a", ()).severity) == (True, "none")
