"""What the plugin adds to the report of a failed test, and what it says at the end of a run."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework.errors import NovuError
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.conversations.transcript import transcript
from novu_framework_testing.plugin import timelines, tracebacks
from novu_framework_testing.plugin.checks import IgnoredRules
from novu_framework_testing.plugin.review import SnapshotRun, _asides, _fate, _messages, _parameters, _purpose
from novu_framework_testing.plugin.smoke import _preview_of
from novu_framework_testing.plugin.snapshots import Leftovers
from novu_framework_testing.plugin.timelines import MAX_TIMELINES, _Colours, _timelines, _values_in_reach
from novu_framework_testing.review.journal import Refused
from novu_framework_testing.snapshots.rendered import RenderedStep
from tests.tables import walked
from tests.unit.conversations.posting import mute


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


CODE = {
    "U": ("test_shop", "/project/test_shop.py"),
    "O": ("novu_framework.workflow", "/project/workflow.py"),
    "T": ("novu_framework_testing.api.cloud", "/project/cloud.py"),
    "L": ("json.decoder", os.path.join(sysconfig.get_paths()["stdlib"], "json", "decoder.py")),
}
"""The name and the file of a module: the user's, of the runtime, of the toolkit, of Python."""


def raised(kinds: str, end: BaseException) -> BaseException:
    """Raise an exception through functions of these kinds, the outermost first."""

    def ending() -> None:
        raise end

    call: Callable[[], Any] = ending
    for kind in reversed(kinds):
        name, file = CODE[kind]
        scope: dict[str, Any] = {"__name__": name, "kind": kind}
        exec(compile("def call(inner):\n    return inner()", file, "exec"), scope)
        call = partial(scope["call"], call)
    try:
        call()
    except BaseException as error:
        _, *entries, ended = tracebacks._entries(error.__traceback__)  # without this function and `ending`
        for entry in entries:
            entry.tb_next = None if entry.tb_next is ended else entry.tb_next
        return error.with_traceback(entries[0] if entries else None)
    raise AssertionError


def kinds_of(traceback: TracebackType | None) -> str:
    return "".join(one.tb_frame.f_globals["kind"] for one in tracebacks._entries(traceback))


# --- tracebacks ---


@walked(
    ("kinds", "told"),
    [
        ("", ""),
        ("U", "U"),
        ("UO", "U"),
        ("UT", "U"),
        ("UL", "UL"),
        ("ULO", "U"),
        ("UOL", "U"),
        ("UOLU", "UU"),
        ("ULUTO", "ULU"),
        ("ULLUOUL", "ULLUUL"),
        ("OU", "OU"),
        ("OLU", "OLU"),
        ("OOTU", "OU"),
        ("LU", "LU"),
        ("OT", "OT"),
        ("LOL", "LOL"),
        ("L", "L"),
    ],
)
def test_of_a_traceback_the_users_code_is_left_and_what_it_called_of_others(kinds: str, told: str) -> None:
    assert kinds_of(tracebacks._shortened(raised(kinds, ValueError()).__traceback__)) == told


def test_what_led_to_an_error_is_known() -> None:
    def chain(*links: str) -> list[str]:
        errors = {name: ValueError(name) for name in "abc"}
        for first, how, second in map(tuple, links):
            if how == "<":
                errors[first].__cause__ = errors[second]
            elif how == "~":
                errors[first].__context__ = errors[second]
            else:
                errors[first].__suppress_context__ = True
        return [str(one) for one in tracebacks._chain(errors["a"])]

    assert list(tracebacks._chain(None)) == []
    assert chain() == ["a"]
    assert chain("a<b", "b~c") == ["a", "b", "c"]
    assert chain("a~b", "a<c") == ["a", "c"]
    assert chain("a~b", "a- ") == ["a"]
    assert chain("a~b", "b~a") == ["a", "b"]


def reported(error: BaseException, *, fulltrace: bool = False) -> BaseException:
    item: Any = SimpleNamespace(config=SimpleNamespace(getoption={"fulltrace": fulltrace}.__getitem__))
    call: Any = SimpleNamespace(excinfo=pytest.ExceptionInfo.from_exception(error))
    tracebacks.pytest_runtest_makereport(item, call)
    told: BaseException = call.excinfo.value
    return told


