"""Which part of a picture differs, to the pixel, and how it is said."""

from __future__ import annotations

import importlib
import io
import sys
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from PIL import Image

from novu_framework.errors import MissingDependencyError
from novu_framework_testing.pictures import comparison
from novu_framework_testing.pictures.comparison import Box, PictureChange, compare_pictures
from novu_framework_testing.pictures.views import VIEWS
from novu_framework_testing.pictures.words import sentences, summary
from tests.tables import walked

Drawn = tuple[int, int, Any]
"""Where a picture stands in another one, and it."""


def png(*drawn: Drawn, size: tuple[int, int] = (200, 120), ground: Any = "white") -> bytes:
    made, file = Image.new("RGB", size, ground), io.BytesIO()
    for left, top, each in drawn:
        made.paste(each, (left, top))
    made.save(file, "PNG")
    return file.getvalue()


def weave(width: int = 20, height: int = 20, seed: int = 0) -> Any:
    """Return a picture of which no line is like another."""
    colours = [((x * 7 + seed) % 200, (y * 9 + seed) % 200, (x * y + seed) % 200) for y in range(height) for x in range(width)]  # fmt: skip
    made = Image.new("RGB", (width, height))
    made.putdata(colours)
    return made


def plain(width: int, height: int, colour: Any) -> Any:
    return Image.new("RGB", (width, height), colour)


def found(old: bytes, new: bytes, **options: Any) -> list[tuple[str, Box | None, Box | None]]:
    return [(one.kind, one.old, one.new) for one in compare_pictures(old, new, **options)]


def changed(*box: int) -> list[tuple[str, Box, Box]]:
    return [("changed", Box(*box), Box(*box))]


A, B = (20, 10, weave()), (30, 60, weave(seed=90))
CASES: list[tuple[str, bytes, bytes, list[Any]]] = [
    ("same", png(A, B), png(A, B), []),
    ("down", png(A), png((20, 25, weave())), [("moved", Box(20, 10, 20, 20), Box(20, 25, 20, 20))]),
    ("up", png((20, 25, weave())), png(A), [("moved", Box(20, 25, 20, 20), Box(20, 10, 20, 20))]),
    ("right", png(A), png((50, 10, weave())), [("moved", Box(20, 10, 20, 20), Box(50, 10, 20, 20))]),
    ("pushed", png(A, B), png(A, (20, 30, weave(seed=40)), (30, 80, weave(seed=90))), [("added", None, Box(20, 30, 20, 20)), ("moved", Box(30, 60, 20, 20), Box(30, 80, 20, 20))]),
    ("pulled", png(A, (20, 30, weave(seed=40)), (30, 80, weave(seed=90))), png(A, B), [("removed", Box(20, 30, 20, 20), None), ("moved", Box(30, 80, 20, 20), Box(30, 60, 20, 20))]),
    ("where nothing was", png(A), png(A, B), changed(30, 60, 20, 20)),
    ("nothing is any more", png(A, B), png(A), changed(30, 60, 20, 20)),
    ("beside", png(A), png(A, (60, 10, weave(seed=40))), changed(60, 10, 20, 20)),
    ("no longer beside", png(A, (60, 10, weave(seed=40))), png(A), changed(60, 10, 20, 20)),
    ("another", png(A), png((20, 10, weave(seed=90))), changed(20, 10, 20, 20)),
    ("taller", png(A), png(A, size=(200, 130)), [("added", None, Box(0, 30, 200, 100))]),
    ("shorter", png(A, size=(200, 130)), png(A), [("removed", Box(0, 30, 200, 100), None)]),
    ("wider", png(A), png(A, size=(230, 120)), changed(200, 0, 30, 120)),
    ("narrower", png(A, size=(230, 120)), png(A), changed(200, 0, 30, 120)),
    ("colour", png((20, 10, plain(30, 20, "blue"))), png((20, 10, plain(30, 20, "navy"))), changed(20, 10, 30, 20)),
    ("the largest first", png(A, B), png((20, 10, weave(seed=9)), (30, 60, weave(40, 30, seed=99))), [*changed(30, 60, 40, 30), *changed(20, 10, 20, 20)]),
    ("parts of one text", png(A, (64, 10, weave())), png((20, 10, weave(seed=9)), (64, 10, weave(seed=9))), changed(20, 10, 64, 20)),
    ("parts of one height", png((20, 10, weave(20, 30)), (50, 10, weave())), png((20, 10, weave(20, 30, seed=9)), (50, 10, weave(seed=9))), changed(20, 10, 50, 30)),
    ("the taller one last", png(A, (50, 10, weave(20, 30))), png((20, 10, weave(seed=9)), (50, 10, weave(20, 30, seed=9))), changed(20, 10, 50, 30)),
    ("near the edge", png(A, B), png(A, (1, 30, weave(seed=40)), (30, 80, weave(seed=90))), [("added", None, Box(1, 30, 20, 20)), ("moved", Box(30, 60, 20, 20), Box(30, 80, 20, 20))]),
    ("grown", png(A, B), png((20, 10, weave(20, 30, seed=99)), (30, 70, weave(seed=90))), [("changed", Box(0, 10, 200, 20), Box(0, 10, 200, 30)), ("moved", Box(30, 60, 20, 20), Box(30, 70, 20, 20))]),
    ("shrunk", png((20, 10, weave(20, 30, seed=99)), (30, 70, weave(seed=90))), png(A, B), [("changed", Box(0, 10, 200, 30), Box(0, 10, 200, 20)), ("moved", Box(30, 70, 20, 20), Box(30, 60, 20, 20))]),
    ("beside what is too pale", png(), png((20, 10, plain(3, 3, "black")), (23, 10, plain(3, 3, (254,) * 3))), changed(20, 10, 3, 3)),
    ("parts of two", png(A, (65, 10, weave())), png((20, 10, weave(seed=9)), (65, 10, weave(seed=9))), [*changed(20, 10, 20, 20), *changed(65, 10, 20, 20)]),
]  # fmt: skip


