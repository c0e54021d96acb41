"""Convert the data of caniemail.com, as the npm package `caniemail` (MIT) brings it, to what the checks need.

    npm pack caniemail && tar xzf caniemail-*.tgz
    python -m tests.content_checks.caniemail package/dist/data/caniemail.json package/LICENSE

Of each feature it keeps the clients whose newest version does not support it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[2] / "novu_framework_testing/checks/caniemail.json"


def converted(data: dict[str, Any], licence: str) -> dict[str, Any]:
    """Return the clients by `family.platform`, and the places of those that do not support a feature."""
    names = data["nicenames"]
    clients = {
        f"{family}.{platform}": f"{names['family'][family]} ({names['platform'][platform]})"
        for feature in data["data"]
        for family, platforms in feature["stats"].items()
        for platform in platforms
    }
    clients = dict(sorted(clients.items()))
    places = {client: place for place, client in enumerate(clients)}
    features = {}
    for feature in data["data"]:
        newest = {
            places[f"{family}.{platform}"]: list(versions.values())[-1]
            for family, platforms in feature["stats"].items()
            for platform, versions in platforms.items()
        }
        features[feature["slug"]] = sorted(place for place, said in newest.items() if said.startswith("n"))
    return {
        "source": "https://www.caniemail.com, through the npm package caniemail",
        "date": data["last_update_date"][:10],
        "licence": licence,
        "clients": clients,
        "features": features,
    }


if __name__ == "__main__":
    source, licence = map(Path, sys.argv[1:3])
    result = converted(json.loads(source.read_text("utf-8")), licence.read_text("utf-8").strip())
    lines = json.dumps(result, ensure_ascii=False, indent=1)
    # one feature a line
    import re

    TARGET.write_text(
        re.sub(r"\[\s+([^\]]*?)\s+\]", lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", lines) + "\n",
        "utf-8",
    )
    print(
        f"{TARGET.name}: {len(result['features'])} features, {len(result['clients'])} clients, of {result['date']}"
    )
