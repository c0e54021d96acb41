"""The gallery as one HTML file: the journey of each notification, searchable, and readable without scripts as a list."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing._internal import pages
from novu_framework_testing.gallery.contents import (
    UNSENT,
    AcceptedContent,
    Gallery,
    GalleryStep,
    GalleryWorkflow,
)
from novu_framework_testing.review.assets import asset
from novu_framework_testing.review.collection import title_of
from novu_framework_testing.review.document import offline_document
from novu_framework_testing.review.sharing import share
from novu_framework_testing.review.view import drawn
from novu_framework_testing.snapshots.files import encode, write_atomically
from novu_framework_testing.snapshots.formats import visible_body
from novu_framework_testing.snapshots.rendered import RenderedStep
from novu_framework_testing.snapshots.text_diff import all_content, channel_label
from novu_framework_testing.snapshots.timing import said_by

_STYLES = ("style.css", *pages.PREVIEW_STYLES)
_SCRIPTS = ("marks.js", *pages.PREVIEW_SCRIPTS, "packed.js", "shared.js")
_LISTED = 400
"""The letters of a part of a message that the list without scripts shows; the preview shows all."""
_ACCEPT = """def test_what_a_subscriber_sees(novu, novu_snapshot):
    run = novu.trigger("WORKFLOW", to="ann", payload={...}).run
    novu.run_until_idle()
    assert run == novu_snapshot"""


def write_gallery(path: Path, gallery: Gallery) -> None:
    """Write the gallery to one HTML file; its folder is made."""
    write_atomically(path, encode(render(gallery)))


def render(gallery: Gallery) -> str:
    """Return the gallery as one HTML document that loads nothing else."""
    contents: list[dict[str, Any]] = []
    known = [each for each in gallery.workflows if each.is_known]
    former = [each for each in gallery.workflows if not each.is_known]
    title = f"What {gallery.project} sends"
    body = f"""<a class="skip" href="#notifications">Skip to the notifications</a>
