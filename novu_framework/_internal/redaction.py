"""Keeping secret keys out of answers and logs, whatever an exception of the user's quotes."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, cast

MIN_SECRET_LENGTH = 8
"""Keys shorter than this are not looked for: they would be found in ordinary words."""

MASK = "[secret key]"

Said = TypeVar("Said")


def masked(said: Any, secrets: Iterable[str]) -> Any:
    """Return a text, or JSON data with its texts and keys, without the secrets."""
    if isinstance(said, str):
        for secret in secrets:
            if len(secret) >= MIN_SECRET_LENGTH:
                said = said.replace(secret, MASK)
        return said
    if isinstance(said, dict):
        return {masked(key, secrets): masked(one, secrets) for key, one in said.items()}
    return [masked(one, secrets) for one in said] if isinstance(said, list) else said


def _forms(secret: str) -> Iterator[str]:
    """Yield a secret, which is ASCII, as it is and as Python and JSON quote it if it has quotes or backslashes."""
    for form in (secret, repr(secret)[1:-1]):
        yield from (form, json.dumps(form)[1:-1])


class Redaction(logging.Filter):
    """A filter of the package's logger that masks the secret keys it was told of, tracebacks included.

    >>> redaction = Redaction()
    >>> redaction.hide("s3cret-key")
    >>> redaction.redacted("the key is s3cret-key")
    'the key is [secret key]'
    """

    def __init__(self) -> None:
        super().__init__()
        self._secrets: tuple[str, ...] = ()

    def hide(self, *secrets: str) -> None:
        """Mask `secrets` from now on."""
        known = (form for each in secrets if len(each) >= MIN_SECRET_LENGTH for form in _forms(each))
        found = {*self._secrets, *known}
        # The longest first: another one may be its beginning. A new tuple, since other threads may read the old one.
        self._secrets = tuple(sorted(found, key=len, reverse=True))

    def redacted(self, said: Said) -> Said:
        """Return a text, or JSON data, without the secrets."""
        return cast(Said, masked(said, self._secrets))

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (redacted := self.redacted(message)) != message:
            record.msg, record.args = redacted, ()
        if record.exc_info and not record.exc_text:
            traceback = logging.Formatter().formatException(record.exc_info)
            if (redacted := self.redacted(traceback)) != traceback:
                record.exc_text = redacted  # what a formatter writes instead of the traceback
        return True


redaction = Redaction()
logging.getLogger("novu_framework").addFilter(redaction)
