"""The allow-list of ``@novu/framework`` 2.13.2, read off its answers.

Safer than the package
----------------------

Script never runs in what comes out of :func:`~novu_framework.sanitize.sanitize_html`. The package
lets it through in these cases; each has a test in ``tests/unit/test_sanitize_safety.py``:

====================================================  =============================  =========================
what comes in                                         the package                    here
====================================================  =============================  =========================
``<style/>`` or ``<title/>``, then text or another    prints ``<`` as it is, so an   ``<`` of style text is
``<style>`` with ``</style>``, ``</title>`` in it     end tag and a script get out   ``&lt;`` while one is open
``<meta http-equiv=refresh content="0;url=data:…">``  keeps it: script in a frame    ``content`` is dropped
``<meta charset=iso-2022-jp>``, by ``content`` too    keeps it: escape sequences     that attribute is dropped
                                                      then swallow quotes
====================================================  =============================  =========================
"""

from __future__ import annotations

import re
from typing import Final

from novu_framework.sanitize.elements import words

ALLOWED_TAGS: Final = words(
    """
    a abbr address article aside b bdi bdo blockquote body br caption cite code col colgroup data dd dfn
    div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i img kbd li link
    main mark menu meta nav ol p pre q rb rp rt rtc ruby s samp section small span strong style sub sup
    table tbody td tfoot th thead time title tr u ul var wbr
    """
)

DROPPED_WITH_CONTENT: Final = frozenset({"option", "script", "style", "textarea", "xmp"}) - ALLOWED_TAGS

PRINTED_WITHOUT_END_TAG: Final = frozenset({"br", "hr", "img", "link", "meta"})

IMAGE_ATTRIBUTES: Final = words(
    """
    alt class crossorigin dir height id ismap lang loading sizes src srcset style title usemap width
    """
)

ALLOWED_SCHEMES: Final = frozenset({"ftp", "http", "https", "mailto", "tel"})

URL_ATTRIBUTES: Final = words(
    """
    action archive background cite classid codebase data dynsrc formaction href itemid longdesc lowsrc
    manifest ping poster profile src usemap xlink:href
    """
)

SRCSET_ATTRIBUTES: Final = frozenset({"imagesrcset", "srcset"})

# Attributes that say nothing without a value: dropped when it is empty, where others are kept bare.
DROPPED_WHEN_EMPTY: Final = words(
    """
    abbr accept accept-charset accesskey action allow as autocapitalize autocomplete blocking charset
    cite class color cols colspan content contenteditable coords crossorigin data datetime decoding dir
    dirname download draggable enctype enterkeyhint fetchpriority for form formaction formenctype
    formmethod formtarget headers height hidden high href hreflang http-equiv id imagesizes imagesrcset
    inputmode integrity is itemid itemprop itemref itemtype kind label lang list loading low max
    maxlength media method min minlength name nonce optimum pattern ping placeholder popover
    popovertarget popovertargetaction poster preload referrerpolicy rel rows rowspan sandbox scope shape
    size sizes slot span spellcheck src srcdoc srclang srcset start step style tabindex target title
    translate type usemap value width wrap
    """
)

# The ranges are what a browser strips from a URL before it reads the scheme.
_IGNORED_IN_URL = re.compile(r"[\x00-\x20]+")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9.\-+]*):")


def url_allowed(url: str) -> bool:
    """Whether a link to ``url`` may stay: it names an allowed scheme, or none at all.

    >>> url_allowed("https://acme.test"), url_allowed("/posts/1"), url_allowed("java\\nscript:alert(1)")
    (True, True, False)
    """
    bare = _IGNORED_IN_URL.sub("", url)
    # Old browsers took "java<!-- -->script:" for a scheme.
    kept, rest = "", bare
    while (start := rest.find("<!--")) != -1 and (end := rest.find("-->", start + 4)) != -1:
        kept, rest = kept + rest[:start], rest[end + 3 :]
    scheme = _SCHEME.match(kept + rest)
    return scheme is None or scheme[1].lower() in ALLOWED_SCHEMES


_MOVES_TO = re.compile(r"[^;,]*[;,]?\s*(?:url\s*=)?\s*['\"]?", re.IGNORECASE)
_STATEFUL_CHARSET = re.compile(r"iso-?2022|csiso2022", re.IGNORECASE)


def meta_allowed(name: str, value: str, written: dict[str, str]) -> bool:
    """Whether an attribute of ``<meta>`` may stay, given the others of that tag as they are ``written``."""
    if name not in ("charset", "content"):
        return True
    if _STATEFUL_CHARSET.search(value):
        return False
    if name == "content" and "refresh" in written.get("http-equiv", "").lower():
        target = _MOVES_TO.sub("", value, count=1)
        return url_allowed(target)
    return True
