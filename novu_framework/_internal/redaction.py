"""Keeping secret keys out of answers and logs, whatever an exception of the user's quotes."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, TypeVar, cast
from weakref import finalize

from novu_framework._internal.forks import free_after_fork
from novu_framework.errors import NovuError

MIN_SECRET_LENGTH = 8
"""Keys shorter than this are not looked for: they would be found in ordinary words."""

MASK = "[secret key]"

_LONGEST: Final = 1_000
"""No secret takes more letters than this, each of them percent-encoded more than once."""

Said = TypeVar("Said")
Failure = TypeVar("Failure", bound=NovuError)


def masked(said: Any, secrets: Iterable[str]) -> Any:
    """Return a text, or JSON data with its texts and keys, without the secrets."""
    if isinstance(said, str):
        encoded = {chr(int(code, 16)) for code in _ENCODED.findall(said)} if "%" in said else set()
        if "+" in said:
            encoded.add(" ")
        for secret in secrets:
            if len(secret) >= MIN_SECRET_LENGTH:
                said = said.replace(secret, MASK)
                if any(letter in secret for letter in encoded):
                    said = _as_in_urls(secret).sub(MASK, said)
        return said
    if isinstance(said, dict):
        return {masked(key, secrets): masked(one, secrets) for key, one in said.items()}
    return [masked(one, secrets) for one in said] if isinstance(said, list) else said


_ENCODED: Final = re.compile("%(?:25)*([0-9a-fA-F]{2})")


@lru_cache(maxsize=64)
def _as_in_urls(secret: str) -> re.Pattern[str]:
    """Return what finds a secret of which any letters are percent-encoded, be it more than once; a space may be a `+`."""
    return re.compile("".join(map(_in_urls, secret)))


def _in_urls(letter: str) -> str:
    plain = "[ +]" if letter == " " else re.escape(letter)
    return f"(?:{plain}|%(?:25)*(?i:{ord(letter):02x}))"


def forms(secret: str) -> Iterator[str]:
    """Yield a secret, which is ASCII, as it is and as Python and JSON quote it if it has quotes or backslashes."""
    for form in (secret, repr(secret)[1:-1]):
        yield from (form, json.dumps(form)[1:-1])


def without_keys(said: Said, keys: Iterable[str]) -> Said:
    """Return a text, or JSON data, without secret keys, in whatever form a text quotes them."""
    found = {form for key in keys for form in forms(key)}
    return cast(
        Said, masked(said, sorted(found, key=len, reverse=True))
    )  # one may be the beginning of another


@contextmanager
def without_keys_in_errors(keys: Iterable[str]) -> Iterator[None]:
    """Keep secret keys out of what an error says of the arguments of a call, and of what it holds as attributes."""
    try:
        yield
    except (TypeError, ValueError, NovuError) as error:
        said: BaseException | None = error
        while said is not None:
            said.args = tuple(without_keys(list(said.args), keys))
            vars(said).update(without_keys(vars(said), keys))
            said = said.__cause__
        raise


class Redaction(logging.Filter):
    """A filter of the package's logger that masks the secret keys it was told of, tracebacks included.

    >>> redaction = Redaction()
    >>> redaction.hide("s3cret-key")
    >>> redaction.redacted("the key is s3cret-key")
    'the key is [secret key]'
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = free_after_fork(threading.RLock())
        self._known: dict[object, tuple[str, ...]] = {}
        self._secrets: tuple[str, ...] = ()

    def hide(self, *secrets: str, of: object = None) -> None:
        """Mask `secrets` from now on; those of an object, as a bridge, for as long as it lives."""
        known = tuple(form for each in secrets if len(each) >= MIN_SECRET_LENGTH for form in forms(each))
        if not known:
            return
        key = known if of is None else object()
        self._known[key] = known
        self._sort()
        if of is not None:
            finalize(of, self._forget, key).atexit = False

    def _forget(self, key: object) -> None:
        self._known.pop(key, None)
        self._sort()

    def _sort(self) -> None:
        with self._lock:
            found = {form for known in list(self._known.values()) for form in known}
            # The longest first: another one may be its beginning. A new tuple, since other threads may read the old one.
            self._secrets = tuple(sorted(found, key=len, reverse=True))

    def redacted(self, said: Said) -> Said:
        """Return a text, or JSON data, without the secrets."""
        return cast(Said, masked(said, self._secrets))

    def excerpt(self, said: str, length: int) -> str:
        """Return the beginning of a text without the secrets: it is masked and then cut, since half of one is one still.

        No more of it is read than that takes.
        """
        window = said[: 4 * length + _LONGEST]
        masked = self.redacted(window)
        return (masked if len(window) == len(said) else masked[:-_LONGEST])[:length]

    def quoting(self, error: Failure) -> Failure:
        """Return an error of this package's that quotes an exception, without the secrets in its words and data."""
        error.message, error.data = self.redacted(error.message), self.redacted(error.data)
        error.args = tuple(self.redacted(list(error.args)))
        return error

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (redacted := self.redacted(message)) != message:
            record.msg, record.args = redacted, ()
        if record.exc_info and not record.exc_text:
            traceback = logging.Formatter().formatException(record.exc_info)
            if (redacted := self.redacted(traceback)) != traceback:
                record.exc_text = redacted  # what a formatter writes instead of the traceback
        for name, value in list(vars(record).items()):
            if name.startswith("novu_"):
                setattr(record, name, self.redacted(value))
        return True


redaction = Redaction()
logging.getLogger("novu_framework").addFilter(redaction)
