"""Sentences and which of them changed, names of machines as people say them, and months in dates."""

from __future__ import annotations

from novu_framework_testing.snapshots.months import without_months
from novu_framework_testing.snapshots.sentences import (
    changed_sentences,
    moved_sentence,
    place_in,
    sentence_of,
    sentences,
)
from novu_framework_testing.snapshots.spoken_names import code_name, locale_name, reason_name, step_name

SENTENCES: dict[str, list[str]] = {
    "Ask Dr. Lee. He is in!": ["Ask Dr. Lee.", "He is in!"],
    "One. Two? Three… Four": ["One.", "Two?", "Three…", "Four"],
    "e.g. this. And i.e. that.": ["e.g. this.", "And i.e. that."],
    "On 12. Juni it opens. Come": ["On 12. Juni it opens.", "Come"],
    "On 12. June it opens": ["On 12.", "June it opens"],
    "On 12. Mai it opens": ["On 12. Mai it opens"],
    "Mr. A. B. C.": ["Mr. A. B. C."],
    "No. 5 is it. no. 6 too.": ["No. 5 is it.", "no. 6 too."],
    "Tel. 5. tel. 6": ["Tel. 5.", "tel. 6"],
    "Prof. Lee. St. Ives. Nr. 5. nr. 6": ["Prof. Lee.", "St. Ives.", "Nr. 5.", "nr. 6"],
    "Mrs. Lee. Ms. Lee. Mr. Lee": ["Mrs. Lee.", "Ms. Lee.", "Mr. Lee"],
    "一。二！三？四": ["一。", "二！", "三？", "四"],
    "a\nb": ["a", "b"],
    "a؟ b۔ c। d": ["a؟", "b۔", "c।", "d"],
    "3.5 is it.": ["3.5 is it."],
    "One.Two": ["One.Two"],
    "ok.  yes": ["ok.", "yes"],
    "": [],
    " ": [],
}  # fmt: skip


def test_a_text_is_cut_where_its_sentences_end() -> None:
    assert {each: sentences(each) for each in SENTENCES} == SENTENCES


STOOD: dict[tuple[str, str], str] = {
    ("not", "Cold water. Do not swim here."): "Do not swim here.",
    ("water", "Cold water."): "Cold water.",
    ("one two three", "Yes. one two three four. no"): "one two three four",
    ("one two three four", "Yes. one two three four five. no"): "one two three four",
    ("gone", "One. Two"): "gone",
    ("two", "One. two! no?"): "two",
}  # fmt: skip


def test_a_few_words_are_told_by_their_sentence() -> None:
    assert {each: sentence_of(*each) for each in STOOD} == STOOD


def test_a_sentence_is_looked_for_in_two_thousand_signs() -> None:
    assert [sentence_of("not", "Yes. Do not. " + "x" * more) for more in (1987, 1988)] == ["Do not", "not"]


MOVED: dict[tuple[str, str], tuple[str, str] | None] = {
    ("Watch Ruth. Breathe in. Sing!", "Breathe in. Sing! Watch Ruth."): ("Watch Ruth.", "after “Sing!”"),
    ("An one. By two.", "By two. An one."): ("An one.", "after “By two.”"),
    ("One here. Two here. Three here.", "Three here. One here. Two here."): ("Three here.", "before “One here.”"),
    ("One. One. Two.", "One. Two. One."): ("Two.", "after “One.”"),
    ("One here.", "One here."): None,
    ("One here. Two.", "One here. Six."): None,
    ("One here. Two. Ten.", "One here. Two."): None,
    ("One here. Two here. Three here. Four here.", "Two here. One here. Four here. Three here."): None,
    ("To be. Go in.", "Go in. To  be."): None,
}  # fmt: skip


def test_one_sentence_that_moved_is_told_with_its_place() -> None:
    assert {each: moved_sentence(*each) for each in MOVED} == MOVED


def test_a_sentence_is_found_among_fifty() -> None:
    def moved(count: int) -> tuple[str, str] | None:
        words = [f"Line{at} ok." for at in range(count)]
        return moved_sentence(" ".join(words), " ".join([*words[1:], words[0]]))

    assert moved(50) == ("Line0 ok.", "after “Line49 ok.”")
    assert moved(51) is None
    places = [(["a", "b"], 0), (["a", "b"], 1), (["a", "b", "c"], 2), (["a"], 0), (["x" * 50, "b"], 1)]
    assert [place_in(*each) for each in places] == [
        "before “b”",
        "after “a”",
        "after “b”",
        "",
        f"after “{'x' * 39}…”",
    ]


