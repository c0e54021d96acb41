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
    """Return what `path` holds, or None when the file does not exist."""
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
    """Return `text` as UTF-8. Half a surrogate pair, which JSON can hold but UTF-8 cannot, is kept too."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """Return the text of a file; bytes that are not UTF-8 become replacement characters."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def fingerprint(data: bytes | None) -> str | None:
    """Return what a content is compared by (its SHA-256 in hexadecimal), or None for a missing file."""
    return None if data is None else hashlib.sha256(data).hexdigest()
