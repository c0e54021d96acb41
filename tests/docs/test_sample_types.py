"""mypy --strict accepts the Python samples of README and docs, in one run over all pages.

Each page becomes a package: a file for each block that names one or continues it, and for each of the others. Lines are those of the page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.test_typing import mypy

from .page import blocks
from .test_documentation import PAGES, name_of

_UNCHECKED = "# mypy: disable-error-code=no-redef, disallow-untyped-decorators=False"
"""A page may define a name again; what decorates may be a package without types."""

_NO_TYPES = re.compile(r'\[import-(untyped|not-found)\]|Class cannot subclass .* \(has type "Any"\)')
_TEST = re.compile(r"^(async )?def test_")


def write_packages(folder: Path) -> dict[str, Path]:
    """Write the samples of every page; return the page of each file of the folder."""
    written: dict[str, Path] = {}
    for path in PAGES:
        package = re.sub(r"\W", "_", name_of(path).removesuffix(".md"))
        files: dict[str, str] = {}
        for block in blocks(path.read_text(encoding="utf-8")):
            if block.language != "python":
                continue
            name = block.file or f"line_{block.line}.py"
            if name in files and not block.continues:  # the page changes a file that it has written
                files[f"{name.removesuffix('.py')}_before_line_{block.line}.py"] = files.pop(name)
            code = files.get(name, _UNCHECKED)
            files[name] = code + "\n" * (block.line - 1 - code.count("\n")) + block.code
        own = "|".join({re.split(r"[/.]", name)[0] for name in files})
        for name, code in files.items():
            code = re.sub(rf"^( *)from ({own})\b", rf"\1from {package}.\2", code, flags=re.M)
            code = re.sub(rf"^( *)import ({own})$", rf"\1from {package} import \2", code, flags=re.M)
            file = folder / package / name
            for parent in [one for one in file.parents if one.is_relative_to(folder / package)]:
                parent.mkdir(parents=True, exist_ok=True)
                (parent / "__init__.py").touch()
            file.write_text(code, encoding="utf-8")
            written[f"{package}/{name}"] = path
    return written


@pytest.mark.types
def test_mypy_accepts_the_samples(tmp_path: Path):
    written = write_packages(tmp_path)
    said = []
    for file, reports in mypy(tmp_path / name for name in written).items():
        # an error that mypy has in its cache names the folder of the run before
        page = next(page for name, page in written.items() if file.as_posix().endswith(f"/{name}"))
        lines = page.read_text(encoding="utf-8").splitlines()
        is_test = file.name.startswith(("test_", "conftest"))
        for line, report in reports.items():
            # tests may go without annotations, as pytest's users write them
            plain = "[no-untyped-def]" in report and (is_test or _TEST.match(lines[line - 1]))
            if not plain and not _NO_TYPES.search(report):
                said.append(f"{name_of(page)}:{line}: {report}")
    assert said == [], "\n".join(said)
    assert len(set(written.values())) > 40
