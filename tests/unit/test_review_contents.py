"""From what tests compared to what people review: the changes of a run, both versions of each, and the report."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib
import json
import math
import re
from html import unescape
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from novu_framework_testing.checks import CheckSettings
from novu_framework_testing.review import Change, Refused, ReviewStore, TestChanges
from novu_framework_testing.review.assets import asset
from novu_framework_testing.review.changes import FileChange, TimelineStep, change_id
from novu_framework_testing.review.collection import changes_of, gist_of, keep_for_review, title_of
from novu_framework_testing.review.document import pack
from novu_framework_testing.review.findings import told_findings
from novu_framework_testing.review.recording import RecordedTest, recorded_messages
from novu_framework_testing.review.report import write_report
from novu_framework_testing.review.run_summary import NotLookedAt, closing_lines
from novu_framework_testing.review.sharing import share
from novu_framework_testing.review.view import change_detail, versions
from novu_framework_testing.snapshots import RenderedStep
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.files import fingerprint, read_if_there
from novu_framework_testing.snapshots.formats import encoded_files
from novu_framework_testing.snapshots.json_text import Placeholder
from novu_framework_testing.snapshots.text_diff import as_pictures_show
from tests.integration.review_projects import packed, record, step, to_review
from tests.tables import walked

TEST = "test_shop.py::test_a"
FOLDER = "tests/__snapshots__/test_shop/test_welcome"
MAIL = step("mail", "email", subject="Hello", body="<p>Hello Ann</p>")
PLAIN = step("mail", "email", subject="Hello")
CODE = step("code", "sms", body="1234")


def files(root: Path, contents: dict[str, bytes]) -> list[Path]:
    """Write files into the snapshot folder of the test."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in contents]


def named(stem: str, step: RenderedStep) -> dict[str, bytes]:
    return {f"{stem}{suffix}": data for suffix, data in encoded_files(step).items()}


def found(root: Path, steps: list[StepFiles], leftovers: list[Path]) -> list[TestChanges]:
    return changes_of(root, [RecordedTest("t", str(root / FOLDER), steps=steps)], leftovers)


