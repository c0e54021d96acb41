"""What a caller hands over, as plain JSON data: the values that are held, or a refusal that names the place.

`json_data` is for what is sent to the Novu API. Pydantic writes it, in two ways at once: as JSON, which is how models want
their dates and decimals written, and as Python, which still has the secrets that JSON shows as asterisks.
`json_types` is for what a step gives: it opens subclasses (`Markup`, enums) and models, and leaves the rest to the schemas.
"""

from __future__ import annotations

import cmath
import dataclasses
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any, Final, TypeAlias

from pydantic_core import SchemaSerializer, core_schema, to_json

from novu_framework.errors import new_of

_ANY: Final = SchemaSerializer(core_schema.any_schema())

_Path: TypeAlias = tuple[Any, ...]
_LISTS: Final = (list, tuple, set, frozenset, deque)
_CONTAINERS: Final = (*_LISTS, Mapping)


class NotJsonError(TypeError, ValueError):
    """A value cannot be sent as JSON.

    Attributes:
        path: Where it is, as a JSON pointer.
        reason: What it is. Neither quotes the value, which may be a secret.
    """

    def __init__(self, path: _Path, reason: str) -> None:
        self.path = "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in path)
        self.reason = reason
        super().__init__(f"This cannot be sent as JSON: `{self.path or '/'}` {reason}.")

    def __reduce__(self) -> tuple[Any, ...]:
        return new_of, (type(self), *self.args), vars(self)


def json_data(value: Any, serializer: SchemaSerializer = _ANY) -> Any:
    """Return plain JSON data of `value`, which shares nothing with it.

    Args:
        value: JSON data, in which there may be anything that pydantic writes: models, dates, sets, secrets, ...
        serializer: The serializer of its type, where that is known.

    Raises:
        NotJsonError: Something in it has no JSON, or would arrive as something else.

    >>> from pydantic import SecretStr
    >>> json_data({"code": SecretStr("123456"), "tags": ("a", "b")})
    {'code': '123456', 'tags': ['a', 'b']}
    """
    return _held(value, serializer, ())


def written(value: Any, serializer: SchemaSerializer = _ANY, path: _Path = ()) -> Any:
    """Return `value` as pydantic writes it as JSON: secrets as asterisks, NaN as None, any text.

    Raises:
        NotJsonError: Something in it has no JSON.
    """
    try:
        return _dumped(serializer, value)
    except (TypeError, ValueError):
        raise NotJsonError(*_place(value, serializer, path)) from None


def _held(value: Any, serializer: SchemaSerializer, path: _Path) -> Any:
    data = written(value, serializer, path)
    held = _in_python(value, serializer, data, path)
    return _as_held(data, held, path, sure=not _has_masks(data) or _is_written_so(data, held))


def _in_python(value: Any, serializer: SchemaSerializer, data: Any, path: _Path) -> Any:
    """Return `value` as pydantic writes it for Python, where models are dicts; part by part where it cannot write all of it."""
    write = partial(serializer.to_python, value, by_alias=True, warnings=False, fallback=_plainer)
    try:
        return write()
    except (TypeError, ValueError):  # as of a set of models: no dict is in a set
        pass
    if isinstance(value, Mapping):
        return {key: _part(member, (*path, key)) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_part(item, (*path, index)) for index, item in enumerate(value)]
    held: dict[str, Any] = {}
    for name in getattr(type(value), "__pydantic_fields__", {}):
        part = {name}
        try:
            held |= write(include=part)
        except (TypeError, ValueError):
            held |= _only_json(write(include=part, mode="json"), (*path, name))
    return held or _only_json(data, path)


def _part(value: Any, path: _Path) -> Any:
    return _in_python(value, _ANY, written(value, path=path), path)


def _only_json(data: Any, path: _Path) -> Any:
    """Return JSON data where nothing else is known of a value; not with asterisks, which may stand for a secret."""
    if _has_masks(data):
        raise NotJsonError(
            path, "holds a secret in what has no form in Python, such as a set of models: give a list"
        )
    return data


def _dumped(serializer: SchemaSerializer, value: Any, include: set[str] | None = None) -> Any:
    options: dict[str, Any] = {"mode": "json", "by_alias": True, "warnings": False, "include": include}
    return serializer.to_python(value, fallback=_plainer_or_fail, **options)