@pytest.mark.parametrize(
    ("kinds", "error", "told"),
    [
        ("OO", pytest.UsageError("write it"), "UsageError: write it"),
        ("LO", NovuError("odd"), f"NovuError: {NovuError('odd')}"),
        ("OO", ValueError("odd"), None),
        ("UO", pytest.UsageError("write it"), None),
    ],
)
def test_what_says_in_words_what_is_wrong_is_told_without_our_code(
    kinds: str, error: BaseException, told: str | None
) -> None:
    found = reported(raised(kinds, error))
    if told is None:
        assert found is error
    else:
        assert isinstance(found, pytest.fail.Exception)
        assert (found.msg, found.pytrace) == (told, False)


def test_each_traceback_of_a_chain_is_shortened_unless_all_is_asked_for() -> None:
    for fulltrace, expected in ((True, ("UOOU", "UTO")), (False, ("UU", "U"))):
        error = raised("UOOU", ValueError())
        error.__cause__ = raised("UTO", KeyError())
        assert reported(error, fulltrace=fulltrace) is error
        assert (kinds_of(error.__traceback__), kinds_of(error.__cause__.__traceback__)) == expected
    passed: Any = SimpleNamespace(excinfo=None)
    tracebacks.pytest_runtest_makereport(SimpleNamespace(), passed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("of", "name", "ending"),
    [
        (RenderedStep("a", "sms", "sent"), "statuss", "; did you mean 'status'?"),
        (RenderedStep("a", "sms", "sent"), "dict__", "."),
        (Path("x"), "nam", ""),
        (RenderedStep("a", "sms", "sent"), "", ""),
    ],
)
def test_an_attribute_of_ours_is_told_with_the_name_that_was_meant(of: Any, name: str, ending: str) -> None:
    error = AttributeError("There is none", name=name or None, obj=of)
    for fulltrace in (True, False):
        error.args = ("There is none",)
        assert str(reported(raised("U", error), fulltrace=fulltrace)) == f"There is none{ending}"
    odd = ValueError("There is none")
    assert str(reported(raised("U", odd))) == "There is none"


# --- timelines ---


@workflow("hello")
async def hello(step: Step) -> None:
    await step.in_app("bell", {"body": "Hello"})


@pytest.fixture
def simulator() -> Iterator[NovuSimulator]:
    with NovuSimulator() as made:
        made.register(hello)
        yield made


def test_the_timelines_are_of_the_runs_in_reach_or_else_of_the_simulations(simulator: NovuSimulator) -> None:
    one = simulator.trigger(hello, to="ann").run
    two = simulator.trigger(hello, to=["bob", "eve"])
    first, second, third = (run.timeline(color=True) for run in (one, *two.runs))
    whole = simulator.timeline(color=True)
    assert len({first, second, third, whole}) == 4
    with NovuSimulator() as idle:
        for values, shown in (
            ([], []),
            (["x", None, idle], []),
            ([one], [first]),
            ([simulator, one.steps[0], one], [first]),
            ([two, one], [second, third, first]),
            ([one, two], [first, second, third]),
            ([idle, simulator, simulator], [whole]),
            ([Cloud(simulator)], [whole]),
        ):
            assert _timelines(values) == shown
    many = simulator.trigger(hello, to=[f"p{number}" for number in range(11)])
    assert _timelines([many]) == [run.timeline(color=True) for run in many.runs[:10]]
    assert MAX_TIMELINES == 10


def test_the_conversations_of_the_simulations_in_reach_come_first_once_something_was_said(
    simulator: NovuSimulator,
) -> None:
    conversation = simulator.agent(mute)
    assert _timelines([simulator]) == []
    conversation.say("Hi")
    run = simulator.trigger(hello, to="ann").run
    assert _timelines([run, simulator, simulator]) == [
        transcript(conversation.state),
        run.timeline(color=True),
    ]


