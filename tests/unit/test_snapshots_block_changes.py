"""What is read in another way: other words, links, kinds, rows, lines, and what a value stands beside or under."""

from __future__ import annotations

from novu_framework_testing.snapshots.block_changes import read_changes
from novu_framework_testing.snapshots.html_change import HtmlChange
from novu_framework_testing.snapshots.reading import Block
from tests.unit.message_blocks import told

CHANGED: list[tuple[str, str, str]] = [
    ("Total", "# Total", "heading: “Total” is a heading now, and was a text [Total | 0]"),
    ("# Total", "Total", "text: “Total” is a text now, and was a heading [Total | 0]"),
    ("- Total", "Total", "text: “Total” is a text now, and was a list item [Total | 0]"),
    ("<field> Name", "<date> Name", "date: “Name” is a date now, and was a field [Name | 0]"),
    ("<field> Name", "<menu> Name", "menu: “Name” is a menu now, and was a field [Name | 0]"),
    ("<hidden text> x y", "x y", "text: “x y” is a text now, and was hidden text [x y | 0]"),
    ("<preview text> x y", "x y", "text: “x y” is a text now, and was preview text [x y | 0]"),
    ("x y", "<preview text> x y", "preview text: “x y” is preview text now, and was a text [x y | 0]"),
    ("<image> A > /a", "<invisible image> A > /a", "invisible image: “A” is an invisible image now, and was an image [A | 0]"),
    ("Go > /a", "+ Go > /a", "button: “Go” is a button now, and was a link [Go | 0]"),
    ("<icon> Go", "<quote> Go", "quote: - > Go [0]; icon: Go > - [0]"),
    ("<amount> 5", "<price> 5", "price: - > 5 [0]; amount: 5 > - [0]"),
    ("Go > /a", "Stop > /a", "words of a link: Go > Stop [/a /a]"),
    ("+ Go > /a/12?x=1", "+ Stop > /a/12?x=1", "words of a button: Go > Stop [/a/* /a/*]"),
    ("! A > /a", "! B > /a", "alternative text of an image: A > B"),
    ("! A > /a", "! > /a", "alternative text of an image: A > - [a]"),
    ("! > /a", "! A > /a", "alternative text of an image: - > A [a]"),
    ("<document> a.pdf > /a", "<document> b.pdf > /a", "file name of a document: a.pdf > b.pdf [/a /a]"),
    ("<menu> A > /a", "<menu> B > /a", "words of a menu: A > B [/a /a]"),
    ("Go > /a", "Go > /b", "link “Go”: /a > /b [/a /b | 0]"),
    ("Go > /a?x=1&y=2", "Go > /a?x=2&y=2", "link “Go” › address › x: 1 > 2 [0]"),
    ("Go > /a?x=1", "Go > /a", "link “Go” › address › x: 1 > - [0]"),
    ("! A > /a", "! A > /b", "image “A”: /a > /b [/a /b | 0]"),
    ("! > /a.png", "! > /b.png", "image b.png: /a.png > /b.png [/a.png /b.png | 0]"),
    ("! > data:a", "! > data:b", "image without words: it is another picture [0]"),
    ("! > data:a", "! > /b.png", "image b.png: an image inside the message > /b.png [data:a /b.png | 0]"),
    ("> /a", "> /b", "link without words: /a > /b [/a /b | 0]"),
    ("+ > /a", "+ > /b", "button without words: /a > /b [/a /b | 0]"),
    ("Go now please", "Go now please > /a", "link: “Go now please” leads to /a now [Go now please, /a, leads to {} now]"),
    ("Go now please > /a", "Go now please", "link: “Go now please” no longer leads to /a [Go now please, /a, no longer leads to {}]"),
    ("- Go now", "- Go now > /a", "list item: “Go now” leads to /a now [Go now, /a, leads to {} now]"),
    ("! A > /a", "! A", "image “A”: /a > - [/a | 0]"),
    ("+ Go > /a", "+ Go", "button: “Go” no longer leads to /a [Go, /a, no longer leads to {}]"),
    ("+ Go", "+ Go > /a", "button: “Go” leads to /a now [Go, /a, leads to {} now]"),
    ("Go > /a|x y", "x y", "link “Go”: /a > - [0]"),
    ("x y", "x y|Go > /a", "link “Go”: - > /a"),
    ("x y", "x y|! A > /a", "image “A”: - > /a"),
    ("x y|! > data:a", "x y", "image without words: an image inside the message > - [1]"),
    ("x y", "x y|+ Go > /a", "button “Go”: - > /a"),
    ("See this|~this > /a", "See that|~that > /a", "text: See this > See that [0]"),
    ("See this|~this > /a", "See this", "link: “this” no longer leads to /a [this, /a, no longer leads to {}]"),
    ("See this", "See this|~this > /a", "link: “this” leads to /a now [this, /a, leads to {} now]"),
    ("See this|~this > /a", "See this|~See > /a", "link: the link to /a is on “See” now, and was on “this” [this, See, /a]"),
    ("See this|~this > /a", "See this|~this > /b", "link “this”: /a > /b [/a /b | 1]"),
    ("See A and B|~A > /a|~B > /b", "See B and A|~B > /b|~A > /a", "link: “B” now comes before “A” [['“A”', '“B”'], ['“B”', '“A”'] | moved 0 0 [(1, '/b'), (0, '/a')]]"),
    ("See A and B|~A > /a|~B > /b", "Look B and A|~B > /b|~A > /a", "text: See A and B > Look B and A [0]"),
    ("A · B|~A > /a|~B > /b", "B · A|~B > /b|~A > /a", "link: “B” now comes before “A” [['“A”', '“B”'], ['“B”', '“A”'] | moved 0 0 [(1, '/b'), (0, '/a')]]"),
    ("A · B · C|~A > /a|~B > /b|~C > /c", "B · C · A|~B > /b|~C > /c|~A > /a", "link: “A” now comes after “C” [['“A”', '“B”', '“C”'], ['“B”', '“C”', '“A”'] | moved 0 0 [(1, '/b'), (2, '/c'), (0, '/a')]]"),
    ("A · B|~A > /a|~B > /b", "A|~A > /a", "text: A · B > A [0]; link “B”: /b > - [2]"),
    ("A · B|~A > /a|~B > /b", "A > /a", "text: A · B > A [0]; link “B”: /b > - [2]"),
    ("A > /a", "A · B|~A > /a|~B > /b", "text: A > A · B [0]; link “B”: - > /b"),
    ("A · B|~A > /a|~B > /b", "A · C|~A > /a|~C > /c", "words of a link: B > C [/b /c]; link “C”: /b > /c [/b /c | 2]"),
    ("A · B|~A > /a|~B > /b", "A and B|~A > /a|~B > /b", "text: A · B > A and B [0]"),
    ("Read the rules.", "Read the rules. > /r", "link: “Read the rules.” leads to /r now [Read the rules., /r, leads to {} now]"),
    ("~x > /a", "~x > /b", "link “x”: /a > /b [/a /b | 0]"),
    ("Tea|3 € @ Tea", "Tea|4 € @ Tea", "text beside “Tea”: 3 € > 4 € [1]"),
    ("Tea|3 € @ Tea|Milk|1 € @ Milk", "Tea|3 € @ Tea", "row: Milk, 1 € > -"),
    ("Tea|3 € @ Tea", "Tea|3 € @ Tea|Milk|1 € @ Milk", "row: - > Milk, 1 €"),
    ("# Food|Tea|3 € @ Tea", "# Food|Tea|3 € @ Tea|Milk|1 € @ Milk", "row: - > Milk, 1 € [Food | 3]"),
    ("# All|# Food|Tea|3 € @ Tea", "# All|# Food|Tea|3 € @ Tea|Milk|1 € @ Milk", "row under “Food”: - > Milk, 1 € [4]"),
    ("# All|# Food|Tea|3 € @ Tea|Jam|5 € @ Jam", "# All|# Food|Tea|3 € @ Tea", "row under “Food”: Jam, 5 € > - [4]"),
    ("Tea|3 € @ Tea", "Tea|3 € @ Tea|Jam|Buy > /j @ Jam", "row: - > Jam, Buy, which leads to /j"),
    ("Tea|3 € @ Tea", "Tea|3 € @ Tea|! > /j.png|Jam|2 € @ Jam", "image j.png: - > /j.png; row: - > Jam, 2 €"),
    ("Tea|3 € @ Tea", "Tea|3 € @ Tea|! Jam > /j.png|Jam|2 € @ Jam", "image “Jam”: - > /j.png; row: - > Jam, 2 €"),
    ("Tea|3 € @ Tea", "Tea|3 € @ Tea|Jam|! + > /j.png @ Jam|2 € @ Jam", "row: - > Jam, 2 €"),
    ("Tea|3 € @ Tea", "Tea|3 € @ Tea|Jam|! · > data:j @ Jam", "text: - > Jam [2]"),
    ("Tea|3 € @ Tea|Milk|1 € @ Milk", "Milk|2 € @ Milk|Tea|3 € @ Tea", "text: “Milk” now comes before “Tea” [Milk,  | 2 € | moved 2 0]; text beside “Milk”: 1 € > 2 € [1]"),
    ("Tea|3 € @ Tea|1 @ Tea", "Tea|4 € @ Tea|2 @ Tea", "text beside “Tea”: 3 € > 4 € [1]; text beside “Tea”: 1 > 2 [2]"),
    ("Tea|3 € @ Tea, Price|1 @ Tea, Count", "Tea|4 € @ Tea, Price|2 @ Tea, Count", "text beside “Tea, Price”: 3 € > 4 € [1]; text beside “Tea, Count”: 1 > 2 [2]"),
    ("Slot @ Slot|Price @ Price|Tea|3 € @ Tea, Price", "Slot @ Slot|Cost @ Cost|Tea|3 € @ Tea, Cost", "head of a column: Price > Cost [1]"),
    ("<choice> A @ Tea", "<choice> B @ Tea", "choice of “Tea”: A > B [0]"),
    ("<field> Name|<hint> a", "<field> Name|<hint> b", "hint: a > b [1]"),
    ("+ Go > /a|<question> Sure", "+ Go > /a|<question> Really", "question: Sure > Really [1]"),
    ("# Open|Monday to Friday", "# Open|Monday to Saturday", "text: Monday to Friday > Monday to Saturday [Open | 1]"),
    ("# Open|The office is open on Mondays", "# Open|The office is open on Sundays", "text: The office is open on Mondays > The office is open on Sundays [1]"),
    ("# All|# Open|The office is open on Mondays|# Closed|The office is open on Mondays", "# All|# Open|The office is open on Sundays|# Closed|The office is open on Mondays", "text under “Open”: The office is open on Mondays > The office is open on Sundays [2]"),
    ("# Call|© Acme", "# Call|© Acme 2", "text: © Acme > © Acme 2 [Acme | 1]"),
    ("# Call|12", "# Call|13", "text after “Call”: 12 > 13 [1]"),
    ("Water bottle|12 for you", "Water bottle|13 for you", "text under “Water bottle”: 12 for you > 13 for you [1]"),
    ("# Bring|Water bottle|12 for you", "# Bring|Water bottle|13 for you", "text under “Water bottle”: 12 for you > 13 for you [Bring | 2]"),
    ("What you may bring:|- Dogs", "What you may bring:|- Cats", "list item after “What you may bring:”: Dogs > Cats [1]"),
    ("Dear Ann:|Hi Bob", "Dear Ann:|Hi Cy", "text: Hi Bob > Hi Cy [1]"),
    ("# Bring|Dogs and a lot of cats", "# Bring|Dogs and a lot of mice. And more", "text: Dogs and a lot of cats > Dogs and a lot of mice. And more [1]"),
    ("# A|x y", "# A|x y|z", "text: - > z [x y | 2]"),
    ("# All|# A|x y", "# All|# A|x y|Some new line", "text: - > Some new line [x y | 3]"),
    ("# A|Monday", "# A|Monday|Friday", "text: - > Friday [Monday | 2]"),
    ("Refund|€80", "Refund|€95", "text after “Refund”: €80 > €95 [1]"),
    ("# Refund|€80", "# Refund|€95", "text after “Refund”: €80 > €95 [1]"),
    ("<title> Hi|€80", "<title> Hi|€95", "text after “Hi”: €80 > €95 [1]"),
    ("One two three", "One|two|three", "text: “two” and “three” stand on lines of their own now [('One', 'two', 'three'), False,  | lines (0,) (0, 1, 2) ]"),
    ("One|two|three", "One two three", "text: “two” and “three” no longer stand on lines of their own [('One', 'two', 'three'), True,  | lines (0, 1, 2) (0,) ]"),
    ("One|two|three|four|five", "One two three four five", "text: “two”, “three” and 2 more no longer stand on lines of their own [('One', 'two', 'three', 'four', 'five'), True,  | lines (0, 1, 2, 3, 4) (0,) ]"),
    ("One two @ Tea", "One @ Tea|two @ Tea", "text: “two” stands apart now [('One', 'two'), False,  | lines (0,) (0, 1) ]"),
    ("一|二", "一二", "text: “二” no longer stands on a line of its own [('一', '二'), True,  | lines (0, 1) (0,) ]"),
    ("See this now|~this > /a", "See|this > /a|now", "text: “this” and “now” stand apart now [('See', 'this', 'now'), False,  | lines (0, 1) (0, 1, 2) ]"),
    ("See|this > /a|now", "See this now|~this > /a", "text: “this” and “now” no longer stand apart [('See', 'this', 'now'), True,  | lines (0, 1, 2) (0, 1) ]"),
    ("One two", "One|- two", "text: One two > One [0]; list item: - > two [One | 1]"),
    ("Dear Ann,|One two three.", "Something quite else.|One two three four.|And more.", "text: - > Something quite else. [0]; text: One two three. > One two three four. [1]; text: - > And more. [2]; text: Dear Ann, > - [0]"),
]  # fmt: skip


