"""The elements that the selectors of an email's stylesheets are for: selectors that pick out nothing in it change nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from novu_framework_testing._internal.html_document import Document, Element, parsed
from novu_framework_testing._internal.selectors import (
    Matcher,
    Selector,
    Tree,
    names_of,
    selector_of,
    split_list,
)

_PSEUDO = re.compile(r"(?<!\\)::?[\w-]+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
"""What an attribute is to be, in which a colon is no state."""
_MOST_LOOKS = 300_000
"""After so many looks at elements every selector may pick out something, so that long emails take no longer."""


class Reach:
    """The elements of an email that selectors may be for.

    Args:
        document: The email.
    """

    def __init__(self, document: Document) -> None:
        self._tree = Tree(document)
        self._known: dict[str, bool] = {}
        self._left = _MOST_LOOKS

    def has(self, text: str) -> bool:
        """Tell whether one selector, not a list, may pick out something: by the part before a state such as `:hover`.

        A selector that is not known here may pick out anything.
        """
        if text not in self._known:
            self._known[text] = self._has(text)
        return self._known[text]

    def has_any(self, text: str) -> bool:
        """Tell whether a selector of a list may pick out something."""
        return any(map(self.has, split_list(text)))

    def _has(self, text: str) -> bool:
        selector = selector_of(text)
        if selector is None:  # without what is not known of it, it picks out more
            for pseudo in _PSEUDO.findall(_IN_BRACKETS.sub("", text)):
                inner = pseudo[5:-1] if pseudo.lower().startswith(":has(") else ""
                if inner and not any(self.has(one.lstrip("+>~ ")) for one in split_list(inner)):
                    return False
            parts = _IN_BRACKETS.split(text)
            kept = _IN_BRACKETS.findall(text)
            selector = selector_of(
                "".join(_PSEUDO.sub("", one) + other for one, other in zip(parts, [*kept, ""], strict=True))
            )
        return selector is None or self._picks(selector) or self._is_for_outlook(selector)

    def _picks(self, selector: Selector) -> bool:
        asked = {name for one in selector.compounds for name in (*one.names, one.tag)}
        if not asked <= self._by_name.keys():
            return False
        near = self._by_name[selector.key]
        # what stands beside is looked for among all elements
        beside = len(self._by_name[""]) if any(step in "~+" for step in selector.steps) else 1
        self._left -= len(near) * beside
        if self._left < 0:
            return True
        matcher = Matcher(self._tree, selector)
        return any(matcher.picks(element, self._tree.names(element)) for element in near)

    def _is_for_outlook(self, selector: Selector) -> bool:
        """Tell whether it may pick out something that only Outlook for Windows sees, wherever that is."""
        seen = self._of_outlook
        return selector.key in seen and all(
            name in seen or name in self._by_name for one in selector.compounds for name in one.names
        )

    @cached_property
    def _by_name(self) -> dict[str, list[Element]]:
        """The elements by each of their classes, their id and their tag; all of them by an empty name."""
        document = self._tree.document
        found: dict[str, list[Element]] = defaultdict(list)
        for name in ("", *self._tree.absent):
            found[name].append(document.root)  # which stands for what is not written
        for element in document.elements:
            for name in (*self._tree.names(element), element.tag, ""):
                found[name].append(element)
        return dict(found)

    @cached_property
    def _of_outlook(self) -> frozenset[str]:
        """The tags, classes and ids of what only Outlook for Windows sees."""
        outlook = self._tree.document.outlook
        elements = parsed(outlook).elements if outlook else ()
        return frozenset(name for one in elements for name in (one.tag, *names_of(one)))
