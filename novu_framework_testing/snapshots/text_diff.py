"""The difference between two versions of a step, as a person reads it."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import attrgetter
from typing import Any, TypeGuard

from novu_framework.steps.email import EMAIL
from novu_framework.steps.in_app import IN_APP
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework.steps.push import PUSH
from novu_framework.steps.throttle import THROTTLE
from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing._internal.printable import printable
from novu_framework_testing.snapshots import json_text
from novu_framework_testing.snapshots.alike import alike_hint
from novu_framework_testing.snapshots.block_links import address_about, numbers_aside
from novu_framework_testing.snapshots.block_pairs import SAYING_ENOUGH
from novu_framework_testing.snapshots.block_places import short as cut
from novu_framework_testing.snapshots.formats import without_body
from novu_framework_testing.snapshots.html_change import MOVED, HtmlChange, digest_of
from novu_framework_testing.snapshots.html_diff import html_changes
from novu_framework_testing.snapshots.months import without_all_numbers
from novu_framework_testing.snapshots.overrides.changes import (
    card_changes,
    data_changes,
    inbox_text,
    override_changes,
    style_changes,
)
from novu_framework_testing.snapshots.overrides.providers import slack_of
from novu_framework_testing.snapshots.plain_text import plain_text
from novu_framework_testing.snapshots.reading import readable
from novu_framework_testing.snapshots.rendered import CONVERSATION, RenderedStep
from novu_framework_testing.snapshots.sentences import moved_sentence, place_in, sentences
from novu_framework_testing.snapshots.sequences import changed_ranges, same_ends
from novu_framework_testing.snapshots.spoken_names import reason_name
from novu_framework_testing.snapshots.timing import in_words
from novu_framework_testing.snapshots.words import AT_NUMBERS, words_of

# An address, a price with its sign, a time, a number to call, the number of a room are one piece each.
_ADDRESS = r"https?://[^\s<>\"'?#]*[^\s<>\"'?#.,;:!)]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_OF_A_WORD = rf"[^\W{AT_NUMBERS}]"
_NUMBER = (
    rf"(?:(?<!\w)[-+$€£¥])?\d+(?:(?:[.,:/٫٬-]|[ \u00a0\u202f](?=\d))\d+){{1,6}}(?!{_OF_A_WORD})"
    rf"|(?<!\w)[-+$€£¥]\d+(?!{_OF_A_WORD})"
)
_PIECES = re.compile(rf"\s+|{_ADDRESS}|{_NUMBER}|\d+-{_OF_A_WORD}+|{_OF_A_WORD}+|[{AT_NUMBERS}]+|[^\w\s]")
_AT_NUMBERS = re.compile(f"[{AT_NUMBERS}]")
_LINES = re.compile(r", lines? \d+(?: to \d+)?$")
_JOINER = "\u200d"
_TAG = re.compile(r"<[a-zA-Z!/]")
_CONTEXT = 40
_BLANKS = " \t\u00a0"
_ABSENT: Any = object()
_DETAIL = re.compile(r"^details › (attachments|cc|bcc)(?: › \d+)?$")
_DETAILS = {"attachments": "attachment", "cc": "copy to", "bcc": "blind copy to"}
_NO_DETAILS: Mapping[str, Any] = {name: [] for name in _DETAILS}
_SNAKE = re.compile("[a-z0-9]+(?:_[a-z0-9]+)+")
_KIND_OF_ITEM = re.compile("[A-Za-z][A-Za-z_.]{0,30}")


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


@dataclass(frozen=True)
class ContentChange:
    """One part of a step that is not what it was.

    Attributes:
        part: Which, such as `subject`, `primary action › label`, `body › button “Pay”`.
        old, new: What it was and what it is now; None where there was or is nothing, and both where `hint` says all.
        hint: What words do not show: another colour or layout, letters that look alike, or that cannot be seen.
        detail: Where `hint` says all, what exactly changed: words, or a digest; empty otherwise.
        about: Words that tell this change from others that are the same in all else.
        uncut: Both texts as they stand, where `old` and `new` are excerpts of long ones.
        place: Where it is in an email: in another language it may be the same change there. Empty where that is not known.
    """

    part: str
    old: str | None
    new: str | None
    hint: str | None = None
    detail: str = ""
    about: str = ""
    uncut: tuple[str, str] | None = None
    place: str = ""

    @property
    def key(self) -> str:
        """A digest of what changed, whatever is around it.

        Two changes share it if the same words went and came in the same part, at whatever line, or if the looks
        changed in the same way: the same colour became the same other one, in however many places.
        """
        part = _LINES.sub("", self.part)
        said: list[Any]
        if self.detail:
            said = [part, self.detail, self.about]
        elif self.old is None or self.new is None:
            said = [part, self.old, self.new, self.hint]
        else:
            said = [part, self.about, *(_changed_words(side) for side in pieces(self.old, self.new))]
        return sha256(json.dumps(said).encode()).hexdigest()[:16]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Return the part, then a line for what it was and one for what it is; one line where there are no words."""
        if self.old is None and self.new is None and self.hint:
            return [f"{self.part}: {self.hint}"]
        head = f"{self.part}{' (was not there)' if self.old is None else ''}{' (is gone)' if self.new is None else ''}"
        versions = (("was", self.old), ("now", self.new))
        lines = [line for name, text in versions if text is not None for line in _captioned(name, text)]
        return [head, *lines, f"  {self.hint}"] if self.hint else [head, *lines]


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
        *_mappings("", _header(old), _header(new)),
        *_with_moved(map(_leading, _without_windows(list(_outputs(old, new))))),
        *_with_moved(map(_said, override_changes(old.providers, new.providers))),
        *(
            replace(each, part=_DETAIL.sub(lambda found: _DETAILS[found[1]], each.part))
            for each in _mappings("details", *({**_NO_DETAILS, **one.details} for one in (old, new)))
        ),
    ]


