"""What a request's body may hold, and Novu's words for what it may not.

Novu validates bodies with class-validator and answers 422 with its messages ("name must be a string"). A body
is described here as data, one field a line:

    TRIGGER = Body(name=Field(string, required=True), payload=an_object)
    TRIGGER.check({"payload": 3})
    # ApiError 422: name should not be null or undefined, name must be a string, payload must be an object

Unknown keys are left alone, as Novu does: a client newer than the simulation is not refused for what it adds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import httpx

from novu_framework.schemas import SchemaError, Validator
from novu_framework_testing.api.http import ApiError
from novu_framework_testing.simulation.clock import parse_iso

# A kind says what is wrong with a value ("must be a string"), or None where nothing is.
Kind = Callable[[Any], "str | None"]


class Sentence(str):
    """A problem in words of its own, which do not begin with the name of the field."""


def _instance_of(expected: type, problem: str) -> Kind:
    return lambda value: None if isinstance(value, expected) else problem


def matching(pattern: str, problem: str) -> Kind:
    """Make a kind that accepts a text which a pattern matches whole."""
    return lambda value: None if isinstance(value, str) and re.fullmatch(pattern, value) else problem


string: Final = _instance_of(str, "must be a string")
boolean: Final = _instance_of(bool, "must be a boolean value")
an_object: Final = _instance_of(dict, "must be an object")
anything: Final = _instance_of(object, "")
email: Final = matching(r"[^@\s]+@[^@\s]+", "must be an email")


def url(value: Any) -> str | None:
    """Accept an address that can be called, such as `http://127.0.0.1:4000/api/novu`."""
    with suppress(httpx.InvalidURL):
        if isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            port = httpx.URL(value).port
            if port is None or 0 < port < 65536:
                return None
    return "must be a URL address"


def number(value: Any) -> str | None:
    """Accept a number."""
    return None if isinstance(value, (int, float)) and not isinstance(value, bool) else "must be a number"


def iso_date(value: Any) -> str | None:
    """Accept a moment such as `2026-01-01T09:00:00Z`."""
    try:
        if isinstance(value, str) and parse_iso(value):
            return None
    except ValueError:
        pass
    return "must be a valid ISO 8601 date string"


def one_of(*values: str) -> Kind:
    """Make a kind that accepts these values only."""
    problem = f"must be one of the following values: {', '.join(values)}"
    return lambda value: None if isinstance(value, str) and value in values else problem


def at_most(characters: int) -> Kind:
    """Make a kind that accepts a text of no more characters."""
    problem = f"must be shorter than or equal to {characters} characters"
    return lambda value: problem if isinstance(value, str) and len(value) > characters else None


def json_schema(value: Any) -> str | None:
    """Accept a JSON Schema that can be compiled."""
    with suppress(SchemaError):
        if isinstance(value, dict) and Validator(value):
            return None
    return "must be a valid JSON schema"


def of_length(at_least: int, at_most: int) -> Kind:
    """Make a kind that accepts a text of that many characters."""
    problem = f"must be longer than or equal to {at_least} and shorter than or equal to {at_most} characters"
    fits = range(at_least, at_most + 1)
    return lambda value: None if isinstance(value, str) and len(value) in fits else problem


def distinct(value: Any) -> str | None:
    """Accept a list in which nothing is twice."""
    texts = list(map(repr, value))
    return "All {name}'s elements must be unique" if len(set(texts)) < len(texts) else None


def all_of(*kinds: Kind) -> Kind:
    """Make a kind that accepts what each of these does."""
    return lambda value: next(filter(None, (kind(value) for kind in kinds)), None)


def trimmed(kind: Kind) -> Kind:
    """Make a kind that looks at a text without the blanks around it."""
    return lambda value: kind(value.strip() if isinstance(value, str) else value)


slug: Final = matching(
    r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*",
    "must be a valid slug format (letters, numbers, hyphens, dot and underscores only)",
)


def strings(*, keys: int, characters: int) -> Kind:
    """Make a kind that accepts an object of texts, with so many keys and characters at most."""
    problem = (
        f"must be an object with at most {keys} string keys and string values, with combined key+value length at most "
        f"{characters} characters."
    )

    def check(value: Any) -> str | None:
        if (
            not isinstance(value, dict)
            or len(value) > keys
            or not all(isinstance(one, str) for one in value.values())
        ):
            return problem
        return problem if sum(len(key) + len(one) for key, one in value.items()) > characters else None

    return check


def a_list(
    *, at_least: int = 0, at_most: int | None = None, of: Kind | None = None, unique: str | None = None
) -> Kind:
    """Make a kind that accepts a list of a length within the limits, whose items are all of the kind `of`.

    `unique` is a key that no two of its items, if they are objects, have the same value of.
    """

    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "must be an array"
        if len(value) < at_least:
            return f"must contain at least {at_least} elements"
        if at_most is not None and len(value) > at_most:
            return f"must contain no more than {at_most} elements"
        if unique is not None:
            keys = [repr(item.get(unique)) for item in value if isinstance(item, dict)]
            if len(set(keys)) < len(keys):
                return f"must not have the same {unique} twice"
        problem = next(filter(None, map(of, value)), None) if of is not None else None
        return f"each value in {{name}} {problem}" if problem else None

    return check


@dataclass(frozen=True)
class Field:
    """One key of a body: its kind, or the body it holds (`nested`), or the body each of its items is (`each`)."""

    kind: Kind = anything
    required: bool = False
    not_empty: bool = False
    nested: Body | None = None
    each: Body | None = None

    def problems(self, name: str, value: Any) -> list[str]:
        """Return what is wrong with the value of this field, one sentence each. `name` is its path."""
        found = []
        if value is None:
            if not self.required:
                return []
            found.append(f"{name} should not be null or undefined")
        if self.not_empty and value in (None, ""):
            found.append(f"{name} should not be empty")
        problem = self.kind(value)
        if problem:
            whole = "{name}" in problem or isinstance(problem, Sentence)
            found.append(problem.replace("{name}", name) if whole else f"{name} {problem}")
        if found:
            return found
        if self.nested is not None:
            found = self.nested.problems(value, f"{name}.")
        if self.each is not None and value:
            for index, item in enumerate(value):
                found += self.each.problems(item, f"{name}.{index}.")
        return found


class Body:
    """A JSON object, described by its fields; a bare kind is a field that may be absent."""

    def __init__(self, **fields: Field | Kind) -> None:
        self.fields: Final = {
            name: field if isinstance(field, Field) else Field(field) for name, field in fields.items()
        }

    def check(self, value: Any) -> dict[str, Any]:
        """Return the body, as it came. Raises `ApiError` (422) with every message where something is wrong."""
        body = {} if value is None else value
        if problems := self.problems(body, ""):
            raise ApiError.invalid(problems)
        return dict(body)

    def problems(self, value: Any, prefix: str) -> list[str]:
        """Return what is wrong with `value`, one sentence each. `prefix` goes before the names of fields."""
        if not isinstance(value, dict):
            name = prefix.rstrip(".") or "the body"
            return [f"{name} must be an object"]
        return [
            text
            for name, field in self.fields.items()
            if field.required or name in value
            for text in field.problems(f"{prefix}{name}", value.get(name))
        ]


class IdOrBody(Body):
    """A text, or an object with these fields."""

    def problems(self, value: Any, prefix: str) -> list[str]:
        """Return what is wrong with `value`, one sentence each."""
        return [] if isinstance(value, str) else super().problems(value, prefix)
