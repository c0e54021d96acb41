"""Where the checks of an email as a whole, and of its pictures, begin and end."""

from __future__ import annotations

from novu_framework_testing.checks import Content
from novu_framework_testing.checks.content import SKELETON, email
from tests.content_checks.hits import hits

Cases = list[tuple[Content, list[str]]]


def expect(cases: Cases, *subjects: str) -> None:
    found = [hits(content, *subjects) for content, _ in cases]
    shown = [[one.replace(" body, line 1: ", " ") for one in each] for each in found]
    assert shown == [expected for _, expected in cases]


def whole(body: str) -> Content:
    return email("", whole=body)


def replaced(old: str, new: str) -> Content:
    return whole(SKELETON.format(head="", body="").replace(old, new))


def test_gmail_cuts_what_is_large() -> None:
    cases: Cases = [
        (whole("a" * 102_399), []),
        (whole("\ud83d"), []),
        (whole("a" * 102_400), ["email.near-clipping body: 102,400 bytes [Gmail]"]),
        (whole("é" * 51_200), ["email.near-clipping body: 102,400 bytes [Gmail]"]),
        (whole("a" * 104_447), ["email.near-clipping body: 104,447 bytes [Gmail]"]),
        (whole("a" * 104_448), ["email.clipped body: 104,448 bytes [Gmail]"]),
        (email("", head=f"<style>{'a' * 16_384}</style>"), []),
        (email("", head=f"<style>{'a' * 16_385}</style>"), ["email.style-too-long <style>: 16,385 characters [Gmail]"]),
    ]  # fmt: skip
    expect(cases, "email.clipped", "email.near-clipping", "email.style-too-long")


OUTLOOK = "<!--[if mso]><p>A</p><![endif]-->"


def test_the_structure_of_an_email() -> None:
    cases: Cases = [
        (email("<p>Hi</p>"), []),
        (whole(" "), ["email.body-empty body"]),
        *((whole(f"<{tag}></{tag}>"), []) for tag in ("video", "svg")),
        (whole("<img>"), []),
        (whole("<hr>"), ["email.body-empty body"]),
        (email("<body><p>A</p></body><body><p>B</p></body>"), ["email.head-repeated <body>"]),
        (email("<html><p>A</p></html>"), ["email.head-repeated <html>"]),
        (email("<div><b>A"), ["email.unclosed <div>", "email.unclosed <b>"]),
        (email(f"<div>A{OUTLOOK}"), []),
        (email("<p>A</p>\n</b></div>"), ["email.stray-end body, line 2: </b>", "email.stray-end body, line 2: </div>"]),
        (email(f"<p>A</p></div>{OUTLOOK}"), []),
        (email('<script type="application/ld+json">{}</script><script type="application/json">{}</script>'), []),
        (email('<script type="text/javascript">a()</script>'), ['email.script <script type="text/javascript">']),
        (email('<p onclick="a()" class="on">A</p><p class="onclick">B</p>'), ['email.script <p onclick="a()" class="on">']),
        *((email(f"<{tag}></{tag}>"), [f"email.iframe <{tag}>"]) for tag in ("iframe", "applet", "frameset")),
        (email("<embed>"), ["email.iframe <embed>"]),
        (email("", head='<meta http-equiv="Refresh" content="0">'), ['email.refresh <meta http-equiv="Refresh" content="0">']),
        (email("", head='<meta http-equiv="x-ua-compatible" content="refresh">'), []),
        (email('<p id="a">A</p><p id="b">B</p><b id="a">C</b><i id="a">D</i>'), ['email.duplicate-id <b id="a">', 'email.duplicate-id <i id="a">']),
        (email('<p id="">A</p><p id="">B</p>'), []),
        *((email(f'<p><{tag} role="none"></{tag}></p>'), [f'email.block-in-paragraph <{tag} role="none">']) for tag in ("table", "h1", "h2", "h3", "h4")),
        (email('<p><b><table role="none"></table></b></p>'), []),
        (email('<table width="800"></table>'), []),
        (email('<table width="801"></table>'), ['email.wide <table width="801">']),
        (email('<img width="801px">'), ['email.wide <img width="801px">', 'email.width-unit <img width="801px"> [Outlook (Windows)]']),
        *((email(f'<img width="801" style="{style}">'), []) for style in ("width:90%", "max-width:100%")),
        (email('<img width="801" style="width:90px">'), ['email.wide <img width="801" style="width:90px">']),
        (email('<img width="100%">'), []),
        (email('<img width="801">', head="<style>img { max-width: 100% }</style>"), []),
        (email('<table width="801"></table>', head="<style>p { margin: 0 }</style>"), ['email.wide <table width="801">']),
        *((email(f'<table><tr><{tag} width="9px">A</{tag}></tr></table>'), [f'email.width-unit <{tag} width="9px"> [Outlook (Windows)]']) for tag in ("td", "th")),
        *((email(f'<table height="{height}"></table>'), [f'email.width-unit <table height="{height}"> [Outlook (Windows)]']) for height in ("9px", "12pt", "1em")),
        (email('<table height="9%" width="9"></table>'), []),
        (replaced('name="viewport"', 'name="Viewport"'), []),
        (replaced('name="viewport"', 'name="robots"'), ["email.viewport body"]),
        (whole("<p>Hi</p>"), []),
        (replaced("<!doctype html>", ""), ["email.doctype body"]),
        *((replaced('charset="utf-8"', f'charset="{name}"'), []) for name in ("UTF-8", "utf8", "")),
        (replaced('charset="utf-8"', 'charset="latin1"'), ['email.charset <meta charset="latin1">']),
        *((email("", head=f'<meta content="text/html; charset={name}">'), [f'email.charset <meta content="text/html; charset={name}">'] if found else []) for name, found in (("iso-8859-1", True), ("UTF-8", False))),
        (email("<p>It **is** here</p><p>See [it](https://acme.com)</p>"), ["email.plain-markdown <p>", "email.plain-markdown <p>"]),
        *((email(f"<p>{text}</p>"), []) for text in ("2 ** 3 ** 4", "a**b**", "**b**c", "***b***", "[it](acme)", "** b**")),
    ]  # fmt: skip
    expect(cases, "email.")


