"""What axe finds on a page. A document reads axe's script once: that takes as long as a look at the page."""

from __future__ import annotations

from functools import cache
from typing import Any

from axe_playwright_python.async_playwright import Axe

# messages have frames of their own, which are drawn as they were sent
_OPTIONS = {
    "iframes": False,
    "resultTypes": ["violations"],
    # this version of axe has these rules, and later ones ask for them
    "rules": {rule: {"enabled": True} for rule in ("label-content-name-mismatch", "target-size")},
}
_LOOK = """async ([within, options]) => {
    const found = await axe.run(within ?? document, options)
    return found.violations.map(each => [each.id, each.nodes[0].html])
}"""


async def violations(page: Any, within: str | None = None) -> list[list[str]]:
    """The rules that are broken on a page or in what a selector finds, each with the first element that does so."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_script())
    return await page.evaluate(_LOOK, [within, _OPTIONS])


@cache
def _script() -> str:
    return Axe().axe_script