def _plainer(value: Any) -> Any:
    """Return what pydantic is to write in place of a value that it does not know, or None."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, deque):  # known since pydantic 2.12, as these addresses are
        return list(value)
    return str(value) if type(value).__module__ == "ipaddress" else None


def _plainer_or_fail(value: Any) -> Any:
    if (plainer := _plainer(value)) is None:
        raise TypeError
    return plainer


def _as_held(data: Any, held: Any, path: _Path, *, sure: bool) -> Any:
    """Return JSON data with the secrets that the same data in Python holds, checked for what JSON cannot carry.

    Args:
        data: The JSON data.
        held: The same in Python.
        path: Where it is.
        sure: Whether each thing in `data` is what stands at the same place in `held`: no serializer of the user's has
            written something else, or there is no secret.
    """
    kind = type(held)
    if kind is type(data) and (kind in _ALWAYS_JSON or (kind is str and data.isascii())):  # most often
        return data
    if isinstance(held, Enum):
        return _as_held(data, held.value, path, sure=sure)
    # where a serializer of the user's wrote something else than the asterisks, that is what is sent
    if hasattr(kind, "get_secret_value") and isinstance(data, str) and data in (str(held), "", _MASK):
        return _held(held.get_secret_value(), _ANY, path)
    if isinstance(held, Iterator):
        raise NotJsonError(path, "is read only once: give a list")
    if isinstance(data, dict):
        members = _by_key(data, held, path) if isinstance(held, Mapping) else {}
        if members.keys() != data.keys():
            _refuse_masks({key: data[key] for key in data.keys() - members.keys()}, held, path)
        found = {
            _as_held(key, held_key, path, sure=sure): _as_held(data[key], member, (*path, key), sure=sure)
            for key in data
            for held_key, member in [members.get(key, (key, data[key]))]
        }
        if len(found) < len(data):  # a secret is a key, and its value is another one
            raise NotJsonError(path, _ONE_KEY)
        return found
    if isinstance(data, list):
        items = _in_order(data, held, path, sure=sure)
        return [
            _as_held(item, held_item, (*path, index), sure=sure)
            for index, (item, held_item) in enumerate(zip(data, items, strict=True))
        ]
    if isinstance(data, str):
        if not sure and _MASK in data and isinstance(held, _CONTAINERS):
            _refuse_masks(_MASK, held, path)  # as `", ".join(map(str, pins))`
        if _is_not_finite(held) and not isinstance(held, float) and _is_written_so(data, held):
            raise NotJsonError(path, _NOT_FINITE)
        try:
            data.encode()
        except UnicodeEncodeError:
            raise NotJsonError(path, _HALF) from None
    elif (data is None and _is_not_finite(held)) or _is_not_finite(data):  # as pydantic writes NaN
        raise NotJsonError(path, _NOT_FINITE)
    return data


def _by_key(data: dict[Any, Any], held: Mapping[Any, Any], path: _Path) -> dict[Any, tuple[Any, Any]]:
    """Return each key and its member, by what the key is in `data`."""
    if any(_is_odd(key) and ({_key_of(key), _typed_key(key)} & data.keys()) for key in held):
        # where neither is there, a serializer of its own named it
        raise NotJsonError(path, _ODD_KEY)
    if any(type(key) is not str and _hides_secret(key) and _MASK in str(_key_of(key)) for key in held):
        raise NotJsonError(path, "has a key with a secret as a part of it: make the text of the key yourself")
    found = {key if type(key) is str else _key_of(key): (key, member) for key, member in held.items()}
    if len(found) < len(held):
        secrets = [key for key in held if _is_secret(key.value if isinstance(key, Enum) else key)]
        raise NotJsonError(path, _SECRET_KEYS if len(secrets) > 1 else _ONE_KEY)
    odd, strange = [key for key in data if key not in found], [key for key in found if key not in data]
    if odd and len(odd) == len(strange) and all(type(found[key][0]) is not str for key in strange):
        # the type of the keys has a way of its own to write them, and the order is the same
        found |= {key: found.pop(other) for key, other in zip(odd, strange, strict=True)}
    return found


def _is_odd(key: Any) -> bool:
    """Tell whether a key has none of JSON's forms, or a part that has none: pydantic writes "None"."""
    if isinstance(key, Enum):
        return _is_odd(key.value)
    if isinstance(key, _PARTS_OF_KEYS):
        return any(map(_is_odd, key))
    if _is_model(key):
        return not _has_text(type(key)) and any(
            _is_odd(member) for member in _fields(key) if member is not None
        )
    return key is None or _is_not_finite(key)


