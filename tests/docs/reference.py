"""The reference, written into the pages of `docs/reference/` from docstrings: `python -m tests.docs.reference`.

A page is Markdown that reads anywhere. What a comment names is shown below it, up to the closing comment::

    <!-- reference: from novu_framework import workflow, Client(trigger, cancel) -->
    ...
    <!-- end of reference -->

In brackets are the members of a class that are shown; `~` is before a class that users are given and do not make; `*` stands for what no comment names of a module's `__all__`.
"""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin, is_typeddict

from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "reference").glob("*.md"))
_BLOCK = re.compile(
    r"^<!-- reference: from (?P<module>[\w.]+) import (?P<names>[^>]+?) -->\n.*?^<!-- end of reference -->\n",
    re.M | re.S,
)
_NAME = re.compile(r"(~?)([\w*]+)(?:\(([^)]*)\))?")
_SECTIONS = {
    "Args": "Arguments",
    "Attributes": "Attributes",
    "Returns": "Returns",
    "Yields": "Yields",
    "Raises": "Raises",
}
_WRAPPERS = (property, cached_property, classmethod, staticmethod)
_SQUARE = str.maketrans("()", "[]")
_WIDTH = 100


@dataclass(frozen=True)
class Shown:
    """A name of the reference: the dotted one that it is imported by, and what it is.

    Attributes:
        owner: The class that it is a member of.
        is_given: True for a class whose constructor is not for users.
    """

    name: str
    value: Any
    owner: type | None = None
    is_given: bool = False

    @property
    def last(self) -> str:
        """The name alone."""
        return self.name.rpartition(".")[2]

    @property
    def title(self) -> str:
        """The name in a heading: with the class of a member, and with the module where that is not a whole package."""
        if self.owner is not None:
            return f"{self.owner.__name__}.{self.last}"
        return self.last if self.name.count(".") == 1 else self.name

    @property
    def called(self) -> str:
        """The name in a call."""
        return self.last if self.owner is None else self.title

    @property
    def doc(self) -> str:
        """The docstring; of a constant, the string below its assignment."""
        if (callable(self.value) and get_origin(self.value) is None) or isinstance(self.value, _WRAPPERS):
            return inspect.getdoc(self.value) or ""
        modules = [value for name, value in sys.modules.items() if name.startswith("novu_framework")]
        homes = [one for one in modules if vars(one).get(self.last) is self.value]
        return next(filter(None, (_constants(home).get(self.last) for home in homes)), "")

    @property
    def twin(self) -> bool:
        """True for what has a twin for async code that its docstring does not name."""
        twin = f"{self.last}_async"
        return hasattr(self.owner, twin) and twin not in self.doc


@cache
def _constants(module: ModuleType) -> dict[str, str]:
    """Return what is written below the assignments of a module, by name."""
    body = ast.parse(inspect.getsource(module)).body
    documented: dict[str, str] = {}
    for one, following in pairwise(body):
        targets = one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            documented |= {
                name.id: str(following.value.value) for name in targets if isinstance(name, ast.Name)
            }
    return documented


def shown(text: str) -> Iterator[Shown]:
    """Yield every name that the comments of a page ask for, in order."""
    for block in _BLOCK.finditer(text):
        yield from _of_block(block)


def filled(text: str) -> str:
    """Return a page with what its comments ask for, as it is now."""

    def fill(block: re.Match[str]) -> str:
        opening = block[0].partition(" -->\n")[0]
        return "\n".join(
            [f"{opening} -->", "", *map(_entry, _of_block(block)), "<!-- end of reference -->", ""]
        )

    return _BLOCK.sub(fill, text)


def _of_block(block: re.Match[str]) -> Iterator[Shown]:
    module = importlib.import_module(block["module"])
    for given, name, members in _NAME.findall(block["names"]):
        for each in _rest(module) if name == "*" else [name]:
            value = getattr(module, each)
            yield Shown(f"{block['module']}.{each}", value, is_given=bool(given))
            for member in members.replace(",", " ").split():
                yield Shown(
                    f"{block['module']}.{each}.{member}", inspect.getattr_static(value, member), value
                )


@cache
def _named() -> list[Any]:
    """Return what the comments of all pages name."""
    blocks = [block for page in PAGES for block in _BLOCK.finditer(page.read_text(encoding="utf-8"))]
    names = [
        (block["module"], name)
        for block in blocks
        for _, name, _ in _NAME.findall(block["names"])
        if name != "*"
    ]
    return [getattr(importlib.import_module(module), name) for module, name in names]


def _rest(module: ModuleType) -> list[str]:
    return [name for name in module.__all__ if not any(getattr(module, name) is one for one in _named())]


def _entry(one: Shown) -> str:
    lines = [f"{'####' if one.owner else '###'} `{one.title}`", ""]
    if signature := _signature(one):
        lines += ["```python", signature, "```", ""]
    lines += markdown(one.doc)
    if isinstance(one.value, type) and issubclass(one.value, enum.Enum):
        lines += ["", *(f"- `{one.title}.{member.name}`" for member in one.value)]
    if one.twin:
        lines += ["", f"Async twin: `await {one.title}_async(...)`, with the same arguments."]
    return "\n".join([*lines, ""])


