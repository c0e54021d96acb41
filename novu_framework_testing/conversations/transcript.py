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
    if entry.type != "message" or message is None:
        return [f"{when}  {told(entry)}"]
    marks = ", ".join(f":{name}: by {who}" for name, who in message.reactions)
    shown = [*message.lines, *([f"({marks})"] if marks else [])]
    return [f"{when}  {heading(message)}", *(f"    {line}".rstrip() for line in shown)]


def told(entry: LogEntry) -> str:
    """Return what happened in a sentence, of an entry that is no message."""
    name, about = entry.name, _quoted(entry.message)
    if entry.type == "reaction":
        verb = "takes away" if entry.text.startswith("-") else "reacts with"
        return f"{name} {verb} :{entry.text.lstrip('-')}: on {about}"
    sentences = {
        "edit": f"{name} edits {about}",
        "delete": f"{name} deletes {about}",
        "typing": f"{name} is at work: {entry.text}",
        "failure": f"! {entry.text}",
    }
    return sentences.get(entry.type) or (entry.shown if entry.role == "system" else f"{name} {entry.shown}")


def heading(message: ChatMessage) -> str:
    """Return who wrote a message, and what became of it."""
    state = " (deleted)" if message.deleted else " (edited)" if message.edited else ""
    reply = f", in reply to {message.notification['workflowId']}" if message.notification else ""
    return f"{message.author}{reply}{state}"


def _quoted(message: ChatMessage | None) -> str:
    text = "" if message is None else message.lines[0] if message.lines else ""
    return repr(text if len(text) <= 50 else text[:47] + "...")
