"""The mutants of a module: each a small change of its text, at the places where a change means something.

Left out: docstrings and other bare strings, annotations, `TYPE_CHECKING` blocks, overloads, `__all__`, `__slots__`,
`__repr__`, types made by calls (`TypeVar`, `Literal`, `cast`), and words for people: what is logged, warned of, raised or
shown as the help of an option.
"""

from __future__ import annotations

import ast
import bisect
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_FLIPS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"), ast.IsNot: (r"is\s+not", "is"),
    ast.In: ("in", "not in"), ast.NotIn: (r"not\s+in", "in"), ast.And: ("and", "or"), ast.Or: ("or", "and"),
    ast.Add: (r"\+", "-"), ast.Sub: ("-", "+"), ast.Mult: (r"\*", "/"), ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"), ast.Mod: ("%", "*"), ast.Pow: (r"\*\*", "*"), ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"), ast.BitOr: (r"\|", "&"), ast.BitAnd: ("&", "|"), ast.BitXor: (r"\^", "&"),
}  # fmt: skip
"""Each operator as it is written, and what it becomes."""

_NAMES = {"min": "max", "any": "all", "startswith": "endswith", "lstrip": "rstrip", "append": "remove"}
_NAMES |= {other: name for name, other in _NAMES.items() if name != "append"}
_TYPES = {
    "TypeVar",
    "ParamSpec",
    "NewType",
    "Literal",
    "Annotated",
    "cast",
    "TypedDict",
    "NamedTuple",
    "StashKey",
    "AbstractAsyncContextManager",
}
_WORDS = {"warn", "debug", "info", "warning", "error", "exception", "Option", "Argument", "log"}
_UNTOLD = {"help", "maxsize", "stacklevel"}
"""Arguments that are words for people, or that no answer depends on."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """One change: where, what the line was and becomes, the module's text with it, and where to look for its tests.

    A test that runs one of `lines` may notice it, and of what runs once (at import, or in a function with a cache) a
    test that runs a line, of any module, which says one of `names`. What runs `at_import` any test may.
    """

    line: int
    old: str
    new: str
    text: str
    lines: frozenset[int]
    names: frozenset[str]
    at_import: bool


_Place = tuple[int, int, str, ast.stmt, "ast.AST | None"]
"""From where to where, what stands there then, in which statement, in which function."""


def mutants(
    text: str, chance: random.Random | None = None, *, line: str | None = None, new: str | None = None
) -> Iterator[Mutant]:
    """Yield every mutant of a module's text: by chance, each on another line for as long as there are any.

    Args:
        line: Only those of lines that say this.
        new: Only those whose line says this then.
    """
    finder = _finder(text)
    places = list(finder.every)
    if line is not None:
        lines = text.splitlines()
        places = [place for place in places if lines[finder.line(place[0]) - 1].strip() == line]
    if new is not None:  # before what is changed is compiled, which takes long
        places = [place for place in places if finder.new(*place[:3]) == new]
    if chance:
        chance.shuffle(places)
        first = {finder.line(place[0]): place for place in reversed(places)}
        places.sort(key=lambda place: first[finder.line(place[0])] is not place)
    seen: set[str] = set()
    for place in places:
        if (one := finder.mutant(*place)) and one.text not in seen:
            seen.add(one.text)
            yield one


def count(text: str) -> int:
    """Count the places of a module's text that may change, which is much quicker than to change them."""
    return len(_finder(text).every)


@lru_cache(maxsize=4)
def _finder(text: str) -> _Finder:
    """Return what finds the places of a module's text, which is asked about one line after the other."""
    return _Finder(text)


def _called(node: ast.AST) -> str:
    return ast.unparse(node).split("(")[0].split("[")[0].split(".")[-1]


def _called_at_import(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the functions that are called while a module is read: no test runs them, and any may notice what they give."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        if isinstance(node, _FUNCTIONS):
            waiting += node.decorator_list
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)


