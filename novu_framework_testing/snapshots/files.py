"""Writing snapshot files so that a reader sees the old content or the new, never a part of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

_HALF_WRITTEN = ".writing-"


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`, making its folder. A crash leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The name starts with a dot, which syrupy and the review leave alone if it is left behind.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_HALF_WRITTEN)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def clear_half_written(folder: Path) -> None:
    """Delete what a process that was killed while it wrote has left in `folder`."""
    for path in folder.glob(f"{_HALF_WRITTEN}*"):
        path.unlink(missing_ok=True)


def read_if_there(path: Path) -> bytes | None:
    """What `path` holds, or None when there is no such file."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def remove(path: Path) -> None:
    """Delete `path`, and its folder if nothing is left in it."""
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def encode(text: str) -> bytes:
    """A file's bytes. Half a surrogate pair, which is no Unicode text but can be in JSON, is kept too."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """The text of a file; bytes that are no UTF-8 show as replacement characters."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def fingerprint(data: bytes | None) -> str | None:
    """What a file's content is known by (SHA-256, hexadecimal), or None for no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()
