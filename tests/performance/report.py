"""What was measured, as tables for people and as JSON for machines."""

from __future__ import annotations

import json
import math
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from cases import NPM, OURS, UNITS, Case, Job, Line, Load
from contenders import has_speed_ups
from load import generator
from measures import Round

_UNMEASURED = {"duration"}


def row(name: str, number: int, measured: Round) -> str:
    wrong = f"  {measured.wrong} WRONG" if measured.wrong else ""
    return (
        f"round {number}  {name:<28} {_shown(measured.throughput)}/s  CPU {_shown(measured.cpu_us)} us"
        f"  p50 {_shown(measured.p50)} ms  p99 {_shown(measured.p99)} ms{wrong}"
    )


@dataclass
class Measured:
    """One case: the rounds of each contender.

    Attributes:
        run: The run of the bench that measured it.
        smaller: The same case of the next smaller size, from which it grew.
    """

    case: Case
    run: str = ""
    rounds: dict[str, list[Round]] = field(default_factory=dict)
    same_answers: bool | None = None
    smaller: Measured | None = None

    def check(self, answers: dict[str, tuple[int, Any]]) -> None:
        """Refuse to measure a contender that answers wrongly, or otherwise than ours."""
        assert isinstance(self.case, Load)
        for name, (status, answer) in answers.items():
            if status != self.case.status:
                raise RuntimeError(f"{name} answers {self.case.name!r} with {status}: {str(answer)[:1000]}")
        if self.case.action == "discover" or self.case.status != 200:
            return  # they name themselves in it
        (ours, *others) = ((name, _without_times(answer)) for name, (_, answer) in answers.items())
        different = [(name, answer) for name, answer in others if answer != ours[1]]
        self.same_answers = not different
        for name, answer in different:
            said = f"        {name} answers otherwise:\n          {answer}\n          ours: {ours[1]}"[:2000]
            if self.case.action == "preview":
                print(said)  # made-up values
            else:
                raise RuntimeError(said)

    def figure(self, name: str, of: str) -> float:
        """The median of the rounds; NaN where it was not measured."""
        if of == "growth":
            return self.growth(name)
        found = [value for one in self.rounds[name] if (value := getattr(one, of)) is not None]
        return median(found) if found else math.nan

    def growth(self, name: str) -> float:
        """The exponent with which CPU time grows from the next smaller size to this one; 1 is linear."""
        if self.smaller is None or name not in self.smaller.rounds:
            return math.nan
        ratio = self.figure(name, "cpu_us") / self.smaller.figure(name, "cpu_us")
        exponent = math.log(ratio) / math.log(self.case.size / self.smaller.case.size)
        return exponent + (isinstance(self.case, Job) and self.case.per_item)

    def spread(self, name: str) -> float:
        """How far apart the rounds are: (fastest - slowest) / median."""
        throughputs = [one.throughput for one in self.rounds[name]]
        return (max(throughputs) - min(throughputs)) / median(throughputs)

    def ratios(self, ours: str, other: str, of: str) -> list[float]:
        """Our figure over another's, round by round."""
        pairs = zip(self.rounds[ours], self.rounds[other], strict=True)
        return [getattr(a, of) / getattr(b, of) for a, b in pairs if getattr(a, of) and getattr(b, of)]

    def measure(self, line: Line) -> float:
        ours = self.figure(line.ours or next(iter(self.rounds)), line.measure)
        return ours / self.figure(line.against, line.measure) if line.against else ours

    def verdicts(self) -> Iterator[tuple[Line, float, bool]]:
        """Each line with what was measured, and whether it holds."""
        for line in self.case.lines:
            if {line.ours, line.against} - {None} <= set(self.rounds):
                measured = self.measure(line)
                if not math.isnan(measured):
                    yield line, measured, line.holds(measured)


