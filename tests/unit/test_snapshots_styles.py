"""What elements are drawn with: what wins of what is said, what they take from around them, when they are hidden."""

from __future__ import annotations

from collections.abc import Mapping

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.snapshots.html_styles import (
    Styles,
    at_rule_of,
    base,
    is_of_text,
    is_rare,
    pair_of,
    rule_changes,
    styles_of,
)

Values = dict[str, str]


def plain(values: Mapping[str, str]) -> Values:
    """Values by the time for which they are said, and the property."""
    return {name.replace("\0", " | "): value for name, value in values.items()}


def own(html: str) -> Values:
    """What is said of the last element itself."""
    document = parsed(html)
    return plain(Styles(document).own(document.elements[-1]))


def text(html: str) -> Values:
    """What the words of the last element are drawn with."""
    document = parsed(html)
    return plain(Styles(document).text(document.elements[-1]))


def hidden(html: str) -> Mapping[str, bool]:
    """When the last element is hidden."""
    document = parsed(html)
    return Styles(document).hidden(document.elements[-1])


OWN: dict[str, Values] = {
    "<p style='color:red;color:blue'>": {"color": "#0000ff"},
    "<p style='color:red!important;color:blue'>": {"color": "#ff0000"},
    "<style>p{color:red}</style><p>": {"color": "#ff0000"},
    "<style>p{color:red}p{color:blue}</style><p>": {"color": "#0000ff"},
    "<style>p{color:red!important}p{color:blue}</style><p>": {"color": "#ff0000"},
    "<style>p{color:red!important;color:blue}</style><p>": {"color": "#ff0000"},
    "<style>p{color:red;color:blue!important}</style><p>": {"color": "#0000ff"},
    "<style>#a{color:red}p{color:blue}</style><p id=a>": {"color": "#ff0000"},
    "<style>.a{color:red}p{color:blue}</style><p class=a>": {"color": "#ff0000"},
    "<style>p.a{color:red}.a{color:blue}</style><p class=a>": {"color": "#ff0000"},
    "<style>p{color:red}</style><p style='color:blue'>": {"color": "#0000ff"},
    "<style>p{color:red!important}</style><p style='color:blue'>": {"color": "#ff0000"},
    "<style>p{color:red!important}</style><p style='color:blue!important'>": {"color": "#0000ff"},
    "<style>font{color:red}</style><font color=blue>": {"color": "#ff0000"},
    "<style>*{color:red}</style><p>": {"color": "#ff0000"},
    "<style>p,b{color:red}</style><p>": {"color": "#ff0000"},
    "<style>p,b{color:red}</style><b>": {"font-weight": "bold", "color": "#ff0000"},
    "<style></style><font color=red style='color:blue'>": {"color": "#0000ff"},
    "<style>p{border-top:1px solid red}p{border:2px dashed blue}</style><p>": {"border-top-width": "2px", "border-top-style": "dashed", "border-top-color": "#0000ff", "border-width": "2px", "border-style": "dashed", "border-color": "#0000ff"},
    "<style>p{border:2px dashed blue}p{border-top:1px solid red}</style><p>": {"border-width": "2px", "border-style": "dashed", "border-color": "#0000ff", "border-top-width": "1px", "border-top-style": "solid", "border-top-color": "#ff0000"},
    "<p style='border-left-width:1px;border-width:2px'>": {"border-left-width": "2px", "border-width": "2px"},
    "<p style='border-left-width:1px!important;border-width:2px'>": {"border-left-width": "1px", "border-width": "2px"},
    "<style>@media print{p{color:red}}</style><p>": {"@media print | color": "#ff0000"},
    "<style>@media print{p{color:red}}p{color:red}</style><p>": {"color": "#ff0000"},
    "<style>@media print{p{color:red}}p{color:blue}</style><p>": {"color": "#0000ff"},
    "<style>p{color:blue}@media print{p{color:red}}</style><p>": {"color": "#0000ff", "@media print | color": "#ff0000"},
    "<style>@media print{p{color:red!important}}p{color:blue}</style><p>": {"color": "#0000ff", "@media print | color": "#ff0000"},
    "<style>@media print{p{color:red}}</style><p style='color:blue'>": {"color": "#0000ff"},
    "<style>p:hover{color:red}</style><p>": {":hover | color": "#ff0000"},
    "<style>@media print{p:hover{color:red}}</style><p>": {"@media print :hover | color": "#ff0000"},
    "<style>p::before{content:'x';color:red}p{color:red}</style><p>": {"color": "#ff0000", "::before | content": "'x'", "::before | color": "#ff0000"},
    "<style>@media screen{p{color:red}}</style><p>": {"color": "#ff0000"},
    "<style>@media all{p{color:red}}</style><p>": {"color": "#ff0000"},
    "<style>@media only screen{p{color:red}}</style><p>": {"color": "#ff0000"},
    "<style>@layer a{p{color:red}}</style><p>": {"color": "#ff0000"},
    "<style>@media only screen and (max-width: 5px){p{color:red}}</style><p>": {"@media (max-width:5px) | color": "#ff0000"},
    "<style>@media screen and (max-width:5px){p{color:red}}</style><p>": {"@media (max-width:5px) | color": "#ff0000"},
    "<style>@media only print{p{color:red}}</style><p>": {"@media print | color": "#ff0000"},
    "<style>@font-face{p{color:red}}</style><p>": {},
    "<style>@media print{p{top:1px}}p{top:1px}</style><p>": {"top": "1px"},
    "<style>:root{--a:red}p{color:var(--a)}</style><p>": {"color": "#ff0000"},
    "<style>p{--a:red;color:var(--a)}</style><p>": {"color": "#ff0000"},
    "<style>p{color:var(--a)}</style><p>": {},
    "<style>p{color:var(--a,red)}</style><p>": {"color": "#ff0000"},
    "<style>p{color:blue;color:var(--b)}</style><p>": {},
    "<style>:root{--a:red}@media print{:root{--a:blue}}p{color:var(--a)}</style><p>": {"color": "#ff0000", "@media print | color": "#0000ff"},
    "<style>:root{--a:red}@media print{:root{--a:blue}p{top:1px}}p{color:var(--a)}</style><p>": {"color": "#ff0000", "@media print | top": "1px", "@media print | color": "#0000ff"},
    "<style>:root{--a:red}p:hover{--a:blue}p{color:var(--a)}</style><p>": {"color": "#ff0000", ":hover | color": "#0000ff"},
    "<style>div{--a:red}p{padding:var(--a)}</style><div style='--a:1px 2px'><p>": {"padding-top": "1px", "padding-right": "2px", "padding-bottom": "1px", "padding-left": "2px"},
    "<style>p{--a:1px;border-top-width:2px;border-width:var(--a)}</style><p>": {"border-top-width": "1px", "border-width": "1px"},
    "<style>p{color:var(--a);color:blue}:root{--a:red}</style><p>": {"color": "#0000ff"},
    "<style>:root{--a:red}@media print{:root{--a:red}}p{color:var(--a)}</style><p>": {"color": "#ff0000"},
    "<style>div{--a:red}</style><div><p style='color:var(--a)'>": {"color": "#ff0000"},
    "<p style='color:inherit'>": {},
    "<p style='color:unset'>": {},
    "<p style='padding-top:inherit'>": {"padding-top": "inherit"},
    "<p style='width:unset'>": {"width": "unset"},
    "<span style='vertical-align:super'>": {"script": "super"},
    "<span style='vertical-align:sub'>": {"script": "sub"},
    "<td style='vertical-align:super'>": {"vertical-align": "super"},
    "<span style='vertical-align:top'>": {"vertical-align": "top"},
    "<p align=left style='text-align:right'>": {"text-align": "right"},
    "<style>td{text-align:left}</style><td align=right>": {"text-align": "left"},
    "<style>p{color:red}@media print{p{color:blue;top:1px}}</style><p>": {"color": "#ff0000", "@media print | color": "#0000ff", "@media print | top": "1px"},
    "<style>p{color:red;color:blue!important}p{color:green!important}</style><p>": {"color": "#008000"},
    "<style>@media print{p{color:red}p{color:blue}}</style><p>": {"@media print | color": "#0000ff"},
    "<style>p::before{color:var(--a)}:root{--a:red}</style><p>": {"::before | color": "#ff0000"},
    "<style>:root{--a:red}@media print{p{color:var(--a)}}</style><p style='color:blue'>": {"color": "#0000ff"},
    "<style>@media (min-width:1px){p{--a:red}}@media print{p{--a:blue}}</style><p style='color:var(--a,green)'>": {"color": "#008000", "@media (min-width:1px) | color": "#ff0000", "@media print | color": "#0000ff"},
    "<style>p{--a:red}p{--a:blue!important}</style><p style='--a:green;color:var(--a)'>": {"color": "#0000ff"},
    "<style>@counter-style x{p{color:red}}@page{p{color:red}}@keyframes x{p{color:red}}@-webkit-keyframes x{p{color:red}}</style><p>": {},
}  # fmt: skip