def test_values_in_reach_are_the_variables_of_the_innermost_code_first() -> None:
    outer, inner, fixture = ["outer"], ["inner"], ["fixture"]

    def fails(value: list[str]) -> None:
        raise ValueError

    def calls(first: list[str], value: list[str]) -> None:
        fails(value)

    with pytest.raises(ValueError) as error:  # noqa: PT011
        calls(outer, inner)
    assert _values_in_reach(None, {"a": fixture, "b": fixture}) == [fixture]
    found = _values_in_reach(error, {"a": fixture, "b": inner})
    assert [one for one in found if one in (outer, inner, fixture)] == [inner, outer, fixture]


@pytest.mark.parametrize(
    ("when", "failed", "sections"),
    [("call", True, 1), ("call", False, 0), ("setup", True, 0), ("teardown", True, 0)],
)
def test_the_timeline_is_in_the_report_of_a_test_that_failed(
    simulator: NovuSimulator, when: str, failed: bool, sections: int
) -> None:
    run = simulator.trigger(hello, to="ann").run
    report = SimpleNamespace(when=when, failed=failed, sections=[("Captured", "x")])
    call: Any = SimpleNamespace(excinfo=None)
    item: Any = SimpleNamespace(funcargs={"run": run})
    hook: Any = timelines.pytest_runtest_makereport(item, call)
    next(hook)
    with pytest.raises(StopIteration):
        hook.send(SimpleNamespace(get_result=lambda: report))
    added = [("Novu timeline", run.timeline(color=True))]
    assert report.sections == [("Captured", "x"), *added[:sections]]


@pytest.mark.parametrize(
    ("terminal", "failed", "is_plain"),
    [
        (SimpleNamespace(hasmarkup=True), True, False),
        (SimpleNamespace(hasmarkup=False), True, True),
        (SimpleNamespace(hasmarkup=False), False, False),
        (None, True, True),
    ],
)
def test_a_terminal_without_colours_gets_none(terminal: Any, failed: bool, is_plain: bool) -> None:
    config: Any = SimpleNamespace(
        pluginmanager=SimpleNamespace(get_plugin={"terminalreporter": terminal}.get)
    )
    red = "\x1b[31mred\x1b[0m \x1b[1;32mgreen\x1b[m"
    report: Any = SimpleNamespace(failed=failed, sections=[("Novu timeline", red), ("Captured", red)])
    _Colours(config).pytest_runtest_logreport(report)
    assert report.sections == [("Novu timeline", "red green" if is_plain else red), ("Captured", red)]


# --- what a review knows of a test ---


@walked(
    ("report", "steps", "fate"),
    [
        ({"passed": True, "failed": False}, [], ""),
        ({"passed": False, "failed": True, "novu_outcome": "passed"}, [1], ""),
        ({"passed": False, "failed": True, "novu_outcome": "failed"}, [1], "broke off"),
        ({"passed": False, "failed": True}, [], "failed"),
        ({"passed": False, "failed": False, "novu_compares": True}, [], "skipped"),
        ({"passed": False, "failed": False, "novu_compares": False}, [1], "not ours"),
    ],
)
def test_what_kept_a_test_from_comparing_all_it_has(report: Any, steps: list[int], fate: str) -> None:
    recorded: Any = SimpleNamespace(steps=steps)
    assert _fate(SimpleNamespace(**report), recorded) == fate


@walked(
    ("text", "purpose"),
    [
        (None, ""),
        ("", ""),
        ("  One  line. ", "One line."),
        ("\n    First,\n      and on.\n\n    Second.\n", "First, and on."),
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 299 + "…"),
        ("x" * 298 + " yyy", "x" * 298 + "…"),
    ],
    ids=brief,
)
def test_the_purpose_of_a_test_is_the_first_paragraph_of_its_docstring(
    text: str | None, purpose: str
) -> None:
    item: Any = SimpleNamespace(function=SimpleNamespace(__doc__=text))
    assert _purpose(item) == purpose
    assert _purpose(SimpleNamespace()) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("callspec", "ids"),
    [
        (None, []),
        ({"_idlist": ["a", 1], "id": "a-1"}, ["a", "1"]),
        ({"_idlist": ["a", "b"], "id": "b-a"}, []),
        ({"id": "a"}, []),
        ({"_idlist": [], "id": ""}, []),
    ],
)
def test_the_parameters_of_a_test_are_known_where_pytest_tells_them(callspec: Any, ids: list[str]) -> None:
    item = SimpleNamespace(callspec=callspec and SimpleNamespace(**callspec))
    assert _parameters(item) == ids  # type: ignore[arg-type]