@dataclass
class Report:
    run: str
    round_count: int
    seconds: int
    warmed: bool = True
    cases: list[Measured] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.setting = (
            f"CPython {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} "
            f"{platform.machine()}; {generator()}, {self.round_count} alternating rounds of {self.seconds} s, "
            f"{'each server warmed for 4,000 requests or half a minute' if self.warmed else 'NOTHING WARMED UP'}, "
            f"16 connections unless said; uvicorn {version('uvicorn')}, "
            f"one worker, {'uvloop and httptools' if has_speed_ups() else 'asyncio and h11'} unless said."
        )

    def link_sizes(self) -> None:
        """Let each case that has a size know the next smaller one."""
        for measured in self.cases:
            case = measured.case
            below = [
                one
                for one in self.cases
                if case.series and one.case.series == case.series and one.case.size < case.size
            ]
            measured.smaller = max(below, key=lambda one: one.case.size, default=None)

    def missed(self) -> list[str]:
        return [
            f"{measured.case.name}: {line}: {_value(line, value)}"
            for measured in self.cases
            for line, value, holds in measured.verdicts()
            if not holds
        ]

    def losing(self) -> list[str]:
        """The cases in which the npm package is faster: in requests a second, CPU time or p99."""
        lost = []
        for measured in self.cases:
            if not {OURS, NPM} <= set(measured.rounds):
                continue
            parts = [
                f"{words} {measured.figure(OURS, of) / measured.figure(NPM, of):.2f} of its"
                for of, words, better in (
                    ("throughput", "throughput", 1),
                    ("cpu_us", "CPU time", -1),
                    ("p99", "p99", -1),
                )
                if (measured.figure(OURS, of) - measured.figure(NPM, of)) * better < 0
            ]
            if parts:
                lost.append(f"{measured.case.name}: {', '.join(parts)}")
        return lost

    def markdown(self) -> str:
        return (
            "\n".join(
                [
                    self.setting,
                    "",
                    *self._summary(),
                    "",
                    *self._table(),
                    "",
                    *self._lines(),
                    *self._other_runs(),
                ]
            )
            + "\n"
        )

    def _summary(self) -> Iterator[str]:
        first = self.cases[0]
        if {OURS, NPM} <= set(first.rounds):
            ratios = first.ratios(OURS, NPM, "throughput")
            yield (
                f"The {first.case.name} has {first.figure(OURS, 'throughput') / first.figure(NPM, 'throughput'):.2f} "
                f"times the throughput of the npm package ({min(ratios):.2f} to {max(ratios):.2f} from round to round)."
            )
        for title, none, found in (
            (
                "The npm package is ahead in:",
                "The npm package is ahead in no case, in throughput, CPU time or p99.",
                self.losing(),
            ),
            ("Lines that are missed:", "No line is missed.", self.missed()),
        ):
            yield from ("", f"{title}\n" if found else none, *(f"- {one}" for one in found))

    def _table(self) -> Iterator[str]:
        yield "| case | contender | a second | spread | CPU us | p50 ms | p99 ms | MiB | ours / it | growth |"
        yield "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"
        for measured in self.cases:
            ours = next(iter(measured.rounds))
            for name in measured.rounds:
                ratio = ""
                if name != ours:
                    every = measured.ratios(ours, name, "throughput")
                    whole = measured.figure(ours, "throughput") / measured.figure(name, "throughput")
                    ratio = f"{whole:.2f} ({min(every):.2f}-{max(every):.2f})"
                growth = measured.growth(name)
                cells = [
                    measured.case.name if name == ours else "",
                    name,
                    _shown(measured.figure(name, "throughput")),
                    f"{measured.spread(name):.0%}",
                    *(_shown(measured.figure(name, of)) for of in ("cpu_us", "p50", "p99", "memory")),
                    ratio,
                    "" if math.isnan(growth) else f"{growth:.2f}",
                ]
                yield f"| {' | '.join(cells)} |"

    def _lines(self) -> Iterator[str]:
        yield from ("| case | line | measured |", "|---|---|---|")
        for measured in self.cases:
            for line, value, holds in measured.verdicts():
                yield f"| {measured.case.name} | {line} | {_value(line, value)}{'' if holds else ', **missed**'} |"

    def _other_runs(self) -> Iterator[str]:
        others = [measured.case.name for measured in self.cases if measured.run != self.run]
        if others:
            yield from ("", f"Measured in another run than the rest: {'; '.join(others)}.")

    def write(self, folder: Path) -> None:
        self.link_sizes()
        data = {
            "setting": self.setting,
            "python": sys.version,
            "cases": [
                {
                    "name": measured.case.name,
                    "run": measured.run,
                    "same answers": measured.same_answers,
                    "rounds": {
                        name: [asdict(one) for one in rounds] for name, rounds in measured.rounds.items()
                    },
                    "lines": [
                        {"line": str(line), "measured": value, "holds": holds}
                        for line, value, holds in measured.verdicts()
                    ],
                }
                for measured in self.cases
            ],
        }
        (folder / "performance.json").write_text(json.dumps(data, indent=2) + "\n")
        (folder / "performance.md").write_text(self.markdown())

    def write_into(self, page: Path) -> None:
        """Put the tables between the marks of a page."""
        before, _, rest = page.read_text().partition(_BEGIN)
        _, _, after = rest.partition(_END)
        page.write_text(f"{before}{_BEGIN}\n\n{self.markdown()}\n{_END}{after}")


def earlier(folder: Path, cases: Sequence[Case]) -> dict[str, Measured]:
    """What earlier runs wrote to `folder`, by the name of the case."""
    path = folder / "performance.json"
    if not path.exists():
        return {}
    by_name = {case.name: case for case in cases}
    return {
        one["name"]: Measured(
            by_name[one["name"]],
            one["run"],
            {name: [Round(**each) for each in rounds] for name, rounds in one["rounds"].items()},
            one["same answers"],
        )
        for one in json.loads(path.read_text())["cases"]
        if one["name"] in by_name
    }


_BEGIN, _END = "<!-- figures begin -->", "<!-- figures end -->"


def _shown(value: float | None) -> str:
    if value is None or math.isnan(value):
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _value(line: Line, value: float) -> str:
    return f"{value:.2f} x" if line.against else f"{value:,.2f}{UNITS.get(line.measure, '')}"


def _without_times(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {key: _without_times(value) for key, value in answer.items() if key not in _UNMEASURED}
    return answer