def test_the_strongest_of_what_is_said_of_an_element_counts() -> None:
    assert {each: own(each) for each in OWN} == OWN


TEXTS: dict[str, Values] = {
    "<div style='color:red'><p>": {"color": "#ff0000"},
    "<div style='color:red'><p style='color:blue'>": {"color": "#0000ff"},
    "<div style='font-size:10px'><h1>": {"font-size": "20px"},
    "<div style='font-size:10px'><h2>": {"font-size": "15px"},
    "<div style='font-size:10px'><h3>": {"font-size": "11.7px"},
    "<div style='font-size:10px'><h4>": {"font-size": "10px"},
    "<div style='font-size:10px'><h5>": {"font-size": "8.3px"},
    "<div style='font-size:10px'><h6>": {"font-size": "6.7px"},
    "<h1>": {},
    "<div style='font-size:10px'><h1 style='font-size:9px'>": {"font-size": "9px"},
    "<div style='font-size:10px'><h1 style='font-size:inherit'>": {"font-size": "10px"},
    "<div style='font-size:1.5em'><h1>": {"font-size": "3em"},
    "<div style='font-size:small'><h1>": {"font-size": "small"},
    "<style>@media print{div{font-size:20px}}</style><div style='font-size:10px'><h1>": {"font-size": "20px"},
    "<div style='font-size:10px'><small>": {"font-size": "8.333px"},
    "<div style='font-size:10px'><big>": {"font-size": "12px"},
    "<div style='font-size:10px'><p style='font-size:2em'>": {"font-size": "20px"},
    "<div style='font-size:10px'><p style='font-size:50%'>": {"font-size": "5px"},
    "<div style='font-size:10px'><p style='font-size:2rem'>": {"font-size": "2rem"},
    "<div style='font-size:10px'><p style='font-size:3px'>": {"font-size": "3px"},
    "<div style='font-size:2em'><p style='font-size:2em'>": {"font-size": "2em"},
    "<p style='font-size:2em'>": {"font-size": "2em"},
    "<div style='font-size:12.5px'><p style='font-size:1.5em'>": {"font-size": "18.75px"},
    "<div style='font-weight:normal'><h1>": {},
    "<div style='font-weight:100'><th>": {"text-align": "center", "font-weight": "bold"},
    "<div style='text-align:right'><th>": {"text-align": "right", "font-weight": "bold"},
    "<th style='font-weight:inherit;text-align:left'>": {"text-align": "left"},
    "<div style='font-weight:normal'><h1 style='font-weight:inherit'>": {"font-weight": "normal"},
    "<div style='font-weight:normal'><h2>": {},
    "<div style='font-weight:normal'><h3>": {},
    "<div style='font-weight:normal'><h4>": {},
    "<div style='font-weight:normal'><h5>": {},
    "<div style='font-weight:normal'><h6>": {},
    "<div style='font-weight:normal'><b>": {"font-weight": "bold"},
    "<div style='font-weight:normal'><p>": {"font-weight": "normal"},
    "<style>@media print{div{font-weight:normal}}</style><div><h2>": {},
    "<u>x<s>": {"text-decoration": "line-through underline"},
    "<div style='text-decoration:underline'><s>": {"text-decoration": "line-through underline"},
    "<div style='text-decoration:underline'><span style='text-decoration:none'>": {"text-decoration": "none"},
    "<div style='text-decoration:none'><s>": {"text-decoration": "line-through"},
    "<u><u>": {"text-decoration": "underline"},
    "<a href=/a>": {"color": "#0000ee"},
    "<a>": {},
    "<a href=/a style='color:red'>": {"color": "#ff0000"},
    "<a href=/a style='color:inherit'>": {},
    "<a href=/a style='color:currentcolor'>": {"color": "currentcolor"},
    "<div style='color:red'><a href=/a>": {"color": "#0000ee"},
    "<div style='color:red'><a href=/a style='color:unset'>": {"color": "#ff0000"},
    "<body link=red><a href=/a>": {"color": "#ff0000"},
    "<body link=''><a href=/a>": {"color": "#0000ee"},
    "<a href=''>": {},
    "<style>a{color:red}</style><a href=/a>": {"color": "#ff0000"},
    "<div style='background:red'><p>": {},
    "<div style='background:red'><span>": {},
    "<span style='background:red'><b>": {"background-color": "#ff0000", "font-weight": "bold"},
    "<span style='background:red'><div>": {"background-color": "transparent"},
    "<span style='background:red'><div style='background:blue'>": {"background-color": "transparent"},
    "<style>@media print{div{background:red}}</style><div>": {},
    "<div style='text-align:center'><table>": {"text-align": "center"},
    "<div align=center><table>": {},
    "<center><table>": {},
    "<td align=center><table>": {},
    "<div align=center><p>": {"text-align": "center"},
    "<div style='text-align:center'><div align=right><table>": {},
    "<div align=right><div style='text-align:center'><table>": {"text-align": "center"},
    "<style>@media print{div{color:red}}</style><div><p style='color:blue'>": {"color": "#0000ff"},
    "<style>@media print{div{color:red}}</style><div><p>": {"@media print | color": "#ff0000"},
    "<style>@media print{div{color:red}p{color:green}}</style><div><p style='color:blue'>": {"color": "#0000ff"},
    "<p dir=rtl><b>": {"direction": "rtl", "font-weight": "bold"},
    "<p lang=de><b>": {"lang": "de", "font-weight": "bold"},
    "<p style='direction:rtl;letter-spacing:1px;line-height:2;text-transform:uppercase;padding:3px'><b>": {"direction": "rtl", "letter-spacing": "1px", "line-height": "2", "text-transform": "uppercase", "font-weight": "bold"},
}  # fmt: skip


