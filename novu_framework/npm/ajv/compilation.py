"""From a JSON Schema to one closure that checks a value, in the order in which AJV evaluates keywords.

Two things decide which failures are reported, and both are AJV's:

- Outside ``anyOf`` and its kin the first failure ends the whole check (`Failures.closed`). Inside them
  (`SchemaContext.composite`) a branch's failures are kept, so that all can be shown if no branch fits, and defaults
  are not filled in.
- Keywords run in groups: those for any type, then numbers, strings, arrays, objects. The failure of one group
  keeps the next from running. A schema of exactly one type that has keywords for that type checks the type
  when that group's turn comes, so after ``enum`` or ``anyOf``; any other schema checks it at the start.
"""

from __future__ import annotations

from typing import Any

from novu_framework.npm.ajv.context import (
    TYPE_TESTS,
    Check,
    Keyword,
    SchemaContext,
    all_of,
    any_type_test,
    check_type_first,
    compile_function,
    only_for_type,
    type_text,
    types_of,
    when_of_type,
)
from novu_framework.npm.ajv.keywords import FOR_ANY_TYPE, FOR_TYPE, fill_defaults, is_always_valid
from novu_framework.npm.ajv.references import References, SchemaError


def compile_schema(schema: Any, references: References) -> Check:
    """Return the check of a whole document.

    Raises:
        SchemaError: It cannot be compiled.
    """
    return compile_function(SchemaContext(references, references.base, _compile), schema)


def _compile(context: SchemaContext, schema: Any) -> Check | None:
    if is_always_valid(schema):
        return None
    if schema is False:
        rejected = context.failing("boolean schema is false")
        return lambda _data, failures: rejected(failures)
    if "id" in schema:
        raise SchemaError('NOT SUPPORTED: keyword "id", use "$id" for schema ID')
    context = context._replace(base=context.references.base_of(schema, context.base))
    types = types_of(schema)
    wrong_type = context.failing(f"must be {type_text(schema, types)}")

    def compiled(keywords: dict[str, Keyword]) -> list[Check]:
        made = (
            factory(context, schema[name], schema) for name, factory in keywords.items() if name in schema
        )
        return [check for check in made if check is not None]

    untyped = compiled(FOR_ANY_TYPE)
    steps = list(untyped)
    type_pending = bool(types)
    for kind, keywords in FOR_TYPE.items():
        if keywords.keys().isdisjoint(schema):
            continue
        filling = fill_defaults(context, kind, schema)
        checks = ([filling] if filling else []) + compiled(keywords)
        if types == [kind]:
            steps.append(only_for_type(TYPE_TESTS[kind], all_of(checks), wrong_type))
            type_pending = False
        elif checks:
            steps.append(when_of_type(TYPE_TESTS[kind], all_of(checks)))
    if type_pending:
        also = all_of(untyped) if context.composite else None
        return check_type_first(any_type_test(types), wrong_type, all_of(steps), also)
    return all_of(steps)