@walked(("old", "new", "changes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES], size=15)
def test_a_part_is_told_to_the_pixel(old: bytes, new: bytes, changes: list[Any]) -> None:
    assert found(old, new) == changes


def spot(side: int, colour: Any, **options: Any) -> list[tuple[str, Box | None, Box | None]]:
    return found(png(), png((20, 10, plain(side, side, colour))), **options)


@pytest.mark.parametrize("channel", range(3))
def test_a_surface_is_seen_from_four_shades_of_one_colour(channel: int) -> None:
    def paler(by: int) -> tuple[int, ...]:
        return tuple(255 - by if one == channel else 255 for one in range(3))

    assert spot(5, paler(4)) == changed(20, 10, 5, 5)
    assert spot(5, paler(3)) == []
    assert spot(4, paler(4)) == []


def test_a_single_pixel_is_seen_as_the_threshold_says() -> None:
    assert spot(1, "black") == changed(20, 10, 1, 1)
    assert spot(3, (240,) * 3) == changed(20, 10, 3, 3)
    assert spot(3, (245,) * 3) == []
    assert spot(3, (253,) * 3, threshold=0.001) == changed(20, 10, 3, 3)
    assert spot(3, "black", threshold=0.9) == changed(20, 10, 3, 3)
    assert spot(3, "black", threshold=1.0) == spot(3, (200,) * 3, threshold=0.5) == []


def test_no_more_than_a_hundred_parts_are_told() -> None:
    def row(colour: str, count: int) -> bytes:
        return png(*((at * 40, 5, plain(10 + at % 2, 8, colour)) for at in range(count)), size=(4200, 20))

    assert len(found(row("blue", 100), row("navy", 100))) == 100
    many = found(row("blue", 103), row("navy", 103))
    assert [one.width for *_, one in many if one] == [11] * 51 + [10] * 49


@pytest.mark.parametrize("data", [b"", b"?", png()[:60], png().replace(b"PNG", b"GNP")], ids=range(4))
def test_what_is_no_picture_is_unreadable(data: bytes) -> None:
    assert found(data, png()) == found(png(), data) == [("unreadable", None, None)]
    assert found(data, data) == []


def test_a_picture_that_is_too_large_to_open_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    small = png(size=(10, 10))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert found(png(), small) == [("unreadable", None, None)]
    assert found(png(A, size=(10, 10)), small) == []


@pytest.mark.parametrize(("module", "package"), [("PIL", "pillow"), ("blazediff_interpret", "blazediff-interpret")])  # fmt: skip
def test_the_package_that_is_missing_is_named(
    module: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, comparison.__name__)
    for loaded in [module, *(one for one in sys.modules if one.startswith(f"{module}."))]:
        monkeypatch.setitem(sys.modules, loaded, None)
    with pytest.raises(
        MissingDependencyError, match=f"use pictures of emails but `{package}` is not installed"
    ):
        importlib.import_module(comparison.__name__)


def test_a_picture_may_be_kept_in_another_mode() -> None:
    for mode in ("RGBA", "P", "L"):
        file = io.BytesIO()
        plain(20, 20, "black").convert(mode).save(file, "PNG")
        assert found(file.getvalue(), png(size=(20, 20), ground="black")) == []


def test_a_part_is_as_large_as_the_larger_of_its_places() -> None:
    small, large = Box(0, 0, 2, 3), Box(5, 5, 4, 3)
    areas = [PictureChange("changed", *boxes).area for boxes in ((small, large), (large, small), (None, small), (small, None), (None, None))]  # fmt: skip
    assert areas == [12, 12, 6, 6, 0]
    with pytest.raises(FrozenInstanceError):
        PictureChange("changed", small, large).kind = "moved"  # type: ignore[misc]


PLACE = "a part of 3 × 4 px, 2 px from the top and 1 px from the left,"
AT = Box(1, 2, 3, 4)


@walked(
    ("change", "said"),
    [
        (PictureChange("changed", AT, AT), f"{PLACE} looks different"),
        (PictureChange("added", None, AT), f"{PLACE} is new"),
        (PictureChange("removed", AT, None), f"{PLACE} is gone"),
        (PictureChange("moved", AT, None), f"{PLACE} moved"),
        (PictureChange("moved", AT, Box(1, 5, 3, 4)), f"{PLACE} moved 3 px down"),
        (PictureChange("moved", AT, Box(1, 0, 3, 4)), f"{PLACE} moved 2 px up"),
        (PictureChange("moved", AT, Box(4, 2, 3, 4)), f"{PLACE} moved 3 px to the right"),
        (PictureChange("moved", AT, Box(0, 3, 3, 4)), f"{PLACE} moved 1 px down and 1 px to the left"),
        (PictureChange("changed", AT, Box(9, 9, 9, 9)), f"{PLACE} looks different"),
        (PictureChange("unreadable", None, None), "the accepted picture cannot be read"),
    ],
    ids=lambda value: value.kind if isinstance(value, PictureChange) else "",
)
def test_a_change_is_said_in_words(change: PictureChange, said: str) -> None:
    assert sentences([change]) == [said]
    assert summary([change]) == said
    assert summary([change, change]) == f"2 parts differ; the largest: {said}"


@pytest.mark.parametrize(
    ("count", "more"),
    [(3, []), (4, ["and 1 smaller part"]), (5, ["and 2 smaller parts"]), (0, [])],
)
def test_three_parts_are_said(count: int, more: list[str]) -> None:
    gone = PictureChange("removed", AT, None)
    assert sentences([gone] * count) == [f"{PLACE} is gone"] * min(count, 3) + more
    assert summary([]) == "looks the same"


def test_an_email_is_looked_at_on_a_phone_and_a_desktop_in_light_and_dark() -> None:
    assert [(view.suffix, view.words, view.width, view.is_dark) for view in VIEWS] == [
        (".phone.png", "phone, light", 390, False),
        (".desktop.png", "desktop, light", 800, False),
        (".phone-dark.png", "phone, dark", 390, True),
        (".desktop-dark.png", "desktop, dark", 800, True),
    ]
