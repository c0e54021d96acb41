"""Links: where a click leads, in the HTML of an email and in every text, button and redirect of the other channels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from novu_framework_testing.checks.addresses import (
    BROKEN,
    SCHEME,
    SECRET,
    SENDGRID,
    TEMPLATE,
    host_of,
    is_local,
    is_placeholder,
    is_reserved,
    is_staging,
    is_within,
)
from novu_framework_testing.checks.content import EVERY, Content, email
from novu_framework_testing.checks.rules import RFC, Hit, Level, rule

_HTML = "https://html.spec.whatwg.org/multipage/links.html"
_FINE = '<p><a href="https://acme.com/orders/12">See the order</a></p>'
_HASHES = ("#", "#!", "#0")


def _link(href: str) -> Content:
    return email(f'<p><a href="{href}">See the order</a></p>')


def _examples(channels: str, urls: Sequence[str]) -> list[Content]:
    """Return messages of the channels that lead to an address: by a link, a text, a button, a redirect, a provider's data."""
    ways: dict[str, Callable[[str], list[Content]]] = {
        "email": lambda url: [_link(url), email(f"<p>See {url}</p>")],
        "sms": lambda url: [Content("sms", {"body": f"See {url}."})],
        "in_app": lambda url: [
            Content("in_app", {"body": "It is here.", "redirect": {"url": url, "target": "_self"}}),
            Content("in_app", {"body": f"See {url}, please."}),
        ],
        "push": lambda url: [
            Content("push", {"subject": "Your order", "body": "It is here."}, {"fcm": {"data": {"deep_link": url}}})
        ],
        "chat": lambda url: [
            *(Content("chat", {"body": body}) for body in (f"See {url}", f"See [the order]({url}).")),
            *(
                Content("chat", {"body": "Your order"}, {provider: data})
                for provider, data in (
                    ("slack", {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": f"See <{url}|the order>"}}]}),
                    ("slack", {"blocks": [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}, "url": url}]}]}),
                    ("msteams", {"attachments": [{"content": {"actions": [{"type": "Action.OpenUrl", "title": "Open", "url": url}]}}]}),
                    ("whatsapp-business", {"interactive": {"type": "cta_url", "action": {"name": "cta_url", "parameters": {"display_text": "Open", "url": url}}}}),
                    ("whatsapp-business", {"template": {"components": [{"type": "button", "sub_type": "url", "parameters": [{"type": "text", "text": url}]}]}}),
                    ("telegram", {"reply_markup": {"inline_keyboard": [[{"text": "Open", "url": url}]]}}),
                    ("discord", {"embeds": [{"title": "Order", "url": url}]}),
                )
            ),
        ],
    }  # fmt: skip
    return [content for url in urls for channel in channels.split() for content in ways[channel](url)]


def _leads(
    id: str,
    level: Level,
    channels: str,
    wrong: str,
    advice: str,
    source: str,
    holds: Callable[[str], object],
    *,
    bad: Sequence[str],
    good: Sequence[str] = (),
    kinds: str = "link field part text",
    only: Sequence[str] = (),
    shown: Callable[[str], str] = lambda url: "",
) -> None:
    """Put a rule into the table that no address is such that `holds`.

    Args:
        bad: Addresses of which each is found wherever an address may be; `only`, those that only the HTML of an email has.
        good: Addresses that are not found.
        kinds: The kinds of addresses that it is about.
        shown: The fact that shows it, where the place shows the address.
    """  # fmt: skip
    about = frozenset(kinds.split())
    examples = [*_examples(channels, bad), *(_link(url) for url in only)]
    fine = _examples("email in_app sms push chat", ["https://acme.com/orders/12", *good])

    @rule(f"link.{id}", level, channels, wrong, advice, source, bad=examples, good=fine)
    def look(content: Content) -> Iterator[Hit]:
        for address in content.addresses:
            if address.kind in about and holds(address.url):
                yield Hit(address.place, address.shown or shown(address.url))


# --- the HTML of an email, and Markdown -------------------------------------------------------------------


