"""The page of the ledger, made from what the tests say."""

from __future__ import annotations

import importlib
from itertools import groupby
from pathlib import Path

from tests.rules import LEDGER, Rule

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/reference/novu-rules.md"

HEAD = """\
# Novu's rules in the simulation

A green test should mean what production does. These are the rules of Novu's worker and API that the simulation
follows, each with the file of Novu's repository (`novuhq/novu`) that says it, the commit at which it was read, and
the test of this project that holds it. What the simulation leaves out is listed too, with why.

This page is written by `python -m tests.rules` from the tests in `tests/rules`.
"""


def ledger() -> list[Rule]:
    """Return every rule of the test modules beside this file, by subject and id."""
    for file in sorted(HERE.glob("test_*.py")):
        importlib.import_module(f"tests.rules.{file.stem}")
    return sorted(set(LEDGER), key=lambda one: (one.id.split(".")[0], bool(one.why), one.id, one.held_by))


def page(rules: list[Rule]) -> str:
    """Return the text of the page."""
    followed = {one.id for one in rules if not one.why}
    parts = [
        HEAD,
        f"{len(followed)} rules are followed; {sum(bool(one.why) for one in rules)} are left out.\n",
    ]
    for subject, group in groupby(rules, key=lambda one: one.id.split(".")[0]):
        parts.append(f"\n## {subject.replace('-', ' ').capitalize()}\n")
        for identity, same in groupby(group, key=lambda one: one.id):
            parts.append(_entry(identity, list(same)))
    return "\n".join(parts)


def _entry(identity: str, same: list[Rule]) -> str:
    one = same[0]
    read = [source for each in same for source in each.sources]
    sources = dict.fromkeys(f"`{source.path}` at `{source.commit}`" for source in read)
    lines = [f"`{identity}`: {one.text}" + (f" Since {one.since}." if one.since else "")]
    lines.append(f": From {', '.join(sources)}.")
    if one.why:
        lines.append(f": **Left out.** {one.why}")
    else:
        lines.append(f": Held by {', '.join(f'`{each.held_by}`' for each in same)}.")
    return "\n".join(lines) + "\n"
