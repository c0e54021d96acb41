"""One review as it is shown, whole: in a terminal, to a script, as Markdown, and as annotations."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import Change, ReviewStore
from novu_framework_testing.review.github import tell_github
from novu_framework_testing.review.listing import (
    changes_of_review,
    channels_of,
    entries,
    equal_changes,
    find_changes,
    list_json,
    shown_json,
)
from novu_framework_testing.review.markdown import bounded, code, summary
from novu_framework_testing.review.terminal_review import show_change
from novu_framework_testing.snapshots.context import StepContext
from tests.integration.review_projects import step, to_review
from tests.tables import walked
from tests.unit.test_review_terminal import review

ANN = StepContext(
    subscriber="ann", name="Ann Lee", email="ann@acme.test", locale="de_DE", workflow_name="The shop"
)
HELP = "[a]ccept  [r]eject  accept [w]hole workflow (%s)  [s]kip  [u]ndo  [f]iles  [q]uit: "


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    """A review of an email that changed, a message that is new, and one that is gone."""
    mails = (
        step("mail", "email", subject="Your order", body="<p>Thank you, <b>Ann</b>.</p>"),
        step("mail", "email", subject="Your pots", body="<p>Thank you, <b>Bob</b>.</p>"),
    )
    tips, old = step("tips", "in_app", body="Three tips"), step("old", "sms", body="Bye")
    store = to_review(tmp_path, {"test_shop": [mails, (None, tips), (old, None)]})
    (test,) = store.tests()
    mail, bell, gone = test.changes
    made = (mail, dataclasses.replace(bell, context=ANN), gone)
    store.replace([dataclasses.replace(test, changes=made)], ran=[test.folder])
    return store


def changes(store: ReviewStore) -> tuple[Change, ...]:
    return store.tests()[0].changes


def decide(store: ReviewStore, action: Any, at: int, why: str = "") -> None:
    store.decide(action, [(changes(store)[at].id, None)], why=why)


MAIL = """
shop › Mail%s
The email step changed, in test_shop.py::test_shop
Shop

  subject
    was: Your [-order-]
    now: Your {+pots+}

  body › text
    was: Thank you, [-Ann-].
    now: Thank you, {+Bob+}.

"""
BELL = """
The shop › Tips%s
The in-app step is new, in test_shop.py::test_shop
Shop
For Ann Lee (ann, ann@acme.test) · locale de_DE

  body
    now: {+Three tips+}

"""
GONE = """
shop › Old%s
The SMS step is gone, in test_shop.py::test_shop
Shop

  This is no longer sent, or done, in this case; or the case is no longer tested. Accepting takes it off the list of what is expected. It said:

  body
    was: [-Bye-]

"""
FILES = """
before: 01-mail-email.txt
workflow: shop
step: mail
channel: email
status: delivered

content:
  subject: Your order
# the body is in the .html file beside this one

before: 01-mail-email.html
<!-- snapshot of step mail, email -->
<p>Thank you, <b>Ann</b>.</p>

after: 01-mail-email.txt
workflow: shop
step: mail
channel: email
status: delivered

content:
  subject: Your pots
# the body is in the .html file beside this one

after: 01-mail-email.html
<!-- snapshot of step mail, email -->
<p>Thank you, <b>Bob</b>.</p>

