"""What a test is called for people who read no code: by its docstring, or else by its id, made readable."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

# What pytest writes for letters that are not ASCII, in the ids of parameters.
_ESCAPED = re.compile(r"\\x[0-9a-f]{2}|\\u(?!d[89a-f])[0-9a-f]{4}|\\U00(?:0[0-9a-f]|10)[0-9a-f]{4}")
# Between parameters; a date or a number below zero has such a line too.
_BETWEEN = re.compile(r"(?<=[^\W\d])-|-(?=[^\W\d])")


class ReadableTest(NamedTuple):
    """A test's name for people: `name` says what it is for, `case` its parameters."""

    name: str
    case: str
    is_sentence: bool

    def __str__(self) -> str:
        if not self.case:
            return self.name
        return f"{self.name.rstrip('.')} ({self.case})" if self.is_sentence else f"{self.name}, {self.case}"


@lru_cache(maxsize=20_000)
def title_of_test(test: str, purpose: str = "", parameters: tuple[str, ...] = ()) -> ReadableTest:
    """Return what a test is called for people: by the first paragraph of its docstring, or its name; and its parameters.

    Args:
        test: The test's id, as pytest names it.
        purpose: The first paragraph of its docstring.
        parameters: The ids of its parameters; without them, they are guessed from the test's id.

    >>> str(title_of_test("tests/test_shop.py::TestPrices::test_price[FREE-de]"))
    'Price, FREE, de'
    >>> str(title_of_test("tests/test_shop.py::test_price[FREE-de]", "A price in euros."))
    'A price in euros (FREE, de)'
    """
    path, bracket, rest = test.partition("[")
    if not parameters and bracket:
        parameters = tuple(filter(None, _BETWEEN.split(rest.removesuffix("]"))))
    case = ", ".join(_ESCAPED.sub(lambda found: chr(int(found[0][2:], 16)), each) for each in parameters)
    return ReadableTest(purpose or _words(path.split("::")[-1]), case, bool(purpose))


def place_of_test(test: str) -> str:
    """Return where a test is, in words: its module and its classes.

    >>> place_of_test("tests/test_shop.py::TestPrices::test_price[FREE-de]")
    'Shop › Prices'
    """
    module, *classes = test.partition("[")[0].split("::")[:-1] or [""]
    words = [_words(PurePosixPath(module).stem), *map(_words, classes)]
    return " › ".join(dict.fromkeys(filter(None, words)))


def _words(name: str) -> str:
    """Return the name of a function, a class or a module as words: `TestOrderEmails` as "Order emails"."""
    bare = re.sub(r"^(tests?_|[Tt]ests?(?=[A-Z0-9]))|(_tests?|(?<=[a-z])Tests?)$", "", name)
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", bare).replace("_", " ")
    first, *rest = spaced.split() or [name.capitalize()]
    lower = [word if word.isupper() and len(word) > 1 else word.lower() for word in rest]
    return " ".join([first[:1].upper() + first[1:], *lower])
