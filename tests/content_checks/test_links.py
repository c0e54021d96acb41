"""What an address says by its host, where addresses stand in a message, and which of them lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.checks import Content
from novu_framework_testing.checks.addresses import (
    addresses_of,
    host_of,
    is_local,
    is_placeholder,
    is_reserved,
    is_staging,
    is_within,
    without_addresses,
    without_secrets,
)
from novu_framework_testing.checks.content import EVERY, email
from tests.content_checks.hits import hits
from tests.tables import walked

TELLS: dict[str, Callable[[str], bool]] = {"local": is_local, "within": is_within, "placeholder": is_placeholder, "reserved": is_reserved, "staging": is_staging}  # fmt: skip
TOLD: dict[str, tuple[str, ...]] = {
    "local": (
        "http://localhost", "https://LOCALHOST:80/a", "http://127.0.0.1/a", "http://0.0.0.0", "http://[::1]/a", "https://web:8000/a", "HTTPS://WEB:8000/a", "https://10.0.0.1", "http://[fe80::1]",
        *(f"https://a{tunnel}/a" for tunnel in (
            ".localhost", ".lvh.me", ".localtest.me", ".nip.io", ".docker.internal", ".ngrok.io", ".ngrok.app", ".ngrok.dev", ".ngrok-free.app",
            ".ngrok-free.dev", ".loca.lt", ".trycloudflare.com", ".serveo.net", ".devtunnels.ms")),
    ),
    "within": (
        "https://web/a", "https://a-1/b", "http://wiki?a",
        *(f"https://a{name}/a" for name in (".local", ".internal", ".lan", ".intranet", ".corp", ".home.arpa", ".localdomain", ".svc")),
    ),
    "placeholder": (
        "https://a.invalid",
        *(f"https://{host}/a" for host in (
            "example.com", "example.org", "example.net", "yourdomain.com", "your-domain.com", "yoursite.com", "yourcompany.com", "mydomain.com", "domain.com",
            "website.com", "placehold.it", "placehold.co", "placekitten.com", "via.placeholder.com", "placeholder.com", "dummyimage.com", "picsum.photos",
            "lorempixel.com", "fakeimg.pl", "loremflickr.com", "placeimg.com", "www.example.com")),
    ),
    "reserved": ("https://acme.test/a", "https://acme.example"),
    "staging": (
        *(f"https://{word}.acme.com/a" for word in ("staging", "stage", "stg", "dev", "test", "testing", "qa", "uat", "preprod", "preview", "sandbox", "app-dev", "a.test.b")),
        *(f"https://acme-{word}.com" for word in ("staging", "stg", "preprod", "uat")), "https://dev.example.community",
    ),
    "": (
        "https://acme.com/localhost", "https://acme.com:8000/a", "myapp://orders:8000/a", "ftp://web/a", "https:///a", "https://undefined/a", "/web", "mailto:a@web", "https://[::1", "https://8.8.8.8",
        "https://localhost.com", "https://alocal", "https://http/a", "https://https:8000", "https://notexample.com", "https://acmetest", "https://acme.dev", "https://staging.com", "https://acme-dev.com",
        "https://dev.azure.com/a", "https://dev.mysql.com", "https://sandbox.paypal.com", "https://www.sandbox.paypal.com", "https://developers.acme.com", "",
    ),
}  # fmt: skip
OF_TWO = {"https://alocal": ["within"], "https://acmetest": ["within"]}


@walked("said", TOLD)
def test_a_host_says_what_an_address_is(said: str) -> None:
    found = {url: [name for name, tells in TELLS.items() if tells(url)] for url in TOLD[said]}
    assert found == {url: OF_TWO.get(url, [said] if said else []) for url in TOLD[said]}


def test_a_host_is_read_from_an_address() -> None:
    urls = {"https://Acme.com:80/a": "acme.com", "//acme.com": "acme.com", "/a": "", "https://[::1": "", "https://ann:x@acme.com": "acme.com"}  # fmt: skip
    assert {url: host_of(url) for url in urls} == urls
    assert not is_staging("https://dev.localhost/a")
    assert {
        tells(url) for tells in TELLS.values() for url in ("https://acme.com", "https://8.8.8.8", "/a")
    } == {False}
    assert not is_staging("https://dev.acme.local")
    assert not is_staging("https://dev.example.com")


@walked(
    ("text", "without"),
    [
        ("See https://acme.com/a, or www.acme.com.", "See https://…, or https://…."),
        ("(see https://a.b/c_(d)) [https://e.f] {https://g.h}", "(see https://…) [https://…] {https://…}"),
        ("*https://a.b* https://c.d_ ~https://e.f~ “https://g.h” ‘https://i.j’ »https://k.l»", "*https://…* https://…_ ~https://…~ “https://…” ‘https://…’ »https://…»"),
        ("https://a.b?! https://c.d: https://e.f; https://g.h…", "https://…?! https://…: https://…; https://……"),
        ("https:/acme.com and http:/b", "https://… and https://…"),
        ("app://a, 1a://b, a@https://c", "https://…, 1a://b, a@https://c"),
        ("https://a/{{ b c }}/{% d e %}/${f g}/[object Object]/h i", "https://… i"),
        ("no address: here", "no address: here"),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_addresses_are_taken_from_a_text(text: str, without: str) -> None:
    assert without_addresses(text) == without


def test_secrets_are_taken_from_a_text() -> None:
    text = "See https://ann:x@a.b, www.a.b?api_key=123456, https://a.b?apikey=123456&c, https://a.b?Secret=123456, https://a.b?password=123456 and https://a.b?passwd=123456"
    assert without_secrets(text) == "See https://… https://… https://… https://… https://… and https://…"
    for fine in (
        "https://a.b?api_key=12345",
        "https://a.b/ann:x@c",
        "https://a.b?key=123456",
        "ann:x@a.b",
        "a?secret=123456",
    ):
        assert without_secrets(fine) == fine


def addresses(
    channel: str, content: dict[str, Any], providers: dict[str, Any] | None = None
) -> list[tuple[str, str, str]]:
    document = parsed(content["body"] if channel == "email" else "")
    found = addresses_of(channel, content, document, providers or {})
    return [
        (one.kind, one.url, one.place if isinstance(one.place, str) else f"<{one.place.tag}>")
        for one in found
    ]


def test_the_addresses_of_an_email() -> None:
    body = (
        '<p>See https://a.b/1, or <a href=" https://a.b/2 ">https://a.b/2</a> <a name="x">https://a.b/3</a> www.a.b <code>https://a.b/4</code></p>'
        '<map><area href="/5"></map><img src=" /6 "><img><table background="/7"><tr><td background=""></td></tr></table>'
        '<!--[if mso]><v:rect href="https://a.b/2"></v:rect><v:rect href=" https://a.b/8 "></v:rect><v:rect href=" https://a.b/8 "></v:rect><![endif]-->'
    )
    content = {
        "subject": "On https://a.b/9",
        "body": body,
        "from": "https://a.b/10",
        "replyTo": "https://a.b/11",
        "attachments": ["https://a.b/12"],
        "data": {"url": " /13 "},
    }
    assert addresses("email", content, {"sendgrid": {"templateUrl": "/14", "text": "[a](https://a.b/15)"}}) == [
        ("link", "https://a.b/2", "<a>"),
        ("link", "/5", "<area>"),
        ("picture", "/6", "<img>"),
        ("picture", "", "<img>"),
        ("picture", "/7", "<table>"),
        ("link", "https://a.b/8", "body, what Outlook for Windows sees"),
        ("text", "https://a.b/1", "<p>"),
        ("text", "https://a.b/3", "<a>"),
        ("text", "https://www.a.b", "<p>"),
        ("text", "https://a.b/9", "subject"),
        ("field", "/13", "data.url"),
        ("field", "/14", "providers.sendgrid.templateUrl"),
        ("text", "https://a.b/15", "providers.sendgrid.text"),
    ]  # fmt: skip


IN_DATA: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    # what a field is called says whether it is an address
    *(({name: "/a"}, [("field", "/a", name)]) for name in ("url", "webUrl", "web_url", "u-r-l", "web_site", "uri", "deepLink", "href", "Website")),
    *(({name: "/a"}, []) for name in ("urls", "path", "linked")),
    ({"url": "see this"}, []),
    ({"url": "/see this"}, [("field", "/see this", "url")]),
    ({"url": "#see this"}, [("field", "#see this", "url")]),
    ({"url": "mailto:a b"}, [("field", "mailto:a b", "url")]),
    ({"url": ""}, [("field", "", "url")]),
    ({"url": "see https://a.b"}, [("text", "https://a.b", "url")]),
    ({"url": 7, "link": None}, []),
    # pictures, and what is for machines
    *(({f"{name}Url": "a"}, [("picture", "a", f"{name}Url")]) for name in ("image", "icon", "avatar", "thumb", "logo", "photo", "picture", "poster", "sticker", "banner")),
    ({"image": "a.png", "icon": "https://a.b/i"}, [("picture", "https://a.b/i", "icon")]),
    ({"image": {"url": "a", "text": "https://a.b"}}, [("picture", "a", "image.url"), ("text", "https://a.b", "image.text")]),
    *(({"x": {"type": kind, "url": "a"}}, [("picture", "a", "x.url")]) for kind in ("image", "Icon", "avatar")),
    ({"x": {"type": "poster", "url": "a"}}, [("field", "a", "x.url")]),
    ({"images": [{"url": "a"}, [{"url": "b"}]]}, [("picture", "a", "images[0].url"), ("picture", "b", "images[1][0].url")]),
    *(({f"{name}Url": "/a", name: {"url": "/b"}}, []) for name in ("webhook", "callback", "postback", "endpoint", "integration")),
    # texts
    ({"a": "See [it](/b), [](c), [d](https://e.f) and https://g.h", "b": "[it](x)"}, [("link", "/b", "a"), ("link", "https://e.f", "a"), ("text", "https://g.h", "a")]),
    ({"a": "[it]() [it](#) [it](www.a) [it](tel:1) a[it](/b) [it](/b c)"}, [("link", "", "a"), ("link", "#", "a"), ("link", "www.a", "a"), ("link", "tel:1", "a"), ("text", "https://www.a", "a")]),
    ({"a": ("https://a.b/1", "https://a.b/2")}, [("text", "https://a.b/1", "a[0]"), ("text", "https://a.b/2", "a[1]")]),
    ({"a": "https:// http: https://- a://... www."}, [("text", "https://-", "a")]),
    # what is added to the address of a template's button
    ({"c": {"sub_type": "url", "parameters": [{"text": " a "}, "b", {"text": 7}, {"text": "https://a.b"}]}}, [("text", "https://a.b", "c.parameters[3].text"), ("part", "a", "c.parameters[0].text"), ("part", "https://a.b", "c.parameters[3].text")]),
    ({"c": {"sub_type": "url", "parameters": None}}, []),
    ({"c": {"sub_type": "reply", "parameters": [{"text": "a"}]}}, []),
]  # fmt: skip


def test_the_addresses_in_data() -> None:
    assert [addresses("chat", data) for data, _ in IN_DATA] == [expected for _, expected in IN_DATA]


def test_markdown_has_links_in_chats_alone() -> None:
    text = {"body": "See [it](/a) and [that](https://a.b)"}
    assert addresses("sms", text) == [("text", "https://a.b", "body")]
    assert addresses("sms", {}, {"twilio": text}) == [("text", "https://a.b", "providers.twilio.body")]
    assert [kind for kind, *_ in addresses("chat", {}, {"zulip": text})] == ["link", "link"]


def link(href: str) -> Content:
    return email(f'<p><a href="{href}">See</a></p>')


def sms(text: str) -> Content:
    return Content("sms", {"body": text})


def chat(text: str = "Hi", **providers: Any) -> Content:
    return Content("chat", {"body": text}, providers)


A = 'body, line 1: <a href="{}">'.format
FIELD = {"msteams": {"url": "{}"}}
LINKS: list[tuple[Content, list[str]]] = [
    (link("https://acme.com"), []),
    (link(" "), [f"link.empty {A(' ')}"]),
    (chat("[it]()"), ["link.empty body"]),
    (chat(x={"url": ""}), []),
    *((link(href), [f"link.hash {A(href)}"]) for href in ("#", "#!", "#0")),
    (chat(x={"url": "#"}), ["link.hash providers.x.url"]),
    (link("#a"), [f"link.anchor-missing {A('#a')}"]),
    *((email(f'<a href="#a">See</a><p {name}="a">A</p>'), []) for name in ("id", "name")),
    *((link(href), []) for href in ("#top", "#12")),
    (email('<a href="#a">See</a><a href="#b">See</a><p id="b">B</p>'), [f"link.anchor-missing {A('#a')}"]),
    (link("a.html"), [f"link.relative {A('a.html')}"]),
    (chat("[it](/a)"), ["link.relative body: /a"]),
    *((chat(x={"url": url}), [f"link.relative providers.x.url: {url}"]) for url in ("/a", "www.acme.com")),
    *((chat(x={"url": url}), []) for url in ("a", "//a", "#a")),
    (Content("push", {"body": "Hi"}, {"fcm": {"data": {"url": "/a"}}}), []),
    (email('<a href="a.html">See</a>', head='<base href="https://acme.com/">'), []),
    (link("<%asm_group_unsubscribe_raw_url%>"), []),
    (link("//acme.com/a"), [f"link.no-scheme {A('//acme.com/a')}"]),
    (chat("[it](//acme.com)"), []),
    (sms("http://acme.com/a"), ["link.http body: http://acme.com/a"]),
    *((sms(f"See {url}"), []) for url in ("https://acme.com/http://", "ftp://acme.com")),
    (sms("http://localhost/a"), ["link.local body: http://localhost/a"]),
    (link("http://localhost/a"), [f"link.local {A('http://localhost/a')}: localhost"]),
    (link("https://wiki.local/a"), [f"link.internal {A('https://wiki.local/a')}: wiki.local"]),
    (sms("http://wiki.local/a"), ["link.http body: http://wiki.local/a", "link.internal body: http://wiki.local/a"]),
    (link("https://dev.acme.com/a"), [f"link.staging {A('https://dev.acme.com/a')}: dev.acme.com"]),
    (link("http://acme.test/a"), [f"link.reserved {A('http://acme.test/a')}: acme.test"]),
    (link("http://example.com/a"), [f"link.placeholder {A('http://example.com/a')}: example.com"]),
    *((sms(f"See https://acme.com{path}"), [f"link.broken-value body: https://acme.com{path}"]) for path in (
        "/undefined", "/null/a", "?a=None", "?a=b&NaN&c", "#undefined", "/[object Object]", "/[object%20Object]", "/%5Bobject%20Object%5D", ":undefined/a", ".undefined")),
    *((sms(f"See https://acme.com{path}"), []) for path in ("/nulls", "/anull", "/NaNa", "/none")),
    *((link(f"https://acme.com/{tag}"), [f"link.template {A(f'https://acme.com/{tag}')}"]) for tag in ("{{a", "a}}", "%7B%7Ba", "${a}", "{% a", "{a_b}")),
    *((link(f"https://acme.com/{tag}"), []) for tag in ("{A}", "{}", "$a")),
    *((link(f"{scheme}a()"), [f"link.javascript {A(f'{scheme}a()')}"]) for scheme in ("JavaScript:", "vbscript:", "data:")),
    *((link(href), [f"link.blank {A(href)}"]) for href in ("https://acme.com/a b", "HTTPS://acme.com/a b")),
    (link("//acme.com/a b"), [f"link.no-scheme {A('//acme.com/a b')}", f"link.blank {A('//acme.com/a b')}"]),
    (link("tel:+43 1"), [f"link.tel {A('tel:+43 1')}"]),
    *((link(href), [f"link.malformed {A(href)}"]) for href in (
        "https:/a", "http://", "https:///a", "https://?a", "https://#a", "https://https://a.b", "http://https:/a.b", "htt:a", "htps:a", "htp:a", "hhtp:a", "hhtps:a", "ttps:a", "HTTPSS:a", "https://a..b", "http://a..b")),
    *((link(href), [f"link.mailto {A(href)}"]) for href in ("MailTo:", "mailto:ann", "mailto:ann?subject=a@b")),
    *((link(href), []) for href in ("mailto:a@b.c", "mailto:a%40b.c", "mailto:?subject=a", "mailto:?")),
    *((link(href), [f"link.tel {A(href)}"]) for href in ("tel:", "Tel:abc", "tel:+43;a=b;")),
    *((link(href), []) for href in ("tel:+43-1.(2)", "tel:*9#", "tel:12%2034", "tel:1;ext=2", "telephone:a")),
    (sms("See https://ann:x@acme.com/a"), ["link.credentials body"]),
    (link("https://ann:x@acme.com/a"), ["link.credentials body, line 1: a link of <a>"]),
    *((sms(f"See https://acme.com?a&{name}=b"), [f"link.tracking body: https://acme.com?a&{name}=b"]) for name in ("gclid", "fbclid", "mc_eid", "mc_cid", "msclkid", "dclid", "_hsenc", "igshid")),
    *((sms(f"See https://acme.com?utm_a={value}&b"), [f"link.utm-test body: https://acme.com?utm_a={value}&b"]) for value in ("test", "todo", "xxx", "foo", "")),
    (sms("See https://acme.com?utm_a=undefined&b"), ["link.broken-value body: https://acme.com?utm_a=undefined&b", "link.utm-test body: https://acme.com?utm_a=undefined&b"]),
    (link("https://acme.com?b&amp;utm_a=test"), [f"link.utm-test {A('https://acme.com?b&amp;utm_a=test')}"]),
    *((link(f"https://{host}/a"), [f"link.shortener {A(f'https://{host}/a')}"]) for host in ("bit.ly", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "cutt.ly")),
    (sms("See https://bit.ly/a"), []),
    *((email(f'<a href="{href}">{shown}</a>'), [f"link.text-other-host {A(href)}: shows b.com"]) for href, shown in (("https://a.com", "https://b.com/c"), ("https://b.com.a.com", "https://b.com"))),
    *((email(f'<a href="{href}">{shown}</a>'), []) for href, shown in (("https://x.b.com", "https://b.com"), ("https://a.com", "b.com"), ("https://a.com", "https://b.com is it"), ("mailto:a@b.c", "https://b.com"), ("https://a.com", "https://"))),
    (email('<a href="https://a.com">http://b.com</a>'), [f"link.http {A('https://a.com')}: http://b.com", f"link.text-other-host {A('https://a.com')}: shows b.com"]),
    (email("<a>See</a>"), ["link.no-href body, line 1: <a>"]),
    *((email(f"<a {attribute}>See</a>"), []) for attribute in ('name="a"', 'id="a"', 'href="https://acme.com"')),
]  # fmt: skip


def test_where_a_click_leads() -> None:
    found = [hits(content, "link.") for content, _ in LINKS]
    assert found == [expected for _, expected in LINKS]


def test_an_address_is_shown_where_its_place_does_not() -> None:
    url = "http://acme.com/" + "a" * 90
    assert hits(sms(url), "link.http") == [f"link.http body: {url[:80]}"]
    assert hits(email(f"<p>{url}</p>"), "link.http") == [f"link.http body, line 1: <p>: {url[:80]}"]
    assert EVERY == "email in_app sms push chat"
