"""Writing snapshot files so that a reader sees the old content or the new, never a part of it."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Result = TypeVar("_Result")

HALF_WRITTEN = ".novu-"
"""What the name of a file that is being written begins with: syrupy and git's users leave dots alone.

Its writer's name follows, and only its writer deletes it: `.novu-<process>-<random>.tmp`.
"""

PAUSES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4]
"""How long to wait, in seconds and again and again, for another program to let go of a file."""


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`, making its folder. A crash leaves the old file or the new one."""
    temporary = path.with_name(f"{HALF_WRITTEN}{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        stage(temporary, data)
        move(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            remove(temporary)
        raise


def stage(temporary: Path, data: bytes) -> None:
    """Write `data` to a file of its own, making its folder, to be moved to its place when all is written."""

    def write() -> None:
        # Another process may remove the folder between these two, as nothing was left in it.
        temporary.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    # where it is removed while it is made, `mkdir` says that it exists
    _insist(write, (PermissionError, FileNotFoundError, FileExistsError))


def move(temporary: Path, path: Path) -> None:
    """Put a staged file in its place, over the one that is there."""
    _insist(lambda: os.replace(temporary, path))


def read_if_there(path: Path) -> bytes | None:
    """Return what `path` holds, or None when the file does not exist.

    Raises:
        OSError: It cannot be read, or is no file: a pipe or a device may have no end.
    """
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
        if kind not in (stat.S_IFREG, stat.S_IFDIR):  # of a folder the system says it
            raise OSError(f"{path} is not a regular file")
        return _insist(path.read_bytes)
    except (FileNotFoundError, NotADirectoryError):
        return None


def refusal(path: Path) -> str:
    """Return why the system does not let a file be read, in words; empty where it does, or there is none."""
    try:
        read_if_there(path)
    except OSError as error:
        return error.strerror or "not a regular file"
    return ""


def delete(path: Path) -> None:
    """Delete `path`, if it is there."""
    _insist(lambda: path.unlink(missing_ok=True))


def remove(path: Path) -> None:
    """Delete `path`, and its folder if nothing is left in it."""
    delete(path)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def _insist(act: Callable[[], _Result], meanwhile: tuple[type[OSError], ...] = (PermissionError,)) -> _Result:
    """Do something again for a while if it fails; Windows refuses while another program has the file open."""
    for pause in PAUSES:
        try:
            return act()
        except meanwhile:
            time.sleep(pause)
    return act()


def encode(text: str) -> bytes:
    """Return `text` as UTF-8. Half a surrogate pair, which JSON can hold but UTF-8 cannot, is kept too."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """Return the text of a file; bytes that are not UTF-8 become replacement characters."""
    data = as_utf8(data)
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def as_utf8(data: bytes) -> bytes:
    """Return a text file as UTF-8, with its byte-order mark, if that says UTF-16 or UTF-32 as some editors and shells write."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            with contextlib.suppress(UnicodeDecodeError):
                return encode(data.decode(encoding, "surrogatepass"))
    return data


_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32-le",  # before that of UTF-16, which is its beginning
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def fingerprint(data: bytes | None) -> str | None:
    """Return what a content is compared by (its SHA-256 in hexadecimal), or None for a missing file."""
    return None if data is None else hashlib.sha256(data).hexdigest()
