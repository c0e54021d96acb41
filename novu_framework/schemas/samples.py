"""Sample values of Python's types, for previews and tests: what JSON Schema does not say of a type is added here.

A field's own `examples` come first. What is left to the npm package's ways (`novu_framework.npm.mock_data`) is made as
there, so that a preview looks the same in both languages.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.npm.mock_data import NOTHING, PLACEHOLDER, Maker, Position
from novu_framework.npm.regexp.examples import Choose, example_of
from novu_framework.npm.regexp.patterns import compile_pattern
from novu_framework.schemas.json_schema import DATA, JsonSchemaByHand
from novu_framework.schemas.python_types import json_schema_of, without_null

SAMPLES = "x-samples"
"""The keyword with values that a type takes, beside the user's own `examples`."""


def sample_schema_of(adapter: TypeAdapter[Any], source: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type with `SAMPLES` where the rest of it does not lead to a value that fits."""
    schema: dict[str, Any] = _with_texts(without_null(json_schema_of(adapter, source, _WithSamples)))
    return schema


def sample_of(schema: Mapping[str, Any]) -> Any:
    """Make a value, the same every time, of a `sample_schema_of`."""
    document = dict(schema)
    made = _SampleMaker(document).value(document, Position())
    return None if made is NOTHING else made


class _WithSamples(JsonSchemaByHand):
    """Adds `SAMPLES` to the types whose JSON Schema says less than they ask for."""

    def datetime_schema(self, schema: Any) -> dict[str, Any]:
        naive = datetime(2024, 1, 15, 9, 30)
        return self._within(
            super().datetime_schema(schema),
            schema,
            naive if schema.get("tz_constraint") == "naive" else naive.replace(tzinfo=timezone.utc),
            step=timedelta(days=1),
        )

    def date_schema(self, schema: Any) -> dict[str, Any]:
        return self._within(super().date_schema(schema), schema, date(2024, 1, 10), step=timedelta(days=1))

    def time_schema(self, schema: Any) -> dict[str, Any]:
        usual = time(9, 30, tzinfo=None if schema.get("tz_constraint") == "naive" else timezone.utc)
        return self._within(super().time_schema(schema), schema, usual)

    def timedelta_schema(self, schema: Any) -> dict[str, Any]:
        made = super().timedelta_schema(schema)
        return self._within(made, schema, timedelta(hours=1), step=timedelta(seconds=1))

    def _within(self, made: dict[str, Any], schema: Any, usual: Any, step: Any = None) -> dict[str, Any]:
        """Add a value between the bounds that a type of times sets, where it sets some."""
        bounds = {name: schema[name] for name in ("ge", "gt", "le", "lt") if name in schema}
        if schema.get("now_op") and not bounds:
            usual = usual.replace(year=9000 if schema["now_op"] == "future" else 2000)
        elif bounds:
            usual = bounds.get("ge", bounds.get("le", usual))
            if step is not None and "gt" in bounds:
                usual = bounds["gt"] + step
            elif step is not None and "lt" in bounds and "ge" not in bounds:
                usual = bounds["lt"] - step
        elif schema.get("tz_constraint") != "naive":
            return made
        return {**made, SAMPLES: [to_jsonable_python(usual)]}

    def complex_schema(self, schema: Any) -> dict[str, Any]:
        return {**super().complex_schema(schema), SAMPLES: ["1+2j"]}

    def uuid_schema(self, schema: Any) -> dict[str, Any]:
        made = {**super().uuid_schema(schema), "format": "uuid"}
        if (version := schema.get("version")) is None:
            return made
        # `UUID4` and its like write a format of their own over this one
        uuids = [f"00000000-0000-{version}000-8000-00000000000{index}" for index in range(10)]
        return {**made, SAMPLES: uuids}

    def url_schema(self, schema: Any) -> dict[str, Any]:
        return self._with_scheme(super().url_schema(schema), schema)

    def multi_host_url_schema(self, schema: Any) -> dict[str, Any]:
        return self._with_scheme(super().multi_host_url_schema(schema), schema)

    def _with_scheme(self, made: dict[str, Any], schema: Any) -> dict[str, Any]:
        schemes = schema.get("allowed_schemes") or ["https"]
        if "https" in schemes:
            return made
        host = "" if schemes[0] == "file" else "user:password@example.com"
        return {**made, SAMPLES: [f"{schemes[0]}://{host}/name"]}

    def dict_schema(self, schema: Any) -> dict[str, Any]:
        made = super().dict_schema(schema)
        if "keys_schema" in schema and "patternProperties" not in made:
            made["propertyNames"] = self.generate_inner(schema["keys_schema"])
        return made


_TEXTS = {
    "base64": "bm92dQ==",
    "base64url": "bm92dQ==",
    "color": "red",
    "directory-path": ".",
    "ipv4interface": "192.0.2.{0}/24",
    "ipv4network": "192.0.2.{0}/32",
    "ipv6interface": "2001:db8::{0}/32",
    "ipv6network": "2001:db8::{0}/128",
    "ipvanyaddress": "192.0.2.{0}",
    "ipvanyinterface": "192.0.2.{0}/24",
    "ipvanynetwork": "192.0.2.{0}/32",
    "name-email": "Ann <user{0}@example.com>",
    "phone": "+1415555267{0}",
    "zoneinfo": "UTC",
}
"""Texts of the formats that pydantic has beside those of JSON Schema."""


def _with_texts(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_with_texts(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: value if key in DATA else _with_texts(value) for key, value in schema.items()}
    if isinstance(made.get("format"), str) and made["format"] in _TEXTS:
        made[SAMPLES] = [_TEXTS[made["format"]].format(index) for index in range(10)]
    return made


class _SampleMaker(Maker):
    """Makes what the npm package makes, and more where that would not fit a Python type."""

    undescribed = True

    def value(self, schema: Any, position: Position) -> Any:
        if isinstance(schema, dict):
            for keyword in ("examples", SAMPLES):
                if schema.get(keyword):
                    return copy_json(self.choose_option(schema[keyword], position))
        return super().value(schema, position)

    def choose_branch(self, branches: Sequence[Any], position: Position) -> Any:
        """Choose a branch as ever, but one with a pattern last: its simplest text may mean nothing."""
        return super().choose_branch(sorted(branches, key=lambda branch: "pattern" in branch), position)

    def choose_members(self, schema: Mapping[str, Any], position: Position) -> list[str]:
        """Choose the required members, and those for which the user gave an example."""
        described, required = schema.get("properties", {}), schema.get("required", ())
        chosen = super().choose_members(schema, position)
        more = (name for name in described if name not in required and "examples" in described[name])
        return [*chosen, *more]

    def add_members(self, made: dict[str, Any], schema: Mapping[str, Any], position: Position) -> None:
        """Add a member to a dict, under a key that its type of keys allows, and more where it has to have more."""
        names, described = schema.get("propertyNames", {}), schema.get("additionalProperties")
        described = described or next(iter(schema.get("patternProperties", {}).values()), None)
        if described is None:
            return
        count = max(0 if "properties" in schema else 1, schema.get("minProperties", 0) - len(made))
        for index in range(count):
            name = self.value({"type": "string", **names}, Position(index_in_array=index))
            element = self.value(described, position.member(str(name)))
            if element is not NOTHING and name is not NOTHING:
                made[name if isinstance(name, str) else json.dumps(name)] = element

    def array(self, schema: Mapping[str, Any], position: Position) -> Any:
        """Make an array as ever; an empty one where no more is known of it than that it may be empty."""
        return [] if "items" not in schema and not schema.get("minItems") else super().array(schema, position)

    def text(self, schema: Mapping[str, Any], position: Position) -> Any:
        if "contentSchema" in schema:
            return json.dumps(self.value(schema["contentSchema"], position))
        if "pattern" in schema:
            simplest_then_chance = [lambda options: options[0], *[random.Random(0).choice] * 100]
            found = matching_text(schema, simplest_then_chance)
            return NOTHING if found is None else found
        made = super().text(schema, position)
        if made is NOTHING:  # a format that is no more than a hint to people, such as a password or a path
            made = super().text({key: schema[key] for key in schema if key != "format"}, position)
        most = schema.get("maxLength")
        longest = int(most) if isinstance(most, (int, float)) else None
        if position.index_in_array and made.startswith(PLACEHOLDER[:longest]):  # to tell a set apart
            made = f"{position.index_in_array}{made}"[:longest]
        return made


def matching_text(schema: Mapping[str, Any], chooses: Sequence[Choose]) -> str | None:
    """Make a text of the pattern and the length that a schema asks for: with the first of ``chooses`` that leads to one."""
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", math.inf)
    for choose in chooses:
        text = example_of(schema["pattern"], choose) or ""
        text = text.ljust(shortest, text[-1:] or "-")
        if len(text) <= longest and compile_pattern(schema["pattern"]).search(text):
            return text
    return None
