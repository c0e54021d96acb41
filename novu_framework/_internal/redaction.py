"""Keeping secret keys out of answers and logs, whatever an exception of the user's quotes."""

from __future__ import annotations

import logging

MIN_SECRET_LENGTH = 8
"""Keys shorter than this are not looked for: they would be found in ordinary words."""

MASK = "[secret key]"


class Redaction(logging.Filter):
    """A filter of the package's logger that masks the secret keys it was told of, tracebacks included.

    >>> redaction = Redaction()
    >>> redaction.hide("s3cret-key")
    >>> redaction.redacted("the key is s3cret-key")
    'the key is [secret key]'
    """

    def __init__(self) -> None:
        super().__init__()
        self._secrets: set[str] = set()

    def hide(self, secret: str) -> None:
        """Mask `secret` from now on."""
        if len(secret) >= MIN_SECRET_LENGTH:
            self._secrets.add(secret)

    def redacted(self, text: str) -> str:
        """Return `text` without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text

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
