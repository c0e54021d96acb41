"""Makes the list of the names of emoji: `python -m tests.emoji_names`. It needs npm.

The names are those that Slack has, from the npm package emoji-datasource.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import textwrap
from pathlib import Path

VERSION = "16.0.0"
LIST = Path(__file__).parents[1] / "novu_framework_testing/review/page/emoji.js"
MORE = {"thinking": "🤔", "shopping_cart": "🛒"}
"""Names that other chats have for them."""


def names(package: Path) -> dict[str, str]:
    """Return the emoji of each name."""
    found = {
        name: "".join(chr(int(code, 16)) for code in each["unified"].split("-"))
        for each in json.loads((package / "emoji.json").read_text("utf-8"))
        for name in each["short_names"]
    }
    return dict(sorted((MORE | found).items()))


def main() -> None:
    """Write the list anew."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", f"emoji-datasource@{VERSION}"], cwd=folder, check=True)
        package = Path(folder) / "node_modules" / "emoji-datasource"
        pairs = " ".join(f"{name} {sign}" for name, sign in names(package).items())
        licence = textwrap.indent(
            (package / "LICENSE").read_text("utf-8").strip(), " * ", lambda _: True
        ).replace(" * \n", " *\n")
    lines = "\n".join(textwrap.wrap(pairs, 160, break_long_words=False, break_on_hyphens=False))
    LIST.write_text(
        "// The short names of emoji, each with its sign; the sentences of the review read this file too.\n"
        f"/* Made by tests/emoji_names.py from emoji-datasource {VERSION}:\n *\n{licence}\n */\n"
        f'"use strict";\n\nconst EMOJI_NAMES = `\n{lines}\n`;\n',
        "utf-8",
    )


if __name__ == "__main__":
    main()
