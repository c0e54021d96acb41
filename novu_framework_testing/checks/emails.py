"""An email as a whole: size, subject, preview line, structure, dark mode, bulk mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from novu_framework_testing.checks.content import SKELETON, Content, email
from novu_framework_testing.checks.rules import RFC, Hit, rule

_GMAIL = "https://www.spamresource.com/2021/05/what-is-gmail-clipping.html"
_HTML = "https://html.spec.whatwg.org/multipage/"
_CLIPPED, _NEAR = 104_448, 102_400


def _size(content: Content) -> int:
    return len(content.text_of("body").encode("utf-8", "replace"))


_PARAGRAPH = "<p>It is on its way.</p>"


@rule("email.clipped", "error", "email", "Gmail cuts the email: its HTML is larger than about 102 KB.",
      "Make it smaller: shorter lists with a link to the rest, less repeated CSS.", _GMAIL, bad=email(_PARAGRAPH * 5000), good=email(_PARAGRAPH))  # fmt: skip
def _clipped(content: Content) -> Iterator[Hit]:
    if (size := _size(content)) >= _CLIPPED:
        yield Hit("body", f"{size:,} bytes", ("Gmail",))


@rule("email.near-clipping", "warning", "email", "The HTML is so large that Gmail may cut the email: the limit is about 102 KB.",
      "Make it smaller: longer data, or tracked links, push it over the limit.", _GMAIL, bad=email("<p>a</p>" + "a" * 102_500), good=email("a" * 90_000))  # fmt: skip
def _near(content: Content) -> Iterator[Hit]:
    if _NEAR <= (size := _size(content)) < _CLIPPED:
        yield Hit("body", f"{size:,} bytes", ("Gmail",))


@rule("email.style-too-long", "warning", "email", "Gmail drops a style element of more than 16,384 characters, and those after it.",
      "Split it, and put what matters first; or write styles into the elements.", "https://github.com/hteumeuleu/email-bugs/issues/90",
      bad=email("", head="<style>" + ".a { color: #111111 }\n" * 800 + "</style>"), good=email("", head="<style>.a { color: #111111 }</style>"))  # fmt: skip
def _style(content: Content) -> Iterator[Hit]:
    for element in content.document.all("style"):
        if (size := sum(len(one) for one in element.children if isinstance(one, str))) > 16_384:
            yield Hit(element, f"{size:,} characters", ("Gmail",))


@rule("email.body-empty", "error", "email", "The email has no content.", "Write a body, or skip the step.", RFC + "5322",
      bad=[email("", whole=""), email("", whole=SKELETON.format(head="", body="").replace("<h1>Your order</h1><p>It is on its way.</p>", ""))], good=email(_PARAGRAPH))  # fmt: skip
def _body(content: Content) -> Iterator[Hit]:
    if not content.document.shown_text and not content.document.all("img", "video", "svg"):
        yield Hit("body")


@rule("email.head-repeated", "warning", "email", "There are two html or body elements: a layout is inside another one.",
      "Render the layout once.", _HTML + "semantics.html", bad=email("<html><body><p>Again</p></body></html>"), good=email(_PARAGRAPH))  # fmt: skip
def _twice(content: Content) -> Iterator[Hit]:
    for tag in ("html", "body"):
        if len(found := content.document.all(tag)) > 1:
            yield Hit(found[1])
            return


@rule("email.unclosed", "warning", "email", "An element is never closed, so what follows is inside it.", "Close it.", _HTML + "syntax.html",
      bad=[email("<table role='presentation'><tr><td>A</td></tr>"), email("<div>A"), email("<p><strong>A</p>")], good=email("<p>One<p>Two<ul><li>A</ul>"))  # fmt: skip
def _unclosed(content: Content) -> Iterator[Hit]:
    if content.document.outlook:
        return  # what a conditional comment opens, another one may close
    for element in content.document.unclosed:
        yield Hit(element)


@rule("email.stray-end", "note", "email", "An end tag has no start.", "Take it out, or write its start.", _HTML + "syntax.html",
      bad=email("<p>A</p></div>"), good=email("<div>A</div>"))  # fmt: skip
def _stray(content: Content) -> Iterator[Hit]:
    if not content.document.outlook:
        for tag, line in content.document.stray:
            yield Hit(f"body, line {line}: </{tag}>")


@rule("email.script", "error", "email", "There is a script: no mail program runs it, and filters refuse such mail.", "Take it out.",
      "https://www.caniemail.com/", bad=[email("<script>alert(1)</script>"), email('<p onclick="go()">Go</p>')], good=email(_PARAGRAPH))  # fmt: skip
def _script(content: Content) -> Iterator[Hit]:
    for element in content.document.all("script"):
        if element.get("type") not in ("application/ld+json", "application/json"):
            yield Hit(element)
    for element in content.document.elements:
        if any(name.startswith("on") for name in element.attributes):
            yield Hit(element)


@rule("email.iframe", "error", "email", "There is a frame or an embedded object, which mail programs do not show.", "Link to it, with a picture.",
      "https://www.caniemail.com/features/html-object/", bad=email('<iframe src="https://acme.com"></iframe>'), good=email(_PARAGRAPH))  # fmt: skip
def _iframe(content: Content) -> Iterator[Hit]:
    for element in content.document.all("iframe", "embed", "applet", "frameset"):
        yield Hit(element)


@rule("email.refresh", "error", "email", "A meta element sends the reader to another page, which filters refuse.", "Take it out.",
      "https://support.google.com/mail/answer/81126", bad=email("", head='<meta http-equiv="refresh" content="0;url=https://acme.com">'), good=email(_PARAGRAPH))  # fmt: skip
def _refresh(content: Content) -> Iterator[Hit]:
    for element in content.document.all("meta"):
        if element.get("http-equiv").lower() == "refresh":
            yield Hit(element)


@rule("email.duplicate-id", "note", "email", "An id is given to two elements.", "Make it unique, or use a class.", _HTML + "dom.html#the-id-attribute",
      bad=email('<p id="a">A</p><p id="a">B</p>'), good=email('<p id="a">A</p><p id="b">B</p>'))  # fmt: skip
def _duplicates(content: Content) -> Iterator[Hit]:
    seen: set[str] = set()
    for element in content.document.elements:
        identity = element.get("id")
        if identity and identity in seen:
            yield Hit(element)
        seen.add(identity)


@rule("email.block-in-paragraph", "note", "email", "A table or a heading is inside a paragraph, which ends the paragraph before it.",
      "Put it beside the paragraph.", _HTML + "grouping-content.html#the-p-element",
      bad=email("<p><table role='presentation'><tr><td>A</td></tr></table></p>"), good=email("<div><table role='presentation'><tr><td>A</td></tr></table></div>"))  # fmt: skip
def _block(content: Content) -> Iterator[Hit]:
    for element in content.document.all("table", "h1", "h2", "h3", "h4"):
        if element.parent is not None and element.parent.tag == "p":
            yield Hit(element)


@rule("email.wide", "warning", "email", "A table or a picture is wider than 800 pixels, so that readers have to scroll.",
      "Make it at most 600 to 640 pixels wide.", "https://www.litmus.com/blog/email-width",
      bad=email('<table role="presentation" width="1200"><tr><td>A</td></tr></table>'), good=email('<table role="presentation" width="640"><tr><td>A</td></tr></table>'))  # fmt: skip
def _wide(content: Content) -> Iterator[Hit]:
    for element in content.document.all("table", "img"):
        width = element.get("width").removesuffix("px")
        fluid = element.style.get("width", "").endswith("%") or "max-width" in element.style
        if (
            width.isdecimal()
            and int(width) > 800
            and not fluid
            and not (element.tag == "img" and content.document.all("style"))
        ):
            yield Hit(element)


@rule("email.width-unit", "note", "email", "A width or height attribute has a unit, which Outlook for Windows does not read.",
      "Write the number alone: width=\"600\".", "https://www.caniemail.com/features/html-width/",
      bad=email('<img src="https://acme.com/a.png" alt="Acme" width="600px">'), good=email('<img src="https://acme.com/a.png" alt="Acme" width="600">'))  # fmt: skip
def _unit(content: Content) -> Iterator[Hit]:
    for element in content.document.all("table", "td", "th", "img"):
        if re.fullmatch(r"\d+(?:px|pt|em)", element.get("width")) or re.fullmatch(
            r"\d+(?:px|pt|em)", element.get("height")
        ):
            yield Hit(element, "", ("Outlook (Windows)",))


@rule("email.viewport", "note", "email", "There is no viewport, so phones show an email with a head of its own as small as on a desktop.",
      'Write <meta name="viewport" content="width=device-width, initial-scale=1"> into the head.', "https://developer.mozilla.org/docs/Web/HTML/Viewport_meta_tag",
      bad=email("", whole='<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>May</title></head><body><h1>Hello</h1></body></html>'), good=email(_PARAGRAPH))  # fmt: skip
def _viewport(content: Content) -> Iterator[Hit]:
    heads = content.document.all("head")
    if heads and not any(one.get("name").lower() == "viewport" for one in content.document.all("meta")):
        yield Hit("body")


@rule("email.doctype", "note", "email", "There is an html element and no doctype, so that some mail programs use quirks mode.",
      "Begin with <!DOCTYPE html>, as the very first thing: of others Novu takes the doctype away.", "https://www.caniemail.com/features/html-doctype/",
      bad=email("", whole=SKELETON.format(head="", body="").removeprefix("<!doctype html>")), good=email(_PARAGRAPH))  # fmt: skip
def _doctype(content: Content) -> Iterator[Hit]:
    if content.document.all("html") and not content.document.doctype:
        yield Hit("body")


@rule("email.charset", "error", "email", "The HTML says that it is in another encoding than UTF-8, which is what it is sent in.",
      'Write <meta charset="utf-8">.', _HTML + "semantics.html#charset",
      bad=email("", whole=SKELETON.format(head="", body="").replace("utf-8", "iso-8859-1")), good=email(_PARAGRAPH))  # fmt: skip
def _charset(content: Content) -> Iterator[Hit]:
    for element in content.document.all("meta"):
        written = (
            element.get("charset") or (re.search(r"charset=([\w-]+)", element.get("content")) or ["", ""])[1]
        )
        if written and written.lower() not in ("utf-8", "utf8"):
            yield Hit(element)


@rule("email.plain-markdown", "note", "email", "There is Markdown in the HTML, shown as it is written.", "Render it to HTML.", "https://commonmark.org/",
      bad=email("<p>It is **here**.</p>"), good=email("<p>2 ** 3 ** 4</p>"))  # fmt: skip
def _markdown(content: Content) -> Iterator[Hit]:
    for where, text in content.document.paragraphs:
        if re.search(
            r"(?<![\w*])\*\*[^\s*][^*]{0,200}[^\s*]\*\*(?![\w*])|\[[^\]\n]{1,200}\]\(https?://", text
        ):
            yield Hit(where)


# --- dark mode --------------------------------------------------------------------------------------------

_DARK = "<style>@media (prefers-color-scheme: dark) {{ .a {{ color: #eeeeee !important }} }}</style>".replace(
    "{{", "{"
).replace("}}", "}")
_SCHEME = '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'


@rule("dark-mode.not-announced", "warning", "email", "There are styles for dark mode and no color-scheme, so Apple Mail may change the colours all the same.",
      'Write <meta name="color-scheme" content="light dark"> into the head.', "https://www.caniemail.com/features/html-meta-color-scheme/",
      bad=email("", head=_DARK), good=email("", head=_SCHEME + _DARK))  # fmt: skip
def _scheme(content: Content) -> Iterator[Hit]:
    document = content.document
    dark = [
        (name, line)
        for name, line, *_ in document.at_rules
        if "prefers-color-scheme" in name and "dark" in name
    ]
    announced = any(one.get("name").lower() == "color-scheme" for one in document.all("meta"))
    if dark and not announced and not any(one.name == "color-scheme" for one in document.declarations):
        yield Hit(f"body, style, line {dark[0][1]}: {dark[0][0]}", "", ("Apple Mail",))


@rule("dark-mode.not-important", "note", "email", "A style for dark mode is not !important, so the element's own style wins over it.",
      "Write !important after its value.", "https://www.litmus.com/blog/the-ultimate-guide-to-dark-mode-for-email-marketers",
      bad=email('<p class="a" style="color:#111111">A</p>', head=_SCHEME + _DARK.replace(" !important", "")), good=email('<p class="a" style="color:#111111">A</p>', head=_SCHEME + _DARK))  # fmt: skip
def _important(content: Content) -> Iterator[Hit]:
    classes: dict[str, set[str]] | None = None
    for one in content.document.declarations:
        if "prefers-color-scheme" in one.at_rule and "dark" in one.at_rule and "!important" not in one.value:
            if classes is None:
                classes = _inline_by_class(content)
            found = re.fullmatch(r"(?:[a-z]+\w*)?\.([\w-]+)", one.selector)
            if found and one.name in classes.get(found[1], ()):
                yield Hit(one.where)


def _inline_by_class(content: Content) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for element in content.document.elements:
        for name in element.get("class").split():
            found.setdefault(name, set()).update(element.style)
    return found


@rule("dark-mode.text-without-background", "note", "email", "The body sets a background and no colour of the text, or the other way round: dark mode may make both dark.",
      "Set both.", "https://www.w3.org/TR/WCAG20-TECHS/F24.html",
      bad=email("", whole=SKELETON.format(head="", body="").replace("<body>", '<body style="color:#111111">')),
      good=email("", whole=SKELETON.format(head="", body="").replace("<body>", '<body style="color:#111111;background-color:#ffffff">')))  # fmt: skip
def _both(content: Content) -> Iterator[Hit]:
    for element in content.document.all("body"):
        backed = any(name in element.style for name in ("background", "background-color")) or element.get(
            "bgcolor"
        )
        if bool("color" in element.style) and not backed and not content.document.all("style"):
            yield Hit(element)
