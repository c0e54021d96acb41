"""What was measured, as a table for people and as JSON for machines."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from cases import NPM, OURS, Case, Line, Round
from contenders import has_speed_ups

_UNMEASURED = {"duration"}


def row(name: str, number: int, measured: Round) -> str:
    wrong = f"  {measured.wrong} WRONG" if measured.wrong else ""
    return (
        f"round {number}  {name:<24} {measured.throughput:>8,.0f}/s"
        f"  p50 {measured.p50:>7.2f} ms  p99 {measured.p99:>7.2f} ms{wrong}"
    )


@dataclass
class Measured:
    """One case: the rounds of each contender."""

    case: Case
    rounds: dict[str, list[Round]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    same_answers: bool | None = None

    def check(self, answers: dict[str, tuple[int, Any]]) -> None:
        """Refuse to measure a contender that answers wrongly; see whether ours and npm's agree."""
        for name, (status, answer) in answers.items():
            if status != self.case.status:
                raise RuntimeError(f"{name} answers {self.case.name!r} with {status}: {answer}")
        if OURS in answers and NPM in answers and self.case.action in ("execute", "preview"):
            ours, npm = (_without_times(answers[name][1]) for name in (OURS, NPM))
            self.same_answers = ours == npm
            if not self.same_answers and self.case.action == "execute":
                print(f"        the answers differ:\n          ours {ours}\n          npm  {npm}"[:2000])

    def figure(self, name: str, of: str) -> float:
        if of == "memory":
            return self.memory[name]
        return median(getattr(one, of) for one in self.rounds[name])

    def spread(self, name: str) -> float:
        """How far apart the rounds are: (fastest - slowest) / median."""
        throughputs = [one.throughput for one in self.rounds[name]]
        return (max(throughputs) - min(throughputs)) / median(throughputs)

    def ratio(self, line: Line) -> float:
        ours, other = self.figure(line.ours, line.figure), self.figure(line.against, line.figure)
        return ours - other if line.above_ms is not None else ours / other

    def holds(self, line: Line) -> bool:
        ratio = self.ratio(line)
        if line.above_ms is not None:
            return ratio <= line.above_ms
        return ratio >= line.at_least if line.at_least is not None else ratio <= (line.at_most or 0)

    def lines(self) -> list[Line]:
        return [line for line in self.case.lines if {line.ours, line.against} <= set(self.rounds)]

    def verdicts(self) -> list[str]:
        unit = {True: "ms", False: "x"}
        return [
            f"{'holds ' if self.holds(line) else 'MISSED'} {line}: "
            f"{self.ratio(line):.2f} {unit[line.above_ms is not None]}"
            for line in self.lines()
        ]


@dataclass
class Report:
    generator: str
    round_count: int
    seconds: int
    cases: list[Measured] = field(default_factory=list)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def missed(self) -> list[str]:
        return [
            f"{measured.case.name}: {verdict.removeprefix('MISSED ')}"
            for measured in self.cases
            for verdict in measured.verdicts()
            if verdict.startswith("MISSED")
        ]

    def setting(self) -> str:
        return (
            f"CPython {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} "
            f"{platform.machine()}; {self.generator}, {self.round_count} alternating rounds of {self.seconds} s, "
            f"16 connections unless said; uvicorn {version('uvicorn')}, "
            f"one worker, {'uvloop and httptools' if has_speed_ups() else 'asyncio and h11'} unless said."
        )

    def markdown(self) -> str:
        lines = [
            self.setting(),
            "",
            "| case | contender | requests/s | spread | p50 ms | p99 ms | RSS MiB | ours / it |",
            "|---|---|--:|--:|--:|--:|--:|--:|",
        ]
        for measured in self.cases:
            for name in measured.rounds:
                ours = next(iter(measured.rounds))
                ratio = (
                    ""
                    if name == ours
                    else f"{measured.figure(ours, 'throughput') / measured.figure(name, 'throughput'):.2f}"
                )
                lines.append(
                    f"| {measured.case.name if name == ours else ''} | {name} "
                    f"| {measured.figure(name, 'throughput'):,.0f} | {measured.spread(name):.0%} "
                    f"| {measured.figure(name, 'p50'):.2f} | {measured.figure(name, 'p99'):.2f} "
                    f"| {measured.memory.get(name, 0):.0f} | {ratio} |"
                )
        verdicts = [(m.case.name, verdict) for m in self.cases for verdict in m.verdicts()]
        if verdicts:
            lines += ["", "| case | line | measured |", "|---|---|---|"]
            for name, verdict in verdicts:
                kept, _, rest = verdict.partition(" ")
                line, _, value = rest.strip().rpartition(": ")
                lines.append(f"| {name} | {line} | {value}{'' if kept == 'holds' else ', **missed**'} |")
        if self.figures:
            lines += ["", "| figure | |", "|---|---|"]
            for name, figure in self.figures.items():
                shown = "; ".join(f"{key}: {value}" for key, value in figure.items())
                lines.append(f"| {name} | {shown} |")
        return "\n".join(lines) + "\n"

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        data = {
            "setting": self.setting(),
            "python": sys.version,
            "cases": [
                {
                    "name": measured.case.name,
                    "same answers as the npm package": measured.same_answers,
                    "memory": measured.memory,
                    "rounds": {
                        name: [asdict(one) for one in rounds] for name, rounds in measured.rounds.items()
                    },
                    "lines": [
                        {"line": str(line), "measured": measured.ratio(line), "holds": measured.holds(line)}
                        for line in measured.lines()
                    ],
                }
                for measured in self.cases
            ],
            "figures": self.figures,
        }
        (folder / "performance.json").write_text(json.dumps(data, indent=2) + "\n")
        (folder / "performance.md").write_text(self.markdown())

    def write_into(self, page: Path) -> None:
        """Put the tables between the marks of a page."""
        before, _, rest = page.read_text().partition(_BEGIN)
        _, _, after = rest.partition(_END)
        page.write_text(f"{before}{_BEGIN}\n\n{self.markdown()}\n{_END}{after}")


def earlier(folder: Path, cases: list[Case]) -> tuple[dict[str, Measured], dict[str, dict[str, Any]]]:
    """What the last run that wrote to `folder` measured, by name: cases and figures."""
    path = folder / "performance.json"
    if not path.exists():
        return {}, {}
    written = json.loads(path.read_text())
    by_name = {case.name: case for case in cases}
    measured = {
        one["name"]: Measured(
            by_name[one["name"]],
            {name: [Round(**each) for each in rounds] for name, rounds in one["rounds"].items()},
            one["memory"],
            one["same answers as the npm package"],
        )
        for one in written["cases"]
        if one["name"] in by_name
    }
    return measured, written["figures"]


_BEGIN, _END = "<!-- figures begin -->", "<!-- figures end -->"


def _without_times(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {key: _without_times(value) for key, value in answer.items() if key not in _UNMEASURED}
    return answer
