"""Stand-ins for the data of a run, for the one run of a handler that discovers its steps."""

from __future__ import annotations

import dis
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

_SAMPLES = {"date-time": "2026-01-01T00:00:00+00:00", "date": "2026-01-01", "time": "00:00:00+00:00"}
_SAMPLES["uuid"] = "00000000-0000-4000-8000-000000000000"


class _Touchable:
    """The operations that every stand-in survives; the two classes below say what it is an instance of."""

    _schema: Mapping[str, Any]

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            return object.__getattribute__(self, name)
        return stand_in(_property(_schema_of(self), name))

    def _nothing(self, *args: object) -> None:
        pass

    __setattr__ = __delattr__ = __setitem__ = __delitem__ = __exit__ = _nothing

    def __getitem__(self, key: Any) -> Any:
        schema = _schema_of(self)
        return stand_in(_property(schema, key) if isinstance(key, str) else _items(schema))

    def __iter__(self) -> Iterator[Any]:
        item = _items(_schema_of(self))
        return iter([stand_in(item) for _ in range(_unpacked_into())])

    def __reversed__(self) -> Iterator[Any]:
        return iter(self)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return stand_in()

    def __bool__(self) -> bool:
        return _schema_of(self).get("type") == "array"

    def __format__(self, spec: str) -> str:
        return str(self)

    def __index__(self) -> int:
        # or open(payload.path) would take it for an open file, stdout
        if _schema_of(self).get("type") == "string":
            raise TypeError("a string cannot be interpreted as an integer")
        return 1

    def __enter__(self) -> Any:
        return self

    async def __aenter__(self) -> Any:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        pass

    async def __aiter__(self) -> AsyncIterator[Any]:
        yield stand_in(_items(_schema_of(self)))

    def __await__(self) -> Iterator[Any]:
        return iter(())


def _touched(self: _Touchable, *args: Any) -> Any:
    return stand_in({"type": "number"}) if isinstance(self, int) else stand_in()


def _divided(self: _Touchable, other: Any) -> Any:
    return _touched(self), _touched(self)


_ANSWERS = {
    **dict.fromkeys(("int", "trunc", "floor", "ceil", "round", "len"), 1),
    **dict.fromkeys(("lt", "le", "gt", "ge", "contains"), False),
    **{"float": 1.0, "complex": 1 + 0j, "bytes": b"1", "repr": "<stand-in>"},
}
for _name, _answer in _ANSWERS.items():
    setattr(_Touchable, f"__{_name}__", lambda self, *args, _answer=_answer: _answer)
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"):
    setattr(_Touchable, f"__{_name}__", _touched)
    setattr(_Touchable, f"__r{_name}__", _touched)
for _name in ("lshift", "rshift", "neg", "pos", "abs", "invert"):
    setattr(_Touchable, f"__{_name}__", _touched)
for _name in ("__divmod__", "__rdivmod__"):
    setattr(_Touchable, _name, _divided)


class StandIn(_Touchable, str):
    """A value that is not known yet and survives being touched.

    Attributes, items, calls, arithmetic and iteration give stand-ins again; it formats, joins and converts to a
    number as a value would. It is false and compares as neither less nor greater, so that code behind a condition
    is not entered; a list (as far as the schema says) is true and has one element, so that loops are entered once.

    It is a `str`, so that `", ".join(payload.names)` and a lookup in a dict keyed by an enum's values work.
    """

    __hash__ = str.__hash__
    __eq__ = str.__eq__
    __ne__ = str.__ne__
    __str__ = str.__str__


class NumberStandIn(_Touchable, int):
    """A stand-in for what the schema says is a number: `timedelta(hours=payload.hours)` takes nothing else."""

    __hash__ = int.__hash__
    __eq__ = int.__eq__
    __ne__ = int.__ne__

    def __str__(self) -> str:
        return "1"


def stand_in(schema: Mapping[str, Any] | None = None) -> Any:
    """Make a stand-in for a value of `schema`, or for any value.

    >>> payload = stand_in()
    >>> f"{payload.order.total * 1.19:.2f}", [item.name for item in payload.lines], payload.count > 3
    ('1', [<stand-in>], False)
    """
    schema = schema or {}
    if schema.get("type") in ("number", "integer"):
        made: Any = int.__new__(NumberStandIn, 1)
    else:
        made = str.__new__(StandIn, _sample(schema))
    object.__setattr__(made, "_schema", schema)
    return made


def _schema_of(made: _Touchable) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = object.__getattribute__(made, "_schema")
    return schema


def _sample(schema: Mapping[str, Any]) -> str:
    values = [schema.get("const"), *schema.get("enum", ())[:1], schema.get("default")]
    known = next((value for value in values if isinstance(value, str)), None)
    return known if known is not None else _SAMPLES.get(schema.get("format", ""), "1")


def _property(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = schema.get("properties", {}).get(name)
    return _not_null(found) if isinstance(found, Mapping) else {}


def _items(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    items = schema.get("items")
    return _not_null(items) if isinstance(items, Mapping) else {}


def _not_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of the value from that of an optional value (`anyOf` with null)."""
    branches = [branch for branch in schema.get("anyOf", ()) if branch.get("type") != "null"]
    return branches[0] if len(branches) == 1 else schema


def _unpacked_into() -> int:
    """Return how many elements the caller unpacks a stand-in into (`a, b = payload.pair`); 1 in a loop."""
    frame = sys._getframe(2)
    for instruction in dis.get_instructions(frame.f_code):
        # Python 3.10 is still at the EXTENDED_ARG in front of the instruction
        if instruction.offset < frame.f_lasti or instruction.opname == "EXTENDED_ARG":
            continue
        if instruction.opname.startswith("UNPACK_SEQUENCE"):
            return instruction.arg or 0
        if instruction.opname == "UNPACK_EX":
            arg = instruction.arg or 0
            return (arg & 0xFF) + (arg >> 8)
        break
    return 1
