"""Recordings of production: what is in them, what is not, and what a new version does with them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field

from novu_framework import Client, Step, workflow
from novu_framework.fastapi import serve
from novu_framework.recording import SWITCH, BridgeRecorder
from novu_framework_testing import NovuSimulator
from novu_framework_testing.compat import compat
from novu_framework_testing.contract import Recording, replay
from tests.unit.simulation.simulated import NOON

KEY = "test-secret"
MARIA = {
    "subscriberId": "customer-4711", "firstName": "Maria", "lastName": "Huber", "email": "maria.huber@acme.test",
    "phone": "+436601234567", "locale": "de_AT", "timezone": "Europe/Vienna", "data": {"street": "Elm Street 12"},
}  # fmt: skip
ORDER = {
    "number": "ORD-4711",
    "customer": "Maria Huber",
    "note": "Leave it with Josef & Anna, or call +43 660 7654321 or josef@huber.test, the code is hunter2secret",
    "token": "sk_live_51HabcdefghijklmnopQRSTUV",
    "level": "high",
    "placed": "2026-01-01",
    "account": 4539578763621486,
    "amount": 1250,
    "page": "https://shop.test/orders/maria-huber?token=abc123",
}
PERSONAL = re.compile(
    "maria|huber|josef|anna|elm street|660 |6601234|7654321|4711|hunter2|sk_live|51habc|leave|4539578|shop.test|abc123|walter|heidi", re.IGNORECASE
)  # fmt: skip


class Order(BaseModel):
    number: str = Field(pattern="^ORD-[0-9]{4}$")
    customer: str = Field(max_length=40)
    note: str
    token: str
    level: Literal["low", "high"]
    placed: str
    account: int
    amount: int
    page: str


class EmailControls(BaseModel):
    subject: str = "Order {{ payload.number }} of {{ subscriber.firstName | upcase }}"


def shop(*, is_new: bool = False, of_database: str = "Walter", note: Any = str):
    class Placed(Order):
        __annotations__ = {"note": note}

    @workflow("order", payload_schema=Placed)
    async def order(payload, step, subscriber):
        digest = await step.digest("collect", {"amount": 1, "unit": "hours"})
        found = await step.custom(
            "look", lambda: {"friend": "Heidi", "points": 7},
            output_schema={"type": "object", "properties": {"friend": {"type": "string"}, "points": {"type": "integer"}}},
        )  # fmt: skip

        def mail(controls: EmailControls):
            said = "".join(f"<li>{event.payload['note']}</li>" for event in digest.events)
            return {
                "subject": controls.subject,
                "body": f"<style>p {{ color: red }}</style><p title='{payload.customer}'>{'Hello' if is_new else 'Dear'} {payload.customer}, your clerk "
                f"is {of_database} and your friend {found['friend']}; {found['points']} points, {payload.amount / 100:.2f} euros"
                f"</p><ul>{said}</ul>",
            }

        await step.email("mail", mail, disable_output_sanitization=True)

    app = FastAPI()
    serve(app, workflows=[order], client=Client(secret_key=KEY))
    return app


def recorded(file: Path, app: Any = None, *, triggers: int = 1, **options: Any) -> dict[str, Any]:
    """Return the recording of a run of the shop."""
    recorder = BridgeRecorder(app or shop(), file, **options)
    with NovuSimulator(start=NOON, secret_key=KEY) as novu:
        novu.connect(recorder)
        for _ in range(triggers):
            novu.trigger("order", MARIA, ORDER)
        novu.run_until_idle()
        assert novu.findings == []
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bridge.json"


def asked(data: dict[str, Any], step_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the first event of a step, and its answer."""
    found = next(one for one in data["exchanges"] if one["name"].startswith(f"order/{step_id}"))
    return found["request"]["body"], found["response"]["body"]


def test_nothing_of_what_people_said_or_are_called_is_in_it(file: Path) -> None:
    data = recorded(file)
    # the first is the discovery, which is code
    said = [(one["request"], one["response"]["body"]["outputs"]) for one in data["exchanges"][1:]]
    texts = json.dumps(said, ensure_ascii=False)
    assert PERSONAL.search(texts) is None, PERSONAL.search(texts)
    assert KEY not in file.read_text(encoding="utf-8")


