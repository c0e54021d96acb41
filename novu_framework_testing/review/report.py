"""One HTML file with every message of a run of tests, to attach to a pull request or send to a colleague."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from novu_framework_testing._internal.natural_order import natural
from novu_framework_testing._internal.pages import PREVIEW_SCRIPTS, PREVIEW_STYLES
from novu_framework_testing.checks import CheckSettings
from novu_framework_testing.review.about import about, recipient_line
from novu_framework_testing.review.assets import asset
from novu_framework_testing.review.collection import changes_of, named, title_of
from novu_framework_testing.review.decision_file import changes_by_place
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.report_grids import grids_section, report_grids
from novu_framework_testing.review.run_summary import NotLookedAt
from novu_framework_testing.review.view import settings_of, versions, with_context
from novu_framework_testing.snapshots.assertion import read_step
from novu_framework_testing.snapshots.context import NO_CONTEXT, StepContext
from novu_framework_testing.snapshots.files import encode, read_if_there, write_atomically
from novu_framework_testing.snapshots.names import FileName
from novu_framework_testing.snapshots.text_diff import channel_label

_KIND_LABELS = {"changed": "Changed", "new": "New", "gone": "Gone", "same": "Unchanged", "message": "Sent"}
_CHANGED = ("changed", "new", "gone")
_ORDER = {kind: place for place, kind in enumerate(_KIND_LABELS)}


def write_report(
    path: Path,
    records: Sequence[RecordedTest],
    *,
    root: Path,
    leftovers: Iterable[Path] = (),
    rest: NotLookedAt | None = None,
) -> None:
    """Write the report of a run to `path`.

    Args:
        path: The file to write; its folder is made.
        records: What each test compared and sent.
        root: The project's root, which names the report.
        leftovers: The snapshot files that nothing compares with any more.
        rest: What the run knows nothing of.
    """
    leftovers = list(leftovers)
    known = changes_by_place(changes_of(root.resolve(), records, leftovers))
    checks = settings_of(root, dict.fromkeys(aside for record in records for aside in record.asides))
    messages = [
        {**each, "change": known.get((each["test"], each["stem"]), "")}
        for each in sorted(_messages(records, leftovers, checks), key=_place)
    ]
    anchors = {(each["test"], each["stem"]): f"message-{index}" for index, each in enumerate(messages)}
    grids = report_grids(records, checks, anchors)
    write_atomically(path, encode(render(messages, grids, project=root.resolve().name, rest=str(rest or ""))))


def render(
    messages: Sequence[Mapping[str, Any]],
    grids: Sequence[Mapping[str, Any]] = (),
    *,
    project: str,
    rest: str = "",
) -> str:
    """Return the report as one HTML document that loads nothing else."""
    script = "".join(
        asset(name)
        for name in (
            "marks.js",
            *PREVIEW_SCRIPTS,
            "pictures.js",
            "grid.js",
            "report.js",
            "report_grids.js",
            "decisions.js",
        )
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
    style = "".join(
        asset(name)
        for name in ("style.css", *PREVIEW_STYLES, "pictures.css", "grid.css", "comments.css", "report.css")
    )
    # In a script element only `<` could end it.
    data = json.dumps(messages).replace("<", "\\u003c")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Messages of {escape(project)}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#messages">Skip to the messages</a>
<div class="report">
<header>
<h1>Messages of {escape(project)}</h1>
<p>{escape(_summary(messages))}{escape(f" Not looked at: {rest}.") if rest else ""}</p>
<div class="toolbar">
{_choice("Width of emails", "phone", "Desktop", "Phone")}
{_choice("Colours of messages", "dark", "Light", "Dark")}
{_choice("Emails as", "text", "HTML", "Plain text")}
</div>
<div id="decisions"></div>
</header>
<nav class="contents" aria-label="Messages">{_contents(messages)}</nav>
<main id="messages">
{grids_section(grids)}
{_sections(messages)}
</main>
</div>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _messages(
    records: Iterable[RecordedTest], leftovers: Iterable[Path], checks: CheckSettings
) -> Iterable[dict[str, Any]]:
    for record in records:
        for step in record.steps:
            kind = "same" if step.old == step.new else "changed" if step.old else "new"
            known = about(record, step.context)
            yield _message(record.test, step.stem, kind, step.old, step.new, checks, known, step.context)
        for sent in record.messages:
            known = about(record, sent.context)
            yield _message(record.test, sent.stem, "message", {}, sent.new, checks, known, sent.context)
    gone: dict[tuple[Path, str], dict[str, bytes]] = {}
    for path in leftovers:
        if name := FileName.parse(path.name):
            gone.setdefault((path.parent, name.stem), {})[name.suffix] = read_if_there(path) or b""
    for (folder, stem), files in gone.items():
        test = RecordedTest(f"{folder.parent.name}::{folder.name}", str(folder))
        yield _message(test.test, stem, "gone", files, {}, checks, about(test, NO_CONTEXT))


def _place(message: Mapping[str, Any]) -> tuple[Any, ...]:
    return _ORDER[message["kind"]], natural(message["test"])


def _message(
    test: str,
    stem: str,
    kind: str,
    old: Mapping[str, bytes],
    new: Mapping[str, bytes],
    checks: CheckSettings,
    known_about: Mapping[str, Any],
    context: StepContext = NO_CONTEXT,
) -> dict[str, Any]:
    step = read_step(stem, new or old)
    known = named(stem, step)
    shown = versions(stem, {} if kind == "same" else old, new, checks)
    return {
        "kind": kind,
        "test": test,
        **known_about,
        "stem": stem,
        **known._asdict(),
        "status": step.status if step else "",
        "workflow": step.workflow_id if step else None,
        "title": title_of(step) if step else "",
        **shown,
        "new": with_context(shown["new"], context),
        "differences": shown["differences"] if kind == "changed" else [],
        "pictures": shown["pictures"] if kind == "changed" else [],
    }


def _summary(messages: Sequence[Mapping[str, Any]]) -> str:
    kinds = Counter(each["kind"] for each in messages)
    total = len(messages)
    parts = [f"{kinds[kind]} {_KIND_LABELS[kind].lower()}" for kind in _KIND_LABELS if kinds[kind]]
    return f"{total} {'message' if total == 1 else 'messages'} and steps of a test run: {', '.join(parts) or 'none'}."


def _choice(label: str, name: str, off: str, on: str) -> str:
    return (
        f'<div class="segments" role="group" aria-label="{label}">'
        f'<button type="button" data-view="{name}:off" aria-pressed="true">{off}</button>'
        f'<button type="button" data-view="{name}:on" aria-pressed="false">{on}</button></div>'
    )


def _chip(kind: str) -> str:
    return f'<span class="kind kind-{kind}">{_KIND_LABELS[kind]}</span>'


def _contents(messages: Sequence[Mapping[str, Any]]) -> str:
    changed = [(index, each) for index, each in enumerate(messages) if each["kind"] in _CHANGED]
    rest = [(index, each) for index, each in enumerate(messages) if each["kind"] not in _CHANGED]
    groups = (("changed", " open", changed), ("others", "", rest))
    return "".join(
        f"<details{state}><summary>{len(group)} {name}</summary>{_links(group)}</details>"
        for name, state, group in groups
        if group
    )


def _links(messages: Iterable[tuple[int, Mapping[str, Any]]]) -> str:
    groups: dict[str, list[str]] = {}
    for index, each in messages:
        title = f"<span>{escape(each['title'])}</span>" if each["title"] else ""
        chip = _chip(each["kind"]) if each["kind"] in ("new", "gone") else ""
        link = f'<a href="#message-{index}"><b>{escape(each["step"])}</b> {title}</a>'
        groups.setdefault(_workflow(each), []).append(f"<li>{link}{chip}</li>")
    lists = (
        f"<li><strong>{escape(workflow)}</strong><ul>{''.join(links)}</ul></li>"
        for workflow, links in groups.items()
    )
    return f"<ul>{''.join(lists)}</ul>"


def _workflow(message: Mapping[str, Any]) -> str:
    return str(message["workflowName"] or message["workflow"] or "No workflow")


def _sections(messages: Sequence[Mapping[str, Any]]) -> str:
    parts: list[str] = []
    heading = None
    for index, each in enumerate(messages):
        current = "Changed" if each["kind"] in _CHANGED else "Everything else"
        if current != heading:
            parts.append(f"<h2>{current}</h2>")
            heading = current
        parts.append(_article(index, each))
    return "\n".join(parts) or "<p>No test of this run sent a message.</p>"


def _article(index: int, message: Mapping[str, Any]) -> str:
    where = f"{_workflow(message)} · {channel_label(message['channel'])} · {message['testTitle']}"
    whom = recipient_line(message["recipient"])
    differences = "".join(map(_difference, message["differences"]))
    shown = message["new"] or message["old"] or {"raw": {}}
    raw = "".join(
        f"<h4>{escape(message['stem'] + suffix)}</h4><pre>{escape(text)}</pre>"
        for suffix, text in shown["raw"].items()
    )
    decidable = f' data-changes="{escape(message["change"])}"' if message.get("change") else ""
    return f"""<article id="message-{index}"{decidable} aria-labelledby="title-{index}">
