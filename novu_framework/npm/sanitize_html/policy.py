"""The allow-list, read off recorded answers of the package.

Safer than the package
----------------------

Script never runs in what comes out of :func:`~novu_framework.npm.sanitize_html.sanitize_html`. The package
lets it through in these cases (recorded in ``tests/contract/html/safer.jsonl``, and shown to run in
Chromium by ``tests/integration/test_xss_in_chromium.py``):

``<style/>`` or ``<title/>``, and in it text or another ``<style>`` that holds an end tag
    The package prints the ``<`` of style text as it is, so the end tag and a script after it get out.
    Here it is ``&lt;`` while a ``<style/>``, or an outer ``<style>`` or ``<title>``, is open.
``<meta http-equiv=refresh content="0;url=data:text/html,…">``
    The package keeps it, and in a frame the script runs. Here ``content`` is dropped, as for any
    address that a link may not have.
The control character ESC, also as ``&#27;``
    The package keeps it. Where a browser takes the bytes for ISO-2022-JP (a ``<meta>`` can say so),
    it begins an escape sequence that swallows quotes. Here it becomes U+FFFD.

One more difference has nothing to do with safety: a ``None`` in a list is an error to the package, and stays here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from novu_framework.npm.sanitize_html.elements import word_set

ALLOWED_TAGS: Final = word_set(
    """
    a abbr address article aside b bdi bdo blockquote body br caption cite code col colgroup data dd dfn
    div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i img kbd li link
    main mark menu meta nav ol p pre q rb rp rt rtc ruby s samp section small span strong style sub sup
    table tbody td tfoot th thead time title tr u ul var wbr
    """
)

DROPPED_WITH_CONTENT: Final = frozenset({"option", "script", "style", "textarea", "xmp"}) - ALLOWED_TAGS

PRINTED_WITHOUT_END_TAG: Final = frozenset({"br", "hr", "img", "link", "meta"})

IMAGE_ATTRIBUTES: Final = word_set(
    """
    alt class crossorigin dir height id ismap lang loading sizes src srcset style title usemap width
    """
)

ALLOWED_SCHEMES: Final = frozenset({"ftp", "http", "https", "mailto", "tel"})

URL_ATTRIBUTES: Final = word_set(
    """
    action archive background cite classid codebase data dynsrc formaction href itemid longdesc lowsrc
    manifest ping poster profile src usemap xlink:href
    """
)

SRCSET_ATTRIBUTES: Final = frozenset({"imagesrcset", "srcset"})

# Attributes that say nothing without a value: dropped when it is empty, where others are kept bare.
DROPPED_WHEN_EMPTY: Final = word_set(
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
# To take out more would be quadratic, and no address has any.
_MAX_COMMENTS = 100
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9.\-+]*):")


_PLAINLY_ALLOWED = tuple(f"{scheme}:" for scheme in sorted(ALLOWED_SCHEMES))


def url_allowed(url: str) -> bool:
    """Tell whether a link to ``url`` may stay: it has an allowed scheme, or none at all.

    >>> url_allowed("https://acme.test"), url_allowed("/posts/1"), url_allowed("java\\nscript:alert(1)")
    (True, True, False)
    """
    if url.startswith(_PLAINLY_ALLOWED) and "<!--" not in url:
        return True  # nothing that is stripped below stands before the scheme
    bare = _IGNORED_IN_URL.sub("", url)
    # Old browsers took "java<!-- -->script:" for a scheme.
    for _ in range(_MAX_COMMENTS):
        start = bare.find("<!--")
        end = bare.find("-->", start + 4)
        if start == -1 or end == -1:
            break
        bare = bare[:start] + bare[end + 3 :]
    else:
        return False
    scheme = _SCHEME.match(bare)
    return scheme is None or scheme[1].lower() in ALLOWED_SCHEMES


# "5; url='https://acme.test'": by the standard the time is digits, by older readers all up to ";" or ",".
_BEFORE_REFRESH_URL = (
    re.compile(r"\s*[0-9.]*[\s;,]*(?:url\s*=)?[\s'\"]*", re.IGNORECASE),
    re.compile(r"[^;,]*[\s;,]*(?:url\s*=)?[\s'\"]*", re.IGNORECASE),
)


def meta_allowed(name: str, value: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether the attribute ``name`` of a ``<meta>`` with these ``attributes`` may stay.

    >>> meta_allowed("content", "0;url=data:text/html,x", {"http-equiv": "refresh"})
    False
    """
    if name == "content" and "refresh" in attributes.get("http-equiv", "").lower():
        return all(url_allowed(before.sub("", value, count=1)) for before in _BEFORE_REFRESH_URL)
    return True
