"""Filters and tags of LiquidJS, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework.liquid import LiquidError, create_engine
from novu_framework.npm.liquidjs.engine import Engine
from tests.tables import walked

DATA: dict[str, Any] = {
    "s": "a b&c=é/😀~!*'()_-.,;:@$#[]+%", "half": "a\ud800b", "blanks": "\ufeffa\u00a0 b\n", "dots": "..a..", "t": "text", "empty": "",
    "acc": "ÀÉÎÕÜÝ àáâãäå èéêë ìíîï òóôõöø ùúûü ýÿ æçðñßœþ ẞŒÞ", "bad": "%E0%A4%A", "alsobad": "%ff%41",
    "x": None, "f": False, "n": 3, "z": 0, "l": [1, [2]], "e": [], "o": {"a": [1, {"b": None}]}, "ten": [*range(10)],
}  # fmt: skip


def render(template: str, **more: Any) -> str:
    return create_engine().from_string(template).render(**DATA, **more)


@walked(
    ("filters", "expected"),
    [
        ('s | url_encode', "a+b%26c%3D%C3%A9%2F%F0%9F%98%80~!*'()_-.%2C%3B%3A%40%24%23%5B%5D%2B%25"),
        ('s | cgi_escape', 'a+b%26c%3D%C3%A9%2F%F0%9F%98%80~%21%2A%27%28%29_-.%2C%3B%3A%40%24%23%5B%5D%2B%25'),
        ('s | uri_escape', "a%20b&c=%C3%A9/%F0%9F%98%80~!*'()_-.,;:@$#[]+%25"),
        ("'a+b%20c%C3%A9' | url_decode", 'a b cé'),
        ('s | slugify', 'a-b-c-é'),
        ("s | slugify: 'raw'", "a-b&c=é/😀~!*'()_-.,;:@$#[]+%"),
        ("s | slugify: 'ascii'", 'a-b-c'),
        ("s | slugify: 'latin'", 'a-b-c-e'),
        ("s | slugify: 'pretty'", "a-b&c=é-~!-'()_-.,;-@$-+"),
        ("s | slugify: 'none'", "a b&c=é/😀~!*'()_-.,;:@$#[]+%"),
        ("s | slugify: 'default'", 'a-b-c-é'),
        ("acc | slugify: 'latin'", 'àéîõüý-aaaaaa-eeee-iiii-oooooo-uuuu-yy-aecdnssoeth-ssoeth'),
        ("acc | slugify: 'latin', true", 'ÀÉÎÕÜÝ-aaaaaa-eeee-iiii-oooooo-uuuu-yy-aecdnssoeth-SSOETH'),
        ("acc | slugify: 'default', true", 'ÀÉÎÕÜÝ-àáâãäå-èéêë-ìíîï-òóôõöø-ùúûü-ýÿ-æçðñßœþ-ẞŒÞ'),
        ("acc | slugify: 'ascii'", ''),
        ("'-a--b-' | slugify", 'a-b'),
        ("'--a--b--' | slugify", 'a-b'),
        ("'--a--b--' | slugify: 'pretty'", 'a-b'),
        ("'--a--b--' | slugify: 'raw'", '-a--b-'),
        ("'A Bc' | slugify: 'raw', true", 'A-Bc'),
        ("'A Bc' | slugify: 'none', true", 'A Bc'),
        ("'A Bc' | slugify: 'none', false", 'a bc'),
        ("'A Bc' | slugify: nil", 'a bc'),
        ("dots | slugify: 'pretty'", '..a..'),
        ("'áb ٣Ⅷ_c' | slugify", 'áb-٣-c'),
        ("' a ' | slugify: 'pretty'", 'a'),
        ("blanks | slugify: 'raw'", 'a-b'),
        ('n | slugify', '3'),
        ("'a - b' | slugify", 'a-b'),
        ("'a - b' | slugify: 'pretty'", 'a-b'),
        ("'a/~b' | slugify: 'pretty'", 'a-~b'),
        ("'A' | slugify: 'ascii', 0", 'a'),
        ("' A' | slugify: 'ascii', ''", 'a'),
        ("'xabb' | replace_last: 'ab', '-'", 'x-b'),
        ("'abcab' | replace_last: 'abc', '-'", '-ab'),
        ("t | truncate: 'Infinity'", 'text'),
        ("t | truncate: '-Infinity', '.'", '.'),
        ("'é' | base64_encode", 'w6k='),
        ('half | base64_encode', 'Ye+/vWI='),
        ("'w6k=' | base64_decode", 'é'),
        ("'w6k' | base64_decode", 'é'),
        ("' w6\tk= ' | base64_decode", 'é'),
        ("'YQ==' | base64_decode", 'a'),
        ("'YQ' | base64_decode", 'a'),
        ("'YWI=' | base64_decode", 'ab'),
        ("'YWJj' | base64_decode", 'abc'),
        ("'YWJjZGVmZw' | base64_decode", 'abcdefg'),
        ("'YWJjZGVmZ2hpams' | base64_decode", 'abcdefghijk'),
        ("'/+8=' | base64_decode", '��'),
        ("'' | base64_decode", ''),
        ("'a' | sha256", 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'),
        ('half | sha256', '05087813392efc16fe8ff448920c6328e53af865df39419436659d9ffda90f7b'),
        ("'a' | hmac_sha256: 'key'", '780c3db4ce3de5b9e55816fba98f590631d96c075271b26976238d5f4444219b'),
        ("'a' | hmac_sha256", '9615a95d4a336118c435b9cd54c5e8644ab956b573aa2926274a1280b6674713'),
        ('half | hmac_sha256: half', 'e6dc46808e557e2714aa2f82c5110a347bc645e23b2574c4d8f1961b6ffde8c1'),
        ("x | default: 'd'", 'd'),
        ("f | default: 'd'", 'd'),
        ("empty | default: 'd'", 'd'),
        ("e | default: 'd' | json", 'd'),
        ("z | default: 'd'", '0'),
        ("t | default: 'd'", 'text'),
        ("l | default: 'd' | json", '[1,[2]]'),
        ("nope | default: 'd'", 'd'),
        ("f | default: 'd', allow_false: true", 'false'),
        ("f | default: 'd', allow_false: false", 'd'),
        ("f | default: 'd', other: true", 'd'),
        ("x | default: 'd', allow_false: true", 'd'),
        ("f | default: 'd', l", 'd'),
        ("f | default: 'd', allow_false: nil", 'false'),
        ('x | default', ''),
        ("t | default: 'd', 3", 'text'),
        ("true | default: 'd'", 'true'),
        ("x | default: 'd', 3", 'd'),
        ("f | default: 'd', nil", 'd'),
        ('o | json', "{'a':[1,{'b':null}]}"),
        ('o | json: 2', "{\\\\n  'a': [\\\\n    1,\\\\n    {\\\\n      'b': null\\\\n    }\\\\n  ]\\\\n}"),
        ("o | json: '--'", "{\\\\n--'a': [\\\\n----1,\\\\n----{\\\\n------'b': null\\\\n----}\\\\n--]\\\\n}"),
        ("o | json: '12345678901'", "{\\\\n1234567890'a': [\\\\n123456789012345678901,\\\\n12345678901234567890{\\\\n123456789012345678901234567890'b': null\\\\n12345678901234567890}\\\\n1234567890]\\\\n}"),
        ('o | json: 11', "{\\\\n          'a': [\\\\n                    1,\\\\n                    {\\\\n                              'b': null\\\\n                    }\\\\n          ]\\\\n}"),
        ('o | json: 0', "{'a':[1,{'b':null}]}"),
        ('o | json: -1', "{'a':[1,{'b':null}]}"),
        ('o | json: 1.9', "{\\\\n 'a': [\\\\n  1,\\\\n  {\\\\n   'b': null\\\\n  }\\\\n ]\\\\n}"),
        ('o | json: true', "{'a':[1,{'b':null}]}"),
        ('o | jsonify', '{\\"a\\":[1,{\\"b\\":null}]}'),
        ('o | inspect: 1', '{\\n \\"a\\": [\\n  1,\\n  {\\n   \\"b\\": null\\n  }\\n ]\\n}'),
        ('nope | json', ''),
        ('x | json', ''),
        ('l | raw', '12'),
        ('t | json: 2', 'text'),
        ("'<b>' | raw", '<b>'),
        ("nope | json | default: 'u'", 'u'),
    ],
)  # fmt: skip
def test_a_filter_gives_what_it_gives_in_liquidjs(filters: str, expected: str) -> None:
    assert render("{{ " + filters + " }}") == expected


@walked(
    ("filters", "why"),
    [
        ('half | url_encode', 'URI malformed'),
        ('half | cgi_escape', 'URI malformed'),
        ('half | uri_escape', 'URI malformed'),
        ('bad | url_decode', 'URI malformed'),
        ('alsobad | url_decode', 'URI malformed'),
        ("'100%' | url_decode", 'URI malformed'),
        ('half | url_decode', 'URI malformed'),
        ("'%61%' | url_decode", 'URI malformed'),
        ("'%zz' | url_decode", 'URI malformed'),
        ("'YQ=' | base64_decode", 'invalid base64 provided to base64_decode'),
        ("'Y' | base64_decode", 'invalid base64 provided to base64_decode'),
        ("'YQ===' | base64_decode", 'invalid base64 provided to base64_decode'),
        ("'YQ!=' | base64_decode", 'invalid base64 provided to base64_decode'),
        ("'YWJjY' | base64_decode", 'invalid base64 provided to base64_decode'),
        ("'YW=JjY' | base64_decode", 'invalid base64 provided to base64_decode'),
        ("f | default: 'd', true", 'Iterator value true is not an entry object'),
    ],
)  # fmt: skip
def test_a_filter_refuses_what_it_cannot_take(filters: str, why: str) -> None:
    with pytest.raises(LiquidError) as caught:
        render("{{ " + filters + " }}")
    assert str(caught.value) == f"{why}, line:1, col:1"


def test_a_long_text_is_encoded_to_its_end() -> None:
    text = "x" * 10_000 + "é" + "y" * 10_001
    assert render("{{ text | url_encode }}", text=text) == text.replace("é", "%C3%A9")
    for bad in ("y" * 10_000 + "\ud800", "\ud800" + "y" * 10_000):
        with pytest.raises(LiquidError, match="URI malformed"):
            render("{{ text | url_encode }}", text=bad)


@walked(
    ("template", "expected"),
    [
        ('{% if t %}a{% elsif f %}b{% else %}c{% endif %}', 'a'),
        ('{% if f %}a{% elsif t %}b{% else %}c{% endif %}', 'b'),
        ('{% if f %}a{% elsif f %}b{% else %}c{% endif %}', 'c'),
        ('{% if f %}a{% elsif f %}b{% elsif t %}c{% elsif t %}d{% endif %}', 'c'),
        ('{% if f %}a{% endif %}-', '-'),
        ('{% if e %}a{% endif %}{% if z %}b{% endif %}{% if empty %}c{% endif %}{% if x %}d{% endif %}', 'abc'),
        ('{% unless f %}a{% else %}b{% endunless %}', 'a'),
        ('{% unless t %}a{% else %}b{% endunless %}', 'b'),
        ('{% unless t %}a{% elsif t %}b{% else %}c{% endunless %}', 'b'),
        ('{% unless t %}a{% elsif f %}b{% elsif t %}d{% else %}c{% endunless %}', 'd'),
        ('{% unless t %}a{% elsif f %}b{% endunless %}', ''),
        ('{% unless t %}a{% else %}b{% else %}c{% endunless %}', 'b'),
        ('{% unless t %}a{% else %}b{% elsif t %}c{% endunless %}', 'b'),
        ('{% unless t %}a{% else %}b{% elsif t %}c{% else %}d{% endunless %}e', 'be'),
        ('{% unless f %}a{% endunless x %}', 'a'),
        ('{% case n %}{% when 1, 3 %}a{% when 3 %}b{% else %}c{% endcase %}', 'ab'),
        ('{% case n %}{% when 1 or 3 %}a{% else %}c{% endcase %}', 'a'),
        ('{% case n %}{% when 1 %}a{% else %}c{% endcase %}', 'c'),
        ('{% case n %}x{% when 3 %}a{% endcase %}', 'a'),
        ('{% case n %}{% when 1 %}a{% else %}c{% else %}d{% endcase %}', 'c'),
        ('{% case n %}{% when 1 %}a{% else %}c{% when 3 %}d{% endcase %}', 'cd'),
        ('{% case n %}{% else %}c{% when 3 %}d{% else %}e{% endcase %}', 'cd'),
        ('{% case n %}{% when 1 %}a{% endcase %}-', '-'),
        ('{% case x %}{% when nil %}a{% endcase %}', 'a'),
        ("{% case t %}{% when 'text' or 'a' %}a{% endcase %}", 'a'),
        ('{% case n %}{% when %}a{% endcase %}', ''),
        ('{% case n %}{% when 1 , 2 or 3 %}a{% endcase %}', 'a'),
        ('{% case n %}{% when 3 %}a{% when 3 %}b{% endcase %}', 'ab'),
        ("{% case t %}{% when 'a', %}b{% endcase %}", ''),
        ('{% case n %}x{% else %}y{% endcase %}', 'y'),
        ("{% assign a = 'x' | upcase %}{{ a }}", 'X'),
        ('{% assign a=3 %}{{ a }}', '3'),
        ('{% capture a %}x{{ n }}{% endcapture %}[{{ a }}]', '[x3]'),
        ("{% capture 'a' %}x{% endcapture %}{{ a }}", 'x'),
        ('{% increment a %}{% increment a %}{{ a }}', '012'),
        ('{% decrement a %}{% decrement a %}{{ a }}', '-1-2-2'),
        ('{% increment a %}{% decrement a %}{% increment a %}', '000'),
        ('{% assign a = 5 %}{% increment a %}{{ a }}', '05'),
        ("{% for i in ten limit: 4 %}{% cycle 'a', 'b', 'c' %}{% endfor %}", 'abca'),
        ("{% for i in ten limit: 3 %}{% cycle 'g': 'a', 'b' %}{% cycle 'h': 'a', 'b' %}{% endfor %}", 'aabbaa'),
        ("{% for i in ten limit: 3 %}{% cycle 'g': 'a', 'b' %}{% cycle 'g': 'a', 'b' %}{% endfor %}", 'ababab'),
        ("{% cycle 'a' %}{% cycle 'a' %}", 'aa'),
        ("{% cycle 'a', 'b' %}{% cycle 'a', 'c' %}{% cycle 'a', 'b' %}", 'aab'),
        ("{% cycle n: 'a', 'b' %}{% cycle 3: 'a', 'b' %}", 'ab'),
        ("{% cycle '<' | raw, o %}", '<'),
        ('{% cycle x, 1 %}{% cycle x, 1 %}', '1'),
        ("{% cycle 'a' 'b' %}", 'a'),
        ('{% cycle t %}', 'text'),
        ("{% cycle '<\"' | raw %}{% cycle '\"' %}", '<"\\"'),
        ('{% echo t | upcase %}', 'TEXT'),
        ('{% echo %}-', '-'),
        ('{% echo x %}-', '-'),
        ('{% echo \'"\' %}{% echo \'"\' | raw %}', '\\""'),
        ("{% liquid\n assign a = 1\n echo a\n if a\n echo 'y'\n endif %}", '1y'),
        ('{% liquid %}', ''),
        ('{% comment %}{{ x | nope }}{% if %}{% endcomment %}a', 'a'),
        ('{% # a comment %}-', '-'),
        ('{% # a\n # b %}-', '-'),
        ('{% # a\n\n\n# b %}-', '-'),
        ("{% render 'a' for e %}-", '-'),
        ("{% render 'a' for e as b %}-", '-'),
        ("{% render 'a' for x %}-", '-'),
        ("{% if f %}{% render 'a' %}{% endif %}ok", 'ok'),
        ("{% render 'a' for e, b: 1 %}-", '-'),
        ("{% render 'a' with l for e %}-", '-'),
        ("{% render 'a' with l as x for e as y %}-", '-'),
        ('{% layout none %}a{{ n }}', 'a3'),
        ('{% block a %}x{{ block }}{% endblock %}y{{ block }}', 'x{}y'),
        ('{% block %}x{% block b %}{{ n }}{% endblock %}{% endblock %}', 'x3'),
        ('{% block a %}{% assign q = 1 %}{% endblock %}{{ q }}{{ block.super }}', '1'),
    ],
)  # fmt: skip
def test_a_tag_renders_what_it_renders_in_liquidjs(template: str, expected: str) -> None:
    assert render(template) == expected


@walked(
    ("template", "why"),
    [
        ('{% if f %}a{% else %}b{% elsif t %}c{% endif %}', 'unexpected elsif after else'),
        ('{% if f %}a{% else %}b{% else %}c{% endif %}', 'duplicated else'),
        ('{% if t %}a{% endif x %}', 'unexpected "x"'),
        ('{% if t %}a{% else x %}b{% endif %}', 'unexpected "x"'),
        ('{% if t %}a', 'tag {% if t %} not closed'),
        ('{% assign %}', 'expected variable name'),
        ('{% assign a %}', 'expected "="'),
        ('{% assign a 3 %}', 'expected "="'),
        ('{% assign a == 3 %}', 'invalid value expression: "= 3"'),
        ('{% capture %}x{% endcapture %}', 'invalid capture name'),
        ('{% capture a %}x', 'tag {% capture a %} not closed'),
        ('{% cycle %}', 'empty candidates: "{% cycle %}"'),
        ("{% cycle 'g': %}", 'empty candidates: "{% cycle \'g\': %}"'),
        ('{% comment %}a', 'tag {% comment %} not closed'),
        ('{% # a\n b %}', "every line of an inline comment must start with a '#' character"),
        ("{% render 'a' %}", "Failed to lookup 'a': there are no other templates"),
        ("{% include 'a' %}", "Failed to lookup 'a': there are no other templates"),
        ('{% render %}', 'illegal file path'),
        ('{% include %}', 'illegal file path'),
        ('{% render t %}', 'Failed to lookup t: there are no other templates'),
        ("{% render 'a' for l %}-", "Failed to lookup 'a': there are no other templates"),
        ("{% render 'a' with e %}-", "Failed to lookup 'a': there are no other templates"),
        ("{% render 'a' with e as b, c: 1 %}-", "Failed to lookup 'a': there are no other templates"),
        ("{% render 'a', for: e %}", "Failed to lookup 'a': there are no other templates"),
        ("{% render 'a' for: e %}", "Failed to lookup 'a': there are no other templates"),
        ("{% include 'a' for e %}", "Failed to lookup 'a': there are no other templates"),
        ("{% include 'a' with e %}", "Failed to lookup 'a': there are no other templates"),
        ("{% render '{{ x' %}", 'output "{{ x" not closed'),
        ("{% layout 'a' %}b", "Failed to lookup 'a': there are no other templates"),
        ('{% layout %}', 'illegal file path'),
        ('{% layout t %}', 'Failed to lookup t: there are no other templates'),
        ('{% block a %}x', 'tag {% block a %} not closed'),
        ('{% nope %}', 'tag "nope" not found'),
        ('{% endif %}', 'tag "endif" not found'),
        ("{% render 'a' for e, b: [ %}", "[ not closed"),
    ],
)  # fmt: skip
def test_a_tag_that_is_written_wrong_is_refused(template: str, why: str) -> None:
    with pytest.raises(LiquidError) as caught:
        render(template)
    assert str(caught.value).rpartition(", line:1")[0] == why


@walked("accents", [*DATA["acc"].replace(" ", "")])
def test_a_latin_slug_has_no_accent_that_is_known(accents: str) -> None:
    made = render("{{ letter | slugify: 'latin', true }}", letter=accents)
    assert made.isascii() is (accents not in "ÀÉÎÕÜÝ")


@pytest.mark.parametrize("name", ["json", "jsonify", "inspect"])
def test_json_is_set_in_as_javascript_does(name: str) -> None:
    """By the engine without Novu's own printing."""

    def written(indent: str) -> str:
        return Engine().from_string("{{ o | " + name + indent + " }}").render(**DATA)

    assert written("") == '{"a":[1,{"b":null}]}'
    assert written(": 1") == '{\n "a": [\n  1,\n  {\n   "b": null\n  }\n ]\n}'
    assert written(": '12345678901'").splitlines()[1] == '1234567890"a": ['
    assert written(": 11") == written(": 10") != written(": 9")
