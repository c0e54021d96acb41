"""What a user names as a version of the code, and the version that it is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final

from novu_framework_testing._internal.twins import blocking
from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure, connect
from novu_framework_testing.compat.asking import CodeVersion, RecordedAnswer
from novu_framework_testing.compat.comparison import compare
from novu_framework_testing.compat.findings import CompatReport
from novu_framework_testing.compat.processes import VersionProblem, VersionProcess
from novu_framework_testing.compat.revisions import revision_of
from novu_framework_testing.contract.recording import Exchange, Recording


@asynccontextmanager
async def old_version(
    base: Any, root: Path, app: str = "", *, default: str = "", **options: Any
) -> AsyncIterator[CodeVersion]:
    """Give the version that runs were triggered on. Raises `VersionProblem` for what is none.

    Args:
        base: A revision of git, the path of a discovery file or of a recording; or an app, workflows or a `Bridge` of this
            process.
        root: The folder of the project.
        app: Its app, `module:attribute`; what its settings say if empty, and else `default`.
        options: As `connect` takes them.
    """
    if not isinstance(base, (str, Path)):
        async with _connected("the old version", base, **options) as version:
            yield version
    elif (path := root / base).is_file():
        yield version_of_file(path)
    else:
        with revision_of(root, str(base)) as revision:
            if not revision.mentions_novu:  # as before the first workflow: no run can be open
                yield CodeVersion(f"{revision.name}, which serves no workflows", {})
                return
            if not revision.folder.is_dir():
                raise VersionProblem(f"At `{base}` there is no `{root.name}` yet.")
            with VersionProcess(
                revision.folder, app, default=default, first=revision.first, name=revision.name
            ) as bridge:
                yield await CodeVersion.of(revision.name, bridge)


@asynccontextmanager
async def new_version(app: Any, root: Path, **options: Any) -> AsyncIterator[CodeVersion]:
    """Give the version that is to be deployed: the app that a text names, in a process of its own, or one of this process."""
    if app is None or isinstance(app, str):
        with VersionProcess(root, app or "") as bridge:
            yield await CodeVersion.of("the working tree", bridge)
    else:
        async with _connected("the new version", app, **options) as version:
            yield version


@asynccontextmanager
async def _connected(name: str, target: Any, **options: Any) -> AsyncIterator[CodeVersion]:
    async with AsyncExitStack() as stack:
        bridge = connect(target, **options)
        if close := getattr(bridge, "aclose", None):
            stack.push_async_callback(close)
        yield await CodeVersion.of(name, bridge)


def version_of_file(path: Path) -> CodeVersion:
    """Return the version that a discovery file or a recording is of. Raises `VersionProblem` for another file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VersionProblem(f"{path} cannot be read: {error}") from None
    if isinstance(data, dict) and "exchanges" in data:
        try:
            return version_of_recording(Recording.load(path))
        except (ValueError, KeyError, TypeError) as error:
            raise VersionProblem(f"{path} is not a recording: {error}") from None
    workflows = data.get("workflows") if isinstance(data, dict) else None
    if not isinstance(workflows, list):
        hint = (
            "A discovery is what `novu-framework list --json` prints; a recording is what `Recorder` writes."
        )
        raise VersionProblem(f"{path} is neither a discovery nor a recording.", hint)
    return CodeVersion(path.name, {one["workflowId"]: one for one in workflows})


def version_of_recording(recording: Recording) -> CodeVersion:
    """Return what a recording says of a version: its workflows, and what it answered. Raises `VersionProblem` without workflows."""
    workflows: dict[str, dict[str, Any]] = {}
    answers: list[RecordedAnswer] = []
    for exchange in recording.exchanges:
        query = dict(exchange.request.query)
        if query.get("action") == "discover" and exchange.response.status == 200:
            workflows |= {one["workflowId"]: one for one in exchange.response.body["workflows"]}
        elif query.get("action") == "execute" and exchange.request.has_body:
            answers += _recorded(exchange, query)
    if not workflows:
        hint = "`BridgeRecorder` finds the workflows of the app that it wraps; Novu's own discovery is recorded in no other way."
        raise VersionProblem(f"The recording {recording.name} has no discovery of workflows.", hint)
    return CodeVersion(recording.name, workflows, answers=answers)


def _recorded(exchange: Exchange, query: dict[str, str]) -> list[RecordedAnswer]:
    """Return what was recorded of a step; nothing where the bridge answered with an error, or was asked for nothing."""
    if exchange.response.status != 200:
        return []
    try:
        answer = BridgeAnswer.of(exchange.response.body)
        return [RecordedAnswer(query["workflowId"], query["stepId"], exchange.request.body, answer)]
    except (BridgeFailure, KeyError):
        return []


async def compat_async(
    old: Any,
    new: Any = None,
    *,
    root: Path | None = None,
    app: str = "",
    default_app: str = "",
    **options: Any,
) -> CompatReport:
    """Return what a deployment does to the runs that are open: what breaks, what changes, what is safe.

        report = compat("origin/main", app)
        assert report.ok, str(report)

    Every step of every run that may be open is asked of both versions: resolvers run, those of custom steps too, with made-up
    data or what was recorded.

    Args:
        old: The version that runs were triggered on: a revision of git, the path of a discovery file (what `novu-framework list
            --json` prints) or of a recording; or an app, workflows or a `Bridge` of this process.
        new: The version that is to be deployed: an app, workflows or a `Bridge` of this process, or `module:attribute`; the app
            of the project's settings if left out.
        root: The folder of the project; the working directory if left out.
        app: The app of a revision, `module:attribute`; that of its own settings if left out, and else `default_app`.
        options: As `connect` takes them: `route`, `secret_key`, ...

    Raises:
        VersionProblem: One of the versions cannot be had or imported.
        BridgeFailure: One of them does not answer.
    """
    here = Path.cwd() if root is None else root
    options.setdefault("secret_key", "test-secret")
    async with (
        old_version(old, here, app, default=default_app, **options) as then,
        new_version(new, here, **options) as now,
    ):
        return await compare(then, now)


compat: Final = blocking(compat_async)