def _with_moved(changes: Iterable[ContentChange]) -> Iterator[ContentChange]:
    """Yield changes, in one each sentence that went from one text to another, or to another place of its own."""
    told = list(changes)
    gone: dict[str, tuple[int, str]] = {}
    come: dict[str, tuple[int, str]] = {}
    for at, each in enumerate(told):
        was, now = each.uncut or (each.old, each.new)
        if was is None or now is None or was == now:
            continue
        sides = sentences(was), sentences(now)
        for many, few, found in ((*sides, gone), (*sides[::-1], come)):
            one = _sentence_more(many, few)
            if one is not None and len(many[one].split()) >= _SENTENCE:
                found[many[one]] = at, place_in(many, one)
    into = {gone[words][0]: words for words in gone.keys() & come.keys()}
    left = {come[words][0] for words in into.values()}
    for at, each in enumerate(told):
        was, now = each.uncut or (each.old, each.new)
        found_at = moved_sentence(was, now) if was and now else None
        if at in into:
            words = into[at]
            found_at = words, f"{come[words][1]}, and stood {gone[words][1]}"
        if found_at:
            words, where = found_at
            hint = f"“{cut(words, 80)}” now {'stands' if at in into else 'comes'} {where}"
            yield ContentChange(each.part, None, None, hint, digest_of(words, where))
        elif at not in left:
            yield each


_SENTENCE = 3
"""So many words are a sentence that is known at another place."""


