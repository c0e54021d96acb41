"""Who asks the checks: a simulation, pytest, the command."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from novu_framework import Step, workflow
from novu_framework.cli.app import run
from novu_framework_testing.checks import RULES
from tests.docs.page import blocks


@workflow("shipped", tags=["orders"])
async def shipped(payload: dict, step: Step) -> None:
    await step.email("mail", lambda: {"subject": "Your order", "body": payload["body"]})
    await step.sms("text", lambda: {"body": "It is on its way."})


def test_a_simulation_checks_a_run_a_message_and_all_that_it_delivered(novu):
    novu.register(shipped)
    ann = {"subscriberId": "ann", "email": "ann@acme.test", "firstName": "Ann"}
    fine = novu.trigger("shipped", to=ann, payload={"body": "<p>It is on its way.</p>"})
    broken = novu.trigger("shipped", to=ann, payload={"body": "<p>Hello ANN, [object Object] is late</p>"})
    assert novu.check(fine) == novu.check(fine.run) == []
    (finding,) = novu.check(broken.run)
    assert (finding.rule, finding.workflow_id, finding.step_id) == (
        "personalisation.object-object",
        "shipped",
        "mail",
    )
    assert novu.check(broken.run.messages[0]) == novu.check(broken.run.messages) == novu.check() == [finding]
    assert [one.rule for one in novu.check(broken, level="note")] == [
        "personalisation.object-object",
        "personalisation.name-case",
    ]
    assert novu.check(ignore={"personalisation.object-object": "it is the message"}) == []


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"ignore": ["link.http"]}, r"""a reason for each rule: {"link.http": "our intranet has no TLS"}, not \['link.http'\]"""),
        ({"ignore": "link.http"}, r"a reason for each rule"),
        ({"ignore": {"link.http": None}}, r"Say why the rule link.http"),
        ({"ignore": {3: "it is odd"}}, r"no rule '3'"),
        ({"ignore": {"link.htp": "it is odd"}}, r"no rule 'link.htp'. There are link"),
        ({"clients": "gmail"}, r"clients are several"),
        ({"clients": ["gmial"]}, r"no mail client 'gmial'"),
        ({"level": "loud"}, r"no level 'loud'"),
    ],
)  # fmt: skip
def test_choices_of_a_test_that_are_wrong_are_refused_in_words(novu, choices, says):
    with pytest.raises(ValueError, match=says):
        novu.check(**choices)


def test_the_advice_on_the_doctype_is_right_of_what_novu_leaves_of_an_email(novu):
    novu.register(shipped)
    body = '<html lang="en"><head><meta name="viewport" content="width=device-width"><title>A</title></head><p>Hi</p></html>'

    def found(body: str) -> list[str]:
        return [
            one.rule
            for one in novu.check(novu.trigger("shipped", to="ann", payload={"body": body}).run, level="note")
        ]

    advice = RULES["email.doctype"].advice
    assert "email.doctype" in found(body)
    assert "email.doctype" in found(f"<!doctype html>{body}")
    assert "email.doctype" not in found(re.findall("<!.*?>", advice)[0] + body)


def test_what_reached_nobody_is_checked_too(novu):
    novu.register(shipped)
    run = novu.trigger("shipped", to="nobody", payload={"body": "<p>undefined</p>"}).run
    assert run.messages == []
    assert [one.rule for one in novu.check(run)] == ["personalisation.undefined"]


QUIET = ("-p", "no:randomly", "-o", "asyncio_default_fixture_loop_scope=function")
TESTS = """
    from novu_framework import workflow

    @workflow("w")
    async def w(payload: dict, step):
        await step.sms("text", lambda: {"body": payload["body"]})

    def test_broken(novu):
        novu.register(w)
        novu.trigger("w", to={"subscriberId": "ann", "phone": "+431"}, payload={"body": "Hello undefined!"})

    def test_fine(novu):
        novu.register(w)
        novu.trigger("w", to={"subscriberId": "ann", "phone": "+431"}, payload={"body": "Hello Ann!"})
