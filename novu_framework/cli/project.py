"""Finding the project and its app: `--app module:attribute`, or `[tool.novu]` in pyproject.toml."""

from __future__ import annotations

import importlib
import os
import secrets
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from novu_framework._internal.cached import cached_property
from novu_framework._internal.factories import app_of, named
from novu_framework._internal.suggestions import known_names
from novu_framework.bridge import RequestHandler
from novu_framework.cli.problems import Problem
from novu_framework.client import Client
from novu_framework.errors import NovuError
from novu_framework.workflow import Workflow

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True)
class Project:
    """The project that the command runs in.

    Attributes:
        root: The nearest folder, here or above, with a pyproject.toml; else the working directory.
        settings: Its `[tool.novu]` table.
    """

    root: Path
    settings: dict[str, Any]

    @classmethod
    def here(cls, start: Path | None = None) -> Project:
        """Find the project of a folder, or of the working directory. Raises `Problem` for a broken pyproject.toml."""
        start = (start or Path.cwd()).resolve()
        first: Project | None = None
        for folder in (start, *start.parents):
            path = folder / "pyproject.toml"
            if not path.is_file():
                continue
            try:
                tables = tomllib.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                raise Problem(f"{path} cannot be read: {error}") from None
            settings = tables.get("tool", {}).get("novu")
            if isinstance(settings, dict):
                return cls(folder, settings)
            first = first or cls(folder, {})
        return first or cls(start, {})

    def app(self, named: str | None) -> App:
        """Import the app that `--app` or `[tool.novu] app` names. Raises `Problem`, saying what was looked for."""
        name = named or self.settings.get("app")
        if not name:
            raise Problem(
                "No app to look at.",
                hint=f"Name one with `--app module:attribute`, or in {self.root / 'pyproject.toml'}:\n\n"
                '    [tool.novu]\n    app = "main:app"',
            )
        return App(str(name), self._imported(str(name)), self.settings.get("route"))

    def _imported(self, name: str) -> Any:
        module_name, _, attribute = name.partition(":")
        folders = list(dict.fromkeys([str(Path.cwd()), str(self.root), str(self.root / "src")]))
        for folder in reversed([folder for folder in folders if os.path.isdir(folder)]):
            if folder in sys.path:
                sys.path.remove(folder)
            sys.path.insert(0, folder)
        try:
            with _stand_in_secret_key():
                module = importlib.import_module(module_name)
        except Exception as error:
            missing = error.name if isinstance(error, ModuleNotFoundError) else None
            if missing and f"{module_name}.".startswith(f"{missing}."):
                hint = f"Looked in {', '.join(folders)} and the installed packages."
                raise Problem(f"There is no module `{missing}` to import `{name}` from.", hint=hint) from None
            what = f"`{module_name}` could not be imported: {type(error).__name__}: {error}"
            raise Problem(what, hint=_place(error)) from None
        attribute = attribute or "app"
        try:
            named(module, attribute)
        except AttributeError as error:
            names = [
                name
                for name, one in getattr(error.obj, "__dict__", {}).items()
                if not name.startswith("_") and _may_be_app(one, module_name)
            ]
            hint = f"It has: {known_names(error.name or attribute, names)}" if names else ""
            raise Problem(f"`{module_name}` has no attribute `{attribute}`.", hint=hint) from None
        try:
            with _stand_in_secret_key():
                return app_of(module, attribute)
        except Exception as error:
            what = f"`{name}` could not be made: {type(error).__name__}: {error}"
            raise Problem(what, hint=_place(error)) from None


@dataclass(frozen=True)
class App:
    """The app that the command looks at.

    Attributes:
        name: Its name, `module:attribute`.
        value: An app with a bridge, a workflow, or a list of workflows.
        route: The path of its bridge, where the settings say it.
    """

    name: str
    value: Any
    route: str | None = None

    @cached_property
    def handler(self) -> RequestHandler:
        """The bridge of the app. Raises `Problem` for an app that serves no workflows."""
        if isinstance(self.value, RequestHandler):
            return self.value
        workflows = _workflows(self.value)
        if workflows is not None:
            try:
                return RequestHandler(workflows, Client(strict_authentication=False))
            except NovuError as error:
                raise Problem(error.message) from None
        from novu_framework.asgi import handler_of

        with _stand_in_secret_key():  # Django imports its URLs when they are first looked at
            handler = handler_of(self.value)
        if handler is None:
            raise Problem(
                f"`{self.name}` is {type(self.value).__name__} and serves no workflows.",
                hint="It should be an app with `serve(app, workflows=[...])`, a workflow or a list of them.",
            )
        return handler

    @property
    def lifespan(self) -> Any:
        """The app that is to be started before its workflows run; None for workflows without one."""
        is_app = not isinstance(self.value, RequestHandler) and _workflows(self.value) is None
        return self.value if is_app and callable(self.value) else None

    @property
    def target(self) -> Any:
        """The app that is asked as Novu asks it, or the workflows where there is none."""
        return self.lifespan or list(self.handler.workflows.values())

    @property
    def path(self) -> str:
        """The path of its bridge: by the settings, as the app itself tells it, or the usual one."""
        from novu_framework_testing.bridges.routes import route_of

        return self.route or route_of(self.lifespan)

    @property
    def secret_key(self) -> str:
        """The key that the app has for its bridge; any text where it has none."""
        return self.handler.client.secret_key or "none"

    def workflow(self, workflow_id: str) -> Workflow:
        """Return a workflow of the app. Raises `Problem`, with the ids that there are."""
        workflow = self.handler.workflows.get(workflow_id)
        if workflow is None:
            hint = f"It has: {known_names(workflow_id, self.handler.workflows)}"
            raise Problem(f"There is no workflow `{workflow_id}` in `{self.name}`.", hint=hint)
        return workflow


@contextmanager
def _stand_in_secret_key() -> Iterator[None]:
    """Let an app be imported that has no key yet: what is looked at in this process is not signed."""
    if os.environ.get("NOVU_SECRET_KEY") or os.environ.get("NOVU_API_KEY"):
        yield
        return
    os.environ["NOVU_SECRET_KEY"] = secrets.token_urlsafe(16)
    try:
        yield
    finally:
        del os.environ["NOVU_SECRET_KEY"]


def _workflows(value: Any) -> list[Workflow] | None:
    if isinstance(value, Workflow):
        return [value]
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, dict)):
        items = list(value)
        if items and all(isinstance(item, Workflow) for item in items):
            return items
    return None


def _may_be_app(value: Any, module: str) -> bool:
    """Tell whether a name of a module is worth to be named: what was made in it, and no class."""
    made_here = getattr(value, "__module__", None) == module
    return not isinstance(value, (type, ModuleType)) and (made_here or not isinstance(value, FunctionType))


def _place(error: BaseException) -> str:
    """The last line of the user's own code that an error passed through."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "importlib" not in frame.filename and os.path.dirname(__file__) not in frame.filename
    ]
    return f"At {frames[-1].filename}:{frames[-1].lineno}: {frames[-1].line}" if frames else ""