class TestChangesOfARun:
    @pytest.mark.parametrize(
        ("saved", "left", "now", "expected"),
        [
            pytest.param({}, [], {"01-mail-email": MAIL}, [("new", "01-mail-email", "+.txt +.html")], id="new"),
            pytest.param(
                {"01-mail-email": MAIL}, [], {"01-mail-email": dataclasses.replace(MAIL, outputs={"body": "x"})},
                [("changed", "01-mail-email", "~.txt ~.html")], id="changed",
            ),
            pytest.param(
                {"01-mail-email": MAIL}, ["01-mail-email.html"], {"01-mail-email": PLAIN},
                [("changed", "01-mail-email", "~.txt -.html")], id="the body is gone",
            ),
            pytest.param({"01-code-sms": CODE}, [], {"01-code-sms": CODE}, [], id="the same"),
            pytest.param(
                {"01-mail-email": MAIL}, ["01-mail-email.txt", "01-mail-email.html"], {"02-mail-email": MAIL},
                [("moved", "02-mail-email", "+.txt +.html -.html -.txt")], id="moved",
            ),
            pytest.param(
                {"01-code-sms": CODE}, ["01-code-sms.txt"], {"02-code-sms": step("code", "sms", body="2")},
                [("changed", "02-code-sms", "+.txt -.txt")], id="moved and changed",
            ),
            pytest.param(
                {"01-code-sms": CODE}, ["01-code-sms.txt"],
                {"01-code-email": MAIL, "02-code-sms": step("code", "sms", body="2")},
                [("new", "01-code-email", "+.txt +.html"), ("changed", "02-code-sms", "+.txt -.txt")],
                id="moved and changed, and another one in its place",
            ),
            pytest.param(
                {"01-code-sms": CODE}, ["01-code-sms.txt"],
                {"02-code-sms": step("code", "sms", body="2"), "03-code-sms": step("code", "sms", body="3")},
                [("gone", "01-code-sms", "-.txt"), ("new", "02-code-sms", "+.txt"), ("new", "03-code-sms", "+.txt")],
                id="there are two of it now",
            ),
            pytest.param(
                {"01-code-sms": CODE}, ["01-code-sms.txt"], {"02-other-sms": CODE},
                [("gone", "01-code-sms", "-.txt"), ("new", "02-other-sms", "+.txt")], id="another step says the same",
            ),
            pytest.param(
                {"01-code-sms": step("code", "sms", body="0"), "02-code-sms": CODE}, ["01-code-sms.txt", "02-code-sms.txt"],
                {"03-code-sms": CODE},
                [("gone", "01-code-sms", "-.txt +.txt -.txt")], id="the one that says the same has another number for it",
            ),
            pytest.param(
                {"01-code-sms": CODE, "02-mail-email": PLAIN}, ["01-code-sms.txt", "02-mail-email.txt"],
                {"01-mail-email": PLAIN, "02-more-sms": CODE, "03-code-sms": CODE},
                [("moved", "01-mail-email", "+.txt -.txt +.txt -.txt"), ("new", "02-more-sms", "+.txt")],
                id="in another order",
            ),
            pytest.param(
                {"10-code-sms": CODE, "9-x.txt": CODE, "later.02-code-sms": CODE},
                ["later.02-code-sms.txt", "10-code-sms.txt"], {"09-mail-email": MAIL, "a.01-mail-email": PLAIN},
                [("new", "09-mail-email", "+.txt +.html"), ("gone", "10-code-sms", "-.txt"),
                 ("new", "a.01-mail-email", "+.txt"), ("gone", "later.02-code-sms", "-.txt")], id="by name and order",
            ),
            pytest.param({}, [], {"01-a-Odd1": CODE}, [("new", "01-a-Odd1", "+.txt")], id="a channel of another kind"),
        ],
    )  # fmt: skip
    def test_what_each_step_is_and_which_files_accepting_it_writes(
        self,
        tmp_path: Path,
        saved: dict[str, RenderedStep],
        left: list[str],
        now: dict[str, RenderedStep],
        expected: list[Any],
    ) -> None:
        for stem, before in saved.items():
            files(tmp_path, named(stem, before))
        steps = [
            StepFiles(stem, new := encoded_files(step), old := encoded_files(saved[stem]) if stem in saved else {}, new == old)
            for stem, step in now.items()
        ]  # fmt: skip
        tests = found(tmp_path, steps, [tmp_path / FOLDER / name for name in left])
        signs = {(False, True): "+", (True, False): "-", (True, True): "~"}
        assert [
            (each.kind, each.stem, " ".join(signs[file.base is not None, file.new is not None] + file.suffix for file in each.files))
            for test in tests for each in test.changes
        ] == expected  # fmt: skip
        assert all(test.changes for test in tests)
        for each in (change for test in tests for change in test.changes):
            assert each.id == change_id(FOLDER, each.stem)
            for file in each.files:
                path = tmp_path / file.path
                assert file.base == fingerprint(path.read_bytes() if path.exists() else None)
                stem, suffix = path.stem, path.suffix
                assert file.new_bytes == (encoded_files(now[stem]).get(suffix) if stem in now else None)

    @pytest.mark.parametrize(
        ("before", "now", "said"),
        [
            ("code mail", "mail code", ["moved mail: the email now comes before the SMS: it was the second step, and is now the first"]),
            ("code other", "other code", ["moved other: the SMS “Other” now comes before the SMS “Code”: it was the second step, and is now the first"]),
            ("code mail other", "mail other code", ["moved code: the SMS “Code” now comes after the SMS “Other”: it was the first step, and is now the third"]),
            ("code mail other", "other mail code", ["moved other: the SMS “Other” now comes before the SMS “Code”; the email now comes before the SMS “Code”"]),
            ("code mail other bell", "mail other code bell", ["moved code: the SMS “Code” now comes after the SMS “Other”: it was the first step, and is now the third"]),
            ("code mail other bell", "bell other mail code", ["moved bell: the SMS “Bell” now comes before the SMS “Code”; the SMS “Other” now comes before the SMS “Code”; the email now comes before the SMS “Code”"]),
            ("code mail other bell ping", "ping bell other mail code", ["moved ping: the SMS “Ping” now comes before the SMS “Code”; the SMS “Bell” now comes before the SMS “Code”; the SMS “Other” now comes before the SMS “Code”; and 1 more"]),
            ("code mail", "mail", ["gone code: "]),
            ("mail", "code mail", ["new code: "]),
            ("code mail", "other mail code", ["new other: ", "moved code: the email now comes before the SMS: the SMS was the first step, and is now the third"]),
        ],
    )  # fmt: skip
    def test_steps_in_another_order_are_one_change_that_page_and_report_say(
        self, tmp_path: Path, before: str, now: str, said: list[str]
    ) -> None:
        more = {name: step(name, "sms", body=name) for name in ("other", "bell", "ping")}
        known = {"code": CODE, "mail": MAIL, **more}
        saved, new = (
            {f"{place:02d}-{each}-{known[each].channel}": known[each] for place, each in enumerate(side.split(), 1)}
            for side in (before, now)
        )  # fmt: skip
        paths = {stem: files(tmp_path, named(stem, each)) for stem, each in saved.items()}
        left = [path for stem, each in paths.items() if stem not in new for path in each]
        steps = [
            StepFiles(stem, data := encoded_files(each), old := encoded_files(saved[stem]) if stem in saved else {}, data == old)
            for stem, each in new.items()
        ]  # fmt: skip
        (test,) = found(tmp_path, steps, left)
        assert sorted(f"{each.kind} {each.step}: {each.gist}" for each in test.changes) == sorted(said)
        store = ReviewStore(tmp_path)
        store.replace([test], ran=[FOLDER])
        for each in test.changes:
            if each.kind == "moved":
                detail = change_detail(store, test, each)
                assert [(one["part"], one["hint"]) for one in detail["differences"]] == [("order", each.gist)]
                said_by_it = [detail[side]["outputs"]["body"] for side in ("old", "new")]
                assert (
                    said_by_it == [known[each.step].outputs["body"]] * 2
                )  # not what others with its number say
        made = RecordedTest("t", str(tmp_path / FOLDER), steps=steps)
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=left)
        page = (tmp_path / "r.html").read_text()
        kinds = re.findall(r'data-kind="(\w+)" data-changes', page)
        assert sorted(kinds) == sorted(each.kind for each in test.changes)
        assert all(f"1 {kind}" in page.partition("<form")[0] for kind in kinds)
        assert all(each.gist in unescape(page) for each in test.changes)
        assert page.count('<section class="words">') == kinds.count("moved")
        for file in (file for each in test.changes for file in each.files):
            path = tmp_path / file.path
            path.unlink(missing_ok=True) if file.new is None else path.write_bytes(file.new_bytes or b"")
        assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {name for stem, each in new.items() for name in named(stem, each)}  # fmt: skip

    @pytest.mark.parametrize(
        ("before", "now", "said"),
        [
            ("mail code", "code! mail", ["changed code: body: Code 123 → Code 45; the SMS now comes before the email: it was the second step, and is now the first"]),
            ("mail code", "code mail!", ["changed mail: subject: Hello Ann → Hello Bob", "moved code: the SMS now comes before the email: it was the second step, and is now the first"]),
            ("mail code", "code! mail!", ["changed code: body: Code 123 → Code 45; the SMS now comes before the email: it was the second step, and is now the first", "changed mail: subject: Hello Ann → Hello Bob"]),
            ("mail code", "bell mail code!", ["changed code: body: Code 123 → Code 45", "new bell: "]),
            ("bell mail code", "mail code!", ["changed code: body: Code 123 → Code 45", "gone bell: "]),
        ],
    )  # fmt: skip
    def test_a_step_that_moved_and_changed_is_one_change_that_says_both(
        self, tmp_path: Path, before: str, now: str, said: list[str]
    ) -> None:
        known = {
            "code": step("code", "sms", body="Code 123"), "code!": step("code", "sms", body="Code 45"),
            "mail": step("mail", "email", subject="Hello Ann", body="x"),
            "mail!": step("mail", "email", subject="Hello Bob", body="x"), "bell": step("bell", "in_app", body="Hi"),
        }  # fmt: skip
        saved, new = (
            {f"{place:02d}-{each.rstrip('!')}-{known[each].channel}": known[each] for place, each in enumerate(side.split(), 1)}
            for side in (before, now)
        )  # fmt: skip
        paths = {stem: files(tmp_path, named(stem, each)) for stem, each in saved.items()}
        left = [path for stem, each in paths.items() if stem not in new for path in each]
        (test,) = found(tmp_path, [StepFiles(stem, encoded_files(each)) for stem, each in new.items()], left)
        assert sorted(f"{each.kind} {each.step}: {each.gist}" for each in test.changes) == said
        store = ReviewStore(tmp_path)
        store.replace([test], ran=[FOLDER])
        for each in test.changes:
            if each.kind == "changed":
                differences = change_detail(store, test, each)["differences"]
                parts = ["order"] * bool(each.order) + [each.gist.partition(":")[0]]
                assert [one["part"] for one in differences] == parts
                assert each.order in each.gist
                assert not each.order or differences[0]["hint"] == each.order
        made = RecordedTest("t", str(tmp_path / FOLDER), steps=[StepFiles(stem, encoded_files(each)) for stem, each in new.items()])  # fmt: skip
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=left)
        page = unescape((tmp_path / "r.html").read_text())
        assert all(each.gist in page for each in test.changes)
        files_of = [
            {name for stem, each in side.items() for name in named(stem, each)} for side in (saved, new)
        ]
        decision = store.decide("accept", [(each.id, None) for each in test.changes])
        assert {path.name for path in (tmp_path / FOLDER).iterdir()} == files_of[1]
        store.undo(decision.id)
        assert {path.name for path in (tmp_path / FOLDER).iterdir()} == files_of[0]

    def test_that_a_step_moved_makes_its_words_another_change(self, tmp_path: Path) -> None:
        moved, stayed = (tmp_path / f"__snapshots__/test_m/test_{name}" for name in ("moved", "stayed"))
        mail, code, other = (step(name, "sms", body=body) for name, body in (("mail", "x"), ("code", "The code is 123."), ("code", "The code is now 123.")))  # fmt: skip
        records, left = [], []
        for folder, now in ((moved, ("code", "mail")), (stayed, ("mail", "code"))):
            folder.mkdir(parents=True)
            for place, each in enumerate((mail, code), 1):
                for suffix, data in encoded_files(each).items():
                    path = folder / f"{place:02d}-{each.step_id}-sms{suffix}"
                    path.write_bytes(data)
                    left += [path] * (folder == moved)
            steps = [
                StepFiles(f"{place:02d}-{name}-sms", data := encoded_files(other if name == "code" else mail), old := {} if folder == moved else encoded_files(code if name == "code" else mail), data == old)
                for place, name in enumerate(now, 1)
            ]  # fmt: skip
            records.append(RecordedTest(f"t::{folder.name}", str(folder), steps=steps))
        one, another = (change for test in changes_of(tmp_path, records, left) for change in test.changes)
        assert (one.kind, another.kind) == ("changed", "changed")
        assert one.same != another.same
        assert one.gist == f"{another.gist}; {one.order}"

    def test_a_change_says_what_it_is_about(self, tmp_path: Path) -> None:
        odd = StepFiles("02-a-Odd1", {".txt": b"x"})
        broken = files(tmp_path, {"03-old%2Fone-sms.txt": b"<<<<<<<"})
        (test,) = found(tmp_path, [StepFiles("01-mail-email", encoded_files(MAIL)), odd], broken)
        assert [(each.step, each.channel, each.workflow, each.title) for each in test.changes] == [
            ("02-a-Odd1", "message", None, ""),
            ("mail", "email", "shop", "Hello"),
            ("old%2Fone", "sms", None, ""),
        ]
        assert (test.test, test.folder) == ("t", FOLDER)

    def test_the_steps_of_a_test_before_and_after(self, tmp_path: Path) -> None:
        skipped = RenderedStep("mail", "email", "skipped", reason="off")
        files(tmp_path, named("10-mail-email", skipped) | named("09-code-sms", CODE) | {"11-x-sms.txt": b"?"})
        now = [StepFiles("02-code-sms", encoded_files(CODE)), StepFiles("01-mail-email", encoded_files(MAIL))]
        (test,) = found(tmp_path, now, [])
        assert test.old == (
            TimelineStep("09-code-sms", "code", "sms", "delivered", "1234"),
            TimelineStep("10-mail-email", "mail", "email", "skipped", "skipped: off"),
            TimelineStep("11-x-sms", "x", "sms", "unreadable"),
        )
        assert [(each.stem, each.summary) for each in test.new] == [
            ("02-code-sms", "1234"),
            ("01-mail-email", "Hello"),
        ]

    def test_leftovers_of_a_test_that_is_gone_and_of_one_outside_of_the_project(self, tmp_path: Path) -> None:
        root = tmp_path / "project"
        gone = files(root, named("01-code-sms", CODE) | {"notes.md": b"not ours"})
        outside = files(tmp_path, named("02-mail-email", MAIL))
        vanished = root / FOLDER / "02-mail-email.txt"
        tests = changes_of(root, [], [*gone, vanished, *outside])
        assert [(each.test, each.folder) for each in tests] == [
            ("test_shop::test_welcome", FOLDER),
            ("test_shop::test_welcome", (tmp_path / FOLDER).as_posix()),
        ]
        assert [(each.stem, each.title) for each in tests[0].changes] == [
            ("01-code-sms", "1234"),
            ("02-mail-email", ""),
        ]

    @pytest.mark.parametrize(
        ("steps", "said"),
        [
            ((), "nothing to review"),
            (("new",), "1 change to review (1 new)"),
            (("new", "new"), "2 changes to review (2 new)"),
            (("changed", "new", "moved", "gone"), "4 changes to review (1 changed, 1 new, 1 moved, 1 gone)"),
        ],
    )
    def test_how_much_there_is_to_review(self, tmp_path: Path, steps: tuple[str, ...], said: str) -> None:
        old = files(
            tmp_path, named("later.08-code-sms", CODE) | named("09-x-sms", step("x", "sms", body="x"))
        )
        kinds = {
            "changed": StepFiles("01-a-sms", {".txt": b"new"}, {".txt": b"old"}),
            "moved": StepFiles("later.02-code-sms", encoded_files(CODE)),
        }
        wanted = [
            kinds.get(kind, StepFiles(f"{number}3-b-sms", {".txt": b"b"}))
            for number, kind in enumerate(steps)
            if kind != "gone"
        ]
        config: Any = SimpleNamespace(rootpath=tmp_path, getoption={"snapshot_dirname": "accepted"}.get)
        record = RecordedTest("t", str(tmp_path / FOLDER), steps=wanted)
        (line,) = keep_for_review(
            config, [record], old if "gone" in steps else [], all_ran=False, rest=NotLookedAt(compared=1)
        )
        assert said in line
        assert len(ReviewStore(tmp_path).pending()) == len(steps)
        assert ReviewStore(tmp_path).dirname == "accepted"

    def test_a_folder_where_nothing_can_be_kept_is_said(self, tmp_path: Path) -> None:
        (tmp_path / ".novu").write_text("a file")
        config: Any = SimpleNamespace(rootpath=tmp_path, getoption={"snapshot_dirname": "accepted"}.get)
        with pytest.raises(Refused, match="could not be written"):
            keep_for_review(config, [], [], all_ran=True, rest=NotLookedAt())


