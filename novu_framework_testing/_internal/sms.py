"""How a text travels by SMS: its encoding and the number of segments that are paid for."""

from __future__ import annotations

from dataclasses import dataclass

# 3GPP TS 23.038, the default alphabet and its extension table (each of those takes two places).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_ALPHABET = _BASIC | _EXTENDED


@dataclass(frozen=True)
class SmsSize:
    """The size of one text as an SMS.

    Attributes:
        encoding: `GSM-7`, or `UCS-2` as soon as one letter is not in that alphabet.
        length: Places taken: letters in GSM-7 (some count double), UTF-16 units in UCS-2.
        segments: Messages that are sent and paid for; 0 for an empty text.
        limit: Places in one segment at this length: a text of several has room for less in each.
        outsiders: The letters that are not in the GSM-7 alphabet, once each, in order.
    """

    encoding: str
    length: int
    segments: int
    limit: int
    outsiders: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The cost of sending it, in words: `1 segment, GSM-7`."""
        return f"{self.segments} {'segment' if self.segments == 1 else 'segments'}, {self.encoding}"


def sms_size(text: str) -> SmsSize:
    """Return the size of `text` as an SMS.

    >>> sms_size("Your code is 1234").summary
    '1 segment, GSM-7'
    >>> sms_size("Grüße ✓").encoding
    'UCS-2'
    """
    outsiders = tuple(dict.fromkeys(letter for letter in text if letter not in _ALPHABET))
    if outsiders:
        encoding, single, multi = "UCS-2", 70, 67
        widths = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    else:
        encoding, single, multi = "GSM-7", 160, 153
        widths = [2 if letter in _EXTENDED else 1 for letter in text]
    length = sum(widths)
    if length <= single:
        return SmsSize(encoding, length, 1 if text else 0, single, outsiders)
    return SmsSize(encoding, length, _segments(widths, multi), multi, outsiders)


def _segments(widths: list[int], limit: int) -> int:
    # A letter of two places is never split over two segments.
    segments, used = 1, 0
    for width in widths:
        if used + width > limit:
            segments, used = segments + 1, 0
        used += width
    return segments
