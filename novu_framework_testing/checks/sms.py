"""SMS: alphabets and segments. What a text takes is counted once, in `sms_size`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from novu_framework_testing._internal.sms import sms_size
from novu_framework_testing.checks.content import Content
from novu_framework_testing.checks.rules import Hit, longer_than, rule

_GSM = "https://www.3gpp.org/dynareport/23038.htm"
_TWILIO = "https://www.twilio.com/docs/glossary/what-sms-character-limit"
_CTIA = "https://www.ctia.org/the-wireless-industry/industry-commitments/messaging-interoperability-sms-mms"


def _sms(body: str) -> Content:
    return Content("sms", {"body": body})


_LONG = ("Your parcel with the number 1234 has left our house today, and will be with you on Monday between nine and "
         "noon. ")  # fmt: skip


@rule(
    "sms.empty", "error", "sms", "The text is empty.", "Write a text, or skip the step.", _TWILIO,
    bad=[_sms(""), _sms("  \n")], good=_sms("Your code is 1234"),
)  # fmt: skip
def _empty(content: Content) -> Iterator[Hit]:
    if not content.text_of("body").strip():
        yield Hit("body")


@rule(
    "sms.segments", "warning", "sms", "The text takes more than three segments, each of which is paid for.",
    "Make it shorter, and link to the rest.", _TWILIO,
    bad=_sms(_LONG * 5), good=_sms(_LONG),
)  # fmt: skip
def _segments(content: Content) -> Iterator[Hit]:
    size = sms_size(content.text_of("body"))
    if size.segments > 3 and size.length <= 1600:
        yield Hit("body", size.summary)


@rule(
    "sms.one-letter-costs", "warning", "sms", "One or two letters make the whole text UCS-2, which takes more segments.",
    "Replace them: straight quotes, a hyphen, three dots, or let the provider do so (smart encoding).", _GSM,
    bad=_sms(_LONG + "It’s yours"), good=[_sms("It’s yours"), _sms(_LONG + "It's yours"), _sms("Привет, " * 10)],
)  # fmt: skip
def _one_letter(content: Content) -> Iterator[Hit]:
    body = content.text_of("body")
    size = sms_size(body)
    if not 1 <= len(size.outsiders) <= 2:
        return
    plain = sms_size("".join("-" if letter in size.outsiders else letter for letter in body))
    if plain.segments < size.segments <= 3:
        letters = " ".join(size.outsiders)
        yield Hit("body", f"{letters}: {size.segments} segments, without {plain.segments}")


@rule(
    "sms.html", "error", "sms", "There is HTML in the text, which phones show as it is written.", "Write plain text.", _TWILIO,
    bad=_sms("<p>Your code is <b>1234</b></p>"), good=_sms("2 < 3 and 4 > 1"),
)  # fmt: skip
def _html(content: Content) -> Iterator[Hit]:
    if found := re.search(
        r"</?(?:p|b|br|i|strong|em|a|div|span|h[1-6]|ul|li)(?:\s[^<>]*)?/?>", content.text_of("body")
    ):
        yield Hit("body", found[0])


@rule(
    "sms.markdown", "note", "sms", "There is Markdown in the text, which phones show as it is written.", "Write plain text.", _TWILIO,
    bad=_sms("Your code is **1234**"), good=_sms("2 * 3 * 4"),
)  # fmt: skip
def _markdown(content: Content) -> Iterator[Hit]:
    if found := re.search(r"\*\*[^*\s][^*]*\*\*|\[[^\]\n]{1,200}\]\(https?://", content.text_of("body")):
        yield Hit("body", found[0])


@rule(
    "sms.shortener", "warning", "sms", "The link goes through a public shortener, which carriers filter.",
    "Link to a domain of your own.", _CTIA,
    bad=_sms("Track it: https://bit.ly/3xYz"), good=_sms("Track it: https://acme.com/t/3xYz"),
)  # fmt: skip
def _shortener(content: Content) -> Iterator[Hit]:
    pattern = r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|is\.gd|ow\.ly|buff\.ly|rebrand\.ly|cutt\.ly)/\w+"
    if found := re.search(pattern, content.text_of("body")):
        yield Hit("body", found[0])


longer_than(
    "sms.too-long", "error", "sms", 1600, "The text", lambda content: iter([("body", content.text_of("body"))]),
    "Make it shorter: providers refuse what is longer.", _TWILIO, make=_sms,
)  # fmt: skip