<div class="gallery">
<header>
<h1>{escape(title)}</h1>
<p>{escape(_summary(gallery))}</p>
<div class="toolbar" role="search">
<input id="search" type="search" placeholder="Search words, names, #tags" aria-label="Search the notifications" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<div class="segments" role="group" aria-label="Channel">{_channel_buttons(gallery)}</div>
{_choice("Width of emails", "phone", "Desktop", "Phone")}
{_choice("Colours of messages", "dark", "Light", "Dark")}
<p id="found" role="status"></p>
</div>
</header>
<details class="contents" open><summary>Notifications</summary><nav aria-label="Notifications">{_links(known)}{_former_links(former)}</nav></details>
<main id="notifications" tabindex="-1">
{_how_to_accept(gallery)}
{"".join(_section(each, contents) for each in known)}
{'<h2 class="group">Not in the app any more</h2><p class="group-note">Snapshots of these are left; <code>pytest --snapshot-update</code> removes those that no test uses.</p>' if former else ""}
{"".join(_section(each, contents) for each in former)}
{_unreadable(gallery)}
<p id="nothing" hidden>No notification is like that.</p>
</main>
</div>"""
    return offline_document(
        title,
        body,
        styles="".join(map(asset, _STYLES)) + pages.asset("gallery", "gallery.css"),
        scripts="".join(map(asset, _SCRIPTS)) + pages.asset("gallery", "gallery.js"),
        data=share(contents),
    )


def sentence_of(step: RenderedStep) -> str:
    """Return what a step that sends nothing does to the course of a workflow, in a sentence."""
    if step.status in UNSENT:
        return f"{step.status.capitalize()}{': ' + step.reason if step.reason else ''}."
    if cron := step.outputs.get("cron"):
        span = when = f"until the next of these times: {drawn(step)['facts'].get('cron', cron)}"
    elif isinstance(key := step.outputs.get("dynamicKey"), str):
        span = when = f"until {said_by(key)}"
    elif "amount" in step.outputs:
        when = title_of(step)
        span = f"for {when}"
    else:
        return _UNSAID.get(step.channel, channel_label(step.channel).capitalize() + ".")
    sentences = {
        "delay": f"Waits {span}.",
        "digest": f"Collects events {span}.",
        "throttle": f"Lets {step.outputs.get('threshold', 1)} through {when if span == when else 'in ' + when}.",
    }
    return sentences.get(step.channel) or _UNSAID[step.channel]


_UNSAID = {
    "delay": "Waits.",
    "digest": "Collects events.",
    "throttle": "Lets only so many through.",
    "custom": "Runs a step of the app’s own.",
    "http_request": "Sends a request.",
}
"""What a step does of which no snapshot says more."""


def _summary(gallery: Gallery) -> str:
    known = [each for each in gallery.workflows if each.is_known]
    messages = sum(gallery.channels.values())
    accepted = sum(
        any(content.tests for content in step.contents)
        for each in known for step in each.steps if step.is_known and step.is_message
    )  # fmt: skip
    return f"{_counted(len(known), 'notification')} with {_counted(messages, 'message')}, {accepted} of them with accepted content."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _channel_buttons(gallery: Gallery) -> str:
    counts = gallery.channels
    order = [*(one for one in CHANNELS if one in counts), *sorted(set(counts) - set(CHANNELS))]
    buttons = [("", "All", sum(counts.values())), *((one, _word(one), counts[one]) for one in order)]
    return "".join(
        f'<button type="button" data-only="{escape(channel)}" data-count="{count}" aria-pressed="{"false" if channel else "true"}">{escape(word)}</button>'
        for channel, word, count in buttons
    )


def _choice(label: str, name: str, off: str, on: str) -> str:
    return (
        f'<div class="segments" role="group" aria-label="{label}">'
        f'<button type="button" data-view="{name}:off" aria-pressed="true">{off}</button>'
        f'<button type="button" data-view="{name}:on" aria-pressed="false">{on}</button></div>'
    )


def _word(channel: str) -> str:
    label = channel_label(channel)
    return label[:1].upper() + label[1:]


def _anchor(workflow_id: str) -> str:
    return f"notification-{quote(workflow_id, safe='', errors='surrogatepass')}"


def _name(workflow: GalleryWorkflow) -> str:
    return workflow.name or workflow.id or "Snapshots that name no notification"


def _links(workflows: Iterable[GalleryWorkflow]) -> str:
    links = (f'<li><a href="#{_anchor(each.id)}">{escape(_name(each))}</a></li>' for each in workflows)
    return f"<ul>{''.join(links)}</ul>"


def _former_links(former: list[GalleryWorkflow]) -> str:
    return f"<p>Not in the app any more</p>{_links(former)}" if former else ""


def _how_to_accept(gallery: Gallery) -> str:
    missing = gallery.missing()
    lacking = [each for each in missing if each[0]]
    if not lacking:
        return ""
    example = escape(_ACCEPT.replace("WORKFLOW", lacking[0][0]))
    return (
        f'<details class="how"><summary>{_counted(len(lacking), "message")} without accepted content: how to get it</summary>'
        f"<p>A test compares what is sent with a snapshot; <code>pytest --snapshot-update</code> writes the first one, and "
        f"<code>novu-framework review</code> shows each later change to whoever accepts it.</p><pre>{example}</pre></details>"
    )


def _section(workflow: GalleryWorkflow, contents: list[dict[str, Any]]) -> str:
    anchor = _anchor(workflow.id)
    journey = [step for step in workflow.steps if step.is_known]
    former = [step for step in workflow.steps if not step.is_known]
    tags = "".join(
        f'<button type="button" class="tag" data-tag="{escape(_tag(tag))}">#{escape(tag)}</button>' for tag in workflow.tags
    )  # fmt: skip
    severity = (
        f'<span class="kind">{escape(workflow.severity)} severity</span>'
        if workflow.severity != "none"
        else ""
    )
    lines = [workflow.description, _preferences(workflow.preferences)]
    about = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    apart = (
        f'<p class="group-note">Not in this notification any more:</p><ol class="journey">{_legs(workflow, former, contents)}</ol>'
        if former
        else ""
    )
    return f"""<section class="notification" id="{anchor}" aria-labelledby="{anchor}-name" data-head="{escape(_head(workflow))}" data-tags="{escape(" ".join(map(_tag, workflow.tags)))}">
