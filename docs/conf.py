"""How Sphinx builds the documentation: `make docs`."""

from importlib.metadata import version as version_of

project = "novu-framework for Python"
author = "The novu-framework for Python developers"
copyright = "2026, the novu-framework for Python developers"
release = version_of("novu-framework")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

html_theme = "furo"
html_title = "novu-framework"
html_static_path = []
html_theme_options = {"source_view_link": ""}
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
napoleon_google_docstring = True
napoleon_use_ivar = True
# docstrings are written in Markdown's single backquotes
default_role = "code"
