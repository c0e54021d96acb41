"""The mutation tester changes what can matter, leaves the rest alone, and its score can be believed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.operators import mutants
from tests.tables import one_in

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
LIGHT = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "_hypothesis_pytestplugin,xdist.plugin,xdist.looponfail",
}
"""What loads no more plugins than the mutation tester asks for, in each of dozens of processes."""

CHANGED = {
    "x = a < b": {"x = a <= b"},
    "x = a is not b": {"x = a is b"},
    "x = a not in b": {"x = a in b"},
    "x = a and b": {"x = a or b"},
    "x = not a": {"x = (a)"},
    "x = a + b": {"x = a - b"},
    "x = (a) == (b)": {"x = (a) != (b)"},
    "x += y": {"x = y", "x -= y"},
    "x |= y": {"x = y", "x &= y"},
    "x = 5": {"x = 6", "x = 4"},
    "x = True": {"x = False"},
    "x = 'é' 'word'": {'x = ""'},
    "x = a[1:b]": {"x = a[:b]", "x = a[1:]", "x = a[2:b]"},
    "x = min(a)": {"x = max(a)"},
    "x = a if b else c": {"x = a if not (b) else c"},
    "x = [a for a in b if a]": {"x = [a for a in b if True]"},
    "x.y = z": {"pass"},
    "call(x)": {"pass"},
    "def f(x=True): pass": {"def f(x=False): pass"},
    "def f():\n  return x": {"return None"},
    "def f():\n  raise X('words')": {"pass"},
    "for x in y:\n  break": {"continue"},
    "try:\n  x = y\nexcept (A, B):\n  x = z": {"except (B,):", "except (A,):"},
    "try:\n  x = y\nexcept A:\n  x = z": {"except ():"},
    "if x:\n  y = z": {"if not (x):", "if False:"},
}

LEFT_OUT = [
    '"""Words."""',
    "x: Literal['a']",
    "def f(x: 'int' = y) -> 'str': '''Words.'''",
    "if TYPE_CHECKING:\n  x = 1",
    "@overload\ndef f(x=1): ...",
    "__all__ = ['x']",
    "class A:\n  def __repr__(self):\n    return 'words' + x",
    "T = TypeVar('T')",
    "K = StashKey[list['A']]()",
    "Body = str | bytes | None",
    "log.warning('words', 1)",
    "x = typer.Option(1, help='words')",
    "x = f'words'",
]


@pytest.mark.parametrize(("source", "expected"), CHANGED.items())
def test_changes(source: str, expected: set[str]) -> None:
    assert {one.new for one in mutants(source)} == expected


@pytest.mark.parametrize("source", LEFT_OUT)
def test_what_changes_nothing_is_left_out(source: str) -> None:
    assert [one.new for one in mutants(source)] == []


@pytest.mark.parametrize("part", one_in(8, range(8)))
def test_each_mutant_said_to_change_nothing_is_there_and_has_a_reason(part: int) -> None:
    entries = EQUIVALENT.read_text(encoding="utf-8").split("\n\n")[1:]
    # a module after the other, as what finds its places is kept for a few
    ordered = sorted(filter(None, map(str.strip, entries)))
    some = ordered[part * len(ordered) // 8 : (part + 1) * len(ordered) // 8]
    assert some
    for entry in some:
        match = re.fullmatch(r"(\S+\.py)\n- (.*)\n\+ ?(.*)\n= \S.+", entry)
        assert match, f"not a module, -, + and = with the reason:\n{entry}"
        module = (ROOT / match[1]).read_text(encoding="utf-8")
        assert any(one.new == match[3] for one in mutants(module, line=match[2], new=match[3])), (
            f"there is no such mutant any more:\n{entry}"
        )


@pytest.mark.skipif(sys.platform == "win32", reason="mutants run in forked processes")
@pytest.mark.slow
def test_what_is_tested_is_caught_and_what_is_not_survives(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "small" / "__init__.py").write_text("")
    (tmp_path / "small" / "parts.py").write_text(
        "LIMIT = 3\n\n\ndef within(x):\n    return x < LIMIT\n\n\n"
        "def planted(x):\n    return x > 1\n\n\ndef looked_at(x):\n    return x + 1\n\n\n"
        "def ends():\n    done = ()\n    while not done:\n        done = True\n"
    )
    (tmp_path / "small" / "bases.py").write_text(
        "def shaped(kind):\n    kind.sides = 4\n    kind.name = 'square'\n    return kind\n"
    )
    (tmp_path / "small" / "kinds.py").write_text(
        "from dataclasses import dataclass\nfrom functools import cache\nfrom small.bases import shaped\n\n\n"
        "@cache\ndef known():\n    return 7\n\n\ndef asks():\n    return known()\n\n\n"
        "@shaped\n@dataclass(frozen=True)\nclass Pair:\n    first: int = 1\n    second: int = 5\n\n"
        "    def both(self):\n        return self.first, self.second\n\n\n"
        "def made():\n    return 40\n\n\nMADE = made()\n"
    )
    (tmp_path / "tests" / "test_parts.py").write_text(
        "from pathlib import Path\nfrom small.kinds import MADE, Pair, asks\nfrom small.parts import ends, looked_at, within\n\n\n"
        "def test_within():\n    assert [within(x) for x in (1, 2, 3, 4)] == [True, True, False, False]\n\n\n"
        "def test_looks():\n    looked_at(1)\n\n\ndef test_ends():\n    ends()\n\n\n"
        # no line of the class runs here: what it is was made at import
        "def test_made():\n    assert MADE == 40\n\n\n"
        "def test_frozen():\n    try:\n        Pair().first = 2\n"
        "    except AttributeError:\n        return\n    assert False\n\n\n"
        # nor does one of the function that was called then, in a module of its own, which is not the last
        "def test_shaped():\n    assert (Pair.sides, Pair.name) == (4, 'square')\n\n\n"
        "def test_asks():\n    asks()\n\n\ndef test_known():\n    assert asks() == 7\n\n\n"
        "def test_fields():\n    assert Pair().both()[0] == 1\n\n\n"
        "def test_red():\n    looked_at(1)\n    assert False\n\n\n"
        # red in a second run only, which a mutant must not get the credit for
        f"def test_doubtful():\n    looked_at(1)\n    assert not list(Path({str(tmp_path)!r}).glob('.mutants/*/tests.json'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutants", "--packages", "small", "--jobs", "1", "--mutants", "99"],
        cwd=tmp_path,
        env={**os.environ, **LIGHT, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((tmp_path / ".mutants" / "report.json").read_text())["mutants"]
    assert {one["new"] for one in results if not one["caught_by"]} == {
        *("return x >= 1", "return x > 2"),  # planted: no test
        *("return x - 1", "return x + 2", "while (done):"),  # no assertion
        *("return None", "second: int = 6", "second: int = 4"),
    }
    caught = {one["new"]: one["caught_by"] for one in results if one["caught_by"]}
    assert caught["LIMIT = 4"] == "tests/test_parts.py::test_within"
    assert caught["@dataclass(frozen=False)"] == "tests/test_parts.py::test_frozen"
    assert caught["kind.sides = 5"] == "tests/test_parts.py::test_shaped"
    assert caught["return 8"] == "tests/test_parts.py::test_known"
    assert caught["return 41"] == "tests/test_parts.py::test_made"
    assert caught["first: int = 2"] == "tests/test_parts.py::test_fields"
    assert caught["done = False"] == "the limit of time"
    assert {"test_red", "test_doubtful"} <= set(re.findall(r"::(test_\w+)$", done.stdout, re.M))