def test_what_people_are_called_by_in_names_of_members_and_their_birthdays_have_pseudonyms_too(
    file: Path,
) -> None:
    @workflow("family")
    async def family(payload: dict[str, Any], step: Step) -> None:
        await step.in_app("inbox", lambda: {"body": f"{payload['points']} since {payload['birthDate']}"})

    payload = {
        "points": {"Agatha Wren": 3},
        "birthDate": "1971-03-04",
        "agreed": "2026-01-02",
        "level": "high",
    }
    app = FastAPI()
    serve(app, workflows=[family], client=Client(secret_key=KEY))
    with NovuSimulator(secret_key=KEY) as novu:
        novu.connect(BridgeRecorder(app, file))
        novu.trigger("family", "ann", payload)
    text = file.read_text(encoding="utf-8")
    assert not re.search("agatha|wren|1971-03-04", text, re.IGNORECASE)
    bodies = [each["request"].get("body") for each in json.loads(text)["exchanges"]]
    event = next(body for body in bodies if body)["payload"]
    assert event.keys() == payload.keys()
    assert re.fullmatch(r"19[67]\d-\d\d-\d\d", event["birthDate"])
    assert event["agreed"] == "2026-01-02"


def test_what_is_equal_stays_equal_and_keeps_its_form(file: Path) -> None:
    event, answer = asked(recorded(file), "mail")
    payload, subscriber = event["payload"], event["subscriber"]
    assert payload["customer"] == f"{subscriber['firstName']} {subscriber['lastName']}"
    assert payload["customer"] in answer["outputs"]["body"]
    assert answer["outputs"]["subject"] == f"Order {payload['number']} of {subscriber['firstName'].upper()}"
    assert re.fullmatch(r"ORD-\d{4}", payload["number"])
    assert re.fullmatch(r"person\.\d{6}@example\.com", subscriber["email"])
    assert re.fullmatch(r"\+\d{12}", subscriber["phone"])
    collected = next(one for one in event["state"] if one["stepId"] == "collect")["outputs"]["events"]
    assert collected[0]["payload"] == payload


def test_what_is_nobodys_stays(file: Path) -> None:
    event, answer = asked(recorded(file), "mail")
    payload = event["payload"]
    assert (payload["level"], payload["placed"], payload["amount"]) == ("high", "2026-01-01", 1250)
    assert (event["subscriber"]["locale"], event["subscriber"]["timezone"]) == ("de_AT", "Europe/Vienna")
    look = next(one for one in event["state"] if one["stepId"] == "look")["outputs"]
    assert look["points"] == 7
    assert "<style>p { color: red }</style>" in answer["outputs"]["body"]
    assert "7 points, 12.50 euros" in answer["outputs"]["body"]
    assert "Dear" in answer["outputs"]["body"]


def test_a_word_that_came_from_elsewhere_is_blackened(file: Path) -> None:
    source = file.with_name("names.txt")  # no text of the app: a database, say
    source.write_text("Walburga", encoding="utf-8")
    _, answer = asked(recorded(file, shop(of_database=source.read_text(encoding="utf-8"))), "mail")
    assert f"clerk is {'▒' * 8} and" in answer["outputs"]["body"]


def test_the_same_key_makes_the_same_pseudonyms_and_another_one_others(file: Path) -> None:
    first, again, other = (
        asked(recorded(file.with_name(f"{number}.json"), key=key), "mail")[0]["payload"]["customer"]
        for number, key in enumerate(("one", "one", "two"))
    )
    assert first == again != other


def test_members_may_be_kept_and_redaction_turned_off(file: Path) -> None:
    kept = asked(recorded(file, keep=["number"]), "mail")[0]["payload"]
    assert kept["number"] == "ORD-4711"
    assert "Maria" not in kept["customer"]
    event, answer = asked(recorded(file.with_name("plain.json"), redact=False), "mail")
    assert event["payload"] == ORDER
    assert "Walter" in answer["outputs"]["body"]


def test_it_is_a_recording_that_replays(file: Path) -> None:
    recorded(file)
    recording = Recording.load(file)
    assert recording.exchanges[0].name == "discovery"
    report = replay(recording, shop(of_database="Someone"), secret_key=KEY)
    # a friend has a pseudonym, and the clerk is blackened
    assert [one.where for one in report.errors] == ["order/look, 1", "order/mail, 1"]


