"""Workflows of the dashboard: their controls are their content, in a layout, in a language, and under a condition."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.simulation.dashboard import dashboard_workflow

ANN = {"subscriberId": "ann", "email": "ann@acme.test", "phone": "+1", "data": {"vip": True}}
BESIDE = {
    "editorType": "html",
    "layoutId": None,
    "disableOutputSanitization": True,
    "useProviderDefaults": True,
    "preheader": "Look",
    "skip": None,
}


def sent(sim: NovuSimulator, kind: str, controls: dict[str, Any], to: Any = None, **options: Any) -> Any:
    """What the only step of a workflow of the dashboard came to, whose controls are these."""
    sim.register(dashboard_workflow("w", [{"stepId": "s", "type": kind}], world=sim))
    sim.controls("w", "s", controls)
    return sim.trigger("w", to or ANN, **options).run.step("s")


def layout(sim: NovuSimulator, id: str, body: str, *, default: bool = False, number: int = 0) -> None:
    record = {"_id": f"2e{number}", "layoutId": id, "isDefault": default, "values": {"email": {"body": body}}}
    sim.records["layouts"][record["_id"]] = record  # type: ignore[index]


def translate(
    sim: NovuSimulator, locale: str, content: dict[str, Any], kind: str = "workflow", id: str = "w"
) -> None:
    numbers = sim.records["translations"]
    about = {"resourceType": kind, "resourceId": id, "locale": locale, "content": content}
    numbers[f"t{len(numbers)}"] = about


@pytest.mark.parametrize(
    ("kind", "controls", "outputs"),
    [
        ("email", {"subject": "Hi", "body": "<p>x</p>"}, {"subject": "Hi", "body": "<p>x</p>"}),
        ("email", {"subject": "Hi", "body": "<p>x</p>", **BESIDE}, {"subject": "Hi", "body": "<p>x</p>"}),
        ("email", {"subject": "Hi", "body": "<script>1</script>"}, {"subject": "Hi", "body": "<script>1</script>"}),
        ("in_app", {"body": "<script>1</script>", **BESIDE}, {"body": "<script>1</script>"}),
        ("sms", {"body": "{{ payload.n }} of {{ subscriber.email }}", **BESIDE}, {"body": "7 of ann@acme.test"}),
        ("custom", {"custom": {"a": 1}, "b": 2}, {"a": 1}),
        ("custom", {"a": 1, "editorType": "x"}, {"a": 1, "editorType": "x"}),
        ("custom", {"custom": {}, "b": [1]}, {"custom": {}, "b": [1]}),
    ],
)  # fmt: skip
def test_the_output_of_a_step_is_what_was_saved_without_what_is_about_it(
    sim: NovuSimulator, kind: str, controls: dict[str, Any], outputs: dict[str, Any]
) -> None:
    step = sent(sim, kind, controls, payload={"n": 7})
    assert (step.status, step.outputs) == ("completed", outputs)


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (None, "completed"),
        ({}, "completed"),
        ({"==": [{"var": "payload.n"}, 7]}, "completed"),
        ({"==": [{"var": "payload.n"}, 8]}, "skipped"),
        ({"var": "subscriber.data.vip"}, "completed"),
        ({"var": "payload.n"}, "skipped"),
        ({"==": [{"var": "context.tenant.id"}, "acme"]}, "completed"),
        ({"==": [{"var": "env.stage"}, "test"]}, "skipped"),
        ({"var": "steps.none"}, "skipped"),
        ({"no": 1}, "failed"),
    ],
)
def test_a_step_is_delivered_where_its_condition_is_true(
    sim: NovuSimulator, condition: Any, status: str
) -> None:
    controls = {"body": "x", "skip": condition}
    step = sent(sim, "sms", controls, payload={"n": 7}, context={"tenant": "acme"})
    sim.run_until_idle()  # what cannot be read is tried again
    assert step.status == status


def test_a_step_sees_what_those_before_it_came_to(sim: NovuSimulator) -> None:
    steps = [{"stepId": "look-up", "type": "custom"}, {"stepId": "text", "type": "sms"}]
    sim.register(dashboard_workflow("w", steps, world=sim, tags=["a"], name="Words"))
    sim.controls("w", "look-up", {"custom": {"word": "Hello"}})
    sim.controls(
        "w", "text", {"body": "{{ t.text }}", "skip": {"==": [{"var": "steps.look-up.word"}, "Hello"]}}
    )
    translate(sim, "en_US", {"text": "{{ steps['look-up'].word }} {{ payload.name }} {{ env.stage }}!"})
    sim.env["stage"] = "test"
    message = sim.trigger("w", ANN, {"name": "Ann"}).run.assert_sent("sms")
    assert (message.body, message.tags, sim.workflow("w").name) == ("Hello Ann test!", ("a",), "Words")


PAGE, OTHER, FRAME = "<main>{{ content }}</main>", "<i>{{ content }}</i>", "<b>{{ subscriber.email }}</b>"


@pytest.mark.parametrize(
    ("saved", "body"),
    [
        ({}, "<main>x</main>"),
        ({"layoutId": None}, "x"),
        ({"layoutId": ""}, "<main>x</main>"),
        ({"layoutId": "other"}, "<i>x</i>"),
        ({"layoutId": "2e2"}, "<i>x</i>"),
        ({"layoutId": "frame"}, "<b>ann@acme.test</b>"),
        ({"layoutId": "none"}, "x"),
        ({"layoutId": "empty"}, "x"),
    ],
)
def test_an_email_is_in_the_layout_that_it_names_else_in_the_default(
    sim: NovuSimulator, saved: dict[str, Any], body: str
) -> None:
    layout(sim, "first", "<u>{{ content }}</u>", number=0)
    layout(sim, "page", PAGE, default=True, number=1)
    layout(sim, "other", OTHER, number=2)
    layout(sim, "frame", FRAME, number=3)
    sim.records["layouts"]["2e4"] = {"_id": "2e4", "layoutId": "empty", "isDefault": False, "values": {}}
    assert sent(sim, "email", {"subject": "Hi", "body": "x", **saved}).outputs["body"] == body
    assert sent_text(sim) == "x"


def sent_text(sim: NovuSimulator) -> str:
    """A text is in no layout."""
    sim.register(dashboard_workflow("texts", [{"stepId": "s", "type": "sms"}], world=sim))
    sim.controls("texts", "s", {"body": "x"})
    return str(sim.trigger("texts", ANN).run.step("s").outputs["body"])


@pytest.mark.parametrize(
    ("locale", "hello"),
    [("de_AT", "Servus"), ("en_US", "Hello"), ("fr_FR", "Hello"), (None, "Hello")],
)
def test_a_text_is_in_the_language_of_its_subscriber_else_in_english(
    sim: NovuSimulator, locale: str | None, hello: str
) -> None:
    translate(sim, "en_US", {"hello": "Hello"})
    translate(sim, "de_AT", {"hello": "Servus"})
    translate(sim, "de_AT", {"hello": "Wrong"}, id="other")
    translate(sim, "de_AT", {"hello": "Wrong"}, kind="layout")
    to = {**ANN, **({"locale": locale} if locale else {})}
    assert sent(sim, "sms", {"body": "{{t.hello}}"}, to).outputs == {"body": hello}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ t.a.b }}", "B"),
        ("{{t.a.b}}, {{  t.plain  }}", "B, P"),
        ("{{ t.said }}", "7"),
        ("{{ t.key-with_signs.1 }}", "K"),
    ],
)
def test_a_key_is_a_path_into_the_texts(sim: NovuSimulator, written: str, shown: str) -> None:
    content = {"a": {"b": "B"}, "plain": "P", "said": "{{ payload.n }}", "key-with_signs": {"1": "K"}}
    translate(sim, "en_US", content)
    primary = {"label": "x", "redirect": {"url": "https://a.test", "target": "_blank"}}
    controls = {
        "body": written,
        "data": {"deep": [written, {"er": written}, 1, None]},
        "primaryAction": primary,
    }
    assert sent(sim, "in_app", controls, payload={"n": 7}).outputs == {
        "body": shown,
        "data": {"deep": [shown, {"er": shown}, 1, None]},
        "primaryAction": primary,
    }


@pytest.mark.parametrize("key", ["none", "a", "a.c", "a.b.c", "number"])
def test_a_key_without_a_text_stays(sim: NovuSimulator, key: str) -> None:
    from novu_framework_testing.simulation.dashboard import _translated

    translate(sim, "en_US", {"a": {"b": "B"}, "number": 1})
    assert _translated(sim, "workflow", "w", f"{{{{t.{key}}}}}", {}) == f"{{{{t.{key}}}}}"
    for subscriber in (None, {}, {"locale": None}, {"locale": "xx"}):
        assert _translated(sim, "workflow", "w", ["{{t.a.b}}"], {"subscriber": subscriber}) == ["B"]


def test_the_texts_of_a_layout_are_its_own(sim: NovuSimulator) -> None:
    layout(sim, "page", "{% raw %}{{ t.hello }}{% endraw %}|{{ content }}", default=True)
    translate(sim, "en_US", {"hello": "of the layout"}, kind="layout", id="page")
    translate(sim, "en_US", {"bye": "of the workflow"})
    step = sent(sim, "email", {"subject": "{{t.bye}}", "body": "x"})
    assert step.outputs == {"subject": "of the workflow", "body": "of the layout|x"}
