"""Links and pictures of emails."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.checks.content import Content, email
from novu_framework_testing.checks.rules import RFC, Hit, rule

_HTML = "https://html.spec.whatwg.org/multipage/links.html"
_RESERVED = RFC + "2606"
_BROKEN = re.compile(
    r"(?:^|[/=?&#:.])(?:undefined|null|None|NaN|\[object%20Object\]|\[object Object\])(?:$|[/?&#.])"
)
TEMPLATE = re.compile(r"\{\{|\}\}|%7B%7B|\$\{|\{%|(?<![{$])\{[a-z_]\w*\}")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PLACES = ("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "::1")


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the host of an address in lower case; empty where it has none, or is broken."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_local(host: str) -> bool:
    """Tell whether a host is a machine of a developer, or in a network within."""
    if host in _PLACES or host.endswith(
        (".localhost", ".local", ".internal", ".ngrok.io", ".ngrok-free.app", ".lvh.me")
    ):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def is_placeholder(host: str) -> bool:
    """Tell whether a host is a placeholder."""
    names = ("example.com", "example.org", "example.net", "yourdomain.com", "your-domain.com", "yoursite.com", "yourcompany.com",
             "mydomain.com", "domain.com", "website.com", "placehold.it", "placehold.co", "placekitten.com", "via.placeholder.com",
             "placeholder.com", "dummyimage.com", "picsum.photos", "lorempixel.com", "fakeimg.pl", "loremflickr.com", "placeimg.com")  # fmt: skip
    return host.endswith(".invalid") or any(host == name or host.endswith(f".{name}") for name in names)


def address_hits(url: str) -> Iterator[str]:
    """Say why an address cannot be the one of production: each reason, in words."""
    host = host_of(url)
    if is_local(host):
        yield f"{host} is a machine of a developer or a network within"
    if is_placeholder(host):
        yield f"{host} is a placeholder"
    if _BROKEN.search(url):
        yield f"a value is missing in {url[:80]}"
    if TEMPLATE.search(url):
        yield f"{url[:80]} holds a tag of a template"


def links_of(content: Content) -> Iterator[tuple[Element, str]]:
    """Give the links of an email, and where each leads."""
    for element in content.document.all("a", "area"):
        if "href" in element.attributes:
            yield element, element.get("href")


def pictures_of(content: Content) -> Iterator[tuple[Element, str]]:
    """Give the pictures of an email, backgrounds too, and their addresses."""
    for element in content.document.all("img"):
        yield element, element.get("src")
    for element in content.document.elements:
        if element.get("background"):
            yield element, element.get("background")


_FINE = '<p><a href="https://acme.com/orders/12">See the order</a></p>'


def _link(href: str) -> Content:
    return email(f'<p><a href="{href}">See the order</a></p>')


def picture(src: str) -> Content:
    """Return an email with a picture; for the examples of rules."""
    return email(f'<img src="{src}" alt="A parcel" width="600" height="200">')


@rule("link.empty", "error", "email", "A link leads nowhere.", "Give it an address, or make it text.", _HTML,
      bad=[_link(""), _link(" "), email("<p><a href>See the order</a></p>")], good=email(_FINE))  # fmt: skip
def _empty(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if not href:
            yield Hit(element.where)


@rule("link.hash", "warning", "email", "A link leads to `#`, the email itself.", "Give it the address that it is to lead to.", _HTML,
      bad=[_link("#"), _link("#!")], good=email(_FINE))  # fmt: skip
def _hash(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if href in ("#", "#!", "#0"):
            yield Hit(element.where)


@rule("link.anchor-missing", "warning", "email", "A link leads to a place in the email that is not there.", "Name the place: id=\"…\".",
      "https://www.caniemail.com/features/html-anchor-links/",
      bad=_link("#more"), good=email('<p><a href="#more">See the details</a></p><p id="more">More</p>'))  # fmt: skip
def _anchor(content: Content) -> Iterator[Hit]:
    names: set[str] | None = None
    for element, href in links_of(content):
        if href.startswith("#") and href not in ("#", "#!", "#0"):
            if names is None:
                names = {one.get(key) for one in content.document.elements for key in ("id", "name")}
            if href[1:] not in names and href != "#top" and not href[1:].isdecimal():  # MJML's carousels
                yield Hit(element.where)


@rule("link.relative", "error", "email", "A link is relative: an email has no address that it could be relative to.",
      "Write the whole address, with https:// and the host.", RFC + "3986#section-5.1",
      bad=[_link("/orders/12"), _link("orders.html"), _link("www.acme.com/a")], good=email(_FINE))  # fmt: skip
def _relative(content: Content) -> Iterator[Hit]:
    if content.document.all("base"):
        return
    for element, href in links_of(content):
        if href and not href.startswith(("#", "//")) and not SCHEME.match(href) and not TEMPLATE.search(href):
            yield Hit(element.where)


@rule("link.no-scheme", "warning", "email", "A link begins with //, which mail programs read as a file or with http.",
      "Write https://.", RFC + "3986#section-4.2", bad=_link("//acme.com/a"), good=email(_FINE))  # fmt: skip
def _no_scheme(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if href.startswith("//"):
            yield Hit(element.where)


@rule("link.http", "warning", "email", "A link is not encrypted: http.", "Write https://.", "https://support.google.com/mail/answer/81126",
      bad=_link("http://acme.com/a"), good=[email(_FINE), _link("mailto:help@acme.com")])  # fmt: skip
def _http(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if (
            href.lower().startswith("http://")
            and not is_local(host_of(href))
            and not is_placeholder(host_of(href))
        ):
            yield Hit(element.where)


@rule("link.local", "error", "email", "A link leads to a developer's machine or a network within.", "Take the host of production from the settings.",
      RFC + "6761", bad=[_link("http://localhost:3000/a"), _link("https://192.168.1.4/a"), _link("https://shop.ngrok.io/a")], good=email(_FINE))  # fmt: skip
def _local_link(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if is_local(host_of(href)):
            yield Hit(element.where, host_of(href))


@rule("link.placeholder", "warning", "email", "A link leads to a placeholder's host.", "Write the address of production.", _RESERVED,
      bad=[_link("https://example.com/a"), _link("https://www.yourdomain.com")], good=email(_FINE))  # fmt: skip
def _placeholder_link(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if is_placeholder(host_of(href)):
            yield Hit(element.where, host_of(href))


@rule("link.broken-value", "error", "email", "An address holds `undefined`, `null` or the like where a value was meant.",
      "Give the value where the address is made.", RFC + "3986", bad=[_link("https://acme.com/orders/undefined"), _link("https://acme.com/?id=None")],
      good=[email(_FINE), _link("https://acme.com/nullable")])  # fmt: skip
def _broken_value(content: Content) -> Iterator[Hit]:
    for element, href in (*links_of(content), *pictures_of(content)):
        if _BROKEN.search(href):
            yield Hit(element.where)


@rule("link.template", "error", "email", "An address holds a tag of a template.", "Render the template, or close its tag.",
      "https://shopify.github.io/liquid/basics/introduction/", bad=[_link("https://acme.com/{{ id }}"), picture("https://acme.com/${name}.png")],
      good=email(_FINE))  # fmt: skip
def _template(content: Content) -> Iterator[Hit]:
    for element, href in (*links_of(content), *pictures_of(content)):
        if TEMPLATE.search(href):
            yield Hit(element.where)


@rule("link.javascript", "error", "email", "A link is JavaScript, which no mail program runs.", "Link to a page that does it.",
      "https://www.caniemail.com/", bad=_link("javascript:void(0)"), good=email(_FINE))  # fmt: skip
def _javascript(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if href.lower().startswith(("javascript:", "vbscript:", "data:")):
            yield Hit(element.where)


@rule("link.blank", "error", "email", "An address has a blank or a line break in it.", "Encode it: a blank is %20.", RFC + "3986#section-2",
      bad=_link("https://acme.com/a b"), good=_link("https://acme.com/a%20b"))  # fmt: skip
def _blank(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if re.search(r"\s", href) and href.lower().startswith(("http", "//")) and not TEMPLATE.search(href):
            yield Hit(element.where)


@rule("link.malformed", "error", "email", "An address is malformed.", "Write it as https://host/path.", RFC + "3986",
      bad=[_link("https:/acme.com"), _link("https://https://acme.com"), _link("htps://acme.com/a"), _link("https://"), _link("https://acme..com/a")],
      good=_link("https://acme.com/?next=https://acme.com/a"))  # fmt: skip
def _malformed(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if _MALFORMED.match(href):
            yield Hit(element.where)


_MALFORMED = re.compile(
    r"https?:(?!//)|https?://(?:$|/|\?|#)|https?://https?:?/|(?:htt|htps|htp|hhtp|hhtps|ttps|httpss):|https?://[^/?#]*\.\.",
    re.IGNORECASE,
)


@rule("link.mailto", "error", "email", "A mailto: link has no address.", "Write mailto:name@host.", RFC + "6068",
      bad=[_link("mailto:"), _link("mailto:help")], good=[_link("mailto:help@acme.com?subject=Order%2012"), _link("mailto:?subject=Look")])  # fmt: skip
def _mailto(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if href.lower().startswith("mailto:"):
            to = href[7:].partition("?")[0]
            if "{{" not in to and (
                ("@" not in to and "%40" not in to and to) or (not to and "?" not in href)
            ):
                yield Hit(element.where)


@rule("link.tel", "warning", "email", "A tel: link has letters or blanks in it.", "Write tel:+431234567.", RFC + "3966",
      bad=[_link("tel:call us"), _link("tel:")], good=_link("tel:+43-1-234567"))  # fmt: skip
def _tel(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if href.lower().startswith("tel:") and not re.fullmatch(
            r"\+?[\d().*#-]+(?:;[\w=+-]+)*", href[4:].replace("%20", "")
        ):
            yield Hit(element.where)


@rule("link.credentials", "error", "email", "An address holds a password or a secret key.", "Take it out: an email is passed on and logged.",
      RFC + "3986#section-3.2.1", bad=[_link("https://ann:secret@acme.com/a"), _link("https://acme.com/?api_key=sk_live_0123456789")], good=email(_FINE))  # fmt: skip
def _credentials(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if re.match(r"https?://[^/?#@]+:[^/?#@]+@", href) or re.search(
            r"[?&](?:api_?key|secret|password|passwd)=[^&]{6,}", href
        ):
            yield Hit(f"body, line {element.line}: a link of <a>")


@rule("link.tracking", "note", "email", "A link carries another service's trace of a click (gclid, fbclid, mc_eid).",
      "Take it out: it counts for somebody else.", "https://support.google.com/analytics/answer/2938246",
      bad=_link("https://acme.com/a?gclid=abc"), good=_link("https://acme.com/a?utm_source=mail"))  # fmt: skip
def _tracking(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if found := re.search(r"[?&](gclid|fbclid|mc_eid|mc_cid|msclkid|dclid|_hsenc|igshid)=", href):
            yield Hit(element.where, found[1])


@rule("link.utm-test", "warning", "email", "A link is tracked as a test.", "Give utm_source and utm_campaign their real names.",
      "https://support.google.com/analytics/answer/10917952", bad=_link("https://acme.com/a?utm_campaign=test"), good=_link("https://acme.com/a?utm_campaign=may"))  # fmt: skip
def _utm(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if re.search(r"[?&](?:amp;)?utm_\w+=(?:test|todo|xxx|foo|undefined|null|)(?:&|#|$)", href):
            yield Hit(element.where)


@rule("link.shortener", "note", "email", "A link goes through a public shortener, which filters distrust.", "Link to the page itself.",
      "https://www.spamhaus.org/resource-hub/", bad=_link("https://bit.ly/3xYz"), good=email(_FINE))  # fmt: skip
def _shortener(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        if host_of(href) in ("bit.ly", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "cutt.ly"):
            yield Hit(element.where)


@rule("link.text-other-host", "warning", "email", "A link shows one address and leads to another host, as phishing does.",
      "Show words, or the host that it leads to.", "https://support.google.com/mail/answer/81126",
      bad=email('<p><a href="https://other.net/a">https://acme.com/a</a></p>'),
      good=[email('<p><a href="https://acme.com/a">https://www.acme.com/a</a></p>'), email('<p><a href="https://click.acme.com/x">acme.com</a></p>')])  # fmt: skip
def _other_host(content: Content) -> Iterator[Hit]:
    for element, href in links_of(content):
        host = host_of(href)
        shown = host_of(element.text) if element.text.startswith(("http://", "https://")) else ""
        if host and shown and " " not in element.text and _site(host) != _site(shown):
            yield Hit(element.where, f"shows {shown}")


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])


@rule("link.no-href", "warning", "email", "A link has no address and no name: Novu takes an empty href away, for one.", "Give it an address, or make it a span.", _HTML,
      bad=email("<p><a class=\"button\">See the order</a></p>"), good=email('<p id="b"><a name="a"></a>See</p>'))  # fmt: skip
def _no_href(content: Content) -> Iterator[Hit]:
    for element in content.document.all("a"):
        if "href" not in element.attributes and not element.get("name") and not element.get("id"):
            yield Hit(element.where)
