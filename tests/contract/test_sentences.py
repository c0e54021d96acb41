"""What the npm package's authors wrote is not here: `recorder/sentences.mjs` recorded hashes that tell its sentences again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.contract import Recording

ROOT = Path(__file__).parents[2]
FOLDERS = ("novu_framework", "novu_framework_testing", "docs", "examples", "tests")
OF_OTHERS = {"node_modules", "__pycache__"}
WORDS = 8
SENTENCES = frozenset((Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()[1:])


def sentences(text: str) -> Iterator[str]:
    """The first words of each sentence of the package in a text, however it is wrapped, quoted and cut into strings."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\\[nrt]", " ", text.lower()))
    for start in range(len(words) - WORDS + 1):
        beginning = " ".join(words[start : start + WORDS])
        if md5(beginning.encode()).hexdigest()[:12] in SENTENCES:
            yield beginning


def texts() -> Iterator[tuple[str, str]]:
    """Every text file that ships or is recorded, with its path."""
    inner = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    for path in (*ROOT.iterdir(), *inner):
        if path.is_file() and not OF_OTHERS & set(path.parts):
            with suppress(UnicodeDecodeError):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_only_sentences_of_the_package_are_answers_to_wrong_requests() -> None:
    answered = {
        sentence
        for path in (ROOT / "tests/contract/fixtures").glob("*.json")
        for exchange in Recording.load(path).exchanges
        if exchange.response.status >= 400
        for sentence in sentences(_text_of(exchange.response.body))
    }
    for path in (ROOT / "tests/contract/agents/fixtures").glob(
        "*.json"
    ):  # what the package said of wrong calls
        answered |= set(sentences(path.read_text(encoding="utf-8")))
    found = {(path, sentence) for path, text in texts() for sentence in sentences(text)}
    assert {one for one in found if one[1] not in answered} == set()
    assert answered, "the protocol's errors are sentences of the package, so a search that works finds some"


def _text_of(body: Any) -> str:
    return f"{body['message']}\n" if isinstance(body, dict) and "message" in body else ""