@walked(
    ("status", "outputs", "title"),
    [
        ("skipped", {}, "skipped{}"),
        ("skipped", {"subject": "x"}, "x (skipped{})"),
        ("failed", {"subject": "x"}, "failed{}"),
        ("delivered", {"subject": "Hi", "body": "there"}, "Hi"),
        ("delivered", {"subject": None, "body": "there"}, "there"),
        ("delivered", {"body": "<p>Hi <b>Ann</b></p>\n<p>!</p>"}, "Hi Ann !"),
        ("completed", {"amount": 1, "unit": "days"}, "1 day"),
        ("completed", {"amount": 2, "unit": "days"}, "2 days"),
        ("completed", {"amount": 2}, "amount: 2"),
        ("completed", {"cron": "0 9 * * *"}, "at 09:00 every day"),
        ("completed", {"tags": ["a"], "score": 2, "more": "x"}, "score: 2"),
        ("completed", {"tags": ["a"], "name": "x"}, "name: x"),
        ("completed", {"tags": ["a"]}, ""),
        (
            "active",
            {"platform": "slack", "talk": [{"from": "Ann"}, {"note": "x"}, "?", {"from": "shop"}]},
            "2 messages on slack",
        ),
        ("delivered", {"subject": "a" * 80}, "a" * 80),
        ("delivered", {"subject": "a" * 81}, "a" * 79 + "…"),
        ("delivered", {"subject": "a" * 78 + " bcd"}, "a" * 78 + "…"),
    ],
)
def test_the_title_of_a_step_is_its_content_in_a_line(
    status: str, outputs: dict[str, Any], title: str
) -> None:
    assert title_of(RenderedStep("a", "email", status, outputs)) == title.format("")
    reason = RenderedStep("a", "email", status, outputs, reason="turned off")
    assert title_of(reason) == title.format(": turned off")


