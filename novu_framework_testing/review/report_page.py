"""The report as a page: what changed in words, which needs no script, and the messages, which are drawn when opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from novu_framework_testing._internal.pages import PREVIEW_SCRIPTS, PREVIEW_STYLES
from novu_framework_testing.review.about import recipient_line
from novu_framework_testing.review.assets import asset
from novu_framework_testing.review.changes import KINDS, kinds_in_words
from novu_framework_testing.review.document import offline_document
from novu_framework_testing.review.report_grids import grids_section
from novu_framework_testing.review.sharing import share
from novu_framework_testing.snapshots.text_diff import channel_label

ReportKind = Literal["changed", "new", "moved", "gone", "same", "message"]
_LABELS: dict[str, str] = {
    "changed": "Changed", "new": "New", "moved": "Moved", "gone": "Gone", "same": "Unchanged", "message": "Sent",
}  # fmt: skip
_OTHERS = {"same": "unchanged", "message": "sent"}
_SCRIPTS = (
    "marks.js", *PREVIEW_SCRIPTS, "pictures.js", "packed.js", "shared.js", "grid.js", "report.js", "report_grids.js",
    "decisions.js",
)  # fmt: skip
_STYLES = (
    "style.css",
    *PREVIEW_STYLES,
    "pictures.css",
    "grid.css",
    "comments.css",
    "report.css",
    "coverage.css",
)
_SHARED, _NONE = "In several workflows", "No workflow"
_FEW = 6


@dataclass(frozen=True)
class ReportEntry:
    """Messages that are one in the report: the same change, or the same content.

    Attributes:
        key: What they have in common: the kind, and the key that equal ones share.
        messages: Each as data: `kind`, `test`, `stem`, `step`, `stepName`, `channel`, `workflow`, `title`, and what
            `versions` says of it.
        changes: What a decision names each of them by, `id:content` with blanks between; empty where there is none to make.
    """

    key: tuple[str, str]
    messages: Sequence[Mapping[str, Any]]
    changes: str = ""

    @property
    def kind(self) -> str:
        """The kind of its messages."""
        return self.key[0]

    @property
    def workflows(self) -> list[str]:
        """The workflows of its messages."""
        return list(dict.fromkeys(_workflow(each) for each in self.messages))

    @property
    def section(self) -> str:
        """The heading that it stands under."""
        return self.workflows[0] if len(self.workflows) == 1 else _SHARED


def arranged_entries(entries: Iterable[ReportEntry]) -> list[ReportEntry]:
    """Return entries in the order of the report: by heading, and what changed before what did not."""
    order = list(_LABELS)
    return sorted(entries, key=lambda each: (_section_order(each.section), order.index(each.kind)))


def anchors(entries: Sequence[ReportEntry]) -> dict[tuple[str, str], str]:
    """Return the id of the element that shows each message of arranged entries, by its test and stem."""
    messages = (message for entry in entries for message in entry.messages)
    return {(each["test"], each["stem"]): f"message-{number}" for number, each in enumerate(messages)}


def render(
    entries: Sequence[ReportEntry],
    grids: Sequence[Mapping[str, Any]] = (),
    *,
    project: str,
    unseen: str = "",
    coverage: str = "",
) -> str:
    """Return the report of arranged entries as one HTML document that loads nothing else.

    `unseen` is what the run did not look at; `coverage` the part, as HTML, that says what its tests came to.
    """
    numbers: dict[int, range] = {}
    messages: list[Mapping[str, Any]] = []
    for index, each in enumerate(entries):
        numbers[index] = range(len(messages), len(messages) + len(each.messages))
        messages += each.messages
    changed = [(index, each) for index, each in enumerate(entries) if each.kind in KINDS]
    rest = [(index, each) for index, each in enumerate(entries) if each.kind not in KINDS]
    opened = " open" if len(changed) <= _FEW else ""
    body = f"""<a class="skip" href="#messages">Skip to the messages</a>
