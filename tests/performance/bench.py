"""Measure the bridge beside the npm package and beside bare routes, and the toolkit beside what it is built on.

    python tests/performance/bench.py                    # all of it: an hour; `make bench` does this
    python tests/performance/bench.py --quick            # one round of a second each, small sizes
    python tests/performance/bench.py --case "plain email" --rounds 3    # what has that in its name

Needs Node and npm for the npm package (installed on demand into `npm/node_modules`) and uses wrk where it is there.
Rounds alternate between the contenders, so that what else the machine does falls on all of them. Each case is written
to `results/` when it is done; cases that are not measured now stay there as they were, and the report says so.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from cases import NPM, Job, Load, all_cases
from contenders import RESULTS, Contender, Program, Server, has_speed_ups, npm_is_there, prepare
from report import Measured, Report, earlier, row


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped then, too
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one short round, and small sizes")
    parser.add_argument("--rounds", type=int, help="5 if left out")
    parser.add_argument("--seconds", type=int, default=2, help="of one round of one contender")
    parser.add_argument(
        "--case", action="append", default=[], metavar="NAME", help="what has that in its name"
    )
    parser.add_argument("--list", action="store_true", help="only say which cases there are")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder of the JSON and the table")
    parser.add_argument(
        "--docs", type=Path, help="a page whose part between the figures' marks is written anew"
    )
    options = parser.parse_args()
    rounds = options.rounds or (1 if options.quick else 5)
    seconds = 1 if options.quick else options.seconds

    every = all_cases(has_speed_ups(), options.quick)
    names = [name.lower() for name in options.case]
    cases = [case for case in every if not names or any(name in case.name.lower() for name in names)]
    if options.list or not cases:
        sys.exit("\n".join(case.name for case in cases or every))
    with_npm = npm_is_there()
    if not with_npm:
        print("  no Node here: the npm package is left out", file=sys.stderr)
    prepare()
    options.output.mkdir(parents=True, exist_ok=True)

    report = Report(datetime.now().isoformat(timespec="seconds"), rounds, seconds, not options.quick)
    known = earlier(options.output, every)
    started = time.monotonic()
    failed = []
    for number, case in enumerate(cases, 1):
        print(f"[{_clock(started)}] {number}/{len(cases)} {case.name}", flush=True)
        try:
            known[case.name] = _measure(case, report.run, rounds, seconds, with_npm, quick=options.quick)
        except Exception as error:  # one case that cannot be had is no reason to lose the others
            failed.append(f"{case.name}: {error}")
            print(f"        FAILED {error}", flush=True)
            continue
        report.cases = [known[one.name] for one in every if one.name in known]
        report.write(options.output)
        for line, value, holds in known[case.name].verdicts():
            print(f"        {'holds ' if holds else 'MISSED'} {line}: {value:.2f}", flush=True)
    if options.docs and report.cases:
        report.write_into(options.docs)
    print(f"\n{report.markdown() if report.cases else ''}\n[{_clock(started)}] written to {options.output}/")
    sys.exit("\n".join(["These could not be measured:", *failed]) if failed else 0)


def _measure(
    case: Load | Job, run: str, rounds: int, seconds: int, with_npm: bool, *, quick: bool
) -> Measured:
    contenders = [name for name in case.contenders if name != NPM or with_npm]
    measured = Measured(case, run)
    with ExitStack() as running:
        made: dict[str, Contender] = {
            name: running.enter_context(Server(name, case) if isinstance(case, Load) else Program(name, case))
            for name in contenders
        }
        servers = {name: one for name, one in made.items() if isinstance(one, Server)}
        if servers:
            measured.check({name: server.ask() for name, server in servers.items()})
        for server in servers.values():
            server.warm_up(*([1] if quick else []))
        for number in range(rounds):
            # another one goes first each time
            for name in contenders[number % len(contenders) :] + contenders[: number % len(contenders)]:
                measured.rounds.setdefault(name, []).append(made[name].round(seconds))
                print(f"        {row(name, number + 1, measured.rounds[name][-1])}", flush=True)
    measured.rounds = {name: measured.rounds[name] for name in contenders}
    return measured


def _clock(started: float) -> str:
    minutes, seconds = divmod(int(time.monotonic() - started), 60)
    return f"{minutes:02d}:{seconds:02d}"


if __name__ == "__main__":
    main()
