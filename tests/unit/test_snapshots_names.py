"""The names of snapshot files, on every system that people check them out on."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from novu_framework_testing.snapshots import names
from novu_framework_testing.snapshots.names import (
    SUFFIXES,
    FileName,
    escape,
    file_stem,
    folder,
    is_snapshot_path,
    suffix_of,
)
from tests.tables import walked

EXAMPLES = Path(__file__).parents[2] / "examples"
RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])( *\..*)?", re.IGNORECASE)
TRICKY = [
    "free", "FREE", "Free", "CON", "con", "nul.txt", "NUL .x", "com1", "COM1.a", "lpt9", "aux.test_a", "conx", "com0", "com10",
    "a.", "a", "a ", "a. .", ".", "..", " ", "", "_", "é", "e\u0301", "É", "E\u0301", "ß", "SS", "ss", "ı", "i", "I", "İ", "ſ", "s",
    "K", "k", "\u212a", "%46", "F", "f%-a", "%", "a/b", "a\\b", "a:b", 'a"b', "a|b", "a?b", "a*b", "<a>", "\x00", "\ud800", "A\ud800", "a" * 300,
    "A" * 300, "a" * 299 + "A", "é" * 90, "TestShop.test_order[gift]", "testshop.test_order[gift]", "Testshop.test_order[gift]",
]  # fmt: skip
ids = (
    st.sampled_from(TRICKY)
    | st.text(max_size=30)
    | st.text("aAbB.é\u0301É -[]", max_size=6)
    | st.text("aA", min_size=95)
)


def on_any_system(name: str) -> set[str]:
    """The forms in which a system may keep a name, where case does not count."""
    return {unicodedata.normalize(form, name).casefold() for form in ("NFC", "NFD", "NFKC", "NFKD")}


@pytest.mark.parametrize("named", [escape, folder])
class TestAnId:
    @given(one=ids, other=ids)
    @example(one="FREE", other="free")
    @example(one="é", other="e\u0301")
    @example(one="a.", other="a")
    @example(one="CON", other="con")
    @example(one="A" * 300, other="a" * 300)
    @example(one="", other="_")
    def test_has_a_name_of_its_own_where_case_does_not_count(self, named, one: str, other: str) -> None:  # type: ignore[no-untyped-def]
        assert bool(on_any_system(named(one)) & on_any_system(named(other))) == (one == other)

    @given(text=ids)
    def test_has_a_name_that_every_system_allows(self, named, text: str) -> None:  # type: ignore[no-untyped-def]
        assert 0 < len(named(text).encode()) <= 120
        assert named(text).isascii()
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|[. ]$', named(text))
        assert not RESERVED.fullmatch(named(text))

    @walked("text", TRICKY)
    def test_is_tried_in_each_hard_case(self, named, text: str) -> None:  # type: ignore[no-untyped-def]
        same = [each for each in TRICKY if on_any_system(named(each)) & on_any_system(named(text))]
        assert same == [text]
        assert not RESERVED.fullmatch(named(text))
        assert not named(text).endswith((" ", "."))


@given(ids, st.sampled_from(["sms", "http_request"]), st.integers(1, 9999), ids)
def test_a_file_name_is_legal_and_is_read_back(step: str, channel: str, order: int, name: str) -> None:
    stem = file_stem(Path("nowhere"), order, step, channel, name or None)
    read = FileName.parse(f"{stem}.html")
    assert read == FileName(order, escape(step), channel, ".html", escape(name) if name else None)
    assert read.stem == stem
    assert len(f"{stem}.html") <= 255
    assert not RESERVED.fullmatch(f"{stem}.html")


PLAIN = {
    "welcome/email": "welcome%2Femail",
    "new-comment_1~b": "new-comment_1~b",
    "console": "console",
    "com10": "com10",
    "a.b": "a%2Eb",
    "con": "%63on",
    "LPT1": "LPT1%-6d50a69c",
    "FREE": "FREE%-19f1fa5e",
    "": "%-e3b0c442",
    "b" * 100: "b" * 100,
    "b" * 101: "b" * 100 + "%-" + "47d26c90592d",
}


@walked("text", PLAIN)
def test_the_name_of_an_id(text: str) -> None:
    assert escape(text) == PLAIN[text]


def test_the_names_of_devices_are_no_names() -> None:
    for device in ("con", "prn", "aux", "nul", "com1", "com5", "com9", "lpt1", "lpt5", "lpt9"):
        assert escape(device) == f"%{ord(device[0]):X}{device[1:]}"
    for other in ("com0", "com10", "lpt0", "lpt10", "xcon", "conx"):
        assert escape(other) == other


def test_what_is_ordinary_in_the_name_of_a_test_stays() -> None:
    for name in ("test_welcome", "test_order[gift-2, a=b+c@d]", "test_a[x.y]", "test_a[x ]"):
        assert folder(name) == name
    assert folder("aux.test_a") == "%61ux.test_a"
    assert folder("test_a. .") == "test_a%2E%20%2E"


def test_the_accepted_snapshots_of_the_examples_keep_their_names() -> None:
    files = [path for path in EXAMPLES.rglob("*") if is_snapshot_path(path)]
    assert len(files) > 30
    for path in files:
        name = FileName.parse(path.name)
        assert name is not None
        assert names.test_folder(path.parent.parent, path.parent.name) == path.parent
        assert file_stem(path.parent, name.order, name.step, name.channel, name.name) == path.stem
        assert (folder(path.parent.name), escape(name.step)) == (path.parent.name, name.step)


class TestWhatAnEarlierVersionNamed:
    STEP = (1, "welcomeEmail", "email", "Later")

    def test_keeps_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "TestShop.test_a").mkdir()
        found = names.test_folder(tmp_path, "TestShop.test_a")
        assert found == tmp_path / "TestShop.test_a"
        assert names.test_folder(tmp_path, "TestShop.test_b").name == folder("TestShop.test_b")
        (found / "Later.01-welcomeEmail-email.txt").touch()
        assert file_stem(found, *self.STEP) == "Later.01-welcomeEmail-email"
        assert file_stem(found, 2, *self.STEP[1:]).startswith("Later%-")

    @pytest.mark.parametrize("step", ["welcome-Email", "welcome_Email", "welcome~Email", "E mail"])
    def test_keeps_the_signs_that_it_kept(self, tmp_path: Path, step: str) -> None:
        earlier = f"01-{step.replace(' ', '%20')}-sms"
        (tmp_path / f"{earlier}.txt").touch()
        assert file_stem(tmp_path, 1, step, "sms", None) == earlier

    def test_has_the_name_of_today_once_that_exists(self, tmp_path: Path) -> None:
        now = file_stem(tmp_path, *self.STEP)
        for name in ("Later.01-welcomeEmail-email.txt", f"{now}.txt"):
            (tmp_path / name).touch()
        assert file_stem(tmp_path, *self.STEP) == now

    def test_is_not_taken_for_another_whose_name_differs_by_case(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "test_a[free]").mkdir()
        # As on macOS and Windows, where every spelling exists.
        monkeypatch.setattr(Path, "exists", lambda path: True)
        assert names.test_folder(tmp_path, "test_a[FREE]").name == folder("test_a[FREE]")

    @pytest.mark.parametrize(("test_name", "earlier"), [("test_a.", "test_a"), (". .", "_")])
    def test_may_have_lost_its_end(self, tmp_path: Path, test_name: str, earlier: str) -> None:
        (tmp_path / earlier).mkdir()
        assert names.test_folder(tmp_path, test_name).name == earlier

    def test_is_the_same_step_at_another_place(self) -> None:
        old, new = (
            FileName.parse(name)
            for name in ("Later.01-wE-sms.txt", f"{file_stem(Path(), 2, 'wE', 'sms', 'Later')}.txt")
        )
        other = FileName.parse("Later.01-w-sms.txt")
        assert old is not None
        assert new is not None
        assert other is not None
        assert old.identity == new.identity == ("wE", "sms", "Later")
        assert old.identity != other.identity


@walked(
    ("path", "dirname", "is_ours"),
    [
        ("/a/__snapshots__/test_a/test_b/01-a-sms.txt", "__snapshots__", True),
        ("/a/__snapshots__/test_a/test_b/01-a-sms.html", "__snapshots__", True),
        ("__snapshots__/test_a/test_b/01-a-sms.txt", "__snapshots__", True),
        ("/a/__snapshots__/test_a/test_b/notes.txt", "__snapshots__", False),
        ("/a/__snapshots__/test_a/01-a-sms.txt", "__snapshots__", False),
        ("/a/__snapshots__/x/test_a/test_b/01-a-sms.txt", "__snapshots__", False),
        ("/a/golden/test_a/test_b/01-a-sms.txt", "__snapshots__", False),
        ("/a/golden/test_a/test_b/01-a-sms.txt", "golden", True),
        ("/a/data/golden/test_a/test_b/01-a-sms.txt", "data/golden", True),
        ("/a/golden/test_a/test_b/01-a-sms.txt", "data/golden", False),
        ("/golden/test_a/test_b/01-a-sms.txt", "/golden", True),
    ],
)
def test_a_snapshot_lies_three_levels_below_the_snapshot_folder(
    path: str, dirname: str, is_ours: bool
) -> None:
    assert is_snapshot_path(Path(path), dirname=dirname) is is_ours
    if dirname == "__snapshots__":
        assert is_snapshot_path(Path(path)) is is_ours


@walked("suffix", SUFFIXES)
def test_the_parts_of_a_name_do_not_change(suffix: str) -> None:
    name: Any = FileName.parse(f"01-a-email{suffix}")
    with pytest.raises(dataclasses.FrozenInstanceError):
        name.order = 2


def test_a_file_that_is_none_of_ours_ends_with_its_last_suffix() -> None:
    ends = {
        **{f"01-a-email{suffix}": suffix for suffix in SUFFIXES},
        "later.01-a.b-email.txt": ".txt",
        "a.phone.png": ".png",
        "notes.tar.gz": ".gz",
        "README": "",
    }
    assert {name: suffix_of(name) for name in ends} == ends