def _hides_secret(key: Any) -> bool:
    """Tell whether a secret is a part of a key."""
    if isinstance(key, Enum):
        return _hides_secret(key.value)
    parts = key if isinstance(key, _PARTS_OF_KEYS) else _fields(key) if _is_model(key) else ()
    return any(
        _hides_secret(part) or _is_secret(part.value if isinstance(part, Enum) else part) for part in parts
    )


def _fields(model: Any) -> Iterator[Any]:
    """Yield what a model or dataclass holds."""
    names = (
        (field.name for field in dataclasses.fields(model))
        if dataclasses.is_dataclass(model)
        else getattr(model, "__dict__", {})
    )
    return (getattr(model, name, None) for name in names)


def _has_text(kind: type) -> bool:
    """Tell whether a class says itself how it is written as text."""
    return any("__str__" in vars(base) for base in kind.__mro__ if base.__module__ not in _WITHOUT_TEXT)


_PARTS_OF_KEYS: Final = (tuple, frozenset)
_WITHOUT_TEXT: Final = ("builtins", "pydantic.main")


def _key_of(key: Any) -> Any:
    return str(key) if type(key) is int else next(iter(_dumped(_ANY, {key: None})))


def _typed_key(key: Any) -> str:
    """Return how pydantic writes a key of a declared type, which differs for NaN and infinities."""
    if isinstance(key, Enum):
        return _typed_key(key.value)
    return ",".join(map(_typed_key, key)) if isinstance(key, tuple) else str(key)


def _in_order(data: list[Any], held: Any, path: _Path, *, sure: bool) -> list[Any]:
    """Return what is held of a list, in the order of `data`; `data` itself where that is something of the user's own."""
    items = list(held) if isinstance(held, _LISTS) else []
    if len(items) == len(data):
        if sure or len(data) < 2 or not _has_masks(data):
            return items
        forms = [_dumped(_ANY, item) for item in items]
        if forms == data:
            return items
        if isinstance(held, (set, frozenset)):
            if (found := _matched(data, forms)) is not None:
                return [items[at] for at in found]
        elif not _are_moved(data, forms):
            return items
    _refuse_masks(data, held, path)
    return data


def _matched(data: list[Any], forms: list[Any]) -> list[int] | None:
    """Return which of `forms` each item is, which a set has in any order; None where one is none of them."""
    left, found = list(range(len(forms))), []
    for item in data:
        at = next((at for at in left if forms[at] == item), None)
        if at is None:
            return None
        left.remove(at)
        found.append(at)
    return found


def _are_moved(data: list[Any], forms: list[Any]) -> bool:
    """Tell whether an item with asterisks has a text or a number that only what is held at another place has."""
    owners: dict[Any, int | None] = {}
    for at, form in enumerate(forms):
        for leaf in set(_leaves(form)):
            owners[leaf] = None if leaf in owners else at
    for at, item in enumerate(data):
        if item != forms[at] and _has_masks(item):
            found = {owners.get(leaf) for leaf in _leaves(item)} - {None}
            if found and at not in found:
                return True
    return False


