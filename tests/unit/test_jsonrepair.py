"""Broken JSON texts, and what is made of them: what the npm package jsonrepair makes of them."""

from __future__ import annotations

import tracemalloc

import pytest

from novu_framework.npm.jsonrepair import JSONRepairError, is_left_alone, repaired
from tests.tables import walked


def answer(text: str) -> str:
    """Return the text as it is repaired, or why it cannot be."""
    try:
        return repaired(text)
    except JSONRepairError as error:
        return f"{str(error).rpartition(' ')[0]} {error.position}"


@walked(
    ("text", "expected"),
    [
        ('{}', '{}'),
        ('{"a":2.3e100,"b":"str","c":null,"d":false,"e":[1,2,3]}', '{"a":2.3e100,"b":"str","c":null,"d":false,"e":[1,2,3]}'),
        ('  { } \t ', '  { } \t '),
        ('/* foo */ {}', ' {}'),
        ('{} /* foo */ ', '{}  '),
        ('/* foo */ /* bar */ {}', '  {}'),
        ('{a:1}//x', '{"a":1}'),
        ('{//x\n"a":1}', '{\n"a":1}'),
        ('[1,/*a*/2]', '[1,2]'),
        ('/*a', 'Unexpected end of json string at position 3'),
        ('//a\n1', '\n1'),
        ('[1\xa02]', '["1\xa02"]'),
        ('\u2003[1]', ' [1]'),
    ],
)  # fmt: skip
def test_comments_go_and_blanks_stay(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('```\n{"a":"b"}\n```', '\n{"a":"b"}\n'),
        ('```json\n{"a":"b"}\n```', '\n{"a":"b"}\n'),
        ('```{"a":"b"}\n```', '{"a":"b"}\n'),
        ('[```\n{"a":"b"}\n```]', '\n{"a":"b"}\n'),
        ('{```json\n[1]\n```}', '\n[1]\n'),
        (' \xa0```json 1', '   1'),
    ],
)  # fmt: skip
def test_the_marks_of_a_code_block_go(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('[1,2,...]', '[1,2]'),
        ('[1, 2, ... ]', '[1, 2  ]'),
        ('[1,2,3,...]', '[1,2,3]'),
        ('[1, 2, 3, ... , 9]', '[1, 2, 3,   9]'),
        ('[...,7,8,9]', '[7,8,9]'),
        ('[..., 7]', '[ 7]'),
        ('[...]', '[]'),
        ('[ ... ]', '[  ]'),
        ('{"a":2,"b":3,...}', '{"a":2,"b":3}'),
        ('{...,"b":3}', '{"b":3}'),
        ('{"a":1,...,"z":26}', '{"a":1,"z":26}'),
        ('{...}', '{}'),
    ],
)  # fmt: skip
def test_what_stands_for_more_values_goes(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('callback_123({});', '{}'),
        ('callback_123 ( {} )', ' {} '),
        ('callback({}', '{}'),
        ('f(1', '1'),
        ('ISODate("2012-12-19T06:01:17.171Z")', '"2012-12-19T06:01:17.171Z"'),
        ('{"_id":ObjectId("123")}', '{"_id":"123"}'),
        ('f(1);x', 'Unexpected character "x" at position 5'),
    ],
)  # fmt: skip
def test_of_a_call_its_argument_is_left(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('"a" + "b"', '"ab"'),
        ('"hello" + " world"', '"hello world"'),
        ('"hello" +\n " world"', '"hello world"'),
        ('"a"+"b"+"c"', '"abc"'),
        ('"a"\n+ "b"', '"ab"'),
        ('"a" +', '"a"'),
        ('"a" + 1', 'Unexpected character "1" at position 6'),
        ('["a" + "b"]', '["ab"]'),
        ('{"a": "x" + y}', 'Colon expected at position 13'),
        ('"a"+"', '"a"'),
    ],
)  # fmt: skip
def test_texts_that_are_added_are_one(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('{"a":1}\n{"b":2}\n', '[\n{"a":1},\n{"b":2}\n\n]'),
        ('1\n2\n3', '[\n1,\n2,\n3\n]'),
        ('1,\n2\n', '[\n1,\n2\n\n]'),
        ('/* c */1\n/*x*/2', '[\n1,\n2\n]'),
        ('1,2,3', '[\n1,2,3\n]'),
        ('[1],\n[2]', '[\n[1],\n[2]\n]'),
        ('1,', '1'),
        ('{"a":1},', '{"a":1}'),
        ('{"a":1}\n,', '{"a":1}\n'),
        ('{}}', '{}'),
        ('{}]}', '{}'),
        ('{"a":1}}x', 'Unexpected character "x" at position 8'),
        ('1\n2\n]', '[\n1,\n2\n\n]'),
        ('"a"\n"b"\n', '[\n"a",\n"b"\n\n]'),
    ],
)  # fmt: skip
def test_values_one_after_another_are_a_list_and_what_closes_too_much_goes(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('undefined', 'null'),
        ('{"a":undefined}', '{"a":null}'),
        ('True', 'true'),
        ('None', 'null'),
        ('False', 'false'),
        ('truex', '"truex"'),
        ('true2', '"true2"'),
        ('[null,nul]', '[null,"nul"]'),
    ],
)  # fmt: skip
def test_words_of_other_languages_are_words_of_json(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('2', '2'),
        ('+1', 'Unexpected end of json string at position 2'),
        ('.5', '0.5'),
        ('-', '-0'),
        ('-.5', '-0.5'),
        ('5.', '5.0'),
        ('5.e3', '5.0e3'),
        ('2e', '2e0'),
        ('2e+', '2e+0'),
        ('2E-', '2E-0'),
        ('007', '"007"'),
        ('0', '0'),
        ('-0', '-0'),
        ('00.5', '"00.5"'),
        ('[-', '[-0]'),
        ('{"a":-}', '{"a":-0}'),
        ('0x1A', '"0x1A"'),
        ('1a', '"1a"'),
        ('e5', '"e5"'),
        ('-e5', '"-e5"'),
        ('1.2.3', '"1.2.3"'),
        ('[1 2 3]', '[1, 2, 3]'),
        ('12:30', 'Unexpected character ":" at position 2'),
        ('{"a":1.', '{"a":1.0}'),
        ('0789.5', '"0789.5"'),
        ('1e5', '1e5'),
        ('-5.5e-7', '-5.5e-7'),
        ('.', '0.0'),
        ('.e3', '0.0e3'),
        ('5.e', '5.0e0'),
        ('2e 1', 'Unexpected character "1" at position 3'),
        ('[1e,2]', '[1e0,2]'),
        ('-1.5', '-1.5'),
        ('{"a":01}', '{"a":"01"}'),
    ],
)  # fmt: skip
def test_a_number_is_made_whole_or_a_text(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('/foo/', '"/foo/"'),
        ('{"a":/fo\\/o/}', '{"a":"/fo\\\\/o/"}'),
        ('/abc', '"/abc"'),
        ('["x",/a"b/,1]', '["x","/a\\"b/",1]'),
        ('abc', '"abc"'),
        ('hello world', '"hello world"'),
        ('{a b:c d}', '{"a b":"c d"}'),
        ('[a,b c , d]', '["a","b c" , "d"]'),
        ('{"a":hello}', '{"a":"hello"}'),
        ('"it\'s"', '"it\'s"'),
        ("it's", 'Unexpected character "\'" at position 2'),
        ('{greeting: hello world!}', '{"greeting": "hello world!"}'),
        ('{"a": x"}', '{"a": "x"}'),
        ('{"url":https://www.bible.com/,"id":1}', '{"url":"https://www.bible.com/","id":1}'),
        ('https://a.b/c?d=e,f', '[\n"https://a.b/c?d=e","f"\n]'),
        ('{"url":"https://www.bible.com/,"id":2}', '{"url":"https://www.bible.com/","id":2}'),
        ('[https://a.b/c]', '["https://a.b/c"]'),
        ('{"u":https://a.b}', '{"u":"https://a.b"}'),
        ('{"u":ftp://x y}', 'Colon expected at position 14'),
        ('{http://x:1}', '{"http":null}'),
        ('{"u":"https://x.y/a', '{"u":"https://x.y/a"}'),
        ('["a://b"]', '["a://b"]'),
        ('{"u":"https:x,"i":1}', '{"u":"https:x","i":1}'),
        ('{"u":"mailto://x,y', '{"u":"mailto://x,y"}'),
        ('{"a":"data://x]y', '{"a":"data://x]y"}'),
    ],
)  # fmt: skip
def test_a_word_a_pattern_and_an_address_are_texts(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ("'a'", '"a"'),
        ('{\'a\':\'b"c\'}', '{"a":"b\\"c"}'),
        ('`a`', '"a"'),
        ('‘a’', '"a"'),
        ('“a”', '"a"'),
        ('´a´', '"a"'),
        ("‘a'", '"a"'),
        ('"a”', '"a”"'),
        ('“a"b”', '"a\\"b"'),
        ("'a’b'", '"a’b"'),
        ('&quot;a&quot;', '"a"'),
        ('&quot;a &amp; b&quot;', '"a & b"'),
        ('&apos;a&apos;', '"a"'),
        ('&#34;a&#x22;', '"a"'),
        ('&amp;', '"&amp;"'),
        ('{&quot;a&quot;:&quot;it&apos;s &lt;b&gt;&#10;&quot;}', '{"a":"it\'s <b>\\n"}'),
        ('"a &quot; b"', '"a &quot; b"'),
        ('&quot;a&apos;b&quot;', '"a\'b"'),
        ('&#39;a&quot;b&#39;', '"a\\"b"'),
        ('‘a`', '"a"'),
        ('“a“b”', '"a\\"b"'),
    ],
)  # fmt: skip
def test_other_quotes_are_quotes(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('{\\"a\\":\\"b\\"}', '{"a":"b"}'),
        ('\\"a\\"', '"a"'),
        ('\\"a\\nb\\"', '"anb"'),
        ('\\a', 'Unexpected character "a" at position 1'),
        ('{\\"a\\": \\"b\\\\"c\\"}', '{"a": "b\\"c"}'),
        ('"a"\\', 'Unexpected character "\\\\" at position 3'),
        ('{"a":"b"\\}', 'Unexpected character "\\\\" at position 8'),
        ('"a\\u00e9b"', '"a\\u00e9b"'),
        ('"\\u26', '""'),
        ('"\\uZ000"', 'Invalid unicode character "\\uZ000" at position 1'),
        ('"\\u26"', 'Invalid unicode character "\\u26"" at position 1'),
        ('"\\u"', 'Invalid unicode character "\\u"" at position 1'),
        ('"\\q"', '"q"'),
        ('"\\\n"', '"\\n"'),
        ('"a\\/b\\\\"', '"a\\/b\\\\"'),
        ('"\\', '""'),
        ('"a\nb"', '"a\\nb"'),
        ('"a\tb\x08c\x0cd\re"', '"a\\tb\\bc\\fd\\re"'),
        ('"a\x01b"', 'Invalid character "\\u0001" at position 2'),
        ("'\x00'", 'Invalid character "\\u0000" at position 1'),
        ('\\"a"', '"a"'),
        ('{\\"a\\nb\\": 1}', '{"anb": 1}'),
        ('"\\u00zz"', 'Invalid unicode character "\\u00zz" at position 1'),
        ('"\\u00e9', '"\\u00e9"'),
        ('"a"b\\', '"a\\"b"'),
    ],
)  # fmt: skip
def test_escapes_are_kept_or_made_or_go(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('"abc', '"abc"'),
        ('{"a":"b', '{"a":"b"}'),
        ('["a","b', '["a","b"]'),
        ('{"a":"b,"c":"d"}', '{"a":"b","c":"d"}'),
        ('{"a":"b}', '{"a":"b"}'),
        ('["a,"b"]', '["a","b"]'),
        ('["abc]', '["abc"]'),
        ('["abc,]', '["abc"]'),
        ('["abc}', '["abc"]'),
        ('"a, "b"', '[\n"a", "b"\n]'),
        ('{"a": "b c",d":1}', '{"a": "b c","d":1}'),
        ('"a"b"', '"a\\"b"'),
        ('{"a":"say "hi" now","b":1}', '{"a":"say \\"hi\\" now","b":1}'),
        ('["he said "x", ok"]', '["he said \\"x", "ok"]'),
        ('"The (a" b) c"', '"The (a\\" b) c"'),
        ('{"a":"12" x 20","b":"c"}', '{"a":"12\\" x 20","b":"c"}'),
        ('{"a":"b" }', '{"a":"b" }'),
        ('"a (b"', '"a (b"'),
        ('["a" 5]', '["a", 5]'),
        ('["a""b"]', '["a","b"]'),
        ('["a" "b"]', '["a", "b"]'),
        ('["a"\'b\']', '["a","b"]'),
        ('{"a":"x"y":1}', 'Object key expected at position 10'),
        ('{"a":"x":"y"}', 'Object key expected at position 8'),
        ('"ab \n', '"ab \\n"'),
        ('{"a":"b \n', '{"a":"b \\n"}'),
        ('["a  ,"b"]', '["a"  ,"b"]'),
        ('["x, y ,"b"]', '["x, y" ,"b"]'),
        ('["x] y,"b"]', '["x] y","b"]'),
        ('{"a":"b" /*c*/}', '{"a":"b" }'),
        ('{"a":"b" //c\n}', '{"a":"b" \n}'),
        ('"a" //c', '"a" '),
        ('["x [a" y] z"]', '["x [a\\" y] z"]'),
        ('["x {a" } z"]', '["x {a\\" } z"]'),
        ('["x [a"]"]', '["x [a\\"]"]'),
        ('{"a":"(b) "c" d"}', '{"a":"(b) ","c": "d"}'),
        ('["a" "","b"]', '["a", "","b"]'),
        ('{"a":"b" "c":1}', '{"a":"b", "c":1}'),
        ('["a"1]', '["a",1]'),
        ('["a" 5, "b"]', '["a", 5, "b"]'),
        ('["a"b"]', '["a\\"b"]'),
        ('{"a":"b"c,d:"e"}', 'Colon expected at position 9'),
        ('{"a": "b"\n"c": "d"}', '{"a": "b",\n"c": "d"}'),
    ],
)  # fmt: skip
def test_a_string_ends_where_it_can(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('[1,2', '[1,2]'),
        ('[1,[2', '[1,[2]]'),
        ('{"a":1', '{"a":1}'),
        ('{"a":[1,{"b":2}', '{"a":[1,{"b":2}]}'),
        ('{"a":1]}', '{"a":1}'),
        ('[1,2}', '[1,2]'),
        ('[1 ,]', '[1 ]'),
        ('[,1]', '[1]'),
        ('[ , 1]', '[  1]'),
        ('{,"a":1}', '{"a":1}'),
        ('{"a":1,}', '{"a":1}'),
        ('{"a":1 "b":2}', '{"a":1, "b":2}'),
        ('{"a":1\n"b":2}', '{"a":1,\n"b":2}'),
        ('[\n1\n2\n]', '[\n1,\n2\n]'),
        ('{"a" 1}', '{"a": 1}'),
        ('{"a" "b"}', '{"a": "b"}'),
        ('{"a":}', '{"a":null}'),
        ('{"a"', '{"a":null}'),
        ('{"a":', '{"a":null}'),
        ('{"a" : ,"b":1}', '{"a" : null,"b":1}'),
        ('{"a"}', 'Colon expected at position 4'),
        ('{"a" x:1}', '{"a": "x:1"}'),
        ('{"a",1}', 'Colon expected at position 4'),
        ('{1:2}', '{"1":2}'),
        ('{a', '{"a":null}'),
        ('{[1]}', 'Unexpected character "[" at position 1'),
        ('{/a/}', 'Object key expected at position 1'),
        ('{"a":1,[2]}', 'Unexpected character "[" at position 7'),
        ('{"a":{"b":1,"c":{"d":2}', '{"a":{"b":1,"c":{"d":2}}}'),
        ('[{"a":1}{"b":2}]', '[{"a":1},{"b":2}]'),
        ('[1}{2]', 'Unexpected character "{" at position 3'),
        ('[{}', '[{}]'),
        ('{"a":{}', '{"a":{}}'),
        ('[1 /*x*/ 2]', '[1,  2]'),
        ('{"a":1\n\n"b":2', '{"a":1,\n\n"b":2}'),
        ('[ ', '[] '),
        ('{ ', '{} '),
        ('{"a":[}', '{"a":[]}'),
    ],
)  # fmt: skip
def test_brackets_commas_colons_and_values_that_are_missing_are_put_in(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('', 'Unexpected end of json string at position 0'),
        ('  ', 'Unexpected end of json string at position 2'),
        ('}', 'Unexpected end of json string at position 1'),
        (':', '":"'),
        (',', 'Unexpected end of json string at position 1'),
        ('{"a":b:c}', '{"a":"b:c"}'),
        ('[a:b]', '["a:b"]'),
        ('a:b', '"a:b"'),
        ('{"a":1}:', 'Unexpected character ":" at position 7'),
        ('😀:', '"😀:"'),
        ('"a" 😀:}', 'Unexpected character "😀" at position 4'),
        ('{"😀" :1 x', '{"😀" :1, "x":null}'),
        ('1 ,x', '[\n1 ,"x"\n]'),
        ('1,\n:', 'Unexpected character ":" at position 3'),
        ('1 :', 'Unexpected character ":" at position 2'),
        ('1\n,2', '[\n1\n,2\n]'),
        ('[1],:', 'Unexpected character ":" at position 4'),
    ],
)  # fmt: skip
def test_nothing_and_what_is_no_value_is_beyond_repair(text: str, expected: str) -> None:
    assert answer(text) == expected


