"""Where a ``$ref`` leads inside one schema document: JSON pointers, ``$id`` and ``$anchor``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from novu_framework.npm.ajv.draft7 import DRAFT_07, META_SCHEMA


class SchemaError(ValueError):
    """The schema itself is wrong: it does not fit draft-07, or it cannot be compiled."""


class Target(NamedTuple):
    """A schema that a ``$ref`` names, and the base its own references start from."""

    schema: Any
    base: str


class References:
    """The addresses in one schema document, and the functions that references to them share."""

    def __init__(self, root: Any, *, meta: bool = False) -> None:
        self.root = root
        self.meta = meta  # a meta-schema checks schemas: AJV leaves its formats and defaults aside
        self.writes = False  # set when compiling finds a default or a removal
        self.shares = False  # set when compiling finds a function that references share
        self.functions: dict[int, Callable[..., bool]] = {}  # by id() of the schema, which `root` keeps alive
        self._by_address: dict[str, Target] = {}
        self._collect(root, "")
        self.base: str = self.base_of(root, "")
        self._by_address.setdefault(self.base, Target(root, self.base))

    def resolve(self, ref: str, base: str) -> Target:
        """Find the schema that ``ref`` names where the base address is ``base``.

        Raises:
            SchemaError: It names none.
        """
        if ref == "#/":  # AJV's second name for the whole document, where a pointer would mean a member ""
            ref = "#"
        address, fragment = urldefrag(urljoin(base, ref))
        target = self._by_address.get(address)
        if target is None and address == DRAFT_07:
            target = Target(META_SCHEMA, DRAFT_07)
        if target is not None and fragment:
            if fragment.startswith("/"):
                target = self._walk(target, fragment)
            else:
                target = self._by_address.get(f"{address}#{fragment}")
        if target is None or not isinstance(target.schema, (dict, bool)):
            raise SchemaError(f"can't resolve reference {ref} from id {base or '#'}")
        return target

    def _walk(self, target: Target, pointer: str) -> Target | None:
        schema, base = target
        for token in pointer[1:].split("/"):
            key = unquote(token).replace("~1", "/").replace("~0", "~")
            if isinstance(schema, dict) and key in schema:
                schema = schema[key]
            elif isinstance(schema, list) and key.isdecimal() and len(key) < 20 and int(key) < len(schema):
                schema = schema[int(key)]
            else:
                return None
            base = self.base_of(schema, base)
        return Target(schema, base)

    def _collect(self, schema: Any, base: str) -> None:
        if isinstance(schema, dict):
            own = schema.get("$id")
            if isinstance(own, str):
                address = urljoin(base, own)
                if not own.startswith("#"):
                    base = urldefrag(address)[0]
                self._by_address[address.rstrip("#")] = Target(schema, base)
            anchor = schema.get("$anchor")
            if isinstance(anchor, str):
                self._by_address[f"{base}#{anchor}"] = Target(schema, base)
            for value in schema.values():
                self._collect(value, base)
        elif isinstance(schema, list):
            for value in schema:
                self._collect(value, base)

    @staticmethod
    def base_of(schema: Any, base: str) -> str:
        """Return the base address inside ``schema``, which stands where ``base`` is the base address."""
        own = schema.get("$id") if isinstance(schema, dict) else None
        if isinstance(own, str) and not own.startswith("#"):
            return urldefrag(urljoin(base, own))[0]
        return base


def pointer_token(key: object) -> str:
    """Return a key as a JSON pointer has it (RFC 6901).

    >>> pointer_token("a/b~c")
    'a~1b~0c'
    """
    return str(key).replace("~", "~0").replace("/", "~1")
