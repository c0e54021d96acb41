"""How Sphinx builds the documentation: `make docs`."""

import inspect
import re
from importlib.metadata import version as version_of
from typing import Any

from pydantic import BaseModel
from sphinx.application import Sphinx

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
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_theme_options = {"source_view_link": ""}
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
autodoc_class_signature = "mixed"
napoleon_google_docstring = True
napoleon_use_ivar = True
# two packages have a class `Subscriber`; a signature that names one links to neither
suppress_warnings = ["ref.python"]
# docstrings are written in Markdown's single backquotes
default_role = "code"


def signature_as_written(
    app: Sphinx, what: str, name: str, obj: Any, options: Any, signature: str | None, returns: str | None
) -> tuple[str, str] | None:
    """Signatures with the annotations of the source: `Resolver[EmailOutput]`, and not all that it stands for."""
    if what not in ("class", "function", "method", "decorator") or signature in (None, "()"):
        return None
    if isinstance(obj, type) and issubclass(obj, BaseModel):
        return f"({', '.join(_field(obj, field) for field in obj.model_fields)})", ""
    written = inspect.signature(obj)
    parameters = list(written.parameters.values())
    if parameters and parameters[0].name in ("self", "cls"):
        parameters = parameters[1:]
    shown = str(written.replace(parameters=parameters))
    shown = re.sub(r"(: |-> )'([^']*)'", r"\1\2", shown).replace("<factory>", "...")
    shown = re.sub(r"<([A-Z]\w*\.[A-Z_]+): [^>]*>", r"\1", shown)  # the member of an enum, as it is written
    if what == "class":
        return shown.removesuffix(" -> None"), ""
    arguments, _, result = shown.rpartition(" -> ") if " -> " in shown else (shown, "", "")
    return arguments, result


def _field(model: type[BaseModel], name: str) -> str:
    written = next(each for each in map(inspect.get_annotations, model.__mro__) if name in each)[name]
    field = model.model_fields[name]
    default = "" if field.is_required() else f" = {field.get_default()!r}"
    return f"{name}: {written}{default}"


def attributes_as_a_list(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """`Attributes:` as a list, whose entries may have several names; napoleon takes all but the last for a type."""
    if what in ("property", "attribute"):
        # napoleon takes what is before the first colon for a type, unless there is one
        lines[:1] = [re.sub(r"(?<!:):(?= )", "\N{MODIFIER LETTER COLON}", line) for line in lines[:1]]
        return
    if "Attributes:" not in lines:
        return
    start = lines.index("Attributes:")
    end = next((i for i in range(start + 1, len(lines)) if lines[i][:1].strip()), len(lines))
    entries: list[str] = []
    for line in lines[start + 1 : end]:
        if entry := re.match(r"    ([\w, ]+): (.*)", line):
            names = ", ".join(f"``{each}``" for each in entry[1].split(", "))
            entries.append(f"- {names}: {entry[2]}")
        elif line.strip():
            entries.append(f"  {line.strip()}")
    lines[start:end] = ["Attributes:", "", *entries, ""]


def indented_is_code(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """An indented block after a paragraph is code, as in Markdown; in reStructuredText it would be a quotation."""
    for number in range(len(lines) - 1, 1, -1):
        paragraph = next((line for line in reversed(lines[:number]) if line.strip()), "")
        if (
            lines[number].startswith("    ")
            and not lines[number - 1].strip()
            and not paragraph.startswith((" ", "- ", "..", ":"))
            and not paragraph.endswith("::")
        ):
            lines[number:number] = [".. code-block:: python", ""]


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-signature", signature_as_written)
    # napoleon comes at 500: `Attributes:` before it, and what it leaves after it
    app.connect("autodoc-process-docstring", attributes_as_a_list, priority=400)
    app.connect("autodoc-process-docstring", indented_is_code, priority=600)