def test_what_is_said_of_a_review_are_values_that_stay() -> None:
    found = {
        each.__name__: each.__hash__ is not None
        for name in ("changes", "journal", "recording", "store")
        for each in vars(import_module(f"novu_framework_testing.review.{name}")).values()
        if isinstance(each, type) and dataclasses.is_dataclass(each)
    }
    assert found.keys() >= {"Change", "Decision", "Entry", "FileChange", "RecordedTest", "Replacement"}
    assert all(found.values()), found


class TestRecords:
    def test_a_record_comes_back_from_json_as_it_was(self) -> None:
        every = bytes(range(256))
        for made in (
            RecordedTest("t", "f"),
            RecordedTest(
                "t", "f",
                [StepFiles("01-a-email", {".txt": every, ".html": b""}, {".txt": b"old"}, kept=True), StepFiles("02-b-sms", {})],
                [StepFiles("03-c-sms", {".txt": b"x"})],
            ),
        ):  # fmt: skip
            again = RecordedTest.from_json(made.to_json())
            assert (list(again.steps), list(again.messages)) == (list(made.steps), list(made.messages))
            assert dataclasses.replace(again, steps=(), messages=()) == dataclasses.replace(
                made, steps=(), messages=()
            )

    def test_of_the_messages_of_a_simulation_those_that_no_snapshot_has(self) -> None:
        compared = RenderedStep("mail", "email", "delivered", {"subject": "Hi", "body": "x"})
        sent = [
            RenderedStep("mail", "email", "delivered", {"body": "x", "subject": "Hi"}),
            RenderedStep("mail", "email", "delivered", {"body": "y", "subject": "Hi"}),
            RenderedStep("a/b", "sms", "delivered", {"body": "x"}),
        ]
        told = recorded_messages(sent, [compared])
        assert [each.stem for each in told] == ["01-mail-email", "02-a%2Fb-sms"]
        assert b"y" in told[0].new[".html"]


class TestChangesAsData:
    CHANGE = Change("id", "new", "a", "sms", None, "01-a-sms", "", (FileChange("p/x.txt", None, "x"),))

    def test_they_come_back_from_json_as_they_were(self) -> None:
        steps = (TimelineStep("01-a-sms", "a", "sms", "delivered"),)
        gone = dataclasses.replace(self.CHANGE, workflow="w", files=(FileChange("p/x.txt", "abc", None),))
        test = TestChanges("t", "f", (self.CHANGE, gone), steps, steps * 2)
        assert TestChanges.from_json(test.to_json()) == test

    def test_ids_and_names_of_files_are_those_of_earlier_versions(self) -> None:
        assert change_id("tests/__snapshots__/test_a/test_b", "01-a-sms") == "c71a5799a6e3edeb"
        assert TestChanges("t", "tests/__snapshots__/test_a/test_b", ()).key == "6864e0156d9eee54"

    def test_the_revision_is_another_with_another_content_or_status(self) -> None:
        file = self.CHANGE.files[0]
        others = [
            dataclasses.replace(self.CHANGE, files=(each,))
            for each in (
                file,
                dataclasses.replace(file, path="p/y.txt"),
                dataclasses.replace(file, base="abc"),
                dataclasses.replace(file, new="y"),
                dataclasses.replace(file, new=None),
            )
        ]
        assert len({each.content for each in others}) == len({each.revision for each in others}) == 5
        rejected = dataclasses.replace(self.CHANGE, status="rejected")
        assert rejected.content == self.CHANGE.content
        assert rejected.revision != self.CHANGE.revision


def placed(step: RenderedStep, **more: Any) -> dict[str, Any]:
    """What is shown of one version of a step, but for its files."""
    words = {"sms": "SMS", "email": "email", "in_app": "in-app"}
    return {
        "step": step.step_id, "stepName": step.step_id.capitalize(), "channel": step.channel, "channelWord": words[step.channel], "status": step.status,
        "reason": step.reason, "workflow": "shop", "outputs": dict(step.outputs), "providers": {}, "details": {},
        "facts": {}, **more,
    }  # fmt: skip