<header><h3 id="title-{index}" data-channel="{escape(message["channel"])}">{escape(message["step"])}</h3>{_chip(message["kind"])}
<p title="{escape(message["test"])}">{escape(where)}</p>{f"<p>{escape(whom)}</p>" if whom else ""}</header>
{f'<section class="words"><h4>What changed</h4><dl class="differences">{differences}</dl></section>' if differences else ""}
<div class="slot" data-message="{index}"></div>
<details><summary>The files of this message</summary>{raw}</details>
</article>"""


def _difference(difference: Mapping[str, Any]) -> str:
    def line(kind: str, caption: str, pieces: list[tuple[str, bool]] | None, tag: str, mark: str) -> str:
        if pieces is None:
            return f'<dd class="{kind}"><span class="caption">{caption}</span><em>not there</em></dd>'
        text = "".join(
            f'<{tag} data-mark="{mark}">{escape(text)}</{tag}>' if changed else escape(text)
            for text, changed in pieces
        )
        return f'<dd class="{kind}"><span class="caption">{caption}</span><span class="value">{text or "<em>empty</em>"}</span></dd>'

    hint = f'<dd class="hint">{escape(difference["hint"])}</dd>' if difference["hint"] else ""
    if difference["old"] is None and difference["new"] is None and hint:
        said = f'<dd class="said">{escape(difference["hint"])}</dd>'
        return f'<div class="difference"><dt>{escape(difference["part"])}</dt>{said}</div>'
    return (
        f'<div class="difference"><dt>{escape(difference["part"])}</dt>'
        + line("was", "was", difference["old"], "del", "old")
        + line("now", "now", difference["new"], "ins", "new")
        + f"{hint}</div>"
    )
