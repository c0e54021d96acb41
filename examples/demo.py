"""What `make demo` shows: a dry-run of the quickstart's workflow, and its bridge answering Novu over HTTP."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

os.environ["NOVU_SECRET_KEY"] = "test-secret"  # where the app reads its key
sys.path.insert(0, str(Path(__file__).parent / "quickstart"))

from app import app, new_comment

from novu_framework import signature
from novu_framework_testing import NovuSimulator

SECRET = os.environ["NOVU_SECRET_KEY"]
ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@acme.test"}
COMMENTS = [("Bob", "Nice trip!"), ("Cid", "Where was that?"), ("Dee", "I want to go too.")]

console = Console(highlight=False)


def dry_run(*, reads_the_inbox: bool) -> NovuSimulator:
    """From trigger to delivered message, without Novu and without waiting."""
    novu = NovuSimulator(start=datetime(2026, 1, 1, 9, tzinfo=timezone.utc), secret_key=SECRET)
    novu.register(new_comment)
    for author, comment in COMMENTS:
        novu.trigger("new-comment", to=ANN, payload={"author": author, "comment": comment, "post": "Iceland"})
        novu.advance(minutes=10)
    novu.advance(hours=2)
    if reads_the_inbox:
        for message in novu.subscriber("ann").inbox:
            message.mark_read()
    novu.run_until_idle()
    return novu


@contextmanager
def served() -> Iterator[str]:
    """The quickstart's app under uvicorn, on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise SystemExit("The example's server did not start.")
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}/api/novu"
    finally:
        server.should_exit = True
        thread.join()


class Novu:
    """The calls that Novu makes of a bridge."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx.Client(timeout=10)

    def get(self, action: str) -> Any:
        headers = {signature.HEADER: signature.sign(b"", SECRET)}
        return self._read(self._http.get(self._url, params={"action": action}, headers=headers))

    def execute(self, step_id: str, state: list[dict[str, Any]]) -> Any:
        author, comment = COMMENTS[0]
        event = {
            "payload": {"author": author, "comment": comment, "post": "Iceland"},
            "controls": {},
            "state": state,
            "subscriber": ANN,
            "context": {},
            "env": {},
        }
        body = json.dumps(event).encode()
        params = {"action": "execute", "workflowId": "new-comment", "stepId": step_id}
        headers = {signature.HEADER: signature.sign(body, SECRET), "content-type": "application/json"}
        return self._read(self._http.post(self._url, params=params, content=body, headers=headers))

    @staticmethod
    def _read(response: httpx.Response) -> Any:
        if response.status_code != 200:
            raise SystemExit(f"The bridge answered {response.status_code}: {response.text}")
        return response.json()


RESULTS: dict[str, Any] = {
    "inbox": {"seen": True, "read": False, "lastSeenDate": None, "lastReadDate": None},
    "collect": {
        "eventCount": 1,
        "events": [
            {
                "id": "1",
                "time": "2026-01-01T09:00:00.000Z",
                "payload": {"author": "Bob", "comment": "Nice trip!", "post": "Iceland"},
            }
        ],
    },
    "wait": {"duration": 6 * 3600 * 1000},
}


def show_bridge() -> None:
    with served() as url:
        novu = Novu(url)
        health = novu.get("health-check")
        console.print(f"[green]✓[/] {url} is healthy: {health['discovered']}")
        (workflow,) = novu.get("discover")["workflows"]
        steps = workflow["steps"]
        console.print(
            f"[green]✓[/] discovered [b]{workflow['name']}[/]: {' → '.join(s['stepId'] for s in steps)}"
        )
        table = Table("step", "type", "outputs", "ms", box=None, padding=(0, 2, 0, 0), header_style="dim")
        state: list[dict[str, Any]] = []
        for step in steps:
            answer = novu.execute(step["stepId"], state)
            outputs = json.dumps(answer["outputs"], ensure_ascii=False)
            duration = f"{answer['metadata']['duration']:.2f}"
            table.add_row(step["stepId"], step["type"], outputs, duration)
            state.append({"stepId": step["stepId"], "outputs": RESULTS.get(step["stepId"], {})})
        console.print(table)
        refused = httpx.get(url, params={"action": "discover"})
        console.print(f"[green]✓[/] without a signature: {refused.status_code} {refused.json()['code']}")


def show_timeline(novu: NovuSimulator) -> None:
    console.print(Text.from_ansi(novu.timeline(color=console.is_terminal)), soft_wrap=True)


def show_next() -> None:
    """What to try now, as it is typed."""
    quickstart = Path(__file__).parent / "quickstart"
    commands = os.path.relpath(Path(sys.executable).parent, quickstart)
    console.print(Panel("What next", style="bold"))
    console.print(f"cd {os.path.relpath(quickstart)}", soft_wrap=True)
    for command, what in {
        "novu-framework preview new-comment": "what each step says",
        "novu-framework gallery --made-up": "all that the app sends, in one page",
        "novu-framework cloud": "an inbox in the browser, over a simulated Novu",
        "pytest": "its tests; change app.py, and see them fail",
    }.items():
        console.print(f"{Path(commands, command)}  [dim]# {what}[/]", soft_wrap=True)
    console.print("A workflow of your own: docs/getting-started.md, then docs/tutorial.md")


def main() -> None:
    console.print(Panel("Ann is away: three comments become one email, six hours later", style="bold"))
    away = dry_run(reads_the_inbox=False)
    show_timeline(away)
    (email,) = [message for message in away.messages if message.channel == "email"]
    content = Text.assemble((f"{email.subject}\n\n", "bold"), email.body or "")
    console.print(Panel(content, title="the email", title_align="left"))

    console.print(Panel("Ann reads her inbox: the email is skipped", style="bold"))
    show_timeline(dry_run(reads_the_inbox=True))

    console.print(Panel("The same workflow, served over HTTP as Novu calls it", style="bold"))
    show_bridge()
    show_next()


if __name__ == "__main__":
    main()
