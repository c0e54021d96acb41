"""What counts as a difference between two pictures: what somebody could see."""

from __future__ import annotations

import io
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from novu_framework_testing.pictures.comparison import Box, PictureChange, compare_pictures
from novu_framework_testing.pictures.views import VIEWS
from novu_framework_testing.pictures.words import sentences, summary
from novu_framework_testing.review.changes import FileChange
from novu_framework_testing.review.pictures import picture_views
from novu_framework_testing.snapshots.files import fingerprint
from novu_framework_testing.snapshots.names import FileName
from tests.unit.test_snapshots_comparison import EMAIL, SMS, changed, contents, snapshot_in

BLUE = (10, 88, 202)


def picture(
    *,
    button: Any = BLUE,
    at: tuple[int, int] = (20, 100),
    word: str = "order",
    ink: Any = "#666",
    height: int = 300,
) -> Any:
    made = Image.new("RGB", (390, height), "white")
    draw = ImageDraw.Draw(made)
    draw.text((20, 20), f"Your {word} is on its way", fill="black")
    draw.rectangle((*at, at[0] + 119, at[1] + 39), fill=button)
    draw.text((at[0] + 30, at[1] + 12), "Track it", fill="white")
    draw.text((20, 200), "You get this since you bought something", fill=ink)
    return made


def png(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file, "PNG")
    return file.getvalue()


def kinds(old: Any, new: Any, **options: Any) -> set[str]:
    return {change.kind for change in compare_pictures(png(old), png(new), **options)}


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (picture(at=(20, 106)), "moved"),
        (picture(at=(26, 100)), "moved"),
        (picture(at=(20, 100), height=306), "added"),
        (picture(button=(10, 88, 218)), "changed"),
        (picture(ink="#800"), "changed"),
        (picture(ink="#888"), "changed"),
        (picture(word="offer"), "changed"),
        (Image.new("RGB", (420, 300), "white"), "changed"),
    ],
    ids=[
        "down",
        "right",
        "taller",
        "button's colour",
        "letters' colour",
        "letters' grey",
        "word",
        "all gone",
    ],
)
def test_a_difference_is_found(new: Any, kind: str) -> None:
    assert kind in kinds(picture(), new)
    assert kinds(new, new) == set()


def test_how_far_something_moved_is_said() -> None:
    (change,) = compare_pictures(png(picture()), png(picture(at=(20, 112))))
    assert change == PictureChange("moved", Box(20, 100, 120, 40), Box(20, 112, 120, 40))
    assert sentences([change]) == [
        "a part of 120 × 40 px, 100 px from the top and 20 px from the left, moved 12 px down"
    ]
    (change,) = compare_pictures(png(picture(at=(60, 100))), png(picture(at=(20, 100))))
    assert sentences([change])[0].endswith("moved 40 px to the left")


def test_many_parts_are_counted_and_the_largest_named() -> None:
    changes = compare_pictures(png(picture()), png(picture(button="green", ink="red", word="offer")))
    assert changes == sorted(changes, key=lambda change: -change.area)
    assert summary(changes).startswith(f"{len(changes)} parts differ; the largest: a part of ")
    assert sentences(changes * 4)[-1] == f"and {len(changes) * 4 - 3} smaller parts"


def test_what_nobody_sees_is_no_difference() -> None:
    drawn = picture()
    # the edges of letters and forms, a little lighter or darker, as another version of a rasterizer draws them
    large = drawn.resize((1560, 1200), Image.Resampling.BICUBIC)
    one, other = (large.resize((390, 300), way) for way in (Image.Resampling.BOX, Image.Resampling.HAMMING))
    shaded = drawn.point([max(shade - 2, 0) for shade in range(256)] * 3)
    assert one.tobytes() != other.tobytes()
    assert kinds(one, other) == set()
    assert shaded.tobytes() != drawn.tobytes()
    assert kinds(drawn, shaded) == set()


def test_a_greater_threshold_lets_colours_of_letters_pass() -> None:
    assert kinds(picture(), picture(ink="#888"), threshold=0.5) == set()


@pytest.mark.parametrize("data", [b"", b"version https://git-lfs.github.com/spec/v1\n", png(picture())[:200]])
def test_a_file_that_is_no_picture_differs(data: bytes) -> None:
    changes = compare_pictures(data, png(picture()))
    assert summary(changes) == "the accepted picture cannot be read"


ONE, OTHER = png(picture()), png(picture(button="#FF0000"))
SPOT = Box(20, 100, 120, 40)
SIZE = (390, 300)


