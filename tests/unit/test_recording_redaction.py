"""What a recording has of an event and its answer, and which words are the app's own."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from novu_framework.recording import UNKNOWN
from novu_framework.recording.redaction import EventRedaction
from novu_framework.recording.vocabulary import texts_below, words_of
from novu_framework.schemas import Schema
from tests.tables import walked

SHOP = """
from novu_framework import workflow

def orders(schema):
    @workflow("orders", payload_schema=schema, name="Bestellgr\u00f6\u00dfe")
    async def of_orders(payload, step):
        await step.digest("collect", {"amount": 1, "unit": "hours"})
        await step.delay("wait", {"amount": 1, "unit": "hours"})
        await step.throttle("once", {"amount": 1, "unit": "hours"})
        await step.in_app("bell", lambda: {"body": "Hello"})
        await step.custom("look", lambda: {}, output_schema={"type": "object", "properties": {
            "code": {"type": "string", "pattern": "^[a-m]+$|^MARIA"}, "level": {"anyOf": [{"enum": [3, "gold"]}, {"const": "iron"}]},
        }})

    return of_orders
"""


def orders(schema: Any, file: str = "of no folder") -> Any:
    """Return the workflow of a shop, whose code stands in the given file."""
    names: dict[str, Any] = {"__name__": "shop"}
    exec(compile(SHOP, file, "exec"), names)
    return names["orders"](schema)


def exchanged(
    event: dict[str, Any],
    answer: dict[str, Any] | None = None,
    *,
    schema: Any = None,
    step: str = "bell",
    keep: Iterable[str] = (),
    name: str = "orders",
    file: str = "of no folder",
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    one = orders(schema or {"type": "object"}, file)
    return EventRedaction({"orders": one}, "key", frozenset(keep)).exchange(name, step, event, answer or {})


def event_of(event: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Return what is recorded of an event, which has to be recorded."""
    made = exchanged(event, **options)
    assert made is not None
    return made[0]


def said(text: str) -> str:
    return str(event_of({"payload": {"it": text}})["payload"]["it"])


@pytest.mark.parametrize("name", ["orders", "of another app"])
def test_what_an_event_has_none_of_is_empty_and_the_rest_of_it_and_of_the_answer_stays(name: str) -> None:
    assert exchanged({"action": "execute"}, {"options": {"skip": True}}, name=name) == (
        {"action": "execute", "payload": {}, "controls": {}, "state": [], "subscriber": {}, "context": {}, "env": {}},
        {"options": {"skip": True}, "outputs": {}, "providers": {}},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("member", "stays", "goes"),
    [
        ("subscriber", {"locale": "de_AT", "timezone": "Europe/Vienna"}, {"firstName": "Maria", "data": "Huber"}),
        ("env", {"name": "Production", "type": "prod"}, {"owner": "Maria"}),
        ("context", {"count": 3}, {"tenant": "Huber", "locale": "Maria", "name": "Huber"}),
        ("payload", {"count": 3}, {"locale": "Maria", "type": "Huber"}),
    ],
)  # fmt: skip
def test_a_locale_a_zone_and_an_environment_stay_and_other_texts_go(
    member: str, stays: dict[str, Any], goes: dict[str, Any]
) -> None:
    made = event_of({member: {**stays, **goes}})[member]
    assert made == {**stays, **{key: said(text) for key, text in goes.items()}}
    assert not {*goes.values()} & {*made.values()}


@pytest.mark.parametrize("name", ["orders", "of another app"])
def test_an_answer_is_masked_with_the_words_of_the_app_and_of_the_dashboard(name: str) -> None:
    controls = {"subject": "Zugestellt"}
    event = {"payload": {"customer": "Maria"}, "controls": controls}
    answer = {
        "outputs": {"body": "Zugestellt Maria Heidi"},
        "providers": {"x": ["Heidi"]},
        "metadata": {"m": "Heidi"},
    }
    made = exchanged(event, answer, name=name)
    assert made is not None
    assert made[0]["controls"] == controls
    assert made[1] == {
        "outputs": {"body": f"Zugestellt {said('Maria')} {UNKNOWN * 5}"}, "providers": {"x": [UNKNOWN * 5]}, "metadata": {"m": "Heidi"},
    }  # fmt: skip


