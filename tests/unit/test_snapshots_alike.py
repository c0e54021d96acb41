"""Which signs of two texts that look the same are others."""

from __future__ import annotations

from novu_framework_testing.snapshots.alike import alike_hint

ALIKE: dict[tuple[str, str], str | None] = {
    ("9 \u2013 5", "9 - 5"): "they look alike: a dash \u2013 became a hyphen -",
    ("a", "b"): None,
    ("a", "a"): None,
    ("\u0430\u0435\u043e\u0440", "aeop"): "they look alike: the Cyrillic letter \u0430, the Cyrillic letter \u0435, the Cyrillic letter \u043e, the Cyrillic letter \u0440 became the Latin letter a, the Latin letter e, the Latin letter o, the Latin letter p",
    ("\u0430\u0435\u043e\u0440\u0441", "aeopc"): "they look alike: the Cyrillic letter \u0430, the Cyrillic letter \u0435, the Cyrillic letter \u043e, the Cyrillic letter \u0440 and 1 more became the Latin letter a, the Latin letter e, the Latin letter o, the Latin letter p and 1 more",
    ("\u0430\u0435\u043e\u0440\u0441\u0445", "aeopcx"): "they look alike: the Cyrillic letter \u0430, the Cyrillic letter \u0435, the Cyrillic letter \u043e, the Cyrillic letter \u0440 and 2 more became the Latin letter a, the Latin letter e, the Latin letter o, the Latin letter p and 2 more",
    ("a  b", "a b"): "they look alike: a space is gone",
    ("a\u00a0b", "a b"): "they look alike: a space that holds two words together became a space",
    ("a\u00a0\u00a0b", "a b"): "they look alike: 2 spaces that hold two words together became a space",
    ("a \u200b\u200bb", "a b"): "they look alike: 2 unseen places where a line may end are gone",
    ("ab", "a\u200db"): "they look alike: an unseen sign that joins letters is new",
    ("ab", "a\u00ad\u00adb"): "they look alike: 2 places where a word may be cut are new",
    ("a\tb", "a b"): "they look alike: a tab became a space",
    ("a\nb", "a b"): "a line break became a space",
    ("a\u202fb", "a\u2009b"): "they look alike: a narrow space that holds two words together became a thin space",
    ("a\u3000b", "a b"): "they look alike: a wide space became a space",
    ("a\ufeffb", "ab"): "they look alike: an unseen sign at the start of files is gone",
    ("a\u200eb", "a\u200fb"): "they look alike: an unseen sign for left to right became an unseen sign for right to left",
    ("a\u2060b", "ab"): "they look alike: an unseen sign that holds words together is gone",
    ("a\u2060\u2060b", "ab"): "they look alike: 2 unseen signs that hold words together are gone",
    ("a\u200cb", "ab"): "they look alike: an unseen sign that keeps letters apart is gone",
    ("a\ufe0f", "a"): "they look alike: an unseen sign that makes an emoji coloured is gone",
    ("Call ☎ us", "Call ☎\ufe0f us"): "they look alike: an unseen sign that makes an emoji coloured is new",
    ("\u2019", "'"): "they look alike: a curly apostrophe \u2019 became a straight apostrophe '",
    ("\u2018", "'"): "they look alike: an opening single quotation mark \u2018 became a straight apostrophe '",
    ("\u201c", '"'): 'they look alike: an opening quotation mark \u201c became a straight quotation mark "',
    ("\u201d", '"'): 'they look alike: a closing quotation mark \u201d became a straight quotation mark "',
    ("\u2026", "..."): "they look alike: three dots in one sign \u2026 became 3 full stops ...",
    ("\u2014", "-"): "they look alike: a long dash \u2014 became a hyphen -",
    ("\u2212", "-"): "they look alike: a minus sign \u2212 became a hyphen -",
    ("\u2010", "-"): "they look alike: a hyphen of another kind \u2010 became a hyphen -",
    ("\u2011", "-"): "they look alike: a hyphen that holds a word together \u2011 became a hyphen -",
    ("\u0391", "A"): "they look alike: the Greek letter \u0391 became the Latin letter A",
    ("\u0410", "A"): "they look alike: the Cyrillic letter \u0410 became the Latin letter A",
    ("\ufb01", "fi"): "they look alike: the sign \ufb01 (latin small ligature fi) became the Latin letter f, the Latin letter i",
    ("\u00b2", "2"): "they look alike: the sign \u00b2 (superscript two) became the sign 2 (digit two)",
    ("\u2460", "1"): "they look alike: the sign \u2460 (circled digit one) became the sign 1 (digit one)",
    ("a\u2028b", "a b"): "they look alike: a sign that is not seen (line separator) became a space",
    ("ab", "a b"): "they look alike: a sign that is not seen (a control character) became a space",
    ("a b ", "a b"): "they look alike: a space is gone",
    ("\u2001a", "a"): "they look alike: a sign that is not seen (em quad) is gone",
    ("\u2026\u2026\u2026\u2026", "............"): "they look alike: three dots in one sign \u2026 4 times became 12 full stops ............",
    ("\uff41\uff42\uff43\uff44\uff45", "abcde"): "they look alike: the sign \uff41 (fullwidth latin small letter a), the sign \uff42 (fullwidth latin small letter b), the sign \uff43 (fullwidth latin small letter c), the sign \uff44 (fullwidth latin small letter d) and 1 more became the Latin letter a, the Latin letter b, the Latin letter c, the Latin letter d and 1 more",
}  # fmt: skip


def test_texts_that_look_alike_are_told_by_their_signs() -> None:
    assert {each: alike_hint(*each) for each in ALIKE} == ALIKE