def _leaves(value: Any, path: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Yield each text, in small letters, and number of JSON data with its place."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _leaves(member, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value.casefold() if isinstance(value, str) else value


def _is_written_so(data: Any, held: Any) -> bool:
    """Tell whether JSON data is how pydantic itself writes what is held."""
    try:
        return bool(_dumped(_ANY, held) == data)
    except (TypeError, ValueError):
        return False


def _has_masks(data: Any) -> bool:
    """Tell whether JSON data has a text with the asterisks of a secret."""
    try:
        return _MASK.encode() in to_json(data, inf_nan_mode="constants")
    except ValueError:  # a lone surrogate
        return _has(data, lambda value: isinstance(value, str) and _MASK in value)


def _refuse_masks(data: Any, held: Any, path: _Path) -> None:
    """Raise where a serializer of the user's has put asterisks where nobody knows which secret they stand for."""
    if _has_masks(data) and _has(held, _is_secret):
        raise NotJsonError(
            path, "holds a secret that a serializer of its own puts elsewhere: write its value there"
        )


def _has(value: Any, wanted: Callable[[Any], bool]) -> bool:
    """Tell whether a value is a wanted one, or holds one, as a key or a member."""
    if isinstance(value, Mapping):
        return any(_has(key, wanted) or _has(member, wanted) for key, member in value.items())
    return any(_has(item, wanted) for item in value) if isinstance(value, _LISTS) else wanted(value)


def _is_secret(value: Any) -> bool:
    return hasattr(type(value), "get_secret_value")


def _is_not_finite(value: Any) -> bool:
    if isinstance(value, Decimal):
        return not value.is_finite()
    return isinstance(value, (float, complex)) and not cmath.isfinite(value)


def _place(value: Any, serializer: SchemaSerializer, path: _Path) -> tuple[_Path, str]:
    """Return where in `value` the first thing is that cannot be written, and what is wrong with it."""
    if len(path) > _DEEPEST:
        return path[:_SHOWN], _TOO_DEEP
    try:
        held = serializer.to_python(value, by_alias=True, warnings=False)
    except (TypeError, ValueError):
        held = value
    for key, member in (*_members(value), *_members(held)):
        if isinstance(held, Mapping) and not _can_be_written({key: None}):
            return path, _ODD_KEY
        if not _can_be_written(member):
            return _place(member, _ANY, (*path, key))
    fields = getattr(type(value), "__pydantic_fields__", {}) if _can_be_written(value, include=set()) else {}
    for name, field in fields.items():
        if not _can_be_written(value, include={name}):
            # a default is of any type, which pydantic does not check
            member, at = getattr(value, name, None), (*path, field.serialization_alias or name)
            if not _can_be_written(member):
                return _place(member, _ANY, at)
            return at, f"is of type {type(member).__name__}, which its field cannot write"
    if isinstance(value, _CONTAINERS):  # and all that is in it can be written by itself
        return path[:_SHOWN], _TOO_DEEP
    if isinstance(value, str):
        return path, _HALF
    if isinstance(value, (bytes, bytearray)):
        return path, "is bytes that are not UTF-8 text"
    return path, f"is of type {type(value).__name__}, which JSON does not have"


_DEEPEST = 300
"""More levels than pydantic writes: what contains itself is looked into no further."""

_SHOWN = 3
_TOO_DEEP = "contains itself, or is nested too deeply"
_ODD_KEY = "has a key that JSON does not have"
_ONE_KEY = "has two keys that are one in JSON"
_SECRET_KEYS = "has more than one secret as a key: make a dict of their values, as texts, yourself"
_NOT_FINITE = "is a number that JSON does not have (NaN or infinite)"
_HALF = "is text with half of a character in it (a lone surrogate)"


def _can_be_written(value: Any, include: set[str] | None = None) -> bool:
    try:
        _dumped(_ANY, value, include)
    except (TypeError, ValueError):
        return False
    return True


def _members(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, _CONTAINERS) else ()


_BASES: Final[dict[type, Callable[[Any], Any]]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
}
_MASK: Final = "*" * 10
_ALWAYS_JSON: Final = frozenset({int, bool, type(None)})
EXACT_TYPES: Final = _ALWAYS_JSON | {str, float}
"""The types of JSON's own values, without containers."""


def json_types(value: Any) -> Any:
    """Return a copy of `value` in which each subclass of a JSON type is that type, and models are what they hold.

    What has no JSON of its own, such as a date, is left to whoever checks or writes the whole.

    >>> class Markup(str):
    ...     pass
    >>> type(json_types({"body": Markup("<b>Hi</b>")})["body"])
    <class 'str'>
    """
    if type(value) in EXACT_TYPES:
        return value
    if type(value) is dict or isinstance(
        value, Mapping
    ):  # each test of a type here saves a call for most members
        return {
            key if type(key) is str else json_types(key): item
            if type(item) in EXACT_TYPES
            else json_types(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [item if type(item) in EXACT_TYPES else json_types(item) for item in value]
    if isinstance(value, Enum):
        return json_types(value.value)
    for base, exactly in _BASES.items():
        if isinstance(value, base):
            return exactly(value)
    if hasattr(type(value), "get_secret_value") or _is_model(value):
        return json_types(json_data(value))
    return value


def _is_model(value: Any) -> bool:
    is_pydantic = hasattr(type(value), "__pydantic_serializer__")
    return is_pydantic or (dataclasses.is_dataclass(value) and not isinstance(value, type))


def encode(value: Any) -> bytes:
    """Write a value as JSON; dates, UUIDs and similar values in it as strings.

    Raises:
        NotJsonError: A value has no JSON; the message names its place.
    """
    try:
        return to_json(value, inf_nan_mode="null")
    except ValueError:
        # a lone surrogate: no UTF-8 can carry it, an escape can
        return json.dumps(written(value), separators=(",", ":")).encode()