def test_words_are_drawn_with_what_is_said_of_them_and_around_them() -> None:
    assert {each: text(each) for each in TEXTS} == TEXTS


HIDDEN: dict[str, dict[str, bool]] = {
    "<p>": {"": False},
    "<p style='display:none'>": {"": True},
    "<div style='display:none'><p>": {"": True},
    "<p style='visibility:hidden'>": {"": True},
    "<p style='opacity:0'>": {"": True},
    "<p style='max-height:0'>": {"": True},
    "<p style='max-height:0;overflow:hidden'>": {"": True},
    "<p style='mso-hide:all'>": {"": True},
    "<style>@media print{p{display:none}}</style><p>": {"": False, "@media print": True},
    "<style>@media print{div{display:none}}</style><div><p>": {"": False, "@media print": True},
    "<style>@media print{p{display:block!important}}</style><p style='display:none'>": {"": True, "@media print": False},
    "<style>@media print{p{display:block!important}}</style><div style='display:none'><p style='display:none'>": {"": True},
    "<style>@media print{div{display:none}p{display:none}}</style><div><p>": {"": False, "@media print": True},
    "<style>p:hover{display:none}</style><p>": {"": False},
    "<style>@media print{p:hover{display:none}}</style><p>": {"": False},
    "<style>@media print{p{color:red}}</style><p style='display:none'>": {"": True},
    "<style>@media print{div{display:none}}@media (min-width:1px){p{display:none}}</style><div><p>": {"": False, "@media (min-width:1px)": True, "@media print": True},
    "<style>@media print{div{display:none}}</style><div><p style='display:block'>": {"": False, "@media print": True},
    "<style>@media print{p{display:none}}</style><p style='display:none'>": {"": True},
    "<style>@media print{p{visibility:visible}}</style><p style='display:none'>": {"": True},
}  # fmt: skip


