"""What stands around an email: subject, preview line, the sender's addresses, the headers of bulk mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework_testing.checks.content import SKELETON, Content, email
from novu_framework_testing.checks.rules import RFC, Hit, longer_than, rule

_SUBJECTS = "https://www.emailtooltester.com/en/blog/how-long-can-a-subject-line-be/"
_BULK = "https://support.google.com/mail/answer/81126"


# --- the subject and the preview line ---------------------------------------------------------------------


@rule("subject.empty", "error", "email", "The subject is empty.", "Write one.", RFC + "5322#section-3.6.5", bad=[email("", subject=""), email("", subject="  ")], good=email(""))  # fmt: skip
def _subject(content: Content) -> Iterator[Hit]:
    if not content.text_of("subject").strip():
        yield Hit("subject")


def _subject_text(content: Content) -> Iterator[tuple[str, str]]:
    yield "subject", content.text_of("subject")


longer_than("subject.too-long", "error", "email", 998, "The subject", _subject_text, "Make it shorter: mail servers may refuse it.",
            RFC + "5322#section-2.1.1", make=lambda text: email("", subject=text))  # fmt: skip


@rule("subject.cut", "warning", "email", "The subject is longer than 78 characters: every inbox cuts it.", "Put what matters into the first 40.", _SUBJECTS,
      bad=email("", subject="word " * 20), good=email("", subject="word " * 12))  # fmt: skip
def _cut(content: Content) -> Iterator[Hit]:
    if 78 < (length := len(content.text_of("subject").strip())) <= 990:
        yield Hit("subject", f"{length} characters")


@rule("subject.line-break", "error", "email", "There is a line break in the subject, which is where a header ends.", "Take it out of the data.",
      RFC + "5322#section-2.2", bad=email("", subject="Your order\nBcc: a@b.c"), good=email(""))  # fmt: skip
def _break(content: Content) -> Iterator[Hit]:
    if re.search(r"[\r\n]", content.text_of("subject").strip()):
        yield Hit("subject")


@rule("subject.html", "error", "email", "There is HTML in the subject, shown as it is written.", "Write plain text.", RFC + "5322#section-2.2.1",
      bad=email("", subject="Your <b>order</b>"), good=email("", subject="2 < 3 > 1"))  # fmt: skip
def _subject_html(content: Content) -> Iterator[Hit]:
    if found := re.search(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", content.text_of("subject")):
        yield Hit("subject", found[0])


@rule("subject.shouting", "warning", "email", "The subject is written in capitals or with several exclamation marks, which filters distrust.",
      "Write it as a sentence.", "https://spamassassin.apache.org/tests_3_3_x.html", bad=[email("", subject="YOUR ORDER HAS SHIPPED"), email("", subject="Shipped!!!")],
      good=[email("", subject="NASA and ESA: shipped!"), email("", subject="ORDER 12")])  # fmt: skip
def _shouting(content: Content) -> Iterator[Hit]:
    subject = content.text_of("subject")
    words = [word for word in re.findall(r"[^\W\d_]+", subject) if len(word) > 1]
    if "!!" in subject or (len(words) > 3 and all(word.isupper() for word in words)):
        yield Hit("subject", subject[:80])


@rule("subject.test", "warning", "email", "The subject says that it is a test.", "Write the real one.", "https://docs.novu.co/framework/typescript/steps/email",
      bad=[email("", subject="test"), email("", subject="[TEST] Your order")], good=email("", subject="Your test results"))  # fmt: skip
def _test(content: Content) -> Iterator[Hit]:
    if re.fullmatch(
        r"(?i)\s*(?:test|testing|asdf|foo|bar|subject|hello world)\W*", content.text_of("subject")
    ) or re.match(r"\s*\[(?:TEST|DEV|STAGING|LOCAL|DRAFT)\]", content.text_of("subject"), re.IGNORECASE):
        yield Hit("subject")


@rule("subject.false-reply", "note", "email", "The subject begins with Re: or Fwd:, as if it were an answer, and nothing says that it is one.",
      "Take it out; for an answer, give In-Reply-To or References by `providers`, or a tag such as `reply` or `thread`.", _BULK, bad=email("", subject="Re: Your order"),
      good=[email("", subject="Re-order now"), email("", subject="Re: Your order", tags=("ticket-reply",)),
            email("", subject="Re: Your order", providers={"sendgrid": {"headers": {"In-Reply-To": "<1@acme.com>"}}})])  # fmt: skip
def _reply(content: Content) -> Iterator[Hit]:
    names = " ".join((content.workflow_id, content.step_id, *content.tags))
    answers = _ANSWERS.search(names) or headers_of(content.providers, ("in-reply-to", "references"))
    if re.match(r"(?i)\s*(?:re|fwd?|aw|wg):\s", content.text_of("subject")) and not answers:
        yield Hit("subject")


_ANSWERS = re.compile(
    r"(?i)repl(?:y|ie)|thread|conversation|comment|answer|ticket|support|forward|mention|discussion|chat"
)


longer_than("preheader.long", "note", "email", 140, "The preheader", lambda content: iter([("preheader", content.text_of("preheader"))]),
            "Put what matters into the first 90.", _SUBJECTS, make=lambda text: email("", preheader=text))  # fmt: skip


@rule("preheader.same", "note", "email", "The preheader repeats the subject.", "Say what comes next.", _SUBJECTS,
      bad=email("", preheader="Your order"), good=email("", preheader="It arrives on Monday"))  # fmt: skip
def _same(content: Content) -> Iterator[Hit]:
    if (preheader := content.text_of("preheader").strip()) and preheader == content.text_of(
        "subject"
    ).strip():
        yield Hit("preheader")


@rule("preheader.boilerplate", "warning", "email", "The preview line in the inbox is a technical sentence, such as “View in browser”.",
      "Begin with a hidden preheader, or give the `preheader` output.", _SUBJECTS,
      bad=email("", whole=SKELETON.format(head="", body="").replace("<h1>", '<p><a href="https://acme.com/v">View this email in your browser</a></p><h1>')), good=email(""))  # fmt: skip
def _boilerplate(content: Content) -> Iterator[Hit]:
    first = next((text.strip() for _, text in content.document.paragraphs if re.search(r"\w", text)), "")
    technical = r"(?i)view (?:this )?(?:email|message|it)?\s*(?:online|in (?:your |a )?(?:web ?)?browser)|if you can(?:'|’|no)?t (?:see|read|view)|having trouble viewing|im browser (?:an|öffn)|unsubscribe|logo$"
    if not content.text_of("preheader") and re.match(technical, first):
        yield Hit("body", f"“{first[:80]}”")


# --- addresses --------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,.]+(?:\.[^@\s<>,.]+)+")


@rule("address.malformed", "error", "email", "An address of the sender is malformed.", "Write name@host, alone or as Name <name@host>.", RFC + "5322#section-3.4",
      bad=[email("", replyTo="help at acme.com"), email("", replyTo="help@acme")], good=[email("", replyTo="help@acme.com"), email("", replyTo="Acme <help@acme.com>")])  # fmt: skip
def _malformed(content: Content) -> Iterator[Hit]:
    for where, address in _addresses(content):
        bare = re.sub(r"^.*<([^<>]*)>\s*$", r"\1", address).strip()
        if not _ADDRESS.fullmatch(bare):
            yield Hit(where, address[:80])


@rule("address.placeholder", "warning", "email", "An address of the sender is a placeholder.", "Write the real one.", RFC + "2606",
      bad=email("", replyTo="help@example.com"), good=email("", replyTo="help@acme.com"))  # fmt: skip
def _placeholder(content: Content) -> Iterator[Hit]:
    for where, address in _addresses(content):
        if re.search(r"@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|yourdomain\.com|domain\.com)\b", address):
            yield Hit(where, address[:80])


@rule("address.no-reply", "note", "email", "Answers go to an address that nobody reads.", "Give an address that someone reads.", _BULK,
      bad=email("", replyTo="no-reply@acme.com"), good=email("", replyTo="help@acme.com"))  # fmt: skip
def _no_reply(content: Content) -> Iterator[Hit]:
    if re.search(r"(?i)\b(?:no|do-?not|donot)[-_.]?reply@", content.text_of("replyTo")):
        yield Hit("replyTo", content.text_of("replyTo")[:80])


def _addresses(content: Content) -> Iterator[tuple[str, str]]:
    replies = content.content.get("replyTo")
    for one in replies if isinstance(replies, list) else [replies]:
        if isinstance(one, str) and one:
            yield "replyTo", one
    sender = content.content.get("from")
    address = sender.get("email") if isinstance(sender, Mapping) else sender
    if isinstance(address, str) and address:
        yield "from", address


# --- bulk mail --------------------------------------------------------------------------------------------

BULK_TAGS = frozenset(
    {"marketing", "newsletter", "promotion", "promotional", "promotions", "bulk", "campaign"}
)
_UNSUBSCRIBE = re.compile(
    r"(?i)unsubscrib|opt[ -]?out|manage (?:your )?(?:email )?(?:preferences|subscription)|(?:email|e-mail|communication) preferences|notification settings|/(?:account/)?notifications\b|/preferences\b|unfollow|stop (?:receiving|getting|these)|abmelden|abbestell|désabonn|désinscri"
    r"|cancelar (?:la )?suscripci|darse de baja|disiscri|annulla (?:l')?iscrizione|descadastr|cancelar (?:a )?(?:inscri|subscri)|uitschrijven|afmelden"
)
_UNSUBSCRIBE_LINK = '<p><a href="https://acme.com/u">Unsubscribe</a></p>'
_HEADERS = {
    "List-Unsubscribe": "<https://acme.com/u/1>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


def _bulk(body: str, headers: Mapping[str, str]) -> Content:
    return email(body, tags=("marketing",), providers={"sendgrid": {"headers": headers}})


def headers_of(data: Any, names: tuple[str, ...] = ("list-unsubscribe",)) -> dict[str, str]:
    """Return the headers in a provider's data that begin with one of the names, by name in lower case, wherever they stand."""
    found: dict[str, str] = {}
    if isinstance(data, Mapping):
        name, value = data.get("name", data.get("Name")), data.get("value", data.get("Value"))
        if isinstance(name, str) and name.lower().startswith(names):
            found[name.lower()] = str(value)
        for key, inner in data.items():
            if isinstance(inner, str) and str(key).lower().startswith(names):
                found[str(key).lower()] = inner
            else:
                found |= headers_of(inner, names)
    elif isinstance(data, list):
        for inner in data:
            found |= headers_of(inner, names)
    return found


