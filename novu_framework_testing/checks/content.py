"""What is checked: a message as data, with its texts and its parsed HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any, Protocol

from novu_framework_testing._internal.html_document import Document, parsed
from novu_framework_testing.checks.addresses import Place, WebAddress, addresses_of, without_addresses
from novu_framework_testing.checks.reach import Reach

EVERY = "email in_app sms push chat"
"""The channels that people read."""


class Deliverable(Protocol):
    """A message, as far as its checks need it; those of the simulation are some."""

    @property
    def channel(self) -> str:
        """`in_app`, `email`, `sms`, `push` or `chat`."""
        ...

    @property
    def content(self) -> Mapping[str, Any]:
        """The outputs of the step."""
        ...

    @property
    def providers(self) -> Mapping[str, Any]:
        """Data for single providers, by provider."""
        ...

    @property
    def workflow_id(self) -> str:
        """The workflow that sent it."""
        ...

    @property
    def step_id(self) -> str:
        """The step that sent it."""
        ...

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of the workflow."""
        ...


@dataclass(frozen=True)
class Content:
    """A message to check; `Content("sms", {"body": "Hi"})` is one.

    Attributes:
        channel: `in_app`, `email`, `sms`, `push` or `chat`.
        content: The outputs of the step.
        providers: Data for single providers, by provider.
        workflow_id, step_id: What sent it.
        tags: The tags of the workflow.
        first_name: Of the subscriber, where it is known.
    """

    channel: str
    content: Mapping[str, Any]
    providers: Mapping[str, Any] = field(default_factory=dict)
    workflow_id: str = ""
    step_id: str = ""
    tags: tuple[str, ...] = ()
    first_name: str | None = None

    def text_of(self, key: str) -> str:
        """Return an output, or an empty text where it is none."""
        value = self.content.get(key)
        return value if isinstance(value, str) else ""

    @cached_property
    def document(self) -> Document:
        """The parsed body of an email."""
        return parsed(self.text_of("body") if self.channel == "email" else "")

    @cached_property
    def reach(self) -> Reach:
        """The elements of an email that the selectors of its stylesheets may be for."""
        return Reach(self.document)

    @cached_property
    def addresses(self) -> list[WebAddress]:
        """The addresses in it: where clicks lead, and pictures."""
        return addresses_of(self.channel, self.content, self.document, self.providers)

    @cached_property
    def prose(self) -> list[tuple[Place, str]]:
        """The texts with `https://…` in the place of addresses, which have rules of their own."""
        return [(place, without_addresses(text)) for place, text in self.texts]

    @cached_property
    def texts(self) -> list[tuple[Place, str]]:
        """Texts that a subscriber reads, each with its place: outputs, an email's paragraphs, strings of the providers' data."""
        found: list[tuple[Place, str]] = []
        for key, value in self.content.items():
            if key in _UNREAD or (self.channel == "email" and key == "body"):
                continue
            found += _strings(value, key)
        if self.channel == "email":
            found += self.document.paragraphs
        for provider, data in self.providers.items():
            read = _NOTATIONS.get(provider, str)
            found += [
                (where, read(text))
                for where, text in _strings(data, f"providers.{provider}")
                if where.rpartition(".")[2].partition("[")[0] in _READ_OF_PROVIDERS
            ]
        return found


_UNREAD = frozenset({"data", "avatar", "from", "replyTo", "redirect", "card", "attachments"})
_READ_OF_PROVIDERS = frozenset(
    {
        "text",
        "title",
        "body",
        "subject",
        "content",
        "alt_text",
        "description",
        "subtitle",
        "fallback",
        "caption",
        "alert",
        "label",
        "pretext",
    }
)


def _slack(text: str) -> str:
    """Return a text of Slack as it is shown: dates by what stands for them, and the three letters that it wants escaped."""
    return _SLACK_DATE.sub(r"\1", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_SLACK_DATE = re.compile(r"<!date\^[^<>|]*(?:\|([^<>]*))?>")
_NUMBERED = re.compile(r"\{\{\d+\}\}")
_NOTATIONS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("slack", "novu-slack", "mattermost", "rocket-chat"), _slack),
    "telegram": unescape,  # in its HTML, as in its text, where nobody writes one
    "whatsapp-business": lambda text: _NUMBERED.sub("…", text),  # WhatsApp fills them in
}
"""How a provider's own notation is read, before a rule looks at the words."""


def _strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            is_address = key in ("url", "target", "redirect") or (
                key == "parameters" and value.get("sub_type") == "url"
            )
            if not is_address:
                yield from _strings(inner, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _strings(inner, f"{where}[{index}]")


def email(
    fragment: str, *, head: str = "", subject: str = "Your order", whole: str | None = None, **more: Any
) -> Content:
    """Return an email in which no rule finds anything but in `fragment`; for the examples of rules.

    `head` goes into the head; `whole` is the body instead; other arguments are outputs, or `providers` and `tags`.
    """
    body = whole if whole is not None else SKELETON.format(head=head, body=fragment)
    facts = {name: more.pop(name) for name in ("providers", "tags", "first_name") if name in more}
    return Content("email", {"subject": subject, "body": body, **more}, **facts)


SKELETON = (
    '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Your order</title>{head}</head><body><h1>Your order</h1><p>It is on its way.</p>{body}</body></html>"
)
