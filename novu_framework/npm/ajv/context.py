"""What the keywords of a schema are compiled with: failures, the context of a schema, checks put together, types.

A check takes the value and a `Failures` list; it gives True for a valid value, and otherwise appends what is
wrong. The success path allocates nothing: a failure gets its path on the way out, each container that it
leaves putting its own segment in front.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from novu_framework.npm.ajv.references import References, SchemaError
from novu_framework.npm.ecmascript.numbers import is_integer, is_number


class Failure:
    """One thing that is wrong, at ``path`` (a JSON pointer, complete once the check has ended)."""

    __slots__ = ("message", "path")

    def __init__(self, message: str) -> None:
        self.path = ""
        self.message = message


class Failures(list[Failure]):
    """What is wrong so far; ``closed`` once a failure has ended the check and no keyword may add to it."""

    closed = False

    def locate(self, since: int, key: str | int) -> None:
        """Put the failures from index ``since`` on under the member ``key`` of the value that held them."""
        segment = "/" + str(key).replace("~", "~0").replace("/", "~1")
        for index in range(since, len(self)):
            self[index].path = segment + self[index].path


Check = Callable[[Any, Failures], bool]
Fail = Callable[[Failures], bool]
Test = Callable[[Any], bool]


class SchemaContext(NamedTuple):
    """Where in the document, and in which circumstances, a schema is compiled."""

    references: References
    base: str
    compiler: Callable[[SchemaContext, Any], Check | None]
    composite: bool = False

    def inside_choice(self) -> SchemaContext:
        """The place of a branch of ``anyOf``, ``oneOf``, ``not``, ``if`` and their like."""
        return self._replace(composite=True)

    @property
    def fills_defaults(self) -> bool:
        return not self.composite and not self.references.meta

    def failing(self, message: str) -> Fail:
        """A function that reports ``message`` and gives False."""
        closes = not self.composite

        def fail(failures: Failures) -> bool:
            failures.append(Failure(message))
            failures.closed = closes
            return False

        return fail

    def compile(self, schema: Any) -> Check | None:
        """Return the check of a subschema here; None where every value passes."""
        return self.compiler(self, schema)


Keyword = Callable[[SchemaContext, Any, dict[str, Any]], "Check | None"]


def reference(context: SchemaContext, ref: str) -> Check | None:
    """The check for ``$ref``: inlined where the target has no references of its own, else a call."""
    target = context.references.resolve(ref, context.base)
    there = context._replace(base=target.base)
    if target.schema is not context.references.root and not _has_reference(target.schema):
        return there.compile(target.schema)
    function = compile_function(there, target.schema)

    def call(data: Any, failures: Failures) -> bool:
        own = Failures()
        if function(data, own):
            return True
        failures.extend(own)
        return False

    return call


def compile_function(context: SchemaContext, schema: Any) -> Check:
    """A schema compiled by itself, as AJV does for the document and for targets that have references.

    Such a function starts afresh: even when a branch of ``anyOf`` calls it, it fills in defaults and stops at
    its first failure.
    """
    functions = context.references.functions
    known = functions.get(id(schema))
    if known is not None:
        return known
    compiled: Check = _pass

    def later(
        data: Any, failures: Failures
    ) -> bool:  # for references to it that are met while it is compiled
        return compiled(data, failures)

    functions[id(schema)] = later
    compiled = functions[id(schema)] = context._replace(composite=False).compile(schema) or _pass
    return compiled


_REFERENCES = frozenset({"$ref", "$recursiveRef", "$recursiveAnchor", "$dynamicRef", "$dynamicAnchor"})


def _has_reference(schema: Any) -> bool:
    if isinstance(schema, dict):
        return not _REFERENCES.isdisjoint(schema) or any(map(_has_reference, schema.values()))
    return isinstance(schema, list) and any(map(_has_reference, schema))


def _pass(_data: Any, _failures: Failures) -> bool:
    return True


def all_of(checks: Sequence[Check]) -> Check | None:
    """One check that runs these in order and stops at the first that fails; None for none."""
    if len(checks) < 2:
        return checks[0] if checks else None
    if len(checks) == 2:
        first, second = checks
        return lambda data, failures: first(data, failures) and second(data, failures)
    in_order = tuple(checks)

    def check(data: Any, failures: Failures) -> bool:
        for step in in_order:  # noqa: SIM110  (all() over a generator takes twice as long)
            if not step(data, failures):
                return False
        return True

    return check


# How a type is checked: an isinstance() where a class says it all (the fast way), else a function.
TYPE_TESTS: dict[str, type | Test] = {
    "number": is_number,
    "integer": is_integer,
    "string": str,
    "array": list,
    "object": dict,
    "boolean": bool,
    "null": type(None),
}


def only_for_type(kind: type | Test, body: Check | None, wrong_type: Fail) -> Check:
    """Check ``body`` for values of a type, and fail for others."""
    if isinstance(kind, type):
        cls = kind
        if body is None:
            return lambda data, failures: isinstance(data, cls) or wrong_type(failures)
        inner = body
        return lambda data, failures: inner(data, failures) if isinstance(data, cls) else wrong_type(failures)
    test = kind
    rest = body or _pass
    return lambda data, failures: rest(data, failures) if test(data) else wrong_type(failures)


def when_of_type(kind: type | Test, body: Check | None) -> Check:
    """Check ``body`` for values of a type; others pass."""
    inner = body or _pass
    if isinstance(kind, type):
        cls = kind
        return lambda data, failures: inner(data, failures) if isinstance(data, cls) else True
    test = kind
    return lambda data, failures: inner(data, failures) if test(data) else True


def check_type_first(kind: type | Test, wrong_type: Fail, body: Check | None, also: Check | None) -> Check:
    """Check the type before anything else; in a branch, AJV still runs the untyped keywords (``also``)."""
    if also is None:
        return only_for_type(kind, body, wrong_type)
    rest, untyped = body or _pass, also

    def check(data: Any, failures: Failures) -> bool:
        if test(data):
            return rest(data, failures)
        wrong_type(failures)
        untyped(data, failures)
        return False

    test = _as_test(kind)
    return check


def _as_test(kind: type | Test) -> Test:
    if isinstance(kind, type):
        cls = kind
        return lambda data: isinstance(data, cls)
    return kind


def any_type_test(types: list[str]) -> type | Test:
    tests = [TYPE_TESTS[name] for name in types]
    if len(tests) == 1:
        return tests[0]
    classes = tuple(test for test in tests if isinstance(test, type))
    functions = [test for test in tests if not isinstance(test, type)]
    return lambda data: isinstance(data, classes) or any(test(data) for test in functions)


def type_test(types: list[str]) -> Test:
    """A function that says whether a value is of one of these types."""
    return _as_test(any_type_test(types))


def scalar_types(items: Any) -> list[str]:
    """The types of an array's elements, if the schema says that they are neither arrays nor objects."""
    types = types_of(items) if isinstance(items, dict) else []
    return [] if "object" in types or "array" in types else types


def types_of(schema: dict[str, Any]) -> list[str]:
    """The types a schema asks for, ``nullable`` counted in."""
    declared = schema.get("type", [])
    types = list(declared) if isinstance(declared, list) else [declared]
    nullable = schema.get("nullable")
    if "null" in types:
        if nullable is False:
            raise SchemaError("type: null contradicts nullable: false")
    elif not types and nullable is not None:
        raise SchemaError('"nullable" cannot be used without "type"')
    elif nullable not in (None, True, False):
        raise SchemaError('nullable value must be "boolean"')
    elif nullable:
        types.append("null")
    return types


def type_text(schema: dict[str, Any], types: list[str]) -> str:
    # AJV adds "null" to a list of types and not to a single type.
    return ",".join(types) if isinstance(schema.get("type"), list) else str(schema.get("type"))
