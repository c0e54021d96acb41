"""The words that a recording has in the place of what people said, and what of an answer it keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from novu_framework.recording import UNKNOWN
from novu_framework.recording.masking import Masked
from novu_framework.recording.pseudonyms import Pseudonyms
from novu_framework.recording.vocabulary import words_of
from tests.tables import walked

UUID = "6f9619ff-8b86-4011-b42d-00c04fc964ff"


def text(said: str, key: bytes = b"key") -> str:
    return Pseudonyms(key).text(said)


def masked(given: Any = None, *, known: str = "", kept: Iterable[str] = ()) -> Masked:
    """Return what masks the answer to an event."""
    made = Masked(Pseudonyms(b"key"), frozenset(kept), words_of([known]))
    made.given(given)
    return made


def blackened(said: str) -> str:
    """Return a text with a sign in the place of each letter between bars."""
    return re.sub(r"\|(\w+)\|", lambda found: UNKNOWN * len(found[1]), said)


@walked(
    ("said", "expected"),
    [
        ("Maria Huber", "Davue Dekof"),
        ("ORD-4711", "ORK-1092"),
        ("x2y 09 Ñ!", "k1d 02 T!"),
        ("0", "0"),
        ("a", "e"),
        ("I", "E"),
        ("12 a@b.co!", "59 person.964124@example.com!"),
        ("see https://shop.test/orders?x=1 now", None),
        ("wss://a.b/c", "https://example.com/443292"),
        ("http://a.b/c", "https://example.com/"),
        (UUID, "e959e0c0-5863-4b96-855b-0332fa3308c7"),
        (UUID.upper(), "e959e0c0-5863-4b96-855b-0332fa3308c7"),
        ("2026-01-01", "2026-01-01"),
        ("2026-01-01T10:00", "2026-01-01T10:00"),
        ("2026-01-01 10:00:00.123+01:00", "2026-01-01 10:00:00.123+01:00"),
        ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
    ],
)
def test_a_key_gives_the_same_pseudonym_in_every_version(said: str, expected: str | None) -> None:
    """The recordings of two versions of an app, made with one key, are of the same people."""
    if expected is None:
        before, address, after = text(said).split(" ")
        assert (len(before), len(after)) == (3, 3)
        assert re.fullmatch(r"https://example\.com/\d{6}", address)
    else:
        assert text(said).startswith(expected)
        assert len(text(said)) == len(expected) or expected.endswith("/")


@walked("said", ["Maria", "maria@acme.test", "https://shop.test/a", UUID, "4711", "x" * 70])
def test_another_key_gives_another_pseudonym(said: str) -> None:
    assert text(said) != text(said, b"other") != said


def test_each_sign_of_a_word_becomes_another_of_its_sort() -> None:
    sorts = [
        ("[aeiou]", "aeiou"),
        ("[AEIOU]", "AEIOU"),
        ("[bdfgklmnprstvz]", "bcdxyz"),
        (r"[1-9]", "123456789"),
    ]
    for sort, signs in sorts:
        for sign in signs:
            assert re.fullmatch(sort, text(sign)), sign
            assert text(sign) != sign
    words = [text("Ab1" * 30, bytes([number])) for number in range(20)]
    assert all(re.fullmatch("([AEIOU][bdfgklmnprstvz][0-9])+", word) for word in words)
    assert {sign for word in words for sign in word if sign.isdecimal()} == set("0123456789")
    assert {sign for word in words for sign in word if sign.islower()} == set("bdfgklmnprstvz")


def test_a_number_begins_with_a_zero_where_it_did() -> None:
    made = [(text("07", bytes([key])), text("70", bytes([key]))) for key in range(60)]
    assert {one[0] for one, _ in made} == {"0"}
    assert {one[0] for _, one in made} == set("123456789")


def test_no_pseudonym_is_the_word_itself() -> None:
    for key in range(200):
        assert text("A", bytes([key])) != "A"
        assert text("7", bytes([key])) != "7"


@walked(
    ("value", "expected"),
    [(True, True), (123456, 123456), (-123456, -123456), (1234567, 2167329), (-1234567, -2167329),
     (12345678.5, 12345678.5), (1.5, 1.5)],
)  # fmt: skip
def test_only_a_long_whole_number_has_other_digits(value: float, expected: float) -> None:
    made = Pseudonyms(b"key").number(value)
    assert (made, type(made)) == (expected, type(expected))


def test_other_digits_leave_the_letters() -> None:
    assert Pseudonyms(b"key").digits("Ref 12 a 345") == "Ref 59 a 991"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1971-03-04", "1968-02-27"),
        ("1971-03-04T10:00:00Z", "1968-02-27T10:00:00Z"),
        ("1971-02-30", "1971-02-30"),  # no day
        ("0001-02-03", "0001-01-01"),  # the first that there is
    ],
)
def test_a_birthday_is_an_earlier_day_in_the_same_form(said: str, expected: str) -> None:
    assert Pseudonyms(b"key").birthday(said) == expected


def test_a_birthday_moves_by_a_day_to_ten_years() -> None:
    born = date(2000, 1, 1).toordinal()
    moved = [
        day - date.fromisoformat(Pseudonyms(b"key").birthday(date.fromordinal(day).isoformat())).toordinal()
        for day in range(born, born + 9000)
    ]
    assert 0 < min(moved) < 20
    assert 3630 < max(moved) <= 3650


@walked(
    ("given", "expected"),
    [
        ("high", "high"),  # a choice of a schema
        ("", ""),
        (" \n", " \n"),
        ("Maria", "Davue"),
        (["Maria", {"name": "Huber"}], ["Davue", {"name": "Dekof"}]),
        ([7, 1234567, 1.5, True, None], [7, 2167329, 1.5, True, None]),
        ({"birthDate": "1971-03-04", "DoB": "1971-03-04", "born": "1971-03-04"},
         {"birthDate": "1968-02-27", "DoB": "1968-02-27", "born": "1968-02-27"}),
        ({"since": "1971-03-04"}, {"since": "1971-03-04"}),
        ({"birth": "Maria"}, {"birth": "Davue"}),
        ({"birth": 1971}, {"birth": 1971}),
        ({"points": 1}, {"points": 1}),
        ({"Maria Huber": 1}, {"Davue Dekof": 1}),
        ({"first name": 1, "First Name": 2}, {"first name": 1, "First Name": 2}),  # words of the app
        ({" Maria ": 1}, {" Maria ": 1}),
        ({"maria@acme.test": 1}, {"person.037408@example.com": 1}),
        ({"4711471": 1}, {text("4711471"): 1}),
        ({"471147": 1}, {"471147": 1}),
        ({"a1b2c3d4e5f6g7": 1}, {text("a1b2c3d4e5f6g7"): 1}),
        ({"k" * 20: 1}, {text("k" * 20): 1}),
        ({"k" * 19: 1}, {"k" * 19: 1}),
    ],
)  # fmt: skip
def test_what_an_event_says_has_pseudonyms_and_what_is_nobodys_stays(given: Any, expected: Any) -> None:
    made = Masked(Pseudonyms(b"key"), frozenset({"high"}), words_of(["the first name"]))
    assert made.given(given) == made.given(given) == expected


@walked(
    ("known", "said", "expected"),
    [
        ("dear", "Dear Heidi, dear DEAR", "Dear |Heidi|, dear DEAR"),
        ("", "https person example com", "https person example com"),
        ("", "on Monday 3 Sep", "|on| Monday 3 Sep"),
        ("", "123456 1234567 12a", "123456 |1234567| |12a|"),
        ("", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
        ("a", "a < Heidi > a", "a < |Heidi| > a"),
        ("", '<p class="Heidi">Heidi</p>', '<p class="Heidi">|Heidi|</p>'),
        ("", "<p alt='Heidi' id='Heidi' TITLE = \"Heidi\">", "<p alt='|Heidi|' id='Heidi' TITLE = \"|Heidi|\">"),
        ("", '<a href="Heidi" src="Heidi" content="Heidi" aria-label="Heidi">', '<a href="|Heidi|" src="|Heidi|" content="|Heidi|" aria-label="|Heidi|">'),
        ("", "<style>.a{}</style >b<STYLE x='>'>.a{}</STYLE>b", "<style>.a{}</style >|b|<STYLE x='>'>.a{}</STYLE>|b|"),
        ("", "a<style>b</styl", "|a|<|style|>|b|</|styl|"),  # no end, and so a text
        ("", "a<style>b<i id='c'>", "|a|<|style|>|b|<|i| |id|='|c|'>"),
        ("", "a<!-- b <i title='c'> --><!--d-->e", "|a|<!-- b <i title='c'> --><!--d-->|e|"),
        ("", "a<!-- b", "|a|<!-- |b|"),
        ("", "a<b id='c'", "|a|<|b| |id|='|c|'"),
        ("", "a<br>b<hr/>c</p>d", "|a|<br>|b|<hr/>|c|</p>|d|"),
        ("shop test https orders", "at https://shop.test/orders/12", "|at| https://shop.test/orders/12"),
    ],
)  # fmt: skip
def test_of_an_answer_markup_stays_and_what_the_app_says_and_the_rest_is_blackened(
    known: str, said: str, expected: str
) -> None:
    assert masked(known=known).answered(said) == blackened(expected)


@walked(
    ("said", "is_known"),
    [
        ("https://shop.test/12", True),
        ("https://shop.test/123456", True),
        ("https://shop.test/1234567", False),  # an account, perhaps
        ("https://shop.test/heidi", False),
        ("shop@shop.test", True),
        ("heidi@shop.test", False),
    ],
)
@walked("around", ["{}", "<a href='{}'>", "<!-- {} -->", "<style> {} </style>", "<STYLE> {} </STYLE>"])
def test_an_address_stays_where_the_app_has_all_its_words(around: str, said: str, is_known: bool) -> None:
    made = masked(known="https://shop.test").answered(around.format(said))
    start, end = around.split("{}")
    if is_known:
        assert made == start + said + end
    else:
        assert re.fullmatch(rf"{start}(https://example\.com/\d{{6}}|person\.\d{{6}}@example\.com){end}", made)


def test_a_long_number_of_an_address_that_the_app_has_stays_in_a_style_sheet() -> None:
    style = "<style>@import url( https://shop.test/7654321 )</style>"
    assert masked(known=style).answered(style) == style
    assert "7654321" not in masked(known="style import url https shop test").answered(style)


@walked(
    ("given", "said", "expected"),
    [
        ("Maria Huber", "Hi Maria Huber!", "|Hi| Davue Dekof!"),
        ("Maria Huber", "Maria, MARIA HUBER, Huber", "Davue, DAVUE DEKOF, Dekof"),
        ("maria huber", "maria Maria Huber", "|maria| Davue Dekof"),  # a word is a name where it is a capital's
        ("Maria Huber", "Mariana AMaria Maria2", "|Mariana| |AMaria| |Maria2|"),
        ("Maria Huber", "Maria Hubers, Maria Huber2, Maria Huber", "Davue |Hubers|, Davue |Huber2|, Davue Dekof"),
        ("Call Ann!", "Call Ann!yes Call Ann", "{Call} {Ann}!|yes| {Call} {Ann}"),
        ("Ann & Bob", "Ann &amp; Bob", "{Ann} &amp; {Bob}"),
        ("go \"an\" o'b", "go &quot;an&quot; o&#x27;b", "{go} &quot;{an}&quot; {o}&#x27;{b}"),
        ("go \"an\" o'b & c", "go \"an\" o'b &amp; c", "{go} \"{an}\" {o}'{b} &amp; {c}"),
        ("+43 660 7654321", "at +43 660 7654321 or 43 660 7654321", None),
        ("Ann Bea Cleo Dora", "Cleo", "{Cleo}"),
        ("Ann Bea Cleo Dora Eve", "Cleo", "|Cleo|"),  # no name
        ("B Xu", "B Xu; B, Xu", "{B} {Xu}; |B|, {Xu}"),
        ("B", "B", "|B|"),
        ("Xu", "Xu", "{Xu}"),
        ("leave it", "leave", "|leave|"),
        ({"birth": "1971-03-04"}, "1971-03-04", "1968-02-27"),
        ({"birth": "1971-03-04"}, "1971-03-05", "1971-03-05"),
        ({"birth": "1971-03-04"}, "|on| 1971-03-04", "|on| 1968-02-27"),
        ({"birth": "1971-03-04"}, "<i title='1971-03-04'>", "<i title='1968-02-27'>"),
        ("Maria Huber", "<style>Maria</style><!-- Maria --><i id='Maria' title='Maria'>",
         "<style>Davue</style><!-- Davue --><i id='Maria' title='Davue'>"),
    ],
)  # fmt: skip
def test_an_answer_has_the_pseudonyms_of_its_event(given: Any, said: str, expected: str | None) -> None:
    made = masked(given).answered(said.replace("|on|", "on"))
    if expected is None:
        phone = text("+43 660 7654321")
        assert made == blackened(f"|at| {phone} |or| 43 660 |7654321|")
    else:
        expected = re.sub(r"\{(\w+)\}", lambda found: text(found[1]), expected)
        assert made == blackened(expected)


@walked(
    ("noted", "said", "expected"),
    [
        ([("Ann", "Eve"), ("Ann Lee", "Iva Pol")], "Ann Lee, Ann, Lee", "Iva Pol, Eve, Pol"),
        ([("Ann Lee", "Iva Pol"), ("Ann", "Eve")], "Ann Lee, Ann, Lee", "Iva Pol, Eve, Pol"),
        ([("Ann Lee", "Iva Pol"), ("Lee Roy", "Kim Fox")], "Ann Lee Roy", "Iva Pol Fox"),
        ([("Ann-", "Eve+"), ("-Lee", "/Kim")], "Ann-Lee", "Eve+Kim"),
        ([("Ann Lee", "Iva")], "Ann Lee, Ann", "Iva, |Ann|"),  # not word by word
        ([("Ann", "Ann")], "Ann", "|Ann|"),
    ],
)
def test_a_longer_text_counts_before_a_shorter_and_the_first_of_two_that_overlap(
    noted: list[tuple[str, str]], said: str, expected: str
) -> None:
    made = masked()
    for one, pseudonym in noted:
        made.note(one, pseudonym)
    assert made.answered(said) == blackened(expected)


def test_an_answer_is_masked_with_all_that_is_in_it() -> None:
    made = masked({"name": "Maria Huber"}, known="dear the", kept=["Chosen"])
    answer = {
        "Maria Huber": [
            "Dear Maria",
            "Chosen",
            {"sum": 1234567, "of": 12, "ok": True, "no": None, "part": 1.5},
        ]
    }
    assert made.answered(answer) == {
        "Davue Dekof": [
            "Dear Davue",
            "Chosen",
            {"sum": 2167329, "of": 12, "ok": True, "no": None, "part": 1.5},
        ]
    }


@pytest.mark.parametrize(("count", "fits"), [(200, True), (201, False)])
def test_so_many_texts_may_begin_alike(count: int, fits: bool) -> None:
    texts = [f"order {number:03d}x" for number in range(count)]
    if fits:
        assert masked(texts).answered(texts[7]) == text(texts[7])
    else:
        with pytest.raises(ValueError, match="too many texts begin alike"):
            masked(texts)
