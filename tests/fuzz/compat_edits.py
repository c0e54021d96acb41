"""Edits of the examples' workflows, as people make them between two deployments, drawn by a seed."""

from __future__ import annotations

import ast
import copy
import itertools
import linecache
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from novu_framework import Workflow

EXAMPLES = Path(__file__).parents[2] / "examples"
SOURCES = [
    EXAMPLES / "quickstart/app.py",
    EXAMPLES / "self-hosted/billing/workflows.py",
    EXAMPLES / "migrate-from-typescript/workflow.py",
    *(EXAMPLES / "shop/shop/notifications" / f"{name}.py" for name in
      ("abandoned_cart", "order_confirmation", "price_alert", "shipping_delay")),
]  # fmt: skip
CHANNEL = {
    "email": '{"subject": "Added", "body": "<p>Added</p>"}',
    "sms": '{"body": "Added"}',
    "in_app": '{"body": "Added"}',
    "push": '{"subject": "Added", "body": "Added"}',
    "chat": '{"body": "Added"}',
}
ADDED = {
    **CHANNEL,
    "delay": '{"amount": 1, "unit": "hours"}',
    "digest": '{"amount": 1, "unit": "hours"}',
    "throttle": '{"type": "fixed", "amount": 1, "unit": "minutes", "threshold": 100}',
    "custom": "lambda: {}",
}
STAND_IN = "SimpleNamespace(read=False, seen=False, events=[], event_count=1, items=[], duration=0)"
_numbers = itertools.count()


class Unfit(Exception):
    """An edit that this workflow has no place for."""


@dataclass
class Step:
    """A step in the code of a handler."""

    statement: ast.stmt
    call: ast.Call

    @property
    def kind(self) -> str:
        assert isinstance(self.call.func, ast.Attribute)
        return self.call.func.attr

    @property
    def variable(self) -> str | None:
        target = self.statement.targets[0] if isinstance(self.statement, ast.Assign) else None
        return target.id if isinstance(target, ast.Name) else None


