"""How each kind of step is laid out in files, one small class a kind.

To lay out a kind in another way, subclass `StepFormat` and put an instance into `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from novu_framework_testing.snapshots import text_format
from novu_framework_testing.snapshots.names import escape
from novu_framework_testing.snapshots.rendered import RenderedStep
from novu_framework_testing.snapshots.sms import sms_size

# What people look for first in any structured part; the rest follows by name.
_FIRST_IN_ANY = (
    "type",
    "name",
    "title",
    "subtitle",
    "label",
    "content",
    "value",
    "url",
    "target",
    "amount",
    "unit",
)


class StepFormat:
    """One kind of step as files and back.

    `files(step)` is called with a step that holds JSON data only; `read(files)` is its inverse. The steps in
    between (`document`, `comment`) are there to be overridden.
    """

    first: tuple[str, ...] = ("subject", "body")
    """Outputs that come first, in this order."""

    def files(self, step: RenderedStep) -> dict[str, str]:
        """The text of each of the step's files, by suffix. Different steps give different files."""
        return {".txt": self.text(step)}

    def read(self, files: Mapping[str, str]) -> RenderedStep:
        """The step that `files` were made of.

        Raises:
            UnreadableSnapshot: they are not what `files` writes.
        """
        return step_of(text_format.read(files.get(".txt", "")))

    def text(self, step: RenderedStep) -> str:
        comment = self.comment(step)
        return text_format.write(self.document(step), comments={"content": comment} if comment else None)

    def document(self, step: RenderedStep) -> dict[str, Any]:
        """The step as the entries of its text file, in order."""
        document: dict[str, Any] = {}
        if step.workflow_id is not None:
            document["workflow"] = step.workflow_id
        document |= {"step": step.step_id, "channel": step.channel, "status": step.status}
        if step.reason is not None:
            document["reason"] = step.reason
        if step.outputs or step.status != "skipped":
            document["content"] = arranged(step.outputs, self.first)
        if step.providers:
            document["providerOverrides"] = arranged(step.providers)
        if step.details:
            document["details"] = arranged(step.details)
        return document

    def comment(self, step: RenderedStep) -> str | None:
        """A line for the reader that follows from the content; `read` passes over it."""
        return None


class EmailFormat(StepFormat):
    """The body as an HTML file for a browser, the rest as text."""

    first = ("subject", "from", "replyTo", "preheader")

    def files(self, step: RenderedStep) -> dict[str, str]:
        body = step.outputs.get("body")
        if not isinstance(body, str):
            return super().files(step)
        return {
            ".txt": self.text(step),
            ".html": html_file(body, title=f"{escape(step.step_id)}, {step.channel}"),
        }

    def document(self, step: RenderedStep) -> dict[str, Any]:
        document = super().document(step)
        if isinstance(step.outputs.get("body"), str):
            document["content"] = {key: value for key, value in document["content"].items() if key != "body"}
        return document

    def comment(self, step: RenderedStep) -> str | None:
        body = step.outputs.get("body")
        if not isinstance(body, str):
            return None
        return "the body is in the .html file beside this one"

    def read(self, files: Mapping[str, str]) -> RenderedStep:
        document = text_format.read(files.get(".txt", ""))
        if ".html" in files:
            document["content"] = {**document.get("content", {}), "body": html_body(files[".html"])}
        return step_of(document)


class SmsFormat(StepFormat):
    """Text, with what it takes to send it."""

    first = ("body",)

    def comment(self, step: RenderedStep) -> str | None:
        body = step.outputs.get("body")
        return sms_size(body).summary if isinstance(body, str) else None


class InAppFormat(StepFormat):
    first = ("subject", "body", "avatar", "primaryAction", "secondaryAction", "redirect", "data")


class ChatFormat(StepFormat):
    first = ("body", "card")


class TimeFormat(StepFormat):
    """Digest, delay and throttle: how long, until when, by what key."""

    first = (
        "type",
        "amount",
        "unit",
        "cron",
        "dynamicKey",
        "threshold",
        "digestKey",
        "throttleKey",
        "lookBackWindow",
    )


FORMATS: dict[str, StepFormat] = {
    "email": EmailFormat(),
    "sms": SmsFormat(),
    "in_app": InAppFormat(),
    "chat": ChatFormat(),
    "digest": TimeFormat(),
    "delay": TimeFormat(),
    "throttle": TimeFormat(),
}
_ANY = StepFormat()


def format_of(channel: str) -> StepFormat:
    """The format of a kind of step; kinds without one of their own share the plain one."""
    return FORMATS.get(channel, _ANY)


def step_of(document: Mapping[str, Any]) -> RenderedStep:
    """The step that a text file's entries describe.

    Raises:
        UnreadableSnapshot: there is no step in it.
    """
    try:
        return RenderedStep(
            step_id=document["step"],
            channel=document["channel"],
            status=document["status"],
            outputs=document.get("content", {}),
            providers=document.get("providerOverrides", {}),
            workflow_id=document.get("workflow"),
            reason=document.get("reason"),
            details=document.get("details", {}),
        )
    except KeyError as error:
        raise text_format.UnreadableSnapshot(
            f"a snapshot says its step, channel and status; {error} is missing"
        ) from None


def arranged(data: Any, first: Iterable[str] = _FIRST_IN_ANY) -> Any:
    """`data` with its keys in an order that does not depend on who built it: `first`, then by name."""
    if isinstance(data, Mapping):
        places = {key: place for place, key in enumerate(first)}
        keys = sorted(data, key=lambda key: (places.get(key, len(places)), key))
        return {key: arranged(data[key]) for key in keys}
    if isinstance(data, list):
        return [arranged(child) for child in data]
    return data


# The HTML file. Its first line is a comment, so that the file says whose it is and stays the body for a browser.

_HEAD = re.compile(r"\ufeff?<!-- snapshot of step [^\n]* -->\n")
_CHARSET = re.compile(r"<meta[^>]+charset", re.IGNORECASE)


def html_file(body: str, *, title: str) -> str:
    """An email's body as a file that a browser shows as it is; `html_body` takes it back."""
    # Without a declared charset a browser guesses one for a local file: the mark tells it.
    mark = "" if body.isascii() or _CHARSET.search(body[:2048]) else "\ufeff"
    return f"{mark}<!-- snapshot of step {title} -->\n{body}\n"


def html_body(text: str) -> str:
    """The body in a file of `html_file`.

    Raises:
        UnreadableSnapshot: the first line or the last line break is not there.
    """
    head = _HEAD.match(text)
    if head is None or not text.endswith("\n"):
        raise text_format.UnreadableSnapshot(
            "an email's file begins with a comment that names its step, and ends in a line break"
        )
    return text[head.end() : -1]


_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
_MUTE = frozenset({"style", "script", "title", "head"})


class _VisibleText(HTMLParser):
    """The text of a document as an inbox lists it: the hidden preheader too, which is made for that."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.muted = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.muted += tag in _MUTE
        self.text += "" if tag in _INLINE else " "

    def handle_endtag(self, tag: str) -> None:
        self.muted = max(self.muted - (tag in _MUTE), 0)
        self.text += "" if tag in _INLINE else " "

    def handle_data(self, data: str) -> None:
        self.text += "" if self.muted else data


def visible_text(html: str) -> str:
    """The text of `html`, its white space made single spaces."""
    parser = _VisibleText()
    parser.feed(html)
    parser.close()
    return " ".join(parser.text.split())