"""
DIFFERS = "What was rejected still differs: its tests fail until the workflow says what its snapshot says.\n"


@pytest.mark.parametrize(
    ("answers", "said", "workflows", "left"),
    [
        (["q"], [MAIL % "  (3 to go)", "0 accepted, 0 rejected, 3 still to review.\n"], "3", 3),
        ([], [MAIL % "  (3 to go)", "\n", "0 accepted, 0 rejected, 3 still to review.\n"], "3", 3),
        (["f", "q"], [MAIL % "  (3 to go)", FILES, "0 accepted, 0 rejected, 3 still to review.\n"], "33", 3),
        (["a", "s", "s", "q"], [MAIL % "  (3 to go)", BELL % "  (2 to go)", GONE % "  (1 to go)", "1 accepted, 0 rejected, 2 still to review.\n"], "321", 2),
        (["a", "u", "s", "s", "s"], [MAIL % "  (3 to go)", BELL % "  (2 to go)", "Taken back.\n", MAIL % "  (3 to go)", BELL % "  (2 to go)", GONE % "  (1 to go)", "0 accepted, 0 rejected, 3 still to review.\n"], "32321", 3),
        (["r", "", "s", "s", "u", "q"], [MAIL % "  (3 to go)", BELL % "  (2 to go)", GONE % "  (1 to go)", "Taken back.\n", MAIL % "  (1 to go)", "0 accepted, 0 rejected, 3 still to review.\n"], "3211", 3),
        (["a", "a", "q"], [MAIL % "  (3 to go)", BELL % "  (2 to go)", GONE % "  (1 to go)", "2 accepted, 0 rejected, 1 still to review.\n"], "321", 1),
        (["w", "x"], [MAIL % "  (3 to go)", "3 accepted, 0 rejected, 0 still to review.\n"], "3", 0),
        (["r", "no", "q"], [MAIL % "  (3 to go)", BELL % "  (2 to go)", "0 accepted, 1 rejected, 2 still to review.\n", DIFFERS], "32", 2),
    ],
)  # fmt: skip
def test_a_review_in_a_terminal_reads_like_this(
    store: ReviewStore, answers: list[str], said: list[str], workflows: str, left: int
) -> None:
    out, prompts, remaining = review(store.root, *answers)
    assert out == "".join(said)
    assert [prompt for prompt in prompts if "workflow" in prompt] == [HELP % count for count in workflows]
    last = [prompt for prompt in prompts if "workflow" not in prompt]
    assert set(last) <= {"why? (Enter to leave out): ", "That was the last one. [u]ndo  [q]uit: "}
    assert remaining == left


@pytest.mark.parametrize("stop", [EOFError, KeyboardInterrupt])
def test_a_review_that_is_broken_off_says_what_was_done(
    store: ReviewStore, stop: type[BaseException]
) -> None:
    def ask() -> str:
        raise stop

    out, _, remaining = review(store.root, "a", ask)
    said = [MAIL % "  (3 to go)", BELL % "  (2 to go)", "\n1 accepted, 0 rejected, 2 still to review.\n"]
    assert (out, remaining) == ("".join(said), 2)


def test_where_there_is_nothing_to_review_that_is_said(tmp_path: Path) -> None:
    nothing = "There is nothing to review. `pytest --novu-review` keeps what differs from its snapshots.\n"
    assert review(tmp_path) == (nothing, [], 0)


def test_what_was_changed_since_is_not_taken_back(store: ReviewStore) -> None:
    file = store.root / changes(store)[0].files[0].path

    def edit() -> str:
        file.write_text("mine", encoding="utf-8")
        return "u"

    out, _, remaining = review(store.root, "a", edit, "u", "q")
    said = f"Not taken back: {changes(store)[0].files[0].path} was changed after this decision, so it stays as it is.\n"
    assert out.endswith(
        f"{said}Nothing was decided in this review yet.\n1 accepted, 0 rejected, 2 still to review.\n"
    )
    assert remaining == 2


def shown(store: ReviewStore, at: int, *, color: bool = False) -> str:
    out = io.StringIO()
    test, change = changes_of_review(store)[at]
    show_change(store, test, change, out=out, color=color)
    return out.getvalue()


def test_a_change_is_shown_with_what_was_decided_on_it(store: ReviewStore) -> None:
    assert [shown(store, at) for at in range(3)] == [text % "" for text in (MAIL, BELL, GONE)]
    decide(store, "reject", 0, "Say pots,\nnot order")
    decide(store, "reject", 1)
    decide(store, "accept", 2)
    place = "in test_shop.py::test_shop\nShop\n"
    assert shown(store, 0) == (MAIL % "").replace(place, f"{place}Rejected: 'Say pots, not order'\n")
    assert shown(store, 1) == (BELL % "").replace("locale de_DE\n", "locale de_DE\nIt is rejected.\n")
    assert shown(store, 2) == (GONE % "").replace(place, f"{place}It is accepted.\n")


def test_an_earlier_rejection_is_shown_and_colours_mark_what_changed(store: ReviewStore) -> None:
    test, change = changes_of_review(store)[0]
    out = io.StringIO()
    show_change(store, test, dataclasses.replace(change, why="no"), out=out, color=True)
    assert out.getvalue() == (
        "\n\x1b[1mshop › Mail\x1b[0m\nThe email step changed, in test_shop.py::test_shop\nShop\n"
        "\x1b[33mYou rejected an earlier version: 'no'\x1b[0m\n"
        "\n  \x1b[36msubject\x1b[0m\n    was: Your \x1b[31;9morder\x1b[0m\n    now: Your \x1b[32;1mpots\x1b[0m\n"
        "\n  \x1b[36mbody › text\x1b[0m\n    was: Thank you, \x1b[31;9mAnn\x1b[0m.\n    now: Thank you, \x1b[32;1mBob\x1b[0m.\n\n"
    )


@pytest.mark.parametrize(
    ("tty", "variables", "color", "painted"),
    [
        (True, {}, None, True),
        (True, {"NO_COLOR": ""}, None, False),
        (False, {}, None, False),
        (True, {"NO_COLOR": "1"}, True, True),
        (True, {}, False, False),
    ],
)
def test_colours_are_for_a_terminal_that_wants_them(
    store: ReviewStore,
    monkeypatch: pytest.MonkeyPatch,
    tty: bool,
    variables: Mapping[str, str],
    color: bool | None,
    painted: bool,
) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return tty

    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    out = Stream()
    show_change(store, *changes_of_review(store)[0], out=out, color=color)
    assert ("\x1b[1m" in out.getvalue()) is painted


def test_pictures_that_differ_are_told(store: ReviewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    about = {"view": "on a phone", "summary": "a part moved", "marks": [["moved", [1], [2]]]}
    monkeypatch.setattr(
        "novu_framework_testing.review.view.picture_views", lambda *_: [{**about, "old": None, "new": None}]
    )
    said = "  picture (on a phone)\n    a part moved\n\n"
    assert shown(store, 0).endswith(f"now: Thank you, {{+Bob+}}.\n\n{said}")
    assert "\n  \x1b[36mpicture (on a phone)\x1b[0m\n" in shown(store, 0, color=True)
    assert shown_json(store, *changes_of_review(store)[0])["pictures"] == [about]


# --- for scripts --------------------------------------------------------------------------------------------


def test_a_script_is_told_the_changes_and_how_many_there_are(store: ReviewStore) -> None:
    decide(store, "reject", 0, "why not")
    decide(store, "accept", 2)
    every = changes_of_review(store)
    mail = changes(store)[0]
    folder = "__snapshots__/test_shop/test_shop"
    about = {"testTitle": "Shop", "testName": "Shop", "testCase": "", "testPlace": "Shop"}
    told = {
        "id": mail.id,
        "revision": mail.revision,
        "status": "rejected",
        "why": "why not",
        "kind": "changed",
        "workflow": "shop",
        "step": "mail",
        "channel": "email",
        "title": "Your pots",
        "gist": "subject: Your order → Your pots and 1 more",
        "same": mail.same,
        "content": mail.content,
        "test": "test_shop.py::test_shop",
        **about,
        "workflowName": "",
        "recipient": {},
        "files": [f"{folder}/01-mail-email.txt", f"{folder}/01-mail-email.html"],
    }
    assert list_json(every[:1], every) == {
        "counts": {"pending": 1, "accepted": 1, "rejected": 1},
        "kinds": {"changed": 1, "new": 1, "gone": 1},
        "different": 3,
        "changes": [told],
    }
    one = shown_json(store, *every[0])
    assert {name: one[name] for name in told} == told
    assert one["differences"] == [
        {"part": "subject", "old": "Your order", "new": "Your pots", "hint": None},
        {"part": "body › text", "old": "Thank you, Ann.", "new": "Thank you, Bob.", "hint": None},
    ]
    assert one["pictures"] == []
    assert [list(one[side]) for side in ("old", "new")] == [[".txt", ".html"]] * 2
    assert one["old"][".html"] == "<!-- snapshot of step mail, email -->\n<p>Thank you, <b>Ann</b>.</p>\n"
    bell, gone = (shown_json(store, *each) for each in every[1:])
    assert bell["differences"] == [{"part": "body", "old": None, "new": "Three tips", "hint": None}]
    assert bell["recipient"] == {"id": "ann", "name": "Ann Lee", "email": "ann@acme.test", "locale": "de_DE"}
    assert (bell["workflowName"], bell["old"], list(bell["new"])) == ("The shop", {}, [".txt"])
    assert (list(gone["old"]), gone["new"]) == ([".txt"], {})  # as it was before it was accepted


def test_changes_are_chosen_by_workflow_status_and_the_beginning_of_an_id(store: ReviewStore) -> None:
    decide(store, "reject", 0)
    every = changes_of_review(store)
    assert changes_of_review(store, workflow="shop") == every
    assert changes_of_review(store, workflow="club") == []
    assert changes_of_review(store, status="rejected") == every[:1]
    assert changes_of_review(store, workflow="shop", status="pending") == every[1:]
    assert [find_changes(every, each[1].id[:6]) for each in every] == [[each] for each in every]
    assert (find_changes(every, ""), find_changes(every, "zz")) == ([], [])
    test, mail = every[0]
    short, long = (dataclasses.replace(mail, id=id) for id in ("ab", "abc"))
    assert find_changes([(test, short), (test, long)], "ab") == [(test, short)]
    assert find_changes([(test, short), (test, long)], "a") == [(test, short), (test, long)]


def test_equal_changes_have_the_same_status_and_entries_the_same_comment_too(store: ReviewStore) -> None:
    test, mail = changes_of_review(store)[0]

    def like(id: str, **more: Any) -> Any:
        return test, dataclasses.replace(mail, id=id, **more)

    one, two = like("1", same="s"), like("2", same="s")
    rejected, why = like("3", same="s", status="rejected"), like("4", same="s", why="no")
    other, alone, alone_too = like("5", same="t"), like("6", same=""), like("7", same="")
    known = [one, two, rejected, why, other, alone, alone_too]
    assert equal_changes(known, one[1]) == [one, two, why]
    assert equal_changes(known, rejected[1]) == [rejected]
    assert equal_changes(known, alone[1]) == [alone]
    assert entries(known) == [[one, two], [rejected], [why], [other], [alone], [alone_too]]
    kinds = [like("8", channel=channel) for channel in ("in_app", "sms", "sms", "email")]
    assert [channels_of(kinds[:count]) for count in (1, 2, 3, 4)] == [
        "In-app",
        "In-app and 1 more",
        "In-app and 1 more",
        "In-app and 2 more",
    ]
    assert channels_of(kinds[1:]) == "SMS and 1 more"


# --- as Markdown --------------------------------------------------------------------------------------------


def test_a_summary_reads_like_this(store: ReviewStore) -> None:
    decide(store, "reject", 1, "Two are enough")
    found = changes_of_review(store)
    test, gone = found[2]
    found[2] = test, dataclasses.replace(gone, why="It was nice", workflow=None)
    found.append((test, dataclasses.replace(gone, id="x", status="accepted", workflow="Bye", title="")))
    assert summary(store, found, report="messages") == (
        "## Messages: 4 changes\n\n"
        "1 rejected, 2 to review, 1 accepted: 1 changed, 1 new, 2 gone.\n\n"
        "The report is the artifact `messages`.\n\n"
        "### `The shop`\n\n"
        "- In-app is new (**rejected**), for `Ann Lee`: `Three tips`\n"
        "  - Rejected: `Two are enough`\n\n"
        "### `shop`\n\n"
        "- Email changed, in `Shop`: `Your pots`\n"
        "  - `subject`: `Your order` → `Your pots`\n"
        "  - `body › text`: `Thank you, Ann.` → `Thank you, Bob.`\n\n"
        "### No workflow\n\n"
        "- SMS is gone, in `Shop`: `Bye`\n"
        "  - An earlier version was rejected: `It was nice`\n\n"
        "### `Bye`\n\n"
        "- SMS is gone (**accepted**), in `Shop`: `Old`\n"
    )
    assert summary(store, []) == "## Messages: 0 changes\n\nNothing to review.\n"
    assert summary(store, found[:1]).startswith("## Messages: 1 change\n\n1 to review: 1 changed.\n\n### ")


@walked(
    ("text", "shown"),
    [
        ("", "*empty*"),
        (" \n ", "*empty*"),
        ("a  b\nc", "`a b c`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a``", "``` a`` ```"),
        ("``a`b``` c", "```` ``a`b``` c ````"),
        ("x" * 10, f"`{'x' * 10}`"),
        ("x" * 11, f"`{'x' * 9}…`"),
        ("x" * 8 + " yyy", f"`{'x' * 8}…`"),
    ],
)
def test_text_of_others_is_code_in_a_line(text: str, shown: str) -> None:
    assert code(text, most=10) == shown


def test_a_summary_has_what_fits_and_says_how_much_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novu_framework_testing.review.markdown.MAX_SIZE", 12)
    assert bounded(["head"], [["123456"], ["1"]]) == "head\n123456\n\nAnd 1 more, which are in the report.\n"
    assert bounded(["head"], [["1234567"], ["1"]]) == "head\n\nAnd 2 more, which are in the report.\n"
    assert bounded(["head"], [["ä", "ä"], ["x"]]) == "head\nä\nä\n\nAnd 1 more, which are in the report.\n"
    assert bounded(["head"], [["ä", "ää"]]) == "head\n\nAnd 1 more, which are in the report.\n"
    assert bounded(["head"], []) == "head\n"


def test_annotations_read_like_this(store: ReviewStore, tmp_path: Path) -> None:
    decide(store, "reject", 0, "no")
    decide(store, "reject", 1)
    (test,) = store.tests()
    earlier = dataclasses.replace(test.changes[2], why="It was nice", title="", gist="")
    tests = [dataclasses.replace(test, changes=(*test.changes[:2], earlier))]
    lines: dict[str, tuple[str, int | None]] = {test.test: ("test_shop.py", 3)}
    target = tmp_path / "summary.md"
    at = "file=test_shop.py,line=4,"
    assert tell_github(store, tests, lines, target, "") == [
        f"::error {at}title=shop%3A email has changed::Rejected in review: 'no'",
        f"::error {at}title=The shop%3A in-app for Ann Lee is new::Rejected in review.",
        f"::warning {at}title=shop%3A SMS is gone::It is to be reviewed. An earlier version was rejected: 'It was nice'",
    ]
    assert target.read_text(encoding="utf-8").startswith("## Messages: 3 changes\n\n2 rejected, 1 to review")
    lines[test.test] = ("test_shop.py", None)
    assert tell_github(store, tests, lines, target, "")[0].startswith("::error file=test_shop.py,title=shop")
    assert tell_github(store, tests, {}, target, "")[0].startswith("::error title=shop%3A email")


def test_a_file_on_another_drive_is_named_as_it_is(
    store: ReviewStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another_drive(*_: object) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr("os.path.relpath", another_drive)
    lines = {"test_shop.py::test_shop": ("tests/test_shop.py", 3)}
    said = tell_github(store, store.tests(), lines, tmp_path / "summary.md", "D:")
    assert said[0].startswith("::warning file=tests/test_shop.py,line=4,title=")
