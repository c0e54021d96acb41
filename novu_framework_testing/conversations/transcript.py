"""A conversation as a text that people read."""

from __future__ import annotations

from novu_framework_testing.conversations.log import ChatMessage, LogEntry
from novu_framework_testing.conversations.state import State


def transcript(conversation: State) -> str:
    """Write down what happened, in order: each message as it looks now, and between them everything else."""
    about = conversation
    people = ", ".join(one.name for one in about.people)
    lines = [f"{about.agent_id} on {about.platform_name}, with {people} ({about.status})"]
    day = ""
    for entry in about.log:
        date = f"{entry.at:%Y-%m-%d}"
        if date != day:
            lines += ["", date]
            day = date
        lines += _lines(entry)
    return "\n".join(lines)


def _lines(entry: LogEntry) -> list[str]:
    when, message = f"{entry.at:%H:%M:%S}", entry.message
    if entry.type == "message" and message is not None:
        return [f"{when}  {_heading(message)}", *(f"    {line}".rstrip() for line in _shown(message))]
    if entry.type == "action":
        return [f"{when}  {entry.name} uses {entry.text}"]
    if entry.type == "reaction":
        off = entry.text.startswith("-")
        verb = "takes away" if off else "reacts with"
        return [f"{when}  {entry.name} {verb} :{entry.text.lstrip('-')}: on {_quoted(message)}"]
    if entry.type == "edit":
        return [f"{when}  {entry.name} edits {_quoted(message)}"]
    if entry.type == "delete":
        return [f"{when}  {entry.name} deletes {_quoted(message)}"]
    if entry.type == "typing":
        return [f"{when}  {entry.name} is at work: {entry.text}"]
    if entry.type == "failure":
        return [f"{when}  ! {entry.text}"]
    return [f"{when}  {entry.name} {entry.shown}" if entry.role != "system" else f"{when}  {entry.shown}"]


def _heading(message: ChatMessage) -> str:
    state = " (deleted)" if message.deleted else " (edited)" if message.edited else ""
    reply = f", in reply to {message.notification['workflowId']}" if message.notification else ""
    return f"{message.author}{reply}{state}"


def _shown(message: ChatMessage) -> list[str]:
    marks = [f":{name}: by {who}" for name, who in message.reactions]
    return [*message.lines, *([f"({', '.join(marks)})"] if marks else [])]


def _quoted(message: ChatMessage | None) -> str:
    text = "" if message is None else message.lines[0] if message.lines else ""
    return repr(text if len(text) <= 50 else text[:47] + "...")