class _Finder:
    def __init__(self, text: str) -> None:
        self.text, self.tree = text.encode(), ast.parse(text)
        self.dump = ast.dump(self.tree)
        self.called_at_import = set(_called_at_import(self.tree.body))
        self.starts = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.every = list(self.places())

    def line(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset)

    def places(self) -> Iterator[_Place]:
        for node, statement, function in self._walk(self.tree.body, None):
            if (
                isinstance(statement, ast.Raise)
                and isinstance(node, ast.Constant)
                and isinstance(node.value, str)
            ):
                continue
            for start, end, new in self._changes(node):
                yield start, end, new, statement, function

    def new(self, start: int, end: int, new: str) -> str:
        """Return what the line of a place says when it is changed."""
        changed = (self.text[:start] + new.encode() + self.text[end:]).decode().splitlines()
        line = self.line(start)
        return changed[line - 1].strip() if line <= len(changed) else ""

    def mutant(
        self, start: int, end: int, new: str, statement: ast.stmt, function: ast.AST | None
    ) -> Mutant | None:
        text = (self.text[:start] + new.encode() + self.text[end:]).decode()
        try:
            tree = ast.parse(text)
            compile(tree, "mutant", "exec", dont_inherit=True)
            if ast.dump(tree) == self.dump:
                return None
        except SyntaxError:
            return None
        line = self.line(start)
        old, changed = self.text.decode().splitlines(), text.splitlines()
        body = getattr(statement, "body", None)
        last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
        lines = set(range(statement.lineno, max(statement.lineno, last) + 1))
        names: set[str] = set()
        if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):  # a default, a decorator or a base
            names = {statement.name} if isinstance(statement, ast.ClassDef) else set()
            lines = set(range(statement.body[0].lineno, (statement.end_lineno or 0) + 1))
        elif function is None:
            stored = [one for one in ast.walk(statement) if isinstance(getattr(one, "ctx", None), ast.Store)]
            names = {
                one.id if isinstance(one, ast.Name) else one.attr
                for one in stored
                if not isinstance(one, (ast.Tuple, ast.List, ast.Subscript, ast.Starred))
            }  # type: ignore[attr-defined]
        elif isinstance(function, _FUNCTIONS) and "cache" in " ".join(
            map(ast.unparse, function.decorator_list)
        ):
            names = {function.name}  # the first test alone runs it, and the others live on what it gave
        after = changed[line - 1].strip() if line <= len(changed) else ""
        at_import = function is None or getattr(function, "name", "") in self.called_at_import
        return Mutant(line, old[line - 1].strip(), after, text, frozenset(lines), frozenset(names), at_import)

    def _walk(
        self, body: list[ast.stmt], function: ast.AST | None
    ) -> Iterator[tuple[ast.AST, ast.stmt, ast.AST | None]]:
        """Yield each node that may change, with its statement and the function that it stands in."""
        for statement in body:
            if self._is_left_out(statement):
                continue
            inner = statement if isinstance(statement, _FUNCTIONS) else function
            yield statement, statement, function
            for name, value in ast.iter_fields(statement):
                if name in ("annotation", "returns", "type_params"):
                    continue
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.stmt):
                        yield from self._walk([child], inner)
                    elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
                        yield child, statement, function
                        yield from self._walk(child.body, inner)
                        if isinstance(child, ast.match_case) and child.guard:
                            yield from self._expressions(child.guard, statement, function)
                    elif isinstance(child, ast.AST):
                        yield from self._expressions(child, statement, function)

    def _expressions(
        self, node: ast.AST, statement: ast.stmt, function: ast.AST | None
    ) -> Iterator[tuple[ast.AST, ast.stmt, ast.AST | None]]:
        called = isinstance(node, (ast.Call, ast.Subscript)) and _called(node)
        if (
            called in _TYPES
            or called in _WORDS
            or isinstance(node, (ast.JoinedStr, ast.operator, ast.boolop))
        ):
            return
        yield node, statement, function
        for name, child in ast.iter_fields(node):
            if name in ("annotation", "ops", "op"):
                continue
            for one in child if isinstance(child, list) else [child]:
                if isinstance(one, ast.AST) and not (isinstance(one, ast.keyword) and one.arg in _UNTOLD):
                    yield from self._expressions(one, statement, function)

    def _is_left_out(self, statement: ast.stmt) -> bool:
        if isinstance(statement, _FUNCTIONS):
            decorators = {ast.unparse(one).split(".")[-1] for one in statement.decorator_list}
            return statement.name == "__repr__" or bool(decorators & {"overload", "abstractmethod"})
        if isinstance(statement, ast.If):
            return ast.unparse(statement.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            alias = isinstance(statement, ast.AnnAssign) and "TypeAlias" in ast.unparse(statement.annotation)
            return alias or ast.unparse(target) in ("__all__", "__slots__")
        bare = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        words = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        return (
            bare
            or isinstance(statement, (ast.Import, ast.ImportFrom, ast.Assert, ast.Pass))
            or (
                words and _called(statement.value) in _WORDS  # type: ignore[attr-defined]
            )
        )

    def _span(self, node: ast.AST) -> tuple[int, int]:
        start = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    def _source(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self.text[start:end].decode()

    def _between(self, left: ast.AST, right: ast.AST, operator: ast.AST) -> Iterator[tuple[int, int, str]]:
        """Change the operator that stands between two expressions."""
        written, new = _FLIPS.get(type(operator), ("", ""))
        start, end = self._span(left)[1], self._span(right)[0]
        word = written[:1].isalpha()
        pattern = rf"\b{written}\b" if word else written
        if written and (match := re.search(pattern.encode(), self.text[start:end])):
            yield start + match.start(), start + match.end(), new

    def _changes(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        """Yield the changes of one node: from where to where, and what stands there then."""
        match node:
            case ast.Compare():
                operands = [node.left, *node.comparators]
                for left, operator, right in zip(operands, node.ops, operands[1:], strict=False):
                    yield from self._between(left, right, operator)
            case ast.BoolOp():
                for left, right in zip(node.values, node.values[1:], strict=False):
                    yield from self._between(left, right, node.op)
            case ast.BinOp() if not any(self._is_text(one) for one in (node.left, node.right)):
                if not (isinstance(node.op, ast.BitOr) and self._is_type(node)):
                    yield from self._between(node.left, node.right, node.op)
            case ast.AugAssign():
                start, end = self._span(node.target)[1], self._span(node.value)[0]
                yield start, end, " = "
                written, new = _FLIPS.get(type(node.op), ("", ""))
                if written and not self._is_text(node.value):
                    yield start, end, f" {new}= "
            case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
                yield *self._span(node), f"({self._source(node.operand)})"
            case ast.Constant(value=bool(value)):
                yield *self._span(node), str(not value)
            case ast.Constant(value=int(value) | float(value)):
                yield *self._span(node), repr(value + 1)
                if value not in (0, 1):
                    yield *self._span(node), repr(value - 1)
            case ast.Constant(value=str(value)) if value:
                yield *self._span(node), '""'
            case ast.Constant(value=bytes(value)) if value:
                yield *self._span(node), 'b""'
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                if not isinstance(test, (ast.Compare, ast.UnaryOp, ast.Constant)):
                    yield *self._span(test), f"not ({self._source(test)})"
                if isinstance(node, ast.If) and not node.orelse:
                    yield *self._span(test), "False"
            case ast.comprehension():
                for test in node.ifs:
                    yield *self._span(test), "True"
            case ast.Return(value=ast.expr() as value) if not self._is_none(value):
                yield *self._span(value), "None"
            case ast.Expr(value=ast.Call() | ast.Await()) | ast.Delete() | ast.Raise():
                yield *self._span(node), "pass"
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
                yield *self._span(node), "pass"
            case ast.Break() | ast.Continue():
                yield *self._span(node), "continue" if isinstance(node, ast.Break) else "break"
            case ast.ExceptHandler(type=ast.Tuple(elts=elts)):
                for left_out in elts:
                    kept = ", ".join(self._source(one) for one in elts if one is not left_out)
                    yield *self._span(node.type), f"({kept},)" if kept else "()"  # type: ignore[arg-type]
            case ast.ExceptHandler(type=ast.expr() as caught):
                yield *self._span(caught), "()"
            case ast.Slice():
                for bound in (node.lower, node.upper):
                    if bound is not None:
                        yield *self._span(bound), ""
            case ast.Attribute(attr=name) if name in _NAMES:
                end = self._span(node)[1]
                yield end - len(name), end, _NAMES[name]
            case ast.Name(id=name) if name in _NAMES:
                yield *self._span(node), _NAMES[name]

    @staticmethod
    def _is_text(node: ast.expr) -> bool:
        return isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
        )

    @staticmethod
    def _is_none(node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and node.value is None

    @classmethod
    def _is_type(cls, node: ast.BinOp) -> bool:
        """Tell whether this is a union of types: a name that begins with a capital, or None, is in it."""
        sides = (node.left, node.right)
        return any(
            cls._is_none(one)
            or ast.unparse(one).split(".")[-1][:1].isupper()
            or ast.unparse(one) in ("str", "bytes", "int", "float", "bool")
            for one in sides
        )
