"""Slack: the limits of its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework_testing.checks.chat import SLACK_TEXT, chat, listed, provider
from novu_framework_testing.checks.content import Content
from novu_framework_testing.checks.rules import Hit, item, longer_than, rule

_SLACK = "https://docs.slack.dev/reference/block-kit/blocks"
_BUTTON = "https://docs.slack.dev/reference/block-kit/block-elements/button-element"
_FINE_BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Your order"}}]


def _slack(*blocks: Mapping[str, Any]) -> Content:
    return chat(slack={"blocks": list(blocks), "text": "Your order"})


def _blocks(content: Content) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, block in enumerate(listed(provider(content, "slack").get("blocks"))):
        if isinstance(block, Mapping):
            yield f"providers.slack.blocks[{index}]", block


def _block_texts(*path: str, kind: str) -> Any:
    def read(content: Content) -> Iterator[tuple[str, Any]]:
        for where, block in _blocks(content):
            if block.get("type") == kind:
                yield f"{where}.{'.'.join(path)}", item(block, *path)

    return read


def _elements(content: Content) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for where, block in _blocks(content):
        for index, element in enumerate(listed(block.get("elements"))):
            if isinstance(element, Mapping):
                yield f"{where}.elements[{index}]", element
        if isinstance(accessory := block.get("accessory"), Mapping):
            yield f"{where}.accessory", accessory


def _actions(*elements: Mapping[str, Any]) -> Content:
    return _slack({"type": "actions", "elements": list(elements)})


def _button(text: str = "Open", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": "open", **more}


def _of_elements(*path: str) -> Any:
    def read(content: Content) -> Iterator[tuple[str, Any]]:
        for where, element in _elements(content):
            if element.get("type") == "button":
                yield f"{where}.{'.'.join(path)}", item(element, *path)

    return read


_SHORTER = "Make it shorter: Slack refuses the message."
for _id, _limit, _what, _read, _source, _make in (
    ("section-text", 3000, "The text of a section", _block_texts("text", "text", kind="section"), _SLACK + "/section-block",
     lambda text: _slack({"type": "section", "text": {"type": "mrkdwn", "text": text}})),
    ("header-text", 150, "The text of a header", _block_texts("text", "text", kind="header"), _SLACK + "/header-block",
     lambda text: _slack({"type": "header", "text": {"type": "plain_text", "text": text}})),
    ("button-text", 75, "The text of a button", _of_elements("text", "text"), _BUTTON, lambda text: _actions(_button(text))),
    ("button-value", 2000, "The value of a button", _of_elements("value"), _BUTTON, lambda text: _actions(_button(value=text))),
    ("button-url", 3000, "The address of a button", _of_elements("url"), _BUTTON, lambda text: _actions(_button(url="https://acme.com/" + text.replace(" ", "-")))),
    ("action-id", 255, "An action_id", _of_elements("action_id"), _BUTTON, lambda text: _actions(_button(action_id=text))),
    ("block-id", 255, "A block_id", lambda content: ((f"{where}.block_id", block.get("block_id")) for where, block in _blocks(content)), _SLACK,
     lambda text: _slack({**_FINE_BLOCKS[0], "block_id": text})),
    ("image-alt-long", 2000, "The alternative text of a picture", _block_texts("alt_text", kind="image"), _SLACK + "/image-block",
     lambda text: _slack({"type": "image", "image_url": "https://acme.com/a.png", "alt_text": text})),
):  # fmt: skip
    longer_than(f"slack.{_id}", "error", "chat", _limit, _what, _read, _SHORTER, _source, make=_make)


def _too_many(id: str, limit: int, what: str, found: Any, source: str, make: Any) -> None:
    @rule(f"slack.{id}", "error", "chat", f"There are more than {limit} {what}.", "Leave some out, or send several messages: Slack refuses the message.", source,
          bad=make(limit + 1), good=make(1))  # fmt: skip
    def look(content: Content) -> Iterator[Hit]:
        for where, many in found(content):
            if len(many) > limit:
                yield Hit(where, f"{len(many)}")


def _lists(key: str, kind: str) -> Any:
    return lambda content: (
        (f"{where}.{key}", listed(block.get(key)))
        for where, block in _blocks(content)
        if block.get("type") == kind
    )


_FIELD = {"type": "mrkdwn", "text": "Monday"}
_too_many("blocks", 50, "blocks in a message", lambda content: [("providers.slack.blocks", listed(provider(content, "slack").get("blocks")))], _SLACK,
          lambda count: _slack(*_FINE_BLOCKS * count))  # fmt: skip
_too_many(
    "fields",
    10,
    "fields in a section",
    _lists("fields", "section"),
    _SLACK + "/section-block",
    lambda count: _slack({"type": "section", "fields": [_FIELD] * count}),
)
_too_many("actions", 25, "elements in a block of actions", _lists("elements", "actions"), _SLACK + "/actions-block",
          lambda count: _actions(*(_button(action_id=f"a{number}") for number in range(count))))  # fmt: skip
_too_many(
    "context",
    10,
    "elements in a block of context",
    _lists("elements", "context"),
    _SLACK + "/context-block",
    lambda count: _slack({"type": "context", "elements": [_FIELD] * count}),
)


@rule("slack.field-text", "error", "chat", "The text of a section's field is longer than 2,000 characters.", _SHORTER, _SLACK + "/section-block",
      bad=_slack({"type": "section", "fields": [{"type": "mrkdwn", "text": "word " * 500}]}), good=_slack({"type": "section", "fields": [_FIELD]}))  # fmt: skip
def _field(content: Content) -> Iterator[Hit]:
    for where, block in _blocks(content):
        for index, field in enumerate(listed(block.get("fields"))):
            if isinstance(text := item(field, "text"), str) and len(text) > 2000:
                yield Hit(f"{where}.fields[{index}]", f"{len(text):,} characters")


@rule("slack.section-empty", "error", "chat", "A section has neither a text nor fields.", "Give it one, or leave it out.", _SLACK + "/section-block",
      bad=[_slack({"type": "section"}), _slack({"type": "section", "text": {"type": "mrkdwn", "text": ""}})], good=_slack(*_FINE_BLOCKS))  # fmt: skip
def _section(content: Content) -> Iterator[Hit]:
    for where, block in _blocks(content):
        if block.get("type") == "section" and not item(block, "text", "text") and not block.get("fields"):
            yield Hit(where)


@rule("slack.header-type", "error", "chat", "The text of a header is not of type plain_text.", 'Write "type": "plain_text".', _SLACK + "/header-block",
      bad=_slack({"type": "header", "text": {"type": "mrkdwn", "text": "Order"}}), good=_slack({"type": "header", "text": {"type": "plain_text", "text": "Order"}}))  # fmt: skip
def _header(content: Content) -> Iterator[Hit]:
    for where, block in _blocks(content):
        if block.get("type") == "header" and item(block, "text", "type") != "plain_text":
            yield Hit(f"{where}.text.type", str(item(block, "text", "type")))


@rule("slack.button-type", "error", "chat", "The text of a button is not of type plain_text.", 'Write "type": "plain_text".', _BUTTON,
      bad=_actions({"type": "button", "text": {"type": "mrkdwn", "text": "Open"}}), good=_actions(_button()))  # fmt: skip
def _button_type(content: Content) -> Iterator[Hit]:
    for where, element in _elements(content):
        if element.get("type") == "button" and item(element, "text", "type") != "plain_text":
            yield Hit(f"{where}.text.type")


@rule("slack.block-id-twice", "error", "chat", "A block_id is given to two blocks.", "Make it unique, or leave it out.", _SLACK,
      bad=_slack({**_FINE_BLOCKS[0], "block_id": "a"}, {**_FINE_BLOCKS[0], "block_id": "a"}), good=_slack({**_FINE_BLOCKS[0], "block_id": "a"}, {**_FINE_BLOCKS[0], "block_id": "b"}))  # fmt: skip
def _block_twice(content: Content) -> Iterator[Hit]:
    seen: set[str] = set()
    for where, block in _blocks(content):
        if isinstance(identity := block.get("block_id"), str):
            if identity in seen:
                yield Hit(f"{where}.block_id", identity[:80])
            seen.add(identity)


@rule("slack.action-id-twice", "error", "chat", "An action_id is given to two elements of a block.", "Make it unique in the block.", _BUTTON,
      bad=_actions(_button(), _button()), good=_actions(_button(), _button(action_id="close")))  # fmt: skip
def _action_twice(content: Content) -> Iterator[Hit]:
    for where, block in _blocks(content):
        names = [item(element, "action_id") for element in listed(block.get("elements"))]
        written = [name for name in names if isinstance(name, str)]
        if len(written) != len(set(written)):
            yield Hit(where, ", ".join(sorted({name for name in written if written.count(name) > 1}))[:80])


@rule("slack.image-alt", "error", "chat", "A picture has no alt_text, which Slack asks for.", "Say what it shows.", _SLACK + "/image-block",
      bad=_slack({"type": "image", "image_url": "https://acme.com/a.png"}), good=_slack({"type": "image", "image_url": "https://acme.com/a.png", "alt_text": "A parcel"}))  # fmt: skip
def _image(content: Content) -> Iterator[Hit]:
    for where, part in (*_blocks(content), *_elements(content)):
        if part.get("type") == "image" and not isinstance(part.get("alt_text"), str):
            yield Hit(where)


@rule("slack.image-url", "error", "chat", "The address of an image does not begin with http.", "Write the whole address.", _SLACK + "/image-block",
      bad=_slack({"type": "image", "image_url": "/a.png", "alt_text": "A parcel"}), good=_slack({"type": "image", "image_url": "https://acme.com/a.png", "alt_text": "A parcel"}))  # fmt: skip
def _image_url(content: Content) -> Iterator[Hit]:
    for where, part in (*_blocks(content), *_elements(content)):
        url = part.get("image_url")
        if (
            part.get("type") == "image"
            and isinstance(url, str)
            and not url.startswith(("http://", "https://"))
        ):
            yield Hit(where, url[:80])


@rule("slack.markdown", "warning", "chat", "There is Markdown that Slack does not know, such as **bold** or a link in brackets.", "Write *bold* and <url|text>.", "https://docs.slack.dev/messaging/formatting-message-text",
      bad=_slack({"type": "section", "text": {"type": "mrkdwn", "text": "It is **here**"}}), good=_slack({"type": "section", "text": {"type": "mrkdwn", "text": "It is *here*"}}))  # fmt: skip
def _markdown(content: Content) -> Iterator[Hit]:
    for where, block in _blocks(content):
        text = item(block, "text", "text")
        if item(block, "text", "type") != "mrkdwn" or not isinstance(text, str):
            continue
        if found := re.search(r"(?<![*\w])\*\*[^*\s][^*\n]*\*\*|\[[^\]\n]{1,200}\]\(https?://", text):
            yield Hit(f"{where}.text", found[0][:80])


@rule("slack.fallback", "note", "chat", "There are blocks and no text, which notifications and screen readers use.", "Give `text`, or a body.", SLACK_TEXT,
      bad=Content("chat", {"body": ""}, {"slack": {"blocks": _FINE_BLOCKS}}), good=_slack(*_FINE_BLOCKS))  # fmt: skip
def _fallback(content: Content) -> Iterator[Hit]:
    if any(_blocks(content)) and not provider(content, "slack").get("text") and not content.text_of("body"):
        yield Hit("providers.slack")


@rule("slack.unknown-block", "warning", "chat", "There is a block of a type that Slack does not have.", "Look at the list of blocks.", _SLACK,
      bad=_slack({"type": "paragraph"}), good=_slack({"type": "divider"}))  # fmt: skip
def _unknown(content: Content) -> Iterator[Hit]:
    known = ("actions", "alert", "call", "card", "carousel", "context", "context_actions", "data_table", "divider", "file", "header", "image", "input", "markdown",
             "plan", "rich_text", "section", "share_shortcut", "table", "task_card", "video")  # fmt: skip
    for where, block in _blocks(content):
        if block.get("type") not in known:
            yield Hit(where, str(block.get("type"))[:80])