@pytest.mark.parametrize(
    ("old", "new", "said", "marks", "sizes"),
    [
        (None, ONE, "there was no picture of it", [], (None, SIZE)),
        (ONE, None, "there is no picture of it any more", [], (SIZE, None)),
        (b"?", None, "there is no picture of it any more", [], ((1, 1), None)),
        (ONE, OTHER, summary([PictureChange("changed", SPOT, SPOT)]), [["changed", SPOT, SPOT]], (SIZE, SIZE)),
    ],
    ids=["new", "gone", "no picture", "changed"],
)  # fmt: skip
def test_a_review_shows_the_pictures_that_differ(
    old: bytes | None, new: bytes | None, said: str, marks: list[Any], sizes: tuple[Any, Any]
) -> None:
    (view,) = picture_views(*({VIEWS[0].suffix: data} if data else {} for data in (old, new)))
    assert (view["view"], view["summary"], view["marks"]) == ("phone, light", said, marks)
    for data, shown, size in zip((old, new), (view["old"], view["new"]), sizes, strict=True):
        assert (shown and (shown["width"], shown["height"])) == size
        assert not data or shown["url"] == f"data:image/png;base64,{b64encode(data).decode()}"


@pytest.mark.parametrize("new", [ONE, ONE + b" "], ids=["to the byte", "to the eye"])
def test_a_review_shows_no_pictures_that_are_alike(new: bytes) -> None:
    assert picture_views({VIEWS[0].suffix: ONE}, {VIEWS[0].suffix: new}) == []


def test_a_review_says_what_it_needs_to_tell_where_pictures_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "novu_framework_testing.pictures.comparison")
    for loaded in ["PIL", *(one for one in sys.modules if one.startswith("PIL."))]:
        monkeypatch.setitem(sys.modules, loaded, None)
    (view,) = picture_views({VIEWS[0].suffix: ONE}, {VIEWS[0].suffix: OTHER})
    assert "is not installed. Install it with" in view["summary"]
    assert (view["marks"], bool(view["old"]), bool(view["new"])) == ([], True, True)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_review_keeps_a_picture_to_the_byte(view: Any) -> None:
    data = bytes(range(256)) + b"\r\n\xef\xbb\xbf"
    change = FileChange.of(f"__snapshots__/test_a/test_b/01-mail-email{view.suffix}", None, data)
    assert (change.suffix, change.new_bytes, change.target) == (view.suffix, data, fingerprint(data))
    name = FileName.parse(f"01-mail-email{view.suffix}")
    assert name is not None
    assert name.stem == "01-mail-email"


def test_a_word_in_another_colour_is_one_change_and_words_far_apart_are_two() -> None:
    def heading(ink: str) -> Any:
        made = Image.new("RGB", (390, 120), "white")
        draw = ImageDraw.Draw(made)
        for at, letter in enumerate("CLAIMS"):
            draw.text((20 + 16 * at, 20), letter, fill=ink)
        draw.text((300, 20), "today", fill=ink)
        return made

    changes = compare_pictures(png(heading("black")), png(heading("#c00")))
    assert [change.kind for change in changes] == ["changed", "changed"]
    assert [change.new.width > 80 for change in changes if change.new] == [True, False]


class TestASnapshotWithPictures:
    @pytest.fixture(autouse=True)
    def drawn(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
        """What Chromium draws of every email, by suffix."""
        drawn = {".phone.png": png(picture()), ".desktop.png": png(picture(word="parcel"))}
        monkeypatch.setattr("novu_framework_testing.pictures.email.take_pictures", lambda body: drawn)
        return drawn

    @pytest.mark.parametrize(
        ("step", "rendered", "has"),
        [(EMAIL, True, True), (EMAIL, False, False), (changed(EMAIL, body=None), True, False), (SMS, True, False)],
    )  # fmt: skip
    def test_has_those_of_an_email_with_a_body_where_they_are_wanted(
        self, tmp_path: Path, drawn: dict[str, bytes], step: Any, rendered: bool, has: bool
    ) -> None:
        assert snapshot_in(tmp_path, update_snapshots=True)(rendered=rendered) == step
        found = {f".{name.split('.', 1)[1]}": data for name, data in contents(tmp_path).items()}
        assert {each: data for each, data in found.items() if each.endswith(".png")} == (drawn if has else {})

    def test_keeps_one_that_looks_the_same_to_the_byte(self, tmp_path: Path, drawn: dict[str, bytes]) -> None:
        assert snapshot_in(tmp_path, update_snapshots=True)(rendered=True) == EMAIL
        before = contents(tmp_path)
        file = io.BytesIO()
        picture().save(file, "PNG", compress_level=0)
        assert drawn[".phone.png"] != file.getvalue()
        drawn[".phone.png"] = file.getvalue()
        assert snapshot_in(tmp_path)(rendered=True) == EMAIL
        assert snapshot_in(tmp_path, update_snapshots=True)(rendered=True) == EMAIL
        assert contents(tmp_path) == before

    def test_says_what_differs_in_which(self, tmp_path: Path, drawn: dict[str, bytes]) -> None:
        assert snapshot_in(tmp_path, update_snapshots=True)(rendered=True) == EMAIL
        drawn[".phone.png"] = png(picture(at=(20, 106)))
        drawn[".phone-dark.png"] = png(picture())
        compared = snapshot_in(tmp_path)
        assert compared(rendered=True) != EMAIL
        said = compared.get_assert_diff()
        assert [line for line in said if line.startswith("  picture")] == [
            "  picture (phone, light):",
            "  picture (phone, dark): there was none",
        ]
        assert any("moved 6 px down" in line for line in said)
        assert not any("same content" in line for line in said)
