"""How Sphinx builds the documentation: `make docs`.

The pages are Markdown that reads on a git host as well, without directives. What only the site has is added here.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

from novu_framework import __version__

project = "novu-framework for Python"
author = "The novu-framework for Python developers"
copyright = "2026, the novu-framework for Python developers"
release = __version__

extensions = [
    "myst_parser",
    "sphinx_copybutton",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

html_theme = "furo"
html_title = "novu-framework"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_theme_options = {"source_view_link": ""}
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3


def for_the_site(app: Sphinx, name: str, source: list[str]) -> None:
    """Make the menu of the links of the first page, and put files of the repository's root in place of links to them."""
    if name == "index":
        for heading, section in re.findall(r"^## (.+)\n((?:(?!^## ).*\n)+)", source[0], re.M):
            links = re.findall(r"^- \[.+?\]\((.+?)\.md\)", section, re.M)
            source[0] += "\n".join(
                ["", "```{toctree}", ":hidden:", f":caption: {heading}", "", *links, "```", ""]
            )
    elif name in ("changelog", "contributing"):
        text = (Path(app.srcdir).parent / f"{name.upper()}.md").read_text(encoding="utf-8")
        source[0] = text.replace("](docs/", "](")


def setup(app: Sphinx) -> None:
    app.connect("source-read", for_the_site)
