"""The addresses in a message of any channel, and in the data of single providers: where clicks lead, and pictures."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from novu_framework_testing._internal.html_document import Document, Element

Place: TypeAlias = "Element | str"
"""Where something is: an element of an email, or the path to an output or to a provider's data."""


class WebAddress(NamedTuple):
    """An address and where it stands.

    Attributes:
        place: Where.
        url: As it is written, without the blanks around it.
        kind: A `link` of an email's HTML or of Markdown; a `field` of data that is an address, such as a button's, or a `part`
            of one; one in a `text`, which phones and mail programs make a link; a `picture`.
    """

    place: Place
    url: str
    kind: Literal["link", "field", "part", "text", "picture"]

    @property
    def element(self) -> Element | None:
        """The element of the email that has it in an attribute."""
        return self.place if isinstance(self.place, Element) and self.kind != "text" else None

    @property
    def shown(self) -> str:
        """The address as a finding shows it, unless its place does."""
        return "" if self.element else self.url[:80]


# --- what an address says ---------------------------------------------------------------------------------

BROKEN = re.compile(
    r"(?:^|[/=?&#:.])(?:undefined|null|None|NaN|\[object%20Object\]|\[object Object\]|%5Bobject%20Object%5D)(?:$|[/?&#.])"
)
TEMPLATE = re.compile(r"\{\{|\}\}|%7B%7B|\$\{|\{%|(?<![{$])\{[a-z_]\w*\}")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
SENDGRID = re.compile(r"<%\s*asm_\w+\s*%>")
"""An address that SendGrid fills in when it sends: where one leaves a list, or all of them."""
_MACHINES = ("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "::1")
_TUNNELS = (
    ".localhost", ".lvh.me", ".localtest.me", ".nip.io", ".docker.internal", ".ngrok.io", ".ngrok.app", ".ngrok.dev", ".ngrok-free.app",
    ".ngrok-free.dev", ".loca.lt", ".trycloudflare.com", ".serveo.net", ".devtunnels.ms",
)  # fmt: skip
_WITHIN = (".local", ".internal", ".lan", ".intranet", ".corp", ".home.arpa", ".localdomain", ".svc")
_PLACEHOLDERS = (
    "example.com", "example.org", "example.net", "yourdomain.com", "your-domain.com", "yoursite.com", "yourcompany.com",
    "mydomain.com", "domain.com", "website.com", "placehold.it", "placehold.co", "placekitten.com", "via.placeholder.com",
    "placeholder.com", "dummyimage.com", "picsum.photos", "lorempixel.com", "fakeimg.pl", "loremflickr.com", "placeimg.com",
)  # fmt: skip
_STAGES = frozenset(
    {"staging", "stage", "stg", "dev", "test", "testing", "qa", "uat", "preprod", "preview", "sandbox"}
)
_SAID_STAGES = frozenset({"staging", "stg", "preprod", "uat"})
_PUBLIC = ("dev.azure.com", "dev.mysql.com", "sandbox.paypal.com")


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the host of an address in lower case; empty where it has none, or is broken."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def is_local(url: str) -> bool:
    """Tell whether an address is on a machine of a developer, or a number in a network within."""
    host = host_of(url)
    if host in _MACHINES or host.endswith(_TUNNELS) or (_is_bare(url, host) and f"//{host}:" in url.lower()):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def is_within(url: str) -> bool:
    """Tell whether the host of an address is a name that only a network within knows."""
    host = host_of(url)
    return (host.endswith(_WITHIN) or _is_bare(url, host)) and not is_local(url)


def _is_bare(url: str, host: str) -> bool:
    """Tell whether a host is one word, as `web` of https://web:8000. Other schemes name what an app shows by it."""
    word = re.fullmatch(r"(?!https?$)[a-z0-9-]+", host)
    return bool(word and url.lower().startswith("http") and not BROKEN.search(url))


@lru_cache(maxsize=4096)
def is_placeholder(url: str) -> bool:
    """Tell whether the host of an address is a placeholder."""
    host = host_of(url)
    return (
        host.endswith(".invalid")
        or host in _PLACEHOLDERS
        or host.endswith(tuple(f".{one}" for one in _PLACEHOLDERS))
    )


def is_reserved(url: str) -> bool:
    """Tell whether an address is one of those that are kept for tests and examples."""
    return host_of(url).endswith((".test", ".example"))


@lru_cache(maxsize=4096)
def is_staging(url: str) -> bool:
    """Tell whether the host of an address says that it is not the one of production."""
    host = host_of(url)
    *below, site, _ = host.split(".") if "." in host else ("", "")
    words = {word for label in below for word in label.split("-")} & _STAGES
    words |= set(site.split("-")) & _SAID_STAGES if "-" in site else set()
    return (
        bool(words)
        and not host.endswith(_PUBLIC)
        and not (is_local(url) or is_within(url) or is_placeholder(url))
    )


# --- where addresses stand --------------------------------------------------------------------------------

SECRET = re.compile(
    r"https?://[^/?#@\s]+:[^/?#@\s]+@|[?&](?:api_?key|secret|password|passwd)=[^&]{6,}", re.IGNORECASE
)
_IN_TEXT = re.compile(
    r"(?<![\w@/.-])(?:[a-zA-Z][a-zA-Z0-9+.-]{1,30}://|https?:/|www\.)"
    r"(?:\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\$\{[^{}\n]*\}|\[object [A-Z]\w*\]|[^\s<>\"'|\\`^])+"
)
_MARKDOWN = re.compile(r"(?<![\w\]])\[[^\]\[\n]{1,200}\]\(((?:[/#]|[a-zA-Z][\w+.-]*:|www\.)[^()\s]*|)\)")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_FIELD = re.compile(r"(?:url|uri|link|href|website)$")
_PICTURE = re.compile(r"image|icon|avatar|thumb|logo|photo|picture|poster|sticker|banner")
_FOR_MACHINES = re.compile(r"webhook|callback|postback|endpoint|integration")
_OTHER = frozenset({"from", "replyTo", "attachments"})


def addresses_of(
    channel: str, content: Mapping[str, Any], document: Document, providers: Mapping[str, Any]
) -> list[WebAddress]:
    """Return the addresses of a message: of its HTML, its texts, its outputs, and the data for single providers."""
    outputs = {key: value for key, value in content.items() if key not in _OTHER}
    found: list[WebAddress] = []
    if channel == "email":
        found = list(_of_html(document))
        outputs.pop("body", None)
    found += _of_data(outputs, "", "", markdown=channel == "chat")
    found += _of_data(providers, "providers", "", markdown=channel == "chat")
    return found


def without_addresses(text: str) -> str:
    """Return a text with `https://…` in the place of each address."""
    return (
        _IN_TEXT.sub(lambda found: "https://…" + found[0][len(_ended(found[0])) :], text)
        if _may_have(text)
        else text
    )


def without_secrets(text: str) -> str:
    """Return a text with `https://…` in the place of each address that holds a secret."""
    if not _may_have(text):
        return text
    return _IN_TEXT.sub(lambda found: "https://…" if SECRET.search(found[0]) else found[0], text)


def _may_have(text: str) -> bool:
    return ":/" in text or "www." in text


def _in_text(text: str) -> Iterator[str]:
    for written in _IN_TEXT.findall(text) if _may_have(text) else ():
        url = _ended(written)
        if not re.fullmatch(r"[\w+.-]*:?/*", url.removeprefix("www.")) or url.startswith("www."):
            yield f"https://{url}" if url.startswith("www.") else url


def _ended(url: str) -> str:
    """Return an address without what follows it in a sentence."""
    while url and (
        url[-1] in ".,;:!?…*_~»”’" or (url[-1] in _PAIRS and url.count(url[-1]) > url.count(_PAIRS[url[-1]]))
    ):
        url = url[:-1]
    return url


def _of_html(document: Document) -> Iterator[WebAddress]:
    known = set()
    for element in document.all("a", "area"):
        if "href" in element.attributes:
            known.add(href := element.get("href"))
            yield WebAddress(element, href, "link")
    for element in document.all("img"):
        yield WebAddress(element, element.get("src"), "picture")
    for element in document.elements:
        if background := element.get("background"):
            yield WebAddress(element, background, "picture")
    for href in dict.fromkeys(re.findall(r'\bhref="([^"]*)"', document.outlook)):
        if href.strip() not in known:
            yield WebAddress("body, what Outlook for Windows sees", href.strip(), "link")
    for element, text in document.texts:
        if not element.code:
            yield from (WebAddress(element, url, "text") for url in _in_text(text) if url not in known)


def _of_data(value: Any, where: str, key: str, *, markdown: bool, within: str = "") -> Iterator[WebAddress]:
    """Give the addresses in data: `key` is the name of this value, and `within` of what it is in."""
    if isinstance(value, Mapping):
        kind = str(value.get("type", "")).lower()
        around = f"{key} {kind}" if kind in ("image", "icon", "avatar") else key
        for name, inner in value.items():
            yield from _of_data(
                inner, f"{where}.{name}".lstrip("."), str(name), markdown=markdown, within=around
            )
        if value.get("sub_type") == "url":  # of WhatsApp: what is added to the address of a template's button
            for number, parameter in enumerate(value.get("parameters") or ()):
                text = parameter.get("text") if isinstance(parameter, Mapping) else None
                if isinstance(text, str):
                    yield WebAddress(f"{where}.parameters[{number}].text", text.strip(), "part")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            yield from _of_data(inner, f"{where}[{number}]", key, markdown=markdown, within=within)
    elif isinstance(value, str):
        name, around = key.lower(), within.lower()
        text, is_field = value.strip(), bool(_FIELD.search(name.replace("_", "").replace("-", "")))
        if _FOR_MACHINES.search(name) or _FOR_MACHINES.search(around):
            return
        if _PICTURE.search(name) or (is_field and _PICTURE.search(around)):
            if is_field or "://" in text:
                yield WebAddress(where, text, "picture")
        elif is_field and (SCHEME.match(text) or text.startswith(("/", "#")) or not re.search(r"\s", text)):
            yield WebAddress(where, text, "field")
        else:
            linked = _MARKDOWN.findall(text) if markdown and "](" in text else []
            yield from (WebAddress(where, url, "link") for url in linked)
            yield from (WebAddress(where, url, "text") for url in _in_text(text) if url not in linked)