class TestVersions:
    LONG = step("mail", "email", subject="Hello", body=f"<p>{'word ' * 40}</p>")

    @walked(
        ("shown", "more"),
        [
            (CODE, {"facts": {"sms": {"encoding": "GSM-7", "length": 4, "segments": 1, "limit": 160, "outsiders": ()}}}),
            (step("code", "sms"), {}),
            (MAIL, {"facts": {"preview": "Hello Ann", "text": "Hello Ann"}}),
            (LONG, {"facts": {"preview": ("word " * 40)[:140], "text": ("word " * 40).strip()}}),
            (PLAIN, {}),
            (step("bell", "in_app", body="Hi"), {}),
            (RenderedStep("bell", "in_app", "skipped", {}, {"x": {"y": [1]}}, "shop", "off", {"id": 1}),
             {"providers": {"x": {"y": [1]}}, "details": {"id": 1}}),
        ],
    )  # fmt: skip
    def test_one_version(self, shown: RenderedStep, more: dict[str, Any]) -> None:
        stem = f"01-{shown.step_id}-{shown.channel}"
        files = encoded_files(shown)
        new = versions(stem, {}, files)["new"]
        raw = new.pop("raw")
        assert new == placed(shown, **more)
        assert raw == {suffix: files[suffix].decode() for suffix in (".txt", ".html") if suffix in files}
        assert list(raw) == [suffix for suffix in (".txt", ".html") if suffix in files]

    def test_the_new_version_has_what_the_checks_find_in_it(self) -> None:
        old, new = (
            encoded_files(step("code", "sms", body=body)) for body in ("[object Object]", "Hi undefined!")
        )
        shown = versions("01-code-sms", old, new, CheckSettings())
        assert [(one["rule"], one["words"], one["known"]) for one in shown["new"]["facts"]["findings"]] == [
            ("personalisation.undefined", "the text", False)
        ]
        assert "findings" not in shown["old"]["facts"]

    def test_what_was_wrong_before_is_told_from_what_is_new_by_its_words(self) -> None:
        def shown(*bodies: str) -> list[tuple[str, bool]]:
            old, new = (encoded_files(step("mail", "email", subject="Hi", body=body)) for body in bodies)
            found = versions("01-mail-email", old, new, CheckSettings())["new"]["facts"]["findings"]
            return [
                (one["words"].split("”")[0][1:], one["known"])
                for one in found
                if one["rule"] == "accessibility.contrast"
            ]

        pale = '<p style="color:#cccccc;background-color:#ffffff">{}</p>'.format
        assert shown("<p>a</p>", pale("Foot")) == [("Foot", False)]
        assert shown(pale("Foot"), "<p>new</p>\n" + pale("Foot")) == [("Foot", True)]
        assert shown(pale("Foot"), pale("Feet")) == [("Feet", True)]  # in the same code, with other words
        assert shown(pale("Foot"), pale("Foot") + pale("Hand")) == [("Foot", True), ("Hand", False)]
        assert shown(pale("Foot") + pale("Hand"), pale("Hand")) == [("Hand", True)]
        assert shown(pale("word " * 20), pale("word " * 20).replace("#cc", "#dd")) == [
            ("word word word word word word word word word word word word…", True)
        ]

    def test_what_can_be_anything_is_said_at_any_depth(self) -> None:
        inside = {"a": [{"b": Placeholder("str")}], "c": Placeholder("int"), "d": None}
        new = versions("01-bell-in_app", {}, encoded_files(step("bell", "in_app", data=inside)))["new"]
        assert new["outputs"] == {"data": {"a": [{"b": "(any: str)"}], "c": "(any: int)", "d": None}}

    @walked(
        ("old", "new", "differences"),
        [
            (CODE, CODE, []),
            (CODE, step("code", "sms", body="12345"), [("body", [["1234", True]], [["12345", True]])]),
            (step("code", "sms", body="a b"), step("code", "sms", body="a c"),
             [("body", [["a ", False], ["b", True]], [["a ", False], ["c", True]])]),
            (None, CODE, [("body", None, [["1234", True]])]),
            (CODE, None, [("body", [["1234", True]], None)]),
            (b"<<<<", CODE, []),
            (CODE, b"<<<<", []),
            (step("code", "sms", body=""), step("code", "sms"), [("body", [], None)]),
        ],
    )  # fmt: skip
    def test_what_differs(self, old: Any, new: Any, differences: list[Any]) -> None:
        sides = [
            {".txt": each} if isinstance(each, bytes) else encoded_files(each) if each else {}
            for each in (old, new)
        ]
        shown = versions("01-code-sms", *sides)
        assert [(each["part"], each["old"], each["new"]) for each in shown["differences"]] == differences
        for name, side in (("old", old), ("new", new)):
            if isinstance(side, bytes):
                assert shown[name] == {"raw": {".txt": "<<<<"}, "unreadable": True}
            else:
                assert (shown[name] and shown[name]["outputs"]) == (side and side.outputs)

    def test_letters_that_look_alike_are_told(self) -> None:
        sides = [encoded_files(step("code", "sms", body=body)) for body in ("pay", "раy")]
        (difference,) = versions("01-code-sms", *sides)["differences"]
        assert "look alike" in difference["hint"]

    def test_a_change_of_a_review_whole(self, tmp_path: Path) -> None:
        new = step("code", "sms", body="12345")
        store = to_review(tmp_path, {"test_a": [(CODE, new)]})
        ((test, change),) = store.pending()
        path = "__snapshots__/test_shop/test_a/01-code-sms.txt"
        detail = change_detail(store, test, change)
        assert {name: value for name, value in detail.items() if name not in ("old", "new", "differences")} == {
            "id": change.id, "revision": change.revision, "kind": "changed", "status": "pending", "step": "code",
            "channel": "sms", "workflow": "shop", "title": "12345", "stem": "01-code-sms", "stepName": "Code", "channelWord": "SMS", "same": change.same, "gist": "body: 1234 → 12345",
            "test": "test_shop.py::test_a", "testTitle": "A", "testName": "A", "testCase": "", "testPlace": "Shop", "workflowName": "", "recipient": {}, "why": "", "stale": False, "files": [path], "pictures": [],
            "course": {side: [{"stem": "01-code-sms", "step": "code", "channel": "sms", "status": "delivered",
                               "summary": body, "stepName": "Code", "channelWord": "SMS"}]
                       for side, body in (("old", "1234"), ("new", "12345"))},
        }  # fmt: skip
        assert (detail["old"]["outputs"], detail["new"]["outputs"]) == ({"body": "1234"}, {"body": "12345"})
        for text, stale in ((encoded_files(new)[".txt"], False), (b"by hand", True)):
            (tmp_path / path).write_bytes(text)
            assert change_detail(store, test, change)["stale"] is stale
        assert change_detail(store, test, change)["old"] == {"raw": {".txt": "by hand"}, "unreadable": True}
        (tmp_path / path).write_bytes(encoded_files(CODE)[".txt"])
        store.decide("accept", [(change.id, None)])
        (tmp_path / path).write_bytes(b"by hand")
        detail = change_detail(store, *store.find(change.id))
        assert (detail["status"], detail["stale"], detail["old"]["outputs"]) == (
            "accepted",
            False,
            {"body": "1234"},
        )


def part(page: str, tag: str) -> Element:
    """The one element of this kind in a page."""
    (text,) = re.findall(rf"<{tag}\b.*?</{tag}>", page, re.DOTALL)
    return fromstring(text.replace(" open>", ' open="">'))


def words(element: Element | None) -> str:
    return "" if element is None else " ".join(" ".join(element.itertext()).split())

    def test_one_file_of_a_change_that_somebody_edited_is_enough(self, tmp_path: Path) -> None:
        store = to_review(tmp_path, {"test_a": [(PLAIN, MAIL)]})
        ((test, change),) = store.pending()
        shown = change_detail(store, test, change)
        assert (list(shown["old"]["raw"]), list(shown["new"]["raw"])) == ([".txt"], [".txt", ".html"])
        for suffix in (".txt", ".html"):
            file = (tmp_path / change.files[0].path).with_suffix(suffix)
            before = read_if_there(file)
            file.write_text("by hand")
            assert change_detail(store, test, change)["stale"]
            file.write_bytes(before) if before is not None else file.unlink()


WAITING, REJECTED = (
    SimpleNamespace(kind=kind, status=status)
    for kind, status in (("new", "pending"), ("changed", "rejected"))
)
DECIDED = SimpleNamespace(kind="changed", status="accepted")
RUN = ": run `novu-framework review`"