CHANGED: dict[tuple[str, str], tuple[str, str]] = {
    ("Dear Ann. It costs 5. Bye.", "Dear Ann. It costs 6. Bye."): (" It costs 5.", " It costs 6."),
    ("One 1. Two.", "One 2. Two."): ("One 1.", "One 2."),
    ("One. Two 1", "One. Two 2"): (" Two 1", " Two 2"),
    ("no", "yes"): ("no", "yes"),
    ("One. Two. Three 1. Four. Five.", "One. Two. Three 2. Four. Five."): (" Three 1.", " Three 2."),
    ("One. Two", "One. Two. Three"): (" Two", " Two. Three"),
    ("", "yes"): ("", "yes"),
    ("An 1. Be. On 1. Do.", "An 2. Be. On 2. Do."): ("An 1. Be. On 1.", "An 2. Be. On 2."),
    ("One. Two.", "One. Two!"): (" Two.", " Two!"),
    ("One. Two. 5 is. Ten. Six", "One. Two. 6 is. Ten. Six"): (" 5 is.", " 6 is."),
}  # fmt: skip


def test_the_sentences_that_changed_are_whole() -> None:
    assert {each: changed_sentences(*each) for each in CHANGED} == CHANGED


LOCALES: dict[str, str] = {
    "en_GB": "English, United Kingdom (en_GB)",
    "de": "German (de)",
    "zh-Hant-TW": "Chinese, traditional, Taiwan (zh-Hant-TW)",
    "xx": "xx",
    "EN-gb": "English, United Kingdom (EN-gb)",
    "es-419": "Spanish, Latin America (es-419)",
    "sr_Latn": "Serbian, Latin letters (sr_Latn)",
    "sr-Cyrl-RS": "Serbian, Cyrillic letters, Serbia (sr-Cyrl-RS)",
    "zh_Hans": "Chinese, simplified (zh_Hans)",
    "de_XX": "German, XX (de_XX)",
    "de-Abcd": "German, Abcd (de-Abcd)",
    "d": "d",
    "deut": "deut",
    "de_DE_x": "de_DE_x",
    "fil-PH": "Filipino, Philippines (fil-PH)",
    "xxx": "xxx",
    "ar-Arab-EG": "Arabic, Arabic letters, Egypt (ar-Arab-EG)",
    "": "",
    "af-AE": "Afrikaans, United Arab Emirates (af-AE)",
    "ha-CL": "Hausa, Chile (ha-CL)",
    "km-GR": "Khmer, Greece (km-GR)",
    "ms-KR": "Malay, South Korea (ms-KR)",
    "ro-NZ": "Romanian, New Zealand (ro-NZ)",
    "te-SG": "Telugu, Singapore (te-SG)",
    "zu-ZA": "Zulu, South Africa (zu-ZA)",
}  # fmt: skip


def test_a_locale_is_said_in_words() -> None:
    assert {each: locale_name(each) for each in LOCALES} == LOCALES


CODES: dict[str, str] = {
    "order_update_v2": "order update v2 (order_update_v2)",
    "visit": "visit",
    "d-8f2a11c0": "d-8f2a11c0",
    "a-b": "a-b",
    "ab-cd": "ab-cd",
    "Order_Update": "order update (Order_Update)",
    "order--x": "order--x",
    "2024-report": "2024-report",
    "report-12345": "report-12345",
    "a1b-abc": "a1b abc (a1b-abc)",
    "x-2a3": "x-2a3",
    "abc_1": "abc 1 (abc_1)",
    "123-abc-456": "123 abc 456 (123-abc-456)",
    "": "",
}  # fmt: skip


def test_a_code_is_said_in_words_where_it_has_some() -> None:
    assert {each: code_name(each) for each in CODES} == CODES


STEPS: dict[str, str] = {
    "send-welcome_email": "Send welcome email",
    "inApp": "In app",
    "sms-code": "SMS code",
    "5": "5",
    "SMS": "SMS",
    "x": "X",
    "A": "A",
    "Hello World": "Hello world",
    "faq-id-mms-otp-pdf-sms-url-vip": "FAQ ID MMS OTP PDF SMS URL VIP",
    "--": "--",
    "send  x": "Send x",
    "v2Email": "V2 email",
    "HTTP server": "HTTP server",
}  # fmt: skip


def test_a_step_is_called_as_people_would() -> None:
    assert {each: step_name(each) for each in STEPS} == STEPS


REASONS: dict[str, str] = {
    "skipped by the bridge: its `skip` said so": "a condition in the code of the workflow says to leave it out",
    "skipped because": "because",
    "no number": "no number",
    "skipped": "skipped",
    "": "",
}  # fmt: skip


def test_a_reason_has_no_words_of_code() -> None:
    assert {each: reason_name(each) for each in REASONS} == REASONS


DATES: dict[str, str] = {
    "On 4 March, ask May.": "On 4 *, ask May.",
    "On March 4": "On * 4",
    "12. Juni 2026": "12. * 2026",
    "4 de marzo": "4 de *",
    "March": "March",
    "Jan 5 and Sept 6": "* 5 and * 6",
    "* May": "* *",
    "May *": "* *",
    "4 Marchs": "4 Marchs",
    "4  March": "4  March",
    "the 4. is May": "the 4. is May",
    "5 people in June": "5 people in June",
    "٤ مارس 4 مارس": "٤ * 4 *",
    "12.Juni": "12.Juni",
    "Mayday 5": "Mayday 5",
}  # fmt: skip


def test_a_month_is_left_out_beside_a_number() -> None:
    assert {each: without_months(each) for each in DATES} == DATES
