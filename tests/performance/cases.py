"""What is measured: a table of cases, and the lines that they have to reach.

A `Load` asks servers the same request over and over; a `Job` runs programs, each in a process of its own. Both are
measured in rounds that alternate between the contenders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlencode

from novu_framework.signature import sign

SECRET = "performance-secret"

OURS = "novu-framework"
NPM = "@novu/framework"
ASGI = "novu-framework, pure ASGI"
FASTAPI = "bare FastAPI"
STARLETTE = "bare Starlette"
# under uvicorn without uvloop and httptools, where these are installed
OURS_PLAIN = "novu-framework, h11"
FASTAPI_PLAIN = "bare FastAPI, h11"

Measure = Literal["throughput", "cpu_us", "p50", "p99", "memory", "kb", "growth"]
UNITS: dict[str, str] = {
    "cpu_us": " us",
    "p50": " ms",
    "p99": " ms",
    "memory": " MiB",
    "kb": " KB",
    "throughput": "/s",
}


@dataclass(frozen=True)
class Line:
    """A promise about the first contender of a case, or `ours`: as a ratio to another, or absolute."""

    measure: Measure
    at_least: float | None = None
    at_most: float | None = None
    against: str | None = None
    ours: str | None = None

    def __str__(self) -> str:
        bound = f"at least {self.at_least:g}" if self.at_least is not None else f"at most {self.at_most:g}"
        name = {"cpu_us": "CPU", "kb": "memory of each"}.get(self.measure, self.measure)
        whose = f"{self.ours}: " if self.ours else ""
        unit = f" x {self.against}" if self.against else UNITS.get(self.measure, "")
        return f"{whose}{name} {bound}{unit}"

    def holds(self, measured: float) -> bool:
        return measured >= self.at_least if self.at_least is not None else measured <= (self.at_most or 0)


def beats_npm(throughput: float = 1.0, *more: Line) -> tuple[Line, ...]:
    """No case may be slower than the npm package, in throughput or in p99."""
    return (
        Line("throughput", at_least=throughput, against=NPM),
        Line("p99", at_most=1.0, against=NPM),
        *more,
    )


LINEAR = Line("growth", at_most=1.1)


@dataclass(frozen=True)
class Case:
    """One row of the report for each contender; the first contender is ours.

    Attributes:
        series: What the cases that differ in `size` alone have in common: their growth is reported.
    """

    name: str
    lines: tuple[Line, ...] = ()
    series: str = ""
    size: float = 0


@dataclass(frozen=True)
class Load(Case):
    """A request, asked on `connections` at once.

    Attributes:
        workflows: How many workflows are served; 0 for the different ones, each once.
        settles: Work goes on after the answers: it is waited for, and its CPU counted.
    """

    action: str = "execute"
    workflow_id: str = ""
    step_id: str = "email"
    event: Mapping[str, Any] | None = None
    contenders: tuple[str, ...] = (OURS, NPM)
    lines: tuple[Line, ...] = beats_npm()
    workflows: int = 0
    strict: bool = False
    status: int = 200
    key: str | None = None
    connections: int = 16
    settles: bool = False

    @property
    def method(self) -> str:
        return "GET" if self.event is None else "POST"

    @property
    def path(self) -> str:
        query = {"action": self.action}
        if self.action == "agent-event":
            query |= {"agentId": "assistant", "event": "onMessage"}
        elif self.workflow_id:
            query |= {"workflowId": self.workflow_id, "stepId": self.step_id}
        return f"/api/novu?{urlencode(query)}"

    @property
    def body(self) -> bytes:
        if self.event is None:
            return b""
        return json.dumps(self.event, ensure_ascii=False, separators=(",", ":")).encode()

    def headers(self) -> dict[str, str]:
        """Made anew for each round: a signature holds for five minutes."""
        headers = {"content-type": "application/json"} if self.event is not None else {}
        if self.key is not None:
            headers["novu-signature"] = sign(self.body, self.key)
        return headers


@dataclass(frozen=True)
class Job(Case):
    """Programs beside each other, by contender: the arguments of `programs.py`.

    Attributes:
        per_item: Whether a program does its operation `size` times; else its one operation has that size.
    """

    programs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_item: bool = True

    @property
    def contenders(self) -> tuple[str, ...]:
        return tuple(self.programs)


SUBSCRIBER = {
    "subscriberId": "ann",
    "firstName": "Ann",
    "lastName": "Lee",
    "email": "ann@acme.test",
    "locale": "en",
    "data": {"plan": "pro"},
}
COMMENT = {"comment": "Nice post, and well written!", "post_id": "post-42"}
SEEN = {"seen": True, "read": False, "lastSeenDate": "2026-01-01T12:00:00.000Z", "lastReadDate": None}


def event(
    payload: dict[str, Any], state: list[tuple[str, dict[str, Any]]] | None = None, **controls: Any
) -> dict[str, Any]:
    """The body that Novu sends: earlier steps nearest first."""
    return {
        "payload": payload,
        "controls": controls,
        "state": [
            {"stepId": step_id, "outputs": outputs, "state": {"status": "completed"}}
            for step_id, outputs in (state or [])
        ],
        "subscriber": SUBSCRIBER,
        "context": {"tenant": {"id": "acme", "data": {"name": "Acme"}}},
        "env": {},
    }


PLAIN = event(COMMENT, [("inbox", SEEN)])
FIFTH = event(
    COMMENT,
    [("sms", {}), ("look-up", {"score": 7}), ("wait", {"duration": 3_600_000}), ("inbox", SEEN)],
)
CONCURRENT = event(COMMENT, [(f"note-{n}", SEEN) for n in reversed(range(4))])


def order(items: int) -> dict[str, Any]:
    return event(
        {
            "shop": "acme",
            "order": "2026-0042",
            "boxes": 3,
            "total": 129.5,
            "at": "2026-01-01T12:00:00.000Z",
            "gift": False,
            "note": "Please ring twice, the bell is quiet",
            "items": [{"name": f"thing {n}", "quantity": n % 4 + 1} for n in range(items)],
        }
    )


def digest(events: int) -> dict[str, Any]:
    collected = [
        {
            "id": f"65f0c0ffee{n:04d}",
            "time": f"2026-01-01T12:{n // 60 % 60:02d}:{n % 60:02d}.000Z",
            "payload": {"comment": f"Comment {n} of many", "post_id": "p", "name": f"Name {n}"},
        }
        for n in range(events)
    ]
    return event(COMMENT, [("digest", {"events": collected, "eventCount": events})])


def rows(count: int) -> dict[str, Any]:
    return event(
        {
            "rows": [
                {"id": n, "name": f"Row number {n}", "quantity": n % 7, "price": n * 1.25, "tags": ["a", "b"]}
                for n in range(count)
            ]
        }
    )


def earlier(steps: int) -> dict[str, Any]:
    return event(COMMENT, [(f"note-{n}", SEEN) for n in reversed(range(steps))])


FIELDS = event(
    {
        "name": "Ann",
        "count": 3,
        "price": 1.5,
        "active": True,
        "label": "blue",
        "limit": None,
        "nickname": "An",
        "at": "2026-01-01T12:00:00.000Z",
        "until": "2026-01-01T12:00:00Z",
        "kind": "b",
        "colour": "green",
        "words": ["a", "b", "c"],
        "mixed": [1, "b"],
        "day": "2026-02-03",
        "one_or_many": ["x", "y"],
        "sent": "2026-01-01T12:00:00+02:00",
        "amount": 2.5,
        "names": {"a": "b"},
        "flag": True,
    }
)
ADDRESS = {"street": "Main street 1", "city": "Ulm", "code": "89073", "country": "DE"}
SHIPMENT = event(
    {
        "order": "2026-1",
        "at": "2026-01-01T12:00:00Z",
        "customer": {"first": "Ann", "last": "Lee", "email": "ann@acme.test", "address": ADDRESS},
        "parcels": [
            {
                "carrier": "post",
                "address": ADDRESS,
                "lines": [
                    {
                        "sku": f"sku-{n}",
                        "title": f"Thing {n}",
                        "quantity": n + 1,
                        "price": 2.5,
                        "options": ["red"],
                    }
                    for n in range(5)
                ],
            }
            for _ in range(4)
        ],
        "total": 50.0,
        "paid": True,
    }
)
# the servers put in where posts of agents go
MESSAGE = {
    "event": "onMessage",
    "agentId": "assistant",
    "deliveryId": "d-1",
    "conversationId": "c-1",
    "integrationIdentifier": "slack-1",
    "conversation": {"identifier": "c-1", "status": "active", "metadata": {}, "messageCount": 1},
    "message": {"text": "Where is my order?", "platformMessageId": "m-1", "author": {"fullName": "Ann Lee"}},
    "subscriber": SUBSCRIBER,
    "history": [{"role": "user", "content": "Hello"}] * 10,
    "platform": "slack",
    "platformContext": {"threadId": "t-1", "channelId": "c", "isDM": True},
}


def all_cases(fast: bool, quick: bool = False) -> list[Load | Job]:
    """Every case, in the order of the report.

    Args:
        fast: Whether uvicorn has uvloop and httptools to run on.
        quick: Leave the largest sizes of jobs out.
    """
    cases: list[Load | Job] = [*_loads(fast), *_jobs(quick)]
    names = [case.name for case in cases]
    assert len(set(names)) == len(names), "two cases have one name"
    return cases


_PLAIN_LINES = beats_npm(2.7, Line("p99", at_most=0.5, against=NPM), Line("memory", at_most=0.5, against=NPM))
_EXECUTES: dict[str, tuple[str, dict[str, Any], tuple[Line, ...]]] = {
    "plain email": ("plain", PLAIN, _PLAIN_LINES),
    "ten Liquid controls and a loop": ("liquid", order(20), beats_npm(1.5)),
    "fifth step, four in state": ("fifth", FIFTH, beats_npm()),
    "digest of 100 events": ("digest", digest(100), beats_npm(1.5)),
    "60 KB HTML email": ("html", event({**COMMENT, "post_id": "60"}), beats_npm(3)),
}


def _loads(fast: bool) -> Iterator[Load]:
    plain = Load("execute, plain email", workflow_id="plain", event=PLAIN, lines=_PLAIN_LINES)
    against_bare = Line("throughput", at_least=0.55, against=FASTAPI)
    yield replace(
        plain,
        contenders=(OURS, NPM, ASGI, FASTAPI, STARLETTE),
        lines=(*_PLAIN_LINES, against_bare, Line("throughput", at_least=1.0, against=FASTAPI, ours=ASGI)),
    )
    for connections in (1, 256, 1000):
        yield replace(
            plain,
            name=f"execute, plain email, {connections:,} connection{'s' if connections > 1 else ''}",
            connections=connections,
            contenders=(OURS, NPM, FASTAPI),
            lines=beats_npm(),
        )
    if fast:
        yield replace(
            plain,
            name="execute, plain email, uvicorn with asyncio and h11",
            contenders=(OURS_PLAIN, NPM, FASTAPI_PLAIN),
            lines=(Line("throughput", at_least=0.55, against=FASTAPI_PLAIN),),
        )
    yield Load("execute, plain email, plain functions", workflow_id="sync", event=PLAIN)
    yield Load("execute, five steps side by side", workflow_id="concurrent", event=CONCURRENT)
    yield Load("execute, fifth step, four in state", workflow_id="fifth", event=FIFTH)
    yield Load(
        "execute, twenty fields with unions and times",
        workflow_id="fields",
        event=FIELDS,
        lines=beats_npm(2.5),
    )
    yield Load("execute, nested models", workflow_id="shipment", event=SHIPMENT)
    yield Load("preview, plain email", action="preview", workflow_id="plain", event=event({}))
    yield Load(
        "preview, rich model", action="preview", workflow_id="shipment", event=event({}), lines=beats_npm(3)
    )
    yield Load(
        "plain functions that wait 20 ms, eight at once",
        workflow_id="waits",
        event=event(COMMENT),
        contenders=(OURS,),
        lines=(Line("throughput", at_least=250),),
        connections=8,
    )
    yield Load(
        "an agent acknowledges a message, and its turn", action="agent-event", event=MESSAGE, settles=True
    )
    yield Load("discover, 5 workflows", action="discover", workflows=5)
    yield Load("discover, 200 workflows", action="discover", workflows=200, lines=beats_npm(5))
    for name, (workflow_id, body, lines) in _EXECUTES.items():
        yield Load(
            f"signed execute, {name}",
            workflow_id=workflow_id,
            event=body,
            lines=lines,
            strict=True,
            key=SECRET,
        )
    yield Load(
        "signed preview, plain email",
        action="preview",
        workflow_id="plain",
        event=event({}),
        strict=True,
        key=SECRET,
    )
    yield Load("signed discover, 5 workflows", action="discover", workflows=5, strict=True, key=SECRET)
    yield Load("wrong signature", workflow_id="plain", event=PLAIN, strict=True, key="another", status=401)

    def series(
        title: str, workflow_id: str, sizes: Mapping[float, tuple[str, dict[str, Any], tuple[Line, ...]]]
    ) -> Iterator[Load]:
        for size, (name, body, lines) in sizes.items():
            last = (LINEAR,) if size == max(sizes) else ()
            yield Load(
                f"{title}, {name}",
                lines=(*lines, *last),
                series=title,
                size=size,
                workflow_id=workflow_id.format(size),
                event=body,
            )

    yield from series(
        "payload of dicts",
        "rows",
        {
            n: (f"{n:,} rows, {kb} KB", rows(n), beats_npm(1.2 if n == 1120 else 1.0))
            for n, kb in {112: 10, 1120: 100, 4480: 400}.items()
        },
    )
    yield from series(
        "payload of models",
        "models",
        {
            n: (f"{n:,} rows, {kb} KB", rows(n), beats_npm())
            for n, kb in {112: 10, 1120: 100, 4480: 400}.items()
        },
    )
    yield from series(
        "HTML email",
        "html",
        {
            kb: (f"{kb} KB", event({**COMMENT, "post_id": str(kb)}), beats_npm(3 if kb == 60 else 1))
            for kb in (6, 60, 600)
        },
    )
    yield from series(
        "ten Liquid controls and a loop",
        "liquid",
        {n: (f"{n:,} items", order(n), beats_npm(1.5)) for n in (20, 200, 2000)},
    )
    yield from series(
        "digest", "digest", {n: (f"{n:,} events", digest(n), beats_npm(1.5)) for n in (10, 100, 1000)}
    )
    yield from series(
        "earlier steps in state",
        "earlier-{}",
        {n: (f"{n:,}", earlier(n), beats_npm()) for n in (20, 200, 800)},
    )


def _jobs(quick: bool) -> Iterator[Job]:
    node, python = ("node", "--input-type=module", "-e"), ("python", "-c")
    spawn = ("spawn", "3" if quick else "10")
    yield Job(
        "import",
        (Line("p50", at_most=200),),
        programs={
            OURS: (*spawn, *python, "import novu_framework"),
            NPM: (*spawn, *node, "import '@novu/framework'"),
            "pydantic, httpx": (*spawn, *python, "import pydantic, httpx"),
            "python alone": (*spawn, *python, "pass"),
        },
    )
    yield Job(
        "cold start: a function of AWS Lambda and its first answer",
        beats_npm(),
        programs={
            OURS: (*spawn, "python", "apps/cold.py"),
            NPM: (*spawn, "node", "npm/cold.mjs"),
        },
    )
    for count in (500, 2000):
        last = count == 2000
        yield Job(
            f"start with workflows of own models, {count:,}",
            (Line("p50", at_most=1500), LINEAR) if last else (),
            "start with workflows of own models",
            count,
            programs={OURS: ("start", str(count))},
            per_item=False,
        )

    runs = "simulation in process, four steps a run"
    sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000, 300_000)
    for count in sizes:
        last = (LINEAR, Line("kb", at_most=1.5)) if count == sizes[-1] else ()
        yield Job(
            f"{runs}, {count:,} runs", last, runs, count, programs={OURS: ("simulate", "process", str(count))}
        )
    for way, least in {"ASGI": 1500, "URL": 1500}.items():
        yield Job(
            f"simulation through {way}, four steps a run",
            (Line("cpu_us", at_most=4e6 / least),),
            programs={OURS: ("simulate", way.lower(), "100" if quick else "500")},
        )
    if not quick:
        yield Job(
            "simulation, a year of daily digests of 1,000 subscribers", programs={OURS: ("year", "1000")}
        )

    for count in (200, 1000) if quick else (1_000, 5_000):
        last = count in (1_000, 5_000)
        lines = (Line("cpu_us", at_most=1.3, against="syrupy's amber, novu"), LINEAR)
        yield Job(
            f"snapshots, {count:,} tests",
            lines if last else (),
            "snapshots",
            count,
            programs={
                "novu_snapshot": ("tests", "novu-snapshot", str(count)),
                "syrupy's amber, novu": ("tests", "novu-amber", str(count)),
            },
        )
    tests = "100" if quick else "400"
    yield Job(
        "cost of a test",
        (Line("cpu_us", at_most=1.3, against="syrupy alone"),),
        programs={
            "novu, novu_snapshot": ("tests", "novu-snapshot", tests),
            "syrupy alone": ("tests", "amber", tests),
            "novu": ("tests", "novu", tests),
            "novu_cloud": ("tests", "novu_cloud", tests),
            "no fixture": ("tests", "nothing", tests),
        },
    )
    for count in (500, 2000):
        last = count == 2000
        yield Job(
            f"review, one decision of {count:,}",
            (Line("p50", at_most=20), LINEAR) if last else (),
            "review, one decision",
            count,
            programs={OURS: ("review", "one", str(count))},
            per_item=False,
        )
    for count in (500, 2000):
        last = count == 2000
        yield Job(
            f"review, a workflow of {count // 10} accepted of {count:,}",
            (Line("p50", at_most=300), LINEAR) if last else (),
            "review, a workflow accepted",
            count,
            programs={OURS: ("review", "workflow", str(count))},
            per_item=False,
        )

    yield Job(
        "1,000 triggers at once",
        (Line("throughput", at_least=1.0, against="bare httpx, its default pool"),),
        programs={
            OURS: ("triggers", "ours"),
            "bare httpx, ten at a time": ("triggers", "ten"),
            **({} if quick else {"bare httpx, its default pool": ("triggers", "pool")}),
        },
    )
    executes = "20000" if quick else "200000"
    yield Job(
        f"memory after {int(executes):,} executes",
        (Line("kb", at_most=0.01),),
        programs={OURS: ("executes", executes)},
    )


def html_email(size: int) -> str:
    """An email as a mail builder writes it: tables in tables, inline styles, a style sheet, a preheader."""
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Weekly digest</title>'
        "<style>@media only screen and (min-width:480px){.mj-column-per-100{width:100%!important}}</style>"
        '</head><body style="word-spacing:normal;background-color:#f4f4f4;">'
        '<div style="display:none;font-size:1px;">What happened this week</div>'
    )
    block = (
        '<!-- row {n} --><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" '
        'style="width:100%;max-width:600px;"><tbody><tr><td style="direction:ltr;font-size:0px;padding:20px 0;'
        'text-align:center;"><div class="mj-column-per-100" style="font-size:0px;text-align:left;">'
        '<p style="font-family:Ubuntu, Helvetica, Arial, sans-serif;font-size:13px;line-height:1.5;">'
        'Hello &amp; welcome, this is <b>row {n}</b> with <a href="https://acme.test/p/{n}?a=1&amp;b=2">a link'
        '</a> and<br>an image</p><img src="https://acme.test/i/{n}.png" alt="Image {n}" width="600" '
        'height="auto" style="border:0;display:block;"></div></td></tr></tbody></table>\n'
    )
    foot = "</body></html>"
    parts: list[str] = []
    left = size - len(head) - len(foot)
    while left > 0:
        parts.append(block.format(n=len(parts)))
        left -= len(parts[-1])
    return head + "".join(parts) + foot