@walked(
    ("own", "earlier", "rest", "lines"),
    [
        ([], [], NotLookedAt(compared=1), ["every message is what its snapshot says; there is nothing to review"]),
        (
            [], [DECIDED], NotLookedAt(compared=1, deselected=True, chosen="-k mail"),
            ["every message that was compared is what its snapshot says; there is nothing to review",
             "not looked at: tests that were deselected, what `-k mail` leaves out"],
        ),
        (
            [], [], NotLookedAt(failed=1, broke_off=2, skipped=1, modules=1, not_run=2),
            ["no test of this run compared a message with a snapshot; there is nothing to review",
             "not looked at: 1 test that failed before it compared anything, the rest of 2 tests that failed half way, "
             "1 test that was skipped or expected to fail, 2 tests that did not run, 1 module that could not be collected"],
        ),
        ([], [], NotLookedAt(), ["no test of this run compared a message with a snapshot; there is nothing to review"]),
        ([], [WAITING], NotLookedAt(compared=1), [f"every message is what its snapshot says; 1 change of earlier runs still waits{RUN}"]),
        ([WAITING], [], NotLookedAt(compared=1), [f"1 change to review (1 new){RUN}"]),
        ([REJECTED], [], NotLookedAt(compared=1), [f"1 change as rejected before{RUN}"]),
        (
            [WAITING, REJECTED, WAITING], [WAITING, DECIDED, WAITING], NotLookedAt(compared=1, failed=2),
            ["2 changes of this run to review (2 new); 1 change as rejected before; 2 changes of earlier runs still wait" + RUN,
             "not looked at: 2 tests that failed before they compared anything"],
        ),
    ],
)  # fmt: skip
def test_the_last_lines_say_what_is_to_be_done_and_what_the_run_does_not_know(
    own: Any, earlier: Any, rest: NotLookedAt, lines: list[str]
) -> None:
    assert closing_lines(own, earlier, rest) == [f"novu: {line}" for line in lines]


@pytest.mark.parametrize(("status", "count"), [("delivered", 1), ("skipped", 0), ("failed", 0)])
def test_only_what_was_delivered_is_checked(status: Any, count: int) -> None:
    sent = RenderedStep("code", "sms", status, {"body": "Hello undefined"})
    assert len(told_findings(sent, CheckSettings())) == count


def test_long_texts_are_kept_once_and_a_member_of_the_name_of_their_places_stays_one() -> None:
    line = "x" * 400
    assert share({"a": line, "b": [line, "short"], "c": {"$": [0]}, "d": {"e": None}}) == {
        "pieces": [line],
        "data": {"a": {"$": [0]}, "b": [{"$": [0]}, "short"], "c": {"$": {"$": [0]}}, "d": {"e": None}},
    }


def test_numbers_that_json_has_no_form_for_are_packed_as_text() -> None:
    data = {"a": [float("nan"), {"b": (1.5, -math.inf)}], "c": "x", "d": None, "e": 2}
    packed_data = json.loads(gzip.decompress(base64.b64decode(pack(data))))
    assert packed_data == {"a": ["nan", {"b": [1.5, "-inf"]}], "c": "x", "d": None, "e": 2}


