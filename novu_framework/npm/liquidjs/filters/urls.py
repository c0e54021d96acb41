"""Encodings: parts of URLs, base64, and digests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, unquote_to_bytes

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.text import BLANKS
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.limits import costs, work
from novu_framework.npm.liquidjs.values import joined, js_text, js_truthy, replaced, stringify, well_formed

_UNRESERVED = "-_.!~*'()"
_BAD_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*")
_SPACES = re.compile(f"[{BLANKS}]+")
_ASCII_RUN = re.compile(r"[^A-Za-z0-9]+")
_PRETTY = frozenset("._~!$&'()+,;=@")
_ACCENTS = str.maketrans(
    {
        **dict.fromkeys("àáâãäå", "a"),
        **dict.fromkeys("èéêë", "e"),
        **dict.fromkeys("ìíîï", "i"),
        **dict.fromkeys("òóôõöø", "o"),
        **dict.fromkeys("ùúûü", "u"),
        **dict.fromkeys("ýÿ", "y"),
        **{"æ": "ae", "ç": "c", "ð": "d", "ñ": "n", "ß": "ss", "œ": "oe", "þ": "th"},
        **{"ẞ": "SS", "Œ": "OE", "Þ": "TH"},
    }
)


@costs(character=100)
def url_encode(value: Any) -> str:
    """Return the text encoded as ``encodeURIComponent`` does, with ``+`` for a space."""
    return _encoded(stringify(value), _UNRESERVED).replace("%20", "+")


@costs(character=100)
def cgi_escape(value: Any) -> str:
    """Return the text encoded as ``CGI.escape`` of Ruby does, with ``+`` for a space."""
    return _encoded(stringify(value), "-_.~").replace("%20", "+")


@costs(character=100)
def uri_escape(value: Any) -> str:
    """Return the text encoded as ``encodeURI`` does, but with ``[]`` as they are."""
    return _encoded(stringify(value), _UNRESERVED + ";,/?:@&=+$#[]")


def _encoded(text: str, safe: str) -> str:
    try:
        # Piece by piece, since the encoding takes much more room than the text.
        text = well_formed(text)
        encoded = [quote(text[start : start + 10_000], safe=safe) for start in range(0, len(text), 10_000)]
    except UnicodeEncodeError as error:
        raise ValueError("URI malformed") from error
    return joined("", encoded)


@costs(character=80)
def url_decode(value: Any) -> str:
    """Return the text decoded, with a space for ``+``. A broken escape is an error."""
    text = stringify(value).replace("+", " ")
    if _BAD_ESCAPE.search(text):
        raise ValueError("URI malformed")
    try:
        return _unquoted(text.encode("utf-8", "surrogatepass")).decode()
    except UnicodeDecodeError as error:
        raise ValueError("URI malformed") from error


def _unquoted(data: bytes) -> bytes:
    """Return bytes with their escapes decoded, in pieces, since each piece is split at its escapes."""
    decoded, start = bytearray(), 0
    while start < len(data):
        end = start + _PIECE
        escape = data.rfind(b"%", end - 2, end)  # one that would be cut
        piece = data[start : end if escape < 0 else escape]
        decoded += unquote_to_bytes(piece)
        start += len(piece)
    return bytes(decoded)


_PIECE: Final = 65_536


@costs(character=200)
def slugify(value: Any, mode: Any = UNDEFINED, cased: Any = UNDEFINED) -> str:
    """Return the text as a part of a URL, in lower case unless ``cased``; an unknown mode changes only the case."""
    text, mode = stringify(value), "default" if mode is UNDEFINED else js_text(mode)
    if mode == "latin":
        text = text.translate(_ACCENTS)
    if mode == "raw":
        text = _SPACES.sub("-", text)
    elif mode == "ascii":
        text = _ASCII_RUN.sub("-", text)
    elif mode in ("default", "latin", "pretty"):
        text = _dashed(text, _PRETTY if mode == "pretty" else frozenset())
    if mode in ("raw", "ascii", "default", "latin", "pretty"):
        text = text.removeprefix("-").removesuffix("-")
    return text if js_truthy(cased) else text.lower()


def _dashed(text: str, kept: frozenset[str]) -> str:
    """Return ``text`` with a dash for every run of what is not a letter, mark, digit or one of ``kept``."""
    out: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if category[0] in "LM" or category == "Nd" or character in kept:
            out.append(character)
        elif not out or out[-1] != "-" or "-" in kept:
            out.append("-")
    return "".join(out)


@costs(character=10)
def base64_encode(value: Any) -> str:
    """Return the text's UTF-8 in base64."""
    return base64.b64encode(_utf8(stringify(value))).decode()


@costs(1_000)
def base64_decode(value: Any) -> str:
    """Return the UTF-8 text that is encoded in base64."""
    text = stringify(value)
    for blank in "\t\n\f\r ":
        text = replaced(text, blank, "")
    if len(text) % 4 == 0:
        text = text.removesuffix("=").removesuffix("=")
    if len(text) % 4 == 1 or not _BASE64.fullmatch(text):
        raise ValueError("invalid base64 provided to base64_decode")
    return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-8", "replace")


@costs(1500, character=15)
def sha256(value: Any) -> str:
    """Return the SHA-256 of the text's UTF-8, in hexadecimal."""
    return hashlib.sha256(_utf8(stringify(value))).hexdigest()


@costs(4000, character=15)
def hmac_sha256(value: Any, key: Any = UNDEFINED) -> str:
    """Return the HMAC-SHA-256 of the text's UTF-8 with ``key``, in hexadecimal."""
    return hmac.new(_utf8(stringify(key)), _utf8(stringify(value)), hashlib.sha256).hexdigest()


def _utf8(text: str) -> bytes:
    """Return UTF-8, with the replacement character for half a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        work(300 * len(text))
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


FILTERS: Final[Mapping[str, Filter]] = {
    "base64_decode": base64_decode,
    "base64_encode": base64_encode,
    "cgi_escape": cgi_escape,
    "hmac_sha256": hmac_sha256,
    "sha256": sha256,
    "slugify": slugify,
    "uri_escape": uri_escape,
    "url_decode": url_decode,
    "url_encode": url_encode,
}
