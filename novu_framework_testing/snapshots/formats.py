"""How each kind of step is laid out in files.

To lay out a kind in another way, subclass `StepFormat` and put an instance into `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from novu_framework.steps.chat import CHAT
from novu_framework.steps.delay import DELAY
from novu_framework.steps.digest import DIGEST
from novu_framework.steps.email import EMAIL
from novu_framework.steps.in_app import IN_APP
from novu_framework.steps.sms import SMS
from novu_framework.steps.throttle import THROTTLE
from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing._internal.sms import sms_size
from novu_framework_testing.snapshots import json_text
from novu_framework_testing.snapshots.files import encode
from novu_framework_testing.snapshots.names import earlier_escape
from novu_framework_testing.snapshots.reading import blocks_of
from novu_framework_testing.snapshots.rendered import CONVERSATION, RenderedStep

# What people look for first in any structured part; the rest follows by name.
_FIRST_IN_ANY = (
    "type", "name", "title", "subtitle", "label", "content", "value", "url", "target", "amount", "unit",
)  # fmt: skip


class StepFormat:
    """One kind of step as files and back.

    `files(step)` is called with a step that holds JSON data only; `read(files)` is its inverse. The steps in
    between (`document`, `comment`) are there to be overridden.
    """

    first: tuple[str, ...] = ("subject", "body")
    """Outputs that come first, in this order."""

    def __init__(self, *first: str) -> None:
        self.first = first or self.first

    def files(self, step: RenderedStep) -> dict[str, str]:
        """Return the text of each of the step's files, by suffix. Different steps give different files."""
        return {".txt": self.text(step)}

    def earlier_files(self, step: RenderedStep) -> dict[str, str]:
        """Return the files that earlier versions laid out in another way; they stay accepted."""
        return {}

    def read(self, files: Mapping[str, str]) -> RenderedStep:
        """Return the step that `files` were made of.

        Raises:
            UnreadableSnapshot: they are not what `files` writes.
        """
        return step_of(json_text.read(files.get(".txt", "")))

    def text(self, step: RenderedStep) -> str:
        """Return the content of the `.txt` file."""
        comment = self.comment(step)
        return json_text.write(self.document(step), comments={"content": comment} if comment else None)

    def document(self, step: RenderedStep) -> dict[str, Any]:
        """Return the step as the entries of its text file, in order."""
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
        """Return a line for the reader that follows from the content, or None; `read` passes over it."""
        return None


class EmailFormat(StepFormat):
    """The body as an HTML file for a browser, the rest as text."""

    first: tuple[str, ...] = ("subject", "from", "replyTo", "preheader")

    def files(self, step: RenderedStep) -> dict[str, str]:
        """Return a text file, and an HTML file if the body is text."""
        body = step.outputs.get("body")
        if not isinstance(body, str):
            return super().files(step)
        return {".txt": self.text(step), ".html": html_file(body, title=_title(step))}

    def earlier_files(self, step: RenderedStep) -> dict[str, str]:
        """Return the HTML file of a body whose line breaks were not spelled out."""
        body = step.outputs.get("body")
        if not isinstance(body, str) or _spell_breaks(body) == body:
            return {}
        return {".html": _html_file(body, body, title=_title(step))}

    def document(self, step: RenderedStep) -> dict[str, Any]:
        """Return the entries of the text file, without a body that has a file of its own."""
        document = super().document(step)
        if isinstance(step.outputs.get("body"), str):
            document["content"] = without_body(document["content"])
        return document

    def comment(self, step: RenderedStep) -> str | None:
        """Say where the body is."""
        has_file = isinstance(step.outputs.get("body"), str)
        return "the body is in the .html file beside this one" if has_file else None

    def read(self, files: Mapping[str, str]) -> RenderedStep:
        """Return the step that the text file and the HTML file were made of."""
        document = json_text.read(files.get(".txt", ""))
        if ".html" in files:
            document["content"] = {**document.get("content", {}), "body": html_body(files[".html"])}
        return step_of(document)


class SmsFormat(StepFormat):
    """Text, with what it takes to send it."""

    first: tuple[str, ...] = ("body",)

    def comment(self, step: RenderedStep) -> str | None:
        """Say how many segments are paid for, and in which encoding."""
        body = step.outputs.get("body")
        return sms_size(body).summary if isinstance(body, str) else None


class ConversationFormat(StepFormat):
    """A conversation, in the order in which it was held."""

    def document(self, step: RenderedStep) -> dict[str, Any]:
        """Return the entries of the text file, in the order of the conversation's own."""
        return {**super().document(step), "content": dict(step.outputs)}


