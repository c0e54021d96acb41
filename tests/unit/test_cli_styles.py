"""What the commands show in colours, and names that look like the markup of colours."""

from __future__ import annotations

import importlib
import io
import re
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from novu_framework.cli import cloud, review, simulate, sync, terminal
from novu_framework.cli.problems import Problem
from tests.unit.test_cli import Command, command, project

__all__ = ["command", "project"]

RED, GREEN, YELLOW, DIM, END = "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


class Shown(io.StringIO):
    """What a terminal shows: where a style ends at a line's end, versions of rich end it before the line's end or after."""

    def getvalue(self) -> str:
        return even(super().getvalue())


def even(text: str) -> str:
    """Return what is shown, with each style ended before the end of its line, and without blanks there."""
    return re.sub(r" +(?=(?:\x1b\[0m)?\n)", "", re.sub(r"\x1b\[[\d;]+m\n\x1b\[0m", "\n", text))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the commands write to a terminal that shows colours and is not wide."""
    written = Shown()
    coloured = Console(file=written, force_terminal=True, color_system="standard", highlight=False, width=60)
    for name in ("cloud", "gallery", "preview", "review", "simulate", "sync", "terminal"):
        monkeypatch.setattr(importlib.import_module(f"novu_framework.cli.{name}"), "console", coloured)
    return written


# --- sync ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "check", "lines"),
    [
        (sync.Changes([], {}, []), True, ["In sync: 1 workflow."]),
        (sync.Changes([], {}, []), False, ["Synced 1 workflow to https://a[b]; nothing had changed."]),
        (
            sync.Changes(["new[/b]"], {"more[i]": ["name", "step `a[b]`"]}, ["gone[/]", "it"]),
            False,
            [
                f"{GREEN}+ new[/b]{END}",
                f"{YELLOW}~ more[i]{END}  {DIM}name, step `a[b]`{END}",
                f"{RED}- gone[/]{END}",
                f"{RED}- it{END}",
                "Synced 1 workflow to https://a[b].",
            ],
        ),
        (sync.Changes(["new"], {}, []), True, [f"{GREEN}+ new{END}", "A sync is needed."]),
    ],
    ids=["same", "synced", "changed", "needed"],
)
def test_a_sync_shows_what_changes(
    shown: io.StringIO, changes: sync.Changes, check: bool, lines: list[str]
) -> None:
    sync._show(changes, 1, "https://a[b]", check)
    assert shown.getvalue() == even("\n".join([*lines, ""]))


# --- simulate ------------------------------------------------------------------------------------------


def run_of(status: str, waiting: Any = None, *stacks: str, messages: int = 0) -> Any:
    steps = [SimpleNamespace(step_id="mail[b]", error_data={"stack": stack}) for stack in stacks]
    return SimpleNamespace(
        status=status, subscriber_id="ann[/b]", messages=[None] * messages, waiting=waiting, steps=steps
    )


NOON = datetime(2026, 3, 1, 12, 0, 5, tzinfo=timezone.utc)
LONG = "ValueError: " + "so long " * 10


@pytest.mark.parametrize(
    ("run", "lines"),
    [
        (run_of("completed", messages=1), [f"{GREEN}completed{END} ann[/b], 1 message"]),
        (run_of("running", messages=2), [f"{YELLOW}running{END} ann[/b], 2 messages"]),
        (
            run_of("running", SimpleNamespace(step_id="wait[b]", due_at=NOON)),
            [f"{YELLOW}running{END} ann[/b], 0 messages, `wait[b]` until 2026-03-01 ", "12:00:05 UTC"],
        ),
        (
            run_of("running", SimpleNamespace(step_id="wait[b]", due_at=None)),
            [f"{YELLOW}running{END} ann[/b], 0 messages"],
        ),
        (
            run_of("failed", None, LONG, "", "KeyError: '[b]'"),
            [
                f"{RED}failed{END} ann[/b], 0 messages",
                f"{RED}`mail[b]` raised {LONG}{END}",
                f"{RED}`mail[b]` raised KeyError: '[b]'{END}",
            ],
        ),
    ],
    ids=["completed", "running", "until", "waiting", "failed"],
)
def test_a_run_is_summed_up_by_how_it_goes(shown: io.StringIO, run: Any, lines: list[str]) -> None:
    simulate._summary([run])
    assert shown.getvalue() == even("\n".join([*lines, ""]))


ODD = """
from novu_framework import workflow

