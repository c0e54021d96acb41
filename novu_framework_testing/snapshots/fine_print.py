"""Where the fine print of an email begins: an address, a company's number, how to leave, at the end and often in small type."""

from __future__ import annotations

import re
from collections import Counter

from novu_framework_testing._internal.html_document import Document, Element
from novu_framework_testing.snapshots.html_styles import styles_of
from novu_framework_testing.snapshots.reading import Block, places_of

_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|©")
_SIZE = re.compile(r"([\d.]+)(px|pt|r?em|%)")
_IN_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_USUAL = 16.0
_SMALL = {"xx-small", "x-small", "small", "smaller"}


def fine_print(document: Document) -> int:
    """Return the number of the first block of the fine print; the number of all blocks where there is none.

    It begins with what is smaller than the rest, or with whom to write to, up to the end. It says the same in every email,
    whatever stands above it: nothing in it is under the last heading of the message.

    >>> from novu_framework_testing._internal.html_document import parsed
    >>> fine_print(parsed("<h1>Bring gloves</h1><p>It is cold.</p><footer>Hill Road 9<br>Leeds</footer>"))
    2
    >>> fine_print(parsed("<h1>Bring gloves</h1><p>Questions? office@acme.test</p><p>Phone: 55 12</p>"))
    1
    """
    places = places_of(document)
    sizes = [_size(document, place.element) for _, place in places]
    known = Counter[float]()
    for (block, _), size in zip(places, sizes, strict=True):
        if _is_read(block):
            known[size] += len(block.text)
    usual = known.most_common(1)[0][0] if known else _USUAL
    first, is_small = len(places), True
    for at in range(len(places) - 1, -1, -1):
        block, place = places[at]
        if block.kind in ("heading", "button"):
            break
        if _is_read(block):
            is_small = is_small and (_is_set_apart(place.element) or sizes[at] < usual)
            if is_small or _CONTACT.search(block.text):
                first = at
    return first


def _is_read(block: Block) -> bool:
    return (
        bool(block.text) and not block.is_image and block.kind not in ("title", "preview text", "hidden text")
    )


def _is_set_apart(element: Element) -> bool:
    return any(each.tag in ("footer", "small") for each in element.above())


def _size(document: Document, element: Element) -> float:
    said = styles_of(document).text(element).get("font-size", "")
    if said in _SMALL:
        return _USUAL - 1
    found = _SIZE.fullmatch(said)
    return float(found[1]) * _IN_PIXELS[found[2]] if found else _USUAL
