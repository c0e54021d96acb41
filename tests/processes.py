"""Python in a process of its own, as a reader of the documentation starts it, without the second that imports take.

The process is a fork of one in which pytest and the packages are loaded already, but nothing has run. Windows has no
fork, and starts Python.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import IO, Any

LONG = 300
"""Seconds after which a process hangs, on a loaded machine too."""


def python(
    *arguments: str, cwd: Path, env: Mapping[str, str], input: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `python <arguments>`: `-m` with a module's name, or a file. Give its exit status and what it wrote."""
    command = [sys.executable, *arguments]
    # that plugin is half of what a fork would import
    env = {**env, "PYTEST_ADDOPTS": f"{env.get('PYTEST_ADDOPTS', '')} -p no:langsmith_plugin"}
    if not can_fork():
        return subprocess.run(command, cwd=cwd, env=dict(env), input=input, capture_output=True, check=False, encoding="utf-8", timeout=LONG)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder, name) for name in ("in", "out", "err")]
        streams[0].write_text(input, encoding="utf-8")
        process = _context().Process(target=_run, args=(arguments, cwd, dict(env), streams))
        process.start()
        process.join(LONG)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(command, LONG)
        written = [stream.read_text(encoding="utf-8") for stream in streams[1:]]
        return subprocess.CompletedProcess(command, process.exitcode, *written)


class Piped:
    """A fork in place of a `subprocess.Popen` of Python, with pipes to what it reads and from what it writes."""

    def __init__(self, run: Callable[..., None], cwd: Path, env: Mapping[str, str], *arguments: Any) -> None:
        context = _context()
        read, self._stdin = context.Pipe(duplex=False)
        self._stdout, write = context.Pipe(duplex=False)
        self._process = context.Process(target=_piped, args=(run, cwd, dict(env), read, write, *arguments))
        self._process.start()
        read.close()
        write.close()
        self.stdin = os.fdopen(os.dup(self._stdin.fileno()), "wb")
        self.stdout = os.fdopen(os.dup(self._stdout.fileno()), "rb")
        self._stdin.close()
        self._stdout.close()

    def wait(self) -> int | None:
        self._process.join(LONG)
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def communicate(self) -> None:
        self.stdin.close()
        self.stdout.close()
        self.wait()


def worker() -> Piped:
    """Start what execnet starts for a worker of pytest-xdist."""
    return Piped(_work, Path.cwd(), os.environ)


def module(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], stderr: IO[bytes], **_: Any
) -> Piped:
    """Start `python -m <module> <arguments>`, as `subprocess.Popen` does."""
    said = Connection(os.dup(stderr.fileno()))
    return Piped(_module, cwd, env, command[1:], said)


def can_fork() -> bool:
    """Tell whether processes are forks here."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warm"])
    return context


def _piped(run: Callable[..., None], cwd: Path, env: dict[str, str], *streams_and_arguments: Any) -> None:
    read, write, *arguments = streams_and_arguments
    os.dup2(read.fileno(), 0)
    os.dup2(write.fileno(), 1)
    read.close()
    write.close()
    run(cwd, env, *arguments)


def _module(cwd: Path, env: dict[str, str], arguments: Sequence[str], said: Connection) -> None:
    os.dup2(said.fileno(), 2)
    said.close()
    _start(tuple(arguments), cwd, env)


def _work(cwd: Path, env: dict[str, str]) -> None:
    _settle(cwd, env)
    sys.argv = ["-c"]
    exec("exec(eval(sys.stdin.readline()))", {"__name__": "__main__", "sys": sys})


def _settle(cwd: Path, env: dict[str, str]) -> None:
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")
    )
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)


def _run(arguments: tuple[str, ...], cwd: Path, env: dict[str, str], streams: list[Path]) -> None:
    for number, stream in enumerate(streams):
        file = os.open(stream, os.O_RDWR | os.O_CREAT)
        os.dup2(file, number)
        os.close(file)
    _start(arguments, cwd, env)


def _start(arguments: tuple[str, ...], cwd: Path, env: dict[str, str]) -> None:
    _settle(cwd, env)
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in env
    is_module = arguments[0] == "-m"
    sys.argv = list(arguments[is_module:])
    start = str(cwd) if is_module else str(Path(arguments[0]).resolve().parent)
    sys.path[:] = [
        start,
        *filter(None, env.get("PYTHONPATH", "").split(os.pathsep)),
        *(one for one in sys.path if one),
    ]
    if is_module:
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(arguments[0], run_name="__main__")