@rule("bulk.unsubscribe-link", "warning", "email", "Marketing mail (by its workflow's tag) has no link to unsubscribe.", "Put one into the footer.",
      _BULK, bad=_bulk("", _HEADERS), good=_bulk(_UNSUBSCRIBE_LINK, _HEADERS))  # fmt: skip
def _unsubscribe(content: Content) -> Iterator[Hit]:
    if BULK_TAGS.isdisjoint(tag.lower() for tag in content.tags):
        return
    links = content.document.all("a")
    if not any(_UNSUBSCRIBE.search(f"{one.text} {one.get('href')} {one.get('title')}") for one in links):
        yield Hit("body", f"tagged {', '.join(content.tags)}")


@rule("bulk.one-click-missing", "warning", "email", "Marketing mail (by its workflow's tag) has no List-Unsubscribe header, which Gmail and Yahoo ask of bulk senders.",
      "Give the headers by `providers`, or set this rule aside where the provider adds them.", _BULK, bad=_bulk(_UNSUBSCRIBE_LINK, {}), good=_bulk(_UNSUBSCRIBE_LINK, _HEADERS))  # fmt: skip
def _one_click(content: Content) -> Iterator[Hit]:
    tagged = not BULK_TAGS.isdisjoint(tag.lower() for tag in content.tags)
    if tagged and "list-unsubscribe" not in headers_of(content.providers):
        yield Hit("headers", f"tagged {', '.join(content.tags)}")