class TestReport:
    @pytest.fixture
    def page(self, tmp_path: Path) -> str:
        made, leftovers = record(
            tmp_path,
            "test_a",
            [
                (PLAIN, PLAIN),
                (CODE, step("code", "sms", body="1235 <b>")),
                (None, step("tips", "in_app", workflow="news")),
                (step("old", "sms", body="Bye"), None),
                (step("pаy", "sms", body="pay", x=""), step("pаy", "sms", body="раy")),
            ],
        )
        odd = StepFiles("06-a-Odd1", {".txt": b"x"})
        sent = RenderedStep("lone", "push", "delivered", {"body": "Hi"})
        made = dataclasses.replace(
            made, steps=[*made.steps, odd], messages=[StepFiles("01-lone-push", encoded_files(sent))]
        )
        other = tmp_path / "notes.txt"
        other.write_text("not a snapshot")
        write_report(
            tmp_path / "out" / "r.html", [made], root=tmp_path / "Sh<p", leftovers=[*leftovers, other]
        )
        return (tmp_path / "out" / "r.html").read_text(encoding="utf-8")

    def test_the_data_of_each_message(self, page: str) -> None:
        data = packed(page)
        names = ("kind", "test", "stem", "step", "channel", "workflow", "title")
        assert [tuple(each[name] for name in names) for each in data] == [
            ("new", TEST, "06-a-Odd1", "06-a-Odd1", "message", None, ""),
            ("message", TEST, "01-lone-push", "lone", "push", None, "Hi"),
            ("new", TEST, "03-tips-in_app", "tips", "in_app", "news", ""),
            ("changed", TEST, "02-code-sms", "code", "sms", "shop", "1235 <b>"),
            ("changed", TEST, "05-p%D0%B0y-sms", "pаy", "sms", "shop", "раy"),
            ("gone", "test_shop::test_a", "04-old-sms", "old", "sms", "shop", "Bye"),
            ("same", TEST, "01-mail-email", "mail", "email", "shop", "Hello"),
        ]
        assert [(bool(each["old"]), bool(each["new"])) for each in data] == [
            (False, True), (False, True), (False, True), (True, True), (True, True), (True, False), (False, True),
        ]  # fmt: skip
        assert data[3]["new"]["outputs"] == {"body": "1235 <b>"}
        # what changed is on the page already
        assert not any("differences" in each for each in data)

    def test_what_changed_stands_by_workflow_and_the_rest_is_folded(self, page: str) -> None:
        links = [(link.get("href"), words(link)) for link in part(page, "nav").iterfind("ul/li/a")]
        assert links == [("#section-0", "No workflow"), ("#section-2", "news"), ("#section-3", "shop")]
        main = part(page, "main")
        entries = [
            (section.find("h2").text, [entry.find("summary") for entry in section.iterfind("details")])  # type: ignore[union-attr]
            for section in main.iterfind("section")
        ]
        assert [(heading, [words(each) for each in inside]) for heading, inside in entries] == [
            ("No workflow", ["06 a odd1 New"]),
            ("news", ["Tips New"]),
            ("shop", [
                "Code Changed body: 1234 → 1235 <b>",
                "Pаy Changed body: pay → раy and 1 more",
                "Old Gone Bye",
            ]),
        ]  # fmt: skip
        (rest,) = main.iterfind("details")
        assert rest.get("open") is None
        assert words(rest.find("summary")) == "2 messages without a change"
        assert [words(each) for each in rest.iterfind("section/details/summary")] == [
            "Lone Sent Hi", "Mail Unchanged Hello",
        ]  # fmt: skip

    def test_each_entry_says_what_changed_in_words(self, page: str) -> None:
        entries = list(part(page, "main").iterfind("section/details"))
        assert [words(each.find("p[@class='where']")) for each in entries] == [
            "No workflow · 06 a odd1 · A",
            "news · Tips · A",
            "shop · Code · 1235 <b> · A",
            "shop · Pаy · раy · A",
            "shop · Old · Bye · A",
        ]
        marked = [
            [
                (line.get("class"), words(line), [(each.tag, each.get("data-mark"), each.text) for each in line.iterfind("*/*[@data-mark]")])
                for line in entry.iterfind(".//dl/div/*")
            ]
            for entry in entries
        ]  # fmt: skip
        assert marked[2] == [
            (None, "body", []),
            ("was", "was 1234", [("del", "old", "1234")]),
            ("now", "now 1235 <b>", [("ins", "new", "1235 <b>")]),
        ]
        assert [line[0] for line in marked[3]] == [None, "was", "now", "hint", None, "was", "now"]
        assert "look alike" in marked[3][3][1]
        assert [line[1] for line in marked[3][4:]] == ["x", "was empty", "now not there"]
        assert [marked[0], marked[1], marked[4]] == [[]] * 3
        # each can be decided on, and is named by what it is: id and digest
        assert all(
            re.fullmatch("[0-9a-f]{16}:[0-9a-f]{16}", each.get("data-changes", "")) for each in entries
        )

    def test_equal_changes_are_one_entry_that_names_its_messages(self, tmp_path: Path) -> None:
        colours = [
            (step(name, "email", workflow=name[0], body=f"<p style='color:#111'>{name}</p>"),
             step(name, "email", workflow=name[0], body=f"<p style='color:#222'>{name}</p>"))
            for name in ("a1", "a2", "b1")
        ]  # fmt: skip
        made, leftovers = record(tmp_path, "test_a", colours)
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=leftovers)
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        main = part(page, "main")
        assert words(main.find("section/h2")) == "In several workflows"
        (entry,) = main.iterfind("section/details")
        assert words(entry.find("summary")) == (
            "A1, A2, … Changed 3 messages colours: the colour of “a1” changed: dark grey #111111 became a lighter grey #222222"
        )
        assert words(entry.find("details/summary")) == "The same change in 3 messages, in 2 workflows"
        assert [words(each) for each in entry.iterfind("details/ol/li")] == [
            f"{name[0]} · {name.capitalize()} · {name} · A" for name in ("a1", "a2", "b1")
        ]
        assert len(entry.get("data-changes", "").split()) == 3
        assert [each["step"] for each in packed(page)] == ["a1", "a2", "b1"]
        assert "3 messages and steps of a test run: 3 changed. 1 different change." in page

    def test_what_is_in_several_workflows_comes_first(self, tmp_path: Path) -> None:
        made, leftovers = record(
            tmp_path,
            "test_a",
            [
                (
                    step(name, "sms", workflow=workflow, body=old),
                    step(name, "sms", workflow=workflow, body=new),
                )
                for name, workflow, old, new in (
                    ("a1", "Alpha", "Hello", "Hi"),
                    ("a2", "Alpha", "One way", "Another way"),
                    ("b1", "Beta", "Hello", "Hi"),
                    ("b2", "Beta", "To stay", "To go"),
                )
            ],
        )
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=leftovers)
        main = part((tmp_path / "r.html").read_text(encoding="utf-8"), "main")
        heads = [words(each) for each in main.iterfind("section/h2")]
        assert heads == ["In several workflows", "Alpha", "Beta"]

    @pytest.mark.parametrize("kept", [False, True], ids=["to review", "updated"])
    def test_what_changed_in_equal_ones_is_looked_for_once_and_in_what_did_not_change_never(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
    ) -> None:
        pairs = [(step(f"a{n}", "sms", body="Hello"), step(f"a{n}", "sms", body="Hi")) for n in range(3)] + [
            (step(f"b{n}", "sms", body="Same"), step(f"b{n}", "sms", body="Same")) for n in range(3)
        ]
        made, leftovers = record(tmp_path, "test_a", pairs)
        made = dataclasses.replace(
            made, steps=[dataclasses.replace(each, kept=kept or each.kept) for each in made.steps]
        )
        looked: list[str] = []
        for name in ("content_changes", "all_content"):
            monkeypatch.setattr(
                f"novu_framework_testing.review.view.{name}", lambda *_, name=name: looked.append(name) or []
            )
        tests = [] if kept else None
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=leftovers, tests=tests)
        assert looked == ["content_changes"]

    def test_a_step_of_another_kind_shows_what_it_said_before(self, tmp_path: Path) -> None:
        left = files(tmp_path, named("01-code-email", step("code", "email", subject="Hello")))
        made = RecordedTest(
            "t", str(tmp_path / FOLDER), steps=[StepFiles("01-code-sms", encoded_files(CODE))]
        )
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=left)
        (shown,) = packed((tmp_path / "r.html").read_text(encoding="utf-8"))
        assert (shown["kind"], shown["old"]["outputs"], shown["new"]["outputs"]) == (
            "changed",
            {"subject": "Hello"},
            {"body": "1234"},
        )

    def test_two_equal_changes_are_several(self, tmp_path: Path) -> None:
        pairs = [(step(name, "sms", body="Hello"), step(name, "sms", body="Hi")) for name in ("a", "b")]
        made, leftovers = record(tmp_path, "test_a", pairs)
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=leftovers)
        (entry,) = part((tmp_path / "r.html").read_text(encoding="utf-8"), "main").iterfind("section/details")
        assert words(entry.find("details/summary")) == "The same change in 2 messages"

    @pytest.mark.slow
    def test_many_long_emails_that_have_much_in_common_are_a_small_file(self, tmp_path: Path) -> None:
        rows = [f"<tr><td style='padding:{n % 9}px'>Line {n} of the terms</td></tr>" for n in range(600)]
        page = "<table>" + "".join(rows) + "</table>"
        pairs = [
            (step(f"m{n}", "email", subject=f"To {n}", body=f"<p>Hello {n}</p>{page}<p>was</p>"),
             step(f"m{n}", "email", subject=f"To {n}", body=f"<p>Hello {n}</p>{page}<p>now {n}</p>"))
            for n in range(8)
        ]  # fmt: skip
        made, leftovers = record(tmp_path, "test_a", pairs)
        write_report(tmp_path / "r.html", [made], root=tmp_path, leftovers=leftovers)
        size = (tmp_path / "r.html").stat().st_size
        assert len(page) > 35_000
        assert size < 300_000  # of 2 x 8 emails of 35 KB, in base64: 750 KB
        assert packed((tmp_path / "r.html").read_text(encoding="utf-8"))[7]["new"]["outputs"][
            "body"
        ].endswith(f"{page}<p>now 7</p>")

    def test_the_head_and_what_may_run(self, page: str, tmp_path: Path) -> None:
        assert (
            "7 messages and steps of a test run: 2 changed, 2 new, 1 gone, 1 unchanged, 1 sent."
            in unescape(page)
        )
        assert page.count("Messages of Sh&lt;p") == 2
        groups = re.findall(r'<span class="segments".*?</span>', page, re.DOTALL)
        assert [
            (group.get("aria-label"), [(each.get("data-view"), each.text) for each in group])
            for group in map(fromstring, groups)
        ] == [
            ("Width of emails", [("phone:off", "Desktop"), ("phone:on", "Phone")]),
            ("Colours of messages", [("dark:off", "Light"), ("dark:on", "Dark")]),
            ("Emails as", [("text:off", "HTML"), ("text:on", "Plain text")]),
        ]
        options = [
            re.findall(r'value="([^"]*)"', each)
            for each in re.findall(r"<select.*?</select>", page, re.DOTALL)
        ]
        assert options == [
            ["", "No workflow", "news", "shop"],
            ["", "email", "in_app", "message", "push", "sms"],
            ["", "changed", "new", "gone", "same", "message"],
        ]
        (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"script-src 'sha256-{digest}'" in page
        assert [
            script.index(asset(name)) for name in ("marks.js", "previews.js", "report.js", "decisions.js")
        ]
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        assert [style.index(asset(name)) for name in ("style.css", "previews.css", "report.css")]

    @pytest.mark.parametrize(
        ("messages", "said"), [([], "0 messages and steps of a test run: none."), ([CODE], "1 message and")]
    )
    def test_a_short_one(self, tmp_path: Path, messages: list[RenderedStep], said: str) -> None:
        sent = [StepFiles("01-code-sms", encoded_files(each)) for each in messages]
        write_report(tmp_path / "r.html", [RecordedTest("t", "f", messages=sent)], root=tmp_path)
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        assert said in page
        assert [each.tag for each in part(page, "main")] == (["details"] if sent else ["p"])
        assert "<nav" not in page  # nothing changed
        assert len(packed(page)) == len(sent)


@walked(
    ("changes", "gist"),
    [
        ([ContentChange("body › link “Follow” › u", "a", "b")], "link “Follow” › u: a → b"),
        (as_pictures_show([]), "layout: something looks different: the pictures show what"),
        ([], ""),
        ([ContentChange("subject", "Hello", "Hi")], "subject: Hello → Hi"),
        ([ContentChange("body › text", None, "New")], "text: nothing → New"),
        ([ContentChange("body", "", "x"), ContentChange("a", "1", "2")], "body: empty → x and 1 more"),
        ([ContentChange("body › colours", None, None, hint="a colour changed")], "colours: a colour changed"),
        ([ContentChange("body › colours", None, None, hint=f"the colour of “{'Hello ' * 9}” changed in dark mode")] * 2, "colours: the colour of “Hello Hello Hello Hello Hello Hello Hello Hello Hell… in dark mode and 1 more"),
        ([ContentChange("body", "word " * 40 + "one", "word " * 40 + "two")], "body: one → two"),
        ([ContentChange("body", "a" * 200, "b" * 200), *[ContentChange("c", "1", "2")] * 3], f"body: {'a' * 83}… and 3 more"),
        ([ContentChange("body", "a\nb", "a\nc")], "body: a b → a c"),
        ([ContentChange("body", "عيادة", "مركز")], "body: \u2068عيادة\u2069 → \u2068مركز\u2069"),
        ([ContentChange("cron", "at 09:00 on Monday (0 9 * * 1)", "at 08:30 on the first of every month (30 8 1 * *)")], "cron: at 09:00 on Monday (0 9 * * 1) → at 08:30 on the first of ever…"),
        ([ContentChange("text beside “مقعد”", "€30", "€35")], "text beside “\u2068مقعد\u2069”: €30 → €35"),
        ([ContentChange("text", "This link is valid for 24 hours.", "This link is valid for 1 hour.")], "text: 24 hours → 1 hour"),
        ([ContentChange("text", "You get all of it on 7 May at home.", "You get all of it on 8 May at home.")], "text: 7 May → 8 May"),
        ([ContentChange("text", "You get all of it with 5% off today.", "You get all of it with 10% off today.")], "text: 5% → 10%"),
        ([ContentChange("text", "You get all of it for £5.50, all in.", "You get all of it for £5.99, all in.")], "text: £5.50 → £5.99"),
        ([ContentChange("text", "Please pay the invoice 2026-118.", "Please pay the invoice 2026-118 this week.")], "text: “this week” is new"),
        ([ContentChange("text", "Come to the house tonight, or to the garden.", "Come to the house tonight.")], "text: “or to the garden” is gone"),
        ([ContentChange("text", "a b c d e f g h i j k l m n o p", "a x c x e x g h i j k l m n o p")], "text: a b c d e f g h i j k l m n o… → a x c x e x g h i j k l m n o…"),
        ([ContentChange("language", "English (en)", "English, United Kingdom (en_GB)")], "language: English (en) → English, United Kingdom (en_GB)"),
        ([ContentChange("image", "https://cdn.acme.test/img/logo-1.png", "https://cdn.acme.test/img/logo-2.png")], "image: …/logo-1.png → …/logo-2.png"),
        ([ContentChange("link", "https://acme.test/some/where/else", "https://evil.test/some/where/else")], "link: https://acme.test/some/where/else → https://evil.test/some/where/else"),
        ([ContentChange("text", "Hamlet demain à 19 h 30, Théâtre Linden, en ville.", "Hamlet demain à 19 h 30 au Théâtre Linden, en ville.")], "text: “au” is new"),
        ([ContentChange("text", "Hamlet morgen, 19:30 Uhr, Lindentheater. Bis bald", "Hamlet morgen um 19:30 Uhr im Lindentheater. Bis bald")], "text: “um … im” is new"),
        ([ContentChange("text", "2 new notices from your neighbours upstairs.", "new notices from your neighbours upstairs.")], "text: “2” is gone"),
        ([ContentChange("text", "The price of it is 5 kg or any of the others.", "The price of it is 5 or 7 kg or any of the others.")], "text: “or 7” is new"),
        ([ContentChange("text", "You will have paid it all until May of next year.", "You will have paid it all until 8 May of next year.")], "text: “8” is new"),
        ([ContentChange("text", "You see Hamlet at 19:30 in Linden Theatre, Ann.", "You see Hamlet at 19:30, Linden Theatre, Ann.")], "text: “in” is gone"),
        ([ContentChange("text", "Please do come, one and all, to the theatre; bring hats.", "Please do come; one and all, to the theatre; bring hats.")], "text: , → ;"),
        ([ContentChange("text", "Paul sent you a theatre voucher: https://acme.test/12", "Paul sent you a voucher for the theatre: https://acme.test/12")], "text: theatre voucher → voucher for the theatre"),
        ([ContentChange("text", "Your order is being quickly made by us in Berlin", "Your order was made by us in Berlin and Bonn")], "text: is being quickly → was … and Bonn"),
    ],
)  # fmt: skip
def test_a_change_in_a_line(changes: list[ContentChange], gist: str) -> None:
    assert gist_of(changes) == gist
