"""A revision of git in a folder of its own; what is checked out stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from novu_framework_testing.compat.processes import VersionProblem


class Revision(NamedTuple):
    """A revision of the code.

    Attributes:
        name: Its short name.
        folder: Its project's folder.
        first: The folders of it that modules are looked for in.
    """

    name: str
    folder: Path
    first: list[Path]

    @property
    def mentions_novu(self) -> bool:
        """True if any Python file there mentions this package: it serves no workflow otherwise."""
        files = (file for folder in (self.folder, *self.first) for file in folder.rglob("*.py"))
        return any(b"novu_framework" in file.read_bytes() for file in files if file.is_file())


@contextmanager
def revision_of(root: Path, revision: str) -> Iterator[Revision]:
    """Write a revision into a temporary folder, and give it. Raises `VersionProblem` where there is no such one.

    Args:
        root: The folder of the project, which may be one of many in its repository.
        revision: A commit, a branch or a tag, such as `origin/main`.
    """
    top = Path(_git(root, "rev-parse", "--show-toplevel"))
    if revision.startswith("-"):
        raise VersionProblem(f"`{revision}` is not a git revision.")
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except VersionProblem:
        hint = "In CI a checkout has one commit, unless it is told: `fetch-depth: 0` of actions/checkout."
        raise VersionProblem(f"There is no file and no revision `{revision}` here.", hint) from None
    with tempfile.TemporaryDirectory(prefix="novu-compat-", ignore_cleanup_errors=True) as temporary:
        tree = Path(temporary).resolve() / "tree"
        env = {"GIT_INDEX_FILE": str(Path(temporary) / "index")}  # not the repository's own
        _git(top, "read-tree", commit, env=env)
        _git(top, "checkout-index", "--all", "--quiet", f"--prefix={tree.as_posix()}/", env=env)
        folder = tree / root.resolve().relative_to(top.resolve())
        name = f"{revision} ({commit[:9]})" if not commit.startswith(revision) else commit[:9]
        yield Revision(name, folder, list(_twins(top.resolve(), tree)))


def _twins(top: Path, tree: Path) -> Iterator[Path]:
    """Give the folder of the revision for each folder of the repository that modules are looked for in."""
    for entry in sys.path:
        path = Path(entry).resolve()
        twin = tree / path.relative_to(top) if path.is_relative_to(top) else None
        if twin is not None and twin.is_dir():
            yield twin


def _git(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**os.environ, **(env or {})},
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    except OSError as error:
        raise VersionProblem(f"git cannot be run: {error.strerror or error}.") from None
    except subprocess.CalledProcessError as error:
        raise VersionProblem(f"git {arguments[0]}: {error.stderr.strip() or 'failed'}") from None
    return done.stdout.strip()
