"""The difference between two versions of a step, as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from novu_framework.steps.email import EMAIL
from novu_framework.steps.in_app import IN_APP
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework.steps.push import PUSH
from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.snapshots.block_links import address_about, numbers_aside
from novu_framework_testing.snapshots.block_pairs import SAYING_ENOUGH
from novu_framework_testing.snapshots.content_change import LINES, ContentChange, change_of
from novu_framework_testing.snapshots.formats import without_body
from novu_framework_testing.snapshots.html_diff import html_changes
from novu_framework_testing.snapshots.inbox_changes import (
    BUTTONS,
    exchanged_buttons,
    inbox_texts,
    leads_to,
    without_nothing,
    without_signs,
)
from novu_framework_testing.snapshots.months import without_all_numbers
from novu_framework_testing.snapshots.moved_sentences import with_moved
from novu_framework_testing.snapshots.overrides.changes import card_changes, data_changes, override_changes
from novu_framework_testing.snapshots.overrides.providers import slack_of
from novu_framework_testing.snapshots.plain_text import plain_text
from novu_framework_testing.snapshots.reading import readable
from novu_framework_testing.snapshots.rendered import CONVERSATION, RenderedStep
from novu_framework_testing.snapshots.spoken_names import reason_name
from novu_framework_testing.snapshots.timing import in_words
from novu_framework_testing.snapshots.value_changes import ABSENT, mapping_changes
from novu_framework_testing.snapshots.wait_changes import wait_changes
from novu_framework_testing.snapshots.words import words_of

_TAG = re.compile(r"<[a-zA-Z!/]")
_DETAIL = re.compile(r"^details › (attachments|cc|bcc)(?: › \d+)?$")
_DETAILS = {"attachments": "attachment", "cc": "copy to", "bcc": "blind copy to"}
_NO_DETAILS: Mapping[str, Any] = {name: [] for name in _DETAILS}
_LEADS = {
    "cron": "when",
    "preheader": "preview text",
    "threshold": "how many it lets through",
    "throttle key": "counted for each",
    "extend to schedule": "waits for the hours that its reader has set",
    "digest key": "one digest for each",
    "look back window": "at once if nothing came in the last",
    "disable output sanitization": "shown with its tags, unchecked",
    "editor type": "editor that it is written in",
    "renderer type": "what makes its HTML",
    "layout id": "layout",
    "from › name": "name of the sender",
    "from › email": "address of the sender",
    "primary action › label": "words of the first button",
    "secondary action › label": "words of the second button",
    "redirect › url": "where a click leads",
    "redirect › target": "in which window a click opens it",
    "primary action › redirect › url": "where the first button leads",
    "primary action › redirect › target": "in which window the first button opens it",
    "secondary action › redirect › url": "where the second button leads",
    "secondary action › redirect › target": "in which window the second button opens it",
}
_WINDOWS = {
    "_self": "the same window",
    "_blank": "a new window",
    "_parent": "the window around",
    "_top": "the whole window",
}


def channel_label(channel: str) -> str:
    """Return the name of a kind of step inside a sentence: `in-app` for `in_app`, `SMS` for `sms`."""
    if channel not in KINDS:
        return channel.replace("_", " ")
    label = KINDS[channel].label
    return label if label[:2].isupper() else label.lower()  # an acronym keeps its capitals


def headline(step: RenderedStep) -> str:
    """Return a step in a few words, such as `email step "welcome"`."""
    what = "with" if step.channel == CONVERSATION else "step"
    return f'{channel_label(step.channel)} {what} "{step.step_id}"'


def content_changes(old: RenderedStep, new: RenderedStep) -> list[ContentChange]:
    """Return what is not the same in two versions of a step, in reading order; nothing for equal ones."""
    return [
        *mapping_changes("", _header(old), _header(new)),
        *with_moved(map(_leading, _without_windows(list(_outputs(old, new))))),
        *with_moved(map(change_of, override_changes(old.providers, new.providers))),
        *(
            replace(each, part=_DETAIL.sub(lambda found: _DETAILS[found[1]], each.part))
            for each in mapping_changes("details", *({**_NO_DETAILS, **one.details} for one in (old, new)))
        ),
    ]


def _without_windows(changes: list[ContentChange]) -> list[ContentChange]:
    """Return the changes without the usual window of what came or went as a whole, with its address."""
    whole = {one.part.removesuffix(" › url") for one in changes if None in (one.old, one.new)}
    return [
        one
        for one in changes
        if not (
            one.part in _LEADS
            and one.part.removesuffix(" › target") in whole
            and None in (one.old, one.new)
            and "_self" in (one.old, one.new)
        )
    ]


def _leading(change: ContentChange) -> ContentChange:
    """Return a change with where a click leads in words."""
    if change.part not in _LEADS:
        return change
    old, new = (
        _WINDOWS.get(side, side) if side and "window" in _LEADS[change.part] else side
        for side in (change.old, change.new)
    )
    about = address_about(change.old, change.new) if "leads" in _LEADS[change.part] else change.about
    return replace(change, part=_LEADS[change.part], old=old, new=new, about=about)


def _header(step: RenderedStep) -> dict[str, str]:
    kind = channel_label(step.channel)
    header = {"workflow": step.workflow_id, "step": step.step_id, "kind_of_step": kind}
    header |= {"status": step.status, _WHY: step.reason and reason_name(step.reason)}
    return {key: ABSENT if value is None else value for key, value in header.items()}


def as_pictures_show(changes: Iterable[ContentChange]) -> list[ContentChange]:
    """Return the changes of an email whose pictures differ: nothing that only the HTML says is called unseen."""
    changes = list(changes)
    if not changes:
        return [ContentChange("layout", None, None, _SHOWN)]
    return [
        replace(change, part=change.part.removesuffix(_UNSEEN) + "layout", hint=_SHOWN)
        if change.part.endswith(_UNSEEN) and change.hint
        else change
        for change in changes
    ]


_UNSEEN, _SHOWN = "unseen", "something looks different: the pictures show what"


def all_content(step: RenderedStep) -> list[ContentChange]:
    """Return all of a step as changes, for a step that was not there before."""
    return _reason_last(content_changes(_nothing(step), step), step)


def gone_content(step: RenderedStep) -> list[ContentChange]:
    """Return all of a step as changes, for a step that is gone."""
    return _reason_last(content_changes(step, _nothing(step)), step)


def _reason_last(changes: Iterable[ContentChange], step: RenderedStep) -> list[ContentChange]:
    """Return changes with what the step says first, and why it was left out after it: `skipped: no telephone number`."""
    said = [replace(one, part=step.status) if one.part == _WHY else one for one in changes]
    return sorted(said, key=lambda one: one.part == step.status)


def _nothing(step: RenderedStep) -> RenderedStep:
    return RenderedStep(step.step_id, step.channel, step.status, workflow_id=step.workflow_id)


_WHY = "why"
_CARD, _DATA, _SLACK = "card", "data", "slack"


def _apart(step: RenderedStep) -> dict[str, dict[str, Any]]:
    """Return the outputs that are read as their reader sees them: a card, data that goes with it, Slack's blocks."""
    found = {_SLACK: slack_of(step.channel, step.outputs)}
    for name in (_CARD, _DATA):
        value = step.outputs.get(name)
        if step.channel in CHANNELS and isinstance(value, Mapping):
            found[name] = {name: value}
    return found


