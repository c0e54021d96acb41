"""The emails' HTML: Jinja2 templates, and MJML ones, which Jinja2 fills before MJML lays them out."""

import re
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from mjml import mjml2html

SHOP_URL = "https://birch-and-bloom.example"


def money(cents: int) -> str:
    return f"€{cents / 100:,.2f}"


def day(when: date) -> str:
    return f"{when:%A}, {when.day} {when:%B}"


_templates = Environment(
    loader=PackageLoader("shop.notifications"),
    # Also in MJML: what customers wrote must stay text.
    autoescape=select_autoescape(["html", "mjml"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters.update(money=money, day=day)
_templates.globals["shop_url"] = SHOP_URL


def html(template: str, **values: Any) -> str:
    return _templates.get_template(template).render(values)


def mjml(template: str, **values: Any) -> str:
    laid_out: str = mjml2html(html(template, **values))
    # MJML writes few lines, and long ones; a change in a short line is easier to review.
    return re.sub(r"(</(?:div|td|tr|table)>)(?=\S)", r"\1\n", laid_out)