def _signature(one: Shown) -> str:
    """Return how something is called, or of which type an attribute is, with the annotations of the source."""
    value = one.value.__func__ if isinstance(one.value, (staticmethod, classmethod)) else one.value
    getter = (
        value.fget if isinstance(value, property) else getattr(value, "func", None)
    )  # of a cached property
    if getter is not None:
        return f"{one.called}: {getter.__annotations__.get('return', 'Any')}"
    if isinstance(value, type) and issubclass(value, BaseModel):
        return _broken(one.called, [_field(value, name) for name in value.model_fields], "")
    if get_origin(value) is not None:
        return f"{one.last} = {value}".replace("typing.", "")
    is_shape = isinstance(value, type) and (issubclass(value, enum.Enum) or is_typeddict(value))
    if one.is_given:
        return ""
    if get_origin(value) is Literal:
        return _broken(f"{one.last} = Literal", [repr(each) for each in get_args(value)], "").translate(
            _SQUARE
        )
    if is_shape or not callable(value):
        return ""
    try:
        signature = inspect.signature(value)
    except ValueError:  # a subclass of a builtin type
        return ""
    parameters = [each for each in signature.parameters.values() if each.name not in ("self", "cls")]
    returned = "" if isinstance(value, type) else str(signature.replace(parameters=[])).removeprefix("()")
    is_async = inspect.iscoroutinefunction(value)
    call = _broken(one.called, list(_parts(parameters)), returned)
    return f"await {call}" if is_async and not isinstance(value, type) else call


def _parts(parameters: list[inspect.Parameter]) -> Iterator[str]:
    """Yield the parameters as the source has them, and the star before those that are passed by name alone."""
    kinds = [each.kind for each in parameters]
    for index, each in enumerate(parameters):
        if each.kind is each.KEYWORD_ONLY and not {each.KEYWORD_ONLY, each.VAR_POSITIONAL} & set(
            kinds[:index]
        ):
            yield "*"
        yield str(each)


def _broken(name: str, parts: list[str], returned: str) -> str:
    parts = [_tidy(part) for part in parts]
    line = _tidy(f"{name}({', '.join(parts)}){returned}")
    return (
        line
        if len(line) <= _WIDTH
        else "\n".join([f"{name}(", *(f"    {part}," for part in parts), _tidy(f"){returned}")])
    )


def _tidy(signature: str) -> str:
    signature = (
        re.sub(r"(: |-> )'([^']*)'", r"\1\2", signature)
        .replace("<factory>", "...")
        .replace("datetime.timedelta", "timedelta")
    )
    signature = re.sub(r"<([A-Z]\w*\.[A-Z_]+): [^>]*>", r"\1", signature)  # the member of an enum
    return re.sub(r"<(?:function|class|object)[^>]*>", "...", signature)


def _field(model: type[BaseModel], name: str) -> str:
    written = next(each for each in map(inspect.get_annotations, model.__mro__) if name in each)[name]
    field = model.model_fields[name]
    return f"{name}: {written}{'' if field.is_required() else f' = {field.get_default()!r}'}"


def markdown(doc: str) -> list[str]:
    """Turn a docstring into lines of Markdown: its sections into lists, its examples into blocks of code.

    >>> markdown("Say it.\\n\\nArgs:\\n    text, end: What to say.\\n        All of it.\\n\\n>>> say('a')\\n'a'")
    ['Say it.', '', '**Arguments**', '', '- `text`, `end`: What to say. All of it.', '', '```pycon', ">>> say('a')", "'a'", '```']
    """
    out: list[str] = []
    paragraphs = re.split(r"\n{2,}", doc.strip("\n"))
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        head, _, rest = paragraph.partition("\n")
        if head.rstrip(":") in _SECTIONS and head.endswith(":"):
            out += ["", f"**{_SECTIONS[head[:-1]]}**", "", *_items(rest)]
        elif paragraph.startswith(">>> "):
            out += ["", "```pycon", *paragraph.split("\n"), "```"]
        elif paragraph.startswith("    "):
            while index + 1 < len(paragraphs) and paragraphs[index + 1].startswith("    "):
                index += 1
                paragraph += "\n\n" + paragraphs[index]
            code = textwrap.dedent(paragraph)
            out += ["", "```pycon" if code.startswith(">>> ") else "```python", *code.split("\n"), "```"]
        else:
            out += ["", *re.sub(r"::$", ":", paragraph).split("\n")]
        index += 1
    return out[1:]


def _items(section: str) -> list[str]:
    """List the entries of a section; one without names is a paragraph."""
    entries: list[str] = []
    for line in textwrap.dedent(section).split("\n"):
        if line.startswith(" ") and entries:
            entries[-1] += " " + line.strip()
        elif match := re.match(r"(\*{0,2}[\w.]+(?:, \*{0,2}[\w.]+)*): (.*)", line):
            names = ", ".join(f"`{name}`" for name in match[1].split(", "))
            entries.append(f"- {names}: {match[2]}")
        elif entries:
            entries[-1] += " " + line.strip()
        else:
            entries.append(line.strip())
    return entries


if __name__ == "__main__":
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(filled(text), encoding="utf-8")
