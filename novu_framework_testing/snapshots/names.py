"""Where a step's snapshot lives: `__snapshots__/<test module>/<test name>/<NN>-<step>-<channel>.txt`."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

from novu_framework_testing.pictures.views import VIEWS

TEXTS = (".txt", ".html")
PICTURES = tuple(view.suffix for view in VIEWS)
SUFFIXES = (*TEXTS, *PICTURES)
"""The files that a step can have, in the order in which they are read."""

_FILE = re.compile(
    r"(?:(?P<name>[^.]+)\.)?(?P<order>[0-9]{2,})-(?P<step>.*)-(?P<channel>[a-z_]+)(?P<suffix>"
    + "|".join(map(re.escape, SUFFIXES))
    + ")"
)
# Twice in a name, with a number and a channel, it fits the 255 bytes that a file system allows.
_MAX_LENGTH = 100
_CAPITAL = re.compile("[A-Z]")
_IN_FOLDERS = "_-~.[],=+@ "
# What Windows takes for a device, whatever follows after a dot.
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}


@dataclass(frozen=True)
class FileName:
    """The name of one snapshot file.

    Attributes:
        order: The step's place among those that a test asserts, from 1.
        step: The step's id, escaped for a file name.
        channel: The step's type, such as `in_app`.
        suffix: `.txt`, `.html` for the body of an email, or `.phone.png` and others for its pictures.
        name: What the test called the assertion (`novu_snapshot(name="later")`), escaped; None without.
    """

    order: int
    step: str
    channel: str
    suffix: str
    name: str | None = None

    def __str__(self) -> str:
        prefix = f"{self.name}." if self.name else ""
        return f"{prefix}{self.order:02d}-{self.step}-{self.channel}{self.suffix}"

    @property
    def stem(self) -> str:
        """The name without its suffix: all files of one step share it."""
        return str(self).removesuffix(self.suffix)

    @property
    def identity(self) -> tuple[str, str, str | None]:
        """The step of the test that it belongs to, at whatever place in the order."""
        # Without digests, which depend on the version that gave the name.
        return self.step.partition("%-")[0], self.channel, self.name and self.name.partition("%-")[0]

    @classmethod
    def of_stem(cls, stem: str) -> FileName | None:
        """Return the name of the text file of a step whose files begin with `stem`."""
        return cls.parse(f"{stem}.txt")

    @classmethod
    def parse(cls, text: str) -> FileName | None:
        """Return the parts of a file's name, or None where the file is not one of our snapshots."""
        match = _FILE.fullmatch(text)
        if match is None:
            return None
        return cls(
            order=int(match["order"]),
            step=match["step"],
            channel=match["channel"],
            suffix=match["suffix"],
            name=match["name"],
        )


def suffix_of(name: str) -> str:
    """Return what a file's name ends with: `.phone.png`, or the last suffix of a file that is not one of ours."""
    known = FileName.parse(name)
    return known.suffix if known else PurePath(name).suffix


def escape(text: str, *, keep: str = "_-~") -> str:
    """Return `text` as a part of a file name that Linux, macOS and Windows allow.

    Different texts give names that differ even where upper and lower case, or two ways to write `é`, are the
    same: a name with capitals, or one that is too long, brings along a digest of the text.

    >>> escape("welcome/email")
    'welcome%2Femail'
    >>> escape("FREE")
    'FREE%-19f1fa5e'
    """
    name = earlier_escape(text, keep=keep)
    if not name or (_CAPITAL.search(text) and "%-" not in name):
        name = f"{name}%-{_digest(text)[:8]}"
    kept = name.rstrip(" .")
    name = kept + "".join(f"%{ord(letter):02X}" for letter in name[len(kept) :])
    if name.split(".")[0].rstrip(" ").lower() in _RESERVED:
        name = f"%{ord(name[0]):02X}{name[1:]}"
    return name


def earlier_escape(text: str, *, keep: str = "_-~") -> str:
    """Return the name that earlier versions gave, before case and the names that Windows reserves counted."""
    escaped = "".join(
        letter
        if (letter.isascii() and letter.isalnum()) or letter in keep
        else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))
        for letter in text
    )
    return escaped if len(escaped) <= _MAX_LENGTH else f"{escaped[:_MAX_LENGTH]}%-{_digest(text)[:12]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def folder(test_name: str) -> str:
    """Return the name of a test's folder: `test_welcome`, `test_order[gift]`."""
    return escape(test_name, keep=_IN_FOLDERS)


def test_folder(module: Path, test_name: str) -> Path:
    """Return the folder of a test in that of its module; one that an earlier version named keeps its name."""
    earlier = earlier_escape(test_name, keep=_IN_FOLDERS).rstrip(" .") or "_"
    return module / _accepted(module, folder(test_name), earlier)


def file_stem(folder: Path, order: int, step_id: str, channel: str, name: str | None) -> str:
    """Return what the names of a step's files begin with; those that an earlier version named keep theirs."""
    now, earlier = (
        str(FileName(order, spell(step_id), channel, "", spell(name) if name else None))
        for spell in (escape, earlier_escape)
    )
    return _accepted(folder, f"{now}.txt", f"{earlier}.txt").removesuffix(".txt")


def _accepted(folder: Path, now: str, earlier: str) -> str:
    """Return the earlier name if it alone is in `folder`."""
    if now == earlier or not (folder / earlier).exists():
        return now
    # Where case does not count, a name that exists may be that of another test or step.
    names = _listing(folder, folder.stat().st_mtime_ns)
    return earlier if earlier in names and now not in names else now


@lru_cache(maxsize=1)
def _listing(folder: Path, changed: int) -> frozenset[str]:
    return frozenset(os.listdir(folder))


def folded(path: str | Path) -> str:
    """Return what two paths have in common that are the same on some system, by case or by Unicode."""
    return unicodedata.normalize("NFC", str(path)).casefold()


def is_same_file(listed: Path, other: Path) -> bool:
    """Tell whether a file that its folder lists is the `other` one, of which case or the form of Unicode may differ.

    Two that a folder lists are two files; what cannot be looked at is taken for the same.
    """
    if listed == other:
        return True
    if folded(listed.name) != folded(other.name):
        return False
    try:
        if os.path.samefile(listed, other):
            return True
        # Some systems number a file anew for each of its spellings: but they list it once.
        is_one = listed.name == other.name or other.name not in os.listdir(other.parent)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return is_one and is_same_file(listed.parent, other.parent)


def as_compared(listed: Path, folder: Path, stems: Iterable[str]) -> Path:
    """Return a file as its test spells it: in `folder`, and of the step of one of `stems`; as it is listed where it is not.

    >>> as_compared(Path("test_it/01-a-sms.txt"), Path("test_it"), ["01-a-sms"]).name
    '01-a-sms.txt'
    """
    if is_same_file(listed.parent, folder):
        listed = folder / listed.name
    name = FileName.parse(listed.name)
    if name is None:
        return listed
    spelled = (listed.with_name(f"{stem}{name.suffix}") for stem in stems)
    return next((path for path in spelled if is_same_file(listed, path)), listed)


def is_snapshot_path(path: Path, *, dirname: str = "__snapshots__") -> bool:
    """Tell whether `path` is where a snapshot of ours lies: three levels below a `__snapshots__` folder."""
    names, above = Path(dirname).parts, path.parts[:-3]
    return above[len(above) - len(names) :] == names != () and FileName.parse(path.name) is not None