class Code:
    """The code of a module with one workflow."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree

    @classmethod
    def read(cls, path: Path) -> Code:
        """Read a module, without the app that serves it."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        dropped = ("app", "serve")
        tree.body = [one for one in tree.body if not any(
            isinstance(node, ast.Name) and node.id in dropped for node in ast.walk(one) if not isinstance(one, ast.AsyncFunctionDef)
        )]  # fmt: skip
        tree.body.insert(1, ast.parse("from types import SimpleNamespace").body[0])
        return cls(tree)

    def copy(self) -> Code:
        return Code(copy.deepcopy(self.tree))

    @property
    def handler(self) -> ast.AsyncFunctionDef:
        return next(one for one in self.tree.body if isinstance(one, ast.AsyncFunctionDef))

    def steps(self) -> list[Step]:
        found = []
        for statement in self.handler.body:
            value = statement.value if isinstance(statement, (ast.Assign, ast.Expr)) else None
            call = value.value if isinstance(value, ast.Await) else None
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                found.append(Step(statement, call))
        return found

    def model(self, use: str) -> ast.ClassDef:
        """Return the class of the payload, of some controls, or of the result of a custom step."""
        names = set()
        for node in ast.walk(self.handler):
            if isinstance(node, ast.arg) and node.arg == use and isinstance(node.annotation, ast.Name):
                names.add(node.annotation.id)
            if use == "result" and isinstance(node, ast.keyword) and node.arg == "output_schema":
                names.add(getattr(node.value, "id", ""))
        classes = {one.name: one for one in self.tree.body if isinstance(one, ast.ClassDef)}
        if not (found := [classes[one] for one in sorted(names) if one in classes]):
            raise Unfit
        return found[0]

    def is_in_order(self) -> bool:
        """Tell whether the handler names nothing before it has it."""
        own = {
            node.id
            for node in ast.walk(self.handler)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        own |= {one.name for one in self.handler.body if isinstance(one, ast.FunctionDef)}
        known: set[str] = set()
        for statement in self.handler.body:
            used = {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            }
            local = {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            if isinstance(statement, ast.FunctionDef):
                known.add(statement.name)
                used -= local
            if used & own - known:
                return False
            known |= local if not isinstance(statement, ast.FunctionDef) else set()
        return True

    def workflow(self) -> Workflow:
        """Run the code, as a module of its own, and return its workflow."""
        tree = ast.fix_missing_locations(self.tree)
        name = f"generated_{next(_numbers)}"
        text = ast.unparse(tree)
        linecache.cache[f"{name}.py"] = (len(text), None, text.splitlines(keepends=True), f"{name}.py")
        module = sys.modules[name] = ModuleType(name)
        module.__file__ = f"{name}.py"
        try:
            exec(compile(text, f"{name}.py", "exec"), module.__dict__)
        finally:
            del sys.modules[name]
        (found,) = [one for one in vars(module).values() if isinstance(one, Workflow)]
        found.discover()
        return found


# --- steps ------------------------------------------------------------------------------------------


def rename_step(code: Code, draw: random.Random) -> str:
    step = draw.choice(code.steps())
    old = ast.literal_eval(step.call.args[0])
    step.call.args[0] = ast.Constant(f"{old}-2")
    return f"rename {old}"


def remove_step(code: Code, draw: random.Random) -> str:
    steps = code.steps()
    if len(steps) < 2:
        raise Unfit
    step = draw.choice(steps)
    body = code.handler.body
    place = body.index(step.statement)
    body[place : place + 1] = ast.parse(f"{step.variable} = {STAND_IN}").body if step.variable else []
    return f"remove {ast.literal_eval(step.call.args[0])}"


def add_step(code: Code, draw: random.Random) -> str:
    kind = draw.choice(list(ADDED))
    name = f"{kind.replace('_', '-')}-{draw.randrange(1000)}"
    added = ast.parse(f"async def f():\n await step.{kind}({name!r}, {ADDED[kind]})").body[0]
    assert isinstance(added, ast.AsyncFunctionDef)
    body = code.handler.body
    places = [body.index(step.statement) for step in code.steps()]
    place = draw.choice([*places, len(body)])
    body[place:place] = added.body
    return f"add {name} at {place}"


def move_step(code: Code, draw: random.Random) -> str:
    steps = code.steps()
    step = draw.choice(steps)
    body = code.handler.body
    before = list(body)
    body.remove(step.statement)
    places = [body.index(one.statement) for one in steps if one is not step] + [len(body)]
    place = draw.choice(places)
    body.insert(place, step.statement)
    if body == before or not code.is_in_order():
        body[:] = before
        raise Unfit
    return f"move {ast.literal_eval(step.call.args[0])} to {place}"


def change_type(code: Code, draw: random.Random) -> str:
    step = draw.choice([one for one in code.steps() if one.variable is None] or _unfit())
    kind = draw.choice([one for one in CHANNEL if one != step.kind])
    assert isinstance(step.call.func, ast.Attribute)
    step.call.func.attr = kind
    step.call.args[1] = ast.parse(CHANNEL[kind]).body[0].value  # type: ignore[attr-defined]
    step.call.keywords = [one for one in step.call.keywords if one.arg == "skip"]
    return f"make {ast.literal_eval(step.call.args[0])} {kind}"


def change_skip(code: Code, draw: random.Random) -> str:
    step = draw.choice(code.steps())
    if kept := [one for one in step.call.keywords if one.arg != "skip"]:
        kept = [one for one in kept if one.arg != "skip"]
    if len(kept) == len(step.call.keywords):
        kept.append(ast.keyword("skip", ast.parse(draw.choice(["False", "lambda: False"])).body[0].value))  # type: ignore[attr-defined]
    step.call.keywords = kept
    return "change a skip"


def _unfit() -> list[Step]:
    raise Unfit


# --- schemas ----------------------------------------------------------------------------------------


def of_model(
    use: str, edit: Callable[[ast.ClassDef, random.Random], str]
) -> Callable[[Code, random.Random], str]:
    def edited(code: Code, draw: random.Random) -> str:
        return f"{use}: {edit(code.model(use), draw)}"

    edited.__name__ = f"{use}_{edit.__name__}"
    return edited


def _fields(model: ast.ClassDef) -> list[ast.AnnAssign]:
    return [one for one in model.body if isinstance(one, ast.AnnAssign)]


def _field(text: str) -> ast.AnnAssign:
    found = ast.parse(text).body[0]
    assert isinstance(found, ast.AnnAssign)
    return found


def add_field(model: ast.ClassDef, draw: random.Random) -> str:
    kind, default = draw.choice(
        [("str", "'x'"), ("int", "1"), ("bool", "True"), ("list[str]", "[]"), ("str | None", "None")]
    )
    text = f"added_{draw.randrange(1000)}: {kind}" + draw.choice(["", f" = {default}"])
    place = next(
        (index for index, one in enumerate(model.body) if isinstance(one, ast.AnnAssign)), len(model.body)
    )
    model.body.insert(place if "=" not in text else len(model.body), _field(text))
    return f"add {text}"


def remove_field(model: ast.ClassDef, draw: random.Random) -> str:
    fields = _fields(model)
    if len(fields) < 2:
        raise Unfit
    field = draw.choice(fields)
    model.body.remove(field)
    return f"remove {ast.unparse(field)}"


def retype_field(model: ast.ClassDef, draw: random.Random) -> str:
    field = draw.choice(_fields(model))
    kinds = ["str", "int", "float", "bool", "str | None", "int | None", "str | int", "list[str]", "Any"]
    was = ast.unparse(field.annotation)
    now = draw.choice([one for one in [*kinds, f"{was} | None"] if one != was])
    field.annotation = ast.parse(now).body[0].value  # type: ignore[attr-defined]
    return f"{ast.unparse(field.target)}: {was} becomes {now}"


def default_field(model: ast.ClassDef, draw: random.Random) -> str:
    """Take the default of a field away, or give it one."""
    field = draw.choice(_fields(model))
    if field.value is None:
        field.value = ast.parse("Field(default=None)").body[0].value  # type: ignore[attr-defined]
        model.body.remove(field)
        model.body.append(field)
    else:
        field.value = None
        model.body.remove(field)
        model.body.insert(0, field)
    return f"now {ast.unparse(field)}"


def bound_field(model: ast.ClassDef, draw: random.Random) -> str:
    """Bound a field, or otherwise than it was."""
    field = draw.choice(_fields(model))
    kind = ast.unparse(field.annotation)
    bounds = {
        "str": ["min_length=1", "max_length=5", "max_length=5000", "pattern='^[a-z]'", "min_length=30"],
        "int": ["ge=1", "le=10", "ge=0, le=1000000000", "gt=50", "multiple_of=2"],
        "bool": [],
    }.get(kind, ["min_length=2", "max_length=1"] if kind.startswith("list") else [])
    if not bounds:
        raise Unfit
    default = ""
    if isinstance(field.value, ast.Call):
        default = ast.unparse(field.value.args[0]) if field.value.args else ""
    elif field.value is not None:
        default = ast.unparse(field.value)
    given = ", ".join(filter(None, [default, draw.choice(bounds)]))
    field.value = ast.parse(f"Field({given})").body[0].value  # type: ignore[attr-defined]
    return f"{ast.unparse(field)}"


def choose_field(model: ast.ClassDef, draw: random.Random) -> str:
    """Let a field have other choices than it had."""
    field = draw.choice(_fields(model))
    kind = ast.unparse(field.annotation)
    if kind.startswith("Literal["):
        choices = [ast.literal_eval(one) for one in field.annotation.slice.elts]  # type: ignore[attr-defined]
        left = draw.choice([choices[:-1], [*choices, "more"], "str"])
        now = left if isinstance(left, str) else f"Literal{left!r}"
    elif kind == "str" and field.value is None:
        now = "Literal['one', 'two']"
    else:
        raise Unfit
    field.annotation = ast.parse(now).body[0].value  # type: ignore[attr-defined]
    return f"{ast.unparse(field.target)} becomes {now}"


# --- other code -------------------------------------------------------------------------------------


def use_what_is_new(code: Code, draw: random.Random) -> str:
    """Let a step count on a new, optional member of the payload."""
    code.model("payload").body.append(_field("extra: str | None = None"))
    step = draw.choice(code.steps())
    test = draw.choice(["payload.extra.upper() == 'X'", "bool(payload.extra)"])
    kept = [one for one in step.call.keywords if one.arg != "skip"]
    step.call.keywords = [*kept, ast.keyword("skip", ast.parse(f"lambda: {test}").body[0].value)]  # type: ignore[attr-defined]
    return f"{ast.literal_eval(step.call.args[0])} asks for {test}"


def change_text(code: Code, draw: random.Random) -> str:
    texts = [
        node
        for step in code.steps()
        for node in ast.walk(step.statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ]
    if not texts:
        raise Unfit
    text = draw.choice(texts)
    text.value = f"{text.value}!"
    return "change a text"


def change_wait(code: Code, draw: random.Random) -> str:
    waits = [
        one
        for one in code.steps()
        if one.kind in ("delay", "digest") and isinstance(one.call.args[1], ast.Dict)
    ]
    if not waits:
        raise Unfit
    step = draw.choice(waits)
    dynamic = '{"type": "dynamic", "dynamicKey": "payload.until"}'
    new = draw.choice(
        [
            '{"amount": 5, "unit": "minutes"}',
            '{"cron": "0 9 * * *"}',
            dynamic if step.kind == "delay" else '{"cron": "0 9 * * 1"}',
        ]
    )
    step.call.args[1] = ast.parse(new).body[0].value  # type: ignore[attr-defined]
    return f"{ast.literal_eval(step.call.args[0])} waits for {new}"


def change_workflow(code: Code, draw: random.Random) -> str:
    call = code.handler.decorator_list[0]
    assert isinstance(call, ast.Call)
    what = draw.choice(["id", "name", "tags"])
    if what == "id":
        call.args[0] = ast.Constant(f"{ast.literal_eval(call.args[0])}-2")
    else:
        call.keywords = [one for one in call.keywords if one.arg != what]
        call.keywords.append(
            ast.keyword(
                what, ast.Constant("New") if what == "name" else ast.List([ast.Constant("new")], ast.Load())
            )
        )
    return f"change the {what} of the workflow"


_OF_FIELDS = [add_field, remove_field, retype_field, default_field, bound_field, choose_field]
EDITS: list[Callable[[Code, random.Random], str]] = [
    *[rename_step, remove_step, add_step, move_step] * 3,
    *[change_type, change_skip, use_what_is_new, change_text, change_wait, change_workflow],
    *(of_model(use, edit) for use in ("payload", "payload", "controls", "result") for edit in _OF_FIELDS),
]


@dataclass
class Pair:
    """Two versions of a workflow, and what was edited between them."""

    seed: int
    source: str
    edits: list[str]
    old: Workflow
    new: Workflow


def pairs(seeds: range) -> Iterator[Pair]:
    """Make a pair of versions of each seed: an example, as it is or edited already, and one to three edits later."""
    codes = [Code.read(path) for path in SOURCES]
    for seed in seeds:
        yield pair_of(codes, seed)


def pair_of(codes: list[Code], seed: int) -> Pair:
    """Make the pair of a seed."""
    draw = random.Random(seed)
    while True:
        place = draw.randrange(len(codes))
        old = codes[place].copy()
        said: list[str] = []
        try:
            if draw.random() < 0.3:
                said.append(f"(before: {draw.choice(EDITS)(old, draw)})")
            new = old.copy()
            said += [draw.choice(EDITS)(new, draw) for _ in range(draw.choice([1, 1, 2, 3]))]
            return Pair(seed, SOURCES[place].stem, said, old.workflow(), new.workflow())
        except Unfit:
            continue
        except Exception:  # a version that cannot be imported or discovered is never deployed
            continue