@rule("link.empty", "error", "email chat", "A link leads nowhere.", "Give it an address, or make it text.", _HTML,
      bad=[_link(""), _link(" "), email("<p><a href>See the order</a></p>"), Content("chat", {"body": "See [the order]()."})], good=email(_FINE))  # fmt: skip
def _empty(content: Content) -> Iterator[Hit]:
    for address in content.addresses:
        if address.kind == "link" and not address.url:
            yield Hit(address.place)


@rule("link.hash", "warning", "email chat", "A link leads to `#`, the message itself.", "Give it the address that it is to lead to.", _HTML,
      bad=[_link("#"), _link("#!"), Content("chat", {"body": "See [the order](#)."}, {"slack": {"text": "Your order"}})], good=email(_FINE))  # fmt: skip
def _hash(content: Content) -> Iterator[Hit]:
    for address in content.addresses:
        if address.kind in ("link", "field") and address.url in _HASHES:
            yield Hit(address.place)


@rule("link.anchor-missing", "warning", "email", "A link leads to a place in the email that is not there.", "Name the place: id=\"…\".",
      "https://www.caniemail.com/features/html-anchor-links/",
      bad=_link("#more"), good=email('<p><a href="#more">See the details</a></p><p id="more">More</p>'))  # fmt: skip
def _anchor(content: Content) -> Iterator[Hit]:
    names: set[str] | None = None
    for address in content.addresses:
        if (href := address.url).startswith("#") and address.kind == "link" and href not in _HASHES:
            if names is None:
                names = {one.get(key) for one in content.document.elements for key in ("id", "name")}
            if href[1:] not in names and href != "#top" and not href[1:].isdecimal():  # MJML's carousels
                yield Hit(address.place)


@rule("link.relative", "error", "email chat", "A link is relative: a message has no address that it could be relative to.",
      "Write the whole address, with https:// and the host.", RFC + "3986#section-5.1",
      bad=[_link("/orders/12"), _link("orders.html"), _link("www.acme.com/a"), Content("chat", {"body": "See [it](/orders/12)."}),
           Content("chat", {"body": "Your order"}, {"msteams": {"attachments": [{"content": {"actions": [{"type": "Action.OpenUrl", "url": "/orders/12"}]}}]}})],
      good=[email(_FINE), _link("<%asm_group_unsubscribe_raw_url%>"), _link("<%asm_global_unsubscribe_raw_url%>")])  # fmt: skip
def _relative(content: Content) -> Iterator[Hit]:
    if content.document.all("base"):
        return
    for address in content.addresses:
        href = address.url
        button = address.kind == "field" and content.channel == "chat" and href.startswith(("/", "www."))
        fine = not href or href.startswith(("#", "//")) or SCHEME.match(href) or SENDGRID.fullmatch(href)
        other = TEMPLATE.search(href) or BROKEN.search(href)  # which rules of their own say
        if (button or address.kind == "link") and not (fine or other):
            yield Hit(address.place, address.shown)


_leads("no-scheme", "warning", "email push", "A link begins with //, which mail programs read as a file or with http.",
       "Write https://.", RFC + "3986#section-4.2", lambda url: url.startswith("//"), bad=[], only=["//acme.com/a"], kinds="link field")  # fmt: skip


# --- every channel ----------------------------------------------------------------------------------------


_MALFORMED = re.compile(
    r"https?:(?!//)|https?://(?:$|/|\?|#)|https?://https?:?/|(?:htt|htps|htp|hhtp|hhtps|ttps|httpss):|https?://[^/?#]*\.\.",
    re.IGNORECASE,
)


def _is_unencrypted(url: str) -> bool:
    return url.lower().startswith("http://") and not (
        is_local(url) or is_placeholder(url) or is_reserved(url) or _MALFORMED.match(url)
    )


_leads("http", "warning", EVERY, "A link is not encrypted: http.", "Write https://.", "https://support.google.com/mail/answer/81126",
       _is_unencrypted, bad=["http://acme.com/a"])  # fmt: skip
