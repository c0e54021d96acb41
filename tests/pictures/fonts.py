"""Makes the fonts of `novu_framework_testing/pictures/fonts` again, from packages of the npm registry.

    pip install fonttools brotli
    python -m tests.pictures.fonts

Each is cut down to the letters in `FONTS`, without hints. One is made here: a box for whatever has no letter.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from fontTools import subset  # type: ignore[import-not-found, unused-ignore]
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-not-found, unused-ignore]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-not-found, unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found, unused-ignore]
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable  # type: ignore[import-not-found, unused-ignore]

HOME = Path(__file__).parents[2] / "novu_framework_testing" / "pictures" / "fonts"

_EUROPEAN = "20-7E A0-24F 2B0-2FF 300-36F 370-3FF 400-52F 1E00-1EFF 2000-206F 2070-209F 20A0-20C0 2100-214F 2190-21FF 2200-22FF 25A0-25FF"
_LATIN = "20-7E A0-17F 2010-2027 2030-203A 20AC 2122"
FONTS = [
    ("sans-400", "@expo-google-fonts/arimo", "0.4.3", "400Regular/Arimo_400Regular.ttf", f"{_EUROPEAN} 590-5FF FB1D-FB4F"),
    ("sans-700", "@expo-google-fonts/arimo", "0.4.3", "700Bold/Arimo_700Bold.ttf", f"{_EUROPEAN} 590-5FF FB1D-FB4F"),
    ("serif-400", "@expo-google-fonts/tinos", "0.4.2", "400Regular/Tinos_400Regular.ttf", _LATIN),
    ("serif-700", "@expo-google-fonts/tinos", "0.4.2", "700Bold/Tinos_700Bold.ttf", _LATIN),
    ("mono-400", "@expo-google-fonts/cousine", "0.4.3", "400Regular/Cousine_400Regular.ttf", _LATIN),
    ("arabic-400", "@expo-google-fonts/noto-sans-arabic", "0.4.3", "400Regular/NotoSansArabic_400Regular.ttf", "600-6FF 750-77F FB50-FDFF FE70-FEFF"),
    ("arabic-700", "@expo-google-fonts/noto-sans-arabic", "0.4.3", "700Bold/NotoSansArabic_700Bold.ttf", "600-6FF 750-77F FB50-FDFF FE70-FEFF"),
    ("emoji-400", "@expo-google-fonts/noto-emoji", "0.4.7", "400Regular/NotoEmoji_400Regular.ttf", "A9 AE 200D 203C-3299 FE0F 1F000-1FAFF E0020-E007F"),
    ("symbols-400", "dejavu-fonts-ttf", "2.37.3", "ttf/DejaVuSans.ttf", "2190-21FF 2300-23FF 2460-24FF 2500-27BF"),
]  # fmt: skip
"""The name of each file, the package and file that it comes from, and the letters that are kept."""

LICENSES = {
    "@expo-google-fonts/arimo": "Arimo, Tinos, Cousine",
    "@expo-google-fonts/noto-sans-arabic": "Noto",
    "dejavu-fonts-ttf": "DejaVu",
}


def main() -> None:
    """Write the fonts."""
    packages = {(package, version): _package(package, version) for _, package, version, _, _ in FONTS}
    for name, package, version, file, letters in FONTS:
        font = TTFont(io.BytesIO(packages[package, version][file]))
        options = subset.Options(
            layout_features=["*"], hinting=False, glyph_names=False, name_IDs=[0, 13, 14], notdef_outline=True
        )
        cut = subset.Subsetter(options)
        cut.populate(unicodes=[code for part in letters.split() for code in _range(part)])
        cut.subset(font)
        _save(font, name)
    for (package, _), files in packages.items():
        text = files.get("LICENSE_FONT") or files["LICENSE"]
        (HOME / f"LICENSE-{package.rpartition('/')[2]}.txt").write_bytes(text)
    _save(_boxes(), "boxes-400")


def _package(name: str, version: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            members = [each for each in archive.getmembers() if each.isfile()]
            return {each.name.partition("/")[2]: archive.extractfile(each).read() for each in members}  # type: ignore[union-attr]


def _range(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def _boxes() -> Any:
    """Return a font that draws a box for every letter there is."""
    pen = TTGlyphPen(None)
    for left, bottom, right, top, clockwise in ((80, 0, 820, 740, True), (140, 60, 760, 680, False)):
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        pen.moveTo(corners[0])
        for corner in corners[1:] if clockwise else corners[:0:-1]:
            pen.lineTo(corner)
        pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({})
    builder.setupGlyf(dict.fromkeys((".notdef", "box"), pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "box"), (900, 80)))
    builder.setupHorizontalHeader(ascent=900, descent=-220)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-220, usWinAscent=900, usWinDescent=220)
    builder.setupPost()
    builder.setupHead(unitsPerEm=1000, created=0, modified=0)
    every = CmapSubtable.newSubtable(13)
    every.platformID, every.platEncID, every.language, every.reserved = 3, 10, 0, 0
    every.cmap = {code: "box" for code in range(0x20, 0x110000) if not 0xD800 <= code < 0xE000}
    builder.font["cmap"].tables = [every]
    return builder.font


def _save(font: Any, name: str) -> None:
    font.flavor = "woff2"
    font.recalcTimestamp = False
    font.save(HOME / f"{name}.woff2")


if __name__ == "__main__":
    main()
