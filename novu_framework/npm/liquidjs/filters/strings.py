"""Text: changing, cutting and counting it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.text import BLANKS, join_surrogates, utf16_units
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.values import (
    Drop,
    is_nil,
    js_text,
    js_truthy,
    stringify,
    to_array,
    to_number,
    to_value,
)

_LINE_BREAK = re.compile(r"\r?\n")
_SPACES = re.compile(f"[{BLANKS}]+")
_CJK = "\u4e00-\u9fff\uf900-\ufaff\u3400-\u4dbf\u3040-\u309f\u30a0-\u30ff\uac00-\ud7af"
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_OTHER_WORD = re.compile(f"[^{_CJK}{BLANKS}]+")


def append(value: Any, *others: Any) -> str:
    """Return the text with another at its end. It takes exactly one argument."""
    if len(others) != 1:
        raise ValueError("append expect 2 arguments")
    return stringify(value) + stringify(others[0])


def prepend(value: Any, *others: Any) -> str:
    """Return the text with another at its start. It takes exactly one argument."""
    if len(others) != 1:
        raise ValueError("prepend expect 2 arguments")
    return stringify(others[0]) + stringify(value)


def capitalize(value: Any) -> str:
    """Return the text with its first letter in upper case and the rest in lower case."""
    text = stringify(value)
    first = text[:1]
    return (first if first > "\uffff" else first.upper()) + text[1:].lower()


def strip(value: Any, characters: Any = UNDEFINED) -> str:
    """Return the text without blanks, or without the given characters, at both ends."""
    return stringify(value).strip(_stripped(characters))


def lstrip(value: Any, characters: Any = UNDEFINED) -> str:
    """Return the text without blanks, or without the given characters, at its start."""
    return stringify(value).lstrip(_stripped(characters))


def rstrip(value: Any, characters: Any = UNDEFINED) -> str:
    """Return the text without blanks, or without the given characters, at its end."""
    return stringify(value).rstrip(_stripped(characters))


def _stripped(characters: Any) -> str:
    return stringify(characters) if js_truthy(characters) else BLANKS


def remove(value: Any, part: Any = UNDEFINED) -> str:
    """Return the text without any occurrence of ``part``."""
    text, piece = stringify(value), stringify(part)
    return text.replace(piece, "") if piece else text


def remove_first(value: Any, part: Any = UNDEFINED) -> str:
    """Return the text without the first occurrence of ``part``."""
    return stringify(value).replace(stringify(part), "", 1)


def remove_last(value: Any, part: Any = UNDEFINED) -> str:
    """Return the text without the last occurrence of ``part``."""
    return replace_last(value, part, "")


def replace(value: Any, part: Any = UNDEFINED, replacement: Any = UNDEFINED) -> str:
    """Return the text with every ``part`` replaced; an empty part is found between all UTF-16 units."""
    text, piece, new = stringify(value), stringify(part), stringify(replacement)
    return text.replace(piece, new) if piece else new.join(utf16_units(text))


def replace_first(value: Any, part: Any = UNDEFINED, replacement: Any = UNDEFINED) -> str:
    """Return the text with the first ``part`` replaced; an empty one is found at the start."""
    return stringify(value).replace(stringify(part), stringify(replacement), 1)


def replace_last(value: Any, part: Any = UNDEFINED, replacement: Any = UNDEFINED) -> str:
    """Return the text with the last ``part`` replaced; an empty one is found at the end."""
    text, piece = stringify(value), stringify(part)
    start = text.rfind(piece)
    return text if start < 0 else text[:start] + stringify(replacement) + text[start + len(piece) :]


def split(value: Any, separator: Any = UNDEFINED) -> list[str]:
    """Return the parts of the text between separators, without empty ones at the end."""
    text, between = stringify(value), stringify(separator)
    parts = text.split(between) if between else utf16_units(text)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def strip_newlines(value: Any) -> str:
    """Return the text without line breaks."""
    return _LINE_BREAK.sub("", stringify(value))


def normalize_whitespace(value: Any) -> str:
    """Return the text with each run of blanks made one space."""
    return _SPACES.sub(" ", stringify(value))


def squish(value: Any) -> str:
    """Return the text with each run of blanks made one space, and none at the ends."""
    return normalize_whitespace(value).strip(BLANKS)


def truncate(value: Any, length: Any = UNDEFINED, ending: Any = UNDEFINED) -> Any:
    """Return the first ``length`` (50) characters, those of ``ending`` included; a short value stays as it is."""
    text = join_surrogates(stringify(value))
    end = "..." if ending is UNDEFINED else stringify(ending)
    limit = 50 if length is UNDEFINED else to_number(to_value(length))
    if not text or limit >= len(text) or (math.isfinite(limit) and math.ceil(limit) >= len(text)):
        return value
    kept = limit - len(end)
    return text[: math.ceil(kept) if kept > 0 else 0] + end


def truncatewords(value: Any, count: Any = UNDEFINED, ending: Any = UNDEFINED) -> str:
    """Return the first ``count`` (15) words with ``ending`` behind them, even where none is left out."""
    words = _SPACES.split(stringify(value).lstrip(BLANKS))
    limit = 15 if count is UNDEFINED else to_number(to_value(count))
    end = "..." if ending is UNDEFINED else stringify(ending)
    if limit <= 0:
        limit = 1
    kept = 0 if limit != limit else int(min(limit, len(words)))
    return " ".join(words[:kept]) + (end if len(words) >= limit else "")


def number_of_words(value: Any, mode: Any = UNDEFINED) -> int:
    """Count the words; with the mode ``cjk`` or ``auto``, each Chinese, Japanese or Korean character is one."""
    text = stringify(value).strip(BLANKS)
    if not text:
        return 0
    characters = len(_CJK_CHARACTER.findall(text))
    if mode == "cjk" or (mode == "auto" and characters):
        return characters + len(_OTHER_WORD.findall(text))
    return len(_SPACES.split(text))


def array_to_sentence_string(value: Any, connector: Any = UNDEFINED) -> Any:
    """Return ``a, b, and c``, with ``connector`` for ``and``."""
    items, last = to_array(value), "and" if connector is UNDEFINED else stringify(connector)
    if len(items) < 2:
        return items[0] if items else ""
    if len(items) == 2:
        return f"{js_text(items[0])} {last} {js_text(items[1])}"
    return f"{', '.join('' if is_nil(item) else js_text(item) for item in items[:-1])}, {last} {js_text(items[-1])}"


def size(value: Any) -> Any:
    """Return the length of text (in UTF-16 units) or of an array; zero for what has no length of its own."""
    if isinstance(value, str):
        return len(utf16_units(value))
    if isinstance(value, list):
        return len(value)
    length = UNDEFINED
    if isinstance(value, dict):
        length = value.get("length", UNDEFINED)
    elif isinstance(value, Drop):
        length = value.property("length")
    return length if js_truthy(length) else 0


def downcase(value: Any) -> str:
    """Return the text in lower case."""
    return stringify(value).lower()


def upcase(value: Any) -> str:
    """Return the text in upper case."""
    return stringify(value).upper()


FILTERS: Final[Mapping[str, Filter]] = {
    "append": append,
    "array_to_sentence_string": array_to_sentence_string,
    "capitalize": capitalize,
    "downcase": downcase,
    "lstrip": lstrip,
    "normalize_whitespace": normalize_whitespace,
    "number_of_words": number_of_words,
    "prepend": prepend,
    "remove": remove,
    "remove_first": remove_first,
    "remove_last": remove_last,
    "replace": replace,
    "replace_first": replace_first,
    "replace_last": replace_last,
    "rstrip": rstrip,
    "size": size,
    "split": split,
    "squish": squish,
    "strip": strip,
    "strip_newlines": strip_newlines,
    "truncate": truncate,
    "truncatewords": truncatewords,
    "upcase": upcase,
}
