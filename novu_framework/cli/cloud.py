"""`novu-framework cloud`: the simulated Novu as a server on this machine."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.panel import Panel
from rich.text import Text

from novu_framework.cli.options import AppOption
from novu_framework.cli.problems import FAILED, Problem
from novu_framework.cli.project import Project
from novu_framework.cli.terminal import console, live_timeline
from novu_framework.settings import shown_url

if TYPE_CHECKING:
    from novu_framework_testing import NovuSimulator

DEFAULT_KEY = "test-secret"
"""The one key that is shown; another one may be in use elsewhere."""

_KEYS = (
    "[b]m[/] 10 minutes on  [b]h[/] an hour on  [b]d[/] a day on  [b]i[/] until nothing waits  [b]q[/] quit"
)


def cloud(
    port: Annotated[
        int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)
    ] = 3000,
    bridge: Annotated[str | None, typer.Option(help="The URL of a bridge to sync at the start.")] = None,
    app: AppOption = None,
    secret_key: Annotated[
        str, typer.Option("--secret-key", "-s", help="The key that clients must send.")
    ] = DEFAULT_KEY,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(help="An origin whose web pages may call, besides this machine's; may be repeated."),
    ] = None,
) -> None:
    """Serve a simulated Novu, to develop an app, a front end or another language against, offline.

    The workflows of the app run in this process; with --bridge, those of a bridge are synced instead.
    The clock stands until it is moved: by the keys shown, or over HTTP with
    POST /simulation/advance, the key and a body such as {"hours": 6}. The page at / shows an inbox for each
    subscriber, the clock with its buttons, the timeline and the API calls as they come.

    [dim]Examples:[/]
    novu-framework cloud --port 3000 --app main:app
    novu-framework cloud --bridge http://127.0.0.1:8000/api/novu
    """
    from novu_framework_testing import NovuSimulator
    from novu_framework_testing.api.cloud import Cloud
    from novu_framework_testing.api.server import CloudServer
    from novu_framework_testing.bridges import BridgeFailure

    novu = NovuSimulator(secret_key=secret_key)
    project = Project.here()
    if app is not None or (bridge is None and project.settings.get("app")):
        target = project.app(app)
        novu.register(*target.handler.workflows.values(), app=target.lifespan)
    if bridge is not None:
        try:
            novu.connect(bridge)
        except (BridgeFailure, ValueError) as error:
            raise Problem(
                f"The bridge at {shown_url(bridge)} could not be synced: {error}", status=FAILED
            ) from None
    try:
        server = CloudServer(Cloud(novu), port=port, origins=allow_origin or ()).start()
    except ValueError as error:
        raise Problem(f"--allow-origin: {error}") from None
    except OSError as error:
        hint = "Another program may listen on it; choose one with --port, or 0 for a free one."
        raise Problem.port_in_use(port, error, hint) from None
    stopped = threading.Event()
    raised = logging.StreamHandler()  # what the app's own code raised, with its traceback
    raised.setLevel(logging.ERROR)
    logging.getLogger("novu_framework").addHandler(raised)
    try:
        _greet(server.url, secret_key if secret_key == DEFAULT_KEY else "...", novu)
        threading.Thread(target=_follow, args=(novu, stopped), daemon=True).start()
        if sys.stdin.isatty():
            _keys(novu)
        else:
            _until_ended(stopped)
    finally:
        stopped.set()
        server.stop()
        novu.close()
        logging.getLogger("novu_framework").removeHandler(raised)


def _greet(url: str, secret_key: str, novu: NovuSimulator) -> None:
    from novu_framework_testing.api.routes.page import page_path

    workflows = ", ".join(workflow.workflow_id for workflow in novu.workflows) or "none yet: sync a bridge"
    lines = [f"NOVU_API_URL={url}", f"NOVU_SECRET_KEY={secret_key}", "", f"page       {url}{page_path(novu)}"]
    lines.append(f"workflows  {workflows}")
    lines.append(
        f"time       {novu.now:%Y-%m-%d %H:%M:%S} UTC, moved by keys or by POST {url}/simulation/advance"
    )
    console.print(Panel(Text("\n".join(lines)), title="a simulated Novu", title_align="left"))


def _follow(novu: NovuSimulator, stopped: threading.Event) -> None:
    """Show what happens, as it happens."""
    show = live_timeline(novu)
    while not stopped.wait(0.1):
        show()


def _keys(novu: NovuSimulator) -> None:
    moves: dict[str, Callable[[], None]] = {
        "m": lambda: novu.advance(timedelta(minutes=10)),
        "h": lambda: novu.advance(timedelta(hours=1)),
        "d": lambda: novu.advance(timedelta(days=1)),
        "i": novu.run_until_idle,
    }
    try:
        for key in _pressed():
            if key in ("q", "\x03", "\x04"):
                return
            move = moves.get(key)
            if move is None:
                console.print(_KEYS)
                continue
            move()
            console.print(f"[dim]now {novu.now:%Y-%m-%d %H:%M:%S} UTC[/]")
    except (EOFError, KeyboardInterrupt):
        return


def _pressed() -> Iterator[str]:
    """Each key as it is pressed."""
    if sys.platform == "win32":  # pragma: no cover
        import click

        console.print(_KEYS)
        while True:
            yield click.getchar().lower()
    # click's own would make the terminal raw, and what is shown while it waits would lose its line ends.
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the terminal is put back then, too
    try:
        tty.setcbreak(terminal)
        console.print(_KEYS)
        while pressed := os.read(terminal, 32).decode(errors="replace").lower():
            # What begins with an escape is one key, such as an arrow, in several letters.
            yield from (pressed,) if pressed.startswith("\x1b") else pressed
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _until_ended(stopped: threading.Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, end)
    try:
        while not stopped.wait(0.5):  # a wait without end could not be interrupted on Windows
            pass
    except KeyboardInterrupt:
        pass
