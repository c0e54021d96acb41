"""Compiles a JSON Schema to one function that checks a value, in the order in which AJV evaluates keywords.

The function takes the value and a `Failures` list; it returns True for a valid value, and otherwise appends what is
wrong. A valid value costs no allocation: the path of a failure is put together afterwards, each container adding its
own segment in front. The keywords themselves are passed in as a `Vocabulary`, since they compile subschemas in turn.

Two things decide which failures are reported, and both are AJV's:

- Outside ``anyOf`` and its kin the first failure ends the whole check (`Failures.closed`). Inside them
  (`SchemaContext.composite`) a branch's failures are kept, so that all can be shown if no branch fits, and defaults
  are not filled in.
- Keywords run in groups: those for any type, then numbers, strings, arrays, objects. The failure of one group
  keeps the next from running. A schema of exactly one type that has keywords for that type checks the type
  when that group's turn comes, so after ``enum`` or ``anyOf``; any other schema checks it at the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from novu_framework.npm.ajv.references import References, SchemaError, pointer_token
from novu_framework.npm.ajv.types import TypeTest, declared_types, type_test, type_text
from novu_framework.npm.ecmascript.json import copy_json


@dataclass
class Failure:
    """A thing that is wrong, at ``path`` (a JSON pointer, complete once the check has ended)."""

    message: str
    path: str = ""
    missing: str | None = None
    """The property that is required and absent."""


class Answers:
    """The answers of the functions that references share, for objects and arrays, in one check of ``root``.

    Without it a schema that refers to itself in two branches would take exponential time.
    """

    def __init__(self, root: Any) -> None:
        self._root = root
        # By id() of the value, which is kept so that no other gets it, and of the function.
        self._known: dict[int, tuple[Any, dict[int, Answer]]] = {}
        self._parents: dict[int, tuple[Any, int]] | None = None

    def get(self, function: Check, data: Any) -> Answer | None:
        """Return whether ``data`` is valid to ``function`` and what is wrong with it, or None if it was not asked yet."""
        known = self._known.get(id(data))
        return None if known is None else known[1].get(id(function))

    def put(self, function: Check, data: Any, answer: Answer) -> None:
        """Keep an answer, if it may have taken long."""
        if isinstance(data, (dict, list)):
            self._known.setdefault(id(data), (data, {}))[1][id(function)] = answer

    def forget(self, data: Any) -> None:
        """Drop what was answered of a value that is changed, and of all that it is in."""
        if not self._known:
            return
        if self._parents is None:
            self._parents = _parents_in(self._root)
        place = id(data)
        while place in self._parents:
            self._known.pop(place, None)
            place = self._parents[place][1]
        if place != _OUTSIDE:  # it is in a default, which came later
            self._known.clear()


_OUTSIDE = 0


def _parents_in(root: Any) -> dict[int, tuple[Any, int]]:
    """Return the id() of what each object and array in ``root`` is in, by its own; each is kept, so that no other has it."""
    parents: dict[int, tuple[Any, int]] = {}
    waiting: list[tuple[Any, int]] = [(root, _OUTSIDE)]
    while waiting:
        value, parent = waiting.pop()
        if isinstance(value, (dict, list)):
            parents[id(value)] = value, parent
            members = value.values() if isinstance(value, dict) else value
            waiting.extend((member, id(value)) for member in members)
    return parents


class Failures(list[Failure]):
    """The failures so far, in AJV's order."""

    closed = False
    """Whether a failure has ended the check, so that no keyword may add to it."""
    root: Any = None
    """The value that is checked, as a whole."""
    _answers: Answers | None = None

    @property
    def answers(self) -> Answers:
        """The answers that references share; made when the first is met, since most schemas have none."""
        if self._answers is None:
            self._answers = Answers(self.root)
        return self._answers

    def forget(self, data: Any) -> None:
        """Drop what was answered of a value that is changed; see `Answers.forget`."""
        if self._answers is not None:
            self._answers.forget(data)

    def apart(self) -> Failures:
        """Return a list of its own for a part of the same check."""
        part = Failures()
        part._answers = self.answers
        return part

    def locate(self, since: int, key: str | int) -> None:
        """Put the path segment of a member or element in front of the failures from index ``since`` on."""
        segment = f"/{pointer_token(key)}"
        for index in range(since, len(self)):
            self[index].path = segment + self[index].path


Schema = dict[str, Any]
Answer = tuple[bool, list[tuple[str, str, str | None]]]
Check = Callable[[Any, Failures], bool]
Fail = Callable[[Failures], bool]
Keyword = Callable[["SchemaContext", Any, Schema], "Check | None"]
"""Makes the check of a keyword from the context, the keyword's value and the schema around it; None if it cannot fail."""