def test_an_element_is_hidden_with_what_is_around_it() -> None:
    assert {each: hidden(each) for each in HIDDEN} == HIDDEN


RULES: dict[str, str] = {
    "": "",
    "@media screen": "",
    "@media all": "",
    "@media only screen": "",
    "@layer x": "",
    "@media print": "@media print",
    "@media  PRINT": "@media print",
    "@media only screen and (max-width : 5px)": "@media (max-width:5px)",
    "@media screen and (max-width:5px)": "@media (max-width:5px)",
    "@media all and (a)": "@media (a)",
    "@media (a) , (b)": "@media (a),(b)",
    "@supports (a > b)": "@supports (a>b)",
    "@media screen , print": "@media screen,print",
    "@media (a = 1) and (b<2)": "@media (a=1) and (b<2)",
}  # fmt: skip


def test_a_rule_is_compared_without_what_holds_for_every_email() -> None:
    assert {each: at_rule_of(each) for each in RULES} == RULES


RARE: dict[str, bool] = {
    "a[x-apple-data-detectors]": True,
    "#MessageViewBody a": True,
    ".ExternalClass": True,
    ".ReadMsgBody": True,
    "[owa] .a": True,
    ".outlook-cycle": True,
    "#outlook-group-fix": True,
    "u + .a": True,
    "u+.a": True,
    "b u + .a": False,
    "div.moz-text-html": True,
    ".yahoo": True,
    ".office365": True,
    "#outlook a": False,
    "p": False,
}  # fmt: skip


