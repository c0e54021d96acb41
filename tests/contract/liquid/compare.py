"""Asks the real engine and ours the same made-up questions, and tells how many of the answers agree.

    python tests/contract/liquid/compare.py --count 2000 --seed 7 [--show 20]

It needs Node and the packages of ``package.json`` (``npm install`` beside this file, or NODE_PATH).
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path
from typing import Any

from generator import Generator

from novu_framework.liquid import ControlsError, LiquidError, compile_controls, create_engine

HERE = Path(__file__).parent


def ours(question: dict[str, Any]) -> dict[str, Any]:
    """Our answer in the form of ``answers.cjs``."""
    try:
        if "controls" in question:
            return {
                "compiled": json.loads(
                    json.dumps(compile_controls(question["controls"], variables(question["data"])))
                )
            }
        return {"output": create_engine().from_string(question["template"]).render(question["data"])}
    except ControlsError as error:
        return {"error": {"code": "StepControlCompilationFailedError", "data": error.data}}
    except LiquidError as error:
        return {"error": {"name": error.kind, "message": str(error)}}


def variables(data: dict[str, Any]) -> dict[str, Any]:
    """The variables of the step that ``answers.cjs`` asks about."""
    workflow = {"workflowId": "recorded", "name": "Recorded", "tags": ["one", "two"]}
    given = {"workflow": workflow, "payload": {}, "subscriber": {}, "context": {}, "steps": {}, "env": {}}
    return {**given, **data}


def theirs(questions: list[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """The package's answers; None for a question that it dies of, such as a range up to infinity."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run(
        ["node", HERE / "ask.cjs"], input=lines, capture_output=True, text=True, timeout=600
    )
    answers: list[dict[str, Any] | None] = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        return [*answers, None, *theirs(questions[len(answers) + 1 :])]
    return answers


def agree(expected: dict[str, Any], got: dict[str, Any]) -> bool:
    """Whether two answers are the same; of errors in bare templates, the kind alone is compared."""
    if "error" in expected and "name" in expected["error"]:
        return bool(got.get("error", {}).get("name") == expected["error"]["name"])
    return expected == got


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=10)
    chosen = options.parse_args()
    questions = list(Generator(chosen.seed).questions(chosen.count))
    answered = [(q, a) for q, a in zip(questions, theirs(questions), strict=True) if a is not None]
    wrong = [
        (question, answer, got) for question, answer in answered if not agree(answer, got := ours(question))
    ]
    for question, expected, got in wrong[: chosen.show]:
        print(json.dumps(question.get("template", question.get("controls")), ensure_ascii=False))
        print("   real:", json.dumps(expected, ensure_ascii=False))
        print("   ours:", json.dumps(got, ensure_ascii=True))
    errors = sum("error" in answer for _, answer in answered)
    right = len(answered) - len(wrong)
    print(f"{right} of {len(answered)} agree ({right / len(answered):.2%}); {errors} answers are errors")


if __name__ == "__main__":
    main()