@rule("bulk.one-click-post", "error", "email", "There is a List-Unsubscribe header, and List-Unsubscribe-Post is missing or not exactly `List-Unsubscribe=One-Click`.",
      "Write List-Unsubscribe-Post: List-Unsubscribe=One-Click.", RFC + "8058#section-3.1",
      bad=[_bulk(_UNSUBSCRIBE_LINK, {**_HEADERS, "List-Unsubscribe-Post": "One-Click"}), _bulk(_UNSUBSCRIBE_LINK, {"List-Unsubscribe": "<https://acme.com/u>"})], good=_bulk(_UNSUBSCRIBE_LINK, _HEADERS))  # fmt: skip
def _post(content: Content) -> Iterator[Hit]:
    headers = headers_of(content.providers)
    if (
        "https:" in headers.get("list-unsubscribe", "")
        and headers.get("list-unsubscribe-post", "").strip() != "List-Unsubscribe=One-Click"
    ):
        yield Hit("headers", headers.get("list-unsubscribe-post", "it is missing"))


@rule("bulk.one-click-address", "error", "email", "The List-Unsubscribe header has no https address in angle brackets.", "Write <https://…>, with a mailto: beside it if you like.",
      RFC + "8058#section-3.1", bad=_bulk(_UNSUBSCRIBE_LINK, {"List-Unsubscribe": "<mailto:u@acme.com>"}), good=_bulk(_UNSUBSCRIBE_LINK, _HEADERS))  # fmt: skip
def _address(content: Content) -> Iterator[Hit]:
    header = headers_of(content.providers).get("list-unsubscribe")
    if header is not None and not re.search(r"<https://[^<>\s]+>", header):
        yield Hit("headers", header[:80])
