"""The Python bridge answers what the TypeScript one answered before it was switched off."""

from pathlib import Path

from novu_framework_testing.contract import Recording, replay

RECORDING = Recording.load(Path(__file__).parent / "recording.json")

ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@acme.test", "phone": "+43123456"}
TASK = {"taskId": "7", "title": "Water the plants", "assignedBy": "Bob"}


def test_every_answer_is_the_one_that_typescript_gave(novu):
    from app import app

    report = replay(RECORDING, app, secret_key=novu.secret_key)

    assert report.ok, str(report)


def test_every_step_was_recorded():
    asked = {dict(exchange.request.query).get("stepId") for exchange in RECORDING.exchanges}

    assert asked >= {"inbox", "collect", "wait", "email", "sms"}


def test_what_the_subscriber_sees(novu, novu_snapshot):
    run = novu.trigger("task-assigned", to=ANN, payload={**TASK, "priority": "urgent"}).run
    novu.advance(minutes=10)
    novu.trigger("task-assigned", to=ANN, payload={**TASK, "title": "Sweep all floors"})

    novu.run_until_idle()

    assert run == novu_snapshot