def test_the_messages_of_a_test_are_those_of_its_fixtures_once(simulator: NovuSimulator) -> None:
    simulator.trigger(hello, to="ann")
    item: Any = SimpleNamespace(funcargs={"a": simulator, "b": Cloud(simulator), "c": "x"})
    assert _messages(item) == simulator.messages[:]
    assert _messages(SimpleNamespace()) == []  # type: ignore[arg-type]
    assert _asides([]) == _asides(_messages(item)) == []


# --- the end of a run ---


class Terminal:
    """Keeps the lines that are written to it; red ones begin with a `!`."""

    def __init__(self, *failed: Any) -> None:
        self.lines: list[str] = []
        self.getreports = {"failed": list(failed)}.__getitem__

    def write_line(self, line: str, *, red: bool = False) -> None:
        self.lines.append(f"{'!' * red}{line}")


def no_space() -> list[str]:
    raise OSError(28, "No space left on device")


def odd() -> list[str]:
    raise OSError("odd")


def refused() -> list[str]:
    raise Refused("failed", "Another review goes on.")


def wrong() -> list[str]:
    raise ValueError("wrong")


@pytest.mark.parametrize(
    ("write", "before", "after", "lines"),
    [
        (lambda: ["one", "two"], 0, 0, ["one", "two"]),
        (lambda: [], 2, 2, []),
        (no_space, 0, 1, ["!novu: x: No space left on device."]),
        (odd, 2, 3, ["!novu: x: odd."]),
        (refused, 1, 1, ["!novu: x: Another review goes on."]),
    ],
)
def test_what_cannot_be_written_at_the_end_fails_the_run(
    write: Any, before: int, after: int, lines: list[str]
) -> None:
    run = SnapshotRun(SimpleNamespace(), None)  # type: ignore[arg-type]
    session: Any = SimpleNamespace(exitstatus=before)
    assert run._wrote(session, "x", write) is (before == after and after != 1)
    assert session.exitstatus == after
    terminal: Any = Terminal()
    run.pytest_terminal_summary(terminal)
    assert terminal.lines == lines


def test_a_mistake_of_ours_at_the_end_is_told_with_its_traceback_before_what_was_written() -> None:
    run = SnapshotRun(SimpleNamespace(), None)  # type: ignore[arg-type]
    session: Any = SimpleNamespace(exitstatus=0)
    assert run._wrote(session, "x", lambda: ["written"])
    assert not run._wrote(session, "y", wrong)
    terminal: Any = Terminal()
    run.pytest_terminal_summary(terminal)
    told, written = terminal.lines
    assert told.startswith("!novu: y: Traceback (most recent call last):\n")
    assert told.endswith("\nValueError: wrong\n")
    assert written == "written"


def leftovers(root: Path, changed: tuple[int, ...] = (), **given: Any) -> tuple[list[str], int, list[str]]:
    """End a run with these options and three files left over; give what is said, the status, and what is left."""
    usual = {
        "update_snapshots": False,
        "no_cleanup": False,
        "warn_unused_snapshots": False,
        "disable_unused_snapshots": False,
        "include_snapshot_details": False,
        "review": False,
    }
    option = SimpleNamespace(**{**usual, **given})
    config: Any = SimpleNamespace(
        option=option,
        rootpath=root,
        args=["tests"],
        invocation_params=SimpleNamespace(dir=root),
        getoption=lambda name, default=None: option.review if name == "--novu-review" else default,
    )
    followed = Leftovers(config)
    files = [root / name for name in ("a.txt", "b.txt", "c.txt")]
    for file in files:
        file.touch()
    followed.run = SimpleNamespace(files=lambda: files)  # type: ignore[assignment, misc]
    session: Any = SimpleNamespace(exitstatus=2)
    followed.pytest_sessionfinish(session, 0)
    terminal: Any = Terminal(SimpleNamespace(), *(SimpleNamespace(novu_changed=one) for one in changed))
    followed.pytest_terminal_summary(terminal)
    return terminal.lines, session.exitstatus, [file.name for file in files if file.exists()]