class Vocabulary(NamedTuple):
    """The keywords that are compiled, in AJV's order."""

    for_any_type: Mapping[str, Keyword]
    for_type: Mapping[str, Mapping[str, Keyword]]
    names: frozenset[str]
    """These keywords and others that count: AJV leaves a schema that has none of them out altogether."""


class SchemaContext(NamedTuple):
    """The place in the document, and the circumstances, in which a schema is compiled."""

    references: References
    vocabulary: Vocabulary
    base: str
    composite: bool = False

    def inside_choice(self) -> SchemaContext:
        """Return the context of a branch of ``anyOf``, ``oneOf``, ``not``, ``if`` and similar keywords."""
        return self._replace(composite=True)

    def failing(self, message: str, missing: str | None = None) -> Fail:
        """Return a function that reports ``message`` and gives False."""
        closes = not self.composite

        def fail(failures: Failures) -> bool:
            failures.append(Failure(message, missing=missing))
            failures.closed = closes
            return False

        return fail

    def accepts_all(self, schema: Any) -> bool:
        """Tell whether AJV lets every value pass a schema, without looking at the value."""
        return schema is True or (isinstance(schema, dict) and self.vocabulary.names.isdisjoint(schema))

    def compile(self, schema: Any) -> Check | None:
        """Return the check of a subschema; None where every value passes."""
        if self.accepts_all(schema):
            return None
        if schema is False:
            rejected = self.failing("boolean schema is false")
            return lambda _data, failures: rejected(failures)
        if "id" in schema:
            raise SchemaError('NOT SUPPORTED: keyword "id", use "$id" for schema ID')
        context = self._replace(base=self.references.base_of(schema, self.base))
        types = declared_types(schema)
        wrong_type = context.failing(f"must be {type_text(schema, types)}")

        def compiled(keywords: Mapping[str, Keyword]) -> list[Check | None]:
            return [make(context, schema[name], schema) for name, make in keywords.items() if name in schema]

        untyped = compiled(self.vocabulary.for_any_type)
        steps = list(untyped)
        type_pending = bool(types)
        for kind, keywords in self.vocabulary.for_type.items():
            if keywords.keys().isdisjoint(schema):
                continue
            checks = [fill_defaults(context, kind, schema), *compiled(keywords)]
            if types == [kind]:
                steps.append(_only_type(type_test(types), checks, wrong_type))
                type_pending = False
            elif (check := all_of(checks)) is not None:
                steps.append(_if_type(type_test([kind]), check))
        if type_pending:
            return _type_first(
                type_test(types), wrong_type, all_of(steps), all_of(untyped) if context.composite else None
            )
        return all_of(steps)


def compile_schema(schema: Any, references: References, vocabulary: Vocabulary) -> Check:
    """Return the check of a whole document.

    Raises:
        SchemaError: It cannot be compiled.
    """
    return _function(SchemaContext(references, vocabulary, references.base), schema)


def compile_reference(context: SchemaContext, ref: str, _schema: Schema) -> Check | None:
    """Return the check for ``$ref``: inlined where the target has no references of its own, else a call."""
    target = context.references.resolve(ref, context.base)
    there = context._replace(base=target.base)
    if target.schema is not context.references.root and not _has_reference(target.schema):
        return there.compile(target.schema)
    function = _function(there, target.schema)
    context.references.shares = True

    def call(data: Any, failures: Failures) -> bool:
        known = failures.answers.get(function, data)
        if known is None:
            own = failures.apart()
            valid = function(data, own)
            known = valid, [(one.message, one.path, one.missing) for one in own[:_MAX_FAILURES]]
            failures.answers.put(function, data, known)
        valid, wrong = known
        failures.extend(Failure(*failure) for failure in wrong if not valid)
        return valid

    return call


def _function(context: SchemaContext, schema: Any) -> Check:
    """Return a schema compiled by itself, as AJV does for the document and for targets that have references.

    Such a function starts afresh: even when a branch of ``anyOf`` calls it, it fills in defaults and stops at
    its first failure.
    """
    functions = context.references.functions
    known = functions.get(id(schema))
    if known is not None:
        return known
    compiled: Check = _pass

    def later(data: Any, failures: Failures) -> bool:  # for references to it from within
        return compiled(data, failures)

    functions[id(schema)] = later
    compiled = functions[id(schema)] = context._replace(composite=False).compile(schema) or _pass
    return compiled


# What a function that references share tells at most. Branches that refer to each other double their failures otherwise.
_MAX_FAILURES = 100

_REFERENCES = frozenset({"$ref", "$recursiveRef", "$recursiveAnchor", "$dynamicRef", "$dynamicAnchor"})


