"""Compiling the controls of a step, all of them together, as ``@novu/framework`` compiles them.

The controls are written as one JSON text; that text is the template, so what one control assigns the next can print,
and a quote in a template is an escaped quote. The package repairs *every* rendered text before it parses it, sound ones too,
and so does this module (see `novu_framework.npm.jsonrepair`): what a value printed with ``raw`` breaks, and what comes of
it, decides what a step is given. Controls that are JSON texts themselves are opened up before and written again after, so
that values are escaped inside them.
"""

from __future__ import annotations

import json
import math
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from sys import getsizeof
from threading import Lock
from typing import Any, Final

from pydantic_core import to_json

from novu_framework._internal.forks import free_after_fork
from novu_framework.liquid.engine import create_engine
from novu_framework.npm.ecmascript.json import json_text
from novu_framework.npm.ecmascript.text import BLANKS
from novu_framework.npm.jsonrepair import (
    MOST_WORK,
    JSONRepairError,
    RepairWork,
    is_left_alone,
    repaired,
)
from novu_framework.npm.liquidjs.engine import Template
from novu_framework.npm.liquidjs.errors import ErrorKind, LiquidError

_MARKUP: Final = re.compile(r"\{[{%]")

# Translations are Novu's to fill in: {{ t.key }} and a filter's 't.key' come out as {{t.key}}.
_TRANSLATION: Final = re.compile(rf"\{{\{{[{BLANKS}]*t\.([\w.-]+)[{BLANKS}]*\}}\}}")
_TRANSLATION_ARGUMENT: Final = re.compile(r"'t\.([\w.-]+)'")
_TRANSLATION_MARK: Final = re.compile(r"\[T:([\w.-]+)\]")
_MOST_TRANSLATIONS: Final = 30_000
"""More of them in a template would take longer than a template may."""
_OF_A_TRANSLATION: Final = 1_600
_AFTERWARDS: Final = 40_000_000
"""What a translation that is printed takes, and what all that comes after rendering always may, in nanoseconds."""

_MOST_BYTES: Final = 6_000_000
"""The most memory that rendered controls may occupy: one emoji among them makes four bytes of every character, and
parsing them takes ten times as much."""

# How the package marks a control that was a JSON text; a control of that form is taken for one by the package, too.
_JSON_TEXT: Final = "__novuJsonString"


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class ControlsError(LiquidError):
    """Controls that do not compile.

    ``data`` is that of the StepControlCompilationFailedError: the kind of a template's error (``{"name": "ParseError"}``),
    or the place where the rendered JSON is beyond repair (``{"position": 7}``, in UTF-16 units), or nothing.
    """

    def __init__(
        self, text: str, *, kind: ErrorKind = "RenderError", data: dict[str, Any] | None = None
    ) -> None:
        super().__init__(text, kind=kind)
        self.data: dict[str, Any] = {"name": kind} if data is None else data


