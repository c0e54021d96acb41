"""Measure the bridge beside the npm package and beside bare routes, on loopback. `make bench` runs it.

    python tests/performance/bench.py                  # all of it: about a quarter of an hour
    python tests/performance/bench.py --quick          # two rounds of a second each, small figures
    python tests/performance/bench.py --only digest    # what has that in its name; the rest stays as last measured

Needs Node and npm for the npm package (installed on demand into `npm/node_modules`) and uses wrk where it is
there. Rounds alternate between the contenders, so that what else the machine does falls on all of them.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from cases import NPM, Case, Round, all_cases
from contenders import COMMANDS, Server, Setting, has_speed_ups, npm_is_there
from figures import Figure, all_figures
from load import drive, generator
from report import Measured, Report, earlier, row

HERE = Path(__file__).parent


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped then, too
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="two short rounds and small figures")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of one round of one contender")
    parser.add_argument(
        "--only", action="append", default=[], metavar="TEXT", help="cases and figures by name"
    )
    parser.add_argument(
        "--output", type=Path, default=HERE / "results", help="folder of the JSON and the table"
    )
    parser.add_argument(
        "--docs", type=Path, help="a page whose part between the figures' marks is written anew"
    )
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 2, 1

    def wanted(name: str) -> bool:
        return not options.only or any(text.lower() in name.lower() for text in options.only)

    every_case, every_figure = all_cases(has_speed_ups()), all_figures(options.quick)
    cases = [case for case in every_case if wanted(case.name)]
    figures = [figure for figure in every_figure if wanted(figure.name)]
    with_npm = npm_is_there()
    if not with_npm:
        print("  no Node here: the npm package is left out", file=sys.stderr)

    report = Report(generator(), options.rounds, options.seconds)
    known, known_figures = earlier(options.output, every_case) if options.only else ({}, {})
    started = time.monotonic()
    for number, case in enumerate(cases, 1):
        print(f"[{_clock(started)}] {number}/{len(cases)} {case.name}", flush=True)
        measured = _measure(case, options.rounds, options.seconds, with_npm)
        known[case.name] = measured
        for line in measured.verdicts():
            print(f"        {line}", flush=True)
    for figure in figures:
        print(f"[{_clock(started)}] {figure.name}", flush=True)
        known_figures[figure.name] = _measured_figure(figure)
    report.cases = [known[case.name] for case in every_case if case.name in known]
    report.figures = {one.name: known_figures[one.name] for one in every_figure if one.name in known_figures}
    report.write(options.output)
    if options.docs:
        report.write_into(options.docs)
    print(f"\n{report.markdown()}\n[{_clock(started)}] written to {options.output}/")
    missed = report.missed()
    print(f"{len(missed)} lines missed" + "".join(f"\n  {line}" for line in missed))


def _measure(case: Case, rounds: int, seconds: int, with_npm: bool) -> Measured:
    contenders = [name for name in case.contenders if name != NPM or with_npm]
    setting = Setting(strict=case.strict, workflows=case.workflows)
    measured = Measured(case)
    with ExitStack() as running:
        servers = {name: running.enter_context(Server(COMMANDS[name], setting)) for name in contenders}
        answers = {name: servers[name].ask(case) for name in contenders}
        measured.check(answers)
        for name in contenders:  # not counted: V8 compiles what is hot, Python fills its caches
            _round(case, servers[name], 1)
        for number in range(rounds):
            # another one goes first each time
            for name in contenders[number % len(contenders) :] + contenders[: number % len(contenders)]:
                measured.rounds.setdefault(name, []).append(_round(case, servers[name], seconds))
                print(f"        {row(name, number + 1, measured.rounds[name][-1])}", flush=True)
        measured.memory = {name: servers[name].memory_mb() for name in contenders}
    return measured


def _round(case: Case, server: Server, seconds: int) -> Round:
    return drive(
        server.url + case.path,
        case.method,
        case.headers(),
        case.body,
        connections=case.connections,
        seconds=seconds,
        status=case.status,
    )


def _measured_figure(figure: Figure) -> dict[str, Any]:
    try:
        result = figure.measure()
    except Exception as error:  # one figure that cannot be had is no reason to lose the others
        result = {"failed": f"{type(error).__name__}: {error}"}
    for name, value in result.items():
        print(f"        {name}: {value}", flush=True)
    return result


def _clock(started: float) -> str:
    minutes, seconds = divmod(int(time.monotonic() - started), 60)
    return f"{minutes:02d}:{seconds:02d}"


if __name__ == "__main__":
    main()