def _sentence_more(many: Sequence[str], few: Sequence[str]) -> int | None:
    """Return which sentence one text has more than another; None unless that is all that is not the same."""
    if len(many) != len(few) + 1 or len(many) < 2:
        return None
    at = next((at for at, (one, other) in enumerate(zip(many, few, strict=False)) if one != other), len(few))
    return at if [*many[:at], *many[at + 1 :]] == list(few) else None


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
    return {key: _ABSENT if value is None else value for key, value in header.items()}


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
            yield from map(_said, changes(*(each.get(name, {}).get(name, {}) for each in apart)))
    slack = [{_SLACK: each[_SLACK]} if each[_SLACK] else {} for each in apart]
    yield from map(_said, override_changes(*slack))


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
    was, now = (each.get("body", _ABSENT) for each in outputs)
    if old.channel == new.channel and _is_html(new.channel, was, now):
        yield from _without_title([*_mappings("", *map(without_body, outputs)), *_bodies(was, now)])
        return
    if old.channel != new.channel:
        outputs = [
            {**each, "body": plain_text(each["body"])}
            if _is_html(step.channel, each.get("body", _ABSENT))
            else each
            if step.channel in CHANNELS
            else {
                key: value for key, value in each.items() if key != "type"
            }  # the kind of a delay, or of a digest
            for step, each in zip((old, new), outputs, strict=True)
        ]
    written = outputs
    if old.channel == new.channel == IN_APP.type:
        outputs = [_without_nothing(*sides) for sides in (outputs, outputs[::-1])]
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
            found = _inbox_texts(key, *(each[key] for each in outputs))
            yield from (_under_title(each, new.outputs.get("subject")) for each in found)
        if exchanged := _exchanged_buttons(*outputs):
            yield exchanged
            marked |= {*_ACTIONS.values()}
        outputs = [{key: value for key, value in each.items() if key not in marked} for each in outputs]
    outputs = [
        _without_signs(each) if step.channel == IN_APP.type else each
        for step, each in zip((old, new), outputs, strict=True)
    ]
    title = new.outputs.get("subject")
    for change in _of_timing(list(_mappings("", *outputs)), new.channel):
        if new.channel == CONVERSATION:
            yield replace(change, part=_part_of_talk(change.part))
        elif change.part in _ACTIONS:
            leads = [_leads_to(each.get(_ACTIONS[change.part])) for each in outputs]
            # "Not now", which leads nowhere, only dismisses; what another button does, the message says
            asked = "" if change.part.startswith("secondary") else str(new.outputs.get("body"))
            yield replace(change, about=numbers_aside(address_about(*leads)) or asked)
        elif new.channel == PUSH.type:
            yield _under_title(change, title)
        else:
            yield replace(change, about=f"{change.old} {change.new}") if change.part == "cron" else change