_TIME_FORMAT = StepFormat(
    "type", "amount", "unit", "cron", "dynamicKey", "threshold", "digestKey", "throttleKey", "lookBackWindow",
)  # fmt: skip
FORMATS: dict[str, StepFormat] = {
    EMAIL.type: EmailFormat(),
    SMS.type: SmsFormat(),
    IN_APP.type: StepFormat(
        "subject", "body", "avatar", "primaryAction", "secondaryAction", "redirect", "data"
    ),
    CHAT.type: StepFormat("body", "card"),
    DIGEST.type: _TIME_FORMAT,
    DELAY.type: _TIME_FORMAT,
    THROTTLE.type: _TIME_FORMAT,
    CONVERSATION: ConversationFormat(),
}
"""The formats of the kinds of steps that have one of their own, by the protocol's name of the kind."""

_ANY = StepFormat()


def format_of(channel: str) -> StepFormat:
    """Return the format of a kind of step; kinds without one of their own share the plain one."""
    return FORMATS.get(channel, _ANY)


def encoded_files(step: RenderedStep) -> dict[str, bytes]:
    """Return the content of each of the step's files, by suffix."""
    return {suffix: encode(text) for suffix, text in format_of(step.channel).files(step).items()}


def step_of(document: Mapping[str, Any]) -> RenderedStep:
    """Return the step that the entries of a text file describe.

    Raises:
        UnreadableSnapshot: an entry that each step has is missing.
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
        raise json_text.UnreadableSnapshot(
            f"a snapshot says its step, channel and status; {error} is missing"
        ) from None


def without_body(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs other than the body."""
    return {key: value for key, value in outputs.items() if key != "body"}


def arranged(data: Any, first: Iterable[str] = _FIRST_IN_ANY) -> Any:
    """Return `data` with its keys in an order that is always the same: `first`, then by name."""
    if isinstance(data, Mapping):
        places = {key: place for place, key in enumerate(first)}
        keys = sorted(data, key=lambda key: (places.get(key, len(places)), key))
        return {key: arranged(data[key]) for key in keys}
    if isinstance(data, list):
        return [arranged(child) for child in data]
    return data


# The HTML file. Its first line is a comment, so that the file says whose it is and stays the body for a browser.
#
# Editors and Git change the ends of lines, and the end of a file. Where those are content, the file spells them as
# HTML does, says so in its first line, and has a zero more in what looked like that already.

_SPELLED = "; &#13; and &#10; are line breaks of the body"
_HEAD = re.compile(rf"\ufeff?<!-- snapshot of step [^\n]*?({_SPELLED})? -->(?:\n|\Z)")
_BREAK = re.compile(r"&#(0*1[03];)")
_CHARSET = re.compile(r"<meta[^>]+charset", re.IGNORECASE)


def html_file(body: str, *, title: str) -> str:
    """Return an email's body as a file that a browser shows as it is; `html_body` takes it back."""
    spelled = _spell_breaks(body)
    return _html_file(body, spelled, title=title if spelled == body else title + _SPELLED)


def _html_file(body: str, spelled: str, *, title: str) -> str:
    # Without a declared charset a browser guesses one for a local file: the mark tells it.
    mark = "" if body.isascii() or _CHARSET.search(body[:2048]) else "\ufeff"
    return f"{mark}<!-- snapshot of step {title} -->\n{spelled}\n"


def _title(step: RenderedStep) -> str:
    return f"{earlier_escape(step.step_id)}, {step.channel}"


def _spell_breaks(body: str) -> str:
    text = body.rstrip("\n")
    if "\r" not in text and text == body:
        return body
    return _BREAK.sub(r"&#0\1", text).replace("\r", "&#13;") + "&#10;" * (len(body) - len(text))


def html_body(text: str) -> str:
    """Return the body in a file of `html_file`.

    Raises:
        UnreadableSnapshot: the first line is not there.
    """
    head = _HEAD.match(text)
    if head is None:
        raise json_text.UnreadableSnapshot("an email's file begins with a comment that names its step")
    body = text[head.end() :].rstrip("\n")
    if head[1] is None:
        return body
    body = body.replace("&#13;", "\r").replace("&#10;", "\n")
    return re.sub(r"&#0(0*1[03];)", r"&#\1", body)


def visible_text(html: str) -> str:
    """Return the words of `html` on one line, as an inbox lists them: the hidden preview text too."""
    blocks = blocks_of(parsed(html))
    return " ".join(
        block.text for block in blocks if not block.inside and block.kind not in ("title", "image")
    )


def visible_body(step: RenderedStep) -> str | None:
    """Return the body as a subscriber reads it: without the tags of an email; None where it is not text."""
    body = step.outputs.get("body")
    if not isinstance(body, str):
        return None
    return visible_text(body) if step.channel == EMAIL.type else body
