"""How Sphinx builds the documentation: `make docs`.

The pages are Markdown that reads on a git host as well, without directives. What only the site has is added here.
"""

import json
import os
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx

from novu_framework import __version__

project = "novu-framework for Python"
author = "The novu-framework for Python developers"
copyright = "2026, the novu-framework for Python developers"
release = __version__

extensions = [
    "myst_parser",
    "notfound.extension",
    "sphinx_copybutton",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

html_theme = "furo"
html_title = "novu-framework"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["scrolled.js"]
templates_path = ["_templates"]
html_theme_options = {"top_of_page_buttons": []}
html_copy_source = html_use_index = False
html_search_scorer = str(Path(__file__).with_name("scorer.js"))
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True

# The page for addresses that are not there is served at any depth, so its links begin at the root of the site. Read the Docs says
# where that is; who hosts the site below another path says it with DOCS_ROOT.
notfound_urls_prefix = (
    os.environ.get("DOCS_ROOT") or urlsplit(os.environ.get("READTHEDOCS_CANONICAL_URL", "/")).path
)
notfound_context = {
    "title": "This page is not here",
    "body": f"""<h1>This page is not here</h1>
<p>It may have moved. <a href="{notfound_urls_prefix}index.html">The first page</a> has links to all others; the search is in the menu.</p>
<p>You met an error? It is probably under <a href="{notfound_urls_prefix}how-to/troubleshooting.html">troubleshooting</a>.</p>""",
}

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
    elif name in ("changelog", "contributing", "security-policy"):
        file = f"{name.partition('-')[0].upper()}.md"
        text = (Path(app.srcdir).parent / file).read_text(encoding="utf-8")
        source[0] = text.replace("](docs/", "](")


MENDED = [
    (r'role="heading"', 'role="heading" aria-level="2"'),
    (r'<aside class="sidebar-drawer"', '<aside aria-label="The documentation" class="sidebar-drawer"'),
    (r'<aside class="toc-drawer', '<aside aria-label="On this page" class="toc-drawer'),
    (r'<div id="search-results"', "<h1>Search</h1>\\g<0>"),
    # Markdown has no table without a head, and no cell that is none
    (r'<thead>\s*<tr class="row-odd">(\s*<th class="head"><p></p></th>)+\s*</tr>\s*</thead>', ""),
    (r'<th class="head"><p></p></th>', "<td></td>"),
]
"""What in the HTML of Sphinx and its theme keeps people with a screen reader from something, as axe says, and what it is instead."""


def mended(html: str) -> str:
    """Return the body of a page as people with a screen reader can use it."""
    for wrong, right in MENDED:
        html = re.sub(wrong, right, html)
    return html


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give a page its description, which is its first paragraph, what its template calls, and the search its questions."""
    context["mended"] = mended
    paragraph = next(iter(tree.findall(nodes.paragraph)), None) if tree else None
    if paragraph is not None:
        text = re.sub(r"\s+", " ", paragraph.astext())
        shown = text if len(text) <= 200 else f"{text[:200].rpartition(' ')[0]} …"
        context["metatags"] += f'<meta name="description" content="{escape(shown)}">'
    if page == "search":
        asked = (Path(app.srcdir) / "questions.md").read_text(encoding="utf-8")
        questions = re.findall(r"^- \[(.+)\]\(([^#)]+)\.md(#[^)]+)?\)$", asked, re.M)
        answers = [[name, anchor, question] for question, name, anchor in questions]
        app.add_js_file(None, body=f"const QUESTIONS = {json.dumps(answers)};")


def setup(app: Sphinx) -> None:
    app.connect("source-read", for_the_site)
    app.connect("html-page-context", describe)