def test_a_change_of_what_is_read_is_said() -> None:
    assert [(old, new, told(old, new)) for old, new, _ in CHANGED] == CHANGED


def test_the_fine_print_is_under_no_heading() -> None:
    messages = "# A|x y|Foot line 1", "# A|x y|Foot line 2"
    assert told(*messages) == "text under “x y”: Foot line 1 > Foot line 2 [A | 2]"
    assert told(*messages, (2, 2)) == "text: Foot line 1 > Foot line 2 [Foot line | 2]"
    assert told(*messages, (9, 2)) == told(*messages, (2, 2))  # that of the new one counts


def test_a_hundred_parameters_of_an_address_are_told_one_by_one() -> None:
    def link(count: int, value: int) -> str:
        return f"Go > /x?a={value}&" + "&".join(f"b{at}={at}" for at in range(count - 1))

    assert told(link(100, 1), link(100, 2)) == "link “Go” › address › a: 1 > 2 [0]"
    assert told(link(101, 1), link(101, 2)).startswith("link “Go”: /x?a=1&b0=0&")


def test_a_picture_that_is_passed_over_has_no_words_and_says_so() -> None:
    def changed(old: Block, new: Block) -> list[HtmlChange]:
        return read_changes([old], [new], [(0, 1, 0, 1)])[0]

    ornament, silent, named = (Block("image", words, "/a", ornament=is_so) for words, is_so in (("", True), ("", False), ("Dog", False)))  # fmt: skip
    assert changed(named, ornament) == [
        HtmlChange("alternative text of an image", "Dog", None, about="ornament a")
    ]
    assert changed(ornament, named) == [
        HtmlChange("alternative text of an image", None, "Dog", about="ornament a")
    ]
    assert changed(named, silent) == [HtmlChange("alternative text of an image", "Dog", None, about="a")]
    assert [
        (each.part, each.sentence) for each in (*changed(silent, ornament), *changed(ornament, silent))
    ] == [
        ("image a", "what reads the email aloud passes it over now"),
        ("image a", "what reads the email aloud no longer passes it over, and has no words for it"),
    ]