CONTROLS = {"type": "object", "properties": {"in[b]": {"enum": ["x[/]"]}}}

@workflow("odd[/b]")
async def odd(payload: dict, step):
    await step.email("mail[b]", {"subject": "x", "body": "<p>Hi</p>"})
    await step.delay("wait[/i]", {"type": "regular", "amount": 1, "unit": "days"}, control_schema=CONTROLS)
    await step.chat("chat", {"body": "x"}, control_schema=CONTROLS)
"""


def test_names_in_brackets_are_shown_as_they_are(command: Command, project: Path) -> None:
    (project / "odd.py").write_text(ODD)
    lines = command("list", "--app", "odd:odd").stdout.splitlines()
    assert [line.rstrip() for line in lines] == [
        "odd[/b]",
        "├── email     mail[b]",
        "├── delay     wait[/i]  controls in[b]?: x[/]",
        "└── chat      chat      controls in[b]?: x[/]",
        "1 workflow, 3 steps",
    ]
    done = command("simulate", "odd[/b]", "--to", "ann[/b]", "--app", "odd:odd", "--start", "2026-01-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout.splitlines()[-1]
        == "running ann[/b], 0 messages, `wait[/i]` until 2026-01-02 00:00:00 UTC"
    )
    done = command("preview", "odd[/b]", "mail[b]", "--app", "odd:odd", "--html", "a[b]c[d].html")
    assert (done.returncode, done.stdout) == (0, "Wrote a[b]c[d].html\n")
    assert (project / "a[b]c[d].html").exists()


@pytest.mark.parametrize(("count", "more"), [(9, 0), (10, 0), (11, 1), (12, 2)])
def test_ten_messages_are_shown_whole_the_earliest_first(shown: io.StringIO, count: int, more: int) -> None:
    messages = [
        SimpleNamespace(
            to=f"+43{number}" if number % 2 else {"number": number}, subscriber_id=f"s{number}", step_id="text", channel="sms", content={"body": "Hi"},
            providers={}, status="sent" if number % 3 else "failed", error_text="it is lost", sent_at=NOON.replace(minute=20 - number),
        )
        for number in range(count)
    ]  # fmt: skip
    simulate._show_messages([SimpleNamespace(messages=messages[:4], undelivered=messages[4:])])  # type: ignore[list-item]
    titles = [line for line in shown.getvalue().splitlines() if line.startswith("╭")]
    assert [title.split(" to ")[1].split(",")[0] for title in titles] == [
        f"+43{number}" if number % 2 else f"s{number}" for number in reversed(range(count))
    ][:10]
    assert [": it is lost" in title for title in titles] == [
        number % 3 == 0 for number in reversed(range(count))
    ][:10]
    words = f"{DIM}and {more} message{'s' if more > 1 else ''} more; --json has all of them{END}"
    said = [line for line in shown.getvalue().splitlines() if "--json" in line]
    assert said == ([words] if more else [])


# --- review and gallery --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refused", "lines"),
    [
        ({}, []),
        ({"a[b]": "it is [red]"}, ["a[b]: it is [red]"]),
        ({"a": "full", "b": "gone", "c": "full", "d": "full"}, ["a, c, d: full", "b: gone"]),
        (dict.fromkeys("abcd", "full" * 20), [f"a, b, c and 1 more: {'full' * 20}"]),
        (dict.fromkeys("abcdef", "full"), ["a, b, c and 3 more: full"]),
    ],
    ids=["none", "one", "three", "four", "six"],
)
def test_a_reason_of_many_is_said_once_and_names_three(
    shown: io.StringIO, refused: dict[str, str], lines: list[str]
) -> None:
    review.say_refused(refused)
    assert shown.getvalue() == "".join(f"{YELLOW}{line}{END}\n" for line in lines)


def test_a_gallery_says_in_colours_what_is_missing(
    command: Command, project: Path, shown: io.StringIO
) -> None:
    steps = "".join(f"    await step.sms('s{n}[b]', lambda: {{'body': 1 / 0}})\n" for n in range(6))
    text = f"from novu_framework import workflow\n\n@workflow('w')\nasync def w(step):\n{steps}"
    (project / "bad.py").write_text(text)
    assert command("gallery", "--app", "bad:w", "--made-up", "--output", "out[b].html").returncode == 0
    lines = shown.getvalue().splitlines()
    assert lines[0] == "Wrote out[b].html: 1 notification"
    assert [line.partition(":")[0] for line in lines[1:] if "[b]:" in line] == [
        f"{YELLOW}w/s{n}[b]" for n in range(5)
    ]
    assert lines[-1] == f"{YELLOW}... and 1 more that cannot be rendered.{END}"
    shown.truncate(0)
    shown.seek(0)
    assert command("gallery", "--app", "bad:w", "--output", "out.html").returncode == 0
    assert shown.getvalue() == even(
        "\n".join(
            [
                "Wrote out.html: 1 notification",
                f"{DIM}6 messages without accepted content: --made-up renders them {END}",
                f"{DIM}with made-up data.{END}",
            ]
        )
        + "\n"
    )


# --- cloud, preview and problems -----------------------------------------------------------------------


@pytest.mark.parametrize("workflows", [[], ["a[b]", "c"]], ids=["none", "two"])
def test_a_cloud_greets_with_all_that_an_app_needs(shown: io.StringIO, workflows: list[str]) -> None:
    novu: Any = SimpleNamespace(
        workflows=[SimpleNamespace(workflow_id=one) for one in workflows], now=NOON, secret_key="key"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("novu_framework_testing.api.routes.page.page_path", lambda novu: "/?k[b]")
        cloud._greet("http://a", "...", novu)
    lines = [line.strip("│ ") for line in shown.getvalue().splitlines()]
    assert lines[0] == "╭─ a simulated Novu " + "─" * 39 + "╮"
    assert lines[1:-1] == [
        "NOVU_API_URL=http://a",
        "NOVU_SECRET_KEY=...",
        "",
        "page       http://a/?k[b]",
        f"workflows  {', '.join(workflows) or 'none yet: sync a bridge'}",
        "time       2026-03-01 12:00:05 UTC, moved by keys or by",
        "POST http://a/simulation/advance",
    ]


def test_a_long_path_stays_in_one_line(command: Command, project: Path, shown: io.StringIO) -> None:
    path = f"{'long' * 20}.html"
    assert command("preview", "order", "email", "--html", path).returncode == 0
    assert shown.getvalue() == f"Wrote {path}\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("missing.json", "--payload: missing.json cannot be read: No such file or directory."),
        ("latin.json", "--payload: latin.json cannot be read: 'utf-8' codec can't decode byte 0xfc"),
        ("[1]", "--payload: the text is not a JSON object but a list."),
        ('"x"', '--payload: "x" cannot be read'),
        ("text.json", "--payload: text.json is not a JSON object but a string."),
        ("null.json", "--payload: null.json is not a JSON object but null."),
        ("yes.json", "--payload: yes.json is not a JSON object but a boolean."),
        ("number.json", "--payload: number.json is not a JSON object but a number."),
        ("{", "--payload: the text is not JSON: Expecting property name"),
        ("-", "--payload: standard input is not JSON: Expecting value"),
    ],
)
def test_what_is_no_json_object_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("odd"))
    (tmp_path / "latin.json").write_bytes(b"\xfc")
    for name, text in (("text", '"x"'), ("null", "null"), ("yes", "true"), ("number", "1.5")):
        (tmp_path / f"{name}.json").write_text(text)
    with pytest.raises(Problem) as raised:
        terminal.json_object(given, "--payload")
    assert raised.value.message[: len(said)] == said
    is_file = "cannot be read" in said
    hint = "Give a file, `-` for standard input, or the JSON itself: --payload '{...}'" if is_file else ""
    assert (raised.value.hint, raised.value.status) == (hint, 2)


def test_a_json_object_is_read_from_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO('{"a": 2}'))
    (tmp_path / "a.json").write_text('{"a": "ü"}', encoding="utf-8")
    given = (None, ' {"a": 1}', "-", "a.json")
    assert [terminal.json_object(one, "--to") for one in given] == [{}, {"a": 1}, {"a": 2}, {"a": "ü"}]


@pytest.mark.parametrize("hint", ["", f"do [i]{LONG}"], ids=["", "hint"])
def test_a_problem_is_told_whole_with_what_to_do(monkeypatch: pytest.MonkeyPatch, hint: str) -> None:
    written = io.StringIO()
    coloured = Console(file=written, force_terminal=True, color_system="standard", highlight=False, width=30)
    monkeypatch.setattr(terminal, "errors", coloured)
    terminal.show_problem(Problem(f"a[b] {LONG}", hint=hint))
    advice = f"{DIM}{hint}{END}\n" if hint else ""
    assert even(written.getvalue()) == even(f"\x1b[1;31mError:{END} a[b] {LONG}\n{advice}")


@pytest.mark.parametrize(
    ("encoding", "letter"),
    [("utf-8", "é"), ("UTF8", "é"), ("latin-1", "\\u00e9"), ("ascii", "\\u00e9")],
)
def test_json_for_programs_is_indented_and_has_moments_as_the_protocol_does(
    monkeypatch: pytest.MonkeyPatch, encoding: str, letter: str
) -> None:
    pipe = io.BytesIO()
    monkeypatch.setattr(
        "sys.stdout", io.TextIOWrapper(pipe, encoding=encoding, write_through=True, newline="")
    )
    terminal.print_json({"é": [1], "at": NOON, "in": Path("a")})
    expected = f'{{\n  "{letter}": [\n    1\n  ],\n  "at": "2026-03-01T12:00:05.000Z",\n  "in": "a"\n}}\n'
    assert pipe.getvalue().decode(encoding) == expected


@pytest.mark.parametrize(
    ("kind", "outputs", "lines"),
    [
        ("email", {"subject": "s", "body": "<p>Hi</p>"}, ["content:", "subject: s", "", "Hi"]),
        ("email", {"subject": "s", "body": 3}, ["content:", "subject: s", "body: 3"]),
        ("sms", {"body": "<p>Hi</p>"}, ["content:", "body: <p>Hi</p>"]),
    ],
    ids=["email", "odd", "sms"],
)
def test_content_is_shown_as_its_snapshot_without_what_its_frame_says(
    shown: io.StringIO, kind: str, outputs: dict[str, Any], lines: list[str]
) -> None:
    terminal.console.print(terminal.content_panel("a[b] / c", kind, outputs, {}))
    first, *inner, last = shown.getvalue().splitlines()
    assert (first, last) == (f"╭─ a[b] / c {'─' * 47}╮", f"╰{'─' * (55 - len(kind))} {kind} ─╯")
    assert [line.strip("│ ") for line in inner] == lines


def test_a_timeline_shows_only_what_is_new_and_long_lines_whole(shown: io.StringIO) -> None:
    lines = ["head"]
    colours: list[bool] = []

    def timeline(*, color: bool) -> str:
        colours.append(color)
        return "\n".join(lines)

    show = terminal.live_timeline(SimpleNamespace(timeline=timeline))  # type: ignore[arg-type]
    show()
    lines += ["one [b]", f"{RED}two{END}"]
    show()
    show()
    lines += [LONG]
    show()
    assert shown.getvalue() == even(f"one [b]\n{RED}two{END}\n{LONG}\n")
    assert colours == [True] * 4