def _outputs(old: RenderedStep, new: RenderedStep) -> Iterator[ContentChange]:
    apart = [_apart(step) for step in (old, new)]
    outputs: list[Mapping[str, Any]] = [
        {key: value for key, value in step.outputs.items() if not any(key in each for each in own.values())}
        for step, own in zip((old, new), apart, strict=True)
    ]
    yield from _plain_outputs(old, new, outputs)
    for name, changes in ((_CARD, card_changes), (_DATA, data_changes)):
        if name in apart[0] or name in apart[1]:
            yield from map(change_of, changes(*(each.get(name, {}).get(name, {}) for each in apart)))
    slack = [{_SLACK: each[_SLACK]} if each[_SLACK] else {} for each in apart]
    yield from map(change_of, override_changes(*slack))


def _without_title(changes: Sequence[ContentChange]) -> list[ContentChange]:
    """Return the changes of an email without that of its title, which is not seen, where its subject or a line changed so too."""
    read = {
        _was_and_now(each) for each in changes if each.part == "subject" or each.part.startswith(_READ_LINES)
    }
    return [
        each for each in changes if each.part != _TITLE or _was_and_now(each) not in read - {(None, None)}
    ]


def _was_and_now(change: ContentChange) -> tuple[str | None, str | None]:
    return change.uncut or (change.old, change.new)


_READ_LINES = tuple(f"body › {kind}" for kind in ("heading", "text", "list item"))
_TITLE = "body › title"


