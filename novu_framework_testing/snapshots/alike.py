"""Texts that look the same and are not: which of their signs differ, in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import groupby

from novu_framework_testing.snapshots.sequences import changed_ranges

# Letters of other alphabets that are drawn as Latin ones.
_ALIKE = str.maketrans(
    "аеорсухіѕјԁһАВЕКМНОРСТХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι’‘“”–—‐‑−",
    "aeopcyxisjdhABEKMHOPCTXISJABEZHIKMNOPTYXoi''\"\"-----",
)
_BLANKS = {
    " ": "a space", "\t": "a tab", "\n": "a line break", "\r": "a line break", "\u00a0": "a space that holds two words together",
    "\u202f": "a narrow space that holds two words together", "\u2009": "a thin space", "\u3000": "a wide space",
    "\u00ad": "a place where a word may be cut", "\u200b": "an unseen place where a line may end", "\u200d": "an unseen sign that joins letters",
    "\u200c": "an unseen sign that keeps letters apart", "\u2060": "an unseen sign that holds words together", "\ufeff": "an unseen sign at the start of files",
    "\u200e": "an unseen sign for left to right", "\u200f": "an unseen sign for right to left", "\ufe0f": "an unseen sign that makes an emoji coloured",
}  # fmt: skip
_SIGNS = {
    "-": "a hyphen", "‐": "a hyphen of another kind", "‑": "a hyphen that holds a word together", "–": "a dash", "—": "a long dash", "−": "a minus sign",
    "'": "a straight apostrophe", "’": "a curly apostrophe", "‘": "an opening single quotation mark", '"': "a straight quotation mark",
    "“": "an opening quotation mark", "”": "a closing quotation mark", "…": "three dots in one sign", ".": "a full stop",
}  # fmt: skip
_ALPHABETS = re.compile("(LATIN|CYRILLIC|GREEK|ARMENIAN|HEBREW|ARABIC) (?:SMALL |CAPITAL )?LETTER ")
_MOST = 4


def alike_hint(old: str, new: str) -> str | None:
    """Return which signs became which, where two texts look the same; None for others.

    >>> alike_hint("9 – 5", "9 - 5")
    'they look alike: a dash – became a hyphen -'
    """
    if _look(old) != _look(new):
        return None
    for a, b, c, d in changed_ranges(old, new):
        gone, come = old[a:b], new[c:d]
        signs = gone or come
        verb = "is" if len(signs) == 1 else "are"
        said = (
            f"{_said(gone)} became {_said(come)}"
            if gone and come
            else f"{_said(signs)} {verb} {'gone' if gone else 'new'}"
        )
        # lines that end elsewhere do not look alike
        return said if "\n" in gone + come else f"they look alike: {said}"
    return None


def _look(text: str) -> str:
    flat = unicodedata.normalize("NFKC", text.replace("\ufe0f", "")).translate(_ALIKE)
    return " ".join("".join(one for one in flat if unicodedata.category(one) != "Cf").split())


def _said(text: str) -> str:
    if all(one in _BLANKS or one.isspace() for one in text):
        return ", ".join(_counted(_blank(one), many) for one, many in Counter(text).items())
    runs = ["".join(run) for _, run in groupby(text)]
    more = len(text) - len("".join(runs[:_MOST]))
    return ", ".join(map(_run, runs[:_MOST])) + (f" and {more} more" if more else "")


def _run(signs: str) -> str:
    """Return what a sign is called that stands there once, or several times."""
    sign, many = signs[0], len(signs)
    if many == 1:
        return _sign(sign)
    name = _SIGNS.get(sign, "")
    return f"{_counted(name, many)} {signs}" if name.startswith("a") else f"{_sign(sign)} {many} times"


def _counted(name: str, many: int) -> str:
    if many == 1:
        return name
    noun, *rest = _RELATIVE.split(name.removeprefix("an ").removeprefix("a "), maxsplit=1)
    return " ".join((f"{many} {noun}s", *(_VERB.sub(r"\1", each) for each in rest)))


_RELATIVE = re.compile(" (?=that |where |for |at )")
_VERB = re.compile("(?<=^that )([a-z]+)s")


def _blank(sign: str) -> str:
    return (
        _BLANKS.get(sign)
        or f"a sign that is not seen ({unicodedata.name(sign, 'a control character').lower()})"
    )


def _sign(sign: str) -> str:
    """Return what a sign is called, and the sign if it is seen."""
    if known := _SIGNS.get(sign):
        return f"{known} {sign}"
    if sign in _BLANKS or unicodedata.category(sign) in ("Cf", "Cc", "Zs"):
        return _blank(sign)
    name = unicodedata.name(sign, "")
    if alphabet := _ALPHABETS.match(name):
        return f"the {alphabet[1].title()} letter {sign}"
    return f"the sign {sign} ({name.lower()})" if name else f"the sign {sign}"