@walked(
    ("text", "expected"),
    [
        ('{"a":"b","c":["d"]}', True),
        ('["a (b)"]', True),
        ('["a (b"]', True),
        ('["a [b"]', False),
        ('["a ]b"]', True),
        ('["a [b]"]', True),
        ('{"a":"{b"}', False),
        ('{"a":"{b","c":1}', True),
        ('["{b"]', True),
        ('["\\\\"]', True),
        ('["\\"[b"]', False),
    ],
)
def test_a_sound_text_is_told_from_one_that_may_change(text: str, expected: bool) -> None:
    assert is_left_alone(text) is expected
    if expected:
        assert repaired(text) == text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('[""' + ",1" * 9_998 + "]", '[""' + ",1" * 9_998 + "]"),
        ("[1" + ",1" * 9_999 + "]", None),
        ('""' + "+" * 19_998, '""'),
        ('""' + "+" * 19_999, None),
    ],
    ids=["values", "a value more", "sums", "a sum more"],
)
def test_so_much_is_looked_at_and_no_more(text: str, made: str | None) -> None:
    if made is not None:
        assert repaired(text) == made
    else:
        with pytest.raises(JSONRepairError, match=r"^Too much to repair at position"):
            repaired(text)


def test_a_text_that_nests_too_deep_has_no_position() -> None:
    with pytest.raises(JSONRepairError, match=r"^Too much to repair$") as caught:
        repaired("[" * 10_000)
    assert caught.value.position is None


def test_a_text_of_escapes_is_looked_at_in_little_memory() -> None:
    text = '["' + '\\"' * 200_000 + '"]'
    tracemalloc.start()
    try:
        assert is_left_alone(text)
        assert tracemalloc.get_traced_memory()[1] < 10 * len(text)
    finally:
        tracemalloc.stop()
    assert [is_left_alone(each) for each in ('["a["]', '["a[]"]', '["\\\\"]', '["\\\\["]', '{"a":"{"}', '{"a":"\\"{\\""}')] == [
        False, True, True, False, False, False
    ]  # fmt: skip