def _plain_outputs(
    old: RenderedStep, new: RenderedStep, outputs: list[Mapping[str, Any]]
) -> Iterator[ContentChange]:
    was, now = (each.get("body", ABSENT) for each in outputs)
    if old.channel == new.channel and _is_html(new.channel, was, now):
        yield from _without_title([*mapping_changes("", *map(without_body, outputs)), *_bodies(was, now)])
        return
    if old.channel != new.channel:
        outputs = [
            {**each, "body": plain_text(each["body"])}
            if _is_html(step.channel, each.get("body", ABSENT))
            else each
            if step.channel in CHANNELS
            else {
                key: value for key, value in each.items() if key != "type"
            }  # the kind of a delay, or of a digest
            for step, each in zip((old, new), outputs, strict=True)
        ]
    written = outputs
    if old.channel == new.channel == IN_APP.type:
        outputs = [without_nothing(*sides) for sides in (outputs, outputs[::-1])]
    outputs = [in_words(each) for each in outputs]
    for name, word in (("cron", "cron"), ("dynamicKey", "until")):
        was, now = (each.get(name) for each in written)
        if was != now and outputs[0].get(word) == outputs[1].get(
            word
        ):  # another one that is said in the same words
            outputs = [{**each, word: one} for each, one in zip(outputs, (was, now), strict=True)]
    if old.channel == new.channel == IN_APP.type:
        marked = {
            key for key in ("subject", "body") if all(isinstance(each.get(key), str) for each in outputs)
        }
        for key in sorted(marked, reverse=True):
            found = inbox_texts(key, *(each[key] for each in outputs))
            yield from (_under_title(each, new.outputs.get("subject")) for each in found)
        if exchanged := exchanged_buttons(*outputs):
            yield exchanged
            marked |= {*BUTTONS.values()}
        outputs = [{key: value for key, value in each.items() if key not in marked} for each in outputs]
    outputs = [
        without_signs(each) if step.channel == IN_APP.type else each
        for step, each in zip((old, new), outputs, strict=True)
    ]
    title = new.outputs.get("subject")
    for change in wait_changes(list(mapping_changes("", *outputs)), new.channel):
        if new.channel == CONVERSATION:
            yield replace(change, part=_part_of_talk(change.part))
        elif change.part in BUTTONS:
            leads = [leads_to(each.get(BUTTONS[change.part])) for each in outputs]
            # "Not now", which leads nowhere, only dismisses; what another button does, the message says
            asked = "" if change.part.startswith("secondary") else str(new.outputs.get("body"))
            yield replace(change, about=numbers_aside(address_about(*leads)) or asked)
        elif new.channel == PUSH.type:
            yield _under_title(change, title)
        else:
            yield replace(change, about=f"{change.old} {change.new}") if change.part == "cron" else change


def _under_title(change: ContentChange, title: Any) -> ContentChange:
    """Return a change of a few words of a body with its title, which says what they are about; any other as it is."""
    said = change.uncut or (change.old, change.new)
    if not isinstance(title, str) or LINES.sub("", change.part) != "body" or change.detail:
        return change
    says_little = all(len(words_of(side or "")) < SAYING_ENOUGH for side in said)
    return replace(change, about=without_all_numbers(title), place=change.part) if says_little else change


def _part_of_talk(part: str) -> str:
    """Return a part of a conversation by its message, and what it is of it: `message 5 (shop) › button`."""
    first, *inner = re.sub(r" \((edited|deleted)\)\)", r", \1)", part).split(" › ")
    if first != "talk" or len(inner) < 2:
        return part if first != "talk" else f"message {inner[0]}" if inner else part
    named = inner[-2:] if inner[-1].isdecimal() and len(inner) > 2 else inner[-1:]
    return f"message {inner[0]} › {' '.join(named)}"


def _is_html(channel: str, *bodies: Any) -> bool:
    """Whether these are two versions of a body with tags; one of them may be absent."""
    texts = [body for body in bodies if isinstance(body, str)]
    known = len(texts) == len([body for body in bodies if body is not ABSENT])
    return known and channel in (EMAIL.type, IN_APP.type) and any(map(_TAG.search, texts))


def _bodies(old: Any, new: Any) -> Iterator[ContentChange]:
    if isinstance(old, str) and isinstance(new, str):
        yield from (change_of(each, "body") for each in html_changes(old, new))
    else:
        was, now = (readable(parsed(body)) if isinstance(body, str) else None for body in (old, new))
        yield ContentChange("body", was, now)
