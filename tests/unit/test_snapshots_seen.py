"""What looks different by the rules of its style sheets, by its pictures, its empty lines, and of what moved."""

from __future__ import annotations

from tests.unit.test_snapshots_html_diff import in_a_line

PAIRS: list[tuple[str, str, str]] = [
    ("<style>@media (max-width:480px){.a{display:none}}</style><p class=a>a</p><p>b</p>", "<p class=a>a</p><p>b</p>", "layout: “a” is no longer hidden on small screens"),
    ("<p>a</p><p>b</p>", "<style>@media (max-width:480px){.a{display:none}}@media print{.a{display:none}}</style><p class=a>a</p><p>b</p>", "layout: “a” is hidden on small screens and when printed"),
    ("<style>@media (max-width:480px){.a{display:block!important}}</style><p class=a style='display:none'>a</p><p>b</p>", "<p class=a style='display:none'>a</p><p>b</p>", "preview text: “a” is preview text now, and was a text"),
    ("<style>@media (max-width:480px){.a{opacity:0}}</style><p class=a>a</p><p>b</p>", "<p class=a>a</p><p>b</p>", "layout: “a” is no longer hidden on small screens"),
    ("<style>@media (max-width:480px){.a{max-height:0}}</style><p class=a>a</p><p>b</p>", "<p class=a>a</p><p>b</p>", "layout: “a” is no longer hidden on small screens"),
    ("<style>@media (max-width:480px){.a{display:none}}</style><div class=a><p>a</p></div><p>b</p>", "<style>@media (max-width:480px){.a{display:none}}</style><div><p>a</p></div><p>b</p>", "layout: “a” is no longer hidden on small screens"),
    ("<p>b</p><p style='mso-hide:all'>a</p>", "<p>b</p><p>a</p>", "text: “a” is a text now, and was hidden text"),
    ("<style>@media (max-width:480px){p{color:red}}</style><p>a</p>", "<style>@media (max-width:600px){p{color:red}}</style><p>a</p>", "sizes: the width of the screen at which something changes: 480px became 600px on small screens"),
    ("<style>@media (max-width:480px){p{color:red}}</style><p>a</p>", "<style>@media (max-width:600px){p{color:blue}}</style><p>a</p>", "colours: the colour of “a” on small screens is the usual one now, and was red #ff0000; colours: the colour of “a” on small screens is blue #0000ff now, and was the usual one"),
    ("<style>@media (max-width:480px){p{color:red}}@media (max-width:500px){b{color:red}}</style><p>a</p>", "<style>@media (max-width:600px){p{color:red}}@media (max-width:700px){b{color:red}}</style><p>a</p>", "sizes: the width of the screen at which something changes: 480px became 600px on small screens; sizes: the width of the screen at which something changes: 500px became 700px on small screens"),
    ("<style>@media (min-width:480px) and (max-width:600px){p{color:red}}</style><p>a</p>", "<style>@media (min-width:481px) and (max-width:601px){p{color:red}}</style><p>a</p>", "sizes: the width of the screen at which something changes: 480px and 600px became 481px and 601px on small screens"),
    ("<style>@media (max-width:480px){p{color:red}}</style><p>a</p>", "<style>@media (min-width:480px){p{color:red}}</style><p>a</p>", "colours: the colour of “a” on small screens is the usual one now, and was red #ff0000; colours: the colour of “a” on large screens is red #ff0000 now, and was the usual one"),
    ("<style>@media (max-width:480px){p{color:red}i{top:1px}}@media (max-width:500px){p{color:red}b{top:1px}i{top:1px}}</style><p>a</p>", "<style>@media (max-width:600px){p{color:red}b{top:1px}i{top:1px}}</style><p>a</p>", "colours: the colour of “a” on small screens is the usual one now, and was red #ff0000; sizes: the width of the screen at which something changes: 500px became 600px on small screens"),
    ("<style>#outlook a{padding:0}</style><p>a</p>", "<p>a</p>", "unseen: what is written in the HTML changed, and nothing that is read or seen"),
    ("<style>.ExternalClass{width:100%}</style><p>a</p>", "<style>.ExternalClass{width:50%}</style><p>a</p>", "sizes: the part takes 50% now in some mail programs, and took all of the width"),
    ("<style>.ExternalClass .a{color:red}</style><p class=a>Hi</p>", "<style>.ExternalClass .a{color:blue}</style><p class=a>Hi</p>", "colours: the colour of “Hi” changed: red #ff0000 became blue #0000ff in some mail programs"),
    ("<style>u + .a .b{color:#ff0000}</style><p class=b>Hi</p>", "<style>u + .a .b{color:#0000ff}</style><p class=b>Hi</p>", "colours: the colour of “Hi” changed: red #ff0000 became blue #0000ff in some mail programs"),
    ("<style>.moz-text-html .a{width:5px}@media print{.a{width:5px}}</style><p class=a>Hi</p>", "<style>.moz-text-html .a{width:6px}@media print{.a{width:6px}}</style><p class=a>Hi</p>", "sizes: the width of the part with “Hi” changed: 5px became 6px when printed"),
    ("<style>.moz-text-html .a{width:5px}</style><p class=a>Hi</p>", "<style>.moz-text-html .a{width:6px}</style><p class=a>Hi</p>", "sizes: the width of the part with “Hi” changed: 5px became 6px in some mail programs"),
    ("<style>p:nth-child(2n){color:#ff0000}</style><p>Hi</p>", "<style>p:nth-child(2n){color:#0000ff}</style><p>Hi</p>", "colours: the colour of “Hi” changed: red #ff0000 became blue #0000ff"),
    ("<style>@media print{p:nth-of-type(2n of x){color:#ff0000}}</style><p>Hi</p>", "<style>@media print{p:nth-of-type(2n of x){color:#0000ff}}</style><p>Hi</p>", "colours: the colour changed: red #ff0000 became blue #0000ff when printed"),
    ("<img src=a.png alt=A width=10>", "<img src=a.png alt=A width=20>", "size of an image: the size of the picture “A” changed: 10 wide became 20 wide"),
    ("<img src=a.png alt=A width=10 height=5>", "<img src=a.png alt=A width=10>", "size of an image: the size of the picture “A” changed: 10 × 5 became 10 wide"),
    ("<img src=a.png alt=A>", "<img src=a.png alt=A height=5>", "size of an image: the size of the picture “A” is new: 5 high"),
    ("<p align=center><img src=a.png alt=A></p>", "<p align=right><img src=a.png alt=A></p>", "alignment: the picture “A” stands on the right, and stood in the middle"),
    ("<img src=a.png alt=A align=left>x", "<img src=a.png alt=A align=right>x", "alignment: the picture “A” stands on the right, and stood on the left"),
    ("<picture><source srcset=b.png><img src=a.png alt=A></picture>", "<picture><source srcset=c.png><img src=a.png alt=A></picture>", "size of an image: the picture “A” for some screens changed"),
    ("<picture><source srcset=b.png><img src=a.png alt=A></picture>", "<img src=a.png alt=A>", "size of an image: the picture “A” for some screens is gone; layout: the layout of the picture “A” changed"),
    ("<table width=300><tr><td><img src=a.png alt=A width=100%></td></tr></table><p>x</p>", "<table width=400><tr><td><img src=a.png alt=A width=100%></td></tr></table><p>x</p>", "size of an image: the size of the picture “A” changed: 300 wide became 400 wide"),
    ("<table width=300><tr><td><a href=/a><img src=a.png alt=A width=100%></a></td></tr></table><p>x</p>", "<table width=400><tr><td><a href=/a><img src=a.png alt=A width=100%></a></td></tr></table><p>x</p>", "size of an image: the size of the picture “A” changed: 300 wide became 400 wide"),
    ("<table width=300><tr><td><img src=a.png alt=A width=100%>y</td></tr></table><p>x</p>", "<table width=400><tr><td><img src=a.png alt=A width=100%>y</td></tr></table><p>x</p>", "sizes: the width of the part from the picture “A” to “y” changed: 300px became 400px"),
    ("<a href=/a style='padding:3px'><img src=a.png alt=A></a>", "<a href=/a style='padding:4px'><img src=a.png alt=A></a>", "spaces: the space around the picture “A” changed: 3px became 4px"),
    ("<a href=/a style='padding:3px;background:#111'><img src=a.png alt=A></a>", "<a href=/a style='padding:4px;background:#111'><img src=a.png alt=A></a>", "spaces: the space around the words in the button “A” changed: 3px became 4px"),
    ("<p>a</p><br><p>b</p>", "<p>a</p><br><br><p>b</p>", "layout: an empty line above “b” is new"),
    ("a<br><br>b", "a<br>b", "layout: an empty line above “b” is gone"),
    ("<p>a</p>b", "<p>a</p><br>b", "layout: an empty line above “b” is new"),
    ("<p>b</p><p>a</p>", "<br><p>a</p><br><p>b</p>", "text: “a” now comes before “b”; layout: an empty line above “b” is new"),
    ("<p style='color:#f00'>One two</p><p>Three four</p><p>Five six</p>", "<p>Three four</p><p>Five six</p><p style='color:#00f'>One two</p>", "text: “One two” now comes after “Five six”; colours: the colour of “One two” changed: red #ff0000 became blue #0000ff"),
    ("<div style='background:#eee'><p>One two</p></div><p>Three four</p><p>Five six</p>", "<p>Three four</p><p>Five six</p><div style='background:#ccc'><p>One two</p></div>", "text: “One two” now comes after “Five six”; colours: the background around “One two” changed: light grey #eeeeee became a darker grey #cccccc"),
    ("<p>One two</p><p>Three four</p><p>Five six</p>", "<p>Three four</p><p>Five six</p><div style='background:#ccc'><p>One two</p></div>", "text: “One two” now comes after “Five six”; colours: the background around “One two” changed: white #ffffff became light grey #cccccc"),
    ("<p style='padding:1px'>One two</p><p>Three four</p><p>Five six</p>", "<p>Three four</p><p>Five six</p><p style='padding:2px'>One two</p>", "text: “One two” now comes after “Five six”; spaces: the space around “One two” changed: 1px became 2px"),
    ("<p>One two</p><p>Three four</p>", "<p>Three four</p><h2>One two</h2>", "text: One two > -; heading: - > One two"),
    ("<p>One two</p><p>Three four</p><table bgcolor=#eeeeee><tr><td>x<td>y</table>", "<p>Three four</p><table bgcolor=#eeeeee><tr><td>One two<td>x<td>y</table>", "text: “Three four” now comes before “One two”; layout: “One two” stands in the box with “x” now; layout: “One two” stands in a row beside others now"),
    ("<p style='color:#f00'>One</p><p>x</p>", "<p style='color:#f00'>Two</p><p>x</p>", "text: One > Two"),
    ("<p>One <b>two</b></p>", "<p>One two <b>three</b></p>", "text: One two > One two three; style of text: “two” is no longer bold"),
    ("<p><b>One</b> two</p>", "<p>One <b>two</b></p>", "style of text: “One” is no longer bold; style of text: “two” is bold now"),
    ("<p>x</p><table><tr><td height=20 style='line-height:20px'>&nbsp;</td></tr></table>", "<p>x</p><table><tr><td height=30 style='line-height:30px'>&nbsp;</td></tr></table>", "sizes: the height of the empty part below “x” changed: 20px became 30px"),
    ("<style>.moz-text-html .a{width:5px}.ExternalClass{color:red}@media print{.a{width:5px}}</style><p class=a>Hi</p>", "<style>.moz-text-html .a{width:6px}.ExternalClass{color:blue}@media print{.a{width:6px}}</style><p class=a>Hi</p>", "colours: the colour changed: red #ff0000 became blue #0000ff in some mail programs; sizes: the width of the part with “Hi” changed: 5px became 6px when printed"),
    ("<style>@media (max-width:480px){p{color:red}}</style><p>a</p>", "<style>@media (max-width:600px){p{color:red}}@media (max-width:700px){p{color:red}}</style><p>a</p>", "colours: the colour of “a” on small screens is red #ff0000 now, and was the usual one; sizes: the width of the screen at which something changes: 480px became 600px on small screens"),
    ("<p>x</p><img src=/a.png width=5><img src=/a.png width=5>", "<p>x</p><img src=/a.png width=5><img src=/a.png width=6>", "size of an image: the size of the picture “a.png” changed: 5 wide became 6 wide"),
    ("<p>x</p><img src=/a.png alt=L width=5><img src=/b.png alt=L width=5>", "<p>x</p><img src=/a.png alt=L width=5><img src=/b.png alt=L width=6>", "size of an image: the size of the picture “L (b.png)” changed: 5 wide became 6 wide"),
]  # fmt: skip


def test_what_is_seen_is_said() -> None:
    assert [(old, new, in_a_line(old, new)) for old, new, _ in PAIRS] == PAIRS