def test_controls_lose_the_addresses_of_people_alone() -> None:
    controls = {
        "subject": "Hello Maria", "to": ["maria@acme.test", {"cc": "Maria <maria@acme.test>"}], "count": 3, "on": True,
        "link": "https://acme.test/maria", "socket": "wss://acme.test/maria", "none": None,
    }  # fmt: skip
    made = event_of({"controls": controls})["controls"]
    other = said("maria@acme.test")
    assert other.endswith("@example.com")
    assert made == {**controls, "to": [other, {"cc": f"Maria <{other}>"}]}


@walked(
    ("entry", "outputs"),
    [
        ({"stepId": "wait", "outputs": {"duration": "Maria"}}, {"duration": "Maria"}),
        ({"stepId": "once", "outputs": {"throttled": "Maria"}}, {"throttled": "Maria"}),
        ({"stepId": "bell", "outputs": {"seen": True, "by": "Maria"}}, {"seen": True, "by": "Maria"}),
        ({"stepId": "look", "outputs": {"code": 3, "friend": "Maria"}}, {"code": 3, "friend": "-"}),
        ({"stepId": "gone", "outputs": {"friend": "Maria"}}, {"friend": "-"}),
        ({"outputs": {"friend": "Maria"}}, {"friend": "-"}),
        ({"stepId": "bell"}, {}),
        (
            {"stepId": "collect", "outputs": {"total": "1", "events": [{"id": "Maria", "payload": {"a": "Maria"}}, {"time": "t"}]}},
            {"total": "1", "events": [{"id": "Maria", "payload": {"a": "-"}}, {"time": "t", "payload": {}}]},
        ),
    ],
)  # fmt: skip
@walked(
    ("state", "kept"),
    [({"state": {"status": "failed", "error": "Maria"}}, "failed"), ({"state": None}, None), ({}, None)],
)
def test_of_an_earlier_step_what_novu_gave_stays_and_no_error(
    entry: dict[str, Any], outputs: dict[str, Any], state: dict[str, Any], kept: str | None
) -> None:
    (made,) = event_of({"state": [{**entry, **state}]})["state"]
    expected = str(outputs).replace("'-'", repr(said("Maria")))
    assert str(made["outputs"]) == expected
    assert (made["stepId"], made["state"]) == (entry.get("stepId", ""), {"status": kept})


def only(member: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {"it": member}}


REFERRED = {
    "type": "object",
    "properties": {"all": {"type": "array", "items": {"$ref": "#/$defs/One"}}, "by": {"type": "object", "properties": {"it": {"$ref": "#/$defs/One"}}}},
    "$defs": {"One": {"type": "object", "properties": {"id": {"type": "string", "pattern": "^[X]{3}$|^MARIA"}}}},
}  # fmt: skip
CODES = {
    "type": "object",
    "properties": {"all": {"type": "array", "items": {"type": "string", "pattern": "^[X]{3}$|^MARIA"}}},
}


