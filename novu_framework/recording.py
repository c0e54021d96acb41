"""Recordings of what production asks a bridge, without what is personal, to try a new version with before it is deployed.

    app = BridgeRecorder(app, "bridge.json")

The file has the format of `novu_framework_testing.contract`; `novu-framework compat bridge.json` asks a branch the same.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
import os
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from novu_framework._internal.pseudonyms import Masked, Pseudonyms, texts_below, words_of
from novu_framework.asgi import handler_of
from novu_framework.bridge import SDK_VERSION, RequestHandler
from novu_framework.npm.regexp.examples import example_of
from novu_framework.schemas import Schema
from novu_framework.workflow import Workflow

Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger("novu_framework")

SWITCH = "NOVU_RECORDING"
"""The variable of the environment that turns recordings off, where it is 0."""
MAX_BYTES = 1_000_000
"""A request or an answer that is longer is not recorded."""

_END = b"\n ]\n}\n"
_NOVUS = frozenset({"in_app", "delay", "throttle"})
"""The kinds whose result is Novu's own: flags, moments and counts."""
_OF_ENVIRONMENT = ("name", "type")
_OF_SUBSCRIBER = ("locale", "timezone")
_FITTINGS = 50


class BridgeRecorder:
    """An ASGI app around another one, which records what Novu asks its bridge.

    Of every step, the first `per_step` requests that the bridge answered with success are appended to the file, each with its
    answer; everything else passes as it comes. What people said or are called is replaced: names, addresses, numbers, tokens and
    free text have pseudonyms, the same for the same value; what a message says beside that stays where it is the app's own
    text, and is blackened where it came from elsewhere, such as a database. Moments, short numbers, the choices of
    schemas, and the controls of the dashboard but for the addresses in them, stay.

    Nothing is recorded where the environment says `NOVU_RECORDING=0`, as `novu-framework compat` does.

    Args:
        app: The app that serves the bridge.
        file: The file. One that is there is not touched: the next start, or another process, takes `bridge-2.json`.
        route: The path of the bridge.
        per_step: How many requests of each step are recorded.
        redact: False to keep everything as it is: only where no data is of real people.
        keep: Names of members whose texts stay as they are, such as `sku`.
        key: The secret that pseudonyms are made with; that of the bridge if left out.

    >>> async def app(scope, receive, send): ...
    >>> BridgeRecorder(app, "bridge.json", per_step=5).recorded
    0
    """

    def __init__(
        self,
        app: Any,
        file: str | Path,
        *,
        route: str = "/api/novu",
        per_step: int = 20,
        redact: bool = True,
        keep: Iterable[str] = (),
        key: str | None = None,
    ) -> None:
        self.app = app
        self._file = Path(file)
        self._route = route.rstrip("/")
        self._per_step = per_step
        self._counts: Counter[tuple[str, str]] = Counter()
        self._seen: set[bytes] = set()
        self._lock = Lock()
        self._is_begun = False
        self._is_off = os.environ.get(SWITCH) == "0"
        handler = handler_of(app)
        self._workflows: Mapping[str, Workflow[Any]] = {} if handler is None else handler.workflows
        self._redaction = (
            _Redaction(self._workflows, key or _key_of(handler), frozenset(keep)) if redact else None
        )

    @property
    def recorded(self) -> int:
        """How many requests are in the file."""
        return sum(self._counts.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        step = query.get("workflowId", ""), query.get("stepId", "")
        is_asked = scope["type"] == "http" and scope["method"] == "POST" and query.get("action") == "execute"
        if (
            self._is_off
            or not is_asked
            or scope["path"].rstrip("/") != self._route
            or self._counts[step] >= self._per_step
        ):
            await self.app(scope, receive, send)
            return
        asked, answered = bytearray(), bytearray()
        statuses: list[int] = []

        async def listening() -> dict[str, Any]:
            message = await receive()
            if len(asked) <= MAX_BYTES:
                asked.extend(message.get("body", b""))
            return message

        async def telling(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            elif len(answered) <= MAX_BYTES:
                answered.extend(message.get("body", b""))
            await send(message)

        await self.app(scope, listening, telling)
        if statuses == [200] and max(len(asked), len(answered)) <= MAX_BYTES:
            try:
                self._record(step, bytes(asked), bytes(answered))
            except Exception as error:  # whatever it is: production goes on
                # without its words, which may quote what is to be kept out
                logger.warning("A request of Novu could not be recorded: %s", type(error).__name__)

    def _record(self, step: tuple[str, str], asked: bytes, answered: bytes) -> None:
        event, answer = json.loads(asked), json.loads(answered)
        if self._redaction is not None:
            redacted = self._redaction.exchange(*step, event, answer)
            if redacted is None:
                return
            event, answer = redacted
        query = [["action", "execute"], ["workflowId", step[0]], ["stepId", step[1]]]
        digest = hashlib.sha256(json.dumps([query, event], sort_keys=True).encode()).digest()
        with self._lock:
            if digest in self._seen or self._counts[step] >= self._per_step:
                return
            self._seen.add(digest)
            self._counts[step] += 1
            name = f"{'/'.join(step)}, {self._counts[step]}"
            self._append(_exchange(name, "POST", query, answer, event))

    def _append(self, exchange: dict[str, Any]) -> None:
        """Put an exchange at the end of the file, which is whole JSON each time."""
        if not self._is_begun:
            self._file = _new_file(self._file, self._beginning())
            self._is_begun = True
        with self._file.open("r+b") as file:
            file.seek(-len(_END), 2)
            file.write(
                b",\n  " + json.dumps(exchange, ensure_ascii=False).encode("utf-8", "surrogatepass") + _END
            )

    def _beginning(self) -> bytes:
        discovered = {"workflows": [one.discover() for one in self._workflows.values()], "agents": []}
        head = {
            "format": 1,
            "name": self._file.stem,
            "about": "What Novu asked the bridge, and what it answered",
            "recordedWith": {"novu-framework": SDK_VERSION},
            "bridge": {
                "secretKey": "recorded",
                "strictAuthentication": True,
                "workflows": list(self._workflows),
            },
            "headers": {},
        }
        text = json.dumps(head, indent=1)[:-2]
        first = _exchange("discovery", "GET", [["action", "discover"]], discovered)
        return f'{text},\n "exchanges": [\n  {json.dumps(first)}'.encode() + _END


def _new_file(path: Path, content: bytes) -> Path:
    """Write a file of this name, or of the name with the first number that is free; return its path."""
    for number in itertools.count(1):
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            with free.open("xb") as file:
                file.write(content)
            return free
        except FileExistsError:
            continue
    raise AssertionError


def _exchange(
    name: str, method: str, query: list[list[str]], answer: Any, event: Any = None
) -> dict[str, Any]:
    request: dict[str, Any] = {"method": method, "query": query, "headers": {}, "signature": {}}
    if event is not None:
        request |= {"headers": {"content-type": "application/json"}, "body": event}
    return {"name": name, "request": request, "response": {"status": 200, "body": answer}}


def _key_of(handler: RequestHandler | None) -> str:
    return (handler.client.secret_key if handler is not None else None) or secrets.token_hex(16)


class _Redaction:
    """Takes what is personal out of an event and its answer."""

    def __init__(self, workflows: Mapping[str, Workflow[Any]], key: str, keep: frozenset[str]) -> None:
        self._keep = keep
        self._pseudonyms = Pseudonyms(hashlib.sha256(f"recording:{key}".encode()).digest())
        self._definitions = {name: one.discover() for name, one in workflows.items()}
        definitions = [json.dumps(one, ensure_ascii=False) for one in self._definitions.values()]
        folders = [folder for one in workflows.values() for folder in _folders_of(one)]
        self._known = words_of([*definitions, *texts_below(folders)])

    def exchange(
        self, workflow_id: str, step_id: str, event: dict[str, Any], answer: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return both without what is personal; None where no pseudonyms fit the schemas."""
        definition = self._definitions.get(workflow_id) or {"steps": [], "payload": {"schema": {}}}
        steps = {one["stepId"]: one for one in definition["steps"]}
        payload_schema = definition["payload"]["schema"]
        choices = frozenset(_choices([payload_schema, *(one["results"] for one in steps.values())]))
        controls = event.get("controls") or {}
        known = self._known | words_of([json.dumps(controls, ensure_ascii=False)])
        masked = Masked(self._pseudonyms, choices, known)
        payload = self._fitting(event.get("payload") or {}, payload_schema, masked)
        state = [self._entry(one, steps, payload_schema, masked) for one in event.get("state") or ()]
        if payload is None or None in state:
            return None
        redacted = {
            **event,
            "payload": payload,
            "controls": self._addresses(controls),
            "state": state,
            "subscriber": self._but(event.get("subscriber") or {}, _OF_SUBSCRIBER, masked),
            "context": masked.given(event.get("context") or {}),
            "env": self._but(event.get("env") or {}, _OF_ENVIRONMENT, masked),
        }
        said = {name: masked.answered(answer.get(name) or {}) for name in ("outputs", "providers")}
        if (step := steps.get(step_id)) is not None and step[
            "type"
        ] == "custom":  # data, which no message has to show
            said["outputs"] = self._fitting(answer.get("outputs") or {}, step["results"]["schema"], masked)
        return None if None in said.values() else (redacted, {**answer, **said})

    def _but(self, given: dict[str, Any], names: tuple[str, ...], masked: Masked) -> dict[str, Any]:
        return {name: one if name in names else masked.given(one) for name, one in given.items()}

    def _addresses(self, value: Any) -> Any:
        """Return controls with other addresses in them: colleagues wrote the rest."""
        if isinstance(value, str):
            return self._pseudonyms.special(value, lambda found: found.startswith(("http", "ws")))
        if isinstance(value, dict):
            return {key: self._addresses(one) for key, one in value.items()}
        return [self._addresses(one) for one in value] if isinstance(value, list) else value

    def _entry(
        self,
        entry: dict[str, Any],
        steps: Mapping[str, Any],
        payload_schema: Mapping[str, Any],
        masked: Masked,
    ) -> dict[str, Any] | None:
        """Return an entry of the state; None where nothing fits."""
        step_id, outputs = entry.get("stepId") or "", entry.get("outputs") or {}
        step = steps.get(step_id) or {"type": "", "results": {"schema": {}}}
        if step["type"] == "digest":
            payloads = [
                self._fitting(one.get("payload") or {}, payload_schema, masked) for one in outputs["events"]
            ]
            if None in payloads:
                return None
            made = [{**one, "payload": new} for one, new in zip(outputs["events"], payloads, strict=True)]
            outputs = {**outputs, "events": made}
        elif step["type"] not in _NOVUS:
            outputs = self._fitting(outputs, step["results"]["schema"], masked)
        state = {"status": (entry.get("state") or {}).get("status")}  # an error may quote anything
        return None if outputs is None else {"stepId": step_id, "outputs": outputs, "state": state}

    def _fitting(self, given: Any, schema: Mapping[str, Any], masked: Masked) -> Any:
        """Return data with pseudonyms that its schema takes as it took the data; None where there are none."""
        made = self._kept(given, masked.given(given))
        check = Schema.of(schema).check if schema else None
        if check is None or not isinstance(given, dict) or check(given)[1]:
            return made
        tried: Counter[str] = Counter()
        for _ in range(_FITTINGS):
            issues = check(made)[1]
            if not issues:
                return made
            path = issues[0].path
            tried[path] += 1
            said = _at(given, path)
            other = self._other(said, _at_schema(schema, path), tried[path])
            if other is None or not path:
                return None
            if isinstance(said, str):
                masked.note(said, other)
            _put(made, path, other)
        return None

    def _other(self, said: Any, schema: Mapping[str, Any], attempt: int) -> Any:
        """Return another pseudonym for a value: with its letters, or one that matches the pattern."""
        if isinstance(said, str) and attempt == 1:
            return self._pseudonyms.digits(said)
        if isinstance(said, str) and attempt == 2 and isinstance(schema.get("pattern"), str):
            return example_of(schema["pattern"], tries=3)
        if isinstance(said, (int, float)) and attempt == 1:
            return schema.get("maximum", schema.get("minimum"))
        return None

    def _kept(self, given: Any, made: Any) -> Any:
        """Return `made` with the members that are to stay."""
        if isinstance(given, dict) and isinstance(made, dict):
            kept = {}
            for (name, one), (new_name, new) in zip(given.items(), made.items(), strict=True):
                kept[new_name] = one if name in self._keep else self._kept(one, new)
            return kept
        if isinstance(given, list) and isinstance(made, list):
            return [self._kept(one, new) for one, new in zip(given, made, strict=True)]
        return made


def _folders_of(workflow: Workflow[Any]) -> Iterator[Path]:
    """Give the folder of the package that a workflow is written in, or of its module."""
    code = getattr(workflow.handler, "__code__", None)
    if code is not None and (file := Path(code.co_filename)).is_file():
        folder = file.resolve().parent
        while (folder / "__init__.py").exists():
            if not (folder.parent / "__init__.py").exists():
                break
            folder = folder.parent
        yield folder


def _choices(schemas: Iterable[Any]) -> Iterator[str]:
    """Give the texts of all `enum` and `const` in schemas."""
    for schema in schemas:
        if isinstance(schema, Mapping):
            for one in [*(schema.get("enum") or ()), schema.get("const")]:
                if isinstance(one, str):
                    yield one
            yield from _choices(schema.values())
        elif isinstance(schema, list):
            yield from _choices(schema)


def _at(data: Any, path: str) -> Any:
    for name in path.split("/")[1:]:
        data = (
            data[int(name)] if isinstance(data, list) else data.get(name) if isinstance(data, dict) else None
        )
    return data


def _put(data: Any, path: str, value: Any) -> None:
    *above, last = path.split("/")[1:]
    for name in above:
        data = data[int(name)] if isinstance(data, list) else data[name]
    if isinstance(data, list):
        data[int(last)] = value
    else:
        data[last] = value


def _at_schema(schema: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Return what a schema says of a place, as far as it says it plainly."""
    found: Any = schema
    for name in path.split("/")[1:]:
        reference = found.get("$ref", "") if isinstance(found, Mapping) else ""
        if reference.startswith("#/$defs/"):
            found = (schema.get("$defs") or {}).get(reference.removeprefix("#/$defs/"), {})
        members = found.get("properties") if isinstance(found, Mapping) else None
        found = (members or {}).get(name) if not name.isdecimal() else (found or {}).get("items")
        found = found if isinstance(found, Mapping) else {}
    return found if isinstance(found, Mapping) else {}
