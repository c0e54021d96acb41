"""What is measured: the requests, and the line that each case has to reach."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from novu_framework.signature import sign

SECRET = "performance-secret"

OURS = "novu-framework"
NPM = "@novu/framework"
FASTAPI = "bare FastAPI"
STARLETTE = "bare Starlette"
# under uvicorn without uvloop and httptools, where these are installed
OURS_PLAIN = "novu-framework, h11"
FASTAPI_PLAIN = "bare FastAPI, h11"


@dataclass(frozen=True)
class Line:
    """A promise: our `figure` against another contender's, as a ratio, or in milliseconds above it."""

    figure: str  # "throughput" | "p50" | "p99" | "memory"
    against: str
    at_least: float | None = None
    at_most: float | None = None
    above_ms: float | None = None
    ours: str = OURS

    def __str__(self) -> str:
        if self.above_ms is not None:
            return f"{self.figure} at most {self.above_ms:g} ms above {self.against}"
        bound = f"at least {self.at_least:g}" if self.at_least is not None else f"at most {self.at_most:g}"
        return f"{self.figure} {bound} x {self.against}"


@dataclass(frozen=True)
class Case:
    name: str
    action: str = "execute"
    workflow_id: str = ""
    step_id: str = "email"
    event: dict[str, Any] | None = None
    contenders: tuple[str, ...] = (OURS, NPM)
    lines: tuple[Line, ...] = (Line("throughput", NPM, at_least=1.0),)
    workflows: int = 5
    strict: bool = False
    status: int = 200
    key: str | None = None
    connections: int = 16

    @property
    def method(self) -> str:
        return "GET" if self.event is None else "POST"

    @property
    def path(self) -> str:
        query = {"action": self.action}
        if self.workflow_id:
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
ORDER = event(
    {
        "shop": "acme",
        "order": "2026-0042",
        "boxes": 3,
        "total": 129.5,
        "at": "2026-01-01T12:00:00.000Z",
        "gift": False,
        "note": "Please ring twice, the bell is quiet",
        "items": [{"name": f"thing {n}", "quantity": n % 4 + 1} for n in range(20)],
    }
)
FIFTH = event(
    COMMENT,
    [("sms", {}), ("look-up", {"score": 7}), ("wait", {"duration": 3_600_000}), ("inbox", SEEN)],
)
DIGEST = event(
    COMMENT,
    [
        (
            "digest",
            {
                "events": [
                    {
                        "id": f"65f0c0ffee{n:04d}",
                        "time": f"2026-01-01T12:{n // 60:02d}:{n % 60:02d}.000Z",
                        "payload": {"comment": f"Comment {n} of many", "post_id": "p", "name": f"Name {n}"},
                    }
                    for n in range(100)
                ],
                "eventCount": 100,
            },
        )
    ],
)

EXECUTES: dict[str, dict[str, Any]] = {
    "plain email": {"workflow_id": "plain", "event": PLAIN},
    "ten Liquid controls and a loop": {"workflow_id": "liquid", "event": ORDER},
    "fifth step, four in state": {"workflow_id": "fifth", "event": FIFTH},
    "digest of 100 events": {"workflow_id": "digest", "event": DIGEST},
    "60 KB HTML email": {"workflow_id": "html", "event": event(COMMENT)},
}


def _at_least(ratio: float) -> tuple[Line, ...]:
    return (Line("throughput", NPM, at_least=ratio),)


_PLAIN_LINES = (
    *_at_least(2.5),
    Line("p99", NPM, at_most=0.5),
    Line("memory", NPM, at_most=0.5),
)
_EXECUTE_LINES = {
    "plain email": _PLAIN_LINES,
    "ten Liquid controls and a loop": _at_least(1.5),
    "digest of 100 events": _at_least(1.5),
}


def all_cases(fast: bool) -> list[Case]:
    """Every case, in the order of the report; `fast` where uvicorn has uvloop and httptools to run on."""
    cases = [
        Case(
            f"execute, {name}",
            **what,
            contenders=(OURS, NPM, FASTAPI, STARLETTE) if name == "plain email" else (OURS, NPM),
            lines=_EXECUTE_LINES.get(name, _at_least(1.0))
            + ((Line("throughput", FASTAPI, at_least=0.55),) if name == "plain email" else ()),
        )
        for name, what in EXECUTES.items()
    ]
    cases.append(
        Case(
            "execute, plain email, one connection",
            **EXECUTES["plain email"],
            contenders=(OURS, NPM, FASTAPI),
            lines=(Line("p50", FASTAPI, above_ms=0.4),),
            connections=1,
        )
    )
    cases.append(
        Case("execute, plain email, plain functions", workflow_id="sync", event=PLAIN, workflows=6),
    )
    if fast:
        cases.append(
            Case(
                "execute, plain email, uvicorn with asyncio and h11",
                **EXECUTES["plain email"],
                contenders=(OURS_PLAIN, FASTAPI_PLAIN, NPM),
                lines=(Line("throughput", FASTAPI_PLAIN, at_least=0.55, ours=OURS_PLAIN),),
            )
        )
    cases += [
        Case("preview, plain email", "preview", "plain", event=event({})),
        Case("discover, 5 workflows", "discover"),
        Case("discover, 200 workflows", "discover", workflows=200, lines=_at_least(5)),
    ]
    signed = [
        Case(
            f"signed execute, {name}",
            **what,
            strict=True,
            key=SECRET,
            lines=_EXECUTE_LINES.get(name, _at_least(1.0)),
        )
        for name, what in EXECUTES.items()
    ]
    return [
        *cases,
        *signed,
        Case("signed preview, plain email", "preview", "plain", event=event({}), strict=True, key=SECRET),
        Case("signed discover, 5 workflows", "discover", strict=True, key=SECRET),
        Case("wrong signature", workflow_id="plain", event=PLAIN, strict=True, key="another", status=401),
    ]


@dataclass
class Round:
    """What one contender did in one round of a case. Latencies are in milliseconds."""

    throughput: float
    p50: float
    p99: float
    requests: int
    wrong: int = 0
    at: float = field(default_factory=time.time)


def html_email(size: int = 60_000) -> str:
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
    rows: list[str] = []
    left = size - len(head) - len(foot)
    while left > 0:
        rows.append(block.format(n=len(rows)))
        left -= len(rows[-1])
    return head + "".join(rows) + foot
