"""The words that an app itself says: in its code, its templates and its translations."""

from __future__ import annotations

import calendar
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from novu_framework.recording.pseudonyms import WORD

_TEXTS = frozenset(
    {
        ".py",
        ".html",
        ".htm",
        ".mjml",
        ".txt",
        ".md",
        ".j2",
        ".jinja",
        ".jinja2",
        ".liquid",
        ".mustache",
        ".po",
    }
)
_TRANSLATIONS = frozenset({"locales", "locale", "i18n", "translations", "lang"})
_NOT_OF_THE_APP = frozenset(
    {"tests", "test", "node_modules", "__snapshots__", "__pycache__", "site-packages", "fixtures"}
)
_MOST_FILES, _MOST_BYTES = 3000, 1_000_000


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the words of texts, in small letters, and the names of days and months."""
    words = {word.lower() for text in texts for word in WORD.findall(text)}
    dates = [*calendar.day_name, *calendar.day_abbr, *calendar.month_name, *calendar.month_abbr]
    return words | {one.lower() for one in dates if one}


def texts_below(folders: Iterable[Path]) -> Iterator[str]:
    """Give the code, templates and translations below some folders, as much as is bearable; no tests, and no packages."""
    left = _MOST_FILES
    for folder in dict.fromkeys(folders):
        for home, names, files in os.walk(folder):
            names[:] = [
                name for name in names
                if name not in _NOT_OF_THE_APP and not name.startswith(".") and not Path(home, name, "pyvenv.cfg").exists()
            ]  # fmt: skip
            for name in files:
                path = Path(home, name)
                is_text = path.suffix in _TEXTS and not name.startswith(("test_", "conftest"))
                if not (
                    is_text
                    or (path.suffix in (".json", ".yml", ".yaml") and path.parent.name in _TRANSLATIONS)
                ):
                    continue
                left -= 1
                if left < 0:
                    return
                try:
                    if path.stat().st_size <= _MOST_BYTES:
                        yield path.read_text(encoding="utf-8", errors="replace")
                except OSError:
                    continue