<div class="report">
<header>
<h1>Messages of {escape(project)}</h1>
<p>{escape(_summary(messages, len(changed)))}{escape(f" Not looked at: {unseen}.") if unseen else ""}</p>
{_toolbar(entries)}
<div id="decisions"></div>
<p id="found" role="status"></p>
<noscript><p class="warning">Messages are drawn by a script, which does not run here. What changed is below in words.</p></noscript>
</header>
{_contents(changed)}
<main id="messages" tabindex="-1">
{coverage}
{grids_section(grids)}
{_sections(changed, numbers, 2, opened)}
{_rest(rest, numbers, opened="" if changed else " open")}
{"" if entries else "<p>No test of this run sent a message.</p>"}
</main>
</div>"""
    return offline_document(
        f"Messages of {project}",
        body,
        styles="".join(map(asset, _STYLES)),
        scripts="".join(map(asset, _SCRIPTS)),
        data=share([_drawn(each) for each in messages]),
    )


def _drawn(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the script needs of a message: what changed is on the page already."""
    return {
        name: value if name != "pictures" or message["kind"] == "changed" else []
        for name, value in message.items()
        if name != "differences"
    }


def _summary(messages: Sequence[Mapping[str, Any]], different: int) -> str:
    kinds = kinds_in_words((each["kind"] for each in messages), _OTHERS)
    text = f"{_several(len(messages), 'message')} and steps of a test run: {kinds or 'none'}."
    changes = sum(each["kind"] in KINDS for each in messages)
    return f"{text} {_several(different, 'different change')}." if different < changes else text


