"""Pictures of emails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.checks.addresses import (
    BROKEN,
    SCHEME,
    TEMPLATE,
    WebAddress,
    is_local,
    is_placeholder,
    is_reserved,
    is_within,
)
from novu_framework_testing.checks.content import EVERY, Content, email
from novu_framework_testing.checks.rules import RFC, WCAG, Hit, rule

_IMAGES = "https://www.caniemail.com/features/html-img/"
_RESERVED = RFC + "2606"


def _picture(src: str) -> Content:
    return email(f'<img src="{src}" alt="A parcel" width="600" height="200">')


_FINE = _picture("https://acme.com/a.png")


def _everywhere(url: str) -> list[Content]:
    """Return messages with a picture, in their HTML, their outputs or a provider's data."""
    block = {"type": "image", "image_url": url, "alt_text": "A parcel"}
    embed = {"title": "Order", "thumbnail": {"url": url}}
    body = {"body": "It is here."}
    return [
        _picture(url),
        Content("chat", body, {"slack": {"blocks": [block]}}),
        Content("chat", body, {"discord": {"embeds": [embed]}}),
        Content("push", body, {"fcm": {"notification": {"image": url}}}),
        Content("in_app", {**body, "avatar": url}),
    ]


def _pictures(content: Content) -> Iterator[WebAddress]:
    return (one for one in content.addresses if one.kind == "picture")


@rule("image.source-missing", "error", "email", "A picture has no source: Novu takes a source away that begins with cid: or data:, for one.", "Give it the https address of a picture, or leave it out.", _IMAGES,
      bad=[_picture(""), email('<img alt="A parcel" width="6" height="2">')], good=_FINE)  # fmt: skip
def _no_source(content: Content) -> Iterator[Hit]:
    for element in content.document.all("img"):
        if not element.get("src"):
            yield Hit(element)


@rule("image.relative", "error", "email", "A picture's address is relative: an email has none that it could be relative to.",
      "Write the whole address, with https:// and the host.", RFC + "3986#section-5.1", bad=[_picture("/a.png"), _picture("images/a.png")], good=_FINE)  # fmt: skip
def _relative(content: Content) -> Iterator[Hit]:
    for address in _pictures(content):
        source = address.url
        if (
            address.element
            and source
            and not (source.startswith("//") or SCHEME.match(source))
            and not (TEMPLATE.search(source) or BROKEN.search(source))  # which rules of their own say
        ):
            yield Hit(address.place)


@rule("image.http", "warning", "email", "A picture is fetched without encryption, which some clients do not do.", "Serve it by https.",
      "https://developer.mozilla.org/docs/Web/Security/Mixed_content", bad=_picture("http://acme.com/a.png"), good=_FINE)  # fmt: skip
def _http(content: Content) -> Iterator[Hit]:
    for address in _pictures(content):
        url = address.url
        if url.lower().startswith("http://") and not (
            is_local(url) or is_within(url) or is_placeholder(url) or is_reserved(url)
        ):
            yield Hit(address.place, address.shown)


@rule("image.local", "error", EVERY, "A picture is on a developer's machine or a network within.", "Serve it where subscribers reach it.",
      RFC + "6761", bad=[*_everywhere("https://localhost:8000/a.png"), _picture("file:///a.png")], good=_FINE)  # fmt: skip
def _local(content: Content) -> Iterator[Hit]:
    for address in _pictures(content):
        if is_local(address.url) or is_within(address.url) or address.url.startswith("file:"):
            yield Hit(address.place, address.shown)


@rule("image.placeholder", "warning", EVERY, "A picture is a placeholder's.", "Use the picture that is meant.", _RESERVED,
      bad=[_picture("https://via.placeholder.com/600x200"), *_everywhere("https://example.com/a.png")], good=_FINE)  # fmt: skip
def _placeholder(content: Content) -> Iterator[Hit]:
    for address in _pictures(content):
        if is_placeholder(address.url):
            yield Hit(address.place, address.shown)