def test_the_same_version_changes_nothing_and_another_one_what_it_does(file: Path) -> None:
    recorded(file, triggers=2)
    same = compat(file, shop(), secret_key=KEY)
    assert (same.breaks, same.of("change")) == ([], [])
    (found,) = compat(file, shop(is_new=True), secret_key=KEY).of("change")
    assert (found.step_ids, found.what) == (("mail",), "the message gives another `body`")


def test_a_recorded_run_shows_what_breaks(file: Path) -> None:
    recorded(file)
    report = compat(file, shop(note=Literal["gift"]), secret_key=KEY)
    assert {one.code for one in report.breaks} == {"ExecutionEventPayloadInvalidError"}


def test_each_step_is_recorded_so_often_and_the_same_only_once(file: Path) -> None:
    names = [one["name"] for one in recorded(file, triggers=3, per_step=2)["exchanges"]]
    assert names == ["discovery", "order/collect, 1", "order/look, 1", "order/mail, 1"]


def test_what_differs_is_recorded_up_to_the_limit_and_counted(file: Path) -> None:
    @workflow("note")
    async def note(payload: dict[str, Any], step: Step) -> None:
        await step.in_app("bell", lambda: {"body": str(payload["amount"])})

    app = FastAPI()
    serve(app, workflows=[note], client=Client(secret_key=KEY))
    with NovuSimulator(secret_key=KEY) as novu:
        novu.connect(recorder := BridgeRecorder(app, file, per_step=2))
        for amount in (1, 2, 2, 3):
            novu.trigger("note", "ann", {"amount": amount})
    text = file.read_text(encoding="utf-8")
    names = [one["name"] for one in json.loads(text)["exchanges"]]
    assert (names, recorder.recorded) == (["discovery", "note/bell, 1", "note/bell, 2"], 2)
    assert re.findall(r"^ \"(\w+)", text, re.MULTILINE) == list(json.loads(text))  # one below the other


def test_a_file_that_is_there_stays(file: Path) -> None:
    file.write_text("{}", encoding="utf-8")
    assert recorded(file) == {}
    assert Recording.load(file.with_name("bridge-2.json")).workflows == ["order"]


def test_it_can_be_turned_off_by_the_environment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "0")
    assert recorded(file) == {}


def test_what_is_refused_or_another_path_is_not_recorded(file: Path) -> None:
    recorder = BridgeRecorder(shop(), file)
    with (
        NovuSimulator(start=NOON, secret_key="another-secret") as novu,
        pytest.raises(Exception, match="signature"),
    ):
        novu.connect(recorder)
    assert recorder.recorded == 0
    with NovuSimulator(start=NOON, secret_key=KEY) as novu:
        novu.connect(BridgeRecorder(shop(), file, route="/other"))
        novu.trigger("order", MARIA, ORDER)
    assert not file.exists()


def test_a_recorder_that_cannot_write_is_in_nobodys_way(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert recorded(tmp_path / "missing" / "bridge.json") == {}
    assert "could not be recorded: FileNotFoundError" in caplog.text
    assert "Maria" not in caplog.text


@pytest.mark.parametrize(
    ("name", "recorded_as"),
    [
        ({"type": "string", "pattern": "^[A-Z]+-HUBER$"}, r"[A-Z]+-HUBER"),  # another one that matches
        ({"type": "string", "not": {"pattern": "^(?!MARIA)"}}, None),  # nothing else fits
    ],
)
def test_a_pseudonym_fits_its_schema_or_nothing_is_recorded(
    file: Path, name: dict[str, Any], recorded_as: str | None
) -> None:
    @workflow("hello", payload_schema={"type": "object", "properties": {"name": name}, "required": ["name"]})
    async def hello(payload, step):
        await step.sms("text", lambda: {"body": f"Hello {payload['name']}"})

    app = FastAPI()
    serve(app, workflows=[hello], client=Client(secret_key=KEY))
    recorder = BridgeRecorder(app, file)
    with NovuSimulator(start=NOON, secret_key=KEY) as novu:
        novu.connect(recorder)
        assert novu.trigger("hello", MARIA, {"name": "MARIA-HUBER"}).messages[0].body == "Hello MARIA-HUBER"
    if recorded_as is None:
        assert recorder.recorded == 0
    else:
        made = json.loads(file.read_text(encoding="utf-8"))["exchanges"][1]["request"]["body"]["payload"][
            "name"
        ]
        assert re.fullmatch(recorded_as, made)
        assert made != "MARIA-HUBER"
