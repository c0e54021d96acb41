"""Text: changing, cutting and counting it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.text import BLANKS
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.limits import charge_items, costs, work
from novu_framework.npm.liquidjs.values import (
    Drop,
    is_nil,
    joined,
    js_text,
    js_truthy,
    pieces,
    replaced,
    stringify,
    text_length,
    to_array,
    to_number,
    to_value,
    well_formed,
    work_of_search,
)

_SPACES = re.compile(f"[{BLANKS}]+")
_CJK = "\u4e00-\u9fff\uf900-\ufaff\u3400-\u4dbf\u3040-\u309f\u30a0-\u30ff\uac00-\ud7af"


def append(value: Any, *others: Any) -> str:
    """Return the text with another at its end. It takes exactly one argument."""
    if len(others) != 1:
        raise ValueError("append expect 2 arguments")
    return joined("", (stringify(value), stringify(others[0])))


def prepend(value: Any, *others: Any) -> str:
    """Return the text with another at its start. It takes exactly one argument."""
    if len(others) != 1:
        raise ValueError("prepend expect 2 arguments")
    return joined("", (stringify(others[0]), stringify(value)))


@costs(character=15)
def capitalize(value: Any) -> str:
    """Return the text with its first letter in upper case and the rest in lower case."""
    text = stringify(value)
    first = text[:1]
    return (first if first > "\uffff" else first.upper()) + text[1:].lower()


def strip(value: Any, characters: Any = UNDEFINED) -> str:
    """Return the text without blanks, or without the given characters, at both ends."""
    text = stringify(value)
    return text.strip(_stripped(text, characters))


def lstrip(value: Any, characters: Any = UNDEFINED) -> str:
    """Return the text without blanks, or without the given characters, at its start."""
    text = stringify(value)
    return text.lstrip(_stripped(text, characters))


def rstrip(value: Any, characters: Any = UNDEFINED) -> str:
    """Return the text without blanks, or without the given characters, at its end."""
    text = stringify(value)
    return text.rstrip(_stripped(text, characters))


def _stripped(text: str, characters: Any) -> str:
    if not js_truthy(characters):
        return BLANKS
    characters = stringify(characters)
    work(30 * len(characters))
    each = "".join(dict.fromkeys(characters))
    work(len(text) * len(each) / 8)  # each character of the text may be looked for among all of them
    return each


def remove(value: Any, part: Any = UNDEFINED) -> str:
    """Return the text without any occurrence of ``part``."""
    text, piece = stringify(value), stringify(part)
    return replaced(text, piece, "") if piece else text


def remove_first(value: Any, part: Any = UNDEFINED) -> str:
    """Return the text without the first occurrence of ``part``."""
    return replace_first(value, part, "")


def remove_last(value: Any, part: Any = UNDEFINED) -> str:
    """Return the text without the last occurrence of ``part``."""
    return replace_last(value, part, "")


def replace(value: Any, part: Any = UNDEFINED, replacement: Any = UNDEFINED) -> str:
    """Return the text with every ``part`` replaced; an empty part is found between all UTF-16 units."""
    text, piece, new = stringify(value), stringify(part), stringify(replacement)
    return replaced(text, piece, new) if piece else joined(new, pieces(text, ""))


def replace_first(value: Any, part: Any = UNDEFINED, replacement: Any = UNDEFINED) -> str:
    """Return the text with the first ``part`` replaced; an empty one is found at the start."""
    text, piece = stringify(value), stringify(part)
    work_of_search(text, piece)
    return text.replace(piece, stringify(replacement), 1)


def replace_last(value: Any, part: Any = UNDEFINED, replacement: Any = UNDEFINED) -> str:
    """Return the text with the last ``part`` replaced; an empty one is found at the end."""
    text, piece = stringify(value), stringify(part)
    work_of_search(text, piece)
    # Only the search from the left takes linear time whatever it looks for.
    start = text[::-1].find(piece[::-1])
    start = start if start < 0 else len(text) - len(piece) - start
    return text if start < 0 else text[:start] + stringify(replacement) + text[start + len(piece) :]


def split(value: Any, separator: Any = UNDEFINED) -> list[str]:
    """Return the parts of the text between separators, without empty ones at the end."""
    parts = pieces(stringify(value), stringify(separator))
    while parts and not parts[-1]:
        parts.pop()
    return parts


def strip_newlines(value: Any) -> str:
    """Return the text without line breaks."""
    return replaced(replaced(stringify(value), "\r\n", "\n"), "\n", "")


@costs(character=60)
def normalize_whitespace(value: Any) -> str:
    """Return the text with each run of blanks made one space."""
    return _SPACES.sub(" ", stringify(value))


@costs(character=60)
def squish(value: Any) -> str:
    """Return the text with each run of blanks made one space, and none at the ends."""
    return normalize_whitespace(value).strip(BLANKS)


def truncate(value: Any, length: Any = UNDEFINED, ending: Any = UNDEFINED) -> Any:
    """Return the first ``length`` (50) characters, those of ``ending`` included; a short value stays as it is."""
    text = well_formed(stringify(value))
    end = "..." if ending is UNDEFINED else stringify(ending)
    limit = 50 if length is UNDEFINED else to_number(to_value(length))
    if not text or limit >= len(text) or (math.isfinite(limit) and math.ceil(limit) >= len(text)):
        return value
    kept = limit - len(end)
    return text[: math.ceil(kept) if kept > 0 else 0] + end


def truncatewords(value: Any, count: Any = UNDEFINED, ending: Any = UNDEFINED) -> str:
    """Return the first ``count`` (15) words with ``ending`` behind them, even where none is left out."""
    text = stringify(value).lstrip(BLANKS)
    limit = 15 if count is UNDEFINED else to_number(to_value(count))
    end = "..." if ending is UNDEFINED else stringify(ending)
    if limit <= 0:
        limit = 1
    most = int(min(limit, len(text))) if limit == limit else len(text)
    charge_items(min(most, len(text) // 2) + 1)
    words = _SPACES.split(text, most)
    kept = 0 if limit != limit else int(min(limit, len(words)))
    return " ".join(words[:kept]) + (end if len(words) >= limit else "")


@costs(character=80)
def number_of_words(value: Any, mode: Any = UNDEFINED) -> int:
    """Count the words; with the mode ``cjk`` or ``auto``, each Chinese, Japanese or Korean character is one."""
    text = stringify(value).strip(BLANKS)
    if not text:
        return 0
    if mode == "cjk" or mode == "auto":
        cjk, other_word = _cjk_patterns()
        characters = len(text) - len(cjk.sub("", text))
        if mode == "cjk" or characters:
            return characters + _count(other_word, text)
    return _count(_SPACES, text) + 1


@cache
def _cjk_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(f"[{_CJK}]+"), re.compile(f"[^{_CJK}{BLANKS}]+")


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def array_to_sentence_string(value: Any, connector: Any = UNDEFINED) -> Any:
    """Return ``a, b, and c``, with ``connector`` for ``and``."""
    items, last = to_array(value), "and" if connector is UNDEFINED else stringify(connector)
    if len(items) < 2:
        return items[0] if items else ""
    if len(items) == 2:
        return joined(" ", (js_text(items[0]), last, js_text(items[1])))
    first = joined(", ", ["" if is_nil(item) else js_text(item) for item in items[:-1]])
    return joined("", (first, ", ", last, " ", js_text(items[-1])))


@costs(character=0, item=0)
def size(value: Any) -> Any:
    """Return the length of text (in UTF-16 units) or of an array; zero for what has no length of its own."""
    if isinstance(value, str):
        return text_length(value)
    if isinstance(value, list):
        return len(value)
    length = UNDEFINED
    if isinstance(value, dict):
        length = value.get("length", UNDEFINED)
    elif isinstance(value, Drop):
        length = value.property("length")
    return length if js_truthy(length) else 0


@costs(character=10)
def downcase(value: Any) -> str:
    """Return the text in lower case."""
    return stringify(value).lower()


@costs(character=10)
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
