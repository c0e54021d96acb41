"""Which changes say some words, before or now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.review.changes import Change
from novu_framework_testing.review.listing import old_files
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.review.view import new_files
from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.files import decode
from novu_framework_testing.snapshots.names import TEXTS

_MARKUP = re.compile(r"<style\b(?:[^<]|<(?!/style))*|<[^<>]*>", re.IGNORECASE)
_QUOTED = re.compile("“([^”]+)”")
_MOST_LETTERS = 50_000_000


class WordSearch:
    """The words of the changes of a review, read once for each version of a change."""

    def __init__(self, store: ReviewStore) -> None:
        self._store = store
        self._words: dict[str, str] = {}
        self._letters = 0

    def found(self, words: str) -> list[str]:
        """Return the ids of the changes that say all of `words`, each in the old version, in the new one, or in what is said of them."""
        wanted = words.casefold().split()
        changes = [change for test in self._store.tests() for change in test.changes]
        return [each.id for each in changes if all(word in self._said(each) for word in wanted)]

    def _said(self, change: Change) -> str:
        known = self._words.get(change.content)
        if known is None:
            sides = old_files(self._store, change), new_files(change)
            said = change.said.casefold()
            known = " ".join(filter(None, (*map(_words, sides), said, *_pictures(sides, said))))
            self._letters += len(known)
            if self._letters > _MOST_LETTERS:
                self._words.clear()
                self._letters = len(known)
            self._words[change.content] = known
        return known


def _pictures(sides: Iterable[Mapping[str, bytes]], said: str) -> Iterator[str]:
    """Yield the names of the files of the pictures that a change is about, which what is said of it calls by their words."""
    # a part is called by what stands beside it, too, and that may be a picture
    lines = (line for line in said.split("\n") if "image" in line or not line.startswith("body › "))
    told = {words for line in lines for words in _QUOTED.findall(line)}
    for files in sides if told else ():
        for image in parsed(decode(files.get(".html", b""))).elements:
            if image.tag == "img" and short(image.get("alt")).casefold() in told:
                yield image.get("src").partition("?")[0].rpartition("/")[2].casefold()


def _words(files: Mapping[str, bytes]) -> str:
    texts = (decode(data) for suffix, data in files.items() if suffix in TEXTS)
    return " ".join(unescape(_MARKUP.sub(" ", text)) for text in texts).casefold()