@walked(
    ("schema", "payload", "expected"),
    [
        # the letters stay where that is enough, and otherwise it is another text of the pattern
        (only({"type": "string", "pattern": "^REF-[0-9]{2}$"}), {"it": "REF-12"}, {"it": "REF-59"}),
        (only({"type": "string", "pattern": "^[X]{3}$|^MARIA"}), {"it": "MARIA"}, {"it": "XXX"}),
        (only({"type": "string", "pattern": "^[X]{3}$|^MARIA[0-9]{2}$", "minLength": 4}), {"it": "MARIA12"}, {"it": "MARIA59"}),
        (only({"type": "string", "pattern": "^[X]{3}$|^MARIA-111$"}), {"it": "MARIA-111"}, {"it": "XXX"}),
        (only({"type": "string", "pattern": "^MARIA$"}), {"it": "MARIA"}, None),
        (only({"type": "string", "not": {"not": {"pattern": "^MARIA$"}}}), {"it": "MARIA"}, None),
        (CODES, {"all": ["MARIA", "MARIA"]}, {"all": ["XXX", "XXX"]}),
        (REFERRED, {"all": [{"id": "MARIA"}], "by": {"it": {"id": "MARIA"}}}, {"all": [{"id": "XXX"}], "by": {"it": {"id": "XXX"}}}),
        # a long number becomes the greatest that is allowed, or the least
        (only({"type": "integer", "minimum": 1234567, "maximum": 1234568}), {"it": 1234567}, {"it": 1234568}),
        (only({"type": "integer", "minimum": 9999000}), {"it": 9999001}, {"it": 9999000}),
        (only({"type": "integer", "minimum": 9999000, "multipleOf": 9999001}), {"it": 9999001}, None),
        (only({"type": "integer", "multipleOf": 1234567, "maximum": 1500000}), {"it": 1234567}, None),
        (only({"type": "integer", "const": 1234567}), {"it": 1234567}, None),
        # what the schema refused before it may refuse as well, and a text that may be chosen stays
        (only({"type": "string", "pattern": "^anna$"}), {"it": "MARIA"}, {"it": "-"}),
        (only({"enum": ["MARIA", 3]}), {"it": "MARIA"}, {"it": "MARIA"}),
        (only({"anyOf": [{"const": "MARIA"}, {"type": "string"}]}), {"it": "MARIA", "one": "MARIA"}, {"it": "MARIA", "one": "MARIA"}),
        (only({"enum": ["gold", "iron", 3]}), {"it": "gold", "one": "iron"}, {"it": "gold", "one": "iron"}),
        # a rule of the whole, of names, and what is not said plainly
        ({"type": "object", "propertyNames": {"pattern": "^[mM]"}}, {"Maria Huber": 1}, None),
        ({"type": "object", "patternProperties": {"^it": {"type": "string", "pattern": "^MARIA"}}}, {"it": "MARIA"}, None),
        (only({"type": ["string", "null"], "pattern": "^MARIA$"}), {"it": "MARIA"}, None),
        (only({"allOf": [{"pattern": "^[X]{3}$|^MARIA"}]}), {"it": "MARIA"}, None),
    ],
)  # fmt: skip
def test_pseudonyms_fit_the_schema_as_the_data_did_or_nothing_is_recorded(
    schema: dict[str, Any], payload: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    made = exchanged({"payload": payload}, schema=schema)
    if expected is None:
        assert made is None
        return
    assert made is not None
    got = made[0]["payload"]
    if expected == {"it": "-"}:  # whatever it is
        assert got == {"it": said("MARIA")}
        return
    if "59" in str(expected):  # other digits, whichever they are
        assert re.sub(r"\d\d", "59", got["it"]) == expected["it"]
        assert got != payload
    else:
        assert got == expected
    assert Schema.of(schema).check(got)[1] == []


def test_an_answer_has_the_pseudonym_that_fits() -> None:
    schema = only({"type": "string", "pattern": "^[X]{3}$|^MARIA"})
    made = exchanged({"payload": {"it": "MARIA"}}, {"outputs": {"body": "MARIA"}}, schema=schema)
    assert made is not None
    assert made[1]["outputs"] == {"body": "XXX"}


@pytest.mark.parametrize(("count", "fits"), [(49, True), (50, False)])
def test_so_many_values_of_an_event_are_made_to_fit(count: int, fits: bool) -> None:
    made = exchanged({"payload": {"all": ["MARIA"] * count}}, schema=CODES)
    assert (made[0]["payload"]["all"] if made else None) == (["XXX"] * count if fits else None)


@pytest.mark.parametrize(
    ("code", "expected"), [("MARIA", "a"), ("maria", None), (3, 3)]
)  # an answer that its own schema refused is not looked at again
def test_data_of_a_step_of_the_app_fits_its_schema_in_the_answer_and_in_the_state(
    code: Any, expected: Any
) -> None:
    made = exchanged({}, {"outputs": {"code": code, "level": "gold", "of": 1}}, step="look")
    state = exchanged({"state": [{"stepId": "look", "outputs": {"code": code, "level": "gold", "of": 1}}]})
    assert made is not None
    assert state is not None
    wanted = {"code": expected or said("maria"), "level": "gold", "of": 1}
    assert made[1]["outputs"] == state[0]["state"][0]["outputs"] == wanted


def test_an_event_is_not_recorded_where_one_of_several_payloads_does_not_fit() -> None:
    schema = only({"type": "string", "pattern": "^MARIA$"})
    payloads: list[dict[str, Any]] = [{"payload": {}}, {"payload": {"it": "MARIA"}}]
    for events in (payloads, payloads[::-1]):
        assert (
            exchanged({"state": [{"stepId": "collect", "outputs": {"events": events}}]}, schema=schema)
            is None
        )
    kept = exchanged({"state": [{"stepId": "collect", "outputs": {"events": payloads[:1]}}]}, schema=schema)
    assert kept is not None


def test_members_that_are_to_stay_do_so_wherever_they_are() -> None:
    payload = {
        "sku": "Maria",
        "Anna Huber": {"sku": ["Maria"]},
        "all": [{"sku": "Maria", "by": "Maria"}, "Maria"],
    }
    made = event_of({"payload": payload}, keep=["sku"])["payload"]
    maria = said("Maria")
    assert made == {
        "sku": "Maria",
        said("Anna Huber"): {"sku": ["Maria"]},
        "all": [{"sku": "Maria", "by": maria}, maria],
    }


@pytest.mark.parametrize(
    ("packages", "known"),
    [
        ([], ["Inner"]),
        (["shop/flows"], ["Inner"]),
        (["shop/flows", "shop"], ["Inner", "Outer"]),
        (["shop"], ["Inner"]),
    ],
)
def test_the_words_of_an_app_are_those_of_its_package_or_of_the_folder_of_its_module(
    tmp_path: Path, packages: list[str], known: list[str]
) -> None:
    (tmp_path / "shop" / "flows").mkdir(parents=True)
    for package in packages:
        (tmp_path / package / "__init__.py").touch()
    for folder, word in (("shop/flows", "Inner"), ("shop", "Outer"), ("", "Beside")):
        (tmp_path / folder / "mail.txt").write_text(word, encoding="utf-8")
    file = tmp_path / "shop" / "flows" / "orders.py"
    file.touch()
    answer = {"outputs": {"body": "Inner Outer Beside Hello Bestellgr\u00f6\u00dfe Gr\u00fc\u00dfe"}}
    made = exchanged({"controls": {"x": "Gr\u00fc\u00dfe"}}, answer, file=str(file))
    assert made is not None
    words = made[1]["outputs"]["body"].split()
    assert [word for word in words if word[0] != UNKNOWN] == [
        *known,
        "Bestellgr\u00f6\u00dfe",
        "Gr\u00fc\u00dfe",
    ]


def test_words_are_in_small_letters_and_those_of_a_calendar_are_among_them() -> None:
    words = words_of(["Dear MARIA,", "it's snake_case 12"])
    assert {"dear", "maria", "it", "s", "snake", "case", "12"} < words
    dates = [*calendar.day_name, *calendar.day_abbr, *calendar.month_name[1:], *calendar.month_abbr[1:]]
    assert words - {"dear", "maria", "it", "s", "snake", "case", "12"} == {one.lower() for one in dates}


FOUND = [
    "app.py", "mail.html", "mail.htm", "mail.mjml", "mail.txt", "mail.md", "mail.j2", "mail.jinja", "mail.jinja2", "mail.liquid", "mail.mustache", "de.po",
    "locales/de.json", "locale/de.yml", "i18n/de.yaml", "translations/de.json", "lang/de.json", "deep/er/app.py", "testing/app.py", "of_test_mail.html",
]  # fmt: skip
LEFT_OUT = [
    "data.json", "deep/config.yml", "locales/de.csv", "locales/deep/de.json", "mail.png", "test_app.py", "conftest.py", "tests/app.py", "deep/test/app.py", "node_modules/a.md",
    "__snapshots__/mail.html", "__pycache__/a.py", "site-packages/a.py", "fixtures/a.txt", ".git/a.txt", "venv/lib/a.py", "venv/pyvenv.cfg",
]  # fmt: skip


def test_the_texts_of_an_app_are_its_code_templates_and_translations(tmp_path: Path) -> None:
    for name in [*FOUND, *LEFT_OUT]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert sorted(texts_below([tmp_path, tmp_path])) == sorted(FOUND)
    assert sorted(texts_below([tmp_path / "lang", tmp_path / "deep"])) == ["deep/er/app.py", "lang/de.json"]


def test_a_file_that_is_too_long_or_cannot_be_read_is_left_out_alone(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_bytes(b"\xff")
        (tmp_path / f"{number}a.txt").symlink_to(tmp_path / "missing")
        (tmp_path / f"{number}b.png").touch()
    (tmp_path / "most.txt").write_bytes(b"m" * 1_000_000)
    (tmp_path / "more.txt").write_bytes(b"m" * 1_000_001)
    assert sorted(map(len, texts_below([tmp_path]))) == [1] * 20 + [1_000_000]


def test_so_many_files_are_read(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        for number in range(1501):
            (tmp_path / folder / f"{number}.txt").touch()
    assert sum(1 for _ in texts_below([tmp_path / "a", tmp_path / "b"])) == 3000
