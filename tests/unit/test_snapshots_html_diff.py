"""What changed in an HTML body is said in what its reader sees, never in markup."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from novu_framework_testing._internal.html_document import parsed
from novu_framework_testing.checks.clients import client_data
from novu_framework_testing.snapshots.content_change import change_of
from novu_framework_testing.snapshots.fine_print import fine_print
from novu_framework_testing.snapshots.html_diff import html_changes
from novu_framework_testing.snapshots.look_difference import LookDifference
from novu_framework_testing.snapshots.look_sentences import looks
from tests.fuzz import FUZZ
from tests.tables import one_in, walked
from tests.unit.html_emails import mjml, react_code, react_email


def outlook_button(colour: str, corners: str = "10%", outside: str = "") -> str:
    return (
        f'<!--[if mso]><v:roundrect href="/v" fillcolor="{colour}" arcsize="{corners}">Vote</v:roundrect><![endif]-->'
        f'<!--[if !mso]><!--><a href="/v" style="background:{outside or colour};padding:8px">Vote</a><!--<![endif]-->'
    )


def outlook_picture(source: str, colour: str = "#ffffff", outside: str = "") -> str:
    return (
        f'<!--[if mso]><v:rect><v:fill src="{source}" color="{colour}" type="tile" /><v:textbox><![endif]-->'
        f'<div style="background:{colour} url({outside or source})"><p>Hi</p></div>'
        "<!--[if mso]></v:textbox></v:rect><![endif]-->"
    )


def told_gmail(name: str = "Vote", to: str = "/v", kind: str = "View", code: str = "BEE20") -> str:
    action = f'{{"@type": "{kind}Action", "target": "{to}", "name": "{name}"}}'
    data = f'{{"@type": "EmailMessage", "potentialAction": {action}, "offer": {{"discountCode": "{code}"}}}}'
    return f'<script type="application/ld+json">{data}</script><p>Hi</p>'


def priced(price: int) -> str:
    data = {"@type": "Order", "acceptedOffer": {"itemOffered": {"price": price}}}
    return f'<script type="application/ld+json">{json.dumps(data)}</script><p>Hi</p>'


def screens(count: int, colour: str) -> str:
    """An email that looks otherwise on that many sizes of a screen."""
    rules = "".join(f"@media (min-width:{at}px){{p{{margin:{at}px}}}}" for at in range(1, count + 1))
    return f"<style>{rules}p{{color:{colour}}}</style><p>Hi</p>"


OF_SALT = "the box from “Salt” to “Pepper”"
UNSEEN = "unseen: what is written in the HTML changed, and nothing that is read or seen"
THUMBNAIL = "<tr><td><img src='https://c.test/s.jpg' alt=''>"
SOCIAL = (
    "<table><tr><td><table><tr><td><a href='https://c.test/a'><img src='i.png' alt='Chat'></a></td></tr></table></td>"
    "<td><a href='https://c.test/a'>Chat</a></td></tr></table>"
)
QUESTION = (
    "<label><input type=checkbox style='display:none'><table><tr><td>May I?</td><td><img src='m.png' alt='+' style='display:none'>"
    "<img src='l.png' alt='-' style='display:none'></td></tr></table><table><tr><td>Yes.</td></tr></table></label>"
)
BUTTONS = "".join(f"<a href=/{at} style='background:#111'>{at}</a>" for at in ("Open", "Close"))
BOX = "background:#eee;padding:10px;border:1px solid #ccc"
SECTION = "<h1>Rules</h1><h2>{}</h2>"
PERSON = "<table><tr><td><img src=/{0}.jpg alt='{1}'></td><td><p><b>{2}</b></p><p>{3}</p></td></tr></table>"
"""A row of people as mail builders make them: a picture, called by the name beside it."""
ANA, BEN = ("ana", "Ana Reis", "Ana Reis", "More racks."), ("ben", "Ben Okoro", "Ben Okoro", "A garden.")
PAY = "<a href=/pay style='background:#7c3aed;padding:12px;display:{0}'>Pay</a>"
BESIDE = 2 * "<div style='display:inline-block'><p><b>{}</b></p><p>{}</p></div>"
NOTICES = "<style>p {{font-size:15px}} .foot {{font-size:12px}}</style><h1>Notices</h1>{}<p style='font-size:13px'>Be kind. They are seen by all {}.</p><div class=foot>Linden · <a href=/a>Account</a> · <a href=/p>Privacy</a>{}<br>You get this because you {}.</div>"
LINES, JOINED = (
    f"<p>It is paid.</p><p>Invoice: J-{{}}{sign}VAT: €{{}}{sign}Bank: Banco</p>" for sign in ("<br>", "; ")
)
AGENDA = f"<table>{3 * '<tr><td>{}<td>{}'}</table>"
ICON = "<table style='width:{0}px;background:#3b5998'><tr><td style='height:{1}px;width:{0}px'><img src=fb.png alt='' width={2}>{3}</table>"
MOBILE_FIRST = "<style>p{{{}}}@media only screen and (min-width:480px){{p{{{}}}}}</style><p>Hi</p>"
"""What holds for all screens, and what for wide ones."""
LIGHT = "<style>p{{{}}}@media (prefers-color-scheme:light){{p{{{}}}}}</style><p>Hi</p>"
WITHOUT_PHONES = (
    "<style>@media only screen and (max-width:{}){{.x{{{} !important}}}}</style><p class=x style='{}'>Hi</p>"
)
"""What holds for small screens, and what is said always."""
NOTHING_SEEN = "unseen: what is written in the HTML changed, and nothing that is read or seen"
CELLS = (
    "<table>"
    + "".join(f"<tr><td>a{at}</td><td>b{at}</td><td>c{at}</td></tr>" for at in range(9))
    + "</table>"
)
GROUND = "colours: the background around “Hi there” changed: light grey #eeeeee became dark blue #003366"
SINGLE = "borders: the lines between the cells from “Salt” to “Pepper” are single now, and were double"
PAIRS = [
    # a line that is a link as a whole, and the colour that links have
    ("<p>Read the rules.</p>", "<p><a href='/r'>Read the rules.</a></p>", "link: “Read the rules.” leads to /r now"),
    ("<p><a href='/r'>Read the rules.</a></p>", "<p>Read the rules.</p>", "link: “Read the rules.” no longer leads to /r"),
    ("<ul><li>Rules</li><li>x</li></ul>", "<ul><li><a href='/r'>Rules</a></li><li>x</li></ul>", "link: “Rules” leads to /r now"),
    ("<p style='color:#888'>See <a href=/t>Terms</a></p>", "<p style='color:#888'>See <a href=/t style='color:#888'>Terms</a></p>", "colours: the colour of “Terms” changed: blue #0000ee became grey #888888"),
    ("<p style='color:#000'>See <a href=/t>Terms</a></p>", "<p style='color:#000'>See <a href=/t style='color:inherit'>Terms</a></p>", "colours: the colour of “Terms” changed: blue #0000ee became black #000000"),
    ("<p style='color:#000'>See <a href=/t>Terms</a></p>", "<p style='color:#f00'>See <a href=/t>Terms</a></p>", "colours: the colour of “See” changed: black #000000 became red #ff0000"),
    ("<p style='color:#000'>See <a name=t>Terms</a></p>", "<p style='color:#f00'>See <a name=t>Terms</a></p>", "colours: the colour of “See” and “Terms” changed: black #000000 became red #ff0000"),
    ("<body link=red><h1>H</h1><p><a href=/t>Terms</a></p></body>", "<body link=green><h1>H</h1><p><a href=/t>Terms</a></p></body>", "colours: the colour of “Terms” changed: red #ff0000 became dark green #008000"),
    ("<p>Not refundable.</p>", "<p><small>Not refundable.</small></p>", "size of text: the size of “Not refundable.” is smaller now, and was the usual one"),
    ("<div style='background:url(a.png)'>x</div>", "<div style='background:url(a.png) center/cover'>x</div>", "layout: the place of the background image behind “x” changed"),
    # short lines, and those of lists and tables, are named with the heading right above them
    (SECTION.format("Allowed") + "<ul><li>Cats</li></ul>", SECTION.format("Allowed") + "<ul><li>Cats</li><li>Dogs</li></ul>", "list item under “Allowed”: - > Dogs"),
    (SECTION.format("Members") + "<p>x</p>", SECTION.format("Members") + "<p>Entry is free.</p><p>x</p>", "text under “Members”: - > Entry is free."),
    (SECTION.format("Open") + "<p>Monday to Friday</p>", SECTION.format("Open") + "<p>Monday to Saturday</p>", "text under “Open”: Monday to Friday > Monday to Saturday"),
    (SECTION.format("Open") + "<p>The office is open on Mondays</p>", SECTION.format("Open") + "<p>The office is open on Sundays</p>", "text: The office is open on Mondays > The office is open on Sundays"),
    (SECTION.format("Included") + "<table><tr><td>Water</td><td>yes</td></tr><tr><td>Bed</td><td>yes</td></tr></table>", SECTION.format("Included") + "<table><tr><td>Bed</td><td>yes</td></tr></table>", "row under “Included”: Water, yes > -"),
    ("<table><tr><th>Slot</th><th>Crane</th></tr><tr><td>13:00</td><td>2</td></tr></table>", "<table><tr><th>Slot</th><th>Crane</th></tr><tr><td>13:00</td><td>1</td></tr></table>", "text beside “13:00, Crane”: 2 > 1"),
    ("<p>Water bottle</p><ul><li>2 for you</li></ul>", "<p>Water bottle</p><ul><li>3 for you</li></ul>", "list item under “Water bottle”: 2 for you > 3 for you"),
    ("<ul><li>Water bottle</li></ul><p>2 for you</p>", "<ul><li>Water bottle</li></ul><p>3 for you</p>", "text under “Water bottle”: 2 for you > 3 for you"),
    ("<p style='font:14px Arial'>Hi</p>", "<p style='font:italic 14px Arial'>Hi</p>", "style of text: “Hi” is in italics now"),
    # a line of a word or two that is gone is not the one that is new elsewhere
    ("<p>Ann</p><p>One</p><p>Two</p>", "<p>Two, too</p><p>Ann</p>", "text: - > Two, too; text: One > -; text: Two > -"),
    ("<input type=submit value=Send>", "<input type=submit value='Send it'>", "words of a form or a tooltip: Send > Send it"),
    # what only Outlook draws, and what is only told to Gmail
    (outlook_button("#111111"), outlook_button("#222222"), "colours: the background of the button “Vote” changed: dark grey #111111 became a lighter grey #222222"),
    (outlook_button("#111111", outside="#111111"), outlook_button("#222222", outside="#111111"), "for Outlook › colours: the background of the button “Vote” changed: dark grey #111111 became a lighter grey #222222"),
    (outlook_button("#111111"), outlook_button("#111111", "50%"), "for Outlook › borders: the roundness of the corners of “Vote” changed: 10% became 50%"),
    (outlook_picture("a.png"), outlook_picture("b.png"), "background image behind “Hi”: a.png > b.png"),
    (outlook_picture("a.png", outside="x.png"), outlook_picture("b.png", outside="x.png"), "for Outlook › background image: a.png > b.png"),
    (outlook_picture("a.png"), outlook_picture("a.png", "#eeeeee"), "colours: the background around “Hi” changed: white #ffffff became light grey #eeeeee"),
    (outlook_picture("a.png"), outlook_picture("a.png").replace('color="#ffffff"', 'color="#eee"'), "for Outlook › colours: a background changed: white #ffffff became light grey #eeeeee"),
    (outlook_picture("a.png"), outlook_picture("a.png").replace("tile", "frame"), "for Outlook › layout: the place and the size of the background image changed"),
    ("<div><p>Hi</p></div>", outlook_picture("a.png"), "background image behind “Hi”: - > a.png; colours: the background around “Hi” is new: white #ffffff"),
    ("<p>Hi</p>", told_gmail(), "button in Gmail’s list: - > Vote, which leads to /v; for Gmail › offer › discount code: - > BEE20"),
    (told_gmail(), told_gmail(to="/w"), "button in Gmail’s list “Vote”: /v > /w"),
    (told_gmail(), told_gmail("Vote now"), "words of the button in Gmail’s list: Vote > Vote now"),
    (told_gmail(), told_gmail(kind="Confirm"), "for Gmail › what the button does: - > confirm"),
    (told_gmail(), told_gmail(code="BEE25"), "for Gmail › offer › discount code: BEE20 > BEE25"),
    (told_gmail("<"), told_gmail("<").replace("}}<", "}<"), "button in Gmail’s list: <, which leads to /v > -; for Gmail › offer › discount code: BEE20 > -"),
    (told_gmail().replace("}}<", "}<"), told_gmail("Go").replace("}}<", "}<"), "for Gmail: what Gmail is told of the email cannot be read"),
    (priced(5), priced(6), "for Gmail › item offered › price: 5 > 6"),
    ("<picture> <source srcset=a.png> <img src=x alt=A> </picture>", "<picture> <source srcset=a.png> <img src=x alt=B> </picture>", "alternative text of an image: A > B"),
    ("<style>@media (max-width:480px){.a{color:red}}</style><p class=a>A</p><p class=b>B</p>", "<style>@media (max-width:600px){.b{color:blue}}</style><p class=a>A</p><p class=b>B</p>", "colours: the colour of “A” on small screens is the usual one now, and was red #ff0000; colours: the colour of “B” on small screens is blue #0000ff now, and was the usual one"),
    # style sheets of more than can be followed are told by themselves, be it in one version
    (screens(59, "red"), screens(59, "blue"), "colours: the colour of “Hi” changed: red #ff0000 became blue #0000ff"),
    (screens(60, "red"), screens(60, "blue"), "colours: the colour changed: red #ff0000 became blue #0000ff"),
    (screens(59, "red"), screens(60, "blue"), "colours: the colour changed: red #ff0000 became blue #0000ff; spaces: the space is new: 60px on large screens"),
    (screens(60, "red"), screens(59, "red"), "spaces: the space is gone: 60px on large screens"),
    ("<table><tr><th>Tea<td>3 €<td>hot<tr><th>Milk<td>1 €<td>cold</table>", "<table><tr><th>Tea<td>3 €<td>hot<tr><th>Milk<td>2 €<td>cold</table>", "text beside “Milk”: 1 € > 2 €"),
    ("<p>Hi</p><video src=/a.mp4></video><hr>", "<p>Hi</p><video src=/a.mp4></video>", "layout: a line across below “a.mp4” is gone"),
    # a column is told as one where it holds words alone
    ("<table><tr><th>Room<th>Guest<th>More<tr><td>1<td>Ann<td><a href=/a>Open</a><tr><td>2<td>Bo<td>none</table>", "<table><tr><th>Room<th>Guest<tr><td>1<td>Ann<tr><td>2<td>Bo</table>", "text beside “Room”: More > -; link “Open”: /a > -; text beside “2, More”: none > -"),
    # what MJML makes, on one line
    (mjml(), mjml(words="Thank you, Bob."), "text: Thank you, Ann. > Thank you, Bob."),
    (mjml(), mjml(colour="#222222"), "colours: the colour of “Thank you, Ann.” changed: dark grey #111111 became a lighter grey #222222"),
    (mjml(), mjml(words="Hi.", colour="#222222"), "text: Thank you, Ann. > Hi.; colours: the colour of “Hi.” changed: dark grey #111111 became a lighter grey #222222"),
    (mjml(), mjml(size="15px"), "size of text: “Thank you, Ann.” is larger: 13px became 15px"),
    (mjml(), mjml(preview="Your parcel"), "preview text: Your order > Your parcel"),
    (mjml(), mjml(button="Track it"), "words of a button: See it > Track it"),
    (mjml(), mjml(link="https://acme.test/o/1?utm_source=b"), "button “See it” › address › utm_source: a > b"),
    (mjml(), mjml(link="https://acme.test/o/1?utm_source=a&ref=x"), "button “See it” › address › ref: - > x"),
    (mjml(), mjml(link="https://acme.test/o/2?utm_source=a"), "button “See it”: https://acme.test/o/1?utm_source=a > https://acme.test/o/2?utm_source=a"),
    (mjml(), mjml().replace("<title>Order", "<title>Your order"), "title: Order > Your order"),
    (mjml(), mjml().replace('width="600"', 'width="640"'), "for Outlook › sizes: the width of the part changed: 600px became 640px"),
    (mjml(), mjml().replace("padding:10px 25px", "padding:12px 25px"), "spaces: the space above and below “Thank you, Ann.” changed: 10px became 12px"),
    (mjml(), mjml().replace("Ubuntu, Helvetica", "Inter, Helvetica"), "font: the font of “Thank you, Ann.” changed: ubuntu became inter"),
    (mjml(), mjml().replace('lang="en"', 'lang="de"'), "language: the language of “Thank you, Ann.” and “See it” changed: English (en) became German (de)"),
    (mjml(), mjml().replace("480px", "500px"), "sizes: the width of the screen at which something changes: 480px became 500px on large screens"),
    (mjml(), mjml().replace("text-align:center", "text-align:left"), "alignment: what is around “Thank you, Ann.” stands on the left, and stood in the middle"),
    # what react-email makes
    (react_email(), react_email(name="Zoë"), "text: Hi Ann, > Hi Zoë,"),
    (react_email(), react_email(heading="Hello there"), "heading: Welcome > Hello there"),
    (react_email(), react_email(alternative=""), "alternative text of an image: Acme > -"),
    (react_email(), react_email(picture="https://cdn.test/new.png"), "image “Acme”: https://cdn.test/logo.png > https://cdn.test/new.png"),
    (react_email(), react_email(height="60"), "size of an image: the size of the picture “Acme” changed: 120 × 40 became 120 × 60"),
    (react_email(), react_email(button="Start"), "words of a button: Get started > Start"),
    (react_email(), react_email(foot=""), "text: You get this since you signed up. > -"),
    (react_email(), react_email(preview="Start today"), "preview text: Welcome > Start today"),
    (react_email(), react_email().replace("#656ee8", "#0055ff").replace("#f6f9fc", "#ffffff"), "colours: the background of the whole email changed: off-white #f6f9fc became white #ffffff; colours: the background of the button “Get started” changed: blue #656ee8 became a darker blue #0055ff"),
    (react_email(), react_email().replace('role="presentation"', ""), "for screen readers: screen readers take the part with the picture “Acme” for a table of data now"),
    (react_email(), react_email().replace('<hr style="border-top:1px solid #eaeaea"/>', ""), "layout: a line across below “Get started” is gone"),
    (react_email(), react_email().replace("<p>You", "<p>New line.</p><p>You"), "text: - > New line."),
    (react_email(), react_email().replace("<!--$-->", "<!--$?-->"), "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    (react_email(), react_email().replace("font-size:16px;line-height:24px", "font-size:18px;line-height:28px"), "size of text: “Hi Ann,” is larger: 16px became 18px; size of text: the distance of lines of “Hi Ann,” changed: 24px became 28px"),
    ("<div style='width:500px'><img alt=Acme src=a width=90><p>Hi</p></div>", "<div style='width:400px'><img alt=Acme src=a width=90><p>Hi</p></div>", "sizes: the width of the whole email changed: 500px became 400px"),
    ("<p><b>Members</b> get 20% off</p>", "<p>Members get <b>20% off</b></p>", "style of text: “Members” is no longer bold; style of text: “20% off” is bold now"),
    ("<body dir=ltr><img alt=I src=i><p>A</p><p>B</p></body>", "<body dir=rtl><img alt=I src=i><p>A</p><p>B</p></body>", "alignment: the email is written from right to left now"),
    ("<table cellpadding=6><tr><td>A</td><td>B</td></tr></table>", "<table cellpadding=9><tr><td>A</td><td>B</td></tr></table>", "spaces: the space in the cells from “A” to “B” changed: 6px became 9px"),
    ("<img alt=A src=a>", "<div align=center><img alt=A src=a></div>", "alignment: the picture “A” stands in the middle"),
    # a box more, or less, around some of the parts
    ("<p>a</p><p>b</p><p>c</p>", f"<p>a</p><div style='{BOX}'><p>b</p><p>c</p></div>", "borders: the border of the box from “b” to “c” is new: 1px, light grey #cccccc; colours: the background of the box from “b” to “c” is new: light grey #eeeeee; spaces: the space in the box from “b” to “c” is new: 10px"),
    (f"<p>a</p><div style='{BOX}'><p>b</p><p>c</p></div>", "<p>a</p><p>b</p><p>c</p>", 'borders: the border of the box from “b” to “c” is gone: 1px, light grey #cccccc; colours: the background of the box from “b” to “c” is gone: light grey #eeeeee; spaces: the space in the box from “b” to “c” is gone: 10px'),
    ("<div style='padding:3px'><p>a</p><p>b</p></div>", "<div style='padding:3px'><p>a</p><div style='padding:9px'><p>b</p></div></div>", "spaces: the space around “b” is new: 9px"),
    ("<table><tr><td>a</td></tr></table>", "<div style='max-width:600px'><table><tr><td>a</td></tr></table></div>", "sizes: the part with “a” is at most 600px wide now"),
    ("<div style='padding:3px'><p>a</p></div>", "<div style='max-width:600px'><div style='padding:3px'><p>a</p></div></div>", "sizes: the part with “a” is at most 600px wide now"),
    ("<p>a</p>", "<div style='text-align:center;padding:9px'><p>a</p></div>", "alignment: “a” stands in the middle; spaces: the space around “a” is new: 9px"),
    # templates whose data did not arrive
    ("<p>Hello {{ user }}</p>", "<p>Hello {{ user.name }}</p>", "text: Hello {{ user }} > Hello {{ user.name }}"),
    ("<ul><li>{% for a in b %}</ul>", "<ul><li>{% for a in c %}</ul>", "list item: {% for a in b %} > {% for a in c %}"),
    # a sentence goes on through what is marked in it, and through what only other programs show of it
    (react_code("CREW26"), react_code("CREW27"), "text: Use the code CREW26 for a free coffee. > Use the code CREW27 for a free coffee."),
    (react_code("CREW26"), "<p>Use the code CREW26 for a free coffee.</p>", "font: the font of “CREW26” is the usual one now, and was monospace"),
    (react_code("CREW26"), react_code("CREW26").replace("none\">CREW26", "none\">CREW27"), "hidden text: - > CREW27"),
    ("<p>Press <kbd>Ctrl</kbd> now.</p>", "<p>Press Ctrl now.</p>", "font: the font of “Ctrl” is the usual one now, and was monospace"),
    ("<p>Press <samp>Ctrl</samp> now.</p>", "<p>Press <samp>Alt</samp> now.</p>", "text: Press Ctrl now. > Press Alt now."),
    ('<p>Press <span style="background:#eee">Ctrl</span> now.</p>', "<p>Press Ctrl now.</p>", "colours: the background around “Ctrl” is gone: light grey #eeeeee"),
    ("<p>Hi <style>b{color:red}</style>Ann.</p>", "<p>Hi <style>b{color:red}</style>Bob.</p>", "text: Hi Ann. > Hi Bob."),
    # words
    ('<td style="color:#111">Hello</td><td>old</td>', '<td style="color:#222">Hello</td><td>new</td>', "text after “Hello”: old > new; colours: the colour of “Hello” changed: dark grey #111111 became a lighter grey #222222"),
    ('<p dir="rtl">مرحبا آن</p>', '<p dir="rtl">مرحبا بوب</p>', "text: مرحبا آن > مرحبا بوب"),
    ("<p>Hi 👩‍👩‍👧</p>", "<p>Hi 👩‍👩‍👦</p>", "text: Hi 👩‍👩‍👧 > Hi 👩‍👩‍👦"),
    ("<p>Fish &amp; chips</p>", "<p>Fish &amp; peas</p>", "text: Fish & chips > Fish & peas"),
    ("<p>A&nbsp;b</p>", "<p>A b</p>", "text: A\xa0b > A b"),
    ("<p>x < y</p>", "<p>x < z</p>", "text: x < y > x < z"),
    ("<p>a<br>b</p>", "<p>a<br>c</p>", "text after “a”: b > c"),
    ("<p>One</p><p>Two</p>", "<p>Two, too</p>", "text: Two > Two, too; text: One > -"),
    ("<h1>a</h1><p>b</p>", "<h2>a</h2><p>b</p>", "layout: the heading “a” is a smaller one now: of level 2, and was of 1"),
    ("<p>One</p><p>Two</p><p>Three</p>", "<p>Three</p><p>One</p><p>Two</p>", "text: “Three” now comes before “One”"),
    ("<table><tr><td>Tea<td>3 €</table>", "<table><tr><td>Tea<td>4 €<tr><td>Milk<td>1 €</table>", "text beside “Tea”: 3 € > 4 €; row: - > Milk, 1 €"),
    ("<button>Buy</button>", "<button>Buy now</button>", "button: Buy > Buy now"),
    ('<p>a</p><p style="display:none">b</p>', '<p>a</p><p style="display:none">c</p>', "hidden text after “a”: b > c"),
    ("<table><tr><th>What<th>Price<tr><td>Tea<td>3 €</table>", "<table><tr><th>What<th>Price<tr><td>Tea<td>3 €<tr><td>Milk<td>1 €<tr><td>Jam<td><a href=/j>Buy</a></table>", "row: - > Milk, 1 €; row: - > Jam, Buy, which leads to /j"),
    ("<table><tr><td>Hive</table>", "<table><tr><td>Hive<tr><td height=20>&nbsp;</table>", "layout: an empty row below “Hive” is new"),
    ("<table><tr><td>Hive<tr><td>&nbsp;<tr><td>Bee</table>", "<table><tr><td>Hive<tr><td>Bee</table>", "layout: an empty row below “Hive” is gone"),
    ("<p>Hive</p><p>Bee</p>", "<p>Hive</p><p>&nbsp;</p><p>Bee</p>", "layout: an empty line after “Hive” is new"),
    ("<p>&nbsp;</p><p>Bee</p>", "<p>Bee</p>", "layout: an empty line is gone"),
    (f"<p>One two</p><p>Three four</p>{BUTTONS}<p>End</p>", f"{BUTTONS}<p>One two</p><p>Three four</p><p>End</p>", "button: the buttons “Open” and 1 more now come before “One two”"),
    (f"{BUTTONS}<p>One two</p><p>Three four</p><p>End</p>", f"<p>One two</p><p>Three four</p>{BUTTONS}<p>End</p>", "button: the buttons “Open” and 1 more now come after “Three four”"),
    ("<h2>Need</h2><p>Shoes</p><h2>Plan</h2><p>Soup</p><p>Home</p>", "<h2>Plan</h2><p>Soup</p><p>Home</p><h2>Need</h2><p>Shoes</p>", "heading: “Need” and the part after it now come after “Plan” and the 2 parts after it"),
    ("<h2>Shop</h2><p><b>Veil</b><br>€24 each</p><p><b>Hood</b><br>€24 each</p>", "<h2>Shop</h2><p><b>Veil</b><br>€24 each</p><p><b>Hood</b><br>€27 each</p>", "text under “Hood”: €24 each > €27 each"),
    ("<table><tr><th>When<th>What<tr><td>13:00<td>Soup<tr><td>14:00<td>Rest</table>", "<table><tr><th>When<th>What<tr><td>13:30<td>Soup<tr><td>14:00<td>Rest</table>", "text beside “Soup, When”: 13:00 > 13:30"),
    ("<table border=1><tr><td>The day<tr><td>Rita</table>", "<table><tr><td>The day<tr><td>Rita</table>", "borders: the border of the box from “The day” to “Rita” is gone; borders: the cells from “The day” to “Rita” no longer have lines around them"),
    # links and images
    ("<p>See <a href='/a'>this</a> and <a href='/b'>that</a>.</p>", "<p>See <a href='/a'>this</a> and <a href='/c'>that</a>.</p>", "link “that”: /b > /c"),
    ("<p>See <a href='/a'>this</a>.</p>", "<p>See <a href='/a'>that</a>.</p>", "text: See this. > See that."),
    ("<p>See <a href='/a'>this</a>.</p>", "<p>See this.</p>", "link: “this” no longer leads to /a"),
    ("<a href='/a#top'>Up</a>", "<a href='/a#end'>Up</a>", "link “Up”: /a#top > /a#end"),
    ("<a href='mailto:a@b.test'>Write</a>", "<a href='mailto:c@b.test'>Write</a>", "link “Write”: mailto:a@b.test > mailto:c@b.test"),
    ("<a href='javascript:a()'>x</a>", "<a href='https://[bad'>x</a>", "link “x”: javascript:a() > https://[bad"),
    ("<a href='/?a=1&a=2'>x</a>", "<a href='/?a=2&a=1'>x</a>", "link “x”: /?a=1&a=2 > /?a=2&a=1"),
    ("<a href='/a'><img src='a.png' alt='Go'></a>", "<a href='/b'><img src='a.png' alt='Go'></a>", "link “Go”: /a > /b"),
    ("<img src='data:image/png;base64,AA' alt=''>", "<img src='data:image/png;base64,BB' alt=''>", "image without words: it is another picture"),
    ("<img src='cid:a' alt='A'>", "<img src='/a.png' alt='A'>", "image “A”: an image inside the message > /a.png"),
    ("<map><area href='/a' alt='Shop'></map>", "<map><area href='/b' alt='Shop'></map>", "link “Shop”: /a > /b"),
    ("<p>a</p>", "<p>a</p><img src='https://t.test/o.gif' width='1' height='1' alt=''>", "invisible image o.gif: - > https://t.test/o.gif"),
    ("<!--[if mso]><v:roundrect href='/a'><center>Pay</center></v:roundrect><![endif]-->", "<!--[if mso]><v:roundrect href='/b'><center>Pay</center></v:roundrect><![endif]-->", "for Outlook › link “Pay”: /a > /b"),
    ("<!--[if mso]><p>Old Outlook</p><![endif]-->", "<!--[if mso]><p>New Outlook</p><![endif]-->", "for Outlook › text: Old Outlook > New Outlook"),
    # looks alone
    ("<p style='color:red'>a</p>", "<p>a</p>", "colours: the colour of “a” is the usual one now, and was red #ff0000"),
    ("<p>a</p><p>b</p>", "<p>a</p><p style='color:red'>b</p>", "colours: the colour of “b” is red #ff0000 now, and was the usual one"),
    ("<p style='color:red'>a</p><p>b</p>", "<p style='color:red'>a</p><p style='color:red'>b</p>", "colours: the colour of “b” is red #ff0000 now, and was the usual one"),
    ("<p style='color:red'>a</p><p style='color:blue'>b</p>", "<p style='color:blue'>a</p><p style='color:red'>b</p>", "colours: the colour of “a” changed: red #ff0000 became blue #0000ff; colours: the colour of “b” changed: blue #0000ff became red #ff0000"),
    ("<style>p{color:red}</style>a", "<style>p{color:blue}</style>a", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<style>p{color:red}</style>a", "<style>b{color:red}</style>a", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<td bgcolor=red>a", "<td bgcolor=blue>a", "colours: the background around “a” changed: red #ff0000 became blue #0000ff"),
    ("<p style='color:<b>'>a", "<p style='color:red'>a", "colours: the colour of “a” changed"),
    ("<b>Hi</b>", "<i>Hi</i>", "style of text: “Hi” is no longer bold; style of text: “Hi” is in italics now"),
    ("<p>Pay <b>now</b></p>", "<p>Pay now</p>", "style of text: “now” is no longer bold"),
    ("<p style='color:#111 !important'>a</p>", "<p style='color:#222 !important'>a</p>", "colours: the colour of “a” changed: dark grey #111111 became a lighter grey #222222"),
    ("<td background='/a.png'>a", "<td background='/b.png'>a", "background image behind “a”: /a.png > /b.png"),
    ("<p style='background:url(/a.png) #fff'>a", "<p style='background:url(/b.png) #fff'>a", "background image behind “a”: /a.png > /b.png"),
    ("<input placeholder='Name'>", "<input placeholder='Your name'>", "words of a form or a tooltip: Name > Your name"),
    ("<p>a</p>", "<p aria-label='b'>a</p>", "words for screen readers at “a”: - > b"),
    # what stands beside it, how it is put together, and for whom
    ('<table><tr><td>Visit</td><td>€80</td></tr><tr><td>Lab</td><td>€34</td></tr></table>', '<table><tr><td>Visit</td><td>€34</td></tr><tr><td>Lab</td><td>€80</td></tr></table>', 'text beside “Visit”: €80 > €34; text beside “Lab”: €34 > €80'),
    ('<table><tr><td>May drive</td><td>No</td></tr></table>', '<table><tr><td>May drive</td><td>Yes</td></tr></table>', 'text beside “May drive”: No > Yes'),
    ('<p>Refund</p><p>€80</p>', '<p>Refund</p><p>€95</p>', 'text after “Refund”: €80 > €95'),
    ('<table><tr><td>Left</td><td>Right</td></tr></table><p>The clinic</p>', '<table><tr><td>Left</td></tr><tr><td>Right</td></tr></table><p>The practice</p>', 'text: The clinic > The practice; layout: “Right” stands below “Left” now, and stood beside it'),
    ('<p>a</p><p>b</p>', '<table><tr><td><p>a</p><p>b</p></td></tr></table>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<p>Never.</p>', '<p style="display:none">Never.</p>', 'preview text: “Never.” is preview text now, and was a text'),
    ('<p>Total</p>', '<h2>Total</h2>', 'heading: “Total” is a heading now, and was a text'),
    ("<a href='/a' style='background:#000;padding:9px'>Pay</a>", "<a href='/a'>Pay</a>", 'link: “Pay” is a link now, and was a button'),
    ('<ul><li>a<li>b</ul>', '<ol><li>a<li>b</ol>', 'layout: the list with “a” has numbers now, and had bullets'),
    ("<style>@media (max-width:480px){.a{font-size:20px}}</style><p class='a'>Hi</p>", "<style>@media (max-width:480px){.a{display:none}}</style><p class='a'>Hi</p>", 'size of text: the size of “Hi” on small screens is the usual one now, and was 20px; layout: “Hi” is hidden on small screens'),
    ("<style>@media (prefers-color-scheme: dark){.a{color:#eee}}</style><p class='a'>Hi</p>", "<style>@media (prefers-color-scheme: dark){.a{color:#111}}</style><p class='a'>Hi</p>", 'colours: the colour of “Hi” changed: light grey #eeeeee became dark grey #111111 in dark mode'),
    ("<style>.a{color:#333}</style><p class='a'>Hi</p>", "<style>.a{color:#c00}</style><p class='a'>Hi</p>", 'colours: the colour of “Hi” changed: dark grey #333333 became red #cc0000'),
    ("<style>.a{color:red}.b{color:blue}</style><p class='a'>Hi</p>", "<style>.a{color:red}.b{color:blue}</style><p class='b'>Hi</p>", 'colours: the colour of “Hi” changed: red #ff0000 became blue #0000ff'),
    ("<p style='margin:0 0 10px'>Hi</p>", "<p style='margin:0 0 40px'>Hi</p>", 'spaces: the space below “Hi” changed: 10px became 40px'),
    ("<a href='/a' style='padding:9px'>Pay</a>", "<a href='/a' style='padding:9px;border-radius:8px'>Pay</a>", 'button: “Pay” is a button now, and was a link'),
    ('<p>مرحبا</p>', "<p dir='rtl'>مرحبا</p>", 'alignment: “مرحبا” is read from right to left'),
    ('<p>Dear Ann,</p><p>One two three.</p>', '<p>Something quite else.</p><p>One two three four.</p><p>And more.</p>', 'text: - > Something quite else.; text: One two three. > One two three four.; text: - > And more.; text: Dear Ann, > -'),
    ('<p>First we draw blood.</p><p>Then you may eat.</p>', '<p>Then you may eat.</p><p>First we draw blood.</p>', 'text: “Then you may eat.” now comes before “First we draw blood.”'),
    ("<p style='color:#333'>b</p>", "<p style='color:#eee'>b</p>", 'colours: the colour of “b” changed: dark grey #333333 became light grey #eeeeee'),
    ("<p style='background:#333'>b</p>", "<p style='background:#eee'>b</p>", 'colours: the background around “b” changed: dark grey #333333 became light grey #eeeeee'),
    ("<meta name='color-scheme' content='light'><p>a</p>", "<meta name='color-scheme' content='light dark'><p>a</p>", 'for mail programs: the email says that it is made for light and dark now'),
    ("<!--[if mso]><td bgcolor='#000000'><![endif]--><p>a</p>", "<!--[if mso]><td bgcolor='#ffffff'><![endif]--><p>a</p>", 'for Outlook › colours: the background changed: black #000000 became white #ffffff'),
    ("<table><tr><td height='20'></td></tr></table><p>a</p>", "<table><tr><td height='40'></td></tr></table><p>a</p>", 'sizes: the height of the empty part above “a” changed: 20px became 40px'),
    ("<td align='center'><table><tr><td align='center' bgcolor='#000000'><a href='/a'>Go</a></td></tr></table></td>", "<td align='right'><table><tr><td align='center' bgcolor='#000000'><a href='/a'>Go</a></td></tr></table></td>", 'alignment: what is around “Go” stands on the right, and stood in the middle'),
    ("<body style='background:#eeeeee'><table bgcolor='#ffffff'><tr><td>One</td></tr></table>", "<body style='background:#102030'><table bgcolor='#ffffff'><tr><td>One</td></tr></table>", 'colours: the background of the whole email changed: light grey #eeeeee became blue-black #102030'),
    ("<div style='background:#eeeeff;padding:10px'><div style='background:#ffffff'><p>One</p></div></div>", "<div style='background:#102030;padding:10px'><div style='background:#ffffff'><p>One</p></div></div>", 'colours: the background around “One” changed: light blue #eeeeff became blue-black #102030'),
    ("<div style='direction:ltr'><div style='direction:ltr'>A</div><div style='direction:ltr'>B</div></div>", "<div style='direction:rtl'><div style='direction:ltr'>A</div><div style='direction:ltr'>B</div></div>", 'alignment: what stands beside each other around “A” is in the other order now, from right to left'),
    ("<style>p:before{content:'Old '}</style><p>a", "<style>p:before{content:'New '}</style><p>a", "words that the style sheet adds at “a”: Old  > New "),
    ('<table><tr><th></th><th>Adult</th><th>Child</th></tr><tr><td>Fare</td><td>€90</td><td>€90</td></tr></table>', '<table><tr><th></th><th>Adult</th><th>Child</th></tr><tr><td>Fare</td><td>€90</td><td>€95</td></tr></table>', 'text beside “Fare, Child”: €90 > €95'),
    ('<p><a href="/p">Settings</a> · <a href="/u">Leave</a></p>', '<p><a href="/p">Settings</a></p>', "text: Settings · Leave > Settings; link “Leave”: /u > -"),
    ('<p><a href="/u">Leave</a></p>', '<p><a href="/p">Settings</a> · <a href="/u">Leave</a></p>', "text: Leave > Settings · Leave; link “Settings”: - > /p"),
    ('<table><tr><td>Title</td><td>By</td><td>Fee</td></tr><tr><td>A</td><td>B</td><td><b>€1</b></td></tr><tr><td>C</td><td>D</td><td>€2</td></tr></table>', '<table><tr><td>Title</td><td>By</td></tr><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>', "column “Fee”: €1\n€2 > -"),
    ('<table><tr><td>Title</td><td>By</td></tr><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>', '<table><tr><td>Title</td><td>By</td><td>Fee</td></tr><tr><td>A</td><td>B</td><td><b>€1</b></td></tr><tr><td>C</td><td>D</td><td>€2</td></tr></table>', "column “Fee”: - > €1\n€2; column “Fee”: its cell beside “A” is bold"),
    ('<table><tr><td>Title</td><td>By</td><td>Fee</td></tr><tr><td>A</td><td>B</td><td><b>€1</b></td></tr><tr><td>C</td><td>D</td><td>€2</td></tr></table>', '<table><tr><td>Title</td><td>By</td></tr><tr><td>A</td><td>X</td></tr><tr><td>C</td><td>D</td></tr></table>', "column “Fee”: €1\n€2 > -; text beside “A”: B > X"),
    ('<table><tr><td>Title</td><td>By</td></tr><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr><tr><td>E</td><td>F</td><td>more</td></tr></table>', '<table><tr><td>By</td><td>Title</td></tr><tr><td>B</td><td>A</td></tr><tr><td>D</td><td>C</td></tr><tr><td>E</td><td>F</td><td>more</td></tr></table>', "columns: the column with “By” now comes before “Title”"),
    ('<table><tr><td>Fee</td><td>Days</td><td>Sum</td></tr><tr><td>A</td><td>4</td><td>€1</td></tr><tr><td>B</td><td>5</td><td>€2</td></tr><tr><td colspan="2">Total</td><td>€3</td></tr></table>', '<table><tr><td>Fee</td><td>Sum</td></tr><tr><td>A</td><td>€1</td></tr><tr><td>B</td><td>€2</td></tr><tr><td>Total</td><td>€3</td></tr></table>', "column “Days”: 4\n5 > -"),
    ('<table><tr><td>Fee</td><td>Sum</td></tr><tr><td>A</td><td>€1</td></tr><tr><td>B</td><td>€2</td></tr><tr><td colspan="1">Total</td><td>€3</td></tr></table>', '<table><tr><td>Fee</td><td>Days</td><td>Sum</td></tr><tr><td>A</td><td>4</td><td>€1</td></tr><tr><td>B</td><td>5</td><td>€2</td></tr><tr><td colspan="2">Total</td><td>€4</td></tr></table>', "column “Days” before “Sum”: - > 4\n5; text beside “Total”: €3 > €4"),
    ('<h1>Welcome</h1><p>Hello Ann,</p><p>Your card is ready.</p><p>Fee now €4</p>', '<h1>Welcome</h1><p>Hello Ann,</p><p>Your card is ready.</p><p>Fee now €5</p>', 'text under “Welcome”: Fee now €4 > Fee now €5'),
    ('<table><tr><td style="background:#e7f0ea">A</td></tr></table>', '<table><tr><td style="background:#e7f0ea url(https://x.test/p.png) center top / auto repeat">A</td></tr></table>', 'background image behind “A”: - > https://x.test/p.png'),
    ('<p>a', '<p style="background:linear-gradient(#8a1c1c, #440000)">a', 'background image behind “a”: - > a gradient: dark red #8a1c1c, dark red #440000'),
    ('<p>a', '<p style="gap:10px">a', 'layout: the way in which the parts of “a” share the room changed'),
    ('<p>a', '<p style="white-space:nowrap">a', 'layout: the breaking of words and lines in “a” changed'),
    ('<p>Follow us on these:</p><p><a href="https://www.a.test/x"><img src="a.png" alt=""></a> <a href="https://b.test/x"><img src="b.png" alt=""></a></p>', '<p>Follow us on these:</p><p><a href="https://b.test/x"><img src="b.png" alt=""></a> <a href="https://www.a.test/x"><img src="a.png" alt=""></a></p>', 'link: “b.test” and the part after it and “a.test” and the part after it have changed places'),
    ('<img src="a.png" alt=""><p>a', '<img src="a.png"><p>a', 'image a.png: what reads the email aloud no longer passes it over, and has no words for it'),
    ('<table><tr><td>Fee</td><td>Days</td><td>Hours</td><td>Sum</td></tr><tr><td>A</td><td>4</td><td>9</td><td>€1</td></tr><tr><td colspan="3">Total</td><td>€3</td></tr></table>', '<table><tr><td>Fee</td><td>Days</td><td>Sum</td></tr><tr><td>A</td><td>4</td><td>€1</td></tr><tr><td colspan="2">Total</td><td>€3</td></tr></table>', "column “Hours”: 9 > -"),
    ("<table><tr><th>Day</th><th>Time</th></tr><tr><td>Mon</td><td>9:15</td></tr><tr><td>Tue</td><td>9:15</td></tr></table>", "<table><tr><th>Day</th><th>Time</th></tr><tr><td>Mon</td><td>9:15</td></tr><tr><td>Tue</td><td style='color:red'>9:15</td></tr></table>", "colours: the colour of “9:15” (Tue, Time) is red #ff0000 now, and was the usual one"),
    ("<p><a href='/s'>Settings</a> | <a href='/u'>Unsubscribe</a></p>", "<p><a href='/s'>Settings</a> | <a href='/u'>Stop these</a></p>", "words of a link: Unsubscribe > Stop these"),
    ("<p><a href='/s'>Settings</a> or <a href='/u'>Unsubscribe</a></p>", "<p><a href='/s'>Settings</a> or <a href='/u'>Stop these</a></p>", "text: Settings or Unsubscribe > Settings or Stop these"),
    ("<table style='padding:24px'><tr><td><p>Hi</p><p>Bye</p></td></tr></table>", "<table style='padding:12px'><tr><td><p>Hi</p><p>Bye</p></td></tr></table>", "spaces: the space in the box from “Hi” to “Bye” changed: 24px became 12px"),
    ("<table style='padding-top:24px'><tr><td><p>Hi</p><p>Bye</p></td></tr></table>", "<table style='padding-top:12px'><tr><td><p>Hi</p><p>Bye</p></td></tr></table>", "spaces: the space above “Hi” changed: 24px became 12px"),
    ("<table><tr><td style='width:120px'><a href=/a><img src='/f.png' alt='Logo' style='width:100%'></a></td></tr></table>", "<table><tr><td style='width:160px'><a href=/a><img src='/f.png' alt='Logo' style='width:100%'></a></td></tr></table>", "size of an image: the size of the picture “Logo” changed: 120 wide became 160 wide"),
    ("<p>From £9</p>", "<p>From £9<sup>1</sup></p>", "text: From £9 > From £9¹"),
    ("<p>£9<sup>99</sup></p>", "<p>£8<sup>99</sup></p>", "text: £9⁹⁹ > £8⁹⁹"),
    ("<p>£9</p>", "<p>£9<span style='vertical-align:super'>1</span></p>", "text: £9 > £9¹"),
    ("<p>£12</p>", "<p><del>£12</del><ins>£9</ins></p>", "text: £12 > £12 £9; style of text: “£12” is struck out now"),
    ("<p>Mon<span style='margin-left:8px'>9-17</span></p>", "<p>Mon<span style='margin-left:8px'>9-18</span></p>", "text: Mon 9-17 > Mon 9-18"),
    ("<style>b{padding-right:4px}</style><p><b>Size</b>XL</p>", "<style>b{padding-right:4px}</style><p><b>Size</b>L</p>", "text: Size XL > Size L"),
    ("<p>Go <b style='padding:0 4px'>now</b>, <i style='margin-left:-1px'>T</i>om</p>", "<p>Go <b style='padding:0 4px'>then</b>, <i style='margin-left:-1px'>T</i>om</p>", "text: Go now, Tom > Go then, Tom"),
    ("<p>m2</p>", "<p>m<sup>2</sup></p>", "style of text: “2” is raised now"),
    ("<table><tr><th>Day</th><th>Seats</th></tr><tr><td>Sat</td><td>5</td></tr></table>", "<table><tr><th>Day</th><th>Seats</th></tr><tr><td>Sat</td><td>6</td></tr></table>", "text beside “Sat, Seats”: 5 > 6"),
    ('<table><tr><td colspan="3">Bill</td></tr><tr><td>A</td><td>B</td><td>C</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>', '<table><tr><td colspan="3">Bill</td></tr><tr><td>A</td><td>C</td></tr><tr><td>1</td><td>3</td></tr></table>', 'text beside “A”: B > -; text after “1”: 2 > -'),
    ('<h2>Outbound</h2><p>Departs 9:00</p>', '<h2>Outbound</h2><p>Departs 10:00</p>', 'text under “Outbound”: Departs 9:00 > Departs 10:00'),
    ('<p>Pets: allowed</p><p>€20</p>', '<p>Pets: allowed</p>', 'text after “Pets: allowed”: €20 > -'),
    ('<table><tr><td>Out</td></tr><tr><td>Back</td></tr></table>', '<table><tr><td>Out</td><td>Back</td></tr></table>', 'layout: “Back” stands beside “Out” now, and stood below it'),
    ("<div style='width:600px'><div style='display:inline-block'>Out</div><div style='display:inline-block'>Back</div></div>", "<div style='width:600px'><div style='display:inline-block'>Out</div></div><div style='width:600px'><div style='display:inline-block'>Back</div></div>", 'layout: “Back” stands below “Out” now, and stood beside it'),
    ("<div style='width:600px'><p style='float:left'>Out</p></div><div style='width:600px'><p style='float:left'>Back</p></div>", "<div style='width:600px'><p style='float:left'>Out</p><p style='float:left'>Back</p></div>", 'layout: “Back” stands beside “Out” now, and stood below it'),
    ("<p>a</p><hr style='border-top:1px solid #ccc'><p>b</p>", "<p>a</p><hr style='border-top:2px dashed #000'><p>b</p>", 'borders: the colour of the line across below “a” changed: light grey #cccccc became black #000000; borders: the look of the line across below “a” changed: solid became dashed; borders: the thickness of the line across below “a” changed: 1px became 2px'),
    ("<p>a</p><p style='border-top:solid 1px #ccc'></p><p>b</p>", '<p>a</p><p>b</p>', 'layout: a line across below “a” is gone'),
    ("<td style='border:1px solid #ccc'>a", "<td style='border:1px solid #000'>a", 'colours: the colour of a border of “a” changed: light grey #cccccc became black #000000'),
    ("<p>a</p>", "<p style='border:2px dashed #114455'>a</p>", 'borders: the border of “a” is new: 2px dashed, dark blue #114455'),
    ('<td>a', "<td style='border:1px solid #000'>a", 'borders: the border of “a” is new: 1px, black #000000'),
    ("<p style='opacity:1'>a</p>", "<p style='opacity:.2'>a</p>", 'layout: “a” is fainter'),
    ('<p>a b</p>', '<p>a&nbsp;b</p>', 'text: a b > a\xa0b'),
    # what nobody sees
    ("<p>a</p>", "<p>a</p> ", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<script>a</script>", "<script>b</script>", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    # Rows, rules that hold sometimes, parts of words, lines.
    ('<table><tr><td>Last year</td><td>This year</td></tr></table>', '<table><tr><td>This year</td><td>Last year</td></tr></table>', 'columns: “This year” and “Last year” have changed places'),
    ('<table><tr><td>A</td><td>B</td><td>C</td></tr></table>', '<table><tr><td>C</td><td>B</td><td>A</td></tr></table>', 'columns: “C” and “A” have changed places'),
    ('<table><tr><td><a href="y" style="background:red">Yes</a></td><td><a href="n" style="background:red">No</a></td></tr></table>', '<table><tr><td><a href="n" style="background:red">No</a></td><td><a href="y" style="background:red">Yes</a></td></tr></table>', 'button: “No” now comes before “Yes”'),
    ('<table><tr><td><p>Last year</p><p><b>£312.00</b></p></td><td><p>This year</p><p><b>£328.50</b></p></td></tr></table>', '<table><tr><td><p>Last year</p><p><b>£328.50</b></p></td><td><p>This year</p><p><b>£312.00</b></p></td></tr></table>', 'text after “Last year”: £312.00 > £328.50; text after “This year”: £328.50 > £312.00'),
    ('<table><tr><td><p>Last year</p><p>£312.00</p></td><td><p>This year</p><p>£328.50</p></td></tr></table>', '<table><tr><td><p>Last year</p><p>£312.00</p></td><td><p>This year</p><p>£338.50</p></td></tr></table>', 'text after “This year”: £328.50 > £338.50'),
    ('<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><div class="panel" style="background-color:#fff">Hi</div>', '<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><div style="background-color:#fff">Hi</div>', 'colours: the background around “Hi” changed: dark grey #222222 became white #ffffff in dark mode'),
    ('<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p class="t">Hi</p>', '<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p>Hi</p>', 'colours: the colour of “Hi” in dark mode is the usual one now, and was light grey #eeeeee'),
    ('<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p>Hi</p>', '<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p class="big">Hi</p>', 'size of text: the size of “Hi” on small screens is 30px now, and was the usual one'),
    ('<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p>Hi</p><p class=hide>There</p>', '<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p>Hi</p><p>There</p>', 'layout: “There” is no longer hidden on small screens'),
    ('<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p id=p>Hi</p>', '<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p>Hi</p>', 'spaces: the space around “Hi” is gone: 4px on small screens'),
    ('<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><div class=card><p>Hi</p></div>', '<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><div><p>Hi</p></div>', 'colours: the colour of “Hi” is the usual one now, and was blue #0000ff'),
    ('<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p>Hi <span class=t>you</span></p>', '<style>@media (prefers-color-scheme:dark){.panel{background-color:#222 !important}.t{color:#eee}}@media (max-width:480px){.big{font-size:30px !important}.hide{display:none}#p{padding:4px}}a:hover{color:red}.card p{color:blue}</style><p>Hi <span>you</span></p>', 'colours: the colour of “you” in dark mode is the usual one now, and was light grey #eeeeee'),
    ('<p>10 m<sup>2</sup> big</p>', '<p>10 m2 big</p>', 'style of text: “2” is no longer raised'),
    ('<p>H<sub>2</sub>O</p>', '<p>H2O</p>', 'style of text: “2” is no longer lowered'),
    ('<p>Cover<sup>1</sup></p>', '<p>Cover1</p>', 'style of text: “1” is no longer raised'),
    ('<p>un<b>believ</b>able</p>', '<p>unbelievable</p>', 'style of text: “believ” is no longer bold'),
    ('<p>It is <span style="color:#0a7d32">approved</span></p>', '<p>It is <span style="color:#b00020">declined</span></p>', 'text: It is approved > It is declined; colours: the colour of “declined” changed: dark green #0a7d32 became dark red #b00020'),
    ('<p>Pay <b>£10</b> now</p>', '<p>Pay £12 now</p>', 'text: Pay £10 now > Pay £12 now; style of text: “£12” is not bold, and “£10” was'),
    ('<p>Cover<sup>1</sup></p>', '<p>Cover<sup>2</sup></p>', 'text: Cover1 > Cover2'),
    ('<p>Hi</p><a href="https://x.test/"><img src="a.png" alt=""></a>', '<p>Hi</p><a href="https://y.test/"><img src="a.png" alt=""></a>', 'link without words: https://x.test/ > https://y.test/'),
    ('<ul><li>One<li>Two<li>Three</ul>', '<ul><li>Three<li>One<li>Two</ul>', 'list item: “Three” now comes before “One”'),
    ('<p>Hello Ann and Bob</p>', '<p>Hello <b>Carl</b> and Bob</p>', 'text: Hello Ann and Bob > Hello Carl and Bob; style of text: “Carl” is bold now'),
    ('<style>.a{color:red}</style><p class=a>x</p>', '<style>.a{color:red}</style><p>x</p>', 'colours: the colour of “x” is the usual one now, and was red #ff0000'),
    ('<style>@media only screen and (min-width:480px){.mj-column-per-50{width:50% !important;max-width:50%}}</style><td><div class="mj-column-per-50" style="display:inline-block;width:100%">Left</div><div class="mj-column-per-50" style="display:inline-block;width:100%">Right</div></td>', '<style>@media only screen and (min-width:480px){.mj-column-per-30{width:30% !important;max-width:30%}.mj-column-per-70{width:70% !important;max-width:70%}}</style><td><div class="mj-column-per-30" style="display:inline-block;width:100%">Left</div><div class="mj-column-per-70" style="display:inline-block;width:100%">Right</div></td>', 'sizes: the width of the part with “Left” changed: 50% became 30% on large screens; sizes: the width of the part with “Right” changed: 50% became 70% on large screens'),
    ('<td><p>Hi</p></td><tr><td style="padding:10px"><p style="border-top:solid 1px #000;font-size:1px;margin:0 auto;width:100%"></p></td></tr>', '<td><p>Hi</p></td><tr></tr>', 'layout: a line across below “Hi” is gone'),
    ('<p>a</p><td style="padding:10px"><p style="border-top:solid 1px #000;font-size:1px"></p></td>', '<p>a</p><td style="padding:10px"><p style="border-top:solid 4px #000;font-size:1px"></p></td>', 'borders: the thickness of the line across below “a” changed: 1px became 4px'),
    ('<div><div class="mj-column-per-50" style="display:inline-block;width:100%"><p>Home</p><p>£20</p></div><div class="mj-column-per-50" style="display:inline-block;width:100%"><p>Car</p><p>£30</p></div></div>', '<div><div class="mj-column-per-50" style="display:inline-block;width:100%"><p>Home</p><p>£30</p></div><div class="mj-column-per-50" style="display:inline-block;width:100%"><p>Car</p><p>£20</p></div></div>', 'text after “Home”: £20 > £30; text after “Car”: £30 > £20'),
    ('<table><tr><td>Home</td><td>£20</td><td>£30</td></tr></table>', '<table><tr><td>Home</td><td>£30</td><td>£20</td></tr></table>', 'text beside “Home”: £20 > £30; text beside “Home”: £30 > £20'),
    ('<p><a style="color:red" href=x>Talk to us</a>.</p>', '<p><a style="color:blue" href=x>Talk to us</a>.</p>', 'colours: the colour of “Talk to us” changed: red #ff0000 became blue #0000ff'),
    ('<ol><li>A</ol>', '<ol start=5><li>A</ol>', 'lists: the list with “A” begins at 5 now, and began at 1'),
    ('<img src=a srcset="b 2x" alt=A>', '<img src=a srcset="c 2x" alt=A>', 'size of an image: the picture “A” for some screens changed'),
    ('<style>.x div{text-decoration:underline}</style><div class=x><div>Hi</div></div>', '<style>.x div{text-decoration:none}</style><div class=x><div>Hi</div></div>', 'style of text: “Hi” is no longer underlined'),
    ('<table><tr><td>Ann</td><td>Bob</td></tr></table><p>Now</p>', '<table><tr><td>Bob</td><td>Ann</td></tr></table><p>Later</p>', 'columns: “Bob” and “Ann” have changed places; text after “Ann”: Now > Later'),
    ('<p style="border-radius:2px">A</p>', '<p style="border-radius:9px">A</p>', 'borders: the roundness of the corners of “A” changed: 2px became 9px'),
    ('<td valign=top>A</td>', '<td valign=middle>A</td>', 'alignment: the place of “A” between top and bottom changed: top became middle'),
    ('<table><tr><td>Single</td><td>Double</td></tr><tr><td>£89.00</td><td>£95.00</td></tr></table>', '<table><tr><td>Single</td><td>Double</td></tr><tr><td>£95.00</td><td>£89.00</td></tr></table>', 'text beside “Single”: £89.00 > £95.00; text beside “Double”: £95.00 > £89.00'),
    ('<p>The <mark>Key</mark> room</p>', '<p>The Key room</p>', 'colours: the background around “Key” is gone: yellow #ffff00'),
    ('<style>@import url(https://h.test/a.css);</style>a', '<style>@import url(https://h.test/b.css);</style>a', 'font: where the email loads its fonts or its style from changed'),
    ('<style>[data-ogsc] .b{color:#fff}</style><p class=b>a</p>', '<style>[data-ogsc] .b{color:#f00}</style><p class=b>a</p>', 'colours: the colour of “a” changed: white #ffffff became red #ff0000 in the dark mode of Outlook'),
    ('<img alt=A src=a width=100>', '<img alt=A src=a width=300>', 'size of an image: the size of the picture “A” changed: 100 wide became 300 wide'),
    ("<meta name='color-scheme' content='light'><p>a</p>", '<p>a</p>', 'for mail programs: the email no longer says that it is made for light'),
    ('<style>@font-face{font-family:X;src:url(a.woff)}</style>a', '<style>@font-face{font-family:X;src:url(b.woff)}</style>a', 'font: where the email loads its fonts or its style from changed'),
    # where parts stand, and lines
    ("<h2>Why</h2><p>Since.</p><a href='/a'>Ask</a><h2>How</h2><p>So.</p><h2>End</h2>", "<h2>How</h2><p>So.</p><h2>Why</h2><p>Since.</p><a href='/a'>Ask</a><h2>End</h2>", "heading: “How” and the part after it now come before “Why”"),
    ("<h2>A</h2><p>One.</p><p>Two.</p><p>Three.</p><ul><li>x</ul><h2>B</h2>", "<h2>B</h2><p>One.</p><p>Two.</p><p>Three.</p><ul><li>x</ul><h2>A</h2>", "heading: “B” and “A” have changed places"),
    ("<p>A.</p><p>B.</p><p>C.</p>", "<p>New.</p><p>C.</p><p>A.</p><p>B.</p>", "text: “C.” now comes before “A.”; text: - > New."),
    ("<p>A.</p><p>B.</p><p>A.</p><p>C.</p>", "<p>B.</p><p>C.</p><p>A.</p>", "text: “A.” now comes after “C.”; text: one of 2 “A.” is gone, the one after “B.”"),
    ("<img src='https://c.test/a.png'><p>One.</p><p>Two.</p>", "<p>One.</p><p>Two.</p><img src='https://c.test/a.png'>", "image: “a.png” now comes after “Two.”"),
    ("<p>a<br>b</p>", "<p>a b</p>", "text: “b” no longer stands on a line of its own"),
    ("<p>a b</p>", "<p>a<br>b</p>", "text: “b” stands on a line of its own now"),
    ("<p>Hill House<br>1 Road<br>London</p><p>Bye</p>", "<p>Hill House 1 Road London</p><p>Bye</p>", "text: “1 Road” and “London” no longer stand on lines of their own"),
    ("<p>a<br>b<br>c<br>d</p>", "<p>a b c d</p>", "text: “b”, “c” and 1 more no longer stand on lines of their own"),
    ("<p>See<br><a href='/a'>this</a></p>", "<p>See <a href='/a'>this</a></p>", "text: “this” no longer stands apart"),
    ("<p>See <a href='/a'>this</a><br>Bye</p>", "<p>See <a href='/a'>this</a> Bye</p>", "text: “Bye” no longer stands on a line of its own"),
    ("<p>你好<br>世界</p>", "<p>你好世界</p>", "text: “世界” no longer stands on a line of its own"),
    ("<p>a<br>b</p>", "<p>ab</p>", "text: - > ab; text: a > -; text: b > -"),
    ("<img src='https://c.test/x/a%20b.png?v=1' alt=''>", "<img src='https://c.test/y/c.png' alt=''>", "image c.png: https://c.test/x/a%20b.png?v=1 > https://c.test/y/c.png"),
    ("<table><tr><th>House<th>Entry<th>Keeper<tr><td>Aviary<td>Two eggs<td>Tom<tr><td>Savannah<td>Zebra limps<td>Ines</table>", "<table><tr><th>Entry<th>House<th>Keeper<tr><td>Two eggs<td>Aviary<td>Tom<tr><td>Zebra limps<td>Savannah<td>Ines</table>", "columns: the column “Entry” now comes before “House”"),
    ("<table><tr><th>House<th>Entry<th>Keeper<tr><td>Aviary<td>Two eggs<td>Tom<tr><td>Savannah<td>Zebra limps<td>Ines</table>", "<table><tr><th>Entry<th>House<th>Keeper<tr><td>Two eggs<td>Aviary<td>Tom<tr><td>Zebra eats<td>Savannah<td>Ines</table>", "columns: the column “Entry” now comes before “House”; text: Zebra limps > Zebra eats"),
    ("<table><tr><td>House<td>Entry<td>Keeper<tr><td>a <b>b</b> c<td>e<td>f</table>", "<table><tr><td>Entry<td>Keeper<td>House<tr><td>e<td>f<td>a <b>b</b> c</table>", "columns: the column with “House” now comes after “Keeper”"),
    ("<table><tr><th>House<th>Entry<th>Keeper<tr><td>Aviary<td>Two eggs<td>Tom<tr><td>Savannah<td>Zebra limps<td>Ines</table>", "<table><tr><th>Entry<th>House<th>Keeper<tr><td>Aviary<td>Two eggs<td>Tom<tr><td>Savannah<td>Zebra limps<td>Ines</table>", "columns: the heads “Entry” and “House” have changed places, and what is below them has not moved"),
    ("<style>@media (prefers-color-scheme:dark){.b{display:none}}</style><img alt=Zoo src=/l.png><img class=b alt=Zoo src=/d.png>", "<style>@media (prefers-color-scheme:dark){.a{display:none}}</style><img class=a alt=Zoo src=/l.png><img alt=Zoo src=/d.png>", "layout: the picture “Zoo (l.png)” is hidden in dark mode; layout: the picture “Zoo (d.png)” is no longer hidden in dark mode"),
    # the cascade: what counts, whatever else is written
    ('<style>p{color:red !important}.a{color:blue}</style><p class=a>x</p>', '<style>p{color:red !important}.a{color:green}</style><p class=a>x</p>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<style>p{color:red !important}</style><p style='color:blue'>x</p>", "<style>p{color:red}</style><p style='color:blue'>x</p>", 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ("<style>p{color:red !important}</style><p style='color:blue !important'>x</p>", "<style>p{color:red}</style><p style='color:blue !important'>x</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p style='color:red !important;color:blue'>x</p>", "<p style='color:red'>x</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<style>p{color:red}</style><style>p{color:blue}</style><p>x</p>', '<style>p{color:blue}</style><style>p{color:red}</style><p>x</p>', 'colours: the colour of “x” changed: blue #0000ff became red #ff0000'),
    ('<style>.a{color:red}p{color:blue}</style><p class=a>x</p>', '<style>p{color:blue}.a{color:red}</style><p class=a>x</p>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<style>@media (max-width:480px){.a{color:blue}}</style><p class=a style='color:red'>x</p>", "<style>@media (max-width:480px){.a{color:green}}</style><p class=a style='color:red'>x</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<style>@media (max-width:480px){.a{color:blue !important}}</style><p class=a style='color:red'>x</p>", "<style>@media (max-width:480px){.a{color:green !important}}</style><p class=a style='color:red'>x</p>", 'colours: the colour of “x” changed: blue #0000ff became dark green #008000 on small screens'),
    ("<style>[class~=b]{color:red}</style><p class='a b'>x</p>", "<style>[class~=b]{color:red}</style><p class='a bc'>x</p>", 'colours: the colour of “x” is the usual one now, and was red #ff0000'),
    ("<style>[class^=b]{color:red}</style><p class='bx'>x</p>", "<style>[class^=b]{color:red}</style><p class='xb'>x</p>", 'colours: the colour of “x” is the usual one now, and was red #ff0000'),
    ('<style>a[href]{color:red}</style><a href=/x>x</a>', '<style>a[href]{color:blue}</style><a href=/x>x</a>', 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ('<style>td[align=right]{color:red}</style><td align=right>x</td>', '<style>td[align=right]{color:blue}</style><td align=right>x</td>', 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ('<style>li:first-child{color:red}</style><ul><li>a<li>b</ul>', '<style>li:last-child{color:red}</style><ul><li>a<li>b</ul>', 'colours: the colour of “a” is the usual one now, and was red #ff0000; colours: the colour of “b” is red #ff0000 now, and was the usual one'),
    ('<style>tr:nth-child(even){background:#eee}</style><table><tr><td>a<tr><td>b<tr><td>c</table>', '<style>tr:nth-child(odd){background:#eee}</style><table><tr><td>a<tr><td>b<tr><td>c</table>', 'colours: the background around “a” and “c” is new: light grey #eeeeee; colours: the background around “b” is gone: light grey #eeeeee'),
    ('<style>p:not(.a){color:red}</style><p class=a>x</p><p>y</p>', '<style>p:not(.b){color:red}</style><p class=a>x</p><p>y</p>', 'colours: the colour of “x” is red #ff0000 now, and was the usual one'),
    ('<style>h1+p{color:red}</style><h1>t</h1><p>x</p><p>y</p>', '<style>h1~p{color:red}</style><h1>t</h1><p>x</p><p>y</p>', 'colours: the colour of “y” is red #ff0000 now, and was the usual one'),
    ('<style>div>p{color:red}</style><div><p>x</p><span><p>y</p></span></div>', '<style>div p{color:red}</style><div><p>x</p><span><p>y</p></span></div>', 'colours: the colour of “y” is red #ff0000 now, and was the usual one'),
    ('<style>:root{--c:red}p{color:var(--c)}</style><p>x</p>', '<style>:root{--c:blue}p{color:var(--c)}</style><p>x</p>', 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ('<style>:root{--c:red}@media (prefers-color-scheme:dark){:root{--c:white}}p{color:var(--c)}</style><p>x</p>', '<style>:root{--c:red}@media (prefers-color-scheme:dark){:root{--c:black}}p{color:var(--c)}</style><p>x</p>', 'colours: the colour of “x” changed: white #ffffff became black #000000 in dark mode'),
    ('<style>p{color:var(--c,red)}</style><p>x</p>', '<style>p{color:var(--c,blue)}</style><p>x</p>', 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ('<style>:root{--c:red}p{color:var(--c)}</style><p>x</p>', '<style>p{color:red}</style><p>x</p>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<style>p{--c:red;background:var(--c)}</style><p>x</p>', '<style>p{--c:blue;background:var(--c)}</style><p>x</p>', 'colours: the background around “x” changed: red #ff0000 became blue #0000ff'),
    ("<p style='--c:red'><b style='color:var(--c)'>x</b></p>", "<p style='--c:blue'><b style='color:var(--c)'>x</b></p>", 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ('<style>.m{display:none}@media (max-width:480px){.m{display:block}.d{display:none}}</style><div class=d>One</div><div class=m>Two</div>', '<style>.m{display:none}@media (max-width:480px){.m{display:block}.d{display:none}}</style><div class=m>One</div><div class=d>Two</div>', 'layout: “One” is shown only on small screens now, and was hidden on small screens; layout: “Two” is hidden on small screens now, and was shown only on small screens'),
    ('<style>.m{display:none}@media (max-width:480px){.m{display:block!important}}</style><div class=m>One</div><p>x</p>', '<style>.m{display:none}@media (max-width:480px){.n{display:block!important}}</style><div class=m>One</div><p>x</p>', 'layout: “One” is hidden on small screens'),
    ('<style>@media (max-width:480px){.m{display:none}}</style><div class=m><p>One</p><p>Two</p></div><p>x</p>', '<style>@media (max-width:480px){.n{display:none}}</style><div class=m><p>One</p><p>Two</p></div><p>x</p>', 'layout: “One” and “Two” are no longer hidden on small screens'),
    ('<style>body{color:red}</style><p>x</p>', '<style>body{color:blue}</style><p>x</p>', 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ('<style>body{background:#fff}</style><body><p>x</p>', '<style>body{background:#eee}</style><body><p>x</p>', 'colours: the background of the whole email changed: white #ffffff became light grey #eeeeee'),
    ('<style>html{background:#fff}</style><html><body><p>x</p>', '<style>html{background:#eee}</style><html><body><p>x</p>', 'colours: the background of the whole email changed: white #ffffff became light grey #eeeeee'),
    ("<p style='font:14px Arial'>x</p>", "<p style='font-size:14px;font-family:Arial'>x</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p style='font:bold 14px/20px Arial'>x</p>", "<p style='font:14px/20px Arial'>x</p>", 'style of text: “x” is no longer bold'),
    ("<p style='background:#fff url(/a.png)'>x</p>", "<p style='background:#000 url(/a.png)'>x</p>", 'colours: the background around “x” changed: white #ffffff became black #000000'),
    ("<style>p::before{content:'New'}</style><p>x</p>", "<style>p::before{content:'Hot'}</style><p>x</p>", 'words that the style sheet adds at “x”: New > Hot'),
    ("<style>p::before{content:'\\110000 N\\65 w'}</style><p>x</p>", "<style>p::before{content:'\\10ffff Hot'}</style><p>x</p>", 'words that the style sheet adds at “x”: New > \U0010ffffHot'),
    ("<style>p::before{content:''}</style><p>x</p>", "<style>p::before{content:'Hot'}</style><p>x</p>", 'words that the style sheet adds at “x”: - > Hot'),
    ("<style>p::before{content:''}</style><p>x</p>", '<p>x</p>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<style>a:hover{color:red}</style><a href=/>x</a>', '<style>a:hover{color:blue}</style><a href=/>x</a>', 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff under the pointer'),
    ('<style>.b a[x-apple-data-detectors]{color:red}</style><p>x</p>', '<style>.b a[x-apple-data-detectors]{color:blue}</style><p>x</p>', 'colours: the colour changed: red #ff0000 became blue #0000ff in some mail programs'),
    ('<td>x</td><td>y</td>', '<td colspan=2>x</td><td>y</td>', 'layout: “x” spans 2 columns now, and spanned 1'),
    ('<p>x</p>', "<p style='transform:rotate(5deg)'>x</p>", 'layout: “x” is turned'),
    ("<p style='color:red'>x <b style='color:inherit'>y</b></p>", "<p style='color:red'>x <b style='color:blue'>y</b></p>", 'colours: the colour of “y” changed: red #ff0000 became blue #0000ff'),
    ('<style>@media (prefers-color-scheme:dark){body{background:#000;color:#fff}h1{color:#a5d6a7}.note{color:#abc}}</style><body><h1>Head</h1><p>Text</p><p class=note>Note</p>', '<style></style><body><h1>Head</h1><p>Text</p><p class=note>Note</p>', 'colours: the colour of “Head” in dark mode is the usual one now, and was green #a5d6a7; colours: the background of the whole email is gone: black #000000 in dark mode; colours: the colour of “Text” in dark mode is the usual one now, and was white #ffffff; colours: the colour of “Note” in dark mode is the usual one now, and was blue-grey #aabbcc'),
    ('<style>@media (prefers-color-scheme:dark){h1{color:#a5d6a7}}</style><body><h1>Head</h1>', '<style>@media (prefers-color-scheme:dark){h1{color:#ffcc80}}</style><body><h1>Head</h1>', 'colours: the colour of “Head” changed: green #a5d6a7 became light orange #ffcc80 in dark mode'),
    ('<style>@media (max-width: 600px) { h1 { font-size: 22px !important } }</style><body><h1>Head</h1>', '<style>@media (max-width: 600px) { h1 { font-size: 28px !important } }</style><body><h1>Head</h1>', 'size of text: “Head” is larger: 22px became 28px on small screens'),
    ('<style>@media (max-width: 600px) { h1 { font-size: 22px} p{color:red} }</style><body><h1>Head</h1><p>x</p>', '<style>@media (max-width: 500px) { h1 { font-size: 28px} p{color:red} }</style><body><h1>Head</h1><p>x</p>', 'size of text: “Head” is larger: 22px became 28px on small screens; sizes: the width of the screen at which something changes: 600px became 500px on small screens'),
    ('<style>.a .b{color:red}</style><div class=a><p class=b>x</p></div>', '<style>.a .b{color:blue}</style><div class=a><p class=b>x</p></div>', 'colours: the colour of “x” changed: red #ff0000 became blue #0000ff'),
    ('<style>a{text-decoration:none}</style><a href=/>x</a>', '<style>a{text-decoration:underline}</style><a href=/>x</a>', 'style of text: “x” is underlined now'),
    # rows, columns and pictures that moved
    ('<table><tr><td>Tea</td><td>3</td><td>9</td></tr><tr><td>Milk</td><td>1</td><td>8</td></tr></table>', '<table><tr><td>Milk</td><td>1</td><td>8</td></tr><tr><td>Tea</td><td>3</td><td>9</td></tr></table>', 'text: the row “Milk” now comes before “Tea”'),
    ('<table><tr><td>Tea</td><td>3</td><td>9</td></tr><tr><td>Milk</td><td>1</td><td>8</td></tr></table>', '<table><tr><td>Milk</td><td>1</td><td>7</td></tr><tr><td>Tea</td><td>3</td><td>9</td></tr></table>', 'text: the row “Milk” now comes before “Tea”; text beside “Milk”: 8 > 7'),
    ('<table><tr><td>Adults</td><td>2 × 22 €</td></tr><tr><td>Children</td><td>3 × 11 €</td></tr></table>', '<table><tr><td>Children</td><td>2 × 22 €</td></tr><tr><td>Adults</td><td>3 × 11 €</td></tr></table>', 'text: “Children” now comes before “Adults”; text beside “Children”: 3 × 11 € > 2 × 22 €; text beside “Adults”: 2 × 22 € > 3 × 11 €'),
    ('<div><h2>Night</h2><p>At nine.</p><p>18 €</p></div><div><h2>Photo</h2><p>At four.</p><p>45 €</p></div>', '<div><h2>Photo</h2><p>At four.</p><p>45 €</p></div><div><h2>Night</h2><p>At nine.</p><p>18 €</p></div>', 'heading: “Photo” and the 2 parts after it now come before “Night”'),
    ("<table><tr><td><img src='https://c.test/f.jpg' alt='Bird'></td><td><img src='https://c.test/w.jpg' alt='Wolf'></td></tr></table>", "<table><tr><td><img src='https://c.test/w.jpg' alt='Wolf'></td><td><img src='https://c.test/f.jpg' alt='Bird'></td></tr></table>", 'image: “Wolf” now comes before “Bird”'),
    # which words a link has; empty lines; what is never seen
    ("<p>or read <a href='/a'>our blog</a></p>", "<p>or <a href='/a'>read our blog</a></p>", 'words of a link: our blog > read our blog'),
    ("<a href='/a'><img src='https://c.test/a.png' alt='Two'></a>", "<a href='/a'><img src='https://c.test/a.png' alt='Three'></a>", 'alternative text of an image: Two > Three'),
    ("<p>Hi</p><a href='/a'>Go</a>", "<p>Hi</p><br><a href='/a'>Go</a>", 'layout: an empty line above “Go” is new'),
    ("<p>a<br><br><br>b</p>", "<p>a<br>b</p>", 'layout: 2 empty lines above “b” are gone'),
    ("<p>a<br></p><p>b</p>", "<p>a</p><p>b</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<style>.pre{display:none}</style><div class=pre>Old</div><p>Hi</p>", "<style>.pre{display:none}</style><div class=pre>New</div><p>Hi</p>", 'preview text: Old > New'),
    ("<div style='display:none'>Hi &nbsp;&zwnj;&nbsp;&zwnj;</div><div style='display:none'>&nbsp;&#8203;&nbsp;</div><p>x</p>", "<div style='display:none'>Ho &nbsp;&zwnj;</div><div style='display:none'>&nbsp;&#8203;&nbsp;&nbsp;</div><p>x</p>", 'preview text: Hi > Ho'),
    ("<style>.cta{background:#000;padding:9px}</style><a class=cta href='/a'>Pay</a>", "<style>.cta{background:#000;padding:9px}</style><a class=cta href='/b'>Pay</a>", 'button “Pay”: /a > /b'),
    ("<a href='/a' style='opacity:1'>Pay</a>", "<a href='/a' style='opacity:0'>Pay</a>", 'layout: “Pay” is hidden'),
    # each kind of element, and each kind of edit
    ('<p>Hi</p><p>Ho</p><table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table>', '<table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table><p>Hi</p><p>Ho</p>', 'text: “Hi” and the part after it now come after the table that begins with “Tea”'),
    ('<table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table><p>Hi</p>', '<p>Hi</p><table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table>', 'text: “Hi” now comes before the table that begins with “Tea”'),
    ('<table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table><p>Hi</p><p>aHo </p><p>bHo </p><p>cHo </p><p>dHo </p><p>eHo </p><p>fHo </p><p>gHo </p><p>h</p>', '<p>Hi</p><p>aHo </p><p>bHo </p><p>cHo </p><p>dHo </p><p>eHo </p><p>fHo </p><p>gHo </p><p>h</p><table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table>', 'text: the table that begins with “Tea” now comes after “h”'),
    ('<table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table>', '<table><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr><tr><td>Tea</td><td>3</td></tr></table>', 'text: the row “Tea” now comes after “Jam”'),
    ('<table><tr><td>Egg</td><td>5</td></tr><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table>', '<table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr><tr><td>Egg</td><td>5</td></tr></table>', 'text: the row “Egg” now comes after “Jam”'),
    ('<table><tr><td>Egg</td><td>5</td></tr><tr><td>Oil</td><td>6</td></tr><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr></table>', '<table><tr><td>Tea</td><td>3</td></tr><tr><td>Milk</td><td>1</td></tr><tr><td>Jam</td><td>2</td></tr><tr><td>Egg</td><td>5</td></tr><tr><td>Oil</td><td>6</td></tr></table>', 'text: the rows “Egg” and “Oil” now come after “Jam”'),
    ('<h3>Youth</h3><p>Fridays at 16:00</p><p>With Anna</p><h3>Adults</h3><p>Fridays at 16:00</p><p>With Anna</p><h3>Gospel</h3><p>Fridays at 16:00</p>', '<h3>Youth</h3><p>Fridays at 16:00</p><p>With Anna</p><h3>Evening choir</h3><p>Fridays at 16:00</p><p>With Anna</p><h3>Seniors</h3><p>Fridays at 16:00</p><p>With Anna</p><h3>Gospel</h3><p>Fridays at 16:00</p>', 'heading: Adults > Evening choir; heading: - > Seniors; text under “Seniors”: - > Fridays at 16:00; text under “Seniors”: - > With Anna'),
    ('<h3>Children</h3><p>Fridays at 16:00</p><p>With Anna</p><h3>Youth</h3><p>Fridays at 16:00</p><p>With Anna</p><h3>Gospel</h3><p>Fridays at 16:00</p><p>With Anna</p>', '<h3>Children</h3><p>Fridays at 16:00</p><p>With Eva</p><h3>Youth</h3><p>Fridays at 17:00</p><p>With Anna</p><h3>Gospel</h3><p>Fridays at 16:00</p>', 'text under “Children”: With Anna > With Eva; text under “Youth”: Fridays at 16:00 > Fridays at 17:00; text under “Gospel”: With Anna > -'),
    ('<p>Sing along</p><p>Not valid in the restaurant.</p><hr><small>Friends of the Choir, Linz</small>', '<p>Sing along</p><hr><small>Choir and Concert House Ltd, Linz</small>', 'text: Friends of the Choir, Linz > Choir and Concert House Ltd, Linz; text: Not valid in the restaurant. > -'),
    ('<h2>Christmas</h2><p>Carols by candle.</p><h2>Passion</h2><p>27 March, 19:00.</p>', '<h2>Passion</h2><p>3 April, 19:00.</p><h2>Christmas</h2><p>Carols by candle.</p>', 'heading: “Passion” and the part after it now come before “Christmas”; text under “Passion”: 27 March, 19:00. > 3 April, 19:00.'),
    # columns, their heads and pictures, and what stands alone in a part
    ("<style>@media (min-width:480px){.h{width:50%!important;max-width:50%}.k{width:50%!important;max-width:50%}}</style><div><div class=h style='display:inline-block;width:100%'><p>Hours</p></div><div class=k style='display:inline-block;width:100%'><p>Where</p></div></div>", "<style>@media (min-width:480px){.h{width:100%!important;max-width:100%}.k{width:100%!important;max-width:100%}}</style><div><div class=h style='display:inline-block;width:100%'><p>Hours</p></div><div class=k style='display:inline-block;width:100%'><p>Where</p></div></div>", 'sizes: the parts with “Hours” and “Where” take all of the width now on large screens, and took 50%'),
    ("<style>@media (min-width:480px){.h{width:100%!important;max-width:100%}.k{width:100%!important;max-width:100%}}</style><div><div class=h style='display:inline-block;width:100%'><p>Hours</p></div><div class=k style='display:inline-block;width:100%'><p>Where</p></div></div>", "<style>@media (min-width:480px){.h{width:50%!important;max-width:50%}.k{width:50%!important;max-width:50%}}</style><div><div class=h style='display:inline-block;width:100%'><p>Hours</p></div><div class=k style='display:inline-block;width:100%'><p>Where</p></div></div>", 'sizes: the parts with “Hours” and “Where” take 50% now on large screens, and took all of the width'),
    ("<table><tr><td><table align=center style='display:inline-table'><tr><td>Ant</table><table align=center style='display:inline-table'><tr><td>Bee</table><table align=center style='display:inline-table'><tr><td>Cow</table></table>", "<table><tr><td><table style='margin:0'><tr><td>Ant<tr><td>Bee<tr><td>Cow</table></table>", 'layout: “Bee” stands below “Ant” now, and stood beside it'),
    ("<table><tr><td><table style='margin:0'><tr><td>Ant<tr><td>Bee<tr><td>Cow</table></table>", "<table><tr><td><table align=center style='display:inline-table'><tr><td>Ant</table><table align=center style='display:inline-table'><tr><td>Bee</table><table align=center style='display:inline-table'><tr><td>Cow</table></table>", 'layout: “Bee” stands beside “Ant” now, and stood below it'),
    ("<table><tr><td style='width:100px'><img alt=Logo src=a style='width:100%'></table><p>Hi</p>", "<table><tr><td style='width:160px'><img alt=Logo src=a style='width:100%'></table><p>Hi</p>", 'size of an image: the size of the picture “Logo” changed: 100 wide became 160 wide'),
    ("<table><tr><td align=center><a href='/a' style='background:#000;padding:9px'>Pay</a></table><p>Hi</p>", "<table><tr><td align=left><a href='/a' style='background:#000;padding:9px'>Pay</a></table><p>Hi</p>", 'alignment: “Pay” stands on the left, and stood in the middle'),
    ('<h2>Orders</h2><table><tr><th>Item<th>Price<tr><td>Book<td>9<tr><td>Pen<td>2</table>', '<h2>Orders</h2><table><tr><th>Product<th>Price<tr><td>Book<td>9<tr><td>Pen<td>2</table>', 'head of a column: Item > Product'),
    ('<h2>Orders</h2><table><tr><th>Item<th>Price<tr><td>Book<td>9<tr><td>Pen<td>2</table>', '<h2>Orders</h2><table><tr><th>Item<th>Cost<tr><td>Book<td>9<tr><td>Pen<td>2</table>', 'head of a column: Price > Cost'),
    ('<table><tr><td>Book<td>9<tr><td>Pen<td>2</table>', '<table><tr><td>Book<td align=right>9<tr><td>Pen<td>2</table>', 'alignment: “9” (Book) stands on the right'),
    ("<a href='/a' style='background:#000;padding:9px;mso-padding-alt:9px'>Pay</a>", "<a href='/a' style='background:#000;padding:19px;mso-padding-alt:19px'>Pay</a>", 'spaces: the space around the words in the button “Pay” changed: 9px became 19px'),
    # parts that only hold others, spacers
    ('<p>a</p><p>b</p>', "<table style='background:#eee;padding:8px 0'><tr><td><p>a</p><p>b</p></table>", 'colours: the background of the whole email is new: light grey #eeeeee; spaces: the space above and below “a” to “b” is new: 8px'),
    ('<p>a</p><p>b</p>', '<table width=300><tr><td><p>a</p><p>b</p></table>', 'sizes: the width of the whole email is new: 300px'),
    ('<div><p>a</p><p>b</p></div>', '<div><table align=center><tr><td><p>a</p><p>b</p></table></div>', 'alignment: what is around “a” stands in the middle'),
    ('<p>a</p><p>b</p>', "<table width='100%' align=center style='border-collapse:collapse'><tr><td><p>a</p><p>b</p></table>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<div>a</div><div>b</div>', '<table><tr><td><div>a</div></td><td><div>b</div></td></tr></table>', 'layout: “a” stands in a row beside others now'),
    ("<hr style='width:100%'><p>a</p>", "<hr style='width:50%'><p>a</p>", 'borders: the width of the line across above “a” changed: 100% became 50%'),
    ("<p>a</p><div style='height:20px;line-height:20px'>&#8202;</div><p>b</p>", "<p>a</p><div style='height:40px;line-height:40px'>&#8202;</div><p>b</p>", 'sizes: the height of the empty part below “a” changed: 20px became 40px'),
    ("<table><tr><td style='border-collapse:collapse'>a</table>", "<table><tr><td style='border-collapse:separate;border-radius:8px'>a</table>", 'borders: the roundness of the corners of “a” is new: 8px'),
    ('<div role=article><p>a</p></div>', '<title>News</title><div role=article aria-label=News><p>a</p></div>', 'title: - > News'),
    ('<p>a</p><hr style="margin:26px 0">', '<p>a</p><hr style="margin:40px 0">', 'spaces: the space above and below the line across below “a” changed: 26px became 40px'),
    ('<table><tr><td>Total<td>9</table>', '<table><tr><td>9<td>Total</table>', 'text: Total > -; text beside “9”: - > Total'),
    # what stands beside words that changed has not moved
    ('<h1>News</h1><table><tr><td><img src="/clock.png" alt=""><td>Doors open at 18:45.</table><p>Bye</p>', '<h1>News</h1><table><tr><td><img src="/clock.png" alt=""><td>Doors open at 18:30.</table><p>Bye</p>', 'text under “News”: Doors open at 18:45. > Doors open at 18:30.'),
    ('<table><tr><td>Omar is going<td><img src="/o.png" alt=""><tr><td>Ann is going<td><img src="/a.png" alt=""></table>', '<table><tr><td>Omar has booked<td><img src="/o.png" alt=""><tr><td>Ann has booked<td><img src="/a.png" alt=""></table>', 'text: Omar is going > Omar has booked; text: Ann is going > Ann has booked'),
    ("<table><tr><td><a href='/T'>Tell friends</a><td><a href='/G'>Give</a></table>", "<table><tr><td><a href='/T'>Talk to friends</a><td><a href='/G'>Give</a></table>", 'words of a link: Tell friends > Talk to friends'),
    ("<table><tr><td><a href='/P'>Programme</a><td><a href='/V'>Visit</a><td><a href='/C'>Club</a></table>", "<table><tr><td><a href='/P'>Plays</a><td><a href='/V'>Visit</a><td><a href='/C'>Club</a></table>", 'words of a link: Programme > Plays'),
    ("<table><tr><td><a href='/P'>Programme</a><td><a href='/V'>Visit</a><td><a href='/C'>Club</a></table>", "<table><tr><td><a href='/C'>Club</a><td><a href='/P'>Programme</a><td><a href='/V'>Visit</a></table>", 'link: “Club” now comes before “Programme”'),
    ('<p>a</p><hr style="border:none;border-top:1px solid #eaeaea;border-color:#cccccc"><p>b</p>', '<p>a</p><hr style="border:none;border-top:1px solid #eaeaea;border-color:#5b2a86"><p>b</p>', 'borders: the colour of the line across below “a” changed: light grey #cccccc became purple #5b2a86'),
    # what an attribute aligns, and what a rule for some screens was before
    ('<table width="100%"><tr><td align=center><table width=560><tr><td><h1 style="margin:0;">Hi there</h1></table></table>', '<table width="100%"><tr><td align=center><table width=560><tr><td><h1 style="margin:0;text-align:center">Hi there</h1></table></table>', 'alignment: “Hi there” stands in the middle'),
    ('<table width="100%"><tr><td align=center><table width=560><tr><td><h1 style="margin:0;">Hi there</h1></table></table>', '<table width="100%"><tr><td align=center><table width=560><tr><td><h1 style="margin:0;text-align:left">Hi there</h1></table></table>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<table width="100%"><tr><td style="text-align:center"><table width=560><tr><td><h1 style="margin:0;">Hi there</h1></table></table>', '<table width="100%"><tr><td style="text-align:center"><table width=560><tr><td><h1 style="margin:0;text-align:left">Hi there</h1></table></table>', 'alignment: “Hi there” stands on the left, and stood in the middle'),
    ('<table width="100%"><tr><td style="text-align:center"><table width=560><tr><td><h1 style="margin:0;">Hi there</h1></table></table>', '<table width="100%"><tr><td style="text-align:center"><table width=560><tr><td><h1 style="margin:0;text-align:center">Hi there</h1></table></table>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<style>.two td{width:50%}@media (max-width:500px){.two td{}}</style><table class=two><tr><td>Share it<td>Give</table>', '<style>.two td{width:50%}@media (max-width:500px){.two td{width:auto}}</style><table class=two><tr><td>Share it<td>Give</table>', 'sizes: the parts with “Share it” and “Give” have no width of their own now on small screens, and took 50%'),
    ('<style>.two td{width:50%}@media (max-width:500px){.two td{width:80%}}</style><table class=two><tr><td>Share it<td>Give</table>', '<style>.two td{width:50%}@media (max-width:500px){.two td{}}</style><table class=two><tr><td>Share it<td>Give</table>', 'sizes: the width of the parts with “Share it” and “Give” changed: 80% became 50% on small screens'),
    ('<style>h1{font-size:24px}@media (max-width:500px){h1{font-size:20px}}</style><h1>Hi</h1>', '<style>h1{font-size:24px}</style><h1>Hi</h1>', 'size of text: “Hi” is larger: 20px became 24px on small screens'),
    # several boxes alike
    ("<table style='background:#faf5ff;padding:16px'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='background:#faf5ff;padding:16px'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='background:#faf5ff;padding:16px'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", "<table style='background:#faf5ff;padding:24px'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='background:#faf5ff;padding:24px'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='background:#faf5ff;padding:24px'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", 'spaces: the space in the boxes that begin with the picture “Rosa” and 2 more changed: 16px became 24px'),
    ("<table style='background:#faf5ff'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='background:#faf5ff'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='background:#faf5ff'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", "<table style='background:#fffaf5'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='background:#fffaf5'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='background:#fffaf5'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", 'colours: the background of the boxes that begin with the picture “Rosa” and 2 more changed: light purple #faf5ff became white #fffaf5'),
    ("<table style='border:1px solid #ccc'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='border:1px solid #ccc'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='border:1px solid #ccc'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", "<table style='border:2px solid #ccc'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='border:2px solid #ccc'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='border:2px solid #ccc'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", 'borders: the width of the border of the boxes that begin with the picture “Rosa” and 2 more changed: 1px became 2px'),
    ("<table style='padding-left:4px'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='padding-left:4px'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='padding-left:4px'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", "<table style='padding-left:9px'><tr><td><img src='/Rosa.png' alt='Rosa'><tr><td><p>Rosa is here</p></table><table style='padding-left:9px'><tr><td><img src='/Omar.png' alt='Omar'><tr><td><p>Omar is here</p></table><table style='padding-left:9px'><tr><td><img src='/Ines.png' alt='Ines'><tr><td><p>Ines is here</p></table>", 'spaces: the space left of the boxes that begin with the picture “Rosa” and 2 more changed: 4px became 9px'),
    # several changes at once
    ('<table><tr><td>Omar is going to Hamlet<br><b>12.06.</b><tr><td>Ann is going to Hamlet<br><b>13.06.</b></table>', '<table><tr><td>Omar has booked Hamlet <b>(12.06.)</b><tr><td>Ann has booked Hamlet <b>(13.06.)</b></table>', 'text: Omar is going to Hamlet > Omar has booked Hamlet (12.06.); text: Ann is going to Hamlet > Ann has booked Hamlet (13.06.); text after “Omar is going to Hamlet”: 12.06. > -; text after “Ann is going to Hamlet”: 13.06. > -'),
    ('<a href=/c style="background:#000;padding:9px">Choose now</a><p>Call us on Friday.</p><p>Bye</p>', '<p>Call us on Friday.</p><a href=/c style="background:#000;padding:9px">Choose an option</a><p>Bye</p>', 'button: “Choose an option” now comes after “Call us on Friday.”; words of a button: Choose now > Choose an option'),
    ('<h2 style="font-size:24px">Good news: two seats are free</h2>', '<h2 style="font-size:20px">Good news: there are two seats</h2>', 'heading: Good news: two seats are free > Good news: there are two seats; size of text: “Good news: there are two seats” is smaller: 24px became 20px'),
    ('<p>Hi</p>', "<p style='font-style:oblique'>Hi</p>", 'style of text: “Hi” is slanted now'),
    ('<form><input type=hidden value=a><input value=x></form>', '<form><input type=hidden value=b><input value=x></form>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    # what moved, was split or joined, or is read in another way, and looks different too
    ('<p>A paragraph of several words.</p><p>Second words here in line.</p><p style="">Third words are here.</p>', '<p style="color:#c92a2a">Third words are here.</p><p>A paragraph of several words.</p><p>Second words here in line.</p>', 'text: “Third words are here.” now comes before “A paragraph of several words.”; colours: the colour of “Third words are here.” is red #c92a2a now, and was the usual one'),
    ('<p>A paragraph of several words.</p><p>Second words here in line.</p><p style="">Third words are here.</p>', '<p style=""><b>Third words are here.</b></p><p>A paragraph of several words.</p><p>Second words here in line.</p>', 'text: “Third words are here.” now comes before “A paragraph of several words.”; style of text: “Third words are here.” is bold now'),
    ('<p>A paragraph of several words.</p><p>Second words here in line.</p><p style="">Third words are here.</p>', '<p style="background:#eee;padding:4px">Third words are here.</p><p>A paragraph of several words.</p><p>Second words here in line.</p>', 'text: “Third words are here.” now comes before “A paragraph of several words.”; colours: the background around “Third words are here.” is new: light grey #eeeeee; spaces: the space around “Third words are here.” is new: 4px'),
    ('<p>A paragraph of several words.</p><p>Second words here in line.</p><p style="">Third words are here.</p>', '<style>@media (max-width:480px){.x{display:none}}</style><p class=x style="">Third words are here.</p><p>A paragraph of several words.</p><p>Second words here in line.</p>', 'text: “Third words are here.” now comes before “A paragraph of several words.”; layout: “Third words are here.” is hidden on small screens'),
    ('<h2>New routes are open</h2><p>Hi</p>', '<p style="color:red">New routes are open</p><p>Hi</p>', 'text: “New routes are open” is a text now, and was a heading; colours: the colour of “New routes are open” is red #ff0000 now, and was the usual one'),
    ('<p>Bring shoes.</p><p>Come early.</p>', '<ul><li><b>Bring shoes.</b><li>Come early.</ul>', 'list item: “Bring shoes.” is a list item now, and was a text; list item: “Come early.” is a list item now, and was a text; style of text: “Bring shoes.” is bold now'),
    ('<p>Bring your own shoes. Come ten minutes early.</p>', '<p>Bring your own shoes.</p><p style="color:red">Come ten minutes early.</p>', 'text: “Come ten minutes early.” stands on a line of its own now; colours: the colour of “Come ten minutes early.” is red #ff0000 now, and was the usual one'),
    ('<p>Bring your own shoes.</p><p>Come ten minutes early.</p>', '<p>Bring your own shoes. <b>Come ten minutes early.</b></p>', 'text: “Come ten minutes early.” no longer stands on a line of its own; style of text: “Come ten minutes early.” is bold now'),
    ('<p>A paragraph of several words.</p><p>Second words here in line.</p><p style="">Third words are here.</p><div style="background:#ffd"><p>It stands in the box.</p></div>', '<p>A paragraph of several words.</p><p style="">Third words are here.</p><div style="background:#ffd"><p>It stands in the box.</p><p>Second words here in line.</p></div>', 'text: “Second words here in line.” now comes after “It stands in the box.”; colours: the background around “Second words here in line.” changed: white #ffffff became light yellow #ffffdd'),
    ('<table><tr><td style="">Tea<td style="">3<tr><td style="">Milk<td style="">1<tr><td style="">Jam<td style="">2</table>', '<table><tr><td style="color:#c92a2a">Jam<td style="color:#c92a2a">2<tr><td style="">Tea<td style="">3<tr><td style="">Milk<td style="">1</table>', 'text: the row “Jam” now comes before “Tea”; colours: the colour of “Jam” and “2” (Jam) is red #c92a2a now, and was the usual one'),
    ('<img src=/a.png alt=Ant width=96><p>A paragraph of several words.</p><p>Second words here in line.</p>', '<p>A paragraph of several words.</p><p>Second words here in line.</p><img src=/a.png alt=Ant width=300>', 'image: “Ant” now comes after “Second words here in line.”; size of an image: the size of the picture “Ant” changed: 96 wide became 300 wide'),
    ('<div><a href="/1" style="padding:9px;background:#228">Choose</a></div><div><a href="/2" style="padding:9px;background:#495057;color:#fff">Refund</a></div>', '<div><a href="/2" style="padding:9px;background:#fff;color:#495057">Refund</a></div><div><a href="/1" style="padding:9px;background:#228">Choose</a></div>', 'button: “Refund” now comes before “Choose”; colours: the background of the button “Refund” changed: grey #495057 became white #ffffff; colours: the colour of “Refund” changed: white #ffffff became grey #495057'),
    ('<p><a href=/a>Rules</a> · <a href=/b>Settings</a> · <a href=/c>Leave</a></p>', '<p><a href=/b>Settings</a> · <a href=/c>Leave</a></p>', 'text: Rules · Settings · Leave > Settings · Leave; link “Rules”: /a > -'),
    ('<p>Hi</p><table><tr><td><hr><p>Your team</p></td></tr></table>', '<p>Hi</p><table><tr><td><hr></td></tr></table>', 'text: Your team > -'),
    ("<p>Hi</p><table><tr><td><p style='border-top:1px solid'></p><p>Your team</p></td></tr></table>", "<p>Hi</p><table><tr><td><p style='border-top:1px solid'></p></td></tr></table>", 'text: Your team > -'),
    ('<p>Sponsors</p><p>Bank Linz</p><p>Garage Wolf</p><img alt="The stage" src=a>', '<img alt="The stage" src=a><p>Sponsors</p><p>Garage Wolf</p><p>Bank Linz</p>', 'image: “The stage” now comes before “Sponsors”; text: “Garage Wolf” now comes before “Bank Linz”'),
    ('<p>Sing long tones.</p><h2>During</h2><p>Watch Ruth.</p><h2>After</h2><p>Bye</p>', '<h2>During</h2><p>Watch Ruth.</p><h2>After</h2><p>Sing long tones.</p><p>Bye</p>', 'text: “Sing long tones.” now comes after “After”'),
    ('<h2>Cat food</h2><p>2 bags in stock</p><p>Keep the food in a dry place.</p><h2>Dog food</h2><p>3 bags</p><p>Returns are free.</p>', '<h2>Cat food</h2><p>2 bags on order</p><h2>Dog food</h2><p>4 bags</p><p>Returns are free.</p><p>Keep the food in a dry place.</p>', 'text: “Keep the food in a dry place.” now comes after “Returns are free.”; text under “Dog food”: 3 bags > 4 bags; text: 2 bags in stock > 2 bags on order'),
    ('<table><tr><td>Day</td><td>Room</td></tr><tr><td>Mon</td><td>Chapel</td></tr><tr><td>Tue</td><td>Attic</td></tr></table>', '<table><tr><td>Day</td><td>Place</td><td>Leader</td></tr><tr><td>Mon</td><td>Chapel</td><td>Ines</td></tr><tr><td>Tue</td><td>Stage</td><td>Paul</td></tr></table>', 'column “Leader”: - > Ines\nPaul; text beside “Day”: Room > Place; text beside “Tue”: Attic > Stage'),
    ('<table><tr><td>Vaccine</td><td>Due</td></tr><tr><td>Rabies</td><td>May</td></tr><tr><td>Flu</td><td>June</td></tr><tr><td>Distemper</td><td>July</td></tr></table>', '<table><tr><td>Vaccine</td><td>Due</td><td>Price</td></tr><tr><td>Rabies</td><td>May</td><td>£30</td></tr><tr><td>Distemper</td><td>July</td><td>£25</td></tr></table>', 'column “Price”: - > £30\n£25; row: Flu, June > -'),
    ('<table><tr><td>Seat</td><td>1</td><td>30</td></tr><tr><td>Booking fee</td><td></td><td>3</td></tr><tr><td>Total</td><td></td><td>33</td></tr></table>', '<table><tr><td>Seat</td><td>1</td><td>30</td></tr><tr><td>Total</td><td></td><td>33</td></tr></table>', 'row: Booking fee, 3 > -'),
    ('<table><tr><td>Seat</td><td>1</td><td>30</td></tr><tr><td>Total</td><td></td><td>33</td></tr></table>', '<table><tr><td>Seat</td><td>1</td><td>30</td></tr><tr><td>Postage</td><td></td><td>3</td></tr><tr><td>Total</td><td></td><td>36</td></tr></table>', 'row: - > Postage, 3; text beside “Total”: 33 > 36'),
    ('<p>One for all.</p><hr style="border-color:#333"><p>x</p>', '<p>One for all.</p><table><tr><td></td><td>Sung</td></tr></table><hr style="border-color:#ccc"><p>x</p>', 'text: - > Sung; borders: the colour of the line across below “Sung” changed: dark grey #333333 became light grey #cccccc'),
    ('<div style="background:#111"><img alt=A src=a.png></div><h2>One</h2><p>x y z</p><h2>Two</h2>', '<div style="background:#121"><img alt=A src=b.png></div><h2>Two</h2><h2>One</h2><p>x y z</p><h2>Three</h2>', 'heading: “Two” now comes before “One”; image “A”: a.png > b.png; heading: - > Three; colours: the background around the picture “A” changed: dark grey #111111 became green-black #112211'),
    ("<p style='border-right:3px solid #145;padding-right:8px'>Go</p>", "<p style='border-left:3px solid #145;padding-left:8px'>Go</p>", "borders: the border of “Go” is on the left now, and was on the right; spaces: the space beside “Go” is on the left now, and was on the right"),
    ("<p style='border-top:3px solid #145'>Go</p>", "<p style='border-bottom:3px solid #145'>Go</p>", "borders: the border of “Go” is at the bottom now, and was at the top"),
    ("<h1>Your book waits</h1><p>We keep it until Friday.</p><p>x</p>", "<p>We keep it until Sunday.</p><h1>Your book waits</h1><p>x</p>", "text: “We keep it until Sunday.” now comes before “Your book waits”; text: We keep it until Friday. > We keep it until Sunday."),
    ('<table><tr><td>Room</td><td>Guest</td></tr><tr><td>412</td><td>Okafor</td></tr><tr><td>413</td><td>Lind</td></tr></table>', '<table><tr><td>Room</td><td>Guest</td></tr><tr><td>413</td><td>Lind</td></tr><tr><td>412</td><td>Okafor</td></tr></table>', 'text: the row “413” now comes before “412”'),
    ('<table><tr><td>Nr</td><td>Room</td><td>Price</td></tr><tr><td>3</td><td>Sea</td><td>180</td></tr><tr><td>4</td><td>Sea</td><td>190</td></tr></table>', '<table><tr><td>Nr</td><td>Room</td><td>Price</td></tr><tr><td>3</td><td>Sea</td><td>180</td></tr><tr><td>4</td><td>Sea</td><td>210</td></tr></table>', 'text beside “4, Price”: 190 > 210'),
    ('<style>tr:nth-child(even) td{background:#ffd180}</style><table><tr><td>3 July</td><td>Sea</td></tr><tr><td>4 July</td><td>Bay</td></tr><tr><td>5 July</td><td>Bay</td></tr></table>', '<style>tr:nth-child(even) td{background:#ffd180}</style><table><tr><td>4 July</td><td>Bay</td></tr><tr><td>3 July</td><td>Sea</td></tr><tr><td>5 July</td><td>Bay</td></tr></table>', 'text: the row “4 July” now comes before “3 July”'),
    ('<style>tr:nth-child(even) td{background:#ffd180}</style><table><tr><td>3 July</td><td>Sea</td></tr><tr><td>4 July</td><td>Bay</td></tr><tr><td>5 July</td><td>Bay</td></tr></table>', '<style>tr:nth-child(even) td{background:#ffd180}</style><table><tr><td>3 July</td><td>Sea</td></tr><tr><td>5 July</td><td>Bay</td></tr></table>', 'row: 4 July, Bay > -'),
    ('<style>tr:nth-child(even) td{background:#ffd180}</style><table><tr><td>3 July</td><td>Sea</td></tr><tr><td>4 July</td><td>Bay</td></tr><tr><td>5 July</td><td>Bay</td></tr></table>', '<table><tr><td>3 July</td><td>Sea</td></tr><tr><td>4 July</td><td>Bay</td></tr><tr><td>5 July</td><td>Bay</td></tr></table>', 'colours: the background around “4 July” and “Bay (4 July)” is gone: light orange #ffd180'),
    ("<table><tr><td>A</td></tr><tr style='background:#eee'><td>B</td></tr><tr><td>C</td></tr></table>", "<table><tr style='background:#eee'><td>B</td></tr><tr><td>A</td></tr><tr><td>C</td></tr></table>", 'text: “B” now comes before “A”'),
    ('<p>Now €150</p>', '<p>Now <del>€170</del> €150</p>', 'text: Now €150 > Now €170 €150; style of text: “€170” is struck out now'),
    ('<p>Now €150</p>', '<p>Now <strike>€170</strike> <b>€150</b></p>', 'text: Now €150 > Now €170 €150; style of text: “€170” is struck out now; style of text: “€150” is bold now'),
    ('<p>Now €150</p>', "<p>Now <span style='text-decoration:line-through'>€170</span> €150</p>", 'text: Now €150 > Now €170 €150; style of text: “€170” is struck out now'),
    ('<p>Hi</p>', '<p>Hi</p><p><s>€170</s> €150</p>', 'text after “Hi”: - > €170 €150; style of text: “€170” is struck out now'),
    ('<p>A</p><p><del>B b</del></p>', '<p><del>B b</del></p><p>A</p>', 'text: “B b” now comes before “A”'),
    ('<p>Now <del>€170</del></p>', '<p>Now <del>€180</del></p>', 'text: Now €170 > Now €180'),
    ("<p><a href='/m' style='background:red'>Manage</a> <a href='/c' style='background:red'>Cancel</a></p>", "<p><a href='/c' style='background:red'>Cancel</a> <a href='/m' style='background:red'>Manage</a></p>", 'button: “Cancel” now comes before “Manage”'),
    ("<p>Hotel. <a href='/t'>Terms</a> | <a href='/p'>Privacy</a></p>", "<p>Hotel. <a href='/p'>Privacy</a> | <a href='/t'>Terms</a></p>", 'link: “Privacy” now comes before “Terms”'),
    ("<p>Call <a href='/a'>Ann</a> or <a href='/b'>Bob</a>.</p>", "<p>Call <a href='/b'>Ann</a> or <a href='/a'>Bob</a>.</p>", 'link “Ann”: /a > /b; link “Bob”: /b > /a'),
    ("<p><a href='/m'>Manage</a> <a href='/c'>Cancel</a></p>", "<p><a href='/m'>Manage</a> <a href='/c'>Cancel it</a></p>", 'words of a link: Cancel > Cancel it'),
    ("<div><a href='/a' style='display:inline-block'>News</a><a href='/b' style='display:inline-block'>Contact</a></div>", "<div><a href='/a' style='display:inline-block'>News</a></div>", 'link “Contact”: /b > -'),
    ('<p>Hi</p>', "<p>Hi</p><a href='/a' style='border:1px solid red'>News</a>", 'button “News”: - > /a; boxes: the new button “News” has a line around it (1px, red #ff0000)'),
    ("<div style='background:#fff'><p>Hi <a href='/u' style='color:#777'>Off</a></p></div>", "<div style='background:#fff'><p>Hi <a href='/u' style='color:#fff'>Off</a></p></div>", 'colours: the colour of “Off” changed: grey #777777 became white #ffffff, which can hardly be read on white #ffffff'),
    ("<p><a href='/?u=a'><img src='f.png' alt=''></a> <a href='/?u=a'>Follow</a></p>", "<p><a href='/?u=b'><img src='f.png' alt=''></a> <a href='/?u=b'>Follow</a></p>", 'link “Follow” › address › u: a > b'),
    ('<h1>Hi</h1><style>@media print{.v{display:none}}</style><p class=v>V</p>', '<h1>Hi</h1><style>@media print{.v{display:none}}.v{opacity:0;font-weight:400}</style><p class=v>V</p>', 'hidden text: “V” is hidden text now, and was a text'),
    ("<div style='background-image:url(a.png);height:180px'></div><h1>Hi</h1>", "<div style='background-image:url(b.png);height:60px'></div><h1>Hi</h1>", 'background image above “Hi”: a.png > b.png; sizes: the height of the background image above “Hi” changed: 180px became 60px'),
    ("<table style='width:400px'><tr><td><a style='background:red' href='/a'>Go</a></td></tr></table>", "<table style='width:400px'><tr><td width=300><a style='background:red;width:250px' href='/a'>Go</a></td></tr></table>", 'sizes: the width of the part with “Go” is new: 300px'),
    ('<style>.s td{border-top:2px solid #000}</style><table class=s><tr><td>Total</td><td></td></tr></table>', '<table class=s><tr><td>Total</td><td></td></tr></table>', 'borders: the border above “Total” is gone: 2px, black #000000'),
    ('<p>a</p><hr><p>b</p>', '<hr><p>a</p><p>b</p>', 'layout: a line across stands above “a” now'),
    ('<p>a</p><table><tr><td height=20></td></tr></table>', '<table><tr><td height=20></td></tr></table><p>a</p>', 'layout: an empty part stands above “a” now'),
    ("<p>Is <span style='background:#b8860b;border-radius:9px'>Gold</span></p>", "<p>Is <span style='background:#b8860b;border-radius:0'>Gold</span></p>", 'borders: the roundness of the corners of “Gold” changed: 9px became 0'),
    ("<p style='border:1px solid #ddd'>a</p>", "<p style='border:0'>a</p>", 'borders: the border of “a” is gone: 1px, light grey #dddddd'),
    ("<p style='padding:12px 22px'>a</p>", "<p style='padding:20px 40px'>a</p>", 'spaces: the space above and below “a” changed: 12px became 20px; spaces: the space left and right of “a” changed: 22px became 40px'),
    ('<table><tr><td>a</td></tr></table>', "<table style='margin:0 auto'><tr><td>a</td></tr></table>", 'spaces: “a” stands in the middle now'),
    ('<ul><li>a</ul>', "<ul style='list-style:none'><li>a</ul>", 'lists: the list with “a” has no bullets now'),
    ('<details><summary>a</summary>b</details>', '<details open><summary>a</summary>b</details>', 'layout: “a” is open from the start now'),
    ("<form action='/a'>a</form>", "<form action='/b'>a</form>", 'forms: where the form with “a” is sent changed'),
    ('<font size=4>a</font>', '<font size=2>a</font>', 'size of text: the size of “a” changed: large became small'),
    ("<p>a</p><video src='a.mp4' poster='a.png'></video>", "<p>a</p><video poster='b.png'><source src='b.mp4'></video>", 'video: a.mp4 > b.mp4; image b.png: a.png > b.png'),
    ("<picture><source srcset='d.png'><img src='l.png' alt=L></picture>", "<picture><source srcset='e.png'><img src='l.png' alt=L></picture>", 'size of an image: the picture “L” for some screens changed'),
    ("<p style='color:#00695c'>a</p>", "<p style='color:#4527a0'>a</p>", 'colours: the colour of “a” changed: dark turquoise #00695c became purple #4527a0'),
    ("<p style='color:#ff9800'>a</p>", "<p style='color:#bf360c'>a</p>", 'colours: the colour of “a” changed: orange #ff9800 became dark orange #bf360c'),
    ("<style>@media (prefers-color-scheme:dark){p{color:#eee}}</style><p style='display:none'>Preview</p><p>a</p>", "<p style='display:none'>Preview</p><p>a</p>", 'colours: the colour of “a” in dark mode is the usual one now, and was light grey #eeeeee'),
    # how large the part is that looks different
    ("<div style='border:1px solid #ddd'><p>Piranesi</p><p>Shelf: C 14</p></div><p>Bye</p>", "<div><p>Piranesi</p><p>Shelf: C 14</p></div><p>Bye</p>", 'borders: the border of the box from “Piranesi” to “Shelf: C 14” is gone: 1px, light grey #dddddd'),
    ("<table style='border:1px solid #ddd'><tr><td><img src='c.png' alt='A card'></td></tr><tr><td>Hi</td></tr></table>", "<table style='border:1px solid #000;border-radius:4px'><tr><td><img src='c.png' alt='A card'></td></tr><tr><td>Hi</td></tr></table>", 'borders: the roundness of the corners of the box from the picture “A card” to “Hi” is new: 4px; colours: the colour of a border of the box from the picture “A card” to “Hi” changed: light grey #dddddd became black #000000'),
    ("<div style='border:1px solid #ddd'><p>Same</p><p>Same</p></div>", "<div><p>Same</p><p>Same</p></div>", 'borders: the border of “Same” is gone: 1px, light grey #dddddd'),
    ("<table bgcolor='#f2efe8'><tr><td>Hi</td></tr><tr><td>Bye</td></tr></table>", "<table bgcolor='#e8eef2'><tr><td>Hi</td></tr><tr><td>Bye</td></tr></table>", 'colours: the background of the whole email changed: beige #f2efe8 became light blue #e8eef2'),
    ("<body bgcolor='#eee'><table bgcolor='#f2efe8'><tr><td>Hi</td></tr><tr><td>Bye</td></tr></table>", "<body bgcolor='#eee'><table bgcolor='#e8eef2'><tr><td>Hi</td></tr><tr><td>Bye</td></tr></table>", 'colours: the background of the box from “Hi” to “Bye” changed: beige #f2efe8 became light blue #e8eef2'),
    ("<html dir='rtl'><head><title>Due</title></head><body><div dir='rtl'><p style='direction:rtl'>Hi</p><p style='direction:rtl'>Bye</p></div></body></html>", "<html dir='ltr'><head><title>Due</title></head><body><div dir='ltr'><p style='direction:rtl'>Hi</p><p style='direction:rtl'>Bye</p></div></body></html>", 'alignment: the email is written from left to right now'),
    ("<table><tr><td>A</td><td align=right>€2</td></tr><tr><td>B</td><td align=right>€2</td></tr><tr><td>C</td><td align=right>€3</td></tr></table>", "<table><tr><td>A</td><td align=left>€2</td></tr><tr><td>B</td><td align=left>€2</td></tr><tr><td>C</td><td align=left>€3</td></tr></table>", 'alignment: “€2” (A) and 2 more stand on the left, and stood on the right'),
    # lines of texts, shadows, numbers with many decimals
    ("<a href=/>Go</a>", "<a href=/ style='text-decoration:none'>Go</a>", 'style of text: “Go” is no longer underlined'),
    ("<a href=/ style='text-decoration-line:none'>Go</a>", "<a href=/ style='text-decoration:underline solid currentcolor'>Go</a>", 'style of text: “Go” is underlined now'),
    ("<a href=/>Go</a>", "<a href=/ style='text-decoration:underline'>Go</a>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p>Go</p>", "<p style='text-decoration:none'>Go</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<style>a:hover{color:red}</style><a href=/>Go</a>", "<style>a:hover{color:red;text-decoration:none}</style><a href=/>Go</a>", 'style of text: “Go” is no longer underlined under the pointer'),
    ("<style>a{text-decoration:none}</style><a href=/>Go</a>", "<style>a{text-decoration:none}a:hover{text-decoration:underline}</style><a href=/>Go</a>", 'style of text: “Go” is underlined now under the pointer'),
    ("<p><u>Go</u></p>", "<p style='text-decoration:overline line-through'>Go</p>", 'style of text: “Go” is overlined and struck out now, no longer underlined'),
    ("<p style='text-decoration:underline'>Go</p>", "<p style='text-decoration:dotted underline #f00 2px'>Go</p>", 'colours: the colour of the line at “Go” is new: red #ff0000; style of text: the look of the line at “Go” is new: dotted; style of text: the look of the line at “Go” is new: 2px'),
    ("<p>Go</p>", "<p style='box-shadow:0 1px 2px #000'>Go</p>", 'borders: the shadow around “Go” is new'),
    ("<p>Go</p>", "<p style='text-shadow:0 1px 2px #000'>Go</p>", 'style of text: the shadow of “Go” is new'),
    # a row is told by its words: a picture with the same words, or with a sign alone, is not told beside them
    (f"<p>Follow us</p>{SOCIAL}", "<p>Follow us</p>", "link “Chat”: https://c.test/a > -"),
    ("<p>Follow us</p>", f"<p>Follow us</p>{SOCIAL}", "link “Chat”: - > https://c.test/a"),
    (f"<p>Asked</p>{QUESTION}", "<p>Asked</p>", "text: May I? > -; text: Yes. > -"),
    ("<p>Pots</p>", "<p>Pots</p><table><tr><td><img src='https://c.test/p.png' alt='Pot'></td><td>Pot</td><td>€5</td><td>€5</td></tr></table>", "row: - > Pot, €5, €5"),
    ("<p style='letter-spacing:1px'>Go</p>", "<p style='letter-spacing:2px'>Go</p>", 'size of text: the distance of letters of “Go” changed: 1px became 2px'),
    ("<p lang='he'>Go</p>", "<p lang='qq'>Go</p>", 'language: the language of “Go” changed: Hebrew (he) became qq'),
    ("<p style='line-height:1.4'>Go</p>", "<p style='line-height:1.3333333333333333'>Go</p>", 'size of text: the distance of lines of “Go” changed: 1.4 became 1.33'),
    ("<p style='font-size:1.5em'>Go</p>", "<p style='font-size:1.66667em'>Go</p>", 'size of text: “Go” is larger: 1.5em became 1.67em'),
    ("<!--[if mso]><p style='mso-padding-alt:1px'>Go</p><![endif]--><p>Hi</p>", "<!--[if mso]><p style='mso-padding-alt:2px'>Go</p><![endif]--><p>Hi</p>", 'for Outlook: what only Outlook follows of “Go” changed'),
    ("<style>@media (prefers-color-scheme:dark){.c{background:#111}}</style><body bgcolor=#fff><div class=c><p>A</p><p>B</p></div>", "<style>@media (prefers-color-scheme:dark){.c{background:#222}}</style><body bgcolor=#fff><div class=c><p>A</p><p>B</p></div>", 'colours: the background of the box from “A” to “B” changed: dark grey #111111 became a lighter grey #222222 in dark mode'),
    ("<p>x</p>", "<p>x</p><a href='https://fb.test/l'><img src='f.png' alt='Facebook'></a>", 'image “Facebook”: - > f.png, which leads to https://fb.test/l'),
    ("<p>x</p><a href='https://fb.test/l'><img src='f.png' alt='Facebook'></a>", "<p>x</p>", 'image “Facebook”: f.png, which leads to https://fb.test/l > -'),
    ("<p>x</p><a href='https://a.test/1'>Go</a><a href='https://a.test/1'>Go</a>", "<p>x</p>", 'link “Go”: https://a.test/1 > -'),
    ("<img src='f.png' alt='Logo'>", "<a href='https://x.test'><img src='f.png' alt='Logo'></a>", 'link: the picture “Logo” leads to https://x.test now'),
    ("<p>Use <code>pip</code> now</p>", "<p>Use pip now</p>", 'font: the font of “pip” is the usual one now, and was monospace'),
    ("<div style='display:flex'><p>a</p><p>c</p></div>", "<div><p>a</p><p>c</p></div>", 'layout: the parts of “a” no longer stand in a row or column of their own'),
    ("<div><p>a</p><p>c</p></div>", "<div style='display:grid'><p>a</p><p>c</p></div>", 'layout: the parts of “a” stand in a grid now'),
    ("<p style='padding:0.5rem'>a</p>", "<p style='padding:1rem'>a</p>", 'spaces: the space around “a” changed: 8px became 16px'),
    ("<ol><li>a<li>b</ol>", "<ol type=a><li>a<li>b</ol>", 'lists: the list with “a” has letters (a, b) now, and had the usual signs'),
    ("<ol type=a><li>a<li>b</ol>", "<ol style='list-style-type:lower-roman'><li>a<li>b</ol>", 'lists: the list with “a” has roman numerals (i, ii) now, and had letters (a, b)'),
    ("<blockquote>Hi there</blockquote><p>x</p>", "<p>Hi there</p><p>x</p>", 'layout: “Hi there” is no longer a quote'),
    ("<p>Hi there</p><p>x</p>", "<blockquote><p>Hi there</p></blockquote><p>x</p>", 'layout: “Hi there” is a quote now'),
    ("<ul><li>Box<ul><li>lid</li></ul></li><li>x</li></ul>", "<ul><li>Box</li><li>lid</li><li>x</li></ul>", 'layout: “lid” stands less deep in the list now'),
    # a row of a table without a body is in one, as in a browser
    *((f"<style>{at}{{color:#000}}</style><table><caption>C</caption>{rows}</table>", f"<style>{at}{{color:red}}</style><table><caption>C</caption>{rows}</table>", said)
      for rows in ("<tr><td>May</td></tr><tr><td>June</td></tr>", "<colgroup><col></colgroup><tr><td>May<tr><td>June", "<tbody><tr><td>May<tr><td>June</tbody>", "<tr><td>May</td></tr><tr><td>June</td></tr><tbody></tbody>")
      for at, said in (
          ("tr:first-child", 'colours: the colour of “May” changed: black #000000 became red #ff0000'), ("table > tbody > tr:nth-child(2) > td", 'colours: the colour of “June” changed: black #000000 became red #ff0000'),
          ("table > tr > td", 'unseen: what is written in the HTML changed, and nothing that is read or seen'))),
    ("<p style='border-radius:0.25rem'>Go</p>", "<p style='border-radius:9999px'>Go</p>", 'borders: the roundness of the corners of “Go” changed: 4px became 9999px'),
    ("<table style='border-collapse:collapse'><tr><td>A</td><td>B</td></tr></table>", "<table style='border-collapse:separate'><tr><td>A</td><td>B</td></tr></table>", 'spaces: the distance between the cells of the box from “A” to “B” changed: 0 became 2px'),
    # columns: one sentence for each, whatever rules say it
    ("<style>@media (min-width:480px){.c50{width:50%;max-width:50%}}</style><style>.moz-text-html .c50{width:50%;max-width:50%}</style><div style='width:600px'><!--[if mso]><table><tr><td style='width:300px'><![endif]--><div class=c50 style='display:inline-block;width:100%'>One</div><div class=c50 style='display:inline-block;width:100%'>Two</div><!--[if mso]></td></tr></table><![endif]--></div>", "<style>@media (min-width:480px){.c65{width:65%;max-width:65%}.c35{width:35%;max-width:35%}}</style><style>.moz-text-html .c65{width:65%;max-width:65%}.moz-text-html .c35{width:35%;max-width:35%}</style><div style='width:600px'><!--[if mso]><table><tr><td style='width:390px'><![endif]--><div class=c65 style='display:inline-block;width:100%'>One</div><div class=c35 style='display:inline-block;width:100%'>Two</div><!--[if mso]></td></tr></table><![endif]--></div>", 'sizes: the width of the part with “One” changed: 50% became 65% on large screens; sizes: the width of the part with “Two” changed: 50% became 35% on large screens'),
    ("<style>.moz-text-html .c{width:50%}</style><div class=c>One</div>", "<style>.moz-text-html .c{width:60%}</style><div class=c>One</div>", 'sizes: the width of the part with “One” changed: 50% became 60% in some mail programs'),
    ("<style>@media (min-width:480px){.c{max-width:33.333332%}}</style><div class=c style='width:33.333332%'><table><tr><td style='width:150px'>One</td></tr></table></div>", "<style>@media (min-width:480px){.c{max-width:50%}}</style><div class=c style='width:50%'><table><tr><td style='width:250px'>One</td></tr></table></div>", 'sizes: the width of the part with “One” changed: 33.33% became 50%'),
    ("<div style='width:600px'><p style='width:300px'>One</p></div>", "<div style='width:640px'><p style='width:200px'>One</p></div>", 'sizes: the width of the part with “One” changed: 300px became 200px; sizes: the width of the part with “One” changed: 600px became 640px'),
    ("<style>@media (min-width:480px){.c{width:50%!important}}</style><div style='width:600px'><div style='display:inline-block;width:100%'><div class=c style='display:inline-block;width:50%'>One</div><div class=c style='display:inline-block;width:50%'>Two</div></div></div>", "<style>@media (min-width:480px){.c{width:50%!important}}</style><div style='width:600px'><div class=c style='display:inline-block;width:100%'>One</div><div class=c style='display:inline-block;width:100%'>Two</div></div>", 'layout: “One” and what stood beside it stand below each other on small screens now'),
    ("<style>@media (min-width:480px){.c{width:50%!important}}</style><div style='width:600px'><div class=c style='display:inline-block;width:100%'>One</div><div class=c style='display:inline-block;width:100%'>Two</div></div>", "<style>@media (min-width:480px){.c{width:50%!important}}</style><div style='width:600px'><div style='display:inline-block;width:100%'><div class=c style='display:inline-block;width:50%'>One</div><div class=c style='display:inline-block;width:50%'>Two</div></div></div>", 'layout: “One” and what stood below it stand beside each other on small screens now'),
    ("<table><tr><td>One</td><td>Two</td></tr></table>", "<style>@media (max-width:480px){td{display:block}}</style><table><tr><td>One</td><td>Two</td></tr></table>", 'layout: “One” and “Two” stand in lines of their own now on small screens'),
    ("<a href=/ style='display:inline-block;background:red'>Go</a>", "<a href=/ style='display:block;background:red'>Go</a>", 'layout: “Go” takes all of the width now'),
    ("<div>Go</div>", "<div style='display:inline-block'>Go</div>", 'layout: “Go” is only as wide as its words now'),
    ("<p><a href=/ style='display:inline-block;background:red'>Go</a> or <b>stay</b></p>", "<p><a href=/ style='display:block;background:red'>Go</a> or <b>stay</b></p>", 'layout: “Go” stands in a line of its own now'),
    ("<p><span><a href=/ style='display:block;background:red'>Go</a></span></p>", "<p><span><a href=/ style='display:inline-block;background:red'>Go</a></span></p>", 'layout: “Go” is only as wide as its words now'),
    ("<div>Go</div><div>x</div>", "<div style='display:inline-block'>Go</div><div>x</div>", 'layout: “Go” is only as wide as its words now'),
    ("<p><a href=/ style='display:block;background:red;width:90px'>Go</a></p>", "<p><a href=/ style='display:inline-block;background:red;width:90px'>Go</a></p>", 'layout: “Go” stands in a line with others now, where there is room'),
    ("<style>@media (max-width:480px){.b{display:block}}</style><p><a class=b href=/ style='background:red'>Go</a></p>", "<style>@media (max-width:480px){i{color:red}}</style><p><a class=b href=/ style='background:red'>Go</a></p>", 'layout: “Go” is only as wide as its words now on small screens'),
    # no footer becomes what stood under the last heading; what changes places with what became another is told so
    ("<h2>T</h2><p>You pay 40% when you order and the rest later.</p><p>We use oak from the Black Forest.</p><p>Bye</p>", "<h2>T</h2><p>We use oak from the Black Forest.</p><p>You pay 50% when you order and the rest later.</p><p>Bye</p>", 'text: “You pay 50% when you order and the rest…” now comes after “We use oak from the Black Forest.”; text: You pay 40% when you order and the rest later. > You pay 50% when you order and the rest later.'),
    ("<table><tr><td><h2>Oak</h2><p>Strong and old wood.</p></td><td><h2>Beech</h2><p>Light and warm wood.</p></td></tr></table>", "<table><tr><td><h2>Beech</h2><p>Light and warm wood.</p></td><td><h2>Oak</h2><p>Strong and very old wood.</p></td></tr></table>", 'columns: the columns “Beech” and “Oak” have changed places; text: Strong and old wood. > Strong and very old wood.'),
    ("<p>x</p><table><tr><td><a href=/a>Poor</a></td><td><a href=/b>Fine</a></td><td><a href=/c>Great</a></td></tr></table>", "<p>x</p><table><tr><td><a href=/c>Great</a></td><td><a href=/b>Fine</a></td><td><a href=/a>Poor</a></td></tr></table>", 'link: “Great” now comes before “Poor”; link: “Fine” now comes before “Poor”'),
    # links that stand in another order, that are all of a line, or stay without leading anywhere
    *((f"<p>Hi you</p><p><a href='/i'>Imprint</a>{sign}<a href='/p'>Privacy</a></p>", f"<p>Hi you</p><p><a href='/p'>Privacy</a>{sign}<a href='/i'>Imprint</a></p>", "link: “Privacy” now comes before “Imprint”") for sign in (" | ", " · ", ", ", " ", "<br>", " and ")),
    ("<p><a href=/a>A</a> | <a href=/b>B</a> | <a href=/c>C</a></p>", "<p><a href=/c>C</a> | <a href=/a>A</a> | <a href=/b>B</a></p>", "link: “C” now comes before “A”"),
    ("<p><a href=/a>A</a> | <a href=/b>B</a> | <a href=/c>C</a></p>", "<p><a href=/c>C</a> | <a href=/b>B</a> | <a href=/d>D</a></p>", "link: “C” now comes before “B”; link “A”: /a > -; link “D”: - > /d"),
    ("<p>Hi</p><p><a href=/a><img src=a.png alt=Ant></a> <a href=/b><img src=b.png alt=Bee></a></p>", "<p>Hi</p><p><a href=/b><img src=b.png alt=Bee></a> <a href=/a><img src=a.png alt=Ant></a></p>", "link: “Bee” now comes before “Ant”"),
    ("<p>x</p><p><a href=/p>Pin</a></p>", "<p>x</p><p>Pin</p>", "link: “Pin” no longer leads to /p"),
    ("<p>x</p><p><a href=/p>Pin</a></p>", "<p>x</p>", "link “Pin”: /p > -"),
    ("<p>See a <a href=/p>Pin</a> here</p>", "<p>See a Pin here</p>", "link: “Pin” no longer leads to /p"),
    ("<p>See a <a href=/p>Pin</a> here</p>", "<p>See a here</p>", "text: See a Pin here > See a here; link “Pin”: /p > -"),
    ("<p>x</p><img src=f.png alt=Logo>", "<p>x</p><a href=/a><img src=f.png alt=Logo></a>", "link: the picture “Logo” leads to /a now"),
    ("<p>x</p><a href=/a><img src=f.png alt=Logo></a> <a href=/a>Logo</a>", "<p>x</p><img src=f.png alt=Logo> Logo", "link: “Logo” no longer leads to /a"),
    ("<p>x</p><a href=/a><img src=f.png alt=Logo></a> <a href=/a>Logo</a>", "<p>x</p>", "image “Logo”: f.png, which leads to /a > -; link “Logo”: /a > -"),
    ("<p>x</p><a href=/a><img src=f.png alt=Logo></a> <a href=/a>Logo</a>", "<p>x</p><a href=/a>Logo</a>", "image “Logo”: f.png, which leads to /a > -"),
    # what a browser does by itself is no other look
    ("<p>Go</p>", "<p style='font-weight:normal;font-style:normal;text-transform:none'>Go</p>", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<h2>Go</h2>", "<h2 style='font-weight:bold'>Go</h2>", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<h2>Go</h2>", "<h2 style='font-weight:400'>Go</h2>", "style of text: “Go” is no longer bold"),
    ("<table><tr><th>Go</th><td>x</td></tr></table>", "<table><tr><th style='font-weight:normal'>Go</th><td>x</td></tr></table>", "style of text: “Go” is no longer bold"),
    ("<p style='font-size:12px'>Ask us: <a href=/a>Leave</a> | <a href=/b>Data</a></p>", "<p style='font-size:13px'>Ask us: <a href=/a>Leave</a> | <a href=/b>Data</a></p>", "size of text: “Ask us:” and 2 more are larger: 12px became 13px"),
    # what passed a text that became another one is told by it
    ("<h2>Oak</h2><p>We cut it in the hall.</p><p><a href=/a>A</a> | <a href=/b>B</a></p><p>You find it near the river.</p>", "<h2>Oak</h2><p>We cut it in the hall.</p><p>You find it near the river.</p><p><a href=/b>B</a> | <a href=/a>A</a></p>", "text: “You find it near the river.” now comes before “B | A”; link: “B” now comes before “A”"),
    # several that were exchanged; a link that moved within its line; cells that stood below each other
    ("<p>x y</p><ol><li>Take A now<li>Bring B too<li>Have C all day</ol>", "<p>x y</p><ol><li>Have C all day<li>Bring B also<li>Take A now</ol><p>Chamber</p>", "list item: “Have C all day” and “Take A now” have changed places; list item: Bring B too > Bring B also; text: - > Chamber"),
    ("<p>A a</p><p>B b</p><p>C c</p><p>D d</p>", "<p>D d</p><p>C c</p><p>B b</p><p>A a</p>", "text: “D d” and “A a” have changed places; text: “C c” now comes before “B b”"),
    ("<p>A a</p><p>B b</p><p>C c</p><p>D d</p>", "<p>C c</p><p>D d</p><p>A a</p><p>B b</p>", "text: “C c” and the part after it now come before “A a”"),
    ("<p>Please read <a href=/t>our terms</a> and our prices now.</p>", "<p>Please read our terms and <a href=/t>our prices</a> now.</p>", "link: the link to /t is on “our prices” now, and was on “our terms”"),
    ("<style>@media (max-width:480px){td{display:block!important}}</style><table><tr><td>One</td><td>Two</td></tr></table>", "<table><tr><td>One</td><td>Two</td></tr></table>", "layout: “One” and “Two” stand beside each other now on small screens"),
    # a picture is one with the link around it; a font is that of texts, and of no words among them
    ("<table><tr><td align=left><table><tr><td><a href=/i><img src=a.png alt=Ant></a></td></tr></table></td></tr></table>", "<table><tr><td align=center><table><tr><td><a href=/i><img src=a.png alt=Ant></a></td></tr></table></td></tr></table>", "alignment: the picture “Ant” stands in the middle, and stood on the left"),
    ("<style>@media (max-width:480px){.h{display:none}}</style><p>x</p><div class=h><a href=/i><img src=a.png alt=Ant></a></div>", "<p>x</p><div class=h><a href=/i><img src=a.png alt=Ant></a></div>", "layout: the picture “Ant” is no longer hidden on small screens"),
    ("<style>body{font-family:Verdana}</style><body><h1>Storm</h1><p>Read our <a href=/p>Privacy</a></p>", "<style>body{font-family:Georgia}</style><body><h1>Storm</h1><p>Read our <a href=/p>Privacy policy</a></p>", "text: Read our Privacy > Read our Privacy policy; font: the font of “Storm” and 2 more changed: verdana became georgia"),
    # an empty part is the one that stands after the same words
    ("<p>A</p><table><tr><td style='height:20px'></td></tr></table><p>B</p><table><tr><td style='height:40px'></td></tr></table><p>C</p>", "<p>A</p><table><tr><td style='height:40px'></td></tr></table><p>B</p><table><tr><td style='height:40px'></td></tr></table><p>C</p>", "sizes: the height of the empty part below “A” changed: 20px became 40px"),
    ("<p>A</p><table><tr><td style='height:20px'></td></tr></table><hr><p>B</p>", "<p>A</p><hr><table><tr><td style='height:20px'></td></tr></table><p>B</p>", "layout: the line across and the empty part below “A” have changed places"),
    ("<p><a href=/a style='background:red;padding:9px'>Rowan spruce leaf</a></p>", "<p><a href=/a style='background:red;padding:9px'>Leaf oak birch</a></p><p><a href=/a style='background:red;padding:9px'>Red spruce leaf</a></p>", "button “Leaf oak birch”: - > /a; words of a button: Rowan spruce leaf > Red spruce leaf"),
    ("<h2>A</h2><p style='color:#111111'>The mill.</p><p>We sell.</p><p style='font-size:20px'>The hall.</p>", "<h2>A</h2><p>We sell.</p><p style='color:#111111'>The mill.</p>", "text: “We sell.” now comes before “The mill.”; text: The hall. > -"),
    ("<p>A</p><table><tr><td style='height:20px'></td></tr></table><p>B</p><p>C</p>", "<p>A</p><table><tr><td style='height:20px'></td></tr></table><p>B</p><table><tr><td style='height:20px'></td></tr></table><p>C</p>", "layout: an empty row below “B” is new"),
    ("<p style='font-size:14px'><small>After 14 days we give it away.</small></p>", "<p style='font-size:14px'>After 14 days we give it away.</p>", "size of text: “After 14 days we give it away.” is larger: 11.67px became 14px"),
    ("<div style='font-size:14px'><p style='font-size:80%'>After that.</p></div>", "<div style='font-size:14px'><p style='font-size:1.5em'>After that.</p></div>", "size of text: “After that.” is larger: 11.2px became 21px"),
    # what is gone and what is new elsewhere under a heading have nothing to do with each other
    ("<h1>Hours</h1><ul><li>Bring a towel.<li>Bring a cap.<li>Bring your own lock.</ul>", "<h1>Hours</h1><ul><li>Bring a towel.<li>Bring your own lock.<li>Borrow fins for the deep pool.</ul>", "list item: Bring a cap. > -; list item: - > Borrow fins for the deep pool."),
    ("<h1>Hours</h1><table><tr><td>Holidays</td><td>10-16</td><td>shut</td></tr><tr><td>Weekend</td><td>9-18</td><td>12-18</td></tr></table>", "<h1>Hours</h1><table><tr><td>Weekend</td><td>9-18</td><td>12-18</td></tr><tr><td>24.12.</td><td>10-14</td><td>11-14</td></tr></table>", "row: Holidays, 10-16, shut > -; row: - > 24.12., 10-14, 11-14"),
    ("<h1>Pool</h1><p><a href=/l style='background:red;padding:9px'>Book a lane</a></p><p>We open at nine.</p>", "<h1>Pool</h1><p>We open at nine.</p><p><a href=/p style='background:red;padding:9px'>See prices</a></p>", "button “Book a lane”: /l > -; button “See prices”: - > /p"),
    ("<style>@media (max-width:480px){.c{width:100%!important;display:block!important}}</style><p><a class=c href=/a style='display:inline-block;background:#246'>Go</a></p><p>x</p>", "<p><a class=c href=/a style='display:inline-block;background:#246'>Go</a></p><p>x</p>", "layout: “Go” is only as wide as its words now on small screens"),
    ("<p><a href=/a style='display:inline-block;background:#246'>Go</a></p>", "<style>@media (max-width:480px){a{width:100%!important}}</style><p><a href=/a style='display:inline-block;background:#246'>Go</a></p>", "layout: “Go” takes all of the width now on small screens"),
    ("<style>@media (max-width:480px){img{width:100%;height:auto}}</style><p>x</p><img src=a.png alt=Map width=300>", "<p>x</p><img src=a.png alt=Map width=300>", "sizes: the part with the picture “Map” takes 300px now on small screens, and took all of the width"),
    ("<p>x</p><p><a href=/ style='display:inline-block;width:100%'>Pay</a></p>", "<p>x</p><p><a href=/ style='display:block'>Pay</a></p>", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<p>x</p><p><a href=/ style='display:inline-block'>Pay</a></p>", "<p>x</p><p><a href=/ style='display:inline-block;width:100%'>Pay</a></p>", "layout: “Pay” takes all of the width now"),
    ("<p>x</p><p style='color:#111111'>30% (today) off</p>", "<p>x</p><p style='color:#ff0000'>30% (today) off</p>", "colours: the colour of “30% (today) off” changed: dark grey #111111 became red #ff0000"),
    # what was exchanged does not hide a link that moved into a line
    ("<p>Alpha a</p><p>Middle m</p><p>Gamma g</p><p><a href=/t>Terms of use</a></p><p>Tail end of it all</p>", "<p>Gamma g</p><p>Middle m</p><p>Alpha a</p><p>Tail end of it all</p><p>See <a href=/t>Terms of use</a> today</p>", "text: “Gamma g” now comes before “Alpha a”; text: “Middle m” now comes before “Alpha a”; link: “Terms of use” now comes after “Tail end of it all”; text: Terms of use > See Terms of use today"),
    ("<p>A a</p><p>B b</p><p>C c</p><p>D d</p><p>E e</p><p>F f</p><table><tr><td>Cedar</td><td>€3</td></tr><tr><td>Beech</td><td>€5</td></tr></table>", "<table><tr><td>Cedar</td><td>€3</td></tr><tr><td>Beech</td><td>€6</td></tr></table><p>A a</p><p>B b</p><p>C c</p><p>D d</p><p>E e</p><p>F f</p>", "text: the table that begins with “Cedar” now comes before “A a”; text beside “Beech”: €5 > €6"),
    # what is around several texts: above the first, below the last, beside all of them
    (
        "<p>Hi</p><ul style='padding-left:20px'><li>All articles</li><li>The paper</li></ul><p>Bye</p>",
        "<p>Hi</p><ul style='padding-left:40px'><li>All articles</li><li>The paper</li></ul><p>Bye</p>",
        "spaces: the space left of “All articles” to “The paper” changed: 20px became 40px",
    ),
    (
        "<p>Hi</p><ul style='margin-bottom:20px'><li>All articles</li><li>The paper</li></ul><p>Bye</p>",
        "<p>Hi</p><ul style='margin-bottom:40px'><li>All articles</li><li>The paper</li></ul><p>Bye</p>",
        "spaces: the space below “The paper” changed: 20px became 40px",
    ),
    (
        "<p>Hi</p><table style='padding:0 0 9px'><tr><td>All articles</td><td>The paper</td></tr></table><p>Bye</p>",
        "<p>Hi</p><table style='padding:9px 0 0'><tr><td>All articles</td><td>The paper</td></tr></table><p>Bye</p>",
        "spaces: the space above “All articles” changed: 0 became 9px; spaces: the space below “The paper” changed: 9px became 0",
    ),
    (
        "<p>Hi</p><div style='margin:4px'><p>All articles</p><p>The paper</p></div><p>Bye</p>",
        "<p>Hi</p><div style='margin:9px'><p>All articles</p><p>The paper</p></div><p>Bye</p>",
        "spaces: the space around the box from “All articles” to “The paper” changed: 4px became 9px",
    ),
    # two colours of one name
    (
        "<p style='color:#777777'>a</p><p>b</p>",
        "<p style='color:#7a7a7a'>a</p><p>b</p>",
        "colours: the colour of “a” changed: grey #777777 became a slightly lighter grey #7a7a7a",
    ),
    (
        "<p style='color:#0b5394'>a</p><p>b</p>",
        "<p style='color:#0d47a1'>a</p><p>b</p>",
        "colours: the colour of “a” changed: blue #0b5394 became another blue #0d47a1",
    ),
    (
        "<p>x y</p><p>Hello <b>you</b> all</p>",
        "<p>x z</p><p>Hello you <b>all</b></p>",
        "text: x y > x z; style of text: “you” is no longer bold; style of text: “all” is bold now",
    ),
    # lines by what they stand below, and what is empty because it held something
    (
        "<p>a</p><hr style='border-top:1px solid #ccc'><p>b</p><hr style='border-top:1px solid #ccc'><p>c</p>",
        "<p>a</p><hr style='border-top:1px solid #00f'><p>b</p><hr style='border-top:1px solid #00f'><p>c</p>",
        "borders: the colour of the lines across below “a” and “b” changed: light grey #cccccc became blue #0000ff",
    ),
    (
        "<table><tr><td style='width:60%'><p>List of things</p></td><td style='width:40%'><img src='/a.png' alt='A stand'></td></tr></table><p>After</p>",
        "<table><tr><td style='width:60%'><p>List of things</p></td><td style='width:40%'></td></tr></table><p>After</p>",
        "image “A stand”: /a.png > -",
    ),
    (
        "<table><tr><td style='width:60%'><p>List of things</p></td><td style='width:40%'><p>Words</p></td></tr></table><p>After</p>",
        "<table><tr><td style='width:60%'><p>List of things</p></td><td style='width:40%'></td></tr></table><p>After</p>",
        "text beside “List of things”: Words > -",
    ),
    (
        "<table><tr><td><p>A</p></td></tr><tr><td style='padding:9px'><p style='border-top:solid 1px #ddd;font-size:1px'></p></td></tr><tr><td><img src='/m.png' alt='Map'></td></tr><tr><td><p>B</p></td></tr></table>",
        "<table><tr><td><p>A</p></td></tr><tr><td><img src='/m.png' alt='Map'></td></tr><tr><td style='padding:9px'><p style='border-top:solid 1px #ddd;font-size:1px'></p></td></tr><tr><td><p>B</p></td></tr></table>",
        "layout: a line across stands below “Map” now",
    ),
    (
        "<style>@media (max-width:480px){h1{text-align:left}}</style><h1>It is</h1><p>b</p>",
        "<style>@media (max-width:480px){h1{text-align:center}}</style><h1>It is</h1><p>b</p>",
        "alignment: “It is” stands in the middle on small screens, and stood on the left",
    ),
    (
        "<table><tr><td><p>A</p></td></tr><tr><td style='padding:9px'><p style='border-top:solid 1px #ddd;font-size:1px'></p></td></tr><tr><td><p>B</p></td></tr><tr><td><img src='/m.png' alt='Map'></td></tr></table>",
        "<table><tr><td><p>A</p></td></tr><tr><td><img src='/m.png' alt='Map'></td></tr><tr><td style='padding:9px'><p style='border-top:solid 1px #ddd;font-size:1px'></p></td></tr><tr><td><p>B</p></td></tr></table>",
        "image: “Map” now comes before “B”",
    ),
    (
        "<p>x</p><table><tr><td style='width:20px'></td><td>Total due</td><td>£40</td></tr></table>",
        "<p>x</p><table><tr><td style='width:40px'></td><td>Total due</td><td>£40</td></tr></table>",
        "sizes: the width of the empty part before “Total due” changed: 20px became 40px",
    ),
    (
        "<table><tr><td>Total due</td><td style='width:20px'></td><td>£40</td></tr></table>",
        "<table><tr><td>Total due</td><td style='width:40px'></td><td>£40</td></tr></table>",
        "sizes: the width of the empty part after “Total due” changed: 20px became 40px",
    ),
    (
        "<div style='font-weight:700'><h1>See you</h1><p>b</p></div>",
        "<div style='font-weight:400'><h1>See you</h1><p>b</p></div>",
        "style of text: “b” is no longer bold",
    ),
    (
        "<div style='font-weight:700'><h1 style='font-weight:inherit'>See you</h1></div><p>b</p>",
        "<div style='font-weight:400'><h1 style='font-weight:inherit'>See you</h1></div><p>b</p>",
        "style of text: “See you” is no longer bold",
    ),
    # a box around a button that has a look of its own
    (
        "<p>Hi</p><table style='padding:20px 0'><tr><td><a href='/x' style='display:inline-block;background:#0b6e6e;padding:12px 20px;border-radius:6px'>Sign</a></td></tr></table><p>b</p>",
        "<p>Hi</p><table style='padding:40px 0'><tr><td><a href='/x' style='display:inline-block;background:#0b6e6e;padding:12px 20px;border-radius:6px'>Sign</a></td></tr></table><p>b</p>",
        "spaces: the space above and below “Sign” changed: 20px became 40px",
    ),
    (
        "<p>Hi</p><table style='background:#ffffff'><tr><td><a href='/x' style='display:inline-block;background:#0b6e6e;padding:12px 20px;border-radius:6px'>Sign</a></td></tr></table><p>b</p>",
        "<p>Hi</p><table style='background:#fff4e0'><tr><td><a href='/x' style='display:inline-block;background:#0000ff;padding:12px 20px;border-radius:6px'>Sign</a></td></tr></table><p>b</p>",
        "colours: the background of the button “Sign” changed: turquoise #0b6e6e became blue #0000ff; colours: the background around “Sign” changed: white #ffffff became beige #fff4e0",
    ),
    (
        "<p>Hi</p><table style='border-radius:4px'><tr><td><a href='/x' style='display:inline-block;background:#0b6e6e;padding:12px 20px;border-radius:6px'>Sign</a></td></tr></table><p>b</p>",
        "<p>Hi</p><table style='border-radius:24px'><tr><td><a href='/x' style='display:inline-block;background:#0b6e6e;padding:12px 20px;border-radius:20px'>Sign</a></td></tr></table><p>b</p>",
        "borders: the roundness of the corners of “Sign” changed: 6px became 20px; borders: the roundness of the corners of the box around “Sign” changed: 4px became 24px",
    ),
    (
        "<p>Hi</p><table style='border:1px solid #ccc'><tr><td><a href='/x' style='display:inline-block;background:#0b6e6e;padding:12px 20px;border-radius:6px'>Sign</a></td></tr></table><p>b</p>",
        "<p>Hi</p><table style='border:3px solid #ccc'><tr><td><a href='/x' style='display:inline-block;background:#0b6e6e;padding:12px 20px;border-radius:6px'>Sign</a></td></tr></table><p>b</p>",
        "borders: the width of the border of the box around “Sign” changed: 1px became 3px",
    ),
    (
        "<table><tr><td bgcolor='#111111' style='border-radius:3px;background:#111111'><a href='/x' style='display:inline-block;background:#111111;padding:10px 25px;border-radius:3px'>Sign</a></td></tr></table><p>b</p>",
        "<table><tr><td bgcolor='#0000ff' style='border-radius:9px;background:#0000ff'><a href='/x' style='display:inline-block;background:#0000ff;padding:10px 25px;border-radius:9px'>Sign</a></td></tr></table><p>b</p>",
        "borders: the roundness of the corners of “Sign” changed: 3px became 9px; colours: the background of the button “Sign” changed: dark grey #111111 became blue #0000ff",
    ),
    (
        "<p>Hi</p><div style='max-width:560px'><h1>Plan</h1><p>b</p><p>c</p></div><p>d</p>",
        "<p>Hi</p><div style='max-width:600px'><h1>Plan</h1><p>b</p><p>c</p></div><p>d</p>",
        "sizes: the width of the part from “Plan” to “c” changed: 560px became 600px",
    ),
    (
        "<p>Hi</p><div style='width:100%'><h1>Plan</h1><p>b</p><p>c</p></div><p>d</p>",
        "<p>Hi</p><div style='width:600px'><h1>Plan</h1><p>b</p><p>c</p></div><p>d</p>",
        "sizes: the part from “Plan” to “c” takes 600px now, and took all of the width",
    ),
    (
        "<div style='font-size:20px'><h1>See you</h1><p>b</p></div>",
        "<div style='font-size:30px'><h1>See you</h1><p>b</p></div>",
        "size of text: “See you” is larger: 40px became 60px; size of text: “b” is larger: 20px became 30px",
    ),
    (
        "<table><tr><td style='width:50%'></td><td style='width:50%'><p>Words</p></td></tr></table>",
        "<table><tr><td style='width:50%'><p>Words</p></td><td style='width:50%'></td></tr></table>",
        "layout: an empty part stands after “Words” now",
    ),
    # headings by what is around them, lines at some times, boxes that come and go
    (
        "<style>@media (max-width:600px){.body{font-size:18px !important}}</style><div class='body' style='font-size:16px'><h2>Your order</h2></div><p>x</p>",
        "<style>@media (max-width:600px){.body{font-size:24px !important}}</style><div class='body' style='font-size:16px'><h2>Your order</h2></div><p>x</p>",
        "size of text: “Your order” is larger: 27px became 36px on small screens",
    ),
    (
        "<div style='font-size:12pt'><h2>Head</h2></div><p>x</p>",
        "<div style='font-size:14pt'><h2>Head</h2></div><p>x</p>",
        "size of text: “Head” is larger: 18pt became 21pt",
    ),
    (
        "<style>@media (prefers-color-scheme:dark){hr{border-color:#111111}}</style><p>Aa</p><hr><p>b</p>",
        "<style>@media (prefers-color-scheme:dark){hr{border-color:#ffffff}}</style><p>Aa</p><hr><p>b</p>",
        "borders: the colour of the line across below “Aa” changed: dark grey #111111 became white #ffffff in dark mode",
    ),
    (
        "<p>Hi</p><div style='background:#eee;padding:20px'><a href='/x' style='display:inline-block;background:#0000ff;padding:9px'>Pay</a></div><p>b</p>",
        "<p>Hi</p><a href='/x' style='display:inline-block;background:#0000ff;padding:9px'>Pay</a><p>b</p>",
        "colours: the background around “Pay” is gone: light grey #eeeeee; spaces: the space around “Pay” is gone: 20px",
    ),
    (
        "<p>Hi</p><table><tr><td style=''><a href='/x' style='display:inline-block;background:#0000ff;padding:9px'>Pay</a></td></tr></table><p>b</p>",
        "<p>Hi</p><table><tr><td style='border:1px solid #f00'><a href='/x' style='display:inline-block;background:#0000ff;padding:9px'>Pay</a></td></tr></table><p>b</p>",
        "borders: the border of the box around “Pay” is new: 1px, red #ff0000",
    ),
    (
        "<p>Hi</p><table><tr><td style='direction:ltr'><a href='/x' style='display:inline-block;background:#0000ff;padding:9px'>Pay</a></td></tr></table><p>b</p>",
        "<p>Hi</p><table><tr><td style='direction:rtl'><a href='/x' style='display:inline-block;background:#0000ff;padding:9px'>Pay</a></td></tr></table><p>b</p>",
        "alignment: “Pay” is read from right to left",
    ),
    (
        "<p>Hi</p><div style='width:50%;'><p>First words</p><p>Last words</p></div><p>b</p>",
        "<p>Hi</p><div style='width:50%;margin:0 auto'><p>First words</p><p>Last words</p></div><p>b</p>",
        "spaces: the box from “First words” to “Last words” stands in the middle now",
    ),
    (
        "<table><tr><th>Debit</th><th>Credit</th></tr><tr><td>$50</td><td></td></tr></table>",
        "<table><tr><th>Debit</th><th>Credit</th></tr><tr><td></td><td>$50</td></tr></table>",
        "layout: an empty part stands before “$50” now",
    ),
    ("<table><tr><td>Day</td><td>Adult</td><td>12 €</td></tr><tr><td>Day</td><td>Child</td><td>12 €</td></tr></table>", "<table><tr><td>Day</td><td>Adult</td><td>12 €</td></tr><tr><td>Day</td><td>Child</td><td>9 €</td></tr></table>", 'text beside “Day, Child”: 12 € > 9 €'),
    ("<table><tr><th>Ticket</th><th>For</th><th>Price</th></tr><tr><td>Day</td><td>Adult</td><td>12 €</td></tr><tr><td>Day</td><td>Child</td><td>12 €</td></tr></table>", "<table><tr><th>Ticket</th><th>For</th><th>Price</th></tr><tr><td>Day</td><td>Adult</td><td>12 €</td></tr><tr><td>Day</td><td>Child</td><td>9 €</td></tr></table>", 'text beside “Day, Child, Price”: 12 € > 9 €'),
    ("<table><tr><td>Day</td><td>Adult</td><td>12 €</td></tr><tr><td>Day</td><td>Child</td><td>12 €</td></tr></table>", "<table><tr><td>Day</td><td>Adult</td><td>12 €</td></tr><tr><td>Day</td><td>Pupil</td><td>12 €</td></tr></table>", 'text beside “Day”: Child > Pupil'),
    ("<p>Bike Desk<br>York Station<br>YO24</p>", "<p>Bike Desk, York Station, YO24</p>", 'text: “York Station” and “YO24” no longer stand on lines of their own, but after “,”'),
    ("<p>Bike Desk · York</p>", "<p>Bike Desk<br>York</p>", 'text: “York” stands on a line of its own now, and no longer after “·”'),
    ("<p>Amsterdam</p><a href='https://r.test/ams'>Book</a><p>Vienna</p><a href='https://r.test/vie'>Book</a>", "<p>Amsterdam</p><a href='https://r.test/ams'>Book</a><p>Vienna</p><a href='https://r.test/ams'>Book</a>", 'link “Book” after “Vienna”: https://r.test/vie > https://r.test/ams'),
    ("<table><tr><td>Ulm<td><a href='/u'>Book</a><tr><td>Bonn<td><a href='/b'>Book</a></table>", "<table><tr><td>Ulm<td><a href='/u'>Book</a><tr><td>Bonn<td><a href='/c'>Book</a></table>", 'link “Book” beside “Bonn”: /b > /c'),
    ("<table width='600'><tr><td>Alpha is here</td></tr></table><table width='600'><tr><td>Beta too</td></tr></table><table width='600'><tr><td>Gamma</td></tr></table>", "<table width='700'><tr><td>Alpha is here</td></tr></table><table width='700'><tr><td>Beta too</td></tr></table><table width='700'><tr><td>Gamma</td></tr></table>", 'sizes: the width of the whole email changed: 600px became 700px'),
    ("<p>Head</p><table width='600'><tr><td>Alpha is here</td></tr></table><table width='600'><tr><td>Beta too</td></tr></table><table width='600'><tr><td>Gamma</td></tr></table>", "<p>Head</p><table width='700'><tr><td>Alpha is here</td></tr></table><table width='700'><tr><td>Beta too</td></tr></table><table width='700'><tr><td>Gamma</td></tr></table>", 'sizes: the width of the parts with “Alpha is here” and 2 more changed: 600px became 700px'),
    ("<div style='float:left;width:300px'>Alpha is here</div><div style='float:left;width:300px'>Beta too</div>", "<div style='float:left;width:280px'>Alpha is here</div><div style='float:left;width:280px'>Beta too</div>", 'sizes: the width of the parts with “Alpha is here” and “Beta too” changed: 300px became 280px'),
    ("<ul><li>07:05 York – Leeds<li>08:05 York – Hull<li>17:35 Leeds – York</ul>", "<ul><li>07:05 York – Leeds<li>17:35 Leeds – York<li>18:05 Hull – York</ul>", 'list item: 08:05 York – Hull > -; list item: - > 18:05 Hull – York'),
    ("<table><tr><td>Line<td>Old<td>New<tr><td>Leeds<td>7:05<td>7:09<tr><td>Hull<td>8:05<td>8:15</table><table><tr><td>Bye</table>", "<table><tr><td>Line<td>New<tr><td>Leeds<td>7:09<tr><td>Hull<td>8:15</table><p>Bye</p>", 'column “Old”: 7:05\n8:05 > -; layout: the layout of “Bye” changed'),
    ("<div><b>Monthly</b></div><div>€ 189</div><div><b>Yearly</b></div><div>€ 1,890</div>", "<div><b>Yearly</b></div><div>€ 1,990</div><div><b>Monthly</b></div><div>€ 189</div>", 'text: “Yearly” now comes before “Monthly”; text after “Yearly”: € 1,890 > € 1,990'),
    ("<p style='color:#444'>Hi</p>", "<p style='color:#000'>Hi</p>", 'colours: the colour of “Hi” changed: dark grey #444444 became black #000000'),
    ("<div style='display:flex'><div style='width:280px'>Alpha is here</div><div style='width:280px'>Beta too</div></div>", "<div style='display:flex'><div style='width:200px'>Alpha is here</div><div style='width:200px'>Beta too</div></div>", 'sizes: the width of the parts with “Alpha is here” and “Beta too” changed: 280px became 200px'),
    ("<div style='display:grid'><div style='width:280px'>Alpha is here</div><div style='width:280px'>Beta too</div></div>", "<div style='display:grid'><div style='width:200px'>Alpha is here</div><div style='width:200px'>Beta too</div></div>", 'sizes: the width of the parts with “Alpha is here” and “Beta too” changed: 280px became 200px'),
    ("<table align=left width=280><tr><td>Alpha is here</table><table align=left width=280><tr><td>Beta too</table>", "<table align=left width=200><tr><td>Alpha is here</table><table align=left width=200><tr><td>Beta too</table>", 'sizes: the width of the parts with “Alpha is here” and “Beta too” changed: 280px became 200px'),
    ("<table width=600><tr><td><div style='width:560px'>Alpha is here</div><div style='width:560px'>Beta too</div></table>", "<table width=600><tr><td><div style='width:500px'>Alpha is here</div><div style='width:500px'>Beta too</div></table>", 'sizes: the width of the parts with “Alpha is here” and “Beta too” changed: 560px became 500px'),
    ("<p>Hello</p><p>12</p><p>One two three four.</p><p>Hello</p><p>The end is here.</p>", "<p>Hello</p><p>One two three four.</p><p>Hello</p><p>99</p><p>The end is here.</p>", 'text after “Hello”: 12 > -; text after “Hello”: - > 99'),
    ("<p>Buy <a href=/1>here</a> now.</p><p>Sell <a href=/2>here</a> then.</p>", "<p>Buy <a href=/1>here</a> now.</p><p>Sell <a href=/3>here</a> then.</p>", 'link “here” in “Sell here then.”: /2 > /3'),
    ("<p>A</p><a href=/1>More</a> <a href=/2>More</a>", "<p>A</p><a href=/1>More</a> <a href=/3>More</a>", 'link “More”, number 2 of 2: /2 > /3'),
    ("<p>Story one</p><a href='/s/one?utm_campaign=may'>Read more</a><p>Story two</p><a href='/s/two?utm_campaign=may'>Read more</a>", "<p>Story one</p><a href='/s/one?utm_campaign=june'>Read more</a><p>Story two</p><a href='/s/two?utm_campaign=june'>Read more</a>", 'link “Read more” › address › utm_campaign: may > june'),
    ("<a href=/f><img src=f.png alt=Icon></a><p>a</p><a href=/g><img src=g.png alt=Icon></a>", "<a href=/f><img src=f.png alt=Icon></a><p>a</p>", 'image “Icon”: g.png, which leads to /g > -'),
    ("<div style='background-image:url(a.jpg)'>Buy</div><div style='background-image:url(a.jpg)'>Buy</div><div style='background-image:url(a.jpg)'>Buy</div>", "<div style='background-image:url(b.jpg)'>Buy</div><div style='background-image:url(b.jpg)'>Buy</div><div style='background-image:url(b.jpg)'>Buy</div>", 'background image behind “Buy”: a.jpg > b.jpg'),
    ("<p>Tea</p><p>- Coffee</p>", "<p>Tea - Coffee</p>", 'text: “- Coffee” no longer stands on a line of its own'),
    # what a box looks like that came or went with its words, where nothing else looks so
    ("<p>a</p>", "<p>a</p><div style='background:#fde68a;border-left:4px solid #d97706'>Note</div>", "text: - > Note; boxes: the new box around “Note” has a yellow #fde68a background and a line left of it (4px, orange #d97706)"),
    ("<p>a</p><table><tr><td style='box-shadow:0 1px 2px #000'><p>Note</p></td></tr></table>", "<p>a</p>", "text: Note > -; boxes: the box around “Note” that is gone had a shadow"),
    ("<p>a</p>", "<p>a</p><a href='/b' style='background:#16a34a;padding:9px'>Pay</a>", "button “Pay”: - > /b; boxes: the new button “Pay” has a green #16a34a background"),
    ("<div style='background:#eee'><p>a</p></div>", "<div style='background:#eee'><p>a</p></div><div style='background:#eee'><p>b</p></div>", "text: - > b"),
    ("<div style='background:#eee'><p>a</p></div>", "<div style='background:#eee'><p>a</p><p style='background:#eee'>b</p></div>", "text: - > b"),
    ("<p>a</p>", "<p>a</p><p style='background:#fff'>b</p>", "text: - > b"),
    # the same where a part moved, or is new: these have the width too
    ("<div style='max-width:600px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:600px'><table><tr><td>Your order</td></tr></table></div><div style='max-width:600px'><table><tr><td>Total 5</td></tr></table></div>", "<div style='max-width:640px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:640px'><table><tr><td>Total 5</td></tr></table></div><div style='max-width:640px'><table><tr><td>Your order</td></tr></table></div>", 'text: “Total 5” now comes before “Your order”; sizes: the width of the whole email changed: 600px became 640px'),
    ("<div style='max-width:600px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:600px'><table><tr><td>Your order</td></tr></table></div><div style='max-width:600px'><table><tr><td>Total 5</td></tr></table></div>", "<div style='max-width:640px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:640px'><table><tr><td>Your order</td></tr></table></div><div style='max-width:640px'><table><tr><td>Total 5</td></tr></table></div><div style='max-width:640px'><table><tr><td>New</td></tr></table></div>", 'text: - > New; sizes: the width of the whole email changed: 600px became 640px'),
    ("<div style='max-width:600px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:600px'><table><tr><td>Your order</td></tr></table></div><div style='max-width:600px'><table><tr><td>Total 5</td></tr></table></div>", "<div style='max-width:640px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:640px'><table><tr><td>Your order</td></tr></table></div><div style='max-width:640px'><table><tr><td>Total 5</td></tr></table></div><div style='max-width:300px'><table><tr><td>New</td></tr></table></div>", 'text: - > New; sizes: the width of the parts with “Hello Ann” and 2 more changed: 600px became 640px'),
    ("<div style='max-width:640px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:600px'><table><tr><td>Your order</td></tr></table></div><div style='max-width:600px'><table><tr><td>Total 5</td></tr></table></div>", "<div style='max-width:640px'><table><tr><td>Hello Ann</td></tr></table></div><div style='max-width:640px'><table><tr><td>Your order</td></tr></table></div><div style='max-width:640px'><table><tr><td>Total 5</td></tr></table></div>", 'sizes: the width of the parts with “Your order” and “Total 5” changed: 600px became 640px'),
    # what is nearly black is not called as a colour is that anyone sees
    ("<a href='https://x.test' style='background:#065f46;padding:9px'>Open</a>", "<a href='https://x.test' style='background:#111827;padding:9px'>Open</a>", 'colours: the background of the button “Open” changed: dark green #065f46 became blue-black #111827'),
    ("<p style='color:#111827'>One</p>", "<p style='color:#1e3a8a'>One</p>", 'colours: the colour of “One” changed: blue-black #111827 became dark blue #1e3a8a'),
    ("<p style='color:#111827'>One</p>", "<p style='color:#1f2937'>One</p>", 'colours: the colour of “One” changed: blue-black #111827 became a lighter blue-black #1f2937'),
    # where lines were put into one, each is compared with it, and what is new beside them with nothing
    ('<p>Parked for 6 hours.<br>40 free minutes left.</p>', "<p>Parked for 6 hours. 40 free minutes left.</p><hr><p style='font-size:11px'>You get this every week.</p>", 'text: “40 free minutes left.” no longer stands on a line of its own; text: - > You get this every week.; layout: a line across below “Parked for 6 hours. 40 free minutes…” is new'),
    ("<p>Parked for 6 hours. 40 free minutes left.</p><p style='font-size:11px;color:#777777'>You get this every week.</p>", '<p>Parked for 6 hours.<br>40 free minutes left.</p>', 'text: “40 free minutes left.” stands on a line of its own now; text: You get this every week. > -'),
    ("<p style='color:#cc0000'>Parked for 6 hours.<br>40 free minutes left.</p>", "<p>Parked for 6 hours. 40 free minutes left.</p><p style='font-size:11px'>You get this every week.</p>", 'text: “40 free minutes left.” no longer stands on a line of its own; text: - > You get this every week.; colours: the colour of “Parked for 6 hours.” and “40 free minutes left.” is the usual one now, and was red #cc0000'),
    ("<div style='padding:8px'><p>Parked for 6 hours.<br>40 free minutes left.</p></div>", "<div style='padding:20px'><p>Parked for 6 hours. 40 free minutes left.</p></div>", 'text: “40 free minutes left.” no longer stands on a line of its own; spaces: the space around “Parked for 6 hours. 40 free minutes…” changed: 8px became 20px'),
    ("<p>One of these</p><p style='color:#cc0000'>Two of those</p><p>Bye</p>", '<p>One of these Two of those</p><p>Hello new text here</p><p>Bye</p>', 'text: “Two of those” no longer stands on a line of its own; text: - > Hello new text here; colours: the colour of “Two of those” is the usual one now, and was red #cc0000'),
    # a sentence is compared with the one in its place, whatever they have in common: no look of it is left unsaid
    ("<p style='font-size:13px;color:#111827'>The credit is valid for 90 days.</p><p>Bye</p>", "<p style='font-style:italic;font-size:14px'>PS: teams of five get a free weekend.</p><p>Bye</p>", 'text: The credit is valid for 90 days. > PS: teams of five get a free weekend.; colours: the colour of the new “PS: teams of five get a free weekend.” is the usual one, and that of what it replaced was blue-black #111827; style of text: the new “PS: teams of five get a free weekend.” is in italics, and what it replaced was not; size of text: the size of the new “PS: teams of five get a free weekend.” is 14px, and that of what it replaced was 13px'),
    ("<p style='font-size:13px;color:#111827'>The credit is valid for 90 days.</p><p>Bye</p>", "<p style='font-size:14px;color:#111827'>PS: teams of five get a free weekend.</p><p>Bye</p>", 'text: The credit is valid for 90 days. > PS: teams of five get a free weekend.; size of text: the size of the new “PS: teams of five get a free weekend.” is 14px, and that of what it replaced was 13px'),
    ("<p style='font-size:13px;color:#111827'>The credit is valid for 90 days.</p><p>Bye</p>", "<p style='font-style:italic;font-size:14px'>The credit is valid for 30 days.</p><p>Bye</p>", 'text: The credit is valid for 90 days. > The credit is valid for 30 days.; colours: the colour of “The credit is valid for 30 days.” is the usual one now, and was blue-black #111827; style of text: “The credit is valid for 30 days.” is in italics now; size of text: “The credit is valid for 30 days.” is larger: 13px became 14px'),
    ("<h2 style='font-size:13px;color:#111827'>The credit is valid for 90 days.</h2><p>Bye</p>", "<h2 style='font-style:italic;font-size:14px'>PS: teams of five get a free weekend.</h2><p>Bye</p>", 'heading: The credit is valid for 90 days. > PS: teams of five get a free weekend.; colours: the colour of the new “PS: teams of five get a free weekend.” is the usual one, and that of what it replaced was blue-black #111827; style of text: the new “PS: teams of five get a free weekend.” is in italics, and what it replaced was not; size of text: the size of the new “PS: teams of five get a free weekend.” is 14px, and that of what it replaced was 13px'),
    ("<p style='font-size:13px'>The credit is valid for 90 days.</p><p style='font-size:13px'>Bring your own shoes with you.</p>", "<p style='font-size:13px'>Bring your own shoes with you.</p><p style='color:#cc0000;font-size:19px'>We open new shops for all people.</p>", 'text: The credit is valid for 90 days. > -; text: - > We open new shops for all people.'),
    ("<p>Hello</p><p>Your order is on the way.</p>", "<p>Hello</p><p style='color:#dc2626;font-weight:bold'>We could not charge that card.</p>", 'text: Your order is on the way. > We could not charge that card.; colours: the colour of the new “We could not charge that card.” is red #dc2626, and that of what it replaced was the usual one; style of text: the new “We could not charge that card.” is bold, and what it replaced was not'),
    ("<div style='font-family:Arial;color:#111111'><p>Hello</p><p>Your order is on the way.</p></div>", "<div style='font-family:Georgia;color:#222222'><p>Hello</p><p>We could not charge that card.</p></div>", 'text: Your order is on the way. > We could not charge that card.; colours: the colour of “Hello” and “We could not charge that card.” changed: dark grey #111111 became a lighter grey #222222; font: the font of “Hello” and “We could not charge that card.” changed: arial became georgia'),
    ("<p>Hello</p><p style='color:#111111;font-size:14px;padding:4px'>Your order is on the way.</p>", "<p>Hello</p><p style='color:#111112;font-size:14.5px;padding:12px;text-align:center'>We could not charge that card.</p>", 'text: Your order is on the way. > We could not charge that card.; colours: the colour of the new “We could not charge that card.” is dark grey #111112, and that of what it replaced was dark grey #111111; size of text: the size of the new “We could not charge that card.” is 14.5px, and that of what it replaced was 14px; alignment: “We could not charge that card.” stands in the middle; spaces: the space around “We could not charge that card.” changed: 4px became 12px'),
    # all of the width is what a block takes anyway; with spaces or borders besides, it is more
    ('<div><p>Hello</p></div>', "<div style='width:100%'><p>Hello</p></div>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<div style='padding:20px'><p>Hello</p><p>Bye</p></div><p>Z</p>", "<div style='padding:20px;width:100%'><p>Hello</p><p>Bye</p></div><p>Z</p>", 'sizes: the box from “Hello” to “Bye” is wider than the box around it now, and sticks out on the right'),
    ("<div style='padding:20px;width:auto'><p>Hello</p><p>Bye</p></div><p>Z</p>", "<div style='padding:20px;width:100%'><p>Hello</p><p>Bye</p></div><p>Z</p>", 'sizes: the box from “Hello” to “Bye” is wider than the box around it now, and sticks out on the right'),
    ("<div style='padding:20px;width:auto;box-sizing:border-box'><p>Hello</p><p>Bye</p></div><p>Z</p>", "<div style='padding:20px;width:100%;box-sizing:border-box'><p>Hello</p><p>Bye</p></div><p>Z</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<div style='padding:20px;width:auto;box-sizing:border-box'><p>Hello</p></div><p>Z</p>", "<div style='padding:20px;width:100%;box-sizing:border-box'><p>Hello</p></div><p>Z</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p style='padding:20px'>Hello</p><p>Z</p>", "<p style='padding:20px;width:100%'>Hello</p><p>Z</p>", 'sizes: “Hello” is wider than the box around it now, and sticks out on the right'),
    ("<table style='padding:20px'><tr><td>Hello</td></tr></table><p>Z</p>", "<table style='padding:20px;width:100%'><tr><td>Hello</td></tr></table><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<a href='/x' style='display:block;padding:12px;background:#eeeeee'>Hello</a><p>Z</p>", "<a href='/x' style='display:block;padding:12px;width:100%;box-sizing:border-box;background:#eeeeee'>Hello</a><p>Z</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<a href='/x' style='display:inline-block;padding:12px;background:#eeeeee'>Hello</a><p>Z</p>", "<a href='/x' style='display:inline-block;padding:12px;width:100%;background:#eeeeee'>Hello</a><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own; sizes: “Hello” is wider than the box around it now, and sticks out on the right'),
    ("<p style='padding:20px;width:100%;box-sizing:border-box'>Hello</p><p>Z</p>", "<p style='padding:20px;width:100%'>Hello</p><p>Z</p>", 'sizes: “Hello” is wider than the box around it now, and sticks out on the right'),
    ("<p style='width:100%'>Hello</p><p>Z</p>", "<p style='padding:20px;width:100%'>Hello</p><p>Z</p>", 'spaces: the space around “Hello” is new: 20px; sizes: “Hello” is wider than the box around it now, and sticks out on the right'),
    ("<p style='padding:20px;width:100%'>Hello</p><p>Z</p>", "<p style='padding:20px'>Hello</p><p>Z</p>", 'sizes: “Hello” no longer sticks out of the box around it'),
    ("<div dir=rtl><p style='padding:20px'>Hello</p></div><p>Z</p>", "<div dir=rtl><p style='padding:20px;width:100%'>Hello</p></div><p>Z</p>", 'sizes: “Hello” is wider than the box around it now, and sticks out on the left'),
    ("<div><p style='padding:20px;width:300px'>Hello</p></div><p>Z</p>", "<div><p style='padding:20px;width:100%'>Hello</p></div><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and took 300px; sizes: “Hello” is wider than the box around it now, and sticks out on the right'),
    ("<div><p style='padding:20px 0;width:300px'>Hello</p></div><p>Z</p>", "<div><p style='padding:20px 0;width:100%'>Hello</p></div><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and took 300px'),
    ("<div style='display:flex'><p style='padding:20px'>Hello</p></div><p>Z</p>", "<div style='display:flex'><p style='padding:20px;width:100%'>Hello</p></div><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<p style='padding:20px;max-width:300px'>Hello</p><p>Z</p>", "<p style='padding:20px;max-width:300px;width:100%'>Hello</p><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<p style='height:50px'>Hello</p><p>Z</p>", "<p style='height:50px;box-sizing:border-box'>Hello</p><p>Z</p>", 'layout: the layout of “Hello” changed'),
    ("<p style='border:2px solid #000000'>Hello</p><p style='border:2px solid #000000'>Bye</p>", "<p style='border:2px solid #000000;width:100%'>Hello</p><p style='border:2px solid #000000;width:100%'>Bye</p>", 'sizes: “Hello” and “Bye” are wider than the boxes around them now, and stick out on the right'),
    ("<div style='width:400px;background:#eeeeee'><a href='https://k.test' style='display:block;text-align:center;background:#059669;color:#fff;padding:12px 20px'>Invite</a></div>", "<div style='width:400px;background:#eeeeee'><a href='https://k.test' style='display:block;width:100%;text-align:center;background:#059669;color:#fff;padding:12px 20px'>Invite</a></div>", 'sizes: “Invite” is wider than the box around it now, and sticks out on the right'),
    # how deep each of several stands
    ('<ul><li>Damage</li><li>Photo</li><li>Sketch</li><li>Other</li></ul>', '<ul><li>Damage<ul><li>Photo</li><li>Sketch</li></ul></li><li>Other</li></ul>', 'layout: “Photo” and “Sketch” stand deeper in the list now'),
    ('<ul><li>Damage<ul><li>Photo</li><li>Sketch</li><li>Map</li></ul></li><li>Other</li></ul>', '<ul><li>Damage</li><li>Photo</li><li>Sketch</li><li>Map</li><li>Other</li></ul>', 'layout: “Photo” and 2 more stand less deep in the list now'),
    ('<p>One</p><p>Two</p><p>Three</p>', '<p>One</p><blockquote><p>Two</p><p>Three</p></blockquote>', 'layout: “Two” and “Three” are quotes now'),
    ('<ul><li>A</li><li>B</li></ul>', '<blockquote><ul><li>A</li><li>B</li></ul></blockquote>', 'layout: “A” and “B” are quotes now'),
    ('<ul><li>A</li><li>B</li></ul><p>C</p>', '<ul><li>A<ul><li>B</li></ul></li></ul><blockquote><p>C</p></blockquote>', 'layout: “B” stands deeper in the list now; layout: “C” is a quote now'),
    ('<ul><li>A</li><li>B</li><li>C</li></ul>', '<ul><li>A</li><li><ol><li>B</li><li>C</li></ol></li></ul>', 'layout: “B” and “C” stand deeper in the list now'),
    ('<ul><li>A</li><li>B</li></ul><table><tr><td>C</td><td>D</td></tr></table>', '<ul><li>A<ul><li>B</li></ul></li></ul><table><tr><td>C</td></tr><tr><td>D</td></tr></table>', 'layout: “B” stands deeper in the list now; layout: “D” stands below “C” now, and stood beside it'),
    # a background that is as wide as the email now, or was
    ("<div style='max-width:600px;margin:0 auto;background:#065f46'><table align='center' style='width:100%;background:#065f46'><tr><td>Hello driver</td></tr></table></div>", "<table align='center' style='width:100%;background:#065f46'><tr><td><div style='max-width:600px;margin:0 auto'><table align='center' style='width:100%'><tr><td>Hello driver</td></tr></table></div></td></tr></table>", 'layout: the background around “Hello driver” reaches from edge to edge now, and reached no further than 600px'),
    ("<table align='center' style='width:100%;background:#065f46'><tr><td><div style='max-width:600px;margin:0 auto'><table align='center' style='width:100%'><tr><td>Hello driver</td></tr><tr><td>And you</td></tr></table></div></td></tr></table>", "<div style='max-width:600px;margin:0 auto;background:#065f46'><table align='center' style='width:100%;background:#065f46'><tr><td>Hello driver</td></tr><tr><td>And you</td></tr></table></div>", 'layout: the background around “Hello driver” and “And you” reaches no further than 600px now, and reached from edge to edge'),
    ("<div style='max-width:600px;margin:0 auto;background:#065f46'><table align='center' style='width:100%;background:#065f46'><tr><td>Hello driver</td></tr></table></div>", "<table align='center' style='background:#065f46'><tr><td><div style='max-width:600px;margin:0 auto'><table align='center' style='width:100%'><tr><td>Hello driver</td></tr></table></div></td></tr></table>", 'layout: the layout of “Hello driver” changed'),
    # parts that no longer have room in a line
    ('<div style="display:flex"><div style="flex:1">Car</div><div style="flex:1">Bike</div><div style="flex:1">Van</div></div>', '<div style="display:flex;flex-wrap:wrap"><div style="flex:0 0 50%">Car</div><div style="flex:0 0 50%">Bike</div><div style="flex:0 0 50%">Van</div></div>', 'layout: the way in which the parts of “Car” and 2 more share the room changed; layout: “Van” stands below “Car” now, and stood beside it'),
    ('<div style="display:flex;flex-wrap:wrap"><div style="width:100%"><p>Car</p><p>fast</p></div><div style="width:100%"><p>Bike</p><p>slow</p></div></div>', '<div style="display:flex;flex-wrap:wrap"><div style="width:50%"><p>Car</p><p>fast</p></div><div style="width:50%"><p>Bike</p><p>slow</p></div></div>', 'sizes: the parts with “Car” and “Bike” take 50% now, and took all of the width; layout: “Bike” stands beside “Car” now, and stood below it'),
    ('<div style="display:flex;flex-wrap:wrap"><div style="flex:1">Car</div><div style="flex:1">Bike</div></div>', '<div style="display:flex"><div style="flex:1">Car</div><div style="flex:1">Bike</div></div>', 'layout: the way in which the parts of “Car” share the room changed'),
    ('<div style="display:flex;flex-wrap:wrap"><div style="flex:0 0 33.33%">Car</div><div style="flex:0 0 33.33%">Bike</div><div style="flex:0 0 33.34%">Van</div></div>', '<div style="display:flex;flex-wrap:wrap;gap:8px"><div style="flex:0 0 33.33%">Car</div><div style="flex:0 0 33.33%">Bike</div><div style="flex:0 0 33.34%">Van</div></div>', 'layout: the way in which the parts of “Car” share the room changed'),
    ('<div style="display:flex"><div style="flex:1"><img src=a.png alt=Oak></div><div style="flex:1">Bike</div></div>', '<div style="display:flex;flex-wrap:wrap"><div style="flex:0 0 100%"><img src=a.png alt=Oak></div><div style="flex:0 0 100%">Bike</div></div>', 'layout: the way in which the parts of the picture “Oak” and “Bike” share the room changed; layout: “Bike” stands below “Oak” now, and stood beside it'),
    ('<div style="display:flex"><div>Car</div><div>Bike</div></div>', '<div style="display:flex;flex-wrap:wrap"><div style="flex:0 0 50%;padding:8px">Car</div><div style="flex:0 0 50%;padding:8px">Bike</div></div>', 'spaces: the space around “Car” and “Bike” is new: 8px; layout: the way in which the parts of “Car” and “Bike” share the room changed'),
    # what moved, and looks otherwise too: what it stands in, as far as that holds nothing else
    ("<h1>Due</h1><p>Hello Ann</p><div style='padding:8px'><p>Pin</p><p>Not us</p></div><p>Bye</p>", "<div style='padding:40px'><p>Pin</p><p>Not us</p></div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” and the part after it now come before “Due”; spaces: the space in the box from “Pin” to “Not us” changed: 8px became 40px'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='border-radius:0'><p>Pin</p><p>Not us</p></div><p>Bye</p>", "<div style='border-radius:20px'><p>Pin</p><p>Not us</p></div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” and the part after it now come before “Due”; borders: the roundness of the corners of the box from “Pin” to “Not us” changed: 0 became 20px'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='padding:8px'><p>Pin</p><p>Not with us here</p></div><p>Bye</p>", "<div style='padding:40px'><p>Pin</p><p>Not with them here</p><p>Zebra</p></div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” and the part after it now come before “Due”; text: Not with us here > Not with them here; text: - > Zebra; spaces: the space in the box from “Pin” to “Zebra” changed: 8px became 40px'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='max-width:400px'><p>Pin</p></div><p>Bye</p>", "<div style='max-width:600px'><p>Pin</p></div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” now comes before “Due”; sizes: the width of the part with “Pin” changed: 400px became 600px'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='padding:8px'><p>Pin</p></div><p>Bye</p>", "<div style='padding:8px'><div><p>Pin</p></div></div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” now comes before “Due”'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='padding:8px'><div><p>Pin</p></div></div><p>Bye</p>", "<div style='padding:30px'><p>Pin</p></div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” now comes before “Due”; spaces: the space around “Pin” changed: 8px became 30px'),
    ("<h1>Due</h1><p>Hello Ann</p><p style='margin:0'><a href='/p' style='background:#059669;padding:9px'>Pay</a></p><p>Bye</p>", "<p style='margin:40px 0'><a href='/p' style='background:#059669;padding:9px'>Pay</a></p><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'button: “Pay” now comes before “Due”; spaces: the space above and below “Pay” changed: 0 became 40px'),
    ("<h1>Due</h1><p>Hello Ann</p><table><tr><td align='center'><table><tr><td style='width:80px'><img src='/a.png' alt='Pump' style='width:100%' width='80'></td></tr></table></td></tr></table><p>Bye</p>", "<table><tr><td align='left'><table><tr><td style='width:200px'><img src='/a.png' alt='Pump' style='width:100%' width='200'></td></tr></table></td></tr></table><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'image: “Pump” now comes before “Due”; alignment: the picture “Pump” stands on the left, and stood in the middle; size of an image: the size of the picture “Pump” changed: 80 wide became 200 wide'),
    ("<h1>Due</h1><p>Hello Ann</p><table style='line-height:100%'><tr><td><a href='/p' style='display:inline-block;background:#059669;padding:9px'>Pay</a></td></tr></table><p>Bye</p>", "<table style='width:300px;line-height:100%'><tr><td><a href='/p' style='display:inline-block;width:250px;background:#059669;padding:9px'>Pay</a></td></tr></table><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'button: “Pay” now comes before “Due”; sizes: the width of the part with “Pay” is new: 300px'),
    ("<h1>Due</h1><p>Hello Ann</p><ul style='margin:0'><li>One</li><li>Two</li></ul><p>Bye</p>", "<ul style='margin:30px'><li>One</li><li>Two</li></ul><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'list item: “One” and the part after it now come before “Due”; spaces: the space around the box from “One” to “Two” changed: 0 became 30px'),
    ("<div style='padding:20px'><p>Pin</p></div><div style='padding:9px'><p>Hello Ann</p><p>Bye</p></div>", "<div style='padding:9px'><p>Hello Ann</p><p>Bye</p><p>Pin</p></div>", 'text: “Pin” now comes after “Bye”'),
    # what came around it, or is gone from there, and is around it nowhere else
    ("<h1>Due</h1><p>Hello Ann</p><p>Pin</p><p>Bye</p>", "<div style='border:1px solid red;padding:9px'><p>Pin</p></div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” now comes before “Due”; borders: the border of “Pin” is new: 1px, red #ff0000; spaces: the space around “Pin” is new: 9px'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='border:1px solid red;padding:9px'><p>Pin</p></div><p>Bye</p>", "<p>Pin</p><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” now comes before “Due”; borders: the border of “Pin” is gone: 1px, red #ff0000; spaces: the space around “Pin” is gone: 9px'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='padding:9px'><p>Pin</p></div><p>Bye</p>", "<div style='padding:9px'><p>Pin</p><h1>Due</h1><p>Hello Ann</p></div><p>Bye</p>", 'text: “Pin” now comes before “Due”; spaces: the space in the box from “Due” to “Hello Ann” is new: 9px'),
    ("<h1>Due</h1><p>Hello Ann</p><div style='padding:9px;background:#eee'><p>Pin</p></div><p>Bye</p>", "<p>Pin</p><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” now comes before “Due”; colours: the background around “Pin” changed: light grey #eeeeee became white #ffffff; spaces: the space around “Pin” is gone: 9px'),
    ("<h1>Due</h1><p>Hello Ann</p><p style='padding:9px'>Pin</p><p>Bye</p>", "<div style='padding:9px'>Pin</div><h1>Due</h1><p>Hello Ann</p><p>Bye</p>", 'text: “Pin” now comes before “Due”'),
    ("<h1>Due</h1><p>Hello Ann</p><table><tr><td>Zone</td><td>K2</td></tr><tr><td>Ref</td><td>88120</td></tr></table><p>Bye</p>", "<h1>Due</h1><p>Hello Ann</p><table><tr><td>Ref</td><td>88120</td></tr><tr><td>Zone</td><td>K2</td></tr></table><p>Bye</p>", 'text: the row “Ref” now comes before “Zone”'),
    # reworded, and at another place
    ("<h1>Your permit</h1><p>Hello Ann</p><p>Zone</p><p>Place the QR code behind the windscreen.</p><p>Bye</p>", "<h1>Your permit</h1><p>Hello Ann</p><p>You no longer need to show anything behind the windscreen.</p><p>Zone</p><p>Bye</p>", 'text: “You no longer need to show anything…” now comes before “Zone”; text: Place the QR code behind the windscreen. > You no longer need to show anything behind the windscreen.'),
    ("<h1>Your permit</h1><p>Hello Ann</p><p>Zone</p><p>Place the QR code behind the windscreen.</p><p>Bye</p>", "<h1>Your permit</h1><p>Hello Ann</p><p>Zone</p><p>You no longer need to show anything behind the windscreen.</p><p>Bye</p>", 'text: Place the QR code behind the windscreen. > You no longer need to show anything behind the windscreen.'),
    ("<ul><li>Front photo</li><li>Back photo</li><li>A selfie</li></ul>", "<ul><li>A selfie with card</li><li>Front photo</li><li>Back photo</li></ul>", 'list item: “A selfie with card” now comes before “Front photo”; list item: A selfie > A selfie with card'),
    ("<ul><li>Front photo</li><li>Back photo</li><li>A selfie</li></ul>", "<ul><li>Front photo</li><li>Back photo</li><li>A selfie with card</li></ul>", 'list item: A selfie > A selfie with card'),
    ("<h1>Your permit</h1><p>Hello Ann</p><h2>Your new order</h2><p>Bye</p>", "<h2>Your order</h2><h1>Your permit</h1><p>Hello Ann</p><p>Bye</p>", 'heading: “Your order” now comes before “Your permit”; heading: Your new order > Your order'),
    # lines that are one, or several, and stand elsewhere
    ("<h1>Due</h1><p>Hello Ann</p><div><p>One line.</p><p>Two lines.</p></div>", "<div><p>One line. Two lines.</p></div><h1>Due</h1><p>Hello Ann</p>", 'text: “One line. Two lines.” now comes before “Due”; text: “Two lines.” no longer stands on a line of its own'),
    ("<h1>Due</h1><p>Hello Ann</p><p>One line. Two lines.</p>", "<h1>Due</h1><p>One line.</p><p>Two lines.</p><p>Hello Ann</p>", 'text: “One line.” now comes before “Hello Ann”; text: “Two lines.” stands on a line of its own now'),
    ("<h1>Due</h1><p>One line.</p><p>Two lines.</p><p>Hello Ann</p>", "<h1>Due</h1><p>Hello Ann</p><p>One line. Two lines.</p>", 'text: “One line. Two lines.” now comes after “Hello Ann”; text: “Two lines.” no longer stands on a line of its own'),
    ("<h1>Due</h1><p>One line.</p><p>Two lines.</p><p>Hello Ann</p>", "<h1>Due</h1><p>One line. Two lines.</p><p>Hello Ann</p>", 'text: “Two lines.” no longer stands on a line of its own'),
    ("<h1>Due</h1><p>One line.</p><p>Hello Ann</p><p>Two lines.</p>", "<h1>Due</h1><p>One line. Two lines.</p><p>Hello Ann</p>", 'text: One line. > One line. Two lines.; text: Two lines. > -'),
    ("<h1>Due</h1><p>One line.</p><p>Hello Ann</p><p>Two lines.</p>", "<h1>Due</h1><p>Hello Ann</p><p>One line. Two lines.</p>", 'text: One line. > -; text: Two lines. > One line. Two lines.'),
    # a row that has another name, and stands elsewhere
    ("<table><tr><td>Amount</td><td>80</td></tr><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Ref</td><td>88120</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Ref</td><td>88120</td></tr><tr><td>Pay by</td><td>15 Dec</td></tr></table>", 'text: the row “Pay by” now comes after “Ref”; text before “15 Dec”: Due > Pay by'),
    ("<table><tr><td>Amount</td><td>80</td></tr><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Ref</td><td>88120</td></tr></table>", "<table><tr><td>Pay by</td><td>15 Dec</td></tr><tr><td>Amount</td><td>80</td></tr><tr><td>Ref</td><td>88120</td></tr></table>", 'text: the row “Pay by” now comes before “Amount”; text before “15 Dec”: Due > Pay by'),
    ("<table><tr><td>Amount</td><td>80</td></tr><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Ref</td><td>88120</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Pay by</td><td>15 Dec</td></tr><tr><td>Ref</td><td>88120</td></tr></table>", 'text: Due > Pay by'),
    ("<table><tr><td>Amount</td><td>80</td></tr><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Ref</td><td>88120</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Ref</td><td>88120</td></tr><tr><td>Pay by</td><td>16 Dec</td></tr></table>", 'row: Due, 15 Dec > -; row: - > Pay by, 16 Dec'),
    ("<table><tr><td>Amount</td><td>80</td></tr><tr><td>Paid</td><td>yes</td></tr><tr><td>Ref</td><td>88120</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Ref</td><td>88120</td></tr><tr><td>Insured</td><td>yes</td></tr></table>", 'row: Paid, yes > -; row: - > Insured, yes'),
    ("<table><tr><td>Amount</td><td>80</td></tr><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Ref</td><td>88120</td></tr><tr><td>From</td><td>15 Dec</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Ref</td><td>88120</td></tr><tr><td>From</td><td>15 Dec</td></tr><tr><td>Pay by</td><td>15 Dec</td></tr></table>", 'row: Due, 15 Dec > -; row: - > Pay by, 15 Dec'),
    # several boxes, or buttons, of one look
    ("<p>a</p>", "<p>a</p><div style='background:#fff3cd'>One</div><p>x</p><div style='background:#fff3cd'>Two</div>", 'text: - > One; text: - > x; text: - > Two; boxes: the new boxes around “One” and “Two” have a light yellow #fff3cd background'),
    # its lines at each side, what nobody sees of it, its own look of a button, and one box in another
    ('<p>a</p>', "<p>a</p><div style='border-top:1px solid #ddd;border-bottom:1px solid #ddd'>b</div>", 'text: - > b; boxes: the new box around “b” has lines above and below it (1px, light grey #dddddd)'),
    ('<p>a</p>', "<p>a</p><div style='border-width:0 0 1px 0;border-style:solid;border-color:#ddd'>b</div>", 'text: - > b; boxes: the new box around “b” has a line below it (1px, light grey #dddddd)'),
    ('<p>a</p>', "<p>a</p><div style='border:1px solid #ddd;border-right:0'>b</div>", 'text: - > b; boxes: the new box around “b” has lines above it and below it and left of it (1px, light grey #dddddd)'),
    ('<p>a</p>', "<p>a</p><div style='border-width:2px'>b</div>", 'text: - > b'),
    ('<p>a</p>', "<p>a</p><div style='border:1px solid transparent'>b</div>", 'text: - > b'),
    ('<p>a</p>', "<p>a</p><div style='background:rgba(0,0,0,0)'>b</div>", 'text: - > b'),
    ('<p>a</p>', "<p>a</p><div style='background:rgba(255,0,0,.5)'>b</div>", 'text: - > b; boxes: the new box around “b” has a red #ff8080 background'),
    ('<p>a</p>', "<p>a</p><div style='border:1px dashed #f80'>b</div>", 'text: - > b; boxes: the new box around “b” has a line around it (1px dashed, orange #ff8800)'),
    ('<p>a</p>', "<p>a</p><div style='background:#f9fafb'>b</div>", 'text: - > b; boxes: the new box around “b” has an off-white #f9fafb background'),
    ('<p>a</p>', "<p>a</p><div style='background:#fde68a;padding:20px'><a href='/b' style='background:#16a34a;padding:9px'>Pay</a></div>", 'button “Pay”: - > /b; boxes: the new box around “Pay” has a yellow #fde68a background; boxes: the new button “Pay” has a green #16a34a background'),
    ('<p>a</p>', "<p>a</p><div style='background:#102030'><div style='background:#fff;border:1px solid red'><p>One</p><p>Two</p></div></div>", 'text: - > One; text: - > Two; boxes: the new box from “One” to “Two” has a blue-black #102030 background; boxes: the new box from “One” to “Two” has a white #ffffff background and a line around it (1px, red #ff0000)'),
    ('<p>a</p>', "<p>a</p><img src=a.png alt=Cat style='border:1px solid red'>", 'image “Cat”: - > a.png; boxes: the new box around the picture “Cat” has a line around it (1px, red #ff0000)'),
    ('<p>a</p>', "<p>a</p><table><tr><td bgcolor='#b91c1c'><a href='/x' style='background:#b91c1c;padding:9px'>Pay</a></td></tr></table>", 'button “Pay”: - > /x; boxes: the new button “Pay” has a red #b91c1c background'),
    # parts that are in no line, or have no words, and values that are none
    ("<div style='display:flex;flex-wrap:wrap'><div style='width:100%'>Car</div><div style='display:none;width:100%'>Hid</div><div style='width:100%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='width:50%'>Car</div><div style='display:none;width:100%'>Hid</div><div style='width:50%'>Bike</div></div>", 'sizes: the parts with “Car” and “Bike” take 50% now, and took all of the width; layout: “Bike” stands beside “Car” now, and stood below it'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='width:100%'>Car</div><div hidden style='width:100%'>Hid</div><div style='width:100%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='width:50%'>Car</div><div hidden style='width:100%'>Hid</div><div style='width:50%'>Bike</div></div>", 'sizes: the parts with “Car” and “Bike” take 50% now, and took all of the width; layout: “Bike” stands beside “Car” now, and stood below it'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='width:100%'>Car</div><div style='position:absolute;width:100%'>Over</div><div style='width:100%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='width:50%'>Car</div><div style='position:absolute;width:100%'>Over</div><div style='width:50%'>Bike</div></div>", 'sizes: the parts with “Car” and “Bike” take 50% now, and took all of the width; layout: “Bike” stands beside “Car” now, and stood below it'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='width:100%'>Car</div><div style='width:100%'></div><div style='width:100%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='width:50%'>Car</div><div style='width:100%'></div><div style='width:50%'>Bike</div></div>", 'sizes: the parts with “Car” and “Bike” take 50% now, and took all of the width'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='width:100%'>Car</div><div style='width:50%;order:2'>Van</div><div style='width:100%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='width:50%'>Car</div><div style='width:50%;order:2'>Van</div><div style='width:50%'>Bike</div></div>", 'sizes: the parts with “Car” and “Bike” take 50% now, and took all of the width'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='width:50%'></div><div style='width:50%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='width:50%'></div><div style='width:100%'>Bike</div></div>", 'sizes: the part with “Bike” takes all of the width now, and took 50%'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='flex:;'>Car</div><div style='flex:;'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='flex:1'>Car</div><div style='flex:1'>Bike</div></div>", 'layout: the way in which the parts of “Car” and “Bike” share the room changed'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='flex:!important'>Car</div><div style='flex:!important'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='flex:1'>Car</div><div style='flex:1'>Bike</div></div>", 'layout: the way in which the parts of “Car” and “Bike” share the room changed'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='flex:1 1 ..5%'>Car</div><div style='flex:1 1 ..5%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='flex:1'>Car</div><div style='flex:1'>Bike</div></div>", 'layout: the way in which the parts of “Car” and “Bike” share the room changed'),
    ("<div style='display:flex;flex-wrap:wrap'><div style='width:..5%'>Car</div><div style='width:..5%'>Bike</div></div>", "<div style='display:flex;flex-wrap:wrap'><div style='width:50%'>Car</div><div style='width:50%'>Bike</div></div>", 'sizes: the width of the parts with “Car” and “Bike” changed: ..5% became 50%'),
    # all of the width is more than what a block takes that has a space beside it, or lies over others; where it sticks out, and what its height is then
    ("<p style='margin:0 20px'>Hello</p><p>Z</p>", "<p style='margin:0 20px;width:100%'>Hello</p><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<p style='margin:5px auto'>Hello</p><p>Z</p>", "<p style='margin:5px auto;width:100%'>Hello</p><p>Z</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p style='margin:0 20px;padding:5px'>Hello</p><p>Z</p>", "<p style='margin:0 20px;padding:5px;width:100%'>Hello</p><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own; sizes: “Hello” is wider than the box around it now, and sticks out on the right'),
    ("<p style='margin-left:-40px;padding:20px'>Hello</p><p>Z</p>", "<p style='margin-left:-40px;padding:20px;width:100%'>Hello</p><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<p style='position:absolute'>Hello</p><p>Z</p>", "<p style='position:absolute;width:100%'>Hello</p><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<p style='position:fixed;padding:20px'>Hello</p><p>Z</p>", "<p style='position:fixed;padding:20px;width:100%'>Hello</p><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<p style='padding:10px 0.0px'>Hello</p><p>Z</p>", "<p style='padding:10px 0.0px;width:100%'>Hello</p><p>Z</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p style='direction:rtl;padding:9px'>Hello</p><p>Z</p>", "<p style='direction:rtl;padding:9px;width:100%'>Hello</p><p>Z</p>", 'sizes: “Hello” is wider than the box around it now, and sticks out on the right'),
    ("<p style='float:right;padding:9px'>Hello</p><p>Z</p>", "<p style='float:right;padding:9px;width:100%'>Hello</p><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own; sizes: “Hello” is wider than the box around it now, and sticks out on the left'),
    ("<blockquote style=''>Hello</blockquote><p>Z</p>", "<blockquote style='width:100%'>Hello</blockquote><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<figure style=''>Hello</figure><p>Z</p>", "<figure style='width:100%'>Hello</figure><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<dd style=''>Hello</dd><p>Z</p>", "<dd style='width:100%'>Hello</dd><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<fieldset style=''>Hello</fieldset><p>Z</p>", "<fieldset style='width:100%'>Hello</fieldset><p>Z</p>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<blockquote style='margin:0'>Hello</blockquote><p>Z</p>", "<blockquote style='margin:0;width:100%'>Hello</blockquote><p>Z</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<ul><li>Hello</li></ul>", "<ul style='width:100%'><li>Hello</li></ul>", 'sizes: the part with “Hello” takes all of the width now, and had no width of its own'),
    ("<ul style='padding:0'><li>Hello</li></ul>", "<ul style='padding:0;width:100%'><li>Hello</li></ul>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p style='margin:20px'>Hello</p><p>Z</p>", "<p style='margin:20px;box-sizing:border-box'>Hello</p><p>Z</p>", 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ("<p style='padding:20px;height:50px;width:100%'>Hello</p><p>Z</p>", "<p style='padding:20px;height:50px;width:100%;box-sizing:border-box'>Hello</p><p>Z</p>", 'sizes: “Hello” no longer sticks out of the box around it; layout: the layout of “Hello” changed'),
    # only a value that tells which row it is does so, or words in front that have much in common
    ("<table><tr><td>Tea</td><td>3.50</td></tr><tr><td>Cake</td><td>8.00</td></tr><tr><td>Total</td><td>11.50</td></tr></table>", "<table><tr><td>Cake</td><td>8.00</td></tr><tr><td>Ham</td><td>3.50</td></tr><tr><td>Total</td><td>11.50</td></tr></table>", 'row: Tea, 3.50 > -; row: - > Ham, 3.50'),
    ("<table><tr><td>Tea</td><td>2</td><td>7.00</td></tr><tr><td>Cake</td><td>1</td><td>8.00</td></tr><tr><td>Total</td><td></td><td>15.00</td></tr></table>", "<table><tr><td>Cake</td><td>1</td><td>8.00</td></tr><tr><td>Ham</td><td>2</td><td>7.00</td></tr><tr><td>Total</td><td></td><td>15.00</td></tr></table>", 'row: Tea, 2, 7.00 > -; row: - > Ham, 2, 7.00'),
    ("<table><tr><td>Tea</td><td>15 Dec</td></tr><tr><td>Cake</td><td>16 Dec</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Cake</td><td>16 Dec</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Ham</td><td>15 Dec</td></tr></table>", 'row: Tea, 15 Dec > -; row: - > Ham, 15 Dec'),
    ("<table><tr><td>Anna</td><td>12000</td></tr><tr><td>Bob</td><td>9000</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Bob</td><td>9000</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Carl</td><td>12000</td></tr></table>", 'row: Anna, 12000 > -; row: - > Carl, 12000'),
    ("<table><tr><td>Order</td><td>88120</td></tr><tr><td>Price</td><td>8.00</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Price</td><td>8.00</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Reference</td><td>88120</td></tr></table>", 'text: the row “Reference” now comes after “Note”; text before “88120”: Order > Reference'),
    ("<table><tr><td>Order</td><td>#AB-88120</td></tr><tr><td>Order placed</td><td>1-88</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Order placed</td><td>1-88</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Reference</td><td>#AB-88120</td></tr></table>", 'text: the row “Reference” now comes after “Note”; text before “#AB-88120”: Order > Reference'),
    ("<table><tr><td>Due</td><td>2026-12-15</td></tr><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Pay by</td><td>2026-12-15</td></tr></table>", 'text: the row “Pay by” now comes after “Note”; text before “2026-12-15”: Due > Pay by'),
    ("<table><tr><td>Tea</td><td>12000 Ft</td></tr><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Ham</td><td>12000 Ft</td></tr></table>", 'row: Tea, 12000 Ft > -; row: - > Ham, 12000 Ft'),
    ("<table><tr><td>Amount</td><td>3.50</td></tr><tr><td>Paid</td><td>4.50</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Paid</td><td>4.50</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Amount due</td><td>3.50</td></tr></table>", 'text: the row “Amount due” now comes after “Note”; text before “3.50”: Amount > Amount due'),
    ("<table><tr><td>Oat milk</td><td>3.50</td></tr><tr><td>Paid</td><td>4.50</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Paid</td><td>4.50</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Soy milk</td><td>3.50</td></tr></table>", 'row: Oat milk, 3.50 > -; row: - > Soy milk, 3.50'),
    ("<table><tr><td><a href='/x'>Order</a></td><td>88120</td></tr><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr><tr><td><a href='/x'>Reference</a></td><td>88120</td></tr></table>", 'link: “Reference” now comes after “Note”; text beside “Order”: 88120 > -; words of a link: Order > Reference; text beside “Reference”: - > 88120'),
    ("<table><tr><td>Order</td><td>88120</td><td>8.00</td></tr><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Reference</td><td>88120</td><td>8.00</td></tr></table>", 'row: Order, 88120, 8.00 > -; row: - > Reference, 88120, 8.00'),
    ("<table><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Order</td><td>AB-88120</td></tr><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr></table>", "<table><tr><td>Amount</td><td>80</td></tr><tr><td>Note</td><td>none</td></tr><tr><td>Pay by</td><td>15 Dec</td></tr><tr><td>Reference</td><td>AB-88120</td></tr></table>", 'text: the rows “Pay by” and “Reference” now come after “Note”; text before “15 Dec”: Due > Pay by; text before “AB-88120”: Order > Reference'),
    ("<table><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Order</td><td>AB-88120</td></tr></table>", "<table><tr><td>Reference</td><td>AB-88120</td></tr><tr><td>Pay by</td><td>15 Dec</td></tr></table>", 'text: the row “Reference” and the row “Pay by” have changed places; text before “AB-88120”: Order > Reference; text before “15 Dec”: Due > Pay by'),
    ("<h2>Your booking</h2><table><tr><td>Due</td><td>15 Dec</td></tr><tr><td>Amount</td><td>80</td></tr></table><p>We look forward to your visit.</p><p>Bring your own shoes.</p><h2>Other things</h2><p>Nothing else is to be said.</p>", "<p>We look forward to your visit.</p><p>Bring your own shoes.</p><h2>Other things</h2><p>Nothing else is to be said.</p><h2>Your booking</h2><table><tr><td>Amount</td><td>80</td></tr><tr><td>Pay by</td><td>15 Dec</td></tr></table>", 'heading: “Your booking” now comes after “Nothing else is to be said.”; text: the row “Amount” now comes after “Nothing else is to be said.”; text: the row “Pay by” now comes after “Nothing else is to be said.”; text before “15 Dec”: Due > Pay by'),
    # words that replaced others have a look of their own, unless words that stay look different in the same way
    ('<p style="font-size:13px;color:#111827">The credit is valid for 90 days.</p><p style="font-size:13px">Bye</p>', '<p style="font-size:14px;color:#111827">PS: teams of five get a free weekend.</p><p style="font-size:14px">Bye</p>', 'text: The credit is valid for 90 days. > PS: teams of five get a free weekend.; size of text: “PS: teams of five get a free weekend.” and “Bye” are larger: 13px became 14px'),
    ('<p style="font-weight:bold">The credit is valid for 90 days.</p><p>Bye</p>', '<p style="font-style:italic;background:#111111;color:#111112">PS: teams of five get a free weekend.</p><p>Bye</p>', 'text: The credit is valid for 90 days. > PS: teams of five get a free weekend.; colours: the colour of the new “PS: teams of five get a free weekend.” is dark grey #111112, which can hardly be read on dark grey #111111, and that of what it replaced was the usual one; colours: the background around “PS: teams of five get a free weekend.” is new: dark grey #111111; style of text: the new “PS: teams of five get a free weekend.” is not bold, and what it replaced was; style of text: the new “PS: teams of five get a free weekend.” is in italics, and what it replaced was not'),
    ('<p style="font-size:13px">The credit is valid for 90 days.</p><p style="font-size:13px">You can pay it by the card you like.</p><p>Bye</p>', '<p style="font-size:15px">PS: teams of five get a free weekend.</p><p style="font-size:15px">Nothing else matters to them now today</p><p>Bye</p>', 'text: The credit is valid for 90 days. > PS: teams of five get a free weekend.; text: You can pay it by the card you like. > Nothing else matters to them now today; size of text: the size of the new “PS: teams of five get a free weekend.” and “Nothing else matters to them now today” is 15px, and that of what they replaced was 13px'),
    ('<p style="font-size:13px;font-weight:bold">Sunday</p><p>Bye</p>', '<p style="font-size:14px">Monday</p><p>Bye</p>', 'text: Sunday > Monday; style of text: “Monday” is not bold, and “Sunday” was; size of text: “Monday” is larger: 13px became 14px'),
    # a row with much of its name is the same one elsewhere, whatever became of its values; a row of heads is told as one
    ('<table><tr><td>Green tea leaves</td><td>2</td><td>€4</td></tr><tr><td>Cake</td><td>1</td><td>€5</td></tr><tr><td>Milk</td><td>1</td><td>€6</td></tr></table>', '<table><tr><td>Cake</td><td>1</td><td>€5</td></tr><tr><td>Milk</td><td>1</td><td>€6</td></tr><tr><td>Green tea bags</td><td>3</td><td>€4</td></tr></table>', 'text: the row “Green tea bags” now comes after “Milk”; text before “3, €4”: Green tea leaves > Green tea bags; text beside “Green tea bags”: 2 > 3'),
    ('<p>Hello</p>', '<p>Hello</p><table><tr><th>Item</th><th>Qty</th><th>Price</th></tr><tr><td>Tea</td><td>2</td><td>€4</td></tr><tr><td>Cake</td><td>1</td><td>€5</td></tr></table>', 'heads of columns: - > Item, Qty, Price; row: - > Tea, 2, €4; row: - > Cake, 1, €5'),
    ('<p>Hello</p><table><tr><th>Item</th><th>Qty</th><th>Price</th></tr><tr><td>Tea</td><td>2</td><td>€4</td></tr></table>', '<p>Hello</p>', 'heads of columns: Item, Qty, Price > -; row: Tea, 2, €4 > -'),
    # a price goes where the words before it go, be it another one; after a price is after what it is the price of
    ('<div><p>City</p><p>€0.29</p><p>Family</p><p>€0.39</p><p>Van</p><p>€0.49</p></div>', '<div><p>City</p><p>€0.29</p><p>Van</p><p>€0.49</p><p>Family</p><p>€0.42</p></div>', 'text: “Family” now comes after “Van” and “€0.49”; text after “Family”: €0.39 > €0.42'),
    ('<div><p>City</p><p>€0.29/min</p><p>Family</p><p>€0.39/min</p><p>Van</p><p>€0.49/min</p></div>', '<div><p>City</p><p>€0.29/min</p><p>Van</p><p>€0.49/min</p><p>Family</p><p>€0.42/min</p></div>', 'text: “Family” and the part after it now come after “Van” and “€0.49/min”; text after “Family”: €0.39/min > €0.42/min'),
    ('<div><p>City</p><p>€0.29</p><p>Family</p><p>€0.39</p><p>Van</p><p>€0.49</p></div>', '<div><p>City</p><p>€0.29</p><p>Van</p><p>€0.59</p><p>Family</p><p>€0.42</p></div>', 'text: “Van” now comes before “Family”; text after “Van”: €0.49 > €0.59; text after “Family”: €0.39 > €0.42'),
    ('<div><p>City</p><p>€0.29</p><p>Family</p><p>€0.39</p><p>Van</p><p>€0.49</p></div>', '<div><p>City</p><p>€0.29</p><p>Van</p><p>€0.49</p><p>Family</p><p>two days free</p></div>', 'text: “Family” now comes after “Van” and “€0.49”; text after “Family”: €0.39 > -; text: - > two days free'),
    # words on the other side of the picture in their row have moved
    ('<table width="100%"><tr><td><img src="https://c.test/l.png" alt="Kaista" width="100"></td><td>Receipt</td></tr></table>', '<table width="100%"><tr><td>Receipt</td><td><img src="https://c.test/l.png" alt="Kaista" width="100"></td></tr></table>', 'text: “Receipt” now comes before “Kaista”'),
    ('<table width="100%"><tr><td>Receipt</td><td><img src="https://c.test/l.png" alt="Kaista" width="100"></td></tr></table><p>Bye</p>', '<table width="100%"><tr><td><img src="https://c.test/l.png" alt="Kaista" width="100"></td><td>Receipt</td></tr></table><p>Bye</p>', 'text: “Receipt” now comes after “Kaista”'),
    ('<p>Paid</p><table><tr><td><img src="/v.png" alt="Visa"></td><td>Later</td></tr></table><p>x</p>', '<p>Hello to you</p><table><tr><td><img src="/v.png" alt="Visa"></td><td>Paid</td></tr></table><p>x</p>', 'text: Paid > Hello to you; text beside “Visa”: Later > Paid'),
    # a box that is gone from around several texts is named by all of them
    ('<p>X</p><div style="background:#eeeeee;padding:8px"><p>Alpha one</p><p>Beta two is here</p><p>Gone away with it</p></div><p>Z</p>', '<p>X</p><p>Alpha one</p><p>Beta two is there</p><p>Z</p>', 'text: Beta two is here > Beta two is there; text: Gone away with it > -; colours: the background of the box from “Alpha one” to “Beta two is there” is gone: light grey #eeeeee; spaces: the space in the box from “Alpha one” to “Beta two is there” is gone: 8px'),
    ('<div style="background:#eeeeee;padding:8px"><p>Alpha one</p><p>Beta two</p></div>', '<p>Alpha one</p><p>Beta two</p>', 'colours: the background of the whole email is gone: light grey #eeeeee; spaces: the space in the box from “Alpha one” to “Beta two” is gone: 8px'),
    ('<div style="background:#eeeeee;padding:8px"><p>Alpha one</p><p>Beta two</p></div><p>Bye</p>', '<p>Alpha one</p><p>Beta two</p>', 'text: Bye > -; colours: the background of the box from “Alpha one” to “Beta two” is gone: light grey #eeeeee; spaces: the space in the box from “Alpha one” to “Beta two” is gone: 8px'),
    ('<p>X</p><div style="background:#eeeeee;padding:8px"><p>Alpha one</p><p>Beta two</p></div><p>Z</p><p>Y</p>', '<p>X</p><p>Z</p><p>Alpha one</p><p>Beta two</p><p>Y</p>', 'text: “Z” now comes before “Alpha one”; colours: the background of the box from “Alpha one” to “Beta two” is gone: light grey #eeeeee; spaces: the space in the box from “Alpha one” to “Beta two” is gone: 8px'),
    # a word that a property does not take is no look, and leaves what was said before it
    ('<p>Hello</p>', '<p style="color:nonsense;background:foo;font-size:big;line-height:tall;padding:ten;margin:abc;text-align:middle;font-weight:fat">Hello</p>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<p style="color:red">Hello</p>', '<p style="color:red;color:nonsense !important">Hello</p>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<p style="color:red">Hello</p>', '<p style="color:nonsense">Hello</p>', 'colours: the colour of “Hello” is the usual one now, and was red #ff0000'),
    ('<style>p{color:red}</style><p>Hello</p>', '<style>p{color:red;color:nonsense}</style><p>Hello</p>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<p>Hello</p>', '<p style="color:windowtext;font-size:20">Hello</p>', 'colours: the colour of “Hello” is windowtext now, and was the usual one; size of text: the size of “Hello” is 20 now, and was the usual one'),
    # a picture or a gradient behind a new box is told; what hides a part is told once, whatever hides it
    ('<p>Hello</p>', '<p>Hello</p><div style="background:linear-gradient(#ff0000,#0000ff)"><p>Box words here</p></div>', 'text: - > Box words here; boxes: the new box around “Box words here” has a background with a gradient of red #ff0000 and blue #0000ff'),
    ('<p>Hello</p><div style="background:#eeeeee url(https://c.test/a.png)"><p>Box words here</p></div>', '<p>Hello</p>', 'text: Box words here > -; boxes: the box around “Box words here” that is gone had a light grey #eeeeee background and the background image https://c.test/a.png'),
    ('<p>Hello</p>', '<p>Hello</p><table background="https://c.test/a.png"><tr><td>Box words here</td></tr></table>', 'text: - > Box words here; boxes: the new box around “Box words here” has the background image https://c.test/a.png'),
    ('<style></style><p>Hello</p><div class="box"><p>Box words</p></div>', '<style>@media (max-width:600px){.box{display:none!important;max-height:0;visibility:hidden}}</style><p>Hello</p><div class="box"><p>Box words</p></div>', 'layout: “Box words” is hidden on small screens'),
    ('<style></style><p>Hello</p><p><a href="https://a.test">Link</a></p>', '<style>a:hover{visibility:hidden}</style><p>Hello</p><p><a href="https://a.test">Link</a></p>', 'layout: the layout of “Link” changed under the pointer'),
    # when something new is hidden is told, as it is of what was there
    ('<style></style><p>Hello</p>', '<style>@media (max-width:600px){.box{display:none!important}}</style><p>Hello</p><div class="box"><p>Box words here</p></div>', 'text: - > Box words here; layout: the new “Box words here” is hidden on small screens'),
    ('<style></style><p>Hello</p>', '<style>.box{display:none} @media (max-width:600px){.box{display:block!important}}</style><p>Hello</p><div class="box"><p>Box words here</p><p>More of it</p></div>', 'text: - > Box words here; text: - > More of it; layout: the new “Box words here” and “More of it” are shown only on small screens'),
    ('<style></style><p>Hello</p>', '<style>@media (prefers-color-scheme:dark){.d{display:none}}</style><p>Hello</p><img class="d" src="https://c.test/l.png" alt="Logo">', 'image “Logo”: - > https://c.test/l.png; layout: the new picture “Logo” is hidden in dark mode'),
    ('<style></style><p>Hello</p>', '<style>p.x:hover{display:none}</style><p>Hello</p><p class="x">New words</p>', 'text: - > New words'),
    ('<style>@media (max-width:600px){.box{display:none!important}}</style><p>Hello</p><div class="box"><p>Box words here</p></div>', '<style>@media (max-width:600px){.box{display:none!important}}</style><p>Hello</p><div class="box"><p>Box words here</p><p>And this is it</p></div>', 'text: - > And this is it; layout: the new “And this is it” is hidden on small screens'),
    # words without blanks between them: Japanese, Chinese, Thai
    ("<p>朝6時までに出してください。</p><p>ガラスはミルレーンのコンテナへ。</p><p>配信停止はアカウント設定から。</p>", "<p>朝5時までに出してください。</p><p>配信停止はアカウント設定から。</p>", "text: 朝6時までに出してください。 > 朝5時までに出してください。; text: ガラスはミルレーンのコンテナへ。 > -"),
    ("<p>请在晚上6点之前付款。</p><p>玻璃请放入容器。</p><p>谢谢您的配合。</p>", "<p>请在晚上5点之前付款。</p><p>谢谢您的配合。</p>", "text: 请在晚上6点之前付款。 > 请在晚上5点之前付款。; text: 玻璃请放入容器。 > -"),
    ("<p>กรุณานำกุญแจทั้ง5ดอกมาด้วย</p><p>ทิ้งแก้วในถังขยะ</p><p>ขอบคุณ</p>", "<p>กรุณานำกุญแจทั้ง4ดอกมาด้วย</p><p>ขอบคุณ</p>", "text: กรุณานำกุญแจทั้ง5ดอกมาด้วย > กรุณานำกุญแจทั้ง4ดอกมาด้วย; text: ทิ้งแก้วในถังขยะ > -"),
    ("<p>802.00ユーロが未払いです。</p><p>督促手数料5ユーロが加算されました。</p><p>その日以降、契約を解除することがあります。</p>", "<p>802.00ユーロが未払いです。</p><p>その日以降、契約を解除することがあります。</p><p>督促手数料7.50ユーロが加算されました。</p>", "text: “督促手数料7.50ユーロが加算されました。” now comes after “その日以降、契約を解除することがあります。”; text: 督促手数料5ユーロが加算されました。 > 督促手数料7.50ユーロが加算されました。"),
    *(("<p>第1日曜日に住民の集まりがあります。</p><p>住民規則は横に掲示してあります。</p>", f"<p>第1日曜日に住民の集まりがあります。{blank}住民規則は横に掲示してあります。</p>", "text: “住民規則は横に掲示してあります。” no longer stands on a line of its own") for blank in ("", " ")),
    ("<p>承認</p><p>5営業日以内にご判断ください。</p>", "<p>承認</p><p>3営業日以内にご判断ください。</p>", "text: 5営業日以内にご判断ください。 > 3営業日以内にご判断ください。"),
    ("<p>駐輪場の利用</p><p>利用可能</p>", "<p>駐輪場の利用</p><p>利用不可</p>", "text after “駐輪場の利用”: 利用可能 > 利用不可"),
    # a text that moved, without a sentence or with one more
    ("<p>All walls are white. You may hang up as many pictures as you like on nails of any kind.</p><p>The lift is for ten people at once.</p><p>Cats are fine.</p>", "<p>The lift is for ten people at once.</p><p>Cats are fine.</p><p>All walls are white.</p>", "text: “All walls are white.” now comes after “Cats are fine.”; text: All walls are white. You may hang up as many pictures as you like on nails of any kind. > All walls are white."),
    ("<p>Thanks.</p><p>The lift is for ten people at once.</p><p>Cats are fine.</p>", "<p>The lift is for ten people at once.</p><p>Cats are fine.</p><p>Thanks. You find us beside the green boat that sells fish.</p>", "text: Thanks. > -; text: - > Thanks. You find us beside the green boat that sells fish."),
    ("<p>壁は白のみ。</p><p>エレベーターは10人乗りです。</p><p>猫も飼えます。</p>", "<p>エレベーターは10人乗りです。</p><p>猫も飼えます。</p><p>壁は白のみ。釘の穴は埋めてください。</p>", "text: “壁は白のみ。釘の穴は埋めてください。” now comes after “猫も飼えます。”; text: 壁は白のみ。 > 壁は白のみ。釘の穴は埋めてください。"),
    # the name of a row beside a picture that is called so, too
    (PERSON.format(*ANA) + PERSON.format(*BEN), PERSON.format(*BEN) + PERSON.format(*ANA), "image: the row “Ben Okoro” now comes before “Ana Reis”"),
    (PERSON.format(*ANA), PERSON.format(*ANA[:3], "More trees."), "text beside “Ana Reis”: More racks. > More trees."),
    (PERSON.format(*ANA) + PERSON.format(*BEN), PERSON.format(*BEN) + PERSON.format(ANA[0], "Portrait", *ANA[2:]), "image: the row “Portrait” now comes after “Ben Okoro”; alternative text of an image: Ana Reis > Portrait"),
    # a heading of another level is of another size where nothing else says how large it is
    ("<h2 style='font-size:20px'>This week</h2><p>Paper</p>", "<h4 style='font-size:20px'>This week</h4><p>Paper</p>", "layout: the heading “This week” is of level 4 now, and was of 2 (1 is the highest)"),
    ("<h4>This <b style='font-size:20px'>week</b></h4><p>Paper</p>", "<h2>This <b style='font-size:20px'>week</b></h2><p>Paper</p>", "layout: the heading “This week” is of level 2 now, and was of 4 (1 is the highest)"),
    # a button that stood alone, whatever came beside it
    (f"<div>{PAY.format('inline-block')}</div><p>Online.</p>", f"<div>{PAY.format('block')} <a href=/no>No</a></div><p>Online.</p>", "link “No”: - > /no; layout: “Pay” takes all of the width now"),
    (f"<div>{PAY.format('inline-block')} <a href=/no>No</a></div><p>Online.</p>", f"<div>{PAY.format('block')} <a href=/no>No</a></div><p>Online.</p>", "layout: “Pay” stands in a line of its own now"),
    (f"<div>{PAY.format('block')}</div><p>Online.</p>", f"<div>{PAY.format('inline-block')} <a href=/no>No</a></div><p>Online.</p>", "link “No”: - > /no; layout: “Pay” stands in a line with others now, where there is room"),
    # lines that were joined or split, with other numbers in them
    (LINES.format("80", "66.38"), JOINED.format("88", "81.65"), "text: “VAT: €81.65” and “Bank: Banco” no longer stand on lines of their own, but after “;”; text: Invoice: J-80 > Invoice: J-88; text: VAT: €66.38 > VAT: €81.65"),
    (JOINED.format("80", "9.5"), LINES.format("80", "66.38"), "text: “VAT: €66.38” and “Bank: Banco” stand on lines of their own now, and no longer after “;”; text: VAT: €9.5 > VAT: €66.38"),
    ("<p>a</p><p>5<br>6</p>", "<p>a</p><p>7, 8</p>", "text after “a”: 5 > 7, 8; text after “a, 5”: 6 > -"),
    # titles with a number in front, where something else moved
    (NOTICES.format("<p>Cat</p><p>Have you seen Mimi?</p><p>Party</p><p>Saturday, 20:00, flat 4.</p><p>Something to say? <a href=/n>Write</a></p>", "neighbours", "", "rent from us"), NOTICES.format("<p>Something to say? <a href=/n>Write</a></p><p>1. Cat</p><p>Have you seen Mimi?</p><p>2. Party</p><p>Saturday, 20:00, flat 4.</p>", "neighbours and to our staff", " · <a href=/i>Imprint</a>", "are one of our tenants"), "text: “1. Cat” and the 3 parts after it now come after “Something to say? Write”; text under “Something to say? Write”: Cat > 1. Cat; text under “Notices”: Party > 2. Party; text: Be kind. They are seen by all neighbours. > Be kind. They are seen by all neighbours and to our staff.; text: Linden · Account · Privacy > Linden · Account · Privacy · Imprint; link “Imprint”: - > /i; text: You get this because you rent from us. > You get this because you are one of our tenants."),
    # parts beside each other that are no columns of a table, exchanged and with other numbers
    (BESIDE.format("2. Meters", "Read them.", "3. Net", "Order it."), BESIDE.format("2. Net", "Order it.", "3. Meters", "Read them."), "text: “2. Net” and the part after it now come before “3. Meters”; text: 3. Net > 2. Net; text: 2. Meters > 3. Meters"),
    # a number in front of a month, a floor or a dish is none that counts texts
    (AGENDA.format("3. Mai", "Yoga", "10. Juni", "Chor", "12. Juli", "Tanz"), AGENDA.format("10. Juni", "Chor", "12. Juli", "Tanz", "24. Mai", "Schach"), "row: 3. Mai, Yoga > -; row: - > 24. Mai, Schach"),
    ("<p>3. května</p><p>Nothing else is new.</p><p>So it goes.</p>", "<p>Nothing else is new.</p><p>So it goes.</p><p>4. května</p>", "text: 3. května > -; text: - > 4. května"),
    ("<p>2. Etage</p><p>Nothing else is new.</p><p>So it goes.</p>", "<p>Nothing else is new.</p><p>So it goes.</p><p>5. Etage</p>", "text: 2. Etage > -; text: - > 5. Etage"),
    ("<p>1. Keys</p><p>2. Etage</p><p>Nothing else is new.</p><p>3. Etage</p>", "<p>1. Keys</p><p>Nothing else is new.</p><p>3. Etage</p><p>4. Etage</p>", "text: 2. Etage > -; text: - > 4. Etage"),
    ("<table><tr><td>1. Tea<td>€1<tr><td>2. Cola<td>€2</table><p>Cold ones</p><table><tr><td>Milk<td>€4<tr><td>Rum<td>€7</table>", "<table><tr><td>1. Tea<td>€1</table><p>Cold ones</p><table><tr><td>Cola<td>€4<tr><td>Rum<td>€7</table>", "row: 2. Cola, €2 > -; text after “Cold ones”: Milk > Cola"),
    # what stands under a heading with another number in front
    ("<h1>FAQ</h1><h2>1. What is it?</h2><p>A tea house.</p><h2>2. How much?</h2><p>It costs little.</p>", "<h1>FAQ</h1><h2>1. How much?</h2><p>It costs much.</p><h2>2. What is it?</h2><p>A tea house.</p>", "heading: “1. How much?” and the part after it now come before “2. What is it?”; heading under “FAQ”: 2. How much? > 1. How much?; heading under “1. How much?”: 1. What is it? > 2. What is it?; text under “1. How much?”: It costs little. > It costs much."),
    # a step of one word, with another step before it
    ("<ul><li>1. Open<li>2. Read<li>3. Plug</ul>", "<ul><li>1. Open<li>2. Call<li>3. Read<li>4. Plug</ul>", "list item: 2. Read > 3. Read; list item: 3. Plug > 4. Plug; list item: - > 2. Call"),
    # what is hidden by its attribute is so beside a style sheet, too
    ("<style>p{color:red}</style><p>Hello</p>", "<style>p{color:red}</style><p>Hello</p><p hidden>Words here</p>", "hidden text: - > Words here"),
    ("<style>p{color:red}</style><p>Hello</p>", "<style>p{color:red}</style><p>Hello</p><p hidden style='display:block'>Words here</p>", "text: - > Words here"),
    ("<style>p{color:red}</style><p>Hello</p><p>Words here</p>", "<style>p{color:red}</style><p>Hello</p><p hidden>Words here</p>", "hidden text: “Words here” is hidden text now, and was a text"),
    # only after a mere price is after what has it: what begins with a number, or ends with one, has a name of its own
    ('<p>Bring a hat please</p><p>Come all to us</p><h2>Day 2</h2><p>We walk up the hill</p>', '<p>Come all to us</p><h2>Day 2</h2><p>Bring a hat please</p><p>We walk up the hill</p>', 'text: “Bring a hat please” now comes after “Day 2”'),
    ('<ul><li>Bring a hat<li>Eat at home first<li>10:00 Yoga<li>12:00 Lunch</ul>', '<ul><li>Eat at home first<li>10:00 Yoga<li>Bring a hat<li>12:00 Lunch</ul>', 'list item: “Bring a hat” now comes after “10:00 Yoga”'),
    ('<p>Cola, €9</p><p>Reply within 5 days please.</p><p>Gin, €12</p>', '<p>Reply within 5 days please.</p><p>Gin, €12</p><p>Cola, €9</p>', 'text: “Cola, €9” now comes after “Gin, €12”'),
    ('<p>Bring a hat</p><p>We pay you back.</p><p>€9</p><p>Bye all</p>', '<p>We pay you back.</p><p>€9</p><p>Bring a hat</p><p>Bye all</p>', 'text: “Bring a hat” now comes after “€9”'),
    ('<p>Bring a hat</p><p>Come all</p><p>€9 Cola</p><p>Bye all</p>', '<p>Come all</p><p>€9 Cola</p><p>Bring a hat</p><p>Bye all</p>', 'text: “Bring a hat” now comes after “€9 Cola”'),
    ('<p>Bring a hat</p><p>Cola</p><p>9 EUR</p><p>Bye all</p>', '<p>Cola</p><p>9 EUR</p><p>Bring a hat</p><p>Bye all</p>', 'text: “Bring a hat” now comes after “Cola” and “9 EUR”'),
    ('<p>Eat at home</p><p>10:00 Yoga</p><p>Swim in the pool now</p><p>Bye all</p>', '<p>Swim in the pool now</p><p>Bye all</p><p>Eat at home</p><p>11:00 Yoga</p>', 'text: “Eat at home” and the part after it now come after “Bye all”; text after “Eat at home”: 10:00 Yoga > 11:00 Yoga'),
    # lines that are one now replaced nothing; one of them may begin with its number, or have another sign in it
    ('<p>Our house stands here</p><p>Ring the bell twice</p><p>Ask for Ann Smith</p><p>Bring all five keys</p>', '<p style="color:red">Our house stands here, Ring the bell twice, Ask for Ann Smith, Bring all five keys</p>', 'text: “Ring the bell twice”, “Ask for Ann Smith” and 1 more no longer stand on lines of their own, but after “,”; colours: the colour of “Our house stands here” and 3 more is red #ff0000 now, and was the usual one'),
    ('<p>Our house stands here</p><p>Ring the bell twice</p><p>Ask for Ann</p>', '<p>Our house stands here, Ring the bell twice, <b>Ask for Ann</b></p>', 'text: “Ring the bell twice” and “Ask for Ann” no longer stand on lines of their own, but after “,”; style of text: “Ask for Ann” is bold now'),
    ('<p>Room 5</p><p>Opens 9:00</p>', '<p style="color:red">Room 6 · Opens 9:00</p>', 'text: “Opens 9:00” no longer stands on a line of its own, but after “·”; text: Room 5 > Room 6; colours: the colour of “Room 6” and “Opens 9:00” is red #ff0000 now, and was the usual one'),
    ('<p>1 High Street</p><p>London</p>', '<p>2 High Street, London</p>', 'text: “London” no longer stands on a line of its own, but after “,”; text: 1 High Street > 2 High Street'),
    ('<p>2 High Street, London</p>', '<p>1 High Street</p><p>London</p>', 'text: “London” stands on a line of its own now, and no longer after “,”; text: 2 High Street > 1 High Street'),
    ('<p>Berlin, Main 5</p><p>Opens 9</p>', '<p>Berlin, Main 6 · Opens 9</p>', 'text: “Opens 9” no longer stands on a line of its own, but after “·”; text: Berlin, Main 5 > Berlin, Main 6'),
    # all that is drawn behind a new box is said: all colours of a gradient, or none; nothing where nothing is drawn
    ('<p>Hi</p>', "<p>Hi</p><div style='background-image:linear-gradient(red,#00f);padding:10px'><p>Sale today</p></div>", 'text: - > Sale today; boxes: the new box around “Sale today” has a background with a gradient of red #ff0000 and blue #0000ff'),
    ('<p>Hi</p>', "<p>Hi</p><div style='background-image:linear-gradient(to right,rgb(200,0,0) 10%,40%,#ff000000);padding:10px'><p>Sale today</p></div>", 'text: - > Sale today; boxes: the new box around “Sale today” has a background with a gradient of red #c80000 and transparent'),
    ('<p>Hi</p>', "<p>Hi</p><div style='background-image:linear-gradient(red,currentcolor);padding:10px'><p>Sale today</p></div>", 'text: - > Sale today; boxes: the new box around “Sale today” has a background with a gradient'),
    ('<p>Hi</p>', "<p>Hi</p><div style='background-image:linear-gradient(#f00,#00f),url(a.png);padding:10px'><p>Sale today</p></div>", 'text: - > Sale today; boxes: the new box around “Sale today” has a background with a gradient of red #ff0000 and blue #0000ff and the background image a.png'),
    ('<p>Hi</p>', "<p>Hi</p><div style='background-image:url(data:image/png;base64,AAAA);padding:10px'><p>Sale today</p></div>", 'text: - > Sale today; boxes: the new box around “Sale today” has a background image inside the message'),
    ('<p>Hi</p>', '<p>Hi</p><div style=\'background-image:url("a (1).png");padding:10px\'><p>Sale today</p></div>', 'text: - > Sale today; boxes: the new box around “Sale today” has the background image a (1).png'),
    ('<p>Hi</p>', '<p>Hi</p><div style=\'background-image:url("data:image/svg+xml; utf8,abc");padding:10px\'><p>Sale today</p></div>', 'text: - > Sale today; boxes: the new box around “Sale today” has a background image inside the message'),
    ('<p>Hi</p>', "<p>Hi</p><div style='background-image:initial;padding:10px'><p>Sale today</p></div>", 'text: - > Sale today'),
    ('<p>Hi</p>', "<p>Hi</p><div style='background-image:url();padding:10px'><p>Sale today</p></div>", 'text: - > Sale today'),
    # a picture names a row only where it stands in no other
    ('<table><tr><td><img src=x.png alt="Tea"></td><td>€5</td></tr><tr><td><img src=x.png alt="Rum"></td><td>€9</td></tr></table>', '<table><tr><td><img src=x.png alt="Rum"></td><td>€9</td></tr><tr><td><img src=x.png alt="Gin"></td><td>€5</td></tr></table>', 'image: “Gin” now comes after “Rum”; text beside “Tea”: €5 > -; alternative text of an image: Tea > Gin; text beside “Gin”: - > €5'),
    ('<table><tr><td><img src=a.png alt="Tea"></td><td>€5</td></tr><tr><td><img src=b.png alt="Rum"></td><td>€9</td></tr></table>', '<table><tr><td><img src=b.png alt="Rum"></td><td>€9</td></tr><tr><td><img src=a.png alt="Green tea"></td><td>€5</td></tr></table>', 'image: the row “Green tea” now comes after “Rum”; alternative text of an image: Tea > Green tea'),
    # all that a picture draws is what it is known by: each colour of a gradient, and where it leads to, and each picture
    ('<div style="background:linear-gradient(red,#00f)">Sale</div>', '<div style="background:linear-gradient(green,#00f)">Sale</div>', 'background image behind “Sale”: a gradient: red #ff0000, blue #0000ff > a gradient: dark green #008000, blue #0000ff'),
    ('<div style="background:linear-gradient(90deg,red,#00f)">Sale</div>', '<div style="background:linear-gradient(45deg,red,#00f)">Sale</div>', 'background image behind “Sale”: a gradient: 90deg, red #ff0000, blue #0000ff > a gradient: 45deg, red #ff0000, blue #0000ff'),
    ('<div style="background:linear-gradient(red,#00f)">Sale</div>', '<div style="background:radial-gradient(red,#00f)">Sale</div>', 'background image behind “Sale”: a gradient: red #ff0000, blue #0000ff > a radial gradient: red #ff0000, blue #0000ff'),
    ('<div style="background:linear-gradient(red,#00f)">Sale</div>', '<div style="background:linear-gradient(#f00,blue)">Sale</div>', 'unseen: what is written in the HTML changed, and nothing that is read or seen'),
    ('<div style="background:url(a.png),url(b.png)">Sale</div>', '<div style="background:url(a.png),url(c.png)">Sale</div>', 'background image behind “Sale”: a.png and b.png > a.png and c.png'),
    # a box is no whole email where something is gone that stood outside of it
    ('<div style="max-width:600px"><p>Hi you</p><p>We are here</p></div><p>Unsubscribe here</p>', '<div style="max-width:500px"><p>Hi you</p><p>We are here</p></div>', 'text: Unsubscribe here > -; sizes: the width of the part from “Hi you” to “We are here” changed: 600px became 500px'),
    ('<div style="max-width:600px"><p>Hi you</p><p>We are here</p><p>Unsubscribe here</p></div>', '<div style="max-width:500px"><p>Hi you</p><p>We are here</p></div>', 'text: Unsubscribe here > -; sizes: the width of the whole email changed: 600px became 500px'),
    ('<div style="max-width:600px"><p>Hi you</p><p>We are here</p></div><div style="max-width:600px"><p>Unsubscribe here</p></div>', '<div style="max-width:500px"><p>Hi you</p><p>We are here</p></div>', 'text: Unsubscribe here > -; sizes: the width of the whole email changed: 600px became 500px'),
    ('<p><u>Your order is paid</u></p>', '<p><s>We wait for money!</s></p>', 'text: Your order is paid > We wait for money!; style of text: the new “We wait for money!” is struck out, and what it replaced was underlined'),
    # a number in front of what has values: these went along, or stayed
    ('<table><tr><td>1. Ann<td>5 min<tr><td>2. Bob<td>6 min</table>', '<table><tr><td>1. Bob<td>6 min<tr><td>2. Ann<td>5 min</table>', 'text: 1. Ann > 1. Bob; text beside “1. Bob”: 5 min > 6 min; text: 2. Bob > 2. Ann; text beside “2. Ann”: 6 min > 5 min'),
    ('<h2>1. Tarif klein</h2><p>Preis: €5</p><h2>2. Bonus groß</h2><p>Preis: €9</p>', '<h2>1. Bonus groß</h2><p>Preis: €9</p><h2>2. Tarif klein</h2><p>Preis: €5</p>', 'text: “Preis: €9” now comes before “2. Tarif klein”; heading: - > 1. Bonus groß; heading under “1. Bonus groß”: 1. Tarif klein > 2. Tarif klein; heading: 2. Bonus groß > -'),
    ('<h2>1. Tarif klein</h2><p>Preis: €5</p><h2>2. Bonus groß</h2><p>Preis: €9</p>', '<h2>1. Bonus groß</h2><p>Preis: €5</p><h2>2. Tarif klein</h2><p>Preis: €9</p>', 'heading: 1. Tarif klein > 1. Bonus groß; heading: 2. Bonus groß > 2. Tarif klein'),
    ('<h2>1. Basic</h2><p>€5</p><h2>2. Pro</h2><p>€9</p>', '<h2>1. Pro</h2><p>€9</p><h2>2. Basic</h2><p>€5</p>', 'heading: 1. Basic > 1. Pro; text after “1. Pro”: - > €9; heading: - > 2. Basic; heading: 2. Pro > -; text after “2. Pro” under “2. Pro”: €9 > -'),
    ('<p style=color:red>Room 5</p><p style=color:green>Opens 9</p>', '<p style=color:green>Room 6, Opens 9</p>', 'text: “Opens 9” no longer stands on a line of its own, but after “,”; text: Room 5 > Room 6; colours: the colour of “Room 6” changed: red #ff0000 became dark green #008000'),
    # a value of CSS that is nested deeper than any stack
    *(("<p>Hello</p>", f'<p>Hello</p><div style="padding:1px;background-image:linear-gradient({"calc(" * deep}1{")" * deep},red)"><p>Sale</p></div>', "text: - > Sale; boxes: the new box around “Sale” has a background with a long pattern") for deep in (500, 5_000)),
    # a text that came into a box of both versions, or left it: by what else stands in the box
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><p>Keep a space free.</p>', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><p>Keep a space free.</p></div>', 'layout: “Keep a space free.” stands in the box with “Bring the keys.” now'),
    ('<div style="background:#eef6f2;padding:8px"><p>Bring the keys.</p><p>Keep a space free.</p></div>', '<div style="background:#eef6f2;padding:8px"><p>Bring the keys.</p></div><p>Keep a space free.</p>', 'layout: “Keep a space free.” stands outside the box with “Bring the keys.” now'),
    ('<div style="border:2px solid #b00020;padding:8px"><p>Bring the keys.</p></div><p>Keep a space free.</p>', '<div style="border:2px solid #b00020;padding:8px"><p>Bring the keys.</p><p>Keep a space free.</p></div>', 'layout: “Keep a space free.” stands in the box with “Bring the keys.” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Pay today.</p><p><a style="display:inline-block;background:#0b6e4f;color:#fff;padding:10px 16px" href="https://h.test/p">Pay</a></p></div>', '<div style="background:#eef6f2;padding:16px"><p>Pay today.</p></div><p><a style="display:inline-block;background:#0b6e4f;color:#fff;padding:10px 16px" href="https://h.test/p">Pay</a></p>', 'layout: “Pay” stands outside the box with “Pay today.” now'),
    ('<style>.n{background:#eef6f2;border-left:4px solid #0b6e4f;padding:12px}</style><div class="n"><p>Nobody at home? Tell us.</p></div><p>We come at nine.</p>', '<style>.n{background:#eef6f2;border-left:4px solid #0b6e4f;padding:12px}</style><div class="n"><p>Nobody at home? Tell us.</p><p>We come at nine.</p></div>', 'layout: “We come at nine.” stands in the box with “Nobody at home? Tell us.” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring:</p></div><ul><li>Keys</li><li>Lamp</li></ul>', '<div style="background:#eef6f2;padding:16px"><p>Bring:</p><ul><li>Keys</li><li>Lamp</li></ul></div>', 'layout: “Keys” and “Lamp” stand in the box with “Bring:” now'),
    ('<table width="100%" style="background:#f4f4f4;padding:16px"><tbody><tr><td><p>Amount: £320</p></td></tr></tbody></table><p>Excess: £50</p>', '<table width="100%" style="background:#f4f4f4;padding:16px"><tbody><tr><td><p>Amount: £320</p><p>Excess: £50</p></td></tr></tbody></table>', 'layout: “Excess: £50” stands in the box with “Amount: £320” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><img src="https://c.test/van.png" alt="Van" width="120">', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><img src="https://c.test/van.png" alt="Van" width="120"></div>', 'layout: the picture “Van” stands in the box with “Bring the keys.” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><p>Keep a space free.</p><p>Call us now.</p>', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><p>Keep a space free.</p><p>Call us now.</p></div>', 'layout: “Keep a space free.” and “Call us now.” stand in the box with “Bring the keys.” now'),
    ('<table width="100%"><tr><td bgcolor="#eef6f2" style="padding:12px"><p>Bring the keys.</p></td></tr><tr><td><p>Keep a space free.</p></td></tr></table>', '<table width="100%"><tr><td bgcolor="#eef6f2" style="padding:12px"><p>Bring the keys.</p><p>Keep a space free.</p></td></tr></table>', 'layout: “Keep a space free.” stands in the box with “Bring the keys.” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><p>Keep a space free for our van.</p>', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><p>Keep two spaces free for our van.</p></div>', 'text: Keep a space free for our van. > Keep two spaces free for our van.; layout: “Keep two spaces free for our van.” stands in the box with “Bring the keys.” now'),
    ('<p>Good day, Ann, here is your booking.</p><div style="background:#eef6f2;padding:16px"><p>Bring the keys with you.</p><p>Keep a space free for the van.</p></div><p>Kind regards, your Heron team</p>', '<p>Good day, Ann, here is your booking.</p><div style="background:#eef6f2;padding:16px"><p>Bring the keys with you.</p></div><p>Keep two spaces free for the van.</p><p>Kind regards, your Heron team</p>', 'text: Keep a space free for the van. > Keep two spaces free for the van.; layout: “Keep two spaces free for the van.” stands outside the box with “Bring the keys with you.” now'),
    ('<div style="background:#12284b;color:#ffffff;padding:16px"><p>Summer sale</p></div><p>Until Sunday</p>', '<div style="background:#12284b;color:#ffffff;padding:16px"><p>Summer sale</p><p>Until Sunday</p></div>', 'colours: the colour of “Until Sunday” is white #ffffff now, and was the usual one; layout: “Until Sunday” stands in the box with “Summer sale” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><p>Keep a space free.</p></div><div style="background:#fff3cd;padding:16px"><p>Pay by Friday.</p></div>', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><div style="background:#fff3cd;padding:16px"><p>Keep a space free.</p><p>Pay by Friday.</p></div>', 'layout: “Keep a space free.” stands in the box with “Pay by Friday.” now, and stood in the one with “Bring the keys.”'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><p>Keep a space free.</p></div>', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><p style="margin:30px;text-align:right">Keep a space free.</p>', 'alignment: “Keep a space free.” stands on the right; spaces: the space around “Keep a space free.” is new: 30px; layout: “Keep a space free.” stands outside the box with “Bring the keys.” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><p>Keep a space free.</p>', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><div style="background:#eef6f2;padding:16px"><p>Keep a space free.</p></div>', 'colours: the background around “Keep a space free.” is new: off-white #eef6f2; spaces: the space around “Keep a space free.” is new: 16px'),
    ('<div style="background:#eef6f2;padding:16px"><div style="background:#fdd"><p>One thing.</p></div><p>Two things.</p><p>Three.</p></div>', '<div style="background:#eef6f2;padding:16px"><div style="background:#fdd"><p>One thing.</p><p>Two things.</p></div><p>Three.</p></div>', 'layout: “Two things.” stands in the box with “One thing.” now'),
    ('<ul style="background:#eef6f2;padding:16px"><li>One thing.</li><li>Two things.</li></ul><p>Three.</p>', '<ul style="background:#eef6f2;padding:16px"><li>One thing.</li></ul><ul><li>Two things.</li></ul><p>Three.</p>', 'layout: “Two things.” stands outside the box with “One thing.” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Order</p></div><p>Mid one.</p><p>Mid two.</p><div style="background:#eef6f2;padding:16px"><p>Order</p></div>', '<div style="background:#eef6f2;padding:16px"><p>Order</p><p>Mid one.</p></div><div style="background:#eef6f2;padding:16px"><p>Mid two.</p><p>Order</p></div>', 'layout: “Mid one.” stands in the box with “Order” now; layout: “Mid two.” stands in the box with “Order” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring.</p><blockquote><p>Keep it now.</p></blockquote></div>', '<div style="background:#eef6f2;padding:16px"><p>Bring.</p></div><p>Keep it now.</p>', 'layout: “Keep it now.” stands outside the box with “Bring.” now; layout: “Keep it now.” is no longer a quote'),
    ('<table bgcolor="#eef6f2"><tr><td>Tea</td><td>5</td></tr></table><table><tr><td>Rum</td><td>7</td></tr></table>', '<table bgcolor="#eef6f2"><tr><td>Tea</td><td>5</td></tr><tr><td>Rum</td><td>7</td></tr></table>', 'layout: “Rum” and “7” (Rum) stand in the box with “Tea” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><p>Old.</p><p>Keep a space free.</p>', '<div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><p>Keep a space free.</p></div>', 'text: Old. > -; layout: “Keep a space free.” stands in the box with “Bring the keys.” now'),
    # and of a box in another one
    ('<div style="background:#eef6f2;padding:16px"><p>A text.</p><div style="background:#fdd"><p>Deep text.</p><p>Mid text.</p></div></div>', '<div style="background:#eef6f2;padding:16px"><p>A text.</p></div><div style="background:#fdd"><p>Deep text.</p><p>Mid text.</p></div>', 'layout: “Deep text.” and “Mid text.” stand outside the box with “A text.” now'),
    ('<div style="background:#eef6f2;padding:16px"><p>A text.</p></div><div style="background:#fdd"><p>Deep text.</p></div>', '<div style="background:#eef6f2;padding:16px"><p>A text.</p><div style="background:#dfd"><p>Deep text.</p></div></div>', 'colours: the background around “Deep text.” changed: light red #ffdddd became light green #ddffdd; layout: “Deep text.” stands in the box with “A text.” now'),
    # so of what stood first in it: the box is there
    ('<p>Good day, Ann, here is your booking.</p><div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p><p>Keep a space free.</p></div><p>Kind regards, your Heron team</p>', '<p>Good day, Ann, here is your booking.</p><p>Bring the keys.</p><div style="background:#eef6f2;padding:16px"><p>Keep a space free.</p></div><p>Kind regards, your Heron team</p>', 'layout: “Bring the keys.” stands outside the box with “Keep a space free.” now'),
    ('<p>Good day, Ann, here is your booking.</p><div style="background:#eef6f2;padding:16px"><h2>Parking</h2><p>Keep a space free.</p></div><p>Kind regards, your Heron team</p>', '<p>Good day, Ann, here is your booking.</p><h2>Parking</h2><div style="background:#eef6f2;padding:16px"><p>Keep a space free.</p></div><p>Kind regards, your Heron team</p>', 'layout: “Parking” stands outside the box with “Keep a space free.” now'),
    ('<div style="background:#eef6f2;padding:16px"><h2>Parking</h2><p>Keep a space free.</p></div>', '<h2>Parking</h2><div style="background:#eef6f2;padding:16px"><p>Keep a space free.</p></div>', 'layout: “Parking” stands outside the box with “Keep a space free.” now'),
    ('<p>Hello Ann.</p><p>Pay by Friday.</p><div style="background:#eef6f2;padding:16px"><p>Bring the keys.</p></div><p>Bye.</p>', '<p>Hello Ann.</p><div style="background:#eef6f2;padding:16px"><p>Pay by Friday.</p><p>Bring the keys.</p></div><p>Bye.</p>', 'layout: “Pay by Friday.” stands in the box with “Bring the keys.” now'),
    # a word in the place of another has a style of its own, whatever signs touch it
    ('<p>Pay by Friday,</p>', '<p>Pay by <b>Monday</b>,</p>', 'text: Pay by Friday, > Pay by Monday,; style of text: “Monday” is bold now'),
    ('<p>Pay by <b>Friday</b>,</p>', '<p>Pay by Monday,</p>', 'text: Pay by Friday, > Pay by Monday,; style of text: “Monday” is not bold, and “Friday” was'),
    ('<p>Pay by <b>Friday</b>,</p>', '<p>Pay by <b>Monday</b>,</p>', 'text: Pay by Friday, > Pay by Monday,'),
    ('<p>Pay <strong>£100</strong>. Go</p>', '<p>Pay £150. Go</p>', 'text: Pay £100. Go > Pay £150. Go; style of text: “£150” is not bold, and “£100” was'),
    ('<p>Pay £<b>100</b>. Go</p>', '<p>Pay £150. Go</p>', 'text: Pay £100. Go > Pay £150. Go; style of text: “150” is not bold, and “100” was'),
    ('<p>Pay £100. Go</p>', '<p>Pay £<b>150</b>. Go</p>', 'text: Pay £100. Go > Pay £150. Go; style of text: “150” is bold now'),
    ('<p>Pay (<u>now</u>) ok</p>', '<p>Pay (later) ok</p>', 'text: Pay (now) ok > Pay (later) ok; style of text: “later” is not underlined, and “now” was'),
    ('<p>Pay <span style="color:#b00020">now</span>! ok</p>', '<p>Pay later! ok</p>', 'text: Pay now! ok > Pay later! ok; colours: the colour of “later” is the usual one now, and was dark red #b00020'),
    ('<p>Come (<a href="https://a.test">here</a>).</p>', '<p>Come (<a href="https://a.test"><b>there</b></a>).</p>', 'text: Come (here). > Come (there).; style of text: “there” is bold now'),
    ('<p>Call — us</p>', '<p>Call <b>–</b> us</p>', 'text: Call — us > Call – us; style of text: “–” is bold now'),
    # what stands around a text that left a box; no text crossed where another is new; a box whose only own text left it
    ('<p>l here</p><div style="background:#eee;padding:10px"><p>fox den</p><p>bravo man</p></div><p>e nd</p>', '<p>l here</p><div style="background:#eee;padding:10px"><p>fox den</p></div><div style="padding:40px"><p>bravo man</p></div><p>e nd</p>', 'spaces: the space around “bravo man” is new: 40px; layout: “bravo man” stands outside the box with “fox den” now'),
    # links of the same words that exchanged where they lead, and a link on other words of a line that changed, too
    ('<h2>Beach</h2><p>Near the sea.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>On the hill.</p><p><a href="/b" style="background:#036;padding:9px">Open</a></p>', '<h2>Beach</h2><p>Near the sea.</p><p><a href="/b" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>On the hill.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p>', 'button “Open” after “Near the sea.”: /a > /b; button “Open” after “On the hill.”: /b > /a'),
    ('<p>See <a href="/a">here</a> for rooms, and <a href="/b">here</a> for meals.</p>', '<p>See <a href="/b">here</a> for rooms, and <a href="/a">here</a> for meals.</p>', 'link “here” before “for rooms, and”: /a > /b; link “here” before “for meals”: /b > /a'),
    ('<p>Rooms: <a href="/a">see here</a>. Meals: <a href="/b">see here</a>.</p>', '<p>Rooms: <a href="/b">see here</a>. Meals: <a href="/a">see here</a>.</p>', 'link “see here” before “Meals”: /a > /b; link “see here” after “Meals”: /b > /a'),
    ('<p>Read <a href="/a">more</a> on rooms.</p><p>Read <a href="/b">more</a> on meals.</p>', '<p>New!</p><p>Read <a href="/b">more</a> on rooms.</p><p>Read <a href="/a">more</a> on meals.</p>', 'link “more” in “Read more on rooms.”: /a > /b; link “more” in “Read more on meals.”: /b > /a; text: - > New!'),
    ('<table><tr><td>Room 1</td><td><a href="/a">Open</a></td></tr><tr><td>Room 2</td><td><a href="/b">Open</a></td></tr></table>', '<table><tr><td>Room 1</td><td><a href="/b">Open</a></td></tr><tr><td>Room 2</td><td><a href="/a">Open</a></td></tr></table>', 'link “Open” beside “Room 1”: /a > /b; link “Open” beside “Room 2”: /b > /a'),
    ('<h2>One</h2><p>A text of it.</p><p><a href="/a">Open</a></p><h2>Two</h2><p>Another of it.</p><p><a href="/b">Open</a></p>', '<h2>Two</h2><p>Another of it.</p><p><a href="/b">Open</a></p><h2>One</h2><p>A text of it.</p><p><a href="/a">Open</a></p>', 'heading: “Two” and the 2 parts after it now come before “One”'),
    ('<p>You can <a href="/a">change your stay</a> until Friday.</p>', '<p>You can change your stay <a href="/a">until Monday</a>.</p>', 'text: You can change your stay until Friday. > You can change your stay until Monday.; link: the link to /a is on “until Monday” now, and was on “change your stay”'),
    ('<p>You can <a href="/a">change your stay</a> now.</p>', '<p>You can <a href="/a">cancel your visit</a> now.</p>', 'text: You can change your stay now. > You can cancel your visit now.'),
    # one of two equal words of a line, and of two things with the same words
    ('<p>Adults €12, children €12</p>', '<p>Adults <b>€12</b>, children €12</p>', 'style of text: “€12” (in “Adults €12, children”) is bold now'),
    ('<p>Adults €12, children €12.</p>', '<p>Adults €12, children <b>€12</b>.</p>', 'style of text: “€12” (in “children €12.”) is bold now'),
    ('<p>from <s>€12</s> €12</p>', '<p>from <s>€10</s> <b>€12</b></p>', 'text: from €12 €12 > from €10 €12; style of text: “€12” is bold now'),
    ('<p>Now <b>€12</b> <s>€6</s></p>', '<p>Now <b>€6</b> <s>€6</s></p>', 'text: Now €12 €6 > Now €6 €6'),
    ('<h2>Beach</h2><p>Near the sea.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>On the hill.</p><p><a href="/b" style="background:#036;padding:9px">Open</a></p>', '<h2>Beach</h2><p>Near the sea.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>On the hill.</p><p><a href="/b" style="background:#063;padding:9px">Open</a></p>', 'colours: the background of the button “Open” (after “On the hill.”) changed: dark blue #003366 became dark green #006633'),
    ('<h2>Beach</h2><p>Near the sea.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>On the hill.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p>', '<h2>Beach</h2><p>Near the sea.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>On the hill.</p><p><a href="/a" style="background:#036;padding:9px">Show</a></p>', 'words of a button after “On the hill.”: Open > Show'),
    ('<h2>Beach</h2><p>Call us.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>Call us.</p><p><a href="/b" style="background:#036;padding:9px">Open</a></p>', '<h2>Beach</h2><p>Call us.</p><p><a href="/a" style="background:#036;padding:9px">Open</a></p><h2>Hill</h2><p>Call us.</p><p><a href="/b" style="background:#036;padding:9px">Show</a></p>', 'words of a button after “Hill”: Open > Show'),
    ('<p>Room</p><p>from £95</p><p>Suite</p><p>from £95</p>', '<p>Room</p><p>from £95</p><p>Suite</p><p><b>from £95</b></p>', 'style of text: “from £95” (after “Suite”) is bold now'),
    ('<h2>One</h2><img src="a.png" alt="Room"><h2>Two</h2><img src="b.png" alt="Room">', '<h2>One</h2><img src="a.png" alt="Room"><h2>Two</h2><img src="b.png" alt="The room">', 'alternative text of an image after “Two”: Room > The room'),
    # a line with other numbers after one that moved; a label with another value elsewhere may be that of another thing
    ('<p>Room</p><p>from £95</p><p>Suite</p><p>from £120</p><p>Flat</p><p>from £70</p>', '<p>Suite</p><p>from £120</p><p>Flat</p><p>from £70</p><p>Room</p><p>from £85</p>', 'text: “Room” and the part after it now come after “Flat” and “from £70”; text after “Room”: from £95 > from £85'),
    ('<p>Room</p><p>Adults €12, children €6</p><p>Suite</p><p>Adults €16, children €8</p>', '<p>Suite</p><p>Adults €16, children €8</p><p>Room</p><p>Adults €14, children €6</p>', 'text: “Room” and the part after it now come after “Adults €16, children €8”; text after “Room”: Adults €12, children €6 > Adults €14, children €6'),
    ('<p>Arrival: Friday</p><p>Departure: Sunday</p><p>Guests: two</p>', '<p>Departure: Sunday</p><p>Guests: two</p><p>Arrival: Monday</p>', 'text: Arrival: Friday > -; text: - > Arrival: Monday'),
    ('<h2>Billing</h2><p>Contact: Ann</p><p>Alpha beta gamma</p><h2>Delivery</h2><p>Floor one two</p>', '<h2>Billing</h2><p>Alpha beta gamma</p><h2>Delivery</h2><p>Floor one two</p><p>Contact: Bob</p>', 'text: Contact: Ann > -; text: - > Contact: Bob'),
    ('<p>Note: The pool is closed.</p><p>Departure: Sunday</p><p>Guests: two</p>', '<p>Departure: Sunday</p><p>Guests: two</p><p>Note: Bring your passport.</p>', 'text: Note: The pool is closed. > -; text: - > Note: Bring your passport.'),
    ('<div><img src="b.png" alt="Beach"><h3>Beach</h3><p>A place called Beach.</p><p>€120</p><p><a href="/b" style="background:#036;padding:8px">Book now</a></p></div><div><img src="h.png" alt="Hill"><h3>Hill</h3><p>A place called Hill.</p><p>€90</p><p><a href="/h" style="background:#036;padding:8px">Book now</a></p></div><div><img src="t.png" alt="Town"><h3>Town</h3><p>A place called Town.</p><p>€70</p><p><a href="/t" style="background:#036;padding:8px">Book now</a></p></div>', '<div><img src="h.png" alt="Hill"><h3>Hill</h3><p>A place called Hill.</p><p>€90</p><p><a href="/h" style="background:#036;padding:8px">Book now</a></p></div><div><img src="t.png" alt="Town"><h3>Town</h3><p>A place called Town.</p><p>€70</p><p><a href="/t" style="background:#036;padding:8px">Book now</a></p></div><div><img src="b.png" alt="Beach"><h3>Beach</h3><p>A place called Beach.</p><p>€130</p><p><a href="/b" style="background:#036;padding:8px">Book now</a></p></div>', 'image: “Beach” and the 3 parts after it now come after “Hill” and the 9 parts after it; text after “A place called Beach.”: €120 > €130'),
    # lines with parts of another look, which became one
    ('<p><b>Room</b> 1 is free</p><p>Room 2 is <b>taken</b></p><p>Ask for room 2</p>', '<p><b>Room</b> 1 is free, Room 2 is <b>taken</b>, Ask for room 2</p>', 'text: “Room 2 is taken” and “Ask for room 2” no longer stand on lines of their own, but after “,”'),
    ('<p><b>Room</b> 1 is free</p><p>Room 2 is <b>taken</b></p><p>Ask for room 2</p>', '<p><b>Room</b> 1 is free, Room <b>2</b> is <b>taken</b>, Ask for room 2</p>', 'text: “Room 2 is taken” and “Ask for room 2” no longer stand on lines of their own, but after “,”; style of text: “2” is bold now'),
    ('<p><b>Room</b> 1 is free, Room 2 is <b>taken</b>, Ask for room 2</p>', '<p>Room 1 is free</p><p>Room 2 is <b>taken</b></p><p>Ask for room 2</p>', 'text: “Room 2 is taken” and “Ask for room 2” stand on lines of their own now, and no longer after “,”; style of text: “Room” is no longer bold'),
    # a part of a line that has a box of its own, be its words in another part yet
    *((was.format(""), was.format(" style='background:#ff0;border:1px solid #f00;padding:4px'"), f"borders: the border of {what} is new: 1px, red #ff0000; colours: the background around {what} is new: yellow #ffff00; spaces: the space around {what} is new: 4px") for was, what in (
        ("<p>Go <span{}>Pay</span> now</p>", "“Pay”"), ("<p>Go <span{}><strong>Pay</strong></span> now</p>", "“Pay”"), ("<p>Go <span{}>Pay <b>all</b></span> now</p>", "“Pay all”"), ("<p>Go <a href=/x><span{}>Pay</span></a></p>", "“Pay”"))),
    ("<p>A <span>Pay</span> <span>all</span></p>", "<p>A <span style='border:1px solid #f00'>Pay</span> <span style='border:1px solid #f00'>all</span></p>", "borders: the border of “Pay” and “all” is new: 1px, red #ff0000"),
    # of parts inside of each other, the one that came, went or changed
    *((f"<p>A {was} b</p>", f"<p>A {now} b</p>", said) for was, now, said in (
        ("<span style='border:1px solid red'><i style='border:3px solid blue'>new</i></span>", "<span style='border:1px solid red'><i>new</i></span>", "borders: the border of “new” is gone: 3px, blue #0000ff"),
        ("<span style='border:1px solid red'><i style='border:3px solid blue'>new</i></span>", "<span><i style='border:3px solid blue'>new</i></span>", "borders: the border of “new” is gone: 1px, red #ff0000"),
        ("<span style='border:1px solid red'><i style='padding:3px'>new</i></span>", "<span style='border:1px solid red'><i style='padding:9px'>new</i></span>", "spaces: the space around “new” changed: 3px became 9px"),
        ("<span style='border:1px solid red'><i style='padding:3px'>new</i></span>", "<span style='border:2px solid red'><i style='padding:9px'>new</i></span>", "layout: the layout of “new” changed"),
        ("<span style='border:1px solid red'><b>new</b></span>", "<b>new</b>", "borders: the border of “new” is gone: 1px, red #ff0000"),
        ("new", "<span style='border:1px solid red'>new thing</span>", "text: A new b > A new thing b; borders: the border of “new thing” is new: 1px, red #ff0000"),
        ("<span style='border:1px solid red;padding:2px'>new</span>", "hot", "text: A new b > A hot b; borders: there is no border of the new “hot”, and what it replaced had one; spaces: the space around the new “hot” is the usual one, and that of what it replaced was 2px"),
        ("new", "<span style='border:1px solid red'>hot</span>", "text: A new b > A hot b; borders: the border of “hot” is new: 1px, red #ff0000"))),
    ("<style>@media (max-width:600px){.x{padding:0!important}}</style><p>A <span style='padding:9px'>new</span></p>", "<style>@media (max-width:600px){.x{padding:0!important}}</style><p>A <span class=x style='padding:9px'>new</span></p>", "spaces: the space around “new” changed: 9px became 0 on small screens"),
    *((f"<p>Go {old}</p>", f"<p>Go {new}</p>", said) for old, new, said in (
        ("Pay", "<span style='border:1px solid #f00;padding:4px'>Pay</span>", "borders: the border of “Pay” is new: 1px, red #ff0000; spaces: the space around “Pay” is new: 4px"),
        ("<span>Pay</span>", "<span style='box-shadow:0 0 2px #000'>Pay</span>", "borders: the shadow around “Pay” is new"), ("<span>Pay</span>", "<span style='margin:4px;padding:0'>Pay</span>", "spaces: the space around “Pay” is new: 4px"),
        ("<span>Pay</span>", "<span style='background-image:url(a.png)'>Pay</span>", "background image behind “Pay”: - > a.png"),
        ("<span style='border:1px solid #f00'>Paid</span>", "<span style='border:1px solid #00f'>Late</span>", "text: Go Paid > Go Late; colours: the colour of a border of “Late” changed: red #ff0000 became blue #0000ff"),
        ("<span style='border:1px solid #f00'>Paid</span>", "<span style='border:1px solid #f00'>Late</span>", "text: Go Paid > Go Late"))),
    # what is said of `display` is stronger than the attribute `hidden`
    *((f"<p {was}>Hi</p><p>Bye</p>", f"<p {now}>Hi</p><p>Bye</p>", said) for was, now, said in (
        ("hidden", "hidden style='display:block'", "text: “Hi” is a text now, and was preview text"), ("style='display:block'", "hidden style='display:block'", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
        ("style='display:block'", "hidden style='display:block !important'", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
        ("style='display:block'", "hidden style='display:none'", "preview text: “Hi” is preview text now, and was a text"), ("style='margin:0'", "hidden style='margin:0'", "preview text: “Hi” is preview text now, and was a text"))),
    # a background is told where another colour is seen behind the words than before
    *((f"{around}<div{was}><p>a</p><p>b</p></div><p>c</p>", f"{around}<div{now}><p>a</p><p>b</p></div><p>c</p>", said) for around, was, now, said in (
        ("", "", " style='background:#fff;background-color:#fff'", NOTHING_SEEN), ("<body bgcolor=white>", "", " style='background:#fff'", NOTHING_SEEN), ("<body style='background:#eee'>", "", " style='background:#eee'", NOTHING_SEEN), ("", "", " style='background:transparent'", NOTHING_SEEN),
        ("<body bgcolor=#eeeeee>", "", " style='background:#fff'", "colours: the background of the box from “a” to “b” is new: white #ffffff"), ("", " style='background:#ff0'", " style='background:#fff'", "colours: the background of the box from “a” to “b” changed: yellow #ffff00 became white #ffffff"),
        ("<body background=x.png>", "", " style='background:#fff'", "colours: the background of the box from “a” to “b” is new: white #ffffff"), ("<body style='background:rgba(9,9,9,.5)'>", "", " style='background:#fff'", "colours: the background of the box from “a” to “b” is new: white #ffffff"),
        ("<meta name=color-scheme content='light dark'>", "", " style='background:#fff'", "colours: the background of the box from “a” to “b” is new: white #ffffff"),
        ("<style>@media (prefers-color-scheme:dark){body{background:#000}}</style><body>", "", " style='background:#fff'", "colours: the background of the box from “a” to “b” is new: white #ffffff"))),
    ("<p>a <span>b</span></p>", "<p>a <span style='background:#fff'>b</span></p>", NOTHING_SEEN),
    *((f"<p>a</p><table><tr><td height=20{was}>&nbsp;</td></tr></table><p>b</p>", f"<p>a</p><table{now}><tr><td height=20>&nbsp;</td></tr></table><p>b</p>", "colours: the background of the empty part below “a” is new: yellow #ffff00") for was, now in (("", " bgcolor=yellow"), ("", " style='background:#ff0'"))),
    ('<div style="background:#fee;border:1px solid red"><p>Your order</p><p>Free returns until Friday</p></div><div style="background:#eee;padding:10px"><p>Questions?</p><p>Call us</p></div>', '<div style="background:#fee;border:1px solid red"><p>Your order</p></div><div style="background:#eee;padding:10px"><p>New opening hours</p><p>Questions?</p><p>Call us</p></div>', 'text: Free returns until Friday > New opening hours; layout: “New opening hours” stands in the box with “Questions?” now'),
    ('<div style="background:#eee;padding:10px"><p>Tea</p><p>In stock</p></div><div style="background:#eee;padding:10px"><p>In stock</p><p>Rum</p></div>', '<div style="background:#eee;padding:10px"><p>Tea</p></div><div style="background:#eee;padding:10px"><p>In stock</p><p>Rum</p></div>', 'text: one of 2 “In stock” is gone; layout: “In stock” stands outside the box with “Tea” now'),
    ('<p>s one</p><div style="border:1px solid red;padding:9px"><p>hi you</p><div style="background:#eee;padding:10px"><p>x one</p><p>y two</p></div></div><p>e nd</p>', '<p>s one</p><p>hi you</p><div style="border:1px solid red;padding:9px"><div style="background:#eee;padding:10px"><p>x one</p><p>y two</p></div></div><p>e nd</p>', 'layout: “hi you” stands outside the outer box with “x one” now'),
    # what both versions have around a text that crossed the edge of a box is neither new nor gone
    *(row for start, end in (
        ("", ""),
        ('<div style="background:#fafafa;max-width:600px;margin:0 auto">', "</div>"),
        ('<body style="background:#f6f9fc;padding:20px">', ""),
        ('<style>@media (max-width:600px){.w{padding:4px!important}}</style><div class=w style="padding:20px">', "</div>"),
        ('<div dir=rtl style="border:1px solid #ccc;border-radius:9px">', "</div>"),
        ('<table width=600 align=center bgcolor="#fafafa"><tr><td style="padding:24px">', "</td></tr></table>"),
        ('<body style="background:#f6f9fc"><table align=center width="100%" style="max-width:37.5em;background:#fff"><tbody><tr style="width:100%"><td><img src=l.png alt=Acme>', "</td></tr></tbody></table>"),
        ("<div style='display:none'>On its way.</div><img src=a.png alt='On its way.'>", ""))
      for box, last in (('<div style="background:#eee;padding:16px">', "</div>"), ('<table style="background:#eee"><tr><td style="padding:8px">', "</td></tr></table>"))
      for out, inner in [(f"{start}<p>On its way.</p>{box}<p>Thanks a lot.</p>{last}<p>Acme Ltd</p>{end}", f"{start}{box}<p>On its way.</p><p>Thanks a lot.</p>{last}<p>Acme Ltd</p>{end}")]
      for row in ((out, inner, "layout: “On its way.” stands in the box with “Thanks a lot.” now"), (inner, out, "layout: “On its way.” stands outside the box with “Thanks a lot.” now"))),
    ('<div style="background:#fafafa"><p>On its way.</p><div style="background:#eee"><p>Thanks a lot.</p></div><p>Acme Ltd</p></div>', '<div style="background:#dff"><div style="background:#eee"><p>On its way.</p><p>Thanks a lot.</p></div><p>Acme Ltd</p></div>', "colours: the background of the whole email changed: white #fafafa became light turquoise #ddffff; layout: “On its way.” stands in the box with “Thanks a lot.” now"),
    ('<p>On its way.</p><table style="background:#eee"><tr><td style="padding:8px"><p>Thanks a lot.</p></td></tr></table>', '<table style="background:#eee"><tr><td style="padding:30px"><p>On its way.</p><p>Thanks a lot.</p></td></tr></table>', "spaces: the space around “Thanks a lot.” changed: 8px became 30px; layout: “On its way.” stands in the box with “Thanks a lot.” now"),
    # other words, words without letters, and those that stand there twice crossed it, too
    *((f"<p>Hi you</p><div style='background:#eee'><p>Order one</p></div><p>{was}</p>", f"<p>Hi you</p><div style='background:#eee'><p>Order one</p><p>{now}</p></div>", f"{said}layout: “{now}” stands in the box with “Order one” now") for was, now, said in (
        ("Pay", "Go", "text after “Order one”: Pay > Go; "),
        ("We thank you for your patience.", "Merci beaucoup pour tout.", "text: We thank you for your patience. > Merci beaucoup pour tout.; "),
        ("★★★★★", "★★★★★", ""))),
    ("<p>Hi you</p><p>Pay now</p><div style='background:#eee'><p>Order one</p></div><p>Pay now</p>", "<p>Hi you</p><p>Pay now</p><div style='background:#eee'><p>Order one</p><p>Pay now</p></div>", "layout: “Pay now” (after “Order one”) stands in the box with “Order one” now"),
    ("<p>Hi you</p><p>Order</p><div style='background:#eee'><p>Thanks a lot.</p><p>Order</p></div>", "<p>Hi you</p><div style='background:#eee'><p>Order</p><p>Thanks a lot.</p><p>Order</p></div>", "layout: “Order” (after “Hi you”) stands in the box with “Thanks a lot.” now"),
    # with a box of its own, that came or went with that
    ("<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p></div><p>Thanks a lot.</p><p>Acme Ltd</p>", "<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p><div style='border:1px solid red'><p>Thanks a lot.</p><p>Acme Ltd</p></div></div>", "borders: the border of the box from “Thanks a lot.” to “Acme Ltd” is new: 1px, red #ff0000; layout: “Thanks a lot.” and “Acme Ltd” stand in the box with “On its way.” now"),
    ("<p>On its way.</p><div style='background:#eee'><p>Thanks a lot.</p></div>", "<div style='background:#eee'><div style='border:1px solid red'><p>On its way.</p></div><p>Thanks a lot.</p></div>", "borders: the border of “On its way.” is new: 1px, red #ff0000; layout: “On its way.” stands in the box with “Thanks a lot.” now"),
    ("<div style='background:#eee'><div style='background:#fff3cd'><p>On its way.</p></div><p>Thanks a lot.</p></div>", "<p>On its way.</p><div style='background:#eee'><p>Thanks a lot.</p></div>", "colours: the background around “On its way.” is gone: light yellow #fff3cd; layout: “On its way.” stands outside the box with “Thanks a lot.” now"),
    ("<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p></div><table style='background:#fff'><tr><td style='padding:8px'>Thanks a lot.</td></tr></table>", "<p>Dear Ann</p><div style='background:#eee'><p>On its way.</p><table style='background:#fff'><tr><td style='padding:8px'>Thanks a lot.</td></tr></table></div>", "layout: “Thanks a lot.” stands in the box with “On its way.” now"),
    # signs, prices and pictures of a line of links
    *((f"<p>{old}</p>", f"<p>{new}</p>", said) for old, new, said in (
        ('£39 <a href="/t">Terms</a>', '£45 <a href="/t">Terms</a>', 'text: £39 Terms > £45 Terms'),
        ('<a href="/t">Terms</a> £39', '<a href="/t">Terms</a> £45', 'text: Terms £39 > Terms £45'),
        ('✅ <a href="/t">Terms</a>', '❌ <a href="/t">Terms</a>', 'text: ✅ Terms > ❌ Terms'),
        ('<a href="/t">Terms</a> → <a href="/p">Privacy</a>', '<a href="/t">Terms</a> ← <a href="/p">Privacy</a>', 'text: Terms → Privacy > Terms ← Privacy'),
        ('<a href="/t">Terms</a> | <a href="/p">Privacy</a>', '<a href="/t">Terms</a> · <a href="/p">Privacy</a>', 'text: Terms | Privacy > Terms · Privacy'),
        ('1 <a href="/t">Terms</a>, -10%', '2 <a href="/t">Terms</a>, -10%', 'text: 1 Terms, -10% > 2 Terms, -10%'),
        ('£5 <a href="/t">Terms</a>', '£6 <a href="/t">Terms of use</a>', 'text: £5 Terms > £6 Terms of use'),
        ('<a href="/t">Terms</a> | <a href="/p">Privacy</a>', '<a href="/p">Privacy</a> | <a href="/t">Terms</a>', 'link: “Privacy” now comes before “Terms”'),
        ('<a href="/t">Terms</a> · <a href="/p">Privacy</a>', '<a href="/t">Terms</a> <a href="/p">Privacy</a>', 'link: “Privacy” stands apart now, and no longer after “·”'),
        ('<a href="/t">Terms</a> <a href="/p">Privacy</a>', '<a href="/t">Terms</a> | <a href="/p">Privacy</a>', 'text: “Privacy” no longer stands apart, but after “|”'))),
    # of two boxes inside of each other, the outermost that was left, and the innermost that was come into
    *((was.format(outer, inner), now.format(outer, inner), f"layout: “Two” stands {said} now")
        for outer, inner in (("border:1px solid #ccc", "background:#ff0"), ("border:1px solid #ccc", "border:1px solid #ccc"), ("padding:9px;border:1px solid #ccc", "padding:4px;background:#ff0"))
        for one, other, out, back in (
            ("<div style='{0}'><p>Zero</p><div style='{1}'><p>One</p><p>Two</p></div></div><p>End</p>", "<div style='{0}'><p>Zero</p><div style='{1}'><p>One</p></div></div><p>Two</p><p>End</p>", "outside the box with “Zero”", "in the box with “One”"),
            ("<div style='{0}'><p>Zero</p><div style='{1}'><p>One</p><p>Two</p></div></div><p>End</p>", "<div style='{0}'><p>Zero</p><div style='{1}'><p>One</p></div><p>Two</p></div><p>End</p>", "outside the box with “One”", "in the box with “One”"),
            ("<div style='{0}'><p>Zero</p><div style='{1}'><p>One</p></div><p>Two</p></div><p>End</p>", "<div style='{0}'><p>Zero</p><div style='{1}'><p>One</p></div></div><p>Two</p><p>End</p>", "outside the box with “Zero”", "in the box with “Zero”"),
            ("<div style='{0}'><div style='{1}'><p>One</p><p>Two</p></div></div><p>End</p>", "<div style='{0}'><div style='{1}'><p>One</p></div></div><p>Two</p><p>End</p>", "outside the outer box with “One”", "in the inner box with “One”"),
            ("<div style='{0}'><div style='{1}'><p>One</p><p>Two</p></div></div><p>End</p>", "<div style='{0}'><div style='{1}'><p>One</p></div><p>Two</p></div><p>End</p>", "outside the inner box with “One”", "in the inner box with “One”"),
            ("<div style='{0}'><div style='{1}'><p>One</p></div><p>Two</p></div><p>End</p>", "<div style='{0}'><div style='{1}'><p>One</p></div></div><p>Two</p><p>End</p>", "outside the outer box with “One”", "in the outer box with “One”"))
        for was, now, said in ((one, other, out), (other, one, back))),
    # the first fonts that differ, and letters of another kind
    *((f"<p style=\"{was}\">Hi</p><p>Bye</p>", f"<p style=\"{now}\">Hi</p><p>Bye</p>", said) for was, now, said in (
        ("font-family:Inter,Helvetica,sans-serif", "font-family:Inter,Georgia,serif", "font: the font of “Hi” where inter is missing changed: helvetica became georgia"),
        ("font-family:-apple-system,system-ui,Arial", "font-family:Georgia", "font: the font of “Hi” changed: the one of the system became georgia"),
        ("font-family:Arial", "font-family:BlinkMacSystemFont,Arial", "font: the font of “Hi” changed: arial became the one of the system"),
        ("font-family:-apple-system,Segoe UI,Arial", "font-family:system-ui,Arial", "font: the font of “Hi” where the one of the system is missing changed: segoe ui became arial"),
        ("font-family:-apple-system", "font-family:system-ui", "font: the font of “Hi” changed"),
        ("font-family:Inter,Arial", "font-family:Inter,Arial,serif", "font: the font of “Hi” where the first 2 fonts are missing is serif now, and was the usual one"),
        ("font:16px 'Inter', Arial", "font:16px Inter,Arial", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
        ("text-transform:uppercase", "text-transform:lowercase", "style of text: “Hi” is in lower case now, no longer in capitals"),
        ("", "text-transform:capitalize", "style of text: “Hi” is written with a capital at the start of each word now"),
        ("font-variant:small-caps", "", "style of text: “Hi” is no longer in small capitals"))),
    ("<p>Say hi now</p>", "<p>Say <span style='font-variant:small-caps'>hi</span> now</p>", "style of text: “hi” is in small capitals now"),
    # a part that has a space, and no edge to see
    *(row for out, inner, space in (
        ("<div style='background:#eee;padding:16px'><p>Four</p><div style='background:#eee;padding:16px'><p>One</p></div><p>Two</p><p>Three</p></div>", "<div style='background:#eee;padding:16px'><p>Four</p><div style='background:#eee;padding:16px'><p>One</p><p>Two</p></div><p>Three</p></div>", "left and right of “Two” is {}: 16px"),
        ("<table bgcolor=#ffffff><tr><td style='padding:24px'><p>One</p></td></tr></table><p>Two</p><p>Three</p>", "<table bgcolor=#ffffff><tr><td style='padding:24px'><p>One</p><p>Two</p></td></tr></table><p>Three</p>", "left and right of “Two” is {}: 24px"),
        ("<div style='padding-left:9px'><p>One</p></div><p>Two</p><p>Three</p>", "<div style='padding-left:9px'><p>One</p><p>Two</p><p>Three</p></div>", "left of “Two” and “Three” is {}: 9px"))
      for row in ((out, inner, f"spaces: the space {space.format('new')}"), (inner, out, f"spaces: the space {space.format('gone')}"))),
    ("<div><p>One</p></div><p>Two</p><p>Three</p>", "<div><p>One</p><p>Two</p></div><p>Three</p>", NOTHING_SEEN),
    # a colour that moved inwards is told; a part is seen on another colour where it may lie over others, or at times
    ("<body style='background:#eee'><div style='padding:9px'><p>a</p></div><p>b</p></body>", "<body><div style='padding:9px;background:#eee'><p>a</p></div><p>b</p></body>", "colours: the background around “a” is new: light grey #eeeeee; colours: the background of the whole email is gone: light grey #eeeeee"),
    *((f"{head}<p>c</p><div style='{look}'><p>a</p><p>b</p></div>", f"{head}<p>c</p><div style='{look};background:#fff'><p>a</p><p>b</p></div>", "colours: the background of the box from “a” to “b” is new: white #ffffff") for head, look in (
        ("", "position:absolute;top:0"), ("", "margin-top:-9px"), ("", "opacity:.5"), ("", "transform:translate(9px)"), ("<meta name=Color-Scheme content='Light Dark'>", ""), ("<meta name=supported-color-schemes content='light dark'>", ""), ("<style>:root{Color-Scheme:Light Dark}</style>", ""))),
    ("<p>A</p><div>&nbsp;</div><p>B</p>", "<p>A</p><div style='background:red'>&nbsp;</div><div style='background:#00f;height:99px'></div><p>B</p>", "colours: the background of the empty part below “A” is new: red #ff0000; layout: an empty part below “A” is new"),
    *(("<p hidden>secret words</p><p>b</p>", f"<p hidden style='display:{each}'>secret words</p><p>b</p>", said) for each, said in (
        ("foo", NOTHING_SEEN), ("revert", NOTHING_SEEN), ("revert-layer", NOTHING_SEEN), ("block", "text: “secret words” is a text now, and was preview text"), ("inline-flex", "text: “secret words” is a text now, and was preview text"))),
    # words that changed places keep their looks, and a link on other words says nothing of equal words that stand elsewhere
    ('<p><b>Paris</b> to Rome</p>', '<p>Rome to <b>Paris</b></p>', 'text: Paris to Rome > Rome to Paris'),
    ('<p>Now <b>€5</b>, was €9, VAT 3</p>', '<p>Now €9, was <b>€5</b>, VAT 4</p>', 'text: Now €5, was €9, VAT 3 > Now €9, was €5, VAT 4'),
    ('<p>Click <a href="/a">here</a>, there is more.</p>', '<p>Click <a href="/a">this</a>, there is more.</p>', 'text: Click here, there is more. > Click this, there is more.'),
    ('<p>See <a href="/a">here</a> for rooms and <a href="/a">here</a> for cars.</p>', '<p>See <a href="/a">this</a> for rooms and <a href="/a">here</a> for cars.</p>', 'text: See here for rooms and here for cars. > See this for rooms and here for cars.'),
    # one of several links or buttons of the same words is told by what it stands at, or else counted, where not all of them changed alike
    ('<h2>Paris</h2><p>Per night</p><a href="/a">Book</a><h2>Rome</h2><p>Per night</p><a href="/b">Book</a>', '<h2>Paris</h2><p>Per night</p><a href="/b">Book</a><h2>Rome</h2><p>Per night</p><a href="/a">Book</a>', 'link “Book” after “Paris”: /a > /b; link “Book” after “Rome”: /b > /a'),
    ('<table><tr><td>A room</td><td><a href="/?i=1">Open</a></td></tr><tr><td>B room</td><td><a href="/?i=2">Open</a></td></tr></table>', '<table><tr><td>A room</td><td><a href="/?i=2">Open</a></td></tr><tr><td>B room</td><td><a href="/?i=1">Open</a></td></tr></table>', 'link “Open” beside “A room” › address › i: 1 > 2; link “Open” beside “B room” › address › i: 2 > 1'),
    ('<p><a href="/a">Open</a> | <a href="/b">Open</a></p>', '<p><a href="/b">Open</a> | <a href="/a">Open</a></p>', 'link “Open”, number 1 of 2: /a > /b; link “Open”, number 2 of 2: /b > /a'),
    ('<p>See <a href="/a">here</a> for rooms and <a href="/b">here</a> for cars.</p>', '<p>See <a href="/b">here</a> for rooms and <a href="/a">here</a> for bikes.</p>', 'link “here” before “for rooms and”: /a > /b; link “here” before “for bikes”: /b > /a; text: See here for rooms and here for cars. > See here for rooms and here for bikes.'),
    ('<h2>Paris</h2><p>One room left</p><a href="/a">Book</a><h2>Rome</h2><p>Two rooms left</p><a href="/b">Book</a>', '<h2>Paris</h2><p>No room left</p><a href="/b">Book</a><h2>Rome</h2><p>Two rooms left</p><a href="/a">Book</a>', 'link “Book” after “No room left”: /a > /b; link “Book” after “Two rooms left”: /b > /a; text: One room left > No room left'),
    ('<p>Aa one</p><a href="/1">Open</a><p>Bb two</p><a href="/2">Open</a><p>Cc three</p><a href="/3">Open</a>', '<p>Aa one</p><a href="/2">Open</a><p>Bb two</p><a href="/3">Open</a><p>Cc three</p><a href="/4">Open</a>', 'link “Open” after “Aa one”: /1 > /2; link “Open” after “Bb two”: /2 > /3; link “Open” after “Cc three”: /3 > /4'),
    ('<p>Aa one</p><a href="/2">Open</a><p>Bb two</p><a href="/3">Open</a><p>Cc three</p><a href="/4">Open</a>', '<p>Aa one</p><a href="/1">Open</a><p>Bb two</p><a href="/2">Open</a><p>Cc three</p><a href="/3">Open</a>', 'link “Open” after “Aa one”: /2 > /1; link “Open” after “Bb two”: /3 > /2; link “Open” after “Cc three”: /4 > /3'),
    ('<a href="/a">Open</a><p>Your stay in Rome</p><a href="/b">Open</a>', '<p>Your stay in Rome</p><a href="/a">Open</a><p>Something quite new here</p><a href="/b">Open</a>', 'text: “Your stay in Rome” now comes before “Open”; text: - > Something quite new here'),
    ('<p>See <a href="/a">here</a> for rooms and <a href="/a">here</a> for cars.</p>', '<p>See <a href="/a">here</a> for rooms and <a href="/z">here</a> for cars.</p>', 'link “here” before “for cars”: /a > /z'),
    ("<table><tr><td>A room</td><td><a href='/x' style='background:#036'>Buy</a></td></tr><tr><td>B room</td><td><a href='/x' style='background:#036'>Buy</a></td></tr></table>", "<table><tr><td>A room</td><td><a href='/x' style='background:#036'>Buy</a></td></tr><tr><td>B room</td><td><a href='/x' style='background:#036'>Get</a></td></tr></table>", 'words of a button beside “B room”: Buy > Get'),
    ("<p>This is a very long text that has more than forty letters one</p><a href='/x' style='background:#036'>Buy</a><p>This is a very long text that has more than forty letters two</p><a href='/x' style='background:#036'>Buy</a>", "<p>This is a very long text that has more than forty letters one</p><a href='/x' style='background:#036'>Buy</a><p>This is a very long text that has more than forty letters two</p><a href='/x' style='background:#036'>Get</a>", 'words of a button, number 2 of 2: Buy > Get'),
    ('<h3>Blue mug</h3><p>A fine one.</p><a href="/x">Buy</a><h3>Red mug</h3><p>A fine one.</p><a href="/x">Buy</a>', '<h3>Blue mug</h3><p>A fine one.</p><a href="/x">Buy</a><h3>Rose mug</h3><p>A fine one.</p><a href="/x">Get</a>', 'heading: Red mug > Rose mug; words of a link after “Rose mug”: Buy > Get'),
    ("<a href='/x' style='background:#036'>Log in</a><p>Stay with us</p><a href='/x' style='background:#036'>Log in</a>", "<a href='/x' style='background:#036'>Sign in</a><p>Stay with us</p><a href='/x' style='background:#036'>Sign in</a>", 'words of a button: Log in > Sign in; words of a button: Log in > Sign in'),
    ('<p>Stop now or stop later, stop.</p>', '<p>Stop now or stop later, <span style="border:1px solid red">stop</span>.</p>', 'borders: the border of “stop” (in “later, stop.”) is new: 1px, red #ff0000'),
    # a box that is new around texts that came into another box, and one that stood there
    *(("<p>One</p><p>Two</p><div style='background:#eef;padding:9px'><p>Three</p><p>Four</p></div>", f"<div style='background:#eef;padding:9px'>{new}<p>Four</p></div>", f"borders: the border of {where} is new: 2px, red #ff0000; layout: “One” and “Two” stand in the box with “Four” now") for new, where in (
        ("<div style='border:2px solid red'><p>One</p><p>Two</p><p>Three</p></div>", "the box from “One” to “Three”"), ("<p>One</p><div style='border:2px solid red'><p>Two</p><p>Three</p></div>", "the box from “Two” to “Three”"), ("<p>One</p><p>Two</p><div style='border:2px solid red'><p>Three</p></div>", "“Three”"))),
    ("<p>One</p><div style='background:#eef;padding:9px'><img alt=Boat src=b.png><p>Four</p></div>", "<div style='background:#eef;padding:9px'><div style='border:2px solid red'><p>One</p><img alt=Boat src=b.png></div><p>Four</p></div>", "borders: the border of the box from “One” to “Boat” is new: 2px, red #ff0000; layout: “One” stands in the box with “Four” now"),
    ("<div style='border:2px solid red'><p>One</p></div><div style='background:#eef;padding:9px'><p>Two</p><p>Three</p></div>", "<div style='background:#eef;padding:9px'><div style='border:2px solid green'><p>One</p><p>Two</p></div><p>Three</p></div>", "colours: the colour of a border of the box from “One” to “Two” changed: red #ff0000 became dark green #008000; layout: “One” stands in the box with “Three” now; layout: “Two” stands in the box with “One” now"),
    (f"<div style='background:#eef;padding:9px'><p>One</p><p>Two</p><div style='border:2px solid red'>{CELLS}</div></div>", f"<div style='background:#eef;padding:9px'><p>One</p><p>Two</p></div>{CELLS}", "borders: the border of the box from “a0” to “c8” is gone: 2px, red #ff0000; layout: “a0” and 26 more stand outside the box with “One” now"),
    # what stands between blocks has its line for itself
    *(("<p>Above</p><p>WR23 KLM</p><p>Below</p>", f"<p>Above</p><p style='{style}'>WR23 KLM</p><p>Below</p>", said) for style, said in (
        ("display:inline-block", "layout: “WR23 KLM” is only as wide as its words now"), ("display:inline-block;width:200px", "sizes: the width of the part with “WR23 KLM” is new: 200px"))),
    ("<p>Above</p><p style='display:inline-block'>WR23 KLM</p><p>Below</p>", "<p>Above</p><p>WR23 KLM</p><p>Below</p>", "layout: “WR23 KLM” takes all of the width now"),
    ("<p>Above</p><p>One</p><p>Two</p>", "<p>Above</p><p style='display:inline-block'>One</p><p style='display:inline-block'>Two</p>", "layout: “One” and “Two” stand in a line with others now, where there is room"),
    ("<p>Above</p><div><p>One</p></div><p>Two</p>", "<p>Above</p><div style='display:flex'><p>One</p></div><p>Two</p>", "layout: the parts of “One” stand in a row or column of their own now"),
    # a box around words that stand on another colour now, too
    *(("<div style='background:#fff'><span style='background:#b54708'>Late</span><p>Hi</p></div>", f"<style>@media (prefers-color-scheme:dark){{.c{{background:{dark}!important}}}}</style><div class=c style='background:{light}'><span style='background:#b42318'>Late</span><p>Hi</p></div>", f"colours: the background around “Late” changed: dark orange #b54708 became dark red #b42318; colours: the background of the whole email changed: white #ffffff became {said}") for light, dark, said in (
        ("#fff", "#1b2026", "dark grey #1b2026 in dark mode"), ("#eef0f0", "#eef0f0", "light grey #eef0f0"))),
    # a link that is on more of the lines now, or on fewer
    ("<p>Hotel<br><a href=/h>Celtic</a><br>3 quay</p><p>All of it</p>", "<p><a href=/h>Hotel<br>Celtic<br>3 quay</a></p><p>All of it</p>", "link: the link to /h is on “Hotel Celtic 3 quay” now, and was on “Celtic”"),
    ("<p><a href=/h>Open</a><br>3 quay</p><p>All of it</p>", "<p>Open<br>3 quay</p><p>All of it</p><p><a href=/h>Open the app</a></p>", "link: “Open” no longer leads to /h; link “Open the app”: - > /h"),
    ("<p><a href=/h>Hotel Celtic</a><br>3 quay<br>29200 Brest</p>", "<p><a href=/h>Hotel Celtic<br>3 quay</a><br>29200 Brest</p>", "link: the link to /h is on “Hotel Celtic 3 quay” now, and was on “Hotel Celtic”"),
    ("<p><a href=/h>Hotel Celtic<br>3 quay</a><br>29200 Brest</p>", "<p><a href=/h>Hotel Celtic</a><br>3 quay<br>29200 Brest</p>", "link: the link to /h is on “Hotel Celtic” now, and was on “Hotel Celtic 3 quay”"),
    ("<p><a href=/h>Hotel Celtic</a><br>3 quay</p><p>All of it</p>", "<p>Hotel Celtic<br>3 quay</p><p>All of it</p><p><a href=/o>Hotel Celtic 3 quay</a></p>", "link: “Hotel Celtic” no longer leads to /h; link “Hotel Celtic 3 quay”: - > /o"),
    # a box around the words of a whole line is none across the line
    *((was.format("Pay"), was.format(f"<span style='{style}'>Pay</span>"), "layout: the layout of “Pay” changed") for was in ("<p>{}</p><p>z</p>", "<table><tr><td>A</td><td>{}</td></tr></table>", "<ul><li>{}</li></ul>", "<h1>{}</h1><p>z</p>")
        for style in ("border:1px solid red;padding:2px", "border-bottom:1px solid red", "padding-top:40px", "opacity:.1", "margin-left:40px", "float:right", "text-indent:20px")),
    *((old, new, "layout: the layout of “Pay” changed") for one, other in [("<p><span style='border:1px solid red'>Pay</span></p><p>z</p>", "<p style='border:1px solid red'><span>Pay</span></p><p>z</p>")] for old, new in ((one, other), (other, one))),
    # a badge beside which words came, or are gone, is the same one
    *((f"<p>{old}</p><p>z</p>", f"<p>{new}</p><p>z</p>", said) for badge in ["<span style='border:1px solid {};padding:2px'>{}</span>"] for old, new, said in (
        ("Status: " + badge.format("red", "Sent"), badge.format("red", "Sent"), "text: Status: Sent > Sent; layout: the layout of “Sent” changed"),
        (badge.format("red", "Sent"), "Status: " + badge.format("red", "Sent"), "text: Sent > Status: Sent; layout: the layout of “Status: Sent” changed"),
        (badge.format("red", "Sent"), badge.format("red", "Sent") + " on 5 May", "text: Sent > Sent on 5 May; layout: the layout of “Sent on 5 May” changed"),
        (badge.format("red", "Sent"), badge.format("blue", "Sent") + " on 5 May", "text: Sent > Sent on 5 May; colours: the colour of a border of “Sent” changed: red #ff0000 became blue #0000ff; layout: the layout of “Sent on 5 May” changed"))),
    # of equal words in a line, each in a part of its own, all that changed, and which ones where these are not all
    *((f"<p>{start}{gap.join(badge.format('red', word) for word in words)}</p><p>z</p>", f"<p>{start}{gap.join(badge.format('blue' if at in those else 'red', word) for at, word in enumerate(words))}</p><p>z</p>",
        f"colours: the colour of a border of {said} changed: red #ff0000 became blue #0000ff") for badge in ["<span style='border:1px solid {}'>{}</span>"] for start, gap, words, those, said in (
        ("", " ", "★★★★★", (0, 1, 2, 3, 4), "“★ ★ ★ ★ ★”"), ("", " ", "★★★★★", (1, 2), "“★ ★” (number 2 of 4)"), ("", " ", "★★★★★", (2,), "“★” (number 3 of 5)"), ("", "", "★★★", (0, 1, 2), "“★★★”"), ("", "", "★★★", (1,), "“★” (number 2 of 3)"),
        ("Code: ", " ", "4711", (0, 1, 2, 3), "“4 7 1 1”"), ("Code: ", " ", "4711", (0, 1, 2), "“4 7 1”"), ("Is ", " or ", ("new", "new"), (0, 1), "“new”"), ("Is ", " or ", ("new", "new"), (0,), "“new” (in “Is new or”)"),
        ("Is ", " or ", ("new", "new", "new"), (0, 2), "“new” (in “Is new or”) and “new” (number 3 of 3)"), ("Is ", " ", ("new", "hot"), (0, 1), "“new” and “hot”"))),
    # white around nothing else is seen where something else may lie behind it
    *((f"{before}<div style='background:#fff;{style}'><p>A</p><p>B</p></div>", f"{before}<div style='{style}'><p>A</p><p>B</p></div>", f"colours: the background of {what} is gone: white #ffffff") for before, style, what in (
        ("<div style='background:red;margin-bottom:-90px'>R</div>", "", "the box from “A” to “B”"), ("<div style='background:red'>R</div>", "margin-top:calc(0px - 80px)", "the box from “A” to “B”"), ("<!--[if mso]><v:rect fillcolor='red'><v:textbox><![endif]-->", "", "the whole email"))),
    # cards that changed places, and where equal links lead
    ('<h2>A</h2><p>Per night</p><a href=/a>Book</a><h2>B</h2><p>Per night</p><a href=/b>Book</a><h2>C</h2><p>Per night</p><a href=/c>Book</a>', '<h2>C</h2><p>Per night</p><a href=/c>Book</a><h2>B</h2><p>Per night</p><a href=/b>Book</a><h2>A</h2><p>Per night</p><a href=/a>Book</a>', 'heading: “C” and “A” have changed places; link: “Book” and “Book” have changed places'),
    ('<h2>A</h2><p>Per night</p><a href=/a>Book</a><h2>B</h2><p>Per night</p><a href=/b>Book</a><h2>C</h2><p>Per night</p><a href=/c>Book</a>', '<h2>A</h2><p>Per night</p><a href=/c>Book</a><h2>B</h2><p>Per night</p><a href=/b>Book</a><h2>New C</h2><p>Per night</p><a href=/a>Book</a>', 'link “Book” after “A”: /a > /c; link “Book” after “New C”: /c > /a; heading: C > New C'),
    ('<p><a href=/1>Open</a> | <a href=/1>Open</a> | <a href=/2>Open</a></p>', '<p><a href=/2>Open</a> | <a href=/1>Open</a> | <a href=/1>Open</a></p>', 'link “Open”, number 1 of 3: /1 > /2; link “Open”, number 3 of 3: /2 > /1'),
    ('<p>See <a href=/1>here</a> for rooms, <a href=/1>here</a> for cars and <a href=/2>here</a> for bikes.</p>', '<p>See <a href=/1>here</a> for rooms, <a href=/2>here</a> for cars and <a href=/1>here</a> for bikes!</p>', 'link “here” before “for cars and”: /1 > /2; link “here” before “for bikes!”: /2 > /1; text: See here for rooms, here for cars and here for bikes. > See here for rooms, here for cars and here for bikes!'),
    # products whose names are links, as their pictures are
    ('<p><a href=/1><img alt=Mug src=https://c.test/Mug.png></a></p><p><a href=/1>Mug</a></p><p>€5</p><p><a href=/1>Buy</a></p><p><a href=/2><img alt=Hat src=https://c.test/Hat.png></a></p><p><a href=/2>Hat</a></p><p>€5</p><p><a href=/2>Buy</a></p>', '<p><a href=/1><img alt=Mug src=https://c.test/Mug.png></a></p><p><a href=/1>Mug</a></p><p>€5</p><p><a href=/9>Buy</a></p><p><a href=/2><img alt=Hat src=https://c.test/Hat.png></a></p><p><a href=/2>Hat</a></p><p>€5</p><p><a href=/2>Buy</a></p>', 'link “Buy” after “Mug”: /1 > /9'),
    ('<p><a href=/1><img alt=Mug src=https://c.test/Mug.png></a></p><p><a href=/1>Mug</a></p><p>€5</p><p><a href=/1>Buy</a></p><p><a href=/2><img alt=Hat src=https://c.test/Hat.png></a></p><p><a href=/2>Hat</a></p><p>€5</p><p><a href=/2>Buy</a></p>', '<p><a href=/2><img alt=Mug src=https://c.test/Mug.png></a></p><p><a href=/2>Mug</a></p><p>€5</p><p><a href=/2>Buy</a></p><p><a href=/1><img alt=Hat src=https://c.test/Hat.png></a></p><p><a href=/1>Hat</a></p><p>€5</p><p><a href=/1>Buy</a></p>', 'link “Buy” after “Mug”: /1 > /2; link “Buy” after “Hat”: /2 > /1; link “Mug”: /1 > /2; link “Hat”: /2 > /1'),
    ('<p><a href=/1><img alt=Mug src=https://c.test/Mug.png></a></p><p><a href=/1>Mug</a></p><p>€5</p><p><a href=/1>Buy</a></p><p><a href=/2><img alt=Hat src=https://c.test/Hat.png></a></p><p><a href=/2>Hat</a></p><p>€5</p><p><a href=/2>Buy</a></p>', '<p><a href=/1><img alt=Mug src=https://c.test/Mug.png></a></p><p><a href=/1>Mug</a></p><p>€5</p><p><a href=/1>Buy</a></p><p><a href=/2><img alt=Hat src=https://c.test/Hat.png></a></p><p><a href=/2>Hat</a></p><p>€5</p><p><a href=/2>Get</a></p>', 'words of a link after “Hat”: Buy > Get'),
    ('<p><a href=/2>Book</a> | <a href=/2>Book</a></p>', '<p><a href=/2>Get</a> | <a href=/2>Book</a></p>', 'words of a link, number 1 of 2: Book > Get'),
    ('<p><a href=/2>Book</a> | <a href=/2>Book</a></p>', '<p><a href=/2>Get</a> | <a href=/2>Get</a></p>', 'words of a link: Book > Get; words of a link: Book > Get'),
    ("<a href='/x?y=1'></a>", "a<a href='/x?y=1'>a</a>", 'text: - > aa; words of a link: - > a'),
    ('<p>First</p><p><a href="/1">Open</a></p><p>One line here</p><p><a href="/2">Open</a></p><p><a href="/3">Open</a></p>', '<p>First</p><p><a href="/3">Open</a></p><p>One line here</p><p><a href="/2">Open</a></p>', 'link: “Open” now comes before “One line here”; link “Open”: /1 > -'),
    # a line or an empty part that moved is told whatever else changed, and one that words came and went around is not
    ("<p>One</p><p>Two is here</p><hr><p>Three</p>", "<p>One</p><hr><p>Two was here</p><p>Three</p>", "text: Two is here > Two was here; layout: a line across stands below “One” now"),
    ("<p>One</p><p>Two</p><p>Three</p><hr><p>Four</p>", "<p>One</p><hr><p>Three</p><p>Four</p>", "text: Two > -; layout: a line across stands below “One” now"),
    ("<p>One</p><p>Two is here</p><hr><p>Three</p>", "<p>One</p><hr><p>Two <b>is</b> here</p><p>Three</p>", "style of text: “is” is bold now; layout: a line across stands below “One” now"),
    ("<p>One</p><div style='height:9px'></div><p>Two</p><p>Three is here</p>", "<p>One</p><p>Two</p><div style='height:9px'></div><p>Three was here</p>", "text: Three is here > Three was here; layout: an empty part stands below “Two” now"),
    ("<p>One</p><p>Two</p><div style='height:9px'>&nbsp;</div><p>Three</p>", "<p>One</p><div style='height:9px'>&nbsp;</div><p>Two</p><p>Three</p>", "layout: an empty part stands below “One” now"),
    ("<p>One</p><hr><p>Two is here</p>", "<p>One</p><p>New words</p><hr><p>Two was here</p>", "text: - > New words; text: Two is here > Two was here"),
    ("<p>One is here</p><hr><p>Two</p><hr><p>Three</p>", "<p>One was here</p><hr><p>New words</p><hr><p>Three</p>", "text: One is here > One was here; text: Two > New words"),
    ("<p>One</p><hr><p>Two</p><div style='height:9px'></div><p>Three</p>", "<p>One</p><div style='height:9px'></div><hr><p>Two</p><p>Three</p>", "layout: an empty part stands below “One” now"),
    # the parts of a bar are told apart by their colours
    ("<p>Hi</p><table><tr><td width='70%' style='background:#1f8f4d;height:6px'></td><td width='30%' style='background:#ddd;height:6px'></td></tr></table>", "<p>Hi</p><table><tr><td width='90%' style='background:#1f8f4d;height:6px'></td><td width='10%' style='background:#ddd;height:6px'></td></tr></table>", "sizes: the width of the green empty part below “Hi” changed: 70% became 90%; sizes: the width of the light grey empty part below “Hi” changed: 30% became 10%"),
    # columns that stand elsewhere where others are gone, new or called otherwise
    ('<table><tr><th>Item<th>Day<th>Hours<th>Price<tr><td>Van<td>Mon<td>6<td>£4<tr><td>Box<td>Tue<td>2<td>£1</table>', '<table><tr><th>Item<th>Price<th>Hours<tr><td>Van<td>£4<td>6<tr><td>Box<td>£1<td>2</table>', 'column “Day”: Mon\nTue > -; columns: the column “Price” now comes before “Hours”'),
    ('<table><tr><th>Item<th>Price<th>Hours<tr><td>Van<td>£4<td>6<tr><td>Box<td>£1<td>2</table>', '<table><tr><th>Item<th>Day<th>Hours<th>Price<tr><td>Van<td>Mon<td>6<td>£4<tr><td>Box<td>Tue<td>2<td>£1</table>', 'column “Day” before “Hours”: - > Mon\nTue; columns: the column “Hours” now comes before “Price”'),
    ('<table><tr><td>Item<td>Day<td>Hours<td>Price<tr><td>Van<td>Mon<td>6<td>£4<tr><td>Box<td>Tue<td>2<td>£1</table>', '<table><tr><td>Item<td>Cost<td>Hours<tr><td>Van<td>£4<td>6<tr><td>Box<td>£1<td>2</table>', 'column “Day”: Mon\nTue > -; columns: the column with “Cost” now comes before “Hours”; head of a column: Price > Cost'),
    ('<table><tr><th>Item<th>Date<th>Price<tr><td>Van<td>12 June<td>£4<tr><td>Box<td>9 June<td>£1</table>', '<table><tr><th>Item<th>Amount<th>Date<tr><td>Van<td>£4<td>12 June<tr><td>Box<td>£1<td>9 June</table>', 'columns: the column “Amount” now comes before “Date”; head of a column: Price > Amount'),
    ('<table><tr><th>Item<th>Date<th>Price<tr><td>Van<td>12 June<td>£4<tr><td>Box<td>9 June<td>£1</table>', '<table><tr><th>Item<th>Amount<th>Date<tr><td>Box<td>£1<td>9 June<tr><td>Van<td>£4<td>12 June</table>', 'columns: the column “Amount” now comes before “Date”; text: the row “Box” now comes before “Van”; head of a column: Price > Amount'),
    ('<table><tr><th>Item<th>Date<th>Price<tr><td>Van<td>12 June<td>£4<tr><td>Box<td>9 June<td>£1</table>', '<table><tr><th>Item<th>Price<th>Date<tr><td>Pot<td>£7<td>5 May<tr><td>Van<td>£4<td>12 June<tr><td>Box<td>£1<td>9 June</table>', 'columns: the column “Price” now comes before “Date”; row: - > Pot, £7, 5 May'),
    ('<table><tr><td>Rent<td>June<td>£89<tr><td>Fee<td>July<td>£10</table>', '<table><tr><td>Rent<td>£94<td>June<tr><td>Fee<td>£10<td>July</table>', 'columns: the column with “£94” now comes before “June”; text beside “Rent”: £89 > £94'),
    ('<table><tr><th>Item<th>Hours<th>Price<tr><td>Van<td>6<td>£4<tr><td>Box<td>2<td>£1</table>', '<table><tr><th>Service<th>Price<th>Hours<tr><td>Van<td>£4<td>6<tr><td>Box<td>£1<td>2</table>', 'columns: the column “Price” now comes before “Hours”; head of a column: Item > Service'),
    ('<table><tr><th>Item<th>Hours<th>Price<tr><td>Van<td>6<td>£4<tr><td>Box<td>2<td>£1</table>', '<table><tr><th>Item<th>Cost<th>Time<tr><td>Van<td>£4<td>6<tr><td>Box<td>£1<td>2</table>', 'head of a column: Hours > Cost; head of a column: Price > Time; text beside “Van, Cost”: 6 > £4; text beside “Van, Time”: £4 > 6; text beside “Box, Cost”: 2 > £1; text beside “Box, Time”: £1 > 2'),
    ('<table><tr><th>Item<th>Hours<th>Price<tr><td>Van<td>6<td>£4</table>', '<table><tr><th>Item<th>Cost<th>Time<tr><td>Van<td>£4<td>6</table>', 'head of a column: Hours > Cost; head of a column: Price > Time; text beside “Van, Cost”: 6 > £4; text beside “Van, Time”: £4 > 6'),
    ('<table><tr><th>Line<th>Mon<th>Tue<th>Wed<tr><td>A<td>1<td>2<td>3<tr><td>B<td>4<td>5<td>6</table>', '<table><tr><th>Line<th>Tue<th>Wed<th>Thu<tr><td>A<td>2<td>3<td>7<tr><td>B<td>5<td>6<td>8</table>', 'column “Mon”: 1\n4 > -; column “Thu”: - > 7\n8'),
    ('<table><tr><td>Ann<td>Bob<td>Cat<tr><td>CEO<td>CTO<td>CFO</table>', '<table><tr><td>Bob<td>Ann<td>Dan<tr><td>CTO<td>CEO<td>COO</table>', 'columns: the column with “Bob” now comes before “Ann”; head of a column: Cat > Dan; text beside “CTO, Dan”: CFO > COO'),
    ('<table><tr><th>Item<th>Date<th>Do<tr><td>Van<td>12 June<td><a href=/1>Pay</a><tr><td>Box<td>9 June<td><a href=/2>Pay</a></table>', '<table><tr><th>Item<th>Act<th>Date<tr><td>Van<td><a href=/1>Take</a><td>12 June<tr><td>Box<td><a href=/2>Take</a><td>9 June</table>', 'columns: the column “Act” now comes before “Date”; head of a column: Do > Act; words of a link: Pay > Take; words of a link: Pay > Take'),
    ('<table><tr><th>Item<th>Min<th>Max<tr><td>Van<td>1<td>5<tr><td>Box<td>2<td>6</table>', '<table><tr><th>Item<th>Most<th>Min<tr><td>Van<td>1<td>5<tr><td>Box<td>2<td>6</table>', 'head of a column: Max > Most'),
    # cells that are heads of the table now, or no longer
    ('<table><tr><td>Van<td>£4<tr><td>Box<td>£1</table>', '<table><tr><th>Van</th><td>£4<tr><th>Box</th><td>£1</table>', 'layout: “Van” and “Box” are heads of the table now: bold and in the middle'),
    ('<table><tr><th align=left>Item<th align=left>Price<tr><td>Van<td>£4</table>', '<table><tr><td align=left>Item<td align=left>Price<tr><td>Van<td>£4</table>', 'layout: “Item” and “Price” are no longer heads of the table: not bold'),
    ('<table><tr><th align=left>Item<th align=left>Price<tr><td>Van<td>£4</table>', '<table><tr><td><b>Item</b><td><b>Price</b><tr><td>Van<td>£4</table>', 'layout: “Item” and “Price” are no longer heads of the table'),
    ('<style>th{background:#eee;text-align:right;font-weight:400}</style><table><tr><td>Item<td>Price<tr><td>Van<td>£4</table>', '<style>th{background:#eee;text-align:right;font-weight:400}</style><table><tr><th>Item<th>Price<tr><td>Van<td>£4</table>', 'colours: the background around “Item” and “Price” is new: light grey #eeeeee; alignment: “Item” and “Price” stand on the right; layout: “Item” and “Price” are heads of the table now'),
    ('<table><tr><td align=center>Item<td>Price<tr><td>Van<td>£4</table>', '<table><tr><th>Item</th><td>Price<tr><td>Van<td>£4</table>', 'layout: “Item” is a head of the table now: bold'),
    ('<table role=presentation><tr><td><p>Hello Ann</p></table>', '<table role=presentation><tr><th><p>Hello Ann</p></table>', 'style of text: “Hello Ann” is bold now; alignment: “Hello Ann” stands in the middle'),
    ("<table><tr><td style='padding:4px'><table><tr><td>Van<td>Box</table></table>", "<table><tr><th style='padding:4px'><table><tr><td>Van<td>Box</table></table>", 'style of text: “Van” and “Box” are bold now; alignment: “Van” and “Box” stand in the middle'),
    ('<table><tr><td>Item<td>Price<tr><td>Van<td>£4</table>', "<table><tr><th style='font-weight:400;text-align:left'>Item</th><td>Cost<tr><td>Van<td>£4</table>", 'text beside “Item”: Price > Cost; layout: “Item” is a head of the table now'),
    # words in the place of others which had a style that these have not
    *((f"<p>{old}</p>", f"<p>{new}</p>", f"text: {re.sub('<[^>]*>', '', old)} > {re.sub('<[^>]*>', '', new)}{said and '; style of text: '}{said}") for old, new, said in (
        ("Pay <b>£10</b> before Friday.", "Pay £15 before Friday.", "“£15” is not bold, and “£10” was"),
        ("Pay <b>£10</b> or <b>£20</b> now", "Pay £15 or £25 now", "“£15” and “£25” are not bold, and what stood there was"),
        ("Pay <b>£10</b> or <b>£20</b> now", "Pay £10 or £25 now", "“£10” and “£25” are not bold, and what stood there was"),
        ("Pay <b>£10</b> or <b>£20</b> now", "Pay £15 or £15 now", "“£15” is not bold, and what stood there was"),
        ("Pay <b>Total £10</b> now", "Pay Total £15 now", "“Total £15” is no longer bold"),
        ("We <u>strictly</u> ask", "We <i>kindly</i> ask", "“kindly” is not underlined, and “strictly” was; style of text: “kindly” is in italics now"),
        ("We <s>strictly</s> ask", "We <u>kindly</u> ask", "“kindly” is underlined, and “strictly” was struck out"),
        ("Pay <b>£10</b> now", "Pay <b>£15</b> now", ""))),
    ("<p>Pay <b>£10</b> now</p>", "<style>@media (max-width:480px){b{font-weight:normal}}</style><p>Pay <b>£15</b> now</p>", "text: Pay £10 now > Pay £15 now; style of text: “£15” is not bold on small screens, and “£10” was"),
    # a label and its words, in one line or two
    *((old, new, f"{kind}: “Three movers, a van” {said}") for kind, start, end in (("text", "<p><b>Included</b>", "</p>"), ("list item", "<ul><li>Included", "</li></ul>"), ("text", "<table><tr><td><p>Included", "</p></td></tr></table>")) for sign in (":", " :", "：", ".")
        for line, part in ((f"{start}<br>Three movers, a van{end}", f"{start}{sign} Three movers, a van{end}" if sign != "：" else f"{start}{sign}Three movers, a van{end}"),) for old, new, said in (
        (line, part, f"no longer stands on a line of its own, but after “{sign.strip()}”"), (part, line, f"stands on a line of its own now, and no longer after “{sign.strip()}”"))),
    # what came after a name and its price came after both
    ("<dl><dt>Card</dt><dd>Visa</dd><dt>Unit</dt><dd>B-117</dd><dt>Due</dt><dd>£89</dd></dl>", "<dl><dt>Unit</dt><dd>B-117</dd><dt>Due</dt><dd>£89</dd><dt>Card</dt><dd>Visa</dd></dl>", "text: “Card” and the part after it now come after “Due” and “£89”"),
    # the same text once more, or once less
    *((f"<ul>{''.join(f'<li>{each}</li>' for each in old)}</ul>", f"<ul>{''.join(f'<li>{each}</li>' for each in new)}</ul>", f"list item: {said}") for old, new, said in (
        ("KV", "KVK", "a second “K” is new, after “V”"), ("KVK", "KV", "one of 2 “K” is gone, the one after “V”"), ("KV", "KKV", "a second “K” is new"),
        ("KVK", "KVKXK", "- > X; list item: one more “K” is new, after “X”"), ("KVKZ", "KVKZK", "one more “K” is new, after “Z”"), ("KV", "KVKZK", "one more “K” is new, after “V”; list item: - > Z; list item: one more “K” is new, after “Z”"), ("K", "KKK", "one more “K” is new; list item: one more “K” is new"))),
    ("<title>T</title><p>One line</p>", "<title>T</title><p>One line</p><p>One line</p>", "text: a second “One line” is new"),
    ("<h2>A</h2><p>Per night</p><h2>B</h2><p>Two</p>", "<h2>A</h2><p>Per night</p><h2>B</h2><p>Two</p><p>Per night</p>", "text under “B”: - > Per night"),
    # an empty line above a line of its own
    *((f"{start}{old}{end}", f"{start}{new}{end}", said) for start, end in (("<p>", "</p>"), ("<table><tr><td><div style='font-size:13px'>", "</div></td></tr></table>")) for old, new, said in (
        ("Hello, the van comes.", "Hello,<br><br>the van comes.", "text: “the van comes.” stands on a line of its own now; layout: an empty line above “the van comes.” is new"),
        ("Hello,<br><br>the van comes.", "Hello, the van comes.", "text: “the van comes.” no longer stands on a line of its own; layout: an empty line above “the van comes.” is gone"),
        ("A b. C d. E f.", "A b.<br><br>C d.<br>E f.", "text: “C d.” and “E f.” stand on lines of their own now; layout: an empty line above “C d.” is new"),
        ("A b. C d.", "A b.<br><br><br>C d.", "text: “C d.” stands on a line of its own now; layout: 2 empty lines above “C d.” are new"),
        ("<br><br>A b. C d.", "A b.<br><br>C d.", "text: “C d.” stands on a line of its own now; layout: 2 empty lines above “A b.” are gone; layout: an empty line above “C d.” is new"),
        ("Ends at 10, see all 5", "Ends at 10<br><br>see all 6", "text: “see all 6” stands on a line of its own now, and no longer after “,”; text: see all 5 > see all 6; layout: an empty line above “see all 6” is new"))),
    # words in quotation marks, told in no others
    *((old, new, said) for start, end in ("“”", "„“", "«»", '""') for old, new, said in (
        (f"<p><i>{start}They smiled.{end}</i></p>", f"<p>{start}They smiled.{end}</p>", "style of text: “They smiled.” is no longer in italics"),
        (f"<p><b>{start}£15{end}</b> now</p>", "<p>£15 now</p>", f"text: {start}£15{end} now > £15 now; style of text: “£15” is no longer bold"))),
    ("<p><b>“Ann” or “Bob”</b></p>", "<p>“Ann” or “Bob”</p>", "style of text: ““Ann” or “Bob”” is no longer bold"),
    # lines that were joined or split while one of them got other words
    *((f"{start}{between.join(old)}{end}", f"{start}{between.join(new)}{end}", f"text: {lines}; text: {words}") for start, between, end in (("<p>", "</p><p>", "</p>"), ("<p>", "<br>", "</p>"), ("<table><tr><td><div>", "</div></td></tr><tr><td><div>", "</div></td></tr></table>"))
        for many, whole, said, one, other in (
        (["The van comes at eight.", "Keep it free."], "The van comes at nine. Keep it free.", "“Keep it free.” {} a line of its own", "The van comes at eight.", "The van comes at nine."),
        (["The van comes at eight.", "Keep the drive free."], "The van comes at eight. Keep the drive clear.", "“Keep the drive free.” {} a line of its own", "Keep the drive free.", "Keep the drive clear."),
        (["The van comes at eight.", "Keep it free.", "Ring me."], "The van comes at nine. Keep it free. Ring me.", "“Keep it free.” and “Ring me.” {} lines of their own", "The van comes at eight.", "The van comes at nine."),
        (["Ring me.", "The van comes at eight.", "Keep it free."], "Ring me. The van comes at nine. Keep it free.", "“The van comes at eight.” and “Keep it free.” {} lines of their own", "The van comes at eight.", "The van comes at nine."))
        for verb in ["stand" if " and " in said else "stands"] for old, new, lines, words in (
        (many, [whole], said.replace(one, other).format(f"no longer {verb} on"), f"{one} > {other}"), ([whole], many, said.format(f"{verb} on") + " now", f"{other} > {one}"))),
    ("<p>The van comes at eight.</p><p>Keep it free.</p>", "<p>Bring some boxes. Keep it free.</p>", "text: Keep it free. > Bring some boxes. Keep it free.; text: The van comes at eight. > -"),
    ("<p>The van comes at eight.</p><p><b>Keep it free.</b></p>", "<p>The van comes at nine. Keep it free.</p>", "text: “Keep it free.” no longer stands on a line of its own; text: The van comes at eight. > The van comes at nine.; style of text: “Keep it free.” is no longer bold"),
    ("<table><tr><th>A<th>B<th>C<tr><td>x<td>1<td>2<tr><td colspan=2>Sum<td>9</table>", "<table><tr><th>A<th>C<th>D<tr><td>x<td>2<td>5<tr><td>Sum<td>9</table>", "column “B”: 1 > -; column “D”: - > 5; layout: “Sum” spans 1 column now, and spanned 2"),
    ("<table><tr><th>Item<th>Qty<th>Tax<tr><td>Lamp<td>2<td>5</table>", "<table><tr><th>Item<th>Tax<th style='display:none'>SKU<tr><td>Lamp<td>5<td style='display:none'>s1</table>", "text beside “Item”: Qty > -; hidden text beside “Item”: - > SKU; text beside “Lamp, Qty”: 2 > -; hidden text beside “Lamp, SKU”: - > s1"),
    # a cell ends where the next one begins, be it a head or not
    ("<table><tr><th>K<td>1</table>", "<table><tr><th>K<td align=center>1</table>", "alignment: “1” (K) stands in the middle"),
    ("<table><tr><th>K<td>1</table>", "<table><tr><td>K<td>1</table>", "layout: “K” is no longer a head of the table: not bold and not in the middle"),
    ("<table><tr><td>A<hr>B</td><td>C</td></tr></table><p>x</p>", "<table><tr><td>A</td><td>B<hr>C</td></tr></table><p>y</p>", "text after “C”: x > y; layout: “A” and “B” stand in two parts now, and stood in one"),
    ("<p style='font-family:Arial,system-ui'>Hi</p>", "<p style='font-family:Arial,-apple-system'>Hi</p>", "font: the font of “Hi” where arial is missing changed"),
    # what stands word for word on a line of its own is no other line with other words
    ("<p>Order shipped. Track it below.</p>", "<p>Order shipped.</p><p>Track it in the app.</p><p>Track it below.</p>", "text: - > Order shipped.; text: - > Track it in the app.; text: Order shipped. Track it below. > Track it below."),
    ("<p>One</p><hr><p>Two is here</p><p>Three</p>", "<p>One</p><p>Two was here</p><hr><p>Three</p>", "text: Two is here > Two was here; layout: a line across stands below “Two was here” now"),
    ("<p>One</p><hr><p>Two is here</p><p>Three</p>", "<p>One</p><p>Two <b>is</b> here</p><hr><p>Three</p>", "style of text: “is” is bold now; layout: a line across stands below “Two is here” now"),
    ("<p>One</p><hr><p>Two</p><p>Three is here</p>", "<p>One</p><p>Two</p><p>Three was here</p><hr>", "text: Three is here > Three was here; layout: a line across stands below “Three was here” now"),
    ("<p>One is here</p><div style='height:9px'></div><p>Two</p>", "<p>One was here</p><div style='height:9px'></div><p>Two</p>", "text: One is here > One was here"),
    ("<p>One</p><hr><p>Two</p>", "<p>One</p><p>One more</p><hr><p>Two was here</p>", "text: - > One more; text: Two > Two was here"),
    ("<table><tr><td>A</td><td>1</td><td></td></tr><tr><td>C</td><td>3</td><td></td></tr></table>", "<table><tr><td>A</td><td>1</td><td></td></tr><tr><td>C</td><td></td><td>4</td></tr></table>", "text beside “C”: 3 > 4"),
    ("<p>Hi</p><button>Go</button>", "<p>Hi</p><button disabled>Go</button>", "layout: “Go” can no longer be pressed"),
    ("<p>Hi</p><button disabled>Go</button><button disabled>Stop</button>", "<p>Hi</p><button>Go</button><button>Stop</button>", "layout: “Go” and “Stop” can be pressed now"),
    ("<button disabled>Go</button>", "<button disabled=disabled>Go</button>", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<style>@media (max-width:480px){.h{display:none}}</style><p>Hi</p><p class=h>Bye</p>", "<style>@media (max-width:600px){.h{display:none}}</style><p>Hi</p><p class=h>Bye</p>", "sizes: the width of the screen at which “Bye” is hidden: 480px became 600px on small screens"),
    ("<style>@media (max-width:480px){.h{display:none}}</style><p>Hi</p><p class=h>Bye</p><img class=h src=a.png alt=Oak>", "<style>@media (max-width:600px){.h{display:none}}</style><p>Hi</p><p class=h>Bye</p><img class=h src=a.png alt=Oak>", "sizes: the width of the screen at which “Bye” and “Oak” are hidden: 480px became 600px on small screens"),
    ("<style>@media (max-width:480px){.h{display:none}p{color:red}}</style><p>Hi</p><p class=h>Bye</p>", "<style>@media (max-width:600px){.h{display:none}p{color:red}}</style><p>Hi</p><p class=h>Bye</p>", "sizes: the width of the screen at which something changes: 480px became 600px on small screens"),
    ("<table><tr><td>A</td><td>B</td></tr></table><p>x</p>", "<table dir=rtl><tr><td>A</td><td>B</td></tr></table><p>x</p>", "alignment: “A” and “B” are read from right to left; alignment: what stands beside each other around “A” is in the other order now, from right to left"),
    ("<style>@media (max-width:480px){}</style><table class=t><tr><td>A</td><td>B</td></tr></table><p>x</p>", "<style>@media (max-width:480px){.t{direction:rtl}}</style><table class=t><tr><td>A</td><td>B</td></tr></table><p>x</p>", "alignment: “A” and “B” are read from right to left on small screens; alignment: what stands beside each other around “A” is in the other order now, from right to left on small screens"),
    ("<table><tr><td>A</td></tr></table><p>x</p>", "<table dir=rtl><tr><td>A</td></tr></table><p>x</p>", "alignment: “A” is read from right to left"),
    ("<table><tr><td>A</td><td>B</td></tr></table><p>x</p>", "<table dir=ltr><tr><td>A</td><td>B</td></tr></table><p>x</p>", "alignment: “A” and “B” are read from left to right"),
    ("<div style='display:flex'><p>A</p><p>B</p></div>", "<div style='display:flex;flex-direction:row-reverse'><p>A</p><p>B</p></div>", "layout: the parts from “A” to “B” stand in the opposite order now"),
    ("<style>@media (max-width:480px){.r{display:flex;flex-direction:column}}</style><table><tr class=r><td>A</td><td>B</td></tr></table>", "<style>@media (max-width:480px){.r{display:flex;flex-direction:column-reverse}}</style><table><tr class=r><td>A</td><td>B</td></tr></table>", "layout: the parts from “A” to “B” stand in the opposite order now on small screens"),
    ("<div style='flex-direction:row'><p>A</p><p>B</p></div>", "<div style='flex-direction:row-reverse'><p>A</p><p>B</p></div>", "layout: the way in which the parts of “A” share the room changed"),
    ("<p>One</p><hr><p>Two is here</p>", "<p>One</p><p>We have moved</p><hr>", "text: Two is here > We have moved"),
    ("<p>Hi</p><p>Ready for you.</p><p>Your order is on its way.</p>", "<p>Hi</p><p>Ready for you. Your order is on the way.</p>", "text: “Your order is on the way.” no longer stands on a line of its own; text: Your order is on its way. > Your order is on the way."),
    ("<p>ご注文ありがとうございます。<br>商品は明日発送されます。</p>", "<p>ご注文ありがとうございます。商品は今日発送されます。</p>", "text: “商品は今日発送されます。” no longer stands on a line of its own; text: 商品は明日発送されます。 > 商品は今日発送されます。"),
    ("<p>Ann Lee,<br>12 High Street,<br>London</p>", "<p>Ann Lee, 12 Low Street, London</p>", "text: “12 Low Street,” and “London” no longer stand on lines of their own; text: 12 High Street, > 12 Low Street,"),
    ("<p>Livraison&nbsp;: demain soir Montant&nbsp;: 12</p>", "<p>Livraison&nbsp;: demain matin<br>Montant&nbsp;: 12</p>", "text: “Montant\u00a0: 12” stands on a line of its own now; text: Livraison\u00a0: demain soir > Livraison\u00a0: demain matin"),
    ("<p>Order</p><p>Order 12 is here</p>", "<p>Order 12 is there</p>", "text: Order 12 is here > Order 12 is there; text: Order > -"),
    # heads that stand in another order, and not the columns below them
    ('<table><tr><th>Item<th>Qty<th>Price<tr><td>Lamp<td>4<td>5</table>', '<table><tr><th>Item<th>Price<th>Qty<tr><td>Lamp<td>4<td>5</table>', 'columns: the heads “Price” and “Qty” have changed places, and what is below them has not moved'),
    ('<p>Hello Ann</p><table><tr><td>Item<td>Qty<td>Price<td>Net<tr><td>Lamp<td>4<td>5<td>6<tr><td>Desk<td>1<td>9<td>7</table>', '<p>Hello Bob</p><table><tr><td>Item<td>Net<td>Qty<td>Price<tr><td>Lamp<td>4<td>5<td>6<tr><td>Desk<td>2<td>9<td>7</table>', 'columns: “Net”, “Qty” and “Price” stand in this order now, and what is below them has not moved; text: Hello Ann > Hello Bob; text beside “Desk, Net”: 1 > 2'),
    ('<table><tr><th colspan=3>Order<tr><th>Item<th>Qty<th>Price<tr><td>Lamp<td>4<td>5</table>', '<table><tr><th colspan=3>Order<tr><th>Item<th>Price<th>Qty<tr><td>Lamp<td>4<td>5</table>', 'columns: the heads “Price” and “Qty” have changed places, and what is below them has not moved'),
    ('<table><tr><th>Item<th>Qty<th>Price<tr><td>Lamp<td>4<td>5<tr><td>Desk<td>7<td>8</table>', '<table><tr><th>Item<th>Price<th>Qty<tr><td>Lamp<td>6<td>9<tr><td>Desk<td>2<td>1</table>', 'columns: the column “Price” now comes before “Qty”; text beside “Lamp, Price”: 5 > 6; text beside “Lamp, Qty”: 4 > 9; text beside “Desk, Price”: 8 > 2; text beside “Desk, Qty”: 7 > 1'),
    ('<p>Hi Ann</p><table><tr><td>Lamp<td>A<tr><td>Desk<td>red<td>blue<tr><td>Bed<td>B</table>', '<p>Hi Bob</p><table><tr><td>Lamp<td>A<tr><td>Desk<td>blue<td>red<tr><td>Bed<td>B</table>', 'text: Hi Ann > Hi Bob; text beside “Desk”: red > blue; text beside “Desk”: blue > red'),
    # which of several rows of one name
    ('<table><tr><td>Lamp<td>£5<tr><td>Fee<td>£10<tr><td>Desk<td>£7<tr><td>Fee<td>£10</table>', '<table><tr><td>Lamp<td>£5<tr><td>Fee<td>£11<tr><td>Desk<td>£7<tr><td>Fee<td>£10</table>', 'text beside the 1st “Fee”: £10 > £11'),
    ('<table><tr><td>Lamp<td>£5<tr><td>Fee<td>£10<tr><td>Desk<td>£7<tr><td>Fee<td>£10</table>', '<table><tr><td>Lamp<td>£5<tr><td>Fee<td>£10<tr><td>Desk<td>£7<tr><td>Fee<td>£11</table>', 'text beside the 2nd “Fee”: £10 > £11'),
    ('<table><tr><td>Lamp<td>£5<tr><td>Fee<td>£10<tr><td>Desk<td>£7<tr><td>Fee<td>£10</table>', '<table><tr><td>Lamp<td>£5<tr><td>Fee<td>£11<tr><td>Desk<td>£7<tr><td>Fee<td>£11</table>', 'text beside “Fee”: £10 > £11; text beside “Fee”: £10 > £11'),
    ('<table><tr><td>Fee<td>£9<tr><td>Fee<td>£10</table>', '<table><tr><td>Fee<td>£9<tr><td>Fee<td>£11</table>', 'text beside “Fee”: £10 > £11'),
    # where a new column stands
    ('<table><tr><th>Item<th>Price<tr><td>Lamp<td>4<tr><td>Desk<td>1</table>', '<table><tr><th>Qty<th>Item<th>Price<tr><td>5<td>Lamp<td>4<tr><td>6<td>Desk<td>1</table>', 'column “Qty” at the beginning: - > 5\n6'),
    ('<table><tr><th>Item<th>Price<tr><td>Lamp<td>4<tr><td>Desk<td>1</table>', '<table><tr><th>Item<th>Price<th>Qty<tr><td>Lamp<td>4<td>5<tr><td>Desk<td>1<td>6</table>', 'column “Qty”: - > 5\n6'),
    # what an email would say is read out
    ("<a href='mailto:a@b.test?subject=A%20caf%C3%A9'>Write</a>", "<a href='mailto:c@b.test?subject=A%20caf%C3%A9'>Write</a>", "link “Write”: mailto:a@b.test?subject=A café > mailto:c@b.test?subject=A café"),
    ("<a href='mailto:a@b.test?subject=A%20%26%20b%0Ac%ff'>Write</a>", "<a href='mailto:c@b.test'>Write</a>", "link “Write”: mailto:a@b.test?subject=A %26 b%0Ac%ff > mailto:c@b.test"),
    ("<a href='mailto:a@b.test?subject=A%20b'>Write</a>", "<a href='mailto:a@b.test?subject=A b'>Write</a>", "link “Write”: mailto:a@b.test?subject=A%20b > mailto:a@b.test?subject=A b"),
    ("<p>Hi</p>", "<p>Hi</p><a href='MAILTO:a@b.test?subject=A%20b'>Write</a>", "link “Write”: - > MAILTO:a@b.test?subject=A b"),
    ("<p>Hi</p><p>Write</p>", "<p>Hi</p><p><a href='mailto:a@b.test?subject=A%20b'>Write</a></p>", "link: “Write” leads to mailto:a@b.test?subject=A b now"),
    # what a rule for wide screens, or for light mode, leaves as it is is seen on small screens, or in dark mode, alone
    *(
        (MOBILE_FIRST.format(old, wide), MOBILE_FIRST.format(new, wide), said)
        for old, new, wide, said in (
            ("font-size:14px", "font-size:18px", "font-size:16px", "size of text: “Hi” is larger: 14px became 18px on small screens"),
            ("font-size:14px", "font-size:18px", "color:red", "size of text: “Hi” is larger: 14px became 18px"),
            ("padding:8px", "padding:16px", "padding:24px", "spaces: the space around “Hi” changed: 8px became 16px on small screens"),
            ("color:#333", "color:#fff", "color:#000", "colours: the colour of “Hi” changed: dark grey #333333 became white #ffffff on small screens"),
            ("text-align:center", "text-align:right", "text-align:left", "alignment: “Hi” stands on the right on small screens, and stood in the middle"),
            ("", "border:2px solid #ccc", "border:1px solid #000", "borders: the border of “Hi” is new: 2px, light grey #cccccc on small screens"),
            ("", "border:2px solid #ccc", "border-color:#000", "borders: the border of “Hi” is new: 2px, light grey #cccccc"),
            ("text-decoration:underline", "text-decoration:none", "text-decoration:line-through", "style of text: “Hi” is no longer underlined on small screens"),
        )
    ),
    (MOBILE_FIRST.format("font-size:14px", "font-size:16px"), MOBILE_FIRST.format("font-size:18px", "font-size:20px"), 'size of text: “Hi” is larger: 14px became 18px on small screens; size of text: “Hi” is larger: 16px became 20px on large screens'),
    (MOBILE_FIRST.format("font-size:14px", "font-size:16px"), MOBILE_FIRST.format("font-size:16px", "font-size:16px"), 'size of text: “Hi” is larger: 14px became 16px on small screens'),
    (MOBILE_FIRST.format("font-size:14px", "font-size:16px").replace("480", "1"), MOBILE_FIRST.format("font-size:18px", "font-size:16px").replace("480", "1"), 'size of text: “Hi” is larger: 14px became 18px'),
    (MOBILE_FIRST.format("font-size:15px", "font-size:30px").replace("Hi", "<small>Hi</small>"), MOBILE_FIRST.format("font-size:18px", "font-size:30px").replace("Hi", "<small>Hi</small>"), 'size of text: “Hi” is larger: 12.5px became 15px on small screens'),
    (MOBILE_FIRST.format("color:#333", "color:#000") + "<style>@media (max-width:479px){p{color:red}}</style>", MOBILE_FIRST.format("color:#444", "color:#000") + "<style>@media (max-width:479px){p{color:red}}</style>", 'colours: the colour of “Hi” changed: dark grey #333333 became a lighter grey #444444'),
    (LIGHT.format("color:#eee", "color:#222"), LIGHT.format("color:#ffd27f", "color:#222"), 'colours: the colour of “Hi” changed: light grey #eeeeee became yellow #ffd27f in dark mode'),
    (LIGHT.format("color:#eee", "color:#222") + "<style>@media (prefers-color-scheme:dark){p{color:red}}</style>", LIGHT.format("color:#ffd27f", "color:#222") + "<style>@media (prefers-color-scheme:dark){p{color:red}}</style>", 'colours: the colour of “Hi” changed: light grey #eeeeee became yellow #ffd27f'),
    ("<style>@media (min-width:480px){.c{width:50%!important}}</style><div><div class=c style='display:inline-block;width:100%'>One</div><div class=c style='display:inline-block;width:100%'>Two</div></div>", "<style>@media (min-width:480px){.c{width:50%!important}}</style><div><div class=c style='display:inline-block;width:50%'>One</div><div class=c style='display:inline-block;width:50%'>Two</div></div>", 'sizes: the parts with “One” and “Two” take 50% now on small screens, and took all of the width'),
    ("<style>.c{width:100%}@media (min-width:480px){.c{width:50%}}</style><div style='display:flex;flex-wrap:wrap'><div class=c>One</div><div class=c>Two</div></div>", "<style>.c{width:50%}@media (min-width:480px){.c{width:50%}}</style><div style='display:flex;flex-wrap:wrap'><div class=c>One</div><div class=c>Two</div></div>", 'sizes: the parts with “One” and “Two” take 50% now on small screens, and took all of the width'),
    ("<style>.c{width:100%}@media (min-width:480px){.c{padding:0;width:50%}}</style><div><div class=c>One</div></div>", "<style>.c{width:100%;padding:20px}@media (min-width:480px){.c{padding:0;width:50%}}</style><div><div class=c>One</div></div>", 'spaces: the space around “One” is new: 20px on small screens; sizes: “One” is wider than the box around it now, and sticks out on the right on small screens'),
    ("<style>td{border:1px solid #ccc}@media (min-width:480px){td{border-width:5px}}</style><table><tr><td>One<td>Two<td></table>", "<style>td{border:2px solid #ccc}@media (min-width:480px){td{border-width:5px}}</style><table><tr><td>One<td>Two<td></table>", 'borders: the width of the border of “One” and “Two” changed: 1px became 2px on small screens'),
    ("<style>i{display:block;height:9px}@media (min-width:480px){i{height:40px}}</style><p>a</p><i></i><p>b</p>", "<style>i{display:block;height:20px}@media (min-width:480px){i{height:40px}}</style><p>a</p><i></i><p>b</p>", 'sizes: the height of the empty part below “a” changed: 9px became 20px on small screens'),
    ("<style>img{width:99px}@media (min-width:480px){img{width:300px}}</style><img src=a.png alt=Zoo>", "<style>img{width:200px}@media (min-width:480px){img{width:300px}}</style><img src=a.png alt=Zoo>", 'size of an image: the size of the picture “Zoo” changed: 99 wide became 200 wide on small screens'),
    # a picture is as high as its width makes it
    ("<style>img{height:auto}</style><img src=a.png alt=Zoo width=48 height=48>", "<style>img{height:auto}</style><img src=a.png alt=Zoo width=64 height=64>", 'size of an image: the size of the picture “Zoo” changed: 48 wide became 64 wide'),
    # a cell stands in the middle where neither it nor its row says otherwise, and has no place of its own where it is as high as its words
    *(
        (f"<table><tr {was[0]}><td {was[1]}>Hi<td>Plus<br>now</table>", f"<table><tr {now[0]}><td {now[1]}>Hi<td>Plus<br>now</table>", said)
        for was, now, said in (
            (("", "valign=top"), ("", ""), "alignment: the place of “Hi” between top and bottom changed: top became middle"),
            (("", ""), ("", "valign=middle"), NOTHING_SEEN),
            (("valign=top", ""), ("", "valign=top"), "alignment: the place of “Plus” between top and bottom changed: top became middle"),
            (("valign=top", ""), ("", ""), "alignment: the place of “Hi” and “Plus” between top and bottom changed: top became middle"),
        )
    ),
    ("<table><tr><td>Hi</table><p>x</p>", "<table><tr><td valign=top>Hi</table><p>x</p>", NOTHING_SEEN),
    ("<table><tr><td height=90>Hi</table><p>x</p>", "<table><tr><td height=90 valign=top>Hi</table><p>x</p>", 'alignment: the place of “Hi” between top and bottom changed: middle became top'),
    ("<table><tr><td style='vertical-align:top'><table><tr><td>Hi</table></table>", "<table><tr><td><table><tr><td style='vertical-align:top;padding:16px'>Hi</table></table>", 'spaces: the space around “Hi” changed: 1px became 16px'),
    # a value with another number after a line that stays is the same one, though another line stands elsewhere now
    *(
        (f"<table><tr><td {was}>Pill<br>One<td {was}>27,50 €</table><p>Nie mehr als zwei am Tag.</p>", f"<p>Nie mehr als drei am Tag.</p><table><tr><td {now}>Pill<br>One<td {now}>{price}</table>", f"text: “Nie mehr als drei am Tag.” now comes before “Pill”; text: Nie mehr als zwei am Tag. > Nie mehr als drei am Tag.; text after “One”: 27,50 € > 28,90 €{said}")
        for was, now, price, said in (
            ("style='border:1px solid #ccc'", "style='border:0'", "28,90 €", "; borders: the border of “Pill” and “28,90 €” is gone: 1px, light grey #cccccc"),
            ("", "style='border:1px solid #ccc'", "28,90 €", "; borders: the border of “Pill” and “28,90 €” is new: 1px, light grey #cccccc"),
            ("", "", "<b>28,90 €</b>", "; style of text: “28,90 €” is bold now"),
        )
    ),
    # a part that holds nothing but a picture grows as that does
    *(
        (f"<p>Hi</p>{ICON.format(20, 20, 20, more)}", f"<p>Hi</p>{ICON.format(*now, more)}", said)
        for now, more, said in (
            ((32, 32, 32), "", "size of an image: the size of the picture “fb.png” changed: 20 wide became 32 wide; sizes: the height of the part with the picture “fb.png” changed: 20px became 32px"),
            ((32, 40, 32), "", "size of an image: the size of the picture “fb.png” changed: 20 wide became 32 wide; sizes: the height of the part with the picture “fb.png” changed: 20px became 40px"),
            ((32, 32, 20), "", "sizes: the height of the part with the picture “fb.png” changed: 20px became 32px; sizes: the width of the part with the picture “fb.png” changed: 20px became 32px"),
            ((32, 32, 32), "x", "size of an image: the size of the picture “fb.png” changed: 20 wide became 32 wide; sizes: the height of the part with the picture “fb.png” changed: 20px became 32px; sizes: the width of the part from the picture “fb.png” to “x” changed: 20px became 32px"),
        )
    ),
    # a link at the beginning of a text is not the text; each side of a picture has its own rule
    ("<style>@media (max-width:480px){.k{display:none}}</style><p><a class=k href=x>Shop</a> or read on</p>", "<style>@media (max-width:600px){.k{display:none}}</style><p><a class=k href=x>Shop</a> or read on</p>", "sizes: the width of the screen at which something changes: 480px became 600px on small screens"),
    ("<style>@media (min-width:480px){img{width:300px!important}}</style><img src=a.png alt=A width=100 height=50>", "<style>@media (min-width:480px){img{width:300px!important}}</style><img src=a.png alt=A width=150 height=80>", "size of an image: the size of the picture “A” changed: 100 × 50 became 150 × 80"),
    ("<style>.z{display:flex;flex-direction:column}@media (min-width:480px){.z{flex-direction:row}}</style><div class=z><p>A</p><p>B</p></div>", "<style>.z{display:flex;flex-direction:column-reverse}@media (min-width:480px){.z{flex-direction:row}}</style><div class=z><p>A</p><p>B</p></div>", "layout: the parts from “A” to “B” stand in the opposite order now on small screens"),
    ("<p>اتصل بنا <span>+49 30 123</span> اليوم</p>", "<p>اتصل بنا <span dir=ltr>+49 30 123</span> اليوم</p>", "alignment: “+49 30 123” is read from left to right"),
    ("<table><tr><td rowspan=2 valign=top>Photo</td></tr><tr><td>Name<br>City</td></tr></table>", "<table><tr><td rowspan=2 valign=bottom>Photo</td></tr><tr><td>Name<br>City</td></tr></table>", "alignment: the place of “Photo” between top and bottom changed: top became bottom"),
    ("<div style='height:60px;background:#eee'><img src=a.png alt=A width=60></div>", "<div style='height:90px;background:#eee'><img src=a.png alt=A width=90></div>", "size of an image: the size of the picture “A” changed: 60 wide became 90 wide; sizes: the height of the part with the picture “A” changed: 60px became 90px"),
    # a number right after another one, as the price of a row with a picture, is called by what both are of
    *((f"<table>{head}{THUMBNAIL}<td>Lamp<td>1<td>£32{THUMBNAIL}<td>Vase<td>1<td>£7</table>", f"<table>{head}{THUMBNAIL}<td>Lamp<td>1<td>{lamp}{THUMBNAIL}<td>Vase<td>{vase}</table>", said) for head in ("", "<tr><th><th>Item<th>Qty<th>Price") for lamp, vase, said in (
        ("£34", "1<td>£7", "text after “Lamp, 1”: £32 > £34"), ("£32", "1<td>£8", "text after “Vase, 1”: £7 > £8"),
        ("£7", "1<td>£32", "text after “Lamp, 1”: £32 > £7; text after “Vase, 1”: £7 > £32"), ("£32", "2<td>£14", "text after “Vase”: 1 > 2; text after “Vase, 2”: £7 > £14"))),
    ("<p>Visits</p><p>12</p><p>14</p><p>16</p>", "<p>Visits</p><p>12</p><p>14</p><p>18</p>", "text after “Visits, 12, 14”: 16 > 18"),
    ("<p>12</p><p>16</p>", "<p>12</p><p>18</p>", "text after “12”: 16 > 18"),
    ("<p>Visits</p><div style='height:9px'>&nbsp;</div><p>16</p>", "<p>Visits</p><div style='height:9px'>&nbsp;</div><p>18</p>", "text after “Visits”: 16 > 18"),
    # what a rule for small screens or for dark mode stands over is seen on large screens, or in light mode
    *((f"<style>{rule}</style><p class=x style='{was}'>Hi there</p>", f"<style>{rule}</style><p class=x style='{now}'>Hi there</p>", said) for rule, was, now, said in (
        *((f"@media{blank}(max-width:480px){{.x{{{always}!important}}}}", was, now, said) for blank in (" ", "", " only screen and ") for always, was, now, said in (
            ("font-size:20px", "font-size:32px", "font-size:44px", "size of text: “Hi there” is larger: 32px became 44px on large screens"),
            ("text-align:left", "", "text-align:center", "alignment: “Hi there” stands in the middle on large screens"),
            ("padding:10px", "padding:10px", "padding:40px", "spaces: the space around “Hi there” changed: 10px became 40px on large screens"),
            ("border:0", "", "border:2px solid #c8a24a", "borders: the border of “Hi there” is new: 2px, yellow #c8a24a on large screens"))),
        ("@media (max-width:480px){.x{color:#333!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000 on large screens"),
        ("@media (max-width:320px){.x{color:#333!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000"),
        ("@media (max-width:1200px){.x{color:#333!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000"),
        ("@media (max-width:37.5em){.x{color:#333!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000 on large screens"),
        ("@media (prefers-color-scheme:dark){.x{color:#fff!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000 in light mode"),
        ("@media (max-width:480px) and (prefers-color-scheme:dark){.x{color:#fff!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000"),
        ("@media (max-width:480px){.x{color:#333!important}}@media (prefers-color-scheme:dark){.x{color:#fff!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000 on large screens in light mode"),
        ("@media (max-width:480px){.x{color:#600!important}}", "color:#060", "color:#600", "colours: the colour of “Hi there” changed: dark green #006600 became dark red #660000 on large screens"),
        ("@media (max-width:480px){.x{text-align:right!important}}", "text-align:left", "text-align:right", "alignment: “Hi there” stands on the right on large screens, and stood on the left"))),
    ("<style>@media (max-width:480px) and (prefers-color-scheme:dark){p{color:#eee}}</style><p>Hi there</p>", "<style>@media (max-width:480px) and (prefers-color-scheme:dark){p{color:#0f0}}</style><p>Hi there</p>", "colours: the colour of “Hi there” changed: light grey #eeeeee became green #00ff00 on small screens in dark mode"),
    ("<p style='padding:20px'>Hi</p>", "<p style='padding:30px 30px 20px 20px'>Hi</p>", "spaces: the space above and right of “Hi” changed: 20px became 30px"),
    # cells have a little space in them and between them where nothing is said, and lines of their own where a border is theirs
    *((f"<table {was}><tr><td {cell}>Salt</td><td>Pepper</td></tr></table>", f"<table {now}><tr><td {new}>Salt</td><td>Pepper</td></tr></table>", said) for was, cell, now, new, said in (
        ("", "", "style='border-collapse:collapse'", "", f"spaces: the distance between the cells of {OF_SALT} changed: 2px became 0"), ("cellspacing=4", "", "cellspacing=8", "", f"spaces: the distance between the cells of {OF_SALT} changed: 4px became 8px"),
        ("style='border-collapse:collapse'", "", "", "", f"spaces: the distance between the cells of {OF_SALT} changed: 0 became 2px"), ("cellspacing=0", "", "cellspacing=0 style='border-collapse:collapse'", "", UNSEEN), ("", "", "cellspacing=2", "", UNSEEN),
        ("style='border-collapse:collapse'", "", "style='border-collapse:collapse' cellspacing=9", "", UNSEEN),
        ("border=1 cellspacing=0", "", "border=1 cellspacing=0 style='border-collapse:collapse'", "", "borders: the lines between the cells from “Salt” to “Pepper” are single now, and were double"),
        ("", "", "", "style='padding:0'", "spaces: the space around “Salt” changed: 1px became 0"), ("", "style='padding:0 9px'", "", "", "spaces: the space above and below “Salt” changed: 0 became 1px; spaces: the space left and right of “Salt” changed: 9px became 1px"),
        ("", "", "", "style='padding:1px'", UNSEEN), ("cellpadding=0", "", "cellpadding=0", "style='padding:0'", UNSEEN), ("cellpadding=3", "", "cellpadding=3", "style='padding:8px'", "spaces: the space around “Salt” changed: 3px became 8px"),
        ("", "", "cellpadding=0", "", "spaces: the space in the cells from “Salt” to “Pepper” changed: 1px became 0"), ("cellpadding=1", "", "", "", UNSEEN))),
    # what covers all of a part hides its ground, and what says how wide something may be does not say how wide it is
    *((f"<style>@media (prefers-color-scheme:dark){{.c{{background:#111!important}}}}</style><div class=c style='background:#fff{more}'>{table}</div>", f"<style>@media (prefers-color-scheme:dark){{.c{{background:#040!important}}}}</style><div class=c style='background:#fff{more}'>{table}</div>", said) for more, table, said in (
        ("", "<table width='100%' style='background:#fff'><tr><td>Hi there</td></tr></table>", UNSEEN), *((more, table, "colours: the background around “Hi there” changed: dark grey #111111 became dark green #004400 in dark mode") for more, table in (
            (";padding:4px", "<table width='100%' style='background:#fff'><tr><td>Hi there</td></tr></table>"), ("", "<table width='90%' style='background:#fff'><tr><td>Hi there</td></tr></table>"),
            ("", "<table width='100%'><tr><td>Hi there</td></tr></table>"))))),
    ("<p>Hi there</p>", "<p style='vertical-align:super'>Hi there</p>", UNSEEN),
    ("<img src=a.png alt=Shop>", "<img src=a.png alt=Shop style='max-width:100%'>", "sizes: the picture “Shop” is at most as wide as what is around it now"),
    ("<p style='max-width:100%'>Hi</p>", "<p>Hi</p>", "sizes: the part with “Hi” is no longer at most as wide as what is around it"),
    ("<p style='max-height:20px'>Hi</p>", "<p style='max-height:40px'>Hi</p>", "sizes: the part with “Hi” is at most 40px high now, and was at most 20px high"),
    ("<p>Hi</p>", "<p style='overflow:hidden'>Hi</p>", "layout: what there is no room for in “Hi” is cut off now"), ("<p style='overflow:hidden'>Hi</p>", "<p>Hi</p>", "layout: what there is no room for in “Hi” is no longer cut off"),
    ("<img src=a.png alt=A>", "<img src=a.png alt=A style='filter:grayscale(1)'>", "layout: the look of the picture “A” changed"),
    # what a rule for small screens, or for dark mode, leaves as it is is seen on large ones, or in light mode, alone
    *(
        (WITHOUT_PHONES.format(*rule, *old), WITHOUT_PHONES.format(*rule, *new), said)
        for rule, old, new, said in (
            (("480px", "text-align:left"), ("text-align:left",), ("text-align:center",), "alignment: “Hi” stands in the middle on large screens, and stood on the left"),
            (("480px", "text-align:left"), ("",), ("text-align:center",), "alignment: “Hi” stands in the middle on large screens"),
            (("480px", "font-size:20px"), ("font-size:32px",), ("font-size:44px",), "size of text: “Hi” is larger: 32px became 44px on large screens"),
            (("480px", "font-size:20px"), ("font-size:20px",), ("font-size:44px",), "size of text: “Hi” is larger: 20px became 44px on large screens"),
            (("480px", "font-size:20px"), ("font-size:44px",), ("font-size:20px",), "size of text: “Hi” is smaller: 44px became 20px on large screens"),
            (("30em", "font-weight:400"), ("font-weight:400",), ("font-weight:700",), "style of text: “Hi” is bold now on large screens"),
            (("480px", "text-transform:none"), ("",), ("text-transform:uppercase",), "style of text: “Hi” is in capitals now on large screens"),
            (("480px", "padding:10px"), ("padding:10px",), ("padding:40px",), "spaces: the space around “Hi” changed: 10px became 40px on large screens"),
            (("480px", "background:#fff"), ("background:#eee",), ("background:#ff0",), "colours: the background around “Hi” changed: light grey #eeeeee became yellow #ffff00 on large screens"),
            (("480px", "width:100%"), ("width:400px",), ("width:500px",), "sizes: the width of the part with “Hi” changed: 400px became 500px on large screens"),
            (("480px", "border:0"), ("",), ("border:2px solid #ccc",), "borders: the border of “Hi” is new: 2px, light grey #cccccc on large screens"),
            (("480px", "border:0"), ("",), ("border-top:2px solid #ccc",), "borders: the border above “Hi” is new: 2px, light grey #cccccc on large screens"),
            (("480px", "border-color:#000"), ("",), ("border:2px solid #ccc",), "borders: the border of “Hi” is new: 2px, light grey #cccccc"),
            (("480px", "border-bottom:3px solid #000"), ("",), ("border:2px solid #ccc",), "borders: the border of “Hi” is new: 2px, light grey #cccccc"),
            (("480px", "color:red"), ("font-size:14px",), ("font-size:18px",), "size of text: “Hi” is larger: 14px became 18px"),
            (("320px", "font-size:9px"), ("font-size:14px",), ("font-size:18px",), "size of text: “Hi” is larger: 14px became 18px"),
        )
    ),
    *(
        (f"<style>{was}</style><p class=x style='color:{one}'>Hi</p>", f"<style>{now}</style><p class=x style='color:{other}'>Hi</p>", said)
        for was, one, now, other, said in (
            # nothing is seen at a time at which it is as it was, by whatever rule
            ("", "#000", "@media (max-width:480px){.x{color:#000!important}}", "#f00", "colours: the colour of “Hi” changed: black #000000 became red #ff0000 on large screens"),
            ("@media (max-width:480px){.x{color:#f00!important}}", "#000", "", "#f00", "colours: the colour of “Hi” changed: black #000000 became red #ff0000 on large screens"),
            ("", "#000", "@media (max-width:480px){.x{color:#f00!important}}", "#f00", "colours: the colour of “Hi” changed: black #000000 became red #ff0000"),
            ("@media (max-width:480px){.x{color:#fff!important}}", "#000", "@media (max-width:480px){.x{color:#333!important}}", "#f00", "colours: the colour of “Hi” changed: black #000000 became red #ff0000 on large screens; colours: the colour of “Hi” changed: white #ffffff became dark grey #333333 on small screens"),
            *(
                (rule, "#000", rule, "#f00", f"colours: the colour of “Hi” changed: black #000000 became red #ff0000{when}")
                for rule, when in (
                    ("@media(prefers-color-scheme:dark){.x{color:#fff!important}}", " in light mode"),
                    ("@media (max-width:480px){.x{color:#fff!important}}@media ( prefers-color-scheme:dark ){.x{color:#eee!important}}", " on large screens in light mode"),
                    ("@media (min-width:480px){.x{color:#fff!important}}@media (prefers-color-scheme:dark){.x{color:#eee!important}}", " on small screens in light mode"),
                    ("@media (max-width:480px){.x{color:#fff}}", ""),
                    ("@media (max-width:480px){.x:hover{color:#fff!important}}", ""),
                )
            ),
            ("@media (max-width:480px) and (prefers-color-scheme:dark){.x{color:#eee!important}}", "#000", "@media (max-width:480px) and (prefers-color-scheme:dark){.x{color:#0f0!important}}", "#000", "colours: the colour of “Hi” changed: light grey #eeeeee became green #00ff00 on small screens in dark mode"),
            ("@media (max-width:480px),(prefers-color-scheme:dark){.x{color:#eee!important}}", "#000", "@media (max-width:480px),(prefers-color-scheme:dark){.x{color:#0f0!important}}", "#000", "colours: the colour of “Hi” changed: light grey #eeeeee became green #00ff00 on small screens and in dark mode"),
            ("@media (prefers-color-scheme:light){.x{color:#eee!important}}", "#000", "@media (prefers-color-scheme:light){.x{color:#0f0!important}}", "#000", "colours: the colour of “Hi” changed: light grey #eeeeee became green #00ff00 in light mode"),
        )
    ),
    ("<style>@media (max-width:480px){.x{padding:0!important}}</style><p>Hi</p>", "<style>@media (max-width:480px){.x{padding:0!important}}</style><div class=x style='padding:20px'><p>Hi</p></div>", "spaces: the space around “Hi” is new: 20px on large screens"),
    ("<style>@media (max-width:480px){.x{width:100px!important}}</style><img class=x src=a.png alt=Zoo width=140>", "<style>@media (max-width:480px){.x{width:100px!important}}</style><img class=x src=a.png alt=Zoo width=180>", "size of an image: the size of the picture “Zoo” changed: 140 wide became 180 wide on large screens"),
    ("<style>@media (max-width:480px){.x{text-align:left!important}}</style><div class=x style='text-align:right'><img src=a.png alt=Zoo></div>", "<style>@media (max-width:480px){.x{text-align:left!important}}</style><div class=x style='text-align:center'><img src=a.png alt=Zoo></div>", "alignment: the picture “Zoo” stands in the middle on large screens, and stood on the right"),
    ("<div style='text-align:center'><div class=x><img src=a.png alt=Zoo></div></div>", "<style>@media (max-width:480px){.x{text-align:left!important}}</style><div style='text-align:center'><div class=x><img src=a.png alt=Zoo></div></div>", "alignment: the picture “Zoo” stands on the left on small screens, and stood in the middle"),
    ("<div class=x><p>Hi</p></div>", "<style>@media (max-width:480px){.x{text-align:left!important}}</style><div class=x><p>Hi</p></div>", NOTHING_SEEN),
    ("<p class=x style='border-top:2px solid #ccc'>Hi</p>", "<style>@media (max-width:480px){.x{border:0!important}}</style><p class=x style='border-top:2px solid #ccc'>Hi</p>", "borders: the width of the border above “Hi” changed: 2px became 0 on small screens"),
    # of a button, what it looks like itself counts
    *(
        (f"{rule}<td style='background:#246'><a class=x href=/x style='background:#246;display:inline-block'>Go</a></table>", f"{rule}<td style='background:#642'><a class=x href=/x style='background:#642;display:inline-block'>Go</a></table>", f"colours: the background of the button “Go” changed: dark blue #224466 became brown #664422{when}")
        for rule, when in (("<style>@media (prefers-color-scheme:dark){.x{background:#111!important}}</style><table>", " in light mode"), ("<style>@media (prefers-color-scheme:dark){td{background:#111!important}}</style><table>", ""))
    ),
    # a table covers the ground that it stands on only where it is always as wide, and stands without an edge
    *((f"<{tag} {ground % was}>{cover}</{tag.split()[0]}>", f"<{tag} {ground % now}>{cover}</{tag.split()[0]}>", said) for tag, ground, was, now, cover, said in (
        *(("div", "style='background:%s'", "#eee", "#036", f"<table width='100%' style='background:#fff{more}'><tr><td>Hi there</td></tr></table>", said) for more, said in (
            ("", UNSEEN), (";max-width:100%", UNSEEN), *((more, GROUND) for more in (";max-width:37.5em", ";opacity:.5", ";margin:4px", ";border-radius:6px", ";float:left")))),
        ("body", "style='background:%s'", "#eee", "#036", "<table width='100%' style='background:#fff'><tr><td>Hi there</td></tr></table>", "colours: the background of the whole email changed: light grey #eeeeee became dark blue #003366"),
        *(("div", "style='background:%s'", "#eee", "#036", f"<style>@media (max-width:480px){{.i{{{rule}!important}}}}</style><table class=i width='100%' style='background:#fff'><tr><td>Hi there</td></tr></table>", said) for rule, said in (
            ("color:#444", UNSEEN), ("background:transparent", GROUND), ("display:none", GROUND), ("width:300px", GROUND))))),
    *((f"<table {pad}><tr><td bgcolor=#eeeeee><table width='100%' bgcolor=#ffffff><tr><td>Hi there</td></tr></table></td></tr></table>", f"<table {pad}><tr><td bgcolor=#003366><table width='100%' bgcolor=#ffffff><tr><td>Hi there</td></tr></table></td></tr></table>", said) for pad, said in (
        ("cellpadding=20", GROUND), ("", GROUND), ("cellpadding=0", UNSEEN))),
    # the space that a table says is in its cells is that of the cells that say nothing
    *((f"{head}<table {was}><tr><td {cell}>Salt</td><td {cell}>Pepper</td></tr></table>", f"{head}<table {now}><tr><td {new}>Salt</td><td {new}>Pepper</td></tr></table>", said) for head, was, cell, now, new, said in (
        ("", "cellpadding=0", "style='padding:20px'", "", "style='padding:20px'", UNSEEN), ("", "", "style='padding:20px'", "cellpadding=4", "style='padding:20px'", UNSEEN),
        ("<style>td{padding:5px}</style>", "cellpadding=0", "", "", "", UNSEEN), ("", "cellpadding=5", "", "", "style='padding:5px'", UNSEEN), ("", "cellpadding=5", "", "cellpadding=0", "style='padding:8px'", "spaces: the space around “Salt” and “Pepper” changed: 5px became 8px"),
        ("", "cellpadding=10px", "", "cellpadding=10px", "style='padding:20px'", "spaces: the space around “Salt” and “Pepper” changed: 10px became 20px"))),
    # lines are double where both of two cells have one
    *((f"<table cellspacing=0 style='color:#111'><tr>{cells}</table>", f"<table cellspacing=0 style='color:#111;border-collapse:collapse'><tr>{cells}</table>", said) for cells, said in (
        *((f"<td style='{style}'>Salt{row}<td style='{style}'>Pepper", said) for style, row, said in (
            ("border:1px solid #000", "", SINGLE), ("border:1px solid #000", "<tr>", SINGLE), ("border-bottom:1px solid #000", "<tr>", UNSEEN), ("border-top:1px solid #000", "<tr>", UNSEEN), ("border-left:1px solid #000", "", UNSEEN),
            ("border:0", "", UNSEEN), ("border:none", "", UNSEEN), ("border:1px none #000", "", UNSEEN))),
        ("<td style='border:1px solid #000'>Salt", UNSEEN),
        ("<td><table cellspacing=0><tr><td style='border:1px solid #000'>Salt<td style='border:1px solid #000'>Pepper</table>", UNSEEN))),
    # a border that is gone on phones changed on large screens in whatever it is
    *((f"<style>@media (max-width:480px){{p{{border:{none}!important}}}}</style><p style='border:1px solid #ccc'>Hi there</p>", f"<style>@media (max-width:480px){{p{{border:{none}!important}}}}</style><p style='border:3px dashed #c00'>Hi there</p>", "borders: the width of the border of “Hi there” changed: 1px became 3px on large screens; borders: the line of the border of “Hi there” changed: solid became dashed on large screens; colours: the colour of a border of “Hi there” changed: light grey #cccccc became red #cc0000 on large screens") for none in ("none", "0")),
    # no limit is none
    *((f"<p style='{was}'>Hi</p>", f"<p style='{now}'>Hi</p>", said) for was, now, said in (
        ("max-height:50px", "max-height:none", "sizes: the part with “Hi” is no longer at most 50px high"), ("max-width:none", "", UNSEEN), ("", "max-height:none", UNSEEN), ("min-height:60px", "min-height:0", "sizes: the part with “Hi” is no longer at least 60px high"), ("", "min-width:0", UNSEEN))),
    # `and(` is a function to CSS, so that the rule never holds; `@media(` is a rule as any other
    ("<style>@media screen and(max-width:480px){p{color:red}}</style><p>Hello</p>", "<style>@media screen and (max-width:480px){p{color:red}}</style><p>Hello</p>", "colours: the colour of “Hello” on small screens is red #ff0000 now, and was the usual one"),
    ("<style>@media screen and(max-width:480px){p{color:red}}</style><p>Hello</p>", "<style>@media screen and(max-width:480px){p{color:blue}}</style><p>Hello</p>", UNSEEN),
    ("<style>@media(max-width:480px){p{color:red}}</style><p>Hello</p>", "<style>@media (max-width:480px){p{color:red}}</style><p>Hello</p>", UNSEEN),
    # what ends as a sentence is no name of what is counted below it
    ("<p>Hello Jane, thanks for shopping!</p><p>12</p><p>4</p>", "<p>Hello Jane, thanks for shopping!</p><p>12</p><p>5</p>", "text after “12”: 4 > 5"),
    # which of two equal links, of which one changed
    ("<p>A <a href=/1>Buy</a></p><p>B <a href=/2>Buy</a></p>", "<p>A <a href=/1>Buy</a></p><p>B <a href=/2 style='color:#c00'>Buy</a></p>", "colours: the colour of “Buy” (in “B Buy”) changed: blue #0000ee became red #cc0000"),
    ("<p>A <a href=/1>Buy</a></p><p>B <a href=/2>Buy</a></p>", "<p>A <a href=/1 style='color:#c00'>Buy</a></p><p>B <a href=/2 style='color:#c00'>Buy</a></p>", "colours: the colour of “Buy” and 1 more changed: blue #0000ee became red #cc0000"),
    ("<style>@media(max-width:480px){.h{color:#333}}</style><p>A <a href=/1>Buy</a></p><p>B <a class=h href=/2>Buy</a></p>", "<style>@media(max-width:480px){.h{color:#333;display:none}}</style><p>A <a href=/1>Buy</a></p><p>B <a class=h href=/2>Buy</a></p>", "layout: “Buy” (in “B Buy”) is hidden on small screens"),
    *(("<p>A <a href=/1 style='background:#036;color:#fff;padding:8px'>Buy</a></p><p>B <a href=/2 style='background:#036;color:#fff;padding:8px'>Buy</a></p>", f"<p>A <a href=/1 style='background:{one};color:#fff;padding:8px'>Buy</a></p><p>B <a href=/2 style='background:{other};color:#fff;padding:8px'>Buy</a></p>", f"colours: the background around “Buy” (in “{which} Buy”) changed: dark blue #003366 became dark red #660000") for one, other, which in (("#600", "#036", "A"), ("#036", "#600", "B"))),
    *(("<p>Salt Roads</p><a href=/1>Buy</a><p>Low Tides</p><a href=/1>Buy</a>", f"<p>Salt Roads</p>{one}<p>Low Tides</p>{other}", f"link “Buy” after “{which}”: /1 > -") for one, other, which in (("<a href=/1>Buy</a>", "", "Low Tides"), ("", "<a href=/1>Buy</a>", "Salt Roads"))),
    ("<p>Salt Roads</p><p>Low Tides</p><a href=/1>Buy</a>", "<p>Salt Roads</p><a href=/1>Buy</a><p>Low Tides</p><a href=/1>Buy</a>", "link “Buy” after “Salt Roads”: - > /1"),
    ("<p>Salt Roads</p><a href=/1>Buy</a><a href=/1>Buy</a>", "<p>Salt Roads</p><a href=/1>Buy</a>", "link “Buy”: /1 > -"),
    # pictures called alike are told by their files where they moved
    ("<p><img src=/a.jpg alt=Cover> Salt</p><p><img src=/b.jpg alt=Cover> Low</p>", "<p><img src=/b.jpg alt=Cover> Salt</p><p><img src=/a.jpg alt=Cover> Low</p>", "image: “Cover (b.jpg)” and “Cover (a.jpg)” have changed places"),
    ("<td><img src=/a.jpg alt=Cover><p>Salt</p><a href=/s>Buy</a></td><td><img src=/b.jpg alt=Cover><p>Low</p><a href=/t>Buy</a></td>".join(("<table><tr>", "</table>")), "<td><img src=/b.jpg alt=Cover><p>Low</p><a href=/t>Buy</a></td><td><img src=/a.jpg alt=Cover><p>Salt</p><a href=/s>Buy</a></td>".join(("<table><tr>", "</table>")), "image: “Cover (b.jpg)” and the 2 parts after it now come before “Cover (a.jpg)”"),
    # of how many groups the rows of a table are is not seen
    *((*pair, "unseen: what is written in the HTML changed, and nothing that is read or seen") for sides in [("<table><tbody><tr><td>Salt<td>9<tr><td>Low<td>5</table>", "<table><tbody><tr><td>Salt<td>9<tbody><tr><td>Low<td>5</table>")] for pair in (sides, sides[::-1])),
    ("<table><tbody><tr><td>Salt<td>9<tr><td>Low<td>5</table>", "<table><tbody><tr><td>Salt<td>9<tbody style='background:#c00'><tr><td>Low<td>5</table>", "layout: “Salt” and “Low” stand in two parts now, and stood in one"),
    # the borders at the sides of a part
    *((f"{start}{{}}{end}".format(old), f"{start}{{}}{end}".format(new), said.format(where)) for start, end, where in (
        ("<p style='", "'>Hello</p>", "“Hello”"),
        ("<div style='", "'><p>One</p><p>Two</p></div>", "the box from “One” to “Two”"),
        ("<p>A <span style='", "'>Pay</span> now</p>", "“Pay”")) for old, new, said in (
        ("border:1px solid #ccc", "border-top:1px solid #ccc", "borders: the border below, left and right of {0} is gone: 1px, light grey #cccccc"),
        ("border-top:1px solid #ccc", "border:1px solid #ccc", "borders: the border below, left and right of {0} is new: 1px, light grey #cccccc"),
        ("border:1px solid #ccc", "border:1px solid #ccc;border-bottom:none", "borders: the border below {0} is gone: 1px, light grey #cccccc"),
        ("border:1px solid #ccc", "border:1px solid #ccc;border-left:4px solid #c00", "borders: the width of the border left of {0} changed: 1px became 4px; colours: the colour of the border left of {0} changed: light grey #cccccc became red #cc0000"),
        ("border:1px solid #ccc", "border-width:1px 0;border-style:solid;border-color:#ccc", "borders: the border left and right of {0} is gone: 1px, light grey #cccccc"),
        ("border:1px solid #ccc", "border:1px solid;border-color:#ccc #000", "colours: the colour of the border left and right of {0} changed: light grey #cccccc became black #000000"),
        ("border:1px solid #ccc", "border-top:1px solid #ccc;border-right:1px solid #ccc;border-bottom:1px solid #ccc;border-left:1px solid #ccc", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
        ("border-left:1px solid #ccc;border-right:1px solid #ccc", "border-top:1px solid #ccc;border-bottom:1px solid #ccc", "borders: the border above and below {0} is new: 1px, light grey #cccccc; borders: the border left and right of {0} is gone: 1px, light grey #cccccc"),
        ("", "border-left:1px solid #111;border-top:2px solid #222;border-right:3px solid #333", "borders: the border of {} is new"))),
    ("<p>a</p><hr style='border:1px solid #ccc'>", "<p>a</p><hr style='border-top:1px solid #ccc'>", "borders: the look of the line across below “a” changed"),
    ("<style>@media (max-width:480px){p{border:0!important}}</style><p style='border-left:1px solid #ccc;border-right:1px solid #ccc'>Hi</p>", "<style>@media (max-width:480px){p{border:0!important}}</style><p>Hi</p>", "borders: the border of “Hi” is gone: 1px, light grey #cccccc on large screens"),
    ("<style>@media (max-width:480px){p{border:0}}</style><p style='border-left:1px solid #ccc;border-right:1px solid #ccc'>Hi</p>", "<style>@media (max-width:480px){p{border:0}}</style><p>Hi</p>", "borders: the border of “Hi” is gone: 1px, light grey #cccccc"),
    ("<p>A <span style='border:1px solid red'>new</span> b</p>", "<p>A <span style='border-top:1px solid red'>hot</span> b</p>", "text: A new b > A hot b; borders: there is no border below, left and right of the new “hot”, and what it replaced had one"),
    # the lines around the cells of a table
    *((f"<table{old}><tr><td>Oak</td><td>Elm</td></tr></table>", f"<table{new}><tr><td>Oak</td><td>Elm</td></tr></table>", said) for old, new, said in (
        ("", " border=3", "borders: the border of the box from “Oak” to “Elm” is new: 3px; borders: the cells from “Oak” to “Elm” have lines around them now"),
        (" border=1", " border=0", "borders: the border of the box from “Oak” to “Elm” is gone; borders: the cells from “Oak” to “Elm” no longer have lines around them"),
        ("", " border=1 style='border:0'", "borders: the cells from “Oak” to “Elm” have lines around them now"),
        (" border=1", " border=2", "borders: the width of the border of the box from “Oak” to “Elm” changed: 1px became 2px"),
        ("", " style='border:1px solid red'", "borders: the border of the box from “Oak” to “Elm” is new: 1px, red #ff0000"),
        (" border=1", " border=1 rules=none", "borders: the cells from “Oak” to “Elm” no longer have lines around them; layout: the layout of “Oak” changed"))),
    ("<table><tr><td>Oak</td><td style='border:0'>Elm</td></tr></table>", "<table border=1><tr><td>Oak</td><td style='border:0'>Elm</td></tr></table>", "borders: the border of the box from “Oak” to “Elm” is new: 1px"),
    ("<table><tr><td><table><tr><td>Oak</td><td>Elm</td></tr></table></td></tr></table>", "<table border=1><tr><td><table><tr><td>Oak</td><td>Elm</td></tr></table></td></tr></table>", "borders: the border of the box from “Oak” to “Elm” is new: 1px"),
    *((f"<div style='{was}'><p>Hi there</p><p>You</p></div><p>Bye</p>", f"<div style='{now}'><p>Hi there</p><p>You</p></div><p>Bye</p>", said) for was, now, said in (
        ("border:1px solid #ccc", "border:1px solid #ccc;border-bottom:0", "borders: the border below the box from “Hi there” to “You” is gone: 1px, light grey #cccccc"), ("border-left:1px solid #ccc", "border:1px solid #ccc", "borders: the border above, below and right of the box from “Hi there” to “You” is new: 1px, light grey #cccccc"),
        ("border:1px solid #ccc", "border:1px solid #ccc;border-top:3px solid #c00", "borders: the width of the border above the box from “Hi there” to “You” changed: 1px became 3px; colours: the colour of the border above the box from “Hi there” to “You” changed: light grey #cccccc became red #cc0000"),
        ("border-style:solid;border-width:1px 2px 3px", "border-style:solid;border-width:1px 2px 4px 2px", "borders: the width of the border below the box from “Hi there” to “You” changed: 3px became 4px"),
        ("border-top:2px solid #ccc;border-right:1px solid #ccc;border-bottom:1px solid #ccc;border-left:1px solid #ccc", "border:1px solid #ccc;border-top-width:2px", UNSEEN))),
    # a rule that takes away the border at some sides, or has it there alone
    *((f"<style>p{{border:1px solid}}{was}</style><p>Hi</p>", f"<style>p{{border:1px solid{more}}}{now}</style><p>Hi</p>", said) for was, more, now, said in (
        ("", "", "@media (max-width:480px){p{border-top:0}}", "borders: the width of the border above “Hi” changed: 1px became 0 on small screens"),
        ("@media (max-width:480px){p{border-top:0}}", "", "", "borders: the width of the border above “Hi” changed: 0 became 1px on small screens"),
        ("", "", "@media (max-width:480px){p{border-left:0;border-right:0}}", "borders: the width of the border left and right of “Hi” changed: 1px became 0 on small screens"),
        ("", "", "@media (prefers-color-scheme:dark){p{border-bottom-width:0}}", "borders: the width of the border below “Hi” changed: 1px became 0 in dark mode"),
        ("@media (max-width:480px){p{border-top:0}}", ";border-top:0", "", "borders: the width of the border above “Hi” changed: 1px became 0 on large screens"))),
    ("<style>p{border-style:solid;border-width:1px 2px}</style><p>Hi</p>", "<style>p{border-style:solid;border-width:1px 2px}@media (max-width:480px){p{border-left:0}}</style><p>Hi</p>", "borders: the width of the border left of “Hi” changed: 2px became 0 on small screens"),
    ("<style>p{color:#111}</style><p>Hi</p>", "<style>p{color:#111}@media (max-width:480px){p{border-top:0}}</style><p>Hi</p>", UNSEEN),
    # cells that have a space of their own at one side have that of the table at the others
    *((f"<table cellpadding=10><tr><td style='{was}'>Salt</td>{other % was}</tr></table>", f"<table cellpadding=20><tr><td style='{now}'>Salt</td>{other % now}</tr></table>", said) for was, now, other, said in (
        ("padding-left:0", "padding-left:0", "<td style='%s'>Pepper</td>", "spaces: the space in the cells from “Salt” to “Pepper” changed: 10px became 20px"), ("padding-left:0", "padding-left:0", "<!--%s-->", "spaces: the space above, below and right of “Salt” changed: 10px became 20px"),
        ("", "padding-bottom:0", "<td style='%s'>Pepper</td>", "spaces: the space below “Salt” and “Pepper” changed: 10px became 0; spaces: the space in the cells from “Salt” to “Pepper” changed: 10px became 20px"),
        ("padding:5px", "padding:5px", "<td style='%s'>Pepper</td>", UNSEEN))),
    # a line of a cell may meet that of the table
    *((f"<table cellspacing=0 style='border:1px solid'><tr><td style='{cell}'>Salt<tr><td style='{cell}'>Pepper</table>", f"<table cellspacing=0 style='border:1px solid;border-collapse:collapse'><tr><td style='{cell}'>Salt<tr><td style='{cell}'>Pepper</table>", said) for cell, said in (
        ("border-bottom:1px solid", SINGLE), ("border-top:1px solid", SINGLE), ("border-left:1px solid", SINGLE), ("border:0", UNSEEN))),
    # of a list of media, only what cannot be read never holds
    *(("<p>Hi</p>", f"<style>@media {media}{{p{{color:red}}}}</style><p>Hi</p>", said) for media, said in (
        ("print,screen and(max-width:480px)", "colours: the colour of “Hi” when printed is red #ff0000 now, and was the usual one"),
        ("(max-width:480px),screen and(max-width:400px)", "colours: the colour of “Hi” on small screens is red #ff0000 now, and was the usual one"), ("screen and(max-width:480px),all and(color)", UNSEEN))),
    # the width of all that is in an email is that of the email
    ("<body><div style='max-width:600px'><img src=a.png alt=Oak><p>Hi you</p></div>", "<body><div style='max-width:680px'><img src=a.png alt=Oak><p>Hi you</p></div>", 'sizes: the width of the whole email changed: 600px became 680px'),
    ("<body><table width=600><tr><td><p>Hi</p><p>you</p></td></tr></table>", "<body><table width=680><tr><td><p>Hi</p><p>you</p></td></tr></table>", 'sizes: the width of the whole email changed: 600px became 680px'),
    ("<table align=center style='float:none'><tr><td><a href=/a><img src='/f.png' alt=''></a></td></tr></table>", "<table><tr><td><a href=/a><img src='/f.png' alt=''></a></td></tr></table>", 'alignment: the picture “f.png” no longer stands in the middle'),
    ("<p align=right>Go</p>", "<p>Go</p>", 'alignment: “Go” no longer stands on the right'),
    ("<p>Hi</p><!--[if mso]><table><tr><td></td></tr></table><![endif]-->", "<p>Hi</p><!--[if mso]><table><tr><td></td><td></td></tr></table><![endif]-->", 'for Outlook: what is written for Outlook on Windows changed, and nothing that is seen'),
    ("<!--[if mso]><table bgcolor='#eeeeee'><tr><td><![endif]--><div style='background:#eee'>Hi</div><!--[if mso]></td></tr></table><![endif]-->", "<!--[if mso]><table bgcolor='#ffffff'><tr><td><![endif]--><div style='background:#fff'>Hi</div><!--[if mso]></td></tr></table><![endif]-->", 'colours: the background around “Hi” changed: light grey #eeeeee became white #ffffff'),
    ("<!--[if mso]><table bgcolor='#eeeeee'><tr><td></td></tr></table><table bgcolor='#ffffff'><tr><td></td></tr></table><![endif]--><p>A</p><p>B</p>", "<!--[if mso]><table bgcolor='#ffffff'><tr><td></td></tr></table><table bgcolor='#eeeeee'><tr><td></td></tr></table><![endif]--><p>B</p><p>A</p>", 'text: “B” now comes before “A”'),
    ("<meta name=viewport content='width=device-width'><p>Hi</p>", "<p>Hi</p>", 'for mail programs: how phones fit the email to the screen changed'),
    ("<hr><p>Hi</p><!--[if mso]><table><tr><td></td></tr></table><![endif]-->", "<p>Hi</p>", 'layout: a line across above “Hi” is gone'),
]  # fmt: skip


def in_a_line(old: str, new: str) -> str:
    def shown(text: str | None) -> str:
        return "-" if text is None else text

    return "; ".join(
        f"{part}: {sentence if sentence else f'{shown(was)} > {shown(now)}'}"
        for part, was, now, sentence, *_ in html_changes(old, new)
    )


@walked(("old", "new", "said"), PAIRS)
def test_a_change_is_said_as_its_reader_sees_it(old: str, new: str, said: str) -> None:
    assert in_a_line(old, new) == said
    assert in_a_line(new, new) == ""


HTML_ATTRIBUTES = [
    "accesskey",
    "align",
    "alt",
    "background",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "checked",
    "class",
    "cols",
    "color",
    "colspan",
    "content",
    "dir",
    "disabled",
    "draggable",
    "face",
    "for",
    "headers",
    "height",
    "hidden",
    "href",
    "hspace",
    "id",
    "inert",
    "label",
    "lang",
    "list",
    "max",
    "min",
    "multiple",
    "name",
    "noshade",
    "nowrap",
    "popover",
    "readonly",
    "rel",
    "required",
    "reversed",
    "rows",
    "rowspan",
    "scope",
    "selected",
    "size",
    "sizes",
    "slot",
    "span",
    "spellcheck",
    "src",
    "srcset",
    "start",
    "summary",
    "tabindex",
    "target",
    "title",
    "translate",
    "type",
    "usemap",
    "valign",
    "value",
    "vspace",
    "width",
    "wrap",
]
OWN_WORDS = (
    "row",
    "gap",
    "place",
    "hidden",
    "stacked",
    "breakpoint",
    "tag",
    "hr",
    "open",
    "part",
    "start",
    "script",
    "image-size",
)
NAMES = sorted({*(slug.removeprefix("css-") for slug in client_data().features), *OWN_WORDS, *HTML_ATTRIBUTES})  # fmt: skip


VALUES = [("", "1px"), ("10px", "none"), ("a b", "-1"), ("auto", "")]


@pytest.mark.parametrize("values", one_in(4, [(values,) for values in VALUES]))
def test_whatever_a_property_or_an_attribute_is_called_it_stops_nothing(values: tuple[str, str]) -> None:
    for name in NAMES if FUZZ > 1 else NAMES[VALUES.index(values) :: len(VALUES)]:
        for written in ('style="{name}:{value}"', '{name}="{value}"'):
            was, now = (
                f"<p>Above</p><div {written.format(name=name, value=one)}>Here</div>" for one in values
            )
            said = in_a_line(was, now)
            assert said, name
            assert "<" not in said, name


@given(
    st.integers(3, 6),
    st.lists(st.tuples(st.sampled_from([0, 1, 9]), st.integers(1, 6), st.integers(0, 2)), max_size=3),
    st.data(),
)
def test_a_table_of_any_shape_may_lose_a_column(
    width: int, across: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    """Rows such as a title or a total, which span some columns, stand above, below and between."""
    lost = data.draw(st.integers(0, width - 1))

    def table(*columns: int) -> str:
        rows = ["".join(f"<td>{row}-{column}</td>" for column in columns) for row in range(3)]
        for place, span, more in across:
            rows.insert(place, f'<td colspan="{span}">across</td>{"<td>1</td>" * more}')
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    was, now = table(*range(width)), table(*(each for each in range(width) if each != lost))
    assert in_a_line(was, now)
    assert in_a_line(now, was)


def test_an_equal_rule_for_dark_mode_is_the_same_change_in_each_email() -> None:
    dark = "<style>@media (prefers-color-scheme:dark){body{background:#111!important;color:#eee!important}}</style>"
    emails = [
        "<p>Your hold expired</p>",
        "<div style='background:#fff'><h1>Welcome</h1><p>A <b>new</b> branch</p></div>",
    ]
    found = [
        [
            (change.part, change.detail, change.about)
            for change in html_changes(f"<body>{each}", f"{dark}<body>{each}")
        ]
        for each in emails
    ]
    assert [part for part, *_ in found[0]] == ["colours", "colours"]
    assert found[0] == found[1]


def test_what_changed_unseen_is_the_same_change_in_each_email() -> None:
    emails = ["<p>Your hold<!-- v1 --> expired</p>", "<h1>Welcome<!-- v1 --></h1>"]
    found = [[*html_changes(each, each.replace("v1", "v2"))] for each in emails]
    assert [part for part, *_ in found[0]] == ["unseen"]
    assert found[0] == found[1]


def test_where_many_lines_stand_is_a_change_of_these_lines() -> None:
    names = [f"Name {letter}" for letter in "abcdefghijkl"]
    left, middle = ("".join(f"<p{at}>{name}</p><hr>" for name in names) for at in ("", " align=center"))
    (change,) = html_changes(left, middle)
    assert (change.part, change.about) == ("alignment", "\n".join(names))


def sized(size: str) -> str:
    return f"<h1>Bring gloves</h1><p>It is cold outside.</p><p style='font-size:{size}'>Hill Road 9</p>"


@walked(
    ("email", "begins"),
    [
        *((sized(size), 2) for size in ("12px", "11.5px", "9pt", "0.8em", ".8rem", "80%", "xx-small", "x-small", "small", "smaller")),
        *((sized(size), 3) for size in ("16px", "12pt", "1em", "1rem", "100%", "medium", "large", "20px", "inherit", "")),
        # up to what is read above it as part of the message
        ("<p>It is cold outside.</p><p>Questions? office@acme.test</p><h2>Where</h2><p>At Hill Road 9.</p>", 4),
        ("<p>It is cold outside.</p><small>Now</small><h2>Where</h2><small>Hill Road 9</small>", 3),
        ("<p>It is cold outside.</p><small>Now</small><a href=/a style='background:red;padding:9px'>Go</a><small>Hill Road 9</small>", 3),
        ("<p>It is cold outside.</p><small>Now</small><p>At Hill Road 9.</p>", 3),
        ("<p>It is cold outside.</p><small>Now</small><img src=a alt=Acme><small>Hill Road 9</small>", 1),
        ("<p>It is cold outside.</p><p>© Acme</p><p>At Hill Road 9.</p>", 1),
        ("", 0),
    ],
)  # fmt: skip
def test_the_fine_print_is_what_ends_an_email_in_small_type_or_with_whom_to_write_to(
    email: str, begins: int
) -> None:
    assert fine_print(parsed(email)) == begins


UNSEEN = [
    ("<p style='color:#ffffff;background:#000'>a</p>", "<p style='background:#000000; color:white'>a</p>"),
    ("<p class='a' id='b'>a</p>", "<p id='b' class='a'>a</p>"),
    ("<p>Dear Ann, hello.</p>", "<p><span>Dear Ann,</span> hello.</p>"),
    ("<p>a</p><p>b</p>", "<div class='x'><p>a</p><p>b</p></div>"),
    ("<a href='/a'>b</a>", "<a href='/a' target='_blank'>b</a>"),
    (
        "<style>@media (max-width:480px){.a{color:red}}</style><p class='a'>a</p>",
        "<style>@media (max-width:480px){.b{color:red}}</style><p class='b'>a</p>",
    ),
    ("<p style='margin:0px'>a</p>", "<p style='margin:0 0'>a</p>"),
    ("<b>Hi</b>", "<strong>Hi</strong>"),
    ("<p style='color:red'>a</p>", "<div style='color:red'><p>a</p></div>"),
    ("<meta charset='utf-8'><p>a</p>", "<meta charset='UTF-8'><p>a</p>"),
    ("<td bgcolor='#000'>a", "<td style='background-color:#000000'>a"),
    ("<p data-id='1'>a</p>", "<p data-id='2'>a</p>"),
    *(  # where there are no words
        ("<p>a</p><div style='height:9px'></div>", f"<p>a</p><div style='height:9px;{said}'></div>")
        for said in (
            "color:red",
            "font-weight:bold",
            "font-style:italic",
            "font-family:Arial",
            "letter-spacing:3px",
            "text-decoration:underline",
        )
    ),
    ("<p style='font-family:Arial;width:10PX'>a</p>", "<p style='font-family:arial;width:10px'>a</p>"),
]


@walked(("old", "new"), UNSEEN)
def test_what_nobody_sees_is_no_other_look(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert in_a_line(before, after) == (
            "unseen: what is written in the HTML changed, and nothing that is read or seen"
        )


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "a", "b", " ", "<b>", "</b>", "<a href='/x?y=1'>", "</a>", "<img src=z alt=w>", "<!-- c -->",
         "<td style='color:red'>", "<table>", "</table>", "<style>p{top:1px}</style>", "<br>", "&lt; ", "< ", "<div hidden>", "</div>"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@example("a<table>a", "<table>&lt; <td style='color:red'>a")
@given(PIECES, PIECES)
def test_other_markup_is_always_a_change_and_no_tag_is_ever_shown(old: str, new: str) -> None:
    changes = list(html_changes(old, new))
    assert bool(changes) == (old != new)
    for change in changes:
        assert not re.search(r"<(/?(p|b|a|img|td|table|style|div|br)\b|!--)", " ".join(filter(None, change)))


@pytest.mark.parametrize(
    "piece",
    one_in(3, ["<p>{n}</p>", "<td style='color:#{n}'>x</td>", "<a href='/{n}?q={n}'>x</a>", "<b>x</b> "]),
)
def test_a_long_body_is_compared_in_bounded_work(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in what pairs of blocks are weighed: time would depend on the machine."""
    from novu_framework_testing.snapshots import block_pairs

    weighed = 0
    likeness = block_pairs._likeness

    def counted(*blocks: block_pairs.Block) -> float:
        nonlocal weighed
        weighed += 1
        return likeness(*blocks)

    monkeypatch.setattr(block_pairs, "_likeness", counted)
    old = "".join(piece.format(n=n) for n in range(1_000))
    new = "".join(piece.format(n=n) for n in range(500, 1_750, 2))
    assert len(list(html_changes(old, new))) >= 1
    assert weighed <= 2 * block_pairs._PAIRS * 60


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("text-align", "the alignment changed"),
        ("valign", "the place between top and bottom changed: center became right"),
        ("tag", "the layout changed"),
        ("srcset", "the picture for some screens changed"),
        ("role", "what screen readers are told changed"),
    ],
)
def test_what_is_seen_at_no_words_is_said_without_them(name: str, said: str) -> None:
    [look] = looks([LookDifference(name, "center", "right")])
    assert look.sentence == said


HELLO = "<p>Hello Ann</p>"
NEW_PLACES = [
    ("<p>Your parcel is here.</p><p>We close at six.</p>", "<p>Your parcel is here.</p><p>Bring a card.</p><p>We close at six.</p>", "text, after “Your parcel is here.”: Bring a card."),
    (HELLO, "<p>Bring a card.</p>" + HELLO, "text, at the beginning: Bring a card."),
    (HELLO, HELLO + "<h2>More</h2>", "heading, after “Hello Ann”: More"),
    (HELLO + "<ul><li>Tea</li><li>Cake</li></ul>", HELLO + "<ul><li>Tea</li><li>Scone</li><li>Cake</li></ul>", "list item, after “Tea”: Scone"),
    *((HELLO + f"<table>{head}<tr><td>Salt<td>£1<tr><td>Low<td>£2</table>", HELLO + f"<table>{head}{first}<tr><td>Salt<td>£1{more}<tr><td>Low<td>£2</table>", said) for head, first, more, said in (
        ("", "", "<tr><td>New<td>£9", "row, after “Salt”: New, £9"), ("<tr><th>Item<th>Price", "", "<tr><td>New<td>£9", "row, after “Salt”: New, £9"),
        ("<tr><th>Item<th>Price", "<tr><td>New<td>£9", "", "row: New, £9"), ("", "<tr><td>New<td>£9", "", "row, after “Hello Ann”: New, £9"))),
    ("<p>£5</p>", "<p>£5</p><p>Bring a card.</p>", "text: Bring a card."),
    (HELLO, HELLO + "<img src=x.png alt=Map><p>Bring a card.</p>", "image “Map”: x.png; text, after “Map”: Bring a card."),
    (HELLO, "<div style='display:none'>Early</div><p>Bring a card.</p>" + HELLO, "preview text: Early; text, at the beginning: Bring a card."),
    (HELLO + "<p>Bring a card.</p>", HELLO, "text: None"),
]  # fmt: skip


@walked("old, new, said", NEW_PLACES)
def test_it_is_said_where_something_new_stands(old: str, new: str, said: str) -> None:
    changes = [change_of(each) for each in html_changes(old, new)]
    assert "; ".join(f"{each.name}: {each.new}" for each in changes) == said
    assert all(each.lines()[0].startswith(each.name) for each in changes)
