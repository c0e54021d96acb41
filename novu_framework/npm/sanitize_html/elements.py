"""How elements nest: which have no content, which have only text, which end another."""

from __future__ import annotations

import re
from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, for tables of names."""
    return frozenset(text.split())


VOID: Final = word_set(
    """
    area base basefont br col command embed frame hr img input isindex keygen link meta param source track
    wbr
    """
)

# Elements whose content has no markup, only their own end tag.
TEXT_ONLY: Final = {
    name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE | re.ASCII)
    for name in ("script", "style", "textarea", "title", "xmp")
}

_FORM_CONTROLS: Final = frozenset({"button", "datalist", "optgroup", "option", "select", "textarea"})
_ENDS_PARAGRAPH: Final = word_set(
    """
    address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5
    h6 header hr main nav ol p pre section table ul
    """
)

# What a start tag ends, where that is the innermost open element.
ENDED_BY: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(_ENDS_PARAGRAPH, frozenset({"p"})),
    **dict.fromkeys(("button", "datalist", "input", "output", "select", "textarea"), _FORM_CONTROLS),
    **dict.fromkeys(("dd", "dt"), frozenset({"dd", "dt"})),
    **dict.fromkeys(("rp", "rt"), frozenset({"rp", "rt"})),
    **dict.fromkeys(("tbody", "tfoot"), frozenset({"tbody", "thead"})),
    "body": frozenset({"head", "link", "script"}),
    "li": frozenset({"li"}),
    "optgroup": frozenset({"optgroup", "option"}),
    "option": frozenset({"option"}),
    "td": frozenset({"td", "th", "thead"}),
    "th": frozenset({"th"}),
    "tr": frozenset({"td", "th", "tr"}),
}

# Inside the first, "/>" closes an element; inside the second, HTML's rules are back.
FOREIGN: Final = frozenset({"math", "svg"})
HTML_IN_FOREIGN: Final = frozenset(
    {"annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"}
)
