"""Sentences that went from one text of a step to another, or to another place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from novu_framework_testing.snapshots.block_places import short as cut
from novu_framework_testing.snapshots.content_change import ContentChange
from novu_framework_testing.snapshots.html_change import digest_of
from novu_framework_testing.snapshots.sentences import moved_sentence, place_in, sentences


def with_moved(changes: Iterable[ContentChange]) -> Iterator[ContentChange]:
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
