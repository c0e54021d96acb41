"""What is known of a step beside its content: for whom it ran, and what else the provider got. No snapshot has it."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

_MOST = 100_000
"""The most characters that are kept of a text."""


@dataclasses.dataclass(frozen=True)
class StepContext:
    """For whom a step ran, as far as the simulation knew, and what the message had besides. Empty where nothing is known.

    Attributes:
        subscriber: The id of the recipient; `name`, `email`, `phone`, `locale` and `timezone` are the recipient's.
        workflow, workflow_name: The workflow's id, and its name for people; that is empty where it has none but its id.
        headers: Of a message: pairs of `from`, `senderName`, `replyTo`, `to`, `cc` or `bcc` and a value.
        attachments: Of an email: a name, a type and a size in bytes each, empty where it is not known.
        text: The plain text that an override gives an email.
        data: Values of the payload that stand in the message, such as the title of a play: what a change is, is the same for others.
    """

    subscriber: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    locale: str = ""
    timezone: str = ""
    workflow: str = ""
    workflow_name: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[tuple[str, str, str], ...] = ()
    text: str = ""
    data: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Any) -> StepContext:
        """Return the context that was written as JSON; what is not known here is left out.

        Raises:
            TypeError, ValueError: `data` is something else.
        """
        known = {each.name: data[each.name] for each in dataclasses.fields(cls) if each.name in data}
        for name in ("headers", "attachments"):
            known[name] = tuple(tuple(map(str, each)) for each in known.get(name, ()))
        known["data"] = tuple(map(str, known.get("data", ())))
        if not all(isinstance(value, (str, tuple)) for value in known.values()):
            raise TypeError(f"the context of a step is {data!r}")
        return cls(**known)

    @classmethod
    def of_step(cls, value: Any, run: Any) -> StepContext:
        """Return what is known of a message, or of a step with messages; `run` is the run of either, if it is known."""
        subscriber, workflow = getattr(run, "subscriber", None), getattr(run, "workflow", None)
        workflow_id, name = (_text(getattr(workflow, each, None)) for each in ("workflow_id", "name"))
        message = value
        if not hasattr(value, "envelope"):
            sent = getattr(value, "messages", None) or getattr(value, "undelivered", None)
            message = sent[0] if sent else None
        envelope = getattr(message, "envelope", None) or {}
        return cls(
            subscriber=_text(getattr(subscriber, "subscriber_id", None)),
            name=" ".join(
                filter(
                    None, (_text(getattr(subscriber, f"{which}_name", None)) for which in ("first", "last"))
                )
            ),
            **{
                each: _text(getattr(subscriber, each, None))
                for each in ("email", "phone", "locale", "timezone")
            },
            workflow=workflow_id,
            workflow_name="" if name == workflow_id else name,
            headers=tuple(_headers(message, envelope)),
            attachments=tuple(_attachments(envelope.get("attachments"))),
            text=_text(envelope.get("text"))[:_MOST],
            data=tuple(_data(getattr(run, "payload", None), value)),
        )

    def recipient(self) -> StepContext:
        """Return what is known of the recipient alone."""
        return StepContext(self.subscriber, self.name, self.email, self.phone, self.locale, self.timezone)


NO_CONTEXT = StepContext()
"""That of a step of which nothing is known but its content."""


def _headers(message: Any, envelope: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    given = {
        **{name: envelope.get(name) for name in ("from", "senderName", "replyTo")},
        "to": getattr(message, "to", None),
    }
    for name, value in {**given, **{name: envelope.get(name) for name in ("cc", "bcc")}}.items():
        for each in value if isinstance(value, (list, tuple)) else [value]:
            if each:
                yield name, (each if isinstance(each, str) else json.dumps(each, default=str))[:_MOST]


def _attachments(given: Any) -> Iterator[tuple[str, str, str]]:
    for each in given if isinstance(given, (list, tuple)) else []:
        if isinstance(each, Mapping):
            name = each.get("name") or each.get("filename") or each.get("path")
            kind = each.get("mime") or each.get("type") or each.get("contentType")
            yield _text(name), _text(kind), _size(each.get("file", each.get("content")))


def _size(file: Any) -> str:
    """Return how many bytes a file has: bytes, their base64, or the JSON of a buffer of Node; empty for something else."""
    if isinstance(file, Mapping):
        file = file.get("data")
    if isinstance(file, str):
        return str(len(file.rstrip("=")) * 3 // 4)
    return str(len(file)) if isinstance(file, (bytes, list)) else ""


def _data(payload: Any, value: Any) -> Iterator[str]:
    """Yield the names, titles and the like in a payload that stand in a step, the longest first.

    A word in small letters, such as `arrival`, is none: it may decide what the message says.
    """
    content = [getattr(value, name, None) for name in ("content", "outputs", "providers")]
    said = json.dumps(
        [each for each in content if isinstance(each, Mapping)], default=str, ensure_ascii=False
    )
    found = {
        text
        for text in islice(_texts_in(payload), _MOST_VALUES)
        if (_SHORTEST <= len(text) <= _LONGEST or _CODE.fullmatch(text))
        and (not text.islower() or _SEVERAL.search(text))
        and text in said
    }
    yield from sorted(found, key=lambda text: (-len(text), text))[:_MOST_DATA]


_SHORTEST, _LONGEST = 3, 200
_CODE = re.compile("[A-Z][0-9]")
"""What is short, and no word: a level, a row of seats."""
_MOST_VALUES, _MOST_DATA = 1_000, 50
_SEVERAL = re.compile(r"[\d\s]")


def _texts_in(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list, tuple)) and depth < _DEEPEST:
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts_in(each, depth + 1)


_DEEPEST = 10


def _text(value: Any) -> str:
    # A letter that no text can have would be in the way of every page.
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