def compile_controls(controls: dict[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the controls of a step with their templates rendered.

    All controls together are one template, bounded by the default `Limits`; their objects and arrays may nest as deep as
    its blocks.

    Args:
        controls: Plain JSON data, validated already. It is not changed, and returned itself where it has nothing to
            render.
        variables: ``payload``, ``subscriber``, ``context``, ``env``, ``actor``, ``workflow`` and ``steps``: plain JSON
            data.

    Raises:
        ControlsError: A LiquidError: a template does not parse, fails, or goes beyond the limits.

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
    except ControlsError:
        raise
    except LiquidError as error:
        raise ControlsError(str(error), kind=error.kind) from error
    except RecursionError as error:
        raise ControlsError("nesting limit exceeded", kind="ParseError") from error


@dataclass(frozen=True)
class _Compiled:
    """Controls made ready: a template, or a text without markup; and how many brackets it has of its own."""

    template: Template | None
    text: str
    brackets: int
    is_identity: bool = False

    def result(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Return the controls, rendered with ``variables``."""
        text, work_left = self.text, math.inf
        if self.template is not None:
            text, work_left = self.template.render_metered(variables)
        if getsizeof(text) > _MOST_BYTES:
            raise ControlsError("memory alloc limit exceeded")
        work = RepairWork(min(MOST_WORK, work_left + _AFTERWARDS))
        if "[T:" in text:
            work.left -= text.count("[T:") * _OF_A_TRANSLATION
            if work.left < 0:
                raise ControlsError("template render limit exceeded")
            text = _TRANSLATION_MARK.sub(r"{{t.\1}}", text)
        value = self._parsed(text, work)
        if _JSON_TEXT in text:
            value = _closed(value)
        if isinstance(value, dict) and isinstance(value.get("data"), dict):
            value = {**value, "data": _repaired_data(value["data"], work)}
        controls: dict[str, Any] = value
        return controls

    def _parsed(self, text: str, work: RepairWork) -> Any:
        try:
            value, end = _DECODER.raw_decode(text)
            as_written = text.count("{") + text.count("[") == self.brackets
            if end == len(text) and (as_written or is_left_alone(text)):
                return value
        except ValueError:
            pass
        try:
            return _DECODER.decode(repaired(text, work))
        except JSONRepairError as error:
            place = {} if error.position is None else {"position": error.position}
            raise ControlsError(str(error), data=place) from error
        except ValueError as error:
            raise ControlsError(f"Rendered controls are not valid JSON: {error}", data={}) from error


def _written(controls: dict[str, Any]) -> bytes:
    """Return controls as a text that no others have."""
    try:
        return to_json(controls, inf_nan_mode="constants")
    except ValueError:  # a lone surrogate
        return _ENCODER.encode(controls).encode("utf-8", "surrogatepass")


def _compile(controls: dict[str, Any], source: bytes) -> _Compiled:
    limits = _engine.limits
    if len(source) > limits.source and len(source.decode("utf-8", "replace")) > limits.source:
        raise ControlsError("parse length limit exceeded", kind="ParseError")
    opened, brackets = _opened(controls, limits.nesting)
    text = json_text(opened)
    text, marked = _TRANSLATION.subn(r"[T:\1]", text, _MOST_TRANSLATIONS + 1)
    text, named = _TRANSLATION_ARGUMENT.subn(r"'[T:\1]'", text, _MOST_TRANSLATIONS + 1)
    if marked + named > _MOST_TRANSLATIONS:
        raise ControlsError("parse length limit exceeded", kind="ParseError")
    if _MARKUP.search(text):
        return _Compiled(_engine.from_string(text), "", brackets)
    compiled = _Compiled(None, text, brackets)
    return _Compiled(None, "", brackets, is_identity=True) if compiled.result({}) == controls else compiled


def _opened(value: Any, levels: int) -> tuple[Any, int]:
    """Return ``value`` with its JSON texts opened up, and how many objects and arrays it has then."""
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
        raise ControlsError("nesting limit exceeded", kind="ParseError")
    if isinstance(value, list):
        items = [_opened(item, levels - 1) for item in value]
        return [item for item, _ in items], sum(count for _, count in items) + 1
    fields = {key: _opened(item, levels - 1) for key, item in value.items()}
    return {key: item for key, (item, _) in fields.items()}, sum(count for _, count in fields.values()) + 1


def _closed(value: Any) -> Any:
    """Return ``value`` with what `_opened` opened up written as JSON texts again."""
    if isinstance(value, list):
        return [_closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get(_JSON_TEXT) is True:
        return json_text(_closed(value["value"])) if "value" in value else None
    return {key: _closed(item) for key, item in value.items()}


def _looks_like_json(text: str) -> bool:
    text = text.strip(BLANKS)
    return len(text) > 2 and ((text[0] == "{" and text[-1] == "}") or (text[0] == "[" and text[-1] == "]"))


def _repaired_data(data: dict[str, Any], work: RepairWork) -> dict[str, Any]:
    """Return the control ``data`` with the broken JSON texts in it, and in objects within it, repaired."""
    repaired_data: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            value = _repaired_data(value, work)
        elif isinstance(value, str) and _looks_like_json(value):
            try:
                _DECODER.decode(value.strip(" \t\r\n"))
            except ValueError:
                try:
                    value = repaired(value, work)
                except JSONRepairError:
                    pass
        repaired_data[key] = value
    return repaired_data


class _Cache:
    """The controls compiled last, bounded in number and in the text that they hold."""

    def __init__(self, entries: int, size: int) -> None:
        self._entries = entries
        self._size_left = size
        self._compiled: OrderedDict[bytes, _Compiled] = OrderedDict()
        self._lock = free_after_fork(Lock())

    def get(self, source: bytes) -> _Compiled | None:
        """Return what was compiled from ``source``, or None."""
        with self._lock:
            compiled = self._compiled.get(source)
            if compiled is not None:
                self._compiled.move_to_end(source)
            return compiled

    def put(self, source: bytes, compiled: _Compiled) -> None:
        """Keep what was compiled from ``source``, and drop what was not used for the longest time."""
        with self._lock:
            if source not in self._compiled:
                self._compiled[source] = compiled
                self._size_left -= len(source)
            while self._compiled and (len(self._compiled) > self._entries or self._size_left < 0):
                self._size_left += len(self._compiled.popitem(last=False)[0])


_engine: Final = create_engine()
_cache: Final = _Cache(entries=512, size=4_000_000)
