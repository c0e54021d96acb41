"""What readers with another eye, ear or hand need of an email."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.checks.colours import contrast, drawn_texts
from novu_framework_testing.checks.content import SKELETON, Content, email
from novu_framework_testing.checks.rules import WCAG, Hit, rule

_TABLES = "https://www.w3.org/WAI/tutorials/tables/tips/"
_VAGUE = frozenset(
    ("click here", "click", "here", "click this link", "this link", "link", "tap here", "hier", "hier klicken",
     "klicken sie hier", "cliquez ici", "ici", "aquí", "haz clic aquí", "clicca qui", "qui", "clique aqui", "aqui", "klik hier")
)  # fmt: skip
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_FINE = email("<p>It is on its way.</p>")


def _html(attributes: str, text: str = "<h1>Hello</h1>") -> Content:
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Your order</title>'
    )
    return email("", whole=f"<!doctype html><html{attributes}><head>{head}</head><body>{text}</body></html>")


@rule("accessibility.lang-missing", "warning", "email", "The html element has no language, so that screen readers guess how to speak it.",
      'Write <html lang="en">.', WCAG + "language-of-page.html", bad=_html(' dir="ltr"'), good=_FINE)  # fmt: skip
def _lang(content: Content) -> Iterator[Hit]:
    elements = content.document.all("html")
    if elements and not any(
        one.get("lang") or one.get("xml:lang") for one in [*elements, *content.document.all("body")]
    ):
        yield Hit(elements[0])


@rule("accessibility.lang-malformed", "warning", "email", "`lang` is not a valid language tag.", "Write en, de-AT, pt-BR: with a hyphen.",
      "https://www.rfc-editor.org/rfc/rfc5646", bad=[_html(' lang="en_US" dir="ltr"'), _html(' lang="english" dir="ltr"')], good=_html(' lang="pt-BR" dir="ltr"'))  # fmt: skip
def _lang_tag(content: Content) -> Iterator[Hit]:
    for element in content.document.all("html", "body"):
        lang = element.get("lang")
        if lang and not re.fullmatch(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*", lang):
            yield Hit(element)


@rule("accessibility.direction", "warning", "email", "The text is written from right to left, and nothing says so.", 'Write dir="rtl" on the html element.',
      "https://www.w3.org/International/questions/qa-html-dir", bad=_html(' lang="he"', "<h1>שלום לכולם, ברוכים הבאים</h1>"), good=_html(' lang="he" dir="rtl"', "<h1>שלום לכולם, ברוכים הבאים</h1>"))  # fmt: skip
def _direction(content: Content) -> Iterator[Hit]:
    text = content.document.shown_text
    letters = _LETTER.findall(text)
    right = sum(_RTL.match(letter) is not None for letter in letters)
    if right > 10 and right * 2 > len(letters) and "rtl" not in content.document.source.lower():
        yield Hit("body", f"{right} of {len(letters)} letters")


@rule("accessibility.title", "note", "email", "The head has no title, or an empty one, which screen readers say first.", "Write <title> with the subject.",
      WCAG + "page-titled.html", bad=[email("", whole=SKELETON.format(head="", body="").replace("<title>Your order</title>", "")),
      email("", whole=SKELETON.format(head="", body="").replace("<title>Your order</title>", "<title> </title>"))], good=_FINE)  # fmt: skip
def _title(content: Content) -> Iterator[Hit]:
    heads = content.document.all("head")
    titles = [
        one
        for one in content.document.all("title")
        if any(isinstance(text, str) and text.strip() for text in one.children)
    ]
    if heads and not titles:
        yield Hit(heads[0])


_LAYOUT = '<table{}><tr><td><table role="presentation"><tr><td>A</td></tr></table></td></tr></table>'
_GOODS = (
    '<table><tr><td colspan="2"><table role="presentation"><tr><td>Your order</td></tr></table></td></tr>'
    '<tr><td>Item</td><td>Total</td></tr><tr><td><table role="presentation"><tr><td>A lamp</td></tr></table></td><td>$9</td></tr></table>'
)


@rule("accessibility.table-role", "note", "email", "A table that lays out the email has no role, so that screen readers count its rows and columns.",
      'Write role="presentation" on it.', _TABLES, bad=email(_LAYOUT.format("")),
      good=[email(_LAYOUT.format(' role="presentation"')), email(_GOODS)])  # fmt: skip
def _tables(content: Content) -> Iterator[Hit]:
    holding: set[int] = set()
    holders: dict[int, Element] = {}
    for table in content.document.all("table"):
        for up in itertools.takewhile(lambda one: id(one) not in holding, (table.parent or table).above()):
            holding.add(id(up))
        if table.parent and (outer := _table_around(table.parent)):
            holders[id(outer)] = outer
    data = _data_tables(content, holding)
    for table in holders.values():
        if not table.get("role") and table.get("aria-hidden") != "true" and id(table) not in data:
            yield Hit(table)


def _data_tables(content: Content, holding: set[int]) -> frozenset[int]:
    """Find the tables of goods and prices: rows of equally many cells with words, of which one may hold a table in some."""
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in content.document.all("tr"):
        table = _table_around(row)
        cells = [one for one in row.children if isinstance(one, Element) and one.tag in ("td", "th")]
        plain = [one for one in cells if id(one) not in holding]
        if table and len(cells) > 1 and all(one.text for one in plain):
            rows[id(table), len(cells)].append(len(cells) - len(plain))
    return frozenset(table for (table, _), held in rows.items() if min(held) == 0 and max(held) == 1)


def _table_around(element: Element) -> Element | None:
    return next((one for one in element.above() if one.tag == "table"), None)


@rule("accessibility.data-table-role", "warning", "email", "A table with headings is called a presentation, so that screen readers pass over them.",
      "Take the role away.", _TABLES, bad=email('<table role="presentation"><tr><th>Item</th></tr><tr><td>A</td></tr></table>'), good=email("<table><tr><th>Item</th></tr><tr><td>A</td></tr></table>"))  # fmt: skip
def _data_table(content: Content) -> Iterator[Hit]:
    for heading in content.document.all("th"):
        table = _table_around(heading)
        layout = (
            "class" in heading.attributes or heading.style or "width" in heading.attributes
        )  # many layouts are made of th
        if table is not None and table.get("role") in ("presentation", "none") and not layout:
            yield Hit(table)


@rule("accessibility.heading-skipped", "note", "email", "A level of headings is left out.", "Go down by one: h1, h2, h3; make sizes with CSS.",
      WCAG + "info-and-relationships.html", bad=email("<h3>A</h3>"), good=email("<h2>A</h2><h3>B</h3><h2>C</h2>"))  # fmt: skip
def _headings(content: Content) -> Iterator[Hit]:
    before = 0
    for element in content.document.elements:
        if re.fullmatch(r"h[1-6]", element.tag):
            level = int(element.tag[1])
            if before and level > before + 1:
                yield Hit(element, f"after h{before}")
            before = level


@rule("accessibility.heading-empty", "warning", "email", "A heading is empty.", "Write one, or take it out.", WCAG + "headings-and-labels.html",
      bad=email("<h2> </h2>"), good=email("<h2>Next</h2>"))  # fmt: skip
def _empty_heading(content: Content) -> Iterator[Hit]:
    for element in content.document.all("h1", "h2", "h3", "h4", "h5", "h6"):
        if (
            not element.text
            and not element.hidden
            and not any(one.tag == "img" for one in element.inside() if isinstance(one, Element))
        ):
            yield Hit(element)


@rule("accessibility.link-text", "warning", "email", "The text of a link does not say where it leads: “click here”.", "Say what is there: “See your order”.",
      WCAG + "link-purpose-in-context.html", bad=[email('<p><a href="https://acme.com/a">Click here</a></p>'), email('<p>More <a href="https://acme.com/a"><b>here</b></a>.</p>')],
      good=email('<p><a href="https://acme.com/a">Click here to see your order</a></p>'))  # fmt: skip
def _vague(content: Content) -> Iterator[Hit]:
    for element in content.document.all("a"):
        if (
            element.text.strip(" .!:>→»«").lower() in _VAGUE
            and not element.get("aria-label")
            and not element.get("title")
            and "href" in element.attributes
        ):
            yield Hit(element, f"“{element.text}”")


@rule("accessibility.link-more", "note", "email", "The text of a link is only “read more”, which says nothing in a list of links.", "Say of what: “More about your order”.",
      WCAG + "link-purpose-in-context.html", bad=email('<p><a href="https://acme.com/a">Read more</a></p>'), good=email('<p><a href="https://acme.com/a">Read more about it</a></p>'))  # fmt: skip
def _more(content: Content) -> Iterator[Hit]:
    for element in content.document.all("a"):
        if re.fullmatch(
            r"(?i)(?:read |learn |see |view )?more|mehr(?: erfahren)?|en savoir plus|leer más|(?:scopri|leggi) di più|saiba mais",
            element.text.strip(" .!:>→»«…"),
        ) and not element.get("aria-label"):
            yield Hit(element)


@rule("accessibility.link-without-text", "error", "email", "A link has no text, so that it cannot be seen, or read out.", "Write one, or take it out.",
      WCAG + "link-purpose-in-context.html", bad=email('<p><a href="https://acme.com/a"> </a></p>'), good=email('<p><a href="https://acme.com/a">Open</a></p>'))  # fmt: skip
def _silent(content: Content) -> Iterator[Hit]:
    for element in content.document.all("a"):
        named = element.text or element.get("aria-label") or element.get("title")
        inside = any(isinstance(one, Element) and one.tag in ("img", "svg") for one in element.inside())
        if "href" in element.attributes and not named and not inside and not element.hidden:
            yield Hit(element)


@rule("accessibility.contrast", "warning", "email", "The text can hardly be told from its background: a contrast below 3:1.", "Take a darker, or a lighter, colour: 4.5:1 is enough.",
      WCAG + "contrast-minimum.html", bad=email('<p style="color:#cccccc;background-color:#ffffff">Pay by Monday</p>'), good=email('<p style="color:#333333;background-color:#ffffff">Pay by Monday</p>'))  # fmt: skip
def _contrast(content: Content) -> Iterator[Hit]:
    return _pale(content, lambda found, size: found < 3)


@rule("accessibility.contrast-low", "note", "email", "The contrast of a text of normal size is below 4.5:1.", "Take a darker, or a lighter, colour.",
      WCAG + "contrast-minimum.html", bad=email('<p style="color:#888888;background-color:#ffffff">Pay by Monday</p>'), good=email('<p style="color:#888888;background-color:#ffffff;font-size:24px">Pay by Monday</p>'))  # fmt: skip
def _contrast_low(content: Content) -> Iterator[Hit]:
    return _pale(content, lambda found, size: size is not None and size < 18.66 and 3 <= found < 4.5)


def _pale(content: Content, is_low: Callable[[float, float | None], bool]) -> Iterator[Hit]:
    """Give each element with a text whose contrast is too low, once, with the first such text."""
    said: set[int] = set()
    for element, text, colour, background, size in drawn_texts(content.document):
        found = contrast(colour, background)
        if id(element) not in said and is_low(found, size):
            said.add(id(element))
            yield Hit(element, f"{found:.2f}:1, “{' '.join(text.split())[:40]}”")


@rule("accessibility.small-text", "note", "email", "The text is smaller than 11 pixels.", "Use 14 pixels or more; 12 for the small print.",
      "https://developer.apple.com/design/human-interface-guidelines/typography", bad=email('<p style="font-size:8px">Pay by Monday</p>'), good=email('<p style="font-size:14px">Pay by Monday</p>'))  # fmt: skip
def _small(content: Content) -> Iterator[Hit]:
    for element, text in content.document.texts:
        size = re.fullmatch(r"(\d+(?:\.\d+)?)(px|pt)", element.style.get("font-size", ""))
        if (
            size
            and not element.hidden
            and len(text.split()) > 2
            and 2 < float(size[1]) * (4 / 3 if size[2] == "pt" else 1) < 11
        ):
            yield Hit(element)


@rule("accessibility.justified", "note", "email", "The text is justified, whose gaps make it hard to read.", "Align it to one side.", WCAG + "visual-presentation.html",
      bad=email('<p style="text-align:justify">Pay by Monday</p>'), good=email('<p style="text-align:left">Pay by Monday</p>'))  # fmt: skip
def _justified(content: Content) -> Iterator[Hit]:
    for one in content.document.declarations:
        if one.name == "text-align" and one.value == "justify":
            yield Hit(one.element or one.where)


@rule("accessibility.input-label", "warning", "email", "A field of a form has no label.", "Write a label, or aria-label.", WCAG + "labels-or-instructions.html",
      bad=email('<input type="email">'), good=email('<input type="email" aria-label="Address">'))  # fmt: skip
def _label(content: Content) -> Iterator[Hit]:
    labelled = {one.get("for") for one in content.document.all("label")}
    for element in content.document.all("input", "select", "textarea"):
        named = (
            element.get("aria-label")
            or element.get("title")
            or element.get("id") in labelled
            or element.get("placeholder")
        )
        if (
            element.get("type") not in ("hidden", "submit", "button", "image", "reset")
            and not named
            and not any(up.tag == "label" for up in element.above())
        ):
            yield Hit(element)


@rule("accessibility.blinking", "warning", "email", "The text blinks or moves by itself.", "Let it stand.", WCAG + "pause-stop-hide.html",
      bad=email("<blink>Pay by Monday</blink>"), good=_FINE)  # fmt: skip
def _blinking(content: Content) -> Iterator[Hit]:
    for element in content.document.all("blink"):
        yield Hit(element)


@rule("accessibility.hidden-focus", "warning", "email", "A link is hidden from screen readers and can be reached by keyboard.", "Take aria-hidden away.",
      "https://www.w3.org/TR/wai-aria-1.2/#aria-hidden", bad=email('<p><a href="https://acme.com/a" aria-hidden="true">Open</a></p>'), good=_FINE)  # fmt: skip
def _hidden_focus(content: Content) -> Iterator[Hit]:
    for element in content.document.all("a", "button"):
        if (
            element.get("aria-hidden") == "true"
            and "href" in element.attributes
            and element.get("tabindex") != "-1"
        ):
            yield Hit(element)