@rule("image.alt-missing", "warning", "email", "A picture has no alternative text.", 'Say what it shows; alt="" where it is decoration.',
      WCAG + "non-text-content.html", bad=email('<img src="https://acme.com/a.png" width="6" height="2">'),
      good=email('<img src="https://acme.com/a.png" alt="" width="6" height="2">'))  # fmt: skip
def _alt(content: Content) -> Iterator[Hit]:
    for element in content.document.all("img"):
        if (
            "alt" not in element.attributes
            and not _pixel(element)
            and not element.hidden
            and not _decoration(element)
        ):
            yield Hit(element)


def _decoration(element: Element) -> bool:
    return element.get("role") in ("presentation", "none") or element.get("aria-hidden") == "true"


def _pixel(element: Element) -> bool:
    return (
        element.get("width") in ("0", "1")
        or element.get("height") in ("0", "1")
        or element.style.get("width") == "1px"
    )


@rule("image.alt-file", "warning", "email", "A picture's alternative text is a file's name, or says only that it is a picture.",
      "Say what it shows.", WCAG + "non-text-content.html", bad=[email('<img src="https://acme.com/a.png" alt="IMG_12.png" width="6" height="2">'),
      email('<img src="https://acme.com/a.png" alt="image" width="6" height="2">')], good=_FINE)  # fmt: skip
def _alt_file(content: Content) -> Iterator[Hit]:
    for element in content.document.all("img"):
        if re.fullmatch(
            r"[\w -]+\.(?:png|jpe?g|gif|webp|svg|bmp)|image|img|picture|photo|graphic|untitled",
            element.get("alt"),
            re.IGNORECASE,
        ):
            yield Hit(element)


@rule("image.alt-long", "note", "email", "A picture's alternative text is longer than 150 characters.", "Say it shorter, or in the text beside it.",
      WCAG + "non-text-content.html", bad=email(f'<img src="https://acme.com/a.png" alt="{"word " * 40}" width="6" height="2">'), good=_FINE)  # fmt: skip
def _alt_long(content: Content) -> Iterator[Hit]:
    for element in content.document.all("img"):
        if len(element.get("alt")) > 150:
            yield Hit(element)


@rule("image.link-alt", "error", "email", "A link holds nothing but a picture without alternative text: without pictures it cannot be seen, or read out.",
      "Say in its alt where the link leads.", WCAG + "link-purpose-in-context.html",
      bad=email('<a href="https://acme.com"><img src="https://acme.com/a.png" alt="" width="6" height="2"></a>'),
      good=email('<a href="https://acme.com"><img src="https://acme.com/a.png" alt="Acme" width="6" height="2"></a>'))  # fmt: skip
def _link_alt(content: Content) -> Iterator[Hit]:
    for element in (one for one in content.document.all("a", "area") if "href" in one.attributes):
        inside = [one for one in element.inside() if isinstance(one, Element) and one.tag == "img"]
        named = (
            element.text
            or element.get("aria-label")
            or element.get("title")
            or any(one.get("aria-label") for one in inside)
        )
        if inside and not named and any("alt" in one.attributes for one in inside) and not element.hidden:
            yield Hit(element)


@rule("image.width", "note", "email", "A picture has no width attribute: Outlook for Windows shows it in its own size.",
      'Write width="…" in pixels, without px.', "https://www.caniemail.com/features/html-width/",
      bad=email('<img src="https://acme.com/a.png" alt="Acme">'), good=_FINE)  # fmt: skip
def _width(content: Content) -> Iterator[Hit]:
    for element in content.document.all("img"):
        if not element.get("width") and not element.hidden and element.get("src"):
            yield Hit(element)


@rule("image.only", "warning", "email", "The email is pictures and next to no text: without pictures nothing is left, and filters distrust it.",
      "Say what matters in text.", "https://www.spamresource.com/",
      bad=email("", whole='<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>May</title></head>'
                '<body><img src="https://acme.com/a.png" alt="Our offers" width="600" height="900"></body></html>'), good=_FINE)  # fmt: skip
def _only(content: Content) -> Iterator[Hit]:
    pictures = [one for one in content.document.all("img") if not _pixel(one)]
    if pictures and len(content.document.shown_text) < 20:
        yield Hit("body")