"""


def test_pytest_checks_every_message_of_every_test(pytester):
    pytester.makepyfile(TESTS)
    pytester.runpytest_inprocess(*QUIET).assert_outcomes(passed=2)
    result = pytester.runpytest_inprocess("--novu-check", *QUIET)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "1 thing is wrong with the content of its messages.",
            "error personalisation.undefined: w/text, body:*",
            "Set a rule aside with a reason: `# novu-check: ignore*` in the workflow, or *tool.novu.checks* in pyproject.toml.",
        ]
    )


@pytest.mark.parametrize(("messages", "more"), [(20, ""), (21, "and 1 more"), (22, "and 2 more")])
def test_pytest_shows_twenty_findings_of_a_test(pytester, messages, more):
    pytester.makepyfile(
        f"""
        from novu_framework import workflow

        @workflow("w")
        async def w(step):
            for number in range({messages}):
                await step.sms(f"text-{{number}}", lambda: {{"body": "Hello undefined!"}})

        def test_broken(novu):
            novu.register(w)
            novu.trigger("w", to={{"subscriberId": "ann", "phone": "+431"}})
        """
    )
    result = pytester.runpytest_inprocess("--novu-check", *QUIET)
    result.stdout.fnmatch_lines([f"{messages} things are wrong with the content of its messages."])
    found = [line for line in result.outlines if line.startswith(("error personalisation.undefined", "and "))]
    assert len(found) == 20 + bool(more)
    assert found[20:] == ([more] if more else [])


def test_what_a_test_chooses_for_its_messages_counts(pytester):
    pytester.makepyfile(
        """
        import pytest
        from novu_framework import workflow

        BROKEN = {"text": "Hello undefined!", "html": "<p style='display:flex'>Hello</p>"}

        @workflow("w")
        async def w(payload: dict, step):
            await step.sms("text", lambda: {"body": payload["text"]})
            await step.email("mail", lambda: {"subject": "Hi", "body": payload["html"]})

        @pytest.fixture
        def sent(novu):
            novu.register(w)
            return novu.trigger("w", to={"subscriberId": "ann", "phone": "+431", "email": "a@acme.test"}, payload=BROKEN)

        def test_nothing_chosen(novu, sent):
            pass

        def test_set_aside_and_clients(novu, sent):
            assert novu.check(clients=["gmail"], ignore={"personalisation.undefined": "a lesson"}) == []

        def test_the_findings_are_what_it_is_about(novu, sent):
            assert len(novu.check(sent)) == 2

        def test_about_one_of_two(novu, sent):
            (mail,) = [one for one in sent.run.messages if one.channel == "email"]
            assert novu.check(mail, clients=["gmail"]) == []

        def test_a_later_message(novu, sent):
            novu.check(ignore={"personalisation.*": "a lesson", "client.*": "a lesson"})
            novu.trigger("w", to="ann", payload=BROKEN)
        """
    )
    result = pytester.runpytest_inprocess("--novu-check", *QUIET)
    failed = {line.split("::")[1].split()[0] for line in result.outlines if line.startswith("FAILED")}
    assert failed == {"test_nothing_chosen", "test_about_one_of_two", "test_a_later_message"}
    result.assert_outcomes(passed=2, failed=3)


def test_the_tests_of_the_docs_pass_with_it_too(pytester):
    page = Path("docs/how-to/check-content.md")
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    for block in blocks(text):
        if block.file:
            with pytester.path.joinpath(block.file).open("a", encoding="utf-8") as file:
                file.write(f"{block.code}\n")
    pytester.runpytest_inprocess("--novu-check", *QUIET).assert_outcomes(passed=6)


def test_pytest_reads_the_settings_of_the_project(pytester):
    pytester.makepyfile(TESTS)
    pytester.makepyprojecttoml("""
        [tool.novu.checks]
        ignore = [{ rule = "personalisation.undefined", why = "a lesson about JavaScript", workflow = "w" }]
    """)
    pytester.runpytest_inprocess("--novu-check", *QUIET).assert_outcomes(passed=2)
    pytester.makepyprojecttoml("[tool.novu.checks]\nlevel = 'loud'")
    result = pytester.runpytest_inprocess("--novu-check", *QUIET)
    result.stderr.fnmatch_lines(
        ["*pyproject.toml: There is no level 'loud'. There are note, warning, error."]
    )
    assert result.ret == pytest.ExitCode.USAGE_ERROR


APP = """
from novu_framework import workflow

@workflow("fine")
async def fine(payload: dict, step):
    await step.sms("text", {"body": "Hello Ann!"})
    await step.delay("a-day", {"type": "regular", "amount": 1, "unit": "days"})

@workflow("broken")
async def broken(payload: dict, step):
    await step.sms("text", lambda: {"body": "Hello undefined!"})

@workflow("raising")
async def raising(payload: dict, step):
    await step.sms("text", lambda: 1 / 0)

@workflow("linking", payload_schema={"type": "object", "properties": {"orderUrl": {"type": "string"}}, "required": ["orderUrl"]})
async def linking(payload: dict, step):
    await step.sms("text", lambda: {"body": f"See {payload['orderUrl']} and http://localhost/a"})
    await step.in_app("inbox", lambda: {"body": "See your order", "redirect": {"url": payload["orderUrl"], "target": "_self"}})

workflows = [fine, broken]
"""


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    (tmp_path / "checked_app.py").write_text(APP, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.novu]\napp = "checked_app:workflows"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [*sys.path])
    monkeypatch.delitem(sys.modules, "checked_app", raising=False)
    yield lambda *arguments: (run(["check", *arguments]), capsys.readouterr().out)
    sys.modules.pop("checked_app", None)


def test_the_command_checks_every_workflow_and_says_what_it_found(command):
    status, out = command()
    assert status == 1
    assert (
        "error personalisation.undefined: broken/text, body: The word `undefined` stands where a value was meant."
        in out
    )
    assert out.splitlines()[-1] == "1 finding in 2 workflows."
    status, out = command("fine")
    assert (status, out) == (0, "Nothing found in 1 workflow.\n")


def test_the_command_gives_json(command):
    status, out = command("--json")
    answer = json.loads(out)
    assert (status, answer["ok"], answer["notRendered"]) == (1, False, [])
    assert [(one["rule"], one["workflowId"]) for one in answer["findings"]] == [
        ("personalisation.undefined", "broken")
    ]


def test_a_workflow_that_cannot_be_rendered_is_said_beside_the_findings(command):
    status, out = command("--app", "checked_app:raising", "--json")
    assert status == 1
    assert "raising/text" in json.loads(out)["notRendered"][0]


def test_an_address_that_was_made_up_is_nobodys_fault(command):
    _, out = command("--app", "checked_app:linking", "--json", "--level", "note")
    assert [(one["rule"], one["detail"]) for one in json.loads(out)["findings"]] == [
        ("link.local", "http://localhost/a")
    ]


def test_the_command_reads_the_settings_of_the_project(command, tmp_path):
    table = '[tool.novu]\napp = "checked_app:workflows"\n[tool.novu.checks]\nlevels = { "personalisation.undefined" = "note" }\n'
    (tmp_path / "pyproject.toml").write_text(table, encoding="utf-8")
    assert command()[0] == 0
    assert command("--level", "note")[0] == 1
    assert command("--level", "loud")[0] == 2
    assert command("--client", "gmial")[0] == 2