def dark(css: str, fragment: str = '<p class="a b" style="color:#111">A</p>', head: str = "", dark: str = "dark") -> Content:  # fmt: skip
    sheet = f"<style>\n@media (prefers-color-scheme: {dark}) {{ {css} }}</style>"
    return email(fragment, head=sheet + head)


META = '<meta name="Color-Scheme" content="light dark">'
UNSAID = "dark-mode.not-announced body, style, line 2: @media (prefers-color-scheme: dark) [Apple Mail]"


def test_what_an_email_says_of_dark_mode() -> None:
    unimportant = "dark-mode.not-important body, style, line 2: .a { color: #eee }"
    cases: Cases = [
        (dark(""), [UNSAID]),
        (dark("", head=META), []),
        (dark("", head=META.replace("Color-Scheme", "robots")), [UNSAID]),
        (dark("", head="<style>:root { color-scheme: light dark }</style>"), []),
        (dark("", dark="light"), []),
        (email("", head="<style>@media (min-width: 9px) { .dark { color: #eee } }</style>"), []),
        (dark(".a { color: #eee }", head=META), [unimportant]),
        (dark("p.b { color: #eee }", head=META), [unimportant.replace(".a", "p.b")]),
        (dark(".a { color: #eee !important }", head=META), []),
        *((dark(f"{selector} {{ color: #eee }}", head=META), []) for selector in (".c", "p", ".a b", "#a")),
        (dark(".a { margin: 0 }", head=META), []),
        (dark(".a { color: #eee }", head=META, dark="light"), []),
        (dark(".a { color: #eee }", '<p class="a">A</p><p class="a" style="color:#111">B</p>', META), [unimportant]),
        *((replaced("<body>", f"<body {backed}>"), []) for backed in ('style="color:#111;background:#fff"', 'style="color:#111;background-color:#fff"', 'style="color:#111" bgcolor="#fff"', 'bgcolor="#fff"', "")),
        (replaced("<body>", '<body style="color:#111">'), ['dark-mode.text-without-background <body style="color:#111">']),
        (replaced("</head><body>", '<style>p { margin: 0 }</style></head><body style="color:#111">'), []),
    ]  # fmt: skip
    expect(cases, "dark-mode.")


def img(attributes: str) -> Content:
    return email(f"<img {attributes}>")


FINE = 'alt="A" width="9" '
PLAIN = f'{FINE}src="https://acme.com/a.png"'
LINKED = '<a href="https://acme.com"{}>{}<img alt="" width="9" src="https://acme.com/a.png"{}></a>'