def _without_nothing(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return outputs of an inbox without what is set to nothing, where the other version has something to see or press there."""
    return {
        key: value
        for key, value in own.items()
        if key not in _SEEN_OR_PRESSED or value is not None or other.get(key) is None
    }


_SEEN_OR_PRESSED = ("avatar", "primaryAction", "secondaryAction", "redirect")


def _of_timing(changes: list[ContentChange], channel: str) -> list[ContentChange]:
    """Return the changes of a step that waits, in words: one where when it goes on was said in one way, and is in another; of others as they are."""
    if channel not in KINDS or channel in CHANNELS:
        return changes
    is_throttle = channel == THROTTLE.type
    times = [each for each in changes if each.part in _GOES_ON]
    gone, come = ([each for each in times if side(each) is None] for side in (_NOW, _WAS))
    if len(gone) == len(come) == 1:
        part = _WINDOW if is_throttle else "when it goes on"
        sides = (gone[0].part, gone[0].old), (come[0].part, come[0].new)
        old, new = (f"{side}" if is_throttle else _GOES_ON[name].format(side) for name, side in sides)
        merged = ContentChange(part, old, new, about=f"{old} {new}")
        # in which way, the words of both say
        changes = [merged, *(each for each in changes if each not in (*gone, *come) and each.part != "type")]
    parts = _PARTS_OF_THROTTLE if is_throttle else {}
    return [_with_way(replace(each, part=parts.get(each.part, each.part))) for each in changes]


def _with_way(change: ContentChange) -> ContentChange:
    """Return a change of how the time of a step that waits is set, in words; any other as it is."""
    if change.part != "type":
        return change
    old, new = (side and _WAYS.get(side, side) for side in (change.old, change.new))
    return replace(change, part="how its time is set", old=old, new=new)


_WINDOW = "in how long a time"
_PARTS_OF_THROTTLE: Mapping[str, str] = {"duration": _WINDOW, "until": _WINDOW}
_WAS, _NOW = attrgetter("old"), attrgetter("new")
_GOES_ON = {"duration": "after {}", "until": "at {}", "cron": "{}"}
"""When a step goes on that waits, by the parts that say it."""
_WAYS = {
    "regular": "as a length of time",
    "fixed": "as a length of time",
    "timed": "by the calendar",
    "dynamic": "by the data",
}


def _under_title(change: ContentChange, title: Any) -> ContentChange:
    """Return a change of a few words of a body with its title, which says what they are about; any other as it is."""
    said = change.uncut or (change.old, change.new)
    if not isinstance(title, str) or _LINES.sub("", change.part) != "body" or change.detail:
        return change
    says_little = all(len(words_of(side or "")) < SAYING_ENOUGH for side in said)
    return replace(change, about=without_all_numbers(title), place=change.part) if says_little else change


_ACTIONS = {"primary action › label": "primaryAction", "secondary action › label": "secondaryAction"}


def _exchanged_buttons(old: Mapping[str, Any], new: Mapping[str, Any]) -> ContentChange | None:
    """Return what to say of the two buttons of a notification that have changed places, if nothing else of them did.

    Nothing is returned of those that are called alike, lead to one place in several ways, or open in different windows: what is said
    of them would not tell one from the other.
    """
    first, second = _ACTIONS.values()
    were, are = ([each.get(name) for name in (first, second)] for each in (old, new))
    labels = (each.get("label") for each in are if isinstance(each, Mapping))
    said = [label for label in labels if isinstance(label, str) and label]
    names = [f"“{cut(label)}”" for label in dict.fromkeys(said)]
    if were != are[::-1] or len({*names}) != len(are) or _lead_in_several_ways(are):
        return None
    hint = f"{' and '.join(names)} have changed places: the first button is {names[0]} now"
    leads = [address_about(_leads_to(each)) for each in are]
    # which is the first one now, in whatever language
    place = f"{MOVED}buttons {leads}" if leads[0] != leads[1] else ""
    return ContentChange("buttons", None, None, hint, about=" ".join((*said, *leads)), place=place)


def _lead_in_several_ways(actions: Sequence[Any]) -> bool:
    """Tell whether buttons lead somewhere with different settings, or to one place with different parameters."""
    redirects = [each["redirect"] for each in actions if _leads_to(each)]
    settings = [{key: value for key, value in each.items() if key != "url"} for each in redirects]
    urls = {each["url"] for each in redirects}
    return any(each != settings[0] for each in settings) or len({*map(address_about, urls)}) < len(urls)


def _leads_to(action: Any) -> str | None:
    redirect = action.get("redirect") if isinstance(action, Mapping) else None
    url = redirect.get("url") if isinstance(redirect, Mapping) else None
    return url if isinstance(url, str) else None


def _without_signs(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs of an in-app step as an inbox shows them, where there is nothing to compare them with."""
    return {
        key: inbox_text(value)[0] if key in ("subject", "body") and isinstance(value, str) else value
        for key, value in outputs.items()
    }


def _inbox_texts(part: str, old: str, new: str) -> Iterator[ContentChange]:
    """Yield what changed in a text of an inbox: its words, and which of them are bold or in italics."""
    if old == new:
        return
    (was, before), (now, after) = inbox_text(old), inbox_text(new)
    styles = list(style_changes(before, after))
    if was == now and not styles:
        yield from _texts(part, old, new)
        return
    yield from _texts(part, was, now)
    yield from (_said(each, part) for each in styles)


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
    known = len(texts) == len([body for body in bodies if body is not _ABSENT])
    return known and channel in (EMAIL.type, IN_APP.type) and any(map(_TAG.search, texts))


def _said(found: HtmlChange, part: str = "") -> ContentChange:
    change = replace(
        _text(_join(part, found.part), found.old, found.new), about=found.about, place=found.place
    )
    return replace(change, hint=found.sentence, detail=found.detail) if found.sentence else change


def _bodies(old: Any, new: Any) -> Iterator[ContentChange]:
    if isinstance(old, str) and isinstance(new, str):
        yield from (_said(each, "body") for each in html_changes(old, new))
    else:
        was, now = (readable(parsed(body)) if isinstance(body, str) else None for body in (old, new))
        yield ContentChange("body", was, now)


def _mappings(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ContentChange]:
    for key in dict.fromkeys((*old, *new)):
        yield from _between(
            _join(part, _words_of(json_text.label(key))), old.get(key, _ABSENT), new.get(key, _ABSENT)
        )


def _words_of(label: str) -> str:
    return label.replace("_", " ") if _SNAKE.fullmatch(label) else label


def _lists(part: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[ContentChange]:
    for a, b, c, d in changed_ranges([repr(each) for each in old], [repr(each) for each in new]):
        pairs = itertools.zip_longest(old[a:b], new[c:d], fillvalue=_ABSENT)
        for index, (was, now) in enumerate(pairs, 1):
            place = _place((a if now is _ABSENT else c) + index, was, now)
            yield from _between(_join(part, place), was, now)


def _place(number: int, was: Any, now: Any) -> str:
    """Return what an item of a list is called: by its type, if it says one, as the blocks of a chat message do."""
    kinds = {
        one.get("type") if isinstance(one, Mapping) else None for one in (was, now) if one is not _ABSENT
    }
    kind = kinds.pop() if len(kinds) == 1 else None
    who = {one.get("from") for one in (was, now) if isinstance(one, Mapping)}
    if len(who) == 1 and isinstance(name := who.pop(), str):
        return f"{number} ({name})"
    plain = isinstance(kind, str) and _KIND_OF_ITEM.fullmatch(kind)
    return f"{kind.replace('_', ' ')} {number}" if plain and kind else str(number)


def _between(part: str, old: Any, new: Any) -> Iterator[ContentChange]:
    sides = [{} if side is _ABSENT else side for side in (old, new)]
    if all(isinstance(side, Mapping) for side in sides) and (_ABSENT not in (old, new) or any(sides)):
        yield from _mappings(part, *sides)
    elif _is_list(old) and _is_list(new):
        yield from _lists(part, old, new)
    elif isinstance(old, str) and isinstance(new, str):
        yield from _texts(part, old, new)
    elif type(old) is not type(new) or repr(old) != repr(new):
        # Of different types, `1` and "1" have to be told apart.
        literal = old is not _ABSENT and new is not _ABSENT
        yield ContentChange(part, _shown(old, literal=literal), _shown(new, literal=literal))


def _texts(part: str, old: str, new: str) -> Iterator[ContentChange]:
    if old == new:
        return
    olds, news = old.split("\n"), new.split("\n")
    if len(olds) == len(news) == 1:
        yield _text(part, old, new)
        return
    for a, b, c, d in changed_ranges(olds, news):
        if b - a == d - c:
            for index in range(b - a):
                yield _text(f"{part}, line {c + index + 1}", olds[a + index], news[c + index])
        else:
            place = _line_range(c + 1, d) if d > c else _line_range(a + 1, b)
            before, after = ("\n".join(lines) if lines else None for lines in (olds[a:b], news[c:d]))
            yield _text(f"{part}, {place}", before, after)


def _text(part: str, old: str | None, new: str | None) -> ContentChange:
    if old is None or new is None:
        return ContentChange(part, old, new)
    short = excerpt(old, new)
    uncut = None if short == (old, new) else (old, new)
    return ContentChange(part, *short, hint=alike_hint(old, new), uncut=uncut)


def _line_range(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def excerpt(old: str, new: str, *, context: int = _CONTEXT) -> tuple[str, str]:
    """Return the two texts from a little before their first difference to a little after their last."""
    if max(len(old), len(new)) <= 3 * context or "\n" in old + new:
        return old, new
    start, end = same_ends(old, new)
    return _cut(old, start, len(old) - end, context), _cut(new, start, len(new) - end, context)


def _cut(text: str, start: int, end: int, context: int) -> str:
    head, tail = max(start - context, 0), min(end + context, len(text))
    return ("…" if head else "") + text[head:tail] + ("…" if tail < len(text) else "")


@dataclass(frozen=True)
class Piece:
    """A run of text that is the same in both versions, or is only in one of them."""

    text: str
    changed: bool


def _changed_words(side: Iterable[Piece]) -> list[str]:
    return [piece.text.strip() or piece.text for piece in side if piece.changed]


def _signs(text: str) -> list[str]:
    """Return `text` in words and signs. What is seen as one sign, such as a family in emoji, stays one."""
    signs: list[str] = []
    for piece in _PIECES.findall(text):
        if signs and (_continues(piece[0]) or signs[-1].endswith(_JOINER)) and not signs[-1].isspace():
            signs[-1] += piece
        elif signs and piece.isalnum() and _ends_with_mark(signs[-1]):
            # The rest of a word that a mark inside it has cut, as vowels are written in Hindi.
            signs[-1] += piece
        else:
            signs.append(piece)
    return signs


def _ends_with_mark(sign: str) -> bool:
    """Tell whether a sign ends with a mark, as vowels are, and is of a writing that has blanks between words."""
    return unicodedata.category(sign[-1])[0] == "M" and not _AT_NUMBERS.match(sign[0])


def _continues(letter: str) -> bool:
    return (
        letter == _JOINER or unicodedata.category(letter)[0] == "M" or "\U0001f3fb" <= letter <= "\U0001f3ff"
    )


def pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return the two texts cut into words, each with whether it changed, to mark them in colour."""
    olds, news = _signs(old), _signs(new)
    ranges = list(changed_ranges(olds, news))
    left = _marked(olds, [(a, b) for a, b, _, _ in ranges])
    right = _marked(news, [(c, d) for _, _, c, d in ranges])
    return left, right


def _marked(signs: list[str], changed: list[tuple[int, int]]) -> list[Piece]:
    ends = [0, *(end for each in changed for end in each), len(signs)]
    runs = zip(ends, ends[1:], itertools.cycle((False, True)), strict=False)
    return [Piece("".join(signs[start:end]), is_changed) for start, end, is_changed in runs if end > start]


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _shown(value: Any, *, literal: bool) -> str | None:
    if value is _ABSENT:
        return None
    if isinstance(value, str) and (not literal or "\n" in value):
        return value
    text = json_text.write({"it": value})
    if text.startswith("it: "):
        return text.removeprefix("it: ").rstrip("\n")
    return "\n".join(line.removeprefix("  ") for line in text.splitlines()[1:])


def _join(part: str, name: str) -> str:
    return f"{part} › {name}" if part else name


def _captioned(caption: str, text: str) -> Iterable[str]:
    lines = text.split("\n")
    if len(lines) == 1:
        return [f"  {caption}: {_visible(text, text) or '(empty)'}"]
    # The indent of a line is seen where there are others.
    return [f"  {caption}:", *(f"    {_visible(line, line.lstrip(' '))}" for line in lines)]


def _visible(text: str, critical: str) -> str:
    """Return a text as people read it; in quotes where blanks at its ends would not be seen."""
    return f'"{printable(text)}"' if critical.strip(_BLANKS) != critical else printable(text)
