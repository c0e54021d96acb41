"""JSON Schema draft-07 as AJV 8 reads it, with defaults filled in.

AJV's options are ``useDefaults``, ``removeAdditional: "failing"``, strict mode off and stopping at the first error.
Answers show all of that (message texts, which error comes first, what is filled in and what is dropped), so this
module follows AJV's evaluation and not the letter of the standard. `docs/decisions.md` says why it is not one of the
existing Python validators.

    >>> validator = Validator({
    ...     "type": "object",
    ...     "properties": {"name": {"type": "string"}, "tone": {"type": "string", "default": "kind"}},
    ...     "required": ["name"],
    ...     "additionalProperties": False,
    ... })
    >>> validator.validate({"name": "Ann", "extra": 1})
    ({'name': 'Ann', 'tone': 'kind'}, [])
    >>> validator.validate({})[1]
    [Issue(path='', message="must have required property 'name'")]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from novu_framework.npm.ajv.compilation import Check, Failures, SchemaContext, compile_schema
from novu_framework.npm.ajv.draft7 import DRAFT_07, META_SCHEMA
from novu_framework.npm.ajv.references import References, SchemaError
from novu_framework.npm.ecmascript.json import UNDEFINED, copy_json

if TYPE_CHECKING:
    from novu_framework.npm.ajv.acceptance import Acceptance

__all__ = ["Issue", "JsonSchema", "SchemaError", "Validator"]

JsonSchema = dict[str, Any]
"""A JSON Schema: draft-07, as AJV reads it."""


@dataclass(frozen=True)
class Issue:
    """A thing that is wrong with a value.

    Attributes:
        path: Where, as a JSON pointer; ``""`` is the whole value.
        message: What, in AJV's words.
        missing: The property that is required there and absent.
    """

    path: str
    message: str
    missing: str | None = field(default=None, compare=False, repr=False)

    def to_dict(self) -> dict[str, str]:
        """Return the issue as the JSON object that travels: ``{"path": ..., "message": ...}``."""
        return {"path": self.path, "message": self.message}


class Validator:
    """A JSON Schema, compiled once, to check any number of values.

    Raises:
        SchemaError: The schema itself is wrong; the message is AJV's where AJV has one.
    """

    def __init__(self, schema: JsonSchema | bool) -> None:
        try:
            _check_schema(schema)
            references = References(schema)
            self._check = _compiled(schema, references)
        except RecursionError:
            raise SchemaError("schema is invalid: it is nested too deeply to be compiled") from None
        self.schema = schema
        self._references = references
        # Defaults and removals write into the value, so it is copied first; other schemas only look.
        self._writes = references.writes
        self._shares = references.shares
        # `cached_property` has a lock until Python 3.11, which a fork may find closed
        self._usual: Any = UNDEFINED

    @property
    def usual(self) -> Acceptance | None:
        """The test that most valid values pass at the speed of C, made at the first of them; None where there is none."""
        if self._usual is UNDEFINED:
            self._usual = self._make_usual()
        usual: Acceptance | None = self._usual
        return usual

    def _make_usual(self) -> Acceptance | None:
        from novu_framework.npm.ajv.acceptance import acceptance
        from novu_framework.npm.ajv.keywords import KEYWORDS

        context = SchemaContext(self._references, KEYWORDS, self._references.base)
        return None if self._shares else acceptance(context, self.schema)

    def filled(self, data: Any, *, copy: bool = True) -> Any:
        """Return the value with the defaults filled in that `usual` asks for ahead; see `validate`."""
        usual = self.usual
        if usual is None or usual.fill is None or type(data) is not dict:
            return data
        data = copy_json(data) if copy else data
        usual.fill(data, Failures())
        return data

    def validate(self, data: Any, *, copy: bool = True) -> tuple[Any, list[Issue]]:
        """Return the value with defaults filled in and failing extras dropped, and what is wrong with it.

        The list is empty for a valid value. Otherwise it has one issue or, where ``anyOf``, ``oneOf`` or a similar
        keyword failed, one for each branch and one for the keyword itself, in AJV's order.

        Args:
            data: Plain JSON data.
            copy: Leave ``data`` itself unchanged; where it needs no change, it is what is returned.
        """
        try:
            usual = self.usual
            if usual is not None and usual.fill is None and usual.accepts(data):
                return data, []
            if self._writes and copy:
                data = copy_json(data)
            failures = Failures()
            if usual is not None and usual.fill is not None and type(data) is dict:
                usual.fill(data, failures)
                if usual.accepts(data):
                    return data, []
            if self._shares:
                failures.root = data
            if self._check(data, failures):
                return data, []
        except RecursionError:
            return data, [Issue("", "must NOT be nested so deeply that it cannot be checked")]
        return data, [Issue(failure.path, failure.message, failure.missing) for failure in failures]


@cache
def _meta_validator() -> Check:
    return _compiled(META_SCHEMA, References(META_SCHEMA, meta=True))


def _compiled(schema: JsonSchema | bool, references: References) -> Check:
    # formats and patterns take 20 ms to import, and an app that only triggers checks nothing
    from novu_framework.npm.ajv.keywords import KEYWORDS
    from novu_framework.npm.regexp import PatternError

    try:
        return compile_schema(schema, references, KEYWORDS)
    except PatternError as error:
        raise SchemaError(str(error)) from None


def _check_schema(schema: JsonSchema | bool) -> None:
    """Refuse a schema that AJV would refuse before compiling it."""
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        raise SchemaError("schema must be object or boolean")
    dialect = schema.get("$schema", DRAFT_07)
    if not isinstance(dialect, str):
        raise SchemaError("$schema must be a string")
    if dialect.rstrip("#") != DRAFT_07:
        raise SchemaError(
            f'no schema with key or ref "{dialect}": Novu reads draft-07 ({DRAFT_07}#), so remove "$schema" or '
            "write the schema for that draft"
        )
    failures = Failures()
    if not _meta_validator()(schema, failures):
        text = ", ".join(f"data{failure.path} {failure.message}" for failure in failures)
        raise SchemaError(f"schema is invalid: {text}")