def test_the_pictures_of_an_email() -> None:
    long = "a" * 79
    unnamed = f"image.link-alt {LINKED.partition('{')[0]}>"
    cases: Cases = [
        (img(PLAIN), []),
        (img(FINE), [f"image.source-missing <img {FINE}>"]),
        (img(f'{FINE}src=" "'), [f'image.source-missing <img {FINE}src=" ">']),
        (img(f'{FINE}src="a.png"'), [f'image.relative <img {FINE}src="a.png">']),
        *((img(f'{FINE}src="{source}"'), []) for source in ("//acme.com/a.png", "cid:a", "https://acme.com", "{{ a }}", "/undefined")),
        (img(f'{FINE}src="HTTP://acme.com/a.png"'), [f'image.http <img {FINE}src="HTTP://acme.com/a.png">']),
        (img(f'{FINE}src="http://acme.test/a.png"'), []),
        *((img(f'{FINE}src="{source}"'), [f'image.local <img {FINE}src="{source}">']) for source in ("http://localhost/a.png", "https://cdn.local/a.png", "file:///a.png")),
        (img(f'{FINE}src="http://example.com/a.png"'), [f'image.placeholder <img {FINE}src="http://example.com/a.png">']),
        (img('width="9" src="https://acme.com/a.png"'), ['image.alt-missing <img width="9" src="https://acme.com/a.png">']),
        *((img(f'{attributes} src="https://acme.com/a.png"'), []) for attributes in (
            'width="0"', 'width="1"', 'width="9" height="0"', 'width="9" height="1"', 'width="9" style="width:1px"', 'width="9" style="display:none"',
            'width="9" role="presentation"', 'width="9" role="none"', 'width="9" aria-hidden="true"')),
        *((img(f'{attributes} src="https://acme.com/a.png"'), [f'image.alt-missing <img {attributes} src="https://acme.com/a.png">']) for attributes in (
            'width="2"', 'width="9" role="img"', 'width="9" aria-hidden="false"', 'width="9" style="width:2px"')),
        *((img(f'alt="{alt}" width="9" src="https://acme.com/a.png"'), [f'image.alt-file <img alt="{alt}" width="9" src="https://acme.com/a.png">']) for alt in (
            "a b-c_1.PNG", "a.jpg", "a.jpeg", "a.gif", "a.webp", "a.svg", "a.bmp", "Image", "img", "picture", "photo", "graphic", "untitled")),
        *((img(f'alt="{alt}" width="9" src="https://acme.com/a.png"'), []) for alt in ("a.pdf", "Photo of a lamp", "a.png of us", "a" * 150)),
        (img(f'alt="{"a" * 151}" width="9" src="https://acme.com/a.png"'), [f'image.alt-long <img alt="{long}…']),
        (email(LINKED.format("", "", "")), [unnamed]),
        *((email(LINKED.format(*parts)), []) for parts in (("", "Go", ""), (' aria-label="Go"', "", ""), (' title="Go"', "", ""), ("", "", ' aria-label="Go"'), (' style="display:none"', "", ""))),
        (email(LINKED.format("", "", "").replace('alt=""', 'alt="Go"')), []),
        (email(LINKED.format("", "", "").replace("href", "name")), []),
        (email(LINKED.format("", '<img alt="" width="9" src="https://acme.com/b.png" aria-label="Go">', "")), []),
        (email('<map><area href="https://acme.com"></map>'), []),
        (email('<p><a href="http://example.com/a">See http://localhost/a</a></p>'), []),
        (email('<p><a href="https://acme.com"></a></p>'), []),
        (img('alt="A" src="https://acme.com/a.png"'), ['image.width <img alt="A" src="https://acme.com/a.png">']),
        (img('alt="A" style="display:none" src="https://acme.com/a.png"'), []),
        (whole(f"<img {PLAIN}>{'a' * 19}"), ["image.only body"]),
        (whole(f"<img {PLAIN}>{'a' * 20}"), []),
        (whole(f'<img {PLAIN.replace("9", "1")}>Hi'), []),
        (whole("Hi"), []),
        (Content("chat", {"body": "Hi"}, {"discord": {"embeds": [{"image": {"url": "http://acme.com/a.png"}}]}}), []),
        (Content("chat", {"body": "Hi"}, {"discord": {"embeds": [{"image": {"url": "https://localhost/a.png"}}]}}), ["image.local providers.discord.embeds[0].image.url: https://localhost/a.png"]),
        (email("", providers={"sendgrid": {"imageUrl": "http://acme.com/a.png"}}), ["image.http providers.sendgrid.imageUrl: http://acme.com/a.png"]),
        (email("", providers={"sendgrid": {"imageUrl": "a.png"}}), []),
        (Content("in_app", {"body": "Hi", "avatar": "https://example.com/a"}), ["image.placeholder avatar: https://example.com/a"]),
    ]  # fmt: skip
    expect(cases, "image.")
