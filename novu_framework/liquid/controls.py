"""Compiling the controls of a step, all of them together, as ``@novu/framework`` compiles them.

The controls are written as one JSON text; that text is the template, so what one control assigns the next can print,
and a quote in a template is an escaped quote. The rendered text is mended (see `novu_framework.npm.jsonrepair`) and parsed back. Controls
that are JSON texts themselves are opened up before and written again after, so that values are escaped inside them.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from pydantic_core import to_json

from novu_framework.liquid.filters import FILTERS
from novu_framework.npm.ecmascript.text import BLANKS
from novu_framework.npm.jsonrepair import JSONRepairError, is_left_alone, repaired
from novu_framework.npm.liquidjs.engine import Engine, Template
from novu_framework.npm.liquidjs.errors import LiquidError
from novu_framework.npm.liquidjs.values import js_json

_MARKUP: Final = re.compile(r"\{[{%]")

# Translations are Novu's to fill in: {{ t.key }} and a filter's 't.key' come out as {{t.key}}.
_TRANSLATION: Final = re.compile(rf"\{{\{{[{BLANKS}]*t\.([\w.-]+)[{BLANKS}]*\}}\}}")
_TRANSLATION_ARGUMENT: Final = re.compile(r"'t\.([\w.-]+)'")
_TRANSLATION_MARK: Final = re.compile(r"\[T:([\w.-]+)\]")

# How the package marks a control that was a JSON text; a control of that form is taken for one by the package, too.
_JSON_TEXT: Final = "__novuJsonString"


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compile_controls(controls: dict[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
    """Render the templates of a step's controls.

    Args:
        controls: Plain JSON data, validated already. It is not changed, and given back as it is where it has nothing to
            render.
        variables: ``payload``, ``subscriber``, ``context``, ``env``, ``actor``, ``workflow`` and ``steps``: plain JSON
            data.

    Raises:
        LiquidError: A template does not parse, fails, or goes beyond the limits. Its ``data`` is that of the
            StepControlCompilationFailedError.

    >>> compile_controls({"to": "{{ payload.name | upcase }}", "n": 1, "deep": [{"a": "{{ payload }}"}]},
    ...                  {"payload": {"name": "Ann"}})
    {'to': 'ANN', 'n': 1, 'deep': [{'a': "{'name':'Ann'}"}]}
    """
    try:
        source = _written(controls)
        compiled = _cache.get(source)
        if compiled is None:
            compiled = _compile(controls, source)
            _cache.put(source, compiled)
        return controls if compiled.is_identity else compiled.result(variables)
    except RecursionError as error:
        raise LiquidError("nesting limit exceeded", kind="ParseError") from error


@dataclass(frozen=True)
class _Compiled:
    """Controls made ready: a template, or a text without markup; and how many brackets it has of its own."""

    template: Template | None
    text: str = ""
    brackets: int = 0
    is_identity: bool = False

    def result(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        text = self.text if self.template is None else self.template.render_with(variables)
        if "[T:" in text:
            text = _TRANSLATION_MARK.sub(r"{{t.\1}}", text)
        value = self._parsed(text)
        if _JSON_TEXT in text:
            value = _closed(value)
        if isinstance(value, dict) and isinstance(value.get("data"), dict):
            value = {**value, "data": _mended(value["data"])}
        controls: dict[str, Any] = value
        return controls

    def _parsed(self, text: str) -> Any:
        try:
            value, end = _DECODER.raw_decode(text)
            as_written = text.count("{") + text.count("[") == self.brackets
            if end == len(text) and (as_written or is_left_alone(text)):
                return value
        except ValueError:
            pass
        try:
            return _DECODER.decode(repaired(text))
        except JSONRepairError as error:
            data = {} if error.position is None else {"position": error.position}
            raise LiquidError(str(error), data=data) from error
        except ValueError as error:
            raise LiquidError(f"Rendered controls are not valid JSON: {error}") from error


def _written(controls: dict[str, Any]) -> bytes:
    """Controls as a text that no others have."""
    try:
        return to_json(controls, inf_nan_mode="constants")
    except ValueError:  # a lone surrogate
        return _ENCODER.encode(controls).encode("utf-8", "surrogatepass")


def _compile(controls: dict[str, Any], source: bytes) -> _Compiled:
    limits = _engine.limits
    if len(source) > limits.source and len(source.decode("utf-8", "replace")) > limits.source:
        raise LiquidError("parse length limit exceeded", kind="ParseError")
    opened, brackets = _opened(controls, limits.nesting)
    text = js_json(opened) or ""
    text = _TRANSLATION.sub(r"[T:\1]", text)
    text = _TRANSLATION_ARGUMENT.sub(r"'[T:\1]'", text)
    if _MARKUP.search(text):
        return _Compiled(_engine.from_string(text), brackets=brackets)
    compiled = _Compiled(None, text, brackets)
    return _Compiled(None, is_identity=True) if compiled.result({}) == controls else compiled


def _opened(value: Any, levels: int) -> tuple[Any, int]:
    """``value`` with its JSON texts opened up, and how many objects and arrays it has then."""
    if isinstance(value, str):
        if not _looks_like_json(value):
            return value, 0
        try:
            inner = _DECODER.decode(value.strip(" \t\r\n"))
        except ValueError:
            return value, 0
        opened, brackets = _opened(inner, levels - 1)
        return {_JSON_TEXT: True, "value": opened}, brackets + 1
    if not isinstance(value, (dict, list)):
        return value, 0
    if levels <= 0:
        raise LiquidError("nesting limit exceeded", kind="ParseError")
    if isinstance(value, list):
        items = [_opened(item, levels - 1) for item in value]
        return [item for item, _ in items], sum(count for _, count in items) + 1
    fields = {key: _opened(item, levels - 1) for key, item in value.items()}
    return {key: item for key, (item, _) in fields.items()}, sum(count for _, count in fields.values()) + 1


def _closed(value: Any) -> Any:
    """``value`` with what `_opened` opened up written as JSON texts again."""
    if isinstance(value, list):
        return [_closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get(_JSON_TEXT) is True:
        return js_json(_closed(value["value"])) if "value" in value else None
    return {key: _closed(item) for key, item in value.items()}


def _looks_like_json(text: str) -> bool:
    text = text.strip(BLANKS)
    return len(text) > 2 and ((text[0] == "{" and text[-1] == "}") or (text[0] == "[" and text[-1] == "]"))


def _mended(data: dict[str, Any]) -> dict[str, Any]:
    """The control named ``data`` with the JSON texts in it, objects within it included, mended where they are broken."""
    mended: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            value = _mended(value)
        elif isinstance(value, str) and _looks_like_json(value):
            try:
                _DECODER.decode(value.strip(" \t\r\n"))
            except ValueError:
                try:
                    value = repaired(value)
                except JSONRepairError:
                    pass
        mended[key] = value
    return mended


class _Cache:
    """The controls compiled last, bounded in number and in the text that they hold."""

    def __init__(self, entries: int, size: int) -> None:
        self._entries = entries
        self._size_left = size
        self._compiled: OrderedDict[bytes, _Compiled] = OrderedDict()
        self._lock = Lock()

    def get(self, source: bytes) -> _Compiled | None:
        with self._lock:
            compiled = self._compiled.get(source)
            if compiled is not None:
                self._compiled.move_to_end(source)
            return compiled

    def put(self, source: bytes, compiled: _Compiled) -> None:
        with self._lock:
            if source not in self._compiled:
                self._compiled[source] = compiled
                self._size_left -= len(source)
            while self._compiled and (len(self._compiled) > self._entries or self._size_left < 0):
                self._size_left += len(self._compiled.popitem(last=False)[0])


_engine: Final = Engine(FILTERS)
_cache: Final = _Cache(entries=512, size=4_000_000)