UNUSED = "novu: 3 snapshots unused; pytest --snapshot-update deletes them"
NAMES = ["a.txt", "b.txt", "c.txt"]
DETAILS = [f"  {name}" for name in NAMES]


@pytest.mark.parametrize(
    ("options", "lines", "status", "left"),
    [
        ("", [UNUSED], 3, NAMES),
        ("warn_unused_snapshots", [UNUSED], 2, NAMES),
        ("include_snapshot_details", [UNUSED, *DETAILS], 3, NAMES),
        ("disable_unused_snapshots", [], 2, NAMES),
        ("update_snapshots no_cleanup", [UNUSED], 2, NAMES),
        ("update_snapshots", ["novu: 3 snapshots unused and deleted", *DETAILS], 2, []),
    ],
)
def test_snapshots_that_are_left_over_are_told_or_deleted(
    tmp_path: Path, options: str, lines: list[str], status: int, left: list[str]
) -> None:
    given: dict[str, Any] = dict.fromkeys(options.split(), True)
    assert leftovers(tmp_path, **given) == (lines, status, left)


@pytest.mark.parametrize(
    ("changed", "review", "what"),
    [((), False, ""), ((0,), False, ""), ((1,), False, "a message is"), ((2, 1), False, "3 messages are"), ((1,), True, "")],
)  # fmt: skip
def test_what_changed_is_counted_unless_it_is_kept_for_review(
    tmp_path: Path, changed: tuple[int, ...], review: bool, what: str
) -> None:
    lines, _, _ = leftovers(tmp_path, changed, review=review, disable_unused_snapshots=True)
    assert lines == [
        f"novu: {one} not as accepted: look at it with `pytest --novu-review` and `novu-framework review`, or accept it unseen "
        "with `pytest --snapshot-update`"
        for one in [what]
        if one
    ]


def test_what_cannot_be_deleted_is_told_by_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = {"a.txt": OSError(13, "Denied"), "b.txt": OSError("odd"), "c.txt": OSError(13, "Denied")}

    def remove(file: Path) -> None:
        raise reasons[file.name]

    monkeypatch.setattr("novu_framework_testing.snapshots.files.remove", remove)
    assert leftovers(tmp_path, update_snapshots=True) == (
        [
            "!novu: 2 unused snapshots cannot be deleted: Denied: a.txt",
            "!novu: an unused snapshot cannot be deleted: odd: b.txt",
        ],
        3,
        NAMES,
    )


def test_a_comment_that_set_nothing_aside_in_any_test_is_told() -> None:
    rules = IgnoredRules()
    for asides in ({"a": True, "b": False, "c": False}, {"a": False, "b": True}, {}, None):
        report: Any = SimpleNamespace() if asides is None else SimpleNamespace(novu_asides=asides)
        rules.pytest_runtest_logreport(report)
    terminal: Any = Terminal()
    rules.pytest_terminal_summary(terminal)
    assert terminal.lines == ["novu: c matched nothing in this run"]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (None, []),
        ({"path": "/x"}, []),
        (
            [{"path": "/a", "message": "must be string"}, {"message": "odd"}],
            ["  /a: must be string", "  /: odd"],
        ),
    ],
)
def test_a_smoke_test_says_what_of_its_step_is_wrong(data: Any, lines: list[str]) -> None:
    failure = BridgeFailure("no", status=400, code="Odd", data=data)
    asked: list[tuple[str, str]] = []

    def preview(workflow_id: str, step_id: str) -> None:
        asked.append((workflow_id, step_id))
        if step_id == "bad":
            raise failure

    bridge: Any = SimpleNamespace(preview=preview)
    _preview_of(bridge, "w", "good")()
    with pytest.raises(pytest.fail.Exception) as failed:
        _preview_of(bridge, "w", "bad")()
    head = "Step 'bad' of workflow 'w' cannot be previewed with made-up data."
    assert (failed.value.msg, failed.value.pytrace) == ("\n".join([head, str(failure), *lines]), False)
    assert asked == [("w", "good"), ("w", "bad")]
