"""Data that tries a layout: long, empty, right-to-left and emoji-laden texts, as far as a schema allows them.

Each kind is a `FakerMaker` that makes other texts, and other choices where the schema leaves one. Numbers, dates, booleans,
enums, patterns and formats are as usual: code counts and reckons with these.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal

from novu_framework.npm.ajv.subschemas import implied_types, is_null, merged_with
from novu_framework.npm.ajv.validator import JsonSchema
from novu_framework.npm.mock_data import Position
from novu_framework.npm.regexp.patterns import compile_pattern
from novu_framework.schemas.samples import SAMPLES
from novu_framework_testing.faker_maker import MAX_DEPTH, FakerMaker
from novu_framework_testing.field_names import is_words, value_for_name

if TYPE_CHECKING:
    from faker import Faker

LONG_TEXT = 200
"""The characters of a long text, where its schema does not set fewer or more."""

LONG_LIST = 20
"""The elements of a long list, where its schema does not set fewer or more; of one inside a list, 3."""

_LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän"
_EMOJI = ("👩🏽‍🚀", "🏳️‍🌈", "👨‍👩‍👧‍👦", "🇩🇪", "❤️", "🎉")
"""Of several code points each, but the last: joined, coloured, or a pair."""


class _OtherTexts(FakerMaker):
    """The base of the kinds: it makes other texts, but as usual in the fields that are `refused`.

    Args:
        root: The whole schema.
        fake: The Faker.
        seed: The same seed makes the same data, of this kind and of the usual one.
        refused: The names of fields whose other values the schema's own code did not take; "" is the whole payload.
    """

    def __init__(self, root: JsonSchema, fake: Faker, seed: str, refused: frozenset[str]) -> None:
        super().__init__(root, fake, seed)
        self._refused = refused
        self._usual = FakerMaker(root, fake, seed)

    def value(self, schema: Any, position: Position) -> Any:
        """Make a value; where the schema has examples, one like that of the usual data."""
        if position.name in self._refused:
            return self._usual.value(schema, position)
        if isinstance(schema, dict) and "examples" in schema:
            return self.like(self._usual.value(schema, position), schema, position)
        return super().value(schema, position)

    def like(self, example: Any, schema: Any, position: Position) -> Any:
        """Return an example with its texts as this kind has them, at any depth."""
        if position.name in self._refused:
            return example
        schema = self._described(schema, example)
        if isinstance(example, dict):
            return {
                name: self.like(example[name], self.member_schema(schema, name), position.member(name))
                for name in self.kept_members(example, schema)
            }
        if isinstance(example, list):
            items, named = schema.get("items"), position._replace(name=position.name.removesuffix("s"))
            return [
                self.like(
                    each,
                    items[index] if isinstance(items, list) and index < len(items) else items,
                    named.element(index),
                )
                for index, each in enumerate(self.kept_elements(example, schema))
            ]
        if isinstance(example, str) and SAMPLES not in schema and self.may_differ(schema, position):
            self.turn_to(position)
            return self.text_like(example, schema, position)
        return example

    def _described(self, schema: Any, example: Any) -> Mapping[str, Any]:
        """Return what a schema says of an example, without references and combinations."""
        for _ in range(MAX_DEPTH):
            if not isinstance(schema, dict):
                return {}
            rest = {key: value for key, value in schema.items() if key not in ("$ref", *_COMBINATIONS)}
            parts = [*schema.get("allOf", ())]
            if "$ref" in schema:
                parts.append(self._target(schema["$ref"]))
            parts += [
                next((each for each in schema[keyword] if self._fits(each, example)), {})
                for keyword in ("anyOf", "oneOf")
                if schema.get(keyword)
            ]
            if not parts:
                return rest
            schema = reduce(merged_with, parts, rest)
        return {}

    def _fits(self, branch: Any, example: Any) -> bool:
        types = implied_types(described := self._described(branch, example))
        is_of_type = not types or bool(_JSON_TYPES.get(type(example), set()).intersection(types))
        return is_of_type and (
            not isinstance(example, dict) or example.keys() >= {*described.get("required", ())}
        )

    def kept_members(self, example: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterable[str]:
        """Choose the members of an example that this kind has."""
        return example

    def kept_elements(self, example: list[Any], schema: Mapping[str, Any]) -> list[Any]:
        """Choose the elements of an example that this kind has."""
        return example

    def text_like(self, example: str, schema: Mapping[str, Any], position: Position) -> str:
        """Make the text of this kind for one of an example."""
        return self.other(example, schema, position)

    def may_differ(self, schema: Mapping[str, Any], position: Position) -> bool:
        """Tell whether a value with examples is one that this kind makes in its own way."""
        texts = "string" in implied_types(schema) and not schema.keys() & {
            "pattern",
            "format",
            "enum",
            "const",
        }
        return texts and is_words(position.name)

    def words(self, schema: Mapping[str, Any], position: Position) -> str:
        usual = super().words(schema, position)
        return self.other(usual, schema, position) if is_words(position.name) else usual

    def other(self, usual: str, schema: Mapping[str, Any], position: Position) -> str:
        """Make the text of this kind, for a field whose usual text is given; that one if the kind has no other."""
        return usual


class LongMaker(_OtherTexts):
    """Makes long texts, one word of which does not fit a narrow column, long lists, and every optional member."""

    def other(self, usual: str, schema: Mapping[str, Any], position: Position) -> str:
        length = max(min(LONG_TEXT, int(schema.get("maxLength", LONG_TEXT))), int(schema.get("minLength", 0)))
        text = f"{usual} {_LONG_WORD}"
        if len(text) > length:
            text = f"{_LONG_WORD} {usual}"
        while len(text) < length:
            text = f"{text} {self.fake.word()}"
        return self.fitted(text[:length].rstrip(), schema)

    def choose_members(self, schema: Mapping[str, Any], position: Position) -> list[str]:
        required = super().choose_members({**schema, "properties": {}}, position)
        described = schema.get("properties", {}) if position.depth < 4 else {}
        return list(dict.fromkeys([*required, *(name for name in described if described[name] is not False)]))

    def choose_branch(self, branches: Sequence[Any], position: Position) -> Any:
        chosen, others = super().choose_branch(branches, position), _without_null(branches)
        return super().choose_branch(others, position) if is_null(chosen) and position.depth < 4 else chosen

    def choose_type(self, types: Sequence[str], position: Position) -> str:
        chosen, others = super().choose_type(types, position), [kind for kind in types if kind != "null"]
        return super().choose_type(others or types, position) if chosen == "null" else chosen

    def choose_length(self, schema: Mapping[str, Any], position: Position) -> int:
        low, most = int(schema.get("minItems", 0)), LONG_LIST if position.depth < 2 else 3
        return max(low, min(int(schema.get("maxItems", most)), most)) if position.depth < 4 else low


class EmptyMaker(_OtherTexts):
    """Makes what is empty: no text, no elements, no optional members, and null, where the schema allows it."""

    def may_differ(self, schema: Mapping[str, Any], position: Position) -> bool:
        return "string" in implied_types(schema) and not schema.keys() & {"format", "enum", "const"}

    def like(self, example: Any, schema: Any, position: Position) -> Any:
        return None if _takes_null(schema) else super().like(example, schema, position)

    def kept_members(self, example: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterable[str]:
        return [name for name in example if name in schema.get("required", example)]

    def kept_elements(self, example: list[Any], schema: Mapping[str, Any]) -> list[Any]:
        return example[: int(schema.get("minItems", 0))]

    def text_like(self, example: str, schema: Mapping[str, Any], position: Position) -> str:
        made = self.text(schema, position)
        return example if made and "pattern" in schema else made

    def text(self, schema: Mapping[str, Any], position: Position) -> str:
        shortest = int(schema.get("minLength", 0))
        if schema.keys() & {"format", "contentSchema"}:
            return super().text(schema, position)
        if shortest:
            return super().text({**schema, "maxLength": shortest}, position)
        matches = "pattern" not in schema or compile_pattern(schema["pattern"]).search("")
        return "" if matches else super().text(schema, position)

    def choose_members(self, schema: Mapping[str, Any], position: Position) -> list[str]:
        return list(schema.get("required", ()))

    def choose_branch(self, branches: Sequence[Any], position: Position) -> Any:
        return next(filter(is_null, branches), None) or super().choose_branch(branches, position)

    def choose_type(self, types: Sequence[str], position: Position) -> str:
        return "null" if "null" in types else super().choose_type(types, position)

    def choose_length(self, schema: Mapping[str, Any], position: Position) -> int:
        return int(schema.get("minItems", 0))

    def add_members(self, made: dict[str, Any], schema: Mapping[str, Any], position: Position) -> None:
        if schema.get("minProperties", 0) > len(made):
            super().add_members(made, schema, position)


class RightToLeftMaker(_OtherTexts):
    """Makes Arabic texts."""

    def __init__(self, root: JsonSchema, fake: Faker, seed: str, refused: frozenset[str]) -> None:
        from faker import Faker

        super().__init__(root, fake, seed, refused)
        self._arabic = Faker("ar_AA")

    def other(self, usual: str, schema: Mapping[str, Any], position: Position) -> str:
        self._arabic.seed_instance(f"{self.seed}{position.path}")
        made = value_for_name(position.name, self._arabic)
        return self.fitted(self._arabic.sentence(nb_words=4) if made.isascii() else made, schema)


class EmojiMaker(_OtherTexts):
    """Makes the usual texts with an emoji at each end; most are one character to people and several to programs."""

    def other(self, usual: str, schema: Mapping[str, Any], position: Position) -> str:
        first, last = random.Random(usual).choices(_EMOJI, k=2)
        room = int(schema.get("maxLength", len(usual) + 99)) - len(first) - len(last) - 2
        return f"{first} {usual[:room].strip()} {last}" if room > 0 else usual


def _takes_null(schema: Any) -> bool:
    described = schema if isinstance(schema, dict) else {}
    branches = (*described.get("anyOf", ()), *described.get("oneOf", ()))
    return "null" in implied_types(described) or any(map(is_null, branches))


_COMBINATIONS = ("allOf", "anyOf", "oneOf", "examples")
_JSON_TYPES: dict[type, set[str]] = {
    str: {"string"},
    bool: {"boolean"},
    int: {"integer", "number"},
    float: {"number"},
    dict: {"object"},
    list: {"array"},
    type(None): {"null"},
}


def _without_null(branches: Sequence[Any]) -> Sequence[Any]:
    return [branch for branch in branches if not is_null(branch)] or branches


DataKind = Literal["usual", "long", "empty", "right-to-left", "emoji"]

_MAKERS: dict[str, type[_OtherTexts]] = {
    "long": LongMaker,
    "empty": EmptyMaker,
    "right-to-left": RightToLeftMaker,
    "emoji": EmojiMaker,
}


def maker_of(
    kind: DataKind, root: JsonSchema, fake: Faker, seed: str, refused: frozenset[str] = frozenset()
) -> FakerMaker:
    """Return what makes values of a kind of data; as usual in the fields that are `refused`."""
    return FakerMaker(root, fake, seed) if kind == "usual" else _MAKERS[kind](root, fake, seed, refused)
