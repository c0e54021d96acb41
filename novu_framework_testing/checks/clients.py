"""HTML and CSS that a mail client does not support, after the data of caniemail.com.

Only what a client does not support at all is found, and only where an email relies on it: not after a fallback, not where a
value switches the feature off, not what Outlook is kept away from by a conditional comment. Of a stylesheet, not what is for
nothing in the email; of what is inside @media or @supports, no property, and no selector for a client that passes over all
of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import Declaration, Element, StyleRule
from novu_framework_testing._internal.selectors import split_list
from novu_framework_testing.checks.addresses import Place
from novu_framework_testing.checks.content import Content, email
from novu_framework_testing.checks.rules import Hit, Level, add_rule

DEFAULT_CLIENTS = (
    *("gmail", "apple-mail", "yahoo"),
    *("outlook.windows", "outlook.outlook-com", "outlook.macos", "outlook.ios", "outlook.android"),
)
"""The mail clients that are asked about, unless others are chosen: names of a family, or `family.platform`."""

OUTLOOK_WINDOWS = "outlook.windows"


class _Support(NamedTuple):
    """A feature on caniemail.com: its address, and the clients that do not support it."""

    url: str
    missing: frozenset[str]


class ClientData(NamedTuple):
    """The data of caniemail.com, as `python -m tests.content_checks.caniemail` wrote it.

    Attributes:
        date: When caniemail.com changed it last.
        clients: The names, by `family.platform`.
        features: By their name there.
    """

    date: str
    clients: dict[str, str]
    features: dict[str, _Support]


@cache
def client_data() -> ClientData:
    """Read the data, once."""
    data = json.loads(files("novu_framework_testing.checks").joinpath("caniemail.json").read_text("utf-8"))
    keys = list(data["clients"])
    features = {
        slug: _Support(
            f"https://www.caniemail.com/features/{slug}/", frozenset(keys[place] for place in missing)
        )
        for slug, missing in data["features"].items()
    }
    return ClientData(data["date"], data["clients"], features)


@lru_cache(maxsize=64)
def chosen_clients(names: tuple[str, ...] = DEFAULT_CLIENTS) -> frozenset[str]:
    """Return the clients of names such as `gmail` and `outlook.windows`.

    Raises:
        ValueError: There is none of a name.
    """
    known = client_data().clients
    chosen: set[str] = set()
    for name in names:
        found = [client for client in known if client == name or client.startswith(f"{name}.")]
        if not found:
            families = sorted({client.partition(".")[0] for client in known})
            raise ValueError(
                f"There is no mail client {name!r}. There are {', '.join(families)}, each also as family.platform: {', '.join(c for c in known if c.startswith('outlook.'))}, ..."
            )
        chosen.update(found)
    return frozenset(chosen)


class _Styled(NamedTuple):
    """A place in the CSS, and the clients that do not read it, or have no use for it."""

    place: Place
    spared: frozenset[str]


Places: TypeAlias = "Iterator[Place | _Styled]"
Seek: TypeAlias = "Callable[[Content], Places]"

_FOR_ALL = r"initial|inherit|unset|revert|revert-layer"
_ZERO = r"[-+]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?"
_OFF = {
    "animation": rf"none\b.*|{_ZERO}",
    "aspect-ratio": "auto",
    "border-radius": rf"{_ZERO}(?:[\s/]+{_ZERO})*",
    "clip-path": "none",
    "column-count": "auto|1",
    "filter": "none",
    "gap": rf"(?:normal|{_ZERO})(?:\s+(?:normal|{_ZERO}))?",
    "inset": r"auto(?:\s+auto)*",
    "list-style-image": "none",
    "mask-image": "none",
    "mix-blend-mode": "normal",
    "object-fit": "fill",
    "transform": rf"none|(?:(?:translate|rotate|skew)\w*\(\s*{_ZERO}(?:[\s,]+{_ZERO})*\s*\)|scale\w*\(\s*1(?:[\s,]+1)*\s*\)|\s)+",
    "transition": rf"none\b.*|(?:all\s+)?{_ZERO}(?:\s.*)?",
}
"""Values with which a property does what a client does that does not know it."""
_COLOUR = re.compile(r"\b(?:rgb|hsl|hwb|ok|l)\w*\([^()]*\)|#\w+")
_LENGTH = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)")


def _is_off(name: str, value: str) -> bool:
    """Tell whether a value takes away what the property does, or does nothing."""
    value = value.replace("!important", "").strip()
    if re.fullmatch(f"(?:{_FOR_ALL})", value):
        return True
    if name.endswith("-shadow"):
        lengths = _LENGTH.findall(_COLOUR.sub("", value))
        return value == "none" or ("var(" not in value and bool(lengths) and not any(map(float, lengths)))
    return name in _OFF and re.fullmatch(f"(?:{_OFF[name]})", value, re.DOTALL) is not None


def _css(name: str, value: str = "") -> Seek:
    """Seek a property, with a value that matches where one is given, that does something."""
    matches = re.compile(value).search
    return _declared(lambda one: one == name, lambda said: matches(said) and not _is_off(name, said))


def _value(value: str) -> Seek:
    """Seek a value in any property; clients that do not know the property are spared."""
    matches = re.compile(value).search
    return _declared(lambda name: not name.startswith(("--", "mso-")), matches, _without)


def _declared(
    is_name: Callable[[str], bool],
    matches: Callable[[str], object],
    spared: Callable[[str], frozenset[str]] = lambda name: frozenset(),
) -> Seek:
    def seek(content: Content) -> Places:
        for position, one in enumerate(content.document.declarations):
            if (
                is_name(one.name)
                and not one.conditional
                and matches(one.value)
                and not _fallback(content.document.declarations, position, matches)
                and _is_for_something(content, one)
            ):
                deaf = _passing_over((one.at_rule,)) if one.at_rule else frozenset()
                yield _Styled(one.element or one.where, spared(one.name) | deaf | _kept_away(one))

    return seek


def _is_for_something(content: Content, one: Declaration) -> bool:
    """Tell whether a declaration may be for an element of the email."""
    is_of_element = one.element is not None or one.selector.startswith("@") or "keyframes" in one.at_rule
    return is_of_element or content.reach.has_any(one.selector)


def _kept_away(one: Declaration | StyleRule) -> frozenset[str]:
    return frozenset({OUTLOOK_WINDOWS}) if one.not_for_outlook else frozenset()


_PREFIX = re.compile(r"-(?:webkit|moz|ms|o)-")
_CORNER = re.compile(r"border-\w+-\w+-radius")


@cache
def _without(name: str) -> frozenset[str]:
    """Return the clients that do not know a property, so that no value of it is missing there."""
    plain = _CORNER.sub("border-radius", _PREFIX.sub("", name, count=1))
    features, parts = client_data().features, plain.split("-")
    slugs = ("-".join(("css", *parts[:end])) for end in range(len(parts), 0, -1))
    missing = next((features[slug].missing for slug in slugs if slug in features), frozenset[str]())
    return missing | {OUTLOOK_WINDOWS, f"{OUTLOOK_WINDOWS}-mail"} if _PREFIX.match(name) else missing


_KIND = re.compile(r"@(?:-\w+-)?(media|supports|keyframes)\b")
_PRINT = re.compile(r"@media\s+(?:only\s+)?print\b")


@lru_cache(maxsize=4096)
def _passing_over(around: tuple[str, ...]) -> frozenset[str]:
    """Return the clients that do not read what is inside of @rules; of what is for print, all."""
    features = client_data().features
    found: set[str] = set()
    for rule in map(str.lower, around):
        if kind := _KIND.match(rule):
            slug = f"css-at-{kind[1]}"
            found |= features[slug].missing
            for asked in (one for one in features if one.startswith(f"{slug}-")):
                name = asked.removeprefix(f"{slug}-")
                if all(re.search(rf"[(-]{name}\s*[:)]", one) for one in rule.split(",")):
                    found |= features[asked].missing
            if _PRINT.match(rule) and "," not in rule:
                found |= client_data().clients.keys()
    return frozenset(found)


def _fallback(all_of_them: list[Declaration], position: int, matches: Callable[[str], object]) -> bool:
    """Tell whether the same block declares the same property before, with a value that every client knows."""
    one = all_of_them[position]
    for other in reversed(all_of_them[max(0, position - 20) : position]):
        if other.element is not one.element or other.selector != one.selector:
            return False
        if (other.name == one.name and not matches(other.value)) or (
            one.name == "background-image" and other.name in ("background-color",)
        ):
            return True
    return False


def _background(content: Content) -> Places:
    """Seek background pictures without a colour that stands in for them, and without VML for Outlook."""
    if (
        "v:rect" in content.document.outlook
        or "v:fill" in content.document.outlook
        or "v:image" in content.document.outlook
    ):
        return
    for one in content.document.declarations:
        if (
            one.name in ("background", "background-image")
            and "url(" in one.value
            and not one.conditional
            and one.element is not None
        ):
            plain = re.sub(r"url\([^)]*\)", "", one.value) if one.name == "background" else ""
            if not (
                re.search(r"#[0-9a-f]{3}|rgb|\b(?:white|black|gray|grey|navy|red|green|blue)\b", plain)
                or "background-color" in one.element.style
                or one.element.get("bgcolor")
            ):
                yield one.element


def _tag(*tags: str, fallback: bool = False) -> Seek:
    """Seek elements; those with something inside that stands in for them are left out with `fallback`."""

    def seek(content: Content) -> Places:
        for element in content.document.all(*tags):
            stands_in = fallback and any(
                (isinstance(one, Element) and one.tag in ("img", "a", "p"))
                or (isinstance(one, str) and one.strip())
                for one in element.children
            )
            if not stands_in and not element.hidden:
                yield element

    return seek


def _input(kind: str) -> Seek:
    return lambda content: (one for one in content.document.all("input") if one.get("type").lower() == kind)


def _image(*endings: str) -> Seek:
    def seek(content: Content) -> Places:
        for element in content.document.all("img"):
            source = element.get("src").lower().partition("?")[0].partition("#")[0]
            if source.endswith(endings):
                yield element

    return seek


def _data_image(content: Content) -> Places:
    for element in content.document.all("img"):
        if element.get("src").lower().startswith("data:"):
            yield element


def _at(name: str) -> Seek:
    return lambda content: (
        _Styled(f"body, style, line {one.line}: {one.text}", _passing_over(one.around) | _kept_away(one))
        for one in content.document.at_rules
        if re.match(name, one.text)
    )


def _selector(pattern: str) -> Seek:
    """Seek selectors that match and are for something in the email."""
    matches = re.compile(pattern).search

    def seek(content: Content) -> Places:
        for one in content.document.selectors:
            if matches(one.text) and any(
                content.reach.has(each) for each in split_list(one.text) if matches(each)
            ):
                place = f"body, style, line {one.line}: {one.text[:80]}"
                yield _Styled(place, _passing_over(one.around) | _kept_away(one))

    return seek


def _box(name: str) -> Seek:
    """Seek `::before` or `::after` where an element of the email has such a box: without a content there is none."""
    written = re.compile(f"::?{name}")
    seek = _selector(written.pattern)
    return lambda content: (
        seek(content)
        if any(_is_box(content, one, written) for one in content.document.declarations)
        else iter(())
    )


def _is_box(content: Content, one: Declaration, written: re.Pattern[str]) -> bool:
    is_content = one.name == "content" and one.value.replace("!important", "").strip() not in (
        "none",
        "normal",
    )
    return is_content and any(
        content.reach.has(each) for each in split_list(one.selector) if written.search(each)
    )


def _stylesheet(content: Content) -> Places:
    for element in content.document.all("link"):
        if (
            "stylesheet" in element.get("rel").lower()
            and "fonts.g" not in element.get("href")
            and "use.typekit" not in element.get("href")
        ):
            yield element


def _p(declaration: str) -> str:
    return f'<p style="{declaration}">It is on its way.</p>'


def _style(css: str) -> str:
    return f"<style>{css}</style>"


# fmt: off
_WITHOUT: list[tuple[str, Level, Seek, str, str]] = [
    # a feature of caniemail, the level, how it is found, what to do instead, an example
    ("css-display-flex", "warning", _css("display", "^(?:inline-)?flex"), "Lay out with tables, or inline-block.", _p("display:flex")),
    ("css-display-grid", "warning", _css("display", "^(?:inline-)?grid"), "Lay out with tables.", _p("display:grid")),
    ("css-position", "warning", _css("position", "^(?:absolute|fixed|sticky)"), "Lay out with tables and paddings.", _p("position:absolute")),
    ("css-background-image", "warning", _background, "Give a background-color too, and VML for Outlook.", _p("background-image:url(https://acme.com/a.png)")),
    ("css-variables", "warning", _value(r"\bvar\("), "Write the value itself, or before it as a fallback.", _p("width:var(--w)")),
    ("css-linear-gradient", "note", _value(r"linear-gradient\("), "Write a plain colour before it.", _p("background:linear-gradient(#fff,#eee)")),
    ("css-radial-gradient", "note", _value(r"radial-gradient\("), "Write a plain colour before it.", _p("background:radial-gradient(#fff,#eee)")),
    ("css-conic-gradient", "note", _value(r"conic-gradient\("), "Write a plain colour before it.", _p("background:conic-gradient(#fff,#eee)")),
    ("css-function-clamp", "warning", _value(r"\bclamp\("), "Write a fixed value before it.", _p("width:clamp(1px,2px,3px)")),
    ("css-function-min", "warning", _value(r"(?<![\w-])min\("), "Write a fixed value before it.", _p("width:min(1px,2px)")),
    ("css-function-max", "warning", _value(r"(?<![\w-])max\("), "Write a fixed value before it.", _p("width:max(1px,2px)")),
    ("css-function-light-dark", "warning", _value(r"light-dark\("), "Use @media (prefers-color-scheme: dark).", _p("border-color:light-dark(#fff,#000)")),
    ("css-modern-color", "warning", _value(r"\b(?:ok)?l(?:ch|ab)\("), "Write the colour as #rrggbb before it.", _p("border-color:oklch(40% 0.2 10)")),
    ("css-unit-calc", "note", _value(r"\bcalc\("), "Write a fixed value before it.", _p("width:calc(100% - 2px)")),
    ("css-rgba", "note", _value(r"\brgba\("), "Write the colour as #rrggbb before it.", _p("border-color:rgba(0,0,0,0.5)")),
    ("css-unit-rem", "note", _value(r"(?<![\w#.-])[\d.]+rem\b"), "Use px.", _p("padding:1rem")),
    ("css-unit-vw", "note", _value(r"(?<![\w#.-])[\d.]+vw\b"), "Use px or %.", _p("width:50vw")),
    ("css-unit-vh", "note", _value(r"(?<![\w#.-])[\d.]+vh\b"), "Use px.", _p("height:50vh")),
    ("css-unit-vmin", "note", _value(r"(?<![\w#.-])[\d.]+vmin\b"), "Use px.", _p("width:50vmin")),
    ("css-intrinsic-size", "note", _value(r"\b(?:fit|min|max)-content\b"), "Use px or %.", _p("width:fit-content")),
    ("css-inset", "warning", _css("inset"), "Lay out with tables and paddings.", _p("inset:0")),
    ("css-transform", "note", _css("transform"), "Do without.", _p("transform:rotate(3deg)")),
    ("css-object-fit", "note", _css("object-fit"), "Crop the picture itself.", _p("object-fit:cover")),
    ("css-gap", "note", _css("gap"), "Use paddings.", _p("gap:8px")),
    ("css-border-radius", "note", _css("border-radius"), "Square corners have to look right too.", _p("border-radius:8px")),
    ("css-box-shadow", "note", _css("box-shadow"), "Give a border too.", _p("box-shadow:0 0 2px #000")),
    ("css-text-shadow", "note", _css("text-shadow"), "It has to be readable without.", _p("text-shadow:0 0 2px #000")),
    ("css-opacity", "note", _css("opacity", r"^0?\.\d"), "Use a paler colour.", _p("opacity:0.5")),
    ("css-filter", "note", _css("filter"), "Change the picture itself.", _p("filter:blur(2px)")),
    ("css-animation", "note", _css("animation"), "It has to look right when it stands.", _p("animation:a 1s")),
    ("css-transition", "note", _css("transition"), "It has to look right when it stands.", _p("transition:color 1s")),
    ("css-clip-path", "note", _css("clip-path"), "Crop the picture itself.", _p("clip-path:circle(40%)")),
    ("css-mask-image", "note", _css("mask-image"), "Crop the picture itself.", _p("mask-image:url(https://acme.com/a.png)")),
    ("css-mix-blend-mode", "note", _css("mix-blend-mode"), "Do without.", _p("mix-blend-mode:multiply")),
    ("css-aspect-ratio", "note", _css("aspect-ratio"), "Give width and height.", _p("aspect-ratio:1")),
    ("css-writing-mode", "warning", _css("writing-mode", "^vertical"), "Use a picture.", _p("writing-mode:vertical-rl")),
    ("css-column-count", "note", _css("column-count"), "Use a table.", _p("column-count:2")),
    ("css-list-style-image", "note", _css("list-style-image"), "Use a plain list.", _p("list-style-image:url(https://acme.com/a.png)")),
    ("css-margin-inline-start-end", "note", _css("margin-inline-start"), "Use margin-left and margin-right.", _p("margin-inline-start:8px")),
    ("css-padding-inline-start-end", "note", _css("padding-inline-start"), "Use padding-left and padding-right.", _p("padding-inline-start:8px")),
    ("css-at-import", "warning", _at(r"@import(?!.*(?:fonts\.g|use\.typekit))"), "Write the styles into the email.", "head:" + _style("@import url(https://acme.com/a.css);")),
    ("css-at-font-face", "note", _at("@font-face"), "Name a font of the system after it.", "head:" + _style("@font-face { font-family: Acme; src: url(https://acme.com/a.woff2) }")),
    ("css-at-supports", "note", _at("@supports"), "What is outside has to look right too.", "head:" + _style("@supports (gap: 1px) { .a { color: #111111 } }")),
    ("css-nesting", "warning", _selector(r"^&|\s&"), "Write each selector out.", "head:" + _style("p { color: #111111; & b { color: #222222 } }")),
    ("css-pseudo-class-has", "note", _selector(r":has\("), "Use a class.", "head:" + _style("p:has(+ p) { color: #111111 }")),
    ("css-pseudo-class-nth-child", "note", _selector(r":nth-child\("), "Use a class.", "head:" + _style("p:nth-child(2) { color: #111111 }")),
    ("css-pseudo-class-hover", "note", _selector(r":hover"), "It has to look right without.", "head:" + _style("p:hover { color: #111111 }")),
    ("css-pseudo-element-before", "note", _box("before"), "Write it into the HTML.", "head:" + _style("p::before { content: 'New' }")),
    ("css-pseudo-element-after", "note", _box("after"), "Write it into the HTML.", "head:" + _style("p::after { content: 'New' }")),
    ("css-selector-attribute", "note", _selector(r"\w\[[^\]]+\]"), "Use a class.", "head:" + _style("html[lang] { color: #111111 }")),
    ("html-svg", "warning", _tag("svg"), "Use a PNG.", '<svg width="8" height="8"></svg>'),
    ("html-video", "warning", _tag("video", fallback=True), "Put a linked picture inside it.", '<video src="https://acme.com/a.mp4"></video>'),
    ("html-audio", "warning", _tag("audio", fallback=True), "Put a link inside it.", '<audio src="https://acme.com/a.mp3"></audio>'),
    ("html-object", "warning", _tag("object", fallback=True), "Link to it.", '<object data="https://acme.com/a.pdf"></object>'),
    ("html-form", "warning", _tag("form"), "Link to a page with the form.", '<form action="https://acme.com/f"></form>'),
    ("html-select", "warning", _tag("select"), "Link to a page with the form.", '<select aria-label="Size"><option>S</option></select>'),
    ("html-textarea", "warning", _tag("textarea"), "Link to a page with the form.", '<textarea aria-label="Text"></textarea>'),
    ("html-input-text", "warning", _input("text"), "Link to a page with the form.", '<input type="text" aria-label="Name">'),
    ("html-input-checkbox", "note", _input("checkbox"), "It has to look right without.", '<input type="checkbox" aria-label="Open">'),
    ("html-input-radio", "note", _input("radio"), "It has to look right without.", '<input type="radio" aria-label="Open">'),
    ("html-input-submit", "warning", _input("submit"), "Link to a page with the form.", '<input type="submit" value="Go">'),
    ("html-dialog", "warning", _tag("dialog"), "Write it into the text.", "<dialog>Hi</dialog>"),
    ("html-marquee", "warning", _tag("marquee"), "Let it stand.", "<marquee>Hi</marquee>"),
    ("html-meter", "warning", _tag("meter", fallback=True), "Write the number inside it.", '<meter value="0.5"></meter>'),
    ("html-progress", "warning", _tag("progress", fallback=True), "Write the number inside it.", '<progress value="0.5"></progress>'),
    ("html-base", "note", _tag("base"), "Write whole addresses.", 'head:<base href="https://acme.com/">'),
    ("html-link", "warning", _stylesheet, "Write the styles into the email.", 'head:<link rel="stylesheet" href="https://acme.com/a.css">'),
    ("html-picture", "note", _tag("picture"), "The img inside has to be right too.", '<picture><img src="https://acme.com/a.png" alt="A" width="8"></picture>'),
    ("image-svg", "warning", _image(".svg"), "Use a PNG.", '<img src="https://acme.com/a.svg" alt="A" width="8">'),
    ("image-webp", "warning", _image(".webp"), "Use a PNG or a JPEG.", '<img src="https://acme.com/a.webp" alt="A" width="8">'),
    ("image-avif", "warning", _image(".avif"), "Use a PNG or a JPEG.", '<img src="https://acme.com/a.avif" alt="A" width="8">'),
    ("image-heif", "warning", _image(".heic", ".heif"), "Use a PNG or a JPEG.", '<img src="https://acme.com/a.heic" alt="A" width="8">'),
    ("image-tiff", "warning", _image(".tif", ".tiff"), "Use a PNG or a JPEG.", '<img src="https://acme.com/a.tiff" alt="A" width="8">'),
    ("image-mp4", "warning", _image(".mp4"), "Use an animated GIF.", '<img src="https://acme.com/a.mp4" alt="A" width="8">'),
    ("image-base64", "warning", _data_image, "Serve the picture by https.", '<img src="data:image/png;base64,iVBORw0KGgo=" alt="A" width="8">'),
]
# fmt: on
_GOOD = email('<p style="color:#111111;padding:8px">It is on its way.</p>')


def _looking(slug: str, seek: Seek) -> Callable[[Content, frozenset[str]], Iterator[Hit]]:
    def look(content: Content, clients: frozenset[str]) -> Iterator[Hit]:
        missing = client_data().features[slug].missing & clients
        if not missing:
            return
        places: dict[
            object, Place
        ] = {}  # a place is said once, for all the clients that miss something there
        missed: dict[object, frozenset[str]] = {}
        for found in seek(content):
            place, spared = found if isinstance(found, _Styled) else (found, frozenset())
            if isinstance(place, Element) and place.not_for_outlook:
                spared |= {OUTLOOK_WINDOWS}
            if left := missing - spared:
                key = place if isinstance(place, str) else id(place)
                places.setdefault(key, place)
                missed[key] = missed.get(key, frozenset()) | left
        for which, place in places.items():
            yield Hit(place, "", tuple(sorted(client_data().clients[one] for one in missed[which])))

    return look


def _example(fragment: str) -> Content:
    return email("", head=fragment[5:]) if fragment.startswith("head:") else email(fragment)


for _slug, _level, _seek, _advice, _fragment in _WITHOUT:
    _what = {"css": "CSS", "html": "HTML", "image": "picture"}[_slug.partition("-")[0]]
    _name = re.sub("^(?:function-|unit-|pseudo-class-|pseudo-element-)", "", _slug.partition("-")[2])
    _name = re.sub("^at-", "@", _name)
    add_rule(
        f"client.{_slug}",
        _level,
        "email",
        f"Some of the chosen mail clients do not support {_name} ({_what}).",
        _advice,
        f"https://www.caniemail.com/features/{_slug}/",
        _looking(_slug, _seek),
        bad=_example(_fragment),
        good=_GOOD,
    )
