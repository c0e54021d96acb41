"""Asks the npm package and our validator the same made-up questions, and tells how many of the answers agree.

    python tests/contract/schema/compare.py --count 1000 --seed 7 [--show 3]

It needs Node and the packages of ``package.json`` (``npm install`` beside this file, or NODE_PATH).
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path
from typing import Any

from generator import Generator

from novu_framework.schemas import SchemaError, Validator

HERE = Path(__file__).parent


def ours(schema: dict[str, Any], value: Any) -> dict[str, Any]:
    """Our answer in the form of ``record.cjs``."""
    try:
        filled, issues = Validator(schema).validate(value)
    except SchemaError as error:
        return {"invalid": str(error)}
    return {"issues": [issue.to_dict() for issue in issues]} if issues else {"value": filled}


def theirs(questions: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run(
        ["node", HERE / "record.cjs", "--ask"],
        input=lines,
        capture_output=True,
        text=True,
        timeout=1200,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=500, help="schemas to ask about, ten values each")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--show", type=int, default=3, help="disagreements to print")
    given = options.parse_args()
    generator = Generator(given.seed)
    questions = [generator.question() for _ in range(given.count)]
    asked = agreed = valid = shown = 0
    for question, answers in zip(questions, theirs(questions), strict=True):
        for value, expected in zip(question["values"], answers, strict=True):
            got = ours(question["schema"], value)
            same = got == expected or ("invalid" in got and "invalid" in expected)
            asked, agreed, valid = asked + 1, agreed + same, valid + ("value" in expected)
            if not same and shown < given.show:
                shown += 1
                print(
                    json.dumps(
                        {"schema": question["schema"], "value": value, "package": expected, "ours": got},
                        indent=1,
                    )
                )
    print(f"{agreed} of {asked} answers agree ({valid} of them about data that fits)")


if __name__ == "__main__":
    main()
