"""Where a step's snapshot lives: `__snapshots__/<test module>/<test name>/<NN>-<step>-<channel>.txt`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt", ".html")
"""The files that a step can have, in the order in which they are read."""

_FILE = re.compile(
    r"(?:(?P<name>[^.]+)\.)?(?P<order>[0-9]{2,})-(?P<step>.*)-(?P<channel>[a-z_]+)(?P<suffix>\.txt|\.html)"
)
# Twice in a name, with a number and a channel, it fits the 255 bytes that a file system allows.
_MAX_LENGTH = 100


@dataclass(frozen=True)
class FileName:
    """The name of one snapshot file.

    Attributes:
        order: The step's place among those that a test asserts, from 1.
        step: The step's id, escaped for a file name.
        channel: The step's type, such as `in_app`.
        suffix: `.txt`, or `.html` for the body of an email.
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
        return self.step, self.channel, self.name

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


def escape(text: str, *, keep: str = "_-~") -> str:
    """Return `text` as a part of a file name on any system; different texts give different names.

    >>> escape("welcome/email")
    'welcome%2Femail'
    """
    escaped = "".join(
        letter
        if (letter.isascii() and letter.isalnum()) or letter in keep
        else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))
        for letter in text
    )
    if len(escaped) <= _MAX_LENGTH:
        return escaped
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{escaped[:_MAX_LENGTH]}%-{digest[:12]}"


def folder(test_name: str) -> str:
    """Return the name of a test's folder: `test_welcome`, `TestShop.test_order[gift]`."""
    return escape(test_name, keep="_-~.[],=+@ ").rstrip(" .") or "_"


def is_snapshot_path(path: Path, *, dirname: str = "__snapshots__") -> bool:
    """Tell whether `path` is where a snapshot of ours lies: three levels below a `__snapshots__` folder."""
    names, above = Path(dirname).parts, path.parts[:-3]
    return above[len(above) - len(names) :] == names != () and FileName.parse(path.name) is not None