_leads("local", "error", EVERY, "A link leads to a developer's machine or container, or to a number in a network within.", "Take the host of production from the settings.",
       RFC + "6761", is_local, shown=host_of, bad=["http://localhost:3000/a", "https://192.168.1.4/a", "https://shop.ngrok.io/a", "https://web:8000/a"],
       good=["https://acme.com/localhost", "myapp://orders/12"])  # fmt: skip
_leads("internal", "warning", EVERY, "A link leads to a host that only a network within knows, by its name.", "Give an address that subscribers reach.",
       RFC + "6762", is_within, shown=host_of, bad=["https://wiki.acme.internal/a", "https://printer.local/a", "https://web/a"])  # fmt: skip
_leads("staging", "warning", EVERY, "A link leads to a host that is not the one of production, by its name.", "Take the host of production from the settings.",
       RFC + "6761", is_staging, shown=host_of, bad=["https://staging.acme.com/a", "https://acme-staging.herokuapp.com/a", "https://app.dev.acme.com/a"],
       good=["https://dev.to/a", "https://acme.dev/a", "https://test.de/a", "https://developers.acme.com/a"])  # fmt: skip
_leads("reserved", "note", EVERY, "A link leads to a host that is kept for tests and examples: .test or .example.", "Write the address of production.",
       RFC + "2606", is_reserved, shown=host_of, bad=["https://acme.test/a"])  # fmt: skip
_leads("placeholder", "warning", EVERY, "A link leads to a placeholder's host.", "Write the address of production.",
       RFC + "2606", is_placeholder, shown=host_of, bad=["https://example.com/a", "https://www.yourdomain.com"])  # fmt: skip
_leads("broken-value", "error", EVERY, "An address holds `undefined`, `null` or the like where a value was meant.",
       "Give the value where the address is made.", RFC + "3986", BROKEN.search, kinds="link field part text picture",
       bad=["https://acme.com/orders/undefined", "https://acme.com/?id=None"], only=["https://acme.com/orders/[object Object]", "undefined", "/orders/null"], good=["https://acme.com/nullable"])  # fmt: skip
_leads("template", "error", EVERY, "An address holds a tag of a template.", "Render the template, or close its tag.",
       "https://shopify.github.io/liquid/basics/introduction/", TEMPLATE.search, kinds="link field part text picture",
       bad=["https://acme.com/{{ id }}", "https://acme.com/${name}.png"])  # fmt: skip
_leads("javascript", "error", EVERY, "A link is JavaScript, which no mail program and no chat runs.", "Link to a page that does it.",
       "https://www.caniemail.com/", lambda url: url.lower().startswith(("javascript:", "vbscript:", "data:")), kinds="link field", bad=[], only=["javascript:void(0)"])  # fmt: skip
_leads("blank", "error", "email chat push", "An address has a blank or a line break in it.", "Encode it: a blank is %20.", RFC + "3986#section-2",
       lambda url: re.search(r"\s", url) and url.lower().startswith(("http", "//")) and not TEMPLATE.search(url) and not BROKEN.search(url), kinds="link field",
       bad=[], only=["https://acme.com/a b"], good=["https://acme.com/a%20b"])  # fmt: skip

_leads("malformed", "error", EVERY, "An address is malformed.", "Write it as https://host/path.", RFC + "3986", _MALFORMED.match,
       bad=["https:/acme.com", "https://https://acme.com", "htps://acme.com/a", "https://acme..com/a"], only=["https://", "http://", "http:///a"], good=["https://acme.com/?next=https://acme.com/a"])  # fmt: skip


def _is_mail_to_nobody(url: str) -> bool:
    to = url[7:].partition("?")[0]
    wrong = ("@" not in to and "%40" not in to and to) or (not to and "?" not in url)
    return bool(url.lower().startswith("mailto:") and "{{" not in to and wrong)