<header><h2 id="{anchor}-name">{escape(_name(workflow))}</h2>{severity}
<p class="path">{f"<code>{escape(workflow.id)}</code> " if workflow.id else ""}{tags}</p>{about}</header>
<ol class="journey">{_legs(workflow, journey, contents)}</ol>{apart}
</section>"""


def _tag(tag: str) -> str:
    """Return a tag as one word, to be searched for."""
    return "-".join(tag.split())


def _head(workflow: GalleryWorkflow) -> str:
    return " ".join([workflow.name, workflow.id, workflow.description])


def _preferences(preferences: Mapping[str, Any]) -> str:
    """Return who gets a notification unless they say otherwise, in sentences; nothing where everybody does."""
    everywhere = preferences.get("all") or {}
    channels = {name: each.get("enabled") for name, each in (preferences.get("channels") or {}).items()}
    names = {enabled: [channel_label(_snake(one)) for one in channels if channels[one] is enabled] for enabled in (True, False)}  # fmt: skip
    sentences = []
    if everywhere.get("enabled") is False:
        sentences.append(f"Off at first{', but on for ' + ', '.join(names[True]) if names[True] else ''}.")
    elif names[False]:
        sentences.append(f"Off at first for {', '.join(names[False])}.")
    if everywhere.get("readOnly"):
        sentences.append(
            "Subscribers cannot change that." if sentences else "Subscribers cannot turn it off."
        )
    return " ".join(sentences)


def _snake(channel: str) -> str:
    return "in_app" if channel == "inApp" else channel


def _legs(workflow: GalleryWorkflow, steps: Iterable[GalleryStep], contents: list[dict[str, Any]]) -> str:
    return "".join(_message(workflow, step, contents) if step.is_message else _pause(step) for step in steps)


def _pause(step: GalleryStep) -> str:
    done = [content for content in step.contents if content.step.status not in UNSENT]
    said = dict.fromkeys(sentence_of(content.step) for content in done or step.contents)
    sentences = " ".join(said) or _UNSAID.get(step.channel, "")
    if done and len(done) < len(step.contents):
        sentences += " Not always."
    if said and not any(content.tests for content in step.contents):
        sentences += " (With made-up data.)"
    return (
        f'<li class="leg is-pause" data-channel="{escape(step.channel)}" data-step="{escape(step.id)}"><span class="leg-icon" data-icon="{escape(step.channel)}"></span>'
        f"<p>{escape(sentences)} <code>{escape(step.id)}</code></p></li>"
    )


def _message(workflow: GalleryWorkflow, step: GalleryStep, contents: list[dict[str, Any]]) -> str:
    sent = [each for each in step.contents if each.step.status not in UNSENT]
    unsent = [each for each in step.contents if each not in sent]
    if sent:
        shown = _content(sent[0], contents)
    elif unsent:
        shown = '<p class="none">No test shows it being sent.</p>'
    else:
        command = f"novu-framework preview {workflow.id} {step.id}"
        shown = (
            f'<p class="none">No accepted content yet. With made-up data: <code>{escape(command)}</code></p>'
        )
    others = "".join(_content(each, contents) for each in sent[1:])
    which = " · ".join(_apart([each.tests[0] for each in sent])[1:]) if others else ""
    more = f'<details class="others"><summary>{_counted(len(sent) - 1, "other content")}: {escape(which)}</summary>{others}</details>' if others else ""  # fmt: skip
    reasons = "".join(f"<p>{escape(sentence_of(one.step))}</p>{_tests(one)}" for one in unsent)
    return f"""<li class="leg" data-channel="{escape(step.channel)}" data-step="{escape(step.id)}"><span class="leg-icon" data-icon="{escape(step.channel)}"></span>
<article tabindex="-1"><h3>{escape(_word(step.channel))} <code>{escape(step.id)}</code></h3>
{shown}{more}{f'<details class="others"><summary>Not always sent</summary>{reasons}</details>' if reasons else ""}</article></li>"""


def _content(content: AcceptedContent, contents: list[dict[str, Any]]) -> str:
    parts = list(_parts(content.step))
    contents.append({"side": drawn(content.step), "texts": [text for _, text in parts]})
    listed = "".join(
        f"<div><dt>{escape(part)}</dt><dd>{escape(text if len(text) <= _LISTED else text[: _LISTED - 1] + '…')}</dd></div>"
        for part, text in parts
    )
    return f'<div class="content"><div class="slot" data-content="{len(contents) - 1}"><dl class="plain">{listed}</dl></div>{_tests(content)}</div>'


def _tests(content: AcceptedContent) -> str:
    if not content.tests:
        return '<p class="from">A preview with made-up data: no one has accepted it.</p>'
    first, *others = content.tests
    if not others:
        return f'<p class="from">From {escape(first)}</p>'
    rest = "".join(f"<li>{escape(test)}</li>" for test in others)
    return f'<details class="from"><summary>From {escape(first)} and {_counted(len(others), "other test")}</summary><ul>{rest}</ul></details>'


def _apart(tests: list[str]) -> list[str]:
    """Return what tells tests apart: `de` and `en` of `test_order[de]` and `test_order[en]`."""
    # What the first and the last have in common, all in between have.
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(tests), max(tests), strict=False))
    same = "".join(letter for letter, _ in pairs)
    start = max(same.rfind(mark) for mark in "/:[-") + 1
    return [test[start:].removesuffix("]") if "[" in test[:start] else test[start:] for test in tests]


def _parts(step: RenderedStep) -> Iterator[tuple[str, str]]:
    """Yield the parts of a message as a person reads them, each with its name."""
    body = visible_body(step)
    outputs = step.outputs if body is None else {**step.outputs, "body": body}
    for change in all_content(dataclasses.replace(step, outputs=outputs)):
        yield change.part, change.new or ""


def _unreadable(gallery: Gallery) -> str:
    if not gallery.unreadable:
        return ""
    files = "".join(f"<li><code>{escape(path)}</code></li>" for path in gallery.unreadable)
    return (
        f'<details class="how"><summary>{_counted(len(gallery.unreadable), "snapshot")} cannot be read</summary>'
        f"<p>They were edited, or come from another version.</p><ul>{files}</ul></details>"
    )
