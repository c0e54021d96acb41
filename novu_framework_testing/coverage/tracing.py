"""Seeing which parts of a function run: by `sys.monitoring` where Python has it (3.12), which costs next to nothing, else by a trace
function while the function runs, which hands on to the one that is there (coverage.py's, a debugger's)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import CodeType, FrameType
from typing import Any, Protocol

from novu_framework_testing.coverage.facts import CodePart
from novu_framework_testing.coverage.parts import Parts

_TOOLS = (4, 3)
"""The numbers of tools that Python keeps for nobody."""


class Tracer(Protocol):
    """A way to see which parts of functions run; `has_window` where they are only seen inside `running`."""

    has_window: bool

    def follow(self, parts: Parts, ran: set[CodePart]) -> None:
        """Put the parts of a function in `ran` as they run, from now on."""
        ...

    def running(self, code: CodeType) -> AbstractContextManager[None]:
        """Look at a function while it runs inside the block."""
        ...

    def stop(self) -> None:
        """Look no more."""
        ...


def tracer() -> Tracer:
    """Start to look, in the way that this Python has."""
    monitoring: Any = getattr(sys, "monitoring", None)
    free = (tool for tool in _TOOLS if monitoring and monitoring.get_tool(tool) is None)
    tool = next(free, None)
    return _TraceFunction() if tool is None else _Monitoring(monitoring, tool)


class _Monitoring:
    """Events of single functions, each line of which tells once."""

    has_window = False

    def __init__(self, monitoring: Any, tool: int) -> None:
        self._monitoring, self._tool = monitoring, tool
        self._followed: dict[int, tuple[Parts, set[CodePart]]] = {}
        events = monitoring.events
        monitoring.use_tool_id(tool, "novu-framework")
        self._events = events.PY_START | events.LINE | events.BRANCH
        monitoring.register_callback(tool, events.PY_START, self._start)
        monitoring.register_callback(tool, events.LINE, self._line)
        monitoring.register_callback(tool, events.BRANCH, self._branch)

    def follow(self, parts: Parts, ran: set[CodePart]) -> None:
        for code in parts.codes:
            self._followed[id(code)] = parts, ran
            self._monitoring.set_local_events(self._tool, code, self._events)

    def running(self, code: CodeType) -> AbstractContextManager[None]:
        return nullcontext()

    def stop(self) -> None:
        for parts, _ in self._followed.values():
            for code in parts.codes:
                self._monitoring.set_local_events(self._tool, code, 0)
        self._monitoring.free_tool_id(self._tool)

    def _start(self, code: CodeType, offset: int) -> Any:
        return self._line(
            code, code.co_firstlineno
        )  # 3.13.0 has no event for the line of a lambda on one line

    def _line(self, code: CodeType, line: int) -> Any:
        parts, ran = self._followed[id(code)]
        if (part := parts.lines.get(line)) is not None:
            ran.add(part)
        return self._monitoring.DISABLE

    def _branch(self, code: CodeType, offset: int, destination: int) -> Any:
        parts, ran = self._followed[id(code)]
        jump = parts.jumps.get((id(code), offset))
        if jump is None:
            return self._monitoring.DISABLE
        if (part := jump.taken if destination == jump.target else jump.passed) is not None:
            ran.add(part)
        return self._monitoring.DISABLE if {jump.taken, jump.passed} <= {*ran, None} else None


class _TraceFunction:
    """A trace function for the time in which a function runs."""

    has_window = True

    def __init__(self) -> None:
        self._followed: dict[int, tuple[Parts, set[CodePart]]] = {}

    def follow(self, parts: Parts, ran: set[CodePart]) -> None:
        self._followed.update(dict.fromkeys(map(id, parts.codes), (parts, ran)))

    @contextmanager
    def running(self, code: CodeType) -> Iterator[None]:
        parts, ran = self._followed.get(id(code), (None, set()))
        before = sys.gettrace()
        if parts is None or len(ran) == len(parts.every) or getattr(before, "novu_coverage", False):
            yield
            return
        trace = _trace_function(self._followed, before)
        sys.settrace(trace)
        try:
            yield
        finally:
            if sys.gettrace() is trace:
                sys.settrace(before)

    def stop(self) -> None:
        self._followed.clear()


def _trace_function(followed: dict[int, tuple[Parts, set[CodePart]]], before: Any) -> Callable[..., Any]:
    """Return a trace function that follows frames of the functions, and hands every event on to `before`."""

    def called(frame: FrameType, event: str, arg: Any) -> Any:
        theirs = before(frame, event, arg) if before is not None else None
        if theirs is not None or before is not None:
            sys.settrace(called)  # coverage.py puts itself in our place when it is called
        if (entry := followed.get(id(frame.f_code))) is None:
            return theirs
        parts, ran = entry
        if parts.jumps:
            frame.f_trace_opcodes = True
        code, last = id(frame.f_code), -1

        def inside(frame: FrameType, event: str, arg: Any) -> Any:
            nonlocal theirs, last
            if event == "opcode":
                here = frame.f_lasti
                if (jump := parts.jumps.get((code, last))) is not None:
                    ran.add(part) if (part := jump.taken if here == jump.target else jump.passed) else None
                last = here
            else:
                if event == "line" and (part := parts.lines.get(frame.f_lineno)) is not None:
                    ran.add(part)
                if theirs is not None:
                    theirs = theirs(frame, event, arg)
            return inside

        return inside

    called.novu_coverage = True  # type: ignore[attr-defined]
    return called