_leads("mailto", "error", EVERY, "A mailto: link has no address.", "Write mailto:name@host.", RFC + "6068", _is_mail_to_nobody, kinds="link field",
       bad=[], only=["mailto:", "mailto:help"], good=["mailto:help@acme.com?subject=Order%2012", "mailto:?subject=Look"])  # fmt: skip
_leads("tel", "warning", EVERY, "A tel: link has letters or blanks in it.", "Write tel:+431234567.", RFC + "3966",
       lambda url: url.lower().startswith("tel:") and not re.fullmatch(r"\+?[\d().*#-]+(?:;[\w=+-]+)*", url[4:].replace("%20", "")), kinds="link field",
       bad=[], only=["tel:call us", "tel:"], good=["tel:+43-1-234567"])  # fmt: skip


@rule("link.credentials", "error", EVERY, "An address holds a password or a secret key.", "Take it out: a message is passed on and logged.",
      RFC + "3986#section-3.2.1", bad=_examples(EVERY, ["https://ann:secret@acme.com/a", "https://acme.com/?api_key=sk_live_0123456789"]), good=email(_FINE))  # fmt: skip
def _credentials(content: Content) -> Iterator[Hit]:
    for address in content.addresses:
        if SECRET.search(address.url):  # which no finding repeats
            place = address.place
            yield Hit(
                place if isinstance(place, str) else f"body, line {place.line}: a link of <{place.tag}>"
            )


_TRACE = re.compile(r"[?&](gclid|fbclid|mc_eid|mc_cid|msclkid|dclid|_hsenc|igshid)=")
_leads("tracking", "note", EVERY, "A link carries another service's trace of a click (gclid, fbclid, mc_eid).",
       "Take it out: it counts for somebody else.", "https://support.google.com/analytics/answer/2938246", _TRACE.search,
       bad=["https://acme.com/a?gclid=abc"], good=["https://acme.com/a?utm_source=mail"])  # fmt: skip
_leads("utm-test", "warning", EVERY, "A link is tracked as a test.", "Give utm_source and utm_campaign their real names.",
       "https://support.google.com/analytics/answer/10917952", re.compile(r"[?&](?:amp;)?utm_\w+=(?:test|todo|xxx|foo|undefined|null|)(?:&|#|$)").search,
       bad=["https://acme.com/a?utm_campaign=test"], good=["https://acme.com/a?utm_campaign=may"])  # fmt: skip
_leads("shortener", "note", "email in_app push chat", "A link goes through a public shortener, which filters distrust.", "Link to the page itself.",
       "https://www.spamhaus.org/resource-hub/", lambda url: host_of(url) in ("bit.ly", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "cutt.ly"), bad=["https://bit.ly/3xYz"])  # fmt: skip


# --- what an email shows ----------------------------------------------------------------------------------


@rule("link.text-other-host", "warning", "email", "A link shows one address and leads to another host, as phishing does.",
      "Show words, or the host that it leads to.", "https://support.google.com/mail/answer/81126",
      bad=email('<p><a href="https://other.net/a">https://acme.com/a</a></p>'),
      good=[email('<p><a href="https://acme.com/a">https://www.acme.com/a</a></p>'), email('<p><a href="https://click.acme.com/x">acme.com</a></p>')])  # fmt: skip
def _other_host(content: Content) -> Iterator[Hit]:
    for element in content.document.all("a", "area"):
        host = host_of(element.get("href"))
        shown = host_of(element.text) if element.text.startswith(("http://", "https://")) else ""
        if host and shown and " " not in element.text and _site(host) != _site(shown):
            yield Hit(element, f"shows {shown}")


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])


@rule("link.no-href", "warning", "email", "A link has no address and no name: Novu takes an empty href away, for one.", "Give it an address, or make it a span.", _HTML,
      bad=email("<p><a class=\"button\">See the order</a></p>"), good=email('<p id="b"><a name="a"></a>See</p>'))  # fmt: skip
def _no_href(content: Content) -> Iterator[Hit]:
    for element in content.document.all("a"):
        if "href" not in element.attributes and not element.get("name") and not element.get("id"):
            yield Hit(element)
