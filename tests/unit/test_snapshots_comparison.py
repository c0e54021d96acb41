"""`value == novu_snapshot`: what it compares, what it writes, and what it says of it."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import DiffMode
from syrupy.filters import props
from syrupy.session import SnapshotSession

from novu_framework_testing.snapshots import RenderedStep, files, rendered, storage
from novu_framework_testing.snapshots.assertion import NovuSnapshot, read_step, snapshot_fixture
from novu_framework_testing.snapshots.extension import NovuSnapshotExtension
from novu_framework_testing.snapshots.formats import _html_file, _title, encoded_files
from novu_framework_testing.snapshots.leftovers import COMPARED
from tests.tables import one_in
from tests.unit.test_snapshots import steps, text

Maker = Callable[..., NovuSnapshot]

EMAIL = RenderedStep("mail", "email", "delivered", {"subject": "Hello", "body": "<p>Hi</p>"}, workflow_id="w")
SMS = RenderedStep("text", "sms", "delivered", {"body": "Hi"})


def snapshot_in(root: Path, **options: Any) -> NovuSnapshot:
    """A snapshot of the test `test_a` in a module `test_shop` in this folder."""
    config: Any = SimpleNamespace(option=SimpleNamespace(), pluginmanager=None)
    made = NovuSnapshot(
        session=SnapshotSession(pytest_session=SimpleNamespace(config=config)),  # type: ignore[arg-type]
        extension_class=NovuSnapshotExtension,
        test_location=SimpleNamespace(  # type: ignore[arg-type]
            filepath=str(root / "test_shop.py"), basename="test_shop", snapshot_name="test_a"
        ),
        **{"update_snapshots": False, **options},
    )
    return made


@pytest.fixture
def snapshot(tmp_path: Path) -> Maker:
    return lambda **options: snapshot_in(tmp_path, **options)


def contents(root: Path) -> dict[str, bytes]:
    folder = root / "__snapshots__" / "test_shop" / "test_a"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def changed(step: RenderedStep, **outputs: Any) -> RenderedStep:
    return RenderedStep(
        step.step_id, step.channel, step.status, {**step.outputs, **outputs}, workflow_id=step.workflow_id
    )


class TestWhatIsEqual:
    @pytest.mark.parametrize(
        ("outputs", "equal"),
        [
            ({}, True),
            ({"subject": "Hello!"}, False),
            ({"body": "<p>Ho</p>"}, False),
            ({"subject": "Hello!", "body": "<p>Ho</p>"}, False),
        ],
    )
    def test_every_file_of_a_step_counts(self, snapshot: Maker, outputs: dict[str, str], equal: bool) -> None:
        assert snapshot(update_snapshots=True) == EMAIL
        assert (snapshot() == changed(EMAIL, **outputs)) is equal

    @pytest.mark.parametrize("wrong", [(), (0,), (1,), (0, 1)])
    def test_every_step_counts(self, snapshot: Maker, wrong: tuple[int, ...]) -> None:
        assert snapshot(update_snapshots=True) == [EMAIL, SMS]
        now = [changed(step, body="new") if at in wrong else step for at, step in enumerate((EMAIL, SMS))]
        compared = snapshot()
        assert (compared == now) is not wrong or not wrong
        assert [each.kept for each in compared.asserted] == [at not in wrong for at in (0, 1)]

    @pytest.mark.parametrize("suffix", [".txt", ".html"])
    def test_a_missing_file_of_a_step_is_a_difference(
        self, snapshot: Maker, tmp_path: Path, suffix: str
    ) -> None:
        assert snapshot(update_snapshots=True) == EMAIL
        (tmp_path / "__snapshots__" / "test_shop" / "test_a" / f"01-mail-email{suffix}").unlink()
        assert snapshot() != EMAIL

    @pytest.mark.parametrize("options", [{}, {"update_snapshots": True}, {"update_new_snapshots_only": True}])
    @pytest.mark.parametrize("record_only", [False, True])
    def test_nothing_equals_no_snapshot(
        self, snapshot: Maker, options: dict[str, bool], record_only: bool
    ) -> None:
        compared = snapshot(**options)
        compared.record_only = record_only
        for nothing in ([], SimpleNamespace(workflow_id="w", steps=[])):
            assert compared != nothing
            assert compared.get_assert_diff() == [
                "there is no step to compare: nothing was delivered, skipped or failed"
            ]

    def test_a_comparison_that_is_only_recorded_passes_and_is_remembered(self, snapshot: Maker) -> None:
        compared = snapshot()
        compared.record_only = True
        assert compared == SMS
        assert not compared.asserted[0].kept
        assert "has no snapshot yet" in compared.explain()[0]

    @given(one=steps, other=steps)
    def test_a_step_equals_what_was_written_of_it_and_no_other(
        self, one: RenderedStep, other: RenderedStep
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            assert snapshot_in(Path(folder), update_snapshots=True) == one
            assert snapshot_in(Path(folder)) == one
            assert (snapshot_in(Path(folder)) == other) is (encoded_files(one) == encoded_files(other))


# What people, their editors and Git make of a file.
TOUCHED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: data,
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "line ends of old": lambda data: data.replace(b"\n", b"\r"),
    "some line ends of Windows": lambda data: data.replace(b"\n", b"\r\n", 1),
    "a byte-order mark": lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
    **{
        f"{encoding}{ends!r}": lambda data, encoding=encoding, ends=ends: (
            f"\ufeff{data.decode().removeprefix(chr(0xFEFF))}".replace("\n", ends).encode(encoding)
        )
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        for ends in ("\n", "\r\n")
    },
    "no byte-order mark": lambda data: data.removeprefix(b"\xef\xbb\xbf"),
    "no line break at the end": lambda data: data.rstrip(b"\n"),
    "another line break at the end": lambda data: data + b"\n",
    "all of it": lambda data: (
        b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf").replace(b"\n", b"\r\n") + b"\r\n\r\n"
    ),
}
BODIES = [
    "a", "a\n", "a\n\n", "a\r\nb\r\n", "a\rb", "a\nb\r", "\r", "\n", "", "é", "é\r\n", "&#13;", "&#10;\n", "&#013;\r", "&#0013; &#13;\n",
    "aX", "\ufeffa", "a\ufeff", "; &#13; and &#10; are line breaks of the body -->\n",
]  # fmt: skip


class TestFilesThatPeopleHaveTouched:
    @pytest.mark.parametrize("how", TOUCHED)
    @pytest.mark.parametrize("channel", one_in(2, ["sms", "email"]))
    def test_are_the_same_snapshot(self, snapshot: Maker, tmp_path: Path, how: str, channel: str) -> None:
        now = [RenderedStep("a", channel, "delivered", {"body": body, "subject": body}) for body in BODIES]
        assert snapshot(update_snapshots=True) == now
        written = contents(tmp_path)
        folder = tmp_path / "__snapshots__" / "test_shop" / "test_a"
        for name, data in written.items():
            (folder / name).write_bytes(TOUCHED[how](data))
        compared = snapshot()
        assert compared == now
        assert [each.old_step for each in compared.asserted] == now
        # They are written as the others are, and only when they say something else.
        assert snapshot(update_snapshots=True) == now
        assert contents(tmp_path) == {name: TOUCHED[how](data) for name, data in written.items()}
        other = [changed(step, body=f"{step.outputs['body']}!") for step in now]
        assert snapshot(update_snapshots=True) == other
        assert snapshot(update_snapshots=True) == now
        changes = {name for name in written if channel == "sms" or name.endswith(".html")}
        assert {name: contents(tmp_path)[name] for name in changes} == {
            name: written[name] for name in changes
        }

    @pytest.mark.parametrize("body", BODIES)
    def test_are_not_taken_for_the_snapshot_of_another_body(self, snapshot: Maker, body: str) -> None:
        one = RenderedStep("a", "email", "delivered", {"body": body})
        assert snapshot(update_snapshots=True) == one
        assert [each for each in BODIES if snapshot() == changed(one, body=each)] == [body]

    @given(body=text | st.text("a\r\n&#130;", max_size=12))
    def test_hold_no_line_break_of_the_content_that_could_be_changed(self, body: str) -> None:
        made = encoded_files(RenderedStep("a", "email", "delivered", {"body": body, "subject": body}))
        assert not any(b"\r" in data or data.endswith(b"\n\n") for data in made.values()) or body == ""
        assert read_step("01-a-email", made) == RenderedStep(
            "a", "email", "delivered", {"body": body, "subject": body}
        )

    @pytest.mark.parametrize("body", ["a\r\nb", "a\n", "a\r", "é\n\n", "a&#13;\n"])
    @pytest.mark.parametrize(
        "how", ["nothing", "a byte-order mark", "line ends of Windows", "utf-16-le'\\n'"]
    )
    def test_that_an_earlier_version_wrote_stay_accepted(
        self, snapshot: Maker, tmp_path: Path, body: str, how: str
    ) -> None:
        step = changed(EMAIL, body=body)
        assert snapshot(update_snapshots=True) == step
        file = tmp_path / "__snapshots__" / "test_shop" / "test_a" / "01-mail-email.html"
        earlier = TOUCHED[how](_html_file(body, body, title=_title(step)).encode())
        file.write_bytes(earlier)
        if "\r" not in body or "Windows" not in how:
            assert snapshot() == step
            assert snapshot(update_snapshots=True) == step
            assert file.read_bytes() == earlier
        assert snapshot() != changed(step, body=body + "!")
        file.unlink()
        assert snapshot() != step

    @pytest.mark.parametrize(
        ("stem", "made"),
        [
            ("01-mail-email", {}),
            ("not a snapshot", {".txt": b"step: a\nchannel: sms\nstatus: preview\n"}),
            ("01-mail-email", {".txt": b"nonsense"}),
            ("01-mail-email", {**encoded_files(EMAIL), ".html": b"<p>Hi</p>"}),
        ],
    )
    def test_may_be_beyond_reading(self, stem: str, made: dict[str, bytes]) -> None:
        assert read_step(stem, made) is None
        assert read_step("01-mail-email", encoded_files(EMAIL)) == EMAIL


class TestWhatIsWritten:
    @pytest.mark.parametrize(
        ("there", "options", "equal", "writes"),
        [
            ("nothing", {}, False, False),
            ("nothing", {"update_snapshots": True}, True, True),
            ("nothing", {"update_new_snapshots_only": True}, True, True),
            ("the same", {}, True, False),
            ("the same", {"update_snapshots": True}, True, False),
            ("the same", {"update_new_snapshots_only": True}, True, False),
            ("another subject", {}, False, False),
            ("another subject", {"update_snapshots": True}, True, True),
            ("another subject", {"update_new_snapshots_only": True}, False, False),
            ("another subject", {"update_new_snapshots_only": True, "update_snapshots": True}, True, True),
            ("another subject and no body", {"update_new_snapshots_only": True}, False, False),
            ("no body", {"update_new_snapshots_only": True}, True, True),
        ],
    )  # fmt: skip
    def test_follows_the_options(
        self, snapshot: Maker, tmp_path: Path, there: str, options: dict[str, bool], equal: bool, writes: bool
    ) -> None:
        if there != "nothing":
            subject = "Other" if "another" in there else "Hello"
            assert snapshot(update_snapshots=True) == changed(EMAIL, subject=subject)
            if "no body" in there:
                (tmp_path / "__snapshots__" / "test_shop" / "test_a" / "01-mail-email.html").unlink()
        before = contents(tmp_path)
        compared = snapshot(**options)
        assert (compared == EMAIL) is equal
        assert compared.asserted[0].kept is equal
        assert (contents(tmp_path) != before) is writes
        assert not writes or contents(tmp_path) == {
            f"01-mail-email{suffix}": data for suffix, data in encoded_files(EMAIL).items()
        }
        # Also in the numbers that syrupy prints.
        for result in compared.executions.values():
            name = result.snapshot_name.removeprefix("test_a[").removesuffix("]")
            new = encoded_files(EMAIL)[Path(name).suffix]
            same = before.get(name) == new
            assert (result.success, result.created, result.updated) == (
                same or writes,
                writes and name not in before,
                writes and name in before and not same,
            )
            assert (result.asserted_data, result.recalled_data) == (new, before.get(name))
        assert compared.num_executions == len(compared.executions) == 2

    def test_brings_git_attributes_along_where_there_are_none(self, snapshot: Maker, tmp_path: Path) -> None:
        file = tmp_path / "__snapshots__" / ".gitattributes"
        assert snapshot() != SMS
        assert not file.exists()
        assert snapshot(update_snapshots=True) == SMS
        assert file.read_text().split("\n")[1:] == [
            "*/*/*.txt -text",
            "*/*/*.html -text",
            "*/*/*.png binary",
            "",
        ]
        assert file.read_text().startswith("# Git keeps the line ends of these snapshots as they are")
        assert [path.name for path in file.parent.iterdir() if path.is_file()] == [".gitattributes"]
        file.write_text("* text\n")
        assert snapshot(update_snapshots=True) == changed(SMS, body="Ho")
        assert file.read_text() == "* text\n"

    def test_needs_no_git_attributes(self, snapshot: Maker, tmp_path: Path) -> None:
        file = tmp_path / "__snapshots__" / ".gitattributes"
        file.parent.mkdir()
        file.symlink_to("nowhere")
        assert snapshot(update_snapshots=True) == SMS
        assert file.is_symlink()

    @pytest.mark.parametrize(("age", "stays"), [(3600, True), (3600.5, False)])
    def test_clears_away_what_a_killed_process_has_left_long_ago(
        self, snapshot: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: float, stays: bool
    ) -> None:
        monkeypatch.setattr(storage.time, "time", lambda: 10_000.0)
        folder = tmp_path / "__snapshots__" / "test_shop" / "test_a"
        folder.mkdir(parents=True)
        for name in (".novu-1-a.tmp", "notes.tmp"):
            (folder / name).touch()
            os.utime(folder / name, (10_000 - age,) * 2)
        assert snapshot(update_snapshots=True) == SMS
        assert (folder / ".novu-1-a.tmp").exists() is stays
        assert (folder / "notes.tmp").exists()

    def test_leaves_nothing_else_behind(
        self, snapshot: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        staged: list[str] = []

        def stage(path: Path, data: bytes) -> None:
            staged.append(path.name)
            files.stage(path, data)

        monkeypatch.setattr(storage, "stage", stage)
        assert snapshot(update_snapshots=True) == EMAIL
        # Names that say whose they are, and that are taken for no snapshot.
        named = re.compile(rf"\.novu-{os.getpid()}-[0-9a-f]{{8}}-[01](\.back)?\.tmp")
        assert [name for name in staged if not named.fullmatch(name)] == []
        assert snapshot(update_snapshots=True) == changed(EMAIL, subject="a", body="b")
        assert [*contents(tmp_path)] == ["01-mail-email.html", "01-mail-email.txt"]


class TestOptions:
    def test_hold_for_one_comparison_also_one_that_fails(self, snapshot: Maker) -> None:
        compared = snapshot(update_snapshots=True)
        answer = {"outputs": {"body": "1", "subject": "2"}}
        assert (
            compared(name="first", step="code", channel="sms", exclude=props("body"), also=["id"]) == answer
        )
        with pytest.raises(TypeError):
            assert compared(name="second", step="code", channel="sms", also=["id"]) == 3
        assert compared == answer
        assert [each.stem for each in compared.asserted] == ["first.01-code-sms", "01-preview-message"]
        assert [dict(each.step.outputs) for each in compared.asserted] == [
            {"subject": "2"},
            answer["outputs"],
        ]
        assert (compared._also, compared._step, compared._channel) == ((), None, None)

    def test_number_the_steps_of_each_name_apart(self, snapshot: Maker) -> None:
        compared = snapshot(update_snapshots=True)
        assert compared == [SMS, SMS]
        assert compared(name="b") == SMS
        assert compared == SMS
        assert compared(name="b") == SMS
        stems = ["01-text-sms", "02-text-sms", "b.01-text-sms", "03-text-sms", "b.02-text-sms"]
        assert [each.stem for each in compared.asserted] == stems
        assert compared.compared == {f"{stem}.txt" for stem in stems}

    def test_of_all_comparisons_share_numbers_and_what_was_found(self, snapshot: Maker) -> None:
        compared = snapshot()
        compared.record_only = True
        detailed = compared.with_defaults(also=["id"], threshold=0.5, exclude=props("body"))
        again = detailed.with_defaults()
        step = SimpleNamespace(step_id="a", type="sms", status="completed", outputs={"body": "x"}, id="7")
        assert compared == step
        assert detailed == step
        assert again == step
        assert [each.stem for each in compared.asserted] == ["01-a-sms", "02-a-sms", "03-a-sms"]
        assert [each.step.details for each in compared.asserted] == [{}, {"id": "7"}, {"id": "7"}]
        assert compared._threshold != detailed._threshold == again._threshold == 0.5
        assert detailed.asserted is compared.asserted
        assert compared.compared == detailed.compared == {f"0{number}-a-sms.txt" for number in (1, 2, 3)}

    def test_are_those_that_pytest_was_given(self, request: pytest.FixtureRequest) -> None:
        option: Any = SimpleNamespace(update_snapshots=True, update_new_snapshots_only=True)
        config: Any = SimpleNamespace(option=option, _syrupy=SnapshotSession(pytest_session=request.session))
        config._syrupy.pytest_session = SimpleNamespace(config=config)
        item: Any = SimpleNamespace(
            config=config, path=Path("/t/test_a.py"), nodeid="test_a.py::test_b", name="test_b",
            obj=TestOptions.test_are_those_that_pytest_was_given, stash=pytest.Stash(),
        )  # fmt: skip
        made, other = snapshot_fixture(item), snapshot_fixture(item)
        assert (made.update_snapshots, made.update_new_snapshots_only) == (True, True)
        assert made.folder == Path("/t/__snapshots__/test_a/test_b")
        assert made.compared is other.compared is item.stash[COMPARED]
        assert repr(made) == "novu_snapshot"
        option.update_snapshots = option.update_new_snapshots_only = False
        made = snapshot_fixture(item)
        assert (made.update_snapshots, made.update_new_snapshots_only) == (False, False)
        del config._syrupy
        with pytest.raises(RuntimeError, match="-p no:syrupy"):
            snapshot_fixture(item)

    def test_of_syrupy_that_would_store_files_in_another_way_are_refused(self) -> None:
        with pytest.raises(NotImplementedError, match="novu_snapshot"):
            NovuSnapshotExtension().serialize("x")


class TestWhatIsSaid:
    def test_names_the_step_and_what_was_and_is(self, snapshot: Maker) -> None:
        assert snapshot(update_snapshots=True) == [EMAIL, SMS]
        compared = snapshot()
        assert compared != [changed(EMAIL, subject="New"), SMS]
        assert compared.get_assert_diff() == [
            'email step "mail" is not what its snapshot 01-mail-email says', "  subject", "    was: Hello", "    now: New",
        ]  # fmt: skip
        assert compared.get_assert_diff(diff_mode=DiffMode.DISABLED) == compared.get_assert_diff()[:1]
        assert compared.explain(detailed=False) == compared.get_assert_diff()[:1]
        # All of the test's comparisons, not the last one alone.
        assert compared == [] or compared != SMS
        assert compared.explain()[:4] == [
            'email step "mail" is not what its snapshot 01-mail-email says', "  subject", "    was: Hello", "    now: New",
        ]  # fmt: skip

    @pytest.mark.parametrize(("most", "at_once"), [(4, True), (3, False)])
    def test_what_differs_is_told_at_once_where_it_is_short_else_at_the_end(
        self, snapshot: Maker, most: int, at_once: bool
    ) -> None:
        assert snapshot(update_snapshots=True) == EMAIL
        compared = snapshot()
        assert compared != changed(EMAIL, subject="New")
        lines = compared.get_assert_diff()
        assert len(lines) == 4
        told, left = (lines, []) if at_once else (lines[:1], lines)
        assert (compared.tell(most), compared.explain()) == (told, left)

    def test_shows_all_of_a_step_that_is_new(self, snapshot: Maker) -> None:
        compared = snapshot()
        assert compared != SMS
        head = 'SMS step "text" has no snapshot yet; `pytest --snapshot-update` would write 01-text-sms'
        assert compared.get_assert_diff() == [head, "  body (was not there)", "    now: Hi"]
        assert compared.get_assert_diff(diff_mode=DiffMode.DISABLED) == [head]

    def test_says_when_a_step_has_moved(self, snapshot: Maker, tmp_path: Path) -> None:
        assert snapshot(update_snapshots=True) == [SMS, EMAIL, changed(SMS, body="Ho")]
        (tmp_path / "__snapshots__" / "test_shop" / "test_a" / "00.txt").write_text("notes of mine")
        compared = snapshot()
        push = RenderedStep("ping", "push", "delivered", {"body": "x"})
        assert compared != [push, SMS]
        assert compared.get_assert_diff()[-1] == (
            'SMS step "text" comes at another place: its snapshot was 01-text-sms, and would be 02-text-sms'
        )
        compared = snapshot()
        assert compared != [push, changed(SMS, body="new")]
        assert "has no snapshot yet" in "".join(compared.get_assert_diff()[-3])

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"nonsense", "  the snapshot cannot be read; it was edited by hand, or comes from another version"),
            (b"channel: sms\nstep: text\nstatus: delivered\ncontent:\n  body: Hi\n", "  the same content, laid out in another way"),
        ],
    )  # fmt: skip
    def test_says_when_only_the_file_is_at_fault(
        self, snapshot: Maker, tmp_path: Path, content: bytes, said: str
    ) -> None:
        assert snapshot(update_snapshots=True) == SMS
        (tmp_path / "__snapshots__" / "test_shop" / "test_a" / "01-text-sms.txt").write_bytes(content)
        compared = snapshot()
        assert compared != SMS
        assert compared.get_assert_diff()[1:] == [said]


def test_a_step_that_is_not_final_is_no_step_of_a_run() -> None:
    assert frozenset({"completed", "skipped", "failed"}) == rendered.FINAL_STATUSES
