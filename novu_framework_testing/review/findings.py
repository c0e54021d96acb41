"""What the checks find in a change, for people who read no code: where, in words, and what of it is new."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from novu_framework_testing._internal.html_document import Element, parsed
from novu_framework_testing.checks import CheckSettings, Content, ContentFinding, check_content
from novu_framework_testing.snapshots.json_text import Placeholder
from novu_framework_testing.snapshots.rendered import RenderedStep

_MAX_WORDS = 60
_KEY = re.compile(r"[^.\[\]]+")
_WHOLE = frozenset({"html", "head", "body", "meta", "style", "title", "#root"})


class _Found(NamedTuple):
    """A finding, and the element that it is about, if there is one."""

    finding: ContentFinding
    element: Element | None

    @property
    def words(self) -> str:
        """The words that it is about, or those around it."""
        around = self.element.above() if self.element and self.element.tag not in _WHOLE else ()
        text = next((each.text for each in around if each.text), "")
        return text if len(text) <= _MAX_WORDS else text[: _MAX_WORDS - 1].rstrip() + "…"

    @property
    def source(self) -> str:
        """The place in the code, whatever line it is on."""
        return self.element.source if self.element else self.finding.where.partition(":")[2]


def content_findings(step: RenderedStep, checks: CheckSettings) -> list[ContentFinding]:
    """Return what is wrong with the content of a step, if it was delivered."""
    if step.status in ("skipped", "failed"):
        return []
    outputs, providers = plain_values(step.outputs), plain_values(step.providers)
    return check_content(
        Content(step.channel, outputs, providers, step.workflow_id or "", step.step_id), checks
    )


def told_findings(
    step: RenderedStep, checks: CheckSettings, before: RenderedStep | None = None
) -> list[dict[str, Any]]:
    """Return what is wrong with the content of a step as data: each finding, and besides

    `part`, the part of the message, as the names that lead to it, empty for all of it; `words`, those that it is about;
    `image`, the address of the picture that it is about; `known`, whether the same is wrong in the version `before`.
    """
    found = _located(step, checks)
    known = _known(_located(before, checks), found) if found and before else set()
    return [
        {
            **dataclasses.asdict(each.finding),
            "part": _part(each, step.outputs),
            "words": each.words,
            "image": each.element.get("src") if each.element and each.element.tag == "img" else "",
            "known": index in known,
        }
        for index, each in enumerate(found)
    ]


def plain_values(value: Any) -> Any:
    """Return data with placeholders as the text that stands for them."""
    if isinstance(value, Placeholder):
        return f"(any: {value.text})"
    if isinstance(value, Mapping):
        return {key: plain_values(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_values(child) for child in value]
    return value


def _located(step: RenderedStep, checks: CheckSettings) -> list[_Found]:
    findings = content_findings(step, checks)
    body = step.outputs.get("body")
    document = parsed(body) if findings and step.channel == "email" and isinstance(body, str) else None
    # Elements that are written alike on one line have one name: a rule finds them in their order.
    alike: dict[str, list[Element]] = {}
    for element in document.elements if document else ():
        alike.setdefault(element.where, []).append(element)
    met: Counter[tuple[str, str]] = Counter()
    found = []
    for each in findings:
        places, number = alike.get(each.where, []), met[each.rule, each.where]
        met[each.rule, each.where] += 1
        found.append(_Found(each, places[min(number, len(places) - 1)] if places else None))
    return found


def _part(found: _Found, outputs: Mapping[str, Any]) -> list[str]:
    names = _KEY.findall(found.finding.where)
    is_path = found.element is None and names and (names[0] in outputs or names[0] == "providers")
    return [name for name in names if not name.isdigit()] if is_path else []


def _known(old: Sequence[_Found], new: Sequence[_Found]) -> set[int]:
    """Return the places in `new` of what was found before too: at the same words, in the same code, or at the same part.

    Each of the old ones stands for one of the new: one more of a kind is new.
    """
    left = dict(enumerate(old))
    known: dict[int, int] = {}
    for alike in _ALIKE:
        for index, one in enumerate(new):
            twins = (at for at, each in left.items() if alike(each) == alike(one) is not None)
            if index not in known and (twin := next(twins, None)) is not None:
                known[index] = twin
                del left[twin]
    return set(known)


_Alike = Callable[[_Found], Any]
_ALIKE: Sequence[_Alike] = (
    lambda one: (one.finding.rule, one.words, one.source),
    lambda one: (one.finding.rule, one.words) if one.words else None,
    lambda one: (one.finding.rule, one.source) if one.source else None,
    lambda one: (one.finding.rule, one.finding.where) if one.element is None else None,
)