def _several(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _section_order(section: str) -> tuple[int, str]:
    return (0 if section == _SHARED else 1), section


def _toolbar(entries: Sequence[ReportEntry]) -> str:
    workflows = sorted({workflow for each in entries for workflow in each.workflows})
    channels = sorted({message["channel"] for each in entries for message in each.messages})
    kinds = [kind for kind in _LABELS if any(each.kind == kind for each in entries)]
    return f"""<form class="toolbar needs-script" id="filters" role="search">
<input type="search" name="text" aria-label="Search the messages" placeholder="Search" autocomplete="off" spellcheck="false">
{_select("workflow", "Every workflow", [(each, each) for each in workflows])}
{_select("channel", "Every channel", [(each, channel_label(each)) for each in channels])}
{_select("kind", "Changed or not", [(each, _LABELS[each]) for each in kinds])}
<button type="button" id="open-all">Open all</button>
<span class="views">
{_choice("Width of emails", "phone", "Desktop", "Phone")}
{_choice("Colours of messages", "dark", "Light", "Dark")}
{_choice("Emails as", "text", "HTML", "Plain text")}
</span>
</form>"""


def _select(name: str, every: str, options: Iterable[tuple[str, str]]) -> str:
    made = "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in options)
    return f'<select name="{name}" aria-label="{name.capitalize()}"><option value="">{every}</option>{made}</select>'


def _choice(label: str, name: str, off: str, on: str) -> str:
    return (
        f'<span class="segments" role="group" aria-label="{label}">'
        f'<button type="button" data-view="{name}:off" aria-pressed="true">{off}</button>'
        f'<button type="button" data-view="{name}:on" aria-pressed="false">{on}</button></span>'
    )


_Numbered = Sequence[tuple[int, ReportEntry]]


def _by_section(entries: _Numbered) -> dict[str, list[tuple[int, ReportEntry]]]:
    sections: dict[str, list[tuple[int, ReportEntry]]] = {}
    for index, each in entries:
        sections.setdefault(each.section, []).append((index, each))
    return sections


def _contents(changed: _Numbered) -> str:
    links = "".join(
        f'<li><a href="#section-{entries[0][0]}">{escape(section)}</a> <span>{len(entries)}</span></li>'
        for section, entries in _by_section(changed).items()
    )
    return f'<nav class="contents" aria-label="Changes by workflow"><ul>{links}</ul></nav>' if links else ""


def _rest(rest: _Numbered, numbers: Mapping[int, range], *, opened: str) -> str:
    if not rest:
        return ""
    count = sum(len(each.messages) for _, each in rest)
    return (
        f'<details class="rest"{opened}><summary><h2>{_several(count, "message")} without a change</h2></summary>'
        f"{_sections(rest, numbers, 3, '')}</details>"
    )


def _sections(entries: _Numbered, numbers: Mapping[int, range], level: int, opened: str) -> str:
    return "\n".join(
        f'<section id="section-{inside[0][0]}" aria-labelledby="heading-{inside[0][0]}">'
        f'<h{level} id="heading-{inside[0][0]}">{escape(section)}</h{level}>'
        + "\n".join(_entry(index, each, numbers[index], level + 1, opened) for index, each in inside)
        + "</section>"
        for section, inside in _by_section(entries).items()
    )


def _entry(index: int, entry: ReportEntry, numbers: range, level: int, opened: str) -> str:
    first = entry.messages[0]
    steps = list(dict.fromkeys(each["stepName"] for each in entry.messages))
    name = ", ".join(steps[:2]) + (", …" if len(steps) > 2 else "")
    differences = first["differences"] if entry.kind in ("changed", "moved") else []
    several = len(entry.messages) > 1
    anchor = f"entry-{index}" if several else f"message-{numbers.start}"
    changes = f' data-changes="{escape(entry.changes)}"' if entry.changes else ""
    return f"""<details class="entry" id="{anchor}" data-kind="{entry.kind}"{changes} data-messages="{numbers.start}:{numbers.stop}"{opened}>
<summary><h{level} data-channel="{escape(first["channel"])}">{escape(name)}</h{level}><span class="kind kind-{entry.kind}">{_LABELS[entry.kind]}</span>
{f'<span class="times">{_several(len(entry.messages), "message")}</span>' if several else ""}<span class="gist" dir="auto">{escape(first["gist"] or first["title"])}</span></summary>
{f'<section class="words"><h{level + 1}>What changed</h{level + 1}><dl class="differences">{"".join(map(_difference, differences))}</dl></section>' if differences else ""}
{_members(entry, numbers) if several else ""}
<p class="where">{_where(first)}</p>
<div class="slot" data-message="{numbers.start}"></div>
<details class="files needs-script"><summary>The files of this message</summary></details>
</details>"""


def _workflow(message: Mapping[str, Any]) -> str:
    return str(message["workflowName"] or message["workflow"] or _NONE)


def _where(message: Mapping[str, Any]) -> str:
    whom = recipient_line(message["recipient"])
    parts = (_workflow(message), message["stepName"], message["title"], message["testTitle"], whom)
    return escape(" · ".join(filter(None, parts)))


def _members(entry: ReportEntry, numbers: range) -> str:
    same = "same change" if entry.kind in KINDS else "same content"
    places = f", in {len(entry.workflows)} workflows" if len(entry.workflows) > 1 else ""
    items = "".join(
        f'<li id="message-{number}" data-member="{number}"><span>{_where(each)}</span></li>'
        for number, each in zip(numbers, entry.messages, strict=True)
    )
    return (
        f'<details class="members"><summary>The {same} in {_several(len(entry.messages), "message")}{places}'
        f"</summary><ol>{items}</ol></details>"
    )


def _difference(difference: Mapping[str, Any]) -> str:
    def line(kind: str, caption: str, pieces: list[tuple[str, bool]] | None, tag: str, mark: str) -> str:
        if pieces is None:
            return f'<dd class="{kind}"><span class="caption">{caption}</span><em>not there</em></dd>'
        text = "".join(
            f'<{tag} data-mark="{mark}">{escape(text)}</{tag}>' if changed else escape(text)
            for text, changed in pieces
        )
        return f'<dd class="{kind}"><span class="caption">{caption}</span><span class="value" dir="auto">{text or "<em>empty</em>"}</span></dd>'

    hint = f'<dd class="hint">{escape(difference["hint"])}</dd>' if difference["hint"] else ""
    if difference["old"] is None and difference["new"] is None and hint:
        said = f'<dd class="said" dir="auto">{escape(difference["hint"])}</dd>'
        return f'<div class="difference"><dt>{escape(difference["part"])}</dt>{said}</div>'
    return (
        f'<div class="difference"><dt>{escape(difference["part"])}</dt>'
        + line("was", "was", difference["old"], "del", "old")
        + line("now", "now", difference["new"], "ins", "new")
        + f"{hint}</div>"
    )
