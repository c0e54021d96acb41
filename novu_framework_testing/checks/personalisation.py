"""Personalisation that is missing or broken, in any text that a subscriber reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from novu_framework_testing.checks.content import EVERY, Content, email
from novu_framework_testing.checks.rules import Hit, Level, rule

_LIQUID = "https://shopify.github.io/liquid/basics/introduction/"
_JS = "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object/toString"
_PYTHON = "https://docs.python.org/3/reference/datamodel.html#object.__repr__"
_PRACTICE = "https://docs.novu.co/framework/content/liquid"
_GREETINGS = r"hello|hi|hey|dear|good (?:morning|afternoon|evening)|welcome|thanks|hallo|liebe[r]?|guten tag|bonjour|salut|cher|chère|hola|ciao|caro|cara|olá"

_FIRMS = (
    "GmbH|AG|Inc|Ltd|LLC|Corp|Co|SE|Systems|Labs?|Technologies|Software|Studios?|Group|Games|Solutions|Media"
)

_FIELDS = (
    "(?:name|user|order|customer|subscriber|link|url|email|amount|total|count|number|date|time|code|id|token|title|product|item|company"
    "|price|currency|day|hour|minute)s?"
)


def _sms(text: str) -> Content:
    return Content("sms", {"body": text})


def _found(
    id: str,
    level: Level,
    pattern: str,
    wrong: str,
    advice: str,
    source: str,
    bad: list[str],
    good: list[str],
    alone: str = "",
    anywhere: bool = False,
    unless: str = r"(?!)",
) -> None:
    """Put a rule into the table that no text holds a pattern, and that none but a cell of an email is one of the words `alone`.

    Addresses have rules of their own, and are looked at here only where the rule is about letters `anywhere`. A text in
    which there is what another rule says better, `unless`, is left out.
    """
    search, says_better = re.compile(pattern).search, re.compile(unless).search
    words = frozenset(alone.split())

    def look(content: Content) -> Iterator[Hit]:
        for place, text in content.texts if anywhere else content.prose:
            if (found := search(text)) and not says_better(text):
                yield Hit(place, _around(text, *found.span()))
            elif words and text.strip() in words and isinstance(place, str):
                yield Hit(place, f"“{text.strip()}”")

    examples = [_sms(text) for text in bad]
    fine = [_sms(text) for text in good]
    rule(f"personalisation.{id}", level, EVERY, wrong, advice, source, bad=examples, good=fine)(look)


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 20) : start], text[end : end + 20]
    if start > 20:  # whole words
        before = f"… {before.partition(' ')[2]}"
    if len(text) > end + 20:
        after = f"{after.rpartition(' ')[0]} …"
    shown = " ".join(f"{before}{text[start:end]}{after}".split())
    return f"“{shown if len(shown) <= 100 else shown[:99] + '…'}”"


_MAKE = "Give the value where the text is made, or a default: {{ payload.name | default: 'there' }}."
# fmt: off
_found("object-object", "error", r"\[object [A-Z]\w+\]",
       "An object was written where its text was meant.", "Write one of its fields, such as payload.order.number.", _JS,
       ["Your order [object Object] is on its way."], ["Your order [object] is on its way.", "Order 12 is on its way."])
_found("undefined", "error",
       r"(?<![\w'\"`.])(?<!\bis )(?<!\bas )(?<!\ban )(?<!\bleft )(?<!\w-)undefined(?![\w'\"`(]|-[A-Z])"
       r"(?!\s+(?:behaviou?r|variables?|functions?|methods?|references?|symbols?|terms?|names?|propert|index|values?|or|and|in)\b)",
       "The word `undefined` stands where a value was meant.", _MAKE, _JS,
       ["Your order undefined has shipped.", "undefined", "Hello undefined!"],
       ["This is undefined behaviour.", "The result is undefined here.", "Best, undefined-Labs"])
_found("nan", "error", r"(?<![\w.])(?<!\w-)NaN(?!\w|-[A-Z]|\.\w| bread| (?:" + _FIRMS + r")\b)", "A number could not be computed, and says NaN.", _MAKE, _JS,
       ["Your total is NaN EUR.", "It takes NaN Tage.", "Due in NaN-day steps", "-NaN"], ["Your total is 12 EUR.", "Fresh naan for NaNa.", "NaN-Systems wrote to you.", "NaN GmbH", "Systems-NaN", "See nan.NaN.io"])
_found("none", "error",
       rf"(?i:\b(?:{_GREETINGS})) None\b|\bNone,? +None\b|[#$€£]\s?None\b|(?i:\b(?:order|invoice|user|number|id|by|to|from|until)) "
       r"None\b(?! of)|^None [a-z]+(?:ed|s) (?:your|you|to)\b",
       "The word `None` stands where a value was meant.", _MAKE, "https://docs.python.org/3/library/constants.html#None",
       ["Hello None, welcome.", "Order None has shipped.", "You owe $None", "None"],
       ["None of your orders has shipped.", "Allergies: None", "Then there were None of them."], alone="None")
_found("null", "error",
       rf"(?i:\b(?:{_GREETINGS})) null\b|\bnull,? +null\b|[#$€£]\s?null\b|(?i:\b(?:order|invoice|user|number|by|to|from|until)) null\b(?!\s+(?:and|or|pointer|hypothesis))",
       "The word `null` stands where a value was meant.", _MAKE, _JS,
       ["Dear null,", "Order null has shipped."], ["The claim is null and void.", "Set it to null and void it."], alone="null")
_found("liquid", "error", r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{\{\s*[\w.]+|[A-Za-z_]\w{0,60} ?\}\}",
       "A tag of a template was delivered as it is written.",
       "Render the text where it is made; in a control, close every {{ with }} and every {% with %}.", _LIQUID,
       ["Hello {{ subscriber.firstName }}!", "{% if paid %}Paid", "Hello {{ name"], ["Hello Ann!", "Set {1, 2} has two."])
_found("dollar-brace", "error", r"\$\{[^{}\n]{1,80}\}", "A `${...}` of JavaScript or a shell was delivered as it is written.",
       "Write the value; in Python an f-string has {value}.", "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Template_literals",
       ["Hello ${name}!"], ["It costs $12."])
_NAMED = r"[a-z]+(?:_[a-z0-9]+)+|[a-z]+[A-Z]\w*|[a-z_]\w*(?:\.[a-zA-Z_]\w*|\[\w+\])+|" + _FIELDS
_BRACE = rf"(?<![{{$%\w])\{{(?:{_NAMED})\}}(?!\}})|(?i:\b(?:{_GREETINGS}),? |[#€£])\{{[a-z_]\w*\}}(?!\}})"
_found("brace", "warning", _BRACE,
       "A `{name}` of Python's str.format or an f-string was delivered as it is written.",
       "Put an f before the string, or call .format on it.", "https://docs.python.org/3/library/string.html#format-string-syntax",
       ["Hello {name}!", "Order {order.id} is on its way.", "See {order_link}", "Due {dueDate}", "Hi {whoever}"], ["The set {1, 2}", "Use {} for nothing."])
_found("brace-word", "note", r"(?<![{$%\w])\{[a-z]\w*\}(?!\})",
       "A word stands in braces, as a `{name}` of Python's str.format does.", "Put an f before the string, or write it without braces.",
       "https://docs.python.org/3/library/string.html#format-string-syntax", ["Choose a plan: {annual} or {monthly}", "The plan {annual}"], ["The set {1, 2}"], unless=_BRACE)
_found("percent", "warning", r"%\([a-z_]\w*\)[sdfr]|(?<![\d%\w])%[sd](?![\w%])", "A `%s` or `%(name)s` was delivered as it is written.",
       "Fill in the values of the string, or of its translation.", "https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting",
       ["Hello %(name)s!", "You have %d messages."], ["20% off today.", "100%sure"])
_found("erb", "error", r"<%[=-]?[^%]*%>", "A tag of ERB, EJS or JSP was delivered as it is written.", "Render the template before it is given to the step.",
       "https://ejs.co/#docs", ["Hello <%= name %>!"], ["5 <% of 3"])
_found("merge-tag", "warning", r"\*\|[A-Z_:0-9]+\|\*|%%[A-Za-z_]\w*%%|%%\{[A-Za-z_]\w*\}%%|%recipient[.\w]*%|\[%[^%\]]+%\]|-%[a-z_]+%-",
       "A merge tag of another service was delivered as it is written.", "Replace it by a value of the payload or the subscriber.",
       "https://mailchimp.com/help/all-the-merge-tags-cheat-sheet/", ["Hello *|FNAME|*!", "Hello %%first_name%%!", "Hello %%{name}%%!"], ["It is *really* |good|."])
PYTHON_OBJECT = (
    r"<[\w.<>: ]{1,120} object at 0x[0-9a-fA-F]+>|<(?:function|bound method|coroutine object|generator object|class|module|built-in|QuerySet) [^>]{1,200}>"
    r"|<[A-Z]\w*(?:\.\w+)+: [^<>]{1,120}>|<[A-Z]\w*: [^<>]{1,80}>|\b[A-Z]\w* object \((?:\d+|None)\)"
)
_found("python-object", "error", PYTHON_OBJECT,
       "An object of Python was written where its text was meant.", "Write one of its fields, or call it, or await it; of an enum its value.", _PYTHON,
       ["Order <shop.Order object at 0x7f3a2c>", "Hello <bound method User.name of 1>", "It is <Status.PAID: 1>.", "Your Order object (7) is here.",
        "Hello <User: ann>!"], ["Meet the object at 0x7f.", "I <3 it: <- here"])
_found("python-literal", "warning",
       r"\b(?:datetime\.(?:datetime|date|time|timedelta|timezone)|(?:datetime|date|timedelta)(?=\(\d+, ?\d|\(\w+=)|Decimal|UUID|OrderedDict|defaultdict|Counter|Fraction|PosixPath|SimpleNamespace|ZoneInfo|Timestamp|frozenset|deque)"
       r"\((?=[\w'\"{[(=])|\b[A-Z]\w*\([a-z_]\w*=|\{'\w+': |\[(?:'[^']*'|None|\d+), '|(?<![\w(\]])\['[^']*'\]|\{'[^']*'(?:, '|\})|\('[^']*',\)|\bdict_(?:keys|values|items)\(|(?<![\w'])b'[^']+'(?!\w)",
       "A value of Python was written as a program shows it.", "Format it for people: a date with strftime, a list with join.", _PYTHON,
       ["Due datetime.datetime(2026, 1, 1, 0, 0)", "Due datetime.date(2026, 1, 1).", "Total Decimal('12.00')", "Total Decimal(12)", "{'total': 12}",
        "You chose ['red'].", "Order(id=7, total=12)", "Hello b'Ann'"], ["Due on 1 January (2026).", "Fraction (of a cent)", "Rock'n'roll, b'ys", "It is options['name']."])
_found("enum", "warning",
       r"(?<![\w./@<-])(?!(?:Mrs?|Ms|Dr|Prof|St|N[or])\.)[A-Z][a-z]\w*\.(?!(?:COM|ORG|NET|EDU|GOV|INFO|BIZ|APP|DEV|CLOUD|SHOP|STORE|ONLINE|PDF|TXT|DOCX?|XLSX?|CSV|PNG|JPE?G|GIF|ZIP|MP[34]|MOV|XML|JSON|HTML?|ICS|EXE|DMG|PPTX?|MD|NEW)\b)[A-Z][A-Z0-9_]{2,}\b(?!\.?\w|@)",
       "An entry of a Python enum was written as a program shows it.", "Write a word for it: a dictionary from entries to words, or its value.",
       "https://docs.python.org/3/library/enum.html#enum.Enum.__str__", ["Your order is Status.PAID.", "Plan: OrderPlan.ANNUAL_PRO"],
       ["Node.JS and Booking.COM", "See Invoice.PDF", "It is Mr.SMITH", "U.S. NAVY"])
_found("boolean", "warning",
       rf"(?:[:=?] ?|\b(?:to|status) )(?:True|False)(?=\s*(?:[.,;!)]|$))|\b(?:is|are|was|were|be) (?:True|False)(?![\w-]| [A-Z])|(?i:\b(?:{_GREETINGS}),? )(?:True|False)(?=\s*[.,;!])",
       "The word `True` or `False` of Python stands in the text.", "Write yes or no, or a sentence for each.", "https://docs.python.org/3/library/stdtypes.html#boolean-type-bool",
       ["Paid: False", "Your account is True.", "subscribed=True, thanks", "Is it paid? True", "It is False and so on", "False", "True"],
       ["True or False? You decide.", "A True story", "It is true.", "False alarm: all is fine."], alone="True False")
_found("json", "warning", r'\{\s*"[\w-]+"\s*:\s*(?:["\d\[{-]|true|false|null)|^\s*\[\s*\{\s*"\w+"\s*:|(?<![\w(\]])\["[^"\n]{0,80}"(?:, ?"[^"\n]{0,80}")*\]', "There is JSON in a text.", "Write a sentence with its values.",
       "https://www.json.org/json-en.html", ['{"order": 12, "total": 3}', 'Your order {"id": 7} has shipped.', 'You chose ["red", "blue"].'], ["Order 12, total 3", 'The "id": 7'])
_found("jinja-undefined", "error", r"\bUndefined(?:Error)?\b(?=\s*$|:| object)|(?i:translation missing:|missing translation:|\[missing \"?[\w.]+\"? translation\])",
       "A template engine or a translation says that something is missing.", "Give the value, or the translation in this locale.",
       "https://guides.rubyonrails.org/i18n.html", ["translation missing: de.order.title"], ["Nothing is missing."])
_found("translation-key", "warning",
       r"^\s*(?:t\.)?[a-z]\w*(?:\.[a-z]\w*){2,}\s*$|^\s*t\.[a-z]\w*(?:\.\w+)*\s*$|^\s*[a-z]+(?:_[a-z]+)+\.[a-z_]+\s*$|^\s*[a-z]{3,}\.[a-z]+(?:_[a-z]+)+\s*$",
       "The text is a translation's key.", "Add the translation of this key in this locale, or to the default locale.",
       "https://docs.novu.co/platform/workflow/translations", ["orders.shipped.title", "t.welcome"], ["acme.test", "Read docs.acme.test today."])
_found("placeholder", "warning",
       r"(?i)\blorem ipsum\b|\[(?:your|insert|add|company|first|last|customer|recipient|user)[ _-]?(?:name|company|here|address|link|text|title)?[^\]\n]{0,20}\](?!\()|\b(?:TODO|FIXME|TBD):",
       "A placeholder of a draft was delivered.", "Write what belongs there.", "https://www.lipsum.com/",
       ["Lorem ipsum dolor sit amet", "Hello [First name]", "TODO: write this"], ["Your name is in [the list]."])
_found("empty-greeting", "error",
       rf"^\s*(?i:{_GREETINGS})(?: +(?=[,!.](?:\s|$))|,\s*,)|^\s*(?i:dear|liebe[r]?|cher|chère|caro|cara),[ \t]*(?:\n|$)",
       "The greeting has no name: `Hello ,`.", "Give a default: {{ subscriber.firstName | default: 'there' }}.", _PRACTICE,
       ["Hello , welcome to Acme.", "Hi !", "Dear,"], ["Hello Ann, welcome.", "Hello, welcome!", "Hi!"])
_found("empty-value", "note", r"(?<![\]\w])\(\s*\)|\s#(?=[\s,.!?])|[€£](?=\s*[,.!?](?:\s|$))|\$(?=\s*[,.!?](?:\s|$))|: ?[,.](?=\s|$)|\b(?:for|to|of|from|by|at|with)[.,!](?=\s*$)(?<!signed up for[.,!])",
       "A value seems to be missing in the sentence.", _MAKE, _PRACTICE,
       ["Your order # is on its way.", "You owe € ."], ["Your order #12 is on its way.", "You owe €5."])
_found("mojibake", "error", r"Ã[\u0080-\u00bf¤©¨¶¼Ÿ¡-¿]|â€[™œ\u009d\u009c“”¦\u0080-\u00bf]|Â[ £©®°»«]|ï»¿|\ufffd",
       "Letters were decoded with the wrong encoding.", "Read and write the text as UTF-8 everywhere.",
       "https://www.w3.org/International/questions/qa-what-is-encoding", ["GrÃ¼ÃŸe aus Wien", "Itâ€™s here", "Gr\ufffdsse"], ["Grüße aus Wien", "It’s here"], anywhere=True)
_found("double-escape", "warning", r"&(?:amp;)?(?:amp|lt|gt|quot|nbsp|#39|#x27|apos|euro|rsquo);", "An entity of HTML is shown as it is written.",
       "Escape the text once: not in the template and in its values; outside of emails not at all.",
       "https://html.spec.whatwg.org/multipage/named-characters.html", ["Fish &amp; chips", "It&#39;s here"], ["Fish & chips"], anywhere=True)
_found("escape-sequence", "warning", r"(?<![\\:\w])\\[nt](?=[A-Z\s\\]|$)|\\u[0-9a-fA-F]{4}", "An escape of a string, such as `\\n`, is shown as it is written.",
       "Decode the text once more where it is read, or write a line break.", "https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences",
       ["Hello\\u00e9", "Line one. \\nLine two"], ["C:\\new\\files", "Line one\nLine two"])
_found("date-iso", "note", r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?", "A moment is written for machines.", "Format it for people, in their timezone.",
       "https://www.w3.org/International/questions/qa-date-format", ["Due 2026-01-01T09:00:00.000Z"], ["Due on 1 January 2026, 9:00"])
_found("control-character", "error", r"[\x00-\x08\x0b\x0e-\x1f\x7f\u2028\u2029]", "There is a control character.", "Take it out of the data.",
       "https://www.w3.org/International/questions/qa-controls", ["Order \x07 12"], ["Order\t12\n"], anywhere=True)
# fmt: on


@rule("personalisation.python-tag", "error", "email", "An object of Python was written into the HTML, which takes it for a tag and shows nothing.",
      "Write one of its fields; of an enum its value.", _PYTHON, bad=[email(f"<p>Order {text} has shipped.</p>") for text in ("<shop.Order object at 0x7f3a2c>", "<Status.PAID: 1>", "<User: ann>", "<function f at 0x7f3a2c>")],
      good=email("<p>Order &lt;12&gt; has shipped.</p>"))  # fmt: skip
def _tag(content: Content) -> Iterator[Hit]:
    for element in content.document.elements:
        odd = "." in element.tag or element.tag.endswith(":") or element.tag in _PYTHON_TAGS
        if odd and (found := re.search(PYTHON_OBJECT, element.source)):
            yield Hit(element, f"“{found[0][:80]}”")


_PYTHON_TAGS = frozenset(
    {"function", "bound", "coroutine", "generator", "class", "module", "built-in", "queryset"}
)


@rule(
    "personalisation.name-case",
    "note",
    EVERY,
    "The subscriber's name is greeted in another spelling than the subscriber's own.",
    "Greet with the name as it is: without upcase, downcase or capitalize.",
    "https://www.kalzumeus.com/2010/06/17/falsehoods-programmers-believe-about-names/",
    bad=[
        Content("sms", {"body": "Hello ann, welcome."}, first_name="Ann"),
        Content("sms", {"body": "Hello Deann, welcome."}, first_name="DeAnn"),
    ],
    good=[
        Content("sms", {"body": "Hello Ann, welcome to ann.acme.test."}, first_name="Ann"),
        Content("sms", {"body": "HELLO ANN, WELCOME."}, first_name="Ann"),
    ],
)
def _name_case(content: Content) -> Iterator[Hit]:
    name = content.first_name
    if not name or len(name) < 2:
        return
    search = re.compile(rf"\b({_GREETINGS}),? ({re.escape(name)})\b", re.IGNORECASE).search
    for place, text in content.prose:
        found = search(text)
        if found and found[2] != name and not found[0].isupper():
            yield Hit(place, f"“{found[0]}”, where the name is {name}")