def _has_reference(schema: Any) -> bool:
    if isinstance(schema, dict):
        return not _REFERENCES.isdisjoint(schema) or any(map(_has_reference, schema.values()))
    return isinstance(schema, list) and any(map(_has_reference, schema))


def _pass(_data: Any, _failures: Failures) -> bool:
    return True


def all_of(checks: Sequence[Check | None]) -> Check | None:
    """Return one check that runs these in order and stops at the first that fails; None if every value passes."""
    needed = [check for check in checks if check is not None]
    if len(needed) < 2:
        return needed[0] if needed else None
    if len(needed) > 3:
        return lambda data, failures: all(check(data, failures) for check in needed)
    first, second, third = (*needed, _pass)[:3]
    return lambda data, failures: first(data, failures) and second(data, failures) and third(data, failures)


def passing_classes(context: SchemaContext, schema: Any) -> frozenset[type]:
    """Return the classes whose values all pass ``schema``; none where more than the type counts for every value."""
    names = context.vocabulary.names
    rules = names.intersection(schema) if isinstance(schema, dict) else names
    if rules == {"anyOf"} and not any(map(context.accepts_all, schema["anyOf"])):
        branches = [passing_classes(context, branch) for branch in schema["anyOf"]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    more = rules - {"type", "nullable", "$comment"}
    if more == {"additionalProperties"} and context.accepts_all(schema["additionalProperties"]):
        more = frozenset()  # as `list[dict]` is shown
    if not more <= {"format", "pattern", "minLength", "maxLength"}:
        return frozenset()
    classes = type_test(declared_types(schema)).classes
    # these rules look at texts, and formats at numbers
    return classes - {str, int, float} if more else classes


def each_member(
    member: Check | None, members: Callable[[Any], Iterable[tuple[str | int, Any]]]
) -> Check | None:
    """Return a check of some members or elements of a container: ``members`` gives each key or index and value."""
    if member is None:
        return None
    fits = member

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        for key, value in members(data):
            if not fits(value, failures):
                failures.locate(start, key)
                return False
        return True

    return check


def _only_type(kind: TypeTest, checks: Sequence[Check | None], wrong_type: Fail) -> Check:
    """Return a check for values of a type; others fail."""
    classes, fits = kind
    needed = [check for check in checks if check is not None]
    if len(needed) == 3:  # most objects have properties, some of them required, and no others
        first, second, third = needed
        return lambda data, failures: (
            first(data, failures) and second(data, failures) and third(data, failures)
            if type(data) in classes or fits(data)
            else wrong_type(failures)
        )
    inner = all_of(needed) or _pass
    return lambda data, failures: (
        inner(data, failures) if type(data) in classes or fits(data) else wrong_type(failures)
    )


def _if_type(kind: TypeTest, body: Check) -> Check:
    """Return a check for values of a type; others pass."""
    return lambda data, failures: body(data, failures) if kind(data) else True


def _type_first(kind: TypeTest, wrong_type: Fail, body: Check | None, untyped: Check | None) -> Check:
    """Return a check of the type before anything else; AJV may still run the ``untyped`` keywords after its failure."""
    if untyped is None:
        return _only_type(kind, [body], wrong_type)
    inner, others = body or _pass, untyped

    def check(data: Any, failures: Failures) -> bool:
        if kind(data):
            return inner(data, failures)
        wrong_type(failures)
        others(data, failures)
        return False

    return check


def fill_defaults(context: SchemaContext, kind: str, schema: Schema) -> Check | None:
    """Return what fills in the defaults of absent members; it runs before the other keywords of a type."""
    if context.composite or context.references.meta:
        return None
    members: Any = None
    if kind == "object":
        members = schema.get("properties", {}).items()
    elif kind == "array" and isinstance(schema.get("items"), list):
        members = enumerate(schema["items"])
    defaults = {
        key: member["default"]
        for key, member in members or ()
        if isinstance(member, dict) and "default" in member
    }
    if not defaults:
        return None
    context.references.writes = True

    containers = {name for name, default in defaults.items() if isinstance(default, (dict, list))}

    def fill(data: Any, failures: Failures) -> bool:
        for name, default in defaults.items():
            if name not in data:
                failures.forget(data)
                data[name] = copy_json(default) if name in containers else default
        return True

    def extend(data: Any, failures: Failures) -> bool:
        for index, default in defaults.items():
            if index >= len(data):
                failures.forget(data)
                # JavaScript leaves holes before it, which JSON shows as null.
                data.extend([None] * (index - len(data)))
                data.append(copy_json(default))
        return True

    return fill if kind == "object" else extend