def test_a_selector_may_be_for_what_a_mail_program_puts_around() -> None:
    assert {each: is_rare(each) for each in RARE} == RARE


SHEET = (
    "<style>.a b{color:red;top:1px}p{color:red}#c{top:1px}.ExternalClass{top:1px}@media print{p{top:2px}*{left:1px}}</style>"
    "<p class=a><b id=c>x</b></p><p>y</p>"
)


def test_what_style_sheets_say_is_kept_by_their_rules() -> None:
    document = parsed(SHEET)
    followed, renamed = Styles(document), Styles(document, {"@media print": "@media paper"})
    assert dict(followed.at_rules) == {"@media print": {"p": {"top": "2px"}, "*": {"left": "1px"}}}
    assert followed.other_rules == {("", ".ExternalClass"): {"top": "1px"}}
    assert dict(renamed.at_rules) == {"@media paper": {"p": {"top": "2px"}, "*": {"left": "1px"}}}
    assert followed.work == 22


def test_what_is_not_followed_is_kept_by_its_selectors() -> None:
    loose = Styles(parsed(SHEET), is_followed=False)
    assert loose.other_rules == {
        ("", ".a b"): {"color": "#ff0000", "top": "1px"},
        ("", "p"): {"color": "#ff0000"},
        ("", "#c"): {"top": "1px"},
        ("", ".ExternalClass"): {"top": "1px"},
        ("@media print", "p"): {"top": "2px"},
        ("@media print", "*"): {"left": "1px"},
    }
    assert loose.own(loose.document.elements[-1]) == {}


def screens(count: int, more: str = "") -> str:
    rules = "".join(f"@media (min-width:{at}px){{p{{top:1px}}}}" for at in range(count))
    return f"<style>{rules}{more}</style><p>x"


def test_more_than_sixty_rules_are_more_work_than_is_done() -> None:
    assert [Styles(parsed(screens(*each))).work for each in ((60, ""), (59, "p{top:1px}"))] == [120, 120]
    assert Styles(parsed(screens(60, "p{top:1px}"))).work > 300_000
    assert [styles_of(parsed(screens(each))).is_followed for each in (60, 61)] == [True, False]


def test_both_versions_are_followed_or_neither() -> None:
    few, many = parsed(screens(60)), parsed(screens(61))
    assert [each.is_followed for each in pair_of(few, few)] == [True, True]
    assert [each.is_followed for each in pair_of(few, many)] == [False, False]
    assert [each.is_followed for each in pair_of(many, few)] == [False, False]


def test_a_text_stands_on_the_nearest_background_that_is_said() -> None:
    emails = {
        "<div style='background:red'><p>": "#ff0000",
        "<div style='background:red'><p style='background:blue'>": "#0000ff",
        "<p>": "",
    }
    documents = {html: parsed(html) for html in emails}
    assert {html: Styles(each).behind(each.elements[-1]) for html, each in documents.items()} == emails


def test_the_rules_that_are_not_followed_are_compared() -> None:
    old, new = (
        Styles(parsed(f"<style>{rules}</style>"))
        for rules in (
            ".yahoo{top:1px}.owa{top:1px}.readmsgbody{top:1px}",
            ".yahoo{top:2px}.readmsgbody{top:1px}@media print{.office365{top:1px}}",
        )
    )
    assert list(rule_changes(old, new)) == [
        (("", ".yahoo"), {"top": "1px"}, {"top": "2px"}),
        (("@media print", ".office365"), {}, {"top": "1px"}),
    ]


def test_a_property_is_one_of_the_text_unless_it_is_of_a_part_that_is_added() -> None:
    names = ["color", "padding-top", "@media print\0color", "p::before\0color", "@media print\0width"]
    assert [base(name) for name in names] == ["color", "padding-top", "color", "color", "width"]
    assert [is_of_text(name) for name in names] == [True, False, True, False, False]
