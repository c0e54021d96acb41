"""Random agents and events, run by the npm package and by our bridge, and how often the turns agree.

    python tests/contract/agents/unseen.py --seed 1 --turns 500

Needs Node, and the packages of `package.json` beside this file (`npm install --no-package-lock`). Prints every turn that differs,
then the number; exits with 1 below 99.5%.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from tests.contract.agents.random_turns import random_agent, random_exchange  # noqa: E402
from tests.contract.agents.replaying import Bridge  # noqa: E402

AT_ONCE = 50


class Package:
    """The npm package, running turns in a process of its own."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(["node", "unseen.mjs"], cwd=HERE, stdin=pipe, stdout=pipe, text=True)

    def turns(self, agents: list[Any], exchanges: list[Any]) -> list[dict[str, Any]]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"agents": agents, "exchanges": exchanges}) + "\n")
        self._process.stdin.flush()
        turns: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return turns

    def close(self) -> None:
        self._process.communicate()


async def run(seed: int, count: int) -> bool:
    chance = random.Random(seed)
    package = Package()
    agreed = asked = 0
    while asked < count:
        agents = [random_agent(chance, f"bot-{asked + number}") for number in range(AT_ONCE)]
        exchanges = [random_exchange(chance, agent) for agent in agents]
        bridge = Bridge(agents, is_async=chance.random() < 0.7)
        for agent, exchange, theirs in zip(agents, exchanges, package.turns(agents, exchanges), strict=True):
            request = exchange["request"]
            ours = await bridge.turn(
                request["method"], request["query"], request["body"], exchange["answers"]
            )
            asked += 1
            agreed += ours == theirs
            if ours != theirs:
                show(agent, exchange, ours, theirs)
    package.close()
    print(f"seed {seed}: {agreed} of {asked} turns agree ({agreed / asked:.2%})")
    return agreed / asked >= 0.995


def show(agent: Any, exchange: Any, ours: Any, theirs: Any) -> None:
    print(f"--- {json.dumps(agent)}\n    {json.dumps(exchange)[:3000]}")
    for one, other in zip(
        [theirs["response"], *theirs["posts"]], [ours["response"], *ours["posts"]], strict=False
    ):
        if one != other:
            print(f"    package: {json.dumps(one)}\n    ours:    {json.dumps(other)}")
    if len(ours["posts"]) != len(theirs["posts"]):
        print(f"    {len(theirs['posts'])} posts of the package, {len(ours['posts'])} of ours")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--turns", type=int, default=500)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    raise SystemExit(0 if asyncio.run(run(options.seed, options.turns)) else 1)


if __name__ == "__main__":
    main()
