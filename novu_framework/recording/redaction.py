"""Takes what is personal out of an event and its answer, so that its schemas still take it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from novu_framework.npm.regexp.examples import example_of
from novu_framework.recording.masking import Masked
from novu_framework.recording.pseudonyms import Pseudonyms
from novu_framework.recording.vocabulary import texts_below, words_of
from novu_framework.schemas import Schema
from novu_framework.workflow import Workflow

_NOVUS = frozenset({"in_app", "delay", "throttle"})
"""The kinds whose result is Novu's own: flags, moments and counts."""
_OF_ENVIRONMENT = ("name", "type")
_OF_SUBSCRIBER = ("locale", "timezone")
_FITTINGS = 50


class EventRedaction:
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
        if isinstance(said, str):
            pattern = schema.get("pattern")
            others = [
                self._pseudonyms.digits(said),
                example_of(pattern) if isinstance(pattern, str) else None,
            ]
            others = [one for one in others if one not in (None, said)]
            return others[attempt - 1] if attempt <= len(others) else None
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
